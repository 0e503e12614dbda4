//! Words and sentences around a place in an article, for double and triple clicks and for the keys.
//!
//! `O(n)` in the bytes of the block at hand.

use crate::document::{Block, BlockKind, Document};
use crate::text::{ByteRange, sentences, tokens};

/// By what a selection grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    #[default]
    Char,
    Word,
    Sentence,
}

impl Unit {
    /// The unit of the first, second or third press in a row.
    pub fn of_press(n_presses: u32) -> Self {
        match n_presses {
            0 | 1 => Self::Char,
            2 => Self::Word,
            _ => Self::Sentence,
        }
    }

    /// What stands at `offset`; empty where nothing of the kind does.
    pub fn at(self, document: &Document, offset: usize) -> ByteRange {
        let empty = ByteRange::new(offset, offset);
        let Some(block) = block_around(document, offset) else { return empty };
        let text = &document.text;
        let touches = |range: &ByteRange| range.contains_offset(offset) || range.end == offset;
        let nearest = |found: Vec<ByteRange>| {
            let holding = found.iter().find(|range| range.contains_offset(offset));
            holding.or_else(|| found.iter().find(|range| touches(range))).copied().unwrap_or(empty)
        };
        match self {
            Self::Char => empty,
            Self::Word => nearest(tokens(text, block.range).map(|token| token.range).collect()),
            Self::Sentence => nearest(sentences(text, block.range)),
        }
    }
}

/// The block that holds `offset` or ends there.
fn block_around(document: &Document, offset: usize) -> Option<&Block> {
    document.block_at(offset).or_else(|| document.blocks.iter().find(|block| block.range.end == offset))
}

/// The next word after `offset`, or the last one before it, over the blocks that are shown.
pub fn step(document: &Document, offset: usize, is_forward: bool, has_furniture: bool) -> Option<ByteRange> {
    let is_shown = |block: &&Block| has_furniture || block.kind != BlockKind::Boilerplate;
    let text = &document.text;
    if is_forward {
        let blocks = document.blocks.iter().filter(|block| block.range.end > offset).filter(is_shown);
        blocks
            .filter_map(|block| {
                let rest = ByteRange::new(block.range.start.max(offset), block.range.end);
                tokens(text, rest).next().map(|token| token.range)
            })
            .next()
    } else {
        let blocks = document.blocks.iter().rev().filter(|block| block.range.start < offset).filter(is_shown);
        blocks
            .filter_map(|block| {
                let rest = ByteRange::new(block.range.start, block.range.end.min(offset));
                tokens(text, rest).last().map(|token| token.range)
            })
            .next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentId;

    #[test]
    fn a_click_finds_the_word_or_sentence_it_touches() {
        let document = Document::of_lines(DocumentId(1), "The pier’s old. It rots.\nNo.");
        let at = |unit: Unit, offset| unit.at(&document, offset).of(&document.text);
        assert_eq!((at(Unit::Word, 0), at(Unit::Word, 3), at(Unit::Word, 6)), ("The", "The", "pier’s"));
        assert_eq!(at(Unit::Sentence, 6), "The pier’s old.");
        assert_eq!((at(Unit::Sentence, 20), at(Unit::Sentence, 28)), ("It rots.", "No."));
        assert_eq!((at(Unit::Char, 6), at(Unit::Word, 29)), ("", "No"));
        assert_eq!(Unit::Word.at(&document, 900), ByteRange::new(900, 900));
    }

    #[test]
    fn keys_step_over_words_and_blocks_and_leave_hidden_ones_out() {
        let mut document = Document::of_lines(DocumentId(1), "The pier.\nShare this\nNo ferry.");
        document.blocks[1].kind = BlockKind::Boilerplate;
        let step = |offset, is_forward, has_furniture| {
            step(&document, offset, is_forward, has_furniture).map(|range| range.of(&document.text).to_owned())
        };
        assert_eq!(step(3, true, true).as_deref(), Some("pier"));
        assert_eq!((step(8, true, true).as_deref(), step(8, true, false).as_deref()), (Some("Share"), Some("No")));
        assert_eq!((step(21, false, true).as_deref(), step(21, false, false).as_deref()), (Some("this"), Some("pier")));
        assert_eq!((step(0, false, true), step(30, true, true)), (None, None));
    }
}
