//! A date that the text itself states as its own: a date line, a by-line with a date, a dateline that opens the
//! first paragraph.
//!
//! A weekday beside it is checked; a day and month in digits that can be read two ways is left to the other evidence.

use jiff::civil::{Date, Time};

use super::clues::{Clue, printed, weekday_name};
use super::days::{RULED_OUT, Shape, number};
use super::scan::{Mention, When, mentions, time_after};
use super::shapes;
use crate::document::{Block, BlockKind, DateBasis, DateCandidate, Evidence, Published};
use crate::text::{ByteRange, tokens};

/// Words that stand around the date in a line of its own.
const AROUND_DATES: &[&str] = &[
    "a",
    "ago",
    "am",
    "and",
    "article",
    "at",
    "bst",
    "cet",
    "cest",
    "created",
    "date",
    "dated",
    "edt",
    "est",
    "et",
    "first",
    "from",
    "gmt",
    "hours",
    "hrs",
    "ist",
    "issued",
    "jst",
    "kst",
    "last",
    "local",
    "m",
    "min",
    "minutes",
    "modified",
    "mins",
    "news",
    "of",
    "on",
    "p",
    "pm",
    "post",
    "posted",
    "pst",
    "publication",
    "published",
    "read",
    "release",
    "released",
    "revised",
    "since",
    "the",
    "time",
    "update",
    "updated",
    "upd",
    "utc",
    "words",
];

/// A date line names a place and an outlet at most.
const MAX_DATELINE_NAMES: usize = 4;

/// A dateline that opens a paragraph starts within this many bytes.
const OPENING_BYTES: usize = 60;

/// Is the line a full date with little around it: "Wednesday, 19 June 2024, 09:12", "Updated: May 3, 2019 4:30 pm"?
pub(in super::super) fn is_dateline(text: &str, range: ByteRange, n_words: usize) -> bool {
    if n_words > 16 || !range.of(text).contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let days = full_days(text, range);
    if days.is_empty() || range.of(text).trim_end().ends_with(['.', '?']) {
        return false;
    }
    let others = tokens(text, range).filter(|token| !days.iter().any(|day| day.range.overlaps(token.range)));
    let mut n_names = 0;
    for token in others {
        let word = token.range.of(text);
        if word.starts_with(|c: char| c.is_ascii_digit()) || AROUND_DATES.contains(&word.to_lowercase().as_str()) {
            continue;
        }
        // A place or the outlet may stand beside the date; any other word makes it a line about that day.
        n_names += 1;
        if !word.starts_with(char::is_uppercase) || n_names > MAX_DATELINE_NAMES {
            return false;
        }
    }
    true
}

fn full_days(text: &str, range: ByteRange) -> Vec<Mention> {
    mentions(text, range).into_iter().filter(|mention| matches!(mention.when, When::Day { .. })).collect()
}

/// A date the text states as its own.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    date: Date,
    other: Option<Date>,
    time: Option<Time>,
    range: ByteRange,
    /// The weekday beside it agrees, or there is none.
    is_consistent: bool,
    says: String,
}

impl Stated {
    /// The final word, where nothing about it is open.
    pub(super) fn settled(&self) -> Option<Published> {
        if self.other.is_some() || !self.is_consistent {
            return None;
        }
        let evidence =
            Evidence { rule: "stated".to_owned(), range: Some(self.range), says: self.says.clone(), fact: None };
        Some(Published {
            earliest: Some(self.date),
            latest: Some(self.date),
            best: Some(self.date),
            time: self.time,
            candidates: vec![DateCandidate { date: self.date, weight: 0.98 }],
            basis: DateBasis::Stated,
            confidence: 0.98,
            evidence: vec![evidence],
            set_by_user: false,
        })
    }

    /// One clue among others, where it is open.
    pub(super) fn into_clue(self) -> Clue {
        let base = if self.is_consistent { RULED_OUT } else { -2500 };
        let days = [Some(self.date), self.other];
        let shape = days.into_iter().flatten().map(number).fold(Shape::new(base), |shape, day| shape.flat(day, day, 0));
        Clue { rule: "stated", range: Some(self.range), says: self.says, fact: None, shape }
    }
}

/// The date the text states as its own; one that is called an update comes last.
pub(super) fn stated(text: &str, blocks: &[Block], today: Date) -> Option<Stated> {
    let lines = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Dateline | BlockKind::Byline));
    let mut found: Vec<(bool, Mention)> = lines
        .flat_map(|block| {
            full_days(text, block.range).into_iter().map(move |day| (is_update(text, block.range, day.range), day))
        })
        .collect();
    found.extend(
        opening_days(text, blocks)
            .into_iter()
            .filter(|day| matches!(day.when, When::Day { .. }))
            .map(|day| (false, day)),
    );
    let is_past = |mention: &Mention| matches!(mention.when, When::Day { date, other } if date <= today || other.is_some_and(|other| other <= today));
    let (_, mention) = found
        .into_iter()
        .filter(|(_, mention)| is_past(mention))
        .min_by_key(|&(is_update, mention)| (is_update, mention.range))?;
    let When::Day { date, other } = mention.when else { return None };
    let readings: Vec<Date> = [Some(date), other].into_iter().flatten().filter(|&day| day <= today).collect();
    let fits: Vec<Date> = match mention.weekday {
        Some(weekday) => readings.iter().copied().filter(|day| day.weekday() == weekday).collect(),
        None => readings.clone(),
    };
    let is_consistent = !fits.is_empty();
    let days = if is_consistent { fits } else { readings };
    let date = *days.first()?;
    let says = match mention.weekday {
        Some(weekday) if is_consistent => {
            format!("The text states {}, which is a {}", printed(date), weekday_name(weekday))
        }
        Some(weekday) => format!("The text states {}, but that is no {}", printed(date), weekday_name(weekday)),
        None if days.len() > 1 => format!("“{}” can be read as two days", mention.range.of(text)),
        None => format!("The text states {}", printed(date)),
    };
    let time = time_after(text, mention.range.end);
    Some(Stated { date, other: days.get(1).copied(), time, range: mention.range, is_consistent, says })
}

/// "Updated", "Last modified" before the date in its line.
fn is_update(text: &str, line: ByteRange, day: ByteRange) -> bool {
    let before = ByteRange::new(line.start, day.start).of(text).to_lowercase();
    let latest = ["updated", "modified", "revised", "accessed", "retrieved", "published", "posted"]
        .iter()
        .filter_map(|word| before.rfind(word).map(|at| (at, *word)))
        .max();
    latest.is_some_and(|(_, word)| !matches!(word, "published" | "posted"))
}

/// Dates of a dateline that opens the first paragraph: "SEOUL, Jan. 29 (Yonhap) --", "OSLO (3 May 2019) –".
fn opening_days(text: &str, blocks: &[Block]) -> Vec<Mention> {
    let Some(body) = blocks.iter().find(|block| block.kind == BlockKind::Body) else { return Vec::new() };
    let words = body.range.of(text);
    // The dash ends the dateline; without one there is none.
    let dash =
        [" - ", " – ", " — ", " -- ", "— ", "--", ") -", ") –", ") —"].iter().filter_map(|dash| words.find(dash)).min();
    let Some(end) = dash.filter(|&end| end <= OPENING_BYTES + 30) else { return Vec::new() };
    let opening = ByteRange::new(body.range.start, body.range.start + end);
    let place = opening.of(text).split([',', '(', ' ']).next().unwrap_or_default();
    // The place stands in capitals, as agencies print it, or the date comes at once.
    let is_place = place.chars().count() >= 2 && place.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let found = mentions(text, opening);
    let starts_with_date = found.first().is_some_and(|day| day.range.start == opening.start);
    if is_place || starts_with_date { found } else { Vec::new() }
}

/// A dateline without a year is evidence, not a statement.
pub(super) fn dateline_without_year(text: &str, blocks: &[Block], today: Date) -> Option<Clue> {
    opening_days(text, blocks).into_iter().find_map(|mention| match mention.when {
        When::DayOfYear { month, last, .. } => Some(Clue {
            rule: "dateline",
            range: Some(mention.range),
            says: format!("The dateline is of {}, the year open", mention.range.of(text)),
            fact: None,
            shape: shapes::dateline_day(month, last, today.year()),
        }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_lines_hold_little_else() {
        let cases = [
            ("Wednesday, 19 June 2024, 09:12", true),
            ("Updated: May 3, 2019 4:30 pm GMT", true),
            ("OSLO, 3 May 2019", true),
            ("Published on 3 May 2019 at 10:15 | 4 min read", true),
            ("Ships sail from Oslo on 3 May 2019", false),
            ("He came on 3 May 2019.", false),
            ("3 May", false),
        ];
        for (line, expected) in cases {
            let range = ByteRange::new(0, line.len());
            assert_eq!(is_dateline(line, range, line.split(' ').count()), expected, "{line}");
        }
    }

    #[test]
    fn updates_come_after_publications() {
        let line = "Updated 4 May 2019 Published 3 May 2019";
        let blocks = [Block { kind: BlockKind::Dateline, range: ByteRange::new(0, line.len()), rule: None }];
        let stated = stated(line, &blocks, jiff::civil::date(2026, 1, 1)).unwrap();
        assert_eq!(stated.date, jiff::civil::date(2019, 5, 3));
    }

    #[test]
    fn two_readings_are_settled_by_a_weekday_only() {
        let read = |line: &str| {
            let blocks = [Block { kind: BlockKind::Dateline, range: ByteRange::new(0, line.len()), rule: None }];
            stated(line, &blocks, jiff::civil::date(2026, 1, 1)).unwrap()
        };
        assert!(read("06/09/2017").settled().is_none());
        let settled = read("Wednesday, 06/09/2017").settled().unwrap();
        assert_eq!(settled.best, Some(jiff::civil::date(2017, 9, 6)));
    }
}
