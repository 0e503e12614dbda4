//! The command line: the real binary on files of its own, with exact outputs and exit statuses.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder with files, and the program run in it with no display and a fixed day.
struct Bench {
    folder: tempfile::TempDir,
}

/// Two short articles that share a formula with multi-byte characters before and in it.
const HARBOR: &str = "Mayor opens “Øst” harbor\r\n\r\nOSLO, 4 May 2021 – “We are deeply concerned about the old \
    cranes of Østhavn,” Mayor Åse Ness said on Tuesday.\r\n\r\nThe harbor was built over nine years.\r\n";
const CRANES: &str = "Cranes come down\n\nOSLO, 9 June 2023 – “We are deeply concerned about the new ferries of \
    Østhavn,” Mayor Åse Ness said on Friday.\n\nWork on the cranes goes on until autumn.\n";

impl Bench {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Self { folder }
    }

    fn with_articles() -> Self {
        Self::new(&[("harbor.txt", HARBOR.as_bytes()), ("cranes.txt", CRANES.as_bytes())])
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::new(&self.command(arguments).output().unwrap())
    }
}

struct Ran {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Ran {
    fn new(output: &Output) -> Self {
        let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { status: output.status.code(), stdout: words(&output.stdout), stderr: words(&output.stderr) }
    }

    fn lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The characters `[start, end)` of a text, as a program in another language would count them.
fn chars(text: &str, span: &Value) -> String {
    let at = |idx: usize| usize::try_from(span[idx].as_u64().unwrap()).unwrap();
    text.chars().skip(at(0)).take(at(1) - at(0)).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn read_prints_the_text_to_the_character_and_offsets_that_fit_it() {
    let bench = Bench::with_articles();
    let ran = bench.run(&["read", "harbor.txt", "--json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    let [line] = &ran.lines()[..] else { panic!("{}", ran.stdout) };
    for key in [
        "schema",
        "path",
        "sha256",
        "format",
        "encoding",
        "language",
        "title",
        "outlet",
        "author",
        "published",
        "text",
        "blocks",
        "warnings",
    ] {
        assert!(line.get(key).is_some(), "{key}");
    }
    for key in ["earliest", "latest", "best", "time", "candidates", "basis", "confidence", "evidence", "set_by_user"] {
        assert!(line["published"].get(key).is_some(), "{key}");
    }
    assert_eq!(line["schema"], "throughline/1");
    assert_eq!(line["path"], "harbor.txt");
    assert_eq!(line["format"], "txt");
    assert_eq!(line["text"], HARBOR);
    assert_eq!(line["title"], "Mayor opens “Øst” harbor");
    let blocks = line["blocks"].as_array().unwrap();
    let title = blocks.iter().find(|block| block["kind"] == "title").unwrap();
    assert_eq!(chars(HARBOR, &title["span"]), "Mayor opens “Øst” harbor");
    let last = blocks.iter().rfind(|block| block["kind"] == "body").unwrap();
    assert_eq!(chars(HARBOR, &last["span"]), "The harbor was built over nine years.");
}

#[test]
fn a_byte_order_mark_is_dropped_and_nothing_else() {
    let bench = Bench::new(&[("a.txt", "\u{feff}Title\r\n\r\n  Words that stand here. \r\n".as_bytes())]);
    let lines = bench.run(&["read", "a.txt", "--json"]).lines();
    assert_eq!(lines[0]["text"], "Title\r\n\r\n  Words that stand here. \r\n");
}

#[test]
fn bad_files_are_told_and_the_others_printed() {
    let bench = Bench::with_articles();
    fs::write(bench.folder.path().join("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").unwrap();
    fs::write(bench.folder.path().join("void.txt"), b"").unwrap();
    let ran = bench.run(&["read", "gone.txt", "picture.png", "void.txt", "harbor.txt", "--json"]);
    assert_eq!(ran.status, Some(2));
    let lines = ran.lines();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        ran.stdout.lines().next().unwrap(),
        "{\"schema\":\"throughline/1\",\"path\":\"gone.txt\",\"error\":\
         {\"code\":\"not-found\",\"message\":\"no such file or folder\"}}"
    );
    for line in &lines[1..3] {
        assert_eq!(keys(line), ["error", "path", "schema"], "{line}");
    }
    assert_eq!(lines[2]["error"]["code"], "empty");
    assert_eq!(lines[3]["text"], HARBOR);

    let ran = bench.run(&["read", "gone.txt", "harbor.txt"]);
    assert_eq!(ran.status, Some(2));
    assert_eq!(ran.stderr, "throughline: gone.txt: no such file or folder. Check the path\n");
    assert!(ran.stdout.contains("Mayor opens “Øst” harbor") && !ran.stdout.contains("gone"));
}

#[test]
fn folders_are_read_in_order_of_name() {
    let bench = Bench::new(&[
        ("set/b.txt", HARBOR.as_bytes()),
        ("set/a/z.txt", CRANES.as_bytes()),
        ("set/.hidden.txt", b"Hidden words"),
    ]);
    let ran = bench.run(&["read", "set", "--json"]);
    assert_eq!(ran.status, Some(0));
    let paths: Vec<_> = ran.lines().iter().map(|line| line["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(paths, [Path::new("set/a/z.txt"), Path::new("set/b.txt")].map(|path| path.to_str().unwrap()));

    fs::create_dir(bench.folder.path().join("none")).unwrap();
    let ran = bench.run(&["analyze", "none", "--json"]);
    assert_eq!((ran.status, ran.lines()[0]["error"]["code"].as_str()), (Some(2), Some("empty-folder")));
}

#[test]
fn the_same_content_is_printed_twice_and_counted_once() {
    let bench = Bench::with_articles();
    fs::copy(bench.folder.path().join("harbor.txt"), bench.folder.path().join("zwilling.txt")).unwrap();
    let ran = bench.run(&["analyze", "zwilling.txt", "harbor.txt", "cranes.txt", "--json"]);
    let lines = ran.lines();
    let documents: Vec<_> = lines.iter().filter(|line| line["record"] == "document").collect();
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[0]["warnings"], serde_json::json!([]));
    assert_eq!(documents[1]["warnings"][0]["code"], "same-content");
    assert_eq!(documents[1]["warnings"][0]["message"], "the same content as zwilling.txt; counted once");
    let findings = lines.iter().filter(|line| line["record"] != "document").map(Value::to_string);
    assert!(!findings.collect::<String>().contains("zwilling"));
}

#[test]
fn every_finding_points_at_its_words() {
    let bench = Bench::with_articles();
    let ran = bench.run(&["analyze", "harbor.txt", "cranes.txt", "--json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    let lines = ran.lines();
    let text_of = |path: &Value| if path == "harbor.txt" { HARBOR } else { CRANES };
    let of_kind = |kind: &str| lines.iter().filter(|line| line["record"] == kind).cloned().collect::<Vec<_>>();
    let kinds: Vec<_> = lines.iter().map(|line| line["record"].as_str().unwrap()).collect();
    let order = ["document", "phrase", "statement", "shift", "theme"];
    assert!(kinds.is_sorted_by_key(|kind| order.iter().position(|known| known == kind).unwrap()), "{kinds:?}");
    assert!(lines.iter().all(|line| line["schema"] == "throughline/1"));

    let formula = of_kind("phrase").into_iter().find(|line| line["documents"] == 2).expect("a shared phrase");
    for occurrence in formula["occurrences"].as_array().unwrap() {
        let words = chars(text_of(&occurrence["document"]), &occurrence["span"]);
        assert!(words.to_lowercase().contains("we are deeply concerned about"), "{words}");
    }

    let statements = of_kind("statement");
    let said: Vec<_> = statements.iter().map(|line| chars(text_of(&line["document"]), &line["content"][0])).collect();
    assert!(said.iter().any(|words| words.contains("the old cranes of Østhavn")), "{said:?}");
    assert!(said.iter().any(|words| words.contains("the new ferries of Østhavn")), "{said:?}");
    for statement in &statements {
        for key in [
            "id",
            "quotation",
            "cue",
            "speaker",
            "actor",
            "person",
            "official",
            "attribution",
            "said",
            "themes",
            "act",
            "force",
            "direction",
            "hedges",
            "conditions",
            "same_as",
            "origin",
            "place",
        ] {
            assert!(statement.get(key).is_some(), "{key}");
        }
        if statement["themes"].as_array().unwrap().is_empty() {
            assert!(["act", "force", "direction"].iter().all(|key| statement[*key].is_null()), "{statement}");
        }
    }
}

#[test]
fn the_records_of_the_built_in_articles_hold_together() {
    let lines = Bench::new(&[]).run(&["analyze", "--json"]).lines();
    let of_kind = |kind: &str| lines.iter().filter(|line| line["record"] == kind).collect::<Vec<_>>();
    let texts: BTreeMap<_, _> = of_kind("document")
        .iter()
        .map(|line| (line["path"].as_str().unwrap(), line["text"].as_str().unwrap().chars().count() as u64))
        .collect();
    assert_eq!(texts.len(), 5);
    let statements: BTreeMap<_, _> =
        of_kind("statement").iter().map(|line| (line["id"].as_str().unwrap(), *line)).collect();
    assert_eq!(statements.len(), of_kind("statement").len(), "ids are unique");
    let fits = |span: &Value, document: &Value| {
        let (start, end) = (span[0].as_u64().unwrap(), span[1].as_u64().unwrap());
        assert!(start < end && end <= texts[document.as_str().unwrap()], "{span} in {document}");
    };
    for statement in statements.values() {
        for key in ["content", "hedges", "conditions"] {
            statement[key].as_array().unwrap().iter().for_each(|span| fits(span, &statement["document"]));
        }
    }
    let shifts = of_kind("shift");
    assert!(!shifts.is_empty());
    for shift in shifts {
        let document_of = |key: &str| shift[key].as_str().map(|id| &statements[id]["document"]);
        let (old, new) = (document_of("from"), document_of("to"));
        assert_eq!(old.is_none(), shift["label"] == "new", "{shift}");
        assert_eq!(shift["review"], "automatic");
        for op in shift["diff"].as_array().unwrap() {
            let sides = (op["from"].is_null(), op["to"].is_null());
            let expected = match op["op"].as_str().unwrap() {
                "equal" | "replace" => (false, false),
                "delete" => (false, true),
                "insert" => (true, false),
                other => panic!("{other}"),
            };
            assert_eq!(sides, expected, "{op}");
            for (key, document) in [("from", old), ("to", new)] {
                if !op[key].is_null() {
                    fits(&op[key], document.unwrap());
                }
            }
        }
    }
    let themes = of_kind("theme");
    assert!(!themes.is_empty());
    for theme in themes {
        let list = |key: &str| theme[key].as_array().unwrap().iter().map(|entry| entry["document"].as_str().unwrap());
        let mut documents: Vec<_> = list("observed").chain(list("not_observed")).collect();
        documents.sort_unstable();
        assert_eq!(documents, texts.keys().copied().collect::<Vec<_>>(), "{theme}");
        for observation in theme["observed"].as_array().unwrap() {
            for id in observation["statements"].as_array().unwrap() {
                assert_eq!(statements[id.as_str().unwrap()]["document"], observation["document"]);
            }
        }
    }
}

#[test]
fn align_counts_characters_and_keeps_the_order_of_pairs() {
    let bench = Bench::with_articles();
    let shared = "Øl – the northern ferry line will carry a million passengers every summer from now on, they said. \
        Nine new boats were built for it in the yard of the old shipping company. Nobody knows yet what a ticket will \
        cost, since the council has put off its vote three times.";
    for (name, before) in [("old.txt", "Före"), ("new.txt", "After that, ")] {
        fs::write(bench.folder.path().join(name), format!("{before}\n\n{shared}\n")).unwrap();
    }
    let ran = bench.run(&["align", "old.txt", "new.txt", "--json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    let line = &ran.lines()[0];
    assert_eq!(
        (&line["schema"], &line["a"], &line["b"]),
        (&"throughline/1".into(), &"old.txt".into(), &"new.txt".into())
    );
    let passage = &line["passages"][0];
    assert!(chars(&format!("Före\n\n{shared}\n"), &passage["a"]).contains("northern ferry line"));
    assert!(chars(&format!("After that, \n\n{shared}\n"), &passage["b"]).contains("northern ferry line"));

    fs::write(bench.folder.path().join("pairs"), "old.txt\tnew.txt\nold.txt gone.txt\nnew.txt\told.txt\n").unwrap();
    let ran = bench.run(&["align", "--pairs", "pairs", "--json"]);
    assert_eq!(ran.status, Some(2));
    let lines = ran.lines();
    assert_eq!(lines[0], *line);
    assert_eq!(lines[1]["error"]["message"], "gone.txt: no such file or folder");
    assert_eq!(lines[2]["a"], "new.txt");
    assert_eq!(lines[2]["passages"].as_array().unwrap().len(), line["passages"].as_array().unwrap().len());

    fs::write(bench.folder.path().join("other.txt"), "Nothing of this stands anywhere else.\n").unwrap();
    assert_eq!(bench.run(&["align", "other.txt", "new.txt", "--json"]).status, Some(1));
    fs::write(bench.folder.path().join("pairs"), "one two three\n").unwrap();
    let ran = bench.run(&["align", "--pairs", "pairs", "--json"]);
    let told = "throughline: pairs: line 1: two paths with a tab between are expected\n";
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(2), told));
}

#[test]
fn align_compares_a_text_with_stray_control_characters_and_says_so() {
    let bench = Bench::with_articles();
    let shared = "The northern ferry line will carry a million passengers every summer from now on, they said. Nine new \
        boats were built for it in the yard of the old shipping company, which had stood empty for years.";
    fs::write(bench.folder.path().join("old.txt"), format!("Page 1\0\x01\n\n{shared}\n")).unwrap();
    fs::write(bench.folder.path().join("new.txt"), format!("After that, \n\n{shared}\n")).unwrap();
    let ran = bench.run(&["align", "old.txt", "new.txt", "--json"]);
    let told = "throughline: old.txt: not quite a text: compared with its 2 stray control characters\n";
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), told));
    let text = format!("Page 1\0\x01\n\n{shared}\n");
    assert!(chars(&text, &ran.lines()[0]["passages"][0]["a"]).starts_with("The northern ferry line"));
    // Everywhere else it is no text, and neither is what has more of them.
    assert_eq!(bench.run(&["read", "old.txt", "--json"]).status, Some(2));
    fs::write(bench.folder.path().join("old.txt"), "a few words\0\x01\x02\x03\x04\x05\x06\x07").unwrap();
    let ran = bench.run(&["align", "old.txt", "new.txt", "--json"]);
    assert_eq!((ran.status, &ran.lines()[0]["error"]["code"]), (Some(2), &"not-text".into()));
}

#[test]
fn without_a_display_the_findings_come_in_words() {
    let bench = Bench::with_articles();
    let ran = bench.run(&[]);
    assert_eq!(ran.status, Some(0));
    for heading in ["5 articles", "ARTICLES", "WORDING THAT COMES BACK", "POSITIONS THAT MOVED", "WHO SAID WHAT"] {
        assert!(ran.stdout.contains(heading), "{heading}\n{}", ran.stdout);
    }
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("no window can be shown") && ran.stderr.contains("screenshot"), "{}", ran.stderr);
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 100), "{}", ran.stdout);

    let ran = bench.run(&["harbor.txt", "gone.txt"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stdout.contains("1 article, 4 May 2021"), "{}", ran.stdout);
}

#[test]
fn a_window_that_is_insisted_on_fails_without_a_display() {
    let ran = Bench::with_articles().run(&["--window", "harbor.txt"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert_eq!(ran.stderr, "throughline: no window can be shown: there is no display\n");
}

#[test]
fn help_and_version_are_data_and_nonsense_is_refused() {
    let bench = Bench::with_articles();
    let ran = bench.run(&["--version"]);
    assert_eq!((ran.status, ran.stdout), (Some(0), format!("throughline {}\n", env!("CARGO_PKG_VERSION"))));
    let ran = bench.run(&["--help"]);
    assert_eq!(ran.status, Some(0));
    assert!(ran.stdout.contains("Examples:") && !ran.stdout.contains("worker"), "{}", ran.stdout);
    let ran = bench.run(&["analyze", "--loud"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("--loud"));
    let ran = Ran::new(&bench.command(&[]).env("SOURCE_DATE_EPOCH", "soon").output().unwrap());
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("SOURCE_DATE_EPOCH"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_reader_that_stops_reading_ends_the_program_quietly() {
    let bench = Bench::new(&[]);
    let long = "Words stand here, one after the other, and nobody said them.\n\n".repeat(2_000);
    for idx in 0..8 {
        fs::write(bench.folder.path().join(format!("{idx}.txt")), format!("Title {idx}\n\n{long}")).unwrap();
    }
    let mut child =
        bench.command(&["read", ".", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ran = Ran::new(&child.wait_with_output().unwrap());
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn html_is_read_by_a_process_of_its_own() {
    let body = "<p>The harbor of Oslo was opened on Monday by the mayor, who had planned it for nine long years and \
        spoke of it at every chance she had.</p>"
        .repeat(4);
    let page = format!(
        "<!doctype html><html lang=en><head><title>Harbor opens</title></head><body><article><h1>Harbor opens</h1>\
         {body}</article></body></html>"
    );
    let hostile = "<div>".repeat(200_000);
    let bench = Bench::new(&[("page.html", page.as_bytes()), ("deep.html", hostile.as_bytes())]);
    let ran = bench.run(&["read", "deep.html", "page.html", "--json"]);
    assert_eq!(ran.status, Some(2));
    let lines = ran.lines();
    assert!(lines[0]["error"]["code"].is_string(), "{}", lines[0]);
    assert_eq!((&lines[1]["format"], &lines[1]["title"]), (&"html".into(), &"Harbor opens".into()));
    assert!(lines[1]["text"].as_str().unwrap().contains("nine long years"));
}

#[test]
fn phrases_alone_are_those_of_a_whole_analysis() {
    let bench = Bench::with_articles();
    let records = |arguments: &[&str]| -> Vec<(String, Value)> {
        let lines = bench.run(arguments).stdout;
        let values = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        values.map(|value| (value["record"].as_str().unwrap().to_owned(), value)).collect()
    };
    let whole = records(&["analyze", "harbor.txt", "cranes.txt", "--json"]);
    let alone = records(&["analyze", "harbor.txt", "cranes.txt", "--json", "--only", "phrases"]);
    assert!(whole.iter().any(|(record, _)| record == "statement"));
    assert!(alone.iter().all(|(record, _)| record == "document" || record == "phrase"), "{alone:?}");
    let ids = |records: &[(String, Value)]| -> Vec<Value> {
        records.iter().filter(|(record, _)| record == "phrase").map(|(_, value)| value["id"].clone()).collect()
    };
    assert!(!ids(&alone).is_empty());
    assert_eq!(ids(&alone), ids(&whole));
}
