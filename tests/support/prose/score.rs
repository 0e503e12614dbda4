//! How much of what was planted was found, and how much of what was found was planted.
//!
//! A case counts as found where passages between its two articles overlap both its places and cover at least half of the
//! copy. A passage found counts as true where at least half of it, in both articles, lies in a planted case. Beside the
//! cases stand the characters: shares of bytes, for which a passage found half counts half.

use std::collections::BTreeMap;
use std::fmt;

use throughline::document::{DocumentId, Passage};
use throughline::text::ByteRange;

use super::Planted;

/// Recall and precision, counted in cases and in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    pub n_planted: usize,
    pub n_found: usize,
    pub n_detected: usize,
    pub n_true: usize,
    planted_bytes: usize,
    found_bytes: usize,
    detected_bytes: usize,
    true_bytes: usize,
}

impl Score {
    /// Share of planted cases that were found, 0.0..=1.0; 1.0 where nothing was planted.
    pub fn recall(&self) -> f64 {
        share(self.n_found, self.n_planted)
    }

    /// Share of passages found that were planted.
    pub fn precision(&self) -> f64 {
        share(self.n_true, self.n_detected)
    }

    pub fn byte_recall(&self) -> f64 {
        share(self.found_bytes, self.planted_bytes)
    }

    pub fn byte_precision(&self) -> f64 {
        share(self.true_bytes, self.detected_bytes)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "recall {:.4} ({} of {}), precision {:.4} ({} of {}); in characters {:.4}, {:.4}",
            self.recall(),
            self.n_found,
            self.n_planted,
            self.precision(),
            self.n_true,
            self.n_detected,
            self.byte_recall(),
            self.byte_precision()
        )
    }
}

/// Two places between the same two articles, the lower id first.
type Case = (ByteRange, ByteRange);
type Pairs = BTreeMap<(DocumentId, DocumentId), Vec<Case>>;

/// Scores passages found, whichever side stands first. `O((p + d) log p)` with few cases for each pair of articles.
pub fn score(planted: &[Planted], detected: impl IntoIterator<Item = (Passage, Passage)>) -> Score {
    score_pairs(&by_pair(planted.iter().map(|planted| (planted.source, planted.copy))), detected)
}

fn by_pair(cases: impl IntoIterator<Item = (Passage, Passage)>) -> Pairs {
    let mut pairs = Pairs::new();
    for (one, other) in cases {
        let (one, other) = if one.document <= other.document { (one, other) } else { (other, one) };
        pairs.entry((one.document, other.document)).or_default().push((one.range, other.range));
    }
    pairs
}

fn score_pairs(planted: &Pairs, detected: impl IntoIterator<Item = (Passage, Passage)>) -> Score {
    let detected = by_pair(detected);
    let mut score = Score::default();
    for (documents, cases) in planted {
        let found = detected.get(documents).map_or(&[][..], Vec::as_slice);
        for &(one, other) in cases {
            let here: Vec<&Case> = found.iter().filter(|it| it.0.overlaps(one) && it.1.overlaps(other)).collect();
            let covered = [
                covered(one, here.iter().map(|it| it.0).collect()),
                covered(other, here.iter().map(|it| it.1).collect()),
            ];
            score.n_planted += 1;
            // Source and copy are of one length but for the noise, so both sides are asked for half.
            score.n_found += usize::from(2 * covered[0] >= one.len() && 2 * covered[1] >= other.len());
            score.planted_bytes += one.len() + other.len();
            score.found_bytes += covered[0] + covered[1];
        }
    }
    for (documents, found) in &detected {
        let cases = planted.get(documents).map_or(&[][..], Vec::as_slice);
        for &(one, other) in found {
            let shared = |case: &&Case| (overlap(one, case.0), overlap(other, case.1));
            let is_true = cases.iter().any(|case| {
                let (left, right) = shared(&case);
                2 * left >= one.len() && 2 * right >= other.len()
            });
            let best = cases.iter().map(|case| shared(&case)).filter(|&(left, right)| left > 0 && right > 0).max();
            score.n_detected += 1;
            score.n_true += usize::from(is_true);
            score.detected_bytes += one.len() + other.len();
            score.true_bytes += best.map_or(0, |(left, right)| left + right);
        }
    }
    score
}

fn overlap(one: ByteRange, other: ByteRange) -> usize {
    one.intersection(other).map_or(0, ByteRange::len)
}

/// Bytes of `whole` that lie in any of `parts`.
fn covered(whole: ByteRange, mut parts: Vec<ByteRange>) -> usize {
    parts.sort_unstable();
    let (mut n_bytes, mut done) = (0, whole.start);
    for part in parts {
        let (start, end) = (part.start.max(done), part.end.min(whole.end));
        n_bytes += end.saturating_sub(start);
        done = done.max(end);
    }
    n_bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(document: u64, start: usize, end: usize) -> Passage {
        Passage { document: DocumentId(document), range: ByteRange::new(start, end) }
    }

    /// Scores what is found of two cases: bytes 0 to 100 of article 1 at 200 to 300 of article 2, and the next hundred
    /// of article 1 in article 3.
    fn scored(detected: &[(Passage, Passage)]) -> Score {
        let cases = [(passage(1, 0, 100), passage(2, 200, 300)), (passage(1, 100, 200), passage(3, 0, 100))];
        score_pairs(&by_pair(cases), detected.iter().copied())
    }

    /// What was found, and how many cases are found, passages told and passages true by it.
    type Row<'a> = (&'a str, &'a [(Passage, Passage)], [usize; 3]);

    #[test]
    fn cases_and_passages_are_counted() {
        let whole = (passage(2, 200, 300), passage(1, 0, 100));
        let table: [Row<'_>; 8] = [
            ("nothing", &[], [0, 0, 0]),
            ("all of a case, sides changed", &[whole], [1, 1, 1]),
            ("half of it", &[(passage(1, 0, 50), passage(2, 200, 250))], [1, 1, 1]),
            ("less than half", &[(passage(1, 0, 49), passage(2, 200, 249))], [0, 1, 1]),
            (
                "two parts",
                &[(passage(1, 0, 30), passage(2, 200, 230)), (passage(1, 60, 90), passage(2, 260, 290))],
                [1, 2, 2],
            ),
            ("the same part twice", &[(passage(1, 0, 30), passage(2, 200, 230)); 2], [0, 2, 2]),
            ("too long on one side", &[(passage(1, 0, 100), passage(2, 50, 300))], [1, 1, 0]),
            ("other articles", &[(passage(1, 0, 100), passage(4, 200, 300))], [0, 1, 0]),
        ];
        for (what, detected, [n_found, n_detected, n_true]) in table {
            let score = scored(detected);
            assert_eq!((score.n_found, score.n_detected, score.n_true), (n_found, n_detected, n_true), "{what}");
            assert_eq!(score.n_planted, 2, "{what}");
        }
    }

    #[test]
    fn bytes_count_in_part() {
        let score = scored(&[(passage(1, 0, 50), passage(2, 200, 350))]);
        assert_eq!(score.byte_recall(), 150.0 / 400.0);
        assert_eq!(score.byte_precision(), 150.0 / 200.0);
        assert_eq!((scored(&[]).recall(), scored(&[]).precision()), (0.0, 1.0));
    }
}
