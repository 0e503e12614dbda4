//! The head of a column: date, outlet, headline, the menu of the article, and what stands above what is in view.

use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{HEAD_TOP, Pane, headline, headline_range, text_ui};
use crate::gui::action::Action;
use crate::gui::article::Flow;
use crate::gui::theme::space;
use crate::gui::words::gesture::{self, Gesture};
use crate::gui::{chip, menu, widgets};
use crate::project::Command;

impl Pane<'_, '_> {
    /// Returns the piece of evidence under the pointer in the card of the date; and, was the headline pressed on?
    pub(super) fn head_ui(
        &mut self,
        ui: &mut Ui,
        area: Rect,
        column: Rect,
        flow: &Flow,
        view_top: f32,
        gesture: &Gesture,
    ) -> (Option<usize>, bool) {
        let theme = self.scene.theme;
        ui.painter().rect_filled(area.with_max_y(area.bottom() - 1.0), 0.0, theme.paper);
        ui.painter().hline(area.x_range(), area.bottom() - 0.5, theme.hairline());
        let left = area.left() + space::GUTTER_LEFT;
        let right = area.right() - space::GUTTER_RIGHT;
        let line = Rect::from_min_max(pos2(left, area.top() + 12.0), pos2(right, area.top() + 30.0));
        let counter_left = self.above_ui(ui, flow, view_top, line);
        let chip_rect = Rect::from_min_max(line.min, pos2(counter_left, line.bottom()));
        let evidence = chip::date_ui(ui, self.scene, self.document, chip_rect, column, self.actions);
        let outlet_rect = line.translate(vec2(0.0, 18.0));
        let (outlet_rect, more_rect) = outlet_rect.split_left_right_at_x(right - 24.0);
        chip::outlet_ui(ui, self.scene, self.document, outlet_rect, self.actions);
        self.more_ui(ui, more_rect, column);
        let galley = headline(ui, self.scene, self.document, area.width());
        let origin = pos2(left, area.top() + HEAD_TOP);
        let rect = Rect::from_min_size(origin, galley.size());
        // Before the marks, which can be clicked.
        let response = ui.interact(rect, Id::unique(("headline", self.document.id)), Sense::CLICK | Sense::DRAG);
        let name = galley.job.text.clone();
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
        if let Some(range) = headline_range(self.document) {
            if self.has_marks {
                self.marks_ui(ui, range, &galley, origin);
            }
            self.lit_ui(ui, range, &galley, origin);
            // The head is no place for the bar, so its rows count only where the body has none.
            let in_body = self.selected_rows.take();
            self.selected_ui(ui, range, &galley, origin);
            self.selected_rows = in_body.or(self.selected_rows);
        }
        response.context_menu(|ui| self.menu_ui(ui));
        let is_pressed = gesture::is_pressed_on(ui, &response, gesture);
        let selected = headline_range(self.document).and_then(|range| self.selected_chars(range));
        text_ui(ui, &response, origin, galley, theme.ink, None, selected);
        (evidence, is_pressed)
    }

    /// Three dots that open the menu of the article; seen while the pointer is over its column, or the focus on them.
    fn more_ui(&mut self, ui: &mut Ui, rect: Rect, column: Rect) {
        let rect = Rect::from_center_size(rect.center(), vec2(24.0, 18.0));
        let response = ui.interact(rect, Id::unique(("article menu", self.document.id)), Sense::click());
        response.widget_info(|| {
            let name = self.document.title.as_deref().unwrap_or(self.document.name());
            WidgetInfo::labeled(Role::Button, true, format!("More on {name}"))
        });
        let menu = egui::Popup::menu(&response);
        if menu.is_open() || response.has_focus() || ui.rect_contains_pointer(column) {
            let color = if response.hovered() { self.scene.theme.ink } else { self.scene.theme.dim };
            for dx in [-5.0, 0.0, 5.0] {
                ui.painter().circle_filled(rect.center() + vec2(dx, 0.0), 1.4, color);
            }
        }
        widgets::focus_ring(ui.painter(), self.scene.theme, &response);
        menu.show(|ui| self.menu_ui(ui));
        response.on_hover_text("More on this article");
    }

    /// What can be done with an article as a whole.
    fn menu_ui(&mut self, ui: &mut Ui) {
        let document = self.document;
        let keys = Action::Inspect(None).keys();
        if ui.add(egui::Button::new("How this article was read").shortcut_text(keys)).clicked() {
            self.actions.push(Action::Inspect(Some(document.id)));
        }
        menu::compare_with_ui(ui, self.scene, document, self.actions);
        if ui.button("Copy the headline").clicked() {
            self.actions.push(Action::CopyText(document.title.clone().unwrap_or_default()));
        }
        ui.separator();
        let narrow = egui::Button::new("Narrow to a spine").shortcut_text(Action::NarrowColumn(None).keys());
        if ui.add(narrow).clicked() {
            self.actions.push(Action::NarrowColumn(Some(document.id)));
        }
        let hide = egui::Button::new("Hide this column").shortcut_text(Action::HideColumn(None).keys());
        if ui.add(hide).clicked() {
            self.actions.push(Action::HideColumn(Some(document.id)));
        }
        if self.is_arranged && ui.button(Action::ResetColumns.label()).clicked() {
            self.actions.push(Action::ResetColumns);
        }
        ui.separator();
        if ui.button("Close this article").clicked() {
            self.actions.push(Action::Change(Command::RemoveDocuments(vec![document.id])));
        }
    }

    /// How many occurrences of the family in focus stand above what is in view. Returns the left edge of the counter.
    pub(super) fn above_ui(&mut self, ui: &mut Ui, flow: &Flow, view_top: f32, line: Rect) -> f32 {
        let Some(focus) = self.focus.filter(|_| view_top > 1.0) else { return line.right() };
        let first_seen = flow.paragraph(flow.visible(view_top, view_top + 1.0).start);
        let Some(offset) = first_seen.map(|(paragraph, _)| paragraph.range.start) else { return line.right() };
        let above: Vec<_> = self.marks_of(focus).filter(|mark| mark.range.end <= offset).copied().collect();
        let Some(last) = above.last() else { return line.right() };
        let width = 46.0;
        let rect = Rect::from_min_max(pos2(line.right() - width, line.top()), line.max);
        self.counter_ui(ui, rect, focus, &above.len().to_string(), Some(true), last.range);
        rect.left()
    }
}
