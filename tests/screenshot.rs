//! `throughline screenshot` needs no display, and gives the same bytes for the same articles.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const ARTICLES: [(&str, &str); 2] = [
    (
        "pier.txt",
        "Harbor board urges an end to dredging\n\n4 March 2019\n\nThe harbor board said it must put an end to dredging \
         in the outer basin before the summer.\n\n\"We must put an end to dredging in the outer basin,\" the chair \
         said on Monday.\n",
    ),
    (
        "quay.txt",
        "Harbor board welcomes a pause\n\n9 January 2024\n\nThe harbor board welcomed a pause, five years after it \
         called for an end to dredging in the outer basin.\n\n\"A pause is not an end,\" the chair said.\n",
    ),
];

/// A folder with the articles.
fn articles() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in ARTICLES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn run(paths: &[PathBuf], view: &str, out: &Path, n_threads: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_throughline"))
        .arg("screenshot")
        .args(paths)
        .args(["--view", view, "--size", "800x450", "--today", "2026-11-21", "--out"])
        .arg(out)
        .env("RAYON_NUM_THREADS", n_threads)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap()
}

#[test]
fn same_articles_give_the_same_bytes_in_any_order_on_any_number_of_threads() {
    let folder = articles();
    let paths = ARTICLES.map(|(name, _)| folder.path().join(name));
    let turned = [paths[1].clone(), paths[0].clone()];
    let out = folder.path().join("out.png");
    for view in ["read", "phrases", "positions", "compare"] {
        let picture = |paths: &[PathBuf], n_threads| {
            let output = run(paths, view, &out, n_threads);
            assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
            std::fs::read(&out).unwrap()
        };
        let bytes = picture(&paths, "1");
        assert!(bytes == picture(&paths, "1") && bytes == picture(&turned, "4"), "{view}");
        assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
        assert_eq!(bytes[16..24], [0, 0, 3, 32, 0, 0, 1, 194], "800 × 450");
        let folder_name = folder.path().file_name().unwrap().as_encoded_bytes();
        assert!(!bytes.windows(folder_name.len()).any(|window| window == folder_name), "no path in the file");
    }
}

#[test]
fn file_that_cannot_be_read_is_told_and_the_rest_is_drawn() {
    let folder = articles();
    let missing = folder.path().join("gone.txt");
    let out = folder.path().join("out.png");
    let output = run(&[folder.path().join("pier.txt"), missing.clone()], "read", &out, "2");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("gone.txt"), "{output:?}");
    assert!(out.exists());

    let none = folder.path().join("none.png");
    let output = run(&[missing], "read", &none, "2");
    assert_eq!(output.status.code(), Some(2));
    assert!(!none.exists(), "no picture of nothing");
}

#[test]
fn picture_that_cannot_be_written_is_an_error() {
    let folder = articles();
    let output = run(&[folder.path().join("pier.txt")], "read", &folder.path().join("no/such/folder.png"), "2");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("folder.png"), "{output:?}");
}
