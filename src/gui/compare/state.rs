//! What Compare remembers: mode, filters, the two articles, and what was worked out for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::articles::chooser::Chooser;
use super::articles::folding::Folding;
use super::articles::job::{Compared, Key};
use super::articles::partners::Partners;
use super::articles::pins::Pins;
use super::articles::shared::Shared;
use crate::analysis::PhraseId;
use crate::document::DocumentId;
use crate::gui::article::Flow;
use crate::gui::linked::{Chain, Leader};

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    #[default]
    Statements,
    Articles,
}

/// What Compare remembers.
#[derive(Clone, Debug)]
pub struct CompareState {
    pub mode: Mode,
    /// Show only changes on this theme, `None` for all.
    pub theme: Option<String>,
    /// Is one text shown with what went and what came, instead of two side by side?
    pub is_inline: bool,
    /// The articles that were chosen, left and right; `None` while they follow from what is chosen elsewhere.
    pub chosen: Option<[DocumentId; 2]>,
    /// Do both columns scroll together?
    pub is_linked: bool,
    /// Are changed words boxed where the two are versions of one text?
    pub has_changes: bool,
    pub pins: Pins,
    pub articles: Articles,
}

impl Default for CompareState {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            theme: None,
            is_inline: false,
            chosen: None,
            is_linked: true,
            has_changes: true,
            pins: Pins::default(),
            articles: Articles::default(),
        }
    }
}

/// What was worked out for two articles, and where they stand; nothing of it is kept in a file.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    pub partners: Partners,
    /// The two that are shown, as of the last frame.
    pub shown: Option<[DocumentId; 2]>,
    pub shared: Option<Arc<Shared>>,
    /// The comparison that was asked for last.
    pub asked: Option<Key>,
    /// That comparison, where it failed.
    pub failed: Option<Key>,
    /// Comparisons that came back, newest last.
    pub compared: Vec<Arc<Compared>>,
    pub flows: BTreeMap<DocumentId, Flow>,
    /// Vertical place of both columns in points, as of the last frame; where they are to go in the next one.
    pub scroll: [f32; 2],
    pub scroll_to: [Option<f32>; 2],
    /// Whose column leads.
    pub leader: Leader<usize>,
    /// What both columns scroll by, with what it was made for.
    pub chain: Option<(ChainKey, Arc<Chain>)>,
    /// The words that the columns are anchored on, and where they stand in both.
    pub anchor: Option<String>,
    pub anchor_places: Option<[usize; 2]>,
    /// A byte of each text to bring into view, and in how many frames yet.
    pub reveal: Option<([usize; 2], u8)>,
    /// At which height, from the top of the view.
    pub level: Option<f32>,
    /// The family under the pointer as of the last frame, so that whoever is drawn first sees the same.
    pub hovered: Option<PhraseId>,
    /// The change that was gone to last.
    pub stop: Option<usize>,
    /// A paragraph that waits to be tied to one of the other side: side and first byte.
    pub pinning: Option<(usize, usize)>,
    pub choosers: [Chooser; 2],
    pub folding: Folding,
}

/// What a chain depends on: the shared places, the comparison, the number of the pins' state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainKey {
    pub key: Key,
    pub revision: u64,
    pub has_compared: bool,
    pub pins: u64,
}

impl Articles {
    /// The comparison of this pair, once it came back.
    pub fn compared(&self, key: Key) -> Option<&Arc<Compared>> {
        self.compared.iter().find(|compared| compared.key == key)
    }
}
