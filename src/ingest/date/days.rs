//! Weights on days: the common measure of all evidence.
//!
//! A weight is a whole number of thousandths of the natural logarithm of a likelihood (0 fits, -693 half as well,
//! -6908 a thousandth). Whole numbers make sums exact, so days that fit equally stay equal on every machine.
//! Adding a [`Shape`] costs one pass over the days, some 14,000 of them.

use jiff::civil::Date;
use jiff::{Span, Unit};

/// The first day that is weighed. What is older is dated only where the text says so in full.
pub(super) const FIRST_YEAR: i16 = 1990;

/// Thousandths of a logarithm of likelihood.
pub(super) type Weight = i32;

/// As good as excluded: one in a thousand.
pub(super) const RULED_OUT: Weight = -6908;

/// A day as a count from the first of January of [`FIRST_YEAR`].
pub(super) fn number(date: Date) -> i32 {
    let first = first_day();
    first.until((Unit::Day, date)).map_or(0, |span| span.get_days())
}

/// The day of a number; the first day where it is out of range.
pub(super) fn day(number: i32) -> Date {
    first_day().checked_add(Span::new().days(number)).unwrap_or(first_day())
}

fn first_day() -> Date {
    jiff::civil::date(FIRST_YEAR, 1, 1)
}

/// One piece of evidence as weights: `base` everywhere but in the pieces; where pieces overlap the heaviest counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    base: Weight,
    /// (first day, last day, weight on the first, change a day).
    pieces: Vec<(i32, i32, Weight, Weight)>,
    /// Weights that come back every week, the first for day 0, in place of `base`.
    weekly: Option<[Weight; 7]>,
}

impl Shape {
    pub(super) fn new(base: Weight) -> Self {
        Self { base, pieces: Vec::new(), weekly: None }
    }

    /// Weights that come back every week, the first for day 0.
    pub(super) fn weekly(weights: [Weight; 7]) -> Self {
        Self { base: Weight::MIN, pieces: Vec::new(), weekly: Some(weights) }
    }

    fn ground(&self, number: i32) -> Weight {
        self.weekly.map_or(self.base, |weights| weights[number.rem_euclid(7) as usize])
    }

    /// The same weight from `first` to `last`.
    pub(super) fn flat(mut self, first: i32, last: i32, weight: Weight) -> Self {
        self.pieces.push((first, last, weight, 0));
        self
    }

    /// A weight that changes by `step` a day.
    pub(super) fn slope(mut self, first: i32, last: i32, weight: Weight, step: Weight) -> Self {
        self.pieces.push((first, last, weight, step));
        self
    }

    /// From `first` on, whatever comes.
    pub(super) fn from(self, first: i32, weight: Weight) -> Self {
        self.flat(first, i32::MAX, weight)
    }

    /// All pieces of `other` too: either may hold.
    pub(super) fn or(mut self, other: Self) -> Self {
        self.base = self.base.max(other.base);
        self.pieces.extend(other.pieces);
        self
    }

    /// The weight of one day.
    pub(super) fn at(&self, number: i32) -> Weight {
        (self.pieces.iter())
            .filter(|&&(first, last, ..)| first <= number && number <= last)
            .map(|&(first, _, weight, step)| weight.saturating_add(step.saturating_mul(number - first)))
            .max()
            .map_or(self.ground(number), |weight| weight.max(self.ground(number)))
    }

    /// Adds these weights to `sums`, one a day from day 0. `scratch` is room of the same length.
    ///
    /// Weights are thousandths of a logarithm, a slope runs over months at most and an article has some hundred clues,
    /// so the plain sums stay far from the bounds of [`Weight`], and the loops become vector instructions.
    pub(super) fn add_to(&self, sums: &mut [Weight], scratch: &mut [Weight]) {
        let end = i32::try_from(sums.len()).unwrap_or(i32::MAX);
        match self.weekly {
            None => scratch.fill(self.base),
            Some(weights) => {
                for week in scratch.chunks_mut(7) {
                    week.copy_from_slice(&weights[..week.len()]);
                }
            }
        }
        for &(first, last, weight, step) in &self.pieces {
            let from = first.clamp(0, end);
            let to = last.saturating_add(1).clamp(from, end);
            let Some(days) = scratch.get_mut(from as usize..to as usize) else { continue };
            if step == 0 {
                for day in days {
                    *day = (*day).max(weight);
                }
                continue;
            }
            let mut value = weight.saturating_add(step.saturating_mul(from - first.min(from)));
            for day in days {
                *day = (*day).max(value);
                value = value.saturating_add(step);
            }
        }
        for (sum, weight) in sums.iter_mut().zip(scratch) {
            *sum += *weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_and_days_are_inverse() {
        for date in [date(1990, 1, 1), date(2000, 2, 29), date(2026, 12, 31)] {
            assert_eq!(day(number(date)), date);
        }
        assert_eq!(number(date(1990, 2, 1)), 31);
    }

    #[test]
    fn one_day_and_all_days_agree() {
        let shape = Shape::new(-5000).flat(3, 5, 0).slope(5, 9, -100, -10).slope(-4, 1, -50, -50).from(20, -700);
        let mut sums = vec![0; 30];
        shape.add_to(&mut sums, &mut [0; 30]);
        for (idx, &sum) in sums.iter().enumerate() {
            assert_eq!(sum, shape.at(idx as i32), "{idx}");
        }
        let weekly = Shape::weekly([0, -1, -2, -3, -4, -5, -6]);
        let mut sums_weekly = vec![0; 30];
        weekly.add_to(&mut sums_weekly, &mut [0; 30]);
        assert_eq!((sums_weekly[8], weekly.at(8), weekly.at(6)), (-1, -1, -6));
        assert_eq!((sums[2], sums[5], sums[7], sums[0], sums[29]), (-5000, 0, -120, -250, -700));
    }
}
