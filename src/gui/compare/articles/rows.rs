//! The inline text: one article with what went and what came, a row a paragraph. Pure; made once for a comparison.

use crate::analysis::diff::DiffOp;
use crate::analysis::versions::{Step, Versions};
use crate::gui::diff_text::{Mark, Run, merged, runs};
use crate::text::ByteRange;

/// So many unchanged paragraphs in a row are folded, but for one at either end.
const MIN_FOLDED: usize = 4;

/// Words of a paragraph that are told at the place it moved from.
const N_WORDS_TOLD: usize = 9;

/// A paragraph of the inline text.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub kind: RowKind,
    pub runs: Vec<Run>,
    /// The unchanged stretch that it is folded into, by number.
    pub fold: Option<usize>,
    /// Is it the headline of one of them?
    pub is_headline: bool,
    /// Where it is in the text, by side.
    pub places: [Option<ByteRange>; 2],
}

/// What became of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    Same,
    Changed,
    /// Only in the left text.
    Gone,
    /// Only in the right text.
    Added,
    /// Stood elsewhere before.
    Moved,
    /// Stands elsewhere now: at row so and so.
    Away {
        row: usize,
    },
}

/// The rows of a comparison.
pub fn rows(versions: &Versions, old: &str, new: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = versions.steps.iter().map(|step| row(step, old, new)).collect();
    let mut moved: Vec<(ByteRange, usize)> = (rows.iter().enumerate())
        .filter(|(_, row)| row.kind == RowKind::Moved)
        .filter_map(|(idx, row)| Some((row.places[0]?, idx)))
        .collect();
    moved.sort_unstable();
    for row in &mut rows {
        if let (RowKind::Away { row: to }, Some(place)) = (&mut row.kind, row.places[0])
            && let Ok(found) = moved.binary_search_by_key(&place, |(range, _)| *range)
        {
            *to = moved.get(found).map_or(0, |(_, idx)| *idx);
        }
    }
    fold(&mut rows);
    rows
}

fn row(step: &Step, old: &str, new: &str) -> Row {
    let plain = |text: &str, range: ByteRange| runs(text, &[range], &[]);
    let worded = |range: ByteRange, diff: &[DiffOp]| match diff {
        [] => plain(new, range),
        diff => merged(old, new, &[range], diff, &[]),
    };
    let (kind, runs, places) = match step {
        Step::Same { old, new: range } => (RowKind::Same, plain(new, *range), [Some(*old), Some(*range)]),
        Step::Changed { old, new, diff } => (RowKind::Changed, worded(*new, diff), [Some(*old), Some(*new)]),
        Step::Gone { old: range } => (RowKind::Gone, plain(old, *range), [Some(*range), None]),
        Step::Added { new: range } => (RowKind::Added, plain(new, *range), [None, Some(*range)]),
        Step::Moved { old, new, diff } => (RowKind::Moved, worded(*new, diff), [Some(*old), Some(*new)]),
        Step::MovedAway { old: range, .. } => {
            let words: Vec<&str> = range.of(old).split_whitespace().take(N_WORDS_TOLD + 1).collect();
            let more = if words.len() > N_WORDS_TOLD { " …" } else { "" };
            let told = words.get(..N_WORDS_TOLD).unwrap_or(&words).join(" ");
            let run = Run { mark: Mark::Plain, text: format!("{told}{more}") };
            (RowKind::Away { row: 0 }, vec![run], [Some(*range), None])
        }
    };
    Row { kind, runs, fold: None, is_headline: false, places }
}

/// Numbers the stretches of unchanged paragraphs that are long enough to be folded.
fn fold(rows: &mut [Row]) {
    let mut start = 0;
    let mut n_folds = 0;
    while start < rows.len() {
        let n_same = rows[start..].iter().take_while(|row| row.kind == RowKind::Same).count();
        if n_same > MIN_FOLDED {
            // One paragraph stays in sight beside a change; none where the text begins or ends.
            let from = start + usize::from(start > 0);
            let to = start + n_same - usize::from(start + n_same < rows.len());
            for row in rows.get_mut(from..to).unwrap_or_default() {
                row.fold = Some(n_folds);
            }
            n_folds += 1;
        }
        start += n_same.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::versions::versions;
    use crate::codebook::Codebook;
    use crate::text::lines;

    #[test]
    fn long_unchanged_stretches_fold_and_leave_one_paragraph_beside_a_change() {
        let texts = |changed: &str| {
            let line = |idx: usize| match idx {
                7 => changed.to_owned(),
                idx => format!("Paragraph number w{idx} tells of pier x{idx} and of boat y{idx} in the harbor."),
            };
            (0..9).map(line).collect::<Vec<_>>().join("\n")
        };
        let (old, new) = (
            texts("The mayor opens the old pier in the spring."),
            texts("The mayor opens the old pier in the autumn."),
        );
        let paragraphs = |text: &str| lines(text).collect::<Vec<_>>();
        let found = versions(&old, &paragraphs(&old), &new, &paragraphs(&new), &Codebook::default());
        let folds: Vec<Option<usize>> = rows(&found, &old, &new).iter().map(|row| row.fold).collect();
        let folded = Some(0);
        assert_eq!(folds, [folded, folded, folded, folded, folded, folded, None, None, None]);
    }

    #[test]
    fn a_place_that_was_left_names_the_row_it_went_to() {
        let lines_of = ["The ferry to the islands leaves at noon every day.", "Wool is cheap.", "Bread is dear again."];
        let old = lines_of.join("\n");
        let new = [lines_of[1], lines_of[2], lines_of[0]].join("\n");
        let paragraphs = |text: &str| lines(text).collect::<Vec<_>>();
        // The longer paragraph outweighs the other two, so those moved.
        let found = versions(&old, &paragraphs(&old), &new, &paragraphs(&new), &Codebook::default());
        let rows = rows(&found, &old, &new);
        for row in &rows {
            if let RowKind::Away { row: to } = row.kind {
                assert_eq!(rows[to].kind, RowKind::Moved);
                assert_eq!(rows[to].places[0], row.places[0]);
            }
        }
        assert!(rows.iter().any(|row| matches!(row.kind, RowKind::Away { .. })));
    }
}
