//! Where passages may lie: sentences that resemble each other, and stretches drawn from the other text as a whole.
//!
//! Sentences are vectors of terms weighted by tf-isf; a pair above both thresholds, cosine and Dice, is a seed, and
//! seeds next to each other in both texts are one candidate (the seeding of Sanchez-Perez, Sidorov and Gelbukh, PAN at
//! CLEF 2014, with lower thresholds: what is found here is a place to look at). Sentences that were torn apart or
//! run together are found by the second way: a stretch of one text whose words the other has, wherever it has them.
//! Cost: the shared rare terms of the two texts, then the seeds.

use super::pair::{Bag, Pair, Region, Side, UNSHARED};
use super::rates::{self, EXPECTED, Rates};

/// Two sentences are a seed where cosine and Dice are both above. A third lower than published; from .20 to .30 the
/// result on reworked passages moves by less than .002.
const MIN_COSINE: f32 = 0.25;
const MIN_DICE: f32 = 0.3;

/// Sentences without a seed inside a candidate. Candidates of one passage are joined later, on better grounds.
const MAX_GAP: usize = 1;

/// A word that stands in more than nine sentences of ten tells none from another, and costs the square of their number.
const MIN_WEIGHT: f32 = 0.1;

/// The most similar sentences that one sentence may meet: a refrain would meet all the others.
const MAX_PARTNERS: usize = 16;

/// What must speak for a stretch that is drawn from the other text, as a logarithm of likelihoods. Anything from 10 to
/// 50 gives the same; lower values cost time.
const MIN_DRAWN: f32 = 30.0;

/// A pair of sentences.
type Seed = (usize, usize);

/// The candidates from sentences that resemble each other.
pub(super) fn from_sentences(pair: &Pair<'_>) -> Vec<Region> {
    let words =
        |side: &Side<'_>, first: usize, last: usize| side.text.sentence(first).start..side.text.sentence(last).end;
    let bounds = |group: &[Seed], of: fn(&Seed) -> usize| {
        group.iter().map(of).fold((usize::MAX, 0), |(low, high), idx| (low.min(idx), high.max(idx)))
    };
    groups(seeds(pair))
        .into_iter()
        .map(|group| {
            let (old, new) = (bounds(&group, |seed| seed.0), bounds(&group, |seed| seed.1));
            Region { old: words(&pair.old, old.0, old.1), new: words(&pair.new, new.0, new.1) }
        })
        .collect()
}

/// The candidates of which one stretch is drawn from the whole of the other text, both ways.
pub(super) fn from_whole_texts(pair: &Pair<'_>, bag: &mut Bag) -> Vec<Region> {
    let mut found: Vec<Region> = drawn(&pair.old, &pair.new, bag).map(|(old, new)| Region { old, new }).collect();
    found.extend(drawn(&pair.new, &pair.old, bag).map(|(new, old)| Region { old, new }));
    found
}

type Stretch = std::ops::Range<usize>;

/// Stretches of `side` whose words `whole` has, each with the stretch of `whole` that has most of them.
fn drawn(side: &Side<'_>, whole: &Side<'_>, bag: &mut Bag) -> impl Iterator<Item = (Stretch, Stretch)> {
    let mut stretches = Vec::new();
    bag.holding(&whole.ids, |bag| {
        let Some(rates) = rates_against(side, bag) else { return };
        let mut open = vec![side.all()];
        while let Some(within) = open.pop() {
            let (stretch, value) = rates::likeliest(side, within.clone(), bag, rates);
            if value >= MIN_DRAWN {
                open.push(within.start..stretch.start);
                open.push(stretch.end..within.end);
                stretches.push(stretch);
            }
        }
    });
    stretches.sort_unstable_by_key(|stretch| stretch.start);
    let mut pairs = Vec::new();
    for stretch in stretches {
        let source = bag.holding(&side.ids[stretch.clone()], |bag| {
            rates_against(whole, bag).map(|rates| rates::likeliest(whole, whole.all(), bag, rates).0)
        });
        pairs.extend(source.filter(|source| !source.is_empty()).map(|source| (stretch, source)));
    }
    pairs.into_iter()
}

/// The rates where a passage is small beside its text, so that the whole text shows what is shared outside.
fn rates_against(side: &Side<'_>, bag: &Bag) -> Option<Rates> {
    let outside = side.weight_in(&side.all(), bag) / side.weight(&side.all()).max(1.0);
    Rates::new(EXPECTED, outside)
}

/// Pairs of similar sentences, in order.
fn seeds(pair: &Pair<'_>) -> Vec<Seed> {
    let postings = Postings::new(&pair.new);
    let (old_norms, new_norms) = (norms(&pair.old), norms(&pair.new));
    let mut dots = vec![0f32; new_norms.len()];
    let mut n_common = vec![0u32; new_norms.len()];
    let mut touched: Vec<usize> = Vec::new();
    let mut partners: Vec<(f32, usize)> = Vec::new();
    let mut seeds = Vec::new();
    for (old_idx, old_norm) in old_norms.iter().enumerate() {
        let counts = pair.old.text.term_counts(old_idx);
        for count in counts {
            let term = pair.to_new[count.term as usize];
            if term == UNSHARED || pair.new.term_weights[term as usize] < MIN_WEIGHT {
                continue;
            }
            let factor = count.n_words as f32 * pair.new.term_weights[term as usize].powi(2);
            for &(new_idx, n_words) in postings.of(term) {
                let new_idx = new_idx as usize;
                if n_common[new_idx] == 0 {
                    touched.push(new_idx);
                }
                n_common[new_idx] += 1;
                dots[new_idx] += factor * n_words as f32;
            }
        }
        for new_idx in touched.drain(..) {
            let cosine = dots[new_idx] / (old_norm * new_norms[new_idx]).max(f32::EPSILON);
            let n_terms = counts.len() + pair.new.text.term_counts(new_idx).len();
            let dice = 2.0 * n_common[new_idx] as f32 / n_terms as f32;
            if cosine > MIN_COSINE && dice > MIN_DICE {
                partners.push((cosine, new_idx));
            }
            (dots[new_idx], n_common[new_idx]) = (0.0, 0);
        }
        partners.sort_unstable_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        seeds.extend(partners.drain(..).take(MAX_PARTNERS).map(|(_, new_idx)| (old_idx, new_idx)));
    }
    seeds
}

/// By term of a text: the sentences that hold it, each with its number of words.
struct Postings {
    starts: Vec<usize>,
    entries: Vec<(u32, u32)>,
}

impl Postings {
    fn new(side: &Side<'_>) -> Self {
        let mut starts = Vec::with_capacity(side.text.frequencies.len() + 1);
        let mut total = 0usize;
        for &frequency in &side.text.frequencies {
            starts.push(total);
            total += frequency as usize;
        }
        starts.push(total);
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); total];
        for (sentence_idx, shown_idx) in (0..side.text.n_sentences()).zip(0u32..) {
            for count in side.text.term_counts(sentence_idx) {
                let place = &mut next[count.term as usize];
                entries[*place] = (shown_idx, count.n_words);
                *place += 1;
            }
        }
        Self { starts, entries }
    }

    fn of(&self, term: u32) -> &[(u32, u32)] {
        let term = term as usize;
        match (self.starts.get(term), self.starts.get(term + 1)) {
            (Some(&start), Some(&end)) => &self.entries[start..end],
            _ => &[],
        }
    }
}

/// By sentence, the length of its vector.
fn norms(side: &Side<'_>) -> Vec<f32> {
    let square = |(weight, n_words): (f32, u32)| (weight * n_words as f32).powi(2);
    (0..side.text.n_sentences())
        .map(|sentence_idx| {
            let counts = side.text.term_counts(sentence_idx).iter();
            counts.map(|count| square((side.term_weights[count.term as usize], count.n_words))).sum::<f32>().sqrt()
        })
        .collect()
}

/// Splits seeds where either text has a gap of more than [`MAX_GAP`] sentences, until neither has.
fn groups(seeds: Vec<Seed>) -> Vec<Vec<Seed>> {
    let mut open = vec![seeds];
    let mut done = Vec::new();
    while let Some(mut group) = open.pop() {
        group.sort_unstable();
        let mut parts = split(&group, |seed| seed.0);
        if parts.len() == 1 {
            group.sort_unstable_by_key(|&(old, new)| (new, old));
            parts = split(&group, |seed| seed.1);
        }
        if parts.len() == 1 { done.append(&mut parts) } else { open.append(&mut parts) }
    }
    done
}

fn split(seeds: &[Seed], side: impl Fn(&Seed) -> usize) -> Vec<Vec<Seed>> {
    seeds.chunk_by(|left, right| side(right) - side(left) <= MAX_GAP + 1).map(<[_]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::super::prepared::prepare;
    use super::*;

    #[test]
    fn seeds_far_apart_in_either_text_are_two_candidates() {
        let table: [(&[Seed], usize); 4] = [
            (&[(0, 0), (1, 1), (3, 3)], 1),
            (&[(0, 0), (3, 1)], 2),
            (&[(0, 0), (1, 3)], 2),
            // The seed at (1, 9) stood between the others in one text only.
            (&[(0, 0), (1, 9), (2, 2)], 2),
        ];
        for (seeds, n_groups) in table {
            assert_eq!(groups(seeds.to_vec()).len(), n_groups, "{seeds:?}");
        }
        assert!(groups(Vec::new()).iter().all(Vec::is_empty));
    }

    #[test]
    fn a_refrain_meets_a_bounded_number_of_sentences() {
        let refrain = "The river rose again over the lower meadows. ".repeat(60);
        let text = format!("{refrain} Nobody in the valley spoke of rebuilding the mill. The mayor left for good.");
        let prepared = prepare(&text);
        let pair = Pair::new(&prepared, &prepared);
        assert!(seeds(&pair).len() <= MAX_PARTNERS * prepared.n_sentences());
    }

    #[test]
    fn words_spread_over_other_sentences_are_drawn_from_the_whole() {
        let around = "Choirs sang in the old brewery until the roof shook. Bees returned to the bank. Grapes were small this \
            year. A bottle will cost more by Christmas. Nobody had counted the singers, whose beer ran out before noon. A \
            late frost took blossoms on the upper slopes. A violin was found in an attic. Its owner played one tune and \
            wept. Candles burned in every window. Wolves were heard near the ford. ";
        let passage = "Storm tore three cranes from rails and closed the harbor to ferries; navy divers searched the eastern \
            basin for fertilizer containers while dockers waited outside the town hall for wages.";
        let torn = "Three. Cranes. Harbor closed: the storm. Rails; ferries. Navy divers. Eastern basin? Fertilizer \
            containers. They searched. Dockers waited outside. Town hall; wages. ";
        let after = "Nothing else happened in this quiet place all year, say people who live here and ought to know about such \
            things. Lamps burn until midnight. Dogs sleep on doorsteps. Letters arrive twice a week by cart. Bread costs \
            more than last month. Children fish from bridges. Snow lies deep beyond those hills.";
        let (old, new) = (prepare(&format!("{around}{passage}")), prepare(&format!("{torn}{after}")));
        let pair = Pair::new(&old, &new);
        let found = from_whole_texts(&pair, &mut Bag::new(&pair));
        let cranes = prepare(around).words.len() + 3;
        assert!(found.iter().any(|region| region.old.contains(&cranes) && region.new.contains(&1)), "{found:?}");
    }
}
