//! Lines to paragraphs, over columns and pages.
//!
//! A new paragraph begins where the font changes, where the gap to the line before is wider than usual, at an indent
//! or a bullet, and after a line whose rest had room for the next word. Over a column's or page's end the sentence
//! decides. A hyphen at a line's end is taken out where the joined word is plausible: it occurs elsewhere in the
//! document, or the next line goes on in lower case and the hyphenated word does not occur. `O(n log n)` in the words.

use std::collections::{BTreeMap, BTreeSet};

use super::furniture::Furniture;
use super::page::Line;

/// A paragraph of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    pub(super) words: String,
    pub(super) furniture: Option<Furniture>,
    /// Size of its font against that of the body.
    pub(super) scale: f32,
    pub(super) is_bold: bool,
    /// Counts from 0.
    pub(super) page: usize,
}

/// Fonts whose sizes differ by less than this share are one.
const SAME_SIZE: f32 = 0.08;

/// A gap this much wider than the usual one parts paragraphs.
const WIDE_GAP: f32 = 1.3;

/// An indent, in sizes of the font.
const INDENT: f32 = 0.7;

/// The paragraphs of a document. `marks` tells the furniture among the lines of each page.
pub(super) fn paragraphs(pages: &[Vec<Line>], marks: &[Vec<Option<Furniture>>]) -> Vec<Paragraph> {
    let text_lines = || (pages.iter().zip(marks)).flat_map(|(lines, marks)| lines.iter().zip(marks));
    let body: Vec<&Line> = text_lines().filter(|(_, mark)| mark.is_none()).map(|(line, _)| line).collect();
    let measures = Measures::of(&body);
    let mut builder =
        Builder { measures: &measures, found: Vec::new(), waiting: Vec::new(), open: Vec::new(), page: 0 };
    for (page, (lines, marks)) in pages.iter().zip(marks).enumerate() {
        for (line, mark) in lines.iter().zip(marks) {
            match mark {
                // Furniture waits until the paragraph that it interrupts has ended.
                Some(furniture) => builder.waiting.push((*furniture, line, page)),
                None => builder.add(line, page),
            }
        }
    }
    builder.close();
    builder.found
}

/// What is usual in the document.
struct Measures {
    /// Size of the font of most letters.
    size: f32,
    /// Height of a line against the size of its font, by size in tenths of points.
    leadings: BTreeMap<i32, f32>,
    /// Left and right edge of each column, and the left edge of most of its lines.
    columns: BTreeMap<usize, (f32, f32, f32)>,
    /// Words that stand inside lines, in lower case, with their hyphens.
    words: BTreeSet<String>,
}

impl Measures {
    fn of(lines: &[&Line]) -> Self {
        let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
        let mut gaps: BTreeMap<i32, Vec<f32>> = BTreeMap::new();
        let mut columns: BTreeMap<usize, Vec<&Line>> = BTreeMap::new();
        let mut words = BTreeSet::new();
        for line in lines {
            *letters.entry(tenths(line.size)).or_default() += line.words.len();
            columns.entry(line.column).or_default().push(line);
            let mut inner: Vec<&str> = line.words.split(' ').collect();
            inner.pop();
            words.extend(inner.into_iter().map(bare));
        }
        for pair in lines.windows(2) {
            let [before, line] = pair else { continue };
            let gap = before.baseline - line.baseline;
            if before.column == line.column && tenths(before.size) == tenths(line.size) && gap > 0.0 {
                gaps.entry(tenths(line.size)).or_default().push(gap);
            }
        }
        let size = letters.iter().max_by_key(|&(size, n_letters)| (*n_letters, *size)).map_or(10, |(size, _)| *size);
        Self {
            size: size as f32 / 10.0,
            leadings: gaps.into_iter().map(|(size, gaps)| (size, usual(gaps))).collect(),
            columns: columns.into_iter().map(|(column, lines)| (column, edges(&lines))).collect(),
            words,
        }
    }

    /// The left edge, the right edge and the usual left edge of the column of a line.
    fn edges(&self, line: &Line) -> (f32, f32, f32) {
        self.columns.get(&line.column).copied().unwrap_or((line.left, line.right, line.left))
    }

    fn leading(&self, line: &Line) -> f32 {
        self.leadings.get(&tenths(line.size)).copied().unwrap_or(1.25 * line.size)
    }
}

fn tenths(size: f32) -> i32 {
    (size * 10.0).round() as i32
}

/// The gap that lines of a paragraph have: the lower quartile, since a paragraph of one line has only wide ones.
fn usual(mut gaps: Vec<f32>) -> f32 {
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 4).copied().unwrap_or_default()
}

fn edges(lines: &[&Line]) -> (f32, f32, f32) {
    let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
    let mut places: BTreeMap<i32, usize> = BTreeMap::new();
    for line in lines {
        *places.entry(line.left.round() as i32).or_default() += 1;
    }
    let most =
        places.iter().max_by_key(|&(place, n_lines)| (*n_lines, -*place)).map_or(left, |(place, _)| *place as f32);
    (left, right, most)
}

/// A word as it is looked up.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

struct Builder<'a> {
    measures: &'a Measures,
    found: Vec<Paragraph>,
    waiting: Vec<(Furniture, &'a Line, usize)>,
    open: Vec<&'a Line>,
    /// The page on which the open paragraph began.
    page: usize,
}

impl<'a> Builder<'a> {
    fn add(&mut self, line: &'a Line, page: usize) {
        if let Some(before) = self.open.last().copied() {
            if self.parts(before, line) {
                self.close();
            }
        } else {
            // Nothing is interrupted: furniture above the first line stands before it.
            self.flush();
        }
        if self.open.is_empty() {
            self.page = page;
        }
        self.open.push(line);
    }

    /// Does a new paragraph begin with `line`?
    fn parts(&self, before: &Line, line: &Line) -> bool {
        let larger = before.size.max(line.size);
        if (before.size - line.size).abs() > SAME_SIZE * larger
            || before.is_bold != line.is_bold && self.is_label(before, line)
        {
            return true;
        }
        if is_item(&line.words) {
            return true;
        }
        let ends = ends_sentence(&before.words);
        if before.column != line.column {
            return ends || !(goes_on(&line.words) || self.is_full(before, line));
        }
        let gap = before.baseline - line.baseline;
        let leading = self.measures.leading(line);
        if gap > WIDE_GAP * leading || gap < 0.0 {
            return true;
        }
        let (_, _, usual) = self.measures.edges(line);
        let indent = INDENT * line.size;
        // Indented starts stand right of most lines, hanging ones left of them.
        let is_indented = line.left > usual + indent && line.left > before.left + indent;
        let is_hanging =
            line.left < usual - indent && line.left < before.left - indent && before.left >= usual - indent;
        if (is_indented && (ends || self.open.len() > 1)) || (is_hanging && ends) {
            return true;
        }
        !self.is_full(before, line) && (ends || !goes_on(&line.words))
    }

    /// A bold line beside a plain one is a label or heading, unless a bold word just happens to fill a line.
    fn is_label(&self, before: &Line, line: &Line) -> bool {
        self.open.iter().all(|open| open.is_bold == before.is_bold) && (!before.is_bold || !goes_on(&line.words))
    }

    /// Had the line before no room for the first word of the next one?
    fn is_full(&self, before: &Line, line: &Line) -> bool {
        let (_, right, _) = self.measures.edges(before);
        let n_letters = line.words.chars().count().max(1) as f32;
        let letter = (line.right - line.left) / n_letters;
        let n_first = line.words.split(' ').next().unwrap_or_default().chars().count() as f32;
        // A hyphen shows that the next word did not fit.
        before.words.ends_with(['-', '\u{ad}', '\u{2010}']) || before.right + (n_first + 1.5) * letter > right
    }

    fn close(&mut self) {
        let lines = std::mem::take(&mut self.open);
        let words = joined(&lines, &self.measures.words);
        if let Some(first) = lines.first().filter(|_| !words.is_empty()) {
            self.found.push(Paragraph {
                words,
                furniture: None,
                scale: first.size / self.measures.size.max(0.1),
                is_bold: lines.iter().all(|line| line.is_bold),
                page: self.page,
            });
        }
        self.flush();
    }

    /// Furniture that waited for the end of a paragraph.
    fn flush(&mut self) {
        for (furniture, line, page) in self.waiting.drain(..) {
            self.found.push(Paragraph {
                words: line.words.clone(),
                furniture: Some(furniture),
                scale: 1.0,
                is_bold: false,
                page,
            });
        }
    }
}

fn ends_sentence(words: &str) -> bool {
    let stem =
        words.trim_end_matches(|c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']') || c.is_whitespace());
    stem.ends_with(['.', '!', '?', '…', ':', '。', '！', '？'])
}

/// Does a line go on with a sentence?
fn goes_on(words: &str) -> bool {
    words.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ')'))
}

/// Does a line begin with a bullet?
fn is_item(words: &str) -> bool {
    words.starts_with(['•', '▪', '◦', '‣', '●', '○', '■', '□', '–', '·'])
        && words.chars().nth(1).is_some_and(char::is_whitespace)
}

/// The lines as one, hyphens at their ends taken out where the joined word is plausible.
fn joined(lines: &[&Line], known: &BTreeSet<String>) -> String {
    let mut text = String::new();
    for line in lines {
        let words = line.words.trim();
        if text.is_empty() {
            text.push_str(words);
            continue;
        }
        match wrapped(&text, words, known) {
            Wrap::Space if is_wide(&text, words) => {}
            Wrap::Space => text.push(' '),
            Wrap::Hyphen => {}
            Wrap::Joined => {
                text.pop();
            }
        }
        text.push_str(words);
    }
    // A soft hyphen inside a line is no letter either.
    text.replace('\u{ad}', "")
}

/// Scripts without spaces between words.
fn is_wide(text: &str, words: &str) -> bool {
    let is_ideograph =
        |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{3000}'..='\u{303f}');
    text.ends_with(is_ideograph) && words.starts_with(is_ideograph)
}

enum Wrap {
    Space,
    /// The hyphen is the word's own.
    Hyphen,
    /// The hyphen is the line's.
    Joined,
}

fn wrapped(text: &str, next: &str, known: &BTreeSet<String>) -> Wrap {
    if text.ends_with('\u{ad}') {
        return Wrap::Joined;
    }
    let Some(stem) = text.strip_suffix(['-', '\u{2010}']) else { return Wrap::Space };
    let first = stem.rsplit(' ').next().unwrap_or_default();
    let second = next.split(' ').next().unwrap_or_default();
    if !first.ends_with(char::is_alphabetic) || first.starts_with('-') {
        return Wrap::Space;
    }
    if !second.starts_with(char::is_lowercase) {
        // "Anglo-" and "Saxon" keep theirs; a dash of two hyphens or one after a space was told above.
        return if second.starts_with(char::is_alphanumeric) { Wrap::Hyphen } else { Wrap::Space };
    }
    let (whole, compound) = (bare(&format!("{first}{second}")), bare(&format!("{first}-{second}")));
    if known.contains(&compound) && !known.contains(&whole) { Wrap::Hyphen } else { Wrap::Joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: f32, baseline: f32, right: f32, words: &str) -> Line {
        Line {
            left,
            right,
            baseline,
            size: 10.0,
            is_bold: false,
            is_artifact: false,
            words: words.to_owned(),
            column: 0,
        }
    }

    fn read(pages: &[Vec<Line>]) -> Vec<String> {
        let marks: Vec<Vec<Option<Furniture>>> = pages.iter().map(|lines| vec![None; lines.len()]).collect();
        paragraphs(pages, &marks).into_iter().map(|paragraph| paragraph.words).collect()
    }

    #[test]
    fn a_short_last_line_and_an_indent_part_paragraphs() {
        let page = vec![
            line(50.0, 700.0, 300.0, "The harbor of the town was opened on"),
            line(50.0, 688.0, 150.0, "Monday by its mayor."),
            line(50.0, 676.0, 300.0, "Ships from all over the world are ex-"),
            line(50.0, 664.0, 300.0, "pected in the coming weeks, he said."),
            line(65.0, 652.0, 300.0, "He had planned it for years on the"),
            line(50.0, 640.0, 300.0, "well-known coast, where the well-"),
            line(50.0, 628.0, 120.0, "known men live."),
        ];
        assert_eq!(
            read(&[page]),
            [
                "The harbor of the town was opened on Monday by its mayor.",
                "Ships from all over the world are expected in the coming weeks, he said.",
                "He had planned it for years on the well-known coast, where the well-known men live.",
            ]
        );
    }

    #[test]
    fn a_paragraph_goes_on_over_the_page() {
        let first = vec![
            line(50.0, 112.0, 300.0, "The harbor of the town was opened, as we"),
            line(50.0, 100.0, 300.0, "know, on the first"),
        ];
        let mut second = vec![line(50.0, 700.0, 200.0, "day of the week."), line(50.0, 660.0, 300.0, "Another one.")];
        for line in &mut second {
            line.column = 1;
        }
        assert_eq!(
            read(&[first, second])[0],
            "The harbor of the town was opened, as we know, on the first day of the week."
        );
    }

    #[test]
    fn hyphens_of_lines_go_and_those_of_words_stay() {
        let known: BTreeSet<String> = ["well-known".to_owned()].into();
        let lines =
            |first: &str, second: &str| joined(&[&line(0.0, 9.0, 9.0, first), &line(0.0, 0.0, 9.0, second)], &known);
        assert_eq!(lines("the inter-", "national law"), "the international law");
        assert_eq!(lines("the well-", "known law"), "the well-known law");
        assert_eq!(lines("the Anglo-", "Saxon law"), "the Anglo-Saxon law");
        assert_eq!(lines("the inter\u{ad}", "national law"), "the international law");
        assert_eq!(lines("words -", "and more"), "words - and more");
    }
}
