//! Candidates: patterns with all their places, before it is settled which of them are families.
//!
//! The places of a pattern are looked up in the smallest groups of its heaviest anchors, several of them, since a comma or
//! a capital can keep a place out of the postings of one. Sizes enter as powers of two, so that a candidate changes only
//! when one of these groups gains or loses a place of it, or crosses such a step. `O(g × l)` in the places of these groups and the length of the pattern.

use std::cmp::Reverse;
use std::sync::Arc;

use super::anchors::{PAIR_REACH, hash_pair, hash_run};
use super::groups::{Groups, Place, size_step};
use super::pattern::{Found, Substance, match_at};
use super::stories::Labels;
use crate::analysis::PhraseId;
use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::keys::Key;

/// What may become a family.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    pub id: PhraseId,
    /// Keys that make its identity, in order.
    pub keys: Arc<[Key]>,
    /// In the order of the articles' ids, then of place.
    pub found: Vec<Found>,
    /// The slots of `found`, in their own order, each once.
    pub slots: Vec<u32>,
    /// Number of different stories among them.
    pub n_stories: usize,
    /// Number of words of the shortest place, gaps included.
    pub n_spanned: usize,
    pub weight: f32,
    /// The part of the weight that is not of names or function words.
    pub content_weight: f32,
    pub is_coordination: bool,
}

/// The order in which candidates become families: widest spread first, then what says most: by content, a coordination
/// before a pattern that only adds names and function words to it, by weight. No two candidates are equal in it.
pub(super) type Rank = (Reverse<usize>, Reverse<u32>, bool, Reverse<u32>, PhraseId);

impl Candidate {
    pub fn rank(&self) -> Rank {
        let milli = |weight: f32| Reverse((weight * 1000.0).round() as u32);
        let content = milli(self.content_weight);
        (Reverse(self.n_stories), content, !self.is_coordination, milli(self.weight), self.id)
    }

    /// Does every article of this candidate hold the other one too?
    pub fn is_within(&self, other: &Self) -> bool {
        self.slots.len() <= other.slots.len() && self.slots.iter().all(|slot| other.slots.binary_search(slot).is_ok())
    }
}

/// The slots of places, in their own order, each once.
pub(super) fn slots_of(found: &[Found]) -> Vec<u32> {
    let mut slots: Vec<u32> = found.iter().map(|found| found.slot).collect();
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// Sorts places by the ids of their articles.
pub(super) fn sort_found(streams: &Streams, found: &mut [Found]) {
    found.sort_unstable_by(|left, right| {
        let key = |found: &Found| (streams.id(found.slot()), found.first(), found.n_spanned());
        key(left).cmp(&key(right)).then_with(|| left.cmp(right))
    });
}

/// The anchors by which the places of a pattern are looked up: index of the first key in the pattern, and hash. They are
/// those that its words are likely to have: which words carry meaning is told from the keys alone.
pub(super) fn lookups(streams: &Streams, pattern: &[Key]) -> Vec<(usize, u64)> {
    let keys = &streams.keys;
    let milli = |key: &Key| (keys.content_weight(*key) * 1000.0) as u32;
    let is_strong = |key: &Key| milli(key) > 1000;
    let (mut pairs, mut runs) = (Vec::new(), Vec::new());
    for (idx, first) in pattern.iter().enumerate() {
        let behind = pattern[idx + 1..].iter().take(1 + PAIR_REACH);
        for second in behind.filter(|key| is_strong(key)).take(2).filter(|_| is_strong(first)) {
            pairs.push((Reverse(milli(first) + milli(second)), idx, hash_pair(keys, *first, *second)));
        }
        if let Some(&[a, b, c, d]) = pattern.get(idx..idx + 4) {
            let weight = [a, b, c, d].iter().map(milli).sum();
            runs.push((Reverse(weight), idx, hash_run(keys, [a, b, c, d])));
        }
    }
    pairs.sort_unstable();
    runs.sort_unstable();
    let pairs = pairs.into_iter().take(N_PAIRS);
    pairs.chain(runs.into_iter().take(N_RUNS)).map(|(_, idx, hash)| (idx, hash)).collect()
}

/// How many of a pattern's anchors may be looked up, and how many are: those with the fewest places. Feels right.
const N_PAIRS: usize = 8;
const N_RUNS: usize = 4;
const N_LOOKED_UP: usize = 4;

/// The pattern with all its places, if two stories have it.
pub(super) fn linear(
    streams: &Streams,
    stories: &Labels,
    groups: &Groups,
    keys: &Arc<[Key]>,
    lookups: &[(usize, u64)],
) -> Option<Candidate> {
    let mut found: Vec<Found> = Vec::new();
    let mut matched = Vec::with_capacity(keys.len());
    let mut known: Vec<(u32, usize, &[Place])> = lookups
        .iter()
        .filter_map(|&(anchor_idx, hash)| groups.get(hash).map(|places| (size_step(places), anchor_idx, places)))
        .collect();
    // The smallest first; among equals the order is that of the lookups.
    known.sort_by_key(|(size_step, _, _)| *size_step);
    for (_, anchor_idx, places) in known.into_iter().take(N_LOOKED_UP) {
        for place in places {
            let slot = place.slot();
            if match_at(streams.words(slot), keys, anchor_idx, place.word_idx(), &mut matched) {
                found.push(Found::new(slot, &matched));
            }
        }
    }
    if found.len() < 2 {
        return None;
    }
    // Two anchors may reach the same words; the place with the smaller gaps stays.
    sort_found(streams, &mut found);
    found.dedup_by(|next, kept| next.n_shared(kept) > 0);
    let slots = slots_of(&found);
    if stories.n_stories(slots.iter().copied()) < 2 {
        return None;
    }
    // Two stories have to use it as a formula; that a third writes it as a name takes nothing from them.
    let enough: Vec<(u32, Substance)> = found
        .chunk_by(|left, right| left.slot == right.slot)
        .filter_map(|places| {
            let weakest = places.iter().map(|place| substance(streams, place)).min_by(by_weight)?;
            weakest.is_enough(streams).then_some((places[0].slot, weakest))
        })
        .collect();
    let n_stories_enough = stories.n_stories(enough.iter().map(|(slot, _)| *slot));
    let weakest = enough.iter().map(|(_, substance)| *substance).min_by(by_weight);
    let weakest = weakest.filter(|_| n_stories_enough >= 2)?;
    let parts: Vec<&str> = keys.iter().map(|&key| streams.keys.text(key)).collect();
    Some(Candidate {
        id: PhraseId::of(&parts),
        keys: Arc::clone(keys),
        n_stories: stories.n_stories(slots.iter().copied()),
        slots,
        n_spanned: found.iter().map(Found::n_spanned).min().unwrap_or(0),
        found,
        weight: weakest.weight,
        content_weight: weakest.content_weight,
        is_coordination: false,
    })
}

fn by_weight(left: &Substance, right: &Substance) -> std::cmp::Ordering {
    left.weight.total_cmp(&right.weight).then(left.content_weight.total_cmp(&right.content_weight))
}

fn substance(streams: &Streams, found: &Found) -> Substance {
    let words = streams.words(found.slot());
    Substance::of(streams, found.words().filter_map(|idx| words.get(idx)).copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};
    use crate::analysis::reuse::families::postings::Postings;
    use crate::analysis::reuse::families::stories::Stories;

    #[test]
    fn a_pattern_has_all_its_places() {
        let texts = [
            "binding arbitration for dockers",
            "No binding arbitration for all dockers. Binding arbitration for dockers!",
            "dockers want arbitration",
            "a binding, arbitration for dockers",
        ];
        let streams = Streams::of(&corpus(&texts), &codebook());
        let stories = Stories::new(&streams);
        let stories = stories.labels();
        let groups = Groups::new(&streams, stories, &Postings::new(&streams));
        let keys: Arc<[Key]> = streams.words(0).iter().map(|word| word.key).collect();
        let candidate = linear(&streams, stories, &groups, &keys, &lookups(&streams, &keys));
        let found = candidate.map(|candidate| candidate.found).unwrap_or_default();
        let places: Vec<(usize, usize, usize)> =
            found.iter().map(|found| (found.slot(), found.first(), found.n_spanned())).collect();
        assert_eq!(places, [(0, 0, 4), (1, 1, 5), (1, 6, 4)]);
        assert!(linear(&streams, stories, &groups, &keys, &[]).is_none());
    }

    #[test]
    fn sets_of_slots() {
        let candidate = |slots: &[u32]| Candidate {
            id: PhraseId(1),
            keys: Arc::from([]),
            found: Vec::new(),
            slots: slots.to_vec(),
            n_stories: slots.len(),
            n_spanned: 1,
            weight: 1.0,
            content_weight: 1.0,
            is_coordination: false,
        };
        for (small, large, wanted) in [
            (&[][..], &[1][..], true),
            (&[1, 3], &[1, 2, 3], true),
            (&[1, 4], &[1, 2, 3], false),
            (&[1, 2], &[1], false),
        ] {
            assert_eq!(candidate(small).is_within(&candidate(large)), wanted, "{small:?} {large:?}");
        }
    }
}
