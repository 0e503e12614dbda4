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
mod ranking;
mod scan;
mod shapes;
mod stated;
mod tense;

use std::sync::LazyLock;

use std::collections::BTreeSet;

use jiff::civil::Date;

use self::chronicle::Searched;
use self::clues::{Bounds, Clue};
use self::days::Weight;
use crate::codebook::Chronology;
use crate::document::{Block, DateBasis, DateCandidate, Evidence, MetaDate, Published};

pub(super) use self::printed::{Printed, PrintedDay, epoch, printed_days, stamp};
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

/// Where no day is best, an interval longer than this says nothing: twenty years.
const MAX_INTERVAL_DAYS: usize = 20 * 365;

/// Belief that the best day and its two neighbors must hold together; below it no day is better than another. Feels
/// right: on undated news, days with less were never the day.
const MIN_BELIEF: f64 = 0.05;

/// At most so many candidates are listed.
const MAX_CANDIDATES: usize = 8;

/// A clue that costs the best day more than this does not fit, and is said to be set aside.
const MISFIT: Weight = -3600;

/// All of an article that its date is read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated<'a> {
    pub(super) text: &'a str,
    pub(super) blocks: &'a [Block],
    pub(super) meta_dates: &'a [MetaDate],
}

/// The dated facts that may speak.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    pub(super) chronology: &'a Chronology,
    /// Ids of those that the reader has switched off.
    pub(super) switched_off: &'a BTreeSet<String>,
}

/// The publication date of an article, with its evidence.
pub(super) fn published(article: Dated, facts: Facts, today: Date) -> Published {
    let Dated { text, blocks, meta_dates } = article;
    // What a file says of its own making is mostly the day of the copy: it speaks where nothing else does.
    let is_weak = |found: &MetaDate| found.evidence.rule == DOCUMENT_METADATA;
    let (weak, strong): (Vec<MetaDate>, Vec<MetaDate>) = meta_dates.iter().cloned().partition(is_weak);
    if let Some(published) = ranking::from_metadata(&strong, today) {
        if published.confidence >= ranking::SHOWN {
            return published;
        }
        // What a page shows somewhere is worth less than what its article states, and more than what it tells.
        return match from_text(text, blocks, facts, today) {
            stated if stated.basis == DateBasis::Stated => ranking::with_fields(stated, published),
            inferred if published.confidence < ranking::WORTH => ranking::with_fields(inferred, published),
            _ => published,
        };
    }
    let published = from_text(text, blocks, facts, today);
    match ranking::from_metadata(&weak, today).filter(|_| published.evidence.is_empty()) {
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

/// The date that the words of an article tell.
fn from_text(text: &str, blocks: &[Block], facts: Facts, today: Date) -> Published {
    let n_days = days::number(today) + 1;
    if n_days <= 0 {
        return Published::unknown();
    }
    let bounds = Bounds { today };
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
    let searched = Searched::new(text, &lower, blocks, facts.chronology);
    found.extend(chronicle::clues(&searched, facts, &told, bounds));
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
    let is_undated = best.is_none() && last - first > MAX_INTERVAL_DAYS;
    Published {
        // The first day that is weighed at all bounds nothing.
        earliest: (first > 0 && !is_undated).then(|| day_of(first)),
        latest: (!is_undated).then(|| day_of(last)),
        best: best.map(day_of),
        time: None,
        candidates,
        basis: if is_undated { DateBasis::Unknown } else { DateBasis::Inferred },
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
    Evidence { rule: clue.rule.to_owned(), range: clue.range, says, fact: clue.fact }
}
