//! What all targets share: how bytes are steered to one parser, and what must hold of whatever comes out.

#![expect(clippy::panic, reason = "a broken promise must stop the fuzzer")]

#[path = "../../broken/good.rs"]
pub mod good;

use std::sync::{Arc, LazyLock};

use throughline::analysis::{Options, Progress, analyze};
use throughline::codebook::Codebook;
use throughline::document::{Corpus, Document, Source};
use throughline::ingest::{Hint, Parsed, parse, sha256, understand};
use throughline::text::ByteRange;

/// The day of reading, so that the same bytes always do the same.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 31);

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(Codebook::built_in);

/// Reads a file of this name and checks all that is promised of its articles.
pub fn read(bytes: &[u8], file_name: &str) -> Vec<Document> {
    read_as(bytes, file_name, None)
}

/// As [`read`], in an encoding that the reader chose.
pub fn read_as(bytes: &[u8], file_name: &str, encoding: Option<&str>) -> Vec<Document> {
    let hint = Hint { file_name: file_name.to_owned(), encoding: encoding.map(str::to_owned) };
    let Ok(articles) = parse(bytes, &hint) else { return Vec::new() };
    assert!(!articles.is_empty(), "a file that was read holds an article");
    let hash = sha256(bytes);
    let source = Source::File { path: file_name.to_owned(), part: None };
    let documents = articles.into_iter().enumerate().take(20).map(|(idx, parsed)| {
        check_parsed(&parsed);
        // The border to the worker is JSON; nothing may change on it.
        let json = serde_json::to_vec(&parsed).expect("an article can be written");
        assert_eq!(serde_json::from_slice::<Parsed>(&json).expect("and read again"), parsed);
        let document = understand(parsed, &hash, source.part(idx), &CODEBOOK, TODAY);
        check_document(&document);
        document
    });
    documents.collect()
}

fn is_inside(text: &str, range: ByteRange) -> bool {
    text.get(range.start..range.end).is_some()
}

/// Every range is on borders of characters; blocks are in order and share no byte.
fn check_parsed(parsed: &Parsed) {
    let mut end = 0;
    for block in &parsed.blocks {
        assert!(is_inside(&parsed.text, block.range) && !block.range.is_empty() && block.range.start >= end);
        end = block.range.end;
    }
    if let Some(range) = parsed.title_range {
        // A headline may go over two lines.
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert!(is_inside(&parsed.text, range));
        assert_eq!(words(range.of(&parsed.text)), parsed.title.as_deref().map(words).unwrap_or_default());
    }
}

fn check_document(document: &Document) {
    let published = &document.published;
    for evidence in &published.evidence {
        assert!(evidence.range.is_none_or(|range| is_inside(&document.text, range)), "{evidence:?}");
    }
    if let Some(best) = published.best {
        assert!(best <= TODAY, "{published:?}");
        assert!(published.earliest.is_none_or(|day| day <= best), "{published:?}");
        assert!(published.latest.is_some_and(|day| best <= day), "{published:?}");
    }
    let outlet = document.outlet.as_ref().and_then(|outlet| outlet.range);
    assert!(outlet.is_none_or(|range| is_inside(&document.text, range)));
}

/// Compares articles as the program does, to the last finding.
pub fn compare(documents: Vec<Document>) {
    let corpus = Corpus::new(documents.into_iter().map(Arc::new));
    if analyze(&corpus, &CODEBOOK, &Options::default(), &Progress::default()).is_err() {
        panic!("nobody cancelled");
    }
}

/// Does a text file with these bytes go to the reader of plain text?
pub fn is_plain(bytes: &[u8]) -> bool {
    !bytes.starts_with(b"%PDF") && !bytes.starts_with(b"PK") && !bytes.starts_with(b"{\\rtf")
}
