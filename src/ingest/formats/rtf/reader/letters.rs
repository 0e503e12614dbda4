//! Letters of RTF: bytes in the code page of their font, units of UTF-16 with what stands for them in old readers.

use encoding_rs::{Encoding as Charset, UTF_8, WINDOWS_1252};

use super::super::charsets::{FontCharset, of_code_page, of_font};
use super::Reader;
use crate::ingest::formats::symbols;

impl Reader {
    /// `\u` gives one unit of UTF-16, or a whole character where a writer says more than the standard lets it.
    pub(super) fn unicode(&mut self, number: i32) {
        self.flush_bytes();
        self.group.is_new = false;
        let code = if number < 0 { number + 0x1_0000 } else { number };
        let Ok(code) = u32::try_from(code) else { return };
        let high = self.high_surrogate.take();
        match (high, u16::try_from(code)) {
            (_, Ok(unit @ 0xd800..=0xdbff)) => self.high_surrogate = Some(unit),
            (Some(high), Ok(unit @ 0xdc00..=0xdfff)) => {
                let joined = char::decode_utf16([high, unit]).next().and_then(Result::ok);
                self.say_character(joined);
            }
            (_, Ok(unit)) if (0xf000..=0xf0ff).contains(&unit) => {
                let name = self.fonts.get(&self.group.font).map_or("", |font| font.name.trim_end_matches(';'));
                self.say_character(symbols::character(name, u32::from(unit)));
            }
            _ => self.say_character(char::from_u32(code)),
        }
        self.n_to_skip = self.group.n_fallback;
    }

    pub(super) fn say_character(&mut self, character: Option<char>) {
        if let Some(character) = character {
            self.say(character.encode_utf8(&mut [0; 4]));
        }
    }

    /// Does this stand for a character that `\u` gave?
    pub(super) fn skips_one(&mut self) -> bool {
        let skips = self.n_to_skip > 0;
        self.n_to_skip = self.n_to_skip.saturating_sub(1);
        skips
    }

    pub(super) fn escaped(&mut self, byte: u8) {
        if self.skips_one() || !self.is_read() {
            return;
        }
        self.group.is_new = false;
        match self.charset() {
            Some(charset) => self.wait(&[byte], charset),
            None => {
                self.flush();
                self.say_character(symbols::character("Symbol", u32::from(byte)).filter(|_| self.is_symbol_font()));
            }
        }
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        let n_skipped = self.n_to_skip.min(bytes.len());
        self.n_to_skip -= n_skipped;
        let Some(bytes) = bytes.get(n_skipped..).filter(|bytes| !bytes.is_empty() && self.is_read()) else { return };
        self.group.is_new = false;
        let is_letters = bytes.is_ascii() || !self.is_raw_utf_8;
        // A font of signs is often left on for words; its own signs come escaped.
        let charset = self.charset().unwrap_or(self.code_page);
        self.wait(bytes, if is_letters { charset } else { UTF_8 });
    }

    pub(super) fn wait(&mut self, bytes: &[u8], charset: &'static Charset) {
        self.high_surrogate = None;
        if charset != self.waiting_charset {
            self.flush_bytes();
            self.waiting_charset = charset;
        }
        self.waiting.extend_from_slice(bytes);
    }

    pub(super) fn flush(&mut self) {
        self.high_surrogate = None;
        self.flush_bytes();
    }

    pub(super) fn flush_bytes(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let waiting = std::mem::take(&mut self.waiting);
        let (words, _) = self.waiting_charset.decode_without_bom_handling(&waiting);
        self.put(&words);
        self.waiting = waiting;
        self.waiting.clear();
    }

    /// The charset of the open font; `None` for a font of signs.
    pub(super) fn charset(&self) -> Option<&'static Charset> {
        let Some(font) = self.fonts.get(&self.group.font) else { return Some(self.code_page) };
        if let Some(charset) = font.code_page.and_then(of_code_page) {
            return Some(charset);
        }
        match of_font(font.charset.unwrap_or(1)) {
            FontCharset::Signs => None,
            FontCharset::Other(charset) => Some(charset),
            // Where no font says another charset, "western" is what a careless writer says of all.
            FontCharset::Western if self.has_other_charsets => Some(WINDOWS_1252),
            FontCharset::Western | FontCharset::Default => Some(self.code_page),
        }
    }

    pub(super) fn is_symbol_font(&self) -> bool {
        self.fonts
            .get(&self.group.font)
            .is_some_and(|font| font.name.trim_end_matches(';').eq_ignore_ascii_case("symbol"))
    }

    pub(super) fn say(&mut self, words: &str) {
        self.flush_bytes();
        self.put(words);
    }
}
