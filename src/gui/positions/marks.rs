//! One statement as a mark: a disc where it is quoted, a ring where it is reported, a dashed ring where the voice is
//! not official; the radius is its force, the sign its direction.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use crate::analysis::statements::Statement;
use crate::codebook::Direction;
use crate::gui::changes::is_quoted;
use crate::gui::theme::{Theme, shape};

/// Radii in points for force 0 to 5.
const RADII: [f32; 6] = [4.0, 5.0, 7.0, 9.0, 11.0, 13.0];
/// Radius of the small grey ring that says "not observed".
const UNSEEN_RADIUS: f32 = 2.5;
/// A dashed ring is this many arcs, each this part of its share of the circle.
const N_ARCS: usize = 8;
const ARC_SHARE: f32 = 0.55;

/// How a mark is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkLook {
    pub force: u8,
    pub direction: Option<Direction>,
    pub line: MarkLine,
}

/// What the outline says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkLine {
    Quoted,
    Reported,
    NotOfficial,
}

impl MarkLook {
    /// The look of a statement in the row of `theme_id`.
    pub fn of(statement: &Statement, theme_id: &str) -> Self {
        let line = match (statement.is_official, is_quoted(statement)) {
            (false, _) => MarkLine::NotOfficial,
            (true, true) => MarkLine::Quoted,
            (true, false) => MarkLine::Reported,
        };
        Self { force: statement.force.unwrap_or(0), direction: statement.direction_on(theme_id), line }
    }

    /// Radius in points at `scale`.
    pub fn radius(self, scale: f32) -> f32 {
        RADII[usize::from(self.force).min(RADII.len() - 1)] * scale
    }
}

/// Draws a mark. A line of the ground around it keeps neighbors apart.
pub fn paint_mark(painter: &Painter, theme: &Theme, center: Pos2, scale: f32, look: MarkLook) {
    let radius = look.radius(scale);
    let stroke = Stroke::new(shape::MARK_STROKE, theme.accent);
    painter.circle_filled(center, radius + 1.0, theme.paper);
    let inner = radius - shape::MARK_STROKE / 2.0;
    match look.line {
        MarkLine::Quoted => {
            painter.circle_filled(center, radius, theme.accent);
        }
        MarkLine::Reported => {
            painter.circle_stroke(center, inner, stroke);
        }
        MarkLine::NotOfficial => painter.extend(dashed_ring(center, inner, stroke)),
    }
    let color = if look.line == MarkLine::Quoted { theme.on_accent } else { theme.accent };
    // A sign inside the smallest dashed ring would only blot it.
    let has_room = radius >= 4.5 || look.line != MarkLine::NotOfficial;
    if let Some(direction) = look.direction.filter(|_| has_room) {
        paint_sign(painter, center, radius, color, direction);
    }
}

/// The ring around a mark of the chosen change.
pub fn paint_halo(painter: &Painter, color: Color32, center: Pos2, radius: f32) {
    painter.circle_stroke(center, radius + 2.5, Stroke::new(shape::MARK_STROKE, color));
}

/// The small ring of a theme that an article does not touch.
pub fn paint_unseen(painter: &Painter, theme: &Theme, center: Pos2, scale: f32) {
    let radius = UNSEEN_RADIUS * scale.max(0.8);
    painter.circle(center, radius, theme.paper, Stroke::new(shape::HAIRLINE, theme.rule2));
}

fn dashed_ring(center: Pos2, radius: f32, stroke: Stroke) -> Vec<Shape> {
    // On a small ring eight gaps would close.
    let n_arcs = if radius < 7.0 { N_ARCS - 2 } else { N_ARCS };
    let step = std::f32::consts::TAU / n_arcs as f32;
    let point = |angle: f32| center + radius * Vec2::angled(angle);
    let arc = |idx: usize| {
        let from = idx as f32 * step;
        let points = (0..=4).map(|part| point(from + ARC_SHARE * step * part as f32 / 4.0)).collect();
        Shape::line(points, stroke)
    };
    (0..n_arcs).map(arc).collect()
}

/// Signs are drawn, not set, so that they stand in the middle at any size.
fn paint_sign(painter: &Painter, center: Pos2, radius: f32, color: Color32, direction: Direction) {
    let half = (radius * 0.42).max(2.4);
    let width = (radius * 0.2).clamp(1.2, 2.0);
    let bar = |dy: f32, size: Vec2| {
        painter.rect_filled(Rect::from_center_size(center + Vec2::new(0.0, dy), size), width / 2.0, color);
    };
    let flat = Vec2::new(2.0 * half, width);
    let chevron = |up: f32| {
        let at = |x: f32, y: f32| center + Vec2::new(x, y * up) * half;
        painter.line(vec![at(-0.9, 0.45), at(0.0, -0.45), at(0.9, 0.45)], Stroke::new(width, color));
    };
    match direction {
        Direction::Increase => chevron(1.0),
        Direction::Ease => chevron(-1.0),
        Direction::Maintain => {
            bar(-half * 0.45, flat);
            bar(half * 0.45, flat);
        }
        Direction::Support => {
            bar(0.0, flat);
            bar(0.0, flat.yx());
        }
        Direction::Oppose => bar(0.0, flat),
    }
}

/// Where the marks of one cell stand: their centers, from left to right.
///
/// They stand side by side around `x` where there is room in `range`; where there is not they move inside it, and
/// overlap evenly as a last resort.
pub fn pack(radii: &[f32], x: f32, range: (f32, f32), gap: f32) -> Vec<f32> {
    let Some(last) = radii.len().checked_sub(1) else { return Vec::new() };
    let natural: f32 = radii.iter().map(|radius| 2.0 * radius).sum::<f32>() + gap * last as f32;
    let room = (range.1 - range.0).max(0.0);
    let ends = radii[0] + radii[last];
    let squeeze = if natural <= room || last == 0 { 1.0 } else { ((room - ends) / (natural - ends)).clamp(0.05, 1.0) };
    let width = if last == 0 { natural } else { ends + (natural - ends) * squeeze };
    let start = (x - width / 2.0).min(range.1 - width).max(range.0);
    let mut center = start + radii[0];
    let mut centers = vec![center];
    for pair in radii.windows(2) {
        center += (pair[0] + pair[1] + gap) * squeeze;
        centers.push(center);
    }
    centers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_side_by_side_around_their_day_where_there_is_room() {
        let centers = pack(&[9.0, 9.0, 5.0], 100.0, (0.0, 300.0), 3.0);
        assert_eq!(centers, [100.0 - 26.0 + 9.0, 100.0 - 26.0 + 30.0, 100.0 - 26.0 + 47.0]);
        assert_eq!(pack(&[9.0], 100.0, (0.0, 300.0), 3.0), [100.0]);
        assert!(pack(&[], 100.0, (0.0, 300.0), 3.0).is_empty());
    }

    #[test]
    fn marks_never_leave_their_room() {
        for n_marks in 1..12 {
            let radii = vec![7.0; n_marks];
            let centers = pack(&radii, 2.0, (0.0, 60.0), 3.0);
            assert!(centers[0] - 7.0 >= -1e-3, "{centers:?}");
            assert!(centers[n_marks - 1] + 7.0 <= 60.0 + 1e-3, "{centers:?}");
            assert!(centers.windows(2).all(|pair| pair[0] < pair[1]), "{centers:?}");
        }
    }
}
