//! The pages of a file of SQLite and the cells on them, as far as they are what they say.
//!
//! The method is section 1 of the published file format (<https://www.sqlite.org/fileformat2.html>): 1.3 the header of
//! the file, 1.5 the free pages, 1.6 the pages of trees, 1.7 how much of a record stands outside its page. A page of a tree begins with its kind, then come the places of its cells, and the cells stand at its end. On a sound
//! page the cells, the free blocks and the fragments fill the page from the start of its content to its last byte; that
//! is what [`Page::is_sound`] asks, as SQLite's own `integrity_check` does. It also finds the size of the pages where
//! the file's first bytes are lost: only with the right one do pages come out even. `O(n)` in the bytes of a page; finding
//! the size looks at the first bytes of every page, once a size.

use std::collections::BTreeSet;

use super::record::varint;

const MAGIC: &[u8] = b"SQLite format 3\0";

/// The size of page this program writes, tried first.
const USUAL_PAGE_SIZE: usize = 8192;

/// At this byte no page holds anything: systems lock files there.
const LOCK_BYTE: usize = 1 << 30;

/// How a file is cut into pages.
#[derive(Clone, Copy, Debug)]
pub struct Pages<'a> {
    pub bytes: &'a [u8],
    pub page_size: usize,
    /// The bytes of a page that SQLite uses; the rest at its end is reserved for extensions.
    pub n_usable: usize,
}

impl<'a> Pages<'a> {
    /// Takes the size of pages from the header where all of it fits the file, else the one that most pages agree with.
    pub fn of(bytes: &'a [u8]) -> Self {
        let of = |page_size, n_reserved| Self { bytes, page_size, n_usable: page_size - n_reserved };
        let stated = page_size(bytes);
        let n_reserved = if has_magic(bytes) { bytes.get(20).map_or(0, |&byte| usize::from(byte)) } else { 0 };
        let stated_n_reserved = |page_size: usize| if page_size - n_reserved < 480 { 0 } else { n_reserved };
        let first = stated.map(|page_size| of(page_size, stated_n_reserved(page_size)));
        if let Some(pages) = first {
            let has_length = stated_n_pages(bytes).is_some_and(|n| n.checked_mul(pages.page_size) == Some(bytes.len()));
            if n_reserved == 0 && has_magic(bytes) && has_length && bytes.get(21..24) == Some(&[64, 32, 32]) {
                return pages;
            }
        }
        // Of two that agree with equally many, a smaller size asks more of each page.
        let sizes = (9..=16).map(|power| 1 << power).filter(|&size| size != USUAL_PAGE_SIZE);
        let others =
            [stated.unwrap_or(USUAL_PAGE_SIZE), USUAL_PAGE_SIZE].into_iter().chain(sizes).map(|size| of(size, 0));
        let mut best = (of(USUAL_PAGE_SIZE, 0), 0);
        for pages in first.into_iter().chain(others) {
            let n_sound = pages.n_sound();
            if n_sound > best.1 {
                best = (pages, n_sound);
            }
        }
        best.0
    }

    /// How many pages the file holds; one that is cut counts.
    pub fn n_pages(&self) -> usize {
        self.bytes.len().div_ceil(self.page_size)
    }

    /// The bytes of a page, fewer where the file is cut. Pages count from 1.
    pub fn get(&self, number: usize) -> Option<&'a [u8]> {
        let start = number.checked_sub(1)?.checked_mul(self.page_size)?;
        let end = start.saturating_add(self.page_size).min(self.bytes.len());
        self.bytes.get(start..end).filter(|page| !page.is_empty())
    }

    /// Is this page empty by design?
    pub fn is_lock_page(&self, number: usize) -> bool {
        number == LOCK_BYTE / self.page_size + 1
    }

    /// The pages that the list of free pages names, as far as it can be followed.
    pub fn free_pages(&self) -> Vec<usize> {
        let mut free = BTreeSet::new();
        let mut next = if has_magic(self.bytes) { number_at(self.bytes, 32) } else { None };
        while let Some(trunk) = next.filter(|&trunk| trunk > 1) {
            let Some(page) = self.get(trunk) else { break };
            let Some(n_leaves) = number_at(page, 4).filter(|&n| n <= self.n_usable / 4 - 2) else { break };
            if !free.insert(trunk) {
                break;
            }
            free.extend((0..n_leaves).map_while(|idx| number_at(page, 8 + 4 * idx)));
            next = number_at(page, 0);
        }
        free.into_iter().collect()
    }

    fn n_sound(&self) -> usize {
        (1..=self.n_pages()).filter(|&number| Page::read(self, number).is_some_and(|page| page.is_sound())).count()
    }
}

fn has_magic(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The size of pages that the header states, if it can be one.
fn page_size(bytes: &[u8]) -> Option<usize> {
    let size = match short_at(bytes, 16)? {
        1 => 65_536,
        size => size,
    };
    (size.is_power_of_two() && size >= 512).then_some(size)
}

/// How many pages the header states; `None` where the header says itself that this is out of date.
pub fn stated_n_pages(bytes: &[u8]) -> Option<usize> {
    let is_current = has_magic(bytes) && number_at(bytes, 24) == number_at(bytes, 92);
    if is_current { number_at(bytes, 28) } else { None }
}

fn short_at(bytes: &[u8], at: usize) -> Option<usize> {
    let short = bytes.get(at..)?.first_chunk()?;
    Some(usize::from(u16::from_be_bytes(*short)))
}

/// The number of four bytes at a place: pages are named so.
pub fn number_at(bytes: &[u8], at: usize) -> Option<usize> {
    let number = bytes.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_be_bytes(*number)).ok()
}

/// What a page of a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    IndexBranch,
    TableBranch,
    IndexLeaf,
    TableLeaf,
}

/// A page of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    pub kind: Kind,
    bytes: &'a [u8],
    n_usable: usize,
    /// Where the header of the page stands: behind that of the file on the first page.
    header: usize,
    n_cells: usize,
}

/// A cell of a page: where a record begins.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// 0 where the page has none.
    pub rowid: i64,
    /// The length of the whole record.
    pub n_payload: u64,
    /// What of the record stands on the page itself.
    pub local: &'a [u8],
    /// The page on which the record goes on.
    pub overflow: Option<usize>,
    /// Does the cell end on its page, as it must?
    pub is_inside: bool,
    n_bytes: usize,
}

impl<'a> Page<'a> {
    /// The page of this number, if it begins as one of a tree.
    pub fn read(pages: &Pages<'a>, number: usize) -> Option<Self> {
        let bytes = pages.get(number)?;
        let header = if number == 1 { 100 } else { 0 };
        let kind = match bytes.get(header)? {
            0x02 => Kind::IndexBranch,
            0x05 => Kind::TableBranch,
            0x0a => Kind::IndexLeaf,
            0x0d => Kind::TableLeaf,
            _ => return None,
        };
        let page = Self { kind, bytes, n_usable: pages.n_usable, header, n_cells: short_at(bytes, header + 3)? };
        (page.pointers_end() <= page.n_usable).then_some(page)
    }

    /// The cells that the page names, in its order, each once. Not more bytes of them than two pages hold, so that cells
    /// that overlap on a broken page cost no more.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'a>> {
        let mut seen = BTreeSet::new();
        let mut n_left = 2 * self.n_usable;
        (0..self.n_cells).filter_map(move |idx| {
            let start = short_at(self.bytes, self.pointers() + 2 * idx)?;
            let cell = self.cell(start).filter(|_| seen.insert(start))?;
            n_left = n_left.checked_sub(cell.n_bytes)?;
            Some(cell)
        })
    }

    /// Do the cells and the gaps between them fill the page to its last byte?
    pub fn is_sound(&self) -> bool {
        let content = match short_at(self.bytes, self.header + 5) {
            Some(0) => 65_536,
            Some(start) if start >= self.pointers_end() => start,
            _ => return false,
        };
        let cells = (0..self.n_cells).try_fold(0, |sum, idx| {
            let start = short_at(self.bytes, self.pointers() + 2 * idx)?;
            let cell = self.cell(start).filter(|cell| cell.is_inside)?;
            Some(sum + cell.n_bytes)
        });
        let n_fragments = self.bytes.get(self.header + 7).map_or(0, |&byte| usize::from(byte));
        cells.zip(self.n_free()).is_some_and(|(cells, free)| content + cells + free + n_fragments == self.n_usable)
    }

    /// The bytes of the free blocks, whose list goes up the page.
    fn n_free(&self) -> Option<usize> {
        let mut n_free = 0;
        let mut block = short_at(self.bytes, self.header + 1)?;
        while block != 0 {
            n_free += short_at(self.bytes, block + 2)?;
            let next = short_at(self.bytes, block)?;
            if next != 0 && next <= block {
                return None;
            }
            block = next;
        }
        Some(n_free)
    }

    fn is_branch(&self) -> bool {
        matches!(self.kind, Kind::IndexBranch | Kind::TableBranch)
    }

    /// Where the places of the cells begin.
    fn pointers(&self) -> usize {
        self.header + if self.is_branch() { 12 } else { 8 }
    }

    fn pointers_end(&self) -> usize {
        self.pointers() + 2 * self.n_cells
    }

    fn cell(&self, start: usize) -> Option<Cell<'a>> {
        let bytes = self.bytes.get(start..).filter(|bytes| start >= self.pointers_end() && !bytes.is_empty())?;
        let mut at = if self.is_branch() { 4 } else { 0 };
        let mut next = || {
            let (number, n_bytes) = varint(bytes.get(at..)?)?;
            at += n_bytes;
            Some(number)
        };
        let n_payload = if self.kind == Kind::TableBranch { 0 } else { next()? };
        let rowid = if matches!(self.kind, Kind::TableLeaf | Kind::TableBranch) { next()?.cast_signed() } else { 0 };
        let n_local = self.n_local(n_payload);
        let local_end = at + n_local;
        let has_overflow = n_local as u64 != n_payload;
        let n_bytes = (local_end + if has_overflow { 4 } else { 0 }).max(4);
        let local = bytes.get(at..local_end).or_else(|| bytes.get(at..))?;
        let overflow = if has_overflow { number_at(bytes, local_end) } else { None };
        Some(Cell { rowid, n_payload, local, overflow, is_inside: n_bytes <= bytes.len(), n_bytes })
    }

    /// How much of a record stands on the page of its cell, by section 1.6 of the format.
    fn n_local(&self, n_payload: u64) -> usize {
        let usable = self.n_usable as u64;
        let most = match self.kind {
            Kind::TableLeaf | Kind::TableBranch => usable - 35,
            Kind::IndexLeaf | Kind::IndexBranch => (usable - 12) * 64 / 255 - 23,
        };
        let least = (usable - 12) * 32 / 255 - 23;
        let n_local = if n_payload <= most {
            n_payload
        } else {
            let fitting = least + (n_payload - least) % (usable - 4);
            if fitting <= most { fitting } else { least }
        };
        usize::try_from(n_local).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{SIZES, entries, entry, file, long, numbered, text};
    use super::super::{Value, rows};
    use super::*;

    /// A first page of 512 bytes, a leaf of a table, whose cells stand at these places.
    fn leaf(places: &[u16], cells: &[(usize, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0; 512];
        bytes[..18].copy_from_slice(b"SQLite format 3\0\x02\0");
        bytes[100] = 0x0d;
        bytes[104] = places.len() as u8;
        bytes[108..][..2 * places.len()]
            .copy_from_slice(&places.iter().flat_map(|it| it.to_be_bytes()).collect::<Vec<_>>());
        for (at, cell) in cells {
            bytes[*at..][..cell.len()].copy_from_slice(cell);
        }
        bytes
    }

    fn rowids(bytes: &[u8]) -> Vec<i64> {
        let pages = Pages { bytes, page_size: 512, n_usable: 512 };
        Page::read(&pages, 1).unwrap().cells().map(|cell| cell.rowid).collect()
    }

    #[test]
    fn each_cell_is_read_once_and_only_behind_the_places_of_cells() {
        let cells: [(usize, &[u8]); 2] = [(500, &[2, 4, 1, 9]), (504, &[2, 5, 1, 9])];
        assert_eq!(rowids(&leaf(&[500, 504], &cells)), [4, 5]);
        assert_eq!(rowids(&leaf(&[504, 500, 504, 500], &cells)), [5, 4]);
        assert_eq!(rowids(&leaf(&[0, 100, 109, 504, 512, 0xffff], &cells)), [5]);
    }

    #[test]
    fn overlapping_cells_are_read_up_to_two_pages() {
        // Ten cells of 303 bytes, four bytes apart.
        let places: Vec<u16> = (0..10).map(|n| 150 + 4 * n).collect();
        let cells: Vec<_> = places.iter().map(|&at| (usize::from(at), &[0x82, 0x2c, 7, 0][..])).collect();
        assert_eq!(rowids(&leaf(&places, &cells)), [7; 3]);
    }

    #[test]
    fn a_wrong_first_page_does_not_lead_astray() {
        let values: Vec<_> = (0..300).map(|n| entry(Value::Integer(n), long(n as usize * 31))).collect();
        for size in SIZES {
            let sound = file(size, &values, "").bytes;
            // Another size of pages, reserved bytes that are none, no size at all, another count of pages.
            for (at, wrong) in [(16, [4, 0]), (20, [9, 64]), (20, [255, 64]), (16, [3, 3]), (30, [9, 9])] {
                let mut bytes = sound.clone();
                bytes[at..at + 2].copy_from_slice(&wrong);
                let salvage = rows(&bytes);
                assert_eq!((salvage.page_size, entries(&salvage)), (size, numbered(&values)), "{size} {at}");
            }
        }
    }

    #[test]
    fn reserved_bytes_at_the_end_of_pages_are_kept_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let write = |sql: &str| rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        write("PRAGMA page_size = 4096; PRAGMA user_version = 1;");
        // An empty file of SQLite becomes one with 32 bytes reserved: the header says so, and the page has no content.
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[20] = 32;
        bytes[105..107].copy_from_slice(&4064_u16.to_be_bytes());
        std::fs::write(&path, bytes).unwrap();
        write(
            "CREATE TABLE entry (tag, x, y); INSERT INTO entry VALUES ('entry', 'a', replace(hex(zeroblob(9000)), '0', 'b'));",
        );
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(Pages::of(&bytes).n_usable, 4064);
        assert_eq!(entries(&rows(&bytes)), numbered(&[entry(text("a"), text(&"b".repeat(18_000)))]));
    }

    #[test]
    fn the_page_of_the_lock_byte_is_none() {
        let pages = Pages { bytes: &[], page_size: 8192, n_usable: 8192 };
        let lock_pages: Vec<_> = (131_070..131_076).filter(|&number| pages.is_lock_page(number)).collect();
        assert_eq!(lock_pages, [131_073]);
    }

    #[test]
    fn a_count_of_pages_that_is_out_of_date_is_not_believed() {
        let mut bytes = file(8192, &[], "").bytes;
        assert_eq!(stated_n_pages(&bytes), Some(3));
        bytes[95] ^= 1;
        assert_eq!(stated_n_pages(&bytes), None);
    }
}
