//! Reads the rows of a damaged file of SQLite, without SQLite: what still stands in the file, and how much does not.
//!
//! It knows the published file format (<https://www.sqlite.org/fileformat2.html>) and nothing of any schema. SQLite finds
//! a row by walking a tree from its root, and loses with one broken page all that hangs on it. Here **every page of the
//! file** is looked at: whatever is a leaf of a table (`pages`) gives its cells, each record is put together over its
//! overflow pages and decoded (`record`). So a row is lost only where one of its own pages is. Rows are told apart by
//! their first value, which must be text: the tables of this program begin with a constant tag.
//!
//! **What does not come back.** What was deleted: only cells that a page names are read, never the gaps between them,
//! and `secure_delete` has SQLite write zeros over freed cells and pages. In a file that was written without it, freed
//! pages would be read like others. UTF-16 is not read, nor is a journal beside the file: SQLite must have rolled it back.
//! A row that was torn over two places while its page was split may come twice.
//!
//! **What is not checked** is what was written inside a value: a flipped letter is a letter. Callers keep a checksum in
//! each row.
//!
//! **Cost.** `O(n)` in the bytes of the file, time and space. A file of 121 MB with 50,000 rows takes 0.1 s on one
//! core; eight sizes of pages are tried where the first page does not fit the file.
//!
//! **Hostile files.** Nothing is indexed unchecked, and no length that a file states is allocated. A chain of overflow
//! pages enters a page once, all chains together each page at most three times (`walk`), and overlapping cells are read up
//! to two pages' worth; so less than six times the bytes of a file are decoded, whatever it says of itself. The most that
//! a byte of a record becomes in memory is one [`Value`], for a NULL.

#[cfg(test)]
mod fixture;
mod pages;
mod record;
mod walk;

use self::pages::{Pages, stated_n_pages};

/// What still stands in a file.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Salvage {
    /// Rows of all tables whose first value is text, also those of SQLite's own (`table`, `index` ...). Pages in their
    /// order in the file, those that are damaged in themselves last; on a page by key.
    pub rows: Vec<Row>,
    /// The pages the file holds; one that is cut counts.
    pub n_pages: usize,
    /// Pages of the file that are not what they should be: neither a sound page of a tree, nor on the chain of a row, nor
    /// on the list of free pages. Rows may still have come from them. Where the first page is lost, so is the list, and
    /// free pages count as lost.
    pub n_lost_pages: usize,
    /// Pages that the file should hold beyond its end, by the word of its first page; 0 where that cannot be read.
    pub n_missing_pages: usize,
    /// In bytes; a power of two from 512 to 65536.
    pub page_size: usize,
}

/// A row that begins with text.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Also the value of an `INTEGER PRIMARY KEY`, which is [`Value::Null`] in the record.
    pub rowid: i64,
    /// In the order of the columns. What is lost is [`Value::Damaged`], so that the rest keeps its place.
    pub values: Vec<Value>,
    /// Did all of the record stand where the format says, with no value damaged?
    pub is_whole: bool,
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Integer(i64),
    /// A column declared REAL keeps whole numbers as [`Value::Integer`] in the file.
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
    /// Cut, or text that is no UTF-8.
    Damaged,
}

/// Reads whatever rows still stand in the bytes of a file of SQLite.
///
/// Any bytes will do; what is no such file gives no rows.
///
/// ```
/// use throughline::project::store::salvage::rows;
///
/// let salvage = rows(b"no file of SQLite at all");
/// assert!(salvage.rows.is_empty());
/// assert_eq!((salvage.n_pages, salvage.n_lost_pages), (1, 1));
/// ```
pub fn rows(bytes: &[u8]) -> Salvage {
    let pages = Pages::of(bytes);
    let n_pages = pages.n_pages();
    let (rows, n_lost_pages) = walk::walk(pages);
    let n_missing_pages = stated_n_pages(bytes).map_or(0, |n_stated| n_stated.saturating_sub(n_pages));
    Salvage { rows, n_pages, n_lost_pages, n_missing_pages, page_size: pages.page_size }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::fixture::{Built, SIZES, entries, entry, file, long, numbered, text};
    use super::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let extreme = prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(0), Just(1), -70_000..70_000_i64, any::<i64>()];
        let n_bytes = prop_oneof![4 => 0..300_usize, 1 => 300..9_000_usize, 1 => 9_000..100_000_usize];
        prop_oneof![
            Just(Value::Null),
            extreme.prop_map(Value::Integer),
            prop_oneof![any::<f64>(), Just(-0.5), Just(f64::INFINITY)].prop_map(Value::Real),
            ".{0,40}".prop_map(Value::Text),
            n_bytes.clone().prop_map(long),
            (n_bytes, any::<u8>()).prop_map(|(n, byte)| Value::Blob((0..n).map(|at| byte ^ at as u8).collect())),
        ]
    }

    fn any_rows(n_rows: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Vec<Value>>> {
        vec((any_value(), any_value()).prop_map(|(x, y)| entry(x, y)), n_rows)
    }

    /// What happens to a page: zeros, noise, or one bit.
    fn damage(page: &mut [u8], kind: u32, seed: u32) {
        let mut state = seed | 1;
        let mut noise = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state
        };
        match kind {
            0 => page.fill(0),
            1 => page.iter_mut().for_each(|byte| *byte = noise() as u8),
            _ => page[noise() as usize % page.len()] ^= 1 << (noise() % 8),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_row_of_a_sound_file_comes_back(size in 0..4_usize, rows in any_rows(0..60)) {
            let bytes = file(SIZES[size], &rows, "").bytes;
            let salvage = super::rows(&bytes);
            prop_assert_eq!(entries(&salvage), numbered(&rows));
            prop_assert!(salvage.rows.iter().all(|row| row.is_whole));
            prop_assert_eq!((salvage.page_size, salvage.n_lost_pages, salvage.n_missing_pages), (SIZES[size], 0, 0));
        }

        #[test]
        fn a_row_is_lost_only_with_one_of_its_own_pages(
            size in 0..4_usize, rows in any_rows(1..60), hits in vec((any::<u32>(), 0..3_u32, any::<u32>()), 1..4),
        ) {
            let Built { mut bytes, rows_of_pages } = file(SIZES[size], &rows, "");
            let mut touched = BTreeSet::new();
            for (page, kind, seed) in hits {
                let idx = page as usize % (bytes.len() / SIZES[size]);
                damage(&mut bytes[idx * SIZES[size]..][..SIZES[size]], kind, seed);
                touched.insert(idx + 1);
            }
            let hurt: BTreeSet<_> = rows_of_pages.iter().filter(|(page, _)| touched.contains(page)).map(|it| it.1).collect();
            let salvage = super::rows(&bytes);
            let found = entries(&salvage);
            for (idx, row) in numbered(&rows).into_iter().enumerate().filter(|(idx, _)| !hurt.contains(idx)) {
                prop_assert!(found.contains(&row), "row {idx} with pages {touched:?} touched");
            }
        }

        #[test]
        fn rows_before_a_cut_come_back(size in 0..4_usize, rows in any_rows(1..40), share in 0.0..1.0_f64) {
            let Built { mut bytes, rows_of_pages } = file(SIZES[size], &rows, "");
            let n_pages = bytes.len() / SIZES[size];
            bytes.truncate((bytes.len() as f64 * share) as usize);
            let n_left = bytes.len() / SIZES[size];
            let salvage = super::rows(&bytes);
            let hurt: BTreeSet<_> = rows_of_pages.iter().filter(|(page, _)| *page > n_left).map(|it| it.1).collect();
            let found = entries(&salvage);
            for (idx, row) in numbered(&rows).into_iter().enumerate().filter(|(idx, _)| !hurt.contains(idx)) {
                prop_assert!(found.contains(&row), "row {idx} with {n_left} of {n_pages} pages left");
            }
            prop_assert!(n_left == 0 || salvage.n_pages + salvage.n_missing_pages == n_pages);
        }

        #[test]
        fn any_bytes_are_read_to_an_end(bytes in vec(any::<u8>(), 0..5_000), head in any::<bool>()) {
            let mut bytes = bytes;
            if head && bytes.len() > 128 {
                bytes[..18].copy_from_slice(b"SQLite format 3\0\x02\0");
                bytes[100] = 0x0d;
            }
            let _ = super::rows(&bytes);
        }
    }

    #[test]
    fn thousands_of_rows_come_back_without_the_first_page() {
        let rows: Vec<_> = (0..5_000).map(|n| entry(Value::Integer(n), long(n as usize % 700))).collect();
        for size in SIZES {
            let mut bytes = file(size, &rows, "").bytes;
            bytes[..size].fill(0);
            let salvage = super::rows(&bytes);
            assert_eq!(entries(&salvage), numbered(&rows), "{size}");
            assert_eq!((salvage.page_size, salvage.n_lost_pages), (size, 1));
        }
    }

    #[test]
    fn deleted_rows_do_not_come_back() {
        let rows: Vec<_> = (0..400).map(|n| entry(Value::Integer(n), long(n as usize * 40))).collect();
        for size in SIZES {
            let bytes =
                file(size, &rows, "DELETE FROM entry WHERE x % 3 > 0; UPDATE entry SET y = 'short' WHERE x = 300;")
                    .bytes;
            let mut kept: Vec<_> = numbered(&rows).into_iter().step_by(3).collect();
            kept[100].1[2] = text("short");
            let salvage = super::rows(&bytes);
            assert_eq!(entries(&salvage), kept, "{size}");
            assert_eq!(salvage.n_lost_pages, 0, "free pages are not lost");
            let gone = file(size, &rows, "DROP TABLE entry;").bytes;
            let salvage = super::rows(&gone);
            assert_eq!((salvage.rows.len(), salvage.n_lost_pages), (0, 0), "{size}");
        }
    }
}
