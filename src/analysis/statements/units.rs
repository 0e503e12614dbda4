//! A report into statements: cut where its sentences differ in theme or act.
//!
//! Each run of sentences that share them is one statement with the cue and speaker of the report. A sentence that says
//! nothing of its own (no theme) stays with the one before it. `O(n)` in the words of the report.

use super::Quotation;
use super::codes::{Codes, code};
use super::lexicon::Lexicon;
use super::reports::Report;
use super::words::Words;
use crate::text::{ByteRange, sentences};

/// A run of sentences.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub content: Vec<ByteRange>,
    pub codes: Codes,
}

/// The units of a report, in order. Reported clauses are one sentence and stay whole.
pub(super) fn cut(words: &Words<'_>, lexicon: &Lexicon<'_>, report: &Report) -> Vec<Unit> {
    if report.quotation != Quotation::Direct {
        return vec![Unit { content: report.content.clone(), codes: code(words, lexicon, &report.content) }];
    }
    let mut units: Vec<Unit> = Vec::new();
    for piece in &report.content {
        for sentence in sentences(words.text, *piece) {
            let codes = code(words, lexicon, &[sentence]);
            match units.last_mut().filter(|unit| goes_on(&unit.codes, &codes)) {
                Some(unit) => join(words.text, unit, sentence, codes),
                None => units.push(Unit { content: vec![sentence], codes }),
            }
        }
    }
    // The codes of a run are those of all its words.
    for unit in &mut units {
        unit.codes = code(words, lexicon, &unit.content);
        unit.content = unit.content.iter().map(|range| without_comma(words.text, *range)).collect();
    }
    units
}

/// A comma before the closing mark belongs to the sentence around the quotation.
fn without_comma(text: &str, range: ByteRange) -> ByteRange {
    let slice = range.of(text);
    ByteRange::new(range.start, range.start + slice.trim_end_matches([',', ' ']).len())
}

fn goes_on(before: &Codes, next: &Codes) -> bool {
    let is_silent = next.themes.is_empty() || before.themes.is_empty();
    let shares_theme = before.themes.iter().any(|theme| next.themes.contains(theme));
    let same_act = before.act_idx == next.act_idx;
    if is_silent { same_act || next.act_idx.is_none() || before.act_idx.is_none() } else { shares_theme && same_act }
}

/// Adds a sentence; across a cue in between it becomes a piece of its own.
fn join(text: &str, unit: &mut Unit, sentence: ByteRange, codes: Codes) {
    if unit.codes.themes.is_empty() {
        unit.codes.themes = codes.themes;
    }
    unit.codes.act_idx = unit.codes.act_idx.or(codes.act_idx);
    match unit.content.last_mut() {
        Some(last) if ByteRange::new(last.end, sentence.start).of(text).chars().all(char::is_whitespace) => {
            *last = last.cover(sentence);
        }
        _ => unit.content.push(sentence),
    }
}
