//! Formulas that two places share: an anchor grown to both sides over small gaps.
//!
//! Greedy: the nearest next pair of equal words wins, gaps inside the budget of [`gap_budget`], and what stands
//! behind a gap must carry meaning. Every result is cut to where a formula may begin and end. `O(l)` in the length
//! of the formula for each pair of places.

use rustc_hash::FxHashSet;

use super::index::{Anchor, AnchorIndex};
use super::keys::Key;
use super::pattern::{MAX_GAP, Substance, gap_budget, may_step, trimmed};
use super::stream::{Streams, Word};
use super::weights::Class;

/// Words that two documents share, as pairs of word indices.
type Chain = Vec<(usize, usize)>;

/// In larger groups every place is compared with its neighbors in the list alone.
const MAX_ALL_PAIRS: usize = 12;

/// The formulas that any two documents share, as sequences of keys, each once, in a fixed order.
pub(super) fn shared_patterns(streams: &Streams<'_>, index: &AnchorIndex) -> Vec<Vec<Key>> {
    let mut patterns = FxHashSet::default();
    let mut chains_seen = FxHashSet::default();
    for group in index.groups() {
        for (left_idx, left) in group.iter().enumerate() {
            let reach = if group.len() <= MAX_ALL_PAIRS { group.len() } else { 3 };
            for right in group.iter().skip(left_idx + 1).take(reach) {
                if left.place.document_idx == right.place.document_idx {
                    continue;
                }
                if let Some(pattern) = shared_pattern(streams, left, right, &mut chains_seen) {
                    patterns.insert(pattern);
                }
            }
        }
    }
    let mut patterns: Vec<Vec<Key>> = patterns.into_iter().collect();
    patterns.sort_unstable();
    patterns
}

/// The formula around two equal anchors, if it is worth keeping.
fn shared_pattern(
    streams: &Streams<'_>,
    left: &Anchor,
    right: &Anchor,
    chains_seen: &mut FxHashSet<(u32, u32, usize, usize, usize)>,
) -> Option<Vec<Key>> {
    let left_words = &streams.streams.get(left.place.document_idx as usize)?.words;
    let right_words = &streams.streams.get(right.place.document_idx as usize)?.words;
    let chain = grow(left_words, right_words, anchor_chain(left_words, right_words, left, right)?);
    let words: Vec<&Word> = chain.iter().map(|&(left_idx, _)| &left_words[left_idx]).collect();
    // A name in one text may be written as no name in the other; the weaker reading counts.
    let (start, end) = trimmed(streams, &words);
    let (first, last) = (chain.get(start)?, chain.get(end.checked_sub(1)?)?);
    if !chains_seen.insert((left.place.document_idx, right.place.document_idx, first.0, first.1, last.0)) {
        return None;
    }
    let kept = &words[start..end];
    let is_name_in_right = |idx: usize| {
        chain
            .get(start + idx)
            .and_then(|&(_, right_idx)| right_words.get(right_idx))
            .is_some_and(|word| word.class == Class::Name)
    };
    let weakest = kept.iter().enumerate().map(|(idx, word)| {
        let mut word = **word;
        if is_name_in_right(idx) {
            word.class = Class::Name;
        }
        word
    });
    let weakest: Vec<Word> = weakest.collect();
    Substance::of(streams, weakest.iter()).is_enough().then(|| kept.iter().map(|word| word.key).collect())
}

/// The anchor's own pairs of words. The same words may lie at other distances in the two places.
fn anchor_chain(left_words: &[Word], right_words: &[Word], left: &Anchor, right: &Anchor) -> Option<Chain> {
    let (left_start, right_start) = (left.place.word_idx as usize, right.place.word_idx as usize);
    let mut chain = vec![(left_start, right_start)];
    for (&left_offset, &right_offset) in left.offsets.iter().zip(&right.offsets) {
        if left_offset > 0 && right_offset > 0 {
            chain.push((left_start + usize::from(left_offset), right_start + usize::from(right_offset)));
        }
    }
    // Function words that both hold inside a pair belong to the formula: "pressure on", "resolve the".
    let mut full = Vec::with_capacity(chain.len() + 2);
    for pair in chain.windows(2) {
        let ((left_from, right_from), (left_to, right_to)) = (pair[0], pair[1]);
        full.push(pair[0]);
        let mut right_next = right_from + 1;
        for left_idx in left_from + 1..left_to {
            let key = left_words.get(left_idx)?.key;
            if let Some(offset) = right_words.get(right_next..right_to)?.iter().position(|word| word.key == key) {
                full.push((left_idx, right_next + offset));
                right_next += offset + 1;
            }
        }
    }
    full.push(*chain.last()?);
    Some(full)
}

/// Grows a chain to the right, then to the left.
fn grow(left_words: &[Word], right_words: &[Word], mut chain: Chain) -> Chain {
    let mut n_gaps = gaps_of(&chain);
    while let Some(&(left, right)) = chain.last() {
        let Some((gap_left, gap_right)) = step(left_words, right_words, left, right, chain.len(), n_gaps, true) else {
            break;
        };
        n_gaps += gap_left.max(gap_right);
        chain.push((left + 1 + gap_left, right + 1 + gap_right));
    }
    chain.reverse();
    while let Some(&(left, right)) = chain.last() {
        let Some((gap_left, gap_right)) = step(left_words, right_words, left, right, chain.len(), n_gaps, false) else {
            break;
        };
        n_gaps += gap_left.max(gap_right);
        chain.push((left - 1 - gap_left, right - 1 - gap_right));
    }
    chain.reverse();
    chain
}

fn gaps_of(chain: &[(usize, usize)]) -> usize {
    chain.windows(2).map(|pair| (pair[1].0 - pair[0].0 - 1).max(pair[1].1 - pair[0].1 - 1)).sum()
}

/// The smallest pair of gaps after which the two texts go on with the same word.
fn step(
    left_words: &[Word],
    right_words: &[Word],
    left: usize,
    right: usize,
    n_words: usize,
    n_gaps: usize,
    is_forward: bool,
) -> Option<(usize, usize)> {
    for total in 0..=2 * MAX_GAP {
        for gap_left in total.saturating_sub(MAX_GAP)..=total.min(MAX_GAP) {
            let gap_right = total - gap_left;
            let gap = gap_left.max(gap_right);
            // The word behind the gap counts as one of the formula.
            if gap > 0 && n_gaps + gap > gap_budget(n_words + 1) {
                continue;
            }
            let (Some(left_span), Some(right_span)) =
                (span(left_words, left, gap_left, is_forward), span(right_words, right, gap_right, is_forward))
            else {
                continue;
            };
            let (Some(left_next), Some(right_next)) = (landing(left_span, is_forward), landing(right_span, is_forward))
            else {
                continue;
            };
            let is_match = left_next.key == right_next.key
                && (gap == 0 || matches!(left_next.class, Class::Content | Class::Name))
                && crossable(left_span, n_words + 1, gap, is_forward)
                && crossable(right_span, n_words + 1, gap, is_forward);
            if is_match {
                return Some((gap_left, gap_right));
            }
        }
    }
    None
}

/// The words from beside `at` over `gap` words to the next match; backward the word at `at` is in it too, since
/// breaks stand before words.
fn span(words: &[Word], at: usize, gap: usize, is_forward: bool) -> Option<&[Word]> {
    if is_forward { words.get(at + 1..at + 2 + gap) } else { words.get(at.checked_sub(1 + gap)?..=at) }
}

fn landing(span: &[Word], is_forward: bool) -> Option<&Word> {
    if is_forward { span.last() } else { span.first() }
}

fn crossable(span: &[Word], n_words: usize, gap: usize, is_forward: bool) -> bool {
    let crossed = if is_forward { span } else { &span[1..] };
    if gap > 0 {
        crossed.iter().all(|word| word.before == super::stream::Break::None)
    } else {
        may_step(crossed, n_words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::fixture::{codebook, corpus, spelled};

    fn patterns(texts: &[&str]) -> Vec<String> {
        let corpus = corpus(texts);
        let streams = Streams::new(&corpus, &codebook());
        let index = AnchorIndex::new(&streams);
        shared_patterns(&streams, &index).iter().map(|keys| spelled(&streams, keys)).collect()
    }

    #[test]
    fn formulas_grow_over_small_gaps_to_where_they_may_end() {
        for (left, right, wanted) in [
            (
                "Ferries need binding arbitration for dockers.",
                "A binding arbitration for all dockers",
                "bind arbitr for docker",
            ),
            (
                "They tighten the herring embargo at sea.",
                "Who will tighten a herring embargo?",
                "tighten herring embargo",
            ),
            (
                "We are of course worried about ferries.",
                "We are of course also worried about eels.",
                "we are of cours worri about",
            ),
        ] {
            assert_eq!(patterns(&[left, right]), [wanted], "{left}");
        }
    }

    #[test]
    fn one_article_shares_nothing_with_itself() {
        assert_eq!(patterns(&["Binding arbitration today.\nBinding arbitration tomorrow.", "Eels."]), [""; 0]);
    }
}
