//! Anchors: the pairs and runs of keys from which shared formulas are grown.
//!
//! An anchor is a pair of meaningful words at most four words apart, or a run of four words. A run with one meaningful
//! word alone may skip one of its others, since no pair stands for it: "we are of course (also) worried". An anchor is
//! known by a hash of what its keys spell, so it is the same in every index. `O(1)` a word, at most six anchors.

use crate::analysis::reuse::streams::keys::{Key, Keys, mixed};
use crate::analysis::reuse::streams::lexicon::Class;
use crate::analysis::reuse::streams::words::{Break, Word};

/// An anchor that begins at a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Anchor {
    pub hash: u64,
    /// Offsets of its other words from the first, 0 where there is none.
    pub offsets: [u8; 3],
}

/// The anchors that begin at one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anchors {
    all: [Anchor; 6],
    n: usize,
}

impl Anchors {
    /// The anchors that begin at `words[idx]`.
    pub fn at(keys: &Keys, words: &[Word], idx: usize) -> Self {
        let mut anchors = Self::default();
        let span = words.get(idx..).unwrap_or_default();
        let span = &span[..span.len().min(SPAN)];
        let sets = Sets::of(span);
        // Names and function words alone make no anchor.
        if sets.content == 0 {
            return anchors;
        }
        let mut hashes = [0; SPAN];
        for (hash, word) in hashes.iter_mut().zip(span) {
            *hash = keys.hash(word.key);
        }
        anchors.add_pairs(sets, hashes);
        anchors.add_runs(sets, hashes);
        anchors
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Anchor> {
        self.all[..self.n].iter()
    }

    fn push(&mut self, hash: u64, offsets: [u8; 3]) {
        if let Some(free) = self.all.get_mut(self.n) {
            *free = Anchor { hash, offsets };
            self.n += 1;
        }
    }

    /// Pairs of meaningful words, not both names, with at most one meaningful word between.
    fn add_pairs(&mut self, sets: Sets, hashes: [u64; SPAN]) {
        if sets.strong & 1 == 0 {
            return;
        }
        let mut behind = sets.strong & sets.in_clause & !1;
        for _ in 0..2 {
            if behind == 0 {
                return;
            }
            let offset = behind.trailing_zeros() as u8;
            if sets.content & (1 | 1 << offset) != 0 {
                self.push(pair_of(hashes[0], hashes[usize::from(offset)]), [offset, 0, 0]);
            }
            behind &= behind - 1;
        }
    }

    /// Runs of four words of which one carries meaning.
    fn add_runs(&mut self, sets: Sets, hashes: [u64; SPAN]) {
        for offsets in RUNS {
            let [second, third, last] = offsets.map(usize::from);
            let run = 1u8 | 1 << second | 1 << third | 1 << last;
            let is_worth = sets.content & run != 0 && (last == 3 || (sets.strong & run).count_ones() == 1);
            if is_worth && run & !sets.in_sentence == 0 {
                self.push(run_of([hashes[0], hashes[second], hashes[third], hashes[last]]), offsets);
            }
        }
    }
}

/// How many words an anchor spans at most.
pub(super) const SPAN: usize = 2 + PAIR_REACH;

/// The words of a span by what they are, as sets of their offsets.
#[derive(Clone, Copy)]
struct Sets {
    content: u8,
    /// Those that carry meaning.
    strong: u8,
    /// Those before the first break of any kind.
    in_clause: u8,
    /// Those before the first full stop.
    in_sentence: u8,
}

impl Sets {
    fn of(span: &[Word]) -> Self {
        let (mut content, mut strong, mut clause_ends, mut sentence_ends) = (0u8, 0u8, 0u8, 0u8);
        for (offset, word) in span.iter().enumerate() {
            content |= u8::from(word.class == Class::Content) << offset;
            strong |= u8::from(word.is_strong()) << offset;
            // What stands before the first word is outside the span.
            let is_behind = offset > 0;
            clause_ends |= u8::from(is_behind && word.before > Break::None) << offset;
            sentence_ends |= u8::from(is_behind && word.before > Break::Clause) << offset;
        }
        let end = 1u8 << span.len();
        let below_first = |ends: u8| ((ends | end) & (ends | end).wrapping_neg()) - 1;
        Self { content, strong, in_clause: below_first(clause_ends), in_sentence: below_first(sentence_ends) }
    }
}

/// How many words lie at most between the two words of a pair.
pub(super) const PAIR_REACH: usize = 3;

/// The offsets of a run's words: without a gap, and with one word skipped.
const RUNS: [[u8; 3]; 4] = [[1, 2, 3], [2, 3, 4], [1, 3, 4], [1, 2, 4]];

/// The hash of a pair of keys.
pub(super) fn hash_pair(keys: &Keys, first: Key, second: Key) -> u64 {
    pair_of(keys.hash(first), keys.hash(second))
}

/// The hash of a run of four keys.
pub(super) fn hash_run(keys: &Keys, run: [Key; 4]) -> u64 {
    run_of(run.map(|key| keys.hash(key)))
}

fn pair_of(first: u64, second: u64) -> u64 {
    mixed(first.wrapping_mul(FACTORS[0]).wrapping_add(second.wrapping_mul(FACTORS[1])), 2)
}

fn run_of(hashes: [u64; 4]) -> u64 {
    let products = hashes.iter().zip(FACTORS).map(|(hash, factor)| hash.wrapping_mul(factor));
    mixed(products.fold(0, u64::wrapping_add), 4)
}

/// Odd factors with their bits spread, one for each place in an anchor; fractions of square roots.
const FACTORS: [u64; 4] = [0x6a09_e667_f3bc_c909, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};
    use crate::analysis::reuse::streams::Streams;

    /// Do two texts have an anchor in common?
    fn share(texts: [&str; 2]) -> bool {
        let corpus = corpus(&texts);
        let streams = Streams::of(&corpus, &codebook());
        let hashes = |slot: usize| -> Vec<u64> {
            let words = streams.words(slot);
            let at = |idx| Anchors::at(&streams.keys, words, idx).iter().map(|anchor| anchor.hash).collect::<Vec<_>>();
            (0..words.len()).flat_map(at).collect()
        };
        hashes(0).iter().any(|hash| hashes(1).contains(hash))
    }

    #[test]
    fn pairs_and_runs_meet_over_small_gaps() {
        for (texts, is_shared) in [
            (["binding arbitration", "binding arbitration"], true),
            (["binding eel arbitration", "binding arbitration"], true),
            (["binding, arbitration", "binding arbitration"], false),
            (["we are of course worried", "we are of course also worried"], true),
            (["the one of the", "the one of the"], false),
        ] {
            assert_eq!(share(texts), is_shared, "{texts:?}");
        }
    }
}
