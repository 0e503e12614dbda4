//! The same statement told twice in one article: in the headline, in indirect and in direct speech.
//!
//! Two statements of one actor are one where they share an act's force to within a step, a theme, and most of their key words (stems without
//! function words, by the shorter of the two). The fullest telling stands, direct speech before indirect; the others
//! point to it by [`Statement::same_as`]. `O(s²)` in the statements of one article.

use std::collections::BTreeSet;

use super::english::is_function_word;
use super::words::Words;
use super::{Quotation, Statement};
use crate::text::ByteRange;

/// Share of the shorter one's key words that must be shared. Measured on sentences of press conferences told twice:
/// retellings keep about two thirds of the key words, neighbouring points of one speech less than half.
const ENOUGH: f32 = 0.6;

/// Fewer key words prove nothing.
const MIN_KEYS: usize = 4;

/// Fills in [`Statement::same_as`].
pub(super) fn join_repeats(words: &Words<'_>, statements: &mut [Statement]) {
    let keys: Vec<BTreeSet<&str>> = statements.iter().map(|statement| key_words(words, &statement.content)).collect();
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by_key(|&idx| {
        let statement = &statements[idx];
        (rank(statement.quotation), std::cmp::Reverse(keys[idx].len()), statement.extent().start)
    });
    for (place, &idx) in order.iter().enumerate() {
        let original = order[..place].iter().copied().find(|&other| {
            statements[other].same_as.is_none()
                && is_repeat(&statements[idx], &statements[other], &keys[idx], &keys[other])
        });
        statements[idx].same_as = original.map(|other| statements[other].id);
    }
}

fn rank(quotation: Quotation) -> u8 {
    match quotation {
        Quotation::Direct => 0,
        Quotation::Partial => 1,
        Quotation::Indirect => 2,
    }
}

fn is_repeat(left: &Statement, right: &Statement, left_keys: &BTreeSet<&str>, right_keys: &BTreeSet<&str>) -> bool {
    let shares_theme = left.themes.iter().any(|theme| right.themes.contains(theme));
    let same_actor = left.actor.is_some() && left.actor == right.actor && left.is_official == right.is_official;
    let n_least = left_keys.len().min(right_keys.len());
    // Two quotations are two utterances, unless word for word the same.
    let both_direct = left.quotation == Quotation::Direct && right.quotation == Quotation::Direct;
    let enough = if both_direct { 0.95 } else { ENOUGH };
    let n_shared = left_keys.intersection(right_keys).count();
    same_actor && shares_theme && n_least >= MIN_KEYS && n_shared as f32 >= enough * n_least as f32
}

fn key_words<'w>(words: &'w Words<'_>, content: &[ByteRange]) -> BTreeSet<&'w str> {
    (content.iter())
        .flat_map(|range| words.slice(&words.inside(*range)))
        .filter(|word| !is_function_word(&word.folded))
        .map(|word| word.stem.as_str())
        .collect()
}
