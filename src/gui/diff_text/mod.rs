//! A statement's words with the marks of a word diff: kept underlined, only before boxed, only after boxed in the
//! accent, moved in the tint of its family.
//!
//! [`runs`] cuts the content at the diff's ranges and is pure; [`paint`] lays the runs out as one paragraph and draws
//! boxes and lines behind it. Cost: linear in the words of the statement.

pub mod paint;

use crate::analysis::diff::DiffOp;
use crate::analysis::reuse::{OccurrenceKind, Phrase};
use crate::analysis::statements::{Quotation, Statement};
use crate::analysis::{Analysis, PhraseId};
use crate::document::DocumentId;
use crate::text::ByteRange;

/// Which of the two statements of a diff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Old,
    New,
}

/// What the diff says of a run of words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    Plain,
    Kept,
    Gone,
    Added,
    /// Stands in both at different places; the number is its place in the list of moves.
    Moved(usize),
}

/// Words with one mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub mark: Mark,
    pub text: String,
}

/// A phrase that stands in both statements where the diff sees a removal and an addition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    pub phrase: PhraseId,
    /// In how many articles the phrase stands.
    pub n_documents: usize,
    pub old: ByteRange,
    pub new: ByteRange,
    /// How the newer wording relates to the family.
    pub kind: OccurrenceKind,
}

/// The marks of one side, in order.
pub fn side_marks(diff: &[DiffOp], side: Side) -> Vec<(ByteRange, Mark)> {
    let mark = |op: &DiffOp| match (*op, side) {
        (DiffOp::Equal { old, .. }, Side::Old) => Some((old, Mark::Kept)),
        (DiffOp::Equal { new, .. }, Side::New) => Some((new, Mark::Kept)),
        (DiffOp::Delete { old } | DiffOp::Replace { old, .. }, Side::Old) => Some((old, Mark::Gone)),
        (DiffOp::Insert { new } | DiffOp::Replace { new, .. }, Side::New) => Some((new, Mark::Added)),
        _ => None,
    };
    let mut marks: Vec<_> = diff.iter().filter_map(mark).filter(|(range, _)| !range.is_empty()).collect();
    marks.sort_by_key(|(range, _)| *range);
    marks
}

/// The phrases that moved between two statements.
///
/// A family counts where one of its occurrences lies in words only before and another in words only after: the words
/// came back at another place. Heavier families come first; words are given to one move only.
pub fn moves(analysis: &Analysis, old: &Statement, new: &Statement, diff: &[DiffOp]) -> Vec<Move> {
    let gone = side_marks(diff, Side::Old);
    let added = side_marks(diff, Side::New);
    let mut found: Vec<Move> = Vec::new();
    for phrase in &analysis.phrases {
        let before = place(phrase, old.document, old.extent(), &gone, Mark::Gone);
        let after = place(phrase, new.document, new.extent(), &added, Mark::Added);
        let (Some((before, _)), Some((after, kind))) = (before, after) else { continue };
        let is_free = found.iter().all(|known| !known.old.overlaps(before) && !known.new.overlaps(after));
        if is_free {
            let (phrase, n_documents) = (phrase.id, phrase.n_documents);
            found.push(Move { phrase, n_documents, old: before, new: after, kind });
        }
    }
    found
}

/// The first occurrence inside `extent` most of whose words carry `mark`.
fn place(
    phrase: &Phrase,
    document: DocumentId,
    extent: ByteRange,
    marks: &[(ByteRange, Mark)],
    mark: Mark,
) -> Option<(ByteRange, OccurrenceKind)> {
    phrase
        .occurrences
        .iter()
        .filter(|occurrence| occurrence.passage.document == document && extent.contains(occurrence.passage.range))
        .find(|occurrence| {
            let range = occurrence.passage.range;
            let shared = |(other, _): &(ByteRange, Mark)| range.intersection(*other).map_or(0, ByteRange::len);
            let n_marked: usize = marks.iter().filter(|(_, other)| *other == mark).map(shared).sum();
            2 * n_marked > range.len()
        })
        .map(|occurrence| (occurrence.passage.range, occurrence.kind))
}

/// Lays moves over the marks of a diff: inside a moved phrase the move speaks alone.
pub fn with_moves(marks: &[(ByteRange, Mark)], moves: &[Move], side: Side) -> Vec<(ByteRange, Mark)> {
    let place = |moved: &Move| if side == Side::Old { moved.old } else { moved.new };
    let mut all: Vec<(ByteRange, Mark)> =
        moves.iter().enumerate().map(|(idx, moved)| (place(moved), Mark::Moved(idx))).collect();
    let places: Vec<ByteRange> = all.iter().map(|(range, _)| *range).collect();
    for (range, mark) in marks {
        let mut rest = vec![*range];
        for moved in &places {
            rest = rest.into_iter().flat_map(|range| without(range, *moved)).collect();
        }
        all.extend(rest.into_iter().filter(|range| !range.is_empty()).map(|range| (range, *mark)));
    }
    all.sort_by_key(|(range, _)| *range);
    all
}

fn without(range: ByteRange, hole: ByteRange) -> Vec<ByteRange> {
    if !range.overlaps(hole) {
        return vec![range];
    }
    let before = ByteRange::new(range.start, hole.start.max(range.start));
    let after = ByteRange::new(hole.end.min(range.end), range.end);
    vec![before, after]
}

/// Cuts the content of a statement at the marks. White space becomes single spaces and stands outside of boxes;
/// between two parts of a content stands an ellipsis.
pub fn runs(text: &str, content: &[ByteRange], marks: &[(ByteRange, Mark)]) -> Vec<Run> {
    let mut runs = Runs::default();
    for (idx, part) in content.iter().enumerate() {
        if idx > 0 {
            runs.push(Mark::Plain, " … ");
        }
        let mut at = part.start;
        for (range, mark) in marks {
            let Some(marked) = range.intersection(ByteRange::new(at, part.end)) else { continue };
            runs.push(Mark::Plain, ByteRange::new(at, marked.start).of(text));
            runs.push_trimmed(*mark, marked.of(text));
            at = marked.end;
        }
        runs.push(Mark::Plain, ByteRange::new(at, part.end).of(text));
    }
    runs.finish()
}

/// Both sides as one text, in the words of the newer one: what went stands before what came in its place. `content` is
/// that of the newer statement, or the paragraph; `moves` are tinted at their new place.
///
/// "The pier opens today" and "The new pier closes today": The +new+ pier [opens] +closes+ today.
pub fn merged(old: &str, new: &str, content: &[ByteRange], diff: &[DiffOp], moves: &[Move]) -> Vec<Run> {
    let marks = with_moves(&side_marks(diff, Side::New), moves, Side::New);
    // What went, with the place in the newer text before which it is told.
    let mut gone: Vec<(usize, ByteRange)> = Vec::new();
    let mut at = content.first().map_or(0, |part| part.start);
    for op in diff {
        match *op {
            DiffOp::Equal { new, .. } | DiffOp::Insert { new } => at = new.end,
            DiffOp::Replace { old, new } => {
                gone.push((new.start, old));
                at = new.end;
            }
            DiffOp::Delete { old } => gone.push((at, old)),
        }
    }
    let mut merged = Runs::default();
    let mut gone = gone.into_iter().peekable();
    for (idx, part) in content.iter().enumerate() {
        if idx > 0 {
            merged.push(Mark::Plain, " … ");
        }
        let inside = marks.iter().filter_map(|(range, mark)| Some((range.intersection(*part)?, *mark)));
        let mut at = part.start;
        for (range, mark) in inside.chain([(ByteRange::new(part.end, part.end), Mark::Plain)]) {
            while let Some((place, words)) = gone.next_if(|(place, _)| *place <= range.start) {
                let place = place.clamp(at, range.start);
                merged.push(Mark::Plain, ByteRange::new(at, place).of(new));
                at = place;
                merged.push(Mark::Plain, " ");
                merged.push_trimmed(Mark::Gone, words.of(old));
                // A stop or a closing quotation mark stays at its word.
                if new.get(at..).is_some_and(|rest| rest.starts_with(|next: char| next.is_alphanumeric())) {
                    merged.push(Mark::Plain, " ");
                }
            }
            merged.push(Mark::Plain, ByteRange::new(at, range.start).of(new));
            merged.push_trimmed(mark, range.of(new));
            at = range.end.max(at);
        }
    }
    for (_, words) in gone {
        merged.push(Mark::Plain, " ");
        merged.push_trimmed(Mark::Gone, words.of(old));
    }
    merged.finish()
}

#[derive(Default)]
struct Runs {
    runs: Vec<Run>,
}

impl Runs {
    fn push_trimmed(&mut self, mark: Mark, words: &str) {
        let trimmed = words.trim();
        let start = words.len() - words.trim_start().len();
        self.push(Mark::Plain, &words[..start]);
        self.push(mark, trimmed);
        self.push(Mark::Plain, &words[start + trimmed.len()..]);
    }

    fn push(&mut self, mark: Mark, words: &str) {
        for chr in words.chars() {
            let chr = if chr.is_whitespace() { ' ' } else { chr };
            let last_chr = self.runs.last().and_then(|run| run.text.chars().last());
            if chr == ' ' && matches!(last_chr, None | Some(' ')) {
                continue;
            }
            match self.runs.last_mut() {
                Some(run) if run.mark == mark => run.text.push(chr),
                _ => self.runs.push(Run { mark, text: chr.to_string() }),
            }
        }
    }

    fn finish(mut self) -> Vec<Run> {
        while let Some(run) = self.runs.last_mut() {
            run.text.truncate(run.text.trim_end().len());
            if !run.text.is_empty() {
                break;
            }
            self.runs.pop();
        }
        self.runs
    }
}

/// Shortens runs to about `n_chars`, at spaces, with ellipses where words are left out: from a little before the first
/// marked word, up to the last kept one.
pub fn clip(runs: Vec<Run>, n_chars: usize) -> Vec<Run> {
    let total: usize = runs.iter().map(|run| run.text.chars().count()).sum();
    if total <= n_chars {
        return runs;
    }
    let lead: usize = runs.iter().take_while(|run| run.mark == Mark::Plain).map(|run| run.text.chars().count()).sum();
    let has_marks = runs.iter().any(|run| run.mark != Mark::Plain);
    let start = if has_marks && lead > n_chars / 4 { lead - n_chars / 8 } else { 0 };
    let mut kept_end = 0;
    let mut at = 0;
    for run in &runs {
        at += run.text.chars().count();
        if matches!(run.mark, Mark::Kept | Mark::Moved(_)) && at <= start + n_chars {
            kept_end = at;
        }
    }
    let end = if kept_end > start + n_chars / 2 { kept_end } else { start + n_chars };
    cut(&runs, start, end.min(total), total)
}

/// The runs from character `start` to character `end`, moved to the nearest spaces inside plain or long runs.
fn cut(runs: &[Run], start: usize, end: usize, total: usize) -> Vec<Run> {
    let chars: Vec<(char, Mark)> = runs.iter().flat_map(|run| run.text.chars().map(|chr| (chr, run.mark))).collect();
    let start = (0..=start).rev().find(|idx| *idx == 0 || chars[*idx - 1].0 == ' ').unwrap_or(0);
    let end = (start..=end.min(chars.len()))
        .rev()
        .find(|idx| *idx == chars.len() || chars[*idx].0 == ' ' || chars[*idx].1 != chars[*idx - 1].1)
        .unwrap_or(total);
    let mut out = Runs::default();
    if start > 0 {
        out.push(Mark::Plain, "… ");
    }
    for (chr, mark) in &chars[start..end] {
        out.push(*mark, chr.encode_utf8(&mut [0; 4]));
    }
    let mut out = out.finish();
    if end < total {
        match out.last_mut() {
            Some(last) if last.mark == Mark::Plain => last.text.push_str(" …"),
            _ => out.push(Run { mark: Mark::Plain, text: " …".to_owned() }),
        }
    }
    out
}

/// Puts the quotation marks around quoted words; reported words get none.
pub fn quoted(mut runs: Vec<Run>, quotation: Quotation) -> Vec<Run> {
    const MARKS: [char; 7] = ['"', '“', '”', '„', '«', '»', '‟'];
    if quotation != Quotation::Direct {
        return runs;
    }
    if let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start_matches(MARKS).to_owned();
    }
    if let Some(last) = runs.last_mut() {
        last.text = last.text.trim_end_matches(MARKS).to_owned();
    }
    runs.retain(|run| !run.text.is_empty());
    runs.insert(0, Run { mark: Mark::Plain, text: "“".to_owned() });
    runs.push(Run { mark: Mark::Plain, text: "”".to_owned() });
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str, words: &str) -> ByteRange {
        let start = text.find(words).unwrap();
        ByteRange::new(start, start + words.len())
    }

    fn shown(runs: &[Run]) -> String {
        let word = |run: &Run| match run.mark {
            Mark::Plain => run.text.clone(),
            Mark::Kept => format!("_{}_", run.text),
            Mark::Gone => format!("[{}]", run.text),
            Mark::Added => format!("+{}+", run.text),
            Mark::Moved(idx) => format!("{{{idx} {}}}", run.text),
        };
        runs.iter().map(word).collect()
    }

    #[test]
    fn runs_cut_the_content_at_the_diff_and_leave_spaces_outside() {
        let text = "The harbor will stay\n  open all year.";
        let whole = ByteRange::new(0, text.len());
        let marks = [(range(text, "The harbor "), Mark::Kept), (range(text, " stay\n  open "), Mark::Gone)];
        assert_eq!(shown(&runs(text, &[whole], &marks)), "_The harbor_ will [stay open] all year.");
        assert_eq!(shown(&runs(text, &[whole], &[])), "The harbor will stay open all year.");
        assert_eq!(shown(&runs(text, &[], &marks)), "");
    }

    #[test]
    fn parts_of_a_content_are_not_run_together() {
        let text = "“We will stay,” she said, “and we will pay.”";
        let content = [range(text, "We will stay,"), range(text, "and we will pay.")];
        assert_eq!(shown(&runs(text, &content, &[])), "We will stay, … and we will pay.");
    }

    #[test]
    fn a_merged_text_tells_what_went_before_what_came() {
        let words = |old: &str, new: &str| {
            let whole = |text: &str| [ByteRange::new(0, text.len())];
            let codebook = crate::codebook::Codebook::default();
            let diff = crate::analysis::diff::diff_words(old, &whole(old), new, &whole(new), &codebook);
            shown(&merged(old, new, &whole(new), &diff, &[]))
        };
        let table = [
            ("The pier opens today.", "The new pier closes today.", "_The_ +new+ _pier_ [opens] +closes+ _today_."),
            ("Old stones, they said.", "They said.", "[Old stones] _They said_."),
            ("They said it, again.", "They said.", "_They said_ [it, again]."),
            ("", "They said.", "+They said+."),
            ("Gone.", "", "[Gone]"),
        ];
        for (old, new, expected) in table {
            assert_eq!(words(old, new), expected, "{old} {new}");
        }
    }

    #[test]
    fn a_move_speaks_alone_where_it_overlaps_the_diff() {
        let text = "the reckless tests and programs of the north";
        let gone = range(text, "reckless tests and programs of");
        let moved = Move {
            phrase: PhraseId(1),
            n_documents: 2,
            old: range(text, "tests and programs"),
            new: ByteRange::new(0, 1),
            kind: OccurrenceKind::Near,
        };
        let marks = with_moves(&[(gone, Mark::Gone)], &[moved], Side::Old);
        let whole = ByteRange::new(0, text.len());
        assert_eq!(shown(&runs(text, &[whole], &marks)), "the [reckless] {0 tests and programs} [of] the north");
    }

    #[test]
    fn clipping_says_what_it_left_out_and_ends_after_kept_words() {
        let text = "We are of course concerned about the tests, and about much else that follows here at length";
        let whole = ByteRange::new(0, text.len());
        let marks =
            [(range(text, "We are of course concerned"), Mark::Kept), (range(text, "and about much"), Mark::Gone)];
        assert_eq!(shown(&clip(runs(text, &[whole], &marks), 50)), "_We are of course concerned_ …");
        assert_eq!(shown(&clip(runs(text, &[whole], &[]), 20)), "We are of course …");
        assert_eq!(shown(&clip(runs(text, &[whole], &[]), 200)), text);
    }

    #[test]
    fn quotation_marks_stand_around_quoted_words_alone() {
        let run = |text: &str| vec![Run { mark: Mark::Kept, text: text.to_owned() }];
        assert_eq!(shown(&quoted(run("\"We stay\""), Quotation::Direct)), "“_We stay_”");
        assert_eq!(shown(&quoted(run("we stay"), Quotation::Indirect)), "_we stay_");
    }
}
