//! Articles as sources, statements as coded selections of them, and the files that the positions count.

use std::borrow::Cow;

use super::codes::codes_of;
use super::guid::guid;
use super::shifts::Findings;
use super::xml::Element;
use super::{Project, User, reference};
use crate::document::Document;
use crate::export::facts;
use crate::report::{Article, StatementEntry};
use crate::text::{ByteRange, CharOffsets};

/// Code points of the words that name a selection in lists; as many as ATLAS.ti shows.
const N_NAME: usize = 100;

/// A text with LF for every line end, and where its code points were.
pub(super) struct PlainText<'a> {
    pub text: Cow<'a, str>,
    offsets: CharOffsets,
    /// Bytes of the carriage returns that were left out, in order.
    left_out: Vec<usize>,
}

impl<'a> PlainText<'a> {
    pub fn new(text: &'a str) -> Self {
        let left_out: Vec<usize> = text.match_indices("\r\n").map(|(start, _)| start).collect();
        let plain = match text.contains('\r') {
            true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
            false => Cow::Borrowed(text),
        };
        Self { text: plain, offsets: CharOffsets::new(text), left_out }
    }

    /// The place of a byte of the text as it was, in code points of the text as it is written.
    fn position(&self, byte_idx: usize) -> usize {
        self.offsets.char_idx(byte_idx) - self.left_out.partition_point(|&start| start < byte_idx)
    }

    pub fn positions(&self, range: ByteRange) -> [usize; 2] {
        [self.position(range.start), self.position(range.end)]
    }
}

/// What is known of an article beside its text: name, type, explanation.
const VARIABLES: [(&str, &str, &str); 7] = [
    ("Title", "Text", "The headline"),
    ("Outlet", "Text", "Who published it"),
    ("Published", "Date", "The day it was published, where one is better than the others that fit"),
    ("Published, how known", "Text", "stated, metadata, inferred (est.), entered or unknown"),
    ("Published, earliest", "Date", "The first day that fits what is known"),
    ("Published, latest", "Date", "The last day that fits what is known"),
    ("Language", "Text", "ISO 639-1 code"),
];

pub(super) fn variables() -> Element {
    let variables = VARIABLES.iter().map(|(name, kind, explanation)| {
        Element::new("Variable")
            .with("guid", &guid("variable", &[name]))
            .with("name", name)
            .with("typeOfVariable", kind)
            .child(Element::new("Description").text(explanation))
    });
    Element::new("Variables").children(variables)
}

fn source_guid(document: &Document) -> String {
    guid("source", &[&document.id.to_string()])
}

/// The name of the file in `Sources/`.
pub(super) fn file_name(document: &Document) -> String {
    format!("{}.txt", source_guid(document))
}

impl Project<'_> {
    pub(super) fn sources<'f>(&'f self, findings: &'f Findings) -> impl Iterator<Item = Element> + 'f {
        let mut by_article: Vec<Vec<usize>> = vec![Vec::new(); self.report.articles.len()];
        for (idx, entry) in self.report.statements.iter().enumerate() {
            if let Some(statements) = by_article.get_mut(entry.article_idx) {
                statements.push(idx);
            }
        }
        self.report.articles.iter().zip(by_article).enumerate().map(move |(article_idx, (article, statements))| {
            let text = PlainText::new(&article.document.text);
            let selections = statements.into_iter().flat_map(|idx| self.selections_of(idx, &text, findings));
            let source = Element::new("TextSource")
                .with("guid", &source_guid(article.document))
                .with("name", self.articles.label(article_idx))
                .with("plainTextPath", &format!("internal://{}", file_name(article.document)));
            self.made_by(User::Program, source)
                .child(Element::new("Description").text(&about_article(article)))
                .children(selections)
                .children(values(article))
        })
    }

    /// The selections of a statement with their codes, one for each piece; notes stand at the first.
    fn selections_of(&self, idx: usize, text: &PlainText<'_>, findings: &Findings) -> Vec<Element> {
        let Some((entry, ids)) = self.report.statements.get(idx).zip(self.selections.get(idx)) else {
            return Vec::new();
        };
        let user = User::of(entry);
        let none = Default::default();
        let codes = codes_of(entry, findings.labels.get(&idx).unwrap_or(&none));
        let pieces = entry.statement.content.iter().zip(&entry.words).zip(ids).enumerate();
        let selections = pieces.map(|(piece, ((&range, words), id))| {
            let [start, end] = text.positions(range);
            let selection = Element::new("PlainTextSelection")
                .with("guid", id)
                .with("name", &short(words))
                .with("startPosition", &start.to_string())
                .with("endPosition", &end.to_string());
            let codings = codes.iter().map(|code| {
                let coding = Element::new("Coding").with("guid", &guid("coding", &[id, code]));
                self.made_by(user, coding).child(reference("CodeRef", code))
            });
            let notes = findings.notes_of.get(&idx).filter(|_| piece == 0).into_iter().flatten();
            self.made_by(user, selection)
                .child(Element::new("Description").text(&about_statement(entry, piece)))
                .children(codings)
                .children(notes.map(|note| reference("NoteRef", note)))
        });
        selections.collect()
    }
}

/// The words on one line, cut where they are long.
fn short(words: &str) -> String {
    let words = facts::one_line(words);
    match words.char_indices().nth(N_NAME) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default()),
        None => words,
    }
}

/// `“Pier opens”. The Pilot. Published 2019-03-04 (inferred, est.; 2019-03-01 to 2019-03-07).`
fn about_article(article: &Article<'_>) -> String {
    let published = &article.document.published;
    let title =
        article.document.title.as_ref().map_or_else(String::new, |title| format!("“{}”. ", facts::one_line(title)));
    let outlet = match (article.outlet, article.is_outlet_entered) {
        (Some(outlet), true) => format!("{outlet} (entered)"),
        (Some(outlet), false) => outlet.to_owned(),
        (None, _) => "Outlet unknown".to_owned(),
    };
    let estimate = if article.is_estimate { ", est." } else { "" };
    let day = article.day.map_or_else(|| "day unknown".to_owned(), |day| day.to_string());
    let bounds = match (published.earliest, published.latest) {
        (Some(first), Some(last)) if first != last => format!("; {first} to {last}"),
        _ => String::new(),
    };
    format!("{title}{outlet}. Published {day} ({}{estimate}{bounds}).", facts::basis(published))
}

/// `Ana Lund (Council). Said 2019-03-04 (est.). automatic: quote-cue-speaker, confidence 0.95, she → Ana Lund.`
fn about_statement(entry: &StatementEntry<'_>, piece: usize) -> String {
    let statement = entry.statement;
    let attribution = &statement.attribution;
    let day = statement.said.map_or_else(|| "day unknown".to_owned(), |day| day.to_string());
    let estimate = if statement.said_is_estimate && statement.said.is_some() { " (est.)" } else { "" };
    let chain =
        if attribution.chain.is_empty() { String::new() } else { format!(", {}", attribution.chain.join(" → ")) };
    let force = statement.force.map_or_else(String::new, |force| format!(" Force {force}."));
    let pieces = match statement.content.len() {
        0 | 1 => String::new(),
        n_pieces => format!(" Piece {} of {n_pieces} of statement {}.", piece + 1, statement.id),
    };
    format!(
        "{}. Said {day}{estimate}.{force} {}: {}, confidence {:.2}{chain}.{pieces}",
        entry.speaker,
        facts::review(entry),
        attribution.rule,
        attribution.confidence,
    )
}

/// What is known of the article, variable by variable; what is not known has no value.
fn values(article: &Article<'_>) -> Vec<Element> {
    let document = article.document;
    let published = &document.published;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let known = [
        document.title.clone(),
        article.outlet.map(str::to_owned),
        day(article.day),
        Some(facts::basis(published).to_owned()),
        day(published.earliest),
        day(published.latest),
        document.language.clone(),
    ];
    let values = VARIABLES.iter().zip(known).filter_map(|((name, kind, _), value)| {
        let element = Element::new(if *kind == "Date" { "DateValue" } else { "TextValue" });
        let value = element.text(&value?);
        let variable = reference("VariableRef", &guid("variable", &[name]));
        Some(Element::new("VariableValue").child(variable).child(value))
    });
    values.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn with_line_feeds(text: &str) -> String {
        text.replace("\r\n", "\n").replace('\r', "\n")
    }

    #[test]
    fn positions_count_code_points_of_the_text_as_written() {
        let text = "a\r\n“\u{1F600}”\r새\r\n\r\nend";
        let plain = PlainText::new(text);
        assert_eq!(plain.text, "a\n“\u{1F600}”\n새\n\nend");
        let at = |words: &str| text.find(words).unwrap();
        for (words, expected) in [("“", 2), ("\u{1F600}", 3), ("새", 6), ("end", 9)] {
            assert_eq!(plain.positions(ByteRange::new(at(words), at(words) + words.len()))[0], expected, "{words}");
        }
    }

    proptest! {
        #[test]
        fn what_is_cut_out_of_the_file_is_the_words(
            text in "([a-c ]|\r\n|\r|\n|\\PC|[\u{ac00}-\u{ad00}]|[\u{600}-\u{6ff}]|[\u{1F600}-\u{1F64F}]|\u{301}|\u{c}){0,60}",
            cut in any::<(prop::sample::Index, prop::sample::Index)>(),
        ) {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()])
                .filter(|&at| !(text[..at].ends_with('\r') && text[at..].starts_with('\n'))).collect();
            let (one, other) = (*cut.0.get(&bounds), *cut.1.get(&bounds));
            let range = ByteRange::new(one.min(other), one.max(other));
            let plain = PlainText::new(&text);
            let [start, end] = plain.positions(range);
            let words: String = plain.text.chars().skip(start).take(end - start).collect();
            prop_assert_eq!(words, with_line_feeds(range.of(&text)));
        }
    }
}
