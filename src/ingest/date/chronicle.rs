//! Evidence from the codebook's chronology: who held an office, how many members there were, what happened when.
//!
//! A wording is looked for in title, headings and body, on whole words. In a wording `*` stands for up to three words
//! ("sixth * nuclear test"). `O(n)` in the text, and in the places of the few wordings that stand in it.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::Facts;
use super::clues::{Bounds, Clue, Told, near, printed};
use super::days::Shape;
use super::scan::When;
use super::shapes::{self, Telling};
use super::tense::{Side, side};
use crate::codebook::{Chronology, Event, HeldWordings, Occasion, Series};
use crate::document::Block;
use crate::text::{ByteRange, sentences, tokens};

/// How many words `*` stands for at most.
const GAP_WORDS: usize = 3;

/// How many words may stand between an event and the year or day that is told beside it.
const BESIDE_WORDS: usize = 7;

/// Where evidence may come from: title, headings and body.
pub(super) struct Searched<'a> {
    text: &'a str,
    /// A copy in lower case of the same length in bytes.
    lower: &'a str,
    /// Nearly all wordings stand nowhere in the text, and need no search.
    held: HeldWordings<'a>,
    blocks: Vec<ByteRange>,
}

impl<'a> Searched<'a> {
    /// `lower` is `text` in ASCII lower case.
    pub(super) fn new(text: &'a str, lower: &'a str, blocks: &[Block], chronology: &'a Chronology) -> Self {
        let blocks = blocks.iter().filter(|block| block.kind.is_readable()).map(|block| block.range).collect();
        Self { text, lower, held: chronology.wordings_in(lower), blocks }
    }

    /// Where a wording stands first in each block; `is_exact` asks for its capitals.
    fn find(&self, wording: &str, is_exact: bool) -> Vec<ByteRange> {
        if !self.held.contains(wording) {
            return Vec::new();
        }
        let lowered = wording.to_ascii_lowercase();
        let (text, wording) = if is_exact { (self.text, wording) } else { (self.lower, lowered.as_str()) };
        // Texts print either apostrophe; two tries cost less than a folded copy with a map back.
        let curly = wording.replace('\'', "’");
        let tries: &[&str] = if curly == wording { &[wording] } else { &[wording, &curly] };
        (self.blocks.iter())
            .flat_map(|&block| tries.iter().filter_map(move |wording| find_in(text, block, wording)))
            .collect()
    }

    fn sentence(&self, range: ByteRange) -> ByteRange {
        let block = self.blocks.iter().find(|block| block.contains(range)).copied().unwrap_or(range);
        let block = near(self.text, block, range);
        sentences(self.text, block).into_iter().find(|sentence| sentence.contains_offset(range.start)).unwrap_or(block)
    }

    /// The word before a place, in lower case.
    fn word_before(&self, range: ByteRange) -> &str {
        let before = self.lower.get(..range.start).unwrap_or_default().trim_end();
        before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
    }

    fn words_between(&self, left: ByteRange, right: ByteRange) -> usize {
        let (first, second) = if left.start <= right.start { (left, right) } else { (right, left) };
        tokens(self.text, ByteRange::new(first.end, second.start)).count()
    }
}

/// The first place of a wording in `text[within]` on whole words, gaps allowed at `*`.
fn find_in(text: &str, within: ByteRange, wording: &str) -> Option<ByteRange> {
    let mut parts = wording.split('*').map(str::trim);
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let slice = within.of(text);
    slice.match_indices(first).find_map(|(start, _)| {
        let mut end = start + first.len();
        if !is_whole(slice, start, end) {
            return None;
        }
        for part in &rest {
            let after = slice.get(end..)?;
            let at = after.find(part)?;
            let n_gap = tokens(after, ByteRange::new(0, at)).count();
            if n_gap > GAP_WORDS
                || after[..at].contains(['.', '\n', ';'])
                || !is_whole(slice, end + at, end + at + part.len())
            {
                return None;
            }
            end += at + part.len();
        }
        Some(ByteRange::new(within.start + start, within.start + end))
    })
}

fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_word = |c: char| c.is_alphanumeric();
    !text[..start].ends_with(is_word) && !text[end..].starts_with(is_word)
}

/// All evidence that the chronology gives for a text.
pub(super) fn clues(searched: &Searched, facts: Facts, told: &[Told], bounds: Bounds) -> Vec<Clue> {
    let chronology = facts.chronology;
    let mut found = offices(searched, facts);
    found.extend(memberships(searched, chronology));
    for event in &chronology.events {
        found.extend(event_clues(searched, event, told));
    }
    for series in &chronology.series {
        found.extend(series_clue(searched, series, told, bounds));
    }
    found.retain(|clue| clue.fact.as_ref().is_none_or(|fact| !facts.switched_off.contains(fact)));
    found
}

/// Wordings of one person in several terms are joined: either term fits.
fn offices(searched: &Searched, facts: Facts) -> Vec<Clue> {
    const NO_MORE: [&str; 9] = ["former", "ex", "then", "late", "ousted", "future", "onetime", "impeached", "incoming"];
    let mut found: Vec<Clue> = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let chronology = facts.chronology;
    for office in &chronology.offices {
        let place = (office.names.iter())
            .flat_map(|name| searched.find(name, true))
            .filter(|&range| !NO_MORE.contains(&searched.word_before(range)))
            .filter(|range| !searched.text[range.end..].starts_with("-elect"))
            .min();
        // Another office of the person still speaks where this one is switched off.
        let Some(range) = place else { continue };
        if facts.switched_off.contains(&chronology.office_id(office)) || !done.insert(office.person.as_str()) {
            continue;
        }
        let words = range.of(searched.text);
        let mut shape: Option<Shape> = None;
        let mut spans = Vec::new();
        for term in chronology.terms(office) {
            let one = shapes::term(term.from, term.to);
            shape = Some(shape.map_or(one.clone(), |shape| shape.or(one)));
            spans.push(span_says(term.from, term.to));
        }
        let says = format!("“{words}”: in office {} ({})", spans.join(" and "), office.source);
        let fact = Some(chronology.office_id(office));
        found.extend(shape.map(|shape| Clue { rule: "office-holder", range: Some(range), says, fact, shape }));
    }
    found
}

fn span_says(from: Date, to: Option<Date>) -> String {
    let to = to.map_or_else(|| "on".to_owned(), |to| format!("to {}", printed(to)));
    format!("from {} {to}", printed(from))
}

fn memberships(searched: &Searched, chronology: &Chronology) -> Vec<Clue> {
    (chronology.memberships.iter())
        .filter_map(|membership| {
            let range = membership.names.iter().flat_map(|name| searched.find(name, false)).min()?;
            let (words, institution) = (range.of(searched.text), &membership.institution);
            let span = span_says(membership.from, membership.to);
            let says = format!("“{words}”: {institution} had so many {span} ({})", membership.source);
            let shape = shapes::term(membership.from, membership.to);
            Some(Clue { rule: "membership", range: Some(range), says, fact: Some(membership.id()), shape })
        })
        .collect()
}

/// An event once as news or background, and once more where a year is tied to it.
fn event_clues(searched: &Searched, event: &Event, told: &[Told]) -> Vec<Clue> {
    let mut places: Vec<ByteRange> = event.names.iter().flat_map(|name| searched.find(name, false)).collect();
    places.sort_unstable();
    let Some(&range) = places.first() else { return Vec::new() };
    let to = event.to.unwrap_or(event.from);
    let mut found = Vec::new();
    let tie = places.iter().find_map(|&place| year_tie(searched, place, told).map(|tie| (place, tie)));
    let has_year = places.iter().any(|&place| {
        beside(searched, place, told)
            .any(|told| matches!(told.mention.when, When::Year { .. } | When::MonthOfYear { .. }))
    });
    let (side, telling) = (event_side(searched, range), telling(searched, range));
    let telling = if tie.is_some() || has_year || event.lasting { Telling::Background } else { telling };
    let side = match side {
        // What is told for years is told after it happened.
        _ if event.lasting => Side::Past,
        Side::Future if telling == Telling::Background => Side::Unknown,
        side => side,
    };
    let told_as = match (side, telling) {
        (Side::Future, _) => "is still to come",
        (_, Telling::Background) => "is told as background",
        (_, Telling::Fresh) => "is told as recent",
        _ => "is told as news",
    };
    let says = format!(
        "“{}” ({}) {told_as}: {} ({})",
        range.of(searched.text),
        printed(event.from),
        event.label,
        event.source
    );
    let fact = Some(event.id());
    let shape = shapes::event(event.from, to, side, telling);
    found.push(Clue { rule: "event", range: Some(range), says, fact: fact.clone(), shape });
    if let Some((place, offset)) = tie {
        let year = event.from.year() - offset.1;
        let (words, tie) = (place.of(searched.text), offset.0.of(searched.text));
        let says = format!("“{words}” with “{tie}”: published in {year} ({})", event.source);
        found.push(Clue {
            rule: "relative-year",
            range: Some(place.cover(offset.0)),
            says,
            fact,
            shape: shapes::in_years(year, year, -5000),
        });
    }
    found
}

/// "last year", "this year" or "next year" beside a place, with its offset.
fn year_tie(searched: &Searched, place: ByteRange, told: &[Told]) -> Option<(ByteRange, i16)> {
    (beside(searched, place, told))
        .filter(|told| told.mention.when == When::RelativeYear && told.mention.range.start > place.start)
        .find_map(|told| Some((told.mention.range, told.mention.shift?.by())))
}

/// Date expressions near a place in its sentence.
fn beside<'a>(searched: &'a Searched, place: ByteRange, told: &'a [Told]) -> impl Iterator<Item = &'a Told> {
    told.iter().filter(move |told| {
        told.sentence.contains(place) && searched.words_between(place, told.mention.range) <= BESIDE_WORDS
    })
}

fn event_side(searched: &Searched, range: ByteRange) -> Side {
    match searched.word_before(range) {
        "after" | "following" | "since" => return Side::Past,
        "upcoming" | "forthcoming" | "coming" => return Side::Future,
        _ => {}
    }
    match side(searched.text, searched.sentence(range), range) {
        Side::Reported => Side::Past,
        side => side,
    }
}

fn telling(searched: &Searched, range: ByteRange) -> Telling {
    const FRESH: [&str; 8] = [
        "recent weeks",
        "recent days",
        "this week",
        "last week",
        "days after",
        "hours after",
        "weeks after",
        "days ago",
    ];
    let sentence = searched.sentence(range).of(searched.lower);
    if FRESH.iter().any(|words| sentence.contains(words)) {
        Telling::Fresh
    } else if searched.word_before(range) == "since" || sentence.contains("for the first time since") {
        Telling::Background
    } else {
        Telling::News
    }
}

/// Something that happens again and again; the day or year beside it picks the time.
fn series_clue(searched: &Searched, series: &Series, told: &[Told], bounds: Bounds) -> Option<Clue> {
    let range = series.names.iter().flat_map(|name| searched.find(name, false)).min()?;
    let near: Vec<&Told> = beside(searched, range, told).collect();
    let stated = near.iter().find(|told| fits_stated(told, None).is_some());
    let occasions = series.occasions.iter().filter(|occasion| occasion.from <= add_years(bounds.today, 2));
    let chosen: Vec<&Occasion> = match stated {
        Some(told) => occasions.filter(|occasion| fits_stated(told, Some(occasion)) == Some(true)).collect(),
        None => occasions.collect(),
    };
    let side = stated.map_or_else(|| event_side(searched, range), |told| told.side);
    let telling = telling(searched, range);
    let shape = (chosen.iter())
        .map(|occasion| shapes::event(occasion.from, occasion.to.unwrap_or(occasion.from), side, telling))
        .reduce(Shape::or)?;
    let days: Vec<String> = chosen.iter().take(4).map(|occasion| printed(occasion.from)).collect();
    let more = if chosen.len() > days.len() { " and other times" } else { "" };
    let range = stated.map_or(range, |told| range.cover(told.mention.range));
    let says =
        format!("“{}”: {} on {}{more} ({})", range.of(searched.text), series.label, days.join(", "), series.source);
    Some(Clue { rule: "event", range: Some(range), says, fact: Some(series.id()), shape })
}

/// Does a stated day or year mean this occasion? `None` where the expression states neither.
fn fits_stated(told: &Told, occasion: Option<&Occasion>) -> Option<bool> {
    let span = |year: i16, month: i8, first: i8, last: i8| {
        Some((Date::new(year, month, first).ok()?, Date::new(year, month, last).ok()?))
    };
    let wanted = |year: i16| match told.mention.when {
        When::DayOfYear { month, first, last } => span(year, month, first, last),
        When::Year { year } => Some((date(year, 1, 1), date(year, 12, 31))),
        When::MonthOfYear { year, month } => span(year, month, 1, 28),
        When::Day { date, .. } => Some((date, date)),
        _ => None,
    };
    let Some(occasion) = occasion else { return wanted(2000).map(|_| true) };
    let (first, last) = wanted(occasion.from.year())?;
    let is_run = matches!(told.mention.when, When::DayOfYear { first, last, .. } if last > first);
    let to = occasion.to.unwrap_or(occasion.from);
    Some(if is_run { first == occasion.from && last == to } else { first <= to && occasion.from <= last })
}

fn add_years(day: Date, years: i16) -> Date {
    Date::new(day.year().saturating_add(years), day.month(), 1).unwrap_or(day)
}
