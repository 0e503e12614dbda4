//! What each kind of evidence says about each day: the likelihood that an article of that day tells it so.
//!
//! All weights are judgments about news prose ("feels right"), in steps coarse enough that their order matters and
//! their exact value does not: a firm contradiction costs about a thousandth, a habit of writers a half to a tenth.

use jiff::civil::{Date, Weekday, date};

use super::days::{FIRST_YEAR, RULED_OUT, Shape, Weight, number};
use super::tense::Side;

/// A day in full that is past when the article is written.
pub(super) fn past_day(day: Date, is_reported: bool) -> Shape {
    let day = number(day);
    let (soon, later) = if is_reported { (-1500, -3500) } else { (-400, -1300) };
    Shape::new(RULED_OUT).slope(day, day + 3, 0, -100).flat(day + 4, day + 45, soon).from(day + 46, later)
}

/// A day in full that is still to come.
pub(super) fn future_day(day: Date) -> Shape {
    let day = number(day);
    Shape::new(-5500).flat(day - 60, day, 0).flat(day - 365, day - 61, -600).flat(day - 2000, day - 366, -1600)
}

/// Nothing is older than what it shows or tells.
pub(super) fn floor(day: Date) -> Shape {
    Shape::new(RULED_OUT).from(number(day), 0)
}

/// A day and month without a year: told of the nearest one on that side.
pub(super) fn day_of_year(month: i8, first: i8, last: i8, side: Side, last_year: i16) -> Shape {
    let mut shape = Shape::new(-5000);
    for year in FIRST_YEAR - 1..=last_year + 1 {
        let (Ok(from), Ok(to)) = (Date::new(year, month, first), Date::new(year, month, last)) else { continue };
        let (from, to) = (number(from), number(to));
        if side != Side::Future {
            let weights: [Weight; 3] =
                if side == Side::Reported { [-2000, -3500, -4800] } else { [-700, -1200, -2000] };
            shape = shape.slope(to, to + 3, 0, -100);
            shape = shape.flat(to + 4, to + 10, weights[0]).flat(to + 11, to + 45, weights[1]).flat(
                to + 46,
                to + 330,
                weights[2],
            );
        }
        if matches!(side, Side::Future | Side::Unknown) {
            let less = if side == Side::Unknown { -300 } else { 0 };
            // On the day itself one says "today"; the nearer the day, the more is written about it.
            shape = shape.flat(from, to, less - 400).slope(from - 60, from - 1, less - 1770, 30);
            shape = shape.flat(from - 150, from - 61, less - 2300).flat(from - 300, from - 151, less - 3500);
        }
    }
    shape
}

/// A dateline without a year: written on that day or told the day after.
pub(super) fn dateline_day(month: i8, day: i8, last_year: i16) -> Shape {
    (FIRST_YEAR..=last_year)
        .filter_map(|year| Date::new(year, month, day).ok())
        .fold(Shape::new(RULED_OUT), |shape, day| {
            shape.flat(number(day), number(day), 0).flat(number(day) + 1, number(day) + 1, -1000)
        })
}

/// A month without a year.
pub(super) fn month(month: i8, side: Side, last_year: i16) -> Shape {
    let mut shape = Shape::new(-3500);
    for year in FIRST_YEAR - 1..=last_year + 1 {
        let Ok(first) = Date::new(year, month, 1) else { continue };
        let (from, after) = (number(first), number(first.last_of_month()) + 1);
        shape = shape.flat(from, after - 1, -900);
        shape = if side == Side::Future {
            shape.flat(from - 75, from - 1, 0).flat(from - 150, from - 76, -500).flat(from - 300, from - 151, -1800)
        } else {
            shape.flat(after, after + 75, 0).flat(after + 76, after + 180, -400).flat(after + 181, after + 330, -1200)
        };
    }
    shape
}

/// "Last December": the month is over and the year is new, or nearly.
pub(super) fn last_month_named(month: i8, last_year: i16) -> Shape {
    let mut shape = Shape::new(-2500);
    for year in FIRST_YEAR - 1..=last_year {
        let Ok(first) = Date::new(year, month, 1) else { continue };
        let after = number(first.last_of_month()) + 1;
        shape = shape.flat(after, after + 210, 0).flat(after + 211, after + 330, -900);
    }
    shape
}

/// A weekday without a date, by how many days lie between it and each day of publication.
pub(super) fn weekday(weekday: Weekday, side: Side) -> Shape {
    // A day is told by its weekday in the same week; on the day itself papers print the name, not "today".
    const AFTER: [Weight; 7] = [0, -250, -1000, -1800, -2500, -2800, -3000];
    const BEFORE: [Weight; 7] = [-1500, 0, -100, -250, -450, -700, -1000];
    let first = date(FIRST_YEAR, 1, 1).weekday();
    Shape::weekly(std::array::from_fn(|day| {
        let today = first.wrapping_add(i32::try_from(day).unwrap_or_default());
        if side == Side::Future {
            BEFORE[today.until(weekday).rem_euclid(7) as usize]
        } else {
            AFTER[today.since(weekday).rem_euclid(7) as usize]
        }
    }))
}

/// A year that is over or running; articles tell recent years more often than old ones.
pub(super) fn past_year(year: i16) -> Shape {
    since(year, 1)
}

/// A month of a year that is over or running.
pub(super) fn since(year: i16, month: i8) -> Shape {
    let first = |year: i16, month: i8| Date::new(year, month, 1).map_or(0, number);
    Shape::new(RULED_OUT)
        .flat(first(year, month), first(year + 2, 1) - 1, 0)
        .flat(first(year + 2, 1), first(year + 4, 1) - 1, -400)
        .flat(first(year + 4, 1), first(year + 8, 1) - 1, -900)
        .from(first(year + 8, 1), -1400)
}

/// A year in the name of something ("the 2023 summit"): shortly before, in, or after it.
pub(super) fn named_year(year: i16) -> Shape {
    in_years(year - 1, year + 2, -2500)
}

/// Not after the end of a year that is still to come.
pub(super) fn future_year(year: i16) -> Shape {
    in_years(year - 15, year, -3000)
}

pub(super) fn in_years(first: i16, last: i16, base: Weight) -> Shape {
    let from = Date::new(first, 1, 1).map_or(0, number);
    let to = Date::new(last, 12, 31).map_or(i32::MAX, number);
    Shape::new(base).flat(from, to, 0)
}

/// While an office was held, a membership lasted.
pub(super) fn term(from: Date, to: Option<Date>) -> Shape {
    let last = to.map_or(i32::MAX, number);
    // For a few days papers still give the old title, or already the new one.
    Shape::new(-5500).flat(number(from), last, 0).flat(number(from) - 7, last.saturating_add(7), -2500)
}

/// How an event is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// As news.
    News,
    /// With words such as "recent weeks" beside it.
    Fresh,
    /// As background: "since the …", or with its year.
    Background,
}

/// An event that is past, running or to come when the article is written.
pub(super) fn event(from: Date, to: Date, side: Side, telling: Telling) -> Shape {
    let (from, to) = (number(from), number(to));
    let before = || {
        Shape::new(-5500)
            .flat(from, to, -400)
            .slope(from - 60, from - 1, -1770, 30)
            .flat(from - 200, from - 61, -2300)
            .flat(from - 500, from - 201, -3500)
    };
    let after = || match telling {
        Telling::Background => Shape::new(RULED_OUT).from(from, 0),
        Telling::Fresh => Shape::new(RULED_OUT).flat(from, to + 92, 0).from(to + 93, -6000),
        // News of an event halves about every four days; the first three days count alike.
        Telling::News => Shape::new(RULED_OUT)
            .flat(from, to + 3, 0)
            .slope(to + 4, to + 20, -170, -170)
            .flat(to + 21, to + 92, -3100)
            .flat(to + 93, to + 365, -3300)
            .from(to + 366, -3600),
    };
    match side {
        // Named with its year it may be long past or far ahead, and its nearness shows nothing.
        Side::Unknown if telling == Telling::Background => Shape::new(RULED_OUT).from(from - 550, 0),
        Side::Future => before(),
        Side::Past | Side::Reported => after(),
        Side::Unknown => before().or(after()),
    }
}
