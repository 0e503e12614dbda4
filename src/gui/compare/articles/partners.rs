//! Which two articles are shown where nobody chose: those of the change in front, else the selected one and its best
//! partner, else the two that share most.
//!
//! Worked out once for a selection and a state of the findings. Cost: linear in all occurrences; for the two that share
//! most only families of few articles are looked at, since what stands everywhere joins no two.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::reuse::Phrase;
use crate::analysis::{ShiftId, StatementId};
use crate::document::DocumentId;
use crate::gui::Scene;
use crate::gui::state::Selection;

/// Families in more articles say little of two of them.
const MAX_DOCUMENTS: usize = 12;

/// So many families, heaviest first, decide which two share most.
const MAX_FAMILIES: usize = 600;

/// The pair that is shown by default, with what it was worked out for.
#[derive(Clone, Debug, Default)]
pub struct Partners {
    known: Option<(Of, Option<[DocumentId; 2]>)>,
}

/// What the default depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Of {
    generation: u64,
    revision: u64,
    shift: Option<ShiftId>,
    pair: Option<(StatementId, StatementId)>,
    document: Option<DocumentId>,
}

impl Partners {
    /// Two articles in order of date; `None` where there are no two.
    pub fn pair(&mut self, scene: &Scene<'_>, selection: &Selection) -> Option<[DocumentId; 2]> {
        let of = Of {
            generation: scene.generation,
            revision: scene.revision,
            shift: selection.shift,
            pair: selection.pair,
            document: selection.document,
        };
        if let Some((known, pair)) = &self.known
            && *known == of
        {
            return *pair;
        }
        let pair = default_pair(scene, selection);
        self.known = Some((of, pair));
        pair
    }
}

fn default_pair(scene: &Scene<'_>, selection: &Selection) -> Option<[DocumentId; 2]> {
    let is_open = |pair: &[DocumentId; 2]| pair[0] != pair[1] && pair.iter().all(|id| scene.corpus.get(*id).is_some());
    let document_of = |id: StatementId| scene.analysis.statement(id).map(|statement| statement.document);
    let of_statements = |(old, new)| Some([document_of(old)?, document_of(new)?]);
    let of_shift = || {
        let shift = scene.analysis.shift(selection.shift?)?;
        of_statements((shift.old?, shift.new?))
    };
    let chosen = selection.pair.and_then(of_statements).or_else(of_shift).filter(is_open);
    let of_document = || {
        let document = selection.document.filter(|id| scene.corpus.get(*id).is_some())?;
        Some([document, best_partner(scene, document)?])
    };
    let pair = chosen.or_else(of_document).or_else(|| closest(scene)).or_else(|| first_two(scene))?;
    Some(in_order(scene, pair))
}

/// The two in order of date.
pub fn in_order(scene: &Scene<'_>, [left, right]: [DocumentId; 2]) -> [DocumentId; 2] {
    if scene.corpus.idx_of(left) <= scene.corpus.idx_of(right) { [left, right] } else { [right, left] }
}

/// The article that shares most words with `document`; among equals the earliest, and where nothing is shared its
/// neighbor in order of date.
pub fn best_partner(scene: &Scene<'_>, document: DocumentId) -> Option<DocumentId> {
    let mut words: BTreeMap<DocumentId, usize> = BTreeMap::new();
    for phrase in &scene.analysis.phrases {
        let documents = documents(phrase);
        if documents.contains(&document) {
            for other in documents.into_iter().filter(|other| *other != document) {
                *words.entry(other).or_default() += phrase.n_words;
            }
        }
    }
    let open = words.into_iter().filter_map(|(id, n_words)| Some((n_words, Reverse(scene.corpus.idx_of(id)?), id)));
    let neighbor = || {
        let idx = scene.corpus.idx_of(document)?;
        let documents = scene.corpus.documents();
        documents.get(idx + 1).or_else(|| documents.get(idx.checked_sub(1)?)).map(|neighbor| neighbor.id)
    };
    open.max().map(|(.., id)| id).or_else(neighbor)
}

/// The two articles that share most words.
fn closest(scene: &Scene<'_>) -> Option<[DocumentId; 2]> {
    let mut words: BTreeMap<[DocumentId; 2], usize> = BTreeMap::new();
    let few = scene.analysis.phrases.iter().filter(|phrase| phrase.n_documents <= MAX_DOCUMENTS);
    for phrase in few.take(MAX_FAMILIES) {
        let documents = documents(phrase);
        for (idx, &left) in documents.iter().enumerate() {
            for &right in documents.iter().skip(idx + 1) {
                *words.entry([left, right]).or_default() += phrase.n_words;
            }
        }
    }
    let is_open = |pair: &[DocumentId; 2]| pair.iter().all(|id| scene.corpus.get(*id).is_some());
    let open = words.into_iter().filter(|(pair, _)| is_open(pair));
    open.max_by_key(|(pair, n_words)| (*n_words, Reverse(*pair))).map(|(pair, _)| pair)
}

fn first_two(scene: &Scene<'_>) -> Option<[DocumentId; 2]> {
    match scene.corpus.documents() {
        [first, second, ..] => Some([first.id, second.id]),
        _ => None,
    }
}

/// The articles of a family, each once, by id.
fn documents(phrase: &Phrase) -> Vec<DocumentId> {
    let mut documents: Vec<DocumentId> = phrase.occurrences.iter().map(|it| it.passage.document).collect();
    documents.sort_unstable();
    documents.dedup();
    documents
}
