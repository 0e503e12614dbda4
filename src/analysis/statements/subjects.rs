//! Subjects: the noun phrase whose words a cue reports.
//!
//! From the verb group back over whatever a noun phrase is made of, until a mark, a verb or a word that no noun phrase
//! reaches over; adjuncts between subject and verb, appositions, brackets and relative clauses are stepped over. A
//! subject that is left out is that of the clause before. `O(n)` in the words of a sentence for each cue.

use std::ops::Range;

use super::clauses::{Clauses, CueHit, Manner};
use super::english;
use super::tags::Tag;
use super::words::Gap;

/// The longest noun phrase that is followed, in words; titles and appositions of news prose stay well below.
const MAX_PHRASE: usize = 18;

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
                match self.phrase_before(start) {
                    Some(phrase) => self.near_noun(phrase),
                    None => Subject::Elided,
                }
            }
            Manner::Infinitive | Manner::Gerund => Subject::Elided,
            Manner::Noun | Manner::Reduced | Manner::According => Subject::None,
        }
    }

    /// Of "a letter to the senate" before "saying" the phrase after its last preposition but "of".
    fn near_noun(&self, phrase: Range<usize>) -> Subject {
        Subject::Words(phrase)
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

    /// "activists clamoring to block the nomination", "voters who came to protest": from the last mark on, where
    /// nothing but relative clauses, participles and infinitives stands behind a noun.
    fn long_phrase_before(&self, end: usize) -> Option<Range<usize>> {
        let first = self.sentence.words.start;
        let mut start = end;
        while start > first && end - start < 2 * MAX_PHRASE {
            let before = start - 1;
            let is_joint = matches!(
                self.words.folded(before),
                "that" | "while" | "but" | "because" | "if" | "when" | "as" | "although" | "though" | "whether"
            );
            if self.is_quoted(before) || self.words.gap_before(start).has(Gap::ANY) && start < end || is_joint {
                break;
            }
            start = before;
        }
        let phrase = self.without_opener(start..end);
        let head = phrase.start;
        let opens = matches!(
            self.words.tag(head),
            Tag::Noun | Tag::Name | Tag::Determiner | Tag::Adjective | Tag::Number | Tag::Pronoun
        );
        if !opens
            || phrase.len() < 2
            || self.words.tag(head) == Tag::Pronoun && !english::is_stand_in(self.words.folded(head))
        {
            return None;
        }
        // The first verb must be of a relative clause, a participle or an infinitive.
        let verb = phrase.clone().find(|&idx| {
            matches!(self.words.tag(idx), Tag::Verb | Tag::Auxiliary | Tag::To | Tag::Subordinator) && idx > head
                || self.words.folded(idx) == "who"
        })?;
        let word = self.words.folded(verb);
        let is_modifier = matches!(word, "who" | "that" | "which" | "whose")
            || self.words.tag(verb) == Tag::To
            || self.words.tag(verb) == Tag::Verb && (word.ends_with("ing") || word.ends_with("ed"));
        let n_finite = (verb..phrase.end)
            .filter(|&idx| self.is_finite_verb(idx) && !matches!(self.words.tag(idx - 1), Tag::Auxiliary | Tag::Adverb))
            .count();
        let n_relative = (verb..phrase.end)
            .filter(|&idx| matches!(self.words.folded(idx), "who" | "that" | "which" | "whose"))
            .count();
        let n_allowed = n_relative + usize::from(word.ends_with("ed"));
        (is_modifier && n_finite <= n_allowed).then_some(phrase)
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
            if let Some(phrase) = self.phrase_before(start)
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

    /// The noun phrase that ends before `end`.
    pub(super) fn phrase_before(&self, end: usize) -> Option<Range<usize>> {
        let first = self.sentence.words.start;
        let mut start = end;
        while start > first && end - start < MAX_PHRASE {
            let at = start - 1;
            if self.is_quoted(at) {
                break;
            }
            let gap = self.words.gap_after(at);
            if start < end && gap.has(Gap::ANY) {
                break;
            }
            // A bracket belongs to what stands before it: "Sen. Smith (R-Iowa)".
            if start == end
                && gap.has(Gap::BRACKET)
                && let Some(open) = self.bracket_before(end)
            {
                start = open;
                if start == first || self.words.gap_before(start).has(Gap::COMMA.or(Gap::STOP).or(Gap::COLON)) {
                    break;
                }
                // The opening bracket stands in the gap before.
                start -= 1;
                continue;
            }
            let tag = self.words.tag(at);
            let word = self.words.folded(at);
            if tag == Tag::Pronoun {
                // A pronoun is a phrase of its own.
                let is_whole = at + 1 == end || matches!(self.words.folded(at + 1), "of" | "in" | "who" | "and");
                if is_whole || self.words.all[at].is_possessive {
                    start = at;
                }
                break;
            }
            let is_cue = self.hits.iter().any(|hit| hit.manner != Manner::Noun && hit.words.contains(&at));
            let is_modifier = tag == Tag::Verb && self.modifies(at, end);
            let joins = tag == Tag::Coordinator && self.joins_phrases(at, end);
            if is_cue && !is_modifier
                || tag == Tag::Auxiliary
                || tag == Tag::To
                || tag == Tag::Verb && !is_modifier
                || tag == Tag::Coordinator && !joins
                || tag == Tag::Subordinator
                || word == "as"
                || tag == Tag::Other && !self.words.all[at].is_capital
            {
                break;
            }
            start = at;
        }
        let phrase = self.without_opener(start..end);
        (!phrase.is_empty()
            && self.words.slice(&phrase).iter().any(|word| {
                matches!(
                    word.tag,
                    Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Number | Tag::Adjective | Tag::Determiner | Tag::Verb
                )
            }))
        .then_some(phrase)
    }

    /// The first word of the bracket that closes before `end`.
    fn bracket_before(&self, end: usize) -> Option<usize> {
        let first = self.sentence.words.start;
        (first.max(end.saturating_sub(8))..end - 1)
            .rev()
            .find(|&idx| self.words.gap_after(idx).has(Gap::BRACKET))
            .map(|idx| idx + 1)
    }

    /// "the leading party", "its proposed law", "registered voters": a verb form that a noun follows.
    fn modifies(&self, at: usize, end: usize) -> bool {
        let word = self.words.folded(at);
        let is_form = word.ends_with("ing") || word.ends_with("ed") || self.words.all[at].is_capital;
        let has_noun = at + 1 < end && matches!(self.words.tag(at + 1), Tag::Noun | Tag::Name | Tag::Adjective);
        let is_inside = at > self.sentence.words.start
            && !self.words.gap_before(at).has(Gap::ANY)
            && (matches!(self.words.tag(at - 1), Tag::Determiner | Tag::Adjective | Tag::Preposition | Tag::Number)
                || self.words.all[at - 1].is_possessive);
        let begins = at == self.sentence.words.start && word.ends_with("ed");
        is_form && has_noun && (is_inside || begins) || self.words.all[at].is_capital && at > self.sentence.words.start
    }

    /// "Smith and Jones", "officials and diplomats", "the budget and the treasury".
    fn joins_phrases(&self, and: usize, end: usize) -> bool {
        let first = self.sentence.words.start;
        if and <= first || and + 1 >= end || self.words.gap_before(and).has(Gap::ANY) {
            return false;
        }
        let is_capital = |idx: usize| self.words.all.get(idx).is_some_and(|word| word.is_capital);
        let is_noun = |idx: usize| matches!(self.words.tag(idx), Tag::Noun | Tag::Name);
        let opens = |idx: usize| {
            matches!(self.words.tag(idx), Tag::Noun | Tag::Name | Tag::Adjective | Tag::Determiner | Tag::Number)
        };
        let is_adjective = |idx: usize| matches!(self.words.tag(idx), Tag::Adjective | Tag::Noun | Tag::Name);
        is_capital(and + 1) && is_capital(and - 1)
            || is_adjective(and - 1) && is_adjective(and + 1) && !is_noun(and - 1)
            || is_noun(and - 1)
                && opens(and + 1)
                && self.words.folded(and) == "and"
                && !is_capital(and + 1)
                && self.words.folded(end - 1).ends_with('s')
    }

    /// "On Monday Smith" → "Smith"; "In Seoul the minister" → "the minister".
    fn without_opener(&self, phrase: Range<usize>) -> Range<usize> {
        let mut start = phrase.start;
        while start < phrase.end {
            let word = self.words.folded(start);
            let is_adverb = english::is_mid_adverb(word)
                || self.words.tag(start) == Tag::Adverb && !self.words.all[start].is_capital;
            let is_joint = self.words.tag(start) == Tag::Coordinator;
            if is_adverb || is_joint || english::is_time(word) && !self.is_counted(start, phrase.end) {
                start += 1;
            } else {
                break;
            }
        }
        if start >= phrase.end || self.words.tag(start) != Tag::Preposition {
            return start.min(phrase.end)..phrase.end;
        }
        let mut names = phrase.end;
        while names > start + 1 && self.words.all.get(names - 1).is_some_and(|word| word.is_capital) {
            names -= 1;
        }
        while names < phrase.end && english::is_time(self.words.folded(names)) {
            names += 1;
        }
        if names < phrase.end {
            let before = names - 1;
            let has_article = before > start && self.words.tag(before) == Tag::Determiner;
            return if has_article { before..phrase.end } else { names..phrase.end };
        }
        let article = (start + 2..phrase.end).rev().find(|&idx| {
            self.words.tag(idx) == Tag::Pronoun
                || self.words.tag(idx) == Tag::Determiner && self.words.tag(idx - 1) != Tag::Preposition
        });
        article.map_or(start..phrase.end, |article| article..phrase.end)
    }

    /// "29 ambassadors", "56 percent of voters": a number that counts.
    fn is_counted(&self, at: usize, end: usize) -> bool {
        self.words.folded(at).starts_with(|c: char| c.is_ascii_digit())
            && at + 1 < end
            && !english::is_time(self.words.folded(at + 1))
    }

    /// The noun phrase that begins at `start`: `said the head of the council on Monday`.
    pub(super) fn phrase_after(&self, start: usize) -> Option<Range<usize>> {
        let mut end = start;
        while end < self.sentence.words.end && end - start < MAX_PHRASE && !self.is_quoted(end) {
            let word = self.words.folded(end);
            let tag = self.words.tag(end);
            let is_capital = self.words.all[end].is_capital;
            let is_join = tag == Tag::Coordinator && word == "and" && self.joins_names(end, start);
            let is_verb =
                tag == Tag::Verb && !is_capital && end > start && !self.modifies(end, self.sentence.words.end);
            let is_break = tag == Tag::Coordinator && !is_join
                || matches!(tag, Tag::Subordinator | Tag::Auxiliary | Tag::To)
                || is_verb
                || english::is_time(word) && !word.starts_with(|c: char| c.is_ascii_digit()) && end > start
                || tag == Tag::Preposition && !matches!(word, "of" | "for" | "to")
                || tag == Tag::Pronoun && end > start
                || end > start && self.begins_another(start, end)
                || self.hits.iter().any(|hit| hit.words.contains(&end) && hit.manner != Manner::Noun);
            if is_break {
                break;
            }
            end += 1;
            if self.words.gap_after(end - 1).has(Gap::ANY) || tag == Tag::Pronoun {
                break;
            }
        }
        (end > start).then_some(start..end)
    }

    /// "told reporters the plan", "told voters Smith": a second noun phrase after the first.
    fn begins_another(&self, start: usize, at: usize) -> bool {
        let before = self.words.tag(at - 1);
        let is_article = self.words.tag(at) == Tag::Determiner
            && !matches!(before, Tag::Preposition | Tag::Coordinator | Tag::Determiner);
        let word = &self.words.all[at - 1];
        let is_name = self.words.all[at].is_capital
            && before == Tag::Noun
            && !word.is_capital
            && word.folded.ends_with('s')
            && at > start;
        is_article || is_name
    }

    /// "Smith and Jones".
    fn joins_names(&self, and: usize, first: usize) -> bool {
        let is_capital = |idx: usize| self.words.all.get(idx).is_some_and(|word| word.is_capital);
        and > first && is_capital(and + 1) && is_capital(and - 1)
    }

    /// The subject of the sentence's first clause.
    pub(super) fn main_subject(&self) -> Option<Range<usize>> {
        let (first, end) = (self.sentence.words.start, self.sentence.words.end);
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

    fn is_finite_verb(&self, at: usize) -> bool {
        match self.words.tag(at) {
            Tag::Auxiliary => !matches!(self.words.folded(at), "be" | "been" | "being"),
            Tag::Verb => {
                let word = self.words.folded(at);
                !word.ends_with("ing") && (at == self.sentence.words.start || self.words.tag(at - 1) != Tag::To)
            }
            _ => self.hits.iter().any(|hit| hit.is_finite() && hit.words.contains(&at)),
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
