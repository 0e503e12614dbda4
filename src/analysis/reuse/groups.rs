//! Groups: the places that share an anchor, as far as they say something.
//!
//! A group counts where at least two stories have it and no more than the cap: what max(50, 2 % of the articles) share is
//! boilerplate or ordinary English. Copies of one story count once. Places are verified on the words, and stand in the
//! order of their articles' ids, so a group is the same in whatever order the articles came.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::anchors::Anchors;
use super::postings::{Postings, position};
use super::stories::Labels;
use super::streams::Streams;

/// A place of a word: which slot, which word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub slot: u32,
    pub word_idx: u32,
}

impl Place {
    pub fn slot(self) -> usize {
        self.slot as usize
    }

    pub fn word_idx(self) -> usize {
        self.word_idx as usize
    }
}

/// Parts of the postings that are worked on at once.
const N_PARTS: usize = 64;
/// A group with so many places a story on average is no formula but a refrain.
const MAX_PLACES_PER_STORY: usize = 8;

/// The groups of a set of articles by the hash of their anchor.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    by_hash: FxHashMap<u64, Box<[Place]>>,
    cap: usize,
}

impl Groups {
    /// All groups.
    pub fn new(streams: &Streams, stories: &Labels, postings: &Postings) -> Self {
        let cap = frequency_cap(streams.n_documents());
        let found: Vec<Vec<(u64, Box<[Place]>)>> =
            postings.parts(N_PARTS).into_par_iter().map(|part| groups_in(streams, stories, part, cap)).collect();
        let mut by_hash = FxHashMap::default();
        by_hash.reserve(found.iter().map(Vec::len).sum());
        for group in found.into_iter().flatten() {
            by_hash.insert(group.0, group.1);
        }
        Self { by_hash, cap }
    }

    /// How many stories may share an anchor.
    pub fn cap(&self) -> usize {
        self.cap
    }

    /// The places of an anchor, in order; `None` where it says nothing.
    pub fn get(&self, hash: u64) -> Option<&[Place]> {
        self.by_hash.get(&hash).map(|places| &**places)
    }

    /// All groups with their hashes, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &[Place])> {
        self.by_hash.iter().map(|(&hash, places)| (hash, &**places))
    }

    /// Looks an anchor's group up anew in the postings, after articles came or went. Returns what it was before.
    pub fn update(
        &mut self,
        streams: &Streams,
        stories: &Labels,
        postings: &Postings,
        hash: u64,
    ) -> Option<Box<[Place]>> {
        let mut places = postings.positions(hash).filter_map(|position| place_at(streams, position, hash)).collect();
        match group_of(streams, stories, &mut places, self.cap) {
            Some(group) => self.by_hash.insert(hash, group),
            None => self.by_hash.remove(&hash),
        }
    }
}

/// Stories that may share an anchor: max(50, 2 % of N), N as a power of two.
pub(super) fn frequency_cap(n_documents: usize) -> usize {
    let steps = if n_documents == 0 { 0 } else { 1usize << n_documents.ilog2() };
    (steps / 50).max(50)
}

/// The groups in a part of the postings.
fn groups_in(streams: &Streams, stories: &Labels, part: &[u64], cap: usize) -> Vec<(u64, Box<[Place]>)> {
    let mut groups = Vec::new();
    let mut found: Vec<(u64, Place)> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for run in part.chunk_by(|left, right| left >> 32 == right >> 32) {
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else { continue };
        if run.len() < 2 || streams.place_of(position(first)).0 == streams.place_of(position(last)).0 {
            continue;
        }
        found.clear();
        for &entry in run {
            let (slot, idx) = streams.place_of(position(entry));
            let anchors = Anchors::at(&streams.keys, streams.words(slot), idx);
            let same = anchors.iter().filter(|anchor| anchor.hash >> 32 == entry >> 32);
            found.extend(same.map(|anchor| (anchor.hash, place(slot, idx))));
        }
        // Anchors of different keys may share the upper half of their hash; they are told apart here.
        found.sort_by_key(|(hash, _)| *hash);
        for same in found.chunk_by(|left, right| left.0 == right.0) {
            places.clear();
            places.extend(same.iter().map(|(_, place)| *place));
            groups.extend(group_of(streams, stories, &mut places, cap).map(|group| (same[0].0, group)));
        }
    }
    groups
}

fn place(slot: usize, word_idx: usize) -> Place {
    Place { slot: u32::try_from(slot).unwrap_or(u32::MAX), word_idx: u32::try_from(word_idx).unwrap_or(u32::MAX) }
}

/// The place at a position, if the anchor stands there and its article is still there.
fn place_at(streams: &Streams, position: u32, hash: u64) -> Option<Place> {
    let (slot, idx) = streams.place_of(position);
    streams.document(slot)?;
    let anchors = Anchors::at(&streams.keys, streams.words(slot), idx);
    anchors.iter().any(|anchor| anchor.hash == hash).then(|| place(slot, idx))
}

/// The places in order, if they make a group.
fn group_of(streams: &Streams, stories: &Labels, places: &mut Vec<Place>, cap: usize) -> Option<Box<[Place]>> {
    if places.len() < 2 || places.len() > cap * MAX_PLACES_PER_STORY {
        return None;
    }
    places.sort_unstable_by_key(|place| (streams.id(place.slot()), place.word_idx));
    // The same anchor may begin at one word in two ways.
    places.dedup();
    let slots = places.chunk_by(|left, right| left.slot == right.slot).filter_map(|in_slot| in_slot.first());
    let n_stories = stories.n_stories(slots.map(|place| place.slot));
    (2..=cap).contains(&n_stories).then(|| places.as_slice().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::fixture::{codebook, corpus};
    use crate::analysis::reuse::stories::Stories;

    #[test]
    fn the_cap_grows_in_steps() {
        for (n_documents, cap) in [(0, 50), (5, 50), (2500, 50), (4096, 81), (8191, 81), (8192, 163)] {
            assert_eq!(frequency_cap(n_documents), cap, "{n_documents}");
        }
    }

    fn groups(texts: &[&str]) -> Groups {
        let streams = Streams::of(&corpus(texts), &codebook());
        let stories = Stories::new(&streams);
        let stories = stories.labels();
        Groups::new(&streams, stories, &Postings::new(&streams))
    }

    #[test]
    fn groups_are_of_two_articles_and_not_of_all() {
        assert_eq!(groups(&["binding arbitration", "binding arbitration"]).iter().count(), 1);
        assert_eq!(groups(&["binding arbitration\nbinding arbitration", "eels"]).iter().count(), 0);
        assert_eq!(groups(&["binding arbitration"; 50]).iter().count(), 1);
        assert_eq!(groups(&["binding arbitration"; 51]).iter().count(), 0);
    }
}
