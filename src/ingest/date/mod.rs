//! When an article was published: every piece of evidence is a weight on days, and the days that fit them all remain.
//!
//! A date that the text states in its head, or a page in its metadata, is taken as it is. Else all evidence is
//! weighed over every day from 1990 to today: [`clues`] from the article's words, [`chronicle`] from the codebook.
//! The sums are likelihoods; the heaviest day is the best, the days down to a twentieth of it are the interval.
//! About 14,000 additions a clue, well under a millisecond an article.

mod chronicle;
mod clues;
mod days;
mod printed;
mod scan;
mod shapes;
mod stated;
mod tense;

use std::sync::LazyLock;

use jiff::civil::Date;

use self::chronicle::Searched;
use self::clues::{Bounds, Clue};
use self::days::{FIRST_YEAR, Weight};
use super::Parsed;
use crate::codebook::Codebook;
use crate::document::{DateBasis, DateCandidate, Evidence, MetaDate, Published};

pub use self::printed::month_named;
pub(super) use self::printed::{Printed, printed_day, stamp};
pub(super) use self::stated::is_dateline;

/// The rule of a date in a document's own properties, outside its text.
pub(super) const DOCUMENT_METADATA: &str = "document-metadata";

/// Nobody should rely on such a date. Feels right.
const WEAK_CONFIDENCE: f32 = 0.2;

/// Days down to this weight below the best are still possible: a twentieth.
const POSSIBLE: Weight = -3000;

/// Days below this carry no belief worth adding up.
const NEGLIGIBLE: Weight = -9210;

/// Days within this of the best fit equally well.
const TIE: Weight = 50;

/// Days that fit half as well or better (ln 2) are rivals of the best.
const RIVAL: Weight = 693;

/// Ties and rivals further apart than this leave the question to the reader.
const MAX_TIE_DAYS: i32 = 31;

/// Belief that the best day and its two neighbors must hold together; below it no day is better than another. Feels
/// right: on undated news, days with less were never the day.
const MIN_BELIEF: f64 = 0.05;

/// At most so many candidates are listed.
const MAX_CANDIDATES: usize = 8;

/// A clue that costs the best day more than this does not fit, and is said to be set aside.
const MISFIT: Weight = -3600;

/// The publication date of a parsed article, with its evidence.
pub(super) fn published(parsed: &Parsed, codebook: &Codebook, today: Date) -> Published {
    // What a file says of its own making is mostly the day of the copy: it speaks where nothing else does.
    let is_weak = |found: &&MetaDate| found.evidence.rule == DOCUMENT_METADATA;
    let (weak, strong): (Vec<&MetaDate>, Vec<&MetaDate>) = parsed.meta_dates.iter().partition(is_weak);
    let [weak, strong] = [weak, strong].map(|dates| dates.into_iter().cloned().collect::<Vec<_>>());
    if let Some(published) = from_metadata(&strong, today) {
        return published;
    }
    let published = by_text(parsed, codebook, today);
    match from_metadata(&weak, today).filter(|_| published.evidence.is_empty()) {
        // The day of a file is an estimate and no statement; two fields that one program fills do not second each other.
        Some(found) => Published {
            earliest: None,
            latest: weak.iter().map(|found| found.date).filter(|&day| day <= today).max(),
            basis: DateBasis::Inferred,
            confidence: found.confidence.min(WEAK_CONFIDENCE),
            evidence: weak.into_iter().map(|found| found.evidence).collect(),
            ..found
        },
        None => published,
    }
}

/// The publication date by the words of the article and the codebook.
fn by_text(parsed: &Parsed, codebook: &Codebook, today: Date) -> Published {
    let n_days = days::number(today) + 1;
    if n_days <= 0 {
        return Published::unknown();
    }
    let bounds = Bounds { today };
    let (text, blocks) = (parsed.text.as_str(), parsed.blocks.as_slice());
    let stated = stated::stated(text, blocks, today);
    if let Some(published) = stated.as_ref().and_then(stated::Stated::settled) {
        return published;
    }
    let told = clues::told(text, blocks);
    let mut found: Vec<Clue> = stated.map(stated::Stated::into_clue).into_iter().collect();
    found.extend(stated::dateline_without_year(text, blocks, today));
    found.extend(clues::caption_floor(text, blocks, bounds));
    found.extend(clues::clues(text, &told, bounds));
    let lower = text.to_ascii_lowercase();
    let searched = Searched::new(text, &lower, blocks, &codebook.chronology);
    found.extend(chronicle::clues(&searched, &codebook.chronology, &told, bounds));
    solved(found, n_days)
}

/// Adds up all clues and reads the result.
fn solved(mut clues: Vec<Clue>, n_days: i32) -> Published {
    if clues.is_empty() {
        return Published::unknown();
    }
    let mut sums: Vec<Weight> = vec![0; usize::try_from(n_days).unwrap_or_default()];
    let mut scratch = sums.clone();
    for clue in &clues {
        clue.shape.add_to(&mut sums, &mut scratch);
    }
    let Some(&most) = sums.iter().max() else { return Published::unknown() };
    let possible = |number: &usize| sums[*number] >= most + POSSIBLE;
    let (first, last) = ((0..sums.len()).find(possible), (0..sums.len()).rfind(possible));
    let (Some(first), Some(last)) = (first, last) else { return Published::unknown() };
    let mass = |number: usize| likelihood(sums[number] - most);
    // What is below a ten-thousandth of the best adds nothing that shows.
    let total: f64 = (0..sums.len()).filter(|&number| sums[number] >= most + NEGLIGIBLE).map(mass).sum();
    let ties: Vec<usize> = (0..sums.len()).filter(|&number| sums[number] >= most - TIE).collect();
    let belief = |number: usize| -> f64 {
        (number.saturating_sub(1)..=(number + 1).min(sums.len() - 1)).map(mass).sum::<f64>() / total
    };
    let is_rival = |number: &usize| sums[*number] >= most - RIVAL;
    let rivals = (0..sums.len()).find(is_rival).zip((0..sums.len()).rfind(is_rival));
    let is_one_month = rivals.is_some_and(|(first, last)| last - first <= MAX_TIE_DAYS as usize);
    let best = ties.last().copied().filter(|&last| is_one_month && belief(last) >= MIN_BELIEF);
    let weighed = |number: usize| if sums[number] >= most - TIE { most } else { sums[number] };
    let mut order: Vec<usize> = if best.is_some() { (first..=last).filter(possible).collect() } else { Vec::new() };
    // No two days have the same key, so the order is one, and thousands of days need no sorting to find a few.
    let key = |&number: &usize| (std::cmp::Reverse(weighed(number)), std::cmp::Reverse(number));
    if order.len() > MAX_CANDIDATES {
        order.select_nth_unstable_by_key(MAX_CANDIDATES, key);
        order.truncate(MAX_CANDIDATES);
    }
    order.sort_unstable_by_key(key);
    let candidates = (order.iter())
        .map(|&number| DateCandidate { date: day_of(number), weight: (mass(number) / total) as f32 })
        .collect();
    let confidence = best.map_or(0.0, belief) as f32;
    clues.sort_by_key(|clue| clue.range);
    let pivot = best.unwrap_or(ties.first().copied().unwrap_or(first));
    Published {
        // The first day that is weighed at all bounds nothing.
        earliest: (first > 0).then(|| day_of(first)),
        latest: Some(day_of(last)),
        best: best.map(day_of),
        time: None,
        candidates,
        basis: DateBasis::Inferred,
        confidence: confidence.clamp(0.0, 0.95),
        evidence: clues.into_iter().map(|clue| evidence(clue, pivot)).collect(),
        set_by_user: false,
    }
}

/// The likelihood of a weight at most 0. Weak evidence leaves thousands of days, with few different weights.
fn likelihood(weight: Weight) -> f64 {
    static TABLE: LazyLock<Vec<f64>> =
        LazyLock::new(|| (0..=-NEGLIGIBLE).map(|less| (f64::from(-less) / 1000.0).exp()).collect());
    let known = usize::try_from(-weight).ok().and_then(|less| TABLE.get(less));
    known.copied().unwrap_or_else(|| (f64::from(weight) / 1000.0).exp())
}

fn day_of(number: usize) -> Date {
    days::day(i32::try_from(number).unwrap_or_default())
}

fn evidence(clue: Clue, pivot: usize) -> Evidence {
    let is_misfit = clue.shape.at(i32::try_from(pivot).unwrap_or_default()) < MISFIT;
    let says = if is_misfit { format!("{}; set aside, since it does not fit the rest", clue.says) } else { clue.says };
    Evidence { rule: clue.rule.to_owned(), range: clue.range, says, fact: None }
}

/// The date a page's metadata give: the earliest among nearly equal strong fields, else the strongest.
fn from_metadata(dates: &[MetaDate], today: Date) -> Option<Published> {
    /// Fields within this of the strongest count as equal.
    const NEAR: f32 = 0.04;
    /// From here on a field is strong: its page means the publication and nothing else.
    const STRONG: f32 = 0.85;
    let past = || dates.iter().filter(|found| found.date <= today && found.date.year() >= FIRST_YEAR);
    let top = past().map(|found| found.score).max_by(f32::total_cmp)?;
    let chosen = if top >= STRONG {
        past().filter(|found| found.score >= top - NEAR).min_by_key(|found| found.date)
    } else {
        // Weak fields of several kinds that agree are worth more than one; a tie goes to the one nearer the head.
        past().rev().max_by(|left, right| seconded(left, dates).total_cmp(&seconded(right, dates)))
    }?;
    let agrees = past().filter(|found| found.date == chosen.date).count();
    Some(Published {
        earliest: Some(chosen.date),
        latest: Some(chosen.date),
        best: Some(chosen.date),
        time: chosen.time,
        candidates: vec![DateCandidate { date: chosen.date, weight: chosen.score }],
        basis: DateBasis::Metadata,
        confidence: if agrees > 1 { chosen.score.max(0.9) } else { chosen.score },
        evidence: past()
            .filter(|found| found.date == chosen.date)
            .take(6)
            .map(|found| found.evidence.clone())
            .collect(),
        set_by_user: false,
    })
}

/// The score of a field, and a little for each other kind of field that gives the same day.
fn seconded(found: &MetaDate, dates: &[MetaDate]) -> f32 {
    let mut kinds: Vec<&str> = (dates.iter())
        .filter(|other| other.date == found.date && other.evidence.rule != found.evidence.rule)
        .map(|other| other.evidence.rule.as_str())
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    found.score + 0.05 * kinds.len().min(3) as f32
}
