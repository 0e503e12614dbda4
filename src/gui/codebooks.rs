//! The codebook in the window: entries made of words a reader chose, another codebook, and a file that changes.
//!
//! Whatever the reader does to the codebook becomes a text of the project's own, in one undoable step; the file it came
//! from is never written.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::action::{Action, Entry};
use super::desk::Desk;
use super::state::{Sheet, Toast, ViewKind};
use crate::codebook::edit::{self, NewActor};
use crate::codebook::{BUILT_INS, Codebook, CodebookError, Direction};
use crate::project::{CodebookText, Command};

/// A file is looked at this often for changes.
const LOOK_EVERY: Duration = Duration::from_millis(900);

/// The codebook the program was started with: what it says, as it is written, and the file it stands in.
#[derive(Clone, Debug)]
pub struct Given {
    pub codebook: Arc<Codebook>,
    pub text: CodebookText,
    pub file: Option<PathBuf>,
}

impl Given {
    /// The first of the codebooks that come with the program.
    pub fn built_in() -> Self {
        Self::of(Arc::new(Codebook::built_in()))
    }

    /// A codebook whose text is that of the built-in one of its name, or nothing.
    pub fn of(codebook: Arc<Codebook>) -> Self {
        let built_in = BUILT_INS.iter().find(|built_in| built_in.title == codebook.name);
        let (toml, origin) = built_in.map_or(("", "a codebook"), |built_in| (built_in.toml, built_in.title));
        Self { codebook, text: text(toml.to_owned(), origin.to_owned(), String::new()), file: None }
    }
}

fn text(toml: String, origin: String, says: String) -> CodebookText {
    CodebookText { toml, origin, says }
}

/// Makes words an entry of the codebook and says what came of it.
pub fn enter(desk: &mut Desk, entry: &Entry) {
    let now = desk.codebook_text().clone();
    let changed = with_entry(&now.toml, desk.codebook(), entry);
    let words = match changed {
        Ok(toml) if toml == now.toml => format!("{}: the codebook has it already", says(entry)),
        Ok(toml) => {
            desk.change(Command::SetCodebook(Some(text(toml, now.origin, says(entry)))));
            if let Entry::Actor { name } = entry {
                desk.state.positions.actor = Some(name.clone());
                desk.state.view = ViewKind::Positions;
            }
            let words = format!("{}, in the codebook", says(entry));
            desk.state.toast = Some(Toast::with_link(words, "Undo", Action::Undo));
            return;
        }
        Err(error) => format!("{} was not entered: {}", says(entry), error.message()),
    };
    desk.state.toast = Some(Toast::new(words));
}

fn with_entry(toml: &str, codebook: &Codebook, entry: &Entry) -> Result<String, CodebookError> {
    match entry {
        Entry::Actor { name } => {
            let names = vec![name.clone()];
            edit::add_actor(toml, &NewActor { id: name.clone(), names, ..NewActor::default() })
        }
        Entry::Name { actor, name } => edit::add_name(toml, actor, name),
        Entry::LookAlike { phrase } => edit::add_look_alike(toml, phrase, None),
        Entry::Alias { group, name } => edit::add_alias(toml, group, name),
        Entry::Term { theme, words } => edit::add_term(toml, theme, words, 1.0),
        Entry::Theme { label, words } => {
            let directions = [Direction::Oppose, Direction::Support];
            edit::add_theme(toml, &theme_id(codebook, label), label, words, &directions)
        }
    }
}

/// An id for a theme of this name that no theme has.
fn theme_id(codebook: &Codebook, label: &str) -> String {
    let lower = label.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(5).collect();
    let base = if words.is_empty() { "theme".to_owned() } else { words.join("_") };
    let numbered = (2..).map(|number| format!("{base}_{number}"));
    let mut ids = std::iter::once(base.clone()).chain(numbered);
    ids.find(|id| codebook.theme(id).is_none()).unwrap_or(base)
}

fn says(entry: &Entry) -> String {
    match entry {
        Entry::Actor { name } => format!("“{name}” speaks"),
        Entry::Name { actor, name } => format!("“{name}” is {actor}"),
        Entry::LookAlike { phrase } => format!("“{phrase}” is none of the actors"),
        Entry::Alias { group, name } => format!("“{name}” is {group}"),
        Entry::Term { words, .. } => format!("“{words}” speaks for its theme"),
        Entry::Theme { label, .. } => format!("“{label}” is a theme"),
    }
}

/// Works with another of the codebooks that come with the program.
pub fn choose(desk: &mut Desk, name: &str) {
    let Some(built_in) = BUILT_INS.iter().find(|built_in| built_in.name == name) else { return };
    let chosen = text(built_in.toml.to_owned(), built_in.title.to_owned(), format!("{} is used", built_in.title));
    take(desk, chosen);
}

/// Works with the codebook the program was started with, and lets go of what was changed about it.
pub fn reset(desk: &mut Desk) {
    desk.change(Command::SetCodebook(None));
    desk.state.message = format!("The codebook is “{}” again", desk.codebook().name);
}

fn take(desk: &mut Desk, chosen: CodebookText) {
    desk.state.positions.actor = None;
    desk.state.positions.theme = None;
    let words = chosen.says.clone();
    desk.change(Command::SetCodebook(Some(chosen)));
    desk.state.toast = Some(Toast::with_link(words, "Undo", Action::Undo));
}

/// What was read of a codebook's file, or why it could not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    pub name: String,
    pub toml: Result<String, String>,
    /// Was it asked for, or did the file change by itself?
    pub is_asked: bool,
}

/// Reads a codebook's file.
pub fn read_file(path: &Path, is_asked: bool) -> FileRead {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let toml = std::fs::read_to_string(path).map_err(|error| error.to_string());
    FileRead { name, toml, is_asked }
}

/// Takes a file that was asked for, or offers one that changed; one with errors is told with the first of them.
pub fn take_file(desk: &mut Desk, read: FileRead) {
    let FileRead { name, toml, is_asked } = read;
    let refused = |why: String| Toast::new(format!("{name} was not taken; {why}"));
    let toml = match toml {
        Ok(toml) => toml,
        Err(error) => {
            desk.state.toast = Some(refused(error));
            return;
        }
    };
    let checked = Codebook::check(&toml);
    if checked.codebook.is_none() {
        let first = checked.errors.first().map_or_else(String::new, ToString::to_string);
        let more = match checked.errors.len().saturating_sub(1) {
            0 => String::new(),
            n_more => format!(" (and {n_more} more)"),
        };
        desk.state.toast = Some(refused(format!("{first}{more}")));
        return;
    }
    if toml == desk.codebook_text().toml {
        return;
    }
    let says = if is_asked { format!("{name} is used") } else { format!("{name} was read anew") };
    let chosen = text(toml, name.clone(), says);
    if is_asked {
        desk.state.sheet = desk.state.sheet.take().filter(|sheet| !matches!(sheet, Sheet::Path(_)));
        take(desk, chosen);
    } else {
        let action = Action::Change(Command::SetCodebook(Some(chosen)));
        desk.state.toast = Some(Toast::with_link(format!("{name} has changed"), "Use it", action));
    }
}

/// Looks at a file until nobody listens, and tells what it says whenever it was written.
pub fn watch(path: PathBuf, tell: impl Fn(FileRead) -> bool + Send + 'static) {
    let written = |path: &Path| -> Option<(SystemTime, u64)> {
        let about = std::fs::metadata(path).ok()?;
        Some((about.modified().ok()?, about.len()))
    };
    std::thread::spawn(move || {
        let mut last = written(&path);
        loop {
            std::thread::sleep(LOOK_EVERY);
            let now = written(&path);
            // A file that is being replaced is gone for a moment.
            if now.is_none() || now == last {
                continue;
            }
            last = now;
            if !tell(read_file(&path, false)) {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, DocumentId};

    fn desk() -> Desk {
        let text = "“The pier stays,” said the Harbor Board.\n“The pier is safe,” the Harbor Board said.";
        let document = Document::of_lines(DocumentId(1), text);
        Desk::settled(vec![document], Arc::new(Codebook::built_in()), jiff::civil::date(2026, 1, 1))
    }

    #[test]
    fn a_speaker_is_charted_at_once_and_undo_brings_the_codebook_back() {
        let mut desk = desk();
        let hash = desk.codebook().hash.clone();
        enter(&mut desk, &Entry::Actor { name: "Harbor Board".to_owned() });
        desk.settle();
        let spoken = desk.analysis().statements.iter().filter(|it| it.actor.as_deref() == Some("Harbor Board")).count();
        assert_eq!(spoken, 2);
        enter(&mut desk, &Entry::Theme { label: "The pier".to_owned(), words: vec!["pier".to_owned()] });
        desk.settle();
        assert_eq!(desk.analysis().statements[0].themes, ["the_pier"]);
        desk.undo();
        desk.undo();
        desk.settle();
        assert_eq!(desk.codebook().hash, hash);
        assert!(desk.analysis().statements.iter().all(|statement| statement.actor.is_none()));
    }

    #[test]
    fn what_cannot_be_entered_says_why_and_changes_nothing() {
        let mut desk = desk();
        let hash = desk.codebook().hash.clone();
        for entry in [
            Entry::Actor { name: "NATO".to_owned() },
            Entry::Name { actor: "Atlantis".to_owned(), name: "the isle".to_owned() },
            Entry::Term { theme: "sanctions_pressure".to_owned(), words: "…".to_owned() },
        ] {
            enter(&mut desk, &entry);
            assert!(desk.state.toast.take().is_some_and(|toast| toast.words.contains("was not entered")), "{entry:?}");
        }
        assert_eq!(desk.codebook().hash, hash);
    }

    #[test]
    fn a_file_that_changed_is_offered_and_one_with_errors_is_told_with_its_line() {
        let mut desk = desk();
        let read = |toml: &str| FileRead { name: "my.toml".to_owned(), toml: Ok(toml.to_owned()), is_asked: false };
        take_file(&mut desk, read("name = \"x\"\nlanguage = 3\n"));
        assert!(desk.state.toast.take().is_some_and(|toast| toast.words.contains("line 2")));
        take_file(&mut desk, read("name = \"Harbor\"\nlanguage = \"en\"\nbase = \"english\"\n"));
        let (_, action) = desk.state.toast.take().and_then(|toast| toast.link).unwrap();
        assert!(desk.perform(action).is_none());
        assert_eq!(desk.codebook().name, "Harbor");
        desk.undo();
        assert_eq!(desk.codebook().name, "NATO and North Korea");
    }
}
