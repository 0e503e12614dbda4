//! LexisNexis and Nexis Uni. The older layout begins each article with "3 of 25 DOCUMENTS", then outlet, date and
//! headline, fields in capitals ("LENGTH: 512 words"), the body, and fields again from "LOAD-DATE:" on. The newer one
//! begins with headline, outlet and date, has the line "Body" above the words and ends with "End of Document".
//! An article needs its length and one more of these marks.

use super::{Builder, Line, Part, is_copyright, is_date_line, is_length};
use crate::document::BlockKind;
use crate::text::ByteRange;

/// Between the date and the length stand copyright, section, by-line and the like.
const MAX_HEAD_LINES: usize = 24;

/// Lines of a headline at most.
const MAX_TITLE_LINES: usize = 4;

/// A quick look: is there any mark of these layouts?
pub(super) fn may_be(text: &str) -> bool {
    ["ength:", "ENGTH:", "Länge:", "LÄNGE:", "ongueur:", "LONGUEUR:"].iter().any(|mark| text.contains(mark))
}

/// The articles; empty where the text has not this layout.
pub(super) fn parts(text: &str, lines: &[Line<'_>]) -> Vec<Part> {
    let starts: Vec<usize> = (0..lines.len()).filter(|&idx| is_start(lines[idx].words)).collect();
    let ends: Vec<usize> = (0..lines.len()).filter(|&idx| is_end(lines[idx].words)).collect();
    let mut chunks: Vec<(usize, usize)> = Vec::new();
    if !ends.is_empty() {
        let mut from = 0;
        for end in ends {
            chunks.push((from, end + 1));
            from = end + 1;
        }
    } else if !starts.is_empty() {
        chunks.extend(starts.iter().zip(starts.iter().skip(1).chain([&lines.len()])).map(|(&from, &to)| (from, to)));
    } else {
        chunks.push((0, lines.len()));
    }
    chunks.into_iter().filter_map(|(from, to)| part(text, lines.get(from..to)?)).collect()
}

/// "3 of 25 DOCUMENTS", "Document 3 of 25", "Dokument 3 von 25", "Document 3 de 25".
fn is_start(words: &str) -> bool {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [first, "of", last, word] => is_number(first) && is_number(last) && matches!(*word, "DOCUMENTS" | "DOCUMENT"),
        [word, first, of, last] => {
            matches!(*word, "Document" | "Dokument" | "Documento")
                && is_number(first)
                && matches!(*of, "of" | "von" | "de")
                && is_number(last)
        }
        _ => false,
    }
}

fn is_end(words: &str) -> bool {
    matches!(words, "End of Document" | "Ende des Dokuments" | "Fin du document" | "Fin del documento")
}

/// What the fields above and below the body are.
fn kind_of(label: &str) -> Option<BlockKind> {
    Some(match label {
        "byline" | "autor" | "auteur" | "author" => BlockKind::Byline,
        "dateline" => BlockKind::Dateline,
        "headline" => BlockKind::Title,
        "highlight" => BlockKind::Heading,
        "graphic" | "grafik" => BlockKind::Caption,
        "section" | "rubrik" | "rubrique" | "length" | "länge" | "longueur" | "body" | "load-date" | "language"
        | "sprache" | "langue" | "publication-type" | "journal-code" | "update" | "type" | "series" | "edition"
        | "ressort" | "notes" | "correction" | "correction-date" | "distribution" | "document-type" | "acc-no"
        | "url" => BlockKind::Boilerplate,
        _ => return None,
    })
}

/// Fields that open the list below the body.
fn is_tail(line: &Line<'_>) -> bool {
    let label = line.field().map(|(label, _)| label);
    matches!(
        label.as_deref(),
        Some("load-date" | "language" | "sprache" | "langue" | "publication-type" | "journal-code" | "update")
    ) || line.words == "Classification"
        || is_end(line.words)
}

/// The article of one stretch of lines.
fn part(text: &str, lines: &[Line<'_>]) -> Option<Part> {
    let is_length_field = |line: &Line<'_>| {
        line.field().is_some_and(|(label, value)| {
            matches!(label.as_str(), "length" | "länge" | "longueur") && is_length(value.of(text))
        })
    };
    let length = lines.iter().position(is_length_field)?;
    let has_start = lines.first().is_some_and(|line| is_start(line.words));
    let has_end = lines.last().is_some_and(|line| is_end(line.words));
    let has_tail = lines[length..].iter().any(is_tail);
    if !has_start && !has_end && !has_tail {
        return None;
    }
    let date = lines[..length]
        .iter()
        .enumerate()
        .rev()
        .take(MAX_HEAD_LINES)
        .find(|(_, line)| is_date_line(line) && line.field().is_none() && !is_copyright(line.words));
    let date = date.map(|(idx, _)| idx);
    let head = if has_start { old_head(text, lines, date, length) } else { new_head(lines, date?) };
    let from =
        if has_start { lines.first()? } else { lines.get(head.title.first().copied().or(head.outlet).or(date)?)? };
    let mut builder = Builder::new(text, ByteRange::new(from.range.start, lines.last()?.range.end));
    let first = lines.iter().position(|line| line.range.start == from.range.start)?;
    mark_fields(&mut builder, text, lines, first, length);
    for &idx in &head.title {
        builder.mark(&lines[idx], BlockKind::Title);
        let words =
            lines[idx].field().filter(|(label, _)| label == "headline").map_or(lines[idx].range, |(_, value)| value);
        builder.title(words);
    }
    if let Some(idx) = head.outlet {
        builder.outlet(lines[idx].range);
        builder.mark(&lines[idx], BlockKind::Boilerplate);
    }
    if let Some(idx) = date {
        builder.date(lines[idx].range);
        builder.mark(&lines[idx], BlockKind::Dateline);
    }
    Some(builder.part)
}

/// Lines above the body that are no fields.
struct Head {
    title: Vec<usize>,
    outlet: Option<usize>,
}

/// Outlet, date, headline.
fn old_head(text: &str, lines: &[Line<'_>], date: Option<usize>, length: usize) -> Head {
    let is_free = |idx: &usize| {
        !is_copyright(lines[*idx].words) && lines[*idx].field().is_none_or(|(label, _)| kind_of(&label).is_none())
    };
    let outlet = (1..date.unwrap_or(length)).find(is_free);
    let stated = lines
        .iter()
        .position(|line| line.field().is_some_and(|(label, value)| label == "headline" && !value.of(text).is_empty()));
    if let Some(stated) = stated {
        return Head { title: vec![stated], outlet };
    }
    // The edition stands right below the date; the headline after a blank line.
    let after = date.or(outlet).map_or(1, |idx| idx + 1);
    let first = (after..length).find(|&idx| is_free(&idx) && (lines[idx].is_after_blank || date.is_none()));
    let title = first.map_or_else(Vec::new, |first| {
        let rest = (first + 1..length).take_while(|&idx| is_free(&idx) && !lines[idx].is_after_blank);
        std::iter::once(first).chain(rest).take(MAX_TITLE_LINES).collect()
    });
    Head { title, outlet }
}

/// Headline, outlet, date.
fn new_head(lines: &[Line<'_>], date: usize) -> Head {
    let outlet = date.checked_sub(1);
    let mut title = Vec::new();
    if let Some(last) = outlet.and_then(|outlet| outlet.checked_sub(1)) {
        title.push(last);
        // A headline that was wrapped has its lines right below each other.
        let mut idx = last;
        while idx > 0 && title.len() < MAX_TITLE_LINES && !lines[idx].is_after_blank && !is_cover(&lines[idx - 1]) {
            idx -= 1;
            title.insert(0, idx);
        }
    }
    Head { title, outlet }
}

/// Lines of the cover page and of page heads.
fn is_cover(line: &Line<'_>) -> bool {
    let lower = line.words.to_lowercase();
    is_end(line.words) || lower.starts_with("page ") || line.field().is_some() || lower.starts_with("about lexisnexis")
}

/// Marks the fields above the body and everything from the first field below it on.
fn mark_fields(builder: &mut Builder<'_>, text: &str, lines: &[Line<'_>], first: usize, length: usize) {
    let tail = (length + 1..lines.len()).find(|&idx| is_tail(&lines[idx])).unwrap_or(lines.len());
    // Fields go on below the length until the first line that is none.
    let mut is_head = true;
    for (idx, line) in lines.iter().enumerate().take(tail).skip(first) {
        let field = line.field().and_then(|(label, value)| Some((kind_of(&label)?, value)));
        match field {
            Some((BlockKind::Caption, _)) => builder.mark(line, BlockKind::Caption),
            Some((kind, value)) if is_head => {
                builder.mark(line, kind);
                if kind == BlockKind::Byline {
                    builder.author(value.of(text));
                }
            }
            _ if is_copyright(line.words) || is_start(line.words) || line.words == "Body" => {
                builder.mark(line, BlockKind::Boilerplate);
            }
            _ => is_head &= idx <= length,
        }
    }
    // Between date and length whatever is left belongs to the edition.
    for line in lines.iter().take(length).skip(first) {
        let place = builder.place(line.range).start;
        if !builder.part.known.contains_key(&place) {
            builder.mark(line, BlockKind::Boilerplate);
        }
    }
    builder.mark_all(&lines[tail..], BlockKind::Boilerplate);
}
