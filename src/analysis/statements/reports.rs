//! One article into reports: which words are told, by which cue, as whose.
//!
//! Sentence by sentence. Quotations first look for the cue that touches them; what cues are left are read by the rules
//! for clauses. A memory of who spoke last serves pronouns, left-out subjects and "the statement"; a sentence with a
//! subject of its own overwrites it. `O(n)` in the words of the article.

use std::ops::Range;

use super::Quotation;
use super::clauses::{Clauses, CueHit, Subject};
use super::english;
use super::frames::{Clause, according, cue_after, cue_before, is_content, is_quoting, tidy};
use super::lexicon::Lexicon;
use super::memory::Memory;
use super::quotes::{Quote, find_quotes};
use super::speakers::{Cast, Speaker, SpeakerKind};
use super::words::{Gap, Sentence, Words};
use crate::codebook::CueFrame;
use crate::document::Document;
use crate::text::ByteRange;

/// Words told as somebody's.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub quotation: Quotation,
    /// Pieces in order, without quotation marks where they are direct.
    pub content: Vec<ByteRange>,
    pub cue: Vec<ByteRange>,
    pub cue_idx: Option<usize>,
    pub speaker_words: Vec<ByteRange>,
    pub speaker: Option<Speaker>,
    pub rule: &'static str,
    pub confidence: f32,
    /// The sentence that reports it, for the day it was said.
    pub sentence: ByteRange,
}

/// A cue with its speaker, to which further quotations may belong.
#[derive(Clone)]
struct Voice {
    cue: Option<CueHit>,
    speaker_words: Option<Range<usize>>,
    speaker: Option<Speaker>,
    block_idx: usize,
}

/// Reads an article.
pub(super) fn find_reports(document: &Document, words: &Words<'_>, lexicon: &Lexicon<'_>) -> Vec<Report> {
    let blocks: Vec<ByteRange> = words.blocks.iter().map(|(range, _)| *range).collect();
    let quotes = find_quotes(words.text, &blocks);
    let cast = Cast::new(document, words, lexicon);
    let mut reader =
        Reader { words, lexicon, cast, memory: Memory::default(), reports: Vec::new(), last: None, is_open: false };
    for (block_idx, quotes) in quotes.iter().enumerate() {
        reader.read_block(block_idx, quotes);
    }
    reader.reports
}

struct Reader<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon<'a>,
    cast: Cast<'a>,
    memory: Memory,
    reports: Vec<Report>,
    /// Who spoke the last quotation, for one that goes on.
    last: Option<Voice>,
    /// Did the block before end in an open quotation or with a colon after a cue?
    is_open: bool,
}

/// A quotation inside a sentence.
struct Inside {
    quote: Quote,
    words: Range<usize>,
    is_taken: bool,
}

impl Reader<'_> {
    fn read_block(&mut self, block_idx: usize, quotes: &[Quote]) {
        let outer: Vec<ByteRange> = quotes.iter().map(|quote| quote.outer).collect();
        let sentences = self.joined(self.words.sentences(block_idx, &outer), quotes);
        let was_open = std::mem::take(&mut self.is_open);
        if !was_open && self.last.as_ref().is_some_and(|voice| voice.block_idx != block_idx) {
            self.last = None;
        }
        for sentence in &sentences {
            self.read_sentence(sentence, quotes);
        }
        let ends_open = quotes.last().is_some_and(|quote| quote.is_continued);
        let ends_in_colon = (self.words.blocks.get(block_idx))
            .and_then(|(_, words)| words.end.checked_sub(1))
            .is_some_and(|last| self.words.gap_after(last).has(Gap::COLON));
        self.is_open = ends_open || ends_in_colon && self.last.is_some();
    }

    /// `“Is it?” Smith said.` is one sentence, though a capital follows the question mark.
    fn joined(&self, sentences: Vec<Sentence>, quotes: &[Quote]) -> Vec<Sentence> {
        let mut joined: Vec<Sentence> = Vec::new();
        for sentence in sentences {
            let asks = |last: &Sentence| {
                let end = last.range.of(self.words.text).trim_end_matches(['"', '”', '’', '\'', '»']);
                quotes.iter().any(|quote| quote.outer.end == last.range.end) && end.ends_with(['?', '!'])
            };
            match joined.last_mut() {
                Some(last) if asks(last) && self.only_reports(&sentence, quotes) => {
                    last.range = last.range.cover(sentence.range);
                    last.words.end = sentence.words.end;
                }
                _ => joined.push(sentence),
            }
        }
        joined
    }

    /// Does the sentence begin with a speaker and a cue that reports nothing after it?
    fn only_reports(&self, sentence: &Sentence, quotes: &[Quote]) -> bool {
        let spans: Vec<Range<usize>> = quotes.iter().map(|quote| self.words.inside(quote.inner)).collect();
        let clauses = Clauses::new(self.words, sentence, &spans, self.lexicon);
        let Some(hit) = clauses.hits.first().filter(|hit| is_quoting(hit)) else { return false };
        let begins =
            matches!(clauses.subject_before(hit), Subject::Words(phrase) if phrase.start == sentence.words.start);
        let reports = clauses.content_start(hit).is_some_and(|start| {
            let content = start..clauses.content_end(start, hit).max(start);
            is_content(&clauses, hit, &content)
        });
        begins && !reports
    }

    fn read_sentence(&mut self, sentence: &Sentence, quotes: &[Quote]) {
        let mut inside: Vec<Inside> = (quotes.iter())
            .filter(|quote| sentence.range.overlaps(quote.outer))
            .map(|quote| Inside { quote: *quote, words: self.words.inside(quote.inner), is_taken: false })
            .filter(|inside| !inside.words.is_empty())
            .collect();
        let spans: Vec<Range<usize>> = inside.iter().map(|inside| inside.words.clone()).collect();
        let clauses = Clauses::new(self.words, sentence, &spans, self.lexicon);
        let first_report = self.reports.len();
        let mut speakers: Vec<(usize, Option<Speaker>)> = Vec::new();
        let mut is_used = vec![false; clauses.hits.len()];

        self.read_quotes(&clauses, &mut inside, &mut is_used, &mut speakers);
        self.read_clauses(&clauses, &inside, &is_used, &mut speakers);
        self.attach_lone_quotes(&clauses, &inside);
        self.note_colon(&clauses, &mut speakers);

        let rest = self.reports.get_mut(first_report..).unwrap_or_default();
        rest.sort_by_key(|report| report.content.first().map_or(0, |range| range.start));
        self.remember(&clauses, &mut speakers);
    }

    /// Gives quotations to the cues that touch them.
    fn read_quotes(
        &mut self,
        clauses: &Clauses<'_>,
        inside: &mut [Inside],
        is_used: &mut [bool],
        speakers: &mut Vec<(usize, Option<Speaker>)>,
    ) {
        // One cue may hold several quotations: "…," he said, "…".
        let mut pieces: Vec<(usize, Option<Range<usize>>, Vec<Quote>)> = Vec::new();
        for inside in inside.iter_mut() {
            let Some((hit_idx, subject)) =
                cue_after(clauses, &inside.words).or_else(|| cue_before(clauses, &inside.words))
            else {
                continue;
            };
            inside.is_taken = true;
            match pieces.iter_mut().find(|(idx, ..)| *idx == hit_idx) {
                Some((_, known, quotes)) => {
                    *known = known.take().or(subject);
                    quotes.push(inside.quote);
                }
                None => pieces.push((hit_idx, subject, vec![inside.quote])),
            }
        }
        for (hit_idx, subject, quotes) in pieces {
            let Some(hit) = clauses.hits.get(hit_idx) else { continue };
            if let Some(flag) = is_used.get_mut(hit_idx) {
                *flag = true;
            }
            let subject = subject.or_else(|| match clauses.subject_before(hit) {
                Subject::Words(phrase) => Some(phrase),
                _ => clauses.inverted(hit),
            });
            let speaker = self.speaker_of(clauses, hit, subject.as_ref(), speakers);
            speakers.push((hit_idx, speaker.clone()));
            let voice = Voice {
                cue: Some(hit.clone()),
                speaker_words: subject,
                speaker,
                block_idx: clauses.sentence.block_idx,
            };
            let content = quotes.iter().map(|quote| quote.inner).collect();
            self.report(clauses.sentence, &voice, Quotation::Direct, content, "quote-cue", 0.95);
            self.last = Some(voice);
        }
    }

    /// Reads the cues that no quotation took.
    fn read_clauses(
        &mut self,
        clauses: &Clauses<'_>,
        inside: &[Inside],
        is_used: &[bool],
        speakers: &mut Vec<(usize, Option<Speaker>)>,
    ) {
        let mut taken: Vec<Range<usize>> =
            (inside.iter()).filter(|inside| inside.is_taken).map(|inside| inside.words.clone()).collect();
        for (hit_idx, hit) in clauses.hits.iter().enumerate() {
            let is_inside = taken.iter().any(|range| range.contains(&hit.words.start));
            if is_used.get(hit_idx).copied().unwrap_or(false) || is_inside {
                continue;
            }
            let Some(found) = self.clause_of(clauses, hit, &taken) else { continue };
            // "I think", "you know": nobody is reported.
            let is_first_person = found.subject.as_ref().is_some_and(|phrase| {
                phrase.len() == 1 && matches!(self.words.folded(phrase.start), "i" | "we" | "you" | "one")
            });
            if is_first_person {
                continue;
            }
            let speaker = self.speaker_of(clauses, hit, found.subject.as_ref(), speakers);
            speakers.push((hit_idx, speaker.clone()));
            taken.push(found.content.clone());
            let Some(content) = self.words.bytes(&found.content) else { continue };
            let is_partial = inside.iter().any(|inside| found.content.contains(&inside.words.start));
            let opens_with_dash = ByteRange::new(clauses.sentence.range.start, content.start)
                .of(self.words.text)
                .starts_with(['–', '—', '-', '“', '"', '‘']);
            let quotation = match (is_partial, opens_with_dash && found.rule == "clause-cue-speaker") {
                (_, true) => Quotation::Direct,
                (true, false) => Quotation::Partial,
                (false, false) => Quotation::Indirect,
            };
            let voice = Voice {
                cue: Some(hit.clone()),
                speaker_words: found.subject,
                speaker,
                block_idx: clauses.sentence.block_idx,
            };
            let content = self.with_closing_mark(content, inside);
            self.report(clauses.sentence, &voice, quotation, vec![content], found.rule, found.confidence);
        }
    }

    /// A quotation at an edge of the content comes with its marks, so that they stay paired.
    fn with_closing_mark(&self, content: ByteRange, inside: &[Inside]) -> ByteRange {
        let mut whole = content;
        for inside in inside.iter().filter(|inside| inside.quote.inner.overlaps(content)) {
            whole = whole.cover(inside.quote.outer);
        }
        whole
    }

    /// The clause a cue reports, by the rules of indirect speech.
    fn clause_of(&self, clauses: &Clauses<'_>, hit: &CueHit, taken: &[Range<usize>]) -> Option<Clause> {
        let is_free =
            |range: &Range<usize>| !taken.iter().any(|other| other.start < range.end && range.start < other.end);
        if hit.frame == CueFrame::According {
            return according(clauses, hit).filter(|clause| is_free(&clause.content));
        }
        if let Some(subject) = clauses.inverted(hit)
            && let Some(content) = clauses.content_before(hit.words.start)
        {
            return is_free(&content).then_some(Clause {
                content,
                subject: Some(subject),
                rule: "clause-cue-speaker",
                confidence: 0.85,
            });
        }
        let subject = match clauses.subject_before(hit) {
            Subject::Words(phrase) => Some(phrase),
            Subject::Elided => None,
            Subject::None => return None,
        };
        let start = clauses.content_start(hit);
        if let Some(start) = start {
            let mut end = clauses.content_end(start, hit);
            if let Some(other) = taken.iter().filter(|other| other.start >= start).map(|other| other.start).min() {
                end = end.min(other);
            }
            let content = start..end.max(start);
            if is_content(clauses, hit, &content) && is_free(&content) {
                let rule = match subject {
                    Some(_) => "speaker-cue-clause",
                    None => "cue-clause",
                };
                return Some(Clause { content, subject, rule, confidence: 0.85 });
            }
        }
        let phrase = subject?;
        let is_say = matches!(hit.frame, CueFrame::Say | CueFrame::Tell);
        if is_say
            && phrase.start > clauses.sentence.words.start
            && clauses.words.gap_before(phrase.start).has(Gap::COMMA.or(Gap::DASH))
        {
            let content = clauses.content_before(phrase.start)?;
            return is_free(&content).then_some(Clause {
                content,
                subject: Some(phrase),
                rule: "clause-speaker-cue",
                confidence: 0.85,
            });
        }
        None
    }

    /// Quotations that no cue touches, in a sentence of nothing else, go on with the voice before them.
    fn attach_lone_quotes(&mut self, clauses: &Clauses<'_>, inside: &[Inside]) {
        let is_all_quoted = clauses.is_quoted.iter().all(|&is_quoted| is_quoted);
        if !is_all_quoted || inside.iter().any(|inside| inside.is_taken) {
            return;
        }
        let Some(voice) = self.last.clone() else { return };
        let content: Vec<ByteRange> = inside.iter().map(|inside| inside.quote.inner).collect();
        // The same cue: the pieces are one quotation.
        let cue = voice.cue.as_ref().and_then(|hit| self.words.bytes(&hit.words));
        let open =
            self.reports.iter_mut().rev().find(|report| {
                report.quotation == Quotation::Direct && cue.is_some_and(|cue| report.cue.contains(&cue))
            });
        match open {
            Some(report) => report.content.extend(content),
            None => self.report(clauses.sentence, &voice, Quotation::Direct, content, "quote-continued", 0.85),
        }
        self.last = Some(Voice { block_idx: clauses.sentence.block_idx, ..voice });
    }

    /// `He said:` at the end of a paragraph speaks for the quotation that opens the next one.
    fn note_colon(&mut self, clauses: &Clauses<'_>, speakers: &mut [(usize, Option<Speaker>)]) {
        let Some(last) = clauses.sentence.words.end.checked_sub(1) else { return };
        if !self.words.gap_after(last).has(Gap::COLON) || clauses.is_quoted(last) {
            return;
        }
        let Some(hit) = clauses.hits.last().filter(|hit| matches!(hit.frame, CueFrame::Say | CueFrame::Tell)) else {
            return;
        };
        let Subject::Words(phrase) = clauses.subject_before(hit) else { return };
        let speaker = self.speaker_of(clauses, hit, Some(&phrase), speakers);
        self.last = Some(Voice {
            cue: Some(hit.clone()),
            speaker_words: Some(phrase),
            speaker,
            block_idx: clauses.sentence.block_idx,
        });
    }

    fn report(
        &mut self,
        sentence: &Sentence,
        voice: &Voice,
        quotation: Quotation,
        content: Vec<ByteRange>,
        rule: &'static str,
        confidence: f32,
    ) {
        let text = self.words.text;
        let content: Vec<ByteRange> =
            content.into_iter().map(|range| tidy(text, range)).filter(|range| !range.is_empty()).collect();
        if content.is_empty() {
            return;
        }
        self.reports.push(Report {
            quotation,
            content,
            cue: voice.cue.as_ref().and_then(|hit| self.words.bytes(&hit.words)).into_iter().collect(),
            cue_idx: voice.cue.as_ref().map(|hit| hit.cue_idx),
            speaker_words: voice.speaker_words.as_ref().and_then(|words| self.words.bytes(words)).into_iter().collect(),
            speaker: voice.speaker.clone(),
            rule,
            confidence,
            sentence: sentence.range,
        });
    }

    /// Who speaks by `hit`, with pronouns, left-out subjects and documents resolved.
    fn speaker_of(
        &self,
        clauses: &Clauses<'_>,
        hit: &CueHit,
        subject: Option<&Range<usize>>,
        speakers: &[(usize, Option<Speaker>)],
    ) -> Option<Speaker> {
        let Some(phrase) = subject else {
            return self.speaker_left_out(clauses, hit, speakers);
        };
        let word = self.words.folded(phrase.start);
        if phrase.len() == 1 && matches!(word, "he" | "she" | "it" | "they") {
            let earlier = self.earlier_in_sentence(clauses, phrase.start, speakers);
            return self.memory.resolve_pronoun(word, earlier.as_ref());
        }
        if matches!(word, "i" | "we" | "you") && phrase.len() == 1 {
            return None;
        }
        if let Some(speaker) = self.cast.resolve(phrase) {
            return Some(speaker);
        }
        let head = phrase.clone().take(3).find(|&idx| english::is_document(self.words.folded(idx)));
        if head.is_some() {
            return self.memory.issuer(&self.cast.spelled(phrase));
        }
        Some(self.cast.stranger(phrase))
    }

    /// The subject of the cue before in the sentence, else of its main clause.
    fn speaker_left_out(
        &self,
        clauses: &Clauses<'_>,
        hit: &CueHit,
        speakers: &[(usize, Option<Speaker>)],
    ) -> Option<Speaker> {
        let before = (speakers.iter())
            .filter(|(idx, _)| clauses.hits.get(*idx).is_some_and(|other| other.words.start < hit.words.start))
            .max_by_key(|(idx, _)| *idx);
        if let Some((_, speaker)) = before {
            return speaker.clone();
        }
        let phrase = clauses.main_subject().filter(|phrase| phrase.end <= hit.words.start)?;
        self.speaker_of(clauses, hit, Some(&phrase), &[])
    }

    /// Whom the sentence named before a pronoun: its last speaker, else the subject of its main clause.
    fn earlier_in_sentence(
        &self,
        clauses: &Clauses<'_>,
        before: usize,
        speakers: &[(usize, Option<Speaker>)],
    ) -> Option<Speaker> {
        let spoken = (speakers.iter())
            .filter(|(idx, _)| clauses.hits.get(*idx).is_some_and(|other| other.words.start < before))
            .max_by_key(|(idx, _)| *idx)
            .and_then(|(_, speaker)| speaker.clone());
        spoken.or_else(|| {
            let phrase = clauses.main_subject().filter(|phrase| phrase.end < before)?;
            self.cast.resolve(&phrase).or_else(|| self.named_stranger(&phrase))
        })
    }

    fn named_stranger(&self, phrase: &Range<usize>) -> Option<Speaker> {
        let stranger = self.cast.stranger(phrase);
        (stranger.is_official && stranger.kind == SpeakerKind::Person).then_some(stranger)
    }

    /// Notes who the sentence was about, for the pronouns of the next.
    fn remember(&mut self, clauses: &Clauses<'_>, speakers: &mut [(usize, Option<Speaker>)]) {
        speakers.sort_by_key(|(idx, _)| *idx);
        let subject = clauses.main_subject().filter(|phrase| !clauses.is_quoted(phrase.start));
        let is_pronoun = subject.as_ref().is_some_and(|phrase| {
            matches!(self.words.folded(phrase.start), "he" | "she" | "it" | "they" | "his" | "her" | "their" | "its")
        });
        let named = (subject.as_ref())
            .filter(|_| !is_pronoun)
            .and_then(|phrase| self.cast.resolve(phrase).or_else(|| self.named_stranger(phrase)));
        let spoken = speakers.first().and_then(|(_, speaker)| speaker.clone());
        self.memory.next_sentence();
        for speaker in [named, spoken].into_iter().flatten() {
            self.memory.note(speaker);
        }
        self.note_issuer(clauses, speakers);
    }

    /// "29 ambassadors issued the statement", "NATO said in a statement": who speaks when "the statement" does.
    fn note_issuer(&mut self, clauses: &Clauses<'_>, speakers: &[(usize, Option<Speaker>)]) {
        let range = clauses.sentence.words.clone();
        let has_document =
            range.clone().any(|idx| !clauses.is_quoted(idx) && english::is_document(self.words.folded(idx)));
        if !has_document {
            return;
        }
        let issues = range.clone().find(|&idx| !clauses.is_quoted(idx) && english::is_issuing(self.words.folded(idx)));
        let issuer = match issues {
            Some(verb) => {
                clauses.main_subject().filter(|phrase| phrase.end <= verb).and_then(|phrase| self.cast.resolve(&phrase))
            }
            None => None,
        };
        let is_in = range.clone().any(|idx| {
            self.words.folded(idx) == "in" && (idx + 1..idx + 4).any(|at| english::is_document(self.words.folded(at)))
        });
        let speaker =
            issuer.or_else(|| is_in.then(|| speakers.first().and_then(|(_, speaker)| speaker.clone())).flatten());
        if let Some(speaker) = speaker.filter(|speaker| speaker.actor_idx.is_some()) {
            self.memory.note_issuer(speaker);
        }
    }
}
