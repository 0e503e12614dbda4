//! Formulas joined by "and" or "or", whatever their order: "missile and nuclear programmes", "nuclear and ballistic
//! missile programs", "nuclear program and ballistic missiles".
//!
//! Around each conjunction stand up to three meaningful words on either side. A word from the left and one from the
//! right make a pair, whichever of them comes first; a pair that two stories share is a candidate. Words beside the
//! pair belong to an occurrence where they come back in the family. "nuclear energy and missile deal" joins nothing:
//! see [`Coordinations::belonging`]. A pair whose articles all have a better one on the same conjunction is left out. What
//! a pair gives depends on the conjunctions it stands at and on those of the pairs beside it, so one article more changes
//! few of them. `O(c)` in the conjunctions, times at most nine pairs for each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{Candidate, slots_of, sort_found};
use super::pattern::Found;
use super::stories::Labels;
use crate::analysis::PhraseId;
use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::keys::Key;
use crate::analysis::reuse::streams::lexicon::Class;
use crate::analysis::reuse::streams::words::{Break, Word};

/// The most meaningful words on either side of the conjunction.
const REACH: usize = 3;

/// Together the two words have to weigh this much: "nuclear and missile" does, "work and time" does not.
const MIN_WEIGHT: f32 = 5.0;

/// Two keys, the smaller spelling first.
pub(super) type Pair = [Key; 2];

/// A conjunction: its slot and its number there.
type JointRef = (u32, u32);

/// One conjunction with its neighbors, as indices of words in their order.
#[derive(Clone, Debug)]
struct Joint {
    conjunction: usize,
    left: Vec<usize>,
    right: Vec<usize>,
    /// What it joins.
    pairs: Vec<Pair>,
}

/// All conjunctions and what they join.
#[derive(Clone, Debug, Default)]
pub(super) struct Coordinations {
    /// By slot.
    joints: Vec<Vec<Joint>>,
    by_pair: FxHashMap<Pair, Vec<JointRef>>,
    /// For each pair that two stories share, the conjunctions that join it.
    belonging: FxHashMap<Pair, Vec<JointRef>>,
}

/// How wide a pair is spread; the order in which it goes before others.
type Width = (Reverse<usize>, Reverse<usize>, String);

impl Coordinations {
    /// The conjunctions of all slots, and the pairs that give a candidate.
    pub fn new(streams: &Streams, stories: &Labels) -> (Self, Vec<(Pair, Candidate)>) {
        let mut coordinations = Self::default();
        for slot in streams.live() {
            coordinations.take_in(streams, slot);
        }
        let pairs: Vec<Pair> =
            coordinations.by_pair.iter().filter(|(_, joints)| joints.len() > 1).map(|(pair, _)| *pair).collect();
        for pair in pairs {
            coordinations.judge_belonging(streams, stories, pair);
        }
        let shared: Vec<Pair> = coordinations.belonging.keys().copied().collect();
        let given =
            shared.into_iter().filter_map(|pair| Some((pair, coordinations.candidate(streams, stories, pair)?)));
        let given = given.collect();
        (coordinations, given)
    }

    /// Takes articles out and others in, and looks at the articles in `retold` anew, whose story is another now. Returns
    /// what the pairs give that this may have changed.
    pub fn update(
        &mut self,
        streams: &Streams,
        stories: &Labels,
        removed: &[usize],
        added: &[usize],
        retold: &[usize],
    ) -> Vec<(Pair, Option<Candidate>)> {
        let mut touched: BTreeSet<Pair> = BTreeSet::new();
        for &slot in removed.iter().chain(retold) {
            touched.extend(self.joints.get(slot).into_iter().flatten().flat_map(|joint| &joint.pairs));
        }
        for &slot in removed {
            self.take_out(slot);
        }
        for &slot in added {
            self.take_in(streams, slot);
            touched.extend(self.joints.get(slot).into_iter().flatten().flat_map(|joint| &joint.pairs));
        }
        let mut beside = touched.clone();
        for &pair in &touched {
            beside.extend(self.beside(pair));
            self.judge_belonging(streams, stories, pair);
            beside.extend(self.beside(pair));
        }
        beside.into_iter().map(|pair| (pair, self.candidate(streams, stories, pair))).collect()
    }

    /// The pairs that stand at the conjunctions of one.
    fn beside(&self, pair: Pair) -> Vec<Pair> {
        let joints = self.by_pair.get(&pair).into_iter().flatten().filter_map(|&joint| self.joint(joint));
        joints.flat_map(|joint| joint.pairs.iter().copied()).collect()
    }

    fn joint(&self, (slot, idx): JointRef) -> Option<&Joint> {
        self.joints.get(slot as usize)?.get(idx as usize)
    }

    fn take_in(&mut self, streams: &Streams, slot: usize) {
        if self.joints.len() <= slot {
            self.joints.resize_with(slot + 1, Vec::new);
        }
        let joints = joints(streams, slot);
        let number = u32::try_from(slot).unwrap_or(u32::MAX);
        for (idx, joint) in (0..).zip(&joints) {
            for &pair in &joint.pairs {
                self.by_pair.entry(pair).or_default().push((number, idx));
            }
        }
        self.joints[slot] = joints;
    }

    fn take_out(&mut self, slot: usize) {
        let Some(joints) = self.joints.get_mut(slot).map(std::mem::take) else { return };
        for pair in joints.iter().flat_map(|joint| &joint.pairs) {
            if let Some(places) = self.by_pair.get_mut(pair) {
                places.retain(|(other, _)| *other as usize != slot);
                if places.is_empty() {
                    self.by_pair.remove(pair);
                }
            }
        }
    }

    /// Notes the conjunctions that join a pair, if two stories and no more than the cap have them.
    fn judge_belonging(&mut self, streams: &Streams, stories: &Labels, pair: Pair) {
        let n_stories_of = |joints: &[JointRef]| stories.n_stories(joints.iter().map(|(slot, _)| *slot));
        let mut joints = self.by_pair.get(&pair).cloned().unwrap_or_default();
        let cap = streams.step.cap();
        if joints.len() < 2 || !(2..=cap).contains(&n_stories_of(&joints)) {
            self.belonging.remove(&pair);
            return;
        }
        joints.sort_unstable_by_key(|&(slot, idx)| (streams.id(slot as usize), idx));
        let joints = self.belonging(streams, pair, joints);
        if n_stories_of(&joints) < 2 {
            self.belonging.remove(&pair);
        } else {
            self.belonging.insert(pair, joints);
        }
    }

    /// The conjunctions that join the two words of `pair` themselves, or what is said of both.
    ///
    /// Either both stand next to the conjunction ("missile and nuclear tests"), or both end their side ("nuclear arms and
    /// ballistic missiles" for arms and missiles), or a head noun behind one of them comes back in another article
    /// ("nuclear *program* and ballistic missiles").
    fn belonging(&self, streams: &Streams, pair: Pair, mut joints: Vec<JointRef>) -> Vec<JointRef> {
        let key = |slot: u32, idx: usize| Some(streams.words(slot as usize).get(idx)?.key);
        // The keys of a side from the word of the pair on, the last of which is its head.
        let behind = |slot: u32, side: &[usize]| -> Vec<Key> {
            let keys: Vec<Key> = side.iter().filter_map(|&idx| key(slot, idx)).collect();
            let at = keys.iter().position(|key| pair.contains(key)).unwrap_or(keys.len());
            keys.get(at..).unwrap_or_default().to_vec()
        };
        let mut slots: BTreeMap<Key, BTreeSet<u32>> = BTreeMap::new();
        for &reference in &joints {
            let Some(joint) = self.joint(reference) else { continue };
            for head in behind(reference.0, &joint.left).into_iter().chain(behind(reference.0, &joint.right)) {
                slots.entry(head).or_default().insert(reference.0);
            }
        }
        let comes_back = |head: &Key| !pair.contains(head) && slots.get(head).is_some_and(|slots| slots.len() >= 2);
        joints.retain(|&reference| {
            let Some(joint) = self.joint(reference) else { return false };
            let slot = reference.0;
            let (left, right) = (behind(slot, &joint.left), behind(slot, &joint.right));
            let ends_left = left.len() == 1;
            let is_first = joint.right.first().and_then(|&idx| key(slot, idx)).is_some_and(|key| pair.contains(&key));
            ends_left && (is_first || right.len() == 1) || left.iter().chain(&right).any(comes_back)
        });
        joints
    }

    fn width(&self, streams: &Streams, pair: Pair) -> Option<Width> {
        let joints = self.belonging.get(&pair)?;
        let n_slots = joints.chunk_by(|left, right| left.0 == right.0).count();
        let spelled = pair.map(|key| streams.keys.text(key)).join("\u{1f}");
        Some((Reverse(n_slots), Reverse(joints.len()), spelled))
    }

    /// What a pair gives: nothing where a better pair has a conjunction of it in each of its articles.
    fn candidate(&self, streams: &Streams, stories: &Labels, pair: Pair) -> Option<Candidate> {
        let joints = self.belonging.get(&pair)?;
        let width = self.width(streams, pair)?;
        let in_slots: Vec<&[JointRef]> = joints.chunk_by(|left, right| left.0 == right.0).collect();
        let holds =
            |other: Pair, joint: &JointRef| self.belonging.get(&other).is_some_and(|joints| joints.contains(joint));
        let is_covered_by = |other: Pair| {
            other != pair
                && self.width(streams, other).is_some_and(|other| other < width)
                && in_slots.iter().all(|in_slot| in_slot.iter().any(|joint| holds(other, joint)))
        };
        let first = in_slots.first()?.iter().filter_map(|&joint| self.joint(joint));
        if first.flat_map(|joint| &joint.pairs).any(|&other| is_covered_by(other)) {
            return None;
        }
        Some(self.with_places(streams, stories, pair, joints))
    }

    fn with_places(&self, streams: &Streams, stories: &Labels, pair: Pair, joints: &[JointRef]) -> Candidate {
        // Keys that come back beside the pair, by the articles that hold them.
        let mut slots: BTreeMap<Key, BTreeSet<u32>> = BTreeMap::new();
        let members = || joints.iter().filter_map(|&reference| Some((reference.0, self.joint(reference)?)));
        for (slot, joint) in members() {
            for &idx in joint.left.iter().chain(&joint.right) {
                if let Some(word) = streams.words(slot as usize).get(idx) {
                    slots.entry(word.key).or_default().insert(slot);
                }
            }
        }
        let recurring: FxHashSet<Key> =
            slots.iter().filter(|(_, slots)| slots.len() >= 2).map(|(&key, _)| key).collect();
        let mut found: Vec<Found> = members()
            .map(|(slot, joint)| {
                let words = streams.words(slot as usize);
                let keeps = |idx: &usize| words.get(*idx).is_some_and(|word| recurring.contains(&word.key));
                let mut matched: Vec<usize> = joint.left.iter().copied().filter(keeps).collect();
                matched.push(joint.conjunction);
                matched.extend(joint.right.iter().copied().filter(keeps));
                Found::new(slot as usize, &matched)
            })
            .collect();
        sort_found(streams, &mut found);
        let weight = recurring_weight(streams, &recurring);
        let slots = slots_of(&found);
        let [first, second] = pair.map(|key| streams.keys.text(key));
        Candidate {
            id: PhraseId::of(&[first, "&", second]),
            keys: Arc::from(pair),
            n_stories: stories.n_stories(slots.iter().copied()),
            slots,
            n_spanned: found.iter().map(Found::n_spanned).min().unwrap_or(0),
            found,
            weight,
            content_weight: weight,
            is_coordination: true,
        }
    }
}

/// Summed in the order of spelling, so that the last bit does not depend on a hash map.
fn recurring_weight(streams: &Streams, recurring: &FxHashSet<Key>) -> f32 {
    let mut keys: Vec<Key> = recurring.iter().copied().collect();
    keys.sort_by(|a, b| streams.keys.text(*a).cmp(streams.keys.text(*b)));
    keys.iter().map(|&key| streams.keys.content_weight(key)).sum()
}

/// The two keys as a pair, if both carry meaning and weigh enough; the smaller spelling first.
fn pair_of(streams: &Streams, words: &[Word], left: usize, right: usize) -> Option<Pair> {
    let (left, right) = (words.get(left)?, words.get(right)?);
    let is_pair = left.key != right.key
        && left.class == Class::Content
        && right.class == Class::Content
        && left.weight(streams) + right.weight(streams) >= MIN_WEIGHT + streams.step.extra_weight(2);
    let mut pair = [left.key, right.key];
    pair.sort_by(|a, b| streams.keys.text(*a).cmp(streams.keys.text(*b)));
    is_pair.then_some(pair)
}

/// The conjunctions of an article that join meaningful words.
fn joints(streams: &Streams, slot: usize) -> Vec<Joint> {
    let words = streams.words(slot);
    let mut joints = Vec::new();
    for (conjunction, word) in words.iter().enumerate() {
        if word.class != Class::Function || !matches!(streams.keys.text(word.key), "and" | "or") {
            continue;
        }
        let (left, right) = (left_side(words, conjunction), right_side(words, conjunction));
        let both = left.iter().flat_map(|&left| right.iter().map(move |&right| (left, right)));
        let mut pairs: Vec<Pair> = both.filter_map(|(left, right)| pair_of(streams, words, left, right)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        if !pairs.is_empty() {
            joints.push(Joint { conjunction, left, right, pairs });
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
        } else if !(idx == conjunction + 1 && word.is_determiner()) {
            break;
        }
    }
    side
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus, spelled};
    use crate::analysis::reuse::families::stories::Stories;

    /// Each pair with the number of its places.
    fn pairs(texts: &[&str]) -> Vec<(String, usize)> {
        let streams = Streams::of(&corpus(texts), &codebook());
        let stories = Stories::new(&streams);
        let stories = stories.labels();
        let (_, found) = Coordinations::new(&streams, stories);
        let mut found: Vec<(String, usize)> =
            found.iter().map(|(pair, candidate)| (spelled(&streams, pair), candidate.found.len())).collect();
        found.sort();
        found
    }

    #[test]
    fn a_pair_needs_two_articles_and_its_head() {
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
