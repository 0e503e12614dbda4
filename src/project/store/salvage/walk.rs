//! Over all pages of a file: which of them hold rows, and which records go on over which pages.
//!
//! Section 1.7 of the published file format (<https://www.sqlite.org/fileformat2.html>): what of a record does not fit on
//! its page stands on a chain of overflow pages, each beginning with the number of the next; the last one says 0. The
//! first byte of an overflow page is never taken for that of a leaf: it is the highest of a page number, and 0x0d there
//! would be a file of 200 million pages.
//!
//! Sound pages go first, so that a broken one does not use up what is theirs. `O(n)` in the bytes of the file, since
//! every page is entered by chains at most [`MAX_VISITS`] times.

use std::borrow::Cow;

use super::Row;
use super::pages::{Cell, Kind, Page, Pages, number_at};
use super::record::{self, Payload};

/// How often the chains of all rows together enter one overflow page. In a sound file once; a broken pointer may lead
/// the chain of another row in, and must not keep the right one out.
const MAX_VISITS: u8 = 3;

/// The rows of all pages, and how many pages are not what they should be.
pub fn walk(pages: Pages<'_>) -> (Vec<Row>, usize) {
    let mut walk = Walk::of(pages);
    let mut unsound = Vec::new();
    for number in 1..=pages.n_pages() {
        let Some(page) = Page::read(&pages, number) else { continue };
        if page.is_sound() {
            walk.know(number);
            walk.read(&page);
        } else {
            unsound.push(page);
        }
    }
    for page in &unsound {
        walk.read(page);
    }
    for number in pages.free_pages() {
        walk.know(number);
    }
    let n_lost =
        walk.marks.iter().zip(1..).filter(|&(mark, number)| !mark.is_known && !pages.is_lock_page(number)).count();
    (walk.rows, n_lost)
}

/// What is known of a page.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// Is it what it should be?
    is_known: bool,
    /// How many chains entered it.
    n_visits: u8,
    /// The last cell whose chain entered it.
    cell: usize,
}

/// The state of reading a file.
struct Walk<'a> {
    pages: Pages<'a>,
    /// One for each page.
    marks: Vec<Mark>,
    /// Cells whose chains were followed so far.
    n_cells: usize,
    rows: Vec<Row>,
}

impl<'a> Walk<'a> {
    fn of(pages: Pages<'a>) -> Self {
        Self { pages, marks: vec![Mark::default(); pages.n_pages()], n_cells: 0, rows: Vec::new() }
    }

    fn know(&mut self, number: usize) {
        if let Some(mark) = number.checked_sub(1).and_then(|idx| self.marks.get_mut(idx)) {
            mark.is_known = true;
        }
    }

    /// Takes the rows of a page of a table; from others only learns which pages their records fill.
    fn read(&mut self, page: &Page<'a>) {
        for cell in page.cells() {
            let (bytes, is_closed) = self.payload(&cell);
            if page.kind == Kind::TableLeaf {
                let payload = Payload { bytes: &bytes, n_bytes: cell.n_payload, is_closed };
                self.rows.extend(record::row(cell.rowid, payload));
            }
        }
    }

    /// The bytes of a record as far as its chain holds, and whether the chain ends where the record does.
    fn payload(&mut self, cell: &Cell<'a>) -> (Cow<'a, [u8]>, bool) {
        let Some(mut next) = cell.overflow else { return (Cow::Borrowed(cell.local), cell.is_inside) };
        self.n_cells += 1;
        let mut payload = cell.local.to_vec();
        let mut n_left = cell.n_payload.saturating_sub(payload.len() as u64);
        while n_left > 0 {
            let Some((page, after)) = self.enter(next) else { return (Cow::Owned(payload), false) };
            let n_here = usize::try_from(n_left).unwrap_or(usize::MAX).min(self.pages.n_usable - 4);
            let Some(content) = page.get(4..4 + n_here) else {
                // The file ends on this page.
                payload.extend_from_slice(page.get(4..).unwrap_or_default());
                return (Cow::Owned(payload), false);
            };
            payload.extend_from_slice(content);
            n_left -= n_here as u64;
            next = after;
        }
        (Cow::Owned(payload), next == 0)
    }

    /// The overflow page of this number and the number of the one after, unless the chain has been there.
    fn enter(&mut self, number: usize) -> Option<(&'a [u8], usize)> {
        let page = self.pages.get(number)?;
        let after = number_at(page, 0)?;
        let mark = self.marks.get_mut(number.checked_sub(1)?)?;
        if mark.cell == self.n_cells || mark.n_visits == MAX_VISITS {
            return None;
        }
        (mark.cell, mark.n_visits) = (self.n_cells, mark.n_visits + 1);
        // A page that is cut is entered, but is not what it should be.
        mark.is_known |= page.len() >= self.pages.n_usable;
        Some((page, after))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Built, entries, entry, file, long, numbered, text};
    use super::super::{Value, rows};
    use super::*;

    #[test]
    fn a_row_whose_chain_breaks_keeps_its_first_values() {
        let values = vec![entry(text("A title"), long(50_000)), entry(text("Another"), long(50_000))];
        let Built { bytes, rows_of_pages } = file(8192, &values, "");
        let chain: Vec<_> = rows_of_pages.iter().filter(|(_, idx)| *idx == 1).map(|it| it.0).collect();
        for (place, pointer) in [(1, 9_999_u32), (2, 0), (2, chain[1] as u32), (3, chain[3] as u32)] {
            let mut broken = bytes.clone();
            let start = (chain[place] - 1) * 8192;
            broken[start..start + 4].copy_from_slice(&pointer.to_be_bytes());
            let salvage = rows(&broken);
            assert_eq!(entries(&salvage), numbered(&values)[..1]);
            let row = salvage.rows.iter().find(|row| !row.is_whole).unwrap();
            assert_eq!(row.values, entry(text("Another"), Value::Damaged), "{place} to {pointer}");
            assert!(salvage.n_lost_pages > 0, "the rest of the chain");
        }
    }

    #[test]
    fn a_chain_that_does_not_end_with_its_record_is_told() {
        let Built { mut bytes, rows_of_pages } = file(8192, &[entry(text("A title"), long(50_000))], "");
        let start = (rows_of_pages.last().unwrap().0 - 1) * 8192;
        bytes[start..start + 4].copy_from_slice(&3_u32.to_be_bytes());
        let row = rows(&bytes).rows.pop().unwrap();
        assert_eq!((row.values, row.is_whole), (entry(text("A title"), long(50_000)), false));
    }

    #[test]
    fn chains_of_an_index_are_known() {
        // The longest words that stand on the page of their cell, and longer ones.
        for n_bytes in (2_000..2_050).chain([9_000]) {
            let salvage = rows(&file(8192, &[entry(long(n_bytes), Value::Null)], "").bytes);
            assert_eq!(salvage.n_lost_pages, 0, "{n_bytes}");
        }
    }

    #[test]
    fn sound_rows_go_before_broken_ones() {
        let values: Vec<_> = (0..40).map(|_| entry(long(9_000), Value::Null)).collect();
        let Built { mut bytes, rows_of_pages } = file(8192, &values, "DROP INDEX by_x;");
        let chain: Vec<_> = rows_of_pages.iter().filter(|(_, idx)| *idx == 39).map(|it| it.0).collect();
        // The root of the table, which stands before its leaves, becomes a leaf of nine records of 9,216 bytes, 1,028 of
        // each on the page (they overlap), that all lead into this chain.
        let root = &mut bytes[8192..16_384];
        root.fill(0);
        root[..8].copy_from_slice(&[0x0d, 0, 0, 0, 9, 0x10, 0, 0]);
        for cell in 0..9 {
            let at = 1_000 + cell * 700;
            root[8 + 2 * cell..][..2].copy_from_slice(&(at as u16).to_be_bytes());
            root[at..at + 3].copy_from_slice(&[0xc8, 0x00, 1]);
            root[at + 1_031..at + 1_035].copy_from_slice(&(chain[1] as u32).to_be_bytes());
        }
        assert_eq!(entries(&rows(&bytes)), numbered(&values));
    }

    #[test]
    fn other_rows_of_a_broken_page_come_back() {
        let values: Vec<_> = (0..20).map(|_| entry(long(300), Value::Null)).collect();
        let Built { bytes, rows_of_pages } = file(8192, &values, "");
        let start = (rows_of_pages[0].0 - 1) * 8192;
        // The place of the third cell; the number of cells; the fragments. All rows stand on this page.
        for (at, byte, n_left) in [(8 + 2 * 2, 0xff, 19), (4, 10, 10), (4, 200, 20), (7, 50, 20)] {
            let mut broken = bytes.clone();
            broken[start + at] = byte;
            let salvage = rows(&broken);
            assert_eq!((entries(&salvage).len(), salvage.n_lost_pages), (n_left, 1), "{at} {byte}");
        }
    }

    #[test]
    fn a_page_that_is_cut_is_lost() {
        let bytes = file(8192, &[entry(long(50_000), Value::Null)], "DROP INDEX by_x; VACUUM;").bytes;
        let salvage = rows(&bytes[..bytes.len() - 10_000]);
        assert_eq!((salvage.n_lost_pages, salvage.n_missing_pages, salvage.rows.len()), (1, 1, 2));
    }

    #[test]
    fn a_hostile_file_is_not_read_over_and_over() {
        // Eight records half as long again as the file, 39 bytes of each on its page, all led into one ring of pages.
        let (size, n_pages) = (512_usize, 2_000_usize);
        let mut bytes = vec![0; size];
        bytes[100] = 0x0d;
        bytes[104] = 8;
        for cell in 0..8 {
            let at = 130 + 47 * cell;
            bytes[108 + 2 * cell..][..2].copy_from_slice(&(at as u16).to_be_bytes());
            bytes[at..at + 4].copy_from_slice(&[0xdd, 0x86, 0x09, 1]);
            bytes[at + 43..at + 47].copy_from_slice(&2_u32.to_be_bytes());
        }
        for number in 2..=n_pages {
            let next = if number == n_pages { 2 } else { number as u32 + 1 };
            bytes.extend(next.to_be_bytes().into_iter().chain([1; 508]));
        }
        let pages = Pages { bytes: &bytes, page_size: size, n_usable: size };
        let mut walk = Walk::of(pages);
        let page = Page::read(&pages, 1).unwrap();
        let n_read: usize = page.cells().map(|cell| walk.payload(&cell).0.len()).sum();
        assert!(n_read > bytes.len() && n_read < 4 * bytes.len(), "{n_read} of {}", bytes.len());
    }
}
