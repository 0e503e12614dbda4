//! The list of known furniture phrases, from `assets/boilerplate.toml`.
//!
//! Furniture is what a page puts around its article: advertisement labels, share buttons, comment forms, links to
//! other articles. A line is compared folded and without marks at its ends. `O(phrases)` a short line, through a
//! sorted list for whole lines.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::text::compare::fold;

/// The list that comes with the program.
pub(super) static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    // A test reads the built-in list, so the default never shows.
    Furniture::read(include_str!("../../../assets/boilerplate.toml")).unwrap_or_default()
});

/// A furniture line is short; a longer one is prose that happens to start with the same words.
const MAX_LINE_WORDS: usize = 14;

/// Known phrases, folded.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Furniture {
    /// Whole lines; with `*` at the end the start of one, with `*` inside a gap.
    line: Vec<String>,
    /// Starts of lines that open a run to the end.
    tail: Vec<String>,
    /// Words before a link to another article.
    labels: Vec<String>,
    /// Words of photo credits.
    credits: Vec<String>,
    /// News agencies, as they are written.
    pub(super) agencies: Vec<String>,
    /// Names that are no outlet, as they are written.
    pub(super) services: Vec<String>,
    /// Places in `line` of the phrases without a gap, by their words.
    #[serde(skip)]
    whole_lines: FxHashMap<String, usize>,
    /// Places in `line` of the phrases with one.
    #[serde(skip)]
    line_patterns: Vec<usize>,
    /// Finds all credits in one pass.
    #[serde(skip)]
    credit_finder: Option<AhoCorasick>,
}

impl Furniture {
    fn read(toml: &str) -> Result<Self, toml::de::Error> {
        let mut list: Self = toml::from_str(toml)?;
        for phrases in [&mut list.line, &mut list.tail, &mut list.labels, &mut list.credits] {
            for phrase in phrases.iter_mut() {
                *phrase = fold(phrase);
            }
        }
        for (idx, phrase) in list.line.iter().enumerate() {
            if phrase.contains('*') {
                list.line_patterns.push(idx);
            } else {
                list.whole_lines.entry(bare(phrase).to_owned()).or_insert(idx);
            }
        }
        list.credit_finder = AhoCorasick::new(&list.credits).ok();
        // The longest first, so that the rule's name says as much as it can.
        list.tail.sort_by_key(|phrase| (std::cmp::Reverse(phrase.len()), phrase.clone()));
        Ok(list)
    }

    /// The ids of all its rules.
    #[cfg(test)]
    pub(super) fn rule_ids(&self) -> Vec<String> {
        let lines = self.line.iter().map(|phrase| format!("line:{}", slug(phrase)));
        lines.chain(self.tail.iter().map(|phrase| format!("tail:{}", slug(phrase)))).collect()
    }

    /// The rule that marks this one line, `None` where it is no known furniture.
    pub(super) fn line_rule(&self, folded: &str, n_words: usize) -> Option<String> {
        if n_words > MAX_LINE_WORDS {
            return None;
        }
        let bare = bare(folded);
        let pattern = self.line_patterns.iter().copied().find(|&idx| is_pattern_of(&self.line[idx], bare));
        // Where several fit, the first of the list names the rule.
        let idx = pattern.into_iter().chain(self.whole_lines.get(bare).copied()).min()?;
        Some(format!("line:{}", slug(&self.line[idx])))
    }

    /// The rule that opens a run to the end at this line.
    pub(super) fn tail_rule(&self, folded: &str, n_words: usize) -> Option<String> {
        if n_words > MAX_LINE_WORDS {
            return None;
        }
        let bare = bare(folded);
        let phrase = self.tail.iter().find(|phrase| starts_with_words(bare, phrase))?;
        // "Related" alone opens a list; "Related officials met" does not.
        let is_single = !phrase.contains(' ') && phrase.chars().all(char::is_alphabetic);
        (!is_single || bare.len() == phrase.len() || folded.contains(':')).then(|| format!("tail:{}", slug(phrase)))
    }

    /// Does the line begin with the label of a link? After a label that is a word of its own stands a colon or a bar.
    pub(super) fn has_label(&self, folded: &str) -> bool {
        let line = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.labels.iter().any(|label| {
            let Some(rest) = line.strip_prefix(label.as_str()) else { return false };
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with([':', '|', '>', '»', '–', '—', '-', '→'])
        })
    }

    /// Does the line name who took a picture?
    pub(super) fn has_credit(&self, folded: &str) -> bool {
        let is_letter = |c: char| c.is_alphanumeric();
        let is_whole = |start: usize, end: usize| {
            let ends_in_mark = folded[..end].ends_with(|c: char| !is_letter(c));
            !folded[..start].ends_with(is_letter) && (ends_in_mark || !folded[end..].starts_with(is_letter))
        };
        let finder = self.credit_finder.as_ref();
        finder.is_some_and(|finder| {
            finder.find_overlapping_iter(folded).any(|found| is_whole(found.start(), found.end()))
        })
    }
}

/// A line without marks and spaces at its ends.
pub(super) fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | ')'))
}

fn starts_with_words(line: &str, phrase: &str) -> bool {
    line.strip_prefix(phrase).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// `*` stands for anything, at the end or between two parts.
fn is_pattern_of(pattern: &str, line: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == line };
    let Some(mut left) = line.strip_prefix(first) else { return false };
    for part in rest.split('*').filter(|part| !part.is_empty()) {
        let Some(place) = left.find(part) else { return false };
        left = &left[place + part.len()..];
    }
    pattern.ends_with('*') || left.is_empty()
}

fn slug(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // "©" and "(c)" are their own names.
    if words.iter().all(|word| word.len() < 2) && words.len() < 2 { phrase.to_owned() } else { words.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_list_reads() {
        let list = Furniture::read(include_str!("../../../assets/boilerplate.toml")).unwrap();
        assert!(list.line.len() > 20 && list.tail.len() > 20 && list.agencies.len() > 10);
    }

    #[test]
    fn phrases_mark_lines_and_open_tails() {
        let line = |words: &str| FURNITURE.line_rule(&fold(words), words.split(' ').count());
        assert_eq!(line("ADVERTISEMENT:").as_deref(), Some("line:advertisement"));
        assert_eq!(line("Advertisement of posts is banned"), None);
        let tail = |words: &str| FURNITURE.tail_rule(&fold(words), words.split(' ').count());
        assert_eq!(tail("Related Stories").as_deref(), Some("tail:related-stories"));
        assert_eq!(tail("Tags: Oslo, trade").as_deref(), Some("tail:tags"));
        assert_eq!(tail("Trending down since May"), None);
        assert_eq!(tail("Moreover it rained"), None);
    }

    #[test]
    fn credits_are_whole_words() {
        assert!(FURNITURE.has_credit("ships at sea. stock photo: getty images"));
        assert!(!FURNITURE.has_credit("the photographer byron left"));
    }
}
