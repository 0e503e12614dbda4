//! Clusters of reused passages that passim found, as phrase families of the open articles.
//!
//! Corpora beyond one machine are compared by passim (Smith, Cordell and Mullen, American Literary History 27, 2015) on
//! Apache Spark. Its output is JSON Lines, a passage a line: the fields of the article as they went in, and `cluster`,
//! `size`, `begin` and `end`. Versions 1 and 2 write the same fields. The articles are known by their `id`, which is the
//! one that `export::passim` gave them, so clusters of a million articles open over the five that matter.
//!
//! [`Clusters::read_line`] takes such lines; [`Clusters::families`] finds each passage in its article. Nothing is
//! trusted: a passage has a place only where its words are the article's. `O(n)` in the bytes read.

mod place;

pub use place::{Imported, Unplaced};

use serde::Deserialize;

use crate::document::DocumentId;

/// Passages with the clusters they belong to, in the order of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    members: Vec<Member>,
}

/// One passage of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Member {
    /// As it was written; numbers of one run of passim, so no identity beyond it.
    cluster: String,
    document: DocumentId,
    /// Offsets as they were written; in which unit shows only beside the text.
    begin: usize,
    end: usize,
    /// The words as they were written, to be looked for.
    text: Option<String>,
}

/// Why a line is no passage of a cluster.
#[derive(Debug, thiserror::Error)]
pub enum BadLine {
    #[error("not a JSON object of passim")]
    Syntax(#[from] serde_json::Error),
    /// Alignments of pairs, lines and whole documents have no clusters.
    #[error("no {field}: only the clusters in out.json can be opened")]
    Field { field: &'static str },
    #[error("{id:?} is no article that this program exported")]
    Article { id: String },
    #[error("a passage that ends at {end} and begins at {begin}")]
    Offsets { begin: usize, end: usize },
}

/// The fields that are read; others pass by.
#[derive(Deserialize)]
struct Record {
    id: Option<String>,
    cluster: Option<Label>,
    begin: Option<usize>,
    end: Option<usize>,
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Label {
    Number(i64),
    Words(String),
}

impl Clusters {
    /// Takes one line of passim's output. A blank one says nothing.
    ///
    /// ```
    /// use throughline::analysis::reuse::clusters::Clusters;
    /// let mut clusters = Clusters::default();
    /// let line = r#"{"id":"00000000000000ff","cluster":12,"size":2,"begin":0,"end":4,"text":"Fees"}"#;
    /// clusters.read_line(line.as_bytes()).unwrap();
    /// assert_eq!(clusters.len(), 1);
    /// ```
    ///
    /// # Errors
    /// [`BadLine`] where it is no passage of a cluster; those taken before stay.
    pub fn read_line(&mut self, line: &[u8]) -> Result<(), BadLine> {
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let record: Record = serde_json::from_slice(line)?;
        let missing = |field| BadLine::Field { field };
        let cluster = match record.cluster.ok_or_else(|| missing("cluster"))? {
            Label::Number(number) => number.to_string(),
            Label::Words(words) => words,
        };
        let id = record.id.ok_or_else(|| missing("id"))?;
        let (begin, end) = (record.begin.ok_or_else(|| missing("begin"))?, record.end.ok_or_else(|| missing("end"))?);
        if begin >= end {
            return Err(BadLine::Offsets { begin, end });
        }
        let Some(document) = document_id(&id) else {
            return Err(BadLine::Article { id: id.chars().take(80).collect() });
        };
        self.members.push(Member { cluster, document, begin, end, text: record.text });
        Ok(())
    }

    /// Number of passages.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

/// The id as [`DocumentId`] prints it: sixteen hexadecimal digits.
fn document_id(id: &str) -> Option<DocumentId> {
    let is_id = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| u64::from_str_radix(id, 16).ok().map(DocumentId)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_passages_or_say_what_is_wrong() {
        let table = [
            (r#"{"id":"00000000000000ff","cluster":3,"begin":0,"end":4}"#, "ok"),
            (r#"{"id":"00000000000000FF","cluster":"3","begin":0,"end":4,"text":"Fees","src":[{"uid":-1}]}"#, "ok"),
            ("  ", "ok"),
            ("{\"id\":\"00000000000000ff\",", "not a JSON object of passim"),
            ("[1]", "not a JSON object of passim"),
            (
                r#"{"id":"00000000000000ff","begin":0,"end":4}"#,
                "no cluster: only the clusters in out.json can be opened",
            ),
            (
                r#"{"id":"00000000000000ff","cluster":3,"begin":0}"#,
                "no end: only the clusters in out.json can be opened",
            ),
            (r#"{"cluster":3,"begin":0,"end":4}"#, "no id: only the clusters in out.json can be opened"),
            (r#"{"id":"page-7","cluster":3,"begin":0,"end":4}"#, "\"page-7\" is no article that this program exported"),
            (r#"{"id":"00000000000000ff","cluster":3,"begin":4,"end":4}"#, "a passage that ends at 4 and begins at 4"),
            (r#"{"id":"00000000000000ff","cluster":3,"begin":-4,"end":4}"#, "not a JSON object of passim"),
        ];
        for (line, expected) in table {
            let read = Clusters::default().read_line(line.as_bytes());
            assert_eq!(read.map_or_else(|error| error.to_string(), |()| "ok".to_owned()), expected, "{line}");
        }
    }
}
