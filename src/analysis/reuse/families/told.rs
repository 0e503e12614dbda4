//! The families in the form in which they are told, kept from one question to the next.
//!
//! Only what changed is told anew; where the rarity of a word crossed a step, all are weighed again. `O(n)` in the number
//! of families, with little to do for each.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::phrase;
use super::rarity::DocumentFrequencies;
use super::standing::{CandidateIdx, Standing};
use crate::analysis::PhraseId;
use crate::analysis::reuse::Phrase;
use crate::analysis::reuse::streams::Streams;

/// What was told last.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Heaviest first; families that say too little are not among them.
    ranked: Vec<Ranked>,
    /// The families that are not what they were when they were told.
    pub changed: BTreeSet<CandidateIdx>,
    /// Is any family of another weight than it was?
    pub is_reweighed: bool,
    has_begun: bool,
}

/// What families are ordered by, the family, and how it is told.
type Ranked = (Reverse<Weight>, PhraseId, CandidateIdx, Arc<Phrase>);

/// The bits of a weight; above 0.0 they are in the order of the floats.
type Weight = u32;

impl Told {
    /// All families that say enough, heaviest first.
    pub fn phrases(
        &mut self,
        streams: &Streams,
        standing: &Standing,
        frequencies: &DocumentFrequencies,
    ) -> Vec<Arc<Phrase>> {
        let is_all = !self.has_begun || self.is_reweighed;
        let changed = std::mem::take(&mut self.changed);
        let mut known = std::mem::take(&mut self.ranked);
        known.retain(|(_, _, idx, _)| !changed.contains(idx));
        let weight = |idx: CandidateIdx| {
            let candidate = standing.candidate(idx).filter(|_| standing.is_family(idx))?;
            let weight = phrase::weight(streams, frequencies, candidate);
            (weight > 0.0).then_some((candidate, weight))
        };
        let ranked = |idx, phrase: Arc<Phrase>| (Reverse(phrase.weight.to_bits()), phrase.id, idx, phrase);
        let tell = |idx: CandidateIdx| {
            let (candidate, weight) = weight(idx)?;
            Some(ranked(idx, Arc::new(phrase::phrase(streams, candidate, standing.joined(idx), weight))))
        };
        if is_all {
            known.sort_unstable_by_key(|(_, _, idx, _)| *idx);
            let families: Vec<CandidateIdx> = standing.families().collect();
            let weighed = families.into_par_iter().filter_map(|idx| {
                let Ok(place) = known.binary_search_by_key(&idx, |(_, _, idx, _)| *idx) else { return tell(idx) };
                let (_, weight) = weight(idx)?;
                let mut phrase = Arc::clone(&known.get(place)?.3);
                if phrase.weight.total_cmp(&weight).is_ne() {
                    Arc::make_mut(&mut phrase).weight = weight;
                }
                Some(ranked(idx, phrase))
            });
            self.ranked = weighed.collect();
        } else {
            known.extend(changed.into_par_iter().filter_map(tell).collect::<Vec<_>>());
            self.ranked = known;
        }
        self.ranked.sort_unstable_by_key(|(weight, id, _, _)| (*weight, *id));
        (self.has_begun, self.is_reweighed) = (true, false);
        self.ranked.iter().map(|(_, _, _, phrase)| Arc::clone(phrase)).collect()
    }
}
