//! What the reader did, step by step, with the way back and the way on again.
//!
//! A step holds the command that changes its side: the inverse while it is done, the command itself while it is taken
//! back. Steps are shared values, so that whoever keeps them on disk sees which ones are others than before.

use std::sync::Arc;

use super::phrases::{PhraseMerge, PhraseName, PhraseSplit};
use super::{Command, Furniture, Project};
use crate::analysis::revisions::Revision;
use crate::document::{DateSpan, Document, DocumentId};

/// At most so many characters of an article's words stand in a sentence.
const QUOTED_CHARS: usize = 48;

/// Something the reader did.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// As a sentence without a period: "Opened 3 articles".
    pub says: String,
    /// When, in seconds since 1970; `None` where nobody told the time.
    pub at_secs: Option<i64>,
    /// Takes the step back where it is done, else does it again.
    pub command: Command,
}

/// All steps, the first `n_done` of which are done.
#[derive(Clone, Debug, Default)]
pub struct History {
    steps: Vec<Arc<Step>>,
    n_done: usize,
    pub(super) now_secs: Option<i64>,
}

impl PartialEq for History {
    /// The time of now is no part of what was done.
    fn eq(&self, other: &Self) -> bool {
        self.n_done == other.n_done && self.steps == other.steps
    }
}

impl History {
    /// A history as it was kept; `n_done` beyond the steps means all of them.
    pub fn kept(steps: Vec<Arc<Step>>, n_done: usize) -> Self {
        Self { n_done: n_done.min(steps.len()), steps, now_secs: None }
    }

    /// In the order of doing; what was taken back stands last.
    pub fn steps(&self) -> &[Arc<Step>] {
        &self.steps
    }

    /// Number of steps that are done.
    pub fn n_done(&self) -> usize {
        self.n_done
    }

    /// Adds a step; what was taken back before is gone.
    pub(super) fn push(&mut self, says: String, inverse: Command) {
        self.steps.truncate(self.n_done);
        self.steps.push(Arc::new(Step { says, at_secs: self.now_secs, command: inverse }));
        self.n_done = self.steps.len();
    }

    /// Makes more opened articles part of the last step, where that opened some too.
    pub(super) fn extend(&mut self, says: String, inverse: Command) {
        let last = self.n_done.checked_sub(1).and_then(|last| self.steps.get(last));
        let (Some(Command::RemoveDocuments(before)), Command::RemoveDocuments(more)) =
            (last.map(|step| &step.command), &inverse)
        else {
            return self.push(says, inverse);
        };
        let ids: Vec<DocumentId> = before.iter().chain(more).copied().collect();
        let says = format!("Opened {} articles", ids.len());
        self.n_done -= 1;
        self.push(says, Command::RemoveDocuments(ids));
    }

    /// Notes that the last step was taken back; `None` where nothing changed by it.
    pub(super) fn step_back(&mut self, again: Option<Command>) {
        self.n_done = self.n_done.saturating_sub(1);
        self.turn(self.n_done, again);
    }

    /// Notes that the next step was done again.
    pub(super) fn step_on(&mut self, inverse: Option<Command>) {
        self.turn(self.n_done, inverse);
        self.n_done = (self.n_done + 1).min(self.steps.len());
    }

    /// Gives a step the command of its other side.
    fn turn(&mut self, idx: usize, command: Option<Command>) {
        if let (Some(step), Some(command)) = (self.steps.get_mut(idx), command) {
            *step = Arc::new(Step { says: step.says.clone(), at_secs: step.at_secs, command });
        }
    }
}

/// What a command does to a project, as a sentence; to be asked before it is carried out.
pub(super) fn says(command: &Command, project: &Project) -> String {
    let decisions = project.decisions();
    let article = |id: &DocumentId| -> String {
        let document = project.documents().iter().find(|document| document.id == *id);
        document.map_or_else(|| "an article".to_owned(), |document| name(document))
    };
    match command {
        Command::AddDocuments(all) => several("Opened", all.iter().map(|document| name(document))),
        Command::InsertDocuments(all) => several("Opened", all.iter().map(|(_, document)| name(document))),
        Command::RemoveDocuments(ids) => several("Removed", ids.iter().map(article)),
        Command::SetDate { document, date: Some(span) } => format!("Dated {} {}", article(document), days(*span)),
        Command::SetDate { document, date: None } => format!("Left the date of {} to the rules", article(document)),
        Command::SetFurniture { document, block, furniture } => {
            let text = project.documents().iter().find(|it| it.id == *document).map_or("", |it| it.text.as_str());
            let words = quoted(block.of(text));
            match furniture {
                Some(Furniture::Hidden) => format!("Dimmed {words} in {}", article(document)),
                Some(Furniture::Shown) => format!("Read {words} as part of {}", article(document)),
                None => format!("Left {words} in {} to the rules", article(document)),
            }
        }
        Command::Reread { old, encoding, .. } => {
            let name = old.first().map_or_else(String::new, article);
            encoding.as_ref().map_or_else(
                || format!("Read {name} in the encoding its bytes tell"),
                |encoding| format!("Read {name} as {encoding}"),
            )
        }
        Command::Restore { .. } => "Put articles and decisions back".to_owned(),
        Command::SwitchFact { fact, is_on } => {
            let fact = fact.split(':').nth(1).unwrap_or(fact).replace('-', " ");
            format!("Dated {} “{fact}”", if *is_on { "by" } else { "without" })
        }
        Command::Pin { slot, phrase } => {
            let letter = u8::try_from(*slot).map_or('?', |slot| char::from(b'A'.saturating_add(slot)));
            if phrase.is_some() {
                format!("Gave a phrase the letter {letter}")
            } else {
                format!("Freed letter {letter}")
            }
        }
        Command::SetPins(_) => "Set the letters".to_owned(),
        Command::DismissPhrase { label, .. } => format!("Never match {}", quoted(label)),
        Command::RestorePhrase { phrase } => {
            format!("Match {} again", quoted(decisions.dismissed.get(phrase).map_or("a phrase", String::as_str)))
        }
        Command::RenamePhrase { name: Some(PhraseName { name, label }), .. } => {
            format!("Called {} {}", quoted(label), quoted(name))
        }
        Command::RenamePhrase { phrase, name: None } => {
            let label = decisions.names.get(phrase).map_or("a phrase", |name| name.label.as_str());
            format!("Took the name of {} back", quoted(label))
        }
        Command::MergePhrase { merge: Some(PhraseMerge { label, into_label, .. }), .. } => {
            format!("Made {} part of {}", quoted(label), quoted(into_label))
        }
        Command::MergePhrase { phrase, merge: None } => {
            let label = decisions.merged.get(phrase).map_or("a phrase", |merge| merge.label.as_str());
            format!("Took {} apart again", quoted(label))
        }
        Command::SplitPhrase { split: Some(PhraseSplit { words, label }), .. } => {
            format!("Let {} stand apart from {}", quoted(words), quoted(label))
        }
        Command::SplitPhrase { wording, split: None, .. } => format!("Put {} back", quoted(wording)),
        Command::SetReview { shift, review } => says_review(decisions.reviews.get(shift), review.as_ref()),
        Command::Revise { key, revision } => {
            says_revision(revision.as_ref().or(decisions.revisions.statements.get(key)), revision.is_some(), &article)
        }
        Command::ReviseAll(all) => {
            let new = all.iter().find_map(|(_, revision)| revision.as_ref());
            says_revision(new, new.is_some(), &article)
        }
        Command::Align { pair, .. } => {
            let does =
                if pair.is_some() { "Set two statements beside each other" } else { "Took two statements apart" };
            does.to_owned()
        }
        Command::NoteStatement { note, .. } => {
            note.as_ref().map_or_else(|| "Took a note back".to_owned(), |note| format!("Noted {}", quoted(&note.note)))
        }
        Command::SetCodebook(Some(text)) if !text.says.is_empty() => format!("Codebook: {}", text.says),
        Command::SetCodebook(Some(text)) => format!("Read with the codebook {}", text.origin),
        Command::SetCodebook(None) => "Read with the codebook of the start".to_owned(),
    }
}

fn says_review(old: Option<&super::Review>, new: Option<&super::Review>) -> String {
    let Some(review) = new.or(old) else { return "Reviewed a change".to_owned() };
    let about = format!("{} of {} on {}", review.label.words(), review.actor, review.theme);
    match new.map(|review| review.verdict) {
        Some(Some(verdict)) if old.and_then(|old| old.verdict) != Some(verdict) => {
            format!("{}: {about}", capital(verdict.words()))
        }
        Some(_) => format!("Noted beside {about}"),
        None => format!("Took the verdict back: {about}"),
    }
}

fn says_revision(revision: Option<&Revision>, is_new: bool, article: &dyn Fn(&DocumentId) -> String) -> String {
    let Some(revision) = revision else { return "Changed a statement".to_owned() };
    let of = (revision.drafts.first().map(|draft| draft.statement.document))
        .or_else(|| revision.replaced.first().map(|found| found.document));
    let place = of.map_or_else(String::new, |id| format!(" in {}", article(&id)));
    if is_new {
        format!("{} a statement{place}", capital(revision.kind.words()))
    } else {
        format!("Left a statement{place} to the rules")
    }
}

/// The headline of an article in quotation marks, else its file's name.
fn name(document: &Document) -> String {
    document.title.as_deref().map_or_else(|| document.name().to_owned(), quoted)
}

/// Words in quotation marks, cut where they are long.
fn quoted(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= QUOTED_CHARS {
        return format!("“{words}”");
    }
    let cut: String = words.chars().take(QUOTED_CHARS).collect();
    format!("“{}…”", cut.trim_end())
}

fn several(does: &str, mut names: impl ExactSizeIterator<Item = String>) -> String {
    match (names.len(), names.next()) {
        (1, Some(name)) => format!("{does} {name}"),
        (n_articles, _) => format!("{does} {n_articles} articles"),
    }
}

fn days(span: DateSpan) -> String {
    let day = |date: jiff::civil::Date| date.strftime("%-d %b %Y").to_string();
    if span.first == span.last { day(span.first) } else { format!("{} to {}", day(span.first), day(span.last)) }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::revisions::{Found, RevisionKind};
    use crate::analysis::shifts::ShiftLabel;
    use crate::analysis::{PhraseId, ShiftId, StatementId};
    use crate::project::reviews::StatementNote;
    use crate::project::{CodebookText, Review, Verdict};
    use crate::text::ByteRange;

    fn article(number: u64) -> Arc<Document> {
        let mut document = Document::of_lines(DocumentId(number), "The pier is open.\nJoin the club today");
        document.title = Some(format!("Pier {number}"));
        Arc::new(document)
    }

    fn says_last(project: &Project) -> &str {
        project.history().steps().last().map_or("", |step| step.says.as_str())
    }

    #[test]
    fn every_step_says_what_it_was() {
        let (one, phrase) = (DocumentId(1), PhraseId(1));
        let found = Found { id: StatementId(4), document: one, content: vec![ByteRange::new(0, 8)] };
        let review = |verdict, note: &str| Review {
            verdict,
            label: ShiftLabel::Softened,
            note: note.to_owned(),
            actor: "Board".to_owned(),
            theme: "pier".to_owned(),
            old: None,
            new: None,
        };
        let name = PhraseName { name: "piers".to_owned(), label: "of the pier".to_owned() };
        let dismissed = Revision { kind: RevisionKind::Dismissed, replaced: vec![found.clone()], drafts: Vec::new() };
        let month = DateSpan { first: jiff::civil::date(2019, 3, 1), last: jiff::civil::date(2019, 3, 31) };
        let club = ByteRange::new(18, 37);
        let text = CodebookText { toml: String::new(), origin: "mine.toml".to_owned(), says: String::new() };
        let cases: [(Command, &str); 21] = [
            (Command::AddDocuments(vec![article(1)]), "Opened “Pier 1”"),
            (Command::AddDocuments(vec![article(2), article(3)]), "Opened 2 articles"),
            (Command::RemoveDocuments(vec![DocumentId(3)]), "Removed “Pier 3”"),
            (Command::SetDate { document: one, date: Some(month) }, "Dated “Pier 1” 1 Mar 2019 to 31 Mar 2019"),
            (Command::SetDate { document: one, date: None }, "Left the date of “Pier 1” to the rules"),
            (
                Command::SetFurniture { document: one, block: club, furniture: Some(Furniture::Hidden) },
                "Dimmed “Join the club today” in “Pier 1”",
            ),
            (
                Command::SwitchFact { fact: "event:the-storm:2017-09-03".to_owned(), is_on: false },
                "Dated without “the storm”",
            ),
            (Command::Pin { slot: 1, phrase: Some(phrase) }, "Gave a phrase the letter B"),
            (Command::Pin { slot: 1, phrase: None }, "Freed letter B"),
            (Command::DismissPhrase { phrase, label: "of the".to_owned() }, "Never match “of the”"),
            (Command::RestorePhrase { phrase }, "Match “of the” again"),
            (Command::RenamePhrase { phrase, name: Some(name) }, "Called “of the pier” “piers”"),
            (Command::RenamePhrase { phrase, name: None }, "Took the name of “of the pier” back"),
            (
                Command::SetReview { shift: ShiftId(3), review: Some(review(Some(Verdict::Accepted), "")) },
                "Accepted: softened of Board on pier",
            ),
            (
                Command::SetReview { shift: ShiftId(3), review: Some(review(Some(Verdict::Accepted), "check")) },
                "Noted beside softened of Board on pier",
            ),
            (
                Command::SetReview { shift: ShiftId(3), review: None },
                "Took the verdict back: softened of Board on pier",
            ),
            (Command::Revise { key: StatementId(4), revision: Some(dismissed) }, "Dismissed a statement in “Pier 1”"),
            (Command::Revise { key: StatementId(4), revision: None }, "Left a statement in “Pier 1” to the rules"),
            (
                Command::NoteStatement {
                    statement: StatementId(4),
                    note: Some(StatementNote { note: "ask\nher".to_owned(), of: found }),
                },
                "Noted “ask her”",
            ),
            (Command::SetCodebook(Some(text)), "Read with the codebook mine.toml"),
            (Command::SetCodebook(None), "Read with the codebook of the start"),
        ];
        let mut project = Project::default();
        for (command, says) in cases {
            project.apply(command);
            assert_eq!(says_last(&project), says);
        }
    }

    #[test]
    fn articles_of_one_import_are_one_step_and_a_new_step_ends_what_was_taken_back() {
        let mut project = Project::default();
        project.set_time(60);
        project.add_more(vec![article(1)]);
        project.add_more(vec![article(2)]);
        assert_eq!((project.history().n_done(), says_last(&project)), (1, "Opened 2 articles"));
        assert_eq!(project.history().steps()[0].at_secs, Some(60));
        project.apply(Command::RemoveDocuments(vec![DocumentId(1)]));
        project.undo();
        assert_eq!((project.history().n_done(), project.history().steps().len()), (1, 2));
        let order: Vec<u64> = project.documents().iter().map(|document| document.id.0).collect();
        assert_eq!(order, [1, 2]);
        project.apply(Command::RemoveDocuments(vec![DocumentId(2)]));
        assert_eq!((project.history().steps().len(), project.redo()), (2, None));
        assert_eq!(says_last(&project), "Removed “Pier 2”");
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(quoted(&"pier ".repeat(30)), format!("“{}…”", "pier ".repeat(10).trim_end().get(..48).unwrap()));
    }
}
