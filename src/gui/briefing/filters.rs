//! Filters of other views that hide something of what a page shows. A page is made of everything, so whoever looks for
//! its statements there has to know.

use crate::analysis::statements::Statement;
use crate::gui::changes::is_quoted;
use crate::gui::desk::Desk;
use crate::gui::state::{PositionsState, Voices};
use crate::report::briefing::Subject;

/// The filters that hide something of a finding, in words.
pub fn hiding(desk: &Desk, subject: &Subject) -> Vec<String> {
    let positions = &desk.state.positions;
    let analysis = desk.analysis();
    let is_open = positions.voices == Voices::All && !positions.is_quotes_only && positions.theme.is_none();
    if is_open && !matches!(subject, Subject::Phrase(_)) {
        // As most of the time; a frame then looks at no statement.
        return Vec::new();
    }
    match subject {
        Subject::Shift(id) => {
            let Some(shift) = analysis.shift(*id) else { return Vec::new() };
            let shown: Vec<&Statement> =
                [shift.old, shift.new].into_iter().flatten().filter_map(|id| analysis.statement(id)).collect();
            of_statements(positions, &shown, Some(&shift.theme))
        }
        Subject::Timeline { actor, theme } => {
            let is_shown = |it: &&Statement| it.actor.as_ref() == Some(actor) && it.themes.contains(theme);
            let shown: Vec<&Statement> = analysis.statements.iter().filter(is_shown).collect();
            of_statements(positions, &shown, Some(theme))
        }
        Subject::Matrix { actor } => {
            let shown: Vec<&Statement> =
                analysis.statements.iter().filter(|it| it.actor.as_ref() == Some(actor)).collect();
            let mut words = of_statements(positions, &shown, None);
            words.extend(positions.theme.is_some().then(|| "Positions shows one theme alone".to_owned()));
            words
        }
        Subject::SideBySide(ids) => {
            let shown: Vec<&Statement> = ids.iter().filter_map(|id| analysis.statement(*id)).collect();
            of_statements(positions, &shown, None)
        }
        Subject::Phrase(id) => {
            let n_articles = analysis.phrase(*id).map_or(0, |phrase| phrase.n_documents);
            let least = desk.state.phrases.min_articles;
            let is_hidden = n_articles > 0 && n_articles < least;
            is_hidden.then(|| format!("Phrases shows those in {least} or more articles")).into_iter().collect()
        }
        Subject::Sources => Vec::new(),
    }
}

fn of_statements(positions: &PositionsState, shown: &[&Statement], theme: Option<&str>) -> Vec<String> {
    let mut words = Vec::new();
    let is_hidden = |keeps: &dyn Fn(&Statement) -> bool| shown.iter().any(|statement| !keeps(statement));
    if positions.is_quotes_only && is_hidden(&is_quoted) {
        words.push("Positions shows quotes only".to_owned());
    }
    match &positions.voices {
        Voices::Official if is_hidden(&|it| it.is_official) => {
            words.push("Positions shows official speakers only".to_owned());
        }
        Voices::Person(person) if is_hidden(&|it| it.person.as_ref() == Some(person)) => {
            words.push(format!("Positions shows {person} only"));
        }
        _ => {}
    }
    if let (Some(only), Some(theme)) = (&positions.theme, theme)
        && only != theme
    {
        words.push("Positions shows another theme alone".to_owned());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::StatementId;
    use crate::analysis::statements::{Attribution, Quotation};
    use crate::document::DocumentId;

    fn statement(quotation: Quotation, is_official: bool) -> Statement {
        Statement {
            id: StatementId(1),
            document: DocumentId(1),
            quotation,
            content: Vec::new(),
            cue: Vec::new(),
            speaker: Vec::new(),
            actor: None,
            person: Some("Ana Lund".to_owned()),
            is_official,
            attribution: Attribution { rule: String::new(), confidence: 1.0, chain: Vec::new() },
            said: None,
            said_is_estimate: false,
            themes: Vec::new(),
            act: None,
            force: None,
            direction: None,
            further_directions: Vec::new(),
            hedges: Vec::new(),
            conditions: Vec::new(),
            same_as: None,
            revision: None,
        }
    }

    #[test]
    fn a_filter_is_told_where_it_hides_what_the_page_shows_and_nowhere_else() {
        let quotes = PositionsState { is_quotes_only: true, ..PositionsState::default() };
        let official = PositionsState { voices: Voices::Official, ..PositionsState::default() };
        let person = PositionsState { voices: Voices::Person("Ana Lund".to_owned()), ..PositionsState::default() };
        for (state, quotation, is_official, is_told) in [
            (&quotes, Quotation::Direct, true, false),
            // Positions shows what is quoted in part.
            (&quotes, Quotation::Partial, true, false),
            (&quotes, Quotation::Indirect, true, true),
            (&official, Quotation::Direct, true, false),
            (&official, Quotation::Direct, false, true),
            (&person, Quotation::Direct, true, false),
        ] {
            let statement = statement(quotation, is_official);
            assert_eq!(!of_statements(state, &[&statement], None).is_empty(), is_told, "{quotation:?} {is_official}");
        }
    }
}
