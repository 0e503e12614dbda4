//! Rules of dating and facts of the codebook's chronology, in words for the reader.

use crate::codebook::{Codebook, Fact};

/// A short name for a fact; its id where the codebook does not have it any more.
pub fn name(codebook: &Codebook, id: &str) -> String {
    find(&codebook.chronology.facts(), id).map_or_else(|| id.to_owned(), |fact| fact.label.clone())
}

/// The fact with this id.
pub fn find<'a>(facts: &'a [Fact], id: &str) -> Option<&'a Fact> {
    facts.iter().find(|fact| fact.id == id)
}

/// What kind of evidence a rule of dating gives: `office-holder` is "Office holder".
pub fn rule(id: &str) -> String {
    const NAMES: [(&str, &str); 9] = [
        ("stated", "A full date in the text"),
        ("dateline", "The dateline"),
        ("caption-floor", "A date in a caption"),
        ("event", "A dated event"),
        ("membership", "A number of members"),
        ("office-holder", "Who held an office"),
        ("relative-year", "A year told from this one"),
        ("year", "A year"),
        ("weekday", "A weekday"),
    ];
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == id) {
        return (*name).to_owned();
    }
    let words = id.replace(['-', ':', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_told_in_words() {
        assert_eq!(rule("caption-floor"), "A date in a caption");
        assert_eq!(rule("meta:og-published"), "Meta og published");
        assert_eq!(rule(""), "");
    }
}
