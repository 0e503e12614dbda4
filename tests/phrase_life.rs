//! Every output tells the life of a phrase: whose words each place is made of, and what changed around it.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const OLD: &str = "Harbor council fears for the pier\n\nThe council met on Monday 4 March 2019. \"We are of course concerned \
    about the reckless dredging of the northern channel,\" mayor Ana Lund said.\n";
const NEW: &str = "Harbor council speaks again\n\nThe council met on Tuesday 12 May 2020. \"We are of course concerned about \
    the possible subsidy that the ministry grants to the ferry company,\" mayor Ana Lund said. She said the council is of \
    course concerned about the noise.\n";

fn analyze(folder: &Path, arguments: &[&str]) -> String {
    let paths = [("old.txt", OLD), ("new.txt", NEW)].map(|(name, text)| {
        std::fs::write(folder.join(name), text).unwrap();
        folder.join(name)
    });
    let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
    let output = command.arg("analyze").args(paths).args(["--today", "2026-01-01"]).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn json_says_for_each_place_whose_words_it_is_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let json = analyze(folder.path(), &["--json"]);
    let records: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let phrases: Vec<&Value> = records.iter().filter(|record| record["record"] == "phrase").collect();
    let phrase = phrases.iter().find(|phrase| phrase["label"].as_str().unwrap().contains("of course concerned about"));
    let phrase = phrase.unwrap();
    // A name is the reader's, and nobody gave one.
    assert!(phrase.get("name").is_none() && phrase["why"].is_null());
    let places = phrase["occurrences"].as_array().unwrap();
    let told: Vec<(&str, bool)> = places
        .iter()
        .map(|place| (place["quotation"].as_str().unwrap(), place["why"].as_str().is_some_and(|why| !why.is_empty())))
        .collect();
    assert!(told.len() >= 2 && told.iter().all(|(_, has_why)| *has_why), "{told:?}");
    assert_eq!((told[0].0, told[1].0), ("quoted", "quoted"), "{places:?}");
    assert!(places.iter().all(|place| place.get("speaker").is_some()), "known or null, the field is there");
}

#[test]
fn words_say_what_changed_around_a_phrase() {
    let folder = tempfile::tempdir().unwrap();
    let words = analyze(folder.path(), &[]);
    let flowing = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "~ after “about the”: reckless dredging of the northern channel → possible subsidy that the ministry grants to \
        the …";
    assert!(flowing.contains(told), "{words}");
    assert!(flowing.contains("quoted)"), "{words}");
}
