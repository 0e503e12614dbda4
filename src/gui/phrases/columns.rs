//! The columns of the matrix: one for each article in order of date, or, where they do not fit, one for each month, year
//! or run of years; and where everything stands across the window. Pure geometry, tested without a window.
//!
//! Grouped columns say how many articles they hold. Undated articles have a column of their own, the last. `O(n)` in
//! the articles, done when the corpus or the width changes.

use std::ops::Range;

use jiff::civil::Date;

use crate::document::{Corpus, Document};
use crate::gui::theme::space;
use crate::report::dates;

/// Columns are at least this wide: "Sep 2017" in the small type of a head.
const MIN_WIDTH: f32 = 58.0;
/// Wider ones would tear a row apart; in points, or as a share of the window where that is more.
const MAX_WIDTH: f32 = 96.0;
const MAX_SHARE: f32 = 0.075;
/// From this width on there is room for the days of first and last use, and for the number of articles.
const DAYS_FROM: f32 = 860.0;
const ARTICLES_FROM: f32 = 720.0;
/// The width of a cell that counts one, and what each doubling adds.
const CELL: f32 = 31.0;
const CELL_STEP: f32 = 9.5;

/// Where the parts of the table stand, in points from its left edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Middle of the letter or dot.
    pub sign: f32,
    /// Left edge of the names, and where they end.
    pub name: (f32, f32),
    /// Room for the columns of the matrix.
    pub matrix: (f32, f32),
    /// Left edges of the days of first and last use; none in a narrow window.
    pub days: Option<(f32, f32)>,
    /// Right edge of the number of articles; none in a very narrow window.
    pub articles: Option<f32>,
    /// Right edge of the number of occurrences.
    pub occurrences: f32,
}

impl Grid {
    /// The parts for so many articles: where these have columns of their own only without the days, the days go.
    pub fn new(width: f32, n_articles: usize) -> Self {
        let [with_days, without] = [true, false].map(|has_days| Self::with(width, has_days));
        let fits = |grid: &Self| grid.n_fit() >= n_articles;
        if width >= DAYS_FROM && (fits(&with_days) || !fits(&without)) { with_days } else { without }
    }

    fn with(width: f32, has_days: bool) -> Self {
        let right = width - space::TABLE_MARGIN;
        let (numbers, has_articles) = match width {
            _ if has_days => (380.0, true),
            _ if width >= ARTICLES_FROM => (164.0, true),
            _ => (84.0, false),
        };
        let left = space::TABLE_MARGIN + 34.0;
        let share = if width >= ARTICLES_FROM { 0.235 } else { 0.3 };
        let name_right = left + (width * share).clamp(96.0, 460.0);
        let matrix_right = (right - numbers - 12.0).max(name_right + MIN_WIDTH);
        Self {
            sign: space::TABLE_MARGIN + 8.0,
            name: (left, name_right),
            matrix: (name_right, matrix_right),
            days: has_days.then_some((right - 380.0, right - 272.0)),
            articles: has_articles.then_some(right - 90.0),
            occurrences: right,
        }
    }

    /// How many columns fit.
    pub fn n_fit(&self) -> usize {
        ((self.matrix.1 - self.matrix.0) / MIN_WIDTH).floor().max(1.0) as usize
    }

    /// The middle of a column, and how wide columns are. Few columns stand at the right of their room, beside the days.
    pub fn column(&self, column_idx: usize, n_columns: usize) -> (f32, f32) {
        let room = self.matrix.1 - self.matrix.0;
        let width = (room / n_columns.max(1) as f32).min(MAX_WIDTH.max(self.occurrences * MAX_SHARE));
        let left = self.matrix.1 - width * n_columns as f32;
        (left + width * (column_idx as f32 + 0.5), width)
    }
}

/// How wide the cell of a count is drawn in a column: it grows with the count, ever more slowly.
pub fn cell_width(count: usize, column_width: f32) -> f32 {
    (CELL + CELL_STEP * (count.max(1) as f32).log2()).min(column_width - 8.0)
}

/// What one column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Article,
    Month,
    /// A run of so many years.
    Years(i16),
}

/// A column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// "Sep 2017", "2017", "2015–19", "undated".
    pub head: String,
    /// Places in the corpus.
    pub articles: Range<usize>,
    /// How many of their days were inferred.
    pub n_estimates: usize,
}

/// All columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    pub level: Level,
    pub columns: Vec<Column>,
}

impl Columns {
    /// The finest columns of which at most `n_fit` are needed.
    pub fn new(corpus: &Corpus, n_fit: usize) -> Self {
        const YEARS: [i16; 8] = [1, 2, 5, 10, 20, 50, 100, 200];
        let grouped = [Level::Month].into_iter().chain(YEARS.map(Level::Years));
        let article = if corpus.len() <= n_fit { Some(Level::Article) } else { None };
        let mut last = Self { level: Level::Article, columns: Vec::new() };
        for level in article.into_iter().chain(grouped) {
            last = Self { level, columns: columns(corpus, level) };
            if last.columns.len() <= n_fit {
                break;
            }
        }
        last
    }

    /// The column of an article.
    pub fn idx_of(&self, article_idx: usize) -> Option<usize> {
        let idx = self.columns.partition_point(|column| column.articles.end <= article_idx);
        self.columns.get(idx).filter(|column| column.articles.contains(&article_idx)).map(|_| idx)
    }
}

fn columns(corpus: &Corpus, level: Level) -> Vec<Column> {
    let mut columns: Vec<(Option<i64>, Column)> = Vec::new();
    for (idx, document) in corpus.documents().iter().enumerate() {
        let day = document.published.day();
        let group = match level {
            Level::Article => i64::try_from(idx).ok(),
            Level::Month => day.map(|day| i64::from(day.year()) * 12 + i64::from(day.month())),
            Level::Years(n_years) => day.map(|day| i64::from(day.year().div_euclid(n_years))),
        };
        let is_estimate = usize::from(document.published.is_estimate());
        match columns.last_mut().filter(|(last, _)| *last == group) {
            Some((_, column)) => {
                column.articles.end = idx + 1;
                column.n_estimates += is_estimate;
            }
            None => {
                let head = head(document, day, level);
                columns.push((group, Column { head, articles: idx..idx + 1, n_estimates: is_estimate }));
            }
        }
    }
    columns.into_iter().map(|(_, column)| column).collect()
}

fn head(document: &Document, day: Option<Date>, level: Level) -> String {
    let Some(day) = day else { return "undated".to_owned() };
    match level {
        // A day that is not known is not told by its middle.
        Level::Article if document.published.best.is_none() => dates::label(&document.published).day,
        Level::Article | Level::Month => dates::month_and_year(day),
        Level::Years(1) => day.year().to_string(),
        Level::Years(n_years) => {
            let first = day.year().div_euclid(n_years) * n_years;
            let last = first + n_years - 1;
            if first / 100 == last / 100 { format!("{first}–{:02}", last % 100) } else { format!("{first}–{last}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{DateBasis, DocumentId, Published};

    fn corpus(days: &[Option<(i16, i8)>]) -> Corpus {
        Corpus::new(days.iter().zip(1..).map(|(day, id)| {
            let mut document = Document::of_lines(DocumentId(id), "pier");
            let best = day.map(|(year, month)| jiff::civil::date(year, month, 1));
            document.published = Published { best, basis: DateBasis::Inferred, ..Published::unknown() };
            Arc::new(document)
        }))
    }

    #[test]
    fn columns_that_do_not_fit_are_grouped_as_finely_as_they_can() {
        let days = [Some((2017, 9)), Some((2017, 9)), Some((2018, 4)), Some((2023, 1)), None];
        let corpus = corpus(&days);
        for (n_fit, level, heads) in [
            (5, Level::Article, &["Sep 2017", "Sep 2017", "Apr 2018", "Jan 2023", "undated"][..]),
            (4, Level::Month, &["Sep 2017", "Apr 2018", "Jan 2023", "undated"]),
            (3, Level::Years(5), &["2015–19", "2020–24", "undated"]),
            (2, Level::Years(50), &["2000–49", "undated"]),
        ] {
            let columns = Columns::new(&corpus, n_fit);
            let shown: Vec<&str> = columns.columns.iter().map(|column| column.head.as_str()).collect();
            assert_eq!((columns.level, shown.as_slice()), (level, heads));
            let counted: usize = columns.columns.iter().map(|column| column.articles.len()).sum();
            assert_eq!(counted, days.len());
            let places: Vec<_> = (0..days.len()).filter_map(|idx| columns.idx_of(idx)).collect();
            assert!(places.is_sorted() && places.len() == days.len() && columns.idx_of(days.len()).is_none());
        }
    }

    #[test]
    fn the_parts_of_the_table_stand_side_by_side_in_every_window() {
        for width in [400.0, 560.0, 640.0, 860.0, 1000.0, 1280.0, 1920.0] {
            let grid = Grid::new(width, 5);
            let numbers = grid.days.map(|days| days.0).or(grid.articles.map(|right| right - 70.0));
            assert!(grid.name.0 < grid.name.1 && grid.name.1 <= grid.matrix.0, "{grid:?}");
            assert!(grid.matrix.1 <= numbers.unwrap_or(grid.occurrences - 60.0), "{grid:?}");
            let n_columns = grid.n_fit();
            let (first, column) = grid.column(0, n_columns);
            assert!(column >= MIN_WIDTH - 0.1 && first - column / 2.0 >= grid.matrix.0 - 0.1, "{width}");
        }
        // The five built-in articles have columns of their own in all the usual windows, if need be without days.
        for (width, has_days) in [(880.0, false), (1000.0, true), (1280.0, true)] {
            let grid = Grid::new(width, 5);
            assert!(grid.n_fit() >= 5 && grid.days.is_some() == has_days, "{grid:?}");
        }
    }

    #[test]
    fn cells_grow_with_their_count_and_stay_in_their_column() {
        let widths: Vec<f32> = [1, 2, 3, 10, 1000].map(|count| cell_width(count, 90.0)).to_vec();
        assert!(widths.is_sorted() && widths[0] == 31.0 && widths[4] <= 82.0, "{widths:?}");
        assert!(cell_width(1000, 58.0) <= 50.0);
    }
}
