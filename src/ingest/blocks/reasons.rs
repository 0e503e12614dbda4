//! What each rule that marks a block means, in words for the reader.
//!
//! A rule's id is stable data (it stands in outputs and reviews); the sentence is what the window shows on hover. A
//! test walks through the sources and fails where a rule has no sentence.

/// Rules with one id, and what they say.
const SENTENCES: &[(&str, &str)] = &[
    ("above-title", "A short line above the headline"),
    ("after-end", "A short line below the last paragraph"),
    ("author-note", "A note on the author, below the article"),
    ("bold-line", "A short line in bold over a paragraph"),
    ("breadcrumb", "The way to the page: “Home > World > Europe”"),
    ("byline", "A line that names the author"),
    ("call", "A call to the reader to subscribe, join or give"),
    ("contact", "How to reach the author or the desk"),
    ("credit", "The line names who took a picture, or where people stand in it"),
    ("credits", "Agency credits: who reported, wrote and edited"),
    ("dateline", "A line that holds nothing but place and date"),
    ("export-field", "A field that the database wrote around the article"),
    ("firm-note", "What a firm says of itself below its press releases"),
    ("follow", "A call to follow an account"),
    ("font-size", "Set in larger letters than the text"),
    ("forwarded-header", "The header lines of a message that was passed on"),
    ("forwarding-note", "What the sender wrote above a message passed on"),
    ("format", "The file itself says what this is"),
    ("front-matter", "Data on the article that Markdown keeps above the text"),
    ("label", "A short line that ends in a colon"),
    ("link-label", "A link to another article, with its label"),
    ("link-list", "A list of links to other articles"),
    ("mark", "A line of marks without a word"),
    ("markdown", "Markdown marks it as a heading"),
    ("markup", "Commands of the page's program that were left in the text"),
    ("notice", "An agency's notice under a caption"),
    ("page-heading", "The page marks it as a heading"),
    ("page-caption", "The page marks it as a caption"),
    ("page-title", "The headline that the page gives"),
    ("outlet-repeat", "The line stands in other articles of this outlet too"),
    ("page-footer", "The foot of the page, which comes back from page to page"),
    ("page-header", "The head of the page, which comes back from page to page"),
    ("page-number", "The number of the page"),
    ("quoted-mail", "Words of an earlier mail"),
    ("reader", "You decided so"),
    ("repeat", "A line told before in the same words"),
    ("repeat:title", "The headline told again"),
    ("short-line", "A short line that is no sentence"),
    ("short-lines", "A run of short lines with few function words: links or names"),
    ("signature", "The signature below a mail"),
    ("subject", "The subject of the mail"),
    ("standfirst", "The lines between headline and article that sum it up"),
];

/// Rules of a part of the page, by what stands behind `zone:`.
const ZONES: &[(&str, &str)] = &[
    ("advert", "The page calls this part an advertisement"),
    ("aside", "The page sets this part aside from the article"),
    ("author", "The page calls this part a note on the author"),
    ("byline", "The page calls this part the author's line"),
    ("comments", "The page calls this part comments"),
    ("footer", "The page calls this part its footer"),
    ("form", "A form to fill in"),
    ("navigation", "The page calls this part a menu"),
    ("newsletter", "The page calls this part a newsletter or subscription box"),
    ("related", "The page calls this part related articles"),
    ("share", "The page calls this part share buttons"),
    ("tags", "The page calls this part its tags"),
];

/// What the rule with this id means, as a short sentence without a full stop.
///
/// ```
/// use throughline::ingest::rule_says;
/// assert_eq!(rule_says("repeat:title"), "The headline told again");
/// assert_eq!(rule_says("line:read-more"), "A known line of web pages: “Read more”");
/// ```
pub fn rule_says(rule: &str) -> String {
    if let Some(says) = known(SENTENCES, rule) {
        return says.to_owned();
    }
    match rule.split_once(':') {
        Some(("line", phrase)) => format!("A known line of web pages: “{}”", spelled(phrase)),
        Some(("tail", phrase)) => format!("From “{}” on, pages hold no more of the article", spelled(phrase)),
        Some(("credit", phrase)) => format!("The words of a picture's credit: “{}”", spelled(phrase)),
        Some(("outlet", _)) => "You dimmed this line in another article of the same outlet".to_owned(),
        Some(("zone", zone)) => {
            known(ZONES, zone).unwrap_or("The page sets this part apart from the article").to_owned()
        }
        _ => format!("Marked by the rule “{}”", rule.replace('-', " ")),
    }
}

fn known(list: &[(&str, &'static str)], id: &str) -> Option<&'static str> {
    list.iter().find(|(known, _)| *known == id).map(|(_, says)| *says)
}

/// A phrase from its id: "read-more" gives "Read more".
fn spelled(phrase: &str) -> String {
    let words = phrase.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use regex::Regex;

    use super::*;
    use crate::ingest::blocks::furniture::FURNITURE;

    fn sources(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                // Tests at the end of a file may make up rules.
                found.push(source.split("#[cfg(test)]").next().unwrap_or_default().to_owned());
            }
        }
    }

    /// Every id that the sources under `src/ingest` give to a mark.
    fn ids() -> BTreeSet<String> {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ingest"), &mut files);
        let places =
            Regex::new(r#"(?:Mark::new|\.set)\(\s*(?:BlockKind::\w+|kind),\s*"([^"]+)"|=> "(zone:[^"]+)""#).unwrap();
        let mut ids = BTreeSet::new();
        for found in files.iter().flat_map(|source| places.captures_iter(source)) {
            ids.extend(found.iter().skip(1).flatten().map(|id| id.as_str().to_owned()));
        }
        ids
    }

    #[test]
    fn every_rule_has_a_sentence() {
        let ids = ids();
        assert!(ids.len() > 15, "{ids:?}");
        for id in ids.iter().map(String::as_str).chain(FURNITURE.rule_ids().iter().map(String::as_str)) {
            let says = rule_says(id);
            assert!(!says.starts_with("Marked by the rule") && !says.ends_with('.'), "{id}: {says}");
        }
    }

    #[test]
    fn sentences_are_told_once_each() {
        for list in [SENTENCES, ZONES] {
            let unique: BTreeSet<&str> = list.iter().map(|(id, _)| *id).collect();
            assert_eq!(unique.len(), list.len());
        }
    }

    #[test]
    fn phrases_are_spelled_out() {
        assert_eq!(rule_says("tail:more-from"), "From “More from” on, pages hold no more of the article");
        assert_eq!(rule_says("zone:related"), "The page calls this part related articles");
        assert_eq!(rule_says("outlet:reader"), "You dimmed this line in another article of the same outlet");
        assert_eq!(rule_says("made-up"), "Marked by the rule “made up”");
    }
}
