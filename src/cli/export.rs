//! The command `export`: articles and findings for other programs.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::civil::Date;

use super::projects::{self, Work};
use super::reading::{Reading, tell_failure, tell_warnings};
use super::{FileFormat, Outcome};
use crate::analysis::{self, Options, Progress, furniture};
use crate::export::{What, json, passim, qdpx, table};
use crate::project::files;
use crate::report::Report;

/// Reads the paths and writes their articles for passim to `file`, or to `out` where it is `-`. Nothing is written where
/// no article could be read.
pub(super) fn to_passim(
    out: &mut impl io::Write,
    paths: &[PathBuf],
    codebook: Option<&str>,
    file: &Path,
    today: Date,
) -> anyhow::Result<Outcome> {
    let Work { corpus, outcome, .. } = projects::work(paths, codebook, today, &mut tell_reading)?;
    if corpus.is_empty() {
        return Ok(outcome);
    }
    // Lines that only the outlet's other articles show to be furniture are blanked too.
    let corpus = furniture::laid_over(&corpus, &furniture::find_recurring(&corpus));
    write(out, file, |mut out| passim::write_articles(&mut out, &corpus))?;
    Ok(outcome)
}

/// What the command writes of the findings, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Export {
    pub what: What,
    pub format: FileFormat,
    /// The day of making that is written.
    pub made: Date,
}

/// Reads and compares the paths and writes what was found to `file`, or to `out` where it is `-`. Nothing is written
/// where no article could be read; where nothing was found, the file says so by being empty of it.
pub(super) fn findings(
    out: &mut impl io::Write,
    paths: &[PathBuf],
    codebook: Option<&str>,
    file: &Path,
    export: Export,
    today: Date,
) -> anyhow::Result<Outcome> {
    let Work { corpus, decisions, codebook, edits, revisions, outcome } =
        projects::work(paths, codebook, today, &mut tell_reading)?;
    if corpus.is_empty() {
        return Ok(outcome);
    }
    let options = Options { edits, revisions, ..Options::default() };
    let analysis = analysis::analyze(&corpus, &codebook, &options, &Progress::default())?;
    let report = Report::new(&corpus, &analysis, &codebook, &decisions);
    let bytes = bytes(&report, export)?;
    write(out, file, |out| out.write_all(&bytes))?;
    let is_empty = match export.what {
        What::Statements => report.statements.is_empty(),
        What::Shifts => report.shifts.is_empty(),
        What::Codebook => false,
        What::All => report.statements.is_empty() && report.shifts.is_empty(),
    };
    Ok(if outcome == Outcome::Done && is_empty { Outcome::NothingFound } else { outcome })
}

fn bytes(report: &Report<'_>, Export { what, format, made }: Export) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match (format, what) {
        (FileFormat::Qdpx, _) => return qdpx::project(report, made),
        (FileFormat::Json, _) => json::write_file(&mut bytes, report, what, made)?,
        (FileFormat::Csv, What::Shifts) => table::write_shifts(&mut bytes, report)?,
        (FileFormat::Csv, What::Codebook) => table::write_codebook(&mut bytes, report)?,
        (FileFormat::Csv, What::Statements | What::All) => table::write_statements(&mut bytes, report)?,
    }
    Ok(bytes)
}

/// Tells what stood in the way of an article.
pub(super) fn tell_reading(reading: &Reading) -> io::Result<()> {
    match reading {
        Ok(document) => tell_warnings(document),
        Err(failure) => tell_failure(failure),
    }
    Ok(())
}

/// To `out` where `file` is `-`. A file is there whole or as it was before.
pub(super) fn write(
    out: &mut impl io::Write,
    file: &Path,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    if file == Path::new("-") {
        write(out)?;
        return Ok(());
    }
    files::write_whole(file, |out| write(out)).with_context(|| format!("cannot write {}", file.display()))
}
