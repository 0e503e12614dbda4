//! An article as a stream of keyed words: what the search for phrases reads instead of its text.
//!
//! Words come from readable blocks alone. Each knows what stands before it (nothing, a comma, a full stop, a new
//! block), so that no phrase runs over a break it should not cross, and its class: a capital inside a sentence makes
//! a name, whatever the word; at the start of a sentence or in a headline in capitals it is a name where the corpus
//! writes it with a capital elsewhere. `O(n)` in the bytes of the corpus.

use rustc_hash::FxHashMap;

use super::aliases::Aliases;
use super::keys::{Key, Keys};
use super::weights::{Class, Lexicon, Weights};
use crate::codebook::Codebook;
use crate::document::{Corpus, Document};
use crate::text::compare::fold_word;
use crate::text::{ByteRange, Token, TokenKind, sentences, tokens};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// White space or a hyphen.
    None,
    /// A comma, a dash, a bracket or a quote mark.
    Clause,
    Sentence,
    Block,
}

/// A word of the stream; an alias of several words is one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub key: Key,
    pub class: Class,
    pub before: Break,
    /// The whole word; for an alias with its article: "the DPRK".
    pub range: ByteRange,
    /// The same without the article.
    pub core: ByteRange,
    /// Number of words of the text that it stands for.
    pub n_words: u8,
    /// The alias group it was folded into.
    pub group: Option<u16>,
    /// "the", "a", "its": may stand between a verb and its object without being part of the formula.
    pub is_determiner: bool,
    /// A hyphen ties it to the word before it: "runner" in "front-runner".
    pub is_joined: bool,
    /// Would it have its capital here whatever it means? True at the start of a sentence and in some headlines.
    pub owes_capital: bool,
}

/// The words of one article.
pub(super) struct Stream {
    pub words: Vec<Word>,
}

/// Everything the search for phrases needs of a corpus.
pub(super) struct Streams<'a> {
    pub corpus: &'a Corpus,
    /// One for each document, in the corpus' order.
    pub streams: Vec<Stream>,
    pub keys: Keys,
    pub weights: Weights,
    pub aliases: Aliases,
}

impl<'a> Streams<'a> {
    pub fn new(corpus: &'a Corpus, codebook: &Codebook) -> Self {
        let lexicon = Lexicon::new();
        let aliases = Aliases::new(codebook);
        let mut keys = Keys::new();
        let alias_keys = aliases.keys(&mut keys);
        let mut reader = Reader { lexicon: &lexicon, aliases: &aliases, alias_keys, keys, forms: FxHashMap::default() };
        let mut streams: Vec<Stream> =
            corpus.documents().iter().map(|document| Stream { words: reader.words(document) }).collect();
        let Reader { keys, forms, .. } = reader;
        for (stream, document) in streams.iter_mut().zip(corpus.documents()) {
            mark_names(&mut stream.words, document, &forms, &lexicon);
        }
        let mut weights = Weights::new(&keys, &lexicon, forms.iter().map(|(form, seen)| (form.as_str(), seen.key)));
        weights.note_document_frequencies(streams.len(), &document_frequencies(&streams, keys.len()));
        Self { corpus, streams, keys, weights, aliases }
    }

    pub fn weight(&self, word: &Word) -> f32 {
        self.weights.of(word.key, word.class)
    }
}

/// How a form is written where its case says something.
struct FormSeen {
    key: Key,
    n_capital: u32,
    n_small: u32,
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    aliases: &'a Aliases,
    alias_keys: Vec<Key>,
    keys: Keys,
    /// By folded word.
    forms: FxHashMap<String, FormSeen>,
}

impl Reader<'_> {
    fn words(&mut self, document: &Document) -> Vec<Word> {
        let text = document.text.as_str();
        let mut words = Vec::new();
        for block in document.readable_blocks() {
            let tokens: Vec<Token> = tokens(text, block.range).collect();
            let ends: Vec<usize> = sentences(text, block.range).iter().map(|sentence| sentence.end).collect();
            let n_before = words.len();
            let mut at = 0;
            while let Some(token) = tokens.get(at) {
                let before = match at.checked_sub(1).and_then(|idx| tokens.get(idx)) {
                    None => Break::Block,
                    Some(last) => break_between(text, last.range.end, token.range.start, &ends),
                };
                let (mut word, n_tokens) = self.word(text, &tokens[at..], before);
                word.is_joined = before == Break::None && text[..token.range.start].ends_with(['-', '‐', '‑']);
                words.push(word);
                at += n_tokens;
            }
            self.note_capitals(text, &words[n_before..]);
        }
        words
    }

    /// The word that begins with the first of `tokens`, and how many of them it takes.
    fn word(&mut self, text: &str, tokens: &[Token], before: Break) -> (Word, usize) {
        let first = tokens[0];
        let has_article = fold_word(first.range.of(text)) == "the"
            && tokens.get(1).is_some_and(|next| text[first.range.end..next.range.start].trim().is_empty());
        // "The Alliance" may be the name itself, or an article before one.
        let whole = self.aliases.longest(text, tokens);
        let n_article = usize::from(has_article && whole.is_none());
        let found = whole.or_else(|| self.aliases.longest(text, tokens.get(n_article..)?));
        if let Some(found) = found
            && let Some(&key) = self.alias_keys.get(usize::from(found.group))
        {
            let is_name = self.aliases.group(found.group).is_some_and(|group| group.is_name);
            // A common noun keeps its article as a word of its own.
            if is_name || n_article == 0 {
                let n_tokens = n_article + found.n_words;
                let core = tokens[n_article].range.cover(tokens[n_tokens - 1].range);
                let word = Word {
                    key,
                    class: if is_name { Class::Name } else { Class::Content },
                    before,
                    range: first.range.cover(core),
                    core,
                    n_words: u8::try_from(n_tokens).unwrap_or(u8::MAX),
                    group: Some(found.group),
                    is_determiner: false,
                    is_joined: false,
                    owes_capital: false,
                };
                return (word, n_tokens);
            }
        }
        let form = first.range.of(text);
        let key = self.keys.of_word(form);
        let class = if first.kind == TokenKind::Number { Class::Light } else { self.lexicon.class(form) };
        let is_determiner = class == Class::Function && self.lexicon.is_determiner(form);
        let word = Word {
            key,
            class,
            before,
            range: first.range,
            core: first.range,
            n_words: 1,
            group: None,
            is_determiner,
            is_joined: false,
            owes_capital: false,
        };
        (word, 1)
    }

    /// Counts how the words of a block are written where a capital is not owed to a sentence's start.
    fn note_capitals(&mut self, text: &str, words: &[Word]) {
        let is_headline_case = is_headline_case(text, words);
        for word in words.iter().filter(|word| word.group.is_none() && word.class != Class::Function) {
            let form = word.range.of(text);
            let seen =
                self.forms.entry(fold_word(form)).or_insert(FormSeen { key: word.key, n_capital: 0, n_small: 0 });
            if starts_with_capital(form) {
                seen.n_capital += u32::from(word.before == Break::None && !is_headline_case);
            } else {
                seen.n_small += 1;
            }
        }
    }
}

/// Gives every name its class, now that the whole corpus has shown how it writes each word.
fn mark_names(words: &mut [Word], document: &Document, forms: &FxHashMap<String, FormSeen>, lexicon: &Lexicon) {
    let text = document.text.as_str();
    let mut start = 0;
    while start < words.len() {
        let end = words[start + 1..]
            .iter()
            .position(|word| word.before == Break::Block)
            .map_or(words.len(), |offset| start + 1 + offset);
        let is_headline_case = is_headline_case(text, &words[start..end]);
        for word in &mut words[start..end] {
            word.owes_capital = word.before != Break::None || is_headline_case;
        }
        // From the end, so that a first name at the start of a sentence can look at the name that follows.
        for idx in (start..end).rev() {
            let next = words.get(idx + 1).filter(|next| idx + 1 < end && next.before == Break::None).copied();
            if is_name(text, &words[idx], next.as_ref(), forms, lexicon) {
                words[idx].class = Class::Name;
            }
        }
        start = end;
    }
}

fn is_name(
    text: &str,
    word: &Word,
    next: Option<&Word>,
    forms: &FxHashMap<String, FormSeen>,
    lexicon: &Lexicon,
) -> bool {
    let form = word.range.of(text);
    if word.group.is_some() || !matches!(word.class, Class::Content | Class::Light) || lexicon.is_day_or_month(form) {
        return false;
    }
    if lexicon.is_office_modifier(form) && next.is_some_and(|next| lexicon.is_office(next.range.of(text))) {
        return true;
    }
    if !starts_with_capital(form) {
        return false;
    }
    if !word.owes_capital {
        return true;
    }
    let Some(seen) = forms.get(fold_word(form).as_str()) else { return false };
    let is_known = seen.n_capital > 0 && seen.n_capital >= seen.n_small;
    let is_first_name =
        seen.n_small == 0 && !lexicon.is_common(form) && next.is_some_and(|next| next.class == Class::Name);
    word.class == Class::Content && (is_known || is_first_name)
}

/// Is this a headline in which every word has a capital? There a capital says nothing.
fn is_headline_case(text: &str, words: &[Word]) -> bool {
    let telling = words.iter().filter(|word| word.class != Class::Function && word.before != Break::Block);
    let (n_capital, n_all) = telling.fold((0usize, 0usize), |(n_capital, n_all), word| {
        (n_capital + usize::from(starts_with_capital(word.range.of(text))), n_all + 1)
    });
    n_all >= 3 && n_capital * 10 >= n_all * 8
}

fn starts_with_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// What stands between two words. `sentence_ends` is sorted.
fn break_between(text: &str, end: usize, start: usize, sentence_ends: &[usize]) -> Break {
    let between = ByteRange::new(end, start).of(text);
    if between.matches('\n').nth(1).is_some() {
        return Break::Block;
    }
    let next_end = sentence_ends.partition_point(|&sentence_end| sentence_end < end);
    if sentence_ends.get(next_end).is_some_and(|&sentence_end| sentence_end <= start) {
        return Break::Sentence;
    }
    let mut before = Break::None;
    for character in between.chars() {
        match character {
            ':' | ';' | '!' | '?' | '•' | '|' => return Break::Sentence,
            ',' | '–' | '—' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '/' | '…' =>
            {
                before = Break::Clause;
            }
            '\'' | '’' if between.chars().count() > 1 => before = Break::Clause,
            _ => {}
        }
    }
    // A hyphen with spaces around it is a dash.
    if between.contains(" - ") { Break::Clause } else { before }
}

/// The number of documents that hold each key.
fn document_frequencies(streams: &[Stream], n_keys: usize) -> Vec<u32> {
    let mut frequencies = vec![0u32; n_keys];
    let mut last_seen = vec![u32::MAX; n_keys];
    for (document_idx, stream) in (0u32..).zip(streams) {
        for word in &stream.words {
            let idx = word.key.0 as usize;
            if last_seen[idx] != document_idx {
                last_seen[idx] = document_idx;
                frequencies[idx] += 1;
            }
        }
    }
    frequencies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::fixture::{codebook, corpus};

    #[test]
    fn what_stands_before_a_word() {
        for (text, wanted) in [
            ("Eels swim", Break::None),
            ("front-runner", Break::None),
            ("eels, lampreys", Break::Clause),
            ("eels - lampreys", Break::Clause),
            ("eels: lampreys", Break::Sentence),
            ("Eels swim. Lampreys", Break::Sentence),
            ("Eels\nlampreys", Break::Block),
        ] {
            let corpus = corpus(&[text]);
            let streams = Streams::new(&corpus, &codebook());
            let words = &streams.streams[0].words;
            assert_eq!(words.first().map(|word| word.before), Some(Break::Block), "{text}");
            assert_eq!(words.last().map(|word| word.before), Some(wanted), "{text}");
        }
    }

    #[test]
    fn capitals_make_names_where_they_tell() {
        let corpus = corpus(&["Herons met Ana Lopes. Lopes fed herons in the FRD on Monday."]);
        let streams = Streams::new(&corpus, &codebook());
        let text = corpus.documents()[0].text.as_str();
        let names: Vec<&str> = streams.streams[0]
            .words
            .iter()
            .filter(|word| word.class == Class::Name)
            .map(|word| word.range.of(text))
            .collect();
        assert_eq!(names, ["Ana", "Lopes", "Lopes", "the FRD"]);
    }

    #[test]
    fn other_names_share_a_key() {
        let corpus = corpus(&["Freedonia and the FRD"]);
        let streams = Streams::new(&corpus, &codebook());
        let words = &streams.streams[0].words;
        assert_eq!(words.len(), 3);
        assert_eq!(words[0].key, words[2].key);
        assert_eq!((words[2].n_words, words[2].core.of("Freedonia and the FRD")), (2, "FRD"));
    }
}
