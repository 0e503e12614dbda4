//! The words of one article as the statement rules see them: comparison form, stem, capital, and what stands between
//! a word and the next.
//!
//! Built once an article, over its readable blocks alone, so that no rule can reach into boilerplate. `O(n)` in the
//! bytes of those blocks.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::tags::{self, Tag};
use crate::document::Document;
use crate::text::compare::fold;
use crate::text::{ByteRange, sentences, tokens};

/// What stands between a word and the next one of its block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap(u8);

impl Gap {
    pub(super) const COMMA: Self = Self(1);
    pub(super) const COLON: Self = Self(2);
    pub(super) const SEMICOLON: Self = Self(4);
    /// A dash with space around it, or an en or em dash.
    pub(super) const DASH: Self = Self(8);
    pub(super) const QUOTE: Self = Self(16);
    pub(super) const BRACKET: Self = Self(32);
    /// A full stop, question or exclamation mark.
    pub(super) const STOP: Self = Self(64);
    /// Anything that ends a noun phrase.
    pub(super) const ANY: Self = Self(127);

    /// Marks that end what a verb says with it.
    pub(super) const BREAKS: Self = Self(1 | 4 | 8 | 64);

    /// Does it hold any of the marks of `other`?
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The marks in the characters between two words.
    fn of(between: &str) -> Self {
        let mut gap = Self::default();
        let mut before = 'x';
        let mut characters = between.chars().peekable();
        while let Some(character) = characters.next() {
            let is_spaced = before.is_whitespace() && characters.peek().is_none_or(|next| next.is_whitespace());
            gap = gap.or(match character {
                ',' => Self::COMMA,
                ':' => Self::COLON,
                ';' => Self::SEMICOLON,
                '–' | '—' => Self::DASH,
                '-' if is_spaced || before == '-' => Self::DASH,
                '"' | '“' | '”' | '„' | '«' | '»' => Self::QUOTE,
                '\'' | '’' | '`' | '‘' if before == character => Self::QUOTE,
                '(' | ')' | '[' | ']' => Self::BRACKET,
                // "(R., Tex.) said": an abbreviation's stop, not a sentence's.
                '.' if matches!(characters.peek(), Some(')' | ',' | ']')) => Self::default(),
                '.' | '?' | '!' | '…' => Self::STOP,
                _ => Self::default(),
            });
            before = character;
        }
        gap
    }
}

/// One word.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub range: ByteRange,
    /// Comparison form without a possessive ending.
    pub folded: String,
    pub stem: String,
    pub is_capital: bool,
    pub is_possessive: bool,
    /// What stands between this word and the next of its block.
    pub gap: Gap,
    pub tag: Tag,
}

/// A sentence of a block; sentence ends inside a quotation do not count.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub range: ByteRange,
    pub words: Range<usize>,
    /// Number of its block among the readable ones.
    pub block_idx: usize,
}

/// The words of an article, block by block.
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub all: Vec<Word>,
    /// For every readable block: its range and its words.
    pub blocks: Vec<(ByteRange, Range<usize>)>,
}

impl<'a> Words<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let text = document.text.as_str();
        let mut words = Self { text, all: Vec::new(), blocks: Vec::new() };
        for block in document.readable_blocks() {
            let first = words.all.len();
            for token in tokens(text, block.range) {
                if words.all.len() > first
                    && let Some(last) = words.all.last_mut()
                {
                    last.gap = gap_after(last, ByteRange::new(last.range.end, token.range.start).of(text));
                }
                words.all.push(word(&stemmer, text, token.range));
            }
            if words.all.len() > first
                && let Some(last) = words.all.last_mut()
            {
                last.gap = gap_after(last, ByteRange::new(last.range.end, block.range.end).of(text));
            }
            tags::tag(text, words.all.get_mut(first..).unwrap_or_default());
            words.blocks.push((block.range, first..words.all.len()));
        }
        words
    }

    /// The words wholly inside a byte range.
    pub(super) fn inside(&self, range: ByteRange) -> Range<usize> {
        let start = self.all.partition_point(|word| word.range.start < range.start);
        let end = self.all.partition_point(|word| word.range.end <= range.end);
        start..end.max(start)
    }

    pub(super) fn slice(&self, range: &Range<usize>) -> &[Word] {
        self.all.get(range.clone()).unwrap_or_default()
    }

    /// The bytes from the first to the last of these words; `None` for no words.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Option<ByteRange> {
        let slice = self.slice(range);
        Some(slice.first()?.range.cover(slice.last()?.range))
    }

    pub(super) fn folded(&self, idx: usize) -> &str {
        self.all.get(idx).map_or("", |word| word.folded.as_str())
    }

    /// What stands before a word inside its block.
    pub(super) fn gap_before(&self, idx: usize) -> Gap {
        idx.checked_sub(1).and_then(|before| self.all.get(before)).map_or(Gap::default(), |word| word.gap)
    }

    pub(super) fn tag(&self, idx: usize) -> Tag {
        self.all.get(idx).map_or(Tag::Other, |word| word.tag)
    }

    pub(super) fn gap_after(&self, idx: usize) -> Gap {
        self.all.get(idx).map_or(Gap::default(), |word| word.gap)
    }

    /// The sentences of a block. A break inside one of `quotes` (outer ranges) is no break.
    pub(super) fn sentences(&self, block_idx: usize, quotes: &[ByteRange]) -> Vec<Sentence> {
        let Some((block, _)) = self.blocks.get(block_idx) else { return Vec::new() };
        let mut found: Vec<ByteRange> = Vec::new();
        for sentence in sentences(self.text, *block) {
            let is_inside = quotes.iter().any(|quote| quote.start < sentence.start && sentence.start < quote.end);
            match found.last_mut() {
                Some(last) if is_inside || continues(self.text, *last, sentence) => *last = last.cover(sentence),
                _ => found.push(sentence),
            }
        }
        (found.into_iter())
            .map(|range| Sentence { range, words: self.inside(range), block_idx })
            .filter(|sentence| !sentence.words.is_empty())
            .collect()
    }
}

/// A sentence boundary after a quotation's own full stop is none where the sentence goes on in lower case or with a
/// dash: `“Go!” he said.`
fn continues(text: &str, last: ByteRange, next: ByteRange) -> bool {
    let ends_in_mark = last.of(text).ends_with(['"', '”', '“', '’', '‘', '\'', '»']);
    ends_in_mark
        && next.of(text).starts_with(|first: char| first.is_lowercase() || matches!(first, '–' | '—' | '-' | ','))
}

/// The stop of an abbreviation is no mark: "U.S. Army", "Gen. Smith".
fn gap_after(word: &Word, between: &str) -> Gap {
    let is_abbreviation = word.folded.contains('.')
        || word.folded.chars().count() == 1
        || matches!(
            word.folded.as_str(),
            "mr" | "mrs" | "ms" | "dr" | "gen" | "sen" | "rep" | "gov" | "lt" | "col" | "st"
        );
    Gap::of(if is_abbreviation { between.strip_prefix('.').unwrap_or(between) } else { between })
}

fn word(stemmer: &Stemmer, text: &str, range: ByteRange) -> Word {
    let raw = range.of(text);
    let mut folded = fold(raw);
    let is_possessive = folded.ends_with("'s")
        || (raw.ends_with('s')
            && text.get(range.end..).is_some_and(|rest| rest.starts_with(['’', '\'']))
            && !text.get(range.end..).is_some_and(|rest| rest.starts_with("''")));
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
    let stem = stemmer.stem(&folded).into_owned();
    let is_capital = raw.starts_with(char::is_uppercase);
    Word { range, stem, is_capital, is_possessive, folded, gap: Gap::default(), tag: Tag::default() }
}
