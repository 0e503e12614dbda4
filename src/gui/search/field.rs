//! The field in the bar. What is typed is asked for after a pause, or with Enter; Enter on an answer goes to its first
//! place.

use egui::{Align2, Frame, Id, Margin, Rect, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{SearchState, rows};
use crate::gui::action::Action;
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::text_width;

/// Width and height of the field.
pub const FIELD: egui::Vec2 = egui::vec2(212.0, 26.0);

/// Seconds of quiet after which what was typed is asked for: felt as at once, longer than between two keys.
const QUIET_SECS: f64 = 0.12;

const NAME: &str = "Find in all articles";

/// What can be typed.
const FORMS: &str = "missile test: both words, in any form\n“missile test”: side by side\nmissile NEAR/5 test: at most \
                     five words between\nsanction*: all that begins so\nmissile OR rocket\n-rocket: leaves it out";

/// Draws the field into `rect`. `generation` counts the states of the articles: what was found in another one is asked for
/// again.
pub fn field_ui(
    ui: &mut Ui,
    theme: &Theme,
    state: &mut SearchState,
    rect: Rect,
    generation: u64,
    actions: &mut Vec<Action>,
) {
    let id = Id::unique("find in all");
    if std::mem::take(&mut state.wants_focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
        select_all(ui, id, &state.typed);
    }
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    state.has_focus = has_focus;
    let stroke = match has_focus {
        true => Stroke::new(theme.ring, theme.accent),
        false => Stroke::new(shape::HAIRLINE, theme.rule2),
    };
    ui.painter().rect(rect, shape::CONTROL_RADIUS, theme.raise, stroke, StrokeKind::Inside);
    glass(ui.painter(), theme, pos2(rect.left() + 15.0, rect.center().y));
    let right = hint_ui(ui, theme, state, rect);
    let inner = Rect::from_min_max(pos2(rect.left() + 29.0, rect.top()), pos2(right - 6.0, rect.bottom()));
    let field = TextEdit::singleline(&mut state.typed)
        .id(id)
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .font(theme::sans(13.0))
        .desired_width(inner.width())
        .min_size(vec2(0.0, inner.height()))
        .align(Align2::LEFT_CENTER)
        .hint_text(egui::RichText::new(NAME).font(theme::sans(size::UI)).color(theme.dim));
    let response = ui.put(inner, field).accessible_name(NAME);
    let now = ui.input(|input| input.time);
    if response.changed() {
        state.typed_at = now;
        state.is_shown = true;
    }
    let response = response.on_hover_text(FORMS);
    if has_focus && ui.input(|input| input.key_pressed(egui::Key::ArrowDown)) {
        rows::focus_first(ui, state);
    }
    if response.gained_focus() {
        state.is_shown = true;
        // The index is brought up to date while the reader types.
        actions.push(Action::Search(String::new()));
    }
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    ask(ui, state, generation, now, is_entered, actions);
}

/// Asks for what is typed, where it is due.
fn ask(ui: &Ui, state: &mut SearchState, generation: u64, now: f64, is_entered: bool, actions: &mut Vec<Action>) {
    if !state.is_active() {
        (state.asked, state.answer, state.chosen) = (None, None, None);
        return;
    }
    let wanted = (state.typed.trim().to_owned(), generation);
    if state.asked.as_ref() == Some(&wanted) {
        if is_entered && state.answer.as_ref().is_some_and(|answer| answer.found.query == wanted.0) {
            actions.push(Action::NextOccurrence);
        }
        return;
    }
    let left = QUIET_SECS - (now - state.typed_at);
    if left > 0.0 && !is_entered {
        ui.ctx().request_repaint_after_secs(left as f32);
        return;
    }
    if is_entered {
        state.wants_focus = true;
    }
    actions.push(Action::Search(wanted.0.clone()));
    state.asked = Some(wanted);
}

/// The key that leads here, or the way out. Returns its left edge.
fn hint_ui(ui: &Ui, theme: &Theme, state: &mut SearchState, rect: Rect) -> f32 {
    let is_active = state.is_active();
    let keys = if is_active { Action::Clear.keys() } else { Action::Find.keys() };
    let keys = if is_active { keys.replace("Escape", "Esc") } else { keys };
    let font = theme::sans(size::SMALL);
    let left = rect.right() - 10.0 - text_width(ui.painter(), &keys, font.clone());
    let response = is_active.then(|| {
        let place = rect.with_min_x(left - 4.0).shrink2(vec2(2.0, 3.0));
        let response = ui.interact(place, Id::unique("clear the search"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Clear the search"));
        crate::gui::widgets::focus_ring(ui.painter(), theme, &response);
        response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text("Clear the search (Esc)")
    });
    let color = if response.as_ref().is_some_and(egui::Response::hovered) { theme.ink } else { theme.ink2 };
    ui.painter().text(pos2(left, rect.center().y), Align2::LEFT_CENTER, keys, font, color);
    if response.is_some_and(|response| response.clicked()) {
        state.clear();
    }
    left
}

/// Selects all that is typed, so that the next key begins anew.
fn select_all(ui: &Ui, id: Id, typed: &str) {
    let mut edit = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = egui::text::CCursor::new(typed.chars().count());
    let all = egui::text::CCursorRange::two(egui::text::CCursor::default(), end);
    edit.cursor.set_char_range(Some(all));
    TextEdit::store_state(ui.ctx(), id, edit);
}

/// A magnifying glass around `center`.
pub fn glass(painter: &egui::Painter, theme: &Theme, center: egui::Pos2) {
    let stroke = Stroke::new(1.3, theme.ink2);
    let lens = center + vec2(-1.2, -1.2);
    painter.circle_stroke(lens, 4.2, stroke);
    painter.line_segment([lens + vec2(3.1, 3.1), lens + vec2(6.8, 6.8)], stroke);
}
