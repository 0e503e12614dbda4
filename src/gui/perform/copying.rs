//! What is copied: places, statements, pages, each with its source.

use super::walking::focus;
use crate::analysis::StatementId;
use crate::analysis::statements::Statement;
use crate::document::{Document, Passage};
use crate::gui::action::Action;
use crate::gui::desk::Desk;
use crate::gui::state::{Sheet, State, ViewKind};
use crate::gui::theme::Theme;
use crate::gui::{briefing, marks, phrases, positions};
use crate::report::citation::{citation, citation_of_statement, citation_of_words};
use crate::report::life::Voices;
use crate::text::ByteRange;
use crate::text::numbers::number;

/// Copies the page of Briefing in words.
pub(super) fn copy_page(desk: &mut Desk) -> Option<Action> {
    let words = briefing::asking::in_words(&desk.state.briefing)?;
    desk.state.message = "Copied with its sources".to_owned();
    Some(Action::CopyText(words))
}

/// The selected words, else the chosen occurrence, as a quotation with its source; in Phrases, where none is chosen, all
/// of the family's.
pub(super) fn copy_chosen(desk: &mut Desk) -> Option<Action> {
    if desk.state.view == ViewKind::Briefing {
        return copy_page(desk);
    }
    let is_phrases = desk.state.view == ViewKind::Phrases;
    if let Some(selected) = desk.state.reading.selected.filter(|_| desk.state.view == ViewKind::Read) {
        return copy(desk, &[selected], citation_of_words);
    }
    if let Some(Sheet::Statement(card)) = &desk.state.sheet {
        let statement = card.statement;
        return copy_statements(desk, &[statement], 1);
    }
    if desk.state.sheet.is_some() {
        return None;
    }
    if desk.state.view == ViewKind::Positions {
        let (theme, State { positions, selection, .. }) = (Theme::LIGHT, &desk.state);
        let statements = positions::chosen_statements(&desk.scene(&theme), positions, selection);
        return copy_statements(desk, &statements, statements.len());
    }
    if !(is_phrases || desk.state.view == ViewKind::Read || desk.state.is_between_articles()) {
        return None;
    }
    if is_phrases {
        let (theme, State { phrases, selection, .. }) = (Theme::LIGHT, &desk.state);
        let passages = phrases::chosen_places(&desk.scene(&theme), phrases, selection);
        if passages.len() > 1 {
            return copy_quotes(desk, &passages);
        }
    }
    let passages: Vec<Passage> = match desk.state.selection.occurrence {
        Some(passage) => vec![passage],
        None if is_phrases => marks::walk(desk.corpus(), desk.analysis(), focus(desk)?),
        None => return None,
    };
    copy_quotes(desk, &passages)
}

pub(super) fn copy_quotes(desk: &mut Desk, passages: &[Passage]) -> Option<Action> {
    copy(desk, passages, citation)
}

/// Copies what `cite` makes of an article, a place in it and the statement there.
pub(super) fn copy(
    desk: &mut Desk,
    passages: &[Passage],
    cite: impl Fn(&Document, ByteRange, Option<&Statement>) -> String,
) -> Option<Action> {
    let voices = Voices::new(&desk.analysis().statements);
    let quotes: Vec<String> = passages
        .iter()
        .filter_map(|passage| {
            let statement = voices.statement_at(&desk.analysis().statements, *passage);
            Some(cite(desk.corpus().get(passage.document)?, passage.range, statement))
        })
        .collect();
    if quotes.is_empty() {
        return None;
    }
    desk.state.message = match quotes.len() {
        1 => "Copied with its source".to_owned(),
        n_quotes => format!("{n_quotes} places copied with their sources"),
    };
    Some(Action::CopyText(quotes.join("\n")))
}

/// Copies statements with their sources, in this order; `n_shown` are listed where they come from.
pub(super) fn copy_statements(desk: &mut Desk, statements: &[StatementId], n_shown: usize) -> Option<Action> {
    let theme = Theme::LIGHT;
    let scene = desk.scene(&theme);
    let cited = statements.iter().filter_map(|id| {
        let statement = scene.changes.statement(scene.analysis, *id)?;
        Some(citation_of_statement(scene.corpus.get(statement.document)?, statement))
    });
    let quotes: Vec<String> = cited.collect();
    if quotes.is_empty() {
        return None;
    }
    desk.state.message = match quotes.len() {
        1 => "Copied with its source".to_owned(),
        n_quotes => format!("{n_quotes} statements copied with their sources"),
    };
    say_capped(desk, quotes.len(), (n_shown, "statements"));
    Some(Action::CopyText(quotes.join("\n")))
}

/// Where not all that is shown was copied, says how much was.
pub(super) fn say_capped(desk: &mut Desk, n_copied: usize, (n_shown, what): (usize, &str)) {
    if n_copied < n_shown {
        let (n_copied, n_shown) = (number(n_copied), number(n_shown));
        desk.state.message = format!("The first {n_copied} of {n_shown} {what} copied with their sources");
    }
}
