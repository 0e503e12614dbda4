//! Phrases: the families that come back over the articles in order of date, and the life of the chosen one.
//!
//! Above, the matrix: a family a row, an article (or a month, a year) a column, the figure how often. Below, the name of
//! the chosen family with what can be done about it, and its places aligned on the phrase, with whose words they are
//! and what changed around it from one use to the next. One choice for both, and for the other views. Only what is in
//! sight is laid out; lists, columns and lives are kept in [`cache`]. In their stead, all places as a table.

pub mod cache;
mod columns;
mod concordance;
mod context;
mod decided;
mod family;
mod filters;
mod listing;
mod matrix;
mod place;
mod place_filters;
mod places;
mod rows;
mod table;

pub use places::settings::{PlaceOrder, PlaceSettings, PlaceVoices};

use std::ops::Range;

use cache::PhrasesCache;
use egui::{EventFilter, Id, Key, Rect, Sense, Ui, UiBuilder};

use super::action::Action;
use super::state::{PhrasesState, Selection};
use super::table::MAX_COPIED;
use super::theme::space;
use super::widgets::empty_ui;
use super::{Scene, stories};
use crate::analysis::{Analysis, PhraseId};
use crate::document::Passage;
use crate::text::numbers::{self, number};

/// Fills `ui` with the filter bar, the matrix, the name of the chosen family and its places.
pub fn phrases_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0.0, scene.theme.paper);
    if scene.analysis.phrases.is_empty() && scene.analysis.phrase_edits.is_empty() && !has_decisions(scene) {
        nothing_found_ui(ui, scene);
        return;
    }
    let mut cache = std::mem::take(&mut state.cache);
    if cache.listing.advance(scene.corpus, scene.analysis, scene.revision, state) {
        ui.ctx().request_repaint();
    }
    let (bar, rest) = rect.split_top_bottom_at_y(rect.top() + space::FILTER_BAR);
    if state.is_table {
        let voices = cache.voices(scene);
        if cache.places.advance(scene, &voices, &cache.listing, &state.table) {
            ui.ctx().request_repaint();
        }
    }
    filters::bar_ui(ui, scene, state, &cache, bar, actions);
    if state.is_table {
        places_ui(ui, scene, state, &mut cache, selection, rest, actions);
    } else {
        families_ui(ui, scene, state, &mut cache, selection, rest, actions);
    }
    state.cache = cache;
}

/// The table of places, or why there is none.
fn places_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    cache: &mut PhrasesCache,
    selection: &Selection,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    if cache.places.len() > 0 {
        table::table_ui(ui, scene, state, cache, selection, rect, actions);
    } else if cache.places.is_done() {
        no_match_ui(ui, scene, state, rect);
    } else {
        let says = format!("Gathering the places of {} families", number(scene.analysis.phrases.len()));
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            empty_ui(ui, scene.theme, &says, "They show as soon as all of them are there.");
        });
    }
}

/// The matrix, and the places of the chosen family under it.
fn families_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    cache: &mut PhrasesCache,
    selection: &Selection,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let chosen = selection.phrase.and_then(|id| cache.row_of(scene, id));
    let row = chosen.unwrap_or(0);
    let phrase_idx = cache.listing.rows.get(row).map(|idx| *idx as usize);
    let Some(phrase) = phrase_idx.and_then(|idx| scene.analysis.phrases.get(idx)) else {
        if cache.listing.is_done() {
            no_match_ui(ui, scene, state, rect);
        }
        return;
    };
    let parts = Parts::of(rect, cache.listing.rows.len());
    let panes = Panes::new(ui, &parts);
    panes.keys(ui, scene, &cache.listing.rows, row, selection, actions);
    let must_reveal = state.revealed.0 != Some(phrase.id);
    matrix::matrix_ui(ui, scene, cache, matrix::Chosen { row, must_reveal }, parts.matrix, actions);
    family::bar_ui(ui, scene, state, &cache.listing, phrase, selection, parts.bar, actions);
    let voices = cache.voices(scene);
    let reveal = selection.occurrence.filter(|place| must_reveal || state.revealed.1 != Some(*place));
    cache.concordance.ui(ui, scene, &voices, phrase, selection.occurrence, reveal, parts.places, actions);
    panes.paint_focus(ui, scene);
    state.revealed = (Some(phrase.id), selection.occurrence);
}

/// The family whose places are shown: the chosen one where it is listed, else the first.
pub fn current(analysis: &Analysis, state: &PhrasesState, selection: &Selection) -> Option<PhraseId> {
    let listing = &state.cache.listing;
    let chosen = selection.phrase.filter(|id| listing.row_of(analysis, *id).is_some());
    chosen.or_else(|| id_at(analysis, &listing.rows, 0))
}

/// The family `step` rows after the current one, round and round.
pub fn neighbor(analysis: &Analysis, state: &PhrasesState, selection: &Selection, step: isize) -> Option<PhraseId> {
    let listing = &state.cache.listing;
    let row = listing.row_of(analysis, current(analysis, state, selection)?)?;
    let n_rows = isize::try_from(listing.rows.len()).ok().filter(|n_rows| *n_rows > 0)?;
    let next = (isize::try_from(row).ok()? + step).rem_euclid(n_rows);
    id_at(analysis, &listing.rows, usize::try_from(next).ok()?)
}

/// "9 families in 2 or more of 5 articles · 33 occurrences".
pub fn phrases_status(scene: &Scene<'_>, state: &PhrasesState) -> String {
    let listing = &state.cache.listing;
    let n_families = listing.rows.len();
    if scene.analysis.phrases.is_empty() {
        let words = if stories::is_one_story(scene) { "copies of one story" } else { "no wording comes back" };
        return words.to_owned();
    }
    if state.is_table {
        return format!(
            "{} of {} in {} or more of {}",
            counted(state.cache.places.len(), "occurrence", "occurrences"),
            counted(n_families, "family", "families"),
            state.min_articles,
            counted(scene.corpus.len(), "article", "articles"),
        );
    }
    format!(
        "{} in {} or more of {}  ·  {}",
        counted(n_families, "family", "families"),
        state.min_articles,
        counted(scene.corpus.len(), "article", "articles"),
        counted(listing.n_places, "occurrence", "occurrences")
    )
}

/// "1 article", "5 articles".
fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

fn id_at(analysis: &Analysis, rows: &[u32], row: usize) -> Option<PhraseId> {
    analysis.phrases.get(*rows.get(row)? as usize).map(|phrase| phrase.id)
}

fn has_decisions(scene: &Scene<'_>) -> bool {
    !crate::project::phrases::edits(scene.project.decisions()).is_empty()
}

/// The parts below the filter bar.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Parts {
    matrix: Rect,
    bar: Rect,
    places: Rect,
}

impl Parts {
    /// The matrix takes what its rows need, up to a good half and a row more rather than to cut the last one; in a low
    /// window it keeps three rows.
    fn of(rect: Rect, n_rows: usize) -> Self {
        let wanted = space::MATRIX_HEAD + space::MATRIX_ROW * n_rows as f32 + 1.0;
        let least = space::MATRIX_HEAD + 3.0 * space::MATRIX_ROW;
        let most = ((rect.height() - space::FAMILY_BAR) * 0.6).max(least).min(rect.height());
        let height = if wanted <= most + 1.2 * space::MATRIX_ROW { wanted } else { most };
        let (matrix, rest) = rect.split_top_bottom_at_y(rect.top() + height.round());
        let (bar, places) = rest.split_top_bottom_at_y((rest.top() + space::FAMILY_BAR).min(rect.bottom()));
        Self { matrix, bar, places }
    }
}

/// The two parts that take the keyboard's focus as a whole, so that arrows walk their rows.
struct Panes {
    families: egui::Response,
    places: egui::Response,
}

impl Panes {
    fn new(ui: &Ui, parts: &Parts) -> Self {
        let pane = |rect, id, name: &str| {
            let response = ui.interact(rect, Id::unique(id), Sense::focusable_noninteractive());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Table, true, name));
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            response
        };
        Self {
            families: pane(parts.matrix, "families pane", "Families by article"),
            places: pane(parts.places, "places pane", "Places of the family"),
        }
    }

    /// Arrows, page and end keys walk the families, or the places where these have the focus; Enter opens the article.
    fn keys(
        &self,
        ui: &Ui,
        scene: &Scene<'_>,
        rows: &[u32],
        row: usize,
        selection: &Selection,
        actions: &mut Vec<Action>,
    ) {
        let is_free = ui.memory(|memory| memory.focused().is_none());
        let is_among_places = self.places.has_focus();
        if !(is_free || is_among_places || self.families.has_focus()) || egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let pressed = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        let (next, previous) = if is_among_places {
            (Action::NextOccurrence, Action::PreviousOccurrence)
        } else {
            (Action::NextFamily, Action::PreviousFamily)
        };
        if pressed(Key::ArrowDown) {
            actions.push(next);
        }
        if pressed(Key::ArrowUp) {
            actions.push(previous);
        }
        let page = ((self.families.rect.height() - space::MATRIX_HEAD) / space::MATRIX_ROW).floor().max(1.0) as usize;
        let last = rows.len().saturating_sub(1);
        let jumps = [
            (Key::PageDown, (row + page).min(last)),
            (Key::PageUp, row.saturating_sub(page)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (key, to) in jumps {
            if pressed(key) && !is_among_places {
                actions.push(Action::SelectPhrase(id_at(scene.analysis, rows, to)));
            }
        }
        if pressed(Key::Enter)
            && let Some(phrase) = rows.get(row).and_then(|idx| scene.analysis.phrases.get(*idx as usize))
        {
            let first = phrase.occurrences.first().map(|occurrence| occurrence.passage);
            actions.extend(selection.occurrence.or(first).map(Action::Reveal));
        }
    }

    fn paint_focus(&self, ui: &Ui, scene: &Scene<'_>) {
        for pane in [&self.families, &self.places] {
            if pane.has_focus() {
                let stroke = egui::Stroke::new(scene.theme.ring, scene.theme.accent);
                ui.painter().rect_stroke(pane.rect.shrink(1.0), 0.0, stroke, egui::StrokeKind::Inside);
            }
        }
    }
}

/// Says what was looked for and what would help, where nothing comes back at all.
fn nothing_found_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (says, helps) = match scene.corpus.len() {
        0 => ("No article is open".to_owned(), "Open articles or drop them on the window; phrases follow.".to_owned()),
        1 => ("One article is open".to_owned(), "Open a second one to see what comes back.".to_owned()),
        _ => stories::nothing_comes_back(scene),
    };
    empty_ui(ui, scene.theme, &says, &helps);
}

/// The chosen places of the table, from the first to the last; none where none is chosen, or something else is shown.
pub fn chosen_places(scene: &Scene<'_>, state: &PhrasesState, selection: &Selection) -> Vec<Passage> {
    let (places, is_turned) = (&state.cache.places, state.table.is_turned);
    let chosen = selection.phrase.zip(selection.occurrence).filter(|_| state.is_table);
    let cursor = chosen.and_then(|(phrase, place)| places.row_of_place(scene, phrase, place, is_turned));
    passages(scene, state, &state.cache, places.chosen(cursor, is_turned))
}

/// The places of some rows of the table, at most as many as are copied at once.
fn passages(scene: &Scene<'_>, state: &PhrasesState, cache: &PhrasesCache, rows: Range<usize>) -> Vec<Passage> {
    let fact = |row| cache.places.fact(row, state.table.is_turned)?.occurrence(scene.analysis);
    rows.take(MAX_COPIED).filter_map(fact).map(|occurrence| occurrence.passage).collect()
}

/// Takes the place of everything below the filters where these leave nothing.
fn no_match_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PhrasesState, rect: Rect) {
    let query = state.query.trim();
    let words = if query.is_empty() { String::new() } else { format!(" with “{query}”") };
    let mut says = format!("No phrase{words} in {} or more articles", state.min_articles);
    let looked_in = format!(
        "Words are looked for in the names of {} and in all their wordings.",
        numbers::counted(scene.analysis.phrases.len(), "family", "families")
    );
    if state.is_table && state.table.n_filters() > 0 {
        says = format!("No place of a phrase{words} passes the filters");
    }
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        empty_ui(ui, scene.theme, &says, &looked_in);
        ui.vertical_centered(|ui| {
            ui.add_space(8.0);
            if ui.button("Show all phrases").clicked() {
                filters::reset(state);
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn the_parts_share_every_window() {
        for height in [220.0, 300.0, 492.0, 658.0, 972.0] {
            for n_rows in [1, 9, 100_000] {
                let parts = Parts::of(Rect::from_min_size(pos2(0.0, 84.0), vec2(1000.0, height)), n_rows);
                let sum = parts.matrix.height() + parts.bar.height() + parts.places.height();
                assert!((sum - height).abs() < 0.01, "{height} {n_rows}: {parts:?}");
                let n_shown = (parts.matrix.height() - space::MATRIX_HEAD) / space::MATRIX_ROW;
                assert!(n_shown + 0.01 >= n_rows.min(3) as f32, "{height} {n_rows}: {parts:?}");
                assert!(parts.places.height() >= height * 0.15, "{height} {n_rows}: {parts:?}");
            }
        }
    }
}
