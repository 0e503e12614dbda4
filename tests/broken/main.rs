//! Whatever is broken in a file, the program lives, says what became of it in time, and reads the good files beside it.
//!
//! A seeded slice runs with the other tests; `THROUGHLINE_SOAK=full cargo test --release --test broken` runs five
//! thousand files. All go through the program itself, its workers and all.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test fails by panicking")]

mod bombs;
mod good;
mod mutate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use self::good::{Good, good_files};
use self::mutate::{Random, broken};

/// A worker has 10 s for a file; to end it and to show the bare words of a page takes a moment more.
const MOST: Duration = Duration::from_secs(12);

/// What `throughline read` said of its files.
struct Answers {
    /// By path: the text, or the code of the error.
    by_path: BTreeMap<String, Result<String, String>>,
    status: Option<i32>,
}

/// Runs `throughline read --json` over these files and checks the form of all it prints.
fn read(paths: &[PathBuf]) -> Answers {
    let output = Command::new(env!("CARGO_BIN_EXE_throughline"))
        .args(["read", "--json"])
        .args(paths)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let mut by_path = BTreeMap::new();
    for line in String::from_utf8(output.stdout).expect("JSON is UTF-8").lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        let path = value["path"].as_str().unwrap().to_owned();
        let answer = match &value["error"] {
            serde_json::Value::Null => Ok(value["text"].as_str().unwrap().to_owned()),
            error => {
                assert!(!error["message"].as_str().unwrap().is_empty(), "{line}");
                Err(error["code"].as_str().unwrap().to_owned())
            }
        };
        // A file may hold several articles.
        by_path
            .entry(path)
            .and_modify(|known: &mut Result<String, String>| {
                if let (Ok(known), Ok(more)) = (known, &answer) {
                    known.push_str(more);
                }
            })
            .or_insert(answer);
    }
    Answers { by_path, status: output.status.code() }
}

/// The words of a text with one space between: where lines break is the format's business.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was seen of many files.
#[derive(Debug, Default)]
struct Tally {
    n_documents: usize,
    n_errors: BTreeMap<String, usize>,
    slowest: (Duration, String),
}

/// Reads each file in a run of its own beside a good one, two runs at a time, and checks what is promised.
fn check(folder: &Path, files: &[(String, Vec<u8>)], companion: &Good) -> Tally {
    let good = folder.join(format!("good-{}", companion.name));
    std::fs::write(&good, &companion.bytes).unwrap();
    let (next, tally) = (AtomicUsize::new(0), Mutex::new(Tally::default()));
    let run = || {
        while let Some((name, bytes)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let path = folder.join(name);
            std::fs::write(&path, bytes).unwrap();
            let start = Instant::now();
            let answers = read(&[path.clone(), good.clone()]);
            let elapsed = start.elapsed();
            let answer = answers.by_path.get(path.to_str().unwrap());
            let answer = answer.unwrap_or_else(|| panic!("{name}: no answer, status {:?}", answers.status));
            let expected = if answer.is_ok() { 0 } else { 2 };
            assert_eq!(answers.status, Some(expected), "{name}: {answer:?}");
            let text = answers.by_path[good.to_str().unwrap()].as_ref().unwrap();
            assert!(words(text).contains(companion.holds), "{name} spoiled its neighbor");
            assert!(elapsed < MOST, "{name} took {elapsed:?}");
            let mut tally = tally.lock().unwrap();
            if elapsed > tally.slowest.0 {
                tally.slowest = (elapsed, name.clone());
            }
            if elapsed > MOST / 4 {
                println!("{name}: {elapsed:.1?}, {:?}", answer.as_ref().map(String::len));
            }
            match answer {
                Ok(_) => tally.n_documents += 1,
                Err(code) => *tally.n_errors.entry(code.clone()).or_default() += 1,
            }
            drop(tally);
            std::fs::remove_file(&path).unwrap();
        }
    };
    std::thread::scope(|scope| {
        let runs = [scope.spawn(run), scope.spawn(run)];
        for run in runs {
            run.join().expect("every promise was kept");
        }
    });
    tally.into_inner().unwrap()
}

fn is_full() -> bool {
    std::env::var_os("THROUGHLINE_SOAK").is_some_and(|value| value == "full")
}

#[test]
fn every_good_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let files = good_files();
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.path().join(&file.name)).collect();
    for (file, path) in files.iter().zip(&paths) {
        std::fs::write(path, &file.bytes).unwrap();
    }
    let answers = read(&paths);
    for (file, path) in files.iter().zip(&paths) {
        let text = answers.by_path[path.to_str().unwrap()].as_ref();
        let text = text.unwrap_or_else(|code| panic!("{}: {code}", file.name));
        assert!(words(text).contains(file.holds), "{}: {text}", file.name);
    }
    assert_eq!(answers.status, Some(0));
}

/// Many broken files in one run, as a reader drops a folder; the good ones stand among them.
#[test]
fn broken_files_lose_themselves_only() {
    let (n_files, seed) = if is_full() { (5000, 2) } else { (100, 1) };
    let folder = tempfile::tempdir().unwrap();
    let (mut random, files) = (Random::new(seed), good_files());
    for file in &files {
        std::fs::write(folder.path().join(format!("good-{}", file.name)), &file.bytes).unwrap();
    }
    let mut names = Vec::new();
    for number in 0..n_files {
        let (name, bytes) = broken(&mut random, &files, number);
        std::fs::write(folder.path().join(&name), bytes).unwrap();
        names.push(name);
    }
    let start = Instant::now();
    let answers = read(&[folder.path().to_owned()]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut n_errors = BTreeMap::new();
    for name in &names {
        match answers.by_path.get(&path(name)) {
            None => panic!("{name}: no answer, status {:?}", answers.status),
            Some(Ok(_)) => {}
            Some(Err(code)) => *n_errors.entry(code.clone()).or_insert(0) += 1,
        }
    }
    for file in &files {
        let text = answers.by_path[&path(&format!("good-{}", file.name))].as_ref();
        assert!(words(text.unwrap()).contains(file.holds), "{}", file.name);
    }
    assert_eq!(answers.status, Some(if n_errors.is_empty() { 0 } else { 2 }));
    println!("{n_files} files in {:?}, errors {n_errors:?}", start.elapsed());
}

/// Each file in time, and its neighbor unharmed.
#[test]
fn each_broken_file_is_answered_in_time() {
    let n_files = if is_full() { 2000 } else { 20 };
    let folder = tempfile::tempdir().unwrap();
    let (mut random, files) = (Random::new(3), good_files());
    let broken: Vec<(String, Vec<u8>)> = (0..n_files).map(|number| broken(&mut random, &files, number)).collect();
    let tally = check(folder.path(), &broken, &files[4]);
    println!("{tally:?}");
}

/// Files made to harm. The slice leaves out those that need the whole time limit.
#[test]
fn bombs_are_answered_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut bombs = bombs::bombs();
    if !is_full() {
        bombs.retain(|(_, bytes)| bytes.len() < 200_000);
    }
    let tally = check(folder.path(), &bombs, &good_files()[4]);
    println!("{} bombs: {tally:?}", bombs.len());
}
