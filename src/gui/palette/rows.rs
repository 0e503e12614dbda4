//! The lines of the palette: name, what tells it apart, kind and keys. Only those in sight are drawn.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Id, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::index::Entry;
use super::{Open, nothing_ui};
use crate::gui::commands;
use crate::gui::desk::Desk;
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::{text_at, text_width};

/// Height of a line.
pub(super) const HEIGHT: f32 = 32.0;
/// Left and right of the words.
const MARGIN: f32 = 16.0;
/// Where the keys end their names begin: all kinds stand in one column.
const KEYS: f32 = 92.0;

/// What a screen reader says of an entry.
pub(super) fn spoken(desk: &Desk, entry: &Entry) -> String {
    let rests = commands::resting(desk, &entry.action);
    let parts = [entry.name.as_str(), &entry.detail, entry.kind.words(), &entry.keys, rests.unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Shows the results in `height` points at most. Returns the line that was clicked.
pub(super) fn rows_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, open: &mut Open, height: f32) -> Option<usize> {
    if open.found.is_empty() {
        nothing_ui(ui, theme, &open.typed);
        return None;
    }
    let n_found = open.found.len();
    ui.add_space(6.0);
    let area = ScrollArea::vertical().id_salt("palette rows").max_height(height - 12.0).auto_shrink([false, true]);
    let mut clicked = None;
    let shown = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(HEIGHT * n_found as f32);
        let top = ui.max_rect().top();
        let row_rect = |row: usize| {
            let min = pos2(ui.max_rect().left(), top + HEIGHT * row as f32);
            Rect::from_min_size(min, vec2(ui.max_rect().width(), HEIGHT))
        };
        if std::mem::take(&mut open.is_moved) {
            ui.scroll_to_rect(row_rect(open.chosen), None);
        }
        let first = (viewport.top() / HEIGHT).floor().max(0.0) as usize;
        let end = ((viewport.bottom() / HEIGHT).ceil().max(0.0) as usize).min(n_found);
        for row in first..end {
            let Some(entry) = open.found.get(row).and_then(|idx| open.index.entries.get(*idx)) else { continue };
            let response = row_ui(ui, theme, desk, entry, row_rect(row), row, open.chosen == row);
            if response.clicked() {
                clicked = Some(row);
            }
        }
    });
    let list = ui.interact(shown.inner_rect, Id::unique("palette list"), Sense::hover());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Results"));
    ui.add_space(6.0);
    clicked
}

fn row_ui(
    ui: &Ui,
    theme: &Theme,
    desk: &Desk,
    entry: &Entry,
    rect: Rect,
    row: usize,
    is_chosen: bool,
) -> egui::Response {
    let response = ui.interact(rect, Id::unique(("palette row", row)), Sense::click());
    let rests = commands::resting(desk, &entry.action);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, rests.is_none(), is_chosen, spoken(desk, entry)));
    let painter = ui.painter();
    let ground = rect.shrink2(vec2(6.0, 0.0));
    if is_chosen {
        painter.rect_filled(ground, shape::CONTROL_RADIUS, theme.sel);
    } else if response.hovered() {
        painter.rect_filled(ground, shape::CONTROL_RADIUS, theme.chrome);
    }
    let y = rect.center().y;
    let right = rect.right() - MARGIN;
    if !entry.keys.is_empty() {
        text_at(painter, pos2(right, y), Align2::RIGHT_CENTER, &entry.keys, theme::sans_medium(size::UI), theme.ink2);
    }
    let kind_right = right - KEYS;
    let says = rests.unwrap_or(entry.kind.words());
    let kind = text_at(painter, pos2(kind_right, y), Align2::RIGHT_CENTER, says, theme::sans(size::SMALL), theme.dim);
    let name_font =
        if entry.kind.is_quoted() { theme::serif(size::PALETTE) } else { theme::sans_medium(size::PALETTE) };
    let color = if rests.is_some() { theme.dim } else { theme.ink };
    let left = rect.left() + MARGIN;
    let room = kind.left() - 16.0 - left;
    // What tells it apart keeps some room beside a long name.
    let wanted = text_width(painter, &entry.detail, theme::sans(size::SMALL)).min(room * 0.45);
    let kept = if entry.detail.is_empty() { 0.0 } else { wanted + 12.0 };
    let cut = |words: &str, font, color, room| {
        let mut job = LayoutJob::simple_singleline(words.to_owned(), font, color);
        job.wrap = TextWrapping::truncate_at_width(room);
        painter.layout_job(job)
    };
    let name = cut(&entry.name, name_font, color, (room - kept).max(40.0));
    let end = left + name.size().x + 12.0;
    painter.galley(pos2(left, y - name.size().y / 2.0), name, color);
    if !entry.detail.is_empty() {
        let detail = cut(&entry.detail, theme::sans(size::SMALL), theme.ink2, (kind.left() - 16.0 - end).max(0.0));
        painter.galley(pos2(end, y + 1.0 - detail.size().y / 2.0), detail, theme.ink2);
    }
    response
}
