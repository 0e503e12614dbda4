//! The record of one file: what was understood of it, or why nothing was.

use std::io;

use jiff::civil::Date;
use serde::Serialize;

use super::{SCHEMA, Span, rounded, span, write_line};
use crate::document::{BlockKind, DateBasis, Document, Format, OutletBasis, Published, Source};
use crate::text::CharOffsets;

/// Does the line stand among other kinds of records?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// A list of documents and nothing else.
    Alone,
    /// Documents before findings; each line names its kind.
    AmongFindings,
}

#[derive(Serialize)]
struct DocumentLine<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'static str>,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<u32>,
    sha256: &'a str,
    format: Format,
    encoding: &'a str,
    language: Option<&'a str>,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    author: Option<&'a str>,
    published: PublishedValue<'a>,
    text: &'a str,
    blocks: Vec<BlockValue<'a>>,
    warnings: Vec<Error<'a>>,
    outlet_basis: Option<OutletBasis>,
    extractor: &'a str,
}

#[derive(Serialize)]
pub(super) struct PublishedValue<'a> {
    earliest: Option<Date>,
    latest: Option<Date>,
    best: Option<Date>,
    time: Option<String>,
    candidates: Vec<CandidateValue>,
    basis: DateBasis,
    confidence: f64,
    evidence: Vec<EvidenceValue<'a>>,
    set_by_user: bool,
}

#[derive(Serialize)]
struct CandidateValue {
    date: Date,
    weight: f64,
}

#[derive(Serialize)]
struct EvidenceValue<'a> {
    rule: &'a str,
    span: Option<Span>,
    says: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<&'a str>,
}

#[derive(Serialize)]
struct BlockValue<'a> {
    kind: BlockKind,
    span: Span,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Error<'a> {
    pub code: &'a str,
    pub message: &'a str,
}

#[derive(Serialize)]
struct Failure<'a> {
    schema: &'static str,
    path: &'a str,
    error: Error<'a>,
}

/// Writes one document as one line.
///
/// # Errors
/// Those of `out`.
pub fn write_document(out: &mut impl io::Write, document: &Document, record: Record) -> io::Result<()> {
    let offsets = CharOffsets::new(&document.text);
    let (path, part) = path_and_part(&document.source);
    let blocks = document.blocks.iter().map(|block| BlockValue {
        kind: block.kind,
        span: span(&offsets, block.range),
        rule: block.rule.as_deref(),
    });
    let warnings =
        document.warnings.iter().map(|warning| Error { code: &warning.code, message: &warning.message }).collect();
    let line = DocumentLine {
        schema: SCHEMA,
        record: (record == Record::AmongFindings).then_some("document"),
        path: &path,
        part,
        sha256: &document.sha256,
        format: document.format,
        encoding: &document.encoding.name,
        language: document.language.as_deref(),
        title: document.title.as_deref(),
        outlet: document.outlet.as_ref().map(|outlet| outlet.name.as_str()),
        author: document.author.as_deref(),
        published: published_value(&document.published, &offsets),
        text: &document.text,
        blocks: blocks.collect(),
        warnings,
        outlet_basis: document.outlet.as_ref().map(|outlet| outlet.basis),
        extractor: &document.extractor,
    };
    write_line(out, &line)
}

/// Writes that the file at `path` could not be read, and why, as one line.
///
/// # Errors
/// Those of `out`.
pub fn write_failure(out: &mut impl io::Write, path: &str, code: &str, message: &str) -> io::Result<()> {
    write_line(out, &Failure { schema: SCHEMA, path, error: Error { code, message } })
}

fn path_and_part(source: &Source) -> (String, Option<u32>) {
    match source {
        Source::File { path, part } => (path.clone(), *part),
        Source::Sample(_) | Source::Pasted { .. } => (source.label(), None),
    }
}

pub(super) fn published_value<'a>(published: &'a Published, offsets: &CharOffsets) -> PublishedValue<'a> {
    let candidates = published
        .candidates
        .iter()
        .map(|candidate| CandidateValue { date: candidate.date, weight: rounded(candidate.weight) })
        .collect();
    let evidence = published
        .evidence
        .iter()
        .map(|evidence| EvidenceValue {
            rule: &evidence.rule,
            span: evidence.range.map(|range| span(offsets, range)),
            says: &evidence.says,
            fact: evidence.fact.as_deref(),
        })
        .collect();
    PublishedValue {
        earliest: published.earliest,
        latest: published.latest,
        best: published.best,
        time: published.time.map(|time| time.strftime("%H:%M").to_string()),
        candidates,
        basis: published.basis,
        confidence: rounded(published.confidence),
        evidence,
        set_by_user: published.set_by_user,
    }
}
