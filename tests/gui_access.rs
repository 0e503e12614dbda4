//! Whoever does not see the window hears it: every control has a name, and what a view shows is said in full.
//!
//! The trees are those that AccessKit hands to a screen reader, of every view, sheet, card and menu, on the built-in
//! articles.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/scenes.rs"]
mod scenes;
#[path = "support/window.rs"]
mod window;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use scenes::{Room, Scene, Told, nodes, open};
use throughline::analysis::statements::Statement;
use throughline::document::Document;
use throughline::gui::desk::Desk;
use throughline::gui::state::ViewKind;
use throughline::report::dates;
use window::press;

/// Does it do something, or hold something that is chosen?
fn is_control(told: &Told) -> bool {
    told.can_focus
        || matches!(
            told.role,
            Role::Button
                | Role::CheckBox
                | Role::ComboBox
                | Role::TextInput
                | Role::MultilineTextInput
                | Role::Tab
                | Role::Link
                | Role::ListItem
                | Role::Row
                | Role::MenuItem
                | Role::Slider
                | Role::SpinButton
                | Role::RadioButton
                | Role::Cell
                | Role::ColumnHeader
        )
}

/// The trees of all scenes, worked out once.
fn trees() -> &'static [(Scene, Vec<Told>)] {
    static TREES: OnceLock<Vec<(Scene, Vec<Told>)>> = OnceLock::new();
    TREES.get_or_init(|| Scene::all().into_iter().map(|scene| (scene, nodes(&open(scene)))).collect())
}

fn names(room: &Room) -> Vec<String> {
    nodes(room).into_iter().map(|told| told.name).filter(|name| !name.is_empty()).collect()
}

/// Asserts that one of the names holds all of these.
#[track_caller]
fn assert_said(names: &[String], parts: &[&str]) {
    assert!(names.iter().any(|name| parts.iter().all(|part| name.contains(part))), "{parts:?} in {names:#?}");
}

fn words_of(desk: &Desk, statement: &Statement) -> String {
    let document = desk.corpus().get(statement.document).unwrap();
    let pieces: Vec<&str> = statement.content.iter().map(|range| range.of(&document.text)).collect();
    pieces.join(" … ")
}

/// "est. 6 Sep 2017".
fn day_of(document: &Document) -> String {
    let label = dates::label(&document.published);
    format!("{}{}", if label.is_estimate { "est. " } else { "" }, label.day)
}

#[test]
fn every_control_has_a_name() {
    for (scene, told) in trees() {
        for told in told.iter().filter(|told| is_control(told)) {
            assert!(!told.name.trim().is_empty(), "{scene:?}: {told:?}");
        }
    }
}

#[test]
fn no_two_controls_lie_on_one_another_under_one_name() {
    for (scene, told) in trees() {
        let mut seen = BTreeSet::new();
        for told in told.iter().filter(|told| is_control(told)) {
            let place = told.rect.map(|rect| [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(|it| it as i32));
            assert!(seen.insert((told.name.clone(), place)), "{scene:?}: {told:?}");
        }
    }
}

#[test]
fn the_list_names_each_article_and_phrase_in_full() {
    let room = open(Scene::View(ViewKind::Read));
    let (names, desk) = (names(&room), room.state().desk());
    for document in desk.corpus().documents() {
        let outlet = document.outlet.as_ref().unwrap().name.as_str();
        assert_said(&names, &[&day_of(document), outlet, document.title.as_deref().unwrap()]);
    }
    for phrase in &desk.analysis().phrases {
        let times = format!("{} times in {} articles", phrase.occurrences.len(), phrase.n_documents);
        assert_said(&names, &[&phrase.label, &times]);
    }
    assert_said(&names, &["letter A"]);
}

#[test]
fn each_mark_in_sight_is_a_stop_that_says_its_phrase_and_place() {
    let room = open(Scene::View(ViewKind::Read));
    let desk = room.state().desk();
    let labels: Vec<&str> = desk.analysis().phrases.iter().map(|phrase| phrase.label.as_str()).collect();
    let marks: Vec<Told> = nodes(&room)
        .into_iter()
        .filter(|told| {
            told.role == Role::Button && labels.iter().any(|label| told.name.starts_with(&format!("{label}, ")))
        })
        .filter(|told| told.name.contains(" of "))
        .collect();
    assert!(marks.len() > 8, "{marks:#?}");
    assert!(marks.iter().all(|mark| mark.can_focus));
    let names: BTreeSet<&str> = marks.iter().map(|mark| mark.name.as_str()).collect();
    assert_eq!(names.len(), marks.len(), "a mark is named twice");
}

#[test]
fn each_family_is_a_row_with_its_times_articles_and_days() {
    let room = open(Scene::View(ViewKind::Phrases));
    let (names, desk) = (names(&room), room.state().desk());
    for phrase in &desk.analysis().phrases {
        let times = format!(": {} in {} of 5 articles", phrase.occurrences.len(), phrase.n_documents);
        assert_said(&names, &[&phrase.label, &times]);
    }
}

#[test]
fn each_statement_of_the_chart_is_said_in_full() {
    let room = open(Scene::View(ViewKind::Positions));
    let (names, desk) = (names(&room), room.state().desk());
    let mut n_said = 0;
    // What an article tells a second time, in its headline, has no mark of its own.
    let is_charted = |it: &&Statement| it.actor.as_deref() == Some("NATO") && it.same_as.is_none();
    for statement in desk.analysis().statements.iter().filter(is_charted) {
        let document = desk.corpus().get(statement.document).unwrap();
        let speaker = statement.person.as_deref().unwrap_or("NATO");
        for theme in statement.themes.iter().filter_map(|id| desk.codebook().theme(id)) {
            let direction = statement.direction_on(&theme.id).map_or("", |direction| direction.words());
            let day = day_of(document);
            assert_said(&names, &["statement of", &day, speaker, &theme.label, direction, &words_of(desk, statement)]);
            n_said += 1;
        }
    }
    assert!(n_said > 20, "{n_said}");
}

#[test]
fn each_card_says_its_number_label_theme_quotations_and_verdict() {
    let mut room = open(Scene::View(ViewKind::Positions));
    let mut all = BTreeSet::new();
    for _ in 0..room.state().desk().analysis().shifts.len() {
        press(&mut room, Modifiers::NONE, Key::CloseBracket);
        room.run_steps(2);
        all.extend(names(&room).into_iter().filter(|name| name.starts_with("card ")));
    }
    let names: Vec<String> = all.into_iter().collect();
    let desk = room.state().desk();
    let mut n_said = 0;
    for shift in desk.analysis().shifts.iter().filter(|it| it.actor == "NATO" && it.new.is_some()) {
        let Some(old) = shift.old.and_then(|id| desk.analysis().statement(id)) else { continue };
        let Some(new) = shift.new.and_then(|id| desk.analysis().statement(id)) else { continue };
        let theme = desk.codebook().theme(&shift.theme).unwrap().label.as_str();
        let (old, new) = (words_of(desk, old), words_of(desk, new));
        assert_said(&names, &["card ", shift.label.words(), theme, &old, &new, "automatic"]);
        n_said += 1;
    }
    assert!(n_said > 4, "{n_said}");
}

#[test]
fn the_library_and_the_results_say_each_article() {
    for scene in [Scene::Library, Scene::Results] {
        let room = open(scene);
        let rows: Vec<String> =
            nodes(&room).into_iter().filter(|told| told.role == Role::Row).map(|told| told.name).collect();
        for document in room.state().desk().corpus().documents() {
            let is_found = scene == Scene::Library || document.text.contains("issile");
            if is_found {
                assert_said(&rows, &[&day_of(document), document.title.as_deref().unwrap()]);
            }
        }
    }
}

#[test]
fn what_is_painted_is_also_said() {
    let said =
        |scene| -> Vec<String> { nodes(&open(scene)).into_iter().flat_map(|told| [told.name, told.value]).collect() };
    assert_said(&said(Scene::View(ViewKind::Read)), &["Drop your own anywhere"]);
    assert_said(&said(Scene::Empty), &["Drop"]);
    assert_said(&said(Scene::NoResults), &["gypsum", "none of the 5 articles"]);
    assert_said(&said(Scene::Files), &["no such file or folder"]);
    assert_said(&said(Scene::Statement), &["Main theme: "]);
    assert_said(&said(Scene::DateCard), &["Published on"]);
}
