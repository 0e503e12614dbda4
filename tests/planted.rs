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

/// In a thousand articles.
const FLOORS: Floors = [(0.0, 0.99, 0.99), (0.1, 0.97, 0.98), (0.3, 0.85, 0.95)];

/// In ten thousand, as they are: terms of a topic that meet by chance grow with the pairs of articles, and passages of
/// eight ordinary words weigh no more than these.
const FLOORS_OF_MANY: Floors = [(0.0, 0.98, 0.94), (0.1, 0.96, 0.94), (0.3, 0.85, 0.94)];

#[test]
fn planted_passages_are_found() {
    let is_full = std::env::var_os("THROUGHLINE_SOAK").is_some_and(|value| value == "full");
    let (n_articles, floors) = if is_full { (10_000, FLOORS_OF_MANY) } else { (1000, FLOORS) };
    let prose = Prose::new(1);
    for (noise, recall, precision) in floors {
        let Generated { documents, planted, seed } = prose.corpus(n_articles, noise);
        let score = score(&planted, shared_passages(&documents));
        let what = format!("seed {seed}, {n_articles} articles, {noise} noise: {score}");
        println!("{what}");
        assert!(score.recall() >= recall && score.precision() >= precision, "{what}");
    }
}
