//! Days as words: "est. 6 Sep 2017", "3–11 Sep", "29 Jan 2023", and what people type when they enter one.

use jiff::civil::Date;

use crate::document::{DateBasis, Published};
use crate::text::calendar;

/// "6 Sep 2017".
pub fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// "Sep".
fn month(date: Date) -> &'static str {
    calendar::MONTHS.get(usize::from(date.month().unsigned_abs()) - 1).map_or("", |name| &name[..3])
}

/// A publication date for a chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateLabel {
    pub is_estimate: bool,
    /// "6 Sep 2017", or "undated".
    pub day: String,
    /// "stated, 09:12", "3–11 Sep", "22 or 29 Jan", "entered".
    pub detail: String,
}

/// The parts of a date chip.
pub fn label(published: &Published) -> DateLabel {
    let Some(date) = published.best else { return without_a_day(published) };
    let detail = if published.set_by_user {
        "entered".to_owned()
    } else {
        match published.basis {
            DateBasis::Stated | DateBasis::Metadata => {
                let time =
                    published.time.map_or(String::new(), |time| format!(", {:02}:{:02}", time.hour(), time.minute()));
                let basis = if published.basis == DateBasis::Stated { "stated" } else { "from metadata" };
                format!("{basis}{time}")
            }
            DateBasis::Inferred | DateBasis::Unknown => interval(published),
        }
    };
    DateLabel { is_estimate: published.is_estimate(), day: day(date), detail }
}

/// Where no day is better than another: the month, the year or the years that are left.
fn without_a_day(published: &Published) -> DateLabel {
    let is_estimate = published.is_estimate();
    let day = match (published.earliest, published.latest) {
        (Some(earliest), Some(latest)) if earliest.year() != latest.year() => {
            format!("{}–{}", earliest.year(), latest.year())
        }
        (Some(earliest), Some(latest)) if earliest.month() == latest.month() => {
            format!("{} {}", month(earliest), earliest.year())
        }
        (Some(earliest), Some(_)) => earliest.year().to_string(),
        _ => return DateLabel { is_estimate: false, day: "undated".to_owned(), detail: String::new() },
    };
    DateLabel { is_estimate, day, detail: interval(published) }
}

/// What else it may have been: "22 or 29 Jan", "3–11 Sep", "Sep 2017 – Jan 2018"; empty where one day is left.
fn interval(published: &Published) -> String {
    let (Some(earliest), Some(latest)) = (published.earliest, published.latest) else { return String::new() };
    if earliest == latest {
        return String::new();
    }
    let mut days: Vec<Date> = published.candidates.iter().map(|candidate| candidate.date).collect();
    days.sort_unstable();
    if let [first, last] = days[..]
        && (first.year(), first.month()) == (last.year(), last.month())
    {
        return format!("{} or {} {}", first.day(), last.day(), month(first));
    }
    if (earliest.year(), earliest.month()) == (latest.year(), latest.month()) {
        return format!("{}–{} {}", earliest.day(), latest.day(), month(earliest));
    }
    if earliest.year() == latest.year() {
        return format!("{} {} – {} {}", earliest.day(), month(earliest), latest.day(), month(latest));
    }
    format!("{} {} – {} {}", month(earliest), earliest.year(), month(latest), latest.year())
}

/// Reads a day as people type it: `2023-01-29`, `29 Jan 2023`, `January 29, 2023`, `29.1.2023`, `29/1/2023` (day
/// first). `None` where it is none of these or no day of the calendar.
pub fn parse(typed: &str) -> Option<Date> {
    let parts: Vec<&str> =
        typed.split(|c: char| c.is_whitespace() || ",./-".contains(c)).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |part: &str| part.parse::<i16>().ok();
    let (year, month, day) = if first.len() == 4 {
        (number(first)?, month_number(second)?, number(third)?)
    } else if let Some(month) = first.starts_with(char::is_alphabetic).then(|| month_number(first)).flatten() {
        (number(third)?, month, number(second)?)
    } else {
        (number(third)?, month_number(second)?, number(first)?)
    };
    Date::new(year, month, i8::try_from(day).ok()?).ok().filter(|date| (1800..=2200).contains(&date.year()))
}

fn month_number(part: &str) -> Option<i8> {
    if let Ok(number) = part.parse() {
        return Some(number);
    }
    calendar::month(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DateCandidate;

    #[test]
    fn reads_what_people_type() {
        let day = jiff::civil::date(2023, 1, 29);
        for typed in ["2023-01-29", "29 Jan 2023", "29 january 2023", "January 29, 2023", "29.1.2023", " 29/01/2023 "] {
            assert_eq!(parse(typed), Some(day), "{typed}");
        }
        for typed in ["", "2023", "Jan 2023", "31 Feb 2023", "29 Foo 2023", "29 1 23 4", "1/2/99999"] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn says_what_else_it_may_have_been() {
        let date = |month, day| jiff::civil::date(2023, month, day);
        let mut published = Published { basis: DateBasis::Inferred, ..Published::unknown() };
        assert_eq!(label(&published).day, "undated");
        published.earliest = Some(date(1, 22));
        published.latest = Some(date(1, 29));
        published.best = Some(date(1, 29));
        assert_eq!(label(&published).detail, "22–29 Jan");
        published.candidates = [29, 22].map(|day| DateCandidate { date: date(1, day), weight: 0.5 }).to_vec();
        assert_eq!(label(&published).detail, "22 or 29 Jan");
        assert!(label(&published).is_estimate);
        published.best = None;
        assert_eq!((label(&published).day.as_str(), label(&published).is_estimate), ("Jan 2023", true));
        published.latest = Some(date(3, 2));
        assert_eq!(label(&published).day, "2023");
        published.candidates.clear();
        assert_eq!(label(&published).detail, "22 Jan – 2 Mar");
    }
}
