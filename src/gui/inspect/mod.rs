//! How an article was read: what the file is, how it was decoded, what was found in it, and the file as it is.
//!
//! A sheet over the lower part of the view, so that the article stays in sight above it. Facts stand at the left, the
//! file at the right; where there is no room for both, one of them is in front.

mod facts;
mod file;

use egui::{Rect, RichText, Ui, UiBuilder, pos2, vec2};

use super::action::Action;
use super::desk::Desk;
use super::state::Inspect;
use super::theme::{self, Theme, size};
use super::widgets;

/// Width of the facts beside the file.
const FACTS_WIDTH: f32 = 348.0;

/// Facts and file stand side by side from this width on.
const BOTH_FROM: f32 = 760.0;

/// How high the sheet is in a view of this height.
pub fn height(view_height: f32) -> f32 {
    (view_height * 0.62).max(300.0)
}

/// Shows how the article was read.
pub fn inspect_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, inspect: &mut Inspect, actions: &mut Vec<Action>) {
    let Some(document) = desk.corpus().get(inspect.document) else {
        widgets::label_ui(ui, "The article is not open any more", theme::sans(size::UI), theme.ink2);
        return;
    };
    let has_room = ui.available_width() >= BOTH_FROM;
    ui.horizontal(|ui| {
        ui.label(RichText::new("How this article was read").font(theme::serif_bold(16.5)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            super::sheet::close_ui(ui, "Esc or I", actions);
            if !has_room {
                let (says, is_file) = if inspect.is_file_in_front { ("Facts", false) } else { ("The file", true) };
                if ui.button(says).clicked() {
                    inspect.is_file_in_front = is_file;
                }
            }
        });
    });
    ui.separator();
    let area = ui.available_rect_before_wrap();
    if has_room {
        let (left, right) = area.split_left_right_at_x(area.left() + FACTS_WIDTH);
        let x = ui.painter().round_to_pixel_center(left.right() + 12.0);
        ui.painter().vline(x, area.y_range(), theme.hairline());
        facts::facts_ui(&mut part(ui, left, "facts"), theme, desk, document, inspect, actions);
        file::file_ui(&mut part(ui, right.with_min_x(right.left() + 28.0), "file"), theme, inspect);
    } else if inspect.is_file_in_front {
        file::file_ui(&mut part(ui, area, "file"), theme, inspect);
    } else {
        facts::facts_ui(&mut part(ui, area, "facts"), theme, desk, document, inspect, actions);
    }
    ui.advance_cursor_after_rect(area);
}

fn part(ui: &mut Ui, area: Rect, name: &str) -> Ui {
    let mut part = ui.new_child(UiBuilder::new().max_rect(area).id_salt(name));
    part.set_clip_rect(
        Rect::from_min_max(area.min, pos2(area.right(), area.bottom()))
            .expand2(vec2(2.0, 0.0))
            .intersect(ui.clip_rect()),
    );
    part
}
