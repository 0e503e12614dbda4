//! Keys: what counts as the same word when articles are compared.
//!
//! A key is the folded word without its possessive, in one spelling (British forms become American ones), reduced
//! to its stem by the Snowball English stemmer (Porter 2001). Only the key is normalized; what is shown is the text.
//! The spelling rules need not give real words ("exercise" becomes "exercize"): they only have to send both
//! spellings of a word to one key, and two words to two. `O(n)` in the bytes of a word, once for each distinct word.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use crate::text::compare::fold_word;

/// The number of a key in one [`Keys`] table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::analysis) struct Key(pub u32);

/// All keys of a corpus, numbered in the order in which they were met.
pub(in crate::analysis) struct Keys {
    stemmer: Stemmer,
    numbers: FxHashMap<String, Key>,
    texts: Vec<String>,
    /// Key by word as it stands in a text, so that each form is folded and stemmed once.
    forms: FxHashMap<String, Key>,
}

impl Keys {
    pub fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            numbers: FxHashMap::default(),
            texts: Vec::new(),
            forms: FxHashMap::default(),
        }
    }

    /// The key of a word as it stands in a text.
    pub fn of_word(&mut self, word: &str) -> Key {
        if let Some(&key) = self.forms.get(word) {
            return key;
        }
        let stem = key_text(&self.stemmer, word);
        let key = self.of_text(&stem);
        self.forms.insert(word.to_owned(), key);
        key
    }

    /// The key that `text` spells, such as the name of an alias group.
    pub fn of_text(&mut self, text: &str) -> Key {
        if let Some(&key) = self.numbers.get(text) {
            return key;
        }
        let key = Key(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), key);
        key
    }

    /// What a key spells; the same for every corpus.
    pub fn text(&self, key: Key) -> &str {
        self.texts.get(key.0 as usize).map_or("", String::as_str)
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }
}

/// The key of a word, spelled out.
pub(super) fn key_text(stemmer: &Stemmer, word: &str) -> String {
    let folded = fold_word(word);
    stemmer.stem(&one_spelling(&folded)).into_owned()
}

/// Endings of which British and American spelling have one each, longest first. Both sides only meet in keys.
const ENDINGS: &[(&str, &str)] = &[
    ("isations", "izations"),
    ("isation", "ization"),
    ("ogues", "ogs"),
    ("ogue", "og"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("isers", "izers"),
    ("ises", "izes"),
    ("ise", "ize"),
    ("ysing", "yzing"),
    ("ysed", "yzed"),
    ("yses", "yzes"),
    ("yse", "yze"),
    ("ourings", "orings"),
    ("ouring", "oring"),
    ("oured", "ored"),
    ("ourers", "orers"),
    ("ourer", "orer"),
    ("ourite", "orite"),
    ("ourites", "orites"),
    ("ourable", "orable"),
    ("ourably", "orably"),
    ("ourhood", "orhood"),
    ("ourly", "orly"),
    ("ours", "ors"),
    ("our", "or"),
    ("elling", "eling"),
    ("elled", "eled"),
    ("eller", "eler"),
    ("ellers", "elers"),
    ("alling", "aling"),
    ("alled", "aled"),
];

/// Words whose spellings differ by no rule, by their beginning: (British, American).
const BEGINNINGS: &[(&str, &str)] = &[
    ("programme", "program"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("pretence", "pretense"),
    ("licence", "license"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("metre", "meter"),
    ("kilometre", "kilometer"),
    ("litre", "liter"),
    ("fibre", "fiber"),
    ("calibre", "caliber"),
    ("sombre", "somber"),
    ("spectre", "specter"),
    ("sceptic", "skeptic"),
    ("manoeuvr", "maneuver"),
    ("aeroplane", "airplane"),
    ("aluminium", "aluminum"),
    ("plough", "plow"),
    ("grey", "gray"),
    ("storey", "story"),
    ("judgement", "judgment"),
    ("acknowledgement", "acknowledgment"),
    ("ageing", "aging"),
    ("enrolment", "enrollment"),
    ("instalment", "installment"),
    ("fulfilment", "fulfillment"),
    ("wilful", "willful"),
    ("skilful", "skillful"),
    ("cheque", "check"),
    ("tonne", "ton"),
];

/// The word in American spelling, or something both spellings share.
pub(in crate::analysis) fn one_spelling(word: &str) -> String {
    for (british, american) in BEGINNINGS {
        if let Some(rest) = word.strip_prefix(british) {
            return format!("{american}{rest}");
        }
    }
    // Short words are other words: "four", "hour", "rise", "called".
    if word.len() >= 6 {
        for (british, american) in ENDINGS {
            let is_doubled_l = british.contains("ll");
            if is_doubled_l && word.len() < 8 {
                continue;
            }
            if let Some(rest) = word.strip_suffix(british) {
                return format!("{rest}{american}");
            }
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str) -> String {
        key_text(&Stemmer::create(Algorithm::English), word)
    }

    #[test]
    fn spellings_and_forms_share_a_key() {
        for (left, right) in [
            ("programmes", "program"),
            ("Programme", "programs"),
            ("defence", "Defense"),
            ("organisation", "organizations"),
            ("destabilising", "destabilizing"),
            ("recognise", "recognizes"),
            ("analysed", "analyzed"),
            ("neighbours", "neighbor"),
            ("labour", "labor"),
            ("honourable", "honorable"),
            ("neighbouring", "neighboring"),
            ("travelled", "traveled"),
            ("cancelling", "canceling"),
            ("dialogue", "dialog"),
            ("centre", "centers"),
            ("nation’s", "nations'"),
            ("missile", "MISSILES"),
        ] {
            assert_eq!(key(left), key(right), "{left} {right}");
        }
    }

    #[test]
    fn different_words_keep_different_keys() {
        for (left, right) in [("four", "for"), ("called", "caled"), ("rise", "rice"), ("tests", "texts"), ("our", "or")]
        {
            assert_ne!(key(left), key(right), "{left} {right}");
        }
    }

    #[test]
    fn keys_are_numbered_as_met() {
        let mut keys = Keys::new();
        let first = keys.of_word("missiles");
        assert_eq!(keys.of_word("Missile"), first);
        assert_ne!(keys.of_word("test"), first);
        assert_eq!(keys.text(first), "missil");
        assert_eq!(keys.len(), 2);
    }
}
