//! The rows of a concordance, without a window: places in order of date, and before each new use a line on what
//! changed. Heights are known beforehand, so that ten thousand rows can be scrolled without being laid out.

use std::ops::Range;

use crate::gui::theme::space;
use crate::report::life::Life;

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// What changed around the phrase before this use.
    Turn { use_idx: usize },
    /// A place: its index in [`Life::occurrence_idxs`].
    Place { at: usize, use_idx: usize, is_first: bool },
}

impl Row {
    pub fn height(self) -> f32 {
        match self {
            Self::Turn { .. } => space::TURN_ROW,
            Self::Place { .. } => space::PLACE_ROW,
        }
    }
}

/// All rows with their places from the top.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// Upper edges, and the end of the last row.
    tops: Vec<f32>,
}

impl Rows {
    pub fn new(life: &Life) -> Self {
        let mut rows = Vec::with_capacity(life.occurrence_idxs.len() + life.uses.len());
        for (use_idx, of) in life.uses.iter().enumerate() {
            // A twin of the same day tells nothing of a change, and an undated article follows nothing.
            if life.use_before(use_idx).is_some() {
                rows.push(Row::Turn { use_idx });
            }
            rows.extend(of.places.clone().map(|at| Row::Place { at, use_idx, is_first: at == of.places.start }));
        }
        let mut tops = vec![0.0];
        let mut top = 0.0;
        for row in &rows {
            top += row.height();
            tops.push(top);
        }
        Self { rows, tops }
    }

    pub fn height(&self) -> f32 {
        self.tops.last().copied().unwrap_or_default()
    }

    /// Upper and lower edge of a row.
    pub fn span(&self, idx: usize) -> (f32, f32) {
        let edge = |idx: usize| self.tops.get(idx).copied().unwrap_or_else(|| self.height());
        (edge(idx), edge(idx + 1))
    }

    /// The rows that show between two heights.
    pub fn within(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.tops.partition_point(|edge| *edge <= top).saturating_sub(1);
        let last = self.tops.partition_point(|edge| *edge < bottom).min(self.rows.len());
        first.min(last)..last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::life::Use;

    #[test]
    fn a_new_use_is_led_in_and_a_repeat_or_a_twin_is_not() {
        let day = |year| Some(jiff::civil::date(year, 1, 1));
        let of = |article_idx, day, places| Use { article_idx, day, places };
        let uses = vec![of(0, day(2017), 0..2), of(1, day(2018), 2..3), of(2, day(2018), 3..4), of(3, None, 4..5)];
        let rows = Rows::new(&Life { occurrence_idxs: (0..5).collect(), uses });
        let turns: Vec<usize> = rows
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| matches!(row, Row::Turn { .. }))
            .map(|(idx, _)| idx)
            .collect();
        assert_eq!(turns, [2, 4], "{:?}", rows.rows);
        assert_eq!(rows.height(), 5.0 * space::PLACE_ROW + 2.0 * space::TURN_ROW);
        assert_eq!(rows.within(0.0, 1.0), 0..1);
        assert_eq!(rows.within(space::PLACE_ROW, 3.0 * space::PLACE_ROW), 1..4);
        assert_eq!(rows.within(-9.0, 9999.0), 0..7);
        assert_eq!(rows.within(9999.0, 99999.0), 7..7);
        assert_eq!(rows.span(2), (2.0 * space::PLACE_ROW, 2.0 * space::PLACE_ROW + space::TURN_ROW));
    }
}
