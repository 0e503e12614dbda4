//! Projects that are opened: from their file, out of a damaged one, or what was left without a name.
//!
//! All of it touches the disk and belongs on a thread of the jobs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::action::Action;
use super::desk::Desk;
use super::keeping::Keeping;
use super::state::{BadFile, Sheet, Toast};
use crate::document::{Document, DocumentId, Source};
use crate::project::home::Home;
use crate::project::keeper::{Keeper, Trouble};
use crate::project::opening::Opener;
use crate::project::portable;
use crate::project::store::recovery::{self, Recovered};
use crate::project::store::{Access, Loaded, Snapshot, Store, StoreError, words_key};
use crate::project::{Decisions, Project};

/// A project as it was opened.
#[derive(Debug)]
pub struct OpenedProject {
    pub store: Store,
    pub snapshot: Snapshot,
    pub words_keys: FxHashMap<DocumentId, u64>,
    pub keeping: Keeping,
    /// Is it open for reading alone, since somebody was writing it?
    pub is_held: bool,
    /// Where not all of it could be read: what is wrong with it, and what is lost.
    pub damage: Option<Damage>,
}

/// What is told of a project that could not be read as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The name of the file or folder.
    pub name: String,
    /// What is wrong with the file, `None` for a folder, of which only parts are.
    pub what: Option<String>,
    /// A sentence each.
    pub lost: Vec<String>,
    /// Articles that were lost and could be read again, by name.
    pub read_again: Vec<String>,
}

/// Opens a project. What can be had of a damaged one comes up as work without a name; its file stays as it is.
///
/// # Errors
/// [`Trouble`] where nothing can be had of it.
pub fn open(path: &Path, home: Option<&Home>, opener: &Opener<'_>) -> Result<OpenedProject, Trouble> {
    if path.is_dir() {
        return open_folder(path, home);
    }
    match Store::open(path, Access::default()) {
        Ok(Loaded { store, snapshot, words_keys, note, is_held }) => {
            let keeping = Keeping {
                path: Some(path.to_owned()),
                is_untitled: home.is_some_and(|home| home.holds(path)),
                read_only: note,
                ..Keeping::default()
            };
            Ok(OpenedProject { store, snapshot, words_keys, keeping, is_held, damage: None })
        }
        Err(error @ StoreError::Damaged { .. }) => match home {
            Some(home) => recover(path, home, &error.to_string(), opener),
            None => Err(Trouble::of(&error)),
        },
        Err(error) => Err(Trouble::of(&error)),
    }
}

/// Puts what can be had of a damaged project into a new file; `what` is wrong with it.
///
/// # Errors
/// [`Trouble`] where nothing can be had of it, or nothing can be written.
pub fn recover(path: &Path, home: &Home, what: &str, opener: &Opener<'_>) -> Result<OpenedProject, Trouble> {
    let to =
        fresh(home).map_err(|trouble| Trouble { message: format!("{what}; and {}", trouble.message), ..trouble })?;
    let mut recovered = recovery::recover(path, &to, Access::default()).map_err(|error| Trouble {
        message: error.to_string(),
        next_step: "Fetch another copy of it; this one stays as it is".to_owned(),
    })?;
    home.set_aside(path);
    let read_again = read_again(&mut recovered, opener);
    let words_keys = recovered.words_keys();
    let lost = recovered.found.says(&read_again);
    Ok(OpenedProject {
        store: recovered.store,
        snapshot: recovered.snapshot,
        words_keys,
        keeping: Keeping { path: Some(to), is_untitled: true, ..Keeping::default() },
        is_held: false,
        damage: Some(Damage { name: name(path), what: Some(what.to_owned()), lost, read_again }),
    })
}

/// Opens a folder that was exported, as work without a name; the folder stays as it is.
fn open_folder(path: &Path, home: Option<&Home>) -> Result<OpenedProject, Trouble> {
    let (snapshot, lost) = portable::read(path)
        .map_err(|error| Trouble { message: error.to_string(), next_step: error.next_step().to_owned() })?;
    let home = home.ok_or_else(|| Trouble {
        message: "there is no place for a project on this system".to_owned(),
        next_step: "Make a file of it with throughline import".to_owned(),
    })?;
    let to = fresh(home)?;
    let store = Store::create(&to, Access::default(), &snapshot).map_err(|error| Trouble::of(&error))?;
    let documents = snapshot.project.documents().iter();
    Ok(OpenedProject {
        store,
        words_keys: documents.map(|document| (document.id, words_key(&document.text))).collect(),
        snapshot: Snapshot { originals: Vec::new(), ..snapshot },
        keeping: Keeping { path: Some(to), is_untitled: true, ..Keeping::default() },
        is_held: false,
        damage: (!lost.is_empty()).then(|| Damage { name: name(path), what: None, lost, read_again: Vec::new() }),
    })
}

/// A place for work without a name.
fn fresh(home: &Home) -> Result<PathBuf, Trouble> {
    home.fresh().map_err(|error| Trouble {
        message: format!("there is no place for what could be read: {error}"),
        next_step: "Make room in your home folder, then open it again".to_owned(),
    })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Reads the files again whose articles are lost. Returns the names of the articles.
fn read_again(recovered: &mut Recovered, opener: &Opener<'_>) -> Vec<String> {
    let (mut names, mut read) = (Vec::new(), Vec::new());
    for original in &recovered.found.unread {
        let source = Source::File { path: original.name.clone(), part: None };
        let Some(bytes) = original.unpack() else { continue };
        let Ok(documents) = opener.open_bytes(&original.name, &bytes, &source) else { continue };
        names.extend(
            documents.iter().map(|document| document.title.clone().unwrap_or_else(|| document.name().to_owned())),
        );
        read.extend(documents.into_iter().map(Arc::new));
    }
    // They were open already: nothing was done by it that could be taken back.
    let Snapshot { project, .. } = &mut recovered.snapshot;
    let all: Vec<Arc<Document>> = project.documents().iter().cloned().chain(read).collect();
    *project = Project::kept(all, Decisions::clone(project.decisions()), project.history().clone());
    // Where it can't be written now, the keeper does it with the next change.
    let _ = recovered.store.write(&recovered.snapshot);
    names
}

/// Says why a project was not opened.
pub fn tell(desk: &mut Desk, path: &Path, trouble: Trouble) {
    let Trouble { message: reason, next_step } = trouble;
    let bad = vec![BadFile { name: name(path), reason, next_step, open_as: None }];
    desk.state.sheet = Some(Sheet::Files { n_opened: 0, n_asked: 1, bad });
}

/// Takes a project that was opened. Returns the paths of an import that was broken off.
pub fn take(desk: &mut Desk, keeper: Option<&Keeper>, opened: OpenedProject) -> Vec<PathBuf> {
    let OpenedProject { store, snapshot, words_keys, keeping, damage, .. } = opened;
    let waiting = snapshot.waiting.iter().map(PathBuf::from).collect();
    if let Some(keeper) = keeper {
        keeper.begin(Some(store), snapshot.clone());
    }
    desk.open_project(snapshot, words_keys, keeping);
    if let Some(damage) = damage {
        desk.state.sheet = Some(Sheet::Damaged(damage));
    } else if let Some(note) = &desk.keeping.read_only {
        desk.state.toast = Some(Toast::with_link(note.clone(), "Save as", Action::SaveAs));
    }
    waiting
}
