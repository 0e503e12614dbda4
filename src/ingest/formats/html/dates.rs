//! Raw dates of an html page, each with the score of its field.
//!
//! Every place that may tell a day is read: JSON-LD, meta elements, microdata, the canonical address, `time` elements,
//! elements whose class speaks of dates, and printed dates near the headline. The score says how often such a field is
//! the day of publication; dates inside related links, comments, sidebars and footers count less. The local day is
//! kept as printed, whatever its time zone. After the ranking of evidence in htmldate (Barbaresi 2020).
//! `O(n)` in the elements, times the depth for those that hold a date.

use jiff::civil::Date;
use trafilatura::dom::{Document as Page, NodeId};

use crate::document::{Evidence, MetaDate};
use crate::ingest::date::{Printed, printed_day, stamp};

/// Meta keys that mean the publication, folded to letters and digits.
const PUBLISHED: &[&str] = &[
    "analyticsattributesarticledate",
    "articlecreateat",
    "articlecreated",
    "articledate",
    "articledateoriginal",
    "articlepublicationdate",
    "articlepublished",
    "articlepublishedtime",
    "btpubdate",
    "citationdate",
    "citationonlinedate",
    "citationpublicationdate",
    "createdat",
    "cxenseparserecspublishtime",
    "datecreated",
    "datepublished",
    "dccreated",
    "dcdate",
    "dcdatecreated",
    "dcdateissued",
    "dcdatepublication",
    "dcissued",
    "dctermscreated",
    "dctermsdate",
    "dctermsissued",
    "displaydate",
    "issuedate",
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
    "publishdate",
    "publisheddate",
    "publishedtime",
    "publishtime",
    "publishedat",
    "releasedate",
    "rnewsdatepublished",
    "sailthrudate",
    "shareaholicarticlepublishedtime",
    "timepublished",
    "videoreleasedate",
    "weiboarticlecreateat",
];

/// Meta keys that may mean anything that has a date.
const VAGUE: &[&str] = &[
    "created",
    "date",
    "dat",
    "doctime",
    "firstpublished",
    "lastupdatecreated",
    "timestamp",
    "itempubdate",
    "pagedate",
];

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
    "modified",
    "modifiedtime",
    "ogmodifiedtime",
    "ogupdatedtime",
    "revised",
    "revisiondate",
    "updated",
    "updatedtime",
];

/// Parts of class names and ids that speak of the date.
const DATE_CLASSES: &[&str] = &[
    "date",
    "publi",
    "posted",
    "postmeta",
    "post-meta",
    "post_meta",
    "entry-meta",
    "entry-time",
    "timestamp",
    "time-stamp",
    "byline",
    "dateline",
    "created",
    "submitted",
    "article-info",
    "article__meta",
    "article-meta",
    "meta-info",
    "datum",
    "fecha",
    "data-pub",
    "pubdate",
    "post-time",
    "story-time",
    "art-time",
];

/// Parts of class names and ids of what stands beside the article.
const ASIDE_CLASSES: &[&str] = &[
    "related",
    "comment",
    "sidebar",
    "footer",
    "recommend",
    "widget",
    "teaser",
    "more-",
    "popular",
    "latest",
    "trending",
    "recent",
    "archive",
    "calendar",
    "breaking",
    "ticker",
    "nav",
    "promo",
    "newsletter",
    "similar",
    "next-",
    "prev-",
];

/// A printed date is looked for in elements of at most this many bytes.
const MAX_PRINTED_BYTES: usize = 200;

/// The dates of a page in its own order, strong fields and weak ones.
pub(super) fn meta_dates(page: &Page, html: &str) -> Vec<MetaDate> {
    let elements = page.iter(page.root(), &[]);
    let heading = elements.iter().position(|&id| page.tag_name(id) == "h1");
    let is_us = elements.first().is_some_and(|&id| {
        page.get_attribute(id, "lang")
            .is_some_and(|lang| matches!(lang.to_ascii_lowercase().as_str(), "en" | "en-us" | "en_us"))
    });
    let mut finder = Finder { page, heading, is_us, found: Vec::new() };
    for (idx, &id) in elements.iter().enumerate() {
        finder.element(idx, id);
    }
    finder.broken_json(html);
    finder.found
}

struct Finder<'a> {
    page: &'a Page,
    /// Index of the first `h1` among the elements.
    heading: Option<usize>,
    /// Are dates in digits read month first?
    is_us: bool,
    found: Vec<MetaDate>,
}

impl Finder<'_> {
    fn push(&mut self, day: Printed, score: f32, rule: &str, says: String) {
        let Printed { date, time } = day;
        let evidence = Evidence { rule: rule.to_owned(), range: None, says, fact: None };
        self.found.push(MetaDate { date, time, score, evidence });
    }

    fn element(&mut self, idx: usize, id: NodeId) {
        let tag = self.page.tag_name(id).to_owned();
        match tag.as_str() {
            "meta" => self.meta(id),
            "script" => self.json_ld(id),
            "link" => {
                let is_own = self.page.get_attribute(id, "rel").is_some_and(|rel| rel == "canonical");
                let address = self.page.get_attribute(id, "href").filter(|_| is_own);
                self.address(address.as_deref(), "canonical-url");
            }
            "style" | "head" | "html" | "body" => {}
            _ => self.visible(idx, id, &tag),
        }
    }

    fn meta(&mut self, id: NodeId) {
        let attribute = |name: &str| self.page.get_attribute(id, name);
        let Some(content) = attribute("content") else { return };
        let Some(name) = attribute("property")
            .or_else(|| attribute("name"))
            .or_else(|| attribute("itemprop"))
            .or_else(|| attribute("http-equiv"))
        else {
            return;
        };
        let key: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match key.as_str() {
            "ogurl" => return self.address(Some(&content), "og-url"),
            "ogimage" | "twitterimage" => {
                if let Some(date) = day_in_address(&content) {
                    self.push(
                        Printed { date, time: None },
                        0.2,
                        "image-url",
                        "The address of the page's picture holds the day".to_owned(),
                    );
                }
                return;
            }
            _ => {}
        }
        let score = if PUBLISHED.contains(&key.as_str()) {
            0.95
        } else if VAGUE.contains(&key.as_str()) {
            0.9
        } else if MODIFIED.contains(&key.as_str()) {
            0.4
        } else {
            return;
        };
        if let Some(day) = stamp(&content, self.is_us) {
            let rule = if score < 0.5 { "meta-modified" } else { "meta" };
            self.push(day, score, rule, format!("The page's “{name}” is {}", content.trim()));
        }
    }

    fn address(&mut self, address: Option<&str>, rule: &str) {
        if let Some(date) = address.and_then(day_in_address) {
            self.push(Printed { date, time: None }, 0.88, rule, "The page's own address holds the day".to_owned());
        }
    }

    fn json_ld(&mut self, id: NodeId) {
        if !self.page.get_attribute(id, "type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) {
            return;
        }
        let script = self.page.text_content(id);
        let cleaned = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
        if let Ok(value) = serde_json::from_str::<serde_json::Value>(cleaned) {
            self.json(&value);
        }
    }

    /// `serde_json` refuses nesting above 128 levels, so recursion is bounded.
    fn json(&mut self, value: &serde_json::Value) {
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| self.json(item)),
            serde_json::Value::Object(fields) => {
                let kind = fields.get("@type").map(ToString::to_string).unwrap_or_default();
                let is_article = ["Article", "Posting", "Report"].iter().any(|part| kind.contains(part));
                let is_part = ["Comment", "Review", "Video", "Image", "Audio", "Event", "Person"]
                    .iter()
                    .any(|part| kind.contains(part));
                for (field, score) in [("datePublished", 0.96), ("dateCreated", 0.9), ("dateModified", 0.4)] {
                    let Some(day) = fields.get(field).and_then(|field| stamp(field.as_str()?, self.is_us)) else {
                        continue;
                    };
                    let score = if is_part {
                        score - 0.45
                    } else if is_article {
                        score
                    } else {
                        score - 0.03
                    };
                    let rule = if field == "dateModified" { "json-ld-modified" } else { "json-ld" };
                    self.push(day, score, rule, format!("The page's JSON-LD gives {field} {}", day.date));
                }
                fields.values().for_each(|field| self.json(field));
            }
            _ => {}
        }
    }

    /// JSON that does not parse, or stands in other scripts: by pattern.
    fn broken_json(&mut self, html: &str) {
        if self.found.iter().any(|found| found.evidence.rule == "json-ld") {
            return;
        }
        let Some((_, rest)) = html.split_once("\"datePublished\"") else { return };
        let value: Option<&str> =
            rest.trim_start().strip_prefix(':').and_then(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
        if let Some(day) = value.filter(|value| value.len() < 60).and_then(|value| stamp(value, self.is_us)) {
            self.push(day, 0.91, "json-pattern", format!("A script of the page gives datePublished {}", day.date));
        }
    }

    fn visible(&mut self, idx: usize, id: NodeId, tag: &str) {
        let attribute = |name: &str| self.page.get_attribute(id, name);
        let property = attribute("itemprop").unwrap_or_default();
        let value = attribute("datetime").or_else(|| attribute("content")).or_else(|| attribute("title"));
        let class = format!("{} {}", attribute("class").unwrap_or_default(), attribute("id").unwrap_or_default())
            .to_ascii_lowercase();
        let is_dated = DATE_CLASSES.iter().any(|part| class.contains(part));
        let is_published = property.split_whitespace().any(|name| matches!(name, "datePublished" | "dateCreated"))
            || (tag == "time" && attribute("pubdate").is_some());
        let is_modified = property.contains("dateModified")
            || class.contains("updated") && !class.contains("published")
            || class.contains("modified");
        let score = match () {
            () if is_published => 0.94,
            () if tag == "time" => 0.74,
            () if is_dated && tag == "abbr" && value.is_some() => 0.74,
            () if is_dated => 0.6,
            () => return self.plain_text(idx, id),
        };
        let day =
            value.filter(|_| score > 0.7).and_then(|value| stamp(&value, self.is_us)).or_else(|| self.printed(id));
        let Some(day) = day else { return };
        let score = if is_modified {
            0.4
        } else if score > 0.9 {
            score
        } else {
            score + self.closeness(idx)
        };
        let score = score - self.aside(id) - self.update(id);
        let rule = if is_published {
            "microdata"
        } else if tag == "time" {
            "time-element"
        } else {
            "date-class"
        };
        self.push(day, score, rule, format!("The page prints {} in an element for dates", day.date));
    }

    /// A short element with a printed date: near the headline it is likely the article's, elsewhere hardly.
    fn plain_text(&mut self, idx: usize, id: NodeId) {
        if !self.page.children(id).is_empty() {
            return;
        }
        let is_near = self.heading.is_some_and(|heading| idx <= heading + 60 && idx + 20 >= heading);
        let Some(day) = self.printed(id) else { return };
        let (score, rule) = if is_near { (0.46, "near-heading") } else { (0.25, "printed") };
        let score = score + self.closeness(idx) - self.aside(id) - self.update(id);
        if score > 0.0 {
            self.push(day, score, rule, format!("The page prints {}", day.date));
        }
    }

    fn printed(&self, id: NodeId) -> Option<Printed> {
        let words = self.page.iter_text(id, " ");
        (words.len() <= MAX_PRINTED_BYTES).then(|| printed_day(&words, self.is_us)).flatten()
    }

    /// Up to a tenth for elements near the headline.
    fn closeness(&self, idx: usize) -> f32 {
        let Some(heading) = self.heading else { return 0.0 };
        match idx.abs_diff(heading) {
            0..=15 => 0.1,
            16..=40 => 0.07,
            41..=90 => 0.03,
            _ => 0.0,
        }
    }

    /// What an element loses by standing beside the article.
    fn aside(&self, id: NodeId) -> f32 {
        let mut next = Some(id);
        while let Some(id) = next {
            let tag = self.page.tag_name(id);
            if matches!(tag, "article" | "main" | "body") {
                break;
            }
            let class = format!("{} {}", self.page.class_name(id), self.page.id_attr(id)).to_ascii_lowercase();
            if matches!(tag, "aside" | "footer" | "nav") || ASIDE_CLASSES.iter().any(|part| class.contains(part)) {
                return 0.2;
            }
            next = self.page.parent(id);
        }
        0.0
    }

    /// What an element loses by calling its date an update.
    fn update(&self, id: NodeId) -> f32 {
        let words = self.page.iter_text(id, " ").to_lowercase();
        let is_update = [
            "updated",
            "modified",
            "last edit",
            "aktualisiert",
            "mis à jour",
            "actualizado",
            "aggiornato",
            "bijgewerkt",
        ]
        .iter()
        .any(|word| words.contains(word));
        let is_both = ["publish", "posted", "erstellt", "publié", "publicado", "pubblicato"]
            .iter()
            .any(|word| words.contains(word));
        if is_update && !is_both { 0.25 } else { 0.0 }
    }
}

/// "/2018/04/26/", "/2018-04-26-", "/20180426/" in an address.
fn day_in_address(address: &str) -> Option<Date> {
    let bytes = address.as_bytes();
    let digits = |from: usize, n: usize| -> Option<i16> {
        let part = bytes.get(from..from + n)?;
        part.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(part).ok()?.parse().ok()).flatten()
    };
    (0..bytes.len()).find_map(|start| {
        let is_start = start == 0 || !bytes[start - 1].is_ascii_digit();
        let year = digits(start, 4).filter(|year| is_start && (1990..2100).contains(year))?;
        let separator = *bytes.get(start + 4)?;
        let step = usize::from(matches!(separator, b'/' | b'-' | b'_' | b'.'));
        if step == 0 && !separator.is_ascii_digit() {
            return None;
        }
        let month = digits(start + 4 + step, 2)?;
        let day_start = start + 6 + 2 * step;
        if step == 1 && bytes.get(day_start - 1) != Some(&separator) {
            return None;
        }
        let day = digits(day_start, 2)?;
        if bytes.get(day_start + 2).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Time, date};

    fn at(hour: i8, minute: i8) -> Option<Time> {
        Time::new(hour, minute, 0, 0).ok()
    }

    fn dates(html: &str) -> Vec<(Date, Option<Time>, String)> {
        let page = Page::parse(html);
        let mut found = meta_dates(&page, html);
        found.sort_by(|left, right| right.score.total_cmp(&left.score));
        found.into_iter().map(|found| (found.date, found.time, found.evidence.rule)).collect()
    }

    #[test]
    fn fields_are_read_in_order_of_trust() {
        let html = "<html><head><meta property='article:published_time' content='2019-05-03T23:30:00-07:00'>\
            <meta property='article:modified_time' content='2019-06-01'>\
            <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-05-03T08:15\"}</script>\
            <link rel='canonical' href='https://a.example/2019/05/02/x.html'></head>\
            <body><h1>Harbor opens</h1><time datetime='2019-05-04'>4 May</time></body></html>";
        let found = dates(html);
        assert_eq!(found[0], (date(2019, 5, 3), at(8, 15), "json-ld".to_owned()));
        assert_eq!(found[1], (date(2019, 5, 3), at(23, 30), "meta".to_owned()));
        assert_eq!((found[2].0, found[2].2.as_str()), (date(2019, 5, 2), "canonical-url"));
        assert_eq!((found[3].0, found[3].2.as_str()), (date(2019, 5, 4), "time-element"));
        assert_eq!(found[4].2, "meta-modified");
    }

    #[test]
    fn printed_dates_in_many_languages() {
        for words in [
            "26. April 2018",
            "26 avril 2018",
            "26 de abril de 2018",
            "26 апреля 2018",
            "April 26, 2018",
            "26.04.2018",
            "2018年4月26日",
        ] {
            let html = format!("<body><h1>Title of it</h1><p class='post-date'>{words}</p></body>");
            assert_eq!(dates(&html).first().map(|found| found.0), Some(date(2018, 4, 26)), "{words}");
        }
    }

    #[test]
    fn dates_beside_the_article_count_less() {
        let html = "<body><div class='sidebar'><span class='date'>1 May 2020</span></div><h1>Title of it</h1>\
            <p class='date'>3 May 2019</p></body>";
        let found = dates(html);
        assert_eq!(found[0].0, date(2019, 5, 3));
    }

    #[test]
    fn addresses_hold_days() {
        assert_eq!(day_in_address("https://a.example/2017/11/07/x"), Some(date(2017, 11, 7)));
        assert_eq!(day_in_address("https://a.example/x-20171107.html"), Some(date(2017, 11, 7)));
        assert_eq!(day_in_address("https://a.example/id/201711075555"), None);
        assert_eq!(day_in_address("https://a.example/2017/11/"), None);
    }
}
