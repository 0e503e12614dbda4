//! What is open, chosen and scrolled to: everything the window remembers that is not the reader's work.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analysis::statements::Statement;
use crate::analysis::{Analysis, PhraseId, ShiftId, StatementId};
use crate::doctor::Examined;
use crate::document::{Corpus, DocumentId, Passage};
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::article::Flow;
use crate::gui::briefing::choices::BriefingState;
use crate::gui::briefing::saving::PageSheet;
use crate::gui::compare::state::{CompareState, Mode as CompareMode};
use crate::gui::crash::sheet::FaultSheet;
use crate::gui::exporting::ExportKind;
use crate::gui::help::HelpSheet;
use crate::gui::library::settings::LibraryState;
use crate::gui::notice::Notice;
use crate::gui::palette::Palette;
use crate::gui::path_field::{PathField, PathSheet};
use crate::gui::phrases::PlaceSettings;
use crate::gui::phrases::cache::PhrasesCache;
use crate::gui::positions::{BoardCache, OffersCache, TableCache};
use crate::gui::projects::Damage;
use crate::gui::raw_file::RawFile;
use crate::gui::reading::arrange::Room;
use crate::gui::reading::linking::Linking;
use crate::gui::search::SearchState;
use crate::gui::shown::Shown;
use crate::gui::table::walk::Walk;
use crate::gui::words::found::Found;
use crate::gui::words::gesture::Gesture;

/// The views over one selection, in the order of their tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ViewKind {
    #[default]
    Read,
    Phrases,
    Positions,
    Compare,
    Briefing,
}

impl ViewKind {
    pub const ALL: [Self; 5] = [Self::Read, Self::Phrases, Self::Positions, Self::Compare, Self::Briefing];

    /// The word on the tab and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Phrases => "Phrases",
            Self::Positions => "Positions",
            Self::Compare => "Compare",
            Self::Briefing => "Briefing",
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

impl Selection {
    /// Lets go of findings that are not there any more.
    pub fn let_go(&mut self, analysis: &Analysis) {
        self.phrase = self.phrase.filter(|id| analysis.phrase(*id).is_some());
        self.shift = self.shift.filter(|id| analysis.shift(*id).is_some());
        let has = |id| analysis.statement(id).is_some();
        self.pair = self.pair.filter(|(old, new)| has(*old) && has(*new));
    }
}

/// The window's own state. Each view edits its own part in place; the rest changes through actions.
#[derive(Clone, Debug)]
pub struct State {
    pub view: ViewKind,
    pub selection: Selection,
    /// Is the list of articles and phrases open?
    pub is_list_open: bool,
    /// What is told over the view until it is closed.
    pub notices: Vec<Notice>,
    /// Is the card on how articles are set open?
    pub is_settings_open: bool,
    /// The list of all that can be asked for.
    pub palette: Palette,
    /// What lies over the lower part of the window.
    pub sheet: Option<Sheet>,
    /// What was done last, for the status bar.
    pub message: String,
    /// What happened and wants to be seen, for a few seconds.
    pub toast: Option<Toast>,
    pub library: LibraryState,
    pub reading: ReadingState,
    pub phrases: PhrasesState,
    pub positions: PositionsState,
    pub compare: CompareState,
    pub briefing: BriefingState,
    pub search: SearchState,
}

impl Default for State {
    fn default() -> Self {
        Self {
            view: ViewKind::Read,
            selection: Selection::default(),
            is_list_open: true,
            notices: Vec::new(),
            is_settings_open: false,
            palette: Palette::default(),
            sheet: None,
            message: String::new(),
            toast: None,
            library: LibraryState::default(),
            reading: ReadingState::default(),
            phrases: PhrasesState::default(),
            positions: PositionsState::default(),
            compare: CompareState::default(),
            briefing: BriefingState::default(),
            search: SearchState::default(),
        }
    }
}

impl State {
    /// Lets go of articles, and of places in them, that are not open any more.
    pub fn let_go(&mut self, corpus: &Corpus) {
        let is_open = |id: &DocumentId| corpus.idx_of(*id).is_some();
        let is_there = |passage: &Passage| {
            let document = corpus.get(passage.document);
            document.is_some_and(|it| it.text.get(passage.range.start..passage.range.end).is_some())
        };
        self.selection.document = self.selection.document.filter(is_open);
        self.selection.occurrence = self.selection.occurrence.filter(is_there);
        self.reading.selected = self.reading.selected.filter(is_there);
        self.reading.reveal = self.reading.reveal.filter(is_there);
        self.search.chosen = self.search.chosen.filter(is_there);
    }

    /// Are two whole articles compared?
    pub fn is_between_articles(&self) -> bool {
        self.view == ViewKind::Compare && self.compare.mode == CompareMode::Articles
    }
}

/// Something that lies over the lower part of the window until it is closed.
#[derive(Clone, Debug, PartialEq)]
pub enum Sheet {
    /// Which of the files asked for could not be opened.
    Files { n_opened: usize, n_asked: usize, bad: Vec<BadFile> },
    /// How to go about things, and all keys.
    Help(HelpSheet),
    /// Where and how large to save a picture of the view.
    Image { path: PathField, size: ImageSize },
    /// Where to save a page of Briefing.
    Page(PageSheet),
    /// What to write of the findings, and where.
    Export { path: PathField, kind: ExportKind },
    /// A path to open, where the system has no dialog.
    Path(PathSheet),
    /// Where to save the project, where the system has no dialog.
    SaveAs(PathSheet),
    /// What this computer offers; `None` while it is looked at.
    Computer(Option<Arc<Examined>>),
    /// What the reader did, step by step.
    History,
    /// What became of a damaged project.
    Damaged(Damage),
    /// The window is to be closed, and something is on no disk.
    Unsaved,
    /// How an article was read, and its file.
    Inspect(Inspect),
    /// Where selected words stand in all articles.
    Found(Found),
    /// A statement and what can be changed about it.
    Statement(StatementSheet),
    /// What failed in the program.
    Fault(FaultSheet),
}

impl Sheet {
    /// The field for a path in it.
    pub fn path_field(&mut self) -> Option<&mut PathField> {
        match self {
            Self::Image { path, .. } | Self::Export { path, .. } | Self::Page(PageSheet { path, .. }) => Some(path),
            Self::Path(sheet) | Self::SaveAs(sheet) => Some(&mut sheet.path),
            _ => None,
        }
    }
}

/// What the card of a statement remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementSheet {
    pub statement: StatementId,
    /// What is being typed.
    pub person: String,
    pub typed_day: String,
    pub note: String,
    /// Are its words buttons that split it?
    pub is_splitting: bool,
    /// Has the reader gone on to something else?
    pub is_done: bool,
    /// What the fields were filled from.
    filled_from: Option<(StatementId, Option<String>, String)>,
}

impl StatementSheet {
    pub fn new(statement: StatementId) -> Self {
        Self {
            statement,
            person: String::new(),
            typed_day: String::new(),
            note: String::new(),
            is_splitting: false,
            is_done: false,
            filled_from: None,
        }
    }

    /// Fills the fields again where the statement is another one than before.
    pub fn follow(&mut self, scene: &Scene, statement: &Statement) {
        let note = scene.reviewed.note(scene.project.decisions(), statement.id).to_owned();
        let from = Some((statement.id, statement.person.clone(), note));
        if self.filled_from != from {
            self.person = statement.person.clone().unwrap_or_default();
            self.note = from.as_ref().map(|(_, _, note)| note.clone()).unwrap_or_default();
            self.filled_from = from;
        }
    }
}

/// What the pane on one article's reading remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspect {
    pub document: DocumentId,
    pub raw: Raw,
    /// The encoding the file was last asked for in.
    pub encoding: String,
    /// Are bytes shown where there is a text too?
    pub is_in_bytes: bool,
    /// Is the file shown, where there is no room for it beside the facts?
    pub is_file_in_front: bool,
}

impl Inspect {
    pub fn new(document: DocumentId) -> Self {
        Self { document, raw: Raw::Wanted, encoding: String::new(), is_in_bytes: false, is_file_in_front: false }
    }

    /// Takes the answer to a question by its number; one to an earlier question tells of what was there before.
    pub fn take(&mut self, asked: u64, raw: Result<RawFile, String>) {
        if self.raw == Raw::Reading(asked) {
            self.raw = raw.map_or_else(Raw::Gone, |raw| Raw::Here(Arc::new(raw)));
        }
    }
}

/// The file behind an article, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// To be asked for.
    Wanted,
    /// On its way: the number of the question.
    Reading(u64),
    Here(Arc<RawFile>),
    /// Why it can't be shown.
    Gone(String),
}

/// A line that wants to be seen and goes away by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub words: String,
    /// What can be done about it.
    pub link: Option<(&'static str, Action)>,
    /// The time of its first frame.
    pub since: Option<f64>,
}

impl Toast {
    pub fn new(words: String) -> Self {
        Self { words, link: None, since: None }
    }

    pub fn with_link(words: String, label: &'static str, action: Action) -> Self {
        Self { words, link: Some((label, action)), since: None }
    }
}

/// A file that was asked for and is not open.
#[derive(Clone, Debug, PartialEq)]
pub struct BadFile {
    pub name: String,
    pub reason: String,
    pub next_step: String,
    /// The article that already has this content.
    pub open_as: Option<DocumentId>,
}

/// How large a picture is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageSize {
    /// 1920 × 1080 pixels.
    #[default]
    FullHd,
    /// 3840 × 2160 pixels, the same page twice as fine.
    UltraHd,
}

impl ImageSize {
    pub fn pixels(self) -> [u32; 2] {
        match self {
            Self::FullHd => [1920, 1080],
            Self::UltraHd => [3840, 2160],
        }
    }

    /// "1920 × 1080".
    pub fn words(self) -> &'static str {
        match self {
            Self::FullHd => "1920 × 1080",
            Self::UltraHd => "3840 × 2160",
        }
    }

    /// Both show the same page; the larger one is finer.
    pub fn pixels_per_point(self) -> f32 {
        match self {
            Self::FullHd => 1.0,
            Self::UltraHd => 2.0,
        }
    }
}

/// What Read remembers.
#[derive(Clone, Debug)]
pub struct ReadingState {
    /// Which articles stand in columns.
    pub shown: Shown,
    /// The first of them that has a column; the ones before it are spines.
    pub first_column: usize,
    /// That article, to stay in front while others come and go.
    pub front: Option<DocumentId>,
    /// The room of the columns in the last frame.
    pub room: Room,
    /// Height of the heads of the columns.
    pub head_height: f32,
    /// Do the columns scroll together?
    pub is_linked: bool,
    pub linking: Linking,
    /// The articles that had a column in the last frame, from left to right.
    pub open: Vec<DocumentId>,
    /// Vertical place of each column in points, as of the last frame.
    pub scroll: BTreeMap<DocumentId, f32>,
    /// Places to scroll to in the next frame.
    pub scroll_to: BTreeMap<DocumentId, f32>,
    /// Heights of the visible part and of the whole text, in points.
    pub view_heights: BTreeMap<DocumentId, (f32, f32)>,
    /// A passage to bring into view in the next frame.
    pub reveal: Option<Passage>,
    /// Does a sheet hide the lower half of the columns, so that what is brought into view has to stand higher?
    pub is_low_half_hidden: bool,
    /// The words that are selected.
    pub selected: Option<Passage>,
    /// How they are being selected.
    pub gesture: Gesture,
    /// The family under the pointer as of the last frame, and as found in this one: whoever is drawn first sees the
    /// same.
    pub hovered: Option<PhraseId>,
    pub hovering: Option<PhraseId>,
    /// The piece of evidence under the pointer in the open date card, by article and place, as of the last frame.
    pub evidence: Option<(DocumentId, usize)>,
    /// Are marks drawn in the texts?
    pub has_marks: bool,
    /// Is boilerplate shown (dimmed) or folded away?
    pub has_furniture: bool,
    /// Layouts of the articles in their columns.
    pub flows: BTreeMap<DocumentId, Flow>,
}

impl Default for ReadingState {
    fn default() -> Self {
        Self {
            shown: Shown::default(),
            first_column: 0,
            front: None,
            room: Room::default(),
            head_height: 0.0,
            is_linked: false,
            linking: Linking::default(),
            open: Vec::new(),
            scroll: BTreeMap::new(),
            scroll_to: BTreeMap::new(),
            view_heights: BTreeMap::new(),
            reveal: None,
            is_low_half_hidden: false,
            selected: None,
            gesture: Gesture::default(),
            hovered: None,
            hovering: None,
            evidence: None,
            has_marks: true,
            has_furniture: true,
            flows: BTreeMap::new(),
        }
    }
}

/// What Phrases remembers.
#[derive(Clone, Debug)]
pub struct PhrasesState {
    pub order: PhraseOrder,
    /// Only families in at least so many articles are listed.
    pub min_articles: usize,
    /// Only families that hold all these words are listed.
    pub query: String,
    /// The family that is being given a name, and the name so far.
    pub renaming: Option<(PhraseId, String)>,
    /// What is looked for in the list of families to merge with.
    pub merge_query: String,
    /// What was last brought into view.
    pub revealed: (Option<PhraseId>, Option<Passage>),
    /// Are all places listed one by one?
    pub is_table: bool,
    pub table: PlaceSettings,
    pub walk: Walk,
    /// What the table was of, and where one was in it, when that was last brought into sight.
    pub walked: Option<(PlaceSettings, usize, Option<usize>)>,
    /// What was worked out for these settings.
    pub cache: PhrasesCache,
}

impl PhrasesState {
    /// The fewest articles a family is found in; with it no family is hidden.
    pub const LEAST_ARTICLES: usize = 2;
}

impl Default for PhrasesState {
    fn default() -> Self {
        Self {
            order: PhraseOrder::Weight,
            min_articles: Self::LEAST_ARTICLES,
            query: String::new(),
            renaming: None,
            merge_query: String::new(),
            revealed: (None, None),
            is_table: false,
            table: PlaceSettings::default(),
            walk: Walk::default(),
            walked: None,
            cache: PhrasesCache::default(),
        }
    }
}

/// The order of the families in Phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PhraseOrder {
    #[default]
    Weight,
    /// Earliest first.
    FirstUse,
    /// Latest first.
    LastUse,
    /// Most articles first.
    Spread,
    Alphabet,
}

impl PhraseOrder {
    pub const ALL: [Self; 5] = [Self::Weight, Self::FirstUse, Self::LastUse, Self::Spread, Self::Alphabet];

    /// As in "Sort by weight".
    pub fn words(self) -> &'static str {
        match self {
            Self::Weight => "weight",
            Self::FirstUse => "first use",
            Self::LastUse => "last use",
            Self::Spread => "spread",
            Self::Alphabet => "alphabet",
        }
    }
}

/// What Positions remembers.
#[derive(Clone, Debug, Default)]
pub struct PositionsState {
    /// The actor whose positions are charted; `None` is the one with most statements.
    pub actor: Option<String>,
    pub voices: Voices,
    pub is_quotes_only: bool,
    /// Only changes nobody gave a verdict on.
    pub is_open_only: bool,
    /// The theme shown alone, `None` for all.
    pub theme: Option<String>,
    /// The change whose card was last brought into view.
    pub revealed: Option<ShiftId>,
    /// Is the chart a table?
    pub is_table: bool,
    pub table_order: TableOrder,
    /// Is that order the other way round?
    pub is_turned: bool,
    pub table: TableCache,
    /// The row where one is: a theme and a statement.
    pub cursor: Option<(String, StatementId)>,
    pub walk: Walk,
    /// What the table was of, and where one was in it, when that was last brought into sight.
    pub walked: Option<(TableOrder, bool, usize, Option<usize>)>,
    /// Only statements that hold all these words, or are of such a speaker, are shown.
    pub query: String,
    /// What was gathered for these filters.
    pub cache: BoardCache,
    pub offers: OffersCache,
}

/// The order of the table of statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableOrder {
    /// Earliest first.
    #[default]
    Date,
    /// In the order of the codebook.
    Theme,
    /// Strongest first.
    Force,
    Speaker,
    Words,
    Direction,
    /// Quoted, reported, not official.
    Source,
}

impl TableOrder {
    /// The word over the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Theme => "Theme",
            Self::Force => "Force",
            Self::Speaker => "Speaker",
            Self::Words => "Words",
            Self::Direction => "Direction",
            Self::Source => "Source",
        }
    }

    /// How the table begins.
    pub fn words(self, is_turned: bool) -> &'static str {
        match (self, is_turned) {
            (Self::Date, false) => "earliest first",
            (Self::Date, true) => "latest first",
            (Self::Theme, false) => "as on the chart",
            (Self::Theme, true) => "last of the chart first",
            (Self::Force, false) => "strongest first",
            (Self::Force, true) => "weakest first",
            (Self::Speaker | Self::Words, false) => "A to Z",
            (Self::Speaker | Self::Words, true) => "Z to A",
            (Self::Direction, false) => "ease first",
            (Self::Direction, true) => "support first",
            (Self::Source, false) => "quoted first",
            (Self::Source, true) => "not official first",
        }
    }
}

/// Whose statements are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Voices {
    #[default]
    All,
    Official,
    /// One person, by name.
    Person(String),
}
