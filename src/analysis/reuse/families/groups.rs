//! Groups: the places that share an anchor, as far as they say something.
//!
//! A group counts where at least two stories have it and no more than the cap: what max(50, 2 % of the articles) share is
//! boilerplate or ordinary English. Copies of one story count once. Places are verified on the words, and stand in the
//! order of their articles' ids, so a group is the same in whatever order the articles came.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::anchors::{Anchors, SPAN};
use super::postings::{Postings, position};
use super::stories::Labels;
use crate::analysis::reuse::streams::Streams;

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
    /// The anchors that more stories share than the cap.
    ordinary: FxHashSet<u64>,
}

/// What became of the places of an anchor.
enum Judged {
    Group(Box<[Place]>),
    /// Too many have it.
    Ordinary,
    /// Fewer than two stories have it.
    Alone,
}

impl Groups {
    /// All groups.
    pub fn new(streams: &Streams, stories: &Labels, postings: &Postings) -> Self {
        let cap = streams.step.cap();
        let found: Vec<Vec<(u64, Judged)>> =
            postings.parts(N_PARTS).into_par_iter().map(|part| groups_in(streams, stories, part, cap)).collect();
        let mut groups = Self::default();
        groups.by_hash.reserve(found.iter().map(Vec::len).sum());
        for (hash, judged) in found.into_iter().flatten() {
            groups.put(hash, judged);
        }
        groups
    }

    /// Puts what became of an anchor; returns its group until now.
    fn put(&mut self, hash: u64, judged: Judged) -> Option<Box<[Place]>> {
        if matches!(judged, Judged::Ordinary) {
            self.ordinary.insert(hash);
        } else {
            self.ordinary.remove(&hash);
        }
        match judged {
            Judged::Group(places) => self.by_hash.insert(hash, places),
            Judged::Ordinary | Judged::Alone => self.by_hash.remove(&hash),
        }
    }

    /// How many places have an anchor, as far as that is known: 1 for one that says nothing since it stands alone, and
    /// `cap` for one that says nothing since it stands everywhere.
    pub fn n_places(&self, hash: u64, cap: usize) -> usize {
        match self.get(hash) {
            Some(places) => places.len(),
            None if self.ordinary.contains(&hash) => cap,
            None => 1,
        }
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
        self.put(hash, judge(streams, stories, &mut places, streams.step.cap()))
    }
}

/// The size of a group as a power of two.
pub(super) fn size_step(places: &[Place]) -> u32 {
    places.len().max(1).ilog2()
}

/// The groups in a part of the postings.
fn groups_in(streams: &Streams, stories: &Labels, part: &[u64], cap: usize) -> Vec<(u64, Judged)> {
    let mut groups = Vec::new();
    let mut waiting: Vec<(u64, Place)> = Vec::with_capacity(2 * N_WAITING);
    let mut found: Vec<(u64, Place)> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    let mut judge_waiting = |waiting: &mut Vec<(u64, Place)>| {
        found.clear();
        touch(streams, waiting.iter().map(|(_, place)| place));
        for &(half, place) in waiting.iter() {
            let anchors = Anchors::at(&streams.keys, streams.words(place.slot()), place.word_idx());
            let same = anchors.iter().filter(|anchor| anchor.hash >> 32 == half);
            found.extend(same.map(|anchor| (anchor.hash, place)));
        }
        waiting.clear();
        // Anchors of different keys may share the upper half of their hash; they are told apart here.
        found.sort_unstable_by_key(|(hash, _)| *hash);
        for same in found.chunk_by(|left, right| left.0 == right.0) {
            places.clear();
            places.extend(same.iter().map(|(_, place)| *place));
            let judged = judge(streams, stories, &mut places, cap);
            if !matches!(judged, Judged::Alone) {
                groups.push((same[0].0, judged));
            }
        }
    };
    for run in part.chunk_by(|left, right| left >> 32 == right >> 32) {
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else { continue };
        if run.len() < 2 {
            continue;
        }
        let (slot, idx) = streams.place_of(position(first));
        if idx + ((position(last) - position(first)) as usize) < streams.words(slot).len() {
            // All stand in one article.
            continue;
        }
        for &entry in run {
            let (slot, idx) = streams.place_of(position(entry));
            waiting.push((entry >> 32, place(slot, idx)));
        }
        if waiting.len() >= N_WAITING {
            judge_waiting(&mut waiting);
        }
    }
    judge_waiting(&mut waiting);
    groups
}

/// How many places wait for their words before they are looked at. A place lies anywhere in memory, and many that are
/// fetched at once take little longer than one.
const N_WAITING: usize = 128;

/// Asks for the words at places ahead of their use, so that they are near when they are read.
pub(super) fn touch<'a>(streams: &Streams, places: impl Iterator<Item = &'a Place>) {
    for place in places {
        let words = streams.words(place.slot());
        // An anchor spans two cache lines.
        for idx in [place.word_idx(), place.word_idx() + SPAN - 1] {
            std::hint::black_box(words.get(idx).map(|word| word.class));
        }
    }
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

/// Do these places make a group?
fn judge(streams: &Streams, stories: &Labels, places: &mut Vec<Place>, cap: usize) -> Judged {
    if places.len() < 2 {
        return Judged::Alone;
    }
    if places.len() > cap * MAX_PLACES_PER_STORY {
        return Judged::Ordinary;
    }
    places.sort_unstable_by_key(|place| (streams.id(place.slot()), place.word_idx));
    // The same anchor may begin at one word in two ways.
    places.dedup();
    let slots = places.chunk_by(|left, right| left.slot == right.slot).filter_map(|in_slot| in_slot.first());
    match stories.n_stories(slots.map(|place| place.slot)) {
        0 | 1 => Judged::Alone,
        n_stories if n_stories > cap => Judged::Ordinary,
        _ => Judged::Group(places.as_slice().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};
    use crate::analysis::reuse::families::stories::Stories;

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
