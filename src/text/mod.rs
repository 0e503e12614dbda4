//! Text and places in it: byte ranges, tokens, sentences, and the map from bytes to characters.
//!
//! Nothing here changes a text. A [`ByteRange`] points into a text that stays as it is; what has to be compared in
//! another form goes through [`fold`](compare::fold) on copies, token by token.

pub mod calendar;
pub mod compare;
pub mod numbers;
mod offsets;
mod sentences;
mod tokens;

pub use offsets::CharOffsets;
pub use sentences::{is_abbreviation, sentences};
pub use tokens::{Token, TokenKind, tokens};

use serde::{Deserialize, Serialize};

/// A half-open range of bytes `[start, end)` into one text, both ends on character boundaries.
///
/// `Copy`, unlike [`std::ops::Range`], since every mark in the program carries one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteRange {
    pub start: usize,
    pub end: usize,
}

impl ByteRange {
    /// The range from `start` to `end`; an `end` before `start` gives the empty range at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Does `other` lie wholly inside this range?
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Does the byte at `offset` lie inside this range?
    pub fn contains_offset(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Do the two ranges share at least one byte?
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The shared part, `None` where the two share no byte.
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self::new(self.start.max(other.start), self.end.min(other.end)))
    }

    /// The smallest range that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same range `by` bytes further on.
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The words the range stands for; empty where it does not fit `text`.
    ///
    /// ```
    /// use throughline::text::ByteRange;
    /// assert_eq!(ByteRange::new(0, 4).of("NATO said"), "NATO");
    /// assert_eq!(ByteRange::new(0, 400).of("NATO said"), "");
    /// ```
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The range without white space at either end.
    pub fn trimmed(self, text: &str) -> Self {
        let slice = self.of(text);
        let start = self.start + (slice.len() - slice.trim_start().len());
        Self::new(start, start + slice.trim().len())
    }
}

impl From<std::ops::Range<usize>> for ByteRange {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// The lines of a text as ranges without their line ends; `\n`, `\r\n` and `\r` all end a line.
///
/// ```
/// use throughline::text::{lines, ByteRange};
/// let text = "one\r\n\ntwo";
/// let words: Vec<&str> = lines(text).map(|line| line.of(text)).collect();
/// assert_eq!(words, ["one", "", "two"]);
/// ```
pub fn lines(text: &str) -> impl Iterator<Item = ByteRange> + '_ {
    let bytes = text.as_bytes();
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let end = bytes[start..]
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .map_or(bytes.len(), |offset| start + offset);
        next = match (bytes.get(end), bytes.get(end + 1)) {
            (None, _) => None,
            (Some(b'\r'), Some(b'\n')) => Some(end + 2),
            (Some(_), _) => Some(end + 1),
        };
        Some(ByteRange::new(start, end))
    })
}
