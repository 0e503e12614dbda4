//! What takes longer than a frame: reading files, analyzing, drawing pictures, and the system's dialogs.
//!
//! One thread works through the tasks in their order; results come back as values of one enum. A generation number on
//! each analysis lets the desk drop a stale one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

use jiff::civil::Date;

use super::desk::Desk;
use super::page;
use super::snapshot::{self, Picture};
use super::state::{BadFile, ImageSize};
use crate::analysis::{self, Analysis, Options, Progress};
use crate::codebook::Codebook;
use crate::document::{Corpus, Document};
use crate::ingest::{self, Reader};
use crate::project::files;
use crate::project::opening::{Failure, Opener};

/// Files are handed over in groups of this size, so that the first are readable before the last are read.
const FILES_AT_ONCE: usize = 32;

/// Dialogs that answer faster than this never came up.
const NO_DIALOG_MILLIS: u128 = 250;

/// Something to do.
pub enum Task {
    /// The built-in articles.
    Sample,
    /// Files and folders.
    Read(Vec<PathBuf>),
    Paste {
        text: String,
        number: u32,
    },
    Analyze {
        generation: u64,
        corpus: Corpus,
        options: Options,
        progress: Progress,
    },
    /// Draws the view again; to a file, or for the clipboard where there is none.
    Picture {
        desk: Box<Desk>,
        size: ImageSize,
        mode: super::theme::Mode,
        path: Option<PathBuf>,
    },
}

/// Something done.
pub enum Outcome {
    Sample(Vec<Document>),
    /// How many files were found behind the paths asked for.
    Found(usize),
    Read {
        documents: Vec<Document>,
        bad: Vec<BadFile>,
        n_files: usize,
    },
    Analyzed {
        generation: u64,
        analysis: Analysis,
    },
    Cancelled,
    Picture(Picture),
    Saved(Result<PathBuf, String>),
    /// Files chosen in the system's dialog, `None` where none came up.
    ChosenFiles(Option<Vec<PathBuf>>),
    ChosenPlace(Option<PathBuf>),
}

/// The thread that works, and the way to it.
pub struct Jobs {
    tasks: Sender<Task>,
    outcomes: Receiver<Outcome>,
    sender: Sender<Outcome>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Jobs {
    /// Starts the thread. `wake` is called after every outcome; `worker` is the program that reads hostile files.
    pub fn new(
        codebook: Arc<Codebook>,
        today: Date,
        worker: Option<PathBuf>,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let (tasks, inbox) = channel::<Task>();
        let (sender, outcomes) = channel();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let worker =
            Worker { codebook, today, reader: Reader::new(worker), sender: sender.clone(), wake: Arc::clone(&wake) };
        thread::spawn(move || {
            for task in inbox {
                worker.work(task);
            }
        });
        Self { tasks, outcomes, sender, wake }
    }

    pub fn start(&self, task: Task) {
        // The thread ends only with the program.
        let _ = self.tasks.send(task);
    }

    /// What was done since the last look.
    pub fn take(&self) -> Vec<Outcome> {
        self.outcomes.try_iter().collect()
    }

    /// Asks for files, on a thread of its own since some portals hang.
    pub fn ask_for_files(&self) {
        self.ask(|| rfd::FileDialog::new().set_title("Open articles").pick_files(), Outcome::ChosenFiles);
    }

    /// Asks where to save a picture.
    pub fn ask_for_place(&self, name: String) {
        let dialog = move || {
            let dialog = rfd::FileDialog::new().set_title("Save image").set_file_name(name).add_filter("PNG", &["png"]);
            dialog.save_file()
        };
        self.ask(dialog, Outcome::ChosenPlace);
    }

    /// Runs a dialog. A missing portal answers at once, like Cancel; then the caller shows a field for the path.
    fn ask<T: Default + Send + 'static>(
        &self,
        dialog: impl FnOnce() -> Option<T> + Send + 'static,
        outcome: impl FnOnce(Option<T>) -> Outcome + Send + 'static,
    ) {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        thread::spawn(move || {
            let start = Instant::now();
            let chosen = dialog();
            let came_up = chosen.is_some() || start.elapsed().as_millis() > NO_DIALOG_MILLIS;
            let _ = sender.send(outcome(chosen.or_else(|| came_up.then(T::default))));
            wake();
        });
    }
}

struct Worker {
    codebook: Arc<Codebook>,
    today: Date,
    reader: Reader,
    sender: Sender<Outcome>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Worker {
    fn work(&self, task: Task) {
        match task {
            Task::Sample => self.send(Outcome::Sample(ingest::sample(&self.codebook, self.today))),
            Task::Read(paths) => self.read(&paths),
            Task::Paste { text, number } => {
                self.send(Outcome::Found(1));
                self.send(outcome_of(vec![self.opener().open_pasted(&text, number)]));
            }
            Task::Analyze { generation, corpus, options, progress } => {
                match analysis::analyze(&corpus, &self.codebook, &options, &progress) {
                    Ok(analysis) => self.send(Outcome::Analyzed { generation, analysis }),
                    Err(analysis::Cancelled) => self.send(Outcome::Cancelled),
                }
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

    /// Finds the files behind the paths and reads them in groups, each failure beside the rest.
    fn read(&self, paths: &[PathBuf]) {
        use rayon::prelude::*;
        let found = files::find_files(paths);
        self.send(Outcome::Found(found.len()));
        let mut found = found.into_iter();
        loop {
            let group: Vec<_> = found.by_ref().take(FILES_AT_ONCE).collect();
            if group.is_empty() {
                return;
            }
            let opener = self.opener();
            self.send(outcome_of(group.into_par_iter().map(|file| opener.open(file)).collect()));
        }
    }

    fn opener(&self) -> Opener<'_> {
        Opener { reader: &self.reader, codebook: &self.codebook, today: self.today }
    }

    fn send(&self, outcome: Outcome) {
        let _ = self.sender.send(outcome);
        (self.wake)();
    }
}

/// The documents and the failures of a group of files.
fn outcome_of(read: Vec<Result<Vec<Document>, Failure>>) -> Outcome {
    let n_files = read.len();
    let mut documents = Vec::new();
    let mut bad = Vec::new();
    for result in read {
        match result {
            Ok(articles) => documents.extend(articles),
            Err(failure) => bad.push(BadFile {
                name: failure.name,
                reason: failure.message,
                next_step: failure.next_step.to_owned(),
                open_as: None,
            }),
        }
    }
    Outcome::Read { documents, bad, n_files }
}

/// Writes a picture; the message of a failure names the path last.
fn save(picture: &Picture, path: PathBuf) -> Result<PathBuf, String> {
    let bytes = snapshot::png(&picture.image).map_err(|error| error.to_string())?;
    match std::fs::write(&path, bytes) {
        Ok(()) => Ok(path),
        Err(error) => Err(format!("{error}: {}", path.display())),
    }
}
