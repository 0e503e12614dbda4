//! One file a format: from its bytes to the articles in it.
//!
//! A format gives its text and what it already knows of it (headings, author, dates) as a [`Raw`](flow::Raw); the rules for
//! blocks are then the same for all. Only html has rules of its own, since its markup says so much more.

mod flow;
pub mod html;
mod plain;

use super::decode::decode;
use super::{Hint, IngestError, Parsed};
use crate::document::Format;

/// The articles of a file of this format, at least one.
pub(super) fn articles(bytes: &[u8], hint: &Hint, format: Format) -> Result<Vec<Parsed>, IngestError> {
    match format {
        Format::Txt | Format::Markdown => plain::articles(decode(bytes, hint.encoding.as_deref())?, format),
        Format::Html => html::parse(decode(bytes, hint.encoding.as_deref())?).map(|parsed| vec![parsed]),
        Format::Mhtml | Format::Pdf | Format::Docx | Format::Odt | Format::Rtf | Format::Eml | Format::Epub => {
            Err(IngestError::Unsupported { kind: format!("{format:?}") })
        }
    }
}
