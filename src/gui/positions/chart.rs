//! The chart: themes down, true time across, each statement a mark, each change a connector.

use egui::accesskit::Role;
use egui::{Align2, Pos2, Rangef, Rect, Sense, Stroke, Ui, Vec2, WidgetInfo};

use rustc_hash::FxHashMap;

use super::axis::axis_ui;
use super::board::{Board, Cell, Row};
use super::marks::{MarkLook, pack, paint_halo, paint_mark, paint_unseen};
use super::plot::{MARGIN, MARK_GAP, Plot, name_width};
use super::spoken;
use crate::analysis::shifts::ShiftLabel;
use crate::analysis::statements::Statement;
use crate::document::Passage;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::changes::{Change, quotation_label};
use crate::gui::diff_text::paint::{Style, layout};
use crate::gui::diff_text::{clip, quoted, runs};
use crate::gui::said::statement_day;
use crate::gui::theme::{self, shape, size};
use crate::gui::widgets::{focus_ring, label_ui, number_tag_rect, paint_number_tag, text_at, text_width};

/// Width of the card that shows a mark's words.
const HOVER_WIDTH: f32 = 340.0;
/// Room that a ring of a date in between takes on a connector.
const RING: f32 = 7.0;
/// Rings closer than this would run together.
const MIN_RING_STEP: f32 = 6.0;

/// Draws the chart of `board` into `plot`; clicks on marks and connectors become actions.
pub fn chart_ui(
    ui: &mut Ui,
    scene: &Scene,
    (board, changes): (&Board, &[Change]),
    plot: &Plot,
    current: Option<Change>,
    actions: &mut Vec<Action>,
) {
    let bottom = plot.bottom(board.rows.len());
    axis_ui(ui, scene, board, plot, bottom);
    paint_grid(ui, scene, board, plot, bottom);
    let frame = Frame { scene, board, changes, plot, current };
    let mut by_theme: FxHashMap<&str, Vec<&Change>> = FxHashMap::default();
    for change in changes {
        by_theme.entry(change.shift.theme.as_str()).or_default().push(change);
    }
    for (row_idx, row) in board.rows.iter().enumerate() {
        let places: Vec<Places> = row.cells.iter().enumerate().map(|(idx, cell)| Places::of(plot, cell, idx)).collect();
        // Connectors first: marks and rings lie over their lines.
        for change in by_theme.get(row.theme.as_str()).into_iter().flatten() {
            frame.connector_ui(ui, (row_idx, &places), change, actions);
        }
        frame.row_marks_ui(ui, (row_idx, row), &places, actions);
    }
}

/// What the parts of one frame share.
#[derive(Clone, Copy)]
struct Frame<'a> {
    scene: &'a Scene<'a>,
    board: &'a Board,
    changes: &'a [Change<'a>],
    plot: &'a Plot,
    current: Option<Change<'a>>,
}

/// Where the marks of one cell stand.
struct Places {
    centers: Vec<f32>,
    /// Left and right end of all of them.
    span: Rangef,
}

impl Places {
    fn of(plot: &Plot, cell: &Cell, column_idx: usize) -> Self {
        let x = plot.xs[column_idx];
        // Where days stand closer than marks are wide, a cell is drawn by its strongest alone.
        if plot.is_crowded || cell.looks.is_empty() {
            return Self { centers: Vec::new(), span: Rangef::point(x) };
        }
        let radii: Vec<f32> = cell.looks.iter().map(|look| look.radius(plot.scale)).collect();
        let centers = pack(&radii, x, plot.rooms[column_idx], MARK_GAP);
        let mut span = Rangef::point(x);
        for (center, radius) in centers.iter().zip(&radii) {
            span = Rangef::new(span.min.min(center - radius), span.max.max(center + radius));
        }
        Self { centers, span }
    }
}

fn paint_grid(ui: &Ui, scene: &Scene, board: &Board, plot: &Plot, bottom: f32) {
    let painter = ui.painter();
    let left = plot.rect.left() + MARGIN;
    for row_idx in 0..=board.rows.len() {
        let y = painter.round_to_pixel_center(plot.rows_top() + row_idx as f32 * plot.row_height);
        for piece in plot.pieces() {
            painter.hline(piece, y.min(bottom), scene.theme.hairline());
        }
    }
    let width = name_width(plot.rect.width()) - 30.0;
    let (font_size, line): (f32, f32) = match plot.rect.width() {
        width if width < 800.0 || plot.row_height < 30.0 => (size::SMALL, 12.5),
        width if width < 1600.0 => (size::UI, 15.0),
        _ => (size::LABEL, 17.0),
    };
    for (row_idx, row) in board.rows.iter().enumerate() {
        let format = theme::format(theme::sans_bold(font_size), line.min(plot.row_height / 2.0), scene.theme.ink);
        let mut job = egui::text::LayoutJob::single_section(row.label.clone(), format);
        job.wrap = egui::text::TextWrapping { max_width: width, max_rows: 2, ..egui::text::TextWrapping::default() };
        let galley = painter.layout_job(job);
        let at = Pos2::new(left, plot.row_y(row_idx) - galley.size().y / 2.0);
        let rect = Rect::from_min_size(at, galley.size());
        painter.galley(at, galley, scene.theme.ink);
        let response = ui.interact(rect, ui.scope_id().with(("theme", &row.theme)), Sense::hover());
        let n_observed = row.cells.iter().filter(|cell| cell.is_observed).count();
        let name = format!("{}: observed on {n_observed} of {} dates", row.label, row.cells.len());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        response.on_hover_text(&name);
    }
}

impl Frame<'_> {
    fn row_marks_ui(&self, ui: &mut Ui, (row_idx, row): (usize, &Row), places: &[Places], actions: &mut Vec<Action>) {
        let mut last_ring = f32::NEG_INFINITY;
        for (column_idx, (cell, places)) in row.cells.iter().zip(places).enumerate() {
            let at = self.plot.point(column_idx, row_idx);
            if !cell.is_observed && at.x - last_ring >= MIN_RING_STEP {
                paint_unseen(ui.painter(), self.scene.theme, at, self.plot.scale);
                last_ring = at.x;
            }
            let marks = cell.statements(self.scene).zip(&places.centers).zip(&cell.looks);
            for ((statement, &x), &look) in marks {
                self.mark_ui(ui, &row.theme, statement, (Pos2::new(x, at.y), look), actions);
            }
        }
        if self.plot.is_crowded {
            self.strongest_marks_ui(ui, (row_idx, row), actions);
        }
    }

    /// Where thousands of days share a row, the strongest mark of every few points stands for its neighbors: the others
    /// would lie under it.
    fn strongest_marks_ui(&self, ui: &mut Ui, (row_idx, row): (usize, &Row), actions: &mut Vec<Action>) {
        let y = self.plot.row_y(row_idx);
        let mut best: Option<(i32, f32, MarkLook, usize)> = None;
        let draw = |ui: &mut Ui, (_, x, look, idx): (i32, f32, MarkLook, usize), actions: &mut Vec<Action>| {
            if let Some(statement) = self.scene.analysis.statements.get(idx) {
                self.mark_ui(ui, &row.theme, statement, (Pos2::new(x, y), look), actions);
            }
        };
        for (cell, &x) in row.cells.iter().zip(&self.plot.xs) {
            let bin = (x / MIN_RING_STEP) as i32;
            for (&idx, &look) in cell.statements.iter().zip(&cell.looks) {
                match best {
                    Some((known, _, strongest, _)) if known == bin && strongest.force >= look.force => continue,
                    Some(mark) if mark.0 != bin => draw(ui, mark, actions),
                    _ => {}
                }
                best = Some((bin, x, look, idx));
            }
        }
        if let Some(mark) = best {
            draw(ui, mark, actions);
        }
    }

    fn mark_ui(
        &self,
        ui: &mut Ui,
        theme_id: &str,
        statement: &Statement,
        (center, look): (Pos2, MarkLook),
        actions: &mut Vec<Action>,
    ) {
        let Self { scene, plot, current, .. } = *self;
        let radius = look.radius(plot.scale);
        paint_mark(ui.painter(), scene.theme, center, plot.scale, look);
        let is_current = current.is_some_and(|change| {
            change.shift.theme == theme_id && [change.shift.old, change.shift.new].contains(&Some(statement.id))
        });
        if is_current {
            paint_halo(ui.painter(), scene.theme.ink, center, radius);
        }
        let area = Rect::from_center_size(center, Vec2::splat(2.0 * radius.max(6.0)));
        let response = ui.interact(area, ui.scope_id().with((theme_id, statement.id)), Sense::click());
        let name = || format!("statement of {}", spoken::statement(scene, statement, theme_id));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name()));
        focus_ring(ui.painter(), scene.theme, &response);
        if response.double_clicked() {
            actions.push(Action::Reveal(Passage { document: statement.document, range: statement.extent() }));
        } else if response.clicked() {
            let change = self.changes.iter().find(|change| {
                change.shift.theme == theme_id && [change.shift.old, change.shift.new].contains(&Some(statement.id))
            });
            actions.extend(change.map(|change| Action::SelectShift(change.shift.id)));
            actions.push(Action::ShowStatement(statement.id));
        }
        response.context_menu(|ui| {
            if ui.button("Show in the article").clicked() {
                actions.push(Action::Reveal(Passage { document: statement.document, range: statement.extent() }));
            }
            if ui.button("Copy with citation").clicked() {
                actions.push(Action::CopyStatements { statements: vec![statement.id], n_shown: 1 });
            }
        });
        response.on_hover_ui(|ui| hover_card_ui(ui, scene, statement));
    }

    /// Ties two successive dates of a theme, with number and label where there is room. Never across a fold.
    fn connector_ui(
        &self,
        ui: &mut Ui,
        (row_idx, places): (usize, &[Places]),
        change: &Change,
        actions: &mut Vec<Action>,
    ) {
        let Self { scene, board, plot, current, .. } = *self;
        let Some((old, new)) = board.ends(scene, change) else { return };
        let (Some(from), Some(to)) = (places.get(old), places.get(new)) else { return };
        let (Some(old_day), Some(new_day)) = (board.columns[old].day, board.columns[new].day) else { return };
        let line = Rangef::new(from.span.max + 6.0, to.span.min - 6.0);
        if change.is_dismissed() || plot.timeline.is_apart(old_day, new_day) || line.max - line.min < 2.0 {
            return;
        }
        let y = plot.row_y(row_idx);
        let area = Rect::from_x_y_ranges(line, Rangef::new(y - 9.0, y + 9.0));
        let response = ui.interact(area, ui.scope_id().with(("connector", change.shift.id)), Sense::click());
        let name = spoken::change(scene, change);
        let whole = || format!("connector of {name}, {}; {}", change.shift.reason, spoken::sides(scene, change));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, whole()));
        focus_ring(ui.painter(), scene.theme, &response);
        if response.clicked() {
            actions.push(Action::SelectShift(change.shift.id));
        }
        let is_current = current.is_some_and(|current| current.shift.id == change.shift.id);
        let is_strong = is_current || response.hovered() || response.has_focus();
        response.on_hover_text(format!("{name}, {}", change.shift.reason));
        let between = widest_gap(line, plot.xs.get(old + 1..new).unwrap_or_default());
        paint_connector(ui.painter(), scene, change, Line { line, between, y, is_current, is_strong });
    }
}

/// The widest stretch of a connector that no date in between interrupts: its number stands there.
fn widest_gap(line: Rangef, xs: &[f32]) -> Rangef {
    let mut from = line.min;
    let mut gaps = Vec::with_capacity(xs.len() + 1);
    for x in xs.iter().copied().chain([line.max + RING]) {
        gaps.push(Rangef::new(from, (x - RING).clamp(from, line.max)));
        from = (x + RING).clamp(line.min, line.max);
    }
    gaps.into_iter().max_by(|left, right| left.span().total_cmp(&right.span())).unwrap_or(line)
}

/// A connector ready to be drawn.
#[derive(Clone, Copy)]
struct Line {
    line: Rangef,
    /// Where number and label may stand.
    between: Rangef,
    y: f32,
    is_current: bool,
    is_strong: bool,
}

fn paint_connector(painter: &egui::Painter, scene: &Scene, change: &Change, look: Line) {
    let theme = scene.theme;
    let label = change.label().words();
    let stroke = if look.is_strong {
        Stroke::new(shape::MARK_STROKE, theme.accent)
    } else {
        Stroke::new(shape::HAIRLINE, theme.rule2)
    };
    let y = painter.round_to_pixel_center(look.y);
    let font_id = if look.is_current { theme::sans_bold(size::SMALL) } else { theme::sans_medium(size::SMALL) };
    let tag = number_tag_rect(painter, Pos2::ZERO, change.number).width();
    let words = text_width(painter, label, font_id.clone()) + 7.0;
    let room = look.between.span();
    let has_words = room >= tag + words + 28.0;
    if room < tag + 12.0 || (change.label() == ShiftLabel::Held && !has_words) {
        painter.hline(look.line, y, stroke);
        return;
    }
    let width = if has_words { tag + words } else { tag };
    let left = (look.between.center() - width / 2.0).round();
    painter.hline(look.line.min..=(left - 8.0).max(look.line.min), y, stroke);
    painter.hline((left + width + 8.0).min(look.line.max)..=look.line.max, y, stroke);
    let rect = number_tag_rect(painter, Pos2::new(left, y), change.number);
    paint_number_tag(painter, theme, rect, change.number);
    if has_words {
        text_at(painter, Pos2::new(left + tag + 7.0, y), Align2::LEFT_CENTER, label, font_id, theme.ink);
    }
}

/// The words behind a mark.
pub(super) fn hover_card_ui(ui: &mut Ui, scene: &Scene, statement: &Statement) {
    let theme = scene.theme;
    let Some(document) = scene.corpus.get(statement.document) else { return };
    ui.set_max_width(HOVER_WIDTH);
    let dated = statement_day(document, statement);
    let estimate = if dated.is_estimate { "est. " } else { "" };
    let outlet = document.outlet.as_ref().map_or("", |outlet| outlet.name.as_str());
    ui.horizontal(|ui| {
        label_ui(ui, &format!("{estimate}{}", dated.day), theme::sans_bold(size::DATE), theme.ink);
        label_ui(ui, outlet, theme::sans(size::SMALL), theme.dim);
    });
    let words = quoted(clip(runs(&document.text, &statement.content, &[]), 280), statement.quotation);
    let style = Style {
        size: size::HOVER,
        ground: theme.raise,
        is_reported: statement.quotation != crate::analysis::statements::Quotation::Direct,
    };
    let paragraph = layout(ui.painter(), theme, &words, style, HOVER_WIDTH);
    let (rect, _) = ui.allocate_exact_size(paragraph.size(), Sense::hover());
    paragraph.paint(ui.painter(), theme, rect.min, &[]);
    let person = statement.person.as_deref().or(statement.actor.as_deref()).unwrap_or("unattributed");
    let kind = quotation_label(statement.quotation);
    label_ui(ui, &format!("{person}  ·  {kind}"), theme::sans(size::SMALL), theme.dim);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_where_no_date_interrupts_its_line() {
        let line = Rangef::new(100.0, 300.0);
        assert_eq!(widest_gap(line, &[]), line);
        assert_eq!(widest_gap(line, &[150.0]), Rangef::new(150.0 + RING, 300.0));
        assert_eq!(widest_gap(line, &[110.0, 290.0]), Rangef::new(110.0 + RING, 290.0 - RING));
    }
}
