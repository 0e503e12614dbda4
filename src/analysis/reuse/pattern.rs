//! A pattern: the keys of a formula in order, and where it stands in a stream with small gaps.

use super::keys::Key;
use super::stream::{Break, Streams, Word};
use super::weights::Class;

/// A place of a word: which document, which word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub document_idx: u32,
    pub word_idx: u32,
}

/// One occurrence in words: the indices of the words that match, in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub document_idx: usize,
    pub words: Vec<usize>,
}

impl Found {
    pub fn first(&self) -> usize {
        self.words.first().copied().unwrap_or(0)
    }

    pub fn last(&self) -> usize {
        self.words.last().copied().unwrap_or(0)
    }

    /// Number of words from the first to the last, gaps included.
    pub fn n_spanned(&self) -> usize {
        self.last() + 1 - self.first()
    }

    /// Number of words both spans share.
    pub fn n_shared(&self, other: &Self) -> usize {
        if self.document_idx != other.document_idx {
            return 0;
        }
        (self.last().min(other.last()) + 1).saturating_sub(self.first().max(other.first()))
    }
}

/// How many words may stand between the words of a formula of `n_words`, in all.
pub(super) fn gap_budget(n_words: usize) -> usize {
    match n_words {
        0..=2 => 0,
        3..=5 => 1,
        _ => n_words / 3,
    }
}

/// The most words between two neighbors of a formula.
pub(super) const MAX_GAP: usize = 2;

/// Counts that decide whether a formula is worth keeping.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Substance {
    pub n_words: usize,
    pub n_content: usize,
    pub n_names: usize,
    pub weight: f32,
    /// The part of the weight that is not of names or function words.
    pub content_weight: f32,
}

/// Thresholds of weight, tried on news texts: what lies below reads like chance.
const MIN_LONG: f32 = 4.8;
const MIN_SHORT: f32 = 4.5;
const MIN_PAIR: f32 = 5.0;

impl Substance {
    pub fn of<'a>(streams: &Streams<'_>, words: impl Iterator<Item = &'a Word>) -> Self {
        let mut substance = Self::default();
        for word in words {
            // "front-runner" is one word.
            let counts = !word.is_joined || substance.n_words == 0;
            substance.n_words += usize::from(counts);
            match word.class {
                Class::Content => substance.n_content += usize::from(counts),
                // All names together count as one.
                Class::Name if substance.n_names > 0 => {
                    substance.n_names += 1;
                    continue;
                }
                Class::Name => substance.n_names += 1,
                Class::Function | Class::Light => {}
            }
            let weight = streams.weight(word);
            substance.weight += weight;
            if word.class == Class::Content {
                substance.content_weight += weight;
            }
        }
        substance
    }

    /// From six words with one that carries meaning, from three with two (a name may be one of them), or two that
    /// are rare enough.
    pub fn is_enough(self) -> bool {
        let n_strong = self.n_content + self.n_names.min(1);
        if self.n_content == 0 {
            return false;
        }
        match self.n_words {
            0 | 1 => false,
            2 => self.n_content == 2 && self.weight >= MIN_PAIR,
            3..=5 => n_strong >= 2 && self.weight >= MIN_SHORT,
            _ => self.weight >= MIN_LONG,
        }
    }
}

/// Takes words off both ends that no formula begins or ends with: articles, conjunctions, particles; in a short one
/// prepositions too. `words` are the matched words in order; returns the part to keep.
pub(super) fn trimmed(streams: &Streams<'_>, words: &[&Word]) -> (usize, usize) {
    let text = |word: &Word| streams.keys.text(word.key);
    let (mut start, mut end) = (0, words.len());
    while start < end && words[start].class == Class::Function && !OPENERS.contains(&text(words[start])) {
        start += 1;
    }
    let n_kept = end - start;
    while start < end && words[end - 1].class == Class::Function {
        let is_closer = n_kept >= 6 && CLOSERS.contains(&text(words[end - 1]));
        if is_closer {
            break;
        }
        end -= 1;
    }
    // Without enough words left, a pronoun in front is no formula either.
    while start < end && end - start < 5 && words[start].class == Class::Function {
        start += 1;
    }
    (start, end)
}

/// Function words a formula may begin with.
const OPENERS: &[&str] = &[
    "i", "we", "our", "he", "she", "they", "it", "you", "no", "not", "never", "there", "nobodi", "noth", "everi",
    "all", "must", "should", "will", "cannot",
];

/// Function words a longer formula may end with.
const CLOSERS: &[&str] = &["about", "on", "against", "with", "toward", "to", "for", "of", "from", "by"];

/// Finds the pattern's words in a stream with the word at `anchor` standing for `pattern[anchor_idx]`: nearest words
/// first, each gap at most [`MAX_GAP`], all gaps within the budget, no sentence crossed by a gap.
pub(super) fn match_at(words: &[Word], pattern: &[Key], anchor_idx: usize, anchor: usize) -> Option<Vec<usize>> {
    if let &[first, second] = pattern {
        return match_pair(words, first, second, anchor_idx, anchor);
    }
    let mut budget = gap_budget(pattern.len());
    let mut found = vec![anchor; pattern.len()];
    let mut at = anchor;
    for idx in anchor_idx + 1..pattern.len() {
        let gap = (0..=budget.min(MAX_GAP))
            .find(|gap| words.get(at + 1 + gap).is_some_and(|word| word.key == pattern[idx]))?;
        if !may_step(&words[at + 1..at + 2 + gap], pattern.len()) {
            return None;
        }
        budget -= gap;
        at += 1 + gap;
        found[idx] = at;
    }
    at = anchor;
    for idx in (0..anchor_idx).rev() {
        let gap = (0..=budget.min(MAX_GAP)).find(|gap| {
            at.checked_sub(1 + gap).and_then(|at| words.get(at)).is_some_and(|word| word.key == pattern[idx])
        })?;
        if !may_step(&words[at - gap..=at], pattern.len()) {
            return None;
        }
        budget -= gap;
        at -= 1 + gap;
        found[idx] = at;
    }
    Some(found)
}

/// Two words may have a determiner and names between them, and nothing else: "resolve the crisis", "resolve the
/// North Korea crisis".
fn match_pair(words: &[Word], first: Key, second: Key, anchor_idx: usize, anchor: usize) -> Option<Vec<usize>> {
    let is_plain = |span: &[Word]| {
        span.iter().all(|word| word.before == Break::None)
            && span[..span.len() - 1].iter().all(|word| word.class == Class::Name || word.is_determiner)
    };
    for gap in 0..=MAX_GAP {
        let start = if anchor_idx == 0 { anchor } else { anchor.checked_sub(1 + gap)? };
        let end = start + 1 + gap;
        let is_match = words.get(start).is_some_and(|word| word.key == first)
            && words.get(end).is_some_and(|word| word.key == second)
            && is_plain(&words[start + 1..=end]);
        if is_match {
            return Some(vec![start, end]);
        }
    }
    None
}

/// May a formula of `n_words` go on over these words, of which the last one matches and the others are a gap?
pub(super) fn may_step(words: &[Word], n_words: usize) -> bool {
    let limit = match (words.len(), n_words) {
        (2.., _) | (_, 0..=4) => Break::None,
        (_, 5..=7) => Break::Clause,
        _ => Break::Sentence,
    };
    words.iter().all(|word| word.before <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::fixture::{codebook, corpus};

    #[test]
    fn a_pattern_matches_over_the_gaps_of_its_budget() {
        for (text, wanted) in [
            ("binding arbitration for dockers", Some(vec![0, 1, 2, 3])),
            ("binding arbitration for all dockers", Some(vec![0, 1, 2, 4])),
            ("binding arbitration for all old dockers", None),
            ("binding, arbitration for dockers", None),
            ("binding arbitration for pilots", None),
        ] {
            let corpus = corpus(&["binding arbitration for dockers", text]);
            let streams = Streams::new(&corpus, &codebook());
            let pattern: Vec<Key> = streams.streams[0].words.iter().map(|word| word.key).collect();
            assert_eq!(match_at(&streams.streams[1].words, &pattern, 0, 0), wanted, "{text}");
            if let Some(last) = wanted.as_ref().and_then(|found| found.last()) {
                assert_eq!(match_at(&streams.streams[1].words, &pattern, 3, *last), wanted, "{text}");
            }
        }
    }

    #[test]
    fn two_words_have_only_names_and_determiners_between() {
        for (text, is_match) in [
            ("they resolve the crisis", true),
            ("they resolve the Freedonia crisis", true),
            ("they resolve every old crisis", false),
            ("they resolve, crisis", false),
        ] {
            let corpus = corpus(&["resolve crisis", text]);
            let streams = Streams::new(&corpus, &codebook());
            let pattern: Vec<Key> = streams.streams[0].words.iter().map(|word| word.key).collect();
            assert_eq!(match_at(&streams.streams[1].words, &pattern, 0, 1).is_some(), is_match, "{text}");
        }
    }

    #[test]
    fn what_is_kept_and_what_is_enough() {
        for (text, kept, is_enough) in [
            ("of the binding arbitration for the", "binding arbitration", true),
            ("and we are of course worried about the", "we are of course worried about", true),
            ("on the first of the year", "first of the year", false),
            ("they met Ana Lopes", "met Ana Lopes", false),
        ] {
            let corpus = corpus(&[text]);
            let streams = Streams::new(&corpus, &codebook());
            let words: Vec<&Word> = streams.streams[0].words.iter().collect();
            let (start, end) = trimmed(&streams, &words);
            let written: Vec<&str> = words[start..end].iter().map(|word| word.range.of(text)).collect();
            assert_eq!(written.join(" "), kept);
            assert_eq!(Substance::of(&streams, words[start..end].iter().copied()).is_enough(), is_enough, "{text}");
        }
    }
}
