//! The headline of a page without its site's name: the `h1` where the head's title holds it, else the head's title cut.

use trafilatura::Metadata;

use super::Source;
use super::outlet::is_host;
use crate::ingest::formats::html::flow::{letters, one_line};

/// Marks between a headline and the site's name.
const MARKS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " « ", " / "];

/// The headline, `None` where the page has none.
pub(super) fn title(source: &Source<'_>, outlet: Option<&str>, metadata: &Metadata) -> Option<String> {
    let head = (source.meta(&["og:title", "twitter:title", "headline", "dc.title"]).map(str::to_owned))
        .or_else(|| source.words("title"))
        .or_else(|| source.data.headline.clone())
        .or_else(|| Some(one_line(&metadata.title)))
        .filter(|title| !title.is_empty());
    let page = source.page;
    let headings: Vec<String> = (page.query_selector_all(page.root(), "h1").into_iter())
        .map(|id| one_line(&page.text_content(id)))
        .filter(|words| !words.is_empty())
        .collect();
    let Some(head) = head else { return headings.into_iter().next() };
    let held = headings
        .iter()
        .find(|heading| head.contains(heading.as_str()) && heading.len() >= 10 && Some(heading.as_str()) != outlet);
    if let Some(heading) = held {
        return Some(heading.clone());
    }
    let cut = without_site(&head, |part| is_site(part, outlet, source));
    // A title that is nothing but the site's name is no headline.
    let is_bare = outlet.is_some_and(|outlet| letters(outlet) == letters(cut));
    let other = is_bare.then(|| source.data.headline.clone().or_else(|| headings.into_iter().next_back())).flatten();
    Some(other.unwrap_or_else(|| cut.to_owned()))
}

fn is_site(part: &str, outlet: Option<&str>, source: &Source<'_>) -> bool {
    let part_letters = letters(part);
    let is_outlet = outlet.map(letters).is_some_and(|outlet| {
        !part_letters.is_empty() && (outlet.contains(&part_letters) || part_letters.contains(&outlet))
    });
    let is_address = part.starts_with("http") || (part.contains('.') && !part.contains(' ') && part.len() > 4);
    is_outlet || is_address || is_host(part, source)
}

/// "Ministers meet in Oslo - The Gazette" without its last part, and "The Gazette: Ministers meet" without its first,
/// where that is the site's name.
fn without_site(title: &str, is_site: impl Fn(&str) -> bool) -> &str {
    let mut title = title.trim();
    for mark in MARKS {
        while let Some((front, last)) = title.rsplit_once(mark) {
            let is_short =
                *mark == " | " && last.split_whitespace().count() <= 4 && front.split_whitespace().count() >= 3;
            let n_words = front.split_whitespace().count();
            if !(is_short || (is_site(last.trim()) && (n_words >= 2 || front.chars().count() >= 10))) {
                break;
            }
            title = front.trim();
        }
        if let Some((first, rest)) = title.split_once(mark)
            && is_site(first.trim())
            && first.split_whitespace().count() <= 4
            && rest.split_whitespace().count() >= 2
        {
            title = rest.trim();
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_their_site() {
        let is_gazette = |part: &str| part.contains("Gazette");
        assert_eq!(without_site("Ministers meet in Oslo - The Gazette", is_gazette), "Ministers meet in Oslo");
        assert_eq!(
            without_site("Ministers meet in Oslo - Europe - The Gazette", is_gazette),
            "Ministers meet in Oslo - Europe"
        );
        assert_eq!(without_site("The Gazette :: Ministers meet in Oslo", is_gazette), "Ministers meet in Oslo");
        assert_eq!(without_site("Ministers meet in Oslo | Europe", |_| false), "Ministers meet in Oslo");
        assert_eq!(without_site("North - South talks go on", |_| false), "North - South talks go on");
    }
}
