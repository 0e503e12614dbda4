//! The system's dialogs for files: what is asked, and how. Whatever answers can be put in their place, so that nothing
//! comes up on the screen where there is nobody to answer.
//!
//! A dialog blocks its thread until it is closed, so whoever asks does it on a thread of their own.

use std::path::PathBuf;
use std::sync::Arc;

use crate::project::home;

/// The endings that articles usually have.
const ENDINGS: [&str; 15] = [
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

/// Answers a question with the paths chosen; `None` for Cancel, and where no dialog came up.
pub type Dialogs = Arc<dyn Fn(Question) -> Option<Vec<PathBuf>> + Send + Sync>;

/// The dialogs of the system.
pub fn of_system() -> Dialogs {
    Arc::new(ask_system)
}

fn ask_system(question: Question) -> Option<Vec<PathBuf>> {
    let dialog = rfd::FileDialog::new();
    let one = |path: Option<PathBuf>| path.map(|path| vec![path]);
    match question {
        // Content tells what a file is, so any name may be chosen.
        Question::Files => {
            let dialog = dialog.set_title("Open articles").add_filter("Articles and projects", &ENDINGS);
            dialog.add_filter("All files", &["*"]).pick_files()
        }
        Question::Folders => dialog.set_title("Open folders").pick_folders(),
        Question::Codebook => {
            let dialog = dialog.set_title("Open a codebook").add_filter("Codebooks", &["toml"]);
            one(dialog.add_filter("All files", &["*"]).pick_file())
        }
        Question::ProjectPlace(name) => {
            let dialog = dialog.set_title("Save as").set_file_name(name);
            one(dialog.add_filter("Projects", &[home::ENDING]).save_file())
        }
        Question::Place(name) => one(dialog.set_title("Save").set_file_name(name).save_file()),
        Question::CodebookPlace => {
            let dialog = dialog.set_title("Save a copy of the codebook").set_file_name("codebook.toml");
            one(dialog.add_filter("Codebooks", &["toml"]).save_file())
        }
    }
}
