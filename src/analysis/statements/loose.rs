//! Quotations that no reporting verb touches: `Smith: “Q”`, `“Q” – Ann Smith, Oslo`, `He called it “a gift”` with a
//! verb that is no cue, and one that stands alone after a sentence about a person.
//!
//! They are the weakest reports, and their confidence says so. Titles and scare quotes (capitals throughout, one word, no
//! person as subject) are left alone. `O(n)` in the words of a sentence.

use std::ops::Range;

use super::Quotation;
use super::clauses::Clauses;
use super::english;
use super::reports::{Inside, Reader, Voice};
use super::speakers::Speaker;
use super::subjects::Subject;
use super::tags::Tag;
use super::words::Gap;
use crate::codebook::CueFrame;
use crate::text::ByteRange;

/// Words of a quotation inside a clause whose verb is no cue; shorter ones are mostly titles and scare quotes.
const MIN_PARTIAL: usize = 3;

impl Reader<'_> {
    /// The quotations of a sentence that neither a cue nor a reported clause holds.
    pub(super) fn read_loose_quotes(&mut self, clauses: &Clauses<'_>, inside: &[Inside], first_report: usize) {
        for quote in inside.iter().filter(|quote| !quote.is_taken) {
            let is_held = self
                .reports
                .iter()
                .skip(first_report)
                .any(|report| report.content.iter().any(|range| range.overlaps(quote.quote.inner)));
            if is_held {
                continue;
            }
            let _ = self.read_introduced(clauses, quote, first_report)
                || self.read_signed(clauses, quote)
                || self.read_partial(clauses, quote);
        }
    }

    /// `Smith: “Q”`, `He returned to his lines: “Q”`.
    fn read_introduced(&mut self, clauses: &Clauses<'_>, quote: &Inside, first_report: usize) -> bool {
        let start = quote.words.start;
        let is_introduced = start > clauses.sentence.words.start
            && (self.words.gap_before(start).has(Gap::COLON)
                || self.words.gap_before(start).has(Gap::DASH) && quote.words.len() >= 5);
        if !is_introduced {
            return false;
        }
        // "said that the mood was grim: “Q”": the voice of the clause before.
        let told = (self.reports.iter().skip(first_report))
            .find(|report| {
                let is_close = |range: &ByteRange| self.words.inside(*range).end == start;
                report.speaker.is_some() && report.content.last().is_some_and(is_close)
            })
            .map(|report| (report.speaker.clone(), report.speaker_words.clone()));
        if let Some((speaker, spoken)) = told {
            let speaker_words = spoken.iter().map(|range| self.words.inside(*range)).collect();
            let block_idx = clauses.sentence.block_idx;
            let voice = Voice { cue: None, cue_idx: None, speaker_words, speaker, block_idx };
            let content = vec![quote.quote.inner];
            self.report(clauses.sentence, &voice, Quotation::Direct, content, "quote-after-colon", 0.75);
            self.last = Some(voice);
            return true;
        }
        let before = clauses.sentence.words.start..start;
        let phrase = if clauses.is_clause(&before) {
            clauses.earlier_subject(start)
        } else {
            clauses.phrase_before(start).filter(|phrase| self.words.slice(phrase).iter().any(|word| word.is_capital))
        };
        let Some(phrase) = phrase else { return false };
        let speaker = self.speaker_of_phrase(clauses, &phrase);
        let voice = without_cue(clauses, phrase, speaker);
        self.report(clauses.sentence, &voice, Quotation::Direct, vec![quote.quote.inner], "quote-after-colon", 0.75);
        self.last = Some(voice);
        true
    }

    /// `In his words, C`, `In Smith's words, C`.
    pub(super) fn read_words_of(&mut self, clauses: &Clauses<'_>, first_report: usize) {
        let sentence = clauses.sentence.words.clone();
        let comma = (sentence.start..sentence.end.min(sentence.start + 6))
            .find(|&idx| self.words.folded(idx) == "words" && self.words.gap_after(idx).has(Gap::COMMA));
        let Some(comma) = comma.filter(|_| self.words.folded(sentence.start) == "in") else { return };
        let content = comma + 1..sentence.end;
        let bytes = self.words.bytes(&content).filter(|_| clauses.is_clause(&content));
        let owner = sentence.start + 1..comma;
        let speaker = match self.words.folded(owner.start) {
            "his" => self.memory.resolve_pronoun("he", None),
            "her" => self.memory.resolve_pronoun("she", None),
            "their" => self.memory.resolve_pronoun("they", None),
            "its" => self.memory.resolve_pronoun("it", None),
            _ if owner.len() <= 3 && self.words.slice(&owner).iter().any(|word| word.is_possessive) => {
                self.cast.resolve(&owner)
            }
            _ => None,
        };
        let (Some(bytes), Some(speaker)) = (bytes, speaker) else { return };
        if self.reports.iter().skip(first_report).any(|report| report.content.iter().any(|range| range.overlaps(bytes)))
        {
            return;
        }
        let holds_quote = content.clone().any(|idx| clauses.is_quoted(idx));
        let voice = without_cue(clauses, owner, Some(speaker));
        let quotation = if holds_quote { Quotation::Partial } else { Quotation::Indirect };
        self.report(clauses.sentence, &voice, quotation, vec![bytes], "in-words-of", 0.8);
    }

    /// `“Q” – Ann Smith, Oslo`.
    fn read_signed(&mut self, clauses: &Clauses<'_>, quote: &Inside) -> bool {
        let end = quote.words.end;
        let is_signed = quote.words.start == clauses.sentence.words.start
            && end < clauses.sentence.words.end
            && clauses.sentence.words.end - end <= 12
            && self.words.all.get(end).is_some_and(|word| word.is_capital)
            && self.gap_text(end).contains(['-', '–', '—'])
            && !clauses.is_clause(&(end..clauses.sentence.words.end));
        let Some(phrase) = clauses.phrase_after(end).filter(|_| is_signed) else { return false };
        let speaker = self.speaker_of_phrase(clauses, &phrase);
        let voice = without_cue(clauses, phrase, speaker);
        self.report(clauses.sentence, &voice, Quotation::Direct, vec![quote.quote.inner], "quote-signed", 0.75);
        true
    }

    fn gap_text(&self, idx: usize) -> &str {
        let start = idx.checked_sub(1).and_then(|before| self.words.all.get(before)).map_or(0, |word| word.range.end);
        let end = self.words.all.get(idx).map_or(start, |word| word.range.start);
        ByteRange::new(start, end).of(self.words.text)
    }

    /// `She pronounced him “a friend”`: the verb before the quotation, where its subject is a person or a body.
    fn read_partial(&mut self, clauses: &Clauses<'_>, quote: &Inside) -> bool {
        let first = clauses.sentence.words.start;
        let slice = self.words.slice(&quote.words);
        let n_capitals = slice.iter().filter(|word| word.is_capital).count();
        if slice.len() < MIN_PARTIAL || 2 * n_capitals > slice.len() {
            return false;
        }
        let verb =
            (first..quote.words.start).rev().take(14).find(|&idx| !clauses.is_quoted(idx) && clauses.is_main_verb(idx));
        let Some(verb) = verb else { return false };
        let (subject, pronoun) = match clauses.subject_before(clauses.group_start(verb)) {
            Subject::Words(phrase) => (phrase, None),
            Subject::Relative(phrase, pronoun) => (phrase, Some(pronoun)),
            Subject::Elided => match clauses.earlier_subject(verb) {
                Some(phrase) => (phrase, None),
                None => return false,
            },
            Subject::None => return false,
        };
        if !clauses.is_person(&subject) {
            return false;
        }
        let end = clauses.phrase_end(verb + 1, clauses.sentence.words.end, CueFrame::Object).max(quote.words.end);
        let Some(content) = self.words.bytes(&(verb + 1..end)) else { return false };
        let speaker = self.speaker_of_phrase(clauses, &subject);
        let voice = Voice {
            cue: Some(verb..verb + 1),
            cue_idx: None,
            speaker_words: std::iter::once(subject).chain(pronoun.map(|idx| idx..idx + 1)).collect(),
            speaker,
            block_idx: clauses.sentence.block_idx,
        };
        self.report(
            clauses.sentence,
            &voice,
            Quotation::Partial,
            vec![content.cover(quote.quote.outer)],
            "verb-partial-quote",
            0.5,
        );
        true
    }

    /// For a quotation in a sentence of its own: the subject of the sentence before, in the same paragraph.
    pub(super) fn voice_before(&self, clauses: &Clauses<'_>) -> Option<Voice> {
        let (phrase, block_idx) = self.subject.clone()?;
        if block_idx != clauses.sentence.block_idx || clauses.sentence.words.len() < 4 || !clauses.is_person(&phrase) {
            return None;
        }
        let speaker = self.speaker_of_phrase(clauses, &phrase);
        Some(Voice { cue: None, cue_idx: None, speaker_words: vec![phrase], speaker, block_idx })
    }
}

impl Clauses<'_> {
    /// A finite verb with a meaning of its own.
    fn is_main_verb(&self, idx: usize) -> bool {
        let word = self.words.folded(idx);
        self.words.tag(idx) == Tag::Verb
            && !self.words.all[idx].is_capital
            && !self.is_after(idx, |tag| matches!(tag, Tag::To | Tag::Determiner | Tag::Preposition))
            && !matches!(word, "titled" | "named" | "entitled")
            && !english::is_auxiliary(word)
    }
}

/// A voice that no word reports.
fn without_cue(clauses: &Clauses<'_>, words: Range<usize>, speaker: Option<Speaker>) -> Voice {
    Voice { cue: None, cue_idx: None, speaker_words: vec![words], speaker, block_idx: clauses.sentence.block_idx }
}
