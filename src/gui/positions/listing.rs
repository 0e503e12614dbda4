//! The rows of the table and their order, worked out in slices: thousands of articles have a hundred thousand of them.
//!
//! A row is a theme and a statement, as places in board and analysis. What was listed before stays in sight while the same
//! statements are put in another order; an order turned round is read from its end.

use std::sync::Arc;
use std::time::Instant;

use super::board::Board;
use super::spoken;
use crate::analysis::StatementId;
use crate::analysis::statements::Statement;
use crate::gui::Scene;
use crate::gui::state::TableOrder;
use crate::gui::table::SLICE;
use crate::gui::table::sorting::{RUN, Sorting};
use crate::text::compare::fold;

/// Letters by which words are compared.
const MAX_CHARS: usize = 48;

/// A number, then words, then the place of the statement, which is the order of date.
type Key = (u64, Box<str>, usize);

/// Theme and statement, as places in the board and in the analysis.
type Row = (u32, usize);

/// The rows of a board in one order.
#[derive(Clone, Debug, Default)]
pub struct TableCache {
    making: Option<Making>,
    made: Option<(Arc<Board>, TableOrder)>,
    /// In the order of the board.
    rows: Arc<Vec<Row>>,
    /// Places in `rows`, sorted.
    order: Arc<Vec<u32>>,
    cursor: Option<((String, StatementId), u64, Option<usize>)>,
    /// Counts the orders that were finished.
    version: u64,
}

#[derive(Clone, Debug)]
struct Making {
    of: (Arc<Board>, TableOrder),
    rows: Arc<Vec<Row>>,
    at: usize,
    sorting: Sorting<Key>,
}

/// What a row shows.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Its id; empty for a statement without a theme.
    pub theme: &'a str,
    pub statement: &'a Statement,
}

impl TableCache {
    /// Goes on with the rows of `board` in this order. Is there more to do?
    pub fn advance(&mut self, scene: &Scene, board: &Arc<Board>, order: TableOrder) -> bool {
        let is_it = |(known, of): &(Arc<Board>, TableOrder)| Arc::ptr_eq(known, board) && *of == order;
        if self.made.as_ref().is_some_and(is_it) {
            return false;
        }
        if !self.made.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, board)) {
            (self.rows, self.order, self.made) = Default::default();
        }
        let making = self.making.take().filter(|making| is_it(&making.of));
        let mut making = making.unwrap_or_else(|| Making {
            of: (Arc::clone(board), order),
            rows: Arc::new(rows(board)),
            at: 0,
            sorting: Sorting::default(),
        });
        if !making.advance(scene, Instant::now() + SLICE) {
            self.making = Some(making);
            return true;
        }
        (self.rows, self.order) = (making.rows, Arc::new(making.sorting.into_order()));
        self.made = Some(making.of);
        self.version += 1;
        false
    }

    pub fn n_rows(&self) -> usize {
        self.order.len()
    }

    /// What stands in a row.
    pub fn item<'a>(&'a self, scene: &Scene<'a>, row: usize, is_turned: bool) -> Option<Item<'a>> {
        let row = if is_turned { self.order.len().checked_sub(row + 1)? } else { row };
        let &(theme, statement) = self.rows.get(*self.order.get(row)? as usize)?;
        let theme = self.made.as_ref()?.0.rows.get(theme as usize)?;
        Some(Item { theme: &theme.theme, statement: scene.analysis.statements.get(statement)? })
    }

    /// The row of a statement on a theme.
    pub fn row_of(&mut self, scene: &Scene, of: Option<&(String, StatementId)>, is_turned: bool) -> Option<usize> {
        let of = of?;
        let is_known = self.cursor.as_ref().is_some_and(|(known, version, _)| known == of && *version == self.version);
        if !is_known {
            let is_it = |row: &usize| {
                let item = self.item(scene, *row, false);
                item.is_some_and(|item| item.statement.id == of.1 && item.theme == of.0)
            };
            let row = (0..self.order.len()).find(is_it);
            self.cursor = Some((of.clone(), self.version, row));
        }
        let row = self.cursor.as_ref().and_then(|(.., row)| *row)?;
        if is_turned { self.order.len().checked_sub(row + 1) } else { Some(row) }
    }

    /// The first statements in order, each once.
    pub fn statements(&self, scene: &Scene, n_at_most: usize, is_turned: bool) -> Vec<StatementId> {
        let mut seen = rustc_hash::FxHashSet::default();
        let ids = (0..self.order.len()).filter_map(|row| self.item(scene, row, is_turned)).map(|it| it.statement.id);
        ids.filter(|id| seen.insert(*id)).take(n_at_most).collect()
    }
}

impl Making {
    /// Is all in order?
    fn advance(&mut self, scene: &Scene, due: Instant) -> bool {
        while self.at < self.rows.len() {
            let end = (self.at + RUN).min(self.rows.len());
            let run = self.rows.get(self.at..end).unwrap_or_default().iter();
            let run = run.zip(u32::try_from(self.at).unwrap_or(u32::MAX)..);
            self.sorting.push(run.map(|(row, idx)| (key(scene, &self.of, *row), idx)).collect());
            self.at = end;
            if Instant::now() >= due {
                return false;
            }
        }
        self.sorting.join(due)
    }
}

/// All rows, theme by theme in order of date.
fn rows(board: &Board) -> Vec<Row> {
    let themes = board.rows.iter().zip(0_u32..);
    themes
        .flat_map(|(row, theme)| {
            row.cells.iter().flat_map(move |cell| cell.statements.iter().map(move |&statement| (theme, statement)))
        })
        .collect()
}

fn key(scene: &Scene, (board, order): &(Arc<Board>, TableOrder), (theme, idx): Row) -> Key {
    let Some(statement) = scene.analysis.statements.get(idx) else { return (u64::MAX, Box::default(), idx) };
    let of_theme = board.rows.get(theme as usize).map_or("", |row| row.theme.as_str());
    let number = |number: u64| (number, Box::default(), idx);
    let letters = |words: &str| {
        let words: String = words.chars().take(MAX_CHARS).collect();
        (0, fold(&words).into(), idx)
    };
    match order {
        TableOrder::Date => number(0),
        TableOrder::Theme => number(u64::from(theme)),
        // Strongest first; what has no force stands last.
        TableOrder::Force => number(statement.force.map_or(u64::MAX, |force| u64::from(u8::MAX - force))),
        TableOrder::Direction => number(statement.direction_on(of_theme).map_or(u64::MAX, |it| it as u64)),
        TableOrder::Source => number(2 * statement.quotation as u64 + 16 * u64::from(!statement.is_official)),
        TableOrder::Speaker => letters(spoken::speaker(statement)),
        TableOrder::Words => letters(&spoken::words(scene, statement)),
    }
}
