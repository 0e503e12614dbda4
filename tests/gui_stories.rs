//! The window tells which articles are copies of one story, leads from one to the next, and says so where nothing comes
//! back because of it.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/copies.rs"]
mod copies;
#[path = "support/window.rs"]
mod support;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use support::{press, window};
use throughline::gui::window::Window;

fn open(names: &[&str]) -> (tempfile::TempDir, Harness<'static, Window>) {
    let folder = tempfile::tempdir().unwrap();
    let harness = window(copies::write(folder.path(), names));
    (folder, harness)
}

/// The name of the article that is chosen.
fn chosen(harness: &Harness<'static, Window>) -> String {
    let desk = harness.state().desk();
    let id = desk.state.selection.document.expect("an article is chosen");
    desk.corpus().get(id).unwrap().source.short_label()
}

#[test]
fn a_note_names_the_next_copy_and_a_click_goes_there() {
    let (_folder, mut harness) = open(&["beacon.txt", "courier.txt", "mercury.txt", "signal.txt"]);
    for (of, next) in [("beacon", "courier"), ("courier", "mercury"), ("mercury", "beacon")] {
        let name = format!("{of}.txt: same story as {next}.txt and 1 other");
        // In the list and, where the article has a column, in its head.
        let notes: Vec<_> = harness.query_all_by_label(&name).collect();
        assert!((1..=2).contains(&notes.len()), "{name}");
        notes[0].click();
        drop(notes);
        harness.run_steps(3);
        assert_eq!(chosen(&harness), format!("{next}.txt"));
    }
    assert!(harness.query_all_by_label_contains("signal.txt: same story").next().is_none());
    assert!(harness.query_all_by_label_contains("same story as signal.txt").next().is_none());
}

#[test]
fn a_note_tells_why_it_matters() {
    let (_folder, mut harness) = open(&["beacon.txt", "courier.txt", "signal.txt"]);
    let name = "beacon.txt: same story as courier.txt";
    let note = harness.query_all_by_label(name).next().unwrap();
    note.hover();
    harness.run_steps(60);
    harness.get_by_label_contains("Copies of one story: what only they share is not listed as a phrase");
}

#[test]
fn copies_alone_are_told_where_no_phrase_is_listed() {
    let (_folder, mut harness) = open(&["beacon.txt", "courier.txt"]);
    press(&mut harness, Modifiers::COMMAND, Key::Num2);
    harness.get_by_label("Both articles tell the same story nearly word for word");
    harness.get_by_label_contains("Open an article that tells another.");
    assert!(harness.query_by_label_contains("No wording comes back").is_none());

    let (_folder, mut harness) = open(&["beacon.txt", "courier.txt", "signal.txt"]);
    press(&mut harness, Modifiers::COMMAND, Key::Num2);
    harness.get_by_label("No wording comes back in 3 articles");
    harness.get_by_label_contains("2 of these share a story with another one");

    let (_folder, mut harness) = open(&["beacon.txt", "signal.txt"]);
    press(&mut harness, Modifiers::COMMAND, Key::Num2);
    assert!(harness.query_by_label_contains("story").is_none());
}
