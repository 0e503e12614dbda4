//! Date expressions of English prose: "26 April", "November 8-9", "Wednesday, 19 June 2024", "last December", "2007".
//!
//! One pass over the words with a hand-written matcher; nothing is filled in, so that a missing year stays missing.
//! `O(n)` in the words.

use jiff::civil::{Date, Time, Weekday};

use crate::text::{ByteRange, Token, calendar, tokens};

/// A place of the text that tells a time, as far as it tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mention {
    pub(super) range: ByteRange,
    pub(super) when: When,
    /// A weekday that stands with a day: "Wednesday, 19 June".
    pub(super) weekday: Option<Weekday>,
    /// "last", "this" or "next" before it.
    pub(super) shift: Option<Shift>,
}

/// What a date expression says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum When {
    /// A full date; `other` is the second reading of a date in digits such as 06/09/2017.
    Day {
        date: Date,
        other: Option<Date>,
    },
    /// A day or a run of days without a year.
    DayOfYear {
        month: i8,
        first: i8,
        last: i8,
    },
    MonthOfYear {
        year: i16,
        month: i8,
    },
    Month {
        month: i8,
    },
    Year {
        year: i16,
    },
    Weekday {
        weekday: Weekday,
    },
    /// "last year", "this year", "next year"; the shift says which.
    RelativeYear,
    /// "this month", "last month".
    RelativeMonth,
}

/// "last", "this" or "next".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    Last,
    This,
    Next,
}

impl Shift {
    pub(super) fn by(self) -> i16 {
        match self {
            Self::Last => -1,
            Self::This => 0,
            Self::Next => 1,
        }
    }
}

/// Words before a bare month or year that show it is one ("may", "march" and numbers else).
const BEFORE_MONTH: &[&str] = &[
    "in", "since", "last", "this", "next", "until", "till", "by", "of", "early", "late", "mid", "from", "during",
    "before", "after", "and", "through", "end",
];
const BEFORE_YEAR: &[&str] = &[
    "in", "since", "by", "of", "from", "until", "till", "during", "before", "after", "and", "the", "through", "to",
    "early", "late", "mid", "between", "or", "than", "its", "their", "spring", "summer", "autumn", "fall", "winter",
];

/// The date expressions of `text[within]`, in order.
pub(super) fn mentions(text: &str, within: ByteRange) -> Vec<Mention> {
    let words: Vec<Token> = tokens(text, within).collect();
    let scanner = Scanner { text, words: &words };
    let mut found = Vec::new();
    let mut idx = 0;
    while idx < words.len() {
        match scanner.mention_at(idx) {
            Some((mention, next_idx)) => {
                found.push(mention);
                idx = next_idx.max(idx + 1);
            }
            None => idx += 1,
        }
    }
    found
}

/// A time of day starts at most this many bytes after its date.
const MAX_TIME_GAP: usize = 12;

/// The time of day printed right after `offset`: ", 09:12", " at 4:30 pm".
pub(super) fn time_after(text: &str, offset: usize) -> Option<Time> {
    let rest = text.get(offset..)?;
    // Nothing further off is looked at: a text may hold thousands of dates and no time.
    let lead = rest.bytes().take(MAX_TIME_GAP + 1).position(|byte| byte.is_ascii_digit())?;
    let gap =
        rest[..lead].trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '|' | '·' | '•' | 'T'));
    if rest[..lead].contains('\n') || !(gap.is_empty() || gap.eq_ignore_ascii_case("at")) {
        return None;
    }
    let n_digits = rest.bytes().skip(lead).take(3).take_while(u8::is_ascii_digit).count();
    let (hour, rest) = rest[lead..].split_at_checked(n_digits)?;
    let rest = rest.strip_prefix([':', '.'])?;
    let minute = rest.get(..2)?;
    let after = rest[2..].trim_start().get(..2).unwrap_or_default().to_ascii_lowercase();
    let (mut hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    match (after.as_str(), hour) {
        ("pm" | "p.", 1..=11) => hour += 12,
        ("am" | "a.", 12) => hour = 0,
        _ => {}
    }
    Time::new(hour, minute, 0, 0).ok()
}

/// The month a word names, in full or abbreviated; a capital is asked for.
fn month_of(word: &str) -> Option<(i8, Form)> {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let month = calendar::month(word)?;
    let form = form_of(word);
    let is_usual = form == Form::Full || word.len() == 3 || word.eq_ignore_ascii_case("sept");
    is_usual.then_some((month, form))
}

fn weekday_of(word: &str) -> Option<(Weekday, Form)> {
    let is_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    let weekday = if is_capital { calendar::weekday(word)? } else { return None };
    Some((weekday, form_of(word)))
}

fn form_of(word: &str) -> Form {
    if calendar::is_full(word) { Form::Full } else { Form::Short }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Full,
    Short,
}

fn day_of(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    if digits.len() > 2 || !matches!(suffix.to_ascii_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year_of(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1900..2100).contains(year))
}

struct Scanner<'a> {
    text: &'a str,
    words: &'a [Token],
}

impl<'a> Scanner<'a> {
    fn word(&self, idx: usize) -> &'a str {
        self.words.get(idx).map_or("", |token| token.range.of(self.text))
    }

    fn lower(&self, idx: Option<usize>) -> String {
        idx.map_or_else(String::new, |idx| self.word(idx).to_lowercase())
    }

    /// What stands between a word and the next one.
    fn gap(&self, idx: usize) -> &'a str {
        match (self.words.get(idx), self.words.get(idx + 1)) {
            (Some(left), Some(right)) => self.text.get(left.range.end..right.range.start).unwrap_or_default(),
            _ => "\n",
        }
    }

    /// Do the two words belong to one expression?
    fn is_near(&self, idx: usize) -> bool {
        let gap = self.gap(idx);
        !gap.contains(['\n', '\r'])
            && gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '.'))
            && gap.len() <= 4
    }

    fn is_dash(&self, idx: usize) -> bool {
        matches!(self.gap(idx).trim(), "-" | "–" | "—" | "‑" | "/")
    }

    fn range(&self, first: usize, last: usize) -> ByteRange {
        let start = self.words.get(first).map_or(0, |token| token.range.start);
        let end = self.words.get(last).map_or(start, |token| {
            // "2018-04-26T09:00" makes one word of day and hour.
            let is_stamp = matches!(token.range.of(self.text).as_bytes(), [a, b, b'T', ..] if a.is_ascii_digit() && b.is_ascii_digit());
            if is_stamp { token.range.start + 2 } else { token.range.end }
        });
        ByteRange::new(start, end)
    }

    fn shift_before(&self, idx: usize) -> Option<Shift> {
        let before = idx.checked_sub(1).filter(|&before| self.is_near(before));
        match self.lower(before).as_str() {
            "last" | "past" | "previous" => Some(Shift::Last),
            "this" => Some(Shift::This),
            "next" | "coming" => Some(Shift::Next),
            _ => None,
        }
    }

    /// The mention that starts at word `idx`, and the index after it.
    fn mention_at(&self, idx: usize) -> Option<(Mention, usize)> {
        // Names have a capital, numbers a digit; of the rest only "last", "this" and "next" start an expression.
        if !self.word(idx).starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()) {
            return self.period_at(idx);
        }
        if let Some((weekday, form)) = weekday_of(self.word(idx)) {
            let gap = self.gap(idx);
            let is_joined = self.is_near(idx) || gap.trim() == "(";
            if is_joined && let Some((when, last)) = self.day_at(idx + 1) {
                let mention = Mention { range: self.range(idx, last), when, weekday: Some(weekday), shift: None };
                return Some((mention, last + 1));
            }
            let shift = self.shift_before(idx);
            let when = When::Weekday { weekday };
            return (form == Form::Full)
                .then(|| (Mention { range: self.range(idx, idx), when, weekday: None, shift }, idx + 1));
        }
        if let Some((when, last)) = self.day_at(idx) {
            return Some((Mention { range: self.range(idx, last), when, weekday: None, shift: None }, last + 1));
        }
        self.period_at(idx)
    }

    /// A day with its month: "26 April 2018", "April 26", "8-9 November", "2018-04-26", "26.04.2018".
    fn day_at(&self, idx: usize) -> Option<(When, usize)> {
        let word = self.word(idx);
        if let Some((month, _)) = month_of(word) {
            return self.month_first(idx, month);
        }
        if let Some(found) = self.digits_at(idx) {
            return Some(found);
        }
        let first = day_of(word)?;
        let (last, next_idx) = match day_of(self.word(idx + 1)) {
            Some(last) if self.is_dash(idx) && last > first => (last, idx + 2),
            _ => (first, idx + 1),
        };
        let next_idx =
            if self.lower(Some(next_idx)) == "of" && self.is_near(next_idx) { next_idx + 1 } else { next_idx };
        let (month, _) = month_of(self.word(next_idx)).filter(|_| self.is_near(next_idx - 1))?;
        let year = year_of(self.word(next_idx + 1)).filter(|_| self.is_near(next_idx));
        Self::day(year, month, first, last).map(|when| (when, next_idx + usize::from(year.is_some())))
    }

    fn month_first(&self, idx: usize, month: i8) -> Option<(When, usize)> {
        let first = day_of(self.word(idx + 1)).filter(|_| self.is_near(idx))?;
        let (last, last_idx) = match day_of(self.word(idx + 2)) {
            Some(last) if self.is_dash(idx + 1) && last > first => (last, idx + 2),
            _ => (first, idx + 1),
        };
        let year = year_of(self.word(last_idx + 1)).filter(|_| self.is_near(last_idx));
        Self::day(year, month, first, last).map(|when| (when, last_idx + usize::from(year.is_some())))
    }

    fn day(year: Option<i16>, month: i8, first: i8, last: i8) -> Option<When> {
        match year {
            Some(year) => Date::new(year, month, last).ok().map(|date| When::Day { date, other: None }),
            // 2000 is a leap year, so that 29 February passes.
            None => Date::new(2000, month, last).ok().map(|_| When::DayOfYear { month, first, last }),
        }
    }

    /// A date in digits: year first, or day and month in one of two orders.
    fn digits_at(&self, idx: usize) -> Option<(When, usize)> {
        let word = self.word(idx);
        if word.contains('.') {
            let mut parts = word.split('.');
            let (day, month, year) =
                (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, year_of(parts.next()?)?);
            return Date::new(year, month, day).ok().map(|date| (When::Day { date, other: None }, idx));
        }
        let separator = self.gap(idx);
        if !matches!(separator, "-" | "/") || self.gap(idx + 1) != separator {
            return None;
        }
        let number = |idx: usize| self.word(idx).get(..2.min(self.word(idx).len()))?.parse::<i8>().ok();
        if let Some(year) = year_of(word) {
            // "2018-04-26T09:00" is one word less to the right, so only its first two letters are read.
            let date = Date::new(year, number(idx + 1)?, number(idx + 2)?).ok()?;
            return Some((When::Day { date, other: None }, idx + 2));
        }
        let year = year_of(self.word(idx + 2))?;
        let (first, second) = (number(idx)?, number(idx + 1)?);
        let readings = [Date::new(year, second, first).ok(), Date::new(year, first, second).ok()];
        let [date, other] = match readings {
            [None, other] => [other, None],
            [date, other] if date == other => [date, None],
            both => both,
        };
        Some((When::Day { date: date?, other }, idx + 2))
    }

    /// A month, a year, or a period told from today.
    fn period_at(&self, idx: usize) -> Option<(Mention, usize)> {
        let word = self.word(idx);
        let before = || self.lower(idx.checked_sub(1));
        let mention = |when, shift, last: usize| {
            Some((Mention { range: self.range(idx, last), when, weekday: None, shift }, last + 1))
        };
        if let Some((month, form)) = month_of(word) {
            let next_idx = if self.lower(Some(idx + 1)) == "of" { idx + 2 } else { idx + 1 };
            if let Some(year) = year_of(self.word(next_idx)).filter(|_| self.is_near(idx) && self.is_near(next_idx - 1))
            {
                return mention(When::MonthOfYear { year, month }, None, next_idx);
            }
            if form == Form::Full && BEFORE_MONTH.contains(&before().as_str()) {
                // "in November last year" ties month and year.
                let after = self.lower(Some(idx + 1));
                let is_of_year = self.lower(Some(idx + 2)) == "year" && self.is_near(idx);
                let shift = match after.as_str() {
                    "last" if is_of_year => Some(Shift::Last),
                    "this" if is_of_year => Some(Shift::This),
                    "next" if is_of_year => Some(Shift::Next),
                    _ => self.shift_before(idx),
                };
                return mention(When::Month { month }, shift, idx);
            }
            return None;
        }
        if let Some(year) = year_of(word) {
            let is_told = BEFORE_YEAR.contains(&before().as_str());
            return if is_told { mention(When::Year { year }, None, idx) } else { None };
        }
        if !["last", "this", "next"].iter().any(|shift| word.eq_ignore_ascii_case(shift)) {
            return None;
        }
        let shift = self.shift_before(idx + 1)?;
        match self.lower(Some(idx + 1)).as_str() {
            "year" => mention(When::RelativeYear, Some(shift), idx + 1),
            "month" => mention(When::RelativeMonth, Some(shift), idx + 1),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, When, Option<Shift>)> {
        (mentions(text, ByteRange::new(0, text.len())).into_iter())
            .map(|mention| (mention.range.of(text), mention.when, mention.shift))
            .collect()
    }

    fn day(year: i16, month: i8, day: i8) -> When {
        When::Day { date: jiff::civil::date(year, month, day), other: None }
    }

    #[test]
    fn full_dates_in_many_forms() {
        let cases = [
            ("Wednesday, 19 June 2024, 09:12", "Wednesday, 19 June 2024", day(2024, 6, 19)),
            ("SEOUL, Jan. 29, 2023 (Yonhap)", "Jan. 29, 2023", day(2023, 1, 29)),
            ("the 3rd of May 2019 was", "3rd of May 2019", day(2019, 5, 3)),
            ("on 2018-04-26.", "2018-04-26", day(2018, 4, 26)),
            ("Posted 26.04.2018 by", "26.04.2018", day(2018, 4, 26)),
            ("on 26/04/2018 he", "26/04/2018", day(2018, 4, 26)),
            ("November 8–9, 2017 meeting", "November 8–9, 2017", day(2017, 11, 9)),
        ];
        for (text, words, when) in cases {
            assert_eq!(found(text), [(words, when, None)], "{text}");
        }
        let both = When::Day { date: jiff::civil::date(2017, 9, 6), other: Some(jiff::civil::date(2017, 6, 9)) };
        assert_eq!(found("06/09/2017"), [("06/09/2017", both, None)]);
    }

    #[test]
    fn partial_dates_stay_partial() {
        let november = When::DayOfYear { month: 11, first: 8, last: 9 };
        assert_eq!(found("the November 8-9 talks"), [("November 8-9", november, None)]);
        let december = When::Month { month: 12 };
        assert_eq!(found("was told last December that"), [("December", december, Some(Shift::Last))]);
        assert_eq!(
            found("opened in November last year"),
            [
                ("November", When::Month { month: 11 }, Some(Shift::Last)),
                ("last year", When::RelativeYear, Some(Shift::Last)),
            ]
        );
        assert_eq!(
            found("in 2000 and 2007"),
            [("2000", When::Year { year: 2000 }, None), ("2007", When::Year { year: 2007 }, None)]
        );
        assert_eq!(found("on Tuesday"), [("Tuesday", When::Weekday { weekday: Weekday::Tuesday }, None)]);
        assert_eq!(
            found("since November 2017"),
            [("November 2017", When::MonthOfYear { year: 2017, month: 11 }, None)]
        );
    }

    #[test]
    fn other_words_are_no_dates() {
        for text in
            ["They may march on 8 roads", "about 2000 troops", "Sun shone on Jan Kees", "Hwasong-14 flew 950 km"]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn times_follow_their_day() {
        assert_eq!(time_after("19 June 2024, 09:12", 12), Time::new(9, 12, 0, 0).ok());
        assert_eq!(time_after("3 May 2020 at 4:30 pm", 10), Time::new(16, 30, 0, 0).ok());
        assert_eq!(time_after("3 May 2020 about 30 people", 10), None);
    }
}
