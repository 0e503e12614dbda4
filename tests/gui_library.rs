//! The library lists all articles, sorts, filters and groups them, says which stand in columns of Read, and removes with
//! a way back. No click on an article ever shows nothing.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{Queryable as _, by};
use jiff::civil::date;
use throughline::codebook::Codebook;
use throughline::document::{Document, DocumentId, Outlet, OutletBasis, Passage, Published, Source};
use throughline::gui::action::Action;
use throughline::gui::desk::Desk;
use throughline::gui::frame;
use throughline::gui::library::settings::{Grouping, Place, SortBy};
use throughline::gui::state::ViewKind;
use throughline::gui::theme::Theme;
use throughline::text::ByteRange;

/// A desk drawn with all its bars; what it asks for is carried out, as far as it needs no window.
struct Shown {
    desk: Desk,
    rest: Vec<Action>,
}

type Window = Harness<'static, Shown>;

fn article(id: u64, title: &str, outlet: Option<&str>, year: i16) -> Document {
    let text =
        format!("{title}\n{}", "The council will widen the old pier and dredge the channel. ".repeat(id as usize));
    let source = Source::File { path: format!("/articles/{id:03}.txt"), part: None };
    let outlet = outlet.map(|name| Outlet { name: name.to_owned(), basis: OutletBasis::Stated, range: None });
    let published = Published::entered(date(year, 3, i8::try_from(id % 28 + 1).unwrap()), Vec::new());
    let title = Some(title.to_owned());
    Document { source, title, outlet, published, ..Document::of_lines(DocumentId(id), &text) }
}

/// Articles 1 to 6, in order of date.
fn six() -> Vec<Document> {
    vec![
        article(1, "Zander are back", Some("Harbor News"), 2017),
        article(2, "Éclairs on the pier", Some("The Bay"), 2017),
        article(3, "A new crane", None, 2018),
        article(4, "Crane falls", Some("Harbor News"), 2018),
        article(5, "Dredging begins", Some("The Bay"), 2019),
        article(6, "Ministers visit the pier", Some("Harbor News"), 2019),
    ]
}

fn shown(documents: Vec<Document>) -> Window {
    let desk = Desk::settled(documents, Arc::new(Codebook::built_in()), date(2026, 1, 1));
    let ui = |ui: &mut egui::Ui, shown: &mut Shown| {
        let mut actions = Vec::new();
        frame::frame_ui(ui, &mut shown.desk, &mut actions);
        for action in actions {
            shown.rest.extend(shown.desk.perform(action));
        }
        shown.desk.settle();
    };
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .allow_missing_glyphs()
        .with_context_setup(|ctx: &egui::Context| Theme::install(ctx))
        .build_ui_state(ui, Shown { desk, rest: Vec::new() });
    harness.run_steps(6);
    harness
}

/// With the library open.
fn library(documents: Vec<Document>) -> Window {
    let mut harness = shown(documents);
    tap(&mut harness, "Library");
    assert!(harness.state().desk.state.library.is_open);
    harness
}

fn tap(harness: &mut Window, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(8);
}

/// Clicks the row of an article, by words of its name.
fn tap_row(harness: &mut Window, words: &str, modifiers: Modifiers) {
    harness.get(by().role(Role::Row).label_contains(words)).click_modifiers(modifiers);
    harness.run_steps(8);
}

fn press(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(8);
}

fn listed(harness: &Window) -> Vec<u64> {
    harness.state().desk.state.library.listing.articles.iter().map(|fact| fact.document.id.0).collect()
}

fn chosen(harness: &Window) -> Vec<u64> {
    harness.state().desk.state.library.chosen.iter().map(|id| id.0).collect()
}

fn in_columns(harness: &Window) -> Vec<u64> {
    let desk = &harness.state().desk;
    desk.state.reading.shown.documents(desk.corpus()).iter().map(|document| document.id.0).collect()
}

#[test]
fn it_opens_by_the_heading_and_closes_again() {
    let mut harness = library(six());
    harness.get_by_label("3 Mar 2017, The Bay: Éclairs on the pier, 26 words, 0 statements, 1 phrase, in columns");
    assert!(harness.query_by_label("Map of Zander are back").is_none(), "Read still shows");
    tap(&mut harness, "Done");
    harness.get_by_label("Map of Zander are back");
    harness.state_mut().desk.perform(Action::ToggleLibrary);
    harness.run_steps(2);
    harness.state_mut().desk.perform(Action::Clear);
    assert!(!harness.state().desk.state.library.is_open);
}

#[test]
fn a_click_on_a_head_sorts_and_another_one_turns_the_order() {
    let mut harness = library(six());
    harness.get_by_label("Sort by date, now earliest first");
    tap(&mut harness, "Sort by title");
    assert_eq!(listed(&harness), [3, 4, 5, 2, 6, 1]);
    tap(&mut harness, "Sort by title, now A to Z");
    assert_eq!(listed(&harness), [1, 6, 2, 5, 4, 3]);
    tap(&mut harness, "Sort by outlet");
    assert_eq!(listed(&harness), [1, 4, 6, 2, 5, 3]);
    tap(&mut harness, "Sort by words");
    assert_eq!(listed(&harness), [6, 5, 4, 3, 2, 1]);
    tap(&mut harness, "Sort by date");
    assert_eq!(harness.state().desk.state.library.order.by, SortBy::Date);
    assert_eq!(listed(&harness), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_filter_says_so_and_is_taken_back_where_nothing_is_left() {
    let mut harness = library(six());
    harness.get_by_label("Filter the articles").focus();
    harness.run_steps(2);
    harness.get_by_label("Filter the articles").type_text("ECLAIRS bay");
    harness.run_steps(8);
    assert_eq!(listed(&harness), [2]);
    harness.get_by_label("filters: 1");
    harness.get_by_label("Filter the articles").type_text(" unheard");
    harness.run_steps(8);
    assert_eq!(listed(&harness), [0; 0]);
    harness.get_by_label_contains("No article with");
    tap(&mut harness, "Show all articles");
    assert_eq!(listed(&harness).len(), 6);
    tap(&mut harness, "Years: Any year");
    tap(&mut harness, "From 2019");
    assert_eq!(listed(&harness), [5, 6]);
    tap(&mut harness, "Outlet: All outlets");
    tap(&mut harness, "The Bay  ·  2");
    assert_eq!(listed(&harness), [5]);
    harness.get_by_label("filters: 2");
    tap(&mut harness, "reset");
    assert_eq!(listed(&harness).len(), 6);
}

#[test]
fn from_the_field_one_goes_to_what_was_found() {
    let mut harness = library(six());
    harness.get_by_label("Filter the articles").focus();
    harness.run_steps(2);
    harness.get_by_label("Filter the articles").type_text("pier");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!((listed(&harness), chosen(&harness)), (vec![2, 6], vec![2]));
    assert!(harness.state().desk.state.library.is_open, "Enter in the field opens nothing");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(chosen(&harness), [6]);
    // What a filter hides is not removed with the rest.
    press(&mut harness, Modifiers::COMMAND, Key::A);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(harness.state().desk.corpus().len(), 4);
}

#[test]
fn groups_fold_and_act_as_a_whole() {
    let mut harness = library(six());
    tap(&mut harness, "Groups: No groups");
    tap(&mut harness, "Group by outlet");
    assert_eq!(harness.state().desk.state.library.grouping, Grouping::Outlet);
    harness.get_by_label("No outlet known, 1 article");
    tap(&mut harness, "Harbor News, 3 articles");
    harness.get_by_label("Harbor News, 3 articles, folded");
    assert!(harness.query_by_label("In columns: Zander are back").is_none());
    tap(&mut harness, "In columns: all of Harbor News");
    assert_eq!(in_columns(&harness), [2, 3, 5]);
    tap(&mut harness, "Harbor News, 3 articles, folded");
    tap(&mut harness, "In columns: Zander are back");
    assert_eq!(in_columns(&harness), [1, 2, 3, 5]);
    // Some of them are: the others join first.
    tap(&mut harness, "In columns: all of Harbor News");
    assert_eq!(in_columns(&harness).len(), 6);
    tap(&mut harness, "Remove all of The Bay");
    assert_eq!(harness.state().desk.corpus().len(), 4);
    harness.get_by_label("2 articles removed");
    tap(&mut harness, "Undo");
    assert_eq!(harness.state().desk.corpus().len(), 6);
}

#[test]
fn read_shows_what_was_chosen_and_a_click_brings_another_one_in() {
    let mut harness = library(six());
    tap_row(&mut harness, "unknown: A new crane", Modifiers::NONE);
    tap_row(&mut harness, "Bay: Dredging", Modifiers::COMMAND);
    assert_eq!(chosen(&harness), [3, 5]);
    tap(&mut harness, "Only these in columns");
    tap(&mut harness, "Done");
    harness.get_by_label("2 of 6 in columns");
    harness.get_by_label("Map of A new crane");
    assert!(harness.query_by_label("Map of Crane falls").is_none());
    // The second column is the second of those chosen.
    harness.state_mut().desk.perform(Action::SelectColumn(1));
    assert_eq!(harness.state().desk.state.selection.document, Some(DocumentId(5)));
    tap(&mut harness, "5 Mar 2018 Harbor News: Crane falls, not in columns");
    assert_eq!(in_columns(&harness), [3, 4, 5]);
    harness.get_by_label("Map of Crane falls");
    harness.get_by_label("5 Mar 2018 Harbor News: Crane falls");
    tap(&mut harness, "Show all");
    assert_eq!(in_columns(&harness).len(), 6);
    assert!(harness.query_by_label("Show all").is_none());
}

#[test]
fn a_place_in_an_article_that_waits_brings_it_in() {
    let mut harness = library(six());
    tap_row(&mut harness, "unknown: A new crane", Modifiers::NONE);
    tap(&mut harness, "Only these in columns");
    let place = Passage { document: DocumentId(6), range: ByteRange::new(0, 9) };
    harness.state_mut().desk.perform(Action::Reveal(place));
    harness.run_steps(8);
    assert_eq!(in_columns(&harness), [3, 6]);
    assert!(!harness.state().desk.state.library.is_open, "the place lies under the library");
    // N walks through all articles; those that wait come in as it reaches them.
    for _ in 0..6 {
        harness.state_mut().desk.perform(Action::NextOccurrence);
        harness.run_steps(8);
        let at = harness.state().desk.state.selection.occurrence.unwrap().document;
        assert!(in_columns(&harness).contains(&at.0));
        let desk = &harness.state().desk;
        let reading = &desk.state.reading;
        assert!(reading.open.contains(&at));
    }
}

#[test]
fn every_article_can_be_taken_out_and_read_says_so() {
    let mut harness = library(six());
    tap(&mut harness, "All listed in columns");
    tap(&mut harness, "Done");
    harness.get_by_label("0 of 6 in columns");
    harness.get_by_label("No article is in columns");
    tap(&mut harness, "5 Mar 2018 Harbor News: Crane falls, not in columns");
    assert_eq!(in_columns(&harness), [4]);
}

#[test]
fn what_is_removed_comes_back_where_it_stood() {
    let mut harness = library(six());
    tap_row(&mut harness, "Bay: Éclairs", Modifiers::NONE);
    tap_row(&mut harness, "News: Crane falls", Modifiers::SHIFT);
    assert_eq!(chosen(&harness), [2, 3, 4]);
    tap(&mut harness, "Only these in columns");
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!((listed(&harness), in_columns(&harness)), (vec![1, 5, 6], vec![1, 5, 6]));
    harness.get_by_label("3 articles removed");
    // One goes on with the row that took their place.
    assert_eq!(chosen(&harness), [6]);
    tap(&mut harness, "Undo");
    assert_eq!(listed(&harness), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn what_arrives_joins_without_a_change_of_choice() {
    let mut harness = library(six());
    tap_row(&mut harness, "unknown: A new crane", Modifiers::NONE);
    tap(&mut harness, "Only these in columns");
    harness.state_mut().desk.add(vec![article(7, "Ice in the harbor", None, 2016)]);
    harness.run_steps(8);
    assert_eq!((listed(&harness)[0], chosen(&harness)), (7, vec![3]));
    assert_eq!(in_columns(&harness), [7, 3]);
}

#[test]
fn rows_stay_in_sight_while_others_come_in_above() {
    let many = (1..=200).map(|id| article(id, &format!("Article {id:03}"), None, 2018)).collect();
    let mut harness = library(many);
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::PageUp);
    press(&mut harness, Modifiers::NONE, Key::PageUp);
    let top = |harness: &Window| harness.state().desk.state.library.top;
    let before = top(&harness).unwrap();
    let earlier = (301..=340).map(|id| article(id, &format!("Article {id}"), None, 2016)).collect();
    harness.state_mut().desk.add(earlier);
    harness.run_steps(8);
    assert_eq!(listed(&harness).len(), 240);
    assert_eq!(top(&harness), Some(before));
}

#[test]
fn everything_works_by_keys() {
    let mut harness = library(six());
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(chosen(&harness), [2, 3]);
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(in_columns(&harness), [1, 4, 5, 6]);
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(in_columns(&harness).len(), 6);
    press(&mut harness, Modifiers::SHIFT, Key::End);
    assert_eq!(chosen(&harness), [2, 3, 4, 5, 6]);
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert_eq!(chosen(&harness).len(), 6);
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let state = &harness.state().desk.state;
    assert_eq!((state.view, state.selection.document), (ViewKind::Read, Some(DocumentId(6))));
    assert!(!state.library.is_open);
}

#[test]
fn keys_of_what_lies_below_rest() {
    let mut harness = library(six());
    harness.state_mut().desk.state.view = ViewKind::Positions;
    let reviews = harness.state().desk.project.decisions().reviews.clone();
    harness.state_mut().desk.perform(Action::AcceptShift);
    assert_eq!(harness.state().desk.project.decisions().reviews, reviews);
    tap_row(&mut harness, "Bay: Éclairs", Modifiers::NONE);
    let copied = harness.state_mut().desk.perform(Action::CopyQuotes);
    assert_eq!(copied, Some(Action::CopyText("3 Mar 2017\tThe Bay\tÉclairs on the pier\t002.txt".to_owned())));
}

#[test]
fn the_article_one_reads_is_where_one_starts() {
    let mut harness = shown(six());
    harness.state_mut().desk.perform(Action::SelectDocument(DocumentId(5)));
    tap(&mut harness, "Library");
    assert_eq!(harness.state().desk.state.library.cursor, Some(Place::Article(DocumentId(5))));
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(chosen(&harness), [4]);
}

#[test]
fn an_empty_library_says_what_to_do() {
    let mut harness = shown(Vec::new());
    harness.state_mut().desk.perform(Action::ToggleLibrary);
    harness.run_steps(3);
    harness.get_by_label("No article is open");
    tap(&mut harness, "Open files");
    assert_eq!(harness.state().rest, [Action::Open]);
}

#[test]
fn a_picture_shows_the_view_and_not_the_library() {
    let mut desk = Desk::settled(six(), Arc::new(Codebook::built_in()), date(2026, 1, 1));
    let draw = |desk: &Desk| {
        let mode = throughline::gui::theme::Mode::Light;
        throughline::gui::page::picture(desk, [960, 540], 1.0, mode, date(2026, 1, 1)).image.rgba
    };
    let view = draw(&desk);
    desk.perform(Action::ToggleLibrary);
    assert!(view == draw(&desk));
}
