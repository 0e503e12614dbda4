//! Where the columns of the library stand in a window of some width. What has no room is left out, the least first; the
//! name of each row, for a screen reader, has it all.

use super::settings::SortBy;

/// Left of the first column and right of the last.
const MARGIN: f32 = 16.0;
/// Between two columns.
const GAP: f32 = 14.0;

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Does the article stand in columns of Read?
    Shown,
    Date,
    Outlet,
    Title,
    Words,
    Statements,
    Phrases,
    /// Kind of file, and language.
    Kind,
    /// Which article has the same text or tells the same story.
    Copy,
}

impl Column {
    /// In the order in which they stand.
    const ALL: [Self; 9] = [
        Self::Shown,
        Self::Date,
        Self::Outlet,
        Self::Title,
        Self::Words,
        Self::Statements,
        Self::Phrases,
        Self::Kind,
        Self::Copy,
    ];

    /// Width in a wide and in a narrow window, and the window from which on it is shown. Titles take what is left.
    fn sizes(self) -> (f32, f32, f32) {
        match self {
            Self::Shown => (16.0, 16.0, 0.0),
            Self::Date => (108.0, 104.0, 0.0),
            Self::Outlet => (128.0, 96.0, 340.0),
            Self::Title => (0.0, 0.0, 0.0),
            Self::Words => (48.0, 48.0, 560.0),
            Self::Statements => (66.0, 66.0, 760.0),
            Self::Phrases => (56.0, 56.0, 760.0),
            Self::Kind => (72.0, 72.0, 900.0),
            Self::Copy => (118.0, 118.0, 980.0),
        }
    }

    pub fn order(self) -> Option<SortBy> {
        match self {
            Self::Date => Some(SortBy::Date),
            Self::Outlet => Some(SortBy::Outlet),
            Self::Title => Some(SortBy::Title),
            Self::Words => Some(SortBy::Words),
            Self::Statements => Some(SortBy::Statements),
            Self::Phrases => Some(SortBy::Phrases),
            Self::Shown | Self::Kind | Self::Copy => None,
        }
    }
}

/// The columns with their left and right edges, from the left edge of the list; copies where there are some.
pub fn laid(width: f32, has_copies: bool) -> Vec<(Column, f32, f32)> {
    let is_wanted = |column: &Column| *column != Column::Copy || has_copies;
    let shown = || Column::ALL.into_iter().filter(is_wanted).filter(|column| width >= column.sizes().2);
    let size = |column: Column| {
        let (wide, narrow, _) = column.sizes();
        if width >= 760.0 { wide } else { narrow }
    };
    let taken: f32 = shown().map(size).sum::<f32>() + (shown().count() - 1) as f32 * GAP + 2.0 * MARGIN;
    let mut left = MARGIN;
    shown()
        .map(|column| {
            let own = if column == Column::Title { (width - taken).max(60.0) } else { size(column) };
            let place = (column, left, left + own);
            left += own + GAP;
            place
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_room_in_every_window() {
        for width in [320.0, 428.0, 560.0, 788.0, 1068.0, 1280.0, 1708.0] {
            let columns = laid(width, true);
            let title = columns.iter().find(|(column, ..)| *column == Column::Title).map_or(0.0, |it| it.2 - it.1);
            assert!(title >= 130.0, "{width}: {title}");
            let right = columns.last().map_or(0.0, |it| it.2);
            assert!((right - (width - MARGIN)).abs() < 0.01, "{width}: {right}");
            assert!(columns.windows(2).all(|pair| pair[0].2 < pair[1].1));
        }
        assert_eq!((laid(1068.0, true).len(), laid(1068.0, false).len()), (9, 8));
    }
}
