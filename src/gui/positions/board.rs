//! What Positions shows: days across, themes down, the statements in between, after the filters.
//!
//! A cell whose statements are all hidden by a filter is not "not observed": it stays empty. Gathered once for a state of
//! the findings and the filters, in one pass over the records of the actor; a frame only reads it. Findings are places in
//! the analysis, so that what is kept borrows nothing.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::marks::MarkLook;
use crate::analysis::StatementId;
use crate::analysis::statements::Statement;
use crate::analysis::timeline::Timeline;
use crate::document::{Document, DocumentId};
use crate::gui::Scene;
use crate::gui::changes::{self, Change, is_quoted};
use crate::gui::state::{PositionsState, Voices};

/// The articles of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// `None` for the articles without a date, which stand last.
    pub day: Option<Date>,
    /// Places in the corpus.
    pub documents: std::ops::Range<usize>,
}

impl Column {
    pub fn documents<'a>(&self, scene: &Scene<'a>) -> &'a [Arc<Document>] {
        scene.corpus.documents().get(self.documents.clone()).unwrap_or_default()
    }
}

/// A theme on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Places in the analysis.
    pub statements: Vec<usize>,
    /// How each is drawn.
    pub looks: Vec<MarkLook>,
    /// Did the actor touch the theme, shown or hidden?
    pub is_observed: bool,
}

impl Cell {
    pub fn statements<'a>(&self, scene: &Scene<'a>) -> impl Iterator<Item = &'a Statement> {
        let all = &scene.analysis.statements;
        self.statements.iter().filter_map(|&idx| all.get(idx))
    }
}

/// A theme over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its id; empty for the statements without a theme.
    pub theme: String,
    pub label: String,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// Everything Positions shows, after the filters.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    pub actor: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Ids and labels of all themes of the actor, before the filters.
    pub themes: Vec<(String, String)>,
    /// The people who speak for the actor, most statements first.
    pub persons: Vec<(String, usize)>,
    /// How the statements shown are drawn, each look once.
    pub looks: Vec<MarkLook>,
    column_of: FxHashMap<DocumentId, usize>,
}

/// The board of the last frame, and what it was made of.
#[derive(Clone, Debug, Default)]
pub struct BoardCache(Option<(Key, Option<Arc<Board>>)>);

/// What a board depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    revision: u64,
    generation: u64,
    actor: Option<String>,
    voices: Voices,
    is_quotes_only: bool,
    theme: Option<String>,
}

impl BoardCache {
    /// The board for these filters; `None` where no statement can be charted.
    pub fn board(&mut self, scene: &Scene, state: &PositionsState) -> Option<Arc<Board>> {
        let key = Key {
            revision: scene.revision,
            generation: scene.generation,
            actor: state.actor.clone(),
            voices: state.voices.clone(),
            is_quotes_only: state.is_quotes_only,
            theme: state.theme.clone(),
        };
        self.0.take_if(|(known, _)| *known != key);
        self.0.get_or_insert_with(|| (key, Board::new(scene, state).map(Arc::new))).1.clone()
    }
}

impl Board {
    fn new(scene: &Scene, state: &PositionsState) -> Option<Self> {
        let actor = changes::charted_actor(scene, state.actor.as_deref())?;
        let (columns, column_of) = columns(scene);
        let mut board = Self {
            actor: actor.to_owned(),
            columns,
            rows: Vec::new(),
            themes: Vec::new(),
            persons: persons(scene, actor),
            looks: Vec::new(),
            column_of,
        };
        for record in scene.analysis.themes.iter().filter(|record| record.actor == actor) {
            let label = changes::theme_label(scene, &record.theme).to_owned();
            board.themes.push((record.theme.clone(), label.clone()));
            if state.theme.as_ref().is_some_and(|theme| *theme != record.theme) {
                continue;
            }
            let ids = record.observed.iter().flat_map(|seen| seen.statements.iter().map(|id| (seen.document, *id)));
            let told: Vec<(DocumentId, usize)> =
                ids.filter_map(|(document, id)| Some((document, scene.changes.idx_of(id)?))).collect();
            board.push_row(scene, state, (record.theme.clone(), label), told);
        }
        board.push_unofficial(scene, state);
        board.push_unthemed(scene, state);
        board.dress(scene);
        Some(board)
    }

    fn push_row(
        &mut self,
        scene: &Scene,
        state: &PositionsState,
        (theme, label): (String, String),
        told: Vec<(DocumentId, usize)>,
    ) {
        let mut cells = vec![Cell::default(); self.columns.len()];
        for (document, idx) in told {
            let place = self.column_of.get(&document).and_then(|idx| cells.get_mut(*idx));
            let (Some(cell), Some(statement)) = (place, scene.analysis.statements.get(idx)) else { continue };
            cell.is_observed = true;
            if is_shown(statement, state) {
                cell.statements.push(idx);
            }
        }
        self.rows.push(Row { theme, label, cells });
    }

    /// Unnamed voices stand beside the official ones; a shift counts official statements alone.
    fn push_unofficial(&mut self, scene: &Scene, state: &PositionsState) {
        let row_of: FxHashMap<String, usize> =
            self.rows.iter().enumerate().map(|(idx, row)| (row.theme.clone(), idx)).collect();
        for (idx, statement) in scene.analysis.statements.iter().enumerate() {
            let is_theirs = statement.actor.as_deref() == Some(&self.actor) && statement.same_as.is_none();
            if !is_theirs || statement.is_official {
                continue;
            }
            let Some(&column_idx) = self.column_of.get(&statement.document) else { continue };
            for theme in &statement.themes {
                let row = row_of.get(theme).and_then(|idx| self.rows.get_mut(*idx));
                let Some(cell) = row.and_then(|row| row.cells.get_mut(column_idx)) else { continue };
                cell.is_observed = true;
                if is_shown(statement, state) {
                    cell.statements.push(idx);
                }
            }
        }
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            // The analysis has statements in order of date and place.
            cell.statements.sort_unstable();
            cell.statements.dedup();
        }
    }

    /// What has no theme yet is a row of its own where nothing else can be charted, or where it is asked for.
    fn push_unthemed(&mut self, scene: &Scene, state: &PositionsState) {
        let has_some = self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.is_observed);
        let is_chosen = state.theme.as_deref() == Some("");
        if has_some && !is_chosen {
            return;
        }
        let is_theirs = |statement: &Statement| {
            let of_actor = statement.actor.as_deref() == Some(&self.actor);
            of_actor && statement.themes.is_empty() && statement.same_as.is_none()
        };
        let told: Vec<(DocumentId, usize)> = (scene.analysis.statements.iter().enumerate())
            .filter(|(_, statement)| is_theirs(statement))
            .map(|(idx, statement)| (statement.document, idx))
            .collect();
        if !told.is_empty() {
            self.rows.retain(|row| row.cells.iter().any(|cell| cell.is_observed));
            self.push_row(scene, state, (String::new(), UNTHEMED.to_owned()), told);
        }
    }

    /// Works out how the statements are drawn.
    fn dress(&mut self, scene: &Scene) {
        let mut all: FxHashSet<MarkLook> = FxHashSet::default();
        for row in &mut self.rows {
            for cell in &mut row.cells {
                cell.looks = cell.statements(scene).map(|statement| MarkLook::of(statement, &row.theme)).collect();
                all.extend(&cell.looks);
            }
        }
        self.looks = all.into_iter().collect();
        self.looks.sort_unstable();
    }

    /// The changes that the filters show, in the order of their cards.
    pub fn changes<'a>(&self, scene: &Scene<'a>, state: &PositionsState) -> Vec<Change<'a>> {
        if n_filters(state) == 0 {
            return changes::changes(scene, &self.actor);
        }
        let shown = |id: Option<StatementId>| {
            let statement = id.and_then(|id| scene.changes.statement(scene.analysis, id));
            statement.is_none_or(|statement| is_shown(statement, state))
        };
        let is_theme = |theme: &String| state.theme.as_ref().is_none_or(|chosen| chosen == theme);
        changes::changes(scene, &self.actor)
            .into_iter()
            .filter(|change| is_theme(&change.shift.theme) && shown(change.shift.old) && shown(change.shift.new))
            .filter(|change| !state.is_open_only || change.verdict().is_none())
            .collect()
    }

    /// The axis over the days of all articles.
    pub fn timeline(&self, fold_share: f32) -> Timeline {
        let days: Vec<Date> = self.columns.iter().filter_map(|column| column.day).collect();
        Timeline::of(&days, fold_share)
    }

    /// The columns of the two statements of a change, where both are known.
    pub fn ends(&self, scene: &Scene, change: &Change) -> Option<(usize, usize)> {
        let column = |id| {
            let statement = scene.changes.statement(scene.analysis, id)?;
            self.column_of.get(&statement.document).copied()
        };
        Some((column(change.shift.old?)?, column(change.shift.new?)?))
    }
}

/// The name of the row of statements without a theme.
pub const UNTHEMED: &str = "No theme yet";

/// Does a statement pass the filters?
fn is_shown(statement: &Statement, state: &PositionsState) -> bool {
    let is_voice = match &state.voices {
        Voices::All => true,
        Voices::Official => statement.is_official,
        Voices::Person(person) => statement.person.as_ref() == Some(person),
    };
    is_voice && (!state.is_quotes_only || is_quoted(statement))
}

/// How many filters hide something at the moment, or could.
pub fn n_filters(state: &PositionsState) -> usize {
    [state.voices != Voices::All, state.is_quotes_only, state.theme.is_some(), state.is_open_only]
        .into_iter()
        .filter(|is_on| *is_on)
        .count()
}

fn persons(scene: &Scene, actor: &str) -> Vec<(String, usize)> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for statement in &scene.analysis.statements {
        if let Some(person) = statement.person.as_deref().filter(|_| statement.actor.as_deref() == Some(actor)) {
            *counts.entry(person).or_default() += 1;
        }
    }
    let mut persons: Vec<(String, usize)> =
        counts.into_iter().map(|(person, n_statements)| (person.to_owned(), n_statements)).collect();
    persons.sort_by_key(|(_, n_statements)| std::cmp::Reverse(*n_statements));
    persons
}

fn columns(scene: &Scene) -> (Vec<Column>, FxHashMap<DocumentId, usize>) {
    let mut columns: Vec<Column> = Vec::new();
    let mut column_of = FxHashMap::default();
    // The corpus is in order of date with undated articles last, so equal days are neighbors.
    for (idx, document) in scene.corpus.documents().iter().enumerate() {
        let day = document.published.day();
        match columns.last_mut() {
            Some(column) if column.day == day => column.documents.end = idx + 1,
            _ => columns.push(Column { day, documents: idx..idx + 1 }),
        }
        column_of.insert(document.id, columns.len() - 1);
    }
    (columns, column_of)
}
