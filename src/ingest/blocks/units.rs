//! The lines of a text with what can be measured of each: the material that blocks are told from.
//!
//! A unit is one line, or a paragraph that was wrapped over several lines by a mail program or a terminal.
//! `O(n)` in the bytes.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::compare::fold;
use crate::text::{ByteRange, TokenKind, lines, tokens};

/// English words without content of their own; prose is full of them, furniture is not.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "against", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have",
    "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "may", "more", "must", "no", "not",
    "of", "on", "or", "other", "our", "out", "over", "said", "she", "should", "so", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "to", "under", "until", "up", "was", "we",
    "were", "what", "when", "where", "which", "while", "who", "will", "with", "would", "you", "your",
];

/// Lines are taken as wrapped where none is longer than this many characters.
const MAX_WRAP_CHARS: usize = 100;

/// Words a long line of prose has at least.
const LONG_PROSE_WORDS: usize = 20;

/// How a unit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Sentence,
    Colon,
    Open,
}

/// A line (or wrapped paragraph) of a text that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Without white space at its ends.
    pub(super) range: ByteRange,
    pub(super) folded: String,
    pub(super) n_words: usize,
    pub(super) n_stop_words: usize,
    pub(super) ending: Ending,
    /// Stands directly under the unit before, without a blank line.
    pub(super) is_attached: bool,
}

impl Unit {
    pub(super) fn new(text: &str, range: ByteRange, is_attached: bool) -> Self {
        let words = range.of(text);
        let folded = fold(words);
        let (mut n_words, mut n_stop_words) = (0, 0);
        for token in tokens(&folded, ByteRange::new(0, folded.len())) {
            n_words += 1;
            n_stop_words += usize::from(token.kind == TokenKind::Word && is_stop_word(token.range.of(&folded)));
        }
        Self { range, folded, n_words, n_stop_words, ending: ending_of(words), is_attached }
    }

    /// Sentences, as against labels, links and names: an end mark and function words, or many words of that mix.
    pub(super) fn is_prose(&self) -> bool {
        let has_stop_words = self.n_stop_words * 8 >= self.n_words;
        (self.n_words >= 6 && self.ending == Ending::Sentence && self.n_stop_words >= 1 && has_stop_words)
            || (self.n_words >= LONG_PROSE_WORDS && has_stop_words)
    }

    pub(super) fn is_long_prose(&self) -> bool {
        self.n_words >= LONG_PROSE_WORDS && self.is_prose()
    }
}

fn is_stop_word(word: &str) -> bool {
    const LONGEST: usize = 7;
    static SET: LazyLock<FxHashSet<&str>> = LazyLock::new(|| STOP_WORDS.iter().copied().collect());
    word.len() <= LONGEST && SET.contains(word)
}

fn ending_of(words: &str) -> Ending {
    let stem =
        words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']'));
    match stem.chars().next_back() {
        Some('.' | '!' | '?' | '…') => Ending::Sentence,
        Some(':') => Ending::Colon,
        _ => Ending::Open,
    }
}

/// The units of a text, in order.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let all: Vec<ByteRange> = lines(text).map(|line| trimmed(text, line)).collect();
    let wrap = wrap_width(text, &all);
    let mut ranges: Vec<(ByteRange, bool)> = Vec::new();
    let mut is_after_blank = true;
    let mut may_go_on = false;
    for line in all {
        if line.is_empty() {
            is_after_blank = true;
            continue;
        }
        match ranges.last_mut() {
            Some((last, _)) if may_go_on && !is_after_blank => last.end = line.end,
            _ => ranges.push((line, !is_after_blank)),
        }
        // A line that fills the width was cut by it; the paragraph goes on in the next one.
        may_go_on = wrap.is_some_and(|width| line.of(text).chars().count() * 4 >= width * 3);
        is_after_blank = false;
    }
    ranges.into_iter().map(|(range, is_attached)| Unit::new(text, range, is_attached)).collect()
}

/// `str::trim` and the invisible marks that copying leaves behind.
fn trimmed(text: &str, range: ByteRange) -> ByteRange {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{1a}');
    let slice = range.of(text);
    let start = range.start + (slice.len() - slice.trim_start_matches(is_blank).len());
    ByteRange::new(start, start + slice.trim_matches(is_blank).len())
}

/// The width at which the text was wrapped, `None` where each paragraph is one line.
fn wrap_width(text: &str, lines: &[ByteRange]) -> Option<usize> {
    let widths: Vec<usize> = lines.iter().map(|line| line.of(text).chars().count()).filter(|&n| n > 0).collect();
    let width = *widths.iter().max()?;
    if !(50..=MAX_WRAP_CHARS).contains(&width) {
        return None;
    }
    let full = lines.iter().filter(|line| line.of(text).chars().count() * 4 >= width * 3);
    let (n_full, n_cut) = full.fold((0usize, 0usize), |(n_full, n_cut), line| {
        (n_full + 1, n_cut + usize::from(ending_of(line.of(text)) == Ending::Open))
    });
    (n_full >= 5 && n_cut * 5 >= n_full * 3).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_known_whatever_their_length() {
        assert!(STOP_WORDS.is_sorted() && STOP_WORDS.iter().all(|word| is_stop_word(word)));
        assert!(!is_stop_word("harbor"));
    }

    #[test]
    fn prose_is_told_from_labels() {
        let cases = [
            ("The ministers of the alliance met in Oslo.", true),
            ("Home > World > Europe", false),
            ("Log in", false),
            ("Ministers meet in Oslo", false),
            ("“We will not yield to this,” he said.", true),
        ];
        for (line, is_prose) in cases {
            let unit = Unit::new(line, ByteRange::new(0, line.len()), false);
            assert_eq!(unit.is_prose(), is_prose, "{line}");
        }
    }

    #[test]
    fn wrapped_paragraphs_are_one_unit() {
        let text = "Title of it\n\nThe ministers of the alliance met in Oslo on the first day of a\nlong week and spoke about the budget of the coming year, which all\nof them had read before and none of them was willing to pay for as\nit stood on the paper that the chair had sent around to members on\nthe day before the meeting, as was told by one of them later in an\ninterview with the radio.\n\nThey left.";
        let found: Vec<&str> = units(text).iter().map(|unit| unit.range.of(text)).collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[1].ends_with("the radio."));
    }

    #[test]
    fn each_line_is_a_unit_where_nothing_was_wrapped() {
        let text = "One line.\r\nTwo lines.\r\n\u{a0}\r\nThree.";
        let found: Vec<(&str, bool)> = units(text).iter().map(|unit| (unit.range.of(text), unit.is_attached)).collect();
        assert_eq!(found, [("One line.", false), ("Two lines.", true), ("Three.", false)]);
    }
}
