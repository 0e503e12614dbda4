//! What the reader said of shifts and statements, and how it is found again when the rules say something else.
//!
//! A verdict is keyed by the id of its shift, which is made of the two statements. Rules that move on may pair other
//! statements, or find them with other edges; then the verdict goes to the shift of the same actor and theme whose
//! statements have most of the same words. One that no shift answers to is kept, counted and listed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Command, Decisions};
use crate::analysis::revisions::{Found, Index, RevisionKind};
use crate::analysis::shifts::{Shift, ShiftLabel};
use crate::analysis::statements::Statement;
use crate::analysis::{Analysis, ShiftId, StatementId};

/// What the reader said of a shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// `None` where there is a note alone.
    pub verdict: Option<Verdict>,
    /// The label the reader gave, or saw when deciding.
    pub label: ShiftLabel,
    /// The reader's own words; empty where there are none.
    pub note: String,
    pub actor: String,
    pub theme: String,
    /// The statements as they were.
    pub old: Option<Found>,
    pub new: Option<Found>,
}

/// The reader's verdict on a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Accepted,
    /// The reader gave another label.
    Edited,
    Dismissed,
}

impl Verdict {
    /// As printed: "accepted".
    pub fn words(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Edited => "edited",
            Self::Dismissed => "dismissed",
        }
    }
}

impl Review {
    /// A review of `shift` as it stands, that says nothing yet.
    pub fn of(shift: &Shift, statements: &[Statement]) -> Self {
        let found =
            |id: Option<StatementId>| statements.iter().find(|statement| Some(statement.id) == id).map(Found::from);
        Self {
            verdict: None,
            label: shift.label,
            note: String::new(),
            actor: shift.actor.clone(),
            theme: shift.theme.clone(),
            old: found(shift.old),
            new: found(shift.new),
        }
    }

    /// Does it say nothing?
    pub(super) fn is_blank(&self) -> bool {
        self.verdict.is_none() && self.note.trim().is_empty()
    }
}

/// What the reader noted beside a statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatementNote {
    pub note: String,
    /// The statement as it was.
    pub of: Found,
}

impl StatementNote {
    /// Without white space at its ends; `None` where nothing is left.
    pub(super) fn trimmed(self) -> Option<Self> {
        let note = self.note.trim();
        (!note.is_empty()).then(|| Self { note: note.to_owned(), ..self })
    }
}

/// The reader's reviews and notes, laid over one analysis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reviewed {
    /// The key in [`Decisions::reviews`] that counts for a shift.
    shifts: BTreeMap<ShiftId, ShiftId>,
    /// The key in [`Decisions::notes`] that counts for a statement.
    notes: BTreeMap<StatementId, StatementId>,
    /// Reviews that no shift answers to, by their keys.
    pub waiting: Vec<ShiftId>,
}

impl Reviewed {
    pub fn new(decisions: &Decisions, analysis: &Analysis) -> Self {
        let mut reviewed = Self::default();
        if decisions.reviews.is_empty() && decisions.notes.is_empty() {
            return reviewed;
        }
        let index = Index::new(&analysis.statements);
        let now = |found: &Found| index.find(&analysis.statements, found).map(|statement| statement.id);
        let ids: BTreeSet<ShiftId> = analysis.shifts.iter().map(|shift| shift.id).collect();
        let by_pair: BTreeMap<_, ShiftId> = (analysis.shifts.iter())
            .map(|shift| ((shift.actor.as_str(), shift.theme.as_str(), shift.old, shift.new), shift.id))
            .collect();
        for (&key, review) in &decisions.reviews {
            let pair = (review.old.as_ref().and_then(now), review.new.as_ref().and_then(now));
            let same_words = by_pair.get(&(review.actor.as_str(), review.theme.as_str(), pair.0, pair.1)).copied();
            match Some(key).filter(|key| ids.contains(key)).or(same_words) {
                // A verdict that was given for this very shift stands before one that comes from another.
                Some(shift) if shift == key || !decisions.reviews.contains_key(&shift) => {
                    reviewed.shifts.insert(shift, key);
                }
                _ => reviewed.waiting.push(key),
            }
        }
        for (&key, note) in &decisions.notes {
            if let Some(statement) = now(&note.of) {
                reviewed.notes.insert(statement, key);
            }
        }
        reviewed
    }

    /// The review of a shift.
    pub fn review<'d>(&self, decisions: &'d Decisions, shift: ShiftId) -> Option<&'d Review> {
        decisions.reviews.get(self.shifts.get(&shift)?)
    }

    /// The key under which the review of a shift stands, or would stand.
    pub fn key(&self, shift: ShiftId) -> ShiftId {
        self.shifts.get(&shift).copied().unwrap_or(shift)
    }

    /// What was noted beside a statement; empty where nothing was.
    pub fn note<'d>(&self, decisions: &'d Decisions, statement: StatementId) -> &'d str {
        let note = self.notes.get(&statement).and_then(|key| decisions.notes.get(key));
        note.map_or("", |note| note.note.as_str())
    }

    /// The command that notes something beside a statement.
    pub fn note_command(&self, statement: &Statement, note: String) -> Command {
        let key = self.notes.get(&statement.id).copied().unwrap_or(statement.id);
        Command::NoteStatement { statement: key, note: Some(StatementNote { note, of: Found::from(statement) }) }
    }
}

/// How a statement came to stand as it does.
pub fn standing(decisions: &Decisions, statement: &Statement) -> Option<RevisionKind> {
    let key = statement.revision?;
    decisions.revisions.statements.get(&key).map(|revision| revision.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::shifts::ShiftLabel;
    use crate::document::DocumentId;
    use crate::text::ByteRange;

    fn shift(id: u64, old: u64, new: u64) -> Shift {
        Shift {
            id: ShiftId(id),
            actor: "Board".to_owned(),
            theme: "pier".to_owned(),
            old: Some(StatementId(old)),
            new: Some(StatementId(new)),
            also: Vec::new(),
            label: ShiftLabel::Held,
            rule: "same".to_owned(),
            reason: String::new(),
            confidence: 0.5,
            grounds: crate::analysis::shifts::Grounds { rule: 0.5, attribution: 1.0, source: 1.0, alignment: 1.0 },
            is_conditional: false,
            diff: Vec::new(),
            is_aligned_by_hand: false,
        }
    }

    fn found(id: u64, start: usize) -> Found {
        Found { id: StatementId(id), document: DocumentId(1), content: vec![ByteRange::new(start, start + 20)] }
    }

    #[test]
    fn a_verdict_follows_its_words_and_waits_where_they_are_gone() {
        let document = crate::document::Document::of_lines(DocumentId(1), &"word ".repeat(40));
        let codebook = crate::codebook::Codebook::default();
        let statement = |id: u64, start: usize| {
            let range = ByteRange::new(start, start + 20);
            let proposed = crate::analysis::statements::by_hand::propose(&document, range, &codebook).unwrap();
            Statement { id: StatementId(id), ..proposed }
        };
        let analysis = Analysis {
            statements: vec![statement(11, 2), statement(12, 102)],
            shifts: vec![shift(1, 11, 12)],
            ..Analysis::default()
        };
        let review = |old, new| Review {
            verdict: Some(Verdict::Accepted),
            note: String::new(),
            label: ShiftLabel::Softened,
            actor: "Board".to_owned(),
            theme: "pier".to_owned(),
            old: Some(old),
            new: Some(new),
        };
        let mut decisions = Decisions::default();
        decisions.reviews.insert(ShiftId(9), review(found(1, 0), found(2, 100)));
        decisions.reviews.insert(ShiftId(8), review(found(1, 0), found(2, 150)));
        let reviewed = Reviewed::new(&decisions, &analysis);
        assert_eq!(reviewed.key(ShiftId(1)), ShiftId(9));
        assert_eq!(reviewed.review(&decisions, ShiftId(1)).unwrap().label, ShiftLabel::Softened);
        assert_eq!(reviewed.waiting, [ShiftId(8)]);
    }
}
