//! Projects on the command line: what every command reads of one, and the commands that make them or take them apart.
//!
//! A project is opened for reading alone, so that a window that holds it is not disturbed. It stands for its articles with
//! what its reader decided, and stands alone among the paths. A folder that `export --format folder` wrote is one too.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use jiff::civil::Date;
use rayon::prelude::*;

use super::codebook::{load, load_written};
use super::export::tell_reading;
use super::reading::{Reader, Reading};
use super::{Outcome, tell};
use crate::analysis::reuse::edits::PhraseEdits;
use crate::analysis::revisions::Revisions;
use crate::codebook::Codebook;
use crate::document::{Corpus, Document, Source};
use crate::ingest;
use crate::project::dated::DatedBy;
use crate::project::files::File;
use crate::project::portable::{self, PortableError};
use crate::project::store::{self, Access, Original, Snapshot, Store, StoreError};
use crate::project::{CodebookText, Command, Decisions, Project};

/// What a command works on: articles, and what a reader decided about them.
pub(super) struct Work {
    pub corpus: Corpus,
    pub decisions: Arc<Decisions>,
    pub codebook: Codebook,
    /// What follows from the decisions for an analysis.
    pub edits: PhraseEdits,
    pub revisions: Revisions,
    pub outcome: Outcome,
}

/// Reads the paths, files or a project, and hands each article on in their order.
pub(super) fn work(
    paths: &[PathBuf],
    codebook: Option<&str>,
    today: Date,
    each: &mut dyn FnMut(&Reading) -> io::Result<()>,
) -> anyhow::Result<Work> {
    if let Some(opened) = opened(paths, codebook, today)? {
        opened.decided().try_for_each(|document| each(&Ok(Document::clone(document))))?;
        let outcome = opened.outcome();
        let Opened { project, corpus, codebook, .. } = opened;
        let options = project.options();
        let decisions = Arc::clone(project.shared_decisions());
        return Ok(Work { corpus, decisions, codebook, edits: options.edits, revisions: options.revisions, outcome });
    }
    let codebook = load(codebook)?;
    let (documents, outcome) = articles(paths, &codebook, today, each)?;
    Ok(Work {
        corpus: Corpus::new(documents),
        decisions: Arc::default(),
        codebook,
        edits: PhraseEdits::default(),
        revisions: Revisions::default(),
        outcome,
    })
}

/// The articles under paths that are no project, in their order.
fn articles(
    paths: &[PathBuf],
    codebook: &Codebook,
    today: Date,
    each: &mut dyn FnMut(&Reading) -> io::Result<()>,
) -> io::Result<(Vec<Arc<Document>>, Outcome)> {
    let mut documents: Vec<Arc<Document>> = Vec::new();
    let outcome = Reader::new(codebook, today).read(paths, |reading| {
        each(&reading)?;
        documents.extend(reading.ok().map(Arc::new));
        Ok(())
    })?;
    Ok((documents, outcome))
}

/// The project among the paths, `None` where there is none.
///
/// # Errors
/// Where it does not stand alone.
pub fn among(paths: &[PathBuf]) -> anyhow::Result<Option<&Path>> {
    let is_project = |path: &&PathBuf| store::is_project(path) || portable::is_export(path);
    match (paths.iter().find(is_project), paths.len()) {
        (Some(project), 2..) => {
            bail!("{} is a project, which stands alone: leave the other paths out", project.display())
        }
        (project, _) => Ok(project.map(PathBuf::as_path)),
    }
}

/// A project as it stands in its file.
struct Kept {
    snapshot: Snapshot,
    /// `None` for a folder.
    store: Option<Store>,
    /// Was everything read?
    is_whole: bool,
}

fn kept(path: &Path) -> anyhow::Result<Kept> {
    if path.is_dir() {
        let (snapshot, lost) = portable::read(path).map_err(|error| of_folder(path, &error))?;
        lost.iter().for_each(|lost| tell(&format!("{}: passed over: {lost}", path.display())));
        return Ok(Kept { snapshot, store: None, is_whole: lost.is_empty() });
    }
    let loaded = Store::open(path, Access { is_read_only: true, ..Access::default() });
    let loaded = loaded.map_err(|error| of_store(path, &error))?;
    Ok(Kept { snapshot: loaded.snapshot, store: Some(loaded.store), is_whole: true })
}

/// What failed, with its causes, and what to do about it.
fn of_store(path: &Path, error: &StoreError) -> anyhow::Error {
    told(path, error, error.next_step())
}

fn of_folder(path: &Path, error: &PortableError) -> anyhow::Error {
    told(path, error, error.next_step())
}

fn told(path: &Path, error: &dyn std::error::Error, next_step: &str) -> anyhow::Error {
    let cause = error.source().map_or(String::new(), |source| format!(": {source}"));
    anyhow::anyhow!("{}: {error}{cause}. {next_step}", path.display())
}

/// A project that was opened to be read, its articles dated with the codebook that is asked for.
#[derive(Debug)]
pub struct Opened {
    pub project: Project,
    /// With the decisions laid over the articles.
    pub corpus: Corpus,
    pub codebook: Codebook,
    /// The text of the codebook where it was asked for, else that of the project's start; empty for none.
    pub begun_with: String,
    is_whole: bool,
}

impl Opened {
    /// The articles with the decisions laid over them, in the order of adding.
    pub(super) fn decided(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.project.documents().iter().filter_map(|document| self.corpus.get(document.id))
    }

    pub(super) fn outcome(&self) -> Outcome {
        match (self.is_whole, self.corpus.is_empty()) {
            (false, _) => Outcome::Failed,
            (true, true) => Outcome::NothingFound,
            (true, false) => Outcome::Done,
        }
    }

    /// Was everything in it read?
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// For whoever shows it as a window would.
    pub fn into_snapshot(self) -> Snapshot {
        let dated_by = DatedBy::new(&self.codebook.hash, &self.project.decisions().facts_off).to_json();
        Snapshot { project: self.project, codebook: self.begun_with, dated_by, ..Snapshot::default() }
    }
}

/// Opens the project among the paths, where there is one. A codebook that is asked for takes the place of its own.
///
/// # Errors
/// Where it can't be read, does not stand alone, or its codebook is none.
pub fn opened(paths: &[PathBuf], codebook: Option<&str>, today: Date) -> anyhow::Result<Option<Opened>> {
    let Some(path) = among(paths)? else { return Ok(None) };
    let Kept { snapshot, is_whole, .. } = kept(path)?;
    let Snapshot { mut project, codebook: mut begun_with, dated_by, .. } = snapshot;
    let codebook = match codebook {
        Some(_) => {
            let written = load_written(codebook)?;
            project.apply(Command::SetCodebook(None));
            begun_with = json(written.toml, written.origin);
            written.codebook
        }
        None => own_codebook(path, &project, &begun_with)?,
    };
    let facts_off = project.decisions().facts_off.clone();
    if DatedBy::of_json(&dated_by) != Some(DatedBy::new(&codebook.hash, &facts_off)) {
        let again =
            |document: &Arc<Document>| (document.id, ingest::date_again(document, &codebook, &facts_off, today));
        let dated: Vec<_> = project.documents().par_iter().map(again).collect();
        for (id, published) in dated {
            project.set_published(id, published);
        }
    }
    let corpus = project.corpus();
    Ok(Some(Opened { project, corpus, codebook, begun_with, is_whole }))
}

/// The codebook a project works with: the reader's, else the one it began with.
fn own_codebook(path: &Path, project: &Project, begun_with: &str) -> anyhow::Result<Codebook> {
    let begun_with = || serde_json::from_str::<CodebookText>(begun_with).ok();
    let Some(text) = project.decisions().codebook.clone().or_else(begun_with) else { return Ok(Codebook::built_in()) };
    Codebook::parse(&text.toml).map_err(|error| {
        let place = format!("{}: its codebook ({}), line {}", path.display(), text.origin, error.line());
        anyhow::anyhow!("{place}: {}. Name another one with --codebook", error.message())
    })
}

/// A codebook as a project keeps the one it began with.
fn json(toml: String, origin: String) -> String {
    serde_json::to_string(&CodebookText { toml, origin, says: String::new() }).unwrap_or_default()
}

/// A project of articles, and what became of reading them. Nothing was decided, so nothing can be undone.
fn made(paths: &[PathBuf], codebook: Option<&str>, today: Date) -> anyhow::Result<(Snapshot, Outcome)> {
    let written = load_written(codebook)?;
    let (documents, outcome) = articles(paths, &written.codebook, today, &mut tell_reading)?;
    let dated_by = DatedBy::new(&written.codebook.hash, &Decisions::default().facts_off).to_json();
    let codebook = json(written.toml, written.origin);
    Ok((Snapshot { project: Project::new(documents), codebook, dated_by, ..Snapshot::default() }, outcome))
}

/// The bytes an article was just read from, where they are still the same.
fn bytes_behind(document: &Document) -> Option<Vec<u8>> {
    let bytes = match &document.source {
        Source::Sample(name) => ingest::sample_bytes(name)?.to_vec(),
        Source::File { path, .. } => File { path: path.into() }.read().ok()?,
        Source::Pasted { .. } => return None,
    };
    (ingest::sha256(&bytes) == document.sha256).then_some(bytes)
}

/// The articles of a project by the files behind them, one each.
fn by_file(project: &Project) -> BTreeMap<&str, &Document> {
    project.documents().iter().map(|document| (document.sha256.as_str(), &**document)).collect()
}

fn refuse_existing(out: &Path) -> anyhow::Result<()> {
    if out.exists() {
        bail!("{} exists and was left as it is; name another file", out.display());
    }
    Ok(())
}

/// The command `save`. Nothing is written where no article could be read.
pub(super) fn save(paths: &[PathBuf], codebook: Option<&str>, out: &Path, today: Date) -> anyhow::Result<Outcome> {
    refuse_existing(out)?;
    if let Some(path) = among(paths)? {
        bail!("{} is a project already; `throughline import` makes a file of a folder", path.display());
    }
    let (mut snapshot, outcome) = made(paths, codebook, today)?;
    if snapshot.project.documents().is_empty() {
        return Ok(outcome);
    }
    let packed = |document: &Document| Some(Arc::new(Original::pack(&bytes_behind(document)?).named(document.name())));
    snapshot.originals =
        by_file(&snapshot.project).into_par_iter().filter_map(|(_, document)| packed(document)).collect();
    create(out, &snapshot)?;
    Ok(outcome)
}

fn create(out: &Path, snapshot: &Snapshot) -> anyhow::Result<()> {
    let made = Store::create(out, Access::default(), snapshot).and_then(Store::close);
    made.map_err(|error| of_store(out, &error))
}

/// The command `import`.
pub(super) fn import(folder: &Path, out: &Path) -> anyhow::Result<Outcome> {
    refuse_existing(out)?;
    if !folder.is_dir() {
        bail!("{}: no such folder. Check the path", folder.display());
    }
    let Kept { snapshot, is_whole, .. } = kept(folder)?;
    create(out, &snapshot)?;
    Ok(if is_whole { Outcome::Done } else { Outcome::Failed })
}

/// The command `export --format folder`: a project as it is, or one of the articles under the paths.
pub(super) fn export(paths: &[PathBuf], codebook: Option<&str>, out: &Path, today: Date) -> anyhow::Result<Outcome> {
    let write = |snapshot: &Snapshot, originals: &mut dyn FnMut(&str) -> Option<Vec<u8>>| {
        portable::write(out, snapshot, originals).map_err(|error| of_folder(out, &error))
    };
    if let Some(path) = among(paths)? {
        if codebook.is_some() {
            bail!("a folder holds the project with its own codebook: leave --codebook out");
        }
        let Kept { snapshot, store, is_whole } = kept(path)?;
        let store = store.with_context(|| format!("{} is such a folder already", path.display()))?;
        write(&snapshot, &mut |sha256| store.original(sha256).ok().flatten())?;
        return Ok(if is_whole { Outcome::Done } else { Outcome::Failed });
    }
    let (snapshot, outcome) = made(paths, codebook, today)?;
    if snapshot.project.documents().is_empty() {
        return Ok(outcome);
    }
    let files = by_file(&snapshot.project);
    write(&snapshot, &mut |sha256| bytes_behind(files.get(sha256)?))?;
    Ok(outcome)
}
