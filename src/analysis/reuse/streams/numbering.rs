//! Numbers of words by their spelling: a map that keeps short words in itself.
//!
//! Nearly every word has fifteen bytes or fewer. Such a word is packed into two integers, so that looking it up follows no
//! pointer and compares no text, and taking it in allocates nothing. `O(n)` in the bytes of a word.

use rustc_hash::FxHashMap;

/// Numbers by spelling.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis::reuse) struct Numbering {
    short: FxHashMap<(u64, u64), u32>,
    long: FxHashMap<Box<str>, u32>,
}

impl Numbering {
    /// The number of a word.
    pub fn get(&self, word: &str) -> Option<u32> {
        match packed(word) {
            Some(packed) => self.short.get(&packed).copied(),
            None => self.long.get(word).copied(),
        }
    }

    /// Gives a word its number.
    pub fn insert(&mut self, word: &str, number: u32) {
        match packed(word) {
            Some(packed) => self.short.insert(packed, number),
            None => self.long.insert(word.into(), number),
        };
    }
}

/// The bytes of a short word and their number.
fn packed(word: &str) -> Option<(u64, u64)> {
    let mut bytes = [0; 16];
    let [text @ .., n_bytes] = &mut bytes;
    text.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    *n_bytes = u8::try_from(word.len()).ok()?;
    let packed = u128::from_le_bytes(bytes);
    Some((packed as u64, (packed >> 64) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_length_keep_their_numbers() {
        let words = ["", "\0", "\0\0", "a", "a\0", "é", "fifteen letters", "sixteen letters!", "sixteen letters?"];
        let mut numbering = Numbering::default();
        for (number, word) in (0..).zip(words) {
            assert_eq!(numbering.get(word), None, "{word:?}");
            numbering.insert(word, number);
        }
        for (number, word) in (0..).zip(words) {
            assert_eq!(numbering.get(word), Some(number), "{word:?}");
        }
        assert_eq!((numbering.short.len(), numbering.long.len()), (7, 2));
    }
}
