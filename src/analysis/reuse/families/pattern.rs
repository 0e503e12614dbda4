//! A pattern: the keys of a formula in order, and where it stands in a stream with small gaps.

use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::keys::Key;
use crate::analysis::reuse::streams::lexicon::Class;
use crate::analysis::reuse::streams::words::{Break, Word};

/// One occurrence in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub slot: u32,
    first: u32,
    last: u32,
    /// The steps from each matched word to the next; `None` where they follow each other without a gap.
    steps: Option<Box<[u8]>>,
}

impl Found {
    /// The occurrence of the words at these indices, in order.
    pub fn new(slot: usize, words: &[usize]) -> Self {
        let number = |idx: Option<&usize>| idx.and_then(|&idx| u32::try_from(idx).ok()).unwrap_or(0);
        let is_run = words.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let step = |pair: &[usize]| u8::try_from(pair[1].saturating_sub(pair[0])).unwrap_or(u8::MAX);
        Self {
            slot: u32::try_from(slot).unwrap_or(u32::MAX),
            first: number(words.first()),
            last: number(words.last()),
            steps: (!is_run).then(|| words.windows(2).map(step).collect()),
        }
    }

    pub fn slot(&self) -> usize {
        self.slot as usize
    }

    pub fn first(&self) -> usize {
        self.first as usize
    }

    pub fn last(&self) -> usize {
        self.last as usize
    }

    /// The indices of the words that match, in order.
    pub fn words(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        let n_steps = self.steps.as_ref().map_or(self.last() - self.first(), |steps| steps.len());
        let step = move |idx: usize| self.steps.as_ref().map_or(1, |steps| usize::from(steps[idx]));
        let mut at = self.first();
        std::iter::once(self.first()).chain((0..n_steps).map(move |idx| {
            at += step(idx);
            at
        }))
    }

    /// Does the word at `idx` match?
    pub fn holds(&self, idx: usize) -> bool {
        match &self.steps {
            None => self.first() <= idx && idx <= self.last(),
            Some(_) => self.words().any(|word| word == idx),
        }
    }

    /// Number of words that match.
    pub fn n_words(&self) -> usize {
        self.steps.as_ref().map_or(self.n_spanned(), |steps| steps.len() + 1)
    }

    /// Number of words from the first to the last, gaps included.
    pub fn n_spanned(&self) -> usize {
        self.last() + 1 - self.first()
    }

    /// Number of words both spans share.
    pub fn n_shared(&self, other: &Self) -> usize {
        if self.slot != other.slot {
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
    pub fn of(streams: &Streams, words: impl Iterator<Item = Word>) -> Self {
        let mut substance = Self::default();
        for word in words {
            // "front-runner" is one word.
            let counts = !word.is_joined() || substance.n_words == 0;
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
            let weight = word.weight(streams);
            substance.weight += weight;
            if word.class == Class::Content {
                substance.content_weight += weight;
            }
        }
        substance
    }

    /// From six words with one that carries meaning, from three with two (a name may be one of them), or two that
    /// are rare enough.
    pub fn is_enough(self, streams: &Streams) -> bool {
        let n_strong = self.n_content + self.n_names.min(1);
        if self.n_content == 0 {
            return false;
        }
        let has_meaning = match self.n_words {
            0 | 1 => false,
            2 => self.n_content == 2,
            3..=5 => n_strong >= 2,
            _ => true,
        };
        has_meaning && self.weight >= min_weight(self.n_words) + streams.step.extra_weight(self.n_words)
    }
}

/// What a formula of so many words has to weigh among few articles.
pub(super) fn min_weight(n_words: usize) -> f32 {
    match n_words {
        0..=2 => MIN_PAIR,
        3..=5 => MIN_SHORT,
        _ => MIN_LONG,
    }
}

/// Takes words off both ends that no formula begins or ends with: articles, conjunctions, particles; in a short one
/// prepositions too. `words` are the matched words in order; returns the part to keep.
pub(super) fn trimmed(streams: &Streams, words: &[Word]) -> (usize, usize) {
    let text = |word: Word| streams.keys.text(word.key);
    let (mut start, mut end) = (0, words.len());
    while start < end && words[start].class == Class::Function && !is_opener(text(words[start])) {
        start += 1;
    }
    let n_kept = end - start;
    while start < end && words[end - 1].class == Class::Function {
        if n_kept >= 6 && is_closer(text(words[end - 1])) {
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

/// May a formula begin with this function word, given as its key is spelled?
fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "i" | "we"
            | "our"
            | "he"
            | "she"
            | "they"
            | "it"
            | "you"
            | "no"
            | "not"
            | "never"
            | "there"
            | "nobodi"
            | "noth"
            | "everi"
            | "all"
            | "must"
            | "should"
            | "will"
            | "cannot"
    )
}

/// May a longer formula end with this function word?
fn is_closer(word: &str) -> bool {
    matches!(word, "about" | "on" | "against" | "with" | "toward" | "to" | "for" | "of" | "from" | "by")
}

/// Finds the pattern's words in a stream with the word at `anchor` standing for `pattern[anchor_idx]`: nearest words
/// first, each gap at most [`MAX_GAP`], all gaps within the budget, no sentence crossed by a gap. `found` takes the indices
/// of the words; what it holds is of use where the answer is `true` alone.
pub(super) fn match_at(
    words: &[Word],
    pattern: &[Key],
    anchor_idx: usize,
    anchor: usize,
    found: &mut Vec<usize>,
) -> bool {
    found.clear();
    if let &[first, second] = pattern {
        return match_pair(words, first, second, anchor_idx, anchor, found);
    }
    let mut budget = gap_budget(pattern.len());
    let mut at = anchor;
    for idx in (0..anchor_idx).rev() {
        let is_key = |gap: &usize| {
            at.checked_sub(1 + gap).and_then(|at| words.get(at)).is_some_and(|word| word.key == pattern[idx])
        };
        let Some(gap) = (0..=budget.min(MAX_GAP)).find(is_key) else { return false };
        if !may_step(&words[at - gap..=at], pattern.len()) {
            return false;
        }
        budget -= gap;
        at -= 1 + gap;
        found.push(at);
    }
    found.reverse();
    found.push(anchor);
    at = anchor;
    for key in &pattern[anchor_idx + 1..] {
        let is_key = |gap: &usize| words.get(at + 1 + gap).is_some_and(|word| word.key == *key);
        let Some(gap) = (0..=budget.min(MAX_GAP)).find(is_key) else { return false };
        if !may_step(&words[at + 1..at + 2 + gap], pattern.len()) {
            return false;
        }
        budget -= gap;
        at += 1 + gap;
        found.push(at);
    }
    true
}

/// Two words may have a determiner and names between them, and nothing else: "resolve the crisis", "resolve the
/// North Korea crisis".
fn match_pair(
    words: &[Word],
    first: Key,
    second: Key,
    anchor_idx: usize,
    anchor: usize,
    found: &mut Vec<usize>,
) -> bool {
    let is_plain = |span: &[Word]| {
        span.iter().all(|word| word.before == Break::None)
            && span[..span.len() - 1].iter().all(|word| word.class == Class::Name || word.is_determiner())
    };
    for gap in 0..=MAX_GAP {
        let start = if anchor_idx == 0 { Some(anchor) } else { anchor.checked_sub(1 + gap) };
        let Some(start) = start else { return false };
        let end = start + 1 + gap;
        let is_match = words.get(start).is_some_and(|word| word.key == first)
            && words.get(end).is_some_and(|word| word.key == second)
            && is_plain(&words[start + 1..=end]);
        if is_match {
            found.extend([start, end]);
            return true;
        }
    }
    false
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
    use crate::analysis::reuse::families::fixture::{codebook, corpus};

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
            let streams = Streams::of(&corpus, &codebook());
            let pattern: Vec<Key> = streams.words(0).iter().map(|word| word.key).collect();
            let mut found = Vec::new();
            assert_eq!(match_at(streams.words(1), &pattern, 0, 0, &mut found), wanted.is_some(), "{text}");
            if let Some(wanted) = wanted {
                assert_eq!(found, wanted, "{text}");
                assert!(match_at(streams.words(1), &pattern, 3, wanted[3], &mut found), "{text}");
                assert_eq!(found, wanted, "{text}");
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
            let streams = Streams::of(&corpus, &codebook());
            let pattern: Vec<Key> = streams.words(0).iter().map(|word| word.key).collect();
            assert_eq!(match_at(streams.words(1), &pattern, 0, 1, &mut Vec::new()), is_match, "{text}");
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
            let streams = Streams::of(&corpus, &codebook());
            let words = streams.words(0);
            let (start, end) = trimmed(&streams, words);
            let written: Vec<&str> = words[start..end].iter().map(|word| word.range().of(text)).collect();
            assert_eq!(written.join(" "), kept);
            assert_eq!(
                Substance::of(&streams, words[start..end].iter().copied()).is_enough(&streams),
                is_enough,
                "{text}"
            );
        }
    }
}
