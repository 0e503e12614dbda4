//! Findings as one JSON object that is handed on: the values of `analyze --json` in lists, and what makes them readable
//! without the articles at hand (words, labels, the reader's notes).

use std::io;

use jiff::civil::Date;
use serde::Serialize;

use super::document::{PublishedValue, published_value};
use super::findings::{ShiftLine, StatementLine, ThemeLine, shift_line, statement_line, theme_line};
use super::{SCHEMA, write_line};
use crate::analysis::shifts::ShiftLabel;
use crate::codebook::{Act, Actor, Codebook, Direction, Theme};
use crate::document::OutletBasis;
use crate::export::articles::Articles;
use crate::export::{What, facts};
use crate::report::{Article, Report, ShiftEntry, StatementEntry};
use crate::text::CharOffsets;

#[derive(Serialize)]
struct File<'a> {
    schema: &'static str,
    record: &'static str,
    program: &'static str,
    made: Date,
    codebook: CodebookValue<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<Vec<DocumentValue<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<Vec<StatementValue<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shifts: Option<Vec<ShiftValue<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    themes: Option<Vec<ThemeLine<'a>>>,
}

#[derive(Serialize)]
struct CodebookValue<'a> {
    name: &'a str,
    hash: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    actors: Option<Vec<ActorValue<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    themes: Option<Vec<ThemeValue<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acts: Option<Vec<ActValue<'a>>>,
}

#[derive(Serialize)]
struct ActorValue<'a> {
    id: &'a str,
    label: &'a str,
    names: &'a [String],
}

#[derive(Serialize)]
struct ThemeValue<'a> {
    id: &'a str,
    label: &'a str,
    directions: &'a [Direction],
}

#[derive(Serialize)]
struct ActValue<'a> {
    id: &'a str,
    label: &'a str,
    force: u8,
    cameo: Option<&'a str>,
}

/// An article by its name, with what its days rest on; its text stays where it is.
#[derive(Serialize)]
struct DocumentValue<'a> {
    document: &'a str,
    document_id: String,
    sha256: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    outlet_basis: Option<OutletBasis>,
    language: Option<&'a str>,
    published: PublishedValue<'a>,
    published_is_estimate: bool,
}

#[derive(Serialize)]
struct StatementValue<'a> {
    #[serde(flatten)]
    line: StatementLine<'a>,
    words: &'a [&'a str],
    speaker_label: &'a str,
    theme_labels: &'a [&'a str],
    act_label: Option<&'a str>,
    cameo: Option<&'a str>,
    review: &'static str,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct ShiftValue<'a> {
    #[serde(flatten)]
    line: ShiftLine<'a>,
    theme_label: &'a str,
    /// What the rules said, whatever label the reader gave.
    found_label: ShiftLabel,
    aligned_by_hand: bool,
    note: Option<&'a str>,
    inline_diff: String,
}

/// Writes what was asked for as one object on one line. `made` is the day of making.
///
/// # Errors
/// Those of `out`.
pub fn write_file(out: &mut impl io::Write, report: &Report<'_>, what: What, made: Date) -> io::Result<()> {
    let articles = Articles::by_file_name(report);
    let wants = |part: What| what == part || what == What::All;
    let themes = || report.themes.iter().map(|record| theme_line(record, &articles)).collect();
    let statements = || report.statements.iter().map(|entry| statement_value(entry, report, &articles)).collect();
    let shifts = || report.shifts.iter().map(|entry| shift_value(entry, report, &articles)).collect();
    let documents = || report.articles.iter().enumerate().map(|(idx, it)| document_value(it, idx, &articles)).collect();
    let file = File {
        schema: SCHEMA,
        record: "export",
        program: facts::PROGRAM,
        made,
        codebook: codebook_value(report.codebook, wants(What::Codebook)),
        documents: (what != What::Codebook).then(documents),
        statements: wants(What::Statements).then(statements),
        shifts: wants(What::Shifts).then(shifts),
        themes: wants(What::Shifts).then(themes),
    };
    write_line(out, &file)
}

fn codebook_value(codebook: &Codebook, is_whole: bool) -> CodebookValue<'_> {
    CodebookValue {
        name: &codebook.name,
        hash: &codebook.hash,
        actors: is_whole.then(|| codebook.actors.iter().map(actor_value).collect()),
        themes: is_whole.then(|| codebook.themes.iter().map(theme_value).collect()),
        acts: is_whole.then(|| codebook.acts.iter().map(act_value).collect()),
    }
}

fn actor_value(actor: &Actor) -> ActorValue<'_> {
    ActorValue { id: &actor.id, label: actor.label.as_deref().unwrap_or(&actor.id), names: &actor.names }
}

fn theme_value(theme: &Theme) -> ThemeValue<'_> {
    ThemeValue { id: &theme.id, label: &theme.label, directions: &theme.directions }
}

fn act_value(act: &Act) -> ActValue<'_> {
    ActValue { id: &act.id, label: &act.label, force: act.force, cameo: act.cameo.as_deref() }
}

fn document_value<'a>(article: &Article<'a>, idx: usize, articles: &'a Articles) -> DocumentValue<'a> {
    let document = article.document;
    let no_text = CharOffsets::new("");
    DocumentValue {
        document: articles.label(idx),
        document_id: document.id.to_string(),
        sha256: &document.sha256,
        title: document.title.as_deref(),
        outlet: article.outlet,
        outlet_basis: document.outlet.as_ref().map(|outlet| outlet.basis),
        language: document.language.as_deref(),
        published: published_value(&document.published, articles.offsets(idx).unwrap_or(&no_text)),
        published_is_estimate: article.is_estimate,
    }
}

fn statement_value<'a>(
    entry: &'a StatementEntry<'_>,
    report: &'a Report<'_>,
    articles: &'a Articles,
) -> StatementValue<'a> {
    StatementValue {
        line: statement_line(entry, report.codebook, articles),
        words: &entry.words,
        speaker_label: &entry.speaker,
        theme_labels: &entry.themes,
        act_label: entry.act,
        cameo: facts::cameo(entry, report.codebook),
        review: facts::review(entry),
        note: Some(entry.note).filter(|note| !note.is_empty()),
    }
}

fn shift_value<'a>(entry: &'a ShiftEntry<'_>, report: &Report<'_>, articles: &Articles) -> ShiftValue<'a> {
    ShiftValue {
        line: shift_line(entry, report, articles),
        theme_label: entry.theme,
        found_label: entry.shift.label,
        aligned_by_hand: entry.shift.is_aligned_by_hand,
        note: Some(entry.note).filter(|note| !note.is_empty()),
        inline_diff: facts::inline_diff(report, entry),
    }
}
