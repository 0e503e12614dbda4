//! Days as words: "est. 6 Sep 2017", "3–11 Sep", "29 Jan 2023".

use jiff::civil::{Date, Weekday};

use crate::document::{DateBasis, Published};
use crate::text::calendar;

/// "6 Sep 2017".
pub fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// "Sep".
fn month(date: Date) -> &'static str {
    month_in_full(date).get(..3).unwrap_or_default()
}

/// "Sep 2017".
pub fn month_and_year(date: Date) -> String {
    format!("{} {}", month(date), date.year())
}

/// "September".
pub fn month_in_full(date: Date) -> &'static str {
    calendar::MONTHS.get(usize::from(date.month().unsigned_abs()) - 1).copied().unwrap_or_default()
}

/// "Sunday 29 January 2023".
pub fn day_in_full(date: Date) -> String {
    format!("{} {} {} {}", weekday(date), date.day(), month_in_full(date), date.year())
}

/// "Sun 29 Jan 2023".
pub fn day_with_weekday(date: Date) -> String {
    format!("{} {}", weekday(date).get(..3).unwrap_or_default(), day(date))
}

fn weekday(date: Date) -> &'static str {
    weekday_name(date.weekday())
}

/// "Sunday".
pub fn weekday_name(weekday: Weekday) -> &'static str {
    calendar::WEEKDAYS.iter().find(|(_, known)| *known == weekday).map_or("", |(name, _)| name)
}

/// A share in 0.0..=1.0 as "45 %"; what is not nothing is at least "1 %".
pub fn share(share: f32) -> String {
    let percent = (share * 100.0).round();
    if share > 0.0 && percent < 1.0 { "< 1 %".to_owned() } else { format!("{percent} %") }
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
    let detail = if published.set_by_user { "entered".to_owned() } else { interval(published) };
    DateLabel { is_estimate, day, detail }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DateCandidate, DateSpan};

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
        let span = DateSpan { first: date(1, 1), last: date(1, 31) };
        let entered = label(&Published::entered_span(span, Vec::new()));
        assert_eq!(
            (entered.day.as_str(), entered.detail.as_str(), entered.is_estimate),
            ("Jan 2023", "entered", false)
        );
    }
}
