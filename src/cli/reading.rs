//! Paths to documents, in parallel, each failure kept beside the rest; and the command `read`.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use jiff::civil::Date;
use rayon::prelude::*;

use super::codebook::load;
use super::{Format, Outcome, projects, tell};
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId, Warning};
use crate::export::json::{self, Record};
use crate::export::text;
use crate::ingest;
use crate::project::files::{self, File, FileError};
use crate::project::opening::{Failure, Opener};

/// At most so many files are read before the first is printed: enough to keep every core busy.
const CHUNK_FILES: usize = 128;

/// Files that are read together hold at most so many bytes, or there is one of them.
const CHUNK_BYTES: u64 = 64 * 1024 * 1024;

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
        self.read_chunks(paths, |chunk| chunk.into_iter().try_for_each(&mut each))
    }

    /// As [`read`](Self::read), some results at a time: as many as there are is never held in memory.
    fn read_chunks(
        &self,
        paths: &[PathBuf],
        mut each: impl FnMut(Vec<Reading>) -> io::Result<()>,
    ) -> io::Result<Outcome> {
        if paths.is_empty() {
            let sample = ingest::sample(self.codebook, self.today);
            let outcome = if sample.is_empty() { Outcome::NothingFound } else { Outcome::Done };
            each(sample.into_iter().map(Ok).collect())?;
            return Ok(outcome);
        }
        let mut outcome = Outcome::NothingFound;
        let mut first_paths = BTreeMap::new();
        let mut found = files::find_files(paths).into_iter().peekable();
        let opener = Opener { reader: &self.reader, codebook: self.codebook, today: self.today };
        while found.peek().is_some() {
            let opened: Vec<_> = chunk(&mut found).into_par_iter().map(|file| opener.open(file)).collect();
            let mut readings = Vec::with_capacity(opened.len());
            for file in opened {
                match file {
                    Ok(documents) => {
                        outcome = if outcome == Outcome::Failed { outcome } else { Outcome::Done };
                        readings.extend(documents.into_iter().map(|mut document| {
                            warn_of_same_content(&mut document, &mut first_paths);
                            Ok(document)
                        }));
                    }
                    Err(failure) => {
                        outcome = Outcome::Failed;
                        readings.push(Err(failure));
                    }
                }
            }
            each(readings)?;
        }
        Ok(outcome)
    }
}

/// The next files, as many as are read together.
fn chunk(found: &mut impl Iterator<Item = Found>) -> Vec<Found> {
    let (mut chunk, mut n_bytes) = (Vec::new(), 0);
    while chunk.len() < CHUNK_FILES && n_bytes < CHUNK_BYTES {
        let Some(file) = found.next() else { break };
        // What has no size is no file, and says so when it is opened.
        n_bytes += file.as_ref().map_or(0, |file| file.path.metadata().map_or(0, |metadata| metadata.len()));
        chunk.push(file);
    }
    chunk
}

type Found = Result<File, FileError>;

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
    codebook: Option<&str>,
    format: Format,
    today: Date,
) -> anyhow::Result<Outcome> {
    let mut print = |chunk: Vec<Reading>| {
        // Lines are made by all threads and written by one, in their order.
        let lines: Vec<io::Result<Vec<u8>>> = chunk.par_iter().map(|reading| line(reading, format)).collect();
        for (reading, line) in chunk.iter().zip(lines) {
            out.write_all(&line?)?;
            if let (Err(failure), Format::Words) = (reading, format) {
                tell_failure(failure);
            }
        }
        Ok(())
    };
    if let Some(opened) = projects::opened(paths, codebook, today)? {
        print(opened.decided().map(|document| Ok(Document::clone(document))).collect())?;
        return Ok(opened.outcome());
    }
    Ok(Reader::new(&load(codebook)?, today).read_chunks(paths, print)?)
}

/// What is printed of one file.
fn line(reading: &Reading, format: Format) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    match (reading, format) {
        (Ok(document), Format::Json) => json::write_document(&mut line, document, Record::Alone)?,
        (Ok(document), Format::Words) => text::write_document(&mut line, document)?,
        (Err(failure), Format::Json) => json::write_failure(&mut line, &failure.path, failure.code, &failure.message)?,
        (Err(_), Format::Words) => {}
    }
    Ok(line)
}
