//! Articles as passim reads them: JSON Lines, one article a line, for corpora beyond one machine.
//!
//! passim (version 2) asks for `id` and `text`, and passes every other field through into its output. The `text` is the
//! article's own with everything that is no reading text blanked, character for character: passim looks at letters and
//! digits alone, so furniture makes no clusters, and its offsets are those of the article. `series` groups what is no news
//! to each other: the outlet, or the article alone where nobody knows it, so that two unknown outlets are never one.
//! `O(n)` in the bytes of the texts.

use std::io;

use serde::Serialize;

use crate::document::{Corpus, DateBasis, Document};

/// One article. No path, so that an export says nothing of the machine it was made on.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    series: String,
    /// The day that is best, `null` where none is.
    date: Option<String>,
    date_basis: DateBasis,
    title: Option<&'a str>,
    text: String,
}

/// Writes the articles in order of date.
///
/// # Errors
/// Those of `out`.
pub fn write_articles(out: &mut impl io::Write, corpus: &Corpus) -> io::Result<()> {
    for document in corpus.documents() {
        serde_json::to_writer(&mut *out, &line(document))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn line(document: &Document) -> Line<'_> {
    let id = document.id.to_string();
    let outlet = document.outlet.as_ref().map(|outlet| outlet.name.clone());
    Line {
        series: outlet.unwrap_or_else(|| id.clone()),
        id,
        date: document.published.best.map(|day| day.to_string()),
        date_basis: document.published.basis,
        title: document.title.as_deref(),
        text: document.readable_text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, DocumentId, Outlet, OutletBasis};
    use std::sync::Arc;

    #[test]
    fn a_line_has_the_text_to_the_character_and_a_series_of_its_own() {
        let mut known = Document::of_lines(DocumentId(255), "The pier – open.\nRelated: “Fish”\nShips.");
        known.blocks[1].kind = BlockKind::Boilerplate;
        known.outlet = Some(Outlet { name: "Harbor \"Post\"".to_owned(), basis: OutletBasis::Stated, range: None });
        known.title = Some("Pier".to_owned());
        known.published.best = Some(jiff::civil::date(2019, 3, 4));
        known.published.basis = DateBasis::Inferred;
        let unknown = Document::of_lines(DocumentId(1), "Nobody knows.");
        let mut out = Vec::new();
        write_articles(&mut out, &Corpus::new([known, unknown].map(Arc::new))).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"id\":\"00000000000000ff\",\"series\":\"Harbor \\\"Post\\\"\",\"date\":\"2019-03-04\",\"date_basis\":\
             \"inferred\",\"title\":\"Pier\",\"text\":\"The pier – open.\\n               \\nShips.\"}\n\
             {\"id\":\"0000000000000001\",\"series\":\"0000000000000001\",\"date\":null,\"date_basis\":\"unknown\",\
             \"title\":null,\"text\":\"Nobody knows.\"}\n"
        );
    }
}
