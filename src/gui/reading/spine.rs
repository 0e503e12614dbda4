//! A spine: an article that waits beside the columns, or a column that was narrowed. Its date and outlet, turned.

use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::document::Document;
use crate::gui::action::Action;
use crate::gui::theme::{shape, size, space};
use crate::gui::{Scene, chip, theme};
use crate::report::dates;

/// Draws the spine; at its foot how many more wait beyond it. A click opens the column.
pub fn spine_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    document: &Document,
    rect: Rect,
    n_more: usize,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let response = ui.interact(rect, Id::unique(("spine", document.id)), Sense::click());
    let date = dates::label(&document.published);
    let outlet = chip::outlet_or_file(document);
    let estimate = if date.is_estimate { "est. " } else { "" };
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Open column {estimate}{} {outlet}", date.day))
    });
    crate::gui::widgets::focus_ring(ui.painter(), theme, &response);
    let painter = ui.painter().with_clip_rect(rect);
    let fill = if response.hovered() { theme.raise } else { theme.chrome };
    painter.rect_filled(rect, 0.0, fill);
    for x in [rect.left(), rect.right()] {
        painter.vline(painter.round_to_pixel_center(x), rect.y_range(), theme.hairline());
    }
    let line = size::SMALL_LINE;
    let mut job = egui::text::LayoutJob::default();
    job.append(estimate, 0.0, theme::format(theme::sans(size::COUNT), line, theme.ink2));
    job.append(&date.day, 0.0, theme::format(theme::sans_bold(size::COUNT), line, theme.ink));
    job.append(&outlet, 8.0, theme::format(theme::sans(size::COUNT), line, theme.dim));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let corner = pos2(rect.center().x + galley.size().y / 2.0, rect.top() + 14.0);
    painter.add(egui::epaint::TextShape::new(corner, galley, theme.ink).with_angle(std::f32::consts::FRAC_PI_2));
    if n_more > 0 {
        let foot = rect.center_bottom() - vec2(0.0, 14.0);
        painter.rect_filled(Rect::from_center_size(foot, vec2(space::SPINE - 2.0, 20.0)), 0.0, fill);
        let count = if n_more < 1000 { format!("+{n_more}") } else { format!("+{}k", n_more / 1000) };
        painter.text(foot, Align2::CENTER_CENTER, count, theme::sans(size::SMALL), theme.ink2);
    }
    if response.has_focus() {
        let stroke = Stroke::new(theme.ring, theme.accent);
        painter.rect_stroke(rect.shrink(1.0), shape::CONTROL_RADIUS, stroke, StrokeKind::Inside);
    }
    let tip = document.title.as_deref().unwrap_or(document.name());
    if response.on_hover_text(tip).clicked() {
        actions.push(Action::SelectDocument(document.id));
    }
}
