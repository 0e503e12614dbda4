//! A theme over all dates: the most forceful statement of each article, what is not observed, and the time between.
//!
//! Few articles are told one by one, and runs that do not touch the theme become one line. Of many, of the statements
//! those are kept that differ from the one before, the first and the last; the subtitle says how many there are.

use jiff::civil::Date;
use jiff::{SpanRound, Unit};

use super::model::{Body, KeyEntry, Moment, Said};
use super::saying::{Sayings, inside, theme_label};
use super::sourced::{MAX_LISTED, Sources, span, when, years, years_or_months};
use super::{BriefError, Choices, Draft, Kind, headline};
use crate::analysis::shifts::{Observation, ThemeRecord};
use crate::analysis::statements::emphasis::Emphasis;
use crate::codebook::Direction;
use crate::report::{Report, StatementEntry, dates};
use crate::text::numbers::in_words;

/// Words of a quotation: two lines of the page.
const MAX_WORDS: usize = 22;
/// Statements that are told, on two to three pages.
const MAX_SAID: usize = 12;
/// So many articles in a row that do not touch the theme are told one by one; feels right.
const MAX_SINGLE: usize = 3;
/// Time without an article that is told: a year and a half. Feels right; shorter ones are read off the dates.
const GAP_DAYS: i32 = 548;

/// What one article has of a theme: its place in the report, and its most forceful statement there.
pub(super) type Observed = (usize, usize);

pub(super) fn draft(report: &Report<'_>, actor: &str, theme: &str, choices: &Choices) -> Result<Draft, BriefError> {
    let record = report.themes.iter().find(|record| record.actor == actor && record.theme == theme);
    let record = record.ok_or(BriefError::Gone)?;
    let all = observed(report, record);
    let told = most_telling(report, &all);
    if told.is_empty() {
        return Err(BriefError::NothingToBrief(Kind::Timeline));
    }
    let is_observed = |idx: &usize| all.binary_search_by_key(idx, |(article, _)| *article).is_ok();
    let is_listed = report.articles.len() <= MAX_LISTED;
    let absent = (0..report.articles.len()).filter(|idx| is_listed && !is_observed(idx)).collect();
    let absent = runs(absent, &all);
    let singles = absent.iter().filter(|run| run.len() <= MAX_SINGLE).flatten().copied();
    let sources = Sources::new(report, told.iter().map(|(article, _)| *article).chain(singles));
    let sayings = Sayings { report, sources: &sources, choices };
    let emphasis = Emphasis::new(report.codebook);
    let mut rows: Vec<(usize, Moment)> = Vec::new();
    for &(article_idx, statement_idx) in &told {
        let Some(entry) = report.statements.get(statement_idx) else { continue };
        let Some(article) = report.articles.get(article_idx) else { continue };
        let strong = emphasis.of(article.document, entry.statement);
        let marks: Vec<_> = strong.into_iter().map(|range| (range, super::model::Role::Strong)).collect();
        rows.push((article_idx, Moment::Said(sayings.said(entry, &marks, MAX_WORDS, theme))));
    }
    for run in &absent {
        rows.extend(not_observed(report, &sources, run));
    }
    rows.sort_by_key(|(article_idx, _)| *article_idx);
    let body = Body::Timeline { rows: with_gaps(report, rows) };
    let published = || all.iter().filter_map(|(idx, _)| Some(&report.articles.get(*idx)?.document.published));
    let label = inside(report.codebook, theme_label(report.codebook, theme));
    let of_all = if told.len() < all.len() { format!(", {} shown", in_words(told.len())) } else { String::new() };
    let when = span(published()).map_or(String::new(), |span| format!(", {span}"));
    Ok(Draft {
        headline: headline_of(report, actor, &label, theme, &all),
        subtitle: format!(
            "Most forceful statement of each article{when}{}{of_all}",
            headline::of_articles(report, all.len())
        ),
        key: key(&body),
        rule: if is_listed {
            "Bold: words that carry force or condition."
        } else {
            "Bold: words that carry force or condition. Only articles that touch the theme are shown."
        }
        .to_owned(),
        description: description(&body),
        sources: sources.list(&body, choices.has_bylines),
        body,
    })
}

/// The most forceful statement of each article that touches the theme, in order of date.
pub(super) fn observed(report: &Report<'_>, record: &ThemeRecord) -> Vec<Observed> {
    let idx_of = |observation: &Observation| {
        let article_idx = report.corpus.idx_of(observation.document)?;
        let idxs = observation.statements.iter().filter_map(|id| report.statement_idx(*id));
        let mine = idxs.filter_map(|idx| Some((idx, report.statements.get(idx)?)));
        let strongest = mine.max_by_key(|(idx, entry)| (rank(entry, &record.theme), std::cmp::Reverse(*idx)))?;
        Some((article_idx, strongest.0))
    };
    let mut found: Vec<Observed> = record.observed.iter().filter_map(idx_of).collect();
    found.sort_unstable();
    found
}

/// What stands for an article: force first, then what is about the theme before all else, then what is quoted.
pub(super) fn rank(entry: &StatementEntry<'_>, theme: &str) -> (Option<u8>, bool, bool) {
    let statement = entry.statement;
    let is_main = statement.themes.first().is_some_and(|first| first == theme);
    let is_direct = statement.quotation == crate::analysis::statements::Quotation::Direct;
    (statement.force, is_main, is_direct)
}

/// At most [`MAX_SAID`]: the first, the last, and between them those that differ from the one before.
fn most_telling(report: &Report<'_>, all: &[Observed]) -> Vec<Observed> {
    if all.len() <= MAX_SAID {
        return all.to_vec();
    }
    let look = |observed: &Observed| {
        let statement = report.statements.get(observed.1)?.statement;
        Some((statement.direction, statement.force))
    };
    let differs = |idx: &usize| *idx == 0 || all.get(*idx).and_then(look) != all.get(*idx - 1).and_then(look);
    let mut idxs: Vec<usize> = (0..all.len() - 1).filter(differs).collect();
    if idxs.len() < MAX_SAID {
        let others: Vec<usize> = (0..all.len() - 1).filter(|idx| !idxs.contains(idx)).collect();
        idxs.extend(evenly(&others, MAX_SAID - 1 - idxs.len()));
        idxs.sort_unstable();
    }
    let mut idxs = evenly(&idxs, MAX_SAID - 1);
    idxs.push(all.len() - 1);
    idxs.into_iter().filter_map(|idx| all.get(idx).copied()).collect()
}

/// `n` of the values, the first one among them, at even distances.
pub(super) fn evenly(values: &[usize], n: usize) -> Vec<usize> {
    let n = n.min(values.len());
    (0..n).filter_map(|step| values.get(step * values.len() / n.max(1)).copied()).collect()
}

/// Articles in a row that do not touch the theme, between those that do.
fn runs(absent: Vec<usize>, observed: &[Observed]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for idx in absent {
        let n_before = observed.partition_point(|(article, _)| *article < idx);
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|last| observed.partition_point(|(article, _)| article < last) == n_before) =>
            {
                run.push(idx);
            }
            _ => runs.push(vec![idx]),
        }
    }
    runs
}

fn not_observed(report: &Report<'_>, sources: &Sources<'_, '_>, run: &[usize]) -> Vec<(usize, Moment)> {
    let published = |idx: &usize| report.articles.get(*idx).map(|article| &article.document.published);
    if run.len() <= MAX_SINGLE {
        let row = |idx: &usize| {
            let when = when(published(idx)?);
            Some((*idx, Moment::NotObserved { when, source: sources.number(*idx) }))
        };
        return run.iter().filter_map(row).collect();
    }
    let when = span(run.iter().filter_map(published)).map_or(String::new(), |span| format!(", {span}"));
    let label = format!("not observed in {} articles{when}", in_words(run.len()));
    run.first().map(|first| (*first, Moment::Gap { label })).into_iter().collect()
}

/// Lines of time without an article, where none is left out between two rows.
fn with_gaps(report: &Report<'_>, rows: Vec<(usize, Moment)>) -> Vec<Moment> {
    let day = |idx: usize| report.articles.get(idx).and_then(|article| article.document.published.day());
    let mut told: Vec<Moment> = Vec::new();
    let mut last: Option<usize> = None;
    for (idx, row) in rows {
        let is_gap = matches!(row, Moment::Gap { .. });
        if let Some(before) = last.filter(|before| !is_gap && before + 1 == idx)
            && let (Some(before), Some(now)) = (day(before), day(idx))
        {
            told.extend(gap(before, now).map(|label| Moment::Gap { label }));
        }
        last = if is_gap { None } else { Some(idx) };
        told.push(row);
    }
    told
}

/// "4 years 9 months".
fn gap(from: Date, to: Date) -> Option<String> {
    if from.until(to).ok()?.get_days() < GAP_DAYS {
        return None;
    }
    let round = SpanRound::new().largest(Unit::Year).smallest(Unit::Month).relative(from);
    let span = from.until(to).ok()?.round(round).ok()?;
    let part = |n: i64, unit: &str| (n > 0).then(|| format!("{n} {unit}{}", if n == 1 { "" } else { "s" }));
    let parts = [part(span.get_years().into(), "year"), part(span.get_months().into(), "month")];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// "NATO on sanctions and pressure: increase in 2017, maintain in 2018, not observed since".
fn headline_of(report: &Report<'_>, actor: &str, label: &str, theme: &str, all: &[Observed]) -> String {
    let published = |observed: &Observed| report.articles.get(observed.0).map(|article| &article.document.published);
    let is_last = all.last().is_some_and(|(idx, _)| idx + 1 == report.articles.len());
    let since = if is_last { "" } else { ", not observed since" };
    let direction = |observed: &Observed| report.statements.get(observed.1)?.statement.direction_on(theme);
    let mut turns: Vec<(Option<Direction>, Vec<&Observed>)> = Vec::new();
    for observed in all {
        match turns.last_mut() {
            Some((last, of)) if *last == direction(observed) => of.push(observed),
            _ => turns.push((direction(observed), vec![observed])),
        }
    }
    let told = |(direction, of): &(Option<Direction>, Vec<&Observed>)| {
        let years = years(of.iter().filter_map(|observed| published(observed)))?;
        Some(((*direction)?.words(), years))
    };
    let told: Option<Vec<(&str, String)>> = turns.iter().map(told).collect();
    // Turns inside one year are told by the rows alone.
    let told = told.filter(|told| (2..=3).contains(&told.len()) && told.windows(2).all(|pair| pair[0].1 != pair[1].1));
    let turned = told.map(|told| {
        let told: Vec<String> = told.into_iter().map(|(direction, years)| format!("{direction} in {years}")).collect();
        format!("{actor} on {label}: {}{since}", told.join(", "))
    });
    let years = years_or_months(all.iter().filter_map(published)).map_or(String::new(), |years| format!(", {years}"));
    let (n, of) = (in_words(all.len()), in_words(report.articles.len()));
    let articles = if report.articles.len() == 1 { "article" } else { "articles" };
    let counted = |more: &str| Some(format!("{actor} on {label}: in {n} of {of} {articles}{more}"));
    headline::short_enough([turned, counted(&format!("{years}{since}")), counted(since), counted("")])
}

fn key(body: &Body) -> Vec<KeyEntry> {
    let Body::Timeline { rows } = body else { return Vec::new() };
    let said = || rows.iter().filter_map(|row| if let Moment::Said(said) = row { Some(said) } else { None });
    super::matrix::signs(said().map(|said| said.mark), false)
}

fn description(body: &Body) -> String {
    let Body::Timeline { rows } = body else { return String::new() };
    let told = |said: &Said| {
        let who = said.lines.first().map_or(String::new(), |who| format!(", {who}"));
        let badges = if said.badges.is_empty() { String::new() } else { format!(" ({})", said.badges.join(", ")) };
        let direction = said.mark.direction.map_or(String::new(), |direction| format!(", {}", direction.words()));
        format!("{}{who}{direction}{badges}: {}", headline::day(&said.when), headline::ended(&said.quote.cited()))
    };
    let row = |row: &Moment| match row {
        Moment::Said(said) => told(said),
        Moment::NotObserved { when, .. } => format!("{}: not observed in this article.", headline::day(when)),
        Moment::Gap { label } => headline::ended(label),
    };
    rows.iter().map(row).collect::<Vec<_>>().join(" ")
}

/// "Jan 2023 to Jun 2024", for lists.
pub(super) fn short_span(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if (first.year(), first.month()) != (last.year(), last.month()) => {
            format!("{} to {}", dates::month_and_year(first), dates::month_and_year(last))
        }
        (Some(day), _) | (None, Some(day)) => dates::month_and_year(day),
        (None, None) => "undated".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn time_without_an_article_is_told_from_a_year_and_a_half_on() {
        assert_eq!(gap(date(2018, 4, 26), date(2023, 1, 29)).as_deref(), Some("4 years 9 months"));
        assert_eq!(gap(date(2018, 4, 26), date(2020, 4, 26)).as_deref(), Some("2 years"));
        assert_eq!(gap(date(2018, 4, 26), date(2020, 5, 26)).as_deref(), Some("2 years 1 month"));
        assert_eq!(gap(date(2018, 4, 26), date(2019, 9, 26)), None);
    }

    #[test]
    fn runs_end_where_the_theme_is_observed() {
        let observed = [(2, 0), (6, 0)];
        assert_eq!(runs(vec![0, 1, 3, 4, 5, 7], &observed), [vec![0, 1], vec![3, 4, 5], vec![7]]);
        assert_eq!(evenly(&[1, 2, 3, 4, 5, 6], 3), [1, 3, 5]);
        assert_eq!((evenly(&[], 3), evenly(&[7], 3)), (vec![], vec![7]));
    }
}
