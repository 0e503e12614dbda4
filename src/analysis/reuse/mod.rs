//! Wording that comes back: passages reused between two articles, and phrase families over all of them.
//!
//! `streams` turn articles into keyed words (case, quotes, possessives, spelling, stem and alias folded away), a function
//! of each article alone. `families` index them and find what comes back ([`PhraseIndex`]), `pairwise` aligns two whole
//! texts, [`places()`] finds given words in all articles, [`clusters`] reads what another program found, and [`edits`] lays
//! the reader's decisions over all of it.

pub mod clusters;
pub mod edits;
mod families;
mod pairwise;
mod places;
pub(in crate::analysis) mod streams;

pub use families::{IndexError, PhraseIndex};
pub use pairwise::{Prepared, align, prepare};
pub use places::{places, whole_words};

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::{Cancelled, PhraseId, Progress};
use crate::codebook::Codebook;
use crate::document::{Corpus, Passage};
use crate::text::ByteRange;

/// The key of a word, given folded: its stem in one spelling, by the rules of English. For whoever looks words up by what
/// counts as the same word here, whatever the language of the text.
pub(crate) fn key_of_word(folded: &str) -> String {
    streams::keys::key_text(&streams::language::Language::English.stemmer(), folded)
}

/// A formula that comes back in two or more articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    pub id: PhraseId,
    /// The words of its representative, as a reader would name it: "missile and nuclear programmes".
    pub label: String,
    /// Number of words of the representative.
    pub n_words: usize,
    /// Higher is rarer and wider spread; only for ordering, no unit.
    pub weight: f32,
    /// In order of date, then of place.
    pub occurrences: Vec<Occurrence>,
    /// Number of different articles.
    pub n_documents: usize,
    /// Days of the first and the last article that has it, `None` where no article is dated.
    pub first: Option<Date>,
    pub last: Option<Date>,
}

/// One place of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    pub passage: Passage,
    pub kind: OccurrenceKind,
    /// Why it counts, in words for the reader: `same words`, `"also" between`, `DPRK for North Korea`.
    pub why: Cow<'static, str>,
}

/// How an occurrence relates to the representative of its family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OccurrenceKind {
    /// The same words, case and quote marks aside.
    Verbatim,
    /// A gap, an inflection, another spelling or another order inside a coordination.
    Near,
    /// The same words but for another name of the same thing.
    Alias,
}

/// Two passages that reuse each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReuseMatch {
    /// Place in the first document.
    pub old: ByteRange,
    /// Place in the second document.
    pub new: ByteRange,
    pub kind: ReuseKind,
    /// 0.0..=1.0, share of words that both passages hold.
    pub similarity: f32,
}

/// Two passages of two articles that reuse each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedPassage {
    /// Place in the article that is read first.
    pub old: Passage,
    /// Place in the one that is read later.
    pub new: Passage,
    pub kind: ReuseKind,
    /// 0.0..=1.0, share of words that both passages hold.
    pub similarity: f32,
}

/// How closely a passage follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReuseKind {
    Verbatim,
    Near,
    Paraphrase,
}

/// Finds the phrase families of `corpus`, heaviest first. For a corpus that changes, keep a [`PhraseIndex`].
///
/// ```
/// use std::sync::Arc;
/// use throughline::analysis::Progress;
/// use throughline::analysis::reuse::find_phrases;
/// use throughline::codebook::Codebook;
/// use throughline::document::{Corpus, Document, DocumentId};
///
/// let texts = ["We are of course worried about the ferries.", "We are of course also worried about the lighthouse."];
/// let corpus = Corpus::new((1..).zip(texts).map(|(id, text)| Arc::new(Document::of_lines(DocumentId(id), text))));
/// let phrases = find_phrases(&corpus, &Codebook::built_in(), &Progress::default())?;
/// assert_eq!(phrases[0].label, "we are of course worried about");
/// assert_eq!(phrases[0].occurrences[1].why, "“also” between");
/// # Ok::<(), throughline::analysis::Cancelled>(())
/// ```
///
/// # Errors
/// [`Cancelled`] when `progress` was cancelled.
pub fn find_phrases(corpus: &Corpus, codebook: &Codebook, progress: &Progress) -> Result<Vec<Arc<Phrase>>, Cancelled> {
    let mut index = PhraseIndex::new(codebook);
    index.add(corpus.documents());
    index.phrases(progress)
}

/// Finds the passages that two whole texts share, in order of their place in `old`. A text that stands in several pairs is
/// [`prepare`]d once and [`align`]ed with each.
///
/// ```
/// use throughline::analysis::reuse::{ReuseKind, find_reuse};
///
/// let story = "The harbor was closed for two days after the storm tore three cranes from their rails. Divers searched \
///     the basin for containers, and the mayor promised that wages would be paid in full.";
/// let old = format!("Bees returned to the roofs. {story} Grapes were small this year.");
/// let new = format!("{story} Choirs met in the old brewery.");
/// let found = find_reuse(&old, &new);
/// assert_eq!((found.len(), found[0].kind), (1, ReuseKind::Verbatim));
/// assert!(found[0].old.of(&old).starts_with("The harbor"));
/// ```
pub fn find_reuse(old: &str, new: &str) -> Vec<ReuseMatch> {
    align(&prepare(old), &prepare(new))
}
