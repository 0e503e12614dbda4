//! What pages append to an article: lists of links, calls to follow and subscribe, notes on the author and the firm.
//!
//! A rule here asks for two things at once, words and place: "Related" in the middle of an article may be a word of
//! it, over a run of links it is not. `O(n)` in the pieces.

use super::flow::Piece;
use super::marks::Marked;
use crate::document::BlockKind;
use crate::ingest::blocks::{self, Mark};

/// A piece is a link where nearly all its letters are.
const LINK_SHARE: f32 = 0.9;

/// More headings than this do not stand on each other in an article: part, chapter, section, sub-section.
const MAX_HEADINGS: usize = 5;

/// What follows a tail phrase holds at most this share of the article's words, in percent.
const MAX_TAIL_PERCENT: usize = 30;

/// Notes stand among this many pieces at the end.
const MAX_NOTES: usize = 5;

/// What stands below a note and is no longer than this is no paragraph of the article.
const MAX_AFTER_NOTE_WORDS: usize = 25;

/// A note on the author is no longer than this.
const MAX_NOTE_WORDS: usize = 90;

/// "Related: …", "See more: …": a known label before a link.
pub(super) fn is_link_label(piece: &Piece) -> bool {
    let n_words = piece.words.split_whitespace().count();
    (piece.link_share >= 0.4 || piece.is_bold) && n_words <= 30 && blocks::has_label(&piece.words)
}

/// A link, or the label of one.
fn is_link(marked: &Marked) -> bool {
    let is_open = marked.is_text() || has_rule(marked, "link-label");
    is_open && marked.piece.link_share >= LINK_SHARE && marked.piece.letters.chars().count() >= 3
}

fn has_rule(marked: &Marked, rule: &str) -> bool {
    marked.mark.as_ref().and_then(|mark| mark.rule.as_deref()) == Some(rule)
}

fn is_heading(marked: &Marked) -> bool {
    marked.mark.as_ref().is_some_and(|mark| mark.kind == BlockKind::Heading)
}

/// Runs of nothing but links lead to other articles; so do runs of headings without an article under them.
pub(super) fn mark_links(all: &mut [Marked]) {
    let last_body = all.iter().rposition(|marked| marked.is_body() && !is_link(marked)).unwrap_or(0);
    let mut start = 0;
    while start < all.len() {
        let is_run = |idx: usize| is_link(&all[idx]) || is_heading(&all[idx]);
        let end = (start..all.len()).find(|&idx| !is_run(idx)).unwrap_or(all.len());
        mark_run(&mut all[start..end], start > last_body);
        start = end.max(start + 1);
    }
}

fn is_tail(marked: &Marked) -> bool {
    is_heading(marked) && blocks::tail_rule(&marked.piece.words).is_some()
}

/// A run of links and headings; `is_last` where no paragraph follows.
fn mark_run(run: &mut [Marked], is_last: bool) {
    let n_links = run.iter().filter(|marked| is_link(marked)).count();
    let n_headings = run.iter().filter(|marked| is_heading(marked)).count();
    // The last heading of a run belongs to the paragraph that follows, if it is no link.
    let keeps_last = !is_last && run.last().is_some_and(|last| is_heading(last) && !is_link(last));
    let has_label = run.iter().any(|marked| has_rule(marked, "link-label") || is_tail(marked));
    let is_list = if is_last { n_links + n_headings >= 1 } else { n_links >= 3 || (has_label && n_links >= 2) };
    let n_marked = run.len() - usize::from(keeps_last);
    if is_list || n_headings >= MAX_HEADINGS {
        for marked in run[..n_marked].iter_mut().filter(|marked| marked.is_text()) {
            marked.set(BlockKind::Boilerplate, "link-list");
        }
    }
}

/// From a tail phrase, or a heading "About the …" at the end, to the end of the article.
pub(super) fn mark_tails(all: &mut [Marked]) {
    let n_words: usize = all.iter().filter(|marked| marked.is_text()).map(Marked::n_words).sum();
    let mut n_left = n_words;
    let last_heading = all.iter().rposition(is_heading);
    for idx in 0..all.len() {
        if !all[idx].is_text() {
            continue;
        }
        let is_late = n_left < n_words;
        let n_after = n_left - all[idx].n_words();
        let is_end = n_after * 100 <= n_words * MAX_TAIL_PERCENT;
        let rule = is_late.then(|| tail_rule(&all[idx], Some(idx) == last_heading)).flatten();
        if let Some(rule) = rule {
            let end = if is_end { all.len() } else { idx + 1 };
            for marked in all[idx..end].iter_mut().filter(|marked| marked.is_text()) {
                marked.mark = Some(Mark { kind: BlockKind::Boilerplate, rule: Some(rule.clone()) });
            }
        }
        n_left = n_after;
    }
}

/// The rule that opens a tail at this piece.
fn tail_rule(marked: &Marked, is_last_heading: bool) -> Option<String> {
    let words = &marked.piece.words;
    let is_label = is_heading(marked) && !words.ends_with(['.', '?', '!']);
    if is_label && is_last_heading && is_about(words) {
        return Some("tail:about".to_owned());
    }
    blocks::tail_rule(words).filter(|_| marked.n_words() <= 8 || is_label)
}

/// "About Harbor Works Ltd": the firm, not the theme of a section ("About half of them stayed").
fn is_about(words: &str) -> bool {
    let Some(rest) = ["About ", "ABOUT ", "Über ", "À propos de ", "Acerca de ", "Sobre "]
        .iter()
        .find_map(|lead| words.strip_prefix(lead))
    else {
        return false;
    };
    let names = rest.trim_end_matches(':').split_whitespace();
    let is_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '&');
    let (n_names, n_words) =
        names.fold((0, 0), |(n_names, n_words), word| (n_names + usize::from(is_name(word)), n_words + 1));
    n_names >= 1 && n_words <= 8 && (n_names * 2 >= n_words || rest.starts_with("the "))
}

/// Calls and notes among the last pieces, and what little follows them.
pub(super) fn mark_notes(all: &mut [Marked]) {
    let body: Vec<usize> = (0..all.len()).filter(|&idx| all[idx].is_body()).collect();
    // An article of a few paragraphs has its own words at the end.
    let n_last = MAX_NOTES.min(body.len().saturating_sub(2));
    let last = &body[body.len() - n_last..];
    let mut has_note = false;
    let mut firm: Option<String> = None;
    for &idx in last {
        let marked = &all[idx];
        let first_word = marked.piece.words.split_whitespace().next().unwrap_or_default().to_owned();
        let is_firm = blocks::is_firm_note(&marked.piece.words) || firm.as_ref() == Some(&first_word);
        let rule = blocks::note_rule(&marked.piece.words).filter(|_| marked.n_words() <= MAX_NOTE_WORDS);
        if is_firm {
            all[idx].set(BlockKind::Boilerplate, "firm-note");
            firm = Some(first_word);
        } else if let Some(rule) = rule {
            all[idx].set(BlockKind::Boilerplate, rule);
            has_note = true;
        } else if has_note && marked.n_words() <= MAX_AFTER_NOTE_WORDS {
            all[idx].set(BlockKind::Boilerplate, "after-end");
        }
    }
}
