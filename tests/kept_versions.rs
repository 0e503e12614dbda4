//! A file that any version of the program wrote opens in this one, and says what it said then.
//!
//! `tests/projects/` holds a file of each version, with what it says beside it. `THROUGHLINE_KEEP_VERSION=1` writes the
//! one of this version anew, which is right before a version is released and never after.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/walk.rs"]
mod walk;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use throughline::analysis::revisions::{Draft, Revision, RevisionKind};
use throughline::analysis::{Options, Progress, analyze};
use throughline::codebook::Codebook;
use throughline::document::{Document, Source};
use throughline::ingest::{Hint, Reader};
use throughline::project::reviews::StatementNote;
use throughline::project::store::{Access, Loaded, Original, Snapshot, Store, VERSION, decisions};
use throughline::project::{Command, Decisions, Project};
use walk::Walk;

const TODAY: Date = date(2026, 1, 31);

/// A name that a kind of decision has in files.
const KINDS: [&str; 14] = [
    "block",
    "codebook",
    "date",
    "dismissed-phrase",
    "encoding",
    "fact-off",
    "phrase-merge",
    "phrase-name",
    "phrase-split",
    "pin",
    "review",
    "statement",
    "statement-note",
    "statement-pair",
];

const ARTICLE: &str = "The pier stays open\n\nBy Ada Berg\n\nMarch 4, 2019\n\nThe harbor council met on Monday. “We will keep \
    the pier open,” the mayor said. “We may close the channel if the ice comes.”\n\nThe council said that talks with \
    the owners of the ferries would go on, and that nobody should expect a deal before the summer.\n";

fn read(text: &str, path: &str) -> (Arc<Document>, Arc<Original>) {
    let hint = Hint { file_name: path.to_owned(), encoding: None };
    let source = Source::File { path: path.to_owned(), part: None };
    let codebook = Codebook::built_in();
    let document = Reader::new(None).read(text.as_bytes(), &hint, &source, &codebook, TODAY).unwrap().remove(0);
    (Arc::new(document), Arc::new(Original::pack(text.as_bytes())))
}

/// A project in which everything was done that a reader can do.
fn worked_on() -> Snapshot {
    let (document, original) = read(ARTICLE, "pier.txt");
    let mut project = Project::new([Arc::clone(&document)]);
    let analysis =
        analyze(&project.corpus(), &Codebook::built_in(), &Options::default(), &Progress::default()).unwrap();
    let statement = analysis.statements.first().unwrap().clone();
    let mut walk = Walk::new(31);
    for number in 0..260 {
        project.set_time(1_700_000_000 + 60 * number);
        walk.act(&project).perform(&mut project);
        if number == 130 {
            let replaced = vec![(&statement).into()];
            let drafts = vec![Draft { statement: statement.clone(), is_day_entered: true }];
            let revision = Some(Revision { kind: RevisionKind::Edited, replaced, drafts });
            project.apply(Command::Revise { key: statement.id, revision });
        }
    }
    let (again, second) = read(&ARTICLE.replace("open", "closed"), "again.txt");
    project.apply(Command::AddDocuments(vec![again]));
    let note = Some(StatementNote { note: "Ask the council".to_owned(), of: (&statement).into() });
    project.apply(Command::NoteStatement { statement: statement.id, note });
    project.undo();
    project.redo();
    Snapshot {
        project,
        view: "{\"view\":\"Read\"}".to_owned(),
        codebook: "{\"toml\":\"\"}".to_owned(),
        dated_by: "{}".to_owned(),
        waiting: Arc::new(["a/b.txt".to_owned()].into()),
        originals: vec![original, second],
    }
}

/// What a file says, in words that no version changes.
fn dump(path: &Path) -> Value {
    let Loaded { store, snapshot, note, .. } = Store::open(path, Access::default()).unwrap();
    assert_eq!(note, None);
    store.check().unwrap();
    let mut project = snapshot.project;
    let articles = |project: &Project| -> Vec<Value> {
        let of = |document: &Arc<Document>| {
            json!({
                "id": document.id.0, "title": document.title, "text": document.text,
                "published": document.published.best, "blocks": document.blocks.len(),
                "original": store.original(&document.sha256).unwrap().is_some(),
            })
        };
        project.documents().iter().map(of).collect()
    };
    let rows = |decisions: &Decisions| -> Vec<Value> {
        let rows = decisions::changes(&Decisions::default(), decisions).unwrap();
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let of = |row: decisions::DecisionRow| json!([row.kind, value(&row.key), value(&row.value.unwrap())]);
        rows.into_iter().map(of).collect()
    };
    let steps: Vec<Value> =
        project.history().steps().iter().map(|step| json!({ "says": step.says, "at": step.at_secs })).collect();
    let n_done = project.history().n_done();
    let mut all = json!({
        "view": snapshot.view, "codebook": snapshot.codebook, "dated by": snapshot.dated_by, "waiting": *snapshot.waiting,
        "articles": articles(&project), "decisions": rows(project.decisions()), "steps": steps, "done": n_done,
    });
    // The way back and the way on again say what every step does.
    while project.undo().is_some() {}
    all["articles before the first step"] = json!(articles(&project).len());
    all["decisions before the first step"] = json!(rows(project.decisions()));
    while project.redo().is_some() {}
    all["titles after the last step"] =
        json!(project.documents().iter().map(|document| document.title.clone()).collect::<Vec<_>>());
    all["decisions after the last step"] = json!(rows(project.decisions()));
    all
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects")
}

fn keep_this_version() {
    let path = folder().join(format!("v{VERSION}.throughline"));
    let _ = std::fs::remove_file(&path);
    Store::create(&path, Access::default(), &worked_on()).unwrap().close().unwrap();
    let says = serde_json::to_string_pretty(&dump(&path)).unwrap() + "\n";
    std::fs::write(path.with_extension("json"), says).unwrap();
}

#[test]
fn a_file_of_every_version_says_what_it_said() {
    if std::env::var("THROUGHLINE_KEEP_VERSION").is_ok() {
        keep_this_version();
    }
    let place = tempfile::tempdir().unwrap();
    for version in 1..=VERSION {
        let path = folder().join(format!("v{version}.throughline"));
        let says: Value = serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
        // Opening may bring a file up to date; the kept one stays as it is.
        let copy = place.path().join(path.file_name().unwrap());
        std::fs::copy(&path, &copy).unwrap();
        let now = dump(&copy);
        for (key, value) in says.as_object().unwrap() {
            assert_eq!(&now[key], value, "version {version}: {key}");
        }
        // Once more, after it was brought up to date.
        assert_eq!(dump(&copy), now);
    }
}

#[test]
fn the_file_of_this_version_has_every_kind_of_decision_and_command() {
    let path = folder().join(format!("v{VERSION}.throughline"));
    let connection = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let list = |query: &str| -> BTreeSet<String> {
        connection.prepare(query).unwrap().query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let kinds = list("SELECT DISTINCT kind FROM decision");
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), KINDS);
    let mut commands = BTreeSet::new();
    for command in list("SELECT command FROM step") {
        match serde_json::from_str::<Value>(&command).unwrap() {
            Value::Object(map) => commands.extend(map.keys().cloned()),
            Value::String(name) => drop(commands.insert(name)),
            other => panic!("{other}"),
        }
    }
    assert!(commands.len() >= 14, "{commands:?}");
}
