//! Sessions that ended without an end: killed, out of power, or with a driver that took the program down.
//!
//! Each window has a small file that says what it is doing, and holds its lock. A proper end removes it. One that nobody
//! holds is of a session that ended otherwise: the system lets go of locks whatever happens to a program. The file also
//! tells which renderer was being tried when no first frame came; two such sessions in a row and the next start begins
//! with another one.
//!
//! Where the folder can't be written, or knows no locks, there are no such files and nothing is told.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::project::home::Home;

/// A renderer that took so many sessions down in a row is not tried first any more.
const FAILURES: u32 = 2;

/// After so many days it gets another chance: drivers are updated.
const CHANCE_DAYS: i64 = 30;

/// What a window is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    pub pid: u32,
    /// The one that draws, or was being tried.
    pub renderer: Option<String>,
    /// Did a frame come with it?
    pub is_drawn: bool,
    /// The file of the project that is open.
    pub project: Option<PathBuf>,
    /// Is that work without a name?
    pub is_untitled: bool,
    /// The name of the report, where the program could still write one.
    pub report: Option<String>,
}

/// The file of this window's session.
#[derive(Debug)]
pub struct Marker {
    file: File,
    path: PathBuf,
    session: Session,
}

impl Marker {
    /// Begins a session, `None` where there is no place for it.
    pub fn begin(home: &Home) -> Option<Self> {
        let folder = home.sessions();
        fs::create_dir_all(&folder).ok()?;
        let pid = std::process::id();
        let now = jiff::Timestamp::now().as_nanosecond();
        let path = folder.join(format!("{pid}-{now}.json"));
        let file = File::options().read(true).write(true).create_new(true).open(&path).ok()?;
        let mut marker = Self { file, path, session: Session { pid, ..Session::default() } };
        let is_held = marker.file.try_lock().is_ok();
        if !is_held || marker.write().is_err() {
            // Without a lock the next start would take it for one that was left.
            marker.end();
            return None;
        }
        Some(marker)
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Writes what is other than before.
    pub fn set(&mut self, session: Session) {
        if session != self.session {
            self.session = session;
            // What is not on the disk is not told after a crash; the work is not in danger.
            let _ = self.write();
        }
    }

    fn write(&mut self) -> io::Result<()> {
        let mut line = serde_json::to_vec(&self.session)?;
        line.push(b'\n');
        self.file.seek(io::SeekFrom::Start(0))?;
        self.file.write_all(&line)?;
        // What is left of a longer line stands behind the end of this one, and is never read.
        self.file.set_len(line.len() as u64)
    }

    /// A proper end.
    pub fn end(self) {
        let Self { file, path, .. } = self;
        // Some systems remove no file that is open.
        drop(file);
        let _ = fs::remove_file(path);
    }
}

/// The sessions that ended without an end, the last first. Each is told once: its file is removed.
pub fn abandoned(home: &Home) -> Vec<Session> {
    let Ok(entries) = fs::read_dir(home.sessions()) else { return Vec::new() };
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut left: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect();
    left.retain(|path| *path != renderer_file(home));
    left.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).and_then(|it| it.modified()).ok()));
    left.iter().filter_map(|path| claim(path)).collect()
}

/// Reads and removes a file that nobody holds.
fn claim(path: &Path) -> Option<Session> {
    let mut file = File::options().read(true).write(true).open(path).ok()?;
    file.try_lock().ok()?;
    let mut text = String::new();
    let is_read = file.read_to_string(&mut text);
    // Whoever opened it at the same moment finds nothing in it.
    let _ = file.set_len(0);
    drop(file);
    let _ = fs::remove_file(path);
    is_read.ok()?;
    serde_json::from_str(text.lines().next()?).ok()
}

/// What is known of a renderer that took sessions down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Trouble {
    renderer: String,
    n_in_a_row: u32,
    /// The program it happened to: another version may know better.
    version: String,
    at_secs: i64,
}

impl Trouble {
    fn is_known_to_fail(&self, now_secs: i64) -> bool {
        let is_fresh = now_secs - self.at_secs < CHANCE_DAYS * 24 * 3600;
        self.n_in_a_row >= FAILURES && is_fresh && self.version == env!("CARGO_PKG_VERSION")
    }
}

fn renderer_file(home: &Home) -> PathBuf {
    home.sessions().join("renderer.json")
}

fn trouble(home: &Home) -> Option<Trouble> {
    serde_json::from_str(&fs::read_to_string(renderer_file(home)).ok()?).ok()
}

/// Counts the renderers of sessions that ended before a frame came.
pub fn count_failures(home: &Home, sessions: &[Session]) {
    for session in sessions.iter().rev() {
        let Some(renderer) = session.renderer.clone().filter(|_| !session.is_drawn) else { continue };
        let known = trouble(home).filter(|known| known.renderer == renderer);
        let known = known.filter(|known| known.version == env!("CARGO_PKG_VERSION"));
        let trouble = Trouble {
            renderer,
            n_in_a_row: known.map_or(0, |known| known.n_in_a_row) + 1,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            at_secs: jiff::Timestamp::now().as_second(),
        };
        if let Ok(json) = serde_json::to_vec(&trouble) {
            // Not written, it is counted once less.
            let _ = fs::write(renderer_file(home), json);
        }
    }
}

/// A frame came with this renderer: what was counted against it is forgotten.
pub fn forgive(home: &Home, renderer: &str) {
    if trouble(home).is_some_and(|trouble| trouble.renderer == renderer) {
        let _ = fs::remove_file(renderer_file(home));
    }
}

/// The renderer that took the last sessions down before a frame came, so that the start had better begin after it.
pub fn failed_renderer(home: &Home) -> Option<String> {
    let now_secs = jiff::Timestamp::now().as_second();
    trouble(home).filter(|trouble| trouble.is_known_to_fail(now_secs)).map(|trouble| trouble.renderer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> (tempfile::TempDir, Home) {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path().join("untitled"));
        (folder, home)
    }

    /// Ends as a kill would: the lock is gone, the file stays.
    fn kill(marker: Marker) {
        drop(marker);
    }

    #[test]
    fn a_session_without_an_end_is_told_once() {
        let (_folder, home) = home();
        assert_eq!(abandoned(&home), []);
        let mut marker = Marker::begin(&home).unwrap();
        let project = Some(PathBuf::from("/harbor, with a long name.throughline"));
        marker.set(Session { project, is_drawn: true, ..marker.session().clone() });
        marker.set(Session { project: Some("/pier".into()), ..marker.session().clone() });
        let session = marker.session().clone();
        assert_eq!(abandoned(&home), [], "one that is held is somebody's");
        kill(marker);
        assert_eq!(abandoned(&home), [session]);
        assert_eq!(abandoned(&home), []);
        Marker::begin(&home).unwrap().end();
        assert_eq!(abandoned(&home), []);
    }

    #[test]
    fn several_windows_have_one_each_and_what_is_no_session_is_passed_over() {
        let (_folder, home) = home();
        let (one, other) = (Marker::begin(&home).unwrap(), Marker::begin(&home).unwrap());
        kill(one);
        fs::write(home.sessions().join("half.json"), "{\"pid\": 1").unwrap();
        fs::write(home.sessions().join("notes.txt"), "mine").unwrap();
        assert_eq!(abandoned(&home).len(), 1);
        assert!(home.sessions().join("notes.txt").exists());
        other.end();
        let (_folder, blocked) = (tempfile::tempdir().unwrap(), Home::at("/dev/null/untitled".into()));
        assert!(Marker::begin(&blocked).is_none() && abandoned(&blocked).is_empty());
    }

    #[test]
    fn a_renderer_that_takes_two_sessions_down_is_passed_over_until_a_frame_comes_with_it() {
        let (_folder, home) = home();
        let session =
            |renderer: &str, is_drawn| Session { renderer: Some(renderer.to_owned()), is_drawn, ..Session::default() };
        fs::create_dir_all(home.sessions()).unwrap();
        let count = |session| count_failures(&home, &[session]);
        count(session("glow", false));
        assert_eq!(failed_renderer(&home), None);
        count(session("wgpu", false));
        count(session("glow", false));
        assert_eq!(failed_renderer(&home), None, "not in a row");
        count(session("glow", true));
        count(session("glow", false));
        assert_eq!(failed_renderer(&home).as_deref(), Some("glow"));
        forgive(&home, "cpu");
        assert!(failed_renderer(&home).is_some(), "another one draws, and this one still fails");
        forgive(&home, "glow");
        assert_eq!(failed_renderer(&home), None);
        let old =
            Trouble { renderer: "glow".into(), n_in_a_row: 2, version: env!("CARGO_PKG_VERSION").into(), at_secs: 0 };
        assert!(old.is_known_to_fail(1000) && !old.is_known_to_fail(CHANCE_DAYS * 24 * 3600 + 1));
        assert!(!Trouble { version: "0.0.0".into(), ..old }.is_known_to_fail(1000));
    }
}
