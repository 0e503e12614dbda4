//! What the reader decides about statements shows at once, can be taken back, and is there after the articles are analyzed
//! again: accepted, changed, split, joined, dismissed, added, put side by side, noted.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use support::{HARBOR, click, press, settle, window};
use throughline::analysis::StatementId;
use throughline::analysis::statements::Statement;
use throughline::document::Passage;
use throughline::gui::action::{Action, Entry};
use throughline::gui::state::{Sheet, ViewKind, Voices};
use throughline::gui::window::Window;
use throughline::project::Verdict;
use throughline::text::ByteRange;

type Shown = Harness<'static, Window>;

fn ask(harness: &mut Shown, action: Action) {
    harness.state_mut().ask(action);
    harness.run_steps(2);
    settle(harness);
}

fn statement(harness: &Shown, id: StatementId) -> Option<&Statement> {
    harness.state().desk().analysis().statement(id)
}

/// The card of the first statement of the Secretary General that is quoted.
fn with_card() -> (Shown, StatementId) {
    let mut harness = window(Vec::new());
    let first = (harness.state().desk().analysis().statements.iter())
        .find(|statement| statement.person.is_some() && statement.themes.len() == 1 && statement.force == Some(4))
        .map(|statement| statement.id)
        .unwrap();
    ask(&mut harness, Action::ShowStatement(first));
    (harness, first)
}

#[test]
fn a_statement_is_accepted_changed_and_brought_back_from_its_card() {
    let (mut harness, id) = with_card();
    let found = statement(&harness, id).unwrap().clone();
    click(&mut harness, "Accept");
    settle(&mut harness);
    harness.get_by_label("accepted");
    click(&mut harness, "Force 1");
    settle(&mut harness);
    assert_eq!(statement(&harness, id).unwrap().force, Some(1));
    harness.get_by_label("edited");
    click(&mut harness, "Take back");
    settle(&mut harness);
    assert_eq!(statement(&harness, id), Some(&found));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(statement(&harness, id).unwrap().force, Some(1));
}

#[test]
fn an_edge_moves_by_a_word_and_the_statement_keeps_its_card() {
    let (mut harness, id) = with_card();
    let before = statement(&harness, id).unwrap().extent();
    click(&mut harness, "End a word earlier");
    settle(&mut harness);
    let after = statement(&harness, id).unwrap().extent();
    assert!(after.end < before.end && after.start == before.start);
    assert!(matches!(&harness.state().desk().state.sheet, Some(Sheet::Statement(card)) if card.statement == id));
}

#[test]
fn a_dismissed_statement_leaves_the_chart_and_undo_brings_it_back() {
    let (mut harness, id) = with_card();
    click(&mut harness, "Dismiss");
    settle(&mut harness);
    assert!(statement(&harness, id).is_none());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(statement(&harness, id).is_some());
}

#[test]
fn selected_words_become_a_statement_with_its_card() {
    let mut harness = window(Vec::new());
    let document = harness.state().desk().corpus().documents()[2].clone();
    let block = document.readable_blocks().last().unwrap().range.trimmed(&document.text);
    let range = ByteRange::new(block.start, block.start + block.of(&document.text).find(' ').unwrap());
    ask(&mut harness, Action::AddStatement(Passage { document: document.id, range }));
    let Some(Sheet::Statement(card)) = &harness.state().desk().state.sheet else { panic!("no card") };
    let added = statement(&harness, card.statement).unwrap();
    assert_eq!(added.content, [range]);
    harness.get_by_label("added");
    harness.get_by_label_contains("rule reader");
}

#[test]
fn what_was_decided_goes_along_into_an_export() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, _) = with_card();
    click(&mut harness, "Accept");
    settle(&mut harness);
    ask(&mut harness, Action::Export);
    harness.get_by_label("REFI-QDA project (.qdpx)").click();
    harness.run_steps(3);
    let Some(Sheet::Export { path, kind }) = &harness.state().desk().state.sheet else { panic!("no sheet") };
    assert!(path.text.ends_with("findings.qdpx"));
    let (name, kind) = (kind.file_name(), *kind);
    ask(&mut harness, Action::WriteExport(folder.path().join(name), kind));
    support::wait(&mut harness, "the project", |_| folder.path().join(name).exists());
    harness.get_by_label("Statements (.csv)").click();
    harness.run_steps(3);
    let Some(Sheet::Export { kind, .. }) = &harness.state().desk().state.sheet else { panic!("no sheet") };
    let table = folder.path().join("statements.csv");
    let kind = *kind;
    ask(&mut harness, Action::WriteExport(table.clone(), kind));
    support::wait(&mut harness, "the table", |_| table.exists());
    assert_eq!(std::fs::read_to_string(table).unwrap().matches(",accepted,").count(), 1);
}

#[test]
fn a_note_on_a_change_and_its_verdict_stay_beside_each_other() {
    let mut harness = window(Vec::new());
    ask(&mut harness, Action::Show(ViewKind::Positions));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let reviews = &harness.state().desk().project.decisions().reviews;
    let review = reviews.values().next().unwrap().clone();
    assert_eq!((reviews.len(), review.verdict), (1, Some(Verdict::Accepted)));
    assert!(review.old.is_some() && review.new.is_some(), "a verdict can be found again by its words");
    harness.get_all_by_label("Edit").next().unwrap().click();
    harness.run_steps(4);
    harness.get_by_label("Note").focus();
    harness.run_steps(2);
    harness.get_by_label("Note").type_text("told twice");
    harness.run_steps(4);
    click(&mut harness, "Keep note");
    let reviews = &harness.state().desk().project.decisions().reviews;
    let noted = reviews.values().next().unwrap();
    assert_eq!((noted.verdict, noted.note.as_str()), (Some(Verdict::Accepted), "told twice"));
}

#[test]
fn the_next_change_to_review_is_one_without_a_verdict() {
    let mut harness = window(Vec::new());
    ask(&mut harness, Action::Show(ViewKind::Positions));
    let mut seen = Vec::new();
    for _ in 0..3 {
        let chosen = harness.state().desk().state.selection.shift.unwrap();
        assert!(!seen.contains(&chosen));
        seen.push(chosen);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        press(&mut harness, Modifiers::NONE, Key::R);
    }
    harness.get_by_label_contains("3 of 9 reviewed");
}

#[test]
fn filters_say_that_they_hide_something_and_the_table_lists_the_same_statements() {
    let mut harness = window(Vec::new());
    ask(&mut harness, Action::Show(ViewKind::Positions));
    let marks = harness.query_all_by_label_contains("statement of ").count();
    click(&mut harness, "Speakers: All speakers");
    click(&mut harness, "Official speakers");
    harness.get_by_label("filters: 1");
    assert_eq!(harness.state().desk().state.positions.voices, Voices::Official);
    assert!(harness.query_all_by_label_contains("statement of ").count() < marks);
    click(&mut harness, "reset");
    assert!(harness.query_by_label("filters: 1").is_none());
    click(&mut harness, "Table");
    harness.get_by_label("Sort by force").click();
    harness.run_steps(3);
    assert!(harness.query_all_by_label_contains("says it must be").count() > 3);
    click(&mut harness, "Chart");
    assert_eq!(harness.query_all_by_label_contains("statement of ").count(), marks);
}

#[test]
fn without_a_fitting_codebook_speakers_and_themes_are_offered_and_charted() {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (idx, year) in [2019, 2021, 2022].into_iter().enumerate() {
        let path = folder.path().join(format!("{idx}.txt"));
        std::fs::write(&path, HARBOR.replace("2019", &year.to_string())).unwrap();
        paths.push(path);
    }
    let mut harness = window(paths);
    ask(&mut harness, Action::Show(ViewKind::Positions));
    harness.get_by_label_contains("Whose positions?");
    click(&mut harness, "Chart: Ana Lund");
    settle(&mut harness);
    let desk = harness.state().desk();
    assert_eq!(desk.state.positions.actor.as_deref(), Some("Ana Lund"));
    harness.get_by_label_contains("No theme yet: observed on");
    let entry = Entry::Theme { label: "Dredging".to_owned(), words: vec!["dredging".to_owned()] };
    ask(&mut harness, Action::EnterInCodebook(entry));
    harness.get_by_label_contains("Dredging: observed on");
    for _ in 0..2 {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
        settle(&mut harness);
    }
    harness.get_by_label_contains("Whose positions?");
}
