//! What changed around a phrase from one use to the next: the words before and after it that are new or gone.
//!
//! Two uses are compared by the word diff of what stands around them in their sentences, as far as the same voice speaks:
//! a quotation mark ends what is compared, so that "she said" is no change of her words; of several places in an
//! article the pair that keeps most words counts. On each side the change nearest to the phrase is told, with the words
//! it hangs on. Nothing is said of why: the same formula about another object, or another sentence altogether, look
//! alike, and the words show which. `O(k²)` diffs in the places of an article, of which the first few count.

use super::life::surroundings;
use crate::analysis::diff::{DiffOp, WordDiff};
use crate::document::{Corpus, Passage};
use crate::text::{ByteRange, tokens};

/// So many places of an article are looked at; more are the same formula again.
const N_COMPARED: usize = 4;
/// Words of a change that are told; feels right for one line.
const N_TOLD: usize = 8;
/// Words that a change hangs on.
const N_HOLDING: usize = 2;

/// Two uses of a phrase, and what stands otherwise around the newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    pub old: Passage,
    pub new: Passage,
    pub before: Option<Change>,
    pub after: Option<Change>,
}

/// A change on one side of a phrase. A range is empty where that text has nothing there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Into the text of the older article.
    pub old: ByteRange,
    /// Into the text of the newer article.
    pub new: ByteRange,
    /// The words of the newer article, between the change and the far end of the phrase, that both have.
    pub kept: ByteRange,
}

/// On which side of the phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// Compares the closest pair of places of two articles; `None` where a place is not in the corpus.
pub fn turn(
    diff: &WordDiff,
    corpus: &Corpus,
    old: impl Iterator<Item = Passage>,
    new: impl Iterator<Item = Passage>,
) -> Option<Turn> {
    let old: Vec<Passage> = old.take(N_COMPARED).collect();
    let new: Vec<Passage> = new.take(N_COMPARED).collect();
    let pairs = old.iter().flat_map(|old| new.iter().map(move |new| (*old, *new)));
    let compared = pairs.filter_map(|(old, new)| compare(diff, corpus, old, new));
    // The first of equals.
    compared.min_by_key(|(_, n_kept)| std::cmp::Reverse(*n_kept)).map(|(turn, _)| turn)
}

/// The turn from one place to another, and how many bytes around them are the same.
fn compare(diff: &WordDiff, corpus: &Corpus, old: Passage, new: Passage) -> Option<(Turn, usize)> {
    let (old_document, new_document) = (corpus.get(old.document)?, corpus.get(new.document)?);
    let (old_before, old_after) = same_voice(&old_document.text, surroundings(old_document, old.range));
    let (new_before, new_after) = same_voice(&new_document.text, surroundings(new_document, new.range));
    let ops = |old, new| diff.diff(&old_document.text, &[old], &new_document.text, &[new]);
    let (before, after) = (ops(old_before, new_before), ops(old_after, new_after));
    let n_same = |op: &DiffOp| if let DiffOp::Equal { new, .. } = op { new.len() } else { 0 };
    let n_kept = before.iter().chain(&after).map(n_same).sum();
    let texts = [old_document.text.as_str(), new_document.text.as_str()];
    let before = nearest(before.iter().rev(), new.range, texts);
    let after = nearest(after.iter(), new.range, texts);
    let turn = Turn { old, new, before, after };
    Some((turn, n_kept))
}

/// What stands before and after a place, up to the nearest quotation mark.
fn same_voice(text: &str, (before, after): (ByteRange, ByteRange)) -> (ByteRange, ByteRange) {
    const MARKS: [char; 6] = ['"', '“', '”', '„', '«', '»'];
    let last = before.of(text).char_indices().rev().find(|(_, chr)| MARKS.contains(chr));
    let start = last.map_or(before.start, |(at, chr)| before.start + at + chr.len_utf8());
    let end = after.of(text).find(MARKS).map_or(after.end, |at| after.start + at);
    (ByteRange::new(start, before.end), ByteRange::new(after.start, end))
}

/// The first change of `ops`, which run away from the phrase at `place`. Few equal words between changes that are much
/// longer are chance and belong to the change.
fn nearest<'a>(ops: impl Iterator<Item = &'a DiffOp>, place: ByteRange, texts: [&str; 2]) -> Option<Change> {
    let n_words = |range: ByteRange, text: &str| tokens(text, range).count();
    let (mut kept, mut change) = (place, None::<Change>);
    // Equal words after the change, which count as a part of it where another change follows.
    let mut pending: Option<(ByteRange, ByteRange)> = None;
    for op in ops {
        let (old, new) = match (*op, change) {
            (DiffOp::Equal { new, .. }, None) => {
                kept = kept.cover(new);
                continue;
            }
            (DiffOp::Equal { old, new }, Some(change)) => {
                let n_changed = n_words(change.old, texts[0]).max(n_words(change.new, texts[1]));
                if 2 * n_words(new, texts[1]) >= n_changed {
                    break;
                }
                pending = Some((old, new));
                continue;
            }
            (DiffOp::Delete { old }, _) => (old, ByteRange::default()),
            (DiffOp::Insert { new }, _) => (ByteRange::default(), new),
            (DiffOp::Replace { old, new }, _) => (old, new),
        };
        let mut grown = change.unwrap_or(Change { old, new, kept });
        let between = pending.take().unwrap_or_default();
        for (old, new) in [between, (old, new)] {
            (grown.old, grown.new) = (joined(grown.old, old), joined(grown.new, new));
        }
        change = Some(grown);
    }
    change
}

/// Both ranges and what stands between them; an empty one is nowhere.
fn joined(left: ByteRange, right: ByteRange) -> ByteRange {
    match (left.is_empty(), right.is_empty()) {
        (true, _) => right,
        (_, true) => left,
        _ => left.cover(right),
    }
}

/// A piece of what is told of a turn: the program's own words, or words of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Said(&'static str),
    /// Words of both that a change hangs on.
    Kept(String),
    /// Words of the older article alone.
    Old(String),
    /// Words of the newer article alone.
    New(String),
}

impl Part {
    pub fn words(&self) -> &str {
        match self {
            Self::Said(words) => words,
            Self::Kept(words) | Self::Old(words) | Self::New(words) => words,
        }
    }
}

impl Turn {
    /// What is told: `after “about the”: reckless missile tests → potential support`; nothing where the same words stand
    /// around both uses.
    pub fn parts(&self, corpus: &Corpus) -> Vec<Part> {
        let old = corpus.get(self.old.document).map_or("", |document| &document.text);
        let new = corpus.get(self.new.document).map_or("", |document| &document.text);
        let mut parts = self.before.map(|change| change.parts(Side::Before, old, new)).unwrap_or_default();
        if let Some(after) = self.after {
            if !parts.is_empty() {
                parts.push(Part::Said("  ·  "));
            }
            parts.extend(after.parts(Side::After, old, new));
        }
        parts
    }

    /// The same in one string; `None` where nothing changed.
    pub fn words(&self, corpus: &Corpus) -> Option<String> {
        let parts = self.parts(corpus);
        (!parts.is_empty()).then(|| parts.iter().map(Part::words).collect())
    }
}

impl Change {
    fn parts(&self, side: Side, old: &str, new: &str) -> Vec<Part> {
        let kept = nearest_words(self.kept, side.other(), new, N_HOLDING).0;
        let (old, new) = (told(self.old, side, old), told(self.new, side, new));
        let lead = match (old.is_empty(), new.is_empty(), side) {
            (false, false, Side::Before) => "before “",
            (false, false, Side::After) => "after “",
            (true, _, Side::Before) => "new before “",
            (true, _, Side::After) => "new after “",
            (false, true, Side::Before) => "gone before “",
            (false, true, Side::After) => "gone after “",
        };
        let mut parts = vec![Part::Said(lead), Part::Kept(kept), Part::Said("”: ")];
        match (old.is_empty(), new.is_empty()) {
            (true, _) => parts.push(Part::New(new)),
            (false, true) => parts.push(Part::Old(old)),
            (false, false) => parts.extend([Part::Old(old), Part::Said(" → "), Part::New(new)]),
        }
        parts
    }
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }
}

/// The words of a change nearest to the phrase, with an ellipsis where more follow.
fn told(range: ByteRange, side: Side, text: &str) -> String {
    let (words, is_cut) = nearest_words(range, side, text, N_TOLD);
    match (is_cut, side) {
        (false, _) => words,
        (true, Side::Before) => format!("… {words}"),
        (true, Side::After) => format!("{words} …"),
    }
}

/// At most `n_words` words of `range`: the last ones of what stands before a phrase, the first ones of what stands
/// after it. Were there more?
fn nearest_words(range: ByteRange, side: Side, text: &str, n_words: usize) -> (String, bool) {
    let words: Vec<ByteRange> = tokens(text, range).map(|token| token.range).collect();
    let is_cut = words.len() > n_words;
    let kept = match side {
        Side::Before => words.get(words.len().saturating_sub(n_words)..),
        Side::After => words.get(..n_words.min(words.len())),
    };
    let (Some(first), Some(last)) = (kept.and_then(<[_]>::first), kept.and_then(<[_]>::last)) else {
        return (String::new(), false);
    };
    let words: Vec<&str> = first.cover(*last).of(text).split_whitespace().collect();
    (words.join(" "), is_cut)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::codebook::Codebook;
    use crate::document::{Document, DocumentId};

    /// The turn between the places of `phrase` in two texts.
    fn said(phrase: &str, old: &str, new: &str) -> Option<String> {
        let documents = [old, new].into_iter().zip(1..);
        let corpus = Corpus::new(documents.map(|(text, id)| Arc::new(Document::of_lines(DocumentId(id), text))));
        let places = |id: u64| {
            let document = corpus.get(DocumentId(id)).cloned().unwrap();
            let starts: Vec<usize> = document.text.match_indices(phrase).map(|(start, _)| start).collect();
            starts.into_iter().map(move |start| Passage {
                document: DocumentId(id),
                range: ByteRange::new(start, start + phrase.len()),
            })
        };
        let turn = turn(&WordDiff::new(&Codebook::default()), &corpus, places(1), places(2))?;
        turn.words(&corpus)
    }

    #[test]
    fn the_nearest_change_on_each_side_is_told_with_the_words_it_hangs_on() {
        for (old, new, wanted) in [
            ("We fear for the pier of the town.", "We fear for the pier of the town.", None),
            (
                "We fear for the pier of the old town.",
                "We fear for the pier of the new town.",
                Some("after “of the”: old → new"),
            ),
            ("We fear for the pier.", "Fear for the pier and its cranes.", {
                Some("gone before “Fear for”: We  ·  new after “pier”: and its cranes")
            }),
            (
                "We fear for the pier of the careless dredging and the blasting.",
                "We fear for the pier of the possible money that the ministry gives to the works.",
                Some(
                    "after “of the”: careless dredging and the blasting → possible money that the ministry gives to the …",
                ),
            ),
            ("“We fear for the pier of old,” Ana Lund said.", "He said: “We fear for the pier.”", {
                Some("gone after “pier”: of old")
            }),
            ("Long live the pier", "Down with the pier", Some("before “the pier”: Long live → Down with")),
            (
                "pier one two three four five six seven eight nine",
                "pier ten",
                Some("after “pier”: one two three four five six seven eight … → ten"),
            ),
        ] {
            assert_eq!(said("pier", old, new).as_deref(), wanted, "{old} / {new}");
        }
    }

    #[test]
    fn of_several_places_the_pair_that_keeps_most_words_counts() {
        let old = "The pier is shut. We fear for the old pier of ours.";
        let new = "We fear for the new pier of ours. A pier it was.";
        assert_eq!(said("pier", old, new).as_deref(), Some("before “pier”: old → new"));
    }
}
