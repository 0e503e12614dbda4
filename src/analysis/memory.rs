//! What one analysis leaves for the next, so that an article more or less costs little.
//!
//! It holds the index of phrases of the last corpus, and the statements of its articles. A corpus that shares most of its articles with that one is brought
//! about by taking the others out and the new ones in; the result is that of starting anew.

use std::sync::Arc;

use super::reuse::{Phrase, PhraseIndex};
use super::statements::Kept;
use super::{Cancelled, Progress};
use crate::codebook::{AliasGroup, Codebook};
use crate::document::{Corpus, DocumentId};

/// Phrases, and the articles that tell the same story.
pub(super) type Found = (Vec<Arc<Phrase>>, Vec<Vec<DocumentId>>);

/// The memory of the analyses of one set of articles.
#[derive(Default)]
pub struct Memory {
    index: Option<(PhraseIndex, Vec<AliasGroup>)>,
    /// The statements of its articles, as the rules find them.
    pub(super) statements: Kept,
}

impl Memory {
    /// The phrases of `corpus`, heaviest first, and the articles that tell the same story, in order of date.
    pub(super) fn phrases(
        &mut self,
        corpus: &Corpus,
        codebook: &Codebook,
        progress: &Progress,
    ) -> Result<Found, Cancelled> {
        // Words are compared by the aliases alone; with others the index is another one.
        let kept = self.index.take().filter(|(_, aliases)| *aliases == codebook.aliases);
        let (index, _) =
            self.index.insert(kept.unwrap_or_else(|| (PhraseIndex::new(codebook), codebook.aliases.clone())));
        let gone: Vec<DocumentId> =
            index.documents().map(|document| document.id).filter(|&id| corpus.get(id).is_none()).collect();
        for id in gone {
            index.remove(id);
        }
        index.add(corpus.documents());
        let phrases = index.phrases(progress)?;
        let mut stories = index.same_stories(progress)?;
        for story in &mut stories {
            story.sort_by_key(|&id| corpus.idx_of(id));
        }
        stories.sort_by_key(|story| story.first().and_then(|&id| corpus.idx_of(id)));
        Ok((phrases, stories))
    }
}
