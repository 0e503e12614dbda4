//! The plain reader of clauses: which words of a sentence are cues, and in what manner each stands there.
//!
//! No parse tree. A cue of the codebook is a form; whether "claims" is a verb or a noun, whether "asked" is finite,
//! passive or a participle, is read off the word classes and the auxiliaries before it. [`subjects`](super::subjects)
//! then finds whose words they are and [`contents`](super::contents) how far they go. Every rule is about English
//! grammar, none about a subject matter. `O(n)` in the words of a sentence for each cue.

use std::ops::Range;

use super::english::{self, VerbForm};
use super::lexicon::Lexicon;
use super::nouns;
use super::tags::Tag;
use super::words::{Gap, Sentence, Words};
use crate::codebook::{CueFrame, CueTier};

/// How a cue stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// "said", "has said", "did not say", "is saying"
    Finite,
    /// "to say"
    Infinitive,
    /// "by saying"
    Gerund,
    /// ", saying"
    Participle,
    /// "was told"
    Passive,
    /// "asked about it, he …", "a plan backed by …"
    Reduced,
    /// "his claim that"
    Noun,
    /// "according to"
    According,
}

/// A cue in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CueHit {
    pub words: Range<usize>,
    /// The cues of the codebook that stand there, by their frames.
    pub cues: Vec<(CueFrame, usize)>,
    pub manner: Manner,
    /// The first word of its verb group: auxiliaries and adverbs before it.
    pub start: usize,
    /// A verb of saying, whatever stands beside it.
    pub is_strict: bool,
    /// Which of its cues report by themselves; the others only where they hold quoted words.
    pub sure: Vec<usize>,
}

impl CueHit {
    /// The cue with this frame.
    pub(super) fn cue(&self, frame: CueFrame) -> Option<usize> {
        self.cues.iter().find(|(known, _)| *known == frame).map(|(_, cue_idx)| *cue_idx)
    }

    pub(super) fn has(&self, frame: CueFrame) -> bool {
        self.cue(frame).is_some()
    }

    /// The cue that stands beside quoted words: the first that can.
    pub(super) fn quoting_cue(&self) -> Option<usize> {
        [CueFrame::Say, CueFrame::Tell, CueFrame::Urge]
            .into_iter()
            .find_map(|frame| self.cue(frame))
            .or_else(|| self.cues.first().map(|(_, cue_idx)| *cue_idx))
    }

    pub(super) fn is_finite(&self) -> bool {
        self.manner == Manner::Finite
    }
}

/// A sentence with what the rules need to know about it.
pub(super) struct Clauses<'a> {
    pub words: &'a Words<'a>,
    pub sentence: &'a Sentence,
    /// For every word of the sentence: does it stand inside a quotation?
    pub is_quoted: Vec<bool>,
    pub hits: Vec<CueHit>,
    /// Is it a headline in capitals?
    is_title_case: bool,
    /// Does it stand in a title?
    pub is_title: bool,
    /// Is there an institution close before that "it" can stand for?
    pub knows_it: bool,
}

/// What stands before a verb and belongs to it.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    start: usize,
    /// The auxiliary nearest to the verb.
    nearest: Option<Helper>,
    has_to: bool,
    is_modal: bool,
}

/// Kinds of auxiliaries by the form they ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Helper {
    Be,
    Have,
    /// Modals, "do", "to": the plain form follows.
    Plain,
}

impl<'a> Clauses<'a> {
    pub(super) fn new(
        words: &'a Words<'a>,
        sentence: &'a Sentence,
        quotes: &[Range<usize>],
        lexicon: &Lexicon<'_>,
    ) -> Self {
        let is_quoted = sentence.words.clone().map(|idx| quotes.iter().any(|quote| quote.contains(&idx))).collect();
        let slice = words.slice(&sentence.words);
        let n_capitals = slice.iter().filter(|word| word.is_capital).count();
        let is_title_case = 3 * n_capitals > 2 * slice.len();
        let mut clauses =
            Self { words, sentence, is_quoted, hits: Vec::new(), is_title_case, is_title: false, knows_it: false };
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
            let hit = found.and_then(|(len, cues)| self.hit(at..at + len, &cues, lexicon));
            match hit {
                Some(hit) => {
                    at = hit.words.end;
                    hits.push(hit);
                }
                None => at += 1,
            }
        }
        hits
    }

    /// The cue, where the words do what one of its frames asks for.
    fn hit(&self, words: Range<usize>, cues: &[usize], lexicon: &Lexicon<'_>) -> Option<CueHit> {
        let cues: Vec<(CueFrame, usize)> =
            cues.iter().filter_map(|&idx| lexicon.cue(idx).map(|cue| (cue.frame, idx))).collect();
        if cues.iter().any(|(frame, _)| *frame == CueFrame::According) {
            let start = words.start;
            return Some(CueHit { words, cues, manner: Manner::According, start, is_strict: true, sure: Vec::new() });
        }
        // "concerned about" wants a "be" before it; "expressed concern about" is a verb.
        let is_attitude = cues.iter().all(|(frame, _)| *frame == CueFrame::Attitude);
        let is_adjective = is_attitude && !english::is_expressing(self.words.folded(words.start));
        let is_noun_alone = cues.iter().all(|(frame, _)| *frame == CueFrame::Noun);
        let (manner, start) =
            if is_noun_alone { (Manner::Noun, words.start) } else { self.manner(&words, is_adjective)? };
        let is_noun = manner == Manner::Noun;
        // In a form that reports less surely a cue must hold quoted words, below the widest tier.
        let is_loose =
            manner == Manner::Participle || manner == Manner::Finite && self.words.folded(words.start).ends_with("ing");
        let tier_of = |cue_idx: usize| lexicon.cue(cue_idx).map_or(CueTier::Wide, |cue| cue.tier);
        let is_sure = |frame: CueFrame, tier: CueTier| match manner {
            _ if lexicon.tier == CueTier::Wide => true,
            Manner::Infinitive | Manner::Gerund | Manner::Passive => false,
            Manner::Reduced => tier == CueTier::Strict || frame == CueFrame::Tell,
            _ => !is_loose || tier == CueTier::Strict || frame != CueFrame::Object,
        };
        let cues: Vec<(CueFrame, usize)> =
            cues.into_iter().filter(|(frame, _)| (*frame == CueFrame::Noun) == is_noun).collect();
        let sure = (cues.iter())
            .filter(|(frame, cue_idx)| is_sure(*frame, tier_of(*cue_idx)))
            .map(|(_, cue_idx)| *cue_idx)
            .collect();
        let is_strict = cues.iter().any(|(_, cue_idx)| tier_of(*cue_idx) == CueTier::Strict);
        (!cues.is_empty()).then_some(CueHit { words, cues, manner, start, is_strict, sure })
    }

    /// How the words stand here, and where their verb group begins; `None` for what reports nothing.
    fn manner(&self, words: &Range<usize>, is_adjective: bool) -> Option<(Manner, usize)> {
        let at = words.start;
        let first = self.words.folded(at);
        if self.is_name(at) {
            return None;
        }
        let group = self.group(at);
        // "a written statement", "his given name"
        let is_participle = matches!(first, "written" | "spoken" | "given" | "shown" | "known" | "sworn");
        if is_participle && group.nearest.is_none() && self.is_after(at, |tag| tag == Tag::Determiner) {
            return None;
        }
        if is_adjective {
            let is_predicate = group.nearest == Some(Helper::Be)
                || self.is_after(group.start, |_| true) && english::is_copula(self.words.folded(group.start - 1));
            return is_predicate.then_some((Manner::Finite, group.start - usize::from(group.nearest.is_none())));
        }
        if english::is_be(first) {
            return (!self.is_after(at, |tag| tag == Tag::Preposition)).then_some((Manner::Finite, group.start));
        }
        // "the direct line", "free trade": the tagger knows adjectives.
        if self.words.tag(at) == Tag::Adjective
            && group.nearest.is_none()
            && !matches!(english::verb_form(first), VerbForm::Third)
            && !self.is_after(group.start, |tag| tag == Tag::Pronoun)
            && !nouns::is_noun_too(first)
        {
            return None;
        }
        let manner = match english::verb_form(first) {
            VerbForm::Participle => self.manner_of_participle(group)?,
            VerbForm::Past => self.manner_of_past(words, group)?,
            VerbForm::Third if self.is_noun(words, VerbForm::Third, group) => Manner::Noun,
            VerbForm::Third => Manner::Finite,
            VerbForm::Base if group.has_to => Manner::Infinitive,
            VerbForm::Base if group.nearest == Some(Helper::Plain) => Manner::Finite,
            VerbForm::Base if self.is_noun(words, VerbForm::Base, group) => Manner::Noun,
            VerbForm::Base => Manner::Finite,
        };
        Some((manner, group.start))
    }

    /// Part of a name, not of a headline: "the United States", "Meet the Press".
    fn is_name(&self, at: usize) -> bool {
        let is_capital = |idx: usize| self.words.all.get(idx).is_some_and(|word| word.is_capital);
        let begins = at == self.sentence.words.start || self.words.gap_before(at).has(Gap::ANY);
        is_capital(at) && !begins && !self.is_title_case
    }

    pub(super) fn is_after(&self, at: usize, is_kind: impl Fn(Tag) -> bool) -> bool {
        at > self.sentence.words.start && !self.words.gap_before(at).has(Gap::ANY) && is_kind(self.words.tag(at - 1))
    }

    /// Walks back over the auxiliaries, adverbs and negations before a verb.
    fn group(&self, at: usize) -> Group {
        let first = self.sentence.words.start;
        let mut group = Group { start: at, ..Group::default() };
        while group.start > first {
            let before = group.start - 1;
            if self.is_quoted(before) || self.words.gap_before(group.start).has(Gap::ANY) {
                break;
            }
            let word = self.words.folded(before);
            let helper = if english::is_be(word) || word.ends_with("n't") && english::is_be(&word[..word.len() - 3]) {
                Helper::Be
            } else if matches!(word, "has" | "have" | "had" | "having" | "hasn't" | "haven't" | "hadn't") {
                Helper::Have
            } else if english::is_auxiliary(word) {
                Helper::Plain
            } else if word == "to" {
                group.has_to = true;
                group.nearest = group.nearest.or(Some(Helper::Plain));
                group.start = before;
                break;
            } else if self.words.tag(before) == Tag::Pronoun {
                group.nearest = group.nearest.or_else(|| self.clitic(before));
                break;
            } else if english::is_mid_adverb(word)
                || english::is_negation(word)
                || self.words.tag(before) == Tag::Adverb
            {
                group.start = before;
                continue;
            } else {
                break;
            };
            group.is_modal |= english::is_modal(word) || word == "will";
            group.nearest = group.nearest.or(Some(helper));
            group.start = before;
        }
        group
    }

    /// The auxiliary written on to a pronoun: "he'll", "they've", "she's".
    fn clitic(&self, pronoun: usize) -> Option<Helper> {
        let word = self.words.all.get(pronoun)?;
        if word.is_possessive {
            return Some(Helper::Have);
        }
        match word.folded.split_once('\'')?.1 {
            "ve" => Some(Helper::Have),
            "re" | "m" => Some(Helper::Be),
            "ll" | "d" => Some(Helper::Plain),
            _ => None,
        }
    }

    fn manner_of_participle(&self, group: Group) -> Option<Manner> {
        match group.nearest {
            Some(Helper::Be | Helper::Have) => return Some(Manner::Finite),
            Some(Helper::Plain) => return None,
            None => {}
        }
        let start = group.start;
        if start == self.sentence.words.start || self.words.gap_before(start).has(Gap::ANY) {
            return Some(Manner::Participle);
        }
        let before = &self.words.all[start - 1];
        match before.tag {
            Tag::Preposition if before.folded == "without" => None,
            Tag::Preposition | Tag::Subordinator => Some(Manner::Gerund),
            Tag::Determiner | Tag::Adjective | Tag::Number => Some(Manner::Noun),
            _ if before.is_possessive => Some(Manner::Noun),
            Tag::Auxiliary => None,
            _ => Some(Manner::Participle),
        }
    }

    fn manner_of_past(&self, words: &Range<usize>, group: Group) -> Option<Manner> {
        let at = words.start;
        match group.nearest {
            Some(Helper::Be) => return Some(Manner::Passive),
            Some(Helper::Have) => return Some(Manner::Finite),
            // "to read", "would put": the plain form of some verbs is that of the past.
            Some(Helper::Plain) if group.has_to => return Some(Manner::Infinitive),
            Some(Helper::Plain) => return Some(Manner::Finite),
            None => {}
        }
        let next = self.words.folded(words.end);
        let has_next = words.end < self.sentence.words.end && !self.words.gap_after(words.end - 1).has(Gap::ANY);
        // "he said by telephone" has its subject.
        let has_subject = group.start > self.sentence.words.start
            && english::is_subject(english::bare(self.words.folded(group.start - 1)));
        if has_next && next == "by" && !has_subject {
            return Some(Manner::Reduced);
        }
        let start = group.start;
        if start == self.sentence.words.start || self.words.gap_before(start).has(Gap::ANY) {
            let is_open = has_next
                && (matches!(next, "if" | "whether" | "why" | "what" | "how")
                    || self.words.tag(words.end) == Tag::Preposition && !matches!(next, "to" | "that"));
            let is_first = start == self.sentence.words.start;
            return Some(if is_open && (is_first || !english::is_plain_past(self.words.folded(at))) {
                Manner::Reduced
            } else {
                Manner::Finite
            });
        }
        let before = &self.words.all[start - 1];
        let is_adjective = before.is_possessive && before.tag != Tag::Pronoun
            || match before.tag {
                Tag::Determiner => !matches!(before.folded.as_str(), "all" | "many" | "most" | "some" | "several"),
                Tag::Number => self.words.tag(words.end) == Tag::Noun,
                Tag::Subordinator
                    if matches!(
                        before.folded.as_str(),
                        "when" | "if" | "once" | "as" | "while" | "though" | "unless"
                    ) =>
                {
                    return Some(Manner::Reduced);
                }
                Tag::Preposition if before.folded == "as" => return Some(Manner::Reduced),
                Tag::Preposition | Tag::To => true,
                Tag::Adjective => !before.is_capital && start == at && self.words.tag(words.end) == Tag::Noun,
                _ => false,
            };
        (!is_adjective).then_some(Manner::Finite)
    }

    /// Is "claims", "report" a noun here?
    fn is_noun(&self, words: &Range<usize>, form: VerbForm, group: Group) -> bool {
        if words.len() > 1 && !matches!(self.words.tag(words.end - 1), Tag::Preposition | Tag::To) {
            return false;
        }
        let start = group.start;
        if !nouns::is_noun_too(self.words.folded(words.start)) && words.len() == 1 {
            return false;
        }
        // "say" is never a noun; the tagger is sure of such words.
        let begins = start == self.sentence.words.start || self.words.gap_before(start).has(Gap::ANY);
        if self.words.tag(words.start) == Tag::Verb
            && (!begins || form == VerbForm::Third)
            && !self.is_after(start, |tag| matches!(tag, Tag::Determiner | Tag::Preposition | Tag::Adjective))
            && !(start > 0 && self.words.all[start - 1].is_possessive)
        {
            return false;
        }
        let next = self.words.folded(words.end);
        let has_next = words.end < self.sentence.words.end && !self.words.gap_after(words.end - 1).has(Gap::ANY);
        let goes_on = has_next
            && (matches!(next, "that" | "it" | "there" | "what" | "how" | "why" | "whether")
                || matches!(self.words.tag(words.end), Tag::Determiner | Tag::Pronoun | Tag::Name | Tag::To));
        if start == self.sentence.words.start || self.words.gap_before(start).has(Gap::ANY) {
            return !goes_on || form == VerbForm::Base && !self.words.gap_before(start).has(Gap::COMMA.or(Gap::QUOTE));
        }
        let before = &self.words.all[start - 1];
        let word = before.folded.as_str();
        if english::is_subject(english::bare(word)) || matches!(word, "which" | "that") {
            return false;
        }
        if before.is_possessive || matches!(before.tag, Tag::Preposition | Tag::Number | Tag::To) {
            return !(before.tag == Tag::Number && goes_on);
        }
        let is_stand_in =
            matches!(word, "all" | "many" | "most" | "some" | "several" | "few" | "both" | "these" | "those");
        if before.tag == Tag::Determiner {
            return !(is_stand_in && form == VerbForm::Base && goes_on);
        }
        match before.tag {
            Tag::Adjective => !(before.is_capital && goes_on),
            Tag::Coordinator | Tag::Subordinator => !goes_on,
            Tag::Verb => true,
            Tag::Noun | Tag::Name if form == VerbForm::Base => {
                let is_plural = before.folded == "percent"
                    || before.folded.ends_with('s')
                    || before.folded.ends_with("people")
                    || before.folded.ends_with("men");
                !is_plural && !self.joins(start)
            }
            Tag::Noun if form == VerbForm::Third => !goes_on && (before.folded.ends_with('s') || !before.is_capital),
            _ => false,
        }
    }

    /// "Smith and Jones say": is there an "and" close before `end`?
    fn joins(&self, end: usize) -> bool {
        (self.sentence.words.start.max(end.saturating_sub(6))..end).any(|idx| self.words.folded(idx) == "and")
    }
}
