//! The system's dialogs for files: what is asked, and how. Whatever answers can be put in their place, so that nothing
//! comes up on the screen where there is nobody to answer.
//!
//! A dialog blocks its thread until it is closed, so each runs on one of its own. From outside a dialog that was cancelled,
//! one that could not come up and one that hangs look alike; so the desktop is asked first whether it has one, and whoever
//! waits for longer than a moment is told that it is slow. Where none can come up the window shows a field for the path.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::doctor::{Machine, portal};
use crate::project::home;

/// The endings that articles and projects usually have.
pub const ENDINGS: [&str; 15] = [
    "txt",
    "md",
    "html",
    "htm",
    "xhtml",
    "mhtml",
    "mht",
    "pdf",
    "docx",
    "odt",
    "rtf",
    "eml",
    "epub",
    "markdown",
    home::ENDING,
];

/// What the desktop said of its dialogs holds for so long: a portal may be started, or end.
const KNOWN_FOR: Duration = Duration::from_secs(60);

/// A dialog that is not there after this long is told to be slow. A portal that has to be started takes a second or two.
const SLOW: Duration = Duration::from_secs(4);

/// Nothing chosen after so short a time is no Cancel: a dialog takes longer to appear, and a portal that refuses does not.
const NOBODY_CANCELS_WITHIN: Duration = Duration::from_millis(120);

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Articles and projects to open.
    Files,
    /// Folders, whose files are all opened.
    Folders,
    /// A codebook to open.
    Codebook,
    /// Where to save the project, with a name for it.
    ProjectPlace(String),
    /// Where to save a picture or findings, with a name for them.
    Place(String),
    /// Where to save a copy of the codebook.
    CodebookPlace,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The paths chosen; none for Cancel.
    Chosen(Vec<PathBuf>),
    /// The dialog is not there yet; an answer may still come.
    Slow,
    /// No dialog can come up, and why, as a sentence.
    NoDialog(String),
}

/// Answers a question with the paths chosen, none for Cancel; `None` where no dialog can come up.
pub type Dialogs = Arc<dyn Fn(Question) -> Option<Vec<PathBuf>> + Send + Sync>;

/// What the desktop said of its dialogs, and when.
struct Known {
    at: Instant,
    said: Result<(), String>,
}

/// The dialogs of the system, or what stands in their place. Clones share what is known of them.
#[derive(Clone)]
pub struct Asking {
    dialogs: Dialogs,
    /// Is the desktop asked beforehand?
    is_system: bool,
    /// Offered as a place where there is no dialog.
    home: Option<PathBuf>,
    known: Arc<Mutex<Option<Known>>>,
    n_open: Arc<AtomicUsize>,
}

impl Asking {
    /// The dialogs of the system.
    pub fn of_system() -> Self {
        let home = std::env::home_dir().filter(|home| home.parent().is_some());
        Self { is_system: true, ..Self::of(Arc::new(ask_system), home) }
    }

    /// Something in their place, and in that of the reader's home.
    pub fn of(dialogs: Dialogs, home: Option<PathBuf>) -> Self {
        Self { dialogs, is_system: false, home, known: Arc::default(), n_open: Arc::default() }
    }

    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// Asks, on a thread of its own; `tell` is called once, or twice where the dialog is slow.
    pub fn ask(&self, question: Question, tell: impl Fn(Question, Answer) + Send + 'static) {
        let asking = self.clone();
        thread::spawn(move || {
            if asking.n_open.load(Ordering::SeqCst) > 0 {
                let why = "A file dialog is open already, or hangs; it may lie behind this window.";
                return tell(question, Answer::NoDialog(why.to_owned()));
            }
            if let Err(why) = asking.can_ask() {
                return tell(question, Answer::NoDialog(why));
            }
            asking.n_open.fetch_add(1, Ordering::SeqCst);
            let (sender, answers) = channel();
            let (dialogs, asked) = (Arc::clone(&asking.dialogs), question.clone());
            thread::spawn(move || {
                // A sender that goes without a word is a dialog that panicked.
                let _ = sender.send(dialogs(asked));
            });
            let first = answers.recv_timeout(SLOW);
            if first == Err(RecvTimeoutError::Timeout) {
                tell(question.clone(), Answer::Slow);
            }
            let answer = first.or_else(|_| answers.recv()).unwrap_or_default();
            asking.n_open.fetch_sub(1, Ordering::SeqCst);
            let none = || Answer::NoDialog("No file dialog came up on this system.".to_owned());
            tell(question, answer.map_or_else(none, Answer::Chosen));
        });
    }

    /// Can a dialog come up? Asks the desktop where that was not known lately.
    fn can_ask(&self) -> Result<(), String> {
        if !self.is_system {
            return Ok(());
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.as_ref().filter(|known| known.at.elapsed() < KNOWN_FOR) {
            return known.said.clone();
        }
        let said = portal::can_ask(&Machine::here());
        *known = Some(Known { at: Instant::now(), said: said.clone() });
        said
    }
}

/// Of several files or folders the library tells Cancel from a failure; of one it tells nothing but that there is none.
fn ask_system(question: Question) -> Option<Vec<PathBuf>> {
    let dialog = rfd::FileDialog::new();
    let start = Instant::now();
    let one = match question {
        // Content tells what a file is, so any name may be chosen.
        Question::Files => {
            let dialog = dialog.set_title("Open articles").add_filter("Articles and projects", &ENDINGS);
            return dialog.add_filter("All files", &["*"]).pick_files();
        }
        Question::Folders => return dialog.set_title("Open folders").pick_folders(),
        Question::Codebook => {
            let dialog = dialog.set_title("Open a codebook").add_filter("Codebooks", &["toml"]);
            dialog.add_filter("All files", &["*"]).pick_file()
        }
        Question::ProjectPlace(name) => {
            let dialog = dialog.set_title("Save as").set_file_name(name);
            dialog.add_filter("Projects", &[home::ENDING]).save_file()
        }
        Question::Place(name) => dialog.set_title("Save").set_file_name(name).save_file(),
        Question::CodebookPlace => {
            let dialog = dialog.set_title("Save a copy of the codebook").set_file_name("codebook.toml");
            dialog.add_filter("Codebooks", &["toml"]).save_file()
        }
    };
    match one {
        Some(path) => Some(vec![path]),
        None => (start.elapsed() > NOBODY_CANCELS_WITHIN).then(Vec::new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of one question after another.
    fn told(asking: &Asking, n_questions: usize) -> Vec<Answer> {
        let (sender, receiver) = channel();
        for _ in 0..n_questions {
            let sender = sender.clone();
            asking.ask(Question::Files, move |_, answer| {
                let _ = sender.send(answer);
            });
            thread::sleep(Duration::from_millis(100));
        }
        drop(sender);
        receiver.into_iter().collect()
    }

    fn asking(dialogs: impl Fn(Question) -> Option<Vec<PathBuf>> + Send + Sync + 'static) -> Asking {
        Asking::of(Arc::new(dialogs), None)
    }

    #[test]
    fn cancel_is_an_answer_and_no_dialog_is_another() {
        let cancelled = asking(|_| Some(Vec::new()));
        assert_eq!(told(&cancelled, 1), [Answer::Chosen(Vec::new())]);
        let none = asking(|_| None);
        assert!(matches!(told(&none, 2).as_slice(), [Answer::NoDialog(_), Answer::NoDialog(_)]));
        let broken = asking(|_| std::panic::resume_unwind(Box::new("broken")));
        assert!(matches!(told(&broken, 1).as_slice(), [Answer::NoDialog(_)]));
    }

    #[test]
    fn a_dialog_that_hangs_is_told_to_be_slow_and_does_not_stand_in_the_way() {
        let slow = asking(|_| {
            thread::sleep(SLOW + Duration::from_millis(400));
            Some(vec![PathBuf::from("late")])
        });
        let told = told(&slow, 2);
        assert!(matches!(&told[0], Answer::NoDialog(why) if why.contains("open already")), "{told:?}");
        assert_eq!(told[1..], [Answer::Slow, Answer::Chosen(vec!["late".into()])]);
    }
}
