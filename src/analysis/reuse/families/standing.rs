//! Which candidates are families: nested formulas beside each other where each says something of its own.
//!
//! Candidates are taken in the order of their [`Rank`], the widest spread first. One stands where it goes beyond the
//! families before it: it has an article in which no place of theirs covers its own, or more than a third of its weight,
//! or a run that would do as a formula, lies outside them. Only families that stand in all of its articles count for
//! that, so a longer formula in fewer articles never takes a shorter one away, and the parts of a passage copied between
//! the same articles are not listed (closed patterns, after Pasquier et al. 1999, over articles). Loose places of a
//! candidate that does not stand join the family that holds most of it.
//!
//! A verdict depends on the better candidates that share words with this one, so after a change only those are judged
//! again, in the same order, until nothing changes any more: the result is that of judging all. `O(p × m)` in places and
//! the families that lie over one.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Candidate, Rank};
use super::pattern::{Found, Substance};
use crate::analysis::reuse::streams::Streams;

/// The number of a candidate; stays with it as long as it lives.
pub(super) type CandidateIdx = u32;

/// A formula that adds less than this share of its weight to wider ones is a variant of them; tried on news texts.
const MIN_NEW_SHARE: f32 = 1.0 / 3.0;

/// The candidates and what was decided on them.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    candidates: Vec<Option<Candidate>>,
    verdicts: Vec<Verdict>,
    /// What lies on the words of each slot.
    slots: Vec<OnSlot>,
    /// The variants whose places joined a family, by the family.
    joined: BTreeMap<CandidateIdx, BTreeSet<CandidateIdx>>,
}

/// What a candidate is beside the families before it.
#[derive(Clone, Debug, Default, PartialEq)]
enum Verdict {
    /// A family of its own.
    Own,
    /// A variant; its loose places, by their index, belong to the family `host`.
    Joins { host: CandidateIdx, loose: Vec<u32> },
    #[default]
    Nothing,
}

#[derive(Clone, Debug, Default)]
struct OnSlot {
    /// All places of all candidates.
    mentions: Vec<Span>,
    /// The places that families hold.
    claims: Vec<Claim>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    first: u32,
    last: u32,
    candidate: CandidateIdx,
}

impl Span {
    fn overlaps(&self, found: &Found) -> bool {
        (self.first as usize) <= found.last() && found.first() <= self.last as usize
    }

    fn n_shared(&self, found: &Found) -> usize {
        (found.last().min(self.last as usize) + 1).saturating_sub(found.first().max(self.first as usize))
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Claim {
    /// The place and the candidate that brought it.
    span: Span,
    /// The family that holds it.
    host: CandidateIdx,
}

impl Standing {
    pub fn candidate(&self, idx: CandidateIdx) -> Option<&Candidate> {
        self.candidates.get(idx as usize)?.as_ref()
    }

    /// The families, in the order of their numbers.
    pub fn families(&self) -> impl Iterator<Item = CandidateIdx> + '_ {
        let numbered = (0..).zip(&self.verdicts);
        numbered.filter(|(_, verdict)| **verdict == Verdict::Own).map(|(idx, _)| idx)
    }

    pub fn is_family(&self, idx: CandidateIdx) -> bool {
        self.verdicts.get(idx as usize) == Some(&Verdict::Own)
    }

    /// The places that joined a family from variants of it.
    pub fn joined(&self, family: CandidateIdx) -> impl Iterator<Item = &Found> {
        let variants = self.joined.get(&family).into_iter().flatten();
        variants.flat_map(move |&variant| {
            let loose = match self.verdicts.get(variant as usize) {
                Some(Verdict::Joins { loose, .. }) => loose.as_slice(),
                _ => &[],
            };
            let found = self.candidate(variant).map_or(&[][..], |candidate| &candidate.found);
            loose.iter().filter_map(|&idx| found.get(idx as usize))
        })
    }

    /// The families that hold a place in a slot.
    pub fn families_in(&self, slot: usize) -> BTreeSet<CandidateIdx> {
        self.slots.get(slot).map(|on| on.claims.iter().map(|claim| claim.host).collect()).unwrap_or_default()
    }

    /// Puts candidates in the place of what stood under their numbers (`None` takes one out) and judges again all that
    /// this touches. Returns the families that are not what they were: new, changed or gone.
    pub fn update(
        &mut self,
        streams: &Streams,
        changes: Vec<(CandidateIdx, Option<Candidate>)>,
    ) -> BTreeSet<CandidateIdx> {
        let mut queue: BTreeSet<(Rank, CandidateIdx)> = BTreeSet::new();
        let mut dirty = BTreeSet::new();
        // Nothing can lie under the first candidates of all.
        let is_first = self.candidates.iter().all(Option::is_none);
        for (idx, candidate) in changes {
            self.grow_to(idx);
            if let Some(old) = self.candidates[idx as usize].take() {
                self.queue_below(&old, old.rank(), &mut queue);
                self.settle(idx, &old, Verdict::Nothing, &mut dirty);
                self.mention(idx, &old, false);
                queue.remove(&(old.rank(), idx));
                dirty.insert(idx);
            }
            if let Some(candidate) = candidate {
                self.mention(idx, &candidate, true);
                if !is_first {
                    self.queue_below(&candidate, candidate.rank(), &mut queue);
                }
                queue.insert((candidate.rank(), idx));
                self.candidates[idx as usize] = Some(candidate);
                dirty.insert(idx);
            }
        }
        while let Some((rank, idx)) = queue.pop_first() {
            let Some(candidate) = self.candidates.get_mut(idx as usize).and_then(Option::take) else { continue };
            let verdict = self.judge(streams, &candidate, rank);
            if self.verdicts[idx as usize] != verdict {
                self.settle(idx, &candidate, verdict, &mut dirty);
                if !is_first {
                    self.queue_below(&candidate, rank, &mut queue);
                }
            }
            self.candidates[idx as usize] = Some(candidate);
        }
        dirty
    }

    fn grow_to(&mut self, idx: CandidateIdx) {
        let n = idx as usize + 1;
        if self.candidates.len() < n {
            self.candidates.resize(n, None);
            self.verdicts.resize(n, Verdict::Nothing);
        }
    }

    fn on_slot(&mut self, slot: usize) -> &mut OnSlot {
        if self.slots.len() <= slot {
            self.slots.resize_with(slot + 1, OnSlot::default);
        }
        &mut self.slots[slot]
    }

    /// Notes or forgets the places of a candidate.
    fn mention(&mut self, idx: CandidateIdx, candidate: &Candidate, is_there: bool) {
        for found in &candidate.found {
            let on = self.on_slot(found.slot());
            if is_there {
                on.mentions.push(span(idx, found));
            } else {
                on.mentions.retain(|mention| mention.candidate != idx);
            }
        }
    }

    /// Queues the candidates that share words with one and come after it.
    fn queue_below(&self, candidate: &Candidate, rank: Rank, queue: &mut BTreeSet<(Rank, CandidateIdx)>) {
        for found in &candidate.found {
            let mentions = self.slots.get(found.slot()).map_or(&[][..], |on| &on.mentions);
            for mention in mentions.iter().filter(|mention| mention.overlaps(found)) {
                if let Some(other) = self.candidate(mention.candidate).map(Candidate::rank)
                    && other > rank
                {
                    queue.insert((other, mention.candidate));
                }
            }
        }
    }

    /// Puts a verdict in place of the last one, with what it claims.
    fn settle(
        &mut self,
        idx: CandidateIdx,
        candidate: &Candidate,
        verdict: Verdict,
        dirty: &mut BTreeSet<CandidateIdx>,
    ) {
        let old = std::mem::replace(&mut self.verdicts[idx as usize], verdict.clone());
        if old != Verdict::Nothing {
            for &slot in &candidate.slots {
                self.on_slot(slot as usize).claims.retain(|claim| claim.span.candidate != idx);
            }
        }
        match old {
            Verdict::Own => {
                dirty.insert(idx);
            }
            Verdict::Joins { host, .. } => {
                dirty.insert(host);
                if let Some(variants) = self.joined.get_mut(&host) {
                    variants.remove(&idx);
                }
            }
            Verdict::Nothing => {}
        }
        match verdict {
            Verdict::Own => {
                dirty.insert(idx);
                for found in &candidate.found {
                    self.on_slot(found.slot()).claims.push(Claim { span: span(idx, found), host: idx });
                }
            }
            Verdict::Joins { host, loose } => {
                dirty.insert(host);
                self.joined.entry(host).or_default().insert(idx);
                for found in loose.iter().filter_map(|&loose| candidate.found.get(loose as usize)) {
                    self.on_slot(found.slot()).claims.push(Claim { span: span(idx, found), host });
                }
            }
            Verdict::Nothing => {}
        }
    }

    /// The verdict on a candidate, from the claims of better ones.
    fn judge(&self, streams: &Streams, candidate: &Candidate, rank: Rank) -> Verdict {
        let rank_of = |idx: CandidateIdx| self.candidate(idx).map(Candidate::rank);
        let mut widths: Vec<(CandidateIdx, bool)> = Vec::new();
        let mut is_as_wide = |host: CandidateIdx| match widths.iter().find(|(known, _)| *known == host) {
            Some(&(_, is_wide)) => is_wide,
            None => {
                let is_wide = self.candidate(host).is_some_and(|host| candidate.is_within(host));
                widths.push((host, is_wide));
                is_wide
            }
        };
        let mut loose: Vec<u32> = Vec::new();
        // The host of a place is the family that shares most words with it.
        let mut hosts: Vec<CandidateIdx> = Vec::new();
        let mut covers: Vec<Claim> = Vec::new();
        let mut next_idx = 0u32;
        for in_slot in candidate.found.chunk_by(|left, right| left.slot == right.slot) {
            let claims =
                in_slot.first().and_then(|found| self.slots.get(found.slot())).map_or(&[][..], |on| &on.claims);
            let n_before = loose.len();
            for found in in_slot {
                covers.clear();
                covers.extend(claims.iter().filter(|claim| {
                    claim.span.overlaps(found)
                        && rank_of(claim.span.candidate).is_some_and(|other| other < rank)
                        && is_as_wide(claim.host)
                }));
                if is_new(streams, found, &covers, candidate.weight) {
                    loose.push(next_idx);
                } else {
                    let nearest = covers
                        .iter()
                        .max_by_key(|claim| (claim.span.n_shared(found), std::cmp::Reverse(rank_of(claim.host))));
                    hosts.extend(nearest.map(|claim| claim.host));
                }
                next_idx += 1;
            }
            if loose.len() - n_before == in_slot.len() {
                return Verdict::Own;
            }
        }
        let host = hosts.first().copied().filter(|first| hosts.iter().all(|host| host == first));
        let Some((host, family)) = host.and_then(|host| Some((host, self.candidate(host)?))) else {
            return Verdict::Nothing;
        };
        // A small part of a long formula does not speak for it where it stands alone.
        if !loose.is_empty() && candidate.weight * 2.0 < family.weight {
            return Verdict::Own;
        }
        // Words of a coordination alone are none.
        if loose.is_empty() || family.is_coordination { Verdict::Nothing } else { Verdict::Joins { host, loose } }
    }
}

fn span(candidate: CandidateIdx, found: &Found) -> Span {
    let number = |idx: usize| u32::try_from(idx).unwrap_or(u32::MAX);
    Span { first: number(found.first()), last: number(found.last()), candidate }
}

/// Does a place say enough that is not said by the places over it? A good share of its weight, or a run that would be
/// a formula by itself.
fn is_new(streams: &Streams, found: &Found, covers: &[Claim], weight: f32) -> bool {
    if covers.is_empty() {
        return true;
    }
    let words = streams.words(found.slot());
    let is_outside =
        |idx: &usize| covers.iter().all(|claim| *idx < claim.span.first as usize || (claim.span.last as usize) < *idx);
    let substance = |idxs: &[usize]| Substance::of(streams, idxs.iter().filter_map(|&idx| words.get(idx)).copied());
    let matched: Vec<usize> = found.words().collect();
    let outside: Vec<usize> = matched.iter().copied().filter(is_outside).collect();
    if outside.is_empty() {
        return false;
    }
    let new = substance(&outside);
    new.n_content > 0 && new.weight > weight * MIN_NEW_SHARE
        || matched
            .chunk_by(|left, right| is_outside(left) == is_outside(right))
            .any(|run| run.first().is_some_and(is_outside) && substance(run).is_enough(streams))
}
