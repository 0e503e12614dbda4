//! Articles as rows: which row holds which article, in what order they stand, and the bytes they were read from.
//!
//! A row holds one reading of one article: its id, its text, and everything else as JSON. Removed articles keep their rows
//! while a step knows the way back to them. The order of the open ones is kept by numbers with gaps between them, so
//! that an article that comes or goes moves no other.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Arc;

use flate2::{Compress, Compression, FlushCompress, Status};
use rusqlite::{Connection, OptionalExtension as _, params};
use rustc_hash::FxHashMap;

use super::tally::{self, Tally};
use super::{Original, schema};
use crate::document::{Document, DocumentId};
use crate::ingest;

/// What every row of an article begins with.
const TAG: &str = "document";

/// Between the places of two articles that were added one after the other.
const GAP: i64 = 1 << 20;

/// Which rows of the file hold which articles.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    /// By address, each with the value that keeps the address its own.
    by_address: FxHashMap<usize, (Arc<Document>, i64)>,
    /// All readings of an article, by its id.
    by_id: BTreeMap<DocumentId, Vec<(Arc<Document>, i64)>>,
    by_row: BTreeMap<i64, Arc<Document>>,
    /// The places of the open ones.
    places: BTreeMap<i64, i64>,
    next_row: i64,
    /// Of all rows that the file has.
    pub tally: Tally,
}

impl Book {
    /// Notes an article that the file has.
    pub fn enter(&mut self, document: &Arc<Document>, row: i64, place: Option<i64>) {
        self.by_address.insert(address(document), (Arc::clone(document), row));
        let readings = self.by_id.entry(document.id).or_default();
        readings.retain(|(_, known)| *known != row);
        readings.push((Arc::clone(document), row));
        self.by_row.insert(row, Arc::clone(document));
        self.places.extend(place.map(|place| (row, place)));
        self.next_row = self.next_row.max(row + 1);
    }

    /// The row of an article; one that has none gets one, and one of which more is known now is written again.
    pub fn row_of(&mut self, connection: &Connection, document: &Arc<Document>) -> Result<i64, WriteError> {
        if let Some((_, row)) = self.by_address.get(&address(document)) {
            return Ok(*row);
        }
        let same = |known: &Document| known.encoding == document.encoding && known.text == document.text;
        let known = self.by_id.get(&document.id).and_then(|all| all.iter().find(|(known, _)| same(known)));
        let row = match known {
            Some((known, row)) => {
                if known != document {
                    let old = tally::sum_of(connection, "SELECT sum FROM document WHERE row = ?1", [row])?;
                    self.tally.swap(tally::Part::Articles, old, Some(update(connection, *row, document)?));
                }
                *row
            }
            None => {
                let row = self.next_row.max(1);
                self.tally.swap(tally::Part::Articles, None, Some(insert(connection, row, document)?));
                row
            }
        };
        self.enter(document, row, None);
        Ok(row)
    }

    /// Writes which articles are open, in which order.
    pub fn place(&mut self, connection: &Connection, documents: &[Arc<Document>]) -> Result<(), WriteError> {
        let mut rows = Vec::with_capacity(documents.len());
        for document in documents {
            rows.push(self.row_of(connection, document)?);
        }
        let old: Vec<Option<i64>> = rows.iter().map(|row| self.places.get(row).copied()).collect();
        let places: BTreeMap<i64, i64> = rows.iter().copied().zip(ordered(&old)).collect();
        let mut set = connection.prepare_cached("UPDATE document SET place = ?2 WHERE row = ?1")?;
        for row in self.places.keys().filter(|row| !places.contains_key(row)) {
            set.execute(params![row, None::<i64>])?;
        }
        for (row, place) in places.iter().filter(|(row, place)| self.places.get(row) != Some(place)) {
            set.execute(params![row, place])?;
        }
        self.places = places;
        self.tally_places();
        Ok(())
    }

    /// To be called when all articles are entered: notes where they stand.
    pub fn tally_places(&mut self) {
        self.tally.set_places(self.places.iter().map(|(row, place)| (*row, *place)));
    }

    /// The article of a row.
    pub fn article(&self, row: i64) -> Option<Arc<Document>> {
        self.by_row.get(&row).cloned()
    }

    /// Lets go of values that nobody but this book knows: an article that was dated anew is another value.
    pub fn forget_unknown(&mut self) {
        if self.by_address.len() > 2 * self.by_id.len() + 64 {
            let by_id = &self.by_id;
            self.by_address.retain(|address_of, (document, _)| {
                let is_latest =
                    by_id.get(&document.id).is_some_and(|all| all.iter().any(|(it, _)| address(it) == *address_of));
                is_latest || Arc::strong_count(document) > 1
            });
        }
    }
}

/// Why rows could not be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum WriteError {
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

fn address(document: &Arc<Document>) -> usize {
    Arc::as_ptr(document).addr()
}

/// Numbers that rise from each to the next, the known ones kept where they can be. Where two neighbors leave no room
/// between them, all that follow get new ones.
fn ordered(known: &[Option<i64>]) -> Vec<i64> {
    let mut places = Vec::with_capacity(known.len());
    let mut before = 0;
    let mut is_anew = false;
    // The next known place that is beyond what stands before it, from the end, without a second look.
    let mut following: Vec<Option<i64>> = vec![None; known.len() + 1];
    for idx in (0..known.len()).rev() {
        let next = following.get(idx + 1).copied().flatten();
        if let Some(slot) = following.get_mut(idx) {
            *slot = match (known.get(idx).copied().flatten(), next) {
                (Some(place), Some(next)) => Some(place.min(next)),
                (place, next) => place.or(next),
            };
        }
    }
    for (idx, place) in known.iter().enumerate() {
        let next = following.get(idx + 1).copied().flatten();
        let is_in_order = |place: i64| place > before && next.is_none_or(|next| place < next || next <= before);
        let place = match place {
            Some(place) if !is_anew && is_in_order(*place) => *place,
            _ => match next.filter(|next| *next > before && !is_anew) {
                Some(next) if next - before > 1 => before + (next - before) / 2,
                Some(_) => {
                    is_anew = true;
                    before + GAP
                }
                None => before + GAP,
            },
        };
        before = place;
        places.push(place);
    }
    places
}

fn insert(connection: &Connection, row: i64, document: &Document) -> Result<i64, WriteError> {
    let facts = serde_json::to_string(document)?;
    let (words_key, sum) = (words_key(&document.text), sum_of(row, document, &facts));
    connection.prepare_cached("INSERT INTO document VALUES (?1, ?2, ?3, NULL, ?4, ?5, ?6, ?7, ?8, ?9)")?.execute(
        params![
            TAG,
            row,
            document.id.0.cast_signed(),
            name(document),
            document.sha256,
            words_key.cast_signed(),
            facts,
            document.text,
            sum
        ],
    )?;
    Ok(sum)
}

fn update(connection: &Connection, row: i64, document: &Document) -> Result<i64, WriteError> {
    let facts = serde_json::to_string(document)?;
    let sum = sum_of(row, document, &facts);
    connection
        .prepare_cached("UPDATE document SET name = ?2, facts = ?3, sum = ?4 WHERE row = ?1")?
        .execute(params![row, name(document), facts, sum])?;
    Ok(sum)
}

/// What an article is called where its text can't be read any more.
fn name(document: &Document) -> &str {
    document.title.as_deref().unwrap_or(document.name())
}

fn sum_of(row: i64, document: &Document, facts: &str) -> i64 {
    sum(row, document.id, facts, &document.text)
}

/// The sum of a row: all but its place, and what follows from the text.
fn sum(row: i64, id: DocumentId, facts: &str, text: &str) -> i64 {
    schema::sum(&[TAG.as_bytes(), &row.to_be_bytes(), &id.0.to_be_bytes(), facts.as_bytes(), text.as_bytes()])
}

/// A row as it is read.
#[derive(Debug)]
pub(super) struct ArticleRow {
    pub row: i64,
    pub id: DocumentId,
    pub place: Option<i64>,
    pub name: String,
    pub words_key: u64,
    pub facts: String,
    pub text: String,
    pub sum: i64,
}

impl ArticleRow {
    /// The article, `None` where the row does not say what was written.
    pub fn document(self) -> Option<Document> {
        if self.sum != sum(self.row, self.id, &self.facts, &self.text) {
            return None;
        }
        let mut document: Document = serde_json::from_str(&self.facts).ok()?;
        document.text = self.text;
        (document.id == self.id && document.is_sound()).then_some(document)
    }
}

/// All rows, in their order.
pub(super) fn rows(connection: &Connection) -> rusqlite::Result<Vec<ArticleRow>> {
    let mut query =
        connection.prepare("SELECT row, id, place, name, words_key, facts, text, sum FROM document ORDER BY row")?;
    let rows = query.query_map([], |row| {
        Ok(ArticleRow {
            row: row.get(0)?,
            id: DocumentId(row.get::<_, i64>(1)?.cast_unsigned()),
            place: row.get(2)?,
            name: row.get(3)?,
            words_key: row.get::<_, i64>(4)?.cast_unsigned(),
            facts: row.get(5)?,
            text: row.get(6)?,
            sum: row.get(7)?,
        })
    })?;
    rows.collect()
}

/// The first 64 bits of the SHA-256 of the words with single spaces between them: the same for articles whose words are
/// the same, whatever the space between them.
pub fn words_key(text: &str) -> u64 {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        folded.push_str(word);
        folded.push(' ');
    }
    let hash = ingest::sha256(folded.as_bytes());
    hash.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

impl Original {
    /// Packs the bytes of a file.
    pub fn pack(bytes: &[u8]) -> Self {
        let packed = PACKER.with_borrow_mut(|packer| {
            packer.reset();
            packed(packer, bytes)
        });
        Self { sha256: ingest::sha256(bytes), name: String::new(), n_bytes: bytes.len(), packed }
    }

    /// The same file with its name.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// The bytes again; `None` where they are not those that were packed.
    pub fn unpack(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.n_bytes.min(ingest::MAX_FILE_BYTES));
        let unpacker = flate2::read::ZlibDecoder::new(self.packed.as_slice());
        unpacker.take(self.n_bytes as u64 + 1).read_to_end(&mut bytes).ok()?;
        (ingest::sha256(&bytes) == self.sha256).then_some(bytes)
    }
}

thread_local! {
    /// A packer has 300 kB of working memory. One for each of ten thousand small files, given back between what is
    /// kept of them, would leave gigabytes of holes.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::default(), true));
}

/// The bytes as a zlib stream.
fn packed(packer: &mut Compress, bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 2 + 128);
    loop {
        let done = usize::try_from(packer.total_in()).unwrap_or(usize::MAX);
        let rest = bytes.get(done..).unwrap_or_default();
        match packer.compress_vec(rest, &mut packed, FlushCompress::Finish) {
            Ok(Status::Ok | Status::BufError) => packed.reserve(bytes.len() / 2 + 128),
            // In memory there is no other fault.
            Ok(Status::StreamEnd) | Err(_) => break,
        }
    }
    packed.shrink_to_fit();
    packed
}

/// Writes the files that are not there yet.
pub(super) fn keep_originals(connection: &Connection, originals: &[Arc<Original>]) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO file VALUES ('file', ?1, ?2, ?3, ?4)")?;
    for original in originals {
        let n_bytes = i64::try_from(original.n_bytes).unwrap_or(i64::MAX);
        insert.execute(params![original.sha256, original.name, n_bytes, original.packed])?;
    }
    Ok(())
}

/// The bytes of a file, `None` where they are not kept, or not as they were.
pub(super) fn original(connection: &Connection, sha256: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    let found = connection
        .query_row("SELECT n_bytes, packed FROM file WHERE sha256 = ?1", [sha256], |row| {
            let n_bytes = usize::try_from(row.get::<_, i64>(0)?).unwrap_or(0);
            Ok(Original { sha256: sha256.to_owned(), name: String::new(), n_bytes, packed: row.get(1)? })
        })
        .optional()?;
    Ok(found.and_then(|original| original.unpack()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_rise_and_move_no_more_than_they_must() {
        let gap = |n: i64| n * GAP;
        assert_eq!(ordered(&[None, None]), [gap(1), gap(2)]);
        assert_eq!(ordered(&[Some(gap(1)), None, Some(gap(2))]), [gap(1), gap(1) + GAP / 2, gap(2)]);
        assert_eq!(ordered(&[None, Some(gap(1))]), [GAP / 2, gap(1)]);
        assert_eq!(ordered(&[Some(1), None, Some(2), Some(3)]), [1, 1 + GAP, 1 + 2 * GAP, 1 + 3 * GAP]);
        let mixed = ordered(&[Some(gap(3)), Some(gap(1)), None, Some(gap(2))]);
        assert!(mixed.windows(2).all(|pair| pair[0] < pair[1]), "{mixed:?}");
    }

    #[test]
    fn a_file_is_packed_and_comes_back() {
        let original = Original::pack(b"The pier is open. The pier is open.");
        assert_eq!(original.unpack().unwrap(), b"The pier is open. The pier is open.");
        // The packer is used again, and large and hard ones are packed too.
        let hard: Vec<u8> = (0..300_000u32).flat_map(|n| (n.wrapping_mul(2_654_435_761)).to_le_bytes()).collect();
        for bytes in [hard.as_slice(), b"", b"x"] {
            assert_eq!(Original::pack(bytes).unpack().as_deref(), Some(bytes));
        }
        let broken = Original { packed: original.packed[..8].to_vec(), ..original };
        assert_eq!(broken.unpack(), None);
    }

    #[test]
    fn the_same_words_have_the_same_key() {
        assert_eq!(words_key("The pier\r\n\r\nis open. "), words_key("The pier is\u{a0}open."));
        assert_ne!(words_key("The pier is open."), words_key("The pier is open"));
        assert_ne!(words_key("a bc"), words_key("ab c"));
    }
}
