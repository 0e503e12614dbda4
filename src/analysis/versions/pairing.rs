//! Which piece of one text became which of the other.
//!
//! Candidates are pieces with the same words, and those that share pairs of neighboring words; what half the text
//! shares proposes nobody. Each candidate is weighed by its share of common words (Dice), and the best of all are paired
//! first, each piece once; among equals those nearest to the same place. Linear in the words, times a small bound.

use std::cmp::Reverse;
use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHasher};

use super::{FLOOR, Pair, Piece};

/// A pair of words that stands in more pieces than this proposes none of them.
const MAX_POSTINGS: usize = 16;

/// So many candidates are weighed for a piece, those with most in common.
const MAX_CANDIDATES: usize = 6;

/// Equal pieces are each compared with so many of their like around the same place.
const MAX_EQUALS: usize = 8;

/// The words of a piece as numbers.
struct Words {
    /// In order of the text.
    in_order: Vec<u64>,
    sorted: Vec<u64>,
    whole: u64,
}

/// A pair that may be.
struct Candidate {
    pair: Pair,
    /// 0.0..=1.0.
    likeness: f32,
}

/// Pairs of pieces, in order of the old text; each piece stands in one at most.
pub(super) fn pairs(old: &[Piece], new: &[Piece]) -> Vec<Pair> {
    let words = |pieces: &[Piece]| pieces.iter().map(Words::of).collect::<Vec<_>>();
    let (old, new) = (words(old), words(new));
    let mut candidates = equals(&old, &new);
    candidates.extend(alike(&old, &new));
    let scale = new.len().max(1) as f32 / old.len().max(1) as f32;
    let distance = |pair: &Pair| (pair.old as f32 * scale - pair.new as f32).abs();
    candidates.sort_by(|one, other| {
        (other.likeness.total_cmp(&one.likeness))
            .then(other.pair.n_common.cmp(&one.pair.n_common))
            .then(distance(&one.pair).total_cmp(&distance(&other.pair)))
            .then((one.pair.old, one.pair.new).cmp(&(other.pair.old, other.pair.new)))
    });
    let (mut is_old_taken, mut is_new_taken) = (vec![false; old.len()], vec![false; new.len()]);
    let mut chosen = Vec::new();
    for Candidate { pair, .. } in candidates {
        if let (Some(old), Some(new)) = (is_old_taken.get_mut(pair.old), is_new_taken.get_mut(pair.new))
            && !*old
            && !*new
        {
            (*old, *new) = (true, true);
            chosen.push(pair);
        }
    }
    chosen.sort_by_key(|pair| pair.old);
    chosen
}

impl Words {
    fn of(piece: &Piece) -> Self {
        let in_order: Vec<u64> = piece.units.iter().map(|unit| hash(&unit.key)).collect();
        let mut sorted = in_order.clone();
        sorted.sort_unstable();
        let whole = hash(&in_order);
        Self { in_order, sorted, whole }
    }

    /// Neighboring words, each pair once.
    fn neighbors(&self) -> Vec<u64> {
        let mut pairs: Vec<u64> = self.in_order.windows(2).map(|pair| hash(&pair)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

fn hash(value: &impl std::hash::Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Pieces with the same words in the same order.
fn equals(old: &[Words], new: &[Words]) -> Vec<Candidate> {
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (idx, words) in new.iter().enumerate().filter(|(_, words)| !words.in_order.is_empty()) {
        places.entry(words.whole).or_default().push(idx);
    }
    let mut n_seen: FxHashMap<u64, usize> = FxHashMap::default();
    let mut found = Vec::new();
    for (old_idx, words) in old.iter().enumerate() {
        let Some(places) = places.get(&words.whole) else { continue };
        let rank = n_seen.entry(words.whole).or_default();
        let from = rank.saturating_sub(MAX_EQUALS / 2).min(places.len().saturating_sub(MAX_EQUALS));
        *rank += 1;
        for &new_idx in places.iter().skip(from).take(MAX_EQUALS) {
            let is_same = new.get(new_idx).is_some_and(|other| other.in_order == words.in_order);
            if is_same {
                let n_common = words.in_order.len();
                let pair = Pair { old: old_idx, new: new_idx, n_common, is_same };
                found.push(Candidate { pair, likeness: 1.0 });
            }
        }
    }
    found
}

/// Pieces that share most of their words.
fn alike(old: &[Words], new: &[Words]) -> Vec<Candidate> {
    let mut postings: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (idx, words) in new.iter().enumerate() {
        for pair in words.neighbors() {
            let places = postings.entry(pair).or_default();
            if places.len() <= MAX_POSTINGS {
                places.push(idx);
            }
        }
    }
    let mut found = Vec::new();
    for (old_idx, words) in old.iter().enumerate() {
        let mut hits: Vec<usize> = Vec::new();
        for pair in words.neighbors() {
            hits.extend(postings.get(&pair).filter(|places| places.len() <= MAX_POSTINGS).into_iter().flatten());
        }
        hits.sort_unstable();
        let mut counts: Vec<(Reverse<usize>, usize)> = hits
            .chunk_by(|one, other| one == other)
            .filter_map(|run| Some((Reverse(run.len()), *run.first()?)))
            .collect();
        counts.sort_unstable();
        for &(_, new_idx) in counts.iter().take(MAX_CANDIDATES) {
            let Some(other) = new.get(new_idx).filter(|other| other.in_order != words.in_order) else { continue };
            let n_common = n_common(&words.sorted, &other.sorted);
            let likeness = (2 * n_common) as f32 / (words.sorted.len() + other.sorted.len()).max(1) as f32;
            if likeness >= FLOOR {
                let pair = Pair { old: old_idx, new: new_idx, n_common, is_same: false };
                // Something differs, be it the order alone.
                found.push(Candidate { pair, likeness: likeness.min(0.999) });
            }
        }
    }
    found
}

/// How many numbers two sorted lists share, repeated ones as often as both have them.
fn n_common(left: &[u64], right: &[u64]) -> usize {
    let mut right = right.iter().peekable();
    let mut n_common = 0;
    for number in left {
        while right.next_if(|other| *other < number).is_some() {}
        if right.next_if_eq(&number).is_some() {
            n_common += 1;
        }
    }
    n_common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_count_as_often_as_both_have_them() {
        let table: [(&[u64], &[u64], usize); 4] =
            [(&[1, 1, 2, 5], &[1, 2, 2, 5], 3), (&[], &[1], 0), (&[4], &[4], 1), (&[1, 3], &[2, 4], 0)];
        for (left, right, expected) in table {
            assert_eq!((n_common(left, right), n_common(right, left)), (expected, expected), "{left:?} {right:?}");
        }
    }
}
