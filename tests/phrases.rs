//! Promises of the search for phrases: what comes back is found in any form, and nothing else is.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use std::sync::Arc;

use proptest::prelude::*;
use throughline::analysis::reuse::{Occurrence, OccurrenceKind, Phrase, find_phrases, find_reuse};
use throughline::analysis::{PhraseId, Progress};
use throughline::codebook::{AliasGroup, Codebook};
use throughline::document::{BlockKind, Corpus, Document, DocumentId};

/// An article with a block for each paragraph; a paragraph that begins with `|` is boilerplate.
fn article(id: u64, text: &str) -> Arc<Document> {
    let mut document = Document::of_lines(DocumentId(id), text);
    for block in &mut document.blocks {
        if block.range.of(text).starts_with('|') {
            block.kind = BlockKind::Boilerplate;
        }
    }
    Arc::new(document)
}

fn corpus(texts: &[&str]) -> Corpus {
    Corpus::new((1u64..).zip(texts).map(|(id, text)| article(id, text)))
}

fn codebook() -> Codebook {
    let group = |name: &str, also: &[&str]| AliasGroup {
        name: name.to_owned(),
        also: also.iter().map(|&also| also.to_owned()).collect(),
        is_name: true,
    };
    Codebook {
        aliases: vec![
            group("Freedonia", &["Free Republic", "FRD", "Marxville"]),
            group("United Kingdom", &["UK", "U.K."]),
        ],
        ..Codebook::default()
    }
}

fn phrases(texts: &[&str]) -> Vec<Arc<Phrase>> {
    find_phrases(&corpus(texts), &codebook(), &Progress::default()).unwrap()
}

fn labels(texts: &[&str]) -> Vec<String> {
    phrases(texts).iter().map(|phrase| phrase.label.clone()).collect()
}

/// The words of every occurrence of the family with this label, with kind and reason.
fn places(texts: &[&str], label: &str) -> Vec<(String, OccurrenceKind, String)> {
    let corpus = corpus(texts);
    let found = find_phrases(&corpus, &codebook(), &Progress::default()).unwrap();
    let phrase = found
        .iter()
        .find(|phrase| phrase.label == label)
        .unwrap_or_else(|| panic!("no \"{label}\" among {:?}", found.iter().map(|p| &p.label).collect::<Vec<_>>()));
    let place = |occurrence: &Occurrence| {
        (corpus.words(occurrence.passage).to_owned(), occurrence.kind, occurrence.why.to_string())
    };
    phrase.occurrences.iter().map(place).collect()
}

#[test]
fn a_formula_is_found_over_a_gap() {
    let found = places(
        &[
            "They said: “We are of course worried about the ferries in the strait.”",
            "“We are of course also worried about what the lighthouse keepers heard,” he said.",
        ],
        "we are of course worried about",
    );
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].1, OccurrenceKind::Verbatim);
    assert_eq!((found[1].1, found[1].2.as_str()), (OccurrenceKind::Near, "“also” between"));
    assert_eq!(found[1].0, "We are of course also worried about");
}

#[test]
fn spelling_and_inflection_are_one_family() {
    let found = places(
        &[
            "Ministers want to modernise the harbour defences before the winter.",
            "The plan modernizes the harbor defense of every island.",
        ],
        "modernise the harbour defences",
    );
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].0, "modernizes the harbor defense");
    assert_eq!(found[1].1, OccurrenceKind::Near);
}

#[test]
fn other_names_of_one_thing_are_one_family() {
    let found = places(
        &[
            "The council wants more pressure on Freedonia after the vote.",
            "There is no let-up in pressure on the FRD, and pressure on Marxville works.",
            "A month of pressure on the Free Republic ended yesterday.",
        ],
        "pressure on Freedonia",
    );
    let words: Vec<&str> = found.iter().map(|place| place.0.as_str()).collect();
    assert_eq!(
        words,
        ["pressure on Freedonia", "pressure on the FRD", "pressure on Marxville", "pressure on the Free Republic"]
    );
    assert!(found[1..].iter().all(|place| place.1 == OccurrenceKind::Alias));
    assert_eq!(found[2].2, "Marxville for Freedonia");
}

#[test]
fn a_coordination_is_one_family_in_any_order() {
    let texts = [
        "Inspectors saw the vaccine and antidote laboratories in March.",
        "It must abandon its antidote and experimental vaccine laboratory at once.",
        "He recalled the antidote laboratory and experimental vaccines of the island.",
        "She deplored reckless vaccine trials and antidote laboratories elsewhere.",
    ];
    let found = places(&texts, "vaccine and antidote laboratories");
    let words: Vec<&str> = found.iter().map(|place| place.0.as_str()).collect();
    assert_eq!(
        words,
        [
            "vaccine and antidote laboratories",
            "antidote and experimental vaccine laboratory",
            "antidote laboratory and experimental vaccines",
            "vaccine trials and antidote laboratories",
        ]
    );
    assert_eq!(found[0].1, OccurrenceKind::Verbatim);
    assert!(found[1].2.contains("other order"), "{}", found[1].2);
    assert!(found[3].2.contains("“trials” between"), "{}", found[3].2);
}

#[test]
fn names_alone_are_no_finding() {
    let texts = [
        "Yesterday Commerce Secretary General Otto Bergmann of Freedonia met Prime Minister Ana Lopes in Port Albert.",
        "In Port Albert, Commerce Secretary General Otto Bergmann and Prime Minister Ana Lopes shook hands on Sunday.",
        "A visit by Secretary General Otto Bergmann to Port Albert ended when Ana Lopes left Port Albert.",
    ];
    assert_eq!(labels(&texts), Vec::<String>::new());
}

#[test]
fn function_words_and_ordinary_turns_are_no_finding() {
    let texts = [
        "It was one of the first of the year, and all of them were there when he said that it would be so.",
        "This is one of the last of the year; none of them were there when she said that it would be late.",
    ];
    assert_eq!(labels(&texts), Vec::<String>::new());
}

#[test]
fn boilerplate_gives_no_finding() {
    let texts = [
        "Sheep crossed the road.\n|Subscribe to our award-winning weekly newsletter for exclusive interviews",
        "Trains were late again.\n|Subscribe to our award-winning weekly newsletter for exclusive interviews",
    ];
    assert_eq!(labels(&texts), Vec::<String>::new());
}

#[test]
fn no_phrase_crosses_a_paragraph_or_a_sentence() {
    let texts = [
        "They counted the frigid\nmackerel twice. The cellar was\nfull.",
        "It was frigid mackerel. Nobody minded the cellar.",
        "It grew frigid. Mackerel swam on.",
    ];
    assert_eq!(labels(&texts), Vec::<String>::new());
}

#[test]
fn an_article_that_has_nothing_of_it_changes_no_id() {
    let texts = [
        "The union demands binding arbitration for dockers, and the missile and torpedo depots stay shut.",
        "Nobody offered binding arbitration for dockers. The torpedo and missile depot burned.",
        "Binding arbitration for all dockers is a dream, the paper wrote on Monday.",
        "A heron stood in the reeds and waited for the fog to lift over Lake Albert.",
    ];
    let ids = |texts: &[&str]| phrases(texts).iter().map(|phrase| phrase.id).collect::<Vec<PhraseId>>();
    let before = ids(&texts[..2]);
    assert_eq!(before.len(), 2);
    for n_texts in 3..=4 {
        let after = ids(&texts[..n_texts]);
        assert!(before.iter().all(|id| after.contains(id)), "{n_texts}: {before:?} {after:?}");
    }
}

const HARBOR: &[&str] = &[
    "The union demands binding arbitration for dockers. It has time. “We are of course worried about the ferries,” said Otto \
     Bergmann. Inspectors saw the vaccine and antidote laboratories in March.\nThe ministers tightened the herring \
     embargo of Freedonia.",
    "Nobody offered binding arbitration for dockers. “We are of course also worried about the lighthouse keepers,” he \
     said.\nThe island keeps its antidote and experimental vaccine laboratory, and pressure on Marxville goes on.",
    "After the vote the council wants more pressure on Freedonia. It tightened the herring embargo twice, and it calls \
     the vaccine laboratory of the island reckless.",
];

/// The ids before and what of them is left after each of `added` came to `texts`, alone and all together.
fn assert_ids_stay(texts: &[&str], added: &[&str]) {
    let before = phrases(texts);
    assert!(!before.is_empty());
    let mut larger: Vec<Vec<&str>> = added.iter().map(|added| [texts, &[*added]].concat()).collect();
    larger.push([texts, added].concat());
    for texts in larger {
        let after = phrases(&texts);
        for phrase in &before {
            let same = after.iter().find(|other| other.id == phrase.id);
            let labels: Vec<&str> = after.iter().map(|phrase| phrase.label.as_str()).collect();
            let same = same.unwrap_or_else(|| panic!("“{}” left {labels:?} after {:?}", phrase.label, texts.last()));
            let is_kept = |place: &Occurrence| same.occurrences.iter().any(|other| other.passage == place.passage);
            assert!(phrase.occurrences.iter().all(is_kept), "“{}” lost a place", phrase.label);
        }
    }
}

#[test]
fn an_unrelated_article_takes_no_finding_away() {
    assert_ids_stay(HARBOR, &["A heron stood in the reeds and waited for the fog to lift over Lake Albert."]);
}

#[test]
fn many_unrelated_articles_take_no_finding_away() {
    let others = generated(60, 3, WORDS);
    let before = phrases(HARBOR);
    for n_others in [7, 8, 13, 14, 29, 30, 60] {
        let texts: Vec<&str> = HARBOR.iter().copied().chain(others.iter().take(n_others).map(String::as_str)).collect();
        let after = phrases(&texts);
        for phrase in &before {
            assert!(
                after.iter().any(|other| other.id == phrase.id),
                "“{}” among {} articles",
                phrase.label,
                texts.len()
            );
        }
    }
}

#[test]
fn a_longer_match_around_a_formula_takes_no_finding_away() {
    assert_ids_stay(
        HARBOR,
        &[
            "“We are of course worried about the ferries,” said Otto Bergmann on Monday, without a smile.",
            "The ministers tightened the herring embargo of Freedonia. That was long ago.",
            "The union demands binding arbitration for dockers. So do the pilots.",
            "Inspectors saw the vaccine and antidote laboratories in March and wept.",
        ],
    );
}

#[test]
fn a_near_copy_of_an_article_takes_no_finding_away() {
    let copies = HARBOR.iter().map(|text| {
        text.replace("The ", "On Sunday the ").replace("dockers", "all dockers").replace("tightened", "tightened again")
    });
    let copies: Vec<String> = copies.chain(HARBOR.iter().map(|text| (*text).to_owned())).collect();
    for copy in &copies {
        assert_ids_stay(HARBOR, &[copy]);
    }
}

#[test]
fn a_formula_stands_beside_the_longer_run_around_it() {
    let texts = [
        "“We are of course worried about the cargo and fishing fleets of Freedonia,” she said.",
        "“We are of course worried about the cargo and fishing fleets of Freedonia,” she repeated.",
        "“We are of course also worried about what the keepers heard,” he said.",
    ];
    let found = places(&texts, "we are of course worried about");
    assert_eq!(found.len(), 3);
    assert_eq!(found[2].2, "“also” between");
}

#[test]
fn a_copied_paragraph_is_one_family() {
    let texts = [
        "The salvage company raised the wrecked trawler from the estuary before dawn, and its divers recovered the \
         engine, two anchors and a sealed iron chest.",
        "The salvage company raised the wrecked trawler from the muddy estuary before dawn, and its divers recovered \
         the engine, two anchors and a sealed iron chest.",
    ];
    assert_eq!(labels(&texts).len(), 1, "{:?}", labels(&texts));
}

#[test]
fn a_long_sentence_of_ordinary_words_is_found() {
    let sentence = "The board found that the town had kept two sets of books since the spring of last year and paid the \
        rest to a house in the name of an old man who had never seen it.";
    let texts = [
        format!("Rain fell on the valley for a week. {sentence} Nobody came to the door."),
        format!("A choir sang in the square at noon. {sentence} The trial goes on in May."),
    ];
    let found = phrases(&[&texts[0], &texts[1]]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].n_words > 25 && found[0].label.starts_with("board found that the town had kept"), "{found:?}");
}

#[test]
fn a_coordination_needs_its_head_or_its_two_words_side_by_side() {
    let texts = [
        "Inspectors saw the vaccine and antidote laboratories in March.",
        "It must abandon its antidote and experimental vaccine laboratory at once.",
        "They signed the antidote subsidy and vaccine treaty in spring.",
    ];
    let found = places(&texts, "vaccine and antidote laboratories");
    let words: Vec<&str> = found.iter().map(|place| place.0.as_str()).collect();
    assert_eq!(words, ["vaccine and antidote laboratories", "antidote and experimental vaccine laboratory"]);
}

#[test]
fn wide_spread_counts_more_than_one_rare_word() {
    let texts = [
        "Pressure on Freedonia grows. More pressure on Freedonia is due. They support Sylvania’s fleet.",
        "Pressure on Freedonia works, and the pressure on Marxville too. Who would support Sylvania’s fleet?",
        "The pressure on Freedonia fell for a day; pressure on Freedonia came back.",
    ];
    let labels = labels(&texts);
    assert_eq!(labels.first().map(String::as_str), Some("pressure on Freedonia"), "{labels:?}");
    assert_eq!(labels.len(), 2, "{labels:?}");
}

#[test]
fn occurrences_stand_in_order_and_phrases_by_weight() {
    let texts = [
        "Pressure on dockers rose. Binding arbitration and pressure on dockers came next.",
        "The pressure on dockers fell, binding arbitration did not.",
    ];
    let found = phrases(&texts);
    assert!(!found.is_empty());
    assert!(found.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
    for phrase in &found {
        assert!(phrase.n_documents >= 2);
        let order: Vec<_> = phrase.occurrences.iter().map(|found| found.passage).collect();
        assert!(order.is_sorted());
    }
}

const WORDS: &[&str] = &[
    "anchor", "basalt", "the", "cobbler", "of", "drizzle", "ember", "in", "furlong", "granite", "and", "hazel", "a",
    "ivory", "jigsaw", "to", "kettle", "lantern", "mortar", "nettle", "orchard", "pebble", "quarry", "rudder",
];

/// A word, the first ones of the list far more often than the last.
fn pick<'a>(vocabulary: &[&'a str], next: &mut dyn FnMut(usize) -> usize) -> &'a str {
    let below = 1 + next(vocabulary.len());
    vocabulary[next(below)]
}

/// Texts that repeat a few formulas among filler, chosen by a fixed generator.
fn generated(n_texts: u64, n_sentences: u64, vocabulary: &[&str]) -> Vec<String> {
    const FORMULAS: &[&str] = &[
        "we are deeply concerned about the eel quota",
        "the quota on eels and lampreys",
        "binding arbitration for dockers",
        "the lampreys and eels of Freedonia",
        "pressure on Marxville",
        "pressure on Freedonia",
        "tighten the herring embargo",
    ];
    let mut state = 7u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    (0..n_texts)
        .map(|_| {
            let sentence = |next: &mut dyn FnMut(usize) -> usize| {
                let mut words: Vec<&str> = (0..14).map(|_| pick(vocabulary, next)).collect();
                if next(20) == 0 {
                    words.push(FORMULAS[next(FORMULAS.len())]);
                }
                format!("They {}.", words.join(" "))
            };
            (0..n_sentences).map(|_| sentence(&mut next)).collect::<Vec<_>>().join("\n")
        })
        .collect()
}

#[test]
fn the_order_of_loading_and_the_number_of_threads_change_nothing() {
    let texts = generated(12, 20, WORDS);
    let documents: Vec<_> = (1u64..).zip(&texts).map(|(id, text)| article(id, text)).collect();
    let run = |documents: Vec<Arc<Document>>, n_threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
        pool.install(|| find_phrases(&Corpus::new(documents), &codebook(), &Progress::default()).unwrap())
    };
    let wanted = run(documents.clone(), 1);
    assert!(!wanted.is_empty());
    let mut shuffled = documents.clone();
    shuffled.reverse();
    shuffled.swap(2, 9);
    assert_eq!(run(shuffled, 1), wanted);
    assert_eq!(run(documents, 2), wanted);
}

#[test]
fn a_thousand_articles_do_not_explode() {
    // The vocabulary of a newsroom: four thousand words, some far more frequent than others.
    let syllables = ["ba", "lo", "ri", "men", "tu", "kes", "vor", "pi", "dun", "sha"];
    let vocabulary: Vec<String> = (0..4000)
        .map(|idx| {
            format!(
                "{}{}{}{}",
                syllables[idx % 10],
                syllables[idx / 10 % 10],
                syllables[idx / 100 % 10],
                "n".repeat(idx / 1000)
            )
        })
        .collect();
    let mut vocabulary: Vec<&str> = vocabulary.iter().map(String::as_str).collect();
    vocabulary.splice(0..0, ["the", "of", "and", "to", "in", "that", "said", "was", "for", "with"]);
    let texts = generated(1000, 28, &vocabulary);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let started = std::time::Instant::now();
    let found = phrases(&texts);
    // Two seconds on a free machine; the bound leaves room for a busy one.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert!(found.len() < 20_000);
}

#[test]
fn a_cancelled_search_gives_nothing() {
    let progress = Progress::default();
    progress.cancel();
    assert!(find_phrases(&corpus(&["a", "b"]), &codebook(), &progress).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_ranges_on_words(texts in prop::collection::vec(text(), 2..5)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let corpus = corpus(&texts);
        for phrase in find_phrases(&corpus, &codebook(), &Progress::default()).unwrap() {
            prop_assert!(phrase.n_documents >= 2);
            prop_assert!(!phrase.label.is_empty());
            for occurrence in &phrase.occurrences {
                let words = corpus.words(occurrence.passage);
                prop_assert!(!words.is_empty(), "not on character boundaries");
                prop_assert_eq!(words.trim(), words);
            }
        }
    }

    #[test]
    fn any_two_texts_give_matches_inside_them(old in text(), new in text()) {
        for (left, right) in [(&old, &new), (&old, &old)] {
            for found in find_reuse(left, right) {
                prop_assert!(!found.old.of(left).is_empty() && !found.new.of(right).is_empty());
                prop_assert!((0.0..=1.0).contains(&found.similarity));
            }
        }
    }
}

/// Random characters, and words that make matches likely.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("the DPRK’s missile and nuclear programmes ".to_owned()),
        Just("U.S. pressure on Marxville, ".to_owned()),
        Just("nuclear program and ballistic missiles. ".to_owned()),
        Just("We are of course (also) concerned about it.\n\n".to_owned()),
        Just("ǅ İstanbul’s ﬁrst ß\u{301} 漢字 — ".to_owned()),
        "\\PC{0,12}",
        "[a-c ]{0,12}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
