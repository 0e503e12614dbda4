//! Anchors: the pairs and runs of keys from which shared formulas are grown.
//!
//! An anchor is a pair of meaningful words at most four words apart, or a run of four words. A run with one meaningful
//! word alone may skip one of its others, since no pair stands for it: "we are of course (also) worried". An anchor is
//! known by a hash of what its keys spell, so it is the same in every index. `O(1)` a word, at most six anchors.

use super::keys::{Key, Keys, mixed};
use super::lexicon::Class;
use super::words::{Break, Word};

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
        anchors.add_pairs(keys, words, idx);
        anchors.add_runs(keys, words, idx);
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
    fn add_pairs(&mut self, keys: &Keys, words: &[Word], idx: usize) {
        let Some(first) = words.get(idx).filter(|word| word.is_strong()) else { return };
        let mut n_between = 0;
        for (offset, word) in (1u8..).zip(words[idx + 1..].iter().take(1 + PAIR_REACH)) {
            if word.before > Break::None {
                return;
            }
            if !word.is_strong() {
                continue;
            }
            if first.class == Class::Content || word.class == Class::Content {
                self.push(hash_pair(keys, first.key, word.key), [offset, 0, 0]);
            }
            n_between += 1;
            if n_between > 1 {
                return;
            }
        }
    }

    /// Runs of four words of which one carries meaning.
    fn add_runs(&mut self, keys: &Keys, words: &[Word], idx: usize) {
        let span = &words[idx.min(words.len())..(idx + 5).min(words.len())];
        if !span.iter().any(|word| word.class == Class::Content) {
            return;
        }
        // How far a run may go before a full stop or the end.
        let n_open = 1 + span.iter().skip(1).take_while(|word| word.before <= Break::Clause).count();
        for offsets in RUNS {
            let last = usize::from(offsets[2]);
            if last >= n_open.min(span.len()) {
                continue;
            }
            let chosen = [0, usize::from(offsets[0]), usize::from(offsets[1]), last].map(|offset| &span[offset]);
            let n_content = chosen.iter().filter(|word| word.class == Class::Content).count();
            let n_strong = chosen.iter().filter(|word| word.is_strong()).count();
            if n_content > 0 && (last == 3 || n_strong == 1) {
                self.push(hash_run(keys, chosen.map(|word| word.key)), offsets);
            }
        }
    }
}

/// How many words lie at most between the two words of a pair.
pub(super) const PAIR_REACH: usize = 3;

/// The offsets of a run's words: without a gap, and with one word skipped.
const RUNS: [[u8; 3]; 4] = [[1, 2, 3], [2, 3, 4], [1, 3, 4], [1, 2, 4]];

/// The hash of a pair of keys.
pub(super) fn hash_pair(keys: &Keys, first: Key, second: Key) -> u64 {
    let sum = keys.hash(first).wrapping_mul(FACTORS[0]).wrapping_add(keys.hash(second).wrapping_mul(FACTORS[1]));
    mixed(sum, 2)
}

/// The hash of a run of four keys.
pub(super) fn hash_run(keys: &Keys, run: [Key; 4]) -> u64 {
    let products = run.iter().zip(FACTORS).map(|(&key, factor)| keys.hash(key).wrapping_mul(factor));
    mixed(products.fold(0, u64::wrapping_add), 4)
}

/// Odd factors with their bits spread, one for each place in an anchor; fractions of square roots.
const FACTORS: [u64; 4] = [0x6a09_e667_f3bc_c909, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::fixture::{codebook, corpus};
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
