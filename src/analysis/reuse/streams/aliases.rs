//! Alias folding: "the DPRK", "Pyongyang" and "North Korea" become one word with one key.
//!
//! Longest first, on whole words. A name in capitals has to stand in capitals ("US", not "us"); in any other name the
//! first capitalized word has to have its capital. `O(w × l)` in words and the length of the longest alias.

use rustc_hash::FxHashMap;

use super::keys::Keys;
use crate::codebook::Codebook;
use crate::text::compare::{fold, fold_word};
use crate::text::{ByteRange, Token, tokens};

/// One way to write an alias group's name.
struct Form {
    /// Folded words.
    words: Vec<String>,
    case: Vec<Case>,
    group: u16,
}

/// What the text's word has to look like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    /// Begins with a capital.
    Capital,
    /// Has no small letter.
    Capitals,
}

/// The alias groups of a codebook, ready to be matched.
pub(in crate::analysis) struct Aliases {
    /// By first folded word, longest first.
    forms: FxHashMap<String, Vec<Form>>,
    groups: Vec<Group>,
}

/// What is known of one group.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Group {
    /// The name all others stand for.
    pub name: String,
    pub is_name: bool,
    /// Its key, spelled out.
    pub key_text: String,
}

/// A match: how many words of the text it takes and which group it is.
pub(in crate::analysis) struct AliasMatch {
    pub n_words: usize,
    pub group: u16,
}

impl Aliases {
    pub fn new(codebook: &Codebook) -> Self {
        let mut forms: FxHashMap<String, Vec<Form>> = FxHashMap::default();
        let mut groups = Vec::new();
        for (idx, alias) in codebook.aliases.iter().enumerate() {
            let group = u16::try_from(idx).unwrap_or(u16::MAX);
            groups.push(Group { name: alias.name.clone(), is_name: alias.is_name, key_text: fold(&alias.name) });
            for name in std::iter::once(&alias.name).chain(&alias.also) {
                let parts: Vec<&str> =
                    tokens(name, ByteRange::new(0, name.len())).map(|token| token.range.of(name)).collect();
                let form =
                    Form { words: parts.iter().map(|part| fold_word(part)).collect(), case: cases(&parts), group };
                if let Some(first) = form.words.first() {
                    forms.entry(first.clone()).or_default().push(form);
                }
            }
        }
        for list in forms.values_mut() {
            list.sort_by(|left, right| right.words.len().cmp(&left.words.len()).then(left.group.cmp(&right.group)));
        }
        Self { forms, groups }
    }

    /// A number that is another where the aliases are.
    pub(in crate::analysis::reuse) fn fingerprint(&self) -> u64 {
        let mut forms: Vec<(u16, String, u8)> = Vec::new();
        for form in self.forms.values().flatten() {
            let cases = form.case.iter().fold(0u8, |sum, case| sum.wrapping_mul(3).wrapping_add(*case as u8));
            forms.push((form.group, form.words.join(" "), cases));
        }
        forms.sort_unstable();
        let names = self.groups.iter().map(|group| format!("{}{}", group.key_text, group.is_name));
        let parts = forms.into_iter().map(|(group, words, cases)| format!("{group} {words} {cases}"));
        names.chain(parts).fold(0, |sum, part| super::keys::mixed(sum, super::keys::hash_text(&part)))
    }

    pub fn group(&self, group: u16) -> Option<&Group> {
        self.groups.get(usize::from(group))
    }

    /// May a word, folded, be the first of an alias?
    pub fn begins_with(&self, folded: &str) -> bool {
        self.forms.contains_key(folded)
    }

    /// Interns the keys of all groups and returns them in order.
    pub(in crate::analysis::reuse) fn keys(&self, keys: &mut Keys) -> Vec<super::keys::Key> {
        self.groups.iter().map(|group| keys.of_text(&group.key_text)).collect()
    }

    /// The longest alias that begins with the first of `words`. Only the last word may carry a possessive.
    pub fn longest(&self, text: &str, words: &[Token]) -> Option<AliasMatch> {
        let first = words.first()?;
        let list = self.forms.get(fold_word(first.range.of(text)).as_str())?;
        let form = list.iter().find(|form| form.fits(text, words))?;
        Some(AliasMatch { n_words: form.words.len(), group: form.group })
    }
}

impl Form {
    fn fits(&self, text: &str, words: &[Token]) -> bool {
        let n_words = self.words.len();
        if words.len() < n_words {
            return false;
        }
        let is_joined = words.windows(2).take(n_words - 1).all(|pair| {
            let between = ByteRange::new(pair[0].range.end, pair[1].range.start).of(text);
            between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '‑' | '.' | '\''))
        });
        is_joined
            && self.words.iter().zip(&self.case).zip(words).all(|((wanted, case), token)| {
                let word = token.range.of(text);
                case.fits(word) && fold_word(word) == *wanted
            })
    }
}

impl Case {
    fn fits(self, word: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Capital => word.chars().next().is_some_and(char::is_uppercase),
            Self::Capitals => {
                let letters = fold_possessive(word);
                !letters.chars().any(char::is_lowercase)
            }
        }
    }
}

/// The word without a possessive ending, its case as it was.
fn fold_possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Capitals are wanted where the name is written in them; else on its first capitalized word alone, since texts
/// write "UN security Council" and "defence Minister".
fn cases(parts: &[&str]) -> Vec<Case> {
    let mut is_first_capital = true;
    parts
        .iter()
        .map(|part| {
            let n_capitals = part.chars().filter(|c| c.is_uppercase()).count();
            if n_capitals >= 2 && !part.chars().any(char::is_lowercase) {
                is_first_capital = false;
                Case::Capitals
            } else if n_capitals >= 1 && is_first_capital {
                is_first_capital = false;
                Case::Capital
            } else {
                Case::Any
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::AliasGroup;

    fn aliases() -> Aliases {
        let group = |name: &str, also: &[&str]| AliasGroup {
            name: name.to_owned(),
            also: also.iter().map(|&also| also.to_owned()).collect(),
            is_name: true,
        };
        Aliases::new(&Codebook {
            aliases: vec![group("United States", &["US", "U.S.", "America"]), group("Freedonia", &["Free Republic"])],
            ..Codebook::default()
        })
    }

    fn matched(text: &str) -> Option<(usize, u16)> {
        let words: Vec<Token> = tokens(text, ByteRange::new(0, text.len())).collect();
        aliases().longest(text, &words).map(|found| (found.n_words, found.group))
    }

    #[test]
    fn aliases_match_whole_words_with_their_capitals() {
        for (text, wanted) in [
            ("US troops", Some((1, 0))),
            ("us too", None),
            ("U.S. troops", Some((1, 0))),
            ("United States’ role", Some((2, 0))),
            ("united States", None),
            ("Free Republic's", Some((2, 1))),
            ("Freedonian", None),
        ] {
            assert_eq!(matched(text), wanted, "{text}");
        }
    }
}
