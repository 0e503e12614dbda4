//! Another encoding makes another text: the reader's decisions move to where their words are found again.
//!
//! A decision on a block is keyed by its range. When a file is read anew the block is looked for in the new text, by
//! its plain letters alone (ASCII letters and digits), since those are what every encoding agrees on. What is not found,
//! or found in two places that fit equally, is listed and not guessed. Words inside a block (those of a statement) are
//! found again by how many of its letters stand before them. Decisions on phrases are keyed by words: where
//! another encoding changes these, the phrase is another one, and they wait until it comes back. `O(n)` in the bytes of both texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Decisions;
use crate::analysis::revisions::Found;
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
        let same = new.iter().find(|new| new.id == old.id);
        if let Some(new) = same {
            carry_statements(&mut carried, old, new);
        }
        if decided.is_empty() {
            continue;
        }
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

/// Moves what was decided about statements of an article. A statement whose words are not found again is lost.
fn carry_statements(carried: &mut Carried, old: &Document, new: &Document) {
    let places = Places::new(new);
    let move_to = |range: &ByteRange| places.inside(old, new, *range);
    let move_all = |ranges: &[ByteRange]| ranges.iter().map(move_to).collect::<Option<Vec<ByteRange>>>();
    let move_found = |found: &mut Found| {
        if found.document == old.id
            && let Some(content) = move_all(&found.content)
        {
            found.content = content;
        }
    };
    let decisions = &mut carried.decisions;
    let mut lost: Vec<String> = Vec::new();
    decisions.revisions.statements.retain(|_, revision| {
        revision.replaced.iter_mut().for_each(move_found);
        revision.drafts.iter_mut().filter(|draft| draft.statement.document == old.id).all(|draft| {
            let statement = &mut draft.statement;
            let Some(content) = move_all(&statement.content) else {
                lost.extend(statement.content.iter().map(|range| range.of(&old.text).to_owned()));
                return false;
            };
            statement.content = content;
            for ranges in [&mut statement.cue, &mut statement.speaker, &mut statement.hedges, &mut statement.conditions]
            {
                *ranges = ranges.iter().filter_map(move_to).collect();
            }
            true
        })
    });
    for pair in decisions.revisions.pairs.values_mut() {
        move_found(&mut pair.old);
        move_found(&mut pair.new);
    }
    for note in decisions.notes.values_mut() {
        move_found(&mut note.of);
    }
    for review in decisions.reviews.values_mut() {
        review.old.iter_mut().chain(review.new.iter_mut()).for_each(move_found);
    }
    carried.lost.extend(lost);
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

    /// The place of words inside a block: the same letters of the same block, with the whole words they stand in.
    fn inside(&self, old: &Document, new: &Document, range: ByteRange) -> Option<ByteRange> {
        let before = old.block_at(range.start)?.range;
        let after = self.of(before.of(&old.text))?;
        let n_letters = |range: ByteRange| range.of(&old.text).chars().filter(char::is_ascii_alphanumeric).count();
        let n_before = n_letters(ByteRange::new(before.start, range.start));
        let n_inside = n_letters(range);
        let mut letters =
            after.of(&new.text).char_indices().filter(|(_, letter)| letter.is_ascii_alphanumeric()).skip(n_before);
        let first = letters.next()?.0;
        let last = if n_inside > 1 { letters.nth(n_inside - 2)?.0 } else { first };
        let text = after.of(&new.text);
        let is_in_word = |letter: &char| letter.is_alphanumeric() || *letter == '\u{fffd}';
        let n_left: usize = text.get(..first)?.chars().rev().take_while(is_in_word).map(char::len_utf8).sum();
        let n_right: usize = text.get(last + 1..)?.chars().take_while(is_in_word).map(char::len_utf8).sum();
        (n_inside > 0).then(|| ByteRange::new(first - n_left, last + 1 + n_right).shifted(after.start))
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
    fn what_was_decided_about_a_statement_follows_its_words() {
        use crate::analysis::StatementId;
        use crate::analysis::revisions::{Draft, Revision, RevisionKind};
        use crate::analysis::statements::by_hand;
        let old = document("Grösse zählt, sagt Jörg.\nÄ.");
        let new = document("Gr?sse z?hlt, sagt J?rg.\n?.");
        let start = old.text.find("zählt").unwrap();
        let range = ByteRange::new(start, start + "zählt, sagt Jörg".len());
        let statement = by_hand::propose(&old, range, &crate::codebook::Codebook::default()).unwrap();
        let lost =
            crate::analysis::statements::Statement { content: vec![ByteRange::new(26, 28)], ..statement.clone() };
        let revision = |statement: &crate::analysis::statements::Statement| Revision {
            kind: RevisionKind::Added,
            replaced: Vec::new(),
            drafts: vec![Draft { statement: statement.clone(), is_day_entered: false }],
        };
        let mut decisions = Decisions::default();
        decisions.revisions.statements.insert(StatementId(1), revision(&statement));
        decisions.revisions.statements.insert(StatementId(2), revision(&lost));
        let carried = carried_over(&decisions, &[old], std::slice::from_ref(&new));
        let kept: Vec<&str> = (carried.decisions.revisions.statements.values())
            .flat_map(|revision| &revision.drafts)
            .map(|draft| draft.statement.content[0].of(&new.text))
            .collect();
        assert_eq!(kept, ["z?hlt, sagt J?rg"]);
        assert_eq!(carried.lost.len(), 1);
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
