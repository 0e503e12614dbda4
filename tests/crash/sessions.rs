//! A window that stops: what was handed over is kept, and the program starts itself anew, once.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui_kittest::kittest::Queryable as _;
use throughline::gui::crash::again::{Again, Stopped};
use throughline::gui::crash::{Notice, Watch, guarded, marker};
use throughline::gui::state::{Sheet, ViewKind};
use throughline::gui::window::Window;
use throughline::project::home::Home;
use throughline::project::store::{Access, Store};

use super::window::{HARBOR, click, desk_and_jobs, drawn, settle, wait};
use super::{child, command, run};

/// A program that writes down what it is started with.
#[cfg(unix)]
fn program(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join("program");
    fs::write(&path, "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$(dirname \"$0\")/started\"\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn again(folder: &Path) -> Again {
    Again { program: Some(folder.join("program")), arguments: vec!["--window".into()] }
}

fn home(folder: &Path) -> Home {
    Home::at(folder.join("untitled"))
}

/// A watched window with what was handed over, which fails in a frame.
fn fails_in_a_frame(folder: &Path, watch: &std::sync::Arc<Watch>, paths: Vec<PathBuf>) {
    let (desk, mut jobs) = desk_and_jobs();
    let home = home(folder);
    let keeper = jobs.keep_at(home.clone());
    let mut harness = drawn(Window::watched(desk, jobs, Some((keeper, home)), paths, watch));
    settle(&mut harness);
    wait(&mut harness, "a file", |harness| harness.state().desk().keeping.path.is_some());
    // The last thing that is handed over: the disk has not answered when the frame fails.
    harness.state_mut().ask(throughline::gui::action::Action::Show(ViewKind::Phrases));
    harness.state_mut().ask(throughline::gui::action::Action::PinFocus(0));
    harness.step();
    panic!("index out of bounds in a frame");
}

#[test]
fn child_that_stops() {
    let Some(folder) = child("child_that_stops") else { return };
    let article = folder.join("harbor.txt");
    fs::write(&article, HARBOR).unwrap();
    let ended = guarded(Some(&home(&folder)), None, &again(&folder), |watch| {
        fails_in_a_frame(&folder, watch, vec![article]);
        Ok(())
    });
    // The other program took the place of this one.
    unreachable!("{ended:?}");
}

#[cfg(unix)]
#[test]
fn a_window_that_stops_keeps_the_work_and_offers_it_again() {
    let folder = tempfile::tempdir().unwrap();
    program(folder.path());
    run("sessions", "child_that_stops", folder.path());
    let started = fs::read_to_string(folder.path().join("started")).unwrap();
    let arguments: Vec<&str> = started.lines().collect();
    let ["--window", "--after-crash", report] = arguments[..] else { panic!("{arguments:?}") };
    let text = fs::read_to_string(report).unwrap();
    assert!(text.starts_with("Throughline stopped unexpectedly\n") && text.contains("Articles    1\n"), "{text}");
    assert!(text.contains("  Show\n  PinFocus\n"), "{text}");

    // The file was let go of, with all in it.
    let home = home(folder.path());
    let [left] = &home.left()[..] else { panic!("no work is left") };
    let loaded = Store::open(&left.path, Access::default()).unwrap();
    assert_eq!((loaded.note, loaded.snapshot.project.documents().len()), (None, 1));
    loaded.store.check().unwrap();
    loaded.store.close().unwrap();

    // The start after it: an empty desk, and the offer.
    let watch = Watch::begin(Some(&home), Some(Path::new(report)));
    let (desk, mut jobs) = desk_and_jobs();
    let keeper = jobs.keep_at(home.clone());
    let mut harness = drawn(Window::watched(desk, jobs, Some((keeper, home.clone())), Vec::new(), &watch));
    harness.run_steps(20);
    assert!(harness.state().desk().corpus().is_empty(), "nothing is opened unasked");
    harness.get_by_label("Throughline stopped unexpectedly");
    assert!(harness.get_by_label("Open it again").is_focused(), "one key goes on");
    click(&mut harness, "Show the report");
    let shown_text = harness.get_by_label("The report").value().unwrap();
    assert_eq!(shown_text, text);
    click(&mut harness, "Copy the report");
    click(&mut harness, "Hide the report");
    assert!(harness.query_by_label("The report").is_none());
    click(&mut harness, "Open it again");
    settle(&mut harness);
    let desk = harness.state().desk();
    assert_eq!((desk.corpus().len(), desk.keeping.is_untitled, &desk.state.sheet), (1, true, &None));
    assert_eq!(desk.keeping.path.as_ref(), Some(&left.path));
    assert_eq!(marker::abandoned(&home), [], "told once");
}

#[test]
fn child_that_stops_again() {
    let Some(folder) = child("child_that_stops_again") else { return };
    let ended = guarded::<()>(Some(&home(&folder)), Some(Path::new("-")), &again(&folder), |_| panic!("again"));
    let error = ended.unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(Stopped::Again { report: Some(path) }) if path.exists()), "{error:#}");
}

#[test]
fn child_without_a_home() {
    let Some(folder) = child("child_without_a_home") else { return };
    let ended =
        guarded::<()>(None, None, &Again { program: Some(folder.join("nothing")), arguments: Vec::new() }, |_| {
            panic!("no home")
        });
    let error = ended.unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(Stopped::NotStarted { report: None, .. })), "{error:#}");
}

#[cfg(unix)]
#[test]
fn a_start_after_a_fault_that_fails_at_once_is_not_started_again() {
    let folder = tempfile::tempdir().unwrap();
    program(folder.path());
    run("sessions", "child_that_stops_again", folder.path());
    run("sessions", "child_without_a_home", folder.path());
    assert!(!folder.path().join("started").exists());
}

#[test]
fn child_that_is_killed() {
    let Some(folder) = child("child_that_is_killed") else { return };
    let watch = Watch::begin(Some(&home(&folder)), None);
    watch.tries("glow");
    let (desk, mut jobs) = desk_and_jobs();
    let keeper = jobs.keep_at(home(&folder));
    let paths = vec![folder.join("harbor.throughline")];
    let mut harness = drawn(Window::watched(desk, jobs, Some((keeper, home(&folder))), paths, &watch));
    loop {
        harness.step();
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Opens a project, is killed, and is not there any more.
fn kill(folder: &Path) {
    let mut killed = command("sessions", "child_that_is_killed", folder).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(30);
    let is_known = || {
        let entries = fs::read_dir(home(folder).sessions()).ok()?;
        let texts = entries.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap_or_default());
        Some(texts.into_iter().any(|text| text.contains("harbor.throughline") && text.contains("\"is_drawn\":true")))
    };
    while is_known() != Some(true) {
        assert!(Instant::now() < deadline, "the session says nothing of the project");
        std::thread::sleep(Duration::from_millis(20));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
}

#[test]
fn a_session_that_was_killed_is_told_with_the_way_back() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("harbor.throughline");
    let article = throughline::document::Document::clone(
        &throughline::ingest::sample(&throughline::codebook::Codebook::built_in(), jiff::civil::date(2026, 1, 1))[0],
    );
    let made = throughline::project::Project::new([std::sync::Arc::new(article)]);
    let snapshot = throughline::project::store::Snapshot { project: made, ..Default::default() };
    Store::create(&project, Access::default(), &snapshot).unwrap().close().unwrap();
    kill(folder.path());
    let home = home(folder.path());
    let watch = Watch::begin(Some(&home), None);
    let (desk, mut jobs) = desk_and_jobs();
    let keeper = jobs.keep_at(home.clone());
    let mut harness = drawn(Window::watched(desk, jobs, Some((keeper, home.clone())), Vec::new(), &watch));
    settle(&mut harness);
    harness.get_by_label("The last session did not end properly; your work is as of its last step");
    click(&mut harness, "Open it again");
    wait(&mut harness, "the project", |harness| harness.state().desk().keeping.path.as_ref() == Some(&project));
    assert!(!matches!(harness.state().desk().state.sheet, Some(Sheet::Fault(_))));
    // A renderer with which a frame came has nothing to answer for.
    assert_eq!(marker::failed_renderer(&home), None);
}

#[test]
fn two_sessions_that_end_before_a_frame_came_pass_the_renderer_over() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path());
    for n_before in 0..2 {
        assert_eq!(marker::failed_renderer(&home), None, "after {n_before}");
        let watch = Watch::begin(Some(&home), None);
        watch.tries("glow");
        // Let go of without an end, as by a kill.
        drop(watch);
    }
    let watch = Watch::begin(Some(&home), None);
    assert_eq!(watch.notice(), Some(Notice::Unended { project: None }));
    assert_eq!(marker::failed_renderer(&home).as_deref(), Some("glow"));
    watch.tries("cpu");
    watch.drawn();
    assert_eq!(marker::failed_renderer(&home).as_deref(), Some("glow"));
    watch.tries("glow");
    watch.drawn();
    assert_eq!(marker::failed_renderer(&home), None);
}
