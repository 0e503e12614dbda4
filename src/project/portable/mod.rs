//! A project as a folder of texts and JSON that any tool reads, and back again.
//!
//! One folder holds everything a project's file does: articles as plain text with their facts beside them, decisions and
//! steps one a line, the bytes the articles were read from. The same project gives the same bytes. No path leaves with it:
//! a source is cut to its file's name, and a running import is left out; so what is read is equal to what was written once
//! its sources are cut ([`cut`]). `O(n)` in the bytes; one original is held in memory at a time while writing.
//!
//! Reading takes what it can and says what it passed over ([`read`]). Nothing a file says leads outside the folder.

pub mod lines;
mod reading;
mod writing;

pub use reading::{is_export, read};
pub use writing::write;

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use super::CodebookText;
use crate::document::{Document, Source};
use crate::ingest;

/// What `project.json` says it is.
const FORMAT: &str = "throughline-project";

/// The form of the folder that this program writes.
const VERSION: u64 = 1;

/// The largest file of an export that is read, in bytes: a text is at most what is unpacked of one document.
const MAX_BYTES: usize = if ingest::MAX_UNPACKED_BYTES > ingest::MAX_FILE_BYTES {
    ingest::MAX_UNPACKED_BYTES
} else {
    ingest::MAX_FILE_BYTES
};

const README: &str = "README.txt";
const COVER: &str = "project.json";
const DECISIONS: &str = "decisions.jsonl";
const HISTORY: &str = "history.jsonl";
const CODEBOOK: &str = "codebook.toml";
const ARTICLES: &str = "articles";
const SET_ASIDE: &str = "set-aside";
const ORIGINALS: &str = "originals";

/// What `project.json` holds.
#[derive(Debug, Serialize)]
struct Cover {
    format: &'static str,
    version: u64,
    counts: Counts,
    /// The open articles by their files, in the order of adding.
    articles: Vec<String>,
    /// What the dates were worked out with.
    dated_by: Value,
    /// The codebook the project began with.
    codebook: Option<CodebookText>,
    /// What the window remembers.
    view: Value,
}

/// How much there is of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Counts {
    articles: usize,
    set_aside: usize,
    originals: usize,
    decisions: usize,
    steps: usize,
    steps_done: usize,
}

/// Why a folder could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum PortableError {
    #[error("not a folder that this program exported")]
    NotAnExport { path: PathBuf },
    #[error("exported by a newer version of this program (form {found}, known here up to {known})")]
    TooNew { path: PathBuf, found: u64, known: u64 },
    /// What would be replaced is somebody's work.
    #[error("holds “{name}”, which no export holds")]
    InTheWay { path: PathBuf, name: String },
    #[error("names no folder")]
    NoName { path: PathBuf },
    #[error("could not be used")]
    System {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

impl PortableError {
    fn of(path: &Path, source: impl Into<io::Error>) -> Self {
        Self::System { path: path.to_owned(), source: source.into() }
    }

    /// The folder or file it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::NotAnExport { path }
            | Self::TooNew { path, .. }
            | Self::InTheWay { path, .. }
            | Self::NoName { path }
            | Self::System { path, .. } => path,
        }
    }

    /// What the reader can do about it.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::NotAnExport { .. } => "Name the folder that holds project.json",
            Self::TooNew { .. } => "Install the newer version",
            Self::InTheWay { .. } | Self::NoName { .. } => "Name a folder that does not exist yet",
            Self::System { .. } => "Check that the folder above it is there and may be written",
        }
    }
}

/// What somebody keeps as JSON of their own, as JSON; anything else as a text.
fn opened_up(kept: &str) -> Value {
    serde_json::from_str(kept).ok().filter(Value::is_object).unwrap_or_else(|| kept.into())
}

/// The way back from [`opened_up`].
fn closed_up(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(kept)) => kept.clone(),
        Some(object @ Value::Object(_)) => object.to_string(),
        _ => String::new(),
    }
}

/// An article as it leaves: without the folders of its file.
pub fn cut(document: &Document) -> Cow<'_, Document> {
    match &document.source {
        Source::File { path, part } if path != document.source.name() => {
            let source = Source::File { path: document.source.name().to_owned(), part: *part };
            Cow::Owned(Document { source, ..document.clone() })
        }
        _ => Cow::Borrowed(document),
    }
}

/// The folder and the file's name of a text of an article, `None` where it is none of ours: whatever is asked for stays
/// inside the export.
fn parts_of(name: &str) -> Option<(&str, &str)> {
    let (folder, file) = name.split_once('/')?;
    let is_ours = (folder == ARTICLES || folder == SET_ASIDE) && is_article_file(file) && file.ends_with(".txt");
    is_ours.then_some((folder, file))
}

/// "0001-the-pier.txt" and the like.
fn is_article_file(file: &str) -> bool {
    let Some(stem) = file.strip_suffix(".txt").or_else(|| file.strip_suffix(".json")) else { return false };
    stem.starts_with(|first: char| first.is_ascii_digit())
        && stem.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The SHA-256 that a file of an original is named by.
fn sha256_of_name(file: &str) -> Option<&str> {
    let (sha256, ending) = file.split_at_checked(64)?;
    let is_ending = ending.is_empty()
        || ending.strip_prefix('.').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    (is_sha256(sha256) && is_ending).then_some(sha256)
}

fn is_sha256(sha256: &str) -> bool {
    sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_the_folder() {
        for good in ["articles/0001-the-pier.txt", "set-aside/0002.txt", "articles/12345-a.txt"] {
            assert!(parts_of(good).is_some(), "{good}");
        }
        for bad in [
            "../articles/0001-a.txt",
            "articles/../0001-a.txt",
            "articles/0001-a/../../b.txt",
            "/etc/0001-passwd.txt",
            "articles/.0001-a.txt",
            "articles/0001-a\\..\\b.txt",
            "articles/0001-a.txt/",
            "articles//0001-a.txt",
            "C:/0001-a.txt",
            "articles/0001:a.txt",
            "articles/0001-a.json",
            "articles/0001\0.txt",
            "originals/0001-a.txt",
            "0001-a.txt",
            "articles/",
            "",
        ] {
            assert_eq!(parts_of(bad), None, "{bad}");
        }
        let sha256 = "0".repeat(64);
        assert_eq!(sha256_of_name(&format!("{sha256}.html")), Some(sha256.as_str()));
        assert_eq!(sha256_of_name(&sha256), Some(sha256.as_str()));
        for bad in [format!("{sha256}/a"), format!("{sha256}.a/b"), "0".repeat(63), format!("{}Ä", "0".repeat(63))] {
            assert_eq!(sha256_of_name(&bad), None, "{bad}");
        }
    }

    #[test]
    fn a_source_is_cut_to_the_name_of_its_file() {
        let of = |path: &str| {
            let source = Source::File { path: path.to_owned(), part: Some(2) };
            cut(&Document { source, ..Document::of_lines(crate::document::DocumentId(1), "") }).source.label()
        };
        assert_eq!(of("/home/ana/press/pier.txt"), "pier.txt#2");
        assert_eq!(of("C:\\Users\\ana\\pier.txt"), "pier.txt#2");
        assert_eq!(of("pier.txt"), "pier.txt#2");
    }
}
