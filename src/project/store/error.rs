//! Why a project's file could not be opened or written, in words for the reader, with what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A fault of a project's file, or of the disk below it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("no such file")]
    NotFound { path: PathBuf },
    #[error("not a project of this program")]
    NotAProject { path: PathBuf },
    /// A program that knows more wrote it, in a form that this one can't read.
    #[error("made by a newer version of this program (file version {found}, known here up to {known})")]
    TooNew { path: PathBuf, found: i64, known: i64 },
    /// Its content is not what was written.
    #[error("damaged: {what}")]
    Damaged { path: PathBuf, what: String },
    #[error("another window is writing it")]
    Held { path: PathBuf },
    #[error("the disk is full")]
    Full { path: PathBuf },
    #[error("no permission to write it")]
    Forbidden { path: PathBuf },
    /// Somebody moved, renamed or deleted the file while it was open.
    #[error("it was moved or deleted while it was open")]
    Moved { path: PathBuf },
    /// The disk, the drive or the network below it failed.
    #[error("the disk did not take it")]
    Disk {
        path: PathBuf,
        #[source]
        source: rusqlite::Error,
    },
    #[error("could not be used")]
    Other {
        path: PathBuf,
        #[source]
        source: rusqlite::Error,
    },
    #[error("could not be used")]
    System {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// The program's own folder can't be made or written.
    #[error("there is no folder to keep work without a name in")]
    NoHome {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

impl StoreError {
    /// What SQLite says of `path`, sorted by what the reader can do about it.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let rusqlite::Error::SqliteFailure(failure, _) = &source else {
            // A column of another type than the one that was written.
            return Self::Damaged { what: source.to_string(), path };
        };
        match failure.code {
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged { what: source.to_string(), path },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Held { path },
            ErrorCode::DiskFull => Self::Full { path },
            ErrorCode::ReadOnly if failure.extended_code == rusqlite::ffi::SQLITE_READONLY_DBMOVED => {
                Self::Moved { path }
            }
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::Forbidden { path },
            ErrorCode::CannotOpen if !path.exists() => Self::NotFound { path },
            ErrorCode::CannotOpen => Self::Forbidden { path },
            // The file ends before what it says of itself; a disk that fails says otherwise.
            ErrorCode::SystemIoFailure if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHORT_READ => {
                Self::Damaged { what: source.to_string(), path }
            }
            ErrorCode::SystemIoFailure => Self::Disk { path, source },
            _ => Self::Other { path, source },
        }
    }

    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), what: what.into() }
    }

    /// The file it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::NotFound { path }
            | Self::NotAProject { path }
            | Self::TooNew { path, .. }
            | Self::Damaged { path, .. }
            | Self::Held { path }
            | Self::Full { path }
            | Self::Forbidden { path }
            | Self::Moved { path }
            | Self::Disk { path, .. }
            | Self::Other { path, .. }
            | Self::System { path, .. }
            | Self::NoHome { path, .. } => path,
        }
    }

    /// Stable id.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not-found",
            Self::NotAProject { .. } => "not-a-project",
            Self::TooNew { .. } => "too-new",
            Self::Damaged { .. } => "damaged",
            Self::Held { .. } => "held",
            Self::Full { .. } => "disk-full",
            Self::Forbidden { .. } => "no-permission",
            Self::Moved { .. } => "moved",
            Self::Disk { .. } => "disk",
            Self::Other { .. } | Self::System { .. } => "unusable",
            Self::NoHome { .. } => "no-home",
        }
    }

    /// What the reader can do about it.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "Check the path",
            Self::NotAProject { .. } => "Open a file that ends in .throughline",
            Self::NoHome { .. } => "Save it under a name, in a folder of yours",
            Self::TooNew { .. } => "Install the newer version",
            Self::Damaged { .. } => "Open it: what can be recovered comes up as a copy",
            Self::Held { .. } => "Close the other window, or save a copy under another name",
            Self::Full { .. } => "Make room on the disk; it is written then by itself",
            Self::Forbidden { .. } | Self::Moved { .. } => "Save it under another name",
            Self::Disk { .. } | Self::Other { .. } | Self::System { .. } => "Save it on another disk",
        }
    }
}
