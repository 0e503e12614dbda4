//! The thread that makes pages: report, words, typeset page, pixels.
//!
//! Every question is whole, so a newer one drops the older; answers carry the number of their question. As long as the
//! findings stay the same, their report, the lists of what can be briefed and the page that was set last are kept, so
//! that another width or another page of it costs the pixels alone. [`make`] does the same here and now.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use egui::ColorImage;
use jiff::civil::Date;

use super::choices::{Own, Prints};
use super::setting::{self, Pages, Templates, Trouble};
use crate::analysis::Analysis;
use crate::codebook::Codebook;
use crate::document::Corpus;
use crate::gui::crash::job::{Guard, Job};
use crate::gui::state::ImageSize;
use crate::project::Decisions;
use crate::report::Report;
use crate::report::briefing::checks::{Check, checks};
use crate::report::briefing::{BriefError, Briefing, Kind, Subject, Topic, brief, topics};

/// So long findings are held after the last question. Whoever changes them meanwhile has to copy them first.
const HOLD: Duration = Duration::from_millis(800);

/// So long after that the typesetter remembers what it laid out, which makes a page that is like the last one quicker.
const REMEMBER: Duration = Duration::from_secs(3);

/// What pages are made of.
#[derive(Clone, Debug)]
pub struct Inputs {
    pub corpus: Corpus,
    pub analysis: Arc<Analysis>,
    pub codebook: Arc<Codebook>,
    pub decisions: Decisions,
}

impl Inputs {
    pub fn report(&self) -> Report<'_> {
        Report::new(&self.corpus, &self.analysis, &self.codebook, &self.decisions)
    }
}

/// Which page, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    pub kind: Kind,
    /// `None` for the first of its kind, which also stands in for one that is gone.
    pub subject: Option<Subject>,
    pub prints: Prints,
    /// A template of the reader's, `None` for the one that comes with the program.
    pub template: Option<String>,
    /// Where the reader's templates lie.
    pub folder: Option<PathBuf>,
    pub size: ImageSize,
    /// Filters that hide something of the page in other views, in words.
    pub filters: Vec<String>,
    /// The day of making that is printed.
    pub made_on: Date,
    pub n_tries: u32,
    /// Width in pixels.
    pub width: u32,
    /// From 0; one that is not there is the last.
    pub page_idx: usize,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Asked {
    pub generation: u64,
    pub spec: Spec,
    pub inputs: Arc<Inputs>,
    pub own: Arc<Own>,
}

impl Asked {
    /// Would the answer be the same?
    pub fn is_like(&self, spec: &Spec, inputs: &Arc<Inputs>, own: &Arc<Own>) -> bool {
        self.spec == *spec && Arc::ptr_eq(&self.inputs, inputs) && Arc::ptr_eq(&self.own, own)
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Made {
    /// Of the question.
    pub generation: u64,
    pub kind: Kind,
    /// What can be briefed of this kind.
    pub topics: Arc<[Topic]>,
    /// The reader's templates for this kind.
    pub templates: Arc<[String]>,
    pub briefed: Result<Briefed, BriefError>,
}

impl Made {
    /// The answer to a question whose page could not be made.
    fn failed(asked: &Asked) -> Self {
        Self {
            generation: asked.generation,
            kind: asked.spec.kind,
            topics: Vec::new().into(),
            templates: Vec::new().into(),
            briefed: Err(BriefError::Failed),
        }
    }
}

/// The words of a page, and the page.
#[derive(Clone, Debug)]
pub struct Briefed {
    pub subject: Subject,
    pub briefing: Arc<Briefing>,
    pub page: Result<Page, Trouble>,
}

/// A page as pixels.
#[derive(Clone, Debug)]
pub struct Page {
    /// From 0.
    pub idx: usize,
    pub n_pages: usize,
    pub image: Arc<ColorImage>,
    /// Those that failed first.
    pub checks: Vec<Check>,
}

/// Starts the thread. `answer` returns whether somebody listens.
pub fn start(guard: &Guard, answer: impl Fn(Made) -> bool + Send + 'static) -> Sender<Arc<Asked>> {
    let (sender, inbox) = channel();
    let serving = guard.clone();
    guard.spawn(Job::Page, move || serve(&inbox, &serving, &answer));
    sender
}

fn serve(inbox: &Receiver<Arc<Asked>>, guard: &Guard, answer: &impl Fn(Made) -> bool) {
    let mut next: Option<Arc<Asked>> = None;
    while let Some(first) = next.take().or_else(|| wait(inbox)) {
        // Only the last question is still wanted.
        let mut asked = inbox.try_iter().last().unwrap_or(first);
        match guard.run(Job::Page, || serve_findings(&mut asked, inbox, answer)) {
            Some(Then::Asked(other)) => next = Some(other),
            Some(Then::Waits) => {}
            Some(Then::Over) => return,
            None => {
                // What was kept of these findings is let go of.
                if !answer(Made::failed(&asked)) {
                    return;
                }
                guard.tell(Job::Page);
            }
        }
    }
}

/// The next question; `None` where nobody will ask any more. Who looks at something else meanwhile needs the memory.
fn wait(inbox: &Receiver<Arc<Asked>>) -> Option<Arc<Asked>> {
    match inbox.recv_timeout(REMEMBER) {
        Ok(asked) => Some(asked),
        Err(RecvTimeoutError::Timeout) => {
            setting::forget();
            inbox.recv().ok()
        }
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

/// What follows on the pages of some findings.
enum Then {
    /// A question on others.
    Asked(Arc<Asked>),
    /// Nobody asks.
    Waits,
    /// Nobody will ask any more.
    Over,
}

/// Answers questions as long as they are of the same findings.
fn serve_findings(asked: &mut Arc<Asked>, inbox: &Receiver<Arc<Asked>>, answer: &impl Fn(Made) -> bool) -> Then {
    let inputs = Arc::clone(&asked.inputs);
    let report = inputs.report();
    let mut bench = Bench::new(&report);
    loop {
        if let Some(newer) = inbox.try_iter().last() {
            *asked = newer;
        }
        if !Arc::ptr_eq(&asked.inputs, &inputs) {
            return Then::Asked(Arc::clone(asked));
        }
        if !answer(bench.make(asked)) {
            return Then::Over;
        }
        match inbox.recv_timeout(HOLD) {
            Ok(newer) => *asked = newer,
            Err(RecvTimeoutError::Timeout) => return Then::Waits,
            Err(RecvTimeoutError::Disconnected) => return Then::Over,
        }
    }
}

/// Makes a page here and now.
pub fn make(asked: &Asked) -> Made {
    let report = asked.inputs.report();
    Bench::new(&report).make(asked)
}

/// The words of what was asked for, for a file.
///
/// # Errors
/// In words, where there is nothing to brief.
pub fn briefing_of(asked: &Asked) -> Result<Briefing, String> {
    let report = asked.inputs.report();
    let (_, briefing) = Bench::new(&report).brief(&asked.spec, &asked.own).map_err(|error| error.to_string())?;
    Ok(Arc::unwrap_or_clone(briefing))
}

/// The pages of what was asked for, for a file.
///
/// # Errors
/// In words, where there is nothing to brief or the template makes no page of it.
pub fn pages_of(asked: &Asked) -> Result<Arc<Pages>, String> {
    let report = asked.inputs.report();
    let mut bench = Bench::new(&report);
    let (_, briefing) = bench.brief(&asked.spec, &asked.own).map_err(|error| error.to_string())?;
    let pages = bench.set(&briefing, &asked.spec).map_err(|trouble| trouble.line());
    setting::forget();
    pages
}

/// What is kept from one page to the next.
struct Bench<'a> {
    report: &'a Report<'a>,
    topics: BTreeMap<Kind, Arc<[Topic]>>,
    /// By what they were read for: the folder, and the number of the reader's attempt.
    templates: Option<((Option<PathBuf>, u32), Templates)>,
    set: Option<(SetOf, Result<Arc<Pages>, Trouble>)>,
}

/// What set pages depend on.
#[derive(Clone, Debug, PartialEq)]
struct SetOf {
    briefing: Arc<Briefing>,
    template: Option<String>,
    size: ImageSize,
    n_tries: u32,
}

impl<'a> Bench<'a> {
    fn new(report: &'a Report<'a>) -> Self {
        Self { report, topics: BTreeMap::new(), templates: None, set: None }
    }

    fn make(&mut self, asked: &Asked) -> Made {
        let spec = &asked.spec;
        let briefed = self.brief(spec, &asked.own).map(|(subject, briefing)| {
            let page = self.set(&briefing, spec).map(|pages| page(&pages, &briefing, spec));
            Briefed { subject, briefing, page }
        });
        let templates = self.templates(spec).names(spec.kind);
        Made {
            generation: asked.generation,
            kind: spec.kind,
            topics: self.topics(spec.kind),
            templates: templates.into(),
            briefed,
        }
    }

    fn topics(&mut self, kind: Kind) -> Arc<[Topic]> {
        let report = self.report;
        Arc::clone(self.topics.entry(kind).or_insert_with(|| topics(report, kind).into()))
    }

    /// The words of the finding that was asked for; of the first one where that is gone, or has nothing to say.
    fn brief(&mut self, spec: &Spec, own: &Own) -> Result<(Subject, Arc<Briefing>), BriefError> {
        let topics = self.topics(spec.kind);
        let first = topics.first().map(|topic| &topic.subject);
        let mut error = BriefError::NothingToBrief(spec.kind);
        for subject in spec.subject.iter().chain(first) {
            let choices = spec.prints.choices(own.of(subject), spec.made_on);
            match brief(self.report, subject, &choices) {
                Ok(briefing) => return Ok((subject.clone(), Arc::new(briefing))),
                Err(BriefError::Gone) => {}
                Err(other) => error = other,
            }
        }
        Err(error)
    }

    fn templates(&mut self, spec: &Spec) -> &Templates {
        let key = (spec.folder.clone(), spec.n_tries);
        self.templates = self.templates.take().filter(|(known, _)| *known == key);
        let read = || {
            let templates = Templates::read(key.0.as_deref());
            (key, templates)
        };
        &self.templates.get_or_insert_with(read).1
    }

    fn set(&mut self, briefing: &Arc<Briefing>, spec: &Spec) -> Result<Arc<Pages>, Trouble> {
        let of = SetOf {
            briefing: Arc::clone(briefing),
            template: spec.template.clone(),
            size: spec.size,
            n_tries: spec.n_tries,
        };
        if let Some((known, pages)) = &self.set
            && *known == of
        {
            return pages.clone();
        }
        let template = spec.template.as_deref();
        let pages = setting::set(&[Briefing::clone(briefing)], template, self.templates(spec), spec.size).map(Arc::new);
        self.set = Some((of, pages.clone()));
        pages
    }
}

fn page(pages: &Pages, briefing: &Briefing, spec: &Spec) -> Page {
    let n_pages = pages.n_pages();
    let idx = spec.page_idx.min(n_pages.saturating_sub(1));
    let checks = checks(briefing, &pages.facts(), &spec.filters);
    Page { idx, n_pages, image: Arc::new(pages.image(idx, spec.width)), checks }
}
