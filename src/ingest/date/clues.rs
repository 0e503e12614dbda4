//! Evidence from the article's own words: days, months, years and weekdays, each with the side told by its tense.
//!
//! Title, headings and body speak; a caption gives a floor only, furniture nothing. The same day told twice counts
//! once. `O(n)` in the words.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use super::days::Shape;
use super::scan::{Mention, Shift, When, mentions};
use super::shapes;
use super::tense::{Side, side};
use crate::document::{Block, BlockKind};
use crate::text::{ByteRange, sentences};

/// One reason for or against days.
#[derive(Clone, Debug)]
pub(super) struct Clue {
    pub(super) rule: &'static str,
    pub(super) range: Option<ByteRange>,
    pub(super) says: String,
    /// Id of the fact of the chronology it rests on.
    pub(super) fact: Option<String>,
    pub(super) shape: Shape,
}

/// A date expression with the sentence around it and the side its tense tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub(super) mention: Mention,
    pub(super) sentence: ByteRange,
    pub(super) side: Side,
}

/// More expressions than these add cost and no light: a chronicle of the year has hundreds.
const MAX_TOLD: usize = 60;

/// No paragraph has so many; a file in one endless line may.
const MAX_TOLD_OF_BLOCK: usize = 240;

/// How far from a place its sentence reaches at most, in bytes: what is longer is a list or no prose at all.
const MAX_REACH: usize = 4000;

/// What is near a place in the sentence or block around it: all of it, but for endless ones.
pub(super) fn near(text: &str, within: ByteRange, place: ByteRange) -> ByteRange {
    let (mut start, mut end) =
        (within.start.max(place.start.saturating_sub(MAX_REACH)), within.end.min(place.end + MAX_REACH));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    ByteRange::new(start, end)
}

/// The bounds of what is weighed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) today: Date,
}

/// The date expressions of title, headings and body.
pub(super) fn told(text: &str, blocks: &[Block]) -> Vec<Told> {
    let mut found = Vec::new();
    for block in blocks.iter().filter(|block| block.kind.is_readable()) {
        let here = mentions(text, block.range);
        if here.is_empty() {
            continue;
        }
        let mut sentences = sentences(text, block.range).into_iter().peekable();
        for mention in here.into_iter().take(MAX_TOLD_OF_BLOCK) {
            // Mentions and sentences both go forward.
            while sentences.next_if(|sentence| sentence.end <= mention.range.start).is_some() {}
            let sentence = (sentences.peek().copied())
                .filter(|sentence| sentence.contains_offset(mention.range.start))
                .unwrap_or(block.range);
            let sentence = near(text, sentence, mention.range);
            found.push(Told { mention, sentence, side: side(text, sentence, mention.range) });
        }
        if found.len() >= MAX_TOLD {
            break;
        }
    }
    found
}

/// What the expressions say of the day of publication.
pub(super) fn clues(text: &str, told: &[Told], bounds: Bounds) -> Vec<Clue> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<Clue> = (told.iter())
        .filter(|told| seen.insert(format!("{:?}{:?}", told.mention.when, told.side == Side::Future)))
        .filter_map(|told| clue(text, told, bounds))
        .collect();
    found.extend(latest_year(told, bounds));
    found
}

fn clue(text: &str, told: &Told, bounds: Bounds) -> Option<Clue> {
    let range = told.mention.range;
    let words = range.of(text);
    let last_year = bounds.today.year();
    let is_future = told.side == Side::Future;
    let is_reported = told.side == Side::Reported;
    let (rule, says, shape) = match told.mention.when {
        When::Day { date, other: None } if is_future => {
            ("day-to-come", format!("“{words}” is still to come"), shapes::future_day(date))
        }
        When::Day { date, other: None } if date <= bounds.today => {
            ("day-past", format!("“{words}” is told as past"), shapes::past_day(date, is_reported))
        }
        When::DayOfYear { month, first, last } => {
            let says = match told.side {
                Side::Future => format!("“{words}” is still to come: published shortly before that day of some year"),
                Side::Reported => format!("Somebody spoke on {words}: published then or just after, the year open"),
                Side::Past => format!("“{words}” is told as past: published after that day of some year"),
                Side::Unknown => format!("Published around “{words}” of some year"),
            };
            ("day-without-year", says, shapes::day_of_year(month, first, last, told.side, last_year))
        }
        When::MonthOfYear { year, month } if !is_future && year <= last_year => {
            ("past-month", format!("“{words}” is told as past: not published before"), shapes::since(year, month))
        }
        When::MonthOfYear { year, .. } | When::Year { year } if is_future => {
            ("year-to-come", format!("{year} is told as still to come"), shapes::future_year(year))
        }
        When::Month { month } if told.mention.shift == Some(Shift::Last) => {
            let says = format!("“last {words}” or “{words} last year”: that month is over");
            ("last-month", says, shapes::last_month_named(month, last_year))
        }
        When::Month { month } if told.mention.shift.is_none() && told.side != Side::Unknown => {
            let says = if is_future { "is still to come" } else { "is told as past" };
            ("month-without-year", format!("“{words}” {says}"), shapes::month(month, told.side, last_year))
        }
        When::Weekday { weekday } if told.mention.shift.is_none() && told.side != Side::Unknown => {
            let says = weekday_says(weekday, is_future);
            ("weekday", says, shapes::weekday(weekday, told.side))
        }
        _ => return None,
    };
    Some(Clue { rule, range: Some(range), says, fact: None, shape })
}

fn weekday_says(weekday: Weekday, is_future: bool) -> String {
    let name = weekday_name(weekday);
    if is_future {
        format!("{name} is still to come: published in the days before one")
    } else {
        format!("{name} is told as past: published on one or in the days after")
    }
}

pub(super) fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The latest year told as past is a floor; earlier ones say nothing more.
fn latest_year(told: &[Told], bounds: Bounds) -> Option<Clue> {
    let years = told.iter().filter_map(|told| match told.mention.when {
        When::Year { year } if told.side != Side::Future && year <= bounds.today.year() => Some((year, told)),
        _ => None,
    });
    let (year, told) = years.max_by_key(|&(year, told)| (year, std::cmp::Reverse(told.mention.range)))?;
    let is_past = matches!(told.side, Side::Past | Side::Reported);
    let (says, shape) = if is_past {
        (format!("{year} is the latest year told as past"), shapes::past_year(year))
    } else {
        (format!("{year} is the latest year that is told"), shapes::named_year(year))
    };
    Some(Clue { rule: "year", range: Some(told.mention.range), says, fact: None, shape })
}

/// A dated caption: the picture is older than the article, by how much nobody knows.
pub(super) fn caption_floor(text: &str, blocks: &[Block], bounds: Bounds) -> Option<Clue> {
    let captions = blocks.iter().filter(|block| block.kind == BlockKind::Caption);
    let days = captions.flat_map(|block| mentions(text, block.range)).filter_map(|mention| match mention.when {
        When::Day { date, other: None } if date <= bounds.today => Some((date, mention.range)),
        _ => None,
    });
    let (day, range) = days.max_by_key(|&(day, range)| (day, std::cmp::Reverse(range)))?;
    let says = format!("A caption is dated {}: the article is not older, and may be much younger", printed(day));
    Some(Clue { rule: "caption-floor", range: Some(range), says, fact: None, shape: shapes::floor(day) })
}

/// "6 September 2017".
pub(super) fn printed(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
