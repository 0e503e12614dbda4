//! Who wrote a page: its data, its meta elements, the links to an author's page, what the extractor found; cleaned.
//!
//! Places are asked in the order of their trust, and the first that gives a name counts. A name loses what pages put
//! around it ("By", the office, an address, an account, the day), and is none where it is the outlet's or a machine's.

use trafilatura::Metadata;

use super::Source;
use crate::ingest::formats::html::flow::{letters, one_line};
use crate::text::calendar;

/// Names that programs give to nobody.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "author",
    "autor",
    "editor",
    "editors",
    "guest",
    "none",
    "null",
    "staff",
    "undefined",
    "unknown",
    "user",
    "webmaster",
    "redaktion",
    "anonymous",
    "name",
    "auteurs",
    "webredaktion",
    "root",
    "redaktion online",
];

/// Words before a name.
const LEADS: &[&str] = &[
    "by ",
    "written by ",
    "posted by ",
    "reported by ",
    "story by ",
    "von ",
    "par ",
    "por ",
    "di ",
    "door ",
    "av ",
    "auteur ",
    "autor ",
    "text: ",
    "from ",
    "view all posts by ",
    "beitrag von ",
];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "af", "al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "le",
    "ten", "ter", "van", "von", "y", "zu", "zum", "zur", "of", "the",
];

/// A name has at most this many words.
const MAX_WORDS: usize = 6;

/// More authors than this are a list of something else.
const MAX_AUTHORS: usize = 8;

/// The authors, joined with ", ".
pub(super) fn author(source: &Source<'_>, outlet: Option<&str>, metadata: &Metadata) -> Option<String> {
    let keys = [
        "author",
        "article:author",
        "article.author",
        "og:article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "dc.author",
        "citation_author",
        "byl",
        "cxenseparse:author",
        "rbauthors",
    ];
    let metas = keys.iter().map(|key| source.all(key).map(str::to_owned).collect::<Vec<_>>());
    let elements = [
        "[rel=author]",
        "[itemprop=author] [itemprop=name]",
        "[itemprop=author]",
        ".byline a",
        ".author-name",
        ".byline-name",
    ];
    let links = elements.iter().map(|selector| {
        let page = source.page;
        let found = page.query_selector_all(page.root(), selector).into_iter().take(MAX_AUTHORS);
        found.map(|id| one_line(&page.text_content(id))).collect()
    });
    let last = metadata.author.split(';').take(1).map(str::to_owned).collect();
    std::iter::once(source.data.authors.clone())
        .chain(metas)
        .chain(links)
        .chain(std::iter::once(last))
        .find_map(|given| joined(&given, outlet))
}

/// The names in what one place gives, without repeats.
fn joined(given: &[String], outlet: Option<&str>) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for name in given.iter().flat_map(|words| names_in(words)) {
        let key = letters(&name);
        let is_outlet = outlet.is_some_and(|outlet| letters(outlet) == key);
        if !is_outlet && !names.iter().any(|known| letters(known).contains(&key)) {
            names.push(name);
        }
    }
    names.truncate(MAX_AUTHORS);
    (!names.is_empty()).then(|| names.join(", "))
}

/// "By Jane Roe and Ann Doe, Gazette" gives "Jane Roe" and "Ann Doe".
fn names_in(words: &str) -> Vec<String> {
    if words.contains("://") || words.chars().count() > 200 {
        return Vec::new();
    }
    let rest = without_lead(words.trim());
    // What follows a comma is an office, a title or a place, unless the list goes on with "and".
    let is_list = [" and ", " & ", " und ", " et ", " y "].iter().any(|mark| rest.contains(mark));
    let end = if is_list { ['|', '(', '['].as_slice() } else { ['|', '(', '[', ','].as_slice() };
    let rest = rest.split(end).next().unwrap_or_default();
    let rest = [" - ", " – ", " — ", "  ", " for ", " via "]
        .iter()
        .fold(rest, |rest, mark| rest.split(mark).next().unwrap_or(rest));
    let mut list = rest.to_owned();
    for mark in [" and ", " & ", " und ", " et ", " y ", ";", " / "] {
        list = list.replace(mark, ",");
    }
    list.split(',').filter_map(name).collect()
}

fn without_lead(words: &str) -> &str {
    let mut rest = words;
    while let Some(cut) = LEADS.iter().find_map(|lead| {
        let front = rest.get(..lead.len())?;
        front.eq_ignore_ascii_case(lead).then(|| &rest[lead.len()..])
    }) {
        rest = cut.trim_start();
    }
    rest
}

/// A name by itself: no address, no account, no day, nothing that goes on in small letters.
fn name(words: &str) -> Option<String> {
    let words = without_lead(words.trim());
    let is_capital = words.starts_with(char::is_uppercase);
    let is_end = |part: &str| {
        let is_small = is_capital && part.starts_with(char::is_lowercase) && !PARTICLES.contains(&part);
        let is_day = part.contains(|c: char| c.is_ascii_digit())
            || calendar::month(part).is_some()
            || calendar::weekday(part).is_some();
        part.contains('@') || is_day || is_small || matches!(part, "Published" | "Updated" | "Posted")
    };
    let mut parts: Vec<&str> = words.split_whitespace().take_while(|part| !is_end(part)).collect();
    while parts.last().is_some_and(|last| PARTICLES.contains(last)) {
        parts.pop();
    }
    // "View all of her articles" begins like a name of one word.
    let next = words.split_whitespace().nth(parts.len());
    if parts.len() < 2 && is_capital && next.is_some_and(|next| next.starts_with(char::is_lowercase)) {
        return None;
    }
    let name = parts.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
    let lower = name.to_lowercase();
    let is_nobody = NOBODY.contains(&lower.as_str())
        || lower.contains("admin")
        || lower.ends_with(" com")
        || lower.chars().count() < 2;
    let is_address = name.contains(['/', ':']) || (!name.contains(' ') && name.contains('.'));
    (!is_nobody && !is_address && (1..=MAX_WORDS).contains(&parts.len())).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_stands_around_them() {
        let cases = [
            ("By Jane Roe", "Jane Roe"),
            ("By JANE ROE and Ann Doe, Harbor Press", "JANE ROE, Ann Doe, Harbor Press"),
            ("Jane Roe, Chief Correspondent", "Jane Roe"),
            ("Jane Roe @janeroe", "Jane Roe"),
            ("Jane Roe November 5", "Jane Roe"),
            ("Von Anna Muster", "Anna Muster"),
            ("https://gazette.example/roe", ""),
            ("admin", ""),
            ("gazette.example", ""),
            ("Jane van der Roe writes for us", "Jane van der Roe"),
            ("Photo: Jane Roe", ""),
            ("View all of her articles", ""),
        ];
        for (given, expected) in cases {
            assert_eq!(names_in(given).join(", "), expected, "{given}");
        }
    }

    #[test]
    fn several_are_joined_and_none_twice() {
        let given = ["Jane Roe".to_owned(), "jane roe".to_owned(), "Ann Doe".to_owned(), "Gazette".to_owned()];
        assert_eq!(joined(&given, Some("Gazette")).as_deref(), Some("Jane Roe, Ann Doe"));
        assert_eq!(joined(&[], None), None);
    }
}
