//! A phrase family as keyword in context: a place a line, in order of date.
//!
//! What stands around a place ends with its sentence. A phrase of many places shows the first of each article, then
//! articles at even distances; the subtitle says how many places there are.

use super::model::{Body, KeyEntry, Likeness, Line, Role};
use super::sourced::{Sources, n_words_of, when, years_or_months};
use super::timeline::evenly;
use super::{BriefError, Choices, Draft, Kind, excerpt, headline, shift};
use crate::analysis::PhraseId;
use crate::analysis::reuse::OccurrenceKind;
use crate::report::{PhraseEntry, PhrasePlace, Report, life};
use crate::text::numbers::{counted, in_words};
use crate::text::{ByteRange, tokens};

/// Places that are told, on two to three pages.
const MAX_LINES: usize = 20;
/// Words of context on one side; the page shows as many as fit on its line.
const MAX_CONTEXT: usize = 9;
/// Words of the phrase in the headline.
const MAX_LABEL: usize = 7;

pub(super) fn draft(report: &Report<'_>, id: PhraseId, choices: &Choices) -> Result<Draft, BriefError> {
    let entry = report.phrases.iter().find(|entry| entry.phrase.id == id).ok_or(BriefError::Gone)?;
    let told = told(entry);
    if told.is_empty() {
        return Err(BriefError::NothingToBrief(Kind::Phrase));
    }
    let sources = Sources::new(report, told.iter().map(|place| place.article_idx));
    let n_of = |article_idx: usize| told.iter().filter(|place| place.article_idx == article_idx).count();
    let mut rows: Vec<Line> = Vec::new();
    for place in &told {
        let room = choices.max_words / n_of(place.article_idx).max(1);
        let mut line = line(report, &sources, place, room);
        if rows.last().is_some_and(|above| above.source == line.source) {
            line.when = None;
        }
        rows.push(line);
    }
    let mut wordings: Vec<String> = entry.places.iter().map(|place| place.words.to_lowercase()).collect();
    wordings.sort_unstable();
    wordings.dedup();
    let n_articles = entry.phrase.n_documents;
    let of_all = if told.len() < entry.places.len() { format!(", {} shown", told.len()) } else { String::new() };
    let body = Body::Phrase { rows };
    Ok(Draft {
        headline: headline_of(report, entry),
        subtitle: format!(
            "{}{of_all}, {}{}",
            counted(entry.places.len(), "occurrence", "occurrences"),
            counted(wordings.len(), "wording", "wordings"),
            headline::of_articles(report, n_articles)
        ),
        key: key(&body),
        rule: "Context ends with its sentence.".to_owned(),
        description: description(&body),
        sources: sources.list(&body, choices.has_bylines),
        body,
    })
}

/// The places that are shown, in order of date and place.
fn told<'r, 'a>(entry: &'r PhraseEntry<'a>) -> Vec<&'r PhrasePlace<'a>> {
    if entry.places.len() <= MAX_LINES {
        return entry.places.iter().collect();
    }
    let is_first = |idx: &usize| {
        let article = |idx: usize| entry.places.get(idx).map(|place| place.article_idx);
        *idx == 0 || article(*idx) != article(*idx - 1)
    };
    let firsts: Vec<usize> = (0..entry.places.len()).filter(is_first).collect();
    evenly(&firsts, MAX_LINES).into_iter().filter_map(|idx| entry.places.get(idx)).collect()
}

fn line(report: &Report<'_>, sources: &Sources<'_, '_>, place: &PhrasePlace<'_>, room: usize) -> Line {
    let range = place.occurrence.passage.range;
    let article = report.articles.get(place.article_idx);
    let (text, around) = match article {
        Some(article) => (article.document.text.as_str(), life::surroundings(article.document, range)),
        None => ("", (ByteRange::default(), ByteRange::default())),
    };
    let phrase = excerpt::quote(text, &[range], &[(range, Role::Shared)], room, false);
    let context = (room.saturating_sub(n_words_of(&phrase)) / 2).min(MAX_CONTEXT);
    let (before, after) = (words(text, around.0), words(text, around.1));
    let kept_before = before.get(before.len().saturating_sub(context)..).unwrap_or_default().to_vec();
    let kept_after = after.get(..context.min(after.len())).unwrap_or_default().to_vec();
    Line {
        when: article.map(|article| when(&article.document.published)),
        source: sources.number(place.article_idx),
        is_before_whole: kept_before.len() == before.len(),
        is_after_whole: kept_after.len() == after.len(),
        is_before_joined: text.get(..range.start).is_some_and(|start| !start.ends_with(char::is_whitespace)),
        is_after_joined: text.get(range.end..).is_some_and(|rest| !rest.starts_with(char::is_whitespace)),
        before: kept_before,
        after: kept_after,
        phrase,
        likeness: likeness(place.occurrence.kind),
    }
}

/// The words of a range as they are printed, marks and all.
fn words(text: &str, range: ByteRange) -> Vec<String> {
    range.of(text).split_whitespace().map(str::to_owned).collect()
}

fn likeness(kind: OccurrenceKind) -> Likeness {
    match kind {
        OccurrenceKind::Verbatim => Likeness::Verbatim,
        OccurrenceKind::Near => Likeness::Near,
        OccurrenceKind::Alias => Likeness::Alias,
    }
}

/// "“Missile and nuclear programmes” comes back in four of five articles, 2017 to 2024".
fn headline_of(report: &Report<'_>, entry: &PhraseEntry<'_>) -> String {
    let published = entry.places.iter().filter_map(|place| report.articles.get(place.article_idx));
    let years = years_or_months(published.map(|article| &article.document.published));
    let years = years.map_or(String::new(), |years| format!(", {years}"));
    let (n, of) = (in_words(entry.phrase.n_documents), in_words(report.articles.len()));
    let said = |n_words: usize, years: &str| {
        let label = shift::capitalized(&headline::first_words(entry.label, n_words));
        Some(format!("“{label}” comes back in {n} of {of} articles{years}"))
    };
    headline::short_enough([said(MAX_LABEL, &years), said(MAX_LABEL, ""), said(MAX_LABEL / 2, "")])
}

fn key(body: &Body) -> Vec<KeyEntry> {
    let Body::Phrase { rows } = body else { return Vec::new() };
    let all = [
        (Likeness::Verbatim, "word for word"),
        (Likeness::Near, "near: other order, gap or form"),
        (Likeness::Alias, "another name of the same"),
    ];
    let is_shown = |likeness: Likeness| rows.iter().any(|row| row.likeness == likeness);
    let shown = all.into_iter().filter(|(likeness, _)| is_shown(*likeness));
    shown.map(|(likeness, label)| KeyEntry::Line { likeness, label: label.to_owned() }).collect()
}

fn description(body: &Body) -> String {
    let Body::Phrase { rows } = body else { return String::new() };
    let row = |row: &Line| {
        let when = row.when.as_ref().map_or(String::new(), |when| format!("{}: ", headline::day(when)));
        let before = if row.is_before_whole { "" } else { "… " };
        let after = if row.is_after_whole { "" } else { " …" };
        let space = if row.is_after_joined || row.after.is_empty() { "" } else { " " };
        let gap = if row.is_before_joined { "" } else { " " };
        let start = if row.before.is_empty() { String::new() } else { format!("{}{gap}", row.before.join(" ")) };
        let context = format!("{before}{start}{}{space}{}{after}", row.phrase.words(), row.after.join(" "));
        format!("{when}{}", headline::ended(context.trim()))
    };
    rows.iter().map(row).collect::<Vec<_>>().join(" ")
}

/// Words of a label that say something: for lists, cut after a line.
pub(super) fn short_label(entry: &PhraseEntry<'_>) -> String {
    let label = entry.name.unwrap_or(entry.label);
    let n_words = tokens(label, ByteRange::new(0, label.len())).count();
    if n_words > MAX_LABEL { headline::first_words(label, MAX_LABEL) } else { label.to_owned() }
}
