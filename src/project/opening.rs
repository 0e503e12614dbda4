//! From files to documents: what the window, the pictures and the command line all do first.
//!
//! Each failure stands beside the rest; the good files open whatever happens to the others.

use jiff::civil::Date;

use super::files::{File, FileError};
use super::home;
use crate::codebook::Codebook;
use crate::document::{Document, Source};
use crate::ingest::{Hint, IngestError, Reader};

/// Opens files as documents. Shared between threads.
pub struct Opener<'a> {
    pub reader: &'a Reader,
    pub codebook: &'a Codebook,
    /// The last day an article may have been published.
    pub today: Date,
}

/// Why a file could not be opened, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The path as it was given.
    pub path: String,
    /// The file name alone.
    pub name: String,
    /// Stable id for the JSON output.
    pub code: &'static str,
    /// With its causes.
    pub message: String,
    /// What the reader can do about it.
    pub next_step: &'static str,
}

impl Opener<'_> {
    /// Opens the articles of one file that was found, or passes on why there are none.
    ///
    /// # Errors
    /// [`Failure`] where it cannot be read or holds no article.
    pub fn open(&self, found: Result<File, FileError>) -> Result<Vec<Document>, Failure> {
        self.open_whole(found).map(|(documents, _)| documents)
    }

    /// As [`open`](Self::open), with the bytes of the file.
    ///
    /// # Errors
    /// As there.
    pub fn open_whole(&self, found: Result<File, FileError>) -> Result<(Vec<Document>, Vec<u8>), Failure> {
        let file = found.map_err(|error| Failure::of_file(&error))?;
        if home::is_named_project(&file.path) {
            return Err(Failure::of_project(&file));
        }
        let bytes = file.read().map_err(|error| Failure::of_file(&error))?;
        let hint = Hint { file_name: file.name(), ..Hint::default() };
        let source = Source::File { path: file.label(), part: None };
        let read = self.reader.read(&bytes, &hint, &source, self.codebook, self.today);
        read.map(|documents| (documents, bytes)).map_err(|error| Failure::of_content(&file, &error))
    }

    /// Opens a text that was pasted; `number` tells several apart.
    ///
    /// # Errors
    /// [`Failure`] where it holds no article.
    pub fn open_pasted(&self, text: &str, number: u32) -> Result<Vec<Document>, Failure> {
        self.open_bytes("pasted text", text.as_bytes(), &Source::Pasted { number, part: None })
    }

    /// Opens bytes that a project kept, by the name of their file.
    ///
    /// # Errors
    /// [`Failure`] where they hold no article.
    pub fn open_bytes(&self, name: &str, bytes: &[u8], source: &Source) -> Result<Vec<Document>, Failure> {
        let file = File { path: name.into() };
        let hint = Hint { file_name: file.name(), ..Hint::default() };
        let read = self.reader.read(bytes, &hint, source, self.codebook, self.today);
        read.map_err(|error| Failure::of_content(&file, &error))
    }
}

impl Failure {
    /// A project among articles.
    fn of_project(file: &File) -> Self {
        Self {
            path: file.label(),
            name: file.name(),
            code: "project",
            message: "a project, not an article".to_owned(),
            next_step: "Open it alone",
        }
    }

    pub fn of_file(error: &FileError) -> Self {
        let file = File { path: error.path().to_owned() };
        let cause = std::error::Error::source(error).map_or(String::new(), |source| format!(": {source}"));
        Self {
            path: file.label(),
            name: file.name(),
            code: error.code(),
            next_step: error.next_step(),
            message: format!("{error}{cause}"),
        }
    }

    pub fn of_content(file: &File, error: &IngestError) -> Self {
        Self {
            path: file.label(),
            name: file.name(),
            code: error.code(),
            message: error.to_string(),
            next_step: error.next_step(),
        }
    }
}
