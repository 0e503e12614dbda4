//! The list itself: heads that sort, headings that fold, a row an article. Rows in sight alone are laid out.

use egui::{Align2, Id, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::bar::remove;
use super::check::{Check, check_ui};
use super::choice::How;
use super::columns::{Column, laid};
use super::listing::Row;
use super::row::Line;
use super::settings::{LibraryState, Order, Place, SortBy};
use crate::document::DocumentId;
use crate::gui::action::Action;
use crate::gui::shown::Shown;
use crate::gui::theme::{self, shape, size};
use crate::gui::widgets::focus_ring;
use crate::gui::{Scene, chip};

/// Height of a row and of the heads.
const ROW: f32 = 28.0;
const HEAD: f32 = 28.0;

/// What the list asks for, once the rows are drawn.
#[derive(Clone, Copy)]
pub(super) enum Ask {
    Choose(usize, How),
    Fold(usize),
    Open(DocumentId),
    /// Puts the articles of a row in columns, or takes them out.
    Toggle(Row, Check),
    Remove(Row),
}

/// Draws heads and rows into `rect`. Returns how many rows a page has.
pub fn table_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut LibraryState,
    shown: &mut Shown,
    rect: Rect,
    actions: &mut Vec<Action>,
) -> usize {
    let has_copies = !scene.same_text.is_empty() || !scene.analysis.same_stories.is_empty();
    let columns = laid(rect.width() - ui.spacing().scroll.allocated_width(), has_copies);
    let (head, body) = rect.split_top_bottom_at_y(rect.top() + HEAD);
    heads_ui(ui, scene, state, shown, &columns, head);
    let asked = rows_ui(ui, scene, state, shown, &columns, body, actions);
    if let Some(asked) = asked {
        carry_out(asked, state, shown, actions);
    }
    ((body.height() / ROW) as usize).max(1)
}

fn carry_out(asked: Ask, state: &mut LibraryState, shown: &mut Shown, actions: &mut Vec<Action>) {
    match asked {
        Ask::Choose(row, how) => state.choose(row, how),
        Ask::Open(id) => actions.push(Action::SelectDocument(id)),
        Ask::Fold(group) => {
            if let Some(key) = state.listing.groups.get(group).map(|group| group.key.clone()) {
                state.toggle_fold(&key);
                state.cursor = Some(Place::Group(key));
            }
        }
        Ask::Toggle(row, check) => toggle(shown, state.listing.ids_of_row(row), check),
        Ask::Remove(row) => remove(state.listing.ids_of_row(row).collect(), actions),
    }
}

/// Puts articles in columns; takes them out where all of them stood there.
pub fn toggle(shown: &mut Shown, ids: impl IntoIterator<Item = DocumentId>, check: Check) {
    if check == Check::All { shown.hide(ids) } else { shown.show(ids) }
}

fn heads_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    state: &mut LibraryState,
    shown: &mut Shown,
    columns: &[(Column, f32, f32)],
    rect: Rect,
) {
    let theme = scene.theme;
    for &(column, left, right) in columns {
        let place = Rect::from_x_y_ranges(rect.left() + left..=rect.left() + right, rect.y_range());
        match (column, column.order()) {
            (_, Some(by)) => head_ui(ui, scene, state, by, place),
            (Column::Shown, _) => {
                let check = state.listing_check();
                let id = Id::unique("library all in columns");
                let response = check_ui(ui, theme, place, id, Sense::click(), check, "All listed in columns");
                if response.on_hover_text("In columns: all that is listed").clicked() {
                    toggle(shown, state.listing.ids(0..state.listing.articles.len()), check);
                }
            }
            (column, _) => {
                let name = if column == Column::Kind { "File" } else { "Copies" };
                let font = theme::sans(size::SMALL);
                let words = ui.painter().text(place.left_center(), Align2::LEFT_CENTER, name, font, theme.ink2);
                let response = ui.interact(words, Id::unique(("library head", name)), Sense::hover());
                response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, name));
            }
        }
    }
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.bottom() - 0.5), theme.hairline());
}

/// The head of a column that sorts.
fn head_ui(ui: &Ui, scene: &Scene<'_>, state: &mut LibraryState, by: SortBy, place: Rect) {
    let theme = scene.theme;
    let is_chosen = state.order.by == by;
    let font = if is_chosen { theme::sans_bold(size::SMALL) } else { theme::sans(size::SMALL) };
    let color = if is_chosen { theme.ink } else { theme.ink2 };
    let galley = ui.painter().layout_no_wrap(by.name().to_owned(), font, color);
    let sign = if is_chosen { 14.0 } else { 0.0 };
    let left = if by.is_a_number() { place.right() - galley.size().x - sign } else { place.left() };
    let words = Rect::from_min_size(pos2(left, place.center().y - galley.size().y / 2.0), galley.size());
    let area = words.expand2(vec2(4.0, 6.0)).with_max_x(words.right() + sign.max(4.0));
    let response = ui.interact(area, Id::unique(("library sort", by.name())), Sense::click());
    let name = match is_chosen {
        true => format!("Sort by {}, now {}", by.name().to_lowercase(), state.order.words()),
        false => format!("Sort by {}", by.name().to_lowercase()),
    };
    response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, is_chosen, &name));
    if response.hovered() {
        let y = ui.painter().round_to_pixel_center(words.bottom() + 1.0);
        ui.painter().hline(words.x_range(), y, Stroke::new(shape::HAIRLINE, theme.rule2));
    }
    ui.painter().galley(words.min, galley, color);
    if is_chosen {
        chip::arrow(ui.painter(), words.right_center() + vec2(9.0, 0.5), !state.order.is_descending, theme.ink);
    }
    focus_ring(ui.painter(), theme, &response);
    let next = state.order.after_click(by);
    if response.on_hover_text(format!("Sort: {}", next.words())).clicked() {
        state.order = next;
        state.must_rewind = true;
    }
}

fn rows_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut LibraryState,
    shown: &Shown,
    columns: &[(Column, f32, f32)],
    rect: Rect,
    actions: &mut Vec<Action>,
) -> Option<Ask> {
    let n_rows = state.listing.rows.len();
    let mut asked = None;
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        let mut area = ScrollArea::vertical().id_salt("library").auto_shrink(false);
        // A list that grew knows its new length only after it was drawn once; that pass is not shown.
        let has_grown = std::mem::replace(&mut state.n_drawn_rows, n_rows) != n_rows;
        if has_grown && state.keep_top.is_some() {
            ui.ctx().request_discard("the library grew above what is in sight");
        } else if let Some(offset) = offset(state, rect.height()) {
            area = area.vertical_scroll_offset(offset);
        }
        area.show_viewport(ui, |ui, viewport| {
            let (all, _) = ui.allocate_exact_size(vec2(rect.width(), n_rows as f32 * ROW), Sense::hover());
            let first = (viewport.top() / ROW).floor().max(0.0) as usize;
            let last = ((viewport.bottom() / ROW).ceil().max(0.0) as usize).min(n_rows);
            state.top = top_of(state, first, viewport.top());
            for row in first..last {
                let top = all.top() + row as f32 * ROW;
                let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), ROW));
                let line = Line { row, place, columns, state, shown };
                asked = line.ui(ui, scene, actions).or(asked.take());
            }
        });
    });
    asked
}

/// Where the list is to be scrolled to, where it is not to stay.
fn offset(state: &mut LibraryState, height: f32) -> Option<f32> {
    let must_reveal = std::mem::take(&mut state.must_reveal);
    let kept = state.keep_top.take();
    if std::mem::take(&mut state.must_rewind) {
        return Some(0.0);
    }
    let kept = kept.filter(|_| !must_reveal);
    if let Some((row, above)) = kept.and_then(|(id, above)| Some((state.listing.row_of(&Place::Article(id))?, above))) {
        return Some(row as f32 * ROW + above);
    }
    let row = state.cursor.as_ref().filter(|_| must_reveal).and_then(|place| state.listing.row_of(place))?;
    let top = row as f32 * ROW;
    let now = state.scrolled;
    if top < now {
        Some(top)
    } else if top + ROW > now + height {
        Some(top + ROW - height)
    } else {
        None
    }
}

/// The uppermost article in sight, so that what comes in above it does not move it; none while the list is at its top.
fn top_of(state: &mut LibraryState, first: usize, scrolled: f32) -> Option<(DocumentId, f32)> {
    state.scrolled = scrolled;
    if scrolled <= 0.0 {
        return None;
    }
    let mut rows = state.listing.rows.iter().enumerate().skip(first).take(3);
    rows.find_map(|(idx, row)| match row {
        Row::Article(at) => {
            let fact = state.listing.articles.get(*at)?;
            Some((fact.document.id, scrolled - idx as f32 * ROW))
        }
        Row::Group(_) => None,
    })
}

/// The outline of the list while it has the keyboard.
pub fn paint_focus(ui: &Ui, scene: &Scene<'_>, pane: &egui::Response) {
    if pane.has_focus() {
        let stroke = Stroke::new(scene.theme.ring, scene.theme.accent);
        ui.painter().rect_stroke(pane.rect.shrink(1.0), 0.0, stroke, StrokeKind::Inside);
    }
}

impl Order {
    /// As in "by date, latest first".
    pub fn in_words(self) -> String {
        format!("by {}, {}", self.by.name().to_lowercase(), self.words())
    }
}
