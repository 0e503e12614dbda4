//! Citations as CSL-JSON, the input of citeproc (schema 1.0.2): an array of items of the type `article-newspaper`.
//!
//! An estimated day has `circa`; where no single day is known, what is printed stands as a `literal`. `O(n)`.

use serde::Serialize;

use super::keys::Entry;
use crate::export::facts::one_line;
use crate::report::briefing::model::{Source, When};

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[Name; 1]>,
    #[serde(rename = "container-title")]
    container_title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annote: Option<&'a str>,
}

#[derive(Serialize)]
struct Name {
    literal: String,
}

#[derive(Serialize)]
struct Issued<'a> {
    #[serde(rename = "date-parts", skip_serializing_if = "Option::is_none")]
    date_parts: Option<[[i16; 3]; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    literal: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    circa: bool,
}

/// The array, indented, with a line end after it.
pub(super) fn csl(entries: &[Entry<'_>], annotation: Option<&str>) -> String {
    let items: Vec<Item<'_>> = entries.iter().map(|entry| item(entry, annotation)).collect();
    // Strings, numbers and booleans always have a form in JSON.
    serde_json::to_string_pretty(&items).unwrap_or_default() + "\n"
}

fn item<'a>(entry: &'a Entry<'_>, annotation: Option<&'a str>) -> Item<'a> {
    let source = entry.source;
    Item {
        id: &entry.key,
        kind: "article-newspaper",
        title: (!source.headline.is_empty()).then(|| one_line(&source.headline)),
        author: source.author.as_deref().map(|author| [Name { literal: one_line(author) }]),
        container_title: one_line(&source.outlet),
        issued: issued(&source.when),
        note: note(source),
        annote: annotation,
    }
}

/// `None` where nothing is known of the day.
fn issued(when: &When) -> Option<Issued<'_>> {
    let circa = when.is_estimate;
    match when.iso {
        Some(day) => {
            let parts = [day.year(), i16::from(day.month()), i16::from(day.day())];
            Some(Issued { date_parts: Some([parts]), literal: None, circa })
        }
        None => super::keys::year(when).map(|_| Issued { date_parts: None, literal: Some(&when.day), circa }),
    }
}

fn note(source: &Source) -> Option<String> {
    let entered = source.is_outlet_entered.then_some("outlet entered by the reader");
    let notes: Vec<&str> = source.notes.iter().map(String::as_str).chain(entered).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::citations::keys;

    #[test]
    fn an_item_says_how_its_day_is_known() {
        let mut source = Source {
            number: 1,
            outlet: "The Pilot".to_owned(),
            is_outlet_entered: false,
            headline: "The \"pier\"".to_owned(),
            author: Some("Ana Lund".to_owned()),
            when: When {
                day: "29 Jan 2023".to_owned(),
                month: "Jan 2023".to_owned(),
                iso: Some(jiff::civil::date(2023, 1, 29)),
                is_estimate: true,
            },
            notes: vec!["translation".to_owned()],
            n_quoted_words: 0,
        };
        let read = |source: &Source| -> serde_json::Value {
            serde_json::from_str(&csl(&keys::entries([source]), None)).unwrap()
        };
        assert_eq!(
            read(&source),
            serde_json::json!([{
                "id": "thepilot2023a", "type": "article-newspaper", "title": "The \"pier\"",
                "author": [{"literal": "Ana Lund"}], "container-title": "The Pilot",
                "issued": {"date-parts": [[2023, 1, 29]], "circa": true}, "note": "translation",
            }])
        );
        source.when.iso = None;
        source.when.day = "3 to 11 Sep 2017".to_owned();
        assert_eq!(read(&source)[0]["issued"], serde_json::json!({"literal": "3 to 11 Sep 2017", "circa": true}));
        source.when.day = "undated".to_owned();
        assert_eq!(read(&source)[0].get("issued"), None);
    }
}
