//! How rare a word is in the articles at hand: what orders families, and leaves those unlisted that say too little. What a
//! family is made of does not depend on it.
//!
//! From 64 articles on, the share of articles that hold a word lowers the weight of phrases with it. Numbers of articles
//! enter as powers of two, so that one more article seldom changes any weight. `O(1)` a word.

use crate::analysis::reuse::streams::keys::Key;

/// Powers of two of articles in which a word may stand before its frequency says something: a handful of articles on one
/// subject share its words, and what they have in common must not sink when others come.
const ORDINARY_STEPS: u32 = 5;

/// The number of articles that hold each key.
#[derive(Clone, Debug, Default)]
pub(super) struct DocumentFrequencies {
    by_key: Vec<u32>,
    n_documents: u32,
}

impl DocumentFrequencies {
    /// Counts an article in that holds `keys`, each given once. Returns whether a rarity changed.
    pub fn add(&mut self, keys: impl Iterator<Item = Key>) -> bool {
        let mut has_changed = steps_above(self.n_documents) != steps_above(self.n_documents + 1);
        self.n_documents += 1;
        for key in keys {
            let idx = key.0 as usize;
            if self.by_key.len() <= idx {
                self.by_key.resize(idx + 1, 0);
            }
            has_changed |= steps_above(self.by_key[idx]) != steps_above(self.by_key[idx] + 1);
            self.by_key[idx] += 1;
        }
        has_changed
    }

    /// Counts it out again. Returns whether a rarity changed.
    pub fn remove(&mut self, keys: impl Iterator<Item = Key>) -> bool {
        let fewer = |n: u32| n.saturating_sub(1);
        let mut has_changed = steps_above(self.n_documents) != steps_above(fewer(self.n_documents));
        self.n_documents = fewer(self.n_documents);
        for key in keys {
            if let Some(frequency) = self.by_key.get_mut(key.0 as usize) {
                has_changed |= steps_above(*frequency) != steps_above(fewer(*frequency));
                *frequency = fewer(*frequency);
            }
        }
        has_changed
    }

    /// Number of articles that hold a word.
    pub fn of(&self, key: Key) -> u32 {
        self.by_key.get(key.0 as usize).copied().unwrap_or(0)
    }

    /// The share of a word's weight that its frequency leaves, 0.25..=1.0.
    pub fn rarity(&self, key: Key) -> f32 {
        let most = steps_above(self.n_documents);
        if most == 0 {
            return 1.0;
        }
        let frequency = self.of(key);
        (1.0 - 0.75 * steps_above(frequency) as f32 / most as f32).clamp(0.25, 1.0)
    }
}

/// Do words go together, the rarer of which stand in `frequency` articles and all of them as a formula in `n_together`? Yes
/// where at least a quarter, roughly, of the articles with the word have the formula, and where there are too few to tell.
/// Changes with the rarity alone.
pub(super) fn go_together(frequency: u32, n_together: usize) -> bool {
    let together = n_together.max(1).ilog2();
    steps_above(frequency) == 0 || frequency.ilog2() <= together + 2
}

/// The powers of two beyond those that say nothing.
fn steps_above(n: u32) -> u32 {
    n.max(1).ilog2().saturating_sub(ORDINARY_STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_subject_still_go_together() {
        // In two hundred articles on one country, the sixty with "pressure" and the forty with "pressure on it".
        assert!(go_together(60, 40) && go_together(120, 40));
        assert!(!go_together(120, 5) && go_together(20, 2));
    }

    #[test]
    fn words_sink_in_steps_from_64_articles_on() {
        let mut frequencies = DocumentFrequencies::default();
        let (everywhere, somewhere) = (Key(0), Key(1));
        for n_documents in 1..=256 {
            let keys = [everywhere, somewhere];
            frequencies.add(keys.into_iter().take(1 + usize::from(n_documents <= 40)));
            if n_documents < 64 {
                assert!((frequencies.rarity(everywhere) - 1.0).abs() < f32::EPSILON, "{n_documents}");
            }
        }
        assert!((frequencies.rarity(everywhere) - 0.25).abs() < f32::EPSILON);
        assert!((frequencies.rarity(somewhere) - 1.0).abs() < f32::EPSILON);
        for _ in 0..129 {
            frequencies.remove([everywhere].into_iter());
        }
        assert_eq!(frequencies.n_documents, 127);
        assert!((frequencies.rarity(everywhere) - 0.25).abs() < f32::EPSILON, "the step of all of them");
    }
}
