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
    text_format(&decode::decode(head, hint.encoding.as_deref())?.text, hint)
}

/// How many bytes of a file are looked at to tell its kind.
const HEAD_BYTES: usize = 4096;

/// The first bytes of the old Office's compound files.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// First bytes of kinds that hold no readable text, with the name the reader knows them by.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
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
///
/// # Errors
/// [`IngestError::Unsupported`] for mail and web archives, which need a reader of their own.
pub(super) fn text_format(text: &str, hint: &Hint) -> Result<Format, IngestError> {
    let ending = hint.file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref();
    let head = head_of(text).to_ascii_lowercase();
    let start = head.trim_start();
    if is_mail(start) {
        let is_web_archive = head.contains("multipart/related") || matches!(ending, Some("mht" | "mhtml"));
        let kind = if is_web_archive { "web archive (mhtml)" } else { "mail" };
        return Err(IngestError::Unsupported { kind: kind.to_owned() });
    }
    let says_html = start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with('<') && (head.contains("<html") || head.contains("<body") || head.contains("<head")));
    let is_named_html = matches!(ending, Some("html" | "htm" | "xhtml"));
    if says_html || (is_named_html && head.contains('<') && head.contains('>')) {
        return Ok(Format::Html);
    }
    // Documents of word processors in a single XML file.
    let has_root = |name: &str| {
        let (_, rest) = head.split_once(name).unwrap_or_default();
        start.starts_with("<?") && rest.starts_with(|c: char| c.is_whitespace() || c == '>')
    };
    if has_root("<pkg:package") || has_root("<w:worddocument") {
        return Ok(Format::Docx);
    }
    if has_root("<office:document") {
        return Ok(Format::Odt);
    }
    if matches!(ending, Some("md" | "markdown")) {
        return Ok(Format::Markdown);
    }
    Ok(Format::Txt)
}

/// Mail starts with header lines; two of the obligatory ones rule out an article that starts with "From: ".
fn is_mail(start: &str) -> bool {
    const HEADERS: [&str; 6] =
        ["received:", "mime-version:", "message-id:", "return-path:", "content-type:", "subject:"];
    let n_headers = (start.lines().take_while(|line| !line.trim().is_empty()))
        .filter(|line| HEADERS.iter().any(|header| line.starts_with(header)))
        .count();
    n_headers >= 3
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
            (b"%PDF-1.7\n", Some("PDF")),
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
        assert_eq!(text_format(page, &hint("a.txt")), Ok(Format::Html));
        assert_eq!(text_format("Plain words", &hint("a.html")), Ok(Format::Txt));
        assert_eq!(text_format("# Head", &hint("a.md")), Ok(Format::Markdown));
        let word = "<?xml version='1.0'?><pkg:package xmlns:pkg='x'>";
        assert_eq!(text_format(word, &hint("a.xml")), Ok(Format::Docx));
        assert_eq!(text_format("<?xml version='1.0'?>\n<office:document\nx='y'>", &hint("a")), Ok(Format::Odt));
        assert_eq!(text_format("The tag <office:document > is the root", &hint("a")), Ok(Format::Txt));
        let mail = "Received: x\r\nMIME-Version: 1.0\r\nSubject: y\r\n\r\nHello";
        assert!(matches!(text_format(mail, &hint("a.txt")), Err(IngestError::Unsupported { .. })));
    }
}
