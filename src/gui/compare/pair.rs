//! The two statements that Compare shows, and what can be counted about them. Pure.

use std::sync::Arc;

use crate::analysis::statements::Statement;
use crate::document::Document;
use crate::gui::Scene;
use crate::gui::changes::{Change, StatementIndex, current};
use crate::gui::diff_text::{Mark, Move, Side, moves, side_marks, with_moves};
use crate::gui::state::Selection;
use crate::text::{ByteRange, tokens};

/// One of the two.
#[derive(Clone, Copy)]
pub struct Half<'a> {
    pub statement: &'a Statement,
    pub document: &'a Arc<Document>,
}

/// Two statements and, where the analysis found one, the change between them.
pub struct Pair<'a> {
    pub old: Half<'a>,
    pub new: Half<'a>,
    pub change: Option<Change<'a>>,
    pub moves: Vec<Move>,
}

impl<'a> Pair<'a> {
    /// The pair the reader chose, else the statements of the current one of `changes`.
    pub fn chosen(scene: &Scene<'a>, changes: &[Change<'a>], selection: &Selection) -> Option<Self> {
        let index = StatementIndex::new(scene);
        let half = |id| {
            let statement = index.get(id)?;
            Some(Half { statement, document: scene.corpus.get(statement.document)? })
        };
        let ends = |change: &Change| Some((change.shift.old?, change.shift.new?));
        let (ids, change) = match selection.pair {
            Some(ids) => (ids, changes.iter().find(|change| ends(change) == Some(ids)).copied()),
            None => {
                let change = current(changes, selection)?;
                (ends(&change)?, Some(change))
            }
        };
        let (old, new) = (half(ids.0)?, half(ids.1)?);
        let diff = change.map_or(&[][..], |change| change.shift.diff.as_slice());
        let moves = moves(scene.analysis, old.statement, new.statement, diff);
        Some(Self { old, new, change, moves })
    }

    pub fn half(&self, side: Side) -> Half<'a> {
        if side == Side::Old { self.old } else { self.new }
    }

    /// The marks of one side, moves included.
    pub fn marks(&self, side: Side) -> Vec<(ByteRange, Mark)> {
        let diff = self.change.map_or(&[][..], |change| change.shift.diff.as_slice());
        with_moves(&side_marks(diff, side), &self.moves, side)
    }

    /// Can the two be compared word by word?
    pub fn has_diff(&self) -> bool {
        self.change.is_some_and(|change| !change.shift.diff.is_empty())
    }

    /// Words kept (moved ones count) and words in all, on one side.
    pub fn kept_words(&self, side: Side) -> (usize, usize) {
        let half = self.half(side);
        let text = half.document.text.as_str();
        let content = &half.statement.content;
        let count = |range: ByteRange| tokens(text, range).count();
        let inside = |range: ByteRange| content.iter().filter_map(move |part| part.intersection(range));
        let n_kept = self
            .marks(side)
            .into_iter()
            .filter(|(_, mark)| matches!(mark, Mark::Kept | Mark::Moved(_)))
            .flat_map(|(range, _)| inside(range).map(count).collect::<Vec<_>>())
            .sum();
        (n_kept, content.iter().map(|part| count(*part)).sum())
    }
}

/// Hedges or conditions that stand on one side alone: "“potential” only after".
pub fn only_on_one_side(pair: &Pair, of: fn(&Statement) -> &[ByteRange], years: (&str, &str)) -> Option<String> {
    let words = |half: Half| -> Vec<String> {
        let text = &half.document.text;
        of(half.statement).iter().map(|range| range.of(text).trim().to_lowercase()).collect()
    };
    let (old, new) = (words(pair.old), words(pair.new));
    let only = |here: &[String], there: &[String], year: &str| {
        let mut lone: Vec<String> =
            here.iter().filter(|word| !there.contains(word)).map(|word| format!("“{word}”")).collect();
        lone.dedup();
        (!lone.is_empty()).then(|| format!("{} only {year}", lone.join(", ")))
    };
    let parts: Vec<String> = [only(&old, &new, years.0), only(&new, &old, years.1)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// How the two sides are called: by year where the years differ, else "before" and "after".
pub fn side_names(pair: &Pair) -> (String, String) {
    let year = |half: Half| half.statement.said.or_else(|| half.document.published.day()).map(jiff::civil::Date::year);
    match (year(pair.old), year(pair.new)) {
        (Some(old), Some(new)) if old != new => (format!("in {old}"), format!("in {new}")),
        _ => ("before".to_owned(), "after".to_owned()),
    }
}
