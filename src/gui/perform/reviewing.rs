//! Statements and changes: which is chosen, and what the reader says of it.

use super::show;
use crate::analysis::statements::by_hand;
use crate::analysis::{ShiftId, StatementId};
use crate::document::Passage;
use crate::gui::action::Action;
use crate::gui::desk::Desk;
use crate::gui::state::{PositionsState, Sheet, State, StatementSheet, Toast, ViewKind};
use crate::gui::theme::Theme;
use crate::gui::{changes, compare, positions, review};
use crate::project::{Verdict, statements};

pub(super) fn select_shift(desk: &mut Desk, shift: ShiftId) {
    let newer = desk.analysis().shift(shift).and_then(|shift| shift.new.or(shift.old));
    let article = newer.and_then(|id| desk.analysis().statement(id)).map(|statement| statement.document);
    let selection = &mut desk.state.selection;
    selection.shift = Some(shift);
    selection.pair = None;
    selection.document = article.or(selection.document);
}

/// Chooses a change and shows it whatever is filtered.
pub(super) fn go_to_shift(desk: &mut Desk, shift: ShiftId) {
    let Some(actor) = desk.analysis().shift(shift).map(|shift| shift.actor.clone()) else { return };
    select_shift(desk, shift);
    desk.state.positions = PositionsState { actor: Some(actor), ..PositionsState::default() };
    desk.state.compare.theme = None;
    let is_compare = desk.state.view == ViewKind::Compare;
    show(desk, if is_compare { ViewKind::Compare } else { ViewKind::Positions });
}

/// Makes a statement of chosen words. Where the rules have one with most of them, its card is shown instead.
pub(super) fn add_statement(desk: &mut Desk, passage: Passage) {
    let Some(document) = desk.corpus().get(passage.document).cloned() else { return };
    let codebook = std::sync::Arc::clone(desk.codebook());
    let Some(statement) = by_hand::propose(&document, passage.range, &codebook) else {
        desk.state.toast = Some(Toast::new("No word is chosen; select some in an article".to_owned()));
        return;
    };
    let id = statement.id;
    if desk.analysis().statement(id).is_none() {
        desk.change(statements::add(statement));
    }
    desk.state.sheet = Some(Sheet::Statement(StatementSheet::new(id)));
}

/// Shows the card of a statement; the same again closes it.
pub(super) fn show_statement(desk: &mut Desk, statement: StatementId) {
    let is_open = matches!(&desk.state.sheet, Some(Sheet::Statement(card)) if card.statement == statement);
    desk.state.sheet = (!is_open).then(|| Sheet::Statement(StatementSheet::new(statement)));
    if let Some(document) = desk.analysis().statement(statement).map(|statement| statement.document) {
        desk.state.selection.document = Some(document);
    }
}

/// Goes to the next change nobody gave a verdict on.
pub(super) fn next_open(desk: &mut Desk) {
    let theme = Theme::LIGHT;
    let scene = desk.scene(&theme);
    let State { selection, positions, .. } = &desk.state;
    match positions::positions_next_open(&scene, positions, selection) {
        Some(shift) => {
            select_shift(desk, shift);
            if !matches!(desk.state.view, ViewKind::Positions | ViewKind::Compare) {
                desk.state.view = ViewKind::Positions;
            }
        }
        None => desk.state.message = "Every change shown has a verdict".to_owned(),
    }
}

/// Goes on among the changes that the view shows.
pub(super) fn step_shift(desk: &mut Desk, step: isize) {
    let theme = Theme::LIGHT;
    let scene = desk.scene(&theme);
    let State { view, selection, positions, compare, .. } = &desk.state;
    let next = match view {
        ViewKind::Compare => compare::compare_step(&scene, compare, selection, step),
        ViewKind::Read | ViewKind::Phrases | ViewKind::Positions | ViewKind::Briefing => {
            positions::positions_step(&scene, positions, selection, step)
        }
    };
    if let Some(next) = next {
        select_shift(desk, next);
    }
}

/// Accepts or dismisses the chosen change; the same again takes it back.
pub(super) fn decide(desk: &mut Desk, verdict: Verdict) {
    // The change is not in sight between two articles.
    let Some(shift) = desk.state.selection.shift.filter(|_| !desk.state.is_between_articles()) else { return };
    let theme = Theme::LIGHT;
    let scene = desk.scene(&theme);
    let all = changes::all_changes(&scene);
    let Some(change) = all.iter().find(|change| change.shift.id == shift) else { return };
    let is_taken_back = change.verdict() == Some(verdict);
    let action = review::verdict(&scene, change, (!is_taken_back).then_some(verdict));
    if let Action::Change(command) = action {
        desk.change(command);
    }
}
