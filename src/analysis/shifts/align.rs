//! Which statement of one date answers which of another: overlap of key words weighted by rarity, theme, act, and a
//! shared opening.
//!
//! Words are compared as in the diff (case, spelling, aliases aside), reduced to their stem. A word is worth its
//! inverse document frequency over the statements of the corpus (Spärck Jones 1972). `O(n × m)` pairs of statements,
//! each linear in its key words, which are numbers in order of the alphabet.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

use crate::analysis::diff::{Unit, WordDiff};
use crate::analysis::statements::english::is_function_word;
use crate::analysis::statements::{Quotation, Statement};
use crate::document::Corpus;
use crate::text::sentences;

/// Below this likeness two statements are shown without a word diff: what they share is chance. Feels right: two
/// sentences about one theme share about a tenth of their weight by its mere vocabulary.
pub(super) const FLOOR: f32 = 0.12;

/// Least share of the shorter statement's words that a word diff keeps. Feels right: where fewer than a quarter stay,
/// a reader sees confetti and no change of wording.
pub(super) const MIN_KEPT: f32 = 0.25;

/// What a pair gains in rank where each side points the way its date does and the two ways differ: about one shared key
/// word of a sentence.
pub(super) const SHOWS_DIRECTION: f32 = 0.12;

/// Words of an opening that count as a formula.
const MIN_FORMULA: usize = 4;

/// A statement ready to be compared.
pub(super) struct Prepared {
    pub units: Vec<Unit>,
    /// Stem of every unit, empty for function words.
    pub stems: Vec<String>,
    /// Indices of units that begin a sentence.
    pub starts: Vec<usize>,
    /// Numbers of its key words, each once, in order.
    keys: Vec<u32>,
    /// What all its key words weigh together.
    weight: f32,
}

/// How two statements compare.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Likeness {
    /// 0.0..=1.0, weighted share of key words that both hold.
    pub overlap: f32,
    /// Ranking among pairs.
    pub score: f32,
    pub formula: Option<Formula>,
}

/// An opening that both share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Formula {
    /// Units of the older statement, from the first to the last shared one.
    pub old: std::ops::Range<usize>,
    pub new: std::ops::Range<usize>,
    pub n_words: usize,
    pub has_other_object: bool,
}

/// Prepares statements and weighs their words.
pub(super) struct Aligner {
    diff: WordDiff,
    /// What each key word weighs, by its number.
    weights: Vec<f32>,
}

impl Aligner {
    /// The aligner, and the statements made ready.
    pub(super) fn new(corpus: &Corpus, diff: WordDiff, statements: &[&Statement]) -> (Self, Vec<Prepared>) {
        let mut prepared: Vec<Prepared> = (statements.par_iter())
            .map_init(
                || Stemmer::create(Algorithm::English),
                |stemmer, statement| prepare(&diff, stemmer, corpus, statement),
            )
            .collect();
        let mut frequencies: BTreeMap<&str, u32> = BTreeMap::new();
        for one in &prepared {
            for stem in one.key_set() {
                *frequencies.entry(stem).or_default() += 1;
            }
        }
        let n_statements = prepared.len() as f32;
        let weights: Vec<f32> = (frequencies.values())
            .map(|&frequency| ((n_statements + 1.0) / (frequency as f32 + 0.5)).ln().max(0.1))
            .collect();
        let numbers: BTreeMap<String, u32> =
            frequencies.keys().zip(0..).map(|(stem, number)| ((*stem).to_owned(), number)).collect();
        prepared.par_iter_mut().for_each(|one| {
            one.keys = one.key_set().iter().filter_map(|stem| numbers.get(*stem).copied()).collect();
            one.weight = one.keys.iter().map(|&key| weight(&weights, key)).sum();
        });
        (Self { diff, weights }, prepared)
    }

    pub(super) fn diff(&self) -> &WordDiff {
        &self.diff
    }

    /// Compares two statements about `theme`.
    pub(super) fn compare(&self, old: (&Statement, &Prepared), new: (&Statement, &Prepared), theme: &str) -> Likeness {
        let shared: f32 = common(&old.1.keys, &new.1.keys).map(|key| weight(&self.weights, key)).sum();
        let all = old.1.weight + new.1.weight;
        let overlap = if all > 0.0 { 2.0 * shared / all } else { 0.0 };
        let formula = formula(old.1, new.1);
        let is_first = |statement: &Statement| statement.themes.first().is_some_and(|first| first == theme);
        let bonus = |holds: bool, worth: f32| if holds { worth } else { 0.0 };
        let score = overlap
            + bonus(formula.is_some(), 0.30)
            + bonus(is_first(old.0), 0.06)
            + bonus(is_first(new.0), 0.06)
            + bonus(old.0.act == new.0.act, 0.05)
            + bonus(old.0.quotation == Quotation::Direct, 0.05)
            + bonus(new.0.quotation == Quotation::Direct, 0.05);
        Likeness { overlap, score, formula }
    }
}

fn prepare(diff: &WordDiff, stemmer: &Stemmer, corpus: &Corpus, statement: &Statement) -> Prepared {
    let text = corpus.get(statement.document).map_or("", |document| document.text.as_str());
    let units = diff.units(text, &statement.content);
    let is_key = |unit: &Unit| !is_function_word(&unit.key);
    let stems = units
        .iter()
        .map(|unit| if is_key(unit) { stemmer.stem(&unit.key).into_owned() } else { String::new() })
        .collect();
    let starts = (statement.content.iter())
        .flat_map(|range| sentences(text, *range))
        .filter_map(|sentence| units.iter().position(|unit| unit.range.start >= sentence.start))
        .collect();
    Prepared { units, stems, starts, keys: Vec::new(), weight: 0.0 }
}

fn weight(weights: &[f32], key: u32) -> f32 {
    weights.get(key as usize).copied().unwrap_or_default()
}

/// What two ordered lists share, in order.
fn common<'k>(left: &'k [u32], right: &'k [u32]) -> impl Iterator<Item = u32> + 'k {
    let mut right = right.iter().peekable();
    left.iter().copied().filter(move |key| {
        while right.next_if(|other| *other < key).is_some() {}
        right.peek() == Some(&key)
    })
}

impl Prepared {
    fn key_set(&self) -> BTreeSet<&str> {
        self.stems.iter().filter(|stem| !stem.is_empty()).map(String::as_str).collect()
    }

    /// The first key words from a unit on.
    fn keys_after(&self, start: usize, n_keys: usize) -> BTreeSet<&str> {
        let stems = self.stems.get(start..).unwrap_or_default();
        stems.iter().filter(|stem| !stem.is_empty()).take(n_keys).map(String::as_str).collect()
    }
}

/// The longest opening of a sentence that both statements share, up to one added word on either side, that holds a
/// word with a subject matter and is not the whole of either sentence.
fn formula(old: &Prepared, new: &Prepared) -> Option<Formula> {
    let mut best: Option<Formula> = None;
    for &old_start in &old.starts {
        for &new_start in &new.starts {
            let found = opening(old, new, old_start, new_start);
            if found.n_words >= MIN_FORMULA && best.as_ref().is_none_or(|best| best.n_words < found.n_words) {
                best = Some(found);
            }
        }
    }
    best.filter(|formula| {
        old.stems.get(formula.old.clone()).is_some_and(|stems| stems.iter().any(|stem| !stem.is_empty()))
    })
}

fn opening(old: &Prepared, new: &Prepared, old_start: usize, new_start: usize) -> Formula {
    let (mut at_old, mut at_new, mut n_words, mut skips) = (old_start, new_start, 0, 1);
    let same = |old_idx: usize, new_idx: usize| match (old.units.get(old_idx), new.units.get(new_idx)) {
        (Some(left), Some(right)) => left.key == right.key,
        _ => false,
    };
    loop {
        if same(at_old, at_new) {
            n_words += 1;
            at_old += 1;
            at_new += 1;
        } else if skips > 0 && n_words > 0 && same(at_old, at_new + 1) {
            skips -= 1;
            at_new += 1;
        } else if skips > 0 && n_words > 0 && same(at_old + 1, at_new) {
            skips -= 1;
            at_old += 1;
        } else {
            break;
        }
    }
    // The object is what the formula runs into: its first key words say whether it is another one.
    let (before, after) = (old.keys_after(at_old, 3), new.keys_after(at_new, 3));
    let has_other_object = before.len() >= 2 && after.len() >= 2 && before.intersection(&after).count() <= 1;
    // "… about the" is read better as "… about".
    while n_words > MIN_FORMULA
        && at_old > 0
        && old.units.get(at_old - 1).is_some_and(|unit| matches!(unit.key.as_str(), "the" | "a" | "an"))
    {
        (at_old, at_new, n_words) = (at_old - 1, at_new.saturating_sub(1), n_words - 1);
    }
    Formula { old: old_start..at_old, new: new_start..at_new, n_words, has_other_object }
}
