//! The model beside the window: which project has to stand in which file, whatever becomes of the process.
//!
//! Projects are remembered as digests, since whole ones would hide what the window itself holds. Only the states that the
//! keeper has not acknowledged yet are kept whole: after a kill the file may hold any of them, and nothing older.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use throughline::document::Document;
use throughline::gui::desk::Desk;
use throughline::project::Project;
use throughline::project::store::{Access, Store};

/// What a reader would miss of a project, in a line: "1000 articles …, decisions …, 12 of 14 steps …".
pub type Digest = String;

/// Writes what `Debug` says into a hash, so that nothing is made of a thousand articles.
struct Hashed(DefaultHasher);

impl std::fmt::Write for Hashed {
    fn write_str(&mut self, words: &str) -> std::fmt::Result {
        self.0.write(words.as_bytes());
        Ok(())
    }
}

fn hash(say: impl FnOnce(&mut Hashed) -> std::fmt::Result) -> u64 {
    let mut hashed = Hashed(DefaultHasher::new());
    say(&mut hashed).unwrap();
    hashed.0.finish()
}

/// The project as [`Digest`]. A step counts as its articles' texts: it keeps an article as it was dated then.
pub fn digest(project: &Project) -> Digest {
    let history = project.history();
    let articles = hash(|out| project.documents().iter().try_for_each(|it| write!(out, "{it:?}")));
    let decisions = hash(|out| write!(out, "{:?}", project.decisions()));
    let steps = hash(|out| {
        history.steps().iter().try_for_each(|step| {
            let texts = step.command.try_map(|it: &Arc<Document>| {
                let mut hasher = DefaultHasher::new();
                (it.id, &it.text).hash(&mut hasher);
                Some(hasher.finish())
            });
            write!(out, "{} {:?} {texts:?}", step.says, step.at_secs)
        })
    });
    let (n_articles, n_done, n_steps) = (project.documents().len(), history.n_done(), history.steps().len());
    format!("{n_articles} articles {articles:x}, decisions {decisions:x}, {n_done} of {n_steps} steps {steps:x}")
}

/// What the file holds, as the next start would open it.
pub fn in_file(path: &Path) -> Result<Digest, String> {
    let loaded = Store::open(path, Access::default()).map_err(|error| format!("{}: {error}", path.display()))?;
    match loaded.note {
        Some(note) => Err(format!("{}: {note:?}", path.display())),
        None => Ok(digest(&loaded.snapshot.project)),
    }
}

/// Follows a window, frame by frame.
#[derive(Default)]
pub struct Model {
    /// What may stand in the files of projects that were put away.
    pub away: BTreeMap<PathBuf, Vec<Digest>>,
    /// States handed over, by their numbers, from the last acknowledged one on.
    pending: VecDeque<(u64, Project)>,
    pub path: Option<PathBuf>,
    /// The file that the window began with, and the project as it came out of it: before an analysis has given the letters
    /// of families, and before files of an import that was interrupted are read.
    pub begun_with: Option<(PathBuf, Digest)>,
    /// The project as it was in the last frame.
    last: Project,
    /// The last file that held at least half of the day's articles.
    pub big: Option<PathBuf>,
    /// From how many articles on a project counts as the day's.
    n_big: usize,
    pub n_switches: usize,
}

impl Model {
    pub fn new(n_big: usize) -> Self {
        Self { n_big, ..Self::default() }
    }

    /// Looks at the desk at the end of a frame.
    pub fn note(&mut self, desk: &Desk) {
        let keeping = &desk.keeping;
        assert_eq!(keeping.read_only, None, "{:?} can't be written", keeping.path);
        assert_eq!(keeping.trouble, None, "{:?} was not written", keeping.path);
        if keeping.path != self.path {
            self.take_path(desk);
        }
        let is_handed_over = self.pending.back().is_none_or(|(number, _)| *number < keeping.asked);
        if is_handed_over {
            self.pending.push_back((keeping.asked, desk.project.clone()));
        }
        while self.pending.get(1).is_some_and(|(number, _)| *number <= keeping.done) {
            self.pending.pop_front();
        }
        self.last.clone_from(&desk.project);
        if desk.project.documents().len() >= self.n_big && keeping.path.is_some() && self.big != keeping.path {
            self.big.clone_from(&keeping.path);
        }
    }

    /// The project has another file: it got its first one, was saved elsewhere, or is another project.
    fn take_path(&mut self, desk: &Desk) {
        let (old, new) = (self.path.take(), desk.keeping.path.clone());
        let (before, now) = (self.last.documents(), desk.project.documents());
        let is_same = before.len() == now.len() && before.iter().zip(now).all(|(old, new)| Arc::ptr_eq(old, new));
        if !(is_same && new.is_some()) {
            if let Some(old) = old {
                self.away.insert(old, vec![digest(&self.last)]);
                self.n_switches += 1;
            }
            if let Some(known) = new.as_ref().and_then(|path| self.away.get(path)) {
                let opened = digest(&desk.project);
                assert!(known.contains(&opened), "{new:?} was put away as {known:?} and opened as {opened}");
            }
            self.pending.clear();
        } else if let Some(old) = old.filter(|old| old.exists()) {
            // A named file stays as it was saved last, which may be any of the states handed over.
            let states = self.states();
            self.away.insert(old, states);
        }
        if let Some(path) = &new {
            self.away.remove(path);
            self.begun_with.get_or_insert_with(|| (path.clone(), digest(&desk.project)));
        }
        self.path = new;
    }

    /// What may stand in the file of the project that is open.
    pub fn states(&self) -> Vec<Digest> {
        self.pending.iter().map(|(_, project)| digest(project)).collect()
    }
}
