//! Running heads, running feet and page numbers: lines at the edge of pages that come back from page to page.
//!
//! A line counts where the file marks it so, or where the same words (numbers do not count) stand at the same height
//! on several pages, or where it is a page number beyond all other text. `O(n log n)` in the lines.

use std::collections::BTreeMap;

use super::page::Line;

/// What a line at the edge of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Furniture {
    Header,
    Footer,
    PageNumber,
}

impl Furniture {
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Header => "page-header",
            Self::Footer => "page-footer",
            Self::PageNumber => "page-number",
        }
    }
}

/// Lines at each edge of a page that may be furniture.
const EDGE_LINES: usize = 3;

/// Lines at heights this close stand at the same height, in points.
const SAME_HEIGHT: f32 = 6.0;

/// Furniture comes back on this many pages, or on half of them where there are fewer.
const MIN_PAGES: usize = 3;

/// What each line of each page is; `None` for text.
pub(super) fn furniture(pages: &[Vec<Line>]) -> Vec<Vec<Option<Furniture>>> {
    let edges: Vec<Vec<(usize, bool)>> = pages.iter().map(|lines| edge_lines(lines)).collect();
    // (words without numbers) → height and page of each place.
    let mut places: BTreeMap<String, Vec<(f32, usize)>> = BTreeMap::new();
    for (page, edge) in edges.iter().enumerate() {
        for &(idx, _) in edge {
            let line = &pages[page][idx];
            places.entry(pattern(&line.words)).or_default().push((line.baseline, page));
        }
    }
    let n_needed = MIN_PAGES.min(pages.len().div_ceil(2)).max(2);
    let comes_back = |line: &Line| {
        places.get(&pattern(&line.words)).is_some_and(|found| {
            let mut on: Vec<usize> = (found.iter())
                .filter(|(height, _)| (height - line.baseline).abs() <= SAME_HEIGHT)
                .map(|(_, page)| *page)
                .collect();
            on.dedup();
            on.len() >= n_needed
        })
    };
    let mut found: Vec<Vec<Option<Furniture>>> = pages.iter().map(|lines| vec![None; lines.len()]).collect();
    for (page, edge) in edges.iter().enumerate() {
        let lines = &pages[page];
        let middle = middle(lines);
        for (idx, line) in lines.iter().enumerate().filter(|(_, line)| line.is_artifact) {
            found[page][idx] = Some(kind(line, line.baseline > middle));
        }
        for is_top in [true, false] {
            // From the edge inwards, as long as everything is furniture.
            for &(idx, _) in edge.iter().filter(|(_, top)| *top == is_top) {
                let line = &lines[idx];
                let is_number = is_page_number(&line.words) && pages.len() > 1;
                if found[page][idx].is_none() && !is_number && !comes_back(line) {
                    break;
                }
                found[page][idx] = Some(kind(line, is_top));
            }
        }
    }
    found
}

fn kind(line: &Line, is_top: bool) -> Furniture {
    if is_page_number(&line.words) {
        Furniture::PageNumber
    } else if is_top {
        Furniture::Header
    } else {
        Furniture::Footer
    }
}

fn middle(lines: &[Line]) -> f32 {
    let top = lines.iter().map(|line| line.baseline).fold(f32::NEG_INFINITY, f32::max);
    let bottom = lines.iter().map(|line| line.baseline).fold(f32::INFINITY, f32::min);
    f32::midpoint(top, bottom)
}

/// The outmost lines of a page, from the edge inwards: index, and is it the upper edge?
fn edge_lines(lines: &[Line]) -> Vec<(usize, bool)> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|&one, &other| lines[other].baseline.total_cmp(&lines[one].baseline).then(one.cmp(&other)));
    let n_edge = EDGE_LINES.min(lines.len() / 2);
    let top = order.iter().take(n_edge).map(|&idx| (idx, true));
    let bottom = order.iter().rev().take(n_edge).map(|&idx| (idx, false));
    top.chain(bottom).collect()
}

/// The words with a mark for each number.
fn pattern(words: &str) -> String {
    let mut found = String::with_capacity(words.len());
    for letter in words.chars() {
        if letter.is_numeric() {
            if !found.ends_with('#') {
                found.push('#');
            }
        } else {
            found.extend(letter.to_lowercase());
        }
    }
    found
}

/// "3", "- 3 -", "Page 3 of 10", "3/10", "xii".
fn is_page_number(words: &str) -> bool {
    let lower = words.to_lowercase();
    let bare = lower.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '[' | ']' | '.'));
    let parts: Vec<&str> =
        bare.split(|c: char| c.is_whitespace() || c == '/').filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = |part: &&str| part.len() <= 6 && part.bytes().all(|byte| b"ivxlc".contains(&byte));
    let is_word = |part: &&str| {
        matches!(*part, "page" | "of" | "p." | "pg." | "seite" | "von" | "sur" | "de" | "página" | "pagina" | "di")
    };
    let n_numbers = parts.iter().filter(|part| is_number(part)).count();
    match parts.as_slice() {
        [only] => is_number(only) || is_roman(only),
        _ => {
            (1..=2).contains(&n_numbers)
                && parts.len() <= 4
                && parts.iter().all(|part| is_number(part) || is_word(part))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(baseline: f32, words: &str) -> Line {
        Line {
            left: 50.0,
            right: 300.0,
            baseline,
            size: 10.0,
            is_bold: false,
            is_artifact: false,
            words: words.to_owned(),
            column: 0,
        }
    }

    #[test]
    fn what_comes_back_at_the_edge_is_furniture() {
        let page = |number: usize| {
            let texts = [
                "The harbor of the town",
                "was opened by its mayor",
                "who had planned it",
                "for many years",
                "as told",
            ];
            let mut lines = vec![line(780.0, &format!("The Gazette, issue {number}"))];
            lines.extend(
                texts
                    .iter()
                    .enumerate()
                    .map(|(row, words)| line(700.0 - 12.0 * row as f32, &format!("{words} {}", "x".repeat(number)))),
            );
            lines.push(line(30.0, &format!("Page {number} of 3")));
            lines
        };
        for marks in furniture(&[page(1), page(2), page(3)]) {
            assert_eq!(marks[0], Some(Furniture::Header));
            assert_eq!(marks[6], Some(Furniture::PageNumber));
            assert!(marks[1..6].iter().all(Option::is_none), "{marks:?}");
        }
    }

    #[test]
    fn page_numbers_take_many_shapes() {
        for words in ["3", "- 3 -", "Page 3 of 10", "3/10", "xii", "Seite 4"] {
            assert!(is_page_number(words), "{words}");
        }
        for words in ["2017 was a year", "Oslo", "3 May 2019", "mild", "10 of the men"] {
            assert!(!is_page_number(words), "{words}");
        }
    }
}
