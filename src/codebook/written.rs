//! A codebook as it is written: the tree of its TOML, in which every key and value knows its place.
//!
//! What is wrong is told at its own line, and one fault does not hide the next. Text that is no TOML is cut at its
//! headers and each part is read alone, so that an unclosed bracket spoils its own part only; an entry of the wrong
//! shape is left out and the rest is read again. `O(n)` in the file for each entry left out, at most [`MAX_PROBLEMS`].

use std::ops::Range;

use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

use super::{Codebook, CodebookError};

/// Beyond this a file is no codebook, and more of the same helps nobody.
const MAX_PROBLEMS: usize = 100;

/// The tree of a codebook's text.
pub(super) struct Written<'t> {
    toml: &'t str,
    table: Spanned<DeTable<'t>>,
    /// Was everything in the text of the shape of a codebook? If not, references may lead to what was left out.
    pub is_whole: bool,
}

/// A step from an entry to what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'k> {
    Key(&'k str),
    Idx(usize),
}

impl<'k> From<&'k str> for Step<'k> {
    fn from(key: &'k str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step<'_> {
    fn from(idx: usize) -> Self {
        Self::Idx(idx)
    }
}

/// A place in a codebook: `place!["actors", actor_idx, "officers", officer_idx]`.
macro_rules! place {
    ($($step:expr),* $(,)?) => { &[$($crate::codebook::written::Step::from($step)),*] };
}
pub(super) use place;

/// Reads what can be read of a codebook, and tells what cannot. The entries of the result stand in the order of the
/// tree, so that an index into one leads into the other.
pub(super) fn read(toml: &str) -> (Written<'_>, Codebook, Vec<CodebookError>) {
    let mut problems = Vec::new();
    let table = match DeTable::parse(toml) {
        Ok(table) => table,
        Err(error) => {
            problems = syntax_errors(toml, &error);
            Spanned::new(0..0, DeTable::new())
        }
    };
    let mut written = Written { toml, table, is_whole: problems.is_empty() };
    if !written.is_whole {
        return (written, Codebook::default(), problems);
    }
    while problems.len() < MAX_PROBLEMS {
        match Codebook::deserialize(toml::de::Deserializer::from(written.table.clone())) {
            Ok(codebook) => return (written, codebook, problems),
            Err(error) => {
                problems.push(CodebookError::syntax(written.line_of_error(&error), error.message()));
                written.is_whole = false;
                if !written.leave_out(&error) {
                    break;
                }
            }
        }
    }
    (written, Codebook::default(), problems)
}

impl Written<'_> {
    /// The line of a place, from 1; that of the last step that exists where the place itself does not.
    pub(super) fn line(&self, place: &[Step<'_>]) -> usize {
        let table = self.table.get_ref();
        let mut steps = place.iter();
        let Some(Step::Key(first)) = steps.next() else { return 1 };
        let Some(mut value) = table.get(*first) else { return 1 };
        for step in steps {
            let next = match step {
                Step::Key(key) => value.get_ref().as_table().and_then(|table| table.get(*key)),
                Step::Idx(idx) => value.get_ref().as_array().and_then(|array| array.get(*idx)),
            };
            let Some(next) = next else { break };
            value = next;
        }
        line_of(self.toml, value.span().start)
    }

    /// How many entries of a kind the text itself has, without those of a base.
    pub(super) fn n_own(&self, kind: &str) -> usize {
        self.table.get_ref().get(kind).and_then(|value| value.get_ref().as_array()).map_or(0, |array| array.len())
    }

    fn line_of_error(&self, error: &toml::de::Error) -> usize {
        error.span().map_or(1, |span| line_of(self.toml, span.start))
    }

    /// Takes the smallest entry that holds an error out of the tree. False where there is none to take.
    fn leave_out(&mut self, error: &toml::de::Error) -> bool {
        let root = self.table.get_mut();
        let lacking = |root: &DeTable<'_>| REQUIRED.into_iter().filter(|&key| !root.contains_key(key)).collect();
        let before: Vec<&str> = lacking(root);
        let span = error.span().filter(|span| !span.is_empty());
        let is_left_out = span.is_some_and(|span| leave_out_of_table(root, &span));
        // What a codebook cannot do without was told to be wrong or missing; it is empty from here on.
        let after: Vec<&str> = lacking(root);
        let told =
            if is_left_out { after.into_iter().find(|key| !before.contains(key)) } else { after.first().copied() };
        if let Some(key) = told {
            root.insert(Spanned::new(0..0, DeString::from(key)), Spanned::new(0..0, DeValue::String("".into())));
        }
        is_left_out || told.is_some()
    }
}

/// What stands at the top of every codebook.
const REQUIRED: [&str; 2] = ["name", "language"];

/// Takes the smallest element of an array that holds `span` out of what is below a table, else a key of the table.
fn leave_out_of_table(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    if table.iter_mut().any(|(_, value)| leave_out_of(value, span)) {
        return true;
    }
    let holder = (table.iter())
        .find(|(key, value)| holds(&key.span(), span) || holds(&value.span(), span))
        .map(|(key, _)| key.get_ref().to_string());
    holder.is_some_and(|key| table.remove(key.as_str()).is_some())
}

/// As [`leave_out_of_table`], below a value. An element goes as a whole, or it would be told again to lack a field.
fn leave_out_of(value: &mut Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    let array = match value.get_mut() {
        DeValue::Array(array) => array,
        DeValue::Table(table) => return leave_out_of_table(table, span),
        _ => return false,
    };
    for element in array.iter_mut() {
        let is_left_out = match element.get_mut() {
            DeValue::Table(table) => table.iter_mut().any(|(_, value)| leave_out_of(value, span)),
            _ => leave_out_of(element, span),
        };
        if is_left_out {
            return true;
        }
    }
    let holder = array.iter().position(|element| is_in(element, span));
    let Some(idx) = holder else { return false };
    let elements = std::mem::replace(array, DeArray::new()).into_iter().enumerate();
    *array = elements.filter(|&(other, _)| other != idx).map(|(_, element)| element).collect();
    true
}

/// Does `span` lie in an element of an array? The place of a table is its header, so its fields are asked too.
fn is_in(element: &Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    let is_in_field =
        |table: &DeTable<'_>| table.iter().any(|(key, value)| holds(&key.span(), span) || holds(&value.span(), span));
    holds(&element.span(), span) || element.get_ref().as_table().is_some_and(is_in_field)
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// What is no TOML: the first fault of each part between headers, or the one of the whole where every part is fine alone.
fn syntax_errors(toml: &str, whole: &toml::de::Error) -> Vec<CodebookError> {
    let mut starts: Vec<usize> = toml.match_indices("\n[").map(|(at, _)| at + 1).collect();
    starts.insert(0, 0);
    starts.push(toml.len());
    let problems: Vec<CodebookError> = (starts.windows(2))
        .filter_map(|ends| {
            let &[start, end] = ends else { return None };
            let error = DeTable::parse(toml.get(start..end)?).err()?;
            let at = start + error.span().map_or(0, |span| span.start);
            Some(CodebookError::syntax(line_of(toml, at), error.message()))
        })
        .take(MAX_PROBLEMS)
        .collect();
    if !problems.is_empty() {
        return problems;
    }
    let at = whole.span().map_or(0, |span| span.start);
    vec![CodebookError::syntax(line_of(toml, at), whole.message())]
}

/// The number of the line that holds the byte at `offset`, from 1.
pub(super) fn line_of(toml: &str, offset: usize) -> usize {
    1 + toml.bytes().take(offset).filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name = \"x\"\nlanguage = \"en\"\n";

    fn problems(toml: &str) -> Vec<String> {
        read(toml).2.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_wrong_entry_is_told_at_its_line_and_the_rest_is_read() {
        let toml = "name = \"x\"\nlanguage = 3\n\
                    [[actors]]\nid = \"A\"\nnames = [\"a\", 5]\n\
                    [[actors.officers]]\nperson = \"P\"\nfrom = \"2020-13-01\"\n\
                    [[actors.officers]]\nperson = \"Q\"\n\
                    [[actors]]\nid = \"B\"\n\
                    [[actors]]\nid = \"C\"\nnames = []\nsecret = 1\n\
                    [[actors]]\nid = \"D\"\nnames = [\"d\"]\n\
                    [hedges]\nhedges = \"may\"\nconditions = [\"until\"]\n";
        let (written, codebook, problems) = read(toml);
        let mut lines: Vec<usize> = problems.iter().map(CodebookError::line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [2, 5, 8, 11, 16, 21], "{problems:#?}");
        assert!(!written.is_whole);
        let ids: Vec<&str> = codebook.actors.iter().map(|actor| actor.id.as_str()).collect();
        assert_eq!(ids, ["A", "D"]);
        assert_eq!(codebook.actors[0].officers.len(), 1);
        assert_eq!(codebook.hedges.conditions, ["until"]);
        // Indices of the result lead to the lines of what it was read from.
        assert_eq!(written.line(place!["actors", 0, "officers", 0, "person"]), 10);
        assert_eq!(written.line(place!["actors", 1, "names", 0]), 19);
    }

    #[test]
    fn what_lacks_its_name_is_read_on() {
        assert_eq!(problems("[[aliases]]\nname = 1\nalso = []\n").len(), 3);
        assert_eq!(problems(""), ["line 1: missing field `name`", "line 1: missing field `language`"]);
    }

    #[test]
    fn an_unclosed_bracket_spoils_its_own_part() {
        let toml = format!(
            "{HEAD}[[actors]]\nid = \"A\nnames = []\n[[actors]]\nid = \"B\"\nnames = [\"b\"\n[hedges]\nhedges = [1\n"
        );
        let mut lines: Vec<usize> = read(&toml).2.iter().map(CodebookError::line).collect();
        lines.dedup();
        assert_eq!(lines.len(), 3, "{:?}", problems(&toml));
        assert_eq!(lines[0], 4);
        let twice = format!("{HEAD}[hedges]\nhedges = []\n[hedges]\nhedges = []\n");
        assert_eq!(read(&twice).2.iter().map(CodebookError::line).collect::<Vec<_>>(), [5]);
    }

    #[test]
    fn a_place_that_does_not_exist_is_told_at_the_nearest_that_does() {
        let toml = format!(
            "{HEAD}[[themes]]\nid = \"t\"\nlabel = \"T\"\nterms = [\n  {{ term = \"a\" }},\n  \
                            {{ term = \"b\" }},\n]\ndirections = []\ndefault_direction = \"oppose\"\n"
        );
        let (written, ..) = read(&toml);
        assert_eq!(written.line(place!["themes", 0, "terms", 1, "term"]), 8);
        assert_eq!(written.line(place!["themes", 0, "terms", 1, "weight"]), 8);
        assert_eq!(written.line(place!["themes", 0, "terms", 7]), 6);
        assert_eq!(written.line(place!["cues", 0]), 1);
    }
}
