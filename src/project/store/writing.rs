//! One transaction: what is other than in the state written last.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::{Connection, params};

use super::articles::{self, Book, WriteError};
use super::{Snapshot, Store, StoreError, decisions, opening, schema, steps, tally};

impl Store {
    /// Makes the file say what `snapshot` says. When it returns without an error, that is on the disk; with one, the file
    /// is as it was before, and the next call writes what this one could not.
    ///
    /// # Errors
    /// [`StoreError`] with what the reader can do.
    pub fn write(&mut self, snapshot: &Snapshot) -> Result<(), StoreError> {
        if self.access.is_read_only {
            return Err(StoreError::Forbidden { path: self.path.clone() });
        }
        if !self.is_new {
            self.look_again()?;
        }
        let mut book = self.book.clone();
        let done = write_rows(&self.connection, &mut book, &self.written, snapshot);
        let done = done.and_then(|()| self.connection.execute_batch("COMMIT").map_err(WriteError::from));
        if let Err(error) = done {
            // SQLite has rolled back already after most faults.
            let _ = self.connection.execute_batch("ROLLBACK");
            return Err(match error {
                WriteError::Sql(error) => StoreError::of(&self.path, error),
                WriteError::Json(error) => StoreError::System { path: self.path.clone(), source: error.into() },
            });
        }
        book.forget_unknown();
        self.is_new = false;
        self.book = book;
        self.written = Snapshot { originals: Vec::new(), ..snapshot.clone() };
        // Where the hold can't be taken again the next write asks for it, and says what is wrong.
        let _ = self.hold();
        Ok(())
    }

    /// Takes the hold anew, and reads the file again where it is other than it was left. That comes about where a commit
    /// failed after the disk had it; and where somebody else wrote, since a system after POSIX takes a file's locks from a
    /// program as soon as any part of it opens and closes that file.
    fn look_again(&mut self) -> Result<(), StoreError> {
        let _ = self.connection.execute_batch("ROLLBACK");
        self.hold()?;
        let view = opening::fact(&self.connection, "view").unwrap_or_default();
        if tally::kept(&self.connection) != Some(self.book.tally) || view != self.written.view {
            self.load()?;
        }
        Ok(())
    }
}

fn write_rows(connection: &Connection, book: &mut Book, old: &Snapshot, new: &Snapshot) -> Result<(), WriteError> {
    articles::keep_originals(connection, &new.originals)?;
    let (old_documents, documents) = (old.project.documents(), new.project.documents());
    let is_same = old_documents.len() == documents.len()
        && old_documents.iter().zip(documents).all(|(old, new)| Arc::ptr_eq(old, new));
    if !is_same {
        book.place(connection, documents)?;
    }
    write_decisions(connection, book, old, new)?;
    steps::write(connection, book, old.project.history(), new.project.history())?;
    write_fact(connection, "view", &old.view, &new.view)?;
    for (key, old, new) in [("codebook", &old.codebook, &new.codebook), ("dated-by", &old.dated_by, &new.dated_by)] {
        write_fact(connection, key, old, new)?;
        book.tally.swap(tally::Part::Others, tally::of_fact(key, old), tally::of_fact(key, new));
    }
    write_waiting(connection, book, &old.waiting, &new.waiting)?;
    write_fact(connection, "oldest-reader", "", &schema::OLDEST_READER.to_string())?;
    write_fact(connection, tally::KEY, "", &book.tally.to_string())
}

fn write_decisions(connection: &Connection, book: &mut Book, old: &Snapshot, new: &Snapshot) -> Result<(), WriteError> {
    let (old, new) = (old.project.shared_decisions(), new.project.shared_decisions());
    if Arc::ptr_eq(old, new) {
        return Ok(());
    }
    for row in decisions::changes(old, new)? {
        let known = "SELECT sum FROM decision WHERE kind = ?1 AND key = ?2";
        book.tally.swap(tally::Part::Decisions, tally::sum_of(connection, known, params![row.kind, row.key])?, None);
        match row.value {
            Some(value) => {
                let sum = schema::sum(&[b"decision", row.kind.as_bytes(), row.key.as_bytes(), value.as_bytes()]);
                connection
                    .prepare_cached(
                        "INSERT INTO decision VALUES ('decision', ?1, ?2, ?3, ?4)
                         ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, sum = excluded.sum",
                    )?
                    .execute(params![row.kind, row.key, value, sum])?;
                book.tally.swap(tally::Part::Decisions, None, Some(sum));
            }
            None => {
                connection
                    .prepare_cached("DELETE FROM decision WHERE kind = ?1 AND key = ?2")?
                    .execute(params![row.kind, row.key])?;
            }
        }
    }
    Ok(())
}

fn write_fact(connection: &Connection, key: &str, old: &str, new: &str) -> Result<(), WriteError> {
    if old == new {
        return Ok(());
    }
    let sum = schema::sum(&[b"fact", key.as_bytes(), new.as_bytes()]);
    connection
        .prepare_cached(
            "INSERT INTO fact VALUES ('fact', ?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, sum = excluded.sum
             WHERE value != excluded.value",
        )?
        .execute(params![key, new, sum])?;
    Ok(())
}

fn write_waiting(
    connection: &Connection,
    book: &mut Book,
    old: &BTreeSet<String>,
    new: &BTreeSet<String>,
) -> Result<(), WriteError> {
    let sum = |path: &str| schema::sum(&[b"import", path.as_bytes()]);
    let mut delete = connection.prepare_cached("DELETE FROM import WHERE path = ?1")?;
    for path in old.difference(new) {
        delete.execute([path])?;
        book.tally.swap(tally::Part::Others, Some(sum(path)), None);
    }
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO import VALUES ('import', ?1, ?2)")?;
    for path in new.difference(old) {
        insert.execute(params![path, sum(path)])?;
        book.tally.swap(tally::Part::Others, None, Some(sum(path)));
    }
    Ok(())
}
