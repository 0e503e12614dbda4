//! A project leaves as a folder of texts and JSON and comes back equal to it, with no path on the way.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/walk.rs"]
mod walk;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use throughline::document::{Document, DocumentId, Source};
use throughline::ingest;
use throughline::project::portable::{self, PortableError, cut};
use throughline::project::store::Snapshot;
use throughline::project::{CodebookText, Command, History, Project, Step};
use walk::{Act, Walk};

/// What the folders of the articles below are named after.
const SECRET: &str = "ana-lund-7";

/// The same article, from a file in somebody's folder; two of three are.
fn from_a_file(document: &Arc<Document>) -> Arc<Document> {
    let number = document.id.0;
    let path = match number % 3 {
        0 => return Arc::clone(document),
        1 => format!("/home/{SECRET}/press/pier-{number}.html"),
        _ => format!("C:\\Users\\{SECRET}\\pier-{number}.txt"),
    };
    let part = number.is_multiple_of(5).then_some(2);
    Arc::new(Document { source: Source::File { path, part }, ..Document::clone(document) })
}

fn act(walk: &mut Walk, project: &Project) -> Act {
    match walk.act(project) {
        Act::Do(command) => Act::Do(command.try_map(|document| Some(from_a_file(document))).unwrap()),
        Act::More(documents) => Act::More(documents.iter().map(from_a_file).collect()),
        other => other,
    }
}

fn walked(seed: u64, n_acts: i64) -> Project {
    let mut walk = Walk::new(seed);
    let mut project = Project::new([from_a_file(&Walk::article(1)), from_a_file(&Walk::article(2))]);
    for number in 0..n_acts {
        project.set_time(1_700_000_000 + number);
        act(&mut walk, &project).perform(&mut project);
    }
    project
}

/// A project whose sources are cut to names, everywhere.
fn with_names_cut(project: &Project) -> Project {
    let cut = |document: &Arc<Document>| Arc::new(cut(document).into_owned());
    let steps = project.history().steps().iter().map(|step| {
        let command = step.command.try_map(|document| Some(cut(document))).unwrap();
        Arc::new(Step { says: step.says.clone(), at_secs: step.at_secs, command })
    });
    let history = History::kept(steps.collect(), project.history().n_done());
    Project::kept(project.documents().iter().map(cut).collect(), project.decisions().clone(), history)
}

fn snapshot(project: &Project) -> Snapshot {
    let begun_with =
        CodebookText { toml: "name = \"x\"\n".to_owned(), origin: "x.toml".to_owned(), says: "“x”".to_owned() };
    Snapshot {
        project: project.clone(),
        view: "{\"view\":\"Read\",\"scroll\":{\"18446744073709551615\":12}}".to_owned(),
        codebook: serde_json::to_string(&begun_with).unwrap(),
        dated_by: "{\"hash\":\"0\"}".to_owned(),
        waiting: Arc::new([format!("/home/{SECRET}/waiting.txt")].into()),
        originals: Vec::new(),
    }
}

fn write(folder: &Path, project: &Project) {
    portable::write(folder, &snapshot(project), &mut |_| None).unwrap();
}

fn read(folder: &Path) -> (Project, Vec<String>) {
    let (snapshot, lost) = portable::read(folder).unwrap();
    (snapshot.project, lost)
}

/// All files below a folder, by their paths from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn out_folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("harbor");
    (folder, out)
}

/// Replaces the first line of a list for which this says so.
fn edit_line(path: &Path, edit: impl Fn(&str) -> Option<String>) {
    let mut is_done = false;
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<String> = text
        .lines()
        .map(|line| match edit(line).filter(|_| !is_done) {
            Some(edited) => {
                is_done = true;
                edited
            }
            None => line.to_owned(),
        })
        .collect();
    assert!(is_done, "{}", path.display());
    fs::write(path, lines.join("\n")).unwrap();
}

#[test]
fn a_long_walk_comes_back_equal_and_can_be_undone_to_its_start() {
    let n_acts = if std::env::var("THROUGHLINE_SOAK").is_ok_and(|soak| soak == "full") { 4_000 } else { 500 };
    for seed in 1..6 {
        let project = walked(seed, n_acts);
        assert!(project.history().steps().len() > 20);
        let (_folder, out) = out_folder();
        write(&out, &project);
        let (snapshot_read, lost) = portable::read(&out).unwrap();
        assert_eq!(lost, Vec::<String>::new());
        let mut back = snapshot_read.project;
        assert_eq!(back, with_names_cut(&project), "seed {seed}");
        let given = snapshot(&project);
        let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(json(&snapshot_read.view), json(&given.view));
        assert_eq!((&snapshot_read.codebook, &snapshot_read.dated_by), (&given.codebook, &given.dated_by));
        assert!(snapshot_read.waiting.is_empty());

        // What is undone and done again is the same on both sides.
        let mut project = with_names_cut(&project);
        while project.undo().is_some() {
            assert!(back.undo().is_some());
            assert_eq!((back.documents(), back.decisions()), (project.documents(), project.decisions()));
        }
        assert_eq!(back.undo(), None);
        while project.redo().is_some() {
            assert!(back.redo().is_some());
        }
        assert_eq!(back, project);
    }
}

#[test]
fn the_same_project_gives_the_same_bytes_also_after_it_came_back() {
    let project = walked(9, 300);
    let (_folder, out) = out_folder();
    write(&out, &project);
    let first = files(&out);
    write(&out, &project);
    assert_eq!(files(&out), first);
    let (back, _) = read(&out);
    write(&out, &back);
    let again = files(&out);
    assert_eq!(again.keys().collect::<Vec<_>>(), first.keys().collect::<Vec<_>>());
    let other: Vec<_> = again.iter().filter(|(name, bytes)| first.get(*name) != Some(bytes)).collect();
    assert!(other.is_empty(), "{:?}", other.iter().map(|(name, _)| name).collect::<Vec<_>>());
}

#[test]
fn no_path_user_or_host_stands_in_any_file() {
    let project = walked(11, 400);
    let (_folder, out) = out_folder();
    write(&out, &project);
    let host = fs::read_to_string("/etc/hostname").unwrap_or_default().trim().to_owned();
    let of_env =
        ["HOME", "USERPROFILE", "USER", "USERNAME", "LOGNAME"].into_iter().filter_map(|it| std::env::var(it).ok());
    let mut secrets: Vec<String> =
        of_env.chain([host, SECRET.to_owned(), "/home/".to_owned(), "Users".to_owned()]).collect();
    secrets.push(out.parent().unwrap().to_string_lossy().into_owned());
    secrets.push(std::env::temp_dir().to_string_lossy().into_owned());
    // A name of three letters stands in many a word.
    secrets.retain(|secret| secret.len() > 3);
    let written = files(&out);
    assert!(written.keys().any(|name| name.starts_with("set-aside/")));
    for (name, bytes) in &written {
        let text = String::from_utf8(bytes.clone()).unwrap();
        for secret in &secrets {
            assert!(!text.contains(secret) && !name.contains(secret), "{secret:?} stands in {name}");
        }
    }
    // The test would see one.
    assert!(serde_json::to_string(&*from_a_file(&Walk::article(1))).unwrap().contains(SECRET));
}

/// Three articles, of which the second was removed and the third dated, with their originals.
fn harbor(out: &Path) -> Project {
    let document = |number: u64, text: &str| {
        let mut document = Document::of_lines(DocumentId(number), text);
        document.sha256 = ingest::sha256(text.as_bytes());
        document.source = Source::File { path: format!("/home/{SECRET}/{number}.TXT"), part: None };
        Arc::new(document)
    };
    let texts = ["The “pier” is open.\r\n\r\nIt was closed. ", "The quay.", "Østhavn waits.\n"];
    let all: Vec<_> = (1..).zip(texts).map(|(number, text)| document(number, text)).collect();
    let mut project = Project::default();
    project.set_time(1_700_000_000);
    project.apply(Command::AddDocuments(all));
    project.apply(Command::SetDate {
        document: DocumentId(3),
        date: Some(throughline::document::DateSpan::day(jiff::civil::date(2021, 5, 4))),
    });
    project.apply(Command::RemoveDocuments(vec![DocumentId(2)]));
    let bytes_of = |sha256: &str| texts.iter().find(|text| ingest::sha256(text.as_bytes()) == sha256);
    portable::write(out, &snapshot(&project), &mut |sha256| Some(bytes_of(sha256)?.as_bytes().to_vec())).unwrap();
    project
}

#[test]
fn texts_originals_and_lines_are_what_any_tool_reads() {
    let (_folder, out) = out_folder();
    harbor(&out);
    let written = files(&out);
    let text = |name: &str| String::from_utf8(written[name].clone()).unwrap();
    assert_eq!(text("articles/0001-1-txt.txt"), "The “pier” is open.\r\n\r\nIt was closed. ");
    assert_eq!(text("set-aside/0001-2-txt.txt"), "The quay.");
    assert_eq!(text(&format!("originals/{}.txt", ingest::sha256("Østhavn waits.\n".as_bytes()))), "Østhavn waits.\n");
    assert_eq!(
        text("decisions.jsonl"),
        "{\"kind\":\"date\",\"key\":3,\"value\":{\"first\":\"2021-05-04\",\"last\":\"2021-05-04\"}}\n"
    );
    assert_eq!(
        text("history.jsonl").lines().last().unwrap(),
        "{\"step\":3,\"says\":\"Removed 2.TXT\",\"at\":\"2023-11-14T22:13:20Z\",\"done\":true,\
         \"command\":{\"InsertDocuments\":[[1,\"set-aside/0001-2-txt.txt\"]]}}"
    );
    assert_eq!(text("codebook.toml"), "name = \"x\"\n");
    let cover: serde_json::Value = serde_json::from_str(&text("project.json")).unwrap();
    assert_eq!(cover["articles"], serde_json::json!(["articles/0001-1-txt.txt", "articles/0002-3-txt.txt"]));
    let counts = serde_json::json!(
        {"articles": 2, "set_aside": 1, "originals": 3, "decisions": 1, "steps": 3, "steps_done": 3}
    );
    assert_eq!(cover["counts"], counts);
    let (back, _) = portable::read(&out).unwrap();
    let originals: Vec<Vec<u8>> = back.originals.iter().map(|original| original.unpack().unwrap()).collect();
    assert_eq!(originals.len(), 3);
    assert!(originals.contains(&b"The quay.".to_vec()));
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_read() {
    let (_folder, out) = out_folder();
    let broken = |change: &dyn Fn(&Path)| {
        let project = harbor(&out);
        change(&out);
        let (back, lost) = read(&out);
        // Made anew for the next.
        fs::remove_dir_all(&out).unwrap();
        let n_steps = back.history().steps().len();
        (back.documents().len(), back.decisions() == project.decisions(), n_steps, lost)
    };
    let lost = |words: &[&str]| words.iter().map(|&words| words.to_owned()).collect::<Vec<String>>();
    let remove = |name: &'static str| move |out: &Path| fs::remove_file(out.join(name)).unwrap();
    let put = |name: &'static str, bytes: &'static [u8]| move |out: &Path| fs::write(out.join(name), bytes).unwrap();

    let told = broken(&remove("articles/0001-1-txt.txt"));
    assert_eq!(told, (1, true, 3, lost(&["The article articles/0001-1-txt.txt: its text is missing"])));
    let told = broken(&put("articles/0001-1-txt.txt", b"Short."));
    assert_eq!(told.3, lost(&["The article articles/0001-1-txt.txt: its text was changed, and places in it are off"]));
    let told = broken(&put("articles/0001-1-txt.txt", b"\xff"));
    assert_eq!(told.3, lost(&["The article articles/0001-1-txt.txt: its text is not UTF-8"]));
    let told = broken(&remove("articles/0002-3-txt.json"));
    assert_eq!(told, (1, true, 3, lost(&["The article articles/0002-3-txt.txt: its JSON is missing"])));
    let told = broken(&put("articles/0002-3-txt.json", b"{}"));
    assert!(told.3[0].starts_with("The article articles/0002-3-txt.txt: its JSON is not what it was"), "{:?}", told.3);

    // Only the step behind it misses one that was set aside.
    let told = broken(&remove("set-aside/0001-2-txt.txt"));
    assert_eq!(told, (2, true, 0, lost(&["The way back behind 3 earlier steps; what they did is there"])));
    let told =
        broken(&|out| edit_line(&out.join("history.jsonl"), |line| line.contains("Dated").then(|| "{".to_owned())));
    assert_eq!(told, (2, true, 1, lost(&["The way back behind 2 earlier steps; what they did is there"])));
    let told = broken(&remove("history.jsonl"));
    assert_eq!(told, (2, true, 0, lost(&["The way back: history.jsonl can't be read"])));

    let told = broken(&put("decisions.jsonl", b"{\"kind\":\"date\",\"key\":3}\n\xff\n"));
    assert_eq!(told, (2, false, 3, lost(&["2 of the decisions (decisions.jsonl, line 1, line 2)"])));
    let told = broken(&remove("decisions.jsonl"));
    assert_eq!(told, (2, false, 3, lost(&["The decisions: decisions.jsonl can't be read"])));
    let told = broken(&|out| fs::remove_dir_all(out.join("originals")).unwrap());
    assert_eq!(told, (2, true, 3, lost(&[])));
    let told = broken(&put("project.json", b"{\"format\":\"throughline-project\"}"));
    assert_eq!(told, (2, true, 3, lost(&["The order of the articles; they stand in the order of their names"])));
}

#[test]
fn a_step_that_can_not_be_done_again_takes_those_behind_it_along() {
    let (_folder, out) = out_folder();
    let mut project = harbor(&out);
    project.undo();
    project.undo();
    fs::remove_dir_all(&out).unwrap();
    write(&out, &project);
    edit_line(&out.join("history.jsonl"), |line| line.contains("Dated").then(String::new));
    let (mut back, lost) = read(&out);
    assert_eq!(lost, ["2 steps that were taken back and could be done again"]);
    assert_eq!((back.redo(), back.undo()), (None, Some("articles")));
}

#[test]
fn no_name_leads_outside_the_folder() {
    let (folder, out) = out_folder();
    harbor(&out);
    for name in ["0001-1-txt.txt", "0001-1-txt.json"] {
        fs::copy(out.join("articles").join(name), folder.path().join(name)).unwrap();
    }
    let outside = folder.path().join("0001-1-txt.txt").to_string_lossy().into_owned();
    for name in ["../0001-1-txt.txt", "articles/../../0001-1-txt.txt", &outside, "articles\\0001-1-txt.txt"] {
        let path = out.join("project.json");
        let cover = fs::read_to_string(&path).unwrap();
        let json = serde_json::to_string(name).unwrap();
        fs::write(&path, cover.replace("\"articles/0001-1-txt.txt\"", &json)).unwrap();
        let (back, lost) = read(&out);
        assert_eq!(back.documents().len(), 1, "{name}");
        assert_eq!(lost, [format!("An article that is named {json}, which is no file of this folder")]);
        fs::write(&path, cover).unwrap();
    }
    // A source that names a path is cut to its name, so that nothing here is looked up.
    let facts = out.join("articles/0001-1-txt.json");
    let json = fs::read_to_string(&facts).unwrap().replace("\"1.TXT\"", "\"/etc/1.TXT\"");
    fs::write(&facts, json).unwrap();
    assert_eq!(read(&out).0.documents()[0].source.label(), "1.TXT");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_out_of_the_folder() {
    let (folder, out) = out_folder();
    harbor(&out);
    let (text, moved) = (out.join("articles/0001-1-txt.txt"), folder.path().join("text"));
    fs::rename(&text, &moved).unwrap();
    std::os::unix::fs::symlink(&moved, &text).unwrap();
    let (back, lost) = read(&out);
    assert_eq!((back.documents().len(), lost.len()), (1, 1), "{lost:?}");
    let (articles, moved) = (out.join("articles"), folder.path().join("articles"));
    fs::rename(&articles, &moved).unwrap();
    std::os::unix::fs::symlink(&moved, &articles).unwrap();
    assert_eq!(read(&out).0.documents().len(), 0);
}

#[test]
fn only_an_export_is_replaced_and_nothing_of_somebody_else() {
    let (folder, out) = out_folder();
    let project = Project::new([Walk::article(1)]);
    let refused = |out: &Path| match portable::write(out, &snapshot(&project), &mut |_| None) {
        Err(PortableError::InTheWay { name, .. }) => name,
        other => panic!("{other:?}"),
    };
    // An empty folder is as good as none.
    fs::create_dir(&out).unwrap();
    harbor(&out);
    assert!(portable::is_export(&out));
    write(&out, &project);
    assert_eq!(read(&out).0.documents().len(), 1);
    assert!(!files(&out).keys().any(|name| name.starts_with("originals/")));

    let before = files(&out);
    for name in ["notes.txt", ".git", "articles/notes.txt", "originals/0001-a.txt"] {
        fs::write(out.join(name), "mine").unwrap();
        assert_eq!(refused(&out), name);
        fs::remove_file(out.join(name)).unwrap();
    }
    assert_eq!(files(&out), before);
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("README.txt"), "mine").unwrap();
    assert_eq!(refused(&other), "README.txt");
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    assert!(portable::write(&file, &snapshot(&project), &mut |_| None).is_err());
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert!(portable::write(Path::new(".."), &snapshot(&project), &mut |_| None).is_err());
    // Nothing is left beside.
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.count(), 3);
}

#[test]
fn what_is_no_export_and_what_is_too_new_says_so() {
    let (folder, out) = out_folder();
    assert!(matches!(portable::read(folder.path()), Err(PortableError::NotAnExport { .. })));
    assert!(matches!(portable::read(&out), Err(PortableError::NotAnExport { .. })));
    harbor(&out);
    let cover = out.join("project.json");
    let newer = fs::read_to_string(&cover).unwrap().replace("\"version\": 1", "\"version\": 2");
    fs::write(&cover, newer).unwrap();
    assert!(matches!(portable::read(&out), Err(PortableError::TooNew { found: 2, known: 1, .. })));
    fs::write(&cover, "{\"format\":\"geojson\"}").unwrap();
    assert!(!portable::is_export(&out));
}

#[test]
fn an_export_stays_as_it_was_where_writing_fails() {
    let (folder, out) = out_folder();
    harbor(&out);
    let before = files(&out);
    let project = Project::new([Walk::article(1)]);
    // The new folder is made beside; a file that holds its name stands in the way.
    fs::write(folder.path().join(format!(".harbor.{}.part", std::process::id())), "mine").unwrap();
    assert!(portable::write(&out, &snapshot(&project), &mut |_| None).is_err());
    assert_eq!(files(&out), before);
}
