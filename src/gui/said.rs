//! When a statement was made, in words: the day it was said where the text tells, else the day of its article.

use crate::analysis::statements::Statement;
use crate::document::{DateBasis, Document, Published};
use crate::report::dates;

/// How a day of publication is known, in one word: "est.", "stated", "entered".
pub fn basis_label(published: &Published) -> &'static str {
    match published.basis {
        _ if published.set_by_user => "entered",
        DateBasis::Stated => "stated",
        DateBasis::Metadata => "metadata",
        DateBasis::Inferred => "est.",
        DateBasis::Unknown => "no date",
    }
}

/// The day of a statement as it is shown beside its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dated {
    /// Must *est.* stand before it?
    pub is_estimate: bool,
    /// "29 Jan 2023", "undated".
    pub day: String,
    /// "published", "said", "entered"; empty where *est.* says enough.
    pub note: &'static str,
    /// What else it may have been: "22 or 29 Jan".
    pub interval: Option<String>,
}

/// The day a statement was made, else the day its article was published.
pub fn statement_day(document: &Document, statement: &Statement) -> Dated {
    let published = &document.published;
    let label = dates::label(published);
    let Some(day) = statement.said.or_else(|| published.day()) else {
        return Dated { day: label.day, ..Dated::default() };
    };
    if !statement.said_is_estimate && statement.said.is_some() && published.day() != Some(day) {
        return Dated { day: dates::day(day), note: "said", ..Dated::default() };
    }
    let is_estimate = label.is_estimate;
    if published.set_by_user && published.best.is_none() {
        // The reader entered a month or a year, so no day is told.
        return Dated { day: label.day, note: "entered", ..Dated::default() };
    }
    let note = match (is_estimate, published.set_by_user) {
        (true, _) => "",
        (false, true) => "entered",
        (false, false) => "published",
    };
    let interval = Some(label.detail).filter(|detail| is_estimate && !detail.is_empty());
    Dated { is_estimate, day: dates::day(day), note, interval }
}
