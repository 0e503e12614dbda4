//! Another encoding for a file that is open: what is read anew, and what is told about it.

use std::sync::Arc;

use super::action::Action;
use super::desk::Desk;
use super::state::{Inspect, Sheet, Toast};
use crate::document::{Document, DocumentId};
use crate::project;

/// At most so many decisions that were lost are quoted.
const MAX_QUOTED: usize = 3;

/// At most so many characters of each are.
const QUOTED_CHARS: usize = 40;

/// All open articles of the file that holds this one.
pub fn parts_of(desk: &Desk, id: DocumentId) -> Vec<Arc<Document>> {
    let Some(one) = desk.open_document(id) else { return Vec::new() };
    let is_part = |other: &&Arc<Document>| other.source.whole() == one.source.whole() && other.sha256 == one.sha256;
    desk.project.documents().iter().filter(is_part).cloned().collect()
}

/// Takes what came of reading a file anew.
pub fn take(desk: &mut Desk, old: Vec<DocumentId>, new: Result<Vec<Arc<Document>>, String>, encoding: Option<String>) {
    let new = match new {
        Ok(new) => new,
        Err(says) => {
            desk.state.toast = Some(Toast::new(says));
            return;
        }
    };
    let gone: Vec<_> = old.iter().filter_map(|id| desk.open_document(*id).cloned()).collect();
    let Some(first) = new.first().filter(|_| !gone.is_empty()) else { return };
    let lost = project::carried_over(desk.project.decisions(), &gone, &new).lost;
    let (name, charset, id) = (first.source.name().to_owned(), first.encoding.name.clone(), first.id);
    desk.take_reread(old, new, encoding);
    let words = format!("{name} is read as {charset}{}", told(&lost));
    desk.state.toast = Some(Toast::with_link(words, "Undo", Action::Undo));
    if let Some(Sheet::Inspect(inspect)) = &mut desk.state.sheet
        && gone.iter().any(|document| document.id == inspect.document)
    {
        let id =
            if desk.project.documents().iter().any(|it| it.id == inspect.document) { inspect.document } else { id };
        *inspect = Inspect { is_in_bytes: inspect.is_in_bytes, ..Inspect::new(id) };
    }
}

/// "; 2 decisions could not be carried over: “…”, “…”", empty where none was lost.
fn told(lost: &[String]) -> String {
    if lost.is_empty() {
        return String::new();
    }
    let quote = |words: &String| {
        let mut short: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = short.char_indices().nth(QUOTED_CHARS) {
            short.truncate(end);
            short.push('…');
        }
        format!("“{short}”")
    };
    let quoted: Vec<String> = lost.iter().take(MAX_QUOTED).map(quote).collect();
    let more = if lost.len() > MAX_QUOTED { format!(" and {} more", lost.len() - MAX_QUOTED) } else { String::new() };
    let decisions = if lost.len() == 1 { "decision" } else { "decisions" };
    format!("; {} {decisions} could not be carried over: {}{more}", lost.len(), quoted.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_decisions_are_quoted_shortly() {
        let lost = |words: &[&str]| told(&words.iter().map(|&words| words.to_owned()).collect::<Vec<_>>());
        assert_eq!(lost(&[]), "");
        assert_eq!(lost(&["Read\nmore"]), "; 1 decision could not be carried over: “Read more”");
        let long = "word ".repeat(20);
        let many = lost(&[&long, "b", "c", "d", "e"]);
        assert!(many.starts_with("; 5 decisions could not be carried over: “word word"), "{many}");
        assert!(many.contains("…”, “b”, “c” and 2 more"), "{many}");
    }
}
