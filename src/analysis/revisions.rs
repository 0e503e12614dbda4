//! What the reader decided about statements, laid over what the rules found.
//!
//! One form for every decision: some found statements are *replaced* by *drafts*. Accepted and edited, one by one; split,
//! one by several; joined, several by one; dismissed, one by none; added, none by one. A draft is a whole statement, so
//! that a decision says the same after the rules have changed. A found statement is known again by its id and, where
//! the rules now find it with other edges, by most of its words. `O(d × s)` in the decisions and statements of an article.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::StatementId;
use super::statements::{Statement, by_hand};
use crate::document::{Corpus, DocumentId};
use crate::text::ByteRange;

/// Share of the shorter content that must be common for a found statement to be the one a decision was about.
const SAME: f32 = 0.6;

/// All decisions about statements and which of them belong together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Revisions {
    /// By the id of the first statement that is replaced, or of the one that is added.
    pub statements: BTreeMap<StatementId, Revision>,
    /// Statements that answer each other, older one first, by the reader's word.
    pub pairs: BTreeMap<(StatementId, StatementId), Pair>,
}

/// A decision about statements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    pub kind: RevisionKind,
    /// Statements as they were found; empty for [`RevisionKind::Added`].
    pub replaced: Vec<Found>,
    /// What stands in their place, in order of place; empty for [`RevisionKind::Dismissed`].
    pub drafts: Vec<Draft>,
}

/// What the reader did. The drafts say the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionKind {
    Accepted,
    Edited,
    Dismissed,
    Added,
    Split,
    Joined,
}

impl RevisionKind {
    /// As printed: "accepted".
    pub fn words(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Edited => "edited",
            Self::Dismissed => "dismissed",
            Self::Added => "added",
            Self::Split => "split",
            Self::Joined => "joined",
        }
    }
}

/// A statement as it was found: enough to know it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    pub id: StatementId,
    pub document: DocumentId,
    pub content: Vec<ByteRange>,
}

impl From<&Statement> for Found {
    fn from(statement: &Statement) -> Self {
        Self { id: statement.id, document: statement.document, content: statement.content.clone() }
    }
}

/// A statement as the reader wants it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub statement: Statement,
    /// Did the reader enter the day? Else it follows the article's.
    pub is_day_entered: bool,
}

/// Two statements that answer each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    pub old: Found,
    pub new: Found,
}

impl Revisions {
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.pairs.is_empty()
    }

    /// Lays the decisions over what was found; in order of date, then of place.
    pub fn laid_over(&self, found: Vec<Statement>, corpus: &Corpus) -> Vec<Statement> {
        if self.statements.is_empty() {
            return found;
        }
        let index = Index::new(&found);
        let mut gone: BTreeSet<StatementId> = BTreeSet::new();
        let mut drafts: Vec<Statement> = Vec::new();
        for (&key, revision) in &self.statements {
            let replaced: Vec<&Statement> =
                revision.replaced.iter().filter_map(|old| index.find(&found, old)).collect();
            gone.extend(replaced.iter().map(|statement| statement.id));
            for (idx, draft) in revision.drafts.iter().enumerate() {
                drafts.extend(laid(key, idx, draft, &replaced, corpus));
            }
        }
        let mut all: Vec<Statement> =
            found.into_iter().filter(|statement| !gone.contains(&statement.id)).chain(drafts).collect();
        let ids: BTreeSet<StatementId> = all.iter().map(|statement| statement.id).collect();
        for statement in &mut all {
            statement.same_as = statement.same_as.filter(|id| ids.contains(id) && *id != statement.id);
        }
        all.sort_by_key(|statement| {
            (corpus.idx_of(statement.document), statement.extent().start, statement.extent().end, statement.id)
        });
        all.dedup_by_key(|statement| statement.id);
        all
    }

    /// The pairs among `statements`, by the ids these have now.
    pub fn aligned(&self, statements: &[Statement]) -> Vec<(StatementId, StatementId)> {
        if self.pairs.is_empty() {
            return Vec::new();
        }
        let index = Index::new(statements);
        let of = |found: &Found| index.find(statements, found).map(|statement| statement.id);
        self.pairs.values().filter_map(|pair| Some((of(&pair.old)?, of(&pair.new)?))).collect()
    }
}

/// A draft as it stands among the statements; `None` where its article is not open or does not hold its words.
fn laid(key: StatementId, idx: usize, draft: &Draft, replaced: &[&Statement], corpus: &Corpus) -> Option<Statement> {
    let document = corpus.get(draft.statement.document)?;
    let mut statement = draft.statement.clone();
    let holds = |range: &ByteRange| !range.of(&document.text).is_empty();
    statement.content.retain(holds);
    statement.cue.retain(holds);
    statement.speaker.retain(holds);
    if statement.content.is_empty() {
        return None;
    }
    if idx == 0 {
        statement.id = key;
    }
    statement.revision = Some(key);
    if !draft.is_day_entered {
        let source = replaced.first();
        statement.said = source.map_or_else(|| document.published.day(), |source| source.said);
        statement.said_is_estimate = source.is_none_or(|source| source.said_is_estimate);
    }
    Some(statement)
}

/// Statements by id and by article.
pub struct Index {
    by_id: FxHashMap<StatementId, usize>,
    by_document: FxHashMap<DocumentId, Vec<usize>>,
}

impl Index {
    pub fn new(statements: &[Statement]) -> Self {
        let mut by_document: FxHashMap<DocumentId, Vec<usize>> = FxHashMap::default();
        for (idx, statement) in statements.iter().enumerate() {
            by_document.entry(statement.document).or_default().push(idx);
        }
        let by_id = statements.iter().enumerate().map(|(idx, statement)| (statement.id, idx)).collect();
        Self { by_id, by_document }
    }

    /// The statement that `found` was: the one with its id, else the one that shares most words with it.
    pub fn find<'a>(&self, statements: &'a [Statement], found: &Found) -> Option<&'a Statement> {
        if let Some(statement) = self.by_id.get(&found.id).and_then(|&idx| statements.get(idx)) {
            return Some(statement);
        }
        let near = self.by_document.get(&found.document)?.iter().filter_map(|&idx| statements.get(idx));
        near.map(|statement| (by_hand::shared(&statement.content, &found.content), statement))
            .filter(|(share, _)| *share >= SAME)
            .max_by(|left, right| left.0.total_cmp(&right.0).then(right.1.id.cmp(&left.1.id)))
            .map(|(_, statement)| statement)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Progress;
    use crate::analysis::statements::find_statements;
    use crate::codebook::{Codebook, CueTier};
    use crate::document::Document;

    fn found() -> (Corpus, Vec<Statement>) {
        let text = "“We must keep up the pressure on North Korea,” Jens Stoltenberg said.\n\
                    “Dialogue is the way forward,” he added.";
        let corpus = Corpus::new([Arc::new(Document::of_lines(DocumentId(1), text))]);
        let statements =
            find_statements(&corpus, &Codebook::built_in(), CueTier::Normal, &Progress::default()).unwrap();
        assert_eq!(statements.len(), 2);
        (corpus, statements)
    }

    fn revision(kind: RevisionKind, replaced: &[&Statement], drafts: &[Statement]) -> Revision {
        let draft = |statement: &Statement| Draft { statement: statement.clone(), is_day_entered: false };
        Revision {
            kind,
            replaced: replaced.iter().map(|statement| Found::from(*statement)).collect(),
            drafts: drafts.iter().map(draft).collect(),
        }
    }

    fn laid_over(key: StatementId, revision: Revision) -> Vec<Statement> {
        let (corpus, statements) = found();
        Revisions { statements: [(key, revision)].into(), ..Revisions::default() }.laid_over(statements, &corpus)
    }

    #[test]
    fn each_kind_of_decision_replaces_statements_by_drafts() {
        let (_, statements) = found();
        let [first, second] = statements.as_slice() else { unreachable!() };
        let forced = Statement { force: Some(1), ..first.clone() };
        let laid = laid_over(first.id, revision(RevisionKind::Edited, &[first], &[forced]));
        assert_eq!((laid[0].id, laid[0].force, laid[0].revision), (first.id, Some(1), Some(first.id)));
        assert_eq!(&laid[1], second);

        let laid = laid_over(first.id, revision(RevisionKind::Dismissed, &[first], &[]));
        assert_eq!(laid, std::slice::from_ref(second));

        let joined = Statement { content: [first.content.clone(), second.content.clone()].concat(), ..first.clone() };
        let laid = laid_over(first.id, revision(RevisionKind::Joined, &[first, second], &[joined]));
        assert_eq!((laid.len(), laid[0].content.len()), (1, 2));
    }

    #[test]
    fn a_decision_finds_its_statement_by_its_words_when_the_rules_find_other_edges() {
        let (_, statements) = found();
        let mut before = statements[0].clone();
        before.id = StatementId(77);
        before.content[0].start += 3;
        let accepted = Statement { force: Some(5), ..before.clone() };
        let laid = laid_over(before.id, revision(RevisionKind::Accepted, &[&before], &[accepted]));
        assert_eq!(laid.len(), 2);
        assert_eq!((laid[0].id, laid[0].force), (before.id, Some(5)));
    }

    #[test]
    fn a_draft_stays_when_its_statement_is_not_found_any_more_and_goes_with_its_article() {
        let (_, statements) = found();
        let mut draft = statements[0].clone();
        draft.id = StatementId(77);
        draft.content = vec![ByteRange::new(50, 66)];
        let laid = laid_over(draft.id, revision(RevisionKind::Added, &[], &[draft.clone()]));
        assert_eq!(laid.len(), 3);
        draft.document = DocumentId(9);
        let laid = laid_over(draft.id, revision(RevisionKind::Added, &[], &[draft]));
        assert_eq!(laid.len(), 2);
    }
}
