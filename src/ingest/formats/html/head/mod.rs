//! What a page's head says of its article: title, outlet, author, language and the words of the body where the data
//! for machines hold them.
//!
//! One pass over the meta elements and the JSON-LD; `title`, `outlet` and `author` weigh what was found. Nothing is
//! made up: where no place names an outlet or author, there is none. `O(n)` in the elements.

mod author;
mod json_ld;
mod outlet;
mod title;

use trafilatura::Metadata;
use trafilatura::dom::Document as Page;

pub(super) use self::json_ld::{Data, data};
use super::flow::one_line;

/// What the head of a page says.
#[derive(Debug)]
pub(super) struct Head {
    /// The headline without the site's name.
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    /// Several are joined with ", ".
    pub(super) author: Option<String>,
    /// The language that the page declares, ISO 639-1.
    pub(super) language: Option<String>,
}

/// The raw material: meta elements by key, structured data, and the page itself.
struct Source<'a> {
    page: &'a Page,
    /// Key in lower case and content, in order.
    metas: Vec<(String, String)>,
    data: Data,
    /// The page's host by its own words, without `www.`.
    host: Option<String>,
}

impl Source<'_> {
    /// The first of `keys` that has a content.
    fn meta(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.all(key).next())
    }

    fn all<'s>(&'s self, key: &str) -> impl Iterator<Item = &'s str> {
        self.metas.iter().filter(move |(name, _)| name == key).map(|(_, content)| content.as_str())
    }

    /// The words of the first element that matches.
    fn words(&self, selector: &str) -> Option<String> {
        let id = self.page.query_selector(self.page.root(), selector)?;
        Some(one_line(&self.page.text_content(id))).filter(|words| !words.is_empty())
    }
}

/// Reads the head; `data` are its structured data, `metadata` is what the extractor found, the last resort.
pub(super) fn head(page: &Page, data: Data, metadata: &Metadata) -> Head {
    let metas = metas(page);
    let host = host(page, &metas);
    let source = Source { page, metas, data, host };
    let outlet = outlet::outlet(&source);
    let title = title::title(&source, outlet.as_deref(), metadata);
    let author = author::author(&source, outlet.as_deref(), metadata);
    Head { title, outlet, author, language: language(page) }
}

fn metas(page: &Page) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for id in page.query_selector_all(page.root(), "meta[content]") {
        let content = one_line(&page.get_attribute(id, "content").unwrap_or_default());
        if content.is_empty() {
            continue;
        }
        let names = ["property", "name", "itemprop"].iter().filter_map(|attribute| page.get_attribute(id, attribute));
        metas.extend(names.map(|name| (name.trim().to_lowercase(), content.clone())));
    }
    metas
}

/// "www.gazette.example" of the canonical address gives "gazette.example".
fn host(page: &Page, metas: &[(String, String)]) -> Option<String> {
    let canonical =
        (page.query_selector(page.root(), "link[rel=canonical]")).and_then(|id| page.get_attribute(id, "href"));
    let by_meta = || metas.iter().find(|(name, _)| name == "og:url").map(|(_, content)| content.clone());
    let address = canonical.filter(|address| address.contains("//")).or_else(by_meta)?;
    let (_, rest) = address.split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.')).then(|| host.to_owned())
}

/// `<html lang="pt-BR">` gives "pt".
fn language(page: &Page) -> Option<String> {
    let id = page.query_selector(page.root(), "html[lang]")?;
    let code = page.get_attribute(id, "lang")?.trim().to_lowercase();
    let code = code.split(['-', '_']).next().unwrap_or_default();
    (code.len() == 2 && code.chars().all(|c| c.is_ascii_alphabetic())).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read() {
        let page = Page::parse(
            "<html lang=en-GB><head><title>Harbor opens again - The Gazette</title>\
             <link rel=canonical href='https://www.gazette.example/a'>\
             <meta property='og:site_name' content='The Gazette'><meta name=author content='By Jane Roe'></head></html>",
        );
        let head = head(&page, data(&page), &Metadata::default());
        assert_eq!(head.title.as_deref(), Some("Harbor opens again"));
        assert_eq!(head.outlet.as_deref(), Some("The Gazette"));
        assert_eq!(head.author.as_deref(), Some("Jane Roe"));
        assert_eq!(head.language.as_deref(), Some("en"));
        let page =
            Page::parse("<html lang=x><head><link rel=canonical href='https://www.gazette.example/a'></head></html>");
        assert_eq!(host(&page, &[]).as_deref(), Some("gazette.example"));
        assert_eq!(language(&page), None);
    }
}
