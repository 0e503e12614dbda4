//! Which pieces of a page are the article.
//!
//! The `trafilatura` crate (a port of Barbaresi 2021, with readability and jusText inside as its second opinions)
//! finds the article, favoring precision. It is a witness: its words are looked up among the pieces of the page
//! ([`Witness`]), so that the text has the page's own gaps and each piece keeps what the markup says of it. What the
//! witness left out between two pieces that it took (sub-headings, lists, quotations, embedded posts) comes back
//! where nothing speaks against it. `O(n)` in the page, the extraction apart.

use trafilatura::dom::Document as Page;
use trafilatura::{ExtractionFocus, HtmlDateMode, Metadata, Options};

use super::depth::check_depth;
use super::flow::{Flow, Piece, Role, flow, letters};
use super::marks::is_section_break;
use super::witness::Witness;
use super::zone::Zone;
use crate::ingest::IngestError;
use crate::ingest::blocks;

/// A piece is the witness's where this share of its runs is.
const MIN_SHARE: f32 = 0.5;

/// A piece is told again, or told elsewhere, where this share of its runs is in the witness.
const COPY_SHARE: f32 = 0.9;

/// The pieces are taken for the article where they hold this share of the witness's words.
const MIN_FOUND: f32 = 0.6;

/// Data for machines hold the article from this many letters on; less is a summary.
const MIN_TOLD: usize = 500;

/// The extractor's article is another text than the data's below this share.
const MIN_AGREED: f32 = 0.5;

/// From this many elements on, the extractor takes longer than a reader waits; it goes over the page dozens of times.
const MAX_EXTRACTED_ELEMENTS: usize = 12_000;

/// The same in bytes of letters: some fifty thousand words, longer than any article.
const MAX_EXTRACTED_LETTERS: usize = 300_000;

/// The article's element is the innermost that holds this share of its letters.
const ROOT_SHARE: f32 = 0.9;

/// A part of the page that holds more than this share of the article is no furniture, whatever its name.
const MAX_ZONE_SHARE: f32 = 0.3;

/// Longer gaps are another part of the page.
const MAX_GAP: usize = 60;

/// Pieces of other things (pictures, links) that may stand between the first paragraphs.
const MAX_FRONT_GAP: usize = 8;

/// The article of a page.
#[derive(Debug)]
pub(super) struct Article {
    /// Its pieces in order, each with the part of the page it stands in, within the article's element.
    pub(super) pieces: Vec<(Piece, Option<Zone>)>,
    /// What the page's head says, as the extractor reads it.
    pub(super) metadata: Metadata,
    /// What found it, in words for the reader.
    pub(super) extractor: &'static str,
    /// All words of the page had to be taken.
    pub(super) is_raw: bool,
}

/// Finds the article. `told` are its words as the page's data for machines give them: where the extractor found
/// less than half of them, they are the better witness.
///
/// # Errors
/// [`IngestError::NoArticle`] where the page holds no words.
pub(super) fn article(html: &str, page: &Page, told: Option<&str>, n_elements: usize) -> Result<Article, IngestError> {
    let flow = flow(page);
    let ways = [
        (ExtractionFocus::FavorPrecision, "trafilatura, favoring precision"),
        (ExtractionFocus::Balanced, "trafilatura, balanced"),
    ];
    let n_letters: usize = flow.pieces.iter().map(|piece| piece.letters.len()).sum();
    let is_large = n_elements > MAX_EXTRACTED_ELEMENTS || n_letters > MAX_EXTRACTED_LETTERS;
    for (focus, extractor) in ways.into_iter().filter(|_| !is_large) {
        let mut options = Options::default().with_fallback(true).with_focus(focus);
        options = options.with_html_date_mode(HtmlDateMode::Disabled);
        options.exclude_comments = true;
        let Ok(found) = trafilatura::extract(html, &options) else { continue };
        let taken = self::flow(&Page::parse(&found.content_html));
        if taken.pieces.is_empty() {
            continue;
        }
        let pieces = chosen(&flow, &taken).unwrap_or_else(|| as_taken(taken));
        if let Some(told) = told.and_then(|told| by_data(&flow, &pieces, told)) {
            let extractor = "the page's own data on the article";
            return Ok(Article { pieces: told, metadata: found.metadata, extractor, is_raw: false });
        }
        return Ok(Article { pieces, metadata: found.metadata, extractor, is_raw: false });
    }
    if flow.pieces.is_empty() {
        return Err(IngestError::NoArticle);
    }
    if let Some(pieces) = by_sentences(&flow) {
        let extractor = "the page's own paragraphs";
        return Ok(Article { pieces, metadata: Metadata::default(), extractor, is_raw: false });
    }
    let pieces = flow.pieces.into_iter().map(|piece| (piece, None)).collect();
    Ok(Article { pieces, metadata: Metadata::default(), extractor: "all words of the page", is_raw: true })
}

/// The sentences of a page that stand in no part of another name, where they are enough for an article.
fn by_sentences(flow: &Flow) -> Option<Vec<(Piece, Option<Zone>)>> {
    let zones = zones(flow, 0, &vec![0; flow.elements.len()]);
    let is_text = |piece: &&Piece| piece.link_share <= 0.3 && zones[piece.element].is_none() && is_sentence(piece);
    let sentences: Vec<&str> = flow.pieces.iter().filter(is_text).map(|piece| piece.letters.as_str()).collect();
    if sentences.iter().map(|letters| letters.chars().count()).sum::<usize>() < MIN_TOLD {
        return None;
    }
    chosen_by(flow, &Witness::new(sentences))
}

/// The extractor's own pieces; markup that it hands out as words (of a part for browsers without scripts) is read.
fn as_taken(taken: Flow) -> Vec<(Piece, Option<Zone>)> {
    let markup: String =
        taken.pieces.iter().filter(|piece| piece.words.contains("</")).map(|piece| piece.words.as_str()).collect();
    let read = (!markup.is_empty() && check_depth(&markup).is_ok()).then(|| flow(&Page::parse(&markup)));
    let flow = read.filter(|read| read.pieces.len() > 1).unwrap_or(taken);
    flow.pieces.into_iter().map(|piece| (piece, None)).collect()
}

/// The pieces of the page that the extractor took, and those it left out by mistake; `None` where too few of its words
/// are found again.
fn chosen(flow: &Flow, taken: &Flow) -> Option<Vec<(Piece, Option<Zone>)>> {
    chosen_by(flow, &Witness::new(taken.pieces.iter().map(|piece| piece.letters.as_str())))
}

/// The pieces that the page's data tell of, where `pieces` are another text.
fn by_data(flow: &Flow, pieces: &[(Piece, Option<Zone>)], told: &str) -> Option<Vec<(Piece, Option<Zone>)>> {
    // Data may hold html; the letters of its tags are no words of the page.
    let told: Vec<String> = if told.contains("</") && check_depth(told).is_ok() {
        self::flow(&Page::parse(told)).pieces.into_iter().map(|piece| piece.letters).collect()
    } else {
        told.lines().map(letters).collect()
    };
    let witness = Witness::new(told.iter().map(String::as_str));
    let is_long = told.iter().map(|letters| letters.chars().count()).sum::<usize>() >= MIN_TOLD;
    let is_other = witness.share_in(pieces.iter().map(|(piece, _)| piece.letters.as_str())) < MIN_AGREED;
    if is_long && is_other { chosen_by(flow, &witness) } else { None }
}

fn chosen_by(flow: &Flow, witness: &Witness) -> Option<Vec<(Piece, Option<Zone>)>> {
    let mut choice = Choice::new(flow, witness);
    choice.fill_gaps();
    choice.fill_front();
    if witness.share_in(choice.taken().map(|piece| piece.letters.as_str())) < MIN_FOUND {
        return None;
    }
    let zones = choice.zones;
    let is_taken = choice.is_taken;
    Some(
        (flow.pieces.iter().zip(is_taken))
            .filter(|(_, is_taken)| *is_taken)
            .map(|(piece, _)| (piece.clone(), zones[piece.element]))
            .collect(),
    )
}

/// The choice among the pieces of a page.
struct Choice<'a> {
    flow: &'a Flow,
    is_taken: Vec<bool>,
    /// Pieces that the extractor took word for word, here or at another place.
    is_copy: Vec<bool>,
    /// The article's element.
    root: usize,
    /// The part of the page that each element stands in, within the article's element.
    zones: Vec<Option<Zone>>,
}

impl<'a> Choice<'a> {
    fn new(flow: &'a Flow, witness: &Witness) -> Self {
        let shares: Vec<f32> = flow.pieces.iter().map(|piece| witness.share(&piece.letters)).collect();
        let is_like: Vec<bool> = shares.iter().map(|&share| share >= MIN_SHARE).collect();
        let is_copy = shares.iter().map(|&share| share >= COPY_SHARE).collect();
        let weights = weights(flow, &is_like);
        let root = root(flow, &weights);
        let is_inside = |piece: &Piece| (root..flow.elements[root].end).contains(&piece.element);
        // Where words stand twice, the longer piece inside the article's element is the place.
        let mut order: Vec<usize> = (0..flow.pieces.len()).filter(|&idx| is_like[idx]).collect();
        order.sort_by_key(|&idx| {
            let piece = &flow.pieces[idx];
            // Pages may hold a copy of the whole article in one box for machines.
            let is_part = shares[idx] < COPY_SHARE;
            (!is_inside(piece), is_part, piece.role == Role::Other, std::cmp::Reverse(piece.letters.len()), idx)
        });
        let mut left = witness.clone();
        let mut is_taken = vec![false; flow.pieces.len()];
        for idx in order {
            let letters = &flow.pieces[idx].letters;
            if left.share(letters) >= MIN_SHARE {
                left.take(letters);
                is_taken[idx] = true;
            }
        }
        let zones = zones(flow, root, &weights);
        Self { flow, is_taken, is_copy, root, zones }
    }

    fn taken(&self) -> impl Iterator<Item = &Piece> {
        self.flow.pieces.iter().zip(&self.is_taken).filter(|(_, is_taken)| **is_taken).map(|(piece, _)| piece)
    }

    fn is_inside(&self, idx: usize) -> bool {
        (self.root..self.flow.elements[self.root].end).contains(&self.flow.pieces[idx].element)
    }

    /// Takes what the extractor left out between two pieces that it took.
    fn fill_gaps(&mut self) {
        let places: Vec<usize> =
            (0..self.is_taken.len()).filter(|&idx| self.is_taken[idx] && self.is_inside(idx)).collect();
        for pair in places.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            if after - before - 1 > MAX_GAP {
                continue;
            }
            for idx in before + 1..after {
                let is_only = after - before == 2;
                self.is_taken[idx] |= self.belongs(idx, is_only, after - idx <= 3);
            }
        }
    }

    /// Does nothing speak against this piece between two of the article?
    fn belongs(&self, idx: usize, is_only: bool, is_near_next: bool) -> bool {
        let piece = &self.flow.pieces[idx];
        if is_only && is_section_break(piece) {
            return true;
        }
        // Pages put embedded posts into boxes named for the service.
        let is_post = piece.role == Role::Quote && self.zones[piece.element] == Some(Zone::Share);
        let is_elsewhere = self.zones[piece.element].is_some() && !is_post;
        if is_elsewhere || self.is_copy[idx] || piece.letters.is_empty() || is_furniture(piece) {
            return false;
        }
        let n_words = piece.words.split_whitespace().count();
        match piece.role {
            Role::Heading(1) | Role::Caption | Role::Cell => false,
            Role::Heading(_) => is_near_next && n_words <= 25,
            Role::Quote => piece.link_share <= 0.8,
            Role::Paragraph | Role::Item => piece.link_share <= 0.5,
            Role::Other if is_only => piece.link_share <= 0.2 && n_words >= 2,
            Role::Other => piece.link_share <= 0.2 && is_sentence(piece),
        }
    }

    /// Takes the paragraphs right before the first one taken, from the same box.
    fn fill_front(&mut self) {
        let Some(first) = (0..self.is_taken.len()).find(|&idx| self.is_taken[idx] && self.is_inside(idx)) else {
            return;
        };
        let parent = |idx: usize| self.flow.elements[self.flow.pieces[idx].element].parent;
        let mut n_other = 0;
        for idx in (0..first).rev() {
            let piece = &self.flow.pieces[idx];
            if !self.is_inside(idx) || piece.role == Role::Heading(1) || n_other > MAX_FRONT_GAP {
                break;
            }
            let is_text = piece.role == Role::Paragraph && is_sentence(piece) && piece.link_share <= 0.3;
            let is_plain = self.zones[piece.element].is_none() && !self.is_copy[idx] && !is_furniture(piece);
            if parent(idx) == parent(first) && is_text && is_plain {
                self.is_taken[idx] = true;
            } else {
                n_other += 1;
            }
        }
    }
}

fn is_furniture(piece: &Piece) -> bool {
    blocks::paragraph_mark(&piece.words).is_some()
}

/// Long enough for a sentence, and with its end mark.
fn is_sentence(piece: &Piece) -> bool {
    let stem = piece.words.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」']);
    piece.letters.chars().count() >= 30 && stem.ends_with(['.', '!', '?', '…', ':', '。', '！', '？'])
}

/// Letters of the pieces taken, below each element.
fn weights(flow: &Flow, is_taken: &[bool]) -> Vec<usize> {
    let mut weights = vec![0; flow.elements.len()];
    for (piece, _) in flow.pieces.iter().zip(is_taken).filter(|(_, is_taken)| **is_taken) {
        weights[piece.element] += piece.letters.chars().count();
    }
    // Children come after their parent.
    for idx in (1..weights.len()).rev() {
        weights[flow.elements[idx].parent] += weights[idx];
    }
    weights
}

/// The innermost element that holds nearly all of the article.
fn root(flow: &Flow, weights: &[usize]) -> usize {
    let mut root = 0;
    loop {
        let mut child = root + 1;
        let end = flow.elements[root].end;
        let is_heavy = |idx: usize| is_share(weights[idx], weights[0], ROOT_SHARE);
        while child < end && !is_heavy(child) {
            child = flow.elements[child].end;
        }
        if child >= end || weights[0] == 0 {
            return root;
        }
        root = child;
    }
}

fn is_share(part: usize, whole: usize, share: f32) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a share need not be exact")]
    let is_share = part as f32 >= share * whole as f32;
    is_share
}

/// The part that each element below `root` stands in: the outermost that is named and does not hold the article.
fn zones(flow: &Flow, root: usize, weights: &[usize]) -> Vec<Option<Zone>> {
    let mut zones = vec![None; flow.elements.len()];
    for idx in root + 1..flow.elements[root].end {
        let element = flow.elements[idx];
        let own = element.zone.filter(|_| !is_share(weights[idx], weights[root].max(1), MAX_ZONE_SHARE));
        zones[idx] = zones[element.parent].or(own);
    }
    zones
}
