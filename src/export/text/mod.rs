//! The report in words, 92 columns wide, for a terminal or a mail.
//!
//! Articles are numbered in order of date and findings refer to them by these numbers, so that every line has its
//! source. *est.* stands beside an inferred day, *automatic* beside a shift no reader looked at. `O(n)` in what is
//! printed.

mod findings;
mod layout;

pub use findings::write_report;

use std::io;

use jiff::civil::Date;

use crate::analysis::reuse::{ReuseKind, ReuseMatch};
use crate::document::{DateBasis, Document, OutletBasis, Published};
use layout::{heading, paragraph};

/// A day as printed: `6 Sep 2017`.
fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "undated".to_owned(), |date| date.strftime("%-d %b %Y").to_string())
}

/// A day with the mark of an estimate.
fn day_marked(date: Option<Date>, is_estimate: bool) -> String {
    if is_estimate && date.is_some() { format!("{} est.", day(date)) } else { day(date) }
}

/// "1 article", "5 articles".
fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// Writes what was understood of one file.
///
/// # Errors
/// Those of `out`.
pub fn write_document(out: &mut impl io::Write, document: &Document) -> io::Result<()> {
    heading(out, &document.source.label())?;
    let mut field = |name: &str, value: &str| paragraph(out, &format!("  {name:<10}"), 12, value);
    field("Title", document.title.as_deref().unwrap_or("none found"))?;
    let outlet = document.outlet.as_ref().map(|outlet| {
        let entered = if outlet.basis == OutletBasis::Entered { " (entered)" } else { "" };
        format!("{}{entered}", outlet.name)
    });
    field("Outlet", outlet.as_deref().unwrap_or("unknown"))?;
    if let Some(author) = &document.author {
        field("Author", author)?;
    }
    field("Published", &published(&document.published))?;
    for evidence in &document.published.evidence {
        let words = evidence.range.map(|range| range.of(&document.text)).unwrap_or_default();
        let words = if words.is_empty() { String::new() } else { format!(" “{words}”") };
        field("", &format!("- {}{words}", evidence.says))?;
    }
    let n_boilerplate = document.blocks.iter().filter(|block| !block.kind.is_readable()).count();
    let language = document.language.as_deref().unwrap_or("unknown");
    field(
        "Text",
        &format!(
            "{} in {}, {} set aside; language {language}, {}",
            counted(document.n_words(), "word", "words"),
            counted(document.blocks.len() - n_boilerplate, "block", "blocks"),
            n_boilerplate,
            document.encoding.name,
        ),
    )?;
    for warning in &document.warnings {
        field("Note", &warning.message)?;
    }
    writeln!(out)
}

fn published(published: &Published) -> String {
    let basis = match published.basis {
        DateBasis::Stated if published.set_by_user => "entered",
        DateBasis::Stated => "stated in the text",
        DateBasis::Metadata => "from the page's metadata",
        DateBasis::Inferred => "est., inferred",
        DateBasis::Unknown => return "unknown".to_owned(),
    };
    let bounds = match (published.earliest, published.latest) {
        (Some(earliest), Some(latest)) if earliest == latest => String::new(),
        (None, None) => String::new(),
        (Some(earliest), None) => format!(", not before {}", day(Some(earliest))),
        (None, Some(latest)) => format!(", not after {}", day(Some(latest))),
        (earliest, latest) => format!(", between {} and {}", day(earliest), day(latest)),
    };
    format!("{} ({basis}{bounds}; confidence {:.2})", day(published.day()), published.confidence)
}

/// Writes the passages that two texts share, each with the words of both. `old` and `new` are a label and a text.
///
/// # Errors
/// Those of `out`.
pub fn write_alignment(
    out: &mut impl io::Write,
    old: (&str, &str),
    new: (&str, &str),
    matches: &[ReuseMatch],
) -> io::Result<()> {
    heading(out, &format!("{} and {}", old.0, new.0))?;
    if matches.is_empty() {
        writeln!(out, "  No shared passages.")?;
    }
    for found in matches {
        let kind = match found.kind {
            ReuseKind::Verbatim => "verbatim",
            ReuseKind::Near => "near",
            ReuseKind::Paraphrase => "paraphrase",
        };
        writeln!(out, "  {kind}, {:.0} % of the words", found.similarity * 100.0)?;
        paragraph(out, "    A  ", 7, found.old.of(old.1))?;
        paragraph(out, "    B  ", 7, found.new.of(new.1))?;
        writeln!(out)?;
    }
    writeln!(out)
}
