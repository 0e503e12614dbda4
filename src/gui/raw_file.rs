//! The file behind an article, as it is: its text in rows of a fixed length, or its bytes in hexadecimal.
//!
//! Built by a job, since a file may be large; a frame then looks at the rows in view only. Rows are cut at a fixed
//! number of characters, so that a page without line ends is as cheap as any. `O(n)` in the part that is shown.

use std::path::PathBuf;

use super::jobs::Pasted;
use crate::document::{Document, Format, Source};
use crate::ingest::{self, ENCODINGS};
use crate::project::files::File;
use crate::project::keeper::Originals;

/// Characters of a row at most; longer lines go on in the next: as many as fit beside the facts at 1280 points.
pub const ROW_CHARS: usize = 84;

/// A row breaks after a space where there is one among its last characters.
const LOOK_BACK_CHARS: usize = 24;

/// Bytes of a row in hexadecimal.
pub const ROW_BYTES: usize = 16;

/// So much of a text is shown, in bytes; nobody reads further by eye.
const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// So much of a file is shown in hexadecimal.
const MAX_HEX_BYTES: usize = 64 * 1024;

/// The file behind an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawFile {
    pub n_bytes: usize,
    /// The decoded text, `None` for formats that are no text.
    pub text: Option<RawText>,
    /// The first bytes.
    pub bytes: Vec<u8>,
    /// How the first odd words look in each encoding that can be chosen, by its place in [`ENCODINGS`]; empty where
    /// all encodings read alike.
    pub previews: Vec<String>,
    /// The file is no longer the one that was read.
    pub has_changed: bool,
}

/// A text cut into rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawText {
    text: String,
    /// Where each row starts, and the number of its line where it is the line's first.
    rows: Vec<(usize, Option<u32>)>,
    n_lines: u32,
    /// Was the end of a long text left out?
    pub is_cut: bool,
}

impl RawText {
    /// Cuts a text into rows.
    pub fn new(mut text: String) -> Self {
        let is_cut = text.len() > MAX_TEXT_BYTES;
        let end = (0..=MAX_TEXT_BYTES.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        text.truncate(end);
        let mut rows = vec![(0, Some(1))];
        let (mut n_chars, mut line) = (0, 1);
        // The place after the last space of the row, and how many characters stand before it.
        let mut space: Option<(usize, usize)> = None;
        for (at, character) in text.char_indices() {
            if character == '\n' {
                line += 1;
                (n_chars, space) = (0, None);
                rows.push((at + 1, Some(line)));
                continue;
            }
            if n_chars == ROW_CHARS {
                let (start, n_before) =
                    space.filter(|(_, n)| *n + LOOK_BACK_CHARS > ROW_CHARS).unwrap_or((at, n_chars));
                rows.push((start, None));
                (n_chars, space) = (n_chars - n_before, None);
            }
            n_chars += 1;
            if character == ' ' {
                space = Some((at + 1, n_chars));
            }
        }
        // After the last line end there is no further line.
        if rows.len() > 1 && rows.last().is_some_and(|(start, _)| *start == text.len()) {
            rows.pop();
        }
        let n_lines = rows.iter().rev().find_map(|(_, line)| *line).unwrap_or(1);
        Self { text, rows, n_lines, is_cut }
    }

    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// The number of the last line, which sets the width of the numbers.
    pub fn n_lines(&self) -> u32 {
        self.n_lines
    }

    /// The words of a row, control characters as signs, and the number of its line where the line starts here.
    pub fn row(&self, idx: usize) -> (String, Option<u32>) {
        let Some(&(start, line)) = self.rows.get(idx) else { return (String::new(), None) };
        let end = self.rows.get(idx + 1).map_or(self.text.len(), |(end, _)| *end);
        let words = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        (words.chars().map(shown).collect(), line)
    }
}

/// A character as it is drawn: tabs as an arrow, control characters as a point, all others as they are.
fn shown(character: char) -> char {
    match character {
        '\t' => '→',
        '\u{a0}' => ' ',
        '\u{ad}' => '-',
        c if c.is_control() => '·',
        c => c,
    }
}

/// A row of bytes: "00000010  48 69 0a                                          Hi·".
pub fn hex_row(bytes: &[u8], idx: usize) -> String {
    use std::fmt::Write as _;
    let start = idx * ROW_BYTES;
    let row = bytes.get(start..bytes.len().min(start + ROW_BYTES)).unwrap_or_default();
    let mut words = format!("{start:08x}  ");
    for at in 0..ROW_BYTES {
        match row.get(at) {
            Some(byte) => _ = write!(words, "{byte:02x} "),
            None => words.push_str("   "),
        }
        if at == ROW_BYTES / 2 - 1 {
            words.push(' ');
        }
    }
    words.push(' ');
    words.extend(row.iter().map(|&byte| if (0x20..0x7f).contains(&byte) { byte as char } else { '·' }));
    words
}

/// Is a file of this format a text that has one of many encodings?
pub fn has_encoding(format: Format) -> bool {
    matches!(format, Format::Txt | Format::Markdown | Format::Html)
}

/// Is a file of this format a text, whatever it holds?
pub fn is_text(format: Format) -> bool {
    has_encoding(format) || matches!(format, Format::Mhtml | Format::Rtf | Format::Eml)
}

/// The bytes behind an article: as the project keeps them, else where it came from.
///
/// # Errors
/// A sentence for the reader where they are gone.
pub fn bytes_of(document: &Document, kept: Option<&Originals>, pasted: &Pasted) -> Result<Vec<u8>, String> {
    if let Some(bytes) = kept.and_then(|kept| kept.get(&document.sha256)) {
        return Ok(bytes);
    }
    match &document.source {
        Source::Sample(name) => {
            ingest::sample_bytes(name).map(<[u8]>::to_vec).ok_or_else(|| "This article is not built in".to_owned())
        }
        Source::Pasted { number, .. } => pasted
            .text(*number)
            .map(|text| text.as_bytes().to_vec())
            .ok_or_else(|| "The text that was pasted is not kept; what was read of it is all there".to_owned()),
        Source::File { path, .. } => File { path: PathBuf::from(path) }.read().map_err(|error| {
            let cause = std::error::Error::source(&error).map_or(String::new(), |source| format!(" ({source})"));
            format!("The file can't be read any more: {error}{cause}. What was read of it is all there")
        }),
    }
}

/// Looks at the bytes behind an article.
pub fn raw_file(document: &Document, bytes: &[u8]) -> RawFile {
    let text = is_text(document.format).then(|| ingest::raw_text(bytes, &document.encoding.name)).flatten();
    let previews = match has_encoding(document.format) {
        true => ENCODINGS.iter().map_while(|(label, _)| ingest::preview(bytes, label)).collect(),
        false => Vec::new(),
    };
    RawFile {
        n_bytes: bytes.len(),
        text: text.map(RawText::new),
        bytes: bytes.get(..MAX_HEX_BYTES).unwrap_or(bytes).to_vec(),
        previews,
        has_changed: ingest::sha256(bytes) != document.sha256,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentId;

    #[test]
    fn long_lines_go_on_in_the_next_row() {
        let text = RawText::new(format!("one\r\n{}\nlast\t", "é".repeat(ROW_CHARS + 2)));
        assert_eq!((text.n_rows(), text.n_lines(), text.is_cut), (4, 3, false));
        assert_eq!(text.row(0), ("one".to_owned(), Some(1)));
        assert_eq!(text.row(1).0.chars().count(), ROW_CHARS);
        assert_eq!(text.row(2), ("éé".to_owned(), None));
        assert_eq!(text.row(3), ("last→".to_owned(), Some(3)));
        assert_eq!(text.row(9), (String::new(), None));
        let words = RawText::new("seven7 ".repeat(20));
        assert_eq!((words.row(0).0.chars().count(), words.row(1).0.as_str().len()), (84, 56));
        let words = RawText::new("eightt8 ".repeat(12));
        assert_eq!((words.row(0).0.as_str(), words.n_rows()), ("eightt8 ".repeat(10).as_str(), 2));
        assert_eq!((RawText::new(String::new()).n_rows(), RawText::new("one\n".to_owned()).n_rows()), (1, 1));
    }

    #[test]
    fn a_long_text_is_cut_on_a_whole_character() {
        let text = RawText::new("é".repeat(MAX_TEXT_BYTES / 2 + 9));
        assert!(text.is_cut && text.text.len() <= MAX_TEXT_BYTES);
    }

    #[test]
    fn bytes_stand_in_two_groups_of_eight() {
        let bytes: Vec<u8> = (0x3e..0x52).collect();
        assert_eq!(hex_row(&bytes, 0), "00000000  3e 3f 40 41 42 43 44 45  46 47 48 49 4a 4b 4c 4d  >?@ABCDEFGHIJKLM");
        assert_eq!(hex_row(&bytes, 1), format!("00000010  4e 4f 50 51 {}NOPQ", " ".repeat(38)));
        assert_eq!(hex_row(&bytes, 0).len(), 10 + 3 * ROW_BYTES + 2 + ROW_BYTES);
    }

    #[test]
    fn a_file_that_changed_is_told() {
        let bytes = b"caf\xe9 is open";
        let mut document = Document::of_lines(DocumentId(1), "café is open");
        document.sha256 = ingest::sha256(bytes);
        document.encoding.name = "windows-1252".to_owned();
        let raw = raw_file(&document, bytes);
        assert_eq!(raw.text.as_ref().map(|text| text.row(0).0).as_deref(), Some("café is open"));
        assert_eq!((raw.n_bytes, raw.previews.len(), raw.has_changed), (12, ENCODINGS.len(), false));
        assert!(raw_file(&document, b"cafe is open").has_changed);
        assert!(raw_file(&document, b"cafe").previews.is_empty());
        document.format = Format::Pdf;
        assert_eq!(raw_file(&document, bytes).text, None);
    }

    #[test]
    fn what_is_gone_is_told_in_a_sentence() {
        let pasted = Pasted::default();
        pasted.keep(1, "words".to_owned());
        let source = |number| Source::Pasted { number, part: None };
        let of = |source| bytes_of(&Document { source, ..Document::of_lines(DocumentId(1), "") }, None, &pasted);
        assert_eq!(of(source(1)).as_deref(), Ok(b"words".as_slice()));
        assert!(of(source(2)).unwrap_err().contains("not kept"));
        let gone = Source::File { path: "/nowhere/a.txt".to_owned(), part: None };
        assert!(of(gone).unwrap_err().contains("no such file"));
        assert!(of(Source::Sample("none".to_owned())).is_err());
    }
}
