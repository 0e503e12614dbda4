//! What is inside a container: zip archives told apart by the names of their parts, old Office files by their streams.
//!
//! Nothing is unpacked and nothing is trusted; a cut archive is told by what is left of it. `O(n)` in the bytes for the
//! search of the list of names, a few operations a part after that.

use super::IngestError;
use crate::document::Format;

/// The list of names is read up to this many parts; the telling ones stand early.
const MAX_NAMES: usize = 4096;

/// The end of a zip archive: its signature and fixed fields.
const END_BYTES: usize = 22;

/// The longest comment after them.
const MAX_COMMENT_BYTES: usize = 65_535;

/// The format of a zip archive.
///
/// # Errors
/// [`IngestError::Archive`] for one that is just that, [`IngestError::Unsupported`] for other documents.
pub(super) fn zip_format(bytes: &[u8]) -> Result<Format, IngestError> {
    let names = names(bytes);
    let holds = |name: &str| names.iter().any(|found| found == name);
    let starts = |start: &str| names.iter().any(|found| found.starts_with(start));
    let is_part = |name: &str| name.starts_with("word/") && name.ends_with(".xml");
    if let Some(kind) = media_type(bytes) {
        match kind.as_str() {
            "application/epub+zip" => return Ok(Format::Epub),
            "application/vnd.oasis.opendocument.text"
            | "application/vnd.oasis.opendocument.text-template"
            | "application/vnd.oasis.opendocument.text-master"
            | "application/vnd.sun.xml.writer" => return Ok(Format::Odt),
            _ if kind.contains("opendocument.spreadsheet") => return Err(unsupported("spreadsheet (ods)")),
            _ if kind.contains("opendocument.presentation") => return Err(unsupported("presentation (odp)")),
            _ if kind.contains("opendocument") => return Err(unsupported("OpenDocument drawing")),
            _ => {}
        }
    }
    if names.iter().any(|name| is_part(name)) {
        Ok(Format::Docx)
    } else if holds("meta-inf/container.xml") && (starts("oebps/") || names.iter().any(|name| name.ends_with(".opf"))) {
        Ok(Format::Epub)
    } else if starts("xl/") {
        Err(unsupported("spreadsheet (xlsx)"))
    } else if starts("ppt/") {
        Err(unsupported("presentation (pptx)"))
    } else if holds("content.xml") && holds("meta-inf/manifest.xml") {
        Ok(Format::Odt)
    } else if holds("index/document.iwa") || starts("index/") && names.iter().any(|name| name.ends_with(".iwa")) {
        Err(unsupported("Pages, Numbers and Keynote"))
    } else if holds("androidmanifest.xml") {
        Err(archive("Android package (apk)"))
    } else if holds("meta-inf/manifest.mf") {
        Err(archive("Java archive (jar)"))
    } else {
        Err(archive("zip archive"))
    }
}

fn unsupported(kind: &str) -> IngestError {
    IngestError::Unsupported { kind: kind.to_owned() }
}

fn archive(kind: &str) -> IngestError {
    IngestError::Archive { kind: kind.to_owned() }
}

/// What an OpenDocument or EPUB file says first, in a part of its own that is not packed.
fn media_type(bytes: &[u8]) -> Option<String> {
    let name_len = usize::from(number(bytes, 26)?);
    let extra_len = usize::from(number(bytes, 28)?);
    if bytes.get(30..30 + name_len)? != b"mimetype" {
        return None;
    }
    let words = bytes.get(30 + name_len + extra_len..)?;
    let end = words.iter().take(100).position(|&byte| !(byte.is_ascii_graphic())).unwrap_or(words.len().min(100));
    // What follows is the signature of the next part, or of the figures of this one.
    let words = String::from_utf8_lossy(words.get(..end)?).into_owned();
    Some(words.trim_end_matches("PK").trim().to_lowercase())
}

/// Names of parts in lower case: from the list at the end, or from the parts themselves where it is lost.
fn names(bytes: &[u8]) -> Vec<String> {
    let listed = listed_names(bytes);
    if listed.is_empty() { scattered_names(bytes) } else { listed }
}

fn listed_names(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let tail = bytes.len().saturating_sub(END_BYTES + MAX_COMMENT_BYTES);
    let Some(end) = bytes.get(tail..).and_then(|tail| tail.windows(4).rposition(|four| four == b"PK\x05\x06")) else {
        return names;
    };
    let Some(mut at) = long_number(bytes, tail + end + 16) else { return names };
    while names.len() < MAX_NAMES && bytes.get(at..at.saturating_add(4)) == Some(b"PK\x01\x02") {
        let lens = [28, 30, 32].map(|place| number(bytes, at + place).map_or(0, usize::from));
        let Some(name) = bytes.get(at + 46..at + 46 + lens[0]) else { break };
        names.push(folded(name));
        at += 46 + lens.iter().sum::<usize>();
    }
    names
}

/// Where the list is lost, each part still carries its name before it.
fn scattered_names(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut from = 0;
    while names.len() < MAX_NAMES {
        let Some(found) = bytes.get(from..).and_then(|rest| rest.windows(4).position(|four| four == b"PK\x03\x04"))
        else {
            break;
        };
        let at = from + found;
        let name_len = number(bytes, at + 26).map_or(0, usize::from);
        if let Some(name) = bytes.get(at + 30..at + 30 + name_len) {
            names.push(folded(name));
        }
        from = at + 4;
    }
    names
}

fn folded(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/").to_lowercase()
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([pair[0], pair[1]]))
}

fn long_number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes([four[0], four[1], four[2], four[3]])).ok()
}

/// Streams that tell an old Office file, the most telling first: a document may hold another one.
const STREAMS: [&str; 7] =
    ["EncryptedPackage", "WordDocument", "Workbook", "PowerPoint Document", "__substg1.0_", "Book", "MatOST"];

/// What to say of a file of the old Office (an OLE compound file).
pub(super) fn old_office(bytes: &[u8]) -> IngestError {
    let patterns = STREAMS.map(|name| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    let found = aho_corasick::AhoCorasick::new(&patterns).ok().and_then(|search| {
        let first = search.find_overlapping_iter(bytes).map(|found| found.pattern().as_usize()).min()?;
        STREAMS.get(first)
    });
    let outdated = |kind: &str| IngestError::Outdated { kind: kind.to_owned() };
    match found.copied().unwrap_or_default() {
        "EncryptedPackage" => IngestError::Protected,
        "WordDocument" => outdated("Word 97-2003 (doc)"),
        "__substg1.0_" => outdated("Outlook (msg)"),
        "Workbook" | "Book" => unsupported("spreadsheet (xls)"),
        "PowerPoint Document" => unsupported("presentation (ppt)"),
        "MatOST" => unsupported("Works"),
        _ => unsupported("old Office"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::formats::packed;

    #[test]
    fn parts_tell_the_kind() {
        let kind = |parts: &[&str]| {
            let parts: Vec<(&str, &[u8])> = parts.iter().map(|name| (*name, b"x".as_slice())).collect();
            zip_format(&packed(&parts))
        };
        assert_eq!(kind(&["[Content_Types].xml", "word/document.xml"]), Ok(Format::Docx));
        assert_eq!(kind(&["META-INF/container.xml", "OEBPS/content.opf"]), Ok(Format::Epub));
        assert_eq!(kind(&["content.xml", "META-INF/manifest.xml"]), Ok(Format::Odt));
        let refused: [(&[&str], &str); 5] = [
            (&["xl/workbook.xml"], "unsupported"),
            (&["ppt/presentation.xml"], "unsupported"),
            (&["META-INF/MANIFEST.MF", "a.class"], "archive"),
            (&["AndroidManifest.xml", "META-INF/MANIFEST.MF"], "archive"),
            (&["one.txt", "two.docx"], "archive"),
        ];
        for (parts, code) in refused {
            assert_eq!(kind(parts).unwrap_err().code(), code, "{parts:?}");
        }
    }

    /// A part that is not packed, with no list after it.
    fn stored(name: &str, words: &str) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        for len in [words.len(), words.len()] {
            bytes.extend((len as u32).to_le_bytes());
        }
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend(words.as_bytes());
        bytes
    }

    #[test]
    fn the_media_type_tells_the_kind_and_a_cut_archive_still_does() {
        let of = |kind: &str| zip_format(&[stored("mimetype", kind), stored("a", "b")].concat());
        assert_eq!(of("application/epub+zip"), Ok(Format::Epub));
        assert_eq!(of("application/vnd.oasis.opendocument.text"), Ok(Format::Odt));
        assert_eq!(of("application/vnd.oasis.opendocument.spreadsheet").unwrap_err().code(), "unsupported");
        assert_eq!(zip_format(&[stored("a.rels", "x"), stored("word/document.xml", "<w")].concat()), Ok(Format::Docx));
        assert_eq!(zip_format(b"PK\x03\x04").unwrap_err().code(), "archive");
    }

    #[test]
    fn streams_tell_old_files() {
        let file = |names: &[&str]| {
            let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
            for name in names {
                bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
                bytes.extend([0; 20]);
            }
            old_office(&bytes).code()
        };
        assert_eq!(file(&["Workbook", "WordDocument"]), "outdated");
        assert_eq!(file(&["\u{6}DataSpaces", "EncryptedPackage"]), "protected");
        assert_eq!(file(&["Workbook"]), "unsupported");
        assert_eq!(file(&["?"]), "unsupported");
    }
}
