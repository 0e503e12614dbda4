//! What it costs to keep a project: from a command to the moment its state is on the disk, and from a file to a project.
//!
//! ```sh
//! cargo bench --bench kept              # 10,000 articles
//! cargo bench --bench kept -- 1000      # this many
//! ```
//! Every figure ends when the disk has it: `Store::write` returns after the last sync. The desk's part is what a frame
//! pays before it hands the state over. The file lives in the folder for temporary files; a disk in memory makes all of
//! it look better than it is.

#![expect(clippy::unwrap_used, reason = "a bench that fails says so and ends")]

#[path = "../support/prose/mod.rs"]
mod prose;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use throughline::codebook::Codebook;
use throughline::document::{DateSpan, Document, DocumentId};
use throughline::gui::desk::Desk;
use throughline::gui::keeping::Keeping;
use throughline::gui::opened::Opened;
use throughline::project::store::{Access, Loaded, Original, Snapshot, Store};
use throughline::project::{Command, Project};

use prose::Prose;

const N_TIMES: usize = 20;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000] } else { sizes };
    for n_articles in sizes {
        of(n_articles);
    }
}

/// Prints the median and the worst of some times, with what it should be at most.
fn row(name: &str, goal_millis: Option<u64>, mut taken: Vec<Duration>) {
    taken.sort();
    let millis = |duration: Duration| duration.as_secs_f64() * 1000.0;
    let (median, worst) = (taken[taken.len() / 2], taken[taken.len() - 1]);
    let goal = goal_millis.map_or_else(String::new, |goal| {
        let is_met = millis(median) <= goal as f64;
        format!("goal {goal} ms{}", if is_met { "" } else { ": MISSED" })
    });
    println!("  {name:<44} {:>9.1} ms {:>9.1} ms  {goal}", millis(median), millis(worst));
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

fn of(n_articles: usize) {
    let prose = Prose::new(1);
    let mut documents = prose.corpus(n_articles + 2 * N_TIMES, 0.1).documents;
    let fresh = documents.split_off(n_articles);
    let originals: Vec<Arc<Original>> =
        documents.iter().map(|document| Arc::new(Original::pack(document.text.as_bytes()))).collect();
    let n_bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.throughline");
    println!("{n_articles} articles, {:.1} MB of text", n_bytes as f64 / 1e6);
    println!("  {:<44} {:>12} {:>12}", "", "median", "worst");
    let mut project = Project::default();
    project.apply(Command::AddDocuments(documents));
    let whole = Snapshot { project, originals, ..Snapshot::default() };
    let (store, taken) = timed(|| Store::create(&path, Access::default(), &whole).unwrap());
    row("create, with the files behind the articles", None, vec![taken]);
    store.close().unwrap();
    println!("  a file of {:.1} MB", std::fs::metadata(&path).unwrap().len() as f64 / 1e6);
    opening(&path);
    writing(&path, &fresh[..N_TIMES]);
    desk(&path, &fresh[N_TIMES..]);
}

fn opening(path: &Path) {
    let mut opened = Vec::new();
    for _ in 0..N_TIMES {
        let (loaded, taken) = timed(|| Store::open(path, Access::default()).unwrap());
        opened.push(taken);
        drop(loaded);
    }
    row("open", Some(500), opened);
    let store = Store::open(path, Access::default()).unwrap().store;
    row(
        "look at every page (on the keeper's thread)",
        None,
        (0..5).map(|_| timed(|| store.check().unwrap()).1).collect(),
    );
}

fn snapshot(project: &Project) -> Snapshot {
    Snapshot { project: project.clone(), ..Snapshot::default() }
}

fn date_of(document: DocumentId, idx: usize) -> Command {
    Command::SetDate { document, date: Some(DateSpan::day(date(2019, 1, 1 + (idx % 28) as i8))) }
}

fn writing(path: &Path, fresh: &[Arc<Document>]) {
    let Loaded { mut store, snapshot: kept, .. } = Store::open(path, Access::default()).unwrap();
    let mut project = kept.project;
    let (mut added, mut decided, mut undone, mut removed, mut returned) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let back = |project: &mut Project| assert!(project.undo().is_some());
    for (idx, document) in fresh.iter().enumerate() {
        let original = Arc::new(Original::pack(document.text.as_bytes()));
        let mut act = |project: &mut Project, act: &dyn Fn(&mut Project), originals: Vec<Arc<Original>>| {
            let work = || {
                act(project);
                store.write(&Snapshot { originals, ..snapshot(project) }).unwrap();
            };
            timed(work).1
        };
        let add = |project: &mut Project| project.apply(Command::AddDocuments(vec![Arc::clone(document)]));
        added.push(act(&mut project, &add, vec![original]));
        decided.push(act(&mut project, &|project| project.apply(date_of(document.id, idx)), Vec::new()));
        undone.push(act(&mut project, &back, Vec::new()));
        let half: Vec<DocumentId> = project.documents().iter().step_by(2).map(|document| document.id).collect();
        let remove = |project: &mut Project| project.apply(Command::RemoveDocuments(half.clone()));
        removed.push(act(&mut project, &remove, Vec::new()));
        returned.push(act(&mut project, &back, Vec::new()));
    }
    row("add one article, until it is on the disk", Some(100), added);
    row("one decision, likewise", Some(50), decided);
    row("take it back, likewise", Some(50), undone);
    row("remove half of the articles, likewise", None, removed);
    row("take that back, likewise", None, returned);
    store.close().unwrap();
}

fn desk(path: &Path, fresh: &[Arc<Document>]) {
    let mut desk = Desk::new(Arc::new(Codebook::built_in()), date(2026, 1, 1));
    let Loaded { mut store, snapshot: kept, words_keys, .. } = Store::open(path, Access::default()).unwrap();
    let ((), taken) = timed(|| desk.open_project(kept, words_keys, Keeping::default()));
    row("desk: lay a project on it", None, vec![taken]);
    let (mut added, mut decided, mut undone, mut handed, mut written) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (idx, document) in fresh.iter().enumerate() {
        let opened = vec![Opened::new(Document::clone(document))];
        added.push(timed(|| desk.take(opened)).1);
        let (state, taken) = timed(|| throughline::gui::keeping::snapshot(&mut desk, String::new()));
        handed.push(taken);
        written.push(timed(|| store.write(&state).unwrap()).1);
        decided.push(timed(|| desk.change(date_of(document.id, idx))).1);
        undone.push(timed(|| desk.undo()).1);
    }
    row("desk: add one article", None, added);
    row("desk: one decision", None, decided);
    row("desk: take it back", None, undone);
    row("desk: state for the keeper", None, handed);
    row("written after it", Some(100), written);
}
