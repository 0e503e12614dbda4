//! Paragraphs that the reader tied by hand, for each pair of articles. Kept with the look of the window.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::DocumentId;

/// The ties of all pairs. Each pair is kept once, whichever stands left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    /// First bytes of two paragraphs, by the pair with the smaller id first.
    by_pair: BTreeMap<[DocumentId; 2], Vec<[usize; 2]>>,
    /// Counts the states, so that what depends on them knows when to start anew.
    version: u64,
}

/// The ties of one pair as they are remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinnedPair {
    pair: [DocumentId; 2],
    places: Vec<[usize; 2]>,
}

impl Pins {
    /// The ties of two articles, each as the places in the first and in the second, in order of the first.
    pub fn of(&self, pair: [DocumentId; 2]) -> Vec<[usize; 2]> {
        let (key, is_swapped) = key(pair);
        let mut places = self.by_pair.get(&key).cloned().unwrap_or_default();
        for place in &mut places {
            if is_swapped {
                place.reverse();
            }
        }
        places.sort_unstable();
        places
    }

    /// Ties two paragraphs; a paragraph holds one tie, so older ones of both go.
    pub fn tie(&mut self, pair: [DocumentId; 2], place: [usize; 2]) {
        let (key, is_swapped) = key(pair);
        let place = if is_swapped { [place[1], place[0]] } else { place };
        let places = self.by_pair.entry(key).or_default();
        places.retain(|known| known[0] != place[0] && known[1] != place[1]);
        places.push(place);
        self.version += 1;
    }

    /// Takes a tie away.
    pub fn untie(&mut self, pair: [DocumentId; 2], place: [usize; 2]) {
        let (key, is_swapped) = key(pair);
        let place = if is_swapped { [place[1], place[0]] } else { place };
        if let Some(places) = self.by_pair.get_mut(&key) {
            places.retain(|known| *known != place);
            if places.is_empty() {
                self.by_pair.remove(&key);
            }
        }
        self.version += 1;
    }

    pub fn version(&self) -> u64 {
        self.version
    }

    /// All ties, to be remembered.
    pub fn remember(&self) -> Vec<PinnedPair> {
        self.by_pair.iter().map(|(pair, places)| PinnedPair { pair: *pair, places: places.clone() }).collect()
    }

    /// Puts ties back as they were remembered.
    pub fn recall(remembered: Vec<PinnedPair>) -> Self {
        let by_pair = remembered.into_iter().map(|pinned| (pinned.pair, pinned.places)).collect();
        Self { by_pair, version: 1 }
    }
}

/// The pair with the smaller id first, and whether that swapped it.
fn key([left, right]: [DocumentId; 2]) -> ([DocumentId; 2], bool) {
    if left <= right { ([left, right], false) } else { ([right, left], true) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_is_one_whichever_article_stands_left() {
        let (one, two) = (DocumentId(1), DocumentId(2));
        let mut pins = Pins::default();
        pins.tie([two, one], [70, 5]);
        pins.tie([one, two], [90, 20]);
        assert_eq!(pins.of([one, two]), [[5, 70], [90, 20]]);
        assert_eq!(pins.of([two, one]), [[20, 90], [70, 5]]);
        pins.tie([one, two], [5, 20]);
        assert_eq!(pins.of([one, two]), [[5, 20]], "a paragraph holds one");
        assert_eq!(Pins::recall(pins.remember()).of([one, two]), [[5, 20]]);
        pins.untie([two, one], [20, 5]);
        assert!(pins.of([one, two]).is_empty() && pins.remember().is_empty());
    }
}
