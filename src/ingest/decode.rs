//! From bytes to characters.
//!
//! Order of trust: the reader's choice, a byte-order mark, a declaration in the page, strict UTF-8, and last a guess
//! by `chardetng` (the detector of Firefox), which is flagged. NULs mean UTF-16 or no text at all.
//! `O(n)` in the bytes.

use std::borrow::Cow;

use encoding_rs::{Encoding as Charset, UTF_8, UTF_16BE, UTF_16LE};

use super::IngestError;
use crate::document::{Encoding, Warning};

/// A page declares its charset in its first bytes, by the HTML standard in the first 1024; pages in the wild later.
const DECLARATION_BYTES: usize = 4096;

/// A decoded text and how it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// Without a byte-order mark; nothing else is changed.
    pub(super) text: String,
    pub(super) encoding: Encoding,
    pub(super) warnings: Vec<Warning>,
}

/// Decodes `bytes`; `chosen` is the label of an encoding the reader picked.
///
/// # Errors
/// [`IngestError::NotText`] where NULs or control characters show that no encoding gives a text.
pub(super) fn decode(bytes: &[u8], chosen: Option<&str>) -> Result<Decoded, IngestError> {
    let (charset, is_guess) = charset_of(bytes, chosen)?;
    let (text, had_errors) = charset.decode_with_bom_removal(bytes);
    if !looks_like_text(&text) {
        return Err(IngestError::NotText);
    }
    let name = charset.name().to_ascii_lowercase();
    let mut warnings = Vec::new();
    if is_guess {
        let message = format!("The encoding was guessed as {name}; choose another if letters look wrong");
        warnings.push(Warning { code: "encoding-guessed".to_owned(), message });
    }
    if had_errors {
        let message = format!("Some bytes are no {name} and were replaced");
        warnings.push(Warning { code: "bytes-replaced".to_owned(), message });
    }
    let text = match text {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    };
    Ok(Decoded { text, encoding: Encoding { name, is_guess }, warnings })
}

fn charset_of(bytes: &[u8], chosen: Option<&str>) -> Result<(&'static Charset, bool), IngestError> {
    if let Some(charset) = chosen.and_then(|label| Charset::for_label(label.as_bytes())) {
        return Ok((charset, false));
    }
    if let Some((charset, _)) = Charset::for_bom(bytes) {
        return Ok((charset, false));
    }
    if bytes.contains(&0) {
        return utf_16_by_nuls(bytes).map(|charset| (charset, true)).ok_or(IngestError::NotText);
    }
    let is_utf_8 = std::str::from_utf8(bytes).is_ok();
    if is_utf_8 {
        // A page that declares an old charset and is valid UTF-8 with such letters was re-encoded without a word.
        return Ok((UTF_8, false));
    }
    match declared_charset(bytes) {
        Some(charset) if charset != UTF_8 => return Ok((charset, false)),
        declared if is_nearly_utf_8(bytes) => return Ok((UTF_8, declared.is_none())),
        _ => {}
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok((detector.guess(None, chardetng::Utf8Detection::Allow), true))
}

/// The charset a page or an XML prolog declares: `charset=…` or `encoding="…"`.
fn declared_charset(bytes: &[u8]) -> Option<&'static Charset> {
    let head: String = bytes.iter().take(DECLARATION_BYTES).map(|&byte| byte.to_ascii_lowercase() as char).collect();
    if !head.trim_start().starts_with('<') && !head.contains("<meta") {
        return None;
    }
    ["charset=", "encoding="].iter().find_map(|key| {
        let rest = head.get(head.find(key)? + key.len()..)?.trim_start_matches(['"', '\'', ' ']);
        let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
        Charset::for_label(label.as_bytes())
    })
}

/// A cut or damaged file: far more sequences of UTF-8 are whole than broken, which chance does not bring about.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let n_broken = text.matches('\u{fffd}').count();
    let n_whole = text.chars().filter(|&c| !c.is_ascii() && c != '\u{fffd}').count();
    n_whole >= 8 * n_broken
}

/// UTF-16 without a mark: Latin letters leave NULs on one side of every pair and hardly any on the other.
fn utf_16_by_nuls(bytes: &[u8]) -> Option<&'static Charset> {
    let head = bytes.get(..HEAD_PAIRS * 2).unwrap_or(bytes);
    let n_pairs = head.len() / 2;
    let n_nul = |side: usize| head.chunks_exact(2).filter(|pair| pair[side] == 0).count();
    let (first, second) = (n_nul(0), n_nul(1));
    // "Feels right": English text has more than nine NULs in ten pairs, a program or a picture never on one side only.
    let is_most = |most: usize, least: usize| n_pairs >= 4 && most * 10 >= n_pairs * 7 && least * 20 <= n_pairs;
    if is_most(second, first) {
        Some(UTF_16LE)
    } else if is_most(first, second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How many pairs of bytes are looked at to tell UTF-16.
const HEAD_PAIRS: usize = 4096;

/// Few control characters and few replacements: what a person can read.
fn looks_like_text(text: &str) -> bool {
    let (mut n_bad, mut n_all) = (0usize, 0usize);
    for character in text.chars().take(65_536) {
        n_all += 1;
        let is_bad = character == '\u{fffd}'
            || (character.is_control() && !matches!(character, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}' | '\u{1a}'));
        n_bad += usize::from(is_bad);
    }
    // "Feels right": a broken byte here and there is a typing error; one in twenty is a binary file.
    n_bad * 20 <= n_all && !text.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, String, bool) {
        let decoded = decode(bytes, None).unwrap();
        (decoded.text, decoded.encoding.name, decoded.encoding.is_guess)
    }

    #[test]
    fn marks_and_declarations_come_before_guesses() {
        let text = |words: &str| words.to_owned();
        assert_eq!(decoded(b"\xef\xbb\xbfHi\r\n"), (text("Hi\r\n"), text("utf-8"), false));
        assert_eq!(decoded(b"\xff\xfeH\0i\0"), (text("Hi"), text("utf-16le"), false));
        assert_eq!(
            decoded(b"<meta charset=\"iso-8859-2\"><p>\xb1"),
            (text("<meta charset=\"iso-8859-2\"><p>\u{105}"), text("iso-8859-2"), false)
        );
        assert_eq!(decoded("Größe".as_bytes()), (text("Größe"), text("utf-8"), false));
    }

    #[test]
    fn a_guess_is_flagged() {
        let (text, name, is_guess) = decoded(b"The na\xefve \x93caf\xe9\x94 owner\x92s view");
        assert_eq!(text, "The naïve “café” owner’s view");
        assert_eq!((name.as_str(), is_guess), ("windows-1252", true));
        assert_eq!(decode(b"caf\xe9", None).unwrap().warnings[0].code, "encoding-guessed");
        assert!(decode(b"caf\xe9", Some("latin1")).unwrap().warnings.is_empty());
    }

    #[test]
    fn a_damaged_file_stays_what_it_was() {
        let mut bytes = "“Größe” – “Maß” – “Öl” – é".repeat(3).into_bytes();
        bytes.pop();
        let (text, name, is_guess) = decoded(&bytes);
        assert!(text.ends_with("“Öl” – \u{fffd}"), "{text}");
        assert_eq!((name.as_str(), is_guess), ("utf-8", true));
    }

    #[test]
    fn nuls_are_utf_16_or_refused() {
        let wide: Vec<u8> = "Talks go on".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&wide), ("Talks go on".to_owned(), "utf-16be".to_owned(), true));
        assert_eq!(decode(b"ab\0\0\0cd\x01\x02", None), Err(IngestError::NotText));
    }
}
