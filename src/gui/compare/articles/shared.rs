//! What two articles share by families: every mark of both, and which place of the one answers which of the other.
//!
//! All families that both have count, however many are listed elsewhere. Within a family the places are tied in their
//! order, the same wording first: a small alignment (Needleman and Wunsch 1970). Of ties that say the same, since one
//! family lies inside another, the larger one is drawn and walked. Made once for a pair and a state of the findings;
//! linear in all occurrences, then quadratic in the places of one family in the two texts, up to a bound.

use std::sync::Arc;

use crate::analysis::PhraseId;
use crate::analysis::reuse::{OccurrenceKind, Phrase};
use crate::document::{Document, DocumentId};
use crate::gui::Scene;
use crate::gui::linked::Tie;
use crate::gui::marks::{self, Mark, Placed};
use crate::text::ByteRange;
use crate::text::compare::fold_word;

/// With more pairs of places than this a family is tied in order alone.
const MAX_CELLS: usize = 20_000;

/// What a tie of two places is worth: the same words most.
const SAME_WORDS: u32 = 4;
const SAME_KIND: u32 = 2;
const ANY: u32 = 1;

/// So many bytes around a place are its company: a sentence or two. Other families that stand near both places speak for
/// a tie as well.
const NEAR: usize = 160;
const MAX_COMPANY: usize = 24;

/// Words of two articles that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub phrase: PhraseId,
    pub ranges: [ByteRange; 2],
    /// How the two wordings relate to one another.
    pub kind: OccurrenceKind,
    pub n_words: usize,
    /// Number of articles that have the family.
    pub n_documents: usize,
}

/// What two articles share by families.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    pub pair: [DocumentId; 2],
    pub generation: u64,
    pub revision: u64,
    pins: Vec<Option<PhraseId>>,
    /// Marks of the families both have, by side, in order of place.
    pub marks: [Placed; 2],
    /// In order of the left text.
    pub places: Vec<Place>,
    /// Indices of the places in order of their ends, by side.
    by_end: [Vec<usize>; 2],
    /// The families both have, heaviest first.
    pub families: Vec<PhraseId>,
}

impl Shared {
    /// Gathers what the pair shares; the known value where it still holds.
    pub fn of(scene: &Scene<'_>, pair: [DocumentId; 2], known: Option<&Arc<Self>>) -> Option<Arc<Self>> {
        let pins = scene.project.decisions().pins;
        let holds = |known: &&Arc<Self>| {
            let state = (known.generation, known.revision);
            known.pair == pair && state == (scene.generation, scene.revision) && known.pins == pins
        };
        if let Some(known) = known.filter(holds) {
            return Some(Arc::clone(known));
        }
        let [left, right] = [scene.corpus.get(pair[0])?, scene.corpus.get(pair[1])?];
        let mut shared = Self {
            pair,
            generation: scene.generation,
            revision: scene.revision,
            pins: pins.to_vec(),
            marks: Default::default(),
            places: Vec::new(),
            by_end: [Vec::new(), Vec::new()],
            families: Vec::new(),
        };
        let families: Vec<Family> =
            scene.analysis.phrases.iter().filter_map(|phrase| Family::of(phrase, [left, right])).collect();
        let company = [0, 1].map(|side| Company::new(&families, side));
        let mut marks: [Vec<Mark>; 2] = Default::default();
        for (idx, family) in families.into_iter().enumerate() {
            let [left, right] = shared.add(family, idx, &company);
            marks[0].extend(left);
            marks[1].extend(right);
        }
        shared.marks = marks.map(Placed::new);
        let is_pinned = |phrase| marks::pin_of(scene.project, phrase).is_some();
        shared.places = outermost(std::mem::take(&mut shared.places), is_pinned);
        shared.by_end = [0, 1].map(|side| {
            let mut order: Vec<usize> = (0..shared.places.len()).collect();
            order.sort_by_key(|&idx| shared.places.get(idx).map(|place| (place.ranges[side], place.phrase)));
            order
        });
        Some(Arc::new(shared))
    }

    /// Ties the places of a family; returns its marks by side.
    fn add(&mut self, family: Family, idx: usize, company: &[Company; 2]) -> [Vec<Mark>; 2] {
        let Family { phrase, n_words, n_documents, marks: [left, right], texts } = family;
        self.families.push(phrase);
        let worth = |left_idx: usize, right_idx: usize| {
            let (Some(one), Some(other)) = (left.get(left_idx), right.get(right_idx)) else { return 0 };
            let base = match texts[0].get(left_idx) == texts[1].get(right_idx) {
                true => SAME_WORDS,
                false if one.kind == other.kind => SAME_KIND,
                false => ANY,
            };
            base + company[0].common(&company[1], idx, [one.range, other.range])
        };
        for (left_idx, right_idx) in tied(left.len(), right.len(), worth) {
            let (Some(one), Some(other)) = (left.get(left_idx), right.get(right_idx)) else { continue };
            let is_same = texts[0].get(left_idx) == texts[1].get(right_idx);
            let kind = relation(one.kind, other.kind, is_same);
            self.places.push(Place { phrase, ranges: [one.range, other.range], kind, n_words, n_documents });
        }
        [left, right]
    }

    /// The marks of a side that share a byte with `range`.
    pub fn within(&self, side: usize, range: ByteRange) -> impl Iterator<Item = &Mark> {
        self.marks.get(side).into_iter().flat_map(move |marks| marks.within(range))
    }

    /// The place that holds this occurrence of a family on a side.
    pub fn place_of(&self, side: usize, phrase: PhraseId, range: ByteRange) -> Option<usize> {
        let order = self.by_end.get(side)?;
        let end = |&idx: &usize| self.places.get(idx).map(|place| (place.ranges[side], place.phrase));
        let found = order.binary_search_by_key(&Some((range, phrase)), end).ok()?;
        order.get(found).copied()
    }

    /// The places as ties for scrolling; their tags are indices of [`places`](Self::places).
    pub fn ties(&self) -> impl Iterator<Item = Tie> {
        self.places.iter().enumerate().map(|(tag, place)| Tie {
            places: place.ranges.map(|range| range.start),
            weight: u32::try_from(place.n_words).unwrap_or(u32::MAX),
            is_pin: false,
            tag,
        })
    }
}

/// A family that both articles have.
struct Family {
    phrase: PhraseId,
    n_words: usize,
    n_documents: usize,
    /// By side, in order of place.
    marks: [Vec<Mark>; 2],
    /// The words of each, without case.
    texts: [Vec<String>; 2],
}

impl Family {
    fn of(phrase: &Phrase, documents: [&Document; 2]) -> Option<Self> {
        let marks = documents.map(|document| -> Vec<Mark> {
            let here = phrase.occurrences.iter().enumerate().filter(|(_, it)| it.passage.document == document.id);
            here.map(|(occurrence_idx, occurrence)| Mark {
                phrase: phrase.id,
                range: occurrence.passage.range,
                kind: occurrence.kind,
                n_documents: phrase.n_documents,
                occurrence_idx,
            })
            .collect()
        });
        if marks.iter().any(Vec::is_empty) {
            return None;
        }
        let words = |side: usize| marks[side].iter().map(|mark| folded(mark.range.of(&documents[side].text))).collect();
        let texts = [words(0), words(1)];
        Some(Self { phrase: phrase.id, n_words: phrase.n_words, n_documents: phrase.n_documents, marks, texts })
    }
}

/// Which families stand near which place of an article.
struct Company {
    /// First byte and number of the family, in order.
    places: Vec<(usize, usize)>,
}

impl Company {
    fn new(families: &[Family], side: usize) -> Self {
        let all = families.iter().enumerate();
        let mut places: Vec<(usize, usize)> =
            all.flat_map(|(idx, family)| family.marks[side].iter().map(move |mark| (mark.range.start, idx))).collect();
        places.sort_unstable();
        Self { places }
    }

    fn near(&self, range: ByteRange) -> impl Iterator<Item = usize> {
        let first = self.places.partition_point(|(start, _)| start + NEAR < range.start);
        let near = self.places.iter().skip(first).take_while(move |(start, _)| *start < range.end + NEAR);
        near.take(MAX_COMPANY).map(|(_, idx)| *idx)
    }

    /// How many other families stand near both places.
    fn common(&self, other: &Self, family: usize, [left, right]: [ByteRange; 2]) -> u32 {
        let mut here: Vec<usize> = self.near(left).filter(|idx| *idx != family).collect();
        let mut there: Vec<usize> = other.near(right).collect();
        for near in [&mut here, &mut there] {
            near.sort_unstable();
            near.dedup();
        }
        let n_common = here.iter().filter(|idx| there.binary_search(idx).is_ok()).count();
        u32::try_from(n_common).unwrap_or(SAME_WORDS).min(SAME_WORDS)
    }
}

fn folded(words: &str) -> String {
    words.split_whitespace().map(fold_word).collect::<Vec<_>>().join(" ")
}

/// How two places of a family relate: not worse than either of them, and verbatim where the words are the same.
fn relation(left: OccurrenceKind, right: OccurrenceKind, is_same: bool) -> OccurrenceKind {
    match (left, right) {
        _ if is_same => OccurrenceKind::Verbatim,
        (OccurrenceKind::Near, _) | (_, OccurrenceKind::Near) => OccurrenceKind::Near,
        (OccurrenceKind::Alias, _) | (_, OccurrenceKind::Alias) => OccurrenceKind::Alias,
        (OccurrenceKind::Verbatim, OccurrenceKind::Verbatim) => OccurrenceKind::Verbatim,
    }
}

/// Which places of one family belong together: in order, as much alike as can be.
fn tied(n_left: usize, n_right: usize, worth: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    if n_left.saturating_mul(n_right) > MAX_CELLS {
        return (0..n_left.min(n_right)).map(|idx| (idx, idx)).collect();
    }
    let worths: Vec<u32> = (0..n_left)
        .flat_map(|row| (0..n_right).map(move |column| (row, column)))
        .map(|(row, column)| worth(row, column))
        .collect();
    let worth = |row: usize, column: usize| worths.get(row * n_right + column).copied().unwrap_or(0);
    // best[row][column]: the most that the places from there on are worth.
    let width = n_right + 1;
    let mut best = vec![0_u32; (n_left + 1) * width];
    let at = |best: &[u32], row: usize, column: usize| best.get(row * width + column).copied().unwrap_or(0);
    for row in (0..n_left).rev() {
        for column in (0..n_right).rev() {
            let tied = worth(row, column) + at(&best, row + 1, column + 1);
            let skipped = at(&best, row + 1, column).max(at(&best, row, column + 1));
            if let Some(cell) = best.get_mut(row * width + column) {
                *cell = tied.max(skipped);
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut pairs = Vec::new();
    while row < n_left && column < n_right {
        let here = at(&best, row, column);
        if here == worth(row, column) + at(&best, row + 1, column + 1) {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if here == at(&best, row + 1, column) {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// Leaves out ties whose both ends lie inside those of another one; pinned families come first, then the longer words.
fn outermost(mut places: Vec<Place>, is_pinned: impl Fn(PhraseId) -> bool) -> Vec<Place> {
    let rank = |place: &Place| {
        let len = place.ranges[0].len() + place.ranges[1].len();
        (!is_pinned(place.phrase), std::cmp::Reverse(len), place.ranges, place.phrase)
    };
    places.sort_by_cached_key(rank);
    let mut chosen: Vec<Place> = Vec::new();
    // Starts of what was chosen so far, in order, so that only neighbors are looked at.
    let mut starts: std::collections::BTreeMap<(usize, usize), usize> = std::collections::BTreeMap::new();
    let longest = places.iter().map(|place| place.ranges[0].len()).max().unwrap_or(0);
    for place in places {
        let [left, right] = place.ranges;
        let near = starts.range((left.start.saturating_sub(longest), 0)..(left.end, 0));
        let is_inside = near.filter_map(|(_, &idx)| chosen.get(idx)).any(|known| {
            let covers = |outer: ByteRange, inner: ByteRange| {
                outer.intersection(inner).is_some_and(|part| 2 * part.len() > inner.len())
            };
            covers(known.ranges[0], left) && covers(known.ranges[1], right)
        });
        if !is_inside {
            starts.insert((left.start, chosen.len()), chosen.len());
            chosen.push(place);
        }
    }
    chosen.sort_by_key(|place| (place.ranges, place.phrase));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_tied_in_order_and_those_most_alike() {
        let by = |worths: &'static [&'static [u32]]| move |row: usize, column: usize| worths[row][column];
        assert_eq!(tied(2, 3, by(&[&[2, 1, 1], &[1, 1, 4]])), [(0, 0), (1, 2)]);
        assert_eq!(tied(1, 3, by(&[&[1, 1, 3]])), [(0, 2)]);
        assert_eq!(tied(2, 2, by(&[&[1, 9], &[9, 1]])), [(1, 0)], "no two cross");
        assert_eq!(tied(2, 0, |_, _| 1), []);
    }

    #[test]
    fn places_in_the_same_company_belong_together() {
        let mark = |start: usize| Mark {
            phrase: PhraseId(1),
            range: ByteRange::new(start, start + 5),
            kind: OccurrenceKind::Verbatim,
            n_documents: 2,
            occurrence_idx: 0,
        };
        let family = |left: &[usize], right: &[usize]| Family {
            phrase: PhraseId(1),
            n_words: 3,
            n_documents: 2,
            marks: [left, right].map(|starts| starts.iter().map(|start| mark(*start)).collect()),
            texts: [Vec::new(), Vec::new()],
        };
        let families = [family(&[1000], &[0, 5000]), family(&[1100], &[5050])];
        let company = [0, 1].map(|side| Company::new(&families, side));
        let common = |right: usize| company[0].common(&company[1], 0, [mark(1000).range, mark(right).range]);
        assert_eq!((common(0), common(5000)), (0, 1));
    }

    #[test]
    fn the_larger_of_two_ties_that_say_the_same_is_kept() {
        let place = |phrase: u64, left: (usize, usize), right: (usize, usize)| Place {
            phrase: PhraseId(phrase),
            ranges: [ByteRange::new(left.0, left.1), ByteRange::new(right.0, right.1)],
            kind: OccurrenceKind::Verbatim,
            n_words: 3,
            n_documents: 2,
        };
        let places = vec![place(1, (5, 15), (105, 115)), place(2, (0, 30), (100, 130)), place(3, (5, 15), (300, 310))];
        let kept = |pinned: u64| -> Vec<u64> {
            let chosen = outermost(places.clone(), |phrase| phrase == PhraseId(pinned));
            chosen.iter().map(|place| place.phrase.0).collect()
        };
        assert_eq!(kept(0), [2, 3]);
        assert_eq!(kept(1), [2, 1, 3], "what carries a letter stays");
    }
}
