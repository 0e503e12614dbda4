//! What each piece of the article is: body, heading, caption, by-line, or furniture that the extractor let through.
//!
//! Three witnesses: the words (the phrase list and the line rules of plain text), the part of the page where the piece
//! stands, and its place (headline and standfirst at the front, lists of links and notes on the author at the end).
//! Nothing is cut; each mark has its rule. `O(n)` in the pieces.

use super::ends;
use super::flow::{Piece, Role, letters};
use super::zone::Zone;
use crate::document::BlockKind;
use crate::ingest::blocks::{self, Mark};

/// A piece with what it was found to be; `None` is body.
#[derive(Debug)]
pub(super) struct Marked {
    pub(super) piece: Piece,
    pub(super) mark: Option<Mark>,
}

impl Marked {
    /// Part of the article, as far as is known.
    pub(super) fn is_text(&self) -> bool {
        self.mark.as_ref().is_none_or(|mark| mark.kind == BlockKind::Heading)
    }

    pub(super) fn is_body(&self) -> bool {
        self.mark.is_none()
    }

    pub(super) fn set(&mut self, kind: BlockKind, rule: &str) {
        self.mark = Some(Mark::new(kind, rule));
    }

    pub(super) fn n_words(&self) -> usize {
        self.piece.words.split_whitespace().count()
    }
}

/// Marks the pieces of an article with this title.
pub(super) fn marked(pieces: Vec<(Piece, Option<Zone>)>, title: Option<&str>) -> Vec<Marked> {
    let mut all: Vec<Marked> = (pieces.into_iter())
        .map(|(piece, zone)| {
            let mark = mark(&piece, zone);
            Marked { piece, mark }
        })
        .collect();
    mark_bold_headings(&mut all);
    mark_front(&mut all, title);
    ends::mark_links(&mut all);
    ends::mark_tails(&mut all);
    ends::mark_notes(&mut all);
    all
}

/// What a piece is by its own words and the part of the page it stands in.
fn mark(piece: &Piece, zone: Option<Zone>) -> Option<Mark> {
    let is_heading = matches!(piece.role, Role::Heading(_));
    if is_section_break(piece) {
        return None;
    }
    if piece.words.starts_with('[') && piece.words.ends_with(']') && piece.words.contains("=") {
        return Some(Mark::new(BlockKind::Boilerplate, "markup"));
    }
    let by_words =
        blocks::paragraph_mark(&piece.words).filter(|(kind, _)| !is_heading || *kind == BlockKind::Boilerplate);
    if let Some((kind, rule)) = by_words {
        return Some(Mark { kind, rule: Some(rule) });
    }
    if ends::is_link_label(piece) {
        return Some(Mark::new(BlockKind::Boilerplate, "link-label"));
    }
    match zone {
        Some(Zone::Caption) => return Some(Mark::new(BlockKind::Caption, "page-caption")),
        Some(Zone::Byline) => return Some(Mark::new(BlockKind::Byline, "zone:byline")),
        // Names of whole pages' parts are at times given to the article's own: an embedded post is "social".
        Some(Zone::Share) if piece.role == Role::Quote => {}
        Some(Zone::Standfirst | Zone::Form) | None => {}
        Some(zone) => return Some(Mark::new(BlockKind::Boilerplate, zone.rule())),
    }
    match piece.role {
        Role::Heading(_) => Some(Mark::new(BlockKind::Heading, "page-heading")),
        Role::Caption => Some(Mark::new(BlockKind::Caption, "page-caption")),
        _ => None,
    }
}

/// "___", "* * *": the author's own border between two parts.
pub(super) fn is_section_break(piece: &Piece) -> bool {
    piece.letters.is_empty() && piece.words.chars().all(|c| matches!(c, '_' | '*' | '⁂' | '—' | '–' | '-' | '~' | ' '))
}

/// A short paragraph all in bold over one that is not is a heading.
fn mark_bold_headings(all: &mut [Marked]) {
    const MAX_WORDS: usize = 14;
    for idx in 0..all.len().saturating_sub(1) {
        let (this, next) = (&all[idx], &all[idx + 1]);
        let is_open = !this.piece.words.ends_with(['.', ',', ';', '”', '"']);
        let is_over_text = next.is_body() && !next.piece.is_bold && next.n_words() > this.n_words();
        let is_short = (1..=MAX_WORDS).contains(&this.n_words());
        if this.is_body() && this.piece.is_bold && this.piece.role != Role::Item && is_short && is_open && is_over_text
        {
            all[idx].set(BlockKind::Heading, "bold-line");
        }
    }
}

/// Headline and standfirst above the first paragraph.
fn mark_front(all: &mut [Marked], title: Option<&str>) {
    let title = title.map(letters).unwrap_or_default();
    let levels: Vec<Role> = all.iter().filter(|marked| marked.is_text()).map(|marked| marked.piece.role).collect();
    let n_of = |role: Role| levels.iter().filter(|&&other| other == role).count();
    let mut is_front = true;
    let mut has_headline = false;
    for marked in all.iter_mut().filter(|marked| marked.is_text()) {
        let is_title = is_same_title(&marked.piece.letters, &title, is_front);
        let role = marked.piece.role;
        if is_title {
            marked.set(BlockKind::Boilerplate, "repeat:title");
            has_headline = true;
        } else if is_front && role == Role::Heading(1) && !has_headline {
            marked.set(BlockKind::Title, "page-title");
            has_headline = true;
        } else if is_front && is_standfirst(marked, n_of(role)) {
            marked.set(BlockKind::Title, "standfirst");
        } else {
            is_front &= marked.n_words() < 4;
        }
    }
}

/// The title's own words; at the front also with a few words more or less around it.
fn is_same_title(letters: &str, title: &str, is_front: bool) -> bool {
    if title.is_empty() || letters.is_empty() {
        return false;
    }
    let (short, long) = if letters.len() < title.len() { (letters, title) } else { (title, letters) };
    letters == title || (is_front && short.len() >= 20 && long.contains(short) && short.len() * 3 >= long.len() * 2)
}

/// A heading right below the headline with no sister in the article sums it up.
fn is_standfirst(marked: &Marked, n_of_role: usize) -> bool {
    let is_heading = matches!(marked.piece.role, Role::Heading(_));
    is_heading && n_of_role == 1 && marked.n_words() >= 5
}
