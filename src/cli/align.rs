//! The command `align`: the passages that two articles share, for one pair or a list of pairs.
//!
//! In a list each distinct path is read once, whatever the number of its pairs; pairs are compared in parallel and
//! printed in their order, a block at a time.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;

use super::reading::{read_text, tell_failure};
use super::{Format, Outcome};
use crate::analysis::reuse::{self, Prepared};
use crate::export::json;
use crate::export::text;
use crate::ingest;
use crate::project::opening::Failure;
use crate::text::CharOffsets;

/// Pairs compared before the first of them is printed.
const BLOCK: usize = 256;

/// One text of the pairs.
struct Side {
    text: String,
    offsets: CharOffsets,
    prepared: Prepared,
}

/// Every text of the pairs by its path, read once.
type Sides<'a> = BTreeMap<&'a Path, Option<Result<Side, Failure>>>;

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
    let mut sides = Sides::new();
    for path in pairs.iter().flatten() {
        sides.insert(path, None);
    }
    let reader = ingest::Reader::new(std::env::current_exe().ok());
    sides.par_iter_mut().for_each(|(path, side)| *side = Some(prepare(&reader, path)));
    let mut outcome = Outcome::NothingFound;
    for block in pairs.chunks(BLOCK) {
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
    }
    if format == Format::Words {
        sides.values().flatten().filter_map(|side| side.as_ref().err()).for_each(tell_failure);
    }
    Ok(outcome)
}

fn prepare(reader: &ingest::Reader, path: &Path) -> Result<Side, Failure> {
    let text = read_text(reader, path)?;
    Ok(Side { offsets: CharOffsets::new(&text), prepared: reuse::prepare(&text), text })
}

/// The line (or the words) of one pair, and how it ended.
fn compare([old_path, new_path]: &[PathBuf; 2], sides: &Sides<'_>, format: Format) -> io::Result<(Vec<u8>, Outcome)> {
    let (old_label, new_label) = (old_path.to_string_lossy(), new_path.to_string_lossy());
    let mut bytes = Vec::new();
    let side_of = |path: &PathBuf| sides.get(path.as_path()).and_then(Option::as_ref);
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
        // Every path of the list stands in the map.
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
}
