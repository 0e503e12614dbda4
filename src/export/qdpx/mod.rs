//! A project for qualitative data analysis: REFI-QDA Project Exchange 1.0 (Rotterdam Exchange Format Initiative, 18 March
//! 2019; the text of the standard is version 1.5), which ATLAS.ti, MAXQDA, NVivo, QualCoder and others open.
//!
//! A zip of `project.qde`, which is XML in the namespace `urn:QDA-XML:project:1.0`, and of `Sources/`, the articles as
//! plain text. What becomes what:
//!
//! | here | there |
//! |---|---|
//! | the program, the reader | two `User`s without a name of anybody |
//! | actors, themes, directions, acts, quotation, qualifiers, labels, reviews | `CodeBook`, a tree of `Code`s |
//! | article | `TextSource` with its text in a file, `VariableValue`s for outlet, days and how these are known |
//! | statement | a `PlainTextSelection` for each piece, a `Coding` for each code, by whom it stands as it does |
//! | pieces of a statement, a statement told twice | `Link` |
//! | shift | `Link` from the older to the newer statement, its label as a code of the newer, its reasons as a `Note` |
//! | speaker the codebook knows | `Case` with `SelectionRef`s |
//! | what the reader noted | `Note`, referred to by the selection or the link |
//!
//! `Sets`, `Graphs` and sources that are no text are not used. Positions count Unicode code points from 0 into the file of
//! the source, the end excluded (section 10.2). Programs disagree whether CRLF is one position or two; so the files end their
//! lines with LF, and the positions count these files. Nothing else of a text is changed. `O(n)` in texts and findings.

mod codes;
mod guid;
mod shifts;
mod sources;
pub(super) mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;

use super::articles::Articles;
use super::facts::PROGRAM;
use crate::analysis::shifts::ShiftLabel;
use crate::report::{Report, StatementEntry};
use guid::guid;
use shifts::Findings;
use xml::Element;

/// What is written into more than one element.
struct Project<'a> {
    report: &'a Report<'a>,
    articles: Articles,
    /// The day of making as the format has it.
    made: String,
    /// Ids of the selections of each statement, in the order of the report; one for each piece.
    selections: Vec<Vec<String>>,
}

/// Who made an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum User {
    Program,
    Reader,
}

impl User {
    fn guid(self) -> String {
        guid("user", &[if self == Self::Program { "program" } else { "reader" }])
    }

    /// Whose a statement is.
    fn of(entry: &StatementEntry<'_>) -> Self {
        if entry.standing.is_some() { Self::Reader } else { Self::Program }
    }
}

impl<'a> Project<'a> {
    fn new(report: &'a Report<'a>, made: Date) -> Self {
        let selections = report.statements.iter().map(|entry| {
            let id = entry.statement.id.to_string();
            (0..entry.statement.content.len()).map(|piece| guid("selection", &[&id, &piece.to_string()])).collect()
        });
        Self {
            report,
            articles: Articles::by_file_name(report),
            made: format!("{made}T00:00:00Z"),
            selections: selections.collect(),
        }
    }

    /// An element of the format that says who made it and when.
    fn made_by(&self, user: User, element: Element) -> Element {
        element.with("creatingUser", &user.guid()).with("creationDateTime", &self.made)
    }

    /// The selection that stands for a statement: its first piece.
    fn selection(&self, statement_idx: usize) -> Option<&str> {
        self.selections.get(statement_idx)?.first().map(String::as_str)
    }

    fn note(&self, user: User, key: &str, name: &str, words: &str) -> (String, Element) {
        let id = guid("note", &[key]);
        let note = self.made_by(user, Element::new("Note").with("guid", &id).with("name", name));
        (id, note.child(Element::new("PlainTextContent").text(words)))
    }

    fn element(&self) -> Element {
        let findings = Findings::new(self);
        let lists = [
            Some(users()),
            Some(codes::code_book(self.report)),
            Some(sources::variables()),
            self.cases(),
            Element::new("Sources").children(self.sources(&findings)).if_any(),
            Element::new("Notes").children(findings.notes).if_any(),
            Element::new("Links").children(findings.links).if_any(),
            Some(Element::new("Description").text(&self.description())),
        ];
        Element::new("Project")
            .with("xmlns", "urn:QDA-XML:project:1.0")
            .with(
                "name",
                &format!("{} ({})", self.report.codebook.name, self.made.split('T').next().unwrap_or_default()),
            )
            .with("origin", PROGRAM)
            .with("creatingUserGUID", &User::Program.guid())
            .with("creationDateTime", &self.made)
            .children(lists.into_iter().flatten())
            .children(findings.unplaced.iter().map(|id| reference("NoteRef", id)))
    }

    fn description(&self) -> String {
        let codebook = self.report.codebook;
        format!(
            "Made by {PROGRAM} with the codebook {} ({}). What carries the code \"automatic\" was found by rules and \
             reviewed by nobody. A day with \"est.\" was inferred.",
            codebook.name, codebook.hash
        )
    }

    /// A case for every speaker whom the codebook knows, in order of name.
    fn cases(&self) -> Option<Element> {
        let mut by_speaker: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (idx, entry) in self.report.statements.iter().enumerate() {
            if entry.statement.actor.is_some() || entry.statement.person.is_some() {
                by_speaker.entry(&entry.speaker).or_default().push(idx);
            }
        }
        let cases = by_speaker.into_iter().map(|(speaker, statements)| {
            let entries = statements.iter().filter_map(|&idx| self.report.statements.get(idx));
            let actors: BTreeSet<&str> = entries.filter_map(|entry| entry.statement.actor.as_deref()).collect();
            let codes = actors.into_iter().map(|id| reference("CodeRef", &codes::code_guid(codes::Kind::Actor, id)));
            let selections = statements.iter().filter_map(|&idx| self.selections.get(idx)).flatten();
            Element::new("Case")
                .with("guid", &guid("case", &[speaker]))
                .with("name", speaker)
                .children(codes)
                .children(selections.map(|id| reference("SelectionRef", id)))
        });
        Element::new("Cases").children(cases).if_any()
    }
}

fn users() -> Element {
    let user = |user: User, name: &str| Element::new("User").with("guid", &user.guid()).with("name", name);
    let users = [user(User::Program, PROGRAM), user(User::Reader, "Reader")];
    Element::new("Users").children(users)
}

fn reference(name: &'static str, target: &str) -> Element {
    Element::new(name).with("targetGUID", target)
}

/// Labels by the statement that carries them.
type Labels = BTreeMap<usize, BTreeSet<ShiftLabel>>;

/// The bytes of a `.qdpx` file. `made` is the day of making: the same findings and day give the same bytes.
///
/// # Errors
/// None of its own; writing into memory is said to fail where a file would be larger than a zip can hold.
pub fn project(report: &Report<'_>, made: Date) -> io::Result<Vec<u8>> {
    let project = Project::new(report, made);
    let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    // A day of its own would say when the machine's clock thinks it is.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).unix_permissions(0o644);
    zip.start_file("project.qde", options)?;
    zip.write_all(&project.element().document()?)?;
    for article in &report.articles {
        zip.start_file(format!("Sources/{}", sources::file_name(article.document)), options)?;
        zip.write_all(sources::PlainText::new(&article.document.text).text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
