//! Another encoding makes another text: the reader's decisions move to where their words are found again.
//!
//! A decision on a block is keyed by its range. When a file is read anew the block is looked for in the new text, by
//! its plain letters alone (ASCII letters and digits), since those are what every encoding agrees on. What is not found,
//! or found in two places that fit equally, is listed and not guessed. Decisions on phrases are keyed by words: where
//! another encoding changes these, the phrase is another one, and they wait until it comes back. `O(n)` in the bytes of both texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Decisions;
use crate::document::{Document, DocumentId};
use crate::text::ByteRange;

/// The decisions after some articles were read anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    pub decisions: Decisions,
    /// The words of each block whose decision could not be carried over, as they were read before.
    pub lost: Vec<String>,
}

/// Moves the decisions on the blocks of `old` to the blocks of `new` with the same words.
///
/// Articles of `old` and `new` belong together by id; dates, pins and reviews are keyed by ids that stay.
pub fn carried_over(decisions: &Decisions, old: &[Arc<Document>], new: &[Arc<Document>]) -> Carried {
    let mut carried = Carried { decisions: decisions.clone(), lost: Vec::new() };
    for old in old {
        let decided: Vec<_> = (decisions.blocks.iter())
            .filter(|((document, _), _)| *document == old.id)
            .map(|((_, range), furniture)| (*range, *furniture))
            .collect();
        if decided.is_empty() {
            continue;
        }
        let same = new.iter().find(|new| new.id == old.id);
        let places = same.map(|new| Places::new(new)).unwrap_or_default();
        for (range, furniture) in decided {
            carried.decisions.blocks.remove(&(old.id, range));
            match places.of(range.of(&old.text)) {
                Some(place) => {
                    carried.decisions.blocks.insert((old.id, place), furniture);
                }
                None => carried.lost.push(range.of(&old.text).to_owned()),
            }
        }
        if same.is_none() {
            forget(&mut carried.decisions, old.id);
        }
    }
    carried
}

/// Decisions on an article that is not there any more.
fn forget(decisions: &mut Decisions, id: DocumentId) {
    decisions.dates.remove(&id);
}

/// The blocks of a text by their plain letters; `None` where several blocks have the same.
#[derive(Default)]
struct Places {
    by_letters: BTreeMap<String, Option<ByteRange>>,
}

impl Places {
    fn new(document: &Document) -> Self {
        let mut by_letters = BTreeMap::new();
        for block in &document.blocks {
            let letters = plain_letters(block.range.of(&document.text));
            by_letters.entry(letters).and_modify(|place| *place = None).or_insert(Some(block.range));
        }
        Self { by_letters }
    }

    fn of(&self, words: &str) -> Option<ByteRange> {
        let letters = plain_letters(words);
        if letters.is_empty() { None } else { self.by_letters.get(&letters).copied().flatten() }
    }
}

fn plain_letters(words: &str) -> String {
    words.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Furniture;

    fn document(text: &str) -> Arc<Document> {
        Arc::new(Document::of_lines(DocumentId(1), text))
    }

    #[test]
    fn a_decision_follows_its_words() {
        let old = document("Größe zählt\nMenü\nEnde");
        let new = document("\nMen? \nGr??e z?hlt\nEnde");
        let mut decisions = Decisions::default();
        for block in &old.blocks {
            decisions.blocks.insert((old.id, block.range), Furniture::Hidden);
        }
        let carried = carried_over(&decisions, std::slice::from_ref(&old), std::slice::from_ref(&new));
        let words: Vec<&str> = carried.decisions.blocks.keys().map(|(_, range)| range.of(&new.text)).collect();
        assert_eq!(words, ["Men? ", "Gr??e z?hlt", "Ende"]);
        assert!(carried.lost.is_empty());
    }

    #[test]
    fn what_is_not_found_or_found_twice_is_listed() {
        let old = document("Read more\nSubscribe now\n…");
        let new = document("Subscribe now\nSubscribe now\n?");
        let mut decisions = Decisions::default();
        for block in &old.blocks {
            decisions.blocks.insert((old.id, block.range), Furniture::Hidden);
        }
        let carried = carried_over(&decisions, &[old], &[new]);
        assert!(carried.decisions.blocks.is_empty());
        assert_eq!(carried.lost, ["Read more", "Subscribe now", "…"]);
    }
}
