//! Which part of a page an element opens, by its tag and by the names in its class, id, role and label.
//!
//! Names are split into their words ("relatedPosts", "related-posts" and "related_posts" are the same), and whole
//! words are looked up: "share" is a part of the page, "shareholder" is not. `O(n)` in the names.

use trafilatura::dom::{Document as Page, NodeId};

/// A part of a page that is not the article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Advert,
    Aside,
    Author,
    Byline,
    Caption,
    Comments,
    Footer,
    Form,
    /// Shown on demand, or not at all.
    Hidden,
    Navigation,
    Newsletter,
    Related,
    Share,
    Standfirst,
    Tags,
}

impl Zone {
    /// The id of the rule that marks what stands in it.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Advert => "zone:advert",
            Self::Aside | Self::Hidden => "zone:aside",
            Self::Author => "zone:author",
            Self::Byline => "zone:byline",
            Self::Caption => "page-caption",
            Self::Comments => "zone:comments",
            Self::Footer => "zone:footer",
            Self::Form => "zone:form",
            Self::Navigation => "zone:navigation",
            Self::Newsletter => "zone:newsletter",
            Self::Related => "zone:related",
            Self::Share => "zone:share",
            Self::Standfirst => "standfirst",
            Self::Tags => "zone:tags",
        }
    }
}

/// Words that name a part. The first list that holds a word of the name decides.
const NAMES: &[(Zone, &[&str])] = &[
    (Zone::Comments, &["comment", "comments", "disqus", "respond", "commentlist"]),
    (
        Zone::Newsletter,
        &["newsletter", "newsletters", "signup", "optin", "paywall", "subscribe", "subscription", "mailchimp"],
    ),
    (
        Zone::Related,
        &[
            "related",
            "relatedposts",
            "recommended",
            "recommendation",
            "recommendations",
            "recirc",
            "recirculation",
            "outbrain",
            "taboola",
            "zergnet",
            "trending",
            "mostread",
            "mostpopular",
            "readmore",
            "seealso",
            "teaser",
            "teasers",
            "yarpp",
            "crosslinks",
            "upnext",
        ],
    ),
    (
        Zone::Share,
        &["share", "sharing", "sharebar", "sharedaddy", "sharethis", "addthis", "addtoany", "social", "socials"],
    ),
    (
        Zone::Advert,
        &[
            "ad",
            "ads",
            "advert",
            "adverts",
            "advertisement",
            "advertising",
            "adsense",
            "adsbygoogle",
            "sponsor",
            "sponsored",
            "promo",
            "promos",
            "promotion",
        ],
    ),
    (
        Zone::Navigation,
        &["nav", "navigation", "navbar", "menu", "breadcrumb", "breadcrumbs", "pagination", "pager", "toc"],
    ),
    (Zone::Tags, &["tags", "taglist", "tagcloud", "keywords"]),
    (Zone::Author, &["bio", "authorbox", "authorbio"]),
    (Zone::Byline, &["byline", "dateline", "timestamp"]),
    (Zone::Caption, &["caption", "captions", "figcaption", "photocredit", "imagecredit"]),
    (Zone::Standfirst, &["standfirst", "subtitle", "dek", "deck"]),
    (Zone::Hidden, &["tooltip", "popover", "rollover", "hovercard", "popup", "modal", "lightbox"]),
    (Zone::Footer, &["footer", "colophon", "copyright"]),
    (Zone::Aside, &["sidebar", "pullquote"]),
];

/// Pairs of words that name a part together.
const PAIRS: &[(Zone, &str, &str)] = &[
    (Zone::Related, "most", "read"),
    (Zone::Related, "most", "popular"),
    (Zone::Related, "read", "more"),
    (Zone::Related, "read", "also"),
    (Zone::Related, "see", "also"),
    (Zone::Related, "also", "read"),
    (Zone::Related, "more", "stories"),
    (Zone::Related, "more", "from"),
    (Zone::Related, "up", "next"),
    (Zone::Newsletter, "sign", "up"),
    (Zone::Newsletter, "opt", "in"),
    (Zone::Author, "author", "bio"),
    (Zone::Author, "author", "box"),
    (Zone::Author, "author", "info"),
    (Zone::Author, "author", "card"),
    (Zone::Author, "author", "description"),
    (Zone::Author, "about", "author"),
    (Zone::Byline, "entry", "meta"),
    (Zone::Byline, "post", "meta"),
    (Zone::Byline, "article", "meta"),
    (Zone::Caption, "photo", "credit"),
    (Zone::Caption, "image", "credit"),
    (Zone::Caption, "media", "credit"),
    (Zone::Hidden, "hover", "card"),
    (Zone::Hidden, "people", "rollover"),
    (Zone::Aside, "pull", "quote"),
    (Zone::Tags, "tag", "list"),
    (Zone::Tags, "tag", "cloud"),
];

/// Names are cut here: a page may hold a megabyte in one attribute.
const MAX_NAME_BYTES: usize = 400;

/// The part of the page that an element opens, `None` where it says nothing of the kind.
pub(super) fn zone(page: &Page, id: NodeId, tag: &str) -> Option<Zone> {
    let by_tag = match tag {
        "nav" | "menu" => Some(Zone::Navigation),
        "aside" => Some(Zone::Aside),
        "footer" => Some(Zone::Footer),
        "form" | "fieldset" => Some(Zone::Form),
        "figcaption" | "caption" => Some(Zone::Caption),
        "html" | "body" => return None,
        _ => None,
    };
    if by_tag.is_some() {
        return by_tag;
    }
    let is_hidden = page.get_attribute(id, "hidden").is_some()
        || page.get_attribute(id, "style").is_some_and(|style| hides(&style));
    if is_hidden {
        return Some(Zone::Hidden);
    }
    ["class", "id", "role", "data-component"].iter().find_map(|attribute| named(&page.get_attribute(id, attribute)?))
}

fn hides(style: &str) -> bool {
    style.len() <= MAX_NAME_BYTES && style.to_ascii_lowercase().replace(' ', "").contains("display:none")
}

/// The part that a name speaks of.
fn named(name: &str) -> Option<Zone> {
    let end = (0..=MAX_NAME_BYTES.min(name.len())).rev().find(|&at| name.is_char_boundary(at))?;
    let words = words(&name[..end]);
    let by_word = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let by_pair = PAIRS
        .iter()
        .find(|(_, first, second)| words.windows(2).any(|pair| pair[0] == *first && pair[1] == *second))
        .map(|(zone, ..)| *zone);
    by_pair.or_else(|| NAMES.iter().find(|(_, list)| by_word(list)).map(|(zone, _)| *zone))
}

/// The words of a name, lower case: "relatedPosts top" gives "related", "posts", "top".
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_new = true;
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            is_new = true;
            continue;
        }
        if is_new || (was_lower && c.is_ascii_uppercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c.to_ascii_lowercase());
        }
        (is_new, was_lower) = (false, c.is_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_parts_by_whole_words() {
        let cases = [
            ("related-posts", Some(Zone::Related)),
            ("mainColumn relatedPosts", Some(Zone::Related)),
            ("most-read__list", Some(Zone::Related)),
            ("Newsletter-container", Some(Zone::Newsletter)),
            ("shareholder-value", None),
            ("article-body", None),
            ("c-author-bio", Some(Zone::Author)),
            ("author-body", None),
            ("wp-caption-text", Some(Zone::Caption)),
            ("", None),
        ];
        for (name, zone) in cases {
            assert_eq!(named(name), zone, "{name}");
        }
    }

    #[test]
    fn a_megabyte_of_names_is_cut() {
        assert_eq!(named(&"é".repeat(1_000_000)), None);
        assert_eq!(named(&format!("{} related", "x".repeat(500_000))), None);
    }

    #[test]
    fn elements_out_of_sight_are_known() {
        let page =
            Page::parse("<div hidden>a</div><div style='color:red; display: NONE'>b</div><div style='top:0'>c</div>");
        let zones: Vec<Option<Zone>> =
            page.query_selector_all(page.root(), "div").into_iter().map(|id| zone(&page, id, "div")).collect();
        assert_eq!(zones, [Some(Zone::Hidden), Some(Zone::Hidden), None]);
    }
}
