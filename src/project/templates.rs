//! The reader's own templates of briefing pages: where they lie, and what is in them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::home;

/// The ending of a template.
const ENDING: &str = "typ";

/// The folder of this user on this system; `None` where the system names no place for settings.
pub fn folder() -> Option<PathBuf> {
    use etcetera::AppStrategy as _;
    Some(home::strategy()?.config_dir().join("templates"))
}

/// The templates in a folder, by name, in order of name.
///
/// # Errors
/// Where the folder or a file in it can't be read.
pub fn read(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        if let Some(name) = name.filter(|_| path.extension().is_some_and(|ending| ending == ENDING)) {
            found.push((name, fs::read(&path)?));
        }
    }
    found.sort();
    Ok(found)
}

/// The templates of this user; none where there is no folder of them, or it can't be read.
pub fn own() -> Vec<(String, Vec<u8>)> {
    folder().and_then(|folder| read(&folder).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_come_in_order_of_name_and_nothing_else_comes() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["shift-b.typ", "shift-a.typ", "notes.txt"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let found = read(folder.path()).unwrap();
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["shift-a.typ", "shift-b.typ"]);
        assert!(read(&folder.path().join("none")).is_err());
    }
}
