//! What the library remembers: order, groups, filters, what is chosen, where one stands.

use std::collections::BTreeSet;

use super::Checks;
use super::facts::{Counts, Facts};
use super::listing::Listing;
use crate::document::DocumentId;

/// What a list of articles can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortBy {
    #[default]
    Date,
    Outlet,
    Title,
    Words,
    Statements,
    Phrases,
}

impl SortBy {
    /// The word over the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Outlet => "Outlet",
            Self::Title => "Title",
            Self::Words => "Words",
            Self::Statements => "Statements",
            Self::Phrases => "Phrases",
        }
    }

    /// Is what one looks for first the most of it?
    pub fn is_a_number(self) -> bool {
        matches!(self, Self::Words | Self::Statements | Self::Phrases)
    }
}

/// An order of the articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub by: SortBy,
    /// Latest first, Z first, most first.
    pub is_descending: bool,
}

impl Order {
    /// The order after a click on the head of a column: the same again turns it.
    #[must_use]
    pub fn after_click(self, by: SortBy) -> Self {
        let is_descending = if self.by == by { !self.is_descending } else { by.is_a_number() };
        Self { by, is_descending }
    }

    /// How it begins, for whoever does not see the arrow.
    pub fn words(self) -> &'static str {
        match (self.by, self.is_descending) {
            (SortBy::Date, false) => "earliest first",
            (SortBy::Date, true) => "latest first",
            (SortBy::Outlet | SortBy::Title, false) => "A to Z",
            (SortBy::Outlet | SortBy::Title, true) => "Z to A",
            (_, false) => "fewest first",
            (_, true) => "most first",
        }
    }
}

/// What articles are put together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    #[default]
    None,
    Year,
    Outlet,
}

impl Grouping {
    pub const ALL: [Self; 3] = [Self::None, Self::Year, Self::Outlet];

    pub fn words(self) -> &'static str {
        match self {
            Self::None => "No groups",
            Self::Year => "Group by year",
            Self::Outlet => "Group by outlet",
        }
    }
}

/// What the articles of a group have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKey {
    /// `None` for the undated ones.
    Year(Option<i16>),
    /// By its folded name; `None` where no outlet is known.
    Outlet(Option<String>),
}

/// Which articles are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// All these words stand in title, outlet or file name.
    pub query: String,
    pub from: Option<i16>,
    pub to: Option<i16>,
    /// By its folded name.
    pub outlet: Option<String>,
}

impl Filter {
    /// Lists articles from this year on, or up to it. Years the wrong way round would list none: the later choice counts.
    pub fn choose_year(&mut self, year: i16, is_from: bool) {
        let (mine, other) = if is_from { (&mut self.from, &mut self.to) } else { (&mut self.to, &mut self.from) };
        *mine = Some(year);
        *other = other.map(|other| if is_from { other.max(year) } else { other.min(year) });
    }

    /// How many things are asked for; two years are one.
    pub fn n_active(&self) -> usize {
        usize::from(!self.query.trim().is_empty())
            + usize::from(self.from.is_some() || self.to.is_some())
            + usize::from(self.outlet.is_some())
    }
}

/// A row that one can stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Group(GroupKey),
    Article(DocumentId),
}

/// What the library remembers.
#[derive(Clone, Debug, Default)]
pub struct LibraryState {
    /// Does it lie over the view?
    pub is_open: bool,
    pub order: Order,
    pub grouping: Grouping,
    pub filter: Filter,
    /// Groups that are folded.
    pub folded: BTreeSet<GroupKey>,
    /// Is what was found in the articles of the articles as they are?
    pub is_analyzed: bool,
    /// The articles that buttons and keys are for.
    pub chosen: BTreeSet<DocumentId>,
    /// Where arrows go on from.
    pub cursor: Option<Place>,
    /// Where a stretch that is chosen with Shift begins.
    pub anchor: Option<Place>,
    /// Is the place to be brought into view?
    pub must_reveal: bool,
    /// Is the list to begin at its top?
    pub must_rewind: bool,
    /// Does the field take what is typed?
    pub is_typing: bool,
    /// The row of `cursor` when one came there.
    pub cursor_row: Option<usize>,
    /// How far the list was scrolled in the last frame, the uppermost article in sight then, and how much of its row was
    /// above the edge.
    pub scrolled: f32,
    pub top: Option<(DocumentId, f32)>,
    /// The article that is to stay where it is while others come in above it.
    pub keep_top: Option<(DocumentId, f32)>,
    pub n_page_rows: usize,
    /// Rows that were drawn last.
    pub n_drawn_rows: usize,
    /// The state of the facts that was listed last.
    pub listed_facts: u64,
    pub checks: Checks,
    pub facts: Facts,
    pub counts: Counts,
    pub listing: Listing,
}

impl LibraryState {
    /// Lets go of all filters.
    pub fn reset_filters(&mut self) {
        self.filter = Filter::default();
        self.must_reveal = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_turns_its_own_order_and_numbers_begin_with_the_most() {
        let order = Order::default();
        assert_eq!(order.after_click(SortBy::Date).words(), "latest first");
        assert_eq!(order.after_click(SortBy::Title).words(), "A to Z");
        let words = order.after_click(SortBy::Words);
        assert_eq!((words.words(), words.after_click(SortBy::Words).words()), ("most first", "fewest first"));
    }

    #[test]
    fn years_are_never_the_wrong_way_round() {
        let mut filter = Filter::default();
        filter.choose_year(2018, true);
        filter.choose_year(2016, false);
        assert_eq!((filter.from, filter.to, filter.n_active()), (Some(2016), Some(2016), 1));
        filter.choose_year(2020, false);
        filter.choose_year(2017, true);
        assert_eq!((filter.from, filter.to), (Some(2017), Some(2020)));
    }
}
