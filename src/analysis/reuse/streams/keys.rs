//! Keys: what counts as the same word when articles are compared.
//!
//! A key is the folded word without its possessive, in one spelling (British forms become American ones), reduced
//! to its stem by the Snowball stemmer of the article's language (Porter 2001). Only the key is normalized; what is shown
//! is the text. The spelling rules need not give real words ("exercise" becomes "exercize"): they only have to send both
//! spellings of a word to one key, and two words to two. `O(n)` in the bytes of a word, once for each distinct word.

use std::borrow::Cow;

use rust_stemmers::Stemmer;

use super::lexicon::Lexicon;
use super::numbering::Numbering;

/// The number of a key in one [`Keys`] table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::analysis) struct Key(pub u32);

/// All keys of a set of articles, numbered in the order in which they were met.
///
/// The numbers say nothing beyond one table, so nothing that leaves it may depend on them: hashes and spellings do not.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis::reuse) struct Keys {
    numbers: Numbering,
    texts: Vec<Box<str>>,
    hashes: Vec<u64>,
    weights: Vec<f32>,
}

impl Keys {
    /// The key that `text` spells, such as a stem or the name of an alias group.
    pub fn of_text(&mut self, text: &str) -> Key {
        if let Some(number) = self.numbers.get(text) {
            return Key(number);
        }
        let key = Key(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text.into());
        self.hashes.push(hash_text(text));
        self.weights.push(Lexicon::get().content_weight(text));
        self.numbers.insert(text, key.0);
        key
    }

    /// What a key spells; the same in every table.
    pub fn text(&self, key: Key) -> &str {
        self.texts.get(key.0 as usize).map_or("", |text| text)
    }

    /// A hash of what a key spells; the same in every table and on every machine.
    pub fn hash(&self, key: Key) -> u64 {
        self.hashes.get(key.0 as usize).copied().unwrap_or(0)
    }

    /// What the key weighs where it is a content word.
    pub fn content_weight(&self, key: Key) -> f32 {
        self.weights.get(key.0 as usize).copied().unwrap_or(0.0)
    }

    /// What all keys spell, in the order of their numbers.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }
}

/// FNV-1a, finished so that its high bits are as good as its low ones.
pub(in crate::analysis::reuse) fn hash_text(text: &str) -> u64 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    mixed(hash, 0)
}

/// Mixes two hashes into one, in their order (after the finalizer of SplitMix64, Steele et al. 2014).
pub(in crate::analysis::reuse) fn mixed(hash: u64, other: u64) -> u64 {
    let mut mixed = (hash.rotate_left(23) ^ other).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 29)
}

/// The key of a word, given folded, spelled out.
pub(in crate::analysis::reuse) fn key_text(stemmer: &Stemmer, folded: &str) -> String {
    stemmer.stem(&one_spelling(folded)).into_owned()
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
pub(in crate::analysis) fn one_spelling(word: &str) -> Cow<'_, str> {
    let (Some(first), Some(last)) = (word.bytes().next(), word.bytes().next_back()) else { return word.into() };
    // One letter rules most of them out.
    for (british, american) in BEGINNINGS.iter().filter(|(british, _)| british.bytes().next() == Some(first)) {
        if let Some(rest) = word.strip_prefix(british) {
            return format!("{american}{rest}").into();
        }
    }
    // Short words are other words: "four", "hour", "rise", "called".
    if word.len() >= 6 {
        for (british, american) in ENDINGS.iter().filter(|(british, _)| british.bytes().next_back() == Some(last)) {
            let is_doubled_l = british.contains("ll");
            if is_doubled_l && word.len() < 8 {
                continue;
            }
            if let Some(rest) = word.strip_suffix(british) {
                return format!("{rest}{american}").into();
            }
        }
    }
    word.into()
}

#[cfg(test)]
mod tests {
    use rust_stemmers::Algorithm;

    use super::*;
    use crate::text::compare::fold_word;

    fn key(word: &str) -> String {
        key_text(&Stemmer::create(Algorithm::English), &fold_word(word))
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
    fn a_key_is_known_by_what_it_spells() {
        let (mut keys, mut others) = (Keys::default(), Keys::default());
        let first = keys.of_text("missil");
        others.of_text("test");
        let second = others.of_text("missil");
        assert_eq!(keys.of_text("missil"), first);
        assert_ne!(first, second);
        assert_eq!((keys.text(first), keys.hash(first)), ("missil", others.hash(second)));
        assert_eq!(keys.texts().len(), 1);
    }
}
