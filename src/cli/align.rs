//! The command `align`: the passages that two articles share, for one pair or a list of pairs.
//!
//! In a list each distinct path is read once, whatever the number of its pairs, and kept only until its last pair is
//! printed; pairs are compared in parallel and printed in their order, a block at a time. Unlike everywhere else, a
//! file with stray control characters is still compared as long as it is mostly text.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;

use super::reading::tell_failure;
use super::{Format, Outcome, tell};
use crate::analysis::reuse::{self, Prepared};
use crate::export::json;
use crate::export::text;
use crate::ingest::{self, Hint, IngestError};
use crate::project::files::File;
use crate::project::opening::Failure;
use crate::text::CharOffsets;

/// Pairs compared before the first of them is printed.
const BLOCK: usize = 128;

/// More control characters, in percent of all, and a file is no text. Old texts that went through several programs
/// have up to 15.
const MAX_STRAY_PERCENT: usize = 20;

/// One text of the pairs.
struct Side {
    /// Empty where no words are printed.
    text: String,
    offsets: CharOffsets,
    prepared: Prepared,
    /// Control characters that no text should hold; 0 for a text as it should be.
    n_stray_characters: usize,
}

/// The texts of a block of pairs, by path.
type Sides<'a> = BTreeMap<&'a Path, Result<Side, Failure>>;

/// The command `align A B`.
pub(super) fn print_pair(out: &mut impl io::Write, pair: &[PathBuf; 2], format: Format) -> anyhow::Result<Outcome> {
    print_all(out, std::slice::from_ref(pair), format)
}

/// The command `align --pairs FILE`.
pub(super) fn print_pairs(out: &mut impl io::Write, list: &Path, format: Format) -> anyhow::Result<Outcome> {
    let lines = std::fs::read_to_string(list).with_context(|| format!("{}: no list of pairs", list.display()))?;
    let pairs = parse_pairs(&lines).with_context(|| format!("{}", list.display()))?;
    print_all(out, &pairs, format)
}

/// Two paths a line, with a tab between; without a tab, with one run of spaces between. Empty lines say nothing.
fn parse_pairs(lines: &str) -> anyhow::Result<Vec<[PathBuf; 2]>> {
    let mut pairs = Vec::new();
    for (idx, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let paths: Vec<_> =
            if line.contains('\t') { line.split('\t').collect() } else { line.split_whitespace().collect() };
        let [old, new] = *paths.as_slice() else {
            anyhow::bail!("line {}: two paths with a tab between are expected", idx + 1)
        };
        pairs.push([PathBuf::from(old), PathBuf::from(new)]);
    }
    Ok(pairs)
}

fn print_all(out: &mut impl io::Write, pairs: &[[PathBuf; 2]], format: Format) -> anyhow::Result<Outcome> {
    let last_uses: BTreeMap<&Path, usize> =
        (0..).zip(pairs).flat_map(|(idx, pair)| pair.iter().map(move |path| (path.as_path(), idx))).collect();
    let reader = ingest::Reader::new(std::env::current_exe().ok());
    let mut sides = Sides::new();
    let mut failures: BTreeMap<&Path, Failure> = BTreeMap::new();
    let mut outcome = Outcome::NothingFound;
    for (start, block) in (0..).step_by(BLOCK).zip(pairs.chunks(BLOCK)) {
        read_missing(&reader, block, format, &mut sides);
        let lines: Vec<_> = block.par_iter().map(|pair| compare(pair, &sides, format)).collect();
        for line in lines {
            let (bytes, ended) = line?;
            out.write_all(&bytes)?;
            outcome = match (outcome, ended) {
                (Outcome::Failed, _) | (_, Outcome::Failed) => Outcome::Failed,
                (Outcome::Done, _) | (_, Outcome::Done) => Outcome::Done,
                _ => Outcome::NothingFound,
            };
        }
        let is_done = |path: &Path| last_uses.get(path).is_none_or(|&last| last < start + block.len());
        for (path, side) in sides.extract_if(.., |path, _| is_done(path)) {
            if let Err(failure) = side {
                failures.insert(path, failure);
            }
        }
    }
    if format == Format::Words {
        failures.values().for_each(tell_failure);
    }
    Ok(outcome)
}

/// Reads what `block` needs and `sides` does not have.
fn read_missing<'a>(reader: &ingest::Reader, block: &'a [[PathBuf; 2]], format: Format, sides: &mut Sides<'a>) {
    let paths: BTreeSet<&Path> = block.iter().flatten().map(PathBuf::as_path).collect();
    let missing: Vec<&Path> = paths.into_iter().filter(|path| !sides.contains_key(path)).collect();
    let read: Vec<_> = missing.par_iter().map(|path| prepare(reader, path, format)).collect();
    for (path, side) in missing.into_iter().zip(read) {
        if let Ok(Side { n_stray_characters: n_stray @ 1.., .. }) = &side {
            let path = path.display();
            tell(&format!("{path}: not quite a text: compared with its {n_stray} stray control characters"));
        }
        sides.insert(path, side);
    }
}

fn prepare(reader: &ingest::Reader, path: &Path, format: Format) -> Result<Side, Failure> {
    let file = File { path: path.to_owned() };
    let bytes = file.read().map_err(|error| Failure::of_file(&error))?;
    let (text, n_stray_characters) = match reader.text(&bytes, &Hint { file_name: file.name(), encoding: None }) {
        Ok(text) => (text, 0),
        Err(error) => match mostly_text(&bytes).filter(|_| error == IngestError::NotText) {
            Some((text, n_stray)) => (text.to_owned(), n_stray),
            None => return Err(Failure::of_content(&file, &error)),
        },
    };
    let (offsets, prepared) = (CharOffsets::new(&text), reuse::prepare(&text));
    let text = if format == Format::Words { text } else { String::new() };
    Ok(Side { text, offsets, prepared, n_stray_characters })
}

/// The text of a file that is UTF-8 with some control characters in it, and their number; `None` where they are more
/// than [`MAX_STRAY_PERCENT`]. Programs and pictures are no UTF-8.
fn mostly_text(bytes: &[u8]) -> Option<(&str, usize)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_stray = |&character: &char| character.is_control() && !character.is_whitespace();
    let n_stray = text.chars().filter(is_stray).count();
    let is_text = text.chars().any(char::is_alphanumeric) && n_stray * 100 <= text.chars().count() * MAX_STRAY_PERCENT;
    is_text.then_some((text, n_stray))
}

/// The line (or the words) of one pair, and how it ended.
fn compare([old_path, new_path]: &[PathBuf; 2], sides: &Sides<'_>, format: Format) -> io::Result<(Vec<u8>, Outcome)> {
    let (old_label, new_label) = (old_path.to_string_lossy(), new_path.to_string_lossy());
    let mut bytes = Vec::new();
    let side_of = |path: &PathBuf| sides.get(path.as_path());
    match (side_of(old_path), side_of(new_path)) {
        (Some(Ok(old)), Some(Ok(new))) => {
            let matches = reuse::align(&old.prepared, &new.prepared);
            match format {
                Format::Json => {
                    let old = json::Side { label: &old_label, offsets: &old.offsets };
                    let new = json::Side { label: &new_label, offsets: &new.offsets };
                    json::write_alignment(&mut bytes, old, new, &matches)?;
                }
                Format::Words => {
                    text::write_alignment(&mut bytes, (&old_label, &old.text), (&new_label, &new.text), &matches)?;
                }
            }
            Ok((bytes, if matches.is_empty() { Outcome::NothingFound } else { Outcome::Done }))
        }
        (Some(Err(failure)), _) | (_, Some(Err(failure))) => {
            if format == Format::Json {
                let message = format!("{}: {}", failure.path, failure.message);
                json::write_alignment_failure(&mut bytes, &old_label, &new_label, failure.code, &message)?;
            }
            Ok((bytes, Outcome::Failed))
        }
        // Every path of the block stands in the map.
        (None, _) | (_, None) => Ok((bytes, Outcome::Failed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_stand_two_a_line() {
        let pairs = parse_pairs("a b.txt\tc.txt\r\n\nd  e\n").unwrap();
        assert_eq!(pairs, [["a b.txt".into(), "c.txt".into()], [PathBuf::from("d"), PathBuf::from("e")]]);
        assert_eq!(parse_pairs("a b c").unwrap_err().to_string(), "line 1: two paths with a tab between are expected");
    }

    #[test]
    fn a_text_with_stray_control_characters_is_still_a_text() {
        let table = [
            (b"caf\xc3\xa9 au lait\0 for two".as_slice(), Some(("caf\u{e9} au lait\0 for two", 1))),
            (b"\xef\xbb\xbfwith a mark".as_slice(), Some(("with a mark", 0))),
            (b"tabs\tand\r\nlines\x0c".as_slice(), Some(("tabs\tand\r\nlines\x0c", 0))),
            (b"ELF\x01\x02\0\0\0\0".as_slice(), None),
            (b"\xff\xfenot utf-8".as_slice(), None),
        ];
        for (bytes, expected) in table {
            assert_eq!(mostly_text(bytes), expected, "{bytes:?}");
        }
    }
}
