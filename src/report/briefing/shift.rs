//! A change: the words before, the words after, what both keep, and the label with its reason.

use super::headline::{self, Certainty};
use super::model::{Body, Change, KeyEntry, Role, Said};
use super::saying::{Sayings, inside, speaker};
use super::sourced::{Sources, one_line, span};
use super::{BriefError, Choices, Draft};
use crate::analysis::ShiftId;
use crate::analysis::diff::DiffOp;
use crate::analysis::shifts::ShiftLabel;
use crate::report::{Report, ReviewState, ShiftEntry, StatementEntry, confidence_words};

pub(super) fn draft(report: &Report<'_>, id: ShiftId, choices: &Choices) -> Result<Draft, BriefError> {
    let entry = report.shifts.iter().find(|entry| entry.shift.id == id).ok_or(BriefError::Gone)?;
    let statement = |idx: Option<usize>| report.statements.get(idx?);
    let (old, new) = (statement(entry.old_idx), statement(entry.new_idx));
    let told: Vec<&StatementEntry<'_>> = old.into_iter().chain(new).collect();
    let sources = Sources::new(report, told.iter().map(|statement| statement.article_idx));
    let sayings = Sayings { report, sources: &sources, choices };
    let [old_marks, new_marks] = marks(&entry.shift.diff);
    let said = |entry_of: &StatementEntry<'_>, marks: &[_]| {
        sayings.said(entry_of, marks, choices.max_words, &entry.shift.theme)
    };
    let (mut before, mut after) = (old.map(|old| said(old, &old_marks)), new.map(|new| said(new, &new_marks)));
    let mut speakers: Vec<String> = told.iter().copied().map(speaker).collect();
    speakers.dedup();
    if speakers.len() == 1 {
        // The subtitle names the one who speaks.
        before.iter_mut().chain(&mut after).for_each(without_speaker);
    }
    let published = || sources.articles().map(|article| &article.document.published);
    let when = span(published()).map_or(String::new(), |span| format!(", {span}"));
    let subtitle = format!("{}{when}{}", speakers.join(" and "), headline::of_articles(report, sources.len()));
    let body = Body::Shift { before, change: change(entry), after };
    let has_diff = !entry.shift.diff.is_empty();
    Ok(Draft {
        headline: headline(report, entry, old.zip(new), formula(&body).as_deref()),
        subtitle,
        key: if has_diff { key() } else { Vec::new() },
        rule: format!("Rule {}, confidence {}.", entry.shift.rule, confidence_words(entry.shift.confidence)),
        description: description(&body),
        sources: sources.list(&body, choices.has_bylines),
        body,
    })
}

/// Roles by the word diff, for the older and the newer text.
fn marks(diff: &[DiffOp]) -> [Vec<super::excerpt::Marked>; 2] {
    let mut marks = [Vec::new(), Vec::new()];
    let [before, after] = &mut marks;
    for op in diff {
        match *op {
            DiffOp::Equal { old, new } => {
                before.push((old, Role::Kept));
                after.push((new, Role::Kept));
            }
            DiffOp::Delete { old } => before.push((old, Role::OnlyBefore)),
            DiffOp::Insert { new } => after.push((new, Role::OnlyAfter)),
            DiffOp::Replace { old, new } => {
                before.push((old, Role::OnlyBefore));
                after.push((new, Role::OnlyAfter));
            }
        }
    }
    marks
}

fn without_speaker(said: &mut Said) {
    if !said.lines.is_empty() {
        said.lines.remove(0);
    }
}

fn change(entry: &ShiftEntry<'_>) -> Change {
    let mut badges = Vec::new();
    if entry.review == ReviewState::Automatic {
        badges.push(entry.review.words().to_owned());
        let confidence = confidence_words(entry.shift.confidence);
        if confidence != "high" {
            badges.push(format!("confidence {confidence}"));
        }
    }
    // The reason is that of the program's label; another label is the reader's and stands alone.
    let is_own = entry.label == entry.shift.label;
    Change {
        label: capitalized(entry.label.words()),
        reason: match entry.shift.rule.as_str() {
            _ if !is_own => "label set by the reader".to_owned(),
            // The page shows the formula itself.
            "formula-other-object" => "same formula, other object".to_owned(),
            _ => one_line(&entry.shift.reason),
        },
        badges,
        is_conditional: entry.shift.is_conditional,
    }
}

/// "reframed" as "Reframed".
pub(super) fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn key() -> Vec<KeyEntry> {
    [(Role::Kept, "kept"), (Role::OnlyBefore, "only before"), (Role::OnlyAfter, "only after")]
        .map(|(role, label)| KeyEntry::Words { role, label: label.to_owned() })
        .to_vec()
}

type Pair<'r, 'a> = (&'r StatementEntry<'a>, &'r StatementEntry<'a>);

/// The opening that both statements share, in the words of the newer one.
fn formula(body: &Body) -> Option<String> {
    let Body::Shift { after: Some(after), .. } = body else { return None };
    let kept = after.quote.segments.iter().filter(|segment| segment.role == Role::Kept).map(|segment| &segment.text);
    // What follows the change of object is no part of the opening.
    let opening: Vec<&str> = kept.take(2).flat_map(|text| text.split_whitespace()).collect();
    (opening.len() > 2).then(|| headline::first_words(&opening.join(" "), MAX_FORMULA))
}

/// Words of a formula in a headline.
const MAX_FORMULA: usize = 5;

fn headline(report: &Report<'_>, entry: &ShiftEntry<'_>, pair: Option<Pair<'_, '_>>, formula: Option<&str>) -> String {
    let shift = entry.shift;
    let actor = &shift.actor;
    let theme = inside(report.codebook, entry.theme);
    let published = |idx: usize| report.articles.get(idx).map(|article| &article.document.published);
    let between =
        pair.and_then(|(old, new)| headline::between(published(old.article_idx)?, published(new.article_idx)?));
    let when = between.map_or(String::new(), |between| format!(", {between}"));
    let certainty = match entry.review {
        ReviewState::Automatic | ReviewState::Dismissed => Certainty::of(shift.confidence),
        ReviewState::Accepted | ReviewState::Edited => Certainty::Sure,
    };
    let is_own = entry.label == shift.label;
    let did = |past: &str| certainty.did(past);
    // A long theme takes the place of the years, which the subtitle has too.
    let said = |past: &str, what: &str| {
        let words = format!("{actor} {} {what} {theme}", did(past));
        headline::short_enough([Some(format!("{words}{when}")), Some(words)])
    };
    match entry.label {
        ShiftLabel::Reframed if is_own && shift.rule == "formula-other-object" => {
            let kept = did("kept");
            let named = formula.map(|words| format!("{actor} {kept} “{words}” and changed its object{when}"));
            headline::short_enough([named, Some(format!("{actor} {kept} a formula and changed its object{when}"))])
        }
        ShiftLabel::Reframed if is_own && shift.rule == "other-theme" => {
            format!("{actor} {} much the same words about something else{when}", did("used"))
        }
        ShiftLabel::Reframed => said("reframed", "its words on"),
        ShiftLabel::Held => said("held", "its position on"),
        ShiftLabel::Hardened => said("hardened", "its words on"),
        ShiftLabel::Softened => said("softened", "its words on"),
        ShiftLabel::Strengthened => said("strengthened", "its support for"),
        ShiftLabel::Weakened => said("weakened", "its support for"),
        ShiftLabel::Dropped => said("dropped", "the theme of"),
        ShiftLabel::New => format!("{actor} on {theme}: first observed in these articles"),
        ShiftLabel::NotObserved => format!("{actor} on {theme}: not observed in the later articles"),
    }
}

fn description(body: &Body) -> String {
    let Body::Shift { before, change, after } = body else { return String::new() };
    let told = |said: &Said| {
        let lines = if said.lines.is_empty() { String::new() } else { format!(", {}", said.lines.join(", ")) };
        let badges = if said.badges.is_empty() { String::new() } else { format!(" ({})", said.badges.join(", ")) };
        format!("{}{lines}{badges}: {}", headline::day(&said.when), headline::ended(&said.quote.cited()))
    };
    let mut parts = Vec::new();
    parts.extend(before.iter().map(|said| format!("Before, {}", told(said))));
    parts.extend(after.iter().map(|said| format!("After, {}", told(said))));
    let badges = if change.badges.is_empty() { String::new() } else { format!(" ({})", change.badges.join(", ")) };
    parts.push(headline::ended(&format!("{}: {}{badges}", change.label, change.reason)));
    let words = |said: &Option<Said>, role: Role| -> Vec<String> {
        let of_role = |said: &Said| -> Vec<String> {
            let segments = said.quote.segments.iter().filter(|segment| segment.role == role);
            segments.map(|segment| format!("“{}”", segment.text.trim())).collect()
        };
        said.as_ref().map(of_role).unwrap_or_default()
    };
    for (said, role, lead) in
        [(after, Role::Kept, "Kept"), (before, Role::OnlyBefore, "Only before"), (after, Role::OnlyAfter, "Only after")]
    {
        let words = words(said, role);
        if !words.is_empty() {
            parts.push(format!("{lead}: {}.", words.join(", ")));
        }
    }
    parts.join(" ")
}
