//! Briefing: a finding as the exact page that leaves, live, beside its few choices.
//!
//! `pane` holds the choices (`thumbs`, `finding`, `checking` are parts of it), `paper` the page with its buttons and its
//! description; `place` says where all stands. The page is made by a thread ([`maker`]) from the report to the pixels;
//! while a new one is being made the old one stays. `asking` decides when one is due, `saving` writes it to files, and
//! `setting` is the one place that knows who sets it.

pub mod asking;
mod checking;
pub mod choices;
mod filters;
mod finding;
pub mod maker;
mod pane;
mod paper;
mod place;
pub mod saving;
mod setting;
mod thumbs;

use egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use super::Scene;
use super::action::Action;
use super::theme::{self, Theme, shape, size};
use super::widgets::{empty_ui, focus_ring, text_at, text_width};
use choices::BriefingState;
use place::Division;

/// Fills `ui` with the choices and the page.
pub fn briefing_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut BriefingState, actions: &mut Vec<Action>) {
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0.0, scene.theme.chrome);
    if scene.corpus.is_empty() {
        empty_ui(ui, scene.theme, "No article to brief on", "Drop articles anywhere on the window, or open some.");
        return;
    }
    match Division::of(rect) {
        Division::Beside { pane, page } => {
            part_ui(ui, pane, |ui| pane::pane_ui(ui, scene, state, actions));
            part_ui(ui, page, |ui| paper::paper_ui(ui, scene, state, actions));
            let x = ui.painter().round_to_pixel_center(page.left() - 1.0);
            ui.painter().vline(x, rect.y_range(), scene.theme.hairline());
        }
        Division::InTurn { switch, rest } => {
            switch_ui(ui, scene.theme, &mut state.is_pane_in_front, switch);
            part_ui(ui, rest, |ui| {
                if state.is_pane_in_front {
                    pane::pane_ui(ui, scene, state, actions);
                    // Its checks are of a page, which has to have a width.
                    let at = place::page(rest, ui.pixels_per_point());
                    paper::note_width(ui, state, at);
                } else {
                    paper::paper_ui(ui, scene, state, actions);
                }
            });
        }
    }
}

fn part_ui(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        add(ui);
    });
}

/// Goes from the page to its choices and back.
fn switch_ui(ui: &mut Ui, theme: &Theme, is_pane_in_front: &mut bool, rect: Rect) {
    let painter = ui.painter();
    painter.hline(rect.x_range(), painter.round_to_pixel_center(rect.bottom() - 1.0), theme.hairline());
    let mut left = rect.left() + 16.0;
    for (name, is_pane) in [("Page", false), ("Choices", true)] {
        let is_current = *is_pane_in_front == is_pane;
        let font = if is_current { theme::sans_bold(size::UI) } else { theme::sans_medium(size::UI) };
        let width = text_width(ui.painter(), name, font.clone()) + 24.0;
        let place = Rect::from_center_size(egui::pos2(left + width / 2.0, rect.center().y), vec2(width, 28.0));
        left = place.right() + 6.0;
        let response = ui.interact(place, ui.scope_id().with(("switch", name)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_current, name));
        let painter = ui.painter();
        let fill = if is_current { theme.sel } else { theme.chrome };
        let stroke = if is_current { theme.accent } else { theme.rule2 };
        let stroke = Stroke::new(shape::HAIRLINE, stroke);
        painter.rect(place, shape::CONTROL_RADIUS, fill, stroke, StrokeKind::Inside);
        text_at(painter, place.center(), egui::Align2::CENTER_CENTER, name, font, theme.ink);
        focus_ring(painter, theme, &response);
        if response.clicked() {
            *is_pane_in_front = is_pane;
        }
    }
}

/// "3 of 12 findings", where there is a choice.
pub fn briefing_status(state: &BriefingState) -> String {
    let topics = state.topics();
    let shown = state.made.as_ref().and_then(|made| made.briefed.as_ref().ok());
    let place = shown.and_then(|shown| topics.iter().position(|topic| topic.subject == shown.subject));
    match place {
        Some(place) if topics.len() > 1 => {
            let n_topics = crate::text::numbers::number(topics.len());
            format!("finding {} of {n_topics}", crate::text::numbers::number(place + 1))
        }
        _ => String::new(),
    }
}
