//! A few numbers over all rows of a file, written with every change: what tells a row that is missing, or one of another
//! moment, from a file that is whole.
//!
//! A row's own sum tells whether the row is as it was written, not whether all rows are there: a page may have lost some of
//! them, or be one of last week, and still be sound by itself. For each kind of row it is the sum of the rows' sums, so
//! that a change costs what it changes; the order of the articles is taken by itself. Original files and the view stand apart.

use rusqlite::{Connection, OptionalExtension as _, Params};

use super::schema;

/// The fact it is kept under.
pub const KEY: &str = "tally";

/// What is counted by itself, so that it can be said what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Articles,
    Decisions,
    Steps,
    /// The codebook, how the dates came about, a running import.
    Others,
    /// The places of the open articles.
    Order,
}

impl Part {
    /// In the order of the numbers of a [`Tally`].
    const ALL: [Self; 5] = [Self::Articles, Self::Decisions, Self::Steps, Self::Others, Self::Order];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The sums of the parts.
    sums: [i64; 5],
}

impl Tally {
    /// Puts the sum of a row in the place of another one; `None` for no row.
    pub fn swap(&mut self, part: Part, old: Option<i64>, new: Option<i64>) {
        let sum = self.sum_mut(part);
        *sum = sum.wrapping_sub(old.unwrap_or(0)).wrapping_add(new.unwrap_or(0));
    }

    fn sum_mut(&mut self, part: Part) -> &mut i64 {
        let [articles, decisions, steps, others, order] = &mut self.sums;
        match part {
            Part::Articles => articles,
            Part::Decisions => decisions,
            Part::Steps => steps,
            Part::Others => others,
            Part::Order => order,
        }
    }

    /// In what the rows are other than what was kept.
    pub fn faults(&self, kept: &Self) -> Vec<Part> {
        let pairs = self.sums.iter().zip(&kept.sums).zip(Part::ALL);
        pairs.filter(|((is, was), _)| is != was).map(|(_, part)| part).collect()
    }

    /// Takes the rows of the open articles with their places, in order of the rows.
    pub fn set_places(&mut self, places: impl Iterator<Item = (i64, i64)>) {
        let bytes: Vec<u8> =
            places.flat_map(|(row, place)| [row.to_be_bytes(), place.to_be_bytes()]).flatten().collect();
        *self.sum_mut(Part::Order) = if bytes.is_empty() { 0 } else { schema::sum(&[&bytes]) };
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sums.map(|sum| sum.to_string()).join(" "))
    }
}

impl std::str::FromStr for Tally {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let sums: Result<Vec<i64>, _> = text.split(' ').map(str::parse).collect();
        let sums = sums.map_err(|_| ())?;
        Ok(Self { sums: sums.try_into().map_err(|_| ())? })
    }
}

/// What the file says; `None` where that is not as it was kept.
pub fn kept(connection: &Connection) -> Option<Tally> {
    super::opening::fact(connection, KEY)?.parse().ok()
}

/// The sum of the row that a query finds.
pub fn sum_of(connection: &Connection, query: &str, of: impl Params) -> rusqlite::Result<Option<i64>> {
    connection.prepare_cached(query)?.query_row(of, |row| row.get(0)).optional()
}

/// The sum of a fact that counts; one that is empty has no row, or one that says nothing.
pub fn of_fact(key: &str, value: &str) -> Option<i64> {
    (!value.is_empty()).then(|| schema::sum(&[b"fact", key.as_bytes(), value.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_rows_have_the_same_tally_however_they_came() {
        let (mut one, mut other) = (Tally::default(), Tally::default());
        one.swap(Part::Articles, None, Some(i64::MAX));
        one.swap(Part::Articles, None, Some(7));
        one.swap(Part::Articles, Some(7), Some(9));
        other.swap(Part::Articles, None, Some(9));
        other.swap(Part::Articles, None, Some(i64::MAX));
        assert_eq!(one, other);
        one.set_places([(1, 10), (2, 20)].into_iter());
        assert_ne!(one, other);
        other.set_places([(1, 20), (2, 10)].into_iter());
        assert_ne!(one, other);
        assert_eq!(one.faults(&other), [Part::Order]);
        other.swap(Part::Steps, None, Some(1));
        assert_eq!(one.faults(&other), [Part::Steps, Part::Order]);
        assert_eq!(one.to_string().parse(), Ok(one));
        assert!("7".parse::<Tally>().is_err());
    }
}
