//! One record of SQLite: a header of types, then the values one after the other.
//!
//! The method is section 2.1, "Record Format", of the published file format
//! (<https://www.sqlite.org/fileformat2.html>): the header begins with its own length, and each value has a type number
//! that gives its length. So a record needs no schema to be read, and where its end is missing, the number of values
//! and the place of each are still known. `O(n)` in the bytes of the record.

use super::{Row, Value};

/// A record of more values is no row of ours (none has ten). Each type number of a hostile header costs one byte of the
/// file and a [`Value`] in memory; this keeps headers from being long.
const MAX_VALUES: usize = 64;

/// The bytes of a record as far as they could be collected.
#[derive(Clone, Copy, Debug)]
pub struct Payload<'a> {
    pub bytes: &'a [u8],
    /// The length that the cell states.
    pub n_bytes: u64,
    /// Did the last page of the record say that it is the last?
    pub is_closed: bool,
}

/// The row of a record whose first value is text.
pub fn row(rowid: i64, payload: Payload<'_>) -> Option<Row> {
    let (n_header, n_first) = varint(payload.bytes)?;
    let mut types = payload.bytes.get(n_first..usize::try_from(n_header).ok()?)?;
    // Rows of other tables are many, and are left by their first type.
    if !is_text(varint(types)?.0) {
        return None;
    }
    let mut start = n_header;
    let mut values = Vec::new();
    while !types.is_empty() {
        let (code, n_type) = varint(types)?;
        types = types.get(n_type..)?;
        if values.len() == MAX_VALUES {
            return None;
        }
        let end = start.saturating_add(size(code));
        values.push(slice(payload.bytes, start, end).map_or(Value::Damaged, |bytes| value(code, bytes)));
        start = end;
    }
    if !matches!(values.first(), Some(Value::Text(_))) {
        return None;
    }
    let is_full = start == payload.n_bytes && payload.bytes.len() as u64 == payload.n_bytes;
    let is_whole = is_full && payload.is_closed && !values.contains(&Value::Damaged);
    Some(Row { rowid, values, is_whole })
}

/// A number of one to nine bytes and how many it takes; seven bits a byte, the ninth gives all eight.
pub fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0_u64;
    for (idx, &byte) in bytes.iter().enumerate().take(9) {
        if idx == 8 {
            return Some((number << 8 | u64::from(byte), 9));
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            return Some((number, idx + 1));
        }
    }
    None
}

fn is_text(code: u64) -> bool {
    code >= 13 && code % 2 == 1
}

/// How many bytes a value of this type takes.
fn size(code: u64) -> u64 {
    match code {
        0 | 8..=11 => 0,
        1..=4 => code,
        5 => 6,
        6 | 7 => 8,
        _ => (code - 12) / 2,
    }
}

/// The bytes of a value; one of no bytes stands anywhere, also behind the cut.
fn slice(bytes: &[u8], start: u64, end: u64) -> Option<&[u8]> {
    if start == end {
        return Some(&[]);
    }
    bytes.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
}

fn value(code: u64, bytes: &[u8]) -> Value {
    match code {
        0 => Value::Null,
        1..=6 => Value::Integer(integer(bytes)),
        7 => bytes.try_into().map_or(Value::Damaged, |bytes| real(f64::from_be_bytes(bytes))),
        8 => Value::Integer(0),
        9 => Value::Integer(1),
        // Reserved; no file that was put away has them.
        10 | 11 => Value::Damaged,
        _ if is_text(code) => str::from_utf8(bytes).map_or(Value::Damaged, |text| Value::Text(text.to_owned())),
        _ => Value::Blob(bytes.to_vec()),
    }
}

/// SQLite knows no value that is not a number, and reads one as NULL.
fn real(number: f64) -> Value {
    if number.is_nan() { Value::Null } else { Value::Real(number) }
}

/// Two's complement, big end first, of any length up to eight.
fn integer(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|&byte| byte >= 0x80) { -1 } else { 0 };
    bytes.iter().fold(sign, |number, &byte| number << 8 | i64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &[u8]) -> Option<Row> {
        row(7, Payload { bytes, n_bytes: bytes.len() as u64, is_closed: true })
    }

    #[test]
    fn varints_take_one_to_nine_bytes() {
        let cases = [
            (&[0x00][..], Some((0, 1))),
            (&[0x7f, 0xff], Some((127, 1))),
            (&[0x81, 0x00], Some((128, 2))),
            (&[0xff; 9], Some((u64::MAX, 9))),
            (&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x05], Some((5, 9))),
            (&[0xff; 8], None),
            (&[], None),
        ];
        for (bytes, number) in cases {
            assert_eq!(varint(bytes), number, "{bytes:?}");
        }
    }

    #[test]
    fn each_type_gives_its_value() {
        // Text "é", NULL, -2 in one byte, -2 in three, 0, 1, 1.5, a blob, and a number that is none.
        let nan = f64::NAN.to_be_bytes();
        let types = [10, 17, 0, 1, 3, 8, 9, 7, 16, 7];
        let bodies: [&[u8]; 6] = ["é".as_bytes(), &[0xfe], &[0xff, 0xff, 0xfe], &1.5_f64.to_be_bytes(), b"ab", &nan];
        let row = whole(&[types.as_slice(), &bodies.concat()].concat()).unwrap();
        let text = Value::Text("é".to_owned());
        let [two, zero, one] = [-2, 0, 1].map(Value::Integer);
        let blob = Value::Blob(b"ab".to_vec());
        let values = vec![text, Value::Null, two.clone(), two, zero, one, Value::Real(1.5), blob, Value::Null];
        assert_eq!(row, Row { rowid: 7, values, is_whole: true });
    }

    #[test]
    fn a_row_begins_with_text() {
        assert_eq!(whole(&[2, 1, 5]), None, "a number");
        assert_eq!(whole(&[2, 14, 5]), None, "a blob");
        assert_eq!(whole(&[1]), None, "nothing");
        assert_eq!(whole(&[2, 15, 0xff]), None, "no UTF-8");
        assert_eq!(whole(&[9, 15, b'a']), None, "a header longer than the record");
        assert!(whole(&[2, 13]).unwrap().is_whole, "empty text is text");
        let many = [&[MAX_VALUES as u8 + 2, 13][..], &[0; MAX_VALUES]].concat();
        assert_eq!(whole(&many), None, "more values than any row of ours");
        assert!(whole(&[&[MAX_VALUES as u8 + 1][..], &many[1..MAX_VALUES + 1]].concat()).is_some());
    }

    #[test]
    fn what_is_cut_is_damaged_and_the_rest_keeps_its_place() {
        // "ab", "cd", NULL, "ef".
        let bytes = [5, 17, 17, 0, 17, b'a', b'b', b'c', b'd', b'e', b'f'];
        let [first, second, last] = ["ab", "cd", "ef"].map(|text| Value::Text(text.to_owned()));
        let cut = |n: usize| row(1, Payload { bytes: &bytes[..n], n_bytes: 11, is_closed: true });
        let rest = |second: &Value, last: &Value| vec![first.clone(), second.clone(), Value::Null, last.clone()];
        assert_eq!(cut(11), Some(Row { rowid: 1, values: rest(&second, &last), is_whole: true }));
        assert_eq!(cut(10), Some(Row { rowid: 1, values: rest(&second, &Value::Damaged), is_whole: false }));
        assert_eq!(cut(8), Some(Row { rowid: 1, values: rest(&Value::Damaged, &Value::Damaged), is_whole: false }));
        assert_eq!(cut(6), None, "its first value is gone");
    }

    #[test]
    fn a_length_that_does_not_fit_its_types_is_told() {
        let bytes = [3, 15, 15, b'a', b'b'];
        for (n_bytes, is_closed, is_whole) in [(5, true, true), (5, false, false), (6, true, false), (4, true, false)] {
            let row = row(1, Payload { bytes: &bytes, n_bytes, is_closed }).unwrap();
            assert_eq!((row.values.len(), row.is_whole), (2, is_whole), "{n_bytes} {is_closed}");
        }
    }

    #[test]
    fn invalid_utf8_and_reserved_types_are_damaged() {
        let values = |bytes: &[u8]| whole(bytes).map(|row| (row.values[1].clone(), row.is_whole));
        assert_eq!(values(&[3, 15, 15, b'a', 0xff]), Some((Value::Damaged, false)));
        assert_eq!(values(&[3, 15, 10, b'a']), Some((Value::Damaged, false)));
        assert_eq!(
            values(&[11, 15, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, b'a']),
            Some((Value::Damaged, false))
        );
    }
}
