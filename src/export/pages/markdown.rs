//! The report for a text editor: CommonMark 0.31 (2024) and nothing beyond it, so that it reads the same everywhere.
//!
//! There are no tables in it and no underlines. A chart is a list with its marks in words; of two statements, the words
//! that only one of them has stand in bold, and a line says so. No text of an article can change the structure: what
//! Markdown would read as its own is escaped, bold begins and ends at a letter or digit, and a paragraph is one line.
//! `O(n)`.

use std::collections::BTreeSet;

use super::words;
use crate::report::briefing::model::{
    Body, Briefing, Line, MatrixColumn, MatrixRow, Moment, Quote, Role, Said, Segment, Source, SourceRow, When,
};

/// The bytes of the file. Several briefings get a list of contents.
pub fn markdown(briefings: &[Briefing]) -> Vec<u8> {
    let mut blocks = vec![format!("# {}", words::count(briefings.len())), words::made(briefings)];
    if briefings.len() > 1 {
        let lines = briefings.iter().enumerate().map(|(idx, it)| format!("{}. {}", idx + 1, escaped(&it.headline)));
        blocks.push(lines.collect::<Vec<_>>().join("\n"));
    }
    for briefing in briefings {
        blocks.push(format!("## {}", escaped(&briefing.headline)));
        blocks.push(escaped(&briefing.subtitle));
        blocks.extend(body(briefing));
        blocks.push(convention(&briefing.body));
        blocks.extend(sources(briefing));
        blocks.push(escaped(&briefing.method));
    }
    blocks.retain(|block| !block.is_empty());
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text.into_bytes()
}

/// Text on one line that Markdown takes for text.
pub fn escaped(text: &str) -> String {
    guarded(inline(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// A line whose specials are escaped; at the beginning of a block some would open a list or underline a heading.
fn guarded(mut line: String) -> String {
    let n_digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().get(n_digits) {
        Some(b'.' | b')') if n_digits > 0 => line.insert(n_digits, '\\'),
        Some(b'+' | b'-' | b'=') if n_digits == 0 => line.insert(0, '\\'),
        _ => {}
    }
    line
}

/// Escapes inside a line; spaces stay as they are.
fn inline(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len() + text.len() / 16);
    for (at, character) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        let is_special = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' => true,
            // Bare addresses become links in many readers.
            ':' => rest.starts_with("://"),
            '.' => text.get(..at).is_some_and(|before| before.to_ascii_lowercase().ends_with("www")),
            _ => false,
        };
        if is_special {
            markdown.push('\\');
        }
        markdown.push(match character {
            '\0' => '\u{fffd}',
            _ if character.is_whitespace() && character != '\u{a0}' => ' ',
            _ => character,
        });
    }
    markdown
}

/// How a role looks: the delimiter around its words.
fn delimiter(role: Role, has_difference: bool) -> &'static str {
    match role {
        Role::OnlyBefore | Role::OnlyAfter | Role::Shared => "**",
        Role::Strong if has_difference => "*",
        Role::Strong => "**",
        Role::Plain | Role::Kept | Role::Redacted => "",
    }
}

/// Words with their marks, in quotation marks where quoted.
fn quote(quote: &Quote) -> String {
    let has_difference = quote.segments.iter().any(|segment| is_difference(segment.role));
    // Stretches that look alike are one: delimiters that touch would be read as others.
    let mut stretches: Vec<(&str, String)> = Vec::new();
    for segment in &quote.segments {
        let delimiter = delimiter(segment.role, has_difference);
        match stretches.last_mut() {
            Some((last, words)) if *last == delimiter => words.push_str(&words::segment(segment)),
            _ => stretches.push((delimiter, words::segment(segment))),
        }
    }
    let words = stretches.iter().map(|(delimiter, words)| emphasized(words, delimiter)).collect();
    words::quoted(quote, words)
}

fn is_difference(role: Role) -> bool {
    matches!(role, Role::OnlyBefore | Role::OnlyAfter)
}

/// Emphasis is read as such for certain only from a letter or digit to a letter or digit.
fn emphasized(words: &str, delimiter: &str) -> String {
    let first = words.find(char::is_alphanumeric);
    let last = words.char_indices().rev().find(|(_, character)| character.is_alphanumeric());
    let (Some(first), Some((last, character))) = (first, last) else { return inline(words) };
    let end = last + character.len_utf8();
    let part = |from: usize, to: usize| inline(words.get(from..to).unwrap_or_default());
    if delimiter.is_empty() {
        return inline(words);
    }
    format!("{}{delimiter}{}{delimiter}{}", part(0, first), part(first, end), part(end, words.len()))
}

/// What bold and italics mean here, by the marks there are.
fn convention(body: &Body) -> String {
    let segments: Vec<&Segment> = match body {
        Body::Phrase { rows } => rows.iter().flat_map(|row| &row.phrase.segments).collect(),
        _ => words::statements(body).into_iter().flat_map(|said| &said.quote.segments).collect(),
    };
    let roles: BTreeSet<Role> = segments.iter().map(|segment| segment.role).collect();
    let has_difference = roles.iter().any(|role| is_difference(*role));
    let mut sentences: Vec<&str> = Vec::new();
    if has_difference {
        sentences.push("**Bold**: words that only this statement has, of the two.");
    }
    if roles.contains(&Role::Shared) {
        sentences.push("**Bold**: the phrase that comes back.");
    }
    if roles.contains(&Role::Strong) {
        sentences.push(if has_difference {
            "*Italic*: words that carry force or a condition."
        } else {
            "**Bold**: words that carry force or a condition."
        });
    }
    sentences.join(" ")
}

fn body(briefing: &Briefing) -> Vec<String> {
    match &briefing.body {
        Body::Shift { before, change, after } => {
            let reason =
                if change.reason.is_empty() { String::new() } else { format!(": {}", inline(change.reason.trim())) };
            let badges = spaced(words::badges(&change.badges));
            let label = format!("**{}**{reason}{badges}", escaped(&words::label(change)));
            let mut blocks =
                before.as_ref().map_or_else(|| vec!["No earlier statement.".to_owned()], |said| statement(said, ""));
            blocks.push(label);
            blocks.extend(
                after.as_ref().map_or_else(|| vec!["No later statement.".to_owned()], |said| statement(said, "")),
            );
            blocks
        }
        Body::SideBySide { columns } => columns.iter().flat_map(|said| statement(said, "")).collect(),
        Body::Timeline { rows } => rows.iter().flat_map(moment).collect(),
        Body::Phrase { rows } => vec![phrase(rows)],
        Body::Matrix { columns, rows } => rows.iter().map(|row| theme(columns, row)).collect(),
        Body::Sources { rows } => vec![rows.iter().map(article).collect::<Vec<_>>().join("\n")],
    }
}

fn spaced(words: String) -> String {
    if words.is_empty() { words } else { format!(" {}", inline(&words)) }
}

/// `est. **29 Jan 2023**`
fn day(when: &When, words: &str) -> String {
    let est = if when.is_estimate { "est. " } else { "" };
    format!("{est}**{}**", inline(words))
}

/// `\[1, 2\]`: brackets that make no link.
fn references(sources: &[usize]) -> String {
    if sources.is_empty() { String::new() } else { format!(" \\[{}\\]", words::numbers(sources)) }
}

/// A line that says when and who, then the words as a quotation. `mark` follows the day.
fn statement(said: &Said, mark: &str) -> Vec<String> {
    let lines: String = said.lines.iter().map(|line| format!(", {}", inline(line.trim()))).collect();
    let badges = spaced(words::badges(&said.badges));
    let head = format!("{}{lines}{mark}{badges}{}", day(&said.when, &said.when.day), references(&[said.source]));
    let words = quote(&said.quote);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    vec![head, format!("> {}", guarded(words))]
}

fn moment(moment: &Moment) -> Vec<String> {
    match moment {
        Moment::Said(said) => statement(said, &format!(", {}", words::mark_beside(said.mark, &said.badges))),
        Moment::NotObserved { when, source } => {
            vec![format!("{}: {}{}", day(when, &when.day), words::NOT_OBSERVED, references(&[*source]))]
        }
        Moment::Gap { label } => vec![format!("({})", inline(label.trim()))],
    }
}

/// A line for each place; where the day is that of the line above, it is repeated.
fn phrase(rows: &[Line]) -> String {
    let mut last: Option<&When> = None;
    let mut lines: Vec<String> = Vec::new();
    for row in rows {
        last = row.when.as_ref().or(last);
        let day = last.map(|when| format!("{}: ", day(when, &when.day))).unwrap_or_default();
        let words = format!(
            "{}{}{}",
            inline(&words::context_before(row)),
            quote(&row.phrase),
            inline(&words::context_after(row))
        );
        let likeness = words::likeness(row.likeness);
        lines.push(format!("- {day}{} ({likeness}){}", words.trim(), references(&[row.source])));
    }
    lines.join("\n")
}

/// A theme with a line for each date.
fn theme(columns: &[MatrixColumn], row: &MatrixRow) -> String {
    let lines = columns.iter().zip(&row.cells).map(|(column, cell)| {
        let mark = cell.map_or_else(|| "not observed".to_owned(), words::mark);
        format!("\n  - {}: {mark}{}", day(&column.when, &column.when.month), references(&column.sources))
    });
    format!("- **{}**{}", escaped(&row.label), lines.collect::<String>())
}

fn article(row: &SourceRow) -> String {
    let outlet = words::outlet(&row.outlet, row.is_outlet_entered);
    let headline = (!row.headline.is_empty()).then(|| format!("“{}”", row.headline));
    let parts = [outlet].into_iter().chain(headline).chain([words::day(&row.when), row.basis.clone()]);
    let parts = parts.chain(row.notes.iter().cloned()).chain([words::n_words(row)]);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    format!("{}. {}", row.number, escaped(&parts.join(", ")))
}

/// The numbered list, and what an asterisk in it means.
fn sources(briefing: &Briefing) -> Vec<String> {
    let mut blocks = Vec::new();
    if !matches!(briefing.body, Body::Sources { .. }) && !briefing.sources.is_empty() {
        let line = |source: &Source| format!("{}. {}", source.number, escaped(&words::source(source)));
        blocks.push("Sources".to_owned());
        blocks.push(briefing.sources.iter().map(line).collect::<Vec<_>>().join("\n"));
    }
    if words::has_entered_outlet(briefing) {
        blocks.push(escaped(words::ENTERED));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(segments: &[(&str, Role)]) -> Quote {
        let segments = segments.iter().map(|(text, role)| Segment { text: (*text).to_owned(), role: *role }).collect();
        Quote { is_quoted: true, is_cut_before: false, is_cut_after: true, segments }
    }

    #[test]
    fn no_text_changes_the_structure() {
        for (text, expected) in [
            ("# a *b* _c_", "\\# a \\*b\\* \\_c\\_"),
            ("1. one", "1\\. one"),
            ("2024) two", "2024\\) two"),
            ("- dash", "\\- dash"),
            ("+ plus\n\n> quote", "\\+ plus \\> quote"),
            ("[a](http://b) <i> &amp; `c`", "\\[a\\](http\\://b) \\<i\\> \\&amp; \\`c\\`"),
            ("see www.pilot.test, 3.5 %", "see www\\.pilot.test, 3.5 %"),
            ("back\\slash | ~~x~~ $y$", "back\\\\slash \\| \\~\\~x\\~\\~ \\$y\\$"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn bold_begins_and_ends_at_a_letter_and_never_touches_another() {
        for (segments, expected) in [
            (vec![("We ", Role::Kept), ("fear ", Role::OnlyBefore), ("it", Role::Kept)], "“We **fear** it …”"),
            (vec![("a", Role::OnlyAfter), ("b", Role::OnlyAfter), ("c", Role::Plain)], "“**ab**c …”"),
            (vec![("(no)", Role::OnlyAfter), (".", Role::OnlyAfter)], "“(**no**). …”"),
            (vec![("must ", Role::Strong), ("go*", Role::OnlyAfter)], "“*must* **go**\\* …”"),
            (vec![("must ", Role::Strong), ("Mr X", Role::Redacted)], "“**must** \\[redacted\\] …”"),
            (vec![(" – ", Role::Shared)], "“ –  …”"),
        ] {
            assert_eq!(quote(&quoted(&segments)), expected);
        }
    }
}
