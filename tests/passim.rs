//! Promise: articles go to passim and its clusters come back to the same words, and what does not fit is told.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/window.rs"]
mod window;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use serde_json::{Value, json};
use throughline::codebook::Codebook;
use throughline::document::{BlockKind, Document, DocumentId};
use throughline::gui::desk::Desk;
use throughline::project::Command as Decision;
use throughline::project::clusters::{self, BadLines};

/// Two articles of one outlet, with characters of several bytes and of two units of UTF-16 before the shared words.
const PIER: &str = "Pier widened\n\n“Østhavn” \u{1F6A2} is glad. The council – after years of talk – will widen the old stone \
    pier before the winter storms.\n\nNobody else was asked.\n";
const STORM: &str = "Storm ahead\n\nFishermen wait. The council, after years of talk, will widen the old stone pier before \
    the winter storms come.\n";
const SHARED: &str = "will widen the old stone pier before the winter storms";

struct Bench {
    folder: tempfile::TempDir,
}

struct Ran {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        bench.write("texts/pier.txt", PIER.as_bytes());
        bench.write("texts/storm.txt", STORM.as_bytes());
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), bytes).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_throughline"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Ran { status: output.status.code(), stdout: words(&output.stdout), stderr: words(&output.stderr) }
    }

    /// The articles as passim gets them: id and text.
    fn exported(&self) -> Vec<(String, String)> {
        let ran = self.run(&["export", "--passim", "texts", "--out", "-"]);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
        let text_of = |line: &Value, field: &str| line[field].as_str().unwrap().to_owned();
        let lines = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.map(|line| (text_of(&line, "id"), text_of(&line, "text"))).collect()
    }

    /// What passim 2 writes of `words` in these articles as cluster 12: the offsets count characters, and Spark cuts the
    /// words out one character early.
    fn clusters(&self, words: &str) -> Vec<String> {
        let exported = self.exported();
        let with_words = exported.iter().filter_map(|(id, text)| {
            let begin = text[..text.find(words)?].chars().count();
            let end = begin + words.chars().count();
            let text: String = text.chars().skip(begin - 1).take(end - begin).collect();
            let source = json!([{"uid": 4_155_306_123_041_i64, "begin": begin, "end": end}]);
            Some(json!({"uid": -7_046_029_254_386_353_131_i64, "cluster": 12, "size": 2, "begin": begin, "end": end,
                "src": source, "pboiler": 0.0, "id": id, "series": "s", "text": text}))
        });
        with_words.map(|line| line.to_string()).collect()
    }
}

/// The phrase records that come from passim: words of their places, their reason and origin.
fn from_passim(ran: &Ran) -> Vec<(Vec<String>, String)> {
    let lines: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text = |path: &Value| {
        let document = lines.iter().find(|line| line["record"] == "document" && line["path"] == *path).unwrap();
        document["text"].as_str().unwrap().to_owned()
    };
    let words = |place: &Value| -> String {
        let span = |idx: usize| usize::try_from(place["span"][idx].as_u64().unwrap()).unwrap();
        assert_eq!(place["why"], "cluster 12 of passim");
        text(&place["document"]).chars().skip(span(0)).take(span(1) - span(0)).collect()
    };
    let phrases = lines.iter().filter(|line| line["record"] == "phrase" && !line["origin"].is_null());
    let places = |phrase: &Value| phrase["occurrences"].as_array().unwrap().iter().map(words).collect();
    phrases.map(|phrase| (places(phrase), phrase["origin"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn articles_are_exported_to_the_character_and_whole() {
    let bench = Bench::new();
    let exported = bench.exported();
    assert_eq!(exported.len(), 2);
    for text in [PIER, STORM] {
        assert!(exported.iter().any(|(_, exported)| exported.chars().count() == text.chars().count()), "{exported:?}");
    }
    let ran = bench.run(&["export", "--passim", "texts", "texts/gone.txt", "--out", "articles.jsonl"]);
    assert_eq!(ran.status, Some(2));
    assert_eq!(ran.stderr, "throughline: texts/gone.txt: no such file or folder. Check the path\n");
    let written = fs::read_to_string(bench.path("articles.jsonl")).unwrap();
    assert_eq!(written, bench.run(&["export", "--passim", "texts", "--out", "-"]).stdout);
    assert!(!written.contains("texts") && !written.contains("pier.txt"), "an export holds no path: {written}");
    let ran = bench.run(&["export", "--passim", "texts", "--out", "no/such/folder.jsonl"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.starts_with("throughline: cannot write no/such/folder.jsonl: "), "{}", ran.stderr);
    assert_eq!(bench.run(&["export", "--passim", "gone", "--out", "nothing.jsonl"]).status, Some(2));
    assert!(!bench.path("nothing.jsonl").exists());
}

#[test]
fn clusters_come_back_to_their_words() {
    let bench = Bench::new();
    let lines = bench.clusters(SHARED);
    assert_eq!(lines.len(), 2);
    // The output as Spark leaves it: parts, a note of success, checksums, and what the run was made with.
    bench.write("output/out.json/part-00000-5f.json", format!("{}\n", lines[0]).as_bytes());
    bench.write("output/out.json/part-00001-5f.json", format!("{}\n", lines[1]).as_bytes());
    bench.write("output/out.json/_SUCCESS", b"");
    bench.write("output/out.json/.part-00000-5f.json.crc", b"crc\0");
    bench.write("output/tmp/clusters.parquet/part-0.snappy.parquet", b"PAR1");
    bench.write("all.json", format!("{}\n{}", lines[1], lines[0]).as_bytes());
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(format!("{}\n{}\n", lines[0], lines[1]).as_bytes()).unwrap();
    bench.write("zipped/part-00000.json.gz", &gzip.finish().unwrap());
    let places = vec![SHARED.to_owned(), SHARED.to_owned()];
    for passim in ["output", "output/out.json", "all.json", "zipped"] {
        let ran = bench.run(&["analyze", "--json", "--passim", passim, "texts"]);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{passim}");
        assert_eq!(from_passim(&ran), [(places.clone(), "cluster 12 of passim".to_owned())], "{passim}");
    }
    let words = bench.run(&["analyze", "--passim", "output", "texts"]).stdout;
    assert!(words.contains("2 articles, cluster 12 of passim"), "{words}");
    // Without a display the window's command prints the same.
    let ran = bench.run(&["open", "--passim", "output", "texts"]);
    assert_eq!((ran.status, ran.stdout), (Some(0), words));
    // Two files are two sources of one corpus.
    let ran = bench.run(&["analyze", "--json", "--passim", "output", "--passim", "all.json", "texts"]);
    assert_eq!(from_passim(&ran).len(), 1);
}

#[test]
fn what_does_not_fit_is_told_and_the_rest_goes_on() {
    let bench = Bench::new();
    let mut lines = bench.clusters(SHARED);
    lines.insert(1, "{\"cluster\": 12, \"id\"".to_owned());
    lines.push(r#"{"id":"page 7","cluster":4,"begin":0,"end":9}"#.to_owned());
    let id = bench.exported()[0].0.clone();
    lines.push(json!({"id": id, "cluster": 13, "begin": 0, "end": 9, "text": "elsewhere"}).to_string());
    lines.push(r#"{"id":"0123456789abcdef","cluster":14,"begin":0,"end":9,"text":"elsewhere"}"#.to_owned());
    bench.write("mixed.json", lines.join("\n").as_bytes());
    let ran = bench.run(&["analyze", "--json", "--passim", "mixed.json", "texts"]);
    assert_eq!(ran.status, Some(2));
    assert_eq!(from_passim(&ran).len(), 1);
    let lost = if bench.exported()[0].1.contains("Østhavn") { "pier.txt" } else { "storm.txt" };
    let expected = format!(
        "throughline: mixed.json: 2 lines left out, the first is line 2: not a JSON object of passim\n\
         throughline: cluster 13 of passim: its words are not in {lost}; left out\n\
         throughline: passim: 1 passage in articles that are not open\n\
         throughline: passim: 2 clusters with fewer than two open articles\n"
    );
    assert_eq!(ran.stderr, expected);
}

#[test]
fn files_that_hold_no_clusters_say_what_to_do() {
    let bench = Bench::new();
    bench.write("columns/out.parquet/part-0.snappy.parquet", b"PAR1");
    bench.write("a.parquet", b"PAR1\x15\x04");
    bench.write("a.bz2", b"BZh91AY");
    fs::create_dir(bench.path("empty")).unwrap();
    for (path, expected) in [
        ("columns", "columns/out.parquet: passim wrote it as Parquet. Run passim with --output-format json"),
        ("a.parquet", "a.parquet: passim wrote it as Parquet. Run passim with --output-format json"),
        ("a.bz2", "a.bz2: compressed with something else than gzip. Decompress it first"),
        ("empty", "empty: no clusters of passim in this folder. Name passim's output folder"),
        ("gone", "gone: no such file or folder. Check the path"),
    ] {
        let ran = bench.run(&["analyze", "--passim", path, "texts"]);
        assert_eq!(ran.status, Some(2), "{path}");
        assert_eq!(ran.stderr, format!("throughline: {expected}\n"), "{path}");
        assert!(ran.stdout.contains("Pier widened"), "the articles are read all the same: {}", ran.stdout);
    }
}

#[test]
fn the_window_marks_clusters_beside_its_own_families() {
    let document = |id: u64, text: &str| {
        let mut document = Document::of_lines(DocumentId(id), text);
        document.blocks[0].kind = BlockKind::Title;
        document
    };
    let documents = vec![document(1, PIER), document(2, STORM)];
    let mut desk = Desk::settled(documents, Arc::new(Codebook::built_in()), jiff::civil::date(2026, 1, 1));
    let own = desk.analysis().phrases.len();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("part-00000.json");
    let line = |id: u64, text: &str| {
        let begin = text[..text.find(SHARED).unwrap()].chars().count();
        json!({"id": format!("{id:016x}"), "cluster": 12, "begin": begin, "end": begin + SHARED.len(), "text": SHARED})
    };
    fs::write(&file, format!("{}\n{}\nnot a line\n", line(1, PIER), line(2, STORM))).unwrap();
    let reading = clusters::read(&[file]);
    desk.take_clusters(reading.clusters, reading.bad_lines.iter().map(BadLines::words).collect());
    assert!(!desk.is_current(), "clusters ask for an analysis");
    desk.settle();
    let analysis = desk.analysis();
    assert_eq!(analysis.phrases.len(), own + 1);
    let (id, origin) = analysis.imported.origins.first_key_value().unwrap();
    assert_eq!(origin, "cluster 12 of passim");
    let phrase = analysis.phrase(*id).unwrap();
    let marked = |id: u64| {
        let place = phrase.occurrences.iter().find(|it| it.passage.document == DocumentId(id)).unwrap();
        desk.corpus().words(place.passage).to_owned()
    };
    assert_eq!((marked(1).as_str(), marked(2).as_str()), (SHARED, SHARED));
    let toast = desk.state.toast.as_ref().unwrap();
    assert!(
        toast.words.ends_with("1 line left out, the first is line 3: not a JSON object of passim"),
        "{}",
        toast.words
    );
    // A family from elsewhere is dismissed like any other, and comes back with undo.
    let id = *id;
    let label = analysis.phrase(id).unwrap().label.clone();
    desk.change(Decision::DismissPhrase { phrase: id, label });
    desk.settle();
    assert!(desk.analysis().phrase(id).is_none());
    desk.undo();
    desk.settle();
    assert!(desk.analysis().phrase(id).is_some());
}

#[test]
fn the_window_reads_clusters_after_its_articles() {
    let bench = Bench::new();
    bench.write("output/out.json/part-00000.json", bench.clusters(SHARED).join("\n").as_bytes());
    let mut harness = window::window_with(vec![bench.path("texts")], vec![bench.path("output")]);
    let has_clusters = |desk: &Desk| !desk.analysis().imported.origins.is_empty();
    window::wait(&mut harness, "the clusters", |harness| has_clusters(harness.state().desk()));
    let desk = harness.state().desk();
    let id = *desk.analysis().imported.origins.keys().next().unwrap();
    assert_eq!(desk.analysis().phrase(id).unwrap().n_documents, 2);
    assert!(desk.state.toast.is_none(), "everything fits: {:?}", desk.state.toast);
}

#[test]
fn an_analysis_without_clusters_is_what_it_was() {
    let bench = Bench::new();
    bench.write("none.json", b"\n");
    let with = bench.run(&["analyze", "--json", "--passim", "none.json", "texts"]);
    let without = bench.run(&["analyze", "--json", "texts"]);
    assert_eq!((with.status, with.stdout, with.stderr), (without.status, without.stdout, without.stderr));
}
