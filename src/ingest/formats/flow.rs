//! What every format but html ends in: a text with what its format already says of it, and from there the articles.

use std::collections::BTreeMap;

use super::exports::{self, Part};
use super::plain;
use crate::document::{BlockKind, Encoding, Format, MetaDate, Outlet, Warning};
use crate::ingest::blocks::{Mark, blocks};
use crate::ingest::{IngestError, Parsed};
use crate::text::{ByteRange, lines};

/// A text and what its format says of it.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) format: Format,
    pub(super) encoding: Encoding,
    /// What took the text out of the file, in words for the reader.
    pub(super) extractor: String,
    /// The canonical text.
    pub(super) text: String,
    /// Lines whose kind the format gives, by their first byte that is no white space.
    pub(super) known: BTreeMap<usize, Mark>,
    /// The title that the metadata give; one that the text shows comes before it.
    pub(super) title: Option<String>,
    /// The words of the title in the text, where the format knows them better than line by line.
    pub(super) title_range: Option<ByteRange>,
    pub(super) author: Option<String>,
    pub(super) outlet: Option<Outlet>,
    pub(super) meta_dates: Vec<MetaDate>,
    pub(super) warnings: Vec<Warning>,
}

impl Raw {
    /// An empty text, to be filled by [`push`](Self::push).
    pub(super) fn new(format: Format, extractor: &str) -> Self {
        Self {
            format,
            encoding: Encoding { name: "utf-8".to_owned(), is_guess: false },
            extractor: extractor.to_owned(),
            text: String::new(),
            known: BTreeMap::new(),
            title: None,
            title_range: None,
            author: None,
            outlet: None,
            meta_dates: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The text as paragraphs with a blank line between; empty ones are left out.
    pub(super) fn of_paragraphs(format: Format, extractor: &str, paragraphs: &[Paragraph]) -> Self {
        let mut raw = Self::new(format, extractor);
        for paragraph in paragraphs {
            raw.push(&paragraph.words, paragraph.kind.map(|kind| Mark::new(kind, "format")).as_ref());
        }
        raw
    }

    /// Adds a paragraph, after a blank line; each of its lines gets the mark. One without words is left out.
    pub(super) fn push(&mut self, words: &str, mark: Option<&Mark>) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        if let Some(mark) = mark {
            for line in lines(words) {
                self.known.insert(start + line.trimmed(words).start, mark.clone());
            }
        }
    }

    /// Adds a warning for the reader.
    pub(super) fn warn(&mut self, code: &str, message: String) {
        self.warnings.push(Warning { code: code.to_owned(), message });
    }

    /// The articles in the text, at least one; several where it is the export of a database.
    ///
    /// # Errors
    /// [`IngestError::Empty`] where there are no words.
    pub(super) fn articles(self) -> Result<Vec<Parsed>, IngestError> {
        let parts = exports::split(&self.text);
        if parts.is_empty() {
            return self.article().map(|article| vec![article]);
        }
        let article = |part: Part| {
            // A field of the database comes before a by-line that rules found.
            let author = part.author.clone();
            let parsed = self.part(part).article()?;
            Ok(Parsed { author: author.or(parsed.author), ..parsed })
        };
        parts.into_iter().map(article).collect()
    }

    /// One article of an export, with what both the format and the database say of its lines.
    fn part(&self, part: Part) -> Self {
        let Part { range, mut known, title, author, outlet, meta_dates } = part;
        for (place, mark) in self.known.range(range.start..range.end) {
            known.entry(place - range.start).or_insert_with(|| mark.clone());
        }
        Self {
            format: self.format,
            encoding: self.encoding.clone(),
            extractor: format!("{}, split at the fields of a database", self.extractor),
            text: range.of(&self.text).to_owned(),
            known,
            title: None,
            title_range: title,
            author,
            outlet,
            meta_dates,
            warnings: self.warnings.clone(),
        }
    }

    fn article(self) -> Result<Parsed, IngestError> {
        let text = self.text;
        if text.chars().all(|c| c.is_whitespace() || c.is_control() || c == '\u{feff}') {
            return Err(IngestError::Empty);
        }
        let found = blocks(&text, &self.known);
        let title_range = self.title_range.or_else(|| found.title.map(|range| plain::title_words(&text, range)));
        Ok(Parsed {
            format: self.format,
            encoding: self.encoding,
            extractor: self.extractor,
            language: plain::language(&text, &found.blocks),
            title: title_range.map(|range| one_line(range.of(&text))).or(self.title),
            title_range,
            // What the page prints comes before the account that saved the file.
            author: plain::author(&text, &found.blocks).or(self.author),
            outlet: self.outlet,
            blocks: found.blocks,
            text,
            meta_dates: self.meta_dates,
            warnings: self.warnings,
        })
    }
}

/// A title over several lines as one.
fn one_line(words: &str) -> String {
    if words.contains(['\n', '\r']) { words.split_whitespace().collect::<Vec<_>>().join(" ") } else { words.to_owned() }
}

/// A paragraph of a format that has paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// What the format says it is; `None` leaves it to the rules.
    pub(super) kind: Option<BlockKind>,
    pub(super) words: String,
}
