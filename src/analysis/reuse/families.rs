//! Phrase families: patterns that come back, each place under one family.
//!
//! Coordinations and linear patterns are candidates. The heaviest candidate takes its places first; a lighter one
//! keeps a place that a taken one covers only where that is at least twice as long, and stands as a family of its
//! own only with two documents left. What remains of a lighter pattern that holds at least half of a family's words
//! joins that family as a near occurrence. The order is that of weight and spelling, never of a hash map; the id is
//! a hash of the pattern's keys, so an article more does not change it. `O(p × m)` in patterns and places of their
//! rarest anchor.

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
    weight: f32,
    is_coordination: bool,
}

/// A candidate that became a family.
struct Family {
    candidate: Candidate,
    /// Places that joined from lighter patterns.
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
    candidates.extend(find_coordinations(streams).into_iter().map(|coordination| {
        let Coordination { pair, found, weight } = coordination;
        Candidate { keys: pair.to_vec(), found, weight, is_coordination: true }
    }));
    candidates.sort_by_cached_key(|candidate| order_of(streams, candidate));
    progress.at(0.5)?;
    let families = choose(streams, candidates);
    progress.at(0.55)?;
    let mut phrases: Vec<Phrase> = families.iter().map(|family| phrase(streams, family)).collect();
    phrases.sort_by(|left, right| right.weight.total_cmp(&left.weight).then(left.id.cmp(&right.id)));
    phrases.dedup_by_key(|phrase| phrase.id);
    Ok(phrases)
}

/// Heaviest first, coordinations before linear patterns of the same weight, then by spelling.
fn order_of(streams: &Streams<'_>, candidate: &Candidate) -> (std::cmp::Reverse<u32>, bool, Vec<String>) {
    let milli = (candidate.weight * 1000.0) as u32;
    let spelled = candidate.keys.iter().map(|&key| streams.keys.text(key).to_owned()).collect();
    (std::cmp::Reverse(milli), !candidate.is_coordination, spelled)
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
    // A family is what its places make of it: a place where a word is a name weakens it.
    let substance = found.iter().map(|place| substance(streams, place)).min_by(|l, r| l.weight.total_cmp(&r.weight))?;
    substance.is_enough().then_some(Candidate { keys, found, weight: substance.weight, is_coordination: false })
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

/// Places taken so far, by document: (place, family).
struct Taken {
    by_document: Vec<Vec<(usize, usize, usize)>>,
}

impl Taken {
    /// The family that covers more than half of `found`, and the length of its place.
    fn cover(&self, found: &Found) -> Option<(usize, usize)> {
        let taken = self.by_document.get(found.document_idx)?;
        taken
            .iter()
            .filter_map(|&(first, last, family_idx)| {
                let n_shared = (last.min(found.last()) + 1).saturating_sub(first.max(found.first()));
                (n_shared * 2 > found.n_spanned()).then_some((n_shared, family_idx, last + 1 - first))
            })
            .max_by_key(|&(n_shared, family_idx, _)| (n_shared, std::cmp::Reverse(family_idx)))
            .map(|(_, family_idx, n_words)| (family_idx, n_words))
    }

    fn take(&mut self, found: &Found, family_idx: usize) {
        if let Some(taken) = self.by_document.get_mut(found.document_idx) {
            taken.push((found.first(), found.last(), family_idx));
        }
    }
}

/// Lets the candidates take their places in order.
fn choose(streams: &Streams<'_>, candidates: Vec<Candidate>) -> Vec<Family> {
    let mut taken = Taken { by_document: vec![Vec::new(); streams.streams.len()] };
    let mut families: Vec<Family> = Vec::new();
    for mut candidate in candidates {
        let (mut free, mut nested, mut hosts) = (Vec::new(), Vec::new(), Vec::new());
        // Do all covered places lie in passages so long that the formula is but a small part of them?
        let mut is_copied = true;
        for found in &candidate.found {
            match taken.cover(found) {
                None => free.push(found.clone()),
                Some((family_idx, n_words)) => {
                    hosts.push(family_idx);
                    if n_words >= 2 * found.n_spanned() {
                        nested.push(found.clone());
                    }
                    is_copied &= n_words >= 3 * found.n_spanned() && found.words.len() >= 3;
                }
            }
        }
        let stands_alone = !free.is_empty() && is_copied && n_documents_of(&free, &nested) >= 2;
        if n_documents(&free) >= 2 || stands_alone {
            free.append(&mut nested);
            free.sort();
            for found in &free {
                taken.take(found, families.len());
            }
            candidate.found = free;
            families.push(Family { candidate, joined: Vec::new() });
        } else if let Some(&host) = hosts.first()
            && hosts.iter().all(|&other| other == host)
            && let Some(family) = families.get_mut(host)
            && !family.candidate.is_coordination
            && candidate.weight * 2.0 >= family.candidate.weight
        {
            for found in free {
                taken.take(&found, host);
                family.joined.push(found);
            }
        }
    }
    families
}

fn n_documents_of(left: &[Found], right: &[Found]) -> usize {
    let mut idxs: Vec<usize> = left.iter().chain(right).map(|found| found.document_idx).collect();
    idxs.sort_unstable();
    idxs.dedup();
    idxs.len()
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

/// Two articles count 1, four count 1.6, eight count 2.1.
fn spread(n_documents: usize) -> f32 {
    (1.0 + n_documents as f32).log2() / 3f32.log2()
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
