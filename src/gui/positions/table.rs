//! The statements of the chart as a table: a row a statement and theme. Every head sorts; a click shows the statement,
//! arrows walk the rows and choose the change a statement is part of.

use std::sync::Arc;

use egui::{Align2, Id, Rect, Role, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::board::Board;
use super::chart::hover_card_ui;
use super::listing::{Item, TableCache};
use super::marks::{MarkLook, paint_mark};
use super::plot::MARGIN;
use super::spoken;
use crate::analysis::StatementId;
use crate::analysis::statements::Statement;
use crate::codebook::Direction;
use crate::document::Passage;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::changes::{Change, quotation_label};
use crate::gui::fit::paint_first;
use crate::gui::state::{PositionsState, TableOrder};
use crate::gui::table;
use crate::gui::table::head::{Head, head_ui};
use crate::gui::table::walk::Line;
use crate::gui::theme::{self, shape, size, space};

/// Between two columns.
const GAP: f32 = 14.0;
/// Marks in rows are a little smaller than on the chart.
const MARK_SCALE: f32 = 0.7;
/// Room of a mark in front of its force.
const MARK: f32 = 24.0;

/// The columns with their widths in points, and from which width of the window on they stand; the words take what is
/// left. A row's card and its name have the rest.
const COLUMNS: [table::Column<TableOrder>; 7] = [
    (TableOrder::Date, 112.0, 0.0),
    (TableOrder::Theme, 170.0, 480.0),
    (TableOrder::Speaker, 132.0, 860.0),
    (TableOrder::Words, 0.0, 0.0),
    (TableOrder::Force, 136.0, 0.0),
    (TableOrder::Direction, 68.0, 980.0),
    (TableOrder::Source, 88.0, 1080.0),
];

/// Below this width a force is its number alone, in a column as wide as its head.
const NARROW: f32 = 760.0;
const SHORT_FORCE: f32 = 52.0;

/// Left and right edge of each column that stands in a table of `width` points.
fn laid(width: f32) -> Vec<(TableOrder, f32, f32)> {
    let of = |(order, points, _): &table::Column<TableOrder>| match order {
        TableOrder::Theme => (width * 0.15).clamp(116.0, 260.0),
        TableOrder::Force if width < NARROW => SHORT_FORCE,
        _ => *points,
    };
    table::laid(&COLUMNS, (width, MARGIN, GAP), TableOrder::Words, of)
}

/// Draws the table into `rect`.
pub fn table_ui(
    ui: &mut Ui,
    scene: &Scene,
    state: &mut PositionsState,
    (board, changes, current): (&Arc<Board>, &[Change], Option<Change>),
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let mut table = std::mem::take(&mut state.table);
    if table.advance(scene, board, state.table_order) {
        ui.ctx().request_repaint();
    }
    let columns = laid(rect.width() - ui.spacing().scroll.allocated_width());
    let (head, body) = rect.split_top_bottom_at_y(rect.top() + space::LIST_HEAD);
    heads_ui(ui, scene, state, &columns, head);
    let cursor = walk(ui, scene, state, &mut table, changes, actions);
    let mut clicked = None;
    let n_rows = table.n_rows();
    state.walk.rows_ui(ui, "statements", body, (n_rows, cursor), |ui, line| {
        let Some(Item { theme, statement }) = table.item(scene, line.idx, state.is_turned) else { return };
        let is_current = current.is_some_and(|change| is_of(&change, theme, statement.id));
        let row = Row { line, columns: &columns, theme, statement, is_chosen: cursor == Some(line.idx), is_current };
        clicked = row.ui(ui, scene, actions).then_some(line.idx).or(clicked);
    });
    if let Some(row) = clicked {
        choose(ui, scene, state, &table, changes, row, actions);
    }
    state.table = table;
}

/// Takes this frame's keys, and brings another choice into sight. Returns the row where one is.
fn walk(
    ui: &Ui,
    scene: &Scene,
    state: &mut PositionsState,
    table: &mut TableCache,
    changes: &[Change],
    actions: &mut Vec<Action>,
) -> Option<usize> {
    let cursor = table.row_of(scene, state.cursor.as_ref(), state.is_turned);
    let id = state.cursor.as_ref().map(|(theme, statement)| row_id(theme, *statement));
    if let Some(step) = state.walk.keys(ui, table.n_rows(), cursor, id) {
        choose(ui, scene, state, table, changes, step.row, actions);
        // An open card goes along.
        actions.extend(state.cursor.as_ref().map(|(_, statement)| Action::FollowStatement(*statement)));
        state.walk.reveal = Some(step.row);
        return Some(step.row);
    }
    let seen = (state.table_order, state.is_turned, table.n_rows(), cursor);
    if state.walked != Some(seen) {
        state.walk.reveal = cursor.or(Some(0));
        state.walked = Some(seen);
    }
    cursor
}

/// Goes to a row, which gets the keyboard, and chooses the change it is part of.
fn choose(
    ui: &Ui,
    scene: &Scene,
    state: &mut PositionsState,
    table: &TableCache,
    changes: &[Change],
    row: usize,
    actions: &mut Vec<Action>,
) {
    let Some(Item { theme, statement }) = table.item(scene, row, state.is_turned) else { return };
    ui.memory_mut(|memory| memory.request_focus(row_id(theme, statement.id)));
    let change = changes.iter().find(|change| is_of(change, theme, statement.id));
    actions.extend(change.map(|change| Action::SelectShift(change.shift.id)));
    state.cursor = Some((theme.to_owned(), statement.id));
}

fn is_of(change: &Change, theme: &str, statement: StatementId) -> bool {
    change.shift.theme == theme && [change.shift.old, change.shift.new].contains(&Some(statement))
}

fn row_id(theme: &str, statement: StatementId) -> Id {
    Id::unique(("statement row", theme, statement))
}

fn heads_ui(ui: &Ui, scene: &Scene, state: &mut PositionsState, columns: &[(TableOrder, f32, f32)], rect: Rect) {
    for &(order, left, right) in columns {
        let is_chosen = state.table_order == order;
        let is_turned = is_chosen && state.is_turned;
        let place = Rect::from_x_y_ranges(rect.left() + left..=rect.left() + right, rect.y_range());
        let head = Head {
            name: order.name(),
            now: is_chosen.then(|| order.words(is_turned)),
            next: order.words(is_chosen && !is_turned),
            is_turned,
        };
        if head_ui(ui, scene.theme, "statements", place, head) {
            state.is_turned = is_chosen && !is_turned;
            state.table_order = order;
        }
    }
    let y = ui.painter().round_to_pixel_center(rect.bottom() - 1.0);
    ui.painter().hline(rect.x_range(), y, scene.theme.hairline());
}

/// One statement on one theme.
struct Row<'a> {
    line: Line,
    columns: &'a [(TableOrder, f32, f32)],
    theme: &'a str,
    statement: &'a Statement,
    is_chosen: bool,
    /// Is it one of the two statements of the chosen change?
    is_current: bool,
}

impl Row<'_> {
    /// Draws the row. Is it to be chosen?
    fn ui(&self, ui: &Ui, scene: &Scene, actions: &mut Vec<Action>) -> bool {
        let Self { line, theme, statement, is_chosen, .. } = *self;
        let response = line.interact(ui, row_id(theme, statement.id));
        let name = || spoken::statement(scene, statement, theme);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, name()));
        line.paint_ground(ui, scene.theme, &response, is_chosen);
        if self.is_current {
            let bar = Rect::from_min_size(line.rect.min, vec2(shape::STRONG_STROKE, line.rect.height() - 1.0));
            ui.painter().rect_filled(bar, 0.0, scene.theme.accent);
        }
        for &(order, left, right) in self.columns {
            self.cell(ui, scene, (order, line.rect.left() + left, line.rect.left() + right));
        }
        response.context_menu(|ui| {
            if ui.button("Show in the article").clicked() {
                actions.push(reveal(statement));
            }
            if ui.button("Copy with citation").clicked() {
                actions.push(Action::CopyStatements { statements: vec![statement.id], n_shown: 1 });
            }
        });
        let response = response.on_hover_ui_at_pointer(|ui| hover_card_ui(ui, scene, statement));
        if response.double_clicked() {
            actions.push(reveal(statement));
            return false;
        }
        if response.clicked() {
            actions.push(Action::ShowStatement(statement.id));
        }
        response.clicked() || response.gained_focus() && !is_chosen
    }

    fn cell(&self, ui: &Ui, scene: &Scene, (order, left, right): (TableOrder, f32, f32)) {
        let (theme, statement) = (scene.theme, self.statement);
        let at = pos2(left, self.line.rect.center().y);
        let sans = |at: egui::Pos2, words: &str| {
            paint_first(ui.painter(), at, words, theme::sans(size::UI), theme.ink2, right - at.x);
        };
        match order {
            TableOrder::Date => {
                let day = spoken::day(scene, statement);
                ui.painter().text(at, Align2::LEFT_CENTER, day, theme::sans(size::UI), theme.ink2);
            }
            TableOrder::Theme => sans(at, label(scene, self.theme)),
            TableOrder::Speaker => sans(at, spoken::speaker(statement)),
            TableOrder::Words => {
                let font = theme::serif(size::ROW_QUOTE.0);
                paint_first(ui.painter(), at, &spoken::words(scene, statement), font, theme.ink, right - left);
            }
            TableOrder::Force => {
                let look = MarkLook::of(statement, self.theme);
                paint_mark(ui.painter(), theme, at + Vec2::new(MARK * 0.4, 0.0), MARK_SCALE, look);
                let force = match right - left > SHORT_FORCE {
                    true => spoken::force(scene, statement),
                    false => statement.force.map_or(String::new(), |force| force.to_string()),
                };
                sans(at + Vec2::new(MARK, 0.0), &force);
            }
            TableOrder::Direction => sans(at, statement.direction_on(self.theme).map_or("", Direction::words)),
            TableOrder::Source => {
                sans(at, if statement.is_official { quotation_label(statement.quotation) } else { "not official" });
            }
        }
    }
}

fn label<'a>(scene: &Scene<'a>, theme: &'a str) -> &'a str {
    if theme.is_empty() { super::board::UNTHEMED } else { crate::gui::changes::theme_label(scene, theme) }
}

fn reveal(statement: &Statement) -> Action {
    Action::Reveal(Passage { document: statement.document, range: statement.extent() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_side_by_side_and_leave_room_for_the_words() {
        for width in [400.0, 640.0, 900.0, 1000.0, 1280.0, 1920.0] {
            let columns = laid(width);
            assert!(columns.windows(2).all(|pair| pair[0].2 < pair[1].1), "{width}: {columns:?}");
            let words = columns.iter().find(|column| column.0 == TableOrder::Words).unwrap();
            assert!(words.2 - words.1 >= width * 0.18, "{width}: {columns:?}");
            assert!(columns.last().is_some_and(|column| column.2 <= width - MARGIN + 0.1), "{width}: {columns:?}");
        }
    }
}
