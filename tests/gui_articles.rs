//! What the window tells of one article and lets the reader correct: its date with the evidence, its furniture with the
//! reason, how its file was read and in which encoding; and what it tells of files that come again.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::{Date, date};
use support::{HARBOR, click, drop_files, press, settle, wait, window};
use throughline::codebook::Codebook;
use throughline::document::{
    BlockKind, DateBasis, DateCandidate, DateSpan, Document, DocumentId, Evidence, Outlet, OutletBasis, Published,
    Source, Warning,
};
use throughline::gui::action::Action;
use throughline::gui::desk::Desk;
use throughline::gui::frame;
use throughline::gui::raw_file::RawFile;
use throughline::gui::state::{Inspect, Raw, Sheet};
use throughline::gui::theme::Theme;
use throughline::project::Command;
use throughline::text::ByteRange;

/// A desk drawn with all its bars; what it asks for is carried out, as far as it needs no window.
struct Shown {
    desk: Desk,
    asked: Vec<Action>,
}

fn shown(documents: Vec<Document>) -> Harness<'static, Shown> {
    let desk = Desk::settled(documents, Arc::new(Codebook::built_in()), date(2026, 1, 1));
    let ui = |ui: &mut egui::Ui, shown: &mut Shown| {
        let mut actions = Vec::new();
        frame::frame_ui(ui, &mut shown.desk, &mut actions);
        for action in actions {
            shown.asked.push(action.clone());
            shown.desk.perform(action);
        }
        shown.desk.settle();
    };
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .allow_missing_glyphs()
        .with_context_setup(|ctx: &egui::Context| Theme::install(ctx))
        .build_ui_state(ui, Shown { desk, asked: Vec::new() });
    harness.run_steps(6);
    harness
}

fn tap(harness: &mut Harness<'static, Shown>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

fn file(id: u64, name: &str, text: &str) -> Document {
    let source = Source::File { path: format!("/articles/{name}"), part: None };
    Document { source, ..Document::of_lines(DocumentId(id), text) }
}

/// An article whose day is one of two Sundays.
fn on_a_sunday() -> Document {
    let mut document = file(1, "visit.txt", "The mayor visits the pier\nMayor Ana Lund came to the pier on Sunday.");
    let words = document.text.find("on Sunday").unwrap();
    let days = [date(2023, 1, 29), date(2023, 1, 22)];
    document.published = Published {
        earliest: Some(days[1]),
        latest: Some(days[0]),
        best: Some(days[0]),
        candidates: days.map(|date| DateCandidate { date, weight: 0.45 }).to_vec(),
        basis: DateBasis::Inferred,
        confidence: 0.45,
        evidence: vec![Evidence {
            rule: "weekday".to_owned(),
            range: Some(ByteRange::new(words, words + 9)),
            says: "A Sunday not long before".to_owned(),
            fact: None,
        }],
        ..Published::unknown()
    };
    document
}

fn open_card(harness: &mut Harness<'static, Shown>) {
    harness.get_by_label_contains("Date: ").click();
    harness.run_steps(4);
}

fn published(harness: &Harness<'static, Shown>) -> Published {
    harness.state().desk.corpus().documents()[0].published.clone()
}

#[test]
fn a_tie_is_told_and_one_click_chooses_a_day() {
    let mut harness = shown(vec![on_a_sunday()]);
    open_card(&mut harness);
    harness.get_by_label("22 or 29 Jan 2023 fit equally; the later one is shown.");
    tap(&mut harness, "22 Jan 2023, 45 %");
    assert_eq!(published(&harness).best, Some(date(2023, 1, 22)));
    assert!(published(&harness).set_by_user);
    // The choice between the days, and the evidence, stay to be read.
    harness.get_by_label("29 Jan 2023, 45 %");
    tap(&mut harness, "Back to automatic");
    assert_eq!(published(&harness).best, Some(date(2023, 1, 29)));
    assert!(!published(&harness).set_by_user);
}

#[test]
fn a_piece_of_evidence_leads_to_its_words() {
    let mut harness = shown(vec![on_a_sunday()]);
    open_card(&mut harness);
    tap(&mut harness, "Evidence 1: A weekday “on Sunday”. A Sunday not long before");
    let asked = &harness.state().asked;
    let range = on_a_sunday().published.evidence[0].range.unwrap();
    assert!(
        asked.iter().any(|action| matches!(action, Action::Reveal(passage) if passage.range == range)),
        "{asked:?}"
    );
}

fn type_date(harness: &mut Harness<'static, Shown>, typed: &str) {
    harness.get_by_label("Published on").focus();
    harness.run_steps(2);
    harness.get_by_label("Published on").type_text(typed);
    harness.run_steps(3);
}

#[test]
fn what_is_typed_is_read_at_once_and_the_other_reading_offered() {
    let mut harness = shown(vec![on_a_sunday()]);
    open_card(&mut harness);
    type_date(&mut harness, "3/4/2023");
    harness.get_by_label("Monday 3 April 2023");
    tap(&mut harness, "Take Saturday 4 March 2023 instead");
    assert_eq!(published(&harness).best, Some(date(2023, 3, 4)));
    harness.state_mut().desk.undo();
    assert!(!published(&harness).set_by_user);
}

#[test]
fn a_month_is_entered_as_an_interval_and_a_day_to_come_is_refused() {
    let mut harness = shown(vec![on_a_sunday()]);
    open_card(&mut harness);
    type_date(&mut harness, "3 May 2031");
    harness.get_by_label("Saturday 3 May 2031 is still to come");
    tap(&mut harness, "Set");
    assert!(!published(&harness).set_by_user);
    let mut harness = shown(vec![on_a_sunday()]);
    open_card(&mut harness);
    type_date(&mut harness, "Jan 2023");
    harness.get_by_label("January 2023, the day unknown");
    tap(&mut harness, "Set");
    let entered = published(&harness);
    assert_eq!((entered.earliest, entered.latest), (Some(date(2023, 1, 1)), Some(date(2023, 1, 31))));
    assert_eq!((entered.best, entered.set_by_user), (None, true));
    harness.get_by_label_contains("Date: Jan 2023 entered");
}

#[test]
fn a_twin_proposes_its_day() {
    let story = "The council of the harbor town will widen the northern pier next year.\n\
        Two dredgers will clear the channel down to a depth of eleven meters.\n\
        Fishermen asked the mayor to wait until the end of the herring season.";
    let dated = |id, name: &str, published| Document { published, ..file(id, name, story) };
    let stated = Published { set_by_user: false, ..Published::entered(date(2024, 6, 19), Vec::new()) };
    let documents = vec![dated(1, "copy.txt", Published::unknown()), dated(2, "wire.txt", stated)];
    let mut harness = shown(documents);
    harness.get_by_label_contains("Date: undated").click();
    harness.run_steps(4);
    harness.get_by_label("wire.txt tells the same and is of 19 Jun 2024.");
    tap(&mut harness, "Take 19 Jun 2024");
    let days: Vec<Option<Date>> =
        harness.state().desk.corpus().documents().iter().map(|document| document.published.best).collect();
    assert_eq!(days, [Some(date(2024, 6, 19)), Some(date(2024, 6, 19))]);
}

/// Two articles of one outlet with the same last line.
fn with_furniture() -> Vec<Document> {
    let article = |id, name: &str, words: &str| {
        let text = format!("{words}\nSubscribe to the Quay for more");
        let mut document = file(id, name, &text);
        document.outlet = Some(Outlet { name: "The Quay".to_owned(), basis: OutletBasis::Stated, range: None });
        let last = document.blocks.last_mut().unwrap();
        last.kind = BlockKind::Boilerplate;
        last.rule = Some("short-line".to_owned());
        document
    };
    vec![
        article(1, "a.txt", "The pier will be widened next year, said the mayor on a windy morning."),
        article(2, "b.txt", "Herring is back in the channel, and so are the boats of the fishermen."),
    ]
}

fn kinds_of_last(harness: &Harness<'static, Shown>) -> Vec<BlockKind> {
    harness.state().desk.corpus().documents().iter().map(|it| it.blocks.last().unwrap().kind).collect()
}

#[test]
fn a_dimmed_line_says_why_and_one_click_shows_it_in_all_articles_of_the_outlet() {
    let mut harness = shown(with_furniture());
    assert_eq!(kinds_of_last(&harness), [BlockKind::Boilerplate; 2]);
    harness.get_all_by_label("Subscribe to the Quay for more").next().unwrap().hover();
    harness.run_steps(12);
    harness.get_by_label("Boilerplate: no part of the article");
    harness.get_by_label("The same line in other articles of The Quay follows.");
    tap(&mut harness, "Show as text");
    assert_eq!(kinds_of_last(&harness), [BlockKind::Body; 2]);
    harness.state_mut().desk.undo();
    harness.run_steps(2);
    assert_eq!(kinds_of_last(&harness), [BlockKind::Boilerplate; 2]);
}

#[test]
fn a_line_of_the_text_can_be_dimmed() {
    let mut harness = shown(with_furniture());
    harness.get_by_label_contains("Herring is back").click_secondary();
    harness.run_steps(4);
    tap(&mut harness, "Dim this as boilerplate");
    let herring = harness.state().desk.corpus().get(DocumentId(2)).unwrap().blocks[0].clone();
    assert_eq!((herring.kind, herring.rule.as_deref()), (BlockKind::Boilerplate, Some("reader")));
}

#[test]
fn what_to_know_of_a_reading_stands_in_the_head_and_opens_the_whole() {
    let mut document = file(1, "old.txt", "The pier is open.");
    let warning = |code: &str, message: &str| Warning { code: code.to_owned(), message: message.to_owned() };
    document.warnings = vec![warning("encoding-guessed", "A guess"), warning("damaged", "The file is damaged")];
    let mut harness = shown(vec![document]);
    assert!(harness.query_by_label("encoding guessed").is_none());
    tap(&mut harness, "damaged");
    harness.get_by_label("How this article was read");
    harness.get_by_label("A guess");
}

#[test]
fn parts_of_a_file_carry_their_number_and_progress_its_count() {
    let mut document = file(1, "export.txt", "The pier is open.");
    document.source = document.source.part(1);
    let mut harness = shown(vec![document]);
    harness.get_by_label("undated export.txt #2");
    harness.state_mut().desk.incoming.n_asked = 40;
    harness.state_mut().desk.incoming.n_waiting = 28;
    harness.run_steps(2);
    harness.get_by_label("Reading: 12 of 40 files");
    tap(&mut harness, "Cancel");
    assert!(harness.state().desk.incoming.progress.is_cancelled());
}

#[test]
fn a_fact_can_be_left_out_and_used_again() {
    let codebook = Codebook::built_in();
    let fact = codebook.chronology.facts().into_iter().next().unwrap();
    let mut document = on_a_sunday();
    document.published.evidence[0].fact = Some(fact.id.clone());
    let mut harness = shown(vec![document]);
    open_card(&mut harness);
    harness.get_by_label_contains(&fact.source);
    tap(&mut harness, "Do not use this fact");
    assert!(harness.state().desk.project.decisions().facts_off.contains(&fact.id));
    assert!(harness.state().desk.due_dating().is_some());
    harness.get_by_label_contains("Not used");
    tap(&mut harness, "Use it again");
    assert!(harness.state().desk.project.decisions().facts_off.is_empty());
    assert!(harness.state().desk.due_dating().is_none());
}

#[test]
fn facts_that_are_left_out_date_the_articles_anew() {
    let mut harness = window(Vec::new());
    let facts = |harness: &Harness<'static, _>| -> Vec<(DocumentId, Vec<String>)> {
        let state: &throughline::gui::window::Window = harness.state();
        let used =
            |document: &Arc<Document>| document.published.evidence.iter().filter_map(|it| it.fact.clone()).collect();
        state.desk().corpus().documents().iter().map(|document| (document.id, used(document))).collect()
    };
    let before = facts(&harness);
    let (id, used) = before.iter().find(|(_, used)| !used.is_empty()).unwrap().clone();
    harness.state_mut().ask(Action::Change(Command::SwitchFact { fact: used[0].clone(), is_on: false }));
    wait(&mut harness, "a date without the fact", |harness| {
        facts(harness).iter().any(|(other, now)| *other == id && !now.contains(&used[0]))
    });
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    wait(&mut harness, "the date of before", |harness| facts(harness) == before);
}

/// The first row of the file beside the facts, empty until it is there.
fn first_row(harness: &Harness<'_, throughline::gui::window::Window>) -> String {
    match &harness.state().desk().state.sheet {
        Some(Sheet::Inspect(Inspect { raw: Raw::Here(raw), .. })) => {
            raw.text.as_ref().map(|text| text.row(0).0).unwrap_or_default()
        }
        _ => String::new(),
    }
}

#[test]
fn how_an_article_was_read_is_shown_and_another_encoding_is_one_click() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pristan.txt");
    // Windows-1251 that reads as Western letters too.
    let words = b"\xcf\xf0\xe8\xf1\xf2\xe0\xed\xfc \xee\xf2\xea\xf0\xfb\xf2\xe0 \xe4\xeb\xff \xe2\xf1\xe5\xf5.\n";
    std::fs::write(&path, words).unwrap();
    let mut harness = window(vec![path.clone()]);
    let id = harness.state().desk().corpus().documents()[0].id;
    harness.state_mut().ask(Action::ReadAs(id, Some("windows-1252")));
    let text = |harness: &Harness<'static, throughline::gui::window::Window>| {
        harness.state().desk().corpus().documents()[0].text.clone()
    };
    wait(&mut harness, "Western letters", |harness| text(harness).starts_with("Ïðèñòàíü"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::I);
    harness.get_by_label("How this article was read");
    wait(&mut harness, "the file", |harness| harness.query_by_label("The file as it is").is_some());
    harness.get_by_label("Plain text");
    harness.get_by_label("chosen by you");
    click(&mut harness, "Encoding: windows-1252");
    harness.get_by_label("windows-1251, Cyrillic: Пристань открыта для всех.").click_accesskit();
    harness.run_steps(2);
    wait(&mut harness, "Cyrillic letters", |harness| text(harness).starts_with("Пристань открыта"));
    harness.get_by_label("pristan.txt is read as windows-1251");
    harness.get_by_label("Encoding: windows-1251");
    wait(&mut harness, "the row in Cyrillic", |harness| first_row(harness).starts_with("Пристань"));
    click(&mut harness, "Undo");
    assert!(text(&harness).starts_with("Ïðèñòàíü"));
    wait(&mut harness, "the row in Western letters", |harness| first_row(harness).starts_with("Ïðèñòàíü"));
    press(&mut harness, Modifiers::NONE, Key::I);
    assert!(harness.state().desk().state.sheet.is_none());
    std::fs::remove_file(&path).unwrap();
    press(&mut harness, Modifiers::NONE, Key::I);
    wait(&mut harness, "the reason", |harness| harness.query_by_label_contains("can't be read any more").is_some());
}

#[test]
fn an_answer_to_an_earlier_question_about_a_file_is_not_shown() {
    let mut inspect = Inspect { raw: Raw::Reading(2), ..Inspect::new(DocumentId(1)) };
    inspect.take(1, Ok(RawFile::default()));
    assert_eq!(inspect.raw, Raw::Reading(2));
    inspect.take(2, Err("gone".to_owned()));
    assert_eq!(inspect.raw, Raw::Gone("gone".to_owned()));
    inspect.take(1, Ok(RawFile::default()));
    assert_eq!(inspect.raw, Raw::Gone("gone".to_owned()));
}

#[test]
fn decisions_that_another_encoding_loses_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pier.txt");
    std::fs::write(
        &path,
        b"The pier at the caf\xe9 is open to all, said the mayor on a windy morning in March.\n\n\xc4\xd6\xdc\n",
    )
    .unwrap();
    let mut harness = window(vec![path]);
    let document = Arc::clone(&harness.state().desk().corpus().documents()[0]);
    let block = document.blocks.iter().find(|block| block.range.of(&document.text).trim() == "ÄÖÜ").unwrap().range;
    let furniture = Some(throughline::project::Furniture::Hidden);
    harness.state_mut().ask(Action::Change(Command::SetFurniture { document: document.id, block, furniture }));
    harness.run_steps(2);
    harness.state_mut().ask(Action::ReadAs(document.id, Some("windows-1251")));
    wait(&mut harness, "the message", |harness| {
        harness.query_by_label_contains("1 decision could not be carried over: “ÄÖÜ”").is_some()
    });
}

#[test]
fn several_articles_that_are_open_already_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, words) in [("one.txt", HARBOR), ("two.txt", "Herring is back in the channel of the town.\n")] {
        std::fs::write(path(name), words).unwrap();
        std::fs::write(path(&format!("copy of {name}")), words).unwrap();
    }
    let mut harness = window(vec![path("one.txt"), path("two.txt")]);
    drop_files(&mut harness, &[path("copy of one.txt"), path("copy of two.txt")]);
    settle(&mut harness);
    wait(&mut harness, "the list", |harness| harness.state().desk().state.sheet.is_some());
    let Some(Sheet::Files { bad, n_opened, n_asked }) = &harness.state().desk().state.sheet else { panic!("no list") };
    let reasons: Vec<&str> = bad.iter().map(|file| file.reason.as_str()).collect();
    assert_eq!(reasons, ["already open as one.txt", "already open as two.txt"]);
    assert_eq!((*n_opened, *n_asked), (0, 2));
    harness.get_by_label("0 of 2 files opened; 2 are listed here");
}

#[test]
fn the_same_text_in_another_file_is_open_and_marked() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("one.txt"), folder.path().join("two.txt"));
    std::fs::write(&first, HARBOR).unwrap();
    std::fs::write(&second, HARBOR.replace('\n', "\r\n")).unwrap();
    let mut harness = window(vec![first]);
    drop_files(&mut harness, &[second]);
    assert_eq!(harness.state().desk().corpus().len(), 2);
    harness.get_by_label("two.txt has the same text as one.txt; it is open beside it");
    harness.get_by_label("same text as one.txt");
}

#[test]
fn one_undo_takes_back_all_that_was_dropped_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..90 {
        let words = format!("Pier {number} of the harbor is open to all who like the wind.\n");
        std::fs::write(folder.path().join(format!("{number}.txt")), words).unwrap();
    }
    let mut harness = window(Vec::new());
    drop_files(&mut harness, &[folder.path().to_owned()]);
    assert_eq!(harness.state().desk().corpus().len(), 95);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(harness.state().desk().corpus().len(), 5);
}

#[test]
fn how_an_article_was_read_fits_every_size() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::NONE, Key::I);
    wait(&mut harness, "the file", |harness| harness.query_by_label("The file as it is").is_some());
    for (size, zoom) in [([1000.0, 640.0], 1.0), ([1920.0, 1080.0], 1.0), ([640.0, 400.0], 2.0), ([560.0, 400.0], 1.0)]
    {
        harness.set_size(egui::Vec2::from(size));
        harness.set_pixels_per_point(zoom);
        harness.run_steps(4);
        let screen = harness.ctx.content_rect();
        let close = harness.get_by_label("Close").rect();
        assert!(screen.contains_rect(close), "{screen:?}: {close:?}");
        if screen.width() < 900.0 {
            click(&mut harness, "The file");
            harness.get_by_label("The file as it is");
            click(&mut harness, "Facts");
        }
    }
}

#[test]
fn a_span_of_one_day_is_that_day() {
    let day = date(2023, 1, 29);
    assert_eq!(Published::entered_span(DateSpan::day(day), Vec::new()), Published::entered(day, Vec::new()));
}
