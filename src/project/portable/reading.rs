//! From a folder to the project in it. What is missing or broken is passed over and told; the rest is read.
//!
//! Steps can be undone only one after the other, so those beyond a broken one, seen from now, go with it. Articles are read
//! on all cores.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead as _, Read as _};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Deserialize as _;
use serde_json::Value;

use super::{
    ARTICLES, COVER, DECISIONS, FORMAT, HISTORY, MAX_BYTES, ORIGINALS, PortableError, VERSION, closed_up, cut, lines,
    parts_of, sha256_of_name,
};
use crate::document::Document;
use crate::project::portable::lines::StepLine;
use crate::project::store::{Original, Snapshot};
use crate::project::{CodebookText, Decisions, History, Project, Step};

/// The longest list of lines that is read, in bytes: a long history names many articles many times.
const MAX_LIST_BYTES: usize = 8 * MAX_BYTES;

/// So many broken lines are named; the others are counted.
const N_NAMED: usize = 5;

/// Does the folder say it is an export?
pub fn is_export(folder: &Path) -> bool {
    folder.is_dir() && cover(folder).is_ok()
}

/// Reads a folder. Beside the project it says what was passed over, a sentence each.
///
/// # Errors
/// [`PortableError::NotAnExport`] where it is none, [`PortableError::TooNew`] where a newer program wrote it.
pub fn read(folder: &Path) -> Result<(Snapshot, Vec<String>), PortableError> {
    let cover = cover(folder)?;
    let version = cover.get("version").and_then(Value::as_u64).unwrap_or(VERSION);
    if version > VERSION {
        return Err(PortableError::TooNew { path: folder.to_owned(), found: version, known: VERSION });
    }
    let mut lost = Vec::new();
    let names = names_of_open(folder, &cover, &mut lost);
    let steps = steps(folder, &cover, &mut lost);
    let of_steps = steps.read.values().flat_map(|(_, names)| names.iter());
    let all: BTreeSet<&str> = names.iter().chain(of_steps).map(String::as_str).collect();
    let articles: BTreeMap<&str, Result<Arc<Document>, String>> =
        all.into_par_iter().map(|name| (name, article(folder, name).map(Arc::new))).collect();
    let mut documents: Vec<Arc<Document>> = Vec::with_capacity(names.len());
    let mut ids = BTreeSet::new();
    for name in &names {
        match articles.get(name.as_str()) {
            Some(Ok(document)) if ids.insert(document.id) => documents.push(Arc::clone(document)),
            Some(Ok(_)) => lost.push(format!("The article {name}: it is there under another name")),
            Some(Err(why)) => lost.push(format!("The article {name}: {why}")),
            None => {}
        }
    }
    let decisions = decisions(folder, &cover, &mut lost);
    let history = history(&steps, |name| articles.get(name)?.as_ref().ok().cloned(), &mut lost);
    let originals = originals(folder, articles.values().filter_map(|article| article.as_ref().ok()));
    let codebook = cover.get("codebook").and_then(|value| CodebookText::deserialize(value).ok());
    let snapshot = Snapshot {
        project: Project::kept(documents, decisions, history),
        view: closed_up(cover.get("view")),
        codebook: codebook.and_then(|text| serde_json::to_string(&text).ok()).unwrap_or_default(),
        dated_by: closed_up(cover.get("dated_by")),
        waiting: Arc::default(),
        originals,
    };
    Ok((snapshot, lost))
}

/// What `project.json` says, where it says that this is an export.
fn cover(folder: &Path) -> Result<Value, PortableError> {
    let none = || PortableError::NotAnExport { path: folder.to_owned() };
    let bytes = bytes_of(&folder.join(COVER)).map_err(|_| none())?;
    let cover: Value = serde_json::from_slice(&bytes).map_err(|_| none())?;
    if cover.get("format").and_then(Value::as_str) == Some(FORMAT) { Ok(cover) } else { Err(none()) }
}

fn count(cover: &Value, key: &str) -> Option<usize> {
    cover.get("counts")?.get(key)?.as_u64().and_then(|count| usize::try_from(count).ok())
}

/// The bytes of a plain file: no link, which could lead elsewhere, and nothing too large.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let file = plain_file(path)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// A link could lead elsewhere.
fn plain_file(path: &Path) -> io::Result<fs::File> {
    if fs::symlink_metadata(path)?.is_file() { fs::File::open(path) } else { Err(io::Error::other("not a plain file")) }
}

fn is_plain_folder(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir())
}

/// The texts of the open articles, in their order. Where the list is lost, those that lie there.
fn names_of_open(folder: &Path, cover: &Value, lost: &mut Vec<String>) -> Vec<String> {
    let Some(list) = cover.get("articles").and_then(Value::as_array) else {
        lost.push("The order of the articles; they stand in the order of their names".to_owned());
        let names = names_in(&folder.join(ARTICLES)).into_iter().map(|name| format!("{ARTICLES}/{name}"));
        return names.filter(|name| parts_of(name).is_some()).collect();
    };
    let mut names = Vec::with_capacity(list.len());
    for entry in list {
        match entry.as_str().filter(|name| parts_of(name).is_some()) {
            Some(name) => names.push(name.to_owned()),
            None => lost.push(format!("An article that is named {entry}, which is no file of this folder")),
        }
    }
    names
}

/// The names in a folder, sorted.
fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).ok().filter(|_| is_plain_folder(folder));
    entries.into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

/// One article, or why it can't be had.
fn article(folder: &Path, name: &str) -> Result<Document, String> {
    let parts = parts_of(name).filter(|(inner, _)| is_plain_folder(&folder.join(inner)));
    let (inner, file) = parts.ok_or("it is no file of this folder")?;
    let path = folder.join(inner).join(file);
    let why = |what: &str, error: &io::Error| match error.kind() {
        io::ErrorKind::NotFound => format!("its {what} is missing"),
        _ => format!("its {what} can't be read ({error})"),
    };
    let text = bytes_of(&path).map_err(|error| why("text", &error))?;
    let text = String::from_utf8(text).map_err(|_| "its text is not UTF-8")?;
    let facts = bytes_of(&path.with_extension("json")).map_err(|error| why("JSON", &error))?;
    let mut document: Document =
        serde_json::from_slice(&facts).map_err(|error| format!("its JSON is not what it was ({error})"))?;
    document.text = text;
    if !document.is_sound() {
        return Err("its text was changed, and places in it are off".to_owned());
    }
    // A path from elsewhere would be looked up here.
    Ok(cut(&document).into_owned())
}

/// Reads a list line by line; false where it is not there or breaks off.
fn each_line(path: &Path, mut each: impl FnMut(&str)) -> bool {
    let Ok(file) = plain_file(path) else { return false };
    let mut lines = io::BufReader::new(file.take(MAX_LIST_BYTES as u64));
    let mut line = Vec::new();
    loop {
        line.clear();
        match lines.by_ref().take(MAX_BYTES as u64).read_until(b'\n', &mut line) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // What is no text is no decision and no step either.
        each(std::str::from_utf8(line).unwrap_or("?"));
    }
}

fn decisions(folder: &Path, cover: &Value, lost: &mut Vec<String>) -> Decisions {
    let mut all = Decisions::default();
    let mut bad: Vec<usize> = Vec::new();
    let mut number = 0;
    let is_whole = each_line(&folder.join(DECISIONS), |line| {
        number += 1;
        if !line.trim().is_empty() && !lines::take_decision(&mut all, line) {
            bad.push(number);
        }
    });
    if !is_whole && count(cover, "decisions") != Some(0) {
        lost.push(format!("The decisions: {DECISIONS} can't be read"));
    }
    if !bad.is_empty() {
        let named: Vec<String> = bad.iter().take(N_NAMED).map(|line| format!("line {line}")).collect();
        let more = if bad.len() > N_NAMED { ", …" } else { "" };
        lost.push(format!("{} of the decisions ({DECISIONS}, {}{more})", bad.len(), named.join(", ")));
    }
    all
}

/// What stands of the history.
struct Steps {
    /// By their numbers, those that can be read, each with the names of its articles.
    read: BTreeMap<usize, (StepLine, BTreeSet<String>)>,
    /// How many there were.
    n_steps: usize,
    n_done: usize,
}

fn steps(folder: &Path, cover: &Value, lost: &mut Vec<String>) -> Steps {
    let mut read = BTreeMap::new();
    let is_whole = each_line(&folder.join(HISTORY), |line| {
        let Some(step) = StepLine::parse(line) else { return };
        let mut names = BTreeSet::new();
        let command = step.command().and_then(|command| command.try_map(|name| Some(names.insert(name.clone()))));
        if command.is_some() {
            read.insert(step.step, (step, names));
        }
    });
    let told = count(cover, "steps");
    if !is_whole && told != Some(0) {
        lost.push(format!("The way back: {HISTORY} can't be read"));
        return Steps { read: BTreeMap::new(), n_steps: 0, n_done: 0 };
    }
    let n_steps = told.or_else(|| read.keys().next_back().copied()).unwrap_or(0);
    let last_done = || read.iter().rfind(|(_, (step, _))| step.done).map_or(0, |(number, _)| *number);
    let n_done = count(cover, "steps_done").unwrap_or_else(last_done).min(n_steps);
    Steps { read, n_steps, n_done }
}

/// The steps around now, up to the next broken one on either side.
fn history(steps: &Steps, article: impl Fn(&str) -> Option<Arc<Document>>, lost: &mut Vec<String>) -> History {
    let Steps { read, n_steps, n_done } = steps;
    let step = |number: usize| -> Option<Arc<Step>> {
        let (line, _) = read.get(&number)?;
        let is_done = number <= *n_done;
        let command = line.command().filter(|_| line.done == is_done)?.try_map(|name| article(name))?;
        Some(Arc::new(Step { says: line.says.clone(), at_secs: line.at_secs(), command }))
    };
    let mut kept: Vec<Arc<Step>> = (1..=*n_done).rev().map_while(step).collect();
    kept.reverse();
    let n_kept_done = kept.len();
    kept.extend((*n_done + 1..=*n_steps).map_while(step));
    let n_undone_lost = n_steps - n_done - (kept.len() - n_kept_done);
    if n_kept_done < *n_done {
        lost.push(format!("The way back behind {} earlier steps; what they did is there", n_done - n_kept_done));
    }
    if n_undone_lost > 0 {
        lost.push(format!("{n_undone_lost} steps that were taken back and could be done again"));
    }
    History::kept(kept, n_kept_done)
}

/// The bytes behind these articles, as far as they are there and what they were.
fn originals<'a>(folder: &Path, articles: impl Iterator<Item = &'a Arc<Document>>) -> Vec<Arc<Original>> {
    let wanted: BTreeMap<&str, &str> = articles.map(|document| (document.sha256.as_str(), document.name())).collect();
    let folder = folder.join(ORIGINALS);
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for name in names_in(&folder) {
        if let Some(sha256) = sha256_of_name(&name).filter(|sha256| wanted.contains_key(sha256)) {
            files.entry(sha256.to_owned()).or_insert(name);
        }
    }
    files
        .into_par_iter()
        .filter_map(|(sha256, name)| {
            let original = Original::pack(&bytes_of(&folder.join(name)).ok()?);
            let called = wanted.get(sha256.as_str()).copied().unwrap_or_default();
            (original.sha256 == sha256).then(|| Arc::new(original.named(called)))
        })
        .collect()
}
