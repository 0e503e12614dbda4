//! A task that fails ends alone: whoever waits has an answer, the reader is told, and the thread goes on.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;
use throughline::codebook::Codebook;
use throughline::gui::action::Action;
use throughline::gui::crash::job::Job;
use throughline::gui::crash::{Watch, guarded};
use throughline::gui::desk::Desk;
use throughline::gui::jobs::Jobs;
use throughline::gui::state::{Sheet, ViewKind};
use throughline::gui::window::Window;
use throughline::project::home::Home;

use super::window::{HARBOR, click, drawn, press, settle, wait};
use super::{child, run};

/// Which task fails, and how often one began.
#[derive(Clone, Default)]
struct Trap {
    job: Arc<Mutex<Option<Job>>>,
    n_failed: Arc<AtomicUsize>,
}

impl Trap {
    fn set(&self, job: Option<Job>) {
        *self.job.lock().unwrap() = job;
    }

    fn begins(&self, job: Job) {
        let is_trapped = *self.job.lock().unwrap() == Some(job);
        if is_trapped {
            self.n_failed.fetch_add(1, Ordering::SeqCst);
            panic!("a fault of the program");
        }
    }
}

fn jobs(trap: &Trap) -> (Desk, Jobs) {
    let codebook = Arc::new(Codebook::built_in());
    let today = date(2026, 1, 1);
    let worker = Some(PathBuf::from(env!("CARGO_BIN_EXE_throughline")));
    let trap = trap.clone();
    let begins = Arc::new(move |job| trap.begins(job));
    let jobs = Jobs::noted(Arc::clone(&codebook), today, worker, || {}, begins);
    (Desk::new(codebook, today), jobs.with_dialogs(Arc::new(|_| None), None))
}

/// A window on the built-in articles.
fn window(trap: &Trap) -> Harness<'static, Window> {
    let (desk, jobs) = jobs(trap);
    let mut harness = drawn(Window::new(desk, jobs, Vec::new()));
    settle(&mut harness);
    harness
}

fn ask(harness: &mut Harness<'static, Window>, action: Action) {
    harness.state_mut().ask(action);
}

/// Waits until it is told that the task failed, and closes the line.
fn told(harness: &mut Harness<'static, Window>, job: Job) {
    let says = |harness: &Harness<'static, Window>| {
        harness.state().desk().state.toast.as_ref().is_some_and(|toast| toast.words == job.says())
    };
    wait(harness, job.says(), says);
    ask(harness, Action::CloseToast);
    harness.run_steps(2);
}

#[test]
fn an_analysis_that_fails_ends_the_waiting_and_the_next_one_runs() {
    let trap = Trap::default();
    trap.set(Some(Job::Analysis));
    let (desk, jobs) = jobs(&trap);
    let mut harness = drawn(Window::new(desk, jobs, Vec::new()));
    told(&mut harness, Job::Analysis);
    let desk = harness.state().desk();
    assert!(desk.progress.is_none() && !desk.is_current() && desk.corpus().len() == 5);
    assert!(harness.query_by_label("Cancel").is_none());
    harness.run_steps(20);
    assert_eq!(trap.n_failed.load(Ordering::SeqCst), 1, "it is not tried again and again");
    trap.set(None);
    ask(&mut harness, Action::PasteText(HARBOR.to_owned()));
    wait(&mut harness, "the analysis", |harness| harness.state().desk().is_current());
    assert!(!harness.state().desk().analysis().phrases.is_empty());
}

#[test]
fn reading_that_fails_waits_for_no_file() {
    let trap = Trap::default();
    let mut harness = window(&trap);
    for (job, action) in [
        (Job::Pasting, Action::PasteText(HARBOR.to_owned())),
        (Job::Reading, Action::OpenPaths(vec!["Cargo.toml".into(), "README.md".into()])),
    ] {
        trap.set(Some(job));
        ask(&mut harness, action);
        told(&mut harness, job);
        assert_eq!(harness.state().desk().incoming.n_waiting, 0);
    }
    trap.set(None);
    ask(&mut harness, Action::PasteText(HARBOR.to_owned()));
    wait(&mut harness, "the article", |harness| harness.state().desk().corpus().len() == 6);
}

#[test]
fn a_project_that_cannot_be_opened_for_a_fault_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    std::fs::write(&path, "no matter").unwrap();
    let trap = Trap::default();
    let mut harness = window(&trap);
    trap.set(Some(Job::Reading));
    ask(&mut harness, Action::OpenPaths(vec![path]));
    told(&mut harness, Job::Reading);
    let Some(Sheet::Files { bad, .. }) = &harness.state().desk().state.sheet else { panic!("no sheet") };
    assert_eq!(
        (bad[0].name.as_str(), bad[0].reason.as_str()),
        ("harbor.throughline", "something in the program failed")
    );
}

#[test]
fn a_search_that_fails_has_an_answer_and_the_next_one_finds() {
    let trap = Trap::default();
    let mut harness = window(&trap);
    trap.set(Some(Job::Search));
    press(&mut harness, Modifiers::COMMAND, Key::F);
    harness.get_by_label("Find in all articles").type_text("missil");
    told(&mut harness, Job::Search);
    wait(&mut harness, "an answer", |harness| harness.query_by_label("Searching …").is_none());
    assert!(!harness.state().desk().state.search.has_results());
    trap.set(None);
    harness.get_by_label("Find in all articles").type_text("e");
    wait(&mut harness, "the rows", |harness| harness.state().desk().state.search.has_results());
}

#[test]
fn a_page_and_a_comparison_that_fail_say_so_in_their_place() {
    let trap = Trap::default();
    let mut harness = window(&trap);
    trap.set(Some(Job::Page));
    ask(&mut harness, Action::Show(ViewKind::Briefing));
    told(&mut harness, Job::Page);
    harness.get_by_label_contains("This page could not be made");
    assert!(!harness.state().desk().state.briefing.is_waiting());
    trap.set(Some(Job::Comparison));
    let ids: Vec<_> = harness.state().desk().corpus().documents().iter().map(|document| document.id).collect();
    ask(&mut harness, Action::CompareArticles(ids[0], ids[1]));
    told(&mut harness, Job::Comparison);
    harness.run_steps(10);
    let n_failed = trap.n_failed.load(Ordering::SeqCst);
    harness.run_steps(10);
    assert_eq!(trap.n_failed.load(Ordering::SeqCst), n_failed, "it is not tried again and again");
    trap.set(None);
    ask(&mut harness, Action::CompareArticles(ids[1], ids[2]));
    wait(&mut harness, "the comparison", |harness| !harness.state().desk().state.compare.articles.compared.is_empty());
    ask(&mut harness, Action::Show(ViewKind::Briefing));
    wait(&mut harness, "the page", |harness| {
        harness.state().desk().state.briefing.made.as_ref().is_some_and(|made| made.briefed.is_ok())
    });
}

#[test]
fn pictures_exports_and_lists_that_fail_leave_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let trap = Trap::default();
    let mut harness = window(&trap);
    ask(&mut harness, Action::Export);
    harness.run_steps(3);
    let Some(Sheet::Export { kind, .. }) = harness.state().desk().state.sheet else { panic!("no sheet") };
    for (job, action) in [
        (Job::Export, Action::WriteExport(folder.path().join("out"), kind)),
        (Job::Picture, Action::WriteImage(folder.path().join("out.png"))),
        (Job::Picture, Action::CopyImage),
    ] {
        trap.set(Some(job));
        ask(&mut harness, action);
        told(&mut harness, job);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    trap.set(None);
    ask(&mut harness, Action::WriteImage(folder.path().join("out.png")));
    wait(&mut harness, "the picture", |_| folder.path().join("out.png").exists());
}

#[test]
fn child_with_a_report() {
    let Some(folder) = child("child_with_a_report") else { return };
    let home = Home::at(folder.join("untitled"));
    let trap = Trap::default();
    guarded(Some(&home), None, &Default::default(), |watch: &Arc<Watch>| {
        let (desk, mut jobs) = jobs(&trap);
        let keeper = jobs.keep_at(home.clone());
        trap.set(Some(Job::Analysis));
        let kept = Some((keeper, home.clone()));
        let mut harness = drawn(Window::watched(desk, jobs, kept, Vec::new(), watch));
        wait(&mut harness, "the line", |harness| harness.query_by_label("Report").is_some());
        click(&mut harness, "Report");
        harness.get_by_label("What failed");
        let text = harness.get_by_label("The report").value().unwrap();
        assert!(text.starts_with("A task of Throughline failed\n") && text.contains("Thread    analysis\n"), "{text}");
        assert!(text.contains("  a fault of the program\n"), "{text}");
        assert!(harness.query_by_label("Start with the built-in articles").is_none());
        Ok(())
    })
    .unwrap();
    assert_eq!(std::fs::read_dir(home.sessions()).unwrap().count(), 0, "a proper end");
}

#[test]
fn a_task_that_fails_is_told_with_its_report() {
    let folder = tempfile::tempdir().unwrap();
    run("jobs", "child_with_a_report", folder.path());
    assert_eq!(std::fs::read_dir(folder.path().join("untitled/reports")).unwrap().count(), 1);
}
