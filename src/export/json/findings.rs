//! The records of an analysis: phrases, stories that several articles tell, statements, shifts and themes, then furniture and proposed dates that only the
//! whole set shows; one line each, in this order.

use std::io;

use jiff::civil::Date;
use serde::Serialize;

use super::{SCHEMA, Span, rounded, write_line};
use crate::analysis::diff::DiffOp;
use crate::analysis::furniture::{self, FurnitureMark};
use crate::analysis::reuse::OccurrenceKind;
use crate::analysis::shifts::{ShiftLabel, ThemeRecord};
use crate::analysis::statements::Quotation;
use crate::analysis::twins::ProposedDate;
use crate::codebook::{Codebook, Direction};
use crate::export::articles::Articles;
use crate::export::facts;
use crate::report::life::Setting;
use crate::report::{PhraseEntry, Report, ShiftEntry, StatementEntry};
use crate::text::ByteRange;

/// Writes everything found, documents aside.
///
/// # Errors
/// Those of `out`.
pub fn write_findings(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    let articles = Articles::by_path(report);
    for entry in &report.phrases {
        write_line(out, &phrase_line(entry, &articles))?;
    }
    for story in &report.stories {
        let documents = story.iter().map(|&idx| articles.label(idx)).collect();
        write_line(out, &StoryLine { schema: SCHEMA, record: "story", documents })?;
    }
    for entry in &report.statements {
        write_line(out, &statement_line(entry, report.codebook, &articles))?;
    }
    for entry in &report.shifts {
        write_line(out, &shift_line(entry, report, &articles))?;
    }
    for record in &report.themes {
        write_line(out, &theme_line(record, &articles))?;
    }
    for mark in report.furniture {
        write_line(out, &furniture_line(mark, &articles))?;
    }
    for proposed in report.proposed_dates {
        write_line(out, &proposed_date_line(proposed, &articles))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct PhraseLine<'a> {
    schema: &'static str,
    record: &'static str,
    id: String,
    label: &'a str,
    words: usize,
    weight: f64,
    documents: usize,
    first: Option<Date>,
    last: Option<Date>,
    occurrences: Vec<OccurrenceValue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    /// Only where the reader gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct OccurrenceValue<'a> {
    document: &'a str,
    span: Option<Span>,
    kind: OccurrenceKind,
    why: &'a str,
    quotation: Setting,
    speaker: Option<&'a str>,
}

fn phrase_line<'a>(entry: &'a PhraseEntry<'_>, articles: &'a Articles) -> PhraseLine<'a> {
    let phrase = entry.phrase;
    let occurrences = entry.places.iter().map(|place| OccurrenceValue {
        document: articles.label(place.article_idx),
        span: articles.span(place.article_idx, place.occurrence.passage.range),
        kind: place.occurrence.kind,
        why: &place.occurrence.why,
        quotation: place.setting,
        speaker: place.speaker,
    });
    PhraseLine {
        schema: SCHEMA,
        record: "phrase",
        id: phrase.id.to_string(),
        label: entry.label,
        words: phrase.n_words,
        weight: rounded(phrase.weight),
        documents: phrase.n_documents,
        first: phrase.first,
        last: phrase.last,
        occurrences: occurrences.collect(),
        origin: entry.origin,
        name: entry.name,
    }
}

/// Articles that are copies of one story; what only they share is no phrase.
#[derive(Serialize)]
struct StoryLine<'a> {
    schema: &'static str,
    record: &'static str,
    /// In order of date.
    documents: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct StatementLine<'a> {
    schema: &'static str,
    record: &'static str,
    id: String,
    document: &'a str,
    quotation: Quotation,
    content: Vec<Span>,
    cue: Option<OneOrMore>,
    speaker: Option<OneOrMore>,
    actor: Option<&'a str>,
    person: Option<&'a str>,
    official: bool,
    attribution: AttributionValue<'a>,
    said: Option<Date>,
    themes: &'a [String],
    act: Option<&'a str>,
    cameo: Option<&'a str>,
    goldstein: Option<f64>,
    force: Option<u8>,
    direction: Option<Direction>,
    hedges: Vec<Span>,
    conditions: Vec<Span>,
    same_as: Option<String>,
    origin: &'static str,
    place: Option<&'a str>,
    said_is_estimate: bool,
}

#[derive(Serialize)]
struct AttributionValue<'a> {
    rule: &'a str,
    confidence: f64,
    chain: &'a [String],
}

#[derive(Serialize)]
#[serde(untagged)]
enum OneOrMore {
    One(Span),
    More(Vec<Span>),
}

impl OneOrMore {
    fn of(spans: Vec<Span>) -> Option<Self> {
        match *spans.as_slice() {
            [] => None,
            [span] => Some(Self::One(span)),
            _ => Some(Self::More(spans)),
        }
    }
}

pub(super) fn statement_line<'a>(
    entry: &'a StatementEntry<'_>,
    codebook: &'a Codebook,
    articles: &'a Articles,
) -> StatementLine<'a> {
    let statement = entry.statement;
    let act = statement.act.as_ref().and_then(|id| codebook.act(id));
    let spans = |ranges: &[ByteRange]| articles.spans(entry.article_idx, ranges);
    StatementLine {
        schema: SCHEMA,
        record: "statement",
        id: statement.id.to_string(),
        document: articles.label(entry.article_idx),
        quotation: statement.quotation,
        content: spans(&statement.content),
        cue: OneOrMore::of(spans(&statement.cue)),
        speaker: OneOrMore::of(spans(&statement.speaker)),
        actor: statement.actor.as_deref(),
        person: statement.person.as_deref(),
        official: statement.is_official,
        attribution: AttributionValue {
            rule: &statement.attribution.rule,
            confidence: rounded(statement.attribution.confidence),
            chain: &statement.attribution.chain,
        },
        said: statement.said,
        themes: &statement.themes,
        act: statement.act.as_deref(),
        cameo: act.and_then(|act| act.cameo.as_deref()),
        goldstein: act.and_then(|act| act.goldstein).map(rounded),
        force: statement.force,
        direction: statement.direction,
        hedges: spans(&statement.hedges),
        conditions: spans(&statement.conditions),
        same_as: statement.same_as.map(|id| id.to_string()),
        origin: facts::origin(statement),
        place: None,
        said_is_estimate: statement.said_is_estimate,
    }
}

#[derive(Serialize)]
pub(super) struct ShiftLine<'a> {
    schema: &'static str,
    record: &'static str,
    id: String,
    actor: &'a str,
    theme: &'a str,
    from: Option<String>,
    to: Option<String>,
    also: Vec<[String; 2]>,
    label: ShiftLabel,
    rule: &'a str,
    confidence: f64,
    conditional: bool,
    review: &'static str,
    diff: Vec<DiffValue>,
    reason: &'a str,
}

#[derive(Serialize)]
struct DiffValue {
    op: &'static str,
    from: Option<Span>,
    to: Option<Span>,
}

pub(super) fn shift_line<'a>(entry: &'a ShiftEntry<'_>, report: &Report<'_>, articles: &Articles) -> ShiftLine<'a> {
    let shift = entry.shift;
    let article_idx = |idx: Option<usize>| Some(report.statements.get(idx?)?.article_idx);
    let (old_article, new_article) = (article_idx(entry.old_idx), article_idx(entry.new_idx));
    let old_span = |range: ByteRange| articles.span(old_article?, range);
    let new_span = |range: ByteRange| articles.span(new_article?, range);
    let diff = shift.diff.iter().map(|op| match *op {
        DiffOp::Equal { old, new } => DiffValue { op: "equal", from: old_span(old), to: new_span(new) },
        DiffOp::Delete { old } => DiffValue { op: "delete", from: old_span(old), to: None },
        DiffOp::Insert { new } => DiffValue { op: "insert", from: None, to: new_span(new) },
        DiffOp::Replace { old, new } => DiffValue { op: "replace", from: old_span(old), to: new_span(new) },
    });
    ShiftLine {
        schema: SCHEMA,
        record: "shift",
        id: shift.id.to_string(),
        actor: &shift.actor,
        theme: &shift.theme,
        from: shift.old.map(|id| id.to_string()),
        to: shift.new.map(|id| id.to_string()),
        also: shift.also.iter().map(|(old, new)| [old.to_string(), new.to_string()]).collect(),
        label: entry.label,
        rule: &shift.rule,
        confidence: rounded(shift.confidence),
        conditional: shift.is_conditional,
        review: entry.review.words(),
        diff: diff.collect(),
        reason: &shift.reason,
    }
}

#[derive(Serialize)]
pub(super) struct ThemeLine<'a> {
    schema: &'static str,
    record: &'static str,
    actor: &'a str,
    theme: &'a str,
    observed: Vec<ObservedValue<'a>>,
    not_observed: Vec<NotObservedValue<'a>>,
}

#[derive(Serialize)]
struct ObservedValue<'a> {
    document: Option<&'a str>,
    date: Option<Date>,
    statements: Vec<String>,
}

#[derive(Serialize)]
struct NotObservedValue<'a> {
    document: Option<&'a str>,
    date: Option<Date>,
}

pub(super) fn theme_line<'a>(record: &'a ThemeRecord, articles: &'a Articles) -> ThemeLine<'a> {
    let observed = record.observed.iter().map(|observation| ObservedValue {
        document: articles.label_of(observation.document),
        date: observation.date,
        statements: observation.statements.iter().map(ToString::to_string).collect(),
    });
    let not_observed = record
        .not_observed
        .iter()
        .map(|&(document, date)| NotObservedValue { document: articles.label_of(document), date });
    ThemeLine {
        schema: SCHEMA,
        record: "theme",
        actor: &record.actor,
        theme: &record.theme,
        observed: observed.collect(),
        not_observed: not_observed.collect(),
    }
}

#[derive(Serialize)]
struct FurnitureLine<'a> {
    schema: &'static str,
    record: &'static str,
    document: Option<&'a str>,
    span: Option<Span>,
    rule: &'static str,
    also_in: Option<&'a str>,
    documents: usize,
}

fn furniture_line<'a>(mark: &FurnitureMark, articles: &'a Articles) -> FurnitureLine<'a> {
    FurnitureLine {
        schema: SCHEMA,
        record: "furniture",
        document: articles.label_of(mark.passage.document),
        span: articles.span_of(mark.passage),
        rule: furniture::RULE,
        also_in: articles.label_of(mark.also_in),
        documents: mark.n_documents,
    }
}

#[derive(Serialize)]
struct ProposedDateLine<'a> {
    schema: &'static str,
    record: &'static str,
    document: Option<&'a str>,
    date: Date,
    twin: Option<&'a str>,
    sentences: usize,
    share: f64,
    span: Option<Span>,
}

fn proposed_date_line<'a>(proposed: &ProposedDate, articles: &'a Articles) -> ProposedDateLine<'a> {
    ProposedDateLine {
        schema: SCHEMA,
        record: "proposed_date",
        document: articles.label_of(proposed.document),
        date: proposed.date,
        twin: articles.label_of(proposed.twin),
        sentences: proposed.n_sentences,
        share: rounded(proposed.share),
        span: articles.span_of(proposed.passage),
    }
}
