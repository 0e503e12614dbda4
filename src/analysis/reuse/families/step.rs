//! What the number of articles changes everywhere: how many may share an anchor, and how much a formula has to say.
//!
//! The number enters as the largest power of two in it, so that one article more changes nothing but at few numbers. With
//! few articles it says nothing.

/// Below the weight of any anchor, so that among few articles all are looked at.
const MIN_ANCHOR: f32 = 3.0;

/// The largest power of two in a number of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::analysis::reuse) struct Step(u32);

/// Powers of two of articles among which chance brings no words together.
const FEW: u32 = 9;
/// What each power of two beyond adds to the weight of a formula, since chance finds more among more articles: at eight
/// thousand articles a good half of the weight of one more content word. Set on generated and on web texts, so that the
/// formulas of two or three ordinary words grow little faster than the articles.
const WEIGHT_PER_STEP: f32 = 0.4;

impl Step {
    pub fn of(n_documents: usize) -> Self {
        let step = n_documents.max(1).ilog2();
        Self(if step <= FEW { 0 } else { step })
    }

    /// Stories that may share an anchor: max(50, 2 %).
    pub fn cap(self) -> usize {
        ((1usize << self.0) / 50).max(50)
    }

    /// What a formula of so many words weighs at least beyond what it weighs among few articles. Chance seldom brings six
    /// words together, however ordinary.
    pub fn extra_weight(self, n_words: usize) -> f32 {
        let extra = WEIGHT_PER_STEP * self.0.saturating_sub(FEW) as f32;
        if n_words < 6 { extra } else { extra / 2.0 }
    }

    /// What an anchor weighs at least to be looked at: with ordinary words alone it leads from everywhere to everywhere.
    pub fn min_anchor_weight(self) -> f32 {
        MIN_ANCHOR + self.extra_weight(2)
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
            (1023, 50, 0.0),
            (1024, 50, 0.4),
            (2047, 50, 0.4),
            (8191, 81, 1.2),
            (8192, 163, 1.6),
        ] {
            let step = Step::of(n_documents);
            assert_eq!(step.cap(), cap, "{n_documents}");
            assert!((step.extra_weight(3) - extra).abs() < 1e-5, "{n_documents}");
            assert!((step.extra_weight(6) * 2.0 - extra).abs() < 1e-5, "{n_documents}");
        }
    }
}
