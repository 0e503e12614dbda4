//! Read: the articles side by side in order of date, with what comes back marked.
//!
//! As many columns as fit at 320 points; the other articles wait as spines on the side of their date.

use egui::{Align2, Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::action::{Action, KINDS};
use super::state::{ReadingState, Selection};
use super::theme::space;
use super::words::gesture;
use super::{Scene, column, minimap, theme};
use crate::document::Document;
use crate::report::dates;

/// How many columns stand in `width` points when `n_documents` are open, leaving room for one spine at least; the rest
/// are spines, or reached by the list.
pub fn n_columns(width: f32, n_documents: usize) -> usize {
    let room_for = |n_columns: usize| {
        let spines = n_documents.saturating_sub(n_columns).min(1) as f32 * space::SPINE;
        width - spines >= n_columns as f32 * space::COLUMN
    };
    (1..=n_documents).rev().find(|&n_columns| room_for(n_columns)).unwrap_or(1.min(n_documents))
}

/// How many spines stand before and after the columns: as many as fit, those nearest to the columns, the room shared.
fn n_spines(room: f32, n_before: usize, n_after: usize) -> (usize, usize) {
    let n_shown = ((room / space::SPINE).max(0.0) as usize).min(n_before + n_after);
    let before = n_before.min((n_shown / 2).max(n_shown.saturating_sub(n_after)));
    (before, n_after.min(n_shown - before))
}

/// The first column that brings article `idx` into view, moving as little as possible.
pub fn first_column_for(first: usize, n_columns: usize, idx: usize) -> usize {
    if idx < first { idx } else { first.max((idx + 1).saturating_sub(n_columns)) }
}

/// Shows the columns, the spines and the minimap.
pub fn reading_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReadingState,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    if scene.corpus.is_empty() {
        empty_ui(ui, scene, actions);
        return;
    }
    let documents = state.shown.documents(scene.corpus);
    if documents.is_empty() {
        none_chosen_ui(ui, scene, actions);
        return;
    }
    let area = ui.available_rect_before_wrap();
    let minimap_height = minimap::height(documents.len()).min(area.height() / 3.0);
    let (columns, map) = area.split_top_bottom_at_y(area.bottom() - minimap_height);
    columns_ui(ui, scene, state, selection, actions, columns);
    let mut map_ui = ui.new_child(UiBuilder::new().max_rect(map).id_salt("minimap"));
    minimap::minimap_ui(&mut map_ui, scene, state, selection, actions);
    ui.advance_cursor_after_rect(area);
}

fn columns_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReadingState,
    selection: &Selection,
    actions: &mut Vec<Action>,
    area: Rect,
) {
    gesture::begin_frame(ui, scene, state, area);
    gesture::keys(ui, scene, state, selection);
    let documents = state.shown.documents(scene.corpus);
    let n_columns = n_columns(area.width(), documents.len());
    if let Some(idx) = state.reveal.and_then(|passage| state.shown.idx_of(scene.corpus, passage.document)) {
        state.first_column = first_column_for(state.first_column, n_columns, idx);
    }
    state.first_column = state.first_column.min(documents.len() - n_columns);
    state.n_columns = n_columns;
    state.front = documents.get(state.first_column).map(|document| document.id);
    let (first, last) = (state.first_column, state.first_column + n_columns);
    let spare = area.width() - n_columns as f32 * space::COLUMN;
    let (n_before, n_after) = n_spines(spare, first, documents.len() - last);
    let mut left = area.left();
    for (spine_idx, document) in documents[first - n_before..first].iter().enumerate() {
        let n_hidden = if spine_idx == 0 { first - n_before } else { 0 };
        left = spine_ui(ui, scene, document, area, left, n_hidden, actions);
    }
    let room = area.right() - left - n_after as f32 * space::SPINE;
    let width = (room / n_columns as f32).min(space::WIDEST_COLUMN);
    // Few articles on a wide screen stand in its middle, like pages on a desk.
    let margin = (room - n_columns as f32 * width) / 2.0;
    left += margin;
    let head_height = column::head_height(ui, scene, &documents[first..last], width);
    let mut budget = super::article::MEASURE_BUDGET;
    for document in &documents[first..last] {
        let rect = Rect::from_min_size(pos2(left, area.top()), vec2(width, area.height()));
        let mut column_ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(document.id));
        column::column_ui(&mut column_ui, scene, document, state, selection, head_height, &mut budget, actions);
        left += width;
    }
    // Lines between columns, and at both edges of pages on a desk; over the grounds of heads and feet.
    let lines = if margin > 1.0 { 0..n_columns + 1 } else { 1..n_columns };
    for column_idx in lines {
        let x = left - (n_columns - column_idx) as f32 * width;
        ui.painter().vline(ui.painter().round_to_pixel_center(x), area.y_range(), scene.theme.hairline());
    }
    left += margin;
    for (spine_idx, document) in documents[last..last + n_after].iter().enumerate() {
        let n_hidden = if spine_idx + 1 == n_after { documents.len() - last - n_after } else { 0 };
        left = spine_ui(ui, scene, document, area, left, n_hidden, actions);
    }
    state.reveal = None;
    state.is_low_half_hidden = false;
    state.hovered = state.hovering.take();
}

/// A waiting article: its date and outlet, turned; at its foot how many more wait beyond it. Returns the right edge.
fn spine_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    document: &Document,
    area: Rect,
    left: f32,
    n_hidden: usize,
    actions: &mut Vec<Action>,
) -> f32 {
    let theme = scene.theme;
    let rect = Rect::from_min_size(pos2(left, area.top()), vec2(space::SPINE, area.height()));
    let response = ui.interact(rect, Id::unique(("spine", document.id)), Sense::click());
    let date = dates::label(&document.published);
    let outlet = super::chip::outlet_or_file(document);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Open column {} {outlet}", date.day)));
    let painter = ui.painter().with_clip_rect(rect);
    let fill = if response.hovered() { theme.raise } else { theme.chrome };
    painter.rect_filled(rect, 0.0, fill);
    painter.vline(rect.right(), rect.y_range(), theme.hairline());
    let estimate = if date.is_estimate { "est. " } else { "" };
    let mut job = egui::text::LayoutJob::default();
    job.append(estimate, 0.0, theme::format(theme::sans(11.5), 15.0, theme.ink2));
    job.append(&date.day, 0.0, theme::format(theme::sans_bold(11.5), 15.0, theme.ink));
    job.append(&outlet, 8.0, theme::format(theme::sans(11.5), 15.0, theme.dim));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let corner = pos2(rect.center().x + galley.size().y / 2.0, rect.top() + 14.0);
    painter.add(egui::epaint::TextShape::new(corner, galley, theme.ink).with_angle(std::f32::consts::FRAC_PI_2));
    if n_hidden > 0 {
        let foot = rect.center_bottom() - vec2(0.0, 14.0);
        painter.rect_filled(Rect::from_center_size(foot, vec2(space::SPINE - 2.0, 20.0)), 0.0, fill);
        let count = if n_hidden < 1000 { format!("+{n_hidden}") } else { format!("+{}k", n_hidden / 1000) };
        painter.text(foot, Align2::CENTER_CENTER, count, theme::sans(11.0), theme.ink2);
    }
    if response.on_hover_text(document.title.as_deref().unwrap_or(document.name())).clicked() {
        actions.push(Action::SelectDocument(document.id));
    }
    rect.right()
}

/// The reader took every article out of the columns.
fn none_chosen_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let helps = "Click one in the list at the left, or choose some in the library.";
    super::widgets::empty_ui(ui, scene.theme, "No article is in columns", helps);
    ui.vertical_centered(|ui| {
        ui.add_space(8.0);
        for (name, action) in [("Show all", Action::ShowAll), ("Open the library", Action::ToggleLibrary)] {
            if ui.button(name).on_hover_text(action.keys()).clicked() {
                actions.push(action);
            }
        }
    });
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let center = ui.max_rect().center();
    ui.painter().text(center, Align2::CENTER_BOTTOM, "Nothing is open", theme::serif_display(26.0), theme.ink);
    ui.painter().text(
        center + vec2(0.0, 14.0),
        Align2::CENTER_TOP,
        "Drop articles here, paste one, or open files.",
        theme::sans(14.0),
        theme.ink2,
    );
    let kinds = theme::format(theme::sans(12.5), 17.0, theme.dim);
    let width = (ui.max_rect().width() - 48.0).min(640.0);
    let mut job = egui::text::LayoutJob::single_section(KINDS.to_owned(), kinds);
    job.wrap.max_width = width;
    job.halign = egui::Align::Center;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(center + vec2(0.0, 92.0), galley, theme.dim);
    let rect = Rect::from_center_size(center + vec2(0.0, 62.0), vec2(90.0, 28.0));
    if ui.put(rect, egui::Button::new("Open")).clicked() {
        actions.push(Action::Open);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fit_the_screens_they_are_made_for() {
        assert_eq!(n_columns(1280.0 - space::SIDE_LIST, 5), 3);
        assert_eq!(n_columns(1920.0 - space::SIDE_LIST, 5), 5);
        assert_eq!(n_columns(1000.0 - space::SIDE_LIST, 5), 2);
        assert_eq!(n_columns(200.0, 5), 1);
        assert_eq!(n_columns(1280.0, 1), 1);
        assert_eq!(n_columns(1280.0 - space::SIDE_LIST, 10_000), 3);
    }

    #[test]
    fn spines_share_the_room_that_columns_leave() {
        assert_eq!(n_spines(108.0, 0, 5), (0, 3));
        assert_eq!(n_spines(108.0, 5, 0), (3, 0));
        assert_eq!(n_spines(108.0, 4, 4), (1, 2));
        assert_eq!(n_spines(500.0, 1, 1), (1, 1));
        assert_eq!(n_spines(-4.0, 1, 1), (0, 0));
    }

    #[test]
    fn a_column_comes_into_view_with_the_smallest_move() {
        assert_eq!(first_column_for(0, 3, 4), 2);
        assert_eq!(first_column_for(2, 3, 1), 1);
        assert_eq!(first_column_for(1, 3, 2), 1);
    }
}
