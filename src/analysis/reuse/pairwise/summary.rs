//! A stretch of one text that condenses the whole of the other.
//!
//! A summary takes its words from everywhere, so no two stretches of the same size resemble each other, and what it
//! repeats is the whole text. It is the stretch most likely to be drawn from the whole of the other text, if its words
//! do not come from one place of it and if no passage explains it. `O(n)` in the words of both texts.

use std::ops::Range;

use super::edges::Bags;
use super::pair::{Bag, Pair, Region, Side, n_common};
use super::rates::{self, COMMON, EXPECTED, Rates, SENTENCE_EDGE};

/// The share of a summary's words, by weight, that the whole text has.
const MIN_COVERAGE: f32 = 0.62;

/// What is shared weighs so much, and so much speaks for the stretch, as a logarithm of likelihoods. Of 22,000 pairs of
/// articles on one election campaign, two have a stretch that reaches both by chance.
const MIN_MASS: f32 = 140.0;
const MIN_EVIDENCE: f32 = 80.0;

/// The weight of a word that counts once; lighter ones count less here and heavier ones more, by the square that they
/// have in a cosine. What people say in quotes is full of ordinary words that any long text has.
const TYPICAL: f32 = 3.0;

/// How much of a summary's words one stretch of the whole text may have, with room for a quarter more words. What
/// has more of them in one place is a passage.
const MAX_IN_ONE_PLACE: f32 = 0.8;
const ROOM: f32 = 1.25;

/// A summary has at most so many bytes, and the whole text so many times as many. In texts that are longer still, any
/// stretch finds its words.
const MAX_BYTES: usize = 900;
const CONDENSED: std::ops::RangeInclusive<f32> = 3.0..=16.0;

/// How much of a stretch passages may explain. A passage explains where it is not much longer on the other side.
const MAX_EXPLAINED: f32 = 0.5;
const CLOSE: f32 = 1.25;

/// How often the rates are measured anew.
const ROUNDS: usize = 3;

/// The weight of words by which both rates are held.
const PRIOR_WEIGHT: f32 = 20.0;

/// The region of a summary and its whole text, whichever of the two is older.
pub(super) fn find(pair: &Pair<'_>, passages: &[Region], bags: &mut Bags) -> Option<Region> {
    let by_old: Vec<_> = passages.iter().map(|passage| (passage.old.clone(), passage.new.len())).collect();
    let by_new: Vec<_> = passages.iter().map(|passage| (passage.new.clone(), passage.old.len())).collect();
    let of_new = condensed(&pair.old, &pair.new, &by_old, bags);
    let of_old = condensed(&pair.new, &pair.old, &by_new, bags);
    match (of_new, of_old) {
        (Some(new), Some(old)) if old.evidence > new.evidence => Some(Region { old: pair.old.all(), new: old.words }),
        (Some(new), _) => Some(Region { old: new.words, new: pair.new.all() }),
        (None, Some(old)) => Some(Region { old: pair.old.all(), new: old.words }),
        (None, None) => None,
    }
}

/// A stretch that is drawn from a whole text.
struct Stretch {
    words: Range<usize>,
    /// Share of its words, by weight, that the text has.
    coverage: f32,
    /// What these weigh, as [`TYPICAL`] words.
    mass: f32,
    /// Logarithm of likelihoods.
    evidence: f32,
}

/// The stretch of `side` that condenses `whole`. `passages` are the ranges found in `side`, each with its number of
/// words in `whole`.
fn condensed(
    side: &Side<'_>,
    whole: &Side<'_>,
    passages: &[(Range<usize>, usize)],
    bags: &mut Bags,
) -> Option<Stretch> {
    let stretch = bags.other.holding(&whole.ids, |bag| best_drawn(side, bag))?;
    let n_bytes = side.text.n_bytes(&stretch.words);
    let ratio = whole.text.n_bytes(&whole.all()) as f32 / n_bytes.max(1) as f32;
    if n_bytes > MAX_BYTES
        || !CONDENSED.contains(&ratio)
        || stretch.coverage < MIN_COVERAGE
        || stretch.mass < MIN_MASS
        || stretch.evidence < MIN_EVIDENCE
    {
        return None;
    }
    let close = passages.iter().filter(|(here, n_there)| *n_there as f32 <= CLOSE * here.len() as f32);
    let n_explained: usize = close.map(|(here, _)| n_common(here, &stretch.words)).sum();
    if n_explained as f32 > MAX_EXPLAINED * stretch.words.len() as f32 {
        return None;
    }
    let ids = &side.ids[stretch.words.clone()];
    let Bags { other, met, .. } = bags;
    let in_one_place = other.holding(ids, |bag| share_in_one_place(whole, ids.len(), bag, met));
    (in_one_place < MAX_IN_ONE_PLACE).then_some(stretch)
}

/// The stretch of `side` most likely to come from the words in `bag`.
fn best_drawn(side: &Side<'_>, bag: &Bag) -> Option<Stretch> {
    let weights: Vec<f32> = side.weights.iter().map(|weight| weight * weight / TYPICAL).collect();
    let weigh = |words: &Range<usize>| {
        let (mut weight, mut mass) = (0.0, 0.0);
        for (word_weight, &id) in weights[words.clone()].iter().zip(&side.ids[words.clone()]) {
            weight += word_weight;
            mass += if bag.has(id) { *word_weight } else { 0.0 };
        }
        (weight, mass)
    };
    let (weight, mass) = weigh(&side.all());
    let (mut inside, mut outside) = (EXPECTED, mass / weight.max(f32::EPSILON));
    let mut best = None;
    for _ in 0..ROUNDS {
        let rates = Rates::new(inside, outside)?;
        let (words, _) = rates::heaviest(side, side.all(), SENTENCE_EDGE, |word_idx| {
            weights[word_idx] * rates.of(if bag.has(side.ids[word_idx]) { 1.0 } else { 0.0 })
        });
        let (its_weight, its_mass) = weigh(&words);
        inside = rates::share(its_mass, its_weight, EXPECTED, PRIOR_WEIGHT);
        outside = rates::share(mass - its_mass, weight - its_weight, COMMON, PRIOR_WEIGHT);
        let coverage = its_mass / its_weight.max(f32::EPSILON);
        best = Some(Stretch { coverage, mass: its_mass, evidence: its_weight * divergence(coverage, outside), words });
    }
    best.filter(|stretch| !stretch.words.is_empty())
}

/// What a unit of weight says that is shared at the rate `inside` and not `outside` (Kullback and Leibler).
fn divergence(inside: f32, outside: f32) -> f32 {
    let (inside, outside) = (inside.clamp(0.01, 0.99), outside.clamp(0.01, 0.99));
    if inside <= outside {
        return 0.0;
    }
    inside * (inside / outside).ln() + (1.0 - inside) * ((1.0 - inside) / (1.0 - outside)).ln()
}

/// The share of the words in `bag` that the best place of `whole` has, by weight; `n_words` is the length of
/// what the bag was filled with.
fn share_in_one_place(whole: &Side<'_>, n_words: usize, bag: &Bag, met: &mut Bag) -> f32 {
    let n_room = (n_words as f32 * ROOM) as usize;
    let counted: Vec<usize> = whole.all().filter(|&word_idx| bag.has(whole.ids[word_idx])).collect();
    let mut total = 0.0;
    for &word_idx in &counted {
        if !met.has(whole.ids[word_idx]) {
            total += whole.weights[word_idx];
        }
        met.put(&[whole.ids[word_idx]]);
    }
    for &word_idx in &counted {
        met.take_back(&[whole.ids[word_idx]]);
    }
    let (mut here, mut best, mut first) = (0.0f32, 0.0f32, 0);
    for &word_idx in &counted {
        while counted[first] + n_room < word_idx {
            met.take_back(&[whole.ids[counted[first]]]);
            if !met.has(whole.ids[counted[first]]) {
                here -= whole.weights[counted[first]];
            }
            first += 1;
        }
        if !met.has(whole.ids[word_idx]) {
            here += whole.weights[word_idx];
        }
        met.put(&[whole.ids[word_idx]]);
        best = best.max(here);
    }
    for &word_idx in counted.iter().skip(first) {
        met.take_back(&[whole.ids[word_idx]]);
    }
    best / total.max(f32::EPSILON)
}

#[cfg(test)]
mod tests {
    use super::super::prepared::prepare;
    use super::*;

    /// An article and what an agency made of it.
    const ARTICLE: &str = "\
        The harbor of Elsmouth has been closed since Tuesday, when a storm with gusts of ninety knots tore three cranes \
        from their rails. Port master Ruth Calder said that the quay would not bear a locomotive before spring.\n\n\
        Divers of the navy searched the eastern basin for eleven containers. Four of them held fertilizer, according to \
        the shipping line Norvik, and must be lifted before the tide turns on Friday.\n\n\
        In the town hall the mayor, Petra Olsen, faced two hundred dockers who had not been paid for the week. She \
        promised that wages would be met in full from the reserve of the province, whatever the insurers decide.\n\n\
        The union had asked for a guarantee in writing. Its secretary, Tom Harkin, called the promise a beginning and \
        said that a strike remained possible if the money had not arrived by the end of the month.\n\n\
        Fishermen from the villages along the sound complained that nobody had asked them. Their boats lie behind the \
        sunken crane and can't leave; the herring season ends in nine days, and a season lost means a boat sold.\n\n\
        The ministry of transport will send an engineer on Monday. Whether the old cranes are repaired or replaced by a \
        single modern gantry, as the port authority has wanted since the spring, is for the parliament to decide.\n\n\
        Insurers have not said how much they will bear. In the last great storm, eleven years ago, it took them four \
        winters and two courts to pay for one pier.\n\n\
        Shops on the quay sold candles by the crate on Wednesday night, since power had failed in half of the streets. A \
        bakery gave away its bread before it spoiled. By morning the lines were up again, and children walked to school \
        between roof tiles and branches.\n\n";
    const SUMMARY: &str = "A storm of ninety knots tore three cranes from their rails and closed the harbor of Elsmouth. \
        Navy divers searched the basin for eleven containers, four with fertilizer. Mayor Petra Olsen promised two \
        hundred dockers wages in full from the reserve of the province; union secretary Tom Harkin said a strike remained \
        possible. Fishermen complained that the herring season ends in nine days. ";
    const AROUND: &str = "Choirs from four valleys met in the old brewery at the weekend. Nobody had counted the singers, \
        but the roof shook and the beer ran out before noon. Grapes were small this year, growers say, and a late frost \
        took the blossoms on the upper slopes. A bottle will cost more by Christmas. Bees have returned to the bank. \
        Lamps burned until midnight in the reading room. Dogs slept on doorsteps all day. Letters arrive twice a week by cart, \
        if the ford is dry. A violin was found in the attic of the mill. Its owner played one tune and wept. ";

    fn found(old: &str, new: &str) -> Option<(String, String)> {
        let (old_text, new_text) = (prepare(old), prepare(new));
        let pair = Pair::new(&old_text, &new_text);
        let region = find(&pair, &[], &mut Bags::new(&pair))?;
        Some((old_text.range_of(&region.old).of(old).to_owned(), new_text.range_of(&region.new).of(new).to_owned()))
    }

    #[test]
    fn a_stretch_that_draws_on_a_whole_text_is_its_summary_in_either_direction() {
        let mixed = format!("{AROUND}{SUMMARY}{AROUND}");
        let (summary, article) = (SUMMARY.trim_end_matches(". "), ARTICLE.trim_end_matches(".\n\n"));
        assert_eq!(found(&mixed, ARTICLE), Some((summary.to_owned(), article.to_owned())));
        assert_eq!(found(ARTICLE, &mixed), Some((article.to_owned(), summary.to_owned())));
    }

    #[test]
    fn a_copied_paragraph_is_no_summary() {
        let paragraph = ARTICLE.split("\n\n").nth(2).unwrap();
        assert_eq!(found(&format!("{AROUND}{paragraph} {AROUND}"), ARTICLE), None);
        assert_eq!(found(AROUND, ARTICLE), None);
    }

    #[test]
    fn what_passages_explain_is_no_summary() {
        let mixed = format!("{AROUND}{SUMMARY}{AROUND}");
        let (old, new) = (prepare(&mixed), prepare(ARTICLE));
        let pair = Pair::new(&old, &new);
        let mut bags = Bags::new(&pair);
        let summary = find(&pair, &[], &mut bags).unwrap();
        let passage = |n_new: usize| Region { old: summary.old.clone(), new: 0..n_new };
        assert_eq!(find(&pair, &[passage(summary.old.len())], &mut bags), None);
        assert!(find(&pair, &[passage(summary.old.len() * 2)], &mut bags).is_some(), "spread over twice as much");
    }

    #[test]
    fn the_best_place_is_counted_by_distinct_words() {
        let (old, new) =
            (prepare("Alpha beta gamma delta."), prepare("Alpha alpha alpha beta. One two three four. Gamma delta."));
        let pair = Pair::new(&old, &new);
        let Bags { mut other, mut met, .. } = Bags::new(&pair);
        let share = other.holding(&pair.old.ids, |bag| share_in_one_place(&pair.new, 4, bag, &mut met));
        assert!((0.4..0.6).contains(&share), "two of four words in one place: {share}");
    }
}
