//! The date of an article: each fact of the chronology can be switched off, and nothing else changes by it; whatever the
//! words, the candidates lie within the interval and their weights are shares of one belief.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use throughline::codebook::{Chronology, Codebook, Event, Office};
use throughline::document::{Document, Published};
use throughline::ingest::{Hint, date_again, parse, understand};

const TODAY: Date = date(2026, 1, 31);

fn codebook() -> Codebook {
    let source = "list of the town".to_owned();
    let office = Office {
        person: "Ana Ruiz".to_owned(),
        names: vec!["Mayor Ruiz".to_owned()],
        from: date(2011, 3, 1),
        to: Some(date(2014, 2, 28)),
        source: source.clone(),
    };
    let event = Event {
        label: "Harbor fire".to_owned(),
        names: vec!["harbor fire".to_owned()],
        from: date(2012, 8, 20),
        to: None,
        lasting: false,
        source,
    };
    let chronology = Chronology { offices: vec![office], events: vec![event], ..Chronology::default() };
    Codebook { chronology, ..Codebook::built_in() }
}

const TEXT: &str = "Council meets after the fire\n\nMayor Ruiz said on 22 August that the council had met after the \
    harbor fire and would meet again before the end of the month, as several members had asked.\n\nThe mayor thanked \
    the firemen of the town, who had worked all night.\n";

fn read(bytes: &[u8]) -> Document {
    let parsed = parse(bytes, &Hint::default()).unwrap_or_else(|error| panic!("{error}")).remove(0);
    let source = throughline::document::Source::Pasted { number: 1, part: None };
    understand(parsed, "00", source, &codebook(), TODAY)
}

fn again(document: &Document, switched_off: &[&str]) -> Published {
    let switched_off: BTreeSet<String> = switched_off.iter().map(|&id| id.to_owned()).collect();
    date_again(document, &codebook(), &switched_off, TODAY)
}

#[test]
fn with_nothing_switched_off_a_date_stays() {
    let page = "<html><head><meta name='date' content='2019-05-03'></head><body><article><h1>Harbor opens</h1>\
        <p>The harbor of the town was opened on Monday by its mayor, who had planned it for many years.</p></article>";
    for bytes in [TEXT, page, "A text without any day in it at all, and of some length."] {
        let document = read(bytes.as_bytes());
        assert_eq!(again(&document, &[]), document.published);
    }
}

#[test]
fn a_fact_that_is_switched_off_says_nothing() {
    let document = read(TEXT.as_bytes());
    let facts = |published: &Published| -> BTreeSet<String> {
        published.evidence.iter().filter_map(|evidence| evidence.fact.clone()).collect()
    };
    let (office, event) = ("office:ana-ruiz:2011-03-01", "event:harbor-fire:2012-08-20");
    assert_eq!(facts(&document.published), [office, event].map(str::to_owned).into());
    assert_eq!(document.published.best, Some(date(2012, 8, 22)));
    assert!(
        document
            .published
            .evidence
            .iter()
            .all(|evidence| { evidence.fact.is_none() || evidence.says.contains("list of the town") })
    );

    // Without the fire, any August of the mayor's term fits; without the mayor, the fire still tells the day.
    let without_fire = again(&document, &[event]);
    assert_eq!((facts(&without_fire), without_fire.best), ([office.to_owned()].into(), None));
    assert!(without_fire.earliest < Some(date(2012, 1, 1)));
    assert_eq!(again(&document, &[office]).best, Some(date(2012, 8, 22)));
    let without_both = again(&document, &[event, office]);
    // Any August of the last decades is no date at all.
    assert_eq!((without_both.best, without_both.earliest, without_both.latest), (None, None, None));
    assert!(facts(&without_both).is_empty() && !without_both.evidence.is_empty());
}

#[test]
fn all_facts_of_the_codebook_have_an_id_and_a_source() {
    let facts = Codebook::built_in().chronology.facts();
    let ids: BTreeSet<&str> = facts.iter().map(|fact| fact.id.as_str()).collect();
    assert!(ids.len() == facts.len() && facts.len() > 60);
    assert!(facts.iter().all(|fact| !fact.source.is_empty() && !fact.label.is_empty()));
    assert!(
        ids.contains("membership:nato:2017-06-05") && ids.contains("event:sixth-north-korean-nuclear-test:2017-09-03")
    );
}

/// Words and marks that make the rules of dating work.
const PIECES: &[&str] = &[
    "3 May 2019",
    "03/05/2019",
    "31.12.99",
    "2019-05-03T23:30:00Z",
    "99/99/2019",
    "2019年5月3日",
    "May 3",
    "8-9 November",
    "Tuesday",
    "last December",
    "in 2007",
    "next year",
    "Mayor Ruiz",
    "harbor fire",
    "Published:",
    "Letzte Änderung",
    "\n\n",
    " - ",
    ", ",
    ". ",
    "said on",
    "will meet on",
    "0000000000",
    "29 February 2019",
    "ä́",
    "\u{202f}",
    "1er",
    "32",
    "'",
    "\"",
];

/// Marks around them in a page.
const TAGS: &[&str] = &[
    "<p>",
    "<time datetime='",
    "'>",
    "</time>",
    "<h1>A title of some length</h1>",
    "<div class='date comment'>",
    "</div>",
    "<meta name='date' content='",
    "<meta http-equiv=Last-Modified content='",
    "<script>var publishedAt = '",
    "</script>",
    "<script type='application/ld+json'>{\"datePublished\":\"",
    "\"}",
    "<link rel=canonical href='/2019/05/03/'>",
    "<aside>",
    "<span itemprop=datePublished data-date='1556884800'>",
    "<title>A title of some length</title>",
    "<br>",
    "</body>",
];

fn holds(published: &Published) {
    let Published { earliest, latest, best, candidates, confidence, .. } = published;
    for candidate in candidates {
        assert!(earliest.is_none_or(|earliest| earliest <= candidate.date), "{published:?}");
        assert!(latest.is_none_or(|latest| candidate.date <= latest), "{published:?}");
        assert!((0.0..=1.0).contains(&candidate.weight), "{published:?}");
    }
    assert!(candidates.iter().map(|candidate| candidate.weight).sum::<f32>() <= 1.001, "{published:?}");
    assert!((0.0..=1.0).contains(confidence) && best.is_none_or(|best| best <= TODAY), "{published:?}");
    assert!(best.is_none() || candidates.first().map(|candidate| candidate.date) == *best, "{published:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_words_the_candidates_fit(
        text in prop::collection::vec(prop::sample::select(PIECES), 1..24),
        page in prop::collection::vec(prop::sample::select([PIECES, TAGS].concat()), 1..32),
    ) {
        let text = format!("Words of a first line\n\nOSLO, {}", text.concat());
        let page = format!("<html><body><p>Words that make a paragraph of the page, long enough.</p>{}", page.concat());
        for bytes in [text, page] {
            let Ok(parsed) = parse(bytes.as_bytes(), &Hint::default()) else { continue };
            for parsed in parsed {
                let source = throughline::document::Source::Pasted { number: 1, part: None };
                let document = understand(parsed, "00", source, &codebook(), TODAY);
                holds(&document.published);
                let ranges = document.published.evidence.iter().filter_map(|evidence| evidence.range);
                prop_assert!(ranges.into_iter().all(|range| !range.of(&document.text).is_empty()));
                prop_assert_eq!(again(&document, &[]), document.published);
            }
        }
    }
}
