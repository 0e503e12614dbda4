//! The parts of a mail's body: the sender's own words, quoted mail, the signature, a message that was passed on.
//!
//! Quoted mail is known by ">" before its lines and by the line that introduces it ("On … wrote:"), or by the header
//! lines that Outlook and its kin write above it; a signature by the line "-- " of RFC 3676 § 4.3, by "Sent from my …"
//! and by the rule of underscores of mailing lists. A message that was passed on is the article where the sender added
//! little to it: then the sender's words are the ones that are marked. Nothing is cut. `O(n)` in the lines.

use super::fields::{ForwardedHeader, HeaderLine, header_line};
use crate::document::BlockKind;
use crate::ingest::blocks::Mark;

/// A line of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: String,
    /// Quoted by its mark or by the markup.
    pub(super) is_quoted: bool,
}

impl Line {
    pub(super) fn blank() -> Self {
        Self { words: String::new(), is_quoted: false }
    }
}

/// A run of lines of one kind.
#[derive(Clone, Debug)]
pub(super) struct Zone<'a> {
    pub(super) lines: Vec<&'a str>,
    /// `None` for words that are the article's.
    pub(super) mark: Option<Mark>,
    /// What the header lines of a forwarded article say, in the zone that holds them.
    pub(super) header: Option<ForwardedHeader>,
}

/// Lines of a signature at most; a longer run after "-- " is a part of the mail.
const MAX_SIGNATURE_LINES: usize = 12;

/// Lines below the rule of a mailing list at most.
const MAX_FOOTER_LINES: usize = 8;

/// Lines over which the words "On … wrote:" are spread at most.
const MAX_INTRODUCTION_LINES: usize = 3;

/// Header lines above a message at most, blank ones between them counted.
const MAX_HEADER_LINES: usize = 40;

/// A forwarded message is the article where it has this many words for one of the sender's.
const FORWARD_SHARE: usize = 2;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Own,
    Quoted,
    Signature,
    /// The line that says that a message follows, and its header lines.
    ForwardHeader,
    Forwarded,
}

/// The lines of a plain body. In `is_flowed` text a line that ends in a space goes on in the next one (RFC 3676).
pub(super) fn plain_lines(text: &str, is_flowed: bool) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut goes_on = false;
    for range in crate::text::lines(text) {
        let words = range.of(text);
        let is_quoted = words.trim_start().starts_with('>');
        let stuffed = if is_flowed && !is_quoted { words.strip_prefix(' ').unwrap_or(words) } else { words };
        match found.last_mut() {
            Some(last) if goes_on && !is_quoted => last.words.push_str(stuffed),
            _ => found.push(Line { words: stuffed.to_owned(), is_quoted }),
        }
        goes_on = is_flowed && !is_quoted && stuffed.ends_with(' ') && stuffed.trim_end() != "--";
    }
    found
}

/// The zones of a body. `says_forward`: the subject says that the mail passes on another one.
pub(super) fn zones(lines: &[Line], says_forward: bool) -> Vec<Zone<'_>> {
    let mut kinds: Vec<Kind> = lines.iter().map(|line| if line.is_quoted { Kind::Quoted } else { Kind::Own }).collect();
    mark_introductions(lines, &mut kinds);
    let header = mark_chain(lines, says_forward, &mut kinds);
    mark_signature(lines, &mut kinds);
    mark_footer(lines, &mut kinds);
    let is_forward = kinds.contains(&Kind::Forwarded);
    let mut found: Vec<Zone<'_>> = Vec::new();
    let mut last = None;
    for (line, kind) in lines.iter().zip(kinds) {
        let words = if kind == Kind::Forwarded { unquoted(&line.words) } else { line.words.as_str() };
        // A blank line belongs to whatever it stands in.
        let is_same = last == Some(kind) || (line.words.trim().is_empty() && last.is_some());
        match found.last_mut() {
            Some(zone) if is_same => zone.lines.push(words),
            _ => {
                let header = header.clone().filter(|_| kind == Kind::ForwardHeader);
                found.push(Zone { lines: vec![words], mark: mark(kind, is_forward), header });
                last = Some(kind);
            }
        }
    }
    found
}

fn mark(kind: Kind, is_forward: bool) -> Option<Mark> {
    let rule = match kind {
        Kind::Own if is_forward => "forwarding-note",
        Kind::Own | Kind::Forwarded => return None,
        Kind::Quoted => "quoted-mail",
        Kind::Signature => "signature",
        Kind::ForwardHeader => "forwarded-header",
    };
    Some(Mark::new(BlockKind::Boilerplate, rule))
}

/// A line without the marks of quoting; a message passed on with such marks is read without them.
fn unquoted(words: &str) -> &str {
    words.trim_start_matches(['>', ' '])
}

fn n_words<'a>(lines: impl Iterator<Item = &'a Line>) -> usize {
    lines.map(|line| line.words.split_whitespace().count()).sum()
}

/// "On Mon, 6 Nov 2017 at 10:12, Jane Roe <jane@paper.example> wrote:" above quoted lines.
fn mark_introductions(lines: &[Line], kinds: &mut [Kind]) {
    for start in 0..lines.len() {
        if !lines[start].is_quoted || start.checked_sub(1).is_some_and(|before| lines[before].is_quoted) {
            continue;
        }
        let is_blank = |idx: usize| lines[idx].words.trim().is_empty();
        let mut end = start;
        while end > 0 && is_blank(end - 1) && start - end < 2 {
            end -= 1;
        }
        // A name may wrap: the longest run that begins as such lines do, else the last line alone.
        let may_open = |idx: usize| !is_blank(idx) && kinds[idx] == Kind::Own;
        let n_lines = (1..=MAX_INTRODUCTION_LINES.min(end)).take_while(|n_lines| may_open(end - n_lines)).count();
        let words_from =
            |first: usize| lines[first..end].iter().map(|line| line.words.trim()).collect::<Vec<_>>().join(" ");
        let first = (end - n_lines..end).find(|&first| {
            let words = words_from(first);
            is_introduction(&words) && (first + 1 == end || opens_introduction(&words))
        });
        if let Some(first) = first {
            kinds[first..start].fill(Kind::Quoted);
        }
    }
}

fn opens_introduction(words: &str) -> bool {
    const STARTS: &[&str] = &["on ", "am ", "le ", "el ", "il ", "op ", "em ", "den ", "dne ", "w dniu ", "at "];
    let lower = words.to_lowercase();
    STARTS.iter().any(|start| lower.starts_with(start))
}

fn is_introduction(words: &str) -> bool {
    const VERBS: &[&str] = &[
        "wrote",
        "writes",
        "schrieb",
        "a écrit",
        "escribió",
        "ha scritto",
        "schreef",
        "escreveu",
        "skrev",
        "napsal",
        "napisał",
        "said",
    ];
    let lower = words.to_lowercase();
    let Some(stem) = lower.trim_end().strip_suffix([':', '：']) else { return false };
    let has_date = stem.chars().any(|c| c.is_ascii_digit());
    let has_verb = VERBS.iter().any(|verb| stem.contains(verb));
    has_verb && (stem.contains('@') || has_date || stem.trim_end().ends_with("wrote"))
        || (opens_introduction(words) && has_date && stem.contains('@'))
}

/// The first place where another message follows with its headers, and everything after it.
fn mark_chain(lines: &[Line], says_forward: bool, kinds: &mut [Kind]) -> Option<ForwardedHeader> {
    let chain = (0..lines.len()).find_map(|idx| chain_at(lines, idx))?;
    let Chain { start, first_header, end, says_forward: is_marked, header } = chain;
    let own =
        n_words(lines[..start].iter().zip(kinds.iter()).filter(|(_, kind)| **kind == Kind::Own).map(|(line, _)| line));
    let passed = n_words(lines[end..].iter());
    let is_forward = (is_marked || says_forward) && passed >= FORWARD_SHARE * own && passed > 0;
    if !is_forward {
        kinds[start..].fill(Kind::Quoted);
        return None;
    }
    let depth = quote_depth(&lines[first_header].words);
    kinds[start..end].fill(Kind::ForwardHeader);
    for (line, kind) in lines[end..].iter().zip(kinds[end..].iter_mut()) {
        let is_deeper = quote_depth(&line.words) > depth || (line.is_quoted && !lines[first_header].is_quoted);
        *kind = if is_deeper && !line.words.trim().is_empty() { Kind::Quoted } else { Kind::Forwarded };
    }
    // Markup quotes the whole message where it quotes any of it.
    if kinds[end..].iter().zip(&lines[end..]).all(|(kind, line)| *kind == Kind::Quoted || line.words.trim().is_empty())
    {
        kinds[end..].fill(Kind::Forwarded);
    }
    Some(header)
}

fn quote_depth(words: &str) -> usize {
    words.chars().take_while(|&c| c == '>' || c == ' ').filter(|&c| c == '>').count()
}

/// Where another message begins.
struct Chain {
    /// The line that says so, or the first header line.
    start: usize,
    first_header: usize,
    /// The line after the headers.
    end: usize,
    says_forward: bool,
    header: ForwardedHeader,
}

fn chain_at(lines: &[Line], idx: usize) -> Option<Chain> {
    let words = lines[idx].words.as_str();
    let marker = separator(words);
    let is_blank = |idx: usize| unquoted(&lines[idx].words).trim().is_empty();
    let is_first = idx == 0 || is_blank(idx - 1) || is_rule(&lines[idx - 1].words);
    if marker.is_none() && !(is_first && header_line(unquoted(words)).is_some()) {
        return None;
    }
    let first = if marker.is_some() { (idx + 1..lines.len()).find(|&idx| !is_blank(idx))? } else { idx };
    let mut header = ForwardedHeader::default();
    let (mut end, mut n_headers, mut has_from) = (first, 0, false);
    while let Some(line) = lines.get(end).filter(|_| end - first < MAX_HEADER_LINES) {
        let Some((kind, value)) = header_line(unquoted(&line.words)) else {
            // Markup puts a blank line between header lines; a folded address goes on in the next line.
            let is_gap = is_blank(end)
                && lines.get(end + 1).is_some_and(|next| n_headers > 0 && header_line(unquoted(&next.words)).is_some());
            let is_folded = n_headers > 0 && n_headers < 3 && unquoted(&line.words).contains('@') && !is_blank(end);
            if is_gap || is_folded {
                end += 1;
                continue;
            }
            break;
        };
        (n_headers, has_from) = (n_headers + 1, has_from || kind == HeaderLine::From);
        header.add(kind, value);
        end += 1;
    }
    let is_chain = if marker.is_some() { n_headers >= 1 } else { has_from && n_headers >= 3 };
    is_chain.then_some(Chain { start: idx, first_header: first, end, says_forward: marker == Some(true), header })
}

/// "-----Original Message-----" and "---------- Forwarded message ---------"; does it say that a message was passed on?
fn separator(words: &str) -> Option<bool> {
    const FORWARDS: &[&str] = &[
        "forwarded message",
        "forwarded by",
        "begin forwarded",
        "weitergeleitete nachricht",
        "anfang der weitergeleiteten",
        "message transféré",
        "mensaje reenviado",
        "messaggio inoltrato",
        "mensagem encaminhada",
        "doorgestuurd bericht",
    ];
    const ORIGINALS: &[&str] = &[
        "original message",
        "ursprüngliche nachricht",
        "message d'origine",
        "message original",
        "mensaje original",
        "messaggio originale",
        "mensagem original",
        "oorspronkelijk bericht",
        "original-nachricht",
    ];
    let words = unquoted(words).trim();
    let is_marked = words.starts_with("--") || words.ends_with(':') || words.starts_with("__");
    if !is_marked || words.chars().count() > 90 {
        return None;
    }
    let lower = words.to_lowercase();
    let holds = |list: &[&str]| list.iter().any(|phrase| lower.contains(phrase));
    if holds(FORWARDS) { Some(true) } else { (words.starts_with("--") && holds(ORIGINALS)).then_some(false) }
}

fn is_rule(words: &str) -> bool {
    let words = unquoted(words).trim();
    words.len() >= 10 && words.chars().all(|c| matches!(c, '_' | '-' | '=' | '*'))
}

/// The lines from the last "-- " to the end or to what is quoted below it.
fn mark_signature(lines: &[Line], kinds: &mut [Kind]) {
    let is_open = |kind: Kind| matches!(kind, Kind::Own | Kind::Forwarded);
    for idx in 0..lines.len() {
        let lower = lines[idx].words.trim().to_lowercase();
        let is_device = ["sent from my ", "von meinem ", "envoyé de mon ", "get outlook for "]
            .iter()
            .any(|start| lower.starts_with(start));
        if is_device && is_open(kinds[idx]) && lower.split_whitespace().count() <= 8 {
            kinds[idx] = Kind::Signature;
        }
    }
    let is_mark = |idx: &usize| is_open(kinds[*idx]) && lines[*idx].words.trim_end() == "--";
    let Some(start) = (0..lines.len()).rfind(is_mark) else { return };
    let end = (start..lines.len()).find(|&idx| !is_open(kinds[idx])).unwrap_or(lines.len());
    let n_lines = lines[start + 1..end].iter().filter(|line| !line.words.trim().is_empty()).count();
    if n_lines <= MAX_SIGNATURE_LINES {
        kinds[start..end].fill(Kind::Signature);
    }
}

/// What a mailing list adds below a rule of underscores.
fn mark_footer(lines: &[Line], kinds: &mut [Kind]) {
    let is_mark = |idx: &usize| {
        let words = lines[*idx].words.trim();
        words.len() >= 20 && words.chars().all(|c| c == '_')
    };
    let Some(start) = (0..lines.len()).rfind(is_mark) else { return };
    let n_lines = lines[start + 1..].iter().filter(|line| !line.words.trim().is_empty()).count();
    if (1..=MAX_FOOTER_LINES).contains(&n_lines) && n_words(lines[..start].iter()) > n_words(lines[start + 1..].iter())
    {
        for kind in kinds[start..].iter_mut().filter(|kind| matches!(kind, Kind::Own | Kind::Forwarded)) {
            *kind = Kind::Signature;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str, says_forward: bool) -> Vec<(String, Option<String>)> {
        let lines = plain_lines(text, false);
        zones(&lines, says_forward)
            .into_iter()
            .map(|zone| (zone.lines.join("\n").trim().to_owned(), zone.mark.and_then(|mark| mark.rule)))
            .filter(|(words, _)| !words.is_empty())
            .collect()
    }

    #[test]
    fn answers_and_signatures_are_told_from_what_the_sender_says() {
        let text = "The harbor opens.\n\nOn Mon, 6 Nov 2017 at 10:12, Jane Roe\n<jane@paper.example> wrote:\n> When?\n> Tell me.\n\nIn May.\n-- \nJohn Doe\nHarbor office";
        let found = rules(text, false);
        let kinds: Vec<Option<&str>> = found.iter().map(|(_, rule)| rule.as_deref()).collect();
        assert_eq!(kinds, [None, Some("quoted-mail"), None, Some("signature")]);
        assert!(found[1].0.starts_with("On Mon") && found[1].0.ends_with("Tell me."));
    }

    #[test]
    fn an_original_message_below_an_answer_is_quoted() {
        let text = "Thank you, that settles it for all of us here.\n\n-----Original Message-----\nFrom: Jane Roe\nSent: Monday, November 6, 2017\nTo: John Doe\nSubject: Harbor\n\nIt opens in May.";
        let kinds: Vec<Option<String>> = rules(text, false).into_iter().map(|(_, rule)| rule).collect();
        assert_eq!(kinds, [None, Some("quoted-mail".to_owned())]);
    }

    #[test]
    fn a_message_passed_on_is_the_article() {
        let head = "FYI\n\n---------- Forwarded message ---------\nFrom: Jane Roe <jane@paper.example>\nDate: Mon, 6 Nov 2017 at 10:12\nSubject: Harbor opens\nTo: John Doe\n\n";
        let text = format!("{head}The harbor of the town was opened on Monday.\n");
        let lines = plain_lines(&text, false);
        let found = zones(&lines, false);
        let header = found.iter().find_map(|zone| zone.header.clone()).unwrap();
        assert_eq!((header.title.as_deref(), header.author.as_deref()), (Some("Harbor opens"), Some("Jane Roe")));
        assert_eq!(header.meta_date(0).unwrap().date, jiff::civil::date(2017, 11, 6));
        let kinds: Vec<Option<String>> = rules(&text, false).into_iter().map(|(_, rule)| rule).collect();
        assert_eq!(kinds, [Some("forwarding-note".to_owned()), Some("forwarded-header".to_owned()), None]);
    }

    #[test]
    fn flowed_lines_are_joined() {
        let lines = plain_lines("The harbor \nopens.\n-- \nJane", true);
        let words: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
        assert_eq!(words, ["The harbor opens.", "-- ", "Jane"]);
    }
}
