//! From a project to its folder: written beside its place as a whole, then moved there.
//!
//! A folder cannot take the place of a full one in one step on every system, so an export that is replaced is moved aside
//! first and moved back where the new one can't follow.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    ARTICLES, CODEBOOK, COVER, Counts, Cover, DECISIONS, FORMAT, HISTORY, ORIGINALS, PortableError, README, SET_ASIDE,
    VERSION, cut, is_article_file, is_export, is_sha256, lines, opened_up, sha256_of_name,
};
use crate::document::{Document, DocumentId};
use crate::ingest;
use crate::project::store::Snapshot;
use crate::project::{CodebookText, files};

/// Files that systems leave in folders, which nobody misses.
const LEFT_BY_SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Characters of a headline in the name of a file.
const SLUG_CHARS: usize = 40;

const ABOUT: &str = "\
A project of Throughline, as texts and JSON. `throughline import FOLDER --out P.throughline` reads it back;
so does opening the folder in the window.

project.json       what this is, the order of the articles (as they were added), the codebook of the start,
                   what the dates were worked out with, and what the window remembers
articles/          an article in two files: NNNN-name.txt is its text, which never changes; NNNN-name.json
                   is what is known of it. Ranges count bytes of the text, from the first to behind the last
set-aside/         articles that were removed, and earlier readings of others: a step knows the way back to them
originals/         the files the articles were read from, byte for byte, each named by its SHA-256
decisions.jsonl    what the reader decided, one decision a line: kind, key, value
history.jsonl      what the reader did, one step a line, the first one first. `command` takes a step back where
                   it is done, else does it again
codebook.toml      the codebook as it stands, for people. What counts is the decision of the kind `codebook`,
                   else the codebook in project.json

Texts are UTF-8. Ids are whole numbers up to 2^64, which not every reader of JSON keeps to the last digit.
No path, user or host is named here: an article goes by the name of its file. Its original may name more.
";

/// Writes a project to a folder, whole or not at all. An export that stands there is replaced, and kept where writing
/// fails; any other folder with something in it is refused. `originals` gives the bytes with a SHA-256, where it has them.
///
/// # Errors
/// [`PortableError`] with what the reader can do.
pub fn write(
    folder: &Path,
    snapshot: &Snapshot,
    originals: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
) -> Result<(), PortableError> {
    let place = place(folder)?;
    let beside = files::beside(&place).map_err(|_| PortableError::NoName { path: folder.to_owned() })?;
    // Left by a crash of a process that had the same number.
    let _ = fs::remove_dir_all(&beside);
    let written = write_folder(&beside, snapshot, originals).and_then(|()| put(&beside, &place));
    if written.is_err() {
        let _ = fs::remove_dir_all(&beside);
    }
    written.map_err(|error| PortableError::of(folder, error))
}

/// The real place of the folder, which may be replaced.
fn place(folder: &Path) -> Result<PathBuf, PortableError> {
    let fail = |error: io::Error| PortableError::of(folder, error);
    let metadata = match fs::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folder.to_owned()),
        metadata => metadata.map_err(fail)?,
    };
    if !metadata.is_dir() {
        return Err(fail(io::ErrorKind::NotADirectory.into()));
    }
    let place = folder.canonicalize().map_err(fail)?;
    match foreign(&place).map_err(fail)? {
        Some(name) => Err(PortableError::InTheWay { path: folder.to_owned(), name }),
        None => Ok(place),
    }
}

/// Something in a folder that no export wrote: it must not go when the export is replaced.
fn foreign(folder: &Path) -> io::Result<Option<String>> {
    let is_ours = is_export(folder);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type()?.is_dir();
        let is_known = match name.as_str() {
            ARTICLES | SET_ASIDE | ORIGINALS if is_folder && is_ours => {
                if let Some(inner) = foreign_in(&entry.path(), name == ORIGINALS)? {
                    return Ok(Some(format!("{name}/{inner}")));
                }
                true
            }
            README | COVER | DECISIONS | HISTORY | CODEBOOK => !is_folder && is_ours,
            name => LEFT_BY_SYSTEMS.contains(&name),
        };
        if !is_known {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn foreign_in(folder: &Path, is_originals: bool) -> io::Result<Option<String>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_named = if is_originals { sha256_of_name(&name).is_some() } else { is_article_file(&name) };
        let is_known = (is_named && entry.file_type()?.is_file()) || LEFT_BY_SYSTEMS.contains(&name.as_str());
        if !is_known {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Moves the new folder to its place.
fn put(beside: &Path, place: &Path) -> io::Result<()> {
    if !place.exists() {
        return fs::rename(beside, place);
    }
    let old = beside.with_extension("old");
    let _ = fs::remove_dir_all(&old);
    fs::rename(place, &old)?;
    if let Err(error) = fs::rename(beside, place) {
        // It stood there a moment ago; where it can't go back, it is whole beside its place.
        let _ = fs::rename(&old, place);
        return Err(error);
    }
    // The new one is in its place whatever becomes of the old one.
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

fn write_folder(
    folder: &Path,
    snapshot: &Snapshot,
    originals: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
) -> io::Result<()> {
    let project = &snapshot.project;
    fs::create_dir(folder)?;
    for inner in [ARTICLES, SET_ASIDE, ORIGINALS] {
        fs::create_dir(folder.join(inner))?;
    }
    let mut shelf = Shelf::default();
    let articles: Vec<String> = project.documents().iter().map(|document| shelf.put(document, ARTICLES)).collect();
    let history = project.history();
    let mut steps = Vec::with_capacity(history.steps().len());
    for (idx, step) in history.steps().iter().enumerate() {
        let is_done = idx < history.n_done();
        steps.extend(lines::of_step(idx + 1, step, is_done, |document| Some(shelf.name_of(document)))?);
    }
    for (name, document) in &shelf.files {
        fs::write(folder.join(name), document.text.as_bytes())?;
        let facts = serde_json::to_string_pretty(&cut(document))?;
        fs::write(folder.join(name).with_extension("json"), facts + "\n")?;
    }
    let decisions = lines::of_decisions(project.decisions())?;
    let counts = Counts {
        articles: articles.len(),
        set_aside: shelf.files.len() - articles.len(),
        originals: write_originals(&folder.join(ORIGINALS), &shelf, originals)?,
        decisions: decisions.len(),
        steps: steps.len(),
        steps_done: history.n_done(),
    };
    let begun_with = serde_json::from_str::<CodebookText>(&snapshot.codebook).ok();
    let codebook = project.decisions().codebook.as_ref().or(begun_with.as_ref()).map(|text| text.toml.clone());
    let cover = Cover {
        format: FORMAT,
        version: VERSION,
        counts,
        articles,
        dated_by: opened_up(&snapshot.dated_by),
        codebook: begun_with,
        view: opened_up(&snapshot.view),
    };
    fs::write(folder.join(DECISIONS), joined(&decisions))?;
    fs::write(folder.join(HISTORY), joined(&steps))?;
    if let Some(toml) = codebook {
        fs::write(folder.join(CODEBOOK), toml)?;
    }
    fs::write(folder.join(README), ABOUT)?;
    // Last, since it is what makes the folder an export.
    let cover = serde_json::to_string_pretty(&cover)? + "\n";
    let mut file = fs::File::create(folder.join(COVER))?;
    io::Write::write_all(&mut file, cover.as_bytes())?;
    file.sync_all()
}

fn joined(lines: &[String]) -> String {
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// Writes the bytes behind the articles, each once; returns how many there were.
fn write_originals(
    folder: &Path,
    shelf: &Shelf,
    originals: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
) -> io::Result<usize> {
    let mut endings: BTreeMap<&str, String> = BTreeMap::new();
    for (_, document) in shelf.files.iter().filter(|(_, document)| is_sha256(&document.sha256)) {
        endings.entry(&document.sha256).or_insert_with(|| ending(document));
    }
    let mut n_written = 0;
    for (sha256, ending) in endings {
        let Some(bytes) = originals(sha256).filter(|bytes| ingest::sha256(bytes) == sha256) else { continue };
        fs::write(folder.join(format!("{sha256}{ending}")), bytes)?;
        n_written += 1;
    }
    Ok(n_written)
}

/// The files of articles, in the order in which they were put there.
#[derive(Default)]
struct Shelf {
    files: Vec<(String, Arc<Document>)>,
    /// Places in `files`. A value that is named by a step stays where it is until everything is written.
    by_address: FxHashMap<usize, usize>,
    by_id: BTreeMap<DocumentId, Vec<usize>>,
    n_in: BTreeMap<&'static str, usize>,
}

impl Shelf {
    /// The name of an article's text, of one set aside where it has no file yet.
    fn name_of(&mut self, document: &Arc<Document>) -> String {
        self.put(document, SET_ASIDE)
    }

    fn put(&mut self, document: &Arc<Document>, folder: &'static str) -> String {
        let address = Arc::as_ptr(document).addr();
        let known = self.by_address.get(&address).copied().or_else(|| self.same(document));
        let idx = known.unwrap_or_else(|| {
            let number = self.n_in.entry(folder).or_default();
            *number += 1;
            self.files.push((format!("{folder}/{number:04}{}.txt", slug(document)), Arc::clone(document)));
            self.by_id.entry(document.id).or_default().push(self.files.len() - 1);
            self.files.len() - 1
        });
        self.by_address.insert(address, idx);
        self.files.get(idx).map(|(name, _)| name.clone()).unwrap_or_default()
    }

    /// A file that says the same of the same article.
    fn same(&self, document: &Arc<Document>) -> Option<usize> {
        let of_id = self.by_id.get(&document.id)?.iter().copied();
        let mut files = of_id.filter_map(|idx| Some((idx, &self.files.get(idx)?.1)));
        let cut_one = cut(document);
        files.find(|(_, other)| cut(other) == cut_one).map(|(idx, _)| idx)
    }
}

/// "-the-pier-is-open", empty where no word of the headline has letters that every system takes in a name.
fn slug(document: &Document) -> String {
    let of = document.title.as_deref().unwrap_or_else(|| document.name());
    let mut slug = String::new();
    for word in of.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + 1 + word.len() > SLUG_CHARS {
            break;
        }
        slug.push('-');
        slug.push_str(&word.to_ascii_lowercase());
    }
    slug
}

/// ".html": of the file's name where it has a plain one, else of its kind.
fn ending(document: &Document) -> String {
    let of_name = document.name().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_plain =
        |ending: &String| (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    format!(".{}", of_name.filter(is_plain).unwrap_or_else(|| document.format.ending().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_article() {
        let of = |title: &str| {
            slug(&Document { title: Some(title.to_owned()), ..Document::of_lines(DocumentId(1), "words") })
        };
        assert_eq!(of("The pier is open"), "-the-pier-is-open");
        assert_eq!(of("../..\\con: “Øst” & more"), "-con-st-more");
        assert_eq!(of("평양의 부두"), "");
        assert!(of(&"pier ".repeat(40)).len() <= SLUG_CHARS);
    }
}
