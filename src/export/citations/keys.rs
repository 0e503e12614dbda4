//! The sources to cite: each once, in order of date, each with a key that is its own.
//!
//! A key is outlet, year and letter: `thepilot2023a`. The letters follow the order of date, so a key stays what it is as
//! long as no earlier article of that outlet and year joins the list.

use std::collections::BTreeMap;

use crate::report::briefing::model::{Source, When};

/// A source with its place in the list.
pub(super) struct Entry<'a> {
    pub source: &'a Source,
    /// From 1.
    pub number: usize,
    pub key: String,
}

/// Sources that differ in number and quoted words alone are the same.
pub(super) fn entries<'a>(sources: impl IntoIterator<Item = &'a Source>) -> Vec<Entry<'a>> {
    let mut sorted: Vec<&Source> = sources.into_iter().collect();
    // Undated ones last.
    sorted.sort_by(|a, b| order(a).cmp(&order(b)));
    sorted.dedup_by(|a, b| order(a) == order(b));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let entries = sorted.into_iter().enumerate().map(|(idx, source)| {
        let base = format!("{}{}", slug(&source.outlet), year(&source.when).unwrap_or("nd".to_owned()));
        let nth = counts.entry(base.clone()).or_default();
        let key = format!("{base}{}", letters(*nth));
        *nth += 1;
        Entry { source, number: idx + 1, key }
    });
    entries.collect()
}

/// What tells sources apart, the day first.
fn order(source: &Source) -> impl Ord {
    (
        source.when.iso.is_none(),
        source.when.iso,
        sortable(&source.when),
        source.outlet.clone(),
        source.headline.clone(),
        source.author.clone(),
        (source.when.day.clone(), source.when.is_estimate, source.notes.clone(), source.is_outlet_entered),
    )
}

/// The year of a span of days, for the order among those without a single day.
fn sortable(when: &When) -> Option<String> {
    year(when)
}

/// The year as four digits, also where only a span of days is known.
pub(super) fn year(when: &When) -> Option<String> {
    if let Some(day) = when.iso {
        return Some(format!("{:04}", day.year()));
    }
    let last = when.day.split_whitespace().next_back()?;
    (last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit())).then(|| last.to_owned())
}

/// ASCII letters and digits alone: what every program takes for a key.
fn slug(outlet: &str) -> String {
    let slug: String =
        outlet.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect();
    // A key that begins with a digit is refused by some.
    if slug.starts_with(|character: char| character.is_ascii_alphabetic()) { slug } else { format!("source{slug}") }
}

/// a to z, then aa, ab and so on.
fn letters(nth: usize) -> String {
    let mut rest = nth;
    let mut letters: Vec<char> = Vec::new();
    loop {
        letters.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(number: usize, outlet: &str, day: Option<[i16; 3]>, printed: &str) -> Source {
        let iso = day.map(|[year, month, day]| jiff::civil::date(year, month as i8, day as i8));
        Source {
            number,
            outlet: outlet.to_owned(),
            is_outlet_entered: false,
            headline: "H".to_owned(),
            author: None,
            when: When { day: printed.to_owned(), month: String::new(), iso, is_estimate: false },
            notes: Vec::new(),
            n_quoted_words: number,
        }
    }

    #[test]
    fn each_source_stands_once_in_order_of_date_under_its_own_key() {
        let sources = [
            source(1, "The Pilot", Some([2023, 3, 1]), "1 Mar 2023"),
            source(2, "The Pilot", Some([2023, 1, 29]), "29 Jan 2023"),
            source(7, "The Pilot", Some([2023, 3, 1]), "1 Mar 2023"),
            source(3, "Гавань", None, "undated"),
            source(4, "24 Sea", None, "3 to 11 Sep 2017"),
        ];
        let entries = entries(&sources);
        let keys: Vec<(usize, &str)> = entries.iter().map(|entry| (entry.number, entry.key.as_str())).collect();
        assert_eq!(keys, [(1, "thepilot2023a"), (2, "thepilot2023b"), (3, "sourcenda"), (4, "source24sea2017a")]);
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
