//! Bytes of RTF to tokens: braces, control words with their number, escaped bytes, and runs of plain bytes.

/// The longest control word of the standard has 32 letters.
const MAX_WORD_BYTES: usize = 32;

/// One piece of RTF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\par`, `\u-3913`.
    Word(&'a str, Option<i32>),
    /// `\~`, `\*`; a line break after a backslash too.
    Symbol(u8),
    /// `\'e9`.
    Byte(u8),
    /// Bytes as they stand, without line breaks.
    Bytes(&'a [u8]),
}

/// Tells the tokens of a text one after the other.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, n_bytes: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(n_bytes.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn after_backslash(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if first == b'\'' {
            self.take(1);
            let digits = self.rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
            // Two faulty digits are no letter; they are read as what they are.
            let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) else {
                return Some(Token::Bytes(&[]));
            };
            self.take(2);
            return Some(Token::Byte(byte));
        }
        if !first.is_ascii_alphabetic() {
            self.take(1);
            return Some(Token::Symbol(first));
        }
        let n_letters = self.rest.iter().take(MAX_WORD_BYTES).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(self.take(n_letters)).unwrap_or_default();
        let number = self.number();
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        if word == "bin" {
            self.take(number.and_then(|count| usize::try_from(count).ok()).unwrap_or_default());
        }
        Some(Token::Word(word, number))
    }

    fn number(&mut self) -> Option<i32> {
        let is_negative = self.rest.first() == Some(&b'-');
        let digits = self.rest.get(usize::from(is_negative)..)?;
        let n_digits = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if n_digits == 0 {
            return None;
        }
        let number = std::str::from_utf8(digits.get(..n_digits)?).ok()?.parse::<i32>();
        self.take(n_digits + usize::from(is_negative));
        // A number out of range says nothing; zero switches things off, so it is not taken for one.
        number.ok().map(|number| if is_negative { -number } else { number })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.rest.first()? {
                b'{' => {
                    self.take(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    return self.after_backslash();
                }
                b'\r' | b'\n' | 0 => {
                    self.take(1);
                }
                _ => {
                    let is_end = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let end = self.rest.iter().position(is_end).unwrap_or(self.rest.len());
                    return Some(Token::Bytes(self.take(end)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_apart() {
        let tokens: Vec<Token> = Tokens::new(b"{\\b0 a\\'e9\\u-10\\~\r\nb\\par}\\").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Bytes(b"a"),
                Token::Byte(0xe9),
                Token::Word("u", Some(-10)),
                Token::Symbol(b'~'),
                Token::Bytes(b"b"),
                Token::Word("par", None),
                Token::Close,
            ]
        );
    }

    #[test]
    fn binary_data_and_faults_are_passed_over() {
        let words =
            |bytes: &'static [u8]| Tokens::new(bytes).filter(|token| *token != Token::Bytes(b"")).collect::<Vec<_>>();
        assert_eq!(words(b"\\bin3 {}}a"), [Token::Word("bin", Some(3)), Token::Bytes(b"a")]);
        assert_eq!(words(b"\\bin99999 a"), [Token::Word("bin", Some(99999))]);
        assert_eq!(words(b"\\'zz"), [Token::Bytes(b"zz")]);
        assert_eq!(words(b"\\fs99999999999 a"), [Token::Word("fs", None), Token::Bytes(b"a")]);
    }
}
