//! Postings: where each anchor stands, as one sorted list of numbers.
//!
//! An entry is the upper half of an anchor's hash and the number of its word among the words of all slots, packed into
//! eight bytes; equal halves of different anchors are told apart on the words. New articles go to a short list beside
//! the long one, which takes it in when it has grown. `O(n log n)` in words to build, `O(m log m)` to add `m` words.

use rayon::prelude::*;

use super::anchors::{Anchor, Anchors};
use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::words::Word;

/// Slots whose entries are made in one go.
const BATCH: usize = 512;
/// Leading bits of a hash that find the part of the list where it stands.
const BUCKET_BITS: u32 = 16;
/// The short list is taken in when it has this share of the long one's length.
const RECENT_SHARE: usize = 8;

/// All anchors of all slots.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    long: Vec<u64>,
    /// Where in `long` the entries with each value of the leading bits begin, and one more for the end.
    buckets: Vec<usize>,
    recent: Vec<u64>,
}

impl Postings {
    /// The postings of all slots.
    pub fn new(streams: &Streams) -> Self {
        let live: Vec<usize> = streams.live().collect();
        let mut long: Vec<u64> = Vec::new();
        for batch in live.chunks(BATCH) {
            let entries: Vec<Vec<u64>> = batch.par_iter().map(|&slot| entries_of(streams, slot)).collect();
            long.reserve_exact(entries.iter().map(Vec::len).sum());
            for entries in entries {
                long.extend(entries);
            }
        }
        long.par_sort_unstable();
        Self::of_sorted(long)
    }

    fn of_sorted(mut long: Vec<u64>) -> Self {
        long.shrink_to_fit();
        let mut buckets = vec![0; (1 << BUCKET_BITS) + 1];
        for &entry in &long {
            buckets[1 + (entry >> (64 - BUCKET_BITS)) as usize] += 1;
        }
        let mut n_before = 0;
        for bucket in &mut buckets {
            n_before += *bucket;
            *bucket = n_before;
        }
        Self { long, buckets, recent: Vec::new() }
    }

    /// Takes in the anchors of a slot.
    pub fn add(&mut self, streams: &Streams, slot: usize) {
        self.recent.extend(entries_of(streams, slot));
        // The stable sort merges two sorted runs in one pass.
        self.recent.sort();
        if self.recent.len() > self.long.len() / RECENT_SHARE + (1 << BUCKET_BITS) {
            let mut long = std::mem::take(&mut self.long);
            long.append(&mut self.recent);
            long.sort();
            *self = Self::of_sorted(long);
        }
    }

    /// The positions that may hold the anchor with this hash.
    pub fn positions(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let half = hash >> 32 << 32;
        let bucket = usize::try_from(hash >> (64 - BUCKET_BITS)).unwrap_or(0);
        let (from, to) = match (self.buckets.get(bucket), self.buckets.get(bucket + 1)) {
            (Some(&from), Some(&to)) => (from, to),
            _ => (0, 0),
        };
        let in_part = |part: &[u64]| {
            let start = part.partition_point(|&entry| entry < half);
            let n = part[start..].partition_point(|&entry| entry >> 32 << 32 == half);
            start..start + n
        };
        let long = &self.long[from..to];
        let (long, recent) = (&long[in_part(long)], &self.recent[in_part(&self.recent)]);
        long.iter().chain(recent).map(|&entry| position(entry))
    }

    /// The long list cut into parts at places where the hash changes, each with all its entries. The short list must be
    /// empty, as it is after [`Postings::new`].
    pub fn parts(&self, n_parts: usize) -> Vec<&[u64]> {
        let step = (self.long.len() / n_parts.max(1)).max(1);
        let mut parts = Vec::with_capacity(n_parts + 1);
        let mut rest = self.long.as_slice();
        while let Some(&last) = rest.get(step.min(rest.len()).saturating_sub(1)) {
            let end = rest.partition_point(|&entry| entry >> 32 <= last >> 32);
            let (part, after) = rest.split_at(end);
            parts.push(part);
            rest = after;
        }
        parts
    }

    /// All entries in order.
    #[cfg(test)]
    pub fn entries(&self) -> Vec<u64> {
        let mut all = self.long.clone();
        all.extend(&self.recent);
        all.sort();
        all
    }
}

/// The position in an entry.
pub(super) fn position(entry: u64) -> u32 {
    (entry & u64::from(u32::MAX)) as u32
}

fn entries_of(streams: &Streams, slot: usize) -> Vec<u64> {
    let words = streams.words(slot);
    let min_weight = streams.step.min_anchor_weight();
    let mut entries = Vec::with_capacity(words.len() * 3);
    for idx in 0..words.len() {
        let position = u64::from(streams.position(slot, idx));
        let anchors = Anchors::at(&streams.keys, words, idx);
        let worth = anchors.iter().filter(|anchor| weight(streams, &words[idx..], anchor) >= min_weight);
        entries.extend(worth.map(|anchor| anchor.hash >> 32 << 32 | position));
    }
    entries.sort_unstable();
    entries
}

/// What the words of an anchor weigh; `words` begin with its first.
fn weight(streams: &Streams, words: &[Word], anchor: &Anchor) -> f32 {
    let behind = anchor.offsets.iter().filter(|offset| **offset > 0).map(|&offset| usize::from(offset));
    std::iter::once(0).chain(behind).filter_map(|offset| words.get(offset)).map(|word| word.weight(streams)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};

    #[test]
    fn an_anchor_is_found_whether_it_came_first_or_last() {
        let texts = ["binding arbitration for dockers", "eels swim", "no binding arbitration for dockers today"];
        let corpus = corpus(&texts);
        let mut streams = Streams::new(&codebook());
        streams.add(&corpus.documents()[..2]);
        let mut postings = Postings::new(&streams);
        let slots = streams.add(&corpus.documents()[2..]);
        postings.add(&streams, slots[0]);
        let whole = Postings::new(&streams);
        assert_eq!(postings.entries(), whole.entries());
        for slot in 0..3 {
            for idx in 0..streams.words(slot).len() {
                for anchor in Anchors::at(&streams.keys, streams.words(slot), idx).iter() {
                    let found: Vec<u32> = postings.positions(anchor.hash).collect();
                    assert!(found.contains(&streams.position(slot, idx)));
                    assert_eq!(found, whole.positions(anchor.hash).collect::<Vec<_>>());
                }
            }
        }
        let n_in_parts: usize = whole.parts(3).iter().map(|part| part.len()).sum();
        assert_eq!(n_in_parts, whole.entries().len());
    }
}
