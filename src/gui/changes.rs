//! What Positions and Compare share about changes: which there are, in which order, under which label.
//!
//! The number of a change is its place among all changes of its actor, so filters and reviews never renumber. Changes
//! proper come first, then what was held, then what was not observed; what the reader dismissed stands at the end.
//! All is worked out once for a state of the findings; a frame looks it up.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Scene;
use super::action::Action;
use super::state::Selection;
use crate::analysis::shifts::{Shift, ShiftLabel};
use crate::analysis::statements::{Quotation, Statement};
use crate::analysis::{Analysis, ShiftId, StatementId};
use crate::codebook::{Direction, Theme as Subject};
use crate::project::reviews::Reviewed;
use crate::project::{Decisions, Review, Verdict};

/// Statements by id, actors by statements, changes by actor: made once for a state of the findings.
#[derive(Clone, Debug, Default)]
pub struct ChangeList {
    statements: FxHashMap<StatementId, usize>,
    /// Actors with statements, most statements first.
    actors: Vec<(String, usize)>,
    /// Number and place in the analysis of the changes of each actor, in the order of their cards.
    changes: BTreeMap<String, Vec<(usize, usize)>>,
}

impl ChangeList {
    pub fn new(analysis: &Analysis, decisions: &Decisions, reviewed: &Reviewed) -> Self {
        let statements = (analysis.statements.iter().enumerate()).map(|(idx, statement)| (statement.id, idx)).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for statement in analysis.statements.iter().filter(|statement| statement.same_as.is_none()) {
            if let Some(actor) = &statement.actor {
                *counts.entry(actor).or_default() += 1;
            }
        }
        let mut actors: Vec<(String, usize)> = counts.into_iter().map(|(actor, n)| (actor.to_owned(), n)).collect();
        actors.sort_by_key(|(_, n_statements)| std::cmp::Reverse(*n_statements));
        let mut changes: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (idx, shift) in analysis.shifts.iter().enumerate() {
            if shift.label != ShiftLabel::New && shift.old.is_some() {
                changes.entry(shift.actor.clone()).or_default().push((0, idx));
            }
        }
        let shift_at = |idx: usize| analysis.shifts.get(idx);
        for of_actor in changes.values_mut() {
            of_actor.sort_by_key(|(_, idx)| shift_at(*idx).map(|shift| rank(shift.label)));
            for (number, place) in of_actor.iter_mut().enumerate() {
                place.0 = number + 1;
            }
            of_actor.sort_by_key(|(_, idx)| {
                let review = shift_at(*idx).and_then(|shift| reviewed.review(decisions, shift.id));
                review.and_then(|review| review.verdict) == Some(Verdict::Dismissed)
            });
        }
        Self { statements, actors, changes }
    }

    /// The place of a statement in the analysis this list was made of.
    pub fn idx_of(&self, id: StatementId) -> Option<usize> {
        self.statements.get(&id).copied()
    }

    pub fn statement<'a>(&self, analysis: &'a Analysis, id: StatementId) -> Option<&'a Statement> {
        analysis.statements.get(self.idx_of(id)?)
    }
}

/// Statements by id.
pub struct StatementIndex<'a>(Scene<'a>);

impl<'a> StatementIndex<'a> {
    pub fn new(scene: &Scene<'a>) -> Self {
        Self(*scene)
    }

    pub fn get(&self, id: StatementId) -> Option<&'a Statement> {
        self.0.changes.statement(self.0.analysis, id)
    }
}

/// A shift with its number and what the reader said of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change<'a> {
    /// From 1.
    pub number: usize,
    pub shift: &'a Shift,
    pub review: Option<&'a Review>,
}

impl Change<'_> {
    /// The reader's label, else the one of the rules.
    pub fn label(&self) -> ShiftLabel {
        match self.review {
            Some(Review { verdict: Some(Verdict::Accepted | Verdict::Edited), label, .. }) => *label,
            _ => self.shift.label,
        }
    }

    /// The reader's verdict, `None` where nobody gave one.
    pub fn verdict(&self) -> Option<Verdict> {
        self.review.and_then(|review| review.verdict)
    }

    pub fn is_dismissed(&self) -> bool {
        self.verdict() == Some(Verdict::Dismissed)
    }

    /// What the reader noted beside it.
    pub fn note(&self) -> &str {
        self.review.map_or("", |review| review.note.as_str())
    }

    /// What stands in the badge: an inferred label is never shown as a settled one.
    pub fn status(&self) -> &'static str {
        self.verdict().map_or("automatic", Verdict::words)
    }
}

/// Actors with statements, most statements first.
pub fn actors<'a>(scene: &Scene<'a>) -> impl Iterator<Item = (&'a str, usize)> {
    scene.changes.actors.iter().map(|(actor, n_statements)| (actor.as_str(), *n_statements))
}

/// The actor whose changes are shown: the chosen one where it has statements, else the one with most of them among those
/// that touch a theme.
pub fn charted_actor<'a>(scene: &Scene<'a>, chosen: Option<&str>) -> Option<&'a str> {
    let is_chosen = |(actor, _): &(&str, usize)| Some(*actor) == chosen;
    let has_themes = |(actor, _): &(&str, usize)| {
        scene.analysis.themes.iter().any(|record| record.actor == *actor && !record.observed.is_empty())
    };
    actors(scene).find(is_chosen).or_else(|| actors(scene).find(has_themes)).map(|(actor, _)| actor)
}

/// How an actor is shown.
pub fn actor_label<'a>(scene: &Scene<'a>, id: &'a str) -> &'a str {
    scene.codebook.actor(id).and_then(|actor| actor.label.as_deref()).unwrap_or(id)
}

/// How a theme is shown.
pub fn theme_label<'a>(scene: &Scene<'a>, id: &'a str) -> &'a str {
    scene.codebook.theme(id).map_or(id, |theme| theme.label.as_str())
}

/// All changes of an actor in the order of their cards.
pub fn changes<'a>(scene: &Scene<'a>, actor: &str) -> Vec<Change<'a>> {
    let decisions = scene.project.decisions();
    let of_actor = scene.changes.changes.get(actor).map_or(&[][..], Vec::as_slice);
    let change = |&(number, idx): &(usize, usize)| {
        let shift = scene.analysis.shifts.get(idx)?;
        Some(Change { number, shift, review: scene.reviewed.review(decisions, shift.id) })
    };
    of_actor.iter().filter_map(change).collect()
}

/// The number of an earlier change of the actor that shows the same two statements, about another theme.
pub fn same_pair(scene: &Scene, change: &Change) -> Option<usize> {
    let of_actor = scene.changes.changes.get(&change.shift.actor)?;
    let is_same = |(_, idx): &&(usize, usize)| {
        let other = scene.analysis.shifts.get(*idx);
        other.is_some_and(|other| (other.old, other.new) == (change.shift.old, change.shift.new))
    };
    of_actor.iter().find(is_same).map(|(number, _)| *number).filter(|number| *number < change.number)
}

/// Every actor's changes one after the other, most spoken actor first: what Compare walks through.
pub fn all_changes<'a>(scene: &Scene<'a>) -> Vec<Change<'a>> {
    actors(scene).flat_map(|(actor, _)| changes(scene, actor)).collect()
}

/// The change that is in front: the chosen one where it is among `changes`, else the first.
pub fn current<'a>(changes: &[Change<'a>], selection: &Selection) -> Option<Change<'a>> {
    let is_chosen = |change: &&Change| Some(change.shift.id) == selection.shift;
    changes.iter().find(is_chosen).or(changes.first()).copied()
}

/// Asks for the change in front to be the chosen one, so that keys never act on one that a filter hides.
pub fn follow(current: Option<Change>, selection: &Selection, actions: &mut Vec<Action>) {
    if let Some(change) = current.filter(|change| selection.shift != Some(change.shift.id)) {
        actions.push(Action::SelectShift(change.shift.id));
    }
}

/// The change `step` places after the current one, round and round.
pub fn neighbor(changes: &[Change], selection: &Selection, step: isize) -> Option<ShiftId> {
    let current = current(changes, selection)?.shift.id;
    let idx = changes.iter().position(|change| change.shift.id == current)?;
    let n_changes = isize::try_from(changes.len()).ok()?;
    let next = (isize::try_from(idx).ok()? + step).rem_euclid(n_changes);
    changes.get(usize::try_from(next).ok()?).map(|change| change.shift.id)
}

/// The labels a reader may give to a change on a theme, by the directions the theme knows.
pub fn allowed_labels(subject: Option<&Subject>) -> Vec<ShiftLabel> {
    let directions = subject.map_or(&[][..], |subject| subject.directions.as_slice());
    let has_support = directions.is_empty() || directions.contains(&Direction::Support);
    let has_pressure = directions.is_empty() || directions.iter().any(|direction| *direction != Direction::Support);
    let mut labels = vec![ShiftLabel::Held];
    if has_pressure {
        labels.extend([ShiftLabel::Hardened, ShiftLabel::Softened]);
    }
    if has_support {
        labels.extend([ShiftLabel::Strengthened, ShiftLabel::Weakened]);
    }
    labels.extend([ShiftLabel::Reframed, ShiftLabel::Dropped, ShiftLabel::NotObserved]);
    labels
}

/// "12 changes, 1 held, 7 not observed · 0 of 13 reviewed". `n_not_observed` counts the small rings of the chart: a theme
/// that an article does not touch.
pub fn summary(changes: &[Change], n_not_observed: usize) -> String {
    let is_open = |change: &&Change| !change.is_dismissed();
    let n_held = changes.iter().filter(is_open).filter(|change| change.label() == ShiftLabel::Held).count();
    let n_changes = changes
        .iter()
        .filter(is_open)
        .filter(|change| !matches!(change.label(), ShiftLabel::Held | ShiftLabel::NotObserved))
        .count();
    let n_dismissed = changes.iter().filter(|change| change.is_dismissed()).count();
    let n_reviewed = changes.iter().filter(|change| change.verdict().is_some()).count();
    let plural = if n_changes == 1 { "" } else { "s" };
    let dismissed = if n_dismissed == 0 { String::new() } else { format!(", {n_dismissed} dismissed") };
    format!(
        "{n_changes} change{plural}, {n_held} held, {n_not_observed} not observed{dismissed}  ·  {n_reviewed} of {} reviewed",
        changes.len()
    )
}

/// Were at least some of the words quoted?
pub fn is_quoted(statement: &Statement) -> bool {
    statement.quotation != Quotation::Indirect
}

/// How the words are reported, as shown to the reader.
pub fn quotation_label(quotation: Quotation) -> &'static str {
    match quotation {
        Quotation::Direct => "direct quote",
        Quotation::Partial => "partly quoted",
        Quotation::Indirect => "reported",
    }
}

fn rank(label: ShiftLabel) -> u8 {
    match label {
        ShiftLabel::NotObserved => 2,
        ShiftLabel::Held => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_the_directions_of_the_theme() {
        let theme = |directions: &[Direction]| Subject {
            id: "t".to_owned(),
            label: "T".to_owned(),
            terms: Vec::new(),
            directions: directions.to_vec(),
            direction_rules: Vec::new(),
            default_direction: directions[0],
        };
        let sanctions = allowed_labels(Some(&theme(&[Direction::Ease, Direction::Maintain, Direction::Increase])));
        assert!(sanctions.contains(&ShiftLabel::Softened) && !sanctions.contains(&ShiftLabel::Weakened));
        let support = allowed_labels(Some(&theme(&[Direction::Oppose, Direction::Support])));
        assert!(support.contains(&ShiftLabel::Weakened) && support.contains(&ShiftLabel::Hardened));
        assert!(!allowed_labels(None).contains(&ShiftLabel::New));
    }
}
