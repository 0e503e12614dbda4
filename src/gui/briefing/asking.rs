//! What the view asks of the desk: which page is due, on which finding, and what comes of it.

use std::sync::Arc;

use super::choices::BriefingState;
use super::filters;
use super::maker::{Asked, Inputs, Spec, make};
use crate::gui::desk::Desk;
use crate::gui::state::{Selection, ViewKind};
use crate::report::briefing::{Kind, Subject};

/// The page to be made now, where it is another one than was asked for last.
pub fn due(desk: &mut Desk) -> Option<Arc<Asked>> {
    let state = &desk.state;
    if state.view != ViewKind::Briefing {
        // Whoever changes the findings would have to copy them while they are held here.
        desk.state.briefing.inputs = None;
        desk.state.briefing.asked = None;
        return None;
    }
    if state.library.is_open || state.search.covers_view() || !desk.is_current() || desk.corpus().is_empty() {
        return None;
    }
    let width = state.briefing.width?;
    let spec = spec(desk, width);
    let inputs = inputs(desk);
    let briefing = &mut desk.state.briefing;
    if briefing.asked.as_ref().is_some_and(|asked| asked.is_like(&spec, &inputs, &briefing.own)) {
        return None;
    }
    briefing.generation += 1;
    let own = Arc::clone(&briefing.own);
    let asked = Arc::new(Asked { generation: briefing.generation, spec, inputs, own });
    briefing.asked = Some(Arc::clone(&asked));
    Some(asked)
}

/// Makes the page that is due here and now. Was one due?
pub fn make_now(desk: &mut Desk) -> bool {
    let Some(asked) = due(desk) else { return false };
    desk.state.briefing.take(make(&asked));
    true
}

fn spec(desk: &Desk, width: u32) -> Spec {
    let state = &desk.state.briefing;
    let subject = wanted(desk);
    let kind = state.kind;
    let filters = subject.as_ref().map_or_else(Vec::new, |subject| filters::hiding(desk, subject));
    Spec {
        kind,
        filters,
        subject,
        prints: state.prints.clone(),
        template: state.templates.get(&kind).cloned(),
        folder: state.folder.clone(),
        size: state.size,
        made_on: state.made_on.unwrap_or(desk.today()),
        n_tries: state.n_tries,
        width,
        page_idx: state.page_idx,
    }
}

/// The finding that is chosen: what is chosen in one view is chosen in all.
fn wanted(desk: &Desk) -> Option<Subject> {
    let Selection { shift, phrase, pair, .. } = desk.state.selection;
    let own = || desk.state.briefing.subjects.get(&desk.state.briefing.kind).cloned();
    let chosen = || desk.analysis().shift(shift?);
    match desk.state.briefing.kind {
        Kind::Shift => shift.map(Subject::Shift).or_else(own),
        Kind::Phrase => phrase.map(Subject::Phrase).or_else(own),
        Kind::SideBySide => own().or_else(|| pair.map(|(old, new)| Subject::SideBySide(vec![old, new]))),
        Kind::Timeline => own().or_else(|| {
            let shift = chosen()?;
            Some(Subject::Timeline { actor: shift.actor.clone(), theme: shift.theme.clone() })
        }),
        Kind::Matrix => own().or_else(|| Some(Subject::Matrix { actor: chosen()?.actor.clone() })),
        Kind::Sources => Some(Subject::Sources),
    }
}

fn inputs(desk: &mut Desk) -> Arc<Inputs> {
    let edition = desk.edition;
    if let Some((known, inputs)) = &desk.state.briefing.inputs
        && *known == edition
    {
        return Arc::clone(inputs);
    }
    let inputs = Arc::new(Inputs {
        corpus: desk.corpus().clone(),
        analysis: desk.shared_analysis(),
        codebook: Arc::clone(desk.codebook()),
        decisions: desk.project.decisions().clone(),
    });
    desk.state.briefing.inputs = Some((edition, Arc::clone(&inputs)));
    inputs
}

/// Chooses a finding, here and in the other views.
pub fn choose(desk: &mut Desk, subject: Subject) {
    match &subject {
        Subject::Shift(shift) => {
            desk.state.selection.shift = Some(*shift);
            desk.state.selection.pair = None;
        }
        Subject::Phrase(phrase) if desk.state.selection.phrase != Some(*phrase) => {
            desk.state.selection.phrase = Some(*phrase);
            desk.state.selection.occurrence = None;
        }
        _ => {}
    }
    let state = &mut desk.state.briefing;
    state.choose_kind(subject.kind());
    state.page_idx = 0;
    state.subjects.insert(subject.kind(), subject);
}

/// What the view in front has chosen, as something to brief.
pub fn in_front(desk: &Desk) -> Option<Subject> {
    let Selection { shift, phrase, pair, .. } = &desk.state.selection;
    let shown = || {
        let shift = desk.analysis().shift((*shift)?)?;
        pair.is_none_or(|(old, new)| (shift.old, shift.new) == (Some(old), Some(new))).then_some(shift.id)
    };
    match desk.state.view {
        _ if desk.state.is_between_articles() => phrase.map(Subject::Phrase),
        ViewKind::Read | ViewKind::Phrases => phrase.map(Subject::Phrase),
        ViewKind::Positions => shift.map(Subject::Shift),
        ViewKind::Compare => {
            let pair = || pair.map(|(old, new)| Subject::SideBySide(vec![old, new]));
            shown().map(Subject::Shift).or_else(pair)
        }
        ViewKind::Briefing => None,
    }
}

/// Goes `step` findings on, round and round.
pub fn step(desk: &mut Desk, step: isize) {
    let next = neighbor(&desk.state.briefing, step);
    if let Some(next) = next {
        choose(desk, next);
    }
}

fn neighbor(state: &BriefingState, step: isize) -> Option<Subject> {
    let topics = state.topics();
    let n_topics = isize::try_from(topics.len()).ok().filter(|n_topics| *n_topics > 1)?;
    let shown = &state.made.as_ref()?.briefed.as_ref().ok()?.subject;
    let here = topics.iter().position(|topic| topic.subject == *shown);
    let next = match here {
        Some(here) => (isize::try_from(here).ok()? + step).rem_euclid(n_topics),
        None => 0,
    };
    topics.get(usize::try_from(next).ok()?).map(|topic| topic.subject.clone())
}

/// The page in words with its sources, for the clipboard.
pub fn in_words(state: &BriefingState) -> Option<String> {
    let briefing = &state.made.as_ref()?.briefed.as_ref().ok()?.briefing;
    let mut words = format!("{}\n{}\n\n{}\n", briefing.headline, briefing.subtitle, briefing.description);
    for source in &briefing.sources {
        let estimate = if source.when.is_estimate { "est. " } else { "" };
        let author = source.author.as_ref().map_or_else(String::new, |author| format!("{author}, "));
        words.push_str(&format!(
            "\n{} {author}{}, “{}”, {estimate}{}",
            source.number, source.outlet, source.headline, source.when.day
        ));
    }
    if !briefing.method.is_empty() {
        words.push_str(&format!("\n\n{}", briefing.method));
    }
    Some(words)
}
