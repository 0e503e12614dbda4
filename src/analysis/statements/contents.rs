//! Contents: which words a cue reports, and where they end.
//!
//! What may follow a cue is a matter of its frame: a clause with or without "that", a question, an infinitive, a noun
//! phrase. Content runs to the end of its sentence, or to where another cue's clause begins on a level with it; a noun
//! phrase as content ends at its comma. `O(n)` in the words of a sentence for each cue.

use std::ops::Range;

use super::clauses::{Clauses, CueHit, Manner};
use super::english;
use super::nouns;
use super::subjects::Subject;
use super::tags::Tag;
use super::words::Gap;
use crate::codebook::CueFrame;

impl Clauses<'_> {
    /// The words that a cue reports in this frame, where they follow it.
    pub(super) fn content_after(&self, hit: &CueHit, frame: CueFrame) -> Option<Range<usize>> {
        let start = match frame {
            CueFrame::Say => self.clause_start(hit.words.end, hit.words.end)?,
            CueFrame::Tell => self.told_start(hit)?,
            CueFrame::Urge => self.urged_start(hit)?,
            CueFrame::Object | CueFrame::Attitude => self.object_start(hit, frame)?,
            CueFrame::Noun => self.noun_content_start(hit)?,
            CueFrame::According => return None,
        };
        let end = self.content_end(start, hit, frame);
        (start < end).then_some(start..end)
    }

    /// Where a reported clause begins after `from`, if there is one. `verb_end` is the end of the cue.
    fn clause_start(&self, from: usize, verb_end: usize) -> Option<usize> {
        let end = self.sentence.words.end;
        let reach = end.min(from + 18);
        // "said on Monday in an interview with the paper that": whatever stands before a near "that".
        let that = (from..reach).find(|&idx| self.words.folded(idx) == "that" && !self.is_quoted(idx));
        if let Some(that) = that
            && self.is_circumstance(from, that)
            && that + 1 < end
        {
            return Some(that + 1);
        }
        let at = self.skip_circumstance(from);
        if at >= end {
            return None;
        }
        if matches!(self.words.folded(at), "yes" | "no") && self.mark_after(at) == at + 1 && at == verb_end {
            return Some(at);
        }
        let gap = self.words.gap_before(at);
        if at == verb_end && gap.has(Gap::BREAKS) && !gap.has(Gap::COLON)
            || at > verb_end && gap.has(Gap::DASH.or(Gap::STOP))
        {
            return None;
        }
        if gap.has(Gap::COMMA) && !gap.has(Gap::QUOTE) {
            return None;
        }
        self.opens_clause(at).then_some(at)
    }

    /// Does a clause without "that" begin here, with a subject and a finite verb?
    fn opens_clause(&self, at: usize) -> bool {
        let end = self.sentence.words.end;
        let word = self.words.folded(at);
        let tag = self.words.tag(at);
        let opens = match tag {
            Tag::Preposition => {
                matches!(
                    word,
                    "as" | "if"
                        | "despite"
                        | "because"
                        | "after"
                        | "before"
                        | "under"
                        | "since"
                        | "without"
                        | "until"
                        | "while"
                        | "during"
                        | "with"
                        | "by"
                        | "at"
                        | "in"
                        | "on"
                        | "for"
                        | "from"
                ) || matches!(word, "about" | "around" | "over" | "under" | "up" | "between")
                    && matches!(self.words.tag(at + 1), Tag::Number | Tag::Noun | Tag::Determiner | Tag::Adjective)
            }
            Tag::Coordinator | Tag::To | Tag::Other => false,
            // "said when asked about talks"
            Tag::Subordinator => {
                !self.hits.iter().any(|hit| hit.words.start == at + 1 && hit.manner == Manner::Reduced)
            }
            Tag::Auxiliary => false,
            Tag::Verb => word.ends_with("ing") || self.words.all[at].is_capital || self.is_quoted(at),
            _ => true,
        };
        // "says in the spot, warning that": a phrase of place, and no clause.
        let segment = self.mark_after(at);
        let is_adjunct = tag == Tag::Preposition
            && !self.is_finite_clause(&(at..segment))
            && (segment >= end
                || self.words.gap_before(segment).has(Gap::STOP)
                || matches!(self.words.tag(segment), Tag::Verb | Tag::Coordinator | Tag::Preposition));
        opens && !is_adjunct && self.is_finite_clause(&(at..end))
    }

    /// `told X that C`, `asked X to C`, `told X about C`.
    fn told_start(&self, hit: &CueHit) -> Option<usize> {
        let end = self.sentence.words.end;
        let at = hit.words.end;
        if at >= end || self.words.gap_before(at).has(Gap::BREAKS) {
            return None;
        }
        let spoken_to = match hit.manner {
            // The one who was told is the subject.
            Manner::Passive | Manner::Reduced => at,
            _ if matches!(
                self.words.folded(at),
                "that" | "if" | "whether" | "how" | "why" | "what" | "when" | "where"
            ) =>
            {
                at
            }
            _ => self.phrase_after(at)?.end,
        };
        if let Some(start) = self.clause_start(spoken_to, spoken_to) {
            return Some(start);
        }
        let at = self.skip_circumstance(spoken_to);
        let is_goal = matches!(self.words.tag(at), Tag::To) || matches!(self.words.folded(at), "about" | "of" | "not");
        (is_goal && at + 1 < end && !self.words.gap_before(at).has(Gap::BREAKS)).then_some(at)
    }

    /// `urged X to C`, `called for C`, `promised to C`, `demanded that C`.
    fn urged_start(&self, hit: &CueHit) -> Option<usize> {
        let end = self.sentence.words.end;
        let at = hit.words.end;
        if at + 1 >= end || self.words.gap_before(at).has(Gap::BREAKS) {
            return None;
        }
        let last = self.words.folded(at - 1);
        if matches!(last, "for" | "to" | "on" | "upon" | "against") {
            return (self.words.folded(at) != "by").then_some(at);
        }
        let stop = self.mark_after(at);
        let has_goal = (at..stop).any(|idx| {
            self.words.tag(idx) == Tag::To
                || self.words.folded(idx) == "to" && self.words.tag(idx + 1) == Tag::Noun && idx > at
                || matches!(self.words.folded(idx), "that" | "against" | "not") && idx == at
                || self.words.folded(idx) == "for" && idx > at
        });
        let opens = !matches!(self.words.tag(at), Tag::Preposition | Tag::Coordinator | Tag::Auxiliary)
            || self.words.folded(at) == "to";
        (has_goal && opens).then_some(at)
    }

    /// `welcomed NP`, `is concerned about NP`.
    fn object_start(&self, hit: &CueHit, frame: CueFrame) -> Option<usize> {
        let end = self.sentence.words.end;
        let at = hit.words.end;
        if at >= end || self.words.gap_before(at).has(Gap::BREAKS) {
            return None;
        }
        let tag = self.words.tag(at);
        let word = self.words.folded(at);
        if frame == CueFrame::Attitude {
            return (word != "by").then_some(at);
        }
        // "announced late on Sunday": a time, and nothing announced.
        let is_day = !matches!(word, "this" | "last" | "next") || english::is_time(self.words.folded(at + 1));
        if english::is_time(word) && is_day && !word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let ends_in_preposition = self.words.tag(at - 1) == Tag::Preposition || self.words.folded(at - 1) == "to";
        let opens = match tag {
            Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Determiner | Tag::Adjective | Tag::Number => true,
            Tag::Verb => {
                word.ends_with("ing") || self.is_quoted(at) || word.ends_with("ed") || self.words.all[at].is_capital
            }
            Tag::Adverb => self.words.tag(at + 1) != Tag::Verb && at + 1 < end,
            Tag::Subordinator => ends_in_preposition || matches!(word, "what" | "how" | "that" | "whether"),
            _ => false,
        };
        (opens || self.is_quoted(at)).then_some(at)
    }

    /// `the claim that C`, `a decision to C`, `support for C`.
    fn noun_content_start(&self, hit: &CueHit) -> Option<usize> {
        let end = self.sentence.words.end;
        let at = hit.words.end;
        if at + 1 >= end || self.words.gap_before(at).has(Gap::BREAKS.or(Gap::BRACKET)) {
            return None;
        }
        let word = self.words.folded(at);
        let is_that = word == "that" && self.has_own_subject(at + 1);
        let opens = is_that
            || self.words.tag(at) == Tag::To
            || matches!(self.words.folded(at - 1), "of" | "for" | "about" | "on" | "over" | "with" | "against")
                && self.words.tag(at) != Tag::Coordinator;
        opens.then_some(if is_that { at + 1 } else { at })
    }

    /// "that the plan failed" and not "that failed": a noun phrase before the verb.
    pub(super) fn has_own_subject(&self, at: usize) -> bool {
        at < self.sentence.words.end
            && !matches!(self.words.tag(at), Tag::Verb | Tag::Auxiliary)
            && !(self.words.tag(at) == Tag::Adverb && matches!(self.words.tag(at + 1), Tag::Verb | Tag::Auxiliary))
    }

    /// Is there a finite verb that is not of a relative clause?
    pub(super) fn is_finite_clause(&self, range: &Range<usize>) -> bool {
        let mut n_relative = 0_usize;
        for idx in range.clone() {
            let word = self.words.folded(idx);
            if self.words.tag(idx) == Tag::Coordinator
                && idx > range.start + 1
                && matches!(self.words.tag(idx + 1), Tag::Verb | Tag::Auxiliary)
            {
                return false;
            }
            if idx > range.start
                && (matches!(word, "who" | "which" | "whose")
                    || word == "that" && matches!(self.words.tag(idx - 1), Tag::Noun | Tag::Name))
            {
                n_relative += 1;
            }
            let is_clitic =
                self.words.tag(idx) == Tag::Pronoun && (word.contains('\'') || self.words.all[idx].is_possessive);
            if is_clitic || idx > range.start && self.is_finite_here(idx, range.start) {
                if n_relative == 0 {
                    return true;
                }
                n_relative -= 1;
                // The rest of the verb group.
            }
        }
        false
    }

    fn is_finite_here(&self, idx: usize, start: usize) -> bool {
        let word = self.words.folded(idx);
        let before = self.words.tag(idx - 1);
        match self.words.tag(idx) {
            Tag::Auxiliary => !matches!(word, "be" | "been" | "being") && before != Tag::Auxiliary && before != Tag::To,
            Tag::Verb => {
                let is_bare_participle = word.ends_with("ing");
                let is_linked =
                    matches!(before, Tag::To | Tag::Auxiliary | Tag::Determiner | Tag::Preposition | Tag::Adjective)
                        || self.words.all[idx - 1].is_possessive && before != Tag::Pronoun;
                !is_bare_participle && !is_linked && (!self.words.all[idx].is_capital || idx > start)
            }
            _ => self.hits.iter().any(|hit| hit.is_finite() && hit.words.start == idx),
        }
    }

    /// Do only words of time, place and occasion stand between a cue and its "that"?
    fn is_circumstance(&self, from: usize, to: usize) -> bool {
        if from == to {
            return true;
        }
        let first = self.words.folded(from);
        let begins = self.words.tag(from) == Tag::Preposition
            || english::is_time(first)
            || self.words.tag(from) == Tag::Adverb
            || english::is_mid_adverb(first)
            || self.words.gap_before(from).has(Gap::COMMA);
        // "said, adding that": the clause is another cue's.
        let is_others = self.hits.iter().any(|hit| {
            (from..to).contains(&hit.words.start)
                && matches!(hit.manner, Manner::Participle | Manner::Finite)
                && self.words.gap_before(hit.words.start).has(Gap::COMMA.or(Gap::DASH))
        });
        // "by video link": no verb behind a noun that a preposition brought in.
        let is_verb = |idx: usize| {
            let is_noun = self.words.tag(from) == Tag::Preposition
                && idx <= from + 3
                && english::verb_form(self.words.folded(idx)) == english::VerbForm::Base;
            self.words.tag(idx) == Tag::Auxiliary || self.is_finite_here(idx, from) && !is_noun
        };
        begins && !is_others && !(from..to).any(is_verb) && !matches!(self.words.tag(to - 1), Tag::Determiner)
    }

    /// Skips "on Monday", "last week", "in a statement", "separately" after a cue without "that".
    fn skip_circumstance(&self, from: usize) -> usize {
        let end = self.sentence.words.end;
        let mut at = from;
        while at < end {
            if at > from && self.words.gap_before(at).has(Gap::COLON) {
                return at;
            }
            let word = self.words.folded(at);
            let next = self.words.folded(at + 1);
            let is_day = english::is_time(word) && (word != "this" || english::is_time(next));
            let counts = word.starts_with(|c: char| c.is_ascii_digit()) && !english::is_time(self.words.folded(at - 1));
            let is_time = is_day && !counts && !self.words.gap_before(at + 1).has(Gap::STOP);
            if english::is_ly(word) || is_time || matches!(word, "again" | "also" | "earlier" | "later") {
                at += 1;
            } else if matches!(word, "on" | "in" | "at" | "during" | "to" | "via" | "through" | "of" | "from" | "after")
            {
                let Some(stop) = self.circumstance_end(at) else { return at };
                at = stop;
            } else {
                return at;
            }
        }
        at
    }

    /// The end of a phrase of time or occasion that a preposition begins.
    fn circumstance_end(&self, at: usize) -> Option<usize> {
        let end = self.sentence.words.end;
        let next = self.words.folded(at + 1);
        let is_time = english::is_time(next);
        let mut stop = at + 1;
        while stop < end && stop - at < 7 && !self.words.gap_before(stop).has(Gap::COMMA.or(Gap::COLON)) {
            let here = self.words.folded(stop);
            stop += 1;
            if is_time && !english::is_time(self.words.folded(stop))
                || nouns::is_occasion(here) && !nouns::is_occasion(self.words.folded(stop))
            {
                break;
            }
        }
        let has_head = is_time || (at + 1..stop).any(|idx| nouns::is_occasion(self.words.folded(idx)));
        has_head.then_some(stop)
    }

    /// The end of the content that begins at `start` and belongs to `hit`.
    pub(super) fn content_end(&self, start: usize, hit: &CueHit, frame: CueFrame) -> usize {
        let mut end = self.sentence.words.end;
        for other in self.hits.iter().filter(|other| other.words.start > start && *other != hit) {
            if let Some(cut) = self.coordination(start, other) {
                end = end.min(cut);
                break;
            }
        }
        let n_dashes = (start..end)
            .filter(|&idx| idx + 1 < end && self.words.gap_after(idx).has(Gap::DASH) && !self.is_quoted(idx))
            .count();
        let cut = (start..end).find(|&idx| {
            let gap = self.words.gap_after(idx);
            !self.is_quoted(idx)
                && (gap.has(Gap::SEMICOLON) || gap.has(Gap::DASH) && n_dashes == 1)
                && idx + 1 - start >= 3
        });
        let end = cut.map_or(end, |idx| idx + 1);
        // "said that the mood was grim: “…”": the quotation is a piece of its own.
        let colon = (start..end).find(|&idx| {
            idx + 1 < end
                && self.words.gap_after(idx).has(Gap::COLON)
                && !self.is_quoted(idx)
                && self.is_quoted(idx + 1)
                && self.is_clause(&(start..idx + 1))
        });
        let end = colon.map_or(end, |idx| idx + 1);
        let is_goal = self.words.tag(start) == Tag::To || matches!(self.words.folded(start), "about" | "of" | "not");
        let is_narrow = match frame {
            CueFrame::Object | CueFrame::Urge | CueFrame::Attitude | CueFrame::Noun => true,
            CueFrame::Tell => is_goal,
            CueFrame::Say | CueFrame::According => false,
        };
        if !is_narrow {
            return end;
        }
        let end = self.phrase_end(start, end, frame);
        // "his claim that the plan failed has been denied": the noun is a subject itself.
        let is_bare = hit.manner == Manner::Noun && self.words.folded(start.saturating_sub(1)) != "that";
        if !is_bare {
            return end;
        }
        (start + 1..end).find(|&idx| self.words.tag(idx) == Tag::Auxiliary).unwrap_or(end)
    }

    /// A noun phrase or an infinitive as content ends where a comma brings in something else.
    pub(super) fn phrase_end(&self, start: usize, end: usize, frame: CueFrame) -> usize {
        let is_object = matches!(frame, CueFrame::Object | CueFrame::Noun);
        for idx in start..end.saturating_sub(1) {
            let next = idx + 1;
            if self.is_quoted(idx) && self.is_quoted(next) {
                continue;
            }
            let gap = self.words.gap_after(idx);
            let word = self.words.folded(next);
            if gap.has(Gap::COMMA) {
                let goes_on = match self.words.tag(next) {
                    Tag::Coordinator => {
                        word != "but" && !matches!(self.words.tag(next + 1), Tag::Verb | Tag::Auxiliary | Tag::Pronoun)
                    }
                    Tag::Noun | Tag::Adjective | Tag::Number | Tag::Determiner => !self.has_verb_near(next),
                    Tag::Name => !self.has_verb_near(next),
                    Tag::Pronoun => word == "who" && !is_object,
                    Tag::To => true,
                    Tag::Subordinator => matches!(word, "which" | "who" | "whose" | "that") && !is_object,
                    _ => false,
                };
                if !goes_on {
                    return next;
                }
            } else {
                let joins_clause = matches!(word, "while" | "because" | "although" | "though" | "when");
                if is_object && idx > start && (gap.has(Gap::COLON.or(Gap::DASH)) || joins_clause) {
                    return next;
                }
            }
        }
        end
    }

    /// Is there a finite verb in the next few words, so that a clause begins and no list goes on?
    fn has_verb_near(&self, at: usize) -> bool {
        let end = self.sentence.words.end.min(at + 7);
        (at + 1..end)
            .take_while(|&idx| !self.words.gap_before(idx).has(Gap::ANY))
            .any(|idx| self.is_finite_here(idx, at))
    }

    /// Where another cue's clause begins, if it is on a level with the one before: "…, adding that", "… but said".
    fn coordination(&self, start: usize, other: &CueHit) -> Option<usize> {
        let at = other.start;
        let gap = self.words.gap_before(at);
        match other.manner {
            Manner::According => return gap.has(Gap::COMMA.or(Gap::DASH)).then_some(other.words.start),
            Manner::Noun | Manner::Infinitive | Manner::Gerund | Manner::Reduced | Manner::Passive => return None,
            Manner::Participle => return gap.has(Gap::COMMA.or(Gap::DASH)).then_some(at),
            Manner::Finite => {}
        }
        match self.subject_before(at) {
            Subject::Elided if gap.has(Gap::COMMA.or(Gap::DASH)) => Some(at),
            Subject::Elided => {
                (start..at).rev().take(4).find(|&idx| matches!(self.words.folded(idx), "and" | "but" | "or" | "then"))
            }
            // "it saw no need, its governor said": the clause of the other cue closes before.
            Subject::Words(phrase)
                if phrase.start > start + 1
                    && self.words.gap_before(phrase.start).has(Gap::COMMA)
                    && self.closes(other) =>
            {
                Some(phrase.start)
            }
            Subject::Words(phrase) if phrase.start > start => {
                let joint = phrase.start - 1;
                let is_joint = matches!(self.words.folded(joint), "and" | "but" | "while" | "whereas");
                (is_joint && joint > start && self.words.gap_before(joint).has(Gap::COMMA)).then_some(joint)
            }
            _ => None,
        }
    }

    /// Does a verb of saying report what stands before it, for want of anything after it?
    fn closes(&self, hit: &CueHit) -> bool {
        let reports = [CueFrame::Say, CueFrame::Tell, CueFrame::Urge, CueFrame::Object]
            .into_iter()
            .filter(|frame| hit.has(*frame))
            .any(|frame| self.content_after(hit, frame).is_some());
        (hit.has(CueFrame::Say) || hit.has(CueFrame::Tell)) && !reports
    }

    /// The first place from `at` on that stands behind a mark, or the end of the sentence.
    pub(super) fn mark_after(&self, at: usize) -> usize {
        let end = self.sentence.words.end;
        (at..end)
            .find(|&idx| self.words.gap_after(idx).has(Gap::BREAKS) && !self.is_quoted(idx))
            .map_or(end, |idx| idx + 1)
    }

    /// The clause before `end` (a comma stands there), from the start of the sentence or the last strong mark.
    pub(super) fn content_before(&self, end: usize) -> Option<Range<usize>> {
        let first = self.sentence.words.start;
        let mut start = end;
        while start > first
            && !(start < end
                && self.words.gap_before(start).has(Gap::SEMICOLON.or(Gap::COLON))
                && !self.is_quoted(start - 1))
        {
            start -= 1;
        }
        let has_quote = (start..end).any(|idx| self.is_quoted(idx));
        (self.is_title && end - start >= 2 || end - start >= 3 && (has_quote || self.is_clause(&(start..end))))
            .then_some(start..end)
    }

    /// Is there a finite verb, as far as word classes tell? After "asked", "when" or "as" there must be a second one.
    pub(super) fn is_clause(&self, range: &Range<usize>) -> bool {
        let opens = english::is_opener(self.words.folded(range.start)) && !self.is_quoted(range.start);
        let is_finite = |idx: usize| {
            let word = self.words.folded(idx);
            match self.words.tag(idx) {
                Tag::Auxiliary => idx == range.start || self.words.tag(idx - 1) != Tag::Auxiliary,
                Tag::Verb => {
                    let is_linked = idx > range.start && matches!(self.words.tag(idx - 1), Tag::Auxiliary | Tag::To);
                    !word.ends_with("ing") && !is_linked
                }
                Tag::Pronoun => word.contains('\'') || self.words.all[idx].is_possessive,
                _ => english::verb_form(word) == english::VerbForm::Past,
            }
        };
        let n_least = if opens { 2 } else { 1 };
        range.clone().filter(|&idx| is_finite(idx)).take(n_least).count() == n_least
    }
}
