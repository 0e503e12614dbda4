//! The six kinds of page as small drawings, one of them chosen: a group of radio buttons that answers to the arrows.

use egui::emath::GuiRounding as _;
use egui::{Align2, EventFilter, Key, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::choices::BriefingState;
use super::place;
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::{focus_ring, text_at};
use crate::report::briefing::Kind;

/// Size of a drawing.
const DRAWING: egui::Vec2 = vec2(46.0, 26.0);

/// Draws the group from the cursor on, over the whole width.
pub fn thumbs_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState) {
    let (x, top) = (ui.max_rect().x_range(), ui.cursor().top());
    let mut chosen = None;
    let mut focused = None;
    for (idx, kind) in Kind::ALL.into_iter().enumerate() {
        let cell = place::thumbnail(x, top, idx);
        let response = ui.interact(cell, id(ui, kind), Sense::click());
        let is_chosen = state.kind == kind;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, kind.words()));
        cell_ui(ui, theme, kind, cell, is_chosen, response.hovered());
        focus_ring(ui.painter(), theme, &response);
        if response.has_focus() {
            focused = Some((idx, response.id));
        }
        if response.clicked() {
            chosen = Some(kind);
        }
    }
    if let Some((idx, focus)) = focused {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(focus, filter));
        let kind = Kind::ALL.get(stepped(ui, idx)).copied().filter(|_| stepped(ui, idx) != idx);
        if let Some(kind) = kind {
            let next = id(ui, kind);
            ui.memory_mut(|memory| memory.request_focus(next));
            chosen = Some(kind);
        }
    }
    if let Some(kind) = chosen {
        state.choose_kind(kind);
    }
    let last = place::thumbnail(x, top, Kind::ALL.len() - 1);
    ui.allocate_rect(Rect::from_min_max(pos2(x.min, top), last.max), Sense::hover());
}

fn id(ui: &Ui, kind: Kind) -> egui::Id {
    ui.scope_id().with(("template", kind.name()))
}

/// The place the arrows lead to from `idx`.
fn stepped(ui: &Ui, idx: usize) -> usize {
    let step = ui.input(|input| {
        let n = |key| input.num_presses(key) as isize;
        n(Key::ArrowRight) - n(Key::ArrowLeft) + 3 * (n(Key::ArrowDown) - n(Key::ArrowUp))
    });
    let n_kinds = Kind::ALL.len() as isize;
    usize::try_from((idx as isize + step).rem_euclid(n_kinds)).unwrap_or(idx)
}

fn cell_ui(ui: &Ui, theme: &Theme, kind: Kind, cell: Rect, is_chosen: bool, is_hovered: bool) {
    let painter = ui.painter();
    if is_chosen || is_hovered {
        let fill = if is_chosen { theme.sel } else { theme.chrome };
        let stroke = Stroke::new(shape::HAIRLINE, if is_chosen { theme.accent } else { theme.rule2 });
        painter.rect(cell, shape::CONTROL_RADIUS, fill, stroke, StrokeKind::Inside);
    }
    let corner = pos2(cell.center().x - DRAWING.x / 2.0, cell.top() + 8.0);
    let corner = corner.round_to_pixels(painter.pixels_per_point());
    let page = Rect::from_min_size(corner, DRAWING);
    let stroke = Stroke::new(shape::HAIRLINE, theme.rule2);
    painter.rect(page, shape::MARK_RADIUS, theme.raise, stroke, StrokeKind::Inside);
    draw(painter, theme, kind, page.min);
    let font = if is_chosen { theme::sans_bold(size::SMALL + 0.5) } else { theme::sans(size::SMALL + 0.5) };
    let color = if is_chosen { theme.ink } else { theme.ink2 };
    let at = pos2(cell.center().x, cell.bottom() - 14.0);
    text_at(painter, at, Align2::CENTER_CENTER, kind.words(), font, color);
}

/// The lines of a page: left end, height, length; in points from the corner of the drawing.
fn draw(painter: &Painter, theme: &Theme, kind: Kind, corner: egui::Pos2) {
    let line = |x: f32, y: f32, length: f32, color| {
        let y = painter.round_to_pixel_center(corner.y + y);
        painter.hline(corner.x + x..=corner.x + x + length, y, Stroke::new(shape::MARK_STROKE, color));
    };
    let upright = |x: f32, top: f32, bottom: f32| {
        let x = painter.round_to_pixel_center(corner.x + x);
        painter.vline(x, corner.y + top..=corner.y + bottom, Stroke::new(shape::MARK_STROKE, theme.ink2));
    };
    match kind {
        Kind::Shift => {
            for (y, length) in [(7.0, 25.0), (10.0, 17.0), (16.0, 31.0), (19.0, 21.0)] {
                line(5.0, y, length, theme.ink2);
            }
        }
        Kind::Timeline => {
            upright(6.0, 4.0, 22.0);
            for y in [6.0, 13.0, 20.0] {
                line(12.0, y, 26.0, theme.ink2);
            }
        }
        Kind::Phrase => {
            for (y, left, right) in [(6.0, 7.0, 9.0), (12.0, 5.0, 10.0), (18.0, 9.0, 7.0)] {
                line(18.0 - left, y, left, theme.ink2);
                line(20.0, y, 7.0, theme.accent);
                line(29.0, y, right, theme.ink2);
            }
        }
        Kind::SideBySide => {
            for x in [5.0, 18.0, 31.0] {
                for (y, length) in [(6.0, 9.0), (10.0, 9.0), (14.0, 6.0)] {
                    line(x, y, length, theme.ink2);
                }
            }
        }
        Kind::Matrix => {
            for y in [7.0, 13.0, 19.0] {
                line(5.0, y, 36.0, theme.ink2);
            }
            for x in [17.0, 25.0, 33.0] {
                upright(x, 4.0, 22.0);
            }
        }
        Kind::Sources => {
            for (y, length) in [(5.0, 36.0), (9.0, 36.0), (13.0, 33.0), (17.0, 36.0)] {
                line(5.0, y, length, theme.ink2);
            }
        }
    }
}
