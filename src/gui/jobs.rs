//! What takes longer than a frame: reading files, analyzing, drawing pictures, and the system's dialogs.
//!
//! One thread reads, one analyzes, each in the order of asking, so that files open while a long analysis runs; results
//! come back as values of one enum. A generation number on each analysis lets the desk drop a stale one. Dialogs, a look
//! at the bytes of a file and a search for words have threads of their own, since they wait for nobody. A task that fails
//! ends alone: whoever waits for it has an answer, and the window is told ([`Outcome::Failed`]).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use super::briefing::maker::{self, Asked, Made};
use super::briefing::saving::{self, PageFormat};
use super::codebooks::{self, FileRead};
use super::compare::articles::job as comparing;
use super::crash::job::{Begins, Guard, Job};
use super::desk::Desk;
use super::dialogs::{Answer, Asking, Dialogs, Question};
use super::exporting::ExportKind;
use super::opened::{self, Opened};
use super::path_field::Entered;
use super::path_field::listing::{self, Listing, Verdict};
use super::path_field::typed::Places;
use super::projects::OpenedProject;
use super::raw_file::{self, RawFile};
use super::search;
use super::snapshot::Picture;
use super::state::ImageSize;
use super::worker::Worker;
use crate::analysis::{self, Analysis, Options, Progress};
use crate::codebook::Codebook;
use crate::doctor::{self, Examined, Machine};
use crate::document::{Corpus, Document, DocumentId, Passage, Published};
use crate::ingest::Reader;
use crate::project::home::{Home, Left};
use crate::project::keeper::{Keeper, News, Originals, Trouble};
use crate::project::{CodebookText, clusters};

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
        /// Who may still hold the project.
        kept: Option<Originals>,
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
    /// What a second start of the program was to open; nothing where it is only to be seen.
    HandedOver(Vec<PathBuf>),
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
        asked: u64,
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
    /// What came of the comparison of two articles; the key alone where it failed.
    Compared(Result<Box<comparing::Compared>, comparing::Key>),
    /// A page for Briefing.
    PageMade(Made),
    /// A page for the clipboard, or why there is none.
    PageCopied(Result<Arc<egui::ColorImage>, String>),
    PageSaved(PageFormat, Result<PathBuf, String>),
    Saved(Result<PathBuf, String>),
    /// What came of asking with the system's dialog.
    Chosen(Question, Answer),
    /// What lies in a folder that a field for a path asked for.
    Listed(Listing),
    /// What was found of the text that was entered there.
    PathChecked(String, Verdict),
    /// What this computer offers.
    Examined(Examined),
    /// A codebook's file that was asked for, or that changed.
    CodebookRead(FileRead),
    Exported(Result<PathBuf, String>),
    /// What came of saving the codebook, in words.
    CodebookSaved(String),
    /// A task failed; whoever waited for it has been answered.
    Failed(Job),
}

/// The threads that work, and the way to them.
pub struct Jobs {
    reading: Sender<Task>,
    analyzing: Sender<Task>,
    searching: Sender<search::job::Asked>,
    briefing: Sender<Arc<Asked>>,
    comparing: Sender<comparing::Asked>,
    outcomes: Receiver<Outcome>,
    teller: Teller,
    guard: Guard,
    pasted: Pasted,
    /// The bytes that the project keeps.
    originals: Option<Originals>,
    /// How often bytes were looked at.
    n_looks: u64,
    asking: Asking,
    /// The program that reads hostile files.
    program: Option<PathBuf>,
}

/// The way of outcomes to the window.
#[derive(Clone)]
pub(super) struct Teller {
    sender: Sender<Outcome>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Teller {
    /// False where nobody listens any more.
    pub(super) fn send(&self, outcome: Outcome) -> bool {
        let is_heard = self.sender.send(outcome).is_ok();
        (self.wake)();
        is_heard
    }
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
        Self::noted(codebook, today, worker, wake, Arc::new(|_| {}))
    }

    /// As [`new`](Self::new); `begins` is called at the begin of every task, on its thread.
    pub fn noted(
        codebook: Arc<Codebook>,
        today: Date,
        worker: Option<PathBuf>,
        wake: impl Fn() + Send + Sync + 'static,
        begins: Begins,
    ) -> Self {
        let (sender, outcomes) = channel();
        let teller = Teller { sender, wake: Arc::new(wake) };
        let pasted = Pasted::default();
        let failures = teller.clone();
        let guard = Guard::new(begins, move |job| {
            failures.send(Outcome::Failed(job));
        });
        let answers = teller.clone();
        let searching = search::job::start(&guard, move |found| answers.send(Outcome::Searched(found)));
        let answers = teller.clone();
        let briefing = maker::start(&guard, move |made| answers.send(Outcome::PageMade(made)));
        let answers = teller.clone();
        let comparing = comparing::start(&guard, move |compared| answers.send(Outcome::Compared(compared)));
        let program = worker.clone();
        let worker = Worker {
            codebook,
            today,
            reader: Arc::new(Reader::new(worker)),
            teller: teller.clone(),
            guard: guard.clone(),
            pasted: pasted.clone(),
        };
        let (reading, analyzing) = (worker.clone().start(Job::Reading), worker.start(Job::Analysis));
        Self {
            reading,
            analyzing,
            searching,
            briefing,
            comparing,
            outcomes,
            teller,
            guard,
            pasted,
            originals: None,
            n_looks: 0,
            asking: Asking::of_system(),
            program,
        }
    }

    /// Does something on a thread of its own. Where it fails, `failed` is the answer of whoever waits for one.
    fn aside(
        &self,
        job: Job,
        failed: impl FnOnce() -> Option<Outcome> + Send + 'static,
        work: impl FnOnce() -> Option<Outcome> + Send + 'static,
    ) {
        let (teller, guard) = (self.teller.clone(), self.guard.clone());
        self.guard.spawn(job, move || {
            let done = guard.run(job, work);
            let has_failed = done.is_none();
            if let Some(outcome) = done.unwrap_or_else(failed) {
                teller.send(outcome);
            }
            if has_failed {
                guard.tell(job);
            }
        });
    }

    /// Puts something else in the place of the system's dialogs and of the reader's home.
    #[must_use]
    pub fn with_dialogs(self, dialogs: Dialogs, home: Option<PathBuf>) -> Self {
        Self { asking: Asking::of(dialogs, home), ..self }
    }

    /// Where the reader is at home.
    pub fn home(&self) -> Option<&Path> {
        self.asking.home()
    }

    /// Starts the thread that keeps the project.
    pub fn keep_at(&mut self, home: Home) -> Keeper {
        let teller = self.teller.clone();
        let keeper = Keeper::start(Some(home), move |news| {
            teller.send(Outcome::Kept(news));
        });
        self.originals = Some(keeper.originals());
        keeper
    }

    /// Takes what other starts of the program are to open.
    pub fn hand_over(&self) -> impl Fn(Vec<PathBuf>) + Send + 'static {
        let teller = self.teller.clone();
        move |paths| {
            teller.send(Outcome::HandedOver(paths));
        }
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

    /// Asks with the system's dialog.
    pub fn ask(&self, question: Question) {
        let teller = self.teller.clone();
        self.asking.ask(question, move |question, answer| {
            teller.send(Outcome::Chosen(question, answer));
        });
    }

    /// Runs something short on a thread of its own: it may wait for the disk.
    fn run(&self, job: Job, run: impl FnOnce() -> Outcome + Send + 'static) {
        self.aside(job, || None, move || Some(run()));
    }

    /// Looks into a folder for a field for a path.
    pub fn list_folder(&self, folder: PathBuf, places: Arc<Places>) {
        self.run(Job::File, move || Outcome::Listed(listing::list(folder, &places)));
    }

    /// Looks whether what was entered there is what is wanted.
    pub fn check_path(&self, entered: Entered) {
        self.run(Job::File, move || {
            let Entered { text, paths, wants, is_agreed, places } = entered;
            Outcome::PathChecked(text, listing::check(&paths, wants, is_agreed, &places))
        });
    }

    /// Looks at what this computer offers.
    pub fn examine(&self) {
        let program = self.program.clone();
        self.run(Job::Examination, move || Outcome::Examined(doctor::examine(&Machine::here().with_program(program))));
    }

    /// Looks at the bytes behind an article; returns the number that the answer will have.
    pub fn look_at(&mut self, document: Arc<Document>) -> u64 {
        self.n_looks += 1;
        let (kept, pasted, asked) = (self.originals.clone(), self.pasted.clone(), self.n_looks);
        let failed = move || Some(Outcome::Raw { asked, raw: Err("Something in the program failed".to_owned()) });
        self.aside(Job::File, failed, move || {
            let bytes = raw_file::bytes_of(&document, kept.as_ref(), &pasted);
            let raw = bytes.map(|bytes| raw_file::raw_file(&document, &bytes));
            Some(Outcome::Raw { asked, raw })
        });
        asked
    }

    /// Reads a codebook's file, and looks at it for changes from then on.
    pub fn read_codebook(&self, path: PathBuf) {
        let teller = self.teller.clone();
        self.aside(
            Job::Codebook,
            || None,
            move || {
                teller.send(Outcome::CodebookRead(codebooks::read_file(&path, true)));
                codebooks::watch(path, tell_codebook(teller));
                None
            },
        );
    }

    /// Looks at a codebook's file for changes.
    pub fn watch_codebook(&self, path: PathBuf) {
        codebooks::watch(path, tell_codebook(self.teller.clone()));
    }

    /// Writes the codebook to a file.
    pub fn save_codebook(&self, text: CodebookText, path: PathBuf) {
        self.run(Job::Codebook, move || {
            let written = crate::project::files::write_whole(&path, |out| out.write_all(text.toml.as_bytes()));
            Outcome::CodebookSaved(match written {
                Ok(()) => format!("Saved {}", path.display()),
                Err(error) => format!("The codebook was not saved: {error}: {}", path.display()),
            })
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
        let failed = move || Some(Outcome::PageSaved(format, Err("something in the program failed".to_owned())));
        self.aside(Job::Page, failed, move || {
            let saved = saving::write(&asked, format, &path).map(|()| path);
            Some(Outcome::PageSaved(format, saved))
        });
    }

    /// Makes a page for the clipboard.
    pub fn copy_page(&self, asked: Arc<Asked>) {
        let failed = || Some(Outcome::PageCopied(Err("something in the program failed".to_owned())));
        self.aside(Job::Page, failed, move || Some(Outcome::PageCopied(saving::picture(&asked))));
    }

    /// Looks for the words of a passage in all articles.
    pub fn find_places(&self, of: Passage, corpus: Corpus, codebook: Arc<Codebook>) {
        let failed = move || Some(Outcome::Places { of, places: Vec::new() });
        self.aside(Job::Places, failed, move || {
            Some(Outcome::Places { of, places: analysis::reuse::places(&corpus, &codebook, of) })
        });
    }

    /// Looks which projects can be gone back to, after noting one that is open now.
    pub fn look_around(&self, home: Home, open: Option<PathBuf>) {
        self.aside(
            Job::Projects,
            || None,
            move || {
                if let Some(open) = open {
                    home.note_recent(&open);
                }
                Some(Outcome::Known { recent: home.recent(), left: home.left() })
            },
        );
    }
}

/// Hands a codebook's file over; false where nobody listens any more.
fn tell_codebook(teller: Teller) -> impl Fn(FileRead) -> bool + Send {
    move |read| teller.send(Outcome::CodebookRead(read))
}
