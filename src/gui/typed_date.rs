//! What people type when they enter a publication date, read as they type it.
//!
//! The words are taken apart at spaces and at `. , / -`; a year has four digits or two, a month is a number or a name in
//! any language that pages print, a weekday is checked and otherwise ignored. Where two readings are possible the day
//! comes first and the other reading is offered. Nothing is ever filled in: without a year there is no date. `O(n)` in
//! what was typed.

use jiff::civil::{Date, Weekday};

use crate::document::DateSpan;
use crate::report::dates;
use crate::text::calendar;

/// The earliest year that is no slip of the fingers.
const FIRST_YEAR: i16 = 1800;

/// What was understood of the typed words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The field is empty.
    Nothing,
    /// One day, or all days of a month or a year.
    Span {
        span: DateSpan,
        /// What the same digits mean with the month first: `3/4/2023`.
        other: Option<DateSpan>,
    },
    /// Why it can't be taken, as a sentence for the reader.
    Refused(String),
}

/// A part of what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Number { value: i16, n_digits: usize },
    Month(i8),
}

/// Reads what was typed; nothing after `today` is taken.
pub fn understood(typed: &str, today: Date) -> Typed {
    if typed.trim().is_empty() {
        return Typed::Nothing;
    }
    let (parts, weekday) = match parts(typed) {
        Ok(parts) => parts,
        Err(word) => return Typed::Refused(format!("“{word}” is no part of a date; try 29 Jan 2023 or 2023-01-29")),
    };
    let spans = match spans(&parts, today) {
        Ok(spans) => spans,
        Err(says) => return Typed::Refused(says),
    };
    let is_past = |span: &DateSpan| span.first <= today;
    let fits =
        |span: &DateSpan| weekday.is_none_or(|weekday| span.first != span.last || span.first.weekday() == weekday);
    let mut left = spans.iter().copied().filter(|span| is_past(span) && fits(span));
    if let Some(span) = left.next() {
        let clipped = |span: DateSpan| DateSpan { last: span.last.min(today), ..span };
        return Typed::Span { span: clipped(span), other: left.next().map(clipped) };
    }
    Typed::Refused(match (spans.first(), weekday) {
        (Some(span), Some(weekday)) if is_past(span) => {
            format!(
                "{} was a {}, not a {}",
                dates::day(span.first),
                dates::weekday_name(span.first.weekday()),
                dates::weekday_name(weekday)
            )
        }
        (Some(span), _) => format!("{} is still to come", name(*span)),
        (None, _) => "Not a day of the calendar".to_owned(),
    })
}

/// "Sunday 29 January 2023", "January 2023, the day unknown".
pub fn said(span: DateSpan) -> String {
    let unknown = if span.first == span.last { "" } else { ", the day unknown" };
    format!("{}{unknown}", name(span))
}

/// "Sunday 29 January 2023", "January 2023", "2023".
fn name(DateSpan { first, last }: DateSpan) -> String {
    if first == last {
        dates::day_in_full(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} {}", dates::month_in_full(first), first.year())
    } else {
        first.year().to_string()
    }
}

/// Takes the words apart; the error is the word that is no part of a date.
fn parts(typed: &str) -> Result<(Vec<Part>, Option<Weekday>), String> {
    let is_gap = |c: char| c.is_whitespace() || ",./-–—'’()年月日년월일".contains(c);
    let mut parts = Vec::new();
    let mut weekday = None;
    for word in typed.split(is_gap).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        let n_digits = lower.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = lower.split_at(n_digits);
        if n_digits == 8 && rest.is_empty() {
            // 20230129
            for (digits, n_digits) in [(&digits[..4], 4), (&digits[4..6], 2), (&digits[6..], 2)] {
                parts.push(Part::Number { value: digits.parse().unwrap_or_default(), n_digits });
            }
        } else if (1..=4).contains(&n_digits) && matches!(rest, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª") {
            parts.push(Part::Number { value: digits.parse().unwrap_or_default(), n_digits });
        } else if n_digits > 0 {
            return Err(word.to_owned());
        } else if let Some(month) = calendar::month_abroad(&lower) {
            parts.push(Part::Month(month));
        } else if let Some(day) = calendar::weekday(&lower) {
            weekday = Some(day);
        } else if !matches!(lower.as_str(), "of" | "the" | "in" | "on" | "de" | "del" | "di" | "le" | "am" | "den") {
            return Err(word.to_owned());
        }
    }
    Ok((parts, weekday))
}

/// What the parts can mean, the likelier reading first.
fn spans(parts: &[Part], today: Date) -> Result<Vec<DateSpan>, String> {
    use Part::{Month, Number};
    let year = |value: i16, n_digits: usize| year(value, n_digits, today);
    match *parts {
        [Number { value, n_digits: 4 }] => Ok(vec![year_span(value)?]),
        [Month(month), Number { value, n_digits: 4 }] | [Number { value, n_digits: 4 }, Month(month)] => {
            Ok(vec![month_span(value, month)?])
        }
        [Number { value, n_digits: 4 }, Number { value: month, n_digits: 1 | 2 }]
        | [Number { value: month, n_digits: 1 | 2 }, Number { value, n_digits: 4 }] => {
            Ok(vec![month_span(value, month_number(month)?)?])
        }
        [Number { value, n_digits: 4 }, Month(month), Number { value: day_number, .. }] => {
            Ok(vec![day(value, month, day_number)?])
        }
        [Number { value, n_digits: 4 }, Number { value: month, .. }, Number { value: day_number, .. }] => {
            Ok(vec![day(value, month_number(month)?, day_number)?])
        }
        [Number { value: day_number, .. }, Month(month), Number { value, n_digits }]
        | [Month(month), Number { value: day_number, .. }, Number { value, n_digits }] => {
            Ok(vec![day(year(value, n_digits)?, month, day_number)?])
        }
        [Number { value: first, .. }, Number { value: second, .. }, Number { value, n_digits }] => {
            let year = year(value, n_digits)?;
            let by_day = month_number(second).and_then(|month| day(year, month, first));
            let by_month = month_number(first).and_then(|month| day(year, month, second));
            match (by_day, by_month) {
                (Ok(by_day), Ok(by_month)) if by_day != by_month => Ok(vec![by_day, by_month]),
                (Ok(only), _) | (Err(_), Ok(only)) => Ok(vec![only]),
                (Err(says), Err(_)) => Err(says),
            }
        }
        [Number { .. }, Month(_)] | [Month(_), Number { .. }] | [Month(_)] => {
            Err("Which year? Add it, as in 29 Jan 2023".to_owned())
        }
        _ => Err("Not a day yet; try 29 Jan 2023, 2023-01-29 or Jan 2023".to_owned()),
    }
}

/// Two digits mean the last year that ends so.
fn year(value: i16, n_digits: usize, today: Date) -> Result<i16, String> {
    match n_digits {
        2 => {
            let century = today.year() - today.year().rem_euclid(100);
            Ok(if century + value > today.year() { century - 100 + value } else { century + value })
        }
        4 => Ok(value),
        _ => Err("Which year? Write it with four digits".to_owned()),
    }
}

fn month_number(value: i16) -> Result<i8, String> {
    i8::try_from(value)
        .ok()
        .filter(|month| (1..=12).contains(month))
        .ok_or_else(|| format!("There is no month {value}"))
}

fn day(year: i16, month: i8, day: i16) -> Result<DateSpan, String> {
    let first = month_span(year, month)?.first;
    let date = i8::try_from(day).ok().and_then(|day| Date::new(year, month, day).ok());
    let no_day = || format!("{} {year} has no day {day}", dates::month_in_full(first));
    date.map(DateSpan::day).ok_or_else(no_day)
}

fn month_span(year: i16, month: i8) -> Result<DateSpan, String> {
    let first = Date::new(year, month, 1).ok().filter(|_| year >= FIRST_YEAR);
    let first = first.ok_or_else(|| format!("The year {year} is out of reach"))?;
    Ok(DateSpan { first, last: first.last_of_month() })
}

fn year_span(year: i16) -> Result<DateSpan, String> {
    Ok(DateSpan { first: month_span(year, 1)?.first, last: month_span(year, 12)?.last })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 3, 2);

    #[test]
    fn a_day_is_read_however_it_is_typed() {
        let expected = Typed::Span { span: DateSpan::day(date(2023, 1, 29)), other: None };
        for typed in [
            "2023-01-29",
            "29 Jan 2023",
            "29 january 2023",
            "January 29, 2023",
            "Jan 29th, 2023",
            "the 29th of January 2023",
            "29.1.2023",
            " 29/01/2023 ",
            "1/29/2023",
            "29/1/23",
            "29-Jan-23",
            "29 Jan '23",
            "20230129",
            "29. Januar 2023",
            "29 janvier 2023",
            "29 января 2023",
            "29 de enero de 2023",
            "2023年1月29日",
            "Sunday 29 January 2023",
            "Sun, 29 Jan 2023",
        ] {
            assert_eq!(understood(typed, TODAY), expected, "{typed}");
        }
    }

    #[test]
    fn a_month_or_a_year_is_an_interval() {
        let span = |first, last| Typed::Span { span: DateSpan { first, last }, other: None };
        for typed in ["Jan 2023", "2023-01", "01/2023", "January 2023", "2023 jan"] {
            assert_eq!(understood(typed, TODAY), span(date(2023, 1, 1), date(2023, 1, 31)), "{typed}");
        }
        assert_eq!(understood("2023", TODAY), span(date(2023, 1, 1), date(2023, 12, 31)));
        assert_eq!(understood("2026", TODAY), span(date(2026, 1, 1), TODAY));
    }

    #[test]
    fn of_two_readings_the_day_comes_first_and_the_other_is_offered() {
        let both = |first, other| Typed::Span { span: DateSpan::day(first), other: Some(DateSpan::day(other)) };
        assert_eq!(understood("3/4/2023", TODAY), both(date(2023, 4, 3), date(2023, 3, 4)));
        // Only one of the readings is past, or fits the weekday.
        let only = |day| Typed::Span { span: DateSpan::day(day), other: None };
        assert_eq!(understood("2/3/2026", TODAY), both(date(2026, 3, 2), date(2026, 2, 3)));
        assert_eq!(understood("2/4/2026", TODAY), only(date(2026, 2, 4)));
        assert_eq!(understood("Sat 3/4/2023", TODAY), only(date(2023, 3, 4)));
        assert_eq!(understood("4/4/2023", TODAY), only(date(2023, 4, 4)));
    }

    #[test]
    fn what_is_not_taken_is_told_why() {
        let cases = [
            ("29 Foo 2023", "Foo"),
            ("31 Feb 2023", "February 2023 has no day 31"),
            ("29 Jan 2031", "Wednesday 29 January 2031 is still to come"),
            ("2031", "2031 is still to come"),
            ("29 Jan", "Which year"),
            ("Jan", "Which year"),
            ("29", "Not a day yet"),
            ("13/13/2023", "no month 13"),
            ("Monday 29 Jan 2023", "29 Jan 2023 was a Sunday, not a Monday"),
            ("1 1 1 1", "Not a day yet"),
            ("1/2/99999", "99999"),
            ("0", "Not a day yet"),
            ("29/1/1066", "1066"),
            ("€½", "€½"),
        ];
        for (typed, says) in cases {
            let Typed::Refused(words) = understood(typed, TODAY) else { panic!("{typed} was taken") };
            assert!(words.contains(says), "{typed}: {words}");
        }
        assert_eq!(understood("  ", TODAY), Typed::Nothing);
    }

    #[test]
    fn what_was_understood_is_said_in_full() {
        assert_eq!(said(DateSpan::day(date(2023, 1, 29))), "Sunday 29 January 2023");
        assert_eq!(
            said(DateSpan { first: date(2023, 1, 1), last: date(2023, 1, 31) }),
            "January 2023, the day unknown"
        );
        assert_eq!(said(DateSpan { first: date(2023, 1, 1), last: date(2023, 12, 31) }), "2023, the day unknown");
    }
}
