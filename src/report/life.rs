//! The life of a phrase: where it stands, in which article of which day, whose words they are, and what stands around.
//!
//! A [`Life`] orders the places of a family by date and gathers those of one article, since what comes back inside an
//! article is a repeat and no new use. It holds places alone; who speaks ([`Voices`]), what stands around a place
//! ([`surroundings`]) and what changed from one use to the next ([`turns`](super::turns)) are asked for one by one,
//! so that a list of ten thousand places costs what is in sight. `O(p log p)` in the places of the family.

use std::ops::Range;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::analysis::reuse::{Occurrence, Phrase};
use crate::analysis::statements::{Quotation, Statement};
use crate::document::{BlockKind, Corpus, Document, DocumentId, Passage};
use crate::text::{ByteRange, sentences};

/// The places of a family in order of date, then of place in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// Places in [`Phrase::occurrences`]; those whose article is not in the corpus are left out.
    pub occurrence_idxs: Vec<usize>,
    /// One for each article.
    pub uses: Vec<Use>,
}

/// What one article has of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// In the order of date.
    pub article_idx: usize,
    /// The day that order goes by, `None` where the article is undated.
    pub day: Option<Date>,
    /// In [`Life::occurrence_idxs`].
    pub places: Range<usize>,
}

/// Orders the places of a family.
pub fn life(phrase: &Phrase, corpus: &Corpus) -> Life {
    let mut places: Vec<(usize, ByteRange, usize)> = phrase
        .occurrences
        .iter()
        .enumerate()
        .filter_map(|(idx, it)| Some((corpus.idx_of(it.passage.document)?, it.passage.range, idx)))
        .collect();
    places.sort_unstable();
    let mut uses: Vec<Use> = Vec::new();
    for (at, &(article_idx, ..)) in places.iter().enumerate() {
        match uses.last_mut().filter(|last| last.article_idx == article_idx) {
            Some(last) => last.places.end = at + 1,
            None => {
                let day = corpus.documents().get(article_idx).and_then(|document| document.published.day());
                uses.push(Use { article_idx, day, places: at..at + 1 });
            }
        }
    }
    Life { occurrence_idxs: places.into_iter().map(|(.., idx)| idx).collect(), uses }
}

impl Life {
    /// The use that one is to be compared with: the last one of an earlier day. An undated article follows nothing.
    pub fn use_before(&self, use_idx: usize) -> Option<usize> {
        let day = self.uses.get(use_idx)?.day?;
        // Uses are in order of day, undated ones last.
        let before = self.uses.get(..use_idx)?;
        before.partition_point(|earlier| earlier.day.is_some_and(|earlier| earlier < day)).checked_sub(1)
    }

    /// The occurrences of a use.
    pub fn places<'a>(&'a self, phrase: &'a Phrase, of: &Use) -> impl Iterator<Item = &'a Occurrence> + 'a {
        let idxs = self.occurrence_idxs.get(of.places.clone()).unwrap_or_default();
        idxs.iter().filter_map(|&idx| phrase.occurrences.get(idx))
    }
}

/// How the words of a place stand in their article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// Inside quotation marks.
    Quoted,
    /// In reported speech that quotes some words.
    Partly,
    /// In reported speech.
    Reported,
    Headline,
    Heading,
    /// The article's own words.
    Text,
}

impl Setting {
    /// As shown: "quoted".
    pub fn words(self) -> &'static str {
        match self {
            Self::Quoted => "quoted",
            Self::Partly => "partly quoted",
            Self::Reported => "reported",
            Self::Headline => "headline",
            Self::Heading => "heading",
            Self::Text => "text",
        }
    }
}

/// The statements of each article, to find whose words a place is made of.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    by_document: FxHashMap<DocumentId, Range<usize>>,
}

impl Voices {
    /// `statements` are in order of articles, as in an analysis. `O(n)` in them.
    pub fn new(statements: &[Statement]) -> Self {
        let mut by_document: FxHashMap<DocumentId, Range<usize>> = FxHashMap::default();
        let mut start = 0;
        for of_document in statements.chunk_by(|left, right| left.document == right.document) {
            let end = start + of_document.len();
            if let Some(first) = of_document.first() {
                by_document.entry(first.document).or_insert(start..end).end = end;
            }
            start = end;
        }
        Self { by_document }
    }

    /// The statement whose words hold most of a place; of several the shortest. `statements` are those of
    /// [`Voices::new`]. Words that only name a speaker are the article's own.
    pub fn statement_at<'a>(&self, statements: &'a [Statement], place: Passage) -> Option<&'a Statement> {
        let of_document = statements.get(self.by_document.get(&place.document)?.clone())?;
        let n_held = |statement: &Statement| -> usize {
            statement.content.iter().filter_map(|range| range.intersection(place.range)).map(ByteRange::len).sum()
        };
        let holding = of_document.iter().filter(|statement| 2 * n_held(statement) > place.range.len());
        holding.min_by_key(|statement| statement.extent().len())
    }
}

/// In which setting a place stands, given the statement that holds it. A headline quotes nobody for sure, since its
/// words are often shortened.
pub fn setting(document: &Document, place: ByteRange, statement: Option<&Statement>) -> Setting {
    match (document.block_at(place.start).map(|block| block.kind), statement) {
        (Some(BlockKind::Title), _) => Setting::Headline,
        (Some(BlockKind::Heading), _) => Setting::Heading,
        (_, None) => Setting::Text,
        (_, Some(statement)) => match statement.quotation {
            Quotation::Direct => Setting::Quoted,
            Quotation::Partial => Setting::Partly,
            Quotation::Indirect => Setting::Reported,
        },
    }
}

/// Whose words a statement is made of: the person, else the id of the actor; `None` where the codebook does not know
/// the speaker.
pub fn speaker(statement: &Statement) -> Option<&str> {
    statement.person.as_deref().or(statement.actor.as_deref())
}

/// What stands around a place inside its sentence, without white space at the ends: before, and after.
pub fn surroundings(document: &Document, place: ByteRange) -> (ByteRange, ByteRange) {
    let text = &document.text;
    let block = document.block_at(place.start).map_or(place, |block| block.range.cover(place));
    let (mut start, mut end) = (place.start, place.end);
    for sentence in sentences(text, block) {
        if sentence.contains_offset(place.start) {
            start = sentence.start;
        }
        if sentence.start < place.end && place.end <= sentence.end {
            end = sentence.end;
        }
    }
    (ByteRange::new(start, place.start).trimmed(text), ByteRange::new(place.end, end).trimmed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_place_ends_with_its_sentence() {
        let text = "The pier is old. “We fear for the  pier of Gen. Lund,” she said. It stays.\nThe pier";
        let document = Document::of_lines(DocumentId(1), text);
        let around = |words: &str, nth: usize| {
            let (start, _) = text.match_indices(words).nth(nth).unwrap();
            let (before, after) = surroundings(&document, ByteRange::new(start, start + words.len()));
            (before.of(text), after.of(text))
        };
        assert_eq!(around("pier", 0), ("The", "is old."));
        assert_eq!(around("pier", 1), ("“We fear for the", "of Gen. Lund,” she said."));
        assert_eq!(around("The pier", 1), ("", ""));
    }

    #[test]
    fn places_in_other_blocks_than_body_name_them() {
        let mut document = Document::of_lines(DocumentId(1), "The pier\nNews\nThe pier stays");
        document.blocks[0].kind = BlockKind::Title;
        document.blocks[1].kind = BlockKind::Heading;
        let at = |start| setting(&document, ByteRange::new(start, start + 3), None);
        assert_eq!([at(0), at(9), at(14)], [Setting::Headline, Setting::Heading, Setting::Text]);
    }
}
