//! What several exporters say alike: who made the file, how a day is known, what a reader did, a diff on one line.

use super::articles::Articles;
use crate::analysis::diff::DiffOp;
use crate::analysis::statements::{Quotation, Statement};
use crate::codebook::Codebook;
use crate::document::{DateBasis, Published};
use crate::report::{Article, Report, ShiftEntry, StatementEntry};

/// Name and version of the program, as every export says it.
pub(super) const PROGRAM: &str = concat!("Throughline ", env!("CARGO_PKG_VERSION"));

/// How a publication day is known: "stated", "metadata", "inferred", "entered", "unknown".
pub(super) fn basis(published: &Published) -> &'static str {
    match published.basis {
        _ if published.set_by_user => "entered",
        DateBasis::Stated => "stated",
        DateBasis::Metadata => "metadata",
        DateBasis::Inferred => "inferred",
        DateBasis::Unknown => "unknown",
    }
}

/// How the words are reported.
pub(super) fn quotation(quotation: Quotation) -> &'static str {
    match quotation {
        Quotation::Direct => "direct",
        Quotation::Partial => "partial",
        Quotation::Indirect => "indirect",
    }
}

/// Whose a statement is: "automatic" where it stands as a rule found it.
pub(super) fn origin(statement: &Statement) -> &'static str {
    if statement.revision.is_none() { "automatic" } else { "reader" }
}

/// What the reader did about a statement: "automatic" where nothing.
pub(super) fn review(entry: &StatementEntry<'_>) -> &'static str {
    entry.standing.map_or("automatic", |kind| kind.words())
}

/// The CAMEO code of a statement's act, where the codebook gives one.
pub(super) fn cameo<'a>(entry: &StatementEntry<'_>, codebook: &'a Codebook) -> Option<&'a str> {
    let id = entry.statement.act.as_ref()?;
    codebook.acts.iter().find(|act| &act.id == id)?.cameo.as_deref()
}

/// The Goldstein value of the act, for reference: it rates cooperation, not firmness.
pub(super) fn goldstein(entry: &StatementEntry<'_>, codebook: &Codebook) -> Option<f32> {
    let id = entry.statement.act.as_ref()?;
    codebook.act(id)?.goldstein
}

/// The words of a statement as they stand, with an ellipsis between pieces.
pub(super) fn words(entry: &StatementEntry<'_>) -> String {
    entry.words.join(" … ")
}

/// White space and line ends as one space each.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A statement of a shift with its article.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub statement: &'a StatementEntry<'a>,
    pub article: &'a Article<'a>,
    /// The file name of the article.
    pub file: &'a str,
}

/// The statement at `idx` of the report with its article.
pub(super) fn side<'a>(report: &'a Report<'a>, articles: &'a Articles, idx: Option<usize>) -> Option<Side<'a>> {
    let statement = report.statements.get(idx?)?;
    let article = report.articles.get(statement.article_idx)?;
    Some(Side { statement, article, file: articles.label(statement.article_idx) })
}

/// The word diff of a shift on one line: `We [-fear the-] {+welcome this+} test`; empty where the two were not compared
/// word by word. Where both have words that only differ in spelling or alias, the newer ones are shown.
pub(super) fn inline_diff(report: &Report<'_>, entry: &ShiftEntry<'_>) -> String {
    let text = |idx: Option<usize>| {
        let article_idx = report.statements.get(idx?)?.article_idx;
        Some(report.articles.get(article_idx)?.document.text.as_str())
    };
    let (old_text, new_text) = (text(entry.old_idx).unwrap_or_default(), text(entry.new_idx).unwrap_or_default());
    let mut parts: Vec<String> = Vec::new();
    for op in &entry.shift.diff {
        match *op {
            DiffOp::Equal { new, .. } => parts.push(one_line(new.of(new_text))),
            DiffOp::Delete { old } => parts.push(format!("[-{}-]", one_line(old.of(old_text)))),
            DiffOp::Insert { new } => parts.push(format!("{{+{}+}}", one_line(new.of(new_text)))),
            DiffOp::Replace { old, new } => {
                parts.push(format!("[-{}-]", one_line(old.of(old_text))));
                parts.push(format!("{{+{}+}}", one_line(new.of(new_text))));
            }
        }
    }
    parts.join(" ")
}
