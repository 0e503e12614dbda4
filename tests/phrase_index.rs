//! The promise of the index: whatever came and went, in whatever order, it says what a run from scratch says.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

#[path = "support/prose/mod.rs"]
mod prose;

use std::sync::Arc;

use proptest::prelude::*;
use throughline::analysis::reuse::{Phrase, PhraseIndex};
use throughline::analysis::{Memory, Options, Progress, analyze, analyze_again};
use throughline::codebook::{AliasGroup, Codebook};
use throughline::document::{Corpus, Document, DocumentId, Published};

fn codebook() -> Codebook {
    let group = AliasGroup { name: "Freedonia".to_owned(), also: vec!["Marxville".to_owned()], is_name: true };
    Codebook { aliases: vec![group], ..Codebook::default() }
}

fn from_scratch(documents: &[Arc<Document>]) -> Vec<Arc<Phrase>> {
    let mut index = PhraseIndex::new(&codebook());
    index.add(documents);
    index.phrases(&Progress::default()).unwrap()
}

/// A few words, so that much comes back, and coordinations, names and breaks among them.
const WORDS: &[&str] = &[
    "embargo",
    "herring",
    "quota",
    "reckless",
    "lamprey",
    "the",
    "of",
    "and",
    "or",
    "a",
    "Freedonia",
    "Marxville",
    "we",
    "are",
    "worried",
    "about",
    "also",
    "harbor",
    "trawler",
    "arbitration,",
    "dockers.",
    "Otto",
    "Bergmann",
    "tighten",
];

fn text() -> impl Strategy<Value = String> {
    let word = (0..WORDS.len()).prop_map(|idx| WORDS[idx].to_owned());
    let formula = prop_oneof![
        Just("we are of course worried about the herring quota".to_owned()),
        Just("binding arbitration for all dockers".to_owned()),
        Just("lamprey and herring hatcheries\n".to_owned()),
        Just("pressure on Marxville".to_owned()),
    ];
    prop::collection::vec(prop_oneof![4 => word, 1 => formula], 0..60).prop_map(|pieces| pieces.join(" "))
}

/// A text long enough to tell a story, so that copies of it and of its halves are told apart from reuse.
fn story(number: usize) -> String {
    let sentence =
        |idx: usize| format!("Ferry{idx} and barge{idx} met trawler{idx} near harbor{idx} while gulls watched.");
    (number * 3..number * 3 + 20).map(sentence).collect::<Vec<_>>().join(" ")
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![5 => text(), 1 => (0usize..4).prop_map(story)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn coming_and_going_gives_what_a_run_from_scratch_gives(
        texts in prop::collection::vec(any_text(), 3..24),
        steps in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..40),
    ) {
        // Ids in another order than that of coming.
        let documents: Vec<Arc<Document>> = (1u64..)
            .zip(&texts)
            .map(|(number, text)| Arc::new(Document::of_lines(DocumentId(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)), text)))
            .collect();
        let mut index = PhraseIndex::new(&codebook());
        let mut inside: Vec<Arc<Document>> = documents[..documents.len() / 2].to_vec();
        index.add(&inside);
        index.phrases(&Progress::default()).unwrap();
        for (n_steps, (which, asks)) in steps.iter().enumerate() {
            let document = which.get(&documents);
            if inside.iter().any(|other| other.id == document.id) {
                prop_assert!(index.remove(document.id));
                inside.retain(|other| other.id != document.id);
            } else {
                prop_assert!(!index.remove(document.id));
                index.add(&[Arc::clone(document)]);
                inside.push(Arc::clone(document));
            }
            if *asks || n_steps + 1 == steps.len() {
                prop_assert_eq!(index.phrases(&Progress::default()).unwrap(), from_scratch(&inside));
            }
        }
    }
}

#[test]
fn another_date_changes_the_order_of_places_and_no_family() {
    let article = |id: u64, day: i8| {
        let mut document = Document::of_lines(DocumentId(id), "No binding arbitration for the dockers, not now.");
        document.published = Published::entered(jiff::civil::date(2024, 1, day), Vec::new());
        Arc::new(document)
    };
    let mut index = PhraseIndex::new(&codebook());
    index.add(&[article(1, 10), article(2, 11), article(3, 12)]);
    let before = index.phrases(&Progress::default()).unwrap();
    assert_eq!(before[0].occurrences[0].passage.document, DocumentId(1));
    index.add(&[article(1, 20)]);
    let after = index.phrases(&Progress::default()).unwrap();
    assert_eq!(after, from_scratch(&[article(1, 20), article(2, 11), article(3, 12)]));
    assert_eq!((after[0].id, after[0].occurrences[0].passage.document), (before[0].id, DocumentId(2)));
    assert_eq!(after[0].last, Some(jiff::civil::date(2024, 1, 20)));
}

#[test]
fn copies_of_a_story_are_no_reuse() {
    let documents: Vec<Arc<Document>> =
        (1..=2).map(|id| Arc::new(Document::of_lines(DocumentId(id), &story(1)))).collect();
    let mut index = PhraseIndex::new(&codebook());
    index.add(&documents);
    assert!(index.phrases(&Progress::default()).unwrap().is_empty());
    assert_eq!(index.same_stories(&Progress::default()).unwrap(), [vec![DocumentId(1), DocumentId(2)]]);
    let third = "They wrote that ferry3 and barge3 met trawler3 near harbor3 that night.";
    index.add(&[Arc::new(Document::of_lines(DocumentId(3), third))]);
    let phrases = index.phrases(&Progress::default()).unwrap();
    assert_eq!(phrases.len(), 1, "{phrases:?}");
    assert_eq!((phrases[0].n_documents, phrases[0].occurrences.len()), (3, 3));
}

#[test]
fn an_analysis_with_a_memory_is_that_without_one() {
    let article = |id: u64, text: &str| Arc::new(Document::of_lines(DocumentId(id), text));
    let all = [
        article(1, "The union demands binding arbitration for dockers, and pressure on Marxville goes on."),
        article(2, "Nobody offered binding arbitration for dockers. More pressure on Freedonia came."),
        article(3, "The herring quota fell. Binding arbitration for all dockers is a dream."),
        article(4, &story(1)),
        article(5, &story(1)),
    ];
    let (options, progress) = (Options::default(), Progress::default());
    let mut memory = Memory::default();
    let mut n_found = Vec::new();
    for articles in [&all[..2], &all[..], &all[1..4], &all[..3], &all[4..], &all[..]] {
        let corpus = Corpus::new(articles.iter().cloned());
        let again = analyze_again(&mut memory, &corpus, &codebook(), &options, &progress).unwrap();
        assert_eq!(again, analyze(&corpus, &codebook(), &options, &progress).unwrap());
        n_found.push((again.phrases.len(), again.same_stories.len()));
    }
    assert!(n_found[0].0 > 0 && n_found[1].1 == 1 && n_found[4] == (0, 0), "{n_found:?}");
    // With other aliases the same words are compared anew.
    let (corpus, other) = (Corpus::new(all[..2].iter().cloned()), Codebook::default());
    let again = analyze_again(&mut memory, &corpus, &other, &options, &progress).unwrap();
    assert_eq!(again, analyze(&corpus, &other, &options, &progress).unwrap());
    assert_ne!(again, analyze(&corpus, &codebook(), &options, &progress).unwrap());
}

#[test]
fn crossing_a_step_gives_what_a_run_from_scratch_gives() {
    // From 1,024 articles on a formula has to weigh more.
    let documents = prose::Prose::new(5).corpus(1027, 0.1).documents;
    let mut index = PhraseIndex::new(&codebook());
    index.add(&documents[..1020]);
    let before = index.phrases(&Progress::default()).unwrap();
    for n_documents in 1021..=documents.len() {
        index.add(&documents[n_documents - 1..n_documents]);
        index.phrases(&Progress::default()).unwrap();
    }
    let after = index.phrases(&Progress::default()).unwrap();
    assert_eq!(after, from_scratch(&documents));
    assert!(after.len() < before.len(), "{} {}", after.len(), before.len());
    for document in &documents[1020..] {
        assert!(index.remove(document.id));
    }
    assert_eq!(index.phrases(&Progress::default()).unwrap(), before);
}
