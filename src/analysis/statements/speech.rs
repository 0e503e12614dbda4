//! Whether a clause says that somebody said something: who can speak, and what is only asked, denied or supposed.
//!
//! A verb of saying is taken at its word; a verb of thought or intent wants a subject that thinks. `O(n)` in the words
//! of a noun phrase.

use std::ops::Range;

use super::clauses::{Clauses, CueHit};
use super::tags::Tag;
use super::words::Gap;
use super::{english, nouns};
use crate::codebook::CueFrame;

impl Clauses<'_> {
    /// "did not say", "never said", "neither said".
    pub(super) fn is_negated(&self, hit: &CueHit) -> bool {
        (hit.start..hit.words.start).any(|idx| english::is_negation(self.words.folded(idx)))
    }

    /// May the subject of a verb of thought or intent be one who thinks? Names, persons and bodies may, and documents
    /// where they show something. What "would" or "could" be said is not said.
    pub(super) fn can_speak(&self, hit: &CueHit, subject: Option<&Range<usize>>, relative: Option<usize>) -> bool {
        let is_modal = |idx: usize| english::is_modal(self.words.folded(idx)) || self.words.folded(idx) == "will";
        if (hit.start..hit.words.start).any(is_modal) {
            return false;
        }
        if relative.is_some_and(|pronoun| self.words.folded(pronoun) != "who") {
            return false;
        }
        let Some(phrase) = subject else { return true };
        let head = self.head(phrase);
        let word = self.words.folded(head);
        if nouns::is_showing(self.words.folded(hit.words.start)) && hit.words.len() == 1 {
            return nouns::is_evidence(word);
        }
        match self.words.tag(head) {
            Tag::Pronoun if english::bare(word) == "it" => self.knows_it || self.follows_name(phrase.start),
            Tag::Pronoun => !matches!(
                english::bare(word),
                "this" | "that" | "what" | "something" | "nothing" | "everything" | "there" | "which"
            ),
            Tag::Name => true,
            _ if self.words.all[head].is_capital => true,
            _ if phrase.len() == 1 && matches!(word, "one" | "another" | "several" | "both" | "two" | "three") => true,
            _ if nouns::is_staff(word) && phrase.len() == 2 => {
                matches!(self.words.folded(phrase.start), "his" | "her" | "its" | "their")
            }
            _ => nouns::is_people(word) || hit.has(CueFrame::Say) && nouns::is_evidence(word),
        }
    }

    /// "The council is silent, but it has called on …": the sentence named what "it" may stand for.
    fn follows_name(&self, pronoun: usize) -> bool {
        self.main_subject()
            .is_some_and(|phrase| phrase.end <= pronoun && self.words.slice(&phrase).iter().any(|word| word.is_capital))
    }

    /// "what he said", "if she says so", "whether they said": nothing is reported as said.
    pub(super) fn hangs_on_question(&self, start: usize) -> bool {
        start > self.sentence.words.start
            && !self.words.gap_before(start).has(Gap::ANY)
            && matches!(
                self.words.folded(start - 1),
                "what" | "if" | "whether" | "until" | "unless" | "how" | "why" | "where" | "whatever"
            )
    }

    /// The head noun of a phrase: the last noun before a preposition, a mark or a relative clause.
    pub(super) fn head(&self, phrase: &Range<usize>) -> usize {
        let mut head = phrase.start;
        for idx in phrase.clone() {
            let tag = self.words.tag(idx);
            let is_break = matches!(tag, Tag::Preposition | Tag::To | Tag::Subordinator | Tag::Auxiliary)
                || idx > phrase.start && tag == Tag::Pronoun
                || tag == Tag::Verb && idx > phrase.start && !self.words.all[idx].is_capital && head > phrase.start;
            if is_break && idx > phrase.start {
                break;
            }
            head = idx;
            if self.words.gap_after(idx).has(Gap::ANY) {
                break;
            }
        }
        head
    }

    /// A name, a pronoun for a person, or a word for a person or a body of people.
    pub(super) fn is_person(&self, phrase: &Range<usize>) -> bool {
        let head = self.head(phrase);
        let word = self.words.folded(head);
        match self.words.tag(head) {
            Tag::Pronoun => matches!(english::bare(word), "he" | "she" | "they" | "who"),
            _ => self.words.all.get(head).is_some_and(|word| word.is_capital) || nouns::is_people(word),
        }
    }
}
