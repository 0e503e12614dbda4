//! What the reader did is in the project's file, whole, after every command; undo and redo go on where they stopped.
//!
//! `THROUGHLINE_SOAK=full` walks ten thousand commands at a stretch.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/walk.rs"]
mod walk;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use throughline::document::{Document, DocumentId};
use throughline::project::store::{Access, Original, Snapshot, Store, StoreError};
use throughline::project::{Command, Decisions, Project};
use walk::{Act, Walk};

fn snapshot(project: &Project) -> Snapshot {
    Snapshot { project: project.clone(), ..Snapshot::default() }
}

fn reopened(path: &Path) -> Snapshot {
    Store::open(path, Access::default()).unwrap().snapshot
}

/// What a project is, in the plainest form: each state it was in, and which of them is now.
struct Model {
    states: Vec<(Vec<Arc<Document>>, Decisions)>,
    now: usize,
}

impl Model {
    /// Notes what an act led to. Which states undo and redo lead to follows from this list alone.
    fn follow(&mut self, is_undo: Option<bool>, project: &Project, says: &str) {
        let state = (project.documents().to_vec(), project.decisions().clone());
        match is_undo {
            Some(true) => self.now = self.now.saturating_sub(1),
            Some(false) => self.now = (self.now + 1).min(self.states.len() - 1),
            None => {
                if state != self.states[self.now] {
                    let is_more = project.history().n_done() == self.now;
                    self.states.truncate(self.now + usize::from(!is_more));
                    self.states.push(state.clone());
                    self.now = self.states.len() - 1;
                }
            }
        }
        let (documents, decisions) = &self.states[self.now];
        assert!(&state.0 == documents, "the articles are others after {says}");
        assert_eq!(&state.1, decisions, "after {says}");
    }
}

#[test]
fn every_state_of_a_long_walk_is_in_the_file() {
    let n_acts = if std::env::var("THROUGHLINE_SOAK").is_ok_and(|soak| soak == "full") { 10_000 } else { 600 };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("walk.throughline");
    let mut walk = Walk::new(7);
    let mut project = Project::new([Walk::article(1), Walk::article(2)]);
    let mut model = Model { states: vec![(project.documents().to_vec(), Decisions::default())], now: 0 };
    let start = project.clone();
    let mut store = Store::create(&path, Access::default(), &snapshot(&project)).unwrap();
    for number in 0..n_acts {
        let act = walk.act(&project);
        let is_undo = match &act {
            Act::Undo => Some(true),
            Act::Redo => Some(false),
            Act::Do(_) | Act::More(_) => None,
        };
        let says = format!("act {number}: {act:?}");
        act.perform(&mut project);
        project.set_time(number);
        model.follow(is_undo, &project, says.get(..400).unwrap_or(&says));
        store.write(&snapshot(&project)).unwrap();
        if number % 25 == 0 {
            store.close().unwrap();
            let loaded = Store::open(&path, Access::default()).unwrap();
            assert_eq!(loaded.note, None);
            assert_eq!(loaded.snapshot.project, project, "after {number}");
            loaded.store.check().unwrap();
            // Goes on from what was read, so that a fault of reading shows in what follows.
            (store, project) = (loaded.store, loaded.snapshot.project);
        }
    }
    while project.undo().is_some() {}
    assert_eq!(project.documents(), start.documents());
    assert_eq!(project.decisions(), start.decisions());
    store.write(&snapshot(&project)).unwrap();
    store.close().unwrap();
    assert_eq!(reopened(&path).project, project);
}

#[test]
fn all_parts_of_a_snapshot_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let originals: Vec<Arc<Original>> =
        vec![Arc::new(Original::pack(b"The pier is open.")), Arc::new(Original::pack(b""))];
    let mut kept = Snapshot {
        project: Project::new([Walk::article(3)]),
        view: "{\"view\":\"Read\"}".to_owned(),
        codebook: "{}".to_owned(),
        dated_by: "hash".to_owned(),
        waiting: Arc::new(["a/b.txt".to_owned(), "c.txt".to_owned()].into()),
        originals: originals.clone(),
    };
    let mut store = Store::create(&path, Access::default(), &kept).unwrap();
    kept.waiting = Arc::new(["c.txt".to_owned()].into());
    kept.view = "{}".to_owned();
    store.write(&kept).unwrap();
    store.close().unwrap();
    let loaded = Store::open(&path, Access::default()).unwrap();
    kept.originals.clear();
    let Snapshot { project, view, dated_by, waiting, .. } = &loaded.snapshot;
    assert_eq!((project, view, dated_by, waiting), (&kept.project, &kept.view, &kept.dated_by, &kept.waiting));
    assert_eq!(loaded.store.original(&originals[0].sha256).unwrap().unwrap(), b"The pier is open.");
    assert_eq!(loaded.store.original("none").unwrap(), None);
    assert_eq!(loaded.words_keys.len(), 1);
}

#[test]
fn an_article_that_is_dated_anew_is_one_article() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let mut project = Project::new([Walk::article(3)]);
    let mut store = Store::create(&path, Access::default(), &snapshot(&project)).unwrap();
    project.apply(Command::RemoveDocuments(vec![DocumentId(3)]));
    project.undo();
    let mut published = project.documents()[0].published.clone();
    published.best = Some(jiff::civil::date(2019, 3, 4));
    project.set_published(DocumentId(3), published.clone());
    store.write(&snapshot(&project)).unwrap();
    store.close().unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    let n_rows: i64 = connection.query_row("SELECT count(*) FROM document", [], |row| row.get(0)).unwrap();
    assert_eq!(n_rows, 1);
    assert_eq!(reopened(&path).project.documents()[0].published, published);
}

#[test]
fn one_window_writes_and_the_next_one_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let mut project = Project::new([Walk::article(3)]);
    let mut first = Store::create(&path, Access::default(), &snapshot(&project)).unwrap();
    project.apply(Command::AddDocuments(vec![Walk::article(4)]));
    first.write(&snapshot(&project)).unwrap();
    let mut second = Store::open(&path, Access::default()).unwrap();
    assert!(second.note.unwrap().contains("Another window"));
    assert_eq!(second.snapshot.project, project);
    assert_eq!(second.store.write(&second.snapshot).unwrap_err().code(), "no-permission");
    // The first is not in the way of the second, nor the second in its.
    project.apply(Command::AddDocuments(vec![Walk::article(5)]));
    first.write(&snapshot(&project)).unwrap();
    // A copy under another name can be written; the held file can't be replaced.
    let other = folder.path().join("other.throughline");
    second.store.move_to(&other, &second.snapshot).unwrap();
    assert_eq!(second.store.move_to(&path, &second.snapshot).unwrap_err().code(), "held");
    first.close().unwrap();
    assert_eq!(Store::open(&path, Access::default()).unwrap().note, None);
}

#[test]
fn saving_under_another_name_takes_everything_along() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("a.throughline"), folder.path().join("b.throughline"));
    let mut project = Project::new([Walk::article(3)]);
    let original = Arc::new(Original::pack(b"bytes"));
    let mut store =
        Store::create(&path, Access::default(), &Snapshot { originals: vec![original.clone()], ..snapshot(&project) })
            .unwrap();
    std::fs::write(&other, "something else").unwrap();
    project.apply(Command::RemoveDocuments(vec![DocumentId(3)]));
    store.move_to(&other, &snapshot(&project)).unwrap();
    project.undo();
    store.write(&snapshot(&project)).unwrap();
    assert_eq!(store.path(), other);
    store.close().unwrap();
    let loaded = Store::open(&other, Access::default()).unwrap();
    assert_eq!(loaded.snapshot.project, project);
    assert_eq!(loaded.store.original(&original.sha256).unwrap().unwrap(), b"bytes");
    assert_eq!(reopened(&path).project.documents().len(), 1);
    let names: BTreeMap<_, _> =
        std::fs::read_dir(folder.path()).unwrap().map(|it| (it.unwrap().file_name(), ())).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn what_is_no_project_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let code = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let error: StoreError = Store::open(&path, Access::default()).unwrap_err();
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "the file was touched");
        error.code()
    };
    assert_eq!(code("words.throughline", b"These are the words of an article, not a database of any kind at all.........................................................................."), "damaged");
    assert_eq!(code("empty.throughline", b""), "not-a-project");
    assert_eq!(Store::open(&folder.path().join("gone"), Access::default()).unwrap_err().code(), "not-found");
    let path = folder.path().join("new.throughline");
    Store::create(&path, Access::default(), &Snapshot::default()).unwrap().close().unwrap();
    let set = |sql: &str| rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    set("PRAGMA user_version = 7");
    let loaded = Store::open(&path, Access::default()).unwrap();
    assert!(loaded.note.unwrap().contains("newer version"));
    assert!(loaded.store.is_read_only());
    drop(loaded.store);
    set("UPDATE fact SET value = '7', sum = 0 WHERE key = 'oldest-reader'");
    assert_eq!(Store::open(&path, Access::default()).unwrap_err().code(), "too-new");
}

#[test]
fn a_removed_article_stays_while_a_step_knows_the_way_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let mut project = Project::new([Walk::article(1), Walk::article(2), Walk::article(3)]);
    let mut store = Store::create(&path, Access::default(), &snapshot(&project)).unwrap();
    project.apply(Command::RemoveDocuments(vec![DocumentId(2)]));
    store.write(&snapshot(&project)).unwrap();
    store.close().unwrap();
    let mut project = reopened(&path).project;
    assert_eq!(project.undo(), Some("articles"));
    let order: Vec<&Document> = project.documents().iter().map(|document| &**document).collect();
    assert_eq!(order.iter().map(|document| document.id.0).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(order[1], &*Walk::article(2));
}
