//! From one place, family or article to the next.

use super::reviewing::step_shift;
use super::{reveal, show};
use crate::analysis::PhraseId;
use crate::document::Passage;
use crate::gui::desk::Desk;
use crate::gui::state::{State, ViewKind};
use crate::gui::{briefing, compare, marks, phrases, search};

pub(super) fn select_phrase(desk: &mut Desk, phrase: Option<PhraseId>) {
    desk.state.search.give_way();
    desk.state.selection.phrase = phrase;
    desk.state.selection.occurrence = None;
    if phrase.is_some() && desk.state.view != ViewKind::Phrases {
        step_occurrence(desk, 1);
    }
}

pub(super) fn select_occurrence(desk: &mut Desk, phrase: PhraseId, passage: Passage) {
    // The row of an article that was closed in this very frame.
    if desk.corpus().get(passage.document).is_none() {
        return;
    }
    desk.state.search.give_way();
    let is_in_view = desk.state.selection.occurrence == Some(passage);
    let selection = &mut desk.state.selection;
    selection.phrase = Some(phrase);
    selection.occurrence = Some(passage);
    selection.document = Some(passage.document);
    // In Phrases and between two articles one walks the places where one is; Read finds them when it comes up.
    let is_compared = desk.state.is_between_articles();
    let stays = is_compared || desk.state.view == ViewKind::Phrases;
    show(desk, if stays { desk.state.view } else { ViewKind::Read });
    if is_compared {
        compare::articles::reveal(&mut desk.state.compare, &desk.state.selection);
    }
    if !is_in_view {
        desk.state.reading.reveal = Some(passage);
    }
}

/// The family whose places are walked: the chosen one, else the first that is listed.
pub(super) fn focus(desk: &Desk) -> Option<PhraseId> {
    let State { view, selection, phrases, .. } = &desk.state;
    match view {
        ViewKind::Phrases => phrases::current(desk.analysis(), phrases, selection),
        _ => selection.phrase.or_else(|| desk.analysis().phrases.first().map(|phrase| phrase.id)),
    }
}

/// Goes to the next place of a search, where there is one, else to the next occurrence of the family in focus; without a
/// focus, of the heaviest family.
pub(super) fn step_occurrence(desk: &mut Desk, step: isize) {
    if desk.state.search.is_walked() {
        if let Some(passage) = search::step(desk, step) {
            reveal(desk, passage);
        }
        return;
    }
    if desk.state.is_between_articles() {
        // A family that was just chosen is gone to; after that, every shared place is walked.
        let is_chosen = desk.state.selection.occurrence.is_none();
        step_between(desk, step, is_chosen);
        return;
    }
    let Some(phrase) = focus(desk) else { return };
    let passages = marks::walk(desk.corpus(), desk.analysis(), phrase);
    if let Some(passage) = step_in(&passages, desk.state.selection.occurrence, step) {
        select_occurrence(desk, phrase, passage);
    }
}

/// Goes to the next place that the two articles in Compare share; with `is_same_family` among those of the chosen one.
pub(super) fn step_between(desk: &mut Desk, step: isize, is_same_family: bool) {
    if compare::articles::walks_changes(&desk.state.compare) {
        compare::articles::step_change(&mut desk.state.compare, step);
        return;
    }
    let State { compare, selection, .. } = &desk.state;
    if let Some((phrase, passage)) = compare::articles::step(compare, selection, step, is_same_family) {
        select_occurrence(desk, phrase, passage);
    }
}

pub(super) fn step_family(desk: &mut Desk, step: isize) {
    if desk.state.view == ViewKind::Phrases {
        let State { phrases, selection, .. } = &desk.state;
        if let Some(next) = phrases::neighbor(desk.analysis(), phrases, selection, step) {
            select_phrase(desk, Some(next));
        }
        return;
    }
    let between = compare::articles::families(&desk.state);
    let listed = || marks::shown(desk.analysis()).iter().map(|phrase| phrase.id).collect();
    let ids: Vec<PhraseId> = between.unwrap_or_else(listed);
    if let Some(next) = step_in(&ids, desk.state.selection.phrase, step) {
        select_phrase(desk, Some(next));
    }
}

/// In Read and Phrases the first occurrence in the next article that has the family; elsewhere the next change, or the
/// next finding.
pub(super) fn step_place(desk: &mut Desk, step: isize) {
    if desk.state.is_between_articles() {
        step_between(desk, step, true);
        return;
    }
    if matches!(desk.state.view, ViewKind::Positions | ViewKind::Compare) {
        step_shift(desk, step);
        return;
    }
    if desk.state.view == ViewKind::Briefing {
        briefing::asking::step(desk, step);
        return;
    }
    let Some(phrase) = focus(desk) else { return };
    let mut passages = marks::walk(desk.corpus(), desk.analysis(), phrase);
    passages.dedup_by_key(|passage| passage.document);
    let here = desk.state.selection.occurrence.map(|passage| passage.document);
    let current = passages.iter().copied().find(|passage| Some(passage.document) == here);
    if let Some(passage) = step_in(&passages, current, step) {
        select_occurrence(desk, phrase, passage);
    }
}

/// The element `step` places on, going round at the ends; the first (or last) where nothing is chosen.
pub(super) fn step_in<T: Copy + PartialEq>(items: &[T], current: Option<T>, step: isize) -> Option<T> {
    let n_items = isize::try_from(items.len()).ok().filter(|n_items| *n_items > 0)?;
    let place = current.and_then(|current| items.iter().position(|item| *item == current));
    let next = match place {
        Some(place) => (isize::try_from(place).ok()? + step).rem_euclid(n_items),
        None if step < 0 => n_items - 1,
        None => 0,
    };
    items.get(usize::try_from(next).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stepping_goes_round() {
        assert_eq!(step_in(&[1, 2, 3], Some(3), 1), Some(1));
        assert_eq!(step_in(&[1, 2, 3], Some(1), -1), Some(3));
        assert_eq!(step_in(&[1, 2, 3], None, 1), Some(1));
        assert_eq!(step_in::<i32>(&[], None, 1), None);
    }
}
