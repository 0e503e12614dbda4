//! The frames in which a cue stands: beside a quotation, before a clause, passive, as a noun, or as "according to".
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

/// A clause of indirect speech.
pub(super) struct Clause {
    /// Pieces in order; more than one where the cue stands inside.
    pub content: Vec<Range<usize>>,
    pub subject: Option<Range<usize>>,
    /// "who", where it stands for the subject.
    pub relative: Option<usize>,
    pub cue_idx: Option<usize>,
    pub rule: &'static str,
    pub confidence: f32,
}

/// Where a subject that is left out is looked up.
type Frames = [CueFrame; 5];
const FRAMES: Frames = [CueFrame::Say, CueFrame::Tell, CueFrame::Attitude, CueFrame::Urge, CueFrame::Object];

/// `"Q," S said` and `"Q," said S`.
pub(super) fn cue_after(clauses: &Clauses<'_>, quote: &Range<usize>) -> Option<(usize, Option<Range<usize>>)> {
    let next = quote.end;
    let (hit_idx, hit) =
        clauses.hits.iter().enumerate().find(|(_, hit)| hit.words.start >= next && hit.manner != Manner::Noun)?;
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

/// The clause a cue reports, by the rules of indirect speech. `is_free` tells what no quotation has taken.
pub(super) fn read(clauses: &Clauses<'_>, hit: &CueHit, is_free: &dyn Fn(&Range<usize>) -> bool) -> Option<Clause> {
    let found = match hit.manner {
        Manner::According => according(clauses, hit),
        Manner::Finite => finite(clauses, hit, is_free),
        Manner::Participle | Manner::Gerund | Manner::Infinitive => unfinished(clauses, hit),
        Manner::Passive => passive(clauses, hit),
        Manner::Reduced => reduced(clauses, hit),
        Manner::Noun => noun(clauses, hit),
    }?;
    let holds_quote = || found.content.iter().any(|piece| piece.clone().any(|idx| clauses.is_quoted(idx)));
    let is_sure = hit.manner == Manner::According || found.cue_idx.is_some_and(|cue_idx| hit.sure.contains(&cue_idx));
    if !is_sure && !holds_quote() {
        return None;
    }
    let is_nested = hit.manner == Manner::According;
    (found.content.iter().all(|piece| !piece.is_empty() && (is_nested || is_free(piece)))).then_some(found)
}

fn finite(clauses: &Clauses<'_>, hit: &CueHit, is_free: &dyn Fn(&Range<usize>) -> bool) -> Option<Clause> {
    if let Some(subject) = clauses.inverted(hit)
        && let Some(content) = clauses.content_before(hit.words.start)
    {
        let clause = Clause {
            content: vec![content],
            subject: Some(subject),
            relative: None,
            cue_idx: hit.quoting_cue(),
            rule: "clause-cue-speaker",
            confidence: if hit.is_strict { 0.9 } else { 0.75 },
        };
        return Some(clause);
    }
    if clauses.is_negated(hit) {
        return None;
    }
    let (subject, relative) = match clauses.subject_of(hit) {
        Subject::Words(phrase) => (Some(phrase), None),
        Subject::Relative(phrase, pronoun) => (Some(phrase), Some(pronoun)),
        Subject::Elided => (None, None),
        Subject::None => return None,
    };
    let is_asked_for = subject.as_ref().is_some_and(|phrase| clauses.hangs_on_question(phrase.start));
    if is_asked_for {
        return None;
    }
    let can_speak = hit.is_strict || clauses.can_speak(hit, subject.as_ref(), relative);
    if let Some((content, cue_idx)) = after(clauses, hit).filter(|(content, _)| can_speak && is_free(content)) {
        let rule = if subject.is_some() { "speaker-cue-clause" } else { "cue-clause" };
        let confidence = if hit.is_strict { 0.9 } else { 0.75 };
        return Some(Clause { content: vec![content], subject, relative, cue_idx, rule, confidence });
    }
    let phrase = subject?;
    around(clauses, hit, phrase.clone(), relative)
        .or_else(|| if relative.is_some() { None } else { before_speaker(clauses, hit, phrase) })
}

/// `which S said VP`, `whom S blasted as C`, `the words S used`: what stands before the speaker is the object.
fn before_speaker(clauses: &Clauses<'_>, hit: &CueHit, phrase: Range<usize>) -> Option<Clause> {
    let words = clauses.words;
    let first = clauses.sentence.words.start;
    let before = phrase.start.checked_sub(1).filter(|&before| before >= first && !clauses.is_quoted(before))?;
    if words.gap_before(phrase.start).has(Gap::ANY) {
        return None;
    }
    let at = hit.words.end;
    let stop = clauses.mark_after(at);
    let goes_on = at < clauses.sentence.words.end && !words.gap_before(at).has(Gap::ANY);
    let is_pronoun = matches!(words.folded(before), "which" | "who" | "whom" | "what");
    if !hit.is_strict || !is_pronoun {
        return None;
    }
    let object = before..phrase.start;
    let has_rest = goes_on
        && (matches!(words.tag(at), Tag::Auxiliary | Tag::Verb | Tag::To) || words.folded(at) == "as")
        && stop > at;
    if !has_rest {
        return None;
    }
    let content = vec![object, at..stop];
    let frame = FRAMES.into_iter().find(|frame| hit.has(*frame))?;
    Some(Clause {
        content,
        subject: Some(phrase),
        relative: None,
        cue_idx: hit.cue(frame),
        rule: "object-speaker-cue",
        confidence: 0.7,
    })
}

/// The content after a cue, in the first frame that fits.
fn after(clauses: &Clauses<'_>, hit: &CueHit) -> Option<(Range<usize>, Option<usize>)> {
    FRAMES.into_iter().find_map(|frame| {
        let cue_idx = hit.cue(frame)?;
        Some((clauses.content_after(hit, frame)?, Some(cue_idx)))
    })
}

/// `C, S said`, `As S said, C`, `Now, S said, C`.
fn around(clauses: &Clauses<'_>, hit: &CueHit, phrase: Range<usize>, relative: Option<usize>) -> Option<Clause> {
    let words = clauses.words;
    let sentence = &clauses.sentence.words;
    if !(hit.has(CueFrame::Say) || hit.has(CueFrame::Tell)) || relative.is_some() {
        return None;
    }
    let clause = |content: Vec<Range<usize>>, rule| Clause {
        content,
        subject: Some(phrase.clone()),
        relative: None,
        cue_idx: hit.quoting_cue(),
        rule,
        confidence: if hit.is_strict { 0.9 } else { 0.8 },
    };
    let has_as = phrase.start > sentence.start && words.folded(phrase.start - 1) == "as";
    let start = if has_as { phrase.start - 1 } else { phrase.start };
    if start == sentence.start {
        // "As Smith said, C".
        let comma = (hit.words.end - 1..sentence.end.min(hit.words.end + 8))
            .find(|&idx| words.gap_after(idx).has(Gap::COMMA))?;
        let content = comma + 1..sentence.end;
        return (has_as && clauses.is_clause(&content)).then(|| clause(vec![content], "as-speaker-cue"));
    }
    if !words.gap_before(start).has(Gap::COMMA.or(Gap::DASH)) {
        return None;
    }
    let rule = if has_as { "as-speaker-cue" } else { "clause-speaker-cue" };
    if let Some(content) = clauses.content_before(start) {
        return Some(clause(vec![content], rule));
    }
    // "Now, he says, seven have signed".
    let goes_on = words.gap_after(hit.words.end - 1).has(Gap::COMMA) && hit.words.end < sentence.end;
    let (before, rest) = (sentence.start..start, hit.words.end..sentence.end);
    (goes_on && clauses.is_clause(&rest)).then(|| clause(vec![before, rest], rule))
}

/// `…, adding that C`, `by saying C`, `to say C`.
fn unfinished(clauses: &Clauses<'_>, hit: &CueHit) -> Option<Clause> {
    if clauses.is_negated(hit) {
        return None;
    }
    let (content, cue_idx) = after(clauses, hit)?;
    if !hit.is_strict
        && clauses.subject_of(hit).phrase().is_some_and(|phrase| !clauses.can_speak(hit, Some(&phrase), None))
    {
        return None;
    }
    let (subject, relative) = match clauses.subject_of(hit) {
        Subject::Words(phrase) => (Some(phrase), None),
        Subject::Relative(phrase, pronoun) => (Some(phrase), Some(pronoun)),
        Subject::Elided | Subject::None => (None, None),
    };
    let (rule, confidence) = match hit.manner {
        Manner::Infinitive => ("to-cue", 0.45),
        Manner::Gerund => ("gerund-cue", 0.55),
        _ if !hit.is_strict => ("cue-clause", 0.7),
        _ if subject.is_some() => ("speaker-cue-clause", 0.85),
        _ => ("cue-clause", 0.85),
    };
    Some(Clause { content: vec![content], subject, relative, cue_idx, rule, confidence })
}

/// `X was told that C`, `X was accused of C by S`, `X was announced by S`, `X is expected to C`.
fn passive(clauses: &Clauses<'_>, hit: &CueHit) -> Option<Clause> {
    if clauses.is_negated(hit) {
        return None;
    }
    let words = clauses.words;
    let end = clauses.sentence.words.end;
    let at = hit.words.end;
    let subject = clauses.subject_of(hit).phrase();
    let by = agent(clauses, at);
    let stop = by.as_ref().map_or(clauses.mark_after(at), |by| by.start - 1);
    let cue_idx = hit.quoting_cue();
    let clause = |content: Vec<Range<usize>>, rule| Clause {
        content,
        subject: by.clone(),
        relative: None,
        cue_idx,
        rule,
        confidence: 0.5,
    };
    let is_tell = hit.has(CueFrame::Tell);
    if let Some(content) = [CueFrame::Tell, CueFrame::Say]
        .into_iter()
        .filter(|frame| hit.has(*frame))
        .find_map(|frame| clauses.content_after(hit, frame))
    {
        return Some(clause(vec![content], "passive-cue-clause"));
    }
    let goes_on = at < end && !words.gap_before(at).has(Gap::ANY);
    let rest = at..stop.max(at);
    if is_tell && !hit.has(CueFrame::Object) {
        return None;
    }
    let phrase = subject?;
    let is_goal = goes_on && (words.tag(at) == Tag::To || matches!(words.folded(at), "of" | "for" | "as" | "about"));
    let content = if is_goal && !rest.is_empty() { vec![phrase, rest] } else { vec![phrase] };
    Some(clause(content, "passive-cue"))
}

/// "by S" near a passive cue.
fn agent(clauses: &Clauses<'_>, from: usize) -> Option<Range<usize>> {
    let end = clauses.mark_after(from).min(from + 12);
    let by = (from..end).find(|&idx| clauses.words.folded(idx) == "by" && !clauses.is_quoted(idx))?;
    let phrase = clauses.phrase_after(by + 1)?;
    (clauses.words.tag(phrase.start) != Tag::Verb || clauses.words.all[phrase.start].is_capital).then_some(phrase)
}

/// `Asked about C, S said`, `C endorsed by S`.
fn reduced(clauses: &Clauses<'_>, hit: &CueHit) -> Option<Clause> {
    let words = clauses.words;
    let at = hit.words.end;
    let by = agent(clauses, at).filter(|_| words.folded(at) == "by");
    let clause = |content: Vec<Range<usize>>, rule| Clause {
        content,
        subject: by.clone(),
        relative: None,
        cue_idx: hit.quoting_cue(),
        rule,
        confidence: 0.55,
    };
    if by.is_some() {
        let phrase = clauses.phrase_before(hit.start)?;
        return Some(clause(vec![phrase], "cue-by-speaker"));
    }
    let stop = clauses.mark_after(at);
    let cue_idx = hit.cue(CueFrame::Tell)?;
    (stop > at).then(|| Clause { cue_idx: Some(cue_idx), confidence: 0.8, ..clause(vec![at..stop], "asked-about") })
}

/// `S's claim that C`, `the belief that C`, `a decision by S to C`.
fn noun(clauses: &Clauses<'_>, hit: &CueHit) -> Option<Clause> {
    let words = clauses.words;
    let cue_idx = hit.cue(CueFrame::Noun);
    let owner = owner_before(clauses, hit.words.start);
    let mut at = hit.words.end;
    let mut by = None;
    if matches!(words.folded(at), "by" | "from" | "of" | "among") && !words.gap_before(at).has(Gap::ANY) {
        by = clauses.phrase_after(at + 1);
        at = by.as_ref().map_or(at, |phrase| phrase.end);
    }
    if english::is_be(words.folded(at)) && words.folded(at + 1) == "that" && !words.gap_before(at).has(Gap::ANY) {
        let content = at + 2..clauses.content_end(at + 2, hit, CueFrame::Say).max(at + 2);
        let subject = by.or(owner);
        return Some(Clause {
            content: vec![content],
            subject,
            relative: None,
            cue_idx,
            rule: "noun-that-clause",
            confidence: 0.65,
        });
    }
    let shifted = CueHit { words: hit.words.start..at, ..hit.clone() };
    let content = clauses.content_after(&shifted, CueFrame::Noun)?;
    let has_that = words.folded(content.start.saturating_sub(1)) == "that";
    let subject = by.or(owner);
    if subject.is_none() && !has_that {
        return None;
    }
    let rule = if has_that { "noun-that-clause" } else { "speaker-noun" };
    Some(Clause { content: vec![content], subject, relative: None, cue_idx, rule, confidence: 0.65 })
}

/// "his claim", "Smith's repeated claim": the owner, adjectives apart.
fn owner_before(clauses: &Clauses<'_>, end: usize) -> Option<Range<usize>> {
    let words = clauses.words;
    let first = clauses.sentence.words.start;
    let mut at = end;
    while at > first && end - at < 5 && !words.gap_before(at).has(Gap::ANY) && !clauses.is_quoted(at - 1) {
        at -= 1;
        let word = words.folded(at);
        if matches!(word, "his" | "her" | "their" | "its" | "my" | "our" | "your") {
            return Some(at..at + 1);
        }
        if words.all[at].is_possessive {
            let phrase = clauses.phrase_before(at + 1)?;
            return Some(phrase);
        }
        if !matches!(words.tag(at), Tag::Adjective | Tag::Noun | Tag::Verb | Tag::Number | Tag::Adverb) {
            return None;
        }
    }
    None
}

/// `according to S, C` and `C, according to S`.
fn according(clauses: &Clauses<'_>, hit: &CueHit) -> Option<Clause> {
    let sentence = &clauses.sentence.words;
    let phrase = clauses.phrase_after(hit.words.end)?;
    let content = if hit.words.start == sentence.start || hit.words.start == sentence.start + 1 {
        let comma = (phrase.end - 1..sentence.end).find(|&idx| clauses.words.gap_after(idx).has(Gap::COMMA))?;
        comma + 1..sentence.end
    } else if let Some(content) = clauses.content_before(hit.words.start) {
        content
    } else {
        // "Over time, according to the office, the debt rises".
        let (before, rest) = (sentence.start..hit.words.start, phrase.end..sentence.end);
        let goes_on = clauses.words.gap_before(rest.start).has(Gap::COMMA) && clauses.is_clause(&rest);
        return goes_on.then(|| Clause {
            content: vec![before, rest],
            subject: Some(phrase),
            relative: None,
            cue_idx: hit.cue(CueFrame::According),
            rule: "according-to",
            confidence: 0.9,
        });
    };
    (content.len() >= 2).then_some(Clause {
        content: vec![content],
        subject: Some(phrase),
        relative: None,
        cue_idx: hit.cue(CueFrame::According),
        rule: "according-to",
        confidence: 0.9,
    })
}

impl Clauses<'_> {
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
        if english::is_showing(self.words.folded(hit.words.start)) && hit.words.len() == 1 {
            return english::is_evidence(word);
        }
        match self.words.tag(head) {
            Tag::Pronoun if english::bare(word) == "it" => self.follows_name(phrase.start),
            Tag::Pronoun => !matches!(
                english::bare(word),
                "this" | "that" | "what" | "something" | "nothing" | "everything" | "there" | "which"
            ),
            Tag::Name => true,
            _ if self.words.all[head].is_capital => true,
            _ => english::is_people(word) || hit.has(CueFrame::Say) && english::is_evidence(word),
        }
    }

    /// "The council is silent, but it has called on …": the sentence named what "it" may stand for.
    fn follows_name(&self, pronoun: usize) -> bool {
        self.main_subject()
            .is_some_and(|phrase| phrase.end <= pronoun && self.words.slice(&phrase).iter().any(|word| word.is_capital))
    }

    /// "what he said", "if she says so", "whether they said": nothing is reported as said.
    fn hangs_on_question(&self, start: usize) -> bool {
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

    /// "did not say", "never said", "neither said".
    pub(super) fn is_negated(&self, hit: &CueHit) -> bool {
        (hit.start..hit.words.start).any(|idx| english::is_negation(self.words.folded(idx)))
    }

    /// `C, said S`: comma or dash before the cue, a noun phrase after it, and no clause of its own after that.
    pub(super) fn inverted(&self, hit: &CueHit) -> Option<Range<usize>> {
        let start = hit.words.start;
        let is_say = hit.has(CueFrame::Say) || hit.has(CueFrame::Tell);
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
        let phrase = self.phrase_after(hit.words.end)?;
        if !is_after_quote && self.holds_clause(&phrase) {
            return None;
        }
        let goes_on = phrase.end < self.sentence.words.end && !self.words.gap_after(phrase.end - 1).has(Gap::ANY);
        let next = self.words.tag(phrase.end);
        let is_clause =
            goes_on && matches!(next, Tag::Auxiliary | Tag::Verb) && !self.words.folded(phrase.end).ends_with("ing")
                || !is_after_quote && goes_on && self.is_finite_clause(&(phrase.start..self.mark_after(phrase.end)));
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

/// Without white space, dashes and commas at its ends, and without a stray opening mark.
pub(super) fn tidy(text: &str, range: ByteRange) -> ByteRange {
    let slice = range.of(text);
    let is_edge = |c: char| c.is_whitespace() || matches!(c, ',' | '–' | '—' | '-' | ';' | ':');
    let start = range.start + (slice.len() - slice.trim_start_matches(is_edge).len());
    let end = start + slice.trim_start_matches(is_edge).trim_end_matches(is_edge).len();
    ByteRange::new(start, end)
}
