//! Every place of the listed families as a row: the phrase, day and outlet, the words in context, how they relate, whose
//! they are and how. Heads sort; a click chooses, a double click or Enter reads, Shift stretches the choice.

use egui::{Align2, Id, Key, Rect, Role, Ui, WidgetInfo, pos2};

use super::cache::PhrasesCache;
use super::concordance::place_menu_ui;
use super::context::{Spot, paint_context};
use super::matrix::{Day, short_day, sign};
use super::place::Place;
use super::places::settings::PlaceOrder;
use crate::analysis::PhraseId;
use crate::analysis::reuse::{OccurrenceKind, Phrase};
use crate::document::Passage;
use crate::gui::action::Action;
use crate::gui::fit::paint_first;
use crate::gui::state::{PhrasesState, Selection};
use crate::gui::table;
use crate::gui::table::head::{Head, head_ui};
use crate::gui::table::walk::Line;
use crate::gui::theme::{self, size, space};
use crate::gui::widgets::label_ui;
use crate::gui::{Scene, chip, marks};

/// Between two columns.
const GAP: f32 = 12.0;
/// Width of the hint on a row.
const HINT: f32 = 420.0;
/// The share of the room in front of a phrase in its context.
const BEFORE: f32 = 0.36;

/// The columns with their widths in points; the words in context take what is left. Each stands from a width of the
/// window on; what has no column is told by the row's hint and to screen readers.
const COLUMNS: [table::Column<PlaceOrder>; 7] = [
    (PlaceOrder::Phrase, 190.0, 0.0),
    (PlaceOrder::Date, 106.0, 0.0),
    (PlaceOrder::Outlet, 124.0, 1080.0),
    (PlaceOrder::Words, 0.0, 0.0),
    (PlaceOrder::Relation, 86.0, 1180.0),
    (PlaceOrder::Speaker, 112.0, 760.0),
    (PlaceOrder::Setting, 82.0, 860.0),
];

/// Left and right edge of each column that stands in a table of `width` points.
fn laid(width: f32) -> Vec<(PlaceOrder, f32, f32)> {
    // Names take less where there is little room, more where there is much.
    let of = |(order, points, _): &table::Column<PlaceOrder>| match order {
        PlaceOrder::Phrase => (width * 0.185).clamp(132.0, 340.0),
        PlaceOrder::Outlet => (width * 0.105).clamp(112.0, 190.0),
        _ => *points,
    };
    table::laid(&COLUMNS, (width, space::TABLE_MARGIN, GAP), PlaceOrder::Words, of)
}

/// Draws heads and rows into `rect`.
pub fn table_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    cache: &mut PhrasesCache,
    selection: &Selection,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let columns = laid(rect.width() - ui.spacing().scroll.allocated_width());
    let (head, body) = rect.split_top_bottom_at_y(rect.top() + space::LIST_HEAD);
    heads_ui(ui, scene, state, &columns, head);
    let is_turned = state.table.is_turned;
    let cursor = cache.places.cursor(scene, selection.phrase, selection.occurrence, is_turned);
    let cursor = walk(ui, scene, state, cache, cursor, actions);
    let chosen = if selection.occurrence.is_some() { cache.places.chosen(cursor, is_turned) } else { 0..0 };
    let voices = cache.voices(scene);
    let n_rows = cache.places.len();
    let mut clicked = None;
    state.walk.rows_ui(ui, "places table", body, (n_rows, cursor), |ui, line| {
        let Some(fact) = cache.places.fact(line.idx, is_turned) else { return };
        let Some((phrase, occurrence)) = fact.phrase(scene.analysis).zip(fact.occurrence(scene.analysis)) else {
            return;
        };
        let Some(place) = Place::new(scene, &voices, occurrence, true, false) else { return };
        let row = Row { line, columns: &columns, phrase, place, is_chosen: chosen.contains(&line.idx) };
        clicked = row.ui(ui, scene, actions).then_some(line.idx).or(clicked);
    });
    if let Some(row) = clicked {
        let is_stretch = ui.input(|input| input.modifiers.shift);
        choose(ui, scene, cache, (cursor, row), is_stretch, is_turned, actions);
    }
    state.revealed = (selection.phrase, selection.occurrence);
}

/// Takes this frame's keys, and brings what was chosen elsewhere into sight. Returns the row where one is.
fn walk(
    ui: &Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    cache: &mut PhrasesCache,
    cursor: Option<usize>,
    actions: &mut Vec<Action>,
) -> Option<usize> {
    let is_turned = state.table.is_turned;
    let row_id = cursor.and_then(|row| place_at(scene, cache, row, is_turned)).map(|(phrase, it)| row_id(phrase, it));
    if let Some(step) = state.walk.keys(ui, cache.places.len(), cursor, row_id) {
        choose(ui, scene, cache, (cursor, step.row), step.is_stretch, is_turned, actions);
        state.walk.reveal = Some(step.row);
        return Some(step.row);
    }
    let is_free = ui.memory(|memory| memory.focused().is_none() || memory.focused() == row_id);
    let is_entered = is_free && ui.input(|input| input.modifiers.is_none() && input.key_pressed(Key::Enter));
    if let Some((_, passage)) = cursor.filter(|_| is_entered).and_then(|row| place_at(scene, cache, row, is_turned)) {
        actions.push(Action::Reveal(passage));
    }
    let seen = (state.table.clone(), cache.places.len(), cursor);
    if state.walked != Some(seen.clone()) {
        // Another list without a choice begins at its top.
        state.walk.reveal = cursor.or(Some(0));
        state.walked = Some(seen);
    }
    cursor
}

fn place_at(scene: &Scene<'_>, cache: &PhrasesCache, row: usize, is_turned: bool) -> Option<(PhraseId, Passage)> {
    let fact = cache.places.fact(row, is_turned)?;
    Some((fact.phrase(scene.analysis)?.id, fact.occurrence(scene.analysis)?.passage))
}

/// Asks for the place of a row, which gets the keyboard.
fn choose(
    ui: &Ui,
    scene: &Scene<'_>,
    cache: &mut PhrasesCache,
    (from, row): (Option<usize>, usize),
    is_stretch: bool,
    is_turned: bool,
    actions: &mut Vec<Action>,
) {
    cache.places.choose(row, from, is_stretch, is_turned);
    if let Some((phrase, passage)) = place_at(scene, cache, row, is_turned) {
        ui.memory_mut(|memory| memory.request_focus(row_id(phrase, passage)));
        actions.push(Action::SelectOccurrence(phrase, passage));
    }
}

fn row_id(phrase: PhraseId, passage: Passage) -> Id {
    Id::unique(("place row", phrase, passage))
}

fn heads_ui(ui: &Ui, scene: &Scene<'_>, state: &mut PhrasesState, columns: &[(PlaceOrder, f32, f32)], rect: Rect) {
    for &(order, left, right) in columns {
        let is_chosen = state.table.order == order;
        let is_turned = is_chosen && state.table.is_turned;
        let left = if order == PlaceOrder::Words { middle(left, right) } else { left };
        let place = Rect::from_x_y_ranges(rect.left() + left..=rect.left() + right, rect.y_range());
        let head = Head {
            name: order.name(),
            now: is_chosen.then(|| order.words(is_turned)),
            next: order.words(is_chosen && !is_turned),
            is_turned,
        };
        if head_ui(ui, scene.theme, "places", place, head) {
            state.table.sort(order);
        }
    }
    let y = ui.painter().round_to_pixel_center(rect.bottom() - 1.0);
    ui.painter().hline(rect.x_range(), y, scene.theme.hairline());
}

/// Where the phrase begins in the column of the words.
fn middle(left: f32, right: f32) -> f32 {
    left + (right - left) * BEFORE
}

/// One place.
struct Row<'a> {
    line: Line,
    columns: &'a [(PlaceOrder, f32, f32)],
    phrase: &'a Phrase,
    place: Place<'a>,
    is_chosen: bool,
}

impl Row<'_> {
    /// Draws the row. Is it to be chosen?
    fn ui(&self, ui: &Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) -> bool {
        let Self { line, phrase, place, is_chosen, .. } = self;
        let passage = place.occurrence.passage;
        let response = line.interact(ui, row_id(phrase.id, passage));
        let pin = marks::pin_of(scene.project, phrase.id);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, *is_chosen, self.name(pin)));
        line.paint_ground(ui, scene.theme, &response, *is_chosen);
        for &(order, left, right) in self.columns {
            self.cell(ui, scene, pin, (order, line.rect.left() + left, line.rect.left() + right));
        }
        response.context_menu(|ui| place_menu_ui(ui, scene, phrase, passage, actions));
        let (gained, entered) = (response.gained_focus(), ui.input(|input| input.key_pressed(Key::Enter)));
        let response = response.on_hover_ui_at_pointer(|ui| hint_ui(ui, scene, place));
        if response.double_clicked() {
            actions.push(Action::Reveal(passage));
            return false;
        }
        // Enter is a click for whoever has the keyboard; here it reads.
        response.clicked() && !entered || gained && !is_chosen
    }

    fn cell(&self, ui: &Ui, scene: &Scene<'_>, pin: Option<usize>, (order, left, right): (PlaceOrder, f32, f32)) {
        let theme = scene.theme;
        let y = self.line.rect.center().y;
        let (who, how) = self.place.voice();
        let sans = |words: &str, color| {
            paint_first(ui.painter(), pos2(left, y), words, theme::sans(size::UI), color, right - left);
        };
        match order {
            PlaceOrder::Phrase => {
                sign(ui.painter(), theme, pos2(left + 8.0, y), pin, self.phrase.n_documents);
                let at = pos2(left + 24.0, y);
                let font = theme::serif(size::FAMILY_LIST);
                paint_first(ui.painter(), at, &self.phrase.label, font, theme.ink, right - at.x);
            }
            PlaceOrder::Date => {
                let day = short_day(self.place.document, Day::Full);
                ui.painter().text(pos2(left, y), Align2::LEFT_CENTER, day, theme::sans(size::UI), theme.ink2);
            }
            PlaceOrder::Outlet => sans(&chip::outlet_or_file(self.place.document), theme.ink2),
            PlaceOrder::Words => {
                let spot = Spot { left, middle: middle(left, right), right, y, size: size::ROW_QUOTE };
                paint_context(ui.painter(), scene, self.phrase, &self.place, spot, false);
            }
            PlaceOrder::Relation => sans(relation(self.place.occurrence.kind), theme.ink2),
            PlaceOrder::Speaker => match who {
                Some(who) => sans(who, theme.ink),
                // Where there is no column for it, how the words stand says what there is to say.
                None if !self.columns.iter().any(|(order, ..)| *order == PlaceOrder::Setting) => sans(how, theme.ink2),
                None => {}
            },
            PlaceOrder::Setting => sans(how, theme.ink2),
        }
    }

    /// The whole row, for a screen reader.
    fn name(&self, pin: Option<usize>) -> String {
        let letter = pin.map_or(String::new(), |pin| format!(", letter {}", marks::letter(pin)));
        format!("{}{letter}: {}, {}", self.phrase.label, self.place.name(), self.place.why())
    }
}

/// The whole sentence of a place, and why it counts.
fn hint_ui(ui: &mut Ui, scene: &Scene<'_>, place: &Place<'_>) {
    ui.set_max_width(HINT);
    let outlet = chip::outlet_or_file(place.document);
    label_ui(ui, &place.sentence(), theme::serif(size::HOVER.0), scene.theme.ink);
    label_ui(ui, &format!("{outlet}  ·  {}", place.why()), theme::sans(size::SMALL), scene.theme.ink2);
}

/// How a place relates to its family.
fn relation(kind: OccurrenceKind) -> &'static str {
    match kind {
        OccurrenceKind::Verbatim => "word for word",
        OccurrenceKind::Near => "near",
        OccurrenceKind::Alias => "alias",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_side_by_side_and_leave_room_for_the_words() {
        for width in [400.0, 640.0, 800.0, 1000.0, 1280.0, 1920.0] {
            let columns = laid(width);
            assert!(columns.windows(2).all(|pair| pair[0].2 < pair[1].1), "{width}: {columns:?}");
            let words = columns.iter().find(|column| column.0 == PlaceOrder::Words).unwrap();
            assert!(words.2 - words.1 >= width * 0.22, "{width}: {columns:?}");
            let right = columns.last().map_or(0.0, |column| column.2);
            assert!(right <= width - space::TABLE_MARGIN + 0.1 || width < 640.0, "{width}: {columns:?}");
        }
    }
}
