//! Where things stand: the choices at the left, the page as large as fits beside them.

use egui::{Rangef, Rect, pos2, vec2};

/// Width of the choices.
pub const PANE: f32 = 348.0;
/// Left and right of the page, where there is room.
const MARGIN: f32 = 40.0;
const LEAST_MARGIN: f32 = 16.0;
/// From the top of the view to the page.
const TOP: f32 = 40.0;
/// Below this width choices and page take turns.
const BESIDE_FROM: f32 = 800.0;
/// Height of what stands under the page: buttons, and the description with its heading.
const BELOW: f32 = 168.0;
/// A page is never drawn narrower for want of height; then the pane scrolls.
const LEAST_PAGE: f32 = 400.0;
/// Two rows of buttons below this width of the page.
pub const ONE_ROW_FROM: f32 = 560.0;
/// Height of the bar that goes from choices to page and back.
pub const SWITCH: f32 = 40.0;

/// How a view is divided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Division {
    Beside {
        pane: Rect,
        page: Rect,
    },
    /// One of the two, under the bar that chooses which.
    InTurn {
        switch: Rect,
        rest: Rect,
    },
}

impl Division {
    pub fn of(area: Rect) -> Self {
        if area.width() < BESIDE_FROM {
            let (switch, rest) = area.split_top_bottom_at_y(area.top() + SWITCH);
            return Self::InTurn { switch, rest };
        }
        let (pane, page) = area.split_left_right_at_x(area.left() + PANE);
        Self::Beside { pane, page }
    }
}

/// Where the page stands in `area`, 16 to 9, on whole pixels; what is below it has the same left and right edge.
pub fn page(area: Rect, pixels_per_point: f32) -> Rect {
    let margin = MARGIN.min(area.width() * 0.043).max(LEAST_MARGIN);
    let top = TOP.min(area.width() * 0.043).max(LEAST_MARGIN);
    let widest = (area.width() - 2.0 * margin).max(1.0);
    let highest = area.height() - top - BELOW;
    let width = (highest * 16.0 / 9.0).max(LEAST_PAGE).min(widest);
    let round = |length: f32| (length * pixels_per_point).round() / pixels_per_point;
    let width = (width * pixels_per_point).floor().max(16.0) / pixels_per_point;
    let height = round(width * 9.0 / 16.0);
    // What is too much stands at both sides.
    let left = round(area.center().x - width / 2.0);
    Rect::from_min_size(pos2(left, round(area.top() + top)), vec2(width, height))
}

/// The width of a page in pixels of the screen.
pub fn pixels(page: Rect, pixels_per_point: f32, max_side: usize) -> u32 {
    let most = u32::try_from(max_side).unwrap_or(u32::MAX).max(16);
    ((page.width() * pixels_per_point).round() as u32).clamp(16, most)
}

/// The cell of a thumbnail in a grid of three columns that begins at `top`.
pub fn thumbnail(x: Rangef, top: f32, idx: usize) -> Rect {
    const GAP: f32 = 8.0;
    const CELL: f32 = 59.0;
    let width = (x.span() - 2.0 * GAP) / 3.0;
    let (row, column) = (idx / 3, idx % 3);
    let left = x.min + column as f32 * (width + GAP);
    Rect::from_min_size(pos2(left, top + row as f32 * (CELL + GAP)), vec2(width, CELL))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(0.0, 44.0), vec2(width, height - 68.0))
    }

    #[test]
    fn page_stands_beside_the_choices_and_fills_what_is_left() {
        let Division::Beside { pane, page: area } = Division::of(view(1280.0, 800.0)) else { panic!("too narrow") };
        assert_eq!((pane.width(), area.left()), (348.0, 348.0));
        let at = page(area, 1.0);
        assert_eq!((at.left(), at.right(), at.top()), (388.0, 1240.0, 84.0));
        // A low window makes it smaller, and it stays in the middle.
        let low = page(view(1920.0, 700.0), 1.0);
        assert!(low.bottom() + BELOW <= 700.0 - 24.0 + 1.0 && (low.center().x - 960.0).abs() <= 1.0, "{low:?}");
    }

    #[test]
    fn edges_are_on_whole_pixels_at_every_scale() {
        for scale in [1.0, 1.25, 1.5, 2.0] {
            for width in [560.0, 801.0, 1280.0, 1919.5] {
                let area = view(width, 800.0);
                let at = page(area, scale);
                for edge in [at.left(), at.top(), at.width(), at.height()] {
                    let edge = edge * scale;
                    assert!((edge - edge.round()).abs() < 0.01, "{scale} {width}: {edge}");
                }
                assert!(at.left() >= area.left() && at.right() <= area.right(), "{scale} {width}");
                assert_eq!(pixels(at, scale, 8192), (at.width() * scale).round() as u32);
            }
        }
    }

    #[test]
    fn choices_and_page_take_turns_in_a_narrow_window() {
        let Division::InTurn { switch, rest } = Division::of(view(560.0, 400.0)) else { panic!("wide enough") };
        assert_eq!((switch.height(), rest.top()), (SWITCH, 84.0));
        let at = page(rest, 2.0);
        assert!(at.width() >= LEAST_PAGE && at.right() <= 560.0, "{at:?}");
    }

    #[test]
    fn thumbnails_fill_the_width_in_rows_of_three() {
        let x = Rangef::new(20.0, 328.0);
        assert_eq!(thumbnail(x, 85.0, 0).left(), 20.0);
        assert!((thumbnail(x, 85.0, 5).right() - 328.0).abs() < 0.01);
        assert_eq!(thumbnail(x, 85.0, 3).top(), 152.0);
    }
}
