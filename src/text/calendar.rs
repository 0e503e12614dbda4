//! The English names of months and days of the week, for whoever reads a date or writes one.

use jiff::civil::Weekday;

/// January to December.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Monday to Sunday.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// The number of the first month, 1 to 12, whose name starts with `word`, whatever its case; `None` for fewer than
/// three letters.
///
/// ```
/// use throughline::text::calendar::month;
/// assert_eq!(month("apr"), Some(4));
/// assert_eq!(month("April"), Some(4));
/// assert_eq!(month("ma"), None);
/// ```
pub fn month(word: &str) -> Option<i8> {
    let idx = MONTHS.iter().position(|name| starts(name, word))?;
    i8::try_from(idx + 1).ok()
}

/// The day of the week whose name starts with `word`, whatever its case; `None` for fewer than three letters.
pub fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| starts(name, word)).map(|(_, weekday)| *weekday)
}

/// Is `word` the name of a month or a day in full, whatever its case?
pub fn is_full(word: &str) -> bool {
    MONTHS.iter().chain(WEEKDAYS.iter().map(|(name, _)| name)).any(|name| name.eq_ignore_ascii_case(word))
}

fn starts(name: &str, word: &str) -> bool {
    let is_first = |word: &[u8]| word.first().map(u8::to_ascii_uppercase) == name.as_bytes().first().copied();
    // Nearly all words fail on their first letter.
    word.len() >= 3
        && is_first(word.as_bytes())
        && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_full_and_short() {
        assert_eq!((month("MAY"), month("sept"), month("marches"), month("é")), (Some(5), Some(9), None, None));
        assert_eq!(
            (weekday("thu"), weekday("Sunday"), weekday("su")),
            (Some(Weekday::Thursday), Some(Weekday::Sunday), None)
        );
        assert!(is_full("friday") && !is_full("fri"));
    }
}
