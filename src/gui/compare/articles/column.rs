//! One of the two articles: its head and its text in one scrolling column, with marks, changes and pins.
//!
//! Only the paragraphs in sight are laid out. What stands where is handed on to the lane, which ties it.

use std::sync::Arc;

use egui::epaint::text::PlacedRow;
use egui::scroll_area::ScrollBarVisibility;
use egui::{
    Galley, Id, Key, Pos2, Rangef, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::job::Compared;
use super::linking;
use super::shared::Shared;
use super::signs;
use crate::analysis::PhraseId;
use crate::document::{Document, Passage};
use crate::gui::action::Action;
use crate::gui::article::{self, Flow, FlowKey, Line, Paragraph};
use crate::gui::diff_text::Mark as Change;
use crate::gui::linked::Stand;
use crate::gui::marks::{self, Mark};
use crate::gui::theme::{shape, space};
use crate::gui::{Scene, chip, column, hover};
use crate::text::ByteRange;

/// Air above the date, and from there to the outlet and to the headline.
const TOP: f32 = 14.0;
const OUTLET: f32 = 18.0;
const HEADLINE: f32 = 40.0;
/// From the headline to the line under it, and from there to the text.
const ABOVE_LINE: f32 = 11.0;
const BELOW_LINE: f32 = 14.0;
/// Air under the text.
const BOTTOM: f32 = 32.0;

/// What a column is drawn from.
pub struct Pane<'a> {
    pub scene: &'a Scene<'a>,
    pub document: &'a Document,
    /// 0 for the left one, 1 for the right one.
    pub side: usize,
    pub shared: &'a Shared,
    pub compared: Option<&'a Arc<Compared>>,
    /// Are changed words boxed?
    pub has_changes: bool,
    /// The family under the pointer, else the chosen one.
    pub focus: Option<PhraseId>,
    /// The shared place that is chosen.
    pub current: Option<usize>,
    /// First bytes of paragraphs that are tied.
    pub pinned: Vec<usize>,
    /// A paragraph of this side that waits to be tied; is there one on the other side?
    pub pinning: Option<usize>,
    pub is_wanted: bool,
    /// The first byte of the change that was gone to.
    pub stop: Option<usize>,
    /// Is there no scroll bar, since that of the other side moves both?
    pub has_quiet_bar: bool,
    /// Left and right edge of the words.
    pub text: Rangef,
}

/// What was drawn, for the lane.
pub struct Seen {
    /// Marks in sight: family, range, height of their rows.
    pub marks: Vec<(PhraseId, ByteRange, Rangef)>,
    /// Passages and moved paragraphs in sight, by number.
    pub passages: Vec<(usize, Rangef)>,
    pub moved: Vec<(usize, Rangef)>,
    pub area: Rect,
    pub stand: Stand,
    pub head: f32,
    pub hovered: Option<PhraseId>,
    /// The paragraph whose pin was asked for.
    pub pin: Option<usize>,
    /// By how much the text above grew while it was measured.
    pub grown: f32,
}

impl Seen {
    /// Where a byte stands on screen, in sight or not.
    pub fn y_of(&self, flow: &Flow, offset: usize) -> f32 {
        self.area.top() + linking::height_of(flow, self.head, offset) - self.stand.scroll
    }
}

impl Pane<'_> {
    /// Height of date, outlet and headline.
    pub fn head_height(&self, ui: &Ui) -> f32 {
        TOP + HEADLINE + self.headline(ui).rect.height() + ABOVE_LINE + BELOW_LINE
    }

    /// Height of all that is in the column.
    pub fn height(&self, ui: &Ui, flow: &Flow) -> f32 {
        self.head_height(ui) + flow.height() + BOTTOM
    }

    fn headline(&self, ui: &Ui) -> Arc<Galley> {
        let gutters = space::GUTTER_LEFT + space::GUTTER_RIGHT;
        column::headline(ui, self.scene, self.document, self.text.span() + gutters)
    }

    /// Draws the column into `area`.
    pub fn ui(
        &self,
        ui: &mut Ui,
        flow: &mut Flow,
        area: Rect,
        scroll_to: Option<f32>,
        budget: &mut usize,
        actions: &mut Vec<Action>,
    ) -> Seen {
        let head = self.head_height(ui);
        let mut scroll_area = ScrollArea::vertical().id_salt(("compared", self.side, self.document.id));
        scroll_area = scroll_area.auto_shrink(false);
        if self.has_quiet_bar {
            scroll_area = scroll_area.scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
        }
        if let Some(offset) = scroll_to {
            scroll_area = scroll_area.vertical_scroll_offset(offset.max(0.0));
        }
        let mut seen = Seen {
            marks: Vec::new(),
            passages: Vec::new(),
            moved: Vec::new(),
            area,
            stand: Stand { scroll: 0.0, view: area.height(), text: 0.0 },
            head,
            hovered: None,
            pin: None,
            grown: 0.0,
        };
        let mut child = ui.new_child(UiBuilder::new().max_rect(area).id_salt(("side", self.side)));
        child.set_clip_rect(area.intersect(ui.clip_rect()));
        let output = scroll_area.show_viewport(&mut child, |ui, viewport| {
            let (top, bottom) = (viewport.top() - head, viewport.bottom() - head);
            seen.grown = flow.measure(ui, self.document, self.scene.theme, top, bottom, budget);
            ui.set_width(area.width());
            ui.set_height(head + flow.height() + BOTTOM);
            let origin = pos2(self.text.min, ui.min_rect().top());
            if viewport.top() < head {
                self.head_ui(ui, origin, &mut seen, actions);
            }
            for idx in flow.visible(top, bottom) {
                if let Some((paragraph, y)) = flow.paragraph(idx) {
                    self.paragraph_ui(ui, paragraph, &flow.key(), origin + vec2(0.0, head + y), &mut seen, actions);
                }
            }
        });
        seen.stand.scroll = output.state.clamped_offset().y;
        seen.stand.text = head + flow.height() + BOTTOM;
        seen
    }

    fn head_ui(&self, ui: &mut Ui, origin: Pos2, seen: &mut Seen, actions: &mut Vec<Action>) {
        let theme = self.scene.theme;
        let width = self.text.span();
        let date = Rect::from_min_size(origin + vec2(0.0, TOP), vec2(width, 18.0));
        let column = Rect::from_x_y_ranges(self.text, seen.area.y_range());
        chip::date_ui(ui, self.scene, self.document, date, column, actions);
        chip::outlet_ui(ui, self.scene, self.document, date.translate(vec2(0.0, OUTLET)), actions);
        let galley = self.headline(ui);
        let at = origin + vec2(0.0, TOP + HEADLINE);
        let rect = Rect::from_min_size(at, galley.size());
        let id = Id::unique(("compared headline", self.side, self.document.id));
        let response = ui.interact(rect, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, galley.text()));
        let y = ui.painter().round_to_pixel_center(rect.bottom() + ABOVE_LINE);
        ui.painter().hline(self.text, y, theme.hairline());
        if let Some(range) = column::headline_range(self.document) {
            self.marks_ui(ui, range, &galley, at, seen, actions);
        }
        ui.painter().galley(at, galley, theme.ink);
    }

    fn paragraph_ui(
        &self,
        ui: &mut Ui,
        paragraph: &Paragraph,
        key: &FlowKey,
        origin: Pos2,
        seen: &mut Seen,
        actions: &mut Vec<Action>,
    ) {
        let theme = self.scene.theme;
        let galley = article::layout(ui, self.document, paragraph, theme, key);
        let rect = Rect::from_min_size(origin, vec2(self.text.span(), galley.rect.height()));
        let id = Id::unique(("compared paragraph", self.side, self.document.id, paragraph.range));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, paragraph.range.of(&self.document.text)));
        if self.stop == Some(paragraph.range.start) && !self.scene.is_page {
            let stroke = Stroke::new(shape::MARK_STROKE, theme.ink);
            ui.painter().rect_stroke(rect.expand2(vec2(6.0, 3.0)), shape::BADGE_RADIUS, stroke, StrokeKind::Outside);
        }
        if response.has_focus() {
            let stroke = Stroke::new(shape::STRONG_STROKE, theme.accent);
            ui.painter().rect_stroke(rect.expand(4.0), shape::CONTROL_RADIUS, stroke, StrokeKind::Outside);
        }
        if article::is_aside(paragraph.kind) {
            let x = ui.painter().round_to_pixel_center(origin.x - 10.0);
            ui.painter().vline(x, rect.y_range(), Stroke::new(shape::HAIRLINE, theme.rule2));
        } else {
            self.lone_ui(ui, paragraph.range, rect);
            self.changes_ui(ui, paragraph.range, &galley, origin, seen);
            self.marks_ui(ui, paragraph.range, &galley, origin, seen, actions);
            self.pin_ui(ui, &response, paragraph, rect, galley.rows.first().map_or(rect, PlacedRow::rect), seen);
            self.menu_ui(&response, paragraph, seen, actions);
        }
        ui.painter().galley(origin, galley, theme.ink);
    }

    /// What can be done with a paragraph.
    fn menu_ui(&self, response: &Response, paragraph: &Paragraph, seen: &mut Seen, actions: &mut Vec<Action>) {
        if self.scene.is_page {
            return;
        }
        let is_pinned = self.pinned.contains(&paragraph.range.start);
        let passage = Passage { document: self.document.id, range: paragraph.range };
        response.context_menu(|ui| {
            let words = match (is_pinned, self.is_wanted) {
                (true, _) => "Remove the pin",
                (false, true) => "Tie to the pinned paragraph",
                (false, false) => "Pin this paragraph",
            };
            if ui.add(egui::Button::new(words).shortcut_text("Enter")).clicked() {
                seen.pin = Some(paragraph.range.start);
            }
            if ui.button("Show in Read").clicked() {
                actions.push(Action::Reveal(passage));
            }
        });
    }

    /// A paragraph that only this side has carries a bar.
    fn lone_ui(&self, ui: &Ui, range: ByteRange, rect: Rect) {
        let shown = self.compared.filter(|compared| self.has_changes && compared.versions.are_versions());
        let Some(compared) = shown else { return };
        let lone = &compared.lone[self.side];
        let first = lone.partition_point(|other| other.end <= range.start);
        if lone.get(first).is_some_and(|other| other.overlaps(range)) {
            let color = if self.side == 0 { self.scene.theme.rule2 } else { self.scene.theme.accent };
            let x = ui.painter().round_to_pixel_center(rect.left() - 10.0);
            ui.painter().vline(x, rect.y_range(), Stroke::new(shape::STRONG_STROKE, color));
        }
    }

    /// Boxes around changed words; grounds of passages both have, and of paragraphs that moved.
    fn changes_ui(&self, ui: &Ui, range: ByteRange, galley: &Galley, origin: Pos2, seen: &mut Seen) {
        let Some(compared) = self.compared else { return };
        let theme = self.scene.theme;
        let rows_of = |part: ByteRange| {
            let local = ByteRange::new(part.start - range.start, part.end - range.start);
            article::placed(article::row_rects(galley, range.of(&self.document.text), local), origin)
        };
        if !compared.versions.are_versions() {
            for (idx, passage) in compared.passages.iter().enumerate() {
                let Some(part) = passage.ranges[self.side].intersection(range) else { continue };
                let rows = rows_of(part);
                for &row in &rows {
                    article::ground(ui.painter(), row, theme.shared(2));
                    let stroke = Stroke::new(shape::HAIRLINE, theme.shared_line);
                    article::underline(ui.painter(), row, Line::from(passage.kind), stroke);
                }
                note_rows(&mut seen.passages, idx, &rows);
            }
            return;
        }
        if !self.has_changes {
            return;
        }
        for (idx, moved) in compared.moved.iter().enumerate() {
            let Some(part) = moved[self.side].intersection(range) else { continue };
            let rows = rows_of(part);
            if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
                let ground = Rect::from_x_y_ranges(self.text, first.top()..=last.bottom());
                ui.painter().rect_filled(ground.expand2(vec2(6.0, 3.0)), shape::MARK_RADIUS, theme.sel);
            }
            note_rows(&mut seen.moved, idx, &rows);
        }
        let changes = &compared.changes[self.side];
        let end = changes.partition_point(|(other, _)| other.start < range.end);
        for (changed, mark) in changes.get(..end).unwrap_or_default().iter().rev() {
            // They do not overlap, so the first that ends before the paragraph is the last to be looked at.
            let Some(part) = changed.intersection(range) else { break };
            for row in rows_of(part) {
                signs::change(ui.painter(), theme, row, *mark == Change::Added);
            }
        }
    }

    /// Grounds, lines and outlines of the marks in one galley.
    fn marks_ui(
        &self,
        ui: &mut Ui,
        range: ByteRange,
        galley: &Galley,
        origin: Pos2,
        seen: &mut Seen,
        actions: &mut Vec<Action>,
    ) {
        let text = range.of(&self.document.text);
        let mut found: Vec<(Mark, Option<usize>)> = (self.shared.within(self.side, range))
            .map(|mark| (*mark, marks::pin_of(self.scene.project, mark.phrase)))
            .collect();
        found.sort_by_key(|(mark, pin)| (self.focus == Some(mark.phrase), pin.is_some(), mark.range.start));
        let current = self.current.and_then(|idx| self.shared.places.get(idx));
        for (mark, pin) in found {
            let Some(part) = mark.range.intersection(range) else { continue };
            let local = ByteRange::new(part.start - range.start, part.end - range.start);
            let rows = article::placed(article::row_rects(galley, text, local), origin);
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else { continue };
            seen.marks.push((mark.phrase, mark.range, Rangef::new(first.top() + 1.0, last.bottom() - 1.0)));
            let look = signs::look(self.scene.theme, &mark, pin, self.focus);
            let is_current =
                current.is_some_and(|place| place.phrase == mark.phrase && place.ranges[self.side] == mark.range);
            for &row in &rows {
                if let Some(ground) = look.ground {
                    article::ground(ui.painter(), row, ground);
                }
                article::underline(ui.painter(), row, Line::from(mark.kind), look.stroke);
                if is_current && !self.scene.is_page {
                    let stroke = Stroke::new(shape::MARK_STROKE, self.scene.theme.ink);
                    let rect = article::mark_rect(row);
                    ui.painter().rect_stroke(rect, shape::MARK_RADIUS, stroke, StrokeKind::Outside);
                }
            }
            self.mark_interact(ui, &mark, &rows, seen, actions);
        }
    }

    fn mark_interact(&self, ui: &Ui, mark: &Mark, rows: &[Rect], seen: &mut Seen, actions: &mut Vec<Action>) {
        let passage = Passage { document: self.document.id, range: mark.range };
        for (row_idx, &row) in rows.iter().enumerate() {
            let id = Id::unique(("compared mark", self.side, passage, mark.phrase, row_idx));
            let response = ui.interact(article::mark_rect(row).intersect(ui.clip_rect()), id, Sense::click());
            if row_idx == 0 {
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, self.mark_name(mark)));
            }
            if response.contains_pointer() {
                seen.hovered = Some(mark.phrase);
            }
            if response.has_focus() {
                let stroke = Stroke::new(shape::STRONG_STROKE, self.scene.theme.accent);
                let rect = article::mark_rect(row).expand(1.0);
                ui.painter().rect_stroke(rect, shape::MARK_RADIUS, stroke, StrokeKind::Outside);
            }
            let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
            if response.clicked() {
                actions.push(Action::SelectOccurrence(mark.phrase, passage));
            }
            let scene = self.scene;
            response.context_menu(|ui| hover::phrase_menu_ui(ui, scene, mark.phrase, actions));
            response.on_hover_ui(|ui| hover::mark_ui(ui, scene, mark));
        }
    }

    fn mark_name(&self, mark: &Mark) -> String {
        let Some(phrase) = self.scene.analysis.phrase(mark.phrase) else { return String::new() };
        let place = if self.side == 0 { "left" } else { "right" };
        format!("{}, in the {place} article, {} of {}", phrase.label, mark.occurrence_idx + 1, phrase.occurrences.len())
    }

    /// The sign that ties a paragraph to one of the other side.
    fn pin_ui(
        &self,
        ui: &Ui,
        paragraph_response: &Response,
        paragraph: &Paragraph,
        rect: Rect,
        first_row: Rect,
        seen: &mut Seen,
    ) {
        let start = paragraph.range.start;
        let is_pinned = self.pinned.contains(&start);
        let is_waiting = self.pinning == Some(start);
        if paragraph_response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            seen.pin = Some(start);
        }
        let center = signs::pin_center(self.side, self.text, rect.top() + first_row.height() / 2.0);
        let around = rect.union(Rect::from_center_size(center, vec2(24.0, 24.0)));
        let is_near = ui.rect_contains_pointer(around) || paragraph_response.has_focus();
        let is_shown = is_pinned || is_waiting || !self.scene.is_page && (is_near || self.is_wanted);
        if !is_shown {
            return;
        }
        let place = Rect::from_center_size(center, vec2(18.0, 18.0));
        let id = Id::unique(("pin", self.side, self.document.id, paragraph.range));
        let response = ui.interact(place.intersect(ui.clip_rect()), id, Sense::click());
        let words = match (is_pinned, is_waiting, self.is_wanted) {
            (true, ..) => "Remove the pin",
            (_, true, _) => "Let go of this paragraph",
            (.., true) => "Tie to the pinned paragraph",
            (.., false) => "Pin this paragraph",
        };
        let told = linking::first_words(&self.document.text, paragraph.range);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{words}: {told}")));
        let is_lit = response.hovered() || response.has_focus();
        signs::pin(ui.painter(), self.scene.theme, center, is_pinned || is_waiting, is_lit);
        if response.has_focus() {
            let stroke = Stroke::new(shape::STRONG_STROKE, self.scene.theme.accent);
            ui.painter().rect_stroke(place, shape::CONTROL_RADIUS, stroke, StrokeKind::Outside);
        }
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(words);
        if response.clicked() {
            seen.pin = Some(start);
        }
    }
}

/// Adds the height of some rows to a numbered stretch.
fn note_rows(stretches: &mut Vec<(usize, Rangef)>, idx: usize, rows: &[Rect]) {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
    let span = Rangef::new(first.top() + 1.0, last.bottom() - 1.0);
    match stretches.last_mut() {
        Some((known, height)) if *known == idx => height.max = span.max,
        _ => stretches.push((idx, span)),
    }
}
