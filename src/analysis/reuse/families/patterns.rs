//! The patterns that groups give, each counted once for every group, with the numbers of their candidates.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{Candidate, linear, lookups};
use super::coordination::Pair;
use super::groups::{Groups, Place, size_step, touch};
use super::growth::Grower;
use super::pattern::match_at;
use super::standing::{CandidateIdx, Standing};
use super::stories::Labels;
use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::keys::Key;

/// Groups that one thread works on before it asks for more.
const GROUPS_PER_TASK: usize = 4096;

/// Groups whose words are asked for at once, and the places of one that are.
const N_TOUCHED: usize = 16;
const N_PLACES_TOUCHED: usize = 16;

/// All patterns by their keys.
#[derive(Default)]
pub(super) struct Patterns {
    by_keys: FxHashMap<Arc<[Key]>, Counted>,
    by_pair: FxHashMap<Pair, CandidateIdx>,
    /// The patterns whose places are looked up by an anchor, sorted by its hash.
    by_anchor: Vec<Lookup>,
    /// Those that came since.
    by_anchor_since: FxHashMap<u64, Vec<(CandidateIdx, u32)>>,
    /// The keys of each candidate that is no pair; empty once it is gone.
    keys: Vec<Arc<[Key]>>,
}

#[derive(Clone, Copy)]
struct Counted {
    n_groups: u32,
    candidate: CandidateIdx,
}

/// A pattern with one of its anchors.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Lookup {
    hash: u64,
    candidate: CandidateIdx,
    /// The index in the pattern of the anchor's first key.
    anchor_idx: u32,
}

/// What a change of articles does to the patterns.
pub(super) struct Revision<'a> {
    grower: Grower<'a>,
    streams: &'a Streams,
    /// How many groups more or less give a pattern, by its number in `grower`.
    counts: Vec<i64>,
    /// Candidates whose places may be others now.
    touched: FxHashSet<CandidateIdx>,
}

type Group<'a> = (&'a Labels, Option<&'a [Place]>);

impl<'a> Revision<'a> {
    pub fn new(streams: &'a Streams) -> Self {
        Self { grower: Grower::new(streams), streams, counts: Vec::new(), touched: FxHashSet::default() }
    }

    /// Notes that the group of an anchor is another one now; `moved` are the slots that came, went or changed.
    pub fn note(&mut self, patterns: &Patterns, hash: u64, old: Group<'_>, new: Group<'_>, moved: &[usize]) {
        for ((stories, places), step) in [(old, -1), (new, 1)] {
            for &pattern in places.map(|places| self.grower.patterns(stories, hash, places)).unwrap_or_default() {
                let idx = pattern as usize;
                self.counts.resize(self.counts.len().max(idx + 1), 0);
                self.counts[idx] += step;
            }
        }
        // Whether and when a group is looked up goes by the step of its size.
        let is_as_before = old.1.map(size_step) == new.1.map(size_step);
        let mut matched = Vec::new();
        let places = || [old.1, new.1].into_iter().flatten().flatten();
        for (candidate, anchor_idx) in patterns.looked_up_by(hash) {
            let Some(keys) = patterns.keys.get(candidate as usize).filter(|keys| !keys.is_empty()) else { continue };
            let mut is_at = |place: &Place| {
                let words = self.streams.words(place.slot());
                moved.contains(&place.slot())
                    && match_at(words, keys, anchor_idx as usize, place.word_idx(), &mut matched)
            };
            if !is_as_before || places().any(&mut is_at) {
                self.touched.insert(candidate);
            }
        }
    }
}

impl Patterns {
    /// All patterns of all groups, and their candidates.
    pub fn new(streams: &Streams, stories: &Labels, groups: &Groups) -> (Self, Vec<(CandidateIdx, Option<Candidate>)>) {
        let mut all: Vec<(u64, &[Place])> = groups.iter().collect();
        // Groups whose first places are neighbors share runs of words, which are then grown once.
        all.par_sort_unstable_by_key(|(_, places)| places.first().map(|place| (place.slot, place.word_idx)));
        let counted: Vec<Vec<(Box<[Key]>, u32)>> = all
            .par_chunks(GROUPS_PER_TASK)
            .map(|groups| {
                let mut grower = Grower::new(streams);
                let mut counts: Vec<u32> = Vec::new();
                for (idx, &(hash, places)) in groups.iter().enumerate() {
                    if idx % N_TOUCHED == 0 {
                        let ahead = groups.iter().skip(idx).take(N_TOUCHED);
                        touch(streams, ahead.flat_map(|(_, places)| places.iter().take(N_PLACES_TOUCHED)));
                    }
                    for &pattern in grower.patterns(stories, hash, places) {
                        let idx = pattern as usize;
                        counts.resize(counts.len().max(idx + 1), 0);
                        counts[idx] += 1;
                    }
                }
                let counted = grower.into_patterns().filter_map(|(keys, idx)| Some((keys, *counts.get(idx as usize)?)));
                counted.collect()
            })
            .collect();
        let mut patterns = Self::default();
        for (keys, n_groups) in counted.into_iter().flatten() {
            patterns.count(keys, n_groups);
        }
        let numbered: Vec<(CandidateIdx, Arc<[Key]>)> = (0..).zip(patterns.keys.iter().cloned()).collect();
        let judged: Vec<(Option<Candidate>, Vec<Lookup>)> = numbered
            .par_iter()
            .map(|(candidate, keys)| {
                let lookups = lookups(streams, keys);
                let linear = linear(streams, stories, groups, keys, &lookups);
                (linear, lookups.into_iter().map(|lookup| Lookup::new(*candidate, lookup)).collect())
            })
            .collect();
        let mut candidates = Vec::new();
        for ((idx, _), (candidate, lookups)) in numbered.into_iter().zip(judged) {
            patterns.by_anchor.extend(lookups);
            if candidate.is_some() {
                candidates.push((idx, candidate));
            }
        }
        patterns.by_anchor.par_sort_unstable();
        (patterns, candidates)
    }

    /// The number of the candidate that a pair of keys gives.
    pub fn number_of_pair(&mut self, pair: Pair) -> CandidateIdx {
        if let Some(&idx) = self.by_pair.get(&pair) {
            return idx;
        }
        let idx = self.next_number(Arc::from([]));
        self.by_pair.insert(pair, idx);
        idx
    }

    /// Carries out a revision. Returns the candidates that are not what they were.
    pub fn revise(
        &mut self,
        streams: &Streams,
        stories: &Labels,
        groups: &Groups,
        revision: Revision<'_>,
        standing: &Standing,
    ) -> Vec<(CandidateIdx, Option<Candidate>)> {
        let Revision { counts, mut touched, grower, .. } = revision;
        for (keys, idx) in grower.into_patterns() {
            let n_more = counts.get(idx as usize).copied().unwrap_or(0);
            if n_more > 0 {
                let (idx, is_new) = self.count(keys, u32::try_from(n_more).unwrap_or(u32::MAX));
                if is_new {
                    self.register(streams, idx);
                    touched.insert(idx);
                }
            } else if n_more < 0 {
                touched.extend(self.discount(&keys, u32::try_from(-n_more).unwrap_or(u32::MAX)));
            }
        }
        let touched: Vec<CandidateIdx> = touched.into_iter().collect();
        let judged: Vec<(CandidateIdx, Option<Candidate>)> = touched
            .into_par_iter()
            .map(|idx| {
                let keys = self.keys.get(idx as usize).filter(|keys| !keys.is_empty());
                (idx, keys.and_then(|keys| linear(streams, stories, groups, keys, &lookups(streams, keys))))
            })
            .collect();
        judged.into_iter().filter(|(idx, candidate)| standing.candidate(*idx) != candidate.as_ref()).collect()
    }

    /// Counts groups that give a pattern. Returns its number, and whether it is new.
    fn count(&mut self, keys: Box<[Key]>, n_groups: u32) -> (CandidateIdx, bool) {
        if let Some(counted) = self.by_keys.get_mut(&*keys) {
            counted.n_groups += n_groups;
            return (counted.candidate, false);
        }
        let keys: Arc<[Key]> = keys.into();
        let candidate = self.next_number(Arc::clone(&keys));
        self.by_keys.insert(keys, Counted { n_groups, candidate });
        (candidate, true)
    }

    /// Counts groups out that gave a pattern. Returns its number where none is left.
    fn discount(&mut self, keys: &[Key], n_groups: u32) -> Option<CandidateIdx> {
        let counted = self.by_keys.get_mut(keys)?;
        counted.n_groups = counted.n_groups.saturating_sub(n_groups);
        let Counted { n_groups: 0, candidate } = *counted else { return None };
        self.by_keys.remove(keys);
        if let Some(keys) = self.keys.get_mut(candidate as usize) {
            *keys = Arc::from([]);
        }
        Some(candidate)
    }

    fn next_number(&mut self, keys: Arc<[Key]>) -> CandidateIdx {
        let idx = CandidateIdx::try_from(self.keys.len()).unwrap_or(CandidateIdx::MAX);
        self.keys.push(keys);
        idx
    }

    /// Notes the anchors by which a new pattern is looked up.
    fn register(&mut self, streams: &Streams, idx: CandidateIdx) {
        let Some(keys) = self.keys.get(idx as usize) else { return };
        for lookup in lookups(streams, keys).into_iter().map(|lookup| Lookup::new(idx, lookup)) {
            self.by_anchor_since.entry(lookup.hash).or_default().push((idx, lookup.anchor_idx));
        }
    }

    fn looked_up_by(&self, hash: u64) -> impl Iterator<Item = (CandidateIdx, u32)> + '_ {
        let start = self.by_anchor.partition_point(|lookup| lookup.hash < hash);
        let long = self.by_anchor[start..].iter().take_while(move |lookup| lookup.hash == hash);
        let since = self.by_anchor_since.get(&hash).into_iter().flatten().copied();
        long.map(|lookup| (lookup.candidate, lookup.anchor_idx)).chain(since)
    }
}

impl Lookup {
    fn new(candidate: CandidateIdx, (anchor_idx, hash): (usize, u64)) -> Self {
        Self { hash, candidate, anchor_idx: u32::try_from(anchor_idx).unwrap_or(0) }
    }
}
