//! The checks: quiet where they passed; one that failed stands first, in ink, and says what to do.

use egui::text::LayoutJob;
use egui::{Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::gui::theme::{self, Theme, shape, size};
use crate::report::briefing::checks::Check;

const ROW: f32 = 20.0;
/// From the left edge to the words.
const INDENT: f32 = 22.0;

/// "all passed", "1 of 6 failed".
pub fn summary(checks: &[Check]) -> String {
    match checks.iter().filter(|check| check.advice.is_some()).count() {
        0 => "all passed".to_owned(),
        n_failed => format!("{n_failed} of {} to look at", checks.len()),
    }
}

/// Draws one check after the other.
pub fn checks_ui(ui: &mut Ui, theme: &Theme, checks: &[Check]) {
    for check in checks {
        check_ui(ui, theme, check);
    }
}

fn check_ui(ui: &mut Ui, theme: &Theme, check: &Check) {
    let width = ui.available_width();
    let room = width - INDENT;
    let is_passed = check.advice.is_none();
    let name_font = if is_passed { theme::sans(size::UI) } else { theme::sans_bold(size::UI) };
    let line = |text: &str, font, color, room: f32| {
        let mut job = LayoutJob::default();
        job.append(text, 0.0, theme::format(font, size::SMALL_LINE + 1.0, color));
        job.wrap.max_width = room;
        ui.painter().layout_job(job)
    };
    let name = line(check.name, name_font, theme.ink, room);
    let saw_color = if is_passed { theme.dim } else { theme.ink };
    let mut saw = line(&check.saw, theme::sans(size::DATE - 0.5), saw_color, f32::INFINITY);
    // What does not fit beside the name stands under it.
    let is_beside = name.size().x + 12.0 + saw.size().x <= room;
    if !is_beside {
        saw = line(&check.saw, theme::sans(size::DATE - 0.5), saw_color, room);
    }
    let advice = check.advice.as_ref().map(|words| line(words, theme::sans(size::DATE), theme.ink, room));
    let mut height = ROW;
    height += if is_beside { 0.0 } else { saw.size().y };
    height += advice.as_ref().map_or(0.0, |advice| advice.size().y + 4.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, in_full(check)));
    let painter = ui.painter();
    let middle = rect.top() + ROW / 2.0;
    let left = rect.left() + INDENT;
    sign(ui, theme, pos2(rect.left() + 7.0, middle), is_passed);
    let mut below = middle + name.size().y / 2.0;
    painter.galley(pos2(left, middle - name.size().y / 2.0), name, theme.ink);
    if is_beside {
        painter.galley(pos2(rect.right() - saw.size().x, middle - saw.size().y / 2.0), saw, saw_color);
    } else {
        let height = saw.size().y;
        painter.galley(pos2(left, below), saw, saw_color);
        below += height;
    }
    if let Some(advice) = advice {
        painter.galley(pos2(left, below), advice, theme.ink);
    }
}

/// A tick, or an exclamation in a box.
fn sign(ui: &Ui, theme: &Theme, center: Pos2, is_passed: bool) {
    let painter = ui.painter();
    if is_passed {
        let tick = [vec2(-5.0, 0.5), vec2(-1.5, 4.0), vec2(5.5, -4.0)].map(|at| center + at);
        painter.line(tick.to_vec(), Stroke::new(shape::STRONG_STROKE, theme.accent));
        return;
    }
    painter.rect_filled(Rect::from_center_size(center, vec2(14.0, 14.0)), shape::BADGE_RADIUS, theme.ink);
    let stroke = Stroke::new(shape::STRONG_STROKE, theme.paper);
    painter.line_segment([center + vec2(0.0, -4.5), center + vec2(0.0, 1.0)], stroke);
    painter.line_segment([center + vec2(0.0, 2.8), center + vec2(0.0, 4.8)], stroke);
}

/// As it is read aloud.
fn in_full(check: &Check) -> String {
    match &check.advice {
        None => format!("{}: passed, {}", check.name, check.saw),
        Some(advice) => format!("{}: not passed, {}. {advice}", check.name, check.saw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_summed_up_and_read_in_full() {
        let passed = Check { name: "Contrast", saw: "lowest 9.4".to_owned(), advice: None };
        let failed = Check {
            name: "Words per source",
            saw: "74, cap 60".to_owned(),
            advice: Some("Shorten a quotation".to_owned()),
        };
        assert_eq!(summary(std::slice::from_ref(&passed)), "all passed");
        assert_eq!(summary(&[failed.clone(), passed.clone()]), "1 of 2 to look at");
        assert_eq!(in_full(&passed), "Contrast: passed, lowest 9.4");
        assert_eq!(in_full(&failed), "Words per source: not passed, 74, cap 60. Shorten a quotation");
    }
}
