//! What kind of change it is: a decision table, first row that fits.
//!
//! | rule | when | label |
//! |---|---|---|
//! | `formula-other-object` | both open alike and go on to something else | reframed |
//! | `direction` | the place on the theme's ordered directions moved | hardened, softened; strengthened, weakened |
//! | `aside-to-main` | a theme of support, mentioned beside another before, is the point now | strengthened (or back: weakened) |
//! | `force` | the strongest act of the date is two steps or more away | hardened, softened |
//! | `force-step` | one step away, for the date and for the pair alike | hardened, softened |
//! | `other-theme` | much the same words, but about something else first | reframed |
//! | `same` | none of these | held |
//!
//! Directions and force are those of all official statements of the date, so that the choice of the pair does not
//! decide. Conditions alone never soften; they are told beside the label. Nothing here says *dropped*: silence proves
//! nothing.

use super::ShiftLabel;
use super::align::Likeness;
use crate::analysis::statements::Statement;
use crate::codebook::{Codebook, Direction, Theme};

/// The statements of one actor on one theme on one date.
pub(super) struct Position<'a> {
    pub statements: Vec<&'a Statement>,
    /// The one of the aligned pair.
    pub shown: &'a Statement,
}

/// A label with its reason.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub label: ShiftLabel,
    pub rule: &'static str,
    pub reason: String,
    /// 0.0..=1.0, before the confidence of the attributions.
    pub confidence: f32,
}

/// Labels the change from `old` to `new`. `formula` is the shared opening in the words of the newer statement.
pub(super) fn label(
    codebook: &Codebook,
    theme: &Theme,
    old: &Position<'_>,
    new: &Position<'_>,
    likeness: &Likeness,
    formula: &str,
) -> Verdict {
    let rows = [
        formula_row(likeness, formula),
        direction_row(theme, old, new),
        aside_row(theme, old, new),
        force_row(codebook, theme, old, new),
        theme_row(old, new, likeness),
    ];
    let verdict = rows.into_iter().flatten().next().unwrap_or_else(|| held(theme, old, new, likeness));
    with_condition(verdict, old, new)
}

fn formula_row(likeness: &Likeness, formula: &str) -> Option<Verdict> {
    let shared = likeness.formula.as_ref().filter(|formula| formula.has_other_object)?;
    let confidence = if shared.n_words >= 6 { 0.95 } else { 0.85 };
    let reason = format!("same formula “{formula}”, other object");
    Some(Verdict { label: ShiftLabel::Reframed, rule: "formula-other-object", reason, confidence })
}

/// Is it a theme one supports or opposes, and not one of pressure?
fn is_support(theme: &Theme) -> bool {
    theme.directions.contains(&Direction::Support) && theme.default_direction == Direction::Support
}

fn direction_row(theme: &Theme, old: &Position<'_>, new: &Position<'_>) -> Option<Verdict> {
    let (before, after) = (old.direction(theme)?, new.direction(theme)?);
    let place = |direction| theme.directions.iter().position(|known| *known == direction);
    let (from, to) = (place(before)?, place(after)?);
    let label = match (to.cmp(&from), is_support(theme)) {
        (std::cmp::Ordering::Equal, _) => return None,
        (std::cmp::Ordering::Greater, false) => ShiftLabel::Hardened,
        (std::cmp::Ordering::Less, false) => ShiftLabel::Softened,
        (std::cmp::Ordering::Greater, true) => ShiftLabel::Strengthened,
        (std::cmp::Ordering::Less, true) => ShiftLabel::Weakened,
    };
    let reason = format!("from “{}” to “{}”", before.words(), after.words());
    Some(Verdict { label, rule: "direction", reason, confidence: 0.75 })
}

fn aside_row(theme: &Theme, old: &Position<'_>, new: &Position<'_>) -> Option<Verdict> {
    let is_main = |position: &Position<'_>| {
        position.statements.iter().any(|statement| statement.themes.first().is_some_and(|first| *first == theme.id))
    };
    let (label, reason) = match (is_support(theme), is_main(old), is_main(new)) {
        (true, false, true) => (ShiftLabel::Strengthened, "mentioned beside other points before, the point itself now"),
        (true, true, false) => (ShiftLabel::Weakened, "the point itself before, mentioned beside other points now"),
        _ => return None,
    };
    Some(Verdict { label, rule: "aside-to-main", reason: reason.to_owned(), confidence: 0.6 })
}

fn force_row(codebook: &Codebook, theme: &Theme, old: &Position<'_>, new: &Position<'_>) -> Option<Verdict> {
    if is_support(theme) {
        // The force of "we must talk" and of "we welcome the talks" are not on one scale of support.
        return None;
    }
    let (before, after) = (old.strongest()?, new.strongest()?);
    let steps = i16::from(after.force?) - i16::from(before.force?);
    let of_pair = i16::from(new.shown.force?) - i16::from(old.shown.force?);
    let (rule, confidence) = match steps.abs() {
        0 => return None,
        1 if of_pair.signum() == steps.signum() => ("force-step", 0.5),
        1 => return None,
        _ => ("force", 0.7),
    };
    let label = if steps > 0 { ShiftLabel::Hardened } else { ShiftLabel::Softened };
    let reason = format!("strongest act from “{}” to “{}”", act_words(codebook, before), act_words(codebook, after));
    Some(Verdict { label, rule, reason, confidence })
}

fn theme_row(old: &Position<'_>, new: &Position<'_>, likeness: &Likeness) -> Option<Verdict> {
    let is_other = old.shown.themes.first() != new.shown.themes.first();
    (is_other && likeness.overlap >= 0.5).then(|| Verdict {
        label: ShiftLabel::Reframed,
        rule: "other-theme",
        reason: "much the same words, now about something else first".to_owned(),
        confidence: 0.6,
    })
}

fn held(theme: &Theme, old: &Position<'_>, new: &Position<'_>, likeness: &Likeness) -> Verdict {
    let direction = new.direction(theme).map_or("", Direction::words);
    let force = new.strongest().and_then(|statement| statement.force).unwrap_or(0);
    let same_force = old.strongest().and_then(|statement| statement.force) == Some(force);
    let reason = if same_force {
        format!("same direction (“{direction}”), same force ({force} of 5)")
    } else {
        format!("same direction (“{direction}”), force within a step")
    };
    Verdict { label: ShiftLabel::Held, rule: "same", reason, confidence: 0.45 + 0.3 * likeness.overlap.min(1.0) }
}

/// A new condition is told beside the label; it changes neither label nor force.
fn with_condition(mut verdict: Verdict, old: &Position<'_>, new: &Position<'_>) -> Verdict {
    if is_newly_conditional(old, new) {
        verdict.reason.push_str("; now on a condition");
    }
    verdict
}

/// Does a statement of the newer date set a condition where none of the older did?
pub(super) fn is_newly_conditional(old: &Position<'_>, new: &Position<'_>) -> bool {
    let sets = |position: &Position<'_>| position.statements.iter().any(|statement| !statement.conditions.is_empty());
    sets(new) && !sets(old)
}

/// The direction most statements point in whose main theme this is; on a tie the harder one.
pub(super) fn direction_of(statements: &[&Statement], theme: &Theme) -> Option<Direction> {
    let count = |direction: Direction| {
        let is_main = |statement: &&&Statement| statement.themes.first().is_some_and(|first| *first == theme.id);
        statements.iter().filter(is_main).filter(|statement| statement.direction == Some(direction)).count()
    };
    theme.directions.iter().copied().max_by_key(|direction| count(*direction)).filter(|best| count(*best) > 0)
}

impl<'a> Position<'a> {
    fn direction(&self, theme: &Theme) -> Option<Direction> {
        direction_of(&self.statements, theme)
    }

    /// The most forceful statement, main theme before others, first on a tie.
    fn strongest(&self) -> Option<&'a Statement> {
        let mut best: Option<&Statement> = None;
        for statement in &self.statements {
            if best.is_none_or(|best| best.force < statement.force) {
                best = Some(statement);
            }
        }
        best
    }
}

fn act_words<'c>(codebook: &'c Codebook, statement: &'c Statement) -> &'c str {
    let act = statement.act.as_deref().unwrap_or_default();
    codebook.acts.iter().find(|known| known.id == act).map_or(act, |known| known.label.as_str())
}
