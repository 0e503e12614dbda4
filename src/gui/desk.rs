//! What lies on the desk: the project, its analysis, and what the window remembers. No window is needed for it: the
//! same desk is drawn on screen, in a picture without a display, and in tests.

use std::sync::Arc;

use jiff::civil::Date;

use super::Scene;
use super::action::Action;
use super::marks::{self, Marks};
use super::state::{BadFile, Sheet, State};
use super::theme::Theme;
use crate::analysis::{self, Analysis, Options, Progress, furniture};
use crate::codebook::Codebook;
use crate::document::{Corpus, Document};
use crate::project::{Command, Project};

/// Everything a frame is drawn from.
#[derive(Clone, Debug)]
pub struct Desk {
    pub project: Project,
    /// As decided: what an analysis is asked of.
    corpus: Corpus,
    /// With the furniture that the analysis found, as it is shown.
    shown: Corpus,
    options: Options,
    analysis: Arc<Analysis>,
    marks: Arc<Marks>,
    codebook: Arc<Codebook>,
    pub state: State,
    today: Date,
    /// Counts the states of the corpus and of what is dismissed.
    generation: u64,
    /// Counts the states of what is shown, so that layouts know when to start anew.
    layout: u64,
    /// The state of the corpus that `analysis` is of.
    analyzed_generation: u64,
    /// The state of the corpus whose analysis was asked for last.
    pub started_generation: Option<u64>,
    /// The running analysis, where there is one.
    pub progress: Option<Progress>,
    /// Number of files that are still being read.
    pub n_waiting_files: usize,
}

impl Desk {
    pub fn new(codebook: Arc<Codebook>, today: Date) -> Self {
        Self {
            project: Project::default(),
            corpus: Corpus::default(),
            shown: Corpus::default(),
            options: Options::default(),
            analysis: Arc::default(),
            marks: Arc::default(),
            codebook,
            state: State::default(),
            today,
            generation: 0,
            layout: 0,
            analyzed_generation: 0,
            started_generation: None,
            progress: None,
            n_waiting_files: 0,
        }
    }

    /// A desk with these articles, analyzed: for pictures and tests.
    pub fn settled(documents: Vec<Document>, codebook: Arc<Codebook>, today: Date) -> Self {
        let mut desk = Self::new(codebook, today);
        desk.add(documents);
        desk.settle();
        desk
    }

    /// Runs the analysis here and now, where one is due.
    pub fn settle(&mut self) {
        if let Some((generation, corpus, options)) = self.due_analysis() {
            let progress = Progress::default();
            if let Ok(analysis) = analysis::analyze(&corpus, &self.codebook, &options, &progress) {
                self.take_analysis(generation, analysis);
            }
        }
    }

    pub fn scene<'a>(&'a self, theme: &'a Theme) -> Scene<'a> {
        Scene {
            project: &self.project,
            corpus: &self.shown,
            analysis: &self.analysis,
            marks: &self.marks,
            codebook: &self.codebook,
            theme,
            generation: self.layout,
            today: self.today,
        }
    }

    /// The articles as they are shown, in order of date.
    pub fn corpus(&self) -> &Corpus {
        &self.shown
    }

    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    pub fn codebook(&self) -> &Arc<Codebook> {
        &self.codebook
    }

    pub fn today(&self) -> Date {
        self.today
    }

    /// Opens articles as the program's own start, which undo does not take back.
    pub fn open_first(&mut self, documents: Vec<Document>) {
        self.project = Project::new(documents.into_iter().map(Arc::new));
        self.refresh();
    }

    /// Opens articles as something the reader did. Those already open are named in the list of files.
    pub fn add(&mut self, documents: Vec<Document>) {
        let mut fresh = Vec::new();
        for document in documents {
            match self.project.documents().iter().find(|open| open.id == document.id) {
                Some(open) => {
                    let bad = BadFile {
                        name: document.name().to_owned(),
                        reason: format!("already open as {}", open.name()),
                        next_step: "Show it".to_owned(),
                        open_as: Some(open.id),
                    };
                    self.report(0, vec![bad]);
                }
                None => fresh.push(Arc::new(document)),
            }
        }
        if fresh.is_empty() {
            return;
        }
        self.report(fresh.len(), Vec::new());
        self.state.has_notice = false;
        self.change(Command::AddDocuments(fresh));
    }

    /// Notes what came of files that were asked for; the list is shown as soon as one of them failed.
    pub fn report(&mut self, n_more: usize, more: Vec<BadFile>) {
        match &mut self.state.sheet {
            Some(Sheet::Files { n_opened, bad }) => {
                *n_opened += n_more;
                bad.extend(more);
            }
            sheet if !more.is_empty() => *sheet = Some(Sheet::Files { n_opened: n_more, bad: more }),
            _ => {}
        }
    }

    /// Carries out what the reader decided.
    pub fn change(&mut self, command: Command) {
        self.project.apply(command);
        self.refresh();
    }

    pub fn undo(&mut self) {
        if let Some(name) = self.project.undo() {
            self.state.message = format!("Took back: {name}");
            self.refresh();
        }
    }

    pub fn redo(&mut self) {
        if let Some(name) = self.project.redo() {
            self.state.message = format!("Did again: {name}");
            self.refresh();
        }
    }

    /// Looks whether the articles or the options, as decided, are others than before.
    fn refresh(&mut self) {
        let (corpus, options) = (self.project.corpus(), self.project.options());
        let old = self.corpus.documents();
        // Articles without a decision are shared, so most comparisons look at no text.
        let same = |(new, old): (&Arc<Document>, &Arc<Document>)| Arc::ptr_eq(new, old) || new == old;
        let is_same = corpus.len() == old.len() && corpus.documents().iter().zip(old).all(same);
        if !is_same || options != self.options {
            self.shown = furniture::laid_over(&corpus, &self.analysis.furniture);
            self.corpus = corpus;
            self.options = options;
            self.generation += 1;
            self.layout += 1;
        }
    }

    /// The analysis that is due: its generation, articles and options. `None` where the present one is up to date.
    pub fn due_analysis(&self) -> Option<(u64, Corpus, Options)> {
        (self.generation != self.analyzed_generation)
            .then(|| (self.generation, self.corpus.clone(), self.options.clone()))
    }

    /// Takes the result of a job; one of an older state of the articles is dropped.
    pub fn take_analysis(&mut self, generation: u64, analysis: Analysis) {
        if generation != self.generation {
            return;
        }
        self.analyzed_generation = generation;
        if analysis.furniture != self.analysis.furniture {
            self.shown = furniture::laid_over(&self.corpus, &analysis.furniture);
            self.layout += 1;
        }
        self.progress = None;
        self.project.pin_by_default(marks::standing_apart(&analysis.phrases).into_iter());
        self.marks = Arc::new(Marks::new(&analysis, &self.project.decisions().pins));
        self.analysis = Arc::new(analysis);
        let selection = &mut self.state.selection;
        selection.phrase = selection.phrase.filter(|id| self.analysis.phrase(*id).is_some());
        selection.shift = selection.shift.filter(|id| self.analysis.shift(*id).is_some());
        if selection.shift.is_none() {
            selection.shift = self.analysis.shifts.first().map(|shift| shift.id);
        }
    }

    /// Is the shown analysis of the articles as they are?
    pub fn is_current(&self) -> bool {
        self.generation == self.analyzed_generation
    }

    /// What a click or key asked for, where it needs nothing but the desk. Returns what is left to the window.
    pub fn perform(&mut self, action: Action) -> Option<Action> {
        super::perform::perform(self, action)
    }
}
