//! The articles as a table: when, how that is known, where, and what they are called.

use super::model::{Body, KeyEntry, SourceRow};
use super::sourced::{Sources, headline as headline_line, one_line, outlet, span, when};
use super::{BriefError, Choices, Draft, headline, shift};
use crate::document::{DateBasis, Published};
use crate::report::{Article, Report, dates};
use crate::text::numbers::{counted, in_words};

/// Rows of the table, on eight to ten pages; more are said to be left out.
const MAX_ROWS: usize = 48;

pub(super) fn draft(report: &Report<'_>, choices: &Choices) -> Result<Draft, BriefError> {
    let n_articles = report.articles.len();
    let sources = Sources::new(report, 0..n_articles.min(MAX_ROWS));
    let row = |(idx, article): (usize, &Article<'_>)| {
        let published = &article.document.published;
        let by = article.document.author.as_deref().filter(|_| choices.has_bylines);
        SourceRow {
            number: idx + 1,
            when: when(published),
            basis: basis(published),
            outlet: outlet(article).to_owned(),
            is_outlet_entered: article.is_outlet_entered,
            notes: by.map(|by| format!("by {}", one_line(by))).into_iter().collect(),
            headline: headline_line(article),
            n_words: article.document.n_words(),
        }
    };
    let body = Body::Sources { rows: sources.articles().enumerate().map(row).collect() };
    let when = span(report.articles.iter().map(|article| &article.document.published));
    let when = when.map_or(String::new(), |span| format!("{span} · "));
    let shown = if n_articles > MAX_ROWS { format!(", the first {MAX_ROWS} shown") } else { String::new() };
    Ok(Draft {
        headline: headline_of(&report.articles),
        subtitle: format!("{when}{}{shown}", counted(n_articles, "article", "articles")),
        key: Vec::<KeyEntry>::new(),
        rule: String::new(),
        description: description(&body),
        sources: sources.list(&body, choices.has_bylines),
        body,
    })
}

/// "3–11 Sep, inferred", "stated, 09:12".
fn basis(published: &Published) -> String {
    let detail = dates::label(published).detail;
    match (published.is_estimate(), detail.is_empty()) {
        (true, false) => format!("{detail}, inferred"),
        (true, true) => "inferred from the text".to_owned(),
        (false, _) => detail,
    }
}

/// "Five articles, one of them with a stated date".
fn headline_of(articles: &[Article<'_>]) -> String {
    let is_known = |article: &&Article<'_>| {
        let published = &article.document.published;
        published.set_by_user || matches!(published.basis, DateBasis::Stated | DateBasis::Metadata)
    };
    let n_known = articles.iter().filter(is_known).count();
    let n_articles = shift::capitalized(&counted_in_words(articles.len()));
    match (n_known, articles.len()) {
        (known, all) if known == all && all == 1 => format!("{n_articles} with a known date"),
        (known, all) if known == all => format!("{n_articles}, all of them with a known date"),
        (0, 1) => format!("{n_articles} with an estimated date"),
        (0, _) => format!("{n_articles}, none of them with a known date"),
        (known, _) => format!("{n_articles}, {} of them with a known date", in_words(known)),
    }
}

fn counted_in_words(n: usize) -> String {
    format!("{} article{}", in_words(n), if n == 1 { "" } else { "s" })
}

fn description(body: &Body) -> String {
    let Body::Sources { rows } = body else { return String::new() };
    let row = |row: &SourceRow| {
        let entered = if row.is_outlet_entered { " (outlet entered by the reader)" } else { "" };
        format!("{}. {}, {}{entered}: {}.", row.number, headline::day(&row.when), row.outlet, row.headline)
    };
    rows.iter().map(row).collect::<Vec<_>>().join(" ")
}
