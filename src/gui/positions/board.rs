//! What Positions shows: days across, themes down, the statements in between, after the filters.
//!
//! A cell whose statements are all hidden by a filter is not "not observed": it stays empty. Gathered once for a state of
//! the findings and the filters, in one pass over the records of the actor; a frame only reads it. Findings are places in
//! the analysis, so that what is kept borrows nothing.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::marks::MarkLook;
use super::search::{Found, StatementSearch};
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
    /// How many statements of the actor there are, before the filters.
    pub n_statements: usize,
    column_of: FxHashMap<DocumentId, usize>,
    /// The statements that hold the words looked for.
    found: Option<Arc<Found>>,
}

/// The board of the last frame, and what it was made of.
#[derive(Clone, Debug, Default)]
pub struct BoardCache {
    search: StatementSearch,
    ground: Option<(GroundKey, Option<Arc<Ground>>)>,
    board: Option<(Key, Option<Arc<Board>>)>,
}

/// What a board depends on whatever the filters.
#[derive(Clone, Debug, PartialEq)]
struct GroundKey {
    revision: u64,
    generation: u64,
    actor: Option<String>,
}

/// What a board depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    ground: GroundKey,
    voices: Voices,
    is_quotes_only: bool,
    theme: Option<String>,
    found: Option<Arc<Found>>,
}

impl BoardCache {
    /// Goes on with the search for words in statements. Is there more to do?
    pub fn advance(&mut self, scene: &Scene, state: &PositionsState) -> bool {
        self.search.advance(scene, &state.query)
    }

    /// The board for these filters; `None` where no statement can be charted.
    pub fn board(&mut self, scene: &Scene, state: &PositionsState) -> Option<Arc<Board>> {
        let of_ground =
            GroundKey { revision: scene.revision, generation: scene.generation, actor: state.actor.clone() };
        let key = Key {
            ground: of_ground.clone(),
            voices: state.voices.clone(),
            is_quotes_only: state.is_quotes_only,
            theme: state.theme.clone(),
            found: self.search.found(scene, &state.query),
        };
        self.ground.take_if(|(known, _)| *known != of_ground);
        let (_, ground) =
            self.ground.get_or_insert_with(|| (of_ground, Ground::new(scene, state.actor.as_deref()).map(Arc::new)));
        self.board.take_if(|(known, _)| *known != key);
        let found = key.found.clone();
        let board = || ground.as_ref().map(|ground| Arc::new(Board::new(scene, ground, state, found)));
        self.board.get_or_insert_with(|| (key, board())).1.clone()
    }
}

/// A theme with the statements on it, before the filters.
#[derive(Clone, Debug, PartialEq)]
struct GroundRow {
    theme: String,
    label: String,
    /// Column, place in the analysis and look of each statement, in order of both.
    told: Vec<(usize, usize, MarkLook)>,
}

/// What the filters choose from.
#[derive(Clone, Debug, PartialEq)]
struct Ground {
    actor: String,
    columns: Vec<Column>,
    column_of: FxHashMap<DocumentId, usize>,
    rows: Vec<GroundRow>,
    /// The statements of the actor without a theme.
    unthemed: GroundRow,
    persons: Vec<(String, usize)>,
    n_statements: usize,
}

impl Ground {
    fn new(scene: &Scene, chosen: Option<&str>) -> Option<Self> {
        let actor = changes::charted_actor(scene, chosen)?;
        let (columns, column_of) = columns(scene);
        let records = scene.analysis.themes.iter().filter(|record| record.actor == actor);
        let mut rows: Vec<GroundRow> = records
            .map(|record| GroundRow {
                theme: record.theme.clone(),
                label: changes::theme_label(scene, &record.theme).to_owned(),
                told: Vec::new(),
            })
            .collect();
        let mut n_statements = 0;
        let mut unthemed = GroundRow { theme: String::new(), label: UNTHEMED.to_owned(), told: Vec::new() };
        let row_of: FxHashMap<String, usize> =
            rows.iter().enumerate().map(|(idx, row)| (row.theme.clone(), idx)).collect();
        for (idx, statement) in scene.analysis.statements.iter().enumerate() {
            // A statement told again in its own article counts once; what another article tells again stands there too.
            if statement.actor.as_deref() != Some(actor) || is_repeat(scene, statement) {
                continue;
            }
            let Some(&column) = column_of.get(&statement.document) else { continue };
            n_statements += 1;
            if statement.themes.is_empty() {
                unthemed.told.push((column, idx, MarkLook::of(statement, "")));
            }
            for theme in &statement.themes {
                if let Some(row) = row_of.get(theme).and_then(|idx| rows.get_mut(*idx)) {
                    row.told.push((column, idx, MarkLook::of(statement, theme)));
                }
            }
        }
        let (actor, persons) = (actor.to_owned(), persons(scene, actor));
        Some(Self { actor, columns, column_of, rows, unthemed, persons, n_statements })
    }
}

/// Does it tell again what the same article tells elsewhere?
fn is_repeat(scene: &Scene, statement: &Statement) -> bool {
    let original = statement.same_as.and_then(|id| scene.changes.statement(scene.analysis, id));
    original.is_some_and(|original| original.document == statement.document)
}

impl Board {
    fn new(scene: &Scene, ground: &Ground, state: &PositionsState, found: Option<Arc<Found>>) -> Self {
        let is_chosen = |row: &&GroundRow| state.theme.as_ref().is_none_or(|theme| *theme == row.theme);
        let mut rows: Vec<Row> = ground
            .rows
            .iter()
            .filter(is_chosen)
            .map(|row| filtered(scene, ground, row, (state, found.as_deref())))
            .collect();
        // What has no theme yet is a row of its own where nothing else can be charted, or where it is asked for.
        let has_some = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.is_observed);
        let is_asked = state.theme.as_deref() == Some("");
        if (!has_some || is_asked) && !ground.unthemed.told.is_empty() {
            rows = vec![filtered(scene, ground, &ground.unthemed, (state, found.as_deref()))];
        }
        let shown: FxHashSet<MarkLook> =
            rows.iter().flat_map(|row| &row.cells).flat_map(|cell| cell.looks.iter().copied()).collect();
        let mut looks: Vec<MarkLook> = shown.into_iter().collect();
        looks.sort_unstable();
        Self {
            actor: ground.actor.clone(),
            columns: ground.columns.clone(),
            rows,
            themes: ground.rows.iter().map(|row| (row.theme.clone(), row.label.clone())).collect(),
            persons: ground.persons.clone(),
            looks,
            n_statements: ground.n_statements,
            column_of: ground.column_of.clone(),
            found,
        }
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
        // What a search finds on one side alone tells what came or went.
        let is_found = |change: &Change| {
            let has = |found: &Found, id: Option<StatementId>| {
                id.and_then(|id| scene.changes.idx_of(id)).is_some_and(|idx| found.has(idx))
            };
            let found = self.found.as_deref();
            found.is_none_or(|found| has(found, change.shift.old) || has(found, change.shift.new))
        };
        let is_theme = |theme: &String| state.theme.as_ref().is_none_or(|chosen| chosen == theme);
        changes::changes(scene, &self.actor)
            .into_iter()
            .filter(|change| is_theme(&change.shift.theme) && shown(change.shift.old) && shown(change.shift.new))
            .filter(|change| !state.is_open_only || change.verdict().is_none())
            .filter(is_found)
            .collect()
    }

    /// Places of the statements shown, each once, in order of date.
    pub fn statements(&self) -> Vec<usize> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let mut shown: Vec<usize> = cells.flat_map(|cell| cell.statements.iter().copied()).collect();
        shown.sort_unstable();
        shown.dedup();
        shown
    }

    /// Is no statement shown?
    pub fn is_empty(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.statements.is_empty())
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

/// A row after the filters.
fn filtered(scene: &Scene, ground: &Ground, row: &GroundRow, (state, found): (&PositionsState, Option<&Found>)) -> Row {
    let is_open = state.voices == Voices::All && !state.is_quotes_only;
    let mut cells = vec![Cell::default(); ground.columns.len()];
    for &(column, idx, look) in &row.told {
        let Some(cell) = cells.get_mut(column) else { continue };
        cell.is_observed = true;
        let is_passed = || scene.analysis.statements.get(idx).is_some_and(|statement| is_shown(statement, state));
        if found.is_none_or(|found| found.has(idx)) && (is_open || is_passed()) {
            cell.statements.push(idx);
            cell.looks.push(look);
        }
    }
    Row { theme: row.theme.clone(), label: row.label.clone(), cells }
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
    let is_looking = !state.query.trim().is_empty();
    [state.voices != Voices::All, state.is_quotes_only, state.theme.is_some(), state.is_open_only, is_looking]
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
