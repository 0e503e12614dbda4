//! Word diff of two passages, by `similar` (Myers 1986, made compact).
//!
//! Words are compared in their comparison form: case, quote marks, possessives, spelling and aliases aside, so that
//! "the DPRK's programmes" equals "North Korea's programs". What is shown is the original. Single function words that
//! stay between two changes are taken into the change, since islands of "the" and "of" hide what happened. Both sides
//! hold each of their words exactly once, in order. `O((n + m) d)` in the words and the differences.

use similar::{Algorithm, DiffOp as Step, capture_diff_slices};

use super::reuse::streams::aliases::Aliases;
use super::reuse::streams::keys::one_spelling;
use super::statements::english::is_function_word;
use crate::codebook::Codebook;
use crate::text::compare::fold_word;
use crate::text::{ByteRange, Token, tokens};

/// One step of a diff. Ranges point into the texts of the two documents and cover the words and what stands between
/// them inside the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffOp {
    Equal { old: ByteRange, new: ByteRange },
    Delete { old: ByteRange },
    Insert { new: ByteRange },
    Replace { old: ByteRange, new: ByteRange },
}

/// The word diff of two passages, each a list of ranges into its text.
///
/// ```
/// use throughline::analysis::diff::{DiffOp, diff_words};
/// use throughline::codebook::Codebook;
/// use throughline::text::ByteRange;
/// let (old, new) = ("We support the programme", "We fully support the program");
/// let whole = |text: &str| [ByteRange::new(0, text.len())];
/// let diff = diff_words(old, &whole(old), new, &whole(new), &Codebook::built_in());
/// let inserted: Vec<&str> = diff.iter().filter_map(|op| match op {
///     DiffOp::Insert { new: range } => Some(range.of(new)),
///     _ => None,
/// }).collect();
/// assert_eq!((diff.len(), inserted), (3, vec!["fully"]));
/// ```
pub fn diff_words(
    old: &str,
    old_ranges: &[ByteRange],
    new: &str,
    new_ranges: &[ByteRange],
    codebook: &Codebook,
) -> Vec<DiffOp> {
    WordDiff::new(codebook).diff(old, old_ranges, new, new_ranges)
}

/// A codebook's aliases, ready for many diffs.
pub struct WordDiff {
    aliases: Aliases,
}

/// A word, or several that are one name, in comparison form.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub range: ByteRange,
    pub key: String,
    /// Number of the range it lies in; a step never reaches from one into the next.
    pub piece: usize,
}

impl WordDiff {
    pub fn new(codebook: &Codebook) -> Self {
        Self { aliases: Aliases::new(codebook) }
    }

    /// See [`diff_words`].
    pub fn diff(&self, old: &str, old_ranges: &[ByteRange], new: &str, new_ranges: &[ByteRange]) -> Vec<DiffOp> {
        let (old, new) = (self.units(old, old_ranges), self.units(new, new_ranges));
        let keys = |units: &[Unit]| units.iter().map(|unit| unit.key.clone()).collect::<Vec<_>>();
        let steps = capture_diff_slices(Algorithm::Myers, &keys(&old), &keys(&new));
        let mut ops = Vec::new();
        for span in without_islands(&spans(&steps), &old) {
            span.write(&old, &new, &mut ops);
        }
        ops
    }

    /// The words of `ranges` in comparison form.
    pub(super) fn units(&self, text: &str, ranges: &[ByteRange]) -> Vec<Unit> {
        let mut units = Vec::new();
        for (piece, &range) in ranges.iter().enumerate() {
            let words: Vec<Token> = tokens(text, range).collect();
            let mut at = 0;
            while let Some(word) = words.get(at) {
                let rest = words.get(at..).unwrap_or_default();
                let alias = self.aliases.longest(text, rest).filter(|alias| alias.n_words > 0);
                let n_words = alias.as_ref().map_or(1, |alias| alias.n_words);
                let last = words.get(at + n_words - 1).unwrap_or(word);
                let key = match alias.and_then(|alias| self.aliases.group(alias.group)) {
                    Some(group) => group.key_text.clone(),
                    None => one_spelling(&fold_word(word.range.of(text))).into_owned(),
                };
                units.push(Unit { range: word.range.cover(last.range), key, piece });
                at += n_words;
            }
        }
        units
    }
}

/// A step in indices of units.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    is_equal: bool,
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

fn spans(steps: &[Step]) -> Vec<Span> {
    steps
        .iter()
        .map(|step| Span { is_equal: matches!(step, Step::Equal { .. }), old: step.old_range(), new: step.new_range() })
        .collect()
}

/// Takes runs of at most two function words that stay between two changes into the change; joins changes that touch.
fn without_islands(spans: &[Span], old: &[Unit]) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for (idx, span) in spans.iter().enumerate() {
        let words = old.get(span.old.clone()).unwrap_or_default();
        let is_inside = idx > 0 && idx + 1 < spans.len();
        let is_island =
            span.is_equal && is_inside && words.len() <= 2 && words.iter().all(|unit| is_function_word(&unit.key));
        let is_equal = span.is_equal && !is_island;
        match joined.last_mut().filter(|last| !last.is_equal && !is_equal) {
            Some(last) => {
                last.old.end = span.old.end;
                last.new.end = span.new.end;
            }
            None => joined.push(Span { is_equal, ..span.clone() }),
        }
    }
    joined
}

impl Span {
    /// Writes the step as operations, cut where a side goes on in another range.
    fn write(&self, old: &[Unit], new: &[Unit], ops: &mut Vec<DiffOp>) {
        let (old, new) = (old.get(self.old.clone()).unwrap_or_default(), new.get(self.new.clone()).unwrap_or_default());
        if self.is_equal {
            let mut start = 0;
            for end in 1..=old.len().min(new.len()) {
                let is_cut = |units: &[Unit]| units.get(end).is_none_or(|next| next.piece != units[end - 1].piece);
                if is_cut(old) || is_cut(new) {
                    ops.push(DiffOp::Equal { old: cover(&old[start..end]), new: cover(&new[start..end]) });
                    start = end;
                }
            }
            return;
        }
        let mut old_pieces = old.chunk_by(|left, right| left.piece == right.piece).map(cover);
        let mut new_pieces = new.chunk_by(|left, right| left.piece == right.piece).map(cover);
        loop {
            match (old_pieces.next(), new_pieces.next()) {
                (Some(old), Some(new)) => ops.push(DiffOp::Replace { old, new }),
                (Some(old), None) => ops.push(DiffOp::Delete { old }),
                (None, Some(new)) => ops.push(DiffOp::Insert { new }),
                (None, None) => break,
            }
        }
    }
}

fn cover(units: &[Unit]) -> ByteRange {
    match (units.first(), units.last()) {
        (Some(first), Some(last)) => first.range.cover(last.range),
        _ => ByteRange::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        let whole = |text: &str| [ByteRange::new(0, text.len())];
        diff_words(old, &whole(old), new, &whole(new), &Codebook::built_in())
            .iter()
            .map(|op| match op {
                DiffOp::Equal { old: range, .. } => format!("={}", range.of(old)),
                DiffOp::Delete { old: range } => format!("-{}", range.of(old)),
                DiffOp::Insert { new: range } => format!("+{}", range.of(new)),
                DiffOp::Replace { old: before, new: after } => format!("{}>{}", before.of(old), after.of(new)),
            })
            .collect()
    }

    #[test]
    fn case_spelling_and_aliases_are_no_difference() {
        assert_eq!(shown("The DPRK’s programme", "the North Korea programs"), ["=The DPRK’s", "programme>programs"]);
        assert_eq!(shown("a DPRK programme", "a North Korea program"), ["=a DPRK programme"]);
    }

    #[test]
    fn lone_function_words_do_not_break_a_change() {
        assert_eq!(
            shown("We fear the loss of wool today", "We fear the price of bread today"),
            ["=We fear the", "loss of wool>price of bread", "=today"]
        );
    }

    #[test]
    fn a_step_stays_inside_its_range() {
        let (old, new) = ("one two he said three", "one two three");
        let ranges = [ByteRange::new(0, 7), ByteRange::new(16, 21)];
        let diff = diff_words(old, &ranges, new, &[ByteRange::new(0, new.len())], &Codebook::default());
        let equal = |op: &DiffOp| matches!(op, DiffOp::Equal { old: range, .. } if !range.of(old).contains("said"));
        assert!(diff.len() == 2 && diff.iter().all(equal), "{diff:?}");
    }
}
