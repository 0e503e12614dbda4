//! From bytes to a [`Document`]: decoding, blocks, title, outlet and a publication date with its evidence.
//!
//! Two steps. [`parse`] looks at the bytes alone and returns text, blocks and raw evidence of each article in them;
//! for all but plain text it runs in a worker process ([`worker`]), since hostile files hang every parser there is.
//! [`understand`] dates the result and names its outlet against the current codebook, in the parent, so that a changed
//! codebook reads no file again.
//!
//! This module opens no file. Bytes come from the shells; the day of today is a parameter.

mod blocks;
mod containers;
mod date;
mod decode;
pub mod formats;
mod raw;
mod reader;
mod sniff;
pub mod worker;

pub use blocks::rule_says;
pub use raw::{ENCODINGS, preview, raw_text};
pub use reader::{Reader, WORKER_ARGS, sample, sample_bytes, sha256};

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codebook::Codebook;
use crate::document::{Block, Document, DocumentId, Encoding, Format, MetaDate, Outlet, Published, Source, Warning};

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 50 * 1024 * 1024;

/// The most that is unpacked of one packed document, in bytes. Pictures are not unpacked; the text of the Bible has 5 MB.
pub const MAX_UNPACKED_BYTES: usize = 64 * 1024 * 1024;

/// What is known of a file before its bytes are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// The file name; its ending only breaks ties, content decides.
    pub file_name: String,
    /// An encoding the reader chose, as a WHATWG label.
    pub encoding: Option<String>,
}

/// What the bytes alone say of one article. Crosses the border of the worker process as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    pub format: Format,
    pub encoding: Encoding,
    /// What took the text out of the file, in words for the reader.
    pub extractor: String,
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

impl Parsed {
    /// Does every range lie inside the text, on the borders of its characters, and every block behind the one before?
    /// What a worker answers is believed only then.
    fn is_sound(&self) -> bool {
        let is_inside = |range: crate::text::ByteRange| self.text.get(range.start..range.end).is_some();
        let mut end = 0;
        let is_next = |block: &Block| {
            let is_behind = block.range.start >= end;
            end = block.range.end;
            is_behind && is_inside(block.range)
        };
        let ranges = [self.title_range, self.outlet.as_ref().and_then(|outlet| outlet.range)];
        self.blocks.iter().all(is_next) && ranges.into_iter().flatten().all(is_inside)
    }
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
    /// A container of any files, not a document.
    #[error("{kind}: not a document")]
    Archive { kind: String },
    /// The older form of a kind that is read.
    #[error("{kind} files are not read")]
    Outdated { kind: String },
    #[error("protected by a password")]
    Protected,
    /// What can be read of it is no document.
    #[error("damaged {kind} file")]
    Damaged { kind: String },
    #[error("unpacks to more than {} MB", MAX_UNPACKED_BYTES / (1024 * 1024))]
    Unpacked,
    /// A small file that unpacks to a huge one, as no real document does.
    #[error("packed tighter than any real document")]
    PackedTooTightly,
    #[error("holds {n_parts} parts, more than any real document")]
    TooManyParts { n_parts: usize },
    /// The page's elements are nested deeper than any real page.
    #[error("nested {depth} levels deep")]
    TooDeep { depth: usize },
    /// No page is made so; its parser would take minutes.
    #[error("made of more than {n_elements} elements or attributes")]
    TooMuchMarkup { n_elements: usize },
    #[error("no article text found in the page")]
    NoArticle,
    /// A mail that says nothing itself.
    #[error("the mail holds attachments alone: {names}")]
    OnlyAttachments { names: String },
    /// Pictures of pages, as a scanner makes them.
    #[error("no text layer: its pages are blank or pictures")]
    NoTextLayer,
    #[error("took longer than {secs} s to read")]
    TimedOut { secs: u64 },
    #[error("needed more than {mb} MB of memory to read")]
    OutOfMemory { mb: u64 },
    #[error("holds more than {mb} MB of text")]
    TooMuchText { mb: usize },
    /// The worker process ended without an answer.
    #[error("could not be read: the reader stopped")]
    WorkerLost,
    /// The worker process could not be started.
    #[error("could not be read: the program could not start its reader")]
    NoWorker,
}

impl IngestError {
    /// Stable id for the JSON output.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotText => "not-text",
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::Unsupported { .. } => "unsupported",
            Self::Archive { .. } => "archive",
            Self::Outdated { .. } => "outdated",
            Self::Protected => "protected",
            Self::Damaged { .. } => "damaged",
            Self::Unpacked => "unpacked",
            Self::PackedTooTightly => "packed-too-tightly",
            Self::TooManyParts { .. } => "too-many-parts",
            Self::TooDeep { .. } => "too-deep",
            Self::TooMuchMarkup { .. } => "too-much-markup",
            Self::NoArticle => "no-article",
            Self::OnlyAttachments { .. } => "only-attachments",
            Self::NoTextLayer => "no-text-layer",
            Self::TimedOut { .. } => "timed-out",
            Self::OutOfMemory { .. } => "out-of-memory",
            Self::TooMuchText { .. } => "too-much-text",
            Self::WorkerLost => "worker-lost",
            Self::NoWorker => "no-worker",
        }
    }

    /// Did the parser fail, and not the file? Then the bytes may still hold words.
    fn is_of_parser(&self) -> bool {
        matches!(
            self,
            Self::TooDeep { .. }
                | Self::TooMuchMarkup { .. }
                | Self::TimedOut { .. }
                | Self::OutOfMemory { .. }
                | Self::TooMuchText { .. }
                | Self::NoArticle
                | Self::WorkerLost
                | Self::NoWorker
        )
    }

    /// What the reader can do about it.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::NotText => "Nothing to read here",
            Self::Empty => "The file holds no text; fetch it again",
            Self::TooLarge | Self::TooMuchText { .. } => "Split it, then drop the parts",
            Self::Unsupported { .. } => "Save it as text or html, then drop it again",
            Self::OnlyAttachments { .. } => "Save the attachments, then drop them",
            Self::NoTextLayer => "Run text recognition (OCR) on it, then drop it again",
            Self::Archive { .. } => "Unpack it, then drop the files in it",
            Self::Outdated { .. } => "Save it as docx or text, then drop it again",
            Self::Protected => "Save it without the password, then drop it again",
            Self::Damaged { .. } => "Fetch it again, or open it in its program and save it anew",
            Self::Unpacked | Self::PackedTooTightly | Self::TooManyParts { .. } => {
                "If you trust it, save its text alone and drop that"
            }
            Self::TooDeep { .. }
            | Self::TooMuchMarkup { .. }
            | Self::TimedOut { .. }
            | Self::OutOfMemory { .. }
            | Self::WorkerLost
            | Self::NoArticle => "Copy the article's text and paste it",
            Self::NoWorker => "Close other programs or start this one again, then drop it again",
        }
    }
}

/// Reads the bytes of one file, in this process: its articles in their order, at least one. Prefer [`Reader`], which
/// guards against hostile files.
///
/// ```
/// use throughline::ingest::{parse, Hint};
/// let text = "Harbor opens\n\nThe harbor of Oslo was opened on Monday by the mayor, who had planned it for years.";
/// let articles = parse(text.as_bytes(), &Hint::default()).unwrap();
/// assert_eq!(articles[0].title.as_deref(), Some("Harbor opens"));
/// ```
///
/// # Errors
/// [`IngestError`] says why nothing could be read.
pub fn parse(bytes: &[u8], hint: &Hint) -> Result<Vec<Parsed>, IngestError> {
    let format = format(bytes, hint)?;
    formats::articles(bytes, hint, format)
}

/// The kind of a file that can be read.
fn format(bytes: &[u8], hint: &Hint) -> Result<Format, IngestError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(IngestError::TooLarge);
    }
    if bytes.is_empty() {
        return Err(IngestError::Empty);
    }
    sniff::format(bytes, hint)
}

/// Is there nothing in such a file that could hang a reader?
fn is_harmless(format: Format) -> bool {
    matches!(format, Format::Txt | Format::Markdown)
}

/// Dates a parsed file and names its outlet by what the codebook knows. `today` bounds the date from above.
pub fn understand(parsed: Parsed, bytes_sha256: &str, source: Source, codebook: &Codebook, today: Date) -> Document {
    let Parsed { text, blocks, meta_dates, .. } = &parsed;
    let facts = date::Facts { chronology: &codebook.chronology, switched_off: &BTreeSet::new() };
    let published = date::published(date::Dated { text, blocks, meta_dates }, facts, today);
    let outlet = parsed.outlet.or_else(|| blocks::outlet(&parsed.text, &parsed.blocks));
    Document {
        id: document_id(bytes_sha256, &source),
        source,
        sha256: bytes_sha256.to_owned(),
        format: parsed.format,
        encoding: parsed.encoding,
        extractor: parsed.extractor,
        language: parsed.language,
        title: parsed.title,
        title_range: parsed.title_range,
        outlet,
        author: parsed.author,
        published,
        meta_dates: parsed.meta_dates,
        text: parsed.text,
        blocks: parsed.blocks,
        warnings: parsed.warnings,
    }
}

/// Dates an article again without its file, by the facts of the chronology that are not `switched_off` (their ids, as
/// [`Evidence::fact`](crate::document::Evidence::fact) names them). With none switched off it is the first dating again.
/// What the reader entered by hand is not looked at.
///
/// ```
/// use std::collections::BTreeSet;
/// use throughline::codebook::Codebook;
/// use throughline::document::{Document, DocumentId};
/// use throughline::ingest::date_again;
/// let document = Document::of_lines(DocumentId(1), "Ships were told on 3 May to wait, President Moon Jae-in said.");
/// let today = jiff::civil::date(2026, 1, 1);
/// let codebook = Codebook::built_in();
/// let dated = date_again(&document, &codebook, &BTreeSet::new(), today);
/// let fact = dated.evidence.iter().find_map(|evidence| evidence.fact.clone()).unwrap();
/// assert_eq!(fact, "office:moon-jae-in:2017-05-10");
/// let without = date_again(&document, &codebook, &BTreeSet::from([fact]), today);
/// assert!(without.earliest < dated.earliest);
/// ```
pub fn date_again(document: &Document, codebook: &Codebook, switched_off: &BTreeSet<String>, today: Date) -> Published {
    let Document { text, blocks, meta_dates, .. } = document;
    let facts = date::Facts { chronology: &codebook.chronology, switched_off };
    date::published(date::Dated { text, blocks, meta_dates }, facts, today)
}

/// The first 64 bits of the file's hash; the parts of one file get ids of their own.
fn document_id(bytes_sha256: &str, source: &Source) -> DocumentId {
    let hash = bytes_sha256.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    match source {
        // The multiplier is odd (2^64 divided by the golden ratio), so different parts never meet.
        Source::File { part: Some(part), .. } | Source::Pasted { part: Some(part), .. } => {
            DocumentId(hash ^ u64::from(*part).wrapping_mul(0x9e37_79b9_7f4a_7c15))
        }
        _ => DocumentId(hash),
    }
}
