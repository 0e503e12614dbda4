//! Subjects: the noun phrase whose words a cue reports.
//!
//! From the verb group back over whatever a noun phrase is made of, until a mark, a verb or a word that no noun phrase
//! reaches over; adjuncts between subject and verb, appositions, brackets and relative clauses are stepped over. A
//! subject that is left out is that of the clause before. `O(n)` in the words of a sentence for each cue.

use std::ops::Range;

use super::clauses::{Clauses, CueHit, Manner};
use super::english;
use super::phrases::MAX_PHRASE;
use super::tags::Tag;
use super::words::Gap;

/// Where the subject of a cue is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The noun phrase itself.
    Words(Range<usize>),
    /// "who": the phrase it stands for, and the pronoun.
    Relative(Range<usize>, usize),
    /// Left out: it is that of the clause before ("…, adding that").
    Elided,
    None,
}

impl Subject {
    /// The noun phrase, also where a pronoun stands for it.
    pub(super) fn phrase(self) -> Option<Range<usize>> {
        match self {
            Self::Words(phrase) | Self::Relative(phrase, _) => Some(phrase),
            Self::Elided | Self::None => None,
        }
    }
}

impl Clauses<'_> {
    /// The subject of a cue, as its manner has it.
    pub(super) fn subject_of(&self, hit: &CueHit) -> Subject {
        match hit.manner {
            Manner::Finite | Manner::Passive => self.subject_before(hit.start),
            Manner::Participle => {
                let start = hit.start;
                let is_marked = start == self.sentence.words.start || self.words.gap_before(start).has(Gap::ANY);
                // "videos showing", "a statement saying": the noun itself speaks.
                if is_marked || matches!(self.words.tag(start - 1), Tag::Coordinator | Tag::Verb) {
                    return Subject::Elided;
                }
                // "spent the day explaining": no day explains.
                (self.phrase_before(start))
                    .filter(|phrase| !english::is_time(self.words.folded(phrase.end - 1)))
                    .map_or(Subject::Elided, Subject::Words)
            }
            Manner::Infinitive | Manner::Gerund => Subject::Elided,
            Manner::Noun | Manner::Reduced | Manner::According => Subject::None,
        }
    }

    /// The subject before a verb group that begins at `end`.
    pub(super) fn subject_before(&self, end: usize) -> Subject {
        let first = self.sentence.words.start;
        let end = self.without_adjuncts(end);
        if end == first {
            return Subject::None;
        }
        let gap = self.words.gap_before(end);
        if self.is_quoted(end - 1) || gap.has(Gap::QUOTE.or(Gap::STOP).or(Gap::COLON)) {
            // "Humphrey, who calls him a “fool”, said".
            let insertion = if gap.has(Gap::COMMA) { self.before_insertion(end) } else { None };
            let without = if gap.has(Gap::COMMA) && self.is_quoted(end - 1) { Subject::Elided } else { Subject::None };
            return insertion.map_or(without, Subject::Words);
        }
        let word = self.words.folded(end - 1);
        match word {
            "and" | "but" | "or" | "then" | "nor" => return Subject::Elided,
            "who" | "which" | "that" if !gap.has(Gap::ANY) => {
                let antecedent = self.phrase_before(end - 1).or_else(|| self.before_insertion(end - 1));
                return match antecedent {
                    Some(phrase) => Subject::Relative(self.antecedent(phrase), end - 1),
                    None if word == "who" => Subject::Words(end - 1..end),
                    None => Subject::None,
                };
            }
            _ => {}
        }
        if gap.has(Gap::COMMA.or(Gap::DASH).or(Gap::SEMICOLON)) {
            return self.before_insertion(end).map_or(Subject::Elided, Subject::Words);
        }
        let near = self.phrase_before(end);
        let is_cut = near.as_ref().is_none_or(|phrase| {
            phrase.start > first
                && !self.words.gap_before(phrase.start).has(Gap::ANY)
                && (matches!(self.words.tag(phrase.start - 1), Tag::Verb | Tag::To)
                    || self.words.folded(phrase.start - 1) == "who")
        });
        let whole = if is_cut { self.long_phrase_before(end) } else { None };
        whole.or(near).map_or(Subject::None, Subject::Words)
    }

    /// Steps back over "on Wednesday", "this week", "also" between subject and verb.
    fn without_adjuncts(&self, end: usize) -> usize {
        let first = self.sentence.words.start;
        let mut at = end;
        while at > first && !self.words.gap_before(at).has(Gap::ANY) && !self.is_quoted(at - 1) {
            let before = at - 1;
            let word = self.words.folded(before);
            let is_adverb = english::is_mid_adverb(word)
                || self.words.tag(before) == Tag::Adverb && !self.words.all[before].is_capital;
            if !(is_adverb || english::is_time(word)) {
                break;
            }
            at = before;
        }
        // "on Wednesday", "in recent days", "in particular"
        let is_phrase =
            |start: usize| matches!(self.words.folded(start), "on" | "in" | "at" | "during" | "earlier" | "for");
        if at > first && at < end && is_phrase(at - 1) && !self.words.gap_before(at).has(Gap::ANY) {
            at -= 1;
        } else if at > first + 1
            && self.words.folded(at - 2) == "in"
            && matches!(self.words.folded(at - 1), "particular" | "turn" | "part" | "effect" | "general" | "fact")
        {
            at -= 2;
        }
        // Nothing is left of the subject: what was stepped over was it ("Tuesday brought").
        let is_empty = at == first || self.words.gap_before(at).has(Gap::QUOTE.or(Gap::STOP).or(Gap::COLON));
        if is_empty { end } else { at }
    }

    /// "John Smith, head of the council, said": the phrase before the insertion, and the insertion with it.
    fn before_insertion(&self, end: usize) -> Option<Range<usize>> {
        let first = self.sentence.words.start;
        let mut start = end;
        for _ in 0..4 {
            if start <= first {
                return None;
            }
            start -= 1;
            while start > first
                && !self
                    .words
                    .gap_before(start)
                    .has(Gap::COMMA.or(Gap::DASH).or(Gap::SEMICOLON).or(Gap::COLON).or(Gap::STOP))
            {
                start -= 1;
            }
            if start == first
                || self.is_quoted(start - 1)
                || !self.words.gap_before(start).has(Gap::COMMA.or(Gap::DASH))
                || end - start > 3 * MAX_PHRASE
            {
                return None;
            }
            // An insertion is no clause of its own: it begins with "who", a noun phrase, a number, "which".
            // "Ann Hill, like John Smith, said"
            let is_compared = |phrase: &Range<usize>| {
                phrase.start > first && matches!(self.words.folded(phrase.start - 1), "like" | "unlike")
            };
            if let Some(phrase) = self.phrase_before(start)
                && !is_compared(&phrase)
                && self.is_nominal(&phrase)
                && (self.words.tag(start) != Tag::Coordinator)
            {
                return Some(phrase.start..end);
            }
        }
        None
    }

    /// Begins like a noun phrase that can speak: a capital, a determiner, a pronoun, a plural.
    fn is_nominal(&self, phrase: &Range<usize>) -> bool {
        self.words.slice(phrase).iter().any(|word| word.is_capital)
            || matches!(self.words.tag(phrase.start), Tag::Determiner | Tag::Number)
    }

    /// The part of a phrase that a relative pronoun goes back to: after its last preposition but "of" and "for".
    fn antecedent(&self, phrase: Range<usize>) -> Range<usize> {
        let cut = phrase.clone().rev().find(|&idx| {
            let word = self.words.folded(idx);
            self.words.tag(idx) == Tag::Preposition && !matches!(word, "of" | "for" | "at" | "in" | "from" | "with")
                || self.words.tag(idx) == Tag::To
        });
        match cut {
            Some(idx) if idx + 1 < phrase.end => idx + 1..phrase.end,
            _ => phrase,
        }
    }

    /// The subject of the sentence's first clause.
    pub(super) fn main_subject(&self) -> Option<Range<usize>> {
        let (first, end) = (self.after_dateline(), self.sentence.words.end);
        let mut start = first;
        let word = self.words.folded(first);
        let is_opening = english::is_opener(word)
            || word.ends_with("ing")
            || english::is_mid_adverb(word)
            || self.words.gap_after(first).has(Gap::COMMA);
        if is_opening
            && let Some(comma) = (first..end.min(first + 25)).find(|&idx| self.words.gap_after(idx).has(Gap::COMMA))
        {
            start = comma + 1;
        }
        let phrase = self.phrase_after(start)?;
        let stop = phrase.clone().skip(1).find(|&idx| {
            let is_capital = self.words.all.get(idx).is_some_and(|word| word.is_capital);
            !is_capital
                && english::verb_form(self.words.folded(idx)) == english::VerbForm::Past
                && self.words.tag(idx) == Tag::Verb
        });
        Some(phrase.start..stop.unwrap_or(phrase.end))
    }

    /// Behind "BRUSSELS (AP) —" or "OSLO, May 3 -", where a sentence begins so.
    fn after_dateline(&self) -> usize {
        let first = self.sentence.words.start;
        let end = self.sentence.words.end.min(first + 9);
        let is_upper = self.words.slice(&(first..first + 1)).first().is_some_and(|word| {
            let raw = word.range.of(self.words.text);
            raw.chars().count() >= 3 && raw.chars().all(char::is_uppercase)
        });
        let dash =
            (first..end).find(|&idx| idx + 1 < self.sentence.words.end && self.words.gap_after(idx).has(Gap::DASH));
        match dash.filter(|_| is_upper) {
            Some(dash)
                if !(first..dash + 1).any(|idx| {
                    matches!(self.words.tag(idx), Tag::Verb | Tag::Auxiliary) && !self.words.all[idx].is_capital
                }) =>
            {
                dash + 1
            }
            _ => first,
        }
    }

    /// The subject of the clause before `before`, for one that leaves out its own. The finite verbs are tried from the
    /// nearest back; one inside a relative clause is not on a level with it.
    pub(super) fn earlier_subject(&self, before: usize) -> Option<Range<usize>> {
        let first = self.sentence.words.start;
        let mut at = before;
        while at > first {
            at -= 1;
            if self.is_quoted(at) || !self.is_finite_verb(at) {
                continue;
            }
            let start = self.group_start(at);
            match self.subject_before(start) {
                Subject::Words(phrase) if !self.is_subordinate(phrase.start) => return Some(phrase),
                _ => at = start,
            }
        }
        self.main_subject().filter(|phrase| phrase.end <= before)
    }

    pub(super) fn is_finite_verb(&self, at: usize) -> bool {
        match self.words.tag(at) {
            Tag::Auxiliary => !matches!(self.words.folded(at), "be" | "been" | "being"),
            Tag::Verb => {
                let word = self.words.folded(at);
                !word.ends_with("ing") && (at == self.sentence.words.start || self.words.tag(at - 1) != Tag::To)
            }
            _ => self.hits.iter().any(|hit| hit.is_finite() && hit.words.start == at),
        }
    }

    pub(super) fn group_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > self.sentence.words.start
            && !self.words.gap_before(start).has(Gap::ANY)
            && matches!(self.words.tag(start - 1), Tag::Auxiliary | Tag::Adverb)
        {
            start -= 1;
        }
        start
    }

    /// Does a clause that begins at `start` hang on "that", "because", "if"?
    fn is_subordinate(&self, start: usize) -> bool {
        start > self.sentence.words.start
            && !self.words.gap_before(start).has(Gap::ANY)
            && (self.words.tag(start - 1) == Tag::Subordinator
                || self.hits.iter().any(|hit| hit.words.end == start && hit.is_finite()))
    }
}
