//! From bytes to a [`Document`]: decoding, blocks, title, outlet and a publication date with its evidence.
//!
//! Two steps. [`parse`] looks at the bytes alone and returns text, blocks and raw evidence; for html it runs in a
//! worker process ([`worker`]), since hostile pages hang every parser there is. [`understand`] dates the result and
//! names its outlet against the current codebook, in the parent, so that a changed codebook reads no file again.
//!
//! This module opens no file. Bytes come from the shells; the day of today is a parameter.

mod blocks;
mod date;
mod decode;
mod furniture;
mod headline;
pub mod html;
mod html_dates;
mod outlet;
mod plain;
mod reader;
mod sniff;
mod units;
pub mod worker;

pub use reader::{Reader, WORKER_ARGS, sample, sha256};

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::codebook::Codebook;
use crate::document::{Block, Document, DocumentId, Encoding, Evidence, Format, Outlet, Source, Warning};

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 50 * 1024 * 1024;

/// What is known of a file before its bytes are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// The file name; its ending only breaks ties, content decides.
    pub file_name: String,
    /// An encoding the reader chose, as a WHATWG label.
    pub encoding: Option<String>,
}

/// What the bytes alone say. Crosses the border of the worker process as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    pub format: Format,
    pub encoding: Encoding,
    /// The canonical text.
    pub text: String,
    pub title: Option<String>,
    pub title_range: Option<crate::text::ByteRange>,
    pub blocks: Vec<Block>,
    pub language: Option<String>,
    pub author: Option<String>,
    /// The outlet where metadata name it; what the text says is found in [`understand`].
    pub outlet: Option<Outlet>,
    /// Dates the metadata of a page give, raw.
    pub meta_dates: Vec<MetaDate>,
    pub warnings: Vec<Warning>,
}

/// A date found in metadata.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetaDate {
    pub date: Date,
    pub time: Option<Time>,
    /// How much the field is worth, 0.0..=1.0.
    pub score: f32,
    pub evidence: Evidence,
}

/// Why a file could not be read. The others are read all the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum IngestError {
    #[error("not text")]
    NotText,
    #[error("empty")]
    Empty,
    #[error("larger than {} MB", MAX_FILE_BYTES / (1024 * 1024))]
    TooLarge,
    /// A kind of file the program knows but does not read.
    #[error("{kind} files are not read")]
    Unsupported { kind: String },
    /// The page's elements are nested deeper than any real page.
    #[error("nested {depth} levels deep")]
    TooDeep { depth: usize },
    #[error("no article text found in the page")]
    NoArticle,
    #[error("took longer than {secs} s to read")]
    TimedOut { secs: u64 },
    /// The worker process ended without an answer.
    #[error("could not be read: the reader stopped")]
    WorkerLost,
}

impl IngestError {
    /// Stable id for the JSON output.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotText => "not-text",
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::Unsupported { .. } => "unsupported",
            Self::TooDeep { .. } => "too-deep",
            Self::NoArticle => "no-article",
            Self::TimedOut { .. } => "timed-out",
            Self::WorkerLost => "worker-lost",
        }
    }

    /// What the reader can do about it.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::NotText => "Nothing to read here",
            Self::Empty => "The file holds no text; fetch it again",
            Self::TooLarge => "Split it, then drop the parts",
            Self::Unsupported { .. } => "Save it as text or html, then drop it again",
            Self::TooDeep { .. } | Self::TimedOut { .. } | Self::WorkerLost | Self::NoArticle => {
                "Copy the article's text and paste it"
            }
        }
    }
}

/// Reads the bytes of one file, in this process. For html prefer [`Reader`], which guards against hostile pages.
///
/// ```
/// use throughline::ingest::{parse, Hint};
/// let text = "Harbor opens\n\nThe harbor of Oslo was opened on Monday by the mayor, who had planned it for years.";
/// let parsed = parse(text.as_bytes(), &Hint::default()).unwrap();
/// assert_eq!(parsed.title.as_deref(), Some("Harbor opens"));
/// ```
///
/// # Errors
/// [`IngestError`] says why nothing could be read.
pub fn parse(bytes: &[u8], hint: &Hint) -> Result<Parsed, IngestError> {
    let (decoded, format) = decoded(bytes, hint)?;
    match format {
        Format::Html => html::parse(decoded),
        Format::Txt | Format::Markdown => plain::parse(decoded, format),
    }
}

/// The text and its kind.
fn decoded(bytes: &[u8], hint: &Hint) -> Result<(decode::Decoded, Format), IngestError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(IngestError::TooLarge);
    }
    if bytes.is_empty() {
        return Err(IngestError::Empty);
    }
    if let Some(kind) = sniff::binary_kind(bytes) {
        return Err(IngestError::Unsupported { kind: kind.to_owned() });
    }
    let decoded = decode::decode(bytes, hint.encoding.as_deref())?;
    let format = sniff::text_format(&decoded.text, hint)?;
    Ok((decoded, format))
}

/// Must these bytes go to a worker? False too where they can't be read at all, which [`parse`] then says.
fn is_html(bytes: &[u8], hint: &Hint) -> bool {
    // The start is enough to tell the kind; a cut character at its end changes nothing.
    let mut head = bytes.get(..SNIFF_BYTES).unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(head)
        && error.error_len().is_none()
    {
        head = head.get(..error.valid_up_to()).unwrap_or(head);
    }
    matches!(decoded(head, hint), Ok((_, Format::Html)))
}

/// How much of a file is decoded to tell html from text.
const SNIFF_BYTES: usize = 16 * 1024;

/// Dates a parsed file and names its outlet by what the codebook knows. `today` bounds the date from above.
pub fn understand(parsed: Parsed, bytes_sha256: &str, source: Source, codebook: &Codebook, today: Date) -> Document {
    let published = date::published(&parsed, codebook, today);
    let outlet = parsed.outlet.or_else(|| outlet::outlet(&parsed.text, &parsed.blocks));
    Document {
        id: document_id(bytes_sha256, &source),
        source,
        sha256: bytes_sha256.to_owned(),
        format: parsed.format,
        encoding: parsed.encoding,
        language: parsed.language,
        title: parsed.title,
        title_range: parsed.title_range,
        outlet,
        author: parsed.author,
        published,
        text: parsed.text,
        blocks: parsed.blocks,
        warnings: parsed.warnings,
    }
}

/// The first 64 bits of the file's hash; the parts of one file get ids of their own.
fn document_id(bytes_sha256: &str, source: &Source) -> DocumentId {
    let hash = bytes_sha256.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    match source {
        // The multiplier is odd (2^64 divided by the golden ratio), so different parts never meet.
        Source::File { part: Some(part), .. } => {
            DocumentId(hash ^ u64::from(*part).wrapping_mul(0x9e37_79b9_7f4a_7c15))
        }
        _ => DocumentId(hash),
    }
}
