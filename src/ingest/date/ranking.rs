//! The date that the metadata of a file give: days ranked by the fields that tell them.
//!
//! Strong fields mean the publication and nothing else: among nearly equal ones the day that the page also shows its
//! readers, else the earliest, since pages are changed and seldom backdated. Weak fields of several kinds that agree
//! are worth more than one; a tie goes to the one nearer the head. `O(n log n)` in the fields, of which there are few.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::days::FIRST_YEAR;
use crate::document::{DateBasis, DateCandidate, MetaDate, Published};

/// Fields within this of the strongest count as equal.
const NEAR: f32 = 0.04;

/// From here on a field is strong: its page means the publication and nothing else.
const STRONG: f32 = 0.85;

/// From here on what a page shows says something.
pub(super) const SHOWN: f32 = 0.55;

/// Below this a field says less than the article's own words: a date somewhere in the page.
pub(super) const WORTH: f32 = 0.15;

/// What each other kind of field that gives the same day adds.
const SECOND: f32 = 0.05;

/// Days whose fields come so near to the best are rivals of it, and listed.
const RIVAL: f32 = 0.12;

/// At most so many fields are shown as evidence.
const MAX_EVIDENCE: usize = 8;

/// A day with what speaks for it.
#[derive(Clone, Debug, Default)]
struct Day<'a> {
    fields: Vec<&'a MetaDate>,
    kinds: BTreeSet<&'a str>,
    /// The score of its best field.
    score: f32,
    /// The best score of a field that readers see.
    shown: f32,
}

impl Day<'_> {
    /// The score with a little for each further kind of field.
    fn seconded(&self) -> f32 {
        self.score + SECOND * self.kinds.len().saturating_sub(1).min(3) as f32
    }

    fn first_place(&self, dates: &[MetaDate]) -> usize {
        let best = self.fields.iter().find(|field| field.score >= self.score);
        best.and_then(|best| dates.iter().position(|date| std::ptr::eq(date, *best))).unwrap_or(usize::MAX)
    }
}

/// The date with its rivals; `None` where no field gives a day that can be.
pub(super) fn from_metadata(dates: &[MetaDate], today: Date) -> Option<Published> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for field in dates.iter().filter(|field| field.date <= today && field.date.year() >= FIRST_YEAR) {
        let day = days.entry(field.date).or_default();
        day.fields.push(field);
        day.kinds.insert(field.evidence.rule.as_str());
        day.score = day.score.max(field.score);
        if is_shown(field) {
            day.shown = day.shown.max(field.score);
        }
    }
    let top = days.values().map(|day| day.score).max_by(f32::total_cmp)?;
    let (&date, chosen) = if top >= STRONG {
        let near = || days.iter().filter(|(_, day)| day.score >= top - NEAR);
        near().find(|(_, day)| day.shown >= SHOWN).or_else(|| near().next())
    } else {
        days.iter().max_by(|(_, left), (_, right)| {
            let order = left.seconded().total_cmp(&right.seconded());
            order.then_with(|| right.first_place(dates).cmp(&left.first_place(dates)))
        })
    }?;
    let confidence = if chosen.kinds.len() > 1 { chosen.score.max(0.9) } else { chosen.score };
    let rivals: Vec<(Date, f32)> = (days.iter())
        .filter(|&(&day, rival)| day != date && rival.seconded() >= chosen.seconded() - RIVAL)
        .map(|(&day, rival)| (day, rival.seconded()))
        .collect();
    let time = chosen.fields.iter().filter(|field| field.score >= chosen.score - NEAR).find_map(|field| field.time);
    let mut shown: Vec<&MetaDate> = chosen.fields.clone();
    let others = days.iter().filter(|&(&day, _)| day != date).flat_map(|(_, day)| day.fields.first().copied());
    let mut others: Vec<&MetaDate> = others.collect();
    others.sort_by(|left, right| right.score.total_cmp(&left.score));
    shown.sort_by(|left, right| right.score.total_cmp(&left.score));
    shown.truncate(MAX_EVIDENCE - 2);
    shown.extend(others);
    Some(Published {
        earliest: rivals.iter().map(|&(day, _)| day).chain([date]).min(),
        latest: rivals.iter().map(|&(day, _)| day).chain([date]).max(),
        best: Some(date),
        time,
        candidates: candidates(date, confidence, rivals),
        basis: DateBasis::Metadata,
        confidence,
        evidence: shown.into_iter().take(MAX_EVIDENCE).map(|field| field.evidence.clone()).collect(),
        set_by_user: false,
    })
}

/// A date that the text gives, with what the page's fields say as further evidence.
pub(super) fn with_fields(mut published: Published, fields: Published) -> Published {
    let n_free = MAX_EVIDENCE.saturating_sub(published.evidence.len()).max(2);
    published.evidence.extend(fields.evidence.into_iter().take(n_free));
    published
}

/// What readers of the page see.
fn is_shown(field: &MetaDate) -> bool {
    matches!(field.evidence.rule.as_str(), "microdata" | "time-element" | "date-class" | "labeled" | "printed")
}

/// The day with the confidence in it; its rivals share the rest by their scores.
fn candidates(date: Date, confidence: f32, mut rivals: Vec<(Date, f32)>) -> Vec<DateCandidate> {
    rivals.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    let total: f32 = rivals.iter().map(|&(_, score)| score).sum();
    let weight = |score: f32| ((1.0 - confidence) * score / total.max(1.0)).min(confidence);
    let others = rivals.iter().map(|&(date, score)| DateCandidate { date, weight: weight(score) });
    std::iter::once(DateCandidate { date, weight: confidence }).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Evidence;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 1, 31);

    fn field(day: i8, score: f32, rule: &str) -> MetaDate {
        let evidence = Evidence { rule: rule.to_owned(), range: None, says: format!("{rule} {day}"), fact: None };
        MetaDate { date: date(2019, 5, day), time: None, score, evidence }
    }

    fn best(fields: &[MetaDate]) -> i8 {
        from_metadata(fields, TODAY).unwrap().best.unwrap().day()
    }

    #[test]
    fn the_best_day_by_its_fields() {
        let cases: [(&[MetaDate], i8); 5] = [
            // The earliest of strong fields, unless readers are shown another.
            (&[field(4, 0.96, "json-ld"), field(3, 0.95, "meta")], 3),
            (&[field(4, 0.96, "json-ld"), field(3, 0.95, "meta"), field(4, 0.7, "date-class")], 4),
            (&[field(5, 0.4, "meta-modified"), field(3, 0.95, "meta")], 3),
            // Weak fields of two kinds that agree.
            (&[field(4, 0.7, "date-class"), field(3, 0.68, "meta-date"), field(3, 0.5, "printed")], 3),
            // A tie goes to the first.
            (&[field(4, 0.5, "printed"), field(3, 0.5, "printed")], 4),
        ];
        for (fields, expected) in cases {
            assert_eq!(best(fields), expected, "{fields:?}");
        }
    }

    #[test]
    fn rivals_and_changes_are_shown() {
        let fields = [field(4, 0.7, "date-class"), field(3, 0.66, "labeled"), field(9, 0.4, "changed")];
        let published = from_metadata(&fields, TODAY).unwrap();
        assert_eq!((published.earliest, published.latest), (Some(date(2019, 5, 3)), Some(date(2019, 5, 4))));
        assert_eq!(published.candidates.len(), 2);
        assert!(published.candidates.iter().map(|candidate| candidate.weight).sum::<f32>() <= 1.0);
        let says: Vec<&str> = published.evidence.iter().map(|evidence| evidence.says.as_str()).collect();
        assert_eq!(says, ["date-class 4", "labeled 3", "changed 9"]);
    }

    #[test]
    fn days_to_come_are_out() {
        let mut late = field(3, 0.96, "json-ld");
        late.date = date(2026, 2, 1);
        assert_eq!(from_metadata(std::slice::from_ref(&late), TODAY), None);
        assert_eq!(best(&[late, field(3, 0.4, "meta-modified")]), 3);
    }
}
