//! What kind of file it is, told by its content: signatures of known binary kinds first, then the shape of the text.
//!
//! The name's ending only breaks ties between kinds of text. `O(1)` for binary kinds, `O(n)` in the first 4 kB else.

use super::{Hint, IngestError, containers, decode};
use crate::document::Format;

/// How much of a file is decoded to tell its kind.
const SNIFF_BYTES: usize = 16 * 1024;

/// The kind of a file.
///
/// # Errors
/// [`IngestError::Unsupported`] for kinds that hold no article, [`IngestError::NotText`] where nothing is known of it.
pub(super) fn format(bytes: &[u8], hint: &Hint) -> Result<Format, IngestError> {
    if let Some(format) = message_format(bytes, hint) {
        return Ok(format);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return containers::zip_format(bytes);
    }
    // Blanks or a byte-order mark before it are a fault of the writer.
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if bytes.starts_with(OLD_OFFICE) {
        return Err(containers::old_office(bytes));
    }
    if is_pdf(bytes) {
        return Ok(Format::Pdf);
    }
    if let Some(kind) = binary_kind(bytes) {
        return Err(IngestError::Unsupported { kind: kind.to_owned() });
    }
    // The start is enough to tell the kind; a cut character at its end changes nothing.
    let mut head = bytes.get(..SNIFF_BYTES).unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(head)
        && error.error_len().is_none()
    {
        head = head.get(..error.valid_up_to()).unwrap_or(head);
    }
    Ok(text_format(&decode::decode(head, hint.encoding.as_deref())?.text, hint))
}

/// How many bytes of a file are looked at to tell its kind.
const HEAD_BYTES: usize = 4096;

/// The first bytes of the old Office's compound files.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// First bytes of kinds that hold no readable text, with the name the reader knows them by.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"BM", "BMP image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh", "bzip2"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"SQLite format 3\0", "SQLite"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
    (b"fLaC", "FLAC"),
    (b"RIFF", "RIFF (wav, webp, avi)"),
    (b"wOF2", "font"),
    (b"\0\x01\0\0", "font"),
];

/// The signature of a PDF stands in its first 1024 bytes (ISO 32000-1, note 13 of annex H).
fn is_pdf(bytes: &[u8]) -> bool {
    const SIGNATURE: &[u8] = b"%PDF-";
    let head = bytes.get(..1024).unwrap_or(bytes);
    bytes.starts_with(SIGNATURE) || (head.contains(&0) || !head.is_ascii()) && holds(head, SIGNATURE)
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// The kind of a binary file, `None` where the first bytes are of no known binary kind.
pub(super) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("MP4 or HEIC");
    }
    let (signature, kind) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature))?;
    // A text may begin with the letters of a short signature ("BM", "MZ"); a control byte settles it.
    let has_control = bytes.iter().take(64).any(|&byte| byte < 9 || (14..32).contains(&byte));
    (signature.len() > 3 || !signature.is_ascii() || has_control).then_some(kind)
}

/// The kind of a text, after decoding.
pub(super) fn text_format(text: &str, hint: &Hint) -> Format {
    let ending = hint.file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref();
    let head = head_of(text).to_ascii_lowercase();
    let start = head.trim_start();
    let says_html = start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with('<') && (head.contains("<html") || head.contains("<body") || head.contains("<head")));
    let is_named_html = matches!(ending, Some("html" | "htm" | "xhtml"));
    if says_html || (is_named_html && head.contains('<') && head.contains('>')) {
        return Format::Html;
    }
    // Documents of word processors in a single XML file.
    let has_root = |name: &str| {
        let (_, rest) = head.split_once(name).unwrap_or_default();
        start.starts_with("<?") && rest.starts_with(|c: char| c.is_whitespace() || c == '>')
    };
    if has_root("<pkg:package") || has_root("<w:worddocument") {
        return Format::Docx;
    }
    if has_root("<office:document") {
        return Format::Odt;
    }
    if matches!(ending, Some("md" | "markdown")) {
        return Format::Markdown;
    }
    Format::Txt
}

/// Mail and web archives: told before decoding, since each part of a message has a charset of its own.
fn message_format(bytes: &[u8], hint: &Hint) -> Option<Format> {
    let head: String = bytes.iter().take(HEAD_BYTES).map(|&byte| byte.to_ascii_lowercase() as char).collect();
    let head = head.trim_start_matches(['\u{ef}', '\u{bb}', '\u{bf}', '\r', '\n']);
    let ending = hint.file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref().unwrap_or_default();
    let is_archive_name = matches!(ending, "mht" | "mhtml");
    let headers = header_block(head)?;
    let has = |name: &str| headers.iter().any(|line| line.starts_with(name));
    let n_known = HEADERS.iter().filter(|name| has(name)).count();
    let n_machine = MACHINE_HEADERS.iter().filter(|name| has(name)).count();
    let is_named = is_archive_name || matches!(ending, "eml" | "mbox");
    let is_message = n_known >= 3 || (n_known >= 2 && n_machine >= 1) || (n_known >= 1 && is_named);
    if !is_message {
        return None;
    }
    // A mail with pictures in it is built the same way, but it has a receiver.
    let is_related = has("content-type:") && head.contains("multipart/related");
    let was_saved = has("snapshot-content-location:") || headers.iter().any(|line| line.contains("saved by "));
    let was_sent = has("received:") || has("to:") || has("delivered-to:") || has("message-id:");
    let is_archive = is_related && (was_saved || is_archive_name || !was_sent) || (is_archive_name && !was_sent);
    Some(if is_archive { Format::Mhtml } else { Format::Eml })
}

/// Header lines of mail that tell it from an article that starts with "From: ".
const HEADERS: [&str; 12] = [
    "received:",
    "mime-version:",
    "message-id:",
    "return-path:",
    "content-type:",
    "subject:",
    "from:",
    "to:",
    "date:",
    "delivered-to:",
    "snapshot-content-location:",
    "x-",
];

/// Those among them that no person writes above a text.
const MACHINE_HEADERS: [&str; 7] = [
    "received:",
    "mime-version:",
    "message-id:",
    "return-path:",
    "content-type:",
    "delivered-to:",
    "snapshot-content-location:",
];

/// The lines up to the first blank one, where all of them are headers or go on from one; after the line that an mbox
/// file begins with.
fn header_block(head: &str) -> Option<Vec<&str>> {
    let mut lines = head.lines().peekable();
    if lines.peek().is_some_and(|line| line.starts_with("from ")) {
        lines.next();
    }
    let mut found = Vec::new();
    // The last line of the head may be cut.
    let n_lines = head.lines().count();
    for line in lines.take(n_lines.saturating_sub(1)).take_while(|line| !line.trim().is_empty()) {
        let is_folded = line.starts_with([' ', '\t']) && !found.is_empty();
        let is_header = line
            .split_once(':')
            .is_some_and(|(name, _)| !name.is_empty() && name.trim_end().bytes().all(|byte| byte.is_ascii_graphic()));
        if is_header {
            found.push(line);
        } else if !is_folded {
            return None;
        }
    }
    (!found.is_empty()).then_some(found)
}

fn head_of(text: &str) -> &str {
    let mut end = HEAD_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_the_kind() {
        let cases: &[(&[u8], Option<&str>)] = &[
            (b"\x89PNG\r\n\x1a\n", Some("PNG image")),
            (b"BMW opens a plant", None),
            (b"BM\x36\0\0\0", Some("BMP image")),
            (b"The minister said", None),
        ];
        for (bytes, kind) in cases {
            assert_eq!(binary_kind(bytes), *kind, "{bytes:?}");
        }
    }

    #[test]
    fn the_ending_breaks_ties_only() {
        let hint = |name: &str| Hint { file_name: name.to_owned(), encoding: None };
        let page = "  <!DOCTYPE html><html><body>Hi</body></html>";
        assert_eq!(text_format(page, &hint("a.txt")), Format::Html);
        assert_eq!(text_format("Plain words", &hint("a.html")), Format::Txt);
        assert_eq!(text_format("# Head", &hint("a.md")), Format::Markdown);
        let word = "<?xml version='1.0'?><pkg:package xmlns:pkg='x'>";
        assert_eq!(text_format(word, &hint("a.xml")), Format::Docx);
        assert_eq!(text_format("<?xml version='1.0'?>\n<office:document\nx='y'>", &hint("a")), Format::Odt);
        assert_eq!(text_format("The tag <office:document > is the root", &hint("a")), Format::Txt);
    }

    #[test]
    fn messages_are_told_by_their_headers() {
        let cases: &[(&str, &str, Option<Format>)] = &[
            ("Received: x\r\nMIME-Version: 1.0\r\nSubject: y\r\n\r\nHello", "a.txt", Some(Format::Eml)),
            (
                "From jane@a.example Mon Nov  6 10:12:00 2017\nFrom: Jane\nTo: John\nDate: x\n\nHi",
                "a",
                Some(Format::Eml),
            ),
            ("From: Jane Roe\nSubject: y\n\nHello\n", "a.eml", Some(Format::Eml)),
            ("From: Jane Roe\nOslo is a town.\nDate: today\n\nHello\n", "a.txt", None),
            ("From: the coast\n\nThe harbor opens.\n", "a.txt", None),
            ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", "a", Some(Format::Mhtml)),
            ("To: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", "a", Some(Format::Eml)),
        ];
        for (text, name, format) in cases {
            let hint = Hint { file_name: (*name).to_owned(), encoding: None };
            assert_eq!(message_format(text.as_bytes(), &hint), *format, "{text}");
        }
    }
}
