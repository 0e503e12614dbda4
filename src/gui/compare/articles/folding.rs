//! Places of the inline text's rows: heights measured where they are seen, estimated elsewhere, and what is folded.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::job::Compared;
use super::rows::{Row, RowKind};

/// Height of the line that stands for folded paragraphs.
pub const FOLD: f32 = 40.0;
/// Points of height for a byte of text at a width of one point: from the type of the rows.
const HEIGHT_OF_BYTE: f32 = 6.9 * 28.0;
/// Air under a row.
pub const GAP: f32 = 12.0;

/// One line of the list: a row, or the line that stands for those of a fold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Item {
    Row(usize),
    /// Number of the fold, and of the rows in it.
    Fold(usize, usize),
}

/// The rows of one comparison with their heights.
#[derive(Clone, Debug, Default)]
pub struct Folding {
    of: Option<Arc<Compared>>,
    width: f32,
    opened: BTreeSet<usize>,
    items: Vec<Item>,
    heights: Vec<f32>,
    tops: Vec<f32>,
    /// The row to go to in the next frame.
    pub go_to: Option<usize>,
}

impl Folding {
    /// Makes ready for a comparison at a width; what is known of another one goes.
    pub fn follow(&mut self, compared: &Arc<Compared>, width: f32) {
        let is_same = self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, compared));
        if is_same && (self.width - width).abs() < 0.5 {
            return;
        }
        if !is_same {
            self.opened.clear();
            self.of = Some(Arc::clone(compared));
        }
        self.width = width;
        self.list();
    }

    /// Opens a fold.
    pub fn open(&mut self, fold: usize) {
        self.opened.insert(fold);
        self.list();
    }

    /// Goes to a row in the next frame, and opens the fold it is in.
    pub fn go_to(&mut self, row: usize) {
        let fold = self.rows().get(row).and_then(|row| row.fold);
        if let Some(fold) = fold.filter(|fold| !self.opened.contains(fold)) {
            self.open(fold);
        }
        self.go_to = Some(row);
    }

    fn rows(&self) -> &[Row] {
        self.of.as_ref().map_or(&[], |of| of.rows.as_slice())
    }

    fn list(&mut self) {
        let mut items: Vec<Item> = Vec::new();
        for (idx, row) in self.rows().iter().enumerate() {
            match (row.fold.filter(|fold| !self.opened.contains(fold)), items.last_mut()) {
                (Some(fold), Some(Item::Fold(last, n_rows))) if *last == fold => *n_rows += 1,
                (Some(fold), _) => items.push(Item::Fold(fold, 1)),
                (None, _) => items.push(Item::Row(idx)),
            }
        }
        let estimate = |item: &Item| match *item {
            Item::Fold(..) => FOLD,
            Item::Row(idx) => {
                let n_bytes: usize =
                    self.rows().get(idx).map_or(0, |row| row.runs.iter().map(|run| run.text.len()).sum());
                let is_away = self.rows().get(idx).is_some_and(|row| matches!(row.kind, RowKind::Away { .. }));
                if is_away { FOLD } else { (n_bytes as f32 * HEIGHT_OF_BYTE / self.width.max(1.0)).max(28.0) + GAP }
            }
        };
        self.heights = items.iter().map(estimate).collect();
        self.items = items;
        self.sum();
    }

    fn sum(&mut self) {
        self.tops.clear();
        let mut top = 0.0;
        self.tops.push(top);
        for height in &self.heights {
            top += height;
            self.tops.push(top);
        }
    }

    /// Takes the true height of an item. Returns by how much it is more than was thought.
    pub fn measured(&mut self, idx: usize, height: f32) -> f32 {
        let Some(known) = self.heights.get_mut(idx) else { return 0.0 };
        let by = height - *known;
        if by.abs() < 0.25 {
            return 0.0;
        }
        *known = height;
        self.sum();
        by
    }

    pub fn height(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Indices of the items between two heights.
    pub fn visible(&self, top: f32, bottom: f32) -> std::ops::Range<usize> {
        let first = self.tops.partition_point(|&y| y <= top).saturating_sub(1);
        let last = self.tops.partition_point(|&y| y < bottom).min(self.items.len());
        first.min(last)..last
    }

    /// An item and its top.
    pub fn item(&self, idx: usize) -> Option<(Item, f32)> {
        Some((*self.items.get(idx)?, *self.tops.get(idx)?))
    }

    /// The top of a row, or of the fold it is in.
    pub fn top_of(&self, row: usize) -> Option<f32> {
        let idx = self.items.iter().position(|item| *item == Item::Row(row))?;
        self.tops.get(idx).copied()
    }

    /// The row after (or before) the height `from` where something changed, the first of a run of them.
    pub fn next_change(&self, from: f32, step: isize) -> Option<usize> {
        let is_change = |row: usize| self.rows().get(row).is_some_and(|row| row.kind != RowKind::Same);
        let is_first = |row: usize| is_change(row) && !row.checked_sub(1).is_some_and(is_change);
        let mut places = self.items.iter().zip(&self.tops).filter_map(|(item, top)| match item {
            Item::Row(row) if is_first(*row) => Some((*row, *top)),
            _ => None,
        });
        match step {
            1.. => places.find(|(_, top)| *top > from + 1.0).map(|(row, _)| row),
            _ => places.take_while(|(_, top)| *top < from - 1.0).last().map(|(row, _)| row),
        }
    }
}
