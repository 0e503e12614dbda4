//! What is open, chosen and scrolled to: everything the window remembers that is not the reader's work.

use std::collections::BTreeMap;

use crate::analysis::{PhraseId, ShiftId, StatementId};
use crate::document::{DocumentId, Passage};
use crate::gui::theme::Mode;

/// The views over one selection, in the order of their tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ViewKind {
    #[default]
    Read,
    Positions,
    Compare,
}

impl ViewKind {
    pub const ALL: [Self; 3] = [Self::Read, Self::Positions, Self::Compare];

    /// The word on the tab and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Positions => "Positions",
            Self::Compare => "Compare",
        }
    }
}

/// What is chosen in one view is chosen in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    pub document: Option<DocumentId>,
    /// The family in focus, which N and P walk.
    pub phrase: Option<PhraseId>,
    /// Its current occurrence.
    pub occurrence: Option<Passage>,
    pub shift: Option<ShiftId>,
    /// Two statements to compare, where they were not chosen through a shift.
    pub pair: Option<(StatementId, StatementId)>,
}

/// The window's own state. Each view edits its own part in place; the rest changes through actions.
#[derive(Clone, Debug)]
pub struct State {
    pub view: ViewKind,
    pub selection: Selection,
    /// The palette the reader chose, `None` to follow the system.
    pub mode: Option<Mode>,
    /// Is the list of articles and phrases open?
    pub is_list_open: bool,
    /// Are marks drawn in the texts?
    pub has_marks: bool,
    /// Is boilerplate shown (dimmed) or folded away?
    pub has_furniture: bool,
    /// Is the line on the built-in articles shown?
    pub has_notice: bool,
    pub reading: ReadingState,
    pub positions: PositionsState,
    pub compare: CompareState,
}

impl Default for State {
    fn default() -> Self {
        Self {
            view: ViewKind::Read,
            selection: Selection::default(),
            mode: None,
            is_list_open: true,
            has_marks: true,
            has_furniture: true,
            has_notice: false,
            reading: ReadingState::default(),
            positions: PositionsState::default(),
            compare: CompareState::default(),
        }
    }
}

/// What Read remembers.
#[derive(Clone, Debug, Default)]
pub struct ReadingState {
    /// The first article that has a column; the ones before it are spines.
    pub first_column: usize,
    /// Vertical place of each column in points.
    pub scroll: BTreeMap<DocumentId, f32>,
    /// A passage to bring into view in the next frame.
    pub reveal: Option<Passage>,
    /// The family under the pointer, as of the last frame.
    pub hovered: Option<PhraseId>,
}

/// What Positions remembers.
#[derive(Clone, Debug, Default)]
pub struct PositionsState {
    /// The actor whose positions are charted; `None` is the one with most statements.
    pub actor: Option<String>,
    pub is_official_only: bool,
    pub is_quotes_only: bool,
    /// The theme shown alone, `None` for all.
    pub theme: Option<String>,
    /// The change whose card was last brought into view.
    pub revealed: Option<ShiftId>,
}

/// What Compare remembers.
#[derive(Clone, Debug, Default)]
pub struct CompareState {
    /// Show only changes on this theme, `None` for all.
    pub theme: Option<String>,
}
