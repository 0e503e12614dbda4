//! Which families are listed, and in which order: worked out once for a setting, a few milliseconds a frame.
//!
//! A listing goes through the families in slices until its time for the frame is over, and asks for the next frame
//! where some are left; what was listed before stays in sight meanwhile. The words of a query are looked for, case and
//! marks aside, in the label of a family and in the words of its places. `O(p)` in the places where something is looked
//! for, `O(f log f)` in the families where they are sorted; slices are sorted one by one and joined at the end.
//! A search through 100,000 families of three places takes some thirty frames.

use std::cmp::Reverse;
use std::time::{Duration, Instant};

use aho_corasick::AhoCorasick;

use crate::analysis::reuse::Phrase;
use crate::analysis::{Analysis, PhraseId};
use crate::document::Corpus;
use crate::gui::state::{PhraseOrder, PhrasesState};
use crate::text::compare::fold;

/// Time for one frame.
const SLICE: Duration = Duration::from_millis(2);
/// Families between two looks at the clock.
const STEP: usize = 256;
/// Fewer are joined within a millisecond.
const MANY: usize = 10_000;

/// The families that are shown, in order.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    settings: Option<Settings>,
    /// The next family to be looked at.
    at: usize,
    kept: Vec<(Key, u32)>,
    is_done: bool,
    /// Places in [`Analysis::phrases`].
    pub rows: Vec<u32>,
    /// Occurrences of all that is shown.
    pub n_places: usize,
    n_places_so_far: usize,
    /// Counts the lists that were finished.
    pub version: u64,
}

/// What a listing is of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Settings {
    revision: u64,
    order: PhraseOrder,
    min_articles: usize,
    query: String,
}

/// Smaller comes first; equal ones stay as they are found, heaviest first.
type Key = (Reverse<usize>, u128);

impl Listing {
    /// Goes on with the listing of these settings. Is there more to do?
    pub fn advance(&mut self, corpus: &Corpus, analysis: &Analysis, revision: u64, state: &PhrasesState) -> bool {
        let query = fold(state.query.trim());
        let settings = Settings { revision, order: state.order, min_articles: state.min_articles, query };
        if self.settings.as_ref() != Some(&settings) {
            // Places in another list of families mean nothing.
            if self.settings.as_ref().is_none_or(|old| old.revision != revision) {
                self.rows.clear();
            }
            let rows = std::mem::take(&mut self.rows);
            let (n_places, version) = (self.n_places, self.version);
            *self = Self { settings: Some(settings.clone()), rows, n_places, version, ..Self::default() };
        }
        if self.is_done {
            return false;
        }
        let start = Instant::now();
        let filter = Filter::new(&settings);
        let n_sorted = self.kept.len();
        while self.at < analysis.phrases.len() {
            let end = (self.at + STEP).min(analysis.phrases.len());
            for idx in self.at..end {
                let Some(phrase) = analysis.phrases.get(idx) else { break };
                if filter.passes(corpus, analysis, phrase) {
                    self.kept.push((key(phrase, settings.order), u32::try_from(idx).unwrap_or(u32::MAX)));
                    self.n_places_so_far += phrase.occurrences.len();
                }
            }
            self.at = end;
            if start.elapsed() > SLICE {
                break;
            }
        }
        let fresh = self.kept.get_mut(n_sorted..).unwrap_or_default();
        let has_fresh = !fresh.is_empty();
        fresh.sort_unstable();
        // Joining many slices has a frame of its own.
        if self.at < analysis.phrases.len() || has_fresh && self.kept.len() > MANY {
            return true;
        }
        self.finish(analysis, settings.order);
        false
    }

    fn finish(&mut self, analysis: &Analysis, order: PhraseOrder) {
        // Sorted slices are found as such and merged.
        self.kept.sort();
        if order == PhraseOrder::Alphabet {
            let label = |idx: u32| analysis.phrases.get(idx as usize).map(|phrase| fold(&phrase.label));
            for alike in self.kept.chunk_by_mut(|left, right| left.0 == right.0) {
                alike.sort_by_cached_key(|&(_, idx)| (label(idx), idx));
            }
        }
        self.rows = std::mem::take(&mut self.kept).into_iter().map(|(_, idx)| idx).collect();
        self.n_places = self.n_places_so_far;
        self.version += 1;
        self.is_done = true;
    }

    /// Is all that is listed of the settings asked for?
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// The row of a family. `O(n)` in the rows.
    pub fn row_of(&self, analysis: &Analysis, id: PhraseId) -> Option<usize> {
        self.rows.iter().position(|&idx| analysis.phrases.get(idx as usize).is_some_and(|phrase| phrase.id == id))
    }
}

/// Which families pass.
struct Filter {
    min_articles: usize,
    words: Vec<AhoCorasick>,
}

impl Filter {
    fn new(settings: &Settings) -> Self {
        let words = settings.query.split_whitespace();
        let finder = |word: &str| AhoCorasick::builder().ascii_case_insensitive(true).build([word]).ok();
        Self { min_articles: settings.min_articles, words: words.filter_map(finder).collect() }
    }

    fn passes(&self, corpus: &Corpus, analysis: &Analysis, phrase: &Phrase) -> bool {
        // A wording that the reader split off may stand in one article alone; the widest setting shows all.
        let is_wide = phrase.n_documents >= self.min_articles
            || self.min_articles <= PhrasesState::LEAST_ARTICLES && analysis.phrase_edits.contains_key(&phrase.id);
        is_wide && self.words.iter().all(|word| has_word(corpus, phrase, word))
    }
}

fn has_word(corpus: &Corpus, phrase: &Phrase, word: &AhoCorasick) -> bool {
    let holds = |text: &str| if text.is_ascii() { word.is_match(text) } else { word.is_match(&fold(text)) };
    holds(&phrase.label) || phrase.occurrences.iter().any(|occurrence| holds(corpus.words(occurrence.passage)))
}

fn key(phrase: &Phrase, order: PhraseOrder) -> Key {
    let day = |date: jiff::civil::Date| {
        let (year, month, day) = (i32::from(date.year()) + 10_000, i32::from(date.month()), i32::from(date.day()));
        u128::try_from(year * 10_000 + month * 100 + day).unwrap_or(0)
    };
    match order {
        PhraseOrder::Weight => (Reverse(0), 0),
        PhraseOrder::FirstUse => (Reverse(0), phrase.first.map_or(u128::MAX, day)),
        PhraseOrder::LastUse => (Reverse(0), u128::MAX - phrase.last.map_or(0, day)),
        PhraseOrder::Spread => (Reverse(phrase.n_documents), u128::MAX - phrase.occurrences.len() as u128),
        PhraseOrder::Alphabet => (Reverse(0), first_letters(&phrase.label)),
    }
}

/// The first sixteen bytes of the folded label as a number.
fn first_letters(label: &str) -> u128 {
    let mut bytes = [0_u8; 16];
    for (to, from) in bytes.iter_mut().zip(fold(label).bytes()) {
        *to = from;
    }
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::reuse::{Occurrence, OccurrenceKind};
    use crate::document::{Document, DocumentId, Passage};
    use crate::text::ByteRange;

    /// Three families in two articles; the last also in a third.
    fn found() -> (Corpus, Analysis) {
        let texts = ["The Pier and the eels", "the piers, an Étude", "The Pier"];
        let documents = texts.into_iter().zip(1..);
        let corpus = Corpus::new(documents.map(|(text, id)| Arc::new(Document::of_lines(DocumentId(id), text))));
        let phrase = |id: u64, label: &str, places: &[(u64, usize, usize)], days: [i16; 2]| Phrase {
            id: PhraseId(id),
            label: label.to_owned(),
            n_words: 2,
            weight: 10.0 - id as f32,
            occurrences: places
                .iter()
                .map(|&(document, start, end)| Occurrence {
                    passage: Passage { document: DocumentId(document), range: ByteRange::new(start, end) },
                    kind: OccurrenceKind::Verbatim,
                    why: "same words".into(),
                })
                .collect(),
            n_documents: places.len(),
            first: Some(jiff::civil::date(days[0], 1, 1)),
            last: Some(jiff::civil::date(days[1], 1, 1)),
        };
        let phrases = vec![
            phrase(1, "zinc and eels", &[(1, 17, 21), (2, 4, 9)], [2019, 2020]),
            phrase(2, "an Étude", &[(2, 11, 20), (3, 0, 3)], [2017, 2024]),
            phrase(3, "the pier", &[(1, 0, 8), (2, 0, 9), (3, 0, 8)], [2018, 2021]),
        ];
        let phrases = phrases.into_iter().map(Arc::new).collect();
        (corpus, Analysis { phrases, ..Analysis::default() })
    }

    fn listed(order: PhraseOrder, min_articles: usize, query: &str) -> Vec<u32> {
        let (corpus, analysis) = found();
        let state = PhrasesState { order, min_articles, query: query.to_owned(), ..PhrasesState::default() };
        let mut listing = Listing::default();
        while listing.advance(&corpus, &analysis, 1, &state) {}
        listing.rows
    }

    #[test]
    fn orders_are_by_weight_days_spread_and_letters() {
        for (order, wanted) in [
            (PhraseOrder::Weight, [0, 1, 2]),
            (PhraseOrder::FirstUse, [1, 2, 0]),
            (PhraseOrder::LastUse, [1, 2, 0]),
            (PhraseOrder::Spread, [2, 0, 1]),
            (PhraseOrder::Alphabet, [1, 2, 0]),
        ] {
            assert_eq!(listed(order, 2, ""), wanted, "{order:?}");
        }
    }

    #[test]
    fn all_words_are_looked_for_in_labels_and_places() {
        for (query, wanted) in [
            ("pier", &[0, 2][..]),
            ("PIERS", &[0, 2]),
            ("eels zinc", &[0]),
            ("étude", &[1]),
            ("eels pier étude", &[]),
            ("  ", &[0, 1, 2]),
        ] {
            assert_eq!(listed(PhraseOrder::Weight, 2, query), wanted, "{query}");
        }
        assert_eq!(listed(PhraseOrder::Weight, 3, ""), [2]);
    }

    #[test]
    fn a_long_list_is_worked_out_in_slices() {
        let (corpus, mut analysis) = found();
        let phrase = analysis.phrases[2].clone();
        analysis.phrases =
            (0..100_000).map(|id| Arc::new(Phrase { id: PhraseId(id), ..Phrase::clone(&phrase) })).collect();
        let state = PhrasesState { order: PhraseOrder::Alphabet, query: "pier".to_owned(), ..PhrasesState::default() };
        let mut listing = Listing::default();
        let mut n_slices = 1;
        while listing.advance(&corpus, &analysis, 1, &state) {
            n_slices += 1;
        }
        assert!(n_slices > 1 && listing.rows.len() == 100_000, "{n_slices}");
        assert!(!listing.advance(&corpus, &analysis, 1, &state));
    }
}
