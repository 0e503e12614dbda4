//! A place in its sentence, on one line: the phrase under its mark, with as much before and after it as fits.

use egui::{Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use super::place::Place;
use crate::analysis::reuse::Phrase;
use crate::gui::fit::{first_words, last_words};
use crate::gui::theme::{self, Theme, shape};
use crate::gui::{Scene, article, marks};

/// Between the words before and the phrase, where the text has a space.
const SPACE: f32 = 10.0;

/// Where the line stands.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    pub left: f32,
    /// Where the phrase begins.
    pub middle: f32,
    pub right: f32,
    pub y: f32,
    /// Type size and line height.
    pub size: (f32, f32),
}

/// Draws a place of `phrase`.
pub fn paint_context(
    painter: &Painter,
    scene: &Scene<'_>,
    phrase: &Phrase,
    place: &Place<'_>,
    spot: Spot,
    is_chosen: bool,
) {
    let theme = scene.theme;
    let Spot { left, middle, right, y, size: (size, height) } = spot;
    let font = || theme::serif(size);
    let gap = if place.is_apart[0] { SPACE } else { 2.0 };
    let galley = last_words(painter, &place.before, font(), theme.ink2, middle - gap - left);
    let at = pos2(middle - gap - galley.size().x, y - galley.size().y / 2.0);
    painter.galley(at, galley, theme.ink2);
    let words = first_words(painter, &place.words, font(), theme.ink, right - middle);
    let ground = Rect::from_min_size(pos2(middle, y - height / 2.0), vec2(words.size().x, height));
    let (fill, stroke) = mark(scene, theme, phrase);
    article::ground(painter, ground, fill);
    article::underline(painter, ground, place.occurrence.kind.into(), stroke);
    if is_chosen {
        let outline = Stroke::new(shape::MARK_STROKE, theme.ink);
        let rect = article::mark_rect(ground).expand(1.0);
        painter.rect_stroke(rect, shape::MARK_RADIUS, outline, StrokeKind::Outside);
    }
    // What follows a passage that is cut does not follow its first words.
    let is_cut = words.text() != place.words;
    painter.galley(pos2(middle, y - words.size().y / 2.0), words, theme.ink);
    if is_cut {
        return;
    }
    let left = ground.right() + if place.is_apart[1] { SPACE / 2.0 } else { 1.5 };
    let galley = first_words(painter, &place.after, font(), theme.ink2, right - left);
    painter.galley(pos2(left, y - galley.size().y / 2.0), galley, theme.ink2);
}

/// Ground and line of a family.
fn mark(scene: &Scene<'_>, theme: &Theme, phrase: &Phrase) -> (egui::Color32, Stroke) {
    match marks::pin_of(scene.project, phrase.id).and_then(|pin| theme.pins.get(pin)) {
        Some(pin) => (pin.tint, Stroke::new(shape::MARK_STROKE, pin.underline)),
        None => (theme.shared(phrase.n_documents), Stroke::new(shape::HAIRLINE, theme.shared_line)),
    }
}
