//! Lays marked runs out as one paragraph and draws what is behind and under the words.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

use super::{Mark, Run};
use crate::analysis::reuse::OccurrenceKind;
use crate::gui::theme::{self, Theme, shape, size};

/// Half the height of a box, as a part of the type size: from above the ascenders to below the descenders.
const BOX_HALF: f32 = 0.70;
/// Underlines stand this far under the baseline.
const UNDERLINE_GAP: f32 = 3.0;

/// How large and on which ground.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Type size and line height in points.
    pub size: (f32, f32),
    /// What lies behind, so that boxes stay opaque over ribbons.
    pub ground: Color32,
    /// Does a small *reported* stand before the words?
    pub is_reported: bool,
}

/// How a moved phrase is drawn.
#[derive(Clone, Copy, Debug)]
pub struct MoveLook {
    pub tint: Color32,
    pub line: Color32,
    pub kind: OccurrenceKind,
}

/// A paragraph ready to be painted.
#[derive(Clone, Debug)]
pub struct Words {
    pub galley: Arc<Galley>,
    /// Character ranges of the runs that are drawn.
    marked: Vec<(std::ops::Range<usize>, Mark)>,
    style: Style,
}

/// Lays out `runs` in lines of at most `width` points.
pub fn layout(painter: &Painter, theme: &Theme, runs: &[Run], style: Style, width: f32) -> Words {
    let mut job = LayoutJob { wrap: TextWrapping::wrap_at_width(width), ..LayoutJob::default() };
    let (type_size, line_height) = style.size;
    let pad = padding(type_size);
    let mut marked = Vec::new();
    let mut at = 0;
    if style.is_reported {
        let format = theme::format(theme::sans(size::SMALL), line_height, theme.dim);
        job.append("reported  ", 0.0, format);
        at += "reported  ".chars().count();
    }
    let mut was_boxed = false;
    for run in runs {
        let is_boxed = matches!(run.mark, Mark::Gone | Mark::Added | Mark::Moved(_));
        let color = if run.mark == Mark::Gone { theme.ink2 } else { theme.ink };
        // Air between neighboring boxes, which else would touch across one space.
        let lead = if (is_boxed || was_boxed) && at > 0 { pad } else { 0.0 };
        job.append(&run.text, lead, theme::format(theme::serif(type_size), line_height, color));
        let n_chars = run.text.chars().count();
        if run.mark != Mark::Plain {
            marked.push((at..at + n_chars, run.mark));
        }
        at += n_chars;
        was_boxed = is_boxed;
    }
    Words { galley: painter.layout_job(job), marked, style }
}

/// A word in the look of a mark, in the sans of the program: a key to the marks.
pub fn legend(painter: &Painter, theme: &Theme, text: &str, mark: Mark, style: Style) -> Words {
    let color = if mark == Mark::Gone { theme.ink2 } else { theme.ink };
    let mut job = LayoutJob::default();
    job.append(text, 0.0, theme::format(theme::sans(style.size.0), style.size.1, color));
    Words { galley: painter.layout_job(job), marked: vec![(0..text.chars().count(), mark)], style }
}

/// How far a box stands out from its words.
fn padding(type_size: f32) -> f32 {
    (type_size * 0.14).round().max(3.0)
}

impl Words {
    pub fn size(&self) -> Vec2 {
        self.galley.size()
    }

    /// The boxes of a mark, one for each line it runs over, for a paragraph painted at `pos`.
    pub fn boxes(&self, pos: Pos2, mark: Mark) -> Vec<Rect> {
        let of_mark = self.marked.iter().filter(|(_, other)| *other == mark);
        of_mark.flat_map(|(chars, _)| self.lines(chars)).map(|line| self.box_rect(pos, &line)).collect()
    }

    /// Draws the paragraph with its marks.
    pub fn paint(&self, painter: &Painter, theme: &Theme, pos: Pos2, looks: &[MoveLook]) {
        for (chars, mark) in &self.marked {
            for line in self.lines(chars) {
                let rect = self.box_rect(pos, &line);
                let underline = (pos.x + line.left, pos.x + line.right, pos.y + line.baseline + UNDERLINE_GAP);
                self.paint_mark(painter, theme, *mark, rect, underline, looks);
            }
        }
        painter.galley(pos, Arc::clone(&self.galley), theme.ink);
    }

    fn paint_mark(
        &self,
        painter: &Painter,
        theme: &Theme,
        mark: Mark,
        rect: Rect,
        (left, right, y): (f32, f32, f32),
        looks: &[MoveLook],
    ) {
        let radius = shape::MARK_RADIUS;
        let outline = |color| Stroke::new(shape::HAIRLINE, color);
        match mark {
            Mark::Plain => {}
            Mark::Kept => {
                let stroke = Stroke::new(shape::MARK_STROKE, theme.ink);
                painter.hline(left..=right, painter.round_to_pixel_center(y), stroke);
            }
            Mark::Gone => {
                painter.rect(rect, radius, self.style.ground, outline(theme.rule2), StrokeKind::Inside);
            }
            Mark::Added => {
                painter.rect(rect, radius, theme.shared(2), outline(theme.accent), StrokeKind::Inside);
            }
            Mark::Moved(idx) => {
                let Some(look) = looks.get(idx) else { return };
                painter.rect_filled(rect, radius, look.tint);
                underline(painter, look, left, right, y);
            }
        }
    }

    fn box_rect(&self, pos: Pos2, line: &Line) -> Rect {
        let pad = padding(self.style.size.0) - 0.5;
        let center = pos.y + line.center;
        let half = self.style.size.0 * BOX_HALF;
        Rect::from_min_max(
            Pos2::new((pos.x + line.left - pad).round(), (center - half).round()),
            Pos2::new((pos.x + line.right + pad).round(), (center + half).round()),
        )
    }

    /// Where a run of characters stands, line by line, without the spaces at the ends of lines.
    fn lines(&self, chars: &std::ops::Range<usize>) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut row_start = 0;
        for row in &self.galley.rows {
            let n_chars = row.char_count_including_newline().0;
            let from = chars.start.max(row_start) - row_start;
            let to = chars.end.min(row_start + n_chars).max(row_start) - row_start;
            row_start += n_chars;
            let glyphs = row.glyphs.get(from..to.min(row.glyphs.len())).unwrap_or_default();
            let first = glyphs.iter().find(|glyph| glyph.chr != ' ');
            let last = glyphs.iter().rev().find(|glyph| glyph.chr != ' ');
            // A box around a lone comma at the end of a line says nothing.
            let has_words = glyphs.iter().any(|glyph| glyph.chr.is_alphanumeric());
            if let (true, Some(first), Some(last)) = (has_words, first, last) {
                lines.push(Line {
                    left: row.pos.x + first.pos.x,
                    right: row.pos.x + last.max_x(),
                    center: row.rect().center().y,
                    baseline: row.pos.y + first.pos.y,
                });
            }
        }
        lines
    }
}

/// A part of a run on one line, relative to the paragraph.
#[derive(Clone, Copy, Debug)]
struct Line {
    left: f32,
    right: f32,
    center: f32,
    baseline: f32,
}

/// The line under shared words says how they relate: solid verbatim, dashed near, dotted alias.
pub fn underline(painter: &Painter, look: &MoveLook, left: f32, right: f32, y: f32) {
    let y = painter.round_to_pixel_center(y);
    let points = [Pos2::new(left, y), Pos2::new(right, y)];
    let stroke = Stroke::new(shape::MARK_STROKE, look.line);
    match look.kind {
        OccurrenceKind::Verbatim => {
            painter.hline(left..=right, y, stroke);
        }
        OccurrenceKind::Near => painter.extend(Shape::dashed_line(&points, stroke, 5.0, 3.0)),
        OccurrenceKind::Alias => painter.extend(Shape::dotted_line(&points, look.line, 4.0, 1.0)),
    }
}
