//! Web pages: the article's own words, its title, outlet, author and raw dates.
//!
//! In this order: `depth` refuses a page that would hang a parser; `flow` reads the page as pieces, with what its
//! markup says of each (`zone`); `article` chooses the pieces of the article by what the `trafilatura` crate finds;
//! `marks` tells furniture from article among them; `head` reads title, outlet and author, `dates` the raw dates.
//! The text is title and pieces with a blank line between. `O(n)`, the extraction apart.

mod article;
mod dates;
mod depth;
mod ends;
mod flow;
mod head;
mod marks;
mod witness;
mod zone;

use trafilatura::dom::Document as Page;

pub use self::depth::MAX_DEPTH;
pub(super) use self::depth::check_depth;
pub(super) use self::flow::is_block;

use self::article::{Article, article};
use self::head::Head;
use self::marks::Marked;
use super::flow::Raw;
use super::{exports, plain};
use crate::document::{Block, BlockKind, Format, Outlet, OutletBasis, Warning};
use crate::ingest::blocks::Mark;
use crate::ingest::decode::Decoded;
use crate::ingest::{IngestError, Parsed};
use crate::text::ByteRange;

/// The most elements of a page that a tree is built from. Real pages have hundreds, long ones some thousands.
const MAX_ELEMENTS: usize = 60_000;

/// The articles of a page: one, or those of a database's export that was saved as a page.
///
/// # Errors
/// As [`parse`].
pub(super) fn articles(decoded: Decoded) -> Result<Vec<Parsed>, IngestError> {
    let (page, n_elements) = tree(&decoded.text)?;
    match export(&decoded, &page) {
        Some(export) => export.articles(),
        None => article_of(decoded, &page, n_elements).map(|parsed| vec![parsed]),
    }
}

/// The one article of a page.
///
/// # Errors
/// [`IngestError`] where the markup would hang a parser, or the page holds no words.
pub(super) fn parse(decoded: Decoded) -> Result<Parsed, IngestError> {
    let (page, n_elements) = tree(&decoded.text)?;
    article_of(decoded, &page, n_elements)
}

/// The tree of a page and the number of its elements.
fn tree(html: &str) -> Result<(Page, usize), IngestError> {
    let n_elements = depth::n_elements(html)?;
    if n_elements > MAX_ELEMENTS {
        return Err(IngestError::TooMuchMarkup { n_elements: MAX_ELEMENTS });
    }
    Ok((Page::parse(html), n_elements))
}

/// All words of the page, where they are a database's export.
fn export(decoded: &Decoded, page: &Page) -> Option<Raw> {
    let mut raw = Raw::new(Format::Html, "all words of the page");
    for piece in flow::flow(page).pieces {
        raw.push(&piece.words, None);
    }
    raw.encoding.clone_from(&decoded.encoding);
    raw.warnings.clone_from(&decoded.warnings);
    exports::is_export(&raw.text).then_some(raw)
}

fn article_of(decoded: Decoded, page: &Page, n_elements: usize) -> Result<Parsed, IngestError> {
    let Decoded { text: html, encoding, mut warnings } = decoded;
    let data = head::data(page);
    let Article { pieces, metadata, extractor, is_raw } = article(&html, page, data.body.as_deref(), n_elements)?;
    if is_raw {
        let message = "No article was found in the page; all its words are shown".to_owned();
        warnings.push(Warning { code: "no-article".to_owned(), message });
    }
    let Head { title, outlet, author, language } = head::head(page, data, &metadata);
    let (text, blocks) = joined(title.as_deref(), marks::marked(pieces, title.as_deref()));
    let title_range = title.as_deref().map(|title| ByteRange::new(0, title.len()));
    Ok(Parsed {
        format: Format::Html,
        encoding,
        extractor: extractor.to_owned(),
        // The words tell; a page's own word counts where they are too few.
        language: plain::language(&text, &blocks).or(language),
        title,
        title_range,
        author,
        outlet: outlet.map(|name| Outlet { name, basis: OutletBasis::Metadata, range: None }),
        meta_dates: dates::meta_dates(page, &text),
        text,
        blocks,
        warnings,
    })
}

/// Title and pieces with blank lines between, as blocks.
fn joined(title: Option<&str>, pieces: Vec<Marked>) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut push = |words: &str, kind: BlockKind, rule: Option<String>| {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(words);
        blocks.push(Block { kind, range: ByteRange::new(start, text.len()), rule });
    };
    if let Some(title) = title {
        push(title, BlockKind::Title, Some("page-title".to_owned()));
    }
    for Marked { piece, mark } in pieces {
        let Mark { kind, rule } = mark.unwrap_or(Mark { kind: BlockKind::Body, rule: None });
        push(&piece.words, kind, rule);
    }
    (text, blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(html: &str) -> Parsed {
        let decoded = crate::ingest::decode::decode(html.as_bytes(), None).unwrap();
        parse(decoded).unwrap()
    }

    const PAGE: &str = "<html><head><title>Harbor opens - The Gazette</title>\
        <meta property='og:site_name' content='The Gazette'></head><body><nav><a href='/'>Home</a></nav>\
        <article><h1>Harbor opens after long delay</h1>\
        <p>The harbor of the town was opened on Monday by its mayor, who had planned it for years.</p>\
        <h2>What comes next</h2>\
        <p>Ships from all over the world are expected to arrive in the coming weeks, he said to reporters.</p>\
        </article><footer>Copyright 2031</footer></body></html>";

    #[test]
    fn a_page_becomes_title_and_paragraphs() {
        let parsed = parsed(PAGE);
        assert_eq!(parsed.title.as_deref(), Some("Harbor opens"));
        assert_eq!(parsed.outlet.unwrap().name, "The Gazette");
        let kinds: Vec<BlockKind> = parsed.blocks.iter().map(|block| block.kind).collect();
        assert!(kinds.starts_with(&[BlockKind::Title]), "{kinds:?}");
        assert!(parsed.text.contains("opened on Monday") && !parsed.text.contains("Copyright"));
        assert!(parsed.text.contains("for years.\n\n"));
    }

    #[test]
    fn an_export_saved_as_a_page_is_split() {
        let one = |id: u32, headline: &str| {
            let fields = [
                ("HD", headline),
                ("WC", "112 words"),
                ("PD", "6 November 2031"),
                ("SN", "The Gazette"),
                ("SC", "GAZ"),
                ("LA", "English"),
                ("LP", "The harbor of the town was opened on Monday by its mayor, who had planned it for years."),
                ("TD", "Ships from all over the world are expected to arrive in the coming weeks, he said."),
            ];
            let row = |(code, value)| format!("<tr><td><b>{code}</b></td><td><p>{value}</p></td></tr>");
            let rows: String = fields.into_iter().map(row).collect();
            format!("<table>{rows}</table><p>Document GAZ000002031110{id}edb6000bm</p>")
        };
        let page = format!("<html><body>{}{}</body></html>", one(61, "Harbor opens"), one(62, "Pier is shut"));
        let decoded = |html: &str| crate::ingest::decode::decode(html.as_bytes(), None).unwrap();
        let titles: Vec<_> = articles(decoded(&page)).unwrap().into_iter().filter_map(|parsed| parsed.title).collect();
        assert_eq!(titles, ["Harbor opens", "Pier is shut"]);
        assert_eq!(articles(decoded(PAGE)).unwrap(), [parsed(PAGE)]);
    }
}
