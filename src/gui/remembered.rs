//! What a project's file remembers of the window: the view, what is chosen, how far each text was read, filters.
//!
//! Kept as JSON whose every field may be missing, so that an older program's file opens as far as it goes, and a field of a
//! newer one is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::briefing::choices;
use super::codebooks::Given;
use super::compare::articles::pins::{PinnedPair, Pins};
use super::compare::state::Mode;
use super::phrases::PlaceSettings;
use super::shown::Ask;
use super::state::{PhraseOrder, State, TableOrder, ViewKind, Voices};
use crate::analysis::{PhraseId, ShiftId};
use crate::codebook::Codebook;
use crate::document::{DocumentId, Passage};
use crate::project::CodebookText;
use crate::project::dated::DatedBy;
use crate::project::store::Snapshot;

/// The window as it is remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Remembered {
    view: ViewKind,
    document: Option<DocumentId>,
    phrase: Option<PhraseId>,
    occurrence: Option<Passage>,
    shift: Option<ShiftId>,
    is_list_closed: bool,
    first_column: usize,
    /// In points from the top of each text; whole numbers, so that a hair's breadth is no change.
    scroll: BTreeMap<DocumentId, i64>,
    /// Articles that stand in no column.
    hidden: BTreeSet<DocumentId>,
    /// Columns that do not share the room.
    asks: BTreeMap<DocumentId, Ask>,
    /// The columns as the reader arranged them.
    order: Vec<DocumentId>,
    is_linked: bool,
    is_without_marks: bool,
    is_without_furniture: bool,
    phrase_order: PhraseOrder,
    min_articles: usize,
    phrase_query: String,
    is_phrase_table: bool,
    places: PlaceSettings,
    actor: Option<String>,
    voices: Voices,
    is_quotes_only: bool,
    is_open_only: bool,
    theme: Option<String>,
    is_table: bool,
    table_order: TableOrder,
    is_table_turned: bool,
    statement_query: String,
    compare_theme: Option<String>,
    compare_mode: Mode,
    compared: Option<[DocumentId; 2]>,
    is_inline: bool,
    is_unlinked: bool,
    is_without_changes: bool,
    pins_of_pairs: Vec<PinnedPair>,
    briefing: serde_json::Value,
}

/// What is to be remembered of the window, as JSON.
pub fn remember(state: &State) -> String {
    let State { selection, reading, phrases, positions, compare, briefing, .. } = state;
    let scroll = reading.scroll.iter().filter(|(_, top)| **top >= 1.0).map(|(id, top)| (*id, top.round() as i64));
    let remembered = Remembered {
        view: state.view,
        document: selection.document,
        phrase: selection.phrase,
        occurrence: selection.occurrence,
        shift: selection.shift,
        is_list_closed: !state.is_list_open,
        first_column: reading.first_column,
        scroll: scroll.collect(),
        hidden: reading.shown.hidden().clone(),
        asks: reading.shown.asks().clone(),
        order: reading.shown.order().to_vec(),
        is_linked: reading.is_linked,
        is_without_marks: !reading.has_marks,
        is_without_furniture: !reading.has_furniture,
        phrase_order: phrases.order,
        min_articles: phrases.min_articles,
        phrase_query: phrases.query.clone(),
        is_phrase_table: phrases.is_table,
        places: phrases.table.clone(),
        actor: positions.actor.clone(),
        voices: positions.voices.clone(),
        is_quotes_only: positions.is_quotes_only,
        is_open_only: positions.is_open_only,
        theme: positions.theme.clone(),
        is_table: positions.is_table,
        table_order: positions.table_order,
        is_table_turned: positions.is_turned,
        statement_query: positions.query.clone(),
        compare_theme: compare.theme.clone(),
        compare_mode: compare.mode,
        compared: compare.chosen,
        is_inline: compare.is_inline,
        is_unlinked: !compare.is_linked,
        is_without_changes: !compare.has_changes,
        pins_of_pairs: compare.pins.remember(),
        briefing: choices::remember(briefing),
    };
    serde_json::to_string(&remembered).unwrap_or_default()
}

/// Puts the window back as it was remembered; what can't be read leaves it as it is.
pub fn recall(json: &str, state: &mut State) {
    let Ok(remembered) = serde_json::from_str::<Remembered>(json) else { return };
    state.view = remembered.view;
    state.is_list_open = !remembered.is_list_closed;
    let selection = &mut state.selection;
    selection.document = remembered.document;
    (selection.phrase, selection.occurrence) = (remembered.phrase, remembered.occurrence);
    selection.shift = remembered.shift;
    let reading = &mut state.reading;
    reading.first_column = remembered.first_column;
    reading.scroll_to = remembered.scroll.iter().map(|(id, top)| (*id, *top as f32)).collect();
    reading.shown.hide(remembered.hidden);
    for (id, ask) in remembered.asks {
        reading.shown.set_ask(id, ask);
    }
    reading.shown.set_order(remembered.order);
    reading.is_linked = remembered.is_linked;
    reading.has_marks = !remembered.is_without_marks;
    reading.has_furniture = !remembered.is_without_furniture;
    state.phrases.order = remembered.phrase_order;
    state.phrases.min_articles = remembered.min_articles.max(super::state::PhrasesState::LEAST_ARTICLES);
    state.phrases.query = remembered.phrase_query;
    state.phrases.is_table = remembered.is_phrase_table;
    state.phrases.table = remembered.places;
    let positions = &mut state.positions;
    positions.actor = remembered.actor;
    positions.voices = remembered.voices;
    positions.is_quotes_only = remembered.is_quotes_only;
    positions.is_open_only = remembered.is_open_only;
    positions.theme = remembered.theme;
    positions.is_table = remembered.is_table;
    positions.table_order = remembered.table_order;
    positions.is_turned = remembered.is_table_turned;
    positions.query = remembered.statement_query;
    let compare = &mut state.compare;
    (compare.theme, compare.mode, compare.chosen) =
        (remembered.compare_theme, remembered.compare_mode, remembered.compared);
    compare.is_inline = remembered.is_inline;
    compare.is_linked = !remembered.is_unlinked;
    compare.has_changes = !remembered.is_without_changes;
    compare.pins = Pins::recall(remembered.pins_of_pairs);
    choices::recall(remembered.briefing, &mut state.briefing);
}

/// What the dates of a project were worked out with, as it is kept.
pub fn dated_by(hash: &str, facts_off: &BTreeSet<String>) -> String {
    DatedBy::new(hash, facts_off).to_json()
}

/// The hash of the codebook that a project's articles were dated with, the facts left out, and the articles; nothing
/// where they are to be dated again.
pub fn dated(snapshot: &Snapshot) -> (String, (BTreeSet<String>, Vec<DocumentId>)) {
    match DatedBy::of_json(&snapshot.dated_by) {
        None => Default::default(),
        Some(known) => {
            let ids = snapshot.project.documents().iter().map(|document| document.id).collect();
            (known.hash, (known.facts_off, ids))
        }
    }
}

/// The codebook a project began with; `None` where the file has none, or none that can be read.
pub fn codebook(json: &str) -> Option<Given> {
    let text: CodebookText = serde_json::from_str(json).ok()?;
    let codebook = Arc::new(Codebook::parse(&text.toml).ok()?);
    Some(Given { codebook, text, file: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::phrases::{PlaceOrder, PlaceVoices};

    #[test]
    fn the_window_comes_back_as_it_was() {
        let mut state = State { view: ViewKind::Positions, is_list_open: false, ..State::default() };
        state.selection.phrase = Some(PhraseId(7));
        state.reading.scroll.insert(DocumentId(3), 120.4);
        state.reading.shown.hide([DocumentId(9)]);
        state.reading.shown.set_ask(DocumentId(3), Ask::Own(410.0));
        state.reading.shown.set_order(vec![DocumentId(9), DocumentId(3)]);
        state.positions.voices = Voices::Person("Ana Lund".to_owned());
        state.phrases.query = "pier".to_owned();
        state.phrases.is_table = true;
        state.phrases.table.sort(PlaceOrder::Date);
        state.phrases.table.voices = PlaceVoices::Speaker("Ana Lund".to_owned());
        (state.positions.table_order, state.positions.is_turned) = (TableOrder::Speaker, true);
        state.positions.query = "pier".to_owned();
        state.compare.chosen = Some([DocumentId(3), DocumentId(9)]);
        state.compare.pins.tie([DocumentId(9), DocumentId(3)], [40, 7]);
        state.briefing.prints.redact = "Ana Lund".to_owned();
        let json = remember(&state);
        let mut back = State::default();
        recall(&json, &mut back);
        assert_eq!(back.reading.scroll_to.get(&DocumentId(3)), Some(&120.0));
        back.reading.scroll = back.reading.scroll_to.clone();
        assert_eq!(remember(&back), json);
    }

    #[test]
    fn what_is_missing_or_unknown_does_no_harm() {
        let mut state = State::default();
        for json in ["", "{}", "[1]", "{\"view\":\"Garden\"}", "{\"later\":1,\"view\":\"Compare\"}"] {
            recall(json, &mut state);
        }
        assert_eq!(state.view, ViewKind::Compare);
        assert_eq!(state.phrases.min_articles, 2);
    }
}
