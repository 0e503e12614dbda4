//! The heaviest chain among pairs of places: those that keep their order in both texts.
//!
//! What two versions of a text share is a set of pairs (a place in the old, a place in the new). Some crossed each other
//! when paragraphs moved. The chain is the part that did not move: of all sets of pairs that ascend on both sides, the one
//! that weighs most. It is a longest increasing subsequence with weights (Fredman, On computing the length of longest
//! increasing subsequences, 1975), by a tree of running maxima (Fenwick 1994). `O(n log n)` in the pairs.

/// A pair of places and what it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub old: usize,
    pub new: usize,
    pub weight: u64,
}

/// Indices of the links of the heaviest chain, ascending on both sides. Of chains that weigh the same, the one whose links
/// come first in order of place.
///
/// ```
/// use throughline::analysis::chain::{Link, heaviest};
/// let link = |old, new, weight| Link { old, new, weight };
/// assert_eq!(heaviest(&[link(0, 9, 4), link(3, 1, 3), link(5, 6, 3)]), [1, 2]);
/// ```
pub fn heaviest(links: &[Link]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..links.len()).collect();
    let link = |idx: usize| links.get(idx).copied().unwrap_or(Link { old: 0, new: 0, weight: 0 });
    // Those with one old place are visited from the last new place down, so that no two of them chain.
    order.sort_by_key(|&idx| (link(idx).old, std::cmp::Reverse(link(idx).new), idx));
    let mut places: Vec<usize> = links.iter().map(|link| link.new).collect();
    places.sort_unstable();
    places.dedup();
    let mut best = Maxima::new(places.len());
    let mut before: Vec<Option<usize>> = vec![None; links.len()];
    let mut last: Option<(u64, usize)> = None;
    for idx in order {
        let Link { new, weight, .. } = link(idx);
        let place = places.partition_point(|&other| other < new);
        let reached = best.up_to(place);
        let total = reached.map_or(0, |(total, _)| total).saturating_add(weight);
        if let Some(slot) = before.get_mut(idx) {
            *slot = reached.map(|(_, idx)| idx);
        }
        best.raise(place, (total, idx));
        if last.is_none_or(|(known, _)| total > known) {
            last = Some((total, idx));
        }
    }
    let mut chain: Vec<usize> =
        std::iter::successors(last.map(|(_, idx)| idx), |&idx| before.get(idx).copied().flatten()).collect();
    chain.reverse();
    chain
}

/// The largest total among the first places, with the link that reaches it.
struct Maxima {
    tree: Vec<Option<(u64, usize)>>,
}

impl Maxima {
    fn new(n_places: usize) -> Self {
        Self { tree: vec![None; n_places + 1] }
    }

    /// Over the places before `place`.
    fn up_to(&self, place: usize) -> Option<(u64, usize)> {
        let mut best: Option<(u64, usize)> = None;
        let mut at = place;
        while at > 0 {
            let here = self.tree.get(at).copied().flatten();
            if here.is_some_and(|(total, _)| best.is_none_or(|(known, _)| total > known)) {
                best = here;
            }
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, place: usize, with: (u64, usize)) {
        let mut at = place + 1;
        while let Some(slot) = self.tree.get_mut(at) {
            if slot.is_none_or(|(known, _)| with.0 > known) {
                *slot = Some(with);
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn link((old, new, weight): (usize, usize, u64)) -> Link {
        Link { old, new, weight }
    }

    #[test]
    fn what_crosses_the_heavier_part_is_left_out() {
        type Case<'a> = (&'a [(usize, usize, u64)], &'a [usize]);
        let table: [Case<'_>; 5] = [
            (&[], &[]),
            (&[(0, 0, 1), (1, 1, 1), (2, 2, 1)], &[0, 1, 2]),
            (&[(0, 5, 9), (1, 1, 2), (2, 2, 2)], &[0]),
            (&[(0, 5, 3), (1, 1, 2), (2, 2, 2)], &[1, 2]),
            (&[(4, 1, 1), (4, 2, 1), (4, 3, 1)], &[2]),
        ];
        for (links, expected) in table {
            let links: Vec<Link> = links.iter().copied().map(link).collect();
            assert_eq!(heaviest(&links), expected, "{links:?}");
        }
    }

    proptest! {
        #[test]
        fn the_chain_ascends_and_nothing_heavier_does(
            links in prop::collection::vec((0..6_usize, 0..6_usize, 1..9_u64), 0..9)
        ) {
            let links: Vec<Link> = links.into_iter().map(link).collect();
            let ascends = |chosen: &[Link]| {
                chosen.windows(2).all(|pair| pair[0].old < pair[1].old && pair[0].new < pair[1].new)
            };
            let chain: Vec<Link> = heaviest(&links).into_iter().map(|idx| links[idx]).collect();
            prop_assert!(ascends(&chain));
            let weight = |chosen: &[Link]| chosen.iter().map(|link| link.weight).sum::<u64>();
            for set in 0..1_u32 << links.len() {
                let mut chosen: Vec<Link> =
                    (0..links.len()).filter(|idx| set >> idx & 1 == 1).map(|idx| links[idx]).collect();
                chosen.sort_by_key(|link| (link.old, link.new));
                prop_assert!(!ascends(&chosen) || weight(&chosen) <= weight(&chain));
            }
        }
    }
}
