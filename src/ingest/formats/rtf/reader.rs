//! Follows the words of an RTF file through its groups.

mod letters;

use std::collections::BTreeMap;

use encoding_rs::{Encoding as Charset, WINDOWS_1252};
use jiff::civil::Date;

use super::charsets::{FontCharset, of_code_page, of_font};
use super::destinations::{Destination, is_frame, of_word};
use super::tokens::{Token, Tokens};
use crate::ingest::IngestError;
use crate::ingest::formats::builder::{Builder, Kind, Role};
use crate::ingest::formats::flow::Paragraph;
use crate::ingest::formats::properties::{Properties, is_somebody};

/// Groups inside each other; the stack is on the heap, so this bounds memory alone. Files that forget to close groups
/// by the hundred still read.
const MAX_GROUPS: usize = 5000;

/// What was read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) properties: Properties,
    /// Name of the file's code page.
    pub(super) encoding: String,
    /// Groups are left open at the end.
    pub(super) is_cut: bool,
}

/// What holds inside a group, and ends with it.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    destination: Destination,
    font: i32,
    style: i32,
    outline: Option<u8>,
    /// How many characters after `\u` stand for it in old readers.
    n_fallback: usize,
    is_in_table: bool,
    is_hidden: bool,
    is_deleted: bool,
    /// Nothing but the opening brace, or `\*`, was seen of it.
    is_new: bool,
    is_optional: bool,
    /// It opened a note or a text box.
    has_frame: bool,
}

#[derive(Clone, Debug, Default)]
struct Font {
    name: String,
    charset: Option<i32>,
    code_page: Option<i32>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    outline: Option<u8>,
}

/// What is open in the body, or in a note or text box.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    has_row: bool,
    has_paragraph: bool,
}

struct Reader {
    groups: Vec<Group>,
    group: Group,
    places: Vec<Place>,
    place: Place,
    builder: Builder,
    fonts: BTreeMap<i32, Font>,
    styles: BTreeMap<i32, Style>,
    properties: Properties,
    days: [DayParts; 2],
    code_page: &'static Charset,
    /// Letters above ASCII that stand in the file as they are, are UTF-8.
    is_raw_utf_8: bool,
    has_other_charsets: bool,
    /// Bytes of letters that wait to be decoded together, with their charset.
    waiting: Vec<u8>,
    waiting_charset: &'static Charset,
    high_surrogate: Option<u16>,
    n_to_skip: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct DayParts {
    year: i32,
    month: i32,
    day: i32,
}

impl DayParts {
    fn date(self) -> Option<Date> {
        Date::new(i16::try_from(self.year).ok()?, i8::try_from(self.month).ok()?, i8::try_from(self.day).ok()?).ok()
    }
}

/// Reads a file.
///
/// # Errors
/// [`IngestError::TooDeep`] above [`MAX_GROUPS`].
pub(super) fn read(bytes: &[u8]) -> Result<Reading, IngestError> {
    let mut reader = Reader::new(bytes);
    for token in Tokens::new(bytes) {
        match token {
            Token::Open => {
                if reader.groups.len() >= MAX_GROUPS {
                    return Err(IngestError::TooDeep { depth: reader.groups.len() + 1 });
                }
                reader.open();
            }
            Token::Close => reader.close(),
            Token::Symbol(b'*') => reader.group.is_optional = true,
            Token::Symbol(symbol) => reader.symbol(symbol),
            Token::Word(word, number) => reader.word(word, number),
            Token::Byte(byte) => reader.escaped(byte),
            Token::Bytes(bytes) => reader.bytes(bytes),
        }
    }
    Ok(reader.finish())
}

impl Reader {
    fn new(bytes: &[u8]) -> Self {
        Self {
            groups: Vec::new(),
            group: Group { n_fallback: 1, ..Group::default() },
            places: Vec::new(),
            place: Place::default(),
            builder: Builder::default(),
            fonts: BTreeMap::new(),
            styles: BTreeMap::new(),
            properties: Properties::default(),
            days: [DayParts::default(); 2],
            code_page: WINDOWS_1252,
            is_raw_utf_8: !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok(),
            has_other_charsets: false,
            waiting: Vec::new(),
            waiting_charset: WINDOWS_1252,
            high_surrogate: None,
            n_to_skip: 0,
        }
    }

    fn finish(mut self) -> Reading {
        self.flush();
        let is_cut = !self.groups.is_empty();
        self.properties.created = self.days[0].date();
        self.properties.modified = self.days[1].date();
        self.properties.author = self.properties.author.filter(|name| is_somebody(name));
        let trimmed =
            |words: Option<String>| words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        self.properties.author = trimmed(self.properties.author);
        self.properties.title = trimmed(self.properties.title);
        Reading {
            paragraphs: self.builder.finish(),
            properties: self.properties,
            encoding: self.code_page.name().to_ascii_lowercase(),
            is_cut,
        }
    }

    fn open(&mut self) {
        self.flush();
        self.n_to_skip = 0;
        self.groups.push(self.group);
        self.group = Group { is_new: true, is_optional: false, has_frame: false, ..self.group };
    }

    fn close(&mut self) {
        self.flush();
        self.n_to_skip = 0;
        // The last brace of all closes the file; what follows is read as if it had not.
        let Some(outer) = self.groups.pop() else { return };
        if self.group.has_frame {
            self.end_paragraph();
            self.end_row();
            if self.group.destination == Destination::Note {
                self.builder.close(Kind::Note);
            }
            self.place = self.places.pop().unwrap_or_default();
        }
        self.group = outer;
    }

    /// A control word: a destination at the start of a group, else a property or a character.
    fn word(&mut self, word: &str, number: Option<i32>) {
        if word == "u" {
            return self.unicode(number.unwrap_or_default());
        }
        // What stands for a character of `\u` is a character; a careless writer leaves it out, and `\par` follows.
        if std::mem::take(&mut self.n_to_skip) > 0 && character(word).is_some() {
            return;
        }
        let outer = self.groups.last().map_or(Destination::Body, |outer| outer.destination);
        if let Some(destination) = of_word(word, outer).filter(|_| self.group.is_new || word == "fonttbl") {
            self.enter(destination);
        } else if self.group.is_new && self.group.is_optional && !is_frame(word) {
            self.enter(Destination::Nothing);
        }
        self.group.is_new = false;
        match self.group.destination {
            Destination::Nothing => {}
            Destination::Fonts => self.font_word(word, number),
            Destination::Styles => self.style_word(word, number),
            Destination::Created => self.day_word(0, word, number),
            Destination::Modified => self.day_word(1, word, number),
            _ => self.body_word(word, number),
        }
    }

    fn enter(&mut self, destination: Destination) {
        self.flush();
        self.group.destination = destination;
        if matches!(destination, Destination::Note | Destination::TextBox) {
            self.group.has_frame = true;
            self.group.is_in_table = false;
            self.group.style = 0;
            self.group.outline = None;
            self.places.push(std::mem::take(&mut self.place));
            if destination == Destination::Note {
                self.builder.open(Kind::Note);
            }
        }
    }

    fn font_word(&mut self, word: &str, number: Option<i32>) {
        let Some(number) = number else { return };
        match word {
            "f" => {
                self.flush();
                self.group.font = number;
                self.fonts.insert(number, Font::default());
            }
            "fcharset" => {
                self.has_other_charsets |= matches!(of_font(number), FontCharset::Other(_));
                self.fonts.entry(self.group.font).or_default().charset = Some(number);
            }
            "cpg" => self.fonts.entry(self.group.font).or_default().code_page = Some(number),
            _ => {}
        }
    }

    fn style_word(&mut self, word: &str, number: Option<i32>) {
        match (word, number) {
            ("s", Some(number)) => self.group.style = number,
            // Styles of characters, tables and sections have numbers of their own.
            ("cs" | "ts" | "ds", _) => self.group.destination = Destination::Nothing,
            ("outlinelevel", Some(level)) => {
                self.styles.entry(self.group.style).or_default().outline = u8::try_from(level).ok();
            }
            _ => {}
        }
    }

    fn day_word(&mut self, which: usize, word: &str, number: Option<i32>) {
        let (Some(number), Some(day)) = (number, self.days.get_mut(which)) else { return };
        match word {
            "yr" => day.year = number,
            "mo" => day.month = number,
            "dy" => day.day = number,
            _ => {}
        }
    }

    fn body_word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        match word {
            "par" | "sect" | "page" | "column" | "nestcell" | "nestrow" => self.end_paragraph(),
            "pard" => {
                (self.group.style, self.group.outline, self.group.is_in_table) = (0, None, false);
            }
            "plain" => (self.group.is_hidden, self.group.is_deleted) = (false, false),
            "s" => self.group.style = number.unwrap_or_default(),
            "outlinelevel" => self.group.outline = number.and_then(|level| u8::try_from(level).ok()),
            "intbl" => self.group.is_in_table = true,
            "cell" => self.end_cell(),
            "row" => {
                self.end_paragraph();
                self.end_row();
            }
            "v" => {
                self.flush();
                self.group.is_hidden = is_on;
            }
            "deleted" => {
                self.flush();
                self.group.is_deleted = is_on;
            }
            "f" => {
                self.flush();
                self.group.font = number.unwrap_or_default();
            }
            "deff" => self.group.font = number.unwrap_or_default(),
            "uc" => self.group.n_fallback = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(16),
            "ansicpg" => self.code_page = number.and_then(of_code_page).unwrap_or(self.code_page),
            "mac" => self.code_page = encoding_rs::MACINTOSH,
            _ => {
                if let Some(words) = character(word) {
                    self.say(words);
                }
            }
        }
    }

    fn symbol(&mut self, symbol: u8) {
        if !matches!(symbol, b'\r' | b'\n') && self.skips_one() {
            return;
        }
        self.group.is_new = false;
        match symbol {
            b'~' => self.say("\u{a0}"),
            b'_' => self.say("-"),
            b'\\' => self.bytes(b"\\"),
            b'{' => self.bytes(b"{"),
            b'}' => self.bytes(b"}"),
            b'\r' | b'\n' if self.is_body() => self.end_paragraph(),
            b'\t' => self.say("\t"),
            _ => {}
        }
    }

    fn is_body(&self) -> bool {
        matches!(self.group.destination, Destination::Body | Destination::Note | Destination::TextBox)
    }

    /// Are words at this place read at all?
    fn is_read(&self) -> bool {
        !matches!(self.group.destination, Destination::Nothing | Destination::Created | Destination::Modified)
    }

    /// Puts words where they belong.
    fn put(&mut self, words: &str) {
        match self.group.destination {
            Destination::Fonts => self.fonts.entry(self.group.font).or_default().name.push_str(words),
            Destination::Styles => self.styles.entry(self.group.style).or_default().name.push_str(words),
            Destination::Title => self.properties.title.get_or_insert_default().push_str(words),
            Destination::Author => self.properties.author.get_or_insert_default().push_str(words),
            _ if self.is_body() && !self.group.is_hidden && !self.group.is_deleted => {
                self.start_paragraph();
                self.builder.push(words);
            }
            _ => {}
        }
    }

    fn start_paragraph(&mut self) {
        if self.place.has_paragraph {
            return;
        }
        if self.group.is_in_table {
            self.start_row();
        } else {
            self.end_row();
        }
        self.builder.open(Kind::Paragraph);
        self.place.has_paragraph = true;
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if std::mem::take(&mut self.place.has_paragraph) {
            self.builder.set_role(self.role());
            self.builder.close(Kind::Paragraph);
        }
    }

    fn start_row(&mut self) {
        if !std::mem::replace(&mut self.place.has_row, true) {
            self.builder.open(Kind::Row);
            self.builder.open(Kind::Cell);
        }
    }

    fn end_cell(&mut self) {
        self.end_paragraph();
        self.start_row();
        self.builder.close(Kind::Cell);
        self.builder.open(Kind::Cell);
    }

    fn end_row(&mut self) {
        if std::mem::take(&mut self.place.has_row) {
            self.builder.close(Kind::Row);
        }
    }

    fn role(&self) -> Role {
        let style = self.styles.get(&self.group.style);
        let named = style.and_then(|style| Role::of_style(style.name.split(';').next().unwrap_or_default()));
        let level = self.group.outline.or_else(|| style?.outline);
        named.filter(|&role| role != Role::Body).or_else(|| level.map(Role::of_level)).unwrap_or_default()
    }
}

/// Characters that have a word of their own.
fn character(word: &str) -> Option<&'static str> {
    Some(match word {
        "line" | "lbr" | "softline" => "\n",
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}
