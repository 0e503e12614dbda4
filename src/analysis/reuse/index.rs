//! The index: postings of anchors, the pairs and runs of keys from which shared formulas are grown.
//!
//! An anchor is a pair of meaningful words at most four words apart, or a run of four words of which one may be
//! skipped. Postings are one sorted list of (hash, place); a group is a run of equal hashes. A group that more than
//! max(50, 2 % of N) documents share is boilerplate or ordinary English and is left out. `O(n log n)` in words.

use std::hash::{Hash as _, Hasher as _};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::keys::Key;
use super::pattern::Place;
use super::stream::{Break, Streams, Word};
use super::weights::Class;

/// An anchor in a document: the words that match, as offsets from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Anchor {
    hash: u64,
    pub place: Place,
    /// Offsets of the other words, 0 where there is none.
    pub offsets: [u8; 3],
}

/// The anchors that at least two documents share and no more than the cap.
pub(super) struct AnchorIndex {
    anchors: Vec<Anchor>,
    /// Ranges of equal anchors, in order of their hashes.
    groups: Vec<Range<usize>>,
    by_hash: FxHashMap<u64, usize>,
}

impl AnchorIndex {
    pub fn new(streams: &Streams<'_>) -> Self {
        let mut anchors = Vec::new();
        for (document_idx, stream) in (0u32..).zip(&streams.streams) {
            for (idx, word_idx) in (0..stream.words.len()).zip(0u32..) {
                let place = Place { document_idx, word_idx };
                pairs(&stream.words, idx, place, &mut anchors);
                runs(&stream.words, idx, place, &mut anchors);
            }
        }
        anchors.sort_unstable();
        let cap = frequency_cap(streams.streams.len());
        let (mut groups, mut by_hash) = (Vec::new(), FxHashMap::default());
        let mut start = 0;
        for group in anchors.chunk_by(|left, right| left.hash == right.hash) {
            let n_documents = group.chunk_by(|l, r| l.place.document_idx == r.place.document_idx).count();
            if n_documents >= 2 && n_documents <= cap {
                by_hash.insert(group[0].hash, groups.len());
                groups.push(start..start + group.len());
            }
            start += group.len();
        }
        Self { anchors, groups, by_hash }
    }

    /// The groups of equal anchors, in a fixed order.
    pub fn groups(&self) -> impl Iterator<Item = &[Anchor]> {
        self.groups.iter().filter_map(|range| self.anchors.get(range.clone()))
    }

    /// The rarest shared anchors inside a pattern, each with the index of its first key in the pattern and its places.
    ///
    /// Several, since a comma or a capital can keep a place out of the postings of one of them.
    pub fn rarest(&self, pattern: &[Key]) -> Vec<(usize, &[Anchor])> {
        let group = |keys: &[Key]| {
            let range = self.groups.get(*self.by_hash.get(&hash_keys(keys))?)?;
            self.anchors.get(range.clone())
        };
        let mut found: Vec<(usize, &[Anchor])> = Vec::new();
        for (idx, &first) in pattern.iter().enumerate() {
            let pairs = pattern[idx + 1..].iter().take(1 + PAIR_REACH).filter_map(|&second| group(&[first, second]));
            let run = pattern.get(idx..idx + 4).and_then(group);
            found.extend(pairs.chain(run).map(|places| (idx, places)));
        }
        found.sort_by_key(|(idx, places)| (places.len(), *idx));
        found.truncate(N_RAREST);
        found
    }
}

/// How many of a pattern's anchors are looked up; feels right.
const N_RAREST: usize = 6;

/// Documents that may share an anchor: max(50, 2 % of N), N as a power of two.
fn frequency_cap(n_documents: usize) -> usize {
    let steps = if n_documents == 0 { 0 } else { 1usize << n_documents.ilog2() };
    (steps / 50).max(50)
}

/// How many words lie at most between the two words of a pair.
const PAIR_REACH: usize = 3;

/// Pairs of meaningful words that begin at `idx`, not both names, with at most one meaningful word between.
fn pairs(words: &[Word], idx: usize, place: Place, anchors: &mut Vec<Anchor>) {
    let first = &words[idx];
    if !is_strong(first) {
        return;
    }
    let mut n_between = 0;
    for (offset, word) in (1u8..).zip(words[idx + 1..].iter().take(1 + PAIR_REACH)) {
        if word.before > Break::None {
            return;
        }
        if !is_strong(word) {
            continue;
        }
        if first.class == Class::Content || word.class == Class::Content {
            let hash = hash_keys(&[first.key, word.key]);
            anchors.push(Anchor { hash, place, offsets: [offset, 0, 0] });
        }
        n_between += 1;
        if n_between > 1 {
            return;
        }
    }
}

/// Runs of four words that begin at `idx`, with at most one word skipped inside; one of them carries meaning.
fn runs(words: &[Word], idx: usize, place: Place, anchors: &mut Vec<Anchor>) {
    for offsets in [[1u8, 2, 3], [2, 3, 4], [1, 3, 4], [1, 2, 4]] {
        let last = usize::from(offsets[2]);
        let Some(span) = words.get(idx..=idx + last) else { continue };
        if span[1..].iter().any(|word| word.before > Break::Clause) {
            continue;
        }
        let chosen = [&span[0], &span[usize::from(offsets[0])], &span[usize::from(offsets[1])], &span[last]];
        if chosen.iter().any(|word| word.class == Class::Content) {
            anchors.push(Anchor { hash: hash_keys(&chosen.map(|word| word.key)), place, offsets });
        }
    }
}

fn is_strong(word: &Word) -> bool {
    matches!(word.class, Class::Content | Class::Name)
}

fn hash_keys(keys: &[Key]) -> u64 {
    let mut hasher = FxHasher::default();
    keys.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::fixture::{codebook, corpus};

    #[test]
    fn the_cap_grows_in_steps() {
        for (n_documents, cap) in [(0, 50), (5, 50), (2500, 50), (4096, 81), (8191, 81), (8192, 163)] {
            assert_eq!(frequency_cap(n_documents), cap, "{n_documents}");
        }
    }

    #[test]
    fn groups_are_of_two_documents() {
        for (texts, is_shared) in [
            (["binding arbitration", "binding arbitration"], true),
            (["binding eel arbitration", "binding arbitration"], true),
            (["binding, arbitration", "binding arbitration"], false),
            (["binding arbitration\nbinding arbitration", "eels"], false),
            (["the one of the", "the one of the"], false),
        ] {
            let corpus = corpus(&texts);
            let index = AnchorIndex::new(&Streams::new(&corpus, &codebook()));
            assert_eq!(index.groups().next().is_some(), is_shared, "{texts:?}");
        }
    }

    #[test]
    fn the_rarest_anchor_comes_first() {
        let corpus = corpus(&["binding eel arbitration", "binding eel", "eel arbitration and binding eel"]);
        let streams = Streams::new(&corpus, &codebook());
        let index = AnchorIndex::new(&streams);
        let pattern: Vec<Key> = streams.streams[0].words.iter().map(|word| word.key).collect();
        let found: Vec<(usize, usize)> =
            index.rarest(&pattern).iter().map(|(idx, places)| (*idx, places.len())).collect();
        assert_eq!(found, [(1, 2), (0, 3)]);
    }
}
