//! How much a word says by itself: background rarity in ordinary English, and its class in a phrase.
//!
//! With five articles, document frequency says nothing, so a table of ordinary English words decides (levels 10 and
//! 20 of SCOWL, `assets/wordlists`). Nothing here depends on the corpus, so what a phrase is made of never changes when
//! an article comes or goes; [`rarity`](super::rarity) is what the corpus adds. `O(1)` a word.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::keys::key_text;
use super::wordlists::{self, DAYS_AND_MONTHS, DETERMINERS, FUNCTION, LIGHT, OFFICE_MODIFIERS, OFFICES};
use crate::text::compare::fold;

/// Levels of ordinary words; its licence lies beside it.
const COMMON_WORDS: &str = include_str!("../../../../assets/wordlists/scowl-common.txt");

/// What a word does in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::analysis::reuse) enum Class {
    /// Ties words together: "of", "the", "we".
    Function,
    /// Says next to nothing alone: "said", "year", a number.
    Light,
    /// Carries meaning.
    Content,
    /// A proper name, or the office that goes with one.
    Name,
}

/// The weight of a function word: a run of six of them says as much as one rare word.
pub(in crate::analysis::reuse) const FUNCTION_WEIGHT: f32 = 0.5;
pub(in crate::analysis::reuse) const LIGHT_WEIGHT: f32 = 0.8;
/// Names are what articles are about; they say little on wording.
pub(in crate::analysis::reuse) const NAME_WEIGHT: f32 = 2.0;
/// Weight of content words of SCOWL level 10, of level 20, and of all others; then of keys that function and light words
/// have.
const KEY_WEIGHTS: [f32; 5] = [2.0, 3.0, 4.0, FUNCTION_WEIGHT, LIGHT_WEIGHT];

/// What the lists say of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis::reuse) struct Entry {
    /// Its class where it is no name by its capital.
    pub class: Class,
    pub is_determiner: bool,
    pub is_day_or_month: bool,
    /// Among the most ordinary words of English.
    pub is_common: bool,
    pub is_office: bool,
    pub is_office_modifier: bool,
}

/// The classes of English words and how ordinary they are.
pub(in crate::analysis::reuse) struct Lexicon {
    /// Which lists hold a word, one bit a list.
    lists: FxHashMap<&'static str, u8>,
    /// The place of a key's weight in [`KEY_WEIGHTS`], by what it spells.
    levels: FxHashMap<String, u8>,
}

const IN_FUNCTION: u8 = 1;
const IN_DETERMINERS: u8 = 2;
const IN_DAYS_AND_MONTHS: u8 = 4;
const IN_LIGHT: u8 = 8;
const IN_OFFICES: u8 = 16;
const IN_OFFICE_MODIFIERS: u8 = 32;
const IN_COMMON: u8 = 64;

impl Lexicon {
    /// The lexicon, made once.
    pub fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);
        &LEXICON
    }

    fn new() -> Self {
        let mut lists: FxHashMap<&'static str, u8> = FxHashMap::default();
        for (list, bit) in [
            (FUNCTION, IN_FUNCTION),
            (DETERMINERS, IN_DETERMINERS),
            (DAYS_AND_MONTHS, IN_DAYS_AND_MONTHS),
            (LIGHT, IN_LIGHT),
            (OFFICES, IN_OFFICES),
            (OFFICE_MODIFIERS, IN_OFFICE_MODIFIERS),
        ] {
            for word in wordlists::words(list) {
                *lists.entry(word).or_default() |= bit;
            }
        }
        let stemmer = Stemmer::create(Algorithm::English);
        let mut levels = FxHashMap::default();
        for (list, level) in [(FUNCTION, 3), (LIGHT, 4)] {
            for word in wordlists::words(list) {
                levels.entry(key_text(&stemmer, word)).or_insert(level);
            }
        }
        let mut level = 0;
        for line in COMMON_WORDS.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix("= ") {
                Some(name) => level = u8::from(name != "10"),
                None => {
                    *lists.entry(line).or_default() |= IN_COMMON;
                    // Level 10 comes first, so the more ordinary form of a word decides.
                    levels.entry(key_text(&stemmer, line)).or_insert(level);
                }
            }
        }
        Self { lists, levels }
    }

    /// What the lists say of a word as it stands in a text; `folded` is the same, folded without its ending.
    pub fn entry(&self, word: &str, folded: &str) -> Entry {
        let lists = |word: &str| self.lists.get(word).copied().unwrap_or(0);
        let in_lists = lists(folded);
        // "don't" and "it's" are on the lists with their endings.
        let has_ending =
            word.ends_with(['s', 't', 'm', 'd', 'e', 'l', '\'', '’']) && word.contains(['\'', '’', '‘', 'ʼ']);
        let in_whole = if has_ending { lists(&fold(word)) } else { in_lists };
        let has = |bit: u8| in_lists & bit != 0;
        let class = if (in_lists | in_whole) & IN_FUNCTION != 0 {
            Class::Function
        } else if has(IN_LIGHT) || has(IN_DAYS_AND_MONTHS) || folded.chars().nth(1).is_none() {
            Class::Light
        } else if has(IN_OFFICES) {
            Class::Name
        } else {
            Class::Content
        };
        Entry {
            class,
            is_determiner: class == Class::Function && in_whole & IN_DETERMINERS != 0,
            is_day_or_month: has(IN_DAYS_AND_MONTHS),
            is_common: has(IN_COMMON),
            is_office: has(IN_OFFICES),
            is_office_modifier: has(IN_OFFICE_MODIFIERS),
        }
    }

    /// The weight of the word whose key spells `key_text`: 2.0 for the most ordinary content words, 4.0 for those on no
    /// list, less than 1.0 for words that only tie others together.
    pub fn content_weight(&self, key_text: &str) -> f32 {
        let level = self.levels.get(key_text).copied().unwrap_or(2);
        KEY_WEIGHTS[usize::from(level).min(4)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::compare::fold_word;

    #[test]
    fn classes_of_words() {
        let entry = |word: &str| Lexicon::get().entry(word, &fold_word(word));
        for (word, class) in [
            ("the", Class::Function),
            ("Don’t", Class::Function),
            ("said", Class::Light),
            ("Tuesday", Class::Light),
            ("Minister", Class::Name),
            ("reckless", Class::Content),
        ] {
            assert_eq!(entry(word).class, class, "{word}");
        }
        assert!(entry("The").is_determiner && !entry("of").is_determiner);
    }

    #[test]
    fn rarer_words_weigh_more_in_any_form() {
        let stemmer = Stemmer::create(Algorithm::English);
        let weight = |word: &str| Lexicon::get().content_weight(&key_text(&stemmer, word));
        assert!(weight("pressure") < weight("reckless"));
        assert!(weight("reckless") < weight("rapprochement"));
        assert!((weight("pressures") - weight("pressure")).abs() < f32::EPSILON);
    }
}
