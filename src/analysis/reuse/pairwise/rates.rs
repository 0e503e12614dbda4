//! How likely a word is to be shared inside a passage and outside, and the stretch that follows from it.
//!
//! Two rates say all: the share of the words (by weight) that the other side has inside a passage, and outside. A
//! shared word then speaks for the inside by the logarithm of the two rates' ratio, a word that is not shared for the
//! outside. The stretch with the largest sum is the one most likely to be the inside; it is found in one pass (the
//! maximum subarray of Kadane). What a copy shares (nearly all) makes one foreign word expensive, what a paraphrase
//! shares (half) does not: no threshold is set for either. `O(n)` in the words looked at.

use std::ops::Range;

use super::pair::{Bag, Side};

/// What share of a passage's words the other side has, where nothing is known of it yet. Scrambled, translated and
/// condensed passages share between six and nine tenths by weight.
pub(super) const EXPECTED: f32 = 0.75;

/// The same outside, where all that is shared is the subject and the language. Tried from .20 to .30.
pub(super) const COMMON: f32 = 0.25;

/// What an end at the edge of a sentence is worth, as a logarithm of likelihoods: people take whole sentences. Tried
/// from 0 to 12; from 6 on the result is the same.
pub(super) const SENTENCE_EDGE: f32 = 9.0;

/// What one unit of weight says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    hit: f32,
    miss: f32,
}

impl Rates {
    /// From the shares of shared words inside and outside, 0.0..=1.0. `None` where the two can't be told apart.
    pub fn new(inside: f32, outside: f32) -> Option<Self> {
        // Nothing is so certain that one word decides.
        let (inside, outside) = (inside.clamp(0.05, 0.98), outside.clamp(0.02, 0.9));
        (inside > outside + 0.02)
            .then(|| Self { hit: (inside / outside).ln(), miss: ((1.0 - inside) / (1.0 - outside)).ln() })
    }

    /// What a word says that is shared to the degree `share`, 0.0..=1.0.
    pub fn of(self, share: f32) -> f32 {
        share * self.hit + (1.0 - share) * self.miss
    }
}

/// A share, held near `expected` as by `weight` of words seen before.
pub(super) fn share(part: f32, whole: f32, expected: f32, weight: f32) -> f32 {
    (part + expected * weight) / (whole + weight).max(f32::EPSILON)
}

/// The stretch of `within` whose words most likely come from `bag`, and how much speaks for it.
pub(super) fn likeliest(side: &Side<'_>, within: Range<usize>, bag: &Bag, rates: Rates) -> (Range<usize>, f32) {
    heaviest(side, within, 0.0, |word_idx| {
        side.weights[word_idx] * rates.of(if bag.has(side.ids[word_idx]) { 1.0 } else { 0.0 })
    })
}

/// The stretch of `within` with the largest sum of values, where `edge` is added for each end that is the edge of a
/// sentence; empty where no sum is above 0.
pub(super) fn heaviest(
    side: &Side<'_>,
    within: Range<usize>,
    edge: f32,
    value: impl Fn(usize) -> f32,
) -> (Range<usize>, f32) {
    let bonus = |place: usize| if side.edges[place] { edge } else { 0.0 };
    let mut best = (within.start..within.start, 0.0);
    let mut sum = 0.0;
    let (mut start, mut start_value) = (within.start, f32::NEG_INFINITY);
    for word_idx in within {
        let open = bonus(word_idx) - sum;
        if open > start_value {
            (start, start_value) = (word_idx, open);
        }
        sum += value(word_idx);
        let total = sum + start_value + bonus(word_idx + 1);
        if total > best.1 {
            best = (start..word_idx + 1, total);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::pair::Pair;
    use super::super::prepared::prepare;
    use super::*;

    #[test]
    fn the_same_word_says_more_of_a_copy_than_of_a_paraphrase() {
        let (copy, paraphrase) = (Rates::new(0.98, 0.25).unwrap(), Rates::new(0.6, 0.25).unwrap());
        assert!(copy.of(1.0) > paraphrase.of(1.0) && copy.of(0.0) < paraphrase.of(0.0));
        assert!(Rates::new(0.3, 0.3).is_none());
    }

    #[test]
    fn ends_prefer_the_edges_of_sentences() {
        let text = prepare("One two three four. Five six seven eight. Nine ten.");
        let pair = Pair::new(&text, &text);
        let values = [0.0, 0.0, 0.0, -1.0, -0.5, 3.0, 3.0, 3.0, -9.0, 0.0];
        for (edge, expected) in [(0.0, 5..8), (1.0, 4..8)] {
            assert_eq!(heaviest(&pair.old, 0..10, edge, |word_idx| values[word_idx]).0, expected, "edge {edge}");
        }
        assert!(heaviest(&pair.old, 0..10, 0.0, |_| -1.0).0.is_empty());
    }
}
