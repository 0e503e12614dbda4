//! The reader's work: which articles are open and what was decided about them.
//!
//! A [`Project`] changes through [`Command`]s alone. Applying one returns its inverse, which is what undo and redo are
//! made of; so every new kind of decision is undoable from its first day. Decisions are keyed by content (document,
//! byte range, phrase, shift), beat every rule, and outlive every re-run of the analysis.

mod carry;
pub mod clusters;
mod command;
pub mod dated;
pub mod files;
mod history;
pub mod home;
pub mod keeper;
pub mod opening;
pub mod outlets;
pub mod phrases;
pub mod portable;
pub mod reviews;
pub mod search;
pub mod statements;
pub mod store;
pub mod templates;

pub use carry::{Carried, carried_over};
pub use command::Command;
pub use history::{History, Step};
pub use reviews::{Review, Verdict};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analysis::revisions::Revisions;
use crate::analysis::{Options, PhraseId, ShiftId, StatementId};
use crate::document::{BlockKind, Corpus, DateSpan, Document, DocumentId, Published};
use crate::text::ByteRange;

use self::outlets::OutletRules;
use self::phrases::{PhraseMerge, PhraseName, PhraseSplit};
use self::reviews::StatementNote;

/// How many families can be pinned at once; more tints could not be told apart.
pub const N_PINS: usize = 4;

/// The open articles and the reader's decisions, with their history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// As read, in the order of adding.
    documents: Vec<Arc<Document>>,
    /// Shared, since whoever keeps the project holds the state that is kept.
    decisions: Arc<Decisions>,
    history: History,
}

/// Everything the reader decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    /// Publication days the reader entered.
    pub dates: BTreeMap<DocumentId, DateSpan>,
    /// Blocks the reader shows or hides, against the rule that marked them.
    pub blocks: BTreeMap<(DocumentId, ByteRange), Furniture>,
    /// Encodings the reader chose against the guess, as WHATWG labels.
    pub encodings: BTreeMap<DocumentId, String>,
    /// Facts of the codebook's chronology that date nothing here, by their ids.
    pub facts_off: BTreeSet<String>,
    /// The families that carry the letters A to D.
    pub pins: [Option<PhraseId>; N_PINS],
    /// Phrases never to be matched, with their labels so that they can be listed and brought back.
    pub dismissed: BTreeMap<PhraseId, String>,
    /// Names the reader gave to families.
    pub names: BTreeMap<PhraseId, PhraseName>,
    /// Families that are part of another one.
    pub merged: BTreeMap<PhraseId, PhraseMerge>,
    /// Wordings that are a family of their own, by the family they were split off.
    pub split: BTreeMap<(PhraseId, String), PhraseSplit>,
    /// What was decided about statements, and which of them answer each other.
    pub revisions: Revisions,
    /// What the reader noted beside statements.
    pub notes: BTreeMap<StatementId, StatementNote>,
    /// Verdicts on shifts and notes beside them; a shift without a verdict is *automatic*.
    pub reviews: BTreeMap<ShiftId, Review>,
    /// The codebook the reader works with, `None` for the one the program was started with.
    pub codebook: Option<CodebookText>,
}

/// A codebook as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodebookText {
    pub toml: String,
    /// Where it came from: the name of its file, or of a built-in one.
    pub origin: String,
    /// What the reader changed last: "“Harbor Board” speaks".
    pub says: String,
}

/// Is a block part of the article or of the page around it?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Furniture {
    /// Read as body whatever the rules say.
    Shown,
    /// Dimmed as boilerplate whatever the rules say.
    Hidden,
}

impl Furniture {
    /// What a block becomes.
    fn kind(self) -> BlockKind {
        match self {
            Self::Shown => BlockKind::Body,
            Self::Hidden => BlockKind::Boilerplate,
        }
    }
}

impl Project {
    /// A project with these articles and no decision.
    pub fn new(documents: impl IntoIterator<Item = Arc<Document>>) -> Self {
        let mut project = Self::default();
        command::add_documents(&mut project, documents.into_iter().collect());
        project
    }

    /// A project as it was kept.
    pub fn kept(documents: Vec<Arc<Document>>, decisions: Decisions, history: History) -> Self {
        Self { documents, decisions: Arc::new(decisions), history }
    }

    /// Tells the time that the next steps are done at, in seconds since 1970.
    pub fn set_time(&mut self, at_secs: i64) {
        self.history.now_secs = Some(at_secs);
    }

    /// Carries out a command and remembers its inverse for [`Project::undo`]. A command that changes nothing leaves
    /// no trace.
    pub fn apply(&mut self, command: Command) {
        let says = history::says(&command, self);
        if let Some(inverse) = command::carry_out(self, command) {
            self.history.push(says, inverse);
        }
    }

    /// Opens articles as a part of what was opened last: one undo takes all of them back. For files that come in over
    /// some time.
    pub fn add_more(&mut self, documents: Vec<Arc<Document>>) {
        let command = Command::AddDocuments(documents);
        let says = history::says(&command, self);
        let Some(inverse) = command::carry_out(self, command) else { return };
        self.history.extend(says, inverse);
    }

    /// Takes the last command back. Returns the name of what was undone.
    pub fn undo(&mut self) -> Option<&'static str> {
        let step = self.history.steps().get(self.history.n_done().checked_sub(1)?)?.clone();
        let inverse = command::carry_out(self, step.command.clone());
        self.history.step_back(inverse);
        Some(step.command.name())
    }

    /// Does again what was undone last.
    pub fn redo(&mut self) -> Option<&'static str> {
        let step = self.history.steps().get(self.history.n_done())?.clone();
        let inverse = command::carry_out(self, step.command.clone());
        self.history.step_on(inverse);
        Some(step.command.name())
    }

    /// What undo would take back.
    pub fn undo_name(&self) -> Option<&'static str> {
        let last = self.history.n_done().checked_sub(1)?;
        self.history.steps().get(last).map(|step| step.command.name())
    }

    /// What redo would do again.
    pub fn redo_name(&self) -> Option<&'static str> {
        self.history.steps().get(self.history.n_done()).map(|step| step.command.name())
    }

    /// What the reader did, and what was taken back of it.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The articles as they were read, in the order of adding.
    pub fn documents(&self) -> &[Arc<Document>] {
        &self.documents
    }

    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// The decisions as a value that is shared until the next command.
    pub fn shared_decisions(&self) -> &Arc<Decisions> {
        &self.decisions
    }

    /// Gives the letters A to D to the first families found, where none has a family and the reader has not freed them.
    /// Not a decision, so not in the history.
    pub fn pin_by_default(&mut self, phrases: impl Iterator<Item = PhraseId>) {
        let is_pin = |step: &Arc<Step>| matches!(step.command, Command::Pin { .. } | Command::SetPins(_));
        let is_decided = || self.history.steps().iter().take(self.history.n_done()).any(is_pin);
        if self.decisions.pins.iter().all(Option::is_none) && !is_decided() {
            for (pin, phrase) in Arc::make_mut(&mut self.decisions).pins.iter_mut().zip(phrases) {
                *pin = Some(phrase);
            }
        }
    }

    /// Puts the date that was worked out anew into an article, after facts were switched off or on. Follows from the
    /// decisions, so it is none itself.
    pub fn set_published(&mut self, id: DocumentId, published: Published) {
        if let Some(document) = self.documents.iter_mut().find(|document| document.id == id)
            && document.published != published
        {
            Arc::make_mut(document).published = published;
        }
    }

    /// The articles with the reader's decisions laid over them, in order of date. Texts are the same, byte for byte.
    pub fn corpus(&self) -> Corpus {
        let rules = OutletRules::new(&self.documents, &self.decisions);
        Corpus::new(self.documents.iter().map(|document| self.decided(document, &rules)))
    }

    /// The options of an analysis that follow from the decisions.
    pub fn options(&self) -> Options {
        Options {
            edits: phrases::edits(&self.decisions),
            revisions: self.decisions.revisions.clone(),
            ..Options::default()
        }
    }

    fn decided(&self, document: &Arc<Document>, rules: &OutletRules<'_>) -> Arc<Document> {
        let date = self.decisions.dates.get(&document.id);
        let has_blocks =
            document.blocks.iter().any(|block| self.decisions.blocks.contains_key(&(document.id, block.range)));
        if date.is_none() && !has_blocks && !rules.concern(document) {
            return Arc::clone(document);
        }
        let mut decided = Document::clone(document);
        if let Some(&span) = date {
            decided.published = Published::entered_span(span, std::mem::take(&mut decided.published.evidence));
        }
        rules.lay_over(&mut decided);
        for block in &mut decided.blocks {
            if let Some(furniture) = self.decisions.blocks.get(&(document.id, block.range)) {
                block.kind = furniture.kind();
                block.rule = Some("reader".to_owned());
            }
        }
        Arc::new(decided)
    }
}
