//! A whole text made ready for the comparison of passages: words, their terms, and sentences.
//!
//! A text that stands in several pairs is prepared once. A term is the hash of a stemmed word, so that two texts
//! meet without a common table. Words are runs of letters and digits, sentences end at a stop before white space or
//! at an empty line; this is rougher than [`text::sentences`](crate::text::sentences) and ten times as fast, and
//! nothing the reader sees depends on it but the ends of passages. `O(n)` in the bytes of the text.

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
    pub(super) sentences: Vec<Sentence>,
}

/// A word's place and the index of its term in [`Prepared::terms`].
#[derive(Clone, Copy, Debug)]
pub(super) struct TextWord {
    pub term: u32,
    pub start: u32,
    pub end: u32,
}

/// A sentence.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Its words, as indices into [`Prepared::words`].
    pub words: Range<usize>,
    /// Its terms in ascending order, each with its number of words.
    pub terms: Vec<(u32, f32)>,
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

    /// The terms of the words in `words`.
    pub(super) fn terms_of(&self, words: &Range<usize>) -> impl Iterator<Item = u32> + Clone + '_ {
        self.words.get(words.clone()).unwrap_or_default().iter().map(|word| word.term)
    }
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
        let words: Vec<TextWord> = self
            .hashes
            .iter()
            .zip(&self.places)
            .map(|(hash, &(start, end))| {
                let term = terms.binary_search(hash).unwrap_or(0);
                TextWord { term: u32::try_from(term).unwrap_or(u32::MAX), start, end }
            })
            .collect();
        let mut frequencies = vec![0; terms.len()];
        let mut sentences = Vec::with_capacity(self.ends.len());
        let mut start = 0;
        for &end in &self.ends {
            let sentence = Sentence { words: start..end, terms: counted(&words[start..end]) };
            for &(term, _) in &sentence.terms {
                frequencies[term as usize] += 1;
            }
            sentences.push(sentence);
            start = end;
        }
        Prepared { terms, frequencies, words, sentences }
    }
}

/// The terms of `words` in ascending order with their numbers.
fn counted(words: &[TextWord]) -> Vec<(u32, f32)> {
    let mut terms: Vec<u32> = words.iter().map(|word| word.term).collect();
    terms.sort_unstable();
    terms.chunk_by(|left, right| left == right).map(|run| (run[0], run.len() as f32)).collect()
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
        let sentences: Vec<&str> =
            prepared.sentences.iter().map(|sentence| prepared.range_of(&sentence.words).of(text)).collect();
        assert_eq!(
            sentences,
            ["The first one is here", "No. And the second, at 3.5 percent", "A title\n\nThe end of it"]
        );
    }

    #[test]
    fn forms_of_a_word_share_a_term() {
        let prepared = prepare("Missile tests, missiles tested");
        let terms: Vec<u32> = prepared.words.iter().map(|word| word.term).collect();
        assert_eq!(terms[0], terms[2]);
        assert_eq!(terms[1], terms[3]);
    }
}
