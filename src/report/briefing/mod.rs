//! Briefings: a finding as a page that stands alone, with its sources.
//!
//! [`brief`] makes the page's words and facts ([`Briefing`]) of a report, a [`Subject`] and the reader's [`Choices`]; a
//! headline is proposed that says no more than the finding does. [`topics`] lists what can be briefed. How a page looks
//! is the business of whoever sets it.

mod articles;
pub mod checks;
mod columns;
mod excerpt;
mod headline;
mod matrix;
pub mod model;
mod phrase;
mod privacy;
mod saying;
mod shift;
mod sourced;
mod timeline;
mod topics;

use jiff::civil::Date;

use crate::analysis::{PhraseId, ShiftId, StatementId};
use crate::report::{Report, dates};
use crate::text::numbers::number;
use model::{Body, KeyEntry, Source};
pub use model::{Briefing, Kind};
use privacy::Privacy;
pub use topics::{find, topics};

/// What a briefing is about. Its kind of page follows from it, a theme aside, which can be set in two ways.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    Shift(ShiftId),
    /// A theme of an actor over all dates.
    Timeline {
        actor: String,
        theme: String,
    },
    Phrase(PhraseId),
    /// Two or three statements.
    SideBySide(Vec<StatementId>),
    /// All themes of an actor.
    Matrix {
        actor: String,
    },
    Sources,
}

impl Subject {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Shift(_) => Kind::Shift,
            Self::Timeline { .. } => Kind::Timeline,
            Self::Phrase(_) => Kind::Phrase,
            Self::SideBySide(_) => Kind::SideBySide,
            Self::Matrix { .. } => Kind::Matrix,
            Self::Sources => Kind::Sources,
        }
    }
}

/// What can be briefed, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub subject: Subject,
    /// How it is asked for on the command line: "h0123456789abcdef", "sanctions_pressure".
    pub id: String,
    /// "reframed, Nuclear and missile threat".
    pub label: String,
    /// Has a reader looked at it and let it stand?
    pub is_reviewed: bool,
}

/// What the reader wants of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The reader's own words, `None` for the proposed ones.
    pub headline: Option<String>,
    pub subtitle: Option<String>,
    pub description: Option<String>,
    /// Print the key to the marks?
    pub has_key: bool,
    /// Print rule, program version and codebook?
    pub has_method: bool,
    pub has_bylines: bool,
    pub has_emails: bool,
    /// Words of one source that the page quotes at most; longer quotations are cut.
    pub max_words: usize,
    /// Names and words that are taken out wherever they stand.
    pub redact: Vec<String>,
    /// The day of making that is printed.
    pub made: Date,
}

/// Words quoted of one source that nobody is asked about; more wants a second look.
pub const FAIR_WORDS: usize = 60;

impl Choices {
    pub fn new(made: Date) -> Self {
        Self {
            headline: None,
            subtitle: None,
            description: None,
            has_key: true,
            has_method: true,
            has_bylines: false,
            has_emails: false,
            max_words: FAIR_WORDS,
            redact: Vec::new(),
            made,
        }
    }
}

/// Why there is no briefing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BriefError {
    #[error("no article is open")]
    NoArticles,
    #[error("these articles show no {} to brief", .0.thing())]
    NothingToBrief(Kind),
    #[error("what was chosen is no longer found in these articles")]
    Gone,
    #[error("{}", no_such(*.kind, .name, *.n_fitting))]
    NoSuch { kind: Kind, name: String, n_fitting: usize },
    /// A fault of the program, caught by whoever asked.
    #[error("something in the program failed")]
    Failed,
}

fn no_such(kind: Kind, name: &str, n_fitting: usize) -> String {
    match n_fitting {
        0 => format!("no {} is called “{name}”", kind.thing()),
        _ => format!("{n_fitting} {}s are called something like “{name}”", kind.thing()),
    }
}

/// What a kind of page makes of its subject, before the reader's own words and before anything is taken out.
struct Draft {
    headline: String,
    subtitle: String,
    body: Body,
    key: Vec<KeyEntry>,
    sources: Vec<Source>,
    /// What is to be said of the way it was found, as whole sentences.
    rule: String,
    description: String,
}

/// Makes the page of `subject`.
///
/// # Errors
/// [`BriefError::Gone`] where the report has no such finding (any more), [`BriefError::NothingToBrief`] where it has
/// nothing to say, [`BriefError::NoArticles`] for an empty report.
pub fn brief(report: &Report<'_>, subject: &Subject, choices: &Choices) -> Result<Briefing, BriefError> {
    if report.articles.is_empty() {
        return Err(BriefError::NoArticles);
    }
    let draft = match subject {
        Subject::Shift(id) => shift::draft(report, *id, choices),
        Subject::Timeline { actor, theme } => timeline::draft(report, actor, theme, choices),
        Subject::Phrase(id) => phrase::draft(report, *id, choices),
        Subject::SideBySide(ids) => columns::draft(report, ids, choices),
        Subject::Matrix { actor } => matrix::draft(report, actor, choices),
        Subject::Sources => articles::draft(report, choices),
    }?;
    let own = |own: &Option<String>, proposed: String| own.clone().unwrap_or(proposed);
    let mut briefing = Briefing {
        kind: subject.kind(),
        headline: own(&choices.headline, draft.headline),
        subtitle: own(&choices.subtitle, draft.subtitle),
        body: draft.body,
        key: if choices.has_key { draft.key } else { Vec::new() },
        sources: draft.sources,
        method: method(report, subject.kind(), &draft.rule, choices),
        description: own(&choices.description, draft.description),
        language: report.codebook.language.clone(),
        made: choices.made,
    };
    if briefing.language.is_empty() {
        "en".clone_into(&mut briefing.language);
    }
    Privacy::new(&choices.redact, choices.has_emails).apply(&mut briefing);
    Ok(briefing)
}

/// The pages of everything that was found: the overview, the changes (reviewed ones first, then the automatic ones), the
/// themes of the actor with most statements, the heaviest phrases, the articles. The reader's own words for one page do
/// not fit another, so `choices` of each come from `choices_of`.
pub fn deck(report: &Report<'_>, choices_of: &dyn Fn(&Subject) -> Choices) -> Vec<Briefing> {
    let mut subjects: Vec<Subject> = Vec::new();
    for (kind, most) in [
        (Kind::Matrix, 1),
        (Kind::Shift, MAX_SHIFTS),
        (Kind::Timeline, MAX_TIMELINES),
        (Kind::Phrase, MAX_PHRASES),
        (Kind::Sources, 1),
    ] {
        let topics = topics(report, kind);
        let n_reviewed = topics.iter().filter(|topic| topic.is_reviewed).count();
        // What a reader looked at is never left out.
        subjects.extend(topics.into_iter().take(most.max(n_reviewed)).map(|topic| topic.subject));
    }
    subjects.iter().filter_map(|subject| brief(report, subject, &choices_of(subject)).ok()).collect()
}

/// Automatic changes of a deck; feels right, as the next two.
const MAX_SHIFTS: usize = 12;
const MAX_TIMELINES: usize = 8;
const MAX_PHRASES: usize = 8;

/// "5 articles compared. Rule …. Absent means absent from these articles. Throughline 0.1.0, codebook …, made …."
fn method(report: &Report<'_>, kind: Kind, rule: &str, choices: &Choices) -> String {
    let compared = match report.articles.len() {
        1 => "1 article read.".to_owned(),
        n_articles => format!("{} articles compared.", number(n_articles)),
    };
    let made = dates::day(choices.made).replace(' ', "\u{a0}");
    if !choices.has_method {
        return format!("{compared} Made {made}.");
    }
    let version = env!("CARGO_PKG_VERSION");
    let program = format!("Throughline\u{a0}{version}, codebook\u{a0}{}, made\u{a0}{made}.", report.codebook.hash);
    let absent = if kind == Kind::Sources { "" } else { "Absent means absent from these articles." };
    [compared.as_str(), rule, absent, &program]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
