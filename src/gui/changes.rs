//! What Positions and Compare share about changes: which there are, in which order, under which label.
//!
//! The number of a change is its place among all changes of its actor, so filters and reviews never renumber. Changes
//! proper come first, then what was held, then what was not observed; what the reader dismissed stands at the end.
//! Cost: one pass over statements and shifts a frame.

use rustc_hash::FxHashMap;

use super::Scene;
use super::action::Action;
use super::state::Selection;
use crate::analysis::shifts::{Shift, ShiftLabel};
use crate::analysis::statements::{Quotation, Statement};
use crate::analysis::{ShiftId, StatementId};
use crate::codebook::{Direction, Theme as Subject};
use crate::project::{Review, Verdict};

/// Statements by id, made once a frame; never iterated.
pub struct StatementIndex<'a>(FxHashMap<StatementId, &'a Statement>);

impl<'a> StatementIndex<'a> {
    pub fn new(scene: &Scene<'a>) -> Self {
        Self(scene.analysis.statements.iter().map(|statement| (statement.id, statement)).collect())
    }

    pub fn get(&self, id: StatementId) -> Option<&'a Statement> {
        self.0.get(&id).copied()
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
pub fn actors<'a>(scene: &Scene<'a>) -> Vec<(&'a str, usize)> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for statement in scene.analysis.statements.iter().filter(|statement| statement.same_as.is_none()) {
        if let Some(actor) = &statement.actor {
            *counts.entry(actor).or_default() += 1;
        }
    }
    let mut actors: Vec<_> = counts.into_iter().collect();
    actors.sort_by_key(|(actor, n_statements)| (std::cmp::Reverse(*n_statements), *actor));
    actors
}

/// The actor whose changes are shown: the chosen one where it has statements, else the one with most of them.
pub fn charted_actor<'a>(scene: &Scene<'a>, chosen: Option<&str>) -> Option<&'a str> {
    let actors = actors(scene);
    let is_chosen = |(actor, _): &&(&str, usize)| Some(*actor) == chosen;
    actors.iter().find(is_chosen).or(actors.first()).map(|(actor, _)| *actor)
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
    let mut shifts: Vec<&Shift> = scene
        .analysis
        .shifts
        .iter()
        .filter(|shift| shift.actor == actor && shift.label != ShiftLabel::New && shift.old.is_some())
        .collect();
    shifts.sort_by_key(|shift| rank(shift.label));
    let numbered = |(idx, shift): (usize, &'a Shift)| Change {
        number: idx + 1,
        shift,
        review: scene.reviewed.review(decisions, shift.id),
    };
    let mut changes: Vec<_> = shifts.into_iter().enumerate().map(numbered).collect();
    changes.sort_by_key(Change::is_dismissed);
    changes
}

/// Every actor's changes one after the other, most spoken actor first: what Compare walks through.
pub fn all_changes<'a>(scene: &Scene<'a>) -> Vec<Change<'a>> {
    actors(scene).into_iter().flat_map(|(actor, _)| changes(scene, actor)).collect()
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

/// "high" from 0.75, "medium" from 0.5: the steps the cards speak of.
pub fn confidence_label(confidence: f32) -> &'static str {
    match confidence {
        confidence if confidence >= 0.75 => "high",
        confidence if confidence >= 0.5 => "medium",
        _ => "low",
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

    #[test]
    fn confidence_has_three_steps() {
        assert_eq!([0.9, 0.75, 0.6, 0.5, 0.1].map(confidence_label), ["high", "high", "medium", "medium", "low"]);
    }
}
