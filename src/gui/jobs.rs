//! What takes longer than a frame: reading files, analyzing, drawing pictures, and the system's dialogs.
//!
//! One thread reads, one analyzes, each in the order of asking, so that files open while a long analysis runs; results
//! come back as values of one enum. A generation number on each analysis lets the desk drop a stale one. Dialogs, a look
//! at the bytes of a file and a search for words have threads of their own, since they wait for nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use jiff::civil::Date;

use super::briefing::maker::{self, Asked, Made};
use super::briefing::saving::{self, PageFormat};
use super::codebooks::{self, FileRead};
use super::compare::articles::job as comparing;
use super::desk::Desk;
use super::dialogs::{self, Dialogs, Question};
use super::exporting::{self, ExportKind};
use super::opened::{self, Opened};
use super::page;
use super::projects::{self, OpenedProject};
use super::raw_file::{self, RawFile};
use super::search;
use super::snapshot::Picture;
use super::state::ImageSize;
use crate::analysis::{self, Analysis, Options, Progress};
use crate::codebook::Codebook;
use crate::document::{Corpus, Document, DocumentId, Passage, Published};
use crate::ingest::{self, Hint, Reader};
use crate::project::home::{Home, Left};
use crate::project::keeper::{Keeper, News, Originals, Trouble};
use crate::project::opening::Opener;
use crate::project::{CodebookText, clusters, portable, store};

/// Dialogs that answer faster than this never came up.
const NO_DIALOG_MILLIS: u128 = 250;

/// Something to do.
pub enum Task {
    /// The built-in articles.
    Sample,
    /// The work without a name that was left last, else the built-in articles.
    Start(Home),
    /// Files and folders, until somebody cancels.
    Read {
        paths: Vec<PathBuf>,
        progress: Progress,
        /// Where a damaged project is recovered to.
        home: Option<Home>,
    },
    /// What can be had of a damaged project, as work without a name.
    Recover {
        path: PathBuf,
        home: Home,
    },
    /// What passim wrote.
    Clusters(Vec<PathBuf>),
    Paste {
        text: String,
        number: u32,
    },
    Analyze {
        generation: u64,
        corpus: Corpus,
        codebook: Arc<Codebook>,
        options: Options,
        progress: Progress,
    },
    /// Reads the file of these articles anew, in another encoding or, where there is none, in the one it tells.
    Reread {
        documents: Vec<Arc<Document>>,
        encoding: Option<String>,
        originals: Option<Originals>,
    },
    /// Dates articles anew by a codebook without some of its facts.
    Redate {
        documents: Vec<Arc<Document>>,
        codebook: Arc<Codebook>,
        facts_off: BTreeSet<String>,
    },
    /// Writes findings for other programs.
    Export {
        desk: Box<Desk>,
        kind: ExportKind,
        path: PathBuf,
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
    Sample(Vec<Opened>),
    /// The files that were found behind the paths asked for.
    Found(Vec<String>),
    /// A project that was opened, with the path that was asked for; or why not.
    Project(PathBuf, Result<Box<OpenedProject>, Trouble>),
    /// What the keeper of the project tells.
    Kept(News),
    /// Projects that can be gone back to.
    Known {
        recent: Vec<PathBuf>,
        left: Vec<Left>,
    },
    /// Where the project is to be saved, `None` where no dialog came up.
    ChosenProject(Option<PathBuf>),
    /// What came of some of them.
    Read(opened::Batch),
    /// The reading was stopped; so many files were not read.
    ReadStopped(usize),
    Clusters(clusters::Reading),
    /// The file of `old` in another encoding, or why not.
    Reread {
        old: Vec<DocumentId>,
        new: Result<Vec<Arc<Document>>, String>,
        encoding: Option<String>,
    },
    Redated {
        facts_off: BTreeSet<String>,
        /// The hash of the codebook.
        hash: String,
        published: Vec<(DocumentId, Published)>,
    },
    /// The bytes behind an article, or why they are gone.
    Raw {
        document: DocumentId,
        raw: Result<RawFile, String>,
    },
    /// What came of a search.
    Searched(search::Found),
    /// Where the words of a passage stand in all articles.
    Places {
        of: Passage,
        places: Vec<Passage>,
    },
    Analyzed {
        generation: u64,
        analysis: Analysis,
    },
    Cancelled,
    Picture(Picture),
    /// What came of the comparison of two articles.
    Compared(Box<comparing::Compared>),
    /// A page for Briefing.
    PageMade(Made),
    /// A page for the clipboard, or why there is none.
    PageCopied(Result<Arc<egui::ColorImage>, String>),
    PageSaved(PageFormat, Result<PathBuf, String>),
    Saved(Result<PathBuf, String>),
    /// Files chosen in the system's dialog, `None` where none came up.
    ChosenFiles(Option<Vec<PathBuf>>),
    ChosenPlace(Option<PathBuf>),
    /// A codebook's file that was asked for, or that changed.
    CodebookRead(FileRead),
    Exported(Result<PathBuf, String>),
    /// What came of saving the codebook, in words.
    CodebookSaved(String),
}

/// The threads that work, and the way to them.
pub struct Jobs {
    reading: Sender<Task>,
    analyzing: Sender<Task>,
    searching: Sender<search::job::Asked>,
    briefing: Sender<Arc<Asked>>,
    comparing: Sender<comparing::Asked>,
    outcomes: Receiver<Outcome>,
    sender: Sender<Outcome>,
    wake: Arc<dyn Fn() + Send + Sync>,
    pasted: Pasted,
    /// The bytes that the project keeps.
    originals: Option<Originals>,
    dialogs: Dialogs,
}

/// The texts that were pasted, by their numbers. Clones share one list.
#[derive(Clone, Debug, Default)]
pub struct Pasted(Arc<Mutex<BTreeMap<u32, Arc<str>>>>);

impl Pasted {
    pub fn keep(&self, number: u32, text: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(number, text.into());
    }

    pub fn text(&self, number: u32) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned()
    }
}

impl Jobs {
    /// Starts the threads. `wake` is called after every outcome; `worker` is the program that reads hostile files.
    pub fn new(
        codebook: Arc<Codebook>,
        today: Date,
        worker: Option<PathBuf>,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let (sender, outcomes) = channel();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let pasted = Pasted::default();
        let (answers, wake_up) = (sender.clone(), Arc::clone(&wake));
        let searching = search::job::start(move |found| {
            let is_heard = answers.send(Outcome::Searched(found)).is_ok();
            wake_up();
            is_heard
        });
        let (answers, wake_up) = (sender.clone(), Arc::clone(&wake));
        let briefing = maker::start(move |made| {
            let is_heard = answers.send(Outcome::PageMade(made)).is_ok();
            wake_up();
            is_heard
        });
        let (answers, wake_up) = (sender.clone(), Arc::clone(&wake));
        let comparing = comparing::start(move |compared| {
            let is_heard = answers.send(Outcome::Compared(Box::new(compared))).is_ok();
            wake_up();
            is_heard
        });
        let worker = Worker {
            codebook,
            today,
            reader: Arc::new(Reader::new(worker)),
            sender: sender.clone(),
            wake: Arc::clone(&wake),
            pasted: pasted.clone(),
        };
        let (reading, analyzing) = (worker.clone().start(), worker.start());
        Self {
            reading,
            analyzing,
            searching,
            briefing,
            comparing,
            outcomes,
            sender,
            wake,
            pasted,
            originals: None,
            dialogs: dialogs::of_system(),
        }
    }

    /// Puts something else in the place of the system's dialogs.
    #[must_use]
    pub fn with_dialogs(self, dialogs: Dialogs) -> Self {
        Self { dialogs, ..self }
    }

    /// Starts the thread that keeps the project.
    pub fn keep_at(&mut self, home: Home) -> Keeper {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        let keeper = Keeper::start(Some(home), move |news| {
            let _ = sender.send(Outcome::Kept(news));
            wake();
        });
        self.originals = Some(keeper.originals());
        keeper
    }

    pub fn start(&self, task: Task) {
        let thread = match task {
            Task::Analyze { .. } | Task::Picture { .. } | Task::Export { .. } => &self.analyzing,
            _ => &self.reading,
        };
        // The threads end only with the program.
        let _ = thread.send(task);
    }

    /// What was done since the last look.
    pub fn take(&self) -> Vec<Outcome> {
        self.outcomes.try_iter().collect()
    }

    /// Asks for files, on a thread of its own since some portals hang.
    pub fn ask_for_files(&self) {
        self.ask(Question::Files, Outcome::ChosenFiles);
    }

    /// Asks for folders, whose files are all opened.
    pub fn ask_for_folders(&self) {
        self.ask(Question::Folders, Outcome::ChosenFiles);
    }

    /// Looks at the bytes behind an article.
    pub fn look_at(&self, document: Arc<Document>) {
        let (sender, wake, pasted) = (self.sender.clone(), Arc::clone(&self.wake), self.pasted.clone());
        let kept = self.originals.clone();
        thread::spawn(move || {
            let bytes = raw_file::bytes_of(&document, kept.as_ref(), &pasted);
            let raw = bytes.map(|bytes| raw_file::raw_file(&document, &bytes));
            let _ = sender.send(Outcome::Raw { document: document.id, raw });
            wake();
        });
    }

    /// Asks for a codebook's file, reads it, and looks at it for changes from then on.
    pub fn ask_for_codebook(&self) {
        let (sender, wake, dialogs) = (self.sender.clone(), Arc::clone(&self.wake), Arc::clone(&self.dialogs));
        thread::spawn(move || {
            let Some(path) = dialogs(Question::Codebook).and_then(first) else { return };
            let _ = sender.send(Outcome::CodebookRead(codebooks::read_file(&path, true)));
            wake();
            codebooks::watch(path, tell_codebook(sender, wake));
        });
    }

    /// Looks at a codebook's file for changes.
    pub fn watch_codebook(&self, path: PathBuf) {
        codebooks::watch(path, tell_codebook(self.sender.clone(), Arc::clone(&self.wake)));
    }

    /// Asks where to save the codebook, and writes it there.
    pub fn save_codebook(&self, text: CodebookText) {
        let (sender, wake, dialogs) = (self.sender.clone(), Arc::clone(&self.wake), Arc::clone(&self.dialogs));
        thread::spawn(move || {
            let Some(path) = dialogs(Question::CodebookPlace).and_then(first) else { return };
            let says = match crate::project::files::write_whole(&path, |out| out.write_all(text.toml.as_bytes())) {
                Ok(()) => format!("Saved {}", path.display()),
                Err(error) => format!("The codebook was not saved: {error}: {}", path.display()),
            };
            let _ = sender.send(Outcome::CodebookSaved(says));
            wake();
        });
    }

    /// Looks for what was typed; a blank query gets the index ready.
    pub fn search(&self, query: String, corpus: Corpus) {
        let _ = self.searching.send(search::job::Asked { query, corpus });
    }

    /// Compares two articles.
    pub fn compare(&self, asked: comparing::Asked) {
        let _ = self.comparing.send(asked);
    }

    /// Makes a page for the screen.
    pub fn brief(&self, asked: Arc<Asked>) {
        let _ = self.briefing.send(asked);
    }

    /// Makes a page and writes it to a file.
    pub fn save_page(&self, asked: Arc<Asked>, format: PageFormat, path: PathBuf) {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        thread::spawn(move || {
            let saved = saving::write(&asked, format, &path).map(|()| path);
            let _ = sender.send(Outcome::PageSaved(format, saved));
            wake();
        });
    }

    /// Makes a page for the clipboard.
    pub fn copy_page(&self, asked: Arc<Asked>) {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        thread::spawn(move || {
            let _ = sender.send(Outcome::PageCopied(saving::picture(&asked)));
            wake();
        });
    }

    /// Looks for the words of a passage in all articles.
    pub fn find_places(&self, of: Passage, corpus: Corpus, codebook: Arc<Codebook>) {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        thread::spawn(move || {
            let places = analysis::reuse::places(&corpus, &codebook, of);
            let _ = sender.send(Outcome::Places { of, places });
            wake();
        });
    }

    /// Looks which projects can be gone back to, after noting one that is open now.
    pub fn look_around(&self, home: Home, open: Option<PathBuf>) {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        thread::spawn(move || {
            if let Some(open) = open {
                home.note_recent(&open);
            }
            let _ = sender.send(Outcome::Known { recent: home.recent(), left: home.left() });
            wake();
        });
    }

    /// Asks where to save the project.
    pub fn ask_for_project(&self, name: String) {
        self.ask(Question::ProjectPlace(name), |chosen| {
            Outcome::ChosenProject(chosen.map(|it| first(it).unwrap_or_default()))
        });
    }

    /// Asks where to save a picture.
    pub fn ask_for_place(&self, name: String) {
        self.ask(Question::Place(name), |chosen| Outcome::ChosenPlace(chosen.map(|it| first(it).unwrap_or_default())));
    }

    /// Runs a dialog; an empty answer stands for Cancel. A missing portal answers at once, like Cancel; then the caller
    /// shows a field for the path.
    fn ask(&self, question: Question, outcome: impl FnOnce(Option<Vec<PathBuf>>) -> Outcome + Send + 'static) {
        let (sender, wake, dialogs) = (self.sender.clone(), Arc::clone(&self.wake), Arc::clone(&self.dialogs));
        thread::spawn(move || {
            let start = Instant::now();
            let chosen = dialogs(question);
            let came_up = chosen.is_some() || start.elapsed().as_millis() > NO_DIALOG_MILLIS;
            let _ = sender.send(outcome(chosen.or_else(|| came_up.then(Vec::new))));
            wake();
        });
    }
}

/// The path of a dialog that lets one be chosen.
fn first(paths: Vec<PathBuf>) -> Option<PathBuf> {
    paths.into_iter().next()
}

/// Hands a codebook's file over; false where nobody listens any more.
fn tell_codebook(sender: Sender<Outcome>, wake: Arc<dyn Fn() + Send + Sync>) -> impl Fn(FileRead) -> bool + Send {
    move |read| {
        let is_heard = sender.send(Outcome::CodebookRead(read)).is_ok();
        wake();
        is_heard
    }
}

#[derive(Clone)]
struct Worker {
    codebook: Arc<Codebook>,
    today: Date,
    reader: Arc<Reader>,
    sender: Sender<Outcome>,
    wake: Arc<dyn Fn() + Send + Sync>,
    pasted: Pasted,
}

impl Worker {
    /// Starts a thread that works through what it is sent.
    fn start(self) -> Sender<Task> {
        let (tasks, inbox) = channel::<Task>();
        thread::spawn(move || {
            // One set of articles is analyzed again and again as it grows.
            let mut memory = analysis::Memory::default();
            for task in inbox {
                self.work(task, &mut memory);
            }
        });
        tasks
    }

    fn work(&self, task: Task, memory: &mut analysis::Memory) {
        match task {
            Task::Sample => {
                let documents = ingest::sample(&self.codebook, self.today);
                self.send(Outcome::Sample(documents.into_iter().map(Opened::new).collect()));
            }
            Task::Start(home) => self.start_with(&home),
            Task::Read { paths, progress, home } => match paths.as_slice() {
                [one] if store::is_project(one) || portable::is_export(one) => {
                    let opened = projects::open(one, home.as_ref(), &self.opener()).map(Box::new);
                    self.send(Outcome::Project(one.clone(), opened));
                }
                _ => opened::read(&self.opener(), &paths, &progress, &|it| self.send(it)),
            },
            Task::Recover { path, home } => {
                let opened = projects::recover(&path, &home, "damaged: its pages do not fit together", &self.opener())
                    .map(Box::new);
                self.send(Outcome::Project(path, opened));
            }
            Task::Clusters(paths) => self.send(Outcome::Clusters(clusters::read(&paths))),
            Task::Paste { text, number } => {
                self.send(Outcome::Found(vec!["pasted text".to_owned()]));
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
        self.work(Task::Sample, &mut analysis::Memory::default());
    }

    fn opener(&self) -> Opener<'_> {
        Opener { reader: &self.reader, codebook: &self.codebook, today: self.today }
    }

    fn send(&self, outcome: Outcome) {
        let _ = self.sender.send(outcome);
        (self.wake)();
    }
}

/// Writes a picture; the message of a failure names the path last.
fn save(picture: &Picture, path: PathBuf) -> Result<PathBuf, String> {
    let bytes = picture.png().map_err(|error| error.to_string())?;
    match std::fs::write(&path, bytes) {
        Ok(()) => Ok(path),
        Err(error) => Err(format!("{error}: {}", path.display())),
    }
}
