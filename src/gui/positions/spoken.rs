//! A statement in words: what its mark, its row and its card say to whoever does not see them.

use super::board::UNTHEMED;
use crate::analysis::statements::Statement;
use crate::codebook::Direction;
use crate::gui::Scene;
use crate::gui::changes::{Change, quotation_label, theme_label};
use crate::gui::said::statement_day;

/// "est. 6 Sep 2017".
pub fn day(scene: &Scene, statement: &Statement) -> String {
    let Some(document) = scene.corpus.get(statement.document) else { return String::new() };
    let dated = statement_day(document, statement);
    if dated.is_estimate { format!("est. {}", dated.day) } else { dated.day }
}

/// Who said it, as far as the rules know.
pub fn speaker(statement: &Statement) -> &str {
    statement.person.as_deref().or(statement.actor.as_deref()).unwrap_or("unattributed")
}

/// Its words on one line.
pub fn words(scene: &Scene, statement: &Statement) -> String {
    let Some(document) = scene.corpus.get(statement.document) else { return String::new() };
    let words: Vec<&str> = statement.content.iter().map(|range| range.of(&document.text)).collect();
    words.join(" … ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "4 says it must be"; empty where nothing is known of its force.
pub fn force(scene: &Scene, statement: &Statement) -> String {
    let act = scene.codebook.acts.iter().find(|act| Some(&act.id) == statement.act.as_ref());
    let label = act.map_or(String::new(), |act| format!(" {}", act.label));
    statement.force.map_or(String::new(), |force| format!("{force}{label}"))
}

/// All that is known of a statement on a theme: "est. 6 Sep 2017, Ana Lund, reported, not official, on Harbor fees,
/// oppose, force 1: …".
pub fn statement(scene: &Scene, statement: &Statement, theme: &str) -> String {
    let theme_name = if theme.is_empty() { UNTHEMED } else { theme_label(scene, theme) };
    let official = if statement.is_official { "" } else { ", not official" };
    let direction = statement.direction_on(theme).map_or("", Direction::words);
    let direction = if direction.is_empty() { String::new() } else { format!(", {direction}") };
    let force = force(scene, statement);
    let force = if force.is_empty() { String::new() } else { format!(", force {force}") };
    format!(
        "{}, {}, {}{official}, on {theme_name}{direction}{force}: {}",
        day(scene, statement),
        speaker(statement),
        quotation_label(statement.quotation),
        words(scene, statement)
    )
}

/// "change 2: softened, Harbor fees".
pub fn change(scene: &Scene, change: &Change) -> String {
    let theme = theme_label(scene, &change.shift.theme);
    format!("change {}: {}, {theme}", change.number, change.label().words())
}

/// The two statements of a change: "before, est. 7 Nov 2017, …; after, 19 Jun 2024, …".
pub fn sides(scene: &Scene, change: &Change) -> String {
    let side = |when: &str, id: Option<crate::analysis::StatementId>| {
        let statement = id.and_then(|id| scene.changes.statement(scene.analysis, id))?;
        Some(format!("{when}, {}", self::statement(scene, statement, &change.shift.theme)))
    };
    let sides = [side("before", change.shift.old), side("after", change.shift.new)];
    sides.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
