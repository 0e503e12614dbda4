//! Projects on the command line: what a reader decided counts, folders come back, and nothing is disturbed.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use throughline::document::{BlockKind, DateSpan, DocumentId};
use throughline::project::store::{Access, Snapshot, Store};
use throughline::project::{self, CodebookText, Furniture, Project};

const HARBOR: &str = "Mayor opens “Øst” harbor\r\n\r\nOSLO, 4 May 2021 – “We are deeply concerned about the old \
    cranes of Østhavn,” Mayor Åse Ness said on Tuesday.\r\n\r\nThe harbor was built over nine years.\r\n";
const CRANES: &str = "Cranes come down\n\nOSLO, 9 June 2023 – “We are deeply concerned about the new ferries of \
    Østhavn,” Mayor Åse Ness said on Friday.\n\nWork on the cranes goes on until autumn.\n";
const FILES: [&str; 2] = ["harbor.txt", "cranes.txt"];
const P: &str = "p.throughline";

/// A folder with two articles, and the program run in it with no display and a fixed day.
struct Bench {
    folder: tempfile::TempDir,
}

#[derive(Debug, PartialEq, Eq)]
struct Ran {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Ran {
    fn lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn of_record(&self, record: &str) -> Vec<Value> {
        self.lines().into_iter().filter(|line| line["record"] == record).collect()
    }
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in FILES.into_iter().zip([HARBOR, CRANES]) {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self { folder }
    }

    /// With a project of the articles.
    fn with_project() -> Self {
        let bench = Self::new();
        assert_eq!(bench.run(&["save", FILES[0], FILES[1], "--out", P]), done(""));
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_throughline"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("XDG_DATA_HOME", self.folder.path())
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { status: output.status.code(), stdout: words(output.stdout), stderr: words(output.stderr) }
    }

    /// Does something in the project as a window would.
    fn decide(&self, commands: impl FnOnce(&Project) -> Vec<project::Command>) -> Project {
        let loaded = Store::open(&self.path(P), Access::default()).unwrap();
        let (mut store, mut project) = (loaded.store, loaded.snapshot.project.clone());
        for command in commands(&project) {
            project.apply(command);
        }
        store.write(&Snapshot { project: project.clone(), ..loaded.snapshot }).unwrap();
        store.close().unwrap();
        project
    }

    fn harbor(&self) -> DocumentId {
        let loaded = Store::open(&self.path(P), Access { is_read_only: true, ..Access::default() }).unwrap();
        loaded.snapshot.project.documents()[0].id
    }
}

fn done(stdout: &str) -> Ran {
    Ran { status: Some(0), stdout: stdout.to_owned(), stderr: String::new() }
}

fn failed(stderr: &str) -> Ran {
    Ran { status: Some(2), stdout: String::new(), stderr: format!("throughline: {stderr}\n") }
}

#[test]
fn a_project_stands_for_its_articles_in_every_command() {
    let bench = Bench::with_project();
    for command in [
        &["read"][..],
        &["read", "--json"],
        &["analyze"],
        &["analyze", "--json"],
        &["analyze", "--json", "--only", "phrases"],
        &["analyze", "--json", "--codebook", "eu-ukraine"],
        &["export", "--what", "shifts", "--format", "csv", "--out", "-"],
        &["export", "--format", "json", "--out", "-"],
        &["export", "--passim", "--out", "-"],
        &[],
    ] {
        let of_files = bench.run(&[command, &FILES].concat());
        assert_eq!(bench.run(&[command, &[P]].concat()), of_files, "{command:?}");
        assert!(!of_files.stdout.is_empty(), "{command:?}");
    }
}

#[cfg(feature = "gui")]
#[test]
fn a_picture_of_a_project_is_the_one_of_its_articles() {
    let bench = Bench::with_project();
    let picture = |paths: &[&str]| {
        let ran = bench.run(&[&["screenshot", "--size", "640x360", "--out", "s.png"], paths].concat());
        assert_eq!(ran, done(""));
        fs::read(bench.path("s.png")).unwrap()
    };
    assert!(picture(&[P]) == picture(&FILES));
    let harbor = bench.harbor();
    let date = Some(DateSpan::day(jiff::civil::date(2031, 1, 1)));
    bench.decide(|_| vec![project::Command::SetDate { document: harbor, date }]);
    assert!(picture(&[P]) != picture(&FILES));
}

#[test]
fn what_the_reader_decided_counts() {
    let bench = Bench::with_project();
    let before = bench.run(&["analyze", P, "--json"]);
    let phrase = before.of_record("phrase")[0]["id"].as_str().unwrap().to_owned();
    bench.decide(|project| {
        let harbor = &project.documents()[0];
        let body = harbor.blocks.iter().rfind(|block| block.kind == BlockKind::Body).unwrap();
        vec![
            project::Command::SetDate { document: harbor.id, date: Some(DateSpan::day(jiff::civil::date(2019, 2, 3))) },
            project::Command::SetFurniture {
                document: harbor.id,
                block: body.range,
                furniture: Some(Furniture::Hidden),
            },
            project::Command::DismissPhrase {
                phrase: throughline::analysis::PhraseId(
                    u64::from_str_radix(phrase.trim_start_matches('p'), 16).unwrap(),
                ),
                label: "we are deeply concerned".to_owned(),
            },
        ]
    });
    let after = bench.run(&["analyze", P, "--json"]);
    assert_eq!((after.status, after.stderr.as_str()), (Some(0), ""));
    let document = &after.of_record("document")[0];
    assert_eq!(document["published"]["best"], "2019-02-03");
    assert_eq!(document["published"]["set_by_user"], true);
    assert_eq!(document["blocks"].as_array().unwrap().last().unwrap()["rule"], "reader");
    assert!(before.of_record("phrase").iter().any(|it| it["id"] == phrase.as_str()));
    assert!(after.of_record("phrase").iter().all(|it| it["id"] != phrase.as_str()));
    let read = bench.run(&["read", P, "--json"]);
    assert_eq!(read.lines()[0]["published"]["best"], "2019-02-03");
    // What is undone counts no more.
    bench.decide(|_| Vec::new());
    let loaded = Store::open(&bench.path(P), Access::default()).unwrap();
    let (mut store, mut project) = (loaded.store, loaded.snapshot.project.clone());
    while project.undo().is_some() {}
    store.write(&Snapshot { project, ..loaded.snapshot }).unwrap();
    store.close().unwrap();
    assert_eq!(bench.run(&["analyze", P, "--json"]), before);
}

#[test]
fn a_project_is_read_with_its_own_codebook_until_another_is_asked_for() {
    let bench = Bench::with_project();
    let hash = |arguments: &[&str]| {
        let out = bench.run(&[&["export", P, "--format", "json", "--out", "-"], arguments].concat());
        assert_ne!(out.status, Some(2), "{}", out.stderr);
        serde_json::from_str::<Value>(&out.stdout).unwrap()["codebook"]["name"].as_str().unwrap().to_owned()
    };
    let built_in = hash(&[]);
    let toml = "name = \"Harbor\"\nlanguage = \"en\"\nbase = \"english\"\n";
    bench.decide(|_| {
        let text = CodebookText { toml: toml.to_owned(), origin: "mine.toml".to_owned(), says: String::new() };
        vec![project::Command::SetCodebook(Some(text))]
    });
    assert_eq!(hash(&[]), "Harbor");
    assert_eq!(hash(&["--codebook", "nato-dprk"]), built_in);
    // A codebook of the file's own that is none says so.
    bench.decide(|_| {
        let text = CodebookText { toml: "name = 1".to_owned(), origin: "mine.toml".to_owned(), says: String::new() };
        vec![project::Command::SetCodebook(Some(text))]
    });
    let ran = bench.run(&["analyze", P]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.starts_with("throughline: p.throughline: its codebook (mine.toml), line 1: "), "{}", ran.stderr);
    assert!(ran.stderr.ends_with(". Name another one with --codebook\n"), "{}", ran.stderr);
    assert_eq!(bench.run(&["analyze", P, "--codebook", "nato-dprk"]).status, Some(0));
}

#[test]
fn a_project_stands_alone() {
    let bench = Bench::with_project();
    let told = failed("p.throughline is a project, which stands alone: leave the other paths out");
    for command in [
        &["read"][..],
        &["analyze"],
        &["export", "--out", "s.csv"],
        &["export", "--format", "folder", "--out", "f"],
        &["save", "--out", "q"],
        &["screenshot", "--out", "s.png"],
        &["open"],
    ] {
        assert_eq!(bench.run(&[command, &[FILES[0], P]].concat()), told, "{command:?}");
    }
    assert_eq!(
        bench.run(&["save", P, "--out", "q"]),
        failed("p.throughline is a project already; `throughline import` makes a file of a folder")
    );
}

#[test]
fn a_window_that_holds_the_project_is_not_disturbed() {
    let bench = Bench::with_project();
    let free = bench.run(&["analyze", P, "--json"]);
    let before = fs::read(bench.path(P)).unwrap();
    let window = Store::open(&bench.path(P), Access::default()).unwrap();
    assert_eq!(window.note, None);
    assert_eq!(bench.run(&["analyze", P, "--json"]), free);
    assert_eq!(bench.run(&["export", P, "--format", "folder", "--out", "f"]), done(""));
    drop(window);
    assert_eq!(fs::read(bench.path(P)).unwrap(), before);
}

#[test]
fn a_damaged_project_says_what_to_do() {
    let bench = Bench::with_project();
    let mut bytes = fs::read(bench.path(P)).unwrap();
    for byte in bytes.iter_mut().skip(8_192) {
        *byte ^= 0x55;
    }
    fs::write(bench.path(P), &bytes).unwrap();
    for command in
        [&["analyze", P][..], &["read", P], &["export", P, "--out", "s.csv"], &["screenshot", P, "--out", "s.png"]]
    {
        let ran = bench.run(command);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.starts_with("throughline: p.throughline: damaged: "), "{}", ran.stderr);
        assert!(ran.stderr.ends_with(". Open it: what can be recovered comes up as a copy\n"), "{}", ran.stderr);
    }
    assert_eq!(fs::read(bench.path(P)).unwrap(), bytes);
    fs::write(bench.path("q.throughline"), "words").unwrap();
    let ran = bench.run(&["read", "q.throughline"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.starts_with("throughline: q.throughline: "), "{}", ran.stderr);
}

#[test]
fn a_project_goes_out_as_a_folder_and_comes_back() {
    let bench = Bench::with_project();
    let harbor = bench.harbor();
    let date = Some(DateSpan::day(jiff::civil::date(2019, 2, 3)));
    let project = bench.decide(|_| {
        vec![project::Command::SetDate { document: harbor, date }, project::Command::RemoveDocuments(vec![harbor])]
    });
    assert_eq!(bench.run(&["export", P, "--format", "folder", "--out", "f/"]), done(""));
    assert_eq!(fs::read_to_string(bench.path("f/set-aside/0001-mayor-opens-st-harbor.txt")).unwrap(), HARBOR);
    assert_eq!(bench.run(&["import", "f", "--out", "q.throughline"]), done(""));
    let loaded = Store::open(&bench.path("q.throughline"), Access::default()).unwrap();
    assert_eq!(loaded.snapshot.project, project);
    let original = loaded.store.original(&project.documents()[0].sha256).unwrap();
    assert_eq!(original.unwrap(), CRANES.as_bytes());
    drop(loaded);
    // The folder is as good as the file.
    let of_file = bench.run(&["analyze", P, "--json"]);
    assert_eq!(bench.run(&["analyze", "q.throughline", "--json"]), of_file);
    assert_eq!(bench.run(&["analyze", "f", "--json"]), of_file);

    fs::write(bench.path("f/decisions.jsonl"), "{}\n").unwrap();
    let told = "throughline: f: passed over: 1 of the decisions (decisions.jsonl, line 1)\n";
    let ran = bench.run(&["import", "f", "--out", "r.throughline"]);
    assert_eq!(ran, Ran { status: Some(2), stdout: String::new(), stderr: told.to_owned() });
    assert!(Store::open(&bench.path("r.throughline"), Access::default()).is_ok());
    assert_eq!(bench.run(&["read", "f"]).status, Some(2));
}

#[test]
fn articles_can_be_a_folder_at_once() {
    let bench = Bench::new();
    assert_eq!(bench.run(&["export", "--format", "folder", "--out", "five"]), done(""));
    let n_in = |folder: &str| fs::read_dir(bench.path(folder)).unwrap().count();
    assert_eq!((n_in("five/articles"), n_in("five/originals"), n_in("five/set-aside")), (10, 5, 0));
    assert_eq!(bench.run(&["analyze", "five"]).stdout, bench.run(&["analyze"]).stdout);
    assert_eq!(bench.run(&["export", FILES[0], "--format", "folder", "--out", "five"]), done(""));
    assert_eq!((n_in("five/articles"), n_in("five/originals")), (2, 1));
    let told = failed("one: holds “harbor.txt”, which no export holds. Name a folder that does not exist yet");
    fs::create_dir(bench.path("one")).unwrap();
    fs::copy(bench.path("harbor.txt"), bench.path("one/harbor.txt")).unwrap();
    assert_eq!(bench.run(&["export", FILES[0], "--format", "folder", "--out", "one"]), told);
    // One bad file hides no other.
    let ran = bench.run(&["save", "gone.txt", FILES[1], "--out", P]);
    assert_eq!(ran.status, Some(2));
    assert_eq!(ran.stderr, "throughline: gone.txt: no such file or folder. Check the path\n");
    assert_eq!(bench.run(&["read", P]).status, Some(0));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let bench = Bench::with_project();
    let told = failed("p.throughline exists and was left as it is; name another file");
    assert_eq!(bench.run(&["save", FILES[0], "--out", P]), told);
    assert_eq!(bench.run(&["export", P, "--format", "folder", "--out", "f"]), done(""));
    assert_eq!(bench.run(&["import", "f", "--out", P]), told);
    assert_eq!(
        bench.run(&["import", ".", "--out", "q"]),
        failed(".: not a folder that this program exported. Name the folder that holds project.json")
    );
    assert_eq!(bench.run(&["import", "gone", "--out", "q"]), failed("gone: no such folder. Check the path"));
    assert_eq!(
        bench.run(&["export", P, "--format", "folder", "--out", "f", "--codebook", "eu-ukraine"]),
        failed("a folder holds the project with its own codebook: leave --codebook out")
    );
    assert!(!bench.path("q").exists());
}
