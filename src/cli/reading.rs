//! Paths to documents, in parallel, each failure kept beside the rest; and the command `read`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;
use sha2::Digest as _;

use super::{Format, Outcome, tell};
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId, Source, Warning};
use crate::export::json::{self, Record};
use crate::export::text;
use crate::ingest::{self, Hint, IngestError};
use crate::project::files::{self, File, FileError};

/// How many files are read before the first is printed: enough to keep every core busy.
const CHUNK: usize = 64;

/// What became of one file.
pub(super) type Reading = Result<Document, Failure>;

/// Why a file could not be read.
#[derive(Debug)]
pub(super) struct Failure {
    pub path: String,
    pub code: &'static str,
    /// With its causes.
    pub message: String,
    /// What the reader can do about it.
    pub next_step: &'static str,
}

impl Failure {
    fn of_file(error: FileError) -> Self {
        Self {
            path: error.path().to_string_lossy().into_owned(),
            code: error.code(),
            next_step: error.next_step(),
            message: format!("{:#}", anyhow::Error::from(error)),
        }
    }

    fn of_content(path: String, error: &IngestError) -> Self {
        Self { path, code: error.code(), next_step: error.next_step(), message: error.to_string() }
    }

    /// Tells the person at the terminal.
    pub fn tell(&self) {
        tell(&format!("{}: {}. {}", self.path, self.message, self.next_step));
    }
}

/// Reads everything under `paths`, or the built-in articles where there are none, and hands each result on in the
/// order of the paths.
pub(super) fn read_paths(
    paths: &[PathBuf],
    codebook: &Codebook,
    today: Date,
    mut each: impl FnMut(Reading) -> io::Result<()>,
) -> io::Result<Outcome> {
    let mut outcome = Outcome::NothingFound;
    let mut first_paths = BTreeMap::new();
    let mut sample = paths.is_empty().then(|| sample(codebook, today));
    let mut found = files::find_files(paths).into_iter();
    loop {
        let chunk: Vec<_> = found.by_ref().take(CHUNK).collect();
        let mut readings: Vec<Reading> = match sample.take() {
            Some(sample) => sample,
            None if chunk.is_empty() => return Ok(outcome),
            None => chunk.into_par_iter().map(|file| read_file(file, codebook, today)).collect(),
        };
        for reading in &mut readings {
            match reading {
                Ok(document) => warn_of_same_content(document, &mut first_paths),
                Err(_) => outcome = Outcome::Failed,
            }
        }
        if outcome == Outcome::NothingFound {
            outcome = Outcome::Done;
        }
        readings.into_iter().try_for_each(&mut each)?;
    }
}

fn read_file(file: Result<File, FileError>, codebook: &Codebook, today: Date) -> Reading {
    let file = file.map_err(Failure::of_file)?;
    let bytes = file.read().map_err(Failure::of_file)?;
    let hint = Hint { file_name: file.name(), encoding: None };
    let parsed = ingest::parse(&bytes, &hint).map_err(|error| Failure::of_content(file.label(), &error))?;
    let source = Source::File { path: file.label(), part: None };
    Ok(ingest::understand(parsed, &sha256(&bytes), source, codebook, today))
}

/// The whole text of one file, for commands that need no more of it.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    let file = File { path: path.to_owned() };
    let bytes = file.read().map_err(Failure::of_file)?;
    let hint = Hint { file_name: file.name(), encoding: None };
    let parsed = ingest::parse(&bytes, &hint).map_err(|error| Failure::of_content(file.label(), &error))?;
    Ok(parsed.text)
}

fn sha256(bytes: &[u8]) -> String {
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The five built-in articles.
fn sample(codebook: &Codebook, today: Date) -> Vec<Reading> {
    const ARTICLES: [(&str, &str); 5] = [
        ("000_a454fe8a7f08d7e3.txt", include_str!("../../seeds/000_a454fe8a7f08d7e3.txt")),
        ("001_c55e87a090aca251.txt", include_str!("../../seeds/001_c55e87a090aca251.txt")),
        ("002_444800f51eb81dcd.txt", include_str!("../../seeds/002_444800f51eb81dcd.txt")),
        ("003_b6f2202c098a664e.txt", include_str!("../../seeds/003_b6f2202c098a664e.txt")),
        ("004_79fc82bee750cef7.txt", include_str!("../../seeds/004_79fc82bee750cef7.txt")),
    ];
    let read = |(name, text): (&str, &str)| {
        let hint = Hint { file_name: name.to_owned(), encoding: None };
        let parsed =
            ingest::parse(text.as_bytes(), &hint).map_err(|error| Failure::of_content(name.to_owned(), &error))?;
        let source = Source::Sample(name.to_owned());
        Ok(ingest::understand(parsed, &sha256(text.as_bytes()), source, codebook, today))
    };
    ARTICLES.into_iter().map(read).collect()
}

/// The same article under two paths is read twice and compared once; the second one says so.
fn warn_of_same_content(document: &mut Document, first_paths: &mut BTreeMap<DocumentId, String>) {
    let label = document.source.label();
    if let Some(first) = first_paths.get(&document.id) {
        document.warnings.push(Warning {
            code: "same-content".to_owned(),
            message: format!("the same content as {first}; counted once"),
        });
    } else {
        first_paths.insert(document.id, label);
    }
}

/// Tells of a document's warnings.
pub(super) fn tell_warnings(document: &Document) {
    for warning in &document.warnings {
        tell(&format!("{}: {}", document.source.label(), warning.message));
    }
}

/// The command `read`.
pub(super) fn print(
    out: &mut impl io::Write,
    paths: &[PathBuf],
    format: Format,
    today: Date,
) -> anyhow::Result<Outcome> {
    let codebook = Codebook::built_in();
    let outcome = read_paths(paths, &codebook, today, |reading| match (reading, format) {
        (Ok(document), Format::Json) => json::write_document(out, &document, Record::Alone),
        (Ok(document), Format::Words) => text::write_document(out, &document),
        (Err(failure), Format::Json) => json::write_failure(out, &failure.path, failure.code, &failure.message),
        (Err(failure), Format::Words) => {
            failure.tell();
            Ok(())
        }
    })?;
    Ok(outcome)
}
