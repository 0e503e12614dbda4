//! The command `analyze`, and what the program prints where no window can be shown.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::reading::{Reader, tell_failure, tell_warnings};
use super::{Format, Outcome, tell};
use crate::analysis::reuse::clusters::Clusters;
use crate::analysis::{self, Options, Progress};
use crate::codebook::Codebook;
use crate::document::{Corpus, Document};
use crate::export::json::{self, Record};
use crate::export::text;
use crate::project::{Decisions, clusters};
use crate::report::Report;

/// Reads the paths and prints everything found. Document records come first, in the order of the paths; nothing after
/// them depends on that order.
pub(super) fn print(
    out: &mut impl io::Write,
    paths: &[PathBuf],
    passim: &[PathBuf],
    codebook: &Codebook,
    format: Format,
    options: Options,
    today: Date,
) -> anyhow::Result<Outcome> {
    let mut documents: Vec<Arc<Document>> = Vec::new();
    let outcome = Reader::new(codebook, today).read(paths, |reading| {
        match (reading, format) {
            (Ok(document), Format::Json) => {
                json::write_document(out, &document, Record::AmongFindings)?;
                documents.push(Arc::new(document));
            }
            (Ok(document), Format::Words) => {
                tell_warnings(&document);
                documents.push(Arc::new(document));
            }
            (Err(failure), Format::Json) => {
                json::write_failure(out, &failure.path, failure.code, &failure.message)?;
            }
            (Err(failure), Format::Words) => tell_failure(&failure),
        }
        Ok(())
    })?;
    let corpus = Corpus::new(documents);
    let (clusters, outcome_of_clusters) = read_clusters(passim);
    let options = Options { clusters: Arc::new(clusters), ..options };
    let analysis = analysis::analyze(&corpus, codebook, &options, &Progress::default())?;
    for message in analysis.imported.unplaced.messages(&corpus) {
        tell(&message);
    }
    let decisions = Decisions::default();
    let report = Report::new(&corpus, &analysis, codebook, &decisions);
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
