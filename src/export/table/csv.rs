//! Comma-separated values: RFC 4180 (2005), UTF-8, CRLF, a header row, as many cells in every row. A byte-order mark comes
//! first: without it Excel reads a file that is double-clicked in an older encoding and spoils every quotation mark.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and runs it when the file is opened; a
//! tab or a line end before it does not help, and East Asian settings take the full-width forms too (OWASP, *CSV
//! Injection*). Such a cell gets one apostrophe before it, which a spreadsheet does not show as part of a formula. So that
//! no quotation is falsified by it, the last column, `guarded`, names the columns of the row where the first character is
//! such an apostrophe; without it, they are what the article says to the letter. Numbers are written as they are.
//! `O(n)` in the bytes.

use std::io;

/// A column: its name and its value in a row.
pub(in crate::export) type Column<R> = (&'static str, fn(&R) -> Cell);

/// What stands in a cell.
pub(in crate::export) enum Cell {
    /// Words from outside, guarded.
    Text(String),
    /// Numbers, days and ids of the program's own, which begin with no sign.
    Plain(String),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Empty where nothing is known.
    pub fn some(text: Option<impl Into<String>>) -> Self {
        Self::Text(text.map(Into::into).unwrap_or_default())
    }

    #[expect(clippy::needless_pass_by_value, reason = "ids and numbers, which are copied")]
    pub fn plain(value: impl ToString) -> Self {
        Self::Plain(value.to_string())
    }

    /// Empty where nothing is known.
    pub fn some_plain(value: Option<impl ToString>) -> Self {
        Self::Plain(value.map(|value| value.to_string()).unwrap_or_default())
    }
}

/// Writes the header and a line for each row.
pub(in crate::export) fn write<R>(
    out: &mut impl io::Write,
    columns: &[Column<R>],
    rows: impl Iterator<Item = R>,
) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let names = columns.iter().map(|(name, _)| (*name).to_owned()).chain(["guarded".to_owned()]);
    write_line(out, names)?;
    for row in rows {
        let mut guarded: Vec<&str> = Vec::new();
        let mut cells: Vec<String> = Vec::with_capacity(columns.len() + 1);
        for (name, value) in columns {
            cells.push(match value(&row) {
                Cell::Plain(value) => value,
                Cell::Text(text) if is_formula(&text) => {
                    guarded.push(name);
                    format!("'{text}")
                }
                Cell::Text(text) => text,
            });
        }
        cells.push(guarded.join(" "));
        write_line(out, cells.into_iter())?;
    }
    Ok(())
}

/// Would a spreadsheet run it?
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn write_line(out: &mut impl io::Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    for (idx, cell) in cells.enumerate() {
        if idx > 0 {
            out.write_all(b",")?;
        }
        if needs_quotes(&cell) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

/// Some readers split at semicolons and tabs and trim what stands bare, so such cells are quoted too.
fn needs_quotes(cell: &str) -> bool {
    cell.contains([',', '"', ';', '\t', '\r', '\n']) || cell.trim() != cell
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(rows: &[[&str; 2]]) -> String {
        const COLUMNS: [Column<[String; 2]>; 2] =
            [("a", |row| Cell::text(row[0].as_str())), ("b", |row| Cell::text(row[1].as_str()))];
        let mut out = Vec::new();
        write(&mut out, &COLUMNS, rows.iter().map(|row| row.map(str::to_owned))).unwrap();
        String::from_utf8(out).unwrap().strip_prefix('\u{feff}').unwrap().to_owned()
    }

    /// A reader by the grammar of RFC 4180 alone.
    fn read(csv: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut chars = csv.chars().peekable();
        let mut is_quoted = false;
        while let Some(character) = chars.next() {
            match character {
                '"' if is_quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !is_quoted => {
                    assert_eq!(chars.next(), Some('\n'));
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                _ => cell.push(character),
            }
        }
        assert!(cell.is_empty() && row.is_empty(), "the last line ends too");
        rows
    }

    #[test]
    fn cells_are_quoted_where_they_must_be_and_formulas_are_guarded() {
        for (row, expected) in [
            (["plain", "“Wé – go”"], "plain,“Wé – go”,"),
            (["a,b", "say \"no\""], "\"a,b\",\"say \"\"no\"\"\","),
            (["two\r\nlines", " edge"], "\"two\r\nlines\",\" edge\","),
            (["=1+1", "@here"], "'=1+1,'@here,a b"),
            (["+7", "- and"], "'+7,'- and,a b"),
            (["\t=1", "'quoted'"], "\"'\t=1\",'quoted',a"),
            (["", "＝1"], ",'＝1,b"),
        ] {
            assert_eq!(written(&[row]), format!("a,b,guarded\r\n{expected}\r\n"));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(cells in prop::collection::vec(("\\PC*|[-=+@,;\"'\r\n\t ]*", ".*"), 0..6)) {
            let rows: Vec<[&str; 2]> = cells.iter().map(|(a, b)| [a.as_str(), b.as_str()]).collect();
            let read = read(&written(&rows));
            prop_assert_eq!(read.len(), rows.len() + 1);
            for (row, cells) in read[1..].iter().zip(&rows) {
                for (idx, name) in ["a", "b"].into_iter().enumerate() {
                    let is_guarded = row[2].split(' ').any(|guarded| guarded == name);
                    let cell = if is_guarded { row[idx].strip_prefix('\'').unwrap() } else { &row[idx] };
                    prop_assert_eq!(cell, cells[idx]);
                    prop_assert!(!row[idx].starts_with(['=', '+', '-', '@']));
                }
            }
        }
    }
}
