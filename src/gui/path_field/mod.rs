//! A field for a path, with the names that come into question under it: what there is where no file dialog comes up, and
//! for whoever would rather type. One for all sheets that ask for a path.
//!
//! The keyboard stays in the field. ↓ and ↑ walk the names and put them into it, so that a screen reader says them as the
//! field's value; Enter goes into a folder or takes the path, Tab completes what is typed. The field never asks the disk:
//! it tells which folder it wants to know of ([`PathField::due_listing`]) and what was entered
//! ([`PathField::due_check`]), and the window has both looked up on a thread.

mod field;
pub mod listing;
mod rows;
pub mod typed;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use listing::{Entry, Listing, Verdict, Wants};
use typed::Places;

use super::dialogs::{ENDINGS, Question};

pub use field::{bar_ui, names_ui};

/// The room of the list with home, the folders used lately, and the keys.
const NAMES_HEIGHT: f32 = 284.0;

/// The room of the line that tells what is wrong with a path.
const NOTE_HEIGHT: f32 = 26.0;

/// So many names are listed at most.
const MAX_ROWS: usize = 300;

/// What the field remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct PathField {
    /// What stands in it.
    pub text: String,
    wants: Wants,
    places: Arc<Places>,
    /// Are names listed under it?
    pub is_open: bool,
    /// What was typed, while the names that fit it are walked.
    typed: String,
    /// Is the name one that the program proposed? Then all of its kind are listed, not those like it.
    is_proposed: bool,
    /// The name of the list that stands in the field.
    walked: Option<usize>,
    listing: Option<Arc<Listing>>,
    /// The folder that was asked for last.
    asked: Option<PathBuf>,
    /// What of the listing fits what is typed, the best first.
    fitting: Vec<usize>,
    note: Note,
    /// A text for which the reader knows that a file is replaced, or a folder opened as a whole.
    agreed: Option<String>,
    is_entered: bool,
    /// The caret goes to the end in the next frame.
    is_put: bool,
    /// The walked row comes into sight in the next frame.
    is_moved: bool,
}

/// What a sheet that asks for nothing but a path remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct PathSheet {
    /// What the path is for.
    pub question: Question,
    /// Why it is typed, as a sentence; empty where the reader wanted to.
    pub why: String,
    pub path: PathField,
}

/// What stands under the field.
#[derive(Clone, Debug, Default, PartialEq)]
enum Note {
    #[default]
    None,
    /// The disk is being asked.
    Checking,
    Wrong(String),
    /// A file stands there, by this name.
    Replaces(String),
    /// This is a folder; by this name.
    Folder(String),
}

/// What was entered, to be looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    pub text: String,
    pub paths: Vec<PathBuf>,
    pub wants: Wants,
    pub is_agreed: bool,
    pub places: Arc<Places>,
}

impl PathField {
    /// A field that begins in the folder where names alone lie.
    pub fn asking(wants: Wants, places: Arc<Places>) -> Self {
        let text = places.shown_folder(&places.start);
        Self::new(text, wants, places, true)
    }

    /// A field that proposes a name there; names are listed when they are asked for.
    pub fn proposing(name: &str, wants: Wants, places: Arc<Places>) -> Self {
        let text = places.shown(&places.start.join(name));
        Self { is_proposed: true, ..Self::new(text, wants, places, false) }
    }

    /// The same with its names listed.
    #[must_use]
    pub fn opened(self) -> Self {
        Self { is_open: true, ..self }
    }

    fn new(text: String, wants: Wants, places: Arc<Places>, is_open: bool) -> Self {
        Self {
            typed: text.clone(),
            text,
            wants,
            places,
            is_open,
            is_proposed: false,
            walked: None,
            listing: None,
            asked: None,
            fitting: Vec::new(),
            note: Note::None,
            agreed: None,
            is_entered: false,
            is_put: true,
            is_moved: false,
        }
    }

    /// Another name in the same folder.
    pub fn rename(&mut self, name: &str, wants: Wants) {
        self.wants = wants;
        let path = self.places.paths(&self.typed, false).pop().unwrap_or_default();
        let is_folder = self.typed.ends_with(std::path::is_separator);
        let path = if is_folder { path.join(name) } else { path.with_file_name(name) };
        self.put(self.places.shown(&path));
        self.propose();
    }

    /// Takes what a dialog gave, which asked itself whether a file is to be replaced.
    pub fn take_chosen(&mut self, path: &Path) {
        self.put(self.places.shown(path));
        self.propose();
        self.agreed = Some(self.text.clone());
    }

    /// What stands in the field was not typed.
    fn propose(&mut self) {
        self.is_proposed = true;
        self.fit();
    }

    /// Tells why something else did not come up, and shows the names instead.
    pub fn open_instead(&mut self, why: String) {
        self.is_open = true;
        self.note = Note::Wrong(why);
    }

    /// The room of what stands under the field's line. What is told takes its line from the list, so that the sheet
    /// stays as it is.
    pub fn height(&self) -> f32 {
        if self.is_open { NAMES_HEIGHT } else { NOTE_HEIGHT }
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The folder that is to be listed, once.
    pub fn due_listing(&mut self) -> Option<(PathBuf, Arc<Places>)> {
        if !self.is_open {
            return None;
        }
        let folder = self.places.typing(&self.typed, self.wants.is_several()).folder;
        if self.asked.as_ref() == Some(&folder) {
            return None;
        }
        self.asked = Some(folder.clone());
        Some((folder, Arc::clone(&self.places)))
    }

    /// Takes a listing, unless another folder was asked for since.
    pub fn take_listing(&mut self, listing: Listing) {
        if self.asked.as_ref() == Some(&listing.folder) {
            self.listing = Some(Arc::new(listing));
            self.fit();
        }
    }

    /// What was entered, once.
    pub fn due_check(&mut self) -> Option<Entered> {
        if !std::mem::take(&mut self.is_entered) {
            return None;
        }
        self.note = Note::Checking;
        Some(Entered {
            text: self.text.clone(),
            paths: self.places.paths(&self.text, self.wants.is_several()),
            wants: self.wants,
            is_agreed: self.agreed.as_ref() == Some(&self.text),
            places: Arc::clone(&self.places),
        })
    }

    /// Takes what was found of it; gives the paths where all is well.
    pub fn take_verdict(&mut self, text: &str, verdict: Verdict) -> Option<Vec<PathBuf>> {
        if text != self.text {
            return None;
        }
        self.note = match verdict {
            Verdict::Fine(paths) => {
                self.note = Note::None;
                return Some(paths);
            }
            Verdict::Wrong(words) => Note::Wrong(words),
            Verdict::Replaces(shown) => Note::Replaces(shown),
            Verdict::Folder(folder) => {
                let shown = self.places.shown_folder(&folder);
                // One goes into it; that it can be opened as a whole is offered beside.
                if !self.text.ends_with(std::path::is_separator) {
                    self.go_to(self.with_separator());
                }
                Note::Folder(shown)
            }
        };
        None
    }

    /// Enters what stands in the field, whatever is in the way.
    fn agree(&mut self) {
        self.agreed = Some(self.text.clone());
        self.is_entered = true;
    }

    fn enter(&mut self) {
        self.is_entered = !self.is_blank();
    }

    /// Puts a text into the field as if it was typed.
    fn put(&mut self, text: String) {
        self.is_put = true;
        self.text = text;
        self.follow_typing();
    }

    fn go_to(&mut self, text: String) {
        self.put(text);
        self.is_open = true;
    }

    fn with_separator(&self) -> String {
        format!("{}{}", self.text, std::path::MAIN_SEPARATOR)
    }

    /// Something else stands in the field than before.
    fn follow_typing(&mut self) {
        self.typed.clone_from(&self.text);
        (self.walked, self.is_proposed) = (None, false);
        self.note = Note::None;
        self.fit();
    }

    /// The names that fit what is typed. Until the folder of it is listed there are none.
    fn fit(&mut self) {
        let is_several = self.wants.is_several();
        let typing = self.places.typing(&self.typed, is_several);
        self.fitting.clear();
        let Some(listing) = self.listing.as_ref().filter(|listing| listing.folder == typing.folder) else { return };
        let prefix = if self.is_proposed { "" } else { typing.prefix };
        let found = typed::fitting(listing.entries.iter().map(|entry| entry.name.as_str()), prefix);
        let comes = |entry: &Entry| entry.is_folder || self.lists(entry, prefix);
        let is_listed = |idx: &usize| listing.entries.get(*idx).is_some_and(comes);
        self.fitting = found.into_iter().filter(is_listed).collect();
    }

    /// Is a file of this name listed? Content tells what a file is, so any comes up once its name is typed.
    fn lists(&self, entry: &Entry, prefix: &str) -> bool {
        let ending = Path::new(&entry.name).extension().and_then(|it| it.to_str()).unwrap_or_default().to_lowercase();
        match self.wants {
            Wants::Files => !prefix.is_empty() || ENDINGS.contains(&ending.as_str()),
            Wants::File => !prefix.is_empty() || ending == "toml",
            // A file of the same kind is one that the new one would stand beside, or replace.
            Wants::Place { ending: own } => {
                let typed = Path::new(&self.typed).extension().and_then(|it| it.to_str());
                own.or(typed).is_none_or(|own| own.eq_ignore_ascii_case(&ending))
            }
            Wants::Folders | Wants::FolderPlace => false,
        }
    }

    fn entry(&self, row: usize) -> Option<&Entry> {
        self.listing.as_ref()?.entries.get(*self.fitting.get(row)?)
    }

    fn n_rows(&self) -> usize {
        self.fitting.len().min(MAX_ROWS)
    }

    /// Goes `down` or up in the list, and puts the name into the field.
    fn walk(&mut self, is_down: bool) {
        let n_rows = self.n_rows();
        if n_rows == 0 {
            return;
        }
        self.walked = match (self.walked, is_down) {
            (None, true) => Some(0),
            (None, false) => Some(n_rows - 1),
            // One step past an end is what was typed.
            (Some(row), true) => Some(row + 1).filter(|row| *row < n_rows),
            (Some(row), false) => row.checked_sub(1),
        };
        self.text = self.walked.and_then(|row| self.with_row(row)).unwrap_or_else(|| self.typed.clone());
        self.note = Note::None;
        (self.is_put, self.is_moved) = (true, true);
    }

    /// What was typed with the name of a row.
    fn with_row(&self, row: usize) -> Option<String> {
        let entry = self.entry(row)?;
        Some(self.places.typing(&self.typed, self.wants.is_several()).with_name(&self.typed, &entry.name))
    }

    /// Takes a row: goes into a folder, and enters a file where one is to be opened.
    fn take(&mut self, row: usize) {
        let (Some(text), Some(is_folder)) = (self.with_row(row), self.entry(row).map(|entry| entry.is_folder)) else {
            return;
        };
        self.put(text);
        if is_folder {
            self.put(self.with_separator());
        } else if !self.wants.is_place() {
            self.is_entered = true;
        }
    }

    /// Enter: a folder that was walked to is gone into, anything else is taken.
    fn take_key(&mut self) {
        match self.walked {
            Some(row) if self.entry(row).is_some_and(|entry| entry.is_folder) => self.take(row),
            _ => self.enter(),
        }
    }

    /// What Tab makes of what is typed.
    fn completion(&self) -> Option<String> {
        let listing = self.listing.as_ref().filter(|_| self.is_open)?;
        let typing = self.places.typing(&self.text, self.wants.is_several());
        if typing.folder != listing.folder {
            return None;
        }
        let names = || listing.entries.iter().map(|entry| entry.name.as_str());
        if let Some(completed) = typed::completed(names(), typing.prefix) {
            let is_folder = listing.entries.iter().any(|entry| entry.is_folder && entry.name == completed);
            let is_only = names().filter(|name| name.starts_with(&completed)).count() == 1;
            let end = if is_folder && is_only { std::path::MAIN_SEPARATOR_STR } else { "" };
            return Some(typing.with_name(&self.text, &completed) + end);
        }
        // A folder whose name is there in full is gone into.
        let is_folder = listing.entries.iter().any(|entry| entry.is_folder && entry.name == typing.prefix);
        is_folder.then(|| self.with_separator())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn field(wants: Wants, text: &str) -> PathField {
        let places = Places { home: Some("/home/ana".into()), start: "/home/ana".into(), recent: Vec::new() };
        let mut field = PathField::asking(wants, Arc::new(places));
        field.put(text.to_owned());
        let Some((folder, _)) = field.due_listing() else { panic!("a folder is asked for") };
        assert_eq!(field.due_listing(), None, "asked for once");
        let entry = |(name, is_folder): (&str, bool)| Entry { name: name.to_owned(), is_folder };
        let entries = [("articles", true), ("archive", true), ("a.txt", false), ("b.png", false), ("c.csv", false)]
            .map(entry)
            .to_vec();
        field.take_listing(Listing { folder, entries, is_cut: false, fault: None });
        field
    }

    fn rows(field: &PathField) -> Vec<&str> {
        (0..field.n_rows()).filter_map(|row| field.entry(row)).map(|entry| entry.name.as_str()).collect()
    }

    #[test]
    fn names_that_fit_are_listed() {
        assert_eq!(rows(&field(Wants::Files, "~/")), ["articles", "archive", "a.txt"]);
        assert_eq!(rows(&field(Wants::Files, "~/b")), ["b.png"], "any file, once its name is typed");
        assert_eq!(rows(&field(Wants::Folders, "~/")), ["articles", "archive"]);
        assert_eq!(rows(&field(Wants::File, "~/")), ["articles", "archive"]);
        assert_eq!(rows(&field(Wants::Place { ending: None }, "~/")).len(), 5);
        let ending = Some("csv");
        assert_eq!(rows(&field(Wants::Place { ending }, "~/")), ["articles", "archive", "c.csv"]);
    }

    #[test]
    fn arrows_walk_the_names_and_enter_goes_in() {
        let mut field = field(Wants::Files, "~/");
        for expected in ["~/articles", "~/archive", "~/a.txt", "~/"] {
            field.walk(true);
            assert_eq!(field.text, expected);
        }
        field.walk(false);
        assert_eq!(field.text, "~/a.txt");
        field.walk(false);
        field.take_key();
        assert_eq!((field.text.as_str(), field.is_entered), ("~/archive/", false));
        assert_eq!(field.due_listing().unwrap().0, Path::new("/home/ana/archive"));
        assert!(rows(&field).is_empty(), "until it is listed");
    }

    #[test]
    fn a_file_is_entered_and_several_are() {
        let mut field = field(Wants::Files, "~/articles/x.txt; ");
        assert_eq!(field.asked.as_deref(), Some(Path::new("/home/ana/articles")));
        field.take(2);
        assert_eq!(field.text, "~/articles/x.txt; a.txt");
        let entered = field.due_check().unwrap();
        assert_eq!(entered.paths, ["/home/ana/articles/x.txt", "/home/ana/articles/a.txt"].map(PathBuf::from));
        assert_eq!(field.due_check(), None, "once");
    }

    #[test]
    fn tab_completes_and_lets_go_where_there_is_nothing_to_complete() {
        let table = [
            ("~/ar", None),
            ("~/art", Some("~/articles/")),
            ("~/a.", Some("~/a.txt")),
            ("~/articles", Some("~/articles/")),
            ("~/", None),
            ("~/zz", None),
        ];
        for (text, expected) in table {
            assert_eq!(field(Wants::Files, text).completion().as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_file_is_replaced_only_when_the_reader_says_so() {
        let mut field = field(Wants::Place { ending: None }, "~/a.txt");
        field.enter();
        assert!(!field.due_check().unwrap().is_agreed);
        assert_eq!(field.take_verdict("~/a.txt", Verdict::Replaces("~/a.txt".to_owned())), None);
        assert_eq!(field.note, Note::Replaces("~/a.txt".to_owned()));
        field.agree();
        assert!(field.due_check().unwrap().is_agreed);
        // Another name is another question.
        field.put("~/b.png".to_owned());
        field.enter();
        assert!(!field.due_check().unwrap().is_agreed);
        // What was found of a text that is not there any more is of no use.
        assert_eq!(field.take_verdict("~/a.txt", Verdict::Fine(Vec::new())), None);
        field.take_chosen(Path::new("/home/ana/x"));
        field.enter();
        assert!(field.due_check().unwrap().is_agreed, "a dialog asks itself");
    }

    #[test]
    fn beside_a_proposed_name_all_of_its_kind_are_listed() {
        let mut field = field(Wants::Place { ending: None }, "~/");
        field.rename("statements.csv", Wants::Place { ending: None });
        assert_eq!(field.text, "~/statements.csv");
        assert_eq!(rows(&field), ["articles", "archive", "c.csv"]);
        field.walk(true);
        assert_eq!(field.text, "~/articles");
        field.put("~/st".to_owned());
        assert!(rows(&field).is_empty(), "what is typed is looked for");
    }

    #[test]
    fn a_folder_that_is_entered_for_files_is_gone_into() {
        let mut field = field(Wants::Files, "~/articles");
        field.enter();
        let entered = field.due_check().unwrap();
        assert_eq!(field.take_verdict(&entered.text, Verdict::Folder("/home/ana/articles".into())), None);
        assert_eq!((field.text.as_str(), &field.note), ("~/articles/", &Note::Folder("~/articles/".to_owned())));
    }
}
