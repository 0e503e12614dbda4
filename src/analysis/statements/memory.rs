//! Who was spoken of last: what pronouns, left-out subjects and "the statement" stand for.
//!
//! A pronoun goes back to the last person who was a subject or spoke, for a few sentences only. Once a person was *he*,
//! *she* does not mean that person any more. Nothing is guessed beyond that.

use super::speakers::{Speaker, SpeakerKind};

/// Sentences after which a pronoun no longer reaches back; "feels right": about two paragraphs of news prose.
const MAX_SENTENCES: usize = 7;

/// Persons that are kept in mind.
const MAX_PERSONS: usize = 6;

/// A running memory of an article.
#[derive(Debug, Default)]
pub(super) struct Memory {
    sentence: usize,
    /// Number of the first sentence of the paragraph.
    first_of_block: usize,
    /// Last person first.
    persons: Vec<Noted>,
    institution: Option<Noted>,
    group: Option<Noted>,
    issuer: Option<Speaker>,
    /// Who agreed on something: the authors of a document that nobody is said to have issued.
    host: Option<Speaker>,
    /// Nouns of offices with who was last called so, `None` for somebody the codebook does not know. Last first.
    called: Vec<(String, Option<Noted>)>,
    /// Persons and the pronoun they go by.
    pronouns: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
struct Noted {
    speaker: Speaker,
    sentence: usize,
}

impl Memory {
    pub(super) fn next_sentence(&mut self) {
        self.sentence += 1;
    }

    pub(super) fn next_block(&mut self) {
        self.first_of_block = self.sentence + 1;
    }

    /// A person stood in a sentence, neither as its subject nor as its speaker: one who did is meant before, in the
    /// same paragraph.
    pub(super) fn note_beside(&mut self, speaker: Speaker) {
        let place = self.persons.iter().take_while(|known| known.sentence >= self.first_of_block).count();
        if self.persons.iter().take(place).any(|known| is_same(&known.speaker, &speaker)) {
            return;
        }
        self.persons.retain(|known| !is_same(&known.speaker, &speaker));
        self.persons.insert(place.min(self.persons.len()), Noted { sentence: self.sentence, speaker });
        self.persons.truncate(MAX_PERSONS);
    }

    /// Somebody was the subject of a sentence or spoke in it.
    pub(super) fn note(&mut self, mut speaker: Speaker) {
        while speaker.chain.len() > 1 && speaker.chain.first().is_some_and(|word| is_pronoun(word)) {
            let pronoun = speaker.chain.remove(0);
            self.note_pronoun(name_of(&speaker).to_owned(), &pronoun);
        }
        let noted = Noted { sentence: self.sentence, speaker };
        match noted.speaker.kind {
            SpeakerKind::Person => {
                self.persons.retain(|known| !is_same(&known.speaker, &noted.speaker));
                self.persons.insert(0, noted);
                self.persons.truncate(MAX_PERSONS);
            }
            SpeakerKind::Institution => self.institution = Some(noted),
            SpeakerKind::Group => self.group = Some(noted),
        }
    }

    /// The person goes by this pronoun; the first evidence stands.
    pub(super) fn note_pronoun(&mut self, person: String, pronoun: &str) {
        let pronoun = pronoun.to_lowercase();
        if matches!(pronoun.as_str(), "he" | "she") && !self.pronouns.iter().any(|(known, _)| *known == person) {
            self.pronouns.push((person, pronoun));
        }
    }

    /// Who issued the document that is spoken of; `None` where it is somebody unknown.
    pub(super) fn note_issuer(&mut self, speaker: Option<Speaker>) {
        self.issuer = speaker.map(|speaker| Speaker { kind: SpeakerKind::Institution, person: None, ..speaker });
    }

    pub(super) fn note_host(&mut self, speaker: Speaker) {
        self.host = Some(Speaker { kind: SpeakerKind::Institution, person: None, ..speaker });
    }

    /// Somebody was called by the noun of an office.
    pub(super) fn note_called(&mut self, noun: &str, speaker: Option<Speaker>) {
        let sentence = self.sentence;
        self.called.retain(|(known, _)| known != noun);
        self.called.insert(0, (noun.to_owned(), speaker.map(|speaker| Noted { speaker, sentence })));
    }

    /// "the diplomat": who was last called so.
    pub(super) fn resolve_called(&self, noun: &str, words: &str) -> Option<Speaker> {
        let (_, noted) = self.called.iter().find(|(known, _)| known == noun)?;
        let noted = noted.as_ref().filter(|noted| self.sentence - noted.sentence < MAX_SENTENCES)?;
        Some(through(words, &noted.speaker, 0.88))
    }

    /// "one of them", "several", "another": the last unnamed voices, close before.
    pub(super) fn resolve_unnamed(&self, words: &str) -> Option<Speaker> {
        let (_, noted) = self.called.first()?;
        let noted = noted.as_ref().filter(|noted| !noted.speaker.is_official && self.sentence - noted.sentence <= 2)?;
        Some(through(words, &noted.speaker, 0.85))
    }

    /// "the three visitors": the persons in mind that belong together, where there are as many of one actor.
    pub(super) fn resolve_counted(&self, n: usize, words: &str) -> Option<Speaker> {
        let of_actor = |idx: usize| self.persons.iter().filter(move |noted| noted.speaker.actor_idx == Some(idx));
        let first = (self.persons.iter())
            .find(|noted| noted.speaker.actor_idx.is_some_and(|idx| of_actor(idx).count() == n))?;
        let speaker = through(words, &first.speaker, 0.75);
        Some(Speaker { kind: SpeakerKind::Group, person: None, ..speaker })
    }

    /// Whom a bare epithet means right after a sentence about one person: that person.
    pub(super) fn resolve_epithet(&self, words: &str) -> Option<Speaker> {
        let noted = self.persons.first().filter(|noted| noted.sentence == self.sentence)?;
        Some(through(words, &noted.speaker, 0.8))
    }

    /// Is the person known to go by another pronoun?
    fn is_other(&self, pronoun: &str, speaker: &Speaker) -> bool {
        let name = name_of(speaker);
        let by_name = match name.split_whitespace().next() {
            Some("Mr" | "Mr.") => Some("he"),
            Some("Ms" | "Ms." | "Mrs" | "Mrs." | "Miss") => Some("she"),
            _ => None,
        };
        let known = self.pronouns.iter().find(|(person, _)| person == name).map(|(_, pronoun)| pronoun.as_str());
        known.or(by_name).is_some_and(|known| known != pronoun)
    }

    /// Whom `pronoun` means. `earlier` is who the same sentence named before it.
    pub(super) fn resolve_pronoun(&self, pronoun: &str, earlier: Option<&Speaker>) -> Option<Speaker> {
        let kind = match pronoun {
            "it" => SpeakerKind::Institution,
            "they" => SpeakerKind::Group,
            _ => SpeakerKind::Person,
        };
        let fits = |speaker: &Speaker| speaker.kind == kind && !self.is_other(pronoun, speaker);
        if let Some(speaker) = earlier.filter(|speaker| fits(speaker)) {
            return Some(through(pronoun, speaker, 0.9));
        }
        let noted = match kind {
            SpeakerKind::Person => self.persons.iter().find(|noted| fits(&noted.speaker)),
            SpeakerKind::Institution => self.institution.as_ref(),
            SpeakerKind::Group => self.group.as_ref(),
        }?;
        // "it" is said of things more often than of institutions: it must stand in the next sentence.
        let reach = if kind == SpeakerKind::Person { MAX_SENTENCES } else { 2 };
        let n_back = self.sentence - noted.sentence;
        (n_back < reach).then(|| through(pronoun, &noted.speaker, if n_back <= 2 { 0.88 } else { 0.75 }))
    }

    /// Who issued the document that now speaks as `words`.
    pub(super) fn issuer(&self, words: &str) -> Option<Speaker> {
        self.issuer.as_ref().or(self.host.as_ref()).map(|speaker| through(words, speaker, 0.9))
    }
}

/// The speaker as reached through other words; each step costs confidence.
fn through(words: &str, speaker: &Speaker, factor: f32) -> Speaker {
    let mut speaker = speaker.clone();
    speaker.chain.insert(0, words.to_owned());
    speaker.confidence *= factor;
    speaker
}

fn is_pronoun(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "he" | "she" | "it" | "they")
}

/// The name that a person is kept under.
fn name_of(speaker: &Speaker) -> &str {
    speaker.person.as_deref().or(speaker.chain.last().map(String::as_str)).unwrap_or_default()
}

fn is_same(left: &Speaker, right: &Speaker) -> bool {
    match (&left.person, &right.person) {
        (Some(left), Some(right)) => left == right,
        (None, None) => left.actor_idx == right.actor_idx && left.chain.last() == right.chain.last(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, actor_idx: Option<usize>) -> Speaker {
        Speaker {
            kind: SpeakerKind::Person,
            actor_idx,
            person: Some(name.to_owned()),
            is_official: true,
            chain: vec![name.to_owned()],
            confidence: 1.0,
        }
    }

    #[test]
    fn a_pronoun_means_the_last_person_and_keeps_its_chain() {
        let mut memory = Memory::default();
        memory.note(person("Ada", Some(0)));
        memory.note(person("Ben", None));
        let found = memory.resolve_pronoun("he", None).unwrap();
        assert_eq!((found.actor_idx, found.chain), (None, vec!["he".to_owned(), "Ben".to_owned()]));
        assert!(memory.resolve_pronoun("it", None).is_none());
    }

    #[test]
    fn a_person_who_was_he_is_never_she() {
        let mut memory = Memory::default();
        memory.note(person("Ada", Some(0)));
        memory.note(person("Ben", Some(1)));
        let he = memory.resolve_pronoun("he", None).unwrap();
        memory.note(he);
        assert_eq!(memory.resolve_pronoun("she", None).unwrap().chain, ["she", "Ada"]);
        assert!(
            memory.resolve_pronoun("she", Some(&person("Ben", Some(1)))).unwrap().chain.contains(&"Ada".to_owned())
        );
    }

    #[test]
    fn a_person_beside_comes_after_those_of_the_paragraph_who_were_subjects() {
        let mut memory = Memory::default();
        memory.next_block();
        memory.next_sentence();
        memory.note(person("Ada", Some(0)));
        memory.note_beside(person("Ben", Some(1)));
        assert_eq!(memory.resolve_pronoun("he", None).unwrap().person.as_deref(), Some("Ada"));
        memory.next_block();
        memory.next_sentence();
        memory.note_beside(person("Ben", Some(1)));
        assert_eq!(memory.resolve_pronoun("he", None).unwrap().person.as_deref(), Some("Ben"));
    }

    #[test]
    fn an_office_goes_back_to_who_was_last_called_so() {
        let mut memory = Memory::default();
        memory.note_called("diplomat", Some(person("Ada", Some(0))));
        assert_eq!(memory.resolve_called("diplomat", "the diplomat").unwrap().chain, ["the diplomat", "Ada"]);
        memory.note_called("diplomat", None);
        assert!(memory.resolve_called("diplomat", "the diplomat").is_none());
    }

    #[test]
    fn a_pronoun_does_not_reach_far_back() {
        let mut memory = Memory::default();
        memory.note(person("Ada", Some(0)));
        for _ in 0..MAX_SENTENCES {
            memory.next_sentence();
        }
        assert!(memory.resolve_pronoun("she", None).is_none());
    }
}
