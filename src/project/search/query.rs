//! What is asked for: clauses of phrases of keys.
//!
//! An article meets a query if it has every clause and none of those to leave out. A word with a star stands for the
//! keys that begin with what was typed, and for the keys that its endings leave when what was typed reaches into an
//! ending: `organi*` asks for "organi…" and for "organ", the stem of "organization".

use std::collections::BTreeSet;

use super::keys::{key, plain};

/// What a reader looks for, as keys.
///
/// ```
/// use throughline::document::{Document, DocumentId};
/// use throughline::project::search::Query;
/// let document = Document::of_lines(DocumentId(1), "The pier is open.\nPiers were “opened” in May.");
/// let places = Query::parse("pier open").places(&document);
/// let words: Vec<&str> = places.iter().map(|place| place.of(&document.text)).collect();
/// assert_eq!(words, ["pier", "open", "Piers", "opened"]);
/// assert!(Query::parse("\"pier opens\"").places(&document).is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(super) clauses: Vec<Clause>,
}

/// What must be, or must not be, in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub is_left_out: bool,
    /// One of them is enough.
    pub any: Vec<Group>,
}

/// Phrases close together; most often one alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub phrases: Vec<Phrase>,
    /// The most words between the end of any and the start of the last of them.
    pub distance: usize,
}

/// Words side by side; most often one alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub terms: Vec<Term>,
}

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// As it was typed, without signs around it.
    pub typed: String,
    /// The keys that are this word.
    pub keys: Vec<String>,
    /// With a star: every key that begins so is this word too.
    pub beginning: Option<String>,
}

/// The most ways in which a group may be written out without stars; beyond it, stars mean beginnings alone.
const MAX_WAYS: usize = 64;

/// What may follow what was typed before a star, so that the ending it reaches into is whole. Most English endings
/// and their pairs; those of both spellings.
const ENDINGS: &[&str] = &[
    "s",
    "es",
    "ies",
    "e",
    "y",
    "ed",
    "ied",
    "ing",
    "er",
    "ers",
    "est",
    "ly",
    "al",
    "ally",
    "ation",
    "ations",
    "ational",
    "ization",
    "izations",
    "isation",
    "isations",
    "ize",
    "izes",
    "ized",
    "izing",
    "izer",
    "ise",
    "ises",
    "ised",
    "ising",
    "iser",
    "ator",
    "ators",
    "ate",
    "ates",
    "ated",
    "ating",
    "ative",
    "atively",
    "ion",
    "ions",
    "ional",
    "ionally",
    "ioned",
    "ment",
    "ments",
    "mental",
    "ness",
    "nesses",
    "ful",
    "fully",
    "fulness",
    "less",
    "lessly",
    "ous",
    "ously",
    "ousness",
    "ive",
    "ively",
    "iveness",
    "ivity",
    "able",
    "ably",
    "ability",
    "ible",
    "ibly",
    "ibility",
    "ance",
    "ances",
    "ence",
    "ences",
    "ant",
    "ants",
    "ent",
    "ents",
    "ently",
    "ency",
    "ancy",
    "ism",
    "isms",
    "ist",
    "ists",
    "istic",
    "ic",
    "ical",
    "ically",
    "icity",
    "ity",
    "ities",
    "alism",
    "alist",
    "ality",
    "alize",
    "alise",
    "alization",
    "alisation",
    "eed",
    "eedly",
    "edly",
    "ingly",
    "our",
    "ours",
    "oured",
    "ouring",
    "ogue",
    "ogues",
    "our's",
    "yse",
    "ysed",
    "yze",
    "re",
    "red",
    "ring",
    "ce",
    "ces",
    "mme",
    "mmes",
    "mmer",
    "que",
    "ques",
    "lled",
    "lling",
    "ller",
    "ium",
];

impl Query {
    /// Is nothing asked for?
    pub fn is_blank(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The words to be found, as they were typed, each once; none that is to be left out.
    pub fn words(&self) -> Vec<&str> {
        self.distinct().map(|term| term.typed.as_str()).collect()
    }

    /// The terms to be found, in order, each once.
    pub(super) fn distinct(&self) -> impl Iterator<Item = &Term> {
        let mut seen = BTreeSet::new();
        self.wanted().filter(move |term| seen.insert((&term.keys, &term.beginning)))
    }

    /// The terms to be found, in order, as often as they were typed.
    fn wanted(&self) -> impl Iterator<Item = &Term> {
        let groups = self.clauses.iter().filter(|clause| !clause.is_left_out).flat_map(|clause| &clause.any);
        groups.flat_map(|group| &group.phrases).flat_map(|phrase| &phrase.terms)
    }
}

impl Group {
    /// Keeps the ways of writing the group out few.
    pub fn tidied(mut self) -> Self {
        let terms = || self.phrases.iter().flat_map(|phrase| &phrase.terms);
        if terms().map(Term::n_ways).try_fold(1_usize, usize::checked_mul).is_none_or(|n_ways| n_ways > MAX_WAYS) {
            for term in self.phrases.iter_mut().flat_map(|phrase| &mut phrase.terms) {
                if term.beginning.is_some() {
                    term.keys.clear();
                }
            }
        }
        self
    }
}

impl Term {
    /// A word in all its forms.
    pub fn whole(word: &str) -> Self {
        Self { typed: word.to_owned(), keys: vec![key(word)], beginning: None }
    }

    /// All words that begin so.
    pub fn beginning(word: &str) -> Self {
        let beginning = plain(word);
        let mut keys = BTreeSet::new();
        let mut add = |whole: &str| {
            let key = key(whole);
            if !key.starts_with(&beginning) {
                keys.insert(key);
            }
        };
        add(&beginning);
        for ending in ENDINGS {
            for (cut, _) in ending.char_indices() {
                if beginning.ends_with(&ending[..cut]) {
                    add(&format!("{beginning}{}", &ending[cut..]));
                }
            }
        }
        Self { typed: format!("{word}*"), keys: keys.into_iter().collect(), beginning: Some(beginning) }
    }

    /// Is a word with this key this word?
    pub fn is(&self, key: &str) -> bool {
        self.beginning.as_deref().is_some_and(|beginning| key.starts_with(beginning))
            || self.keys.iter().any(|it| it == key)
    }

    /// Number of ways to write it: its keys and its beginning.
    fn n_ways(&self) -> usize {
        self.keys.len() + usize::from(self.beginning.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_finds_every_word_that_begins_so() {
        let words = "missiles sanctions sanctioned countries happily running organizations organised destabilizing \
                     destabilization nationally programmes programmer centres labourers defences travelling hopefulness \
                     cyberattacks negotiators universities effectively accountability dialogues analysed theatres \
                     destruction militarily aluminium cheques skeptical economically historic communities";
        for word in words.split_whitespace() {
            for cut in 3..=word.len() {
                let term = Term::beginning(&word[..cut]);
                assert!(term.is(&key(word)), "{}* does not find {word}: {term:?}", &word[..cut]);
            }
        }
        assert!(Term::beginning("scept").is(&key("sceptics")));
        assert!(!Term::beginning("missil").is(&key("misses")));
        assert!(!Term::beginning("organi").is(&key("orchestra")));
    }
}
