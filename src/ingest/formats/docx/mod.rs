//! Word documents (Office Open XML, ECMA-376 parts 1 and 4; also its strict form and the flat one in a single XML file).
//!
//! Read is what the page shows: body, tables, text boxes, and foot- and endnotes after the body. Not read are headers,
//! footers, comments, hidden text, field codes (their results are), deleted text and where moved text came from;
//! inserted text is. Headings are told by the built-in name of their style, which every language edition of Word keeps,
//! or by an outline level. `O(n)` in the unpacked bytes.

mod body;
mod styles;

use self::body::Body;
use self::styles::styles;
use super::flow::Raw;
use super::package::Package;
use super::properties::{self, Properties};
use super::xml::{Element, Ending, Name, Visitor, decoded, walk};
use crate::document::Format;
use crate::ingest::{IngestError, Parsed};

/// How the reader knows this kind.
const KIND: &str = "Word";

/// Parts that hold notes.
const NOTES: [&str; 2] = ["footnotes", "endnotes"];

/// The articles of a document: one.
pub(super) fn articles(bytes: &[u8]) -> Result<Vec<Parsed>, IngestError> {
    if !bytes.starts_with(b"PK") {
        return flat(&decoded(bytes));
    }
    let mut package = Package::open(bytes, KIND)?;
    let name = main_part(&mut package);
    let main = package.text(&name)?.ok_or_else(|| IngestError::Damaged { kind: KIND.to_owned() })?;
    let folder = name.rsplit_once('/').map_or("word", |(folder, _)| folder);
    let styles = styles(&package.text_or_nothing(&format!("{folder}/styles.xml")))?;
    let mut body = Body::new(&styles);
    let ending = walk(&main, &mut body)?;
    for part in NOTES {
        body.turn_to_notes();
        walk(&package.text_or_nothing(&format!("{folder}/{part}.xml")), &mut body)?;
    }
    let properties = properties::core(&package.text_or_nothing("docProps/core.xml"))?;
    raw(body, properties, ending == Ending::Broken || package.is_damaged).articles()
}

/// The whole document in one XML file.
fn flat(text: &str) -> Result<Vec<Parsed>, IngestError> {
    let styles = styles(text)?;
    let mut body = Body::new(&styles);
    let ending = walk(text, &mut body)?;
    body.turn_to_notes();
    walk(text, &mut body)?;
    raw(body, properties::core(text)?, ending == Ending::Broken).articles()
}

fn raw(body: Body<'_>, properties: Properties, is_damaged: bool) -> Raw {
    let mut raw = Raw::of_paragraphs(Format::Docx, "Word's own paragraphs", &body.finish());
    properties.tell(&mut raw);
    if is_damaged {
        raw.warnings.push(properties::damaged());
    }
    raw
}

/// The part that holds the body; writers may call it what they like.
fn main_part(package: &mut Package<'_>) -> String {
    struct Relations(Option<String>);
    impl Visitor for Relations {
        fn start(&mut self, element: &Element<'_>) {
            let is_main = element.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
            if self.0.is_none() && is_main {
                self.0 = element.attribute("Target");
            }
        }
        fn end(&mut self, _: Name<'_>) {}
        fn text(&mut self, _: &str) {}
    }
    let mut relations = Relations(None);
    let is_read = walk(&package.text_or_nothing("_rels/.rels"), &mut relations).is_ok();
    let named = relations.0.filter(|name| is_read && package.holds(name));
    named.map_or_else(|| "word/document.xml".to_owned(), |name| name.trim_start_matches('/').to_owned())
}

#[cfg(test)]
mod tests;
