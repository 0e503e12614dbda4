//! Which commands have no effect at the moment, and why, in words for the reader.
//!
//! Cheap enough for every command in a frame: it looks at what is chosen and counts nothing.

use crate::gui::action::Action;
use crate::gui::desk::Desk;
use crate::gui::library;
use crate::gui::state::{State, ViewKind};

/// What a command asks for with what is chosen now; `None` where what it needs is not chosen.
pub fn asked(desk: &Desk, action: &Action) -> Option<Action> {
    let selected = desk.state.reading.selected.filter(|_| desk.state.view == ViewKind::Read);
    match action {
        Action::AddStatement(_) => selected.map(Action::AddStatement),
        Action::FindPhrase(_) => selected.map(Action::FindPhrase),
        action => Some(action.clone()),
    }
}

/// Why a command has no effect now; `None` where it has one.
pub fn resting(desk: &Desk, action: &Action) -> Option<&'static str> {
    let State { view, library, reading, .. } = &desk.state;
    if library.is_open && library::rests(action) {
        return Some("rests under the library");
    }
    if desk.corpus().is_empty() && needs_articles(action) {
        return Some("no article is open");
    }
    match action {
        Action::Undo => desk.project.undo_name().is_none().then_some("nothing to take back"),
        Action::Redo => desk.project.redo_name().is_none().then_some("nothing was taken back"),
        Action::ShowAll => reading.shown.n_chosen().is_none().then_some("all stand in columns"),
        Action::ToggleList
        | Action::ToggleMarks
        | Action::ToggleFurniture
        | Action::NarrowColumn(_)
        | Action::HideColumn(_) => (*view != ViewKind::Read).then_some("in Read"),
        Action::ToggleLinked => {
            (*view != ViewKind::Read && !desk.state.is_between_articles()).then_some("in Read, and between articles")
        }
        Action::ResetColumns => (!reading.shown.is_arranged()).then_some("they stand in order of date"),
        Action::ZoomReset => (desk.settings.zoom == 1.0).then_some("it is"),
        Action::ResetCodebook => desk.project.decisions().codebook.is_none().then_some("it is in use"),
        Action::UseCodebook(name) => {
            let built_in = crate::codebook::BUILT_INS.iter().find(|built_in| built_in.name == *name);
            built_in.is_some_and(|built_in| built_in.title == desk.codebook().name).then_some("it is in use")
        }
        Action::CopyPageText => desk.state.briefing.made.is_none().then_some("no page was made yet"),
        Action::AddStatement(_) | Action::FindPhrase(_) => {
            let is_selected = *view == ViewKind::Read && reading.selected.is_some();
            (!is_selected).then_some("select words in Read first")
        }
        _ => phrase_or_change(desk, action),
    }
}

/// The same for what walks phrases and changes.
fn phrase_or_change(desk: &Desk, action: &Action) -> Option<&'static str> {
    let State { view, selection, search, .. } = &desk.state;
    let is_positions = matches!(view, ViewKind::Positions | ViewKind::Compare);
    let has_phrases = !desk.analysis().phrases.is_empty();
    match action {
        Action::NextOccurrence | Action::PreviousOccurrence => {
            (!has_phrases && !search.is_walked()).then_some("no phrase comes back")
        }
        Action::NextFamily | Action::PreviousFamily => (!has_phrases).then_some("no phrase comes back"),
        Action::NextPlace | Action::PreviousPlace => {
            let is_phrases = matches!(view, ViewKind::Read | ViewKind::Phrases);
            (is_phrases && !has_phrases).then_some("no phrase comes back")
        }
        Action::PinFocus(_) => selection.phrase.is_none().then_some("choose a phrase first"),
        Action::AcceptShift | Action::DismissShift if !is_positions => Some("in Positions and Compare"),
        Action::AcceptShift | Action::DismissShift => selection.shift.is_none().then_some("no change is chosen"),
        Action::NextOpen => desk.analysis().shifts.is_empty().then_some("no change was found"),
        Action::CopyQuotes => {
            let is_read = matches!(view, ViewKind::Read | ViewKind::Phrases);
            let is_chosen = selection.occurrence.is_some() || desk.state.reading.selected.is_some();
            let has_some = is_chosen || (*view == ViewKind::Phrases && has_phrases) || *view == ViewKind::Briefing;
            match (is_read || *view == ViewKind::Briefing, has_some) {
                (false, _) => Some("in Read, Phrases and Briefing"),
                (true, false) => Some("choose a phrase or words first"),
                (true, true) => None,
            }
        }
        _ => None,
    }
}

/// Is there nothing this could be about without an article?
fn needs_articles(action: &Action) -> bool {
    matches!(
        action,
        Action::SaveImage
            | Action::CopyImage
            | Action::Export
            | Action::Inspect(_)
            | Action::Find
            | Action::SelectColumn(_)
            | Action::ToggleLibrary
            | Action::ToBriefing
            | Action::CopyQuotes
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::codebook::Codebook;
    use crate::document::{Document, DocumentId};

    fn desk() -> Desk {
        Desk::new(Arc::new(Codebook::built_in()), jiff::civil::date(2031, 1, 1))
    }

    #[test]
    fn what_has_nothing_to_work_on_says_so() {
        let mut desk = desk();
        assert_eq!(resting(&desk, &Action::Export), Some("no article is open"));
        assert_eq!(resting(&desk, &Action::Undo), Some("nothing to take back"));
        assert_eq!(resting(&desk, &Action::Open), None);
        desk.add(vec![Document::of_lines(DocumentId(1), "The council widens the pier.")]);
        assert_eq!(resting(&desk, &Action::Export), None);
        assert_eq!(resting(&desk, &Action::Undo), None);
        assert_eq!(resting(&desk, &Action::PinFocus(0)), Some("choose a phrase first"));
    }

    #[test]
    fn what_rests_in_a_view_names_the_view() {
        let mut desk = desk();
        assert_eq!(resting(&desk, &Action::AcceptShift), Some("in Positions and Compare"));
        assert_eq!(resting(&desk, &Action::ToggleMarks), None);
        desk.state.view = ViewKind::Positions;
        assert_eq!(resting(&desk, &Action::ToggleMarks), Some("in Read"));
    }
}
