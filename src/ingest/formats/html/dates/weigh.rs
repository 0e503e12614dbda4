//! What the dates of a page say of each other.
//!
//! A stamp in Greenwich time may be of another day where it was written: a printed or addressed day next to it settles
//! that. A month in the page's address seconds the days in it. A day that can be read two ways is read as the one that
//! another field gives. The first comment comes after the article. Of many dates only the heaviest are kept.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};

use super::Found;
use crate::document::{Evidence, MetaDate};
use crate::text::ByteRange;

/// The page's own month in its address adds this to weak fields.
const MONTH_BONUS: f32 = 0.08;

/// From here on a field is good enough to say what the local day was.
const LOCAL: f32 = 0.5;

/// From so many days on, marks of one kind are a list.
const LIST_DAYS: usize = 4;

/// What a date loses by standing in such a list.
const LIST_LOSS: f32 = 0.2;

/// No date of a page counts less than this.
const LEAST: f32 = 0.02;

/// At most so many dates of a page are kept.
const MAX_DATES: usize = 24;

/// The dates of a page, weighed against each other, in the page's own order.
pub(super) fn weighed(mut found: Vec<Found>, months: &[(i16, i8)], text: &str) -> Vec<MetaDate> {
    read_orders(&mut found);
    let first_comment = found.iter().filter(|found| found.is_comment).map(|found| found.day.date).min();
    for one in &mut found {
        let is_month = months.contains(&(one.day.date.year(), one.day.date.month()));
        if is_month && one.score < 0.8 && one.rule != "image-url" {
            one.score += MONTH_BONUS;
        }
        if first_comment.is_some_and(|first| first < one.day.date) && one.score < 0.9 {
            one.score -= 0.1;
        }
    }
    lists(&mut found);
    local_days(&mut found);
    heaviest(found).iter().map(|one| meta_date(one, text)).collect()
}

/// A kind of mark that gives many days marks a list of other things: readers' comments, other articles.
fn lists(found: &mut [Found]) {
    let mut days: BTreeMap<&'static str, BTreeSet<Date>> = BTreeMap::new();
    for one in found.iter().filter(|one| one.place.is_some()) {
        days.entry(one.rule).or_default().insert(one.day.date);
    }
    let mut first: BTreeSet<&'static str> = BTreeSet::new();
    for one in found.iter_mut().filter(|one| one.place.is_some()) {
        let is_list = days.get(one.rule).is_some_and(|days| days.len() >= LIST_DAYS);
        // The first mark of the article itself heads the list, or is the article's own among those of others.
        let is_first = !one.is_beside && one.rule != "microdata" && first.insert(one.rule);
        if is_list && !is_first {
            one.score -= LIST_LOSS;
        }
    }
}

/// The heaviest dates in the page's own order, each day once a rule.
fn heaviest(found: Vec<Found>) -> Vec<Found> {
    let mut found: Vec<(usize, Found)> = found.into_iter().enumerate().collect();
    // What stands in the wrong place is still a date of the page.
    found.iter_mut().for_each(|(_, one)| one.score = one.score.max(LEAST));
    found.sort_by(|(left_idx, left), (right_idx, right)| {
        right.score.total_cmp(&left.score).then(left_idx.cmp(right_idx))
    });
    let mut seen = BTreeSet::new();
    found.retain(|(_, one)| seen.insert((one.rule, one.day.date)));
    found.truncate(MAX_DATES);
    found.sort_by_key(|(idx, _)| *idx);
    found.into_iter().map(|(_, one)| one).collect()
}

fn meta_date(found: &Found, text: &str) -> MetaDate {
    let range = found.words.as_deref().and_then(|words| only_place(text, words));
    let evidence = Evidence { rule: found.rule.to_owned(), range, says: found.says.clone(), fact: None };
    MetaDate { date: found.day.date, time: found.day.time, score: found.score.min(0.99), evidence }
}

/// Where the article holds these words, if it does so once.
fn only_place(text: &str, words: &str) -> Option<ByteRange> {
    let mut places = text.match_indices(words);
    let (start, _) = places.next()?;
    places.next().is_none().then(|| ByteRange::new(start, start + words.len()))
}

/// A day in digits that can be read two ways is read as the one that another field gives.
fn read_orders(found: &mut [Found]) {
    let sure: Vec<Date> =
        found.iter().filter(|one| one.other.is_none() && one.score >= LOCAL).map(|one| one.day.date).collect();
    for one in found.iter_mut() {
        let Some(other) = one.other else { continue };
        // The reading that was not chosen, for which `other` may stand as well.
        let swapped = Date::new(one.day.date.year(), one.day.date.day(), one.day.date.month()).unwrap_or(other);
        if !sure.contains(&one.day.date) && sure.contains(&swapped) {
            one.day.date = swapped;
        }
    }
}

/// Moves stamps in Greenwich time to the local day that the page tells elsewhere.
fn local_days(found: &mut [Found]) {
    let local: Vec<(Date, f32)> = (found.iter())
        .filter(|one| !one.day.is_utc && one.score >= LOCAL && !one.rule.contains("modified"))
        .map(|one| (one.day.date, locality(one)))
        .collect();
    let best = |day: Option<Date>| {
        let scores = local.iter().filter(|(date, _)| Some(*date) == day).map(|(_, score)| *score);
        scores.max_by(f32::total_cmp).unwrap_or(0.0)
    };
    for one in found.iter_mut().filter(|one| one.day.is_utc) {
        let Some(time) = one.day.time else { continue };
        let Some(day) = neighbors(one.day.date, time)
            .into_iter()
            .flatten()
            .max_by(|&left, &right| best(Some(left)).total_cmp(&best(Some(right))))
        else {
            continue;
        };
        if best(Some(day)) > best(Some(one.day.date)) {
            one.says = format!("{}, which is {day} where the page was written", one.says);
            one.day.date = day;
            one.day.time = None;
        }
    }
}

/// How well a field knows the local day: an address is made where the page is, and what readers see is made for them;
/// a stamp of another zone may be of the maker of the software.
fn locality(found: &Found) -> f32 {
    match found.rule {
        "canonical-url" | "og-url" => 1.2,
        _ if found.place.is_some() => found.score + 0.2,
        _ => found.score - 0.1,
    }
}

/// The days that a time in Greenwich may belong to elsewhere: zones reach from 12 hours behind to 14 ahead.
fn neighbors(date: Date, time: Time) -> [Option<Date>; 2] {
    let before = date.yesterday().ok().filter(|_| time.hour() < 12);
    let after = date.tomorrow().ok().filter(|_| time.hour() >= 10);
    [before, after]
}
