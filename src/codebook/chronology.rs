//! Dated facts that narrow a publication date: who held an office when, how many members, what happened when.
//!
//! Every entry names its source; every entry can be switched off by the reader, by its id: its kind, its name in lower
//! case with hyphens and its first day, as in `office:moon-jae-in:2017-05-10`. The id is made from the entry itself, so
//! it stays the same when entries are added or reordered. Terms of one person that share their wordings are one fact
//! under the id of the first: a text says "President Trump", and not of which term.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::WordingIndex;

/// The dated facts of a codebook.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chronology {
    #[serde(default)]
    pub offices: Vec<Office>,
    #[serde(default)]
    pub memberships: Vec<Membership>,
    #[serde(default)]
    pub events: Vec<Event>,
    #[serde(default)]
    pub series: Vec<Series>,
    /// Finds their wordings in a text.
    #[serde(skip)]
    pub index: WordingIndex,
}

/// What one fact says, for lists and switches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// Stable id, such as `event:sixth-north-korean-nuclear-test:2017-09-03`.
    pub id: String,
    /// What it is about: a person, an institution, an event.
    pub label: String,
    pub source: String,
}

impl Chronology {
    /// All facts in order of kind and entry, each once.
    pub fn facts(&self) -> Vec<Fact> {
        let offices = self.offices.iter().map(|office| (self.office_id(office), &office.person, &office.source));
        let memberships =
            (self.memberships.iter()).map(|membership| (membership.id(), &membership.institution, &membership.source));
        let events = self.events.iter().map(|event| (event.id(), &event.label, &event.source));
        let series = self.series.iter().map(|series| (series.id(), &series.label, &series.source));
        let mut seen = BTreeSet::new();
        (offices.chain(memberships).chain(events).chain(series))
            .filter(|(id, ..)| seen.insert(id.clone()))
            .map(|(id, label, source)| Fact { id, label: label.clone(), source: source.clone() })
            .collect()
    }

    /// The id of the fact that an office belongs to: that of the person's first term in it.
    pub fn office_id(&self, office: &Office) -> String {
        let first = self.terms(office).map(|term| term.from).min().unwrap_or(office.from);
        fact_id("office", &office.person, Some(first))
    }

    /// All terms that the wordings of an office may mean, itself among them.
    pub fn terms<'a>(&'a self, office: &'a Office) -> impl Iterator<Item = &'a Office> {
        self.offices
            .iter()
            .filter(|other| other.person == office.person && other.names.iter().any(|name| office.names.contains(name)))
    }

    /// The facts whose id an earlier one has too: kind and number of the entry, the id, and the name under which it
    /// stands.
    pub(super) fn shared_ids(&self) -> Vec<(&'static str, usize, String, &str)> {
        let offices = self.offices.iter().enumerate().map(|(idx, office)| {
            ("offices", idx, fact_id("office", &office.person, Some(office.from)), office.person.as_str())
        });
        let memberships = (self.memberships.iter().enumerate())
            .map(|(idx, membership)| ("memberships", idx, membership.id(), membership.institution.as_str()));
        let events =
            self.events.iter().enumerate().map(|(idx, event)| ("events", idx, event.id(), event.label.as_str()));
        let series =
            self.series.iter().enumerate().map(|(idx, series)| ("series", idx, series.id(), series.label.as_str()));
        let mut seen = BTreeSet::new();
        (offices.chain(memberships).chain(events).chain(series))
            .filter(|(_, _, id, _)| !seen.insert(id.clone()))
            .collect()
    }
}

/// `office:moon-jae-in:2017-05-10`.
fn fact_id(kind: &str, name: &str, from: Option<Date>) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let from = from.map_or_else(String::new, |from| format!(":{from}"));
    format!("{kind}:{}{from}", words.join("-"))
}

/// Somebody holds an office from one day to another; a text that gives the person this office was written then.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// "Moon Jae-in".
    pub person: String,
    /// Wordings that show person and office together: "President Moon Jae-in", "President Moon". Case counts.
    pub names: Vec<String>,
    /// First day in office.
    pub from: Date,
    /// Last day in office, `None` while it goes on.
    #[serde(default)]
    pub to: Option<Date>,
    pub source: String,
}

/// The number of members an institution had from one day to another: "29 ambassadors".
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    pub institution: String,
    /// Wordings that state the number: "29 ambassadors", "29 allies". Case does not count.
    pub names: Vec<String>,
    pub from: Date,
    #[serde(default)]
    pub to: Option<Date>,
    pub source: String,
}

impl Membership {
    /// `membership:nato:2017-06-05`.
    pub fn id(&self) -> String {
        fact_id("membership", &self.institution, Some(self.from))
    }
}

/// Something that happened on a day; it also stands as a mark on the axis of Positions.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Short label: "sixth nuclear test".
    pub label: String,
    /// Wordings that mean this event and no other. Case does not count; `*` stands for up to three words.
    #[serde(default)]
    pub names: Vec<String>,
    /// First day.
    pub from: Date,
    /// Last day, the same as the first where absent.
    #[serde(default)]
    pub to: Option<Date>,
    /// True for what goes on to be told for years: then it only says that an article is not older.
    #[serde(default)]
    pub lasting: bool,
    pub source: String,
}

impl Event {
    /// `event:sixth-north-korean-nuclear-test:2017-09-03`.
    pub fn id(&self) -> String {
        fact_id("event", &self.label, Some(self.from))
    }
}

/// Something that happens again and again under one name: games, regular meetings, visits. The day or year that a
/// text tells beside the name picks the occasion; without one, any of them may be meant.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Short label: "Winter Olympics".
    pub label: String,
    /// Wordings that mean one of the occasions. Case does not count; `*` stands for up to three words.
    pub names: Vec<String>,
    pub occasions: Vec<Occasion>,
    pub source: String,
}

impl Series {
    /// `series:winter-olympics`; its days are those of its occasions.
    pub fn id(&self) -> String {
        fact_id("series", &self.label, None)
    }
}

/// One time that a [`Series`] took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    /// First day.
    pub from: Date,
    /// Last day, the same as the first where absent.
    #[serde(default)]
    pub to: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn office(person: &str, name: &str, from: Date, to: Option<Date>) -> Office {
        let source = "list of offices".to_owned();
        Office { person: person.to_owned(), names: vec![name.to_owned()], from, to, source }
    }

    #[test]
    fn facts_have_ids_that_outlive_their_order() {
        let first = office("Ana Ruiz-Soto", "Mayor Ruiz", date(2010, 1, 2), Some(date(2014, 1, 1)));
        let second = office("Ana Ruiz-Soto", "Mayor Ruiz", date(2018, 1, 2), None);
        let other = office("Ana Ruiz-Soto", "Senator Ruiz", date(2015, 1, 2), None);
        let series = Series {
            label: "Harbor Week".to_owned(),
            names: Vec::new(),
            occasions: Vec::new(),
            source: "town list".to_owned(),
        };
        let mut chronology =
            Chronology { offices: vec![second, first, other], series: vec![series], ..Chronology::default() };
        let ids = |chronology: &Chronology| -> BTreeSet<String> {
            chronology.facts().into_iter().map(|fact| fact.id).collect()
        };
        let expected: BTreeSet<String> =
            ["office:ana-ruiz-soto:2010-01-02", "office:ana-ruiz-soto:2015-01-02", "series:harbor-week"]
                .map(str::to_owned)
                .into();
        assert_eq!(ids(&chronology), expected);
        chronology.offices.reverse();
        assert_eq!(ids(&chronology), expected);

        assert_eq!(chronology.shared_ids(), []);
        chronology.offices.push(office("Ana Ruiz Soto", "Consul Ruiz", date(2010, 1, 2), None));
        let shared = ("offices", 3, "office:ana-ruiz-soto:2010-01-02".to_owned(), "Ana Ruiz Soto");
        assert_eq!(chronology.shared_ids(), [shared]);
    }
}
