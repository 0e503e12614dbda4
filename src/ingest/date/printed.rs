//! Full dates as pages print them: time stamps, dates in digits, and dates with month names in many languages.
//!
//! A date holds a day in digits, so the runs of digits are the anchors: around each one the few orders in which day,
//! month and year are printed are tried. Nothing is filled in but the century of a year of two digits, which is said.
//! The local day is kept as printed, whatever its time zone. `O(n)` in the bytes.

use jiff::civil::{Date, Time};

use super::scan::time_after;
use crate::text::{ByteRange, calendar};

/// A day as printed, with its time of day where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Printed {
    pub(in super::super) date: Date,
    pub(in super::super) time: Option<Time>,
    /// The time is told for Greenwich, so that the day may be another one where it was written.
    pub(in super::super) is_utc: bool,
}

/// A full date and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct PrintedDay {
    pub(in super::super) range: ByteRange,
    pub(in super::super) date: Date,
    /// The day with the month first, where digits can be read both ways.
    pub(in super::super) other: Option<Date>,
    /// The year has two digits: "8.5.12". A date only where something says so.
    pub(in super::super) is_short: bool,
}

impl PrintedDay {
    /// The day in the order of the page.
    pub(in super::super) fn read(&self, is_month_first: bool) -> Date {
        self.other.filter(|_| is_month_first).unwrap_or(self.date)
    }

    /// Does its order of digits show that the month comes first (`true`) or second? `None` where either may be.
    pub(in super::super) fn order(&self, text: &str) -> Option<bool> {
        let words = self.range.of(text);
        let mut parts = words.split('/');
        let (first, second): (i8, i8) = (parts.next()?.trim().parse().ok()?, parts.next()?.trim().parse().ok()?);
        match (first > 12, second > 12) {
            (false, true) => Some(true),
            (true, false) => Some(false),
            _ => None,
        }
    }

    /// The time of day printed right after it in `text`.
    pub(in super::super) fn time(&self, text: &str) -> Option<Time> {
        time_after(text, self.range.end)
    }
}

/// A time stamp or any other printed date, alone in `words`.
pub(in super::super) fn stamp(words: &str, is_month_first: bool) -> Option<Printed> {
    let words = words.trim();
    if let Some(date) = compact(words) {
        return Some(Printed { date, time: None, is_utc: false });
    }
    let day = printed_days(words).into_iter().next()?;
    let time = time_after(words, day.range.end);
    let is_utc = time.is_some() && words.get(day.range.end..).is_some_and(is_greenwich);
    Some(Printed { date: day.read(is_month_first), time, is_utc })
}

/// "20190503", "20190503T1015", "201905031015": no day of them has a separator.
fn compact(words: &str) -> Option<Date> {
    let n_digits = words.bytes().take_while(u8::is_ascii_digit).count();
    if !matches!(n_digits, 8 | 12 | 14) {
        return None;
    }
    let number = |from: usize, to: usize| words.get(from..to)?.parse::<i16>().ok();
    let year = number(0, 4).filter(|year| YEARS.contains(year))?;
    Date::new(year, i8::try_from(number(4, 6)?).ok()?, i8::try_from(number(6, 8)?).ok()?).ok()
}

/// Seconds or thousandths of them since 1970, as machines print a time.
pub(in super::super) fn epoch(words: &str) -> Option<Printed> {
    let words = words.trim();
    let number: i64 = words.parse().ok()?;
    let secs = match words.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let moment = jiff::Timestamp::from_second(secs).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    Some(Printed { date: moment.date(), time: Some(moment.time().round(jiff::Unit::Minute).ok()?), is_utc: true })
}

/// Does the rest of a time stamp name the zone of Greenwich?
fn is_greenwich(rest: &str) -> bool {
    // "GMT+0000 (Coordinated Universal Time)".
    let rest = rest.split('(').next().unwrap_or_default().trim_end();
    let is_zero = ["+00:00", "+0000", "-00:00", "-0000", "+00"].iter().any(|zone| rest.ends_with(zone));
    // "GMT+0200" is no Greenwich time, "GMT+0000" is.
    is_zero || (rest.ends_with(['Z', 'z']) || rest.ends_with("GMT") || rest.ends_with("UTC"))
}

/// Years that a page may print as its own.
const YEARS: std::ops::Range<i16> = 1900..2100;

/// All full dates of a text, in order.
pub(in super::super) fn printed_days(text: &str) -> Vec<PrintedDay> {
    let bytes = text.as_bytes();
    let mut found: Vec<PrintedDay> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if !byte.is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let day = day_at(text, at, end).filter(|day| found.last().is_none_or(|last| !last.range.overlaps(day.range)));
        at = day.map_or(end, |day| day.range.end.max(end));
        found.extend(day);
    }
    found
}

/// The date that the digits `text[start..end]` belong to and are the first digits of.
fn day_at(text: &str, start: usize, end: usize) -> Option<PrintedDay> {
    let digits = text.get(start..end)?;
    // A digit or point before: the tail of another number.
    let before = text.get(..start)?;
    let is_tail = before.ends_with(['.', ',', '/', '-', '_', ':'])
        && before.trim_end_matches(['.', ',', '/', '-', '_', ':']).ends_with(|c: char| c.is_ascii_digit());
    if is_tail {
        return None;
    }
    let rest = Rest { text, at: end };
    match digits.len() {
        4 => {
            let year: i16 = digits.parse().ok().filter(|year| YEARS.contains(year))?;
            let (date, end) = rest.month_and_day(year)?;
            Some(PrintedDay { range: ByteRange::new(start, end), date, other: None, is_short: false })
        }
        1 | 2 => {
            let first: i8 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
            rest.in_digits(start, first).or_else(|| rest.named(start, first)).or_else(|| rest.after_month(start, first))
        }
        _ => None,
    }
}

/// What follows a place of a text.
#[derive(Clone, Copy)]
struct Rest<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Rest<'a> {
    fn words(self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(self, n_bytes: usize) -> Self {
        Self { at: self.at + n_bytes, ..self }
    }

    /// Past blanks, but not into another line.
    fn blanks(self) -> Self {
        let words = self.words();
        self.skip(words.len() - words.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').len())
    }

    /// Past one of the `marks`.
    fn mark(self, marks: &[&str]) -> Option<(Self, &'a str)> {
        let words = self.words();
        let mark = marks.iter().find(|mark| words.starts_with(**mark))?;
        Some((self.skip(mark.len()), words.get(..mark.len())?))
    }

    fn mark_or_not(self, marks: &[&str]) -> Self {
        self.mark(marks).map_or(self, |(rest, _)| rest)
    }

    /// A number of at most `max` digits, and no digit after it.
    fn number(self, max: usize) -> Option<(Self, &'a str)> {
        let words = self.words();
        let n_digits = words.bytes().take_while(u8::is_ascii_digit).count();
        (1..=max).contains(&n_digits).then(|| (self.skip(n_digits), words.get(..n_digits).unwrap_or_default()))
    }

    fn small(self) -> Option<(Self, i8)> {
        let (rest, digits) = self.number(2)?;
        Some((rest, digits.parse().ok()?))
    }

    fn year(self) -> Option<(Self, i16)> {
        let (rest, digits) = self.number(4)?;
        let year = digits.parse().ok().filter(|year| digits.len() == 4 && YEARS.contains(year))?;
        Some((rest, year))
    }

    /// A word of letters; marks of vowels belong to it.
    fn word(self) -> Option<(Self, &'a str)> {
        let words = self.words();
        let end = words.find(|c: char| !c.is_alphabetic() && !('\u{0300}'..'\u{0370}').contains(&c));
        let word = words.get(..end.unwrap_or(words.len())).filter(|word| !word.is_empty() && word.len() <= 40)?;
        Some((self.skip(word.len()), word))
    }

    /// After a year: "-04-26", "/4/26", "年4月26日", ". 4. 26", ". május 3", " May 3".
    fn month_and_day(self, year: i16) -> Option<(Date, usize)> {
        let joined = self.blanks().mark(&["-", "/", ".", "_", "年", "년", "‑", "–"]);
        let in_digits = joined.and_then(|(rest, _)| {
            let (rest, month) = rest.blanks().small()?;
            let (rest, _) = rest.blanks().mark(&["-", "/", ".", "_", "月", "월", "‑", "–"])?;
            let (rest, day) = rest.blanks().small()?;
            Some((Date::new(year, month, day).ok()?, rest.at))
        });
        in_digits.or_else(|| {
            let (rest, word) = self.mark_or_not(&[".", ",", "-"]).blanks().word()?;
            let month = calendar::month_abroad(word)?;
            let (rest, day) = rest.mark_or_not(&[".", "-"]).blanks().small()?;
            Some((Date::new(year, month, day).ok()?, rest.at))
        })
    }

    /// After a day or month: "/04/2018", ".04.18", ". 4. 2018".
    fn in_digits(self, start: usize, first: i8) -> Option<PrintedDay> {
        const MARKS: [&str; 5] = [".", "/", "-", "‑", "–"];
        let (rest, mark) = self.blanks().mark(&MARKS)?;
        let (rest, second) = rest.blanks().small()?;
        let (rest, _) = rest.blanks().mark(&[mark])?;
        let (rest, digits) = rest.blanks().number(4)?;
        let number: i16 = digits.parse().ok()?;
        let (year, is_short) = match digits.len() {
            4 if YEARS.contains(&number) => (number, false),
            // Pages are younger than the web.
            2 if number >= 90 => (1900 + number, true),
            2 => (2000 + number, true),
            _ => return None,
        };
        // More of the same is no date but a version or an address.
        if rest.mark(&[mark]).is_some_and(|(rest, _)| rest.number(9).is_some()) {
            return None;
        }
        let readings = [Date::new(year, second, first).ok(), Date::new(year, first, second).ok()];
        let [date, other] = match (readings, mark) {
            ([Some(date), _], ".") => [Some(date), None],
            (_, ".") => return None,
            ([None, other], _) => [other, None],
            ([date, other], _) if date == other => [date, None],
            (both, _) => both,
        };
        Some(PrintedDay { range: ByteRange::new(start, rest.at), date: date?, other, is_short })
    }

    /// After a day: ". April 2018", " de abril de 2018", "th of May, 2019", "-May-2019", " tháng 4 năm 2018".
    fn named(self, start: usize, first: i8) -> Option<PrintedDay> {
        let rest = self.mark_or_not(&["st", "nd", "rd", "th", "er", "re", "º", "°", "ª"]);
        let rest = rest.mark_or_not(&[".", ",", "-", "/"]).blanks();
        let (mut rest, mut word) = rest.word()?;
        if matches!(word, "of" | "de" | "di" | "d") {
            (rest, word) = rest.mark_or_not(&["'", "’"]).blanks().word()?;
        }
        let month = if word.eq_ignore_ascii_case("tháng") {
            let (after, month) = rest.blanks().small()?;
            rest = after;
            month
        } else {
            calendar::month_abroad(word)?
        };
        let rest = rest.mark_or_not(&["."]).mark_or_not(&[",", "-", "/"]).blanks();
        let rest = match rest.word() {
            Some((after, "de" | "del" | "do" | "of" | "năm" | "anul")) => after.blanks(),
            _ => rest.mark_or_not(&["'", "’"]),
        };
        let (rest, year) = rest.year()?;
        let date = Date::new(year, month, first).ok()?;
        Some(PrintedDay { range: ByteRange::new(start, rest.at), date, other: None, is_short: false })
    }

    /// Before a day a month, after it a year: "April 26, 2018", "Juli 12, 2017", "Aug 24 2020".
    fn after_month(self, start: usize, first: i8) -> Option<PrintedDay> {
        let before = self.text.get(..start)?;
        let trimmed = before.trim_end_matches([' ', '\u{a0}', '.', '-', '\u{202f}']);
        if before.len() - trimmed.len() > 4 {
            return None;
        }
        let word_start = trimmed
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| at + trimmed.get(at..).and_then(|tail| tail.chars().next()).map_or(1, char::len_utf8));
        let word = trimmed.get(word_start..).filter(|word| !word.is_empty() && word.len() <= 40)?;
        let month = calendar::month_abroad(word)?;
        let rest = self.mark_or_not(&["st", "nd", "rd", "th"]);
        let (rest, year) = rest.mark_or_not(&[",", "."]).mark_or_not(&["-", "/"]).blanks().year()?;
        let date = Date::new(year, month, first).ok()?;
        Some(PrintedDay { range: ByteRange::new(word_start, rest.at), date, other: None, is_short: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn stamps_keep_their_local_day() {
        let day = |words: &str, is_us: bool| stamp(words, is_us).map(|printed| printed.date);
        assert_eq!(day("2019-05-03T23:30:00-07:00", false), Some(date(2019, 5, 3)));
        assert_eq!(stamp("2019-05-03T23:30:00Z", false).unwrap().time, Time::new(23, 30, 0, 0).ok());
        assert_eq!(day("20190503", false), Some(date(2019, 5, 3)));
        assert_eq!(day("20190503101500", false), Some(date(2019, 5, 3)));
        assert_eq!(day("Fri, 03 May 2019 10:00:00 GMT", false), Some(date(2019, 5, 3)));
        assert_eq!(day("Fri May 03 2019 10:00:00 GMT+0200 (CEST)", false), Some(date(2019, 5, 3)));
        assert_eq!(day("03/05/2019", false), Some(date(2019, 5, 3)));
        assert_eq!(day("05/03/2019", true), Some(date(2019, 5, 3)));
        assert_eq!(day("3 mars 2019", false), Some(date(2019, 3, 3)));
        assert_eq!(day("no day", false), None);
    }

    #[test]
    fn greenwich_is_told_from_a_place() {
        let cases = [
            ("2019-05-03T23:30:00Z", true),
            ("2019-05-03T23:30:00.000+00:00", true),
            ("Fri, 03 May 2019 10:00:00 GMT", true),
            ("Fri May 03 2019 10:00:00 GMT+0000 (Coordinated Universal Time)", true),
            ("Fri May 03 2019 10:00:00 GMT+0200 (CEST)", false),
            ("2019-05-03T23:30:00+02:00", false),
            ("2019-05-03", false),
            ("2019-05-03 10:15", false),
        ];
        for (words, expected) in cases {
            assert_eq!(stamp(words, false).unwrap().is_utc, expected, "{words}");
        }
    }

    #[test]
    fn seconds_since_1970_are_times_in_greenwich() {
        let noon = Printed { date: date(2019, 5, 3), time: Time::new(12, 0, 0, 0).ok(), is_utc: true };
        assert_eq!((epoch("1556884800"), epoch("1556884800000")), (Some(noon), Some(noon)));
        assert_eq!((epoch("155688480"), epoch("x556884800")), (None, None));
    }

    #[test]
    fn printed_in_many_ways() {
        let cases = [
            "26. April 2018",
            "26 avril 2018",
            "26 de abril de 2018",
            "26 апреля 2018 г.",
            "April 26, 2018",
            "Abril 26, 2018",
            "26.04.2018",
            "26 . 04 . 2018",
            "2018. 4. 26",
            "2018年4月26日",
            "2018년 4월 26일",
            "2018. április 26.",
            "26-Apr-2018",
            "26th of April, 2018",
            "26 tháng 4 năm 2018",
            "Thursday 26 Apr. 2018, 10:15",
            "26/04/2018",
            "26.4.18",
        ];
        for words in cases {
            let found = printed_days(words);
            assert_eq!(found.len(), 1, "{words}: {found:?}");
            assert_eq!((found[0].date, found[0].other), (date(2018, 4, 26), None), "{words}");
        }
    }

    #[test]
    fn two_orders_and_short_years_are_said() {
        let both = printed_days("on 06/09/17 they")[0];
        assert_eq!((both.date, both.other, both.is_short), (date(2017, 9, 6), Some(date(2017, 6, 9)), true));
        assert_eq!((both.read(true), both.read(false)), (date(2017, 6, 9), date(2017, 9, 6)));
        assert_eq!(printed_days("08/31/2019")[0].date, date(2019, 8, 31));
        let order = |words: &str| printed_days(words)[0].order(words);
        assert_eq!((order("08/31/2019"), order("31/08/2019"), order("08/07/2019")), (Some(true), Some(false), None));
    }

    #[test]
    fn other_numbers_are_no_days() {
        for words in
            ["1.2.3.4", "version 10.4.2019.1", "10:15", "2019", "31/31/2019", "555-12-34", "99.12.2018", "3 men"]
        {
            assert_eq!(printed_days(words), [], "{words}");
        }
        assert_eq!(printed_days("1 May 2019 and 2019-05-03, 4. Mai 2019").len(), 3);
    }
}
