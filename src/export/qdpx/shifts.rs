//! What ties selections: shifts with their reasons, pieces of one statement, statements told twice, and all notes.

use std::collections::BTreeMap;

use super::guid::guid;
use super::xml::Element;
use super::{Labels, Project, User, reference};
use crate::analysis::StatementId;
use crate::export::facts;
use crate::report::{ReviewState, ShiftEntry};

/// Links and notes, and where they are referred to.
pub(super) struct Findings {
    pub labels: Labels,
    pub links: Vec<Element>,
    pub notes: Vec<Element>,
    /// Ids of notes by the statement at whose selection they stand.
    pub notes_of: BTreeMap<usize, Vec<String>>,
    /// Ids of notes on shifts without any statement.
    pub unplaced: Vec<String>,
}

impl Findings {
    pub fn new(project: &Project<'_>) -> Self {
        let mut findings = Self {
            labels: Labels::new(),
            links: Vec::new(),
            notes: Vec::new(),
            notes_of: BTreeMap::new(),
            unplaced: Vec::new(),
        };
        findings.take_statements(project);
        for entry in &project.report.shifts {
            findings.take_shift(project, entry);
        }
        findings
    }

    fn take_statements(&mut self, project: &Project<'_>) {
        let statements = &project.report.statements;
        let by_id: BTreeMap<StatementId, usize> =
            statements.iter().enumerate().map(|(idx, entry)| (entry.statement.id, idx)).collect();
        for (idx, entry) in statements.iter().enumerate() {
            let id = entry.statement.id.to_string();
            let pieces = project.selections.get(idx).map(Vec::as_slice).unwrap_or_default();
            for pair in pieces.windows(2) {
                self.links.extend(link("continued in", "OneWay", pair.first(), pair.last()));
            }
            let told_first =
                entry.statement.same_as.and_then(|id| by_id.get(&id)).and_then(|&idx| project.selection(idx));
            self.links.extend(link("tells again", "OneWay", project.selection(idx), told_first));
            if !entry.note.is_empty() {
                let note = project.note(User::Reader, &id, &format!("Note on {id}"), entry.note);
                self.place(note, Some(idx).filter(|_| !pieces.is_empty()));
            }
        }
    }

    fn take_shift(&mut self, project: &Project<'_>, entry: &ShiftEntry<'_>) {
        let id = entry.shift.id.to_string();
        let name = format!("{}: {}, {}", entry.label.words(), entry.shift.actor, entry.theme);
        let is_dismissed = entry.review == ReviewState::Dismissed;
        let name = if is_dismissed { format!("dismissed: {name}") } else { name };
        let mut notes = vec![project.note(User::Program, &id, &name, &reasons(project, entry))];
        if !entry.note.is_empty() {
            let key = format!("{id} reader");
            notes.push(project.note(User::Reader, &key, &format!("Note on {name}"), entry.note));
        }
        let placed = |idx: Option<usize>| idx.filter(|&idx| project.selection(idx).is_some());
        let (old, new) = (placed(entry.old_idx), placed(entry.new_idx));
        if let Some(idx) = new.or(old).filter(|_| !is_dismissed) {
            self.labels.entry(idx).or_default().insert(entry.label);
        }
        let selection = |idx: Option<usize>| idx.and_then(|idx| project.selection(idx));
        let Some((old, new)) = selection(old).zip(selection(new)) else {
            for note in notes {
                self.place(note, new.or(old));
            }
            return;
        };
        let link = Element::new("Link")
            .with("guid", &guid("link", &[&id]))
            .with("name", &name)
            .with("direction", "OneWay")
            .with("originGUID", old)
            .with("targetGUID", new);
        self.links.push(link.children(notes.iter().map(|(note, _)| reference("NoteRef", note))));
        self.notes.extend(notes.into_iter().map(|(_, note)| note));
    }

    /// Keeps a note that stands at a statement, or at the project where there is none.
    fn place(&mut self, (id, note): (String, Element), at: Option<usize>) {
        self.notes.push(note);
        match at {
            Some(idx) => self.notes_of.entry(idx).or_default().push(id),
            None => self.unplaced.push(id),
        }
    }
}

/// A link between two selections, where there are both.
fn link(
    name: &'static str,
    direction: &str,
    origin: Option<impl AsRef<str>>,
    target: Option<impl AsRef<str>>,
) -> Option<Element> {
    let (origin, target) = (origin?, target?);
    let (origin, target) = (origin.as_ref(), target.as_ref());
    let link = Element::new("Link").with("guid", &guid("link", &[name, origin, target])).with("name", name);
    Some(link.with("direction", direction).with("originGUID", origin).with("targetGUID", target))
}

/// What the shift rests on, a line each.
fn reasons(project: &Project<'_>, entry: &ShiftEntry<'_>) -> String {
    let shift = entry.shift;
    let found = match entry.label == shift.label {
        true => String::new(),
        false => format!(" (found as {})", shift.label.words()),
    };
    let conditional = if shift.is_conditional { ", conditional" } else { "" };
    let by_hand = if shift.is_aligned_by_hand { ", put beside each other by the reader" } else { "" };
    let mut lines = vec![
        format!("{}{found}{conditional}: {}, {}", entry.label.words(), shift.actor, entry.theme),
        format!("Review: {}{by_hand}", entry.review.words()),
        format!("Rule {}, confidence {:.2}", shift.rule, shift.confidence),
    ];
    if !shift.reason.is_empty() {
        lines.push(format!("Why: {}", shift.reason));
    }
    for (name, idx) in [("Older", entry.old_idx), ("Newer", entry.new_idx)] {
        let Some(side) = facts::side(project.report, &project.articles, idx) else { continue };
        let statement = side.statement.statement;
        let day = statement.said.map_or_else(|| "day unknown".to_owned(), |day| day.to_string());
        let estimate = if statement.said_is_estimate && statement.said.is_some() { " est." } else { "" };
        lines.push(format!(
            "{name}: {day}{estimate}, {}: {}",
            side.file,
            facts::one_line(&facts::words(side.statement))
        ));
    }
    let diff = facts::inline_diff(project.report, entry);
    if !diff.is_empty() {
        lines.push(format!("[-only in the older-] {{+only in the newer+}}: {diff}"));
    }
    lines.join("\n")
}
