//! Headlines that report without a verb: `Smith: Council stands by its plan`, `Council stands by its plan: Smith`,
//! `‘We stand by it’: the council keeps its plan`.
//!
//! Only where the name is one the codebook knows; before a colon stand topics as well, so that a bare actor there is
//! left alone. `O(n)` in the words of the title.

use std::ops::Range;

use super::Quotation;
use super::clauses::Clauses;
use super::reports::{Inside, Reader, Voice};
use super::speakers::{Speaker, SpeakerKind};
use super::words::Gap;

/// Words of a name with its title before or after the colon of a headline.
const MAX_NAME: usize = 6;

impl Reader<'_> {
    /// The words of a title that no other rule read.
    pub(super) fn read_title(&mut self, clauses: &Clauses<'_>, inside: &[Inside], first_report: usize) {
        if !clauses.is_title || self.reports.len() > first_report {
            return;
        }
        let sentence = clauses.sentence.words.clone();
        let Some(colon) =
            sentence.clone().find(|&idx| idx + 1 < sentence.end && self.words.gap_after(idx).has(Gap::COLON))
        else {
            return;
        };
        let (before, after) = (sentence.start..colon + 1, colon + 1..sentence.end);
        let quote = inside.iter().find(|quote| quote.words == before);
        if let Some(quote) = quote {
            let Some(phrase) = clauses.phrase_after(after.start).filter(|_| quote.words.len() >= 3) else { return };
            let Some(speaker) = self.cast.resolve(&phrase) else { return };
            let voice = self.voice_of(clauses, phrase, speaker);
            let content = vec![quote.quote.inner];
            self.report(clauses.sentence, &voice, Quotation::Direct, content, "title-quote-speaker", 0.7);
            return;
        }
        for (name, content, rule) in
            [(before.clone(), after.clone(), "title-speaker-clause"), (after, before, "title-clause-speaker")]
        {
            let is_name = name.len() <= MAX_NAME && clauses.is_clause(&content);
            let speaker = self.cast.resolve(&name).filter(|speaker| is_name && speaker.kind == SpeakerKind::Person);
            let (Some(speaker), Some(content)) = (speaker, self.words.bytes(&content)) else { continue };
            let voice = self.voice_of(clauses, name, speaker);
            self.report(clauses.sentence, &voice, Quotation::Indirect, vec![content], rule, 0.75);
            return;
        }
    }

    fn voice_of(&self, clauses: &Clauses<'_>, phrase: Range<usize>, speaker: Speaker) -> Voice {
        Voice {
            cue: None,
            cue_idx: None,
            speaker_words: vec![phrase],
            speaker: Some(speaker),
            block_idx: clauses.sentence.block_idx,
        }
    }
}
