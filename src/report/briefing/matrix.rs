//! Themes down, dates across: the most forceful official statement of an actor in each cell.
//!
//! More dates than a page can hold are gathered by month, then by year. A cell nobody spoke in stays empty and is said to
//! be *not observed*, which is not silence on purpose.

use std::collections::BTreeSet;

use super::model::{Body, KeyEntry, Mark, MatrixColumn, MatrixRow, When};
use super::saying::{inside, mark};
use super::sourced::{MAX_LISTED, Sources, when};
use super::timeline::{observed, rank};
use super::{BriefError, Choices, Draft, Kind, headline};
use crate::analysis::shifts::ThemeRecord;
use crate::codebook::Direction;
use crate::report::{Article, Report, StatementEntry};
use crate::text::numbers::in_words;

/// Columns of two pages. More dates are gathered.
const MAX_COLUMNS: usize = 12;

pub(super) fn draft(report: &Report<'_>, actor: &str, choices: &Choices) -> Result<Draft, BriefError> {
    let records: Vec<&ThemeRecord> =
        report.themes.iter().copied().filter(|record| record.actor == actor && !record.observed.is_empty()).collect();
    if records.is_empty() {
        return Err(BriefError::NothingToBrief(Kind::Matrix));
    }
    let groups = groups(&report.articles);
    let is_listed = report.articles.len() <= MAX_LISTED;
    let sources = Sources::new(report, if is_listed { 0..report.articles.len() } else { 0..0 });
    let columns = groups.iter().map(|(when, articles)| MatrixColumn {
        when: when.clone(),
        sources: articles.iter().filter(|_| is_listed).map(|&idx| sources.number(idx)).collect(),
    });
    let mut column_of = vec![0; report.articles.len()];
    for (column, (_, articles)) in groups.iter().enumerate() {
        articles.iter().for_each(|&article_idx| column_of[article_idx] = column);
    }
    let rows: Vec<MatrixRow> = records.iter().map(|record| row(report, record, &column_of, groups.len())).collect();
    let body = Body::Matrix { columns: columns.collect(), rows };
    let n_articles = records.iter().flat_map(|record| &record.observed).map(|it| it.document).collect::<BTreeSet<_>>();
    Ok(Draft {
        headline: headline_of(report, actor, &records),
        subtitle: format!(
            "{actor}’s most forceful statement per theme and date{}",
            headline::of_articles(report, n_articles.len())
        ),
        key: key(&body),
        rule: if is_listed {
            "Marks nobody reviewed are automatic."
        } else {
            "Marks nobody reviewed are automatic. The articles are too many to be listed."
        }
        .to_owned(),
        description: description(&body),
        sources: sources.list(&body, choices.has_bylines),
        body,
    })
}

/// Dates with the places of their articles, as fine as [`MAX_COLUMNS`] allows.
fn groups(articles: &[Article<'_>]) -> Vec<(When, Vec<usize>)> {
    let by_day = |when: &When| when.day.clone();
    let by_month = |when: &When| when.month.clone();
    let by_year = |when: &When| when.iso.map_or_else(|| when.month.clone(), |day| day.year().to_string());
    let days = gathered(articles, by_day);
    if days.len() <= MAX_COLUMNS {
        return days;
    }
    let months = gathered(articles, by_month);
    if months.len() <= MAX_COLUMNS { months } else { gathered(articles, by_year) }
}

fn gathered(articles: &[Article<'_>], label: impl Fn(&When) -> String) -> Vec<(When, Vec<usize>)> {
    let mut groups: Vec<(When, Vec<usize>)> = Vec::new();
    for (idx, article) in articles.iter().enumerate() {
        let when = when(&article.document.published);
        let label = label(&when);
        match groups.last_mut() {
            Some((last, of)) if last.day == label => {
                last.is_estimate |= when.is_estimate;
                of.push(idx);
            }
            _ => {
                let is_day = label == when.day;
                // A month or a year stands for itself; a day is shown by its month.
                let month = if is_day { when.month.clone() } else { label.clone() };
                groups.push((When { day: label, month, iso: when.iso.filter(|_| is_day), ..when }, vec![idx]));
            }
        }
    }
    // Two days of a month look the same by their month.
    let months: Vec<String> = groups.iter().map(|(when, _)| when.month.clone()).collect();
    for (idx, (when, _)) in groups.iter_mut().enumerate() {
        let is_same = |other: Option<&String>| other == months.get(idx);
        if is_same(months.get(idx + 1)) || (idx > 0 && is_same(months.get(idx - 1))) {
            when.month = when.day.clone();
        }
    }
    groups
}

fn row(report: &Report<'_>, record: &ThemeRecord, column_of: &[usize], n_columns: usize) -> MatrixRow {
    let mut strongest: Vec<Option<&StatementEntry<'_>>> = vec![None; n_columns];
    for (article_idx, statement_idx) in observed(report, record) {
        let best = column_of.get(article_idx).and_then(|column| strongest.get_mut(*column));
        let (Some(best), Some(entry)) = (best, report.statements.get(statement_idx)) else { continue };
        if best.is_none_or(|best| rank(best, &record.theme) <= rank(entry, &record.theme)) {
            *best = Some(entry);
        }
    }
    let label = super::saying::theme_label(report.codebook, &record.theme).to_owned();
    let cell = |entry: Option<&StatementEntry<'_>>| entry.map(|entry| mark(entry.statement, &record.theme));
    MatrixRow { label, cells: strongest.into_iter().map(cell).collect() }
}

/// "NATO speaks most often of nuclear and missile threat: in four of five articles".
fn headline_of(report: &Report<'_>, actor: &str, records: &[&ThemeRecord]) -> String {
    let n_articles = |record: &ThemeRecord| record.observed.len();
    let most = records.iter().map(|record| n_articles(record)).max().unwrap_or(0);
    let label =
        |record: &&&ThemeRecord| inside(report.codebook, super::saying::theme_label(report.codebook, &record.theme));
    let leading: Vec<String> =
        records.iter().filter(|record| n_articles(record) == most).map(|it| label(&it)).collect();
    let of = format!("in {} of {} articles", in_words(most), in_words(report.articles.len()));
    let told = match &leading[..] {
        [theme] => Some(format!("{actor} speaks most often of {theme}: {of}")),
        [first, second] => Some(format!("{actor} speaks most often of {first} and of {second}: {of}")),
        _ => None,
    };
    let themes = if records.len() == 1 { "theme" } else { "themes" };
    let counted = format!("{actor} touches {} {themes} in these articles", in_words(records.len()));
    headline::short_enough([told, Some(counted)])
}

fn key(body: &Body) -> Vec<KeyEntry> {
    let Body::Matrix { rows, .. } = body else { return Vec::new() };
    let mut entries = signs(rows.iter().flat_map(|row| &row.cells).flatten().copied(), true);
    if rows.iter().any(|row| row.cells.contains(&None)) {
        entries.push(KeyEntry::NotObserved { label: "not observed".to_owned() });
    }
    entries
}

/// What the marks of a page mean: each sign that is on it.
pub(super) fn signs(marks: impl Iterator<Item = Mark>, has_force: bool) -> Vec<KeyEntry> {
    let marks: Vec<Mark> = marks.collect();
    let mut entries = Vec::new();
    let forces = || marks.iter().map(|mark| mark.force);
    if let (true, Some(from), Some(to)) = (has_force, forces().min(), forces().max()) {
        let label = if from == to { format!("force {from}") } else { format!("force {from} to {to}") };
        entries.push(KeyEntry::Force { from, to, label });
    }
    let order = [Direction::Increase, Direction::Maintain, Direction::Ease, Direction::Support, Direction::Oppose];
    for direction in order {
        if marks.iter().any(|mark| mark.direction == Some(direction)) {
            entries.push(KeyEntry::Sign { direction, label: direction.words().to_owned() });
        }
    }
    if marks.iter().any(|mark| mark.is_official && !mark.is_quoted) {
        entries.push(KeyEntry::Reported { label: "reported only".to_owned() });
    }
    if marks.iter().any(|mark| !mark.is_official) {
        entries.push(KeyEntry::NotOfficial { label: "not official".to_owned() });
    }
    entries
}

fn description(body: &Body) -> String {
    let Body::Matrix { columns, rows } = body else { return String::new() };
    let cell = |when: &When, mark: &Mark| {
        let direction = mark.direction.map_or("no direction", Direction::words);
        let quoted = if mark.is_quoted { "" } else { ", reported only" };
        format!("{}: {direction}, force {}{quoted}", headline::day(when), mark.force)
    };
    let row = |row: &MatrixRow| {
        let told = columns.iter().zip(&row.cells);
        let told: Vec<String> = told.filter_map(|(column, mark)| Some(cell(&column.when, mark.as_ref()?))).collect();
        format!("{}. {}; otherwise not observed.", row.label, told.join("; "))
    };
    rows.iter().map(row).collect::<Vec<_>>().join(" ")
}
