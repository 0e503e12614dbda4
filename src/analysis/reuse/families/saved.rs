//! The index as bytes: the keys and the words of every article, from which all else follows.
//!
//! Texts are not in it. Whoever opens an index brings the articles, and each is taken as it was read where its text is
//! still the same, else read anew, so an index never says anything of a text that is not there. Numbers are little-endian:
//!
//! | part | bytes |
//! |---|---|
//! | `TLPHRASE`, version | 8, 4 |
//! | fingerprint of the aliases | 8 |
//! | keys: number; each its length and what it spells | 4; 4, n |
//! | articles: number; each its id, fingerprint, number of words, words | 4; 8, 8, 4, 16 n |
//! | checksum of all before | 8 |
//!
//! `O(n)` in words, both ways.

use std::io::{self, Read, Write};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::PhraseIndex;
use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::keys::{Key, mixed};
use crate::analysis::reuse::streams::words::Word;
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId};

const MAGIC: &[u8; 8] = b"TLPHRASE";
/// Goes up whenever words would be read otherwise.
const VERSION: u32 = 1;
/// No key is longer; a length beyond it is damage.
const MAX_KEY_BYTES: usize = 1 << 16;

/// Why an index could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    #[error("the index could not be read")]
    Read(#[from] io::Error),
    #[error("this is no index of phrases")]
    NotAnIndex,
    #[error("the index was written by another version of the program (format {0})")]
    Version(u32),
    #[error("words were compared by another codebook when the index was written")]
    Codebook,
    #[error("the index is damaged")]
    Damaged,
}

impl PhraseIndex {
    /// Writes the index.
    ///
    /// # Errors
    /// Whatever `out` says.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use throughline::analysis::Progress;
    /// use throughline::analysis::reuse::PhraseIndex;
    /// use throughline::codebook::Codebook;
    /// use throughline::document::{Document, DocumentId};
    ///
    /// let article = |id, text| Arc::new(Document::of_lines(DocumentId(id), text));
    /// let articles = [article(1, "Binding arbitration for dockers."), article(2, "No binding arbitration for dockers.")];
    /// let codebook = Codebook::built_in();
    /// let mut index = PhraseIndex::new(&codebook);
    /// index.add(&articles);
    /// let mut bytes = Vec::new();
    /// index.save(&mut bytes)?;
    /// let mut opened = PhraseIndex::open(&mut bytes.as_slice(), &articles, &codebook)?;
    /// assert_eq!(opened.phrases(&Progress::default())?, index.phrases(&Progress::default())?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn save(&self, out: &mut impl Write) -> io::Result<()> {
        let streams = &self.streams;
        let mut out = Summed { inner: out, sum: 0 };
        out.write_all(MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        out.write_all(&streams.aliases.fingerprint().to_le_bytes())?;
        write_len(&mut out, streams.keys.texts().len())?;
        for text in streams.keys.texts() {
            write_len(&mut out, text.len())?;
            out.write_all(text.as_bytes())?;
        }
        let mut slots: Vec<usize> = streams.live().collect();
        slots.sort_unstable_by_key(|&slot| streams.id(slot));
        write_len(&mut out, slots.len())?;
        for slot in slots {
            let Some(document) = streams.document(slot) else { continue };
            out.write_all(&document.id.0.to_le_bytes())?;
            out.write_all(&fingerprint(document).to_le_bytes())?;
            write_len(&mut out, streams.words(slot).len())?;
            for word in streams.words(slot) {
                out.write_all(&word.to_bytes())?;
            }
        }
        let sum = out.sum;
        out.inner.write_all(&sum.to_le_bytes())
    }

    /// Opens an index over `documents`: as they were read then where they are the same, read anew where they are not.
    /// Articles of the index that are not among them are left out.
    ///
    /// # Errors
    /// [`IndexError::NotAnIndex`], [`IndexError::Version`] and [`IndexError::Damaged`] for bytes that [`PhraseIndex::save`]
    /// did not write, [`IndexError::Codebook`] where `codebook` has other aliases, [`IndexError::Read`] for what `input`
    /// says. Each can be met by building the index anew.
    pub fn open(input: &mut impl Read, documents: &[Arc<Document>], codebook: &Codebook) -> Result<Self, IndexError> {
        let mut index = Self::new(codebook);
        let streams = &mut index.streams;
        let mut input = Summed { inner: input, sum: 0 };
        if input.array::<8>().map_err(|_| IndexError::NotAnIndex)? != *MAGIC {
            return Err(IndexError::NotAnIndex);
        }
        let version = u32::from_le_bytes(input.array()?);
        if version != VERSION {
            return Err(IndexError::Version(version));
        }
        if u64::from_le_bytes(input.array()?) != streams.aliases.fingerprint() {
            return Err(IndexError::Codebook);
        }
        for number in 0..input.len()? {
            let key = streams.keys.of_text(&input.text()?);
            // Each key stands there once, in its order.
            if key.0 as usize != number {
                return Err(IndexError::Damaged);
            }
        }
        let by_id: FxHashMap<DocumentId, &Arc<Document>> = documents.iter().map(|it| (it.id, it)).collect();
        for _ in 0..input.len()? {
            let id = DocumentId(u64::from_le_bytes(input.array()?));
            let print = u64::from_le_bytes(input.array()?);
            let words = input.words(streams)?;
            let document = by_id.get(&id).filter(|document| fingerprint(document) == print);
            if let Some(document) = document.filter(|document| streams.slot_of(document.id).is_none()) {
                streams.push(Arc::clone(document), words);
            }
        }
        let sum = input.sum;
        if u64::from_le_bytes(input.array()?) != sum {
            return Err(IndexError::Damaged);
        }
        index.add(documents);
        Ok(index)
    }
}

/// What the words of an article depend on, as a number.
fn fingerprint(document: &Document) -> u64 {
    let ranges = document.readable_blocks().flat_map(|block| [block.range.start as u64, block.range.end as u64]);
    let language = document.language.as_deref().unwrap_or_default();
    ranges.fold(sum_of(sum_of(0, document.text.as_bytes()), language.as_bytes()), mixed)
}

/// A checksum that goes on from `sum`; made for speed and against chance, not against malice.
fn sum_of(sum: u64, bytes: &[u8]) -> u64 {
    let chunks = bytes.chunks(8).map(|chunk| {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        u64::from_le_bytes(eight)
    });
    mixed(chunks.fold(sum, mixed), bytes.len() as u64)
}

/// A reader or writer that sums up what goes through it.
struct Summed<'a, T> {
    inner: &'a mut T,
    sum: u64,
}

impl<T: Write> Summed<'_, T> {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum = sum_of(self.sum, bytes);
        self.inner.write_all(bytes)
    }
}

fn write_len<T: Write>(out: &mut Summed<'_, T>, len: usize) -> io::Result<()> {
    let len = u32::try_from(len).map_err(|_| io::Error::other("more than an index can hold"))?;
    out.write_all(&len.to_le_bytes())
}

impl<T: Read> Summed<'_, T> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], IndexError> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), IndexError> {
        self.inner.read_exact(bytes).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => IndexError::Damaged,
            _ => IndexError::Read(error),
        })?;
        self.sum = sum_of(self.sum, bytes);
        Ok(())
    }

    fn len(&mut self) -> Result<usize, IndexError> {
        Ok(u32::from_le_bytes(self.array()?) as usize)
    }

    fn text(&mut self) -> Result<String, IndexError> {
        let n_bytes = self.len()?;
        if n_bytes > MAX_KEY_BYTES {
            return Err(IndexError::Damaged);
        }
        let mut bytes = vec![0; n_bytes];
        self.fill(&mut bytes)?;
        String::from_utf8(bytes).map_err(|_| IndexError::Damaged)
    }

    /// The words of an article. A number of words that is not followed by so many is met at the end of the file, not by
    /// making room for them.
    fn words(&mut self, streams: &Streams) -> Result<Box<[Word]>, IndexError> {
        let n_keys = streams.keys.texts().len();
        let mut words = Vec::new();
        for _ in 0..self.len()? {
            let word = Word::from_bytes(self.array()?).filter(|word| is_known(word.key, n_keys));
            words.push(word.ok_or(IndexError::Damaged)?);
        }
        Ok(words.into())
    }
}

fn is_known(key: Key, n_keys: usize) -> bool {
    (key.0 as usize) < n_keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Progress;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};

    fn saved() -> (PhraseIndex, Vec<u8>, Vec<Arc<Document>>) {
        let corpus = corpus(&["Binding arbitration for the FRD.", "No binding arbitration for Freedonia!", "Eels"]);
        let mut index = PhraseIndex::new(&codebook());
        index.add(corpus.documents());
        let mut bytes = Vec::new();
        assert!(index.save(&mut bytes).is_ok());
        (index, bytes, corpus.documents().to_vec())
    }

    fn phrases(index: &mut PhraseIndex) -> Vec<Arc<crate::analysis::reuse::Phrase>> {
        index.phrases(&Progress::default()).unwrap_or_default()
    }

    #[test]
    fn what_is_opened_is_what_was_saved() {
        let (mut index, bytes, documents) = saved();
        let Ok(mut opened) = PhraseIndex::open(&mut bytes.as_slice(), &documents, &codebook()) else {
            panic!("not opened")
        };
        assert_eq!(phrases(&mut opened), phrases(&mut index));
        assert_eq!(phrases(&mut opened).len(), 1);
        let mut again = Vec::new();
        assert!(opened.save(&mut again).is_ok());
        assert_eq!(again, bytes);
    }

    #[test]
    fn an_article_that_changed_is_read_anew_and_one_that_is_gone_left_out() {
        let (_, bytes, documents) = saved();
        let changed = corpus(&["Binding arbitration for the FRD.", "Herons"]).documents().to_vec();
        let Ok(mut opened) = PhraseIndex::open(&mut bytes.as_slice(), &changed, &codebook()) else {
            panic!("not opened")
        };
        assert_eq!((opened.len(), phrases(&mut opened).len()), (2, 0));
        opened.add(&documents[1..]);
        assert_eq!((opened.len(), phrases(&mut opened).len()), (3, 1));
    }

    #[test]
    fn other_bytes_are_refused() {
        let (_, bytes, documents) = saved();
        let open = |bytes: &[u8], codebook: &Codebook| {
            let mut input = bytes;
            PhraseIndex::open(&mut input, &documents, codebook).err()
        };
        assert!(matches!(open(b"", &codebook()), Some(IndexError::NotAnIndex)));
        assert!(matches!(open(b"TLPHRASE\x07\0\0\0", &codebook()), Some(IndexError::Version(7))));
        assert!(matches!(open(&bytes, &Codebook::default()), Some(IndexError::Codebook)));
        for end in 12..bytes.len() {
            assert!(open(&bytes[..end], &codebook()).is_some(), "cut at {end}");
        }
        for idx in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[idx] ^= 0x10;
            assert!(open(&flipped, &codebook()).is_some(), "flipped at {idx}");
        }
    }
}
