//! The rows of a table: those in sight are laid out, one of them can be reached with Tab, and keys lead to the others.

use egui::{EventFilter, Id, Key, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use crate::gui::theme::{Theme, shape, space};

/// The share of a table that is in sight over a sheet.
const SEEN_SHARE: f32 = 0.38;

/// Where a table is scrolled to, and what of it is to come into sight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// The row to be brought into sight in the next frame.
    pub reveal: Option<usize>,
    /// Does a sheet hide the lower half of the table?
    pub is_low_half_hidden: bool,
    /// Points above what is in sight, as of the last frame, and how many are in sight.
    scrolled: f32,
    height: f32,
}

/// A row that is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub idx: usize,
    pub rect: Rect,
    /// Is it the one that Tab leads to?
    is_stop: bool,
}

/// Where keys lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub row: usize,
    /// Does the choice stretch to it?
    pub is_stretch: bool,
}

impl Walk {
    /// Draws `n_rows` rows into `rect` with `add_row`.
    pub fn rows_ui(
        &mut self,
        ui: &mut Ui,
        id: &'static str,
        rect: Rect,
        (n_rows, cursor): (usize, Option<usize>),
        mut add_row: impl FnMut(&Ui, Line),
    ) {
        self.height = rect.height();
        let mut area = ScrollArea::vertical().id_salt(id).auto_shrink(false);
        if let Some(offset) = self.reveal.take().and_then(|row| self.offset_of(row)) {
            area = area.vertical_scroll_offset(offset);
        }
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            area.show_viewport(ui, |ui, viewport| {
                self.scrolled = viewport.top();
                let size = vec2(rect.width(), n_rows as f32 * space::LIST_ROW);
                let (all, _) = ui.allocate_exact_size(size, Sense::hover());
                let first = (viewport.top() / space::LIST_ROW).floor().max(0.0) as usize;
                let last = ((viewport.bottom() / space::LIST_ROW).ceil().max(0.0) as usize).min(n_rows);
                // Tab leads to where one was; where that is out of sight, to what is in sight.
                let stop = cursor.filter(|row| (first..last).contains(row)).unwrap_or(first);
                for idx in first..last {
                    let top = all.top() + idx as f32 * space::LIST_ROW;
                    let rect = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), space::LIST_ROW));
                    add_row(ui, Line { idx, rect, is_stop: idx == stop });
                }
            });
        });
    }

    /// Where to scroll so that a row is in sight; `None` where it is.
    fn offset_of(&self, row: usize) -> Option<f32> {
        let top = row as f32 * space::LIST_ROW;
        let height = if self.is_low_half_hidden { self.height * SEEN_SHARE } else { self.height };
        if top < self.scrolled {
            Some(top)
        } else if top + space::LIST_ROW > self.scrolled + height {
            Some(top + space::LIST_ROW - height)
        } else {
            None
        }
    }

    /// Where this frame's keys lead from `cursor`; nowhere where something else than a row (`row_id`) has the keyboard.
    pub fn keys(&self, ui: &Ui, n_rows: usize, cursor: Option<usize>, row_id: Option<Id>) -> Option<Step> {
        let focused = ui.memory(egui::Memory::focused);
        let is_ours = focused.is_none() || focused == row_id;
        let last = n_rows.checked_sub(1).filter(|_| is_ours && !egui::Popup::is_any_open(ui.ctx()))?;
        let modifiers = ui.input(|input| input.modifiers);
        if modifiers.command || modifiers.alt {
            return None;
        }
        let page = (self.height / space::LIST_ROW).floor().max(1.0) as usize;
        let steps = [
            (Key::ArrowDown, cursor.map_or(0, |row| row + 1)),
            (Key::ArrowUp, cursor.unwrap_or(1).saturating_sub(1)),
            (Key::PageDown, cursor.unwrap_or(0) + page),
            (Key::PageUp, cursor.unwrap_or(0).saturating_sub(page)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        let pressed = steps.into_iter().find(|(key, _)| ui.input(|input| input.key_pressed(*key)));
        pressed.map(|(_, row)| Step { row: row.min(last), is_stretch: modifiers.shift })
    }
}

impl Line {
    /// Makes the row something to click, and its part of the table something to reach.
    pub fn interact(&self, ui: &Ui, id: Id) -> Response {
        let sense = if self.is_stop { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(self.rect, id, sense);
        if response.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        response
    }

    /// The ground of a row, its line, and the ring of the keyboard.
    pub fn paint_ground(&self, ui: &Ui, theme: &Theme, response: &Response, is_chosen: bool) {
        let painter = ui.painter();
        if is_chosen {
            painter.rect_filled(self.rect, 0.0, theme.sel);
        } else if response.hovered() {
            painter.rect_filled(self.rect, 0.0, theme.chrome);
        }
        let y = painter.round_to_pixel_center(self.rect.bottom() - 1.0);
        painter.hline(self.rect.x_range(), y, theme.hairline());
        if response.has_focus() {
            let stroke = Stroke::new(shape::STRONG_STROKE, theme.accent);
            painter.rect_stroke(self.rect.shrink(1.0), shape::MARK_RADIUS, stroke, StrokeKind::Inside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_out_of_sight_is_scrolled_to_and_one_in_sight_is_not() {
        let height = 10.0 * space::LIST_ROW;
        let walk = Walk { scrolled: 300.0, height, ..Walk::default() };
        let row = |top: f32| (top / space::LIST_ROW) as usize;
        assert_eq!(walk.offset_of(row(300.0)), None);
        assert_eq!(walk.offset_of(row(300.0) + 9), None);
        assert_eq!(walk.offset_of(row(300.0) + 10), Some(300.0 + space::LIST_ROW));
        assert_eq!(walk.offset_of(0), Some(0.0));
        let walk = Walk { is_low_half_hidden: true, ..walk };
        assert_eq!(walk.offset_of(row(300.0) + 9), Some(300.0 + height * (1.0 - SEEN_SHARE)));
    }
}
