//! The words of a statement that carry its force or set a condition, for whoever shows why it is coded as it is.
//!
//! They are the terms of the codebook that coding found: those of the statement's own act, and its conditions.
//! `O(n)` in the words of the article, once for each statement asked for.

use super::Statement;
use super::lexicon::Lexicon;
use super::words::Words;
use crate::codebook::{Codebook, CueTier};
use crate::document::Document;
use crate::text::ByteRange;

/// A codebook made ready, once for many statements.
pub struct Emphasis<'a> {
    lexicon: Lexicon<'a>,
}

impl<'a> Emphasis<'a> {
    pub fn new(codebook: &'a Codebook) -> Self {
        Self { lexicon: Lexicon::new(codebook, CueTier::Normal) }
    }

    /// The ranges that carry force or condition, in order, without overlap.
    pub fn of(&self, document: &Document, statement: &Statement) -> Vec<ByteRange> {
        let words = Words::new(document);
        let own_act = |act_idx: usize| {
            self.lexicon.codebook.acts.get(act_idx).is_some_and(|act| Some(&act.id) == statement.act.as_ref())
        };
        let mut ranges = statement.conditions.clone();
        for range in &statement.content {
            let slice = words.slice(&words.inside(*range));
            for hit in self.lexicon.acts.find(slice).into_iter().filter(|hit| own_act(hit.value)) {
                let found = slice.get(hit.words).unwrap_or_default();
                if let (Some(first), Some(last)) = (found.first(), found.last()) {
                    ranges.push(first.range.cover(last.range));
                }
            }
        }
        ranges.sort_unstable();
        ranges.dedup_by(|later, earlier| {
            let overlaps = later.start < earlier.end;
            if overlaps {
                *earlier = earlier.cover(*later);
            }
            overlaps
        });
        ranges
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Progress;
    use crate::analysis::statements::find_statements;
    use crate::document::{Corpus, DocumentId};

    #[test]
    fn words_of_the_act_and_of_the_condition_are_found() {
        let text = "“Until we see a change in North Korea's actions we must continue the sanctions,” NATO said.";
        let codebook = Codebook::built_in();
        let corpus = Corpus::new([Arc::new(Document::of_lines(DocumentId(1), text))]);
        let statements = find_statements(&corpus, &codebook, CueTier::Normal, &Progress::default()).unwrap();
        let emphasis = Emphasis::new(&codebook);
        let words = |statement| {
            let ranges = emphasis.of(&corpus.documents()[0], statement);
            ranges.into_iter().map(|range| range.of(text)).collect::<Vec<_>>()
        };
        let found = words(&statements[0]);
        assert!(found.contains(&"Until") && found.iter().any(|words| words.starts_with("must")), "{found:?}");
        let without = Statement { act: None, conditions: Vec::new(), ..statements[0].clone() };
        assert_eq!(words(&without), Vec::<&str>::new());
    }
}
