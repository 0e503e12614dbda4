//! The table of codes: what the codebook has to give, and how often it was given.

use std::io;

use super::PARTING;
use super::csv::{self, Cell, Column};
use crate::analysis::statements::Statement;
use crate::codebook::Codebook;
use crate::export::facts::PROGRAM;
use crate::report::Report;

struct Row<'a> {
    kind: &'static str,
    id: &'a str,
    label: &'a str,
    /// Id of the code it is part of: the actor of a person, the theme of a direction.
    parent: &'a str,
    force: Option<u8>,
    cameo: Option<&'a str>,
    /// Names of an actor, terms of a theme or an act.
    names: String,
    n_statements: usize,
    codebook: &'a Codebook,
}

fn columns<'a>() -> [Column<Row<'a>>; 11] {
    [
        ("kind", |row| Cell::plain(row.kind)),
        ("id", |row| Cell::text(row.id)),
        ("label", |row| Cell::text(row.label)),
        ("parent", |row| Cell::text(row.parent)),
        ("force", |row| Cell::some_plain(row.force)),
        ("cameo", |row| Cell::some(row.cameo)),
        ("names", |row| Cell::text(row.names.as_str())),
        ("statements", |row| Cell::plain(row.n_statements)),
        ("program", |_| Cell::plain(PROGRAM)),
        ("codebook", |row| Cell::text(row.codebook.name.as_str())),
        ("codebook_hash", |row| Cell::text(row.codebook.hash.as_str())),
    ]
}

/// Writes actors with the people who speak for them, themes with their directions, and acts, in the codebook's order.
///
/// # Errors
/// Those of `out`.
pub fn write_codebook(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    let rows: Vec<Row<'_>> = [actors(report), themes(report), acts(report)].into_iter().flatten().collect();
    csv::write(out, &columns(), rows.into_iter())
}

fn actors<'a>(report: &Report<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for actor in &report.codebook.actors {
        let is_of = |statement: &Statement| statement.actor.as_ref() == Some(&actor.id);
        rows.push(Row {
            names: actor.names.join(PARTING),
            n_statements: count(report, is_of),
            ..row(report, "actor", &actor.id, actor.label.as_deref().unwrap_or(&actor.id))
        });
        for (idx, officer) in actor.officers.iter().enumerate() {
            // Somebody with two terms of office is one person.
            if actor.officers.iter().take(idx).any(|other| other.person == officer.person) {
                continue;
            }
            let is_by = |it: &Statement| is_of(it) && it.person.as_ref() == Some(&officer.person);
            rows.push(Row {
                parent: &actor.id,
                names: officer.short.join(PARTING),
                n_statements: count(report, is_by),
                ..row(report, "person", &officer.person, &officer.person)
            });
        }
    }
    rows
}

fn themes<'a>(report: &Report<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for theme in &report.codebook.themes {
        let is_on = |statement: &Statement| statement.themes.contains(&theme.id);
        rows.push(Row {
            names: theme.terms.iter().map(|term| term.term.as_str()).collect::<Vec<_>>().join(PARTING),
            n_statements: count(report, is_on),
            ..row(report, "theme", &theme.id, &theme.label)
        });
        for direction in &theme.directions {
            // A statement has the direction of its first theme.
            let is_so = |it: &Statement| it.themes.first() == Some(&theme.id) && it.direction == Some(*direction);
            rows.push(Row {
                parent: &theme.id,
                n_statements: count(report, is_so),
                ..row(report, "direction", direction.words(), direction.words())
            });
        }
    }
    rows
}

fn acts<'a>(report: &Report<'a>) -> Vec<Row<'a>> {
    let rows = report.codebook.acts.iter().map(|act| Row {
        force: Some(act.force),
        cameo: act.cameo.as_deref(),
        names: act.terms.join(PARTING),
        n_statements: count(report, |statement| statement.act.as_ref() == Some(&act.id)),
        ..row(report, "act", &act.id, &act.label)
    });
    rows.collect()
}

fn row<'a>(report: &Report<'a>, kind: &'static str, id: &'a str, label: &'a str) -> Row<'a> {
    Row {
        kind,
        id,
        label,
        parent: "",
        force: None,
        cameo: None,
        names: String::new(),
        n_statements: 0,
        codebook: report.codebook,
    }
}

fn count(report: &Report<'_>, is_one: impl Fn(&Statement) -> bool) -> usize {
    report.statements.iter().filter(|entry| is_one(entry.statement)).count()
}
