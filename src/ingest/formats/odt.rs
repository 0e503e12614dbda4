//! Texts of OpenDocument (ISO/IEC 26300; also the flat form in a single XML file).
//!
//! Read are paragraphs, headings, lists, tables, text boxes, and notes after the body. Not read are headers and footers
//! (they stand among the styles), comments, deleted and hidden text, and what describes pictures. White space is folded
//! as the standard says. `O(n)` in the unpacked bytes.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::{Builder, Kind, Role};
use super::flow::Raw;
use super::package::Package;
use super::properties::{self, Properties};
use super::xml::{Element, Ending, Name, Visitor, decoded, walk};
use crate::document::Format;
use crate::ingest::{IngestError, Parsed};

/// How the reader knows this kind.
const KIND: &str = "OpenDocument";

/// Styles build on each other; a longer chain is a loop.
const MAX_CHAIN: usize = 16;

/// One element may stand for so many blanks at most; more is no text.
const MAX_BLANKS: usize = 80;

/// Elements whose words the page does not show, or that describe a picture.
const HIDDEN: &[Name<'_>] = &[
    ("text", "tracked-changes"),
    ("office", "annotation"),
    ("office", "forms"),
    ("text", "note-citation"),
    ("text", "ruby-text"),
    ("text", "hidden-text"),
    ("text", "hidden-paragraph"),
    ("text", "sequence-decls"),
    ("text", "variable-decls"),
    ("text", "user-field-decls"),
    ("office", "binary-data"),
    ("?", "title"),
    ("?", "desc"),
];

/// Lists that a program makes of the text.
const CONTENTS: &[Name<'_>] = &[
    ("text", "table-of-content"),
    ("text", "alphabetical-index"),
    ("text", "illustration-index"),
    ("text", "table-index"),
];

/// The articles of a text: one.
pub(super) fn articles(bytes: &[u8]) -> Result<Vec<Parsed>, IngestError> {
    if !bytes.starts_with(b"PK") {
        let text = decoded(bytes);
        return raw(&[&text], properties::core(&text)?, false)?.articles();
    }
    let mut package = Package::open(bytes, KIND)?;
    if package.text_or_nothing("META-INF/manifest.xml").contains("encryption-data") {
        return Err(IngestError::Protected);
    }
    let content = package.text("content.xml")?.ok_or_else(|| IngestError::Damaged { kind: KIND.to_owned() })?;
    let styles = package.text_or_nothing("styles.xml");
    let properties = properties::core(&package.text_or_nothing("meta.xml"))?;
    raw(&[&styles, &content], properties, package.is_damaged)?.articles()
}

fn raw(parts: &[&str], properties: Properties, is_damaged: bool) -> Result<Raw, IngestError> {
    let mut body = Body::default();
    let mut ending = Ending::Whole;
    for part in parts {
        ending = walk(part, &mut body)?;
    }
    let mut raw = Raw::of_paragraphs(Format::Odt, "the text's own paragraphs", &body.builder.finish());
    properties.tell(&mut raw);
    if is_damaged || ending == Ending::Broken {
        raw.warnings.push(properties::damaged());
    }
    Ok(raw)
}

/// What is known of a style.
#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    outline_level: Option<u8>,
    is_hidden: bool,
}

#[derive(Debug, Default)]
struct Body {
    builder: Builder,
    styles: BTreeMap<String, Style>,
    open_style: Option<(String, Style)>,
    is_in_text: bool,
    n_hidden: usize,
    /// How many tables of contents and indexes are open.
    n_contents: usize,
    /// For each open span: is it hidden by its style?
    spans: Vec<bool>,
    /// Styles that hide their text.
    hidden_styles: BTreeSet<String>,
}

impl Body {
    fn start_style(&mut self, element: &Element<'_>) {
        match element.name {
            ("style", "style") => {
                let level = element.attribute("default-outline-level").and_then(|level| level.parse().ok());
                let style =
                    Style { parent: element.attribute("parent-style-name"), outline_level: level, is_hidden: false };
                self.open_style = element.attribute("name").map(|name| (name, style));
            }
            ("style", "text-properties") if element.attribute("display").as_deref() == Some("none") => {
                if let Some((_, style)) = &mut self.open_style {
                    style.is_hidden = true;
                }
            }
            _ => {}
        }
    }

    fn end_style(&mut self) {
        let Some((name, style)) = self.open_style.take() else { return };
        if style.is_hidden {
            self.hidden_styles.insert(name.clone());
        }
        self.styles.insert(name, style);
    }

    /// What a paragraph of this style is. Names of built-in styles are the same in every language.
    fn role(&self, style_name: &str) -> Role {
        let mut name = style_name;
        for _ in 0..MAX_CHAIN {
            match name {
                "Title" => return Role::Title,
                "Subtitle" => return Role::Heading(2),
                "Caption" | "Illustration" | "Figure" => return Role::Caption,
                _ => {}
            }
            let declared = self.styles.get(name);
            let level = declared
                .and_then(|style| style.outline_level)
                .or_else(|| name.strip_prefix("Heading_20_")?.parse().ok().filter(|level| (1..=10).contains(level)));
            if let Some(level) = level.filter(|&level| level > 0) {
                return Role::Heading(level);
            }
            let Some(parent) = declared.and_then(|style| style.parent.as_deref()) else { break };
            name = parent;
        }
        Role::Body
    }

    fn start_paragraph(&mut self, element: &Element<'_>) {
        let style = element.attribute("style-name").unwrap_or_default();
        self.builder.open(Kind::Paragraph);
        let role = match (element.name.1, self.role(&style)) {
            _ if self.n_contents > 0 => Role::Contents,
            ("h", Role::Body) => {
                let level = element.attribute("outline-level").and_then(|level| level.parse().ok());
                Role::Heading(level.unwrap_or(1))
            }
            (_, role) => role,
        };
        if self.n_hidden == 0 {
            self.builder.set_role(role);
        }
        self.start_span(&style);
    }

    fn start_span(&mut self, style: &str) {
        let is_hidden = self.hidden_styles.contains(style);
        self.spans.push(is_hidden);
        self.n_hidden += usize::from(is_hidden);
    }

    fn end_span(&mut self) {
        let is_hidden = self.spans.pop().unwrap_or_default();
        self.n_hidden = self.n_hidden.saturating_sub(usize::from(is_hidden));
    }

    fn push(&mut self, words: &str) {
        if self.n_hidden == 0 {
            self.builder.push(words);
        }
    }
}

impl Visitor for Body {
    fn start(&mut self, element: &Element<'_>) {
        if !self.is_in_text {
            self.is_in_text = element.name == ("office", "text");
            return self.start_style(element);
        }
        if HIDDEN.contains(&element.name) {
            self.n_hidden += 1;
        }
        if CONTENTS.contains(&element.name) {
            self.n_contents += 1;
        }
        match element.name {
            ("text", "p" | "h") => self.start_paragraph(element),
            ("text", "span") => self.start_span(&element.attribute("style-name").unwrap_or_default()),
            ("text", "note") => self.builder.open(Kind::Note),
            ("text", "s") => {
                let n_blanks = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.push(&" ".repeat(n_blanks.min(MAX_BLANKS)));
            }
            ("text", "tab") => self.push("\t"),
            ("text", "line-break") => self.push("\n"),
            ("table", "table-row") => self.builder.open(Kind::Row),
            ("table", "table-cell") => self.builder.open(Kind::Cell),
            _ => {}
        }
    }

    fn end(&mut self, name: Name<'_>) {
        if !self.is_in_text {
            if name == ("style", "style") {
                self.end_style();
            }
            return;
        }
        if HIDDEN.contains(&name) {
            self.n_hidden = self.n_hidden.saturating_sub(1);
        }
        if CONTENTS.contains(&name) {
            self.n_contents = self.n_contents.saturating_sub(1);
        }
        match name {
            ("office", "text") => self.is_in_text = false,
            ("text", "p" | "h") => {
                self.end_span();
                self.builder.close(Kind::Paragraph);
            }
            ("text", "span") => self.end_span(),
            ("text", "note") => self.builder.close(Kind::Note),
            ("table", "table-row") => self.builder.close(Kind::Row),
            ("table", "table-cell") => self.builder.close(Kind::Cell),
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if self.is_in_text && self.n_hidden == 0 {
            self.builder.push_folded(words);
        }
    }
}

#[cfg(test)]
mod tests;
