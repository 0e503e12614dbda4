//! The names under the field. Only those in sight are drawn.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Id, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::listing::Entry;
use super::{Note, PathField};
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::label_ui;

/// Height of a row.
pub const HEIGHT: f32 = 25.0;

/// Where names begin, after the sign of what they are.
const NAME: f32 = 30.0;

/// What a screen reader says of a row.
fn spoken(entry: &Entry) -> String {
    if entry.is_folder { format!("{}, folder", entry.name) } else { entry.name.clone() }
}

/// Shows the names that fit in `height` points. A click takes one.
pub fn rows_ui(ui: &mut Ui, theme: &Theme, field: &mut PathField, height: f32) {
    let n_rows = field.n_rows();
    if n_rows == 0 {
        ui.add_space(6.0);
        label_ui(ui, &nothing(field), theme::sans(size::UI), theme.ink2);
        return;
    }
    let mut clicked = None;
    let area = ScrollArea::vertical().id_salt("names of the path").max_height(height).auto_shrink(false);
    let shown = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(HEIGHT * n_rows as f32);
        let corner = ui.max_rect().min;
        let width = ui.max_rect().width();
        let rect_of =
            |row: usize| Rect::from_min_size(pos2(corner.x, corner.y + HEIGHT * row as f32), vec2(width, HEIGHT));
        if std::mem::take(&mut field.is_moved)
            && let Some(row) = field.walked
        {
            ui.scroll_to_rect(rect_of(row), None);
        }
        let first = (viewport.top() / HEIGHT).floor().max(0.0) as usize;
        let end = ((viewport.bottom() / HEIGHT).ceil().max(0.0) as usize).min(n_rows);
        for row in first..end {
            let Some(entry) = field.entry(row) else { continue };
            if row_ui(ui, theme, entry, rect_of(row), row, field.walked == Some(row)) {
                clicked = Some(row);
            }
        }
    });
    let list = ui.interact(shown.inner_rect, Id::unique("list of the path"), Sense::hover());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Names that fit"));
    if let Some(row) = clicked {
        field.take(row);
    }
}

/// Why there is no name.
fn nothing(field: &PathField) -> String {
    let typing = field.places.typing(&field.typed, field.wants.is_several());
    let Some(listing) = field.listing.as_ref().filter(|listing| listing.folder == typing.folder) else {
        return "Looking into the folder…".to_owned();
    };
    match &listing.fault {
        // It is told above already.
        Some(_) if matches!(field.note, Note::Wrong(_)) => String::new(),
        Some(fault) => fault.clone(),
        None if typing.prefix.is_empty() => "Nothing here fits".to_owned(),
        None => format!("Nothing here is called “{}”", typing.prefix),
    }
}

/// One name. Was it clicked? The keyboard stays in the field, which walks these rows.
fn row_ui(ui: &Ui, theme: &Theme, entry: &Entry, rect: Rect, row: usize, is_walked: bool) -> bool {
    let response = ui.interact(rect, Id::unique(("name of the path", row)), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_walked, spoken(entry)));
    let painter = ui.painter();
    if is_walked {
        painter.rect_filled(rect, shape::CONTROL_RADIUS, theme.sel);
    } else if response.hovered() {
        painter.rect_filled(rect, shape::CONTROL_RADIUS, theme.chrome);
    }
    let sign = Rect::from_center_size(pos2(rect.left() + 15.0, rect.center().y), vec2(12.0, 10.0));
    let stroke = Stroke::new(1.2, if entry.is_folder { theme.ink2 } else { theme.dim });
    if entry.is_folder {
        folder_sign(painter, sign, stroke);
    } else {
        painter.rect_stroke(sign.shrink2(vec2(2.0, -1.0)), 1.0, stroke, egui::StrokeKind::Middle);
    }
    let font = if entry.is_folder { theme::sans_medium(size::UI) } else { theme::sans(size::UI) };
    let mut job = LayoutJob::simple_singleline(entry.name.clone(), font, theme.ink);
    job.wrap = TextWrapping::truncate_at_width(rect.width() - NAME - 8.0);
    let galley = painter.layout_job(job);
    let elided = galley.elided;
    painter.galley(pos2(rect.left() + NAME, rect.center().y - galley.size().y / 2.0), galley, theme.ink);
    let response = if elided { response.on_hover_text(&entry.name) } else { response };
    response.clicked()
}

/// A folder with its tab.
fn folder_sign(painter: &egui::Painter, rect: Rect, stroke: Stroke) {
    let (left, top) = (rect.left(), rect.top());
    let outline = vec![
        pos2(left, rect.bottom()),
        pos2(left, top),
        pos2(left + 4.5, top),
        pos2(left + 6.0, top + 2.0),
        pos2(rect.right(), top + 2.0),
        rect.right_bottom(),
    ];
    painter.add(egui::Shape::closed_line(outline, stroke));
}
