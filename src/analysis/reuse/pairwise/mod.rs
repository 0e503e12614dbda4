//! Passages that one text took from another: copied, reworked, translated or condensed.
//!
//! 1. [`prepared`]: each text becomes words, terms and sentences, once.
//! 2. [`pair`]: the two get one numbering, and every word its weight in this pair.
//! 3. [`seeds`]: places to look at, found by sentences that resemble each other and by stretches whose words the other
//!    text has.
//! 4. [`edges`]: each candidate's four ends move to where the shared words stop; candidates that meet are joined.
//! 5. [`evidence`]: a logistic rule says which are passages, and of which kind.
//! 6. [`summary`]: a stretch that draws on the whole of the other text is a summary of it.
//! 7. Of passages that overlap in the older text, the one with more evidence stays.
//!
//! Seeds of sentences follow Sanchez-Perez, Sidorov and Gelbukh, A winning approach to text alignment for text reuse
//! detection (PAN at CLEF 2014), from the paper; the edges by two rates, the rule and the summaries are our own. Cost:
//! the shared rare terms of the two texts, then the words of the candidates.

mod edges;
mod evidence;
mod pair;
mod prepared;
mod rates;
mod seeds;
mod summary;

pub use prepared::{Prepared, prepare};

use edges::Bags;
use evidence::Evidence;
use pair::{Pair, Region};

use super::{ReuseKind, ReuseMatch};

/// Words between two parts of one passage. Tried from 20 to 80.
const MAX_GAP: usize = 40;

/// How much of the stretch from the first to the last word a joined passage must keep, in percent: two passages with
/// something foreign between them stay two.
const MIN_KEPT_PERCENT: usize = 80;

/// A region that counts as a passage.
struct Found {
    region: Region,
    evidence: Evidence,
    score: f32,
}

/// Finds the passages two texts share, in order of their place in `old`. No two overlap there.
pub fn align(old: &Prepared, new: &Prepared) -> Vec<ReuseMatch> {
    let pair = Pair::new(old, new);
    let mut bags = Bags::new(&pair);
    let passages = passages(&pair, &mut bags);
    let regions: Vec<Region> = passages.iter().map(|found| found.region.clone()).collect();
    let mut chosen: Vec<(Region, Evidence, ReuseKind)> = Vec::new();
    if let Some(region) = summary::find(&pair, &regions, &mut bags) {
        let evidence = Evidence::of(&pair, &region, &mut bags.other);
        chosen.push((region, evidence, ReuseKind::Paraphrase));
    }
    for Found { region, evidence, .. } in passages {
        if chosen.iter().all(|(other, ..)| pair::n_common(&other.old, &region.old) == 0) {
            let kind = evidence.kind();
            chosen.push((region, evidence, kind));
        }
    }
    let mut matches: Vec<ReuseMatch> = chosen
        .into_iter()
        .map(|(region, evidence, kind)| ReuseMatch {
            old: old.range_of(&region.old),
            new: new.range_of(&region.new),
            kind,
            similarity: evidence.similarity,
        })
        .collect();
    matches.sort_unstable_by_key(|found| (found.old, found.new));
    matches
}

/// All passages, those with most evidence first. They may overlap.
fn passages(pair: &Pair<'_>, bags: &mut Bags) -> Vec<Found> {
    let settled = joined(pair, candidates(pair, bags), bags);
    let weighed: Vec<(Region, Evidence)> = settled
        .into_iter()
        .map(|region| {
            let evidence = Evidence::of(pair, &region, &mut bags.other);
            (region, evidence)
        })
        .collect();
    let copied = TwoLargest::of(weighed.iter().map(|(_, evidence)| evidence.copied()));
    let mut found: Vec<Found> = weighed
        .into_iter()
        .map(|(region, evidence)| {
            let score = evidence.score(copied.without(evidence.copied()));
            Found { region, evidence, score }
        })
        .filter(|found| found.score > 0.0 && evidence::is_long_enough(pair, &found.region))
        .collect();
    found.sort_by(|left, right| {
        right.score.total_cmp(&left.score).then_with(|| left.region.place().cmp(&right.region.place()))
    });
    found
}

/// The candidates with their edges settled, in order of place, each once.
fn candidates(pair: &Pair<'_>, bags: &mut Bags) -> Vec<Region> {
    let mut settled: Vec<Region> = Vec::new();
    for region in seeds::from_sentences(pair) {
        settled.extend(edges::settle(pair, region, bags));
    }
    for region in seeds::from_whole_texts(pair, &mut bags.other) {
        // What lies inside a candidate of sentences is a part of it.
        settled.extend(
            edges::settle(pair, region, bags).filter(|region| !settled.iter().any(|other| region.is_inside(other))),
        );
    }
    settled.sort_unstable_by_key(Region::place);
    settled.dedup();
    settled
}

/// Candidates that meet become one where the whole still holds together.
fn joined(pair: &Pair<'_>, candidates: Vec<Region>, bags: &mut Bags) -> Vec<Region> {
    let mut done: Vec<Region> = Vec::new();
    for region in candidates {
        let Some(near_idx) = done.iter().rposition(|other| other.is_near(&region, MAX_GAP)) else {
            done.push(region);
            continue;
        };
        let hull = done[near_idx].hull(&region);
        let whole = edges::settle(pair, hull.clone(), bags)
            .filter(|whole| whole.old.len() * 100 >= hull.old.len() * MIN_KEPT_PERCENT);
        match whole {
            Some(whole) => done[near_idx] = whole,
            None => done.push(region),
        }
    }
    done
}

/// The two largest of some numbers from 0.0 up.
#[derive(Default)]
struct TwoLargest {
    first: f32,
    second: f32,
}

impl TwoLargest {
    fn of(numbers: impl Iterator<Item = f32>) -> Self {
        numbers.fold(Self::default(), |largest, number| {
            if number > largest.first {
                Self { first: number, second: largest.first }
            } else {
                Self { second: largest.second.max(number), ..largest }
            }
        })
    }

    /// The largest of the others beside `number`, which is one of them.
    fn without(&self, number: f32) -> f32 {
        if number >= self.first { self.second } else { self.first }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STORY: &str = "The harbor was closed for two days after the storm tore three cranes from their rails. \
        Divers searched the basin for containers, and the mayor promised that wages would be paid in full. ";
    const OTHER: &str = "Choirs from four valleys met in the old brewery. Nobody had counted the singers, but the \
        roof shook and the beer ran out before noon. ";
    const MORE: &str = "Grapes were small this year, growers say. A late frost took the blossoms on the slopes, and \
        the price of a bottle will rise by a tenth before Christmas. ";

    fn aligned(old: &str, new: &str) -> Vec<ReuseMatch> {
        align(&prepare(old), &prepare(new))
    }

    #[test]
    fn a_copied_passage_is_found_verbatim() {
        let old = format!("{OTHER}{STORY}{MORE}");
        let new = format!("Bees returned to the roofs of the bank. {STORY}");
        let found = aligned(&old, &new);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, ReuseKind::Verbatim);
        assert_eq!(found[0].old.of(&old), STORY.trim_end_matches(". "));
        assert_eq!(found[0].new.of(&new), STORY.trim_end_matches(". "));
    }

    #[test]
    fn texts_that_share_nothing_have_no_match() {
        assert!(aligned(STORY, OTHER).is_empty());
        assert!(aligned("", OTHER).is_empty());
        assert!(aligned("a", "a").is_empty());
    }

    #[test]
    fn reordered_words_are_no_verbatim_match() {
        let old = format!("{OTHER}{STORY}{MORE}");
        let new = "Bees returned. After the storm tore three cranes from rails, closed for days was the harbor. \
            Containers: divers searched the basin, and full wages, promised the mayor, would be paid in.";
        let found = aligned(&old, new);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_ne!(found[0].kind, ReuseKind::Verbatim);
        assert!(found[0].old.of(&old).starts_with("The harbor") && found[0].old.of(&old).ends_with("in full"));
    }

    #[test]
    fn a_passage_with_a_sentence_added_is_one_and_two_passages_far_apart_are_two() {
        let (first, second) = STORY.split_at(STORY.find("Divers").unwrap());
        let old = format!("{OTHER}{STORY}{MORE}");
        let near = format!("{first}No one was hurt. {second}Bees returned to the roofs of the bank.");
        assert_eq!(aligned(&old, &near).len(), 1);
        let apart =
            format!("{MORE}{}{STORY}", "Bees returned to the roofs of the bank, where nobody feeds them. ".repeat(9));
        let found = aligned(&old, &apart);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].old.of(&old).starts_with("The harbor") && found[1].old.of(&old).starts_with("Grapes"));
        assert!(found[0].new.start > found[1].new.start, "in order of the older text");
    }

    #[test]
    fn what_was_taken_twice_is_found_twice_in_the_older_text_and_once_in_each_place() {
        let twice = format!("{STORY}{OTHER}{MORE}{STORY}");
        let found = aligned(&twice, &format!("Bees returned. {STORY}"));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].old.end < found[1].old.start);
        assert_eq!(found[0].new, found[1].new);
    }

    #[test]
    fn the_two_largest_leave_one_out() {
        let table: [(&[f32], f32, f32); 4] =
            [(&[0.2, 0.9, 0.5], 0.9, 0.5), (&[0.2, 0.9, 0.5], 0.2, 0.9), (&[0.9, 0.9], 0.9, 0.9), (&[0.4], 0.4, 0.0)];
        for (numbers, number, expected) in table {
            assert_eq!(TwoLargest::of(numbers.iter().copied()).without(number), expected, "{numbers:?}");
        }
    }

    /// Texts of few words, so that much is shared, with what breaks byte offsets between them.
    fn texts() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "harbor",
            "storm",
            "“cranes”",
            "mayor",
            "wages",
            "the",
            "of",
            "Zürich",
            "ﬁne",
            "İstanbul",
            "漢字",
            "e\u{301}té",
            "\0",
            ".",
            "!\n\n",
            "\u{1F600}",
        ]);
        let clauses = prop::collection::vec(prop::sample::select(vec![STORY, OTHER, MORE]), 0..4);
        let noise = prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "));
        (noise, clauses, any::<String>())
            .prop_map(|(noise, clauses, any)| format!("{noise} {} {any}", clauses.concat()))
    }

    proptest! {
        #[test]
        fn ranges_fit_both_texts_and_never_overlap_in_the_older(old in texts(), new in texts()) {
            let found = aligned(&old, &new);
            for ReuseMatch { old: in_old, new: in_new, similarity, .. } in &found {
                for (range, text) in [(in_old, &old), (in_new, &new)] {
                    let words = text.get(range.start..range.end).expect("on character boundaries");
                    prop_assert!(words.starts_with(char::is_alphanumeric) && words.ends_with(char::is_alphanumeric));
                    prop_assert!(!text[..range.start].ends_with(char::is_alphanumeric));
                    prop_assert!(!text[range.end..].starts_with(char::is_alphanumeric));
                }
                prop_assert!((0.0..=1.0).contains(similarity));
            }
            prop_assert!(found.is_sorted_by(|left, right| left.old.end <= right.old.start));
            prop_assert_eq!(&found, &aligned(&old, &new));
        }

        #[test]
        fn every_bag_is_emptied(old in texts(), new in texts()) {
            let (old, new) = (prepare(&old), prepare(&new));
            let pair = Pair::new(&old, &new);
            let mut bags = Bags::new(&pair);
            let found = passages(&pair, &mut bags);
            let regions: Vec<Region> = found.into_iter().map(|found| found.region).collect();
            summary::find(&pair, &regions, &mut bags);
            prop_assert!(pair.new.ids.iter().all(|&id| !bags.other.has(id) && !bags.met.has(id)));
        }
    }
}
