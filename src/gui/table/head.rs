//! The head of a column: its name, and where it sorts, an arrow that shows the order.

use egui::{Align2, Id, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::gui::chip;
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::focus_ring;

/// Room of the arrow beside a name.
const ARROW: f32 = 14.0;

/// What a head says.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub name: &'static str,
    /// How the table begins at present, where it is sorted by this column: "earliest first".
    pub now: Option<&'static str>,
    /// And after a click.
    pub next: &'static str,
    /// Does the arrow point down?
    pub is_turned: bool,
}

/// Draws a head into `place`. Was it clicked?
pub fn head_ui(ui: &Ui, theme: &Theme, table: &str, place: Rect, head: Head) -> bool {
    let is_chosen = head.now.is_some();
    let font = if is_chosen { theme::sans_bold(size::SMALL) } else { theme::sans(size::SMALL) };
    let color = if is_chosen { theme.ink } else { theme.ink2 };
    let galley = ui.painter().layout_no_wrap(head.name.to_owned(), font, color);
    let words = Align2::LEFT_CENTER.anchor_size(place.left_center(), galley.size());
    let area = words.expand2(vec2(4.0, 6.0)).with_max_x(words.right() + if is_chosen { ARROW } else { 4.0 });
    let response = ui.interact(area, Id::unique((table, "sort", head.name)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, is_chosen, spoken(head)));
    if response.hovered() {
        let y = ui.painter().round_to_pixel_center(words.bottom() + 1.0);
        ui.painter().hline(words.x_range(), y, Stroke::new(shape::HAIRLINE, theme.rule2));
    }
    ui.painter().galley(words.min, galley, color);
    if is_chosen {
        let at = pos2(words.right() + 9.0, words.center().y + 0.5);
        chip::arrow(ui.painter(), at, !head.is_turned, theme.ink);
    }
    focus_ring(ui.painter(), theme, &response);
    told(response, head).clicked()
}

fn told(response: Response, head: Head) -> Response {
    response.on_hover_text(format!("Sort: {}", head.next))
}

/// "Sort by date, now earliest first".
fn spoken(head: Head) -> String {
    let now = head.now.map_or(String::new(), |now| format!(", now {now}"));
    format!("Sort by {}{now}", head.name.to_lowercase())
}
