//! A box that is checked, half checked or not.

use egui::{Id, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::gui::theme::{Theme, shape};
use crate::gui::widgets::focus_ring;

/// Length of its side.
const SIDE: f32 = 14.0;

/// Of several things: all, none, or some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    None,
    Some,
    All,
}

impl Check {
    pub fn of(n_checked: usize, n_all: usize) -> Self {
        match n_checked {
            0 => Self::None,
            n if n >= n_all => Self::All,
            _ => Self::Some,
        }
    }
}

/// Draws a box in the middle of `place`, all of which takes clicks. `sense` says whether the keyboard stops there.
pub fn check_ui(ui: &Ui, theme: &Theme, place: Rect, id: Id, sense: Sense, check: Check, name: &str) -> Response {
    let response = ui.interact(place, id, sense);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, check != Check::None, name));
    paint(ui, theme, place.center(), check, response.hovered());
    focus_ring(ui.painter(), theme, &response);
    response.on_hover_text(name)
}

fn paint(ui: &Ui, theme: &Theme, center: Pos2, check: Check, is_hovered: bool) {
    let rect = Rect::from_center_size(center, vec2(SIDE, SIDE));
    let painter = ui.painter();
    // An outline, not a filled box: in the usual case a whole column is checked.
    let color = if is_hovered { theme.ink2 } else { theme.dim };
    painter.rect(rect, shape::BADGE_RADIUS, theme.raise, Stroke::new(shape::HAIRLINE, color), StrokeKind::Inside);
    let stroke = Stroke::new(shape::STRONG_STROKE, theme.accent);
    let dash = center.x - 3.5..=center.x + 3.5;
    match check {
        Check::None => {}
        Check::Some => {
            painter.hline(dash, center.y, stroke);
        }
        Check::All => {
            let tick = [vec2(-3.5, 0.0), vec2(-1.0, 2.8), vec2(3.8, -3.2)].map(|by| center + by);
            painter.line(tick.to_vec(), stroke);
        }
    }
}
