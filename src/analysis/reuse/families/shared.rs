//! Passages that articles of an index took from each other: which one, from where to where, however reworked.
//!
//! Places that share anchors and lie along one line in both articles make a trace; the words around it are aligned within
//! a band (Smith and Waterman 1981), where equal words count what they weigh and every other word costs. What is left is
//! cut where it says most, so a passage begins and ends with words both have. Copies of one story have no passages: they
//! are copies as a whole. `O(h log h)` in the places that share an anchor with the article, and the length of each trace
//! times the width of its band.

use std::cmp::Reverse;

use super::anchors::Anchors;
use super::groups::Groups;
use super::stories::Labels;
use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::lexicon::Class;
use crate::analysis::reuse::streams::words::Word;
use crate::analysis::reuse::{ReuseKind, SharedPassage};
use crate::document::Passage;
use crate::text::ByteRange;

/// Words between two places of a trace, at most.
const MAX_STEP: usize = 16;
/// How far a trace may leave its line from one place to the next: words inserted or deleted between them.
const MAX_DRIFT: usize = 6;
/// Words beside a trace in which the alignment may go on, and by which it may leave the lines of its places.
const MARGIN: usize = 16;
const BAND: usize = 6;
/// What a word costs that the other passage does not have; about the weight of two function words.
const COST: f32 = 1.0;
/// What the first word of a name and the others are worth.
const NAME: f32 = 1.0;
const REST_OF_NAME: f32 = 0.25;
/// An anchor that more places have leads nowhere; it is still aligned beside others.
const MAX_PLACES: usize = 50;
/// What a trace must weigh to be aligned. This and the limits below were set on generated articles of which a third were on
/// the same subject: lower, and stock phrases of a subject count.
const MIN_TRACE: f32 = 3.0;
/// What the aligned words must be worth after all costs, among so few articles that chance has no part in it; what each
/// doubling of their number adds, as chance finds more (Karlin and Altschul 1990); and what words that differ add.
const MIN_SCORE: f32 = 6.0;
const PER_DOUBLING: f32 = 0.13;
const PER_DIFFERENCE: f32 = 4.0;
/// Words that the two passages have on average, at least.
const MIN_WORDS: f32 = 7.5;
/// And so large a share of them in common.
const MIN_SIMILARITY: f32 = 0.4;

/// A word of the article and a word of another one where the same anchor begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    other: u32,
    own_idx: u32,
    other_idx: u32,
    /// Words from the first to the last of the anchor.
    n_words: u8,
}

/// Two stretches of words that belong together.
#[derive(Clone, Copy, Debug)]
struct Aligned {
    own: (usize, usize),
    other: (usize, usize),
    n_equal: usize,
    score: f32,
}

/// The passages that the article in `slot` shares with those that `is_wanted` names, in no order.
pub(super) fn passages_of(
    streams: &Streams,
    stories: &Labels,
    groups: &Groups,
    slot: usize,
    is_wanted: impl Fn(usize) -> bool,
) -> Vec<SharedPassage> {
    let words = streams.words(slot);
    let mut hits: Vec<Hit> = Vec::new();
    let mut values = values(streams, words);
    for own_idx in 0..words.len() {
        for anchor in Anchors::at(&streams.keys, words, own_idx).iter() {
            let n_places = groups.n_places(anchor.hash, streams.step.cap());
            if let [offset, 0, 0] = anchor.offsets
                && let Some(word) = words.get(own_idx + usize::from(offset))
                && let Some(value) = values.get_mut(own_idx + usize::from(offset))
            {
                *value = value.min(word.weight(streams) * news(n_places));
            }
            if n_places > MAX_PLACES {
                continue;
            }
            for place in groups.get(anchor.hash).unwrap_or_default() {
                if place.slot() != slot && is_wanted(place.slot()) && stories.of(place.slot()) != stories.of(slot) {
                    let n_words = 1 + anchor.offsets.iter().copied().max().unwrap_or(0);
                    let own_idx = u32::try_from(own_idx).unwrap_or(u32::MAX);
                    hits.push(Hit { other: place.slot, own_idx, other_idx: place.word_idx, n_words });
                }
            }
        }
    }
    hits.sort_unstable();
    hits.dedup_by_key(|hit| (hit.other, hit.own_idx, hit.other_idx));
    let min_score = MIN_SCORE + PER_DOUBLING * streams.step.power() as f32;
    let mut passages = Vec::new();
    for with_other in hits.chunk_by(|left, right| left.other == right.other) {
        let Some(other) = with_other.first().map(|hit| hit.other as usize) else { continue };
        let mut found: Vec<Aligned> = traces(with_other)
            .iter()
            .filter_map(|trace| align(words, &values, streams.words(other), trace, min_score))
            .collect();
        found.sort_unstable_by(|left, right| {
            right.score.total_cmp(&left.score).then_with(|| (left.own, left.other).cmp(&(right.own, right.other)))
        });
        let mut kept: Vec<Aligned> = Vec::new();
        for aligned in found {
            let overlaps = |left: (usize, usize), right: (usize, usize)| left.0 < right.1 && right.0 < left.1;
            if !kept.iter().any(|other| overlaps(aligned.own, other.own) && overlaps(aligned.other, other.other)) {
                kept.push(aligned);
            }
        }
        passages.extend(kept.iter().map(|aligned| passage(streams, slot, other, aligned)));
    }
    passages
}

/// The passages of two articles, the one that is read first as the older.
fn passage(streams: &Streams, slot: usize, other: usize, aligned: &Aligned) -> SharedPassage {
    let place = |slot: usize, (start, end): (usize, usize)| {
        let words = streams.words(slot).get(start..end).unwrap_or_default();
        let range = match (words.first(), words.last()) {
            (Some(first), Some(last)) => ByteRange::new(first.range().start, last.range().end),
            _ => ByteRange::default(),
        };
        Passage { document: streams.id(slot), range }
    };
    let n_words = aligned.own.1 - aligned.own.0 + aligned.other.1 - aligned.other.0;
    let similarity = 2.0 * aligned.n_equal as f32 / n_words.max(1) as f32;
    let kind = match similarity {
        0.99.. => ReuseKind::Verbatim,
        0.7.. => ReuseKind::Near,
        _ => ReuseKind::Paraphrase,
    };
    let (own, other_place) = (place(slot, aligned.own), place(other, aligned.other));
    let is_first = streams.reading_order(slot) <= streams.reading_order(other);
    let (old, new) = if is_first { (own, other_place) } else { (other_place, own) };
    SharedPassage { old, new, kind, similarity }
}

/// Meaningful words that the neighborhoods of a trace have in common, at least; two alone are a pair and no passage.
const MIN_COMPANY: usize = 3;
/// How far from the line of the trace they are looked for.
const NEAR: usize = 3;

/// Do the words around a trace have enough in common to be aligned? Cheap, and most traces have not.
fn has_company(own: &[Word], other: &[Word], first: &Hit, last: &Hit) -> bool {
    let (start, end) = (first.own_idx as usize, last.own_idx as usize + usize::from(last.n_words));
    let window = start.saturating_sub(MARGIN)..(end + MARGIN).min(own.len());
    let is_common = |idx: &usize| {
        // Behind the trace the line is that of its last place.
        let on_line = if *idx < end { first } else { last };
        let column = (idx + on_line.other_idx as usize).checked_sub(on_line.own_idx as usize);
        let near = column.map(|column| column.saturating_sub(NEAR)..(column + NEAR + 1).min(other.len()));
        own[*idx].is_strong()
            && near
                .and_then(|near| other.get(near))
                .is_some_and(|near| near.iter().any(|word| word.key == own[*idx].key))
    };
    window.filter(is_common).take(MIN_COMPANY).count() == MIN_COMPANY
}

/// What each word is worth where another passage has it too. Names are what articles are about, and most of a long name
/// follows from its first word.
fn values(streams: &Streams, words: &[Word]) -> Vec<f32> {
    let is_name = |word: Option<&Word>| word.is_some_and(|word| word.class == Class::Name);
    let value = |(idx, word): (usize, &Word)| match word.class {
        Class::Name if is_name(idx.checked_sub(1).and_then(|before| words.get(before))) => REST_OF_NAME,
        Class::Name => NAME,
        _ => word.weight(streams),
    };
    words.iter().enumerate().map(value).collect()
}

/// The share of its weight that a word keeps behind another one, where so many places have the two: the more, the more
/// they are a stock phrase, of which the first word tells the rest. 1.0 for two places, 0.5 for four.
fn news(n_places: usize) -> f32 {
    1.0 / (1.0 + (n_places.max(2) as f32 / 2.0).log2())
}

/// Groups the places that two articles share by the lines they lie on.
fn traces(hits: &[Hit]) -> Vec<Vec<Hit>> {
    let mut done: Vec<Vec<Hit>> = Vec::new();
    let mut open: Vec<Vec<Hit>> = Vec::new();
    for &hit in hits {
        let (mut still_open, closed): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|trace| trace.last().is_some_and(|last| (hit.own_idx - last.own_idx) as usize <= MAX_STEP));
        done.extend(closed);
        let line = |hit: &Hit| i64::from(hit.own_idx) - i64::from(hit.other_idx);
        let drift = |trace: &Vec<Hit>| {
            let last = trace.last()?;
            let step = i64::from(hit.other_idx) - i64::from(last.other_idx);
            let is_near = step >= -(MAX_DRIFT as i64) && step <= MAX_STEP as i64;
            let drift = (line(&hit) - line(last)).unsigned_abs();
            (is_near && drift <= MAX_DRIFT as u64).then_some(drift)
        };
        let nearest =
            still_open.iter_mut().filter_map(|trace| Some((drift(trace)?, trace))).min_by_key(|(drift, _)| *drift);
        match nearest {
            Some((_, trace)) => trace.push(hit),
            None => still_open.push(vec![hit]),
        }
        open = still_open;
    }
    done.append(&mut open);
    done
}

/// The best alignment of the words around a trace, if it says enough.
fn align(own: &[Word], values: &[f32], other: &[Word], trace: &[Hit], min_score: f32) -> Option<Aligned> {
    let (first, last) = (trace.first()?, trace.last()?);
    let mut covered_to = 0;
    let mut weight = 0.0;
    for hit in trace {
        let (start, end) = (hit.own_idx as usize, hit.own_idx as usize + usize::from(hit.n_words));
        weight += values.get(start.max(covered_to)..end.max(covered_to)).unwrap_or_default().iter().sum::<f32>();
        covered_to = covered_to.max(end);
    }
    if weight < MIN_TRACE {
        return None;
    }
    if !has_company(own, other, first, last) {
        return None;
    }
    let line = |hit: &Hit| i64::from(hit.other_idx) - i64::from(hit.own_idx);
    let (lowest, highest) =
        trace.iter().map(line).fold((i64::MAX, i64::MIN), |(low, high), it| (low.min(it), high.max(it)));
    let own_start = (first.own_idx as usize).saturating_sub(MARGIN);
    let own_end = (last.own_idx as usize + usize::from(last.n_words) + MARGIN).min(own.len());
    let best = in_band(own, values, other, own_start..own_end, lowest - BAND as i64, highest + BAND as i64)?;
    let n_words = (best.own.1 - best.own.0 + best.other.1 - best.other.0) as f32;
    let similarity = 2.0 * best.n_equal as f32 / n_words;
    let is_enough = best.score >= min_score + PER_DIFFERENCE * (1.0 - similarity);
    (is_enough && n_words >= 2.0 * MIN_WORDS && similarity >= MIN_SIMILARITY).then_some(best)
}

/// A cell of the alignment: the best way that ends here.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    score: f32,
    n_equal: u32,
    /// The first words of it.
    own: u32,
    other: u32,
}

/// Smith and Waterman's alignment of `own[rows]` with the words of `other` whose index less that of the row lies within
/// `lowest..=highest`.
fn in_band(
    own: &[Word],
    values: &[f32],
    other: &[Word],
    rows: std::ops::Range<usize>,
    lowest: i64,
    highest: i64,
) -> Option<Aligned> {
    let width = usize::try_from(highest - lowest + 1).ok()?;
    // Cell `k` of a row is the word of `other` at `row + lowest + k`; the cell above it in the same column is `k + 1`.
    let (mut above, mut here) = (vec![Cell::default(); width + 2], vec![Cell::default(); width + 2]);
    let mut best: Option<(Cell, usize, usize)> = None;
    let number = |idx: usize| u32::try_from(idx).unwrap_or(u32::MAX);
    for row in rows {
        let mut left = Cell::default();
        for k in 0..width {
            let column = i64::try_from(row).ok()? + lowest + k as i64;
            let found = usize::try_from(column).ok().and_then(|column| Some((column, other.get(column)?)));
            let Some((column, word)) = found else {
                here[k] = Cell::default();
                left = Cell::default();
                continue;
            };
            let mut cell = Cell::default();
            let mut offer = |from: Cell, gain: f32, is_equal: bool| {
                let score = from.score + gain;
                if score > cell.score {
                    let fresh = from.score <= 0.0;
                    cell = Cell {
                        score,
                        n_equal: from.n_equal + u32::from(is_equal),
                        own: if fresh { number(row) } else { from.own },
                        other: if fresh { number(column) } else { from.other },
                    };
                }
            };
            let is_equal = own[row].key == word.key;
            // The cell up and to the left has the same number in the row above.
            offer(above[k], if is_equal { values[row] } else { -COST }, is_equal);
            offer(above[k + 1], -COST, false);
            offer(left, -COST, false);
            here[k] = cell;
            left = cell;
            if is_equal && best.is_none_or(|(best, _, _)| cell.score > best.score) {
                best = Some((cell, row, column));
            }
        }
        std::mem::swap(&mut above, &mut here);
        here.fill(Cell::default());
    }
    let (cell, row, column) = best?;
    Some(Aligned {
        own: (cell.own as usize, row + 1),
        other: (cell.other as usize, column + 1),
        n_equal: cell.n_equal as usize,
        score: cell.score,
    })
}

/// Sorts passages by their places: that of the older article first.
pub(super) fn sort(streams: &Streams, passages: &mut [SharedPassage]) {
    let order = |passage: &Passage| streams.slot_of(passage.document).and_then(|slot| streams.reading_order(slot));
    passages.sort_by_cached_key(|passage| {
        (order(&passage.old), order(&passage.new), passage.old.range, passage.new.range, Reverse(passage.kind))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::PhraseIndex;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};

    const PASSAGE: &str =
        "divers searched the flooded basin for rusty containers while the mayor promised unpaid wages";

    fn shared(texts: [&str; 2]) -> Vec<(String, String, ReuseKind)> {
        let corpus = corpus(&texts);
        let mut index = PhraseIndex::new(&codebook());
        index.add(corpus.documents());
        let passages = index.passages(&crate::analysis::Progress::default()).unwrap_or_default();
        let words = |passage| corpus.words(passage).to_owned();
        passages.iter().map(|it| (words(it.old), words(it.new), it.kind)).collect()
    }

    #[test]
    fn a_copied_passage_is_found_to_the_word() {
        let old = format!("Grapes were small this year and {PASSAGE}. Bees came back.");
        let new = format!("Nobody had counted the singers when {PASSAGE}, growers say.");
        assert_eq!(shared([&old, &new]), [(PASSAGE.to_owned(), PASSAGE.to_owned(), ReuseKind::Verbatim)]);
    }

    #[test]
    fn a_reworked_passage_is_found_and_a_stock_phrase_is_not() {
        let reworked =
            "Divers searched a basin, flooded, for containers, rusty ones, while a tired mayor promised wages";
        let found = shared([PASSAGE, &format!("On Sunday it rained. {reworked}. Nobody else came.")]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1, reworked);
        assert_ne!(found[0].2, ReuseKind::Verbatim);
        assert!(shared([PASSAGE, "The harbor police searched the flooded basin and went home for dinner"]).is_empty());
    }
}
