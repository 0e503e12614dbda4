//! What the reader does, each kind with its inverse.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::phrases::{PhraseMerge, PhraseName, PhraseSplit, may_merge};
use super::reviews::StatementNote;
use super::{CodebookText, Decisions, Furniture, N_PINS, Project, Review, carried_over};
use crate::analysis::revisions::{Pair, Revision, RevisionKind};
use crate::analysis::{PhraseId, ShiftId, StatementId};
use crate::document::{DateSpan, Document, DocumentId};
use crate::text::ByteRange;

/// A change to a project. `None` in a field takes the decision back and lets the rules speak again.
///
/// `D` is an article: the article itself, or its place in a file ([`Command::try_map`]). The project's file keeps commands
/// by the names of their variants and fields, so none of these is ever renamed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command<D = Arc<Document>> {
    /// Opens articles; those already open are left as they are.
    AddDocuments(Vec<D>),
    RemoveDocuments(Vec<DocumentId>),
    /// Puts articles where they stood, each at its place among all; the inverse of [`Command::RemoveDocuments`].
    InsertDocuments(Vec<(usize, D)>),
    SetDate {
        document: DocumentId,
        date: Option<DateSpan>,
    },
    SetFurniture {
        document: DocumentId,
        block: ByteRange,
        furniture: Option<Furniture>,
    },
    /// Puts articles that were read anew from the same file, in another encoding, in the place of `old`. Decisions
    /// move to where their words are found again ([`carried_over`] tells beforehand which are not).
    Reread {
        old: Vec<DocumentId>,
        new: Vec<D>,
        /// The encoding the reader chose, `None` for the program's own guess.
        encoding: Option<String>,
    },
    /// Puts back articles and decisions as they were; the inverse of [`Command::Reread`].
    Restore {
        documents: Vec<D>,
        #[serde(with = "super::store::decisions::as_rows")]
        decisions: Box<Decisions>,
    },
    /// Lets a fact of the codebook's chronology date articles, or not. The articles are to be dated again.
    SwitchFact {
        fact: String,
        is_on: bool,
    },
    /// Gives a letter to a family, or takes it away. A family has at most one letter.
    Pin {
        slot: usize,
        phrase: Option<PhraseId>,
    },
    /// Sets all four letters at once; the inverse of [`Command::Pin`].
    SetPins([Option<PhraseId>; N_PINS]),
    /// Never matches a phrase again; the label is kept for the list of dismissed ones.
    DismissPhrase {
        phrase: PhraseId,
        label: String,
    },
    RestorePhrase {
        phrase: PhraseId,
    },
    /// Gives a family another name; a blank one takes it back.
    RenamePhrase {
        phrase: PhraseId,
        name: Option<PhraseName>,
    },
    /// Makes a family part of another one. Does nothing where that one is part of it already.
    MergePhrase {
        phrase: PhraseId,
        merge: Option<PhraseMerge>,
    },
    /// Makes all places of a family that are written alike (`analysis::reuse::edits::wording`) a family of their own.
    /// `None` puts them back.
    SplitPhrase {
        phrase: PhraseId,
        wording: String,
        split: Option<PhraseSplit>,
    },
    SetReview {
        shift: ShiftId,
        review: Option<Review>,
    },
    /// Decides about a statement; `key` is the id of the first one that is replaced, or of the one that is added.
    Revise {
        key: StatementId,
        revision: Option<Revision>,
    },
    /// Several decisions about statements at once: what was decided before goes, where one takes in another.
    ReviseAll(Vec<(StatementId, Option<Revision>)>),
    /// Puts two statements beside each other, older one first.
    Align {
        old: StatementId,
        new: StatementId,
        pair: Option<Pair>,
    },
    NoteStatement {
        statement: StatementId,
        note: Option<StatementNote>,
    },
    /// Works with another codebook. The articles are to be dated again.
    SetCodebook(Option<CodebookText>),
}

impl<D> Command<D> {
    /// The same command with other values for its articles; `None` where there is none for one of them.
    pub fn try_map<E>(&self, mut to: impl FnMut(&D) -> Option<E>) -> Option<Command<E>> {
        Some(match self {
            Self::AddDocuments(all) => Command::AddDocuments(all.iter().map(to).collect::<Option<_>>()?),
            Self::InsertDocuments(all) => Command::InsertDocuments(
                all.iter().map(|(place, document)| Some((*place, to(document)?))).collect::<Option<_>>()?,
            ),
            Self::Reread { old, new, encoding } => Command::Reread {
                old: old.clone(),
                new: new.iter().map(to).collect::<Option<_>>()?,
                encoding: encoding.clone(),
            },
            Self::Restore { documents, decisions } => Command::Restore {
                documents: documents.iter().map(to).collect::<Option<_>>()?,
                decisions: decisions.clone(),
            },
            // What holds no article stays as it is.
            Self::RemoveDocuments(ids) => Command::RemoveDocuments(ids.clone()),
            Self::SetDate { document, date } => Command::SetDate { document: *document, date: *date },
            Self::SetFurniture { document, block, furniture } => {
                Command::SetFurniture { document: *document, block: *block, furniture: *furniture }
            }
            Self::SwitchFact { fact, is_on } => Command::SwitchFact { fact: fact.clone(), is_on: *is_on },
            Self::Pin { slot, phrase } => Command::Pin { slot: *slot, phrase: *phrase },
            Self::SetPins(pins) => Command::SetPins(*pins),
            Self::DismissPhrase { phrase, label } => Command::DismissPhrase { phrase: *phrase, label: label.clone() },
            Self::RestorePhrase { phrase } => Command::RestorePhrase { phrase: *phrase },
            Self::RenamePhrase { phrase, name } => Command::RenamePhrase { phrase: *phrase, name: name.clone() },
            Self::MergePhrase { phrase, merge } => Command::MergePhrase { phrase: *phrase, merge: merge.clone() },
            Self::SplitPhrase { phrase, wording, split } => {
                Command::SplitPhrase { phrase: *phrase, wording: wording.clone(), split: split.clone() }
            }
            Self::SetReview { shift, review } => Command::SetReview { shift: *shift, review: review.clone() },
            Self::Revise { key, revision } => Command::Revise { key: *key, revision: revision.clone() },
            Self::ReviseAll(all) => Command::ReviseAll(all.clone()),
            Self::Align { old, new, pair } => Command::Align { old: *old, new: *new, pair: pair.clone() },
            Self::NoteStatement { statement, note } => {
                Command::NoteStatement { statement: *statement, note: note.clone() }
            }
            Self::SetCodebook(codebook) => Command::SetCodebook(codebook.clone()),
        })
    }

    /// What was done, for "Undo …".
    pub fn name(&self) -> &'static str {
        match self {
            Self::AddDocuments(_) | Self::RemoveDocuments(_) | Self::InsertDocuments(_) => "articles",
            Self::SetDate { .. } => "date",
            Self::SetFurniture { .. } => "boilerplate",
            Self::Reread { .. } | Self::Restore { .. } => "encoding",
            Self::SwitchFact { .. } => "dated fact",
            Self::Pin { .. } | Self::SetPins(_) => "pin",
            Self::DismissPhrase { .. } | Self::RestorePhrase { .. } => "never match",
            Self::RenamePhrase { .. } => "name of a phrase",
            Self::MergePhrase { .. } => "merged phrases",
            Self::SplitPhrase { .. } => "split phrase",
            Self::SetReview { .. } => "review",
            Self::Revise { revision, .. } => statement_name(revision.as_ref()),
            Self::ReviseAll(all) => statement_name(all.iter().find_map(|(_, revision)| revision.as_ref())),
            Self::Align { .. } => "aligned statements",
            Self::NoteStatement { .. } => "note",
            Self::SetCodebook(_) => "codebook",
        }
    }
}

fn statement_name(revision: Option<&Revision>) -> &'static str {
    match revision.map(|revision| revision.kind) {
        None => "statement",
        Some(RevisionKind::Accepted) => "accepted statement",
        Some(RevisionKind::Edited) => "edited statement",
        Some(RevisionKind::Dismissed) => "dismissed statement",
        Some(RevisionKind::Added) => "added statement",
        Some(RevisionKind::Split) => "split statement",
        Some(RevisionKind::Joined) => "joined statements",
    }
}

/// Adds what is not open yet; returns the ids that were added.
pub(super) fn add_documents(project: &mut Project, documents: Vec<Arc<Document>>) -> Vec<DocumentId> {
    let mut open: BTreeSet<DocumentId> = project.documents.iter().map(|document| document.id).collect();
    let fresh: Vec<_> = documents.into_iter().filter(|document| open.insert(document.id)).collect();
    let ids = fresh.iter().map(|document| document.id).collect();
    project.documents.extend(fresh);
    ids
}

/// Carries out `command`; returns its inverse, `None` where nothing changed.
pub(super) fn carry_out(project: &mut Project, command: Command) -> Option<Command> {
    let inverse = match command {
        Command::AddDocuments(documents) => {
            let ids = add_documents(project, documents);
            return (!ids.is_empty()).then_some(Command::RemoveDocuments(ids));
        }
        Command::RemoveDocuments(ids) => {
            let ids: BTreeSet<DocumentId> = ids.into_iter().collect();
            let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut project.documents)
                .into_iter()
                .enumerate()
                .partition(|(_, document)| ids.contains(&document.id));
            project.documents = kept.into_iter().map(|(_, document)| document).collect();
            return (!gone.is_empty()).then_some(Command::InsertDocuments(gone));
        }
        Command::InsertDocuments(placed) => return insert(project, placed),
        Command::Reread { old, new, encoding } => return reread(project, &old, new, encoding),
        Command::Restore { documents, decisions } => Command::Restore {
            documents: std::mem::replace(&mut project.documents, documents),
            decisions: Box::new(Arc::unwrap_or_clone(std::mem::replace(&mut project.decisions, Arc::new(*decisions)))),
        },
        command => return decide(project, command),
    };
    Some(inverse)
}

/// Puts articles at their places; those already open are left as they are.
fn insert(project: &mut Project, placed: Vec<(usize, Arc<Document>)>) -> Option<Command> {
    let mut ids = Vec::with_capacity(placed.len());
    let mut open: BTreeSet<DocumentId> = project.documents.iter().map(|document| document.id).collect();
    let mut waiting = placed.into_iter().filter(|(_, document)| open.insert(document.id)).peekable();
    let old = std::mem::take(&mut project.documents);
    let mut documents = Vec::with_capacity(old.len());
    let mut old = old.into_iter();
    loop {
        let here = waiting.next_if(|(place, _)| *place <= documents.len()).map(|(_, document)| document);
        ids.extend(here.as_ref().map(|document| document.id));
        match here.or_else(|| old.next()).or_else(|| waiting.next().map(|(_, document)| document)) {
            Some(document) => documents.push(document),
            None => break,
        }
    }
    project.documents = documents;
    (!ids.is_empty()).then_some(Command::RemoveDocuments(ids))
}

/// Carries out what touches decisions.
fn decide(project: &mut Project, command: Command) -> Option<Command> {
    let decisions = Arc::make_mut(&mut project.decisions);
    let inverse = match command {
        Command::SetDate { document, date } => {
            Command::SetDate { document, date: swap(&mut decisions.dates, document, date)? }
        }
        Command::SetFurniture { document, block, furniture } => Command::SetFurniture {
            document,
            block,
            furniture: swap(&mut decisions.blocks, (document, block), furniture)?,
        },
        Command::SwitchFact { fact, is_on } => {
            let is_change =
                if is_on { decisions.facts_off.remove(&fact) } else { decisions.facts_off.insert(fact.clone()) };
            if !is_change {
                return None;
            }
            Command::SwitchFact { fact, is_on: !is_on }
        }
        Command::Pin { slot, phrase } => {
            let mut pins = decisions.pins;
            for pin in pins.iter_mut().filter(|pin| pin.is_some() && **pin == phrase) {
                *pin = None;
            }
            *pins.get_mut(slot)? = phrase;
            return decide(project, Command::SetPins(pins));
        }
        Command::SetPins(pins) => {
            let old = std::mem::replace(&mut decisions.pins, pins);
            if old == pins {
                return None;
            }
            Command::SetPins(old)
        }
        Command::DismissPhrase { phrase, label } => {
            if decisions.dismissed.contains_key(&phrase) {
                return None;
            }
            decisions.dismissed.insert(phrase, label);
            Command::RestorePhrase { phrase }
        }
        Command::RestorePhrase { phrase } => {
            Command::DismissPhrase { phrase, label: decisions.dismissed.remove(&phrase)? }
        }
        Command::RenamePhrase { phrase, name } => {
            let name = name.and_then(PhraseName::trimmed);
            Command::RenamePhrase { phrase, name: swap(&mut decisions.names, phrase, name)? }
        }
        Command::MergePhrase { phrase, merge } => {
            if merge.as_ref().is_some_and(|merge| !may_merge(decisions, phrase, merge.into)) {
                return None;
            }
            Command::MergePhrase { phrase, merge: swap(&mut decisions.merged, phrase, merge)? }
        }
        Command::SplitPhrase { phrase, wording, split } => {
            let split = swap(&mut decisions.split, (phrase, wording.clone()), split)?;
            Command::SplitPhrase { phrase, wording, split }
        }
        Command::SetReview { shift, review } => {
            let review = review.filter(|review| !review.is_blank());
            Command::SetReview { shift, review: swap(&mut decisions.reviews, shift, review)? }
        }
        Command::Revise { key, revision } => {
            Command::Revise { key, revision: swap(&mut decisions.revisions.statements, key, revision)? }
        }
        Command::ReviseAll(all) => {
            // The same id may be named twice; what counts is what stood there first, and what does in the end.
            let mut before: BTreeMap<StatementId, Option<Revision>> = BTreeMap::new();
            let statements = &mut decisions.revisions.statements;
            for (key, revision) in all {
                before.entry(key).or_insert_with(|| statements.get(&key).cloned());
                swap(statements, key, revision);
            }
            let is_change = |(key, old): &(StatementId, Option<Revision>)| statements.get(key) != old.as_ref();
            let before: Vec<_> = before.into_iter().filter(is_change).collect();
            if before.is_empty() {
                return None;
            }
            Command::ReviseAll(before)
        }
        Command::Align { old, new, pair } => {
            Command::Align { old, new, pair: swap(&mut decisions.revisions.pairs, (old, new), pair)? }
        }
        Command::NoteStatement { statement, note } => {
            let note = note.and_then(StatementNote::trimmed);
            Command::NoteStatement { statement, note: swap(&mut decisions.notes, statement, note)? }
        }
        Command::SetCodebook(codebook) => {
            if decisions.codebook == codebook {
                return None;
            }
            Command::SetCodebook(std::mem::replace(&mut decisions.codebook, codebook))
        }
        // What moves articles was carried out already.
        Command::AddDocuments(_)
        | Command::RemoveDocuments(_)
        | Command::InsertDocuments(_)
        | Command::Reread { .. }
        | Command::Restore { .. } => return None,
    };
    Some(inverse)
}

/// Puts `new` where the first of `old` stood. `None` where none of them is open or the text is the same.
fn reread(
    project: &mut Project,
    old: &[DocumentId],
    new: Vec<Arc<Document>>,
    encoding: Option<String>,
) -> Option<Command> {
    let place = project.documents.iter().position(|document| old.contains(&document.id))?;
    let inverse = Command::Restore {
        documents: project.documents.clone(),
        decisions: Box::new(Decisions::clone(&project.decisions)),
    };
    let (gone, mut kept): (Vec<_>, Vec<_>) =
        std::mem::take(&mut project.documents).into_iter().partition(|document| old.contains(&document.id));
    let mut decisions = carried_over(&project.decisions, &gone, &new).decisions;
    for document in &gone {
        decisions.encodings.remove(&document.id);
    }
    if let Some(encoding) = encoding {
        decisions.encodings.extend(new.iter().map(|document| (document.id, encoding.clone())));
    }
    project.decisions = Arc::new(decisions);
    // Whatever stood before the first of the old articles is kept, so its place is the same in what is left.
    kept.splice(place..place, new);
    project.documents = kept;
    let is_same = matches!(&inverse, Command::Restore { documents, decisions }
        if *documents == project.documents && **decisions == *project.decisions);
    (!is_same).then_some(inverse)
}

/// Puts `value` under `key` (or takes the key out) and returns what stood there; `None` where nothing changed.
fn swap<K: Ord, V: PartialEq + Clone>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) -> Option<Option<V>> {
    let old = map.get(&key).cloned();
    if old == value {
        return None;
    }
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
    Some(old)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::revisions::Found;
    use crate::analysis::shifts::ShiftLabel;
    use crate::project::Verdict;

    fn found() -> Found {
        Found { id: StatementId(4), document: DocumentId(7), content: vec![ByteRange::new(0, 4)] }
    }

    fn dismissed() -> Revision {
        Revision { kind: RevisionKind::Dismissed, replaced: vec![found()], drafts: Vec::new() }
    }

    fn pair() -> Pair {
        Pair { old: found(), new: Found { id: StatementId(5), ..found() } }
    }

    fn review(verdict: Verdict) -> Review {
        Review {
            verdict: Some(verdict),
            label: ShiftLabel::Softened,
            note: String::new(),
            actor: "Board".to_owned(),
            theme: "pier".to_owned(),
            old: Some(found()),
            new: None,
        }
    }

    #[test]
    fn every_decision_can_be_taken_back_and_done_again() {
        let commands = [
            Command::SetDate { document: DocumentId(7), date: Some(DateSpan::day(jiff::civil::date(2023, 1, 29))) },
            Command::SetFurniture {
                document: DocumentId(7),
                block: ByteRange::new(0, 4),
                furniture: Some(Furniture::Hidden),
            },
            Command::Pin { slot: 2, phrase: Some(PhraseId(1)) },
            Command::Pin { slot: 0, phrase: Some(PhraseId(1)) },
            Command::DismissPhrase { phrase: PhraseId(1), label: "one of the".to_owned() },
            Command::SetReview { shift: ShiftId(3), review: Some(review(Verdict::Accepted)) },
            Command::SetReview { shift: ShiftId(3), review: Some(review(Verdict::Edited)) },
            Command::Revise { key: StatementId(4), revision: Some(dismissed()) },
            Command::ReviseAll(vec![
                (StatementId(4), None),
                (StatementId(5), Some(dismissed())),
                (StatementId(5), None),
                (StatementId(6), Some(dismissed())),
            ]),
            Command::Align { old: StatementId(4), new: StatementId(5), pair: Some(pair()) },
            Command::NoteStatement {
                statement: StatementId(4),
                note: Some(StatementNote { note: " check ".to_owned(), of: found() }),
            },
            Command::SetCodebook(Some(CodebookText {
                toml: "name = \"x\"".to_owned(),
                origin: "x.toml".to_owned(),
                says: String::new(),
            })),
            Command::SwitchFact { fact: "office:a".to_owned(), is_on: false },
            Command::Reread {
                old: vec![DocumentId(7)],
                new: vec![Arc::new(Document::of_lines(DocumentId(7), "Pier öpen"))],
                encoding: Some("iso-8859-1".to_owned()),
            },
        ];
        let mut project = Project::new([Arc::new(Document::of_lines(DocumentId(7), "Pier ?pen"))]);
        let mut states = vec![project.decisions.clone()];
        for command in commands {
            project.apply(command);
            states.push(project.decisions.clone());
        }
        for state in states.iter().rev().skip(1) {
            assert!(project.undo().is_some());
            assert_eq!(&project.decisions, state);
        }
        assert!(project.undo().is_none());
        for state in states.iter().skip(1) {
            assert!(project.redo().is_some());
            assert_eq!(&project.decisions, state);
        }
    }

    #[test]
    fn articles_that_come_one_after_another_go_together() {
        let document = |id| vec![Arc::new(Document::of_lines(DocumentId(id), "Pier open"))];
        let mut project = Project::default();
        project.add_more(document(1));
        project.add_more(document(2));
        project.add_more(document(2));
        assert_eq!(project.documents().len(), 2);
        project.undo();
        assert!(project.documents().is_empty());
        project.redo();
        assert_eq!(project.documents().len(), 2);
    }

    #[test]
    fn a_family_has_one_letter_and_nothing_done_leaves_no_trace() {
        let mut project = Project::default();
        project.apply(Command::Pin { slot: 2, phrase: Some(PhraseId(1)) });
        project.apply(Command::Pin { slot: 0, phrase: Some(PhraseId(1)) });
        assert_eq!(project.decisions.pins, [Some(PhraseId(1)), None, None, None]);
        project.apply(Command::Pin { slot: 9, phrase: Some(PhraseId(1)) });
        project.apply(Command::SetDate { document: DocumentId(7), date: None });
        project.apply(Command::ReviseAll(vec![(StatementId(4), Some(dismissed())), (StatementId(4), None)]));
        assert_eq!(project.undo_name(), Some("pin"));
        project.undo();
        project.undo();
        assert_eq!(project.undo_name(), None);
    }

    #[test]
    fn letters_that_the_reader_freed_do_not_come_back_by_themselves() {
        let mut project = Project::default();
        let found = || [PhraseId(5), PhraseId(6)].into_iter();
        project.pin_by_default(found());
        let given = [Some(PhraseId(5)), Some(PhraseId(6)), None, None];
        assert_eq!(project.decisions.pins, given);
        for slot in 0..2 {
            project.apply(Command::Pin { slot, phrase: None });
        }
        project.pin_by_default(found());
        assert_eq!(project.decisions.pins, [None; 4]);
        project.undo();
        project.undo();
        assert_eq!(project.decisions.pins, given);
    }
}
