//! Which wordings of a chronology a text may hold: hundreds are asked for, an article holds a handful.
//!
//! All wordings are looked for at once (Aho and Corasick 1975) by an automaton that is built when the first article
//! comes and kept with the chronology. `O(n)` in the text, whatever the number of wordings.

use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;

use super::Chronology;

/// The automaton of a chronology. It is no part of its value: two chronologies with the same entries are equal.
#[derive(Clone, Debug, Default)]
pub struct WordingIndex(OnceLock<Arc<Built>>);

impl PartialEq for WordingIndex {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

#[derive(Debug)]
struct Built {
    /// Tells whether the entries are still those it was built of.
    mark: (usize, usize),
    /// `None` where there is nothing to look for, or too much of it.
    automaton: Option<AhoCorasick>,
    /// The number of the wording that each pattern is of.
    numbers: Vec<usize>,
    /// Wordings that start with a gap, which any text may hold.
    always: Vec<usize>,
}

/// The wordings of a chronology that a text may hold; what is not among them it does not hold.
#[derive(Clone, Debug)]
pub struct HeldWordings<'a>(Vec<&'a str>);

impl HeldWordings<'_> {
    /// May the text hold this wording?
    pub fn contains(&self, wording: &str) -> bool {
        self.0.binary_search(&wording).is_ok()
    }
}

impl Chronology {
    /// The wordings that a text may hold. `lower` is the text in ASCII lower case.
    pub fn wordings_in(&self, lower: &str) -> HeldWordings<'_> {
        let mark = self.mark();
        let kept = self.index.0.get_or_init(|| Arc::new(self.build(mark)));
        // Who changes the entries after the first article pays for it, and is still told the truth.
        let built = if kept.mark == mark { Arc::clone(kept) } else { Arc::new(self.build(mark)) };
        let mut is_held = vec![built.automaton.is_none(); mark.0];
        let found = built.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(lower));
        let numbers = found.filter_map(|found| built.numbers.get(found.pattern().as_usize()));
        for &number in numbers.chain(&built.always) {
            if let Some(is_held) = is_held.get_mut(number) {
                *is_held = true;
            }
        }
        let mut held: Vec<&str> = self
            .wordings()
            .zip(&is_held)
            .filter(|(_, is_held)| **is_held)
            .map(|(wording, _)| wording.as_str())
            .collect();
        held.sort_unstable();
        HeldWordings(held)
    }

    fn wordings(&self) -> impl Iterator<Item = &String> {
        (self.offices.iter().flat_map(|office| &office.names))
            .chain(self.memberships.iter().flat_map(|membership| &membership.names))
            .chain(self.events.iter().flat_map(|event| &event.names))
            .chain(self.series.iter().flat_map(|series| &series.names))
    }

    fn mark(&self) -> (usize, usize) {
        self.wordings().fold((0, 0), |(count, bytes), wording| (count + 1, bytes * 31 % 1_000_003 + wording.len()))
    }

    fn build(&self, mark: (usize, usize)) -> Built {
        let (mut patterns, mut numbers, mut always) = (Vec::new(), Vec::new(), Vec::new());
        for (number, wording) in self.wordings().enumerate() {
            let first = wording.split('*').next().unwrap_or_default().trim().to_ascii_lowercase();
            if first.is_empty() {
                always.push(number);
                continue;
            }
            // Texts print either apostrophe.
            let curly = first.replace('\'', "’");
            if curly != first {
                patterns.push(curly);
                numbers.push(number);
            }
            patterns.push(first);
            numbers.push(number);
        }
        Built { mark, automaton: AhoCorasick::new(patterns).ok(), numbers, always }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Event;

    fn event(names: &[&str]) -> Event {
        Event {
            label: String::new(),
            names: names.iter().map(|&name| name.to_owned()).collect(),
            from: jiff::civil::date(2019, 5, 3),
            to: None,
            lasting: false,
            source: String::new(),
        }
    }

    #[test]
    fn wordings_are_found_by_their_first_part() {
        let mut chronology =
            Chronology { events: vec![event(&["Sixth * test", "port's day"])], ..Chronology::default() };
        chronology.events.push(event(&["* of Oslo", "the quay"]));
        let held = |chronology: &Chronology, text: &str| -> Vec<bool> {
            let held = chronology.wordings_in(text);
            chronology.wordings().map(|wording| held.contains(wording)).collect()
        };
        assert_eq!(held(&chronology, "a sixth one"), [true, false, true, false]);
        assert_eq!(held(&chronology, "the port’s day at the quay"), [false, true, true, true]);
        // Entries that changed after the automaton was built are looked for all the same.
        chronology.events[0].names = vec!["a bridge".to_owned()];
        assert_eq!(held(&chronology, "a bridge at the quay"), [true, true, true]);
        assert_eq!(held(&Chronology::default(), "words"), [false; 0]);
    }
}
