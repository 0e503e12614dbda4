//! Who published an article, where its text says so. Nothing is made up: no name, no outlet.
//!
//! Places where a name is the outlet's: an agency in a dateline ("OSLO, May 3 (Reuters) -"), in a section line above
//! the article or in a by-line; furniture that speaks of itself ("Log in … with the Daily Name", "© 2023 Daily
//! Name", "Subscribe to …", "first appeared in …"); and a name that an e-mail address of the by-line confirms.
//! A photo credit is none. `O(n)` in the bytes of head and furniture.

use super::furniture::{FURNITURE, bare};
use crate::document::{Block, BlockKind, Outlet, OutletBasis};
use crate::text::ByteRange;
use crate::text::compare::fold;

/// Words in furniture right before the name of the page.
const BEFORE_NAME: &[&str] = &[
    "with the ",
    "with ",
    "subscribe to the ",
    "subscribe to ",
    "welcome to the ",
    "welcome to ",
    "copyright the ",
    "copyright ",
    "© the ",
    "© ",
    "first appeared in the ",
    "first appeared in ",
    "first appeared on ",
    "originally published in the ",
    "originally published by the ",
    "originally published by ",
    "originally published in ",
    "originally published on ",
    "published by the ",
    "published by ",
    "read more at ",
    "read more on ",
    "read more from ",
    "follow the ",
    "follow ",
    "support the ",
    "support ",
];

/// A name has at most this many words.
const MAX_NAME_WORDS: usize = 6;

/// No article stands under more lines than these, and no page has more furniture; a file of a million lines may.
const MAX_HEAD_BLOCKS: usize = 300;
const MAX_FURNITURE_BLOCKS: usize = 3000;

/// The outlet that the text names, `None` where it names none.
pub(in crate::ingest) fn outlet(text: &str, blocks: &[Block]) -> Option<Outlet> {
    let range = (from_head(text, blocks))
        .or_else(|| from_dateline(text, blocks))
        .or_else(|| from_byline(text, blocks))
        .or_else(|| from_furniture(text, blocks))?;
    Some(Outlet {
        name: range.of(text).split_whitespace().collect::<Vec<_>>().join(" "),
        basis: OutletBasis::Stated,
        range: Some(range),
    })
}

/// A section line above the article: "Politics Reuters", "Source: AFP".
fn from_head(text: &str, blocks: &[Block]) -> Option<ByteRange> {
    let opening = blocks.iter().position(|block| block.kind == BlockKind::Body).unwrap_or(blocks.len());
    (blocks[..opening].iter().take(MAX_HEAD_BLOCKS))
        .filter(|block| matches!(block.kind, BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline))
        .filter(|block| block.range.of(text).split_whitespace().count() <= 8)
        .find_map(|block| agency_in(text, block.range))
}

/// "SEOUL, Jan. 29 (Yonhap) --" at the start of the first paragraph.
fn from_dateline(text: &str, blocks: &[Block]) -> Option<ByteRange> {
    let opening = blocks.iter().find(|block| block.kind == BlockKind::Body)?;
    let head: String = opening.range.of(text).chars().take(80).collect();
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let after = head[close + 1..].trim_start();
    let is_dateline = after.starts_with(['-', '–', '—']) && head[..open].starts_with(char::is_uppercase);
    let range = ByteRange::new(opening.range.start + open + 1, opening.range.start + close);
    if is_dateline { agency_in(text, range) } else { None }
}

/// "By Jane Roe, Associated Press".
fn from_byline(text: &str, blocks: &[Block]) -> Option<ByteRange> {
    let bylines = || blocks.iter().filter(|block| block.kind == BlockKind::Byline);
    bylines().find_map(|block| agency_in(text, block.range)).or_else(|| {
        let host = bylines().find_map(|block| mail_host(block.range.of(text)))?;
        named_like(text, &host)
    })
}

/// The words of the page's own furniture; a sentence may go over two lines.
fn from_furniture(text: &str, blocks: &[Block]) -> Option<ByteRange> {
    let furniture = blocks.iter().filter(|block| block.kind == BlockKind::Boilerplate);
    furniture.take(MAX_FURNITURE_BLOCKS).find_map(|block| {
        let words = block.range.of(text);
        let folded = fold(words);
        // Folding may change lengths; such a line is skipped rather than cut in the wrong place.
        if folded.len() != words.len() {
            return None;
        }
        BEFORE_NAME.iter().find_map(|lead| {
            (folded.match_indices(lead))
                .filter(|(start, _)| !folded[..*start].ends_with(|c: char| c.is_alphanumeric()))
                .find_map(|(start, _)| name_at(text, block.range.start + start + lead.len(), block.range.end))
        })
    })
}

/// A name of two and more words that starts at `start`; a year before it is skipped.
fn name_at(text: &str, start: usize, end: usize) -> Option<ByteRange> {
    let rest = text.get(start..end)?;
    let skipped =
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ','));
    let skipped = skipped.strip_prefix("by ").unwrap_or(skipped);
    let start = end - skipped.len();
    let mut end = start;
    for (n_words, word) in skipped.split_inclusive(char::is_whitespace).enumerate() {
        let stem = word.trim_end();
        let is_part = n_words > 0 && matches!(stem, "of" | "the" | "and" | "&");
        if !(stem.starts_with(char::is_uppercase) || is_part) || n_words >= MAX_NAME_WORDS {
            break;
        }
        let at = (stem.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        let stem_end = at + stem.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        if !is_part {
            end = stem_end;
        }
        if stem.ends_with(['.', ',', '!', ':', ';', '|']) {
            break;
        }
    }
    let range = ByteRange::new(start, end);
    let name = range.of(text);
    let is_service = FURNITURE.services.iter().any(|service| name.starts_with(service.as_str()));
    let is_mixed_case = name.chars().any(char::is_lowercase);
    (name.split_whitespace().count() >= 2 && !is_service && is_mixed_case).then_some(range)
}

/// A known agency in `range`, in its own spelling.
fn agency_in(text: &str, range: ByteRange) -> Option<ByteRange> {
    let words = range.of(text);
    (FURNITURE.agencies.iter())
        .filter_map(|agency| {
            let start = words.match_indices(agency.as_str()).map(|(start, _)| start).find(|&start| {
                !words[..start].ends_with(|c: char| c.is_alphanumeric())
                    && !words[start + agency.len()..].starts_with(|c: char| c.is_alphanumeric())
            })?;
            Some(ByteRange::new(range.start + start, range.start + start + agency.len()))
        })
        .max_by_key(|found| found.len())
}

/// The telling part of an e-mail address: "roe@daily-name.example" gives "dailyname".
fn mail_host(words: &str) -> Option<String> {
    let address = words.split_whitespace().map(bare).find(|word| word.contains('@'))?;
    let (_, host) = address.split_once('@')?;
    const COMMON: [&str; 14] =
        ["co", "com", "org", "net", "news", "mail", "gmail", "yahoo", "hotmail", "outlook", "www", "ac", "gov", "edu"];
    let label = host.split('.').rev().skip(1).find(|label| !COMMON.contains(label))?;
    let label: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
    (label.len() >= 4).then(|| label.to_lowercase())
}

/// A name in the text whose letters hold `label`.
fn named_like(text: &str, label: &str) -> Option<ByteRange> {
    let mut words = text.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        ByteRange::new(start, start + word.len())
    });
    let is_like = |range: &ByteRange| {
        let letters: String =
            range.of(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        letters == label && !range.of(text).contains('@') && range.of(text).starts_with(char::is_uppercase)
    };
    let found = words.find(is_like)?;
    // The name may have more words on both sides.
    let before = text[..found.start].trim_end_matches(' ');
    let lead = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let start = if lead.starts_with(char::is_uppercase)
        && !lead.ends_with(['.', ','])
        && lead.chars().all(char::is_alphanumeric)
    {
        before.len() - lead.len()
    } else {
        found.start
    };
    let follow = text[found.end..].trim_start_matches(' ');
    let next = follow.split(char::is_whitespace).next().unwrap_or_default();
    let stem = next.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_same_line = !text[found.end..].starts_with(['\n', '\r']);
    let end = if is_same_line && stem.starts_with(char::is_uppercase) {
        text.len() - follow.len() + stem.len()
    } else {
        found.end
    };
    Some(ByteRange::new(start, end).trimmed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str, words: &str, kind: BlockKind) -> Block {
        let start = text.find(words).unwrap();
        Block { kind, range: ByteRange::new(start, start + words.len()), rule: None }
    }

    #[test]
    fn names_come_from_the_places_that_tell_them() {
        let cases = [
            ("World Reuters", BlockKind::Boilerplate, Some("Reuters")),
            ("OSLO, May 3 (Kyodo) -- Talks began.", BlockKind::Body, Some("Kyodo")),
            ("By Jane Roe, Associated Press", BlockKind::Byline, Some("Associated Press")),
            ("© 2019 The Harbor Gazette. All rights reserved", BlockKind::Boilerplate, Some("The Harbor Gazette")),
            ("Copyright 2019 by Harbor Gazette.", BlockKind::Boilerplate, Some("Harbor Gazette")),
            ("Log in with the Harbor Gazette", BlockKind::Boilerplate, Some("Harbor Gazette")),
            ("Log in with Facebook Messenger", BlockKind::Boilerplate, None),
            ("Follow us on Twitter", BlockKind::Boilerplate, None),
            ("A ship at sea. (Reuters)", BlockKind::Caption, None),
        ];
        for (text, kind, name) in cases {
            let found = outlet(text, &[block(text, text, kind)]);
            assert_eq!(found.as_ref().map(|outlet| outlet.name.as_str()), name, "{text}");
            if let Some(Outlet { name, range: Some(range), .. }) = found {
                assert_eq!(range.of(text), name);
            }
        }
    }

    #[test]
    fn an_address_confirms_a_name() {
        let text = "By Jane Roe [roe@gazette.example]\nThe port opened.\nComment with the Gazette Online.";
        let blocks = [block(text, "By Jane Roe [roe@gazette.example]", BlockKind::Byline)];
        assert_eq!(outlet(text, &blocks).unwrap().name, "Gazette Online");
        assert_eq!(outlet("By Jane Roe [roe@mail.example]", &[]), None);
    }
}
