//! An article as it was read, and the set that is compared.
//!
//! A [`Document`] never changes after it was read: every mark in the program is a [`Passage`], a byte range into
//! [`Document::text`]. What the reader decides (another date, boilerplate shown) is laid over it by
//! `project::Project::corpus`, which makes a new value with the same text.

use std::fmt;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::text::{ByteRange, lines};

/// An article's identity: the first 64 bits of the SHA-256 of its file's bytes and its part number.
///
/// Keyed by content, so that the same article has the same id on every machine and in every order of loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentId(pub u64);

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// An article as read.
///
/// Serialized without its text, which whoever keeps an article keeps beside the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub id: DocumentId,
    pub source: Source,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    pub format: Format,
    pub encoding: Encoding,
    /// What took the text out of the file, in words for the reader: "as it is", "trafilatura, favoring precision".
    pub extractor: String,
    /// ISO 639-1 code of the language of the body, `None` where the text is too short to tell.
    pub language: Option<String>,
    /// The headline in its own words. [`Document::title_range`] is its place where the text holds it.
    pub title: Option<String>,
    pub title_range: Option<ByteRange>,
    pub outlet: Option<Outlet>,
    pub author: Option<String>,
    pub published: Published,
    /// Dates that the file's metadata give, raw: with the text, all that dating it again needs.
    pub meta_dates: Vec<MetaDate>,
    /// The canonical text. Immutable; all ranges point into it.
    #[serde(skip)]
    pub text: String,
    /// In order, without overlap; white space between blocks belongs to none.
    pub blocks: Vec<Block>,
    pub warnings: Vec<Warning>,
}

impl Document {
    /// A text as an article of body paragraphs, one block a line, with nothing else known of it. For texts that need
    /// no reading: the examples of the engine, and its tests.
    ///
    /// ```
    /// use throughline::document::{Document, DocumentId};
    /// let document = Document::of_lines(DocumentId(1), "The pier is open.\n\nThe channel is not.");
    /// assert_eq!(document.blocks.len(), 2);
    /// ```
    pub fn of_lines(id: DocumentId, text: &str) -> Self {
        let blocks = lines(text)
            .filter(|line| !line.trimmed(text).is_empty())
            .map(|range| Block { kind: BlockKind::Body, range, rule: None })
            .collect();
        Self {
            id,
            source: Source::Pasted { number: u32::try_from(id.0).unwrap_or(0), part: None },
            sha256: String::new(),
            format: Format::Txt,
            encoding: Encoding { name: "utf-8".to_owned(), is_guess: false },
            extractor: "as it is".to_owned(),
            language: None,
            title: None,
            title_range: None,
            outlet: None,
            author: None,
            published: Published::unknown(),
            meta_dates: Vec::new(),
            text: text.to_owned(),
            blocks,
            warnings: Vec::new(),
        }
    }

    /// A short name for lists and messages: the file name, or "pasted text".
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// The block that holds the byte at `offset`.
    pub fn block_at(&self, offset: usize) -> Option<&Block> {
        let idx = self.blocks.partition_point(|block| block.range.end <= offset);
        self.blocks.get(idx).filter(|block| block.range.contains_offset(offset))
    }

    /// The blocks that findings may come from: title, headings and body. A title told again counts once, at its
    /// first place, which ingest sees to by marking the later ones as boilerplate.
    pub fn readable_blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind.is_readable())
    }

    /// What the order of date goes by: dated articles first, then day, interval and id.
    pub fn reading_order(&self) -> ReadingOrder {
        let day = self.published.day();
        (day.is_none(), day, self.published.earliest, self.id)
    }

    /// The text with everything outside the readable blocks blanked, line ends aside: as many characters as the text, so
    /// that a count of characters means the same place in both.
    ///
    /// ```
    /// use throughline::document::{BlockKind, Document, DocumentId};
    /// let mut document = Document::of_lines(DocumentId(1), "The pier is open.\nMore: “Fish”");
    /// document.blocks[1].kind = BlockKind::Boilerplate;
    /// assert_eq!(document.readable_text(), "The pier is open.\n            ");
    /// ```
    pub fn readable_text(&self) -> String {
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        let blank = |range: std::ops::Range<usize>, text: &mut String| {
            let skipped = self.text.get(range).unwrap_or_default().chars();
            text.extend(skipped.map(|character| if matches!(character, '\n' | '\r') { character } else { ' ' }));
        };
        for block in self.readable_blocks() {
            blank(done..block.range.start, &mut text);
            text.push_str(block.range.of(&self.text));
            done = block.range.end;
        }
        blank(done..self.text.len(), &mut text);
        text
    }

    /// Do all ranges fit the text? True of whatever was read; to be asked of what comes back from a disk.
    pub fn is_sound(&self) -> bool {
        let fits = |range: &ByteRange| range.start <= range.end && self.text.get(range.start..range.end).is_some();
        let in_order = self.blocks.windows(2).all(|pair| match pair {
            [before, after] => before.range.end <= after.range.start,
            _ => true,
        });
        let evidence = self.published.evidence.iter().chain(self.meta_dates.iter().map(|date| &date.evidence));
        in_order
            && self.blocks.iter().all(|block| fits(&block.range))
            && self.title_range.iter().all(fits)
            && self.outlet.iter().filter_map(|outlet| outlet.range.as_ref()).all(fits)
            && evidence.filter_map(|evidence| evidence.range.as_ref()).all(fits)
    }

    /// Number of words in the readable blocks.
    pub fn n_words(&self) -> usize {
        self.readable_blocks().map(|block| crate::text::tokens(&self.text, block.range).count()).sum()
    }
}

/// The place of an article in the order of date: is it undated, its day, the first day that fits, its id.
pub type ReadingOrder = (bool, Option<Date>, Option<Date>, DocumentId);

/// Where an article came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// One of the built-in articles, by file name.
    Sample(String),
    /// A file, as its path was given; `part` counts from 1 where a file holds several articles.
    File { path: String, part: Option<u32> },
    /// Pasted text; the number tells several apart, `part` as for a file.
    Pasted { number: u32, part: Option<u32> },
}

impl Source {
    /// The file name alone, without its folders.
    pub fn name(&self) -> &str {
        match self {
            Self::Sample(name) => name,
            Self::File { path, .. } => path.rsplit(['/', '\\']).next().unwrap_or(path),
            Self::Pasted { .. } => "pasted text",
        }
    }

    /// The same place for the article at `idx` of a file that holds several.
    #[must_use]
    pub fn part(&self, idx: usize) -> Self {
        let part = u32::try_from(idx + 1).ok();
        match self {
            Self::File { path, .. } => Self::File { path: path.clone(), part },
            Self::Pasted { number, .. } => Self::Pasted { number: *number, part },
            Self::Sample(name) => Self::Sample(name.clone()),
        }
    }

    /// The file that holds all parts.
    #[must_use]
    pub fn whole(&self) -> Self {
        match self {
            Self::File { path, .. } => Self::File { path: path.clone(), part: None },
            Self::Pasted { number, .. } => Self::Pasted { number: *number, part: None },
            Self::Sample(name) => Self::Sample(name.clone()),
        }
    }

    /// The file name alone, with ` #n` for a part.
    pub fn short_label(&self) -> String {
        match self {
            Self::File { part: Some(part), .. } | Self::Pasted { part: Some(part), .. } => {
                format!("{} #{part}", self.name())
            }
            Self::Sample(_) | Self::File { .. } | Self::Pasted { .. } => self.name().to_owned(),
        }
    }

    /// The path as it was given, with `#n` for a part.
    pub fn label(&self) -> String {
        match self {
            Self::Sample(name) => name.clone(),
            Self::File { path, part: None } => path.clone(),
            Self::File { path, part: Some(part) } => format!("{path}#{part}"),
            Self::Pasted { number, part: None } => format!("pasted#{number}"),
            Self::Pasted { number, part: Some(part) } => format!("pasted#{number}#{part}"),
        }
    }
}

/// What kind of file it was, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Txt,
    Markdown,
    Html,
    /// A web page saved with its parts, as mail saves its attachments.
    Mhtml,
    Pdf,
    Docx,
    Odt,
    Rtf,
    /// A mail message.
    Eml,
    Epub,
}

impl Format {
    /// The usual ending of a file of this kind, without a dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Eml => "eml",
            Self::Epub => "epub",
        }
    }
}

/// How the bytes were decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoding {
    /// WHATWG label in lower case, such as `utf-8` or `windows-1252`.
    pub name: String,
    /// True where neither a byte-order mark, a declaration nor strict UTF-8 settled it.
    pub is_guess: bool,
}

/// Who published the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    pub name: String,
    pub basis: OutletBasis,
    /// Where the text names it, `None` where it does not.
    pub range: Option<ByteRange>,
}

/// How an outlet is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutletBasis {
    /// The text names it.
    Stated,
    /// The page's metadata name it.
    Metadata,
    /// The reader (or the sample's own list) entered it; no word of the text says so.
    Entered,
}

/// When an article was published: an interval with its evidence, never a bare guess.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// First day that fits all evidence, `None` where nothing bounds it from below.
    pub earliest: Option<Date>,
    /// Last day that fits all evidence.
    pub latest: Option<Date>,
    /// The heaviest candidate; on a tie the later one if all lie within 31 days, else `None`.
    pub best: Option<Date>,
    /// The printed local time of day.
    pub time: Option<Time>,
    /// Days that fit, heaviest first; weights sum to at most 1.
    pub candidates: Vec<DateCandidate>,
    pub basis: DateBasis,
    /// 0.0..=1.0.
    pub confidence: f32,
    pub evidence: Vec<Evidence>,
    pub set_by_user: bool,
}

impl Published {
    /// Nothing is known.
    pub fn unknown() -> Self {
        Self {
            earliest: None,
            latest: None,
            best: None,
            time: None,
            candidates: Vec::new(),
            basis: DateBasis::Unknown,
            confidence: 0.0,
            evidence: Vec::new(),
            set_by_user: false,
        }
    }

    /// The day the reader entered, certain by definition; the evidence found before stays to be read.
    pub fn entered(date: Date, evidence: Vec<Evidence>) -> Self {
        Self::entered_span(DateSpan::day(date), evidence)
    }

    /// The days the reader entered; where there are several, none is better than another.
    pub fn entered_span(span: DateSpan, evidence: Vec<Evidence>) -> Self {
        let best = (span.first == span.last).then_some(span.first);
        Self {
            earliest: Some(span.first),
            latest: Some(span.last),
            best,
            time: None,
            candidates: best.into_iter().map(|date| DateCandidate { date, weight: 1.0 }).collect(),
            basis: DateBasis::Stated,
            confidence: 1.0,
            evidence,
            set_by_user: true,
        }
    }

    /// The day that order and axis use: `best`, else the middle of the interval.
    pub fn day(&self) -> Option<Date> {
        self.best.or_else(|| {
            let (earliest, latest) = (self.earliest?, self.latest?);
            let n_days = earliest.until(latest).ok()?.get_days();
            earliest.checked_add(jiff::Span::new().days(n_days / 2)).ok()
        })
    }

    /// Must the reader be told that this day was inferred (*est.*)?
    pub fn is_estimate(&self) -> bool {
        self.basis == DateBasis::Inferred && !self.set_by_user
    }
}

/// All days from one to another, both included: a day, a month, a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateSpan {
    pub first: Date,
    pub last: Date,
}

impl DateSpan {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { first: date, last: date }
    }
}

/// A day on which an article may have been published.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateCandidate {
    pub date: Date,
    /// Share of the belief, 0.0..=1.0.
    pub weight: f32,
}

/// What a publication date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// The text says it in full.
    Stated,
    /// The page's metadata say it.
    Metadata,
    /// Worked out from weekdays, partial dates and the chronology.
    Inferred,
    Unknown,
}

/// One reason for a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Id of the rule, such as `weekday` or `office-holder`.
    pub rule: String,
    /// The words it rests on, `None` for metadata outside the text.
    pub range: Option<ByteRange>,
    /// What it says, as a short sentence for the reader.
    pub says: String,
    /// Id of the fact of the chronology it rests on, so that the reader can switch it off.
    pub fact: Option<String>,
}

/// A date found in the metadata of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetaDate {
    pub date: Date,
    /// The printed local time of day.
    pub time: Option<Time>,
    /// How much the field is worth, 0.0..=1.0.
    pub score: f32,
    pub evidence: Evidence,
}

/// A stretch of the text with one function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub kind: BlockKind,
    pub range: ByteRange,
    /// Id of the rule that marked it, `None` for plain body; `reader` where the reader decided.
    pub rule: Option<String>,
}

/// What a block of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    Title,
    Byline,
    Dateline,
    Caption,
    Heading,
    Body,
    Boilerplate,
}

impl BlockKind {
    /// May phrases and statements come from such a block?
    pub fn is_readable(self) -> bool {
        matches!(self, Self::Title | Self::Heading | Self::Body)
    }
}

/// Something the reader should know about how a file was read. The file still opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable id such as `encoding-guessed`.
    pub code: String,
    pub message: String,
}

/// A stretch of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Passage {
    pub document: DocumentId,
    pub range: ByteRange,
}

/// The articles that are compared, in order of date.
///
/// The order is a function of the documents alone (day, then interval, then id), so results do not depend on the
/// order of loading. No two documents share an id.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    documents: Vec<Arc<Document>>,
    /// Places in `documents`; shared, since a corpus is cloned for every job.
    by_id: Arc<FxHashMap<DocumentId, usize>>,
}

impl Corpus {
    /// Sorts the documents; a second one with the same id is left out.
    pub fn new(documents: impl IntoIterator<Item = Arc<Document>>) -> Self {
        let mut documents: Vec<_> = documents.into_iter().collect();
        documents.sort_by_cached_key(|document| (document.reading_order(), document.source.label()));
        documents.dedup_by_key(|document| document.id);
        let by_id = documents.iter().enumerate().map(|(idx, document)| (document.id, idx)).collect();
        Self { documents, by_id: Arc::new(by_id) }
    }

    /// In order of date; undated ones last.
    pub fn documents(&self) -> &[Arc<Document>] {
        &self.documents
    }

    pub fn get(&self, id: DocumentId) -> Option<&Arc<Document>> {
        self.documents.get(self.idx_of(id)?)
    }

    /// The place of a document in the order of date.
    pub fn idx_of(&self, id: DocumentId) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// The words of a passage; empty where its document is not in the corpus.
    pub fn words(&self, passage: Passage) -> &str {
        self.get(passage.document).map_or("", |document| passage.range.of(&document.text))
    }

    pub fn len(&self) -> usize {
        self.documents.len()
    }

    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}
