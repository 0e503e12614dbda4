//! The codebook: what the program knows of actors, names, themes, verbs of saying, and dated facts.
//!
//! One TOML file, replaceable: a reader who studies another institution writes another codebook and needs no new
//! program. What any codebook in a language needs (verbs of saying, acts, offices) stands in a base that it names and
//! adds to. This module only parses, checks and edits text; it knows no file and no statement. An error names its line.

mod actors;
mod base;
mod built_in;
mod check;
mod chronology;
pub mod edit;
mod lint;
mod themes;
mod wordings;
mod written;

pub use actors::{Actor, AliasGroup, LookAlike, Officer, Offices};
pub use built_in::{BUILT_INS, BuiltIn, TEMPLATE, built_in_named};
pub use check::CodebookError;
pub use chronology::{Chronology, Event, Fact, Membership, Occasion, Office, Series};
pub use lint::CodebookWarning;
pub use themes::{Act, Cue, CueFrame, CueTier, Direction, DirectionRule, Hedges, Theme, ThemeTerm};
pub use wordings::{HeldWordings, WordingIndex};

use serde::Deserialize;

use written::place;

/// Everything the program knows beyond the words of an article.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// Shown in the window and printed on exports.
    pub name: String,
    /// ISO 639-1 code of the language its words are in.
    pub language: String,
    /// Name of the built-in entries it adds to, such as "english"; `None` where it brings all of its own.
    #[serde(default)]
    pub base: Option<String>,
    /// Id of the actor it is about; `None` where it is about none more than about others.
    #[serde(default)]
    pub subject: Option<String>,
    /// Institutions, states and groups that speak.
    #[serde(default)]
    pub actors: Vec<Actor>,
    /// Nouns of offices, such as "minister".
    #[serde(default)]
    pub offices: Offices,
    /// Other names and spellings of one thing; they count as equal when words are compared.
    #[serde(default)]
    pub aliases: Vec<AliasGroup>,
    /// Phrases that look like an actor and are none of it.
    #[serde(default)]
    pub look_alikes: Vec<LookAlike>,
    #[serde(default)]
    pub themes: Vec<Theme>,
    /// Verbs and turns that report what somebody said.
    #[serde(default)]
    pub cues: Vec<Cue>,
    /// What a statement does, with its force.
    #[serde(default)]
    pub acts: Vec<Act>,
    #[serde(default)]
    pub hedges: Hedges,
    #[serde(default)]
    pub chronology: Chronology,
    /// First 12 hexadecimal digits of the SHA-256 of its base and the file, printed on every export.
    #[serde(skip)]
    pub hash: String,
}

impl Codebook {
    /// Reads a codebook from TOML.
    ///
    /// # Errors
    /// The first of [`check`](Self::check): [`CodebookError::Syntax`] where the text is not TOML of this shape,
    /// [`CodebookError::Meaning`] where an entry contradicts another (an unknown act, a force above 5, an interval that
    /// ends before it starts). Both name the line.
    pub fn parse(toml: &str) -> Result<Self, CodebookError> {
        let (read, _, mut errors) = Self::read(toml);
        if errors.is_empty() { Ok(read) } else { Err(errors.swap_remove(0)) }
    }

    /// Reads a codebook and tells everything that is wrong with it or looks so, each in order of line.
    ///
    /// ```
    /// let toml = "name = \"Harbor\"\nlanguage = 3\n[[actors]]\nid = \"Board\"\nnames = \"the Board\"\n";
    /// let checked = throughline::codebook::Codebook::check(toml);
    /// let lines: Vec<usize> = checked.errors.iter().map(|error| error.line()).collect();
    /// assert_eq!(lines, [2, 5]);
    /// ```
    pub fn check(toml: &str) -> Checked {
        let (codebook, written, errors) = Self::read(toml);
        let warnings = lint::lint(&codebook, &written);
        Checked { codebook: errors.is_empty().then_some(codebook), errors, warnings }
    }

    /// What can be read, where it is written, and what is wrong, in order of line.
    fn read(toml: &str) -> (Self, written::Written<'_>, Vec<CodebookError>) {
        let (written, mut codebook, mut errors) = written::read(toml);
        let base = base::lay_under(&mut codebook).unwrap_or_else(|message| {
            errors.push(CodebookError::Meaning { line: written.line(place!["base"]), message });
            ""
        });
        errors.extend(check::check(&codebook, &written));
        errors.sort_by_key(CodebookError::line);
        codebook.hash = short_hash(&[base.as_bytes(), toml.as_bytes()].concat());
        (codebook, written, errors)
    }

    /// The codebook that comes with the program.
    ///
    /// ```
    /// let codebook = throughline::codebook::Codebook::built_in();
    /// assert!(codebook.themes.iter().any(|theme| theme.id == "sanctions_pressure"));
    /// ```
    pub fn built_in() -> Self {
        // A test parses the built-in files, so the default never shows.
        BUILT_INS.first().and_then(|first| built_in_named(first.name)).unwrap_or_default()
    }

    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }

    pub fn act(&self, id: &str) -> Option<&Act> {
        self.acts.iter().find(|act| act.id == id)
    }

    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.id == id)
    }
}

/// A codebook that was read with all that is to be told of it.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Checked {
    /// `None` where there are errors.
    pub codebook: Option<Codebook>,
    /// Why it cannot be used, in order of line.
    pub errors: Vec<CodebookError>,
    /// What will not do what its writer may think, in order of line.
    pub warnings: Vec<CodebookWarning>,
}

fn short_hash(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
