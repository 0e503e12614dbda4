//! Noun phrases: where one ends that begins here, and where one begins that ends here.
//!
//! A walk over word classes until a mark, a verb or a word that no noun phrase reaches over; brackets, compounds,
//! participles that modify a noun and names joined by "and" belong to it. `O(n)` in its words.

use std::ops::Range;

use super::clauses::{Clauses, Manner};
use super::english;
use super::tags::Tag;
use super::words::Gap;

/// The longest noun phrase that is followed, in words; titles and appositions of news prose stay well below.
pub(super) const MAX_PHRASE: usize = 18;

impl Clauses<'_> {
    /// "activists clamoring to block the nomination", "voters who came to protest": from the last mark on, where
    /// nothing but relative clauses, participles and infinitives stands behind a noun.
    pub(super) fn long_phrase_before(&self, end: usize) -> Option<Range<usize>> {
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
            if tag == Tag::Pronoun {
                // A pronoun is a phrase of its own.
                let is_whole = at + 1 == end || matches!(self.words.folded(at + 1), "of" | "in" | "who" | "and");
                if is_whole || self.words.all[at].is_possessive {
                    start = at;
                }
                break;
            }
            if self.ends_phrase(at, end) {
                break;
            }
            start = at;
            // "In a statement the ministers": a second noun phrase begins at its article.
            let is_second = at > first
                && tag == Tag::Determiner
                && matches!(self.words.folded(at), "the" | "a" | "an")
                && self.words.tag(at - 1) == Tag::Noun
                && !self.words.all[at - 1].is_possessive
                && !english::is_time(self.words.folded(at - 1));
            if is_second {
                break;
            }
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

    /// Does a noun phrase that ends before `end` not reach back over this word?
    fn ends_phrase(&self, at: usize, end: usize) -> bool {
        let tag = self.words.tag(at);
        let is_cue = self.hits.iter().any(|hit| hit.manner != Manner::Noun && hit.words.contains(&at));
        let is_modifier = tag == Tag::Verb && self.modifies(at, end);
        let joins = tag == Tag::Coordinator && self.joins_phrases(at, end);
        is_cue && !is_modifier
            || tag == Tag::Auxiliary
            || tag == Tag::To
            || tag == Tag::Verb && !is_modifier
            || tag == Tag::Coordinator && !joins
            || tag == Tag::Subordinator
            || self.words.folded(at) == "as"
            || tag == Tag::Other && !self.words.all[at].is_capital
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
            let tag = self.words.tag(start);
            let is_adverb = tag != Tag::Determiner && english::is_mid_adverb(word)
                || tag == Tag::Adverb && !self.words.all[start].is_capital;
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
                || tag == Tag::Preposition
                    && !matches!(word, "of" | "for" | "to")
                    && !(word == "with" && end > start && self.words.tag(end - 1) == Tag::Adjective)
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
}
