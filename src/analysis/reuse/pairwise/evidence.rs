//! What speaks for a passage, and from where on it counts.
//!
//! A logistic rule on figures that a reader can check: how much of both stretches the other one has, how much that
//! weighs together, and whether the pair has a copy elsewhere. Its coefficients were fitted on pairs of texts with known
//! passages (copied, scrambled, translated there and back), each half of the pairs checked with what the other half
//! gave; they are rounded. `O(n)` in the words of the passage.

use rustc_hash::FxHashSet;

use super::pair::{Bag, Pair, Region, Side, UNSHARED};
use crate::analysis::reuse::ReuseKind;

/// Words that follow each other in both texts and count as taken in their order.
const RUN: usize = 3;

/// The coefficients of the rule, in logits.
const COVERAGE: f32 = 5.5;
const MASS: f32 = 5.8;
const COPIED_ELSEWHERE: f32 = 7.2;
const BIAS: f32 = 25.8;

/// What a stretch taken word for word has beyond that, not fitted: the pairs' own texts quote the same sources in
/// places that nobody marked, and a reader wants to see a copied sentence even so.
const EXACT: f32 = 3.0;
const EXACT_FROM: f32 = 0.9;

/// The weight from which on a copied passage is one beyond doubt: some two sentences.
const FULL_COPY: f32 = 75.0;

/// Shorter passages are chance, in bytes. Tried from 60 to 160.
const MIN_BYTES: usize = 120;

/// What two stretches have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    /// Share of both stretches, by weight, that the other one has, 0.0..=1.0 (harmonic mean).
    pub coverage: f32,
    /// What is shared weighs so much, on the side where it weighs less.
    pub mass: f32,
    /// Share of words that lie in shared runs, on the side where it is smaller, 0.0..=1.0.
    pub in_runs: f32,
    /// Words that both have, as a share of the words of both, 0.0..=1.0.
    pub similarity: f32,
}

impl Evidence {
    pub fn of(pair: &Pair<'_>, region: &Region, bag: &mut Bag) -> Self {
        let (old_ids, new_ids) = (&pair.old.ids[region.old.clone()], &pair.new.ids[region.new.clone()]);
        let old_mass = bag.holding(new_ids, |bag| pair.old.weight_in(&region.old, bag));
        let new_mass = bag.holding(old_ids, |bag| pair.new.weight_in(&region.new, bag));
        let old_coverage = old_mass / pair.old.weight(&region.old).max(f32::EPSILON);
        let new_coverage = new_mass / pair.new.weight(&region.new).max(f32::EPSILON);
        Self {
            coverage: 2.0 * old_coverage * new_coverage / (old_coverage + new_coverage).max(f32::EPSILON),
            mass: old_mass.min(new_mass),
            in_runs: share_in_runs(old_ids, new_ids).min(share_in_runs(new_ids, old_ids)),
            similarity: bag.holding(new_ids, |bag| similarity(old_ids, new_ids.len(), bag)),
        }
    }

    /// How surely this is a copy, 0.0..=1.0.
    pub fn copied(&self) -> f32 {
        self.in_runs * (self.mass / FULL_COPY).min(1.0)
    }

    /// Above 0.0 it is more likely a passage than not.
    ///
    /// Where another passage of the pair is a copy (`copied_elsewhere`, 0.0..=1.0), more is asked of what is none: who
    /// copies seldom rewords as well, and what resembles the source apart from the copy is mostly their common subject.
    pub fn score(&self, copied_elsewhere: f32) -> f32 {
        let exact = ((self.in_runs - EXACT_FROM) / (1.0 - EXACT_FROM)).max(0.0);
        COVERAGE * self.coverage + MASS * (self.mass + 1.0).ln() + EXACT * exact
            - COPIED_ELSEWHERE * copied_elsewhere * (1.0 - exact)
            - BIAS
    }

    pub fn kind(&self) -> ReuseKind {
        match (self.in_runs, self.similarity) {
            (0.85.., _) => ReuseKind::Verbatim,
            (0.4.., _) | (_, 0.7..) => ReuseKind::Near,
            _ => ReuseKind::Paraphrase,
        }
    }
}

/// Is a passage long enough on both sides?
pub(super) fn is_long_enough(pair: &Pair<'_>, region: &Region) -> bool {
    let n_bytes = |side: &Side<'_>, words| side.text.n_bytes(words);
    n_bytes(&pair.old, &region.old).min(n_bytes(&pair.new, &region.new)) >= MIN_BYTES
}

/// How much of `ids` lies in runs that `others` has too.
fn share_in_runs(ids: &[u32], others: &[u32]) -> f32 {
    let runs: FxHashSet<&[u32]> = others.windows(RUN).filter(|run| !run.contains(&UNSHARED)).collect();
    let (mut n_covered, mut covered_to) = (0, 0);
    for (start, run) in ids.windows(RUN).enumerate() {
        if runs.contains(run) {
            n_covered += start + RUN - covered_to.max(start);
            covered_to = start + RUN;
        }
    }
    n_covered as f32 / ids.len().max(1) as f32
}

/// Words of `ids` that have their like in the bag of `n_others` words, as a share of both.
fn similarity(ids: &[u32], n_others: usize, bag: &Bag) -> f32 {
    let mut sorted: Vec<u32> = ids.iter().copied().filter(|&id| bag.has(id)).collect();
    sorted.sort_unstable();
    let n_shared: usize =
        sorted.chunk_by(|left, right| left == right).map(|run| run.len().min(bag.count(run[0]) as usize)).sum();
    2.0 * n_shared as f32 / (ids.len() + n_others).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::super::prepared::prepare;
    use super::*;

    #[test]
    fn figures_of_two_stretches() {
        let table = [
            ("the storm tore three cranes", "the storm tore three cranes", 1.0, 1.0),
            ("the storm tore three cranes", "three cranes tore the storm", 0.0, 1.0),
            ("the storm tore three cranes", "the storm tore down all cranes", 0.5, 8.0 / 11.0),
            ("the storm", "a choir", 0.0, 0.0),
        ];
        for (old, new, in_runs, similarity) in table {
            let (old_text, new_text) = (prepare(old), prepare(new));
            let pair = Pair::new(&old_text, &new_text);
            let region = Region { old: pair.old.all(), new: pair.new.all() };
            let evidence = Evidence::of(&pair, &region, &mut Bag::new(&pair));
            assert_eq!((evidence.in_runs, evidence.similarity), (in_runs, similarity), "{old} / {new}");
        }
    }

    #[test]
    fn runs_that_overlap_are_counted_once() {
        assert_eq!(share_in_runs(&[1, 2, 3, 4, 9, 1, 2, 3], &[1, 2, 3, 4]), 7.0 / 8.0);
        assert_eq!(share_in_runs(&[UNSHARED; 3], &[UNSHARED; 3]), 0.0);
    }

    #[test]
    fn more_is_asked_for_beside_a_copy() {
        let evidence = Evidence { coverage: 0.7, mass: 60.0, in_runs: 0.3, similarity: 0.6 };
        assert!(evidence.score(0.0) > 0.0 && evidence.score(1.0) < 0.0);
        assert!(Evidence { mass: 300.0, ..evidence }.score(1.0) > 0.0);
    }

    #[test]
    fn less_is_asked_for_where_every_word_follows() {
        let reworded = Evidence { coverage: 1.0, mass: 25.0, in_runs: 0.5, similarity: 1.0 };
        assert!(reworded.score(0.0) < 0.0 && Evidence { in_runs: 1.0, ..reworded }.score(0.0) > 0.0);
    }
}
