//! What the window knows of its project's file: where it is, what is on the disk, and what is in the way.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::Action;
use super::desk::Desk;
use super::state::{Sheet, Toast};
use crate::project::home::Left;
use crate::project::keeper::{News, Trouble};
use crate::project::store::{Original, Snapshot};

/// The file of the project on the desk.
#[derive(Clone, Debug, Default)]
pub struct Keeping {
    /// `None` for work that has no file yet.
    pub path: Option<PathBuf>,
    /// Does the file live where work without a name does?
    pub is_untitled: bool,
    /// Why nothing can be written, in a sentence, where that is so.
    pub read_only: Option<String>,
    /// Why the last writing failed.
    pub trouble: Option<Trouble>,
    /// The number of the state that was handed over last, and of the one that is on the disk.
    pub asked: u64,
    pub done: u64,
    /// What is told of states up to this number is about another project, that was put away.
    pub before: u64,
    /// The state of the desk that was handed over last.
    pub edition: u64,
    /// What was remembered of the window then.
    pub view: String,
    /// The files behind articles that were not handed over yet.
    pub originals: Vec<Arc<Original>>,
    /// Projects that were open lately, the last first.
    pub recent: Vec<PathBuf>,
    /// Other work without a name.
    pub left: Vec<Left>,
}

impl Keeping {
    /// "saved", "saving…", "not saved: the disk is full"; empty where there is nothing to save.
    pub fn says(&self) -> String {
        if self.read_only.is_some() {
            return "read-only".to_owned();
        }
        match (&self.trouble, &self.path) {
            (Some(trouble), _) => format!("not saved: {}", trouble.message),
            (None, _) if self.asked > self.done => "saving…".to_owned(),
            (None, Some(_)) => "saved".to_owned(),
            (None, None) => String::new(),
        }
    }

    /// Is there something that no disk has yet?
    pub fn is_behind(&self) -> bool {
        self.asked > self.done && self.read_only.is_none()
    }

    /// Is there something that no disk took?
    pub fn has_unsaved(&self) -> bool {
        self.trouble.is_some() && self.is_behind()
    }

    /// Is there a file with a name that takes what is done?
    pub fn is_readers_own(&self) -> bool {
        self.path.is_some() && !self.is_untitled && self.read_only.is_none() && self.trouble.is_none()
    }

    /// What the project is called in the title of the window.
    pub fn name(&self) -> String {
        let stem = self.path.as_deref().filter(|_| !self.is_untitled).and_then(Path::file_stem);
        stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    }
}

/// The state of the desk for the keeper.
pub fn snapshot(desk: &mut Desk, view: String) -> Snapshot {
    Snapshot {
        project: desk.project.clone(),
        view,
        codebook: desk.given_text(),
        dated_by: desk.dated_by(),
        waiting: Arc::clone(&desk.incoming.waiting),
        originals: std::mem::take(&mut desk.keeping.originals),
    }
}

/// Takes what the keeper tells. Trouble is told once, and stays in the status bar.
pub fn take(desk: &mut Desk, news: News) -> Option<PathBuf> {
    let keeping = &mut desk.keeping;
    match news {
        News::Kept { number, .. } | News::NotKept { number, .. } if number <= keeping.before => {}
        News::Kept { number, path } => {
            keeping.done = keeping.done.max(number);
            if keeping.trouble.take().is_some() {
                desk.state.toast = Some(Toast::new("Everything is saved again".to_owned()));
                desk.state.sheet = desk.state.sheet.take().filter(|sheet| *sheet != Sheet::Unsaved);
            }
            if keeping.path.is_none() {
                keeping.is_untitled = true;
            }
            keeping.path = Some(path);
        }
        News::NotKept { trouble, .. } => {
            if keeping.trouble.as_ref() != Some(&trouble) {
                let words = format!(
                    "Not saved: {}. {}. Your work is kept in memory meanwhile",
                    trouble.message, trouble.next_step
                );
                desk.state.toast = Some(Toast::with_link(words, "Save as", Action::SaveAs));
                keeping.trouble = Some(trouble);
            }
        }
        News::Moved(path) => {
            desk.state.message = format!("Saved as {}", path.display());
            keeping.path = Some(path);
            (keeping.is_untitled, keeping.read_only, keeping.trouble) = (false, None, None);
        }
        News::NotMoved(trouble) => {
            let words = format!("Not saved there: {}. {}", trouble.message, trouble.next_step);
            desk.state.toast = Some(Toast::with_link(words, "Save as", Action::SaveAs));
        }
        News::Damaged { path, what } => {
            keeping.read_only = Some(format!("Its file is {what}"));
            return Some(path);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Codebook;

    fn trouble(message: &str) -> Trouble {
        Trouble { message: message.to_owned(), next_step: "Make room".to_owned() }
    }

    #[test]
    fn the_status_tells_what_is_on_the_disk() {
        let mut desk = Desk::new(Arc::new(Codebook::built_in()), jiff::civil::date(2031, 1, 1));
        assert_eq!(desk.keeping.says(), "");
        desk.keeping.asked = 3;
        assert_eq!(desk.keeping.says(), "saving…");
        take(&mut desk, News::NotKept { number: 3, trouble: trouble("the disk is full") });
        assert_eq!(desk.keeping.says(), "not saved: the disk is full");
        assert!(desk.keeping.has_unsaved());
        desk.state.sheet = Some(Sheet::Unsaved);
        // Told once.
        desk.state.toast = None;
        take(&mut desk, News::NotKept { number: 4, trouble: trouble("the disk is full") });
        assert_eq!(desk.state.toast, None);
        take(&mut desk, News::Kept { number: 4, path: "untitled-1.throughline".into() });
        assert_eq!((desk.keeping.says().as_str(), desk.keeping.is_untitled), ("saved", true));
        assert!(desk.state.toast.is_some() && desk.state.sheet.is_none());
        assert_eq!(desk.keeping.name(), "");
        take(&mut desk, News::Moved("harbor.throughline".into()));
        assert_eq!(desk.keeping.name(), "harbor");
        desk.keeping.read_only = Some("Another window is writing it".to_owned());
        assert_eq!(desk.keeping.says(), "read-only");
    }
}
