//! Furniture that one article does not give away: lines that come back in other articles of the outlet.
//!
//! A short line without an end mark ("Follow our live blog") is furniture from the second article of an outlet on; a
//! sentence only where at least four articles have it word for word, and only above or below all paragraphs that are
//! the article's own: background that an agency repeats in the middle of its texts is wording, and wording is what the
//! program is for. Words in quotation marks are never furniture. Two articles that are mostly the same (a correction,
//! an update) say nothing about each other's lines. `O(n)` in the bytes of the readable blocks.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::document::{Block, BlockKind, Corpus, Document, DocumentId, Passage};
use crate::text::compare::fold;

/// Id of the rule.
pub const RULE: &str = "outlet-repeat";

/// A line is short up to this many words.
const SHORT_WORDS: usize = 12;

/// Articles that must have a sentence before it is furniture; feels right.
const MIN_FOR_SENTENCE: usize = 4;

/// Articles that share more of their lines than this are one story told again.
const SAME_STORY_SHARE: f64 = 0.5;

/// A line is compared in at most so many articles; more prove nothing more.
const MAX_PLACES: usize = 64;

/// A block that other articles of the outlet have too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurnitureMark {
    /// The whole block.
    pub passage: Passage,
    /// Another article that has it, the first in order of date.
    pub also_in: DocumentId,
    /// Number of articles that have it, this one included.
    pub n_documents: usize,
}

/// A line of an article that may be furniture.
struct Line {
    document_idx: usize,
    block_idx: usize,
    folded: String,
    is_short: bool,
}

/// Finds blocks that come back in other articles of their outlet. In the order of the corpus.
pub fn find_recurring(corpus: &Corpus) -> Vec<FurnitureMark> {
    let documents = corpus.documents();
    let lines: Vec<Line> =
        documents.par_iter().enumerate().flat_map_iter(|(idx, document)| lines_of(idx, document)).collect();
    let mut places: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    let mut n_lines = vec![0usize; documents.len()];
    for line in &lines {
        n_lines[line.document_idx] += 1;
        let Some(outlet) = &documents[line.document_idx].outlet else { continue };
        let of_line = places.entry((outlet.name.as_str(), line.folded.as_str())).or_default();
        if of_line.last() != Some(&line.document_idx) && of_line.len() < MAX_PLACES {
            of_line.push(line.document_idx);
        }
    }
    places.retain(|_, of_line| of_line.len() > 1);
    let same = same_stories(places.values(), &n_lines);
    let mut marks = Vec::new();
    for line in &lines {
        let document = &documents[line.document_idx];
        let Some(outlet) = &document.outlet else { continue };
        let Some(of_line) = places.get(&(outlet.name.as_str(), line.folded.as_str())) else { continue };
        let others: Vec<usize> = (of_line.iter().copied())
            .filter(|&other| other != line.document_idx && !same.contains(&pair(other, line.document_idx)))
            .collect();
        let n_documents = others.len() + 1;
        let is_enough = if line.is_short {
            n_documents >= 2
        } else {
            n_documents >= MIN_FOR_SENTENCE && is_at_edge(line, document, &places)
        };
        if let (true, Some(&first)) = (is_enough, others.first())
            && let Some(block) = document.blocks.get(line.block_idx)
        {
            let passage = Passage { document: document.id, range: block.range };
            marks.push(FurnitureMark { passage, also_in: documents[first].id, n_documents });
        }
    }
    marks
}

/// The corpus with the marked blocks as furniture. Articles without a mark are shared.
pub fn laid_over(corpus: &Corpus, marks: &[FurnitureMark]) -> Corpus {
    if marks.is_empty() {
        return corpus.clone();
    }
    let marked: BTreeSet<Passage> = marks.iter().map(|mark| mark.passage).collect();
    let documents = corpus.documents().iter().map(|document| {
        let is_marked = |block: &Block| {
            marked.contains(&Passage { document: document.id, range: block.range }) && !is_decided(block)
        };
        if !document.blocks.iter().any(is_marked) {
            return Arc::clone(document);
        }
        let mut laid = Document::clone(document);
        for block in laid.blocks.iter_mut().filter(|block| is_marked(block)) {
            block.kind = BlockKind::Boilerplate;
            block.rule = Some(RULE.to_owned());
        }
        Arc::new(laid)
    });
    Corpus::new(documents)
}

/// Did the reader say what the block is, here or in another article of the outlet?
fn is_decided(block: &Block) -> bool {
    block.rule.as_deref().is_some_and(|rule| matches!(rule, "reader" | "outlet:reader"))
}

/// The lines of an article that a rule, not the reader, left readable.
fn lines_of(document_idx: usize, document: &Document) -> impl Iterator<Item = Line> + '_ {
    let is_open = |block: &Block| matches!(block.kind, BlockKind::Body | BlockKind::Heading) && !is_decided(block);
    let has_outlet = document.outlet.is_some();
    document.blocks.iter().enumerate().filter(move |(_, block)| has_outlet && is_open(block)).filter_map(
        move |(block_idx, block)| {
            let words = block.range.of(&document.text).trim();
            let folded = fold(words);
            let has_quote = folded.contains('"');
            let n_words = folded.split_whitespace().count();
            let is_sentence = words.trim_end_matches(['”', '"', '’', ')']).ends_with(['.', '!', '?', '…']);
            let is_short = n_words <= SHORT_WORDS && !is_sentence;
            (!has_quote && n_words > 0).then_some(Line { document_idx, block_idx, folded, is_short })
        },
    )
}

/// Pairs of articles that share most of their lines.
fn same_stories<'a>(places: impl Iterator<Item = &'a Vec<usize>>, n_lines: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut n_shared: HashMap<(usize, usize), usize> = HashMap::new();
    for of_line in places {
        for (at, &one) in of_line.iter().enumerate() {
            for &other in &of_line[at + 1..] {
                *n_shared.entry(pair(one, other)).or_default() += 1;
            }
        }
    }
    (n_shared.into_iter())
        .filter(|&((one, other), n)| n as f64 > SAME_STORY_SHARE * n_lines[one].min(n_lines[other]) as f64)
        .map(|(pair, _)| pair)
        .collect()
}

fn pair(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// Does the line stand above or below all sentences that are the article's own?
fn is_at_edge(line: &Line, document: &Document, places: &HashMap<(&str, &str), Vec<usize>>) -> bool {
    let outlet = document.outlet.as_ref().map_or("", |outlet| outlet.name.as_str());
    let is_own = |block: &Block| {
        let words = block.range.of(&document.text).trim();
        let n_words = words.split_whitespace().count();
        block.kind == BlockKind::Body && n_words > SHORT_WORDS && !places.contains_key(&(outlet, fold(words).as_str()))
    };
    let first = document.blocks.iter().position(is_own);
    let last = document.blocks.iter().rposition(is_own);
    matches!((first, last), (Some(first), Some(last)) if line.block_idx < first || line.block_idx > last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Outlet, OutletBasis};

    fn document(id: u64, outlet: &str, lines: &[&str]) -> Arc<Document> {
        let mut document = Document::of_lines(DocumentId(id), &lines.join("\n"));
        document.outlet = Some(Outlet { name: outlet.to_owned(), basis: OutletBasis::Stated, range: None });
        Arc::new(document)
    }

    fn own(id: u64) -> String {
        format!("Pier number {id} of the old harbor was opened on Monday by the mayor, who had waited for years.")
    }

    fn marked(corpus: &Corpus) -> Vec<(u64, &str)> {
        find_recurring(corpus).iter().map(|mark| (mark.passage.document.0, corpus.words(mark.passage))).collect()
    }

    #[test]
    fn a_short_line_of_the_same_outlet_is_furniture() {
        let line = "Follow the harbor live blog";
        let texts: Vec<_> = [(1, "Gazette"), (2, "Gazette"), (3, "Courier")]
            .iter()
            .map(|&(id, outlet)| document(id, outlet, &[&own(id), &format!("The {id} harbor."), line]))
            .collect();
        let corpus = Corpus::new(texts);
        assert_eq!(marked(&corpus), [(1, line), (2, line)]);
        let laid = laid_over(&corpus, &find_recurring(&corpus));
        let last = |id| laid.get(DocumentId(id)).unwrap().blocks.last().unwrap().clone();
        assert_eq!((last(1).kind, last(1).rule.as_deref()), (BlockKind::Boilerplate, Some(RULE)));
        assert_eq!(last(3).kind, BlockKind::Body);
    }

    #[test]
    fn a_sentence_needs_four_articles_and_the_edge() {
        let line = "The Harbor Fund pays for the work of this paper and has no say in what it prints at all.";
        let inside = "The harbor was built in the year of the flood and has been the pride of the town since then.";
        let build = |n: u64| {
            Corpus::new((1..=n).map(|id| {
                let lines = [own(id), inside.to_owned(), own(id + 100), own(id + 200), line.to_owned()];
                document(id, "Gazette", &lines.each_ref().map(String::as_str))
            }))
        };
        assert_eq!(marked(&build(3)), []);
        assert_eq!(marked(&build(4)), [(1, line), (2, line), (3, line), (4, line)]);
    }

    #[test]
    fn quotes_and_stories_told_again_are_left_alone() {
        let quote = "“We shall open it”";
        let corpus = Corpus::new([1, 2].map(|id| document(id, "Gazette", &[&own(id), &own(id + 10), quote])));
        assert_eq!(marked(&corpus), []);
        let lines = [own(1), own(2), "What comes next".to_owned(), own(3)];
        let lines = lines.each_ref().map(String::as_str);
        let corpus = Corpus::new([document(1, "Gazette", &lines), document(2, "Gazette", &lines)]);
        assert_eq!(marked(&corpus), []);
    }
}
