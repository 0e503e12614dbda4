//! Copies of one story are told as such, in words and to programs, the same whatever the order and the threads.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

#[path = "support/copies.rs"]
mod copies;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use serde_json::{Value, json};
use throughline::analysis::Analysis;
use throughline::codebook::Codebook;
use throughline::document::{Corpus, Document, DocumentId};
use throughline::project::Decisions;
use throughline::report::Report;

fn analyze(folder: &Path, arguments: &[&str], n_threads: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
    command.current_dir(folder).arg("analyze").args(arguments).args(["--today", "2026-01-01"]);
    let output = command.env("RAYON_NUM_THREADS", n_threads).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const ALL: [&str; 4] = ["beacon.txt", "courier.txt", "mercury.txt", "signal.txt"];

#[test]
fn programs_get_a_record_for_each_story_after_the_phrases() {
    let folder = tempfile::tempdir().unwrap();
    copies::write(folder.path(), &ALL);
    let forward = analyze(folder.path(), &["signal.txt", "mercury.txt", "beacon.txt", "courier.txt", "--json"], "1");
    let records = |json: &str| -> Vec<Value> {
        let lines = json.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["record"] != "document").collect()
    };
    let found = records(&forward);
    let stories: Vec<&Value> = found.iter().filter(|line| line["record"] == "story").collect();
    let wanted = json!({
        "schema": "throughline/1", "record": "story", "documents": ["beacon.txt", "courier.txt", "mercury.txt"]
    });
    assert_eq!(stories, [&wanted]);
    let order = ["phrase", "story", "statement", "shift", "theme", "furniture", "proposed_date"];
    let place = |line: &Value| order.iter().position(|known| line["record"] == *known).unwrap();
    assert!(found.is_sorted_by_key(place), "{forward}");
    let backward = analyze(folder.path(), &["courier.txt", "beacon.txt", "mercury.txt", "signal.txt", "--json"], "4");
    assert_eq!(records(&backward), found);
}

#[test]
fn readers_get_a_line_for_each_story_below_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    copies::write(folder.path(), &ALL);
    let words = analyze(folder.path(), &ALL, "2");
    let line = "  [1], [2] and [3] tell the same story; what only they share is no phrase";
    let at = words.lines().position(|known| known == line).unwrap_or_else(|| panic!("{words}"));
    let phrases = words.lines().position(|known| known.starts_with("WORDING THAT COMES BACK")).unwrap();
    assert!(at < phrases, "{words}");
    let alone = analyze(folder.path(), &["beacon.txt", "signal.txt"], "2");
    assert!(!alone.contains("the same story"), "{alone}");
}

#[test]
fn a_report_knows_the_copies_of_each_article_it_has() {
    let documents = (1..=5).map(|id| Arc::new(Document::of_lines(DocumentId(id), "The pier is closed.")));
    let corpus = Corpus::new(documents);
    // The last story lost all but one of its articles since.
    let stories = [&[2, 5, 9][..], &[1, 4], &[3, 8]];
    let same_stories = stories.iter().map(|story| story.iter().copied().map(DocumentId).collect()).collect();
    let analysis = Analysis { same_stories, ..Analysis::default() };
    let codebook = Codebook::default();
    let decisions = Decisions::default();
    let report = Report::new(&corpus, &analysis, &codebook, &decisions);
    let mates: Vec<Vec<usize>> =
        report.articles.iter().map(|article| report.same_story(article).map(|other| other.number).collect()).collect();
    assert_eq!(mates, [vec![4], vec![5], vec![], vec![1], vec![2]]);
    assert_eq!(report.stories, [[0, 3], [1, 4]]);
}
