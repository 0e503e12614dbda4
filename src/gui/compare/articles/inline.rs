//! Two versions of an article as one text: what went and what came stand in the flow, a paragraph after the other.

use std::sync::Arc;

use egui::{Align2, Id, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::folding::{FOLD, Folding, GAP, Item};
use super::job::Compared;
use super::rows::{Row, RowKind};
use crate::analysis::reuse::OccurrenceKind;
use crate::gui::Scene;
use crate::gui::diff_text::Mark;
use crate::gui::diff_text::paint::{self, MoveLook, Style, layout};
use crate::gui::theme::{self, shape, size};
use crate::gui::widgets::{focus_ring, text_at};

/// The text is never set wider.
const MEASURE: f32 = 660.0;
/// Room left of it for what became of a paragraph.
const GUTTER: f32 = 132.0;
/// Below this width there is no such room, and a bar must do.
const NARROW: f32 = 760.0;
/// Type and line height; lines have room for boxes.
const TYPE: (f32, f32) = (16.0, 28.0);
const HEADLINE: (f32, f32) = (22.0, 36.0);
const TOP: f32 = 20.0;
const LEGEND: f32 = 40.0;
const BOTTOM: f32 = 40.0;

/// Names of the two sides in "only in …".
pub struct Names {
    pub left: String,
    pub right: String,
}

/// Draws the inline text into `area`.
pub fn inline_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    compared: &Arc<Compared>,
    folding: &mut Folding,
    names: &Names,
    area: Rect,
) {
    let is_narrow = area.width() < NARROW;
    let gutter = if is_narrow { 24.0 } else { GUTTER };
    let room = area.width() - gutter - 32.0;
    let width = room.min(MEASURE);
    // The text stands in the middle of the view; its gutter hangs out to the left.
    let centered = area.center().x - width / 2.0;
    let left = centered.max(area.left() + gutter).round();
    folding.follow(compared, width);
    let mut scroll_area = ScrollArea::vertical().id_salt(("inline", compared.key.pair)).auto_shrink(false);
    if let Some(row) = folding.go_to.take()
        && let Some(top) = folding.top_of(row)
    {
        scroll_area = scroll_area.vertical_scroll_offset((top + TOP + LEGEND - area.height() / 3.0).max(0.0));
    }
    let mut child = ui.new_child(UiBuilder::new().max_rect(area).id_salt("inline text"));
    child.set_clip_rect(area.intersect(ui.clip_rect()));
    let step = step_asked(ui);
    let mut asked = None;
    let output = scroll_area.show_viewport(&mut child, |ui, viewport| {
        let head = TOP + LEGEND;
        let view = Inline { scene, compared, names, width, is_narrow };
        let mut origin = pos2(left, ui.min_rect().top() + head);
        if viewport.top() < head {
            view.legend_ui(ui, pos2(left, origin.y - LEGEND));
        }
        let (top, bottom) = (viewport.top() - head, viewport.bottom() - head);
        let mut idx = folding.visible(top, bottom).start;
        while let Some((item, y)) = folding.item(idx).filter(|(_, y)| *y < bottom) {
            let height = match item {
                Item::Fold(fold, n_rows) => view.fold_ui(ui, fold, n_rows, origin + vec2(0.0, y), &mut asked),
                Item::Row(row) => view.row_ui(ui, row, origin + vec2(0.0, y), &mut asked),
            };
            let grown = folding.measured(idx, height);
            // What begins above the view grows upward, so that the reader's line stays.
            if y < top && grown != 0.0 {
                origin.y -= grown;
                ui.ctx().request_repaint();
            }
            idx += 1;
        }
        ui.set_width(area.width());
        ui.set_height(head + folding.height() + BOTTOM);
    });
    match asked {
        Some(Asked::Open(fold)) => folding.open(fold),
        Some(Asked::GoTo(row)) => folding.go_to(row),
        None => {}
    }
    if let Some(row) = step.and_then(|step| {
        let eye = output.state.clamped_offset().y + area.height() / 3.0 - TOP - LEGEND;
        folding.next_change(eye, step)
    }) {
        folding.go_to(row);
        ui.ctx().request_repaint();
    }
}

/// The keys that go to the next or the previous change.
fn step_asked(ui: &Ui) -> Option<isize> {
    use egui::Key;
    if ui.ctx().text_edit_focused() {
        return None;
    }
    let is_pressed = |key: Key| ui.input(|input| input.key_pressed(key) && !input.modifiers.command);
    if is_pressed(Key::N) || is_pressed(Key::CloseBracket) {
        return Some(1);
    }
    (is_pressed(Key::P) || is_pressed(Key::OpenBracket)).then_some(-1)
}

/// What was clicked.
enum Asked {
    Open(usize),
    GoTo(usize),
}

struct Inline<'a> {
    scene: &'a Scene<'a>,
    compared: &'a Compared,
    names: &'a Names,
    width: f32,
    is_narrow: bool,
}

impl Inline<'_> {
    fn style(&self) -> Style {
        Style { size: TYPE, ground: self.scene.theme.paper, is_reported: false }
    }

    fn looks(&self) -> [MoveLook; 1] {
        let theme = self.scene.theme;
        [MoveLook { tint: theme.sel, line: theme.accent, kind: OccurrenceKind::Verbatim }]
    }

    /// A paragraph. Returns its height.
    fn row_ui(&self, ui: &Ui, idx: usize, origin: Pos2, asked: &mut Option<Asked>) -> f32 {
        let Some(row) = self.compared.rows.get(idx) else { return 0.0 };
        if let RowKind::Away { row: to } = row.kind {
            return self.away_ui(ui, idx, row, to, origin, asked);
        }
        let theme = self.scene.theme;
        // Kept words need no line here: what is not boxed was kept.
        let runs: Vec<_> = row.runs.iter().cloned().map(without_kept).collect();
        let style = if row.is_headline { Style { size: HEADLINE, ..self.style() } } else { self.style() };
        let words = layout(ui.painter(), theme, &runs, style, self.width);
        let rect = Rect::from_min_size(origin, words.size());
        if row.kind == RowKind::Moved {
            let ground = Rect::from_min_size(origin, vec2(self.width, rect.height())).expand2(vec2(8.0, 2.0));
            ui.painter().rect_filled(ground, shape::MARK_RADIUS, theme.sel);
        }
        match row.kind {
            RowKind::Gone => {
                ui.painter().galley_with_override_text_color(origin, Arc::clone(&words.galley), theme.ink2);
            }
            _ => words.paint(ui.painter(), theme, origin, &self.looks()),
        }
        self.note(ui, row.kind, rect);
        let id = Id::unique(("inline paragraph", self.compared.key.pair, idx));
        let response = ui.interact(rect, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.told(row)));
        rect.height() + GAP
    }

    /// A bar and a word in the gutter on a paragraph that only one side has, or that moved.
    fn note(&self, ui: &Ui, kind: RowKind, rect: Rect) {
        let theme = self.scene.theme;
        let (words, color) = match kind {
            RowKind::Gone => (format!("only {}", self.names.left), theme.rule2),
            RowKind::Added => (format!("only {}", self.names.right), theme.accent),
            RowKind::Moved => ("moved here".to_owned(), theme.accent),
            RowKind::Same | RowKind::Changed | RowKind::Away { .. } => return,
        };
        if kind != RowKind::Moved {
            let x = ui.painter().round_to_pixel_center(rect.left() - 11.0);
            let bar = rect.shrink2(vec2(0.0, 4.0)).y_range();
            ui.painter().vline(x, bar, Stroke::new(shape::STRONG_STROKE, color));
        }
        if !self.is_narrow {
            let at = pos2(rect.left() - 20.0, rect.top() + TYPE.1 / 2.0);
            text_at(ui.painter(), at, Align2::RIGHT_CENTER, &words, theme::sans(size::SMALL), theme.ink2);
        }
    }

    /// What a screen reader says of a paragraph.
    fn told(&self, row: &Row) -> String {
        let text: String = row
            .runs
            .iter()
            .map(|run| match run.mark {
                Mark::Gone => format!("[gone: {}]", run.text),
                Mark::Added => format!("[new: {}]", run.text),
                _ => run.text.clone(),
            })
            .collect();
        match row.kind {
            RowKind::Gone => format!("Only {}: {text}", self.names.left),
            RowKind::Added => format!("Only {}: {text}", self.names.right),
            RowKind::Moved => format!("Moved here: {text}"),
            RowKind::Same | RowKind::Changed | RowKind::Away { .. } => text,
        }
    }

    /// The place that a paragraph moved from.
    fn away_ui(&self, ui: &Ui, idx: usize, row: &Row, to: usize, origin: Pos2, asked: &mut Option<Asked>) -> f32 {
        let words: String = row.runs.iter().map(|run| run.text.as_str()).collect();
        let place = if to > idx { "below" } else { "above" };
        let says = format!("moved, see {place}: “{words}”");
        let id = Id::unique(("moved away", self.compared.key.pair, idx));
        if self.line_ui(ui, id, &says, origin).clicked() {
            *asked = Some(Asked::GoTo(to));
        }
        FOLD
    }

    /// The line that stands for unchanged paragraphs; a click opens them.
    fn fold_ui(&self, ui: &Ui, fold: usize, n_rows: usize, origin: Pos2, asked: &mut Option<Asked>) -> f32 {
        let noun = if n_rows == 1 { "paragraph" } else { "paragraphs" };
        let id = Id::unique(("fold", self.compared.key.pair, fold));
        if self.line_ui(ui, id, &format!("{n_rows} {noun} unchanged"), origin).clicked() {
            *asked = Some(Asked::Open(fold));
        }
        FOLD
    }

    /// Small words between two hairlines that can be clicked.
    fn line_ui(&self, ui: &Ui, id: Id, says: &str, origin: Pos2) -> egui::Response {
        let theme = self.scene.theme;
        let rect = Rect::from_min_size(origin, vec2(self.width, FOLD - GAP));
        let sense = if self.scene.is_page { Sense::hover() } else { Sense::click() };
        let response = ui.interact(rect, id, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, says));
        let color = if response.hovered() && !self.scene.is_page { theme.accent } else { theme.ink2 };
        let mut job = egui::text::LayoutJob::simple_singleline(says.to_owned(), theme::sans(size::DATE), color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(self.width - 24.0);
        let galley = ui.painter().layout_job(job);
        let at = rect.center() - galley.size() / 2.0;
        let y = ui.painter().round_to_pixel_center(rect.center().y);
        ui.painter().hline(rect.left()..=at.x - 12.0, y, theme.hairline());
        ui.painter().hline(at.x + galley.size().x + 12.0..=rect.right(), y, theme.hairline());
        ui.painter().galley(at, galley, color);
        focus_ring(ui.painter(), theme, &response);
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }

    /// What the boxes mean.
    fn legend_ui(&self, ui: &Ui, at: Pos2) {
        let entries =
            [(Mark::Gone, format!("only {}", self.names.left)), (Mark::Added, format!("only {}", self.names.right))];
        let style = Style { size: (size::UI, 20.0), ..self.style() };
        let mut x = at.x + 3.0;
        for (mark, text) in entries {
            let words = paint::legend(ui.painter(), self.scene.theme, &text, mark, style);
            words.paint(ui.painter(), self.scene.theme, pos2(x, at.y), &[]);
            x += words.size().x + 24.0;
        }
        let rect = Rect::from_min_max(at, pos2(x, at.y + 20.0));
        let response = ui.interact(rect, Id::unique("inline legend"), Sense::hover());
        let name = format!("Legend: boxed words stand only {} or only {}", self.names.left, self.names.right);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    }
}

fn without_kept(mut run: crate::gui::diff_text::Run) -> crate::gui::diff_text::Run {
    if run.mark == Mark::Kept {
        run.mark = Mark::Plain;
    }
    run
}
