//! What Positions shows: days across, themes down, the statements in between, after the filters.
//!
//! A cell whose statements are all hidden by a filter is not "not observed": it stays empty. Cost: one pass over the
//! records and changes of the actor.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::analysis::statements::Statement;
use crate::analysis::timeline::Timeline;
use crate::document::{Document, DocumentId};
use crate::gui::Scene;
use crate::gui::changes::{self, Change, StatementIndex, is_quoted};
use crate::gui::state::PositionsState;

/// The articles of one day.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// `None` for the articles without a date, which stand last.
    pub day: Option<Date>,
    pub documents: Vec<&'a Document>,
}

/// A theme on a day.
#[derive(Clone, Debug, Default)]
pub struct Cell<'a> {
    pub statements: Vec<&'a Statement>,
    /// Did the actor touch the theme, shown or hidden?
    pub is_observed: bool,
}

/// A theme over time.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    pub theme: &'a str,
    pub label: &'a str,
    /// One for each column.
    pub cells: Vec<Cell<'a>>,
}

/// Everything one frame of Positions shows.
pub struct Board<'a> {
    pub actor: &'a str,
    pub statements: StatementIndex<'a>,
    pub columns: Vec<Column<'a>>,
    pub rows: Vec<Row<'a>>,
    /// After the filters.
    pub changes: Vec<Change<'a>>,
    /// Ids and labels of all themes of the actor, before the filters.
    pub themes: Vec<(&'a str, &'a str)>,
    column_of: FxHashMap<DocumentId, usize>,
}

impl<'a> Board<'a> {
    /// `None` where no statement has an actor.
    pub fn new(scene: &Scene<'a>, state: &PositionsState) -> Option<Self> {
        let actor = changes::charted_actor(scene, state.actor.as_deref())?;
        let statements = StatementIndex::new(scene);
        let (columns, column_of) = columns(scene);
        let records = scene.analysis.themes.iter().filter(|record| record.actor == actor);
        let mut themes = Vec::new();
        let mut rows = Vec::new();
        for record in records {
            let label = changes::theme_label(scene, &record.theme);
            themes.push((record.theme.as_str(), label));
            if state.theme.as_ref().is_some_and(|theme| *theme != record.theme) {
                continue;
            }
            let mut cells = vec![Cell::default(); columns.len()];
            for observation in &record.observed {
                let Some(cell) = column_of.get(&observation.document).and_then(|idx| cells.get_mut(*idx)) else {
                    continue;
                };
                cell.is_observed = true;
                let known = observation.statements.iter().filter_map(|id| statements.get(*id));
                cell.statements.extend(known.filter(|statement| is_shown(statement, state)));
            }
            rows.push(Row { theme: record.theme.as_str(), label, cells });
        }
        let changes = changes::changes(scene, actor)
            .into_iter()
            .filter(|change| is_change_shown(change, &statements, state))
            .collect();
        Some(Self { actor, statements, columns, rows, changes, themes, column_of })
    }

    /// The axis over the days of all articles.
    pub fn timeline(&self, fold_share: f32) -> Timeline {
        let days: Vec<Date> = self.columns.iter().filter_map(|column| column.day).collect();
        Timeline::of(&days, fold_share)
    }

    /// The columns of the two statements of a change, where both are known.
    pub fn ends(&self, change: &Change) -> Option<(usize, usize)> {
        let column = |id| self.statements.get(id).and_then(|statement| self.column_of.get(&statement.document));
        Some((*column(change.shift.old?)?, *column(change.shift.new?)?))
    }
}

/// Does a statement pass the filters?
fn is_shown(statement: &Statement, state: &PositionsState) -> bool {
    (!state.is_official_only || statement.is_official) && (!state.is_quotes_only || is_quoted(statement))
}

fn is_change_shown(change: &Change, statements: &StatementIndex, state: &PositionsState) -> bool {
    let ids = [change.shift.old, change.shift.new];
    let is_theme = state.theme.as_ref().is_none_or(|theme| *theme == change.shift.theme);
    is_theme
        && ids.into_iter().flatten().filter_map(|id| statements.get(id)).all(|statement| is_shown(statement, state))
}

/// How many filters hide something at the moment, or could.
pub fn n_filters(state: &PositionsState) -> usize {
    [state.is_official_only, state.is_quotes_only, state.theme.is_some()].into_iter().filter(|is_on| *is_on).count()
}

fn columns<'a>(scene: &Scene<'a>) -> (Vec<Column<'a>>, FxHashMap<DocumentId, usize>) {
    let mut columns: Vec<Column> = Vec::new();
    let mut column_of = FxHashMap::default();
    // The corpus is in order of date with undated articles last, so equal days are neighbors.
    for document in scene.corpus.documents() {
        let day = document.published.day();
        match columns.last_mut() {
            Some(column) if column.day == day => column.documents.push(document),
            _ => columns.push(Column { day, documents: vec![document] }),
        }
        column_of.insert(document.id, columns.len() - 1);
    }
    (columns, column_of)
}
