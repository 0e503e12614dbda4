//! What is chosen in the library: by clicks, and by the keys of any list.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::facts::Fact;
use super::listing::Row;
use super::settings::{GroupKey, LibraryState, Place};
use crate::document::DocumentId;

/// How a click or a step chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// This alone.
    Alone,
    /// This as well, or no longer.
    Toggle,
    /// All from the last one to this.
    Stretch,
}

impl How {
    pub fn of(modifiers: egui::Modifiers) -> Self {
        if modifiers.shift {
            Self::Stretch
        } else if modifiers.command {
            Self::Toggle
        } else {
            Self::Alone
        }
    }
}

impl LibraryState {
    /// Chooses what stands in a row, and stands there. The heading of a group stands for all of its articles.
    pub fn choose(&mut self, row: usize, how: How) {
        let Some(place) = self.listing.place(row) else { return };
        match how {
            How::Alone => self.chosen = self.ids_of_row(row).collect(),
            How::Toggle => {
                let ids: Vec<DocumentId> = self.ids_of_row(row).collect();
                if ids.iter().all(|id| self.chosen.contains(id)) {
                    self.chosen.retain(|id| !ids.contains(id));
                } else {
                    self.chosen.extend(ids);
                }
            }
            How::Stretch => {
                let anchor = self.anchor.as_ref().and_then(|place| self.listing.row_of(place)).unwrap_or(row);
                let rows = self.listing.rows.get(anchor.min(row)..=anchor.max(row)).unwrap_or_default();
                // A folded group on the way is meant as a whole; the articles of an open one stand below it.
                let is_meant = |row: &&Row| match row {
                    Row::Group(idx) => self.listing.groups.get(*idx).is_some_and(|it| self.folded.contains(&it.key)),
                    Row::Article(_) => true,
                };
                self.chosen = rows.iter().filter(is_meant).flat_map(|row| self.listing.ids_of_row(*row)).collect();
            }
        }
        if how != How::Stretch || self.anchor.is_none() {
            self.anchor = Some(place.clone());
        }
        self.cursor = Some(place);
        self.cursor_row = Some(row);
    }

    fn ids_of_row(&self, row: usize) -> impl Iterator<Item = DocumentId> + '_ {
        self.listing.rows.get(row).into_iter().flat_map(|row| self.listing.ids_of_row(*row))
    }

    /// Goes `by` rows on from where one stands; from nowhere to the first row.
    pub fn step(&mut self, by: isize, how: How) {
        let here = self.cursor.as_ref().and_then(|place| self.listing.row_of(place));
        let row = here.map_or(0, |row| row.saturating_add_signed(by));
        self.go_to(row, how);
    }

    /// Goes to a row, or the last one.
    pub fn go_to(&mut self, row: usize, how: How) {
        let Some(last) = self.listing.rows.len().checked_sub(1) else { return };
        self.choose(row.min(last), how);
        self.must_reveal = true;
    }

    /// Chooses all that is listed, folded or not.
    pub fn choose_all(&mut self) {
        self.chosen = self.listing.articles.iter().map(|fact| fact.document.id).collect();
    }

    /// Lets go of what is listed no longer, so that nothing out of sight is removed. Where the article one stands on was
    /// removed, one stands on what took its place.
    pub fn keep_listed(&mut self, is_removed: bool) {
        if !self.chosen.is_empty() {
            let listed: FxHashSet<DocumentId> = self.listing.articles.iter().map(|fact| fact.document.id).collect();
            self.chosen.retain(|id| listed.contains(id));
        }
        let Some(cursor) = self.cursor.clone() else { return };
        let old_row = std::mem::replace(&mut self.cursor_row, self.listing.row_of(&cursor));
        if self.cursor_row.is_some() {
            return;
        }
        self.cursor = None;
        if let (true, Some(row), Some(last)) = (is_removed, old_row, self.listing.rows.len().checked_sub(1)) {
            self.choose(row.min(last), How::Alone);
        } else if let Place::Article(id) = cursor {
            self.cursor = self.group_of(id);
        }
        self.anchor.clone_from(&self.cursor);
    }

    /// The group that an article is listed in.
    fn group_of(&self, id: DocumentId) -> Option<Place> {
        let at = self.listing.articles.iter().position(|fact: &Arc<Fact>| fact.document.id == id)?;
        let group = self.listing.groups.iter().find(|group| group.articles.contains(&at))?;
        Some(Place::Group(group.key.clone()))
    }

    /// Folds or unfolds a group.
    pub fn toggle_fold(&mut self, key: &GroupKey) {
        if !self.folded.remove(key) {
            self.folded.insert(key.clone());
        }
    }

    /// Folds or unfolds the group one stands on; from an article, folding goes to its group.
    pub fn fold(&mut self, is_folded: bool) {
        match self.cursor.clone() {
            Some(Place::Group(key)) => {
                if is_folded {
                    self.folded.insert(key);
                } else {
                    self.folded.remove(&key);
                }
            }
            Some(Place::Article(id)) if is_folded => {
                let place = self.group_of(id);
                if let Some(row) = place.and_then(|place| self.listing.row_of(&place)) {
                    self.go_to(row, How::Alone);
                }
            }
            _ => {}
        }
    }

    /// The chosen articles in the order of the list.
    pub fn chosen_in_order(&self) -> Vec<DocumentId> {
        let chosen: &BTreeSet<DocumentId> = &self.chosen;
        let listed = self.listing.articles.iter().map(|fact| fact.document.id);
        listed.filter(|id| chosen.contains(id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use jiff::civil::date;

    use super::super::listing::Listing;
    use super::super::settings::Grouping;
    use super::*;
    use crate::document::{Corpus, Document, Published};

    /// Articles 1 to 6, two a year.
    fn state() -> LibraryState {
        let corpus = Corpus::new((1..=6).map(|id: u64| {
            let mut document = Document::of_lines(DocumentId(id), "The pier is open.");
            let year = 2017 + i16::try_from((id - 1) / 2).unwrap_or(0);
            document.published = Published::entered(date(year, id as i8, 1), Vec::new());
            Arc::new(document)
        }));
        let mut state = LibraryState::default();
        state.facts.advance(&corpus, 1, Instant::now() + Duration::from_secs(60));
        Listing::follow(&mut state);
        state
    }

    fn chosen(state: &LibraryState) -> Vec<u64> {
        state.chosen.iter().map(|id| id.0).collect()
    }

    #[test]
    fn clicks_choose_as_in_any_list() {
        let mut state = state();
        state.choose(1, How::Alone);
        state.choose(3, How::Stretch);
        assert_eq!(chosen(&state), [2, 3, 4]);
        state.choose(0, How::Stretch);
        assert_eq!(chosen(&state), [1, 2], "from where the first click was");
        state.choose(4, How::Toggle);
        state.choose(1, How::Toggle);
        assert_eq!(chosen(&state), [1, 5]);
        state.step(1, How::Alone);
        assert_eq!((chosen(&state), state.cursor.clone()), (vec![3], Some(Place::Article(DocumentId(3)))));
        state.step(-9, How::Alone);
        assert_eq!(chosen(&state), [1]);
        state.go_to(usize::MAX, How::Stretch);
        assert_eq!(chosen(&state), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn a_heading_stands_for_its_articles() {
        let mut state = state();
        state.grouping = Grouping::Year;
        Listing::follow(&mut state);
        state.choose(3, How::Alone);
        assert_eq!(chosen(&state), [3, 4]);
        state.step(1, How::Alone);
        assert_eq!(chosen(&state), [3]);
        state.fold(true);
        assert_eq!(chosen(&state), [3, 4], "first to the heading");
        state.fold(true);
        Listing::follow(&mut state);
        assert_eq!(state.listing.rows.len(), 7);
        state.choose(0, How::Alone);
        state.choose(6, How::Stretch);
        assert_eq!(chosen(&state), [1, 2, 3, 4, 5, 6], "the folded group is meant");
    }

    #[test]
    fn what_is_not_listed_is_not_chosen() {
        let mut state = state();
        state.choose_all();
        state.choose(2, How::Toggle);
        state.filter.from = Some(2019);
        assert!(Listing::follow(&mut state));
        state.keep_listed(false);
        assert_eq!((chosen(&state), state.cursor.clone()), (vec![5, 6], None));
        (state.cursor, state.cursor_row) = (Some(Place::Article(DocumentId(1))), Some(9));
        state.keep_listed(true);
        assert_eq!((chosen(&state), state.cursor.clone()), (vec![6], Some(Place::Article(DocumentId(6)))));
    }
}
