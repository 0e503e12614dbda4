//! An article as a stream of keyed words: what the search for phrases reads instead of its text.
//!
//! Words come from readable blocks alone. Each knows what stands before it (nothing, a comma, a full stop, a new
//! block), so that no phrase runs over a break it should not cross, and its class: a capital inside a sentence makes
//! a name, whatever the word; at the start of a sentence or in a headline in capitals it is a name where the article
//! writes it with a capital elsewhere. A stream depends on its article alone, so it never changes when others come.
//! `O(n)` in the bytes of the article; each form of a word is folded and stemmed once a [`StreamReader`].

use std::collections::BTreeMap;

use super::aliases::Aliases;
use super::keys::{Key, Keys, key_text};
use super::language::Language;
use super::lexicon::{Class, Entry};
use super::numbering::Numbering;
use super::words::{Break, Word};
use crate::document::Document;
use crate::text::compare::fold_word;
use crate::text::{ByteRange, Token, TokenKind, is_abbreviation, tokens};

/// Reads articles into streams whose keys are numbered by its own table.
pub(in crate::analysis::reuse) struct StreamReader<'a> {
    aliases: &'a Aliases,
    alias_keys: Vec<Key>,
    keys: Keys,
    tables: BTreeMap<Language, Forms>,
}

/// The forms of one language met so far.
struct Forms {
    numbers: Numbering,
    forms: Vec<Form>,
    folded: Numbering,
    /// How each folded form is written in the article at hand.
    capitals: Vec<Capitals>,
}

/// What is known of a word as it stands in a text.
#[derive(Clone, Copy)]
struct Form {
    key: Key,
    entry: Entry,
    /// The number of its folded form.
    folded: u32,
    begins_alias: bool,
    is_the: bool,
    has_capital: bool,
}

/// How often one article writes a word with a capital that it does not owe to its place, and without one.
#[derive(Clone, Copy, Default)]
struct Capitals {
    /// The article that the counts are of.
    article: u32,
    n_capital: u32,
    n_small: u32,
}

/// A word with the number of its form, [`NO_FORM`] for an alias.
type Drafted = (Word, u32);

const NO_FORM: u32 = u32::MAX;

impl<'a> StreamReader<'a> {
    pub fn new(aliases: &'a Aliases) -> Self {
        let mut keys = Keys::default();
        let alias_keys = aliases.keys(&mut keys);
        Self { aliases, alias_keys, keys, tables: BTreeMap::new() }
    }

    /// The table that the keys of all streams read so far are numbered by.
    pub fn into_keys(self) -> Keys {
        self.keys
    }

    /// Reads an article.
    pub fn read(&mut self, document: &Document) -> Vec<Word> {
        let language = Language::of(document.language.as_deref());
        let forms = self.tables.entry(language).or_insert_with(Forms::new);
        let mut reader = ArticleReader {
            text: &document.text,
            language,
            aliases: self.aliases,
            alias_keys: &self.alias_keys,
            keys: &mut self.keys,
            forms,
        };
        reader.read(document)
    }
}

impl Forms {
    fn new() -> Self {
        Self {
            numbers: Numbering::default(),
            forms: Vec::new(),
            folded: Numbering::default(),
            // Number 0 is kept for articles before the first.
            capitals: vec![Capitals::default()],
        }
    }

    fn folded(&mut self, folded: &str) -> u32 {
        if let Some(number) = self.folded.get(folded) {
            return number;
        }
        let number = u32::try_from(self.capitals.len()).unwrap_or(u32::MAX);
        self.folded.insert(folded, number);
        self.capitals.push(Capitals::default());
        number
    }

    /// Begins an article: what was counted of others no longer counts.
    fn begin(&mut self) -> u32 {
        // The first entry counts the articles.
        let article = self.capitals[0].article.wrapping_add(1);
        self.capitals[0].article = article;
        article
    }
}

struct ArticleReader<'a, 'r> {
    text: &'r str,
    language: Language,
    aliases: &'a Aliases,
    alias_keys: &'r [Key],
    keys: &'r mut Keys,
    forms: &'r mut Forms,
}

impl ArticleReader<'_, '_> {
    fn read(&mut self, document: &Document) -> Vec<Word> {
        let article = self.forms.begin();
        let mut words: Vec<Drafted> = Vec::new();
        let mut starts = Vec::new();
        let mut block_tokens: Vec<Token> = Vec::new();
        for block in document.readable_blocks() {
            starts.push(words.len());
            block_tokens.clear();
            block_tokens.extend(tokens(self.text, block.range));
            self.read_block(&block_tokens, &mut words);
            let start = starts.last().copied().unwrap_or(0);
            self.note_capitals(article, &words[start..]);
        }
        starts.push(words.len());
        for pair in starts.windows(2) {
            self.mark_names(article, &mut words[pair[0]..pair[1]]);
        }
        words.into_iter().map(|(word, _)| word).collect()
    }

    fn read_block(&mut self, tokens: &[Token], words: &mut Vec<Drafted>) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let before = match at.checked_sub(1).and_then(|idx| tokens.get(idx)) {
                None => Break::Block,
                Some(last) => break_between(self.text, last.range, token.range),
            };
            let form_idx = self.form(token.range.of(self.text));
            let form = self.forms.forms[form_idx as usize];
            let alias = (form.begins_alias || form.is_the).then(|| self.alias(&tokens[at..], form, before)).flatten();
            let (drafted, n_tokens) = match alias {
                Some((word, n_tokens)) => (Some((word, NO_FORM)), n_tokens),
                None => {
                    let class = if token.kind == TokenKind::Number { Class::Light } else { form.entry.class };
                    (Word::new(form.key, class, before, token.range).map(|word| (word, form_idx)), 1)
                }
            };
            if let Some((mut word, form_idx)) = drafted {
                if form_idx != NO_FORM && word.class == Class::Function && form.entry.is_determiner {
                    word.mark_determiner();
                }
                if before == Break::None && self.text[..token.range.start].ends_with(['-', '‐', '‑']) {
                    word.mark_joined();
                }
                words.push((word, form_idx));
            }
            at += n_tokens;
        }
    }

    /// The number of a word's form.
    fn form(&mut self, word: &str) -> u32 {
        if let Some(number) = self.forms.numbers.get(word) {
            return number;
        }
        let folded = fold_word(word);
        let form = Form {
            key: self.keys.of_text(&key_text(&self.language.stemmer(), &folded)),
            entry: self.language.entry(word, &folded),
            folded: self.forms.folded(&folded),
            begins_alias: self.aliases.begins_with(&folded),
            is_the: folded == "the",
            has_capital: word.chars().next().is_some_and(char::is_uppercase),
        };
        let number = u32::try_from(self.forms.forms.len()).unwrap_or(NO_FORM);
        self.forms.forms.push(form);
        self.forms.numbers.insert(word, number);
        number
    }

    /// The alias that begins with the first of `tokens`, and how many of them it takes.
    fn alias(&self, tokens: &[Token], form: Form, before: Break) -> Option<(Word, usize)> {
        let first = tokens.first()?;
        let has_article = form.is_the
            && tokens.get(1).is_some_and(|next| self.text[first.range.end..next.range.start].trim().is_empty());
        // "The Alliance" may be the name itself, or an article before one.
        let whole = self.aliases.longest(self.text, tokens);
        let n_article = usize::from(has_article && whole.is_none());
        let found = whole.or_else(|| self.aliases.longest(self.text, tokens.get(n_article..)?))?;
        let key = *self.alias_keys.get(usize::from(found.group))?;
        let is_name = self.aliases.group(found.group).is_some_and(|group| group.is_name);
        // A common noun keeps its article as a word of its own.
        if !is_name && n_article > 0 {
            return None;
        }
        let n_tokens = n_article + found.n_words;
        let core = tokens.get(n_article)?.range.cover(tokens.get(n_tokens - 1)?.range);
        let class = if is_name { Class::Name } else { Class::Content };
        let word = Word::new(key, class, before, core)?.of_group(found.group, first.range.start)?;
        Some((word, n_tokens))
    }

    /// Counts how the words of a block are written where a capital is not owed to a sentence's start.
    fn note_capitals(&mut self, article: u32, words: &[Drafted]) {
        let is_headline_case = self.is_headline_case(words);
        for (word, form_idx) in words.iter().filter(|(word, _)| word.class != Class::Function) {
            let Some(form) = self.forms.forms.get(*form_idx as usize) else { continue };
            let Some(seen) = self.forms.capitals.get_mut(form.folded as usize) else { continue };
            if seen.article != article {
                *seen = Capitals { article, ..Capitals::default() };
            }
            if form.has_capital {
                seen.n_capital += u32::from(word.before == Break::None && !is_headline_case);
            } else {
                seen.n_small += 1;
            }
        }
    }

    /// Gives every name of a block its class, now that the whole article has shown how it writes each word.
    fn mark_names(&self, article: u32, words: &mut [Drafted]) {
        let is_headline_case = self.is_headline_case(words);
        for (word, _) in words.iter_mut().filter(|(word, _)| word.before != Break::None || is_headline_case) {
            word.mark_owing_capital();
        }
        // From the end, so that a first name at the start of a sentence can look at the name that follows.
        for idx in (0..words.len()).rev() {
            let next = words.get(idx + 1).filter(|(next, _)| next.before == Break::None).copied();
            if self.is_name(article, words[idx], next) {
                words[idx].0.class = Class::Name;
            }
        }
    }

    fn is_name(&self, article: u32, (word, form_idx): Drafted, next: Option<Drafted>) -> bool {
        let Some(form) = self.forms.forms.get(form_idx as usize) else { return false };
        if !matches!(word.class, Class::Content | Class::Light) || form.entry.is_day_or_month {
            return false;
        }
        let next_form = next.and_then(|(_, form_idx)| self.forms.forms.get(form_idx as usize));
        if form.entry.is_office_modifier && next_form.is_some_and(|next| next.entry.is_office) {
            return true;
        }
        if !form.has_capital || !self.language.has_capital_names() {
            return false;
        }
        if !word.owes_capital() {
            return true;
        }
        let seen = self.forms.capitals.get(form.folded as usize).copied().unwrap_or_default();
        let seen = if seen.article == article { seen } else { Capitals::default() };
        let is_known = seen.n_capital > 0 && seen.n_capital >= seen.n_small;
        let is_first_name =
            seen.n_small == 0 && !form.entry.is_common && next.is_some_and(|(next, _)| next.class == Class::Name);
        word.class == Class::Content && (is_known || is_first_name)
    }

    /// Is this a headline in which every word has a capital? There a capital says nothing. What ends with a full stop is a
    /// sentence full of names.
    fn is_headline_case(&self, words: &[Drafted]) -> bool {
        let end = words.last().map_or(0, |(word, _)| word.range().end);
        if self.text[end..].starts_with('.') {
            return false;
        }
        let (mut n_capital, mut n_all) = (0usize, 0usize);
        for (word, _) in words.iter().filter(|(word, _)| word.class != Class::Function && word.before != Break::Block) {
            n_all += 1;
            n_capital += usize::from(word.range().of(self.text).chars().next().is_some_and(char::is_uppercase));
        }
        n_all >= 3 && n_capital * 10 >= n_all * 8
    }
}

/// What stands between two words of a block.
fn break_between(text: &str, last: ByteRange, next: ByteRange) -> Break {
    let between = ByteRange::new(last.end, next.start).of(text);
    if between == " " {
        return Break::None;
    }
    let mut before = Break::None;
    let (mut n_lines, mut has_stop, mut has_space) = (0, false, false);
    for character in between.chars() {
        match character {
            ':' | ';' | '!' | '?' | '•' | '|' | '。' | '！' | '？' => return Break::Sentence,
            '.' => has_stop = true,
            '\n' => {
                n_lines += 1;
                has_space = true;
            }
            ',' | '–' | '—' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '/' | '…' =>
            {
                before = Break::Clause;
            }
            '\'' | '’' if between.chars().count() > 1 => before = Break::Clause,
            _ => has_space |= character.is_whitespace(),
        }
    }
    if n_lines > 1 {
        return Break::Block;
    }
    let goes_on = || {
        let is_small = next.of(text).chars().next().is_some_and(char::is_lowercase);
        is_small || between.starts_with('.') && is_abbreviation(last.of(text))
    };
    if has_stop && has_space && !goes_on() {
        return Break::Sentence;
    }
    // A hyphen with spaces around it is a dash.
    if between.contains(" - ") { Break::Clause } else { before }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};
    use crate::analysis::reuse::streams::Streams;

    #[test]
    fn what_stands_before_a_word() {
        for (text, wanted) in [
            ("Eels swim", Break::None),
            ("front-runner", Break::None),
            ("eels, lampreys", Break::Clause),
            ("eels - lampreys", Break::Clause),
            ("eels: lampreys", Break::Sentence),
            ("Eels swim. Lampreys", Break::Sentence),
            ("Eels swim.” Lampreys", Break::Sentence),
            ("the U.S. Army", Break::None),
            ("at 3 p.m. sharp", Break::None),
            ("Gen. Smith", Break::None),
            ("Eels\nlampreys", Break::Block),
        ] {
            let corpus = corpus(&[text]);
            let streams = Streams::of(&corpus, &codebook());
            let words = streams.words(0);
            assert_eq!(words.first().map(|word| word.before), Some(Break::Block), "{text}");
            assert_eq!(words.last().map(|word| word.before), Some(wanted), "{text}");
        }
    }

    #[test]
    fn capitals_make_names_where_they_tell() {
        let corpus = corpus(&["Herons met Ana Lopes. Lopes fed herons in the FRD on Monday."]);
        let streams = Streams::of(&corpus, &codebook());
        let text = corpus.documents()[0].text.as_str();
        let names: Vec<&str> = streams
            .words(0)
            .iter()
            .filter(|word| word.class == Class::Name)
            .map(|word| word.range().of(text))
            .collect();
        assert_eq!(names, ["Ana", "Lopes", "Lopes", "the FRD"]);
    }

    #[test]
    fn other_names_share_a_key() {
        let corpus = corpus(&["Freedonia and the FRD"]);
        let streams = Streams::of(&corpus, &codebook());
        let words = streams.words(0);
        assert_eq!(words.len(), 3);
        assert_eq!(words[0].key, words[2].key);
        assert_eq!(words[2].core().of("Freedonia and the FRD"), "FRD");
    }

    #[test]
    fn another_article_changes_no_word() {
        let texts = ["Heron nests burn. The heron left.", "On Heron Island the Heron sank."];
        let (both, alone) = (corpus(&texts), corpus(&texts[..1]));
        let classes = |corpus| -> Vec<Class> {
            Streams::of(corpus, &codebook()).words(0).iter().map(|word| word.class).collect()
        };
        assert_eq!(classes(&both), classes(&alone));
    }
}
