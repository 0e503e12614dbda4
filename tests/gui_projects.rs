//! The window keeps the project: what was done is there after a restart, undo goes on, and a project that is held
//! elsewhere, damaged or on a full disk is told about in words.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/window.rs"]
mod window;

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use throughline::gui::action::Action;
use throughline::gui::state::{Sheet, ViewKind};
use throughline::gui::window::Window;
use throughline::project::store::{Access, Store};
use window::{HARBOR, click, press, settle, wait, window_kept};

fn article(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn saved(harness: &mut Harness<'static, Window>) -> PathBuf {
    wait(harness, "the file", |harness| harness.state().desk().keeping.says() == "saved");
    harness.state().desk().keeping.path.clone().unwrap()
}

fn ask(harness: &mut Harness<'static, Window>, action: Action) {
    harness.state_mut().ask(action);
    harness.run_steps(3);
}

/// A window on one article, which is kept without a name so far.
fn with_harbor(folder: &Path) -> Harness<'static, Window> {
    let mut harness = window_kept(&folder.join("untitled"), vec![article(folder, "harbor.txt", HARBOR)]);
    saved(&mut harness);
    harness
}

fn save_as(harness: &mut Harness<'static, Window>, path: &Path) {
    ask(harness, Action::WriteProject(path.to_owned()));
    wait(harness, "the file", |harness| harness.state().desk().keeping.path.as_deref() == Some(path));
}

fn titles(harness: &Harness<'static, Window>) -> Vec<String> {
    let documents = harness.state().desk().project.documents();
    documents.iter().filter_map(|document| document.title.clone()).collect()
}

fn projects_in(folder: &Path) -> usize {
    let is_project = |path: &Path| path.extension().is_some_and(|ending| ending == "throughline");
    std::fs::read_dir(folder).map_or(0, |all| all.filter(|it| is_project(&it.as_ref().unwrap().path())).count())
}

#[test]
fn a_start_without_work_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window_kept(folder.path(), Vec::new());
    assert_eq!(harness.state().desk().corpus().len(), 5);
    harness.run_steps(5);
    drop(harness);
    assert_eq!(projects_in(folder.path()), 0);
}

#[test]
fn what_was_done_without_a_name_comes_back_with_its_history() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("untitled");
    let harbor = article(folder.path(), "harbor.txt", HARBOR);
    let mut harness = window_kept(&home, vec![harbor]);
    press(&mut harness, Modifiers::COMMAND, Key::Num3);
    let id = harness.state().desk().corpus().documents()[0].id;
    let furniture = Some(throughline::project::Furniture::Hidden);
    let block = harness.state().desk().corpus().documents()[0].blocks[0].range;
    ask(&mut harness, Action::Change(throughline::project::Command::SetFurniture { document: id, block, furniture }));
    saved(&mut harness);
    // Long enough for the look of the window to be remembered.
    harness.run_steps(80);
    let path = saved(&mut harness);
    let decisions = harness.state().desk().project.decisions().clone();
    drop(harness);
    assert!(path.starts_with(&home));

    let mut harness = window_kept(&home, Vec::new());
    wait(&mut harness, "the work", |harness| harness.state().desk().corpus().len() == 1);
    settle(&mut harness);
    assert_eq!(titles(&harness), ["Harbor council widens the pier"]);
    assert_eq!(harness.state().desk().project.decisions(), &decisions);
    assert_eq!(harness.state().desk().state.view, ViewKind::Positions);
    assert_eq!(harness.state().desk().keeping.says(), "saved");
    press(&mut harness, Modifiers::COMMAND, Key::H);
    harness.get_by_label_contains("Opened “Harbor council widens the pier”");
    harness.get_by_label_contains("Dimmed “Harbor council widens the pier” in");
    click(&mut harness, "The start, done");
    assert!(harness.state().desk().project.documents().is_empty());
    saved(&mut harness);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(titles(&harness).len(), 1);
    assert_ne!(harness.state().desk().project.decisions(), &decisions);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(harness.state().desk().project.decisions(), &decisions);
}

#[test]
fn saved_under_a_name_it_leaves_its_old_place_and_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("untitled");
    let harbor = article(folder.path(), "harbor.txt", HARBOR);
    let mut harness = window_kept(&home, vec![harbor.clone()]);
    saved(&mut harness);
    let named = folder.path().join("pier");
    ask(&mut harness, Action::WriteProject(named.clone()));
    wait(&mut harness, "the new place", |harness| harness.state().desk().keeping.name() == "pier");
    assert_eq!(projects_in(&home), 0);
    ask(&mut harness, Action::Undo);
    saved(&mut harness);
    // The article's file is gone; the project has its bytes.
    std::fs::remove_file(&harbor).unwrap();
    ask(&mut harness, Action::Redo);
    saved(&mut harness);
    drop(harness);

    let named = named.with_extension("throughline");
    let mut harness = window_kept(&home, vec![named.clone()]);
    wait(&mut harness, "the project", |harness| harness.state().desk().corpus().len() == 1);
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::I);
    wait(&mut harness, "the bytes", |harness| {
        matches!(&harness.state().desk().state.sheet, Some(Sheet::Inspect(inspect))
            if matches!(inspect.raw, throughline::gui::state::Raw::Here(_)))
    });
    wait(&mut harness, "the list", |harness| harness.state().desk().keeping.recent == [named.canonicalize().unwrap()]);
    // Another project, and back again.
    ask(&mut harness, Action::NewProject);
    wait(&mut harness, "an empty project", |harness| harness.state().desk().keeping.path.is_none());
    assert!(harness.state().desk().project.documents().is_empty());
    ask(&mut harness, Action::OpenPaths(vec![named]));
    wait(&mut harness, "the project", |harness| harness.state().desk().corpus().len() == 1);
}

#[test]
fn saving_asks_for_a_place_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_harbor(folder.path());
    let is_asked =
        |harness: &Harness<'static, Window>| matches!(harness.state().desk().state.sheet, Some(Sheet::SaveAs(_)));
    press(&mut harness, Modifiers::COMMAND, Key::S);
    wait(&mut harness, "the question", is_asked);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    save_as(&mut harness, &folder.path().join("pier.throughline"));
    press(&mut harness, Modifiers::COMMAND, Key::S);
    harness.run_steps(20);
    assert!(!is_asked(&harness));
    harness.get_by_label("Every step is saved in pier.throughline as it is done");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    wait(&mut harness, "the question", is_asked);
}

#[test]
fn nothing_else_is_written_into_the_file_of_the_project() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_harbor(folder.path());
    let named = folder.path().join("pier.throughline");
    save_as(&mut harness, &named);
    ask(&mut harness, Action::Export);
    harness.get_by_label("File").focus();
    harness.run_steps(2);
    // However it is spelled.
    let place = folder.path().join("untitled").join("..").join("pier.throughline").display().to_string();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(egui::Event::Text(place));
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    wait(&mut harness, "the question", |harness| harness.query_by_label("Replace it").is_some());
    click(&mut harness, "Replace it");
    wait(&mut harness, "the answer", |harness| {
        harness.query_by_label_contains("pier.throughline is the project that is open").is_some()
    });
    ask(&mut harness, Action::Undo);
    saved(&mut harness);
    assert_eq!(harness.state().desk().keeping.trouble, None);
    drop(harness);
    assert!(Store::open(&named, Access::default()).is_ok());
}

#[test]
fn a_second_window_reads_and_does_not_write() {
    let folder = tempfile::tempdir().unwrap();
    let harbor = article(folder.path(), "harbor.txt", HARBOR);
    let home = folder.path().join("untitled");
    let mut first = window_kept(&home, vec![harbor]);
    let path = saved(&mut first);
    let mut second = window_kept(&folder.path().join("other"), vec![path.clone()]);
    wait(&mut second, "the project", |second| second.state().desk().corpus().len() == 1);
    settle(&mut second);
    assert_eq!(second.state().desk().keeping.says(), "read-only");
    second.get_by_label_contains("Another window is writing it");
    ask(&mut second, Action::Undo);
    assert_eq!(second.state().desk().corpus().len(), 1);
    second.get_by_label_contains("Save it under another name");
    let copy = folder.path().join("copy.throughline");
    ask(&mut second, Action::WriteProject(copy.clone()));
    wait(&mut second, "the copy", |second| second.state().desk().keeping.name() == "copy");
    ask(&mut second, Action::Undo);
    wait(&mut second, "the copy", |second| second.state().desk().keeping.says() == "saved");
    assert!(second.state().desk().project.documents().is_empty());
    // Without paths, a window comes up with work that no other has.
    drop(second);
    let third = window_kept(&home, Vec::new());
    assert_eq!(third.state().desk().corpus().len(), 5);
    drop((first, third));
    assert_eq!(Store::open(&path, Access::default()).unwrap().snapshot.project.documents().len(), 1);
}

#[test]
fn a_damaged_project_comes_up_as_a_copy_with_its_losses() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("untitled");
    let paths: Vec<PathBuf> = (0..12)
        .map(|number| {
            article(folder.path(), &format!("{number}.txt"), &format!("Pier {number}\n\n{}", HARBOR.repeat(9)))
        })
        .collect();
    let mut harness = window_kept(&home, paths);
    let path = folder.path().join("piers.throughline");
    saved(&mut harness);
    ask(&mut harness, Action::WriteProject(path.clone()));
    wait(&mut harness, "the new place", |harness| harness.state().desk().keeping.name() == "piers");
    drop(harness);
    let mut bytes = std::fs::read(&path).unwrap();
    // The page with the text of an article.
    let words = b"Pier 7\n\nHarbor council";
    let at = bytes.windows(words.len()).position(|bytes| bytes == words).unwrap() / 8192 * 8192;
    bytes[at..at + 8192].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    let mut harness = window_kept(&home, vec![path.clone()]);
    wait(&mut harness, "the copy", |harness| !harness.state().desk().corpus().is_empty());
    settle(&mut harness);
    harness.get_by_label_contains("piers.throughline is damaged; what could be recovered is open");
    // The page held articles whose files stand elsewhere in the project.
    harness.get_by_label_contains("was read again from its file, which the project keeps");
    assert_eq!(harness.state().desk().corpus().len(), 12);
    assert!(harness.state().desk().keeping.is_untitled);
    drop(harness);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    let bad = article(folder.path(), "bad.throughline", "nothing");
    let mut harness = window_kept(&folder.path().join("third"), Vec::new());
    ask(&mut harness, Action::OpenPaths(vec![bad]));
    wait(&mut harness, "the reason", |harness| harness.state().desk().state.sheet.is_some());
    harness.get_by_label_contains("nothing of it could be recovered");
    assert_eq!(harness.state().desk().corpus().len(), 5);
}

#[test]
fn damaged_work_without_a_name_comes_back_once() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("untitled");
    let harbor = article(folder.path(), "harbor.txt", HARBOR);
    let mut harness = window_kept(&home, vec![harbor]);
    let path = saved(&mut harness);
    drop(harness);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..4096].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    let mut harness = window_kept(&home, Vec::new());
    assert!(matches!(harness.state().desk().state.sheet, Some(Sheet::Damaged(_))));
    assert_eq!(titles(&harness), ["Harbor council widens the pier"]);
    ask(&mut harness, Action::WriteProject(folder.path().join("harbor")));
    wait(&mut harness, "the new place", |harness| harness.state().desk().keeping.name() == "harbor");
    drop(harness);
    assert_eq!(std::fs::read(path.with_extension("throughline.damaged")).unwrap(), bytes);
    let harness = window_kept(&home, Vec::new());
    assert_eq!(harness.state().desk().corpus().len(), 5);
    assert_eq!(harness.state().desk().state.sheet, None);
}

#[test]
fn where_nothing_can_be_written_the_window_says_so_and_asks_before_it_closes() {
    let folder = tempfile::tempdir().unwrap();
    // A file stands where the folder should be.
    let home = article(folder.path(), "untitled", "in the way");
    let harbor = article(folder.path(), "harbor.txt", HARBOR);
    let mut harness = window_kept(&home, vec![harbor]);
    wait(&mut harness, "the trouble", |harness| harness.state().desk().keeping.trouble.is_some());
    harness.get_by_label_contains("Your work is kept in memory meanwhile");
    assert!(harness.state().desk().keeping.says().starts_with("not saved: "));
    let close = egui::ViewportEvent::Close;
    harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.push(close);
    harness.run_steps(2);
    assert_eq!(harness.state().desk().state.sheet, Some(Sheet::Unsaved));
    harness.get_by_label("Something is not saved");
    let path = folder.path().join("pier.throughline");
    ask(&mut harness, Action::WriteProject(path.clone()));
    wait(&mut harness, "the new place", |harness| harness.state().desk().keeping.says() == "saved");
    drop(harness);
    assert_eq!(Store::open(&path, Access::default()).unwrap().snapshot.project.documents().len(), 1);
}

#[test]
fn a_project_that_is_not_saved_is_not_put_away() {
    let folder = tempfile::tempdir().unwrap();
    let home = article(folder.path(), "untitled", "in the way");
    let harbor = article(folder.path(), "harbor.txt", HARBOR);
    let mut other = window_kept(&folder.path().join("other"), vec![harbor.clone()]);
    let other_path = saved(&mut other);
    drop(other);
    let mut harness = window_kept(&home, vec![harbor]);
    wait(&mut harness, "the trouble", |harness| harness.state().desk().keeping.trouble.is_some());
    for action in [Action::NewProject, Action::OpenPaths(vec![other_path])] {
        ask(&mut harness, Action::CloseToast);
        ask(&mut harness, action);
        wait(&mut harness, "the reason", |harness| harness.state().desk().state.toast.is_some());
        harness.get_by_label_contains("This project is not saved yet");
        assert_eq!(harness.state().desk().project.history().n_done(), 1);
        assert_eq!(harness.state().desk().keeping.path, None);
    }
}

#[test]
fn an_import_that_was_broken_off_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("untitled");
    let paths: Vec<PathBuf> = (0..24)
        .map(|number| article(folder.path(), &format!("{number:02}.txt"), &format!("Pier {number} is open.\n")))
        .collect();
    let mut harness = window_kept(&home, paths[..20].to_vec());
    let path = saved(&mut harness);
    drop(harness);
    // As a crash leaves it: some paths are still to be read.
    let loaded = Store::open(&path, Access::default()).unwrap();
    let mut store = loaded.store;
    let waiting = paths[20..].iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let snapshot = throughline::project::store::Snapshot { waiting: std::sync::Arc::new(waiting), ..loaded.snapshot };
    store.write(&snapshot).unwrap();
    store.close().unwrap();
    let mut harness = window_kept(&home, Vec::new());
    wait(&mut harness, "the rest", |harness| harness.state().desk().corpus().len() == 24);
    settle(&mut harness);
    saved(&mut harness);
    drop(harness);
    assert!(Store::open(&path, Access::default()).unwrap().snapshot.waiting.is_empty());
}

#[test]
fn a_project_that_is_asked_for_twice_and_one_that_comes_back_at_once_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window_kept(&folder.path().join("untitled"), vec![article(folder.path(), "harbor.txt", HARBOR)]);
    let names = ["one.throughline", "two.throughline"].map(|name| folder.path().join(name));
    for path in &names {
        ask(&mut harness, Action::WriteProject(path.clone()));
        wait(&mut harness, "the file", |harness| harness.state().desk().keeping.path.as_ref() == Some(path));
    }
    let is_open = |harness: &Harness<'static, Window>, path: &PathBuf| {
        let keeping = &harness.state().desk().keeping;
        assert_eq!(keeping.read_only, None, "{:?}", keeping.path);
        keeping.path.as_ref() == Some(path)
    };
    for round in 0..20 {
        let path = &names[round % 2];
        // As a double click does.
        for _ in 0..2 {
            harness.state_mut().ask(Action::OpenPaths(vec![path.clone()]));
        }
        if round % 3 == 0 {
            harness.run_steps(2);
            harness.state_mut().ask(Action::OpenPaths(vec![path.clone()]));
        }
        wait(&mut harness, "the project", |harness| is_open(harness, path));
        if round % 5 == 0 {
            settle(&mut harness);
            assert!(is_open(&harness, path));
        }
    }
}

#[test]
fn of_projects_asked_for_in_a_row_the_last_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_harbor(folder.path());
    let names = ["one", "two", "three"].map(|name| folder.path().join(name).with_extension("throughline"));
    for path in &names {
        save_as(&mut harness, path);
    }
    // However the answers fall into frames: all at once, or the first one opened before the others come.
    for pause_ms in [400, 0, 20, 60] {
        for path in [&names[0], &names[1], &names[0]] {
            harness.state_mut().ask(Action::OpenPaths(vec![path.clone()]));
        }
        harness.step();
        std::thread::sleep(std::time::Duration::from_millis(pause_ms));
        for _ in 0..120 {
            harness.step();
            std::thread::sleep(std::time::Duration::from_millis(4));
        }
        settle(&mut harness);
        let keeping = &harness.state().desk().keeping;
        assert_eq!((keeping.path.as_ref(), &keeping.read_only), (Some(&names[0]), &None), "{pause_ms} ms");
        ask(&mut harness, Action::OpenPaths(vec![names[2].clone()]));
        wait(&mut harness, "the third", |harness| harness.state().desk().keeping.path.as_ref() == Some(&names[2]));
    }
}
