//! When an article was published: every piece of evidence is a weight on days, and the days that fit them all remain.

mod scan;

use jiff::civil::Date;

use crate::codebook::Codebook;
use crate::document::{BlockKind, DateBasis, Published};
use crate::text::ByteRange;

/// Words a line with a date may hold beside it and still be nothing but a date line.
const DATELINE_WORDS: usize = 7;

/// Is the line a full date with little around it: "Wednesday, 19 June 2024, 09:12", "Updated: May 3, 2019 4:30 pm"?
pub(super) fn is_dateline(text: &str, range: ByteRange, n_words: usize) -> bool {
    if n_words > 16 {
        return false;
    }
    let days: Vec<scan::Mention> = (scan::mentions(text, range).into_iter())
        .filter(|mention| matches!(mention.when, scan::When::Day { .. }))
        .collect();
    let in_dates: usize = days.iter().map(|day| crate::text::tokens(text, day.range).count()).sum();
    !days.is_empty() && n_words <= in_dates + DATELINE_WORDS && !range.of(text).trim_end().ends_with(['.', '?'])
}

/// The publication date of a parsed article.
pub(super) fn published(parsed: &super::Parsed, codebook: &Codebook, today: Date) -> Published {
    let _ = (codebook, today);
    let days = parsed
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Dateline)
        .flat_map(|block| scan::mentions(&parsed.text, block.range));
    let mut published = Published::unknown();
    for day in days {
        if let scan::When::Day { date, .. } = day.when {
            published.best = Some(date);
            published.earliest = Some(date);
            published.latest = Some(date);
            published.basis = DateBasis::Stated;
        }
    }
    published
}
