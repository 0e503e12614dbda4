//! Sentences that claim no more than was found: the parts that headlines, subtitles and descriptions are made of.

use super::checks::MAX_HEADLINE_WORDS;
use super::model::When;
use crate::document::Published;
use crate::report::{Report, confidence_words, dates};
use crate::text::numbers::{counted, number};

/// How sure a sentence may sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    Sure,
    Likely,
    Possible,
}

impl Certainty {
    /// By the steps that the cards speak of.
    pub fn of(confidence: f32) -> Self {
        match confidence_words(confidence) {
            "high" => Self::Sure,
            "medium" => Self::Likely,
            _ => Self::Possible,
        }
    }

    /// "hardened", "appears to have hardened", "may have hardened".
    pub fn did(self, past: &str) -> String {
        match self {
            Self::Sure => past.to_owned(),
            Self::Likely => format!("appears to have {past}"),
            Self::Possible => format!("may have {past}"),
        }
    }
}

/// "2023 to 2024", "September to November 2017", "April 2018"; `None` where a day is unknown.
pub(super) fn between(old: &Published, new: &Published) -> Option<String> {
    let (old, new) = (old.day()?, new.day()?);
    let month = |day| dates::month_in_full(day);
    Some(match (old.year() == new.year(), old.month() == new.month()) {
        (false, _) => format!("{} to {}", old.year(), new.year()),
        (true, false) => format!("{} to {} {}", month(old), month(new), new.year()),
        (true, true) => format!("{} {}", month(new), new.year()),
    })
}

/// " · 2 of 5 articles".
pub(super) fn of_articles(report: &Report<'_>, n: usize) -> String {
    format!(" · {} of {}", number(n), counted(report.articles.len(), "article", "articles"))
}

/// "29 Jan 2023 (estimated)", for those who hear it.
pub(super) fn day(when: &When) -> String {
    if when.is_estimate { format!("{} (estimated)", when.day) } else { when.day.clone() }
}

/// A sentence with its full stop.
pub(super) fn ended(words: &str) -> String {
    let is_ended = words.trim_end_matches(['”', '’', '"']).ends_with(['.', '!', '?', '…']);
    if is_ended { words.to_owned() } else { format!("{words}.") }
}

/// The first of the sentences that is short enough for a headline, else the last one there is.
pub(super) fn short_enough<const N: usize>(sentences: [Option<String>; N]) -> String {
    let mut last = String::new();
    for sentence in sentences.into_iter().flatten() {
        last = sentence;
        if last.split_whitespace().count() <= MAX_HEADLINE_WORDS {
            break;
        }
    }
    last
}

/// At most `n_words` words, with an ellipsis where there were more.
pub(super) fn first_words(words: &str, n_words: usize) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    let kept = all.get(..n_words.min(all.len())).unwrap_or_default().join(" ");
    if all.len() > n_words { format!("{kept}\u{a0}…") } else { kept }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_sentence_sounds_as_sure_as_its_finding() {
        let said = [0.9, 0.6, 0.2].map(|confidence| Certainty::of(confidence).did("hardened"));
        assert_eq!(said, ["hardened", "appears to have hardened", "may have hardened"]);
    }

    #[test]
    fn times_are_told_by_year_where_years_differ() {
        let of = |year, month| Published::entered(date(year, month, 3), Vec::new());
        let between = |old, new| between(&old, &new).unwrap();
        assert_eq!(between(of(2023, 1), of(2024, 6)), "2023 to 2024");
        assert_eq!(between(of(2017, 9), of(2017, 11)), "September to November 2017");
        assert_eq!(between(of(2017, 9), of(2017, 9)), "September 2017");
    }

    #[test]
    fn sentences_end_once_and_long_ones_are_cut_between_words() {
        assert_eq!(["a", "a.", "“a.”", "a …"].map(ended), ["a.", "a.", "“a.”", "a …"]);
        let long = "word ".repeat(16);
        assert_eq!(short_enough([Some(long.clone()), None, Some("short".to_owned())]), "short");
        assert_eq!(short_enough([Some("first".to_owned()), Some("second".to_owned())]), "first");
        assert_eq!(short_enough([None, Some(long.clone())]), long);
        assert_eq!((first_words("a b  c", 2), first_words("a b", 2)), ("a b\u{a0}…".into(), "a b".into()));
    }
}
