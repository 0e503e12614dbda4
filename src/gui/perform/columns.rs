//! Which articles stand in columns, how, and which of them is in front.

use super::show;
use crate::document::DocumentId;
use crate::gui::action::Action;
use crate::gui::desk::Desk;
use crate::gui::shown::Ask;
use crate::gui::state::{State, Toast, ViewKind};
use crate::gui::theme::Theme;

/// The article whose column is meant where none is named: the chosen one, else the first in a column.
pub(super) fn in_front(desk: &Desk) -> Option<DocumentId> {
    let State { reading, selection, .. } = &desk.state;
    let chosen = selection.document.filter(|id| desk.corpus().idx_of(*id).is_some() && reading.shown.contains(*id));
    chosen.or_else(|| reading.open.first().copied()).or_else(|| {
        let documents = reading.shown.documents(desk.corpus());
        documents.get(reading.first_column).map(|document| document.id)
    })
}

/// Narrows a column to a spine; one that is narrow opens.
pub(super) fn narrow(desk: &mut Desk, id: Option<DocumentId>) {
    let Some(id) = id.or_else(|| in_front(desk)).filter(|_| desk.state.view == ViewKind::Read) else { return };
    let shown = &mut desk.state.reading.shown;
    let ask = if shown.ask(id) == Ask::Narrow { Ask::Shared } else { Ask::Narrow };
    shown.set_ask(id, ask);
}

/// Takes a column out of Read, and says how it comes back.
pub(super) fn hide(desk: &mut Desk, id: Option<DocumentId>) {
    let Some(id) = id.or_else(|| in_front(desk)).filter(|_| desk.state.view == ViewKind::Read) else { return };
    let Some(label) = desk.corpus().get(id).map(|document| document.source.short_label()) else { return };
    desk.state.reading.shown.hide([id]);
    if desk.state.selection.document == Some(id) {
        desk.state.selection.document = None;
    }
    let words = format!("{label} stands in no column; it is still open");
    desk.state.toast = Some(Toast::with_link(words, "Show it", Action::SelectDocument(id)));
}

pub(super) fn toggle_linked(desk: &mut Desk) {
    if desk.state.is_between_articles() {
        desk.state.compare.is_linked ^= true;
    } else if desk.state.view == ViewKind::Read {
        let reading = &mut desk.state.reading;
        reading.is_linked ^= true;
        let says = if reading.is_linked { "Columns scroll together" } else { "Each column scrolls by itself" };
        desk.state.message = says.to_owned();
    }
}

pub(super) fn select_document(desk: &mut Desk, document: DocumentId) {
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
