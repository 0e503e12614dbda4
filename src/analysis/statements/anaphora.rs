//! Themes that are taken up by a pronoun: "it was too early to say what *those* consequences might be".
//!
//! A statement without a theme of its own, that points back and follows close on one by the same speaker, is about the
//! first theme of that one. `O(s)` in the statements of an article.

use super::Statement;
use super::words::Words;

/// Bytes between two statements that follow close on each other: a cue with its speaker and a short sentence. Feels
/// right.
const MAX_DISTANCE: usize = 240;

/// For every statement, in order of place: the one whose theme it takes up.
pub(super) fn antecedents(words: &Words<'_>, statements: &[Statement]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; statements.len()];
    for idx in 1..statements.len() {
        let (before, statement) = (&statements[idx - 1], &statements[idx]);
        let source = found[idx - 1].unwrap_or(idx - 1);
        let same_speaker = before.actor.is_some()
            && before.actor == statement.actor
            && before.person == statement.person
            && before.is_official == statement.is_official;
        let distance = statement.extent().start.saturating_sub(before.extent().end);
        let has_theme = statements.get(source).is_some_and(|source| !source.themes.is_empty());
        if statement.themes.is_empty()
            && has_theme
            && same_speaker
            && distance <= MAX_DISTANCE
            && points_back(words, statement)
        {
            found[idx] = Some(source);
        }
    }
    found
}

fn points_back(words: &Words<'_>, statement: &Statement) -> bool {
    let content = statement.content.iter().flat_map(|range| words.slice(&words.inside(*range)));
    content.take(12).any(|word| {
        matches!(word.folded.as_str(), "it" | "this" | "that" | "these" | "those" | "they" | "them" | "such")
    })
}
