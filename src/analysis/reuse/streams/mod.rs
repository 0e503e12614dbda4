//! The streams of all articles that are compared, in slots that stay where they are when others come and go.
//!
//! Articles are read in parallel, a batch at a time, each batch with a table of keys of its own; the tables are then
//! joined in the order of the batches. Numbers of slots and keys depend on the order of adding, so nothing that leaves
//! the search may depend on them. `O(n)` in the bytes of the articles.

pub(in crate::analysis) mod aliases;
pub(in crate::analysis) mod keys;
pub(super) mod language;
pub(super) mod lexicon;
mod numbering;
mod reader;
mod wordlists;
pub(super) mod words;

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::families::step::Step;
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId, ReadingOrder};
use aliases::Aliases;
use keys::{Key, Keys};
use reader::StreamReader;
use words::Word;

/// Articles read with one table of forms: enough that most forms of a batch were met before.
const BATCH: usize = 512;

/// Everything the search for phrases needs to know of its articles.
pub(in crate::analysis::reuse) struct Streams {
    slots: Vec<Slot>,
    by_id: FxHashMap<DocumentId, u32>,
    pub keys: Keys,
    pub aliases: Aliases,
    /// The step of the number of articles that what hangs on the streams was worked out for.
    pub step: Step,
    /// The number of words of all slots, those of removed articles included.
    n_words: u32,
}

/// The place of one article.
struct Slot {
    id: DocumentId,
    /// `None` once the article was removed.
    document: Option<Arc<Document>>,
    words: Box<[Word]>,
    /// The number of words in all slots before.
    base: u32,
}

/// The most words that all slots hold together; beyond it an article is taken in without its words.
const MAX_WORDS: u32 = u32::MAX;

impl Streams {
    pub fn new(codebook: &Codebook) -> Self {
        Self {
            slots: Vec::new(),
            by_id: FxHashMap::default(),
            keys: Keys::default(),
            aliases: Aliases::new(codebook),
            step: Step::default(),
            n_words: 0,
        }
    }

    /// The streams of a corpus, for the tests of this module.
    #[cfg(test)]
    pub fn of(corpus: &crate::document::Corpus, codebook: &Codebook) -> Self {
        let mut streams = Self::new(codebook);
        streams.add(corpus.documents());
        streams
    }

    /// Takes in articles that are not there yet; returns their slots.
    pub fn add(&mut self, documents: &[Arc<Document>]) -> Vec<usize> {
        let read: Vec<(Keys, Vec<Vec<Word>>)> = documents
            .par_chunks(BATCH)
            .map(|batch| {
                let mut reader = StreamReader::new(&self.aliases);
                let streams = batch.iter().map(|document| reader.read(document)).collect();
                (reader.into_keys(), streams)
            })
            .collect();
        let mut slots = Vec::with_capacity(documents.len());
        let mut documents = documents.iter();
        for (keys, streams) in read {
            let numbers: Vec<Key> = keys.texts().map(|text| self.keys.of_text(text)).collect();
            for (mut words, document) in streams.into_iter().zip(documents.by_ref()) {
                for word in &mut words {
                    word.key = numbers.get(word.key.0 as usize).copied().unwrap_or(word.key);
                }
                slots.push(self.push(Arc::clone(document), words.into()));
            }
        }
        slots
    }

    /// Takes in an article whose words are known, with keys of this table.
    pub fn push(&mut self, document: Arc<Document>, words: Box<[Word]>) -> usize {
        let n_words = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let (words, n_words) = if n_words < MAX_WORDS - self.n_words { (words, n_words) } else { (Box::default(), 0) };
        let slot = self.slots.len();
        self.by_id.insert(document.id, u32::try_from(slot).unwrap_or(u32::MAX));
        self.slots.push(Slot { id: document.id, document: Some(document), words, base: self.n_words });
        self.n_words += n_words;
        slot
    }

    /// Takes the article in `slot` out. Its words stay readable until the slots are renumbered.
    pub fn remove(&mut self, slot: usize) {
        if let Some(document) = self.slots.get_mut(slot).and_then(|slot| slot.document.take()) {
            self.by_id.remove(&document.id);
        }
    }

    /// Puts another reading of the same words in a slot: the same text with another date.
    pub fn replace(&mut self, slot: usize, document: Arc<Document>) {
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.document = Some(document);
        }
    }

    /// Closes the gaps that removed articles left; slots are renumbered.
    pub fn compact(&mut self) {
        self.slots.retain(|slot| slot.document.is_some());
        self.n_words = 0;
        self.by_id.clear();
        for (idx, slot) in (0u32..).zip(&mut self.slots) {
            slot.base = self.n_words;
            self.n_words += u32::try_from(slot.words.len()).unwrap_or(0);
            if let Some(document) = &slot.document {
                self.by_id.insert(document.id, idx);
            }
        }
    }

    /// The slot of an article.
    pub fn slot_of(&self, id: DocumentId) -> Option<usize> {
        self.by_id.get(&id).map(|&slot| slot as usize)
    }

    /// The article in a slot, `None` once it was removed.
    pub fn document(&self, slot: usize) -> Option<&Arc<Document>> {
        self.slots.get(slot)?.document.as_ref()
    }

    /// The identity of the article in a slot: what places are ordered by.
    pub fn id(&self, slot: usize) -> DocumentId {
        self.slots.get(slot).map_or(DocumentId(u64::MAX), |slot| slot.id)
    }

    /// What the order of date goes by.
    pub fn reading_order(&self, slot: usize) -> Option<ReadingOrder> {
        self.document(slot).map(|document| document.reading_order())
    }

    /// The text of the article in a slot.
    pub fn text(&self, slot: usize) -> &str {
        self.document(slot).map_or("", |document| document.text.as_str())
    }

    /// The words of the article in a slot.
    pub fn words(&self, slot: usize) -> &[Word] {
        self.slots.get(slot).map_or(&[], |slot| &slot.words)
    }

    /// The slots that hold an article, in order.
    pub fn live(&self) -> impl Iterator<Item = usize> + '_ {
        self.slots.iter().enumerate().filter(|(_, slot)| slot.document.is_some()).map(|(idx, _)| idx)
    }

    /// Number of slots, empty ones included.
    pub fn n_slots(&self) -> usize {
        self.slots.len()
    }

    /// Number of articles.
    pub fn n_documents(&self) -> usize {
        self.by_id.len()
    }

    /// The number of a word among the words of all slots.
    pub fn position(&self, slot: usize, word_idx: usize) -> u32 {
        let base = self.slots.get(slot).map_or(0, |slot| slot.base);
        base.saturating_add(u32::try_from(word_idx).unwrap_or(u32::MAX))
    }

    /// The slot and the index of the word with a number among all words.
    pub fn place_of(&self, position: u32) -> (usize, usize) {
        let slot = self.slots.partition_point(|slot| slot.base <= position).saturating_sub(1);
        let base = self.slots.get(slot).map_or(0, |slot| slot.base);
        (slot, (position - base) as usize)
    }

    /// The distinct keys of an article, in the order of their numbers.
    pub fn distinct_keys(&self, slot: usize) -> Vec<Key> {
        let mut keys: Vec<Key> = self.words(slot).iter().map(|word| word.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};

    #[test]
    fn places_and_positions_are_one() {
        let corpus = corpus(&["binding arbitration for eels", "", "eels swim", "..."]);
        let mut streams = Streams::of(&corpus, &codebook());
        assert_eq!((streams.n_slots(), streams.n_documents()), (4, 4));
        for slot in streams.live() {
            for word_idx in 0..streams.words(slot).len() {
                assert_eq!(streams.place_of(streams.position(slot, word_idx)), (slot, word_idx));
            }
        }
        let eels = corpus.documents()[2].id;
        streams.remove(0);
        streams.compact();
        assert_eq!((streams.n_documents(), streams.slot_of(eels)), (3, Some(1)));
        assert_eq!(streams.place_of(streams.position(1, 1)), (1, 1));
    }

    #[test]
    fn keys_are_one_table_whatever_the_batch() {
        let texts: Vec<String> = (0..1300).map(|idx| format!("eels and lampreys number{}", idx % 7)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let streams = Streams::of(&corpus(&texts), &codebook());
        let first = streams.words(0)[0].key;
        assert!(streams.live().all(|slot| streams.words(slot)[0].key == first));
        assert_eq!(streams.keys.text(first), "eel");
    }
}
