//! Positions: what an actor said on each theme over true time, and the cards of what changed.
//!
//! `board` gathers what the filters let through, `plot` says where it stands, `chart`, `legend` and `cards`
//! draw it. Nothing is ever drawn across a fold of the axis, and a theme that an article does not touch is a small
//! ring, not a gap.

mod axis;
mod board;
mod cards;
mod chart;
mod legend;
mod marks;
mod plot;

use egui::{Align, Layout, Rect, ScrollArea, Ui, UiBuilder, Vec2};

use super::Scene;
use super::action::Action;
use super::changes::{self, actor_label};
use super::state::{PositionsState, Selection};
use super::theme::{self, size, space};
use super::widgets::{dropdown_ui, empty_ui, label_ui, link_ui};
use crate::analysis::ShiftId;
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
    let Some(board) = Board::new(scene, state) else {
        nothing_found_ui(ui, scene);
        return;
    };
    let (bar, rest) = rect.split_top_bottom_at_y(rect.top() + space::FILTER_BAR);
    filter_bar_ui(ui, scene, state, &board, bar);
    let current = changes::current(&board.changes, selection);
    changes::follow(current, selection, actions);
    let parts = Parts::new(ui, &board, rest);
    ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::vertical().id_salt("positions").auto_shrink(false).show(ui, |ui| {
            let (all, _) = ui.allocate_exact_size(Vec2::new(rest.width(), parts.total()), egui::Sense::hover());
            let (chart, below) = all.split_top_bottom_at_y(all.top() + parts.chart);
            let (legend, cards) = below.split_top_bottom_at_y(below.top() + parts.legend);
            let plot = Plot::new(&board, chart, parts.row);
            chart::chart_ui(ui, scene, &board, &plot, current, actions);
            legend::legend_ui(ui, scene, &board, legend);
            if board.changes.is_empty() {
                ui.scope_builder(UiBuilder::new().max_rect(cards), |ui| no_changes_ui(ui, scene, state));
            } else {
                cards::cards_ui(ui, scene, &board, state, current, cards, actions);
            }
        });
    });
}

/// The change `step` cards after the current one, among those the filters show.
pub fn positions_step(scene: &Scene, state: &PositionsState, selection: &Selection, step: isize) -> Option<ShiftId> {
    changes::neighbor(&Board::new(scene, state)?.changes, selection, step)
}

/// "12 changes, 1 held, 7 not observed · 0 of 20 reviewed".
pub fn positions_status(scene: &Scene, state: &PositionsState) -> String {
    let Some(actor) = changes::charted_actor(scene, state.actor.as_deref()) else {
        return "no statements found".to_owned();
    };
    let records = scene.analysis.themes.iter().filter(|record| record.actor == actor);
    let n_not_observed = records.map(|record| record.not_observed.len()).sum();
    changes::summary(&changes::changes(scene, actor), n_not_observed)
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

fn filter_bar_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, board: &Board, rect: Rect) {
    let theme = scene.theme;
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.bottom() - 1.0), theme.hairline());
    let inner = rect.shrink2(Vec2::new(plot::MARGIN.min(rect.width() * 0.03), 0.0));
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        ScrollArea::horizontal()
            .id_salt("filters")
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| filters_ui(ui, scene, state, board));
    });
}

fn filters_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, board: &Board) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 8.0;
    dropdown_ui(ui, theme, "Actor", board.actor, |ui| {
        for (actor, n_statements) in changes::actors(scene) {
            let text = format!("{}  ({n_statements})", actor_label(scene, actor));
            if ui.selectable_label(actor == board.actor, text).clicked() {
                state.actor = Some(actor.to_owned());
            }
        }
    });
    let speakers = if state.is_official_only { "Official speakers" } else { "All speakers" };
    dropdown_ui(ui, theme, "Speakers", speakers, |ui| {
        for (text, is_official_only) in [("All speakers", false), ("Official speakers", true)] {
            if ui.selectable_label(state.is_official_only == is_official_only, text).clicked() {
                state.is_official_only = is_official_only;
            }
        }
    });
    theme_filter_ui(ui, scene, &mut state.theme, &board.themes);
    ui.add_space(4.0);
    ui.checkbox(&mut state.is_quotes_only, "Quotes only");
    let n_filters = n_filters(state);
    if n_filters > 0 {
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        label_ui(ui, &format!("filters: {n_filters}"), theme::sans(size::UI), theme.ink);
        if link_ui(ui, theme, "reset").clicked() {
            *state = PositionsState { actor: state.actor.take(), ..PositionsState::default() };
        }
    }
}

fn theme_filter_ui(ui: &mut Ui, scene: &Scene, chosen: &mut Option<String>, themes: &[(&str, &str)]) {
    let plural = if themes.len() == 1 { "" } else { "s" };
    let all = format!("{} theme{plural}", themes.len());
    let shown = chosen.as_deref().and_then(|id| themes.iter().find(|theme| theme.0 == id)).map(|theme| theme.1);
    dropdown_ui(ui, scene.theme, "Themes", shown.unwrap_or(&all), |ui| {
        if ui.selectable_label(chosen.is_none(), "All themes").clicked() {
            *chosen = None;
        }
        for (id, label) in themes {
            if ui.selectable_label(chosen.as_deref() == Some(id), *label).clicked() {
                *chosen = Some((*id).to_owned());
            }
        }
    });
}

/// Says what was looked for and what would help, where there is no statement at all.
fn nothing_found_ui(ui: &mut Ui, scene: &Scene) {
    let n_documents = scene.corpus.len();
    let n_statements = scene.analysis.statements.len();
    let (says, helps) = match (n_documents, n_statements) {
        (0, _) => ("No article is open".to_owned(), "Open articles or drop them on the window; positions follow."),
        (_, 0) => (
            format!("No statement found in {}", n_articles(n_documents)),
            "Statements are words with a speaker, such as “…,” said the minister. Add articles that report them.",
        ),
        _ => (
            format!("{n_statements} statements in {}, none by an actor of the codebook", n_articles(n_documents)),
            "Positions charts the actors that the codebook names. Add articles in which one of them speaks.",
        ),
    };
    empty_ui(ui, scene.theme, &says, helps);
}

fn n_articles(n_documents: usize) -> String {
    if n_documents == 1 { "1 article".to_owned() } else { format!("{n_documents} articles") }
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
