//! Wording that comes back: passages reused between two articles, and phrase families over all of them.
//!
//! Words become keys (case, quotes, possessives, spelling, stem and alias folded away), keys become shingles, shingles
//! become postings; what shares postings is verified on the words.

pub mod clusters;
pub mod edits;
mod families;
mod pairwise;
pub(in crate::analysis) mod streams;

pub use families::{IndexError, PhraseIndex};
pub use pairwise::{Prepared, align, prepare};

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::{Cancelled, PhraseId, Progress};
use crate::codebook::Codebook;
use crate::document::{Corpus, Passage};
use crate::text::ByteRange;

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

/// Finds the phrase families of `corpus`, heaviest first.
///
/// # Errors
/// [`Cancelled`] when `progress` was cancelled.
pub fn find_phrases(corpus: &Corpus, codebook: &Codebook, progress: &Progress) -> Result<Vec<Arc<Phrase>>, Cancelled> {
    let mut index = PhraseIndex::new(codebook);
    index.add(corpus.documents());
    index.phrases(progress)
}

/// Finds the passages that two whole texts share, in order of their place in `old`.
pub fn find_reuse(old: &str, new: &str) -> Vec<ReuseMatch> {
    align(&prepare(old), &prepare(new))
}
