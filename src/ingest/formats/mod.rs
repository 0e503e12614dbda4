//! One file a format: from its bytes to the articles in it.
//!
//! A format gives its text and what it already knows of it (headings, author, dates) as a `flow::Raw`; the rules
//! for blocks are then the same for all. Only html has rules of its own, since its markup says so much more.

mod builder;
mod docx;
mod entities;
mod epub;
mod exports;
mod flow;
pub mod html;
mod mail;
mod odt;
mod package;
mod pdf;
mod plain;
mod properties;
mod raw;
mod rtf;
mod symbols;
mod web_archive;
mod xml;

#[cfg(test)]
pub(super) use self::package::tests::packed;

use jiff::civil::{Date, Time};

use super::date::printed_days;
use super::decode::decode;
use super::{Hint, IngestError, Parsed};
use crate::document::Format;

/// The articles of a file of this format, at least one.
pub(super) fn articles(bytes: &[u8], hint: &Hint, format: Format) -> Result<Vec<Parsed>, IngestError> {
    match format {
        Format::Txt | Format::Markdown => plain::articles(decode(bytes, hint.encoding.as_deref())?, format),
        Format::Html => html::articles(decode(bytes, hint.encoding.as_deref())?),
        Format::Docx => docx::articles(bytes),
        Format::Odt => odt::articles(bytes),
        Format::Rtf => rtf::articles(bytes),
        Format::Epub => epub::articles(bytes),
        Format::Eml => mail::articles(bytes),
        Format::Mhtml => web_archive::articles(bytes),
        Format::Pdf => pdf::articles(bytes),
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

/// The first full date in a few words, with the time of day beside it.
fn first_day(words: &str, is_month_first: bool) -> Option<(Date, Option<Time>)> {
    let day = printed_days(words).into_iter().next()?;
    Some((day.read(is_month_first), day.time(words)))
}
