//! What the reader can ask for. Menu, shortcut and button send the same action; its label, tooltip and shortcut are
//! methods on it, so they stand in one place.

use crate::analysis::{PhraseId, ShiftId, StatementId};
use crate::document::{DocumentId, Passage};
use crate::gui::state::ViewKind;
use crate::project::Command;

/// A request of a view. Carried out between frames.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Asks for files with the system's dialog.
    Open,
    /// Opens the text of the clipboard as an article.
    Paste,
    SaveImage,
    CopyImage,
    Show(ViewKind),
    ToggleList,
    ToggleMarks,
    ToggleFurniture,
    ToggleMode,
    CloseNotice,
    CloseSheet,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Undo,
    Redo,
    /// Shows the keys.
    Help,
    /// Stops the running analysis.
    Cancel,
    /// Brings an article's column into view.
    SelectDocument(DocumentId),
    /// Makes a family the focus of N and P; `None` clears it.
    SelectPhrase(Option<PhraseId>),
    /// Goes to one occurrence of a family.
    SelectOccurrence(PhraseId, Passage),
    NextOccurrence,
    PreviousOccurrence,
    NextFamily,
    PreviousFamily,
    SelectShift(ShiftId),
    NextShift,
    PreviousShift,
    /// Shows two statements word by word.
    ComparePair(StatementId, StatementId),
    /// Shows a passage in its article.
    Reveal(Passage),
    /// Changes the reader's work; undoable.
    Change(Command),
}
