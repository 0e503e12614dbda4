//! The index of all words: one FTS5 table, one row an article.
//!
//! The table is fed with keys, not with text, and keeps neither (`content=''`); the tokenizer has nothing to decide, since
//! a key is ASCII letters, digits and `_`, or not ASCII. Whatever a reader types reaches FTS5 as keys in quotation marks, so
//! none of it is FTS5's own syntax. A row that is removed leaves the lists of its words when these are merged next, or by
//! [`merge`]. Cost
//! of a search: the lists of its words.

use std::fmt::Write as _;

use rusqlite::{Connection, params};

use super::keys::Keys;
use super::query::{Clause, Group, Phrase, Query, Term};
use crate::document::Document;

/// Makes the table `words`, unless it is there.
///
/// # Errors
/// Whatever SQLite says, such as a connection that can only read.
pub fn create(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(keys, content='', contentless_delete=1, detail=full, \
         tokenize=\"ascii tokenchars '_|'\")",
    )
}

/// Adds an article under a row number that has none. For many, open a transaction around them and keep `keys`.
///
/// # Errors
/// Whatever SQLite says, such as a full disk.
pub fn add(connection: &Connection, keys: &mut Keys, row: i64, document: &Document) -> Result<(), rusqlite::Error> {
    add_keys(connection, row, &keys.of_document(document))
}

/// Adds an article by its keys.
pub(super) fn add_keys(connection: &Connection, row: i64, keys: &str) -> Result<(), rusqlite::Error> {
    connection.prepare_cached("INSERT INTO words(rowid, keys) VALUES (?1, ?2)")?.execute(params![row, keys])?;
    Ok(())
}

/// Takes an article out.
///
/// # Errors
/// Whatever SQLite says, such as a full disk.
pub fn remove(connection: &Connection, row: i64) -> Result<(), rusqlite::Error> {
    connection.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([row])?;
    Ok(())
}

/// Merges all lists into one: what was taken out is then nowhere in them. Some 0.3 s for 10,000 articles.
///
/// # Errors
/// Whatever SQLite says, such as a full disk.
pub fn merge(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.execute_batch("INSERT INTO words(words) VALUES ('optimize')")
}

/// The rows of the articles that meet the query, in order; none for a blank one.
///
/// # Errors
/// Whatever SQLite says, such as a table that is not there or is damaged.
pub fn search(connection: &Connection, query: &Query) -> Result<Vec<i64>, rusqlite::Error> {
    let wanted: Vec<String> = query.clauses.iter().filter(|it| !it.is_left_out).map(Clause::matched).collect();
    let left_out: Vec<String> = query.clauses.iter().filter(|it| it.is_left_out).map(Clause::matched).collect();
    let left_out = left_out.join(" OR ");
    match (wanted.is_empty(), left_out.is_empty()) {
        (true, true) => Ok(Vec::new()),
        (true, false) => {
            let without = rows(connection, &left_out)?;
            let mut rows = all_rows(connection)?;
            rows.retain(|row| without.binary_search(row).is_err());
            Ok(rows)
        }
        (false, true) => rows(connection, &wanted.join(" AND ")),
        (false, false) => rows(connection, &format!("({}) NOT ({left_out})", wanted.join(" AND "))),
    }
}

/// For a query that nothing meets, the queries nearest to it that something does, each with the number of articles: all
/// its words wherever they stand, then each of its words alone, as they were typed. Of these the rarest come first, words
/// of all `n_documents` articles last: they say nothing.
///
/// # Errors
/// Whatever SQLite says, such as a table that is not there or is damaged.
pub fn nearest(
    connection: &Connection,
    query: &Query,
    n_documents: usize,
) -> Result<Vec<(String, usize)>, rusqlite::Error> {
    let mut words: Vec<(String, usize)> = Vec::new();
    for term in query.distinct() {
        words.push((term.typed.clone(), rows(connection, &matched_term(term))?.len()));
    }
    let mut nearest = Vec::new();
    let is_loose = query.clauses.iter().all(Clause::is_a_word);
    if words.len() > 1 && !is_loose && words.iter().all(|(_, n_with)| *n_with > 0) {
        let all: Vec<String> = query.distinct().map(|term| format!("({})", matched_term(term))).collect();
        let n_with = rows(connection, &all.join(" AND "))?.len();
        let typed: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        nearest.extend((n_with > 0).then(|| (typed.join(" "), n_with)));
    }
    words.retain(|(_, n_with)| *n_with > 0);
    words.sort_by_key(|(_, n_with)| (*n_with >= n_documents, *n_with));
    nearest.extend(words);
    Ok(nearest)
}

fn rows(connection: &Connection, matched: &str) -> Result<Vec<i64>, rusqlite::Error> {
    let mut statement = connection.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid")?;
    statement.query_map([matched], |row| row.get(0))?.collect()
}

fn all_rows(connection: &Connection) -> Result<Vec<i64>, rusqlite::Error> {
    let mut statement = connection.prepare_cached("SELECT rowid FROM words ORDER BY rowid")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

impl Clause {
    /// Is it one word that has to be there, and nothing else?
    fn is_a_word(&self) -> bool {
        let one = |group: &Group| matches!(group.phrases.as_slice(), [phrase] if phrase.terms.len() == 1);
        !self.is_left_out && matches!(self.any.as_slice(), [group] if one(group))
    }

    /// As FTS5 reads it.
    fn matched(&self) -> String {
        let any: Vec<String> = self.any.iter().flat_map(Group::matched).collect();
        format!("({})", any.join(" OR "))
    }
}

impl Group {
    /// All ways of writing it out.
    fn matched(&self) -> Vec<String> {
        let mut ways = vec![String::new()];
        for phrase in &self.phrases {
            let last = phrase.ways();
            ways = ways.iter().flat_map(|way| last.iter().map(move |last| format!("{way} {last}"))).collect();
        }
        match self.phrases.len() {
            1 => ways,
            _ => ways.iter().map(|way| format!("NEAR({way}, {})", self.distance)).collect(),
        }
    }
}

impl Phrase {
    /// All ways of writing it out; only a last word has several.
    fn ways(&self) -> Vec<String> {
        let Some((last, others)) = self.terms.split_last() else { return Vec::new() };
        let mut start = String::new();
        for key in others.iter().filter_map(|term| term.keys.first()) {
            let _ = write!(start, "{key} ");
        }
        ways_of(last, &start)
    }
}

/// The ways of a term after words before it, each as one string of FTS5.
fn ways_of(term: &Term, start: &str) -> Vec<String> {
    let keys = term.keys.iter().map(|key| format!("\"{start}{key}\""));
    let beginning = term.beginning.iter().map(|beginning| format!("\"{start}{beginning}\" *"));
    keys.chain(beginning).collect()
}

fn matched_term(term: &Term) -> String {
    ways_of(term, "").join(" OR ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::OptionalExtension as _;

    use super::*;
    use crate::document::DocumentId;

    fn indexed(texts: &[String]) -> (Connection, Vec<Document>) {
        let connection = Connection::open_in_memory().unwrap();
        create(&connection).unwrap();
        let mut keys = Keys::default();
        let documents: Vec<Document> =
            (0..).zip(texts).map(|(idx, text)| Document::of_lines(DocumentId(idx), text)).collect();
        for (row, document) in (0..).zip(&documents) {
            add(&connection, &mut keys, row, document).unwrap();
        }
        (connection, documents)
    }

    /// Is the article in the table?
    fn has_row(connection: &Connection, row: i64) -> Result<bool, rusqlite::Error> {
        Ok(connection.query_row("SELECT 1 FROM words WHERE rowid = ?1", [row], |_| Ok(())).optional()?.is_some())
    }

    fn found(texts: &[&str], typed: &str) -> Vec<i64> {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        search(&indexed(&texts).0, &Query::parse(typed)).unwrap()
    }

    #[test]
    fn articles_are_found_by_every_form() {
        let texts = ["Missile tests off the pier", "The pier. Test of missiles", "An eel’s test\nmissile", ""];
        for (typed, expected) in [
            ("missile test", vec![0, 1, 2]),
            ("\"missile test\"", vec![0]),
            ("missile NEAR/1 test", vec![0, 1, 2]),
            ("missile NEAR/0 test", vec![0]),
            ("missil* -eel", vec![0, 1]),
            ("eel OR pier", vec![0, 1, 2]),
            ("-eel", vec![0, 1, 3]),
            ("NOT missile", vec![3]),
            ("\"test missile\"", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(found(&texts, typed), expected, "{typed}");
        }
    }

    #[test]
    fn what_is_removed_is_found_no_more() {
        let (connection, documents) = indexed(&["eels".to_owned(), "eels".to_owned()]);
        remove(&connection, 0).unwrap();
        assert_eq!(search(&connection, &Query::parse("eel")).unwrap(), [1]);
        assert_eq!(search(&connection, &Query::parse("-pike")).unwrap(), [1]);
        assert!(!has_row(&connection, 0).unwrap());
        merge(&connection).unwrap();
        assert_eq!(search(&connection, &Query::parse("eel")).unwrap(), [1]);
        add(&connection, &mut Keys::default(), 0, &documents[0]).unwrap();
        assert_eq!(search(&connection, &Query::parse("eel")).unwrap(), [0, 1]);
    }

    #[test]
    fn what_is_nearest_is_found() {
        let texts = ["the attack", "the attacks", "the pier"].map(str::to_owned);
        let (connection, _) = indexed(&texts);
        for (typed, expected) in [
            ("the cyber attack attack", vec![("attack", 2), ("the", 3)]),
            ("\"attacks the\"", vec![("attacks the", 2), ("attacks", 2), ("the", 3)]),
            ("att* NEAR/0 pier", vec![("pier", 1), ("att*", 2)]),
            ("pier -the", vec![("pier", 1)]),
            ("cyber", vec![]),
        ] {
            let nearest = nearest(&connection, &Query::parse(typed), 3).unwrap();
            let nearest: Vec<(&str, usize)> = nearest.iter().map(|(word, n)| (word.as_str(), *n)).collect();
            assert_eq!(nearest, expected, "{typed}");
        }
    }

    /// Words of few letters, so that texts and queries meet, and whatever might be syntax.
    fn small_word() -> impl Strategy<Value = String> {
        proptest::sample::select(vec![
            "a", "b", "c", "as", "bed", "beds", "bing", "é", "É", "1,200", "1200", "港", "U.S.", "us", "a-b", "_", ".",
            "\n",
        ])
        .prop_map(str::to_owned)
    }

    fn small_query() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            6 => small_word(),
            1 => Just("be*".to_owned()),
            1 => Just("bedi*".to_owned()),
            2 => Just("NEAR/1".to_owned()),
            1 => Just("NEAR".to_owned()),
            2 => Just("OR".to_owned()),
            1 => Just("NOT".to_owned()),
            1 => Just("AND".to_owned()),
            1 => Just("-a".to_owned()),
            3 => Just("\"".to_owned()),
        ];
        proptest::collection::vec(word, 0..7).prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn index_and_places_agree(
            texts in proptest::collection::vec(proptest::collection::vec(small_word(), 0..12), 1..6),
            queries in proptest::collection::vec(small_query(), 12),
        ) {
            let texts: Vec<String> = texts.iter().map(|words| words.join(" ")).collect();
            let (connection, documents) = indexed(&texts);
            for typed in queries {
                let query = Query::parse(&typed);
                let rows = search(&connection, &query).unwrap();
                let met: Vec<i64> = (0..).zip(&documents)
                    .filter(|(_, document)| query.places_if_met(document).is_some())
                    .map(|(row, _)| row)
                    .collect();
                prop_assert_eq!(rows, met, "{:?} in {:?}", typed, texts);
            }
        }

        #[test]
        fn anything_can_be_looked_for(typed in "\\PC{0,40}", signs in "[\"'*()^:{}+\\-,.;_|ANDORTE/5 a\u{0}]{0,40}") {
            let (connection, _) = indexed(&["a b".to_owned()]);
            for typed in [&typed, &signs, &format!("{signs} {typed}")] {
                let query = Query::parse(typed);
                prop_assert!(search(&connection, &query).is_ok(), "{:?}", typed);
                prop_assert!(nearest(&connection, &query, 1).is_ok());
            }
        }
    }

    #[test]
    fn a_pasted_page_is_looked_for() {
        let page = "missile* NEAR/5 \"test of* x\" OR sanctions -eel ".repeat(500);
        let (connection, _) = indexed(&["a b".to_owned()]);
        assert_eq!(search(&connection, &Query::parse(&page)).unwrap(), Vec::<i64>::new());
    }
}
