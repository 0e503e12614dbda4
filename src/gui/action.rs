//! What the reader can ask for. Menu, shortcut and button send the same action; its label and its keys are methods on
//! it, so they stand in one place.

use std::path::PathBuf;

use egui::{Event, Key, Modifiers};

use super::briefing::saving::PageFormat;
use super::dialogs::Question;
use super::exporting::ExportKind;
use super::help::Page;
use super::notice::Notice;
use super::state::ViewKind;
use crate::analysis::{PhraseId, ShiftId, StatementId};
use crate::document::{DocumentId, Passage};
use crate::project::Command;
use crate::report::briefing::Subject;
use crate::text::ByteRange;

/// The kinds of files that can be opened.
pub const KINDS: &str =
    "Text, Markdown, web pages (html, mhtml), PDF, Word, OpenDocument, RTF, mail, EPUB, and folders";

/// A request of a view. Carried out between frames.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Asks for files with the system's dialog.
    Open,
    /// Asks for folders with the system's dialog.
    OpenFolder,
    /// Asks with a field for the path, where the system's dialog would be asked.
    TypePath(Question),
    /// Puts the project away and begins one without articles.
    NewProject,
    /// Opens the built-in articles, as the first start does.
    OpenSample,
    /// Asks for a place where the project has none, and else says where it is: every step is saved as it is done.
    Save,
    /// Asks where to save the project with the system's dialog.
    SaveAs,
    /// Saves the project in this file and goes on there.
    WriteProject(PathBuf),
    /// Shows what was done, step by step.
    History,
    /// Goes back or on until so many steps are done.
    GoToStep(usize),
    /// Closes the window whatever is on no disk.
    CloseAnyway,
    /// Opens files and folders.
    OpenPaths(Vec<PathBuf>),
    /// Asks the clipboard for an article.
    Paste,
    /// Opens a text as an article.
    PasteText(String),
    /// Shows the sheet that saves a picture of the view.
    SaveImage,
    /// Draws the view again and writes it to a file.
    WriteImage(PathBuf),
    /// Asks for the place of the picture with the system's dialog.
    ChooseImagePath,
    CopyImage,
    /// Shows a finding in Briefing.
    Brief(Subject),
    /// The same with what the view in front has chosen.
    ToBriefing,
    /// Shows the sheet that saves the page of Briefing.
    SavePage(PageFormat),
    /// Makes the page and writes it to a file.
    WritePage(PathBuf, PageFormat),
    /// Asks for the place of the page with the system's dialog.
    ChoosePagePath,
    /// Copies the page in words, with its sources.
    CopyPageText,
    /// Shows the sheet that writes findings for other programs.
    Export,
    /// Writes findings to a file.
    WriteExport(PathBuf, ExportKind),
    /// Asks for the place of the findings with the system's dialog.
    ChooseExportPath,
    Show(ViewKind),
    ToggleList,
    /// Shows all articles as a list over the view, or closes it.
    ToggleLibrary,
    /// Puts every article in columns.
    ShowAll,
    /// Puts the column of an article before that of another, or behind all.
    MoveColumn(DocumentId, Option<DocumentId>),
    /// Narrows a column to a spine, or opens it again; `None` for the chosen one.
    NarrowColumn(Option<DocumentId>),
    /// Takes a column out of Read, `None` for the chosen one; the article stays open.
    HideColumn(Option<DocumentId>),
    /// Puts all columns in order of date, and lets them share the room.
    ResetColumns,
    /// Lets the columns of Read, or the two of Compare, scroll together, or each by itself.
    ToggleLinked,
    ToggleMarks,
    ToggleFurniture,
    ToggleMode,
    CloseNotice(Notice),
    CloseSheet,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Undo,
    Redo,
    /// Shows what helps with the view in front, or closes it.
    Help,
    /// Shows a page of the help.
    HelpPage(Page),
    /// Shows the list of all that can be asked for, or closes it.
    Palette,
    /// Looks at what this computer offers, and shows it.
    Computer,
    /// Shows how articles are set and how the window looks, or closes it.
    ReadingSettings,
    /// Shows how an article was read, `None` for the chosen one.
    Inspect(Option<DocumentId>),
    /// Reads an article's file in another encoding; `None` lets its bytes decide.
    ReadAs(DocumentId, Option<&'static str>),
    /// Closes the line that tells what happened.
    CloseToast,
    /// Shows the report on what failed.
    ShowReport(std::sync::Arc<str>),
    /// Stops the reading of files, else the running analysis.
    Cancel,
    /// Escape: closes what is open, then lets go of what is chosen.
    Clear,
    /// Copies what is chosen as quotations with their sources: words, a place or places of a phrase, the statements of a
    /// change.
    CopyQuotes,
    /// Copies all places of a family as quotations with their sources.
    CopyPhrase(PhraseId),
    /// Copies these places as quotations with their sources; so many are shown.
    CopyPlaces {
        passages: Vec<Passage>,
        n_shown: usize,
    },
    /// The same for statements.
    CopyStatements {
        statements: Vec<StatementId>,
        n_shown: usize,
    },
    /// Copies text as it is.
    CopyText(String),
    /// Brings an article's column into view.
    SelectDocument(DocumentId),
    /// The same by its place in the order of date.
    SelectColumn(usize),
    /// Makes a family the focus of N and P; `None` clears it.
    SelectPhrase(Option<PhraseId>),
    /// Goes to one occurrence of a family.
    SelectOccurrence(PhraseId, Passage),
    NextOccurrence,
    PreviousOccurrence,
    NextFamily,
    PreviousFamily,
    /// In Read the next article that has the family, in Positions and Compare the next change.
    NextPlace,
    PreviousPlace,
    /// Gives the family in focus a letter.
    PinFocus(usize),
    SelectShift(ShiftId),
    /// The same, and shows it whatever is filtered.
    GoToShift(ShiftId),
    /// Shows the positions on a theme, by its id.
    GoToTheme(String),
    NextShift,
    PreviousShift,
    /// Goes to the next change nobody gave a verdict on.
    NextOpen,
    /// Accepts the chosen change.
    AcceptShift,
    /// Dismisses the chosen change.
    DismissShift,
    /// Shows two statements word by word.
    ComparePair(StatementId, StatementId),
    /// Shows two articles side by side, the first one left.
    CompareArticles(DocumentId, DocumentId),
    /// Makes a statement of chosen words, with what the rules propose for it, and shows its card.
    AddStatement(Passage),
    /// Shows the card of a statement: what it says, why, and all that can be changed about it.
    ShowStatement(StatementId),
    /// Where the card of a statement is open, makes it that of another one.
    FollowStatement(StatementId),
    /// Goes to the field that finds words in all articles.
    Find,
    /// Looks for what was typed there; blank, it only gets ready.
    Search(String),
    /// Looks for words in all articles.
    FindPhrase(Passage),
    /// Makes words an entry of the codebook.
    EnterInCodebook(Entry),
    /// Works with a built-in codebook, by its name.
    UseCodebook(&'static str),
    /// Works with the codebook the program was started with.
    ResetCodebook,
    /// Asks for a codebook's file with the system's dialog.
    OpenCodebook,
    /// Writes the codebook as it stands to a file, with the system's dialog.
    SaveCodebook,
    /// Shows a passage in its article.
    Reveal(Passage),
    /// Changes the reader's work; undoable.
    Change(Command),
}

/// Words that become an entry of the codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Somebody who speaks, under this name.
    Actor { name: String },
    /// Another name of an actor.
    Name { actor: String, name: String },
    /// Words that hold an actor's name and are not that actor.
    LookAlike { phrase: String },
    /// Another name of a thing, for the comparison of words.
    Alias { group: String, name: String },
    /// Words that speak for a theme.
    Term { theme: String, words: String },
    /// A theme of its own, with its first words.
    Theme { label: String, words: Vec<String> },
}

impl Action {
    /// What the action is called in menus and in the list of keys.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Open => "Open files",
            Self::OpenFolder => "Open folders",
            Self::TypePath(_) => "Open by path",
            Self::NewProject => "New project",
            Self::OpenSample => "Open the built-in articles",
            Self::Save => "Save",
            Self::SaveAs | Self::WriteProject(_) => "Save as",
            Self::History | Self::GoToStep(_) => "History",
            Self::CloseAnyway => "Close without saving",
            Self::OpenPaths(_) => "Open",
            Self::Paste | Self::PasteText(_) => "Paste an article",
            Self::SaveImage | Self::WriteImage(_) | Self::ChooseImagePath => "Save image",
            Self::CopyImage => "Copy image",
            Self::Brief(_) | Self::ToBriefing => "To briefing",
            Self::SavePage(_) | Self::WritePage(..) | Self::ChoosePagePath => "Save the page",
            Self::CopyPageText => "Copy text with sources",
            Self::Export | Self::WriteExport(..) | Self::ChooseExportPath => "Export findings",
            Self::Show(view) => view.name(),
            Self::ToggleList => "List of articles and phrases",
            Self::ToggleLibrary => "Library of all articles",
            Self::ShowAll => "All articles in columns",
            Self::MoveColumn(..) => "Move the column",
            Self::NarrowColumn(_) => "Narrow the column to a spine",
            Self::HideColumn(_) => "Hide the column",
            Self::ResetColumns => "Columns in order of date, sharing the room",
            Self::ToggleLinked => "Scroll columns together",
            Self::ToggleMarks => "Marks",
            Self::ToggleFurniture => "Boilerplate",
            Self::ToggleMode => "Light or dark",
            Self::CloseNotice(_) => "Close the notice",
            Self::CloseSheet | Self::CloseToast => "Close",
            Self::Inspect(_) => "How the article was read",
            Self::ReadAs(..) => "Read in another encoding",
            Self::ZoomIn => "Larger",
            Self::ZoomOut => "Smaller",
            Self::ZoomReset => "Normal size",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::Help => "Help",
            Self::HelpPage(page) => page.name(),
            Self::Palette => "All commands",
            Self::Computer => "This computer",
            Self::ReadingSettings => "Reading settings",
            Self::ShowReport(_) => "Show the report",
            Self::Cancel => "Cancel",
            Self::Clear => "Close, or let go of the phrase",
            Self::CopyQuotes | Self::CopyPhrase(_) => "Copy with citation",
            Self::CopyPlaces { .. } | Self::CopyStatements { .. } => "Copy all shown",
            Self::CopyText(_) => "Copy",
            Self::SelectDocument(_) | Self::SelectColumn(_) => "Go to article 1 to 9",
            Self::SelectPhrase(_) | Self::SelectOccurrence(..) => "Choose a phrase",
            Self::NextOccurrence => "Next occurrence",
            Self::PreviousOccurrence => "Previous occurrence",
            Self::NextFamily => "Next phrase",
            Self::PreviousFamily => "Previous phrase",
            Self::NextPlace => "Next article with it, or next finding",
            Self::PreviousPlace => "Previous article with it, or previous finding",
            Self::PinFocus(_) => "Give the phrase letter A to D",
            Self::SelectShift(_) | Self::GoToShift(_) => "Choose a change",
            Self::GoToTheme(_) => "Positions on a theme",
            Self::NextShift => "Next change",
            Self::PreviousShift => "Previous change",
            Self::NextOpen => "Next change to review",
            Self::AcceptShift => "Accept the change",
            Self::DismissShift => "Dismiss the change",
            Self::ComparePair(..) | Self::CompareArticles(..) => "Compare",
            Self::AddStatement(_) => "Add statement",
            Self::ShowStatement(_) | Self::FollowStatement(_) => "Statement",
            Self::Find | Self::Search(_) => "Find in all articles",
            Self::FindPhrase(_) => "Find this phrase in all",
            Self::EnterInCodebook(_) => "Add to the codebook",
            Self::UseCodebook(_) => "Use a codebook",
            Self::ResetCodebook => "The codebook of the start",
            Self::OpenCodebook => "Open a codebook",
            Self::SaveCodebook => "Save the codebook",
            Self::Reveal(_) => "Show in the article",
            Self::Change(command) => command.name(),
        }
    }

    /// The keys that send it, as shown to the reader; empty where there are none.
    pub fn keys(&self) -> String {
        if *self == Self::Paste {
            // The system's paste, which comes in a form of its own.
            return "Ctrl V".to_owned();
        }
        let same = |binding: &&Binding| std::mem::discriminant(&binding.action) == std::mem::discriminant(self);
        let exact = bindings().iter().find(|binding| &binding.action == self).map(Binding::words);
        exact.or_else(|| bindings().iter().find(same).map(Binding::words)).unwrap_or_default()
    }
}

/// A key and what it asks for.
#[derive(Clone, Debug)]
pub struct Binding {
    modifiers: Modifiers,
    key: Key,
    pub action: Action,
}

impl Binding {
    /// "Ctrl Shift Z", "N", "?".
    pub fn words(&self) -> String {
        let control = if self.modifiers.command { "Ctrl " } else { "" };
        let shift = if self.modifiers.shift && self.key != Key::Questionmark { "Shift " } else { "" };
        format!("{control}{shift}{}", self.key.symbol_or_name())
    }

    fn fits(&self, key: Key, modifiers: Modifiers) -> bool {
        // Signs such as "?" and "+" need Shift on many layouts, so Shift tells nothing about them.
        let is_sign = matches!(key, Key::Questionmark | Key::Plus | Key::Equals | Key::OpenBracket | Key::CloseBracket);
        self.key == key
            && self.modifiers.command == modifiers.command
            && !modifiers.alt
            && (is_sign || self.modifiers.shift == modifiers.shift)
    }
}

/// All keys, in the order in which they are listed.
pub fn bindings() -> &'static [Binding] {
    static BINDINGS: std::sync::LazyLock<Vec<Binding>> = std::sync::LazyLock::new(all_bindings);
    &BINDINGS
}

/// Stands in a binding for the words that are selected when its key comes.
pub(super) const SELECTED: Passage = Passage { document: DocumentId(0), range: ByteRange { start: 0, end: 0 } };

fn all_bindings() -> Vec<Binding> {
    let plain = Modifiers::NONE;
    let control = Modifiers::COMMAND;
    let shift = Modifiers::SHIFT;
    let both = Modifiers::COMMAND | Modifiers::SHIFT;
    let mut bindings = Vec::new();
    let mut bind = |modifiers, key, action| bindings.push(Binding { modifiers, key, action });
    bind(control, Key::O, Action::Open);
    bind(control, Key::S, Action::Save);
    bind(both, Key::S, Action::SaveAs);
    bind(control, Key::F, Action::Find);
    bind(control, Key::E, Action::SaveImage);
    bind(control, Key::C, Action::CopyQuotes);
    bind(both, Key::C, Action::CopyImage);
    bind(control, Key::Z, Action::Undo);
    bind(both, Key::Z, Action::Redo);
    bind(control, Key::H, Action::History);
    for (key, view) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5].into_iter().zip(ViewKind::ALL) {
        bind(control, key, Action::Show(view));
    }
    bind(control, Key::Plus, Action::ZoomIn);
    bind(control, Key::Equals, Action::ZoomIn);
    bind(control, Key::Minus, Action::ZoomOut);
    bind(control, Key::Num0, Action::ZoomReset);
    bind(plain, Key::N, Action::NextOccurrence);
    bind(plain, Key::P, Action::PreviousOccurrence);
    bind(plain, Key::J, Action::NextFamily);
    bind(plain, Key::K, Action::PreviousFamily);
    bind(plain, Key::CloseBracket, Action::NextPlace);
    bind(plain, Key::OpenBracket, Action::PreviousPlace);
    bind(plain, Key::Enter, Action::AcceptShift);
    bind(plain, Key::X, Action::DismissShift);
    bind(plain, Key::R, Action::NextOpen);
    bind(plain, Key::T, Action::ToBriefing);
    let digits = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for (idx, key) in digits.into_iter().enumerate() {
        bind(plain, key, Action::SelectColumn(idx));
        if idx < crate::project::N_PINS {
            bind(shift, key, Action::PinFocus(idx));
        }
    }
    bind(plain, Key::S, Action::AddStatement(SELECTED));
    bind(plain, Key::F, Action::FindPhrase(SELECTED));
    bind(plain, Key::H, Action::ToggleMarks);
    bind(plain, Key::U, Action::ToggleFurniture);
    bind(plain, Key::B, Action::ToggleList);
    bind(plain, Key::L, Action::ToggleLinked);
    bind(plain, Key::W, Action::NarrowColumn(None));
    bind(shift, Key::W, Action::HideColumn(None));
    bind(plain, Key::O, Action::ResetColumns);
    bind(control, Key::L, Action::ToggleLibrary);
    bind(plain, Key::I, Action::Inspect(None));
    bind(plain, Key::D, Action::ToggleMode);
    bind(plain, Key::A, Action::ReadingSettings);
    bind(control, Key::P, Action::Palette);
    bind(plain, Key::Questionmark, Action::Help);
    bind(plain, Key::F1, Action::Help);
    bind(plain, Key::Escape, Action::Clear);
    bindings
}

/// The actions that this frame's keys ask for. Keys without Ctrl rest while one types; Enter goes to what has the focus;
/// keys for selected words rest where none are.
pub fn from_keys(ctx: &egui::Context, view: ViewKind, selected: Option<Passage>, actions: &mut Vec<Action>) {
    let is_typing = ctx.text_edit_focused();
    let has_focus = ctx.egui_wants_keyboard_input();
    // Escape closes a menu or a card before anything else.
    let has_popup = egui::Popup::is_any_open(ctx);
    let mut closes_menu = false;
    ctx.input(|input| {
        for event in &input.events {
            match event {
                Event::Key { key, pressed: true, modifiers, .. } => {
                    let binding = bindings().iter().find(|binding| binding.fits(*key, *modifiers));
                    let Some(binding) =
                        binding.filter(|it| it.modifiers.command || it.key == Key::Escape || !is_typing)
                    else {
                        continue;
                    };
                    // What is typed has an undo of its own.
                    if is_typing && matches!(binding.action, Action::Undo | Action::Redo) {
                        continue;
                    }
                    // A menu has the keys to itself; one with Ctrl closes it.
                    if has_popup && !binding.modifiers.command || has_focus && binding.key == Key::Enter {
                        continue;
                    }
                    let keeps_menu = matches!(binding.action, Action::ZoomIn | Action::ZoomOut | Action::ZoomReset);
                    closes_menu |= has_popup && !keeps_menu;
                    let needs_changes = matches!(binding.action, Action::AcceptShift | Action::DismissShift);
                    if !needs_changes || matches!(view, ViewKind::Positions | ViewKind::Compare) {
                        let words = selected.filter(|_| view == ViewKind::Read);
                        actions.extend(match &binding.action {
                            Action::AddStatement(_) => words.map(Action::AddStatement),
                            Action::FindPhrase(_) => words.map(Action::FindPhrase),
                            action => Some(action.clone()),
                        });
                    }
                }
                // The system's copy; its key is listed with the others and comes in this form.
                Event::Copy if !is_typing => actions.push(Action::CopyQuotes),
                Event::Paste(text) if !is_typing => actions.push(Action::PasteText(text.clone())),
                _ => {}
            }
        }
    });
    if closes_menu {
        egui::Popup::close_all(ctx);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_asks_for_two_things() {
        for (idx, left) in bindings().iter().enumerate() {
            for right in &bindings()[idx + 1..] {
                assert!(left.key != right.key || left.modifiers != right.modifiers, "{}", left.words());
            }
        }
    }

    #[test]
    fn keys_are_shown_as_people_say_them() {
        assert_eq!(Action::Redo.keys(), "Ctrl Shift Z");
        assert_eq!(Action::NextOccurrence.keys(), "N");
        assert_eq!(Action::Show(ViewKind::Briefing).keys(), "Ctrl 5");
        assert_eq!(Action::CloseNotice(Notice::Sample).keys(), "");
    }
}
