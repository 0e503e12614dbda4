//! Zip containers (docx, odt, epub) under limits: how much they unpack to, how tightly they are packed, how many parts.
//!
//! A part is unpacked when asked for and no earlier, so pictures cost nothing. `O(unpacked bytes)` for what is read.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::ingest::{IngestError, MAX_UNPACKED_BYTES};

/// A part may unpack to this much whatever its ratio: a small table of blanks packs as tightly as a bomb.
const FREE_BYTES: usize = 1024 * 1024;

/// Beyond the first megabyte a part packed tighter than this is a bomb. Deflate ends at 1,032 to 1; the markup of real
/// documents packs 5 to 40 to 1, generated tables with thousands of equal cells stay below 150.
const MAX_RATIO: usize = 200;

/// The largest real books have some thousand parts.
const MAX_PARTS: usize = 20_000;

/// An open container.
#[derive(Debug)]
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Index by name, in lower case and with `/`, since writers differ in both.
    parts: BTreeMap<String, usize>,
    /// How much may still be unpacked.
    n_bytes_left: usize,
    n_bytes_packed: usize,
    /// A part was cut short or fails its checksum.
    pub(super) is_damaged: bool,
}

impl<'a> Package<'a> {
    /// Opens a container; `kind` names it for the reader.
    ///
    /// # Errors
    /// [`IngestError::Damaged`] where it has no readable list of parts, [`IngestError::TooManyParts`].
    pub(super) fn open(bytes: &'a [u8], kind: &str) -> Result<Self, IngestError> {
        let damaged = |_| IngestError::Damaged { kind: kind.to_owned() };
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MAX_PARTS {
            return Err(IngestError::TooManyParts { n_parts: archive.len() });
        }
        let mut parts = BTreeMap::new();
        for (idx, name) in archive.file_names_raw().enumerate() {
            parts.entry(folded(&String::from_utf8_lossy(name))).or_insert(idx);
        }
        Ok(Self { archive, parts, n_bytes_left: MAX_UNPACKED_BYTES, n_bytes_packed: bytes.len(), is_damaged: false })
    }

    /// Unpacks a part, `None` where there is none of this name. What a damaged part still gives is returned.
    ///
    /// # Errors
    /// [`IngestError::Protected`] where it is encrypted, [`IngestError::Unpacked`] and
    /// [`IngestError::PackedTooTightly`] above the limits.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, IngestError> {
        let Some(&idx) = self.parts.get(&folded(name)) else { return Ok(None) };
        let part = match self.archive.by_index(idx) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(IngestError::Protected),
            Err(_) => {
                self.is_damaged = true;
                return Ok(None);
            }
        };
        // The container's own figures are not trusted: no part is larger packed than its file.
        let n_packed = usize::try_from(part.compressed_size()).unwrap_or(usize::MAX).min(self.n_bytes_packed);
        let cap = n_packed.saturating_mul(MAX_RATIO).max(FREE_BYTES);
        let limit = cap.min(self.n_bytes_left);
        let mut bytes = Vec::new();
        // One byte more than allowed is asked for, to tell "just fits" from "too much".
        let end = part.take(limit as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > limit {
            return Err(if cap < self.n_bytes_left { IngestError::PackedTooTightly } else { IngestError::Unpacked });
        }
        self.is_damaged |= end.is_err();
        self.n_bytes_left -= bytes.len();
        Ok(Some(bytes))
    }

    /// Unpacks a part that is XML, decoded.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, IngestError> {
        Ok(self.read(name)?.map(|bytes| super::xml::decoded(&bytes)))
    }

    /// As [`text`](Self::text), for what a document can do without: a fault of it is no fault of the whole.
    pub(super) fn text_or_nothing(&mut self, name: &str) -> String {
        self.text(name).ok().flatten().unwrap_or_default()
    }

    /// Is there a part of this name?
    pub(super) fn holds(&self, name: &str) -> bool {
        self.parts.contains_key(&folded(name))
    }
}

fn folded(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use super::*;

    /// A container of these parts.
    pub(in crate::ingest) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            let method = zip::CompressionMethod::Deflated;
            let options = zip::write::SimpleFileOptions::default().compression_method(method);
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_however_their_names_are_written() {
        let bytes = packed(&[("Word\\Document.xml", b"one"), ("b.xml", b"two")]);
        let mut package = Package::open(&bytes, "Word").unwrap();
        assert_eq!(package.text("/word/document.xml").unwrap().as_deref(), Some("one"));
        assert_eq!(package.text("c.xml"), Ok(None));
        assert!(package.holds("B.XML"));
    }

    #[test]
    fn a_bomb_is_stopped_where_it_bursts() {
        // Zeros pack a thousand to one; a part of noise makes room for its own ratio alone.
        let zeros = vec![0; 30 * FREE_BYTES];
        let bomb = packed(&[("a", &zeros)]);
        assert_eq!(Package::open(&bomb, "Word").unwrap().read("a"), Err(IngestError::PackedTooTightly));
        let small = packed(&[("a", &zeros[..FREE_BYTES])]);
        assert_eq!(Package::open(&small, "Word").unwrap().read("a").unwrap().unwrap().len(), FREE_BYTES);
    }

    #[test]
    fn many_parts_may_not_unpack_to_more_than_one() {
        // Every 128 bytes repeat but for a counter, which packs some 50 to 1.
        let mut lines = Vec::new();
        for number in 0..24 * FREE_BYTES / 128 {
            lines.extend_from_slice(format!("{number:0>16}{}", "ab cd ef".repeat(14)).as_bytes());
        }
        let bytes = packed(&[("a", &lines), ("b", &lines), ("c", &lines)]);
        let mut package = Package::open(&bytes, "Word").unwrap();
        assert!(package.read("a").is_ok() && package.read("b").is_ok());
        assert_eq!(package.read("c"), Err(IngestError::Unpacked));
    }

    #[test]
    fn a_damaged_part_gives_what_is_whole() {
        let words = (0..20_000).map(|number| format!("word{} ", number * 7919)).collect::<String>();
        let mut bytes = packed(&[("a", words.as_bytes())]);
        let middle = bytes.len() / 2;
        bytes[middle..middle + 40].fill(0xff);
        let mut package = Package::open(&bytes, "Word").unwrap();
        let text = package.text("a").unwrap().unwrap();
        assert!(text.starts_with("word0 word7919 ") && package.is_damaged);
        assert_eq!(
            Package::open(&bytes[..middle], "Word").unwrap_err(),
            IngestError::Damaged { kind: "Word".to_owned() }
        );
    }
}
