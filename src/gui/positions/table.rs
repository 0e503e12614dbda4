//! The statements of the chart as a table: a row a statement and theme, in order of date, theme or force.

use std::sync::Arc;

use egui::{Align, Layout, Rect, RichText, ScrollArea, Ui, UiBuilder, Vec2, pos2, vec2};

use super::board::Board;
use super::plot::MARGIN;
use crate::analysis::statements::Statement;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::changes::quotation_label;
use crate::gui::said::statement_day;
use crate::gui::state::{PositionsState, TableOrder};
use crate::gui::theme::{self, size};
use crate::gui::widgets::{focus_ring, label_ui};

/// Height of a row in points.
const ROW: f32 = 30.0;

/// Below this width only the columns one cannot do without are shown; a row's card has the rest.
const NARROW: f32 = 860.0;

/// A column: its name, its share of the width in a wide and in a narrow window, and the order it stands for.
type Column = (&'static str, [f32; 2], Option<TableOrder>);

/// All columns. A share of nothing leaves the column out.
const COLUMNS: [Column; 7] = [
    ("Date", [0.11, 0.20], Some(TableOrder::Date)),
    ("Theme", [0.15, 0.24], Some(TableOrder::Theme)),
    ("Speaker", [0.13, 0.0], None),
    ("Words", [0.34, 0.36], None),
    ("Force", [0.12, 0.20], Some(TableOrder::Force)),
    ("Direction", [0.07, 0.0], None),
    ("Source", [0.08, 0.0], None),
];

/// The rows of a board in one order: places of theme and statement.
#[derive(Clone, Debug, Default)]
pub struct TableCache(Option<(Arc<Board>, TableOrder, Rows)>);

type Rows = Arc<Vec<(usize, usize)>>;

impl TableCache {
    /// Sorted once for a board: thousands of articles have a hundred thousand rows.
    fn rows(&mut self, scene: &Scene, board: &Arc<Board>, order: TableOrder) -> Rows {
        self.0.take_if(|(known, of, _)| !Arc::ptr_eq(known, board) || *of != order);
        let (_, _, rows) =
            self.0.get_or_insert_with(|| (Arc::clone(board), order, Arc::new(sorted(scene, board, order))));
        Arc::clone(rows)
    }
}

fn sorted(scene: &Scene, board: &Board, order: TableOrder) -> Vec<(usize, usize)> {
    let mut rows: Vec<(usize, usize)> = (board.rows.iter().enumerate())
        .flat_map(|(row_idx, row)| {
            row.cells.iter().flat_map(move |cell| cell.statements.iter().map(move |&it| (row_idx, it)))
        })
        .collect();
    let force = |idx: usize| scene.analysis.statements.get(idx).and_then(|statement| statement.force);
    match order {
        TableOrder::Date => rows.sort_unstable_by_key(|&(row, idx)| (idx, row)),
        TableOrder::Theme => {}
        TableOrder::Force => rows.sort_by_cached_key(|&(row, idx)| (std::cmp::Reverse(force(idx)), idx, row)),
    }
    rows
}

/// Draws the table into `rect`.
pub fn table_ui(
    ui: &mut Ui,
    scene: &Scene,
    state: &mut PositionsState,
    board: &Arc<Board>,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let rows = state.table.rows(scene, board, state.table_order);
    let inner = rect.shrink2(vec2(MARGIN.min(rect.width() * 0.03), 0.0));
    let (head, body) = inner.split_top_bottom_at_y(inner.top() + ROW);
    head_ui(ui, scene, state, head);
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(head.bottom()), scene.theme.hairline());
    ui.scope_builder(UiBuilder::new().max_rect(body), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::vertical().id_salt("statements").auto_shrink(false).show_rows(ui, ROW, rows.len(), |ui, shown| {
            for &(row_idx, idx) in rows.get(shown).unwrap_or_default() {
                let (Some(row), Some(statement)) = (board.rows.get(row_idx), scene.analysis.statements.get(idx)) else {
                    continue;
                };
                row_ui(ui, scene, (&row.theme, &row.label), statement, actions);
            }
        });
    });
}

/// The part of a row that a column takes; `None` where it is left out.
fn cell(row: Rect, column_idx: usize) -> Option<Rect> {
    let width = usize::from(row.width() < NARROW);
    let share = |to: usize| COLUMNS.iter().take(to).map(|(_, shares, _)| shares[width]).sum::<f32>();
    let (from, to) = (share(column_idx), share(column_idx + 1));
    let x = |share: f32| row.left() + row.width() * share;
    (to > from).then(|| Rect::from_min_max(pos2(x(from), row.top()), pos2(x(to) - 12.0, row.bottom())))
}

fn head_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, row: Rect) {
    for (idx, (name, _, order)) in COLUMNS.into_iter().enumerate() {
        let Some(place) = cell(row, idx) else { continue };
        let builder = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(builder, |ui| {
            let is_chosen = order == Some(state.table_order);
            let font = if is_chosen { theme::sans_bold(size::SMALL) } else { theme::sans(size::SMALL) };
            let words = RichText::new(if is_chosen { format!("{name} ↓") } else { name.to_owned() }).font(font);
            match order {
                None => {
                    label_ui(ui, name, theme::sans(size::SMALL), scene.theme.ink2);
                }
                Some(order) => {
                    let response = ui.add(egui::Button::new(words.color(scene.theme.ink2)).frame(false));
                    response
                        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Sort by {name}")));
                    focus_ring(ui.painter(), scene.theme, &response);
                    if response.clicked() {
                        state.table_order = order;
                    }
                }
            }
        });
    }
}

fn row_ui(
    ui: &mut Ui,
    scene: &Scene,
    (theme_id, label): (&str, &str),
    statement: &Statement,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let Some(document) = scene.corpus.get(statement.document) else { return };
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::click());
    let dated = statement_day(document, statement);
    let day = if dated.is_estimate { format!("est. {}", dated.day) } else { dated.day };
    let words: Vec<&str> = statement.content.iter().map(|range| range.of(&document.text)).collect();
    let words = words.join(" … ").split_whitespace().collect::<Vec<_>>().join(" ");
    let speaker = statement.person.as_deref().or(statement.actor.as_deref()).unwrap_or("unattributed");
    let act = scene.codebook.acts.iter().find(|act| Some(&act.id) == statement.act.as_ref());
    let force =
        statement.force.map_or(String::new(), |force| format!("{force}  {}", act.map_or("", |act| act.label.as_str())));
    let direction = statement.direction_on(theme_id).map_or("", crate::codebook::Direction::words);
    let source = if statement.is_official { quotation_label(statement.quotation) } else { "not official" };
    let cells = [day.as_str(), label, speaker, &words, &force, direction, source];
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, cells.join(", ")));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(row, 2.0, theme.sel);
    }
    focus_ring(ui.painter(), theme, &response);
    ui.painter().hline(row.x_range(), ui.painter().round_to_pixel_center(row.bottom()), theme.hairline());
    for (idx, text) in cells.into_iter().enumerate() {
        let font = if idx == 3 { theme::serif(14.25) } else { theme::sans(size::UI) };
        let color = if idx == 3 { theme.ink } else { theme.ink2 };
        let Some(place) = cell(row, idx) else { continue };
        let builder = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(builder, |ui| {
            ui.add(egui::Label::new(RichText::new(text).font(font).color(color)).truncate().selectable(false));
        });
    }
    if response.clicked() {
        actions.push(Action::ShowStatement(statement.id));
    }
}
