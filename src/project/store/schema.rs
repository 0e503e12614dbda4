//! The tables of a project's file, its version, and the way from older versions to this one.
//!
//! The first column of every table of the reader's content is a constant that names it, so that rows can be told apart
//! in a file whose schema is lost ([`super::salvage`]); `sum` tells whether a row still says what was written. A
//! file is brought up to date in one transaction when it is opened for writing; for reading alone, on a copy in memory.

use rusqlite::Connection;
use sha2::Digest as _;

/// "ThLn": what tells a project from other SQLite files (offset 68 of the file).
pub const APPLICATION_ID: i32 = 0x5468_4C6E;

/// The version this program writes.
pub const VERSION: i64 = 1;

/// The oldest version whose programs can read what this one writes, kept in each file.
pub const OLDEST_READER: i64 = 1;

/// Bytes of a page. An article of the usual length fits one or two of them.
const PAGE_SIZE: i64 = 8192;

/// What makes version 1 of an empty file.
const FIRST: &str = "
CREATE TABLE fact(tag TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE UNIQUE INDEX fact_key ON fact(key);
CREATE TABLE file(tag TEXT NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL, n_bytes INTEGER NOT NULL, packed BLOB NOT NULL);
CREATE UNIQUE INDEX file_sha256 ON file(sha256);
CREATE TABLE document(tag TEXT NOT NULL, row INTEGER PRIMARY KEY, id INTEGER NOT NULL, place INTEGER,
  name TEXT NOT NULL, sha256 TEXT NOT NULL, words_key INTEGER NOT NULL, facts TEXT NOT NULL, text TEXT NOT NULL,
  sum INTEGER NOT NULL);
CREATE TABLE decision(tag TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
  sum INTEGER NOT NULL);
CREATE UNIQUE INDEX decision_key ON decision(kind, key);
CREATE TABLE step(tag TEXT NOT NULL, number INTEGER PRIMARY KEY, says TEXT NOT NULL, at INTEGER, is_done INTEGER NOT NULL,
  command TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE import(tag TEXT NOT NULL, path TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE UNIQUE INDEX import_path ON import(path);
";

/// What brings a file of version `n` (its place, counted from 1) to the next one.
const MIGRATIONS: [&str; 0] = [];

/// Settings that a file gets before its first table.
pub fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "page_size", PAGE_SIZE)
}

/// Settings of a connection that writes.
///
/// The journal is the classic one: it works on network drives, and leaves one file at rest. What is deleted is
/// overwritten, so that an article that was removed for good is gone, and a salvage finds nothing that was taken back.
pub fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    connection.pragma_update(None, "secure_delete", "ON")
}

/// Makes the tables of an empty file; to be called inside a transaction, so that a file is a project or empty.
pub fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.execute_batch(FIRST)?;
    migrate(connection, 1)
}

/// Brings a file of version `from` to [`VERSION`]; to be called inside a transaction.
pub fn migrate(connection: &Connection, from: i64) -> rusqlite::Result<()> {
    migrate_by(connection, &MIGRATIONS, from)
}

fn migrate_by(connection: &Connection, migrations: &[&str], from: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(from - 1).unwrap_or(0);
    for step in migrations.iter().skip(done) {
        connection.execute_batch(step)?;
    }
    connection.pragma_update(None, "user_version", 1 + migrations.len() as i64)
}

/// The sum of a row: the first 64 bits of the SHA-256 over its columns, each with its length before it.
pub fn sum(columns: &[&[u8]]) -> i64 {
    let mut hash = sha2::Sha256::new();
    for column in columns {
        hash.update((column.len() as u64).to_be_bytes());
        hash.update(column);
    }
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    i64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The schema of a version is what files on disk have; another one is another version, with a migration and a kept
    /// file of the old one.
    #[test]
    fn the_schema_of_this_version_is_the_one_that_was_released() {
        assert_eq!(VERSION, 1 + MIGRATIONS.len() as i64);
        assert_eq!(sum(&[FIRST.as_bytes()]), FIRST_SUM, "the schema changed: give it a version and a migration");
    }

    const FIRST_SUM: i64 = 5_825_189_208_046_486_259;

    #[test]
    fn an_old_file_is_brought_up_to_date_step_by_step_or_not_at_all() {
        let connection = Connection::open_in_memory().unwrap();
        create(&connection).unwrap();
        let version = || connection.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)).unwrap();
        let mut migrations =
            vec!["ALTER TABLE import ADD COLUMN at INTEGER", "UPDATE import SET at = 7", "CREATE TABLE more(tag TEXT)"];
        connection.execute_batch("INSERT INTO import VALUES ('import', 'a', 0); BEGIN").unwrap();
        migrate_by(&connection, &migrations[..1], 1).unwrap();
        connection.execute_batch("COMMIT; BEGIN").unwrap();
        assert_eq!(version(), 2);
        migrate_by(&connection, &migrations, 2).unwrap();
        connection.execute_batch("COMMIT; BEGIN").unwrap();
        assert_eq!(version(), 4);
        assert_eq!(connection.query_row("SELECT at FROM import", [], |row| row.get::<_, i64>(0)).unwrap(), 7);
        migrations.extend(["CREATE TABLE one_more(tag TEXT)", "ALTER TABLE nothing ADD COLUMN at INTEGER"]);
        assert!(migrate_by(&connection, &migrations, 4).is_err());
        connection.execute_batch("ROLLBACK").unwrap();
        assert_eq!(version(), 4);
        assert!(connection.prepare("SELECT * FROM one_more").is_err());
    }

    #[test]
    fn a_sum_knows_where_columns_end() {
        assert_ne!(sum(&[b"ab", b"c"]), sum(&[b"a", b"bc"]));
        assert_eq!(sum(&[b"ab", b"c"]), sum(&[b"ab", b"c"]));
    }
}
