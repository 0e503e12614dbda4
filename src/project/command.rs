//! What the reader does, each kind with its inverse.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Furniture, N_PINS, Project, Review};
use crate::analysis::{PhraseId, ShiftId};
use crate::document::{Document, DocumentId};
use crate::text::ByteRange;

/// A change to a project. `None` in a field takes the decision back and lets the rules speak again.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Opens articles; those already open are left as they are.
    AddDocuments(Vec<Arc<Document>>),
    RemoveDocuments(Vec<DocumentId>),
    SetDate {
        document: DocumentId,
        date: Option<Date>,
    },
    SetFurniture {
        document: DocumentId,
        block: ByteRange,
        furniture: Option<Furniture>,
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
    SetReview {
        shift: ShiftId,
        review: Option<Review>,
    },
}

impl Command {
    /// What was done, for "Undo …".
    pub fn name(&self) -> &'static str {
        match self {
            Self::AddDocuments(_) | Self::RemoveDocuments(_) => "articles",
            Self::SetDate { .. } => "date",
            Self::SetFurniture { .. } => "boilerplate",
            Self::Pin { .. } | Self::SetPins(_) => "pin",
            Self::DismissPhrase { .. } | Self::RestorePhrase { .. } => "never match",
            Self::SetReview { .. } => "review",
        }
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
    let decisions = &mut project.decisions;
    let inverse = match command {
        Command::AddDocuments(documents) => {
            let ids = add_documents(project, documents);
            return (!ids.is_empty()).then_some(Command::RemoveDocuments(ids));
        }
        Command::RemoveDocuments(ids) => {
            let (gone, kept) = std::mem::take(&mut project.documents)
                .into_iter()
                .partition::<Vec<_>, _>(|document| ids.contains(&document.id));
            project.documents = kept;
            return (!gone.is_empty()).then_some(Command::AddDocuments(gone));
        }
        Command::SetDate { document, date } => {
            Command::SetDate { document, date: swap(&mut decisions.dates, document, date)? }
        }
        Command::SetFurniture { document, block, furniture } => Command::SetFurniture {
            document,
            block,
            furniture: swap(&mut decisions.blocks, (document, block), furniture)?,
        },
        Command::Pin { slot, phrase } => {
            let mut pins = decisions.pins;
            for pin in pins.iter_mut().filter(|pin| pin.is_some() && **pin == phrase) {
                *pin = None;
            }
            *pins.get_mut(slot)? = phrase;
            return carry_out(project, Command::SetPins(pins));
        }
        Command::SetPins(pins) => {
            let old = std::mem::replace(&mut decisions.pins, pins);
            if old == pins {
                return None;
            }
            Command::SetPins(old)
        }
        Command::DismissPhrase { phrase, label } => {
            if decisions.dismissed.insert(phrase, label).is_some() {
                return None;
            }
            Command::RestorePhrase { phrase }
        }
        Command::RestorePhrase { phrase } => {
            Command::DismissPhrase { phrase, label: decisions.dismissed.remove(&phrase)? }
        }
        Command::SetReview { shift, review } => {
            Command::SetReview { shift, review: swap(&mut decisions.reviews, shift, review)? }
        }
    };
    Some(inverse)
}

/// Puts `value` under `key` (or takes the key out) and returns what stood there; `None` where nothing changed.
fn swap<K: Ord, V: PartialEq + Clone>(
    map: &mut std::collections::BTreeMap<K, V>,
    key: K,
    value: Option<V>,
) -> Option<Option<V>> {
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

    #[test]
    fn every_decision_can_be_taken_back_and_done_again() {
        let commands = [
            Command::SetDate { document: DocumentId(7), date: Some(jiff::civil::date(2023, 1, 29)) },
            Command::SetFurniture {
                document: DocumentId(7),
                block: ByteRange::new(0, 4),
                furniture: Some(Furniture::Hidden),
            },
            Command::Pin { slot: 2, phrase: Some(PhraseId(1)) },
            Command::Pin { slot: 0, phrase: Some(PhraseId(1)) },
            Command::DismissPhrase { phrase: PhraseId(1), label: "one of the".to_owned() },
            Command::SetReview { shift: ShiftId(3), review: Some(Review::Accepted) },
        ];
        let mut project = Project::default();
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
    fn a_family_has_one_letter_and_nothing_done_leaves_no_trace() {
        let mut project = Project::default();
        project.apply(Command::Pin { slot: 2, phrase: Some(PhraseId(1)) });
        project.apply(Command::Pin { slot: 0, phrase: Some(PhraseId(1)) });
        assert_eq!(project.decisions.pins, [Some(PhraseId(1)), None, None, None]);
        project.apply(Command::Pin { slot: 9, phrase: Some(PhraseId(1)) });
        project.apply(Command::SetDate { document: DocumentId(7), date: None });
        assert_eq!(project.undo_name(), Some("pin"));
        project.undo();
        project.undo();
        assert_eq!(project.undo_name(), None);
    }
}
