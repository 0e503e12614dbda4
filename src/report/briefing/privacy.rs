//! What must not leave: e-mail addresses, and the names and words that the reader wants out.
//!
//! It is taken out of the briefing itself, so that no output can hold it: not the picture's outlines, not the text behind
//! them, not the description. A word that runs over two differently marked stretches is found too. What stands in its
//! place says nothing of its length. `O(n)` in the words of the page, times the words to take out.

use regex::{Regex, RegexBuilder};

use super::model::{Body, Briefing, Line, Moment, Quote, Role, Said, Segment};

/// Stands for what a reader took out.
pub const REDACTED: &str = "[redacted]";
/// Stands for an e-mail address.
const EMAIL: &str = "[e-mail address]";

/// What is taken out of every text.
pub(super) struct Privacy {
    patterns: Vec<(Regex, &'static str)>,
}

impl Privacy {
    /// `redact` are names and words, found whole, whatever their case and the white space in them.
    pub fn new(redact: &[String], has_emails: bool) -> Self {
        let mut patterns = Vec::new();
        let mut words: Vec<&str> = redact.iter().map(|words| words.trim()).filter(|words| !words.is_empty()).collect();
        // Of two that overlap the longer one is taken.
        words.sort_by_key(|words| (std::cmp::Reverse(words.len()), *words));
        patterns.extend(words.into_iter().filter_map(|words| Some((whole_words(words)?, REDACTED))));
        if !has_emails {
            let address = r"[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+";
            patterns.extend(Regex::new(address).ok().map(|regex| (regex, EMAIL)));
        }
        Self { patterns }
    }

    /// Takes it out of everything that is said on a page and beside it.
    pub fn apply(&self, briefing: &mut Briefing) {
        if self.patterns.is_empty() {
            return;
        }
        let texts = [&mut briefing.headline, &mut briefing.subtitle, &mut briefing.method, &mut briefing.description];
        texts.into_iter().for_each(|text| self.clean(text));
        self.clean_body(&mut briefing.body);
        for source in &mut briefing.sources {
            [&mut source.outlet, &mut source.headline].into_iter().for_each(|text| self.clean(text));
            source.author.iter_mut().chain(&mut source.notes).for_each(|text| self.clean(text));
        }
    }

    fn clean_body(&self, body: &mut Body) {
        match body {
            Body::Shift { before, change, after } => {
                before.iter_mut().chain(after).for_each(|said| self.clean_said(said));
                self.clean(&mut change.reason);
            }
            Body::Timeline { rows } => {
                for row in rows {
                    match row {
                        Moment::Said(said) => self.clean_said(said),
                        Moment::Gap { label } => self.clean(label),
                        Moment::NotObserved { .. } => {}
                    }
                }
            }
            Body::Phrase { rows } => rows.iter_mut().for_each(|line| self.clean_line(line)),
            Body::SideBySide { columns } => columns.iter_mut().for_each(|said| self.clean_said(said)),
            Body::Matrix { rows, .. } => rows.iter_mut().for_each(|row| self.clean(&mut row.label)),
            Body::Sources { rows } => {
                for row in rows {
                    [&mut row.outlet, &mut row.headline].into_iter().for_each(|text| self.clean(text));
                    row.notes.iter_mut().for_each(|text| self.clean(text));
                }
            }
        }
    }

    fn clean_said(&self, said: &mut Said) {
        said.lines.iter_mut().chain(&mut said.badges).for_each(|text| self.clean(text));
        self.clean_quote(&mut said.quote);
    }

    /// The three parts of a line are one text: what runs over their edges is found too.
    fn clean_line(&self, line: &mut Line) {
        let space = if line.is_after_joined { "" } else { " " };
        let gap = if line.is_before_joined { "" } else { " " };
        let before = Segment { text: format!("{}{gap}", line.before.join(" ")), role: Role::Plain };
        let after = Segment { text: format!("{space}{}", line.after.join(" ")), role: Role::Plain };
        let n_phrase = line.phrase.segments.len();
        let mut all = vec![before];
        all.append(&mut line.phrase.segments);
        all.push(after);
        let cleaned = self.cleaned(&all);
        let words = |part: usize| -> Vec<String> {
            let text: String = cleaned.iter().filter(|(of, _)| *of == part).map(|(_, it)| it.text.as_str()).collect();
            text.split_whitespace().map(str::to_owned).collect()
        };
        (line.before, line.after) = (words(0), words(n_phrase + 1));
        let inside = cleaned.iter().filter(|(of, _)| (1..=n_phrase).contains(of));
        line.phrase.segments = inside.map(|(_, segment)| segment.clone()).collect();
    }

    fn clean_quote(&self, quote: &mut Quote) {
        quote.segments = self.cleaned(&quote.segments).into_iter().map(|(_, segment)| segment).collect();
    }

    fn clean(&self, text: &mut String) {
        for (pattern, instead) in &self.patterns {
            if pattern.is_match(text) {
                *text = pattern.replace_all(text, *instead).into_owned();
            }
        }
    }

    /// The segments without what must not leave, each with the place of the segment it comes from.
    fn cleaned(&self, segments: &[Segment]) -> Vec<(usize, Segment)> {
        let whole: String = segments.iter().map(|segment| segment.text.as_str()).collect();
        let mut gone: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
        for (pattern, instead) in &self.patterns {
            for found in pattern.find_iter(&whole) {
                if gone.iter().all(|(range, _)| found.end() <= range.start || range.end <= found.start()) {
                    gone.push((found.range(), instead));
                }
            }
        }
        gone.sort_by_key(|(range, _)| range.start);
        let (mut cleaned, mut start) = (Vec::new(), 0);
        for (idx, segment) in segments.iter().enumerate() {
            let end = start + segment.text.len();
            let mut at = start;
            for (range, instead) in gone.iter().filter(|(range, _)| range.start < end && range.end > start) {
                let before = whole.get(at..range.start.max(at)).unwrap_or_default();
                cleaned.push((idx, Segment { text: before.to_owned(), role: segment.role }));
                // Once, where it begins.
                if range.start >= start {
                    cleaned.push((idx, Segment { text: (*instead).to_owned(), role: Role::Redacted }));
                }
                at = range.end.min(end);
            }
            cleaned
                .push((idx, Segment { text: whole.get(at..end).unwrap_or_default().to_owned(), role: segment.role }));
            start = end;
        }
        cleaned.retain(|(_, segment)| !segment.text.is_empty());
        cleaned
    }
}

/// Finds `words` where no letter or digit stands beside them.
fn whole_words(words: &str) -> Option<Regex> {
    let inner: Vec<String> = words.split_whitespace().map(regex::escape).collect();
    let edge = |chr: Option<char>, side: &'static str| if chr.is_some_and(char::is_alphanumeric) { side } else { "" };
    let (first, last) = (edge(words.chars().next(), r"\b"), edge(words.chars().next_back(), r"\b"));
    let pattern = format!("{first}{}{last}", inner.join(r"\s+"));
    RegexBuilder::new(&pattern).case_insensitive(true).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str, role: Role) -> Segment {
        Segment { text: text.to_owned(), role }
    }

    fn cleaned(redact: &[&str], segments: &[Segment]) -> Vec<Segment> {
        let redact: Vec<String> = redact.iter().map(|words| (*words).to_owned()).collect();
        Privacy::new(&redact, false).cleaned(segments).into_iter().map(|(_, segment)| segment).collect()
    }

    #[test]
    fn whole_words_are_taken_out_whatever_their_case_and_marks() {
        let segments = [segment("Mayor ana ", Role::Kept), segment("Lund, Lundgren", Role::OnlyAfter)];
        assert_eq!(
            cleaned(&["Ana Lund"], &segments),
            [segment("Mayor ", Role::Kept), segment(REDACTED, Role::Redacted), segment(", Lundgren", Role::OnlyAfter),]
        );
        assert_eq!(cleaned(&["Lund"], &[segment("Lund", Role::Plain)]), [segment(REDACTED, Role::Redacted)]);
        assert_eq!(cleaned(&["", " "], &segments), segments);
    }

    #[test]
    fn of_overlapping_words_the_longer_goes_whole() {
        let found = cleaned(&["Lund", "Ana Lund of Pier"], &[segment("by Ana Lund of Pier.", Role::Plain)]);
        assert_eq!(found, [segment("by ", Role::Plain), segment(REDACTED, Role::Redacted), segment(".", Role::Plain)]);
    }

    #[test]
    fn e_mail_addresses_are_left_out_unless_wanted() {
        let privacy = |has_emails| Privacy::new(&[], has_emails);
        let text = "Write to ana.lund@harbor-news.example.org, or call.";
        let clean = |privacy: &Privacy| {
            let mut text = text.to_owned();
            privacy.clean(&mut text);
            text
        };
        assert_eq!(clean(&privacy(false)), "Write to [e-mail address], or call.");
        assert_eq!(clean(&privacy(true)), text);
    }
}
