//! Where given words stand in all articles: the same words in the same order, whatever their case, spelling, ending or
//! name.
//!
//! The words asked for become units, each a name of the codebook or a word by its key. An article is read token by
//! token; most tokens are told apart from the first unit by their first letter, and a key is worked out once for each
//! form of a word. A part of a name is found inside the name: "Korea" in "North Korea". No place runs over the end of a
//! sentence or block where the words asked for do not. `O(n)` in the bytes of all articles, on all cores; five million
//! words take a few tenths of a second.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::streams::aliases::Aliases;
use super::streams::keys::key_text;
use super::streams::language::Language;
use crate::codebook::Codebook;
use crate::document::{Corpus, Document, Passage};
use crate::text::compare::fold_word;
use crate::text::{ByteRange, Token, is_abbreviation, tokens};

/// The words that a range touches, as a whole; `None` where it touches none.
///
/// ```
/// use throughline::analysis::reuse::whole_words;
/// use throughline::text::ByteRange;
/// let text = "We keep the pier, of course.";
/// assert_eq!(whole_words(text, ByteRange::new(5, 17)).map(|range| range.of(text)), Some("keep the pier"));
/// ```
pub fn whole_words(text: &str, range: ByteRange) -> Option<ByteRange> {
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(range.end..)?.find('\n').map_or(text.len(), |at| range.end + at);
    let touched = tokens(text, ByteRange::new(start, end)).map(|token| token.range);
    touched.filter(|token| token.overlaps(range)).reduce(ByteRange::cover)
}

/// All places of the words that `of` touches, in order of date and place, its own among them. Empty where it touches no
/// word.
pub fn places(corpus: &Corpus, codebook: &Codebook, of: Passage) -> Vec<Passage> {
    let Some(document) = corpus.get(of.document) else { return Vec::new() };
    let Some(words) = whole_words(&document.text, of.range) else { return Vec::new() };
    let aliases = Aliases::new(codebook);
    let units = units(&document.text, words, &aliases);
    let language_of = |document: &Document| Language::of(document.language.as_deref());
    let languages: BTreeSet<Language> = corpus.documents().iter().map(|document| language_of(document)).collect();
    let search = |language| (language, Search::new(&units, &aliases, codebook, language));
    let searches: BTreeMap<Language, Search<'_>> = languages.into_iter().map(search).collect();
    let mut found: Vec<Vec<Passage>> = corpus
        .documents()
        .par_iter()
        .map_init(Reader::default, |reader, document| match searches.get(&language_of(document)) {
            Some(search) => reader.read(search, document),
            None => Vec::new(),
        })
        .collect();
    // Words that stand in no readable block are a place all the same.
    if let Some(own) = corpus.idx_of(of.document).and_then(|idx| found.get_mut(idx))
        && !own.iter().any(|place| place.range.overlaps(words))
    {
        let at = own.partition_point(|place| place.range < words);
        own.insert(at, Passage { document: of.document, range: words });
    }
    found.concat()
}

/// A word asked for, or several that are one name.
struct Unit {
    /// Folded; of a name its first word.
    word: String,
    group: Option<u16>,
    /// Does a sentence end before it?
    has_stop_before: bool,
}

/// The units of the words asked for. "The" before a name belongs to it.
fn units(text: &str, words: ByteRange, aliases: &Aliases) -> Vec<Unit> {
    let words: Vec<Token> = tokens(text, words).collect();
    let mut units: Vec<Unit> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let alias = aliases.longest(text, words.get(at..).unwrap_or_default()).filter(|alias| alias.n_words > 0);
        let group = alias.as_ref().map(|alias| alias.group);
        let before = at.checked_sub(1).and_then(|idx| words.get(idx));
        let has_stop_before = before.is_some_and(|before| is_stop(text, before.range, word.range));
        if group.is_some() && !has_stop_before {
            units.pop_if(|last| last.group.is_none() && last.word == "the");
        }
        units.push(Unit { word: fold_word(word.range.of(text)), group, has_stop_before });
        at += alias.map_or(1, |alias| alias.n_words);
    }
    units
}

/// Does a sentence or a line end between two words?
fn is_stop(text: &str, before: ByteRange, after: ByteRange) -> bool {
    let between = ByteRange::new(before.end, after.start).of(text);
    between.contains(['!', '?', ';', '\n', '\r']) || between.contains('.') && !is_abbreviation(before.of(text))
}

/// The units in one language.
struct Search<'a> {
    units: &'a [Unit],
    aliases: &'a Aliases,
    language: Language,
    /// The distinct keys of the units that are words.
    keys: Vec<String>,
    /// Of each unit: the number of its key, counted from one, or 0 for a name.
    numbers: Vec<u32>,
    /// The first bytes, small, of what the first unit may begin with.
    initials: Vec<u8>,
}

impl<'a> Search<'a> {
    fn new(units: &'a [Unit], aliases: &'a Aliases, codebook: &Codebook, language: Language) -> Self {
        let stemmer = language.stemmer();
        let mut keys: Vec<String> = Vec::new();
        let mut numbers = Vec::with_capacity(units.len());
        for unit in units {
            if unit.group.is_some() {
                numbers.push(0);
                continue;
            }
            let key = key_text(&stemmer, &unit.word);
            let idx = keys.iter().position(|known| *known == key).unwrap_or(keys.len());
            if idx == keys.len() {
                keys.push(key);
            }
            numbers.push(u32::try_from(idx + 1).unwrap_or(u32::MAX));
        }
        let first = units.first();
        let group = first.and_then(|unit| codebook.aliases.get(usize::from(unit.group?)));
        let names = group.into_iter().flat_map(|group| std::iter::once(&group.name).chain(&group.also));
        let words = names.map(String::as_str).chain(first.map(|unit| unit.word.as_str()));
        let mut initials: Vec<u8> = words.filter_map(|word| Some(word.bytes().next()?.to_ascii_lowercase())).collect();
        initials.sort_unstable();
        initials.dedup();
        Self { units, aliases, language, keys, numbers, initials }
    }

    /// May a word be the first one? A letter that is not ASCII may fold to anything.
    fn may_begin(&self, word: &str) -> bool {
        let first = word.bytes().next().unwrap_or_default();
        !first.is_ascii()
            || self.initials.contains(&first.to_ascii_lowercase())
            || self.initials.iter().any(|initial| !initial.is_ascii())
    }
}

/// Reads articles, and remembers the forms of words it met.
#[derive(Default)]
struct Reader<'a> {
    tokens: Vec<Token>,
    forms: BTreeMap<Language, FxHashMap<&'a str, u32>>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, search: &Search<'_>, document: &'a Document) -> Vec<Passage> {
        let text = &document.text;
        let forms = self.forms.entry(search.language).or_default();
        let mut found = Vec::new();
        for block in document.readable_blocks() {
            self.tokens.clear();
            self.tokens.extend(tokens(text, block.range));
            let mut at = 0;
            while let Some(token) = self.tokens.get(at) {
                let is_maybe = search.may_begin(token.range.of(text));
                let end = if is_maybe { end_of(search, text, &self.tokens, at, forms) } else { None };
                match end.and_then(|end| Some((end, self.tokens.get(end.checked_sub(1)?)?))) {
                    Some((end, last)) => {
                        found.push(Passage { document: document.id, range: token.range.cover(last.range) });
                        at = end;
                    }
                    None => at += 1,
                }
            }
        }
        found
    }
}

/// The index of the token after the units, where they stand from `at` on.
fn end_of<'a>(
    search: &Search<'_>,
    text: &'a str,
    tokens: &[Token],
    at: usize,
    forms: &mut FxHashMap<&'a str, u32>,
) -> Option<usize> {
    let mut end = at;
    for (unit_idx, (unit, number)) in search.units.iter().zip(&search.numbers).enumerate() {
        let token = tokens.get(end)?;
        if let Some(before) = tokens.get(end.wrapping_sub(1)).filter(|_| unit_idx > 0)
            && !unit.has_stop_before
            && is_stop(text, before.range, token.range)
        {
            return None;
        }
        end += match unit.group {
            Some(group) => n_of_name(search, text, tokens, end, group, unit_idx > 0)?,
            None if number_of(search, token.range.of(text), forms) == *number => 1,
            None => return None,
        };
    }
    Some(end)
}

/// How many tokens a name of `group` takes from `at` on, with "the" before it where it may have one.
fn n_of_name(
    search: &Search<'_>,
    text: &str,
    tokens: &[Token],
    at: usize,
    group: u16,
    may_have_article: bool,
) -> Option<usize> {
    let from = |at: usize| {
        let found = search.aliases.longest(text, tokens.get(at..)?)?;
        (found.group == group && found.n_words > 0).then_some(found.n_words)
    };
    let is_article = || may_have_article && tokens.get(at).is_some_and(|it| fold_word(it.range.of(text)) == "the");
    from(at).or_else(|| is_article().then(|| from(at + 1)).flatten().map(|n_words| n_words + 1))
}

/// The number of a word's key among those asked for, 0 for any other.
fn number_of<'a>(search: &Search<'_>, word: &'a str, forms: &mut FxHashMap<&'a str, u32>) -> u32 {
    *forms.entry(word).or_insert_with(|| {
        let key = key_text(&search.language.stemmer(), &fold_word(word));
        let idx = search.keys.iter().position(|known| *known == key);
        idx.and_then(|idx| u32::try_from(idx + 1).ok()).unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};
    use crate::document::{BlockKind, DocumentId};
    use std::sync::Arc;

    /// The places of `words` where they first stand in the first text.
    fn found(texts: &[&str], words: &str) -> Vec<String> {
        let corpus = corpus(texts);
        let start = texts[0].find(words).unwrap();
        let of = Passage { document: DocumentId(1), range: ByteRange::new(start, start + words.len()) };
        places(&corpus, &codebook(), of)
            .into_iter()
            .map(|place| format!("{} {}", place.document.0, corpus.words(place)))
            .collect()
    }

    #[test]
    fn words_are_found_in_any_case_spelling_and_ending() {
        let texts = ["The defence programme stays.", "DEFENSE PROGRAMS grow", "defence of a programme"];
        assert_eq!(found(&texts, "defence programme"), ["1 defence programme", "2 DEFENSE PROGRAMS"]);
    }

    #[test]
    fn names_are_found_by_their_other_names_and_parts_of_words_as_whole_words() {
        let texts = ["talks with Freedonia", "Talks with the FRD’s men, talk with FRD", "talks with frd"];
        let all = ["1 talks with Freedonia", "2 Talks with the FRD’s", "2 talk with FRD"];
        assert_eq!(found(&texts, "talks with Freedonia"), all);
        assert_eq!(found(&texts, "alks with Free"), all);
        assert_eq!(found(&texts[..2], "Freedonia"), ["1 Freedonia", "2 FRD’s", "2 FRD"]);
    }

    #[test]
    fn no_place_runs_over_the_end_of_a_sentence_unless_it_is_asked_for() {
        let texts = ["the new pier opens", "the new. Pier opens.", "the new\npier", "the new, pier"];
        assert_eq!(found(&texts, "new pier"), ["1 new pier", "4 new, pier"]);
        assert_eq!(
            found(&["It is new. Piers rot.", "new pier", "new? pier"], "new. Piers"),
            ["1 new. Piers", "2 new pier", "3 new? pier"]
        );
    }

    #[test]
    fn words_outside_the_readable_blocks_find_themselves_and_no_others_there() {
        let texts = ["Share this pier\nThe pier stays", "the pier"];
        let documents = (1..).zip(texts).map(|(number, text)| {
            let mut document = Document::of_lines(DocumentId(number), text);
            if number == 1 {
                document.blocks[0].kind = BlockKind::Boilerplate;
            }
            Arc::new(document)
        });
        let corpus = Corpus::new(documents);
        let ranges = |start, end| {
            let of = Passage { document: DocumentId(1), range: ByteRange::new(start, end) };
            let places = places(&corpus, &codebook(), of);
            places.iter().map(|place| (place.document.0, place.range.start)).collect::<Vec<_>>()
        };
        assert_eq!(ranges(11, 15), [(1, 11), (1, 20), (2, 4)]);
        assert_eq!(ranges(20, 24), [(1, 20), (2, 4)]);
        assert_eq!(ranges(5, 6), [], "a space is no word");
    }

    #[test]
    fn places_do_not_overlap_and_words_of_other_scripts_are_found() {
        assert_eq!(found(&["no no no no no"], "no no"), ["1 no no", "1 no no"]);
        assert_eq!(found(&["über die Mole", "ÜBER DIE MOLE"], "über die"), ["1 über die", "2 ÜBER DIE"]);
    }
}
