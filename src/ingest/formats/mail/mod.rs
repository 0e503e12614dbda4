//! Mail to articles: subject, author and date from the headers, the words from the body.
//!
//! The message is taken apart by `mail-parser` (RFC 5322, RFC 2045 to 2049, 2047 for headers). The text is the subject
//! and the plain part, or the html part walked paragraph by paragraph; an html part that is a whole web page goes to
//! the reader of pages. [`zones`] tells the sender's own words from quoted mail and signatures; where a mail consists
//! mainly of a forwarded message, that message is the article and its own headers count. An mbox file holds several
//! mails and gives as many articles. Attachments are named and not opened. `O(n)` in the bytes.

mod fields;
mod markup;
mod zones;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use self::fields::{Fields, one_line};
use self::zones::{Line, Zone, zones};
use super::flow::Raw;
use super::html;
use crate::document::{BlockKind, Encoding, Format, Warning};
use crate::ingest::blocks::Mark;
use crate::ingest::decode::{self, Decoded};
use crate::ingest::{IngestError, Parsed};

/// Mails inside mails are followed this deep.
const MAX_DEPTH: usize = 3;

/// A plain part with fewer than one word in this many of the html part's is a stub ("your program shows no html").
const STUB_SHARE: usize = 5;

/// A mail inside a mail is the article where the outer one has fewer than one word for this many of its own.
const COVER_SHARE: usize = 2;

/// Names of attachments that a warning lists.
const MAX_NAMES: usize = 8;

/// The articles of a mail or of a file of mails.
pub(super) fn articles(bytes: &[u8]) -> Result<Vec<Parsed>, IngestError> {
    let messages = messages(bytes);
    let n_messages = messages.len();
    let mut found = Vec::new();
    let mut first_error = None;
    for message in &messages {
        match article(message) {
            Ok(articles) => found.extend(articles),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    let n_lost = n_messages - messages.len().min(found.len());
    if let Some(first) = found.first_mut()
        && n_messages > 1
        && n_lost > 0
    {
        let message = format!("{n_lost} of {n_messages} mails in the file hold no text");
        first.warnings.push(Warning { code: "mails-without-text".to_owned(), message });
    }
    if found.is_empty() { Err(first_error.unwrap_or(IngestError::Empty)) } else { Ok(found) }
}

/// The mails of a file: one, or those of an mbox file (RFC 4155), each after a line "From ...". A body line that
/// starts so is written ">From "; the mark is taken off again.
fn messages(bytes: &[u8]) -> Vec<Vec<u8>> {
    if !bytes.starts_with(b"From ") {
        return vec![bytes.to_vec()];
    }
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut is_after_blank = true;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if is_after_blank && is_separator(line) {
            found.push(Vec::new());
        } else if let Some(message) = found.last_mut() {
            let n_marks = line.iter().take_while(|&&byte| byte == b'>').count();
            let is_escaped = n_marks > 0 && line.get(n_marks..).is_some_and(|rest| rest.starts_with(b"From "));
            message.extend_from_slice(if is_escaped { &line[1..] } else { line });
        }
        is_after_blank = line.iter().all(u8::is_ascii_whitespace);
    }
    found
}

/// "From jane@paper.example Mon Nov  6 10:12:00 2017".
fn is_separator(line: &[u8]) -> bool {
    line.starts_with(b"From ") && line.contains(&b':') && line.iter().filter(|byte| byte.is_ascii_digit()).count() >= 5
}

fn article(bytes: &[u8]) -> Result<Vec<Parsed>, IngestError> {
    let message = MessageParser::default().parse(bytes).ok_or(IngestError::Empty)?;
    let names = attachment_names(&message);
    let (message, is_inner) = inmost(&message);
    let fields = Fields::of(message);
    let body = Body::of(message);
    let mut warnings = body.warnings;
    warnings.extend(attachments_warning(&names));
    if let Some(page) = body.page {
        return page_article(page, &fields, warnings);
    }
    let extractor = if is_inner { "mail, the one inside it" } else { "mail" };
    let mut raw = Raw::new(Format::Eml, extractor);
    raw.encoding = body.encoding;
    raw.warnings = warnings;
    let has_words = body.lines.iter().any(|line| line.words.chars().any(char::is_alphanumeric));
    if !has_words && !names.is_empty() {
        return Err(IngestError::OnlyAttachments { names: names.join(", ") });
    }
    fill(&mut raw, &fields, &body.lines);
    raw.articles()
}

/// Title, zones and fields of the article: the mail's own, or those of the message it forwards.
fn fill(raw: &mut Raw, fields: &Fields, lines: &[Line]) {
    let zones = zones(lines, fields.is_forward());
    let forwarded = zones.iter().find_map(|zone| zone.header.as_ref());
    let title = forwarded.and_then(|header| header.title.clone()).or_else(|| fields.title.clone());
    if let Some(title) = &title {
        raw.push(title, Some(&Mark::new(BlockKind::Title, "subject")));
    }
    let mut forwarded_date = None;
    for zone in &zones {
        let Zone { lines, mark, header } = zone;
        let start = raw.text.len();
        raw.push(&lines.join("\n"), mark.as_ref());
        if let Some(header) = header {
            let place =
                start + raw.text.get(start..).and_then(|text| text.find(&header.date_words)).unwrap_or_default();
            forwarded_date = header.meta_date(place);
        }
    }
    raw.author = forwarded.and_then(|header| header.author.clone()).or_else(|| fields.author.clone());
    raw.title = title;
    let score = if forwarded_date.is_some() { fields::WEAK } else { fields::STRONG };
    raw.meta_dates.extend(forwarded_date);
    raw.meta_dates.extend(fields.meta_date(score));
}

/// A mail whose html part is a whole page.
fn page_article(page: Parsed, fields: &Fields, warnings: Vec<Warning>) -> Result<Vec<Parsed>, IngestError> {
    let mut parsed = Parsed { format: Format::Eml, ..page };
    parsed.extractor = format!("mail, its page by {}", parsed.extractor);
    parsed.author = parsed.author.or_else(|| fields.author.clone());
    parsed.title = parsed.title.or_else(|| fields.title.clone());
    parsed.meta_dates.extend(fields.meta_date(fields::STRONG));
    parsed.warnings.extend(warnings);
    Ok(vec![parsed])
}

/// The mail that holds the words: the message itself, or one that it carries as a part while saying little itself.
fn inmost<'a>(message: &'a Message<'a>) -> (&'a Message<'a>, bool) {
    let mut current = message;
    for depth in 0..MAX_DEPTH {
        let inner = current.parts.iter().find_map(|part| match &part.body {
            PartType::Message(inner) => Some(inner),
            _ => None,
        });
        let Some(inner) = inner.filter(|inner| n_words(current) * COVER_SHARE < n_words(inner)) else {
            return (current, depth > 0);
        };
        current = inner;
    }
    (current, true)
}

fn n_words(message: &Message<'_>) -> usize {
    let count = |part: &MessagePart<'_>| match &part.body {
        PartType::Text(words) => words.split_whitespace().count(),
        PartType::Html(words) => mail_parser::decoders::html::html_to_text(words).split_whitespace().count(),
        _ => 0,
    };
    message.text_bodies().map(count).sum()
}

/// What a mail says.
struct Body {
    lines: Vec<Line>,
    /// The article of an html part that is a whole page.
    page: Option<Parsed>,
    encoding: Encoding,
    warnings: Vec<Warning>,
}

impl Body {
    fn of(message: &Message<'_>) -> Self {
        let mut body = Self {
            lines: Vec::new(),
            page: None,
            encoding: Encoding { name: "utf-8".to_owned(), is_guess: false },
            warnings: Vec::new(),
        };
        let html_ids = &message.html_body;
        let is_plain = |id: &&u32| message.part(**id).is_some_and(|part| matches!(part.body, PartType::Text(_)));
        let n_plain: usize = message.text_bodies().map(n_part_words).sum();
        let n_html: usize = message.html_bodies().map(n_part_words).sum();
        let has_plain = message.text_body.iter().any(|id| is_plain(&id));
        let ids = if has_plain && n_plain * STUB_SHARE >= n_html { &message.text_body } else { html_ids };
        for (idx, part) in ids.iter().filter_map(|&id| message.part(id)).enumerate() {
            body.add(message, part, idx == 0);
        }
        body
    }

    fn add(&mut self, message: &Message<'_>, part: &MessagePart<'_>, is_first: bool) {
        let (words, is_html) = match &part.body {
            PartType::Text(words) => (words.as_ref(), false),
            PartType::Html(words) => (words.as_ref(), true),
            _ => return,
        };
        let decoded = undeclared(message, part).unwrap_or_else(|| {
            let label = charset(part).unwrap_or("utf-8").to_ascii_lowercase();
            let encoding = Encoding { name: label, is_guess: false };
            Decoded { text: words.to_owned(), encoding, warnings: Vec::new() }
        });
        if is_first {
            self.encoding = decoded.encoding.clone();
            self.warnings.extend(decoded.warnings.iter().cloned());
        }
        self.lines.push(Line::blank());
        if !is_html {
            self.lines.extend(zones::plain_lines(&decoded.text, is_flowed(part)));
            return;
        }
        match markup::lines(&decoded.text) {
            Ok(lines) => {
                if is_first && markup::is_page(&decoded.text) {
                    self.page = page(decoded, &lines);
                }
                self.lines.extend(lines);
            }
            Err(error) => {
                let message = format!("A part of the mail is {error}; its words are shown without their layout");
                self.warnings.push(Warning { code: "mail-part".to_owned(), message });
                let words = mail_parser::decoders::html::html_to_text(&decoded.text);
                self.lines.extend(zones::plain_lines(&words, false));
            }
        }
    }
}

/// The article of a page, where it holds a good part of the words.
fn page(decoded: Decoded, lines: &[Line]) -> Option<Parsed> {
    let n_all: usize = lines.iter().map(|line| line.words.split_whitespace().count()).sum();
    let parsed = html::parse(decoded).ok()?;
    (parsed.text.split_whitespace().count() * 3 >= n_all).then_some(parsed)
}

fn n_part_words(part: &MessagePart<'_>) -> usize {
    match &part.body {
        PartType::Text(words) => words.split_whitespace().count(),
        PartType::Html(words) => mail_parser::decoders::html::html_to_text(words).split_whitespace().count(),
        _ => 0,
    }
}

pub(super) fn charset<'a>(part: &'a MessagePart<'_>) -> Option<&'a str> {
    part.content_type()?
        .attribute("charset")
        .filter(|label| encoding_rs::Encoding::for_label(label.as_bytes()).is_some())
}

/// A part that names no charset (or none that exists) and is no UTF-8: its bytes are decoded as those of a file are.
fn undeclared(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Decoded> {
    let words = part.text_contents()?;
    if charset(part).is_some() || !words.contains('\u{fffd}') {
        return None;
    }
    decode::decode(&part_bytes(message, part)?, None).ok()
}

/// The bytes of a part after its transfer encoding was undone.
pub(super) fn part_bytes(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let (start, end) = (part.offset_body as usize, part.offset_end as usize);
    let bytes = message.raw_message.get(start..end)?;
    match part.encoding {
        mail_parser::Encoding::None => Some(bytes.to_vec()),
        mail_parser::Encoding::QuotedPrintable => {
            mail_parser::decoders::quoted_printable::quoted_printable_decode(bytes)
        }
        mail_parser::Encoding::Base64 => mail_parser::decoders::base64::base64_decode(bytes),
    }
}

/// RFC 3676: lines that end in a space go on in the next one.
fn is_flowed(part: &MessagePart<'_>) -> bool {
    let format = part.content_type().and_then(|content_type| content_type.attribute("format"));
    format.is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
}

/// The names of files that a mail carries; pictures in its text are none.
fn attachment_names(message: &Message<'_>) -> Vec<String> {
    let is_file = |part: &&MessagePart<'_>| match &part.body {
        PartType::Binary(_) => true,
        PartType::Text(_) | PartType::Html(_) => part.attachment_name().is_some(),
        _ => false,
    };
    let name = |part: &MessagePart<'_>| part.attachment_name().map_or_else(|| "without a name".to_owned(), one_line);
    message.attachments().filter(is_file).map(name).collect()
}

fn attachments_warning(names: &[String]) -> Option<Warning> {
    let listed = names.iter().take(MAX_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if names.len() > MAX_NAMES { ", …" } else { "" };
    let message = match names.len() {
        0 => return None,
        1 => format!("1 attachment was not opened: {listed}"),
        n_names => format!("{n_names} attachments were not opened: {listed}{more}"),
    };
    Some(Warning { code: "attachments".to_owned(), message })
}
