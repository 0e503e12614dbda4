//! Formulas joined by "and" or "or", whatever their order: "missile and nuclear programmes", "nuclear and ballistic
//! missile programs", "nuclear program and ballistic missiles".
//!
//! Around each conjunction stand up to three meaningful words on either side. A word from the left and one from the
//! right make a pair, whichever of them comes first; a pair that two documents share is a family. Words beside the
//! pair belong to an occurrence where they come back in the family. "nuclear energy and missile deal" joins nothing:
//! see [`belonging`]. `O(c)` in the conjunctions, times at most nine pairs for each.

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

/// Finds the pairs that come back, the widest spread first; a pair whose documents all have a wider one on the same
/// conjunction is left out.
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
    let mut candidates: Vec<([Key; 2], Vec<usize>)> = by_pair
        .into_iter()
        .filter(|(_, joint_idxs)| n_documents(joint_idxs) >= 2)
        .map(|(pair, joint_idxs)| (pair, belonging(streams, &joints, pair, joint_idxs)))
        .filter(|(_, joint_idxs)| n_documents(joint_idxs) >= 2)
        .collect();
    candidates.sort_by_cached_key(|(pair, joint_idxs)| {
        let spelled = pair.map(|key| streams.keys.text(key).to_owned());
        (Reverse(n_documents(joint_idxs)), Reverse(joint_idxs.len()), spelled)
    });
    let mut pairs_of_joint: Vec<Vec<usize>> = vec![Vec::new(); joints.len()];
    let mut coordinations: Vec<Coordination> = Vec::new();
    for (pair, joint_idxs) in candidates {
        // Has a wider pair a conjunction of this one's in every document that has this one?
        let in_documents: Vec<&[usize]> =
            joint_idxs.chunk_by(|&l, &r| joints[l].document_idx == joints[r].document_idx).collect();
        let covers =
            |idx: usize, in_document: &[usize]| in_document.iter().any(|&joint| pairs_of_joint[joint].contains(&idx));
        let is_covered = in_documents.first().is_some_and(|first| {
            let mut wider = first.iter().flat_map(|&joint| &pairs_of_joint[joint]);
            wider.any(|&idx| in_documents.iter().all(|in_document| covers(idx, in_document)))
        });
        if is_covered {
            continue;
        }
        for &joint_idx in &joint_idxs {
            pairs_of_joint[joint_idx].push(coordinations.len());
        }
        let members: Vec<&Joint> = joint_idxs.iter().filter_map(|&idx| joints.get(idx)).collect();
        coordinations.push(coordination(streams, pair, &members));
    }
    coordinations
}

/// The conjunctions that join the two words of `pair` themselves, or what is said of both.
///
/// Either both stand next to the conjunction ("missile and nuclear tests"), or both end their side ("nuclear arms and
/// ballistic missiles" for arms and missiles), or a head noun behind one of them comes back in another document
/// ("nuclear *program* and ballistic missiles").
fn belonging(streams: &Streams<'_>, joints: &[Joint], pair: [Key; 2], mut joint_idxs: Vec<usize>) -> Vec<usize> {
    let key = |document_idx: usize, idx: usize| Some(streams.streams.get(document_idx)?.words.get(idx)?.key);
    // The keys of a side from the word of the pair on, the last of which is its head.
    let behind = |joint: &Joint, side: &[usize]| -> Vec<Key> {
        let keys: Vec<Key> = side.iter().filter_map(|&idx| key(joint.document_idx, idx)).collect();
        let at = keys.iter().position(|key| pair.contains(key)).unwrap_or(keys.len());
        keys.get(at..).unwrap_or_default().to_vec()
    };
    let mut documents: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for joint in joint_idxs.iter().filter_map(|&idx| joints.get(idx)) {
        for head in behind(joint, &joint.left).into_iter().chain(behind(joint, &joint.right)) {
            documents.entry(head).or_default().push(joint.document_idx);
        }
    }
    let comes_back = |head: &Key| {
        !pair.contains(head)
            && documents.get(head).is_some_and(|documents| documents.chunk_by(|l, r| l == r).count() >= 2)
    };
    joint_idxs.retain(|&idx| {
        let Some(joint) = joints.get(idx) else { return false };
        let (left, right) = (behind(joint, &joint.left), behind(joint, &joint.right));
        let ends_left = left.len() == 1;
        let is_first =
            joint.right.first().and_then(|&idx| key(joint.document_idx, idx)).is_some_and(|key| pair.contains(&key));
        ends_left && (is_first || right.len() == 1) || left.iter().chain(&right).any(comes_back)
    });
    joint_idxs
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::fixture::{codebook, corpus, spelled};

    /// Each pair with the number of its places.
    fn pairs(texts: &[&str]) -> Vec<(String, usize)> {
        let corpus = corpus(texts);
        let streams = Streams::new(&corpus, &codebook());
        let found = find_coordinations(&streams);
        found.iter().map(|it| (spelled(&streams, &it.pair), it.found.len())).collect()
    }

    #[test]
    fn a_pair_needs_two_documents_and_its_head() {
        let first = "They saw vaccine and antidote laboratories.";
        for (second, n_places) in [
            ("An antidote and vaccine laboratory burned.", 2),
            ("An antidote or vaccine depot burned.", 2),
            ("Their antidote laboratory and its experimental vaccines", 2),
            ("An antidote subsidy and vaccine treaty", 0),
            ("The antidote. And vaccine laboratories", 0),
        ] {
            let found = pairs(&[first, second]);
            let wanted = if n_places == 0 { vec![] } else { vec![("antidot vaccin".to_owned(), n_places)] };
            assert_eq!(found, wanted, "{second}");
        }
    }

    #[test]
    fn a_pair_stays_when_a_wider_one_comes() {
        let texts = [
            "They saw eel and lamprey hatcheries.",
            "The lamprey and eel hatchery burned.",
            "Some heron and lamprey hatcheries",
            "More lamprey and heron hatcheries",
            "Other heron and lamprey hatcheries",
        ];
        let before = pairs(&texts[..2]);
        let after = pairs(&texts);
        assert_eq!(before, [("eel lamprey".to_owned(), 2)]);
        assert!(after.contains(&before[0]), "{after:?}");
        assert!(after.contains(&("heron lamprey".to_owned(), 3)), "{after:?}");
    }
}
