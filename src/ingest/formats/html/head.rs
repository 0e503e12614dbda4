//! What a page's head says of its article: title, outlet, author.

use trafilatura::Metadata;
use trafilatura::dom::Document as Page;

use super::flow::one_line;

/// The page's title without its site's name: the `h1` where the head's title holds it, else the head's title cut.
pub(super) fn title(page: &Page, metadata: &Metadata) -> Option<String> {
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

pub(super) fn site_name(page: &Page) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_their_site() {
        assert_eq!(without_site("Ministers meet in Oslo - The Gazette", Some("Gazette")), "Ministers meet in Oslo");
        assert_eq!(without_site("Ministers meet in Oslo | Gazette", None), "Ministers meet in Oslo");
        assert_eq!(without_site("North - South talks go on", None), "North - South talks go on");
    }
}
