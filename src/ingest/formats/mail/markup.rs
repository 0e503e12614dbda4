//! The lines of an html body: its paragraphs in order, with what the markup quotes. Mails are short and have no
//! furniture of a site around them, so nothing is left out but scripts, styles and what is never shown.
//! `O(n)` in the bytes after the depth was checked.

use trafilatura::dom::{Document as Page, NodeId};

use super::zones::Line;
use crate::ingest::IngestError;
use crate::ingest::formats::html::{check_depth, is_block};

/// Classes and ids of elements in which mail programs put the mail that is answered.
const QUOTES: &[&str] = &["gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "gmail_extra"];

/// The lines of an html body, blank ones between paragraphs.
///
/// # Errors
/// [`IngestError::TooDeep`] for hostile nesting.
pub(super) fn lines(html: &str) -> Result<Vec<Line>, IngestError> {
    check_depth(html)?;
    let page = Page::parse(html);
    let mut walk = Walk { page: &page, found: Vec::new(), open: String::new(), is_quoted: false };
    walk.node(page.root());
    walk.close();
    Ok(walk.found)
}

/// Is it a web page that was sent as a mail?
pub(super) fn is_page(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    lower.contains("property=\"og:") || lower.contains("rel=\"canonical\"") || lower.contains("application/ld+json")
}

struct Walk<'a> {
    page: &'a Page,
    found: Vec<Line>,
    open: String,
    is_quoted: bool,
}

impl Walk<'_> {
    /// Recursion is no deeper than the markup, which was checked.
    fn node(&mut self, id: NodeId) {
        if self.page.is_text(id) {
            self.open.push_str(&self.page.text_content(id));
            return;
        }
        let tag = self.page.tag_name(id).to_owned();
        if matches!(tag.as_str(), "script" | "style" | "head" | "title" | "template") || self.is_hidden(id) {
            return;
        }
        let is_apart = is_block(&tag) || matches!(tag.as_str(), "br" | "hr");
        if is_apart {
            self.close();
        }
        let outer = self.is_quoted;
        self.is_quoted |= self.is_quote(id, &tag);
        for child in self.page.child_nodes(id) {
            self.node(child);
        }
        if is_apart {
            self.close();
        }
        self.is_quoted = outer;
    }

    fn is_quote(&self, id: NodeId, tag: &str) -> bool {
        let attribute = |name: &str| self.page.get_attribute(id, name).unwrap_or_default();
        let is_cited = tag == "blockquote" && attribute("type").eq_ignore_ascii_case("cite");
        let (class, own_id) = (attribute("class"), attribute("id"));
        // A message passed on sits in the same element as one that is answered; its words tell.
        let is_marked = class.split_whitespace().any(|name| QUOTES.contains(&name)) && tag == "blockquote";
        is_cited || is_marked || own_id == "yahoo_quoted"
    }

    fn is_hidden(&self, id: NodeId) -> bool {
        let style = self.page.get_attribute(id, "style").unwrap_or_default().to_ascii_lowercase();
        style.split(';').any(|rule| {
            let rule: String = rule.split_whitespace().collect();
            rule == "display:none" || rule.starts_with("mso-hide:all")
        })
    }

    fn close(&mut self) {
        let words = super::one_line(&self.open);
        self.open.clear();
        if !words.is_empty() {
            self.found.push(Line { words, is_quoted: self.is_quoted });
            self.found.push(Line { words: String::new(), is_quoted: self.is_quoted });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_become_lines_and_quotes_are_known() {
        let html = "<html><head><style>p {}</style></head><body><p>It <b>opens</b>\n in May.</p><div style='display: none'>x</div>\
            <blockquote type=\"cite\"><div>When?</div></blockquote></body></html>";
        let found: Vec<(String, bool)> = lines(html)
            .unwrap()
            .into_iter()
            .filter(|line| !line.words.is_empty())
            .map(|line| (line.words, line.is_quoted))
            .collect();
        assert_eq!(found, [("It opens in May.".to_owned(), false), ("When?".to_owned(), true)]);
    }
}
