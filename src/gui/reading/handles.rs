//! What the reader takes columns by: six dots in a head to move the column, and the lines between columns to widen them.
//!
//! Both work by keyboard too: arrows move the column, or its edge, while the handle has the focus. A double click on a
//! line lets the column share the room again.

use std::sync::Arc;

use egui::{CursorIcon, Id, Key, Rangef, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::arrange::{Arrangement, Kind, NARROWEST, Slot, WIDEST};
use crate::document::{Document, DocumentId};
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::shown::Ask;
use crate::gui::state::ReadingState;
use crate::gui::theme::{shape, space};
use crate::gui::widgets::focus_ring;

/// How near to a line the pointer takes it, in points.
const REACH: f32 = 4.0;
/// How far one press of an arrow moves an edge.
const STEP: f32 = 20.0;

/// Draws the lines between columns and what they and the columns are taken by.
pub fn handles_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReadingState,
    documents: &[Arc<Document>],
    arrangement: &Arrangement,
    area: Rect,
    actions: &mut Vec<Action>,
) {
    let columns: Vec<(&Slot, &Arc<Document>)> = arrangement
        .slots
        .iter()
        .filter(|slot| slot.kind == Kind::Column)
        .filter_map(|slot| Some((slot, documents.get(slot.idx)?)))
        .collect();
    if let Some((first, _)) = columns.first().filter(|_| arrangement.margin > 1.0) {
        line_ui(ui, scene, area, area.left() + first.left);
    }
    for (slot, document) in &columns {
        let right = area.left() + slot.left + slot.width;
        if right < area.right() - 1.0 || arrangement.margin > 1.0 {
            line_ui(ui, scene, area, right);
        }
        if !scene.is_page {
            edge_ui(ui, scene, state, document.id, slot, right, area);
        }
    }
    if scene.is_page || documents.len() < 2 {
        return;
    }
    for (slot, document) in &columns {
        grip_ui(ui, scene, state, document, slot, arrangement, documents, area, actions);
    }
}

fn line_ui(ui: &Ui, scene: &Scene<'_>, area: Rect, x: f32) {
    ui.painter().vline(ui.painter().round_to_pixel_center(x), area.y_range(), scene.theme.hairline());
}

/// The right edge of a column, to be dragged.
fn edge_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReadingState,
    id: DocumentId,
    slot: &Slot,
    right: f32,
    area: Rect,
) {
    let rect = Rect::from_x_y_ranges(Rangef::new(right - REACH, right + REACH), area.y_range()).intersect(area);
    let response = ui.interact(rect, Id::unique(("edge", id)), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, format!("Width of column {}", slot.idx + 1)));
    let mut width = None;
    if let Some(pos) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        width = Some(pos.x - (right - slot.width));
    }
    if response.has_focus() {
        let presses = |key| ui.input(|input| input.num_presses(key)) as f32;
        let by = STEP * (presses(Key::ArrowRight) - presses(Key::ArrowLeft));
        width = width.or((by != 0.0).then_some(slot.width + by));
    }
    if let Some(width) = width {
        state.shown.set_ask(id, Ask::Own(width.clamp(NARROWEST, WIDEST).round()));
    }
    if response.double_clicked() {
        state.shown.set_ask(id, Ask::Shared);
    }
    if response.hovered() || response.dragged() || response.has_focus() {
        let stroke = Stroke::new(shape::STRONG_STROKE, scene.theme.accent);
        ui.painter().vline(ui.painter().round_to_pixel_center(right), area.y_range(), stroke);
    }
    // The arrows are for the edge, not for going on to the next control.
    if response.has_focus() {
        let filter = egui::EventFilter { horizontal_arrows: true, ..egui::EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    let says = "Drag to widen; double click lets it share the room again";
    response.on_hover_cursor(CursorIcon::ResizeHorizontal).on_hover_text(says);
}

/// Six dots at the left of a column's date, by which the column is moved; seen while the pointer is over its head.
#[expect(clippy::too_many_arguments, reason = "one call site; a struct would only rename the arguments")]
fn grip_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &ReadingState,
    document: &Document,
    slot: &Slot,
    arrangement: &Arrangement,
    documents: &[Arc<Document>],
    area: Rect,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let corner = pos2(area.left() + slot.left, area.top());
    let head = Rect::from_min_size(corner, vec2(slot.width, state.head_height));
    let rect = Rect::from_min_size(corner + vec2(4.0, 11.0), vec2(space::GUTTER_LEFT - 9.0, 20.0));
    let response = ui.interact(rect, Id::unique(("grip", document.id)), Sense::click_and_drag());
    let name = format!("Move column {}", document.title.as_deref().unwrap_or(document.name()));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.dragged() || response.has_focus() || ui.rect_contains_pointer(head) {
        let color = if response.hovered() || response.dragged() { theme.ink } else { theme.dim };
        for (dx, dy) in [(-2.0, -4.0), (2.0, -4.0), (-2.0, 0.0), (2.0, 0.0), (-2.0, 4.0), (2.0, 4.0)] {
            ui.painter().circle_filled(rect.center() + vec2(dx, dy), 1.2, color);
        }
    }
    focus_ring(ui.painter(), theme, &response);
    if response.has_focus() {
        let filter = egui::EventFilter { horizontal_arrows: true, ..egui::EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let presses = |key| ui.input(|input| input.num_presses(key));
        if presses(Key::ArrowLeft) > 0 && slot.idx > 0 {
            let before = documents.get(slot.idx - 1).map(|document| document.id);
            actions.push(Action::MoveColumn(document.id, before));
        }
        if presses(Key::ArrowRight) > 0 && slot.idx + 1 < documents.len() {
            actions.push(Action::MoveColumn(document.id, documents.get(slot.idx + 2).map(|document| document.id)));
        }
    }
    if response.dragged() || response.drag_stopped() {
        let Some(pos) = ui.input(|input| input.pointer.interact_pos()) else { return };
        let (before, x) = target(arrangement, pos.x - area.left());
        let stroke = Stroke::new(shape::STRONG_STROKE + 1.0, theme.accent);
        ui.painter().vline(ui.painter().round_to_pixel_center(area.left() + x), area.y_range(), stroke);
        let moved = Rect::from_min_size(corner, vec2(slot.width, area.height()));
        ui.painter().rect_filled(moved, 0.0, theme.paper.gamma_multiply(0.5));
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        let is_elsewhere = before != slot.idx && before != slot.idx + 1;
        if response.drag_stopped() && is_elsewhere {
            actions.push(Action::MoveColumn(document.id, documents.get(before).map(|document| document.id)));
        }
        return;
    }
    response.on_hover_cursor(CursorIcon::Grab).on_hover_text("Drag to move the column, or press ← and →");
}

/// Before which article a column comes to stand that is let go at `x`, and where the line is that says so.
fn target(arrangement: &Arrangement, x: f32) -> (usize, f32) {
    let mut edge = (0, 0.0);
    for slot in &arrangement.slots {
        if x < slot.left + slot.width / 2.0 {
            return (slot.idx, slot.left);
        }
        edge = (slot.idx + 1, slot.left + slot.width);
    }
    edge
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::reading::arrange::Room;

    #[test]
    fn a_column_is_let_go_at_the_nearer_edge() {
        let room = Room { width: 1000.0, ..Room::default() };
        let arrangement = room.arrange(3, &|_| Ask::Shared, 0);
        let third = 1000.0 / 3.0;
        assert_eq!(target(&arrangement, 10.0), (0, 0.0));
        assert_eq!(target(&arrangement, 200.0).0, 1);
        assert_eq!(target(&arrangement, third * 2.0 + 10.0).0, 2);
        assert_eq!(target(&arrangement, 5000.0).0, 3);
    }
}
