//! The library: all open articles as one list, to be sorted, filtered and put into groups; what stands in columns of Read
//! is chosen here, and what is of no use any more is removed.
//!
//! It lies over the view and grows while articles come. What it shows is worked out once for a state of the corpus and a
//! setting ([`facts`], [`listing`]), in slices of a frame; a frame costs what is in sight.

mod bar;
mod check;
mod choice;
mod columns;
pub mod facts;
pub mod listing;
mod row;
pub mod settings;
mod table;
mod words;

use std::time::{Duration, Instant};

use egui::{EventFilter, Id, Key, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo};

use self::check::Check;
use self::choice::How;
use self::listing::Listing;
use self::settings::{LibraryState, Place};
use super::Scene;
use super::action::Action;
use super::desk::Desk;
use super::shown::Shown;
use super::widgets::empty_ui;
use crate::document::{Corpus, DocumentId};
use crate::report::dates;
use crate::text::numbers::{counted, number};

/// Time that one frame gives to what is worked out.
const SLICE: Duration = Duration::from_millis(2);

/// What the boxes of headings show, for one list and one choice of columns.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    key: Option<(u64, u64)>,
    all: Option<Check>,
    groups: Vec<Check>,
}

impl LibraryState {
    /// The box of all that is listed.
    fn listing_check(&self) -> Check {
        self.checks.all.unwrap_or(Check::None)
    }

    /// The box of a group.
    fn group_check(&self, idx: usize) -> Check {
        self.checks.groups.get(idx).copied().unwrap_or(Check::None)
    }

    /// Counts anew what stands in columns, where list or choice changed. `O(n log n)` in the articles.
    fn count_checks(&mut self, shown: &Shown) {
        let key = (shown.version(), self.listing.version);
        if self.checks.key == Some(key) {
            return;
        }
        let check = |articles: std::ops::Range<usize>| {
            let n_all = articles.len();
            Check::of(self.listing.ids(articles).filter(|id| shown.contains(*id)).count(), n_all)
        };
        let groups = self.listing.groups.iter().map(|group| check(group.articles.clone())).collect();
        self.checks = Checks { key: Some(key), all: Some(check(0..self.listing.articles.len())), groups };
    }
}

/// Shows the library over the whole of `ui`.
pub fn library_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut LibraryState,
    shown: &mut Shown,
    actions: &mut Vec<Action>,
) {
    let area = ui.available_rect_before_wrap();
    if work(scene, state) {
        ui.ctx().request_repaint();
    }
    let top = bar::bars_ui(ui, scene, state, shown, area, actions);
    let y = ui.painter().round_to_pixel_center(top);
    ui.painter().hline(area.x_range(), y, scene.theme.hairline());
    let rest = area.with_min_y(top + 1.0);
    let pane = ui.interact(rest, Id::unique("library pane"), Sense::focusable_noninteractive());
    pane.widget_info(|| WidgetInfo::labeled(Role::Table, true, format!("Articles {}", state.order.in_words())));
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(pane.id, filter));
    keys(ui, state, shown, &pane, actions);
    // What was folded or chosen above shows in this frame.
    follow(scene.corpus, state);
    state.count_checks(shown);
    if scene.corpus.is_empty() {
        nothing_open_ui(ui, scene, rest, actions);
    } else if !state.listing.articles.is_empty() {
        state.n_page_rows = table::table_ui(ui, scene, state, shown, rest, actions);
    } else if state.facts.is_current(scene.generation) {
        no_match_ui(ui, scene, state, rest);
    }
    table::paint_focus(ui, scene, &pane);
    ui.advance_cursor_after_rect(area);
}

/// Works on facts and counts within the time of a frame, and brings the list up to date. Is there more to do?
fn work(scene: &Scene<'_>, state: &mut LibraryState) -> bool {
    let due = Instant::now() + SLICE;
    let has_facts = !state.facts.advance(scene.corpus, scene.generation, due);
    let has_counts = !state.counts.advance(scene.analysis, scene.revision, due);
    follow(scene.corpus, state);
    !(has_facts && has_counts)
}

/// Brings the list up to date, and lets go of what is listed no longer.
fn follow(corpus: &Corpus, state: &mut LibraryState) {
    if !Listing::follow(state) {
        return;
    }
    if state.listed_facts != state.facts.version {
        state.listed_facts = state.facts.version;
        state.keep_top = state.top;
    }
    let is_removed = matches!(&state.cursor, Some(Place::Article(id)) if corpus.idx_of(*id).is_none());
    state.keep_listed(is_removed);
}

/// The keys of a list, where nothing else has them.
fn keys(ui: &Ui, state: &mut LibraryState, shown: &mut Shown, pane: &egui::Response, actions: &mut Vec<Action>) {
    let is_free = pane.has_focus() || ui.memory(|memory| memory.focused().is_none());
    if !is_free || state.is_typing || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let modifiers = ui.input(|input| input.modifiers);
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if modifiers.command {
        if pressed(Key::A) {
            state.choose_all();
        }
        return;
    }
    let how = if modifiers.shift { How::Stretch } else { How::Alone };
    let page = isize::try_from(state.n_page_rows.max(1)).unwrap_or(1);
    for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, page), (Key::PageUp, -page)] {
        if pressed(key) {
            state.step(by, how);
        }
    }
    for (key, row) in [(Key::Home, 0), (Key::End, usize::MAX)] {
        if pressed(key) {
            state.go_to(row, how);
        }
    }
    if pressed(Key::ArrowLeft) || pressed(Key::ArrowRight) {
        state.fold(pressed(Key::ArrowLeft));
    }
    if pressed(Key::Space) {
        let n_shown = state.chosen.iter().filter(|id| shown.contains(**id)).count();
        table::toggle(shown, state.chosen.iter().copied(), Check::of(n_shown, state.chosen.len()));
    }
    if pressed(Key::Delete) {
        bar::remove(state.chosen_in_order(), actions);
    }
    if pressed(Key::Enter) {
        match state.cursor.clone() {
            Some(Place::Article(id)) => actions.push(Action::SelectDocument(id)),
            Some(Place::Group(key)) => state.toggle_fold(&key),
            None => {}
        }
    }
}

fn nothing_open_ui(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, actions: &mut Vec<Action>) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        empty_ui(ui, scene.theme, "No article is open", "Drop articles here, paste one, or open files and folders.");
        ui.vertical_centered(|ui| {
            ui.add_space(8.0);
            if ui.button("Open files").clicked() {
                actions.push(Action::Open);
            }
        });
    });
}

fn no_match_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut LibraryState, rect: Rect) {
    let query = state.filter.query.trim();
    let says = if query.is_empty() {
        "No article passes the filters".to_owned()
    } else {
        format!("No article with “{query}” in title, outlet or file name")
    };
    let helps = format!("{} open.", counted(scene.corpus.len(), "article is", "articles are"));
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        empty_ui(ui, scene.theme, &says, &helps);
        ui.vertical_centered(|ui| {
            ui.add_space(8.0);
            if ui.button("Show all articles").clicked() {
                state.reset_filters();
            }
        });
    });
}

/// "120 of 10,000 articles, by date, earliest first".
pub fn library_status(scene: &Scene<'_>, state: &LibraryState) -> String {
    let (n_listed, n_open) = (state.listing.articles.len(), scene.corpus.len());
    let of = if n_listed == n_open { String::new() } else { format!("{} of ", number(n_listed)) };
    format!("{of}{}, {}", counted(n_open, "article", "articles"), state.order.in_words())
}

/// Shows the library, or closes it.
pub fn toggle(desk: &mut Desk) {
    let chosen = desk.state.selection.document.filter(|id| desk.corpus().idx_of(*id).is_some());
    let library = &mut desk.state.library;
    if library.is_open {
        library.is_open = false;
        return;
    }
    library.is_open = true;
    library.must_reveal = true;
    library.cursor = library.cursor.take().or(chosen.map(Place::Article));
    if let Some(Place::Article(id)) = library.cursor.as_ref().filter(|_| library.chosen.is_empty()) {
        library.chosen.insert(*id);
    }
}

/// Escape: leaves the field, then the library. Was there anything to leave?
pub fn leave(state: &mut LibraryState) -> bool {
    if !state.is_open {
        return false;
    }
    state.is_open = std::mem::take(&mut state.is_typing);
    true
}

/// Is this asked for by a key whose object lies unseen under the library?
pub fn rests(action: &Action) -> bool {
    matches!(
        action,
        Action::AcceptShift
            | Action::DismissShift
            | Action::PinFocus(_)
            | Action::AddStatement(_)
            | Action::FindPhrase(_)
    )
}

/// Copies the chosen articles, a line each: day, outlet, title, file.
pub fn copy(desk: &mut Desk) -> Option<Action> {
    let ids = desk.state.library.chosen_in_order();
    let line = |id: &DocumentId| {
        let document = desk.corpus().get(*id)?;
        let label = dates::label(&document.published);
        let day = if label.is_estimate { format!("est. {}", label.day) } else { label.day };
        let title = document.title.as_deref().unwrap_or_default();
        let outlet = document.outlet.as_ref().map_or("", |outlet| outlet.name.as_str());
        Some([&day, outlet, title, &document.source.short_label()].join("\t"))
    };
    let lines: Vec<String> = ids.iter().filter_map(line).collect();
    if lines.is_empty() {
        return None;
    }
    desk.state.message = format!("{} copied as a list", counted(lines.len(), "article", "articles"));
    Some(Action::CopyText(lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_leaves_the_field_before_the_library() {
        let mut state = LibraryState { is_open: true, is_typing: true, ..LibraryState::default() };
        assert!(leave(&mut state) && state.is_open);
        assert!(leave(&mut state) && !state.is_open);
        assert!(!leave(&mut state));
    }
}
