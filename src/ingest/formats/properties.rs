//! What a document says of itself outside its text: title, author, dates. None of it is trusted far.
//!
//! Programs fill these fields by themselves: the author is often the account of whoever saved the file, the date the
//! day of the copy. So a date weighs little, and a name that a program gives every file is passed over.

use jiff::civil::Date;

use super::flow::Raw;
use super::xml::{Element, Name, Visitor, walk};
use crate::document::{Evidence, MetaDate, Warning};
use crate::ingest::{IngestError, date};

/// What the date of a file is worth: it mostly tells of the copy.
const CREATED_SCORE: f32 = 0.2;

/// What the date of the last change is worth.
const MODIFIED_SCORE: f32 = 0.1;

/// Names that programs and accounts put where an author belongs.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "anonymous",
    "apache poi",
    "author",
    "docx4j",
    "microsoft",
    "microsoft office user",
    "owner",
    "pc",
    "python-docx",
    "un-named",
    "unknown",
    "user",
    "windows user",
];

/// The properties of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) created: Option<Date>,
    pub(super) modified: Option<Date>,
}

impl Properties {
    /// Takes over one field by its name; the first value of a field counts.
    fn set(&mut self, name: Name<'_>, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return;
        }
        match name {
            ("dc", "title") => {
                self.title.get_or_insert(words);
            }
            ("dc" | "meta", "creator" | "initial-creator") if is_somebody(&words) => {
                self.author.get_or_insert(words);
            }
            ("dcterms", "created") | ("meta", "creation-date") => self.created = self.created.or(day(&words)),
            ("dcterms", "modified") | ("dc", "date") => self.modified = self.modified.or(day(&words)),
            _ => {}
        }
    }

    /// Says it of the text.
    pub(super) fn tell(self, raw: &mut Raw) {
        raw.title = self.title.as_deref().and_then(real_title);
        raw.author = self.author;
        let dates = [
            (self.created, CREATED_SCORE, "The file says that it was made on"),
            (self.modified, MODIFIED_SCORE, "The file says that it was changed on"),
        ];
        for (date, score, says) in dates {
            let Some(date) = date else { continue };
            let says = format!("{says} {}", date.strftime("%-d %B %Y"));
            let evidence = Evidence { rule: date::DOCUMENT_METADATA.to_owned(), range: None, says, fact: None };
            raw.meta_dates.push(MetaDate { date, time: None, score, evidence });
        }
    }
}

/// A title that a person gave: no name of a file and no "Document1".
fn real_title(title: &str) -> Option<String> {
    let title = title.trim().trim_start_matches("Microsoft Word - ");
    let folded = title.to_lowercase();
    let is_file = [".doc", ".docx", ".dot", ".odt", ".rtf", ".txt", ".wpd", ".indd", ".qxd"]
        .iter()
        .any(|end| folded.ends_with(end));
    let numbered = ["document", "dokument", "untitled"].iter().find_map(|word| folded.strip_prefix(word));
    let is_nothing = numbered.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()));
    (!is_file && !is_nothing && folded.contains(char::is_alphabetic)).then(|| title.to_owned())
}

/// Is it a name, and neither one that a program gives every file nor that of an account ("jroe2")?
pub(super) fn is_somebody(name: &str) -> bool {
    let folded = name.trim().to_lowercase();
    let is_account = !folded.contains(char::is_whitespace)
        && name.trim().starts_with(|c: char| !c.is_alphabetic() || c.is_lowercase());
    folded.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !is_account && !NOBODY.contains(&folded.as_str())
}

/// The day of a time stamp.
pub(super) fn day(words: &str) -> Option<Date> {
    date::stamp(words, false).map(|printed| printed.date)
}

/// Something in the file could not be read.
pub(super) fn damaged() -> Warning {
    let message = "The file is damaged; what could be read is shown".to_owned();
    Warning { code: "damaged".to_owned(), message }
}

/// The properties in XML that names them as Dublin Core does: those of Word and OpenDocument.
///
/// # Errors
/// As [`walk`].
pub(super) fn core(text: &str) -> Result<Properties, IngestError> {
    let mut reading = Reading::default();
    walk(text, &mut reading)?;
    Ok(reading.found)
}

#[derive(Default)]
struct Reading {
    found: Properties,
    /// Words since the last tag.
    words: String,
    is_in_body: bool,
}

impl Visitor for Reading {
    fn start(&mut self, element: &Element<'_>) {
        // In a flat file the text stands beside them, where comments have authors and days of their own.
        self.is_in_body |= matches!(element.name, ("w" | "office", "body"));
        self.words.clear();
    }

    fn end(&mut self, name: Name<'_>) {
        if !self.is_in_body {
            self.found.set(name, &self.words);
        }
        if matches!(name, ("w" | "office", "body")) {
            self.is_in_body = false;
        }
        self.words.clear();
    }

    fn text(&mut self, words: &str) {
        if !self.is_in_body {
            self.words.push_str(words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_both_families_are_read() {
        let word = "<cp:coreProperties><dc:title>Harbor  opens</dc:title><dc:creator>Jane Roe</dc:creator>\
            <dcterms:created>2019-05-03T09:00:00Z</dcterms:created></cp:coreProperties>";
        let expected = Properties {
            title: Some("Harbor opens".to_owned()),
            author: Some("Jane Roe".to_owned()),
            created: Some(jiff::civil::date(2019, 5, 3)),
            modified: None,
        };
        assert_eq!(core(word), Ok(expected.clone()));
        let open = "<office:meta><dc:title>Harbor opens</dc:title><meta:initial-creator>Jane Roe</meta:initial-creator>\
            <meta:creation-date>2019-05-03T09:00:00.12</meta:creation-date></office:meta>\
            <office:body><dc:creator>A commenter</dc:creator></office:body>";
        assert_eq!(core(open), Ok(expected));
    }

    #[test]
    fn names_of_files_are_no_titles() {
        let titles = [
            "Microsoft Word - talks.doc",
            "Document1",
            "Untitled",
            " ",
            "Documents of the port",
            "Microsoft Word - Talks",
        ];
        let real = titles.map(|title| real_title(title).unwrap_or_default());
        assert_eq!(real, ["", "", "", "", "Documents of the port", "Talks"]);
    }

    #[test]
    fn programs_are_no_authors() {
        let names = ["python-docx", "Administrator", "  ", "1", "jroe2", "Jane Roe", "jane roe", "Reuters", "김민수"];
        assert_eq!(names.map(is_somebody), [false, false, false, false, false, true, true, true, true]);
    }
}
