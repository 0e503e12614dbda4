//! The minimap: a row an article in true proportion, furniture shaded, marks at their places, a frame for what is in
//! view. A click jumps.

use egui::{Align2, Color32, Id, Mesh, Rangef, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::action::Action;
use super::marks::Mark;
use super::state::{ReadingState, Selection};
use super::theme::space;
use super::{Scene, article, theme};
use crate::document::{Document, Passage};
use crate::report::dates;
use crate::text::ByteRange;

/// Left edge of the bars; the dates stand before it.
const LABELS: f32 = 118.0;

/// Height for `n_documents` rows, at most ten; more scroll.
pub fn height(n_documents: usize) -> f32 {
    n_documents.min(10) as f32 * space::MINIMAP_ROW + space::MINIMAP_PAD
}

/// Where a byte of a text stands on its bar, in 0.0..=1.0 of the longest text.
fn place(offset: usize, longest: usize) -> f32 {
    offset as f32 / longest.max(1) as f32
}

pub fn minimap_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReadingState,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let area = ui.max_rect();
    ui.painter().rect_filled(area, 0.0, theme.chrome);
    ui.painter().hline(area.x_range(), area.top(), theme.hairline());
    let documents = state.shown.documents(scene.corpus);
    let longest = documents.iter().map(|document| document.text.len()).max().unwrap_or(1);
    let inner = area.shrink2(vec2(0.0, space::MINIMAP_PAD / 2.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("rows"));
    child.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let scroll_area = egui::ScrollArea::vertical().auto_shrink(false);
    scroll_area.show_rows(&mut child, space::MINIMAP_ROW, documents.len(), |ui, rows| {
        for document_idx in rows {
            let Some(document) = documents.get(document_idx) else { continue };
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), space::MINIMAP_ROW), Sense::hover());
            let bars = Rect::from_min_max(
                pos2(rect.left() + LABELS, rect.top() + 3.0),
                pos2(rect.right() - 28.0, rect.bottom() - 3.0),
            );
            let is_open = state.open.contains(&document.id);
            label_ui(ui, scene, document, rect, is_open);
            row_ui(ui, scene, state, selection, document, bars, longest, is_open, actions);
        }
    });
}

fn label_ui(ui: &Ui, scene: &Scene<'_>, document: &Document, rect: Rect, is_open: bool) {
    let date = dates::label(&document.published);
    let words = format!("{}{}", if date.is_estimate { "est. " } else { "" }, date.day);
    let font = if is_open { theme::sans_medium(11.5) } else { theme::sans(11.5) };
    let color = if is_open { scene.theme.ink } else { scene.theme.ink2 };
    ui.painter().text(pos2(rect.left() + 14.0, rect.center().y), Align2::LEFT_CENTER, words, font, color);
}

#[expect(clippy::too_many_arguments, reason = "one call site; a struct would only rename the arguments")]
fn row_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReadingState,
    selection: &Selection,
    document: &Document,
    bars: Rect,
    longest: usize,
    is_open: bool,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let x_of = |offset: usize| egui::lerp(bars.x_range(), place(offset, longest));
    let bar = Rect::from_min_max(bars.min, pos2(x_of(document.text.len()), bars.bottom()));
    ui.painter().rect(bar, 2.0, theme.paper, Stroke::new(1.0, theme.rule), StrokeKind::Inside);
    let mut drawn_to = f32::NEG_INFINITY;
    for block in document.blocks.iter().filter(|block| article::is_aside(block.kind)) {
        let (left, right) = (x_of(block.range.start), x_of(block.range.end));
        // In a long text many blocks share a pixel; one of them is enough.
        if right > drawn_to + 0.5 {
            let rect = Rect::from_x_y_ranges(left..=right, bars.y_range().shrink(1.0));
            ui.painter().rect_filled(rect, 0.0, theme.shade);
            drawn_to = right;
        }
    }
    if state.has_marks {
        marks_ui(ui, scene, state, selection, document, bars, &x_of);
    }
    let response = ui.interact(bar, Id::unique(("minimap", document.id)), Sense::click());
    let name = format!("Map of {}", document.title.as_deref().unwrap_or(document.name()));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    super::widgets::focus_ring(ui.painter(), scene.theme, &response);
    if is_open {
        let (seen, whole) = state.view_heights.get(&document.id).copied().unwrap_or((1.0, 1.0));
        let scroll = state.scroll.get(&document.id).copied().unwrap_or_default();
        let share = |y: f32| bar.left() + bar.width() * (y / whole.max(1.0)).clamp(0.0, 1.0);
        let frame = Rect::from_x_y_ranges(share(scroll)..=share(scroll + seen), bar.y_range()).expand2(vec2(0.0, 1.5));
        ui.painter().rect_stroke(frame, 2.0, Stroke::new(1.5, theme.ink2), StrokeKind::Inside);
    }
    let response = response.on_hover_text(format!("{name}; a click goes there"));
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.clicked()) {
        let share = ((pointer.x - bar.left()) / bar.width().max(1.0)).clamp(0.0, 1.0);
        let offset = (share * document.text.len() as f32) as usize;
        let start =
            (0..=offset.min(document.text.len())).rev().find(|at| document.text.is_char_boundary(*at)).unwrap_or(0);
        actions.push(Action::Reveal(Passage { document: document.id, range: ByteRange::new(start, start) }));
    }
}

fn marks_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    state: &ReadingState,
    selection: &Selection,
    document: &Document,
    bars: Rect,
    x_of: &dyn Fn(usize) -> f32,
) {
    let theme = scene.theme;
    let focus = state.hovered.or(selection.phrase);
    let pins = &scene.project.decisions().pins;
    // What carries a letter is drawn over what does not, and the focus over all.
    let mut quiet = Strip::new(bars.y_range().shrink(2.5), theme.shared[2]);
    let mut lettered: Vec<(&Mark, usize)> = Vec::new();
    let mut focused: Vec<&Mark> = Vec::new();
    for mark in scene.marks.of(document.id) {
        let pin = pins.iter().position(|pin| *pin == Some(mark.phrase));
        match pin {
            _ if focus == Some(mark.phrase) => focused.push(mark),
            Some(pin) => lettered.push((mark, pin)),
            None => quiet.add(x_of(mark.range.start), x_of(mark.range.end)),
        }
    }
    quiet.paint(ui);
    for (mark, pin) in lettered {
        if let Some(pin) = theme.pins.get(pin) {
            let fill = if focus.is_some() { theme.paper } else { pin.tint };
            pin_ui(ui, (x_of(mark.range.start), x_of(mark.range.end)), bars.y_range().shrink(1.5), fill, pin.underline);
        }
    }
    for mark in focused {
        let (left, right) = (x_of(mark.range.start), x_of(mark.range.end));
        match pins.iter().position(|pin| *pin == Some(mark.phrase)).and_then(|pin| theme.pins.get(pin)) {
            Some(pin) => pin_ui(ui, (left, right), bars.y_range().expand(1.0), pin.tint, pin.underline),
            None => {
                let rect = Rect::from_x_y_ranges(left..=right.max(left + LEAST_MARK), bars.y_range().shrink(2.5));
                ui.painter().rect_filled(rect, 0.0, theme.shared_line);
            }
        }
    }
}

/// The least width of a mark on a bar, in points.
const LEAST_MARK: f32 = 4.0;

fn pin_ui(ui: &Ui, (left, right): (f32, f32), y_range: Rangef, fill: Color32, line: Color32) {
    let rect = Rect::from_x_y_ranges(left..=right.max(left + LEAST_MARK + 2.0), y_range);
    ui.painter().rect(rect, 1.0, fill, Stroke::new(1.0, line), StrokeKind::Inside);
}

/// Marks of one color on a bar. In a text with thousands of them many touch; those are drawn as one, and all together as
/// one mesh.
struct Strip {
    y_range: Rangef,
    color: Color32,
    mesh: Mesh,
    open: Option<(f32, f32)>,
}

impl Strip {
    fn new(y_range: Rangef, color: Color32) -> Self {
        Self { y_range, color, mesh: Mesh::default(), open: None }
    }

    /// Adds a mark; they come in order of their left edges.
    fn add(&mut self, left: f32, right: f32) {
        let right = right.max(left + LEAST_MARK);
        match &mut self.open {
            Some((_, end)) if left <= *end => *end = end.max(right),
            _ => {
                self.close();
                self.open = Some((left, right));
            }
        }
    }

    fn close(&mut self) {
        if let Some((left, right)) = self.open.take() {
            self.mesh.add_colored_rect(Rect::from_x_y_ranges(left..=right, self.y_range), self.color);
        }
    }

    fn paint(mut self, ui: &Ui) {
        self.close();
        if !self.mesh.is_empty() {
            ui.painter().add(self.mesh);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_touch_are_one() {
        let mut strip = Strip::new(Rangef::new(0.0, 4.0), Color32::WHITE);
        for (left, right) in [(0.0, 1.0), (3.0, 12.0), (5.0, 6.0), (30.0, 40.0)] {
            strip.add(left, right);
        }
        strip.close();
        let edges: Vec<f32> = strip.mesh.vertices.chunks(4).flat_map(|quad| [quad[0].pos.x, quad[3].pos.x]).collect();
        assert_eq!(edges, [0.0, 12.0, 30.0, 40.0]);
    }

    #[test]
    fn places_are_in_proportion_to_the_longest_text() {
        assert_eq!(place(0, 400), 0.0);
        assert_eq!(place(100, 400), 0.25);
        assert_eq!(place(0, 0), 0.0);
        assert!(height(5) < height(10));
        assert_eq!(height(10), height(10_000));
    }
}
