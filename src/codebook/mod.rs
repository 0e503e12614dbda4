//! The codebook: what the program knows of actors, names, themes, verbs of saying, and dated facts.
//!
//! One TOML file, replaceable: a reader who studies another institution writes another codebook and needs no new
//! program. What any codebook in a language needs (verbs of saying, acts, offices) stands in a base that it names and
//! adds to. This module only parses; it knows no file and no statement. An error names its line.

mod actors;
mod base;
mod check;
mod chronology;
mod themes;
mod wordings;

pub use actors::{Actor, AliasGroup, LookAlike, Officer, Offices};
pub use check::CodebookError;
pub use chronology::{Chronology, Event, Fact, Membership, Occasion, Office, Series};
pub use themes::{Act, Cue, CueFrame, CueTier, Direction, DirectionRule, Hedges, Theme, ThemeTerm};
pub use wordings::{HeldWordings, WordingIndex};

use serde::Deserialize;

/// The codebook that comes with the program, on NATO and North Korea.
const BUILT_IN: &str = include_str!("../../assets/codebooks/nato-dprk.toml");

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
    /// [`CodebookError::Syntax`] where the text is not TOML of this shape, [`CodebookError::Meaning`] where an entry
    /// contradicts another (an unknown theme id, a force above 5, an interval that ends before it starts). Both name
    /// the line.
    pub fn parse(toml: &str) -> Result<Self, CodebookError> {
        let mut codebook: Self = toml::from_str(toml).map_err(|error| CodebookError::syntax(toml, &error))?;
        let base = base::lay_under(&mut codebook, toml)?;
        check::check(&codebook, toml)?;
        codebook.hash = short_hash(&[base.as_bytes(), toml.as_bytes()].concat());
        Ok(codebook)
    }

    /// The codebook that comes with the program.
    ///
    /// ```
    /// let codebook = throughline::codebook::Codebook::built_in();
    /// assert!(codebook.themes.iter().any(|theme| theme.id == "sanctions_pressure"));
    /// ```
    pub fn built_in() -> Self {
        // A test parses the built-in file, so the default never shows.
        Self::parse(BUILT_IN).unwrap_or_default()
    }

    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }

    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.id == id)
    }
}

fn short_hash(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_codebook_parses() {
        let codebook = Codebook::parse(BUILT_IN).unwrap_or_else(|error| panic!("{error}"));
        assert!(!codebook.themes.is_empty());
        assert_eq!(codebook.hash.len(), 12);
    }
}
