//! The reader's decisions on phrase families: what each says, and the command that takes it back.
//!
//! Decisions are keyed by the ids of families, which are hashes of their words. Each keeps the labels it was made with,
//! so that it can be listed, and brought back, while its family is not there.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Command, Decisions};
use crate::analysis::PhraseId;
use crate::analysis::reuse::edits::{PhraseEdits, closes_circle};

/// A name the reader gave to a family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhraseName {
    pub name: String,
    /// The label in the articles' words.
    pub label: String,
}

impl PhraseName {
    /// Without white space at its ends; `None` where nothing is left, or where it says what the label says.
    pub(super) fn trimmed(self) -> Option<Self> {
        let name = self.name.trim();
        (!name.is_empty() && name != self.label).then(|| Self { name: name.to_owned(), ..self })
    }
}

/// A family that is part of another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhraseMerge {
    /// The family that takes it in.
    pub into: PhraseId,
    /// Labels of both, as they were when the reader decided.
    pub label: String,
    pub into_label: String,
}

/// A wording that is a family of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhraseSplit {
    /// The words as they stand at the place the reader chose.
    pub words: String,
    /// Label of the family it was split off.
    pub label: String,
}

/// The decisions as the analysis lays them over what it found.
pub fn edits(decisions: &Decisions) -> PhraseEdits {
    PhraseEdits {
        dismissed: decisions.dismissed.keys().copied().collect(),
        names: decisions.names.iter().map(|(&phrase, name)| (phrase, name.name.clone())).collect(),
        merged: merged(decisions),
        split: decisions.split.keys().cloned().collect::<BTreeSet<_>>(),
    }
}

fn merged(decisions: &Decisions) -> BTreeMap<PhraseId, PhraseId> {
    decisions.merged.iter().map(|(&phrase, merge)| (phrase, merge.into)).collect()
}

/// May `phrase` become part of `into`? Not of itself, and not of a family that is part of it.
pub fn may_merge(decisions: &Decisions, phrase: PhraseId, into: PhraseId) -> bool {
    let mut merged = merged(decisions);
    merged.remove(&phrase);
    !closes_circle(&merged, phrase, into)
}

/// A decision as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reversal {
    /// "never matched: “one of the”".
    pub says: String,
    /// What taking it back does: "Match again".
    pub does: &'static str,
    /// Takes it back.
    pub command: Command,
}

/// All decisions on phrases, kind by kind, in order of id.
pub fn reversals(decisions: &Decisions) -> Vec<Reversal> {
    let dismissed = decisions.dismissed.iter().map(|(&phrase, label)| Reversal {
        says: format!("“{label}” is never matched"),
        does: "Match again",
        command: Command::RestorePhrase { phrase },
    });
    let named = decisions.names.iter().map(|(&phrase, PhraseName { name, label })| Reversal {
        says: format!("“{label}” is called “{name}”"),
        does: "Take the name back",
        command: Command::RenamePhrase { phrase, name: None },
    });
    let merged = decisions.merged.iter().map(|(&phrase, PhraseMerge { label, into_label, .. })| Reversal {
        says: format!("“{label}” is part of “{into_label}”"),
        does: "Take apart",
        command: Command::MergePhrase { phrase, merge: None },
    });
    let split = decisions.split.iter().map(|((phrase, wording), PhraseSplit { words, label })| Reversal {
        says: format!("“{words}” stands apart from “{label}”"),
        does: "Put back",
        command: Command::SplitPhrase { phrase: *phrase, wording: wording.clone(), split: None },
    });
    dismissed.chain(named).chain(merged).chain(split).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    fn merge(phrase: u64, into: u64) -> Command {
        let label = |id: u64| format!("phrase {id}");
        let merge = PhraseMerge { into: PhraseId(into), label: label(phrase), into_label: label(into) };
        Command::MergePhrase { phrase: PhraseId(phrase), merge: Some(merge) }
    }

    #[test]
    fn merges_make_no_circle() {
        let mut project = Project::default();
        for (phrase, into, is_made) in
            [(1, 1, false), (1, 2, true), (2, 1, false), (2, 3, true), (3, 1, false), (1, 3, true), (4, 1, true)]
        {
            let before = project.decisions().merged.clone();
            project.apply(merge(phrase, into));
            assert_eq!(project.decisions().merged != before, is_made, "{phrase} into {into}");
        }
    }

    #[test]
    fn each_decision_is_listed_with_the_command_that_takes_it_back() {
        let mut project = Project::default();
        let name = |name: &str| Some(PhraseName { name: name.to_owned(), label: "the pier".to_owned() });
        project.apply(Command::RenamePhrase { phrase: PhraseId(1), name: name("  The long pier ") });
        project.apply(Command::RenamePhrase { phrase: PhraseId(2), name: name("  ") });
        project.apply(Command::DismissPhrase { phrase: PhraseId(3), label: "one of the".to_owned() });
        project.apply(merge(4, 1));
        let split = Some(PhraseSplit { words: "The piers".to_owned(), label: "the pier".to_owned() });
        project.apply(Command::SplitPhrase { phrase: PhraseId(1), wording: "the piers".to_owned(), split });
        let listed = reversals(project.decisions());
        let says: Vec<&str> = listed.iter().map(|reversal| reversal.says.as_str()).collect();
        assert_eq!(
            says,
            [
                "“one of the” is never matched",
                "“the pier” is called “The long pier”",
                "“phrase 4” is part of “phrase 1”",
                "“The piers” stands apart from “the pier”",
            ]
        );
        for reversal in listed {
            project.apply(reversal.command);
        }
        assert!(reversals(project.decisions()).is_empty() && edits(project.decisions()).is_empty());
    }
}
