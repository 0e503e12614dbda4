//! The plain reader of clauses: where a cue stands, whose words it reports, and how far they go.
//!
//! No parse tree. A subject is the noun phrase that touches the cue, found by walking over words until a mark or a word
//! that no noun phrase reaches over; content runs from the cue to the end of its clause. Every rule is about English
//! grammar, none about a subject matter. `O(n)` in the words of a sentence for each cue.

use std::ops::Range;

use super::english::{self, VerbForm};
use super::lexicon::Lexicon;
use super::words::{Gap, Sentence, Words};
use crate::codebook::CueFrame;

/// The longest noun phrase that is followed, in words; titles and appositions of news prose stay well below.
const MAX_PHRASE: usize = 16;

/// A cue in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CueHit {
    pub words: Range<usize>,
    pub cue_idx: usize,
    pub frame: CueFrame,
    pub form: VerbForm,
}

/// Where the subject of a cue is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The noun phrase itself.
    Words(Range<usize>),
    /// Left out: it is that of the clause before ("…, adding that").
    Elided,
    None,
}

/// A sentence with what the rules need to know about it.
pub(super) struct Clauses<'a> {
    pub words: &'a Words<'a>,
    pub sentence: &'a Sentence,
    /// For every word of the sentence: does it stand inside a quotation?
    pub is_quoted: Vec<bool>,
    pub hits: Vec<CueHit>,
}

impl<'a> Clauses<'a> {
    pub(super) fn new(
        words: &'a Words<'a>,
        sentence: &'a Sentence,
        quotes: &[Range<usize>],
        lexicon: &Lexicon<'_>,
    ) -> Self {
        let is_quoted = sentence.words.clone().map(|idx| quotes.iter().any(|quote| quote.contains(&idx))).collect();
        let mut clauses = Self { words, sentence, is_quoted, hits: Vec::new() };
        clauses.hits = clauses.find_cues(lexicon);
        clauses
    }

    pub(super) fn is_quoted(&self, idx: usize) -> bool {
        idx.checked_sub(self.sentence.words.start).and_then(|at| self.is_quoted.get(at)).copied().unwrap_or(false)
    }

    fn find_cues(&self, lexicon: &Lexicon<'_>) -> Vec<CueHit> {
        let mut hits = Vec::new();
        let mut at = self.sentence.words.start;
        let in_reach = self.words.all.get(..self.sentence.words.end).unwrap_or_default();
        while at < self.sentence.words.end {
            let found = if self.is_quoted(at) { None } else { lexicon.cues.longest_at(in_reach, at) };
            let hit = found.and_then(|(len, cues)| {
                let cue_idx = *cues.first()?;
                let frame = lexicon.cue(cue_idx)?.frame;
                let form = english::verb_form(self.words.folded(at));
                Some(CueHit { words: at..at + len, cue_idx, frame, form })
            });
            match hit {
                Some(hit) if self.is_verb(&hit) => {
                    at = hit.words.end;
                    hits.push(hit);
                }
                _ => at += 1,
            }
        }
        hits
    }

    /// Is the cue a finite verb of saying here, and not a noun, a passive or an infinitive?
    fn is_verb(&self, hit: &CueHit) -> bool {
        if hit.frame == CueFrame::According {
            return true;
        }
        let start = hit.words.start;
        if start == self.sentence.words.start {
            return true;
        }
        let gap = self.words.gap_before(start);
        if gap.has(Gap::ANY) {
            return true;
        }
        let before = start - 1;
        let word = self.words.folded(before);
        if self.words.all.get(start).is_some_and(|word| word.is_capital) && !self.is_title_case() {
            // Part of a name: "the United States".
            return false;
        }
        let is_owner = self.words.all.get(before).is_some_and(|word| word.is_possessive);
        let starts_with_be = english::is_be(self.words.folded(start));
        if english::is_determiner(word) && !matches!(word, "all" | "many" | "most" | "some" | "several") || is_owner {
            return false;
        }
        if english::is_negation(word) || english::is_modal(word) && hit.form == VerbForm::Base {
            return false;
        }
        match hit.form {
            VerbForm::Past => !self.is_after_be(start) || starts_with_be,
            VerbForm::Participle => {
                let next = self.words.folded(hit.words.end);
                let is_reporting = self.words.folded(start) == "saying" || next == "that" || english::is_be(word);
                is_reporting && !matches!(word, "without" | "of" | "for" | "to")
            }
            VerbForm::Base => !english::is_preposition(word),
            VerbForm::Third => !english::is_preposition(word),
        }
    }

    /// Is the sentence a headline in capitals?
    fn is_title_case(&self) -> bool {
        let slice = self.words.slice(&self.sentence.words);
        let n_capitals = slice.iter().filter(|word| word.is_capital).count();
        3 * n_capitals > 2 * slice.len()
    }

    /// "was (widely) reported": a form of *be* before, adverbs aside.
    fn is_after_be(&self, start: usize) -> bool {
        let mut at = start;
        while at > self.sentence.words.start && english::is_mid_adverb(self.words.folded(at - 1)) {
            at -= 1;
            if matches!(self.words.folded(at), "has" | "have" | "had") {
                return false;
            }
        }
        at > self.sentence.words.start && english::is_be(self.words.folded(at - 1))
    }

    /// The subject before a cue.
    pub(super) fn subject_before(&self, hit: &CueHit) -> Subject {
        let first = self.sentence.words.start;
        let mut end = hit.words.start;
        while end > first {
            let word = self.words.folded(end - 1);
            let is_between = english::is_mid_adverb(word)
                || word == "is" && hit.form == VerbForm::Participle
                || matches!(word, "are" | "was" | "were") && hit.form == VerbForm::Participle
                || matches!(word, "did" | "does" | "do");
            if !is_between || self.is_quoted(end - 1) || self.words.gap_before(end).has(Gap::QUOTE) {
                break;
            }
            end -= 1;
        }
        if end == first {
            return Subject::None;
        }
        let gap = self.words.gap_before(end);
        if self.is_quoted(end - 1) || gap.has(Gap::QUOTE.or(Gap::STOP).or(Gap::COLON)) {
            return Subject::None;
        }
        match self.words.folded(end - 1) {
            "and" | "but" | "or" | "then" => return Subject::Elided,
            "who" | "which" | "that" => return self.phrase_before(end - 1),
            _ => {}
        }
        if gap.has(Gap::COMMA.or(Gap::DASH).or(Gap::BRACKET).or(Gap::SEMICOLON)) {
            return if hit.form == VerbForm::Participle { Subject::Elided } else { self.before_apposition(end) };
        }
        if hit.form == VerbForm::Participle && !self.has_be_before(hit.words.start) {
            return Subject::Elided;
        }
        self.phrase_before(end)
    }

    fn has_be_before(&self, start: usize) -> bool {
        start > self.sentence.words.start && english::is_be(self.words.folded(start - 1))
    }

    /// `John Smith, head of the council, said`: the phrase before the insertion, and the insertion with it.
    fn before_apposition(&self, end: usize) -> Subject {
        let first = self.sentence.words.start;
        let mut start = end;
        for _ in 0..3 {
            start -= 1;
            while start > first && !self.words.gap_before(start).has(Gap::ANY) && !self.is_quoted(start - 1) {
                start -= 1;
            }
            if start == first
                || self.is_quoted(start - 1)
                || !self.words.gap_before(start).has(Gap::COMMA.or(Gap::DASH).or(Gap::BRACKET))
            {
                return Subject::Elided;
            }
            if end - start > 2 * MAX_PHRASE {
                return Subject::Elided;
            }
            if let Subject::Words(phrase) = self.phrase_before(start)
                && self.is_nominal(&phrase)
            {
                return Subject::Words(phrase.start..end);
            }
        }
        Subject::Elided
    }

    /// Begins like a noun phrase: a capital, a determiner, a number or a pronoun.
    fn is_nominal(&self, phrase: &Range<usize>) -> bool {
        self.words.slice(phrase).iter().any(|word| word.is_capital)
            || english::is_determiner(self.words.folded(phrase.start))
    }

    /// The noun phrase that ends before `end`.
    fn phrase_before(&self, end: usize) -> Subject {
        let first = self.sentence.words.start;
        let mut start = end;
        while start > first && end - start < MAX_PHRASE {
            let at = start - 1;
            let word = self.words.folded(at);
            let is_marked = start < end && self.words.gap_after(at).has(Gap::ANY);
            let joins = word == "and" && self.joins_names(at, first);
            let is_cue = self.hits.last().is_some_and(|hit| hit.words.contains(&at));
            if is_marked
                || self.is_quoted(at)
                || is_cue
                || english::is_auxiliary(word)
                || (english::is_phrase_break(word) && !joins)
            {
                break;
            }
            start = at;
        }
        let phrase = self.without_opener(start..end);
        if phrase.is_empty() { Subject::None } else { Subject::Words(phrase) }
    }

    /// "Smith and Jones", "officials and diplomats".
    fn joins_names(&self, and: usize, first: usize) -> bool {
        let is_capital = |idx: usize| self.words.all.get(idx).is_some_and(|word| word.is_capital);
        and > first && is_capital(and + 1) && is_capital(and - 1)
    }

    /// "On Monday Smith" → "Smith"; "In Seoul the minister" → "the minister".
    fn without_opener(&self, phrase: Range<usize>) -> Range<usize> {
        let mut start = phrase.start;
        while start < phrase.end {
            let word = self.words.folded(start);
            if english::is_mid_adverb(word)
                || english::is_time(word) && !self.words.slice(&(start..start + 1)).is_empty()
            {
                start += 1;
            } else {
                break;
            }
        }
        if start >= phrase.end || !english::is_preposition(self.words.folded(start)) {
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
            let has_article = before > start && english::is_determiner(self.words.folded(before));
            return if has_article { before..phrase.end } else { names..phrase.end };
        }
        let article = (start + 2..phrase.end).rev().find(|&idx| {
            let word = self.words.folded(idx);
            english::is_determiner(word) || matches!(word, "he" | "she" | "it" | "they")
        });
        article.map_or(start..phrase.end, |article| article..phrase.end)
    }

    /// The noun phrase that begins at `start`: `said the head of the council on Monday`.
    pub(super) fn phrase_after(&self, start: usize) -> Option<Range<usize>> {
        let mut end = start;
        while end < self.sentence.words.end && end - start < MAX_PHRASE && !self.is_quoted(end) {
            let word = self.words.folded(end);
            let is_break = english::is_phrase_break(word) && !(word == "and" && self.joins_names(end, start))
                || english::is_auxiliary(word)
                || english::is_time(word) && !word.starts_with(|c: char| c.is_ascii_digit())
                || (english::is_preposition(word) && !matches!(word, "of" | "for" | "to"))
                || self.hits.iter().any(|hit| hit.words.contains(&end));
            if is_break {
                break;
            }
            end += 1;
            if self.words.gap_after(end - 1).has(Gap::ANY) {
                break;
            }
        }
        (end > start).then_some(start..end)
    }

    /// `C, said S`: comma or dash before the cue, a noun phrase after it, and no clause of its own after that.
    pub(super) fn inverted(&self, hit: &CueHit) -> Option<Range<usize>> {
        let start = hit.words.start;
        let is_say = matches!(hit.frame, CueFrame::Say | CueFrame::Tell);
        let gap = self.words.gap_before(start);
        let is_after_quote = start > self.sentence.words.start && self.is_quoted(start - 1);
        if !is_say || hit.form == VerbForm::Participle || start == self.sentence.words.start {
            return None;
        }
        if !is_after_quote && !gap.has(Gap::COMMA.or(Gap::DASH).or(Gap::QUOTE)) {
            return None;
        }
        if self.words.gap_after(hit.words.end - 1).has(Gap::ANY) || self.words.folded(hit.words.end) == "that" {
            return None;
        }
        let phrase = self.phrase_after(hit.words.end)?;
        if !is_after_quote && self.holds_clause(&phrase) {
            return None;
        }
        let rest_end = self.clause_mark(phrase.end);
        let next = self.words.folded(phrase.end);
        let goes_on = phrase.end < self.sentence.words.end && !self.words.gap_after(phrase.end - 1).has(Gap::ANY);
        let is_clause = goes_on && english::is_auxiliary(next)
            || !is_after_quote
                && (phrase.end..rest_end)
                    .any(|idx| english::is_auxiliary(self.words.folded(idx)) && !self.is_relative(phrase.end, idx));
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

    /// Is there a relative pronoun between `from` and `idx`, so that the verb is not of the main clause?
    fn is_relative(&self, from: usize, idx: usize) -> bool {
        (from..idx)
            .any(|at| matches!(self.words.folded(at), "who" | "which" | "that" | "where" | "when" | "as" | "while"))
    }

    /// The first word after `from` that stands behind a mark, or the end of the sentence.
    fn clause_mark(&self, from: usize) -> usize {
        let end = self.sentence.words.end;
        (from..end).find(|&idx| self.words.gap_after(idx).has(Gap::ANY)).map_or(end, |idx| idx + 1)
    }

    /// Where the words reported after a cue begin, `None` where none are.
    pub(super) fn content_start(&self, hit: &CueHit) -> Option<usize> {
        let end = self.sentence.words.end;
        let mut at = hit.words.end;
        if matches!(hit.frame, CueFrame::Urge | CueFrame::Object | CueFrame::Attitude) {
            return (at < end).then_some(at);
        }
        if hit.frame == CueFrame::Tell {
            let addressee = self.phrase_after(at)?;
            at = addressee.end;
        }
        // "said on Monday in an interview with the paper that": whatever stands before a near "that".
        let reach = end.min(at + 18);
        let that = (at..reach).find(|&idx| self.words.folded(idx) == "that" && !self.is_quoted(idx));
        if let Some(that) = that
            && self.is_circumstance(at, that)
        {
            return (that + 1 < end).then_some(that + 1);
        }
        at = self.skip_circumstance(at);
        (at < end).then_some(at)
    }

    /// Do only words of time, place and occasion stand between a cue and its "that"?
    fn is_circumstance(&self, from: usize, to: usize) -> bool {
        if from == to {
            return true;
        }
        let first = self.words.folded(from);
        let begins = english::is_preposition(first)
            || english::is_time(first)
            || english::is_mid_adverb(first)
            || self.words.gap_before(from).has(Gap::COMMA);
        begins && !(from..to).any(|idx| english::is_auxiliary(self.words.folded(idx)))
    }

    /// Skips "on Monday", "last week", "in a statement", "separately" after a cue without "that".
    fn skip_circumstance(&self, from: usize) -> usize {
        let end = self.sentence.words.end;
        let mut at = from;
        while at < end {
            let word = self.words.folded(at);
            let next = self.words.folded(at + 1);
            if english::is_ly(word) || english::is_time(word) && !self.words.gap_before(at + 1).has(Gap::STOP) {
                at += 1;
            } else if matches!(word, "on" | "in" | "at" | "during" | "to" | "via" | "through" | "of") {
                let mut stop = at + 1;
                let is_time = english::is_time(next);
                while stop < end && stop - at < 7 && !self.words.gap_before(stop).has(Gap::COMMA.or(Gap::COLON)) {
                    let here = self.words.folded(stop);
                    stop += 1;
                    if is_time && !english::is_time(self.words.folded(stop))
                        || english::is_occasion(here) && !english::is_occasion(self.words.folded(stop))
                    {
                        break;
                    }
                }
                let has_head = is_time || (at + 1..stop).any(|idx| english::is_occasion(self.words.folded(idx)));
                if !has_head {
                    return at;
                }
                at = stop;
            } else {
                return at;
            }
        }
        at
    }

    /// The end of the content that begins at `start` and belongs to `hit`.
    pub(super) fn content_end(&self, start: usize, hit: &CueHit) -> usize {
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
        cut.map_or(end, |idx| idx + 1)
    }

    /// Where another cue's clause begins, if it is on a level with the one before: "…, adding that", "… but said".
    fn coordination(&self, start: usize, other: &CueHit) -> Option<usize> {
        let at = other.words.start;
        if other.frame == CueFrame::According {
            return self.words.gap_before(at).has(Gap::COMMA).then_some(at);
        }
        match self.subject_before(other) {
            Subject::Elided if self.words.gap_before(at).has(Gap::COMMA.or(Gap::DASH)) => Some(at),
            Subject::Elided => {
                (start..at).rev().take(4).find(|&idx| matches!(self.words.folded(idx), "and" | "but" | "or" | "then"))
            }
            Subject::Words(phrase) if phrase.start > start => {
                let joint = phrase.start - 1;
                let is_joint = matches!(self.words.folded(joint), "and" | "but" | "while" | "whereas");
                (is_joint && joint > start && self.words.gap_before(joint).has(Gap::COMMA)).then_some(joint)
            }
            _ => None,
        }
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
        (end - start >= 3 && self.is_clause(&(start..end))).then_some(start..end)
    }

    /// Is there a finite verb, as far as closed classes and endings tell?
    pub(super) fn is_clause(&self, range: &Range<usize>) -> bool {
        let opens = english::is_opener(self.words.folded(range.start));
        let mut finite = range.clone().filter(|&idx| {
            let word = self.words.folded(idx);
            english::is_auxiliary(word) || english::verb_form(word) == VerbForm::Past
        });
        if opens { finite.nth(1).is_some() } else { finite.next().is_some() }
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
            !is_capital && english::verb_form(self.words.folded(idx)) == VerbForm::Past
        });
        Some(phrase.start..stop.unwrap_or(phrase.end))
    }
}
