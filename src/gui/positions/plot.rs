//! Where things stand on the chart: pure geometry, tested without a window.

use egui::{Pos2, Rangef, Rect};

use super::board::Board;
use crate::analysis::timeline::Timeline;

/// Heights in points inside the head of the chart, from its top.
pub const DATE_Y: f32 = 23.0;
pub const BASIS_Y: f32 = 37.0;
pub const BRACKET_Y: f32 = 49.0;
pub const AXIS_Y: f32 = 62.0;
pub const EVENT_Y: f32 = 74.0;
pub const HEAD: f32 = 88.0;
/// Rows are as tall as the window allows between these: below, marks would not be told apart; above, the eye loses
/// the theme.
pub const MIN_ROW: f32 = 26.0;
pub const MAX_ROW: f32 = 60.0;
/// Width of a fold, wide enough for "4 y 5 m".
pub const FOLD: f32 = 58.0;
/// Margin left and right of the chart.
pub const MARGIN: f32 = 24.0;
/// Width kept for articles without a date.
const UNDATED: f32 = 92.0;
/// Up to so many labels are moved apart rather than left out.
const FEW_LABELS: usize = 8;
/// Gap between neighboring marks and around clusters.
pub const MARK_GAP: f32 = 3.0;

/// The places of one frame.
#[derive(Clone, Debug)]
pub struct Plot {
    /// The whole chart, head included.
    pub rect: Rect,
    pub timeline: Timeline,
    /// Left and right end of the axis.
    pub axis: Rangef,
    pub row_height: f32,
    /// Of the marks, see [`mark_scale`].
    pub scale: f32,
    /// Do days stand so close that only the strongest mark of each place is drawn?
    pub is_crowded: bool,
    /// Middle of each column.
    pub xs: Vec<f32>,
    /// Room of each column for marks.
    pub rooms: Vec<(f32, f32)>,
}

impl Plot {
    /// Lays `board` out in `rect` with rows of `row_height` points.
    pub fn new(board: &Board, rect: Rect, row_height: f32) -> Self {
        let names = name_width(rect.width());
        let has_undated = board.columns.last().is_some_and(|column| column.day.is_none());
        let right = rect.right() - MARGIN - if has_undated { UNDATED } else { 0.0 };
        let left = rect.left() + MARGIN + names;
        let axis = Rangef::new(left, right.max(left + 1.0));
        let timeline = board.timeline(FOLD / axis.span());
        let x_of = |day| egui::lerp(axis, timeline.place(day));
        let xs: Vec<f32> =
            board.columns.iter().map(|column| column.day.map_or(rect.right() - MARGIN - UNDATED / 2.0, x_of)).collect();
        let walls = walls(&timeline, axis, has_undated);
        let rooms = (0..xs.len()).map(|idx| room(&xs, idx, &walls)).collect();
        let step = middle_step(&xs);
        let scale = mark_scale(row_height) * (step / 30.0).clamp(0.55, 1.0);
        Self { rect, timeline, axis, row_height, scale, is_crowded: step < MARK_GAP, xs, rooms }
    }

    pub fn x(&self, day: jiff::civil::Date) -> f32 {
        egui::lerp(self.axis, self.timeline.place(day))
    }

    pub fn rows_top(&self) -> f32 {
        self.rect.top() + HEAD
    }

    pub fn row_y(&self, row_idx: usize) -> f32 {
        (self.rows_top() + (row_idx as f32 + 0.5) * self.row_height).floor() + 0.5
    }

    pub fn bottom(&self, n_rows: usize) -> f32 {
        self.rows_top() + n_rows as f32 * self.row_height
    }

    /// The strips that are left out of the axis, as left and right ends.
    pub fn folds(&self) -> Vec<Rangef> {
        let x = |place| egui::lerp(self.axis, place);
        self.timeline.folds().map(|fold| Rangef::new(x(fold.start), x(fold.end))).collect()
    }

    /// The stretches between the folds, from edge to edge of the window: a label belongs to one of them.
    pub fn stretches(&self) -> Vec<Rangef> {
        let mut pieces = self.pieces();
        if let Some(last) = pieces.last_mut() {
            last.max = self.rect.right() - 12.0;
        }
        pieces.into_iter().map(|piece| Rangef::new(piece.min + 3.0, piece.max - 3.0)).collect()
    }

    /// The pieces of a row's line: nothing is drawn across a fold.
    pub fn pieces(&self) -> Vec<Rangef> {
        let mut from = self.rect.left() + MARGIN;
        let mut pieces = Vec::new();
        for fold in self.folds() {
            pieces.push(Rangef::new(from, fold.min));
            from = fold.max;
        }
        pieces.push(Rangef::new(from, self.rect.right() - MARGIN));
        pieces
    }

    pub fn point(&self, column_idx: usize, row_idx: usize) -> Pos2 {
        Pos2::new(self.xs.get(column_idx).copied().unwrap_or(self.axis.min), self.row_y(row_idx))
    }
}

/// Marks are drawn at 0.82 in the rows of a window of 800 points, in full in those of 1080.
fn mark_scale(row_height: f32) -> f32 {
    (0.82 + (row_height - 37.0) / 128.0).clamp(0.7, 1.0)
}

/// The distance of two neighboring days in the middle of all distances; marks shrink below 30 points.
fn middle_step(xs: &[f32]) -> f32 {
    let mut steps: Vec<f32> = xs.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(f32::INFINITY)
}

/// Width of the theme names in a chart of `width` points.
pub fn name_width(width: f32) -> f32 {
    (width * 0.155).clamp(140.0, 240.0)
}

/// Places that no cluster of marks may cross.
fn walls(timeline: &Timeline, axis: Rangef, has_undated: bool) -> Vec<f32> {
    let mut walls = vec![axis.min - 26.0];
    for fold in timeline.folds() {
        walls.extend([egui::lerp(axis, fold.start), egui::lerp(axis, fold.end)]);
    }
    walls.push(axis.max + if has_undated { 0.0 } else { MARGIN - 4.0 });
    if has_undated {
        walls.push(axis.max + UNDATED);
    }
    walls
}

/// The room of a column: halfway to its neighbors, and never across a wall.
fn room(xs: &[f32], idx: usize, walls: &[f32]) -> (f32, f32) {
    let x = xs[idx];
    let mut left = f32::NEG_INFINITY;
    let mut right = f32::INFINITY;
    if let Some(before) = idx.checked_sub(1).and_then(|idx| xs.get(idx)) {
        left = left.max(f32::midpoint(*before, x) + MARK_GAP);
    }
    if let Some(after) = xs.get(idx + 1) {
        right = right.min(f32::midpoint(*after, x) - MARK_GAP);
    }
    for wall in walls {
        if *wall <= x {
            left = left.max(*wall + MARK_GAP);
        } else {
            right = right.min(*wall - MARK_GAP);
        }
    }
    (left.min(x), right.max(x))
}

/// Where labels of `widths` that belong to `xs` can stand side by side inside `range`: as near to their place as
/// possible, none over another. `None` for a label that would have to stray more than its own width.
pub fn spread_labels(xs: &[f32], widths: &[f32], range: Rangef, gap: f32) -> Vec<Option<f32>> {
    let mut centers: Vec<Option<f32>> = vec![None; xs.len()];
    // A few close labels are moved apart; of many, those that do not fit are left out, the last one excepted.
    let (least, between) = if xs.len() <= FEW_LABELS { (0.6, 0.0) } else { (1.0, gap) };
    let mut kept: Vec<usize> = Vec::new();
    for idx in 0..xs.len() {
        let is_crowded =
            kept.last().is_some_and(|last| xs[idx] - xs[*last] < least * 0.5 * (widths[idx] + widths[*last]) + between);
        if is_crowded && idx + 1 == xs.len() && kept.len() > 1 {
            kept.pop();
        }
        if !is_crowded || idx + 1 == xs.len() {
            kept.push(idx);
        }
    }
    let mut places: Vec<f32> = kept.iter().map(|idx| xs[*idx]).collect();
    let half = |at: usize| widths[kept[at]] / 2.0;
    for _ in 0..24 {
        for at in 1..places.len() {
            let overlap = half(at - 1) + half(at) + gap - (places[at] - places[at - 1]);
            if overlap > 0.0 {
                places[at - 1] -= overlap / 2.0;
                places[at] += overlap / 2.0;
            }
        }
        for (at, place) in places.iter_mut().enumerate() {
            *place = place.max(range.min + half(at)).min(range.max - half(at));
        }
    }
    let mut right = f32::NEG_INFINITY;
    for (at, place) in places.into_iter().enumerate() {
        let idx = kept[at];
        let strays = (place - xs[idx]).abs() > widths[idx];
        if place - half(at) + 0.5 >= right && !strays {
            centers[idx] = Some(place);
            right = place + half(at);
        }
    }
    centers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_apart_and_stay_inside() {
        let range = Rangef::new(0.0, 400.0);
        let places = spread_labels(&[100.0, 150.0, 390.0], &[70.0, 70.0, 70.0], range, 6.0);
        let places: Vec<f32> = places.into_iter().flatten().collect();
        assert_eq!(places.len(), 3);
        assert!(places[1] - places[0] >= 75.9, "{places:?}");
        assert!(places[2] <= 365.0, "{places:?}");
    }

    #[test]
    fn labels_that_do_not_fit_are_left_out_and_none_overlap() {
        let xs: Vec<f32> = (0..40).map(|idx| idx as f32 * 10.0).collect();
        let widths = vec![60.0; 40];
        let places = spread_labels(&xs, &widths, Rangef::new(0.0, 400.0), 4.0);
        let shown: Vec<f32> = places.into_iter().flatten().collect();
        assert!(!shown.is_empty() && shown.len() <= 7, "{shown:?}");
        assert!(shown.windows(2).all(|pair| pair[1] - pair[0] >= 59.0), "{shown:?}");
    }

    #[test]
    fn a_column_has_room_to_its_neighbors_and_to_the_walls() {
        let xs = [100.0, 160.0, 400.0];
        let walls = [60.0, 200.0, 240.0, 420.0];
        assert_eq!(room(&xs, 0, &walls), (63.0, 127.0));
        assert_eq!(room(&xs, 1, &walls), (133.0, 197.0));
        assert_eq!(room(&xs, 2, &walls), (283.0, 417.0));
    }
}
