//! A briefing as a value: all words and facts of its pages, ready to be set, and nothing of how they look.
//!
//! Every output is made of it: the typeset page, the report in HTML and Markdown, the tables, the description for those
//! who do not see the picture. What a reader wants left out is gone from here before anybody sees it. The serialized
//! form is what a template reads; `assets/templates/README.md` tells it field by field.

use jiff::civil::Date;
use serde::Serialize;

use crate::codebook::Direction;

/// What kind of page it is; each has a template of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One change: before and after.
    Shift,
    /// One theme over all its dates.
    Timeline,
    /// One phrase family, a place a line.
    Phrase,
    /// Two or three statements in columns.
    SideBySide,
    /// Themes down, dates across.
    Matrix,
    /// The articles.
    Sources,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::Shift, Self::Timeline, Self::Phrase, Self::SideBySide, Self::Matrix, Self::Sources];

    /// As on the command line and in names of templates: "side-by-side".
    pub fn name(self) -> &'static str {
        match self {
            Self::Shift => "shift",
            Self::Timeline => "timeline",
            Self::Phrase => "phrase",
            Self::SideBySide => "side-by-side",
            Self::Matrix => "matrix",
            Self::Sources => "sources",
        }
    }

    /// What it is about, inside a sentence: "these articles show no change to brief".
    pub fn thing(self) -> &'static str {
        match self {
            Self::Shift => "change",
            Self::Timeline | Self::Matrix => "theme",
            Self::Phrase => "phrase",
            Self::SideBySide => "pair of statements",
            Self::Sources => "article",
        }
    }

    /// As shown: "Side by side".
    pub fn words(self) -> &'static str {
        match self {
            Self::Shift => "Shift",
            Self::Timeline => "Timeline",
            Self::Phrase => "Phrase",
            Self::SideBySide => "Side by side",
            Self::Matrix => "Matrix",
            Self::Sources => "Sources",
        }
    }
}

/// One finding as a page, or several where it does not fit on one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Briefing {
    pub kind: Kind,
    /// A full statement.
    pub headline: String,
    /// Scope, dates, "2 of 5 articles".
    pub subtitle: String,
    pub body: Body,
    /// What the marks mean; empty where the reader wants none.
    pub key: Vec<KeyEntry>,
    /// Numbered from 1 in order of date; those that the body refers to.
    pub sources: Vec<Source>,
    /// How it was made, as whole sentences.
    pub method: String,
    /// The page in words, for those who do not see it.
    pub description: String,
    /// ISO 639-1 code of the language of its words.
    pub language: String,
    pub made: Date,
}

/// What stands between headline and sources.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(clippy::large_enum_variant, reason = "one a page: a box would save nothing and cost every reader of it")]
pub enum Body {
    Shift {
        /// `None` where the change has no earlier statement.
        before: Option<Said>,
        change: Change,
        /// `None` where the change has no later statement.
        after: Option<Said>,
    },
    Timeline {
        rows: Vec<Moment>,
    },
    Phrase {
        rows: Vec<Line>,
    },
    SideBySide {
        columns: Vec<Said>,
    },
    Matrix {
        columns: Vec<MatrixColumn>,
        rows: Vec<MatrixRow>,
    },
    Sources {
        rows: Vec<SourceRow>,
    },
}

/// A day, and how surely it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// "29 Jan 2023", "3 to 11 Sep 2017", "undated".
    pub day: String,
    /// "Jan 2023", "undated".
    pub month: String,
    /// `None` where no single day is known.
    pub iso: Option<Date>,
    /// Must *est.* stand beside it?
    pub is_estimate: bool,
}

/// A statement: who, when, and the words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    pub when: When,
    /// What stands under the day: the speaker, how the day is known.
    pub lines: Vec<String>,
    /// Number of its source.
    pub source: usize,
    pub quote: Quote,
    /// "translation", "reported", "not official": printed beside it.
    pub badges: Vec<String>,
    pub mark: Mark,
}

/// The words of a statement or of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Does it stand in quotation marks? Reported words do not.
    pub is_quoted: bool,
    /// Was something left out before the first word?
    pub is_cut_before: bool,
    /// Was something left out after the last word?
    pub is_cut_after: bool,
    /// With the spaces between them, and without quotation marks around them.
    pub segments: Vec<Segment>,
}

/// A stretch of words that is set in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Segment {
    pub text: String,
    pub role: Role,
}

/// Why words look as they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Plain,
    /// In both statements.
    Kept,
    /// In the older statement alone.
    OnlyBefore,
    /// In the newer statement alone.
    OnlyAfter,
    /// Carries force, or a condition.
    Strong,
    /// The phrase that comes back.
    Shared,
    /// Taken out by the reader; its text says only that.
    Redacted,
}

/// A change between two statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// "Reframed".
    pub label: String,
    /// Why, as a short clause: "same formula, other object".
    pub reason: String,
    /// "automatic", "low confidence".
    pub badges: Vec<String>,
    /// Does the newer statement set a condition the older one did not?
    pub is_conditional: bool,
}

/// A mark of a statement in a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Mark {
    /// 0 to 5.
    pub force: u8,
    pub direction: Option<Direction>,
    /// A disc where it is quoted, a ring where it is reported.
    pub is_quoted: bool,
    /// A dashed ring where the voice is not official.
    pub is_official: bool,
}

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Moment {
    Said(Said),
    /// An article that does not touch the theme.
    NotObserved {
        when: When,
        source: usize,
    },
    /// Time without an article: "4 years 9 months".
    Gap {
        label: String,
    },
}

/// One place of a phrase in its context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `None` where the line above is of the same article.
    pub when: Option<When>,
    pub source: usize,
    /// The words before it, in order; as many as fit are shown, the nearest first.
    pub before: Vec<String>,
    /// The words of the place itself.
    pub phrase: Quote,
    /// The words after it, in order.
    pub after: Vec<String>,
    /// Does the first word after it follow without a space, as a full stop does?
    pub is_after_joined: bool,
    /// Does the place follow the last word before it without a space, as it follows an opening quotation mark?
    pub is_before_joined: bool,
    /// Is `before` all that stands before it in its sentence?
    pub is_before_whole: bool,
    /// Is `after` all that stands after it in its sentence?
    pub is_after_whole: bool,
    /// How it is like the others.
    pub likeness: Likeness,
}

/// How a place is like the phrase it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// Word for word.
    Verbatim,
    /// Another order, a gap, another form of a word.
    Near,
    /// Another name of the same thing.
    Alias,
}

/// A date of a matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatrixColumn {
    pub when: When,
    /// Numbers of the sources of that date.
    pub sources: Vec<usize>,
}

/// A theme of a matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatrixRow {
    pub label: String,
    /// One for each column: the most forceful official statement, `None` where the theme is not observed.
    pub cells: Vec<Option<Mark>>,
}

/// A line of the table of articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceRow {
    /// Number of the source.
    pub number: usize,
    pub when: When,
    /// How the day is known: "3 to 11 Sep, from events named", "stated, 09:12".
    pub basis: String,
    /// Outlet, else file name.
    pub outlet: String,
    pub is_outlet_entered: bool,
    /// "translation", the by-line where it is wanted.
    pub notes: Vec<String>,
    pub headline: String,
    /// Words in title, headings and body.
    pub n_words: usize,
}

/// An article the page refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    pub number: usize,
    /// Outlet, else file name.
    pub outlet: String,
    /// Did a reader enter the outlet, with no word of the text that says so?
    pub is_outlet_entered: bool,
    pub headline: String,
    /// The by-line, `None` where it is not wanted or not known.
    pub author: Option<String>,
    pub when: When,
    /// "translation".
    pub notes: Vec<String>,
    /// Words of it that the page quotes.
    pub n_quoted_words: usize,
}

/// A line of the key to the marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum KeyEntry {
    /// Words set like this.
    Words { role: Role, label: String },
    /// An underline like this.
    Line { likeness: Likeness, label: String },
    /// A sign like this.
    Sign { direction: Direction, label: String },
    /// Discs from the one force to the other.
    Force { from: u8, to: u8, label: String },
    /// A ring instead of a disc.
    Reported { label: String },
    /// A dashed ring.
    NotOfficial { label: String },
    /// The small grey ring.
    NotObserved { label: String },
    /// A badge with this word.
    Badge { label: String },
}

impl KeyEntry {
    pub fn label(&self) -> &str {
        match self {
            Self::Words { label, .. }
            | Self::Line { label, .. }
            | Self::Sign { label, .. }
            | Self::Force { label, .. }
            | Self::Reported { label }
            | Self::NotOfficial { label }
            | Self::NotObserved { label }
            | Self::Badge { label } => label,
        }
    }
}

impl Quote {
    /// The words alone, as printed between the quotation marks, with the ellipses where something was left out.
    pub fn words(&self) -> String {
        let before = if self.is_cut_before { "… " } else { "" };
        let after = if self.is_cut_after { " …" } else { "" };
        let words: String = self.segments.iter().map(|segment| segment.text.as_str()).collect();
        format!("{before}{words}{after}")
    }

    /// As [`words`](Self::words), in quotation marks where it is quoted.
    pub fn cited(&self) -> String {
        if self.is_quoted { format!("“{}”", self.words()) } else { self.words() }
    }
}
