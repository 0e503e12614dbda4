//! The marks of a column: grounds, lines, letters in the gutter, the outline of the chosen place, and what a click does.
//!
//! Costs what stands in the galley: marks are found by their place, and the offsets of a paragraph are counted once for
//! all of them.

use egui::{Color32, CursorIcon, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};

use super::Pane;
use crate::analysis::PhraseId;
use crate::document::Passage;
use crate::gui::action::Action;
use crate::gui::article::{self, Line};
use crate::gui::marks::{self, Mark};
use crate::gui::theme::{shape, space};
use crate::gui::{Scene, chip, hover};
use crate::text::{ByteRange, CharOffsets};

impl Pane<'_, '_> {
    /// Grounds, lines, letters and outlines of the marks in one galley.
    pub(super) fn marks_ui(&mut self, ui: &mut Ui, range: ByteRange, galley: &egui::Galley, origin: Pos2) {
        let text = range.of(&self.document.text);
        let mut found: Vec<(Mark, Option<usize>)> = self
            .scene
            .marks
            .within(self.document.id, range)
            .map(|mark| (*mark, marks::pin_of(self.scene.project, mark.phrase)))
            .collect();
        // What carries a letter is drawn over what does not, and the focus over all.
        found.sort_by_key(|(mark, pin)| (self.focus == Some(mark.phrase), pin.is_some(), mark.range.start));
        let mut n_letters_at: Vec<f32> = Vec::new();
        let offsets = CharOffsets::new(if found.is_empty() { "" } else { text });
        let has_popup = egui::Popup::is_any_open(ui.ctx());
        for (mark, pin) in found {
            let Some(part) = mark.range.intersection(range) else { continue };
            let local = ByteRange::new(part.start - range.start, part.end - range.start);
            let rows = article::placed(article::rows_of(galley, text, &offsets, local), origin);
            let rows: Vec<Rect> = rows.into_iter().map(|row| article::tight(row, galley)).collect();
            let Some(&first) = rows.first() else { continue };
            let look = look(self.scene, &mark, pin, self.focus);
            for &row in &rows {
                if let Some(fill) = look.ground {
                    article::ground(ui.painter(), row, fill);
                }
                article::underline(ui.painter(), row, look.line, look.stroke);
            }
            let passage = Passage { document: self.document.id, range: mark.range };
            if self.selection.occurrence == Some(passage) && self.selection.phrase == Some(mark.phrase) {
                for &row in &rows {
                    let stroke = Stroke::new(shape::MARK_STROKE, self.scene.theme.ink);
                    ui.painter().rect_stroke(article::mark_rect(row), 2.0, stroke, StrokeKind::Outside);
                }
            }
            if let Some(pin) = pin.filter(|_| part.start == mark.range.start) {
                let n_before = n_letters_at.iter().filter(|y| **y == first.center().y).count();
                n_letters_at.push(first.center().y);
                let center = pos2(origin.x - space::GUTTER_LEFT + 13.0 - 12.0 * n_before as f32, first.center().y);
                chip::letter(ui.painter(), self.scene.theme, center, pin, look.is_faded, 13.0);
            }
            self.mark_interact(ui, &mark, passage, &rows, has_popup);
        }
    }

    fn mark_interact(&mut self, ui: &mut Ui, mark: &Mark, passage: Passage, rows: &[Rect], has_popup: bool) {
        for (row_idx, &row) in rows.iter().enumerate() {
            let id = Id::unique(("mark", passage, mark.phrase, row_idx));
            // The rows of one mark are one stop of the keyboard.
            let sense = if row_idx == 0 { Sense::click() } else { Sense::CLICK };
            let response = ui.interact(article::mark_rect(row).intersect(ui.clip_rect()), id, sense);
            if row_idx == 0 {
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, self.mark_name(mark)));
            }
            if response.contains_pointer() && !self.is_selecting {
                self.hovered = Some(mark.phrase);
            }
            if response.has_focus() {
                let stroke = Stroke::new(self.scene.theme.ring, self.scene.theme.accent);
                ui.painter().rect_stroke(article::mark_rect(row).expand(1.0), 2.0, stroke, StrokeKind::Outside);
            }
            // A thousand marks have no card and no menu; only the one under the pointer, or whose menu is open.
            if !(response.contains_pointer() || response.has_focus() || response.clicked() || has_popup) {
                continue;
            }
            let scene = self.scene;
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            if response.clicked() {
                self.actions.push(Action::SelectOccurrence(mark.phrase, passage));
            }
            if response.secondary_clicked() {
                self.actions.push(Action::SelectOccurrence(mark.phrase, passage));
            }
            response.context_menu(|ui| hover::phrase_menu_ui(ui, scene, mark.phrase, self.actions));
            response.on_hover_ui(|ui| hover::mark_ui(ui, scene, mark));
        }
    }

    fn mark_name(&self, mark: &Mark) -> String {
        let Some(phrase) = self.scene.analysis.phrase(mark.phrase) else { return String::new() };
        format!("{}, {} of {}", phrase.label, mark.occurrence_idx + 1, phrase.occurrences.len())
    }
}

/// How a mark is drawn, given its pin and what is in focus.
struct Look {
    ground: Option<Color32>,
    line: Line,
    stroke: Stroke,
    is_faded: bool,
}

fn look(scene: &Scene<'_>, mark: &Mark, pin: Option<usize>, focus: Option<PhraseId>) -> Look {
    let theme = scene.theme;
    let line = Line::from(mark.kind);
    let is_focus = focus == Some(mark.phrase);
    let is_faded = focus.is_some() && !is_focus;
    match pin.and_then(|pin| theme.pins.get(pin)) {
        Some(pin) => {
            let ground = if is_faded { pin.faded } else { pin.tint };
            Look { ground: Some(ground), line, stroke: Stroke::new(shape::MARK_STROKE, pin.underline), is_faded }
        }
        // Families without a letter keep only their line while another is in focus.
        None => {
            let ground = (!is_faded).then(|| theme.shared(mark.n_documents));
            Look { ground, line, stroke: Stroke::new(shape::HAIRLINE, theme.shared_line), is_faded }
        }
    }
}
