//! The index of phrases: grows and shrinks article by article, and always says what a run from scratch would say.
//!
//! Articles give streams, streams anchors, anchors groups, groups patterns, patterns candidates, candidates families. Each
//! of these steps looks at its own few inputs alone, so an article more or less touches the groups of its anchors and
//! what hangs on them. Only the number of articles enters everywhere (`step`): as the largest power of two in it, and where
//! that changes, or where many articles come at once, all is worked out anew on the next question.
//!
//! Cost: `O(n log n)` in words from scratch; for one article, its anchors times the places they share.

mod anchors;
mod candidates;
mod coordination;
mod explain;
#[cfg(test)]
pub(super) mod fixture;
mod groups;
mod growth;
mod pattern;
mod patterns;
mod phrase;
mod postings;
mod rarity;
mod saved;
mod shared;
mod standing;
pub(super) mod step;
pub(super) mod stories;
mod told;

pub use saved::IndexError;

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::{Phrase, SharedPassage};
use crate::analysis::{Cancelled, Progress};
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId};
use anchors::Anchors;
use coordination::Coordinations;
use groups::Groups;
use patterns::{Patterns, Revision};
use postings::Postings;
use rarity::DocumentFrequencies;
use standing::Standing;
use step::Step;
use stories::{Labels, Stories};
use told::Told;

/// More articles at once than one for so many that are there are worked in from scratch.
const MANY: usize = 16;
/// Slots for each article, those of articles that went included, before all is worked out anew to be rid of them.
const MAX_SLOTS: usize = 2;

/// Wording that comes back over a set of articles that grows and shrinks.
///
/// ```
/// use std::sync::Arc;
/// use throughline::analysis::Progress;
/// use throughline::analysis::reuse::PhraseIndex;
/// use throughline::codebook::Codebook;
/// use throughline::document::{Document, DocumentId};
///
/// let article = |id, text| Arc::new(Document::of_lines(DocumentId(id), text));
/// let mut index = PhraseIndex::new(&Codebook::built_in());
/// index.add(&[article(1, "The union demands binding arbitration for dockers.")]);
/// index.add(&[article(2, "Nobody offered binding arbitration for the dockers.")]);
/// let phrases = index.phrases(&Progress::default())?;
/// assert_eq!(phrases[0].label, "binding arbitration for dockers");
/// assert!(index.remove(DocumentId(1)));
/// assert!(index.phrases(&Progress::default())?.is_empty());
/// # Ok::<(), throughline::analysis::Cancelled>(())
/// ```
pub struct PhraseIndex {
    pub(super) streams: Streams,
    postings: Postings,
    stories: Stories,
    groups: Groups,
    patterns: Patterns,
    coordinations: Coordinations,
    standing: Standing,
    frequencies: DocumentFrequencies,
    told: Told,
    /// Is all but the streams to be worked out anew?
    is_stale: bool,
}

impl PhraseIndex {
    /// An index of no articles. Words are compared by the aliases of `codebook`.
    pub fn new(codebook: &Codebook) -> Self {
        Self {
            streams: Streams::new(codebook),
            postings: Postings::default(),
            stories: Stories::default(),
            groups: Groups::default(),
            patterns: Patterns::default(),
            coordinations: Coordinations::default(),
            standing: Standing::default(),
            frequencies: DocumentFrequencies::default(),
            told: Told::default(),
            is_stale: true,
        }
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.streams.n_documents()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The articles in it, in no order.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.streams.live().filter_map(|slot| self.streams.document(slot))
    }

    /// The article with this id, as it was taken in.
    pub fn document(&self, id: DocumentId) -> Option<&Arc<Document>> {
        self.streams.document(self.streams.slot_of(id)?)
    }

    /// Takes articles in. One that is there already is replaced: at no cost where nothing changed, at little where its
    /// date alone did.
    pub fn add(&mut self, documents: &[Arc<Document>]) {
        let mut fresh: Vec<Arc<Document>> = Vec::new();
        let mut ids = FxHashSet::default();
        for document in documents {
            if !ids.insert(document.id) {
                continue;
            }
            let Some(slot) = self.streams.slot_of(document.id) else {
                fresh.push(Arc::clone(document));
                continue;
            };
            match self.streams.document(slot) {
                Some(old) if Arc::ptr_eq(old, document) || old == document => {}
                Some(old) if has_same_words(old, document) => self.redate(slot, document),
                _ => {
                    self.remove(document.id);
                    fresh.push(Arc::clone(document));
                }
            }
        }
        if fresh.is_empty() {
            return;
        }
        self.is_stale |= fresh.len() > self.len() / MANY + 1 || self.crosses_step(self.len() + fresh.len());
        let slots = self.streams.add(&fresh);
        if self.is_stale {
            return;
        }
        for slot in slots {
            self.work_in(slot);
        }
    }

    /// Takes an article out. `false` where it is not there.
    pub fn remove(&mut self, id: DocumentId) -> bool {
        let Some(slot) = self.streams.slot_of(id) else { return false };
        self.is_stale |= self.crosses_step(self.len() - 1) || self.streams.n_slots() > MAX_SLOTS * (self.len() + MANY);
        if self.is_stale {
            self.streams.remove(slot);
        } else {
            self.work_out(slot);
        }
        true
    }

    /// The phrases that come back, heaviest first: the same whatever came and went before, in whatever order.
    ///
    /// # Errors
    /// [`Cancelled`] when `progress` was cancelled; the index is whole all the same.
    pub fn phrases(&mut self, progress: &Progress) -> Result<Vec<Arc<Phrase>>, Cancelled> {
        if self.is_stale {
            self.work_out_anew(progress)?;
        }
        Ok(self.told.phrases(&self.streams, &self.standing, &self.frequencies))
    }

    /// Articles that tell the same story nearly word for word, in the order of their ids: what they share is no reuse.
    ///
    /// # Errors
    /// [`Cancelled`] when `progress` was cancelled.
    pub fn same_stories(&mut self, progress: &Progress) -> Result<Vec<Vec<DocumentId>>, Cancelled> {
        if self.is_stale {
            self.work_out_anew(progress)?;
        }
        let ids = |slots: &[u32]| {
            let mut ids: Vec<DocumentId> = slots.iter().map(|&slot| self.streams.id(slot as usize)).collect();
            ids.sort_unstable();
            ids
        };
        let mut stories: Vec<Vec<DocumentId>> = self.stories.told_twice().map(ids).collect();
        stories.sort_unstable();
        Ok(stories)
    }

    /// All passages that articles took from each other, in the order of date, each once.
    ///
    /// # Errors
    /// [`Cancelled`] when `progress` was cancelled.
    pub fn passages(&mut self, progress: &Progress) -> Result<Vec<SharedPassage>, Cancelled> {
        if self.is_stale {
            self.work_out_anew(progress)?;
        }
        let slots: Vec<usize> = self.streams.live().collect();
        let passages_of = |&slot: &usize| {
            let is_after = |other: usize| self.streams.id(other) > self.streams.id(slot);
            shared::passages_of(&self.streams, self.stories.labels(), &self.groups, slot, is_after)
        };
        let mut passages: Vec<SharedPassage> = slots.par_iter().flat_map_iter(passages_of).collect();
        shared::sort(&self.streams, &mut passages);
        Ok(passages)
    }

    /// The passages that one article shares with all others, in the order of date; none where it is not there. Words are
    /// weighed as they stand in this article, so an edge or a doubtful passage may differ from [`PhraseIndex::passages`].
    ///
    /// # Errors
    /// [`Cancelled`] when `progress` was cancelled.
    pub fn passages_of(&mut self, id: DocumentId, progress: &Progress) -> Result<Vec<SharedPassage>, Cancelled> {
        if self.is_stale {
            self.work_out_anew(progress)?;
        }
        let Some(slot) = self.streams.slot_of(id) else { return Ok(Vec::new()) };
        let mut passages = shared::passages_of(&self.streams, self.stories.labels(), &self.groups, slot, |_| true);
        shared::sort(&self.streams, &mut passages);
        Ok(passages)
    }

    fn crosses_step(&self, n_documents: usize) -> bool {
        Step::of(n_documents) != self.streams.step
    }

    /// An article with the words it had and another date.
    fn redate(&mut self, slot: usize, document: &Arc<Document>) {
        self.streams.replace(slot, Arc::clone(document));
        if !self.is_stale {
            let families = self.standing.families_in(slot);
            self.told.changed.extend(families);
        }
    }

    /// All steps from the streams on.
    fn work_out_anew(&mut self, progress: &Progress) -> Result<(), Cancelled> {
        progress.at(0.1)?;
        self.streams.compact();
        self.streams.step = Step::of(self.streams.n_documents());
        self.postings = Postings::new(&self.streams);
        progress.at(0.2)?;
        let streams = &self.streams;
        self.stories = Stories::new(streams);
        let stories = self.stories.labels();
        self.groups = Groups::new(streams, stories, &self.postings);
        progress.at(0.3)?;
        let (patterns, mut candidates) = Patterns::new(streams, stories, &self.groups);
        self.patterns = patterns;
        progress.at(0.45)?;
        let (coordinations, pairs) = Coordinations::new(streams, stories);
        self.coordinations = coordinations;
        candidates.extend(pairs.into_iter().map(|(pair, it)| (self.patterns.number_of_pair(pair), Some(it))));
        self.standing = Standing::default();
        self.standing.update(streams, candidates);
        progress.at(0.55)?;
        self.frequencies = DocumentFrequencies::default();
        for slot in streams.live() {
            self.frequencies.add(streams.distinct_keys(slot).into_iter());
        }
        self.told = Told::default();
        self.is_stale = false;
        Ok(())
    }

    /// Works an article in whose stream is there.
    fn work_in(&mut self, slot: usize) {
        self.postings.add(&self.streams, slot);
        let is_reweighed = self.frequencies.add(self.streams.distinct_keys(slot).into_iter());
        self.told.is_reweighed |= is_reweighed;
        let before = self.stories.labels().clone();
        let mut moved = self.stories.add(&self.streams, slot);
        moved.push(slot);
        self.revise(&before, &moved, &[], &[slot]);
    }

    /// Works an article out.
    fn work_out(&mut self, slot: usize) {
        let is_reweighed = self.frequencies.remove(self.streams.distinct_keys(slot).into_iter());
        self.told.is_reweighed |= is_reweighed;
        let before = self.stories.labels().clone();
        let mut moved = self.stories.remove(&self.streams, slot);
        moved.push(slot);
        self.streams.remove(slot);
        self.revise(&before, &moved, &[slot], &[]);
    }

    /// Works out again what hangs on the words of the articles in `moved`: those that came or went, and those whose
    /// story is another now. `before` are the stories until then.
    fn revise(&mut self, before: &Labels, moved: &[usize], removed: &[usize], added: &[usize]) {
        let (streams, stories) = (&self.streams, self.stories.labels());
        let mut hashes: Vec<u64> = Vec::new();
        for &slot in moved {
            let words = streams.words(slot);
            let anchors = (0..words.len()).map(|idx| Anchors::at(&streams.keys, words, idx));
            hashes.extend(anchors.flat_map(|anchors| anchors.iter().map(|anchor| anchor.hash).collect::<Vec<_>>()));
        }
        hashes.sort_unstable();
        hashes.dedup();
        let mut revision = Revision::new(streams);
        for hash in hashes {
            let old = self.groups.update(streams, stories, &self.postings, hash);
            let new = self.groups.get(hash);
            if old.is_some() || new.is_some() {
                revision.note(&self.patterns, hash, (before, old.as_deref()), (stories, new), moved);
            }
        }
        let mut changes = self.patterns.revise(streams, stories, &self.groups, revision, &self.standing);
        let pairs = self.coordinations.update(streams, stories, removed, added, moved);
        for (pair, candidate) in pairs {
            let idx = self.patterns.number_of_pair(pair);
            if self.standing.candidate(idx) != candidate.as_ref() {
                changes.push((idx, candidate));
            }
        }
        let families = self.standing.update(streams, changes);
        self.told.changed.extend(families);
    }
}

/// Do two readings of an article have the same words in the same places?
fn has_same_words(old: &Document, new: &Document) -> bool {
    old.text == new.text
        && old.language == new.language
        && old.readable_blocks().map(|block| block.range).eq(new.readable_blocks().map(|block| block.range))
}
