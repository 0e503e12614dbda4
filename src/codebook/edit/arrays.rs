//! Where a new entry goes in the text: behind its like, laid out as they are.
//!
//! A list of entries is either `[[actors]]` after `[[actors]]` or, rarely, one array of inline tables.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{CodebookError, refused};

/// Adds an entry behind those of its kind.
pub(super) fn push_table(document: &mut DocumentMut, kind: &str, table: Table) -> Result<(), CodebookError> {
    let item = document.entry(kind).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match item {
        Item::ArrayOfTables(tables) => tables.push(table),
        Item::Value(Value::Array(array)) => push(array, Value::InlineTable(table.into_inline_table())),
        _ => return Err(refused(format!("\"{kind}\" is no list"))),
    }
    Ok(())
}

/// Adds a string to a list of an entry.
pub(super) fn push_string(
    document: &mut DocumentMut,
    kind: &str,
    idx: usize,
    key: &str,
    text: &str,
) -> Result<(), CodebookError> {
    let array = entry_mut(document, kind, idx)?
        .entry(key)
        .or_insert_with(|| Item::Value(Value::Array(Array::new())))
        .as_array_mut()
        .ok_or_else(|| refused(format!("\"{key}\" is no list")))?;
    push(array, text.into());
    Ok(())
}

/// Adds a term to a theme.
pub(super) fn push_term(
    document: &mut DocumentMut,
    theme_idx: usize,
    term: &str,
    weight: f32,
) -> Result<(), CodebookError> {
    let terms = entry_mut(document, "themes", theme_idx)?
        .entry("terms")
        .or_insert_with(|| Item::Value(Value::Array(Array::new())));
    match terms {
        Item::Value(Value::Array(array)) => push(array, Value::InlineTable(inline_term(term, weight))),
        Item::ArrayOfTables(tables) => tables.push(inline_term(term, weight).into_table()),
        _ => return Err(refused("\"terms\" is no list".to_owned())),
    }
    Ok(())
}

/// Gives a term of a theme another weight.
pub(super) fn set_weight(
    document: &mut DocumentMut,
    theme_idx: usize,
    term_idx: usize,
    weight: f32,
) -> Result<(), CodebookError> {
    let terms = entry_mut(document, "themes", theme_idx)?.get_mut("terms");
    let term = terms.and_then(|terms| nth_mut(terms, term_idx)).ok_or_else(|| refused("no such term".to_owned()))?;
    term.insert("weight", Item::Value(decimal(weight)));
    term.fmt();
    Ok(())
}

/// The terms of a new theme, one a line.
pub(super) fn terms(literals: &[String]) -> Array {
    let mut array: Array = literals.iter().map(|term| Value::InlineTable(inline_term(term, 1.0))).collect();
    for value in array.iter_mut() {
        value.decor_mut().set_prefix("\n    ");
    }
    if !array.is_empty() {
        array.set_trailing_comma(true);
        array.set_trailing("\n");
    }
    array
}

fn inline_term(term: &str, weight: f32) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("term", term.into());
    if weight != 1.0 {
        table.insert("weight", decimal(weight));
    }
    table
}

/// 0.7 and not the 0.699999988 that an `f32` is closest to.
fn decimal(weight: f32) -> Value {
    weight.to_string().parse::<f64>().unwrap_or(f64::from(weight)).into()
}

fn entry_mut<'d>(
    document: &'d mut DocumentMut,
    kind: &str,
    idx: usize,
) -> Result<&'d mut dyn TableLike, CodebookError> {
    (document.get_mut(kind).and_then(|item| nth_mut(item, idx)))
        .ok_or_else(|| refused(format!("no entry {idx} among \"{kind}\"")))
}

/// The entry of this number in a list of tables, however the list is written.
fn nth_mut(item: &mut Item, idx: usize) -> Option<&mut dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables.get_mut(idx).map(|table| table as &mut dyn TableLike),
        Item::Value(Value::Array(array)) => match array.get_mut(idx)? {
            Value::InlineTable(table) => Some(table),
            _ => None,
        },
        _ => None,
    }
}

/// Adds a value behind the last of an array, on a line of its own where the array has lines. A comment behind the last
/// value stays behind it.
fn push(array: &mut Array, mut value: Value) {
    let indent = array.iter().find_map(|value| line_break(value.decor().prefix()?.as_str()?));
    let last = array.len().checked_sub(1).filter(|_| !array.trailing_comma()).and_then(|last| array.get_mut(last));
    // What stands between the last value, or the comma after it, and the bracket.
    let tail = match last {
        Some(last) => {
            let suffix = last.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default().to_owned();
            last.decor_mut().set_suffix("");
            suffix
        }
        None => array.trailing().as_str().unwrap_or_default().to_owned(),
    };
    let (comment, rest) = tail.split_at(tail.rfind('\n').unwrap_or(0));
    let comment = if comment.contains('#') { comment.trim_end() } else { "" };
    let before = match indent {
        Some(indent) => indent,
        None if rest.starts_with('\n') => "\n    ".to_owned(),
        None if array.is_empty() => String::new(),
        None => " ".to_owned(),
    };
    value.decor_mut().set_prefix(format!("{comment}{before}"));
    array.set_trailing(rest);
    array.push_formatted(value);
}

/// The last line break of what stands before a value, with the indent after it.
fn line_break(before: &str) -> Option<String> {
    let at = before.rfind('\n')?;
    let indent = before.get(at..)?;
    indent.trim().is_empty().then(|| indent.to_owned())
}
