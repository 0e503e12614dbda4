//! Steps as rows: each with its sentence, its time, and the command of its other side as JSON.
//!
//! In a command an article is named by its row.

use std::sync::Arc;

use rusqlite::{Connection, params};

use super::articles::{Book, WriteError};
use super::{schema, tally};
use crate::project::{Command, History, Step};

/// What every row of a step begins with.
const TAG: &str = "step";

/// Writes the steps in which two histories differ, and which of them are done.
pub(super) fn write(connection: &Connection, book: &mut Book, old: &History, new: &History) -> Result<(), WriteError> {
    let is_same = |idx: usize| match (old.steps().get(idx), new.steps().get(idx)) {
        (Some(old_step), Some(new_step)) => {
            Arc::ptr_eq(old_step, new_step) && (idx < old.n_done()) == (idx < new.n_done())
        }
        _ => false,
    };
    if old.steps().len() > new.steps().len() {
        let mut delete = connection.prepare_cached("DELETE FROM step WHERE number > ?1 RETURNING sum")?;
        let mut gone = delete.query([number(new.steps().len())])?;
        while let Some(row) = gone.next()? {
            book.tally.swap(tally::Part::Steps, Some(row.get(0)?), None);
        }
    }
    for (idx, step) in new.steps().iter().enumerate().filter(|(idx, _)| !is_same(*idx)) {
        put(connection, book, idx, step, idx < new.n_done())?;
    }
    Ok(())
}

/// Steps are counted from 1 in the file.
fn number(idx: usize) -> i64 {
    i64::try_from(idx).unwrap_or(i64::MAX)
}

fn put(connection: &Connection, book: &mut Book, idx: usize, step: &Step, is_done: bool) -> Result<(), WriteError> {
    let mut failed = None;
    let command = step.command.try_map(|document| match book.row_of(connection, document) {
        Ok(row) => Some(row),
        Err(error) => {
            failed.get_or_insert(error);
            None
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let command = serde_json::to_string(&command)?;
    let number = number(idx + 1);
    let sum = sum(number, &step.says, step.at_secs, is_done, &command);
    let known = tally::sum_of(connection, "SELECT sum FROM step WHERE number = ?1", [number])?;
    book.tally.swap(tally::Part::Steps, known, Some(sum));
    connection.prepare_cached("INSERT OR REPLACE INTO step VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
        TAG,
        number,
        step.says,
        step.at_secs,
        is_done,
        command,
        sum
    ])?;
    Ok(())
}

fn sum(number: i64, says: &str, at_secs: Option<i64>, is_done: bool, command: &str) -> i64 {
    let at = at_secs.map_or_else(Vec::new, |at| at.to_be_bytes().to_vec());
    schema::sum(&[
        TAG.as_bytes(),
        &number.to_be_bytes(),
        says.as_bytes(),
        &at,
        &[u8::from(is_done)],
        command.as_bytes(),
    ])
}

/// A step as it is read.
#[derive(Clone, Debug)]
pub(super) struct StepRow {
    pub number: i64,
    pub says: String,
    pub at_secs: Option<i64>,
    pub is_done: bool,
    pub command: String,
    pub sum: i64,
}

impl StepRow {
    /// The step, `None` where the row does not say what was written or names an article that is not there.
    pub fn step(&self, mut article: impl FnMut(i64) -> Option<Arc<crate::document::Document>>) -> Option<Step> {
        if self.sum != sum(self.number, &self.says, self.at_secs, self.is_done, &self.command) {
            return None;
        }
        let command: Command<i64> = serde_json::from_str(&self.command).ok()?;
        let command = command.try_map(|row| article(*row))?;
        Some(Step { says: self.says.clone(), at_secs: self.at_secs, command })
    }
}

/// All rows, in their order.
pub(super) fn rows(connection: &Connection) -> rusqlite::Result<Vec<StepRow>> {
    let mut query = connection.prepare("SELECT number, says, at, is_done, command, sum FROM step ORDER BY number")?;
    let rows = query.query_map([], |row| {
        Ok(StepRow {
            number: row.get(0)?,
            says: row.get(1)?,
            at_secs: row.get(2)?,
            is_done: row.get(3)?,
            command: row.get(4)?,
            sum: row.get(5)?,
        })
    })?;
    rows.collect()
}
