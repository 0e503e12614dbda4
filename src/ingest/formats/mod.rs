//! One file a format: from its bytes to the articles in it.
//!
//! A format gives its text and what it already knows of it (headings, author, dates) as a [`Raw`](flow::Raw); the rules for
//! blocks are then the same for all. Only html has rules of its own, since its markup says so much more.

mod builder;
mod docx;
mod entities;
mod epub;
mod flow;
pub mod html;
mod odt;
mod package;
mod plain;
mod properties;
mod raw;
mod rtf;
mod symbols;
mod xml;

#[cfg(test)]
pub(super) use self::package::tests::packed;

use super::decode::decode;
use super::{Hint, IngestError, Parsed};
use crate::document::Format;

/// The articles of a file of this format, at least one.
pub(super) fn articles(bytes: &[u8], hint: &Hint, format: Format) -> Result<Vec<Parsed>, IngestError> {
    match format {
        Format::Txt | Format::Markdown => plain::articles(decode(bytes, hint.encoding.as_deref())?, format),
        Format::Html => html::parse(decode(bytes, hint.encoding.as_deref())?).map(|parsed| vec![parsed]),
        Format::Docx => docx::articles(bytes),
        Format::Odt => odt::articles(bytes),
        Format::Rtf => rtf::articles(bytes),
        Format::Epub => epub::articles(bytes),
        Format::Mhtml | Format::Pdf | Format::Eml => Err(IngestError::Unsupported { kind: format!("{format:?}") }),
    }
}

/// The bare words of a file that its parser failed on with `error`, in linear time.
///
/// # Errors
/// [`IngestError`] where even the words cannot be told.
pub(super) fn raw_articles(
    bytes: &[u8],
    hint: &Hint,
    format: Format,
    error: &IngestError,
) -> Result<Vec<Parsed>, IngestError> {
    raw::articles(decode(bytes, hint.encoding.as_deref())?, format, error)
}
