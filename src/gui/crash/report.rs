//! The report on what failed: plain text that a person can read before they share it.
//!
//! It says what the program is and runs on, what failed and where in its sources, what was open as counts, and what was
//! asked for by name. What it must not hold is kept out where each line is made; [`scrub::private`] goes over the whole
//! once more. At most [`N_KEPT`] reports are kept.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Zoned;

use super::{scrub, system};
use crate::text::numbers::number;

/// So many reports are kept; older ones are removed.
pub const N_KEPT: usize = 10;

/// So many actions and tasks are told.
pub const N_LATELY: usize = 30;

/// The last of something, by name.
#[derive(Clone, Debug, Default)]
pub struct Lately(VecDeque<String>);

impl Lately {
    pub fn push(&mut self, name: String) {
        if self.0.len() == N_LATELY {
            self.0.pop_front();
        }
        self.0.push_back(name);
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|name| format!("  {name}\n"))
    }
}

/// What was open, as counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Open {
    pub n_articles: usize,
    /// `None` where there are too many to be counted.
    pub n_words: Option<usize>,
    pub n_statements: usize,
    pub n_phrases: usize,
    pub view: &'static str,
    /// 1.0 for the usual size.
    pub zoom: f32,
}

/// What the window does, as far as a report tells it.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub renderer: String,
    pub open: Open,
    pub actions: Lately,
    pub tasks: Lately,
}

/// What failed.
#[derive(Debug)]
pub struct Fault {
    pub is_window: bool,
    pub thread: String,
    /// As it may be shared.
    pub message: String,
    /// File, line and column in the sources.
    pub place: Option<String>,
    pub frames: Vec<String>,
    pub at: Zoned,
    /// Since the start.
    pub after: Duration,
}

/// A report that was written.
#[derive(Clone, Debug)]
pub struct Report {
    pub path: PathBuf,
    pub text: std::sync::Arc<str>,
}

/// The text of a report; `seen` is `None` where the window was in the midst of changing it.
pub fn text(fault: &Fault, seen: Option<&Seen>) -> String {
    let heading = if fault.is_window { "Throughline stopped unexpectedly" } else { "A task of Throughline failed" };
    let features: Vec<&str> =
        [("gui", cfg!(feature = "gui")), ("wgpu", cfg!(feature = "wgpu")), ("debug", cfg!(debug_assertions))]
            .into_iter()
            .filter_map(|(name, is_on)| is_on.then_some(name))
            .collect();
    let renderer = seen.map_or("unknown", |seen| if seen.renderer.is_empty() { "none yet" } else { &seen.renderer });
    let mut text = format!(
        "{heading}\n\nNothing of your articles, no file name and no name of yours is in this report. Please read it before \
         you share it.\nWhat was cut is given as its length: ‹12›.\n\n\
         Program   Throughline {} ({})\nSystem    {}\nDesktop   {}\nRenderer  {renderer}\n\
         When      {}, {} s after the start\nThread    {}\n",
        env!("CARGO_PKG_VERSION"),
        features.join(", "),
        system::system(),
        system::desktop(),
        fault.at.strftime("%Y-%m-%d %H:%M:%S %:z"),
        fault.after.as_secs(),
        fault.thread,
    );
    if let Some(memory) = system::memory() {
        text.push_str(&format!("Memory    {memory}\n"));
    }
    text.push_str(&format!("\nWhat failed\n  {}\n", fault.message.replace('\n', "\n  ")));
    if let Some(place) = &fault.place {
        text.push_str(&format!("  at {place}\n"));
    }
    match seen {
        Some(seen) => push_seen(&mut text, seen),
        None => text.push_str("\nWhat was open is not known.\n"),
    }
    if !fault.frames.is_empty() {
        text.push_str("\nThe way there\n");
        for (idx, frame) in fault.frames.iter().enumerate() {
            text.push_str(&format!("  {idx:>2}  {frame}\n"));
        }
    }
    scrub::private(&text, &system::private())
}

fn push_seen(text: &mut String, seen: &Seen) {
    let Open { n_articles, n_words, n_statements, n_phrases, view, zoom } = seen.open;
    let n_words = n_words.map_or_else(|| "many".to_owned(), number);
    let open = format!(
        "  Articles    {}\n  Words       {n_words}\n  Statements  {}\n  Phrases     {}\n  View        {view}\n  \
         Zoom        {:.0} %\n",
        number(n_articles),
        number(n_statements),
        number(n_phrases),
        zoom * 100.0
    );
    let is_shown = !view.is_empty();
    text.push_str(&format!(
        "\nWhat was open\n{}",
        if is_shown { &open } else { "  The window had not come up yet.\n" }
    ));
    for (heading, lately) in
        [("What was asked for, the last one last", &seen.actions), ("What was begun beside the window", &seen.tasks)]
    {
        text.push_str(&format!("\n{heading}\n"));
        text.extend(lately.lines());
    }
}

/// Writes a report and removes the oldest ones.
///
/// # Errors
/// Where the folder can't be written.
pub fn write(folder: &Path, at: &Zoned, text: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let name = |nth: u32| {
        let nth = if nth == 0 { String::new() } else { format!("-{nth}") };
        folder.join(format!("report-{}{nth}.txt", at.strftime("%Y-%m-%d-%H%M%S-%3f")))
    };
    let mut nth = 0;
    let path = loop {
        let path = name(nth);
        match fs::File::options().write(true).create_new(true).open(&path) {
            Ok(mut file) => break io::Write::write_all(&mut file, text.as_bytes()).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && nth < 100 => nth += 1,
            Err(error) => break Err(error),
        }
    };
    prune(folder);
    path
}

/// Their names begin with the time, so the oldest come first.
fn prune(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let is_report = |name: &str| name.starts_with("report-") && name.ends_with(".txt");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_report(name)).collect();
    names.sort();
    for name in names.iter().take(names.len().saturating_sub(N_KEPT)) {
        let _ = fs::remove_file(folder.join(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i8) -> Zoned {
        jiff::civil::date(2031, 1, 1).at(7, 0, second, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap()
    }

    #[test]
    fn ten_reports_are_kept_and_what_is_no_report_stays() {
        let folder = tempfile::tempdir().unwrap();
        let reports = folder.path().join("reports");
        fs::create_dir(&reports).unwrap();
        fs::write(reports.join("notes.txt"), "mine").unwrap();
        let paths: Vec<PathBuf> = (0..13).map(|second| write(&reports, &at(second), "x").unwrap()).collect();
        assert_eq!(paths.iter().filter(|path| path.exists()).count(), N_KEPT);
        assert!(paths[3..].iter().all(|path| path.exists()) && reports.join("notes.txt").exists());
        let same = write(&reports, &at(12), "y").unwrap();
        assert!(same != paths[12] && same.exists());
        assert!(write(Path::new("/dev/null/reports"), &at(0), "x").is_err());
    }

    #[test]
    fn a_report_says_what_was_open_and_asked_for() {
        let mut seen = Seen { renderer: "glow".to_owned(), ..Seen::default() };
        for n in 0..40 {
            seen.actions.push(format!("Action{n}"));
        }
        seen.open = Open { n_articles: 1200, n_statements: 3, view: "Positions", zoom: 1.25, ..Open::default() };
        let fault = Fault {
            is_window: true,
            thread: "main".to_owned(),
            message: "first\nsecond".to_owned(),
            place: Some("src/gui/desk.rs:1:2".to_owned()),
            frames: vec!["throughline+0x12".to_owned()],
            at: at(5),
            after: Duration::from_secs(65),
        };
        let report = text(&fault, Some(&seen));
        for line in [
            "Throughline stopped unexpectedly",
            "2031-01-01 07:00:05 +00:00, 65 s after the start",
            "  first\n  second\n  at src/gui/desk.rs:1:2",
            "Articles    1,200",
            "View        Positions\n  Zoom        125 %",
            "  Action10\n",
            "Action39",
            "   0  throughline+0x12",
        ] {
            assert!(report.contains(line), "{line}: {report}");
        }
        assert!(!report.contains("Action9\n"));
    }
}
