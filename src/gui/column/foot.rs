//! The foot of a column, and the counters that say how often a family stands out of sight.

use egui::{Align2, CursorIcon, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Pane;
use crate::analysis::PhraseId;
use crate::document::Passage;
use crate::gui::action::Action;
use crate::gui::article::Flow;
use crate::gui::marks::{self, Mark};
use crate::gui::theme::{self, size, space};
use crate::gui::{chip, widgets};
use crate::text::ByteRange;

impl Pane<'_, '_> {
    pub(super) fn marks_of(&self, phrase: PhraseId) -> impl Iterator<Item = &Mark> {
        self.scene.marks.of_phrase(self.document.id, phrase)
    }

    /// What stands below: the family in focus first, else all pins; on the right the number of words.
    pub(super) fn foot_ui(&mut self, ui: &mut Ui, area: Rect, flow: &Flow, view_bottom: f32) {
        let theme = self.scene.theme;
        ui.painter().rect_filled(area, 0.0, theme.paper);
        ui.painter().hline(area.x_range(), area.top(), theme.hairline());
        let n_words = flow.n_words();
        let right = pos2(area.right() - space::GUTTER_RIGHT, area.center().y);
        ui.painter().text(right, Align2::RIGHT_CENTER, format!("{n_words} words"), theme::sans(size::COUNT), theme.dim);
        let last = flow.visible(view_bottom - 12.0, view_bottom).end;
        let offset = flow.paragraph(last).map_or(usize::MAX, |(paragraph, _)| paragraph.range.start);
        let pins = self.scene.project.decisions().pins;
        let mut shown: Vec<PhraseId> = self.selection.phrase.into_iter().collect();
        shown.extend(pins.into_iter().flatten().filter(|phrase| self.selection.phrase != Some(*phrase)));
        let mut left = area.left() + space::GUTTER_LEFT;
        for phrase in shown {
            let is_here = self.marks_of(phrase).next().is_some();
            let below: Vec<_> = self.marks_of(phrase).filter(|mark| mark.range.start >= offset).copied().collect();
            let is_focus = self.selection.phrase == Some(phrase);
            let words = match (below.len(), is_focus) {
                (0, true) if !is_here => "not here".to_owned(),
                (0, _) => continue,
                (n_below, true) => format!("{n_below} below"),
                (n_below, false) => n_below.to_string(),
            };
            if left + 90.0 > right.x - 70.0 {
                break;
            }
            let width = if is_focus { 74.0 } else { 42.0 };
            let rect = Rect::from_min_size(pos2(left, area.top() + 6.0), vec2(width, 18.0));
            let target = below.first().map(|mark| mark.range);
            self.counter_ui(ui, rect, phrase, &words, target.map(|_| false), target.unwrap_or_default());
            left += width;
        }
    }

    /// Letter, arrow and count; a click goes there.
    pub(super) fn counter_ui(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        phrase: PhraseId,
        words: &str,
        is_up: Option<bool>,
        target: ByteRange,
    ) {
        let theme = self.scene.theme;
        let mut x = rect.left();
        match marks::pin_of(self.scene.project, phrase) {
            Some(pin) => chip::letter(ui.painter(), theme, pos2(x + 6.5, rect.center().y), pin, false, 13.0),
            None => {
                ui.painter().circle_filled(pos2(x + 6.5, rect.center().y), 4.0, theme.shared_line);
            }
        }
        x += 18.0;
        if let Some(is_up) = is_up {
            chip::arrow(ui.painter(), pos2(x + 4.0, rect.center().y), is_up, theme.ink2);
            x += 12.0;
        }
        ui.painter().text(pos2(x, rect.center().y), Align2::LEFT_CENTER, words, theme::sans(size::COUNT), theme.ink2);
        if is_up.is_none() {
            return;
        }
        let id = Id::unique(("counter", self.document.id, phrase, is_up));
        let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
        let place = if is_up == Some(true) { "above" } else { "below" };
        let name =
            format!("{words} {place}: {}", self.scene.analysis.phrase(phrase).map_or("", |it| it.label.as_str()));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        widgets::focus_ring(ui.painter(), self.scene.theme, &response);
        if response.on_hover_text(&name).clicked() {
            let passage = Passage { document: self.document.id, range: target };
            self.actions.push(Action::SelectOccurrence(phrase, passage));
        }
    }
}
