//! Promise: positions are compared date by date, the label has its reason, and silence is never a change of mind.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use jiff::civil::Date;
use proptest::prelude::*;
use throughline::analysis::diff::{DiffOp, diff_words};
use throughline::analysis::shifts::ShiftLabel;
use throughline::analysis::{Analysis, Options, Progress, analyze};
use throughline::codebook::Codebook;
use throughline::document::{Corpus, Document, DocumentId, Published};
use throughline::text::{ByteRange, tokens};

/// Parsed once for the many cases of the property test.
static CODEBOOK: std::sync::OnceLock<Codebook> = std::sync::OnceLock::new();

/// Articles of one paragraph, each with the year of its publication.
fn corpus(articles: &[(i16, &str)]) -> Corpus {
    Corpus::new(articles.iter().enumerate().map(|(idx, (year, text))| {
        let published = Published::entered(Date::constant(*year, 3, 1), Vec::new());
        Arc::new(Document { published, ..Document::of_lines(DocumentId(idx as u64 + 1), text) })
    }))
}

fn read(articles: &[(i16, &str)]) -> Analysis {
    analyze(&corpus(articles), &Codebook::built_in(), &Options::default(), &Progress::default()).unwrap()
}

/// `label rule` of every shift of one theme, in order of date.
fn labels(analysis: &Analysis, theme: &str) -> Vec<(ShiftLabel, String)> {
    let mut shifts: Vec<_> = analysis.shifts.iter().filter(|shift| shift.theme == theme).collect();
    shifts.sort_by_key(|shift| {
        let statement = shift.new.and_then(|id| analysis.statement(id));
        statement.and_then(|statement| statement.said)
    });
    shifts.iter().map(|shift| (shift.label, shift.rule.clone())).collect()
}

#[test]
fn the_same_formula_with_another_object_is_reframed() {
    let analysis = read(&[
        (2019, "“We remain deeply worried about the nuclear tests near the coast,” Stoltenberg said."),
        (2021, "“We remain deeply worried about new missile launches over open water,” Stoltenberg said."),
    ]);
    let shift = analysis.shifts.first().unwrap();
    assert_eq!((shift.label, shift.rule.as_str()), (ShiftLabel::Reframed, "formula-other-object"));
    assert!(shift.confidence > 0.7 && shift.reason.contains("“We remain deeply worried about”"), "{shift:?}");
    assert!(shift.diff.iter().any(|op| matches!(op, DiffOp::Equal { .. })));
}

#[test]
fn the_place_on_the_directions_decides_before_force() {
    let analysis = read(&[
        (2018, "“Sanctions on North Korea must be increased,” Stoltenberg said."),
        (2020, "“We must maintain sanctions on North Korea until there is progress,” Stoltenberg said."),
    ]);
    let found = labels(&analysis, "sanctions_pressure");
    assert_eq!(found[1], (ShiftLabel::Softened, "direction".to_owned()), "{found:?}");
    let shift = analysis.shifts.iter().find(|shift| shift.label == ShiftLabel::Softened).unwrap();
    assert!(shift.is_conditional);
}

#[test]
fn force_decides_where_the_direction_stays() {
    let analysis = read(&[
        (2018, "Stoltenberg said NATO was concerned about the role of China in the region."),
        (2020, "“China must change its ways,” Stoltenberg said."),
    ]);
    assert_eq!(labels(&analysis, "china_role")[1], (ShiftLabel::Hardened, "force".to_owned()));
}

#[test]
fn silence_is_not_observed_and_every_document_is_listed_once() {
    let articles = [
        (2018, "“China must change its ways,” Stoltenberg said."),
        (2019, "“The weather is fine in Brussels,” Stoltenberg said."),
        (2020, "“China must change its ways,” a NATO diplomat said."),
    ];
    let analysis = read(&articles);
    assert_eq!(labels(&analysis, "china_role"), [(ShiftLabel::New, "first".to_owned())]);
    assert!(analysis.shifts.iter().all(|shift| shift.label != ShiftLabel::Dropped));
    for record in &analysis.themes {
        let mut documents: Vec<_> = record.observed.iter().map(|observation| observation.document).collect();
        documents.extend(record.not_observed.iter().map(|(document, _)| *document));
        documents.sort();
        assert_eq!(documents, [DocumentId(1), DocumentId(2), DocumentId(3)], "{}", record.theme);
    }
    let china = analysis.themes.iter().find(|record| record.actor == "NATO" && record.theme == "china_role").unwrap();
    assert_eq!(china.observed.len(), 1, "an unnamed diplomat does not state a position");
}

#[test]
fn statements_of_two_actors_are_never_aligned() {
    let analysis = read(&[
        (2018, "“China must change its ways,” Stoltenberg said."),
        (2020, "“China must change its ways,” Lavrov said."),
    ]);
    assert!(analysis.shifts.iter().all(|shift| shift.label == ShiftLabel::New), "{:?}", analysis.shifts);
}

#[test]
fn an_unlike_pair_has_no_word_diff() {
    let analysis = read(&[
        (2018, "“Beijing has ignored every appeal,” Stoltenberg said."),
        (2020, "“Chinese factories deliver chips to many customers,” Stoltenberg said."),
    ]);
    let shift = analysis.shifts.iter().find(|shift| shift.old.is_some()).unwrap();
    assert!(shift.diff.is_empty(), "{shift:?}");
}

fn words(text: &str, ranges: &[ByteRange]) -> Vec<ByteRange> {
    ranges.iter().flat_map(|range| tokens(text, *range).map(|token| token.range).collect::<Vec<_>>()).collect()
}

proptest! {
    /// Every word of both sides stands in the diff exactly once, in order.
    #[test]
    fn a_diff_holds_all_words_of_both_sides(
        old in proptest::collection::vec("(the|DPRK|North Korea|programme|program|said|of|and|test|U\\.S\\.|ü–x)", 0..24),
        new in proptest::collection::vec("(the|DPRK|North Korea|programme|program|said|of|and|test|U\\.S\\.|ü–x)", 0..24),
        cut in 0_usize..24,
    ) {
        let (before, after) = (old.join(" "), new.join(", "));
        let middle = old.iter().take(cut).map(|word| word.len() + 1).sum::<usize>().min(before.len());
        let old_ranges = [ByteRange::new(0, middle), ByteRange::new(middle, before.len())];
        let new_ranges = [ByteRange::new(0, after.len())];
        let diff = diff_words(&before, &old_ranges, &after, &new_ranges, CODEBOOK.get_or_init(Codebook::built_in));
        let side = |is_old: bool| -> Vec<ByteRange> {
            diff.iter().filter_map(|op| match *op {
                DiffOp::Equal { old, new } | DiffOp::Replace { old, new } => Some(if is_old { old } else { new }),
                DiffOp::Delete { old } => is_old.then_some(old),
                DiffOp::Insert { new } => (!is_old).then_some(new),
            }).collect()
        };
        prop_assert_eq!(words(&before, &side(true)), words(&before, &old_ranges));
        prop_assert_eq!(words(&after, &side(false)), words(&after, &new_ranges));
    }
}
