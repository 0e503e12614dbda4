//! The text layer of a PDF (ISO 32000) to an article.
//!
//! `pdf_oxide` decodes the file and gives runs of letters with their places. [`page`] makes lines in reading order of
//! them, [`furniture`] tells running heads and page numbers, [`paragraphs`] joins lines over columns and pages. Nothing
//! is cut. A page is a picture where it has no letters: a file of such pages needs text recognition, and the reader is
//! told so. The dates of the file's own description are weak evidence: a file printed today may hold an old article.
//! About a hundredth of a second a page.

mod furniture;
mod page;
mod paragraphs;

use jiff::civil::{Date, Time};
use pdf_oxide::extractors::text::ArtifactType;
use pdf_oxide::layout::TextSpan;
use pdf_oxide::object::Object;
use pdf_oxide::{PdfDocument, ReadingOrder};

use self::furniture::furniture;
use self::page::{Line, Run, lines};
use self::paragraphs::{Paragraph, paragraphs};
use super::flow::Raw;
use crate::document::{BlockKind, Evidence, Format, MetaDate};
use crate::ingest::blocks::Mark;
use crate::ingest::{IngestError, Parsed};

/// Pages that are read at most.
const MAX_PAGES: usize = 500;

/// Letters after which no further page is read. Measured: manuals take 2 to 3 s for as many, a third of what a file
/// may take, since the machine may be busy. No clock is asked: the same file must give the same text everywhere.
const MAX_LETTERS: usize = 800_000;

/// The description of a file dates the file more than its words.
const DESCRIPTION_SCORE: f32 = 0.3;

/// A heading is this much larger than the body.
const HEADING_SCALE: f32 = 1.15;

/// The title of the first page is this much larger than the body.
const TITLE_SCALE: f32 = 1.3;

/// A heading or title has at most this many words.
const MAX_HEADING_WORDS: usize = 30;

/// The article of a PDF, or the articles of one that was exported from a database.
pub(super) fn articles(bytes: &[u8]) -> Result<Vec<Parsed>, IngestError> {
    let document = open(bytes)?;
    let n_pages = document.page_count().map_err(|_| IngestError::Damaged { kind: "PDF".to_owned() })?;
    let read = read_pages(&document, n_pages);
    let marks = furniture(&read.pages);
    let paragraphs = paragraphs(&read.pages, &marks);
    let mut raw = Raw::new(Format::Pdf, "text layer, lines joined to paragraphs");
    fill(&mut raw, &paragraphs);
    if !raw.text.chars().any(char::is_alphanumeric) {
        let is_damaged = read.n_failed > 0 && read.n_failed == read.pages.len();
        let damaged = IngestError::Damaged { kind: "PDF".to_owned() };
        return Err(match (is_damaged || n_pages == 0, document.is_encrypted()) {
            (true, _) => damaged,
            // What the empty password opened was not the text.
            (false, true) => IngestError::Protected,
            (false, false) => IngestError::NoTextLayer,
        });
    }
    if read.pages.len() < n_pages {
        raw.warn(
            "pages-left-out",
            format!("Read up to page {} of {n_pages}; split the file to read the rest", read.pages.len()),
        );
    }
    if read.n_failed > 0 {
        raw.warn("pages-damaged", format!("{} of {n_pages} pages are damaged and were left out", read.n_failed));
    }
    if read.n_empty > 0 && read.n_failed == 0 {
        let message = format!(
            "{} of {n_pages} pages hold no text; if they are scans, run text recognition (OCR) first",
            read.n_empty
        );
        raw.warn("pages-without-text", message);
    }
    describe(&mut raw, &document);
    raw.articles()
}

/// Opens a file, with the empty password where it is encrypted.
fn open(bytes: &[u8]) -> Result<PdfDocument, IngestError> {
    let failed = |error: pdf_oxide::Error| match error {
        pdf_oxide::Error::EncryptedPdf => IngestError::Protected,
        _ => IngestError::Damaged { kind: "PDF".to_owned() },
    };
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(failed)?;
    if document.is_encrypted() && !document.authenticate(b"").unwrap_or(false) {
        return Err(IngestError::Protected);
    }
    Ok(document)
}

struct Pages {
    pages: Vec<Vec<Line>>,
    n_failed: usize,
    n_empty: usize,
}

fn read_pages(document: &PdfDocument, n_pages: usize) -> Pages {
    let mut read = Pages { pages: Vec::new(), n_failed: 0, n_empty: 0 };
    let (mut n_letters, mut column) = (0, 0);
    for page in 0..n_pages.min(MAX_PAGES) {
        if n_letters > MAX_LETTERS {
            break;
        }
        // Lines and columns are told below; the library's own passes for that take longer than all else.
        let lines = match document.extract_spans_with_reading_order(page, ReadingOrder::TopToBottom) {
            Ok(spans) => lines(runs(spans), &mut column),
            Err(_) => {
                read.n_failed += 1;
                Vec::new()
            }
        };
        n_letters += lines.iter().map(|line| line.words.len()).sum::<usize>();
        read.n_empty += usize::from(lines.is_empty());
        read.pages.push(lines);
    }
    read
}

/// The runs of a page, turned upright where most of them stand on their side. Others that do (a stamp along the
/// margin, the axis of a chart) are lines of their own.
fn runs(spans: Vec<TextSpan>) -> Vec<Run> {
    let n_letters = |turn: i32| -> usize {
        spans.iter().filter(|span| quarter(span) == turn).map(|span| span.text.trim().len()).sum()
    };
    let turns = [0, 1, 2, 3];
    let main = turns.into_iter().rev().max_by_key(|&turn| n_letters(turn)).unwrap_or(0);
    spans
        .into_iter()
        .map(|span| {
            let turn = quarter(&span);
            let bbox = span.bbox;
            let (left, right, baseline) = match main {
                1 => (bbox.y, bbox.y + bbox.height.max(bbox.width), -bbox.x),
                2 => (-(bbox.x + bbox.width), -bbox.x, -bbox.y),
                3 => (-(bbox.y + bbox.height.max(bbox.width)), -bbox.y, bbox.x),
                _ => (bbox.x, bbox.x + bbox.width, bbox.y),
            };
            Run {
                left,
                right,
                baseline,
                size: if span.font_size.is_finite() { span.font_size.abs().max(1.0) } else { 10.0 },
                is_bold: span.font_weight.is_bold(),
                is_artifact: turn != main || matches!(span.artifact_type, Some(ArtifactType::Pagination(_))),
                words: span.text,
            }
        })
        .collect()
}

/// Quarters of a turn, counterclockwise.
fn quarter(span: &TextSpan) -> i32 {
    let quarters = (span.rotation_degrees / 90.0).round();
    if quarters.is_finite() { (quarters as i32).rem_euclid(4) } else { 0 }
}

/// The paragraphs as text, with what their fonts say of them.
fn fill(raw: &mut Raw, paragraphs: &[Paragraph]) {
    let title = title_idx(paragraphs);
    for (idx, paragraph) in paragraphs.iter().enumerate() {
        let n_words = paragraph.words.split_whitespace().count();
        let ends = paragraph.words.trim_end().ends_with(['.', ',', ';']);
        let is_heading = n_words <= MAX_HEADING_WORDS && !ends && paragraph.scale >= HEADING_SCALE;
        let mark = match paragraph.furniture {
            Some(furniture) => Some(Mark::new(BlockKind::Boilerplate, furniture.rule())),
            None if title == Some(idx) => Some(Mark::new(BlockKind::Title, "font-size")),
            None if is_heading && title.is_some_and(|title| idx > title) => {
                Some(Mark::new(BlockKind::Heading, "font-size"))
            }
            None => None,
        };
        raw.push(&paragraph.words, mark.as_ref());
    }
}

/// The paragraph with the largest letters of the first page, where they are clearly larger than the body's.
fn title_idx(paragraphs: &[Paragraph]) -> Option<usize> {
    let is_candidate = |paragraph: &Paragraph| {
        let n_words = paragraph.words.split_whitespace().count();
        let n_letters = paragraph.words.chars().filter(|c| c.is_alphabetic()).count();
        paragraph.page == 0
            && paragraph.furniture.is_none()
            && paragraph.scale >= TITLE_SCALE
            && (2..=MAX_HEADING_WORDS).contains(&n_words)
            && n_letters >= 8
    };
    let candidates = || paragraphs.iter().enumerate().filter(|(_, paragraph)| is_candidate(paragraph));
    let largest = candidates().map(|(_, paragraph)| paragraph.scale).fold(0.0, f32::max);
    candidates().find(|(_, paragraph)| paragraph.scale >= largest * 0.98).map(|(idx, _)| idx)
}

/// Title, author and dates of the file's description.
fn describe(raw: &mut Raw, document: &PdfDocument) {
    let text =
        |key: &str| description(document, key).map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    raw.title = text("Title").filter(|title| is_title(title));
    raw.author = text("Author").filter(|author| is_author(author));
    for (key, what) in [("CreationDate", "made"), ("ModDate", "changed")] {
        let Some((date, time)) = description(document, key).and_then(|words| pdf_date(&words)) else { continue };
        let says = format!("the description of the file says that it was {what} on {date}");
        let evidence = Evidence { rule: "document-metadata".to_owned(), range: None, says, fact: None };
        let score = if key == "CreationDate" { DESCRIPTION_SCORE } else { DESCRIPTION_SCORE / 2.0 };
        raw.meta_dates.push(MetaDate { date, time, score, evidence });
    }
}

/// A value of the description, decoded: UTF-16 with its mark, UTF-8 with its mark, else Latin letters.
fn description(document: &PdfDocument, key: &str) -> Option<String> {
    let info = document.trailer().as_dict()?.get("Info")?;
    let info = document.resolve_object(info).ok()?;
    let value = document.resolve_object(info.as_dict()?.get(key)?).ok()?;
    let Object::String(bytes) = value else { return None };
    let words = match bytes.as_slice() {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    Some(words).filter(|words| !words.trim().is_empty())
}

/// A title that a person wrote: programs put file names, addresses and "untitled" there.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = lower.contains('/')
        || lower.contains('\\')
        || lower.contains(".doc")
        || lower.contains(".indd")
        || lower.ends_with(".pdf")
        || lower.ends_with(".html");
    let is_empty = lower.starts_with("untitled") || lower.starts_with("microsoft word") || lower.starts_with("print");
    !is_file && !is_empty && (2..=MAX_HEADING_WORDS).contains(&title.split_whitespace().count())
}

/// A name of two to six words; programs put the name of an account there.
fn is_author(author: &str) -> bool {
    (2..=6).contains(&author.split_whitespace().count())
        && author.chars().any(char::is_uppercase)
        && !author.contains('@')
}

/// "D:20190503101500+02'00'" (ISO 32000-1, 7.9.4): the local day as printed.
fn pdf_date(words: &str) -> Option<(Date, Option<Time>)> {
    let digits = words.trim().trim_start_matches("D:");
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let small = |from: usize| i8::try_from(number(from, from + 2)?).ok();
    let date = Date::new(number(0, 4)?, small(4)?, small(6)?).ok()?;
    let time = small(8).zip(small(10)).and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    Some((date, time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_of_descriptions_keep_the_local_day() {
        assert_eq!(pdf_date("D:20190503234500+02'00'"), Some((date(2019, 5, 3), Time::new(23, 45, 0, 0).ok())));
        assert_eq!(pdf_date("D:20190503"), Some((date(2019, 5, 3), None)));
        assert_eq!(pdf_date("yesterday"), None);
    }

    #[test]
    fn titles_of_descriptions_are_those_that_people_wrote() {
        for title in ["untitled", "Microsoft Word - draft.doc", "/home/x/a.html", "Harbor"] {
            assert!(!is_title(title), "{title}");
        }
        assert!(is_title("Harbor opens after long delay"));
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        for bytes in [
            b"%PDF-1.7\n".as_slice(),
            b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF",
        ] {
            assert!(articles(bytes).is_err());
        }
    }
}
