//! A row of the library: an article, or the heading of a group. Serif is quoted, sans is said by the program.

use std::sync::Arc;

use egui::{Align2, Id, Painter, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::check::{Check, check_ui};
use super::choice::How;
use super::columns::Column;
use super::facts::Fact;
use super::listing::{Group, Row};
use super::settings::{LibraryState, Place};
use super::table::Ask;
use crate::document::Format;
use crate::gui::action::Action;
use crate::gui::shown::Shown;
use crate::gui::theme::{self, shape, size};
use crate::gui::{Scene, chip, stories};
use crate::report::dates;
use crate::text::numbers::{counted, number};

/// A line of the list.
pub struct Line<'a> {
    pub row: usize,
    pub place: Rect,
    pub columns: &'a [(Column, f32, f32)],
    pub state: &'a LibraryState,
    pub shown: &'a Shown,
}

impl Line<'_> {
    /// Draws it; tells what was clicked.
    pub fn ui(&self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) -> Option<Ask> {
        let row = *self.state.listing.rows.get(self.row)?;
        let asked = match row {
            Row::Group(idx) => self.group_ui(ui, scene, idx),
            Row::Article(idx) => {
                let fact = self.state.listing.articles.get(idx)?;
                self.article_ui(ui, scene, fact, idx, actions)
            }
        };
        let y = ui.painter().round_to_pixel_center(self.place.bottom() - 0.5);
        ui.painter().hline(self.place.x_range(), y, scene.theme.hairline());
        asked
    }

    fn ground(&self, ui: &Ui, scene: &Scene<'_>, is_chosen: bool, is_hovered: bool, is_cursor: bool) {
        let theme = scene.theme;
        if is_chosen {
            ui.painter().rect_filled(self.place, 0.0, theme.sel);
        } else if is_hovered {
            ui.painter().rect_filled(self.place, 0.0, theme.chrome);
        }
        if is_cursor {
            let bar = Rect::from_min_size(self.place.min, vec2(2.0, self.place.height()));
            ui.painter().rect_filled(bar, 0.0, theme.accent);
        }
    }

    fn cell(&self, of: Column) -> Option<Rect> {
        let (_, left, right) = self.columns.iter().find(|(column, ..)| *column == of)?;
        Some(Rect::from_x_y_ranges(self.place.left() + left..=self.place.left() + right, self.place.y_range()))
    }

    fn article_ui(
        &self,
        ui: &Ui,
        scene: &Scene<'_>,
        fact: &Arc<Fact>,
        idx: usize,
        actions: &mut Vec<Action>,
    ) -> Option<Ask> {
        let theme = scene.theme;
        let document = &fact.document;
        let id = document.id;
        let is_chosen = self.state.chosen.contains(&id);
        let is_cursor = self.state.cursor.as_ref() == Some(&Place::Article(id));
        let is_shown = self.shown.contains(id);
        let response = ui.interact(self.place, Id::unique(("library row", id)), Sense::CLICK);
        response.widget_info(|| {
            WidgetInfo::selected(Role::Row, true, is_chosen, row_name(scene, self.state, fact, is_shown))
        });
        self.ground(ui, scene, is_chosen, response.hovered(), is_cursor);
        let mut asked = None;
        if let Some(cell) = self.cell(Column::Shown) {
            let check = if is_shown { Check::All } else { Check::None };
            let name = format!("In columns: {}", title(fact));
            let place = cell.expand2(vec2(8.0, 0.0));
            let response = check_ui(ui, theme, place, Id::unique(("library check", id)), Sense::CLICK, check, &name);
            if response.on_hover_text("In columns of Read").clicked() {
                asked = Some(Ask::Toggle(Row::Article(idx), check));
            }
        }
        self.words(ui, scene, fact, is_chosen);
        if let Some(cell) = self.cell(Column::Copy) {
            copy_ui(ui, scene, fact, cell, actions);
        }
        let response = response.on_hover_ui_at_pointer(|ui| {
            ui.label(hover_text(scene, fact));
        });
        if response.double_clicked() {
            asked = Some(Ask::Open(id));
        } else if response.clicked() {
            let modifiers = ui.input(|input| input.modifiers);
            asked = Some(Ask::Choose(self.row, How::of(modifiers)));
        }
        asked
    }

    /// Date, outlet, title and numbers.
    fn words(&self, ui: &Ui, scene: &Scene<'_>, fact: &Fact, is_chosen: bool) {
        let theme = scene.theme;
        let document = &fact.document;
        // What is only dim on paper is too weak on the ground of a chosen row.
        let dim = if is_chosen { theme.ink2 } else { theme.dim };
        let y = self.place.center().y;
        let painter = ui.painter();
        if let Some(cell) = self.cell(Column::Date) {
            let bare = dates::DateLabel { detail: String::new(), ..dates::label(&document.published) };
            let clip = painter.with_clip_rect(cell.intersect(ui.clip_rect()));
            chip::paint_date(&clip, theme, pos2(cell.left(), y - 8.0), &bare);
        }
        if let Some(cell) = self.cell(Column::Outlet) {
            match &document.outlet {
                Some(outlet) => text(painter, cell, &outlet.name, theme::sans(size::UI), theme.ink2),
                None => text(painter, cell, "unknown", theme::sans(size::UI), dim),
            }
        }
        if let Some(cell) = self.cell(Column::Title) {
            match &document.title {
                Some(title) => text(painter, cell, title, theme::serif(size::LABEL), theme.ink),
                None => text(painter, cell, &document.source.short_label(), theme::sans(size::UI), theme.ink),
            }
        }
        let found = self.state.counts.of(document.id);
        // Nothing found is not the same as not looked for yet.
        let told = |count: u32| (count > 0 || self.state.is_analyzed).then_some(count as usize);
        let n_words = fact.known_n_words().map(|n_words| n_words as usize);
        for (column, count) in [
            (Column::Words, n_words),
            (Column::Statements, told(found.n_statements)),
            (Column::Phrases, told(found.n_phrases)),
        ] {
            if let (Some(cell), Some(count)) = (self.cell(column), count) {
                let color = if count == 0 { dim } else { theme.ink2 };
                let words = number(count);
                painter.text(cell.right_center(), Align2::RIGHT_CENTER, words, theme::sans(size::UI), color);
            }
        }
        if let Some(cell) = self.cell(Column::Kind) {
            text(painter, cell, &kind(fact), theme::sans(size::UI), dim);
        }
    }

    fn group_ui(&self, ui: &Ui, scene: &Scene<'_>, idx: usize) -> Option<Ask> {
        let theme = scene.theme;
        let group = self.state.listing.groups.get(idx)?;
        let is_folded = self.state.folded.contains(&group.key);
        let is_cursor = self.state.cursor.as_ref() == Some(&Place::Group(group.key.clone()));
        let id = ("library group", &group.key);
        let response = ui.interact(self.place, Id::unique(id), Sense::CLICK);
        let n_articles = counted(group.articles.len(), "article", "articles");
        let name = format!("{}, {n_articles}{}", group.label, if is_folded { ", folded" } else { "" });
        response.widget_info(|| WidgetInfo::selected(Role::RowHeader, true, !is_folded, &name));
        ui.painter().rect_filled(self.place, 0.0, if response.hovered() { theme.rule } else { theme.chrome });
        self.ground(ui, scene, false, false, is_cursor);
        let mut asked = response.clicked().then_some(Ask::Fold(idx));
        let mut left = self.place.left();
        if let Some(cell) = self.cell(Column::Shown) {
            let check = self.state.group_check(idx);
            let name = format!("In columns: all of {}", group.label);
            let id = Id::unique(("library group check", &group.key));
            let place = cell.expand2(vec2(8.0, 0.0));
            if check_ui(ui, theme, place, id, Sense::CLICK, check, &name).clicked() {
                asked = Some(Ask::Toggle(Row::Group(idx), check));
            }
            left = place.right() + 6.0;
        }
        let y = self.place.center().y;
        fold_sign(ui.painter(), pos2(left + 5.0, y), is_folded, theme.ink2);
        let label = self.place.with_min_x(left + 18.0).with_max_x(self.place.right() - 100.0);
        let galley = cut(ui.painter(), &group.label, theme::sans_bold(size::UI), theme.ink, label.width() - 90.0);
        let right = label.left() + galley.size().x;
        ui.painter().galley(pos2(label.left(), y - galley.size().y / 2.0), galley, theme.ink);
        let count = theme::sans(size::UI);
        ui.painter().text(pos2(right + 10.0, y), Align2::LEFT_CENTER, n_articles, count, theme.ink2);
        if remove_ui(ui, scene, self.place, group) {
            asked = Some(Ask::Remove(Row::Group(idx)));
        }
        asked
    }
}

/// The link that closes the articles of a group. Was it clicked?
fn remove_ui(ui: &Ui, scene: &Scene<'_>, row: Rect, group: &Group) -> bool {
    let theme = scene.theme;
    let galley = ui.painter().layout_no_wrap("Remove".to_owned(), theme::sans_medium(size::UI), theme.accent);
    let right = row.right() - 16.0 - ui.spacing().scroll.allocated_width();
    let words =
        Rect::from_min_size(pos2(right - galley.size().x, row.center().y - galley.size().y / 2.0), galley.size());
    let area = words.expand2(vec2(6.0, 5.0));
    let response = ui.interact(area, Id::unique(("library group remove", &group.key)), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Remove all of {}", group.label)));
    if response.hovered() {
        let y = ui.painter().round_to_pixel_center(words.bottom());
        ui.painter().hline(words.x_range(), y, Stroke::new(shape::HAIRLINE, theme.accent));
    }
    ui.painter().galley(words.min, galley, theme.accent);
    response.on_hover_text("Close these articles; can be undone").clicked()
}

/// A chevron: to the right where a group is folded, else down.
fn fold_sign(painter: &Painter, center: egui::Pos2, is_folded: bool, color: egui::Color32) {
    let points = match is_folded {
        true => [vec2(-2.0, -4.0), vec2(2.0, 0.0), vec2(-2.0, 4.0)],
        false => [vec2(-4.0, -2.0), vec2(0.0, 2.0), vec2(4.0, -2.0)],
    };
    painter.line(points.map(|by| center + by).to_vec(), Stroke::new(shape::MARK_STROKE, color));
}

/// Which other article has the same text, or tells the same story; a click on the story goes to its next copy.
fn copy_ui(ui: &Ui, scene: &Scene<'_>, fact: &Fact, cell: Rect, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let same = scene.same_text.get(&fact.document.id).and_then(|id| scene.corpus.get(*id));
    if let Some(other) = same {
        let words = format!("same text as {}", other.source.short_label());
        text(ui.painter(), cell, &words, theme::sans(size::SMALL), theme.ink2);
    } else if let Some(note) = stories::note(scene, &fact.document) {
        stories::note_ui(ui, scene, &fact.document, &note, "library", cell.left_center(), cell.width(), actions);
    }
}

/// "txt · en".
fn kind(fact: &Fact) -> String {
    let format = match fact.document.format {
        Format::Eml => "mail",
        other => other.ending(),
    };
    fact.document.language.as_deref().map_or(format.to_owned(), |language| format!("{format} · {language}"))
}

fn title(fact: &Fact) -> String {
    fact.document.title.clone().unwrap_or_else(|| fact.document.source.short_label())
}

/// The row in words, with what a narrow window has no room for.
fn row_name(scene: &Scene<'_>, state: &LibraryState, fact: &Fact, is_shown: bool) -> String {
    let document = &fact.document;
    let label = dates::label(&document.published);
    let estimate = if label.is_estimate { "est. " } else { "" };
    let found = state.counts.of(document.id);
    let n_words = fact
        .known_n_words()
        .map_or(String::new(), |n_words| format!("{}, ", counted(n_words as usize, "word", "words")));
    let same = scene.same_text.get(&document.id).and_then(|id| scene.corpus.get(*id));
    let same = same.map_or(String::new(), |other| format!(", same text as {}", other.source.short_label()));
    let found = match state.is_analyzed {
        true => format!(
            "{}, {}, ",
            counted(found.n_statements as usize, "statement", "statements"),
            counted(found.n_phrases as usize, "phrase", "phrases")
        ),
        false => String::new(),
    };
    let outlet = document.outlet.as_ref().map_or("outlet unknown", |outlet| outlet.name.as_str());
    let columns = if is_shown { "in columns" } else { "not in columns" };
    format!("{estimate}{}, {outlet}: {}, {n_words}{found}{columns}{same}", label.day, title(fact))
}

/// Title, file and copies in full.
fn hover_text(scene: &Scene<'_>, fact: &Fact) -> String {
    let document = &fact.document;
    let same = scene.same_text.get(&document.id).and_then(|id| scene.corpus.get(*id));
    let same = same.map_or(String::new(), |other| format!("\nSame text as {}", other.source.short_label()));
    format!("{}\n{}{same}", title(fact), document.source.short_label())
}

/// Words in a cell, cut where they have no room.
fn text(painter: &Painter, cell: Rect, words: &str, font: egui::FontId, color: egui::Color32) {
    let galley = cut(painter, words, font, color, cell.width());
    painter.galley(pos2(cell.left(), cell.center().y - galley.size().y / 2.0), galley, color);
}

fn cut(painter: &Painter, words: &str, font: egui::FontId, color: egui::Color32, room: f32) -> Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(0.0));
    painter.layout_job(job)
}
