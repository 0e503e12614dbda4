//! Statements, shifts and codes as tables, one thing a row, for spreadsheets and statistics programs.
//!
//! Columns are added at the end of their group, never renamed. Where a cell holds several values they are parted by `; `.
//! Every row says which program and which codebook made it, since rows are copied out of their files. Places are counts of
//! Unicode scalar values into the text as `read --json` prints it. `O(n)` in what is written.

mod codes;
pub(super) mod csv;
mod shifts;
mod statements;

pub use codes::write_codebook;
pub use shifts::write_shifts;
pub use statements::write_statements;

use crate::report::Article;
use csv::Cell;

/// What parts several values of a cell.
const PARTING: &str = "; ";

fn joined<'a>(values: impl IntoIterator<Item = &'a str>) -> Cell {
    Cell::text(values.into_iter().collect::<Vec<_>>().join(PARTING))
}

/// Confidences with three digits at most, as JSON has them.
fn rounded(value: f32) -> Cell {
    Cell::plain((f64::from(value) * 1000.0).round() / 1000.0)
}

fn outlet(article: &Article<'_>) -> Cell {
    Cell::some(article.outlet)
}
