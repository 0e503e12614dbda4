//! What a project's file remembers of the window: the view, what is chosen, how far each text was read, filters.
//!
//! Kept as JSON whose every field may be missing, so that an older program's file opens as far as it goes, and a field of a
//! newer one is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::briefing::choices;
use super::codebooks::Given;
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
    is_without_marks: bool,
    is_without_furniture: bool,
    phrase_order: PhraseOrder,
    min_articles: usize,
    phrase_query: String,
    actor: Option<String>,
    voices: Voices,
    is_quotes_only: bool,
    is_open_only: bool,
    theme: Option<String>,
    is_table: bool,
    table_order: TableOrder,
    compare_theme: Option<String>,
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
        is_without_marks: !reading.has_marks,
        is_without_furniture: !reading.has_furniture,
        phrase_order: phrases.order,
        min_articles: phrases.min_articles,
        phrase_query: phrases.query.clone(),
        actor: positions.actor.clone(),
        voices: positions.voices.clone(),
        is_quotes_only: positions.is_quotes_only,
        is_open_only: positions.is_open_only,
        theme: positions.theme.clone(),
        is_table: positions.is_table,
        table_order: positions.table_order,
        compare_theme: compare.theme.clone(),
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
    reading.has_marks = !remembered.is_without_marks;
    reading.has_furniture = !remembered.is_without_furniture;
    state.phrases.order = remembered.phrase_order;
    state.phrases.min_articles = remembered.min_articles.max(super::state::PhrasesState::LEAST_ARTICLES);
    state.phrases.query = remembered.phrase_query;
    let positions = &mut state.positions;
    positions.actor = remembered.actor;
    positions.voices = remembered.voices;
    positions.is_quotes_only = remembered.is_quotes_only;
    positions.is_open_only = remembered.is_open_only;
    positions.theme = remembered.theme;
    positions.is_table = remembered.is_table;
    positions.table_order = remembered.table_order;
    state.compare.theme = remembered.compare_theme;
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

    #[test]
    fn the_window_comes_back_as_it_was() {
        let mut state = State { view: ViewKind::Positions, is_list_open: false, ..State::default() };
        state.selection.phrase = Some(PhraseId(7));
        state.reading.scroll.insert(DocumentId(3), 120.4);
        state.reading.shown.hide([DocumentId(9)]);
        state.positions.voices = Voices::Person("Ana Lund".to_owned());
        state.phrases.query = "pier".to_owned();
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
