//! The command `export`: articles for other programs.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use jiff::civil::Date;

use super::Outcome;
use super::reading::{Reader, tell_failure, tell_warnings};
use crate::analysis::furniture;
use crate::codebook::Codebook;
use crate::document::{Corpus, Document};
use crate::export::passim;
use crate::project::files;

/// Reads the paths and writes their articles for passim to `file`, or to `out` where it is `-`. Nothing is written where
/// no article could be read.
pub(super) fn to_passim(
    out: &mut impl io::Write,
    paths: &[PathBuf],
    codebook: &Codebook,
    file: &Path,
    today: Date,
) -> anyhow::Result<Outcome> {
    let mut documents: Vec<Arc<Document>> = Vec::new();
    let outcome = Reader::new(codebook, today).read(paths, |reading| {
        match reading {
            Ok(document) => {
                tell_warnings(&document);
                documents.push(Arc::new(document));
            }
            Err(failure) => tell_failure(&failure),
        }
        Ok(())
    })?;
    if documents.is_empty() {
        return Ok(outcome);
    }
    let corpus = Corpus::new(documents);
    // Lines that only the outlet's other articles show to be furniture are blanked too.
    let corpus = furniture::laid_over(&corpus, &furniture::find_recurring(&corpus));
    if file == Path::new("-") {
        passim::write_articles(out, &corpus)?;
    } else {
        files::write_whole(file, |out| passim::write_articles(out, &corpus))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(outcome)
}
