//! Two texts side by side: which words they share, and what each word weighs in this pair.
//!
//! A word weighs the logarithm of the number of sentences, of both texts, to one that holds it (tf-isf, as in the
//! alignment of Sanchez-Perez, Sidorov and Gelbukh, PAN at CLEF 2014): names and rare words speak for a common
//! origin, articles and prepositions hardly do. `O(n)` in the words of both.

use std::ops::Range;

use super::prepared::Prepared;

/// The id of a word that only one of the texts has.
pub(super) const UNSHARED: u32 = u32::MAX;

/// Sentences that are counted as if they had been read and held none of the words: in two short texts every shared
/// word stands in a large part of the sentences, and still is not ordinary.
const UNSEEN: f32 = 5.0;

/// Two texts and what they share.
pub(super) struct Pair<'a> {
    pub old: Side<'a>,
    pub new: Side<'a>,
    /// By term of `old`: the same term in `new`, or [`UNSHARED`].
    pub to_new: Vec<u32>,
}

/// One text of a pair.
pub(super) struct Side<'a> {
    pub text: &'a Prepared,
    /// By word: its term in `new`, so that a word has one id on both sides, or [`UNSHARED`].
    pub ids: Vec<u32>,
    /// By word, 0.0 and more.
    pub weights: Vec<f32>,
    /// By term of this text, the same weights.
    pub term_weights: Vec<f32>,
    /// By place between words: is it the edge of a sentence?
    pub edges: Vec<bool>,
}

/// A stretch of words in each text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Region {
    pub old: Range<usize>,
    pub new: Range<usize>,
}

impl<'a> Pair<'a> {
    pub fn new(old: &'a Prepared, new: &'a Prepared) -> Self {
        let n_sentences = (old.n_sentences() + new.n_sentences()) as f32 + UNSEEN;
        let weight = |frequency: u32| (n_sentences / frequency.max(1) as f32).ln();
        let mut old_weights: Vec<f32> = old.frequencies.iter().map(|&frequency| weight(frequency)).collect();
        let mut new_weights: Vec<f32> = new.frequencies.iter().map(|&frequency| weight(frequency)).collect();
        let mut to_new = vec![UNSHARED; old.terms.len()];
        let mut is_shared = vec![false; new.terms.len()];
        let mut new_idx = 0;
        for (old_idx, term) in old.terms.iter().enumerate() {
            while new.terms.get(new_idx).is_some_and(|other| other < term) {
                new_idx += 1;
            }
            if new.terms.get(new_idx) == Some(term) {
                to_new[old_idx] = u32::try_from(new_idx).unwrap_or(UNSHARED);
                is_shared[new_idx] = true;
                let shared = weight(old.frequencies[old_idx] + new.frequencies[new_idx]);
                old_weights[old_idx] = shared;
                new_weights[new_idx] = shared;
            }
        }
        let old_ids = old.words.iter().map(|word| to_new[word.term as usize]).collect();
        let new_ids =
            new.words.iter().map(|word| if is_shared[word.term as usize] { word.term } else { UNSHARED }).collect();
        Self { old: Side::new(old, old_ids, old_weights), new: Side::new(new, new_ids, new_weights), to_new }
    }
}

impl<'a> Side<'a> {
    fn new(text: &'a Prepared, ids: Vec<u32>, term_weights: Vec<f32>) -> Self {
        let weights = text.words.iter().map(|word| term_weights[word.term as usize]).collect();
        Self { text, ids, weights, term_weights, edges: text.sentence_edges() }
    }

    /// All its words.
    pub fn all(&self) -> Range<usize> {
        0..self.ids.len()
    }

    /// What the words in `range` weigh together.
    pub fn weight(&self, range: &Range<usize>) -> f32 {
        self.weights[range.clone()].iter().sum()
    }

    /// What those of them weigh that lie in `bag`.
    pub fn weight_in(&self, range: &Range<usize>, bag: &Bag) -> f32 {
        let words = self.ids[range.clone()].iter().zip(&self.weights[range.clone()]);
        words.filter(|(id, _)| bag.has(**id)).map(|(_, weight)| weight).sum()
    }
}

impl Region {
    /// Does all of it lie inside `other`?
    pub fn is_inside(&self, other: &Self) -> bool {
        is_inside(&self.old, &other.old) && is_inside(&self.new, &other.new)
    }

    /// The smallest region that holds both.
    pub fn hull(&self, other: &Self) -> Self {
        Self { old: hull(&self.old, &other.old), new: hull(&self.new, &other.new) }
    }

    /// Are both texts' stretches at most `gap` words from those of `other`?
    pub fn is_near(&self, other: &Self, gap: usize) -> bool {
        is_near(&self.old, &other.old, gap) && is_near(&self.new, &other.new, gap)
    }

    /// For sorting: by place in `old`, then in `new`.
    pub fn place(&self) -> (usize, usize, usize, usize) {
        (self.old.start, self.new.start, self.old.end, self.new.end)
    }
}

fn is_inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn hull(left: &Range<usize>, right: &Range<usize>) -> Range<usize> {
    left.start.min(right.start)..left.end.max(right.end)
}

fn is_near(left: &Range<usize>, right: &Range<usize>, gap: usize) -> bool {
    left.start <= right.end + gap && right.start <= left.end + gap
}

/// Number of words that two ranges share.
pub(super) fn n_common(left: &Range<usize>, right: &Range<usize>) -> usize {
    left.end.min(right.end).saturating_sub(left.start.max(right.start))
}

/// A bag of words: how often each shared word lies in it. One bag serves a whole pair; who fills it empties it.
pub(super) struct Bag {
    counts: Vec<u32>,
}

impl Bag {
    /// An empty bag for the words of `pair`.
    pub fn new(pair: &Pair<'_>) -> Self {
        Self { counts: vec![0; pair.new.text.terms.len()] }
    }

    /// Runs `with` while the bag holds `ids`.
    pub fn holding<T>(&mut self, ids: &[u32], with: impl FnOnce(&Self) -> T) -> T {
        self.put(ids);
        let result = with(self);
        self.take_back(ids);
        result
    }

    pub fn put(&mut self, ids: &[u32]) {
        for &id in ids {
            // No count stands for what is not shared.
            if let Some(count) = self.counts.get_mut(id as usize) {
                *count += 1;
            }
        }
    }

    pub fn take_back(&mut self, ids: &[u32]) {
        for &id in ids {
            if let Some(count) = self.counts.get_mut(id as usize) {
                *count = count.saturating_sub(1);
            }
        }
    }

    pub fn count(&self, id: u32) -> u32 {
        self.counts.get(id as usize).copied().unwrap_or(0)
    }

    pub fn has(&self, id: u32) -> bool {
        self.count(id) > 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::prepared::prepare;
    use super::*;

    #[test]
    fn a_word_has_one_id_on_both_sides_and_weighs_more_the_rarer_it_is() {
        let old = prepare("The harbor was closed. The cranes fell. The mayor paid.");
        let new = prepare("Nobody closed the harbor. The choir sang.");
        let pair = Pair::new(&old, &new);
        assert_eq!(pair.old.ids[1], pair.new.ids[3], "harbor");
        assert_eq!((pair.old.ids[5], pair.new.ids[0]), (UNSHARED, UNSHARED), "cranes, nobody");
        assert!(pair.old.weights[1] > pair.old.weights[0], "harbor weighs more than the");
        assert!((0.0..0.8).contains(&pair.old.weights[0]), "a word of every sentence weighs little");
    }

    #[test]
    fn a_bag_counts_and_empties() {
        let old = prepare("One two two three.");
        let new = prepare("Two and two are three.");
        let pair = Pair::new(&old, &new);
        let mut bag = Bag::new(&pair);
        let (two, three) = (pair.old.ids[1], pair.old.ids[3]);
        let counts = bag.holding(&pair.old.ids, |bag| (bag.count(two), bag.count(three), bag.has(UNSHARED)));
        assert_eq!(counts, (2, 1, false));
        assert!(!bag.has(two) && !bag.has(three));
    }
}
