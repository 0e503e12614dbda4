//! The command `analyze`, and what the program prints where no window can be shown.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::projects::{self, Work};
use super::reading::{tell_failure, tell_warnings};
use super::{Format, Outcome, tell};
use crate::analysis::reuse::clusters::Clusters;
use crate::analysis::{self, Options, Progress};
use crate::export::json::{self, Record};
use crate::export::text;
use crate::project::clusters;
use crate::report::Report;

/// Reads the paths and prints everything found. Document records come first, in the order of the paths; nothing after
/// them depends on that order.
pub(super) fn print(
    out: &mut impl io::Write,
    paths: &[PathBuf],
    passim: &[PathBuf],
    codebook: Option<&str>,
    format: Format,
    options: &Options,
    today: Date,
) -> anyhow::Result<Outcome> {
    let Work { corpus, decisions, codebook, edits, revisions, outcome } =
        projects::work(paths, codebook, today, &mut |reading| match (reading, format) {
            (Ok(document), Format::Json) => json::write_document(out, document, Record::AmongFindings),
            (Ok(document), Format::Words) => {
                tell_warnings(document);
                Ok(())
            }
            (Err(failure), Format::Json) => json::write_failure(out, &failure.path, failure.code, &failure.message),
            (Err(failure), Format::Words) => {
                tell_failure(failure);
                Ok(())
            }
        })?;
    let (clusters, outcome_of_clusters) = read_clusters(passim);
    let options = Options { clusters: Arc::new(clusters), edits, revisions, ..options.clone() };
    let analysis = analysis::analyze(&corpus, &codebook, &options, &Progress::default())?;
    for message in analysis.imported.unplaced.messages(&corpus) {
        tell(&message);
    }
    let report = Report::new(&corpus, &analysis, &codebook, &decisions);
    match format {
        Format::Json => json::write_findings(out, &report)?,
        Format::Words => text::write_report(out, &report)?,
    }
    let outcome = outcome.max(outcome_of_clusters);
    Ok(if outcome == Outcome::Done && !report.has_findings() { Outcome::NothingFound } else { outcome })
}

/// What passim wrote, with all that stood in the way told.
fn read_clusters(passim: &[PathBuf]) -> (Clusters, Outcome) {
    let reading = clusters::read(passim);
    reading.failures.iter().for_each(tell_failure);
    reading.bad_lines.iter().for_each(|bad| tell(&bad.words()));
    let is_whole = reading.failures.is_empty() && reading.bad_lines.is_empty();
    (reading.clusters, if is_whole { Outcome::Done } else { Outcome::Failed })
}
