//! Two or three statements in columns, in order of date, with the words that come back marked.

use std::collections::BTreeSet;

use super::model::{Body, Role, Said};
use super::saying::{Sayings, inside, speaker, theme_label};
use super::sourced::{Sources, span};
use super::{BriefError, Choices, Draft, Kind, headline, shift};
use crate::analysis::StatementId;
use crate::report::{PhraseEntry, Report, StatementEntry};
use crate::text::ByteRange;
use crate::text::numbers::in_words;

/// Most columns; more would be narrower than a quotation can be read in.
pub(super) const MAX_COLUMNS: usize = 3;
/// Words of a quotation in a column.
const MAX_WORDS: usize = 40;

pub(super) fn draft(report: &Report<'_>, ids: &[StatementId], choices: &Choices) -> Result<Draft, BriefError> {
    let wanted: BTreeSet<StatementId> = ids.iter().copied().collect();
    let entries: Vec<&StatementEntry<'_>> =
        report.statements.iter().filter(|entry| wanted.contains(&entry.statement.id)).take(MAX_COLUMNS).collect();
    if entries.len() < wanted.len().min(MAX_COLUMNS) {
        return Err(BriefError::Gone);
    }
    if entries.len() < 2 {
        return Err(BriefError::NothingToBrief(Kind::SideBySide));
    }
    let sources = Sources::new(report, entries.iter().map(|entry| entry.article_idx));
    let sayings = Sayings { report, sources: &sources, choices };
    let shared = shared(report, &entries);
    let said = |entry: &&StatementEntry<'_>| {
        let places = shared.iter().flat_map(|phrase| places_in(phrase, entry));
        let marks: Vec<_> = joined(places).into_iter().map(|range| (range, Role::Shared)).collect();
        let n_of_source = entries.iter().filter(|other| other.article_idx == entry.article_idx).count();
        sayings.said(entry, &marks, MAX_WORDS.min(choices.max_words / n_of_source), "")
    };
    let columns: Vec<Said> = entries.iter().map(said).collect();
    let published = || sources.articles().map(|article| &article.document.published);
    let when = span(published());
    let body = Body::SideBySide { columns };
    let has_shared = !shared.is_empty();
    Ok(Draft {
        headline: headline_of(report, &entries, &shared, when.as_deref()),
        subtitle: format!(
            "{} statements in order of date{}",
            shift::capitalized(&in_words(entries.len())),
            headline::of_articles(report, sources.len())
        ),
        key: Vec::new(),
        rule: if has_shared { "Underlined: wording that two or more of them share." } else { "" }.to_owned(),
        description: description(&body),
        sources: sources.list(&body, choices.has_bylines),
        body,
    })
}

/// Ranges that overlap as one.
fn joined(ranges: impl Iterator<Item = ByteRange>) -> Vec<ByteRange> {
    let mut ranges: Vec<ByteRange> = ranges.collect();
    ranges.sort_unstable();
    ranges.dedup_by(|later, earlier| {
        let overlaps = later.start <= earlier.end;
        if overlaps {
            *earlier = earlier.cover(*later);
        }
        overlaps
    });
    ranges
}

/// The phrases that two and more of the statements have, longest first.
fn shared<'r, 'a>(report: &'r Report<'a>, entries: &[&StatementEntry<'_>]) -> Vec<&'r PhraseEntry<'a>> {
    let n_with =
        |phrase: &PhraseEntry<'_>| entries.iter().filter(|entry| places_in(phrase, entry).next().is_some()).count();
    let mut shared: Vec<&PhraseEntry<'_>> = report.phrases.iter().filter(|phrase| n_with(phrase) > 1).collect();
    shared.sort_by_key(|phrase| std::cmp::Reverse((n_with(phrase), phrase.phrase.n_words)));
    shared
}

/// Where a phrase stands in the words of a statement.
fn places_in<'r>(phrase: &'r PhraseEntry<'_>, entry: &'r StatementEntry<'_>) -> impl Iterator<Item = ByteRange> + 'r {
    let places = phrase.places.iter().filter(|place| place.article_idx == entry.article_idx);
    places
        .map(|place| place.occurrence.passage.range)
        .filter(|range| entry.statement.content.iter().any(|content| content.contains(*range)))
}

/// "“Pressure on North Korea” in three statements of NATO, September 2017 to April 2018".
fn headline_of(
    report: &Report<'_>,
    entries: &[&StatementEntry<'_>],
    shared: &[&PhraseEntry<'_>],
    when: Option<&str>,
) -> String {
    let when = when.map_or(String::new(), |when| format!(", {when}"));
    let mut actors: Vec<String> =
        entries.iter().map(|entry| entry.statement.actor.clone().unwrap_or_else(|| speaker(entry))).collect();
    actors.sort_unstable();
    actors.dedup();
    let whose = if let [actor] = &actors[..] { format!(" of {actor}") } else { String::new() };
    let n_statements = in_words(entries.len());
    let of_all = shared.iter().find(|phrase| entries.iter().all(|entry| places_in(phrase, entry).next().is_some()));
    let themes = entries.iter().map(|entry| entry.statement.themes.iter().collect::<BTreeSet<_>>());
    let common = themes.reduce(|left, right| left.intersection(&right).copied().collect()).unwrap_or_default();
    let theme = entries.first().and_then(|entry| entry.statement.themes.iter().find(|theme| common.contains(theme)));
    let words = match (of_all, theme) {
        (Some(phrase), _) => {
            let label = shift::capitalized(&headline::first_words(phrase.label, 5));
            format!("“{label}” in {n_statements} statements{whose}")
        }
        (None, Some(theme)) => {
            let theme = inside(report.codebook, theme_label(report.codebook, theme));
            format!("{} statements{whose} on {theme}", shift::capitalized(&n_statements))
        }
        (None, None) => format!("{} statements{whose}", shift::capitalized(&n_statements)),
    };
    headline::short_enough([Some(format!("{words}{when}")), Some(words)])
}

fn description(body: &Body) -> String {
    let Body::SideBySide { columns } = body else { return String::new() };
    let told = |said: &Said| {
        let badges = if said.badges.is_empty() { String::new() } else { format!(" ({})", said.badges.join(", ")) };
        let who = said.lines.join(", ");
        format!("{}, {who}{badges}: {}", headline::day(&said.when), headline::ended(&said.quote.cited()))
    };
    columns.iter().map(told).collect::<Vec<_>>().join(" ")
}
