//! What was found, in words: articles, wording that comes back, positions that moved, who said what.

use std::io;

use super::layout::{head, heading, paragraph, spread, tail};
use super::{counted, day, day_marked};
use crate::analysis::diff::{DiffOp, WordDiff};
use crate::analysis::statements::Quotation;
use crate::report::life::Setting;
use crate::report::{Article, PhrasePlace, Report, ReviewState, ShiftEntry, StatementEntry};
use crate::text::ByteRange;

/// How many of each kind are printed; the rest is counted. A page or two can be read, a corpus cannot.
const N_PHRASES: usize = 10;
const N_SHIFTS: usize = 20;
const N_STATEMENTS: usize = 60;
/// Places of one phrase.
const N_PLACES: usize = 6;
/// Stories that several articles tell, and the articles of one that are named.
const N_STORIES: usize = 20;
const N_COPIES: usize = 12;

/// Writes the whole report.
///
/// # Errors
/// Those of `out`.
pub fn write_report(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    if report.articles.is_empty() {
        return Ok(());
    }
    write_summary(out, report)?;
    write_articles(out, report)?;
    write_phrases(out, report)?;
    write_shifts(out, report)?;
    write_statements(out, report)
}

fn write_summary(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    let dated = || report.articles.iter().filter(|article| article.day.is_some());
    let articles = counted(report.articles.len(), "article", "articles");
    let days = match (dated().next(), dated().next_back()) {
        (Some(first), Some(last)) if first.day != last.day => {
            format!(", {} to {}", day_marked(first.day, first.is_estimate), day_marked(last.day, last.is_estimate))
        }
        (Some(only), _) => format!(", {}", day_marked(only.day, only.is_estimate)),
        _ => String::new(),
    };
    let codebook = format!("Codebook: {} ({})", report.codebook.name, report.codebook.hash);
    spread(out, &format!("{articles}{days}"), &codebook)?;
    writeln!(out)
}

fn write_articles(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    heading(out, "ARTICLES")?;
    for article in &report.articles {
        write_article(out, article)?;
        let entered = if article.is_outlet_entered { " (entered)" } else { "" };
        let outlet = article.outlet.unwrap_or("outlet unknown");
        paragraph(out, &" ".repeat(24), 24, &format!("{outlet}{entered}, {}", article.document.name()))?;
        for proposed in report.proposed_dates.iter().filter(|proposed| proposed.document == article.document.id) {
            let twin = report.article(proposed.twin).map_or_else(String::new, number);
            let words = format!("{} is proposed by {twin}, which tells the same", day(Some(proposed.date)));
            paragraph(out, &" ".repeat(24), 24, &words)?;
        }
    }
    for story in report.stories.iter().take(N_STORIES) {
        let copies: Vec<String> = story.iter().filter_map(|&idx| report.articles.get(idx)).map(number).collect();
        let words = format!("{} tell the same story; what only they share is no phrase", listed(&copies, N_COPIES));
        paragraph(out, "  ", 4, &words)?;
    }
    write_rest(out, "  ", report.stories.len(), N_STORIES)?;
    writeln!(out)
}

/// "2 and 5", "1, 2 and 5"; "1, 2 and 8 more" where there are more than `most`.
fn listed(names: &[String], most: usize) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] if names.len() <= most => format!("{} and {last}", first.join(", ")),
        _ => {
            let shown = names.get(..most).unwrap_or_default();
            format!("{} and {} more", shown.join(", "), names.len() - shown.len())
        }
    }
}

fn write_article(out: &mut impl io::Write, article: &Article<'_>) -> io::Result<()> {
    let lead = format!("{:>4}  {:<17} ", number(article), day_marked(article.day, article.is_estimate));
    paragraph(out, &lead, 24, article.headline)
}

fn write_phrases(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    heading(out, "WORDING THAT COMES BACK")?;
    if report.phrases.is_empty() {
        writeln!(out, "  None found.")?;
    }
    let diff = WordDiff::new(report.codebook);
    for entry in report.phrases.iter().take(N_PHRASES) {
        let phrase = entry.phrase;
        let turns = report.turns(entry, &diff);
        let days = match (phrase.first, phrase.last) {
            (Some(first), Some(last)) if first != last => format!(", {} to {}", day(Some(first)), day(Some(last))),
            (Some(only), _) => format!(", {}", day(Some(only))),
            _ => String::new(),
        };
        let articles = counted(phrase.n_documents, "article", "articles");
        let origin = entry.origin.map_or_else(String::new, |origin| format!(", {origin}"));
        spread(out, &format!("  {}", phrase.label), &format!("{articles}{days}{origin}"))?;
        for (place_idx, place) in entry.places.iter().enumerate().take(N_PLACES) {
            if let Some(turn) = turns.get(&place_idx) {
                paragraph(out, &format!("{:>1$}", "~ ", LEAD), LEAD, turn)?;
            }
            write_place(out, report, place)?;
        }
        write_rest(out, "    ", entry.places.len(), N_PLACES)?;
        writeln!(out)?;
    }
    write_rest(out, "  ", report.phrases.len(), N_PHRASES)?;
    writeln!(out)
}

/// The words of a place between guillemets, with what stands around them in the same paragraph.
fn write_place(out: &mut impl io::Write, report: &Report<'_>, place: &PhrasePlace<'_>) -> io::Result<()> {
    let Some(article) = report.articles.get(place.article_idx) else { return Ok(()) };
    let text = &article.document.text;
    let range = place.occurrence.passage.range;
    let before = text.get(..range.start).unwrap_or_default();
    let before = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let after = after.split(['\n', '\r']).next().unwrap_or_default();
    let words = format!("{}«{}»{}", tail(before, 40), place.words, head(after, 60));
    let voice = match (place.speaker, place.setting) {
        (_, Setting::Text) => String::new(),
        (None, setting) => format!(" ({})", setting.words()),
        (Some(speaker), setting) => format!(" ({speaker}, {})", setting.words()),
    };
    paragraph(out, &lead(article), LEAD, &format!("{words}{voice}"))
}

fn write_shifts(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    heading(out, "POSITIONS THAT MOVED    [-only in the older-]  {+only in the newer+}")?;
    let shifts: Vec<_> = report.shifts.iter().filter(|entry| entry.review != ReviewState::Dismissed).collect();
    if shifts.is_empty() {
        writeln!(out, "  None found.")?;
    }
    for entry in shifts.iter().take(N_SHIFTS) {
        let shift = entry.shift;
        let conditional = if shift.is_conditional { ", conditional" } else { "" };
        spread(
            out,
            &format!("  {}{conditional}: {}, {}", entry.label.words().to_uppercase(), shift.actor, entry.theme),
            &format!("{}, confidence {:.2}", entry.review.words(), shift.confidence),
        )?;
        if !shift.reason.is_empty() {
            paragraph(out, "    ", 4, &shift.reason)?;
        }
        write_side(out, report, entry, Side::Old)?;
        write_side(out, report, entry, Side::New)?;
        writeln!(out)?;
    }
    write_rest(out, "  ", shifts.len(), N_SHIFTS)?;
    writeln!(out)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// One of the two statements of a shift, with the words marked that the other one lacks.
fn write_side(out: &mut impl io::Write, report: &Report<'_>, entry: &ShiftEntry<'_>, side: Side) -> io::Result<()> {
    let idx = if side == Side::Old { entry.old_idx } else { entry.new_idx };
    let Some(statement) = idx.and_then(|idx| report.statements.get(idx)) else { return Ok(()) };
    let Some(article) = report.articles.get(statement.article_idx) else { return Ok(()) };
    let text = &article.document.text;
    let mut words = String::new();
    for op in &entry.shift.diff {
        let (range, has_other) = match (*op, side) {
            (DiffOp::Equal { old: range, .. }, Side::Old) | (DiffOp::Equal { new: range, .. }, Side::New) => {
                (range, true)
            }
            (DiffOp::Delete { old: range } | DiffOp::Replace { old: range, .. }, Side::Old)
            | (DiffOp::Insert { new: range } | DiffOp::Replace { new: range, .. }, Side::New) => (range, false),
            (DiffOp::Delete { .. }, Side::New) | (DiffOp::Insert { .. }, Side::Old) => continue,
        };
        words.push_str(&marked(range, text, (!has_other).then_some(side)));
        words.push(' ');
    }
    if words.is_empty() {
        words = statement.words.join(" … ");
    }
    paragraph(out, &lead(article), LEAD, &words)
}

fn marked(range: ByteRange, text: &str, only_in: Option<Side>) -> String {
    let words = range.of(text).trim();
    match only_in {
        _ if words.is_empty() => String::new(),
        None => words.to_owned(),
        Some(Side::Old) => format!("[-{words}-]"),
        Some(Side::New) => format!("{{+{words}+}}"),
    }
}

fn write_statements(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    heading(out, "WHO SAID WHAT")?;
    if report.statements.is_empty() {
        writeln!(out, "  None found.")?;
    }
    // Where there are more than a page holds, those on a theme come first to hand.
    let fits = report.statements.len() <= N_STATEMENTS;
    let shown: Vec<_> =
        report.statements.iter().filter(|entry| fits || !entry.themes.is_empty()).take(N_STATEMENTS).collect();
    for of_article in shown.chunk_by(|left, right| left.article_idx == right.article_idx) {
        let Some(article) = of_article.first().and_then(|entry| report.articles.get(entry.article_idx)) else {
            continue;
        };
        write_article(out, article)?;
        for entry in of_article {
            write_statement(out, article, entry)?;
        }
        writeln!(out)?;
    }
    if shown.len() < report.statements.len() {
        write_rest(out, "  ", report.statements.len(), shown.len())?;
    }
    writeln!(out)
}

/// Speaker and codes on one line, the words below; quoted words in quotation marks, reported ones without.
fn write_statement(out: &mut impl io::Write, article: &Article<'_>, entry: &StatementEntry<'_>) -> io::Result<()> {
    let statement = entry.statement;
    let mut facts = vec![entry.speaker.clone()];
    if statement.said != article.day {
        facts.push(format!("said {}", day_marked(statement.said, statement.said_is_estimate)));
    }
    if !entry.themes.is_empty() {
        facts.push(entry.themes.join(", "));
    }
    if let (Some(act), Some(force)) = (entry.act, statement.force) {
        facts.push(format!("{act} (force {force})"));
    }
    let words = entry.words.join(" … ");
    let words = if statement.quotation == Quotation::Direct { format!("“{words}”") } else { words };
    paragraph(out, "  ", 4, &facts.join(" · "))?;
    paragraph(out, "      ", 6, &words)
}

/// Columns before the words of a finding: number and day of its article.
const LEAD: usize = 26;

fn lead(article: &Article<'_>) -> String {
    format!("    {:>4} {:<17}", number(article), day_marked(article.day, article.is_estimate))
}

fn number(article: &Article<'_>) -> String {
    format!("[{}]", article.number)
}

fn write_rest(out: &mut impl io::Write, indent: &str, n: usize, n_shown: usize) -> io::Result<()> {
    if n > n_shown {
        writeln!(out, "{indent}and {} more, which `throughline analyze --json` prints", n - n_shown)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_in_words() {
        for (n_names, wanted) in
            [(0, ""), (1, "1"), (2, "1 and 2"), (3, "1, 2 and 3"), (4, "1, 2, 3 and 1 more"), (9, "1, 2, 3 and 6 more")]
        {
            let names: Vec<String> = (1..=n_names).map(|number| number.to_string()).collect();
            assert_eq!(listed(&names, 3), wanted);
        }
    }
}
