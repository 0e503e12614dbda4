//! How deep a page nests, counted in a linear pass before any tree is built.
//!
//! Every tree builder and every walk over a tree suffers from a page of thousands of nested elements. Two things nest:
//! elements that are open, and formatting elements (`b`, `font`, …) that were never closed, which a browser opens anew
//! in each block that follows. `O(n)` for well-formed pages, `O(n · MAX_DEPTH)` at worst.

use crate::ingest::IngestError;

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

/// Elements that are opened anew in the next block where they were not closed (HTML standard, 13.2.4.3). A new `a`
/// closes the one before.
const FORMATTING: &[&str] =
    &["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that an end tag of an inline element does not reach through.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "center",
    "details",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "html",
    "main",
    "menu",
    "nav",
    "object",
    "ol",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "template",
    "ul",
];

/// Elements that no end tag reaches through.
const BORDERS: &[&str] = &["table", "template", "object", "select"];

/// The most attributes of one element: parsers compare each with all before it.
const MAX_ATTRIBUTES: usize = 1000;

/// A browser keeps this many of unclosed formatting elements that are equal ("Noah's Ark clause").
const MAX_EQUAL: usize = 3;

/// Fails where a parser of html would hang.
///
/// # Errors
/// [`IngestError::TooDeep`] above [`MAX_DEPTH`], [`IngestError::TooMuchMarkup`] above [`MAX_ATTRIBUTES`].
pub(in crate::ingest::formats) fn check_depth(html: &str) -> Result<(), IngestError> {
    n_elements(html).map(|_| ())
}

/// How many elements the page opens.
///
/// # Errors
/// Those of [`check_depth`].
pub(super) fn n_elements(html: &str) -> Result<usize, IngestError> {
    let mut nesting = Nesting::default();
    let mut n_elements = 0;
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
        let Tag { after, is_closed, n_attributes } = tag(&body[name_end..]);
        if n_attributes > MAX_ATTRIBUTES {
            return Err(IngestError::TooMuchMarkup { n_elements: MAX_ATTRIBUTES });
        }
        let words = &body[..body.len() - after.len()];
        rest = after;
        n_elements += usize::from(!is_end);
        if is_end {
            nesting.close(name);
        } else if is_one_of(RAW, name) {
            rest = after_raw(rest, name);
        } else if !is_closed && !is_one_of(FLAT, name) {
            nesting.open(name, words)?;
        }
    }
    Ok(n_elements)
}

fn is_one_of(list: &[&str], name: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What is open at a place of the page.
#[derive(Default)]
struct Nesting<'a> {
    open: Vec<&'a str>,
    /// Formatting elements without their own end tag so far, with all their attributes.
    unclosed: Vec<(&'a str, &'a str)>,
}

impl<'a> Nesting<'a> {
    fn open(&mut self, name: &'a str, tag: &'a str) -> Result<(), IngestError> {
        self.open.push(name);
        if is_one_of(FORMATTING, name) {
            let n_equal = self.unclosed.iter().filter(|(_, other)| *other == tag).count();
            if n_equal < MAX_EQUAL {
                self.unclosed.push((name, tag));
            }
        }
        let depth = self.open.len().max(self.unclosed.len());
        if depth > MAX_DEPTH { Err(IngestError::TooDeep { depth }) } else { Ok(()) }
    }

    /// As the standard has it (13.2.6.4.7): the end of an inline element inside which a block is open ends that element
    /// alone or nothing; the end of a block ends what is open inside it, up to the border of a table.
    fn close(&mut self, name: &str) {
        if let Some(place) = self.open.iter().rposition(|known| known.eq_ignore_ascii_case(name)) {
            let inside = &self.open[place + 1..];
            let is_formatting = is_one_of(FORMATTING, name) || name.eq_ignore_ascii_case("a");
            let has_block = inside.iter().any(|known| is_one_of(BLOCKS, known));
            let has_border = inside.iter().any(|known| is_one_of(BORDERS, known));
            match (is_one_of(BLOCKS, name), is_formatting) {
                (true, _) if !has_border => self.open.truncate(place),
                (false, _) if !has_block => self.open.truncate(place),
                (false, true) => drop(self.open.remove(place)),
                _ => {}
            }
        }
        if let Some(place) = self.unclosed.iter().rposition(|(known, _)| known.eq_ignore_ascii_case(name)) {
            self.unclosed.remove(place);
        }
    }
}

/// What is seen of a tag behind its name.
struct Tag<'a> {
    /// What follows its `>`.
    after: &'a str,
    /// It ends in `/>`.
    is_closed: bool,
    n_attributes: usize,
}

/// Reads a tag to its `>`, past quoted attributes.
fn tag(tag: &str) -> Tag<'_> {
    let mut quote = None;
    let mut last = '\0';
    let mut n_attributes = 0;
    let mut is_after_gap = true;
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (None, '>') => return Tag { after: &tag[at + 1..], is_closed: last == '/', n_attributes },
            // A quote opens a value only after an equals sign; a stray one is a letter.
            (None, '"' | '\'') if last == '=' => quote = Some(character),
            (None, _) => n_attributes += usize::from(is_after_gap && !character.is_whitespace()),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
        is_after_gap = quote.is_none() && (character.is_whitespace() || matches!(character, '"' | '\'' | '/'));
        if !character.is_whitespace() {
            last = character;
        }
    }
    Tag { after: "", is_closed: false, n_attributes }
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
    fn elements_and_attributes_are_counted() {
        assert_eq!(n_elements("<p class=a id='b c'>x</p><br/><!-- <p> --><a href=\"<p>\">y</a>"), Ok(3));
        let attributes = |n: usize| format!("<p {}>", "a=\"b c\" ".repeat(n));
        assert_eq!(n_elements(&attributes(MAX_ATTRIBUTES)), Ok(1));
        assert!(n_elements(&attributes(MAX_ATTRIBUTES + 1)).is_err());
        assert_eq!(n_elements(&format!("<p class='{}'>", "name ".repeat(9000))), Ok(1));
    }

    #[test]
    fn formatting_that_is_never_closed_nests() {
        let fonts = |n: usize| (0..n).map(|size| format!("<div><font size={size}>x</div>")).collect::<String>();
        assert_eq!(check_depth(&fonts(MAX_DEPTH)), Ok(()));
        assert!(check_depth(&fonts(MAX_DEPTH + 1)).is_err());
        assert!(check_depth(&"<b><i><div>x</i></b>".repeat(400)).is_err());
        assert!(check_depth(&"<span><div>x</span>".repeat(400)).is_err());
        assert_eq!(check_depth(&"<span><div>x</div></span>".repeat(400)), Ok(()));
        // Equal ones are opened anew three times at most, and an end tag ends it.
        assert_eq!(check_depth(&"<div><b>x</div>".repeat(9000)), Ok(()));
        let closed: String = (0..9000).map(|size| format!("<div><font size={size}>x</font></div>")).collect();
        assert_eq!(check_depth(&closed), Ok(()));
    }
}
