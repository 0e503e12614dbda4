//! The four edges of a passage: each end lies where the words of one text stop to stand in the other.
//!
//! Inside and outside a passage the shares of shared words differ; both are measured where the edges lie now, and the
//! edges move to the stretch that is most likely inside ([`rates`]). A word counts as shared as often as the other
//! side has it: those inside come first, so that what follows a passage can't live on its commonest words once more.
//! One side moves after the other until nothing changes. `O(n)` in the words of the passage and its surroundings.

use std::ops::Range;

use super::pair::{Bag, Pair, Region, Side};
use super::rates::{self, COMMON, Rates, SENTENCE_EDGE};

/// Words on each side of a passage that are looked at beyond its own length. From 60 to 150 the result is the same.
const REACH: usize = 100;

/// The weight of words by which the rate outside is held against what the surroundings show. Tried from 50 to 200.
const COMMON_WEIGHT: f32 = 100.0;

/// How far a word still counts as shared that stands more often here than on the other side: 0.0 not at all, 1.0 as
/// any other. Tried from 0 to 1: at 1, passages grow into what surrounds them.
const REPEATED: f32 = 0.2;

/// How often both sides are moved at most. Most passages lie still after two.
const ROUNDS: usize = 4;

/// In the first rounds so many words around a stretch count as part of it, so that a candidate that is too short on both
/// sides can grow. Tried from 0 to 40: the result is the same, but a passage found by its middle is whole.
const GROWTH: usize = 20;
const GROWING_ROUNDS: usize = 2;

/// Moves the edges of a candidate; `None` where nothing of it remains.
pub(super) fn settle(pair: &Pair<'_>, mut region: Region, bags: &mut Bags) -> Option<Region> {
    for round in 0..ROUNDS {
        let growth = if round < GROWING_ROUNDS { GROWTH } else { 0 };
        let new = likeliest_near(&pair.new, &region.new, widened(&pair.old, &region.old, growth), bags)?;
        let old = likeliest_near(&pair.old, &region.old, widened(&pair.new, &new, growth), bags)?;
        let moved = Region { old, new };
        if growth == 0 && moved == region {
            break;
        }
        region = moved;
    }
    Some(region)
}

/// The words in `range` and up to `growth` more on each side.
fn widened<'a>(side: &'a Side<'_>, range: &Range<usize>, growth: usize) -> &'a [u32] {
    &side.ids[range.start.saturating_sub(growth)..(range.end + growth).min(side.ids.len())]
}

/// Working space of [`settle`] for one pair.
pub(super) struct Bags {
    /// The words of the other side.
    pub other: Bag,
    /// Those of them that have met their like on this side.
    pub met: Bag,
    /// By word of the surroundings: how far it is shared, 0.0..=1.0.
    shares: Vec<f32>,
}

impl Bags {
    pub fn new(pair: &Pair<'_>) -> Self {
        Self { other: Bag::new(pair), met: Bag::new(pair), shares: Vec::new() }
    }
}

/// The stretch near `at` whose words most likely come from `other`.
fn likeliest_near(side: &Side<'_>, at: &Range<usize>, other: &[u32], bags: &mut Bags) -> Option<Range<usize>> {
    let reach = REACH + at.len();
    let around = at.start.saturating_sub(reach)..(at.end + reach).min(side.ids.len());
    let (before, after) = (around.start..at.start, at.end..around.end);
    bags.other.put(other);
    share_out(side, at, &around, bags);
    let shares = &bags.shares;
    let shared_inside: f32 = at.clone().map(|idx| shares[idx - around.start] * side.weights[idx]).sum();
    let shared_outside = side.weight_in(&before, &bags.other) + side.weight_in(&after, &bags.other);
    bags.other.take_back(other);
    let inside = shared_inside / side.weight(at).max(f32::EPSILON);
    let outside = side.weight(&before) + side.weight(&after);
    let rates = Rates::new(inside, rates::share(shared_outside, outside, COMMON, COMMON_WEIGHT))?;
    let (range, _) = rates::heaviest(side, around.clone(), SENTENCE_EDGE, |word_idx| {
        side.weights[word_idx] * rates.of(shares[word_idx - around.start])
    });
    (!range.is_empty()).then_some(range)
}

/// Says of each word in `around` how far the other side shares it: first those inside `at`, all alike, then those
/// after and before it, the nearer ones first.
fn share_out(side: &Side<'_>, at: &Range<usize>, around: &Range<usize>, bags: &mut Bags) {
    let Bags { other, met, shares } = bags;
    shares.clear();
    shares.resize(around.len(), 0.0);
    let inside = &side.ids[at.clone()];
    met.put(inside);
    for (word_idx, &id) in at.clone().zip(inside) {
        if other.has(id) {
            let full = (other.count(id) as f32 / met.count(id).max(1) as f32).min(1.0);
            shares[word_idx - around.start] = full + (1.0 - full) * REPEATED;
        }
    }
    for outward in [&mut (at.end..around.end) as &mut dyn Iterator<Item = usize>, &mut (around.start..at.start).rev()] {
        let mut taken = Vec::new();
        for word_idx in outward {
            let id = side.ids[word_idx];
            if other.has(id) {
                shares[word_idx - around.start] = if met.count(id) < other.count(id) { 1.0 } else { REPEATED };
                taken.push(id);
                met.put(&[id]);
            }
        }
        met.take_back(&taken);
    }
    met.take_back(inside);
}

#[cfg(test)]
mod tests {
    use super::super::prepared::prepare;
    use super::*;

    const STORY: &str = "The harbor was closed for two days after the storm tore three cranes from their rails. \
        Divers searched the basin for containers, and the mayor promised that wages would be paid in full.";
    const BEFORE: &str = "Choirs from four valleys met in the old brewery. Nobody had counted the singers.";
    const AFTER: &str = "Grapes were small this year, growers say. The price of a bottle will rise by a tenth.";

    /// The words of `old` and `new` that remain of a candidate.
    fn settled(old: &str, new: &str, region: impl FnOnce(&Pair<'_>) -> Region) -> Option<(String, String)> {
        let (old_text, new_text) = (prepare(old), prepare(new));
        let pair = Pair::new(&old_text, &new_text);
        let region = settle(&pair, region(&pair), &mut Bags::new(&pair))?;
        Some((old_text.range_of(&region.old).of(old).to_owned(), new_text.range_of(&region.new).of(new).to_owned()))
    }

    #[test]
    fn edges_move_to_the_ends_of_what_is_shared() {
        let old = format!("{BEFORE} {STORY} {AFTER}");
        let new = format!("Bees returned to the roofs of the bank. {STORY} Nobody sells honey there.");
        let story = STORY.trim_end_matches('.');
        let n_before = prepare(BEFORE).words.len();
        // The story has 33 words; it starts after `n_before` in one text and after 8 in the other.
        for (name, from, to) in [("too short", 4, 12), ("too long", -4, 36), ("shifted", -8, 20)] {
            let at = |start: usize| start.saturating_add_signed(from)..start.saturating_add_signed(to);
            let found = settled(&old, &new, |_| Region { old: at(n_before), new: at(8) }).unwrap();
            assert_eq!((found.0.as_str(), found.1.as_str()), (story, story), "{name}");
        }
    }

    #[test]
    fn what_follows_a_passage_does_not_live_on_its_words() {
        let echo = "The cranes, the harbor, the storm: the mayor had no more to say of wages and containers.";
        let (old, new) = (format!("{BEFORE} {STORY} {AFTER}"), format!("{AFTER} {STORY} {echo}"));
        let n_before = prepare(BEFORE).words.len();
        let n_after = prepare(AFTER).words.len();
        let found =
            settled(&old, &new, |_| Region { old: n_before..n_before + 33, new: n_after..n_after + 33 }).unwrap();
        assert!(found.1.ends_with("paid in full"), "{found:?}");
    }

    #[test]
    fn nothing_remains_where_nothing_is_shared() {
        assert_eq!(settled(BEFORE, AFTER, |pair| Region { old: pair.old.all(), new: pair.new.all() }), None);
    }
}
