//! Stories: articles that are copies of one another, such as one agency report in several papers.
//!
//! Two articles tell the same story where four fifths of the shorter one's words lie in runs that the longer one has
//! too, and the longer is at most twice as long; a story is what such pairs connect. Pairs to look at come from bottom-k
//! sketches of runs of words (Broder 1997), so copies are found without comparing all with all. What copies share is no
//! reuse: a phrase needs two stories. `O(n)` in words, and a comparison for each pair that shares a part of its sketch.

use std::hash::BuildHasher as _;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::keys::mixed;

/// Words of a run in a sketch and in the comparison.
const RUN: usize = 5;
/// Hashes in a sketch.
const SKETCH: usize = 16;
/// Hashes that two sketches share at least; copies share ten and more on average.
const MIN_SHARED: usize = 3;
/// Shorter articles have no story to tell: what two of them share is a phrase.
const MIN_WORDS: usize = 100;
/// The share of the shorter article's words that the longer one repeats.
const MIN_COVERED: f32 = 0.8;
/// How many times as long the longer one may be.
const MAX_RATIO: usize = 2;

/// The story of each slot. The numbers say nothing but which are equal.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels(Vec<u32>);

impl Labels {
    /// The story of an article. Equal for copies, and for nothing else.
    pub fn of(&self, slot: usize) -> u32 {
        self.0.get(slot).copied().unwrap_or(u32::MAX)
    }

    /// Number of different stories that slots tell.
    pub fn n_stories(&self, slots: impl Iterator<Item = u32>) -> usize {
        let mut few = [0; 8];
        let mut n_few = 0;
        let mut slots = slots.map(|slot| self.of(slot as usize));
        for label in slots.by_ref() {
            if few[..n_few].contains(&label) {
                continue;
            }
            if n_few == few.len() {
                // Too many to look through one by one.
                let mut told: Vec<u32> = few.into_iter().chain([label]).chain(slots).collect();
                told.sort_unstable();
                told.dedup();
                return told.len();
            }
            few[n_few] = label;
            n_few += 1;
        }
        n_few
    }
}

/// Which articles are copies of which.
#[derive(Clone, Debug, Default)]
pub(super) struct Stories {
    sketches: Vec<Box<[u64]>>,
    slots_by_hash: FxHashMap<u64, Vec<u32>>,
    labels: Labels,
    members: FxHashMap<u32, Vec<u32>>,
    next_label: u32,
}

impl Stories {
    /// The stories of all slots.
    pub fn new(streams: &Streams) -> Self {
        let slots: Vec<usize> = streams.live().collect();
        let sketches: Vec<Box<[u64]>> = slots.par_iter().map(|&slot| sketch(streams, slot)).collect();
        let mut stories = Self::default();
        for (slot, sketch) in slots.into_iter().zip(sketches) {
            stories.take_in(streams, slot, sketch);
        }
        stories
    }

    /// The story of every article.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The stories that several articles tell, as slots in no order.
    pub fn told_twice(&self) -> impl Iterator<Item = &[u32]> {
        self.members.values().filter(|members| members.len() > 1).map(Vec::as_slice)
    }

    /// Takes an article in. Returns the other slots whose story is another now, since the article joins two stories.
    pub fn add(&mut self, streams: &Streams, slot: usize) -> Vec<usize> {
        let sketch = sketch(streams, slot);
        self.take_in(streams, slot, sketch)
    }

    /// Takes an article out. Returns the other slots whose story is another now, since only the article joined them.
    pub fn remove(&mut self, streams: &Streams, slot: usize) -> Vec<usize> {
        for hash in std::mem::take(&mut self.sketches[slot]) {
            if let Some(slots) = self.slots_by_hash.get_mut(&hash) {
                slots.retain(|&other| other as usize != slot);
            }
        }
        let label = self.labels.of(slot);
        let mut rest = self.members.remove(&label).unwrap_or_default();
        rest.retain(|&other| other as usize != slot);
        let mut parts: Vec<Vec<u32>> = Vec::new();
        while let Some(first) = rest.pop() {
            let mut part = vec![first];
            let mut at = 0;
            while let Some(&member) = part.get(at) {
                let (near, far) =
                    rest.into_iter().partition::<Vec<u32>, _>(|&other| self.is_pair(streams, member, other));
                part.extend(near);
                rest = far;
                at += 1;
            }
            parts.push(part);
        }
        // The largest part keeps the label.
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        let mut changed = Vec::new();
        for (idx, part) in parts.into_iter().enumerate() {
            let label = if idx == 0 { label } else { self.fresh_label() };
            for &member in &part {
                self.labels.0[member as usize] = label;
            }
            if idx > 0 {
                changed.extend(part.iter().map(|&member| member as usize));
            }
            self.members.insert(label, part);
        }
        changed
    }

    fn take_in(&mut self, streams: &Streams, slot: usize, sketch: Box<[u64]>) -> Vec<usize> {
        let number = u32::try_from(slot).unwrap_or(u32::MAX);
        let mut label = self.fresh_label();
        self.labels.0.resize(self.labels.0.len().max(slot + 1), u32::MAX);
        self.sketches.resize(self.sketches.len().max(slot + 1), Box::default());
        self.labels.0[slot] = label;
        self.members.insert(label, vec![number]);
        let mut n_shared: FxHashMap<u32, usize> = FxHashMap::default();
        for hash in &sketch {
            let slots = self.slots_by_hash.entry(*hash).or_default();
            for &other in slots.iter() {
                *n_shared.entry(other).or_default() += 1;
            }
            slots.push(number);
        }
        self.sketches[slot] = sketch;
        let mut near: Vec<u32> =
            n_shared.into_iter().filter(|(_, n_shared)| *n_shared >= MIN_SHARED).map(|(other, _)| other).collect();
        near.sort_unstable();
        let mut changed = Vec::new();
        for other in near {
            let other_label = self.labels.of(other as usize);
            if other_label == label || !is_copy(streams, slot, other as usize) {
                continue;
            }
            let n_members = |label| self.members.get(&label).map_or(0, Vec::len);
            let (kept, gone) =
                if n_members(other_label) >= n_members(label) { (other_label, label) } else { (label, other_label) };
            let moved = self.members.remove(&gone).unwrap_or_default();
            for &member in &moved {
                self.labels.0[member as usize] = kept;
            }
            changed.extend(moved.iter().map(|&member| member as usize).filter(|&member| member != slot));
            self.members.entry(kept).or_default().extend(moved);
            label = kept;
        }
        changed
    }

    fn fresh_label(&mut self) -> u32 {
        self.next_label += 1;
        self.next_label
    }

    fn is_pair(&self, streams: &Streams, left: u32, right: u32) -> bool {
        let (Some(sketch), Some(other)) = (self.sketches.get(left as usize), self.sketches.get(right as usize)) else {
            return false;
        };
        let n_shared = sketch.iter().filter(|hash| other.contains(hash)).count();
        n_shared >= MIN_SHARED && is_copy(streams, left as usize, right as usize)
    }
}

/// The hashes of all runs of words of an article.
fn runs(streams: &Streams, slot: usize) -> Vec<u64> {
    let hashes: Vec<u64> = streams.words(slot).iter().map(|word| streams.keys.hash(word.key)).collect();
    hashes.windows(RUN).map(|run| run.iter().fold(RUN as u64, |hash, &key| mixed(hash, key))).collect()
}

/// The smallest hashes among the runs of an article; empty for a short one.
fn sketch(streams: &Streams, slot: usize) -> Box<[u64]> {
    if streams.words(slot).len() < MIN_WORDS {
        return Box::default();
    }
    // Hashed again, so that the choice has nothing to do with the postings.
    let mut hashes: Vec<u64> = runs(streams, slot).iter().map(|run| mixed(FxBuildHasher.hash_one(run), 1)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes.into()
}

/// Do two articles tell the same story, word for word?
fn is_copy(streams: &Streams, left: usize, right: usize) -> bool {
    let n_words = |slot: usize| streams.words(slot).len();
    let (short, long) = if n_words(left) <= n_words(right) { (left, right) } else { (right, left) };
    if n_words(long) > MAX_RATIO * n_words(short) {
        return false;
    }
    let in_long: FxHashSet<u64> = runs(streams, long).into_iter().collect();
    let mut n_covered = 0;
    let mut end = 0;
    for (start, run) in runs(streams, short).into_iter().enumerate() {
        if in_long.contains(&run) {
            n_covered += (start + RUN).saturating_sub(end.max(start));
            end = start + RUN;
        }
    }
    n_covered as f32 >= MIN_COVERED * n_words(short) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};

    /// A text of sentences with these numbers.
    fn story(sentences: impl Iterator<Item = u32>) -> String {
        let sentence = |n: u32| format!("Ferry{n} and barge{n} met trawler{n} near harbor{n} while gull{n} watched.");
        sentences.map(sentence).collect::<Vec<_>>().join(" ")
    }

    fn told_twice(texts: &[String]) -> (Stories, Streams) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let streams = Streams::of(&corpus(&texts), &codebook());
        (Stories::new(&streams), streams)
    }

    #[test]
    fn copies_are_one_story_and_others_are_not() {
        for (other, is_same) in [
            (story(0..20), true),
            (story((0..18).chain(40..43)), true),
            // Cut to two thirds.
            (story(0..14), true),
            // Half of it is another text.
            (story((0..11).chain(50..60)), false),
            // A passage in a longer article.
            (story((60..90).chain(0..20)), false),
        ] {
            let (stories, _) = told_twice(&[story(0..20), other]);
            assert_eq!(stories.labels().of(0) == stories.labels().of(1), is_same);
        }
        let (stories, _) = told_twice(&[story(0..3), story(0..3)]);
        assert_ne!(stories.labels().of(0), stories.labels().of(1), "too short to tell a story");
    }

    #[test]
    fn what_joined_two_stories_parts_them_when_it_goes() {
        // The third has most of the first and most of the second.
        let texts = [story(0..20), story(6..26), story(3..23)];
        let (mut stories, streams) = told_twice(&texts[..]);
        assert!(stories.labels().of(0) == stories.labels().of(1) && stories.labels().of(1) == stories.labels().of(2));
        assert_eq!(stories.told_twice().count(), 1);
        assert_eq!(stories.remove(&streams, 2).len(), 1);
        assert_ne!(stories.labels().of(0), stories.labels().of(1));
        assert_eq!(stories.add(&streams, 2).len(), 1);
        assert_eq!(stories.labels().of(0), stories.labels().of(1));
    }
}
