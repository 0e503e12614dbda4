//! Byte offsets to counts of Unicode scalar values, for the one edge where others count characters: JSON.
//!
//! One pass over the text notes the bytes at which a multi-byte character ends; a query is a binary search.

/// The map from byte offsets to character offsets of one text.
///
/// ```
/// use throughline::text::CharOffsets;
/// let offsets = CharOffsets::new("“We");
/// assert_eq!(offsets.char_idx(3), 1);
/// assert_eq!(offsets.char_idx(5), 3);
/// ```
#[derive(Clone, Debug)]
pub struct CharOffsets {
    /// For every multi-byte character: (byte just after it, bytes beyond one a character so far).
    surplus: Vec<(usize, usize)>,
}

impl CharOffsets {
    /// Builds the map. `O(n)` in the bytes of `text`.
    pub fn new(text: &str) -> Self {
        let mut surplus = Vec::new();
        let mut total = 0;
        for (start, character) in text.char_indices() {
            let width = character.len_utf8();
            if width > 1 {
                total += width - 1;
                surplus.push((start + width, total));
            }
        }
        Self { surplus }
    }

    /// The number of characters before `byte_idx`, which must be a character boundary.
    pub fn char_idx(&self, byte_idx: usize) -> usize {
        let before = self.surplus.partition_point(|&(end, _)| end <= byte_idx);
        let surplus = before.checked_sub(1).and_then(|idx| self.surplus.get(idx)).map_or(0, |&(_, total)| total);
        byte_idx - surplus
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let text = "a“ß–漢 b\u{1F600}";
        let offsets = CharOffsets::new(text);
        for (char_idx, (byte_idx, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.char_idx(byte_idx), char_idx);
        }
        assert_eq!(offsets.char_idx(text.len()), text.chars().count());
    }
}
