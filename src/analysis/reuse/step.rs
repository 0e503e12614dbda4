//! What the number of articles changes everywhere: how many may share an anchor, and how much a formula has to say.
//!
//! The number enters as the largest power of two in it, so that one article more changes nothing but at few numbers. With
//! few articles it says nothing.

/// The largest power of two in a number of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Step(u32);

/// Powers of two of articles among which chance brings no words together.
const FEW: u32 = 5;
/// What each power of two beyond adds to the weight of a formula, since chance finds more among more articles: at eight
/// thousand articles a good half of the weight of one more content word. Set on generated and on web texts, so that the
/// formulas of two or three ordinary words grow no faster than the articles.
const WEIGHT_PER_STEP: f32 = 0.2;

impl Step {
    pub fn of(n_documents: usize) -> Self {
        let step = n_documents.max(1).ilog2();
        Self(if step <= FEW { 0 } else { step })
    }

    /// Stories that may share an anchor: max(50, 2 %).
    pub fn cap(self) -> usize {
        ((1usize << self.0) / 50).max(50)
    }

    /// What a formula weighs at least beyond what it weighs among few articles.
    pub fn extra_weight(self) -> f32 {
        WEIGHT_PER_STEP * self.0.saturating_sub(FEW) as f32
    }

    /// The power.
    pub fn power(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_grow_in_steps() {
        for (n_documents, cap, extra) in [
            (0, 50, 0.0),
            (5, 50, 0.0),
            (63, 50, 0.0),
            (64, 50, 0.2),
            (127, 50, 0.2),
            (4096, 81, 1.4),
            (8191, 81, 1.4),
            (8192, 163, 1.6),
        ] {
            let step = Step::of(n_documents);
            assert_eq!(step.cap(), cap, "{n_documents}");
            assert!((step.extra_weight() - extra).abs() < 1e-5, "{n_documents}");
        }
    }
}
