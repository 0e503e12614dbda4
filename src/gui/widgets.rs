//! Small parts the views share: badges, number tags, drop-down lists, painted text.
//!
//! A painted widget does four things: size, allocate, interact, paint; and it says its name, so that a screen reader
//! and a test can find it.

use egui::accesskit::Role;
use egui::emath::GuiRounding as _;
use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
};

use super::theme::{self, Theme, shape, size};

/// Side of a box to tick.
const CHECK: f32 = 14.0;

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

/// A box to tick with its name.
pub fn checkbox_ui(ui: &mut Ui, theme: &Theme, value: &mut bool, name: &str) -> Response {
    let galley = ui.painter().layout_no_wrap(name.to_owned(), theme::sans(size::UI), theme.ink);
    let (rect, mut response) = ui.allocate_exact_size(Vec2::new(galley.size().x + CHECK + 8.0, 23.0), Sense::click());
    if response.clicked() {
        *value ^= true;
        response.mark_changed();
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), *value, name));
    let painter = ui.painter();
    let corner = pos2(rect.left(), rect.center().y - CHECK / 2.0).round_to_pixels(painter.pixels_per_point());
    let tick = Rect::from_min_size(corner, Vec2::splat(CHECK));
    let (fill, edge) = if *value { (theme.accent, theme.accent) } else { (theme.raise, theme.rule2) };
    let edge = if response.hovered() && !*value { theme.dim } else { edge };
    painter.rect(tick, shape::BADGE_RADIUS, fill, Stroke::new(shape::HAIRLINE, edge), StrokeKind::Inside);
    if *value {
        let points = [Vec2::new(-3.5, 0.0), Vec2::new(-1.0, 2.5), Vec2::new(3.5, -2.5)].map(|at| tick.center() + at);
        painter.line(points.to_vec(), Stroke::new(shape::MARK_STROKE, theme.on_accent));
    }
    let words = Align2::LEFT_CENTER.anchor_size(pos2(tick.right() + 6.0, rect.center().y), galley.size());
    painter.galley(words.min, galley, theme.ink);
    scroll_to_focus(&response);
    if response.has_focus() {
        let ring = Stroke::new(theme.ring, theme.accent);
        painter.rect_stroke(tick.union(words).expand(3.0), shape::CONTROL_RADIUS, ring, StrokeKind::Outside);
    }
    response
}

/// The ring around what has the keyboard, which comes into sight with it.
pub fn focus_ring(painter: &Painter, theme: &Theme, response: &Response) {
    scroll_to_focus(response);
    if response.has_focus() {
        let stroke = Stroke::new(theme.ring, theme.accent);
        painter.rect_stroke(response.rect.expand(1.0), shape::CONTROL_RADIUS + 1.0, stroke, StrokeKind::Outside);
    }
}

/// Was this not there in the frame before?
pub fn is_new(ui: &Ui, id: egui::Id) -> bool {
    let frame = ui.ctx().cumulative_frame_nr();
    let seen = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<u64>(id.with("seen")), frame));
    seen + 1 < frame
}

/// The cross that closes something; `name` says what.
pub fn close_button_ui(ui: &mut Ui, theme: &Theme, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let is_warm = response.hovered() || response.has_focus();
    let stroke = Stroke::new(if is_warm { shape::STRONG_STROKE } else { 1.2 }, theme.ink2);
    for dy in [-4.5, 4.5] {
        let (from, to) = (rect.center() + Vec2::new(-4.5, dy), rect.center() + Vec2::new(4.5, -dy));
        ui.painter().line_segment([from, to], stroke);
    }
    focus_ring(ui.painter(), theme, &response);
    response
}

/// Brings what just got the keyboard into sight.
pub fn scroll_to_focus(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// Words that act, without a box.
pub fn link_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    let text = egui::RichText::new(text).font(theme::sans_medium(size::UI)).color(theme.accent);
    let response = ui.add(egui::Button::new(text).frame(false));
    focus_ring(ui.painter(), theme, &response);
    response
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
