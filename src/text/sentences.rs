//! Sentences: Unicode sentence boundaries (UAX #29) mended for abbreviations, initials and closing quotes.
//!
//! UAX #29 breaks after "U.S." or "Gen." before a capital; such a piece is joined with the one after it.
//! `O(n)` in the bytes of the text.

use unicode_segmentation::UnicodeSegmentation as _;

use super::ByteRange;

/// Words that end in a full stop without ending a sentence, folded, without the stop. Common English titles and
/// abbreviations of news prose.
const ABBREVIATIONS: &[&str] = &[
    "adm", "approx", "brig", "capt", "cf", "cmdr", "co", "col", "corp", "dept", "dr", "e.g", "fig", "gen", "gov",
    "hon", "i.e", "inc", "jr", "lt", "ltd", "maj", "messrs", "mr", "mrs", "ms", "no", "nos", "pres", "prof", "rep",
    "rev", "sen", "sgt", "sr", "st", "vs",
];

/// The sentences of `text[within]`, in order, without white space at their ends.
///
/// ```
/// use throughline::text::{sentences, ByteRange};
/// let text = "Gen. Smith of the U.S. Army spoke. “We agree.” He left.";
/// let found: Vec<&str> = sentences(text, ByteRange::new(0, text.len())).iter().map(|range| range.of(text)).collect();
/// assert_eq!(found, ["Gen. Smith of the U.S. Army spoke.", "“We agree.”", "He left."]);
/// ```
pub fn sentences(text: &str, within: ByteRange) -> Vec<ByteRange> {
    let mut found: Vec<ByteRange> = Vec::new();
    let mut is_open = false;
    for (start, piece) in within.of(text).split_sentence_bound_indices() {
        let range = ByteRange::new(within.start + start, within.start + start + piece.len());
        match found.last_mut() {
            Some(last) if is_open => last.end = range.end,
            _ => found.push(range),
        }
        is_open = found.last().is_some_and(|last| ends_in_abbreviation(last.of(text)));
    }
    found.iter().map(|range| range.trimmed(text)).filter(|range| !range.is_empty()).collect()
}

fn ends_in_abbreviation(piece: &str) -> bool {
    let Some(stem) = piece.trim_end().strip_suffix('.') else { return false };
    is_abbreviation(
        stem.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '‘')).next().unwrap_or_default(),
    )
}

/// May a word, given without its full stop, be followed by one that ends no sentence?
///
/// ```
/// use throughline::text::is_abbreviation;
/// assert!(is_abbreviation("Gen") && is_abbreviation("U.S") && !is_abbreviation("spoke"));
/// ```
pub fn is_abbreviation(word: &str) -> bool {
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // "U.S" and "D.C" go on; a sentence that ends with one is joined to the next, which costs less than a cut name.
    let is_acronym = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    is_initial || is_acronym || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}
