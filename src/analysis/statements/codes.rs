//! What a statement is about and what it does: themes, act, force, direction, hedges and conditions.
//!
//! Only the content is looked at, and for the act the cue that reports it. Themes are the ones whose terms reach a
//! weight of 1.0 together; each term counts once. The act is the most forceful of what content and cue perform: a hedge
//! or a condition is a flag of its own and takes nothing from the force. `O(n)` in the words of the content.

use super::lexicon::Lexicon;
use super::words::{Word, Words};
use crate::codebook::Direction;
use crate::text::ByteRange;

/// Weight from which a theme counts, as the codebook promises.
const ENOUGH: f32 = 1.0;

/// The act of a statement that says something plainly, where the codebook names none.
const PLAIN_FORCE: u8 = 2;
const PLAIN_ACT: &str = "assess";

/// The codes of one content.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Codes {
    /// Indices of themes, heaviest first.
    pub themes: Vec<usize>,
    /// The act that the words themselves perform, `None` where they only say something.
    pub act_idx: Option<usize>,
    pub hedges: Vec<ByteRange>,
    pub conditions: Vec<ByteRange>,
}

/// Codes the words of `content`.
pub(super) fn code(words: &Words<'_>, lexicon: &Lexicon<'_>, content: &[ByteRange]) -> Codes {
    let n_themes = lexicon.codebook.themes.len();
    let mut weights = vec![0.0_f32; n_themes];
    let mut seen: Vec<usize> = Vec::new();
    let mut codes = Codes::default();
    for range in content {
        let slice = words.slice(&words.inside(*range));
        for hit in lexicon.themes.find(slice) {
            if seen.contains(&hit.term_idx) {
                continue;
            }
            seen.push(hit.term_idx);
            if let Some(weight) = weights.get_mut(hit.value.0) {
                *weight += hit.value.1;
            }
        }
        for hit in lexicon.acts.find(slice) {
            if !is_negated(slice, hit.words.start)
                && force_of(lexicon, Some(hit.value)) > force_of(lexicon, codes.act_idx)
            {
                codes.act_idx = Some(hit.value);
            }
        }
        codes.hedges.extend(places(slice, lexicon.hedges.find(slice).into_iter().map(|hit| hit.words)));
        codes.conditions.extend(places(slice, lexicon.conditions.find(slice).into_iter().map(|hit| hit.words)));
    }
    let mut themes: Vec<usize> = (0..n_themes).filter(|&idx| weights[idx] >= ENOUGH - 1e-3).collect();
    themes.sort_by(|&left, &right| weights[right].total_cmp(&weights[left]).then(left.cmp(&right)));
    codes.themes = themes;
    codes
}

/// "not concerned": the word before, or the one before that, says no.
fn is_negated(words: &[Word], start: usize) -> bool {
    (start.saturating_sub(2)..start)
        .filter_map(|idx| words.get(idx))
        .any(|word| matches!(word.folded.as_str(), "not" | "never" | "no") || word.folded.ends_with("n't"))
}

fn places(words: &[Word], hits: impl Iterator<Item = std::ops::Range<usize>>) -> Vec<ByteRange> {
    let mut found: Vec<ByteRange> = Vec::new();
    for hit in hits {
        let Some(slice) = words.get(hit) else { continue };
        if let (Some(first), Some(last)) = (slice.first(), slice.last())
            && found.last().is_none_or(|before| before.end <= first.range.start)
        {
            found.push(first.range.cover(last.range));
        }
    }
    found
}

fn force_of(lexicon: &Lexicon<'_>, act_idx: Option<usize>) -> Option<u8> {
    act_idx.and_then(|idx| lexicon.codebook.acts.get(idx)).map(|act| act.force)
}

/// The act and force of content and cue together: the stronger of the two, plain assertion where neither says more.
pub(super) fn act(lexicon: &Lexicon<'_>, codes: &Codes, cue_idx: Option<usize>) -> (String, u8) {
    let cue_act = cue_idx
        .and_then(|idx| lexicon.cue(idx))
        .and_then(|cue| cue.act.as_deref())
        .and_then(|id| lexicon.codebook.acts.iter().position(|act| act.id == id));
    let stronger = if force_of(lexicon, cue_act) > force_of(lexicon, codes.act_idx) { cue_act } else { codes.act_idx };
    stronger
        .and_then(|idx| lexicon.codebook.acts.get(idx))
        .map_or((PLAIN_ACT.to_owned(), PLAIN_FORCE), |act| (act.id.clone(), act.force))
}

/// The direction on a theme: the first rule of the theme that matches, else its default.
pub(super) fn direction(
    words: &Words<'_>,
    lexicon: &Lexicon<'_>,
    theme_idx: usize,
    content: &[ByteRange],
) -> Option<Direction> {
    let theme = lexicon.codebook.themes.get(theme_idx)?;
    let rules = lexicon.directions.get(theme_idx)?;
    let first =
        content.iter().flat_map(|range| rules.find(words.slice(&words.inside(*range)))).map(|hit| hit.value).min();
    Some(first.and_then(|rule| theme.direction_rules.get(rule)).map_or(theme.default_direction, |rule| rule.direction))
}
