//! The command `brief`: a finding as a page, or everything found as a report or a deck.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use jiff::civil::Date;

use super::export::{tell_reading, write as write_file};
use super::projects::{self, Work};
use super::{Outcome, tell};
use crate::analysis::{self, Options, Progress};
use crate::export::briefs::{self, BriefFormat, Setting};
use crate::export::typeset::{Fonts, PageSize, Templates};
use crate::project::templates;
use crate::report::Report;
use crate::report::briefing::checks::{PageFacts, checks};
use crate::report::briefing::{self, BriefError, Briefing, Choices, Kind, Subject, Topic, find, topics};

/// What the command writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    pub paths: Vec<PathBuf>,
    pub codebook: Option<String>,
    /// What the page is about; `None` for everything found.
    pub ask: Option<Ask>,
    pub choices: Choices,
    pub size: PageSize,
    /// A folder of templates; `None` for the one in the program's settings.
    pub templates: Option<PathBuf>,
    pub format: BriefFormat,
    /// Is nothing to be said in the file's own data?
    pub is_stripped: bool,
    /// `-` for stdout.
    pub out: PathBuf,
    pub today: Date,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub kind: Kind,
    /// A template of that kind; `None` for the built-in one.
    pub template: Option<String>,
    /// Id or words of what it is about; `None` for the most telling.
    pub name: Option<String>,
    /// Whose statements; `None` for the actor with most of them.
    pub actor: Option<String>,
}

/// A report of the paths, for as long as `use_it` takes.
fn with_report<T>(
    paths: &[PathBuf],
    codebook: Option<&str>,
    today: Date,
    use_it: impl FnOnce(&Report<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<(Option<T>, Outcome)> {
    let Work { corpus, decisions, codebook, edits, revisions, outcome } =
        projects::work(paths, codebook, today, &mut tell_reading)?;
    if corpus.is_empty() {
        return Ok((None, outcome));
    }
    let options = Options { edits, revisions, ..Options::default() };
    let analysis = analysis::analyze(&corpus, &codebook, &options, &Progress::default())?;
    let report = Report::new(&corpus, &analysis, &codebook, &decisions);
    Ok((Some(use_it(&report)?), outcome))
}

/// Prints what can be briefed: a line each, its id and what it is.
pub(super) fn list(
    out: &mut impl io::Write,
    paths: &[PathBuf],
    codebook: Option<&str>,
    kind: Option<Kind>,
    today: Date,
) -> anyhow::Result<Outcome> {
    let kinds = kind.map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
    let (n_topics, outcome) = with_report(paths, codebook, today, |report| {
        let mut n_topics = 0;
        for kind in kinds {
            let topics = topics(report, kind);
            if topics.is_empty() {
                continue;
            }
            n_topics += topics.len();
            writeln!(out, "{}  (--template {})", kind.words(), kind.name())?;
            let width = topics.iter().map(|topic| topic.id.chars().count()).max().unwrap_or(0);
            for topic in &topics {
                let reviewed = if topic.is_reviewed { ", reviewed" } else { "" };
                writeln!(out, "  {:<width$}  {}{reviewed}", topic.id, topic.label)?;
            }
            writeln!(out)?;
        }
        Ok(n_topics)
    })?;
    Ok(if outcome == Outcome::Done && n_topics == Some(0) { Outcome::NothingFound } else { outcome })
}

/// Reads and compares the paths and writes the page. Nothing is written where there is nothing to brief.
pub(super) fn write(out: &mut impl io::Write, brief: &Brief) -> anyhow::Result<Outcome> {
    let (briefings, outcome) =
        with_report(&brief.paths, brief.codebook.as_deref(), brief.today, |report| briefings(report, brief))?;
    match briefings {
        None => Ok(outcome),
        Some(Ok(briefings)) if briefings.is_empty() => Ok(Outcome::NothingFound.max(outcome)),
        Some(Ok(briefings)) => {
            write_files(out, brief, &briefings)?;
            Ok(outcome)
        }
        Some(Err(error)) => {
            tell(&format!("{error}. `throughline brief --list` names what there is"));
            Ok(Outcome::NothingFound.max(outcome))
        }
    }
}

/// The pages asked for. A finding that is not there is no failure: what was asked for was looked for.
fn briefings(report: &Report<'_>, brief: &Brief) -> anyhow::Result<Result<Vec<Briefing>, BriefError>> {
    let Some(ask) = &brief.ask else {
        return Ok(Ok(briefing::deck(report, &|_: &Subject| brief.choices.clone())));
    };
    let topic = match topic(report, ask) {
        Ok(topic) => topic,
        Err(error) => return Ok(Err(error)),
    };
    Ok(briefing::brief(report, &topic.subject, &brief.choices).map(|briefing| vec![briefing]))
}

fn topic(report: &Report<'_>, ask: &Ask) -> Result<Topic, BriefError> {
    let is_theirs = |topic: &Topic| match (&ask.actor, &topic.subject) {
        (Some(wanted), Subject::Timeline { actor, .. } | Subject::Matrix { actor }) => {
            actor.eq_ignore_ascii_case(wanted)
        }
        _ => true,
    };
    let mut topics = topics(report, ask.kind);
    topics.retain(is_theirs);
    match (&ask.name, ask.kind) {
        (None, kind) => topics.into_iter().next().ok_or(BriefError::NothingToBrief(kind)),
        // Several actors may speak on a theme; the one who does most comes first.
        (Some(name), Kind::Timeline) => {
            let name = name.trim().to_lowercase();
            let is_named = |topic: &&Topic| {
                topic.id == name
                    || topic.id.rsplit('/').next() == Some(name.as_str())
                    || topic.label.to_lowercase().starts_with(&name)
            };
            topics.iter().find(is_named).cloned().map_or_else(|| find(&topics, ask.kind, &name), Ok)
        }
        (Some(name), kind) => find(&topics, kind, name),
    }
}

/// Writes the file, or one for each page, each whole or as it was before.
fn write_files(out: &mut impl io::Write, brief: &Brief, briefings: &[Briefing]) -> anyhow::Result<()> {
    let templates = templates_of(brief)?;
    let fonts = Fonts::with_system();
    let setting = Setting {
        template: brief.ask.as_ref().and_then(|ask| ask.template.as_deref()),
        templates: &templates,
        size: brief.size,
        fonts: &fonts,
        is_stripped: brief.is_stripped,
    };
    let made = briefs::files(briefings, brief.format, &setting)?;
    if let Some(facts) = &made.facts {
        tell_facts(brief, briefings, facts);
    }
    let several = made.files.len() > 1;
    if several && brief.out == Path::new("-") {
        bail!("{} pages are several files: name one with --out, or write a .pdf", made.files.len());
    }
    for (idx, bytes) in made.files.iter().enumerate() {
        let file = if several { numbered(&brief.out, idx + 1) } else { brief.out.clone() };
        write_file(out, &file, |out| out.write_all(bytes))?;
    }
    Ok(())
}

/// The built-in templates and those of the reader's folder.
fn templates_of(brief: &Brief) -> anyhow::Result<Templates> {
    match &brief.templates {
        Some(folder) => {
            let files = templates::read(folder).with_context(|| format!("cannot read {}", folder.display()))?;
            Ok(Templates::with_folder(files))
        }
        None => Ok(Templates::with_folder(templates::own())),
    }
}

/// What whoever presents the page has to know: checks that failed, and fonts that another machine may not have.
fn tell_facts(brief: &Brief, briefings: &[Briefing], facts: &PageFacts) {
    if let ([briefing], Some(_)) = (briefings, &brief.ask) {
        for check in checks(briefing, facts, &[]) {
            if let Some(advice) = check.advice {
                tell(&format!("{}: {}. {advice}", check.name, check.saw));
            }
        }
    }
    if !facts.system_fonts.is_empty() {
        tell(&format!("drawn with fonts of this system as well: {}", facts.system_fonts.join(", ")));
    }
}

/// `slide.png` is `slide-2.png` for the second page.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map_or(String::new(), |ending| format!(".{}", ending.to_string_lossy()));
    path.with_file_name(format!("{stem}-{number}{ending}"))
}
