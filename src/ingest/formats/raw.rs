//! A page that its parser could not read, as its bare words: the tags are cut out, the rest is shown.
//!
//! One pass without a tree, so that nothing in the page can make it slow: a tag ends at the next `>`, a script at its
//! end tag. Runs in the window's own process. `O(n)`.

use super::flow::{Paragraph, Raw};
use crate::document::{BlockKind, Format, Warning};
use crate::ingest::decode::Decoded;
use crate::ingest::{IngestError, Parsed};

/// Elements whose content is nothing to read.
const SILENT: &[&str] = &["script", "style", "noscript", "template", "svg", "textarea", "select"];

/// Elements inside a line; every other one parts paragraphs.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s", "small", "span",
    "strike", "strong", "sub", "sup", "time", "u", "wbr",
];

/// The words of a page that failed with `error`.
///
/// # Errors
/// [`IngestError::Empty`] where nothing but markup is left.
pub(super) fn articles(decoded: Decoded, format: Format, error: &IngestError) -> Result<Vec<Parsed>, IngestError> {
    let mut raw = Raw::of_paragraphs(format, "raw text, without its tags", &paragraphs(&decoded.text));
    raw.encoding = decoded.encoding;
    raw.warnings = decoded.warnings;
    raw.warnings.push(Warning {
        code: "opened-as-raw".to_owned(),
        message: format!("The page could not be read as one ({error}); all its words are shown"),
    });
    raw.articles()
}

/// The words between the tags; those of the `title` element are marked as the title.
fn paragraphs(page: &str) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let (mut open, mut kind) = (String::new(), None);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (words, markup) = rest.split_at(at);
        push_words(&mut open, words);
        let Some((name, is_end, after)) = tag(markup) else {
            // A lone "<" is a letter as any other.
            open.push('<');
            rest = &markup[1..];
            continue;
        };
        rest = after;
        let is_name = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(name));
        if !is_end && is_name(SILENT) {
            rest = after_element(rest, name);
        }
        if is_name(INLINE) {
            continue;
        }
        close(&mut found, &mut open, kind);
        let is_title = name.eq_ignore_ascii_case("title") && !is_end && found.is_empty();
        kind = is_title.then_some(BlockKind::Title);
    }
    push_words(&mut open, rest);
    close(&mut found, &mut open, kind);
    found
}

fn close(found: &mut Vec<Paragraph>, open: &mut String, kind: Option<BlockKind>) {
    // White space of a page means nothing but a gap between words.
    let words = open.split_whitespace().collect::<Vec<_>>().join(" ");
    open.clear();
    if !words.is_empty() {
        found.push(Paragraph { kind, words });
    }
}

/// The name of the tag that `markup` starts with, whether it is an end tag, and what follows it. Comments and
/// declarations have no name. `None` where it is no tag.
fn tag(markup: &str) -> Option<(&str, bool, &str)> {
    let body = markup.strip_prefix('<')?;
    if let Some(comment) = body.strip_prefix("!--") {
        return Some(("!", false, comment.split_once("-->").map_or("", |(_, after)| after)));
    }
    let is_end = body.starts_with('/');
    let body = body.strip_prefix(['/', '!', '?']).unwrap_or(body);
    if !body.starts_with(|c: char| c.is_ascii_alphabetic() || c == '[') {
        return None;
    }
    let name_end = body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(body.len());
    let after = body[name_end..].split_once('>').map_or("", |(_, after)| after);
    Some((&body[..name_end], is_end, after))
}

/// What follows the end tag of an element.
fn after_element<'a>(content: &'a str, name: &str) -> &'a str {
    let mut from = content;
    while let Some((_, after)) = from.split_once("</") {
        from = after;
        if from.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return from.split_once('>').map_or("", |(_, after)| after);
        }
    }
    ""
}

/// Adds words with their character references resolved.
fn push_words(open: &mut String, words: &str) {
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        open.push_str(before);
        match character(reference) {
            Some((character, length)) => {
                open.push(character);
                rest = &reference[length..];
            }
            None => {
                open.push('&');
                rest = &reference[1..];
            }
        }
    }
    open.push_str(rest);
}

/// The character that a reference such as `&amp;` or `&#8217;` at the start of `words` stands for, and its length.
fn character(words: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 15] = [
        ("amp", '&'),
        ("apos", '\''),
        ("bull", '•'),
        ("copy", '©'),
        ("gt", '>'),
        ("hellip", '…'),
        ("ldquo", '“'),
        ("lsquo", '‘'),
        ("lt", '<'),
        ("mdash", '—'),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("quot", '"'),
        ("rdquo", '”'),
        ("rsquo", '’'),
    ];
    let end = words.bytes().take(12).position(|byte| byte == b';')?;
    let name = words.get(1..end)?;
    let found = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
            char::from_u32(code).filter(|character| !character.is_control())?
        }
        None => NAMES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((found, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(page: &str) -> Vec<String> {
        paragraphs(page).into_iter().map(|paragraph| paragraph.words).collect()
    }

    #[test]
    fn tags_go_and_words_stay() {
        let page = "<!doctype html><title>Port &amp; pier</title><script>if (a<b) { x = '<p>no</p>' }</script>\
            <!-- no --><p class='a'>The <b>port</b> is\n open.<br>2 < 3 &lt; 4 &#8217;&#x2019;&nope; &#0;</p><td>end";
        assert_eq!(words(page), ["Port & pier", "The port is open.", "2 < 3 < 4 ’’&nope; &#0;", "end"]);
        assert_eq!(paragraphs(page)[0].kind, Some(BlockKind::Title));
    }

    #[test]
    fn what_is_never_closed_ends_with_the_page() {
        assert_eq!(words("one <!-- two"), ["one"]);
        assert_eq!(words("one <script> two"), ["one"]);
        assert_eq!(words("one <p two"), ["one"]);
        assert_eq!(words("<![CDATA[ x > one <"), ["one <"]);
    }

    #[test]
    fn a_page_of_tags_alone_takes_no_time() {
        for page in ["<div>".repeat(400_000), "<!--".repeat(400_000), "<script>".repeat(400_000), "<".repeat(400_000)] {
            let start = std::time::Instant::now();
            paragraphs(&page);
            assert!(start.elapsed().as_secs() < 2);
        }
    }
}
