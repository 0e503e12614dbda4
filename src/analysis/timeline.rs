//! Dates as places on an axis that folds empty years: pure geometry, no color, no pixel.
//!
//! Time runs true inside a segment. A gap without any day is folded where it is both long and a large part of the
//! whole; the fold is a segment of its own, so that whoever draws it can say how much it leaves out and nobody draws a
//! line across it. Cost: one pass over the days.

use jiff::civil::Date;
use jiff::{Span, Unit};

/// Gaps shorter than this stay: "feels right", a reader still sees a year and a half at one glance.
const MIN_GAP_DAYS: i32 = 731;
/// A gap is folded only from this part of the whole stretch on, so that evenly spaced days keep true time.
const MIN_GAP_SHARE: f32 = 0.25;
/// What is kept of a gap on either side of a fold.
const MARGIN_MONTHS: i32 = 2;
/// More ticks than this are noise.
const MAX_TICKS: usize = 60;

/// A stretch of the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub from: Date,
    pub to: Date,
    /// Place on the axis, 0.0..=1.0.
    pub start: f32,
    pub end: f32,
    pub is_folded: bool,
}

impl Segment {
    /// The length in years and months, such as "4 y 5 m".
    pub fn length_label(&self) -> String {
        let Ok(span) = self.from.until((Unit::Year, self.to)) else { return String::new() };
        let (years, months) = (span.get_years(), span.get_months());
        match (years, months) {
            (0, _) => format!("{months} m"),
            (_, 0) => format!("{years} y"),
            _ => format!("{years} y {months} m"),
        }
    }
}

/// A mark on the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    pub day: Date,
    /// 0.0..=1.0.
    pub place: f32,
    /// Does a year begin here?
    pub is_year: bool,
}

/// A mapping from days to 0.0..=1.0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    pub segments: Vec<Segment>,
}

impl Timeline {
    /// The axis that shows all of `days`, in any order. Each fold takes `fold_share` of it, 0.0..=0.2.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use throughline::analysis::timeline::Timeline;
    /// let axis = Timeline::of(&[date(2018, 4, 26), date(2018, 5, 20), date(2023, 1, 29)], 0.05);
    /// assert_eq!(axis.segments.iter().filter(|segment| segment.is_folded).count(), 1);
    /// assert_eq!(axis.segments[1].length_label(), "4 y 4 m");
    /// ```
    pub fn of(days: &[Date], fold_share: f32) -> Self {
        let mut days = days.to_vec();
        days.sort_unstable();
        days.dedup();
        let (Some(&first), Some(&last)) = (days.first(), days.last()) else { return Self::default() };
        let total = n_days(first, last);
        let mut stretches = Vec::new();
        let mut from = first;
        for pair in days.windows(2) {
            let gap = n_days(pair[0], pair[1]);
            if gap >= MIN_GAP_DAYS && gap as f32 >= MIN_GAP_SHARE * total as f32 {
                let margin = Span::new().months(MARGIN_MONTHS);
                let (fold_from, fold_to) = (pair[0].saturating_add(margin), pair[1].saturating_sub(margin));
                stretches.extend([(from, fold_from, false), (fold_from, fold_to, true)]);
                from = fold_to;
            }
        }
        stretches.push((from, last, false));
        pad_ends(&mut stretches);
        Self { segments: spread(&stretches, fold_share.clamp(0.0, 0.2)) }
    }

    /// The place of a day, 0.0..=1.0; days outside the axis stand at its ends.
    pub fn place(&self, day: Date) -> f32 {
        let Some(segment) = self.segments.iter().find(|segment| day <= segment.to) else { return 1.0 };
        let length = n_days(segment.from, segment.to).max(1) as f32;
        let share = (n_days(segment.from, day) as f32 / length).clamp(0.0, 1.0);
        segment.start + share * (segment.end - segment.start)
    }

    /// Does a fold lie between two days?
    pub fn is_apart(&self, left: Date, right: Date) -> bool {
        let (left, right) = (left.min(right), left.max(right));
        self.folds().any(|fold| left <= fold.from && fold.to <= right)
    }

    /// Is the day drawn, that is: on the axis and not inside a fold?
    pub fn shows(&self, day: Date) -> bool {
        self.segments.iter().any(|segment| !segment.is_folded && segment.from <= day && day <= segment.to)
    }

    pub fn folds(&self) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(|segment| segment.is_folded)
    }

    /// The first days of months, quarters, years or decades, whichever is the finest that stays calm.
    pub fn ticks(&self) -> Vec<Tick> {
        let grains = [1, 3, 12, 60, 120];
        let ticks = |months| self.ticks_every(months);
        grains.into_iter().map(ticks).find(|ticks| ticks.len() <= MAX_TICKS).unwrap_or_default()
    }

    fn ticks_every(&self, months: i32) -> Vec<Tick> {
        let mut ticks = Vec::new();
        for segment in self.segments.iter().filter(|segment| !segment.is_folded) {
            let Ok(mut day) = Date::new(segment.from.year() - segment.from.year().rem_euclid(10), 1, 1) else {
                continue;
            };
            while day <= segment.to && ticks.len() <= MAX_TICKS {
                let place = self.place(day);
                // A fold may be too narrow to part the ticks at its two ends; the earlier one stands.
                let is_beyond = ticks.last().is_none_or(|last: &Tick| last.place < place);
                if day >= segment.from && is_beyond {
                    ticks.push(Tick { day, place, is_year: day.month() == 1 });
                }
                let Ok(next) = day.checked_add(Span::new().months(months)) else { break };
                day = next;
            }
        }
        ticks
    }
}

/// Some air before the first and after the last day, so that no mark stands on the edge.
fn pad_ends(stretches: &mut [(Date, Date, bool)]) {
    let shown: i32 = stretches.iter().filter(|stretch| !stretch.2).map(|stretch| n_days(stretch.0, stretch.1)).sum();
    let air = Span::new().days((shown / 20).clamp(7, 400));
    if let Some(first) = stretches.first_mut() {
        first.0 = first.0.saturating_sub(air);
    }
    if let Some(last) = stretches.last_mut() {
        last.1 = last.1.saturating_add(air);
    }
}

fn spread(stretches: &[(Date, Date, bool)], fold_share: f32) -> Vec<Segment> {
    let n_folds = stretches.iter().filter(|stretch| stretch.2).count();
    let shown: i32 = stretches.iter().filter(|stretch| !stretch.2).map(|stretch| n_days(stretch.0, stretch.1)).sum();
    let day_share = (1.0 - n_folds as f32 * fold_share) / shown.max(1) as f32;
    let mut start = 0.0;
    let mut segments = Vec::with_capacity(stretches.len());
    for &(from, to, is_folded) in stretches {
        let length = if is_folded { fold_share } else { n_days(from, to) as f32 * day_share };
        segments.push(Segment { from, to, start, end: (start + length).min(1.0), is_folded });
        start += length;
    }
    segments
}

fn n_days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn sparse() -> Vec<Date> {
        vec![date(2024, 6, 19), date(2017, 9, 6), date(2017, 11, 7), date(2018, 4, 26), date(2023, 1, 29)]
    }

    #[test]
    fn one_long_empty_stretch_is_folded_and_says_its_length() {
        let axis = Timeline::of(&sparse(), 0.05);
        let folds: Vec<_> = axis.folds().collect();
        assert_eq!(folds.len(), 1);
        assert_eq!(folds[0].length_label(), "4 y 5 m");
        assert!((folds[0].end - folds[0].start - 0.05).abs() < 1e-4);
        assert!(axis.is_apart(date(2018, 4, 26), date(2023, 1, 29)));
        assert!(axis.is_apart(date(2023, 1, 29), date(2018, 4, 26)));
        assert!(!axis.is_apart(date(2023, 1, 29), date(2024, 6, 19)));
        assert!(!axis.shows(date(2020, 1, 1)));
        assert!(axis.shows(date(2018, 5, 20)));
    }

    #[test]
    fn time_runs_true_outside_of_folds_and_never_backwards() {
        let axis = Timeline::of(&sparse(), 0.05);
        let per_day = |from: Date, to: Date| (axis.place(to) - axis.place(from)) / n_days(from, to) as f32;
        let early = per_day(date(2017, 9, 6), date(2018, 4, 26));
        let late = per_day(date(2023, 1, 29), date(2024, 6, 19));
        assert!((early - late).abs() < 1e-6, "{early} {late}");
        let mut days = sparse();
        days.sort();
        let places: Vec<f32> = days.iter().map(|day| axis.place(*day)).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        assert!(places[0] > 0.0 && places[4] < 1.0);
        assert_eq!(axis.place(date(1900, 1, 1)), 0.0);
        assert_eq!(axis.place(date(2100, 1, 1)), 1.0);
    }

    #[test]
    fn evenly_spaced_years_keep_true_time() {
        let days: Vec<Date> = (0..9).map(|idx| date(1990 + 3 * idx, 5, 1)).collect();
        assert_eq!(Timeline::of(&days, 0.05).folds().count(), 0);
    }

    #[test]
    fn no_day_and_one_day_have_an_axis_too() {
        assert_eq!(Timeline::of(&[], 0.05), Timeline::default());
        assert_eq!(Timeline::default().place(date(2020, 1, 1)), 1.0);
        let axis = Timeline::of(&[date(2020, 1, 1), date(2020, 1, 1)], 0.05);
        assert!((axis.place(date(2020, 1, 1)) - 0.5).abs() < 1e-3);
    }

    #[test]
    fn ticks_stay_calm_over_any_stretch() {
        for (from, to) in [(2017, 2018), (1990, 2020), (1600, 2020)] {
            let ticks = Timeline::of(&[date(from, 3, 1), date(to, 3, 1)], 0.0).ticks();
            assert!(!ticks.is_empty() && ticks.len() <= MAX_TICKS, "{from}-{to}: {}", ticks.len());
            assert!(ticks.windows(2).all(|pair| pair[0].place < pair[1].place));
        }
    }
}
