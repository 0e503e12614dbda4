//! The settings on the disk: read at the start, written a moment after a change, on a thread of their own.
//!
//! A file that can't be read means the defaults, and is left as it is until something changes. Writing is whole or not at
//! all. Of several changes in a moment only the last is written. Two windows share the file; the last change stands.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::Settings;
use crate::project::home::Home;

/// So long nothing changes before it is written.
const QUIET_SECS: f64 = 0.5;

/// The settings of a reader, as they are on the disk.
pub struct Kept {
    home: Home,
    /// What was read, or handed over to be written.
    known: Settings,
    /// What is to be written, and since when it is that.
    due: Option<(Settings, f64)>,
    writer: Option<Writer>,
}

struct Writer {
    orders: Sender<String>,
    failures: Receiver<String>,
    thread: JoinHandle<()>,
}

impl Kept {
    /// Reads the settings that live in `home`.
    pub fn open(home: Home) -> (Self, Settings) {
        let settings = home.settings().and_then(|json| Settings::of_json(&json)).unwrap_or_default();
        (Self { home, known: settings, due: None, writer: None }, settings)
    }

    /// Looks whether the settings are others than before, and hands them over when they have been so for a moment.
    /// Returns in how many seconds to look again, where something waits.
    pub fn follow(&mut self, settings: Settings, now: f64) -> Option<f64> {
        if settings == self.known {
            self.due = None;
            return None;
        }
        let since = match self.due {
            Some((due, since)) if due == settings => since,
            _ => now,
        };
        let left = QUIET_SECS - (now - since);
        if left > 0.0 {
            self.due = Some((settings, since));
            return Some(left);
        }
        self.write(settings);
        None
    }

    /// Why the last writing failed, once.
    pub fn failure(&self) -> Option<String> {
        self.writer.as_ref()?.failures.try_iter().last()
    }

    /// Writes what is left to write and waits for it.
    pub fn close(mut self, settings: Settings) {
        if settings != self.known {
            self.write(settings);
        }
        if let Some(Writer { orders, thread, .. }) = self.writer.take() {
            drop(orders);
            // A thread that fell over has written nothing; there is nobody left to tell.
            let _ = thread.join();
        }
    }

    fn write(&mut self, settings: Settings) {
        (self.known, self.due) = (settings, None);
        let home = &self.home;
        let writer = self.writer.get_or_insert_with(|| Writer::start(home.clone()));
        // The thread ends only with this value.
        let _ = writer.orders.send(settings.to_json());
    }
}

impl Writer {
    fn start(home: Home) -> Self {
        let (orders, inbox) = channel::<String>();
        let (tell, failures) = channel();
        let thread = thread::spawn(move || {
            while let Ok(first) = inbox.recv() {
                let latest = inbox.try_iter().last().unwrap_or(first);
                if let Err(error) = home.keep_settings(&latest) {
                    let _ = tell.send(format!("The reading settings were not saved: {error}"));
                }
            }
        });
        Self { orders, failures, thread }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::settings::Appearance;

    fn home() -> (tempfile::TempDir, Home) {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path().join("untitled"));
        (folder, home)
    }

    fn dark() -> Settings {
        Settings { appearance: Appearance::Dark, ..Settings::default() }
    }

    #[test]
    fn a_change_is_written_when_it_has_been_quiet_for_a_moment() {
        let (_folder, home) = home();
        let (mut kept, settings) = Kept::open(home.clone());
        assert_eq!(settings, Settings::default());
        assert_eq!(kept.follow(settings, 1.0), None);
        assert!(kept.follow(dark(), 2.0).is_some());
        assert!(kept.follow(Settings { zoom: 2.0, ..dark() }, 2.4).is_some());
        assert!(kept.follow(Settings { zoom: 2.0, ..dark() }, 2.6).is_some());
        assert_eq!(home.settings(), None);
        assert_eq!(kept.follow(Settings { zoom: 2.0, ..dark() }, 3.0), None);
        kept.close(Settings { zoom: 2.0, ..dark() });
        assert_eq!(Kept::open(home).1, Settings { zoom: 2.0, ..dark() });
    }

    #[test]
    fn what_changed_just_before_the_end_is_kept_too() {
        let (_folder, home) = home();
        let (kept, _) = Kept::open(home.clone());
        kept.close(dark());
        assert_eq!(Kept::open(home).1, dark());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_alone_until_something_changes() {
        let (_folder, home) = home();
        home.keep_settings("not ours").unwrap();
        let (mut kept, settings) = Kept::open(home.clone());
        assert_eq!(settings, Settings::default());
        assert_eq!(kept.follow(settings, 1.0), None);
        assert_eq!(kept.follow(settings, 9.0), None);
        kept.close(settings);
        assert_eq!(home.settings().as_deref(), Some("not ours"));
        let (kept, _) = Kept::open(home.clone());
        kept.close(dark());
        assert_eq!(Kept::open(home).1, dark());
    }

    #[test]
    fn a_folder_that_takes_no_file_is_told() {
        let (folder, _) = home();
        let blocked = folder.path().join("blocked");
        std::fs::write(&blocked, "a file, no folder").unwrap();
        let (mut kept, _) = Kept::open(Home::at(blocked));
        assert!(kept.follow(dark(), 0.0).is_some());
        assert_eq!(kept.follow(dark(), 1.0), None);
        let told = kept.writer.as_ref().unwrap().failures.recv().unwrap();
        assert!(told.starts_with("The reading settings were not saved"), "{told}");
    }
}
