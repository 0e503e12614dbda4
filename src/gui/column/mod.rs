//! One article as a column of Read: `head` with date, outlet and headline, scrolling text with what is `marked`,
//! `foot` with counts.

mod foot;
mod head;
mod marked;

use std::sync::Arc;

use egui::emath::TSTransform;
use egui::text::{CCursor, CharIndex, LayoutJob};
use egui::text_selection::CCursorRange;
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::{Color32, Id, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

use super::action::Action;
use super::article::{self, Flow, FlowKey};
use super::settings::Face;
use super::state::{ReadingState, Selection};
use super::theme::{size, space};
use super::words::gesture;
use super::words::pointer::{Part, Text};
use super::words::{bar, one_line, paint};
use super::{Scene, date_card, hover, theme};
use crate::analysis::PhraseId;
use crate::document::{BlockKind, Document};
use crate::project::{Command, Furniture};
use crate::text::ByteRange;

/// Height of date and outlet above the headline.
pub const HEAD_TOP: f32 = 52.0;

/// Air under the headline.
const HEAD_BOTTOM: f32 = 14.0;

/// Height of a head whose headline has one line.
pub const LEAST_HEAD: f32 = HEAD_TOP + 21.0 + HEAD_BOTTOM;

/// The height that the head of an article needs in a column of `width` points. The tallest one decides for all, so that
/// first lines align over the columns.
pub fn head_height(ui: &Ui, scene: &Scene<'_>, document: &Document, width: f32) -> f32 {
    HEAD_TOP + headline(ui, scene, document, width).rect.height() + HEAD_BOTTOM
}

/// The headline as it is laid out in a column of `width` points.
pub fn headline(ui: &Ui, scene: &Scene<'_>, document: &Document, width: f32) -> Arc<egui::Galley> {
    let title = headline_range(document).map(|range| range.of(&document.text));
    let title = title.or(document.title.as_deref()).unwrap_or(document.name());
    let (size, line_height) = scene.reading.scaled(size::HEADLINE);
    let font = if scene.reading.face == Face::Sans { theme::sans_bold(size) } else { theme::serif_bold(size) };
    let format = theme::format(font, line_height, scene.theme.ink);
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
        reading: scene.reading,
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
        is_arranged: state.shown.is_arranged(),
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
        let idx = flow.idx_at(passage.range.start);
        flow.measure_around(ui, pane.document, pane.scene.theme, idx, area.height());
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
                pane.paragraph_ui(ui, paragraph, origin + vec2(0.0, y), &flow.key());
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
    /// Did the reader move columns or give some another width?
    is_arranged: bool,
    /// The family found under the pointer in this frame.
    hovered: Option<PhraseId>,
    actions: &'b mut Vec<Action>,
}

impl Pane<'_, '_> {
    /// The height at which a range stands in the flow.
    fn top_of(&self, ui: &Ui, flow: &Flow, range: ByteRange) -> Option<f32> {
        let (paragraph, top) = flow.paragraph(flow.idx_at(range.start))?;
        let galley = article::layout(ui, self.document, paragraph, self.scene.theme, &flow.key());
        let text = paragraph.range.of(&self.document.text);
        let start = range.start.saturating_sub(paragraph.range.start);
        let row = article::row_rects(&galley, text, ByteRange::new(start, start + 1)).first().map_or(0.0, Rect::top);
        Some(top + row)
    }

    fn paragraph_ui(&mut self, ui: &mut Ui, paragraph: &article::Paragraph, origin: Pos2, key: &FlowKey) {
        let theme = self.scene.theme;
        let galley = article::layout(ui, self.document, paragraph, theme, key);
        let rect = Rect::from_min_size(origin, vec2(key.width_points, galley.rect.height()));
        let response = ui.interact(rect, Id::unique(("paragraph", self.document.id, paragraph.range)), Sense::CLICK);
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

    /// The words that the date rests on, while its card is open.
    fn lit_ui(&self, ui: &Ui, range: ByteRange, galley: &egui::Galley, origin: Pos2) {
        if let Some(hovered) = self.lit_evidence {
            date_card::lit_ui(ui, self.scene, self.document, range, galley, origin, hovered);
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
