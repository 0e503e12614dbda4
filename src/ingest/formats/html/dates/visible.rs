//! Dates that a page shows its readers: `time` elements, microdata, elements whose class speaks of dates, and printed
//! dates by what stands around them.
//!
//! A date alone in its line, with a word such as "Published" before it, or at the start of a paragraph is likelier the
//! page's own than one within prose; near the headline likelier than far from it; beside the article or in a reader's
//! comment hardly.

use trafilatura::dom::Document as Page;

use super::Found;
use super::labels::{Label, label};
use super::outline::{Element, Outline};
use crate::ingest::date::{Printed, PrintedDay, epoch, stamp};
use crate::text::{ByteRange, tokens};

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
    "created",
    "submitted",
    "article-info",
    "article__meta",
    "article-meta",
    "meta-info",
    "datum",
    "fecha",
    "data-pub",
    "post-time",
    "story-time",
    "art-time",
    "parution",
];

/// Attributes that give the day of their element.
const DAY_ATTRIBUTES: &[&str] = &["datetime", "content", "title"];

/// An element for dates holds at most this many bytes.
const MAX_PRINTED_BYTES: usize = 200;

/// A label stands at most this many bytes before its date.
const MAX_LABEL_BYTES: usize = 48;

/// A line with more bytes than this beside its date is a sentence.
const MAX_AROUND_LABEL: usize = 110;

/// A line with a date and no more than this many other letters is about nothing else.
const MAX_ALONE: usize = 40;

/// The dates a page shows, in its own order.
pub(super) struct Visible<'a> {
    page: &'a Page,
    outline: &'a Outline<'a>,
    is_month_first: bool,
}

impl<'a> Visible<'a> {
    pub(super) fn new(page: &'a Page, outline: &'a Outline<'a>, is_month_first: bool) -> Self {
        Self { page, outline, is_month_first }
    }

    /// What attributes of elements give.
    pub(super) fn in_attributes(&self) -> impl Iterator<Item = Found> + '_ {
        (0..self.outline.elements.len()).filter_map(|idx| self.attribute(idx))
    }

    fn attribute(&self, idx: usize) -> Option<Found> {
        let element = self.outline.elements.get(idx)?;
        if matches!(element.tag, "meta" | "script" | "link" | "style" | "html" | "head" | "body") {
            return None;
        }
        let attribute = |name: &str| self.page.get_attribute(element.id, name);
        let kind = self.kind(element);
        let value = if kind.is_some() {
            DAY_ATTRIBUTES.iter().find_map(|name| stamp(&attribute(name)?, self.is_month_first))
        } else {
            None
        };
        let (rule, score, day) = match (kind, value) {
            (Some((rule, score)), Some(day)) => (rule, score, day),
            (Some(_), None) => return None,
            (None, _) => ("data-attribute", 0.6, self.data_attribute(element)?),
        };
        let words = element.range.trimmed(&self.outline.words);
        let label = label(words.of(&self.outline.words).get(..words.len().min(MAX_LABEL_BYTES)).unwrap_or_default());
        let score = self.placed(score, rule, idx, label);
        let says = format!("The page gives {} in an element for dates", day.date);
        let found = Found::new(day, score, rule, says);
        let is_beside = element.is_comment || element.is_aside;
        Some(Found { place: Some(element.range.start), is_comment: element.is_comment, is_beside, ..found })
    }

    /// "data-date", "data-published", "data-timestamp": a day or seconds since 1970.
    fn data_attribute(&self, element: &Element) -> Option<Printed> {
        let names = self.page.attribute_names(element.id);
        let is_date = |name: &str| {
            name.starts_with("data-") && ["date", "time", "publi"].iter().any(|part| name.contains(part))
                || matches!(name, "pubdate" | "datetime")
        };
        let name = names.iter().find(|name| is_date(name))?;
        let value = self.page.get_attribute(element.id, name)?;
        epoch(&value).or_else(|| stamp(&value, self.is_month_first))
    }

    /// What an element says it is, with the score of such elements.
    fn kind(&self, element: &Element) -> Option<(&'static str, f32)> {
        let property = self.page.get_attribute(element.id, "itemprop").unwrap_or_default();
        let is_time = element.tag == "time";
        let has_title = || self.page.get_attribute(element.id, "title").is_some();
        if property.split_whitespace().any(|name| matches!(name, "datePublished" | "dateCreated" | "uploadDate"))
            || is_time && self.page.get_attribute(element.id, "pubdate").is_some()
        {
            Some(("microdata", 0.94))
        } else if is_time || element.tag == "abbr" && has_title() {
            Some(("time-element", 0.74))
        } else if DATE_CLASSES.iter().any(|part| element.class.contains(part)) {
            Some(("date-class", 0.6))
        } else {
            None
        }
    }

    /// What is printed.
    pub(super) fn printed(&self, days: &[PrintedDay]) -> Vec<Found> {
        days.iter().filter_map(|&day| self.printed_day(day)).collect()
    }

    fn printed_day(&self, day: PrintedDay) -> Option<Found> {
        let words = &self.outline.words;
        let idx = self.outline.element_at(day.range.start)?;
        let line = self.outline.line(day.range);
        let label = self.label_before(line, day.range);
        let around = self.outline.around(idx).take_while(|element| element.range.len() <= MAX_PRINTED_BYTES);
        let kind = around.filter_map(|element| self.kind(element)).next();
        let n_other = line.of(words).chars().count().saturating_sub(day.range.len());
        let is_opening = day.range.start <= line.start + 2;
        let (rule, score) = match kind {
            Some(kind) => kind,
            None if label == Some(Label::Published) => ("labeled", 0.66),
            None if label == Some(Label::Modified) && n_other <= MAX_ALONE => ("changed", 0.36),
            None if n_other <= MAX_ALONE => ("printed", 0.46),
            None if is_opening => ("printed", 0.42),
            None => ("prose", 0.2),
        };
        // A year of two digits is one only where something says that this is a date.
        if day.is_short && matches!(rule, "printed" | "prose") && !self.is_near(idx) {
            return None;
        }
        let score = self.placed(score, rule, idx, label);
        let printed = day.range.of(words);
        let says = match rule {
            "prose" => format!("The page tells of {printed}"),
            _ => format!("The page prints {printed}"),
        };
        let date = day.read(self.is_month_first);
        let day_printed = Printed { date, time: day.time(words), is_utc: false };
        let found = Found::new(day_printed, score, rule, says);
        let element = self.outline.elements.get(idx)?;
        Some(Found {
            place: Some(day.range.start),
            words: Some(printed.to_owned()),
            other: day.other,
            is_comment: element.is_comment,
            is_beside: element.is_comment || element.is_aside,
            ..found
        })
    }

    /// A word right before a date, in its line or in the short line before it, that says what it is the date of.
    fn label_before(&self, line: ByteRange, day: ByteRange) -> Option<Label> {
        let words = &self.outline.words;
        let tail = |range: ByteRange| {
            let mut start = range.end.saturating_sub(MAX_LABEL_BYTES).max(range.start);
            while !words.is_char_boundary(start) {
                start += 1;
            }
            ByteRange::new(start, range.end).of(words)
        };
        let before = ByteRange::new(line.start, day.start);
        if before.trimmed(words).len() > 1 {
            // In a sentence such a word is a verb of something else, unless the sentence starts with it.
            let is_sentence = line.len() - day.len() > MAX_AROUND_LABEL && tokens(words, before).count() > 2;
            return label(tail(before)).filter(|_| !is_sentence);
        }
        let above = self.outline.line_before(line).filter(|above| above.len() <= MAX_LABEL_BYTES)?;
        label(tail(above))
    }

    /// A score with what the place of an element and its label add to it or take from it.
    fn placed(&self, score: f32, rule: &str, idx: usize, label: Option<Label>) -> f32 {
        let Some(element) = self.outline.elements.get(idx) else { return score };
        let holds = |part: &str| self.outline.around(idx).take(3).any(|element| element.class.contains(part));
        let is_modified = holds("modified")
            || self.outline.around(idx).take(3).any(|element| {
                self.page
                    .get_attribute(element.id, "itemprop")
                    .is_some_and(|property| property.contains("dateModified"))
            });
        let mut score = score;
        if !matches!(rule, "microdata" | "changed") {
            score += self.closeness(idx);
        }
        if is_modified {
            score = score.min(0.4);
        } else if holds("updated") && !holds("publi") {
            // The class of a microformat, which many pages give to their only date.
            score -= 0.12;
        } else {
            score -= match label {
                // The day of a change is better than any day that is only told.
                Some(Label::Modified) if rule == "changed" => 0.0,
                Some(Label::Modified) => 0.25,
                Some(Label::Other) => 0.35,
                _ => 0.0,
            };
        }
        if matches!(rule, "printed" | "prose") && !self.is_near(idx) {
            score -= if rule == "prose" { 0.15 } else { 0.21 };
        }
        if element.is_comment {
            score -= 0.3;
        } else if element.is_aside {
            score -= 0.2;
        }
        score
    }

    /// How many elements after the headline, negative before it.
    fn distance(&self, idx: usize) -> Option<i64> {
        let heading = self.outline.heading?;
        Some(i64::try_from(idx).ok()? - i64::try_from(heading).ok()?)
    }

    fn is_near(&self, idx: usize) -> bool {
        self.distance(idx).is_some_and(|distance| (-20..=60).contains(&distance))
    }

    /// Up to a tenth for elements near the headline; what stands above it may belong to the page.
    fn closeness(&self, idx: usize) -> f32 {
        match self.distance(idx) {
            Some(0..=15) => 0.1,
            Some(16..=40 | -10..=-1) => 0.07,
            Some(41..=90 | -20..=-11) => 0.03,
            _ => 0.0,
        }
    }
}
