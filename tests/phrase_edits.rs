//! What the reader decides about phrases holds: it shows at once, waits where its family is gone, makes no circle, loses
//! no place, and can be taken back.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use throughline::analysis::reuse::edits::{EditedPhrases, PhraseEdits, edited, split_id, wording};
use throughline::analysis::reuse::{Occurrence, OccurrenceKind, Phrase};
use throughline::analysis::{self, Options, PhraseId, Progress};
use throughline::codebook::Codebook;
use throughline::document::{Corpus, DateBasis, Document, DocumentId, Passage, Published};
use throughline::project::phrases::{PhraseMerge, PhraseName, PhraseSplit};
use throughline::project::{Command, Project};
use throughline::text::ByteRange;

/// Three articles of three years, the same formulas in each.
const TEXTS: [&str; 3] = [
    "The old pier stays. Eels return. Fees for ferries rise. A night shift ends.",
    "the Old Pier is shut. The eels return. Fees for the ferries fall. Night shifts.",
    "Old piers are dear. Eels returned! No fees for ferries. The night shift is on.",
];

/// Label and the words of its place in each article; empty where it has none.
const FAMILIES: [(&str, [&str; 3]); 4] = [
    ("old pier", ["old pier", "Old Pier", "Old piers"]),
    ("eels return", ["Eels return", "eels return", "Eels returned"]),
    ("fees for ferries", ["Fees for ferries", "Fees for the ferries", "fees for ferries"]),
    ("night shift", ["night shift", "", "night shift"]),
];

fn corpus() -> Corpus {
    Corpus::new(TEXTS.into_iter().zip(1..).map(|(text, id)| {
        let best = Some(jiff::civil::date(2016 + id, 5, 1));
        let published = Published { best, basis: DateBasis::Stated, ..Published::unknown() };
        Arc::new(Document { published, ..Document::of_lines(DocumentId(u64::try_from(id).unwrap()), text) })
    }))
}

fn id(family: usize) -> PhraseId {
    PhraseId(family as u64 + 1)
}

fn phrases() -> Vec<Phrase> {
    let phrase = |(family, (label, places)): (usize, &(&str, [&str; 3]))| {
        let occurrences: Vec<Occurrence> = places
            .iter()
            .zip(TEXTS)
            .zip(1..)
            .filter(|((words, _), _)| !words.is_empty())
            .map(|((words, text), document)| {
                let start = text.find(words).unwrap();
                let range = ByteRange::new(start, start + words.len());
                let passage = Passage { document: DocumentId(document), range };
                Occurrence { passage, kind: OccurrenceKind::Verbatim, why: "same words in order".into() }
            })
            .collect();
        let day = |place: &Occurrence| jiff::civil::date(2016 + i16::try_from(place.passage.document.0).unwrap(), 5, 1);
        Phrase {
            id: id(family),
            label: (*label).to_owned(),
            n_words: 2,
            weight: 4.0 - family as f32,
            n_documents: occurrences.len(),
            first: occurrences.first().map(day),
            last: occurrences.last().map(day),
            occurrences,
        }
    };
    FAMILIES.iter().enumerate().map(phrase).collect()
}

fn laid(edits: &PhraseEdits) -> EditedPhrases<Phrase> {
    edited(&phrases(), &corpus(), edits)
}

/// Labels with the words of their places.
fn shown(edits: &PhraseEdits) -> Vec<(String, Vec<String>)> {
    let corpus = corpus();
    let places = |phrase: &Phrase| {
        phrase.occurrences.iter().map(|place| corpus.words(place.passage).to_owned()).collect::<Vec<_>>()
    };
    laid(edits).phrases.iter().map(|phrase| (phrase.label.clone(), places(phrase))).collect()
}

fn labels(edits: &PhraseEdits) -> Vec<String> {
    shown(edits).into_iter().map(|(label, _)| label).collect()
}

fn merges(pairs: &[(usize, usize)]) -> PhraseEdits {
    let merged = pairs.iter().map(|&(phrase, into)| (id(phrase), id(into))).collect();
    PhraseEdits { merged, ..PhraseEdits::default() }
}

#[test]
fn without_decisions_everything_is_as_it_was_found() {
    let EditedPhrases { phrases: found, edits } = laid(&PhraseEdits::default());
    assert_eq!(found, phrases());
    assert!(edits.is_empty());
}

#[test]
fn a_name_takes_the_place_of_the_label_which_is_kept() {
    let names = BTreeMap::from([(id(0), " The long pier ".to_owned()), (id(1), "  ".to_owned())]);
    let EditedPhrases { phrases: named, edits } = laid(&PhraseEdits { names, ..PhraseEdits::default() });
    assert_eq!((named[0].label.as_str(), named[1].label.as_str()), ("The long pier", "eels return"));
    assert_eq!(edits[&id(0)].found_label.as_deref(), Some("old pier"));
    assert!(!edits.contains_key(&id(1)));
}

#[test]
fn a_merged_family_has_the_places_of_both_and_says_so() {
    let EditedPhrases { phrases: merged, edits } = laid(&merges(&[(1, 3)]));
    let night = merged.iter().find(|phrase| phrase.id == id(3)).unwrap();
    assert!(merged.iter().all(|phrase| phrase.id != id(1)));
    assert_eq!((night.occurrences.len(), night.n_documents), (5, 3));
    assert_eq!(edits[&id(3)].merged, [id(1)]);
    let documents: Vec<u64> = night.occurrences.iter().map(|place| place.passage.document.0).collect();
    assert_eq!(documents, [1, 1, 2, 3, 3]);
    let eels = &night.occurrences[0];
    assert_eq!((eels.kind, &*eels.why), (OccurrenceKind::Near, "you merged it from “eels return”"));
    // Wider spread weighs more.
    assert!(night.weight > phrases()[3].weight);
}

#[test]
fn merges_lead_on_to_the_last_family_that_is_there() {
    let chain = merges(&[(0, 1), (1, 2)]);
    assert_eq!(labels(&chain), ["fees for ferries", "night shift"]);
    // Without the one in the middle the first still finds the last; without the last it stays in the middle.
    let corpus = corpus();
    for (gone, wanted) in [(1, vec![2, 3]), (2, vec![1, 3])] {
        let found: Vec<Phrase> = phrases().into_iter().filter(|phrase| phrase.id != id(gone)).collect();
        let mut left: Vec<PhraseId> = edited(&found, &corpus, &chain).phrases.iter().map(|phrase| phrase.id).collect();
        left.sort();
        assert_eq!(left, wanted.into_iter().map(id).collect::<Vec<_>>(), "without {gone}");
    }
    // A merge with a family that is not there waits.
    let waiting = PhraseEdits { merged: BTreeMap::from([(id(0), PhraseId(99))]), ..PhraseEdits::default() };
    assert_eq!(shown(&waiting), shown(&PhraseEdits::default()));
}

#[test]
fn a_circle_of_merges_loses_nothing() {
    let circle = merges(&[(0, 1), (1, 2), (2, 0)]);
    let shown = shown(&circle);
    assert_eq!(shown.len(), 2);
    assert_eq!(shown.iter().map(|(_, places)| places.len()).sum::<usize>(), 11);
}

#[test]
fn a_split_wording_takes_all_places_that_are_written_alike() {
    let split = BTreeSet::from([(id(0), "old pier".to_owned())]);
    let edits = PhraseEdits { split, ..PhraseEdits::default() };
    let shown = shown(&edits);
    assert!(shown.contains(&("old pier".to_owned(), vec!["old pier".to_owned(), "Old Pier".to_owned()])));
    assert!(shown.contains(&("old pier".to_owned(), vec!["Old piers".to_owned()])));
    let laid = laid(&edits);
    let new = split_id(id(0), "old pier");
    let family = laid.phrases.iter().find(|phrase| phrase.id == new).unwrap();
    assert_eq!((family.n_documents, family.first.unwrap().year(), family.last.unwrap().year()), (2, 2017, 2018));
    assert_eq!(laid.edits[&new].split_from, Some(id(0)));
    // Its name, its merge and its dismissal go by its own id.
    let mut more = edits.clone();
    more.merged.insert(new, id(3));
    more.names.insert(id(3), "of all kinds".to_owned());
    assert_eq!(labels(&more), ["eels return", "fees for ferries", "of all kinds", "old pier"]);
    // Merged back it is as if it had never been split off.
    let mut back = edits.clone();
    back.merged.insert(new, id(0));
    assert_eq!(laid_phrases(&back), phrases());
    let mut dismissed = edits;
    dismissed.dismissed.insert(new);
    assert_eq!(laid_phrases(&dismissed).len(), 4);
}

fn laid_phrases(edits: &PhraseEdits) -> Vec<Phrase> {
    laid(edits).phrases
}

#[test]
fn a_merged_place_on_the_same_words_is_not_told_twice() {
    let mut found = phrases();
    // "Fees for ferries" and the "ferries" in it.
    let whole = found[2].occurrences[0].clone();
    let range = ByteRange::new(whole.passage.range.end - 7, whole.passage.range.end);
    found[3].occurrences.push(Occurrence { passage: Passage { range, ..whole.passage }, ..whole });
    let merged = edited(&found, &corpus(), &merges(&[(3, 2)])).phrases;
    assert_eq!(merged.iter().find(|phrase| phrase.id == id(2)).unwrap().occurrences.len(), 5);
}

#[test]
fn the_analysis_lays_decisions_over_what_it_finds() {
    let codebook = Codebook::default();
    let text = "The careless herring embargo of the harbor council stands.";
    let documents = [text, text].into_iter().zip(1..);
    let corpus = Corpus::new(documents.map(|(text, id)| Arc::new(Document::of_lines(DocumentId(id), text))));
    let analyze = |edits: PhraseEdits| {
        let options = Options { edits, ..Options::default() };
        analysis::analyze(&corpus, &codebook, &options, &Progress::default()).unwrap()
    };
    let found = analyze(PhraseEdits::default());
    let first = found.phrases.first().unwrap();
    let names = BTreeMap::from([(first.id, "The embargo".to_owned())]);
    let named = analyze(PhraseEdits { names, ..PhraseEdits::default() });
    assert_eq!(named.phrase(first.id).unwrap().label, "The embargo");
    assert_eq!(named.phrase_edits[&first.id].found_label.as_deref(), Some(first.label.as_str()));
    let gone = analyze(PhraseEdits { dismissed: BTreeSet::from([first.id]), ..PhraseEdits::default() });
    assert_eq!(gone.phrase(first.id), None);
}

/// A decision on one of six families, two of which are not there.
fn command() -> impl Strategy<Value = Command> {
    let family = || 0_u64..6;
    let phrase = |family: u64| PhraseId(family + 1);
    let label = |family: u64| format!("family {family}");
    prop_oneof![
        family().prop_map(move |it| Command::DismissPhrase { phrase: phrase(it), label: label(it) }),
        family().prop_map(move |it| Command::RestorePhrase { phrase: phrase(it) }),
        (family(), proptest::option::of("[a-z ]{0,4}")).prop_map(move |(it, name)| {
            let name = name.map(|name| PhraseName { name, label: label(it) });
            Command::RenamePhrase { phrase: phrase(it), name }
        }),
        (family(), proptest::option::of(family())).prop_map(move |(it, into)| {
            let merge = |into| PhraseMerge { into: phrase(into), label: label(it), into_label: label(into) };
            Command::MergePhrase { phrase: phrase(it), merge: into.map(merge) }
        }),
        (family(), 0_usize..3, any::<bool>()).prop_map(move |(it, nth, is_split)| {
            let words = FAMILIES.get(usize::try_from(it).unwrap()).map_or("gone", |(_, places)| places[nth]);
            let wording = wording(words, ByteRange::new(0, words.len()));
            let split = is_split.then(|| PhraseSplit { words: words.to_owned(), label: label(it) });
            Command::SplitPhrase { phrase: phrase(it), wording, split }
        }),
    ]
}

proptest! {
    #[test]
    fn any_decisions_can_be_taken_back_and_done_again(commands in proptest::collection::vec(command(), 0..24)) {
        let mut project = Project::default();
        let start = project.decisions().clone();
        for command in commands {
            project.apply(command);
        }
        let end = project.decisions().clone();
        while project.undo().is_some() {}
        prop_assert_eq!(project.decisions(), &start);
        while project.redo().is_some() {}
        prop_assert_eq!(project.decisions(), &end);
    }

    #[test]
    fn no_place_is_lost_or_doubled(commands in proptest::collection::vec(command(), 0..24)) {
        let mut project = Project::default();
        for command in commands {
            project.apply(command);
        }
        let mut edits = project.options().edits;
        let passages = |phrases: &[Phrase]| {
            let mut all: Vec<Passage> =
                phrases.iter().flat_map(|phrase| &phrase.occurrences).map(|place| place.passage).collect();
            all.sort();
            all
        };
        let with_dismissed = laid(&edits);
        edits.dismissed.clear();
        let laid = laid(&edits);
        prop_assert_eq!(passages(&laid.phrases), passages(&phrases()));
        let ids: BTreeSet<PhraseId> = laid.phrases.iter().map(|phrase| phrase.id).collect();
        prop_assert_eq!(ids.len(), laid.phrases.len());
        for phrase in &laid.phrases {
            let documents: BTreeSet<_> = phrase.occurrences.iter().map(|place| place.passage.document).collect();
            prop_assert_eq!(documents.len(), phrase.n_documents);
            prop_assert!(phrase.occurrences.is_sorted_by_key(|place| place.passage));
        }
        prop_assert!(with_dismissed.phrases.len() <= laid.phrases.len());
        prop_assert!(laid.edits.keys().all(|id| ids.contains(id)));
    }
}
