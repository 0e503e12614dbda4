//! Full dates as pages print them: time stamps, dates in digits, and dates with month names in many languages.

use jiff::civil::{Date, Time};

use super::scan::{When, mentions, time_after};
use crate::text::{ByteRange, tokens};

/// A day as printed, with its time of day where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Printed {
    pub(in super::super) date: Date,
    pub(in super::super) time: Option<Time>,
}

/// Names of the months, and forms they take in dates: German, French, Spanish, Italian, Portuguese, Dutch, Swedish,
/// Polish, Czech, Russian, Ukrainian, Turkish, Romanian, Greek. A word of three and more letters that starts one of them
/// counts.
const MONTHS: [&str; 12] = [
    "januar janvier enero gennaio janeiro januari stycznia styczeń ledna leden января січня ocak ianuarie ιανουαρίου",
    "februar février fevrier febrero febbraio fevereiro februari lutego luty února únor февраля лютого şubat subat februarie φεβρουαρίου",
    "märz maerz mars marzo março marco maart marca marzec března březen марта березня mart martie μαρτίου",
    "april avril abril aprile kwietnia kwiecień dubna duben апреля квітня nisan aprilie απριλίου",
    "mai mayo maggio maio mei maj maja května květen мая травня mayıs mayis μαΐου",
    "juni juin junio giugno junho czerwca czerwiec června červen июня червня haziran iunie ιουνίου",
    "juli juillet julio luglio julho lipca lipiec července červenec июля липня temmuz iulie ιουλίου",
    "august août aout agosto augustus augusti sierpnia sierpień srpna srpen августа серпня ağustos agustos αυγούστου",
    "september septembre septiembre settembre setembro września wrzesień září сентября вересня eylül eylul septembrie σεπτεμβρίου",
    "oktober octobre octubre ottobre outubro października październik října říjen октября жовтня ekim octombrie οκτωβρίου",
    "november novembre noviembre novembro listopada listopad listopadu ноября kasım kasim noiembrie νοεμβρίου",
    "dezember décembre decembre diciembre dicembre dezembro december grudnia grudzień prosince prosinec декабря грудня aralık aralik decembrie δεκεμβρίου",
];

/// A time stamp or any other printed date; the local day is kept as printed.
pub(in super::super) fn stamp(words: &str, is_us: bool) -> Option<Printed> {
    let words = words.trim();
    let digits: String = words.chars().take(8).take_while(char::is_ascii_digit).collect();
    if digits.len() == 8
        && let (Ok(year), Ok(month), Ok(day)) = (digits[..4].parse(), digits[4..6].parse(), digits[6..].parse())
        && let Ok(date) = Date::new(year, month, day)
    {
        return Some(Printed { date, time: None });
    }
    printed_day(words, is_us)
}

/// The first full date in a short text.
pub(in super::super) fn printed_day(words: &str, is_us: bool) -> Option<Printed> {
    if !words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = mentions(words, ByteRange::new(0, words.len())).into_iter().find_map(|mention| match mention.when {
        When::Day { date, other } => Some((other.filter(|_| is_us).unwrap_or(date), mention.range.end)),
        _ => None,
    });
    let (date, end) = found.or_else(|| named_day(words)).or_else(|| numbered_day(words))?;
    Some(Printed { date, time: time_after(words, end) })
}

/// "26 de abril de 2018", "26. April 2018", "26 апреля 2018".
fn named_day(words: &str) -> Option<(Date, usize)> {
    let parts: Vec<(String, usize)> = (tokens(words, ByteRange::new(0, words.len())))
        .map(|token| (token.range.of(words).to_lowercase(), token.range.end))
        .filter(|(word, _)| !matches!(word.as_str(), "de" | "del" | "di" | "the" | "of" | "r" | "года" | "року"))
        .collect();
    parts.windows(3).find_map(|window| {
        let [(first, _), (second, _), (third, end)] = window else { return None };
        let day: i8 = first.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
        let year: i16 = third.parse().ok().filter(|year| (1900..2100).contains(year))?;
        Some((Date::new(year, month_named(second)?, day).ok()?, *end))
    })
}

/// The number of the month that a lower-case word names, in one of the languages.
pub fn month_named(word: &str) -> Option<i8> {
    let is_one = |names: &str| {
        names.split(' ').any(|name| name == word || (word.chars().count() >= 3 && name.starts_with(word)))
    };
    let idx = MONTHS.iter().position(|names| is_one(names))?;
    i8::try_from(idx + 1).ok()
}

/// "2018年4月26日", "2018. 4. 26", "26 . 04 . 2018".
fn numbered_day(words: &str) -> Option<(Date, usize)> {
    let mut numbers: Vec<(i16, usize)> = Vec::new();
    let mut last_end = 0;
    for (start, part) in words
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| (part.as_ptr() as usize - words.as_ptr() as usize, part))
    {
        let gap = words[last_end..start].trim();
        let is_joined = matches!(gap, "年" | "月" | "년" | "월" | "." | "/" | "-");
        if !is_joined {
            numbers.clear();
        }
        last_end = start + part.len();
        let Ok(number) = part.parse::<i16>() else {
            numbers.clear();
            continue;
        };
        numbers.push((number, last_end));
        if let [.., (first, _), (second, _), (third, end)] = numbers.as_slice() {
            let date = |year: i16, month: i16, day: i16| {
                Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
            };
            let found = if (1990..2100).contains(first) {
                date(*first, *second, *third)
            } else if (1990..2100).contains(third) {
                date(*third, *second, *first)
            } else {
                None
            };
            if let Some(date) = found {
                return Some((date, *end));
            }
        }
    }
    None
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
        assert_eq!(day("Fri, 03 May 2019 10:00:00 GMT", false), Some(date(2019, 5, 3)));
        assert_eq!(day("03/05/2019", false), Some(date(2019, 5, 3)));
        assert_eq!(day("05/03/2019", true), Some(date(2019, 5, 3)));
        assert_eq!(day("3 mars 2019", false), Some(date(2019, 3, 3)));
        assert_eq!(day("no day", false), None);
    }
}
