//! Html pages to a [`Parsed`]: the article's own words, its title, outlet, author and raw dates.
//!
//! The depth of the page is counted in a linear pass before any tree is built, since every tree builder and every
//! walk over a tree suffers from a page of thousands of nested elements. The article is found by the `trafilatura`
//! crate (a port of Barbaresi 2021), favoring precision, with its fallbacks on and its dates off; the text is its
//! title and paragraphs with a blank line between.

use trafilatura::dom::{Document as Page, NodeId};
use trafilatura::{ExtractionFocus, HtmlDateMode, Metadata, Options};

mod dates;

use super::plain;
use crate::document::{Block, BlockKind, Format, Outlet, OutletBasis, Warning};
use crate::ingest::decode::Decoded;
use crate::ingest::{IngestError, Parsed, blocks};
use crate::text::ByteRange;

/// The deepest nesting that is read. Real pages stay below 100; html5 parsers cap at 512.
pub const MAX_DEPTH: usize = 300;

/// Elements without an end tag, or whose end tag may be left out so that they do not nest.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "hr", "img", "input", "li", "link", "meta",
    "option", "optgroup", "p", "param", "path", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr",
    "track", "wbr",
];

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noembed", "xmp"];

pub(super) fn parse(decoded: Decoded) -> Result<Parsed, IngestError> {
    let Decoded { text: html, encoding, mut warnings } = decoded;
    check_depth(&html)?;
    let page = Page::parse(&html);
    let Article { paragraphs, metadata, extractor, is_raw } = article(&html)?;
    if is_raw {
        let message = "No article was found in the page; all its words are shown".to_owned();
        warnings.push(Warning { code: "no-article".to_owned(), message });
    }
    let title = title(&page, &metadata);
    let (text, blocks) = joined(title.as_deref(), &paragraphs);
    let title_range = title.as_deref().map(|title| ByteRange::new(0, title.len()));
    Ok(Parsed {
        format: Format::Html,
        encoding,
        extractor: extractor.to_owned(),
        language: plain::language(&text, &blocks),
        title,
        title_range,
        author: Some(metadata.author.trim().to_owned()).filter(|author| !author.is_empty()),
        outlet: site_name(&page).map(|name| Outlet { name, basis: OutletBasis::Metadata, range: None }),
        meta_dates: dates::meta_dates(&page, &html),
        text,
        blocks,
        warnings,
    })
}

/// The article of a page.
struct Article {
    paragraphs: Vec<Paragraph>,
    metadata: Metadata,
    /// What found it.
    extractor: &'static str,
    /// All words of the page had to be taken.
    is_raw: bool,
}

fn article(html: &str) -> Result<Article, IngestError> {
    let ways = [
        (ExtractionFocus::FavorPrecision, "trafilatura, favoring precision"),
        (ExtractionFocus::Balanced, "trafilatura, balanced"),
    ];
    for (focus, extractor) in ways {
        let mut options = Options::default().with_fallback(true).with_focus(focus);
        options = options.with_html_date_mode(HtmlDateMode::Disabled);
        options.exclude_comments = true;
        let Ok(found) = trafilatura::extract(html, &options) else { continue };
        let paragraphs = paragraphs(&found.content_html);
        if !paragraphs.is_empty() {
            return Ok(Article { paragraphs, metadata: found.metadata, extractor, is_raw: false });
        }
    }
    let words = trafilatura::html2txt(html);
    let paragraphs: Vec<Paragraph> = (words.lines().map(one_line).filter(|line| !line.is_empty()))
        .map(|words| Paragraph { kind: BlockKind::Body, words })
        .collect();
    if paragraphs.is_empty() {
        return Err(IngestError::NoArticle);
    }
    Ok(Article { paragraphs, metadata: Metadata::default(), extractor: "all words of the page", is_raw: true })
}

/// A paragraph or heading of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Paragraph {
    kind: BlockKind,
    words: String,
}

/// The paragraphs of the extractor's clean html.
fn paragraphs(content_html: &str) -> Vec<Paragraph> {
    let page = Page::parse(content_html);
    let mut walk = Walk { page: &page, found: Vec::new(), open: String::new(), kind: BlockKind::Body };
    walk.node(page.root());
    walk.close();
    walk.found
}

struct Walk<'a> {
    page: &'a Page,
    found: Vec<Paragraph>,
    open: String,
    kind: BlockKind,
}

impl Walk<'_> {
    /// Recursion is no deeper than the page, which was checked.
    fn node(&mut self, id: NodeId) {
        if self.page.is_text(id) {
            self.open.push_str(&self.page.text_content(id));
            return;
        }
        let tag = self.page.tag_name(id).to_owned();
        let (is_block, kind) = match tag.as_str() {
            "script" | "style" | "head" => return,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => (true, BlockKind::Heading),
            "figcaption" | "caption" => (true, BlockKind::Caption),
            "p" | "div" | "li" | "ul" | "ol" | "dl" | "dd" | "dt" | "blockquote" | "pre" | "table" | "tr" | "td"
            | "th" | "br" | "lb" | "hr" | "section" | "article" | "main" | "figure" | "body" => (true, self.kind),
            _ => (false, self.kind),
        };
        if is_block {
            self.close();
        }
        let outer = std::mem::replace(&mut self.kind, kind);
        for child in self.page.child_nodes(id) {
            self.node(child);
        }
        if is_block {
            self.close();
        }
        self.kind = outer;
    }

    fn close(&mut self) {
        let words = one_line(&self.open);
        self.open.clear();
        if !words.is_empty() {
            self.found.push(Paragraph { kind: self.kind, words });
        }
    }
}

/// White space of a page means nothing but a gap between words.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Title and paragraphs with blank lines between, as blocks. A repeated title is furniture.
fn joined(title: Option<&str>, paragraphs: &[Paragraph]) -> (String, Vec<Block>) {
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
    for paragraph in paragraphs {
        let is_title = title == Some(paragraph.words.as_str());
        match blocks::paragraph_mark(&paragraph.words) {
            _ if is_title => push(&paragraph.words, BlockKind::Boilerplate, Some("repeat:title".to_owned())),
            Some((kind, rule)) if paragraph.kind == BlockKind::Body => push(&paragraph.words, kind, Some(rule)),
            _ => push(&paragraph.words, paragraph.kind, None),
        }
    }
    (text, blocks)
}

/// The page's title without its site's name: the `h1` where the head's title holds it, else the head's title cut.
fn title(page: &Page, metadata: &Metadata) -> Option<String> {
    let root = page.root();
    let head = meta(page, &["og:title", "twitter:title", "headline", "dc.title"])
        .or_else(|| Some(one_line(&page.text_content(page.query_selector(root, "title")?))))
        .or_else(|| Some(one_line(&metadata.title)))
        .filter(|title| !title.is_empty());
    let headings: Vec<String> = (page.query_selector_all(root, "h1").into_iter())
        .map(|id| one_line(&page.text_content(id)))
        .filter(|words| !words.is_empty())
        .collect();
    let Some(head) = head else { return headings.into_iter().next() };
    let held = headings.iter().find(|heading| head.contains(heading.as_str()) && heading.len() >= 10);
    if let Some(heading) = held {
        return Some(heading.clone());
    }
    Some(without_site(&head, site_name(page).as_deref()).to_owned())
}

/// "Ministers meet in Oslo - The Gazette" without its last part, where that is the site's name or short.
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » "] {
        let Some((front, last)) = title.rsplit_once(mark) else { continue };
        let is_site = site.is_some_and(|site| {
            let (last, site) = (last.to_lowercase(), site.to_lowercase());
            site.contains(&last) || last.contains(&site)
        });
        let is_short = mark == " | " && last.split_whitespace().count() <= 4;
        let n_words = front.split_whitespace().count();
        if (is_site && n_words >= 2) || (is_short && n_words >= 3) {
            return front.trim();
        }
    }
    title
}

fn site_name(page: &Page) -> Option<String> {
    let name = meta(page, &["og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site"])?;
    let name = name.trim_start_matches('@').trim().to_owned();
    let is_address = name.starts_with("http") || name.contains('/');
    (!name.is_empty() && !is_address && name.chars().count() <= 60).then_some(name)
}

/// The first of `keys` that a meta element of the page gives.
fn meta(page: &Page, keys: &[&str]) -> Option<String> {
    let elements = page.query_selector_all(page.root(), "meta[content]");
    keys.iter().find_map(|key| {
        elements.iter().find_map(|&id| {
            let is_key = ["property", "name", "itemprop"]
                .iter()
                .any(|attribute| page.get_attribute(id, attribute).is_some_and(|name| name.eq_ignore_ascii_case(key)));
            let content = one_line(&page.get_attribute(id, "content")?);
            (is_key && !content.is_empty()).then_some(content)
        })
    })
}

/// Counts how deep elements nest, without building a tree. `O(n)` for well-formed pages, `O(n · MAX_DEPTH)` at worst.
///
/// # Errors
/// [`IngestError::TooDeep`] above [`MAX_DEPTH`].
fn check_depth(html: &str) -> Result<(), IngestError> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let is_end = rest.starts_with('/');
        let body = rest.strip_prefix('/').unwrap_or(rest);
        if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name_end = body.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(body.len());
        let name = &body[..name_end];
        let (after, is_closed) = after_tag(&body[name_end..]);
        rest = after;
        let is_name = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is_end {
            if let Some(place) = open.iter().rposition(|known| known.eq_ignore_ascii_case(name)) {
                open.truncate(place);
            }
        } else if is_name(RAW) {
            rest = after_raw(rest, name);
        } else if !is_closed && !is_name(FLAT) {
            open.push(name);
            if open.len() > MAX_DEPTH {
                return Err(IngestError::TooDeep { depth: open.len() });
            }
        }
    }
    Ok(())
}

/// What follows the `>` of a tag, past quoted attributes; and was it `/>`?
fn after_tag(tag: &str) -> (&str, bool) {
    let mut quote = None;
    let mut last = '\0';
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (None, '>') => return (&tag[at + 1..], last == '/'),
            // A quote opens a value only after an equals sign; a stray one is a letter.
            (None, '"' | '\'') if last == '=' => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
        if !character.is_whitespace() {
            last = character;
        }
    }
    ("", false)
}

/// What follows the end tag of a raw element.
fn after_raw<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = rest;
    while let Some(start) = from.find("</") {
        from = &from[start + 2..];
        if from.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return from;
        }
    }
    ""
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
    fn depth_is_counted_as_a_browser_nests() {
        let nested = |tag: &str, depth: usize| format!("<{tag}>").repeat(depth);
        assert_eq!(check_depth(&nested("div", MAX_DEPTH)), Ok(()));
        assert_eq!(check_depth(&nested("div", MAX_DEPTH + 1)), Err(IngestError::TooDeep { depth: MAX_DEPTH + 1 }));
        assert_eq!(check_depth(&nested("p", 9000)), Ok(()));
        assert_eq!(check_depth(&"<div><span></div>".repeat(9000)), Ok(()));
        assert_eq!(check_depth(&"<a title=\"<div>\">x</a>".repeat(9000)), Ok(()));
        assert_eq!(check_depth("<script>if (a<b) {}</script>"), Ok(()));
        let scripts = format!("<script>{}</script>", nested("div", 9000));
        assert_eq!(check_depth(&scripts), Ok(()));
    }

    #[test]
    fn titles_lose_their_site() {
        assert_eq!(without_site("Ministers meet in Oslo - The Gazette", Some("Gazette")), "Ministers meet in Oslo");
        assert_eq!(without_site("Ministers meet in Oslo | Gazette", None), "Ministers meet in Oslo");
        assert_eq!(without_site("North - South talks go on", None), "North - South talks go on");
    }
}
