//! Lines of words: wrapping, rules, headings. Widths are counts of characters, which fits Latin script.

use std::io;

/// Columns of the page: what a default terminal and a mail both show.
pub(super) const WIDTH: usize = 92;

/// Keeps an ellipsis beside its word.
const NO_BREAK_SPACE: char = '\u{a0}';

/// An empty-lined title over a rule.
pub(super) fn heading(out: &mut impl io::Write, title: &str) -> io::Result<()> {
    writeln!(out, "{title}")?;
    writeln!(out, "{}", "─".repeat(WIDTH))
}

/// Writes `words` after `lead`, wrapped; later lines are indented by `indent` columns. White space and line ends in
/// `words` count as one space; a no-break space holds its neighbors on one line.
pub(super) fn paragraph(out: &mut impl io::Write, lead: &str, indent: usize, words: &str) -> io::Result<()> {
    let mut line = lead.to_owned();
    let mut n_columns = lead.chars().count();
    let mut is_empty = true;
    let is_break = |c: char| c.is_whitespace() && c != NO_BREAK_SPACE;
    for word in words.split(is_break).filter(|word| !word.is_empty()) {
        let n_chars = word.chars().count();
        if !is_empty && n_columns + 1 + n_chars > WIDTH {
            writeln!(out, "{}", line.trim_end())?;
            line = " ".repeat(indent);
            n_columns = indent;
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
            n_columns += 1;
        }
        line.push_str(word);
        n_columns += n_chars;
        is_empty = false;
    }
    writeln!(out, "{}", line.trim_end())
}

/// `left` and `right` at the two ends of one line; on two lines where they do not fit on one.
pub(super) fn spread(out: &mut impl io::Write, left: &str, right: &str) -> io::Result<()> {
    let n_columns = left.chars().count() + right.chars().count();
    if n_columns + 2 <= WIDTH {
        return writeln!(out, "{left}{}{right}", " ".repeat(WIDTH - n_columns));
    }
    let indent = left.chars().take_while(|c| *c == ' ').count();
    paragraph(out, &" ".repeat(indent), indent, left)?;
    writeln!(out, "{}{right}", " ".repeat(WIDTH.saturating_sub(right.chars().count())))
}

/// The last `n_chars` or fewer of `text`, cut between words, with an ellipsis where something was cut.
pub(super) fn tail(text: &str, n_chars: usize) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(n_chars) else { return text.to_owned() };
    let kept = text.get(cut..).unwrap_or_default();
    let kept = kept.split_once(char::is_whitespace).map_or("", |(_, kept)| kept);
    format!("…{NO_BREAK_SPACE}{kept}")
}

/// The first `n_chars` or fewer of `text`, cut between words, with an ellipsis where something was cut.
pub(super) fn head(text: &str, n_chars: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(n_chars) else { return text.to_owned() };
    let kept = text.get(..cut).unwrap_or_default();
    let kept = kept.rsplit_once(char::is_whitespace).map_or("", |(kept, _)| kept);
    format!("{kept}{NO_BREAK_SPACE}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_inside_the_page_and_keep_their_indent() {
        let mut out = Vec::new();
        paragraph(&mut out, "  A  ", 5, &"“löng” words\nhere ".repeat(12)).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH && line.trim_end() == *line));
        assert!(lines.iter().skip(1).all(|line| line.starts_with("     ") && !line.starts_with("      ")));
        assert_eq!(text.split_whitespace().skip(1).count(), 36);
    }

    #[test]
    fn a_word_longer_than_the_page_stays_whole() {
        let mut out = Vec::new();
        paragraph(&mut out, "  ", 2, &"x".repeat(2 * WIDTH)).unwrap();
        assert_eq!(String::from_utf8(out).unwrap().trim(), "x".repeat(2 * WIDTH));
    }

    #[test]
    fn excerpts_are_cut_between_words() {
        assert_eq!(tail("one twö three", 8), "…\u{a0}three");
        assert_eq!(tail("three", 8), "three");
        assert_eq!(head("one twö three", 8), "one twö\u{a0}…");
        assert_eq!(head("one", 8), "one");
    }
}
