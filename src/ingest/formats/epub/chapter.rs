//! One chapter: XHTML to paragraphs.

use trafilatura::dom::{Document as Page, NodeId};

use super::super::builder::{Builder, Kind, Role};
use super::super::html::{check_depth, is_block};
use super::super::xml::{Element, Ending, Name, Visitor, walk};
use crate::ingest::IngestError;

/// Elements whose words are not shown, or stand above others (ruby).
const HIDDEN: &[&str] =
    &["head", "script", "style", "svg", "template", "noscript", "rt", "rp", "iframe", "object", "audio", "video"];

/// Reads a chapter.
///
/// # Errors
/// [`IngestError::TooDeep`] above the cap on depth.
pub(super) fn read(text: &str) -> Result<Builder, IngestError> {
    let mut chapter = Chapter::default();
    if walk(text, &mut chapter)? == Ending::Whole {
        return Ok(chapter.builder);
    }
    check_depth(text)?;
    let page = Page::parse(text);
    let mut chapter = Chapter::default();
    chapter.node(&page, page.root());
    Ok(chapter.builder)
}

#[derive(Default)]
struct Chapter {
    builder: Builder,
    /// What the open elements make of a paragraph: headings and captions.
    roles: Vec<Role>,
    n_hidden: usize,
    /// White space counts in here.
    n_verbatim: usize,
}

impl Chapter {
    /// Recursion is no deeper than the page, which was checked.
    fn node(&mut self, page: &Page, id: NodeId) {
        if page.is_text(id) {
            return self.words(&page.text_content(id));
        }
        let tag = page.tag_name(id).to_owned();
        self.open(&tag);
        for child in page.child_nodes(id) {
            self.node(page, child);
        }
        self.close(&tag);
    }

    fn open(&mut self, name: &str) {
        self.n_hidden += usize::from(HIDDEN.contains(&name));
        self.n_verbatim += usize::from(name == "pre");
        if let Some(role) = role(name) {
            self.end_paragraph();
            self.roles.push(role);
        } else if is_block(name) || name == "hr" {
            self.end_paragraph();
        }
        match name {
            "br" => self.line_break(),
            "tr" => {
                self.end_paragraph();
                self.builder.open(Kind::Row);
            }
            "td" | "th" => {
                self.end_paragraph();
                self.builder.open(Kind::Cell);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        self.n_hidden = self.n_hidden.saturating_sub(usize::from(HIDDEN.contains(&name)));
        self.n_verbatim = self.n_verbatim.saturating_sub(usize::from(name == "pre"));
        if is_block(name) || name == "hr" {
            self.end_paragraph();
        }
        if role(name).is_some() {
            self.roles.pop();
        }
        match name {
            "tr" => self.builder.close(Kind::Row),
            "td" | "th" => self.builder.close(Kind::Cell),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.n_hidden > 0 {
            return;
        }
        if !self.builder.is_in_paragraph() {
            if words.trim().is_empty() {
                return;
            }
            self.builder.open(Kind::Paragraph);
            self.builder.set_role(self.roles.last().copied().unwrap_or_default());
        }
        if self.n_verbatim > 0 {
            self.builder.push(words);
        } else {
            self.builder.push_folded(words);
        }
    }

    fn line_break(&mut self) {
        if self.n_hidden == 0 && self.builder.is_in_paragraph() {
            self.builder.push("\n");
        }
    }

    fn end_paragraph(&mut self) {
        if self.builder.is_in_paragraph() {
            self.builder.close(Kind::Paragraph);
        }
    }
}

fn role(name: &str) -> Option<Role> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(Role::Heading(level - b'0')),
        b"figcaption" | b"caption" => Some(Role::Caption),
        _ => None,
    }
}

impl Visitor for Chapter {
    fn start(&mut self, element: &Element<'_>) {
        match element.name {
            ("html" | "", name) => self.open(name),
            // Drawings bring their own words.
            (_, "svg") => self.open("svg"),
            _ => {}
        }
    }

    fn end(&mut self, name: Name<'_>) {
        match name {
            ("html" | "", name) => self.close(name),
            (_, "svg") => self.close("svg"),
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        self.words(words);
    }
}
