//! What lies on the desk: the project, its analysis, and what the window remembers. No window is needed for it: the
//! same desk is drawn on screen, in a picture without a display, and in tests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::Scene;
use super::action::Action;
use super::changes::ChangeList;
use super::codebooks::Given;
use super::incoming::Incoming;
use super::keeping::Keeping;
use super::marks::{self, Marks};
use super::notice::Notice;
use super::opened::Opened;
use super::remembered;
use super::settings::Settings;
use super::state::{State, Toast};
use super::theme::Theme;
use crate::analysis::reuse::Phrase;
use crate::analysis::reuse::clusters::Clusters;
use crate::analysis::reuse::edits::{EditedPhrases, PhraseEdits, edited};
use crate::analysis::{self, Analysis, Options, Progress, ShiftId, StatementId, furniture};
use crate::codebook::Codebook;
use crate::document::{Corpus, Document, DocumentId, Published};
use crate::project::reviews::{Reviewed, StatementNote};
use crate::project::store::Snapshot;
use crate::project::{CodebookText, Command, Project, Review};

/// What came of articles that were read.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    pub fresh: Vec<DocumentId>,
    /// Those of them whose words are those of another article that is open.
    pub same_text: Vec<DocumentId>,
    /// Articles that were open already, as they came.
    pub again: Vec<Document>,
}

/// Everything a frame is drawn from.
#[derive(Clone, Debug)]
pub struct Desk {
    pub project: Project,
    /// As decided: what an analysis is asked of.
    decided: Corpus,
    /// With the furniture that the analysis found, as it is shown.
    corpus: Corpus,
    /// What an analysis is asked for: the phrases as they are found, since edits are laid over them here.
    options: Options,
    /// What passim found in these articles.
    clusters: Arc<Clusters>,
    /// What could not be read of it, to be told with what has no place.
    cluster_notes: Vec<String>,
    analysis: Arc<Analysis>,
    reviewed: Arc<Reviewed>,
    changes: Arc<ChangeList>,
    /// The verdicts and notes that these two were made of.
    laid: (BTreeMap<ShiftId, Review>, BTreeMap<StatementId, StatementNote>),
    /// The phrases as they were found, where those of `analysis` have edits laid over them.
    found: Option<Arc<Vec<Arc<Phrase>>>>,
    edits: PhraseEdits,
    marks: Arc<Marks>,
    /// The codebook the project began with.
    given: Given,
    /// The codebook of the program's start, which articles are read with.
    start: Given,
    /// The reader's own where there is one, else the given one.
    codebook: Arc<Codebook>,
    /// What `codebook` was read from, `None` for the given one.
    codebook_text: Option<CodebookText>,
    pub state: State,
    /// How the reader likes the window to look; not part of any project.
    pub settings: Settings,
    /// The files that were asked for, and what came of them.
    pub incoming: Incoming,
    /// The project's file.
    pub keeping: Keeping,
    /// Counts the states of what is kept.
    pub edition: u64,
    /// The words of all articles that were opened, to tell the same text in another file.
    words_keys: BTreeMap<DocumentId, u64>,
    /// Articles whose words are those of another one that was open before, by that one.
    same_text: BTreeMap<DocumentId, DocumentId>,
    /// What the dates of the articles were worked out with: the facts switched off, and which articles; none after
    /// articles came that were dated with all facts.
    dated: (BTreeSet<String>, Vec<DocumentId>),
    /// The codebook they were dated with, by its hash.
    dated_hash: String,
    today: Date,
    /// Is it drawn for a page?
    pub is_page: bool,
    /// Words of the articles as they are shown; `None` where there are too many to be counted in a frame.
    n_words: Option<usize>,
    /// Counts the states of the corpus.
    generation: u64,
    /// Counts the states of what is shown, so that layouts know when to start anew.
    layout: u64,
    /// Counts the states of the analysis.
    revision: u64,
    /// The state of the corpus that `analysis` is of.
    analyzed_generation: u64,
    /// The state of the corpus whose analysis was asked for last.
    pub started_generation: Option<u64>,
    /// The running analysis, where there is one.
    pub progress: Option<Progress>,
    /// The dating that was asked for last: facts left out, and hash of the codebook.
    pub started_dating: Option<(BTreeSet<String>, String)>,
}

impl Desk {
    pub fn new(codebook: Arc<Codebook>, today: Date) -> Self {
        Self::with_codebook(Given::of(codebook), today)
    }

    /// An empty desk whose codebook can be changed.
    pub fn with_codebook(given: Given, today: Date) -> Self {
        let codebook = Arc::clone(&given.codebook);
        Self {
            project: Project::default(),
            decided: Corpus::default(),
            corpus: Corpus::default(),
            options: Options::default(),
            clusters: Arc::default(),
            cluster_notes: Vec::new(),
            analysis: Arc::default(),
            reviewed: Arc::default(),
            changes: Arc::default(),
            laid: Default::default(),
            found: None,
            edits: PhraseEdits::default(),
            marks: Arc::default(),
            start: given.clone(),
            given,
            dated_hash: codebook.hash.clone(),
            codebook,
            codebook_text: None,
            state: State::default(),
            settings: Settings::default(),
            incoming: Incoming::default(),
            keeping: Keeping::default(),
            edition: 0,
            words_keys: BTreeMap::new(),
            same_text: BTreeMap::new(),
            dated: (BTreeSet::new(), Vec::new()),
            today,
            is_page: false,
            n_words: None,
            generation: 0,
            layout: 0,
            revision: 0,
            analyzed_generation: 0,
            started_generation: None,
            progress: None,
            started_dating: None,
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
            corpus: &self.corpus,
            analysis: &self.analysis,
            reviewed: &self.reviewed,
            changes: &self.changes,
            marks: &self.marks,
            codebook: &self.codebook,
            theme,
            same_text: &self.same_text,
            generation: self.layout,
            revision: self.revision,
            today: self.today,
            reading: self.settings.reading,
            is_page: self.is_page,
        }
    }

    /// Words of all articles, where they are few enough to be counted at once.
    pub fn n_words(&self) -> Option<usize> {
        self.n_words
    }

    /// The articles as they are shown, in order of date.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// The same for a thread. While one holds it, a change of the findings copies them first.
    pub fn shared_analysis(&self) -> Arc<Analysis> {
        Arc::clone(&self.analysis)
    }

    pub fn codebook(&self) -> &Arc<Codebook> {
        &self.codebook
    }

    /// The codebook as it is written.
    pub fn codebook_text(&self) -> &CodebookText {
        self.project.decisions().codebook.as_ref().unwrap_or(&self.given.text)
    }

    pub fn today(&self) -> Date {
        self.today
    }

    /// Opens articles as the program's own start, which undo does not take back.
    pub fn open_first(&mut self, opened: Vec<Opened>) {
        self.words_keys = opened.iter().map(|opened| (opened.document.id, opened.words_key)).collect();
        self.project = Project::new(opened.into_iter().map(|opened| Arc::new(opened.document)));
        self.refresh();
    }

    /// Puts a project in the place of the one that lies here. What is counted goes on, so that answers to the old one
    /// are known as such.
    pub fn open_project(&mut self, snapshot: Snapshot, words_keys: FxHashMap<DocumentId, u64>, keeping: Keeping) {
        let given = remembered::codebook(&snapshot.codebook).unwrap_or_else(|| self.start.clone());
        let fresh = Self::with_codebook(given, self.today);
        let old = std::mem::replace(self, fresh);
        if let Some(progress) = old.progress {
            progress.cancel();
        }
        self.start = old.start;
        self.incoming.waiting = Arc::clone(&snapshot.waiting);
        (self.generation, self.analyzed_generation) = (old.generation + 1, old.generation + 1);
        (self.layout, self.revision) = (old.layout + 1, old.revision + 1);
        self.edition = old.edition + 1;
        self.words_keys = words_keys.into_iter().collect();
        (self.dated_hash, self.dated) = remembered::dated(&snapshot);
        self.project = snapshot.project;
        self.settings = old.settings;
        // How this start is stays so; what the articles are does not.
        self.state.notices = old.state.notices.into_iter().filter(|notice| *notice != Notice::Sample).collect();
        self.state.briefing.count_on(&old.state.briefing);
        remembered::recall(&snapshot.view, &mut self.state);
        self.keeping = Keeping {
            view: snapshot.view,
            recent: old.keeping.recent,
            left: old.keeping.left,
            asked: old.keeping.asked,
            done: old.keeping.asked,
            before: old.keeping.asked,
            ..keeping
        };
        self.refresh();
        // What was read from the file is in it.
        self.keeping.edition = self.edition;
    }

    /// What the dates were worked out with, for [`Desk::open_project`].
    pub fn dated_by(&self) -> String {
        remembered::dated_by(&self.dated_hash, &self.dated.0)
    }

    /// The codebook the project began with, likewise.
    pub fn given_text(&self) -> String {
        serde_json::to_string(&self.given.text).unwrap_or_default()
    }

    /// Opens articles as something the reader did.
    pub fn add(&mut self, documents: Vec<Document>) {
        self.take(documents.into_iter().map(Opened::new).collect());
    }

    /// Opens articles that were read. Those already open are left as they are, and returned.
    pub fn take(&mut self, opened: Vec<Opened>) -> Taken {
        let mut taken = Taken::default();
        let mut fresh: Vec<Arc<Document>> = Vec::new();
        let mut open: BTreeSet<DocumentId> = self.project.documents().iter().map(|document| document.id).collect();
        for Opened { document, words_key } in opened {
            if open.insert(document.id) {
                self.words_keys.insert(document.id, words_key);
                fresh.push(Arc::new(document));
            } else {
                taken.again.push(document);
            }
        }
        if fresh.is_empty() || self.is_refused() {
            return taken;
        }
        let ids: Vec<DocumentId> = fresh.iter().map(|document| document.id).collect();
        self.state.notices.retain(|notice| *notice != Notice::Sample);
        if self.incoming.has_opened_some() {
            self.project.add_more(fresh);
        } else {
            self.project.apply(Command::AddDocuments(fresh));
        }
        self.refresh();
        taken.same_text = ids.iter().filter(|id| self.same_text.contains_key(id)).copied().collect();
        taken.fresh = ids;
        taken
    }

    /// The article whose words this one repeats.
    pub fn same_text_as(&self, id: DocumentId) -> Option<DocumentId> {
        self.same_text.get(&id).copied()
    }

    /// An open article, as it was read.
    pub fn open_document(&self, id: DocumentId) -> Option<&Arc<Document>> {
        self.project.documents().iter().find(|document| document.id == id)
    }

    /// Takes clusters that passim found, and what could not be read of them; they become families beside the program's
    /// own.
    pub fn take_clusters(&mut self, clusters: Clusters, notes: Vec<String>) {
        if clusters.is_empty() && !notes.is_empty() {
            self.state.toast = Some(Toast::new(notes.join("; ")));
        } else {
            self.cluster_notes = notes;
        }
        self.clusters = Arc::new(clusters);
        self.refresh();
    }

    /// Carries out what the reader decided.
    pub fn change(&mut self, command: Command) {
        if !self.is_refused() {
            self.project.apply(command);
            self.refresh();
        }
    }

    /// Says why nothing may be changed, where that is so.
    pub fn is_refused(&mut self) -> bool {
        let Some(note) = &self.keeping.read_only else { return false };
        let words = format!("{note}. Save it under another name to work on it");
        self.state.toast = Some(Toast::with_link(words, "Save as", Action::SaveAs));
        true
    }

    /// Notes that there is something to keep.
    pub fn note_change(&mut self) {
        self.edition += 1;
    }

    pub fn undo(&mut self) {
        if self.is_refused() {
            return;
        }
        self.dated.1.clear();
        if let Some(name) = self.project.undo() {
            self.state.message = format!("Took back: {name}");
            self.refresh();
        }
    }

    pub fn redo(&mut self) {
        if self.is_refused() {
            return;
        }
        self.dated.1.clear();
        if let Some(name) = self.project.redo() {
            self.state.message = format!("Did again: {name}");
            self.refresh();
        }
    }

    /// Goes back or on until so many steps are done.
    pub fn go_to_step(&mut self, n_done: usize) {
        let n_before = self.project.history().n_done();
        if n_done == n_before || self.is_refused() {
            return;
        }
        self.dated.1.clear();
        while self.project.history().n_done() > n_done && self.project.undo().is_some() {}
        while self.project.history().n_done() < n_done && self.project.redo().is_some() {}
        self.refresh();
    }

    /// Looks whether the articles or the options, as decided, are others than before.
    fn refresh(&mut self) {
        self.note_change();
        self.take_codebook();
        let (corpus, decided) = (self.project.corpus(), self.project.options());
        let options = Options { edits: PhraseEdits::default(), clusters: Arc::clone(&self.clusters), ..decided };
        let old = self.decided.documents();
        // Articles without a decision are shared, so most comparisons look at no text.
        let same = |(new, old): (&Arc<Document>, &Arc<Document>)| Arc::ptr_eq(new, old) || new == old;
        let is_same = corpus.len() == old.len() && corpus.documents().iter().zip(old).all(same);
        if !is_same || options != self.options {
            self.corpus = furniture::laid_over(&corpus, &self.analysis.furniture);
            self.decided = corpus;
            self.options = options;
            self.generation += 1;
            self.layout += 1;
            self.state.let_go(&self.corpus);
            self.count_words();
            self.compare_texts();
        }
        if decided.edits != self.edits {
            self.lay_edits(decided.edits);
        }
        let decisions = self.project.decisions();
        if decisions.reviews != self.laid.0 || decisions.notes != self.laid.1 {
            self.lay_reviews();
        }
    }

    /// Counts the words of the articles, unless there are so many that a frame would feel it.
    fn count_words(&mut self) {
        const MOST_BYTES: usize = 100_000;
        let documents = self.corpus.documents();
        let n_bytes: usize = documents.iter().map(|document| document.text.len()).sum();
        let count = || documents.iter().map(|document| document.n_words()).sum();
        self.n_words = (n_bytes <= MOST_BYTES).then(count);
    }

    /// Lays the reader's verdicts and notes over the analysis.
    fn lay_reviews(&mut self) {
        let decisions = self.project.decisions();
        let reviewed = Reviewed::new(decisions, &self.analysis);
        self.changes = Arc::new(ChangeList::new(&self.analysis, decisions, &reviewed));
        self.laid = (decisions.reviews.clone(), decisions.notes.clone());
        self.revision += 1;
        self.reviewed = Arc::new(reviewed);
    }

    /// Works with the codebook of the project, where that is another one than before.
    fn take_codebook(&mut self) {
        let text = &self.project.decisions().codebook;
        if *text == self.codebook_text {
            return;
        }
        let codebook = match text {
            None => Ok(Arc::clone(&self.given.codebook)),
            Some(text) => Codebook::parse(&text.toml).map(Arc::new),
        };
        self.codebook_text.clone_from(text);
        match codebook {
            Ok(codebook) => {
                self.codebook = codebook;
                self.generation += 1;
                self.layout += 1;
            }
            Err(error) => self.state.toast = Some(Toast::new(format!("The codebook was not taken: {error}"))),
        }
    }

    /// Lays what the reader decided about phrases over what was found, so that it shows at once.
    fn lay_edits(&mut self, edits: PhraseEdits) {
        let analysis = Arc::make_mut(&mut self.analysis);
        let found = self.found.take().unwrap_or_else(|| Arc::new(std::mem::take(&mut analysis.phrases)));
        if edits.is_empty() {
            analysis.phrases = Arc::unwrap_or_clone(found);
            analysis.phrase_edits.clear();
        } else {
            let EditedPhrases { phrases, edits } = edited(&found, &self.corpus, &edits);
            (analysis.phrases, analysis.phrase_edits) = (phrases, edits);
            self.found = Some(found);
        }
        self.edits = edits;
        self.revision += 1;
        self.mark();
    }

    /// Puts the marks where the phrases are; lets go of a family that is gone.
    fn mark(&mut self) {
        self.marks = Arc::new(Marks::new(&self.analysis, &self.project.decisions().pins));
        let selection = &mut self.state.selection;
        if selection.phrase.is_some_and(|id| self.analysis.phrase(id).is_none()) {
            (selection.phrase, selection.occurrence) = (None, None);
        }
    }

    /// Looks which articles have the words of another one. The first that was opened is the one the others repeat.
    fn compare_texts(&mut self) {
        let mut first: BTreeMap<u64, DocumentId> = BTreeMap::new();
        self.same_text.clear();
        for document in self.project.documents() {
            let Some(&key) = self.words_keys.get(&document.id) else { continue };
            let known = *first.entry(key).or_insert(document.id);
            if known != document.id {
                self.same_text.insert(document.id, known);
            }
        }
    }

    /// The articles to be dated again, and the facts to leave out; `None` where the dates are up to date.
    pub fn due_dating(&self) -> Option<(Vec<Arc<Document>>, BTreeSet<String>)> {
        let is_other_codebook = self.dated_hash != self.codebook.hash;
        let facts_off = &self.project.decisions().facts_off;
        let (dated_off, dated_ids) = &self.dated;
        let documents = self.project.documents();
        // Articles are read with all facts of the codebook of the start.
        let is_given = self.codebook.hash == self.start.codebook.hash;
        let has_new = || !dated_ids.iter().copied().eq(documents.iter().map(|document| document.id));
        let is_due = is_other_codebook || dated_off != facts_off || ((!facts_off.is_empty() || !is_given) && has_new());
        is_due.then(|| (documents.to_vec(), facts_off.clone()))
    }

    /// Takes the result of a dating, unless facts were switched since.
    pub fn take_dates(&mut self, facts_off: BTreeSet<String>, hash: &str, published: Vec<(DocumentId, Published)>) {
        self.started_dating = None;
        if facts_off != self.project.decisions().facts_off || hash != self.codebook.hash {
            return;
        }
        hash.clone_into(&mut self.dated_hash);
        let ids = published.iter().map(|(id, _)| *id).collect();
        for (id, published) in published {
            self.project.set_published(id, published);
        }
        self.dated = (facts_off, ids);
        self.refresh();
    }

    /// Puts articles that were read anew in the place of `old`.
    pub fn take_reread(&mut self, old: Vec<DocumentId>, new: Vec<Arc<Document>>, encoding: Option<String>) {
        for document in &new {
            self.words_keys.insert(document.id, crate::project::store::words_key(&document.text));
        }
        self.dated.1.clear();
        self.change(Command::Reread { old, new, encoding });
    }

    /// The analysis that is due: its generation, articles and options. `None` where the present one is up to date.
    pub fn due_analysis(&self) -> Option<(u64, Corpus, Options)> {
        (self.generation != self.analyzed_generation)
            .then(|| (self.generation, self.decided.clone(), self.options.clone()))
    }

    /// Takes the result of a job; one of an older state of the articles is dropped.
    pub fn take_analysis(&mut self, generation: u64, analysis: Analysis) {
        if generation != self.generation {
            return;
        }
        self.analyzed_generation = generation;
        if analysis.furniture != self.analysis.furniture {
            self.corpus = furniture::laid_over(&self.decided, &analysis.furniture);
            self.layout += 1;
            self.count_words();
        }
        self.progress = None;
        let mut messages = std::mem::take(&mut self.cluster_notes);
        if analysis.imported.unplaced != self.analysis.imported.unplaced {
            messages.extend(analysis.imported.unplaced.messages(&self.corpus));
        }
        if !messages.is_empty() {
            self.state.toast = Some(Toast::new(messages.join("; ")));
        }
        self.project.pin_by_default(marks::standing_apart(&analysis.phrases).into_iter());
        self.note_change();
        self.analysis = Arc::new(analysis);
        self.found = None;
        self.lay_edits(self.project.options().edits);
        self.lay_reviews();
        let selection = &mut self.state.selection;
        selection.let_go(&self.analysis);
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
        let rest = super::perform::perform(self, action);
        // What asked may have been drawn of articles that were closed meanwhile, or of an older analysis.
        self.state.let_go(&self.corpus);
        if self.is_current() {
            self.state.selection.let_go(&self.analysis);
        }
        rest
    }
}
