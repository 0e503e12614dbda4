//! Small corpora for the tests of this module: one article for each text, one block for each line.

use std::sync::Arc;

use super::keys::Key;
use super::stream::Streams;
use crate::codebook::{AliasGroup, Codebook};
use crate::document::{Block, BlockKind, Corpus, Document, DocumentId, Encoding, Format, Published, Source};
use crate::text::ByteRange;

pub(super) fn corpus(texts: &[&str]) -> Corpus {
    Corpus::new((1u32..).zip(texts).map(|(number, text)| Arc::new(article(number, text))))
}

fn article(number: u32, text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let range = ByteRange::new(start, start + line.len());
        if !line.is_empty() {
            blocks.push(Block { kind: BlockKind::Body, range, rule: None });
        }
        start = range.end + 1;
    }
    Document {
        id: DocumentId(u64::from(number)),
        source: Source::Pasted(number),
        sha256: String::new(),
        format: Format::Txt,
        encoding: Encoding { name: "utf-8".to_owned(), is_guess: false },
        language: Some("en".to_owned()),
        title: None,
        title_range: None,
        outlet: None,
        author: None,
        published: Published::unknown(),
        text: text.to_owned(),
        blocks,
        warnings: Vec::new(),
    }
}

/// Knows one country under two names.
pub(super) fn codebook() -> Codebook {
    let group = AliasGroup { name: "Freedonia".to_owned(), also: vec!["FRD".to_owned()], is_name: true };
    Codebook { aliases: vec![group], ..Codebook::default() }
}

/// What the keys of a pattern spell.
pub(super) fn spelled(streams: &Streams<'_>, keys: &[Key]) -> String {
    keys.iter().map(|&key| streams.keys.text(key)).collect::<Vec<_>>().join(" ")
}
