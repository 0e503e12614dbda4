//! From bytes to a [`Document`]: decoding, blocks, title, outlet and a publication date with its evidence.
//!
//! Two steps. [`parse`] looks at the bytes alone and returns text, blocks and raw evidence; for html it runs in a
//! worker process ([`worker`]), since hostile pages hang every parser there is. [`understand`] dates the result and
//! names its outlet against the current codebook, in the parent, so that a changed codebook reads no file again.
//!
//! This module opens no file. Bytes come from the shells; the day of today is a parameter.

pub mod worker;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::codebook::Codebook;
use crate::document::{Block, Document, Encoding, Evidence, Format, Outlet, Source, Warning};

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

/// Reads the bytes of one file.
///
/// # Errors
/// [`IngestError`] says why nothing could be read.
pub fn parse(bytes: &[u8], hint: &Hint) -> Result<Parsed, IngestError> {
    let _ = (bytes, hint);
    Err(IngestError::Empty)
}

/// Dates a parsed file and names its outlet by what the codebook knows. `today` bounds the date from above.
pub fn understand(parsed: Parsed, bytes_sha256: &str, source: Source, codebook: &Codebook, today: Date) -> Document {
    let _ = (parsed, bytes_sha256, source, codebook, today);
    unimplemented!()
}
