//! Paths to documents, in parallel, each failure kept beside the rest; and the command `read`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use super::{Format, Outcome, tell};
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId, Warning};
use crate::export::json::{self, Record};
use crate::export::text;
use crate::ingest::{self, Hint};
use crate::project::files::{self, File};
use crate::project::opening::{Failure, Opener};

/// How many files are read before the first is printed: enough to keep every core busy.
const CHUNK: usize = 64;

/// What became of one file.
pub(super) type Reading = Result<Document, Failure>;

/// Tells the person at the terminal what failed.
pub(super) fn tell_failure(failure: &Failure) {
    tell(&format!("{}: {}. {}", failure.path, failure.message, failure.next_step));
}

/// Reads files, and html in worker processes: this same program, called again.
pub(super) struct Reader<'a> {
    reader: ingest::Reader,
    codebook: &'a Codebook,
    today: Date,
}

impl<'a> Reader<'a> {
    pub fn new(codebook: &'a Codebook, today: Date) -> Self {
        // Where the program cannot be found again (it was deleted while it ran), html is parsed in this process.
        Self { reader: ingest::Reader::new(std::env::current_exe().ok()), codebook, today }
    }

    /// Reads everything under `paths`, or the built-in articles where there are none, and hands each result on in the
    /// order of the paths.
    pub fn read(&self, paths: &[PathBuf], mut each: impl FnMut(Reading) -> io::Result<()>) -> io::Result<Outcome> {
        let mut outcome = Outcome::NothingFound;
        if paths.is_empty() {
            for document in ingest::sample(self.codebook, self.today) {
                outcome = Outcome::Done;
                each(Ok(document))?;
            }
            return Ok(outcome);
        }
        let mut first_paths = BTreeMap::new();
        let mut found = files::find_files(paths).into_iter();
        loop {
            let chunk: Vec<_> = found.by_ref().take(CHUNK).collect();
            if chunk.is_empty() {
                return Ok(outcome);
            }
            let opener = Opener { reader: &self.reader, codebook: self.codebook, today: self.today };
            let readings: Vec<_> = chunk.into_par_iter().map(|file| opener.open(file)).collect();
            for reading in readings {
                match reading {
                    Ok(documents) => {
                        outcome = if outcome == Outcome::Failed { outcome } else { Outcome::Done };
                        for mut document in documents {
                            warn_of_same_content(&mut document, &mut first_paths);
                            each(Ok(document))?;
                        }
                    }
                    Err(failure) => {
                        outcome = Outcome::Failed;
                        each(Err(failure))?;
                    }
                }
            }
        }
    }
}

/// The whole text of one file, for commands that need no more of it.
pub(super) fn read_text(reader: &ingest::Reader, path: &Path) -> Result<String, Failure> {
    let file = File { path: path.to_owned() };
    let bytes = file.read().map_err(|error| Failure::of_file(&error))?;
    let hint = Hint { file_name: file.name(), encoding: None };
    reader.text(&bytes, &hint).map_err(|error| Failure::of_content(&file, &error))
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
    let outcome = Reader::new(&codebook, today).read(paths, |reading| match (reading, format) {
        (Ok(document), Format::Json) => json::write_document(out, &document, Record::Alone),
        (Ok(document), Format::Words) => text::write_document(out, &document),
        (Err(failure), Format::Json) => json::write_failure(out, &failure.path, failure.code, &failure.message),
        (Err(failure), Format::Words) => {
            tell_failure(&failure);
            Ok(())
        }
    })?;
    Ok(outcome)
}
