//! Dated facts that narrow a publication date: who held an office when, how many members, what happened when.
//!
//! Every entry names its source; every entry can be switched off by the reader.

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
