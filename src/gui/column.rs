//! One article as a column of Read: head with date, outlet and headline, scrolling text, foot with counts.

use std::sync::Arc;

use egui::emath::TSTransform;
use egui::text::{CCursor, CharIndex, LayoutJob};
use egui::text_selection::CCursorRange;
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::{Align2, Color32, Id, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::action::Action;
use super::article::{self, Flow, FlowKey, Line};
use super::marks::{self, Mark};
use super::state::{ReadingState, Selection};
use super::theme::space;
use super::words::gesture::{self, Gesture};
use super::words::pointer::{Part, Text};
use super::words::{bar, one_line, paint};
use super::{Scene, chip, date_card, hover, theme};
use crate::analysis::PhraseId;
use crate::document::{BlockKind, Document, Passage};
use crate::project::{Command, Furniture};
use crate::text::ByteRange;

/// Height of date and outlet above the headline.
pub const HEAD_TOP: f32 = 52.0;

/// The height all heads share, so that first lines align over the columns.
pub fn head_height(ui: &Ui, scene: &Scene<'_>, documents: &[Arc<Document>], width: f32) -> f32 {
    let tallest =
        documents.iter().map(|document| headline(ui, scene, document, width).rect.height()).fold(21.0, f32::max);
    HEAD_TOP + tallest + 14.0
}

/// The headline as it is laid out in a column of `width` points.
pub fn headline(ui: &Ui, scene: &Scene<'_>, document: &Document, width: f32) -> Arc<egui::Galley> {
    let title = headline_range(document).map(|range| range.of(&document.text));
    let title = title.or(document.title.as_deref()).unwrap_or(document.name());
    let format = theme::format(theme::serif_bold(16.5), 21.0, scene.theme.ink);
    let mut job = LayoutJob::single_section(title.to_owned(), format);
    job.wrap.max_width = width - space::GUTTER_LEFT - space::GUTTER_RIGHT;
    job.wrap.max_rows = 3;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Where the headline stands in the text, `None` where only metadata give it.
pub fn headline_range(document: &Document) -> Option<ByteRange> {
    let block = document.blocks.iter().find(|block| block.kind == BlockKind::Title)?;
    Some(block.range.trimmed(&document.text))
}

/// Shows an article in the rectangle of `ui`.
#[expect(clippy::too_many_arguments, reason = "one call site; a struct would only rename the arguments")]
pub fn column_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    document: &Document,
    state: &mut ReadingState,
    selection: &Selection,
    head_height: f32,
    budget: &mut usize,
    actions: &mut Vec<Action>,
) {
    let area = ui.max_rect();
    let (head, rest) = area.split_top_bottom_at_y(area.top() + head_height);
    let (body, foot) = rest.split_top_bottom_at_y(rest.bottom() - space::COLUMN_FOOT);
    let focus = state.hovered.or(selection.phrase);
    let key = FlowKey {
        width_points: area.width() - space::GUTTER_LEFT - space::GUTTER_RIGHT,
        pixels_per_point: ui.pixels_per_point(),
        has_furniture: state.has_furniture,
        generation: scene.generation,
    };
    let mut flow = match state.flows.remove(&document.id) {
        Some(flow) if flow.key() == key => flow,
        _ => Flow::new(document, key),
    };
    // The card is drawn after the text, so the piece under the pointer is that of the last frame.
    let lit_evidence = date_card::is_open(ui.ctx(), document.id)
        .then(|| state.evidence.filter(|(of, _)| *of == document.id).map(|(_, idx)| idx));
    let has_marks = state.has_marks;
    let selected = state.selected.filter(|passage| passage.document == document.id).map(|passage| passage.range);
    let mut pane = Pane {
        scene,
        document,
        selection,
        focus,
        has_marks,
        lit_evidence,
        selected,
        selected_rows: None,
        is_selecting: state.gesture.is_running(),
        hovered: None,
        actions,
    };
    let is_pressed = body_ui(ui, &mut pane, &mut flow, state, body, budget);
    let view = state.scroll.get(&document.id).copied().unwrap_or_default();
    let (evidence, is_headline_pressed) = pane.head_ui(ui, head, area, &flow, view, &state.gesture);
    if lit_evidence.is_some() || evidence.is_some() {
        if lit_evidence.flatten() != evidence {
            ui.ctx().request_repaint();
        }
        state.evidence = evidence.map(|idx| (document.id, idx));
    }
    pane.foot_ui(ui, foot, &flow, view + body.height());
    let pressed = is_pressed.then_some(Part::Body).or(is_headline_pressed.then_some(Part::Headline));
    Text { scene, document, flow: &flow, head, body }.take_pointer(ui, pressed, state);
    pane.bar_ui(ui, state, body);
    if pane.hovered.is_some() {
        state.hovering = pane.hovered;
    }
    if !flow.is_settled() {
        ui.ctx().request_repaint();
    }
    state.view_heights.insert(document.id, (body.height(), flow.height()));
    state.flows.insert(document.id, flow);
}

/// The scrolling text. Was it pressed on, in the gaps too?
fn body_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_, '_>,
    flow: &mut Flow,
    state: &mut ReadingState,
    area: Rect,
    budget: &mut usize,
) -> bool {
    let id = pane.document.id;
    let mut scroll_area = ScrollArea::vertical().id_salt(("column", id)).auto_shrink(false);
    let reveal = state.reveal.filter(|passage| passage.document == id);
    if let Some(passage) = reveal {
        // Measure all that stands above, once, so that the place is exact.
        flow.measure(ui, pane.document, pane.scene.theme, 0.0, f32::INFINITY, budget);
        let top = pane.top_of(ui, flow, passage.range).unwrap_or_default();
        let seen = state.scroll.get(&id).copied().unwrap_or_default();
        // What is in sight already stays where it is.
        let height = if state.is_low_half_hidden { area.height() / 2.0 } else { area.height() };
        if !(seen + 8.0..seen + height - 40.0).contains(&top) {
            scroll_area = scroll_area.vertical_scroll_offset((top - area.height() / 3.0).max(0.0));
        }
    } else if let Some(offset) = state.scroll_to.remove(&id) {
        scroll_area = scroll_area.vertical_scroll_offset(offset.max(0.0));
    }
    let mut child = ui.new_child(UiBuilder::new().max_rect(area).id_salt("text"));
    child.set_clip_rect(area.intersect(ui.clip_rect()));
    // Behind all that can be clicked, so that a drag that begins on a mark selects too.
    let drag = child.interact(area, Id::unique(("words", id)), Sense::DRAG);
    let mut grown_above = 0.0;
    let output = scroll_area.show_viewport(&mut child, |ui, viewport| {
        let (top, bottom) = (viewport.top(), viewport.bottom());
        grown_above = flow.measure(ui, pane.document, pane.scene.theme, top, bottom, budget);
        ui.set_width(area.width());
        ui.set_height(flow.height() + 2.0 * space::PARAGRAPH_GAP);
        let origin = ui.min_rect().min + vec2(space::GUTTER_LEFT, space::PARAGRAPH_GAP);
        for idx in flow.visible(top - space::PARAGRAPH_GAP, bottom) {
            if let Some((paragraph, y)) = flow.paragraph(idx) {
                pane.paragraph_ui(ui, paragraph, origin + vec2(0.0, y), flow.key().width_points);
            }
        }
    });
    state.scroll.insert(id, output.state.clamped_offset().y);
    if grown_above != 0.0 && reveal.is_none() {
        state.scroll_to.insert(id, output.state.clamped_offset().y + grown_above);
        ui.ctx().request_repaint();
    }
    gesture::is_pressed_on(ui, &drag, &state.gesture)
}

/// What the parts of one column share while they are drawn.
struct Pane<'a, 'b> {
    scene: &'a Scene<'a>,
    document: &'a Document,
    selection: &'a Selection,
    /// The family under the pointer, else the chosen one.
    focus: Option<PhraseId>,
    has_marks: bool,
    /// While the card of the date is open: the piece of evidence under the pointer in it.
    lit_evidence: Option<Option<usize>>,
    /// The words of this article that are selected.
    selected: Option<ByteRange>,
    /// The first and the last of their rows that are in sight.
    selected_rows: Option<[Rect; 2]>,
    /// Is the pointer selecting words, here or in another column?
    is_selecting: bool,
    /// The family found under the pointer in this frame.
    hovered: Option<PhraseId>,
    actions: &'b mut Vec<Action>,
}

impl Pane<'_, '_> {
    /// The height at which a range stands in the flow.
    fn top_of(&self, ui: &Ui, flow: &Flow, range: ByteRange) -> Option<f32> {
        let (paragraph, top) = flow.paragraph(flow.idx_at(range.start))?;
        let galley = article::layout(ui, self.document, paragraph, self.scene.theme, flow.key().width_points);
        let text = paragraph.range.of(&self.document.text);
        let start = range.start.saturating_sub(paragraph.range.start);
        let row = article::row_rects(&galley, text, ByteRange::new(start, start + 1)).first().map_or(0.0, Rect::top);
        Some(top + row)
    }

    fn paragraph_ui(&mut self, ui: &mut Ui, paragraph: &article::Paragraph, origin: Pos2, width: f32) {
        let theme = self.scene.theme;
        let galley = article::layout(ui, self.document, paragraph, theme, width);
        let rect = Rect::from_min_size(origin, vec2(width, galley.rect.height()));
        let response = ui.interact(rect, Id::unique(("paragraph", self.document.id, paragraph.range)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, paragraph.range.of(&self.document.text)));
        if article::is_aside(paragraph.kind) {
            let x = ui.painter().round_to_pixel_center(origin.x - 10.0);
            ui.painter().vline(x, rect.y_range(), Stroke::new(1.0, theme.rule2));
        } else if self.has_marks {
            self.marks_ui(ui, paragraph.range, &galley, origin);
        }
        self.lit_ui(ui, paragraph.range, &galley, origin);
        let is_selected = self.selected_ui(ui, paragraph.range, &galley, origin);
        // The third level of text is too pale on the ground of a selection.
        let is_pale = is_selected && article::is_aside(paragraph.kind);
        let color = is_pale.then_some(theme.ink2);
        text_ui(ui, &response, origin, galley, theme.ink, color, self.selected_chars(paragraph.range));
        self.furniture_ui(&response, paragraph, is_selected);
    }

    /// The ground of the selected words in one galley. Are there any?
    fn selected_ui(&mut self, ui: &Ui, range: ByteRange, galley: &egui::Galley, origin: Pos2) -> bool {
        let Some(selected) = self.selected.filter(|selected| selected.overlaps(range)) else { return false };
        let text = range.of(&self.document.text);
        let rows = paint::ground(ui.painter(), self.scene.theme, galley, text, range, selected, origin);
        if let (Some(&first), Some(&last)) = (rows.first(), rows.last()) {
            let first = self.selected_rows.map_or(first, |[first, _]| first);
            self.selected_rows = Some([first, last]);
        }
        true
    }

    /// The selected words in the galley of a range, in characters.
    fn selected_chars(&self, range: ByteRange) -> Option<CCursorRange> {
        let part = self.selected?.intersection(range)?;
        let text = range.of(&self.document.text);
        let cursor = |offset: usize| {
            let before = text.get(..offset - range.start).unwrap_or_default();
            CCursor::new(CharIndex(before.chars().count()))
        };
        Some(CCursorRange::two(cursor(part.start), cursor(part.end)))
    }

    /// What can be done with the selected words, once they stand.
    fn bar_ui(&mut self, ui: &mut Ui, state: &mut ReadingState, body: Rect) {
        let Some(passage) = state.selected.filter(|passage| passage.document == self.document.id) else { return };
        if state.gesture.document().is_some() {
            return;
        }
        let Some(rows) = self.selected_rows else { return };
        state.gesture.bar = Some(bar::bar_ui(ui, self.scene, self.document, passage, rows, body, self.actions));
    }

    /// The menu and the hover note on what a block is, with the way to change it.
    fn furniture_ui(&mut self, response: &egui::Response, paragraph: &article::Paragraph, is_selected: bool) {
        let command = |furniture| {
            let document = self.document.id;
            Action::Change(Command::SetFurniture { document, block: paragraph.block, furniture })
        };
        let is_readers = paragraph.rule.as_deref() == Some("reader");
        let is_aside = article::is_aside(paragraph.kind);
        let mut chosen = None;
        let selected = self.selected.filter(|_| is_selected).map(|range| range.of(&self.document.text));
        response.context_menu(|ui| {
            if let Some(words) = selected {
                if ui.add(egui::Button::new("Copy with citation").shortcut_text("Ctrl C")).clicked() {
                    chosen = Some(Action::CopyQuotes);
                }
                if ui.button("Copy the words alone").clicked() {
                    chosen = Some(Action::CopyText(one_line(words)));
                }
                ui.separator();
            }
            if is_readers && ui.button("Let the rules decide again").clicked() {
                chosen = Some(command(None));
            }
            if is_aside && ui.button("Show as text").clicked() {
                chosen = Some(command(Some(Furniture::Shown)));
            }
            if !is_aside && ui.button("Dim this as boilerplate").clicked() {
                chosen = Some(command(Some(Furniture::Hidden)));
            }
        });
        if is_aside {
            let mut is_asked = false;
            response.clone().on_hover_ui(|ui| {
                is_asked = hover::furniture_ui(ui, self.scene, self.document, paragraph);
            });
            if is_asked || response.double_clicked() {
                chosen = Some(command(Some(Furniture::Shown)));
            }
        }
        self.actions.extend(chosen);
    }

    /// Grounds, lines, letters and outlines of the marks in one galley.
    fn marks_ui(&mut self, ui: &mut Ui, range: ByteRange, galley: &egui::Galley, origin: Pos2) {
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
        for (mark, pin) in found {
            let Some(part) = mark.range.intersection(range) else { continue };
            let local = ByteRange::new(part.start - range.start, part.end - range.start);
            let rows = article::placed(article::row_rects(galley, text, local), origin);
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
                    let stroke = Stroke::new(1.5, self.scene.theme.ink);
                    ui.painter().rect_stroke(article::mark_rect(row), 2.0, stroke, egui::StrokeKind::Outside);
                }
            }
            if let Some(pin) = pin.filter(|_| part.start == mark.range.start) {
                let n_before = n_letters_at.iter().filter(|y| **y == first.center().y).count();
                n_letters_at.push(first.center().y);
                let center = pos2(origin.x - space::GUTTER_LEFT + 13.0 - 12.0 * n_before as f32, first.center().y);
                chip::letter(ui.painter(), self.scene.theme, center, pin, look.is_faded, 13.0);
            }
            self.mark_interact(ui, &mark, passage, &rows);
        }
    }

    fn mark_interact(&mut self, ui: &mut Ui, mark: &Mark, passage: Passage, rows: &[Rect]) {
        for (row_idx, &row) in rows.iter().enumerate() {
            let id = Id::unique(("mark", passage, mark.phrase, row_idx));
            let response = ui.interact(article::mark_rect(row).intersect(ui.clip_rect()), id, Sense::click());
            if row_idx == 0 {
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, self.mark_name(mark)));
            }
            if response.contains_pointer() && !self.is_selecting {
                self.hovered = Some(mark.phrase);
            }
            if response.has_focus() {
                let stroke = Stroke::new(2.0, self.scene.theme.accent);
                ui.painter().rect_stroke(article::mark_rect(row).expand(1.0), 2.0, stroke, egui::StrokeKind::Outside);
            }
            let scene = self.scene;
            let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
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

    /// The words that the date rests on, while its card is open.
    fn lit_ui(&self, ui: &Ui, range: ByteRange, galley: &egui::Galley, origin: Pos2) {
        if let Some(hovered) = self.lit_evidence {
            date_card::lit_ui(ui, self.scene, self.document, range, galley, origin, hovered);
        }
    }

    /// Returns the piece of evidence under the pointer in the card of the date; and, was the headline pressed on?
    fn head_ui(
        &mut self,
        ui: &mut Ui,
        area: Rect,
        column: Rect,
        flow: &Flow,
        view_top: f32,
        gesture: &Gesture,
    ) -> (Option<usize>, bool) {
        let theme = self.scene.theme;
        ui.painter().rect_filled(area.with_max_y(area.bottom() - 1.0), 0.0, theme.paper);
        ui.painter().hline(area.x_range(), area.bottom() - 0.5, theme.hairline());
        let left = area.left() + space::GUTTER_LEFT;
        let right = area.right() - space::GUTTER_RIGHT;
        let line = Rect::from_min_max(pos2(left, area.top() + 12.0), pos2(right, area.top() + 30.0));
        let counter_left = self.above_ui(ui, flow, view_top, line);
        let chip_rect = Rect::from_min_max(line.min, pos2(counter_left, line.bottom()));
        let evidence = chip::date_ui(ui, self.scene, self.document, chip_rect, column, self.actions);
        let outlet_rect = line.translate(vec2(0.0, 18.0));
        let (outlet_rect, more_rect) = outlet_rect.split_left_right_at_x(right - 24.0);
        chip::outlet_ui(ui, self.scene, self.document, outlet_rect, self.actions);
        self.more_ui(ui, more_rect, column);
        let galley = headline(ui, self.scene, self.document, area.width());
        let origin = pos2(left, area.top() + HEAD_TOP);
        let rect = Rect::from_min_size(origin, galley.size());
        // Before the marks, which can be clicked.
        let response = ui.interact(rect, Id::unique(("headline", self.document.id)), Sense::click_and_drag());
        let name = galley.job.text.clone();
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
        if let Some(range) = headline_range(self.document) {
            if self.has_marks {
                self.marks_ui(ui, range, &galley, origin);
            }
            self.lit_ui(ui, range, &galley, origin);
            // The head is no place for the bar, so its rows count only where the body has none.
            let in_body = self.selected_rows.take();
            self.selected_ui(ui, range, &galley, origin);
            self.selected_rows = in_body.or(self.selected_rows);
        }
        response.context_menu(|ui| self.menu_ui(ui));
        let is_pressed = gesture::is_pressed_on(ui, &response, gesture);
        let selected = headline_range(self.document).and_then(|range| self.selected_chars(range));
        text_ui(ui, &response, origin, galley, theme.ink, None, selected);
        (evidence, is_pressed)
    }

    /// Three dots that open the menu of the article; seen while the pointer is over its column, or the focus on them.
    fn more_ui(&mut self, ui: &mut Ui, rect: Rect, column: Rect) {
        let rect = Rect::from_center_size(rect.center(), vec2(24.0, 18.0));
        let response = ui.interact(rect, Id::unique(("article menu", self.document.id)), Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("More on {}", self.document.source.short_label()))
        });
        let menu = egui::Popup::menu(&response);
        if menu.is_open() || response.has_focus() || ui.rect_contains_pointer(column) {
            let color = if response.hovered() { self.scene.theme.ink } else { self.scene.theme.dim };
            for dx in [-5.0, 0.0, 5.0] {
                ui.painter().circle_filled(rect.center() + vec2(dx, 0.0), 1.4, color);
            }
        }
        super::widgets::focus_ring(ui.painter(), self.scene.theme, &response);
        menu.show(|ui| self.menu_ui(ui));
    }

    /// What can be done with an article as a whole.
    fn menu_ui(&mut self, ui: &mut Ui) {
        let document = self.document;
        let keys = Action::Inspect(None).keys();
        if ui.add(egui::Button::new("How this article was read").shortcut_text(keys)).clicked() {
            self.actions.push(Action::Inspect(Some(document.id)));
        }
        if ui.button("Copy the headline").clicked() {
            self.actions.push(Action::CopyText(document.title.clone().unwrap_or_default()));
        }
        if ui.button("Close this article").clicked() {
            self.actions.push(Action::Change(Command::RemoveDocuments(vec![document.id])));
        }
    }

    /// How many occurrences of the family in focus stand above what is in view. Returns the left edge of the counter.
    fn above_ui(&mut self, ui: &mut Ui, flow: &Flow, view_top: f32, line: Rect) -> f32 {
        let Some(focus) = self.focus.filter(|_| view_top > 1.0) else { return line.right() };
        let first_seen = flow.paragraph(flow.visible(view_top, view_top + 1.0).start);
        let Some(offset) = first_seen.map(|(paragraph, _)| paragraph.range.start) else { return line.right() };
        let above: Vec<_> = self.marks_of(focus).filter(|mark| mark.range.end <= offset).copied().collect();
        let Some(last) = above.last() else { return line.right() };
        let width = 46.0;
        let rect = Rect::from_min_max(pos2(line.right() - width, line.top()), line.max);
        self.counter_ui(ui, rect, focus, &above.len().to_string(), Some(true), last.range);
        rect.left()
    }

    fn marks_of(&self, phrase: PhraseId) -> impl Iterator<Item = &Mark> {
        self.scene.marks.of(self.document.id).iter().filter(move |mark| mark.phrase == phrase)
    }

    /// What stands below: the family in focus first, else all pins; on the right the number of words.
    fn foot_ui(&mut self, ui: &mut Ui, area: Rect, flow: &Flow, view_bottom: f32) {
        let theme = self.scene.theme;
        ui.painter().rect_filled(area, 0.0, theme.paper);
        ui.painter().hline(area.x_range(), area.top(), theme.hairline());
        let n_words = flow.n_words();
        let right = pos2(area.right() - space::GUTTER_RIGHT, area.center().y);
        ui.painter().text(right, Align2::RIGHT_CENTER, format!("{n_words} words"), theme::sans(11.5), theme.dim);
        let last = flow.visible(view_bottom - 12.0, view_bottom).end;
        let offset = flow.paragraph(last).map_or(usize::MAX, |(paragraph, _)| paragraph.range.start);
        let pins = self.scene.project.decisions().pins;
        let mut shown: Vec<PhraseId> = self.selection.phrase.into_iter().collect();
        shown.extend(pins.into_iter().flatten().filter(|phrase| self.selection.phrase != Some(*phrase)));
        let mut left = area.left() + space::GUTTER_LEFT;
        for phrase in shown {
            let is_here = self.marks_of(phrase).next().is_some();
            let below: Vec<_> = self.marks_of(phrase).filter(|mark| mark.range.start >= offset).copied().collect();
            let is_focus = self.selection.phrase == Some(phrase);
            let words = match (below.len(), is_focus) {
                (0, true) if !is_here => "not here".to_owned(),
                (0, _) => continue,
                (n_below, true) => format!("{n_below} below"),
                (n_below, false) => n_below.to_string(),
            };
            if left + 90.0 > right.x - 70.0 {
                break;
            }
            let width = if is_focus { 74.0 } else { 42.0 };
            let rect = Rect::from_min_size(pos2(left, area.top() + 6.0), vec2(width, 18.0));
            let target = below.first().map(|mark| mark.range);
            self.counter_ui(ui, rect, phrase, &words, target.map(|_| false), target.unwrap_or_default());
            left += width;
        }
    }

    /// Letter, arrow and count; a click goes there.
    fn counter_ui(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        phrase: PhraseId,
        words: &str,
        is_up: Option<bool>,
        target: ByteRange,
    ) {
        let theme = self.scene.theme;
        let mut x = rect.left();
        match marks::pin_of(self.scene.project, phrase) {
            Some(pin) => chip::letter(ui.painter(), theme, pos2(x + 6.5, rect.center().y), pin, false, 13.0),
            None => {
                ui.painter().circle_filled(pos2(x + 6.5, rect.center().y), 4.0, theme.shared_line);
            }
        }
        x += 18.0;
        if let Some(is_up) = is_up {
            chip::arrow(ui.painter(), pos2(x + 4.0, rect.center().y), is_up, theme.ink2);
            x += 12.0;
        }
        ui.painter().text(pos2(x, rect.center().y), Align2::LEFT_CENTER, words, theme::sans(11.5), theme.ink2);
        if is_up.is_none() {
            return;
        }
        let id = Id::unique(("counter", self.document.id, phrase, is_up));
        let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
        let place = if is_up == Some(true) { "above" } else { "below" };
        let name =
            format!("{words} {place}: {}", self.scene.analysis.phrase(phrase).map_or("", |it| it.label.as_str()));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if response.clicked() {
            let passage = Passage { document: self.document.id, range: target };
            self.actions.push(Action::SelectOccurrence(phrase, passage));
        }
    }
}

/// Draws a text whose words can be selected, in `color` where that is another than its own; and tells a screen reader its
/// rows and what is selected of it.
fn text_ui(
    ui: &Ui,
    response: &egui::Response,
    origin: Pos2,
    galley: Arc<egui::Galley>,
    ink: Color32,
    color: Option<Color32>,
    selected: Option<CCursorRange>,
) {
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
    }
    let place = TSTransform::from_translation(origin.to_vec2());
    update_accesskit_for_text_widget(ui.ctx(), response.id, selected, place, &galley);
    match color {
        Some(color) => ui.painter().galley_with_override_text_color(origin, galley, color),
        None => ui.painter().galley(origin, galley, ink),
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
            Look { ground: Some(ground), line, stroke: Stroke::new(1.5, pin.underline), is_faded }
        }
        // Families without a letter keep only their line while another is in focus.
        None => {
            let ground = (!is_faded).then(|| theme.shared(mark.n_documents));
            Look { ground, line, stroke: Stroke::new(1.0, theme.shared_line), is_faded }
        }
    }
}
