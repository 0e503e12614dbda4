//! The window does what a newcomer tries: it opens on five marked articles, takes dropped files and names the bad ones,
//! walks a phrase, changes a date and takes it back.

#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;
use support::{HARBOR, click, drop_files, press, settle, window};
use throughline::document::Passage;
use throughline::gui::action::Action;
use throughline::gui::state::{Sheet, ViewKind};
use throughline::text::ByteRange;

#[test]
fn opens_on_five_articles_in_order_of_date_with_marks() {
    let harness = window(Vec::new());
    let desk = harness.state().desk();
    assert_eq!(desk.corpus().len(), 5);
    let days: Vec<_> = desk.corpus().documents().iter().map(|document| document.published.day()).collect();
    assert!(days.is_sorted(), "{days:?}");
    assert!(!desk.analysis().phrases.is_empty());
    assert!(desk.project.decisions().pins.iter().all(Option::is_some), "the first four families have letters");
    harness.get_by_label("Articles");
    harness.get_by_label("Top phrases");
    assert!(harness.query_all_by_label_contains("1 of ").next().is_some(), "no mark can be found by its name");
}

#[test]
fn the_notice_can_be_closed() {
    let mut harness = window(Vec::new());
    click(&mut harness, "Close the notice");
    assert!(harness.query_by_label("Close the notice").is_none());
}

#[test]
fn dropped_files_join_the_open_ones_and_bad_ones_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a folder");
    std::fs::create_dir(&inner).unwrap();
    let good = folder.path().join("hafen köln.txt");
    std::fs::write(&good, HARBOR).unwrap();
    std::fs::write(inner.join("second.txt"), HARBOR.replace("widen", "deepen")).unwrap();
    let bad = folder.path().join("x.bin");
    std::fs::write(&bad, [0u8, 159, 146, 150, 0, 1, 2, 3]).unwrap();
    let mut harness = window(Vec::new());
    drop_files(&mut harness, &[good, inner, bad]);
    assert_eq!(harness.state().desk().corpus().len(), 7);
    let Some(Sheet::Files { bad, .. }) = &harness.state().desk().state.sheet else { panic!("no list of bad files") };
    assert_eq!(bad.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["x.bin"]);
    assert!(!bad[0].reason.is_empty() && !bad[0].next_step.is_empty());
    harness.get_by_label("x.bin");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().desk().state.sheet.is_none());
}

#[test]
fn the_same_article_again_is_named_and_not_opened_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("one.txt"), folder.path().join("two.txt"));
    std::fs::write(&first, HARBOR).unwrap();
    std::fs::write(&second, HARBOR).unwrap();
    let mut harness = window(vec![first]);
    drop_files(&mut harness, &[second]);
    assert_eq!(harness.state().desk().corpus().len(), 1);
    // One is told in a line that goes away, with a way to it.
    harness.get_by_label("two.txt is already open as one.txt");
    harness.get_by_label("Show it");
    assert!(harness.state().desk().state.sheet.is_none());
}

#[test]
fn pasted_text_becomes_an_article_and_undo_takes_it_away() {
    let mut harness = window(Vec::new());
    harness.event(egui::Event::Paste(HARBOR.to_owned()));
    let start = Instant::now();
    while harness.state().desk().corpus().len() < 6 && start.elapsed() < Duration::from_secs(30) {
        harness.step();
        std::thread::sleep(Duration::from_millis(5));
    }
    settle(&mut harness);
    assert_eq!(harness.state().desk().corpus().len(), 6);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(harness.state().desk().corpus().len(), 5);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    settle(&mut harness);
    assert_eq!(harness.state().desk().corpus().len(), 6);
}

#[test]
fn next_and_previous_walk_the_occurrences_of_a_phrase() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::NONE, Key::N);
    let first = harness.state().desk().state.selection.occurrence.expect("an occurrence");
    press(&mut harness, Modifiers::NONE, Key::N);
    let second = harness.state().desk().state.selection.occurrence.expect("an occurrence");
    assert_ne!(first, second);
    press(&mut harness, Modifiers::NONE, Key::P);
    assert_eq!(harness.state().desk().state.selection.occurrence, Some(first));
    let family = harness.state().desk().state.selection.phrase;
    press(&mut harness, Modifiers::NONE, Key::J);
    assert_ne!(harness.state().desk().state.selection.phrase, family);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().desk().state.selection.phrase, None);
}

#[test]
fn a_date_can_be_entered_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("undated.txt");
    std::fs::write(&path, "Pier to be widened\n\nThe harbor council will widen the pier and dredge the channel.\n")
        .unwrap();
    let mut harness = window(vec![path]);
    harness.get_by_label_contains("Date: ").click();
    harness.run_steps(3);
    harness.get_by_label("Published on").focus();
    harness.run_steps(2);
    harness.get_by_label("Published on").type_text("29 Jan 2023");
    harness.run_steps(2);
    click(&mut harness, "Set");
    settle(&mut harness);
    let published = harness.state().desk().corpus().documents()[0].published.clone();
    assert_eq!(published.best, Some(date(2023, 1, 29)));
    assert!(published.set_by_user);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(!harness.state().desk().corpus().documents()[0].published.set_by_user);
}

#[test]
fn every_view_shows_at_every_size_and_zoom() {
    let mut harness = window(Vec::new());
    for (key, view) in [Key::Num1, Key::Num2, Key::Num3].into_iter().zip(ViewKind::ALL) {
        for (size, zoom) in
            [([1280.0, 800.0], 1.0), ([1920.0, 1080.0], 1.0), ([560.0, 400.0], 1.0), ([640.0, 400.0], 2.0)]
        {
            harness.set_size(egui::Vec2::from(size));
            harness.set_pixels_per_point(zoom);
            press(&mut harness, Modifiers::COMMAND, key);
            assert_eq!(harness.state().desk().state.view, view);
        }
    }
}

#[test]
fn what_is_closed_is_not_chosen_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.txt");
    std::fs::write(&path, HARBOR).unwrap();
    let mut harness = window(Vec::new());
    drop_files(&mut harness, &[path]);
    let desk = harness.state().desk();
    let open = desk.project.documents().last().unwrap().id;
    harness.state_mut().ask(Action::SelectDocument(open));
    harness.run_steps(3);
    assert_eq!(harness.state().desk().state.selection.document, Some(open));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().desk().corpus().len(), 5);
    assert_eq!(harness.state().desk().state.selection.document, None);
    // Nor is a place in it, which the analysis of before still has.
    let gone = Passage { document: open, range: ByteRange::new(0, 6) };
    let phrase = harness.state().desk().analysis().phrases[0].id;
    for action in [Action::SelectOccurrence(phrase, gone), Action::Reveal(gone)] {
        harness.state_mut().ask(action);
        harness.run_steps(3);
        let state = &harness.state().desk().state;
        assert_eq!((state.selection.document, state.selection.occurrence), (None, None));
    }
}

#[test]
fn a_selection_goes_on_in_a_window_without_room_for_the_text() {
    let mut harness = window(Vec::new());
    harness.set_size(egui::vec2(1280.0, 800.0));
    let paragraph = harness.get_by_label_contains("NATO urged all countries").rect();
    harness.drag_at(paragraph.center());
    harness.run_steps(2);
    harness.hover_at(paragraph.center() + egui::vec2(60.0, 20.0));
    harness.run_steps(2);
    let selected = harness.state().desk().state.reading.selected;
    assert!(selected.is_some());
    for height in (0..24).map(|step| 150.0 + 8.0 * step as f32) {
        harness.set_size(egui::vec2(1280.0, height));
        harness.hover_at(egui::pos2(400.0, height - 60.0));
        harness.run_steps(2);
    }
}
