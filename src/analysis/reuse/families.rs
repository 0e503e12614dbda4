//! Phrase families: patterns that come back, nested ones beside each other where each says something of its own.
//!
//! Coordinations and linear patterns are candidates; the widest spread comes first, then the heaviest. A candidate
//! stands where it goes beyond the families before it: it has a document in which no place of theirs covers its own,
//! or more than a third of its weight, or a run that would do as a formula, lies outside them. Only families that stand in all of its
//! documents count for that, so a longer formula in fewer documents never takes a shorter one away, and the
//! parts of a passage copied between the same documents are not listed (closed patterns, after Pasquier et al. 1999,
//! over documents). Loose places of a candidate that does not stand join the family that holds most of it.
//!
//! The id is a hash of the pattern's keys. An article more changes it only where that article brings a part of the
//! formula that is spread wider and holds nearly all of it: then both would be marked on the same words. The order is
//! that of spread, weight and spelling, never of a hash map. `O(p × m)` in patterns and places of their rarest anchor.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::anchors::shared_patterns;
use super::coordination::{Coordination, find_coordinations};
use super::explain::{Representative, explain, label, n_main_names, range_of, surface};
use super::index::AnchorIndex;
use super::keys::Key;
use super::pattern::{Found, Substance, match_at};
use super::stream::{Streams, Word};
use super::{Occurrence, Phrase};
use crate::analysis::{Cancelled, PhraseId, Progress};
use crate::document::Passage;

/// What may become a family.
struct Candidate {
    /// Keys that make its identity, in order.
    keys: Vec<Key>,
    found: Vec<Found>,
    /// The documents of `found`, in order, each once.
    documents: Vec<usize>,
    weight: f32,
    /// The part of the weight that is not of names or function words.
    content_weight: f32,
    is_coordination: bool,
}

impl Candidate {
    fn linear(keys: Vec<Key>, found: Vec<Found>, substance: Substance) -> Self {
        let Substance { weight, content_weight, .. } = substance;
        Self { keys, documents: documents_of(&found), found, weight, content_weight, is_coordination: false }
    }

    fn coordination(coordination: Coordination) -> Self {
        let Coordination { pair, found, weight } = coordination;
        Self {
            keys: pair.to_vec(),
            documents: documents_of(&found),
            found,
            weight,
            content_weight: weight,
            is_coordination: true,
        }
    }
}

/// The documents of places sorted by document, each once.
fn documents_of(found: &[Found]) -> Vec<usize> {
    let mut documents: Vec<usize> = found.iter().map(|found| found.document_idx).collect();
    documents.dedup();
    documents
}

/// A candidate that became a family.
struct Family {
    candidate: Candidate,
    /// Places that joined from patterns that do not stand by themselves.
    joined: Vec<Found>,
}

pub(super) fn find_families(streams: &Streams<'_>, progress: &Progress) -> Result<Vec<Phrase>, Cancelled> {
    let index = AnchorIndex::new(streams);
    progress.at(0.2)?;
    let patterns = shared_patterns(streams, &index);
    progress.at(0.3)?;
    let mut candidates: Vec<Candidate> =
        patterns.into_par_iter().filter_map(|keys| linear_candidate(streams, &index, keys)).collect();
    progress.at(0.45)?;
    candidates.extend(find_coordinations(streams).into_iter().map(Candidate::coordination));
    candidates.sort_by_cached_key(|candidate| order_of(streams, candidate));
    progress.at(0.5)?;
    let families = choose(streams, candidates);
    progress.at(0.55)?;
    let mut phrases: Vec<Phrase> = families.iter().map(|family| phrase(streams, family)).collect();
    phrases.sort_by(|left, right| right.weight.total_cmp(&left.weight).then(left.id.cmp(&right.id)));
    phrases.dedup_by_key(|phrase| phrase.id);
    Ok(phrases)
}

/// Widest spread first, then what says most: by content, a coordination before a pattern that only adds names and
/// function words to it, by weight, by spelling.
fn order_of(streams: &Streams<'_>, candidate: &Candidate) -> impl Ord + use<> {
    let milli = |weight: f32| Reverse((weight * 1000.0).round() as u32);
    let spelled: Vec<String> = candidate.keys.iter().map(|&key| streams.keys.text(key).to_owned()).collect();
    let content = (milli(candidate.content_weight), !candidate.is_coordination);
    (Reverse(candidate.documents.len()), content, milli(candidate.weight), spelled)
}

/// The pattern with all its places, if two documents have it.
fn linear_candidate(streams: &Streams<'_>, index: &AnchorIndex, keys: Vec<Key>) -> Option<Candidate> {
    let mut found: Vec<Found> = Vec::new();
    for (anchor_idx, anchors) in index.rarest(&keys) {
        for anchor in anchors {
            let document_idx = anchor.place.document_idx as usize;
            let words = &streams.streams.get(document_idx)?.words;
            if let Some(matched) = match_at(words, &keys, anchor_idx, anchor.place.word_idx as usize) {
                found.push(Found { document_idx, words: matched });
            }
        }
    }
    // Two anchors may reach the same words; the place with the smaller gaps stays.
    found.sort_by_key(|found| (found.document_idx, found.first(), found.n_spanned()));
    found.dedup_by(|next, kept| next.n_shared(kept) > 0);
    if n_documents(&found) < 2 {
        return None;
    }
    // Two documents have to use it as a formula; that a third writes it as a name takes nothing from them.
    let in_documents = found.chunk_by(|left, right| left.document_idx == right.document_idx);
    let enough: Vec<Substance> = in_documents
        .filter_map(|places| places.iter().map(|place| substance(streams, place)).min_by(by_weight))
        .filter(|weakest| weakest.is_enough())
        .collect();
    let weakest = enough.iter().copied().min_by(by_weight).filter(|_| enough.len() >= 2)?;
    Some(Candidate::linear(keys, found, weakest))
}

fn by_weight(left: &Substance, right: &Substance) -> std::cmp::Ordering {
    left.weight.total_cmp(&right.weight)
}

fn substance(streams: &Streams<'_>, found: &Found) -> Substance {
    let words: Vec<&Word> = streams
        .streams
        .get(found.document_idx)
        .map(|stream| found.words.iter().filter_map(|&idx| stream.words.get(idx)).collect())
        .unwrap_or_default();
    Substance::of(streams, words.into_iter())
}

/// Number of documents among places sorted by document.
fn n_documents(found: &[Found]) -> usize {
    found.chunk_by(|left, right| left.document_idx == right.document_idx).count()
}

/// A formula that adds less than this share of its weight to wider ones is a variant of them; tried on news texts.
const MIN_NEW_SHARE: f32 = 1.0 / 3.0;

/// The places of the families so far, by document.
struct Taken {
    by_document: Vec<Vec<(usize, Found)>>,
}

impl Taken {
    /// The families with a place that shares words with `found`, with that place.
    fn over<'a>(&'a self, found: &'a Found) -> impl Iterator<Item = (usize, &'a Found)> {
        let taken = self.by_document.get(found.document_idx).map_or(&[][..], Vec::as_slice);
        taken.iter().filter(move |(_, place)| place.n_shared(found) > 0).map(|(family_idx, place)| (*family_idx, place))
    }

    fn take(&mut self, found: &Found, family_idx: usize) {
        if let Some(taken) = self.by_document.get_mut(found.document_idx) {
            taken.push((family_idx, found.clone()));
        }
    }
}

/// What a candidate is beside the families before it.
enum Standing {
    /// A family of its own.
    Own,
    /// Nothing of its own; the loose places, and the family they may join.
    Variant { loose: Vec<Found>, host: Option<usize> },
}

/// Lets the candidates stand or join in order.
fn choose(streams: &Streams<'_>, candidates: Vec<Candidate>) -> Vec<Family> {
    let mut taken = Taken { by_document: vec![Vec::new(); streams.streams.len()] };
    let mut families: Vec<Family> = Vec::new();
    for candidate in candidates {
        match standing(streams, &taken, &families, &candidate) {
            Standing::Own => {
                for found in &candidate.found {
                    taken.take(found, families.len());
                }
                families.push(Family { candidate, joined: Vec::new() });
            }
            Standing::Variant { loose, host: Some(host) } => {
                if let Some(family) = families.get_mut(host) {
                    for found in loose {
                        taken.take(&found, host);
                        family.joined.push(found);
                    }
                }
            }
            Standing::Variant { host: None, .. } => {}
        }
    }
    families
}

fn standing(streams: &Streams<'_>, taken: &Taken, families: &[Family], candidate: &Candidate) -> Standing {
    let is_as_wide = |family_idx: usize| {
        families.get(family_idx).is_some_and(|family| is_subset(&candidate.documents, &family.candidate.documents))
    };
    let mut loose = Vec::new();
    // The host of a place is the family that shares most words with it.
    let mut hosts: Vec<usize> = Vec::new();
    for in_document in candidate.found.chunk_by(|left, right| left.document_idx == right.document_idx) {
        let n_before = loose.len();
        for found in in_document {
            let covers: Vec<(usize, &Found)> = taken.over(found).filter(|(idx, _)| is_as_wide(*idx)).collect();
            if is_new(streams, found, &covers, candidate.weight) {
                loose.push(found.clone());
            } else {
                hosts.extend(
                    covers
                        .iter()
                        .max_by_key(|(idx, place)| (place.n_shared(found), Reverse(*idx)))
                        .map(|(idx, _)| *idx),
                );
            }
        }
        if loose.len() - n_before == in_document.len() {
            return Standing::Own;
        }
    }
    let host = hosts.first().copied().filter(|first| hosts.iter().all(|host| host == first));
    let Some(family) = host.and_then(|host| families.get(host)) else {
        return Standing::Variant { loose, host: None };
    };
    // A small part of a long formula does not speak for it where it stands alone.
    if !loose.is_empty() && candidate.weight * 2.0 < family.candidate.weight {
        return Standing::Own;
    }
    // Words of a coordination alone are none.
    Standing::Variant { loose, host: host.filter(|_| !family.candidate.is_coordination) }
}

/// Does a place say enough that is not said by the places over it? A good share of its weight, or a run that would be
/// a formula by itself.
fn is_new(streams: &Streams<'_>, found: &Found, covers: &[(usize, &Found)], weight: f32) -> bool {
    let words = streams.streams.get(found.document_idx).map_or(&[][..], |stream| stream.words.as_slice());
    let is_outside = |idx: &usize| covers.iter().all(|(_, place)| *idx < place.first() || place.last() < *idx);
    let substance = |idxs: &[usize]| Substance::of(streams, idxs.iter().filter_map(|&idx| words.get(idx)));
    let outside: Vec<usize> = found.words.iter().copied().filter(is_outside).collect();
    let new = substance(&outside);
    covers.is_empty()
        || new.n_content > 0 && new.weight > weight * MIN_NEW_SHARE
        || found
            .words
            .chunk_by(|left, right| is_outside(left) == is_outside(right))
            .any(|run| run.first().is_some_and(is_outside) && substance(run).is_enough())
}

/// Both are sorted.
fn is_subset(small: &[usize], large: &[usize]) -> bool {
    small.len() <= large.len() && small.iter().all(|idx| large.binary_search(idx).is_ok())
}

/// The family as the reader sees it.
fn phrase(streams: &Streams<'_>, family: &Family) -> Phrase {
    let candidate = &family.candidate;
    let representative =
        Representative { found: representative(streams, &candidate.found), is_coordination: candidate.is_coordination };
    let mut found: Vec<&Found> = candidate.found.iter().chain(&family.joined).collect();
    found.sort();
    let documents = streams.corpus.documents();
    let occurrences: Vec<Occurrence> = found
        .iter()
        .filter_map(|found| {
            let document = documents.get(found.document_idx)?;
            let (kind, why) = explain(streams, &representative, found);
            Some(Occurrence { passage: Passage { document: document.id, range: range_of(streams, found) }, kind, why })
        })
        .collect();
    let mut document_idxs: Vec<usize> = found.iter().map(|found| found.document_idx).collect();
    document_idxs.dedup();
    let days = document_idxs.iter().filter_map(|&idx| documents.get(idx)?.published.day());
    let mut parts: Vec<&str> = candidate.keys.iter().map(|&key| streams.keys.text(key)).collect();
    if candidate.is_coordination {
        parts.insert(1, "&");
    }
    let n_words = representative
        .found
        .words
        .iter()
        .filter_map(|&idx| streams.streams.get(representative.found.document_idx)?.words.get(idx))
        .map(|word| usize::from(word.n_words))
        .sum();
    Phrase {
        id: PhraseId::of(&parts),
        label: label(streams, representative.found),
        n_words,
        weight: candidate.weight * spread(document_idxs.len()) * length_factor(representative.found.n_spanned()),
        n_documents: document_idxs.len(),
        first: days.clone().min(),
        last: days.max(),
        occurrences,
    }
}

/// Two articles count 1, three 1.6, four 2, eight 3.
fn spread(n_documents: usize) -> f32 {
    (n_documents.max(2) as f32).log2()
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
fn n_gap_words(streams: &Streams<'_>, found: &Found) -> usize {
    let words =
        streams.streams.get(found.document_idx).and_then(|stream| stream.words.get(found.first()..=found.last()));
    let n_determiners = words
        .unwrap_or_default()
        .iter()
        .zip(found.first()..)
        .filter(|(word, idx)| word.is_determiner && !found.words.contains(idx))
        .count();
    found.n_spanned() - found.words.len() - n_determiners
}

/// The way most places write it; on a tie the one with more main names, then without a gap, then the earliest.
fn representative<'a>(streams: &Streams<'_>, found: &'a [Found]) -> &'a Found {
    let surfaces: Vec<String> = found.iter().map(|found| surface(streams, found)).collect();
    let best = found.iter().enumerate().max_by_key(|(idx, place)| {
        let n_gaps = n_gap_words(streams, place);
        let n_same = surfaces.iter().filter(|surface| *surface == &surfaces[*idx]).count();
        (std::cmp::Reverse(n_gaps), n_same, n_main_names(streams, place), std::cmp::Reverse(*idx))
    });
    best.map_or(&found[0], |(_, found)| found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::fixture::{codebook, corpus};

    /// Labels with the number of places.
    fn families(texts: &[&str]) -> Vec<(String, usize)> {
        let corpus = corpus(texts);
        let streams = Streams::new(&corpus, &codebook());
        let found = find_families(&streams, &Progress::default()).unwrap_or_default();
        found.into_iter().map(|phrase| (phrase.label, phrase.occurrences.len())).collect()
    }

    #[test]
    fn nested_formulas_stand_where_they_say_something_of_their_own() {
        let long = "Pilots want binding arbitration for dockers on every ferry.";
        for (texts, wanted) in [
            // The same documents: the longer one alone.
            (vec![long, long], &[("pilots want binding arbitration for dockers on every ferry", 2)][..]),
            // One more has a part: both.
            (
                vec![long, long, "No binding arbitration for eels"],
                &[("pilots want binding arbitration for dockers on every ferry", 2), ("binding arbitration", 3)],
            ),
            // The longer one adds but a name: the wider one alone.
            (
                vec![
                    "reckless herring embargo of Freedonia",
                    "reckless herring embargo of Freedonia",
                    "reckless herring embargo",
                ],
                &[("reckless herring embargo", 3)],
            ),
        ] {
            let mut found = families(&texts);
            found.sort_by_key(|(label, _)| Reverse(label.len()));
            let wanted: Vec<(String, usize)> = wanted.iter().map(|(label, n)| ((*label).to_owned(), *n)).collect();
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn spread_and_length_count() {
        assert!((spread(2) - 1.0).abs() < 1e-6 && (spread(4) - 2.0).abs() < 1e-6);
        assert!((2..40).all(|n| spread(n) < spread(n + 1) && length_factor(n) <= length_factor(n + 1)));
    }

    #[test]
    fn subsets_of_sorted_lists() {
        for (small, large, wanted) in [
            (&[][..], &[1][..], true),
            (&[1, 3], &[1, 2, 3], true),
            (&[1, 4], &[1, 2, 3], false),
            (&[1, 2], &[1], false),
        ] {
            assert_eq!(is_subset(small, large), wanted, "{small:?} {large:?}");
        }
    }
}
