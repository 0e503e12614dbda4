//! What can be briefed, the most telling first, and how it is asked for by name.

use std::collections::BTreeMap;

use super::columns::MAX_COLUMNS;
use super::model::Kind;
use super::saying::theme_label;
use super::timeline::{evenly, observed, short_span};
use super::{BriefError, Subject, Topic, phrase};
use crate::analysis::StatementId;
use crate::analysis::shifts::{ShiftLabel, ThemeRecord};
use crate::analysis::statements::Quotation;
use crate::report::{PhraseEntry, Report, ReviewState, ShiftEntry, StatementEntry};
use crate::text::ByteRange;
use crate::text::numbers::counted;

/// What can be set on a page of this kind, the most telling first: what a reader let stand before what is automatic,
/// changes before what was held, the heaviest phrases, the actor with most statements.
pub fn topics(report: &Report<'_>, kind: Kind) -> Vec<Topic> {
    match kind {
        Kind::Shift => shifts(report),
        Kind::Timeline => timelines(report),
        Kind::Phrase => report.phrases.iter().filter(|entry| !entry.places.is_empty()).map(phrase_topic).collect(),
        Kind::SideBySide => side_by_side(report),
        Kind::Matrix => matrices(report),
        Kind::Sources if report.articles.is_empty() => Vec::new(),
        Kind::Sources => vec![Topic {
            subject: Subject::Sources,
            id: "sources".to_owned(),
            label: "all articles".to_owned(),
            is_reviewed: false,
        }],
    }
}

/// The topic that `name` asks for: its id, the beginning of one, or words of its label where only one has them.
///
/// # Errors
/// [`BriefError::NoSuch`] with how many fit.
pub fn find(topics: &[Topic], kind: Kind, name: &str) -> Result<Topic, BriefError> {
    let wanted = name.trim().to_lowercase();
    if let Some(topic) = topics.iter().find(|topic| topic.id == wanted || topic.label.to_lowercase() == wanted) {
        return Ok(topic.clone());
    }
    let fits = |topic: &&Topic| topic.id.starts_with(&wanted) || topic.label.to_lowercase().contains(&wanted);
    let fitting: Vec<&Topic> = topics.iter().filter(fits).collect();
    match fitting[..] {
        [topic] => Ok(topic.clone()),
        _ => Err(BriefError::NoSuch { kind, name: name.trim().to_owned(), n_fitting: fitting.len() }),
    }
}

fn shifts(report: &Report<'_>) -> Vec<Topic> {
    let rank = |entry: &ShiftEntry<'_>| match entry.label {
        ShiftLabel::New => 3,
        ShiftLabel::NotObserved => 2,
        ShiftLabel::Held => 1,
        _ => 0,
    };
    let spoken = by_statements(report);
    let place = |actor: &str| spoken.iter().position(|known| known == actor).unwrap_or(spoken.len());
    let mut entries: Vec<&ShiftEntry<'_>> =
        report.shifts.iter().filter(|entry| entry.review != ReviewState::Dismissed).collect();
    // Stable: the most confident first inside a group.
    entries.sort_by_key(|entry| {
        let is_automatic = entry.review == ReviewState::Automatic;
        (is_automatic, rank(entry), place(&entry.shift.actor))
    });
    entries.into_iter().map(|entry| shift_topic(report, entry)).collect()
}

fn shift_topic(report: &Report<'_>, entry: &ShiftEntry<'_>) -> Topic {
    let day = |idx: Option<usize>| {
        let article_idx = report.statements.get(idx?)?.article_idx;
        report.articles.get(article_idx)?.document.published.day()
    };
    let when = short_span(day(entry.old_idx), day(entry.new_idx));
    Topic {
        subject: Subject::Shift(entry.shift.id),
        id: entry.shift.id.to_string(),
        label: format!("{}, {}, {}, {when}", entry.label.words(), entry.theme, entry.shift.actor),
        is_reviewed: entry.review != ReviewState::Automatic,
    }
}

/// Actors with statements, most statements first.
fn by_statements(report: &Report<'_>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in report.statements.iter().filter(|entry| entry.statement.same_as.is_none()) {
        if let Some(actor) = &entry.statement.actor {
            *counts.entry(actor).or_default() += 1;
        }
    }
    let mut actors: Vec<(&str, usize)> = counts.into_iter().collect();
    actors.sort_by_key(|(_, n_statements)| std::cmp::Reverse(*n_statements));
    actors.into_iter().map(|(actor, _)| actor.to_owned()).collect()
}

/// The records with an observation, by actor, then widest spread first.
fn records<'r>(report: &'r Report<'_>) -> Vec<&'r ThemeRecord> {
    let spoken = by_statements(report);
    let place = |actor: &str| spoken.iter().position(|known| known == actor).unwrap_or(spoken.len());
    let mut records: Vec<&ThemeRecord> =
        report.themes.iter().copied().filter(|record| !record.observed.is_empty()).collect();
    records.sort_by_key(|record| (place(&record.actor), std::cmp::Reverse(record.observed.len())));
    records
}

/// What is typed without quotation marks around it: "republic-of-korea/china_role".
fn slug(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

fn theme_topic(report: &Report<'_>, record: &ThemeRecord, subject: Subject) -> Topic {
    let n_articles = record.observed.len();
    let articles = counted(n_articles, "article", "articles");
    Topic {
        subject,
        id: slug(&format!("{}/{}", record.actor, record.theme)),
        label: format!("{}, {}, {articles}", theme_label(report.codebook, &record.theme), record.actor),
        is_reviewed: false,
    }
}

fn timelines(report: &Report<'_>) -> Vec<Topic> {
    let subject = |record: &ThemeRecord| Subject::Timeline { actor: record.actor.clone(), theme: record.theme.clone() };
    records(report).into_iter().map(|record| theme_topic(report, record, subject(record))).collect()
}

fn matrices(report: &Report<'_>) -> Vec<Topic> {
    let mut actors: Vec<(&str, usize)> = Vec::new();
    for record in records(report) {
        match actors.last_mut() {
            Some((actor, n_themes)) if *actor == record.actor => *n_themes += 1,
            _ => actors.push((&record.actor, 1)),
        }
    }
    let topic = |(actor, n_themes): (&str, usize)| Topic {
        subject: Subject::Matrix { actor: actor.to_owned() },
        id: slug(actor),
        label: format!("{actor}, {}", counted(n_themes, "theme", "themes")),
        is_reviewed: false,
    };
    actors.into_iter().map(topic).collect()
}

fn phrase_topic(entry: &PhraseEntry<'_>) -> Topic {
    Topic {
        subject: Subject::Phrase(entry.phrase.id),
        id: entry.phrase.id.to_string(),
        label: format!("{}, {}", phrase::short_label(entry), counted(entry.phrase.n_documents, "article", "articles")),
        is_reviewed: entry.name.is_some(),
    }
}

/// Phrases that stand in statements of several articles, then themes that several articles touch.
fn side_by_side(report: &Report<'_>) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    let of_article = by_article(report);
    for entry in &report.phrases {
        if let Some(ids) = statements_with(report, entry, &of_article) {
            let n_statements = counted(ids.len(), "statement", "statements");
            let label = format!("{}, {n_statements}", phrase::short_label(entry));
            topics.push(Topic { subject: Subject::SideBySide(ids), label, ..phrase_topic(entry) });
        }
    }
    for record in records(report).into_iter().filter(|record| record.observed.len() > 1) {
        let all: Vec<usize> = observed(report, record).into_iter().map(|(_, statement_idx)| statement_idx).collect();
        let ids = ids(report, &spread(&all));
        if ids.len() > 1 {
            let n_statements = counted(ids.len(), "statement", "statements");
            let topic = theme_topic(report, record, Subject::SideBySide(ids));
            let label = format!("{}, {}, {n_statements}", theme_label(report.codebook, &record.theme), record.actor);
            topics.push(Topic { label, ..topic });
        }
    }
    topics
}

/// The statements of up to three articles that hold a phrase; `None` where fewer than two articles have one. `of_article`
/// are the places of the statements of each article.
fn statements_with(
    report: &Report<'_>,
    entry: &PhraseEntry<'_>,
    of_article: &[Vec<usize>],
) -> Option<Vec<StatementId>> {
    let mut places: BTreeMap<usize, Vec<ByteRange>> = BTreeMap::new();
    for place in &entry.places {
        places.entry(place.article_idx).or_default().push(place.occurrence.passage.range);
    }
    let best = |(article_idx, ranges): (&usize, &Vec<ByteRange>)| {
        let statements = of_article.get(*article_idx).into_iter().flatten();
        let entries = statements.filter_map(|&idx| Some((idx, report.statements.get(idx)?)));
        let holds = |entry: &StatementEntry<'_>| {
            let content = &entry.statement.content;
            ranges.iter().any(|range| content.iter().any(|content| content.contains(*range)))
        };
        let holding = entries.filter(|(_, entry)| holds(entry));
        let best = holding.max_by_key(|(idx, entry)| {
            let statement = entry.statement;
            let is_direct = statement.quotation == Quotation::Direct;
            (statement.is_official, is_direct, statement.force, std::cmp::Reverse(*idx))
        });
        best.map(|(idx, _)| idx)
    };
    let all: Vec<usize> = places.iter().filter_map(best).collect();
    let ids = ids(report, &spread(&all));
    (ids.len() > 1).then_some(ids)
}

/// The places of the statements of each article.
fn by_article(report: &Report<'_>) -> Vec<Vec<usize>> {
    let mut of_article = vec![Vec::new(); report.articles.len()];
    for (idx, entry) in report.statements.iter().enumerate() {
        if let Some(of_article) = of_article.get_mut(entry.article_idx) {
            of_article.push(idx);
        }
    }
    of_article
}

/// The first, one in the middle, the last.
fn spread(all: &[usize]) -> Vec<usize> {
    if all.len() <= MAX_COLUMNS {
        return all.to_vec();
    }
    let mut some = evenly(all.get(..all.len() - 1).unwrap_or_default(), MAX_COLUMNS - 1);
    some.extend(all.last());
    some
}

fn ids(report: &Report<'_>, idxs: &[usize]) -> Vec<StatementId> {
    idxs.iter().filter_map(|&idx| Some(report.statements.get(idx)?.statement.id)).collect()
}
