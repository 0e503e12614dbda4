//! Words with their places: Unicode word boundaries (UAX #29), kept where they hold a letter or a digit.
//!
//! An apostrophe between letters belongs to its word ("Korea's"), a hyphen does not ("twenty-nine" is two words).
//! `O(n)` in the bytes of the text.

use unicode_segmentation::UnicodeSegmentation as _;

use super::ByteRange;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Holds a letter.
    Word,
    /// Holds a digit and no letter.
    Number,
}

/// One word or number of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub range: ByteRange,
    pub kind: TokenKind,
}

/// The words and numbers of `text[within]`, in order, with ranges into `text`.
///
/// ```
/// use throughline::text::{tokens, ByteRange};
/// let text = "North Korea’s “missiles”, 29 of them";
/// let words: Vec<&str> = tokens(text, ByteRange::new(0, text.len())).map(|token| token.range.of(text)).collect();
/// assert_eq!(words, ["North", "Korea’s", "missiles", "29", "of", "them"]);
/// ```
pub fn tokens(text: &str, within: ByteRange) -> impl Iterator<Item = Token> + '_ {
    within.of(text).unicode_word_indices().map(move |(start, word)| {
        let start = within.start + start;
        let kind = if word.chars().any(char::is_alphabetic) { TokenKind::Word } else { TokenKind::Number };
        Token { range: ByteRange::new(start, start + word.len()), kind }
    })
}
