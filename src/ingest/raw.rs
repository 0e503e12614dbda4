//! The bytes of a file as they are, for readers who want to see what was read and how other encodings would read it.
//!
//! Nothing is cut out and nothing is parsed. `O(n)` in the bytes asked for.

use encoding_rs::{Encoding as Charset, UTF_16BE, UTF_16LE};

/// The encodings a reader can choose, as WHATWG labels, with the scripts they are for.
pub const ENCODINGS: [(&str, &str); 20] = [
    ("utf-8", "Unicode"),
    ("utf-16le", "Unicode, two bytes"),
    ("utf-16be", "Unicode, two bytes, turned"),
    ("windows-1252", "Western European"),
    ("iso-8859-15", "Western European with €"),
    ("macintosh", "Western European, old Mac"),
    ("windows-1250", "Central European"),
    ("iso-8859-2", "Central European"),
    ("windows-1257", "Baltic"),
    ("windows-1254", "Turkish"),
    ("windows-1253", "Greek"),
    ("windows-1251", "Cyrillic"),
    ("koi8-r", "Cyrillic, Russian"),
    ("koi8-u", "Cyrillic, Ukrainian"),
    ("windows-1255", "Hebrew"),
    ("windows-1256", "Arabic"),
    ("gbk", "Chinese, simplified"),
    ("big5", "Chinese, traditional"),
    ("shift_jis", "Japanese"),
    ("euc-kr", "Korean"),
];

/// How many characters of a preview are shown.
const PREVIEW_CHARS: usize = 36;

/// How many bytes before the first odd letter a preview begins at most.
const PREVIEW_BYTES_BEFORE: usize = 16;

/// The text of `bytes` in an encoding, whatever the bytes: what it can't read stands as U+FFFD. `None` where no
/// encoding has that label.
pub fn raw_text(bytes: &[u8], encoding: &str) -> Option<String> {
    let charset = Charset::for_label(encoding.as_bytes())?;
    Some(charset.decode_with_bom_removal(bytes).0.into_owned())
}

/// How the words around the first letter that is not ASCII look in an encoding: the fastest way to tell a right one
/// from a wrong one. `None` where all letters are ASCII, or no encoding has that label.
///
/// ```
/// use throughline::ingest::preview;
/// let bytes = b"He met Erdo\xf0an in Ankara";
/// assert_eq!(preview(bytes, "windows-1254").as_deref(), Some("He met Erdoğan in Ankara"));
/// assert_eq!(preview(b"He met nobody", "windows-1254"), None);
/// ```
pub fn preview(bytes: &[u8], encoding: &str) -> Option<String> {
    let charset = Charset::for_label(encoding.as_bytes())?;
    let odd = bytes.iter().position(|&byte| byte >= 0x80 || byte == 0)?;
    let is_wide = charset == UTF_16LE || charset == UTF_16BE;
    let from = odd.saturating_sub(PREVIEW_BYTES_BEFORE);
    // Whole words, and whole pairs of bytes where letters have two.
    let space = bytes.get(from..odd)?.iter().position(|&byte| byte == b' ' || byte == b'\n').map(|at| from + at + 1);
    let start = if is_wide { from & !1 } else { if from == 0 { 0 } else { space.unwrap_or(odd) } };
    let end = bytes.len().min(start + 4 * PREVIEW_CHARS);
    let text = charset.decode_with_bom_removal(bytes.get(start..end)?).0;
    let shown: String =
        text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).take(PREVIEW_CHARS).collect();
    Some(shown.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offered_encoding_exists_under_its_own_name() {
        for (label, _) in ENCODINGS {
            let charset = Charset::for_label(label.as_bytes()).unwrap();
            assert_eq!(charset.name().to_ascii_lowercase(), label);
        }
    }

    #[test]
    fn the_first_odd_words_tell_encodings_apart() {
        let plain = "plain words ".repeat(9);
        let bytes = [plain.as_bytes(), b"and then \xcf\xf0\xe8\xe2\xe5\xf2 came".as_slice()].concat();
        let shown = |encoding: &str| preview(&bytes, encoding).unwrap();
        assert_eq!(shown("windows-1251"), "words and then Привет came");
        assert_eq!(shown("windows-1252"), "words and then Ïðèâåò came");
        assert!(shown("utf-8").contains('\u{fffd}'));
        let wide: Vec<u8> = "Größe".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(preview(&wide, "utf-16le").as_deref(), Some("Größe"));
        assert_eq!(preview(&bytes, "no such"), None);
    }

    #[test]
    fn raw_text_takes_any_bytes() {
        assert_eq!(raw_text(b"a\0\xff", "utf-8").as_deref(), Some("a\0\u{fffd}"));
        assert_eq!(raw_text(b"", "gbk").as_deref(), Some(""));
        assert_eq!(raw_text(b"a", "no such"), None);
    }
}
