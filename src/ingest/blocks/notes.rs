//! Calls and notes that stand below an article as whole paragraphs: how to follow and reach the author, who the author
//! is, what a subscription gives. They are sentences, so that only their words tell them from the article's last one.

/// Services one follows an account on.
const ACCOUNTS: &[&str] = &[
    "twitter",
    "facebook",
    "instagram",
    "linkedin",
    "youtube",
    "telegram",
    "tiktok",
    "threads",
    "mastodon",
    "bluesky",
];

/// What people who write for a page are called.
const WRITERS: &[&str] = &[
    "reporter",
    "writer",
    "editor",
    "columnist",
    "correspondent",
    "contributor",
    "journalist",
    "curator",
    "blogger",
    "freelancer",
    "photographer",
    "producer",
    "critic",
    "intern",
];

/// The rule that tells a paragraph for a note; `folded` is its comparison form.
pub(super) fn rule(folded: &str, words: &str) -> Option<&'static str> {
    let has = |phrase: &str| folded.contains(phrase);
    let names_account = || ACCOUNTS.iter().any(|account| has(account));
    let is_follow = (folded.starts_with("follow ")
        || has(". follow ")
        || has("follow us")
        || has("follow him")
        || has("follow her"))
        && (names_account() || words.contains('@') || has(" coverage"));
    if is_follow
        || ((has(" on twitter") || has(" on facebook"))
            && words.contains('@')
            && words.split_whitespace().count() <= 30)
    {
        return Some("follow");
    }
    if has("can be reached at")
        || has("may be reached at")
        || has("contact the reporter")
        || has("contact the author")
        || has("contact the writer")
    {
        return Some("contact");
    }
    let is_newsletter = has("newsletter")
        || has("your inbox")
        || has("your letterbox")
        || has("your door")
        || has("our podcast")
        || has("our app");
    let is_call = ["sign up", "subscribe", "subscribing", "get ", "download", "join "].iter().any(|call| has(call));
    let is_support = [
        "if you enjoyed this",
        "if you like this",
        "if you liked this",
        "support our",
        "become a member",
        "make a donation",
    ]
    .iter()
    .any(|call| has(call));
    if (is_newsletter && is_call) || is_support {
        return Some("call");
    }
    is_author(folded, words).then_some("author-note")
}

/// "Jane Roe is a reporter for the Gazette.": a name first, and one sentence or two on what its owner does.
fn is_author(folded: &str, words: &str) -> bool {
    let Some((name, _)) = words.split_once(" is ").or_else(|| words.split_once(" was ")) else { return false };
    let Some((_, rest)) = folded.split_once(" is ").or_else(|| folded.split_once(" was ")) else { return false };
    let parts: Vec<&str> = name.split_whitespace().collect();
    let is_name = (2..=4).contains(&parts.len()) && parts.iter().all(|part| part.starts_with(char::is_uppercase));
    let end = rest.find(". ").unwrap_or(rest.len());
    let says = &rest[..end];
    let is_writer = says.split(|c: char| !c.is_alphanumeric()).any(|word| WRITERS.contains(&word));
    // "… is a reporter who was arrested on Monday" is news.
    let is_news =
        [" who was ", " said", " accused", " arrested", " killed", " told"].iter().any(|verb| folded.contains(verb));
    is_name
        && is_writer
        && !is_news
        && (says.starts_with("a ") || says.starts_with("an ") || says.starts_with("the ") || says.contains("'s "))
}

/// What firms call themselves.
const FIRMS: &[&str] = &[
    "provider",
    "manufacturer",
    "supplier",
    "developer",
    "leader",
    "company",
    "firm",
    "organization",
    "organisation",
    "agency",
    "distributor",
    "operator",
    "platform",
    "consultancy",
    "nonprofit",
    "retailer",
    "publisher",
];

/// Words of praise and place that come with it.
const PRAISE: &[&str] = &[
    "leading",
    "global",
    "worldwide",
    "world's",
    "world-class",
    "largest",
    "premier",
    "headquartered",
    "founded in",
    "established in",
    "solutions",
    "based in",
    "offices in",
    "nasdaq",
    "nyse",
    "non-profit",
    "international",
];

/// "Harbor Works is a leading provider of cranes, headquartered in Oslo.": what a firm says of itself below its press
/// releases.
pub(super) fn is_firm(words: &str) -> bool {
    let Some((name, rest)) = words.split_once(" is ") else { return false };
    let is_name = name.split_whitespace().count() <= 8
        && name.starts_with(char::is_uppercase)
        && !name.contains(['“', '"', '.', ';']);
    let rest = rest.to_lowercase();
    let is_said =
        rest.starts_with("a ") || rest.starts_with("an ") || rest.starts_with("the ") || rest.starts_with("one of ");
    let first = rest.split(". ").next().unwrap_or_default();
    let is_firm = first.split(|c: char| !c.is_alphanumeric()).any(|word| FIRMS.contains(&word));
    let n_praise = PRAISE.iter().filter(|praise| rest.contains(*praise)).count();
    is_name && is_said && is_firm && n_praise >= 2 && !rest.contains(" said")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::compare::fold;

    #[test]
    fn notes_are_told_from_news() {
        let cases = [
            ("Jane Roe is a reporter for the Harbor Gazette. She lives in Oslo.", Some("author-note")),
            ("Jane Roe is a reporter who was arrested on Monday.", None),
            ("Jane Roe is the Gazette's deputy editor.", Some("author-note")),
            ("Follow us on Facebook and Twitter.", Some("follow")),
            ("Follow her @janeroe.", Some("follow")),
            ("Ships follow the channel to the port.", None),
            ("Jane Roe may be reached at roe@gazette.example.", Some("contact")),
            ("Get the day's news in your inbox every morning.", Some("call")),
            ("The mayor is a writer of novels.", None),
        ];
        for (words, expected) in cases {
            assert_eq!(rule(&fold(words), words), expected, "{words}");
        }
    }
}
