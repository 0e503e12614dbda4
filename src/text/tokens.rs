//! Words with their places: Unicode word boundaries (UAX #29), kept where they hold a letter or a digit.
//!
//! An apostrophe between letters belongs to its word ("Korea's"), a hyphen does not ("twenty-nine" is two words).
//! The rules are applied here to what nearly all news text is made of: ASCII, Latin letters with accents, typographic
//! punctuation. From the first word beside any other character on, the crate `unicode-segmentation` reads the rest of the
//! range; both give the same words. `O(n)` in the bytes of the text.

use unicode_segmentation::{UnicodeSegmentation as _, UnicodeWordIndices};

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
    Tokens { text: within.of(text), at: 0, base: within.start, others: None }
}

struct Tokens<'a> {
    text: &'a str,
    /// Where the next segment begins.
    at: usize,
    /// What is added to every range.
    base: usize,
    /// The reader of the rest, once a character was met that is not known here.
    others: Option<(usize, UnicodeWordIndices<'a>)>,
}

/// What the rules on word boundaries ask of a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Letter,
    Digit,
    /// Joins whatever letters, digits and joiners stand beside it.
    Joiner,
    /// Joins two letters.
    MidLetter,
    /// Joins two digits.
    MidNumber,
    /// Joins two letters or two digits.
    Mid,
    /// Joins its like: several spaces are one segment.
    Space,
    /// Joins nothing.
    Other,
    /// The end of the range.
    End,
    /// Not known here.
    Unknown,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.others.is_none() {
            loop {
                let (part, n_bytes) = self.part_at(self.at);
                let end = if part == Part::Space { self.spaces_end() } else { self.at + n_bytes };
                match part {
                    Part::Letter | Part::Digit | Part::Joiner => {
                        let Some((end, kind)) = self.word_end() else { break };
                        let start = std::mem::replace(&mut self.at, end);
                        if let Some(kind) = kind {
                            return Some(self.token(start, end, kind));
                        }
                    }
                    Part::End => return None,
                    Part::Unknown => break,
                    // A mark that is not known may belong to what stands before it.
                    _ if self.part_at(end).0 == Part::Unknown => break,
                    _ => self.at = end,
                }
            }
        }
        let (from, others) = self.others.get_or_insert_with(|| (self.at, self.text[self.at..].unicode_word_indices()));
        let (start, word) = others.next()?;
        let start = *from + start;
        let kind = if word.chars().any(char::is_alphabetic) { TokenKind::Word } else { TokenKind::Number };
        Some(self.token(start, start + word.len(), kind))
    }
}

impl Tokens<'_> {
    fn token(&self, start: usize, end: usize, kind: TokenKind) -> Token {
        Token { range: ByteRange::new(self.base + start, self.base + end), kind }
    }

    /// Where the word at hand ends, and its kind if it holds a letter or a digit; `None` where a character decides that is
    /// not known here.
    fn word_end(&self) -> Option<(usize, Option<TokenKind>)> {
        let (mut at, mut last) = (self.at, Part::Other);
        let mut kind = None;
        loop {
            let (part, n_bytes) = self.part_at(at);
            match part {
                Part::Letter => kind = Some(TokenKind::Word),
                Part::Digit => kind = kind.or(Some(TokenKind::Number)),
                Part::Joiner => {}
                Part::Unknown => return None,
                Part::Mid | Part::MidLetter | Part::MidNumber => {
                    let next = self.part_at(at + n_bytes).0;
                    let joins = match last {
                        Part::Letter => part != Part::MidNumber && next == Part::Letter,
                        Part::Digit => part != Part::MidLetter && next == Part::Digit,
                        _ => false,
                    };
                    if next == Part::Unknown {
                        return None;
                    }
                    if !joins {
                        return Some((at, kind));
                    }
                }
                Part::Space | Part::Other | Part::End => return Some((at, kind)),
            }
            at += n_bytes;
            last = part;
        }
    }

    /// Where the spaces at hand end.
    fn spaces_end(&self) -> usize {
        let n_spaces = self.text.as_bytes()[self.at..].iter().take_while(|&&byte| byte == b' ').count();
        self.at + n_spaces
    }

    /// What stands at `at`, and its length in bytes.
    #[inline]
    fn part_at(&self, at: usize) -> (Part, usize) {
        match self.text.as_bytes().get(at) {
            None => (Part::End, 0),
            Some(&byte) if byte < 128 => (ASCII[usize::from(byte)], 1),
            Some(_) => match self.text[at..].chars().next() {
                Some(character) => (part_of(character), character.len_utf8()),
                None => (Part::End, 0),
            },
        }
    }
}

/// The parts of ASCII.
const ASCII: [Part; 128] = {
    let mut parts = [Part::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        parts[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Part::Letter,
            b'0'..=b'9' => Part::Digit,
            b'_' => Part::Joiner,
            b':' => Part::MidLetter,
            b',' | b';' => Part::MidNumber,
            b'.' | b'\'' => Part::Mid,
            b' ' => Part::Space,
            _ => Part::Other,
        };
        byte += 1;
    }
    parts
};

/// The part of a character that is not ASCII.
fn part_of(character: char) -> Part {
    match character {
        '×' | '÷' => Part::Other,
        // Latin-1 Supplement, Latin Extended-A and B.
        '\u{c0}'..='\u{24f}' | 'ª' | 'º' | 'µ' => Part::Letter,
        '‘' | '’' => Part::Mid,
        '·' => Part::MidLetter,
        // A narrow no-break space.
        '\u{202f}' => Part::Joiner,
        '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{b1}' | '´' | '¶' | '»' | '¿' => Part::Other,
        '\u{2010}'..='\u{2017}' | '\u{201a}'..='\u{2023}' | '…' | '\u{2030}'..='\u{203b}' | '€' | '−' => {
            Part::Other
        }
        _ => Part::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words that the crate alone gives.
    fn by_crate(text: &str, within: ByteRange) -> Vec<Token> {
        let words = within.of(text).unicode_word_indices().map(|(start, word)| {
            let kind = if word.chars().any(char::is_alphabetic) { TokenKind::Word } else { TokenKind::Number };
            Token { range: ByteRange::new(within.start + start, within.start + start + word.len()), kind }
        });
        words.collect()
    }

    fn assert_same(text: &str) {
        let whole = ByteRange::new(0, text.len());
        let read: Vec<Token> = tokens(text, whole).collect();
        assert_eq!(read, by_crate(text, whole), "{text:?}");
    }

    /// Characters of every part, and such as are not known: a soft hyphen, combining marks, joiners, other scripts, digits
    /// that are no digits, signs that are letters.
    const INTERESTING: &str = "aZé09_:.,;'’‘·-–“\"… \n\r\t\u{a0}\u{202f}×ªµ²½€\u{ad}\u{301}\u{345}\u{200d}\u{200b}\
                               \u{feff}\u{2009}\u{2028}\u{85}①Ⅷאक\u{93f}ア日한ə😀";

    #[test]
    fn every_triple_is_cut_as_the_crate_cuts_it() {
        let characters: Vec<char> = INTERESTING.chars().collect();
        let mut text = String::new();
        for &first in &characters {
            for &second in &characters {
                for &third in &characters {
                    text.clear();
                    text.extend([first, second, third]);
                    assert_same(&text);
                    text.insert(0, 'b');
                    text.push_str("1 c");
                    assert_same(&text);
                }
            }
        }
    }

    #[test]
    fn every_character_is_cut_as_the_crate_cuts_it() {
        for character in '\0'..='\u{30ff}' {
            for (before, after) in [("", ""), ("a", "b"), ("1", "2"), (" ", "a"), ("a'", "b"), ("a", "'b"), ("1.", "2")]
            {
                assert_same(&format!("{before}{character}{after}"));
            }
        }
    }

    #[test]
    fn ranges_are_of_the_whole_text() {
        let text = "“No”, Korea’s 1,200 naïve cafe\u{301}s";
        let within = ByteRange::new("“No”, ".len(), text.len());
        let read: Vec<Token> = tokens(text, within).collect();
        assert_eq!(read, by_crate(text, within));
        let words: Vec<&str> = read.iter().map(|token| token.range.of(text)).collect();
        assert_eq!(words, ["Korea’s", "1,200", "naïve", "cafe\u{301}s"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn any_mixture_is_cut_as_the_crate_cuts_it(
            characters in proptest::collection::vec(proptest::sample::select(INTERESTING.chars().collect::<Vec<_>>()), 0..24),
            known in proptest::collection::vec(proptest::sample::select("aZé09_:.,;'’-“ \u{202f}".chars().collect::<Vec<_>>()), 0..40),
        ) {
            assert_same(&known.iter().chain(&characters).chain(&known).collect::<String>());
            assert_same(&known.into_iter().collect::<String>());
        }
    }
}
