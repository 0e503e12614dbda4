//! Same articles, same bytes out: whatever the order of loading and the number of threads.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The built-in articles, as files.
fn articles() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    assert_eq!(paths.len(), 5);
    paths
}

fn analyze(paths: &[PathBuf], n_threads: usize, json: bool) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
    command.arg("analyze").args(paths).args(["--today", "2026-01-01"]);
    if json {
        command.arg("--json");
    }
    let output = command.env("RAYON_NUM_THREADS", n_threads.to_string()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The lines of documents, and the rest.
fn split(json: &str) -> (Vec<&str>, Vec<&str>) {
    json.lines().partition(|line| line.contains("\"record\":\"document\""))
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let paths = articles();
    let one = analyze(&paths, 1, true);
    for n_threads in [2, 5] {
        assert_eq!(analyze(&paths, n_threads, true), one, "{n_threads} threads");
    }
    assert_eq!(analyze(&paths, 1, false), analyze(&paths, 4, false));
}

#[test]
fn the_order_of_arguments_orders_the_documents_and_nothing_else() {
    let paths = articles();
    let first = analyze(&paths, 2, true);
    let (documents, findings) = split(&first);
    assert!(findings.len() > 5, "{}", findings.len());
    for n_turned in 1..paths.len() {
        let mut turned = paths.clone();
        turned.rotate_left(n_turned);
        turned.swap(0, 1);
        let second = analyze(&turned, 2, true);
        let (other_documents, other_findings) = split(&second);
        assert_eq!(other_findings, findings, "turned by {n_turned}");
        let place = |path: &PathBuf| paths.iter().position(|known| known == path).unwrap();
        let expected: Vec<_> = turned.iter().map(|path| documents[place(path)]).collect();
        assert_eq!(other_documents, expected, "turned by {n_turned}");
    }
    assert_eq!(analyze(&paths, 2, false), {
        let mut reversed = paths.clone();
        reversed.reverse();
        analyze(&reversed, 2, false)
    });
}
