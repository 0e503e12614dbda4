//! Dates that a twin proposes: an article without a sure date that tells the same as one that has it.
//!
//! Sentences of eight words and more are compared word for word, case and typography aside. Articles that share at
//! least three of them, and a third of those of the shorter one, are twins. The day of a twin is proposed and never
//! set: a copy may come days after its source, so the reader decides. `O(n)` in the bytes of the readable blocks.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::document::{Corpus, DateBasis, Document, DocumentId, Passage, Published};
use crate::text::compare::fold;
use crate::text::{ByteRange, sentences};

/// Shorter sentences come back by chance.
const MIN_WORDS: usize = 8;

/// Shared sentences that make a twin; feels right.
const MIN_SHARED: usize = 3;

/// Share of the sentences of the shorter article that a twin shares; feels right.
const MIN_SHARE: f32 = 0.34;

/// A sentence that more articles have is a formula and shows no twins.
const MAX_PLACES: usize = 16;

/// A day that another article proposes.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedDate {
    pub document: DocumentId,
    /// The article that tells the same and has a sure date.
    pub twin: DocumentId,
    /// The day of the twin.
    pub date: Date,
    /// Number of sentences both have.
    pub n_sentences: usize,
    /// Share of the sentences of the shorter article, 0.0..=1.0.
    pub share: f32,
    /// The first shared sentence, in `document`.
    pub passage: Passage,
}

/// Finds a day for each article without a sure date that has a twin with one; the twin that shares most.
/// In the order of the corpus.
pub fn find_proposed_dates(corpus: &Corpus) -> Vec<ProposedDate> {
    let documents = corpus.documents();
    if documents.iter().all(|document| is_sure(&document.published)) {
        return Vec::new();
    }
    let told: Vec<Vec<(ByteRange, String)>> = documents.par_iter().map(|document| long_sentences(document)).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (idx, sentences) in told.iter().enumerate().filter(|(idx, _)| is_sure(&documents[*idx].published)) {
        for (_, folded) in sentences {
            let of_sentence = places.entry(folded).or_default();
            if of_sentence.last() != Some(&idx) {
                of_sentence.push(idx);
            }
        }
    }
    (0..documents.len())
        .filter(|&idx| !is_sure(&documents[idx].published))
        .filter_map(|idx| proposal(corpus, idx, &told, &places))
        .collect()
}

fn proposal(
    corpus: &Corpus,
    idx: usize,
    told: &[Vec<(ByteRange, String)>],
    places: &HashMap<&str, Vec<usize>>,
) -> Option<ProposedDate> {
    let documents = corpus.documents();
    let document = &documents[idx];
    let mut shared: BTreeMap<usize, (usize, ByteRange)> = BTreeMap::new();
    for (range, folded) in &told[idx] {
        for &twin in places.get(folded.as_str()).into_iter().flatten().take(MAX_PLACES + 1) {
            shared.entry(twin).or_insert((0, *range)).0 += 1;
        }
    }
    let share = |twin: usize, n: usize| n as f32 / told[idx].len().min(told[twin].len()).max(1) as f32;
    let fits = |date: Date| {
        document.published.earliest.is_none_or(|earliest| earliest <= date)
            && document.published.latest.is_none_or(|latest| date <= latest)
    };
    // Among equals the earlier article: the copy comes after its source.
    let (twin, (n_sentences, range)) = shared
        .into_iter()
        .filter(|&(twin, (n, _))| n >= MIN_SHARED && share(twin, n) >= MIN_SHARE)
        .filter(|&(twin, _)| documents[twin].published.best.is_some_and(fits))
        .max_by_key(|&(twin, (n, _))| (n, std::cmp::Reverse(twin)))?;
    Some(ProposedDate {
        document: document.id,
        twin: documents[twin].id,
        date: documents[twin].published.best?,
        n_sentences,
        share: share(twin, n_sentences).min(1.0),
        passage: Passage { document: document.id, range },
    })
}

/// Does the text, its metadata or the reader say the day?
fn is_sure(published: &Published) -> bool {
    let is_told = matches!(published.basis, DateBasis::Stated | DateBasis::Metadata);
    published.best.is_some() && (published.set_by_user || is_told)
}

fn long_sentences(document: &Document) -> Vec<(ByteRange, String)> {
    let text = document.text.as_str();
    (document.readable_blocks())
        .flat_map(|block| sentences(text, block.range))
        .map(|range| (range, fold(range.of(text)).split_whitespace().collect::<Vec<_>>().join(" ")))
        .filter(|(_, folded)| folded.split(' ').count() >= MIN_WORDS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::sync::Arc;

    const STORY: [&str; 4] = [
        "The old harbor of the town was opened again on Monday.",
        "Its mayor had waited for the day for more than ten years.",
        "Ships from all over the world are expected in the next weeks.",
        "The fund for the lighthouse will be spent on the new pier.",
    ];

    fn document(id: u64, lines: &[&str], day: Option<Date>) -> Arc<Document> {
        let mut document = Document::of_lines(DocumentId(id), &lines.join("\n"));
        if let Some(day) = day {
            document.published = Published { basis: DateBasis::Stated, ..Published::entered(day, Vec::new()) };
            document.published.set_by_user = false;
        }
        Arc::new(document)
    }

    #[test]
    fn the_article_that_shares_most_proposes_its_day() {
        let day = date(2031, 5, 3);
        let other = [STORY[0], STORY[1], STORY[2], "And this is what nobody else in the whole town has told."];
        let corpus = Corpus::new([
            document(1, &STORY, None),
            document(2, &other, Some(date(2031, 5, 9))),
            document(3, &STORY, Some(day)),
        ]);
        let found = find_proposed_dates(&corpus);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].document, found[0].twin, found[0].date), (DocumentId(1), DocumentId(3), day));
        assert_eq!((found[0].n_sentences, corpus.words(found[0].passage)), (4, STORY[0]));
    }

    #[test]
    fn a_day_outside_the_interval_and_a_shared_quote_propose_nothing() {
        let day = date(2031, 5, 3);
        let two = [STORY[0], STORY[1], "And this is what nobody else in the whole town has told."];
        let corpus = Corpus::new([document(1, &two, None), document(3, &STORY, Some(day))]);
        assert_eq!(find_proposed_dates(&corpus), []);
        let mut late = Document::clone(&document(1, &STORY, None));
        late.published.earliest = Some(date(2032, 1, 1));
        let corpus = Corpus::new([Arc::new(late), document(3, &STORY, Some(day))]);
        assert_eq!(find_proposed_dates(&corpus), []);
    }
}
