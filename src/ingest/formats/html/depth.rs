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

/// A browser keeps this many of unclosed formatting elements that are equal ("Noah's Ark clause").
const MAX_EQUAL: usize = 3;

/// Fails above [`MAX_DEPTH`].
///
/// # Errors
/// [`IngestError::TooDeep`] says how deep.
pub(in crate::ingest::formats) fn check_depth(html: &str) -> Result<(), IngestError> {
    let mut nesting = Nesting::default();
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
        let tag = &body[..body.len() - after.len()];
        rest = after;
        if is_end {
            nesting.close(name);
        } else if is_one_of(RAW, name) {
            rest = after_raw(rest, name);
        } else if !is_closed && !is_one_of(FLAT, name) {
            nesting.open(name, tag)?;
        }
    }
    Ok(())
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

    fn close(&mut self, name: &str) {
        if let Some(place) = self.open.iter().rposition(|known| known.eq_ignore_ascii_case(name)) {
            self.open.truncate(place);
        }
        if let Some(place) = self.unclosed.iter().rposition(|(known, _)| known.eq_ignore_ascii_case(name)) {
            self.unclosed.remove(place);
        }
    }
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
    fn formatting_that_is_never_closed_nests() {
        let fonts = |n: usize| (0..n).map(|size| format!("<div><font size={size}>x</div>")).collect::<String>();
        assert_eq!(check_depth(&fonts(MAX_DEPTH)), Ok(()));
        assert!(check_depth(&fonts(MAX_DEPTH + 1)).is_err());
        // Equal ones are opened anew three times at most, and an end tag ends it.
        assert_eq!(check_depth(&"<div><b>x</div>".repeat(9000)), Ok(()));
        let closed: String = (0..9000).map(|size| format!("<div><font size={size}>x</font></div>")).collect();
        assert_eq!(check_depth(&closed), Ok(()));
    }
}
