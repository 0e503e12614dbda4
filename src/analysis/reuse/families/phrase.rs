//! A family as the reader sees it: named by the way most places write it, weighed, with a reason for every place.

use std::cmp::Reverse;

use super::candidates::Candidate;
use super::explain::{Representative, explain, label, n_main_names, range_of, surface};
use super::pattern::{Found, min_weight};
use super::rarity::{DocumentFrequencies, go_together};
use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::keys::Key;
use crate::analysis::reuse::{Occurrence, Phrase};
use crate::document::Passage;
use crate::text::{ByteRange, tokens};

/// The family of a candidate with the places that joined it.
pub(super) fn phrase<'a>(
    streams: &Streams,
    candidate: &'a Candidate,
    joined: impl Iterator<Item = &'a Found>,
    weight: f32,
) -> Phrase {
    let mut own: Vec<&Found> = candidate.found.iter().collect();
    sort_by_reading(streams, &mut own);
    let found = representative(streams, &own);
    let representative = Representative { found, is_coordination: candidate.is_coordination };
    let mut all = own;
    all.extend(joined);
    sort_by_reading(streams, &mut all);
    let occurrences: Vec<Occurrence> = all
        .iter()
        .map(|place| {
            let (kind, why) = explain(streams, &representative, place);
            let passage = Passage { document: streams.id(place.slot()), range: range_of(streams, place) };
            Occurrence { passage, kind, why }
        })
        .collect();
    let mut slots: Vec<usize> = all.iter().map(|place| place.slot()).collect();
    slots.dedup();
    let days = slots.iter().filter_map(|&slot| streams.document(slot)?.published.day());
    Phrase {
        id: candidate.id,
        label: label(streams, found),
        n_words: found.words().map(|idx| n_text_words(streams, found, idx)).sum(),
        weight,
        n_documents: slots.len(),
        first: days.clone().min(),
        last: days.max(),
        occurrences,
    }
}

/// In the order in which the articles are read, then of place.
fn sort_by_reading(streams: &Streams, found: &mut [&Found]) {
    found.sort_by_cached_key(|found| (streams.reading_order(found.slot()), found.first(), found.last()));
}

/// How many words of the text a word of the stream stands for; its article is one of them.
fn n_text_words(streams: &Streams, found: &Found, idx: usize) -> usize {
    let Some(word) = streams.words(found.slot()).get(idx) else { return 0 };
    if word.group().is_none() {
        return 1;
    }
    let text = word.range().of(streams.text(found.slot()));
    tokens(text, ByteRange::new(0, text.len())).count()
}

/// What a family weighs: for ordering, no unit. Rarity, spread over stories and length all count. 0 where the words are
/// so frequent in these articles that they say too little together, and stand together no more often than apart.
pub(super) fn weight(streams: &Streams, frequencies: &DocumentFrequencies, candidate: &Candidate) -> f32 {
    let rarity = rarity(streams, frequencies, &candidate.keys);
    let rarest = candidate.keys.iter().map(|&key| frequencies.of(key)).min().unwrap_or(0);
    let says_enough = candidate.weight * rarity >= min_weight(candidate.keys.len());
    if !says_enough && !go_together(rarest, candidate.slots.len()) {
        return 0.0;
    }
    saturated(candidate.weight) * rarity * spread(candidate.n_stories) * length_factor(candidate.n_spanned)
}

/// The share of the weight of a formula that the frequencies of its words leave.
fn rarity(streams: &Streams, frequencies: &DocumentFrequencies, keys: &[Key]) -> f32 {
    let (mut all, mut left) = (0.0, 0.0);
    for &key in keys {
        let weight = streams.keys.content_weight(key);
        all += weight;
        left += weight * frequencies.rarity(key);
    }
    if all > 0.0 { left / all } else { 1.0 }
}

/// The weight up to which a formula says more with each word; the words beyond tell of one copied passage. Feels right:
/// some eight words of content.
const FULL_WEIGHT: f32 = 24.0;

/// A passage of three hundred words says more than one of thirty, but not ten times as much.
fn saturated(weight: f32) -> f32 {
    if weight <= FULL_WEIGHT { weight } else { FULL_WEIGHT * (1.0 + 0.25 * (weight / FULL_WEIGHT).ln()) }
}

/// Two stories count 1, three 1.6, four 2, eight 3.
fn spread(n_stories: usize) -> f32 {
    (n_stories.max(2) as f32).log2()
}

/// A term of two words may be chance, a run of six ordinary ones hardly is. The factors feel right.
fn length_factor(n_words: usize) -> f32 {
    match n_words {
        0..=2 => 0.5,
        3 | 4 => 1.0,
        5 => 1.25,
        _ => 1.5,
    }
}

/// Words between those of the formula, determiners aside: they read like a part of it.
fn n_gap_words(streams: &Streams, found: &Found) -> usize {
    let words = streams.words(found.slot()).get(found.first()..=found.last()).unwrap_or_default();
    let is_gap = |idx: usize| !found.holds(idx);
    let n_determiners = words.iter().zip(found.first()..).filter(|(word, idx)| word.is_determiner() && is_gap(*idx));
    found.n_spanned() - found.n_words() - n_determiners.count()
}

/// The way most places write it; on a tie the one with more main names, then without a gap, then the earliest.
fn representative<'a>(streams: &Streams, found: &[&'a Found]) -> &'a Found {
    let surfaces: Vec<String> = found.iter().map(|found| surface(streams, found)).collect();
    let mut sorted: Vec<&str> = surfaces.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let n_same = |surface: &str| {
        let start = sorted.partition_point(|other| *other < surface);
        sorted[start..].partition_point(|other| *other == surface)
    };
    let best = found.iter().zip(&surfaces).enumerate().max_by_key(|(idx, (place, surface))| {
        (Reverse(n_gap_words(streams, place)), n_same(surface), n_main_names(streams, place), Reverse(*idx))
    });
    best.map_or(found[0], |(_, (found, _))| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_and_length_count() {
        assert!((spread(2) - 1.0).abs() < 1e-6 && (spread(4) - 2.0).abs() < 1e-6);
        assert!((2..40).all(|n| spread(n) < spread(n + 1) && length_factor(n) <= length_factor(n + 1)));
    }

    #[test]
    fn a_copied_passage_does_not_drown_a_formula() {
        assert!((saturated(12.0) - 12.0).abs() < f32::EPSILON);
        assert!(saturated(600.0) > saturated(60.0) && saturated(600.0) < 2.0 * FULL_WEIGHT);
    }
}
