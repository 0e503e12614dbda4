//! The table of shifts: two statements of one actor on one theme, and what changed between them.

use std::io;

use super::csv::{self, Cell, Column};
use super::{outlet, rounded};
use crate::export::articles::Articles;
use crate::export::facts::{self, PROGRAM, Side};
use crate::report::{Report, ShiftEntry};

struct Row<'a> {
    entry: &'a ShiftEntry<'a>,
    old: Option<Side<'a>>,
    new: Option<Side<'a>>,
    report: &'a Report<'a>,
}

fn columns<'a>() -> [Column<Row<'a>>; 31] {
    [
        ("id", |row| Cell::plain(row.entry.shift.id)),
        ("actor", |row| Cell::text(row.entry.shift.actor.as_str())),
        ("theme", |row| Cell::text(row.entry.shift.theme.as_str())),
        ("theme_label", |row| Cell::text(row.entry.theme)),
        ("label", |row| Cell::plain(row.entry.label.words())),
        ("found_label", |row| Cell::plain(row.entry.shift.label.words())),
        ("review", |row| Cell::plain(row.entry.review.words())),
        ("note", |row| Cell::text(row.entry.note)),
        ("conditional", |row| Cell::plain(row.entry.shift.is_conditional)),
        ("rule", |row| Cell::text(row.entry.shift.rule.as_str())),
        ("reason", |row| Cell::text(row.entry.shift.reason.as_str())),
        ("confidence", |row| rounded(row.entry.shift.confidence)),
        ("aligned_by_hand", |row| Cell::plain(row.entry.shift.is_aligned_by_hand)),
        ("old_id", |row| id(row.old)),
        ("old_document", |row| file(row.old)),
        ("old_outlet", |row| outlet_of(row.old)),
        ("old_said", |row| said(row.old)),
        ("old_said_is_estimate", |row| is_estimate(row.old)),
        ("old_published_basis", |row| basis(row.old)),
        ("old_words", |row| words(row.old)),
        ("new_id", |row| id(row.new)),
        ("new_document", |row| file(row.new)),
        ("new_outlet", |row| outlet_of(row.new)),
        ("new_said", |row| said(row.new)),
        ("new_said_is_estimate", |row| is_estimate(row.new)),
        ("new_published_basis", |row| basis(row.new)),
        ("new_words", |row| words(row.new)),
        ("diff", |row| Cell::text(facts::inline_diff(row.report, row.entry))),
        ("program", |_| Cell::plain(PROGRAM)),
        ("codebook", |row| Cell::text(row.report.codebook.name.as_str())),
        ("codebook_hash", |row| Cell::text(row.report.codebook.hash.as_str())),
    ]
}

fn id(side: Option<Side<'_>>) -> Cell {
    Cell::some_plain(side.map(|side| side.statement.statement.id))
}

fn file(side: Option<Side<'_>>) -> Cell {
    Cell::some(side.map(|side| side.file))
}

fn outlet_of(side: Option<Side<'_>>) -> Cell {
    side.map_or(Cell::Plain(String::new()), |side| outlet(side.article))
}

fn said(side: Option<Side<'_>>) -> Cell {
    Cell::some_plain(side.and_then(|side| side.statement.statement.said))
}

fn is_estimate(side: Option<Side<'_>>) -> Cell {
    Cell::some_plain(side.map(|side| side.statement.statement.said_is_estimate))
}

fn basis(side: Option<Side<'_>>) -> Cell {
    Cell::some_plain(side.map(|side| facts::basis(&side.article.document.published)))
}

fn words(side: Option<Side<'_>>) -> Cell {
    Cell::some(side.map(|side| facts::words(side.statement)))
}

/// Writes every shift, dismissed ones too, most confident first.
///
/// # Errors
/// Those of `out`.
pub fn write_shifts(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    let articles = Articles::by_file_name(report);
    let rows = report.shifts.iter().map(|entry| Row {
        entry,
        old: facts::side(report, &articles, entry.old_idx),
        new: facts::side(report, &articles, entry.new_idx),
        report,
    });
    csv::write(out, &columns(), rows)
}
