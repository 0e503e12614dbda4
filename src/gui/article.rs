//! The text pane all views share: an article as paragraphs, laid out only where they are seen.
//!
//! One galley a paragraph. Heights are estimated until a paragraph is measured, a few a frame under one budget for all
//! columns; prefix sums give the place of each. Galleys are asked for each frame (egui caches them), since held ones go
//! stale when the glyph atlas is cleared.

use std::sync::Arc;

use egui::text::{CharIndex, LayoutJob};
use egui::{Galley, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::theme::{self, Theme, space};
use crate::document::{Block, BlockKind, Document};
use crate::text::{ByteRange, CharOffsets, lines};

/// How many paragraphs are measured in one frame over all columns; one takes some 50 µs.
pub const MEASURE_BUDGET: usize = 40;

/// A caption longer than this is cut on screen.
const MAX_CAPTION_ROWS: usize = 3;

/// One line of the text as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    pub range: ByteRange,
    /// The block it belongs to, which is what the reader shows or hides.
    pub block: ByteRange,
    pub kind: BlockKind,
    pub rule: Option<String>,
    height: f32,
    is_measured: bool,
}

/// What a layout of an article depends on; another key starts anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlowKey {
    pub width_points: f32,
    pub pixels_per_point: f32,
    pub has_furniture: bool,
    /// Number of the state of the corpus; blocks change with the reader's decisions.
    pub generation: u64,
}

/// The paragraphs of an article with their places in one column.
#[derive(Clone, Debug)]
pub struct Flow {
    key: FlowKey,
    paragraphs: Vec<Paragraph>,
    /// Top of each paragraph in points, and one more for the end.
    tops: Vec<f32>,
    n_unmeasured: usize,
    n_words: usize,
}

impl Flow {
    /// Lists the paragraphs of `document`, heights estimated. The headline is shown in the column's head, so its block
    /// is left out here.
    pub fn new(document: &Document, key: FlowKey) -> Self {
        let mut paragraphs = Vec::new();
        for block in &document.blocks {
            let is_headline = block.kind == BlockKind::Title && Some(block.range) == first_title(document);
            if is_headline || (!key.has_furniture && block.kind == BlockKind::Boilerplate) {
                continue;
            }
            push_paragraphs(document, block, key.width_points, &mut paragraphs);
        }
        let n_unmeasured = paragraphs.len();
        let mut flow = Self { key, paragraphs, tops: Vec::new(), n_unmeasured, n_words: document.n_words() };
        flow.sum();
        flow
    }

    pub fn key(&self) -> FlowKey {
        self.key
    }

    /// Number of words in headline, headings and body.
    pub fn n_words(&self) -> usize {
        self.n_words
    }

    /// Height of the whole text in points.
    pub fn height(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Indices of the paragraphs between two heights.
    pub fn visible(&self, top: f32, bottom: f32) -> std::ops::Range<usize> {
        let first = self.tops.partition_point(|&y| y <= top).saturating_sub(1);
        let last = self.tops.partition_point(|&y| y < bottom).min(self.paragraphs.len());
        first.min(last)..last
    }

    pub fn paragraph(&self, idx: usize) -> Option<(&Paragraph, f32)> {
        Some((self.paragraphs.get(idx)?, *self.tops.get(idx)?))
    }

    /// The place of the paragraph that holds `offset`, or of the one after it.
    pub fn idx_at(&self, offset: usize) -> usize {
        self.paragraphs.partition_point(|paragraph| paragraph.range.end <= offset)
    }

    /// Measures paragraphs, the visible ones whatever the budget. Returns by how much the text above `top` grew, so
    /// that the reader's place can be kept.
    pub fn measure(
        &mut self,
        ui: &Ui,
        document: &Document,
        theme: &Theme,
        top: f32,
        bottom: f32,
        budget: &mut usize,
    ) -> f32 {
        if self.n_unmeasured == 0 {
            return 0.0;
        }
        let seen = self.visible(top, bottom);
        let mut grown_above = 0.0;
        let order = seen.clone().chain(seen.end..self.paragraphs.len()).chain(0..seen.start);
        for idx in order.collect::<Vec<_>>() {
            let is_seen = seen.contains(&idx);
            if !is_seen && *budget == 0 {
                break;
            }
            let Some(paragraph) = self.paragraphs.get_mut(idx).filter(|paragraph| !paragraph.is_measured) else {
                continue;
            };
            let galley = layout(ui, document, paragraph, theme, self.key.width_points);
            let height = galley.rect.height() + gap(paragraph.kind);
            if idx < seen.start {
                grown_above += height - paragraph.height;
            }
            paragraph.height = height;
            paragraph.is_measured = true;
            self.n_unmeasured -= 1;
            *budget = budget.saturating_sub(1);
        }
        self.sum();
        grown_above
    }

    /// Are there still paragraphs to measure?
    pub fn is_settled(&self) -> bool {
        self.n_unmeasured == 0
    }

    fn sum(&mut self) {
        self.tops.clear();
        let mut top = 0.0;
        self.tops.push(top);
        for paragraph in &self.paragraphs {
            top += paragraph.height;
            self.tops.push(top);
        }
    }
}

/// The range of the headline's block.
fn first_title(document: &Document) -> Option<ByteRange> {
    document.blocks.iter().find(|block| block.kind == BlockKind::Title).map(|block| block.range)
}

fn push_paragraphs(document: &Document, block: &Block, width: f32, paragraphs: &mut Vec<Paragraph>) {
    for line in lines(block.range.of(&document.text)) {
        let range = line.shifted(block.range.start).trimmed(&document.text);
        if range.is_empty() {
            continue;
        }
        // 2.3 characters for every 14 points of width: measured on English news, only an estimate.
        let n_rows = (range.len() as f32 * 6.4 / width.max(1.0)).ceil().max(1.0);
        let height = n_rows * style(block.kind, width).1 + gap(block.kind);
        paragraphs.push(Paragraph {
            range,
            block: block.range,
            kind: block.kind,
            rule: block.rule.clone(),
            height,
            is_measured: false,
        });
    }
}

/// Space under a paragraph.
fn gap(kind: BlockKind) -> f32 {
    match kind {
        BlockKind::Heading => space::PARAGRAPH_GAP / 2.0,
        _ => space::PARAGRAPH_GAP,
    }
}

/// Is this kind shown in the small grey type of a page's furniture?
pub fn is_aside(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline | BlockKind::Caption)
}

/// Font and line height of a kind of block; wide columns are set larger.
fn style(kind: BlockKind, width: f32) -> (egui::FontId, f32) {
    let is_wide = width > 480.0;
    match kind {
        BlockKind::Title | BlockKind::Heading => (theme::serif_bold(14.25), 22.0),
        BlockKind::Body if is_wide => (theme::serif(15.5), 24.0),
        BlockKind::Body => (theme::serif(14.25), 22.0),
        BlockKind::Caption => (theme::serif_italic(13.0), 18.0),
        BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline => (theme::sans(12.0), 17.0),
    }
}

/// Lays a paragraph out. Cheap when nothing changed since the last frame.
pub fn layout(ui: &Ui, document: &Document, paragraph: &Paragraph, theme: &Theme, width: f32) -> Arc<Galley> {
    let (font_id, line_height) = style(paragraph.kind, width);
    let color = if is_aside(paragraph.kind) { theme.dim } else { theme.ink };
    let text = paragraph.range.of(&document.text).to_owned();
    let mut job = LayoutJob::single_section(text, theme::format(font_id, line_height, color));
    job.wrap.max_width = width;
    if paragraph.kind == BlockKind::Caption {
        // Long agency notices would push the article out of sight; the hover card has the rest.
        job.wrap.max_rows = MAX_CAPTION_ROWS;
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Lays text in one format out, wrapped at `width`.
pub fn text_galley(ui: &Ui, text: String, format: egui::TextFormat, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(text, format);
    job.wrap.max_width = width;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The rectangles of a byte range of `text` inside its galley, one a row, relative to the galley's corner.
pub fn row_rects(galley: &Galley, text: &str, range: ByteRange) -> Vec<Rect> {
    let offsets = CharOffsets::new(text);
    let (first, last) = (offsets.char_idx(range.start.min(text.len())), offsets.char_idx(range.end.min(text.len())));
    let mut rects = Vec::new();
    let mut row_start = 0;
    for row in &galley.rows {
        let n_chars = row.char_count_excluding_newline().0;
        let start = first.max(row_start);
        let end = last.min(row_start + n_chars);
        if start < end {
            let left = row.pos.x + row.x_offset(CharIndex(start - row_start));
            // A space at the end of a row is not part of a mark.
            let last_glyph =
                row.glyphs.get(..end - row_start).and_then(|glyphs| glyphs.iter().rfind(|it| it.chr != ' '));
            let right = last_glyph.map_or(left, |glyph| row.pos.x + glyph.pos.x + glyph.advance_width);
            rects.push(Rect::from_min_max(pos2(left, row.min_y()), pos2(right.max(left), row.max_y())));
        }
        row_start += row.char_count_including_newline().0;
    }
    rects
}

/// The byte of `text` nearest to a place in its galley.
pub fn offset_at(galley: &Galley, text: &str, at: egui::Vec2) -> usize {
    let CharIndex(char_idx) = galley.cursor_from_pos(at).index;
    text.char_indices().nth(char_idx).map_or(text.len(), |(byte_idx, _)| byte_idx)
}

/// How a mark is underlined: the style says how the words relate, whatever the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Verbatim.
    Solid,
    /// Near.
    Dashed,
    /// Alias.
    Dotted,
}

impl From<crate::analysis::reuse::OccurrenceKind> for Line {
    fn from(kind: crate::analysis::reuse::OccurrenceKind) -> Self {
        use crate::analysis::reuse::OccurrenceKind;
        match kind {
            OccurrenceKind::Verbatim => Self::Solid,
            OccurrenceKind::Near => Self::Dashed,
            OccurrenceKind::Alias => Self::Dotted,
        }
    }
}

/// Draws the line under a row of marked words, 3 points below the baseline, unbroken by descenders.
pub fn underline(painter: &egui::Painter, row: Rect, line: Line, stroke: Stroke) {
    let y = painter.round_to_pixel_center(row.center().y + 7.5);
    let ends = [pos2(row.left(), y), pos2(row.right(), y)];
    match line {
        Line::Solid => {
            painter.line_segment(ends, stroke);
        }
        Line::Dashed => painter.extend(egui::Shape::dashed_line(&ends, stroke, 5.0, 3.0)),
        Line::Dotted => painter.extend(egui::Shape::dotted_line(&ends, stroke.color, 3.0, stroke.width * 0.6)),
    };
}

/// The ground of a marked row: a little wider than the words, clear of its neighbours' lines.
pub fn ground(painter: &egui::Painter, row: Rect, fill: egui::Color32) {
    painter.rect_filled(mark_rect(row), 2.0, fill);
}

/// The rectangle of a mark's ground and outline.
pub fn mark_rect(row: Rect) -> Rect {
    row.shrink2(vec2(0.0, 1.0)).expand2(vec2(1.5, 0.0))
}

/// Moves rectangles from a galley's corner to its place on screen.
pub fn placed(rects: Vec<Rect>, origin: Pos2) -> Vec<Rect> {
    rects.into_iter().map(|rect| rect.translate(origin.to_vec2())).collect()
}
