//! The words of a statement as they are quoted: on one line, in pieces that say why they look as they do, cut where they
//! are too many.
//!
//! What is cut is what says least: of all stretches of the allowed length the one with most marked words is kept, the
//! first of equals that begins with a clause, and an ellipsis stands for the rest. Nothing is ever joined that stood apart without one.
//! `O(n)` in the words, times the marks.

use super::model::{Quote, Role, Segment};
use crate::text::{ByteRange, tokens};

/// Words between two ranges of a statement, which its text interrupts.
const INTERRUPTED: &str = " … ";

/// A range of the text and its role.
pub(super) type Marked = (ByteRange, Role);

/// The words of `ranges` in `text`, at most `max_words` of them. `marks` may overlap; the first one counts.
pub(super) fn quote(text: &str, ranges: &[ByteRange], marks: &[Marked], max_words: usize, is_quoted: bool) -> Quote {
    let words: Vec<(usize, ByteRange)> = (ranges.iter().enumerate())
        .flat_map(|(piece, &range)| tokens(text, range).map(move |token| (piece, token.range)))
        .collect();
    let roles: Vec<Role> = words.iter().map(|(_, word)| role_at(marks, word.start)).collect();
    let begins_clause = |idx: usize| words.get(idx).is_some_and(|(_, word)| begins_clause(text, word.start));
    let kept = best_window(&roles, max_words, begins_clause);
    let (is_cut_before, is_cut_after) = (kept.start > 0, kept.end < words.len());
    let mut segments: Vec<Segment> = Vec::new();
    for (piece, &range) in ranges.iter().enumerate() {
        let of_piece = |idx: &usize| words.get(*idx).is_some_and(|(of, _)| *of == piece);
        let inside: Vec<usize> = kept.clone().filter(of_piece).collect();
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { continue };
        // What stands before the first and after the last word (a bracket, a full stop) belongs to the words.
        let is_first = *first == 0 || words.get(first - 1).is_none_or(|(of, _)| *of != piece);
        let is_last = words.get(last + 1).is_none_or(|(of, _)| *of != piece);
        let word = |idx: usize| words.get(idx).map(|(_, range)| *range).unwrap_or_default();
        let start = if is_first { range.start } else { word(*first).start };
        let end = if is_last { range.end } else { word(*last).end };
        if !segments.is_empty() {
            segments.push(Segment { text: INTERRUPTED.to_owned(), role: Role::Plain });
        }
        push(&mut segments, text, ByteRange::new(start, end), marks);
    }
    trim(&mut segments, is_cut_after);
    Quote { is_quoted, is_cut_before, is_cut_after, segments: joined(segments) }
}

fn role_at(marks: &[Marked], at: usize) -> Role {
    marks.iter().find(|(range, _)| range.contains_offset(at)).map_or(Role::Plain, |(_, role)| *role)
}

/// How much a word wants to be kept.
fn worth(role: Role) -> usize {
    match role {
        Role::Plain | Role::Redacted => 0,
        Role::Kept => 1,
        Role::OnlyBefore | Role::OnlyAfter | Role::Strong | Role::Shared => 4,
    }
}

/// Does a clause begin here: after a comma or another mark, or where nothing stands before?
fn begins_clause(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end().chars().next_back();
    before.is_none_or(|chr| !chr.is_alphanumeric())
}

/// The stretch of at most `max_words` words that is worth most; of equals one that begins with a clause, then the first.
fn best_window(roles: &[Role], max_words: usize, begins_clause: impl Fn(usize) -> bool) -> std::ops::Range<usize> {
    let len = roles.len().min(max_words.max(1));
    let mut sum: usize = roles.iter().take(len).map(|role| worth(*role)).sum();
    // A statement begins with a clause whatever stands before it.
    let mut best = (sum, true, 0);
    for start in 1..=roles.len() - len {
        sum += roles.get(start + len - 1).map_or(0, |role| worth(*role));
        sum -= roles.get(start - 1).map_or(0, |role| worth(*role));
        if (sum, begins_clause(start)) > (best.0, best.1) {
            best = (sum, begins_clause(start), start);
        }
    }
    best.2..best.2 + len
}

/// Cuts `range` at the edges of the marks.
fn push(segments: &mut Vec<Segment>, text: &str, range: ByteRange, marks: &[Marked]) {
    let mut at = range.start;
    while at < range.end {
        let role = role_at(marks, at);
        let edges = marks.iter().flat_map(|(mark, _)| [mark.start, mark.end]);
        let end = edges.filter(|&edge| edge > at && edge < range.end).min().unwrap_or(range.end);
        segments.push(Segment { text: text.get(at..end).unwrap_or_default().to_owned(), role });
        at = end;
    }
}

/// Runs of white space become one space, and a space at the edge of a marked stretch stands outside of it.
fn joined(segments: Vec<Segment>) -> Vec<Segment> {
    let mut done: Vec<Segment> = Vec::new();
    let mut add = |text: &str, role: Role| {
        if text.is_empty() {
            return;
        }
        let ends_in_space = done.last().is_none_or(|last| last.text.ends_with(' '));
        let text = if ends_in_space { text.trim_start_matches(' ') } else { text };
        match done.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.role == role => last.text.push_str(text),
            _ => done.push(Segment { text: text.to_owned(), role }),
        }
    };
    for Segment { text, role } in segments {
        let words = super::sourced::one_line(&text);
        if text.starts_with(char::is_whitespace) {
            add(" ", Role::Plain);
        }
        add(&words, role);
        if text.ends_with(char::is_whitespace) && !words.is_empty() {
            add(" ", Role::Plain);
        }
    }
    while done.last().is_some_and(|last| last.text.trim_end().is_empty()) {
        done.pop();
    }
    if let Some(last) = done.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    done
}

/// A comma before the verb of saying is the article's, and no mark stands before an ellipsis.
fn trim(segments: &mut Vec<Segment>, is_cut: bool) {
    while let Some(last) = segments.last_mut() {
        let marks: &[char] = if is_cut { &[',', ';', ':', '.'] } else { &[',', ';', ':'] };
        let is_left_out = |chr: char| chr.is_whitespace() || marks.contains(&chr);
        let kept = last.text.trim_end_matches(is_left_out).len();
        last.text.truncate(kept);
        if !last.text.is_empty() {
            return;
        }
        segments.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str, words: &str) -> ByteRange {
        let start = text.find(words).unwrap();
        ByteRange::new(start, start + words.len())
    }

    /// `We [kept:fear for] the pier`.
    fn shown(quote: &Quote) -> String {
        let segment = |segment: &Segment| match segment.role {
            Role::Plain => segment.text.clone(),
            role => format!("[{role:?}:{}]", segment.text),
        };
        quote.segments.iter().map(segment).collect()
    }

    #[test]
    fn words_stand_on_one_line_with_their_roles_and_spaces_outside() {
        let text = "We  fear for\nthe old pier, she said, and  for the town.";
        let ranges = [range(text, "We  fear for\nthe old pier,"), range(text, "and  for the town.")];
        let marks = [(range(text, "fear for\n"), Role::Kept), (range(text, "old"), Role::OnlyBefore)];
        let quote = quote(text, &ranges, &marks, 60, true);
        assert_eq!(shown(&quote), "We [Kept:fear for] the [OnlyBefore:old] pier, … and for the town.");
        assert_eq!(quote.cited(), "“We fear for the old pier, … and for the town.”");
        assert!(!quote.is_cut_before && !quote.is_cut_after);
    }

    #[test]
    fn of_too_many_words_the_marked_ones_are_kept() {
        let text = "one two three four, five six seven. Eight nine";
        let whole = [ByteRange::new(0, text.len())];
        let cases = [
            (vec![], 3, "one two three …"),
            (vec![(range(text, "six"), Role::Strong)], 3, "… five six seven …"),
            (vec![(range(text, "four"), Role::Strong)], 2, "… three four …"),
            (vec![(range(text, "one"), Role::Kept), (range(text, "Eight"), Role::OnlyAfter)], 2, "… Eight nine"),
            (vec![(range(text, "seven"), Role::Strong)], 1, "… seven …"),
            (vec![(range(text, "nine"), Role::Strong)], 2, "… Eight nine"),
            (vec![], 0, "one …"),
        ];
        for (marks, max_words, wanted) in cases {
            assert_eq!(quote(text, &whole, &marks, max_words, false).words(), wanted, "{max_words} {marks:?}");
        }
        assert_eq!(quote("", &[], &[], 5, true).cited(), "“”");
    }

    #[test]
    fn a_comma_before_the_verb_of_saying_is_not_quoted() {
        for (text, wanted) in [("We fear,", "We fear"), ("We fear.", "We fear."), ("We fear: ;", "We fear")] {
            assert_eq!(quote(text, &[ByteRange::new(0, text.len())], &[], 9, true).words(), wanted);
        }
    }
}
