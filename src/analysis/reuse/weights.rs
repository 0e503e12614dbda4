//! How much a word says: background rarity in ordinary English, and its class in a phrase.
//!
//! With five articles, document frequency says nothing, so a table of ordinary English words decides (levels 10 and
//! 20 of SCOWL, `assets/wordlists`). From 64 articles on the share of articles that hold a word counts as well, in
//! steps of powers of two, so that one more article seldom changes any weight. `O(1)` a word.

use rustc_hash::{FxHashMap, FxHashSet};

use super::keys::{Key, Keys};
use super::wordlists::{self, DAYS_AND_MONTHS, DETERMINERS, FUNCTION, LIGHT, OFFICE_MODIFIERS, OFFICES};
use crate::text::compare::{fold, fold_word};

/// Levels of ordinary words; its licence lies beside it.
const COMMON_WORDS: &str = include_str!("../../../assets/wordlists/scowl-common.txt");

/// What a word does in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
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
const FUNCTION_WEIGHT: f32 = 0.5;
const LIGHT_WEIGHT: f32 = 0.8;
/// Names are what articles are about; they say little on wording.
const NAME_WEIGHT: f32 = 2.0;
/// Powers of two of articles in which a word may stand before its frequency says something: near the cap of the index.
const ORDINARY_STEPS: u32 = 5;
/// Weight of content words of SCOWL level 10, of level 20, and of all others.
const CONTENT_WEIGHTS: [f32; 3] = [2.0, 3.0, 4.0];

/// The classes of words and how ordinary they are.
pub(super) struct Lexicon {
    function: FxHashSet<&'static str>,
    determiners: FxHashSet<&'static str>,
    days_and_months: FxHashSet<&'static str>,
    light: FxHashSet<&'static str>,
    offices: FxHashSet<&'static str>,
    office_modifiers: FxHashSet<&'static str>,
    /// 0 for level 10, 1 for level 20.
    levels: FxHashMap<&'static str, u8>,
}

impl Lexicon {
    pub fn new() -> Self {
        let set = |list| wordlists::words(list).collect::<FxHashSet<_>>();
        let mut levels = FxHashMap::default();
        let mut level = 0;
        for line in COMMON_WORDS.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix("= ") {
                Some(name) => level = u8::from(name != "10"),
                None => {
                    levels.entry(line).or_insert(level);
                }
            }
        }
        Self {
            function: set(FUNCTION),
            determiners: set(DETERMINERS),
            days_and_months: set(DAYS_AND_MONTHS),
            light: set(LIGHT),
            offices: set(OFFICES),
            office_modifiers: set(OFFICE_MODIFIERS),
            levels,
        }
    }

    /// The class of a word that is no name by its capital.
    pub fn class(&self, word: &str) -> Class {
        let folded = fold(word);
        if self.function.contains(folded.as_str()) {
            return Class::Function;
        }
        let folded = fold_word(word);
        if self.function.contains(folded.as_str()) {
            Class::Function
        } else if self.light.contains(folded.as_str())
            || self.days_and_months.contains(folded.as_str())
            || folded.chars().count() < 2
        {
            Class::Light
        } else if self.offices.contains(folded.as_str()) {
            Class::Name
        } else {
            Class::Content
        }
    }

    pub fn is_determiner(&self, word: &str) -> bool {
        self.determiners.contains(fold(word).as_str())
    }

    pub fn is_day_or_month(&self, word: &str) -> bool {
        self.days_and_months.contains(fold_word(word).as_str())
    }

    /// Is it among the most ordinary words of English?
    pub fn is_common(&self, word: &str) -> bool {
        self.levels.contains_key(fold_word(word).as_str())
    }

    pub fn is_office(&self, word: &str) -> bool {
        self.offices.contains(fold_word(word).as_str())
    }

    pub fn is_office_modifier(&self, word: &str) -> bool {
        self.office_modifiers.contains(fold_word(word).as_str())
    }

    /// The background weight of a content word.
    pub fn content_weight(&self, word: &str) -> f32 {
        let level = self.levels.get(fold_word(word).as_str()).copied().unwrap_or(2);
        CONTENT_WEIGHTS[usize::from(level).min(2)]
    }
}

/// The weight of every key of a corpus.
pub(super) struct Weights {
    /// Background weight by key, the lowest of its forms.
    background: Vec<f32>,
    /// Share of the weight left after document frequency, 0.25..=1.0.
    rarity: Vec<f32>,
}

impl Weights {
    /// Notes the background weight of every form in `forms`; all keys start as rare as they can be.
    pub fn new<'a>(keys: &Keys, lexicon: &Lexicon, forms: impl Iterator<Item = (&'a str, Key)>) -> Self {
        let mut background = vec![CONTENT_WEIGHTS[2]; keys.len()];
        for (form, key) in forms {
            if let Some(weight) = background.get_mut(key.0 as usize) {
                *weight = weight.min(lexicon.content_weight(form));
            }
        }
        Self { rarity: vec![1.0; keys.len()], background }
    }

    /// Lowers the weight of keys that very many of the articles hold.
    ///
    /// A word in fewer than 64 articles keeps its weight however many there are: a handful of articles on one subject
    /// share its words, and what they have in common must not go when others come.
    pub fn note_document_frequencies(&mut self, n_documents: usize, frequencies: &[u32]) {
        let steps_above = |n: u32| n.max(1).ilog2().saturating_sub(ORDINARY_STEPS);
        let most = steps_above(u32::try_from(n_documents).unwrap_or(u32::MAX));
        if most == 0 {
            return;
        }
        for (rarity, &frequency) in self.rarity.iter_mut().zip(frequencies) {
            *rarity = (1.0 - 0.75 * steps_above(frequency) as f32 / most as f32).clamp(0.25, 1.0);
        }
    }

    pub fn of(&self, key: Key, class: Class) -> f32 {
        let idx = key.0 as usize;
        let rarity = self.rarity.get(idx).copied().unwrap_or(1.0);
        match class {
            Class::Function => FUNCTION_WEIGHT,
            Class::Light => LIGHT_WEIGHT,
            Class::Name => NAME_WEIGHT * rarity,
            Class::Content => self.background.get(idx).copied().unwrap_or(2.0) * rarity,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_words() {
        let lexicon = Lexicon::new();
        for (word, class) in [
            ("the", Class::Function),
            ("Don’t", Class::Function),
            ("said", Class::Light),
            ("Tuesday", Class::Light),
            ("Minister", Class::Name),
            ("reckless", Class::Content),
        ] {
            assert_eq!(lexicon.class(word), class, "{word}");
        }
    }

    #[test]
    fn rarer_words_weigh_more() {
        let lexicon = Lexicon::new();
        assert!(lexicon.content_weight("pressure") < lexicon.content_weight("reckless"));
        assert!(lexicon.content_weight("reckless") < lexicon.content_weight("rapprochement"));
    }
}
