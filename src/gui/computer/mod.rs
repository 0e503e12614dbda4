//! What this computer offers, as a quiet list: the same checks that `throughline doctor` prints.
//!
//! Each has a sign and a word for how it is, so that nothing hangs on a color; what helps stands under what was found.

use egui::{Align, Layout, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::action::Action;
use super::sheet::heading_ui;
use super::theme::{self, Theme, shape, size};
use super::widgets::label_ui;
use crate::doctor::{Check, Examined, Group, Status};

/// Widths of the columns with the status and the name.
const STATUS: f32 = 92.0;
const NAME: f32 = 168.0;

/// Lines longer than this are hard to follow.
const WIDEST: f32 = 640.0;

/// Shows the list; `None` while it is looked at.
pub fn computer_ui(ui: &mut Ui, theme: &Theme, examined: Option<&Examined>, actions: &mut Vec<Action>) {
    heading_ui(ui, "This computer", actions, |ui, actions| {
        let Some(examined) = examined else { return };
        if ui.button("Copy as text").clicked() {
            actions.push(Action::CopyText(examined.words()));
        }
        if ui.button("Look again").clicked() {
            actions.push(Action::Computer);
        }
    });
    let Some(examined) = examined else {
        label_ui(
            ui,
            "Looking at fonts, folders and the desktop. A small window may flash up.",
            theme::sans(size::UI),
            theme.ink2,
        );
        return;
    };
    label_ui(ui, &examined.sum(), theme::sans_medium(size::UI), theme.ink);
    ui.add_space(4.0);
    ScrollArea::vertical().id_salt("computer").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for group in Group::ALL {
            ui.add_space(10.0);
            label_ui(ui, group.name(), theme::sans_bold(size::UI), theme.ink);
            ui.add_space(3.0);
            for check in examined.checks.iter().filter(|check| check.group == group) {
                check_ui(ui, theme, check);
            }
        }
        ui.add_space(12.0);
    });
}

/// One line: sign and word, name, what was found with what helps.
fn check_ui(ui: &mut Ui, theme: &Theme, check: &Check) {
    let corner = ui.next_widget_position();
    let width = ui.available_width();
    let column =
        |from: f32, to: f32| Rect::from_min_max(pos2(corner.x + from, corner.y + 4.0), pos2(corner.x + to, f32::MAX));
    let top_down = |rect: Rect| UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min));
    let status = check.found.status;
    sign(ui, theme, pos2(corner.x + 7.0, corner.y + 12.0), status);
    let color = if status >= Status::Limited { theme.ink } else { theme.ink2 };
    label_ui(&mut ui.new_child(top_down(column(20.0, STATUS))), status.word(), theme::sans(size::UI), color);
    label_ui(
        &mut ui.new_child(top_down(column(STATUS, STATUS + NAME))),
        check.name,
        theme::sans_medium(size::UI),
        theme.ink,
    );
    let left = (STATUS + NAME).min(width * 0.5);
    let mut words = ui.new_child(top_down(column(left, (left + WIDEST).min(width))));
    words.add(egui::Label::new(RichText::new(&check.found.says).font(theme::sans(size::UI)).color(theme.ink2)).wrap());
    if let Some(remedy) = &check.found.remedy {
        words.add(egui::Label::new(RichText::new(remedy).font(theme::sans(size::UI)).color(theme.ink)).wrap());
    }
    let height = (words.min_rect().height() + 9.0).max(24.0);
    let (row, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    ui.painter().hline(row.x_range(), ui.painter().round_to_pixel_center(row.bottom()), theme.hairline());
}

/// A ring for what is fine, a half-filled one for a limit, a full one for what is broken, a dash for what was not tried.
fn sign(ui: &Ui, theme: &Theme, center: egui::Pos2, status: Status) {
    const RADIUS: f32 = 4.0;
    let painter = ui.painter();
    let stroke = |color| Stroke::new(shape::MARK_STROKE, color);
    match status {
        Status::Fine => {
            painter.circle_stroke(center, RADIUS, stroke(theme.dim));
        }
        Status::NotTried => {
            painter.line_segment([center - vec2(RADIUS, 0.0), center + vec2(RADIUS, 0.0)], stroke(theme.dim));
        }
        Status::Limited => {
            painter.circle_stroke(center, RADIUS, stroke(theme.accent));
            let half = Rect::from_min_max(center - vec2(RADIUS, RADIUS), pos2(center.x, center.y + RADIUS));
            painter.with_clip_rect(half.intersect(ui.clip_rect())).circle_filled(center, RADIUS, theme.accent);
        }
        Status::Broken => {
            let square = Rect::from_center_size(center, vec2(RADIUS, RADIUS) * 2.0);
            painter.rect(square, 1.0, theme.ink, stroke(theme.ink), StrokeKind::Inside);
        }
    }
}
