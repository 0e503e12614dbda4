//! The index: postings of keys, and of anchors, pairs and runs of keys from which shared formulas are grown.
//!
//! An anchor is a pair of meaningful words at most four words apart, or a run of four words of which one may be
//! skipped. Postings are one sorted list of (hash, place); a group is a run of equal hashes. A group that more than
//! max(50, 2 % of N) documents share is boilerplate or ordinary English and is left out. `O(n log n)` in words.

use rustc_hash::FxHasher;
use std::hash::{Hash as _, Hasher as _};

use super::keys::Key;
use super::pattern::Place;
use super::stream::{Break, Streams, Word};
use super::weights::Class;

/// The places of every key.
pub(super) struct KeyIndex {
    /// Start of each key's places in `places`, and the end of the last.
    starts: Vec<u32>,
    places: Vec<Place>,
}

impl KeyIndex {
    pub fn new(streams: &Streams<'_>) -> Self {
        let mut starts = vec![0u32; streams.keys.len() + 1];
        for word in streams.streams.iter().flat_map(|stream| &stream.words) {
            starts[word.key.0 as usize + 1] += 1;
        }
        for idx in 1..starts.len() {
            starts[idx] += starts[idx - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![Place { document_idx: 0, word_idx: 0 }; starts.last().copied().unwrap_or(0) as usize];
        for (document_idx, stream) in (0u32..).zip(&streams.streams) {
            for (word_idx, word) in (0u32..).zip(&stream.words) {
                let slot = &mut next[word.key.0 as usize];
                places[*slot as usize] = Place { document_idx, word_idx };
                *slot += 1;
            }
        }
        Self { starts, places }
    }

    /// Where the key stands, in order of document and word.
    pub fn places(&self, key: Key) -> &[Place] {
        let idx = key.0 as usize;
        match (self.starts.get(idx), self.starts.get(idx + 1)) {
            (Some(&start), Some(&end)) => &self.places[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// An anchor in a document: the words that match, as offsets from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Anchor {
    hash: u64,
    pub place: Place,
    /// Offsets of the other words, 0 where there is none.
    pub offsets: [u8; 3],
}

/// The groups of equal anchors that at least two documents share.
pub(super) fn anchor_groups(streams: &Streams<'_>) -> Vec<Vec<Anchor>> {
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
    anchors
        .chunk_by(|left, right| left.hash == right.hash)
        .filter(|group| {
            let n_documents = group.chunk_by(|l, r| l.place.document_idx == r.place.document_idx).count();
            n_documents >= 2 && n_documents <= cap
        })
        .map(<[Anchor]>::to_vec)
        .collect()
}

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
