//! The lane between the two articles: ribbons from the words of one to those of the other, and the lines of pins.
//!
//! A ribbon whose one end is out of sight runs off the edge of the lane, pale; where both are, nothing is drawn. Drawn
//! from what the columns showed in this very frame, so that ribbons never trail behind.

use egui::{Id, Pos2, Rangef, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::column::{Pane, Seen};
use super::linking;
use super::signs::{self, Ribbon};
use crate::analysis::PhraseId;
use crate::document::Passage;
use crate::gui::action::Action;
use crate::gui::article::{Flow, Line};
use crate::gui::marks;
use crate::gui::theme::shape;
use crate::text::ByteRange;

/// How far beyond the edge the unseen end of a ribbon lies at most.
const BEYOND: f32 = 90.0;
/// Height of an end that is out of sight.
const UNSEEN: f32 = 22.0;

/// What the lane is drawn from.
pub struct Lane<'a> {
    pub panes: [&'a Pane<'a>; 2],
    pub seen: [&'a Seen; 2],
    pub flows: [&'a Flow; 2],
    pub rect: Rect,
    /// Ties by hand, left and right.
    pub pins: Vec<[usize; 2]>,
}

/// A ribbon of a shared place.
struct Drawn {
    place: usize,
    ribbon: Ribbon,
    is_whole: bool,
}

impl Lane<'_> {
    /// Draws the lane. Returns the family under the pointer and the pin that is to go.
    pub fn ui(&self, ui: &Ui, actions: &mut Vec<Action>) -> (Option<PhraseId>, Option<[usize; 2]>) {
        let painter = ui.painter().with_clip_rect(self.rect.intersect(ui.clip_rect()));
        self.paint_passages(&painter);
        let pane = self.panes[0];
        let mut drawn = self.drawn();
        // What is in focus lies on top, what ends out of sight at the bottom.
        let rank = |it: &Drawn| {
            let place = pane.shared.places.get(it.place);
            let is_focus = place.is_some_and(|place| pane.focus == Some(place.phrase));
            let has_letter = place.is_some_and(|place| marks::pin_of(pane.scene.project, place.phrase).is_some());
            (pane.current == Some(it.place), is_focus, it.is_whole, has_letter)
        };
        drawn.sort_by_key(rank);
        let pointer =
            ui.pointer_latest_pos().filter(|at| ui.rect_contains_pointer(self.rect) && self.rect.contains(*at));
        let hit = pointer.and_then(|at| drawn.iter().rev().find(|it| it.ribbon.contains(at)).map(|it| it.place));
        for it in &drawn {
            self.paint_ribbon(&painter, it, hit);
        }
        if !pane.scene.is_page {
            self.interact(ui, &drawn, hit, actions);
        }
        let hovered = hit.and_then(|idx| pane.shared.places.get(idx)).map(|place| place.phrase);
        let wide = self.rect.expand2(vec2(signs::RIBBON_GAP, 0.0));
        (hovered, self.pins_ui(ui, &ui.painter().with_clip_rect(wide.intersect(ui.clip_rect()))))
    }

    /// The ribbons with at least one end in sight, in order of place.
    fn drawn(&self) -> Vec<Drawn> {
        let pane = self.panes[0];
        let height = |side: usize, phrase: PhraseId, range: ByteRange| {
            let rows = self.seen[side].marks.iter();
            rows.filter(|(of, at, _)| *of == phrase && *at == range)
                .map(|(.., height)| *height)
                .reduce(|one, other| Rangef::new(one.min.min(other.min), one.max.max(other.max)))
        };
        let x = self.rect.x_range();
        let ends = [0, 1].into_iter().flat_map(|side| {
            let marks = self.seen[side].marks.iter();
            marks.filter_map(move |(phrase, range, _)| pane.shared.place_of(side, *phrase, *range))
        });
        let mut numbers: Vec<usize> = ends.collect();
        numbers.sort_unstable();
        numbers.dedup();
        let ribbon = |place: usize| {
            let shared = pane.shared.places.get(place)?;
            let ends = [0, 1].map(|side| height(side, shared.phrase, shared.ranges[side]));
            let is_whole = ends.iter().all(Option::is_some);
            let [left, right] = [0, 1].map(|side| ends[side].unwrap_or_else(|| self.unseen(side, shared.ranges[side])));
            Some(Drawn { place, ribbon: Ribbon { x, left, right }, is_whole })
        };
        numbers.into_iter().filter_map(ribbon).collect()
    }

    /// The height of words that are out of sight, not farther off than just beyond the edge.
    fn unseen(&self, side: usize, range: ByteRange) -> Rangef {
        let y = self.seen[side].y_of(self.flows[side], range.start);
        let y = y.clamp(self.rect.top() - BEYOND, self.rect.bottom() + BEYOND - UNSEEN);
        Rangef::new(y, y + UNSEEN)
    }

    fn paint_ribbon(&self, painter: &egui::Painter, it: &Drawn, hit: Option<usize>) {
        let pane = self.panes[0];
        let theme = pane.scene.theme;
        let Some(place) = pane.shared.places.get(it.place) else { return };
        let is_lit = hit == Some(it.place) || pane.current == Some(it.place) || pane.focus == Some(place.phrase);
        let is_faded = pane.focus.is_some_and(|focus| focus != place.phrase);
        let pin = marks::pin_of(pane.scene.project, place.phrase).and_then(|pin| theme.pins.get(pin));
        let (ground, color) = match pin {
            Some(pin) if is_lit => (pin.tint, pin.underline),
            Some(pin) => (pin.faded, pin.underline),
            None if is_lit => (theme.shared(place.n_documents), theme.shared_line),
            None => (theme.shared(2), theme.shared_line),
        };
        let width = if pin.is_some() || is_lit { shape::MARK_STROKE } else { shape::HAIRLINE };
        let has_line = it.is_whole && !is_faded || is_lit;
        let line = has_line.then(|| (Line::from(place.kind), Stroke::new(width, color)));
        let ground = match (it.is_whole, is_faded) {
            (true, false) => ground,
            _ if is_lit => ground,
            _ => ground.gamma_multiply(0.5),
        };
        it.ribbon.paint(painter, ground, line);
    }

    fn interact(&self, ui: &Ui, drawn: &[Drawn], hit: Option<usize>, actions: &mut Vec<Action>) {
        let pane = self.panes[0];
        let select = |idx: usize, actions: &mut Vec<Action>| {
            if let Some(place) = pane.shared.places.get(idx) {
                let passage = Passage { document: pane.document.id, range: place.ranges[0] };
                actions.push(Action::SelectOccurrence(place.phrase, passage));
            }
        };
        let mut is_clicked = false;
        for it in drawn.iter().filter(|it| it.is_whole) {
            let Some(place) = pane.shared.places.get(it.place) else { continue };
            let bounds = it.ribbon.bounds().intersect(self.rect);
            let id = Id::unique(("ribbon", pane.shared.pair, place.phrase, place.ranges));
            let response = ui.interact(bounds, id, Sense::click());
            let words = linking::first_words(&pane.document.text, place.ranges[0]);
            let name = format!("Ribbon: {words}, place {} of {}", it.place + 1, pane.shared.places.len());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.has_focus() {
                let stroke = Stroke::new(shape::STRONG_STROKE, pane.scene.theme.accent);
                ui.painter().rect_stroke(bounds, shape::MARK_RADIUS, stroke, egui::StrokeKind::Inside);
            }
            if response.clicked() {
                let is_pointer = ui.input(|input| input.pointer.any_released());
                is_clicked |= is_pointer;
                if !is_pointer {
                    select(it.place, actions);
                }
            }
        }
        if let Some(idx) = hit {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            if is_clicked || ui.input(|input| input.pointer.primary_clicked()) {
                select(idx, actions);
            }
        }
    }

    /// Passages both have beyond the families, and paragraphs that moved: without color of their own, under the rest.
    fn paint_passages(&self, painter: &egui::Painter) {
        let pane = self.panes[0];
        let theme = pane.scene.theme;
        let Some(compared) = pane.compared else { return };
        let ribbons = |seen: [&[(usize, Rangef)]; 2], ranges: &dyn Fn(usize) -> Option<[ByteRange; 2]>| {
            let mut numbers: Vec<usize> = seen.iter().flat_map(|side| side.iter().map(|(idx, _)| *idx)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let find =
                |side: usize, idx: usize| seen[side].iter().find(|(known, _)| *known == idx).map(|(_, height)| *height);
            let ribbon = |idx: usize| {
                let ranges = ranges(idx)?;
                let ends = [0, 1].map(|side| find(side, idx));
                let is_whole = ends.iter().all(Option::is_some);
                let [left, right] = [0, 1].map(|side| ends[side].unwrap_or_else(|| self.unseen(side, ranges[side])));
                Some((idx, Ribbon { x: self.rect.x_range(), left, right }, is_whole))
            };
            numbers.into_iter().filter_map(ribbon).collect::<Vec<_>>()
        };
        let passages = [self.seen[0].passages.as_slice(), self.seen[1].passages.as_slice()];
        for (idx, ribbon, is_whole) in ribbons(passages, &|idx| Some(compared.passages.get(idx)?.ranges)) {
            let kind = compared.passages.get(idx).map(|passage| Line::from(passage.kind)).filter(|_| is_whole);
            let ground = if is_whole { theme.shared(2) } else { theme.shared(2).gamma_multiply(0.5) };
            ribbon.paint(painter, ground, kind.map(|kind| (kind, Stroke::new(shape::HAIRLINE, theme.shared_line))));
        }
        let moved = [self.seen[0].moved.as_slice(), self.seen[1].moved.as_slice()];
        for (_, ribbon, is_whole) in ribbons(moved, &|idx| compared.moved.get(idx).copied()) {
            let ground = if is_whole { theme.sel } else { theme.sel.gamma_multiply(0.5) };
            ribbon.paint(painter, ground, None);
        }
    }

    /// The lines of pins. A click on one takes it away.
    fn pins_ui(&self, ui: &Ui, painter: &egui::Painter) -> Option<[usize; 2]> {
        let pane = self.panes[0];
        let theme = pane.scene.theme;
        let mut gone = None;
        for &places in &self.pins {
            let ends = [0, 1].map(|side| {
                let y = self.seen[side].y_of(self.flows[side], places[side]) + 11.0;
                // From sign to sign.
                signs::pin_center(side, self.panes[side].text, y)
            });
            let is_seen = |at: &Pos2| self.rect.y_range().contains(at.y);
            if !ends.iter().any(is_seen) {
                continue;
            }
            painter.line_segment(ends, Stroke::new(shape::HAIRLINE, theme.accent));
            if pane.scene.is_page {
                continue;
            }
            let middle = pos2(self.rect.center().x, f32::midpoint(ends[0].y, ends[1].y));
            if !is_seen(&middle) {
                continue;
            }
            let area = Rect::from_center_size(middle, egui::vec2(20.0, 20.0));
            let id = Id::unique(("pin line", pane.shared.pair, places));
            let response = ui.interact(area, id, Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Remove this pin"));
            if response.hovered() || response.has_focus() {
                signs::cross(ui.painter(), theme, middle);
            }
            crate::gui::widgets::focus_ring(ui.painter(), theme, &response);
            if response.on_hover_text("Remove this pin").clicked() {
                gone = Some(places);
            }
        }
        gone
    }
}
