//! What the reader does to statements, as commands: accept, edit, dismiss, add, split, join, align, take back.
//!
//! A statement that was decided about before keeps its decision's key and what it replaced, so that however often it is
//! changed, one step back shows what was there, and taking the decision back shows what the rules found.

use super::{Command, Decisions};
use crate::analysis::StatementId;
use crate::analysis::revisions::{Draft, Found, Pair, Revision, RevisionKind};
use crate::analysis::statements::{Statement, by_hand};
use crate::codebook::Codebook;
use crate::document::Document;
use crate::text::ByteRange;

/// Says that a statement is right as it stands.
pub fn accept(decisions: &Decisions, statement: &Statement) -> Command {
    change(decisions, statement, draft(decisions, statement), RevisionKind::Accepted)
}

/// Puts `edited` in the place of the statement it was made of. `is_day_entered` says whether its day is the reader's.
pub fn edit(decisions: &Decisions, statement: &Statement, edited: Statement, is_day_entered: bool) -> Command {
    let was_entered = draft(decisions, statement).is_day_entered;
    let draft = Draft { statement: edited, is_day_entered: is_day_entered || was_entered };
    change(decisions, statement, draft, RevisionKind::Edited)
}

/// Adds a statement that no rule found.
pub fn add(statement: Statement) -> Command {
    let key = statement.id;
    let drafts = vec![Draft { statement, is_day_entered: false }];
    Command::Revise { key, revision: Some(Revision { kind: RevisionKind::Added, replaced: Vec::new(), drafts }) }
}

/// Says that a statement is none. One that the reader added goes without a trace.
pub fn dismiss(decisions: &Decisions, statement: &Statement) -> Command {
    let (key, mut revision) = revision_of(decisions, statement);
    let all = revision.drafts.clone();
    revision.drafts.retain(|draft| !is_draft_of(draft, statement, key, &all));
    if revision.drafts.is_empty() {
        revision.kind = RevisionKind::Dismissed;
    }
    let is_nothing = revision.drafts.is_empty() && revision.replaced.is_empty();
    Command::Revise { key, revision: (!is_nothing).then_some(revision) }
}

/// Lets the rules speak again on what a decision replaced.
pub fn take_back(key: StatementId) -> Command {
    Command::Revise { key, revision: None }
}

/// Cuts a statement in two before the byte at `offset`; each part gets the codes of its words. `None` where one part
/// would have no word.
pub fn split(
    decisions: &Decisions,
    statement: &Statement,
    offset: usize,
    document: &Document,
    codebook: &Codebook,
) -> Option<Command> {
    let part = |of: fn(ByteRange, usize) -> ByteRange| -> Option<Statement> {
        let content: Vec<ByteRange> = (statement.content.iter())
            .map(|range| of(*range, offset).trimmed(&document.text))
            .filter(|range| range.of(&document.text).contains(char::is_alphanumeric))
            .collect();
        let mut part = Statement { content, ..statement.clone() };
        by_hand::recode(document, codebook, &mut part);
        (!part.content.is_empty()).then_some(part)
    };
    let before = part(|range, offset| ByteRange::new(range.start, range.end.min(offset)))?;
    let mut after = part(|range, offset| ByteRange::new(range.start.max(offset), range.end.max(offset)))?;
    after.id = by_hand::id(document, &after.content);
    let (key, mut revision) = revision_of(decisions, statement);
    let is_day_entered = draft(decisions, statement).is_day_entered;
    let place = revision.drafts.iter().position(|draft| is_draft_of(draft, statement, key, &revision.drafts));
    let parts = [before, after].map(|statement| Draft { statement, is_day_entered });
    let place = place.unwrap_or(0);
    revision.drafts.splice(place..(place + 1).min(revision.drafts.len()), parts);
    revision.kind = RevisionKind::Split;
    Some(Command::Revise { key, revision: Some(revision) })
}

/// Makes two statements of one article one, with the speaker of the first. `None` where they are of two articles.
pub fn join(
    decisions: &Decisions,
    statements: [&Statement; 2],
    document: &Document,
    codebook: &Codebook,
) -> Option<Command> {
    let [mut first, mut second] = statements;
    if first.document != document.id || second.document != document.id || first.id == second.id {
        return None;
    }
    if second.extent() < first.extent() {
        (first, second) = (second, first);
    }
    let content = merged(&document.text, [&first.content[..], &second.content[..]].concat());
    let mut joined = Statement { content, ..first.clone() };
    by_hand::recode(document, codebook, &mut joined);
    let is_day_entered = draft(decisions, first).is_day_entered;
    let (key, mut revision) = revision_of(decisions, first);
    let (other_key, other) = revision_of(decisions, second);
    if other_key != key {
        revision.replaced.extend(other.replaced);
        revision.drafts.extend(other.drafts);
    }
    let all = revision.drafts.clone();
    let is_one = |draft: &Draft, statement, of_key| is_draft_of(draft, statement, of_key, &all);
    revision.drafts.retain(|draft| !is_one(draft, first, key) && !is_one(draft, second, other_key));
    revision.drafts.insert(0, Draft { statement: joined, is_day_entered });
    revision.kind = RevisionKind::Joined;
    let mut changes = vec![(key, Some(revision))];
    if other_key != key && decisions.revisions.statements.contains_key(&other_key) {
        changes.insert(0, (other_key, None));
    }
    Some(Command::ReviseAll(changes))
}

/// Puts two statements beside each other, whatever their words share; the same again takes it back.
pub fn align(decisions: &Decisions, old: &Statement, new: &Statement) -> Command {
    let is_aligned = decisions.revisions.pairs.contains_key(&(old.id, new.id));
    let pair = (!is_aligned).then(|| Pair { old: Found::from(old), new: Found::from(new) });
    Command::Align { old: old.id, new: new.id, pair }
}

/// The decision a statement comes from, or one that leaves it as it is, with its key.
fn revision_of(decisions: &Decisions, statement: &Statement) -> (StatementId, Revision) {
    let known = statement.revision.and_then(|key| Some((key, decisions.revisions.statements.get(&key)?.clone())));
    known.unwrap_or_else(|| {
        let drafts = vec![Draft { statement: statement.clone(), is_day_entered: false }];
        let replaced = vec![Found::from(statement)];
        (statement.id, Revision { kind: RevisionKind::Accepted, replaced, drafts })
    })
}

/// Is it the draft that stands as `statement`? The first one stands under the key of its decision.
fn is_draft_of(draft: &Draft, statement: &Statement, key: StatementId, drafts: &[Draft]) -> bool {
    let is_first = drafts.first() == Some(draft);
    if statement.id == key { is_first } else { !is_first && draft.statement.id == statement.id }
}

fn draft(decisions: &Decisions, statement: &Statement) -> Draft {
    let (key, revision) = revision_of(decisions, statement);
    let known = revision.drafts.iter().find(|draft| is_draft_of(draft, statement, key, &revision.drafts));
    known.cloned().unwrap_or_else(|| Draft { statement: statement.clone(), is_day_entered: false })
}

fn change(decisions: &Decisions, statement: &Statement, draft: Draft, kind: RevisionKind) -> Command {
    let (key, mut revision) = revision_of(decisions, statement);
    let all = revision.drafts.clone();
    match revision.drafts.iter_mut().find(|draft| is_draft_of(draft, statement, key, &all)) {
        Some(place) => *place = draft,
        None => revision.drafts.push(draft),
    }
    // Added, split and joined say more than edited; accepted says nothing new of them.
    if matches!(revision.kind, RevisionKind::Accepted | RevisionKind::Edited | RevisionKind::Dismissed) {
        revision.kind = if revision.kind == RevisionKind::Edited { RevisionKind::Edited } else { kind };
    }
    Command::Revise { key, revision: Some(revision) }
}

/// In order, with what only white space parts as one.
fn merged(text: &str, mut ranges: Vec<ByteRange>) -> Vec<ByteRange> {
    ranges.sort();
    let mut merged: Vec<ByteRange> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last)
                if range.start <= last.end || ByteRange::new(last.end, range.start).of(text).trim().is_empty() =>
            {
                *last = last.cover(range);
            }
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::{Analysis, Progress, analyze};
    use crate::document::DocumentId;
    use crate::project::Project;

    const TEXT: &str = "“We must keep up the pressure on North Korea. Dialogue is the way forward,” Jens Stoltenberg said.\n\
                        The minister warned that sanctions hurt.";

    struct Bench {
        project: Project,
        codebook: Codebook,
    }

    impl Bench {
        fn new() -> Self {
            let document = Arc::new(Document::of_lines(DocumentId(1), TEXT));
            Self { project: Project::new([document]), codebook: Codebook::built_in() }
        }

        fn analysis(&self) -> Analysis {
            let project = &self.project;
            analyze(&project.corpus(), &self.codebook, &project.options(), &Progress::default()).unwrap()
        }

        /// The words of all statements.
        fn words(&self) -> Vec<String> {
            let text = |statement: &Statement| {
                let words: Vec<&str> = statement.content.iter().map(|range| range.of(TEXT)).collect();
                words.join(" … ")
            };
            self.analysis().statements.iter().map(text).collect()
        }

        fn apply(&mut self, command: impl FnOnce(&Decisions, &[Statement], &Document, &Codebook) -> Command) {
            let statements = self.analysis().statements;
            let document = Arc::clone(&self.project.documents()[0]);
            let command = command(self.project.decisions(), &statements, &document, &self.codebook);
            self.project.apply(command);
        }
    }

    #[test]
    fn a_statement_is_cut_joined_changed_and_brought_back() {
        let mut bench = Bench::new();
        let found = bench.words();
        let n_found = found.len();
        let cut = TEXT.find("pressure").unwrap();
        bench.apply(|decisions, all, document, codebook| split(decisions, &all[0], cut, document, codebook).unwrap());
        assert_eq!(bench.words()[..2], ["We must keep up the", "pressure on North Korea."]);
        assert_eq!(bench.words().len(), n_found + 1);

        bench.apply(|decisions, all, document, codebook| {
            join(decisions, [&all[1], &all[0]], document, codebook).unwrap()
        });
        assert_eq!(bench.words(), found);
        let first = bench.analysis().statements[0].clone();
        assert_eq!(first.themes, ["sanctions_pressure"]);

        bench.apply(|decisions, all, _, _| {
            edit(decisions, &all[0], Statement { force: Some(1), ..all[0].clone() }, false)
        });
        let edited = bench.analysis().statements[0].clone();
        assert_eq!((edited.id, edited.force), (first.id, Some(1)));

        bench.apply(|decisions, all, _, _| dismiss(decisions, &all[0]));
        assert_eq!(bench.words(), found[1..]);
        bench.project.apply(take_back(first.revision.unwrap()));
        assert_eq!(bench.words(), found);
        while bench.project.undo().is_some() {}
        assert_eq!(bench.words(), found);
    }

    #[test]
    fn what_is_added_goes_without_a_trace() {
        let mut bench = Bench::new();
        let found = bench.words();
        let start = TEXT.find("sanctions hurt").unwrap();
        bench.apply(|_, _, document, codebook| {
            add(by_hand::propose(document, ByteRange::new(start, start + 9), codebook).unwrap())
        });
        assert!(bench.words().contains(&"sanctions".to_owned()));
        bench.apply(|decisions, all, _, _| {
            let added = all.iter().find(|statement| statement.revision.is_some()).unwrap();
            dismiss(decisions, added)
        });
        assert_eq!(bench.words(), found);
        assert!(bench.project.decisions().revisions.is_empty());
    }

    #[test]
    fn an_accepted_statement_stands_whatever_the_rules_say_later() {
        let mut bench = Bench::new();
        bench.apply(|decisions, all, _, _| accept(decisions, &all[0]));
        let accepted = bench.analysis().statements[0].clone();
        bench.codebook = Codebook { language: "en".to_owned(), ..Codebook::default() };
        assert_eq!(bench.analysis().statements[0], accepted);
    }
}
