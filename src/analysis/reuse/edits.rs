//! What the reader decided about phrases, laid over what was found: families never to be matched, named otherwise,
//! merged into another, or with a wording split off.
//!
//! An edit names families by their ids, which are hashes of words, so it outlives every re-run. One that names a family
//! that is not there waits, and speaks again when the family comes back. Each place walks from the family it was found
//! in: a wording that is split off leaves first, then merges lead on, and the place stays at the last family on its way
//! that is there. Merges that would close a circle are left out, and a way never enters a family twice, so every walk
//! ends. `O(p)` in the families, and in the places of those that are edited; without edits nothing is looked at.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Occurrence, OccurrenceKind, Phrase};
use crate::analysis::PhraseId;
use crate::document::{Corpus, DocumentId};
use crate::text::compare::fold;
use crate::text::{ByteRange, tokens};

/// The reader's decisions on phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhraseEdits {
    /// Families that are never to be matched, with whatever was merged into them.
    pub dismissed: BTreeSet<PhraseId>,
    /// Names in place of the words of the representative; an empty one counts as none.
    pub names: BTreeMap<PhraseId, String>,
    /// Families by the one they are merged into.
    pub merged: BTreeMap<PhraseId, PhraseId>,
    /// Wordings, as [`wording`] writes them, that are no part of this family but one of their own.
    pub split: BTreeSet<(PhraseId, String)>,
}

impl PhraseEdits {
    pub fn is_empty(&self) -> bool {
        self.dismissed.is_empty() && self.names.is_empty() && self.merged.is_empty() && self.split.is_empty()
    }
}

/// What edits made of a family.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// The label in the articles' words, where the reader gave the family another name.
    pub found_label: Option<String>,
    /// The families whose places it took in, in order of id.
    pub merged: Vec<PhraseId>,
    /// The family it was split off.
    pub split_from: Option<PhraseId>,
}

/// Families after the reader's decisions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EditedPhrases<P> {
    /// Heaviest first.
    pub phrases: Vec<P>,
    /// What was done to those that are not as they were found.
    pub edits: BTreeMap<PhraseId, Edit>,
}

/// How a place is written, the same for all that differ in case, quote marks, dashes and spaces alone.
///
/// ```
/// use throughline::analysis::reuse::edits::wording;
/// use throughline::text::ByteRange;
/// let text = "Pressure on\nNorth Korea’s";
/// assert_eq!(wording(text, ByteRange::new(0, text.len())), "pressure on north korea's");
/// ```
pub fn wording(text: &str, range: ByteRange) -> String {
    let words: Vec<String> = tokens(text, range).map(|token| fold(token.range.of(text))).collect();
    words.join(" ")
}

/// The id of the family that a split-off wording makes.
pub fn split_id(family: PhraseId, wording: &str) -> PhraseId {
    PhraseId::of(&["split", &family.to_string(), wording])
}

/// Would merging `phrase` into `into` close a circle of merges?
pub fn closes_circle(merged: &BTreeMap<PhraseId, PhraseId>, phrase: PhraseId, into: PhraseId) -> bool {
    let mut here = into;
    for _ in 0..=merged.len() {
        if here == phrase {
            return true;
        }
        let Some(&next) = merged.get(&here) else { return false };
        here = next;
    }
    true
}

/// Lays `edits` over `phrases`. What is not edited is cloned, which costs little for shared phrases.
///
/// The result depends on the three arguments alone, not on the order in which the edits came.
pub fn edited<P>(phrases: &[P], corpus: &Corpus, edits: &PhraseEdits) -> EditedPhrases<P>
where
    P: Borrow<Phrase> + From<Phrase> + Clone,
{
    if edits.is_empty() {
        return EditedPhrases { phrases: phrases.to_vec(), edits: BTreeMap::new() };
    }
    let mut overlay = Overlay::new(phrases.iter().map(P::borrow), edits);
    let mut families = overlay.families(corpus);
    let mut result = EditedPhrases { phrases: Vec::with_capacity(phrases.len()), edits: BTreeMap::new() };
    let has_moves = !families.is_empty();
    let mut keep = |phrase: P, mut edit: Edit| {
        let id = phrase.borrow().id;
        if edits.dismissed.contains(&id) {
            return;
        }
        let name = edits.names.get(&id).map(|name| name.trim()).filter(|name| !name.is_empty());
        let phrase = match name {
            None => phrase,
            Some(name) => {
                let mut named = phrase.borrow().clone();
                edit.found_label = Some(std::mem::replace(&mut named.label, name.to_owned()));
                P::from(named)
            }
        };
        if edit != Edit::default() {
            result.edits.insert(id, edit);
        }
        result.phrases.push(phrase);
    };
    for phrase in phrases {
        match families.remove(&phrase.borrow().id) {
            None => keep(phrase.clone(), Edit::default()),
            Some(family) => {
                if let Some((phrase, edit)) = family.phrase(phrase.borrow(), corpus, edits) {
                    keep(P::from(phrase), edit);
                }
            }
        }
    }
    // What is left are wordings that were split off.
    for family in families.into_values() {
        if let Some((phrase, edit)) = family.split_off(corpus, edits) {
            keep(P::from(phrase), edit);
        }
    }
    if has_moves {
        result.phrases.sort_by(|left, right| {
            let (left, right) = (left.borrow(), right.borrow());
            right.weight.total_cmp(&left.weight).then(left.id.cmp(&right.id))
        });
    }
    result
}

fn whole(text: &str) -> ByteRange {
    ByteRange::new(0, text.len())
}

/// A place on its way.
struct Place<'a> {
    found: &'a Phrase,
    occurrence: &'a Occurrence,
    arrival: Arrival,
}

/// How a place came to its family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrival {
    /// It was found there.
    Own,
    /// Its wording was split off the family with this id.
    Split(PhraseId),
    Merged,
}

/// The places of a family that lost or won some.
struct Family<'a> {
    id: PhraseId,
    places: Vec<Place<'a>>,
}

impl Family<'_> {
    fn empty(id: PhraseId) -> Self {
        Self { id, places: Vec::new() }
    }
}

struct Overlay<'a> {
    found: FxHashMap<PhraseId, &'a Phrase>,
    merged: BTreeMap<PhraseId, PhraseId>,
    split: &'a BTreeSet<(PhraseId, String)>,
    /// Split-off families that have a place.
    split_off: BTreeSet<PhraseId>,
}

impl<'a> Overlay<'a> {
    fn new(phrases: impl Iterator<Item = &'a Phrase>, edits: &'a PhraseEdits) -> Self {
        let mut merged = BTreeMap::new();
        for (&phrase, &into) in &edits.merged {
            if !closes_circle(&merged, phrase, into) {
                merged.insert(phrase, into);
            }
        }
        let found = phrases.map(|phrase| (phrase.id, phrase)).collect();
        Self { found, merged, split: &edits.split, split_off: BTreeSet::new() }
    }

    /// The families that lost or won a place, with all their places.
    fn families(&mut self, corpus: &Corpus) -> BTreeMap<PhraseId, Family<'a>> {
        let edited: BTreeSet<PhraseId> =
            self.merged.keys().copied().chain(self.split.iter().map(|(family, _)| *family)).collect();
        let walkers: Vec<(&'a Phrase, &'a Occurrence, String)> = edited
            .iter()
            .filter_map(|id| self.found.get(id).copied())
            .flat_map(|phrase| phrase.occurrences.iter().map(move |occurrence| (phrase, occurrence)))
            .map(|(phrase, occurrence)| {
                let words = corpus.words(occurrence.passage);
                (phrase, occurrence, wording(words, whole(words)))
            })
            .collect();
        // A wording split off a split-off family is there only once that one is.
        for _ in 0..=self.split.len() {
            let entered: BTreeSet<PhraseId> =
                walkers.iter().flat_map(|(phrase, _, wording)| self.walk(phrase.id, wording).entered).collect();
            if entered == self.split_off {
                break;
            }
            self.split_off = entered;
        }
        let mut families: BTreeMap<PhraseId, Family<'a>> = BTreeMap::new();
        for (found, occurrence, wording) in walkers {
            let Walk { home, arrival, .. } = self.walk(found.id, &wording);
            let family = families.entry(home).or_insert_with(|| Family::empty(home));
            family.places.push(Place { found, occurrence, arrival });
            // The family it left may have no place of its own any more, and then it goes.
            families.entry(found.id).or_insert_with(|| Family::empty(found.id));
        }
        for (id, family) in &mut families {
            if let Some(found) = self.found.get(id).copied().filter(|_| !edited.contains(id)) {
                let own = found.occurrences.iter();
                family.places.extend(own.map(|occurrence| Place { found, occurrence, arrival: Arrival::Own }));
            }
        }
        families.retain(|id, family| {
            let n_own = family.places.iter().filter(|place| place.arrival == Arrival::Own).count();
            let n_found = self.found.get(id).map_or(0, |phrase| phrase.occurrences.len());
            n_own != n_found || n_own != family.places.len()
        });
        families
    }

    fn walk(&self, found: PhraseId, wording: &str) -> Walk {
        let mut walk = Walk { home: found, arrival: Arrival::Own, entered: Vec::new() };
        let mut path = vec![found];
        let (mut here, mut is_there, mut arrival) = (found, true, Arrival::Own);
        loop {
            if is_there {
                (walk.home, walk.arrival) = (here, arrival);
            }
            let split = (is_there && self.split.contains(&(here, wording.to_owned())))
                .then(|| split_id(here, wording))
                .filter(|id| !path.contains(id));
            let next = match split {
                Some(split) => {
                    walk.entered.push(split);
                    (is_there, arrival) = (true, Arrival::Split(here));
                    split
                }
                None => {
                    let Some(&into) = self.merged.get(&here) else { return walk };
                    (is_there, arrival) =
                        (self.found.contains_key(&into) || self.split_off.contains(&into), Arrival::Merged);
                    into
                }
            };
            if path.contains(&next) {
                // A wording that was split off and merged back.
                if is_there {
                    (walk.home, walk.arrival) = (next, if next == found { Arrival::Own } else { Arrival::Merged });
                }
                return walk;
            }
            path.push(next);
            here = next;
        }
    }
}

/// Where a place ends up.
struct Walk {
    home: PhraseId,
    arrival: Arrival,
    /// The split-off families on its way.
    entered: Vec<PhraseId>,
}

impl Family<'_> {
    /// The family as it was found, with what it lost and won; `None` where nothing is left.
    fn phrase(self, found: &Phrase, corpus: &Corpus, edits: &PhraseEdits) -> Option<(Phrase, Edit)> {
        let edit = Edit { merged: self.merged_ids(), ..Edit::default() };
        let base = Phrase { occurrences: Vec::new(), ..found.clone() };
        Some((self.filled(base, found, corpus, edits)?, edit))
    }

    /// A family of the places that are written alike.
    fn split_off(self, corpus: &Corpus, edits: &PhraseEdits) -> Option<(Phrase, Edit)> {
        let (first, family) = self.places.iter().find_map(|place| match place.arrival {
            Arrival::Split(family) => Some((place, family)),
            _ => None,
        })?;
        let words = corpus.words(first.occurrence.passage);
        let label: Vec<&str> = words.split_whitespace().collect();
        let found = first.found;
        let base = Phrase {
            id: self.id,
            label: label.join(" "),
            n_words: tokens(words, whole(words)).count(),
            occurrences: Vec::new(),
            ..found.clone()
        };
        let edit = Edit { merged: self.merged_ids(), split_from: Some(family), found_label: None };
        Some((self.filled(base, found, corpus, edits)?, edit))
    }

    fn merged_ids(&self) -> Vec<PhraseId> {
        let merged = self.places.iter().filter(|place| place.arrival == Arrival::Merged);
        merged.map(|place| place.found.id).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Puts the places into `phrase`, in order of date and place. A merged place that shares words with one of the
    /// family's own says nothing new and is left out.
    fn filled(mut self, mut phrase: Phrase, found: &Phrase, corpus: &Corpus, edits: &PhraseEdits) -> Option<Phrase> {
        let key = |place: &Place<'_>| (corpus.idx_of(place.occurrence.passage.document), place.occurrence.passage);
        self.places.sort_by(|left, right| {
            let is_merged = |place: &Place<'_>| place.arrival == Arrival::Merged;
            is_merged(left).cmp(&is_merged(right)).then_with(|| key(left).cmp(&key(right)))
        });
        let mut taken: BTreeMap<DocumentId, Vec<ByteRange>> = BTreeMap::new();
        for place in self.places {
            let passage = place.occurrence.passage;
            let ranges = taken.entry(passage.document).or_default();
            if place.arrival == Arrival::Merged && ranges.iter().any(|range| range.overlaps(passage.range)) {
                continue;
            }
            ranges.push(passage.range);
            phrase.occurrences.push(place.occurrence(edits));
        }
        let in_order = |occurrence: &Occurrence| (corpus.idx_of(occurrence.passage.document), occurrence.passage);
        phrase.occurrences.sort_by_key(in_order);
        let days = taken.keys().filter_map(|id| corpus.get(*id)?.published.day());
        (phrase.first, phrase.last) = (days.clone().min(), days.max());
        phrase.n_documents = taken.len();
        phrase.weight = found.weight * spread(taken.len()) / spread(found.n_documents);
        (!phrase.occurrences.is_empty()).then_some(phrase)
    }
}

impl Place<'_> {
    fn occurrence(&self, edits: &PhraseEdits) -> Occurrence {
        let mut occurrence = self.occurrence.clone();
        match self.arrival {
            Arrival::Own => {}
            Arrival::Split(_) => {
                occurrence.kind = OccurrenceKind::Verbatim;
                occurrence.why = "same words".into();
            }
            Arrival::Merged => {
                let label = edits.names.get(&self.found.id).unwrap_or(&self.found.label);
                occurrence.kind = OccurrenceKind::Near;
                occurrence.why = format!("you merged it from “{label}”").into();
            }
        }
        occurrence
    }
}

/// How far spread over articles raises the weight, as where families are found: two count 1, four count 2. A family
/// split off may stand in one alone and counts half.
fn spread(n_documents: usize) -> f32 {
    (n_documents as f32).log2().max(0.5)
}
