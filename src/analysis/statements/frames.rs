//! The frames in which a cue stands beside a quotation: `"Q," S said`, `"Q," said S`, `S said: "Q"`.
//!
//! Each function looks at one cue or one quotation of a sentence and says whether the two belong together. Linear in
//! the words of the sentence.

use std::ops::Range;

use super::clauses::{Clauses, CueHit, Manner};
use super::english;
use super::subjects::Subject;
use super::tags::Tag;
use super::words::Gap;
use crate::codebook::CueFrame;
use crate::text::ByteRange;

/// `"Q," S said` and `"Q," said S`.
pub(super) fn cue_after(clauses: &Clauses<'_>, quote: &Range<usize>) -> Option<(usize, Option<Range<usize>>)> {
    let next = quote.end;
    let (hit_idx, hit) = clauses
        .hits
        .iter()
        .enumerate()
        .filter(|(_, hit)| hit.words.start >= next && hit.manner != Manner::Noun)
        .find(|(_, hit)| hit.words.start == next || !is_aside(clauses, hit, next))?;
    if hit.manner == Manner::According {
        let phrase = clauses.phrase_after(hit.words.end)?;
        return (hit.words.start == next).then_some((hit_idx, Some(phrase)));
    }
    if !is_quoting(hit) || (next..hit.words.start).any(|idx| clauses.is_quoted(idx)) {
        return None;
    }
    // A quotation in the middle of a clause is a part of it: Asked if he is “fit,” half said yes.
    let before = quote.start.checked_sub(1).filter(|&before| before >= clauses.sentence.words.start);
    if let Some(before) = before
        && !clauses.is_quoted(before)
        && !clauses.words.gap_before(quote.start).has(Gap::BREAKS.or(Gap::COLON).or(Gap::BRACKET))
        && !matches!(clauses.words.tag(before), Tag::Coordinator | Tag::Adverb)
        && hit.words.start > next
    {
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
    let phrase = clauses.subject_of(hit).phrase()?;
    let n_between = phrase.start.saturating_sub(next);
    let is_free = (next..phrase.start).all(|idx| !clauses.words.gap_after(idx).has(Gap::STOP));
    (phrase.start >= next && n_between <= 2 && is_free).then_some((hit_idx, Some(phrase)))
}

/// `"Q," an official, who asked not to be named, said`: the first cue is of an insertion.
fn is_aside(clauses: &Clauses<'_>, hit: &CueHit, after: usize) -> bool {
    let is_relative = matches!(clauses.subject_of(hit), Subject::Relative(phrase, _) if phrase.start >= after);
    is_relative
        && clauses.hits.iter().any(|other| other.words.start > hit.words.end && other.is_strict && other.is_finite())
}

/// May the cue stand beside a quotation? "Stop," he urged.
pub(super) fn is_quoting(hit: &CueHit) -> bool {
    matches!(hit.manner, Manner::Finite | Manner::Participle | Manner::Gerund | Manner::Infinitive)
        && (hit.has(CueFrame::Say) || hit.has(CueFrame::Tell) || hit.has(CueFrame::Urge) && hit.words.len() == 1)
}

/// `S said: "Q"`, `S said on Monday, "Q"`, `S said "Q"`.
pub(super) fn cue_before(clauses: &Clauses<'_>, quote: &Range<usize>) -> Option<(usize, Option<Range<usize>>)> {
    let (hit_idx, hit) =
        clauses.hits.iter().enumerate().rfind(|(_, hit)| hit.words.end <= quote.start && hit.manner != Manner::Noun)?;
    if !is_quoting(hit) {
        return None;
    }
    let between = hit.words.end..quote.start;
    if between.clone().any(|idx| clauses.is_quoted(idx)) {
        return None;
    }
    let gap = clauses.words.gap_before(quote.start);
    let has_that = between.clone().any(|idx| clauses.words.folded(idx) == "that");
    if !hit.is_strict && between.is_empty() && !gap.has(Gap::COMMA.or(Gap::COLON)) {
        return None;
    }
    let is_tell = hit.has(CueFrame::Tell);
    let is_adjunct = between.is_empty() || {
        let first = clauses.words.folded(between.start);
        let opens = english::is_preposition(first) || english::is_time(first) || english::is_ly(first) || is_tell;
        opens && !between.clone().any(|idx| english::is_auxiliary(clauses.words.folded(idx)))
    };
    let goes_on = quote.end < clauses.sentence.words.end
        && !clauses.words.gap_before(quote.end).has(Gap::COMMA.or(Gap::STOP).or(Gap::DASH).or(Gap::SEMICOLON));
    let is_direct = gap.has(Gap::COLON) && (is_adjunct || between.len() < 20)
        || is_adjunct && !has_that && !goes_on && (between.is_empty() || gap.has(Gap::COMMA) || is_tell);
    is_direct.then_some((hit_idx, None))
}

/// Without white space, dashes and commas at its ends, and without a stray opening mark.
pub(super) fn tidy(text: &str, range: ByteRange) -> ByteRange {
    let slice = range.of(text);
    let is_edge = |c: char| c.is_whitespace() || matches!(c, ',' | '–' | '—' | '-' | ';' | ':');
    let start = range.start + (slice.len() - slice.trim_start_matches(is_edge).len());
    let end = start + slice.trim_start_matches(is_edge).trim_end_matches(is_edge).len();
    ByteRange::new(start, end)
}

impl Clauses<'_> {
    /// `C, said S`: comma or dash before the cue, a noun phrase after it, and no clause of its own after that.
    pub(super) fn inverted(&self, hit: &CueHit) -> Option<Range<usize>> {
        let start = hit.words.start;
        let is_say = hit.has(CueFrame::Say);
        let gap = self.words.gap_before(start);
        let is_after_quote = start > self.sentence.words.start && self.is_quoted(start - 1);
        if !is_say || hit.manner != Manner::Finite || start == self.sentence.words.start {
            return None;
        }
        if !is_after_quote && !gap.has(Gap::COMMA.or(Gap::DASH).or(Gap::QUOTE)) {
            return None;
        }
        let next = self.words.folded(hit.words.end);
        if self.words.gap_after(hit.words.end - 1).has(Gap::ANY) || matches!(next, "that" | "what" | "to" | "it" | "if")
        {
            return None;
        }
        let opens = !english::is_time(next)
            && !matches!(self.words.tag(hit.words.end), Tag::Adverb | Tag::Preposition | Tag::Coordinator);
        let phrase = self.phrase_after(hit.words.end).filter(|_| opens)?;
        if !is_after_quote && self.holds_clause(&phrase) {
            return None;
        }
        let goes_on = phrase.end < self.sentence.words.end && !self.words.gap_after(phrase.end - 1).has(Gap::ANY);
        let next = self.words.tag(phrase.end);
        // "“…,” said a diplomat involved in the talks": the participle and its preposition belong to the speaker.
        let is_reduced = is_after_quote && next == Tag::Verb && self.words.tag(phrase.end + 1) == Tag::Preposition;
        let is_verb = matches!(next, Tag::Auxiliary | Tag::Verb) && !self.words.folded(phrase.end).ends_with("ing");
        let opens_clause = matches!(self.words.folded(phrase.end), "as" | "while" | "when" | "after" | "before");
        let holds_clause = || self.is_finite_clause(&(phrase.start..self.mark_after(phrase.end)));
        let is_clause = goes_on && (is_verb && !is_reduced || !is_after_quote && !opens_clause && holds_clause());
        (!is_clause).then_some(phrase)
    }

    /// "he holds his view", "the council keeps its word": a pronoun at the start, or a determiner inside that no
    /// preposition brings in, shows a verb between two noun phrases.
    fn holds_clause(&self, phrase: &Range<usize>) -> bool {
        let first = self.words.folded(phrase.start);
        let brings_in = |word: &str| english::is_preposition(word) || matches!(word, "and" | "all" | "both");
        matches!(first, "he" | "she" | "it" | "they" | "we" | "i" | "there")
            || (phrase.start + 1..phrase.end)
                .any(|idx| english::is_determiner(self.words.folded(idx)) && !brings_in(self.words.folded(idx - 1)))
    }
}
