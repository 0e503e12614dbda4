//! The threads that read and analyze: what each task does, and what ends the waiting for one that fails.

use std::cell::Cell;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use jiff::civil::Date;

use super::crash::job::{Guard, Job};
use super::jobs::{Outcome, Pasted, Task, Teller};
use super::opened::{self, Opened};
use super::snapshot::Picture;
use super::{exporting, page, projects, raw_file};
use crate::analysis;
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId};
use crate::ingest::{self, Hint, Reader};
use crate::project::home::Home;
use crate::project::keeper::{Originals, Trouble};
use crate::project::opening::Opener;
use crate::project::{clusters, files, portable, store};

/// What is said of a task that failed where its outcome has room for a reason.
const FAILED: &str = "something in the program failed";

/// What waits for a task.
struct Waiting {
    job: Job,
    /// Files that were found and are not read yet.
    n_files: Cell<usize>,
    ends: Ends,
}

/// What ends the waiting.
enum Ends {
    /// The telling alone.
    Telling,
    /// So many files were not read.
    Stopping,
    Project(PathBuf),
    Rereading(Vec<DocumentId>, Option<String>),
    Export,
    /// A picture for a file.
    Picture,
}

impl Waiting {
    fn of(task: &Task) -> Self {
        let (job, ends) = match task {
            Task::Sample | Task::Start(_) => (Job::Start, Ends::Telling),
            Task::Read { paths, .. } => match paths.as_slice() {
                [one] if store::is_project(one) || portable::is_export(one) => {
                    (Job::Reading, Ends::Project(one.clone()))
                }
                _ => (Job::Reading, Ends::Stopping),
            },
            Task::Recover { path, .. } => (Job::Recovery, Ends::Project(path.clone())),
            Task::Clusters(_) => (Job::Clusters, Ends::Telling),
            Task::Paste { .. } => (Job::Pasting, Ends::Stopping),
            Task::Reread { documents, encoding, .. } => {
                let old = documents.iter().map(|document| document.id).collect();
                (Job::Rereading, Ends::Rereading(old, encoding.clone()))
            }
            Task::Redate { .. } => (Job::Dating, Ends::Telling),
            Task::Analyze { .. } => (Job::Analysis, Ends::Telling),
            Task::Export { .. } => (Job::Export, Ends::Export),
            Task::Picture { path: Some(_), .. } => (Job::Picture, Ends::Picture),
            Task::Picture { path: None, .. } => (Job::Picture, Ends::Telling),
        };
        Self { job, n_files: Cell::new(0), ends }
    }

    /// Counts the files on their way.
    fn count(&self, outcome: &Outcome) {
        let n_files = self.n_files.get();
        match outcome {
            Outcome::Found(paths) => self.n_files.set(n_files + paths.len()),
            Outcome::Read(batch) => self.n_files.set(n_files.saturating_sub(batch.n_files)),
            Outcome::ReadStopped(n_stopped) => self.n_files.set(n_files.saturating_sub(*n_stopped)),
            _ => {}
        }
    }

    /// The answer for whoever waits for a task that failed.
    fn failed(self) -> Option<Outcome> {
        Some(match self.ends {
            Ends::Telling => return None,
            Ends::Stopping => Outcome::ReadStopped(Some(self.n_files.get()).filter(|n_files| *n_files > 0)?),
            Ends::Project(path) => {
                let next_step = "Open it again; the file is as it was".to_owned();
                Outcome::Project(path, Err(Trouble { message: FAILED.to_owned(), next_step }))
            }
            Ends::Rereading(old, encoding) => Outcome::Reread { old, new: Err(FAILED.to_owned()), encoding },
            Ends::Export => Outcome::Exported(Err(FAILED.to_owned())),
            Ends::Picture => Outcome::Saved(Err(FAILED.to_owned())),
        })
    }
}

/// What the two threads have.
#[derive(Clone)]
pub(super) struct Worker {
    pub codebook: Arc<Codebook>,
    pub today: Date,
    pub reader: Arc<Reader>,
    pub teller: Teller,
    pub guard: Guard,
    pub pasted: Pasted,
}

impl Worker {
    /// Starts a thread that works through what it is sent, with the name of what it is mostly there for.
    pub fn start(self, mostly: Job) -> Sender<Task> {
        let (tasks, inbox) = channel::<Task>();
        let guard = self.guard.clone();
        guard.spawn(mostly, move || {
            // One set of articles is analyzed again and again as it grows.
            let mut memory = analysis::Memory::default();
            for task in inbox {
                let waiting = Waiting::of(&task);
                let job = waiting.job;
                if self.guard.run(job, || self.work(task, &mut memory, &waiting)).is_none() {
                    // Half of what was known is nothing to go on with.
                    memory = analysis::Memory::default();
                    if let Some(outcome) = waiting.failed() {
                        self.send(outcome);
                    }
                    self.guard.tell(job);
                }
            }
        });
        tasks
    }

    fn work(&self, task: Task, memory: &mut analysis::Memory, waiting: &Waiting) {
        match task {
            Task::Sample => self.open_sample(),
            Task::Start(home) => self.start_with(&home),
            Task::Read { paths, progress, home, kept } => match paths.as_slice() {
                [one] if store::is_project(one) || portable::is_export(one) => {
                    // It may be the one that was put away a moment ago.
                    kept.iter().for_each(Originals::settle);
                    let opened = projects::open(one, home.as_ref(), &self.opener()).map(Box::new);
                    self.send(Outcome::Project(one.clone(), opened));
                }
                _ => opened::read(&self.opener(), &paths, &progress, &|it| {
                    waiting.count(&it);
                    self.send(it);
                }),
            },
            Task::Recover { path, home } => {
                let opened = projects::recover(&path, &home, "damaged: its pages do not fit together", &self.opener())
                    .map(Box::new);
                self.send(Outcome::Project(path, opened));
            }
            Task::Clusters(paths) => self.send(Outcome::Clusters(clusters::read(&paths))),
            Task::Paste { text, number } => {
                let found = Outcome::Found(vec!["pasted text".to_owned()]);
                waiting.count(&found);
                self.send(found);
                let read = self.opener().open_pasted(&text, number);
                let batch = opened::Batch::of(read, text.as_bytes(), "pasted text");
                self.pasted.keep(number, text);
                self.send(Outcome::Read(batch));
            }
            Task::Reread { documents, encoding, originals } => {
                self.reread(&documents, encoding, originals.as_ref());
            }
            Task::Redate { documents, codebook, facts_off } => {
                let again = |document: &Arc<Document>| {
                    (document.id, ingest::date_again(document, &codebook, &facts_off, self.today))
                };
                let published = documents.iter().map(again).collect();
                self.send(Outcome::Redated { facts_off, hash: codebook.hash.clone(), published });
            }
            Task::Analyze { generation, corpus, codebook, options, progress } => {
                match analysis::analyze_again(memory, &corpus, &codebook, &options, &progress) {
                    Ok(analysis) => self.send(Outcome::Analyzed { generation, analysis }),
                    Err(analysis::Cancelled) => self.send(Outcome::Cancelled),
                }
            }
            Task::Export { desk, kind, path } => {
                let written = exporting::write(&desk, kind, &path);
                let said = written.map_err(|error| format!("{error}: {}", path.display()));
                self.send(Outcome::Exported(said.map(|()| path)));
            }
            Task::Picture { desk, size, mode, path } => {
                let made = self.today;
                let picture = page::picture(&desk, size.pixels(), size.pixels_per_point(), mode, made);
                self.send(match path {
                    None => Outcome::Picture(picture),
                    Some(path) => Outcome::Saved(save(&picture, path)),
                });
            }
        }
    }

    fn open_sample(&self) {
        let documents = ingest::sample(&self.codebook, self.today);
        self.send(Outcome::Sample(documents.into_iter().map(Opened::new).collect()));
    }

    /// Reads one file anew. Only what is the same file still is taken.
    fn reread(&self, documents: &[Arc<Document>], encoding: Option<String>, kept: Option<&Originals>) {
        let old = documents.iter().map(|document| document.id).collect();
        let new = documents.first().ok_or_else(|| "Nothing to read".to_owned()).and_then(|first| {
            let bytes = raw_file::bytes_of(first, kept, &self.pasted)?;
            if ingest::sha256(&bytes) != first.sha256 {
                return Err("The file has changed since it was read; open it again instead".to_owned());
            }
            let hint = Hint { file_name: first.name().to_owned(), encoding: encoding.clone() };
            let source = first.source.whole();
            let read = self.reader.read(&bytes, &hint, &source, &self.codebook, self.today);
            let mut read = read.map_err(|error| format!("In this encoding the file is {error}"))?;
            opened::keep_outlets(documents, &mut read);
            Ok(read.into_iter().map(Arc::new).collect())
        });
        self.send(Outcome::Reread { old, new, encoding });
    }

    /// The work that was left last and that no other window has; else the built-in articles.
    fn start_with(&self, home: &Home) {
        for left in home.left() {
            match projects::open(&left.path, Some(home), &self.opener()) {
                // Another window has it, or nothing is left of it.
                Ok(opened) if opened.keeping.read_only.is_some() => {}
                Ok(opened) => return self.send(Outcome::Project(left.path, Ok(Box::new(opened)))),
                Err(_) => {}
            }
        }
        self.open_sample();
    }

    fn opener(&self) -> Opener<'_> {
        Opener { reader: &self.reader, codebook: &self.codebook, today: self.today }
    }

    fn send(&self, outcome: Outcome) {
        self.teller.send(outcome);
    }
}

/// Writes a picture; the message of a failure names the path last.
fn save(picture: &Picture, path: PathBuf) -> Result<PathBuf, String> {
    let bytes = picture.png().map_err(|error| error.to_string())?;
    match files::write_whole(&path, |out| out.write_all(&bytes)) {
        Ok(()) => Ok(path),
        Err(error) => Err(format!("{error}: {}", path.display())),
    }
}
