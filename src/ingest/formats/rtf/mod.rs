//! Rich Text Format (RTF specification 1.9.1, 2008), as word processors and news databases write it.
//!
//! A small reader of our own: tokens, a stack of groups on the heap, and one state that follows the words. Read are
//! paragraphs, headings by style, tables, text boxes, results of fields, and notes after the body; not read are tables
//! of fonts and styles, headers, footers, comments, pictures, hidden and deleted text, and every destination that is
//! marked as one a reader may leave out. Letters are decoded by the code page of their font. `O(n)` in the bytes.

mod charsets;
mod destinations;
mod reader;
mod tokens;

use self::reader::Reading;
use super::flow::Raw;
use super::properties;
use crate::document::Format;
use crate::ingest::{IngestError, Parsed};

/// The articles of a file.
pub(super) fn articles(bytes: &[u8]) -> Result<Vec<Parsed>, IngestError> {
    let reading = reader::read(bytes)?;
    raw(reading).articles()
}

fn raw(reading: Reading) -> Raw {
    let mut raw = Raw::of_paragraphs(Format::Rtf, "the file's own paragraphs", &reading.paragraphs);
    reading.properties.tell(&mut raw);
    raw.encoding.name = reading.encoding;
    if reading.is_cut {
        raw.warnings.push(properties::damaged());
    }
    raw
}

#[cfg(test)]
mod tests;
