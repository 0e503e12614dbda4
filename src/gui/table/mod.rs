//! What the tables of the views share: heads that sort, rows that are walked with the keyboard, and an order worked out
//! a few milliseconds a frame.
//!
//! A table has very many rows, all of one height; those in sight alone are laid out. One row can be reached with Tab,
//! arrows lead on from there, and each says the whole of itself to a screen reader.

pub mod head;
pub mod sorting;
pub mod walk;

use std::time::Duration;

/// A column of a table: what it shows, its width in points, and the width of the table from which on it stands.
pub type Column<C> = (C, f32, f32);

/// Left and right edge of each column that stands in a table of `width` points with margins of `margin`, `gap` between
/// them. `points` tells how wide a column is; `filling` takes what is left.
pub fn laid<C: Copy + PartialEq>(
    columns: &[Column<C>],
    (width, margin, gap): (f32, f32, f32),
    filling: C,
    points: impl Fn(&Column<C>) -> f32,
) -> Vec<(C, f32, f32)> {
    let shown: Vec<_> = columns.iter().filter(|(.., from)| width >= *from).collect();
    let taken: f32 = shown.iter().map(|column| points(column) + gap).sum::<f32>() - gap;
    let rest = (width - 2.0 * margin - taken).max(LEAST_FILLING);
    let mut left = margin;
    let mut edges = Vec::with_capacity(shown.len());
    for column in shown {
        let points = if column.0 == filling { rest } else { points(column) };
        edges.push((column.0, left, left + points));
        left += points + gap;
    }
    edges
}

/// The column that takes what is left is never narrower, in points.
const LEAST_FILLING: f32 = 60.0;

/// Time a frame may spend on working out what is listed.
pub const SLICE: Duration = Duration::from_millis(2);

/// No more places are copied at once: some two hundred pages.
pub const MAX_COPIED: usize = 1000;
