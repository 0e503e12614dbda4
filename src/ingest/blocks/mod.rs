//! Blocks of a plain text: what is title, byline, dateline, caption, heading, body, and what is furniture.
//!
//! Rules look at one line first (known phrases, credits, by-lines, dates, breadcrumbs, repeats), then at its place:
//! short lines above the first paragraph, runs of short lines, whatever follows the last paragraph, and runs that a
//! tail phrase opens. Each block says which rule marked it; nothing is cut. `O(n)` in the bytes.

mod furniture;
mod headline;
mod notes;
mod outlet;
mod reasons;
mod units;

pub(super) use self::outlet::outlet;
pub use self::reasons::rule_says;

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use self::furniture::FURNITURE;
use self::units::{Ending, Unit, units};
use super::date;
use crate::document::{Block, BlockKind};
use crate::text::compare::fold;
use crate::text::{ByteRange, TokenKind, tokens};

/// A tail phrase counts only after this many words of body: an article may well start with "Related to …".
const WORDS_BEFORE_TAIL: usize = 120;

/// A paragraph that starts the article has at least this many words.
const OPENING_WORDS: usize = 12;

/// A short line has at most this many words.
const SHORT_LINE_WORDS: usize = 12;

/// What a unit was found to be, with its rule.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) kind: BlockKind,
    pub(super) rule: Option<String>,
}

impl Mark {
    pub(super) fn new(kind: BlockKind, rule: &str) -> Self {
        Self { kind, rule: Some(rule.to_owned()) }
    }

    fn body() -> Self {
        Self { kind: BlockKind::Body, rule: None }
    }
}

/// The blocks of a text, with the title's range.
#[derive(Debug)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Block>,
    pub(super) title: Option<ByteRange>,
}

/// Tells the blocks of a plain text. `known` are marks that the format already gave, by byte range of the line.
pub(super) fn blocks(text: &str, known: &BTreeMap<usize, Mark>) -> Blocks {
    let units = units(text);
    let mut marks: Vec<Option<Mark>> = units.iter().map(|unit| known.get(&unit.range.start).cloned()).collect();
    for (idx, unit) in units.iter().enumerate() {
        if marks[idx].is_none() {
            marks[idx] = line_mark(text, unit);
        }
    }
    mark_notices(text, &units, &mut marks);
    let given_title = marks.iter().position(|mark| mark.as_ref().is_some_and(|mark| mark.kind == BlockKind::Title));
    let opening = opening_idx(&units, &marks);
    let title = given_title.or_else(|| headline::title_idx(text, &units, &marks, opening));
    if let Some(idx) = title {
        marks[idx].get_or_insert(Mark { kind: BlockKind::Title, rule: None });
    }
    mark_repeats(&units, title, &mut marks);
    mark_tail(text, &units, &mut marks);
    // A format that tells its headings leaves no short line to guess about.
    if !known.values().any(|mark| matches!(mark.kind, BlockKind::Title | BlockKind::Heading)) {
        mark_head(&units, opening, title, &mut marks);
        mark_end(&units, &mut marks);
    }
    mark_short_runs(&units, &mut marks);
    let blocks = (units.iter().zip(&mut marks))
        .map(|(unit, mark)| {
            let mark = mark.take().unwrap_or_else(Mark::body);
            Block { kind: mark.kind, range: unit.range, rule: mark.rule }
        })
        .collect();
    Blocks { blocks, title: title.map(|idx| units[idx].range) }
}

/// What a line is by its own words.
fn line_mark(text: &str, unit: &Unit) -> Option<Mark> {
    if let Some(rule) = FURNITURE.line_rule(&unit.folded, unit.n_words) {
        return Some(Mark { kind: BlockKind::Boilerplate, rule: Some(rule) });
    }
    if unit.n_words == 0 {
        return Some(Mark::new(BlockKind::Boilerplate, "mark"));
    }
    let words = unit.range.of(text);
    if is_newsletter_call(words, unit) {
        return Some(Mark::new(BlockKind::Boilerplate, "call"));
    }
    if is_breadcrumb(words, unit) {
        return Some(Mark::new(BlockKind::Boilerplate, "breadcrumb"));
    }
    if is_credits_line(words, unit) {
        return Some(Mark::new(BlockKind::Byline, "credits"));
    }
    if is_byline(words, unit) {
        return Some(Mark::new(BlockKind::Byline, "byline"));
    }
    // A dated credit is no date line.
    if is_caption(words, unit) {
        return Some(Mark::new(BlockKind::Caption, "credit"));
    }
    if date::is_dateline(text, unit.range, unit.n_words) {
        return Some(Mark::new(BlockKind::Dateline, "dateline"));
    }
    None
}

/// "Sign up for our newsletter", "Get the day's news in your inbox": boxes stand in the middle of articles too.
fn is_newsletter_call(words: &str, unit: &Unit) -> bool {
    const STARTS: [&str; 5] = ["sign up", "subscribe", "get ", "join ", "download "];
    let is_call = STARTS.iter().any(|start| unit.folded.starts_with(start));
    is_call && unit.n_words <= 20 && notes::rule(&unit.folded, words) == Some("call")
}

/// "Home > World > Europe".
fn is_breadcrumb(words: &str, unit: &Unit) -> bool {
    if unit.ending == Ending::Sentence || !words.contains(['>', '»', '›', '/', '|']) {
        return false;
    }
    let n_parts =
        [" > ", " » ", " › ", " / ", " | ", ">"].iter().map(|mark| words.split(mark).count()).max().unwrap_or(1);
    n_parts >= 3 && unit.n_words <= 4 * n_parts
}

/// "(Reporting by A; Editing by B)", and its sisters at the end of agency texts.
fn is_credits_line(words: &str, unit: &Unit) -> bool {
    const STARTS: [&str; 8] = [
        "reporting by",
        "additional reporting by",
        "writing by",
        "editing by",
        "edited by",
        "compiled by",
        "translated by",
        "written by",
    ];
    let folded = unit.folded.trim_start_matches(['(', '[', '-', ' ', '*']);
    let Some(rest) = STARTS.iter().find_map(|start| folded.strip_prefix(start)) else { return false };
    // A sentence that begins so goes on with a verb and an end mark; credits are names.
    let is_bracketed = words.starts_with(['(', '[']);
    rest.starts_with([' ', ':']) && unit.n_words <= 60 && (is_bracketed || unit.n_stop_words * 3 <= unit.n_words)
}

/// "By Jane Roe", "BY JANE ROE [jane@paper.example]", "Jane Roe, Oslo | Correspondent".
fn is_byline(words: &str, unit: &Unit) -> bool {
    let may_be_mail = unit.n_words <= 16 && unit.n_stop_words <= 2 && words.contains('@');
    if may_be_mail && words.split_whitespace().any(is_mail_address) {
        return true;
    }
    if !unit.folded.starts_with("by ") {
        return false;
    }
    // Folding changes lengths, so the rest is cut from the words themselves.
    let rest = words.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    let is_name = rest.trim_start().starts_with(char::is_uppercase);
    let n_capital = rest.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    is_name && unit.n_words <= 14 && unit.ending != Ending::Sentence && n_capital >= 2 && unit.n_stop_words <= 3
}

fn is_mail_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

/// A line that names who took the picture, or where people stand in it.
fn is_caption(words: &str, unit: &Unit) -> bool {
    // An agency's notice to editors makes captions long; an article's paragraph with a credit does not occur.
    const MAX_CAPTION_WORDS: usize = 140;
    if unit.n_words > MAX_CAPTION_WORDS {
        return false;
    }
    if FURNITURE.has_credit(&unit.folded)
        || ["caption:", "image caption:", "photo caption:", "media caption:"]
            .iter()
            .any(|lead| unit.folded.starts_with(lead))
    {
        return true;
    }
    // "REUTERS/Jane Roe": in capitals, since "ePA/ePF" is no agency.
    const SLASHED: [&str; 6] = ["REUTERS/", "AFP/", "EPA/", "Xinhua/", "Anadolu/", "AP Photo/"];
    if SLASHED.iter().any(|credit| words.contains(credit)) || ends_in_agency(words) {
        return true;
    }
    // "(R)" alone is a party as well as the right.
    const PLACES: [&str; 7] = ["(left)", "(right)", ", left,", ", right,", ", center,", "from left", "pictured"];
    const LETTERS: [&str; 3] = ["(l)", "(r)", "(c)"];
    let has_place = || {
        PLACES.iter().any(|place| unit.folded.contains(place))
            || LETTERS.iter().filter(|place| unit.folded.contains(*place)).count() >= 2
    };
    unit.n_words <= 50 && has_place() && !has_speech(&unit.folded) && !unit.folded.contains("from left to right wing")
}

fn has_speech(folded: &str) -> bool {
    [" said", " told ", " says", " added", " announced", " warned"].iter().any(|verb| folded.contains(verb))
}

/// "… in Oslo on Sunday. [YONHAP]", "… at sea (Reuters)", "… (AP Photo/Jane Roe)".
fn ends_in_agency(words: &str) -> bool {
    let Some(open) = words.rfind(['[', '(']) else { return false };
    let tail = &words[open + 1..];
    let Some(name) = tail.trim_end().trim_end_matches('.').strip_suffix([']', ')']) else { return false };
    let is_square = words[open..].starts_with('[');
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_upper = letters >= 3 && !name.chars().any(char::is_lowercase);
    let is_agency = FURNITURE
        .agencies
        .iter()
        .any(|agency| name.split(['/', ',']).any(|part| part.trim().eq_ignore_ascii_case(agency)));
    // Square brackets at the end of a line hold a credit; round ones often an abbreviation just spelt out.
    open > 20 && name.split_whitespace().count() <= 6 && (is_agency || (is_square && is_upper))
}

/// The capitals of an agency's notice directly under a caption belong to it.
fn mark_notices(text: &str, units: &[Unit], marks: &mut [Option<Mark>]) {
    for idx in 1..units.len() {
        let is_under =
            units[idx].is_attached && marks[idx - 1].as_ref().is_some_and(|mark| mark.kind == BlockKind::Caption);
        let words = units[idx].range.of(text);
        let (n_upper, n_lower) = words.chars().fold((0, 0), |(upper, lower), c| {
            (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
        });
        if is_under && marks[idx].is_none() && n_upper > 2 * n_lower {
            marks[idx] = Some(Mark::new(BlockKind::Caption, "notice"));
        }
    }
}

/// The first paragraph of the article itself.
fn opening_idx(units: &[Unit], marks: &[Option<Mark>]) -> Option<usize> {
    let is_free = |idx: usize| marks[idx].is_none();
    (0..units.len()).find(|&idx| is_free(idx) && units[idx].is_prose() && units[idx].n_words >= OPENING_WORDS)
}

/// A line told before in the same words.
fn mark_repeats(units: &[Unit], title: Option<usize>, marks: &mut [Option<Mark>]) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    if let Some(idx) = title {
        seen.insert(units[idx].folded.as_str(), idx);
    }
    for (idx, unit) in units.iter().enumerate() {
        let first = *seen.entry(unit.folded.as_str()).or_insert(idx);
        if first == idx || unit.n_words < 2 {
            continue;
        }
        let is_open = marks[idx].as_ref().is_none_or(|mark| mark.kind != BlockKind::Boilerplate);
        if is_open && Some(idx) != title {
            marks[idx] = Some(if Some(first) == title {
                Mark::new(BlockKind::Boilerplate, "repeat:title")
            } else {
                Mark::new(BlockKind::Boilerplate, "repeat")
            });
        }
    }
}

/// Runs that a tail phrase opens: to the end, or to two long paragraphs about the same names.
fn mark_tail(text: &str, units: &[Unit], marks: &mut [Option<Mark>]) {
    let mut n_body_words = 0;
    let last_long = units.iter().rposition(Unit::is_long_prose);
    // Names of the story so far, up to the unit of this index.
    let (mut known, mut n_known) = (FxHashSet::default(), 0);
    let mut idx = 0;
    while idx < units.len() {
        let unit = &units[idx];
        let is_late =
            n_body_words >= WORDS_BEFORE_TAIL || (n_body_words > 0 && last_long.is_none_or(|last| last < idx));
        let is_title = marks[idx].as_ref().is_some_and(|mark| matches!(mark.kind, BlockKind::Title));
        let rule = (is_late && !is_title && !unit.is_long_prose())
            .then(|| FURNITURE.tail_rule(&unit.folded, unit.n_words))
            .flatten();
        let Some(rule) = rule else {
            n_body_words += if marks[idx].is_none() && unit.is_prose() { unit.n_words } else { 0 };
            idx += 1;
            continue;
        };
        if is_one_link(unit) && units.get(idx + 1).is_some_and(Unit::is_long_prose) {
            marks[idx] = Some(Mark::new(BlockKind::Boilerplate, "link-label"));
            idx += 1;
            continue;
        }
        for place in n_known..idx {
            if marks[place].is_none() {
                known.extend(names(text, units[place].range));
            }
        }
        n_known = idx;
        let end = tail_end(text, units, &known, idx);
        for mark in
            marks[idx..end].iter_mut().filter(|mark| mark.as_ref().is_none_or(|mark| mark.kind != BlockKind::Byline))
        {
            *mark = Some(Mark { kind: BlockKind::Boilerplate, rule: Some(rule.clone()) });
        }
        idx = end;
    }
}

/// "Related: Nine ways to cook fish" between two paragraphs: the label and what it leads to in one line.
fn is_one_link(unit: &Unit) -> bool {
    let after = unit.folded.split_once([':', '|', '»', '→']).map_or("", |(_, after)| after);
    FURNITURE.has_label(&unit.folded) && after.split_whitespace().nth(2).is_some()
}

fn tail_end(text: &str, units: &[Unit], known: &FxHashSet<&str>, start: usize) -> usize {
    let is_same_story = |unit: &Unit| {
        if !unit.is_long_prose() {
            return false;
        }
        let mut shared: Vec<&str> = names(text, unit.range).filter(|name| known.contains(name)).collect();
        shared.sort_unstable();
        shared.dedup();
        shared.len() >= 2
    };
    (start + 1..units.len().saturating_sub(1))
        .find(|&idx| is_same_story(&units[idx]) && is_same_story(&units[idx + 1]))
        .unwrap_or(units.len())
}

/// Words with a capital inside a sentence: names, nearly always.
fn names(text: &str, range: ByteRange) -> impl Iterator<Item = &str> {
    let mut is_first = true;
    let mut last_end = range.start;
    tokens(text, range).filter_map(move |token| {
        let gap = text.get(last_end..token.range.start).unwrap_or_default();
        let starts_sentence = is_first || gap.contains(['.', '!', '?', '“', '"', ':']);
        (is_first, last_end) = (false, token.range.end);
        let word = token.range.of(text);
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        let is_name = token.kind == TokenKind::Word && word.len() >= 3 && word.starts_with(char::is_uppercase);
        (is_name && !starts_sentence).then_some(word)
    })
}

/// Above the first paragraph: a standfirst is a heading, whatever else is short and no sentence is furniture.
fn mark_head(units: &[Unit], opening: Option<usize>, title: Option<usize>, marks: &mut [Option<Mark>]) {
    let Some(opening) = opening else { return };
    for idx in 0..opening {
        let unit = &units[idx];
        // A first sentence of names and numbers has few function words.
        let is_sentence = unit.ending == Ending::Sentence && unit.n_words >= OPENING_WORDS;
        if marks[idx].is_some() || unit.is_prose() || is_sentence {
            continue;
        }
        let is_below_title = title.is_some_and(|title| title < idx);
        marks[idx] = Some(if !is_below_title {
            Mark::new(BlockKind::Boilerplate, "above-title")
        } else if unit.n_words >= 6 && unit.n_stop_words >= 1 {
            Mark::new(BlockKind::Heading, "standfirst")
        } else {
            Mark::new(BlockKind::Boilerplate, "short-line")
        });
    }
}

/// Below the last paragraph: short lines, and short calls to the reader.
fn mark_end(units: &[Unit], marks: &mut [Option<Mark>]) {
    const CALLS: [&str; 14] = [
        "support",
        "subscribe",
        "sign",
        "follow",
        "donate",
        "click",
        "share",
        "join",
        "download",
        "log",
        "register",
        "become",
        "help",
        "read",
    ];
    let is_call = |unit: &Unit| {
        let first = unit.folded.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        unit.n_words <= SHORT_LINE_WORDS && CALLS.contains(&first)
    };
    let last = (0..units.len()).rfind(|&idx| marks[idx].is_none() && units[idx].is_prose() && !is_call(&units[idx]));
    let Some(last) = last else { return };
    for idx in last + 1..units.len() {
        let unit = &units[idx];
        // "“You tell me,” he said." ends an article as well as a long sentence does.
        let is_speech = unit.ending == Ending::Sentence && (has_speech(&unit.folded) || unit.folded.starts_with('"'));
        if marks[idx].is_none() && unit.n_words <= SHORT_LINE_WORDS && !is_speech {
            marks[idx] = Some(if is_call(unit) {
                Mark::new(BlockKind::Boilerplate, "call")
            } else {
                Mark::new(BlockKind::Boilerplate, "after-end")
            });
        }
    }
}

/// Inside the text: one short line over a paragraph is a heading; three and more in a row are a list of links.
fn mark_short_runs(units: &[Unit], marks: &mut [Option<Mark>]) {
    let is_short = |idx: usize, marks: &[Option<Mark>]| {
        let unit = &units[idx];
        marks[idx].is_none() && unit.n_words <= SHORT_LINE_WORDS && unit.ending != Ending::Sentence && !is_item(unit)
    };
    let mut idx = 0;
    while idx < units.len() {
        let start = idx;
        while idx < units.len() && is_short(idx, marks) {
            idx += 1;
        }
        let is_list = idx - start >= 3;
        for place in start..idx {
            let unit = &units[place];
            // Function words make a verse or a list of demands; links and names have few.
            let is_furniture = is_list && unit.n_stop_words * 4 <= unit.n_words;
            marks[place] = Some(if is_furniture {
                Mark::new(BlockKind::Boilerplate, "short-lines")
            } else if unit.ending == Ending::Colon {
                Mark::new(BlockKind::Heading, "label")
            } else {
                Mark::new(BlockKind::Heading, "short-line")
            });
        }
        idx = idx.max(start + 1);
    }
}

/// An item of a list, or speech: lines that open with a mark are no headings.
fn is_item(unit: &Unit) -> bool {
    unit.folded.starts_with(['"', '\'', '-', '•', '*', '·', '–', '—', '▪', '('])
}

/// What a paragraph of a page is by its own words: furniture, a by-line, a date line or a caption that an extractor
/// let through.
pub(super) fn paragraph_mark(words: &str) -> Option<(BlockKind, String)> {
    let unit = Unit::new(words, ByteRange::new(0, words.len()), false);
    let mark = line_mark(words, &unit)?;
    Some((mark.kind, mark.rule.unwrap_or_default()))
}

/// The rule of a phrase that opens a run of furniture, where a short line starts with one.
pub(super) fn tail_rule(words: &str) -> Option<String> {
    FURNITURE.tail_rule(&fold(words), words.split_whitespace().count())
}

/// Does a line begin with the label of a link: "Related: …", "SEE MORE …"?
pub(super) fn has_label(words: &str) -> bool {
    FURNITURE.has_label(&fold(words))
}

/// The rule that tells a paragraph below an article for a call to the reader or a note on the author.
pub(super) fn note_rule(words: &str) -> Option<&'static str> {
    notes::rule(&fold(words), words)
}

/// Is this what a firm says of itself below its press releases?
pub(super) fn is_firm_note(words: &str) -> bool {
    notes::is_firm(words)
}
