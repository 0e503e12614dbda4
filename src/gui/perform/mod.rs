//! Carries out actions on the desk: what is chosen, where it is, what the reader decides.

mod columns;
mod copying;
mod reviewing;
mod walking;

use columns::{hide, in_front, narrow, select_document, toggle_linked};
use copying::{copy_chosen, copy_page, copy_quotes, copy_statements, say_capped};
use reviewing::{add_statement, decide, go_to_shift, next_open, select_shift, show_statement, step_shift};
use walking::{select_occurrence, select_phrase, step_family, step_occurrence, step_place};

use super::action::Action;
use super::compare::state::Mode;
use super::crash::sheet::FaultSheet;
use super::desk::Desk;
use super::marks;
use super::state::{Inspect, Sheet, Toast, ViewKind};
use super::theme::Theme;
use super::words::found;
use super::{briefing, changes, codebooks, help, library, palette, search};
use crate::analysis::reuse::edits::split_id;
use crate::document::{DocumentId, Passage};
use crate::project::{Command, Verdict};
use crate::report::briefing::Subject;

/// Carries out `action`. What needs the window or the system (dialogs, clipboard, zoom) is handed back.
pub fn perform(desk: &mut Desk, action: Action) -> Option<Action> {
    if desk.state.library.is_open {
        match action {
            Action::CopyQuotes => return library::copy(desk),
            action if library::rests(&action) => return None,
            _ => {}
        }
    }
    match action {
        Action::Show(view) => show(desk, view),
        Action::Find => {
            desk.state.library.is_open = false;
            desk.state.search.is_shown = true;
            desk.state.search.wants_focus = true;
        }
        Action::ToggleList => desk.state.is_list_open ^= true,
        Action::ToggleLibrary => library::toggle(desk),
        Action::ShowAll => desk.state.reading.shown.all(),
        Action::MoveColumn(id, before) => {
            let corpus = desk.corpus().clone();
            desk.state.reading.shown.move_before(&corpus, id, before);
            // The place in the row stays in sight, whoever stands there now.
            desk.state.reading.front = None;
            desk.state.selection.document = Some(id);
        }
        Action::NarrowColumn(id) => narrow(desk, id),
        Action::HideColumn(id) => hide(desk, id),
        Action::ResetColumns => {
            desk.state.reading.shown.reset();
            desk.state.reading.front = None;
        }
        Action::ToggleLinked => toggle_linked(desk),
        Action::ToggleMarks => desk.state.reading.has_marks ^= true,
        Action::ToggleFurniture => desk.state.reading.has_furniture ^= true,
        Action::ZoomIn => desk.settings.zoom_by(1.0),
        Action::ZoomOut => desk.settings.zoom_by(-1.0),
        Action::ZoomReset => desk.settings.zoom = 1.0,
        Action::CloseNotice(notice) => desk.state.notices.retain(|open| *open != notice),
        Action::CloseSheet => desk.state.sheet = None,
        Action::Help => help::toggle(&mut desk.state),
        Action::HelpPage(page) => help::open(&mut desk.state, page),
        Action::Palette => palette::toggle(desk),
        Action::ReadingSettings => desk.state.is_settings_open ^= true,
        Action::Inspect(document) => inspect(desk, document),
        Action::CloseToast => desk.state.toast = None,
        Action::ShowReport(report) => desk.state.sheet = Some(Sheet::Fault(FaultSheet::of_report(report))),
        Action::Clear => clear(desk),
        Action::History => {
            desk.state.sheet = if desk.state.sheet == Some(Sheet::History) { None } else { Some(Sheet::History) };
        }
        Action::GoToStep(n_done) => desk.go_to_step(n_done),
        Action::Undo => desk.undo(),
        Action::Redo => desk.redo(),
        Action::Cancel => cancel(desk),
        Action::SelectDocument(document) => select_document(desk, document),
        Action::SelectColumn(idx) => {
            let columns = desk.state.reading.shown.documents(desk.corpus());
            if let Some(id) = columns.get(idx).map(|document| document.id) {
                select_document(desk, id);
            }
        }
        Action::SelectPhrase(phrase) => select_phrase(desk, phrase),
        Action::SelectOccurrence(phrase, passage) => select_occurrence(desk, phrase, passage),
        Action::NextOccurrence => step_occurrence(desk, 1),
        Action::PreviousOccurrence => step_occurrence(desk, -1),
        Action::NextFamily => step_family(desk, 1),
        Action::PreviousFamily => step_family(desk, -1),
        Action::NextPlace => step_place(desk, 1),
        Action::PreviousPlace => step_place(desk, -1),
        Action::PinFocus(slot) => {
            if let Some(phrase) = desk.state.selection.phrase {
                desk.change(Command::Pin { slot, phrase: Some(phrase) });
            }
        }
        Action::SelectShift(shift) => select_shift(desk, shift),
        Action::GoToShift(shift) => go_to_shift(desk, shift),
        Action::GoToTheme(theme) => {
            desk.state.positions.theme = Some(theme);
            show(desk, ViewKind::Positions);
        }
        Action::NextOpen => next_open(desk),
        Action::AddStatement(passage) => add_statement(desk, passage),
        Action::ShowStatement(statement) => show_statement(desk, statement),
        Action::FollowStatement(statement) => {
            if matches!(&desk.state.sheet, Some(Sheet::Statement(card)) if card.statement != statement) {
                show_statement(desk, statement);
            }
        }
        Action::EnterInCodebook(entry) => codebooks::enter(desk, &entry),
        Action::UseCodebook(name) => codebooks::choose(desk, name),
        Action::ResetCodebook => codebooks::reset(desk),
        Action::NextShift => step_shift(desk, 1),
        Action::PreviousShift => step_shift(desk, -1),
        Action::AcceptShift => decide(desk, Verdict::Accepted),
        Action::DismissShift => decide(desk, Verdict::Dismissed),
        Action::ComparePair(old, new) => {
            desk.state.selection.pair = Some((old, new));
            desk.state.compare.mode = Mode::Statements;
            show(desk, ViewKind::Compare);
        }
        Action::CompareArticles(left, right) => {
            desk.state.compare.mode = Mode::Articles;
            desk.state.compare.chosen = Some([left, right]);
            show(desk, ViewKind::Compare);
        }
        Action::Brief(subject) => brief(desk, subject),
        Action::ToBriefing => match briefing::asking::in_front(desk) {
            Some(subject) => brief(desk, subject),
            None => show(desk, ViewKind::Briefing),
        },
        Action::CopyPageText => return copy_page(desk),
        Action::Reveal(passage) => reveal(desk, passage),
        Action::FindPhrase(of) => return found::ask(desk, of),
        Action::CopyQuotes => return copy_chosen(desk),
        Action::CopyPhrase(phrase) => {
            let passages = marks::walk(desk.corpus(), desk.analysis(), phrase);
            return copy_quotes(desk, &passages);
        }
        Action::CopyPlaces { passages, n_shown } => {
            let action = copy_quotes(desk, &passages);
            say_capped(desk, passages.len(), (n_shown, "places"));
            return action;
        }
        Action::CopyStatements { statements, n_shown } => return copy_statements(desk, &statements, n_shown),
        Action::Change(command) => change(desk, command),
        window => return Some(window),
    }
    None
}

/// Shows a view, and nothing over it.
fn show(desk: &mut Desk, view: ViewKind) {
    if (desk.state.view, view) == (ViewKind::Compare, ViewKind::Positions) {
        chart_chosen(desk);
    }
    desk.state.view = view;
    desk.state.library.is_open = false;
    desk.state.search.step_aside();
}

/// Charts the actor of the change that was compared: Compare walks those of all actors.
fn chart_chosen(desk: &mut Desk) {
    let shift = desk.state.selection.shift.and_then(|id| desk.analysis().shift(id));
    let Some(actor) = shift.map(|shift| shift.actor.clone()) else { return };
    let theme = Theme::LIGHT;
    let scene = desk.scene(&theme);
    if changes::charted_actor(&scene, desk.state.positions.actor.as_deref()) != Some(actor.as_str()) {
        desk.state.positions.actor = Some(actor);
        desk.state.positions.voices = super::state::Voices::All;
    }
}

/// Shows a finding in Briefing.
fn brief(desk: &mut Desk, subject: Subject) {
    briefing::asking::choose(desk, subject);
    show(desk, ViewKind::Briefing);
}

/// Shows a passage in its article.
fn reveal(desk: &mut Desk, passage: Passage) {
    if desk.corpus().get(passage.document).is_none() {
        return;
    }
    desk.state.library.is_open = false;
    desk.state.view = ViewKind::Read;
    desk.state.selection.document = Some(passage.document);
    desk.state.reading.reveal = Some(passage);
    found::reveal(&mut desk.state, passage);
    let corpus = desk.corpus().clone();
    search::reveal(&mut desk.state, &corpus, passage);
}

/// Shows how an article was read; the same again closes it.
fn inspect(desk: &mut Desk, document: Option<DocumentId>) {
    let is_open =
        matches!(&desk.state.sheet, Some(Sheet::Inspect(open)) if document.is_none_or(|id| open.document == id));
    if is_open {
        desk.state.sheet = None;
        return;
    }
    if let Some(id) = document.or_else(|| in_front(desk)) {
        select_document(desk, id);
        desk.state.sheet = Some(Sheet::Inspect(Inspect::new(id)));
    }
}

/// Carries out what the reader decided. What takes a family out of sight says so, with the way back.
fn change(desk: &mut Desk, command: Command) {
    let says = match &command {
        Command::DismissPhrase { label, .. } => Some(format!("“{label}” is never matched now")),
        Command::MergePhrase { merge: Some(merge), .. } => {
            Some(format!("“{}” is part of “{}” now", merge.label, merge.into_label))
        }
        Command::SplitPhrase { split: Some(split), .. } => Some(format!("“{}” stands by itself now", split.words)),
        Command::RemoveDocuments(ids) => {
            Some(format!("{} removed", crate::text::numbers::counted(ids.len(), "article", "articles")))
        }
        _ => None,
    };
    let split_off = match &command {
        Command::SplitPhrase { phrase, wording, split: Some(_) } => Some(split_id(*phrase, wording)),
        _ => None,
    };
    desk.change(command);
    if let Some(phrase) = split_off.filter(|id| desk.analysis().phrase(*id).is_some()) {
        desk.state.selection.phrase = Some(phrase);
    }
    if let Some(says) = says {
        desk.state.toast = Some(Toast::with_link(says, "Undo", Action::Undo));
    }
}

fn clear(desk: &mut Desk) {
    if desk.state.palette.close() || std::mem::take(&mut desk.state.is_settings_open) {
        return;
    }
    if desk.state.toast.take().is_some() {
        return;
    }
    if desk.state.phrases.renaming.take().is_some() || desk.state.compare.articles.pinning.take().is_some() {
        return;
    }
    if desk.state.is_between_articles() && desk.state.compare.articles.stop.take().is_some() {
        return;
    }
    if desk.state.sheet.is_none() && !desk.state.library.is_open && desk.state.search.clear() {
        desk.state.reading.selected = None;
        return;
    }
    let is_left = desk.state.sheet.take().is_some() || library::leave(&mut desk.state.library);
    // In Briefing a phrase that is let go of would put another one on the page.
    let holds = desk.state.view == ViewKind::Briefing;
    if !is_left && !holds && desk.state.reading.selected.take().is_none() {
        desk.state.selection.phrase = None;
        desk.state.selection.occurrence = None;
        desk.state.message.clear();
    }
}

fn cancel(desk: &mut Desk) {
    if desk.incoming.n_waiting > 0 {
        desk.incoming.progress.cancel();
        return;
    }
    if let Some(progress) = desk.progress.take() {
        progress.cancel();
        desk.state.toast = Some(Toast::new("Stopped; the marks shown are of before".to_owned()));
    }
}
