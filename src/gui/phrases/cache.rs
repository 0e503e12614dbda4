//! What Phrases works out once for a corpus, an analysis and a window, and then only reads.
//!
//! Each part has its own key; a part whose key is another one is made anew, within the time of a frame.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::columns::Columns;
use super::concordance::Concordance;
use super::listing::Listing;
use super::places::Places;
use crate::analysis::PhraseId;
use crate::analysis::reuse::Phrase;
use crate::document::Corpus;
use crate::gui::Scene;
use crate::report::life::Voices;

/// Rows whose cells are kept; beyond, counting starts anew.
const MAX_ROWS: usize = 4096;

#[derive(Clone, Debug, Default)]
pub struct PhrasesCache {
    pub listing: Listing,
    pub concordance: Concordance,
    pub places: Places,
    place: Option<((u64, u64, PhraseId), Option<usize>)>,
    columns: Option<((u64, usize), Arc<Columns>)>,
    counts: Counts,
    voices: Option<(u64, Arc<Voices>)>,
}

/// The cells of each row, by the place of its family in the analysis.
#[derive(Clone, Debug, Default)]
struct Counts {
    key: (u64, u64, usize),
    rows: FxHashMap<usize, Vec<u32>>,
}

impl PhrasesCache {
    /// The columns for a window in which `n_fit` fit.
    pub fn columns(&mut self, scene: &Scene<'_>, n_fit: usize) -> Arc<Columns> {
        let key = (scene.generation, n_fit);
        self.columns.take_if(|(known, _)| *known != key);
        let (_, columns) = self.columns.get_or_insert_with(|| (key, Arc::new(Columns::new(scene.corpus, n_fit))));
        Arc::clone(columns)
    }

    /// The occurrences of a family in each column.
    pub fn counts(&mut self, scene: &Scene<'_>, columns: &Columns, phrase_idx: usize, phrase: &Phrase) -> &[u32] {
        let key = (scene.revision, scene.generation, columns.columns.len());
        if self.counts.key != key || self.counts.rows.len() > MAX_ROWS {
            self.counts = Counts { key, rows: FxHashMap::default() };
        }
        self.counts.rows.entry(phrase_idx).or_insert_with(|| count(scene.corpus, columns, phrase))
    }

    /// The row of a family, where it is listed.
    pub fn row_of(&mut self, scene: &Scene<'_>, phrase: PhraseId) -> Option<usize> {
        let key = (scene.revision, self.listing.version, phrase);
        self.place.take_if(|(known, _)| *known != key);
        self.place.get_or_insert_with(|| (key, self.listing.row_of(scene.analysis, phrase))).1
    }

    /// Whose words are where.
    pub fn voices(&mut self, scene: &Scene<'_>) -> Arc<Voices> {
        let key = scene.revision;
        self.voices.take_if(|(known, _)| *known != key);
        let (_, voices) = self.voices.get_or_insert_with(|| (key, Arc::new(Voices::new(&scene.analysis.statements))));
        Arc::clone(voices)
    }
}

fn count(corpus: &Corpus, columns: &Columns, phrase: &Phrase) -> Vec<u32> {
    let mut counts = vec![0_u32; columns.columns.len()];
    for occurrence in &phrase.occurrences {
        let article_idx = corpus.idx_of(occurrence.passage.document);
        if let Some(count) = article_idx.and_then(|idx| columns.idx_of(idx)).and_then(|idx| counts.get_mut(idx)) {
            *count += 1;
        }
    }
    counts
}
