//! What every format but html ends in: a text with what its format already says of it, and from there the articles.

use std::collections::BTreeMap;

use super::plain;
use crate::document::{BlockKind, Encoding, Format, MetaDate, Outlet, Warning};
use crate::ingest::blocks::{Mark, blocks};
use crate::ingest::{IngestError, Parsed};
use crate::text::ByteRange;

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
    pub(super) author: Option<String>,
    pub(super) outlet: Option<Outlet>,
    pub(super) meta_dates: Vec<MetaDate>,
    pub(super) warnings: Vec<Warning>,
}

impl Raw {
    /// The text as paragraphs with a blank line between; empty ones are left out.
    pub(super) fn of_paragraphs(format: Format, extractor: &str, paragraphs: &[Paragraph]) -> Self {
        let mut raw = Self {
            format,
            encoding: Encoding { name: "utf-8".to_owned(), is_guess: false },
            extractor: extractor.to_owned(),
            text: String::new(),
            known: BTreeMap::new(),
            title: None,
            author: None,
            outlet: None,
            meta_dates: Vec::new(),
            warnings: Vec::new(),
        };
        for paragraph in paragraphs {
            let words = paragraph.words.trim();
            if words.is_empty() {
                continue;
            }
            if !raw.text.is_empty() {
                raw.text.push_str("\n\n");
            }
            if let Some(kind) = paragraph.kind {
                raw.known.insert(raw.text.len(), Mark::new(kind, "format"));
            }
            raw.text.push_str(words);
        }
        raw
    }

    /// The articles in the text, at least one.
    ///
    /// # Errors
    /// [`IngestError::Empty`] where there are no words.
    pub(super) fn articles(self) -> Result<Vec<Parsed>, IngestError> {
        self.article().map(|article| vec![article])
    }

    fn article(self) -> Result<Parsed, IngestError> {
        let text = self.text;
        if text.chars().all(|c| c.is_whitespace() || c.is_control() || c == '\u{feff}') {
            return Err(IngestError::Empty);
        }
        let found = blocks(&text, &self.known);
        let title_range = found.title.map(|range| plain::title_words(&text, range));
        Ok(Parsed {
            format: self.format,
            encoding: self.encoding,
            extractor: self.extractor,
            language: plain::language(&text, &found.blocks),
            title: title_range.map(|range: ByteRange| range.of(&text).to_owned()).or(self.title),
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

/// A paragraph of a format that has paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// What the format says it is; `None` leaves it to the rules.
    pub(super) kind: Option<BlockKind>,
    pub(super) words: String,
}
