//! The arguments of `export`.

use std::path::Path;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{Refusal, refuse};
use crate::cli::{Export, FileFormat};
use crate::export::What;

/// What is exported, and how.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// The articles for passim: JSON Lines, an article a line
    #[arg(long, conflicts_with_all = ["what", "format", "made"])]
    pub passim: bool,
    /// What is written [default: statements as .csv, else all]
    #[arg(long, value_enum)]
    what: Option<Findings>,
    /// The kind of file [default: by the ending of its name]
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// The day written as the day of making [default: today]
    #[arg(long, value_name = "DAY")]
    made: Option<Date>,
}

/// The forms of an export, by the endings of their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A table: RFC 4180
    Csv,
    /// One JSON object
    Json,
    /// A REFI-QDA project, for ATLAS.ti, MAXQDA, NVivo, QualCoder
    Qdpx,
    /// The whole project as a folder of texts and JSON
    Folder,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Findings {
    Statements,
    Shifts,
    Codebook,
    All,
}

impl Form {
    /// `None` for what is no file.
    fn of_file(self) -> Option<FileFormat> {
        match self {
            Self::Csv => Some(FileFormat::Csv),
            Self::Json => Some(FileFormat::Json),
            Self::Qdpx => Some(FileFormat::Qdpx),
            Self::Folder => None,
        }
    }
}

impl From<Findings> for What {
    fn from(findings: Findings) -> Self {
        match findings {
            Findings::Statements => Self::Statements,
            Findings::Shifts => Self::Shifts,
            Findings::Codebook => Self::Codebook,
            Findings::All => Self::All,
        }
    }
}

impl Target {
    /// Is a folder asked for?
    pub fn is_folder(&self, out: &Path) -> Result<bool, Refusal> {
        match (self.format, self.what) {
            (Some(Form::Folder), None | Some(Findings::All)) if out == Path::new("-") => {
                refuse("a folder has no room on stdout: name one with --out")
            }
            (Some(Form::Folder), None | Some(Findings::All)) => Ok(true),
            (Some(Form::Folder), Some(_)) => refuse("a folder holds everything: leave --what out"),
            _ => Ok(false),
        }
    }

    /// What is written to `out`: its ending says how, where nothing else does.
    pub fn export(&self, out: &Path, today: Date) -> Result<Export, Refusal> {
        let ending = out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let form = self.format.or_else(|| Form::from_str(ending, true).ok());
        let Some(format) = form.and_then(Form::of_file) else {
            return refuse("name a file that ends in .csv, .json or .qdpx, or say --format, or --passim");
        };
        let what = self.what.map(What::from);
        match (format, what) {
            (FileFormat::Csv, Some(What::All)) => {
                refuse("a .csv file holds one table: --what statements, shifts or codebook")
            }
            (FileFormat::Qdpx, Some(What::Statements | What::Shifts | What::Codebook)) => {
                refuse("a .qdpx file holds everything: leave --what out")
            }
            _ => {
                let usual = if format == FileFormat::Csv { What::Statements } else { What::All };
                Ok(Export { what: what.unwrap_or(usual), format, made: self.made.unwrap_or(today) })
            }
        }
    }
}
