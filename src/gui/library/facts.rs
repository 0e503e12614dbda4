//! What the library knows of each article, worked out once: what it is sorted, grouped and looked for by, its number of
//! words, and what the analysis found in it.
//!
//! An article that did not change keeps its facts over all states of the corpus, so that a batch that arrives costs the
//! new ones. All work goes on in slices of a frame. `O(n)` in the articles and, for the counts, in the statements and
//! places of phrases.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use rustc_hash::FxHashMap;

use super::words::plain;
use crate::analysis::Analysis;
use crate::document::{Corpus, Document, DocumentId};

/// Articles between two looks at the clock.
const STEP: usize = 32;

/// One article.
#[derive(Clone, Debug)]
pub struct Fact {
    pub document: Arc<Document>,
    pub year: Option<i16>,
    /// The title, else the file name, as it is sorted by.
    pub title_key: String,
    /// The outlet as it is sorted and grouped by; `None` where it is unknown.
    pub outlet_key: Option<String>,
    /// Where words are looked for.
    searched: String,
    n_words: OnceLock<u32>,
}

impl Fact {
    fn new(document: &Arc<Document>) -> Self {
        let title = document.title.as_deref().unwrap_or(document.name());
        let outlet = document.outlet.as_ref().map(|outlet| plain(&outlet.name));
        let title_key = plain(title);
        let file = plain(&document.source.short_label());
        let searched = format!("{title_key}\n{}\n{file}", outlet.as_deref().unwrap_or_default());
        // Quotation marks and brackets before a title have no place in the alphabet.
        let title_key = title_key.trim_start_matches(|character: char| !character.is_alphanumeric()).to_owned();
        Self {
            document: Arc::clone(document),
            year: document.published.day().map(jiff::civil::Date::year),
            title_key,
            outlet_key: outlet,
            searched,
            n_words: OnceLock::new(),
        }
    }

    /// Words in title, headings and body; counted on first asking.
    pub fn n_words(&self) -> u32 {
        *self.n_words.get_or_init(|| u32::try_from(self.document.n_words()).unwrap_or(u32::MAX))
    }

    /// The same, where it was counted already.
    pub fn known_n_words(&self) -> Option<u32> {
        self.n_words.get().copied()
    }

    /// Are all `words`, folded, in title, outlet or file name?
    pub fn holds(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.searched.contains(word.as_str()))
    }
}

/// The facts of all articles.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The state of the corpus they are of.
    generation: Option<u64>,
    /// Counts the states that were finished.
    pub version: u64,
    /// In order of date.
    pub articles: Vec<Arc<Fact>>,
    /// Years that articles are of, in order.
    pub years: Vec<i16>,
    /// Outlets by folded name, with their name and number of articles, in order.
    pub outlets: Vec<(String, String, usize)>,
    known: FxHashMap<DocumentId, usize>,
    next: Option<Vec<Arc<Fact>>>,
    n_counted: usize,
}

impl Facts {
    /// Goes on until `due`. Is there more to do?
    pub fn advance(&mut self, corpus: &Corpus, generation: u64, due: Instant) -> bool {
        if self.generation != Some(generation) {
            self.generation = Some(generation);
            self.known = self.articles.iter().enumerate().map(|(idx, fact)| (fact.document.id, idx)).collect();
            self.next = Some(Vec::with_capacity(corpus.len()));
        }
        if let Some(next) = &mut self.next {
            let documents = corpus.documents();
            while let Some(slice) = documents.get(next.len()..).filter(|rest| !rest.is_empty()) {
                for document in slice.iter().take(STEP) {
                    let old = self.known.get(&document.id).and_then(|idx| self.articles.get(*idx));
                    let same = old.filter(|fact| Arc::ptr_eq(&fact.document, document));
                    next.push(same.map_or_else(|| Arc::new(Fact::new(document)), Arc::clone));
                }
                if Instant::now() >= due {
                    return true;
                }
            }
            self.articles = self.next.take().unwrap_or_default();
            self.finish();
        }
        while let Some(slice) = self.articles.get(self.n_counted..).filter(|rest| !rest.is_empty()) {
            for fact in slice.iter().take(STEP) {
                fact.n_words();
            }
            self.n_counted = (self.n_counted + STEP).min(self.articles.len());
            if Instant::now() >= due {
                return self.n_counted < self.articles.len();
            }
        }
        false
    }

    /// Are the words of all articles counted?
    pub fn has_words(&self) -> bool {
        self.n_counted >= self.articles.len()
    }

    /// Are these the facts of the corpus as it is?
    pub fn is_current(&self, generation: u64) -> bool {
        self.generation == Some(generation) && self.next.is_none()
    }

    fn finish(&mut self) {
        self.known = FxHashMap::default();
        self.version += 1;
        self.n_counted = 0;
        let mut years: Vec<i16> = self.articles.iter().filter_map(|fact| fact.year).collect();
        years.sort_unstable();
        years.dedup();
        self.years = years;
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut outlets: Vec<(String, String, usize)> = Vec::new();
        for fact in &self.articles {
            let (Some(key), Some(outlet)) = (&fact.outlet_key, &fact.document.outlet) else { continue };
            let place = *places.entry(key).or_insert(outlets.len());
            match outlets.get_mut(place) {
                Some((_, _, n_articles)) => *n_articles += 1,
                None => outlets.push((key.clone(), outlet.name.clone(), 1)),
            }
        }
        outlets.sort_unstable();
        self.outlets = outlets;
    }

    /// The name of an outlet by its folded one.
    pub fn outlet_name<'a>(&'a self, key: &'a str) -> &'a str {
        let place = self.outlets.binary_search_by(|(known, _, _)| known.as_str().cmp(key));
        place.ok().and_then(|idx| self.outlets.get(idx)).map_or(key, |(_, name, _)| name)
    }
}

/// What the analysis found in one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub n_statements: u32,
    /// Families of phrases.
    pub n_phrases: u32,
}

/// The numbers of all articles.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    revision: Option<u64>,
    /// Counts the states that were finished.
    pub version: u64,
    by_id: FxHashMap<DocumentId, Found>,
    next: FxHashMap<DocumentId, Found>,
    at_statement: usize,
    at_phrase: usize,
    is_done: bool,
}

impl Counts {
    /// Goes on until `due`. Is there more to do?
    pub fn advance(&mut self, analysis: &Analysis, revision: u64, due: Instant) -> bool {
        if self.revision != Some(revision) {
            let (version, by_id) = (self.version, std::mem::take(&mut self.by_id));
            *self = Self { revision: Some(revision), version, by_id, ..Self::default() };
        }
        while !self.is_done {
            let statements = analysis.statements.get(self.at_statement..).unwrap_or_default();
            let phrases = analysis.phrases.get(self.at_phrase..).unwrap_or_default();
            if !statements.is_empty() {
                for statement in statements.iter().take(16 * STEP) {
                    self.next.entry(statement.document).or_default().n_statements += 1;
                }
                self.at_statement += 16 * STEP;
            } else if !phrases.is_empty() {
                for phrase in phrases.iter().take(STEP) {
                    let documents = phrase.occurrences.chunk_by(|a, b| a.passage.document == b.passage.document);
                    for occurrence in documents.filter_map(<[_]>::first) {
                        self.next.entry(occurrence.passage.document).or_default().n_phrases += 1;
                    }
                }
                self.at_phrase += STEP;
            } else {
                self.by_id = std::mem::take(&mut self.next);
                self.version += 1;
                self.is_done = true;
            }
            if Instant::now() >= due {
                break;
            }
        }
        !self.is_done
    }

    pub fn of(&self, id: DocumentId) -> Found {
        self.by_id.get(&id).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::document::{Outlet, OutletBasis};

    fn article(id: u64, title: &str, outlet: Option<&str>) -> Arc<Document> {
        let mut document = Document::of_lines(DocumentId(id), "The pier is open.");
        document.title = Some(title.to_owned());
        document.outlet = outlet.map(|name| Outlet { name: name.to_owned(), basis: OutletBasis::Stated, range: None });
        Arc::new(document)
    }

    fn all(facts: &mut Facts, corpus: &Corpus, generation: u64) -> usize {
        let mut n_slices = 1;
        // No time at all: a slice does one step.
        while facts.advance(corpus, generation, Instant::now()) {
            n_slices += 1;
        }
        n_slices
    }

    #[test]
    fn facts_come_in_slices_and_are_kept_while_the_article_is_the_same() {
        let documents: Vec<_> = (0..100).map(|id| article(id, "“Élan” on the pier", Some("Harbor News"))).collect();
        let corpus = Corpus::new(documents.iter().cloned());
        let mut facts = Facts::default();
        assert!(all(&mut facts, &corpus, 1) > 3);
        let (first, version) = (Arc::clone(&facts.articles[0]), facts.version);
        assert_eq!((first.title_key.as_str(), first.known_n_words()), ("elan\" on the pier", Some(4)));
        assert!(
            first.holds(&["elan".to_owned(), "news".to_owned()])
                && !first.holds(&["elan".to_owned(), "zander".to_owned()])
        );
        assert_eq!(facts.outlets, [("harbor news".to_owned(), "Harbor News".to_owned(), 100)]);
        let more = Corpus::new(documents.into_iter().chain([article(200, "New", None)]));
        facts.advance(&more, 2, Instant::now() + Duration::from_secs(60));
        assert_eq!((facts.articles.len(), facts.version), (101, version + 1));
        assert!(facts.articles.iter().any(|fact| Arc::ptr_eq(fact, &first)));
    }
}
