//! The outlet of a page: what its head calls the site, else the publisher of its data, else the end of its title where
//! the address confirms it.

use super::Source;
use crate::ingest::formats::html::flow::letters;

/// A name has at most this many characters.
const MAX_NAME_CHARS: usize = 60;

/// Marks between a name and its slogan.
const SLOGAN_MARKS: &[&str] = &[" | ", " – ", " — ", " - ", " : ", " • ", " · ", " :: ", "｜"];

/// The name of the outlet, `None` where nothing names it.
pub(super) fn outlet(source: &Source<'_>) -> Option<String> {
    let given = source.meta(&["og:site_name"]).and_then(|name| cleaned(name, source));
    // "gz" is an abbreviation for machines; the publisher's name is for people.
    let is_code = |name: &String| name.chars().all(|c| c.is_lowercase() || c == '.');
    let spelled = |code: &str| {
        let name = cleaned(source.data.publisher.as_deref()?, source)?;
        let label = letters(code.split('.').next().unwrap_or(code));
        let is_same = letters(&name).contains(&label) || label.contains(&letters(&name));
        (is_same && !is_code(&name)).then_some(name)
    };
    given
        .map(|name| if is_code(&name) { spelled(&name).unwrap_or(name) } else { name })
        .or_else(|| cleaned(source.data.publisher.as_deref()?, source))
        .or_else(|| {
            let keys =
                ["application-name", "publisher", "dc.publisher", "dcterms.publisher", "apple-mobile-web-app-title"];
            cleaned(source.meta(&keys)?, source)
        })
        .or_else(|| from_title(source))
}

fn cleaned(name: &str, source: &Source<'_>) -> Option<String> {
    let mut name = name.trim().trim_start_matches("www.");
    // "The Gazette | News from the harbor": the first part, or the one that the address confirms.
    for mark in SLOGAN_MARKS {
        if let Some((first, rest)) = name.split_once(mark) {
            let last = rest.rsplit(mark).next().unwrap_or(rest);
            let is_sentence = first.split_whitespace().count() > 5 || first.chars().count() > 30;
            name = if is_sentence && is_host(last, source) { last } else { first };
        }
    }
    let name = name.trim().trim_start_matches('@');
    let is_address = name.starts_with("http") || name.contains('/');
    let is_name = name.chars().any(char::is_alphabetic) && name.chars().count() <= MAX_NAME_CHARS;
    (is_name && !is_address && name.chars().count() >= 2).then(|| name.to_owned())
}

/// Is this the name that the address has, up to gaps and case: "The Harbor Gazette" and harborgazette.example?
pub(super) fn is_host(name: &str, source: &Source<'_>) -> bool {
    let Some(host) = &source.host else { return false };
    let name = letters(name);
    let name = name.strip_prefix("the").unwrap_or(&name);
    let host_letters = letters(host);
    let labels = host.split('.').map(letters);
    name.chars().count() >= 3
        && (host_letters == name || labels.into_iter().any(|label| label == name || label == format!("the{name}")))
}

fn from_title(source: &Source<'_>) -> Option<String> {
    let title = source.words("title")?;
    let parts = ["|", " - ", " – ", " — ", "::", "»", "•"].iter().flat_map(|mark| {
        let last = title.rsplit(mark).next().map(str::trim);
        let first = title.split(mark).next().map(str::trim);
        [last, first]
    });
    parts.flatten().find(|part| *part != title && is_host(part, source)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use trafilatura::dom::Document as Page;

    use super::*;
    use crate::ingest::formats::html::head::{data, host, metas};

    fn read(html: &str) -> Option<String> {
        let page = Page::parse(html);
        let metas = metas(&page);
        let host = host(&page, &metas);
        outlet(&Source { page: &page, metas, data: data(&page), host })
    }

    #[test]
    fn outlets_are_named_by_head_data_or_confirmed_title() {
        let cases = [
            ("<meta property=og:site_name content='The Gazette | News of the harbor'>", Some("The Gazette")),
            ("<meta property=og:site_name content='https://gazette.example/'>", None),
            ("<meta name=twitter:site content='@gaz'>", None),
            (
                "<title>Port opens - Harbor Gazette</title><link rel=canonical href='https://harborgazette.example/a'>",
                Some("Harbor Gazette"),
            ),
            ("<title>Port opens - Harbor Gazette</title>", None),
            (
                "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"publisher\":{\"name\":\"Gazette\"}}</script>",
                Some("Gazette"),
            ),
        ];
        for (html, name) in cases {
            assert_eq!(read(html).as_deref(), name, "{html}");
        }
    }
}
