//! Small corpora for the tests of this module: one article for each text, one block for each line.

use std::sync::Arc;

use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::keys::Key;
use crate::codebook::{AliasGroup, Codebook};
use crate::document::{Corpus, Document, DocumentId};

pub(in crate::analysis::reuse) fn corpus(texts: &[&str]) -> Corpus {
    Corpus::new((1..).zip(texts).map(|(number, text)| Arc::new(Document::of_lines(DocumentId(number), text))))
}

/// Knows one country under two names.
pub(in crate::analysis::reuse) fn codebook() -> Codebook {
    let group = AliasGroup { name: "Freedonia".to_owned(), also: vec!["FRD".to_owned()], is_name: true };
    Codebook { aliases: vec![group], ..Codebook::default() }
}

/// What the keys of a pattern spell.
pub(in crate::analysis::reuse) fn spelled(streams: &Streams, keys: &[Key]) -> String {
    keys.iter().map(|&key| streams.keys.text(key)).collect::<Vec<_>>().join(" ")
}
