//! The codebook made ready for reading: cues, names and terms in tables keyed by their first word.
//!
//! Built once an analysis. A look-up is one hash of a word, then a comparison of the few entries that begin with it,
//! so that reading an article is `O(n)` in its words.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::words::{Word, Words};
use crate::codebook::{Actor, Codebook, Cue, CueTier};
use crate::text::compare::fold;
use crate::text::{ByteRange, tokens};

/// Values under phrases of whole words.
pub(super) struct PhraseTable<T> {
    by_first: FxHashMap<String, Vec<Entry<T>>>,
}

struct Entry<T> {
    /// Comparison form and, where the phrase has a capital, the need for one.
    words: Vec<(String, bool)>,
    value: T,
}

impl<T: Copy> PhraseTable<T> {
    pub(super) fn new(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_first: FxHashMap<String, Vec<Entry<T>>> = FxHashMap::default();
        for (phrase, value) in phrases {
            let words: Vec<(String, bool)> = split(&phrase);
            if let Some((first, _)) = words.first() {
                by_first.entry(first.clone()).or_default().push(Entry { words, value });
            }
        }
        for entries in by_first.values_mut() {
            // Stable: entries of one length keep the order of the codebook.
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.words.len()));
        }
        Self { by_first }
    }

    /// The longest phrases that begin at `start`: their number of words and their values, in codebook order.
    pub(super) fn longest_at(&self, words: &[Word], start: usize) -> Option<(usize, Vec<T>)> {
        let entries = self.by_first.get(words.get(start)?.folded.as_str())?;
        let mut found: Option<(usize, Vec<T>)> = None;
        for entry in entries {
            if found.as_ref().is_some_and(|(len, _)| *len > entry.words.len()) {
                break;
            }
            if entry.fits(words, start) {
                found.get_or_insert_with(|| (entry.words.len(), Vec::new())).1.push(entry.value);
            }
        }
        found
    }
}

impl<T> Entry<T> {
    fn fits(&self, words: &[Word], start: usize) -> bool {
        let Some(slice) = words.get(start..start + self.words.len()) else { return false };
        let last = slice.len().saturating_sub(1);
        slice.iter().zip(&self.words).enumerate().all(|(idx, (word, (folded, needs_capital)))| {
            // Inside a phrase no mark but a hyphen or an abbreviation's stop may stand.
            let is_whole = idx == last || !word.gap.has(super::words::Gap::ANY);
            word.folded == *folded && (word.is_capital || !needs_capital) && is_whole
        })
    }
}

/// The words of a phrase of the codebook, folded as [`Word::folded`] is.
fn split(phrase: &str) -> Vec<(String, bool)> {
    tokens(phrase, ByteRange::new(0, phrase.len()))
        .map(|token| {
            let raw = token.range.of(phrase);
            let mut folded = fold(raw);
            if folded.ends_with("'s") {
                folded.truncate(folded.len() - 2);
            }
            (folded, raw.starts_with(char::is_uppercase))
        })
        .collect()
}

/// Terms that are matched by stem, with alternatives and gaps.
pub(super) struct TermSet<T> {
    by_first: FxHashMap<String, Vec<usize>>,
    terms: Vec<(Vec<TermPart>, T)>,
}

struct TermPart {
    /// Stems, any of which will do.
    stems: Vec<String>,
    /// May up to [`MAX_GAP`] words stand before it?
    is_after_gap: bool,
}

/// Words that `...` may skip, as the codebook promises.
const MAX_GAP: usize = 6;

/// A place where a term stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TermHit<T> {
    pub term_idx: usize,
    pub value: T,
    /// Indices into the words that were searched.
    pub words: std::ops::Range<usize>,
}

impl<T: Copy> TermSet<T> {
    pub(super) fn new<'t>(terms: impl IntoIterator<Item = (&'t str, T)>) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut set = Self { by_first: FxHashMap::default(), terms: Vec::new() };
        for (term, value) in terms {
            let parts = parse_term(&stemmer, term);
            if let Some(first) = parts.first() {
                for stem in &first.stems {
                    set.by_first.entry(stem.clone()).or_default().push(set.terms.len());
                }
                set.terms.push((parts, value));
            }
        }
        set
    }

    /// All places of all terms, in order of place, then of the codebook.
    pub(super) fn find(&self, words: &[Word]) -> Vec<TermHit<T>> {
        let mut hits = Vec::new();
        for (start, word) in words.iter().enumerate() {
            for &term_idx in self.by_first.get(word.stem.as_str()).into_iter().flatten() {
                let Some((parts, value)) = self.terms.get(term_idx) else { continue };
                if let Some(end) = match_parts(parts, words, start) {
                    hits.push(TermHit { term_idx, value: *value, words: start..end });
                }
            }
        }
        hits
    }
}

/// `missile|rocket ... test` → {missil, rocket}, gap, {test}.
fn parse_term(stemmer: &Stemmer, term: &str) -> Vec<TermPart> {
    let mut parts = Vec::new();
    let mut is_after_gap = false;
    for piece in term.split_whitespace() {
        if piece == "..." {
            is_after_gap = true;
            continue;
        }
        let mut alternatives: Vec<Vec<String>> = Vec::new();
        for alternative in piece.split('|') {
            alternatives.push(split(alternative).iter().map(|(word, _)| stemmer.stem(word).into_owned()).collect());
        }
        // "counter-threat" is two words in a row.
        let n_words = alternatives.iter().map(Vec::len).max().unwrap_or(0);
        for idx in 0..n_words {
            let stems = alternatives.iter().filter_map(|words| words.get(idx).cloned()).collect();
            parts.push(TermPart { stems, is_after_gap: is_after_gap && idx == 0 });
        }
        is_after_gap = false;
    }
    parts
}

/// The end of the match that begins at `start`, the nearest one where gaps leave a choice.
fn match_parts(parts: &[TermPart], words: &[Word], start: usize) -> Option<usize> {
    let mut at = start;
    for (idx, part) in parts.iter().enumerate() {
        let reach = if part.is_after_gap && idx > 0 { MAX_GAP } else { 0 };
        let found =
            (at..=at + reach).find(|&place| words.get(place).is_some_and(|word| part.stems.contains(&word.stem)))?;
        at = found + 1;
    }
    Some(at)
}

/// What a name of the codebook stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// The actor itself: "NATO".
    Actor,
    /// Makes an office the actor's: "Russian".
    Adjective,
    /// Speaks for it without office: "NATO diplomat".
    Unofficial,
    /// An officer by full name.
    Person,
    /// An officer by surname.
    Surname,
    /// Whoever holds the office.
    Title,
    /// Looks like an actor and is none, or another.
    LookAlike,
}

/// A name of the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub kind: NameKind,
    pub actor_idx: Option<usize>,
    /// Index into the actor's officers, for persons and titles.
    pub officer_idx: usize,
    /// Says nothing of its institution: "Secretary General", "alliance". Needs more evidence in the article.
    pub is_bare: bool,
}

/// A codebook made ready for reading statements.
pub(super) struct Lexicon<'a> {
    pub codebook: &'a Codebook,
    pub tier: CueTier,
    pub cues: PhraseTable<usize>,
    pub names: PhraseTable<Name>,
    /// Nouns of offices: minister, spokesman; true where the holder speaks with authority.
    pub offices: PhraseTable<bool>,
    /// Value: theme and weight.
    pub themes: TermSet<(usize, f32)>,
    /// Value: act.
    pub acts: TermSet<usize>,
    /// For every theme; value: direction rule.
    pub directions: Vec<TermSet<usize>>,
    pub hedges: TermSet<()>,
    pub conditions: TermSet<()>,
}

impl<'a> Lexicon<'a> {
    /// Prepares a codebook with the cues up to `tier`.
    pub(super) fn new(codebook: &'a Codebook, tier: CueTier) -> Self {
        let cues = codebook.cues.iter().enumerate().filter(|(_, cue)| cue.tier <= tier);
        let acts = codebook.acts.iter().enumerate();
        let themes = codebook.themes.iter().enumerate();
        Self {
            codebook,
            tier,
            cues: PhraseTable::new(cues.flat_map(|(idx, cue)| cue.forms.iter().map(move |form| (form.clone(), idx)))),
            names: PhraseTable::new(names(codebook)),
            offices: PhraseTable::new(offices(codebook)),
            themes: TermSet::new(
                themes.flat_map(|(idx, theme)| {
                    theme.terms.iter().map(move |term| (term.term.as_str(), (idx, term.weight)))
                }),
            ),
            acts: TermSet::new(acts.flat_map(|(idx, act)| act.terms.iter().map(move |term| (term.as_str(), idx)))),
            directions: (codebook.themes.iter())
                .map(|theme| {
                    let rules = theme.direction_rules.iter().enumerate();
                    TermSet::new(rules.flat_map(|(idx, rule)| rule.terms.iter().map(move |term| (term.as_str(), idx))))
                })
                .collect(),
            hedges: TermSet::new(codebook.hedges.hedges.iter().map(|term| (term.as_str(), ()))),
            conditions: TermSet::new(codebook.hedges.conditions.iter().map(|term| (term.as_str(), ()))),
        }
    }

    /// The cue that stands at `place`.
    pub(super) fn cue_at(&self, words: &Words<'_>, place: ByteRange) -> Option<usize> {
        let (_, cues) = self.cues.longest_at(&words.all, words.inside(place).start)?;
        cues.first().copied()
    }

    pub(super) fn cue(&self, cue_idx: usize) -> Option<&'a Cue> {
        self.codebook.cues.get(cue_idx)
    }
}

fn offices(codebook: &Codebook) -> Vec<(String, bool)> {
    let official = codebook.offices.official.iter().map(|office| (office.clone(), true));
    let unofficial = codebook.offices.unofficial.iter().map(|office| (office.clone(), false));
    official
        .chain(unofficial)
        .flat_map(|(office, is_official)| {
            let plural = format!("{office}s");
            [(office, is_official), (plural, is_official)]
        })
        .collect()
}

fn names(codebook: &Codebook) -> Vec<(String, Name)> {
    let mut found = Vec::new();
    for look_alike in &codebook.look_alikes {
        let actor_idx =
            look_alike.actor.as_ref().and_then(|id| codebook.actors.iter().position(|actor| &actor.id == id));
        found.push((
            look_alike.phrase.clone(),
            Name { kind: NameKind::LookAlike, actor_idx, officer_idx: 0, is_bare: false },
        ));
    }
    for (idx, actor) in codebook.actors.iter().enumerate() {
        let name = |kind, officer_idx| Name { kind, actor_idx: Some(idx), officer_idx, is_bare: false };
        found.extend(actor.names.iter().map(|phrase| {
            let is_bare = !phrase.contains(char::is_uppercase);
            (phrase.clone(), Name { is_bare, ..name(NameKind::Actor, 0) })
        }));
        found.extend(actor.adjectives.iter().map(|phrase| (phrase.clone(), name(NameKind::Adjective, 0))));
        found.extend(actor.unofficial.iter().map(|phrase| (phrase.clone(), name(NameKind::Unofficial, 0))));
        for (officer_idx, officer) in actor.officers.iter().enumerate() {
            found.push((officer.person.clone(), name(NameKind::Person, officer_idx)));
            found.extend(officer.short.iter().map(|phrase| (phrase.clone(), name(NameKind::Surname, officer_idx))));
            found.extend(officer.titles.iter().map(|phrase| {
                let is_bare = !holds_name_of(phrase, actor);
                (phrase.clone(), Name { is_bare, ..name(NameKind::Title, officer_idx) })
            }));
        }
    }
    found
}

/// Does a title say whose it is? "NATO chief" does, "Secretary General" does not.
fn holds_name_of(title: &str, actor: &Actor) -> bool {
    let title = split(title);
    actor.names.iter().chain(&actor.adjectives).filter(|name| name.contains(char::is_uppercase)).any(|name| {
        let name = split(name);
        title.windows(name.len().max(1)).any(|window| window == name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Word> {
        crate::analysis::statements::tests::words(text)
    }

    #[test]
    fn terms_match_by_stem_with_alternatives_and_gaps() {
        let cases: &[(&str, &str, bool)] = &[
            ("missile|rocket test", "two rockets were tested", false),
            ("missile|rocket test", "of rocket tests", true),
            ("missile ... test", "missiles of any range to be tested", true),
            ("missile ... test", "missiles one two three four five six seven tests", false),
            ("no let up", "there is no let-up now", true),
        ];
        for (term, text, expected) in cases {
            let set = TermSet::new([(*term, ())]);
            assert_eq!(!set.find(&words(text)).is_empty(), *expected, "{term} in {text}");
        }
    }

    #[test]
    fn the_longest_phrase_wins_and_capitals_count() {
        let table = PhraseTable::new([("Security Council".to_owned(), 1), ("Security Council envoy".to_owned(), 2)]);
        assert_eq!(table.longest_at(&words("Security Council envoy"), 0), Some((3, vec![2])));
        assert_eq!(table.longest_at(&words("security council"), 0), None);
        assert_eq!(table.longest_at(&words("Security, Council"), 0), None);
    }
}
