//! What lies in a folder, and whether a path is what is wanted. Both ask the disk, so they run on a thread of their own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::typed::Places;

/// So many names of a folder are looked at.
const MAX_NAMES: usize = 20_000;

/// What a field asks a path for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// Articles and projects, several of them.
    Files,
    /// Folders, several of them.
    Folders,
    /// One file that is there.
    File,
    /// Where to write a file. A name without an ending gets this one.
    Place { ending: Option<&'static str> },
    /// Where to write a folder, which may be there.
    FolderPlace,
}

impl Wants {
    pub fn is_several(self) -> bool {
        matches!(self, Self::Files | Self::Folders)
    }

    /// Is something written?
    pub fn is_place(self) -> bool {
        matches!(self, Self::Place { .. } | Self::FolderPlace)
    }
}

/// A name in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub is_folder: bool,
}

/// What lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    pub folder: PathBuf,
    /// Folders first, by name.
    pub entries: Vec<Entry>,
    /// Were there more than anybody looks through?
    pub is_cut: bool,
    /// Why it could not be looked into.
    pub fault: Option<String>,
}

/// Looks into a folder.
pub fn list(folder: PathBuf, places: &Places) -> Listing {
    let read = fs::read_dir(&folder);
    let fault = read.as_ref().err().map(|error| folder_fault(&folder, error, places));
    let mut is_cut = false;
    let mut entries = Vec::new();
    for (idx, entry) in read.into_iter().flatten().flatten().enumerate() {
        if idx >= MAX_NAMES {
            is_cut = true;
            break;
        }
        // A name that is no text cannot be typed.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_folder = match entry.file_type() {
            Ok(kind) if kind.is_symlink() => fs::metadata(entry.path()).is_ok_and(|it| it.is_dir()),
            Ok(kind) => kind.is_dir(),
            Err(_) => false,
        };
        entries.push(Entry { name, is_folder });
    }
    entries.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase(), entry.name.clone()));
    Listing { folder, entries, is_cut, fault }
}

fn folder_fault(folder: &Path, error: &io::Error, places: &Places) -> String {
    let shown = places.shown(folder);
    match error.kind() {
        io::ErrorKind::NotFound => format!("No such folder: {shown}"),
        io::ErrorKind::NotADirectory => format!("Not a folder: {shown}"),
        io::ErrorKind::PermissionDenied => format!("No permission to look into {shown}"),
        _ => format!("{shown} cannot be looked into ({error})"),
    }
}

/// What was found of the paths that were entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Fine(Vec<PathBuf>),
    /// What is wrong, as a sentence with what to do.
    Wrong(String),
    /// A file stands there; in words for the reader.
    Replaces(String),
    /// A file is wanted and this is a folder, which can be opened as a whole.
    Folder(PathBuf),
}

/// Looks whether these paths are what is wanted. `is_agreed` where the reader knows that a file is replaced, or that a
/// folder is opened as a whole.
pub fn check(paths: &[PathBuf], wants: Wants, is_agreed: bool, places: &Places) -> Verdict {
    if paths.is_empty() {
        return Verdict::Wrong("Type a path first.".to_owned());
    }
    let checked: Result<Vec<PathBuf>, Verdict> =
        paths.iter().map(|path| check_one(path, wants, is_agreed, places)).collect();
    checked.map_or_else(|verdict| verdict, Verdict::Fine)
}

fn check_one(path: &Path, wants: Wants, is_agreed: bool, places: &Places) -> Result<PathBuf, Verdict> {
    let ending = match wants {
        Wants::Place { ending } => ending.filter(|_| path.extension().is_none()),
        _ => None,
    };
    let path = ending.map_or_else(|| path.to_owned(), |ending| path.with_extension(ending));
    let shown = places.shown(&path);
    let wrong = |words: String| Err(Verdict::Wrong(words));
    let found = fs::metadata(&path);
    match (wants, found) {
        (Wants::Files, Ok(found)) if found.is_dir() && !is_agreed => Err(Verdict::Folder(path)),
        (Wants::Files, Ok(_)) => Ok(path),
        (Wants::Folders, Ok(found)) if found.is_dir() => Ok(path),
        (Wants::Folders, Ok(_)) => wrong(format!("Not a folder: {shown}. Use Open files for it.")),
        (Wants::File, Ok(found)) if found.is_dir() => wrong(format!("{shown} is a folder; choose a file in it.")),
        (Wants::File, Ok(_)) => Ok(path),
        (Wants::Place { .. }, Ok(found)) if found.is_dir() => {
            wrong(format!("{shown} is a folder; type a name for the file after it."))
        }
        (Wants::FolderPlace, Ok(found)) if found.is_dir() => Ok(path),
        (Wants::FolderPlace, Ok(_)) => wrong(format!("{shown} is a file; type another name for the folder.")),
        (Wants::Place { .. }, Ok(_)) if !is_agreed => Err(Verdict::Replaces(shown)),
        (Wants::Place { .. }, Ok(_)) => Ok(path),
        (_, Err(error)) if error.kind() == io::ErrorKind::NotFound => {
            let above = path.parent().filter(|above| !above.as_os_str().is_empty());
            match above.map(|above| (above, fs::metadata(above))) {
                Some((above, Err(_))) => wrong(format!("No such folder: {}. Check the path.", places.shown(above))),
                Some((above, Ok(found))) if !found.is_dir() => wrong(format!("Not a folder: {}.", places.shown(above))),
                _ if wants.is_place() => Ok(path),
                _ if wants == Wants::Folders => wrong(format!("No such folder: {shown}. Check the path.")),
                _ => wrong(format!("No such file or folder: {shown}. Check the path.")),
            }
        }
        (_, Err(error)) if error.kind() == io::ErrorKind::PermissionDenied => {
            wrong(format!("No permission to look at {shown}. Ask its owner for access."))
        }
        (_, Err(error)) => wrong(format!("{shown} cannot be looked at ({error}).")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_a_missing_one_is_told() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Zebra")).unwrap();
        for name in ["b.txt", "A.txt", ".hidden"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let listing = list(folder.path().to_owned(), &Places::default());
        let names: Vec<&str> = listing.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["Zebra", ".hidden", "A.txt", "b.txt"]);
        assert!(listing.entries[0].is_folder && listing.fault.is_none() && !listing.is_cut);
        let places = Places { home: Some(folder.path().to_owned()), ..Places::default() };
        let gone = list(folder.path().join("gone"), &places);
        assert_eq!(gone.fault.as_deref(), Some(format!("No such folder: ~{}gone", std::path::MAIN_SEPARATOR).as_str()));
        assert!(list(folder.path().join("b.txt"), &places).fault.is_some());
    }

    #[test]
    fn a_path_is_checked_for_what_it_is_wanted_for() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places { home: Some(folder.path().to_owned()), ..Places::default() };
        fs::create_dir(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("a.txt"), "x").unwrap();
        fs::write(folder.path().join("p.throughline"), "x").unwrap();
        let place = Wants::Place { ending: Some("throughline") };
        let table = [
            (Wants::Files, "a.txt", false, "fine"),
            (Wants::Files, "gone.txt", false, "No such file or folder: ~/gone.txt. Check the path."),
            (Wants::Files, "gone/x.txt", false, "No such folder: ~/gone. Check the path."),
            (Wants::Files, "in", false, "folder"),
            (Wants::Files, "in", true, "fine"),
            (Wants::Folders, "a.txt", false, "Not a folder: ~/a.txt. Use Open files for it."),
            (Wants::Folders, "in", false, "fine"),
            (Wants::File, "in", false, "~/in is a folder; choose a file in it."),
            (place, "in", false, "~/in.throughline: fine"),
            (place, "p", false, "replaces ~/p.throughline"),
            (place, "p", true, "~/p.throughline: fine"),
            (Wants::Place { ending: None }, "in", false, "~/in is a folder; type a name for the file after it."),
            (Wants::Place { ending: None }, "gone/x", false, "No such folder: ~/gone. Check the path."),
            (Wants::FolderPlace, "new", false, "fine"),
            (Wants::FolderPlace, "in", false, "fine"),
            (Wants::FolderPlace, "a.txt", false, "~/a.txt is a file; type another name for the folder."),
        ];
        for (wants, name, is_agreed, expected) in table {
            let path = folder.path().join(name);
            let says = match check(std::slice::from_ref(&path), wants, is_agreed, &places) {
                Verdict::Fine(paths) if paths == [path] => "fine".to_owned(),
                Verdict::Fine(paths) => format!("{}: fine", places.shown(&paths[0])),
                Verdict::Wrong(words) => words,
                Verdict::Replaces(shown) => format!("replaces {shown}"),
                Verdict::Folder(_) => "folder".to_owned(),
            };
            assert_eq!(says.replace('\\', "/"), expected, "{wants:?} {name}");
        }
        assert_eq!(check(&[], place, false, &places), Verdict::Wrong("Type a path first.".to_owned()));
    }
}
