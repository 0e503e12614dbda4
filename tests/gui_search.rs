//! Words are found in all articles from a field in the bar: results as one types, filters, and what is nearest where
//! there are none.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;
use support::{click, press, wait, window};
use throughline::codebook::Codebook;
use throughline::document::{Document, DocumentId};
use throughline::gui::action::Action;
use throughline::gui::desk::Desk;
use throughline::gui::frame::frame_ui;
use throughline::gui::search::{self, Found};
use throughline::gui::state::ViewKind;
use throughline::gui::theme::Theme;
use throughline::gui::window::Window;

const PIER: &str = "Council widens pier\n\nPublished on 4 March 2017\n\nThe council said on Saturday that it will widen the \
    old pier. “The pier is too narrow for us,” said mayor Ana Lund.\n";
const EELS: &str = "Eels come back\n\nPublished on 6 May 2018\n\nEels were seen at the piers of Łódź again. “The eels need \
    the pier,” Ulf Holm said.\n";
const ATTACK: &str = "Lamp goes dark\n\nPublished on 8 June 2019\n\nThe lamp of the harbor is dark. Nobody fears attacks of \
    gulls there, and no programme pays for a new one.\n";

/// A window on three articles.
fn harbor() -> (Harness<'static, Window>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = [("pier.txt", PIER), ("eels.txt", EELS), ("lamp.txt", ATTACK)]
        .into_iter()
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect();
    (window(paths), folder)
}

/// Types into the field, reached by its key.
fn find(harness: &mut Harness<'static, Window>, words: &str) {
    press(harness, Modifiers::COMMAND, Key::F);
    harness.get_by_label("Find in all articles").type_text(words);
    harness.run_steps(4);
    wait(harness, "an answer", |harness| harness.query_by_label("Searching …").is_none());
    // The last answer may be that of a part of the words.
    for _ in 0..20 {
        harness.step();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

fn rows(harness: &Harness<'static, Window>) -> Vec<String> {
    harness
        .query_all_by_role(egui::accesskit::Role::Row)
        .filter_map(|node| egui_kittest::kittest::NodeT::accesskit_node(&node).label())
        .collect()
}

#[test]
fn results_come_while_one_types_in_order_of_date() {
    let (mut harness, _folder) = harbor();
    find(&mut harness, "PIERS");
    let rows = rows(&harness);
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].contains("2017") && rows[0].contains("Council widens pier, 3 places: The council said"));
    assert!(rows[1].contains("Eels come back, 2 places: Eels were seen at the piers of Łódź again."), "{rows:?}");
    harness.get_by_label("in 2 of 3 articles  ·  5 places");
    harness.get_by_label("2 of 3 articles");
}

#[test]
fn a_click_goes_to_the_place_and_n_walks_on() {
    let (mut harness, _folder) = harbor();
    find(&mut harness, "\"the pier\"");
    harness.get_by_label_contains("Eels come back").click();
    harness.run_steps(3);
    let place = |harness: &Harness<'static, Window>| {
        let desk = harness.state().desk();
        let passage = desk.state.reading.selected.unwrap();
        assert!(!desk.state.search.covers_view() && desk.state.view == ViewKind::Read);
        (desk.corpus().idx_of(passage.document).unwrap(), desk.corpus().words(passage).to_owned())
    };
    assert_eq!(place(&harness), (1, "the piers".to_owned()));
    press(&mut harness, Modifiers::NONE, Key::N);
    assert_eq!(place(&harness), (1, "the pier".to_owned()));
    press(&mut harness, Modifiers::NONE, Key::N);
    assert_eq!(place(&harness), (0, "The pier".to_owned()));
    press(&mut harness, Modifiers::NONE, Key::P);
    assert_eq!(place(&harness), (1, "the pier".to_owned()));
    // The results are still there, and Escape lets go of them.
    press(&mut harness, Modifiers::COMMAND, Key::F);
    assert!(harness.state().desk().state.search.covers_view());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let state = &harness.state().desk().state;
    assert!(!state.search.is_active() && state.reading.selected.is_none());
}

#[test]
fn enter_goes_to_the_first_place() {
    let (mut harness, _folder) = harbor();
    find(&mut harness, "programs");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let desk = harness.state().desk();
    assert_eq!(desk.corpus().words(desk.state.reading.selected.unwrap()), "programme");
}

#[test]
fn the_arrow_goes_to_the_rows_and_enter_opens_one() {
    let (mut harness, _folder) = harbor();
    find(&mut harness, "piers");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let desk = harness.state().desk();
    assert_eq!(desk.corpus().idx_of(desk.state.reading.selected.unwrap().document), Some(1));
}

#[test]
fn filters_leave_out_and_are_reset() {
    let (mut harness, _folder) = harbor();
    find(&mut harness, "pier");
    assert_eq!(rows(&harness).len(), 2);
    click(&mut harness, "First year: From any year");
    click(&mut harness, "From 2018");
    assert_eq!(rows(&harness).len(), 1);
    harness.get_by_label("filters: 1");
    click(&mut harness, "Speaker: All speakers");
    harness.get_by_label_contains("Ulf Holm").click();
    harness.run_steps(3);
    let filtered = rows(&harness);
    assert!(filtered.len() == 1 && filtered[0].contains("1 place: “The eels need the pier"), "{filtered:?}");
    click(&mut harness, "reset");
    assert_eq!(rows(&harness).len(), 2);
}

#[test]
fn where_nothing_is_found_the_nearest_thing_is_offered() {
    let (mut harness, _folder) = harbor();
    find(&mut harness, "cyber attack");
    harness.get_by_label("“cyber attack” is in none of the 3 articles");
    let says =
        "page furniture included, with every spelling and ending of the two words. “attack” alone is in 1 article.";
    harness.get_by_label_contains(says);
    click(&mut harness, "Find “attack”");
    wait(&mut harness, "an answer", |harness| harness.query_by_label_contains("in 1 of 3 articles").is_some());
    assert_eq!(rows(&harness).len(), 1);
    assert_eq!(harness.state().desk().state.search.typed, "attack");
}

/// The whole frame on a desk, with what it asked for.
struct Shown {
    desk: Desk,
    actions: Vec<Action>,
}

#[test]
fn an_index_in_the_making_says_how_far_it_is() {
    let documents =
        [PIER, EELS, ATTACK].into_iter().zip(1..).map(|(text, id)| Document::of_lines(DocumentId(id), text));
    let desk = Desk::settled(documents.collect(), Arc::new(Codebook::built_in()), date(2026, 1, 1));
    let show = |ui: &mut egui::Ui, shown: &mut Shown| frame_ui(ui, &mut shown.desk, &mut shown.actions);
    let mut harness = Harness::builder()
        .with_size([1000.0, 640.0])
        .allow_missing_glyphs()
        .with_context_setup(|ctx: &egui::Context| Theme::install(ctx))
        .build_ui_state(show, Shown { desk, actions: Vec::new() });
    harness.state_mut().desk.perform(Action::Find);
    harness.run_steps(3);
    harness.get_by_label("Find in all articles").type_text("eels");
    harness.run_steps(6);
    assert!(harness.state().actions.contains(&Action::Search("eels".to_owned())));
    let found = Found { query: "eels".to_owned(), n_searched: 1, n_words: 20, ..Found::default() };
    search::take(&mut harness.state_mut().desk, found.clone());
    harness.run_steps(3);
    harness.get_by_label("“eels” is in none of the articles searched so far");
    harness.get_by_label_contains("1 of 3 articles are searched so far.");
    // An answer to another question comes too late.
    let late = Found { query: "pike".to_owned(), rows: vec![DocumentId(1)], ..found.clone() };
    search::take(&mut harness.state_mut().desk, late);
    search::take(&mut harness.state_mut().desk, Found { rows: vec![DocumentId(2)], n_searched: 2, ..found });
    harness.run_steps(3);
    harness.get_by_label("in 1 of the 2 articles searched so far  ·  3 places");
}

#[test]
fn clear_and_tabs_bring_the_view_back() {
    let (mut harness, _folder) = harbor();
    find(&mut harness, "zebra");
    harness.get_by_label("“zebra” is in none of the 3 articles");
    click(&mut harness, "Clear");
    assert!(!harness.state().desk().state.search.is_active());
    find(&mut harness, "pier");
    click(&mut harness, "Phrases");
    let state = &harness.state().desk().state;
    assert!(state.view == ViewKind::Phrases && !state.search.covers_view());
    assert_eq!(state.search.typed, "pier");
}

#[test]
fn a_narrow_window_has_a_button_that_leads_to_the_field() {
    let (mut harness, _folder) = harbor();
    harness.set_size(egui::vec2(640.0, 480.0));
    harness.run_steps(3);
    click(&mut harness, "Find in all articles");
    harness.run_steps(3);
    harness.get_by_label("Find in all articles").type_text("eels");
    harness.run_steps(4);
    wait(&mut harness, "an answer", |harness| harness.query_by_label_contains("in 1 of 3 articles").is_some());
    for label in ["Find in all articles", "More", "Clear the search"] {
        let rect = harness.get_by_label(label).rect();
        assert!(rect.left() >= 0.0 && rect.right() <= 640.0, "{label} is cut: {rect:?}");
    }
}
