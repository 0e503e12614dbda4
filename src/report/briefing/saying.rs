//! Statements as they stand on a page: who, when, the words, and what must stand beside them.

use super::Choices;
use super::excerpt::{self, Marked};
use super::model::{Mark, Said};
use super::sourced::{Sources, one_line, when};
use crate::analysis::statements::{Quotation, Statement};
use crate::codebook::Codebook;
use crate::report::{Report, StatementEntry, dates};

/// A speaker this unsure is said to be so. The step the cards of the window call low.
const UNSURE: f32 = 0.5;

/// What every statement of a page is made with.
pub(super) struct Sayings<'r, 'a> {
    pub report: &'r Report<'a>,
    pub sources: &'r Sources<'r, 'a>,
    pub choices: &'r Choices,
}

impl Sayings<'_, '_> {
    /// `theme` is the one whose mark is shown, the first one of the statement where empty.
    pub fn said(&self, entry: &StatementEntry<'_>, marks: &[Marked], max_words: usize, theme: &str) -> Said {
        let statement = entry.statement;
        let document = self.report.articles.get(entry.article_idx).map(|article| article.document);
        let text = document.map_or("", |document| document.text.as_str());
        let max_words = max_words.min(self.choices.max_words);
        let is_quoted = statement.quotation == Quotation::Direct;
        let when = document.map_or_else(undated, |document| when(&document.published));
        let mut lines = vec![speaker(entry)];
        let published = document.and_then(|document| document.published.best);
        let told = statement.said.filter(|said| !statement.said_is_estimate && Some(*said) != published);
        lines.extend(told.map(|day| format!("said {}", dates::day(day))));
        Said {
            when,
            lines,
            source: self.sources.number(entry.article_idx),
            quote: excerpt::quote(text, &statement.content, marks, max_words, is_quoted),
            badges: badges(statement),
            mark: mark(statement, theme),
        }
    }
}

fn undated() -> super::model::When {
    when(&crate::document::Published::unknown())
}

/// The mark of a statement in the row of a theme.
pub(super) fn mark(statement: &Statement, theme: &str) -> Mark {
    let direction = if theme.is_empty() { statement.direction } else { statement.direction_on(theme) };
    Mark {
        force: statement.force.unwrap_or(0),
        direction,
        is_quoted: statement.quotation != Quotation::Indirect,
        is_official: statement.is_official,
    }
}

/// "Jens Stoltenberg", "NATO", the words of the text where the codebook knows neither.
pub(super) fn speaker(entry: &StatementEntry<'_>) -> String {
    let statement = entry.statement;
    match (&statement.person, &statement.actor) {
        (Some(person), _) => person.clone(),
        (None, Some(actor)) => actor.clone(),
        (None, None) => one_line(&entry.speaker),
    }
}

/// How a theme is shown.
pub(super) fn theme_label<'a>(codebook: &'a Codebook, id: &'a str) -> &'a str {
    codebook.theme(id).map_or(id, |theme| theme.label.as_str())
}

/// A label inside a sentence: its first letter is small unless it begins a name.
pub(super) fn inside(codebook: &Codebook, label: &str) -> String {
    let first: &str = label.split(|chr: char| !chr.is_alphanumeric()).next().unwrap_or_default();
    let is_word = |name: &str| name.split(|chr: char| !chr.is_alphanumeric()).any(|word| word == first);
    let actors = codebook
        .actors
        .iter()
        .flat_map(|actor| std::iter::once(&actor.id).chain(&actor.label).chain(&actor.names).chain(&actor.adjectives));
    let aliases = (codebook.aliases.iter()).flat_map(|group| std::iter::once(&group.name).chain(&group.also));
    let is_short_form = first.chars().count() > 1 && first.chars().all(char::is_uppercase);
    let is_name = is_short_form || actors.chain(aliases).any(|name| is_word(name));
    let mut letters = label.chars();
    match letters.next() {
        Some(letter) if !is_name => letter.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}

fn badges(statement: &Statement) -> Vec<String> {
    let mut badges = Vec::new();
    match statement.quotation {
        Quotation::Direct => {}
        Quotation::Partial => badges.push("partly quoted"),
        Quotation::Indirect => badges.push("paraphrase"),
    }
    if !statement.is_official {
        badges.push("not official");
    }
    if statement.attribution.confidence < UNSURE {
        badges.push("speaker uncertain");
    }
    badges.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_inside_a_sentence_keeps_the_capital_of_a_name() {
        let codebook = Codebook::built_in();
        for (label, wanted) in [
            ("Sanctions and pressure", "sanctions and pressure"),
            ("China's role", "China's role"),
            ("Russian arms", "Russian arms"),
            ("UN work", "UN work"),
            ("", ""),
        ] {
            assert_eq!(inside(&codebook, label), wanted);
        }
    }
}
