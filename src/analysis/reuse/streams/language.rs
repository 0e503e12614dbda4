//! What the search for phrases knows of a language: its stemmer, its function words, and whether a capital makes a name.
//!
//! English has word lists of its own ([`lexicon`](super::lexicon)); other languages take their function words from the
//! crate `stop-words` (the Stopwords ISO collection). Without either, every word counts as content.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use super::lexicon::{Class, Entry, Lexicon};

/// A language whose words are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::analysis::reuse) enum Language {
    English,
    /// The place of another one in [`OTHERS`].
    Other(u8),
    /// No stemmer and no list; its words are compared as they are, folded.
    Unknown,
}

/// ISO 639-1 code and stemmer.
const OTHERS: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("tr", Algorithm::Turkish),
];

impl Language {
    /// The language of an ISO 639-1 code; English where none is known.
    pub fn of(code: Option<&str>) -> Self {
        let code = match code {
            None | Some("en") => return Self::English,
            Some("nb" | "nn") => "no",
            Some(code) => code,
        };
        let place = OTHERS.iter().position(|(other, _)| *other == code);
        place.and_then(|idx| u8::try_from(idx).ok()).map_or(Self::Unknown, Self::Other)
    }

    /// What makes a word of this language its stem. A language without a stemmer takes the English one for what it
    /// holds of English names, which leaves other scripts as they are.
    pub fn stemmer(self) -> Stemmer {
        Stemmer::create(match self {
            Self::English | Self::Unknown => Algorithm::English,
            Self::Other(idx) => match OTHERS.get(usize::from(idx)) {
                Some((_, algorithm)) => *algorithm,
                None => Algorithm::English,
            },
        })
    }

    /// Does a capital inside a sentence make a name? German writes every noun with one.
    pub fn has_capital_names(self) -> bool {
        self.code() != Some("de")
    }

    /// What is known of a word as it stands in a text; `folded` is the same, folded without its ending.
    pub fn entry(self, word: &str, folded: &str) -> Entry {
        if self == Self::English {
            return Lexicon::get().entry(word, folded);
        }
        let is_function = self.function_words().is_some_and(|words| words.contains(folded));
        let class = if is_function {
            Class::Function
        } else if folded.chars().count() < 2 {
            Class::Light
        } else {
            Class::Content
        };
        Entry {
            class,
            is_determiner: false,
            is_day_or_month: false,
            is_common: is_function,
            is_office: false,
            is_office_modifier: false,
        }
    }

    fn code(self) -> Option<&'static str> {
        match self {
            Self::Other(idx) => OTHERS.get(usize::from(idx)).map(|(code, _)| *code),
            Self::English | Self::Unknown => None,
        }
    }

    fn function_words(self) -> Option<&'static FxHashSet<&'static str>> {
        static WORDS: LazyLock<FxHashMap<&'static str, FxHashSet<&'static str>>> = LazyLock::new(|| {
            OTHERS.iter().map(|(code, _)| (*code, stop_words::get(*code).iter().copied().collect())).collect()
        });
        WORDS.get(self.code()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_words() {
        for (code, function, content) in
            [(Some("de"), "und", "Sanktionen"), (Some("fr"), "avec", "missiles"), (None, "with", "missiles")]
        {
            let language = Language::of(code);
            assert_eq!(language.entry(function, function).class, Class::Function, "{function}");
            assert_eq!(language.entry(content, &content.to_lowercase()).class, Class::Content, "{content}");
        }
        assert_eq!(Language::of(Some("de")).stemmer().stem("sanktionen"), "sanktion");
        assert!(!Language::of(Some("de")).has_capital_names() && Language::of(Some("fr")).has_capital_names());
        assert_eq!(Language::of(Some("ko")), Language::Unknown);
    }
}
