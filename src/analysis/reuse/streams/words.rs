//! A word of an article as the search for phrases sees it: sixteen bytes that tell all but its letters.

use super::Streams;
use super::keys::Key;
use super::lexicon::{Class, FUNCTION_WEIGHT, LIGHT_WEIGHT, NAME_WEIGHT};
use crate::text::ByteRange;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(in crate::analysis::reuse) enum Break {
    /// White space or a hyphen.
    None,
    /// A comma, a dash, a bracket or a quote mark.
    Clause,
    Sentence,
    Block,
}

/// A word of the stream; an alias of several words is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis::reuse) struct Word {
    pub key: Key,
    start: u32,
    n_bytes: u16,
    /// The alias group it was folded into, [`NO_GROUP`] where there is none.
    group: u16,
    /// Bytes of an article before it that belongs to the name: "the " of "the DPRK".
    n_lead: u8,
    pub class: Class,
    pub before: Break,
    flags: u8,
}

const NO_GROUP: u16 = u16::MAX;
const IS_DETERMINER: u8 = 1;
const IS_JOINED: u8 = 2;
const OWES_CAPITAL: u8 = 4;

impl Word {
    /// The word at `core`; `None` beyond the first 4 GiB of a text, and for a word of 64 KiB and more.
    pub fn new(key: Key, class: Class, before: Break, core: ByteRange) -> Option<Self> {
        Some(Self {
            key,
            start: u32::try_from(core.start).ok()?,
            n_bytes: u16::try_from(core.len()).ok()?,
            group: NO_GROUP,
            n_lead: 0,
            class,
            before,
            flags: 0,
        })
    }

    /// The same word as a name of an alias group, with the article that begins at `start`, if it is near.
    pub fn of_group(mut self, group: u16, start: usize) -> Option<Self> {
        self.n_lead = u8::try_from((self.start as usize).checked_sub(start)?).ok()?;
        self.group = group;
        Some(self)
    }

    /// The whole word; for an alias with its article: "the DPRK".
    pub fn range(&self) -> ByteRange {
        ByteRange::new(self.start as usize - usize::from(self.n_lead), self.core().end)
    }

    /// The same without the article.
    pub fn core(&self) -> ByteRange {
        ByteRange::new(self.start as usize, self.start as usize + usize::from(self.n_bytes))
    }

    /// The alias group it was folded into.
    pub fn group(&self) -> Option<u16> {
        (self.group != NO_GROUP).then_some(self.group)
    }

    /// "the", "a", "its": may stand between a verb and its object without being part of the formula.
    pub fn is_determiner(&self) -> bool {
        self.flags & IS_DETERMINER != 0
    }

    /// A hyphen ties it to the word before it: "runner" in "front-runner".
    pub fn is_joined(&self) -> bool {
        self.flags & IS_JOINED != 0
    }

    /// Would it have its capital here whatever it means? True at the start of a sentence and in some headlines.
    pub fn owes_capital(&self) -> bool {
        self.flags & OWES_CAPITAL != 0
    }

    pub fn mark_determiner(&mut self) {
        self.flags |= IS_DETERMINER;
    }

    pub fn mark_joined(&mut self) {
        self.flags |= IS_JOINED;
    }

    pub fn mark_owing_capital(&mut self) {
        self.flags |= OWES_CAPITAL;
    }

    /// Does it carry meaning, as a content word or as a name?
    pub fn is_strong(&self) -> bool {
        matches!(self.class, Class::Content | Class::Name)
    }

    /// Its fields as bytes, to be saved; [`Word::from_bytes`] reads them back.
    pub fn to_bytes(self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&self.key.0.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.start.to_le_bytes());
        bytes[8..10].copy_from_slice(&self.n_bytes.to_le_bytes());
        bytes[10..12].copy_from_slice(&self.group.to_le_bytes());
        bytes[12..].copy_from_slice(&[self.n_lead, self.class as u8, self.before as u8, self.flags]);
        bytes
    }

    /// The word that [`Word::to_bytes`] wrote; `None` where a field has no meaning.
    pub fn from_bytes(bytes: [u8; 16]) -> Option<Self> {
        let [k0, k1, k2, k3, s0, s1, s2, s3, n0, n1, g0, g1, n_lead, class, before, flags] = bytes;
        let class = [Class::Function, Class::Light, Class::Content, Class::Name].get(usize::from(class)).copied()?;
        let before = [Break::None, Break::Clause, Break::Sentence, Break::Block].get(usize::from(before)).copied()?;
        let word = Self {
            key: Key(u32::from_le_bytes([k0, k1, k2, k3])),
            start: u32::from_le_bytes([s0, s1, s2, s3]),
            n_bytes: u16::from_le_bytes([n0, n1]),
            group: u16::from_le_bytes([g0, g1]),
            n_lead,
            class,
            before,
            flags,
        };
        (u32::from(n_lead) <= word.start).then_some(word)
    }

    /// What it weighs in a formula, by itself.
    pub fn weight(&self, streams: &Streams) -> f32 {
        match self.class {
            Class::Function => FUNCTION_WEIGHT,
            Class::Light => LIGHT_WEIGHT,
            Class::Name => NAME_WEIGHT,
            Class::Content => streams.keys.content_weight(self.key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_small_and_comes_back_from_its_bytes() {
        assert_eq!(size_of::<Word>(), 16);
        let mut word =
            Word::new(Key(7), Class::Name, Break::Clause, ByteRange::new(14, 18)).and_then(|word| word.of_group(3, 10));
        if let Some(word) = &mut word {
            word.mark_owing_capital();
            assert_eq!((word.range(), word.core()), (ByteRange::new(10, 18), ByteRange::new(14, 18)));
            assert_eq!(Word::from_bytes(word.to_bytes()), Some(*word));
        }
        assert!(word.is_some_and(|word| word.owes_capital() && !word.is_joined()));
        assert_eq!(Word::from_bytes([255; 16]), None);
    }
}
