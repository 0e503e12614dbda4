//! The text pane all views share: an article as paragraphs, laid out only where they are seen.
//!
//! One galley a paragraph. Heights are estimated until a paragraph is measured, a few a frame under one budget for all
//! columns; prefix sums give the place of each. Galleys are asked for each frame (egui caches them), since held ones go
//! stale when the glyph atlas is cleared.

use std::sync::Arc;

use egui::text::{CharIndex, LayoutJob};
use egui::{Galley, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::settings::{Face, Reading};
use super::theme::{self, Theme, size, space};
use crate::document::{Block, BlockKind, Document};
use crate::text::{ByteRange, CharOffsets, lines};

/// How many bytes of text out of sight are measured in one frame over all columns: layout takes 3 to 4 µs a word, so some
/// two milliseconds.
pub const MEASURE_BUDGET: usize = 4000;

/// A caption longer than this is cut on screen.
const MAX_CAPTION_ROWS: usize = 3;

/// Width of a character as a share of the type size: measured on English news, only for estimates.
const EM_SHARE: f32 = 0.45;

/// Columns wider than this, at the normal size of words, are set larger.
const WIDE: f32 = 480.0;

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
    /// How the reader wants articles to be set.
    pub reading: Reading,
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
    /// Where to look for the next one that was not measured.
    next_unmeasured: usize,
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
            push_paragraphs(document, block, &key, &mut paragraphs);
        }
        let n_unmeasured = paragraphs.len();
        let n_words = document.n_words();
        let mut flow = Self { key, paragraphs, tops: Vec::new(), n_unmeasured, next_unmeasured: 0, n_words };
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

    /// The height at which a byte stands, in proportion inside its paragraph.
    pub fn y_of(&self, offset: usize) -> f32 {
        let Some((paragraph, top)) = self.paragraph(self.idx_at(offset)) else { return self.height() };
        let before = offset.saturating_sub(paragraph.range.start) as f32;
        top + paragraph.height * before / paragraph.range.len().max(1) as f32
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
        let n_before = self.n_unmeasured;
        let seen = self.visible(top, bottom);
        for idx in seen.clone() {
            let n_bytes = self.measure_one(ui, document, theme, idx).1;
            *budget = budget.saturating_sub(n_bytes);
        }
        let mut grown_above = 0.0;
        while *budget > 0 && self.n_unmeasured > 0 {
            let idx = if self.next_unmeasured < self.paragraphs.len() { self.next_unmeasured } else { 0 };
            let (growth, n_bytes) = self.measure_one(ui, document, theme, idx);
            if idx < seen.start {
                grown_above += growth;
            }
            *budget = budget.saturating_sub(n_bytes);
            self.next_unmeasured = idx + 1;
        }
        if self.n_unmeasured != n_before {
            self.sum();
        }
        grown_above
    }

    /// Measures what stands within `height` points above and below a paragraph, so that it comes to stand where it is
    /// wanted; what is farther away stays estimated.
    pub fn measure_around(&mut self, ui: &Ui, document: &Document, theme: &Theme, idx: usize, height: f32) {
        let (mut above, mut below) = (0.0, 0.0);
        for at in (0..idx.min(self.paragraphs.len())).rev() {
            if above > height {
                break;
            }
            self.measure_one(ui, document, theme, at);
            above += self.paragraphs.get(at).map_or(0.0, |paragraph| paragraph.height);
        }
        for at in idx..self.paragraphs.len() {
            if below > height {
                break;
            }
            self.measure_one(ui, document, theme, at);
            below += self.paragraphs.get(at).map_or(0.0, |paragraph| paragraph.height);
        }
        self.sum();
    }

    /// Measures one paragraph, where that was not done before. Returns by how much it grew, and the bytes laid out.
    fn measure_one(&mut self, ui: &Ui, document: &Document, theme: &Theme, idx: usize) -> (f32, usize) {
        let Some(paragraph) = self.paragraphs.get_mut(idx).filter(|paragraph| !paragraph.is_measured) else {
            return (0.0, 0);
        };
        let galley = layout(ui, document, paragraph, theme, &self.key);
        let height = galley.rect.height() + gap(paragraph.kind);
        let growth = height - paragraph.height;
        paragraph.height = height;
        paragraph.is_measured = true;
        self.n_unmeasured -= 1;
        (growth, paragraph.range.len())
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

fn push_paragraphs(document: &Document, block: &Block, key: &FlowKey, paragraphs: &mut Vec<Paragraph>) {
    let (font_id, line_height) = style(block.kind, key);
    for line in lines(block.range.of(&document.text)) {
        let range = line.shifted(block.range.start).trimmed(&document.text);
        if range.is_empty() {
            continue;
        }
        let n_rows = (range.len() as f32 * font_id.size * EM_SHARE / key.width_points.max(1.0)).ceil().max(1.0);
        let height = n_rows * line_height + gap(block.kind);
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

/// Font and line height of a kind of block, as the reader wants them; wide columns are set larger.
fn style(kind: BlockKind, key: &FlowKey) -> (egui::FontId, f32) {
    let reading = key.reading;
    let words = if reading.face == Face::Sans { theme::sans } else { theme::serif };
    let bold = if reading.face == Face::Sans { theme::sans_bold } else { theme::serif_bold };
    let is_wide = key.width_points > WIDE * reading.text_size;
    let (font, normal): (fn(f32) -> egui::FontId, _) = match kind {
        BlockKind::Title | BlockKind::Heading => (bold, size::BODY),
        BlockKind::Body if is_wide => (words, size::BODY_WIDE),
        BlockKind::Body => (words, size::BODY),
        BlockKind::Caption => (theme::serif_italic, size::CAPTION),
        BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline => (theme::sans, size::ASIDE),
    };
    let (size, line_height) = reading.scaled(normal);
    (font(size), line_height)
}

/// Lays a paragraph out. Cheap when nothing changed since the last frame.
pub fn layout(ui: &Ui, document: &Document, paragraph: &Paragraph, theme: &Theme, key: &FlowKey) -> Arc<Galley> {
    let (font_id, line_height) = style(paragraph.kind, key);
    let color = if is_aside(paragraph.kind) { theme.dim } else { theme.ink };
    let text = paragraph.range.of(&document.text).to_owned();
    let mut job = LayoutJob::single_section(text, theme::format(font_id, line_height, color));
    job.wrap.max_width = key.width_points;
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
    rows_of(galley, text, &CharOffsets::new(text), range)
}

/// The same for several ranges of one text, whose offsets are counted once.
pub fn rows_of(galley: &Galley, text: &str, offsets: &CharOffsets, range: ByteRange) -> Vec<Rect> {
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

/// The part of a row that its words take, where lines stand farther apart than usual.
pub fn tight(row: Rect, galley: &Galley) -> Rect {
    let size = galley.job.sections.first().map_or(size::BODY.0, |section| section.format.font_id.size);
    let height = row.height().min((size * size::BODY.1 / size::BODY.0).ceil());
    Rect::from_center_size(row.center(), vec2(row.width(), height))
}

/// Draws the line under a row of marked words, 3 points below the baseline, unbroken by descenders; lower under larger
/// words.
pub fn underline(painter: &egui::Painter, row: Rect, line: Line, stroke: Stroke) {
    let below = 7.5 * (row.height() / size::BODY.1).max(1.0);
    let y = painter.round_to_pixel_center(row.center().y + below);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentId;

    #[test]
    fn a_place_deep_in_a_text_is_reached_by_laying_out_what_stands_around_it() {
        let line = "The keeper of the gate wrote down that nothing of note had happened on that day.\n";
        let document = Document::of_lines(DocumentId(1), &line.repeat(5000));
        let ctx = egui::Context::default();
        Theme::install(&ctx);
        let key = FlowKey {
            width_points: 300.0,
            pixels_per_point: 1.0,
            has_furniture: true,
            reading: Reading::default(),
            generation: 1,
        };
        let mut flow = Flow::new(&document, key);
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            flow.measure_around(ui, &document, &Theme::LIGHT, 4000, 600.0);
        });
        output.drop_without_applying_deltas();
        let n_measured = flow.paragraphs.iter().filter(|paragraph| paragraph.is_measured).count();
        assert_eq!(flow.n_unmeasured, 5000 - n_measured);
        assert!((2..100).contains(&n_measured), "{n_measured} were laid out");
        // What is in sight around the place is exact, above and below.
        let (_, top) = flow.paragraph(4000).unwrap();
        assert!(flow.visible(top - 600.0, top + 600.0).all(|idx| flow.paragraphs[idx].is_measured));
        let offset = flow.paragraphs[4000].range.start;
        assert_eq!(flow.y_of(offset), top);
        assert!(flow.y_of(offset + line.len() / 2) > top);
    }
}
