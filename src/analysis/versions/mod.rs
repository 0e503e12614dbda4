//! Two versions of one text, paragraph by paragraph: what stayed, what was reworded, what moved, what is in one alone.
//!
//! 1. Each text becomes pieces: its paragraphs, very long ones cut at the ends of sentences.
//! 2. `pairing`: pieces that are the same, or share most of their words, are paired one to one.
//! 3. Of the pairs, the heaviest set that keeps its order stays in place ([`super::chain`]); the others moved.
//! 4. Pairs that differ get a word diff. Pieces without a partner are shown whole: below [`FLOOR`] a word diff is
//!    confetti, in which chance words stand between the changes.
//!
//! Same input, same steps. No piece has more than [`MAX_WORDS`] words, so the word diffs, which grow with the square of
//! their length where everything differs, stay linear in the whole; so does memory. Two texts that are no versions of one
//! another come out as well, with a [`Versions::likeness`] below [`MIN_LIKENESS`].

mod pairing;

use super::chain::{self, Link};
use super::diff::{DiffOp, Unit, WordDiff};
use crate::codebook::Codebook;
use crate::text::{ByteRange, sentences, tokens};

/// Below this share of common words two paragraphs are not the same one reworded: two paragraphs of one story share
/// about a third by names and function words alone.
pub const FLOOR: f32 = 0.5;

/// From this likeness on two articles are versions of one text. Feels right: where a third of the words stand in
/// paragraphs that correspond, a reader can follow what became of them.
pub const MIN_LIKENESS: f32 = 0.35;

/// A paragraph of more words is compared in pieces.
pub const MAX_WORDS: usize = 300;

/// What became of a piece. Ranges point into the two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The same words, by the measure of the word diff.
    Same { old: ByteRange, new: ByteRange },
    /// Reworded.
    Changed { old: ByteRange, new: ByteRange, diff: Vec<DiffOp> },
    /// Only in the old text.
    Gone { old: ByteRange },
    /// Only in the new text.
    Added { new: ByteRange },
    /// Stands elsewhere in the new text; told at the place in the old one.
    MovedAway { old: ByteRange, new: ByteRange },
    /// The same at its new place. The diff is empty where nothing was reworded.
    Moved { old: ByteRange, new: ByteRange, diff: Vec<DiffOp> },
}

/// How one text became the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Versions {
    /// Every piece of both texts that has words, in the order of the new one; what is only in the old stands where it was.
    pub steps: Vec<Step>,
    /// Share of all words of both texts that stand in corresponding pieces of both, 0.0..=1.0.
    pub likeness: f32,
}

impl Versions {
    /// Are they so alike that it says something what changed from one to the other?
    pub fn are_versions(&self) -> bool {
        self.likeness >= MIN_LIKENESS
    }
}

/// A stretch of a text that is compared as a whole.
pub(super) struct Piece {
    pub range: ByteRange,
    pub units: Vec<Unit>,
}

/// Compares two texts, each given by the ranges of its paragraphs in order.
///
/// ```
/// use throughline::analysis::versions::{Step, versions};
/// use throughline::codebook::Codebook;
/// use throughline::text::lines;
/// let old = "The pier is open.\nThe channel will be dredged in the spring of next year.";
/// let new = "The pier is open.\nThe channel will be dredged in the autumn of next year.";
/// let paragraphs = |text: &str| lines(text).collect::<Vec<_>>();
/// let found = versions(old, &paragraphs(old), new, &paragraphs(new), &Codebook::built_in());
/// assert!(matches!(found.steps[..], [Step::Same { .. }, Step::Changed { .. }]));
/// assert!(found.are_versions());
/// ```
pub fn versions(
    old: &str,
    old_paragraphs: &[ByteRange],
    new: &str,
    new_paragraphs: &[ByteRange],
    codebook: &Codebook,
) -> Versions {
    let diff = WordDiff::new(codebook);
    let old_pieces = pieces(old, old_paragraphs, &diff);
    let new_pieces = pieces(new, new_paragraphs, &diff);
    let pairs = pairing::pairs(&old_pieces, &new_pieces);
    let n_common: usize = pairs.iter().map(|pair| pair.n_common).sum();
    let n_words = |pieces: &[Piece]| pieces.iter().map(|piece| piece.units.len()).sum::<usize>();
    let n_all = n_words(&old_pieces) + n_words(&new_pieces);
    let likeness = if n_all > 0 { (2 * n_common) as f32 / n_all as f32 } else { 0.0 };
    let steps = Writer { old, new, diff: &diff, old_pieces: &old_pieces, new_pieces: &new_pieces }.steps(&pairs);
    Versions { steps, likeness }
}

fn pieces(text: &str, paragraphs: &[ByteRange], diff: &WordDiff) -> Vec<Piece> {
    let ranges = paragraphs.iter().flat_map(|&paragraph| cut(text, paragraph.trimmed(text)));
    let piece = |range| Piece { range, units: diff.units(text, &[range]) };
    // What has no words, such as a row of stars, is part of the page and not of the text.
    ranges.map(piece).filter(|piece| !piece.units.is_empty()).collect()
}

/// A paragraph as it is, or in pieces of at most [`MAX_WORDS`] words, at the ends of sentences where there are any.
fn cut(text: &str, paragraph: ByteRange) -> Vec<ByteRange> {
    if tokens(text, paragraph).nth(MAX_WORDS).is_none() {
        return vec![paragraph];
    }
    let mut pieces: Vec<ByteRange> = Vec::new();
    let mut n_open = 0;
    for sentence in sentences(text, paragraph) {
        let words: Vec<ByteRange> = tokens(text, sentence).map(|token| token.range).collect();
        match pieces.last_mut() {
            Some(last) if n_open + words.len() <= MAX_WORDS => {
                *last = last.cover(sentence);
                n_open += words.len();
            }
            _ if words.len() <= MAX_WORDS => {
                pieces.push(sentence);
                n_open = words.len();
            }
            _ => {
                // A sentence without end: from the first word of each piece up to that of the next.
                let starts = words.iter().step_by(MAX_WORDS).map(|word| word.start).skip(1).chain([sentence.end]);
                let mut from = sentence.start;
                for end in starts {
                    pieces.push(ByteRange::new(from, end).trimmed(text));
                    from = end;
                }
                n_open = MAX_WORDS;
            }
        }
    }
    pieces
}

/// Pieces that correspond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    old: usize,
    new: usize,
    /// Words of each in the other, repeated ones as often as both have them.
    n_common: usize,
    is_same: bool,
}

/// Writes pairs and lone pieces as steps.
struct Writer<'a> {
    old: &'a str,
    new: &'a str,
    diff: &'a WordDiff,
    old_pieces: &'a [Piece],
    new_pieces: &'a [Piece],
}

impl Writer<'_> {
    fn steps(&self, pairs: &[Pair]) -> Vec<Step> {
        let link = |pair: &Pair| Link { old: pair.old, new: pair.new, weight: pair.n_common as u64 + 1 };
        let links: Vec<Link> = pairs.iter().map(link).collect();
        let stayed = chain::heaviest(&links);
        let mut of_old: Vec<Option<Pair>> = vec![None; self.old_pieces.len()];
        let mut of_new: Vec<Option<Pair>> = vec![None; self.new_pieces.len()];
        for &pair in pairs {
            if let (Some(old), Some(new)) = (of_old.get_mut(pair.old), of_new.get_mut(pair.new)) {
                (*old, *new) = (Some(pair), Some(pair));
            }
        }
        let mut steps = Vec::new();
        let (mut old_idx, mut new_idx) = (0, 0);
        let stayed = stayed.iter().filter_map(|&idx| pairs.get(idx)).copied().map(Some).chain([None]);
        for pair in stayed {
            let (old_end, new_end) =
                pair.map_or((self.old_pieces.len(), self.new_pieces.len()), |pair| (pair.old, pair.new));
            for idx in old_idx..old_end {
                steps.extend(self.lone_old(idx, of_old.get(idx).copied().flatten()));
            }
            for idx in new_idx..new_end {
                steps.extend(self.lone_new(idx, of_new.get(idx).copied().flatten()));
            }
            steps.extend(pair.and_then(|pair| self.stayed(pair)));
            (old_idx, new_idx) = (old_end + 1, new_end + 1);
        }
        steps
    }

    fn ranges(&self, pair: Pair) -> Option<(ByteRange, ByteRange)> {
        Some((self.old_pieces.get(pair.old)?.range, self.new_pieces.get(pair.new)?.range))
    }

    fn diff_of(&self, pair: Pair, (old, new): (ByteRange, ByteRange)) -> Vec<DiffOp> {
        if pair.is_same { Vec::new() } else { self.diff.diff(self.old, &[old], self.new, &[new]) }
    }

    fn stayed(&self, pair: Pair) -> Option<Step> {
        let (old, new) = self.ranges(pair)?;
        Some(match pair.is_same {
            true => Step::Same { old, new },
            false => Step::Changed { old, new, diff: self.diff_of(pair, (old, new)) },
        })
    }

    fn lone_old(&self, idx: usize, pair: Option<Pair>) -> Option<Step> {
        let old = self.old_pieces.get(idx)?.range;
        let moved = pair.and_then(|pair| self.ranges(pair));
        Some(moved.map_or(Step::Gone { old }, |(old, new)| Step::MovedAway { old, new }))
    }

    fn lone_new(&self, idx: usize, pair: Option<Pair>) -> Option<Step> {
        let new = self.new_pieces.get(idx)?.range;
        let Some((pair, (old, new))) = pair.and_then(|pair| Some((pair, self.ranges(pair)?))) else {
            return Some(Step::Added { new });
        };
        Some(Step::Moved { old, new, diff: self.diff_of(pair, (old, new)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lines;
    use proptest::prelude::*;

    const PIER: &str = "The council will widen the old pier before the summer, mayor Ana Lund told reporters.";
    const PIER_LATER: &str = "The council will widen the old pier before the autumn, mayor Ana Lund told reporters.";
    const FERRY: &str = "Ferries to the islands leave from the northern quay while the works go on there.";
    const WOOL: &str = "Prices of wool fell again, and traders at the exchange blamed a warm winter for it.";
    const BEES: &str = "Nine hives on the roof of the bank gave more honey than in any year before.";

    fn compared(old: &[&str], new: &[&str]) -> (String, f32) {
        let (old, new) = (old.join("\n\n"), new.join("\n\n"));
        let paragraphs = |text: &str| lines(text).collect::<Vec<_>>();
        let found = versions(&old, &paragraphs(&old), &new, &paragraphs(&new), &Codebook::built_in());
        let first = |range: &ByteRange, text: &str| range.of(text).split(' ').next().unwrap_or_default().to_owned();
        let word = |step: &Step| match step {
            Step::Same { new: range, .. } => format!("={}", first(range, &new)),
            Step::Changed { new: range, diff, .. } => format!("~{}{}", first(range, &new), diff.len()),
            Step::Gone { old: range } => format!("-{}", first(range, &old)),
            Step::Added { new: range } => format!("+{}", first(range, &new)),
            Step::MovedAway { old: range, .. } => format!("<{}", first(range, &old)),
            Step::Moved { new: range, diff, .. } => format!(">{}{}", first(range, &new), diff.len()),
        };
        (found.steps.iter().map(word).collect::<Vec<_>>().join(" "), found.likeness)
    }

    #[test]
    fn paragraphs_are_the_same_reworded_gone_or_added() {
        let (steps, likeness) = compared(&[PIER, FERRY, WOOL], &[PIER_LATER, FERRY, BEES]);
        assert_eq!(steps, "~The3 =Ferries -Prices +Nine");
        assert!(likeness > MIN_LIKENESS, "{likeness}");
        assert_eq!(compared(&[], &[]), (String::new(), 0.0));
        assert_eq!(compared(&[PIER], &[]).0, "-The");
    }

    #[test]
    fn what_moved_is_told_at_both_places_and_the_smaller_part_moves() {
        assert_eq!(compared(&[PIER, FERRY, WOOL], &[FERRY, WOOL, PIER]).0, "<The =Ferries =Prices >The0");
        assert_eq!(compared(&[PIER, FERRY, WOOL], &[FERRY, WOOL, PIER_LATER]).0, "<The =Ferries =Prices >The3");
    }

    #[test]
    fn unlike_paragraphs_are_shown_whole_and_unlike_texts_are_no_versions() {
        let (steps, likeness) = compared(&[WOOL], &[BEES]);
        assert_eq!(steps, "-Prices +Nine");
        assert!(likeness < MIN_LIKENESS);
    }

    #[test]
    fn repeated_lines_keep_their_order() {
        let (steps, _) = compared(
            &["Advertisement", PIER, "Advertisement", FERRY],
            &["Advertisement", PIER, "Advertisement", FERRY],
        );
        assert_eq!(steps, "=Advertisement =The =Advertisement =Ferries");
    }

    #[test]
    fn case_and_spelling_are_no_change_of_wording() {
        assert_eq!(compared(&["The harbour programme is open."], &["The harbor program is open."]).0, "=The");
    }

    #[test]
    fn long_paragraphs_are_cut_at_sentences_and_endless_ones_at_words() {
        let sentence = "The mayor opened the ninth pier of the harbor today. ";
        let text = sentence.repeat(100);
        let pieces = cut(&text, ByteRange::new(0, text.len()).trimmed(&text));
        assert!(pieces.len() > 2 && pieces.iter().all(|piece| piece.of(&text).ends_with("today.")), "{pieces:?}");
        let endless = "wool ".repeat(1000);
        let pieces = cut(&endless, ByteRange::new(0, endless.len()).trimmed(&endless));
        let n_words: Vec<usize> = pieces.iter().map(|&piece| tokens(&endless, piece).count()).collect();
        assert_eq!(n_words, [300, 300, 300, 100]);
    }

    #[test]
    fn a_hundred_thousand_foreign_words_take_a_moment() {
        let word = |seed: usize| format!("w{} ", seed.wrapping_mul(2_654_435_761) % 50_000);
        let old: String = (0..100_000).map(word).collect();
        let new: String = (0..100_000).map(|seed| word(seed * 7 + 3)).collect();
        let start = std::time::Instant::now();
        versions(&old, &lines(&old).collect::<Vec<_>>(), &new, &lines(&new).collect::<Vec<_>>(), &Codebook::default());
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn every_piece_is_told_once_on_each_side(
            old in prop::collection::vec(prop::sample::select(vec![PIER, PIER_LATER, FERRY, WOOL, BEES, "Ad", "—"]), 0..9),
            new in prop::collection::vec(prop::sample::select(vec![PIER, PIER_LATER, FERRY, WOOL, BEES, "Ad", "—"]), 0..9),
        ) {
            let (old, new) = (old.join("\n"), new.join("\n"));
            let paragraphs = |text: &str| {
                lines(text).filter(|line| line.of(text).contains(char::is_alphabetic)).collect::<Vec<_>>()
            };
            let found = versions(&old, &paragraphs(&old), &new, &paragraphs(&new), &Codebook::default());
            let old_told: Vec<ByteRange> = found.steps.iter().filter_map(|step| match step {
                Step::Same { old, .. } | Step::Changed { old, .. } | Step::Gone { old } => Some(*old),
                Step::MovedAway { old, .. } => Some(*old),
                Step::Added { .. } | Step::Moved { .. } => None,
            }).collect();
            let new_told: Vec<ByteRange> = found.steps.iter().filter_map(|step| match step {
                Step::Same { new, .. } | Step::Changed { new, .. } | Step::Added { new } => Some(*new),
                Step::Moved { new, .. } => Some(*new),
                Step::Gone { .. } | Step::MovedAway { .. } => None,
            }).collect();
            prop_assert_eq!(old_told, paragraphs(&old));
            prop_assert_eq!(new_told, paragraphs(&new));
            prop_assert!((0.0..=1.0).contains(&found.likeness));
        }
    }
}
