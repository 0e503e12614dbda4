//! Word classes: what a word is where it stands.
//!
//! The transformation-based tagger of Brill (1992) as trained and packed by the crate `harper-brill` gives a first
//! guess; closed classes are then set by our own lists, unknown words by capitals and endings, and the few mistakes
//! that mislead a reader of clauses by the words beside them. `O(n)` in the words for a fixed set of rules, about half
//! a microsecond a word.

use harper_brill::{Tagger as _, UPOS, brill_tagger};

use super::english;
use super::words::{Gap, Word};

/// What a word does in its sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tag {
    #[default]
    Noun,
    /// A proper name.
    Name,
    /// Stands for a noun phrase of its own: he, who, this.
    Pronoun,
    Determiner,
    Adjective,
    Adverb,
    /// A verb with a meaning of its own, in any form.
    Verb,
    Auxiliary,
    Preposition,
    /// "to" before an infinitive.
    To,
    /// and, or, but
    Coordinator,
    /// that, if, because, where
    Subordinator,
    Number,
    Other,
}

/// Sets the tags of the words of one block.
pub(super) fn tag(text: &str, words: &mut [Word]) {
    let mut first = 0;
    while first < words.len() {
        let end =
            words[first..].iter().position(|word| word.gap.has(Gap::STOP)).map_or(words.len(), |at| first + at + 1);
        tag_sentence(text, &mut words[first..end]);
        first = end;
    }
}

fn tag_sentence(text: &str, words: &mut [Word]) {
    let mut tokens: Vec<String> = Vec::with_capacity(words.len() * 2);
    let mut places: Vec<usize> = Vec::with_capacity(words.len());
    for word in words.iter() {
        places.push(tokens.len());
        let raw = word.range.of(text);
        let bare = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("’s")).unwrap_or(raw);
        tokens.push(bare.to_owned());
        if word.is_possessive {
            tokens.push("'s".to_owned());
        }
        if let Some(mark) = mark(word.gap) {
            tokens.push(mark.to_owned());
        }
    }
    let guesses = brill_tagger().tag_sentence(&tokens);
    for (word, place) in words.iter_mut().zip(places) {
        word.tag = first_tag(word, guesses.get(place).copied().flatten());
    }
    for idx in 0..words.len() {
        if let Some(tag) = compound(text, words, idx).or_else(|| corrected(words, idx)) {
            words[idx].tag = tag;
        }
    }
}

fn mark(gap: Gap) -> Option<&'static str> {
    let marks = [(Gap::STOP, "."), (Gap::COMMA, ","), (Gap::COLON, ":"), (Gap::SEMICOLON, ";"), (Gap::DASH, "-")];
    marks.into_iter().find(|(kind, _)| gap.has(*kind)).map(|(_, mark)| mark)
}

/// By closed class, else the guess, else by form.
fn first_tag(word: &Word, guess: Option<UPOS>) -> Tag {
    let folded = word.folded.as_str();
    if english::is_pronoun(english::bare(folded)) {
        return Tag::Pronoun;
    }
    if english::is_auxiliary(folded) {
        return Tag::Auxiliary;
    }
    if english::is_determiner(folded) {
        return Tag::Determiner;
    }
    if english::is_preposition(folded) {
        return Tag::Preposition;
    }
    match folded {
        "and" | "or" | "but" | "nor" => return Tag::Coordinator,
        "not" | "there" | "here" => return Tag::Adverb,
        "both" | "either" | "neither" => return Tag::Determiner,
        _ if english::is_phrase_break(folded) => return Tag::Subordinator,
        _ => {}
    }
    match guess {
        Some(UPOS::NOUN) => Tag::Noun,
        Some(UPOS::PROPN) => Tag::Name,
        Some(UPOS::PRON) => Tag::Pronoun,
        Some(UPOS::DET) => Tag::Determiner,
        Some(UPOS::ADJ) => Tag::Adjective,
        Some(UPOS::ADV | UPOS::PART) => Tag::Adverb,
        Some(UPOS::VERB | UPOS::AUX) => Tag::Verb,
        Some(UPOS::ADP) => Tag::Preposition,
        Some(UPOS::NUM) => Tag::Number,
        Some(UPOS::CCONJ) => Tag::Coordinator,
        Some(UPOS::SCONJ) => Tag::Subordinator,
        Some(_) => Tag::Other,
        None => by_form(word),
    }
}

fn by_form(word: &Word) -> Tag {
    let folded = word.folded.as_str();
    if word.is_capital {
        Tag::Name
    } else if folded.starts_with(|c: char| c.is_ascii_digit()) {
        Tag::Number
    } else if english::is_ly(folded) {
        Tag::Adverb
    } else if folded.ends_with("ing") || folded.ends_with("ed") {
        Tag::Verb
    } else if ["al", "ive", "ous", "ful", "less", "able", "ible", "ic"].iter().any(|ending| folded.ends_with(ending)) {
        Tag::Adjective
    } else {
        Tag::Noun
    }
}

/// "self-described", "look-alike": a verb in a compound is none.
fn compound(text: &str, words: &[Word], idx: usize) -> Option<Tag> {
    let word = &words[idx];
    let joins = |left: &Word, right: &Word| {
        right.range.start == left.range.end + 1 && text.as_bytes().get(left.range.end) == Some(&b'-')
    };
    let is_first = words.get(idx + 1).is_some_and(|next| joins(word, next));
    let is_last = idx.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| joins(before, word));
    let is_inner = matches!(word.tag, Tag::Verb | Tag::Auxiliary | Tag::To | Tag::Preposition | Tag::Adverb);
    match (is_first, is_last) {
        (true, _) if is_inner => Some(Tag::Adjective),
        (false, true) if word.folded.ends_with("ed") || word.folded.ends_with("ing") => Some(Tag::Adjective),
        (false, true) if is_inner => Some(Tag::Noun),
        _ => None,
    }
}

/// What the words beside it make of a tag.
fn corrected(words: &[Word], idx: usize) -> Option<Tag> {
    let word = &words[idx];
    let before = idx.checked_sub(1).and_then(|before| words.get(before)).filter(|word| !word.gap.has(Gap::ANY));
    let next = words.get(idx + 1).filter(|_| !word.gap.has(Gap::ANY));
    let folded = word.folded.as_str();
    match (folded, word.tag) {
        // "to" before a plain verb, also one that is quoted.
        ("to", _) => {
            let is_verb = words.get(idx + 1).filter(|_| !word.gap.has(Gap::BREAKS)).is_some_and(|next| {
                matches!(next.tag, Tag::Verb | Tag::Auxiliary | Tag::Adverb) && !next.folded.ends_with("ing")
            });
            Some(if is_verb { Tag::To } else { Tag::Preposition })
        }
        // "states like Ohio", "would like".
        ("like", _) => {
            let is_verb = before.is_some_and(|before| {
                english::is_modal(&before.folded)
                    || before.folded == "to"
                    || english::is_subject(english::bare(&before.folded))
            });
            Some(if is_verb { Tag::Verb } else { Tag::Preposition })
        }
        // "her" without a noun after it, "this" and "that" by themselves.
        (
            "this" | "these" | "those" | "all" | "some" | "many" | "most" | "several" | "another" | "each" | "such",
            Tag::Determiner,
        ) => {
            let has_noun = next.is_some_and(|next| {
                matches!(next.tag, Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number | Tag::Determiner)
            });
            (!has_noun).then_some(Tag::Pronoun)
        }
        // A determiner or an owner brings in no finite verb.
        (_, Tag::Verb) if !folded.ends_with("ing") && !folded.ends_with("ed") => {
            let is_brought_in = before.is_some_and(|before| {
                before.tag == Tag::Determiner || before.is_possessive && before.tag != Tag::Pronoun
            });
            let is_name = word.is_capital
                && idx > 0
                && before.is_some_and(|before| before.is_capital || before.tag == Tag::Determiner);
            if is_name { Some(Tag::Name) } else { is_brought_in.then_some(Tag::Noun) }
        }
        // "he appeals", "who claims", "they fear".
        (_, Tag::Noun) => {
            let is_subject = before.is_some_and(|before| {
                before.tag == Tag::Pronoun
                    && !before.is_possessive
                    && english::is_subject(english::bare(&before.folded))
            });
            is_subject.then_some(Tag::Verb)
        }
        // "Admiral Harris", "United States".
        (_, Tag::Adjective | Tag::Verb) if word.is_capital && idx > 0 => {
            next.is_some_and(|next| next.tag == Tag::Name).then_some(Tag::Name)
        }
        _ => None,
    }
}
