//! The frames in which a cue stands: beside a quotation, before a clause, or as "according to".
//!
//! Each function looks at one cue or one quotation of a sentence and says whether the two belong together. Linear in
//! the words of the sentence.

use std::ops::Range;

use super::clauses::{Clauses, CueHit, Subject};
use super::english;
use super::words::Gap;
use crate::codebook::CueFrame;
use crate::text::ByteRange;

/// A clause of indirect speech.
pub(super) struct Clause {
    pub content: Range<usize>,
    pub subject: Option<Range<usize>>,
    pub rule: &'static str,
    pub confidence: f32,
}

/// `"Q," S said` and `"Q," said S`.
pub(super) fn cue_after(clauses: &Clauses<'_>, quote: &Range<usize>) -> Option<(usize, Option<Range<usize>>)> {
    let next = quote.end;
    let (hit_idx, hit) = clauses.hits.iter().enumerate().find(|(_, hit)| hit.words.start >= next)?;
    if hit.frame == CueFrame::According {
        let phrase = clauses.phrase_after(hit.words.end)?;
        return (hit.words.start == next).then_some((hit_idx, Some(phrase)));
    }
    if !is_quoting(hit) || (next..hit.words.start).any(|idx| clauses.is_quoted(idx)) {
        return None;
    }
    // The quotation must end a clause: a comma, a stop or a dash at its end.
    let gap = clauses.words.gap_before(next);
    if !gap.has(Gap::COMMA.or(Gap::STOP).or(Gap::DASH)) {
        return None;
    }
    if hit.words.start == next {
        return clauses.inverted(hit).map(|phrase| (hit_idx, Some(phrase)));
    }
    let Subject::Words(phrase) = clauses.subject_before(hit) else { return None };
    let n_between = phrase.start.saturating_sub(next);
    let is_free = (next..phrase.start).all(|idx| !clauses.words.gap_after(idx).has(Gap::STOP));
    (phrase.start >= next && n_between <= 2 && is_free).then_some((hit_idx, Some(phrase)))
}

/// May the cue stand beside a quotation? "Stop," he urged.
pub(super) fn is_quoting(hit: &CueHit) -> bool {
    matches!(hit.frame, CueFrame::Say | CueFrame::Tell) || hit.frame == CueFrame::Urge && hit.words.len() == 1
}

/// `S said: "Q"`, `S said on Monday, "Q"`, `S said "Q"`.
pub(super) fn cue_before(clauses: &Clauses<'_>, quote: &Range<usize>) -> Option<(usize, Option<Range<usize>>)> {
    let (hit_idx, hit) = clauses.hits.iter().enumerate().rfind(|(_, hit)| hit.words.end <= quote.start)?;
    if !is_quoting(hit) {
        return None;
    }
    let between = hit.words.end..quote.start;
    if between.clone().any(|idx| clauses.is_quoted(idx)) {
        return None;
    }
    let gap = clauses.words.gap_before(quote.start);
    let has_that = between.clone().any(|idx| clauses.words.folded(idx) == "that");
    let is_adjunct = between.is_empty() || {
        let first = clauses.words.folded(between.start);
        (english::is_preposition(first)
            || english::is_time(first)
            || english::is_ly(first)
            || hit.frame == CueFrame::Tell)
            && !between.clone().any(|idx| english::is_auxiliary(clauses.words.folded(idx)))
    };
    let goes_on = quote.end < clauses.sentence.words.end
        && !clauses.words.gap_before(quote.end).has(Gap::COMMA.or(Gap::STOP).or(Gap::DASH).or(Gap::SEMICOLON));
    let is_direct = gap.has(Gap::COLON) && (is_adjunct || between.len() < 20)
        || is_adjunct
            && !has_that
            && !goes_on
            && (between.is_empty() || gap.has(Gap::COMMA) || hit.frame == CueFrame::Tell);
    is_direct.then_some((hit_idx, None))
}

/// `according to S, C` and `C, according to S`.
pub(super) fn according(clauses: &Clauses<'_>, hit: &CueHit) -> Option<Clause> {
    let sentence = &clauses.sentence.words;
    let phrase = clauses.phrase_after(hit.words.end)?;
    let content = if hit.words.start == sentence.start {
        let comma = (phrase.end - 1..sentence.end).find(|&idx| clauses.words.gap_after(idx).has(Gap::COMMA))?;
        comma + 1..sentence.end
    } else {
        clauses.content_before(hit.words.start)?
    };
    (content.len() >= 3).then_some(Clause { content, subject: Some(phrase), rule: "according-to", confidence: 0.8 })
}

/// Does what follows a cue look like reported words of its frame?
pub(super) fn is_content(clauses: &Clauses<'_>, hit: &CueHit, content: &Range<usize>) -> bool {
    let first = clauses.words.folded(content.start);
    let after_that = content.start.checked_sub(1).is_some_and(|before| clauses.words.folded(before) == "that");
    match hit.frame {
        CueFrame::Say | CueFrame::Tell => {
            let is_long = content.len() >= 2;
            let starts_clause = !english::is_preposition(first) || first == "as";
            is_long && (after_that || starts_clause && (clauses.is_clause(content) || content.len() >= 4))
        }
        CueFrame::Urge => {
            let has_goal =
                content.clone().any(|idx| matches!(clauses.words.folded(idx), "to" | "for" | "that" | "against"));
            content.len() >= 2 && (has_goal || clauses.words.folded(hit.words.end.saturating_sub(1)) == "for")
        }
        CueFrame::Object | CueFrame::Attitude => content.len() >= 2 && !matches!(first, "by" | "to"),
        CueFrame::According => true,
    }
}

/// Without white space, dashes and commas at its ends, and without a stray opening mark.
pub(super) fn tidy(text: &str, range: ByteRange) -> ByteRange {
    let slice = range.of(text);
    let is_edge = |c: char| c.is_whitespace() || matches!(c, ',' | '–' | '—' | '-' | ';' | ':');
    let start = range.start + (slice.len() - slice.trim_start_matches(is_edge).len());
    let end = start + slice.trim_start_matches(is_edge).trim_end_matches(is_edge).len();
    ByteRange::new(start, end)
}
