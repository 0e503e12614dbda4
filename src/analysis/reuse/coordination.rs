//! Formulas joined by "and" or "or", whatever their order: "missile and nuclear programmes", "nuclear and ballistic
//! missile programs", "nuclear program and ballistic missiles".
//!
//! Around each conjunction stand up to three meaningful words on either side. A word from the left and one from the
//! right make a pair, whichever of them comes first; a pair that two documents share is a family. Words beside the
//! pair belong to an occurrence where they come back in the family. `O(c)` in the conjunctions, times at most nine
//! pairs for each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::keys::Key;
use super::pattern::Found;
use super::stream::{Break, Streams, Word};
use super::weights::Class;

/// The most meaningful words on either side of the conjunction.
const REACH: usize = 3;

/// Together the two words have to weigh this much: "nuclear and missile" does, "work and time" does not.
const MIN_WEIGHT: f32 = 5.0;

/// A family of one pair: its two keys in the order of what they spell, and its places.
pub(super) struct Coordination {
    pub pair: [Key; 2],
    pub found: Vec<Found>,
    /// Sum of the weights of the words that come back.
    pub weight: f32,
}

/// One conjunction with its neighbors, as indices of words in their order.
struct Joint {
    document_idx: usize,
    conjunction: usize,
    left: Vec<usize>,
    right: Vec<usize>,
}

/// Finds the pairs that come back, the widest spread first; no conjunction serves two families.
pub(super) fn find_coordinations(streams: &Streams<'_>) -> Vec<Coordination> {
    let joints = joints(streams);
    let mut by_pair: BTreeMap<[Key; 2], Vec<usize>> = BTreeMap::new();
    for (joint_idx, joint) in joints.iter().enumerate() {
        let mut pairs: Vec<[Key; 2]> = Vec::new();
        for &left in &joint.left {
            for &right in &joint.right {
                pairs.extend(pair_of(streams, joint.document_idx, left, right));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        for pair in pairs {
            by_pair.entry(pair).or_default().push(joint_idx);
        }
    }
    let n_documents =
        |joint_idxs: &[usize]| joint_idxs.chunk_by(|&l, &r| joints[l].document_idx == joints[r].document_idx).count();
    let mut candidates: Vec<([Key; 2], Vec<usize>)> =
        by_pair.into_iter().filter(|(_, joint_idxs)| n_documents(joint_idxs) >= 2).collect();
    candidates.sort_by_cached_key(|(pair, joint_idxs)| {
        let spelled = pair.map(|key| streams.keys.text(key).to_owned());
        (Reverse(n_documents(joint_idxs)), Reverse(joint_idxs.len()), spelled)
    });
    let mut taken = FxHashSet::default();
    let mut coordinations = Vec::new();
    for (pair, mut joint_idxs) in candidates {
        joint_idxs.retain(|joint_idx| !taken.contains(joint_idx));
        if n_documents(&joint_idxs) < 2 {
            continue;
        }
        taken.extend(joint_idxs.iter().copied());
        let members: Vec<&Joint> = joint_idxs.iter().filter_map(|&idx| joints.get(idx)).collect();
        coordinations.push(coordination(streams, pair, &members));
    }
    coordinations
}

/// The two keys as a pair, if both carry meaning and weigh enough; the smaller spelling first.
fn pair_of(streams: &Streams<'_>, document_idx: usize, left: usize, right: usize) -> Option<[Key; 2]> {
    let words = &streams.streams.get(document_idx)?.words;
    let (left, right) = (words.get(left)?, words.get(right)?);
    let is_pair = left.key != right.key
        && left.class == Class::Content
        && right.class == Class::Content
        && streams.weight(left) + streams.weight(right) >= MIN_WEIGHT;
    let mut pair = [left.key, right.key];
    pair.sort_by(|a, b| streams.keys.text(*a).cmp(streams.keys.text(*b)));
    is_pair.then_some(pair)
}

/// All conjunctions that join meaningful words.
fn joints(streams: &Streams<'_>) -> Vec<Joint> {
    let mut joints = Vec::new();
    for (document_idx, stream) in streams.streams.iter().enumerate() {
        for (conjunction, word) in stream.words.iter().enumerate() {
            if word.class != Class::Function || !matches!(streams.keys.text(word.key), "and" | "or") {
                continue;
            }
            let left = left_side(&stream.words, conjunction);
            let right = right_side(&stream.words, conjunction);
            if !left.is_empty() && !right.is_empty() {
                joints.push(Joint { document_idx, conjunction, left, right });
            }
        }
    }
    joints
}

fn left_side(words: &[Word], conjunction: usize) -> Vec<usize> {
    let mut side = Vec::new();
    let mut next_break = words[conjunction].before;
    for idx in (0..conjunction).rev().take(REACH) {
        if next_break > Break::None || words[idx].class != Class::Content {
            break;
        }
        side.push(idx);
        next_break = words[idx].before;
    }
    side.reverse();
    side
}

/// To the right a determiner may come first: "missiles and its nuclear program".
fn right_side(words: &[Word], conjunction: usize) -> Vec<usize> {
    let mut side = Vec::new();
    for (idx, word) in words.iter().enumerate().skip(conjunction + 1).take(REACH + 1) {
        if word.before > Break::None {
            break;
        }
        if word.class == Class::Content {
            if side.len() < REACH {
                side.push(idx);
            }
        } else if !(idx == conjunction + 1 && word.is_determiner) {
            break;
        }
    }
    side
}

fn coordination(streams: &Streams<'_>, pair: [Key; 2], joints: &[&Joint]) -> Coordination {
    let word =
        |joint: &Joint, idx: usize| streams.streams.get(joint.document_idx).and_then(|stream| stream.words.get(idx));
    // Keys that come back beside the pair, by the documents that hold them.
    let mut documents: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for joint in joints {
        for &idx in joint.left.iter().chain(&joint.right) {
            if let Some(word) = word(joint, idx) {
                documents.entry(word.key).or_default().push(joint.document_idx);
            }
        }
    }
    let recurring: FxHashSet<Key> = documents
        .iter()
        .filter(|(_, document_idxs)| document_idxs.chunk_by(|l, r| l == r).count() >= 2)
        .map(|(&key, _)| key)
        .collect();
    let found = joints
        .iter()
        .map(|joint| {
            let keeps = |idx: &usize| word(joint, *idx).is_some_and(|word| recurring.contains(&word.key));
            let mut words: Vec<usize> = joint.left.iter().copied().filter(keeps).collect();
            words.push(joint.conjunction);
            words.extend(joint.right.iter().copied().filter(keeps));
            Found { document_idx: joint.document_idx, words }
        })
        .collect();
    let weight = recurring_weight(streams, &recurring);
    Coordination { pair, found, weight }
}

/// Summed in the order of spelling, so that the last bit does not depend on a hash map.
fn recurring_weight(streams: &Streams<'_>, recurring: &FxHashSet<Key>) -> f32 {
    let mut keys: Vec<Key> = recurring.iter().copied().collect();
    keys.sort_by(|a, b| streams.keys.text(*a).cmp(streams.keys.text(*b)));
    keys.iter().map(|&key| streams.weights.of(key, Class::Content)).sum()
}
