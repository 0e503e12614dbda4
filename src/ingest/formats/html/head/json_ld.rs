//! The article in a page's JSON-LD: headline, authors, publisher and body.
//!
//! The first object of an article's type counts; the publisher may also stand in an organization of its own, to which
//! the article points by id. Broken JSON is skipped. `O(n)` in the bytes.

use std::collections::BTreeMap;

use serde_json::Value;
use trafilatura::dom::Document as Page;

use crate::ingest::formats::html::flow::one_line;

/// What the structured data say of the article.
#[derive(Debug, Default)]
pub(in crate::ingest::formats::html) struct Data {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(in crate::ingest::formats::html) body: Option<String>,
}

/// Types of what is an article, by the end of their name: "NewsArticle", "BlogPosting".
const ARTICLES: &[&str] = &["Article", "Posting", "Report", "Review", "Recipe", "Story"];

/// More articles than this are a list of others.
const MAX_ARTICLES: usize = 50;

/// The structured data of a page.
pub(in crate::ingest::formats::html) fn data(page: &Page) -> Data {
    let mut data = Data::default();
    for id in page.query_selector_all(page.root(), "script[type='application/ld+json']") {
        let source = page.text_content(id);
        // A line break inside a string breaks JSON and no browser.
        let value = serde_json::from_str::<Value>(&source)
            .or_else(|_| serde_json::from_str(&source.replace(['\n', '\r', '\t'], " ")));
        let Ok(value) = value else { continue };
        let mut objects = Vec::new();
        collect(&value, &mut objects);
        let mut by_id = BTreeMap::new();
        for object in objects.iter().filter(|object| object.get("name").is_some()) {
            if let Some(id) = object.get("@id").and_then(Value::as_str) {
                by_id.entry(id).or_insert(*object);
            }
        }
        for object in objects.iter().filter(|object| is_article(object)).take(MAX_ARTICLES) {
            read(object, &by_id, &mut data);
        }
    }
    data
}

/// All objects that may be the article: the list itself, a graph, a page's main entity.
fn collect<'a>(value: &'a Value, objects: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, objects)),
        Value::Object(fields) => {
            objects.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = fields.get(key) {
                    collect(inner, objects);
                }
            }
        }
        _ => {}
    }
}

fn is_article(object: &Value) -> bool {
    let is_type = |name: &Value| name.as_str().is_some_and(|name| ARTICLES.iter().any(|end| name.ends_with(end)));
    match &object["@type"] {
        Value::Array(names) => names.iter().any(is_type),
        name => is_type(name),
    }
}

/// Takes over what is not known yet.
fn read(article: &Value, objects: &BTreeMap<&str, &Value>, data: &mut Data) {
    let text = |key: &str| article[key].as_str().map(plain).filter(|words| !words.is_empty());
    data.headline = data.headline.take().or_else(|| text("headline").or_else(|| text("name")));
    data.publisher = data.publisher.take().or_else(|| names(&article["publisher"], objects).into_iter().next());
    if data.authors.is_empty() {
        data.authors = names(&article["author"], objects);
    }
    if data.authors.is_empty() {
        data.authors = names(&article["creator"], objects);
    }
    if data.body.is_none() {
        data.body = article["articleBody"].as_str().map(str::to_owned).filter(|body| !body.trim().is_empty());
    }
}

/// The names in an author or publisher: a string, an object with a name, one that points to another, or a list.
fn names(value: &Value, objects: &BTreeMap<&str, &Value>) -> Vec<String> {
    match value {
        Value::String(name) => vec![plain(name)].into_iter().filter(|name| !name.is_empty()).collect(),
        Value::Array(items) => items.iter().flat_map(|item| names(item, objects)).collect(),
        Value::Object(fields) => {
            if let Some(name) = fields.get("name") {
                return names(name, &BTreeMap::new());
            }
            let other = fields.get("@id").and_then(Value::as_str).and_then(|id| objects.get(id));
            other.map(|object| names(&object["name"], &BTreeMap::new())).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// One line, without the references of html that pages leave in their JSON.
fn plain(words: &str) -> String {
    let mut words = words.to_owned();
    if words.contains('&') {
        for (reference, letter) in [
            ("&quot;", "\""),
            ("&#039;", "'"),
            ("&#39;", "'"),
            ("&#8217;", "’"),
            ("&#8216;", "‘"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&nbsp;", " "),
            ("&amp;", "&"),
        ] {
            words = words.replace(reference, letter);
        }
    }
    one_line(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_from(json: &str) -> Data {
        data(&Page::parse(&format!("<script type='application/ld+json'>{json}</script>")))
    }

    #[test]
    fn articles_are_found_in_lists_and_graphs() {
        let found = read_from(
            r##"{"@graph":[{"@type":"Organization","@id":"#o","name":"The Gazette"},
            {"@type":["NewsArticle"],"headline":"Ships &amp; more","author":[{"name":"Jane Roe"},{"name":"Ann Doe"}],
            "publisher":{"@id":"#o"},"articleBody":"It rained."}]}"##,
        );
        assert_eq!(found.headline.as_deref(), Some("Ships & more"));
        assert_eq!(found.authors, ["Jane Roe", "Ann Doe"]);
        assert_eq!(found.publisher.as_deref(), Some("The Gazette"));
        assert_eq!(found.body.as_deref(), Some("It rained."));
    }

    #[test]
    fn other_objects_and_broken_json_say_nothing() {
        assert_eq!(read_from(r#"{"@type":"BreadcrumbList","name":"Home"}"#).headline, None);
        assert_eq!(read_from(r#"{"@type":"NewsArticle","headline":"#).headline, None);
        assert_eq!(
            read_from("{\"@type\":\"Article\",\"headline\":\"two\nlines\"}").headline.as_deref(),
            Some("two lines")
        );
    }
}
