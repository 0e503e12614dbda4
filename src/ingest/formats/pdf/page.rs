//! The lines of one page in reading order, from runs of letters with their places.
//!
//! Runs on one baseline that lie close together make a segment. A gutter is an upright white strip that few segments
//! cross and beside which both sides are filled with prose; what crosses it (a headline over both columns) parts the
//! page into bands, and in each band the left column is read before the right one (the idea of the recursive X-Y cut,
//! Nagy and Seth 1984). Tables have gutters too, but no prose beside them, and are read row by row.
//! `O(n log n)` in the runs for each column found.

/// A run of letters on one line, in points, with the origin of the page at the lower left.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// Size of the font.
    pub(super) size: f32,
    pub(super) is_bold: bool,
    /// The file itself says that this is no content of the page: a running head, a page number.
    pub(super) is_artifact: bool,
    pub(super) words: String,
}

/// A line of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
    pub(super) is_bold: bool,
    pub(super) is_artifact: bool,
    pub(super) words: String,
    /// Counts the columns of the document: lines of one column follow each other.
    pub(super) column: usize,
}

/// Gap between two runs from which on a space stands between them, in sizes of the font. A narrow space has a fifth
/// of the size, letters set apart stay below a tenth.
const SPACE: f32 = 0.15;

/// Gap from which on two runs of one baseline may belong to two columns, in sizes of the font.
const FAR: f32 = 0.9;

/// Baselines this close are one line, in sizes of the font; indices and notes stand higher or lower.
const SAME_LINE: f32 = 0.45;

/// A column has at least so many segments on each side of its gutter.
const MIN_SEGMENTS: usize = 4;

/// Columns inside columns are looked for this deep; newspapers have up to eight.
const MAX_DEPTH: usize = 4;

/// The lines of a page in reading order; `column` is the number of the first column, and is left at the next free one.
pub(super) fn lines(mut runs: Vec<Run>, column: &mut usize) -> Vec<Line> {
    runs.retain(|run| !run.words.trim().is_empty() && run.left.is_finite() && run.baseline.is_finite());
    let mut segments = segments(runs);
    // Running heads would cross every gutter; their place is at the page's edge anyway.
    let (edge, body): (Vec<Run>, Vec<Run>) = segments.drain(..).partition(|segment| segment.is_artifact);
    let middle = body.iter().map(|segment| segment.baseline).fold(f32::NEG_INFINITY, f32::max);
    let (above, below): (Vec<Run>, Vec<Run>) = edge.into_iter().partition(|segment| segment.baseline > middle);
    let mut found = Vec::new();
    push_column(above, column, &mut found);
    read(body, column, 0, &mut found);
    push_column(below, column, &mut found);
    found
}

/// Runs on one baseline without a wide gap, as one run.
fn segments(mut runs: Vec<Run>) -> Vec<Run> {
    sort_down(&mut runs);
    let mut found: Vec<Run> = Vec::new();
    for row in rows(runs) {
        let mut open: Option<Run> = None;
        for run in row {
            match &mut open {
                Some(segment) if is_near(segment, &run) && segment.is_artifact == run.is_artifact => {
                    join(segment, &run);
                }
                _ => found.extend(open.replace(run)),
            }
        }
        found.extend(open);
    }
    found
}

fn sort_down(runs: &mut [Run]) {
    runs.sort_by(|one, other| other.baseline.total_cmp(&one.baseline).then(one.left.total_cmp(&other.left)));
}

/// Runs of one line, each from left to right; the runs come from top to bottom.
fn rows(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut found: Vec<Vec<Run>> = Vec::new();
    let (mut baseline, mut size) = (f32::INFINITY, 0.0_f32);
    for run in runs {
        let is_same = (baseline - run.baseline).abs() <= SAME_LINE * size.min(run.size * 1.8).max(1.0);
        match found.last_mut() {
            Some(row) if is_same => {
                // The largest run sets the line; a raised figure does not.
                if run.size > size * 1.05 {
                    (baseline, size) = (run.baseline, run.size);
                }
                row.push(run);
            }
            _ => {
                (baseline, size) = (run.baseline, run.size);
                found.push(vec![run]);
            }
        }
    }
    for row in &mut found {
        row.sort_by(|one, other| one.left.total_cmp(&other.left));
    }
    found
}

fn is_near(segment: &Run, run: &Run) -> bool {
    run.left - segment.right < FAR * segment.size.max(run.size)
}

/// Adds a run at the end of a segment, with a space where there is a gap.
fn join(segment: &mut Run, run: &Run) {
    // The same words drawn twice at one place make letters bold.
    let is_overprint = (run.left - segment.left).abs() < 0.1 * run.size && segment.words == run.words;
    if is_overprint {
        segment.is_bold = true;
        return;
    }
    let gap = run.left - segment.right;
    let has_space = segment.words.ends_with(char::is_whitespace) || run.words.starts_with(char::is_whitespace);
    if gap > SPACE * segment.size.min(run.size) && !has_space {
        segment.words.push(' ');
    }
    let (n_before, n_added) = (segment.words.len(), run.words.len());
    segment.words.push_str(&run.words);
    segment.right = segment.right.max(run.right);
    if n_added > n_before || run.size > segment.size * 1.3 {
        (segment.size, segment.baseline) = (run.size, run.baseline);
    }
    segment.is_bold &= run.is_bold;
}

/// Reads a region: its columns where it has any, else its lines from top to bottom.
fn read(mut segments: Vec<Run>, column: &mut usize, depth: usize, found: &mut Vec<Line>) {
    let gutter = if depth < MAX_DEPTH { gutter(&segments) } else { None };
    let Some(gutter) = gutter else { return push_column(segments, column, found) };
    sort_down(&mut segments);
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for segment in segments {
        let crosses = segment.left < gutter && segment.right > gutter;
        if crosses && !(left.is_empty() && right.is_empty()) {
            read_band(&mut left, &mut right, column, depth, found);
        } else if !crosses && !across.is_empty() {
            push_column(std::mem::take(&mut across), column, found);
        }
        if crosses {
            across.push(segment);
        } else if segment.right <= gutter {
            left.push(segment);
        } else {
            right.push(segment);
        }
    }
    push_column(across, column, found);
    read_band(&mut left, &mut right, column, depth, found);
}

fn read_band(left: &mut Vec<Run>, right: &mut Vec<Run>, column: &mut usize, depth: usize, found: &mut Vec<Line>) {
    for side in [left, right] {
        read(std::mem::take(side), column, depth + 1, found);
    }
}

/// The middle of the white strip that parts a region into columns of prose.
fn gutter(segments: &[Run]) -> Option<f32> {
    if segments.len() < 2 * MIN_SEGMENTS {
        return None;
    }
    let left = segments.iter().map(|segment| segment.left).fold(f32::INFINITY, f32::min);
    let right = segments.iter().map(|segment| segment.right).fold(f32::NEG_INFINITY, f32::max);
    let width = right - left;
    let mut starts: Vec<f32> = segments.iter().map(|segment| segment.left).collect();
    let mut ends: Vec<f32> = segments.iter().map(|segment| segment.right).collect();
    starts.sort_by(f32::total_cmp);
    ends.sort_by(f32::total_cmp);
    // Right columns begin at one place: just left of where segments begin is where a gutter may be.
    let mut places: Vec<f32> = starts.iter().map(|start| start - 1.0).collect();
    places.dedup_by(|one, other| (*one - *other).abs() < 1.0);
    let mut best: Option<(usize, f32)> = None;
    for place in places.into_iter().filter(|place| (0.12..=0.88).contains(&((place - left) / width))) {
        let n_left = ends.partition_point(|end| *end <= place);
        let n_right = starts.len() - starts.partition_point(|start| *start < place);
        let n_across = segments.len().saturating_sub(n_left + n_right);
        let n_least = n_left.min(n_right);
        if n_least >= MIN_SEGMENTS && n_across <= n_least && best.is_none_or(|(least, _)| n_across < least) {
            best = Some((n_across, place));
        }
    }
    let (_, place) = best?;
    (is_prose(segments, left, place) && is_prose(segments, place, right)).then_some(place)
}

/// Is the strip between two places a column of prose: are its lines long, and most of them about as wide as it is?
fn is_prose(segments: &[Run], left: f32, right: f32) -> bool {
    let inside: Vec<&Run> =
        segments.iter().filter(|segment| segment.left >= left - 0.1 && segment.right <= right + 0.1).collect();
    let start = inside.iter().map(|segment| segment.left).fold(f32::INFINITY, f32::min);
    let end = inside.iter().map(|segment| segment.right).fold(f32::NEG_INFINITY, f32::max);
    let n_letters: usize = inside.iter().map(|segment| segment.words.chars().count()).sum();
    let n_full = inside.iter().filter(|segment| segment.right - segment.left >= 0.6 * (end - start)).count();
    inside.len() >= MIN_SEGMENTS && n_letters >= 16 * inside.len() && 2 * n_full >= inside.len()
}

/// The segments of a column as lines.
fn push_column(mut segments: Vec<Run>, column: &mut usize, found: &mut Vec<Line>) {
    if segments.is_empty() {
        return;
    }
    sort_down(&mut segments);
    for row in rows(segments) {
        let mut row = row.into_iter();
        let Some(mut line) = row.next() else { continue };
        for segment in row {
            join(&mut line, &segment);
        }
        found.push(Line {
            left: line.left,
            right: line.right,
            baseline: line.baseline,
            size: line.size,
            is_bold: line.is_bold,
            is_artifact: line.is_artifact,
            words: one_line(&line.words),
            column: *column,
        });
    }
    *column += 1;
}

/// One space for any white space, and letters for the ligatures that fonts draw as one.
fn one_line(words: &str) -> String {
    let mut found = String::with_capacity(words.len());
    for word in words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !found.is_empty() {
            found.push(' ');
        }
        for letter in word.chars() {
            match letter {
                'ﬀ' => found.push_str("ff"),
                'ﬁ' => found.push_str("fi"),
                'ﬂ' => found.push_str("fl"),
                'ﬃ' => found.push_str("ffi"),
                'ﬄ' => found.push_str("ffl"),
                'ﬅ' | 'ﬆ' => found.push_str("st"),
                _ => found.push(letter),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(left: f32, baseline: f32, words: &str) -> Run {
        let right = left + 5.0 * words.chars().count() as f32;
        Run { left, right, baseline, size: 10.0, is_bold: false, is_artifact: false, words: words.to_owned() }
    }

    fn words(runs: Vec<Run>) -> Vec<String> {
        lines(runs, &mut 0).into_iter().map(|line| line.words).collect()
    }

    #[test]
    fn runs_are_joined_by_their_gaps() {
        let runs = vec![run(50.0, 700.0, "The har"), run(85.5, 700.0, "bor"), run(104.0, 700.2, "is oﬃcial")];
        assert_eq!(words(runs), ["The harbor is official"]);
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut runs = vec![run(50.0, 740.0, "A headline that runs over the whole width of the two columns of it")];
        for row in 0..6 {
            let baseline = 700.0 - 12.0 * row as f32;
            runs.push(run(50.0, baseline, &format!("left side of the page, row {row}")));
            runs.push(run(300.0, baseline, &format!("right side of this page, row {row}")));
        }
        let found = words(runs);
        assert!(found[0].starts_with("A headline"));
        assert!(found[1..7].iter().all(|line| line.starts_with("left")), "{found:?}");
        assert!(found[7..].iter().all(|line| line.starts_with("right")), "{found:?}");
    }

    #[test]
    fn tables_are_read_row_by_row() {
        let mut runs = Vec::new();
        for row in 0..6 {
            let baseline = 700.0 - 12.0 * row as f32;
            runs.push(run(50.0, baseline, "Oslo"));
            runs.push(run(300.0, baseline, &format!("{row}")));
        }
        assert_eq!(words(runs)[0], "Oslo 0");
    }
}
