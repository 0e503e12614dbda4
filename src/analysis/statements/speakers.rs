//! Who a noun phrase names: an actor, an officer in office on that day, an unnamed voice, or nobody known.
//!
//! Names are looked up longest first, look-alikes before all. A title without its institution ("the Secretary
//! General") needs the institution, and the last holder introduced, in the same article. Whatever the table does not
//! settle stays unknown: no speaker is ever an actor by default.

use std::ops::Range;

use jiff::civil::Date;

use super::english;
use super::lexicon::{Lexicon, Name, NameKind};
use super::words::{Gap, Words};
use crate::codebook::Officer;
use crate::document::Document;

/// What sort of thing speaks; pronouns go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpeakerKind {
    Person,
    Institution,
    Group,
}

/// A noun phrase as a speaker.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Speaker {
    pub kind: SpeakerKind,
    pub actor_idx: Option<usize>,
    pub person: Option<String>,
    pub is_official: bool,
    /// From the words of the text to the person or actor.
    pub chain: Vec<String>,
    /// 0.0..=1.0, that these words mean this actor.
    pub confidence: f32,
}

/// A name of the codebook at a place of the text.
#[derive(Clone, Debug)]
struct Mention {
    words: Range<usize>,
    names: Vec<Name>,
}

/// All names of an article, and what they say about its bare titles.
pub(super) struct Cast<'a> {
    lexicon: &'a Lexicon<'a>,
    words: &'a Words<'a>,
    mentions: Vec<Mention>,
    /// First and last day on which the article may have been published.
    days: Option<(Date, Date)>,
    /// Actors that the text names in full somewhere.
    is_present: Vec<bool>,
}

impl<'a> Cast<'a> {
    pub(super) fn new(document: &Document, words: &'a Words<'a>, lexicon: &'a Lexicon<'a>) -> Self {
        let mut mentions: Vec<Mention> = Vec::new();
        let mut is_present = vec![false; lexicon.codebook.actors.len()];
        let mut at = 0;
        while at < words.all.len() {
            let Some((len, names)) = lexicon.names.longest_at(&words.all, at) else {
                at += 1;
                continue;
            };
            let has_capital = words.slice(&(at..at + len)).iter().any(|word| word.is_capital);
            for name in names.iter().filter(|name| has_capital && name.kind != NameKind::LookAlike && !name.is_bare) {
                if let Some(flag) = name.actor_idx.and_then(|idx| is_present.get_mut(idx)) {
                    *flag = true;
                }
            }
            mentions.push(Mention { words: at..at + len, names });
            at += len;
        }
        let published = &document.published;
        let days = match (published.earliest, published.latest, published.best) {
            (Some(earliest), Some(latest), _) => Some((earliest, latest)),
            (_, _, Some(best)) => Some((best, best)),
            _ => None,
        };
        Self { lexicon, words, mentions, days, is_present }
    }

    /// Whom the noun phrase names; `None` where it names nobody the codebook knows.
    pub(super) fn resolve(&self, phrase: &Range<usize>) -> Option<Speaker> {
        let core = self.core(phrase);
        self.resolve_core(&core).or_else(|| {
            // The apposition may know more: "Kirby, a spokesman for the White House, said".
            let rest = core.end..phrase.end;
            (rest.len() > 1 && self.words.gap_before(rest.start).has(Gap::COMMA))
                .then(|| self.core(&rest))
                .and_then(|apposition| self.resolve_core(&apposition))
                .map(|speaker| Speaker { person: speaker.person.or_else(|| self.personal_name(&core)), ..speaker })
        })
    }

    /// The words as they stand, for chains.
    pub(super) fn spelled(&self, phrase: &Range<usize>) -> String {
        self.words.bytes(phrase).map_or(String::new(), |range| range.of(self.words.text).to_owned())
    }

    /// A speaker the codebook does not know, but whose words look like a person's name.
    pub(super) fn stranger(&self, phrase: &Range<usize>) -> Speaker {
        let core = self.core(phrase);
        let last = self.words.slice(&core).last();
        let is_plural = last.is_some_and(|word| !word.is_capital && word.folded.ends_with('s'));
        let kind = if is_plural { SpeakerKind::Group } else { SpeakerKind::Person };
        let person = self.personal_name(&core);
        Speaker {
            kind,
            actor_idx: None,
            person: None,
            is_official: person.is_some(),
            chain: vec![self.spelled(phrase)],
            confidence: 0.5,
        }
    }

    /// Up to the first comma or preposition of place; "of" and "for" belong to the name.
    fn core(&self, phrase: &Range<usize>) -> Range<usize> {
        let mut end = phrase.start;
        for idx in phrase.clone() {
            let word = self.words.folded(idx);
            let is_break = english::is_phrase_break(word) && word != "and"
                || english::is_preposition(word) && !matches!(word, "of" | "for" | "to");
            // "the letter to Smith" is not Smith.
            let is_addressed = word == "to" && idx > phrase.start && english::is_document(self.words.folded(idx - 1));
            if idx > phrase.start && (is_break && !self.is_inside_mention(idx) || is_addressed) {
                break;
            }
            end = idx + 1;
            if self.words.gap_after(idx).has(Gap::ANY) {
                break;
            }
        }
        phrase.start..end
    }

    fn is_inside_mention(&self, idx: usize) -> bool {
        self.mentions_in(&(idx..idx + 1)).next().is_some()
    }

    fn mentions_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Mention> {
        let first = self.mentions.partition_point(|mention| mention.words.end <= range.start);
        let end = range.end;
        self.mentions.iter().skip(first).take_while(move |mention| mention.words.start < end)
    }

    /// A capital that opens a sentence may be any noun's; a surname stands behind a given name or a title too.
    pub(super) fn is_surname(&self, idx: usize) -> bool {
        let word = self.words.folded(idx);
        self.words.all.windows(2).any(|pair| match pair {
            [before, name] => {
                name.folded == word
                    && name.is_capital
                    && before.is_capital
                    && !before.is_possessive
                    && !before.gap.has(Gap::ANY)
            }
            _ => false,
        })
    }

    /// The noun of an office that begins here: its words, and whether the holder speaks with authority.
    pub(super) fn office_at(&self, idx: usize) -> Option<(usize, bool)> {
        let (len, values) = self.lexicon.offices.longest_at(&self.words.all, idx)?;
        Some((len, values.first().copied().unwrap_or(false)))
    }

    /// The persons of the codebook that are named in the range, in order.
    pub(super) fn persons_in(&self, range: &Range<usize>, is_quoted: &dyn Fn(usize) -> bool) -> Vec<Speaker> {
        (self.mentions_in(range))
            .filter(|mention| !is_quoted(mention.words.start) && !self.is_possessive(mention))
            .filter_map(|mention| self.person_in(&mention.words))
            .collect()
    }

    /// The actor that owns what follows the range: "the council's", "EU".
    pub(super) fn owner_in(&self, range: &Range<usize>) -> Option<Speaker> {
        let mention = self.mentions_in(range).filter(|mention| mention.words.end <= range.end).last()?;
        let is_owner = self.is_possessive(mention) || mention.words.end == range.end;
        let name =
            mention.names.iter().find(|name| !matches!(name.kind, NameKind::LookAlike | NameKind::Unofficial))?;
        (is_owner && self.is_usable(mention))
            .then(|| self.speaker(SpeakerKind::Institution, name.actor_idx, None, true, &mention.words, 0.9))
    }

    /// Persons who are called Mr or Ms, with the pronoun that follows from it.
    pub(super) fn honorifics(&self) -> Vec<(String, &'static str)> {
        let pronoun = |mention: &Mention| match self.words.folded(mention.words.start.checked_sub(1)?) {
            "mr" => Some("he"),
            "ms" | "mrs" | "miss" => Some("she"),
            _ => None,
        };
        let person = |mention: &Mention| {
            let name = mention.names.iter().find(|name| matches!(name.kind, NameKind::Person | NameKind::Surname))?;
            self.officer(name).map(|officer| officer.person.clone())
        };
        self.mentions.iter().filter_map(|mention| Some((person(mention)?, pronoun(mention)?))).collect()
    }

    fn resolve_core(&self, core: &Range<usize>) -> Option<Speaker> {
        if self.words.slice(core).iter().any(|word| matches!(word.folded.as_str(), "former" | "ex" | "late")) {
            return self.person_in(core).filter(|speaker| speaker.actor_idx.is_none());
        }
        if let Some(look_alike) = self.mentions_in(core).find(|mention| has_kind(mention, NameKind::LookAlike)) {
            let name = look_alike.names.iter().find(|name| name.kind == NameKind::LookAlike)?;
            return self.person_in(core).or_else(|| {
                let person = self.personal_name(&(look_alike.words.end..core.end));
                Some(self.speaker(SpeakerKind::Person, name.actor_idx, person, name.actor_idx.is_some(), core, 0.8))
            });
        }
        (self.person_in(core))
            .or_else(|| self.unofficial_in(core))
            .or_else(|| self.title_in(core))
            .or_else(|| self.head_in(core))
            .or_else(|| self.office_in(core))
    }

    /// An officer by name.
    fn person_in(&self, core: &Range<usize>) -> Option<Speaker> {
        for mention in self.mentions_in(core) {
            let is_owner = self.is_possessive(mention) && mention.words.end < core.end;
            let full = mention.names.iter().any(|name| name.kind == NameKind::Person);
            let named: Vec<&Name> = (mention.names.iter())
                .filter(|name| matches!(name.kind, NameKind::Person | NameKind::Surname))
                .collect();
            if named.is_empty() || is_owner || (!full && self.has_other_given_name(mention, core)) {
                continue;
            }
            let confidence = if full { 0.97 } else { 0.93 };
            if let Some((name, officer)) = named.iter().find_map(|name| self.in_office(name)) {
                let person = Some(officer.person.clone());
                return Some(self.speaker(SpeakerKind::Person, name.actor_idx, person, true, core, confidence));
            }
            let person = named.first().and_then(|name| self.officer(name)).map(|officer| officer.person.clone());
            let mut speaker = self.speaker(SpeakerKind::Person, None, person, true, core, confidence);
            speaker.chain.push("not in office on that day".to_owned());
            return Some(speaker);
        }
        None
    }

    /// "Camilla Stoltenberg": a capital before the surname that is neither a title nor a name of the codebook.
    fn has_other_given_name(&self, mention: &Mention, core: &Range<usize>) -> bool {
        let Some(before) = mention.words.start.checked_sub(1).filter(|&before| before >= core.start) else {
            return false;
        };
        let Some(word) = self.words.all.get(before) else { return false };
        let is_office = self.lexicon.offices.longest_at(&self.words.all, before).is_some();
        let is_honorific = matches!(
            word.folded.as_str(),
            "mr" | "mrs"
                | "ms"
                | "dr"
                | "gen"
                | "general"
                | "president"
                | "sir"
                | "the"
                | "leader"
                | "secretary"
                | "minister"
        );
        word.is_capital && !word.gap.has(Gap::ANY) && !is_office && !is_honorific && !self.is_inside_mention(before)
    }

    fn unofficial_in(&self, core: &Range<usize>) -> Option<Speaker> {
        let (name, mention) = self.mentions_in(core).find_map(|mention| {
            mention.names.iter().find(|name| name.kind == NameKind::Unofficial).map(|name| (name, mention))
        })?;
        let is_plural = self.words.folded(mention.words.end.saturating_sub(1)).ends_with('s');
        let kind = if is_plural { SpeakerKind::Group } else { SpeakerKind::Person };
        Some(self.speaker(kind, name.actor_idx, None, false, core, 0.85))
    }

    /// Whoever holds an office: "NATO chief", "the Secretary General".
    fn title_in(&self, core: &Range<usize>) -> Option<Speaker> {
        let mention = self.mentions_in(core).find(|mention| {
            has_kind(mention, NameKind::Title) && !(self.is_possessive(mention) && mention.words.end < core.end)
        })?;
        let titles: Vec<&Name> = mention.names.iter().filter(|name| name.kind == NameKind::Title).collect();
        let holders: Vec<(&Name, &Officer)> = titles.iter().filter_map(|name| self.in_office(name)).collect();
        let is_bare = titles.iter().all(|name| name.is_bare);
        let (name, officer) = if is_bare {
            let introduced = self.last_introduced(&holders, mention.words.start);
            let first = holders.first()?;
            let is_single = holders.iter().all(|(name, _)| name.actor_idx == first.0.actor_idx);
            introduced.or_else(|| (is_single && self.is_present(first.0.actor_idx)).then_some(*first))?
        } else {
            *holders.first()?
        };
        // A name after the title that is not the holder's is somebody else, or a holder the codebook does not know.
        let after = self.personal_name(&(mention.words.end..core.end));
        let is_named_otherwise = after.as_ref().is_some_and(|after| !shares_word(after, &officer.person));
        let n_persons =
            holders.iter().map(|(_, officer)| &officer.person).collect::<std::collections::BTreeSet<_>>().len();
        let person = match after {
            Some(after) if is_named_otherwise => Some(after),
            _ if n_persons > 1 && self.days.is_none() => None,
            _ => Some(officer.person.clone()).filter(|person| !person.is_empty()),
        };
        let confidence = if is_bare { 0.85 } else { 0.95 };
        let mut speaker = self.speaker(SpeakerKind::Person, name.actor_idx, None, true, core, confidence);
        speaker.chain.extend(person.clone());
        speaker.person = person;
        Some(speaker)
    }

    /// The holder whose name stood last before `before`, else first after it.
    fn last_introduced<'o>(
        &self,
        holders: &[(&'o Name, &'o Officer)],
        before: usize,
    ) -> Option<(&'o Name, &'o Officer)> {
        let names_of = |mention: &Mention| {
            holders.iter().copied().find(|(holder, officer)| {
                mention.names.iter().any(|name| {
                    let is_person = matches!(name.kind, NameKind::Person | NameKind::Surname)
                        && self.officer(name).is_some_and(|known| known.person == officer.person);
                    let is_title =
                        name.kind == NameKind::Title && !name.is_bare && name.officer_idx == holder.officer_idx;
                    name.actor_idx == holder.actor_idx && (is_person || is_title)
                })
            })
        };
        let split = self.mentions.partition_point(|mention| mention.words.start < before);
        (self.mentions.get(..split)?.iter().rev().find_map(names_of))
            .or_else(|| self.mentions.get(split..)?.iter().find_map(names_of))
    }

    /// "Russian foreign minister", "a spokesman for the Kremlin".
    fn office_in(&self, core: &Range<usize>) -> Option<Speaker> {
        let (office, len, is_official) = core.clone().find_map(|idx| {
            let (len, values) = self.lexicon.offices.longest_at(&self.words.all, idx)?;
            (idx + len <= core.end).then(|| (idx, len, values.first().copied().unwrap_or(false)))
        })?;
        let is_actor =
            |mention: &&Mention| has_kind(mention, NameKind::Actor) || has_kind(mention, NameKind::Adjective);
        let before = self.mentions_in(&(core.start..office)).find(is_actor);
        let link = self.words.folded(office + len);
        let after = matches!(link, "of" | "for")
            .then(|| self.mentions_in(&(office + len..core.end)).filter(is_actor).last())
            .flatten();
        let mention = before.or(after)?;
        let actor_idx = mention.names.iter().find(|name| !matches!(name.kind, NameKind::LookAlike))?.actor_idx;
        if !self.is_usable(mention) {
            return None;
        }
        let person = before.and_then(|_| self.personal_name(&(office + len..core.end)));
        let last = self.words.folded(office + len - 1);
        let is_plural = last.ends_with('s') && person.is_none();
        let kind = if is_plural { SpeakerKind::Group } else { SpeakerKind::Person };
        Some(self.speaker(kind, actor_idx, person, is_official, core, 0.85))
    }

    /// The actor itself, as the head of the phrase: "the North Atlantic Council", but not "NATO member Turkey".
    fn head_in(&self, core: &Range<usize>) -> Option<Speaker> {
        let head_end = core.clone().find(|&idx| {
            idx > core.start && matches!(self.words.folded(idx), "of" | "for" | "to") && !self.is_inside_mention(idx)
        });
        let head_end = head_end.unwrap_or(core.end);
        let mention = self.mentions_in(core).find(|mention| {
            has_kind(mention, NameKind::Actor) && mention.words.end == head_end && !self.is_possessive(mention)
        })?;
        if !self.is_usable(mention) {
            return None;
        }
        let actor_idx = mention.names.iter().find(|name| name.kind == NameKind::Actor)?.actor_idx;
        let last = self.words.all.get(mention.words.end - 1);
        let is_plural = last.is_some_and(|word| !word.is_capital && word.folded.ends_with('s'));
        let kind = if is_plural { SpeakerKind::Group } else { SpeakerKind::Institution };
        Some(self.speaker(kind, actor_idx, None, true, core, 0.95))
    }

    /// A name without a capital ("the alliance") counts only where the article names the actor in full.
    fn is_usable(&self, mention: &Mention) -> bool {
        mention.names.iter().any(|name| !name.is_bare || self.is_present(name.actor_idx))
    }

    fn is_present(&self, actor_idx: Option<usize>) -> bool {
        actor_idx.and_then(|idx| self.is_present.get(idx)).copied().unwrap_or(false)
    }

    fn is_possessive(&self, mention: &Mention) -> bool {
        self.words.slice(&mention.words).last().is_some_and(|word| word.is_possessive)
    }

    fn officer(&self, name: &Name) -> Option<&'a Officer> {
        self.lexicon.codebook.actors.get(name.actor_idx?)?.officers.get(name.officer_idx)
    }

    /// The officer, where the days of the article and the days in office meet.
    fn in_office<'n>(&self, name: &'n Name) -> Option<(&'n Name, &'a Officer)> {
        let officer = self.officer(name)?;
        let Some((earliest, latest)) = self.days else { return Some((name, officer)) };
        let has_begun = officer.from.is_none_or(|from| from <= latest);
        let goes_on = officer.to.is_none_or(|to| earliest <= to);
        (has_begun && goes_on).then_some((name, officer))
    }

    /// The capitalized words at the end of a phrase, as a name.
    fn personal_name(&self, range: &Range<usize>) -> Option<String> {
        let slice = self.words.slice(range);
        let n_capitals = slice.iter().rev().take_while(|word| word.is_capital).count();
        let first = slice.len() - n_capitals;
        let bytes = slice.get(first)?.range.cover(slice.last()?.range);
        let name = bytes.of(self.words.text).trim_end_matches("'s").trim_end_matches("’s");
        Some(name.to_owned())
    }

    fn speaker(
        &self,
        kind: SpeakerKind,
        actor_idx: Option<usize>,
        person: Option<String>,
        is_official: bool,
        core: &Range<usize>,
        confidence: f32,
    ) -> Speaker {
        let mut chain = vec![self.spelled(core)];
        chain.extend(person.clone().filter(|person| !chain.contains(person)));
        let confidence = if self.days.is_none() && kind == SpeakerKind::Person { confidence * 0.9 } else { confidence };
        Speaker { kind, actor_idx, person, is_official, chain, confidence }
    }
}

fn has_kind(mention: &Mention, kind: NameKind) -> bool {
    mention.names.iter().any(|name| name.kind == kind)
}

fn shares_word(left: &str, right: &str) -> bool {
    left.split_whitespace().any(|word| right.split_whitespace().any(|other| other == word))
}
