//! From a file to the project in it.
//!
//! All rows are read and compared with their sums; the JSON of articles is read on all cores. `O(n)` in the bytes of the
//! texts; the bytes of original files stay on the disk.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags};
use rustc_hash::FxHashMap;

use super::articles::{self, ArticleRow, Book};
use super::{Access, BUSY_MILLIS, Snapshot, Store, StoreError};
use super::{connect, copy_pages, decisions, journal_of, schema, steps, tally};
use crate::document::{Document, DocumentId};
use crate::project::{Decisions, History, Project, home};

/// A file as it was opened.
#[derive(Debug)]
pub struct Loaded {
    pub store: Store,
    pub snapshot: Snapshot,
    /// Of all articles, open or set aside.
    pub words_keys: FxHashMap<DocumentId, u64>,
    /// Why it can't be written, in a sentence, where that is so.
    pub note: Option<String>,
    /// Is another window the reason?
    pub is_held: bool,
}

/// Does the file say it is a project? Looks at its first bytes alone.
pub fn is_project(path: &Path) -> bool {
    let mut head = [0; 72];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    let has_magic = head.starts_with(b"SQLite format 3\0") && head.ends_with(&schema::APPLICATION_ID.to_be_bytes());
    (read.is_ok() && has_magic) || (home::is_named_project(path) && path.is_file())
}

impl Store {
    /// Opens a project's file: for writing, or for reading alone where another window writes it, where nobody may, or
    /// where a newer program made it.
    ///
    /// # Errors
    /// [`StoreError`] where it can't be read. A damaged file is left as it is; see [`super::recovery`].
    pub fn open(path: &Path, access: Access) -> Result<Loaded, StoreError> {
        if !path.exists() {
            return Err(StoreError::NotFound { path: path.to_owned() });
        }
        let wants_to_write = !access.is_read_only;
        let (connection, refused) = connect_to(path, &access)?;
        let is_held = matches!(refused, Some(StoreError::Held { .. }));
        let mut note = refused.map(|refused| match refused {
            StoreError::Held { .. } => "Another window is writing it, so it is open for reading alone".to_owned(),
            _ => "It may not be written, so it is open for reading alone".to_owned(),
        });
        let version = version(&connection, path)?;
        if version > schema::VERSION {
            let oldest = fact(&connection, "oldest-reader").and_then(|value| value.parse().ok()).unwrap_or(version);
            if oldest > schema::VERSION {
                return Err(StoreError::TooNew { path: path.to_owned(), found: version, known: schema::VERSION });
            }
            note = Some("A newer version of this program made it, so it is open for reading alone".to_owned());
        }
        let is_read_only = !wants_to_write || note.is_some();
        let mut store = Self {
            connection,
            path: path.to_owned(),
            access: Access { is_read_only, ..access },
            written: Snapshot::default(),
            book: Book::default(),
            is_new: false,
        };
        if is_read_only {
            // Lets go of a file that somebody else may want to write.
            let _ = store.connection.execute_batch("ROLLBACK");
            if version < schema::VERSION {
                store.connection = copy_in_memory(&store.connection).map_err(|error| StoreError::of(path, error))?;
            }
        }
        if version < schema::VERSION {
            schema::migrate(&store.connection, version).map_err(|error| StoreError::of(path, error))?;
        }
        let words_keys = store.load()?;
        if version < schema::VERSION && !is_read_only {
            // Whoever takes back what follows would take back the new version as well.
            store.connection.execute_batch("COMMIT").map_err(|error| StoreError::of(path, error))?;
            store.hold()?;
        }
        Ok(Loaded { snapshot: store.written.clone(), store, words_keys, note, is_held })
    }

    /// Reads all rows into the state of the file.
    pub(super) fn load(&mut self) -> Result<FxHashMap<DocumentId, u64>, StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::of(&path, error);
        self.book = Book::default();
        let rows = articles::rows(&self.connection).map_err(fail)?;
        let words_keys = rows.iter().map(|row| (row.id, row.words_key)).collect();
        let documents = self.take_articles(rows)?;
        let decisions = self.decisions()?;
        let history = self.history()?;
        let waiting = self.waiting().map_err(fail)?;
        let fact = |key| fact(&self.connection, key).unwrap_or_default();
        let (view, codebook, dated_by) = (fact("view"), fact("codebook"), fact("dated-by"));
        self.book.tally.swap(tally::Part::Others, None, tally::of_fact("codebook", &codebook));
        self.book.tally.swap(tally::Part::Others, None, tally::of_fact("dated-by", &dated_by));
        if tally::kept(&self.connection) != Some(self.book.tally) {
            return Err(StoreError::damaged(&path, "something that was kept is missing, or as it was before"));
        }
        self.written = Snapshot {
            project: Project::kept(documents, decisions, history),
            view,
            codebook,
            dated_by,
            waiting: Arc::new(BTreeSet::from_iter(waiting)),
            originals: Vec::new(),
        };
        Ok(words_keys)
    }

    /// Enters all articles in the book; returns those that are open, in their order.
    fn take_articles(&mut self, rows: Vec<ArticleRow>) -> Result<Vec<Arc<Document>>, StoreError> {
        for row in &rows {
            self.book.tally.swap(tally::Part::Articles, None, Some(row.sum));
        }
        let documents: Vec<Result<_, String>> = (rows.into_par_iter())
            .map(|row| {
                let (number, place, name) = (row.row, row.place, row.name.clone());
                row.document().map(|document| (number, place, document)).ok_or(name)
            })
            .collect();
        let mut open: Vec<(i64, Arc<Document>)> = Vec::with_capacity(documents.len());
        for document in documents {
            let (row, place, document) = document.map_err(|name| {
                StoreError::damaged(&self.path, format!("the article “{name}” is not as it was kept"))
            })?;
            let document = Arc::new(document);
            self.book.enter(&document, row, place);
            open.extend(place.map(|place| (place, document)));
        }
        self.book.tally_places();
        open.sort_by_key(|(place, _)| *place);
        Ok(open.into_iter().map(|(_, document)| document).collect())
    }

    fn decisions(&mut self) -> Result<Decisions, StoreError> {
        let fail = |error| StoreError::of(&self.path, error);
        let tally = &mut self.book.tally;
        let damaged = || StoreError::damaged(&self.path, "a decision is not as it was kept");
        let mut all = Decisions::default();
        let mut query = self.connection.prepare("SELECT kind, key, value, sum FROM decision").map_err(fail)?;
        let mut rows = query.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let text = |idx: usize| row.get_ref(idx).and_then(|value| Ok(value.as_str()?)).map_err(fail);
            let (kind, key, value) = (text(0)?, text(1)?, text(2)?);
            let sum: i64 = row.get(3).map_err(fail)?;
            if sum != schema::sum(&[b"decision", kind.as_bytes(), key.as_bytes(), value.as_bytes()]) {
                return Err(damaged());
            }
            tally.swap(tally::Part::Decisions, None, Some(sum));
            // A kind that is not known here is a newer program's, and stays in the file.
            decisions::take(&mut all, kind, key, value).map_err(|_| damaged())?;
        }
        Ok(all)
    }

    fn history(&mut self) -> Result<History, StoreError> {
        let rows = steps::rows(&self.connection).map_err(|error| StoreError::of(&self.path, error))?;
        let n_done = rows.iter().filter(|row| row.is_done).count();
        let mut all = Vec::with_capacity(rows.len());
        for (idx, row) in rows.iter().enumerate() {
            self.book.tally.swap(tally::Part::Steps, None, Some(row.sum));
            let is_next = usize::try_from(row.number).is_ok_and(|number| number == idx + 1);
            let step = row.step(|row| self.book.article(row)).filter(|_| is_next && row.is_done == (idx < n_done));
            let step = step
                .ok_or_else(|| StoreError::damaged(&self.path, format!("step {} is not as it was kept", row.number)))?;
            all.push(Arc::new(step));
        }
        Ok(History::kept(all, n_done))
    }

    /// The paths of an import that was broken off.
    fn waiting(&mut self) -> rusqlite::Result<Vec<String>> {
        let mut query = self.connection.prepare("SELECT path FROM import")?;
        let paths: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for path in &paths {
            self.book.tally.swap(tally::Part::Others, None, Some(schema::sum(&[b"import", path.as_bytes()])));
        }
        Ok(paths)
    }
}

/// A connection that holds the file for writing; else one that reads, with the reason: held, or forbidden.
fn connect_to(path: &Path, access: &Access) -> Result<(Connection, Option<StoreError>), StoreError> {
    if access.is_read_only {
        return Ok((connect(path, access, OpenFlags::SQLITE_OPEN_READ_ONLY)?, None));
    }
    let connection = connect(path, access, OpenFlags::SQLITE_OPEN_READ_WRITE);
    let held = connection.and_then(|connection| {
        let settle = || -> rusqlite::Result<()> {
            connection.busy_timeout(Duration::ZERO)?;
            schema::settle(&connection)?;
            connection.execute_batch("BEGIN IMMEDIATE")?;
            connection.busy_timeout(Duration::from_millis(BUSY_MILLIS))
        };
        settle().map_err(|error| StoreError::of(path, error))?;
        // One that has to be rolled back was; what is left was begun and never used, by somebody who holds no lock.
        if let Some(resolved) = connection.path() {
            let _ = std::fs::remove_file(journal_of(Path::new(resolved)));
        }
        Ok(connection)
    });
    match held {
        Ok(connection) => Ok((connection, None)),
        Err(refused @ (StoreError::Held { .. } | StoreError::Forbidden { .. })) => {
            Ok((connect(path, access, OpenFlags::SQLITE_OPEN_READ_ONLY)?, Some(refused)))
        }
        Err(error) => Err(error),
    }
}

/// The version of the file; 0 of a database that is none of ours.
fn version(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let fail = |error| StoreError::of(path, error);
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(fail);
    let (id, version) = (number("application_id")?, number("user_version")?);
    if id != i64::from(schema::APPLICATION_ID) || version < 1 {
        if connection.prepare("SELECT tag, row, place, facts, text, sum FROM document").is_ok() {
            return Err(StoreError::damaged(path, "its first page is not as it was kept"));
        }
        return Err(StoreError::NotAProject { path: path.to_owned() });
    }
    Ok(version)
}

/// A copy that can be brought up to date without touching the file.
fn copy_in_memory(connection: &Connection) -> rusqlite::Result<Connection> {
    let mut copy = Connection::open_in_memory()?;
    copy_pages(connection, &mut copy)?;
    Ok(copy)
}

/// A fact of the file, `None` where there is none or where it is not as it was kept. What stands here can be done without.
pub(super) fn fact(connection: &Connection, key: &str) -> Option<String> {
    let row = connection.query_row("SELECT value, sum FROM fact WHERE key = ?1", [key], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    });
    row.ok()
        .filter(|(value, sum)| *sum == schema::sum(&[b"fact", key.as_bytes(), value.as_bytes()]))
        .map(|(value, _)| value)
}
