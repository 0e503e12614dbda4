//! An index in memory that follows the open articles.
//!
//! It is brought up to date a chunk at a time, so that whoever owns it can search between two chunks and let results
//! arrive as they come. Keys are worked out in parallel, lists written by one thread. `O(n)` in the words of the articles
//! that are new; nothing for those that stayed.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rusqlite::Connection;

use super::index;
use super::keys::{Keys, n_words};
use super::query::Query;
use crate::document::{Document, DocumentId};

/// An article of the index.
struct Held {
    row: i64,
    n_words: usize,
    document: Arc<Document>,
}

/// Articles keyed by one thread at a time.
const BATCH: usize = 64;

/// An index with what it holds.
pub struct Live {
    connection: Connection,
    rows: BTreeMap<DocumentId, Held>,
    by_row: BTreeMap<i64, DocumentId>,
    next_row: i64,
}

impl Live {
    /// An index of nothing.
    ///
    /// # Errors
    /// Whatever SQLite says; there is no known cause.
    pub fn new() -> Result<Self, rusqlite::Error> {
        let connection = Connection::open_in_memory()?;
        index::create(&connection)?;
        Ok(Self { connection, rows: BTreeMap::new(), by_row: BTreeMap::new(), next_row: 0 })
    }

    /// Number of articles that are searched.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Number of words that are searched, furniture included.
    pub fn n_words(&self) -> usize {
        self.rows.values().map(|held| held.n_words).sum()
    }

    /// Drops what is not among `documents` and adds at most `limit` of those that are missing. Returns whether all are
    /// there now.
    ///
    /// # Errors
    /// Whatever SQLite says; the articles of this call are then not added.
    pub fn update(&mut self, documents: &[Arc<Document>], limit: usize) -> Result<bool, rusqlite::Error> {
        let wanted: BTreeMap<DocumentId, &Arc<Document>> =
            documents.iter().map(|document| (document.id, document)).collect();
        let stays = |id: &DocumentId, held: &Held| {
            wanted.get(id).is_some_and(|document| has_same_words(&held.document, document))
        };
        let gone: Vec<DocumentId> = self.rows.iter().filter(|(id, held)| !stays(id, held)).map(|(id, _)| *id).collect();
        let missing: Vec<&Arc<Document>> = wanted
            .values()
            .filter(|document| !self.rows.contains_key(&document.id) || gone.binary_search(&document.id).is_ok())
            .copied()
            .collect();
        let (now, later) = missing.split_at(missing.len().min(limit));
        let keyed: Vec<String> = now
            .par_chunks(BATCH)
            .flat_map_iter(|batch| {
                let mut keys = Keys::default();
                batch.iter().map(|document| keys.of_document(document)).collect::<Vec<String>>()
            })
            .collect();
        let transaction = self.connection.unchecked_transaction()?;
        for held in gone.iter().filter_map(|id| self.rows.get(id)) {
            index::remove(&transaction, held.row)?;
        }
        for (row, keys) in (self.next_row..).zip(&keyed) {
            index::add_keys(&transaction, row, keys)?;
        }
        transaction.commit()?;
        for held in gone.iter().filter_map(|id| self.rows.remove(id)) {
            self.by_row.remove(&held.row);
        }
        for (id, held) in &mut self.rows {
            // The same words in a newer form, so that they are compared once.
            if let Some(document) = wanted.get(id).filter(|document| !Arc::ptr_eq(document, &held.document)) {
                held.document = Arc::clone(document);
            }
        }
        for (document, keys) in now.iter().zip(&keyed) {
            let n_words = n_words(keys);
            self.rows.insert(document.id, Held { row: self.next_row, n_words, document: Arc::clone(document) });
            self.by_row.insert(self.next_row, document.id);
            self.next_row += 1;
        }
        Ok(later.is_empty())
    }

    /// The articles that meet the query, of those added so far; their order is that of adding.
    ///
    /// # Errors
    /// Whatever SQLite says; there is no known cause.
    pub fn search(&self, query: &Query) -> Result<Vec<DocumentId>, rusqlite::Error> {
        let rows = index::search(&self.connection, query)?;
        Ok(rows.iter().filter_map(|row| self.by_row.get(row)).copied().collect())
    }

    /// See [`index::nearest`].
    ///
    /// # Errors
    /// Whatever SQLite says; there is no known cause.
    pub fn nearest(&self, query: &Query) -> Result<Vec<(String, usize)>, rusqlite::Error> {
        index::nearest(&self.connection, query, self.len())
    }
}

/// Does an article that was decided on, dated or read anew have the words it had, where it had them?
fn has_same_words(held: &Arc<Document>, document: &Arc<Document>) -> bool {
    let ranges = |document: &Document| document.blocks.iter().map(|block| block.range).collect::<Vec<_>>();
    Arc::ptr_eq(held, document) || (held.text == document.text && ranges(held) == ranges(document))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(texts: &[&str]) -> Vec<Arc<Document>> {
        (1..).zip(texts).map(|(id, text)| Arc::new(Document::of_lines(DocumentId(id), text))).collect()
    }

    fn found(live: &Live, typed: &str) -> Vec<u64> {
        live.search(&Query::parse(typed)).unwrap().iter().map(|id| id.0).collect()
    }

    #[test]
    fn it_follows_the_open_articles() {
        let mut live = Live::new().unwrap();
        let all = documents(&["eels", "pike", "eel and pike"]);
        assert!(!live.update(&all, 2).unwrap());
        assert_eq!((live.len(), found(&live, "eel")), (2, vec![1]));
        assert!(live.update(&all, 2).unwrap());
        assert_eq!(found(&live, "eel"), [1, 3]);
        assert!(live.update(&all[1..], 2).unwrap());
        assert_eq!((live.len(), live.n_words(), found(&live, "eel")), (2, 4, vec![3]));
        assert_eq!(live.nearest(&Query::parse("pike perch")).unwrap(), [("pike".to_owned(), 2)]);
        assert!(live.update(&[], 2).unwrap() && live.is_empty());
    }

    #[test]
    fn an_article_read_anew_is_found_by_its_new_words() {
        let mut live = Live::new().unwrap();
        let mut all = documents(&["eels", "pike"]);
        live.update(&all, 10).unwrap();
        let mut dated = Document::clone(&all[1]);
        dated.title = Some("Pike".to_owned());
        all[1] = Arc::new(dated);
        all[0] = Arc::new(Document::of_lines(DocumentId(1), "perch"));
        assert!(live.update(&all, 10).unwrap());
        assert_eq!((found(&live, "eel"), found(&live, "perch"), found(&live, "pike")), (vec![], vec![1], vec![2]));
    }
}
