//! Where the phrases stand in each article, ready to be drawn: computed once an analysis, read every frame.

use std::collections::BTreeMap;

use crate::analysis::reuse::OccurrenceKind;
use crate::analysis::{Analysis, PhraseId};
use crate::document::{Corpus, DocumentId, Passage};
use crate::project::{N_PINS, Project};
use crate::text::ByteRange;

/// One occurrence of a family in one text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    pub phrase: PhraseId,
    pub range: ByteRange,
    pub kind: OccurrenceKind,
    /// Number of articles that have the family, which sets the strength of its ground.
    pub n_documents: usize,
    /// Its place among the occurrences of the family.
    pub occurrence_idx: usize,
}

/// All marks of an analysis, by article, in order of place.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    by_document: BTreeMap<DocumentId, Vec<Mark>>,
}

impl Marks {
    /// Sorts the occurrences of all phrases by article and place. `O(n log n)` in the occurrences.
    pub fn new(analysis: &Analysis) -> Self {
        let mut by_document: BTreeMap<DocumentId, Vec<Mark>> = BTreeMap::new();
        for phrase in &analysis.phrases {
            for (occurrence_idx, occurrence) in phrase.occurrences.iter().enumerate() {
                by_document.entry(occurrence.passage.document).or_default().push(Mark {
                    phrase: phrase.id,
                    range: occurrence.passage.range,
                    kind: occurrence.kind,
                    n_documents: phrase.n_documents,
                    occurrence_idx,
                });
            }
        }
        for marks in by_document.values_mut() {
            marks.sort_by_key(|mark| (mark.range, mark.phrase));
        }
        Self { by_document }
    }

    /// The marks of an article in order of place.
    pub fn of(&self, document: DocumentId) -> &[Mark] {
        self.by_document.get(&document).map_or(&[], Vec::as_slice)
    }

    /// The marks that share a byte with `range`.
    pub fn within(&self, document: DocumentId, range: ByteRange) -> impl Iterator<Item = &Mark> {
        let marks = self.of(document);
        let end = marks.partition_point(|mark| mark.range.start < range.end);
        marks.get(..end).unwrap_or_default().iter().filter(move |mark| mark.range.end > range.start)
    }
}

/// The letter a family carries: the index of its pin.
pub fn pin_of(project: &Project, phrase: PhraseId) -> Option<usize> {
    project.decisions().pins.iter().position(|pin| *pin == Some(phrase))
}

/// The letter on a pin.
pub fn letter(pin: usize) -> &'static str {
    const LETTERS: [&str; N_PINS] = ["A", "B", "C", "D"];
    LETTERS.get(pin).copied().unwrap_or("?")
}

/// The occurrences of a family in order of date and place, as the reader walks them.
pub fn walk(corpus: &Corpus, analysis: &Analysis, phrase: PhraseId) -> Vec<Passage> {
    let mut passages: Vec<_> =
        analysis.phrase(phrase).into_iter().flat_map(|phrase| &phrase.occurrences).map(|it| it.passage).collect();
    passages.sort_by_key(|passage| (corpus.idx_of(passage.document), passage.range));
    passages
}
