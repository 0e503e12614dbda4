//! The key of a word: what the index holds in its place, and what a query asks for.
//!
//! Folded case, no possessive, no marks on letters, one spelling, no English ending: "Programmes" and "program" are one.
//! The same for articles in all languages, since a query has none: of other languages the English endings go where they
//! stand by chance, which joins a few words and parts none. A key holds letters and digits of any script and `_`, so
//! that FTS5's `ascii` tokenizer takes each for one token whatever it is. Scripts without spaces (Han, Kana, Thai) have
//! one key a character, Katakana one a run; typed together they are asked for side by side. Each form is worked out once.

use rustc_hash::FxHashMap;

use super::letters::without_marks;
use crate::analysis::reuse::key_of_word;
use crate::document::Document;
use crate::text::compare::fold_word;
use crate::text::tokens;

/// The key that stands between two blocks; no word has it.
const BETWEEN_BLOCKS: &str = "|";

/// Forms kept before the table is begun anew: those of some 100,000 articles.
const MAX_FORMS: usize = 200_000;

/// The keys of the forms met so far.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    by_form: FxHashMap<Box<str>, Box<str>>,
}

impl Keys {
    /// All keys of an article in their order, with a space after each; one stands between two blocks.
    ///
    /// Furniture is included: what is in a file is found.
    pub fn of_document(&mut self, document: &Document) -> String {
        if self.by_form.len() > MAX_FORMS {
            self.by_form.clear();
        }
        let mut keys = String::with_capacity(document.text.len());
        for (idx, block) in document.blocks.iter().enumerate() {
            if idx > 0 {
                keys.push_str(BETWEEN_BLOCKS);
                keys.push(' ');
            }
            for token in tokens(&document.text, block.range) {
                self.push_key(token.range.of(&document.text), &mut keys);
                keys.push(' ');
            }
        }
        keys
    }

    fn push_key(&mut self, word: &str, keys: &mut String) {
        if let Some(key) = self.by_form.get(word) {
            keys.push_str(key);
            return;
        }
        let key = key(word);
        keys.push_str(&key);
        self.by_form.insert(word.into(), key.into());
    }
}

/// Number of words among the keys of an article.
pub(super) fn n_words(keys: &str) -> usize {
    keys.split_ascii_whitespace().filter(|key| *key != BETWEEN_BLOCKS).count()
}

/// The key of a word as it stands in a text.
pub(super) fn key(word: &str) -> String {
    let key = key_of_word(&plain(word));
    // Nothing is left of a word by its rules; a token of nothing would shift all that follow.
    if key.is_empty() { "_".to_owned() } else { key }
}

/// The word without case, possessive and marks, as the letters, digits and `_` that a key is made of.
pub(super) fn plain(word: &str) -> String {
    let folded = fold_word(word);
    let folded = if folded.is_ascii() { folded } else { without_marks(&folded) };
    if folded.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return folded;
    }
    let is_acronym = folded.contains('.') && folded.split('.').all(|part| part.chars().count() == 1);
    let is_grouped = is_grouped_number(&folded);
    let kept = folded.chars().filter(|&character| match character {
        '.' => !is_acronym || folded.starts_with(|first: char| first.is_ascii_digit()),
        ',' => !is_grouped,
        ' ' => false,
        _ => true,
    });
    kept.map(|character| if character.is_ascii() && !character.is_ascii_alphanumeric() { '_' } else { character })
        .collect()
}

/// Is it a number whose thousands are set apart by commas, as "1,200"?
fn is_grouped_number(word: &str) -> bool {
    let mut parts = word.split(',');
    let first_len = parts.next().map_or(0, str::len);
    let is_digits = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    is_digits && (1..=3).contains(&first_len) && parts.all(|part| part.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentId;

    #[test]
    fn forms_of_a_word_share_a_key() {
        for (left, right) in [
            ("missile", "Missiles"),
            ("programme", "PROGRAMS"),
            ("Zürich’s", "zurich"),
            ("U.S", "US"),
            ("1,200", "1200"),
            ("1\u{202f}200", "1200"),
            ("organised", "organizing"),
            ("cafe\u{301}s", "café"),
        ] {
            assert_eq!(key(left), key(right), "{left} {right}");
        }
        for (left, right) in [("1.5", "15"), ("1,5", "15"), ("four", "for"), ("don't", "dont")] {
            assert_ne!(key(left), key(right), "{left} {right}");
        }
    }

    #[test]
    fn blocks_are_kept_apart() {
        let document = Document::of_lines(DocumentId(1), "Eels swim.\n\nLampreys’ dams");
        assert_eq!(Keys::default().of_document(&document), "eel swim | lamprey dam ");
    }
}
