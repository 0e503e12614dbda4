//! Where the words of a query stand in one article.
//!
//! The article's words are numbered as in the index, a break between two blocks counting as one; keys are worked out
//! only for words that begin like one of the query, so most cost no more than a look at a letter. `O(n)` in the bytes
//! of the article. What is found, and what is near, is as FTS5 has it, so that index and places agree.

use super::keys::key;
use super::query::{Clause, Group, Phrase, Query, Term};
use crate::document::Document;
use crate::text::{ByteRange, tokens};

/// A word of the query in the article.
#[derive(Clone, Copy)]
struct Hit {
    /// The number of the word in the article.
    number: usize,
    range: ByteRange,
}

/// The places of each term of a query, by the address of the term in it.
struct Hits<'a> {
    terms: Vec<(&'a Term, Vec<Hit>)>,
}

impl Query {
    /// Where the words that were asked for stand, in order; a phrase is one place, words close to each other are one
    /// each. Empty where the article does not meet the query.
    pub fn places(&self, document: &Document) -> Vec<ByteRange> {
        self.places_if_met(document).unwrap_or_default()
    }

    /// The places, or `None` where the article does not meet the query. A query of words to be left out alone is met
    /// without a place.
    pub fn places_if_met(&self, document: &Document) -> Option<Vec<ByteRange>> {
        if self.is_blank() {
            return None;
        }
        let hits = Hits::of(self, document);
        let mut places = Vec::new();
        for clause in &self.clauses {
            let found = hits.of_clause(clause);
            if found.is_empty() != clause.is_left_out {
                return None;
            }
            places.extend(found);
        }
        Some(joined(places))
    }
}

/// In order; those that overlap as one.
fn joined(mut places: Vec<ByteRange>) -> Vec<ByteRange> {
    places.sort_unstable();
    let mut joined: Vec<ByteRange> = Vec::with_capacity(places.len());
    for place in places {
        match joined.last_mut().filter(|last| last.overlaps(place)) {
            Some(last) => *last = last.cover(place),
            None => joined.push(place),
        }
    }
    joined
}

impl<'a> Hits<'a> {
    fn of(query: &'a Query, document: &Document) -> Self {
        let groups = query.clauses.iter().flat_map(|clause| &clause.any);
        let terms = groups.flat_map(|group| &group.phrases).flat_map(|phrase| &phrase.terms);
        let mut hits = Self { terms: terms.map(|term| (term, Vec::new())).collect() };
        let firsts = hits.firsts();
        let mut number = 0;
        for (idx, block) in document.blocks.iter().enumerate() {
            number += usize::from(idx > 0);
            for token in tokens(&document.text, block.range) {
                let word = token.range.of(&document.text);
                let first = word.as_bytes().first().copied().unwrap_or(0);
                if firsts.get(usize::from(first.to_ascii_lowercase())).is_none_or(|&is_first| is_first) {
                    let key = key(word);
                    for (term, found) in &mut hits.terms {
                        if term.is(&key) {
                            found.push(Hit { number, range: token.range });
                        }
                    }
                }
                number += 1;
            }
        }
        hits
    }

    /// Which ASCII letters a word of the query may begin with. Neither spelling nor stem changes the first letter; words
    /// that begin with another letter may lose its mark, so they are always looked at.
    fn firsts(&self) -> [bool; 128] {
        let mut firsts = [false; 128];
        for (term, _) in &self.terms {
            for key in term.keys.iter().chain(&term.beginning) {
                if let Some(first) = key.bytes().next().and_then(|first| firsts.get_mut(usize::from(first))) {
                    *first = true;
                }
            }
        }
        firsts
    }

    fn of_term(&self, term: &Term) -> &[Hit] {
        self.terms.iter().find(|(it, _)| std::ptr::eq(*it, term)).map_or(&[], |(_, hits)| hits)
    }

    fn of_clause(&self, clause: &Clause) -> Vec<ByteRange> {
        clause.any.iter().flat_map(|group| self.of_group(group)).collect()
    }

    fn of_group(&self, group: &Group) -> Vec<ByteRange> {
        let phrases: Vec<(usize, Vec<Hit>)> =
            group.phrases.iter().map(|phrase| (phrase.terms.len(), self.of_phrase(phrase))).collect();
        if let [(_, only)] = phrases.as_slice() {
            return only.iter().map(|hit| hit.range).collect();
        }
        let mut places = Vec::new();
        // Each place in turn as the one that starts last.
        for last in phrases.iter().flat_map(|(_, hits)| hits) {
            let near = phrases.iter().map(|(n_words, hits)| {
                let from = last.number.saturating_sub(n_words + group.distance);
                let end = hits.partition_point(|hit| hit.number <= last.number);
                hits[..end].last().filter(|hit| hit.number >= from).map(|hit| hit.range)
            });
            if let Some(near) = near.collect::<Option<Vec<ByteRange>>>() {
                places.extend(near);
                places.push(last.range);
            }
        }
        places
    }

    /// The places of a phrase, each with the number of its first word.
    fn of_phrase(&self, phrase: &Phrase) -> Vec<Hit> {
        let Some((first, others)) = phrase.terms.split_first() else { return Vec::new() };
        let whole = |hit: &Hit| {
            let mut range = hit.range;
            for (idx, term) in others.iter().enumerate() {
                let hits = self.of_term(term);
                let next = hits.binary_search_by_key(&(hit.number + idx + 1), |hit| hit.number).ok()?;
                range = range.cover(hits.get(next)?.range);
            }
            Some(Hit { number: hit.number, range })
        };
        self.of_term(first).iter().filter_map(whole).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentId;

    fn places(typed: &str, text: &str) -> Vec<String> {
        let document = Document::of_lines(DocumentId(1), text);
        Query::parse(typed).places(&document).iter().map(|place| place.of(text).to_owned()).collect()
    }

    #[test]
    fn places_are_in_the_order_of_the_text() {
        let text = "Eels in the old harbor.\nThe harbour’s old eel, an EEL of Łódź.";
        for (typed, expected) in [
            ("eel", vec!["Eels", "eel", "EEL"]),
            ("\"old harbor\"", vec!["old harbor"]),
            ("\"old harbor\" OR lodz", vec!["old harbor", "Łódź"]),
            ("eel NEAR/0 old", vec!["old", "eel"]),
            ("eel NEAR/2 old", vec!["Eels", "old", "old", "eel", "EEL"]),
            ("harb* \"the harbor\"", vec!["harbor", "The harbour’s"]),
            ("eel -lodz", vec![]),
            ("eel pike", vec![]),
            ("\"harbor the\"", vec![]),
            ("\"an eel of\" the", vec!["the", "The", "an EEL of"]),
        ] {
            assert_eq!(places(typed, text), expected, "{typed}");
        }
    }

    #[test]
    fn scripts_without_spaces_are_found_side_by_side() {
        assert_eq!(places("港口", "老港口很大，口港"), ["港口"]);
        assert_eq!(places("북한*", "북한의 항구"), ["북한의"]);
    }

    #[test]
    fn a_query_of_words_to_leave_out_is_met_without_a_place() {
        let document = Document::of_lines(DocumentId(1), "eels");
        assert_eq!(Query::parse("-pike").places_if_met(&document), Some(Vec::new()));
        assert_eq!(Query::parse("-eel").places_if_met(&document), None);
        assert_eq!(Query::parse(" ").places_if_met(&document), None);
    }
}
