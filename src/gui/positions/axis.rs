//! The head of the chart: dates with how they are known, intervals, ticks, dated events, and the folds.

use egui::{Align2, Painter, Pos2, Rangef, Rect, Shape, Stroke, Ui, Vec2};

use super::board::{Board, Column};
use super::plot::{AXIS_Y, BASIS_Y, BRACKET_Y, DATE_Y, EVENT_Y, Plot, spread_labels};
use crate::codebook::Event;
use crate::gui::Scene;
use crate::gui::said::basis_label;
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::{text_at, text_width};
use crate::report::dates;

/// Dates nearer than this share a point on the axis.
const MIN_DATE_STEP: f32 = 3.0;
/// Labels of dates nearer than this could not stand side by side in any case.
const MIN_LABEL_STEP: f32 = 20.0;
/// Half the height of an event's diamond.
const DIAMOND: f32 = 4.0;

/// Draws the head and the folds down to `bottom`.
pub fn axis_ui(ui: &mut Ui, scene: &Scene, board: &Board, plot: &Plot, bottom: f32) {
    let painter = ui.painter().clone();
    paint_folds(&painter, scene.theme, plot, bottom);
    paint_line(&painter, scene.theme, plot);
    dates_ui(ui, scene, board, plot, bottom);
    events_ui(ui, scene, plot);
}

fn paint_folds(painter: &Painter, theme: &Theme, plot: &Plot, bottom: f32) {
    let top = plot.rect.top() + 14.0;
    for (range, fold) in plot.folds().into_iter().zip(plot.timeline.folds()) {
        let strip = Rect::from_x_y_ranges(range, Rangef::new(top, bottom));
        painter.rect_filled(strip, 0.0, theme.chrome);
        for x in [strip.left(), strip.right()] {
            let x = painter.round_to_pixel_center(x);
            let edge = [Pos2::new(x, top), Pos2::new(x, bottom)];
            painter.extend(Shape::dashed_line(&edge, Stroke::new(shape::HAIRLINE, theme.rule2), 2.0, 2.0));
        }
        let center = Pos2::new(strip.center().x, plot.rect.top() + BASIS_Y);
        let font_id = theme::sans(size::SMALL);
        text_at(painter, center, Align2::CENTER_BOTTOM, &fold.length_label(), font_id.clone(), theme.dim);
        text_at(painter, center, Align2::CENTER_TOP, "folded", font_id, theme.dim);
    }
}

fn paint_line(painter: &Painter, theme: &Theme, plot: &Plot) {
    let y = painter.round_to_pixel_center(plot.rect.top() + AXIS_Y);
    let stroke = Stroke::new(shape::HAIRLINE, theme.rule2);
    let folds = plot.folds();
    let mut from = plot.axis.min;
    for fold in &folds {
        painter.hline(from..=fold.min, y, stroke);
        from = fold.max;
    }
    painter.hline(from..=plot.axis.max, y, stroke);
    for tick in plot.timeline.ticks() {
        let x = painter.round_to_pixel_center(egui::lerp(plot.axis, tick.place));
        let length = if tick.is_year { 7.0 } else { 3.0 };
        painter.vline(x, y - length..=y, stroke);
    }
}

/// The two lines over a date: the day, and how it is known.
fn date_lines(scene: &Scene, column: &Column) -> (String, String, String) {
    let documents = column.documents(scene);
    let Some(first) = documents.first() else { return Default::default() };
    let day = column.day.map_or_else(|| "undated".to_owned(), dates::day);
    let basis = if column.day.is_some() { basis_label(&first.published) } else { "" };
    let mut outlets: Vec<&str> =
        documents.iter().filter_map(|document| document.outlet.as_ref().map(|outlet| outlet.name.as_str())).collect();
    outlets.dedup();
    let outlet = match outlets.as_slice() {
        [] => String::new(),
        [outlet] => (*outlet).to_owned(),
        _ => format!("{} articles", documents.len()),
    };
    let long = [basis, outlet.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    (day, basis.to_owned(), long)
}

fn dates_ui(ui: &Ui, scene: &Scene, board: &Board, plot: &Plot, bottom: f32) {
    let theme = scene.theme;
    let painter = ui.painter();
    let top = plot.rect.top();
    for idx in thin(&plot.xs, MIN_DATE_STEP) {
        let column = &board.columns[idx];
        let x = painter.round_to_pixel_center(plot.xs[idx]);
        painter.vline(x, plot.rows_top()..=bottom, Stroke::new(shape::HAIRLINE, theme.rule));
        if column.day.is_some() {
            painter.circle_filled(Pos2::new(x, top + AXIS_Y), 3.0, theme.ink);
        }
        paint_bracket(painter, scene, column, plot);
        let area = Rect::from_x_y_ranges(Rangef::new(x - 8.0, x + 8.0), Rangef::new(top + 14.0, top + AXIS_Y + 5.0));
        let response = ui.interact(area, ui.scope_id().with(("date", idx)), egui::Sense::hover());
        let name = || {
            let (day, _, long) = date_lines(scene, column);
            [day, long].join(", ")
        };
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, name()));
        response.on_hover_ui(|ui| {
            ui.label(name());
        });
    }
    paint_date_labels(painter, scene, board, plot);
}

fn paint_date_labels(painter: &Painter, scene: &Scene, board: &Board, plot: &Plot) {
    let theme = scene.theme;
    let shown = thin(&plot.xs, MIN_LABEL_STEP);
    let xs: Vec<f32> = shown.iter().map(|idx| plot.xs[*idx]).collect();
    let lines: Vec<_> = shown.iter().map(|idx| date_lines(scene, &board.columns[*idx])).collect();
    let bold = theme::sans_bold(size::DATE);
    let small = theme::sans(size::SMALL);
    let width = |text: &str, font_id: &egui::FontId| text_width(painter, text, font_id.clone());
    let day_widths: Vec<f32> = lines.iter().map(|line| width(&line.0, &bold)).collect();
    let long_widths: Vec<f32> =
        lines.iter().zip(&day_widths).map(|(line, day)| width(&line.2, &small).max(*day)).collect();
    let long = spread_between_folds(plot, &xs, &long_widths, 14.0);
    let is_long = long.iter().zip(&xs).all(|(place, x)| place.is_some_and(|place| (place - x).abs() < 24.0));
    let places = if is_long { long } else { spread_between_folds(plot, &xs, &day_widths, 10.0) };
    let top = plot.rect.top();
    for (line, place) in lines.iter().zip(places) {
        let Some(place) = place else { continue };
        text_at(painter, Pos2::new(place, top + DATE_Y), Align2::CENTER_CENTER, &line.0, bold.clone(), theme.ink);
        let basis = if is_long { &line.2 } else { &line.1 };
        text_at(painter, Pos2::new(place, top + BASIS_Y), Align2::CENTER_CENTER, basis, small.clone(), theme.dim);
    }
}

/// The places that stand at least `step` apart, the first always among them.
fn thin(xs: &[f32], step: f32) -> Vec<usize> {
    let mut last = f32::NEG_INFINITY;
    let mut kept = Vec::new();
    for (idx, x) in xs.iter().enumerate() {
        if x - last >= step {
            last = *x;
            kept.push(idx);
        }
    }
    kept
}

/// Spreads the labels of each stretch by itself, so that none stands in a fold.
fn spread_between_folds(plot: &Plot, all_xs: &[f32], widths: &[f32], gap: f32) -> Vec<Option<f32>> {
    let mut places = vec![None; all_xs.len()];
    for stretch in plot.stretches() {
        let inside: Vec<usize> = (0..all_xs.len()).filter(|idx| stretch.contains(all_xs[*idx])).collect();
        let xs: Vec<f32> = inside.iter().map(|idx| all_xs[*idx]).collect();
        let own: Vec<f32> = inside.iter().map(|idx| widths[*idx]).collect();
        for (idx, place) in inside.into_iter().zip(spread_labels(&xs, &own, stretch, gap)) {
            places[idx] = place;
        }
    }
    places
}

/// The interval of an estimated date, cut where the axis is folded.
fn paint_bracket(painter: &Painter, scene: &Scene, column: &Column, plot: &Plot) {
    let Some(published) = column.documents(scene).first().map(|document| &document.published) else { return };
    let (Some(earliest), Some(latest)) = (published.earliest, published.latest) else { return };
    if earliest == latest {
        return;
    }
    let x = column.day.map_or(plot.axis.min, |day| plot.x(day));
    let mut range = Rangef::new(plot.x(earliest), plot.x(latest));
    for fold in plot.folds() {
        if fold.max <= x {
            range.min = range.min.max(fold.max);
        } else {
            range.max = range.max.min(fold.min);
        }
    }
    if range.span() < 7.0 {
        range = Rangef::new(range.center() - 3.5, range.center() + 3.5);
    }
    let stroke = Stroke::new(shape::HAIRLINE, scene.theme.ink2);
    let y = painter.round_to_pixel_center(plot.rect.top() + BRACKET_Y);
    painter.hline(range, y, stroke);
    for x in [range.min, range.max] {
        painter.vline(painter.round_to_pixel_center(x), y - 2.5..=y + 2.5, stroke);
    }
}

/// Events of the codebook as diamonds under the axis. Labels stand where there is room; all are told on hover.
fn events_ui(ui: &mut Ui, scene: &Scene, plot: &Plot) {
    let y = plot.rect.top() + EVENT_Y;
    let events: Vec<(&Event, f32)> = scene
        .codebook
        .chronology
        .events
        .iter()
        .filter(|event| plot.timeline.shows(event.from))
        .map(|event| (event, plot.x(event.from)))
        .collect();
    let mut taken: Vec<Rangef> =
        events.iter().map(|(_, x)| Rangef::new(x - DIAMOND - 1.0, x + DIAMOND + 1.0)).chain(plot.folds()).collect();
    let bounds = Rangef::new(plot.rect.left() + 8.0, plot.rect.right() - 8.0);
    let painter = ui.painter().clone();
    for (idx, (event, x)) in events.iter().enumerate() {
        paint_diamond(&painter, scene.theme, Pos2::new(*x, y));
        let font_id = theme::sans(size::SMALL);
        let width = text_width(&painter, &event.label, font_id.clone());
        let right = Rangef::new(x + DIAMOND + 4.0, x + DIAMOND + 4.0 + width);
        let left = Rangef::new(x - DIAMOND - 4.0 - width, x - DIAMOND - 4.0);
        let is_free = |range: &Rangef| {
            bounds.min <= range.min && range.max <= bounds.max && !taken.iter().any(|other| overlaps(*other, *range))
        };
        if let Some(place) = [left, right].into_iter().find(is_free) {
            let at = Pos2::new(place.min, y);
            text_at(&painter, at, Align2::LEFT_CENTER, &event.label, font_id, scene.theme.ink2);
            taken.push(place.expand(4.0));
        }
        let area = Rect::from_center_size(Pos2::new(*x, y), Vec2::splat(12.0));
        let response = ui.interact(area, ui.scope_id().with(("event", idx)), egui::Sense::hover());
        let text = format!("{}, {}", event.label, dates::day(event.from));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &text));
        response.on_hover_text(format!("{text}\n{}", event.source));
    }
}

fn overlaps(left: Rangef, right: Rangef) -> bool {
    left.min < right.max && right.min < left.max
}

fn paint_diamond(painter: &Painter, theme: &Theme, center: Pos2) {
    let points = vec![
        center - Vec2::new(0.0, DIAMOND),
        center + Vec2::new(DIAMOND * 0.75, 0.0),
        center + Vec2::new(0.0, DIAMOND),
        center - Vec2::new(DIAMOND * 0.75, 0.0),
    ];
    painter.add(Shape::convex_polygon(points, theme.ink2, Stroke::NONE));
}
