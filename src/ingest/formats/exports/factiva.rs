//! Factiva. With indexing each field has a code at the start of its line ("HD" headline, "PD" date, "SN" source, "LP"
//! and "TD" text, "AN" the article's number); without it the same fields follow each other bare: headline, by-line,
//! "512 words", date, time, source, its code, language, copyright, text. Either way the last line is "Document" with a
//! number of 25 letters and digits. An article needs that line, its length and its date, or five codes.

use super::{Builder, Line, Part, is_copyright, is_date_line, is_length};
use crate::document::BlockKind;
use crate::text::ByteRange;

/// Field codes in their order in an article.
const CODES: &[&str] = &[
    "CLM", "SE", "HD", "CR", "BY", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "ART",
    "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN",
];

/// Lines from the length to the text at most.
const MAX_HEAD_LINES: usize = 12;

/// A quick look: is there any mark of these layouts?
pub(super) fn may_be(text: &str) -> bool {
    ["\nDocument ", "\nDokument ", "\nDocumento ", "\nAN ", "\nAN\t", "\nAN\n"].iter().any(|mark| text.contains(mark))
}

/// The articles; empty where the text has not this layout.
pub(super) fn parts(text: &str, lines: &[Line<'_>]) -> Vec<Part> {
    let mut found = Vec::new();
    let mut from = 0;
    for end in (0..lines.len()).filter(|&idx| is_number_line(lines[idx].words)) {
        // "AN" may stand alone above its value.
        let chunk = lines.get(from..=end).unwrap_or_default();
        found.extend(coded(text, chunk).or_else(|| bare(text, chunk)));
        from = end + 1;
    }
    found
}

/// "Document LBA0000020171106edb6000bm", with or without its code.
fn is_number_line(words: &str) -> bool {
    let words = words.strip_prefix("AN").map_or(words, str::trim_start);
    let Some((label, number)) = words.split_once(' ') else { return false };
    matches!(label, "Document" | "Dokument" | "Documento")
        && (20..=32).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 8
}

/// The code of a line and its value. After a single space only a value of the code's own kind counts, since a line of
/// an article may begin with "IN" or "BY" in capitals.
fn code<'a>(line: &Line<'a>) -> Option<(&'static str, &'a str)> {
    let end = line.words.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.words.len());
    let code = CODES.iter().find(|code| **code == &line.words[..end])?;
    let rest = &line.words[end..];
    let value = rest.trim_start();
    let is_apart = rest.is_empty() || rest.starts_with('\t') || rest.starts_with("  ");
    let is_own = rest.starts_with([' ', '\u{a0}'])
        && match *code {
            "WC" => is_length(value),
            "AN" => is_number_line(value),
            "CO" | "IN" | "NS" | "RE" | "IPD" | "IPC" => value.contains(" : ") || value.contains('|'),
            "HD" | "PD" | "SN" | "SC" | "LA" | "CY" | "LP" | "TD" | "PUB" | "BY" | "CR" => true,
            _ => false,
        };
    (is_apart || is_own).then_some((*code, value))
}

/// An article whose fields have codes.
fn coded(text: &str, lines: &[Line<'_>]) -> Option<Part> {
    let codes: Vec<(usize, &'static str, &str)> =
        lines.iter().enumerate().filter_map(|(idx, line)| code(line).map(|(code, value)| (idx, code, value))).collect();
    // The last headline: what stands above it is a cover page.
    let headline = codes.iter().rposition(|(_, code, _)| *code == "HD")?;
    let start =
        codes[..headline].iter().rposition(|(_, code, _)| !matches!(*code, "SE" | "CLM")).map_or(0, |idx| idx + 1);
    let codes = &codes[start..];
    let has = |wanted: &[&str]| codes.iter().any(|(_, code, _)| wanted.contains(code));
    if !(has(&["PD"]) && has(&["SN", "SC"]) && has(&["LP", "TD"]) && has(&["WC", "LA", "AN", "CY"])) {
        return None;
    }
    let text_at = codes.iter().find(|(_, code, _)| matches!(*code, "LP" | "TD"))?.0;
    let first = codes.first()?.0;
    let mut builder = Builder::new(text, ByteRange::new(lines[first].range.start, lines.last()?.range.end));
    for (place, &(idx, code, value)) in codes.iter().enumerate() {
        let is_text = matches!(code, "LP" | "TD" | "ART" | "CT" | "RF");
        // In the text only fields that come after it end it.
        if idx > text_at
            && CODES.iter().position(|known| *known == code) < CODES.iter().position(|known| *known == "TD")
        {
            continue;
        }
        let end = codes.get(place + 1).map_or(lines.len(), |next| next.0);
        if is_text {
            // The code alone above the text, or before its first words.
            if value.is_empty() {
                builder.mark(&lines[idx], BlockKind::Boilerplate);
            }
            continue;
        }
        field(&mut builder, code, value, lines.get(idx..end).unwrap_or_default());
    }
    Some(builder.part)
}

/// One field with the lines that it runs over.
fn field(builder: &mut Builder<'_>, code: &str, value: &str, lines: &[Line<'_>]) {
    let kind = match code {
        "HD" => BlockKind::Title,
        "BY" | "CR" => BlockKind::Byline,
        "PD" => BlockKind::Dateline,
        _ => BlockKind::Boilerplate,
    };
    let Some(first) = lines.first() else { return };
    // The value stands beside the code or below it.
    let is_below = value.is_empty();
    let Some(holder) = (if is_below { lines.get(1) } else { Some(first) }) else { return };
    let value = if is_below { holder.words } else { value };
    let range = ByteRange::new(holder.range.end - value.len(), holder.range.end);
    match code {
        "HD" => {
            builder.title(range);
            for line in lines.iter().skip_while(|line| line.range.start < range.end) {
                builder.title(line.range);
            }
        }
        "PD" => builder.date(range),
        "SN" => builder.outlet(range),
        "BY" => builder.author(value),
        _ => {}
    }
    builder.mark_all(lines, kind);
    if is_below {
        builder.mark(first, BlockKind::Boilerplate);
    }
}

/// An article whose fields stand bare.
fn bare(text: &str, lines: &[Line<'_>]) -> Option<Part> {
    let is_head = |idx: &usize| is_length(lines[*idx].words) && lines[idx + 1..].iter().take(2).any(is_date_line);
    let length = (0..lines.len()).find(is_head)?;
    let date = (length + 1..lines.len()).take(2).find(|&idx| is_date_line(&lines[idx]))?;
    let title = title_lines(lines, length);
    let byline = title.last().map_or(length, |last| last + 1);
    // The first line of the section or headline.
    let first = title.first().copied()?;
    let mut builder = Builder::new(text, ByteRange::new(lines[first].range.start, lines.last()?.range.end));
    for line in lines.get(first..byline)? {
        builder.mark(line, BlockKind::Title);
        builder.title(line.range);
    }
    for line in &lines[byline..length] {
        builder.author(line.words);
        builder.mark(line, BlockKind::Byline);
    }
    builder.mark(&lines[length], BlockKind::Boilerplate);
    builder.date(lines[date].range);
    builder.mark(&lines[date], BlockKind::Dateline);
    let is_time =
        |words: &str| words.len() <= 8 && words.contains(':') && words.starts_with(|c: char| c.is_ascii_digit());
    let outlet = (date + 1..lines.len()).take(2).find(|&idx| !is_time(lines[idx].words));
    if let Some(outlet) = outlet {
        builder.outlet(lines[outlet].range);
    }
    let end = (date + 1..lines.len().min(date + 1 + MAX_HEAD_LINES)).rfind(|&idx| is_copyright(lines[idx].words));
    let end = end.or(outlet).unwrap_or(date);
    builder.mark_all(lines.get(date + 1..=end).unwrap_or_default(), BlockKind::Boilerplate);
    builder.mark(lines.last()?, BlockKind::Boilerplate);
    Some(builder.part)
}

/// The lines of the headline above the length, without section and by-line.
fn title_lines(lines: &[Line<'_>], length: usize) -> Vec<usize> {
    let is_cover = |line: &Line<'_>| {
        let lower = line.words.to_lowercase();
        lower.contains("factiva") || lower.starts_with("page ") || is_copyright(line.words)
    };
    let head: Vec<usize> = (length.saturating_sub(3)..length).filter(|&idx| !is_cover(&lines[idx])).collect();
    let is_byline = |idx: usize| {
        let words = lines[idx].words;
        let is_marked = ["By ", "BY ", "by ", "Von ", "Par ", "Por "].iter().any(|start| words.starts_with(start));
        let has_function_word = words.split(' ').any(|word| word.chars().next().is_some_and(char::is_lowercase));
        is_marked || (lines[idx].n_words() <= 3 && !has_function_word)
    };
    match head.as_slice() {
        [] => Vec::new(),
        [only] => vec![*only],
        [rest @ .., last] if is_byline(*last) => rest.last().map_or_else(Vec::new, |title| vec![*title]),
        [.., last] => vec![*last],
    }
}
