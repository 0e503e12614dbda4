//! Dates that a page tells machines: meta elements, JSON-LD, its own address, and values in scripts.

use jiff::civil::Date;
use trafilatura::dom::{Document as Page, NodeId};

use super::Found;
use crate::ingest::date::{Printed, stamp};

/// Meta keys that mean the publication, folded to letters and digits.
const PUBLISHED: &[&str] = &[
    "analyticsattributesarticledate",
    "articledate",
    "articledateoriginal",
    "articlepublicationdate",
    "articlepublished",
    "articlepublishedtime",
    "articlepublisheddate",
    "btpubdate",
    "citationonlinedate",
    "citationpublicationdate",
    "cxenseparserecspublishtime",
    "dateposted",
    "datepublished",
    "datepublication",
    "dcdateissued",
    "dcdatepublication",
    "dcdatepublished",
    "dcissued",
    "dctermsissued",
    "displaydate",
    "firstpublished",
    "gentime",
    "issuedate",
    "issued",
    "newsdate",
    "ogarticlepublishedtime",
    "ogpublishedtime",
    "ogpublishdate",
    "ogpubdate",
    "originalpublicationdate",
    "parselypubdate",
    "pdate",
    "pubdate",
    "publicationdate",
    "publicationtime",
    "published",
    "publishdate",
    "publisheddate",
    "publishedtime",
    "publishedtimestamp",
    "publishtime",
    "publishedat",
    "releasedate",
    "rnewsdatepublished",
    "sailthrudate",
    "shareaholicarticlepublishedtime",
    "timepublished",
    "videoreleasedate",
];

/// Meta keys that mean the making, which may be a draft.
const CREATED: &[&str] = &[
    "articlecreateat",
    "articlecreated",
    "created",
    "createdat",
    "creationdate",
    "datecreated",
    "dccreated",
    "dcdatecreated",
    "dctermscreated",
    "lastupdatecreated",
    "ogcreatedtime",
    "weiboarticlecreateat",
];

/// Meta keys that may mean anything that has a date.
const VAGUE: &[&str] =
    &["citationdate", "date", "dat", "dcdate", "dctermsdate", "doctime", "itempubdate", "pagedate", "timestamp"];

/// Meta keys that mean a change.
const MODIFIED: &[&str] = &[
    "articlemodifiedtime",
    "articleupdated",
    "articleupdatedtime",
    "datemodified",
    "dcdatemodified",
    "dctermsmodified",
    "dcmodified",
    "lastmod",
    "lastmodified",
    "lastupdated",
    "lastupdate",
    "modified",
    "modifiedtime",
    "ogarticlemodifiedtime",
    "ogmodifiedtime",
    "ogupdatedtime",
    "revised",
    "revisiondate",
    "updated",
    "updatedtime",
];

/// What a value in a script may be called where it means the publication: one of these words and one of the others.
const SCRIPT_KEYS: [&str; 6] = ["date", "time", "_at", "edat", "_on", "published"];

/// A value in a script has at most this many bytes.
const MAX_VALUE_BYTES: usize = 40;

pub(super) fn meta(page: &Page, id: NodeId, is_month_first: bool) -> Option<Found> {
    let attribute = |name: &str| page.get_attribute(id, name);
    let content = attribute("content").or_else(|| attribute("datetime"))?;
    let header = attribute("http-equiv");
    let name = attribute("property").or_else(|| attribute("name")).or_else(|| attribute("itemprop"));
    let name = name.or_else(|| attribute("pubdate").map(|_| "pubdate".to_owned()));
    if let (None, Some(header)) = (&name, header) {
        // What a server says of its answer is the day of the answer.
        let is_date = header.eq_ignore_ascii_case("date") || header.eq_ignore_ascii_case("last-modified");
        let day = stamp(&content, is_month_first).filter(|_| is_date)?;
        return Some(Found::new(
            day,
            0.35,
            "http-header",
            format!("The page's header “{header}” is {}", content.trim()),
        ));
    }
    let name = name?;
    let key: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let key = key.as_str();
    match key {
        "ogurl" => return address(&content, "og-url"),
        "twitterurl" => return address(&content, "canonical-url"),
        "ogimage" | "twitterimage" => {
            let date = day_in_address(&content)?;
            let says = "The address of the page's picture holds the day".to_owned();
            return Some(Found::new(whole_day(date), 0.2, "image-url", says));
        }
        _ => {}
    }
    let lists = [(PUBLISHED, 0.95, "meta"), (CREATED, 0.88, "meta-created"), (VAGUE, 0.68, "meta-date")];
    let (score, rule) = (lists.iter().find(|(keys, ..)| keys.contains(&key)))
        .map(|&(_, score, rule)| (score, rule))
        .or_else(|| MODIFIED.contains(&key).then_some((0.4, "meta-modified")))?;
    let day = stamp(&content, is_month_first)?;
    Some(Found::new(day, score, rule, format!("The page's “{name}” is {}", content.trim())))
}

/// The day in the page's own address.
pub(super) fn address(address: &str, rule: &'static str) -> Option<Found> {
    let date = day_in_address(address)?;
    Some(Found::new(whole_day(date), 0.88, rule, "The page's own address holds the day".to_owned()))
}

fn whole_day(date: Date) -> Printed {
    Printed { date, time: None, is_utc: false }
}

/// The dates of a JSON-LD script; `None` where it does not parse.
pub(super) fn json_ld(script: &str, is_month_first: bool, found: &mut Vec<Found>) -> Option<()> {
    let cleaned = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let cleaned = cleaned.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim_end_matches(';');
    let value = serde_json::from_str::<serde_json::Value>(cleaned).ok()?;
    json(&value, is_month_first, found);
    Some(())
}

/// `serde_json` refuses nesting above 128 levels, so recursion is bounded.
fn json(value: &serde_json::Value, is_month_first: bool, found: &mut Vec<Found>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| json(item, is_month_first, found)),
        serde_json::Value::Object(fields) => {
            let kind = fields.get("@type").map(ToString::to_string).unwrap_or_default();
            let is_article = ["Article", "Posting", "Report"].iter().any(|part| kind.contains(part));
            let is_part = ["Comment", "Review", "Video", "Image", "Audio", "Event", "Person", "Answer", "Offer"]
                .iter()
                .any(|part| kind.contains(part));
            let keys = [
                ("datePublished", 0.96, "json-ld"),
                ("uploadDate", 0.9, "json-ld"),
                ("dateCreated", 0.9, "json-ld-created"),
                ("dateModified", 0.4, "json-ld-modified"),
            ];
            for (field, score, rule) in keys {
                let Some(day) = fields.get(field).and_then(|field| stamp(field.as_str()?, is_month_first)) else {
                    continue;
                };
                let loss = match () {
                    () if is_part => 0.45,
                    () if is_article => 0.0,
                    () => 0.03,
                };
                let says = format!("The page's JSON-LD gives {field} {}", day.date);
                found.push(Found::new(day, score - loss, rule, says));
            }
            fields.values().for_each(|field| json(field, is_month_first, found));
        }
        _ => {}
    }
}

/// Values of a script whose name means the publication: `"datePublished": "2019-05-03"`, `publish_date = '2019…'`,
/// `published_at\":\"…`. Also what a broken JSON-LD holds.
pub(super) fn script_values(script: &str, is_month_first: bool) -> Vec<(Printed, String)> {
    let bytes = script.as_bytes();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let mut found = Vec::new();
    for (at, _) in script.match_indices("ubli") {
        // No name is longer; without a bound a script of one endless word would be walked again and again.
        let start = at - bytes[..at].iter().rev().take(MAX_VALUE_BYTES).take_while(|&&byte| is_name(byte)).count();
        let end = at + bytes[at..].iter().take(MAX_VALUE_BYTES).take_while(|&&byte| is_name(byte)).count();
        let Some(name) = script.get(start..end).filter(|name| name.len() < MAX_VALUE_BYTES) else { continue };
        let key = name.to_ascii_lowercase();
        let is_key = SCRIPT_KEYS.iter().any(|part| key.contains(part)) && !key.contains("publisher");
        if let Some(day) = value_after(script, end).filter(|_| is_key).and_then(|value| stamp(value, is_month_first)) {
            found.push((day, name.to_owned()));
        }
    }
    found
}

/// The value that a script gives to the name that ends at `end`.
fn value_after(script: &str, end: usize) -> Option<&str> {
    const QUOTES: [char; 4] = ['"', '\'', '\\', ' '];
    let rest = script.get(end..)?.trim_start_matches("&quot;").trim_start_matches(QUOTES);
    let rest = rest.strip_prefix([':', '=', ','])?.trim_start().trim_start_matches("&quot;");
    let value = rest.trim_start_matches(QUOTES);
    let is_quoted = value.len() < rest.len();
    let is_end = |c| matches!(c, '"' | '\'' | '\\' | '}' | ';' | '&' | '<' | '\n') || c == ',' && !is_quoted;
    let (end, _) = value.char_indices().take(MAX_VALUE_BYTES).find(|&(_, c)| is_end(c)).unwrap_or((value.len(), ' '));
    value.get(..end).filter(|value| value.len() <= MAX_VALUE_BYTES && value.starts_with(|c: char| c.is_alphanumeric()))
}

/// "/2018/04/26/", "/2018-04-26-", "/20180426/", "/26-04-2018" in an address.
pub(super) fn day_in_address(address: &str) -> Option<Date> {
    let bytes = address.as_bytes();
    let digits = |from: usize, n: usize| -> Option<i16> {
        let part = bytes.get(from..from + n)?;
        part.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(part).ok()?.parse().ok()).flatten()
    };
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let day = |year: i16, month: i16, day: i16| {
        let year = Some(year).filter(|year| (1990..2100).contains(year))?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    (0..bytes.len()).filter(|&start| is_digit(start) && !(start > 0 && is_digit(start - 1))).find_map(|start| {
        let n_digits = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mark = bytes.get(start + n_digits).copied().filter(|mark| matches!(mark, b'/' | b'-' | b'_' | b'.'));
        match n_digits {
            8 => day(digits(start, 4)?, digits(start + 4, 2)?, digits(start + 6, 2)?),
            4 => {
                let month_digits = bytes.get(start + 5..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let day_start = start + 5 + month_digits + 1;
                let is_joined = mark.is_some() && bytes.get(day_start - 1).copied() == mark;
                let day_digits = bytes.get(day_start..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let is_day = is_joined && (1..=2).contains(&month_digits) && (1..=2).contains(&day_digits);
                let (month, last) = (digits(start + 5, month_digits)?, digits(day_start, day_digits)?);
                day(digits(start, 4)?, month, last).filter(|_| is_day)
            }
            2 => {
                let is_joined = mark.is_some() && bytes.get(start + 5).copied() == mark && !is_digit(start + 10);
                day(digits(start + 6, 4)?, digits(start + 3, 2)?, digits(start, 2)?).filter(|_| is_joined)
            }
            _ => None,
        }
    })
}

/// "/2018/04/" in an address: the month of it.
pub(super) fn month_in_address(address: &str) -> Option<(i16, i8)> {
    let parts: Vec<&str> = address.split(['/', '-']).collect();
    parts.windows(2).find_map(|pair| {
        let [year, month] = pair else { return None };
        let is_shape = year.len() == 4 && month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit());
        let year: i16 = year.parse().ok().filter(|year| is_shape && (1990..2100).contains(year))?;
        Some((year, month.parse().ok().filter(|month| (1..=12).contains(month))?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn addresses_hold_days() {
        let cases = [
            ("https://a.example/2017/11/07/x", Some(date(2017, 11, 7))),
            ("https://a.example/2017/11/7/x", Some(date(2017, 11, 7))),
            ("https://a.example/x-20171107.html", Some(date(2017, 11, 7))),
            ("https://a.example/news/07-11-2017", Some(date(2017, 11, 7))),
            ("https://a.example/id/201711075555", None),
            ("https://a.example/2017/11/", None),
            ("https://a.example/2017/11/x", None),
        ];
        for (address, expected) in cases {
            assert_eq!(day_in_address(address), expected, "{address}");
        }
        assert_eq!(month_in_address("https://a.example/2017/11/x"), Some((2017, 11)));
        assert_eq!(month_in_address("https://a.example/2017/x/11"), None);
    }

    #[test]
    fn scripts_give_values_by_name() {
        let days =
            |script: &str| -> Vec<Date> { script_values(script, false).into_iter().map(|(day, _)| day.date).collect() };
        let day = date(2019, 5, 3);
        for script in [
            "{\"datePublished\": \"2019-05-03T10:00\", broken",
            "var publish_date = '2019-05-03';",
            "x.push(['published_at', '2019-05-03 10:00']);",
            "\\\"publishedDate\\\":\\\"2019-05-03\\\"",
            "{&quot;published_at&quot;:&quot;2019-05-03T06:22:28&quot;}",
            "pub({publicationDate:\"May 3, 2019\"})",
        ] {
            assert_eq!(days(script), [day], "{script}");
        }
        for script in ["{\"publisher\":\"2019-05-03\"}", "\"published\": true", "publishedDate: x", "publication: 12"] {
            assert_eq!(days(script), [], "{script}");
        }
    }
}
