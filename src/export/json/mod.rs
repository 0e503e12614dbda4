//! JSON Lines, schema `throughline/1`: one object a line, for scripts and other programs.
//!
//! Byte ranges become counts of Unicode scalar values. Keys stand in a fixed order, floats are rounded to three digits,
//! unknown is `null`; so the same findings give the same bytes. A field may be added in version 1, never renamed or
//! removed. What is handed on as a file is one object with lists of the same values. `O(n)` in the bytes of texts and
//! findings, times a binary search an offset.

mod document;
mod file;
mod findings;

pub use document::{Record, write_document, write_failure};
pub use file::write_file;
pub use findings::write_findings;

use std::io;

use serde::Serialize;

use super::articles::{Span, span};
use crate::analysis::reuse::{ReuseKind, ReuseMatch};
use crate::text::CharOffsets;

/// The name and version every object carries.
pub const SCHEMA: &str = "throughline/1";

/// Rounds to three digits: more would only show how a float was added up.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

fn write_line(out: &mut impl io::Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// One side of an alignment.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The path as it was given.
    pub label: &'a str,
    pub offsets: &'a CharOffsets,
}

#[derive(Serialize)]
struct Alignment<'a> {
    schema: &'static str,
    a: &'a str,
    b: &'a str,
    passages: Vec<AlignedPassage>,
}

#[derive(Serialize)]
struct AlignedPassage {
    a: Span,
    b: Span,
    kind: ReuseKind,
    similarity: f64,
}

/// Writes the passages that two articles share as one line.
///
/// # Errors
/// Those of `out`.
pub fn write_alignment(
    out: &mut impl io::Write,
    old: Side<'_>,
    new: Side<'_>,
    matches: &[ReuseMatch],
) -> io::Result<()> {
    let passages = matches.iter().map(|found| AlignedPassage {
        a: span(old.offsets, found.old),
        b: span(new.offsets, found.new),
        kind: found.kind,
        similarity: rounded(found.similarity),
    });
    write_line(out, &Alignment { schema: SCHEMA, a: old.label, b: new.label, passages: passages.collect() })
}

#[derive(Serialize)]
struct AlignmentFailure<'a> {
    schema: &'static str,
    a: &'a str,
    b: &'a str,
    error: document::Error<'a>,
}

/// Writes that a pair could not be compared, and why, as one line.
///
/// # Errors
/// Those of `out`.
pub fn write_alignment_failure(
    out: &mut impl io::Write,
    old: &str,
    new: &str,
    code: &str,
    message: &str,
) -> io::Result<()> {
    let error = document::Error { code, message };
    write_line(out, &AlignmentFailure { schema: SCHEMA, a: old, b: new, error })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::ByteRange;

    #[test]
    fn alignments_count_characters_and_round() {
        let (old, new) = ("“Wé” go", "we go");
        let (old_offsets, new_offsets) = (CharOffsets::new(old), CharOffsets::new(new));
        let found = ReuseMatch {
            old: ByteRange::new(3, old.len()),
            new: ByteRange::new(0, new.len()),
            kind: ReuseKind::Near,
            similarity: 2.0 / 3.0,
        };
        let mut out = Vec::new();
        let (old, new) = (Side { label: "a", offsets: &old_offsets }, Side { label: "b", offsets: &new_offsets });
        write_alignment(&mut out, old, new, &[found]).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"schema\":\"throughline/1\",\"a\":\"a\",\"b\":\"b\",\"passages\":\
             [{\"a\":[1,7],\"b\":[0,5],\"kind\":\"near\",\"similarity\":0.667}]}\n"
        );
    }
}
