//! The comparison of two articles, which takes longer than a frame: versions, passages, and rows of the inline text.
//!
//! Asked for when a pair is shown that has none yet, and kept for the last few pairs. An answer carries the key of its
//! question; one for articles that have changed since is dropped.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::rows::{self, Row, RowKind};
use crate::analysis::reuse::{self, OccurrenceKind, ReuseKind};
use crate::analysis::versions::{Step, Versions, versions};
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId};
use crate::gui::column;
use crate::gui::compare::state::Mode;
use crate::gui::crash::job::{Guard, Job};
use crate::gui::desk::Desk;
use crate::gui::diff_text::{Mark, Side, side_marks};
use crate::gui::state::ViewKind;
use crate::gui::theme::Theme;
use crate::text::{ByteRange, lines};

/// So many comparisons are kept.
const N_KEPT: usize = 12;

/// Which comparison: the two articles, left and right, in a state of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub pair: [DocumentId; 2],
    pub generation: u64,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Asked {
    pub key: Key,
    pub documents: [Arc<Document>; 2],
    pub codebook: Arc<Codebook>,
}

/// A stretch that both texts hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedPassage {
    pub ranges: [ByteRange; 2],
    pub kind: OccurrenceKind,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Compared {
    pub key: Key,
    pub versions: Versions,
    /// In order of the left text.
    pub passages: Vec<SharedPassage>,
    /// Words that only one side has, in paragraphs that correspond, by side and in order.
    pub changes: [Vec<(ByteRange, Mark)>; 2],
    /// Paragraphs that only one side has.
    pub lone: [Vec<ByteRange>; 2],
    /// Paragraphs that stand elsewhere on the other side, left and right, in order of the left text.
    pub moved: Vec<[ByteRange; 2]>,
    /// Where something changed, as a byte of either text, in order.
    pub stops: Vec<[usize; 2]>,
    /// The inline text.
    pub rows: Vec<Row>,
}

/// Starts the thread. `answer` is given the key alone where a comparison failed, and returns whether somebody listens.
pub fn start(guard: &Guard, answer: impl Fn(Result<Box<Compared>, Key>) -> bool + Send + 'static) -> Sender<Asked> {
    let (sender, inbox): (_, Receiver<Asked>) = channel();
    let serving = guard.clone();
    guard.spawn(Job::Comparison, move || {
        while let Ok(asked) = inbox.recv() {
            // Only the last question is still wanted.
            let asked = inbox.try_iter().last().unwrap_or(asked);
            let compared = serving.run(Job::Comparison, || Box::new(compare(&asked))).ok_or(asked.key);
            let has_failed = compared.is_err();
            if !answer(compared) {
                return;
            }
            if has_failed {
                serving.tell(Job::Comparison);
            }
        }
    });
    sender
}

/// The pair that is shown and was not compared yet.
pub fn due(desk: &mut Desk) -> Option<Asked> {
    let state = &desk.state;
    if state.view != ViewKind::Compare || state.compare.mode != Mode::Articles {
        return None;
    }
    let key = Key { pair: state.compare.articles.shown?, generation: generation(desk) };
    if state.compare.articles.asked == Some(key) || state.compare.articles.compared(key).is_some() {
        return None;
    }
    let [left, right] = key.pair.map(|id| desk.corpus().get(id).cloned());
    let asked = Asked { key, documents: [left?, right?], codebook: Arc::clone(desk.codebook()) };
    desk.state.compare.articles.asked = Some(key);
    desk.state.compare.articles.failed = None;
    Some(asked)
}

/// Compares the pair that is due here and now. Was one due?
pub fn make_now(desk: &mut Desk) -> bool {
    let Some(asked) = due(desk) else { return false };
    take(desk, Ok(Box::new(compare(&asked))));
    true
}

/// Takes an answer; one of another state of the articles is dropped.
pub fn take(desk: &mut Desk, compared: Result<Box<Compared>, Key>) {
    let generation = generation(desk);
    let articles = &mut desk.state.compare.articles;
    let compared = match compared {
        Ok(compared) => compared,
        Err(key) => {
            // It stays the one that was asked for last, so that it is not asked for again and again.
            articles.failed = Some(key);
            return;
        }
    };
    if articles.asked == Some(compared.key) {
        articles.asked = None;
    }
    if compared.key.generation != generation {
        return;
    }
    articles.compared.retain(|known| known.key.generation == generation && known.key != compared.key);
    articles.compared.push(Arc::from(compared));
    let n_over = articles.compared.len().saturating_sub(N_KEPT);
    articles.compared.drain(..n_over);
}

/// The state of the articles as views see it.
fn generation(desk: &Desk) -> u64 {
    desk.scene(&Theme::LIGHT).generation
}

/// Compares two articles: linear in their words but for the word diffs of paragraphs that correspond.
pub fn compare(asked: &Asked) -> Compared {
    let [old, new] = &asked.documents;
    let paragraphs = [old, new].map(|document| paragraphs(document));
    let versions = versions(&old.text, &paragraphs[0], &new.text, &paragraphs[1], &asked.codebook);
    let mut rows = rows::rows(&versions, &old.text, &new.text);
    let headlines = [old, new].map(|document| column::headline_range(document));
    for row in &mut rows {
        let mut sides = row.places.iter().zip(&headlines);
        row.is_headline = sides.any(|(place, headline)| place.is_some() && place == headline);
    }
    let mut changes = [Vec::new(), Vec::new()];
    let mut lone = [Vec::new(), Vec::new()];
    let mut moved = Vec::new();
    for step in &versions.steps {
        match step {
            Step::Changed { diff, .. } | Step::Moved { diff, .. } => {
                for (side, marks) in [Side::Old, Side::New].into_iter().zip(&mut changes) {
                    let marked = side_marks(diff, side).into_iter();
                    marks.extend(marked.filter(|(_, mark)| matches!(mark, Mark::Gone | Mark::Added)));
                }
            }
            Step::Gone { old } => lone[0].push(*old),
            Step::Added { new } => lone[1].push(*new),
            Step::Same { .. } | Step::MovedAway { .. } => {}
        }
        if let Step::Moved { old, new, .. } = step {
            moved.push([*old, *new]);
        }
    }
    moved.sort_unstable();
    for marks in &mut changes {
        marks.sort_by_key(|(range, _)| *range);
    }
    let stops = stops(&rows);
    Compared { key: asked.key, stops, passages: passages(old, new, &paragraphs), versions, changes, lone, moved, rows }
}

/// The places to go to from change to change: the paragraph, and on a side that lacks it the end of the one before.
fn stops(rows: &[Row]) -> Vec<[usize; 2]> {
    let mut ends = [0, 0];
    let mut stops = Vec::new();
    for row in rows {
        let start = |side: usize| row.places[side].map(|range: ByteRange| range.start);
        match row.kind {
            RowKind::Same | RowKind::Away { .. } => {}
            RowKind::Changed | RowKind::Gone | RowKind::Added | RowKind::Moved => {
                stops.push([start(0).unwrap_or(ends[0]), start(1).unwrap_or(ends[1])]);
            }
        }
        for side in [0, 1] {
            // What moved is not where the text goes on.
            if let Some(range) = row.places[side].filter(|_| row.kind != RowKind::Moved) {
                ends[side] = range.end;
            }
        }
    }
    stops
}

/// The lines of headline, headings and body.
fn paragraphs(document: &Document) -> Vec<ByteRange> {
    let of_block = |block: &crate::document::Block| {
        let start = block.range.start;
        lines(block.range.of(&document.text)).map(move |line| line.shifted(start)).collect::<Vec<_>>()
    };
    let all = document.readable_blocks().flat_map(of_block).map(|range| range.trimmed(&document.text));
    all.filter(|range| !range.is_empty()).collect()
}

/// The passages that both hold, as far as they are text and not furniture.
fn passages(old: &Document, new: &Document, paragraphs: &[Vec<ByteRange>; 2]) -> Vec<SharedPassage> {
    let found = reuse::align(&reuse::prepare(&old.text), &reuse::prepare(&new.text));
    let readable = |range: ByteRange, paragraphs: &[ByteRange]| {
        let first = paragraphs.partition_point(|paragraph| paragraph.end <= range.start);
        let inside = paragraphs.iter().skip(first).map_while(|paragraph| paragraph.intersection(range));
        inside.reduce(ByteRange::cover)
    };
    let passage = |found: reuse::ReuseMatch| {
        let ranges = [readable(found.old, &paragraphs[0])?, readable(found.new, &paragraphs[1])?];
        let is_verbatim = found.kind == ReuseKind::Verbatim;
        let kind = if is_verbatim { OccurrenceKind::Verbatim } else { OccurrenceKind::Near };
        Some(SharedPassage { ranges, kind })
    };
    found.into_iter().filter_map(passage).collect()
}
