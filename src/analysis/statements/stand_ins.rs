//! Words that stand for a voice named before: "the diplomat", "one of them", "the Belgian", "her office", "the
//! resolution".
//!
//! Each goes back to the last voice that was called so, or that the sentence right before was about, and never beyond a
//! few sentences. What has no such voice stays a stranger. `O(n)` in the words of a sentence.

use std::ops::Range;

use super::clauses::Clauses;
use super::reports::Reader;
use super::speakers::{Speaker, SpeakerKind};
use super::tags::Tag;
use super::words::Gap;
use super::{english, nouns};

impl Reader<'_> {
    /// Who a noun phrase is, that is no pronoun. Without a chain where it is a document that nobody issued.
    pub(super) fn speaker_named(&self, clauses: &Clauses<'_>, phrase: &Range<usize>) -> Speaker {
        if let Some(speaker) = self.epithet(phrase).or_else(|| self.cast.resolve(phrase)) {
            return speaker;
        }
        if let Some(document) = phrase.clone().take(4).find(|&idx| english::is_document(self.words.folded(idx))) {
            let issuer = self.issuer_of(clauses, phrase, document);
            let nobody = Speaker { chain: Vec::new(), ..self.cast.stranger(phrase) };
            return issuer.or_else(|| self.memory.issuer(&self.cast.spelled(phrase))).unwrap_or(nobody);
        }
        (self.stand_in(phrase))
            .or_else(|| self.by_apposition(clauses, phrase))
            .unwrap_or_else(|| self.cast.stranger(phrase))
    }

    /// "the Spanish diplomat", "the Belgian": a person by the nation, where the sentence before was about one and
    /// nobody was called so.
    fn epithet(&self, phrase: &Range<usize>) -> Option<Speaker> {
        if self.words.folded(phrase.start) != "the" || phrase.len() > 3 {
            return None;
        }
        let is_nation = |idx: usize| nouns::is_national(self.words.folded(idx)) && self.words.all[idx].is_capital;
        let is_epithet = match phrase.len() {
            2 => is_nation(phrase.start + 1),
            3 => {
                let noun = self.words.folded(phrase.start + 2);
                let is_voice = self.cast.office_at(phrase.start + 2) == Some((1, false)) && !noun.ends_with('s');
                is_nation(phrase.start + 1) && is_voice && self.memory.resolve_called(noun, "").is_none()
            }
            _ => false,
        };
        is_epithet.then(|| self.memory.resolve_epithet(&self.cast.spelled(phrase))).flatten()
    }

    /// "the official", "one of them", "her office".
    fn stand_in(&self, phrase: &Range<usize>) -> Option<Speaker> {
        let spelled = self.cast.spelled(phrase);
        let first = self.words.folded(phrase.start);
        let last = self.words.folded(phrase.end - 1);
        if matches!(first, "his" | "her" | "its" | "their") && phrase.len() == 2 && nouns::is_staff(last) {
            let pronoun = match first {
                "his" => "he",
                "her" => "she",
                "its" => "it",
                _ => "they",
            };
            let owner = self.memory.resolve_pronoun(pronoun, None)?;
            let mut chain = owner.chain;
            chain.insert(0, spelled);
            return Some(Speaker { kind: SpeakerKind::Group, person: None, chain, ..owner });
        }
        let n_persons = ["two", "three", "four"].iter().position(|word| *word == self.words.folded(phrase.start + 1));
        if let Some(n_persons) = n_persons.filter(|_| first == "the" && phrase.len() == 3 && nouns::is_people(last)) {
            return self.memory.resolve_counted(n_persons + 2, &spelled);
        }
        if matches!(first, "the" | "that" | "this") && (2..=3).contains(&phrase.len()) {
            let (len, _) = self.cast.office_at(phrase.start + 1)?;
            let office = phrase.start + 1..phrase.start + 1 + len;
            let is_whole = office.end == phrase.end;
            return if is_whole { self.memory.resolve_called(&self.office_words(&office), &spelled) } else { None };
        }
        let is_counted =
            matches!(first, "one" | "another" | "several" | "some" | "others" | "both" | "two" | "three" | "many");
        let is_alone =
            phrase.len() == 1 || phrase.len() == 3 && last == "them" && self.words.folded(phrase.start + 1) == "of";
        let is_other = matches!(first, "the" | "a" | "an")
            && phrase.len() == 2
            && matches!(last, "other" | "others" | "second" | "third");
        let is_them = phrase.len() == 1 && first == "them" && self.words.folded(phrase.start.saturating_sub(1)) == "of";
        (is_counted && is_alone || is_other || is_them).then(|| self.memory.resolve_unnamed(&spelled)).flatten()
    }

    /// `said Ann Marsh, a NATO spokesperson.`: the name is unknown, what stands beside it is not.
    fn by_apposition(&self, clauses: &Clauses<'_>, phrase: &Range<usize>) -> Option<Speaker> {
        let slice = self.words.slice(phrase);
        let next = phrase.end;
        let is_name = slice.len() >= 2 && slice.iter().all(|word| word.is_capital);
        if !is_name || next >= clauses.sentence.words.end || !self.words.gap_before(next).has(Gap::COMMA) {
            return None;
        }
        let apposition = clauses.phrase_after(next)?;
        let ends = apposition.end >= clauses.sentence.words.end
            || self.words.gap_before(apposition.end).has(Gap::COMMA.or(Gap::STOP).or(Gap::QUOTE));
        let is_office = apposition.clone().any(|idx| self.cast.office_at(idx).is_some());
        let speaker = self.cast.resolve(&apposition).filter(|speaker| {
            ends && (speaker.kind == SpeakerKind::Person || speaker.kind == SpeakerKind::Institution && is_office)
        })?;
        let mut chain = speaker.chain;
        chain.insert(0, self.cast.spelled(phrase));
        let person = Some(self.cast.spelled(phrase));
        Some(Speaker { kind: SpeakerKind::Person, person, chain, ..speaker })
    }

    /// "The council's declaration", "its statement", "an EU statement", "a letter by the council".
    fn issuer_of(&self, clauses: &Clauses<'_>, phrase: &Range<usize>, document: usize) -> Option<Speaker> {
        let owner = match self.words.folded(phrase.start) {
            "its" => self.memory.resolve_pronoun("it", None),
            "their" => self.memory.resolve_pronoun("they", None),
            "his" => self.memory.resolve_pronoun("he", None),
            "her" => self.memory.resolve_pronoun("she", None),
            _ => self.cast.owner_in(&(phrase.start..document)),
        };
        let owner = owner.or_else(|| {
            let is_by = matches!(self.words.folded(document + 1), "by" | "from" | "of")
                && document + 2 < clauses.sentence.words.end;
            is_by.then(|| clauses.phrase_after(document + 2)).flatten().and_then(|by| self.cast.resolve(&by))
        })?;
        let mut chain = owner.chain;
        chain.insert(0, self.cast.spelled(phrase));
        Some(Speaker { kind: SpeakerKind::Institution, person: None, chain, ..owner })
    }

    /// A document as the subject of a sentence: "it" and "the statement" of the next are its author.
    pub(super) fn note_document(&mut self, clauses: &Clauses<'_>) {
        let Some(phrase) = clauses.main_subject().filter(|phrase| !clauses.is_quoted(phrase.start)) else { return };
        let Some(document) = phrase.clone().take(4).find(|&idx| english::is_document(self.words.folded(idx))) else {
            return;
        };
        let issuer = self.issuer_of(clauses, &phrase, document);
        if let Some(issuer) = issuer.clone().filter(|speaker| speaker.actor_idx.is_some()) {
            self.memory.note_issuer(Some(issuer));
        }
        let Some(speaker) = issuer.or_else(|| self.memory.issuer(&self.cast.spelled(&phrase))) else { return };
        let is_plural = self.words.folded(document).ends_with('s');
        let kind = if is_plural { SpeakerKind::Group } else { SpeakerKind::Institution };
        self.memory.note(Speaker { kind, ..speaker });
    }

    /// "The ministers agreed on …": whose a joint statement is, where nobody is said to have issued it.
    pub(super) fn note_host(&mut self, clauses: &Clauses<'_>) {
        let range = clauses.sentence.words.clone();
        let agrees = |idx: usize| matches!(self.words.folded(idx), "agreed" | "adopted" | "approved" | "endorsed");
        let Some(verb) = range.clone().find(|&idx| !clauses.is_quoted(idx) && agrees(idx)) else { return };
        let phrase = clauses.main_subject().filter(|phrase| phrase.end == verb || phrase.end + 1 == verb);
        let speaker = phrase.and_then(|phrase| self.cast.resolve(&phrase));
        let is_body = |speaker: &Speaker| speaker.kind != SpeakerKind::Person && speaker.actor_idx.is_some();
        if let Some(speaker) = speaker.filter(is_body) {
            self.memory.note_host(speaker);
        }
    }

    /// "Members adopted a resolution after a debate opened by President Hill": a body by its people has no name of its
    /// own, and is that of the officer by whom it met.
    pub(super) fn chair_of(&self, clauses: &Clauses<'_>, phrase: &Range<usize>) -> Option<Speaker> {
        let is_body = matches!(
            self.words.folded(phrase.start),
            "members" | "lawmakers" | "deputies" | "delegates" | "ministers" | "leaders" | "ambassadors" | "envoys"
        );
        let by = (phrase.end..clauses.sentence.words.end)
            .find(|&idx| self.words.folded(idx) == "by" && !clauses.is_quoted(idx))
            .filter(|_| is_body)?;
        let chair = clauses.phrase_after(by + 1)?;
        self.cast.resolve(&chair).filter(|speaker| speaker.person.is_some() && speaker.actor_idx.is_some())
    }

    /// Notes by what offices persons and unnamed voices of the sentence were called.
    pub(super) fn note_called(&mut self, clauses: &Clauses<'_>) {
        let mut found: Vec<(String, Option<Speaker>)> = Vec::new();
        let mut at = clauses.sentence.words.start;
        while at < clauses.sentence.words.end {
            let Some((len, is_official)) = self.cast.office_at(at).filter(|_| !clauses.is_quoted(at)) else {
                at += 1;
                continue;
            };
            let office = at..at + len;
            at += len;
            let Some(phrase) = clauses.phrase_before(office.end) else { continue };
            let is_again = matches!(self.words.folded(phrase.start), "the" | "that" | "this");
            // Ministers are no "minister"; of unnamed voices one may speak for the rest.
            let is_plural = self.words.folded(office.end - 1).ends_with('s');
            if is_again && phrase.len() == len + 1 || is_official && is_plural {
                continue;
            }
            found.push((self.office_words(&office), self.called_so(clauses, &phrase)));
        }
        for (noun, speaker) in found {
            self.memory.note_called(&noun, speaker.filter(|speaker| speaker.actor_idx.is_some()));
        }
    }

    /// The noun of an office in the singular.
    fn office_words(&self, office: &Range<usize>) -> String {
        let words: Vec<&str> = office.clone().map(|idx| self.words.folded(idx)).collect();
        let joined = words.join(" ");
        joined.strip_suffix('s').map_or_else(|| joined.clone(), str::to_owned)
    }

    /// Who is called by the noun of an office that ends `phrase`: the name behind it, or before it and a comma.
    fn called_so(&self, clauses: &Clauses<'_>, phrase: &Range<usize>) -> Option<Speaker> {
        let mut end = phrase.end;
        while end < clauses.sentence.words.end
            && self.words.all.get(end).is_some_and(|word| word.is_capital)
            && !self.words.gap_before(end).has(Gap::ANY)
        {
            end += 1;
        }
        let is_apposition = end == phrase.end
            && phrase.start > clauses.sentence.words.start
            && self.words.gap_before(phrase.start).has(Gap::COMMA)
            && matches!(self.words.tag(phrase.start), Tag::Determiner | Tag::Noun | Tag::Name | Tag::Adjective);
        let before = if is_apposition { clauses.phrase_before(phrase.start) } else { None };
        let named = before.and_then(|before| self.cast.resolve(&before)).filter(|speaker| speaker.person.is_some());
        named.or_else(|| self.cast.resolve(&(phrase.start..end)))
    }
}
