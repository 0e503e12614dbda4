//! What the renderers of briefings say alike: days, badges, sources and marks in words.

use crate::report::briefing::model::{
    Body, Briefing, Change, Likeness, Line, Mark, Moment, Quote, Role, Said, Segment, Source, SourceRow, When,
};
use crate::text::numbers::counted;

/// What stands in place of words that the reader took out.
pub const REDACTED: &str = "[redacted]";

/// What stands for an article that does not touch the theme.
pub const NOT_OBSERVED: &str = "not observed in this article";

/// What the asterisk at an outlet means.
pub const ENTERED: &str = "* outlet entered by the reader, not in the text";

/// Words of its context that a phrase is shown with on each side. Fewer than a sentence has, so that a report of many
/// places quotes little of each article.
const N_CONTEXT_WORDS: usize = 8;

/// "29 Jan 2023", "est. 29 Jan 2023".
pub fn day(when: &When) -> String {
    if when.is_estimate { format!("est. {}", when.day) } else { when.day.clone() }
}

/// "(automatic, translation)", empty where there is none.
pub fn badges(badges: &[String]) -> String {
    if badges.is_empty() { String::new() } else { format!("({})", badges.join(", ")) }
}

/// "Reframed", "Reframed, conditional".
pub fn label(change: &Change) -> String {
    if change.is_conditional { format!("{}, conditional", change.label) } else { change.label.clone() }
}

/// "increase, force 4, quoted".
pub fn mark(mark: Mark) -> String {
    let quoted = if mark.is_quoted { "quoted" } else { "reported" };
    let official = if mark.is_official { "" } else { ", not official" };
    format!("{}, {quoted}{official}", force(mark))
}

/// "increase, force 4", then what neither quotation marks nor badges beside it say.
pub fn mark_beside(mark: Mark, badges: &[String]) -> String {
    let is_missing = |word: &&str| !badges.iter().any(|badge| badge == word);
    let reported = Some("reported").filter(|_| !mark.is_quoted).filter(is_missing);
    let other = Some("not official").filter(|_| !mark.is_official).filter(is_missing);
    let parts: Vec<String> =
        [force(mark)].into_iter().chain(reported.into_iter().chain(other).map(str::to_owned)).collect();
    parts.join(", ")
}

/// "increase, force 4".
fn force(mark: Mark) -> String {
    let direction = mark.direction.map(|direction| format!("{}, ", direction.words())).unwrap_or_default();
    format!("{direction}force {}", mark.force)
}

/// "The Pilot", "The Pilot*" where a reader entered it.
pub fn outlet(outlet: &str, is_entered: bool) -> String {
    if is_entered { format!("{outlet}*") } else { outlet.to_owned() }
}

/// "The Pilot, “Harbor council widens the pier”, est. 29 Jan 2023, translation".
pub fn source(source: &Source) -> String {
    let headline = (!source.headline.is_empty()).then(|| format!("“{}”", source.headline));
    let parts = [outlet(&source.outlet, source.is_outlet_entered)]
        .into_iter()
        .chain(headline)
        .chain(source.author.clone())
        .chain([day(&source.when)])
        .chain(source.notes.iter().cloned());
    parts.collect::<Vec<_>>().join(", ")
}

/// "2,140 words".
pub fn n_words(row: &SourceRow) -> String {
    counted(row.n_words, "word", "words")
}

/// Is an asterisk to be explained?
pub fn has_entered_outlet(briefing: &Briefing) -> bool {
    let rows = match &briefing.body {
        Body::Sources { rows } => rows.as_slice(),
        _ => &[],
    };
    rows.iter().any(|row| row.is_outlet_entered) || briefing.sources.iter().any(|source| source.is_outlet_entered)
}

/// The numbers of sources as they stand at the end of words: "1, 2".
pub fn numbers(sources: &[usize]) -> String {
    sources.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// "Briefing", "3 briefings".
pub fn count(n_briefings: usize) -> String {
    match n_briefings {
        1 => "Briefing".to_owned(),
        n => format!("{n} briefings"),
    }
}

/// "Made 21 Nov 2026", by the latest of them; empty for none.
pub fn made(briefings: &[Briefing]) -> String {
    let made = briefings.iter().map(|briefing| briefing.made).max();
    made.map(|made| format!("Made {}", made.strftime("%-d %b %Y"))).unwrap_or_default()
}

/// How a place is like its phrase.
pub fn likeness(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Verbatim => "word for word",
        Likeness::Near => "near",
        Likeness::Alias => "other name",
    }
}

/// The text of a stretch of words; what was taken out says so and nothing else.
pub fn segment(segment: &Segment) -> String {
    if segment.role != Role::Redacted {
        return segment.text.clone();
    }
    let (before, _, after) = trimmed(&segment.text);
    format!("{before}{REDACTED}{after}")
}

/// A quotation without marks on its words, in quotation marks where it is quoted.
pub fn cited(quote: &Quote) -> String {
    quoted(quote, quote.segments.iter().map(segment).collect())
}

/// `words` of a quotation, however they are marked, with its quotation marks and the ellipses where it was cut.
pub fn quoted(quote: &Quote, words: String) -> String {
    let words = if quote.is_cut_before { format!("… {words}") } else { words };
    let words = if quote.is_cut_after { format!("{words} …") } else { words };
    if quote.is_quoted { format!("“{words}”") } else { words }
}

/// A stretch of words parted into the spaces before it, itself, and the spaces after it: marks cover words alone.
pub fn trimmed(text: &str) -> (&str, &str, &str) {
    let rest = text.trim_start();
    let (before, _) = text.split_at(text.len() - rest.len());
    let core = rest.trim_end();
    let (_, after) = rest.split_at(core.len());
    (before, core, after)
}

/// The words before a place, with the space after them: "… abandon its ".
pub fn context_before(line: &Line) -> String {
    let first = line.before.len().saturating_sub(N_CONTEXT_WORDS);
    let words = line.before.get(first..).unwrap_or_default().join(" ");
    let ellipsis = if first > 0 || !line.is_before_whole { "… " } else { "" };
    let space = if line.is_before_joined { "" } else { " " };
    if words.is_empty() { ellipsis.to_owned() } else { format!("{ellipsis}{words}{space}") }
}

/// The words after a place, with the space before them where there is one: ". We need …".
pub fn context_after(line: &Line) -> String {
    let n_shown = line.after.len().min(N_CONTEXT_WORDS);
    let words = line.after.get(..n_shown).unwrap_or_default().join(" ");
    let ellipsis = if n_shown < line.after.len() || !line.is_after_whole { " …" } else { "" };
    let space = if words.is_empty() || line.is_after_joined { "" } else { " " };
    format!("{space}{words}{ellipsis}")
}

/// The statements of a body, in its order.
pub fn statements(body: &Body) -> Vec<&Said> {
    match body {
        Body::Shift { before, after, .. } => before.iter().chain(after).collect(),
        Body::SideBySide { columns } => columns.iter().collect(),
        Body::Timeline { rows } => rows
            .iter()
            .filter_map(|row| match row {
                Moment::Said(said) => Some(said),
                Moment::NotObserved { .. } | Moment::Gap { .. } => None,
            })
            .collect(),
        Body::Phrase { .. } | Body::Matrix { .. } | Body::Sources { .. } => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Direction;

    fn when(is_estimate: bool) -> When {
        When { day: "29 Jan 2023".to_owned(), month: "Jan 2023".to_owned(), iso: None, is_estimate }
    }

    #[test]
    fn an_estimate_is_marked_wherever_a_day_stands() {
        assert_eq!(day(&when(true)), "est. 29 Jan 2023");
        assert_eq!(day(&when(false)), "29 Jan 2023");
    }

    #[test]
    fn a_mark_is_said_in_words() {
        let official = Mark { force: 4, direction: Some(Direction::Increase), is_quoted: true, is_official: true };
        assert_eq!(mark(official), "increase, force 4, quoted");
        let other = Mark { force: 1, direction: None, is_quoted: false, is_official: false };
        assert_eq!(mark(other), "force 1, reported, not official");
        assert_eq!(mark_beside(official, &[]), "increase, force 4");
        assert_eq!(mark_beside(other, &[]), "force 1, reported, not official");
        assert_eq!(mark_beside(other, &["reported".to_owned()]), "force 1, not official");
    }

    #[test]
    fn what_is_cut_off_a_context_shows_as_an_ellipsis() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let phrase = Quote { is_quoted: false, is_cut_before: false, is_cut_after: false, segments: Vec::new() };
        let mut line = Line {
            when: None,
            source: 1,
            before: words("one two three four five six seven eight nine"),
            phrase,
            after: words(". Then rain"),
            is_after_joined: true,
            is_before_joined: false,
            is_before_whole: true,
            is_after_whole: true,
            likeness: Likeness::Near,
        };
        assert_eq!(context_before(&line), "… two three four five six seven eight nine ");
        assert_eq!(context_after(&line), ". Then rain");
        line.before.clear();
        line.is_after_joined = false;
        line.before = vec!["said".to_owned(), "“".to_owned()];
        line.is_before_joined = true;
        assert_eq!(context_before(&line), "said “");
        line.before.clear();
        line.is_after_whole = false;
        assert_eq!(context_before(&line), "");
        assert_eq!(context_after(&line), " . Then rain …");
        line.after.clear();
        line.is_before_whole = false;
        assert_eq!((context_before(&line).as_str(), context_after(&line).as_str()), ("… ", " …"));
    }

    #[test]
    fn spaces_at_the_edges_are_no_words() {
        assert_eq!(trimmed("  a b "), ("  ", "a b", " "));
        assert_eq!(trimmed("  "), ("  ", "", ""));
    }

    #[test]
    fn what_was_taken_out_never_shows() {
        let redacted = Segment { text: "Mr Secret ".to_owned(), role: Role::Redacted };
        let plain = Segment { text: "stays".to_owned(), role: Role::Plain };
        let segments = vec![redacted, plain];
        let mut quote = Quote { is_quoted: true, is_cut_before: true, is_cut_after: true, segments };
        assert_eq!(cited(&quote), "“… [redacted] stays …”");
        quote.is_quoted = false;
        quote.is_cut_before = false;
        assert_eq!(cited(&quote), "[redacted] stays …");
    }
}
