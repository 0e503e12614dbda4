//! From the pointer to a place in the text of a column: in its headline, or in its body wherever that is scrolled to.

use egui::{CursorIcon, Pos2, Rect, Ui, pos2, vec2};

use super::gesture;
use crate::document::Document;
use crate::gui::Scene;
use crate::gui::article::{self, Flow};
use crate::gui::column::{HEAD_TOP, headline, headline_range};
use crate::gui::state::ReadingState;
use crate::gui::theme::space;

/// A part of a column that words stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Headline,
    Body,
}

/// The text of a column, as it stands on screen.
pub struct Text<'a> {
    pub scene: &'a Scene<'a>,
    pub document: &'a Document,
    pub flow: &'a Flow,
    pub head: Rect,
    pub body: Rect,
}

impl Text<'_> {
    /// Takes what the pointer does to the selection. `pressed` is the part that was pressed on in this frame.
    pub fn take_pointer(&self, ui: &Ui, pressed: Option<Part>, state: &mut ReadingState) {
        let Some(pos) = ui.input(|input| input.pointer.interact_pos()) else { return };
        let scrolled = state.scroll.get(&self.document.id).copied().unwrap_or_default();
        if let Some(part) = pressed {
            let offset = if part == Part::Headline { self.in_headline(ui, pos) } else { None };
            if let Some(offset) = offset.or_else(|| self.in_body(ui, scrolled, pos)) {
                gesture::press(ui, self.document, offset, state);
            }
        } else if state.gesture.document() == Some(self.document.id) {
            // From the body the pointer gets to the headline where there is nothing left to scroll.
            let title_end = headline_range(self.document).map_or(0, |range| range.end);
            let is_above = pos.y < self.body.top() && (scrolled <= 0.0 || state.gesture.begins_before(title_end));
            let offset = if is_above { self.in_headline(ui, pos) } else { None };
            if offset.is_none() {
                gesture::scroll(ui, self.document.id, pos, self.body, state);
            }
            if let Some(offset) = offset.or_else(|| self.in_body(ui, scrolled, pos)) {
                gesture::follow(ui, self.document, offset, state);
            }
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
    }

    /// The place in the body that the pointer is nearest to, in the part that is in sight.
    fn in_body(&self, ui: &Ui, scrolled: f32, pos: Pos2) -> Option<usize> {
        let (body, flow) = (self.body, self.flow);
        // In a very low window the body has no height.
        let inside = pos.y.min(body.bottom() - 1.0).max(body.top() + 1.0);
        let y = inside - body.top() - space::PARAGRAPH_GAP + scrolled;
        let idx = flow.visible(y, y + 1.0).start;
        let (paragraph, top) = flow.paragraph(idx).or_else(|| flow.paragraph(idx.checked_sub(1)?))?;
        let galley = article::layout(ui, self.document, paragraph, self.scene.theme, &flow.key());
        let at = vec2(pos.x - body.left() - space::GUTTER_LEFT, y - top);
        Some(paragraph.range.start + article::offset_at(&galley, paragraph.range.of(&self.document.text), at))
    }

    /// The place in the headline that the pointer is nearest to, where the text has it.
    fn in_headline(&self, ui: &Ui, pos: Pos2) -> Option<usize> {
        let range = headline_range(self.document)?;
        let galley = headline(ui, self.scene, self.document, self.head.width());
        let origin = pos2(self.head.left() + space::GUTTER_LEFT, self.head.top() + HEAD_TOP);
        Some(range.start + article::offset_at(&galley, range.of(&self.document.text), pos - origin))
    }
}
