//! Books (EPUB 2 and 3): the chapters in their reading order, as one document.
//!
//! A chapter is XHTML and read as a stream; one that is broken goes through the html parser. Paragraphs, headings,
//! lists and tables are read; the book's own table of contents is not, nor are scripts, drawings and what is hidden.
//! No article is searched for: a book is no web page. `O(n)` in the unpacked bytes.

mod chapter;
mod contents;

use self::contents::Contents;
use super::builder::Builder;
use super::flow::Raw;
use super::package::Package;
use super::properties;
use crate::document::{BlockKind, Format};
use crate::ingest::{IngestError, Parsed};

/// How the reader knows this kind.
const KIND: &str = "EPUB";

/// The articles of a book: one.
pub(super) fn articles(bytes: &[u8]) -> Result<Vec<Parsed>, IngestError> {
    let mut package = Package::open(bytes, KIND)?;
    let Contents { chapters, properties } = contents::contents(&mut package)?;
    let mut builder = Builder::default();
    let mut n_missing = 0;
    for name in &chapters {
        match package.text(name)? {
            Some(text) => builder.append(chapter::read(&text)?),
            None => n_missing += 1,
        }
    }
    let title = properties.title.clone();
    let mut raw = Raw::of_paragraphs(Format::Epub, "the book's chapters in order", &builder.finish());
    properties.tell(&mut raw);
    if n_missing > 0 || package.is_damaged {
        raw.warnings.push(properties::damaged());
    }
    let mut articles = raw.articles()?;
    if let (Some(title), [book]) = (title, articles.as_mut_slice()) {
        name_after(book, &title);
    }
    Ok(articles)
}

/// A book is called what its cover says, not what its first chapter is headed with.
fn name_after(book: &mut Parsed, title: &str) {
    let is_shown = book.title.as_deref().is_some_and(|shown| shown.eq_ignore_ascii_case(title));
    if is_shown {
        return;
    }
    for block in book.blocks.iter_mut().filter(|block| block.kind == BlockKind::Title) {
        block.kind = BlockKind::Heading;
    }
    let is_title = |range: crate::text::ByteRange| range.of(&book.text).eq_ignore_ascii_case(title);
    let place = book.blocks.iter().position(|block| is_title(block.range));
    book.title_range = place.map(|place| book.blocks[place].range);
    book.title = Some(book.title_range.map_or(title, |range| range.of(&book.text)).to_owned());
    if let Some(block) = place.and_then(|place| book.blocks.get_mut(place)) {
        (block.kind, block.rule) = (BlockKind::Title, Some("format".to_owned()));
    }
}

#[cfg(test)]
mod tests;
