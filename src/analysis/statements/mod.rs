//! Who said what: statements with their content, cue, speaker, actor, day, themes, act, force and direction.
//!
//! Quotes are paired inside a paragraph, cues are read with the grammar around them, speakers are looked up in the
//! codebook's actor table, and the content alone is coded. Every step leaves its rule id.

mod anaphora;
pub mod by_hand;
mod clauses;
mod codes;
mod contents;
pub mod emphasis;
pub(in crate::analysis) mod english;
mod frames;
mod kept;
mod lexicon;
mod loose;
mod memory;
mod nouns;
mod phrases;
mod quotes;
mod repeats;
mod reports;
mod rules;
mod said;
mod speakers;
mod speech;
mod stand_ins;
mod subjects;
mod tags;
mod titles;
mod units;
mod voices;
mod words;

pub use kept::Kept;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::{Cancelled, Progress, StatementId};
use crate::codebook::{Codebook, CueTier, Direction};
use crate::document::{Corpus, Document, DocumentId};
use crate::text::ByteRange;
use lexicon::Lexicon;
use reports::Report;
use units::Unit;
use words::Words;

/// What an article says somebody said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Directions on the themes after the first, in their order.
    pub further_directions: Vec<Option<Direction>>,
    pub hedges: Vec<ByteRange>,
    pub conditions: Vec<ByteRange>,
    /// The statement this one tells again.
    pub same_as: Option<StatementId>,
    /// The reader's decision that it comes from, `None` where it stands as a rule found it.
    pub revision: Option<StatementId>,
}

impl Statement {
    /// The direction on one of its themes, `None` on a theme it does not have.
    pub fn direction_on(&self, theme: &str) -> Option<Direction> {
        match self.themes.iter().position(|known| known == theme)? {
            0 => self.direction,
            place => self.further_directions.get(place - 1).copied().flatten(),
        }
    }

    /// From the first to the last byte of the content.
    pub fn extent(&self) -> ByteRange {
        let first = self.content.first().copied().unwrap_or_default();
        self.content.last().map_or(first, |last| first.cover(*last))
    }
}

/// How the words are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quotation {
    Direct,
    /// Reported speech that holds quoted words.
    Partial,
    Indirect,
}

/// Why a statement is given to its speaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    Kept::default().find_statements(corpus, codebook, tier, progress)
}

/// Articles in another language than the codebook's are not read: its cues would only mislead.
fn is_readable(document: &Document, codebook: &Codebook) -> bool {
    let language = document.language.as_deref();
    codebook.language.is_empty() || language.is_none_or(|language| language == codebook.language)
}

fn read_document(document: &Document, lexicon: &Lexicon<'_>) -> Vec<Statement> {
    if !is_readable(document, lexicon.codebook) {
        return Vec::new();
    }
    let words = Words::new(document);
    let mut statements: Vec<Statement> = Vec::new();
    for report in reports::find_reports(document, &words, lexicon) {
        for unit in units::cut(&words, lexicon, &report) {
            statements.push(statement(document, &words, lexicon, &report, unit));
        }
    }
    statements.sort_by_key(|statement| (statement.extent().start, statement.extent().end));
    statements.dedup_by_key(|statement| statement.id);
    take_up_themes(&words, lexicon, &mut statements);
    repeats::join_repeats(&words, &mut statements);
    statements
}

/// Codes the statements that only point back to a theme.
fn take_up_themes(words: &Words<'_>, lexicon: &Lexicon<'_>, statements: &mut [Statement]) {
    for (idx, source) in anaphora::antecedents(words, statements).into_iter().enumerate() {
        let theme = source.and_then(|source| statements.get(source)).and_then(|source| source.themes.first()).cloned();
        let (Some(theme), Some(statement)) = (theme, statements.get_mut(idx)) else { continue };
        let theme_idx = lexicon.codebook.themes.iter().position(|known| known.id == theme);
        statement.direction = theme_idx.and_then(|idx| codes::direction(words, lexicon, idx, &statement.content));
        statement.themes = vec![theme];
        let codes = codes::code(words, lexicon, &statement.content);
        let cue_idx = statement.cue.first().and_then(|cue| lexicon.cue_at(words, *cue));
        let (act, force) = codes::act(lexicon, &codes, cue_idx);
        (statement.act, statement.force) = (Some(act), Some(force));
    }
}

fn statement(document: &Document, words: &Words<'_>, lexicon: &Lexicon<'_>, report: &Report, unit: Unit) -> Statement {
    let codebook = lexicon.codebook;
    let speaker = report.speaker.as_ref();
    let actor = speaker.and_then(|speaker| speaker.actor_idx).and_then(|idx| codebook.actors.get(idx));
    let codes = unit.codes;
    let themes: Vec<String> =
        codes.themes.iter().filter_map(|&idx| codebook.themes.get(idx)).map(|theme| theme.id.clone()).collect();
    let coded = (!themes.is_empty()).then(|| codes::act(lexicon, &codes, report.cue_idx));
    let (act, force) = coded.map_or((None, None), |(act, force)| (Some(act), Some(force)));
    let direction = codes.themes.first().and_then(|&idx| codes::direction(words, lexicon, idx, &unit.content));
    let further_directions =
        (codes.themes.iter().skip(1)).map(|&idx| codes::direction(words, lexicon, idx, &unit.content)).collect();
    let (said, said_is_estimate) = said::day_said(document, words, report.sentence, &report.content);
    Statement {
        id: statement_id(document, &unit.content),
        document: document.id,
        quotation: report.quotation,
        content: unit.content,
        cue: report.cue.clone(),
        speaker: report.speaker_words.clone(),
        actor: actor.map(|actor| actor.id.clone()),
        person: speaker.and_then(|speaker| speaker.person.clone()),
        is_official: speaker.is_some_and(|speaker| speaker.is_official),
        attribution: Attribution {
            rule: report.rule.to_owned(),
            confidence: report.confidence * speaker.map_or(0.5, |speaker| speaker.confidence),
            chain: speaker.map(|speaker| speaker.chain.clone()).unwrap_or_default(),
        },
        said,
        said_is_estimate,
        themes,
        act,
        force,
        direction,
        further_directions,
        hedges: codes.hedges,
        conditions: codes.conditions,
        same_as: None,
        revision: None,
    }
}

/// Document, places and words.
fn statement_id(document: &Document, content: &[ByteRange]) -> StatementId {
    let mut parts = vec![document.id.to_string()];
    for range in content {
        parts.push(format!("{}-{}", range.start, range.end));
        parts.push(range.of(&document.text).to_owned());
    }
    StatementId::of(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::words::{Word, Words};
    use crate::document::{BlockKind, Document, DocumentId};
    use crate::text::ByteRange;

    /// An article whose lines are body blocks.
    pub(super) fn document(text: &str) -> Document {
        Document::of_lines(DocumentId(1), text)
    }

    /// The words of a text of one block.
    pub(super) fn words(text: &str) -> Vec<Word> {
        Words::new(&document(text)).all
    }

    #[test]
    fn only_readable_blocks_have_words() {
        let mut document = document("One line.\nAnother line.");
        document.blocks[0].kind = BlockKind::Caption;
        let words = Words::new(&document);
        assert_eq!(words.all.len(), 2);
        assert_eq!(words.bytes(&(0..2)), Some(ByteRange::new(10, 22)));
    }
}
