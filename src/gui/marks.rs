//! Where the phrases stand in each article, ready to be drawn: computed once an analysis, read every frame.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::reuse::{OccurrenceKind, Phrase};
use crate::analysis::{Analysis, PhraseId};
use crate::document::{Corpus, DocumentId, Passage};
use crate::project::{N_PINS, Project};
use crate::text::ByteRange;

/// How many families are listed and marked, heaviest first. More would cover a large corpus with color; those with a
/// letter are marked whatever their place.
pub const N_SHOWN: usize = 200;

/// The families that are listed and marked.
pub fn shown(analysis: &Analysis) -> &[Arc<Phrase>] {
    analysis.phrases.get(..N_SHOWN).unwrap_or(&analysis.phrases)
}

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

/// The marks of one article.
#[derive(Clone, Debug, Default)]
struct OfDocument {
    placed: Placed,
    /// Places in `placed`, by family.
    by_phrase: BTreeMap<PhraseId, Vec<usize>>,
}

impl OfDocument {
    fn new(marks: Vec<Mark>) -> Self {
        let placed = Placed::new(marks);
        let mut by_phrase: BTreeMap<PhraseId, Vec<usize>> = BTreeMap::new();
        for (idx, mark) in placed.all().iter().enumerate() {
            by_phrase.entry(mark.phrase).or_default().push(idx);
        }
        Self { placed, by_phrase }
    }
}

/// Marks of one text in order of place, found by the bytes they share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    marks: Vec<Mark>,
    /// Bytes of the longest one: none that begins farther before a place reaches it.
    longest: usize,
}

impl Placed {
    /// Sorts them. `O(n log n)`.
    pub fn new(mut marks: Vec<Mark>) -> Self {
        marks.sort_by_key(|mark| (mark.range, mark.phrase));
        let longest = marks.iter().map(|mark| mark.range.len()).max().unwrap_or(0);
        Self { marks, longest }
    }

    pub fn all(&self) -> &[Mark] {
        &self.marks
    }

    /// Those that share a byte with `range`. `O(log n)` and those that are near.
    pub fn within(&self, range: ByteRange) -> impl Iterator<Item = &Mark> + use<'_> {
        let start = self.marks.partition_point(|mark| mark.range.start + self.longest <= range.start);
        let end = self.marks.partition_point(|mark| mark.range.start < range.end);
        let near = self.marks.get(start..end.max(start)).unwrap_or_default();
        near.iter().filter(move |mark| mark.range.end > range.start)
    }
}

/// All marks of an analysis, by article, in order of place; and the story of those articles that have copies.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    by_document: BTreeMap<DocumentId, OfDocument>,
    /// Places in [`Analysis::same_stories`].
    stories: BTreeMap<DocumentId, usize>,
}

impl Marks {
    /// Sorts the occurrences of the shown and the `pinned` phrases by article and place. `O(n log n)` in the
    /// occurrences.
    pub fn new(analysis: &Analysis, pinned: &[Option<PhraseId>]) -> Self {
        let mut by_document: BTreeMap<DocumentId, Vec<Mark>> = BTreeMap::new();
        let shown = analysis.phrases.iter().enumerate();
        for (_, phrase) in shown.filter(|(idx, phrase)| *idx < N_SHOWN || pinned.contains(&Some(phrase.id))) {
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
        let by_document = by_document.into_iter().map(|(id, marks)| (id, OfDocument::new(marks))).collect();
        let stories = analysis.same_stories.iter().enumerate();
        let stories = stories.flat_map(|(idx, story)| story.iter().map(move |&document| (document, idx))).collect();
        Self { by_document, stories }
    }

    /// The marks of an article in order of place.
    pub fn of(&self, document: DocumentId) -> &[Mark] {
        self.by_document.get(&document).map_or(&[], |of| of.placed.all())
    }

    /// The marks of one family in an article, in order of place.
    pub fn of_phrase(&self, document: DocumentId, phrase: PhraseId) -> impl ExactSizeIterator<Item = &Mark> {
        let of = self.by_document.get(&document);
        let places = of.and_then(|of| of.by_phrase.get(&phrase)).map_or(&[][..], Vec::as_slice);
        let marks = of.map_or(&[][..], |of| of.placed.all());
        places.iter().map(move |&idx| &marks[idx])
    }

    /// All articles that tell the story of one, itself among them, in order of date; empty where no other does.
    pub fn story_of<'a>(&self, analysis: &'a Analysis, document: DocumentId) -> &'a [DocumentId] {
        let story = self.stories.get(&document).and_then(|&idx| analysis.same_stories.get(idx));
        story.map_or(&[], Vec::as_slice)
    }

    /// The marks that share a byte with `range`.
    pub fn within(&self, document: DocumentId, range: ByteRange) -> impl Iterator<Item = &Mark> {
        self.by_document.get(&document).into_iter().flat_map(move |of| of.placed.within(range))
    }
}

/// The letter a family carries: the index of its pin.
pub fn pin_of(project: &Project, phrase: PhraseId) -> Option<usize> {
    project.decisions().pins.iter().position(|pin| *pin == Some(phrase))
}

/// The first families that stand apart, as many as there are letters: none whose places lie mostly inside those of one
/// chosen before, since two tints on the same words say nothing.
pub fn standing_apart(phrases: &[Arc<Phrase>]) -> Vec<PhraseId> {
    let mut chosen: Vec<&Phrase> = Vec::new();
    for phrase in phrases {
        let is_covered = |place: &Passage| {
            let mut places = chosen.iter().flat_map(|phrase| &phrase.occurrences).map(|it| it.passage);
            places.any(|other| other.document == place.document && other.range.overlaps(place.range))
        };
        let n_covered = phrase.occurrences.iter().filter(|it| is_covered(&it.passage)).count();
        if chosen.len() < N_PINS && 2 * n_covered < phrase.occurrences.len() {
            chosen.push(phrase);
        }
    }
    chosen.into_iter().map(|phrase| phrase.id).collect()
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
    // An article that was closed is in the analysis until the next one.
    passages.retain(|passage| corpus.idx_of(passage.document).is_some());
    passages.sort_by_key(|passage| (corpus.idx_of(passage.document), passage.range));
    passages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::Occurrence;

    fn phrase(id: u64, places: &[(usize, usize)]) -> Arc<Phrase> {
        let occurrence = |&(start, end): &(usize, usize)| Occurrence {
            passage: Passage { document: DocumentId(1), range: ByteRange::new(start, end) },
            kind: OccurrenceKind::Verbatim,
            why: "same words in order".into(),
        };
        Arc::new(Phrase {
            id: PhraseId(id),
            label: String::new(),
            n_words: 3,
            weight: 1.0,
            occurrences: places.iter().map(occurrence).collect(),
            n_documents: 2,
            first: None,
            last: None,
        })
    }

    #[test]
    fn letters_go_to_families_that_stand_apart() {
        let phrases = [
            phrase(1, &[(0, 20), (40, 60)]),
            phrase(2, &[(5, 20), (45, 60)]),
            phrase(3, &[(10, 30), (70, 90), (100, 120)]),
            phrase(4, &[(200, 210)]),
            phrase(5, &[(300, 310)]),
            phrase(6, &[(400, 410)]),
        ];
        let ids: Vec<u64> = standing_apart(&phrases).into_iter().map(|id| id.0).collect();
        assert_eq!(ids, [1, 3, 4, 5]);
        assert!(standing_apart(&[]).is_empty());
    }

    #[test]
    fn marks_are_found_by_the_bytes_they_share() {
        let analysis = Analysis { phrases: vec![phrase(1, &[(0, 20), (40, 60)])], ..Analysis::default() };
        let marks = Marks::new(&analysis, &[]);
        let within = |start, end| marks.within(DocumentId(1), ByteRange::new(start, end)).count();
        assert_eq!((within(0, 10), within(20, 40), within(19, 41), within(60, 90)), (1, 0, 2, 0));
        assert_eq!(
            (marks.of_phrase(DocumentId(1), PhraseId(1)).len(), marks.of_phrase(DocumentId(1), PhraseId(2)).len()),
            (2, 0)
        );
        assert!(marks.of(DocumentId(2)).is_empty());
    }
}
