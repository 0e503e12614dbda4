//! Citations as words, plain and in Markdown.

use super::Quotation;
use super::keys::Entry;
use crate::export::pages::{markdown_escaped, words};
use crate::report::briefing::model::Source;

/// "1. “Harbor council widens the pier”, The Pilot, est. 29 Jan 2023." a line.
pub(super) fn plain_list(entries: &[Entry<'_>]) -> String {
    let lines = entries.iter().map(|entry| format!("{}. {}.\n", entry.number, plain(entry.source)));
    lines.collect::<String>() + &entered(entries)
}

pub(super) fn markdown_list(entries: &[Entry<'_>]) -> String {
    let lines = entries.iter().map(|entry| format!("{}. {}.\n", entry.number, markdown(entry.source)));
    let entered = match entered(entries) {
        words if words.is_empty() => words,
        words => format!("\n{}\n", markdown_escaped(&words)),
    };
    lines.collect::<String>() + &entered
}

/// What the asterisk means, where there is one.
fn entered(entries: &[Entry<'_>]) -> String {
    let has_entered = entries.iter().any(|entry| entry.source.is_outlet_entered);
    if has_entered { format!("{}\n", words::ENTERED) } else { String::new() }
}

pub(super) fn plain_quotation(quotation: Quotation<'_>) -> String {
    format!("{} {}{}.\n", one_line(&words::cited(quotation.quote)), voice(quotation), plain(quotation.source))
}

pub(super) fn markdown_quotation(quotation: Quotation<'_>) -> String {
    format!(
        "> {}\n>\n> {}{}.\n",
        markdown_escaped(&words::cited(quotation.quote)),
        markdown_escaped(&voice(quotation)) + if quotation.speaker.is_some() { " " } else { "" },
        markdown(quotation.source)
    )
}

/// The words and who says them, without the source.
pub(super) fn annotation(quotation: Quotation<'_>) -> String {
    let words = one_line(&words::cited(quotation.quote));
    match quotation.speaker {
        Some(speaker) => format!("{words} {}, {}", one_line(speaker), kind(quotation)),
        None => words,
    }
}

/// "Ana Lund, quoted in ", empty where no speaker is named.
fn voice(quotation: Quotation<'_>) -> String {
    let voice = quotation.speaker.map(|speaker| format!("{}, {} in ", one_line(speaker), kind(quotation)));
    voice.unwrap_or_default()
}

fn kind(quotation: Quotation<'_>) -> &'static str {
    if quotation.quote.is_quoted { "quoted" } else { "reported" }
}

/// “Harbor council widens the pier”, The Pilot, est. 29 Jan 2023
fn plain(source: &Source) -> String {
    one_line(&parts(source, words::outlet(&source.outlet, source.is_outlet_entered), str::to_owned))
}

fn markdown(source: &Source) -> String {
    let asterisk = if source.is_outlet_entered { "\\*" } else { "" };
    let outlet = match markdown_escaped(&source.outlet) {
        // Emphasis is certain only between letters or digits.
        name if name.starts_with(char::is_alphanumeric) && name.ends_with(char::is_alphanumeric) => {
            format!("*{name}*{asterisk}")
        }
        name => format!("{name}{asterisk}"),
    };
    parts(source, outlet, markdown_escaped)
}

fn parts(source: &Source, outlet: String, escaped: fn(&str) -> String) -> String {
    let author = source.author.as_deref().map(escaped);
    let headline = (!source.headline.is_empty()).then(|| format!("“{}”", escaped(&source.headline)));
    let parts = author.into_iter().chain(headline).chain([outlet, escaped(&words::day(&source.when))]);
    parts.chain(source.notes.iter().map(|note| escaped(note))).collect::<Vec<_>>().join(", ")
}

fn one_line(text: &str) -> String {
    crate::export::facts::one_line(text)
}
