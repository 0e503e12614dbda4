//! One article into reports: which words are told, by which cue, as whose.
//!
//! Sentence by sentence. Quotations first look for the cue that touches them; what cues are left are read by the rules
//! for clauses. A memory of who spoke last serves pronouns, left-out subjects and "the statement"; a sentence with a
//! subject of its own overwrites it. `O(n)` in the words of the article.

use std::ops::Range;

use super::Quotation;
use super::clauses::{Clauses, CueHit, Manner};
use super::english;
use super::frames::{cue_after, cue_before, is_quoting, tidy};
use super::lexicon::Lexicon;
use super::memory::Memory;
use super::quotes::{Quote, find_quotes};
use super::rules;
use super::speakers::{Cast, Speaker};
use super::subjects::Subject;
use super::words::{Gap, Sentence, Words};
use crate::codebook::CueFrame;
use crate::document::{BlockKind, Document};
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
pub(super) struct Voice {
    /// The words of the cue.
    pub cue: Option<Range<usize>>,
    pub cue_idx: Option<usize>,
    pub speaker_words: Vec<Range<usize>>,
    pub speaker: Option<Speaker>,
    pub block_idx: usize,
}

/// Reads an article.
pub(super) fn find_reports(document: &Document, words: &Words<'_>, lexicon: &Lexicon<'_>) -> Vec<Report> {
    let blocks: Vec<ByteRange> = words.blocks.iter().map(|(range, _)| *range).collect();
    let quotes = find_quotes(words.text, &blocks);
    let cast = Cast::new(document, words, lexicon);
    let mut memory = Memory::default();
    for (person, pronoun) in cast.honorifics() {
        memory.note_pronoun(person, pronoun);
    }
    let mut reader = Reader {
        words,
        lexicon,
        cast,
        memory,
        reports: Vec::new(),
        subject: None,
        last: None,
        titles: document.readable_blocks().map(|block| block.kind == BlockKind::Title).collect(),
        is_open: false,
    };
    for (block_idx, quotes) in quotes.iter().enumerate() {
        reader.read_block(block_idx, quotes);
    }
    reader.reports
}

pub(super) struct Reader<'a> {
    pub(super) words: &'a Words<'a>,
    lexicon: &'a Lexicon<'a>,
    pub(super) cast: Cast<'a>,
    pub(super) memory: Memory,
    pub(super) reports: Vec<Report>,
    /// The subject of the sentence before, for a quotation that stands alone.
    pub(super) subject: Option<(Range<usize>, usize)>,
    /// Who spoke the last quotation, for one that goes on.
    pub(super) last: Option<Voice>,
    /// Which blocks are titles.
    pub(super) titles: Vec<bool>,
    /// Did the block before end in an open quotation or with a colon after a cue?
    is_open: bool,
}

/// A quotation inside a sentence.
pub(super) struct Inside {
    pub quote: Quote,
    pub words: Range<usize>,
    pub is_taken: bool,
}

impl Reader<'_> {
    fn read_block(&mut self, block_idx: usize, quotes: &[Quote]) {
        let outer: Vec<ByteRange> = quotes.iter().map(|quote| quote.outer).collect();
        let sentences = self.joined(self.words.sentences(block_idx, &outer), quotes);
        let was_open = std::mem::take(&mut self.is_open);
        // A paragraph that is nothing but quotation goes on with the voice of the one before it.
        let is_all_quoted = self.is_all_quoted(block_idx, &outer);
        let goes_on = |voice: &Voice| voice.block_idx == block_idx || is_all_quoted && voice.block_idx + 1 == block_idx;
        if !was_open && !self.last.as_ref().is_some_and(goes_on) {
            self.last = None;
        }
        self.memory.next_block();
        for sentence in &sentences {
            self.read_sentence(sentence, quotes);
        }
        let ends_open = quotes.last().is_some_and(|quote| quote.is_continued);
        let ends_in_colon = (self.words.blocks.get(block_idx))
            .and_then(|(_, words)| words.end.checked_sub(1))
            .is_some_and(|last| self.words.gap_after(last).has(Gap::COLON));
        self.is_open = ends_open || ends_in_colon && self.last.is_some();
    }

    fn is_all_quoted(&self, block_idx: usize, quotes: &[ByteRange]) -> bool {
        let Some((_, words)) = self.words.blocks.get(block_idx) else { return false };
        let slice = self.words.slice(words);
        slice.len() >= 4 && slice.iter().all(|word| quotes.iter().any(|quote| quote.contains(word.range)))
    }

    /// `“Is it?” Smith said.` is one sentence, though a capital follows the question mark.
    fn joined(&self, sentences: Vec<Sentence>, quotes: &[Quote]) -> Vec<Sentence> {
        let mut joined: Vec<Sentence> = Vec::new();
        for sentence in sentences {
            let asks = |last: &Sentence| {
                let end = last.range.of(self.words.text).trim_end_matches(['"', '”', '“', '’', '‘', '\'', '»']);
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
        let begins = matches!(clauses.subject_of(hit), Subject::Words(phrase) if phrase.start == sentence.words.start);
        let reports = rules::read(&clauses, hit, &|_| true).is_some();
        begins && !reports
    }

    fn read_sentence(&mut self, sentence: &Sentence, quotes: &[Quote]) {
        let mut inside: Vec<Inside> = (quotes.iter())
            .filter(|quote| sentence.range.overlaps(quote.outer))
            .map(|quote| Inside { quote: *quote, words: self.words.inside(quote.inner), is_taken: false })
            .filter(|inside| !inside.words.is_empty())
            .collect();
        let spans: Vec<Range<usize>> = inside.iter().map(|inside| inside.words.clone()).collect();
        let mut clauses = Clauses::new(self.words, sentence, &spans, self.lexicon);
        clauses.is_title = self.titles.get(sentence.block_idx).copied().unwrap_or(false);
        clauses.knows_it = self.memory.resolve_pronoun("it", None).is_some();
        let first_report = self.reports.len();
        let mut speakers: Vec<(usize, Option<Speaker>)> = Vec::new();
        let mut is_used = vec![false; clauses.hits.len()];

        self.read_quotes(&clauses, &mut inside, &mut is_used, &mut speakers);
        self.read_clauses(&clauses, &inside, &is_used, &mut speakers);
        self.attach_lone_quotes(&clauses, &inside);
        self.read_words_of(&clauses, first_report);
        self.read_loose_quotes(&clauses, &inside, first_report);
        self.read_title(&clauses, &inside, first_report);
        self.note_colon(&clauses, &mut speakers);

        let rest = self.reports.get_mut(first_report..).unwrap_or_default();
        rest.sort_by_key(|report| report.content.first().map_or(0, |range| range.start));
        self.remember(&clauses, &mut speakers);
        self.subject = clauses.main_subject().map(|phrase| (phrase, sentence.block_idx));
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
        let mut pieces: Vec<Piece> = Vec::new();
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
        take_rests(clauses, self.words.text, inside, &mut pieces);
        for (hit_idx, subject, quotes) in pieces {
            let Some(hit) = clauses.hits.get(hit_idx) else { continue };
            if let Some(flag) = is_used.get_mut(hit_idx) {
                *flag = !tells_clause(clauses, hit, &quotes, self.words);
            }
            let (subject, relative) = match (subject, clauses.subject_of(hit)) {
                (Some(phrase), _) | (None, Subject::Words(phrase)) => (Some(phrase), None),
                (None, Subject::Relative(phrase, pronoun)) => (Some(phrase), Some(pronoun)),
                _ => (clauses.inverted(hit), None),
            };
            let subject = subject.or_else(|| clauses.earlier_subject(hit.start));
            let speaker = self.speaker_of(clauses, hit, subject.as_ref(), speakers);
            speakers.push((hit_idx, speaker.clone()));
            let voice = Voice {
                cue: Some(hit.words.clone()),
                cue_idx: hit.quoting_cue(),
                speaker_words: spoken_by(subject, relative),
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
        let mut told: Vec<Range<usize>> = Vec::new();
        let taken: Vec<Range<usize>> =
            (inside.iter()).filter(|inside| inside.is_taken).map(|inside| inside.words.clone()).collect();
        for (hit_idx, hit) in clauses.hits.iter().enumerate() {
            let is_inside = taken.iter().any(|range| range.contains(&hit.words.start))
                || !hit.is_strict && told.iter().any(|range| range.contains(&hit.words.start));
            if is_used.get(hit_idx).copied().unwrap_or(false) || is_inside {
                continue;
            }
            let is_free =
                |range: &Range<usize>| !taken.iter().any(|other| other.start < range.end && range.start < other.end);
            let Some(found) = rules::read(clauses, hit, &is_free) else { continue };
            if self.is_first_person(hit, found.subject.as_ref()) {
                continue;
            }
            let has_own = found.subject.is_some() || !is_active(hit.manner);
            let subject = if has_own { found.subject } else { clauses.earlier_subject(hit.start) };
            let speaker = if subject.is_some() || is_active(hit.manner) {
                self.speaker_of(clauses, hit, subject.as_ref(), speakers)
            } else {
                None
            };
            if hit.is_finite() {
                speakers.push((hit_idx, speaker.clone()));
            }
            told.extend(found.content.iter().cloned());
            let is_partial =
                inside.iter().any(|inside| found.content.iter().any(|piece| piece.contains(&inside.words.start)));
            let content: Vec<ByteRange> = (found.content.iter())
                .filter_map(|piece| self.words.bytes(piece))
                .map(|piece| self.with_closing_mark(piece, inside))
                .collect();
            let Some(first) = content.first() else { continue };
            let opens_with_dash = ByteRange::new(clauses.sentence.range.start, first.start)
                .of(self.words.text)
                .starts_with(['–', '—', '-', '“', '"', '‘']);
            let quotation = match (is_partial, opens_with_dash && found.rule == "clause-cue-speaker") {
                (_, true) => Quotation::Direct,
                (true, false) => Quotation::Partial,
                (false, false) => Quotation::Indirect,
            };
            let voice = Voice {
                cue: Some(hit.words.clone()),
                cue_idx: found.cue_idx,
                speaker_words: spoken_by(subject, found.relative),
                speaker,
                block_idx: clauses.sentence.block_idx,
            };
            self.report(clauses.sentence, &voice, quotation, content, found.rule, found.confidence);
        }
    }

    /// "I think", "you know": nobody is reported; "I told her" and "we asked" report.
    fn is_first_person(&self, hit: &CueHit, subject: Option<&Range<usize>>) -> bool {
        let word = subject.filter(|phrase| phrase.len() == 1).map_or("", |phrase| self.words.folded(phrase.start));
        let is_told = hit.has(CueFrame::Tell)
            && english::verb_form(self.words.folded(hit.words.start)) == english::VerbForm::Past;
        let is_anyone = word == "one" && self.memory.resolve_unnamed(word).is_none();
        is_anyone || english::bare(word) == "you" || matches!(english::bare(word), "i" | "we") && !is_told
    }

    /// A quotation at an edge of the content comes with its marks, so that they stay paired.
    fn with_closing_mark(&self, content: ByteRange, inside: &[Inside]) -> ByteRange {
        let mut whole = content;
        for inside in inside.iter().filter(|inside| inside.quote.inner.overlaps(content)) {
            whole = whole.cover(inside.quote.outer);
        }
        whole
    }

    /// Quotations that no cue touches, in a sentence of nothing else, go on with the voice before them.
    fn attach_lone_quotes(&mut self, clauses: &Clauses<'_>, inside: &[Inside]) {
        let is_all_quoted = clauses.is_quoted.iter().all(|&is_quoted| is_quoted);
        if !is_all_quoted || inside.iter().any(|inside| inside.is_taken) {
            return;
        }
        let Some(voice) = self.last.clone().or_else(|| self.voice_before(clauses)) else { return };
        let content: Vec<ByteRange> = inside.iter().map(|inside| inside.quote.inner).collect();
        // The same cue: the pieces are one quotation.
        let cue = voice.cue.as_ref().and_then(|cue| self.words.bytes(cue));
        let open =
            self.reports.iter_mut().rev().find(|report| {
                report.quotation == Quotation::Direct && cue.is_some_and(|cue| report.cue.contains(&cue))
            });
        match open {
            Some(report) => report.content.extend(content),
            None => self.report(
                clauses.sentence,
                &voice,
                Quotation::Direct,
                content,
                "quote-continued",
                if voice.cue.is_some() { 0.85 } else { 0.6 },
            ),
        }
        self.last = Some(Voice { block_idx: clauses.sentence.block_idx, ..voice });
    }

    /// `He said:` at the end of a paragraph speaks for the quotation that opens the next one.
    fn note_colon(&mut self, clauses: &Clauses<'_>, speakers: &mut [(usize, Option<Speaker>)]) {
        let Some(last) = clauses.sentence.words.end.checked_sub(1) else { return };
        if !self.words.gap_after(last).has(Gap::COLON) || clauses.is_quoted(last) {
            return;
        }
        let Some(hit) = clauses.hits.last().filter(|hit| is_quoting(hit)) else { return };
        let Some(phrase) = clauses.subject_of(hit).phrase().or_else(|| clauses.earlier_subject(hit.start)) else {
            return;
        };
        let speaker = self.speaker_of(clauses, hit, Some(&phrase), speakers);
        self.last = Some(Voice {
            cue: Some(hit.words.clone()),
            cue_idx: hit.quoting_cue(),
            speaker_words: vec![phrase],
            speaker,
            block_idx: clauses.sentence.block_idx,
        });
    }

    pub(super) fn report(
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
            cue: voice.cue.as_ref().and_then(|cue| self.words.bytes(cue)).into_iter().collect(),
            cue_idx: voice.cue_idx,
            speaker_words: voice.speaker_words.iter().filter_map(|words| self.words.bytes(words)).collect(),
            speaker: voice.speaker.clone(),
            rule,
            confidence,
            sentence: sentence.range,
        });
    }
}

/// `S said that C: “Q”`: a clause stands between the cue and its quotation.
fn tells_clause(clauses: &Clauses<'_>, hit: &CueHit, quotes: &[Quote], words: &Words<'_>) -> bool {
    let Some(start) = quotes.first().map(|quote| words.inside(quote.inner).start) else { return false };
    hit.words.end < start
        && words.gap_before(start).has(Gap::COLON)
        && rules::read(clauses, hit, &|_| true).is_some_and(|found| {
            found.content.iter().all(|piece| {
                piece.start >= hit.words.end && piece.end <= start && piece.len() >= 3 && clauses.is_clause(piece)
            })
        })
}

/// A cue by its place among the hits, its subject, and the quotations it holds.
type Piece = (usize, Option<Range<usize>>, Vec<Quote>);

/// `“What hurts,” said Ann Hill, who lives there, “is the noise.”`: a quotation that ended in a comma goes on in the
/// same sentence in lower case.
fn take_rests(clauses: &Clauses<'_>, text: &str, inside: &mut [Inside], pieces: &mut [Piece]) {
    for idx in 1..inside.len() {
        let (before, rest) = inside.split_at_mut(idx);
        let (Some(before), Some(rest)) = (before.last(), rest.first_mut()) else { continue };
        let goes_on = before.is_taken
            && !rest.is_taken
            && before.quote.inner.of(text).ends_with(',')
            && rest.quote.inner.of(text).starts_with(char::is_lowercase)
            && clauses.words.gap_before(rest.words.start).has(Gap::COMMA);
        let piece = pieces.iter_mut().find(|(_, _, quotes)| quotes.contains(&before.quote));
        if let Some((_, _, quotes)) = piece.filter(|_| goes_on) {
            quotes.push(rest.quote);
            rest.is_taken = true;
        }
    }
}

/// Is the subject of the cue the one who speaks?
fn is_active(manner: Manner) -> bool {
    matches!(manner, Manner::Finite | Manner::Participle | Manner::Gerund | Manner::Infinitive)
}

/// The words that name the speaker, with the pronoun that stands for them in a relative clause.
fn spoken_by(subject: Option<Range<usize>>, relative: Option<usize>) -> Vec<Range<usize>> {
    subject.into_iter().chain(relative.map(|pronoun| pronoun..pronoun + 1)).collect()
}
