//! The list at the left: the articles in order of date, and the phrases that come back most.

use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::action::Action;
use super::state::{ReadingState, Selection};
use super::{Scene, chip, hover, marks, stories, theme, widgets};
use crate::analysis::reuse::Phrase;
use crate::document::Document;
use crate::report::dates;

const LEFT: f32 = 14.0;
const ARTICLE_HEIGHT: f32 = 43.0;
/// What the note on an article's copies adds.
const NOTE_HEIGHT: f32 = 16.0;

pub fn sidebar_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    reading: &ReadingState,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    let area = ui.max_rect();
    ui.painter().rect_filled(area, 0.0, scene.theme.chrome);
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let documents = scene.corpus.documents();
    ui.add_space(12.0);
    library_button_ui(ui, scene, documents.len(), actions);
    in_columns_ui(ui, scene, reading, actions);
    let rows = ArticleRows::new(scene);
    let share = if scene.analysis.phrases.is_empty() { 1.0 } else { 0.5 };
    let max_height = (ui.available_height() * share).max(ARTICLE_HEIGHT);
    let list =
        egui::ScrollArea::vertical().id_salt("articles").max_height(rows.height().min(max_height)).auto_shrink(false);
    list.show_viewport(ui, |ui, viewport| {
        let (all, _) = ui.allocate_exact_size(vec2(ui.available_width(), rows.height()), Sense::hover());
        // A row more at each end, so that the keyboard gets there.
        let near = rows.within(viewport.top() - ARTICLE_HEIGHT, viewport.bottom() + ARTICLE_HEIGHT);
        for document_idx in near {
            if let Some(document) = documents.get(document_idx) {
                let (top, bottom) = (rows.top(document_idx), rows.top(document_idx + 1));
                let rect = Rect::from_x_y_ranges(all.x_range(), all.top() + top..=all.top() + bottom);
                let is_open = reading.open.contains(&document.id);
                let is_shown = reading.shown.contains(document.id);
                let row = ArticleRow { document, rect, is_open, is_shown };
                article_ui(ui, scene, selection, &row, actions);
            }
        }
    });
    ui.add_space(10.0);
    let y = ui.cursor().top();
    ui.painter().hline(area.x_range(), y, scene.theme.hairline());
    ui.add_space(14.0);
    if scene.analysis.phrases.is_empty() {
        let words = if documents.len() < 2 {
            "Open a second article to see what comes back.".to_owned()
        } else if stories::is_one_story(scene) {
            let (says, helps) = stories::nothing_comes_back(scene);
            format!("{says}. {helps}")
        } else {
            "No wording comes back.".to_owned()
        };
        let rect =
            Rect::from_min_size(pos2(area.left() + LEFT, ui.cursor().top()), vec2(area.width() - 2.0 * LEFT, 40.0));
        let format = theme::format(theme::sans(12.5), 17.0, scene.theme.ink2);
        let galley = super::article::text_galley(ui, words, format, rect.width());
        ui.painter().galley(rect.min, galley, scene.theme.ink2);
        return;
    }
    heading_ui(ui, scene, "Top phrases", "times · articles");
    egui::ScrollArea::vertical().id_salt("phrases").auto_shrink(false).show(ui, |ui| {
        let shown = marks::shown(scene.analysis);
        for phrase in shown {
            phrase_ui(ui, scene, selection, phrase, actions);
        }
        let n_more = scene.analysis.phrases.len() - shown.len();
        if n_more > 0 {
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                ui.add_space(37.0);
                ui.label(egui::RichText::new(format!("{n_more} lighter ones not shown")).color(scene.theme.ink2));
            });
        }
        ui.add_space(12.0);
    });
}

fn heading_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, count: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, name));
    let y = rect.top() + 8.0;
    let theme = scene.theme;
    ui.painter().text(pos2(rect.left() + LEFT, y), Align2::LEFT_CENTER, name, theme::sans_bold(11.5), theme.ink2);
    ui.painter().text(pos2(rect.right() - LEFT, y), Align2::RIGHT_CENTER, count, theme::sans(11.5), theme.dim);
}

/// The heading of the articles, which opens all of them as a list.
fn library_button_ui(ui: &mut Ui, scene: &Scene<'_>, n_articles: usize, actions: &mut Vec<Action>) {
    let place = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 24.0));
    let theme = scene.theme;
    let response = ui.interact(place.translate(vec2(0.0, -4.0)), Id::unique("library"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Library"));
    row_ground(ui, scene, response.rect, &response, false);
    let count = crate::text::numbers::number(n_articles);
    let right = place.right() - LEFT - 12.0;
    let y = place.top() + 8.0;
    ui.painter().text(pos2(right, y), Align2::RIGHT_CENTER, count, theme::sans(11.5), theme.dim);
    let tip = pos2(place.right() - LEFT, y);
    let chevron = vec![tip + vec2(-4.0, -4.0), tip, tip + vec2(-4.0, 4.0)];
    let color = if response.hovered() { theme.ink } else { theme.ink2 };
    ui.painter().line(chevron, Stroke::new(theme::shape::MARK_STROKE, color));
    heading_ui(ui, scene, "Articles", "");
    let says = format!("Library: sort, filter, remove, choose columns ({})", Action::ToggleLibrary.keys());
    if response.on_hover_text(says).clicked() {
        actions.push(Action::ToggleLibrary);
    }
}

/// How many articles stand in columns, where not all do, and the way back.
fn in_columns_ui(ui: &mut Ui, scene: &Scene<'_>, reading: &ReadingState, actions: &mut Vec<Action>) {
    let Some(n_chosen) = reading.shown.n_chosen() else { return };
    let theme = scene.theme;
    let words = format!(
        "{} of {} in columns",
        crate::text::numbers::number(n_chosen),
        crate::text::numbers::number(scene.corpus.len())
    );
    let font = theme::sans(11.5);
    let room = ui.available_width() - 2.0 * LEFT - 56.0;
    // Large numbers take the line for themselves.
    let is_wide = widgets::text_width(ui.painter(), &words, font.clone()) > room;
    let height = if is_wide { 40.0 } else { 22.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
    let left = pos2(rect.left() + LEFT, rect.top() + 8.0);
    ui.painter().text(left, Align2::LEFT_CENTER, &words, font.clone(), theme.ink2);
    let galley = ui.painter().layout_no_wrap("Show all".to_owned(), font, theme.accent);
    let link = match is_wide {
        true => Align2::LEFT_CENTER.anchor_size(left + vec2(0.0, 18.0), galley.size()),
        false => Align2::RIGHT_CENTER.anchor_size(pos2(rect.right() - LEFT, left.y), galley.size()),
    };
    let response = ui.interact(link.expand2(vec2(4.0, 3.0)), Id::unique("show all"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, "Show all"));
    if response.hovered() {
        let y = ui.painter().round_to_pixel_center(link.bottom());
        ui.painter().hline(link.x_range(), y, Stroke::new(1.0, theme.accent));
    }
    ui.painter().galley(link.min, galley, theme.accent);
    widgets::focus_ring(ui.painter(), theme, &response);
    if response.on_hover_text("All articles in columns of Read").clicked() {
        actions.push(Action::ShowAll);
    }
}

/// An article and its row.
struct ArticleRow<'a> {
    document: &'a Document,
    rect: Rect,
    /// Has it a column on screen?
    is_open: bool,
    /// Is it among those that stand in columns?
    is_shown: bool,
}

fn article_ui(ui: &mut Ui, scene: &Scene<'_>, selection: &Selection, row: &ArticleRow<'_>, actions: &mut Vec<Action>) {
    let &ArticleRow { document, rect, is_open, is_shown } = row;
    let theme = scene.theme;
    let response = ui.interact(rect, Id::unique(("article", document.id)), Sense::click());
    let date = dates::label(&document.published);
    let outlet = chip::outlet_or_file(document);
    let estimate = if date.is_estimate { "est. " } else { "" };
    let waits = if is_shown { "" } else { ", not in columns" };
    let title = document.title.as_ref().map_or(String::new(), |title| format!(": {title}"));
    let name = format!("{estimate}{} {outlet}{title}{waits}", date.day);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    row_ground(ui, scene, rect, &response, false);
    if selection.document == Some(document.id) {
        ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(2.0, rect.height() - 8.0)), 0.0, theme.accent);
    }
    let center = pos2(rect.left() + LEFT + 3.0, rect.top() + 10.0);
    if is_open {
        ui.painter().circle_filled(center, 3.5, theme.ink);
    } else if is_shown {
        ui.painter().circle_stroke(center, 3.0, Stroke::new(1.0, theme.ink2));
    }
    let painter = ui.painter().with_clip_rect(rect.shrink2(vec2(4.0, 0.0)).intersect(ui.clip_rect()));
    let bare = dates::DateLabel { detail: String::new(), ..date };
    let galley = painter.layout_job(chip::date_job(theme, &bare));
    let (ink, ink2) = if is_shown { (None, theme.ink2) } else { (Some(theme.dim), theme.dim) };
    let at = pos2(rect.left() + 26.0, rect.top() + 2.0);
    match ink {
        None => painter.galley(at, galley, theme.ink),
        Some(dim) => painter.galley_with_override_text_color(at, galley, dim),
    }
    let mut job = egui::text::LayoutJob::simple_singleline(outlet, theme::sans(11.5), ink2);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 26.0 - LEFT);
    painter.galley(pos2(rect.left() + 26.0, rect.top() + 19.0), painter.layout_job(job), ink2);
    let title = document.title.as_deref().unwrap_or(document.name());
    let same = scene.same_text.get(&document.id).and_then(|id| scene.corpus.get(*id));
    let same = same.map_or(String::new(), |other| format!("\nSame text as {}", other.source.short_label()));
    if response.on_hover_text(format!("{title}\n{}{same}", document.source.short_label())).clicked() {
        actions.push(Action::SelectDocument(document.id));
    }
    if let Some(note) = stories::note(scene, document) {
        let left = pos2(rect.left() + 26.0, rect.top() + 42.0);
        let room = rect.right() - LEFT - left.x;
        stories::note_ui(ui, scene, document, &note, "list", left, room, actions);
    }
}

fn phrase_ui(ui: &mut Ui, scene: &Scene<'_>, selection: &Selection, phrase: &Phrase, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let width = ui.available_width();
    let format = theme::format(theme::serif(13.5), 16.0, theme.ink);
    let mut job = egui::text::LayoutJob::single_section(phrase.label.clone(), format);
    job.wrap.max_width = width - 37.0 - 52.0;
    job.wrap.max_rows = 3;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let (height, is_cut) = (galley.size().y + 10.0, galley.elided);
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let response = ui.interact(rect, Id::unique(("phrase", phrase.id)), Sense::click());
    let count = format!("{} · {}", phrase.occurrences.len(), phrase.n_documents);
    let pin = marks::pin_of(scene.project, phrase.id);
    let letter = pin.and_then(|pin| "ABCD".chars().nth(pin)).map_or(String::new(), |it| format!(", letter {it}"));
    let name =
        format!("{}{letter}, {} times in {} articles", phrase.label, phrase.occurrences.len(), phrase.n_documents);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    row_ground(ui, scene, rect, &response, selection.phrase == Some(phrase.id));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let sign = pos2(rect.left() + LEFT + 7.0, rect.top() + 13.0);
    match pin {
        Some(pin) => chip::letter(ui.painter(), theme, sign, pin, false, 16.0),
        None => {
            let fill = if phrase.n_documents > 2 { theme.shared_line } else { theme.shared[2] };
            ui.painter().circle_filled(sign, 4.0, fill);
        }
    }
    ui.painter().galley(pos2(rect.left() + 37.0, rect.top() + 5.0), galley, theme.ink);
    let right = pos2(rect.right() - LEFT, rect.top() + 13.0);
    ui.painter().text(right, Align2::RIGHT_CENTER, count, theme::sans(11.5), theme.ink2);
    response.context_menu(|ui| hover::phrase_menu_ui(ui, scene, phrase.id, actions));
    let response = if is_cut { response.on_hover_text(&phrase.label) } else { response };
    if response.clicked() {
        let is_chosen = selection.phrase == Some(phrase.id);
        actions.push(Action::SelectPhrase((!is_chosen).then_some(phrase.id)));
    }
}

/// Where the rows of the articles stand: those with a note are higher. `O(c)` in the articles that have copies.
struct ArticleRows {
    n_rows: usize,
    /// Rows with a note, in order.
    noted: Vec<usize>,
}

impl ArticleRows {
    fn new(scene: &Scene<'_>) -> Self {
        let copies = scene.analysis.same_stories.iter().flatten();
        let mut noted: Vec<usize> = copies.filter_map(|id| scene.corpus.idx_of(*id)).collect();
        noted.sort_unstable();
        Self { n_rows: scene.corpus.len(), noted }
    }

    /// The top of a row in points; behind the last one the height of all.
    fn top(&self, row: usize) -> f32 {
        let n_noted = self.noted.partition_point(|&noted| noted < row);
        row as f32 * ARTICLE_HEIGHT + n_noted as f32 * NOTE_HEIGHT
    }

    fn height(&self) -> f32 {
        self.top(self.n_rows)
    }

    /// The rows that share a point with the stretch from `top` to `bottom`.
    fn within(&self, top: f32, bottom: f32) -> std::ops::Range<usize> {
        // Between where they would stand if all rows had a note, and if none had.
        let least = |y: f32| ((y / (ARTICLE_HEIGHT + NOTE_HEIGHT)).floor().max(0.0) as usize).min(self.n_rows);
        let most = ((bottom / ARTICLE_HEIGHT).ceil().max(0.0) as usize).min(self.n_rows);
        let mut rows = least(top)..most;
        while rows.start < rows.end && self.top(rows.start + 1) <= top {
            rows.start += 1;
        }
        while rows.start < rows.end && self.top(rows.end - 1) >= bottom {
            rows.end -= 1;
        }
        rows
    }
}

/// The ground of a row: chosen, under the pointer, or with the keyboard's focus.
fn row_ground(ui: &Ui, scene: &Scene<'_>, rect: Rect, response: &egui::Response, is_chosen: bool) {
    let theme = scene.theme;
    widgets::scroll_to_focus(response);
    if is_chosen {
        ui.painter().rect_filled(rect, 0.0, theme.sel);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, theme.raise);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect.shrink(1.0), 2.0, Stroke::new(theme.ring, theme.accent), StrokeKind::Inside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_a_note_push_the_others_down() {
        let rows = ArticleRows { n_rows: 6, noted: vec![1, 4] };
        let tops: Vec<f32> = (0..=6).map(|row| rows.top(row)).collect();
        assert_eq!(tops, [0.0, 43.0, 102.0, 145.0, 188.0, 247.0, 290.0]);
        assert_eq!(rows.height(), 290.0);
        for (top, bottom, wanted) in
            [(0.0, 290.0, 0..6), (43.0, 102.0, 1..2), (101.0, 146.0, 1..4), (0.0, 1.0, 0..1), (280.0, 900.0, 5..6)]
        {
            assert_eq!(rows.within(top, bottom), wanted, "{top} to {bottom}");
        }
        assert!(ArticleRows { n_rows: 0, noted: Vec::new() }.within(0.0, 100.0).is_empty());
    }
}
