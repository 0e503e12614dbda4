//! The day something was said: a weekday or a day and month in the sentence that reports it, counted back from the day
//! of publication.
//!
//! Only words outside the content count: "he said on Monday" dates a statement, "we met on Monday" does not. Without
//! such words a statement is taken to be of the day of publication, and marked as an estimate.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::words::Words;
use crate::document::Document;
use crate::text::{ByteRange, calendar};

/// The day, and whether it is an estimate.
pub(super) fn day_said(
    document: &Document,
    words: &Words<'_>,
    sentence: ByteRange,
    content: &[ByteRange],
) -> (Option<Date>, bool) {
    let Some(published) = document.published.day() else { return (None, true) };
    let is_estimate = document.published.is_estimate();
    let range = words.inside(sentence);
    for idx in range.clone() {
        let Some(word) = words.all.get(idx) else { break };
        if content.iter().any(|content| content.overlaps(word.range)) {
            continue;
        }
        let before = idx.checked_sub(1).map_or("", |before| words.folded(before));
        if let Some(weekday) = calendar::weekday(&word.folded)
            && calendar::is_full(&word.folded)
            && word.is_capital
            && !matches!(before, "last" | "next")
        {
            return (last_weekday(published, weekday), is_estimate);
        }
        if let Some(date) = day_and_month(words, idx, published) {
            return (Some(date), is_estimate);
        }
        if word.folded == "yesterday" {
            return (published.yesterday().ok(), is_estimate);
        }
    }
    (Some(published), true)
}

/// The last such weekday, the day of publication included.
fn last_weekday(published: Date, weekday: Weekday) -> Option<Date> {
    let n_back = published.weekday().since(weekday);
    published.checked_sub(Span::new().days(i64::from(n_back))).ok()
}

/// "26 April" or "April 26", in the year that lies nearest before publication and at most a month back.
fn day_and_month(words: &Words<'_>, idx: usize, published: Date) -> Option<Date> {
    let month = |at: usize| {
        let word = words.all.get(at).filter(|word| word.is_capital && calendar::is_full(&word.folded))?;
        calendar::month(&word.folded)
    };
    let day = |at: usize| words.folded(at).parse::<i8>().ok().filter(|day| (1..=31).contains(day));
    let (day, month) = match (month(idx), day(idx)) {
        (Some(month), _) => (day(idx + 1)?, month),
        (_, Some(day)) => (day, month(idx + 1)?),
        _ => return None,
    };
    [published.year(), published.year() - 1].into_iter().find_map(|year| {
        let date = Date::new(year, month, day).ok()?;
        let n_days = date.until(published).ok()?.get_days();
        (0..=31).contains(&n_days).then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_is_the_last_one_before_publication() {
        let thursday = Date::constant(2021, 7, 15);
        for (weekday, expected) in [(Weekday::Thursday, 15), (Weekday::Monday, 12), (Weekday::Friday, 9)] {
            assert_eq!(last_weekday(thursday, weekday), Some(Date::constant(2021, 7, expected)));
        }
    }
}
