//! Small parts the views share: badges, number tags, drop-down lists, painted text.
//!
//! A painted widget does four things: size, allocate, interact, paint; and it says its name, so that a screen reader
//! and a test can find it.

use egui::accesskit::Role;
use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
};

use super::theme::{self, Theme, shape, size};

/// Height of a badge or number tag.
pub const TAG_HEIGHT: f32 = 16.0;

/// Paints a line of text so that `anchor` of its box is at `pos`; returns the box.
pub fn text_at(painter: &Painter, pos: Pos2, anchor: Align2, text: &str, font_id: FontId, color: Color32) -> Rect {
    let galley = painter.layout_no_wrap(text.to_owned(), font_id, color);
    let rect = anchor.anchor_size(pos, galley.size());
    painter.galley(rect.min, galley, color);
    rect
}

/// The width of a line of text.
pub fn text_width(painter: &Painter, text: &str, font_id: FontId) -> f32 {
    painter.layout_no_wrap(text.to_owned(), font_id, Color32::PLACEHOLDER).size().x
}

/// A line of text in the flow of a row.
pub fn label_ui(ui: &mut Ui, text: &str, font_id: FontId, color: Color32) -> Response {
    ui.label(egui::RichText::new(text).font(font_id).color(color))
}

/// A small box with a word: "automatic".
pub fn badge_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), theme::sans(size::SMALL), theme.ink2);
    let box_size = Vec2::new(galley.size().x + 10.0, TAG_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(box_size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let stroke = Stroke::new(shape::HAIRLINE, theme.rule2);
    ui.painter().rect_stroke(rect, shape::BADGE_RADIUS, stroke, StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, theme.ink2);
    response
}

/// The box of a number tag whose left edge stands at `left`.
pub fn number_tag_rect(painter: &Painter, left: Pos2, number: usize) -> Rect {
    let width = text_width(painter, &number.to_string(), theme::sans_bold(size::SMALL)) + 8.0;
    Rect::from_center_size(Pos2::new(left.x + width.max(TAG_HEIGHT) / 2.0, left.y), {
        Vec2::new(width.max(TAG_HEIGHT), TAG_HEIGHT)
    })
}

/// The number of a change, white on ink.
pub fn paint_number_tag(painter: &Painter, theme: &Theme, rect: Rect, number: usize) {
    painter.rect_filled(rect, shape::BADGE_RADIUS, theme.ink);
    let font_id = theme::sans_bold(size::SMALL);
    text_at(painter, rect.center(), Align2::CENTER_CENTER, &number.to_string(), font_id, theme.paper);
}

/// The number of a change in the flow of a row.
pub fn number_tag_ui(ui: &mut Ui, theme: &Theme, number: usize) {
    let tag = number_tag_rect(ui.painter(), Pos2::ZERO, number);
    let (rect, _) = ui.allocate_exact_size(tag.size(), Sense::hover());
    paint_number_tag(ui.painter(), theme, rect, number);
}

/// A button that shows what is chosen and opens a list of what can be. `name` says what it chooses.
pub fn dropdown_ui(ui: &mut Ui, theme: &Theme, name: &str, chosen: &str, add_rows: impl FnOnce(&mut Ui)) -> Response {
    let galley = ui.painter().layout_no_wrap(chosen.to_owned(), theme::sans_medium(size::UI), theme.ink);
    let box_size = Vec2::new(galley.size().x + 38.0, 24.0);
    let (rect, response) = ui.allocate_exact_size(box_size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), format!("{name}: {chosen}")));
    let visuals = ui.style().interact(&response);
    let painter = ui.painter();
    painter.rect(rect, shape::CONTROL_RADIUS, theme.raise, visuals.bg_stroke, StrokeKind::Inside);
    painter.galley(Pos2::new(rect.left() + 11.0, rect.center().y - galley.size().y / 2.0), galley, theme.ink);
    let tip = Pos2::new(rect.right() - 15.0, rect.center().y + 2.0);
    let chevron = vec![tip - Vec2::splat(4.0), tip, tip + Vec2::new(4.0, -4.0)];
    painter.line(chevron, Stroke::new(shape::MARK_STROKE, theme.ink2));
    focus_ring(painter, theme, &response);
    egui::Popup::menu(&response).gap(4.0).show(add_rows);
    response
}

/// The ring around what has the keyboard.
pub fn focus_ring(painter: &Painter, theme: &Theme, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(shape::STRONG_STROKE, theme.accent);
        painter.rect_stroke(response.rect.expand(1.0), shape::CONTROL_RADIUS + 1.0, stroke, StrokeKind::Outside);
    }
}

/// Words that act, without a box.
pub fn link_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    let text = egui::RichText::new(text).font(theme::sans_medium(size::UI)).color(theme.accent);
    ui.add(egui::Button::new(text).frame(false))
}

/// The first choice of a row of buttons, filled with the accent.
pub fn primary_button_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    let text = egui::RichText::new(text).font(theme::sans_medium(size::UI)).color(theme.on_accent);
    let response =
        ui.add(egui::Button::new(text).fill(theme.accent).stroke(Stroke::new(shape::HAIRLINE, theme.accent)));
    focus_ring(ui.painter(), theme, &response);
    response
}

/// What is there to do where there is nothing to show: a line that says so, and one that says what helps.
pub fn empty_ui(ui: &mut Ui, theme: &Theme, says: &str, helps: &str) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.32).max(24.0));
        label_ui(ui, says, theme::sans_bold(size::LABEL), theme.ink);
        ui.add_space(4.0);
        label_ui(ui, helps, theme::sans(size::UI), theme.ink2);
    });
}

/// What stands on a page in the place of a bar of controls: what is shown, and how much of it.
pub fn page_line_ui(ui: &Ui, theme: &Theme, rect: Rect, what: &str, words: &str) {
    let center = rect.left_center();
    let what = ui.painter().text(center, Align2::LEFT_CENTER, what, theme::sans_bold(size::UI), theme.ink);
    let left = if what.width() > 0.0 { what.right() + 12.0 } else { rect.left() };
    ui.painter().text(pos2(left, center.y), Align2::LEFT_CENTER, words, theme::sans(size::UI), theme.ink2);
}
