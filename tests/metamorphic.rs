//! Promise: what does not change the words of an article does not change what it says somebody said: the style of its
//! quotation marks, no-break spaces, line ends, the order of the files, and whether boilerplate stands beside it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use jiff::civil::Date;
use throughline::analysis::Progress;
use throughline::analysis::statements::{Statement, find_statements};
use throughline::codebook::{Codebook, CueTier};
use throughline::document::{BlockKind, Corpus, Document, DocumentId, Published};
use throughline::text::{ByteRange, tokens};

/// Articles with double curly marks alone, written for this test: quotations before, after and around their cue, over
/// two sentences, in two paragraphs, partial ones, and reported speech without any.
const ARTICLES: [&str; 3] = [
    "Harbor council to keep the eastern bridge open\n\
     “The eastern bridge stays open,” NATO Secretary General Jens Stoltenberg said on Monday. “It must be guarded by all of us.”\n\
     Ann Berg, a painter from Oslo who lives beside it, said she welcomed the decision, adding that the noise was “hard to bear.”\n\
     According to the Kremlin, sanctions on North Korea have failed. Lavrov told reporters: “Sanctions must be lifted now.”\n\
     He warned that the talks could fail unless missile tests were stopped.",
    "“We are deeply concerned about the missile tests,” the NATO chief said. “They threaten the whole region.\n\
     “That is why sanctions must remain in place,” he said.\n\
     The ministry described the plan as “a gift to nobody” and urged all members to reject it.\n\
     “Is the harbor closed?” a reporter asked. “No,” said the mayor of Bergen, Kari Dahl. “It is wide open.”",
    "The alliance condemned the launch in a statement, NATO said.\n\
     China, which borders the North, called on both sides to show restraint. Beijing’s envoy said talks were “the only way out” of the crisis.\n\
     “The tests,” Stoltenberg said, “must stop at once.”",
];

/// What is compared: everything but ids and places.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    content: Vec<String>,
    speaker: Vec<String>,
    actor: Option<String>,
    themes: Vec<String>,
    act: Option<String>,
    rule: String,
}

fn document(id: u64, text: &str) -> Document {
    let published = Published::entered(Date::constant(2020, 5, 14), Vec::new());
    Document { published, ..Document::of_lines(DocumentId(id), text) }
}

/// The words of some ranges in comparison form.
fn words(text: &str, ranges: &[ByteRange]) -> Vec<String> {
    ranges
        .iter()
        .flat_map(|range| tokens(text, *range))
        .map(|token| throughline::text::compare::fold_word(token.range.of(text)))
        .filter(|word| word != "'")
        .collect()
}

fn told(documents: Vec<Document>) -> Vec<(u64, Vec<Told>)> {
    let corpus = Corpus::new(documents.into_iter().map(Arc::new));
    let found = find_statements(&corpus, &Codebook::built_in(), CueTier::Normal, &Progress::default()).unwrap();
    let mut by_document: Vec<(u64, Vec<Told>)> = (corpus.documents().iter())
        .map(|document| {
            let own = found.iter().filter(|statement| statement.document == document.id);
            (document.id.0, own.map(|statement| one(document, statement)).collect())
        })
        .collect();
    by_document.sort_by_key(|(id, _)| *id);
    by_document
}

fn one(document: &Document, statement: &Statement) -> Told {
    Told {
        content: words(&document.text, &statement.content),
        speaker: words(&document.text, &statement.speaker),
        actor: statement.actor.clone(),
        themes: statement.themes.clone(),
        act: statement.act.clone(),
        rule: statement.attribution.rule.clone(),
    }
}

fn told_of(change: impl Fn(&str) -> String) -> Vec<(u64, Vec<Told>)> {
    told((1..).zip(ARTICLES).map(|(id, text)| document(id, &change(text))).collect())
}

/// The articles as they stand, with enough in them to make the comparison worth something.
fn as_written() -> Vec<(u64, Vec<Told>)> {
    let plain = told_of(str::to_owned);
    let n_told: usize = plain.iter().map(|(_, told)| told.len()).sum();
    assert!(n_told >= 16, "{plain:#?}");
    plain
}

#[test]
fn quotation_marks_of_any_style_hold_the_same_words() {
    let plain = as_written();
    let styles: [(&str, &str, &str); 4] = [
        ("straight", "\"", "\""),
        ("guillemets", "«", "»"),
        ("low and high", "„", "“"),
        ("two single marks", "''", "''"),
    ];
    for (name, open, close) in styles {
        let changed = told_of(|text| text.replace('“', open).replace('”', close).replace('’', "'"));
        assert_eq!(changed, plain, "{name}");
    }
}

#[test]
fn spaces_and_line_ends_change_nothing() {
    let plain = as_written();
    assert_eq!(told_of(|text| text.replace('\n', "\r\n")), plain, "line ends");
    assert_eq!(told_of(|text| text.replace('\n', "\n\n")), plain, "empty lines");
    let no_break =
        |text: &str| text.replace(" said", "\u{a0}said").replace("said ", "said\u{a0}").replace("“ ", "“\u{a0}");
    assert_eq!(told_of(no_break), plain, "no-break spaces");
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    let plain = as_written();
    let mut documents: Vec<Document> = (1..).zip(ARTICLES).map(|(id, text)| document(id, text)).collect();
    documents.rotate_left(1);
    assert_eq!(told(documents), plain);
}

#[test]
fn boilerplate_beside_an_article_changes_nothing() {
    let plain = as_written();
    let tail = "\nMore: “We are open,” NATO said. Lavrov warned that the “bridge” was shut.";
    let documents = (1..).zip(ARTICLES).map(|(id, text)| {
        let mut document = document(id, &format!("{text}{tail}"));
        document.blocks.last_mut().unwrap().kind = BlockKind::Boilerplate;
        document
    });
    assert_eq!(told(documents.collect()), plain);
}
