//! Which articles are listed, in which order and in which groups: worked out once for a setting.
//!
//! Articles are sorted by short keys, and by their whole titles only where these are alike. `O(n)` in the articles for a
//! filter, `O(n log n)` for an order; folding a group makes the rows alone anew. Ten thousand articles take some
//! milliseconds, and no frame does it twice.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::facts::{Counts, Fact, Facts};
use super::settings::{Filter, GroupKey, Grouping, LibraryState, Order, Place, SortBy};
use super::words::words_of;
use crate::document::DocumentId;

/// A line of the list: of a group or of an article, by its place in the listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Group(usize),
    Article(usize),
}

/// Articles that have a year or an outlet in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub key: GroupKey,
    /// "2019", "Reuters", "No date", "No outlet known".
    pub label: String,
    /// Places in [`Listing::articles`].
    pub articles: Range<usize>,
}

/// The articles that are shown.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    key: Option<Key>,
    folded: BTreeSet<GroupKey>,
    /// Counts the lists.
    pub version: u64,
    /// In order, group by group.
    pub articles: Vec<Arc<Fact>>,
    pub groups: Vec<Group>,
    /// What is not folded away.
    pub rows: Vec<Row>,
}

/// What a listing is of.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    facts: u64,
    /// Of the counts, where these are sorted by.
    counts: u64,
    order: Order,
    grouping: Grouping,
    filter: Filter,
}

/// Smaller comes first; equal ones stay in order of date.
type SortKey = (usize, bool, u128, u32);

impl Listing {
    /// Brings the list up to date with facts and settings. Is it another one than before?
    pub fn follow(state: &mut LibraryState) -> bool {
        let LibraryState { facts, counts, listing, order, grouping, filter, folded, .. } = state;
        let counts_version = match order.by {
            SortBy::Statements | SortBy::Phrases => counts.version,
            SortBy::Words => u64::from(facts.has_words()),
            SortBy::Date | SortBy::Outlet | SortBy::Title => 0,
        };
        let key = Key {
            facts: facts.version,
            counts: counts_version,
            order: *order,
            grouping: *grouping,
            filter: filter.clone(),
        };
        let is_new = listing.key.as_ref() != Some(&key);
        if is_new {
            listing.sort(facts, counts, &key);
            listing.key = Some(key);
        }
        if is_new || listing.folded != *folded {
            listing.folded.clone_from(folded);
            listing.lay_rows();
            listing.version += 1;
            return true;
        }
        false
    }

    fn sort(&mut self, facts: &Facts, counts: &Counts, key: &Key) {
        let words = words_of(&key.filter.query);
        let ranks = ranks(facts, key);
        let mut kept: Vec<SortKey> = Vec::new();
        for (idx, fact) in facts.articles.iter().enumerate() {
            if passes(fact, &key.filter, &words) {
                let (is_last, sort_key) = sort_key(fact, counts, key.order, idx);
                let rank = match &key.grouping {
                    Grouping::None => 0,
                    Grouping::Year => ranks.years.get(&fact.year).copied().unwrap_or(usize::MAX),
                    Grouping::Outlet => {
                        fact.outlet_key.as_deref().and_then(|key| ranks.outlets.get(key)).copied().unwrap_or(usize::MAX)
                    }
                };
                kept.push((rank, is_last, sort_key, u32::try_from(idx).unwrap_or(u32::MAX)));
            }
        }
        kept.sort_unstable();
        let fact = |idx: u32| facts.articles.get(idx as usize);
        if matches!(key.order.by, SortBy::Title | SortBy::Outlet) {
            for alike in kept.chunk_by_mut(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
                if alike.len() > 1 {
                    alike.sort_by(|a, b| whole(fact(a.3), fact(b.3), key.order));
                }
            }
        }
        self.groups.clear();
        if key.grouping != Grouping::None {
            let mut at = 0;
            for alike in kept.chunk_by(|a, b| a.0 == b.0) {
                if let Some(first) = alike.first().and_then(|first| fact(first.3)) {
                    self.groups.push(group(facts, first, key.grouping, at..at + alike.len()));
                }
                at += alike.len();
            }
        }
        self.articles = kept.into_iter().filter_map(|(.., idx)| fact(idx).cloned()).collect();
    }

    fn lay_rows(&mut self) {
        self.rows.clear();
        if self.groups.is_empty() {
            self.rows.extend((0..self.articles.len()).map(Row::Article));
        }
        for (idx, group) in self.groups.iter().enumerate() {
            self.rows.push(Row::Group(idx));
            if !self.folded.contains(&group.key) {
                self.rows.extend(group.articles.clone().map(Row::Article));
            }
        }
    }

    /// What stands in a row.
    pub fn place(&self, row: usize) -> Option<Place> {
        match *self.rows.get(row)? {
            Row::Group(idx) => self.groups.get(idx).map(|group| Place::Group(group.key.clone())),
            Row::Article(idx) => self.articles.get(idx).map(|fact| Place::Article(fact.document.id)),
        }
    }

    /// The row of a group or an article that is in sight. `O(n)`.
    pub fn row_of(&self, place: &Place) -> Option<usize> {
        self.rows.iter().position(|row| match (row, place) {
            (Row::Group(idx), Place::Group(key)) => self.groups.get(*idx).is_some_and(|group| group.key == *key),
            (Row::Article(idx), Place::Article(id)) => {
                self.articles.get(*idx).is_some_and(|fact| fact.document.id == *id)
            }
            _ => false,
        })
    }

    /// The articles of a stretch of [`Listing::articles`].
    pub fn ids(&self, articles: Range<usize>) -> impl Iterator<Item = DocumentId> + '_ {
        self.articles.get(articles).unwrap_or_default().iter().map(|fact| fact.document.id)
    }

    /// The articles of a row: of a group all.
    pub fn ids_of_row(&self, row: Row) -> impl Iterator<Item = DocumentId> + '_ {
        let articles = match row {
            Row::Group(idx) => self.groups.get(idx).map_or(0..0, |group| group.articles.clone()),
            Row::Article(idx) => idx..idx + 1,
        };
        self.ids(articles)
    }
}

/// The order of the groups.
struct Ranks<'a> {
    years: FxHashMap<Option<i16>, usize>,
    outlets: FxHashMap<&'a str, usize>,
}

/// Groups stand in their own order, and turn with it where the articles are sorted by the same; what is unknown is last.
fn ranks<'a>(facts: &'a Facts, key: &Key) -> Ranks<'a> {
    let turned = |n: usize, idx: usize, by: SortBy| {
        if key.order.by == by && key.order.is_descending { n - 1 - idx } else { idx }
    };
    let (n_years, n_outlets) = (facts.years.len(), facts.outlets.len());
    let years = facts.years.iter().enumerate().map(|(idx, year)| (Some(*year), turned(n_years, idx, SortBy::Date)));
    let outlets = facts.outlets.iter().enumerate();
    let outlets = outlets.map(|(idx, (outlet, ..))| (outlet.as_str(), turned(n_outlets, idx, SortBy::Outlet)));
    Ranks { years: years.collect(), outlets: outlets.collect() }
}

fn passes(fact: &Fact, filter: &Filter, words: &[String]) -> bool {
    let is_in_years = (filter.from.is_none() && filter.to.is_none())
        || fact
            .year
            .is_some_and(|year| filter.from.is_none_or(|from| year >= from) && filter.to.is_none_or(|to| year <= to));
    is_in_years && (filter.outlet.is_none() || filter.outlet == fact.outlet_key) && fact.holds(words)
}

/// Is what is sorted by unknown? Such articles are last in both directions.
fn sort_key(fact: &Fact, counts: &Counts, order: Order, idx: usize) -> (bool, u128) {
    let found = || counts.of(fact.document.id);
    let (is_last, key) = match order.by {
        SortBy::Date => (fact.year.is_none(), idx as u128),
        SortBy::Outlet => (fact.outlet_key.is_none(), beginning(fact.outlet_key.as_deref().unwrap_or_default())),
        SortBy::Title => (false, beginning(&fact.title_key)),
        SortBy::Words => (fact.known_n_words().is_none(), u128::from(fact.known_n_words().unwrap_or_default())),
        SortBy::Statements => (false, u128::from(found().n_statements)),
        SortBy::Phrases => (false, u128::from(found().n_phrases)),
    };
    (is_last, if order.is_descending { !key } else { key })
}

/// The first sixteen bytes, as a number that sorts like them.
fn beginning(text: &str) -> u128 {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(text.bytes()) {
        *to = from;
    }
    u128::from_be_bytes(bytes)
}

/// The order of two articles whose keys are alike; those that are alike in full stay in order of date.
fn whole(a: Option<&Arc<Fact>>, b: Option<&Arc<Fact>>, order: Order) -> Ordering {
    let key = |fact: Option<&Arc<Fact>>| -> Option<String> {
        let fact = fact?;
        if order.by == SortBy::Title { Some(fact.title_key.clone()) } else { fact.outlet_key.clone() }
    };
    let ordering = key(a).cmp(&key(b));
    if order.is_descending { ordering.reverse() } else { ordering }
}

fn group(facts: &Facts, first: &Fact, grouping: Grouping, articles: Range<usize>) -> Group {
    let (key, label) = match grouping {
        Grouping::Outlet => {
            let label = first.outlet_key.as_deref().map_or("No outlet known", |key| facts.outlet_name(key));
            (GroupKey::Outlet(first.outlet_key.clone()), label.to_owned())
        }
        Grouping::Year | Grouping::None => {
            (GroupKey::Year(first.year), first.year.map_or("No date".to_owned(), |year| year.to_string()))
        }
    };
    Group { key, label, articles }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use jiff::civil::date;

    use super::*;
    use crate::document::{Corpus, Document, Outlet, OutletBasis, Published};

    fn article(id: u64, title: &str, outlet: Option<&str>, year: Option<i16>) -> Arc<Document> {
        let mut document = Document::of_lines(DocumentId(id), &"The pier is open. ".repeat(id as usize));
        document.title = Some(title.to_owned());
        document.outlet = outlet.map(|name| Outlet { name: name.to_owned(), basis: OutletBasis::Stated, range: None });
        if let Some(year) = year {
            document.published = Published::entered(date(year, 3, 1), Vec::new());
        }
        Arc::new(document)
    }

    fn state() -> LibraryState {
        let corpus = Corpus::new([
            article(1, "Zander back in the harbor", Some("Harbor News"), Some(2018)),
            article(2, "“Éclairs” on the pier, and what they cost the town", Some("The Bay"), Some(2017)),
            article(3, "Harbor council meets", None, Some(2018)),
            article(4, "Éclairs on the pier, and what they cost", Some("HARBOR NEWS"), None),
        ]);
        let mut state = LibraryState::default();
        assert!(!state.facts.advance(&corpus, 1, Instant::now() + Duration::from_secs(60)));
        state
    }

    fn listed(state: &mut LibraryState) -> Vec<u64> {
        Listing::follow(state);
        state.listing.articles.iter().map(|fact| fact.document.id.0).collect()
    }

    #[test]
    fn each_order_turns_and_what_is_unknown_stays_last() {
        let mut state = state();
        for (by, up, down) in [
            (SortBy::Date, [2, 1, 3, 4], [3, 1, 2, 4]),
            (SortBy::Outlet, [1, 4, 2, 3], [2, 1, 4, 3]),
            (SortBy::Title, [4, 2, 3, 1], [1, 3, 2, 4]),
            (SortBy::Words, [1, 2, 3, 4], [4, 3, 2, 1]),
        ] {
            state.order = Order { by, is_descending: false };
            assert_eq!(listed(&mut state), up, "{by:?}");
            state.order.is_descending = true;
            assert_eq!(listed(&mut state), down, "{by:?}, turned");
        }
    }

    #[test]
    fn all_words_must_be_there_and_years_leave_the_undated_out() {
        let mut state = state();
        state.filter.query = "PIER eclairs".to_owned();
        assert_eq!(listed(&mut state), [2, 4]);
        state.filter.query.push_str(" bay");
        assert_eq!(listed(&mut state), [2]);
        state.reset_filters();
        state.filter.from = Some(2018);
        assert_eq!((listed(&mut state), state.filter.n_active()), (vec![1, 3], 1));
        state.filter.outlet = Some("harbor news".to_owned());
        assert_eq!((listed(&mut state), state.filter.n_active()), (vec![1], 2));
    }

    #[test]
    fn groups_fold_and_keep_their_articles() {
        let mut state = state();
        state.grouping = Grouping::Outlet;
        assert_eq!(listed(&mut state), [1, 4, 2, 3]);
        let groups = |state: &LibraryState| -> Vec<(String, usize)> {
            state.listing.groups.iter().map(|group| (group.label.clone(), group.articles.len())).collect()
        };
        let of = |label: &str, n: usize| (label.to_owned(), n);
        assert_eq!(groups(&state), [of("Harbor News", 2), of("The Bay", 1), of("No outlet known", 1)]);
        let key = state.listing.groups[0].key.clone();
        state.folded.insert(key.clone());
        assert_eq!((listed(&mut state).len(), state.listing.rows.len()), (4, 5));
        assert_eq!(state.listing.row_of(&Place::Article(DocumentId(4))), None);
        assert_eq!(state.listing.row_of(&Place::Article(DocumentId(2))), Some(2));
        assert_eq!(state.listing.ids_of_row(Row::Group(0)).count(), 2);
        assert!(!Listing::follow(&mut state), "nothing changed");
        state.grouping = Grouping::Year;
        state.order = Order { by: SortBy::Date, is_descending: true };
        Listing::follow(&mut state);
        assert_eq!(groups(&state), [of("2018", 2), of("2017", 1), of("No date", 1)]);
    }
}
