//! The body of a Word document, and its notes: one walk that shows or hides words as Word's page does.

use std::collections::BTreeSet;

use super::super::builder::{Builder, Kind, Role};
use super::super::flow::Paragraph;
use super::super::symbols;
use super::super::xml::{Element, Name, Visitor};
use super::styles::{self, Styles};

/// Elements whose words the page does not show.
const HIDDEN: &[Name<'_>] = &[
    ("w", "del"),
    ("w", "moveFrom"),
    ("w", "delText"),
    ("w", "instrText"),
    ("w", "delInstrText"),
    ("w", "pPrChange"),
    ("w", "rPrChange"),
    // The reading of ruby characters stands above them.
    ("w", "rt"),
];

/// Elements that hold settings: a `w:tab` in them is a tab stop.
const SETTINGS: &[&str] = &["pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "tblGrid"];

/// Where a field is: its code is not shown, its result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Code,
    Result,
}

/// The walk over the body, then over the notes.
#[derive(Debug)]
pub(super) struct Body<'a> {
    styles: &'a Styles,
    builder: Builder,
    /// How many elements are open that hold what is read: the body, or a note that the body refers to.
    n_open: usize,
    n_hidden: usize,
    n_settings: usize,
    is_hidden_run: bool,
    is_hidden_paragraph: bool,
    is_in_words: bool,
    fields: Vec<Field>,
    /// For each open choice between two forms of the same thing: was one taken?
    choices: Vec<bool>,
    /// For each open form: is it one too many?
    forms: Vec<bool>,
    /// The mark at the end of the open paragraph is deleted: the next one goes on in it.
    is_joined: bool,
    is_going_on: bool,
    /// Notes that the body refers to; `None` as long as the body is read.
    wanted_notes: Option<BTreeSet<String>>,
    marked_notes: BTreeSet<String>,
}

impl<'a> Body<'a> {
    pub(super) fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            builder: Builder::default(),
            n_open: 0,
            n_hidden: 0,
            n_settings: 0,
            is_hidden_run: false,
            is_hidden_paragraph: false,
            is_in_words: false,
            fields: Vec::new(),
            choices: Vec::new(),
            forms: Vec::new(),
            is_joined: false,
            is_going_on: false,
            wanted_notes: None,
            marked_notes: BTreeSet::new(),
        }
    }

    /// From here on notes are read, those that the body refers to.
    pub(super) fn turn_to_notes(&mut self) {
        self.fields.clear();
        self.is_going_on = false;
        self.wanted_notes = Some(self.marked_notes.clone());
    }

    pub(super) fn finish(self) -> Vec<Paragraph> {
        self.builder.finish()
    }

    fn is_shown(&self) -> bool {
        self.n_open > 0
            && self.n_hidden == 0
            && self.n_settings == 0
            && !self.is_hidden_run
            && !self.is_hidden_paragraph
            && !self.fields.contains(&Field::Code)
    }

    fn push(&mut self, words: &str) {
        if self.is_shown() {
            self.builder.push(words);
        }
    }

    fn start_choice(&mut self, name: &str) {
        match name {
            "AlternateContent" => self.choices.push(false),
            "Choice" | "Fallback" => {
                let is_taken = self.choices.last_mut().is_some_and(|taken| std::mem::replace(taken, true));
                self.forms.push(is_taken);
                self.n_hidden += usize::from(is_taken);
            }
            _ => {}
        }
    }

    fn end_choice(&mut self, name: &str) {
        match name {
            "AlternateContent" => {
                self.choices.pop();
            }
            "Choice" | "Fallback" => {
                let is_taken = self.forms.pop().unwrap_or_default();
                self.n_hidden = self.n_hidden.saturating_sub(usize::from(is_taken));
            }
            _ => {}
        }
    }

    fn start_paragraph(&mut self) {
        if std::mem::take(&mut self.is_going_on) && self.builder.is_in_paragraph() {
            return;
        }
        self.builder.open(Kind::Paragraph);
    }

    fn end_paragraph(&mut self) {
        // A field may go on in the next paragraph, its code hardly ever; a broken one must not hide the rest.
        for field in &mut self.fields {
            *field = Field::Result;
        }
        self.is_hidden_paragraph = false;
        self.is_going_on = std::mem::take(&mut self.is_joined);
        if !self.is_going_on {
            self.builder.close(Kind::Paragraph);
        }
    }

    /// Ends a paragraph that waits to be joined with one that does not come.
    fn settle(&mut self) {
        if std::mem::take(&mut self.is_going_on) && self.builder.is_in_paragraph() {
            self.builder.close(Kind::Paragraph);
        }
    }

    /// A note of the notes' part; in the oldest form a note stands in the body itself.
    fn start_note(&mut self, element: &Element<'_>, name: &str) {
        match &self.wanted_notes {
            None if self.n_open > 0 => self.builder.open(Kind::Note),
            Some(wanted) if wanted.contains(&note_key(name, element)) => {
                self.n_open += 1;
                self.builder.open(Kind::Note);
            }
            _ => {}
        }
    }

    fn end_note(&mut self) {
        self.settle();
        self.builder.close(Kind::Note);
        if self.wanted_notes.is_some() {
            self.n_open = 0;
        }
    }

    /// Settings of a paragraph or a run.
    fn setting(&mut self, element: &Element<'_>, name: &str) {
        let value = || element.attribute("val").unwrap_or_default();
        match name {
            "pStyle" => {
                self.builder.set_role(self.styles.role(&value()));
                self.is_hidden_paragraph = self.styles.hides(&value());
            }
            "rStyle" if self.n_settings == 1 => self.is_hidden_run = self.styles.hides(&value()),
            "outlineLvl" => {
                let role = value().parse().map_or(Role::Body, Role::of_level);
                if role != Role::Body {
                    self.builder.set_role(role);
                }
            }
            // Settings within settings are those of the paragraph's mark.
            "vanish" if self.n_settings == 1 => self.is_hidden_run = styles::is_on(&value()),
            "del" if self.n_settings == 2 => self.is_joined = true,
            _ => {}
        }
    }

    fn start_word(&mut self, element: &Element<'_>, name: &str) {
        if self.n_settings > 0 && self.n_hidden == 0 {
            self.setting(element, name);
        }
        if HIDDEN.contains(&element.name) {
            self.n_hidden += 1;
        }
        if SETTINGS.contains(&name) {
            self.n_settings += 1;
        }
        match name {
            "p" => self.start_paragraph(),
            "r" => self.is_hidden_run = false,
            "t" => self.is_in_words = true,
            "tr" => self.builder.open(Kind::Row),
            "tc" => self.builder.open(Kind::Cell),
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let font = element.attribute("font").unwrap_or_default();
                let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(character) = code.and_then(|code| symbols::character(&font, code)) {
                    self.push(character.encode_utf8(&mut [0; 4]));
                }
            }
            "fldChar" => match element.attribute("fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::Code),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        *field = Field::Result;
                    }
                }
                Some("end") => {
                    self.fields.pop();
                }
                _ => {}
            },
            "footnoteReference" | "endnoteReference" if self.is_shown() => {
                self.marked_notes.insert(note_key(name, element));
            }
            _ => {}
        }
    }

    fn end_word(&mut self, name: &str) {
        if HIDDEN.contains(&("w", name)) {
            self.n_hidden = self.n_hidden.saturating_sub(1);
        }
        if SETTINGS.contains(&name) {
            self.n_settings = self.n_settings.saturating_sub(1);
        }
        match name {
            "p" => self.end_paragraph(),
            "r" => self.is_hidden_run = false,
            "t" => self.is_in_words = false,
            "tr" => self.builder.close(Kind::Row),
            "tc" => {
                self.settle();
                self.builder.close(Kind::Cell);
            }
            "txbxContent" => self.settle(),
            _ => {}
        }
    }
}

impl Visitor for Body<'_> {
    fn start(&mut self, element: &Element<'_>) {
        match element.name {
            ("w", "body") if self.wanted_notes.is_none() => self.n_open += 1,
            ("w", name @ ("footnote" | "endnote")) => self.start_note(element, name),
            _ if self.n_open == 0 => {}
            ("mc", name) => self.start_choice(name),
            ("m", "t") => self.is_in_words = true,
            ("w", name) => self.start_word(element, name),
            _ => {}
        }
    }

    fn end(&mut self, name: Name<'_>) {
        match name {
            ("w", "body") if self.wanted_notes.is_none() => {
                self.settle();
                self.n_open = self.n_open.saturating_sub(1);
            }
            _ if self.n_open == 0 => {}
            ("w", "footnote" | "endnote") => self.end_note(),
            ("mc", name) => self.end_choice(name),
            ("m", "t") => self.is_in_words = false,
            ("w", name) => self.end_word(name),
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if self.is_in_words && self.is_shown() {
            self.builder.push_folded(words);
        }
    }
}

/// The same for a note and for what refers to it.
fn note_key(name: &str, element: &Element<'_>) -> String {
    let kind = if name.starts_with("foot") { "foot" } else { "end" };
    format!("{kind} {}", element.attribute("id").unwrap_or_default())
}
