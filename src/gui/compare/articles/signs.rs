//! What is painted in and between the columns: looks of marks, boxes of changed words, pins, ribbons.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rangef, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::analysis::PhraseId;
use crate::gui::article::Line;
use crate::gui::marks::Mark;
use crate::gui::theme::{Theme, shape};

/// Steps of a ribbon's edge; more are not seen.
const N_STEPS: usize = 24;

/// From the words to the ribbons, and to the pins.
pub const RIBBON_GAP: f32 = 12.0;
const PIN_GAPS: [f32; 2] = [7.0, 9.5];
/// How far the columns reach into the lane, for their pins.
pub const PIN_ROOM: f32 = 5.0;

/// How a mark is drawn, given its pin and what is in focus.
pub struct Look {
    pub ground: Option<Color32>,
    pub stroke: Stroke,
}

/// A family with a letter has its tint, another one the blue of shared words; what is not in focus fades.
pub fn look(theme: &Theme, mark: &Mark, pin: Option<usize>, focus: Option<PhraseId>) -> Look {
    let is_faded = focus.is_some() && focus != Some(mark.phrase);
    match pin.and_then(|pin| theme.pins.get(pin)) {
        Some(pin) => {
            let ground = if is_faded { pin.faded } else { pin.tint };
            Look { ground: Some(ground), stroke: Stroke::new(shape::MARK_STROKE, pin.underline) }
        }
        None => {
            let ground = (!is_faded).then(|| theme.shared(mark.n_documents));
            Look { ground, stroke: Stroke::new(shape::HAIRLINE, theme.shared_line) }
        }
    }
}

/// The box of words that only one side has.
pub fn change(painter: &Painter, theme: &Theme, row: Rect, is_added: bool) {
    let rect = row.shrink2(vec2(0.0, 2.0)).expand2(vec2(1.0, 0.0));
    let (ground, line) = if is_added { (theme.shared(2), theme.accent) } else { (theme.paper, theme.rule2) };
    painter.rect(rect, shape::MARK_RADIUS, ground, Stroke::new(shape::HAIRLINE, line), StrokeKind::Inside);
}

/// Where the pin of a paragraph stands: beside its first line, toward the lane.
pub fn pin_center(side: usize, text: Rangef, y: f32) -> Pos2 {
    if side == 0 { pos2(text.max + PIN_GAPS[0], y) } else { pos2(text.min - PIN_GAPS[1], y) }
}

/// The sign of a pin: a disc where it holds, a ring where it could.
pub fn pin(painter: &Painter, theme: &Theme, center: Pos2, is_set: bool, is_lit: bool) {
    let color = if is_set || is_lit { theme.accent } else { theme.dim };
    painter.circle(center, 4.5, theme.paper, Stroke::new(shape::MARK_STROKE, color));
    if is_set {
        painter.circle_filled(center, 2.5, color);
    }
}

/// The sign that takes something away.
pub fn cross(painter: &Painter, theme: &Theme, center: Pos2) {
    painter.circle(center, 8.0, theme.raise, Stroke::new(shape::HAIRLINE, theme.rule2));
    let stroke = Stroke::new(shape::MARK_STROKE, theme.ink2);
    for dy in [-3.0, 3.0] {
        painter.line_segment([center + vec2(-3.0, dy), center + vec2(3.0, -dy)], stroke);
    }
}

/// A ribbon between two heights, left and right.
#[derive(Clone, Copy, Debug)]
pub struct Ribbon {
    pub x: Rangef,
    pub left: Rangef,
    pub right: Rangef,
}

impl Ribbon {
    /// The heights of its edges at `share` of the way, 0.0..=1.0.
    fn at(self, share: f32) -> Rangef {
        // As a Bézier edge that leaves and arrives level, whose ends have the same weight in x.
        let ease = share * share * (3.0 - 2.0 * share);
        let between = |from: f32, to: f32| from + (to - from) * ease;
        Rangef::new(between(self.left.min, self.right.min), between(self.left.max, self.right.max))
    }

    /// Does it cover the point?
    pub fn contains(self, point: Pos2) -> bool {
        let share = (point.x - self.x.min) / self.x.span().max(1.0);
        (0.0..=1.0).contains(&share) && self.at(share).expand(1.0).contains(point.y)
    }

    /// The box around it.
    pub fn bounds(self) -> Rect {
        let top = self.left.min.min(self.right.min);
        let bottom = self.left.max.max(self.right.max);
        Rect::from_x_y_ranges(self.x, top..=bottom)
    }

    /// Fills it, with a line under it in the style of an underline.
    pub fn paint(self, painter: &Painter, ground: Color32, line: Option<(Line, Stroke)>) {
        let step = |idx: usize| {
            let share = idx as f32 / N_STEPS as f32;
            (self.x.min + self.x.span() * share, self.at(share))
        };
        let mut mesh = Mesh::default();
        let mut lower = Vec::with_capacity(N_STEPS + 1);
        for (x, height) in (0..=N_STEPS).map(step) {
            for y in [height.min, height.max] {
                mesh.vertices.push(Vertex { pos: pos2(x, y), uv: WHITE_UV, color: ground });
            }
            lower.push(pos2(x, height.max));
        }
        for at in (0..N_STEPS).map(|idx| 2 * idx as u32) {
            mesh.add_triangle(at, at + 1, at + 2);
            mesh.add_triangle(at + 1, at + 3, at + 2);
        }
        painter.add(mesh);
        let Some((style, stroke)) = line else { return };
        match style {
            Line::Solid => {
                painter.line(lower, stroke);
            }
            Line::Dashed => painter.extend(Shape::dashed_line(&lower, stroke, 5.0, 3.0)),
            Line::Dotted => painter.extend(Shape::dotted_line(&lower, stroke.color, 3.5, 0.8)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ribbon_ends_where_its_words_stand_and_is_hit_between_its_edges() {
        let ribbon =
            Ribbon { x: Rangef::new(10.0, 110.0), left: Rangef::new(0.0, 20.0), right: Rangef::new(200.0, 240.0) };
        assert_eq!((ribbon.at(0.0), ribbon.at(1.0)), (ribbon.left, ribbon.right));
        assert_eq!(ribbon.at(0.5), Rangef::new(100.0, 130.0));
        assert!(ribbon.contains(pos2(60.0, 115.0)) && !ribbon.contains(pos2(60.0, 90.0)));
        assert!(!ribbon.contains(pos2(5.0, 10.0)));
        assert_eq!(ribbon.bounds(), Rect::from_min_max(pos2(10.0, 0.0), pos2(110.0, 240.0)));
    }
}
