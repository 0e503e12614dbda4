//! Positions: what an actor said on each theme over true time, and the cards of what changed.
//!
//! `board` gathers what the filters and the `search` let through, `plot` says where it stands, `chart`, `legend` and
//! `cards` draw it, `table` lists it in the order of `listing`, `spoken` says it; `filters` stand above, and `offers`
//! where the codebook names nobody who speaks. Nothing is ever drawn across a fold of the axis, and a theme that an
//! article does not touch is a small ring, not a gap.

mod axis;
mod board;
mod cards;
mod chart;
mod filters;
mod legend;
mod listing;
pub mod marks;
mod offers;
mod plot;
mod search;
mod spoken;
mod table;

pub use board::BoardCache;
pub use listing::TableCache;
pub use offers::{OffersCache, speaker_name};

use std::sync::Arc;

use egui::{Rect, ScrollArea, Ui, UiBuilder, Vec2};

use super::Scene;
use super::action::Action;
use super::changes::{self, Change};
use super::state::{PositionsState, Selection};
use super::table::MAX_COPIED;
use super::theme::space;
use super::widgets::empty_ui;
use crate::analysis::{ShiftId, StatementId};
use crate::text::numbers::counted;
use board::{Board, n_filters};
use plot::{HEAD, MAX_ROW, MIN_ROW, Plot};

/// Fills `ui` with the filter bar, the chart, its legend and the cards.
pub fn positions_ui(
    ui: &mut Ui,
    scene: &Scene,
    state: &mut PositionsState,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0.0, scene.theme.paper);
    let mut cache = std::mem::take(&mut state.cache);
    if cache.advance(scene, state) {
        ui.ctx().request_repaint();
    }
    match cache.board(scene, state) {
        Some(board) => board_ui(ui, scene, state, (&board, selection), rect, actions),
        None => offers::offers_ui(ui, scene, state, rect, actions),
    }
    state.cache = cache;
}

fn board_ui(
    ui: &mut Ui,
    scene: &Scene,
    state: &mut PositionsState,
    (board, selection): (&Arc<Board>, &Selection),
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let changes = board.changes(scene, state);
    let (bar, rest) = rect.split_top_bottom_at_y(rect.top() + space::FILTER_BAR);
    filters::filter_bar_ui(ui, scene, state, board, bar, actions);
    let current = changes::current(&changes, selection);
    changes::follow(current, selection, actions);
    if board.is_empty() && n_filters(state) > 0 {
        nothing_found_ui(ui, scene, state, board, rest);
        return;
    }
    if state.is_table {
        table::table_ui(ui, scene, state, (board, &changes, current), rest, actions);
        return;
    }
    let parts = Parts::new(ui, board, rest);
    ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::vertical().id_salt("positions").auto_shrink(false).show(ui, |ui| {
            let (all, _) = ui.allocate_exact_size(Vec2::new(rest.width(), parts.total()), egui::Sense::hover());
            let (chart, below) = all.split_top_bottom_at_y(all.top() + parts.chart);
            let (legend, cards) = below.split_top_bottom_at_y(below.top() + parts.legend);
            let plot = Plot::new(board, chart, parts.row);
            chart::chart_ui(ui, scene, (board, &changes), &plot, current, actions);
            legend::legend_ui(ui, scene, board, legend);
            if changes.is_empty() {
                ui.scope_builder(UiBuilder::new().max_rect(cards), |ui| no_changes_ui(ui, scene, state));
            } else {
                cards::cards_ui(ui, scene, &changes, state, current, cards, actions);
            }
        });
    });
}

/// The changes that the filters show.
fn shown<'a>(scene: &Scene<'a>, state: &PositionsState) -> Vec<Change<'a>> {
    let board = state.cache.clone().board(scene, state);
    board.map(|board| board.changes(scene, state)).unwrap_or_default()
}

/// The change `step` cards after the current one, among those the filters show.
pub fn positions_step(scene: &Scene, state: &PositionsState, selection: &Selection, step: isize) -> Option<ShiftId> {
    changes::neighbor(&shown(scene, state), selection, step)
}

/// The next change nobody gave a verdict on, after the current one and round again.
pub fn positions_next_open(scene: &Scene, state: &PositionsState, selection: &Selection) -> Option<ShiftId> {
    let shown = shown(scene, state);
    let current = changes::current(&shown, selection)?.shift.id;
    let idx = shown.iter().position(|change| change.shift.id == current)?;
    let (before, after) = shown.split_at(idx + 1);
    after.iter().chain(before).find(|change| change.verdict().is_none()).map(|change| change.shift.id)
}

/// "12 changes, 1 held, 7 not observed · 0 of 20 reviewed".
pub fn positions_status(scene: &Scene, state: &PositionsState) -> String {
    let Some(actor) = changes::charted_actor(scene, state.actor.as_deref()) else {
        return "no position charted".to_owned();
    };
    let records = scene.analysis.themes.iter().filter(|record| record.actor == actor);
    let n_not_observed = records.map(|record| record.not_observed.len()).sum();
    let summary = changes::summary(&changes::changes(scene, actor), n_not_observed);
    let waiting = match scene.reviewed.waiting.len() {
        0 => String::new(),
        1 => "  ·  1 review waits for its articles".to_owned(),
        n_waiting => format!("  ·  {n_waiting} reviews wait for their articles"),
    };
    summary + &waiting
}

/// What Ctrl C copies: the statement of the row where one is in the table, else the two of the change in front.
pub fn chosen_statements(scene: &Scene, state: &PositionsState, selection: &Selection) -> Vec<StatementId> {
    if let Some((_, statement)) = state.cursor.as_ref().filter(|_| state.is_table) {
        return vec![*statement];
    }
    let change = changes::current(&shown(scene, state), selection);
    change.into_iter().flat_map(|change| [change.shift.old, change.shift.new]).flatten().collect()
}

/// Asks for all statements shown to be copied, in the order in which they are listed.
fn copy_shown(scene: &Scene, state: &PositionsState, board: &Board) -> Action {
    let all = board.statements();
    let statements = if state.is_table {
        state.table.statements(scene, MAX_COPIED, state.is_turned)
    } else {
        let shown = all.iter().take(MAX_COPIED).filter_map(|idx| scene.analysis.statements.get(*idx));
        shown.map(|statement| statement.id).collect()
    };
    Action::CopyStatements { statements, n_shown: all.len() }
}

/// Takes the place of everything below the filters where these leave nothing: says where it was looked, and leads back.
fn nothing_found_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, board: &Board, rect: Rect) {
    let query = state.query.trim();
    let actor = filters::short_label(scene, &board.actor);
    let n_statements = counted(board.n_statements, "statement", "statements");
    let (says, looked_in) = match (query.is_empty(), n_filters(state)) {
        (true, _) => {
            (format!("No statement of {actor} passes the filters"), format!("They hide all {n_statements} there are."))
        }
        (false, 1) => (
            format!("No statement of {actor} with “{query}”"),
            format!("Looked in the words and the speakers of {n_statements}."),
        ),
        (false, _) => (
            format!("No statement of {actor} with “{query}” passes the filters"),
            format!("Looked in the words and the speakers of {n_statements}; other filters are on as well."),
        ),
    };
    let is_looking = !query.is_empty();
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        empty_ui(ui, scene.theme, &says, &looked_in);
        ui.vertical_centered(|ui| {
            ui.add_space(8.0);
            if is_looking && ui.button("Clear the search").clicked() {
                state.query.clear();
            }
            if n_filters(state) > usize::from(is_looking) && ui.button("Reset the filters").clicked() {
                filters::reset(state);
            }
        });
    });
}

/// Heights of the parts below the filter bar.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Parts {
    row: f32,
    chart: f32,
    legend: f32,
    cards: f32,
}

impl Parts {
    fn new(ui: &Ui, board: &Board, rect: Rect) -> Self {
        let legend = legend::legend_height(ui, board, rect.width());
        Self::of(rect.height(), board.rows.len().max(1) as f32, legend, cards::wanted_height(rect.width()))
    }

    /// Rows grow and shrink with the window; cards get what they want, then what is left. Where even the smallest does
    /// not fit, the whole scrolls.
    fn of(height: f32, n_rows: f32, legend: f32, cards: f32) -> Self {
        let least_cards = cards * 0.62;
        let row = ((height - HEAD - legend - cards - 6.0) / n_rows).clamp(MIN_ROW, MAX_ROW).floor();
        let chart = HEAD + n_rows * row + 6.0;
        Self { row, chart, legend, cards: (height - chart - legend).max(least_cards) }
    }

    fn total(self) -> f32 {
        self.chart + self.legend + self.cards
    }
}

/// Takes the place of the cards where there is none.
fn no_changes_ui(ui: &mut Ui, scene: &Scene, state: &PositionsState) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, scene.theme.chrome);
    let helps = if n_filters(state) > 0 {
        "The filters hide all changes; reset them to see the others."
    } else {
        "A change needs two statements of one actor on one theme, on two dates."
    };
    empty_ui(ui, scene.theme, "No change to show", helps);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_window_and_scroll_where_they_must() {
        for height in [332.0, 532.0, 692.0, 972.0] {
            let parts = Parts::of(height, 8.0, 38.0, 280.0);
            assert!(parts.row >= MIN_ROW && parts.row <= MAX_ROW, "{height}: {parts:?}");
            assert!(parts.total() >= height - 0.5, "{height}: {parts:?}");
            if height >= 600.0 {
                assert!(parts.total() <= height + 0.5, "{height}: {parts:?}");
            }
        }
    }
}
