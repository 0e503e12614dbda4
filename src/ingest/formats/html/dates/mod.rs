//! Raw dates of an html page, each with the score of its field.
//!
//! Every place that may tell a day is read: [`fields`] for machines (JSON-LD, meta elements, the page's own address,
//! values in scripts), [`visible`] for readers (`time` elements, microdata, elements whose class speaks of dates, and
//! printed dates by what stands around them). The score says how often such a field is the day of publication; dates
//! inside related links, comments, sidebars and footers count less. [`weigh`] then lets fields explain each other.
//! After the ranking of evidence in htmldate (Barbaresi 2020). `O(n)` in the page.

mod fields;
mod labels;
mod outline;
mod visible;
mod weigh;

use jiff::civil::Date;
use trafilatura::dom::Document as Page;

use self::outline::Outline;
use self::visible::Visible;
use crate::document::MetaDate;
use crate::ingest::date::{Printed, PrintedDay, printed_days};

/// So many dates that a page shows are looked at, from its top: a page with more is a list, and its own date stands
/// above it.
const MAX_SHOWN: usize = 600;

/// A date of a page before it is weighed against the others.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    day: Printed,
    /// The day with the month first, where digits can be read both ways.
    other: Option<Date>,
    score: f32,
    rule: &'static str,
    says: String,
    /// Where it stands in the words of the page; `None` for what only machines read.
    place: Option<usize>,
    /// The printed words.
    words: Option<String>,
    /// Told by a reader in a comment.
    is_comment: bool,
    /// It stands beside the article or in a comment.
    is_beside: bool,
}

impl Found {
    fn new(day: Printed, score: f32, rule: &'static str, says: String) -> Self {
        Self { day, other: None, score, rule, says, place: None, words: None, is_comment: false, is_beside: false }
    }
}

/// The dates of a page, `text` being the article taken out of it.
pub(super) fn meta_dates(page: &Page, text: &str) -> Vec<MetaDate> {
    let outline = Outline::new(page);
    let days = printed_days(&outline.words);
    let is_month_first = is_month_first(page, &outline, &days);
    let mut found = machine_dates(page, &outline, is_month_first);
    let visible = Visible::new(page, &outline, is_month_first);
    found.extend(visible.in_attributes().take(MAX_SHOWN));
    found.extend(visible.printed(days.get(..MAX_SHOWN).unwrap_or(&days)));
    weigh::weighed(found, &months_of(page, &outline), text)
}

/// Are dates in digits read month first? As the page's own dates show, else as Americans do.
fn is_month_first(page: &Page, outline: &Outline, days: &[PrintedDay]) -> bool {
    let orders: Vec<bool> = days.iter().filter_map(|day| day.order(&outline.words)).collect();
    let n_first = orders.iter().filter(|&&is_first| is_first).count();
    if n_first * 2 != orders.len() {
        return n_first * 2 > orders.len();
    }
    let root = outline.elements.iter().find(|element| element.tag == "html");
    let lang = root.and_then(|root| page.get_attribute(root.id, "lang")).unwrap_or_default();
    matches!(lang.to_ascii_lowercase().as_str(), "en" | "en-us" | "en_us")
}

/// What machines read: meta elements, links, scripts.
fn machine_dates(page: &Page, outline: &Outline, is_month_first: bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut in_scripts = Vec::new();
    for element in &outline.elements {
        match element.tag {
            "meta" => found.extend(fields::meta(page, element.id, is_month_first)),
            "link" => {
                let is_own = page
                    .get_attribute(element.id, "rel")
                    .is_some_and(|rel| matches!(rel.as_str(), "canonical" | "amphtml"));
                let address = page.get_attribute(element.id, "href").filter(|_| is_own);
                found.extend(address.and_then(|address| fields::address(&address, "canonical-url")));
            }
            "script" => {
                let script = page.text_content(element.id);
                let kind = page.get_attribute(element.id, "type").unwrap_or_default().to_ascii_lowercase();
                let is_read =
                    kind.contains("ld+json") && fields::json_ld(&script, is_month_first, &mut found).is_some();
                if !is_read {
                    in_scripts.extend(fields::script_values(&script, is_month_first));
                }
            }
            _ => {}
        }
    }
    found.extend(script_dates(in_scripts));
    found
}

/// Values of scripts: where all are of one day it is the page's, else they are of many articles, the first maybe of it.
fn script_dates(values: Vec<(Printed, String)>) -> Vec<Found> {
    let is_one = values.windows(2).all(|pair| matches!(pair, [left, right] if left.0.date == right.0.date));
    let score = if is_one { 0.8 } else { 0.5 };
    (values.into_iter().take(if is_one { 1 } else { 2 }))
        .map(|(day, name)| {
            let says = format!("A script of the page gives “{name}” {}", day.date);
            Found::new(day, score, "script", says)
        })
        .collect()
}

/// The months that the page's own address and its picture's stand under.
fn months_of(page: &Page, outline: &Outline) -> Vec<(i16, i8)> {
    let mut months = Vec::new();
    for element in outline.elements.iter().filter(|element| matches!(element.tag, "meta" | "link")) {
        let attribute = |name: &str| page.get_attribute(element.id, name);
        let name = attribute("property").or_else(|| attribute("name")).or_else(|| attribute("rel"));
        let is_own = matches!(name.as_deref(), Some("og:url" | "canonical" | "og:image" | "amphtml"));
        let address = attribute("content").or_else(|| attribute("href")).filter(|_| is_own);
        months.extend(address.and_then(|address| fields::month_in_address(&address)));
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Time, date};

    fn dates(html: &str) -> Vec<(Date, Option<Time>, String)> {
        let mut found = meta_dates(&Page::parse(html), "");
        found.sort_by(|left, right| right.score.total_cmp(&left.score));
        found.into_iter().map(|found| (found.date, found.time, found.evidence.rule)).collect()
    }

    fn first(html: &str) -> (Date, String) {
        let found = dates(html);
        found.into_iter().next().map(|(date, _, rule)| (date, rule)).unwrap()
    }

    #[test]
    fn fields_are_read_in_order_of_trust() {
        let html = "<html><head><meta property='article:published_time' content='2019-05-03T23:30:00-07:00'>\
            <meta property='article:modified_time' content='2019-06-01'>\
            <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-05-03T08:15\"}</script>\
            <link rel='canonical' href='https://a.example/2019/05/02/x.html'></head>\
            <body><h1>Harbor opens</h1><time datetime='2019-05-04'>4 May</time></body></html>";
        let found = dates(html);
        let at = |hour, minute| Time::new(hour, minute, 0, 0).ok();
        assert_eq!(found[0], (date(2019, 5, 3), at(8, 15), "json-ld".to_owned()));
        assert_eq!(found[1], (date(2019, 5, 3), at(23, 30), "meta".to_owned()));
        assert_eq!((found[2].0, found[2].2.as_str()), (date(2019, 5, 2), "canonical-url"));
        assert_eq!((found[3].0, found[3].2.as_str()), (date(2019, 5, 4), "time-element"));
        assert_eq!(found[4].2, "meta-modified");
    }

    #[test]
    fn a_stamp_in_greenwich_time_becomes_the_local_day() {
        let page = |stamp: &str, rest: &str| {
            format!(
                "<head><meta property='article:published_time' content='{stamp}'></head><body><h1>A title</h1>{rest}"
            )
        };
        let printed = "<p class='date'>4 May 2019</p>";
        assert_eq!(first(&page("2019-05-03T23:30:00Z", printed)).0, date(2019, 5, 4));
        assert_eq!(first(&page("2019-05-05T02:30:00Z", printed)).0, date(2019, 5, 4));
        // Nine in the morning in Greenwich is the same day everywhere to the west, and none prints the next.
        assert_eq!(first(&page("2019-05-03T09:30:00Z", printed)).0, date(2019, 5, 3));
        assert_eq!(first(&page("2019-05-03T23:30:00+02:00", printed)).0, date(2019, 5, 3));
    }

    #[test]
    fn words_before_a_date_tell_what_it_is_of() {
        let page = |words: &str| format!("<body><h1>Harbor opens at last</h1>{words}<p>Some words.</p></body>");
        let cases = [
            ("<ul><li><span>Datum:</span>3. Mai 2019</li><li>Mitglied seit: 1. Mai 2010</li></ul>", "labeled"),
            ("<p>Letzte Änderung: 5.5.2019<br>Erschienen am: 3.5.2019</p>", "labeled"),
            ("<p>By A. Writer | 3 May 2019 | 2 comments</p>", "printed"),
            (
                "<p>3.5.2019 - Ships of all sizes came to the harbor, which had been closed since it was built.</p>",
                "printed",
            ),
            ("<p>By A. Writer, 3.5.19</p>", "printed"),
            ("<span data-published-at='1556884800'>a while ago</span>", "data-attribute"),
            ("<script>var page = {\"publishDate\": \"2019-05-03\"}</script>", "script"),
        ];
        for (words, rule) in cases {
            assert_eq!(first(&page(words)), (date(2019, 5, 3), rule.to_owned()), "{words}");
        }
    }

    #[test]
    fn dates_beside_the_article_count_less() {
        for beside in [
            "<div class='sidebar'><span class='date'>1 May 2020</span></div>",
            "<footer><p class='date'>1 May 2020</p></footer>",
            "<div class='comment'><time datetime='2020-05-01'>1 May</time></div>",
        ] {
            let html = format!("<body>{beside}<h1>Title of it</h1><p class='date'>3 May 2019</p>{beside}</body>");
            assert_eq!(first(&html), (date(2019, 5, 3), "date-class".to_owned()), "{beside}");
        }
    }

    #[test]
    fn a_list_of_dates_is_not_the_date() {
        let posts: String = (1..9).map(|day| format!("<p itemprop='datePublished'>{day} June 2020</p>")).collect();
        let html = format!("<body><h1>Title of it</h1><time datetime='2019-05-03'>3 May</time>{posts}</body>");
        assert_eq!(first(&html).0, date(2019, 5, 3));
    }

    #[test]
    fn digits_are_read_in_the_order_of_the_page() {
        let page = |lang: &str, rest: &str| {
            format!("<html lang='{lang}'><body><h1>Title of it</h1><p class='date'>03/05/2019</p>{rest}</body></html>")
        };
        assert_eq!(first(&page("en-us", "")).0, date(2019, 3, 5));
        assert_eq!(first(&page("en-gb", "")).0, date(2019, 5, 3));
        assert_eq!(first(&page("en-us", "<p>Next one on 28/06/2019</p>")).0, date(2019, 5, 3));
        assert_eq!(first(&page("en-us", "<time datetime='2019-05-03'>May</time>")).0, date(2019, 5, 3));
    }

    #[test]
    fn words_that_the_article_holds_once_are_lit() {
        let html =
            "<body><h1>Title of it</h1><p>3 May 2019</p><p>It was told on 1 May 2019 and on 1 May 2019.</p></body>";
        let text = "Title of it\n\n3 May 2019\n\nIt was told on 1 May 2019 and on 1 May 2019.";
        let ranges: Vec<_> = (meta_dates(&Page::parse(html), text).into_iter())
            .map(|found| (found.date.day(), found.evidence.range.map(|range| range.of(text))))
            .collect();
        assert_eq!(ranges, [(3, Some("3 May 2019")), (1, None)]);
    }
}
