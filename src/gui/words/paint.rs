//! The ground of selected words: over the grounds of marks, which shine through, under the text.
//!
//! An edge in the accent at both ends tells a selection from a mark without color. Contrasts are held by a test of the
//! theme.

use egui::{Painter, Pos2, Rect, Stroke};

use crate::gui::article;
use crate::gui::theme::{Theme, shape};
use crate::text::ByteRange;

/// Draws the ground of `selected` where it lies in the `text` of a galley, which stands at `range` of its article; returns
/// the rows.
pub fn ground(
    painter: &Painter,
    theme: &Theme,
    galley: &egui::Galley,
    text: &str,
    range: ByteRange,
    selected: ByteRange,
    origin: Pos2,
) -> Vec<Rect> {
    let Some(part) = selected.intersection(range) else { return Vec::new() };
    let local = ByteRange::new(part.start - range.start, part.end - range.start);
    let rows = article::placed(article::row_rects(galley, text, local), origin);
    for row in &rows {
        painter.rect_filled(*row, 0.0, theme.selection);
    }
    let edge = Stroke::new(shape::MARK_STROKE, theme.accent);
    if let Some(first) = rows.first().filter(|_| part.start == selected.start) {
        painter.vline(painter.round_to_pixel_center(first.left()), first.y_range(), edge);
    }
    if let Some(last) = rows.last().filter(|_| part.end == selected.end) {
        painter.vline(painter.round_to_pixel_center(last.right()), last.y_range(), edge);
    }
    rows
}
