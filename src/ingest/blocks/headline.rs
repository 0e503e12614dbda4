//! Which line of a plain text is its title, and which word of it is furniture.
//!
//! Every line above the first paragraph is a candidate; a line told twice, of a headline's length, near the top and
//! without an end mark wins. `O(lines²)` above the first paragraph only.

use super::Mark;
use super::units::{Ending, Unit};

/// No title stands further down than this many lines.
const MAX_LINES: usize = 20;

/// The index of the title, `None` where the text starts with its first paragraph.
pub(super) fn title_idx(text: &str, units: &[Unit], marks: &[Option<Mark>], opening: Option<usize>) -> Option<usize> {
    let end = opening.unwrap_or(units.len()).min(MAX_LINES);
    let candidates = (0..end).filter(|&idx| marks[idx].is_none());
    // A text of one line is a sentence rather than a headline without an article.
    if units.len() < 2 {
        return None;
    }
    let scored = candidates.enumerate().filter_map(|(rank, idx)| {
        let score = score(text, units, idx, rank)?;
        Some((score, idx))
    });
    // Ties go to the line above.
    scored
        .max_by_key(|&(score, idx)| (score, std::cmp::Reverse(idx)))
        .filter(|&(score, _)| score > 0)
        .map(|(_, idx)| idx)
}

/// How much a line looks like a headline; `None` where it can't be one.
fn score(text: &str, units: &[Unit], idx: usize, rank: usize) -> Option<i32> {
    let unit = &units[idx];
    if unit.n_words == 0 || unit.n_words > 30 || unit.ending == Ending::Colon {
        return None;
    }
    // "Ministers met on Tuesday and agreed to meet again in a month." is an article's first sentence.
    if unit.ending == Ending::Sentence && unit.is_prose() && unit.n_words >= 15 {
        return None;
    }
    let length = match unit.n_words {
        1 => 1,
        2..=3 => 3,
        4..=20 => 8,
        _ => 5,
    };
    let is_told_twice = unit.n_words >= 3
        && (units.iter().take(MAX_LINES * 2).enumerate())
            .any(|(other, twin)| other != idx && twin.folded == unit.folded);
    let is_full_stop = unit.range.of(text).trim_end().ends_with('.');
    let distance = i32::try_from(rank.min(6)).unwrap_or(6);
    Some(length + 6 * i32::from(is_told_twice) - 4 * i32::from(is_full_stop) - 2 * distance + i32::from(rank == 0))
}
