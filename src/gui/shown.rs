//! Which articles stand in columns, in which order, and how wide: all in order of date, or as the reader arranged them.
//!
//! What is kept is the articles that do *not* stand there, so that one that is opened later joins by itself, and one
//! that comes back after an undo stands where it stood. The list of the others is made once for a state of the corpus
//! and of the choice; while all stand in columns it is the corpus itself, and nothing is made.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::state::ReadingState;
use crate::document::{Corpus, Document, DocumentId};

/// How wide a column is to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Ask {
    /// It shares the room with the others.
    #[default]
    Shared,
    /// So many points, which the reader chose.
    Own(f32),
    /// A spine, which a click opens.
    Narrow,
}

/// The choice of articles that stand in columns.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    hidden: BTreeSet<DocumentId>,
    /// Columns that are narrowed to a spine, or have a width of their own.
    asks: BTreeMap<DocumentId, Ask>,
    /// The reader's own order; empty for that of date. Articles that are not in it stand behind their elder neighbor.
    order: Vec<DocumentId>,
    /// Counts the choices.
    version: u64,
    /// The state of corpus and choice that `documents` is of.
    key: Option<(u64, u64)>,
    /// `None` where all stand in columns, in order of date.
    documents: Option<Arc<[Arc<Document>]>>,
    /// Do some stand in none?
    is_chosen: bool,
}

impl Shown {
    /// Does the article stand in columns?
    pub fn contains(&self, id: DocumentId) -> bool {
        !self.hidden.contains(&id)
    }

    /// The articles that wait outside, to be put away and to be [hidden](Shown::hide) again.
    pub fn hidden(&self) -> &BTreeSet<DocumentId> {
        &self.hidden
    }

    /// Counts the choices, so that what is worked out of one knows when to start anew.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// How many stand in columns, `None` where all do. As of the last [`Shown::follow`].
    pub fn n_chosen(&self) -> Option<usize> {
        self.documents.as_ref().filter(|_| self.is_chosen).map(|documents| documents.len())
    }

    /// How wide a column is to be.
    pub fn ask(&self, id: DocumentId) -> Ask {
        self.asks.get(&id).copied().unwrap_or_default()
    }

    /// Narrows a column to a spine, opens it, or gives it a width.
    pub fn set_ask(&mut self, id: DocumentId, ask: Ask) {
        if ask == Ask::Shared {
            self.asks.remove(&id);
        } else {
            self.asks.insert(id, ask);
        }
    }

    /// The columns that do not share the room, to be kept.
    pub fn asks(&self) -> &BTreeMap<DocumentId, Ask> {
        &self.asks
    }

    /// The reader's own order, to be kept; empty for that of date.
    pub fn order(&self) -> &[DocumentId] {
        &self.order
    }

    /// Does somebody else than the dates say where the columns stand?
    pub fn has_own_order(&self) -> bool {
        !self.order.is_empty()
    }

    /// Arranges the columns by hand; an empty list puts them back in order of date.
    pub fn set_order(&mut self, order: Vec<DocumentId>) {
        if self.order != order {
            self.order = order;
            self.version += 1;
        }
    }

    /// Puts a column before another one, or behind all. In order of date again where that is how they stand then.
    pub fn move_before(&mut self, corpus: &Corpus, id: DocumentId, before: Option<DocumentId>) {
        let mut order: Vec<DocumentId> = self.ordered(corpus).iter().map(|document| document.id).collect();
        let Some(from) = order.iter().position(|it| *it == id).filter(|_| before != Some(id)) else { return };
        order.remove(from);
        let to = before.and_then(|before| order.iter().position(|it| *it == before)).unwrap_or(order.len());
        order.insert(to, id);
        let is_by_date = corpus.documents().iter().map(|document| document.id).eq(order.iter().copied());
        self.set_order(if is_by_date { Vec::new() } else { order });
    }

    /// Did the reader move columns, or give some another width?
    pub fn is_arranged(&self) -> bool {
        self.has_own_order() || !self.asks.is_empty()
    }

    /// Puts the columns back in order of date, and lets all of them share the room.
    pub fn reset(&mut self) {
        self.asks.clear();
        self.set_order(Vec::new());
    }

    /// All articles in the order of the columns.
    fn ordered(&self, corpus: &Corpus) -> Vec<Arc<Document>> {
        let by_date = corpus.documents();
        let known: FxHashMap<DocumentId, usize> = self.order.iter().copied().zip(0..).collect();
        let mut at = 0;
        // Who is not in the order stands behind whoever stands before by date.
        let mut keys = Vec::with_capacity(by_date.len());
        for (idx, document) in by_date.iter().enumerate() {
            let place = known.get(&document.id).copied();
            at = place.unwrap_or(at);
            keys.push((at, place.is_none(), idx));
        }
        if !self.order.is_empty() {
            keys.sort_unstable();
        }
        keys.into_iter().filter_map(|(_, _, idx)| by_date.get(idx).cloned()).collect()
    }

    /// Puts all articles in columns.
    pub fn all(&mut self) {
        if !self.hidden.is_empty() {
            self.hidden.clear();
            self.version += 1;
        }
    }

    /// Puts these articles in columns, and no other.
    pub fn only(&mut self, corpus: &Corpus, ids: &BTreeSet<DocumentId>) {
        self.hidden = corpus.documents().iter().map(|document| document.id).filter(|id| !ids.contains(id)).collect();
        self.version += 1;
    }

    /// Puts articles in columns beside those that stand there.
    pub fn show(&mut self, ids: impl IntoIterator<Item = DocumentId>) {
        let n_hidden = self.hidden.len();
        for id in ids {
            self.hidden.remove(&id);
        }
        self.version += u64::from(self.hidden.len() != n_hidden);
    }

    /// Takes articles out of the columns.
    pub fn hide(&mut self, ids: impl IntoIterator<Item = DocumentId>) {
        let n_hidden = self.hidden.len();
        self.hidden.extend(ids);
        self.version += u64::from(self.hidden.len() != n_hidden);
    }

    /// Brings the list up to date. Is it another one than before?
    pub fn follow(&mut self, corpus: &Corpus, generation: u64) -> bool {
        let key = (generation, self.version);
        if self.key == Some(key) {
            return false;
        }
        let is_same_choice = self.key.is_some_and(|(_, version)| version == self.version);
        let had_some = self.documents.as_ref().is_some_and(|documents| !documents.is_empty());
        self.key = Some(key);
        (self.documents, self.is_chosen) = (None, false);
        if !self.hidden.is_empty() || !self.order.is_empty() {
            let mut documents = self.ordered(corpus);
            documents.retain(|document| self.contains(document.id));
            self.is_chosen = documents.len() < corpus.len();
            if documents.is_empty() && had_some && is_same_choice {
                // The last of them was removed: nobody chose to see nothing.
                self.hidden.clear();
                self.is_chosen = false;
                documents = self.ordered(corpus);
            }
            self.documents = (self.is_chosen || !self.order.is_empty()).then(|| documents.into());
        }
        true
    }

    /// The articles in columns, in their order.
    pub fn documents<'a>(&self, corpus: &'a Corpus) -> Columns<'a> {
        self.documents.as_ref().map_or(Columns::All(corpus.documents()), |some| Columns::Some(Arc::clone(some)))
    }

    /// The place of an article among those in columns, or of the next one that is. `O(n)` where not all are.
    pub fn idx_of(&self, corpus: &Corpus, id: DocumentId) -> Option<usize> {
        let idx = corpus.idx_of(id)?;
        Some(match &self.documents {
            None => idx,
            Some(some) => some.iter().position(|it| it.id == id).unwrap_or_else(|| {
                some.iter().filter(|it| corpus.idx_of(it.id).is_some_and(|other| other < idx)).count()
            }),
        })
    }
}

/// The articles in columns.
#[derive(Clone, Debug)]
pub enum Columns<'a> {
    All(&'a [Arc<Document>]),
    Some(Arc<[Arc<Document>]>),
}

impl Deref for Columns<'_> {
    type Target = [Arc<Document>];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::All(all) => all,
            Self::Some(some) => some,
        }
    }
}

impl ReadingState {
    /// Brings the columns up to date. An article that is `wanted` comes into them, and the one in front stays there.
    pub fn follow(&mut self, corpus: &Corpus, generation: u64, wanted: Option<DocumentId>) {
        self.shown.show(wanted);
        let version = self.shown.key.map(|(_, version)| version);
        if !self.shown.follow(corpus, generation) {
            return;
        }
        // Who stands at the beginning goes on standing there while articles come.
        if self.first_column > 0 || version != Some(self.shown.version) {
            let place = self.front.and_then(|id| self.shown.idx_of(corpus, id));
            self.first_column = place.unwrap_or(self.first_column);
        }
    }

    /// Brings an article's column into view, and the article into the columns. `None` where it is not open.
    pub fn bring(&mut self, corpus: &Corpus, generation: u64, id: DocumentId) -> Option<()> {
        corpus.idx_of(id)?;
        self.follow(corpus, generation, Some(id));
        let idx = self.shown.idx_of(corpus, id)?;
        if self.shown.ask(id) == Ask::Narrow {
            self.shown.set_ask(id, Ask::Shared);
        }
        let documents = self.shown.documents(corpus);
        let ask = |idx: usize| documents.get(idx).map_or(Ask::Shared, |document| self.shown.ask(document.id));
        self.first_column = self.room.first_for(documents.len(), &ask, self.first_column, idx);
        self.front = documents.get(self.first_column).map(|document| document.id);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::reading::arrange::Room;

    #[test]
    fn columns_stand_as_they_were_put_and_who_comes_stands_behind_its_elder() {
        let mut shown = Shown::default();
        let four = corpus(&[1, 2, 4, 5]);
        shown.follow(&four, 1);
        shown.move_before(&four, DocumentId(5), Some(DocumentId(1)));
        shown.follow(&four, 1);
        assert_eq!((shown.n_chosen(), ids(&shown, &four)), (None, vec![5, 1, 2, 4]));
        assert_eq!(shown.idx_of(&four, DocumentId(5)), Some(0));
        let five = corpus(&[1, 2, 3, 4, 5, 6]);
        shown.follow(&five, 2);
        assert_eq!(ids(&shown, &five), [5, 6, 1, 2, 3, 4]);
        shown.move_before(&four, DocumentId(5), None);
        shown.follow(&four, 3);
        assert_eq!((shown.has_own_order(), ids(&shown, &four)), (false, vec![1, 2, 4, 5]));
        shown.move_before(&four, DocumentId(1), None);
        shown.hide([DocumentId(2)]);
        shown.follow(&four, 3);
        assert_eq!((shown.n_chosen(), ids(&shown, &four)), (Some(3), vec![4, 5, 1]));
    }

    fn corpus(ids: &[u64]) -> Corpus {
        Corpus::new(ids.iter().map(|id| Arc::new(Document::of_lines(DocumentId(*id), "The pier is open."))))
    }

    fn ids(shown: &Shown, corpus: &Corpus) -> Vec<u64> {
        shown.documents(corpus).iter().map(|document| document.id.0).collect()
    }

    #[test]
    fn what_is_opened_joins_and_what_comes_back_stands_where_it_stood() {
        let mut shown = Shown::default();
        let four = corpus(&[1, 2, 3, 4]);
        assert!(shown.follow(&four, 1) && !shown.follow(&four, 1));
        assert_eq!((shown.n_chosen(), ids(&shown, &four)), (None, vec![1, 2, 3, 4]));
        shown.only(&four, &BTreeSet::from([DocumentId(2), DocumentId(4)]));
        assert!(shown.follow(&four, 1));
        assert_eq!((shown.n_chosen(), ids(&shown, &four)), (Some(2), vec![2, 4]));
        let with_a_fifth = corpus(&[1, 2, 3, 4, 5]);
        shown.follow(&with_a_fifth, 2);
        assert_eq!(ids(&shown, &with_a_fifth), [2, 4, 5]);
        let without_two = corpus(&[1, 4, 5]);
        shown.follow(&without_two, 3);
        assert_eq!(ids(&shown, &without_two), [4, 5]);
        shown.follow(&with_a_fifth, 4);
        assert_eq!(ids(&shown, &with_a_fifth), [2, 4, 5]);
        assert_eq!(shown.idx_of(&with_a_fifth, DocumentId(3)), Some(1));
    }

    #[test]
    fn nothing_in_columns_is_only_what_somebody_chose() {
        let mut shown = Shown::default();
        let three = corpus(&[1, 2, 3]);
        shown.only(&three, &BTreeSet::from([DocumentId(3)]));
        shown.follow(&three, 1);
        let two = corpus(&[1, 2]);
        shown.follow(&two, 2);
        assert_eq!((shown.n_chosen(), ids(&shown, &two)), (None, vec![1, 2]));
        shown.hide([DocumentId(1), DocumentId(2)]);
        shown.follow(&two, 2);
        assert_eq!((shown.n_chosen(), ids(&shown, &two)), (Some(0), vec![]));
    }

    #[test]
    fn the_article_in_front_stays_there_and_a_wanted_one_comes_in() {
        // Two columns and a spine.
        let room = Room { width: 700.0, ..Room::default() };
        let mut reading = ReadingState { room, ..ReadingState::default() };
        let six = corpus(&[1, 2, 3, 4, 5, 6]);
        reading.shown.only(&six, &BTreeSet::from([DocumentId(4), DocumentId(6)]));
        reading.follow(&six, 1, None);
        reading.front = Some(DocumentId(4));
        reading.shown.all();
        reading.follow(&six, 1, None);
        assert_eq!(reading.first_column, 3);
        reading.shown.only(&six, &BTreeSet::from([DocumentId(4), DocumentId(6)]));
        assert_eq!(reading.bring(&six, 1, DocumentId(5)), Some(()));
        assert_eq!(ids(&reading.shown, &six), [4, 5, 6]);
        assert_eq!(reading.bring(&six, 1, DocumentId(6)), Some(()));
        assert_eq!((reading.first_column, reading.front), (1, Some(DocumentId(5))));
        assert_eq!(reading.bring(&six, 1, DocumentId(9)), None);
    }
}
