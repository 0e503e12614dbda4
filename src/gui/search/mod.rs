//! Find in all articles: the field in the bar, and what was found in place of the view.
//!
//! What is typed is asked for as soon as the reader pauses; a thread with an index of the open articles answers, while it
//! is still being made too ([`job`]). The index says in which articles a query is met; where its words stand is worked out
//! for the rows in sight, and for the totals a few articles a frame (`listing`). A click goes to the article; from there
//! N and P walk the places until Escape, and the field brings the results back.

mod empty;
mod field;
mod filters;
pub mod job;
mod listing;
mod rows;

use std::sync::Arc;

use egui::{Rect, Ui, vec2};

use super::Scene;
use super::action::Action;
use super::desk::Desk;
use super::state::{State, Toast};
use super::theme::{self, Theme, size, space};
use super::widgets::label_ui;
use crate::document::{Corpus, DocumentId, Passage};
use crate::project::search::Query;
use crate::text::ByteRange;
use crate::text::numbers::{counted, number};

pub use field::{FIELD, field_ui, glass};
pub use listing::{Filters, Voice};

use listing::Listing;

/// Articles that are looked through for words in furniture alone; more would take longer than a frame.
const MAX_LOOKED_AT: usize = 300;

/// What came of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// As it was asked for.
    pub query: String,
    /// The articles that meet it.
    pub rows: Vec<DocumentId>,
    /// Where none does: queries near to it, with the number of articles that meet each.
    pub nearest: Vec<(String, usize)>,
    /// Number of articles that were searched; fewer than are open while the index is being made.
    pub n_searched: usize,
    /// Their words, furniture included.
    pub n_words: usize,
    /// Why nothing could be searched.
    pub failure: Option<String>,
}

/// What the search remembers.
#[derive(Clone, Debug, Default)]
pub struct SearchState {
    /// What stands in the field.
    pub typed: String,
    /// Are the results shown in place of the view?
    pub is_shown: bool,
    /// Should the field get the keyboard in the next frame?
    pub wants_focus: bool,
    /// Has the field the keyboard, as of the last frame?
    has_focus: bool,
    /// When something was typed last.
    typed_at: f64,
    /// What was asked for last, of which state of the articles.
    asked: Option<(String, u64)>,
    answer: Option<Arc<Answer>>,
    pub filters: Filters,
    listing: Listing,
    /// The place that was gone to last.
    pub chosen: Option<Passage>,
}

/// What was found, as it is shown.
#[derive(Debug)]
struct Answer {
    /// Counts the answers.
    number: u64,
    found: Found,
    query: Query,
    /// In order of date.
    rows: Vec<DocumentId>,
    /// Of the articles that the nearest query is in, those that have it in furniture alone; `None` where nobody looked.
    n_in_furniture: Option<usize>,
}

impl SearchState {
    /// Is there something to look for?
    pub fn is_active(&self) -> bool {
        !self.typed.trim().is_empty()
    }

    /// Does the reader type, or has typed?
    pub fn is_used(&self) -> bool {
        self.is_active() || self.has_focus || self.wants_focus
    }

    /// Are results, or the lack of them, in place of the view?
    pub fn covers_view(&self) -> bool {
        self.is_shown && self.is_active()
    }

    /// Was something found?
    pub fn has_results(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| !answer.rows.is_empty())
    }

    /// Leaves the place to the view; what was found stays.
    pub fn step_aside(&mut self) {
        self.is_shown = false;
    }

    /// Leaves N and P to something else as well.
    pub fn give_way(&mut self) {
        self.step_aside();
        self.chosen = None;
    }

    /// Lets go of the search. Returns whether there was one.
    pub fn clear(&mut self) -> bool {
        let was_active = self.is_active();
        *self = Self { listing: std::mem::take(&mut self.listing), ..Self::default() };
        was_active
    }

    /// Looks for something else.
    fn look_for(&mut self, query: String) {
        self.typed = query;
        self.typed_at = f64::NEG_INFINITY;
        self.is_shown = true;
    }

    /// Do N and P go from place to place of it?
    pub fn is_walked(&self) -> bool {
        self.is_active() && self.answer.is_some() && (self.is_shown || self.chosen.is_some())
    }
}

/// Takes an answer, where it is still wanted.
pub fn take(desk: &mut Desk, found: Found) {
    let search = &desk.state.search;
    if search.asked.as_ref().is_none_or(|(query, _)| *query != found.query) {
        return;
    }
    if let Some(failure) = &found.failure {
        desk.state.toast = Some(Toast::new(format!("Nothing could be searched: {failure}")));
    }
    let corpus = desk.corpus();
    let mut rows: Vec<(usize, DocumentId)> =
        found.rows.iter().filter_map(|id| Some((corpus.idx_of(*id)?, *id))).collect();
    rows.sort_unstable();
    let answer = Answer {
        number: search.answer.as_ref().map_or(0, |answer| answer.number + 1),
        query: Query::parse(&found.query),
        rows: rows.into_iter().map(|(_, id)| id).collect(),
        n_in_furniture: found.nearest.first().and_then(|(query, _)| n_in_furniture(corpus, query)),
        found,
    };
    let search = &mut desk.state.search;
    if search.answer.as_ref().is_none_or(|old| old.found.query != answer.found.query) {
        search.chosen = None;
    }
    search.answer = Some(Arc::new(answer));
}

/// Number of articles that have a query in their furniture alone.
fn n_in_furniture(corpus: &Corpus, query: &str) -> Option<usize> {
    let query = Query::parse(query);
    let is_in_furniture = |places: &[ByteRange], document: &crate::document::Document| {
        !places.is_empty()
            && places.iter().all(|place| document.block_at(place.start).is_some_and(|block| !block.kind.is_readable()))
    };
    let documents = corpus.documents();
    (documents.len() <= MAX_LOOKED_AT)
        .then(|| documents.iter().filter(|document| is_in_furniture(&query.places(document), document)).count())
}

/// Shows what was found; a click goes to an article.
pub fn search_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut SearchState, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let area = ui.max_rect();
    let Some(answer) = state.answer.clone() else {
        ui.add_space(24.0);
        ui.horizontal(|ui| {
            ui.add_space(space::TABLE_MARGIN);
            label_ui(ui, "Searching …", theme::sans(size::UI), theme.ink2);
        });
        return;
    };
    if state.listing.follow(scene, &answer, &state.filters) {
        ui.ctx().request_repaint();
    }
    if answer.rows.is_empty() {
        empty::none_ui(ui, scene, state, &answer, area);
        return;
    }
    let bar = Rect::from_min_size(area.min, vec2(area.width(), space::FILTER_BAR));
    filters::bar_ui(ui, scene, state, &answer, bar);
    let body = area.with_min_y(bar.bottom());
    if state.listing.rows().is_empty() && state.listing.is_done() {
        empty::filtered_ui(ui, scene, state, &answer, body);
    } else {
        rows::rows_ui(ui, scene, state, &answer, body, actions);
    }
}

/// What the status bar says of it.
pub fn search_status(scene: &Scene<'_>, state: &SearchState) -> String {
    let n_open = scene.corpus.len();
    match &state.answer {
        Some(answer) => format!("{} of {}", number(answer.rows.len()), n_articles(n_open)),
        None => n_articles(n_open),
    }
}

/// Goes to a place that was found: Read shows it selected, and N and P go on from it.
pub fn reveal(state: &mut State, corpus: &Corpus, passage: Passage) {
    state.search.step_aside();
    let Some(document) = corpus.get(passage.document) else { return };
    let is_found = state.search.is_active()
        && state.search.answer.as_ref().is_some_and(|answer| answer.query.places(document).contains(&passage.range));
    if is_found {
        state.search.chosen = Some(passage);
        state.reading.selected = Some(passage);
        if document.block_at(passage.range.start).is_some_and(|block| !block.kind.is_readable()) {
            state.reading.has_furniture = true;
        }
    }
}

/// The place `step` on from the one gone to last, in order of date and text, going round at the ends; `None` where
/// none is shown.
pub fn step(desk: &Desk, step: isize) -> Option<Passage> {
    let search = &desk.state.search;
    let answer = search.answer.as_ref()?;
    let theme = Theme::LIGHT;
    let scene = desk.scene(&theme);
    let rows = search.listing.rows();
    let passages = |idx: usize| -> Vec<Passage> {
        let document = rows.get(idx).copied();
        let places = document.and_then(|id| Some((id, listing::places(&scene, answer, &search.filters, id)?)));
        places.map_or_else(Vec::new, |(document, places)| {
            places.into_iter().map(|range| Passage { document, range }).collect()
        })
    };
    let here = search.chosen.and_then(|chosen| Some((rows.iter().position(|id| *id == chosen.document)?, chosen)));
    if let Some((idx, chosen)) = here {
        let passages = passages(idx);
        let next = match step > 0 {
            true => passages.iter().find(|passage| passage.range.start > chosen.range.start),
            false => passages.iter().rev().find(|passage| passage.range.start < chosen.range.start),
        };
        if let Some(next) = next {
            return Some(*next);
        }
    }
    let n_rows = rows.len();
    let from = here.map_or(if step > 0 { n_rows.saturating_sub(1) } else { 0 }, |(idx, _)| idx);
    (1..=n_rows).find_map(|by| {
        let idx = if step > 0 { (from + by) % n_rows } else { (from + n_rows - by % n_rows) % n_rows };
        let passages = passages(idx);
        if step > 0 { passages.first().copied() } else { passages.last().copied() }
    })
}

/// "5 articles", "1 article", "10,000 articles".
fn n_articles(n: usize) -> String {
    counted(n, "article", "articles")
}

/// "3 places".
fn n_places(n: usize) -> String {
    counted(n, "place", "places")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_words() {
        assert_eq!((n_articles(1), n_places(2)), ("1 article".to_owned(), "2 places".to_owned()));
    }

    #[test]
    fn letting_go_leaves_nothing() {
        let mut state = SearchState { typed: "eel".to_owned(), is_shown: true, ..SearchState::default() };
        assert!(state.covers_view());
        assert!(state.clear() && !state.is_active() && !state.covers_view());
        assert!(!state.clear());
    }
}
