//! What passim wrote, from its files: a file of JSON Lines, one of them compressed with gzip, or a folder of parts.
//!
//! passim leaves a folder with `out.json/part-*` in it; that folder, `out.json` itself and single parts all open. Files are
//! read line by line, so their size is no matter; a bad line is counted and the rest goes on. Parquet, which passim writes
//! on request, is refused with the option that avoids it.

use std::fs;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use super::files::{File, FileError};
use super::opening::Failure;
use crate::analysis::reuse::clusters::Clusters;

/// A line is an article's passage; one longer than this is no line of passim's.
const MAX_LINE_BYTES: u64 = 64 * 1024 * 1024;

/// Clusters that were read, and what stood in the way.
#[derive(Debug, Default)]
#[must_use]
pub struct Reading {
    pub clusters: Clusters,
    /// Files and folders that could not be read.
    pub failures: Vec<Failure>,
    pub bad_lines: Vec<BadLines>,
}

/// Lines of one file that are no passages.
#[derive(Debug)]
pub struct BadLines {
    /// The path as it was given.
    pub path: String,
    pub n_lines: usize,
    /// Number of the first one, from 1.
    pub first: usize,
    /// What is wrong with it.
    pub message: String,
}

impl BadLines {
    /// One sentence for the reader.
    pub fn words(&self) -> String {
        let Self { path, n_lines, first, message } = self;
        let lines = if *n_lines == 1 { "1 line".to_owned() } else { format!("{n_lines} lines") };
        format!("{path}: {lines} left out, the first is line {first}: {message}")
    }
}

/// Reads what passim wrote, in the order of the paths.
pub fn read(paths: &[PathBuf]) -> Reading {
    let mut reading = Reading::default();
    for path in paths {
        match parts(path) {
            Ok(parts) => parts.iter().for_each(|part| read_part(part, &mut reading)),
            Err(failure) => reading.failures.push(failure),
        }
    }
    reading
}

/// The files behind a path: itself, or the parts in the folder.
fn parts(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let fail = |error| Failure::of_file(&FileError::of(path, error));
    if !fs::metadata(path).map_err(fail)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    for (name, is_json) in [("out.json", true), ("out.parquet", false)] {
        let inner = path.join(name);
        if inner.exists() {
            return if is_json { parts(&inner) } else { Err(parquet(&inner)) };
        }
    }
    let mut parts = Vec::new();
    for entry in fs::read_dir(path).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        // Spark keeps checksums in hidden files, and its own notes in names with an underscore.
        if !entry.file_name().as_encoded_bytes().starts_with(b".")
            && !entry.file_name().as_encoded_bytes().starts_with(b"_")
            && entry.path().is_file()
        {
            parts.push(entry.path());
        }
    }
    parts.sort();
    if parts.is_empty() {
        return Err(failure(
            path,
            "no-clusters",
            "no clusters of passim in this folder",
            "Name passim's output folder",
        ));
    }
    Ok(parts)
}

fn read_part(path: &Path, reading: &mut Reading) {
    let lines = match open(path) {
        Ok(lines) => lines,
        Err(failure) => return reading.failures.push(failure),
    };
    let mut bad: Option<BadLines> = None;
    let told = |first: usize, message: String| {
        let path = path.to_string_lossy().into_owned();
        BadLines { path, n_lines: 0, first, message }
    };
    let result = each_line(lines, |number, line| {
        if let Err(error) = reading.clusters.read_line(line) {
            bad.get_or_insert_with(|| told(number, error.to_string())).n_lines += 1;
        }
    });
    reading.bad_lines.extend(bad);
    if let Err(error) = result {
        reading.failures.push(Failure::of_file(&FileError::of(path, error)));
    }
}

/// Opens a file as lines, whatever passim or Spark made of it.
fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    let fail = |error| Failure::of_file(&FileError::of(path, error));
    let mut lines = BufReader::with_capacity(1 << 16, fs::File::open(path).map_err(fail)?);
    let start = lines.fill_buf().map_err(fail)?;
    if start.starts_with(b"PAR1") {
        return Err(parquet(path));
    }
    if start.starts_with(b"BZh") || start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Err(failure(path, "compressed", "compressed with something else than gzip", "Decompress it first"));
    }
    if start.starts_with(&[0x1f, 0x8b]) {
        return Ok(Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(lines))));
    }
    Ok(Box::new(lines))
}

/// Hands on each line with its number from 1.
fn each_line(mut lines: impl BufRead, mut each: impl FnMut(usize, &[u8])) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if lines.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let is_whole = line.ends_with(b"\n") || (line.len() as u64) < MAX_LINE_BYTES;
        each(number, &line);
        if !is_whole {
            skip_line(&mut lines)?;
        }
    }
    Ok(())
}

fn skip_line(lines: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = lines.fill_buf()?;
        let (n_bytes, is_end) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(place) => (place + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        lines.consume(n_bytes);
        if is_end {
            return Ok(());
        }
    }
}

fn parquet(path: &Path) -> Failure {
    failure(path, "parquet", "passim wrote it as Parquet", "Run passim with --output-format json")
}

fn failure(path: &Path, code: &'static str, message: &str, next_step: &'static str) -> Failure {
    let file = File { path: path.to_owned() };
    Failure { path: file.label(), name: file.name(), code, message: message.to_owned(), next_step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_longer_than_any_are_passed_over() {
        let mut lines = Vec::new();
        lines.extend(b"short\n".iter());
        lines.extend(std::iter::repeat_n(b'a', 1 << 20));
        lines.extend(b"\n\nlast".iter());
        let mut seen = Vec::new();
        each_line(lines.as_slice(), |number, line| seen.push((number, line.len()))).unwrap();
        assert_eq!(seen, [(1, 6), (2, (1 << 20) + 1), (3, 1), (4, 4)]);
        let mut rest = &b"the rest\nnext"[..];
        skip_line(&mut rest).unwrap();
        assert_eq!(rest, b"next");
        skip_line(&mut rest).unwrap();
        assert_eq!(rest, b"");
    }
}
