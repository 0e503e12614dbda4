//! A whole text made ready for the comparison of passages: words, their terms, and sentences.
//!
//! A text that stands in several pairs is prepared once. A term is the hash of a stemmed word, so that two texts
//! meet without a common table. Words are runs of letters and digits, sentences end at a stop before white space or
//! at an empty line; this is rougher than [`text::sentences`](crate::text::sentences) and ten times as fast, and
//! nothing the reader sees depends on it but the ends of passages. `O(n)` in the bytes of the text; about 4 bytes are
//! kept for each of them.

use std::hash::{Hash as _, Hasher as _};
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHasher};

use crate::text::ByteRange;

/// A sentence of fewer words is joined with the next one.
const MIN_SENTENCE_WORDS: usize = 3;

/// A text ready to be compared.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    /// Distinct terms in ascending order.
    pub(super) terms: Vec<u64>,
    /// Number of sentences that hold each term.
    pub(super) frequencies: Vec<u32>,
    pub(super) words: Vec<TextWord>,
    /// By sentence, where it ends in [`words`](Self::words); the next one starts there.
    sentence_ends: Vec<u32>,
    /// The terms of all sentences, one sentence after the other, ascending within each.
    counts: Vec<TermCount>,
    /// By sentence, where it ends in [`counts`](Self::counts).
    count_ends: Vec<u32>,
}

/// A word's place and the index of its term in [`Prepared::terms`].
#[derive(Clone, Copy, Debug)]
pub(super) struct TextWord {
    pub term: u32,
    pub start: u32,
    pub end: u32,
}

/// A term of a sentence, and how many of its words have it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TermCount {
    pub term: u32,
    pub n_words: u32,
}

/// Prepares a text. Texts of 4 GiB and more have no place here; what lies beyond is left out.
pub fn prepare(text: &str) -> Prepared {
    let mut reader = TextReader::new();
    reader.read(text);
    reader.finish()
}

impl Prepared {
    /// The bytes of the words in `words`.
    pub(super) fn range_of(&self, words: &Range<usize>) -> ByteRange {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) => ByteRange::new(first.start as usize, last.end as usize),
            _ => ByteRange::default(),
        }
    }

    /// Number of bytes from the first to the last of `words`.
    pub(super) fn n_bytes(&self, words: &Range<usize>) -> usize {
        self.range_of(words).len()
    }

    pub(super) fn n_sentences(&self) -> usize {
        self.sentence_ends.len()
    }

    /// The words of a sentence; empty where there is none.
    pub(super) fn sentence(&self, sentence_idx: usize) -> Range<usize> {
        stretch(&self.sentence_ends, sentence_idx)
    }

    /// The terms of a sentence in ascending order.
    pub(super) fn term_counts(&self, sentence_idx: usize) -> &[TermCount] {
        self.counts.get(stretch(&self.count_ends, sentence_idx)).unwrap_or_default()
    }

    /// By place between two words, is it the edge of a sentence? One place more than there are words.
    pub(super) fn sentence_edges(&self) -> Vec<bool> {
        let mut edges = vec![false; self.words.len() + 1];
        for place in std::iter::once(0).chain(self.sentence_ends.iter().map(|&end| end as usize)) {
            edges[place] = true;
        }
        edges
    }
}

/// The stretch at `idx` of those that end at `ends`.
fn stretch(ends: &[u32], idx: usize) -> Range<usize> {
    let start = idx.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |&end| end as usize);
    ends.get(idx).map_or(0..0, |&end| start..end as usize)
}

struct TextReader {
    stemmer: Stemmer,
    /// Hash of the stem by folded word.
    stems: FxHashMap<String, u64>,
    hashes: Vec<u64>,
    places: Vec<(u32, u32)>,
    /// Number of words at which each sentence ends.
    ends: Vec<usize>,
}

impl TextReader {
    fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            stems: FxHashMap::default(),
            hashes: Vec::new(),
            places: Vec::new(),
            ends: Vec::new(),
        }
    }

    fn read(&mut self, text: &str) {
        let mut folded = String::new();
        let mut word_start = None;
        let mut last_break = Gap::default();
        for (offset, character) in text.char_indices().chain([(text.len(), ' ')]) {
            if u32::try_from(offset).is_err() {
                break;
            }
            if character.is_alphanumeric() {
                if word_start.is_none() {
                    if last_break.ends_sentence() {
                        self.end_sentence();
                    }
                    word_start = Some(offset);
                    folded.clear();
                }
                if character.is_ascii() {
                    folded.push(character.to_ascii_lowercase());
                } else {
                    folded.extend(character.to_lowercase());
                }
            } else {
                if let Some(start) = word_start.take() {
                    self.word(&folded, start, offset);
                    last_break = Gap::default();
                }
                last_break.note(character);
            }
        }
        self.end_sentence();
    }

    fn word(&mut self, folded: &str, start: usize, end: usize) {
        let hash = match self.stems.get(folded) {
            Some(&hash) => hash,
            None => {
                let mut hasher = FxHasher::default();
                self.stemmer.stem(folded).hash(&mut hasher);
                let hash = hasher.finish();
                self.stems.insert(folded.to_owned(), hash);
                hash
            }
        };
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return };
        self.hashes.push(hash);
        self.places.push((start, end));
    }

    fn end_sentence(&mut self) {
        let start = self.ends.last().copied().unwrap_or(0);
        if self.hashes.len() >= start + MIN_SENTENCE_WORDS {
            self.ends.push(self.hashes.len());
        }
    }

    fn finish(mut self) -> Prepared {
        // Words after the last full sentence belong to it.
        match self.ends.last_mut() {
            Some(last) => *last = self.hashes.len(),
            None if self.hashes.is_empty() => {}
            None => self.ends.push(self.hashes.len()),
        }
        let mut terms = self.hashes.clone();
        terms.sort_unstable();
        terms.dedup();
        terms.shrink_to_fit();
        let words: Vec<TextWord> = self
            .hashes
            .iter()
            .zip(&self.places)
            .map(|(hash, &(start, end))| {
                let term = terms.binary_search(hash).unwrap_or(0);
                TextWord { term: short(term), start, end }
            })
            .collect();
        let mut prepared = Prepared { frequencies: vec![0; terms.len()], terms, words, ..Prepared::default() };
        let mut start = 0;
        for end in self.ends {
            prepared.close_sentence(start..end);
            start = end;
        }
        prepared.counts.shrink_to_fit();
        prepared
    }
}

impl Prepared {
    /// Counts the terms of the next sentence.
    fn close_sentence(&mut self, words: Range<usize>) {
        let mut terms: Vec<u32> = self.words[words.clone()].iter().map(|word| word.term).collect();
        terms.sort_unstable();
        for run in terms.chunk_by(|left, right| left == right) {
            self.counts.push(TermCount { term: run[0], n_words: short(run.len()) });
            self.frequencies[run[0] as usize] += 1;
        }
        self.sentence_ends.push(short(words.end));
        self.count_ends.push(short(self.counts.len()));
    }
}

/// A number of words or terms; a text below 4 GiB has no more of them than fit.
fn short(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What was met since the last word.
#[derive(Default)]
struct Gap {
    has_stop: bool,
    has_space_after_stop: bool,
    n_lines: u32,
}

impl Gap {
    fn note(&mut self, character: char) {
        match character {
            '.' | '!' | '?' | '…' => self.has_stop = true,
            '\n' => {
                self.n_lines += 1;
                self.has_space_after_stop |= self.has_stop;
            }
            _ if character.is_whitespace() => self.has_space_after_stop |= self.has_stop,
            _ => {}
        }
    }

    fn ends_sentence(&self) -> bool {
        self.has_space_after_stop || self.n_lines >= 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_cover_all_words() {
        let text = "The first one is here. No. And the second, at 3.5 percent!\n\nA title\n\nThe end of it";
        let prepared = prepare(text);
        let sentences: Vec<&str> = (0..prepared.n_sentences())
            .map(|sentence_idx| prepared.range_of(&prepared.sentence(sentence_idx)).of(text))
            .collect();
        assert_eq!(
            sentences,
            ["The first one is here", "No. And the second, at 3.5 percent", "A title\n\nThe end of it"]
        );
        let edges: Vec<usize> =
            prepared.sentence_edges().iter().enumerate().filter_map(|(place, edge)| edge.then_some(place)).collect();
        assert_eq!(edges, [0, 5, 13, prepared.words.len()]);
    }

    #[test]
    fn forms_of_a_word_share_a_term() {
        let prepared = prepare("Missile tests, missiles tested");
        let terms: Vec<u32> = prepared.words.iter().map(|word| word.term).collect();
        assert_eq!(terms[0], terms[2]);
        assert_eq!(terms[1], terms[3]);
        let n_words: Vec<u32> = prepared.term_counts(0).iter().map(|count| count.n_words).collect();
        assert_eq!(n_words, [2, 2]);
    }

    #[test]
    fn a_text_without_words_has_no_sentence() {
        for text in ["", " \n\n ", "...", "—"] {
            let prepared = prepare(text);
            assert_eq!((prepared.n_sentences(), prepared.words.len()), (0, 0), "{text:?}");
            assert!(prepared.sentence(0).is_empty() && prepared.term_counts(0).is_empty());
        }
    }
}
