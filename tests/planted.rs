//! Promise: what is carried from one article into another is found, with its words changed or not, and little else is.
//!
//! `THROUGHLINE_SOAK=full cargo test --release --test planted` takes ten thousand articles instead of one.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/prose/mod.rs"]
mod prose;

use std::sync::Arc;

use prose::score::score;
use prose::{Generated, Prose};
use throughline::analysis::Progress;
use throughline::analysis::reuse::PhraseIndex;
use throughline::codebook::Codebook;
use throughline::document::{Document, Passage};

/// The passages that articles took from each other.
fn shared_passages(documents: &[Arc<Document>]) -> Vec<(Passage, Passage)> {
    let mut index = PhraseIndex::new(&Codebook::built_in());
    index.add(documents);
    index.passages(&Progress::default()).unwrap().iter().map(|it| (it.old, it.new)).collect()
}

/// Share of the words changed, and the least recall and precision.
type Floors = [(f64, f64, f64); 3];

/// The same for a thousand articles and for ten thousand.
const FLOORS: Floors = [(0.0, 0.99, 0.99), (0.1, 0.97, 0.98), (0.3, 0.85, 0.95)];

#[test]
fn planted_passages_are_found() {
    let is_full = std::env::var_os("THROUGHLINE_SOAK").is_some_and(|value| value == "full");
    let n_articles = if is_full { 10_000 } else { 1000 };
    let prose = Prose::new(1);
    for (noise, recall, precision) in FLOORS {
        let Generated { documents, planted, seed } = prose.corpus(n_articles, noise);
        let score = score(&planted, shared_passages(&documents));
        let what = format!("seed {seed}, {n_articles} articles, {noise} noise: {score}");
        println!("{what}");
        assert!(score.recall() >= recall && score.precision() >= precision, "{what}");
    }
}
