//! The palette finds commands, articles and phrases by their words, and does what is chosen; all by keyboard.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::{HARBOR, press, window};
use throughline::gui::state::{Sheet, ViewKind};
use throughline::gui::window::Window;

const FIELD: &str = "Find a command, article, phrase, change or theme";

/// A window on two articles that share their words on the channel.
fn harbor(folder: &tempfile::TempDir) -> Harness<'static, Window> {
    let other = "Gulls return to the quay\n\nOn Tuesday 5 March 2019 mayor Ana Lund said: \"We are of course concerned about \
        the dredging of the channel, and about the gulls.\"\n";
    let paths = [("harbor.txt", HARBOR), ("gulls.txt", other)].map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    });
    window(paths.to_vec())
}

fn open(harness: &mut Harness<'static, Window>) {
    press(harness, Modifiers::COMMAND, Key::P);
    assert!(harness.query_by_label(FIELD).is_some());
}

fn type_words(harness: &mut Harness<'static, Window>, words: &str) {
    harness.event(egui::Event::Text(words.to_owned()));
    harness.run_steps(3);
}

/// What a screen reader is told of the line that Enter does.
fn chosen(harness: &Harness<'static, Window>) -> String {
    let status = harness.get_by_label_contains("chosen: ");
    let label = status.accesskit_node().label().unwrap();
    label.split_once("chosen: ").unwrap().1.to_owned()
}

fn is_open(harness: &Harness<'static, Window>) -> bool {
    harness.state().desk().state.palette.is_open()
}

#[test]
fn a_command_is_found_by_other_words_and_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = harbor(&folder);
    open(&mut harness);
    type_words(&mut harness, "timeline");
    assert!(chosen(&harness).starts_with("Positions, Go, Ctrl 3"), "{}", chosen(&harness));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().desk().state.view, ViewKind::Positions);
    assert!(!is_open(&harness));
}

#[test]
fn an_article_is_gone_to_by_its_title() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = harbor(&folder);
    press(&mut harness, Modifiers::COMMAND, Key::Num3);
    open(&mut harness);
    type_words(&mut harness, "quay gul");
    assert!(chosen(&harness).starts_with("Gulls return to the quay"), "{}", chosen(&harness));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let desk = harness.state().desk();
    assert_eq!(desk.state.view, ViewKind::Read);
    let id = desk.state.selection.document.unwrap();
    assert_eq!(desk.corpus().get(id).unwrap().title.as_deref(), Some("Gulls return to the quay"));
}

#[test]
fn a_phrase_is_chosen_by_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = harbor(&folder);
    let phrase = harness.state().desk().analysis().phrases.first().unwrap().clone();
    open(&mut harness);
    type_words(&mut harness, &phrase.label);
    assert!(chosen(&harness).contains("Phrase"), "{}", chosen(&harness));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().desk().state.selection.phrase, Some(phrase.id));
}

#[test]
fn arrows_move_the_chosen_line_and_go_round() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = harbor(&folder);
    open(&mut harness);
    let first = chosen(&harness);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let second = chosen(&harness);
    assert_ne!(first, second);
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(chosen(&harness), first);
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert_ne!(chosen(&harness), first);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(chosen(&harness), first);
}

#[test]
fn keys_of_the_window_rest_while_one_types_and_escape_closes_the_palette_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = harbor(&folder);
    press(&mut harness, Modifiers::NONE, Key::N);
    let phrase = harness.state().desk().state.selection.phrase;
    assert!(phrase.is_some());
    open(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::J);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!is_open(&harness));
    assert_eq!(harness.state().desk().state.selection.phrase, phrase);
    press(&mut harness, Modifiers::NONE, Key::P);
    assert!(!is_open(&harness), "P alone walks the places of a phrase");
}

#[test]
fn what_has_no_effect_now_says_why_and_is_not_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = harbor(&folder);
    open(&mut harness);
    type_words(&mut harness, "accept the change");
    assert!(chosen(&harness).ends_with("in Positions and Compare"), "{}", chosen(&harness));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(is_open(&harness));
}

#[test]
fn what_was_used_last_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = harbor(&folder);
    open(&mut harness);
    type_words(&mut harness, "history");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().desk().state.sheet, Some(Sheet::History));
    open(&mut harness);
    assert!(chosen(&harness).starts_with("History"), "{}", chosen(&harness));
}

#[test]
fn a_click_does_a_line_and_a_click_beside_closes() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = harbor(&folder);
    open(&mut harness);
    type_words(&mut harness, "compare");
    harness.get_by_label("Compare, Go, Ctrl 4").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk().state.view, ViewKind::Compare);
    open(&mut harness);
    harness.drag_at(egui::pos2(20.0, 700.0));
    harness.drop_at(egui::pos2(20.0, 700.0));
    harness.run_steps(3);
    assert!(!is_open(&harness));
}

#[test]
fn nothing_found_says_where_else_to_look() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = harbor(&folder);
    open(&mut harness);
    type_words(&mut harness, "umbrella stand");
    assert!(harness.query_by_label("Nothing is called “umbrella stand”").is_some());
    assert!(harness.query_by_label("0 results").is_some());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(is_open(&harness));
}
