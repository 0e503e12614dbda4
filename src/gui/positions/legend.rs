//! What the marks mean, one line under the chart; only what the chart shows is explained.

use egui::{Align2, Pos2, Rect, Sense, Ui, Vec2};

use super::board::Board;
use super::marks::{MarkLine, MarkLook, paint_mark, paint_unseen};
use crate::codebook::Direction;
use crate::gui::Scene;
use crate::gui::theme::{self, size};
use crate::gui::widgets::text_at;

/// Height of one line of the legend.
pub const LINE: f32 = 38.0;
/// Left margin, and the gap between groups.
const MARGIN: f32 = 24.0;

/// Below this width the gaps are smaller.
const NARROW: f32 = 1100.0;

/// One entry: a caption, or a mark with its word.
enum Entry {
    Caption(&'static str),
    Mark(MarkLook, f32, String),
    Unseen,
}

/// Height the legend needs in `width` points.
pub fn legend_height(ui: &Ui, board: &Board, width: f32) -> f32 {
    let entries = entries(board);
    let widths = widths(ui, &entries, width);
    LINE + (lines(&widths, width).len().max(1) - 1) as f32 * (LINE - 16.0)
}

/// Draws the legend into `rect`.
pub fn legend_ui(ui: &mut Ui, scene: &Scene, board: &Board, rect: Rect) {
    let theme = scene.theme;
    ui.painter().rect_filled(rect, 0.0, theme.chrome);
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.top()), theme.hairline());
    let entries = entries(board);
    let widths = widths(ui, &entries, rect.width());
    let mut idx = 0;
    for (line_idx, n_entries) in lines(&widths, rect.width()).into_iter().enumerate() {
        let y = rect.top() + LINE / 2.0 + line_idx as f32 * (LINE - 16.0);
        let mut x = rect.left() + MARGIN;
        for _ in 0..n_entries {
            paint_entry(ui, scene, &entries[idx], Pos2::new(x, y));
            x += widths[idx];
            idx += 1;
        }
    }
    let name = "Legend: the radius of a mark is its force, its sign the direction; a disc is quoted, a ring reported, \
                a dashed ring not official, a small grey ring not observed";
    let response = ui.interact(rect, ui.scope_id().with("legend"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, name));
}

fn paint_entry(ui: &Ui, scene: &Scene, entry: &Entry, at: Pos2) {
    let painter = ui.painter();
    let theme = scene.theme;
    let small = theme::sans(size::SMALL);
    match entry {
        Entry::Caption(text) => {
            text_at(painter, at, Align2::LEFT_CENTER, text, theme::sans_bold(size::SMALL), theme.ink);
        }
        Entry::Mark(look, scale, text) => {
            let radius = look.radius(*scale);
            paint_mark(painter, theme, at + Vec2::new(radius, 0.0), *scale, *look);
            let at = at + Vec2::new(2.0 * radius + 5.0, 0.0);
            text_at(painter, at, Align2::LEFT_CENTER, text, small, theme.ink2);
        }
        Entry::Unseen => {
            paint_unseen(painter, theme, at + Vec2::new(3.0, 0.0), 0.9);
            text_at(painter, at + Vec2::new(12.0, 0.0), Align2::LEFT_CENTER, "not observed", small, theme.ink2);
        }
    }
}

/// Width of each entry with the gap after it; a narrow window gets smaller gaps.
fn widths(ui: &Ui, entries: &[Entry], width: f32) -> Vec<f32> {
    let is_narrow = width < NARROW;
    let (entry_gap, group_gap) = if is_narrow { (9.0, 15.0) } else { (14.0, MARGIN) };
    let painter = ui.painter();
    let small = |text: &str| crate::gui::widgets::text_width(painter, text, theme::sans(size::SMALL));
    let width = |(idx, entry): (usize, &Entry)| {
        let is_last_of_group = matches!(entries.get(idx + 1), Some(Entry::Caption(_)));
        let gap = if is_last_of_group { group_gap } else { entry_gap };
        gap + match entry {
            Entry::Caption(text) => crate::gui::widgets::text_width(painter, text, theme::sans_bold(size::SMALL)) - 4.0,
            Entry::Mark(look, scale, text) => 2.0 * look.radius(*scale) + 5.0 + small(text),
            Entry::Unseen => 12.0 + small("not observed"),
        }
    };
    entries.iter().enumerate().map(width).collect()
}

/// How many entries stand on each line.
fn lines(widths: &[f32], width: f32) -> Vec<usize> {
    let mut lines: Vec<usize> = Vec::new();
    let mut x = f32::INFINITY;
    for entry in widths {
        if x + entry > width - MARGIN {
            lines.push(0);
            x = MARGIN;
        }
        x += entry;
        if let Some(line) = lines.last_mut() {
            *line += 1;
        }
    }
    lines
}

fn entries(board: &Board) -> Vec<Entry> {
    let looks = &board.looks;
    let plain = MarkLook { force: 3, direction: None, line: MarkLine::Quoted };
    let max_force = looks.iter().map(|look| look.force).max().unwrap_or(0);
    let mut entries = vec![Entry::Caption("Force")];
    for force in 1..=max_force.max(1) {
        entries.push(Entry::Mark(MarkLook { force, ..plain }, 0.82, force.to_string()));
    }
    let all = [Direction::Ease, Direction::Maintain, Direction::Increase, Direction::Support, Direction::Oppose];
    let shown = |direction: &Direction| looks.iter().any(|look| look.direction == Some(*direction));
    let directions: Vec<Direction> = all.into_iter().filter(shown).collect();
    if !directions.is_empty() {
        entries.push(Entry::Caption("Direction"));
        let sign = |direction| {
            Entry::Mark(MarkLook { direction: Some(direction), ..plain }, 0.82, direction.words().to_owned())
        };
        entries.extend(directions.into_iter().map(sign));
    }
    entries.push(Entry::Caption("Source"));
    let lines =
        [(MarkLine::Quoted, "quoted"), (MarkLine::Reported, "reported"), (MarkLine::NotOfficial, "not official")];
    for (line, word) in lines {
        if line != MarkLine::NotOfficial || looks.iter().any(|look| look.line == line) {
            entries.push(Entry::Mark(MarkLook { line, force: 2, direction: None }, 0.82, word.to_owned()));
        }
    }
    entries.push(Entry::Unseen);
    entries
}
