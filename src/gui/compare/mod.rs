//! Compare: two statements, large, word by word; or two whole articles, side by side or inline.

pub mod articles;
mod bar;
mod inline_statement;
mod pair;
mod ribbons;
pub mod state;
mod statements;
mod verdict;

use egui::{Ui, UiBuilder};

use super::Scene;
use super::action::Action;
use super::state::Selection;
use super::theme::space;
use crate::document::DocumentId;

use articles::partners::Partners;
use state::{CompareState, Mode};
pub use statements::compare_step;

/// Margin at the left and right edge.
const MARGIN: f32 = 24.0;

/// Fills `ui` with the bar and what is compared.
pub fn compare_ui(
    ui: &mut Ui,
    scene: &Scene,
    state: &mut CompareState,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0.0, scene.theme.paper);
    let (bar, rest) = rect.split_top_bottom_at_y(rect.top() + space::FILTER_BAR);
    match state.mode {
        Mode::Statements => statements::statements_ui(ui, scene, state, selection, (bar, rest), actions),
        Mode::Articles => {
            bar::articles_bar_ui(ui, scene, state, selection, bar);
            ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| {
                articles::articles_ui(ui, scene, state, selection, actions);
            });
        }
    }
}

/// What the status bar says.
pub fn compare_status(scene: &Scene, state: &CompareState, selection: &Selection) -> String {
    match state.mode {
        Mode::Statements => statements::status(scene, state, selection),
        Mode::Articles => articles::status(scene, state),
    }
}

/// The keys that the status bar names.
pub fn compare_keys(state: &CompareState) -> &'static str {
    match state.mode {
        Mode::Statements => "[ ] change  ·  Enter accept  ·  X dismiss  ·  ? help",
        Mode::Articles if state.is_inline => "N P next, previous change  ·  ? help",
        Mode::Articles if articles::walks_changes(state) => {
            "L scroll together  ·  N P next, previous change  ·  ? help"
        }
        Mode::Articles => "L scroll together  ·  N P next, previous anchor  ·  ? help",
    }
}

/// The articles that something is shown of.
pub fn compared(scene: &Scene, state: &CompareState, selection: &Selection) -> Option<[DocumentId; 2]> {
    match state.mode {
        Mode::Statements => statements::compared(scene, state, selection),
        Mode::Articles => state.chosen.or_else(|| Partners::default().pair(scene, selection)),
    }
}

/// Makes the state ready for a page: nothing hovered, nothing waiting; the place that was in front is in view.
pub fn for_page(state: &mut CompareState, selection: &Selection) {
    let is_scrolled = state.articles.scroll.iter().any(|scroll| *scroll > space::TOP_BAR);
    let anchor = state.articles.anchor_places.filter(|_| is_scrolled);
    let shown = state.articles.shown;
    let (compared, shared) = (std::mem::take(&mut state.articles.compared), state.articles.shared.take());
    state.articles = state::Articles { shown, compared, shared, ..state::Articles::default() };
    articles::reveal(state, selection);
    if state.articles.reveal.is_none() {
        state.articles.reveal = anchor.map(|places| (places, articles::N_REVEAL));
    }
}
