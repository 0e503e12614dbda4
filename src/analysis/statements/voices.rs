//! Whose voice a cue lends: names, pronouns, left-out subjects and documents resolved to speakers.
//!
//! A running memory serves pronouns and "the statement"; a sentence with a subject of its own overwrites it. What the
//! rules do not settle stays unknown. `O(n)` in the words of a sentence.

use std::ops::Range;

use super::clauses::{Clauses, CueHit};
use super::english;
use super::reports::Reader;
use super::speakers::{Speaker, SpeakerKind};
use super::tags::Tag;

impl Reader<'_> {
    /// Who speaks by `hit`, with pronouns, left-out subjects and documents resolved.
    pub(super) fn speaker_of(
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
        Some(self.speaker_named(clauses, phrase)).filter(|speaker| !speaker.chain.is_empty())
    }

    /// Who a noun phrase beside a quotation without a cue is.
    pub(super) fn speaker_of_phrase(&self, clauses: &Clauses<'_>, phrase: &Range<usize>) -> Option<Speaker> {
        let word = self.words.folded(phrase.start);
        if phrase.len() == 1 && matches!(word, "he" | "she" | "it" | "they") {
            let earlier = self.earlier_in_sentence(clauses, phrase.start, &[]);
            return self.memory.resolve_pronoun(word, earlier.as_ref());
        }
        Some(self.speaker_named(clauses, phrase)).filter(|speaker| !speaker.chain.is_empty())
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
        if phrase.len() == 1 && self.words.tag(phrase.start) == Tag::Pronoun {
            return None;
        }
        let stranger = self.cast.stranger(phrase);
        (stranger.is_official && stranger.kind == SpeakerKind::Person).then_some(stranger)
    }

    /// Notes who the sentence was about, for the pronouns of the next.
    pub(super) fn remember(&mut self, clauses: &Clauses<'_>, speakers: &mut [(usize, Option<Speaker>)]) {
        speakers.sort_by_key(|(idx, _)| *idx);
        let subject = clauses.main_subject().filter(|phrase| !clauses.is_quoted(phrase.start));
        let is_pronoun = subject.as_ref().is_some_and(|phrase| {
            matches!(self.words.folded(phrase.start), "he" | "she" | "it" | "they" | "his" | "her" | "their" | "its")
        });
        let named = (subject.as_ref())
            .filter(|_| !is_pronoun && clauses.is_clause(&clauses.sentence.words))
            .and_then(|phrase| self.cast.resolve(phrase).or_else(|| self.named_stranger(phrase)));
        let spoken = speakers.first().and_then(|(_, speaker)| speaker.clone());
        let is_person = |speaker: &Option<Speaker>| speaker.as_ref().is_some_and(|s| s.kind == SpeakerKind::Person);
        let beside = if is_person(&spoken) || is_pronoun {
            Vec::new()
        } else {
            self.cast.persons_in(&clauses.sentence.words, &|idx| clauses.is_quoted(idx))
        };
        // "Industry heard it from Ann Hill": a capital that opens a sentence may be any noun's.
        let is_any_noun = subject.as_ref().is_some_and(|phrase| {
            phrase.len() == 1
                && named.as_ref().is_some_and(|speaker| speaker.actor_idx.is_none())
                && !self.cast.is_surname(phrase.start)
        });
        let named = named.filter(|_| !is_any_noun || beside.is_empty());
        self.memory.next_sentence();
        let has_person = is_person(&named) || is_person(&spoken);
        for speaker in beside.into_iter().rev().filter(|_| !has_person) {
            self.memory.note_beside(speaker);
        }
        for speaker in [named, spoken].into_iter().flatten() {
            self.memory.note(speaker);
        }
        self.note_called(clauses);
        self.note_issuer(clauses, speakers);
        self.note_document(clauses);
    }

    /// "29 ambassadors issued the statement", "NATO said in a statement": who speaks when "the statement" does.
    fn note_issuer(&mut self, clauses: &Clauses<'_>, speakers: &[(usize, Option<Speaker>)]) {
        let range = clauses.sentence.words.clone();
        let has_document =
            range.clone().any(|idx| !clauses.is_quoted(idx) && english::is_document(self.words.folded(idx)));
        if !has_document {
            self.note_host(clauses);
            return;
        }
        let issues = range.clone().find(|&idx| !clauses.is_quoted(idx) && english::is_issuing(self.words.folded(idx)));
        let subject = clauses.main_subject();
        let by = issues.filter(|&verb| self.words.folded(verb + 1) == "by");
        let phrase = match (by, issues) {
            (Some(verb), _) => clauses.phrase_after(verb + 2),
            (None, Some(verb)) => subject.filter(|phrase| phrase.end <= verb),
            (None, None) => None,
        };
        let issuer = phrase.as_ref().and_then(|phrase| {
            let named = self.cast.resolve(phrase);
            named.or_else(|| self.chair_of(clauses, phrase))
        });
        // Somebody else's document takes the place of the one before.
        let is_other = issuer.is_none()
            && phrase.is_some_and(|phrase| {
                let is_document = phrase.clone().any(|idx| english::is_document(self.words.folded(idx)));
                !is_document && self.named_stranger(&phrase).is_some()
            });
        if is_other {
            self.memory.note_issuer(None);
        }
        let is_in = range.clone().any(|idx| {
            self.words.folded(idx) == "in" && (idx + 1..idx + 4).any(|at| english::is_document(self.words.folded(at)))
        });
        let speaker =
            issuer.or_else(|| is_in.then(|| speakers.first().and_then(|(_, speaker)| speaker.clone())).flatten());
        if let Some(speaker) = speaker.filter(|speaker| speaker.actor_idx.is_some()) {
            self.memory.note_issuer(Some(speaker.clone()));
            self.memory.note(Speaker { kind: SpeakerKind::Institution, person: None, ..speaker });
        }
    }
}
