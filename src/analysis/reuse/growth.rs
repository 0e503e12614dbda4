//! Formulas that two places share: an anchor grown to both sides over small gaps.
//!
//! Greedy: the nearest next pair of equal words wins, gaps inside the budget of [`gap_budget`], and what stands
//! behind a gap must carry meaning. Every result is cut to where a formula may begin and end. An anchor inside a run of
//! equal words grows from that run, so that all anchors of a run give the same formula and it is grown once. `O(l)` in the
//! length of the formula for each pair of runs.

use rustc_hash::FxHashMap;

use super::anchors::Anchors;
use super::groups::Place;
use super::keys::Key;
use super::lexicon::Class;
use super::pattern::{MAX_GAP, Substance, gap_budget, may_step, trimmed};
use super::stories::Labels;
use super::streams::Streams;
use super::words::{Break, Word};

/// Words that two documents share, as pairs of word indices.
type Chain = Vec<(usize, usize)>;

/// In larger groups every place is compared with its neighbors in the list alone.
const MAX_ALL_PAIRS: usize = 12;
/// How many neighbors.
const N_NEIGHBORS: usize = 3;

/// The number of a pattern in one [`Grower`].
pub(super) type PatternIdx = u32;

/// Grows the formulas of groups; remembers what runs gave, so that each is grown once.
pub(super) struct Grower<'a> {
    streams: &'a Streams,
    numbers: FxHashMap<Box<[Key]>, PatternIdx>,
    n_patterns: PatternIdx,
    /// The formula of two runs of equal words, by the positions where they begin. A memory of a pure function, so it may
    /// be forgotten at any time.
    runs: FxHashMap<(u32, u32), Option<PatternIdx>>,
    rooted: Vec<Rooted>,
}

/// How many runs are remembered.
const MAX_RUNS: usize = 1 << 16;

/// A place with the offsets of the anchor's words; an anchor may begin at one word in several ways.
type Rooted = (Place, [u8; 3]);

impl<'a> Grower<'a> {
    pub fn new(streams: &'a Streams) -> Self {
        Self { streams, numbers: FxHashMap::default(), n_patterns: 0, runs: FxHashMap::default(), rooted: Vec::new() }
    }

    /// The formulas that pairs of places of a group share, each once, in no order.
    ///
    /// It depends on the group alone: which places it has, and which of them are copies.
    pub fn patterns(&mut self, stories: &Labels, hash: u64, places: &[Place]) -> Vec<PatternIdx> {
        let mut rooted = std::mem::take(&mut self.rooted);
        rooted.clear();
        for &place in places {
            let anchors = Anchors::at(&self.streams.keys, self.streams.words(place.slot()), place.word_idx());
            let same = anchors.iter().filter(|anchor| anchor.hash == hash);
            rooted.extend(same.map(|anchor| (place, anchor.offsets)));
        }
        let mut patterns = Vec::new();
        let reach = if places.len() <= MAX_ALL_PAIRS { rooted.len() } else { N_NEIGHBORS };
        for (left_idx, left) in rooted.iter().enumerate() {
            for right in rooted[left_idx + 1..].iter().take(reach) {
                let slots = [left, right].map(|(place, _)| place.slot());
                if slots[0] != slots[1] && stories.of(slots[0]) != stories.of(slots[1]) {
                    patterns.extend(self.grow_pair(left, right));
                }
            }
        }
        self.rooted = rooted;
        patterns.sort_unstable();
        patterns.dedup();
        patterns
    }

    /// All patterns so far, with their numbers, in no order.
    pub fn into_patterns(self) -> impl Iterator<Item = (Box<[Key]>, PatternIdx)> {
        self.numbers.into_iter()
    }

    fn grow_pair(&mut self, left: &Rooted, right: &Rooted) -> Option<PatternIdx> {
        let (left_words, right_words) = (self.streams.words(left.0.slot()), self.streams.words(right.0.slot()));
        let run = common_run(left_words, right_words, left.0.word_idx(), right.0.word_idx());
        let last_offset = left.1.iter().copied().max().map_or(0, usize::from);
        let is_inside = left.1 == right.1 && left.0.word_idx() + last_offset < run.0 + run.2;
        if !is_inside {
            let chain = anchor_chain(left_words, right_words, left, right)?;
            return pattern_of(self.streams, left_words, right_words, chain).map(|keys| self.number(keys));
        }
        let at = (self.streams.position(left.0.slot(), run.0), self.streams.position(right.0.slot(), run.1));
        if let Some(&known) = self.runs.get(&at) {
            return known;
        }
        let chain = (0..run.2).map(|offset| (run.0 + offset, run.1 + offset)).collect();
        let grown = pattern_of(self.streams, left_words, right_words, chain).map(|keys| self.number(keys));
        if self.runs.len() >= MAX_RUNS {
            self.runs.clear();
        }
        self.runs.insert(at, grown);
        grown
    }

    fn number(&mut self, keys: Box<[Key]>) -> PatternIdx {
        *self.numbers.entry(keys).or_insert_with(|| {
            self.n_patterns += 1;
            self.n_patterns - 1
        })
    }
}

/// The longest run of equal words around two places with nothing but white space between its words: where it begins in
/// either stream, and its length.
fn common_run(left_words: &[Word], right_words: &[Word], left: usize, right: usize) -> (usize, usize, usize) {
    let is_open =
        |left: usize, right: usize| left_words[left].before == Break::None && right_words[right].before == Break::None;
    let mut n_before = 0;
    while n_before < left.min(right)
        && is_open(left - n_before, right - n_before)
        && left_words[left - n_before - 1].key == right_words[right - n_before - 1].key
    {
        n_before += 1;
    }
    let (left_start, right_start) = (left - n_before, right - n_before);
    let behind = left_words[left + 1..].iter().zip(&right_words[right + 1..]);
    let n_behind =
        behind.take_while(|(l, r)| l.key == r.key && l.before == Break::None && r.before == Break::None).count();
    (left_start, right_start, n_before + 1 + n_behind)
}

/// The formula around a chain of equal words, if it is worth keeping.
fn pattern_of(streams: &Streams, left_words: &[Word], right_words: &[Word], chain: Chain) -> Option<Box<[Key]>> {
    let chain = grow(left_words, right_words, chain);
    let words: Vec<&Word> = chain.iter().map(|&(left_idx, _)| &left_words[left_idx]).collect();
    let (start, end) = trimmed(streams, &words);
    let kept = words.get(start..end)?;
    // A name in one text may be written as no name in the other; the weaker reading counts.
    let weakest = kept.iter().zip(&chain[start..]).map(|(word, &(_, right_idx))| {
        let mut word = **word;
        if right_words[right_idx].class == Class::Name {
            word.class = Class::Name;
        }
        word
    });
    let is_enough = Substance::of(streams, weakest).is_enough(streams);
    is_enough.then(|| kept.iter().map(|word| word.key).collect())
}

/// The anchor's own pairs of words. The same words may lie at other distances in the two places.
fn anchor_chain(
    left_words: &[Word],
    right_words: &[Word],
    (left_place, left_offsets): &Rooted,
    (right_place, right_offsets): &Rooted,
) -> Option<Chain> {
    let (left_start, right_start) = (left_place.word_idx(), right_place.word_idx());
    let mut chain = vec![(left_start, right_start)];
    for (&left_offset, &right_offset) in left_offsets.iter().zip(right_offsets) {
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
                && (gap == 0 || left_next.is_strong())
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
    if gap > 0 { crossed.iter().all(|word| word.before == Break::None) } else { may_step(crossed, n_words) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::fixture::{codebook, corpus, spelled};
    use crate::analysis::reuse::groups::Groups;
    use crate::analysis::reuse::postings::Postings;
    use crate::analysis::reuse::stories::Stories;

    fn patterns(texts: &[&str]) -> Vec<String> {
        let corpus = corpus(texts);
        let streams = Streams::of(&corpus, &codebook());
        let stories = Stories::new(&streams);
        let stories = stories.labels();
        let groups = Groups::new(&streams, stories, &Postings::new(&streams));
        let mut grower = Grower::new(&streams);
        for (hash, places) in groups.iter() {
            grower.patterns(stories, hash, places);
        }
        let mut patterns: Vec<String> = grower.into_patterns().map(|(keys, _)| spelled(&streams, &keys)).collect();
        patterns.sort_unstable();
        patterns
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
