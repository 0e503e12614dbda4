//! The project's file: one SQLite database, made equal to a project in one transaction at a time.
//!
//! Whoever keeps a project hands over a [`Snapshot`], which is cheap since all in it is shared. [`Store::write`] looks what
//! is other than in the state written last and writes those rows: articles, decisions, steps. A write that fails leaves
//! file and memory of it as they were, so that the next one catches up on everything. The file is held from opening to
//! closing by a transaction that is begun anew after each commit; a second window gets it for reading alone.
//!
//! Everything the reader did stands in the file: articles with the bytes they were read from, decisions, steps with
//! their way back, the view, the files of an import that is still running, and the index of search. Analyses do not: they follow.

mod articles;
pub mod decisions;
mod error;
mod opening;
pub mod recovery;
pub mod salvage;
mod schema;
mod steps;
mod tally;
mod writing;

pub use articles::words_key;
pub use error::StoreError;
pub use opening::{Loaded, is_project};
pub use schema::VERSION;
pub use tally::Part;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionState};

use self::articles::Book;
use super::Project;

/// How long a commit waits for somebody who is reading the file.
const BUSY_MILLIS: u64 = 4000;

/// The bytes of a file as it was opened, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Lower-case hexadecimal, of the bytes before packing.
    pub sha256: String,
    /// What the file was called, without its folders; empty where that is not known.
    pub name: String,
    pub n_bytes: usize,
    /// A zlib stream.
    pub packed: Vec<u8>,
}

/// Everything a file keeps, as it is at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub project: Project,
    /// What the window remembers, as JSON of its own; empty for nothing.
    pub view: String,
    /// The codebook the project began with, as JSON of its text; empty for none.
    pub codebook: String,
    /// What the dates of the articles were worked out with, in the words of whoever works them out.
    pub dated_by: String,
    /// The paths of a running import that are still to be read.
    pub waiting: Arc<BTreeSet<String>>,
    /// Files behind articles that are new; those known already are passed over.
    pub originals: Vec<Arc<Original>>,
}

/// How a file is opened. The default is what the program does; tests break things with the rest.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Never writes, even where it could.
    pub is_read_only: bool,
    /// The file may have at most so many pages.
    pub max_pages: Option<u32>,
    /// Name of a registered virtual file system, `None` for the system's own.
    pub vfs: Option<String>,
}

/// An open project file.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    access: Access,
    /// The state of the file.
    written: Snapshot,
    book: Book,
    /// Are its tables part of a transaction that is still running?
    is_new: bool,
}

impl Store {
    /// Makes a new file with the state `snapshot` in it.
    ///
    /// # Errors
    /// [`StoreError`] where there is a file already, or where none can be made.
    pub fn create(path: &Path, access: Access, snapshot: &Snapshot) -> Result<Self, StoreError> {
        if path.exists() {
            let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
            return Err(StoreError::System { path: path.to_owned(), source });
        }
        let made = Self::make(path, access).and_then(|mut store| store.write(snapshot).map(|()| store));
        if made.is_err() {
            // What was made so far is no project.
            let _ = std::fs::remove_file(path);
        }
        made
    }

    fn make(path: &Path, access: Access) -> Result<Self, StoreError> {
        let fail = |error| StoreError::of(path, error);
        let connection = connect(path, &access, OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        schema::prepare(&connection).map_err(fail)?;
        schema::settle(&connection).map_err(fail)?;
        connection.execute_batch("BEGIN IMMEDIATE").map_err(fail)?;
        schema::create(&connection).map_err(fail)?;
        let (written, book) = (Snapshot::default(), Book::default());
        Ok(Self { connection, path: path.to_owned(), access, written, book, is_new: true })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// May this window write the file?
    pub fn is_read_only(&self) -> bool {
        self.access.is_read_only
    }

    /// Begins the transaction that holds the file, where none is running.
    fn hold(&self) -> Result<(), StoreError> {
        if self.is_held() {
            return Ok(());
        }
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| StoreError::of(&self.path, error))
    }

    fn is_held(&self) -> bool {
        !self.connection.is_autocommit()
            && matches!(self.connection.transaction_state(Some("main")), Ok(TransactionState::Write))
    }

    /// Looks at every page and every row of the file.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with what SQLite says first.
    pub fn check(&self) -> Result<(), StoreError> {
        let says = self.connection.query_row("PRAGMA integrity_check(3)", [], |row| row.get::<_, String>(0));
        match says.map_err(|error| StoreError::of(&self.path, error))?.as_str() {
            "ok" => Ok(()),
            fault => Err(StoreError::damaged(&self.path, fault)),
        }
    }

    /// The bytes an article was read from, by their SHA-256; `None` where the file does not have them.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn original(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        articles::original(&self.connection, sha256).map_err(|error| StoreError::of(&self.path, error))
    }

    /// Puts a copy of the file, brought up to `snapshot`, at another place and goes on there. What stands there already
    /// is replaced in one step, or not at all.
    ///
    /// # Errors
    /// [`StoreError`] where the copy can't be made; then this file stays the one that is open.
    pub fn move_to(&mut self, path: &Path, snapshot: &Snapshot) -> Result<(), StoreError> {
        if same_file(path, &self.path) {
            return self.write(snapshot);
        }
        *self = Self::put(
            path,
            |beside, access| {
                // Where the old file can't be read any more, what is in memory can be written all the same.
                self.copied(beside, &access).or_else(|_| {
                    let _ = std::fs::remove_file(beside);
                    Self::make(beside, access)
                })
            },
            snapshot,
        )?;
        Ok(())
    }

    /// As [`Store::create`], but what stands at `path` is replaced in one step, or not at all.
    ///
    /// # Errors
    /// [`StoreError`] where it can't be made, or where another window writes what stands there.
    pub fn create_over(path: &Path, snapshot: &Snapshot) -> Result<Self, StoreError> {
        Self::put(path, Self::make, snapshot)
    }

    /// Makes a file beside `path`, writes `snapshot`, and moves it there.
    fn put(
        path: &Path,
        make: impl FnOnce(&Path, Access) -> Result<Self, StoreError>,
        snapshot: &Snapshot,
    ) -> Result<Self, StoreError> {
        let fail = |source| StoreError::System { path: path.to_owned(), source };
        if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            // A device would be replaced by a file, where somebody may.
            return Err(fail(std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a plain file")));
        }
        refuse_held(path)?;
        let beside = super::files::beside(path).map_err(fail)?;
        let access = Access::default();
        let made = make(&beside, access.clone()).and_then(|mut store| {
            store.write(snapshot)?;
            let (written, book) = (store.written.clone(), store.book.clone());
            store.close()?;
            // One of a file that stood here and was killed would be rolled back into this one.
            let _ = std::fs::remove_file(journal_of(path));
            std::fs::rename(&beside, path).map_err(fail)?;
            sync_folder_of(path);
            let connection = connect(path, &access, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            schema::settle(&connection).map_err(|error| StoreError::of(path, error))?;
            Ok(Self { connection, path: path.to_owned(), access, written, book, is_new: false })
        });
        if made.is_err() {
            let _ = std::fs::remove_file(&beside);
        }
        let made = made?;
        made.hold()?;
        Ok(made)
    }

    /// The state of the file.
    pub fn written(&self) -> &Snapshot {
        &self.written
    }

    /// A copy of the file as it was written last.
    fn copied(&self, to: &Path, access: &Access) -> Result<Self, StoreError> {
        let fail = |error| StoreError::of(to, error);
        let mut connection = connect(to, access, OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        schema::settle(&connection).map_err(fail)?;
        // Nothing is copied out of a running transaction, not even out of one that only holds the file.
        let _ = self.connection.execute_batch("ROLLBACK");
        copy_pages(&self.connection, &mut connection).map_err(fail)?;
        connection.execute_batch("BEGIN IMMEDIATE").map_err(fail)?;
        Ok(Self {
            connection,
            path: to.to_owned(),
            access: access.clone(),
            written: self.written.clone(),
            book: self.book.clone(),
            is_new: false,
        })
    }

    /// Closes the file. Without it the file is closed as soundly, only errors are not told.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn close(self) -> Result<(), StoreError> {
        let Self { connection, path, .. } = self;
        connection.close().map_err(|(_, error)| StoreError::of(&path, error))
    }
}

/// Copies a database page by page. One that somebody is writing is an error, and not waited for.
fn copy_pages(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    use rusqlite::backup::{Backup, StepResult};
    match Backup::new(from, to)?.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None)),
    }
}

/// Is the file at `path` one that a window is writing? Then nobody may put another one in its place.
fn refuse_held(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Ok(());
    }
    let Ok(connection) = connect(path, &Access::default(), OpenFlags::SQLITE_OPEN_READ_WRITE) else { return Ok(()) };
    let _ = connection.busy_timeout(Duration::ZERO);
    match connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| StoreError::of(path, error)) {
        Err(held @ StoreError::Held { .. }) => Err(held),
        _ => Ok(()),
    }
}

/// Where SQLite writes down how to take back what it does to the file at `path`.
fn journal_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

/// Makes a new name in a folder last, where the system can be asked for it.
fn sync_folder_of(path: &Path) {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Do both name one file that is there, however they are spelled?
pub fn same_file(left: &Path, right: &Path) -> bool {
    match (left.canonicalize(), right.canonicalize()) {
        (Ok(left), Ok(right)) => left == right,
        _ => false,
    }
}

/// Opens a connection on one thread, without following a link to elsewhere.
fn connect(path: &Path, access: &Access, flags: OpenFlags) -> Result<Connection, StoreError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match &access.vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs.as_str()),
        None => Connection::open_with_flags(path, flags),
    };
    let connection = connection.map_err(|error| StoreError::of(path, error))?;
    let settle = || -> rusqlite::Result<()> {
        connection.busy_timeout(Duration::from_millis(BUSY_MILLIS))?;
        // A file from elsewhere gets no say in what the program runs.
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        if let Some(pages) = access.max_pages {
            connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        }
        Ok(())
    };
    settle().map_err(|error| StoreError::of(path, error))?;
    Ok(connection)
}
