//! Ribbons that tie what moved: from the words in the older statement to the same words in the newer one.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke};

use crate::analysis::reuse::OccurrenceKind;
use crate::gui::diff_text::paint::MoveLook;
use crate::gui::theme::shape;

/// Steps of a ribbon's edge; more are not seen.
const N_STEPS: usize = 24;

/// Draws a ribbon from the lower edge of `from` to the upper edge of `to`, its sides in the style of the underline.
pub fn paint_ribbon(painter: &Painter, from: Rect, to: Rect, ground: Color32, look: &MoveLook) {
    let left = edge(Pos2::new(from.left(), from.bottom()), Pos2::new(to.left(), to.top()));
    let right = edge(Pos2::new(from.right(), from.bottom()), Pos2::new(to.right(), to.top()));
    painter.add(strip(&left, &right, ground));
    let stroke = Stroke::new(shape::HAIRLINE, look.line);
    for side in [left, right] {
        match look.kind {
            OccurrenceKind::Verbatim => {
                painter.line(side, stroke);
            }
            OccurrenceKind::Near => painter.extend(Shape::dashed_line(&side, stroke, 5.0, 3.0)),
            OccurrenceKind::Alias => painter.extend(Shape::dotted_line(&side, look.line, 4.0, 1.0)),
        }
    }
}

/// A Bézier edge that leaves and arrives upright.
fn edge(from: Pos2, to: Pos2) -> Vec<Pos2> {
    let middle = f32::midpoint(from.y, to.y);
    let (first, second) = (Pos2::new(from.x, middle), Pos2::new(to.x, middle));
    (0..=N_STEPS)
        .map(|step| {
            let share = step as f32 / N_STEPS as f32;
            let rest = 1.0 - share;
            let weights = [rest.powi(3), 3.0 * rest * rest * share, 3.0 * rest * share * share, share.powi(3)];
            let sum = |of: fn(&Pos2) -> f32| {
                [from, first, second, to].iter().zip(weights).map(|(point, weight)| of(point) * weight).sum::<f32>()
            };
            Pos2::new(sum(|point| point.x), sum(|point| point.y))
        })
        .collect()
}

/// A ribbon is not convex, so it is a strip of triangles.
fn strip(left: &[Pos2], right: &[Pos2], color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for (left, right) in left.iter().zip(right) {
        for pos in [*left, *right] {
            mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color });
        }
    }
    for step in 0..left.len().min(right.len()).saturating_sub(1) {
        let at = 2 * step as u32;
        mesh.add_triangle(at, at + 1, at + 2);
        mesh.add_triangle(at + 1, at + 3, at + 2);
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_runs_from_end_to_end_and_only_downwards() {
        let points = edge(Pos2::new(10.0, 0.0), Pos2::new(50.0, 100.0));
        assert_eq!(points.len(), N_STEPS + 1);
        assert_eq!((points[0], points[N_STEPS]), (Pos2::new(10.0, 0.0), Pos2::new(50.0, 100.0)));
        assert!(points.windows(2).all(|pair| pair[0].y < pair[1].y && pair[0].x <= pair[1].x));
        assert_eq!(strip(&points, &points, Color32::WHITE).indices.len(), 6 * N_STEPS);
    }
}
