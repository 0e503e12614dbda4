//! Where work without a name lives: files of the program's own in the data folder of the platform.
//!
//! Each window has one of its own. The one that was used last comes back at the next start, unless another window has it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The ending of a project's file.
pub const ENDING: &str = "throughline";

/// Does the name of a file say it is a project?
pub fn is_named_project(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// So many projects that were open lately are remembered.
const MAX_RECENT: usize = 8;

/// The folders of this program on this system.
pub(super) fn strategy() -> Option<impl etcetera::AppStrategy> {
    let args = etcetera::AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: "Throughline".to_owned(),
    };
    etcetera::choose_app_strategy(args).ok()
}

/// The folder of work without a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Home {
    folder: PathBuf,
}

/// A project without a name that was left there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub path: PathBuf,
    pub used: SystemTime,
    pub n_bytes: u64,
}

impl Home {
    /// The one of this user on this system; `None` where the system names no such place.
    pub fn of_user() -> Option<Self> {
        use etcetera::AppStrategy as _;
        Some(Self::at(strategy()?.data_dir().join("untitled")))
    }

    /// A folder of the caller's choice.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Where the windows of this user find each other: a folder that lasts no longer than the session, where the system
    /// has one.
    pub fn meeting_folder(&self) -> PathBuf {
        use etcetera::AppStrategy as _;
        let of_session = strategy().and_then(|strategy| strategy.runtime_dir());
        // The system's folder is one for all programs, ours is none of its own there: the name of the file says whose it is.
        let of_session = of_session.and_then(|folder| folder.parent().map(Path::to_owned));
        of_session.filter(|folder| folder.is_dir()).unwrap_or_else(|| self.folder.clone())
    }

    /// The folder itself, which is made when it is needed.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Does this file live there?
    pub fn holds(&self, path: &Path) -> bool {
        path.parent() == Some(self.folder.as_path())
    }

    /// A name that no file there has, in a folder that is there.
    ///
    /// # Errors
    /// Where the folder can't be made.
    pub fn fresh(&self) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        let name = |number: u32| self.folder.join(format!("untitled-{number}.{ENDING}"));
        Ok((1..u32::MAX).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0)))
    }

    /// Puts a damaged piece of work aside, as it is, after what could be had of it went into another file: it would
    /// come back at every start.
    pub fn set_aside(&self, path: &Path) {
        if self.holds(path) {
            // Where it can't be renamed it comes back, and is recovered again.
            let _ = fs::rename(path, path.with_extension(format!("{ENDING}.damaged")));
        }
    }

    /// Named projects that were open lately, the last first.
    pub fn recent(&self) -> Vec<PathBuf> {
        let list = fs::read_to_string(self.recent_file()).unwrap_or_default();
        list.lines().filter(|line| !line.is_empty()).map(PathBuf::from).collect()
    }

    /// Puts a project in front of those that were open lately. Where the list can't be written it stays as it is.
    pub fn note_recent(&self, path: &Path) {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut recent = self.recent();
        recent.retain(|known| *known != path);
        recent.insert(0, path);
        recent.truncate(MAX_RECENT);
        let lines: Vec<String> = recent.iter().map(|path| format!("{}\n", path.to_string_lossy())).collect();
        let made = fs::create_dir_all(&self.folder);
        let _ = made.and_then(|()| {
            super::files::write_whole(&self.recent_file(), |out| io::Write::write_all(out, lines.concat().as_bytes()))
        });
    }

    /// What the reader likes the window to look like, as it was kept; `None` where nothing was, or it can't be read.
    pub fn settings(&self) -> Option<String> {
        fs::read_to_string(self.settings_file()).ok()
    }

    /// Keeps it, whole or not at all.
    ///
    /// # Errors
    /// Where the file can't be written; the old one stands then.
    pub fn keep_settings(&self, json: &str) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        super::files::write_whole(&self.settings_file(), |out| io::Write::write_all(out, json.as_bytes()))
    }

    /// Where reports on what failed lie, for the reader to look at.
    pub fn reports(&self) -> PathBuf {
        self.folder.join("reports")
    }

    /// Where each window says what it is doing.
    pub fn sessions(&self) -> PathBuf {
        self.folder.join("sessions")
    }

    fn settings_file(&self) -> PathBuf {
        self.folder.join("settings.json")
    }

    fn recent_file(&self) -> PathBuf {
        self.folder.join("recent")
    }

    /// All that were left there, the last used first.
    pub fn left(&self) -> Vec<Left> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut left: Vec<Left> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let (path, metadata) = (entry.path(), entry.metadata().ok()?);
                let is_project = metadata.is_file() && is_named_project(&path);
                let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                // One that was killed while its first step was written has nothing in it.
                (is_project && !is_hidden && metadata.len() > 0).then_some(Left { path, used, n_bytes: metadata.len() })
            })
            .collect();
        left.sort_by(|one, other| other.used.cmp(&one.used).then_with(|| one.path.cmp(&other.path)));
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_that_was_open_last_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path().join("untitled"));
        for name in ["a", "b", "a"] {
            home.note_recent(Path::new(name));
        }
        assert_eq!(home.recent(), [PathBuf::from("a"), PathBuf::from("b")]);
        for number in 0..20 {
            home.note_recent(Path::new(&number.to_string()));
        }
        assert_eq!(home.recent().len(), MAX_RECENT);
    }

    #[test]
    fn each_window_gets_a_file_of_its_own_and_the_last_used_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path().join("untitled"));
        assert!(home.left().is_empty());
        let first = home.fresh().unwrap();
        fs::write(&first, "x").unwrap();
        let second = home.fresh().unwrap();
        assert_ne!(first, second);
        fs::write(&second, "x").unwrap();
        fs::write(folder.path().join("untitled/.untitled-9.throughline"), "x").unwrap();
        let earlier = fs::metadata(&first).unwrap().modified().unwrap() - std::time::Duration::from_secs(60);
        fs::File::options().append(true).open(&second).unwrap().set_modified(earlier).unwrap();
        let left: Vec<PathBuf> = home.left().into_iter().map(|left| left.path).collect();
        assert_eq!(left, [first.clone(), second]);
        assert!(home.holds(&first) && !home.holds(folder.path()));
    }
}
