//! A briefing says what was found, in the words of the articles and no stronger, with its source; and nothing is in it
//! that must not leave.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::sync::Arc;

use jiff::civil::{Date, date};
use throughline::analysis::shifts::ShiftLabel;
use throughline::analysis::{Analysis, Options, Progress, analyze};
use throughline::codebook::Codebook;
use throughline::document::{Corpus, Document};
use throughline::ingest;
use throughline::project::{Decisions, Review, Verdict};
use throughline::report::Report;
use throughline::report::briefing::checks::MAX_HEADLINE_WORDS;
use throughline::report::briefing::model::{Body, Briefing, Moment, Quote};
use throughline::report::briefing::{BriefError, Choices, FAIR_WORDS, Kind, Subject, brief, deck, find, topics};

const TODAY: Date = date(2026, 1, 1);

/// The built-in articles, analyzed.
struct Found {
    corpus: Corpus,
    analysis: Analysis,
    codebook: Codebook,
}

impl Found {
    fn new(documents: Vec<Document>) -> Self {
        let codebook = Codebook::built_in();
        let corpus = Corpus::new(documents.into_iter().map(Arc::new));
        let analysis = analyze(&corpus, &codebook, &Options::default(), &Progress::default()).unwrap();
        Self { corpus, analysis, codebook }
    }

    fn sample() -> Self {
        Self::new(ingest::sample(&Codebook::built_in(), TODAY))
    }

    fn report<'a>(&'a self, decisions: &'a Decisions) -> Report<'a> {
        Report::new(&self.corpus, &self.analysis, &self.codebook, decisions)
    }
}

/// Every page that can be made.
fn pages(report: &Report<'_>, choices: &Choices) -> Vec<Briefing> {
    let all = Kind::ALL.iter().flat_map(|kind| topics(report, *kind));
    all.map(|topic| brief(report, &topic.subject, choices).unwrap()).collect()
}

/// What is quoted, each with the number of its source.
fn quotes(briefing: &Briefing) -> Vec<(usize, &Quote)> {
    match &briefing.body {
        Body::Shift { before, after, .. } => {
            before.iter().chain(after).map(|said| (said.source, &said.quote)).collect()
        }
        Body::Timeline { rows } => rows
            .iter()
            .filter_map(|row| if let Moment::Said(said) = row { Some((said.source, &said.quote)) } else { None })
            .collect(),
        Body::Phrase { rows } => rows.iter().map(|line| (line.source, &line.phrase)).collect(),
        Body::SideBySide { columns } => columns.iter().map(|said| (said.source, &said.quote)).collect(),
        Body::Matrix { .. } | Body::Sources { .. } => Vec::new(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_page_quotes_its_sources_word_for_word() {
    let (found, decisions) = (Found::sample(), Decisions::default());
    let report = found.report(&decisions);
    let pages = pages(&report, &Choices::new(TODAY));
    assert!(Kind::ALL.iter().all(|kind| pages.iter().any(|page| page.kind == *kind)));
    let mut n_quotes = 0;
    for page in &pages {
        for (number, quote) in quotes(page) {
            let source = page.sources.iter().find(|source| source.number == number).unwrap();
            let day = source.when.iso;
            let article = report.articles.iter().find(|article| article.day == day).unwrap();
            let text = one_line(&article.document.text);
            let words: String = quote.segments.iter().map(|segment| segment.text.as_str()).collect();
            for piece in words.split(" … ") {
                assert!(text.contains(piece), "“{piece}” is not in {}", source.headline);
            }
            n_quotes += 1;
        }
    }
    assert!(n_quotes > 60, "{n_quotes}");
}

#[test]
fn every_page_stands_alone() {
    let (found, decisions) = (Found::sample(), Decisions::default());
    let pages = pages(&found.report(&decisions), &Choices::new(TODAY));
    for page in &pages {
        let n_words = page.headline.split_whitespace().count();
        assert!((3..=MAX_HEADLINE_WORDS).contains(&n_words), "{}", page.headline);
        assert!(page.subtitle.contains("article"), "{}", page.subtitle);
        assert!(page.method.contains("articles compared") && page.method.contains(&found.codebook.hash));
        assert!(
            page.description.len() > 40 && page.description.ends_with(['.', '”', '’', '…']),
            "{}",
            page.description
        );
        let numbers: Vec<usize> = page.sources.iter().map(|source| source.number).collect();
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
        let days: Vec<_> = page.sources.iter().map(|source| source.when.iso).collect();
        assert!(days.is_sorted(), "sources are in order of date: {days:?}");
        assert!(page.sources.iter().all(|source| source.n_quoted_words <= FAIR_WORDS && source.author.is_none()));
        let estimated: Vec<bool> = page.sources.iter().map(|source| source.when.is_estimate).collect();
        assert_eq!(
            estimated.iter().filter(|is_estimate| !**is_estimate).count(),
            usize::from(days.contains(&Some(date(2024, 6, 19))))
        );
    }
}

#[test]
fn a_headline_is_no_stronger_than_its_finding() {
    let (found, decisions) = (Found::sample(), Decisions::default());
    let report = found.report(&decisions);
    for entry in report.shifts.iter().filter(|entry| !matches!(entry.label, ShiftLabel::New | ShiftLabel::NotObserved))
    {
        let page = brief(&report, &Subject::Shift(entry.shift.id), &Choices::new(TODAY)).unwrap();
        let hedge = match entry.shift.confidence {
            confidence if confidence >= 0.75 => None,
            confidence if confidence >= 0.5 => Some("appears to have"),
            _ => Some("may have"),
        };
        let has_hedge = page.headline.contains("appears to have") || page.headline.contains("may have");
        assert_eq!(has_hedge, hedge.is_some(), "{} ({})", page.headline, entry.shift.confidence);
        assert!(hedge.is_none_or(|hedge| page.headline.contains(hedge)), "{}", page.headline);
        let Body::Shift { change, .. } = &page.body else { panic!("{:?}", page.body) };
        assert_eq!(change.badges.first().map(String::as_str), Some("automatic"));
    }
}

#[test]
fn what_a_reader_decided_comes_first_and_what_was_dismissed_is_gone() {
    let found = Found::sample();
    let shift_of = |label: ShiftLabel| found.analysis.shifts.iter().find(|shift| shift.label == label).unwrap();
    let (accepted, dismissed) = (shift_of(ShiftLabel::Held), shift_of(ShiftLabel::Reframed));
    let review = |shift: &throughline::analysis::shifts::Shift, verdict| {
        let review = Review { verdict: Some(verdict), ..Review::of(shift, &found.analysis.statements) };
        (shift.id, review)
    };
    let reviews = [review(accepted, Verdict::Accepted), review(dismissed, Verdict::Dismissed)];
    let decisions = Decisions { reviews: reviews.into_iter().collect(), ..Decisions::default() };
    let report = found.report(&decisions);
    let shifts = topics(&report, Kind::Shift);
    assert_eq!(shifts.first().unwrap().subject, Subject::Shift(accepted.id));
    assert!(shifts.first().unwrap().is_reviewed);
    assert!(shifts.iter().all(|topic| topic.subject != Subject::Shift(dismissed.id)));
    let page = brief(&report, &Subject::Shift(accepted.id), &Choices::new(TODAY)).unwrap();
    let Body::Shift { change, .. } = &page.body else { panic!("{:?}", page.body) };
    assert!(change.badges.is_empty() && page.headline.contains(" held "), "{}", page.headline);
    let deck = deck(&report, &|_| Choices::new(TODAY));
    assert_eq!(deck.iter().find(|page| page.kind == Kind::Shift).unwrap().headline, page.headline);
}

#[test]
fn a_redacted_name_is_nowhere() {
    let (found, decisions) = (Found::sample(), Decisions::default());
    let report = found.report(&decisions);
    let words = ["Stoltenberg", "pressure on North Korea", "reuters", "nuclear and  missile"];
    let plain = serde_json::to_string(&pages(&report, &Choices::new(TODAY))).unwrap().to_lowercase();
    let redact: Vec<String> = words.iter().map(|words| (*words).to_owned()).collect();
    let choices = Choices { redact, has_bylines: true, ..Choices::new(TODAY) };
    let pages = pages(&report, &choices);
    let json = serde_json::to_string(&pages).unwrap().to_lowercase();
    for words in words.map(one_line) {
        assert!(plain.contains(&words.to_lowercase()), "{words} is somewhere where nothing is taken out");
        assert!(!json.contains(&words.to_lowercase()), "{words}");
    }
    assert!(json.contains("[redacted]"));
    // Over the edges of differently marked stretches too.
    for page in &pages {
        let texts = quotes(page).into_iter().map(|(_, quote)| quote.words().to_lowercase());
        assert!(texts.chain([page.description.to_lowercase()]).all(|text| !text.contains("stoltenberg")));
    }
}

#[test]
fn no_more_words_of_a_source_are_quoted_than_wanted() {
    let (found, decisions) = (Found::sample(), Decisions::default());
    let report = found.report(&decisions);
    for max_words in [5, 12, 30, 200] {
        let pages = pages(&report, &Choices { max_words, ..Choices::new(TODAY) });
        for page in pages {
            for source in &page.sources {
                // Each place of a phrase keeps a word of its own.
                let n_places = quotes(&page).iter().filter(|(number, _)| *number == source.number).count();
                assert!(source.n_quoted_words <= max_words.max(n_places), "{} of {max_words}", source.n_quoted_words);
            }
        }
    }
}

#[test]
fn the_order_of_loading_changes_no_byte() {
    let json = |documents| {
        let (found, decisions) = (Found::new(documents), Decisions::default());
        serde_json::to_string(&pages(&found.report(&decisions), &Choices::new(TODAY))).unwrap()
    };
    let documents = ingest::sample(&Codebook::built_in(), TODAY);
    let first = json(documents.clone());
    let mut turned = documents;
    turned.reverse();
    turned.swap(1, 3);
    assert_eq!(json(turned), first);
}

#[test]
fn what_is_not_there_is_said_to_be_so() {
    let empty = Found::new(Vec::new());
    let decisions = Decisions::default();
    let report = empty.report(&decisions);
    assert!(Kind::ALL.iter().all(|kind| topics(&report, *kind).is_empty()));
    assert_eq!(brief(&report, &Subject::Sources, &Choices::new(TODAY)), Err(BriefError::NoArticles));
    let found = Found::sample();
    let report = found.report(&decisions);
    let gone = Subject::Timeline { actor: "NATO".to_owned(), theme: "weather".to_owned() };
    assert_eq!(brief(&report, &gone, &Choices::new(TODAY)), Err(BriefError::Gone));
    let all = topics(&report, Kind::Timeline);
    let error = find(&all, Kind::Timeline, "weather").unwrap_err();
    assert_eq!(error.to_string(), "no theme is called “weather”");
    let error = find(&all, Kind::Timeline, "NATO").unwrap_err();
    assert!(error.to_string().contains("themes are called something like “NATO”"), "{error}");
    assert_eq!(
        find(&all, Kind::Timeline, "nato/china_role").unwrap(),
        find(&all, Kind::Timeline, "role of china").unwrap()
    );
}
