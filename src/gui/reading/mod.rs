//! Read: the articles side by side in order of date, with what comes back marked.
//!
//! As many columns as fit ([`arrange`]); the other articles wait as spines on the side of their date (`spine`). What the
//! reader takes columns by, to move them and to give them another width, is drawn over them (`handles`). Where they
//! scroll together, one leads and the others follow ([`linking`]).

pub mod arrange;
mod handles;
pub mod linking;
mod spine;

use std::sync::Arc;

use egui::{Align2, Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use self::arrange::{Arrangement, Kind, Room};
use super::action::{Action, KINDS};
use super::shown::Ask;
use super::state::{ReadingState, Selection};
use super::theme::space;
use super::words::gesture;
use super::{Scene, column, minimap, theme};
use crate::document::Document;

/// The minimap is left out where columns and map together have less height, in points.
const LEAST_WITH_MAP: f32 = 360.0;

/// Shows the columns, the spines and the minimap.
pub fn reading_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReadingState,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    if scene.corpus.is_empty() {
        empty_ui(ui, scene, actions);
        return;
    }
    let documents = state.shown.documents(scene.corpus);
    if documents.is_empty() {
        none_chosen_ui(ui, scene, actions);
        return;
    }
    let area = ui.available_rect_before_wrap();
    // In a low window the words have the room.
    let minimap_height =
        if area.height() < LEAST_WITH_MAP { 0.0 } else { minimap::height(documents.len()).min(area.height() / 3.0) };
    let (columns, map) = area.split_top_bottom_at_y(area.bottom() - minimap_height);
    columns_ui(ui, scene, state, selection, actions, columns);
    if minimap_height > 0.0 {
        let mut map_ui = ui.new_child(UiBuilder::new().max_rect(map).id_salt("minimap"));
        minimap::minimap_ui(&mut map_ui, scene, state, selection, actions);
    }
    ui.advance_cursor_after_rect(area);
}

fn columns_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut ReadingState,
    selection: &Selection,
    actions: &mut Vec<Action>,
    area: Rect,
) {
    gesture::begin_frame(ui, scene, state, area);
    gesture::keys(ui, scene, state, selection);
    let documents = state.shown.documents(scene.corpus);
    let arrangement = arranged(scene, state, &documents, area.width());
    let columns = arrangement.slots.iter().filter(|slot| slot.kind == Kind::Column);
    state.open = columns.clone().filter_map(|slot| documents.get(slot.idx)).map(|document| document.id).collect();
    let head_height = columns.clone().filter_map(|slot| Some((documents.get(slot.idx)?, slot.width)));
    let head_height = head_height
        .map(|(document, width)| column::head_height(ui, scene, document, width))
        .fold(column::LEAST_HEAD, f32::max);
    state.head_height = head_height;
    let driven = linking::driven(ui, state, &arrangement, area);
    let mut budget = super::article::MEASURE_BUDGET;
    for slot in &arrangement.slots {
        let Some(document) = documents.get(slot.idx) else { continue };
        let rect = Rect::from_min_size(area.min + vec2(slot.left, 0.0), vec2(slot.width, area.height()));
        match slot.kind {
            Kind::Column => {
                let mut column_ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(document.id));
                column::column_ui(&mut column_ui, scene, document, state, selection, head_height, &mut budget, actions);
            }
            Kind::Narrow => spine::spine_ui(ui, scene, document, rect, 0, actions),
            Kind::Waiting { n_more } => spine::spine_ui(ui, scene, document, rect, n_more, actions),
        }
    }
    handles::handles_ui(ui, scene, state, &documents, &arrangement, area, actions);
    linking::link_ui(ui, scene, state, area, driven);
    state.reveal = None;
    state.is_low_half_hidden = false;
    state.hovered = state.hovering.take();
}

/// Brings the columns up to date with the room and with what is to be seen, and says where they stand.
fn arranged(scene: &Scene<'_>, state: &mut ReadingState, documents: &[Arc<Document>], width: f32) -> Arrangement {
    // Larger words want wider columns, so that a line holds as many.
    let least = scene.reading.least_column() * scene.reading.text_size;
    let widest = space::WIDEST_COLUMN.max(least) * scene.reading.text_size.max(1.0);
    state.room = Room { width, least, widest };
    if let Some(id) = state.reveal.map(|passage| passage.document)
        && state.shown.ask(id) == Ask::Narrow
    {
        state.shown.set_ask(id, Ask::Shared);
    }
    let wanted = state.reveal.and_then(|passage| state.shown.idx_of(scene.corpus, passage.document));
    let ask = |idx: usize| documents.get(idx).map_or(Ask::Shared, |document| state.shown.ask(document.id));
    let (room, n) = (state.room, documents.len());
    let first = wanted.map_or(state.first_column, |idx| room.first_for(n, &ask, state.first_column, idx));
    let first = room.settled(n, &ask, first);
    let arrangement = room.arrange(n, &ask, first);
    state.first_column = first;
    state.front = documents.get(first).map(|document| document.id);
    arrangement
}

/// The reader took every article out of the columns.
fn none_chosen_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let helps = "Click one in the list at the left, or choose some in the library.";
    super::widgets::empty_ui(ui, scene.theme, "No article is in columns", helps);
    ui.vertical_centered(|ui| {
        ui.add_space(8.0);
        for (name, action) in [("Show all", Action::ShowAll), ("Open the library", Action::ToggleLibrary)] {
            if ui.button(name).on_hover_text(action.keys()).clicked() {
                actions.push(action);
            }
        }
    });
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let center = ui.max_rect().center();
    ui.painter().text(center, Align2::CENTER_BOTTOM, "Nothing is open", theme::serif_display(26.0), theme.ink);
    ui.painter().text(
        center + vec2(0.0, 14.0),
        Align2::CENTER_TOP,
        "Drop articles here, paste one, or open files.",
        theme::sans(14.0),
        theme.ink2,
    );
    let said = Rect::from_center_size(center, vec2(300.0, 56.0));
    ui.interact(said, Id::unique("nothing open"), Sense::hover()).widget_info(|| {
        let words = "Nothing is open. Drop articles here, paste one, or open files.";
        WidgetInfo::labeled(Role::Label, true, words)
    });
    let kinds = theme::format(theme::sans(12.5), 17.0, theme.dim);
    let width = (ui.max_rect().width() - 48.0).min(640.0);
    let mut job = egui::text::LayoutJob::single_section(KINDS.to_owned(), kinds);
    job.wrap.max_width = width;
    job.halign = egui::Align::Center;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(center + vec2(0.0, 92.0), galley, theme.dim);
    let rect = Rect::from_center_size(center + vec2(0.0, 62.0), vec2(90.0, 28.0));
    if ui.put(rect, egui::Button::new("Open")).clicked() {
        actions.push(Action::Open);
    }
}
