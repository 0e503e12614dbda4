//! Which statement of one date answers which of another: overlap of key words weighted by rarity, theme, act, and a
//! shared opening.
//!
//! Words are compared as in the diff (case, spelling, aliases aside), reduced to their stem. A word is worth its
//! inverse document frequency over the statements of the corpus (Spärck Jones 1972). `O(n × m)` pairs of statements,
//! each linear in its words.

use std::collections::{BTreeMap, BTreeSet};

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
    stemmer: Stemmer,
    /// Number of statements that hold a stem.
    frequencies: BTreeMap<String, u32>,
    n_statements: u32,
}

impl Aligner {
    pub(super) fn new(corpus: &Corpus, diff: WordDiff, statements: &[Statement]) -> Self {
        let mut aligner =
            Self { diff, stemmer: Stemmer::create(Algorithm::English), frequencies: BTreeMap::new(), n_statements: 0 };
        for statement in statements {
            let prepared = aligner.prepare(corpus, statement);
            aligner.n_statements += 1;
            for stem in prepared.keys().into_iter().map(str::to_owned).collect::<Vec<_>>() {
                *aligner.frequencies.entry(stem).or_default() += 1;
            }
        }
        aligner
    }

    pub(super) fn diff(&self) -> &WordDiff {
        &self.diff
    }

    pub(super) fn prepare(&self, corpus: &Corpus, statement: &Statement) -> Prepared {
        let text = corpus.get(statement.document).map_or("", |document| document.text.as_str());
        let units = self.diff.units(text, &statement.content);
        let is_key = |unit: &Unit| !is_function_word(&unit.key);
        let stems = units
            .iter()
            .map(|unit| if is_key(unit) { self.stemmer.stem(&unit.key).into_owned() } else { String::new() })
            .collect();
        let starts = (statement.content.iter())
            .flat_map(|range| sentences(text, *range))
            .filter_map(|sentence| units.iter().position(|unit| unit.range.start >= sentence.start))
            .collect();
        Prepared { units, stems, starts }
    }

    fn weight(&self, stem: &str) -> f32 {
        let frequency = self.frequencies.get(stem).copied().unwrap_or(0) as f32;
        ((self.n_statements as f32 + 1.0) / (frequency + 0.5)).ln().max(0.1)
    }

    /// Compares two statements about `theme`.
    pub(super) fn compare(&self, old: (&Statement, &Prepared), new: (&Statement, &Prepared), theme: &str) -> Likeness {
        let (old_keys, new_keys) = (old.1.keys(), new.1.keys());
        let sum = |keys: &BTreeSet<&str>| keys.iter().map(|stem| self.weight(stem)).sum::<f32>();
        let shared: f32 = old_keys.intersection(&new_keys).map(|stem| self.weight(stem)).sum();
        let all = sum(&old_keys) + sum(&new_keys);
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

impl Prepared {
    fn keys(&self) -> BTreeSet<&str> {
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
