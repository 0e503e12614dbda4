//! The matrix: families down, articles across, the figure how often. Every row and cell has a name, so that it is a
//! table for screen readers too.

use egui::{
    Align2, Id, Painter, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::cache::PhrasesCache;
use super::columns::{Columns, Grid, Level, cell_width};
use super::counted;
use crate::analysis::reuse::Phrase;
use crate::document::Document;
use crate::gui::action::Action;
use crate::gui::fit::first_words;
use crate::gui::theme::{self, Theme, shape, size, space};
use crate::gui::{Scene, chip, hover, marks};
use crate::report::dates;

/// Height of the figure in a cell's box.
const CELL_HEIGHT: f32 = 20.0;

/// The row of the chosen family.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    pub row: usize,
    /// Is it to be brought into view?
    pub must_reveal: bool,
}

/// Draws heads and rows into `rect`; a click on a row asks for its family.
pub fn matrix_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    cache: &mut PhrasesCache,
    chosen: Chosen,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let grid = Grid::new(rect.width(), scene.corpus.len());
    let columns = cache.columns(scene, grid.n_fit());
    let (head, body) = rect.split_top_bottom_at_y(rect.top() + space::MATRIX_HEAD);
    heads_ui(ui, scene, &grid, &columns, head);
    let n_rows = cache.listing.rows.len();
    ui.scope_builder(UiBuilder::new().max_rect(body), |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        ScrollArea::vertical().id_salt("families").auto_shrink(false).show_viewport(ui, |ui, viewport| {
            let (all, _) =
                ui.allocate_exact_size(vec2(rect.width(), n_rows as f32 * space::MATRIX_ROW), Sense::hover());
            let row_rect = |row: usize| {
                let top = all.top() + row as f32 * space::MATRIX_ROW;
                Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), space::MATRIX_ROW))
            };
            if chosen.must_reveal {
                ui.scroll_to_rect(row_rect(chosen.row), None);
            }
            let first = (viewport.top() / space::MATRIX_ROW).floor().max(0.0) as usize;
            let last = ((viewport.bottom() / space::MATRIX_ROW).ceil().max(0.0) as usize).min(n_rows);
            for row in first..last {
                let Some(idx) = cache.listing.rows.get(row).map(|idx| *idx as usize) else { break };
                let Some(phrase) = scene.analysis.phrases.get(idx) else { continue };
                let counts = cache.counts(scene, &columns, idx, phrase);
                let line = Row { rect: row_rect(row), grid: &grid, columns: &columns, is_chosen: row == chosen.row };
                line.ui(ui, scene, phrase, counts, actions);
            }
        });
    });
}

fn heads_ui(ui: &Ui, scene: &Scene<'_>, grid: &Grid, columns: &Columns, rect: Rect) {
    let theme = scene.theme;
    let x = |offset: f32| rect.left() + offset;
    let y = rect.bottom() - 13.0;
    let small = theme::sans(size::SMALL);
    let text = |offset: f32, anchor, words: &str| {
        let place = ui.painter().text(pos2(x(offset), y), anchor, words, small.clone(), theme.ink2);
        let response = ui.interact(place, Id::unique(("phrases head", words)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, words));
    };
    text(grid.name.0, Align2::LEFT_CENTER, "Family");
    if let Some((first, last)) = grid.days {
        text(first, Align2::LEFT_CENTER, "First");
        text(last, Align2::LEFT_CENTER, "Last");
    }
    if let Some(right) = grid.articles {
        text(right, Align2::RIGHT_CENTER, "Articles");
    }
    text(grid.occurrences, Align2::RIGHT_CENTER, if grid.articles.is_some() { "Occurrences" } else { "Places" });
    let n_columns = columns.columns.len();
    for (idx, column) in columns.columns.iter().enumerate() {
        let (middle, width) = grid.column(idx, n_columns);
        let n_articles = column.articles.len();
        let above = match columns.level {
            Level::Article if column.n_estimates > 0 => "est.".to_owned(),
            Level::Article => String::new(),
            Level::Month | Level::Years(_) if width >= 66.0 => counted(n_articles, "article", "articles"),
            Level::Month | Level::Years(_) => format!("{n_articles} art."),
        };
        let top = pos2(x(middle), y - 13.0);
        ui.painter().text(top, Align2::CENTER_CENTER, &above, small.clone(), theme.ink2);
        let font = theme::sans_bold(if width >= 66.0 { size::DATE } else { size::SMALL });
        ui.painter().text(pos2(x(middle), y), Align2::CENTER_CENTER, &column.head, font, theme.ink);
        let place = Rect::from_center_size(pos2(x(middle), rect.center().y), vec2(width, rect.height()));
        let response = ui.interact(place, Id::unique(("phrases column", column.articles.start)), Sense::hover());
        let name = head_name(scene, columns.level, column);
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
        response.on_hover_text(name);
    }
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.bottom() - 1.0), theme.hairline());
}

/// The article of a column, or how many it holds and how many of their days are estimates.
fn head_name(scene: &Scene<'_>, level: Level, column: &super::columns::Column) -> String {
    let document = scene.corpus.documents().get(column.articles.start);
    match (level, document) {
        (Level::Article, Some(document)) => {
            let title = document.title.as_deref().unwrap_or(document.name());
            format!("{}, {}: {title}", short_day(document, Day::Full), chip::outlet_or_file(document))
        }
        _ => {
            let estimates = match column.n_estimates {
                0 => String::new(),
                n => format!(", {n} with an estimated day"),
            };
            format!("{}: {}{estimates}", column.head, counted(column.articles.len(), "article", "articles"))
        }
    }
}

/// How much of a day is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Full,
    Month,
}

/// "est. Sep 2017".
pub(super) fn short_day(document: &Document, day: Day) -> String {
    let label = dates::label(&document.published);
    let estimate = if label.is_estimate { "est. " } else { "" };
    match (day, document.published.best) {
        (Day::Month, Some(best)) => format!("{estimate}{}", dates::month_and_year(best)),
        _ => format!("{estimate}{}", label.day),
    }
}

/// One family.
struct Row<'a> {
    rect: Rect,
    grid: &'a Grid,
    columns: &'a Columns,
    is_chosen: bool,
}

impl Row<'_> {
    fn ui(&self, ui: &Ui, scene: &Scene<'_>, phrase: &Phrase, counts: &[u32], actions: &mut Vec<Action>) {
        let theme = scene.theme;
        let rect = self.rect;
        let response = ui.interact(rect, Id::unique(("phrases row", phrase.id)), Sense::CLICK);
        let pin = marks::pin_of(scene.project, phrase.id);
        let name = row_name(scene, phrase, pin);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, self.is_chosen, &name));
        if self.is_chosen {
            ui.painter().rect_filled(rect, 0.0, theme.sel);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, theme.chrome);
        }
        let y = rect.center().y;
        let x = |offset: f32| rect.left() + offset;
        sign(ui.painter(), theme, pos2(x(self.grid.sign), y), pin, phrase.n_documents);
        let (left, right) = self.grid.name;
        let room = right - left - 10.0;
        let label = first_words(ui.painter(), &phrase.label, theme::serif(size::FAMILY), theme.ink, room);
        let is_cut = label.text() != phrase.label;
        ui.painter().galley(pos2(x(left), y - label.size().y / 2.0), label, theme.ink);
        self.numbers(ui.painter(), scene, phrase);
        for (idx, &count) in counts.iter().enumerate() {
            self.cell_ui(ui, scene, phrase, pin, idx, count);
        }
        ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.bottom() - 1.0), theme.hairline());
        response.context_menu(|ui| hover::phrase_menu_ui(ui, scene, phrase.id, actions));
        let response = if is_cut { response.on_hover_text_at_pointer(&phrase.label) } else { response };
        if response.double_clicked() {
            actions.extend(phrase.occurrences.first().map(|first| Action::Reveal(first.passage)));
        } else if response.clicked() {
            actions.push(Action::SelectPhrase(Some(phrase.id)));
        }
    }

    fn numbers(&self, painter: &Painter, scene: &Scene<'_>, phrase: &Phrase) {
        let theme = scene.theme;
        let y = self.rect.center().y;
        let x = |offset: f32| self.rect.left() + offset;
        let font = theme::sans(size::UI);
        if let Some((first, last)) = self.grid.days {
            let (first_day, last_day) = ends(scene, phrase);
            painter.text(pos2(x(first), y), Align2::LEFT_CENTER, first_day, font.clone(), theme.ink2);
            painter.text(pos2(x(last), y), Align2::LEFT_CENTER, last_day, font.clone(), theme.ink2);
        }
        if let Some(right) = self.grid.articles {
            let words = format!("{} of {}", phrase.n_documents, scene.corpus.len());
            painter.text(pos2(x(right), y), Align2::RIGHT_CENTER, words, font.clone(), theme.ink2);
        }
        let n_places = phrase.occurrences.len().to_string();
        painter.text(pos2(x(self.grid.occurrences), y), Align2::RIGHT_CENTER, n_places, font, theme.ink);
    }

    fn cell_ui(&self, ui: &Ui, scene: &Scene<'_>, phrase: &Phrase, pin: Option<usize>, idx: usize, count: u32) {
        let theme = scene.theme;
        let (middle, width) = self.grid.column(idx, self.columns.columns.len());
        let center = pos2(self.rect.left() + middle, self.rect.center().y);
        let cell = Rect::from_center_size(center, vec2(width, self.rect.height()));
        let head = self.columns.columns.get(idx).map_or("", |column| &column.head);
        let response = ui.interact(cell, Id::unique(("phrases cell", phrase.id, idx)), Sense::hover());
        response.widget_info(|| {
            let words = if count == 0 { format!("{head}: none") } else { format!("{head}: {count}") };
            WidgetInfo::labeled(Role::Cell, true, words)
        });
        if count == 0 {
            ui.painter().circle_filled(center, 1.2, theme.rule2);
            return;
        }
        let fill = pin.and_then(|pin| theme.pins.get(pin)).map_or(theme.shared(phrase.n_documents), |pin| pin.tint);
        let size = vec2(cell_width(count as usize, width).round(), CELL_HEIGHT);
        let cell = Rect::from_center_size(center, size);
        ui.painter().rect_filled(cell, shape::MARK_RADIUS, fill);
        if self.is_chosen && pin.is_none() {
            // The blue of few articles is nearly that of the chosen row.
            let stroke = Stroke::new(shape::HAIRLINE, theme.shared_line);
            ui.painter().rect_stroke(cell, shape::MARK_RADIUS, stroke, StrokeKind::Inside);
        }
        let font = theme::sans_bold(size::DATE);
        ui.painter().text(center, Align2::CENTER_CENTER, count.to_string(), font, theme.ink);
    }
}

/// The letter of a family; without one a dot, stronger with the number of articles.
pub(super) fn sign(painter: &Painter, theme: &Theme, center: Pos2, pin: Option<usize>, n_documents: usize) {
    match pin {
        Some(pin) => chip::letter(painter, theme, center, pin, false, 16.0),
        None => {
            let fill = if n_documents > 2 { theme.shared_line } else { theme.shared[2] };
            painter.circle_filled(center, 4.0, fill);
        }
    }
}

/// The days of first and last use, by the articles' own dates.
pub(super) fn ends(scene: &Scene<'_>, phrase: &Phrase) -> (String, String) {
    let mut documents =
        phrase.occurrences.iter().filter_map(|occurrence| scene.corpus.get(occurrence.passage.document));
    let mut dated = phrase
        .occurrences
        .iter()
        .rev()
        .filter_map(|occurrence| scene.corpus.get(occurrence.passage.document))
        .filter(|document| document.published.day().is_some());
    let words = |document: Option<&std::sync::Arc<Document>>| {
        document.map_or_else(|| "undated".to_owned(), |document| short_day(document, Day::Month))
    };
    (words(documents.next()), words(dated.next()))
}

fn row_name(scene: &Scene<'_>, phrase: &Phrase, pin: Option<usize>) -> String {
    let letter = pin.map_or(String::new(), |pin| format!(", letter {}", marks::letter(pin)));
    let (first, last) = ends(scene, phrase);
    format!(
        "{}{letter}: {} in {} of {} articles, {first} to {last}",
        phrase.label,
        phrase.occurrences.len(),
        phrase.n_documents,
        scene.corpus.len()
    )
}
