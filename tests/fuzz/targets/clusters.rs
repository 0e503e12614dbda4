//! Clusters that passim wrote: any line is a passage or says what is wrong, and every place is one in its article.

#![no_main]

use std::sync::Arc;

use throughline::analysis::reuse::clusters::Clusters;
use throughline::document::{Corpus, Document, DocumentId};

const TEXTS: [&str; 2] =
    ["“Wé widen the pier”, \u{1F6A2} she said.\n\nThe council’s fees rise in spring.", "Again: wé widen the pier, she said."];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let documents = (1..).zip(TEXTS).map(|(id, text)| Arc::new(Document::of_lines(DocumentId(id), text)));
    let corpus = Corpus::new(documents);
    let mut clusters = Clusters::default();
    for line in data.split(|&byte| byte == b'\n') {
        let n_before = clusters.len();
        let is_passage = clusters.read_line(line).is_ok() && !line.trim_ascii().is_empty();
        assert_eq!(clusters.len(), n_before + usize::from(is_passage));
    }
    let (phrases, imported) = clusters.families(&corpus);
    assert_eq!(phrases.len(), imported.origins.len());
    for phrase in phrases {
        assert_eq!(phrase.n_documents, 2);
        assert!(phrase.occurrences.iter().all(|it| !corpus.words(it.passage).is_empty()), "{phrase:?}");
    }
    assert!(imported.unplaced.lost.len() + imported.unplaced.n_not_open + imported.unplaced.n_furniture <= clusters.len());
});
