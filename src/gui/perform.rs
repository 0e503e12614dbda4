//! Carries out actions on the desk: what is chosen, where it is, what the reader decides.

use super::action::Action;
use super::desk::Desk;
use super::marks;
use super::state::{Inspect, Sheet, State, StatementSheet, Toast, ViewKind};
use super::theme::Theme;
use super::words::found;
use super::{briefing, changes, codebooks, compare, library, phrases, positions, review, search};
use crate::analysis::reuse::edits::split_id;
use crate::analysis::statements::{Statement, by_hand};
use crate::analysis::{PhraseId, ShiftId, StatementId};
use crate::document::{Document, DocumentId, Passage};
use crate::project::{Command, Verdict, statements};
use crate::report::briefing::Subject;
use crate::report::citation::{citation, citation_of_words};
use crate::report::life::Voices;
use crate::text::ByteRange;

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
        Action::ToggleMarks => desk.state.reading.has_marks ^= true,
        Action::ToggleFurniture => desk.state.reading.has_furniture ^= true,
        Action::CloseNotice => desk.state.has_notice = false,
        Action::CloseSheet => desk.state.sheet = None,
        Action::Help => desk.state.sheet = if desk.state.sheet == Some(Sheet::Keys) { None } else { Some(Sheet::Keys) },
        Action::Inspect(document) => inspect(desk, document),
        Action::CloseToast => desk.state.toast = None,
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
        Action::NextOpen => next_open(desk),
        Action::AddStatement(passage) => add_statement(desk, passage),
        Action::ShowStatement(statement) => show_statement(desk, statement),
        Action::EnterInCodebook(entry) => codebooks::enter(desk, &entry),
        Action::UseCodebook(name) => codebooks::choose(desk, name),
        Action::ResetCodebook => codebooks::reset(desk),
        Action::NextShift => step_shift(desk, 1),
        Action::PreviousShift => step_shift(desk, -1),
        Action::AcceptShift => decide(desk, Verdict::Accepted),
        Action::DismissShift => decide(desk, Verdict::Dismissed),
        Action::ComparePair(old, new) => {
            desk.state.selection.pair = Some((old, new));
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
        Action::Change(command) => change(desk, command),
        window => return Some(window),
    }
    None
}

/// Shows a view, and nothing over it.
fn show(desk: &mut Desk, view: ViewKind) {
    desk.state.view = view;
    desk.state.library.is_open = false;
    desk.state.search.step_aside();
}

/// Shows a finding in Briefing.
fn brief(desk: &mut Desk, subject: Subject) {
    briefing::asking::choose(desk, subject);
    show(desk, ViewKind::Briefing);
}

/// Copies the page of Briefing in words.
fn copy_page(desk: &mut Desk) -> Option<Action> {
    let words = briefing::asking::in_words(&desk.state.briefing)?;
    desk.state.message = "Copied with its sources".to_owned();
    Some(Action::CopyText(words))
}

/// Shows a passage in its article.
fn reveal(desk: &mut Desk, passage: Passage) {
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
    let documents = desk.state.reading.shown.documents(desk.corpus());
    let chosen = desk.state.selection.document.filter(|id| desk.corpus().idx_of(*id).is_some());
    let in_front = || documents.get(desk.state.reading.first_column).map(|document| document.id);
    let wanted = document.or(chosen).or_else(in_front);
    if let Some(id) = wanted {
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

/// The selected words, else the chosen occurrence, as a quotation with its source; in Phrases, where none is chosen, all of the family's.
fn copy_chosen(desk: &mut Desk) -> Option<Action> {
    if desk.state.view == ViewKind::Briefing {
        return copy_page(desk);
    }
    let is_phrases = desk.state.view == ViewKind::Phrases;
    if let Some(selected) = desk.state.reading.selected.filter(|_| desk.state.view == ViewKind::Read) {
        return copy(desk, &[selected], citation_of_words);
    }
    if desk.state.sheet.is_some() || !(is_phrases || desk.state.view == ViewKind::Read) {
        return None;
    }
    let passages: Vec<Passage> = match desk.state.selection.occurrence {
        Some(passage) => vec![passage],
        None if is_phrases => marks::walk(desk.corpus(), desk.analysis(), focus(desk)?),
        None => return None,
    };
    copy_quotes(desk, &passages)
}

fn copy_quotes(desk: &mut Desk, passages: &[Passage]) -> Option<Action> {
    copy(desk, passages, citation)
}

/// Copies what `cite` makes of an article, a place in it and the statement there.
fn copy(
    desk: &mut Desk,
    passages: &[Passage],
    cite: impl Fn(&Document, ByteRange, Option<&Statement>) -> String,
) -> Option<Action> {
    let voices = Voices::new(&desk.analysis().statements);
    let quotes: Vec<String> = passages
        .iter()
        .filter_map(|passage| {
            let statement = voices.statement_at(&desk.analysis().statements, *passage);
            Some(cite(desk.corpus().get(passage.document)?, passage.range, statement))
        })
        .collect();
    if quotes.is_empty() {
        return None;
    }
    desk.state.message = match quotes.len() {
        1 => "Copied with its source".to_owned(),
        n_quotes => format!("{n_quotes} places copied with their sources"),
    };
    Some(Action::CopyText(quotes.join("\n")))
}

fn clear(desk: &mut Desk) {
    if desk.state.toast.take().is_some() {
        return;
    }
    if desk.state.phrases.renaming.take().is_some() {
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

fn select_document(desk: &mut Desk, document: DocumentId) {
    // The columns are lent out while the rest of the desk is read.
    let mut reading = std::mem::take(&mut desk.state.reading);
    let scene = desk.scene(&Theme::LIGHT);
    let is_open = reading.bring(scene.corpus, scene.generation, document).is_some();
    desk.state.reading = reading;
    if is_open {
        desk.state.selection.document = Some(document);
        show(desk, ViewKind::Read);
    }
}

fn select_phrase(desk: &mut Desk, phrase: Option<PhraseId>) {
    desk.state.search.give_way();
    desk.state.selection.phrase = phrase;
    desk.state.selection.occurrence = None;
    if phrase.is_some() && desk.state.view != ViewKind::Phrases {
        step_occurrence(desk, 1);
    }
}

fn select_occurrence(desk: &mut Desk, phrase: PhraseId, passage: Passage) {
    desk.state.search.give_way();
    let is_in_view = desk.state.selection.occurrence == Some(passage);
    let selection = &mut desk.state.selection;
    selection.phrase = Some(phrase);
    selection.occurrence = Some(passage);
    selection.document = Some(passage.document);
    // In Phrases one walks the places where one is; Read finds them when it comes up.
    let is_phrases = desk.state.view == ViewKind::Phrases;
    show(desk, if is_phrases { ViewKind::Phrases } else { ViewKind::Read });
    if !is_in_view {
        desk.state.reading.reveal = Some(passage);
    }
}

/// The family whose places are walked: the chosen one, else the first that is listed.
fn focus(desk: &Desk) -> Option<PhraseId> {
    let State { view, selection, phrases, .. } = &desk.state;
    match view {
        ViewKind::Phrases => phrases::current(desk.analysis(), phrases, selection),
        _ => selection.phrase.or_else(|| desk.analysis().phrases.first().map(|phrase| phrase.id)),
    }
}

/// Goes to the next place of a search, where there is one, else to the next occurrence of the family in focus; without a
/// focus, of the heaviest family.
fn step_occurrence(desk: &mut Desk, step: isize) {
    if desk.state.search.is_walked() {
        if let Some(passage) = search::step(desk, step) {
            reveal(desk, passage);
        }
        return;
    }
    let Some(phrase) = focus(desk) else { return };
    let passages = marks::walk(desk.corpus(), desk.analysis(), phrase);
    if let Some(passage) = step_in(&passages, desk.state.selection.occurrence, step) {
        select_occurrence(desk, phrase, passage);
    }
}

fn step_family(desk: &mut Desk, step: isize) {
    if desk.state.view == ViewKind::Phrases {
        let State { phrases, selection, .. } = &desk.state;
        if let Some(next) = phrases::neighbor(desk.analysis(), phrases, selection, step) {
            select_phrase(desk, Some(next));
        }
        return;
    }
    let ids: Vec<PhraseId> = marks::shown(desk.analysis()).iter().map(|phrase| phrase.id).collect();
    if let Some(next) = step_in(&ids, desk.state.selection.phrase, step) {
        select_phrase(desk, Some(next));
    }
}

/// In Read and Phrases the first occurrence in the next article that has the family; elsewhere the next change, or the
/// next finding.
fn step_place(desk: &mut Desk, step: isize) {
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

fn select_shift(desk: &mut Desk, shift: ShiftId) {
    desk.state.selection.shift = Some(shift);
    desk.state.selection.pair = None;
}

/// Makes a statement of chosen words. Where the rules have one with most of them, its card is shown instead.
fn add_statement(desk: &mut Desk, passage: Passage) {
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
fn show_statement(desk: &mut Desk, statement: StatementId) {
    let is_open = matches!(&desk.state.sheet, Some(Sheet::Statement(card)) if card.statement == statement);
    desk.state.sheet = (!is_open).then(|| Sheet::Statement(StatementSheet::new(statement)));
}

/// Goes to the next change nobody gave a verdict on.
fn next_open(desk: &mut Desk) {
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
fn step_shift(desk: &mut Desk, step: isize) {
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
fn decide(desk: &mut Desk, verdict: Verdict) {
    let Some(shift) = desk.state.selection.shift else { return };
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

/// The element `step` places on, going round at the ends; the first (or last) where nothing is chosen.
fn step_in<T: Copy + PartialEq>(items: &[T], current: Option<T>, step: isize) -> Option<T> {
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
