//! Formulas that two places share: an anchor grown to both sides over small gaps.
//!
//! Greedy: the nearest next pair of equal words wins, gaps inside the budget of [`gap_budget`], and what stands
//! behind a gap must carry meaning. Every result is cut to where a formula may begin and end. An anchor inside a run of
//! equal words grows from that run, so that all anchors of a run give the same formula and it is grown once. `O(l)` in the
//! length of the formula for each pair of runs.

use rustc_hash::FxHashMap;

use super::anchors::Anchors;
use super::groups::Place;
use super::pattern::{MAX_GAP, Substance, gap_budget, may_step, trimmed};
use super::stories::Labels;
use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::keys::Key;
use crate::analysis::reuse::streams::lexicon::Class;
use crate::analysis::reuse::streams::words::{Break, Word};

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
    room: Room,
}

/// Room that one group leaves to the next.
#[derive(Default)]
struct Room {
    rooted: Vec<Rooted>,
    found: Vec<PatternIdx>,
    chain: Chain,
    words: Vec<Word>,
    keys: Vec<Key>,
}

/// How many runs are remembered.
const MAX_RUNS: usize = 1 << 16;

/// A place with the offsets of the anchor's words; an anchor may begin at one word in several ways.
type Rooted = (Place, [u8; 3]);

impl<'a> Grower<'a> {
    pub fn new(streams: &'a Streams) -> Self {
        let (numbers, runs) = (FxHashMap::default(), FxHashMap::default());
        Self { streams, numbers, n_patterns: 0, runs, room: Room::default() }
    }

    /// The formulas that pairs of places of a group share, each once, in no order.
    ///
    /// It depends on the group alone: which places it has, and which of them are copies.
    pub fn patterns(&mut self, stories: &Labels, hash: u64, places: &[Place]) -> &[PatternIdx] {
        let (mut rooted, mut found) = (std::mem::take(&mut self.room.rooted), std::mem::take(&mut self.room.found));
        rooted.clear();
        found.clear();
        for &place in places {
            let anchors = Anchors::at(&self.streams.keys, self.streams.words(place.slot()), place.word_idx());
            let same = anchors.iter().filter(|anchor| anchor.hash == hash);
            rooted.extend(same.map(|anchor| (place, anchor.offsets)));
        }
        let reach = if places.len() <= MAX_ALL_PAIRS { rooted.len() } else { N_NEIGHBORS };
        for (left_idx, left) in rooted.iter().enumerate() {
            for right in rooted[left_idx + 1..].iter().take(reach) {
                let slots = [left, right].map(|(place, _)| place.slot());
                if slots[0] != slots[1] && stories.of(slots[0]) != stories.of(slots[1]) {
                    found.extend(self.grow_pair(left, right));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        self.room.rooted = rooted;
        self.room.found = found;
        &self.room.found
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
            let is_chain = anchor_chain(left_words, right_words, left, right, &mut self.room.chain);
            return if is_chain { self.grow_chain(left_words, right_words) } else { None };
        }
        let at = (self.streams.position(left.0.slot(), run.0), self.streams.position(right.0.slot(), run.1));
        if let Some(&known) = self.runs.get(&at) {
            return known;
        }
        self.room.chain.clear();
        self.room.chain.extend((0..run.2).map(|offset| (run.0 + offset, run.1 + offset)));
        let grown = self.grow_chain(left_words, right_words);
        if self.runs.len() >= MAX_RUNS {
            self.runs.clear();
        }
        self.runs.insert(at, grown);
        grown
    }

    /// The formula around the chain of equal words at hand, if it is worth keeping.
    fn grow_chain(&mut self, left_words: &[Word], right_words: &[Word]) -> Option<PatternIdx> {
        let Room { chain, words, keys, .. } = &mut self.room;
        grow(left_words, right_words, chain);
        words.clear();
        words.extend(chain.iter().map(|&(left_idx, _)| left_words[left_idx]));
        let (start, end) = trimmed(self.streams, words);
        let kept = words.get(start..end)?;
        // A name in one text may be written as no name in the other; the weaker reading counts.
        let weakest = kept.iter().zip(&chain[start..]).map(|(word, &(_, right_idx))| {
            let mut word = *word;
            if right_words[right_idx].class == Class::Name {
                word.class = Class::Name;
            }
            word
        });
        if !Substance::of(self.streams, weakest).is_enough(self.streams) {
            return None;
        }
        keys.clear();
        keys.extend(kept.iter().map(|word| word.key));
        if let Some(&number) = self.numbers.get(keys.as_slice()) {
            return Some(number);
        }
        let number = self.n_patterns;
        self.n_patterns += 1;
        self.numbers.insert(keys.as_slice().into(), number);
        Some(number)
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

/// Puts the anchor's own pairs of words into `chain`. The same words may lie at other distances in the two places. `false`
/// where the anchor runs over an end.
fn anchor_chain(
    left_words: &[Word],
    right_words: &[Word],
    (left_place, left_offsets): &Rooted,
    (right_place, right_offsets): &Rooted,
    chain: &mut Chain,
) -> bool {
    let (left_start, right_start) = (left_place.word_idx(), right_place.word_idx());
    let (mut left_from, mut right_from) = (left_start, right_start);
    chain.clear();
    for (&left_offset, &right_offset) in left_offsets.iter().zip(right_offsets) {
        if left_offset == 0 || right_offset == 0 {
            continue;
        }
        let (left_to, right_to) = (left_start + usize::from(left_offset), right_start + usize::from(right_offset));
        chain.push((left_from, right_from));
        // Function words that both hold inside a pair belong to the formula: "pressure on", "resolve the".
        let mut right_next = right_from + 1;
        for left_idx in left_from + 1..left_to {
            let (Some(word), Some(rest)) = (left_words.get(left_idx), right_words.get(right_next..right_to)) else {
                return false;
            };
            if let Some(offset) = rest.iter().position(|other| other.key == word.key) {
                chain.push((left_idx, right_next + offset));
                right_next += offset + 1;
            }
        }
        (left_from, right_from) = (left_to, right_to);
    }
    chain.push((left_from, right_from));
    true
}

/// Grows a chain to the right, then to the left.
fn grow(left_words: &[Word], right_words: &[Word], chain: &mut Chain) {
    let mut n_gaps = gaps_of(chain);
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
    // The word behind the gap counts as one of the formula.
    let n_words = n_words + 1;
    let (left_next, right_next) =
        (landing(left_words, left, 0, is_forward)?, landing(right_words, right, 0, is_forward)?);
    let is_match = left_next.key == right_next.key
        && may_step(&[crossed(left_words, left, 0, is_forward)?], n_words)
        && may_step(&[crossed(right_words, right, 0, is_forward)?], n_words);
    if is_match {
        return Some((0, 0));
    }
    let max_gap = gap_budget(n_words).saturating_sub(n_gaps).min(MAX_GAP);
    if max_gap == 0 {
        return None;
    }
    let left_max = widest_gap(left_words, left, max_gap, is_forward)?;
    let right_max = widest_gap(right_words, right, max_gap, is_forward)?;
    for total in 1..=left_max + right_max {
        for gap_left in total.saturating_sub(right_max)..=total.min(left_max) {
            let gap_right = total - gap_left;
            let left_next = landing(left_words, left, gap_left, is_forward)?;
            let right_next = landing(right_words, right, gap_right, is_forward)?;
            if left_next.key == right_next.key && left_next.is_strong() {
                return Some((gap_left, gap_right));
            }
        }
    }
    None
}

/// The word behind a gap of so many words.
fn landing(words: &[Word], at: usize, gap: usize, is_forward: bool) -> Option<&Word> {
    words.get(if is_forward { at + 1 + gap } else { at.checked_sub(1 + gap)? })
}

/// The word whose break the last step over such a gap crosses: breaks stand before words.
fn crossed(words: &[Word], at: usize, gap: usize, is_forward: bool) -> Option<Word> {
    words.get(if is_forward { at + 1 + gap } else { at.checked_sub(gap)? }).copied()
}

/// The widest gap up to `max_gap` with a word behind it and no break in it; `None` where even the next word stands
/// behind a break.
fn widest_gap(words: &[Word], at: usize, max_gap: usize, is_forward: bool) -> Option<usize> {
    let is_open = |gap: &usize| {
        landing(words, at, *gap, is_forward).is_some()
            && crossed(words, at, *gap, is_forward).is_some_and(|word| word.before == Break::None)
    };
    (0..=max_gap).take_while(is_open).last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus, spelled};
    use crate::analysis::reuse::families::groups::Groups;
    use crate::analysis::reuse::families::postings::Postings;
    use crate::analysis::reuse::families::stories::Stories;

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
