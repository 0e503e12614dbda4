//! Files for the tests: written by SQLite itself, which also tells where each row stands.

use rusqlite::{Connection, params_from_iter, types};

use super::{Row, Salvage, Value};

pub const SIZES: [usize; 4] = [512, 4096, 8192, 65_536];

/// A file with one table of three columns and an index; rows are numbered from 1. `change` has the last word.
pub fn file(page_size: usize, rows: &[Vec<Value>], change: &str) -> Built {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let connection = Connection::open(&path).unwrap();
    let set_up = format!(
        "PRAGMA page_size = {page_size}; PRAGMA secure_delete = ON; PRAGMA synchronous = OFF;
        CREATE TABLE entry (tag, x, y); CREATE INDEX by_x ON entry (x); BEGIN;"
    );
    connection.execute_batch(&set_up).unwrap();
    for row in rows {
        connection.execute("INSERT INTO entry VALUES (?, ?, ?)", params_from_iter(row.iter().map(bound))).unwrap();
    }
    connection.execute_batch(&format!("COMMIT; {change}")).unwrap();
    let rows_of_pages = rows_of_pages(&connection);
    connection.close().unwrap();
    Built { bytes: std::fs::read(path).unwrap(), rows_of_pages }
}

#[derive(Debug)]
pub struct Built {
    pub bytes: Vec<u8>,
    /// By SQLite's own account: on which page some of a row stands, and which one in the order of rows.
    pub rows_of_pages: Vec<(usize, usize)>,
}

fn rows_of_pages(connection: &Connection) -> Vec<(usize, usize)> {
    let sql = "SELECT path, pageno, pagetype, ncell FROM dbstat WHERE name = 'entry' ORDER BY path";
    let mut statement = connection.prepare(sql).unwrap();
    let mut found = statement.query([]).unwrap();
    let (mut pairs, mut leaf, mut first, mut next) = (Vec::new(), String::new(), 0, 0);
    // The path of a leaf is followed by those of its overflow pages: "/000/" by "/000/00a+000000".
    while let Some(row) = found.next().unwrap() {
        let text = |idx| row.get::<_, String>(idx).unwrap();
        let number = |idx| row.get::<_, u32>(idx).unwrap() as usize;
        let (path, page, kind) = (text(0), number(1), text(2));
        match kind.as_str() {
            "leaf" => {
                (leaf, first) = (path, next);
                next += number(3);
                pairs.extend((first..next).map(|idx| (page, idx)));
            }
            "overflow" => {
                let cell = path.strip_prefix(&leaf).unwrap().split('+').next().unwrap();
                pairs.push((page, first + usize::from_str_radix(cell, 16).unwrap()));
            }
            _ => {}
        }
    }
    pairs
}

fn bound(value: &Value) -> types::Value {
    match value.clone() {
        Value::Null | Value::Damaged => types::Value::Null,
        Value::Integer(number) => types::Value::Integer(number),
        Value::Real(number) => types::Value::Real(number),
        Value::Text(text) => types::Value::Text(text),
        Value::Blob(bytes) => types::Value::Blob(bytes),
    }
}

/// The rows of the table that are whole, by their number.
pub fn entries(salvage: &Salvage) -> Vec<(i64, Vec<Value>)> {
    let is_entry = |row: &&Row| row.is_whole && row.values.first() == Some(&text("entry"));
    let mut rows: Vec<_> = salvage.rows.iter().filter(is_entry).map(|row| (row.rowid, row.values.clone())).collect();
    rows.sort_by_key(|row| row.0);
    rows
}

pub fn numbered(rows: &[Vec<Value>]) -> Vec<(i64, Vec<Value>)> {
    (1..).zip(rows.iter().cloned()).collect()
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Text of words, so that it differs along its length.
pub fn long(n_bytes: usize) -> Value {
    text(&(0..).flat_map(|n: u32| format!("{n} ").into_bytes()).map(char::from).take(n_bytes).collect::<String>())
}

pub fn entry(x: Value, y: Value) -> Vec<Value> {
    vec![text("entry"), x, y]
}
