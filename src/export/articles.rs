//! What findings call an article, and characters instead of bytes: the one place of the program that counts them.
//!
//! Two names: the path as it was given, for what is printed to who gave it, and the file name alone, for what is handed
//! on. Two files of one name in two folders are told apart by a number in their order of date. `O(n)` in the bytes of the
//! texts, a binary search for each offset.

use std::collections::BTreeMap;

use crate::document::{DocumentId, Passage, Source};
use crate::report::Report;
use crate::text::{ByteRange, CharOffsets};

/// `[start, end)` in Unicode scalar values.
pub(super) type Span = [usize; 2];

/// Label and character map of every article, by their place in the report.
pub(super) struct Articles {
    by_idx: Vec<(String, CharOffsets)>,
    by_id: BTreeMap<DocumentId, usize>,
}

impl Articles {
    /// Called by the path as it was given.
    pub fn by_path(report: &Report<'_>) -> Self {
        Self::new(report, report.articles.iter().map(|article| article.document.source.label()))
    }

    /// Called by the file name alone.
    pub fn by_file_name(report: &Report<'_>) -> Self {
        let mut n_of_name: BTreeMap<String, usize> = BTreeMap::new();
        let labels: Vec<String> = (report.articles.iter())
            .map(|article| {
                let name = file_label(&article.document.source);
                let n = n_of_name.entry(name.clone()).or_default();
                *n += 1;
                if *n > 1 { format!("{name} ({n})") } else { name }
            })
            .collect();
        Self::new(report, labels.into_iter())
    }

    fn new(report: &Report<'_>, labels: impl Iterator<Item = String>) -> Self {
        let documents = || report.articles.iter().map(|article| article.document);
        Self {
            by_idx: labels.zip(documents().map(|document| CharOffsets::new(&document.text))).collect(),
            by_id: documents().enumerate().map(|(idx, document)| (document.id, idx)).collect(),
        }
    }

    pub fn label(&self, idx: usize) -> &str {
        self.by_idx.get(idx).map_or("", |(label, _)| label)
    }

    pub fn label_of(&self, id: DocumentId) -> Option<&str> {
        self.by_id.get(&id).map(|&idx| self.label(idx))
    }

    pub fn offsets(&self, idx: usize) -> Option<&CharOffsets> {
        self.by_idx.get(idx).map(|(_, offsets)| offsets)
    }

    /// `None` only for an index that is not the report's own.
    pub fn span(&self, idx: usize, range: ByteRange) -> Option<Span> {
        self.offsets(idx).map(|offsets| span(offsets, range))
    }

    pub fn span_of(&self, passage: Passage) -> Option<Span> {
        self.by_id.get(&passage.document).and_then(|&idx| self.span(idx, passage.range))
    }

    pub fn spans(&self, idx: usize, ranges: &[ByteRange]) -> Vec<Span> {
        ranges.iter().filter_map(|&range| self.span(idx, range)).collect()
    }
}

pub(super) fn span(offsets: &CharOffsets, range: ByteRange) -> Span {
    [offsets.char_idx(range.start), offsets.char_idx(range.end)]
}

/// `a.txt`, `mails.mbox#2`, `pasted text`: what [`Source::label`] says, without the folders.
fn file_label(source: &Source) -> String {
    match source {
        Source::File { part: Some(part), .. } | Source::Pasted { part: Some(part), .. } => {
            format!("{}#{part}", source.name())
        }
        Source::Sample(_) | Source::File { .. } | Source::Pasted { .. } => source.name().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Analysis;
    use crate::codebook::Codebook;
    use crate::document::{Corpus, Document};
    use crate::project::Decisions;

    #[test]
    fn file_names_hold_no_folder_and_tell_two_of_one_name_apart() {
        let file = |id, path: &str, part| {
            let source = Source::File { path: path.to_owned(), part };
            Arc::new(Document { source, ..Document::of_lines(DocumentId(id), "Words.") })
        };
        let corpus = Corpus::new([
            file(1, "/home/ana/a.txt", None),
            file(2, r"C:\Users\ana\a.txt", None),
            file(3, "in/mails.mbox", Some(2)),
        ]);
        let (codebook, analysis, decisions) = (Codebook::default(), Analysis::default(), Decisions::default());
        let articles = Articles::by_file_name(&Report::new(&corpus, &analysis, &codebook, &decisions));
        let labels: Vec<&str> = (0..4).map(|idx| articles.label(idx)).collect();
        assert_eq!(labels, ["a.txt", "a.txt (2)", "mails.mbox#2", ""]);
    }
}
