//! Paths without a dialog: Cancel changes nothing, and where no dialog can come up a field with names is there at once,
//! which the keyboard alone can use, and which replaces nothing unasked.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]
#![cfg(all(feature = "gui", unix))]

#[path = "support/window.rs"]
mod window;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use throughline::gui::action::Action;
use throughline::gui::dialogs::Question;
use throughline::gui::state::Sheet;
use throughline::gui::window::Window;
use window::{HARBOR, click, press, settle, wait};

type Room = Harness<'static, Window>;

/// Two articles, and a folder with a third one.
fn articles() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    for (name, word) in [("harbor.txt", "channel"), ("haven.txt", "canal"), ("inner/pier.txt", "basin")] {
        std::fs::write(folder.path().join(name), HARBOR.replace("channel", word)).unwrap();
    }
    std::fs::write(folder.path().join("data.bin"), "x").unwrap();
    folder
}

fn room_with(dialogs: impl Fn(Question) -> Option<Vec<PathBuf>> + Send + Sync + 'static) -> Room {
    let (desk, jobs) = window::desk_and_jobs();
    // Not above the articles of a test, whose paths would be written from there.
    let home = Some(PathBuf::from(env!("CARGO_TARGET_TMPDIR")));
    window::shown(Window::new(desk, jobs.with_dialogs(Arc::new(dialogs), home), Vec::new()))
}

fn ask(room: &mut Room, action: Action) {
    room.state_mut().ask(action);
    room.run_steps(3);
}

/// What stands in the field of the open sheet.
fn text(room: &Room) -> String {
    let sheet = room.state().desk().state.sheet.clone();
    sheet.and_then(|mut sheet| sheet.path_field().map(|field| field.text.clone())).unwrap_or_default()
}

fn type_path(room: &mut Room, text: &str) {
    press(room, Modifiers::COMMAND, Key::A);
    room.event(Event::Text(text.to_owned()));
    room.run_steps(3);
}

/// Opens the field and types a path into it, whose names are listed then.
fn type_into_new(room: &mut Room, text: &str, first: &str) {
    ask(room, Action::Open);
    wait(room, "the field", |room| room.state().desk().state.sheet.is_some());
    type_path(room, text);
    wait(room, "the names", |room| room.query_by_label(first).is_some());
}

fn is_closed(room: &Room) -> bool {
    room.state().desk().state.sheet.is_none()
}

fn shown(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn cancel_changes_nothing() {
    let mut room = room_with(|_| Some(Vec::new()));
    for action in [Action::Open, Action::OpenFolder, Action::SaveAs, Action::OpenCodebook, Action::SaveCodebook] {
        ask(&mut room, action.clone());
        for _ in 0..40 {
            room.step();
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let state = &room.state().desk().state;
        assert!(state.sheet.is_none() && state.toast.is_none() && state.message.is_empty(), "{action:?}");
    }
}

#[test]
fn what_a_dialog_gives_is_opened() {
    let folder = articles();
    let path = folder.path().join("harbor.txt");
    let mut room = room_with(move |_| Some(vec![path.clone()]));
    let n_before = room.state().desk().corpus().len();
    ask(&mut room, Action::Open);
    wait(&mut room, "the article", |room| room.state().desk().corpus().len() > n_before);
}

#[test]
fn the_keyboard_alone_opens_an_article() {
    let folder = articles();
    let mut room = room_with(|_| None);
    let n_before = room.state().desk().corpus().len();
    press(&mut room, Modifiers::COMMAND, Key::O);
    wait(&mut room, "the field", |room| matches!(room.state().desk().state.sheet, Some(Sheet::Path(_))));
    room.get_by_label_contains("No file dialog came up");
    type_path(&mut room, &shown(folder.path(), ""));
    wait(&mut room, "the names", |room| room.query_by_label("inner, folder").is_some());
    // What is no article is listed when its name is typed.
    assert!(room.query_by_label("data.bin").is_none());
    // ↓ puts the folder into the field, Enter goes in, ↓ and Enter open what is there.
    press(&mut room, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(text(&room), shown(folder.path(), "inner"));
    press(&mut room, Modifiers::NONE, Key::Enter);
    assert_eq!(text(&room), shown(folder.path(), "inner/"));
    wait(&mut room, "the names", |room| room.query_by_label("pier.txt").is_some());
    press(&mut room, Modifiers::NONE, Key::ArrowDown);
    press(&mut room, Modifiers::NONE, Key::Enter);
    wait(&mut room, "the article", |room| room.state().desk().corpus().len() > n_before);
    assert!(is_closed(&room));
}

#[test]
fn tab_completes_and_several_paths_are_opened() {
    let folder = articles();
    let mut room = room_with(|_| None);
    let n_before = room.state().desk().corpus().len();
    type_into_new(&mut room, &shown(folder.path(), "harb"), "harbor.txt");
    press(&mut room, Modifiers::NONE, Key::Tab);
    assert_eq!(text(&room), shown(folder.path(), "harbor.txt"));
    // A name after the sign lies in the same folder.
    room.event(Event::Text("; hav".to_owned()));
    room.run_steps(3);
    press(&mut room, Modifiers::NONE, Key::Tab);
    assert_eq!(text(&room), format!("{}; haven.txt", shown(folder.path(), "harbor.txt")));
    press(&mut room, Modifiers::NONE, Key::Enter);
    wait(&mut room, "both articles", |room| room.state().desk().corpus().len() == n_before + 2);
}

#[test]
fn what_is_wrong_is_said_where_it_is_mended() {
    let folder = articles();
    let mut room = room_with(|_| None);
    type_into_new(&mut room, &shown(folder.path(), ""), "harbor.txt");
    for (name, says) in [("gone/x.txt", "No such folder: "), ("gone.txt", "No such file or folder: ")] {
        type_path(&mut room, &shown(folder.path(), name));
        press(&mut room, Modifiers::NONE, Key::Enter);
        wait(&mut room, says, |room| room.query_by_label_contains(says).is_some());
        assert!(!is_closed(&room));
    }
    // A folder is gone into; to open all of it is offered.
    type_path(&mut room, &shown(folder.path(), "inner"));
    press(&mut room, Modifiers::NONE, Key::Enter);
    wait(&mut room, "the offer", |room| room.query_by_label("Open the whole folder").is_some());
    assert_eq!(text(&room), shown(folder.path(), "inner/"));
    let n_before = room.state().desk().corpus().len();
    click(&mut room, "Open the whole folder");
    wait(&mut room, "the article", |room| room.state().desk().corpus().len() > n_before);
}

#[test]
fn nothing_is_replaced_unasked() {
    let folder = articles();
    let mut room = room_with(|_| None);
    let table = folder.path().join("statements.csv");
    std::fs::write(&table, "old").unwrap();
    ask(&mut room, Action::Export);
    room.get_by_label("File").focus();
    room.run_steps(2);
    type_path(&mut room, &table.display().to_string());
    press(&mut room, Modifiers::NONE, Key::Enter);
    wait(&mut room, "the question", |room| room.query_by_label_contains("is there already").is_some());
    assert_eq!(std::fs::read_to_string(&table).unwrap(), "old");
    // Another name is another question.
    type_path(&mut room, &folder.path().join("other.csv").display().to_string());
    assert!(room.query_by_label_contains("is there already").is_none());
    type_path(&mut room, &table.display().to_string());
    press(&mut room, Modifiers::NONE, Key::Enter);
    wait(&mut room, "the question", |room| room.query_by_label("Replace it").is_some());
    click(&mut room, "Replace it");
    wait(&mut room, "the table", |_| std::fs::read_to_string(&table).is_ok_and(|it| it != "old"));
    assert!(is_closed(&room));
}

#[test]
fn a_dialog_asked_for_a_place_puts_it_into_the_field_and_no_dialog_lists_names() {
    let folder = articles();
    let chosen = folder.path().join("harbor.txt");
    let given = chosen.clone();
    let mut room = room_with(move |_| Some(vec![given.clone()]));
    ask(&mut room, Action::Export);
    click(&mut room, "Choose…");
    wait(&mut room, "the place", |room| text(room) == chosen.display().to_string());
    // The dialog asked itself whether the file is replaced.
    click(&mut room, "Export");
    wait(&mut room, "the table", |_| std::fs::read_to_string(&chosen).is_ok_and(|it| it.contains(',')));

    let mut room = room_with(|_| None);
    ask(&mut room, Action::Export);
    assert!(room.query_by_label("Home").is_none());
    click(&mut room, "Choose…");
    wait(&mut room, "the names", |room| room.query_by_label("Names that fit").is_some());
    room.get_by_label("Home");
}

#[test]
fn a_project_is_saved_where_the_field_says() {
    let folder = articles();
    let home = folder.path().join("untitled");
    let mut room = window::window_kept(&home, vec![folder.path().join("harbor.txt")]);
    settle(&mut room);
    press(&mut room, Modifiers::COMMAND, Key::S);
    wait(&mut room, "the field", |room| matches!(room.state().desk().state.sheet, Some(Sheet::SaveAs(_))));
    type_path(&mut room, &shown(folder.path(), "pier"));
    press(&mut room, Modifiers::NONE, Key::Enter);
    wait(&mut room, "the new place", |room| room.state().desk().keeping.name() == "pier");
    assert!(folder.path().join("pier.throughline").exists() && is_closed(&room));
}

#[test]
fn this_computer_is_told_and_copied() {
    let mut room = room_with(|_| None);
    ask(&mut room, Action::Computer);
    wait(&mut room, "the checks", |room| room.query_by_label("Copy as text").is_some());
    for words in ["The program", "Reader process", "it started and read a page", "Folders and files"] {
        room.get_by_label(words);
    }
    room.get_by_label("Copy as text").click();
    let is_list = |command: &egui::OutputCommand| matches!(command, egui::OutputCommand::CopyText(text) if text.contains("Reader process"));
    let is_copied = (0..6).any(|_| {
        room.step();
        room.output().platform_output.commands.iter().any(is_list)
    });
    assert!(is_copied);
}
