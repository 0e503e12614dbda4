//! From the paths a reader gives to the bytes of files: folders are walked, sizes are checked before reading.
//!
//! One bad path never hides the others: every path ends as a [`File`] or as a [`FileError`] of its own. A folder gives
//! its files sorted by name, hidden ones left out; a folder that links back to one already walked is not walked again,
//! so a loop of links ends. `O(n log n)` in the number of entries of a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::ingest::MAX_FILE_BYTES;

/// A file that was found under one of the given paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub path: PathBuf,
}

impl File {
    /// The path as it was given, or as it continues a given folder.
    pub fn label(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// The name alone.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// Reads the whole file.
    ///
    /// # Errors
    /// [`FileError`] where it is gone, forbidden, not a plain file or larger than [`MAX_FILE_BYTES`].
    pub fn read(&self) -> Result<Vec<u8>, FileError> {
        let fail = |error: io::Error| FileError::of(&self.path, error);
        let file = fs::File::open(&self.path).map_err(fail)?;
        let metadata = file.metadata().map_err(fail)?;
        if !metadata.is_file() {
            return Err(FileError::NotAFile { path: self.path.clone() });
        }
        let too_large = || FileError::TooLarge { path: self.path.clone() };
        let n_bytes = usize::try_from(metadata.len()).map_err(|_| too_large())?;
        if n_bytes > MAX_FILE_BYTES {
            return Err(too_large());
        }
        // One byte more than allowed is asked for, since a file may grow while it is read.
        let mut bytes = Vec::with_capacity(n_bytes + 1);
        file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(fail)?;
        if bytes.len() > MAX_FILE_BYTES { Err(too_large()) } else { Ok(bytes) }
    }
}

/// Why there is nothing to read under a path.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("no such file or folder")]
    NotFound { path: PathBuf },
    #[error("no permission to read it")]
    Forbidden { path: PathBuf },
    /// A device, a pipe or a socket.
    #[error("not a plain file")]
    NotAFile { path: PathBuf },
    #[error("larger than {} MB", MAX_FILE_BYTES / (1024 * 1024))]
    TooLarge { path: PathBuf },
    #[error("no files in this folder")]
    EmptyFolder { path: PathBuf },
    /// Any other fault of the disk or the system.
    #[error("could not be read")]
    Unreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

impl FileError {
    pub(super) fn of(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            io::ErrorKind::PermissionDenied => Self::Forbidden { path },
            _ => Self::Unreadable { path, source: error },
        }
    }

    /// The path that could not be read.
    pub fn path(&self) -> &Path {
        match self {
            Self::NotFound { path }
            | Self::Forbidden { path }
            | Self::NotAFile { path }
            | Self::TooLarge { path }
            | Self::EmptyFolder { path }
            | Self::Unreadable { path, .. } => path,
        }
    }

    /// Stable id for the JSON output.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not-found",
            Self::Forbidden { .. } => "no-permission",
            Self::NotAFile { .. } => "not-a-file",
            Self::TooLarge { .. } => "too-large",
            Self::EmptyFolder { .. } => "empty-folder",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// What the reader can do about it.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "Check the path",
            Self::Forbidden { .. } => "Ask its owner for access",
            Self::NotAFile { .. } => "Save its content as a file",
            Self::TooLarge { .. } => "Split it, then open the parts",
            Self::EmptyFolder { .. } => "Name a folder that holds articles",
            Self::Unreadable { .. } => "Copy the file to another disk and try again",
        }
    }
}

/// Finds the files under `paths`, in the order of the paths; folders are walked and sorted by name.
pub fn find_files(paths: &[PathBuf]) -> Vec<Result<File, FileError>> {
    let mut found = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let n_before = found.len();
                walk_folder(path, &mut BTreeSet::new(), &mut found);
                if found.len() == n_before {
                    found.push(Err(FileError::EmptyFolder { path: path.clone() }));
                }
            }
            // What it is exactly is told when it is read.
            Ok(_) => found.push(Ok(File { path: path.clone() })),
            Err(error) => found.push(Err(FileError::of(path, error))),
        }
    }
    found
}

/// Adds the files of `folder` and of the folders in it. `walked` holds the real folders seen, without links.
fn walk_folder(folder: &Path, walked: &mut BTreeSet<PathBuf>, found: &mut Vec<Result<File, FileError>>) {
    match fs::canonicalize(folder) {
        Ok(real) => {
            if !walked.insert(real) {
                return;
            }
        }
        Err(error) => return found.push(Err(FileError::of(folder, error))),
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(FileError::of(folder, error))),
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) if is_hidden(&entry.file_name()) => {}
            Ok(entry) => paths.push(entry.path()),
            Err(error) => found.push(Err(FileError::of(folder, error))),
        }
    }
    paths.sort();
    for path in paths {
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => walk_folder(&path, walked, found),
            // Devices and pipes in a folder were not asked for by name.
            Ok(metadata) if metadata.is_file() => found.push(Ok(File { path })),
            Ok(_) => {}
            Err(error) => found.push(Err(FileError::of(&path, error))),
        }
    }
}

/// Writes a file as a whole or not at all: beside its place first, then moved there, so that neither a full disk nor a
/// crash leaves half of it in the place of what was there before. A link keeps pointing where it points; what is no plain
/// file (a device, a pipe) is written to as it is, since nothing may stand in its place.
///
/// # Errors
/// Those of the disk, and those of `write`.
pub fn write_whole(path: &Path, write: impl FnOnce(&mut io::BufWriter<fs::File>) -> io::Result<()>) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        let mut out = io::BufWriter::new(fs::File::options().write(true).open(path)?);
        write(&mut out)?;
        return io::Write::flush(&mut out);
    }
    let beside = beside(path)?;
    let written = fs::File::create(&beside).and_then(|file| {
        let mut out = io::BufWriter::with_capacity(1 << 16, file);
        write(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        // What was written so far is of no use; where even that stays, the error says why.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Where a file is written before it is moved to `path`.
///
/// # Errors
/// Where the path names no file.
pub(super) fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no file name"))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.part", std::process::id()));
    Ok(path.with_file_name(beside))
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(root: &Path, found: &[Result<File, FileError>]) -> Vec<String> {
        let short = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
        found
            .iter()
            .map(|entry| match entry {
                Ok(file) => short(&file.path),
                Err(error) => format!("{}: {}", short(error.path()), error.code()),
            })
            .collect()
    }

    #[test]
    fn folders_are_walked_sorted_and_hidden_files_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/inner")).unwrap();
        fs::create_dir_all(root.join("empty")).unwrap();
        for name in ["c.txt", "a.txt", ".hidden", "b/z.txt", "b/inner/y.txt"] {
            fs::write(root.join(name), "words").unwrap();
        }
        let found = find_files(&[root.join("c.txt"), root.to_owned(), root.join("empty"), root.join("gone")]);
        assert_eq!(
            labels(root, &found),
            ["c.txt", "a.txt", "b/inner/y.txt", "b/z.txt", "c.txt", "empty: empty-folder", "gone: not-found"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends_and_a_broken_link_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("inner")).unwrap();
        fs::write(root.join("inner/a.txt"), "words").unwrap();
        std::os::unix::fs::symlink(root, root.join("inner/up")).unwrap();
        std::os::unix::fs::symlink(root.join("nowhere"), root.join("z")).unwrap();
        let found = find_files(&[root.to_owned()]);
        assert_eq!(labels(root, &found), ["inner/a.txt", "z: not-found"]);
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        let write =
            |words: &'static str| move |out: &mut io::BufWriter<fs::File>| io::Write::write_all(out, words.as_bytes());
        write_whole(&path, write("first")).unwrap();
        write_whole(&path, write("second")).unwrap();
        let broken = write_whole(&path, |out| {
            write("half")(out)?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(broken.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write_whole(Path::new(".."), write("x")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_plain_file_stays_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let [file, link, device] = ["file", "link", "device"].map(|name| folder.path().join(name));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        std::os::unix::fs::symlink("/dev/null", &device).unwrap();
        let write = |out: &mut io::BufWriter<fs::File>| io::Write::write_all(out, b"new");
        write_whole(&link, write).unwrap();
        write_whole(&device, write).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        for link in [link, device] {
            assert!(fs::symlink_metadata(link).unwrap().is_symlink());
        }
    }

    #[test]
    fn too_large_a_file_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.txt");
        fs::File::create(&path).unwrap().set_len(MAX_FILE_BYTES as u64 + 1).unwrap();
        assert_eq!(File { path }.read().unwrap_err().code(), "too-large");
        let path = folder.path().join("small.txt");
        fs::write(&path, "words").unwrap();
        assert_eq!(File { path }.read().unwrap(), b"words");
    }
}
