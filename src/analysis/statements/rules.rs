//! The rules of reported speech: which words a cue reports, as whose, by the manner in which it stands.
//!
//! One function a manner; each looks at one cue of a sentence. Linear in the words of the sentence.

use std::ops::Range;

use super::clauses::{Clauses, CueHit, Manner};
use super::english;
use super::subjects::Subject;
use super::tags::Tag;
use super::words::Gap;
use crate::codebook::CueFrame;

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

/// The frames of verbs, in the order in which the words after a cue are tried.
const FRAMES: [CueFrame; 5] = [CueFrame::Say, CueFrame::Tell, CueFrame::Attitude, CueFrame::Urge, CueFrame::Object];

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
    // "said that": a pronoun alone tells nothing.
    let is_bare =
        |piece: &Range<usize>| piece.len() == 1 && matches!(clauses.words.folded(piece.start), "that" | "this" | "it");
    if found.content.len() == 1 && found.content.iter().all(is_bare) {
        return None;
    }
    let holds_quote = || found.content.iter().any(|piece| piece.clone().any(|idx| clauses.is_quoted(idx)));
    let is_sure = comes_to_say(clauses, hit)
        || hit.manner == Manner::According
        || found.cue_idx.is_some_and(|cue_idx| hit.sure.contains(&cue_idx));
    if !is_sure && !holds_quote() {
        return None;
    }
    let is_nested = hit.manner == Manner::According;
    (found.content.iter().all(|piece| !piece.is_empty() && (is_nested || is_free(piece)))).then_some(found)
}

/// "came out to announce that", "rose to say that": what one did to say it was done.
fn comes_to_say(clauses: &Clauses<'_>, hit: &CueHit) -> bool {
    let words = clauses.words;
    let first = clauses.sentence.words.start.max(hit.start.saturating_sub(7));
    hit.manner == Manner::Infinitive
        && words.folded(hit.words.end) == "that"
        && (first..hit.start).rev().take_while(|&idx| !words.gap_after(idx).has(Gap::ANY)).any(|idx| {
            matches!(
                words.folded(idx),
                "came" | "went" | "rose" | "stepped" | "appeared" | "emerged" | "stood" | "returned"
            )
        })
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
        // "Much was done, she said, but more was needed"
        let rest = hit.words.end..sentence.end;
        let is_joined = words.gap_after(hit.words.end - 1).has(Gap::COMMA)
            && matches!(words.folded(rest.start), "but" | "and" | "so" | "because" | "though")
            && clauses.has_own_subject(rest.start + 1)
            && !clauses.hits.iter().any(|other| other.words.start >= rest.start && other.is_strict)
            && !rest.clone().any(|idx| clauses.is_quoted(idx))
            && clauses.is_clause(&(rest.start + 1..rest.end));
        let content = if is_joined { vec![content, rest] } else { vec![content] };
        return Some(clause(content, rule));
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
    let content = at..stop;
    (stop > at).then(|| Clause { cue_idx: Some(cue_idx), confidence: 0.8, ..clause(vec![content], "asked-about") })
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
