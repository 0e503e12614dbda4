//! The bar over Compare: statements or articles, which ones, and how they are shown.

use egui::{Align, Id, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::MARGIN;
use super::articles::{self, chooser};
use super::state::{CompareState, Mode};
use crate::document::DocumentId;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::state::Selection;
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::{checkbox_ui, focus_ring, label_ui, page_line_ui};

/// Height of a control.
const CONTROL: f32 = 24.0;
/// Below this width the words that only tell something are left out.
const TIGHT: f32 = 900.0;

/// The line under the bar, and the room for its controls.
pub fn frame_ui(ui: &Ui, scene: &Scene<'_>, rect: Rect) -> Rect {
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.bottom() - 1.0), scene.theme.hairline());
    rect.shrink2(Vec2::new(MARGIN.min(rect.width() * 0.03), 0.0))
}

/// Statements or articles.
pub fn mode_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut CompareState) {
    let segments = [(Mode::Statements, "Statements"), (Mode::Articles, "Articles")];
    let chosen = segments.iter().position(|(mode, _)| *mode == state.mode).unwrap_or(0);
    if let Some((mode, _)) =
        segmented_ui(ui, scene.theme, &segments.map(|(_, name)| name), chosen).and_then(|clicked| segments.get(clicked))
    {
        state.mode = *mode;
    }
}

/// Side by side or inline.
pub fn layout_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut CompareState) {
    if let Some(clicked) = segmented_ui(ui, scene.theme, &["Side by side", "Inline"], usize::from(state.is_inline)) {
        state.is_inline = clicked == 1;
    }
}

/// Buttons of which one is chosen. Returns the one that was clicked.
fn segmented_ui(ui: &mut Ui, theme: &Theme, names: &[&str], chosen: usize) -> Option<usize> {
    let galleys: Vec<_> = names
        .iter()
        .map(|name| ui.painter().layout_no_wrap((*name).to_owned(), theme::sans_medium(size::UI), theme.ink2))
        .collect();
    let widths: Vec<f32> = galleys.iter().map(|galley| (galley.size().x + 22.0).round()).collect();
    let (rect, _) = ui.allocate_exact_size(vec2(widths.iter().sum(), CONTROL), Sense::hover());
    ui.painter().rect_filled(rect, shape::CONTROL_RADIUS, theme.raise);
    let mut clicked = None;
    let mut left = rect.left();
    for (idx, (galley, width)) in galleys.into_iter().zip(widths).enumerate() {
        let part = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        let name = names.get(idx).copied().unwrap_or_default();
        let response = ui.interact(part, Id::unique(("segment", name)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, idx == chosen, name));
        let is_chosen = idx == chosen;
        if is_chosen {
            ui.painter().rect_filled(part, shape::CONTROL_RADIUS, theme.ink2);
        }
        let color = match (is_chosen, response.hovered()) {
            (true, _) => theme.paper,
            (false, true) => theme.ink,
            (false, false) => theme.ink2,
        };
        ui.painter().galley_with_override_text_color(part.center() - galley.size() / 2.0, galley, color);
        focus_ring(ui.painter(), theme, &response);
        if response.clicked() && !is_chosen {
            clicked = Some(idx);
        }
        left += width;
    }
    let stroke = Stroke::new(shape::HAIRLINE, theme.rule2);
    ui.painter().rect_stroke(rect, shape::CONTROL_RADIUS, stroke, StrokeKind::Inside);
    clicked
}

/// The bar over two articles.
pub fn articles_bar_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut CompareState, selection: &Selection, rect: Rect) {
    let inner = frame_ui(ui, scene, rect);
    if scene.is_page {
        let (what, words) = articles::page_words(scene, state);
        page_line_ui(ui, scene.theme, inner, &what, &words);
        return;
    }
    let is_tight = rect.width() < TIGHT;
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        mode_ui(ui, scene, state);
        if scene.corpus.len() < 2 {
            return;
        }
        choosers_ui(ui, scene, state, selection);
        if is_tight {
            more_ui(ui, scene, state);
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            if !state.is_inline {
                linked_ui(ui, scene.theme, state);
            }
            if articles::versions(state).is_some() && !state.is_inline {
                changes_ui(ui, scene.theme, state);
            }
            layout_ui(ui, scene, state);
            let words = articles::shared_words(state);
            label_ui(ui, &words, theme::sans(size::UI), scene.theme.ink2);
        });
    });
}

/// The two drop-downs, and the button that swaps them.
fn choosers_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut CompareState, selection: &Selection) {
    let (pair, _) = articles::pair(scene, state, selection);
    // What was chosen and is gone shows as empty; what is left of it stays.
    let sides = pair.or(state.chosen).map_or([None; 2], |pair| pair.map(Some));
    let mut chosen = sides;
    for side in [0, 1] {
        if side == 1 {
            label_ui(ui, "and", theme::sans(size::UI), scene.theme.ink2);
        }
        let current = sides[side].and_then(|id| scene.corpus.get(id));
        let other = sides[1 - side];
        let choosers = &mut state.articles.choosers;
        let picked = chooser::chooser_ui(ui, scene, &mut choosers[side], side, current.map(|it| &**it), other);
        if let Some(picked) = picked {
            // The other one's article changes places with it.
            if chosen[1 - side] == Some(picked) {
                chosen[1 - side] = chosen[side];
            }
            chosen[side] = Some(picked);
        }
    }
    if swap_ui(ui, scene.theme) {
        chosen.reverse();
    }
    if chosen != sides
        && let [Some(left), Some(right)] = fill(scene, chosen)
    {
        state.chosen = Some([left, right]);
    }
}

/// An article for a side that has none: the neighbor in order of date of the other one.
fn fill(scene: &Scene<'_>, sides: [Option<DocumentId>; 2]) -> [Option<DocumentId>; 2] {
    let partner = |id: Option<DocumentId>| articles::partners::best_partner(scene, id?);
    [sides[0].or_else(|| partner(sides[1])), sides[1].or_else(|| partner(sides[0]))]
}

/// Two arrows; was it clicked?
fn swap_ui(ui: &mut Ui, theme: &Theme) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(CONTROL, CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Swap the two articles"));
    let color = if response.hovered() || response.has_focus() { theme.ink } else { theme.ink2 };
    let stroke = Stroke::new(shape::MARK_STROKE, color);
    for (dy, dir) in [(-3.0, 1.0), (3.0, -1.0)] {
        let center = rect.center() + vec2(0.0, dy);
        let tip = center + vec2(5.5 * dir, 0.0);
        ui.painter().line_segment([center - vec2(5.5 * dir, 0.0), tip], stroke);
        ui.painter().line(vec![tip + vec2(-3.0 * dir, -2.6), tip, tip + vec2(-3.0 * dir, 2.6)], stroke);
    }
    focus_ring(ui.painter(), theme, &response);
    response.on_hover_text("Swap the two articles").clicked()
}

fn linked_ui(ui: &mut Ui, theme: &Theme, state: &mut CompareState) {
    let tip = format!("Both keep together by the words they share ({})", Action::ToggleLinked.keys());
    checkbox_ui(ui, theme, &mut state.is_linked, "Scroll together").on_hover_text(tip);
}

fn changes_ui(ui: &mut Ui, theme: &Theme, state: &mut CompareState) {
    let tip = "Boxes around words that only one of the two versions has";
    checkbox_ui(ui, theme, &mut state.has_changes, "Changes").on_hover_text(tip);
}

/// What has no room in a narrow bar, behind three dots.
fn more_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut CompareState) {
    let theme = scene.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "How they are shown"));
    for dx in [-6.0, 0.0, 6.0] {
        ui.painter().circle_filled(rect.center() + vec2(dx, 0.0), 1.6, theme.ink2);
    }
    focus_ring(ui.painter(), theme, &response);
    let popup = egui::Popup::menu(&response).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        layout_ui(ui, scene, state);
        linked_ui(ui, scene.theme, state);
        if articles::versions(state).is_some() {
            changes_ui(ui, scene.theme, state);
        }
        label_ui(ui, &articles::shared_words(state), theme::sans(size::UI), theme.ink2);
    });
}
