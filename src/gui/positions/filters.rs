//! The bar over the chart: whose positions, which voices and themes, what is open; chart or table.

use egui::{Align, Layout, Rect, ScrollArea, Ui, UiBuilder, Vec2};

use super::board::{Board, UNTHEMED, n_filters};
use super::{offers, plot};
use crate::gui::Scene;
use crate::gui::action::{Action, Entry};
use crate::gui::changes::{self, actor_label};
use crate::gui::state::{PositionsState, Voices};
use crate::gui::theme::{self, size};
use crate::gui::widgets::{dropdown_ui, label_ui, link_ui, page_line_ui};

/// Draws the bar into `rect`.
pub fn filter_bar_ui(
    ui: &mut Ui,
    scene: &Scene,
    state: &mut PositionsState,
    board: &Board,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.bottom() - 1.0), theme.hairline());
    let inner = rect.shrink2(Vec2::new(plot::MARGIN.min(rect.width() * 0.03), 0.0));
    if scene.is_page {
        page_line_ui(ui, theme, inner, actor_label(scene, &board.actor), &shown_words(scene, state));
        return;
    }
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        ScrollArea::horizontal()
            .id_salt("filters")
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| filters_ui(ui, scene, state, board, actions));
    });
}

/// What the filters let through, in words: "all speakers · all themes".
fn shown_words(scene: &Scene, state: &PositionsState) -> String {
    let voices = match &state.voices {
        Voices::All => "all speakers",
        Voices::Official => "official voices",
        Voices::Person(person) => person,
    };
    let theme = match state.theme.as_deref() {
        None => "all themes",
        Some("") => UNTHEMED,
        Some(theme) => changes::theme_label(scene, theme),
    };
    let mut words = vec![voices, theme];
    words.extend(state.is_quotes_only.then_some("quotes only"));
    words.extend(state.is_open_only.then_some("open changes only"));
    words.join("  ·  ")
}

fn filters_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, board: &Board, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 8.0;
    actor_ui(ui, scene, state, board, actions);
    voices_ui(ui, scene, state, board);
    theme_ui(ui, scene, state, board);
    ui.add_space(4.0);
    ui.checkbox(&mut state.is_quotes_only, "Quotes only");
    ui.checkbox(&mut state.is_open_only, "Open changes only");
    ui.add_space(4.0);
    let word = if state.is_table { "Chart" } else { "Table" };
    if link_ui(ui, theme, word).on_hover_text("The same statements, drawn over time or listed").clicked() {
        state.is_table ^= true;
    }
    if link_ui(ui, theme, "Next to review").on_hover_text(Action::NextOpen.keys()).clicked() {
        actions.push(Action::NextOpen);
    }
    let n_filters = n_filters(state);
    if n_filters > 0 {
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        label_ui(ui, &format!("filters: {n_filters}"), theme::sans(size::UI), theme.ink);
        if link_ui(ui, theme, "reset").clicked() {
            reset(state);
        }
    }
}

/// Takes all filters away; whose positions, and chart or table, stay.
pub fn reset(state: &mut PositionsState) {
    state.voices = Voices::All;
    state.theme = None;
    (state.is_quotes_only, state.is_open_only) = (false, false);
}

/// Actors of the codebook, then the speakers it does not know, who can be charted at once.
fn actor_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, board: &Board, actions: &mut Vec<Action>) {
    let label = actor_label(scene, &board.actor);
    let shown = if label.len() > 28 { board.actor.as_str() } else { label };
    dropdown_ui(ui, scene.theme, "Actor", shown, |ui| {
        let height = 24.0 * 14.0;
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            for (actor, n_statements) in changes::actors(scene) {
                let text = format!("{}  ({n_statements})", actor_label(scene, actor));
                if ui.selectable_label(actor == board.actor, text).clicked() {
                    state.actor = Some(actor.to_owned());
                    state.voices = Voices::All;
                }
            }
            let offers = state.offers.offers(scene);
            if offers.speakers.is_empty() {
                return;
            }
            ui.separator();
            label_ui(ui, "Not in the codebook", theme::sans(size::SMALL), scene.theme.dim);
            for offer in offers.speakers.iter().take(offers::MAX_LISTED) {
                let text = format!("{}  ({})", offer.name, offer.n_statements);
                if ui.selectable_label(false, text).on_hover_text("Makes an entry of the codebook").clicked() {
                    actions.push(Action::EnterInCodebook(Entry::Actor { name: offer.name.clone() }));
                }
            }
        });
    });
}

fn voices_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, board: &Board) {
    let shown = match &state.voices {
        Voices::All => "All speakers",
        Voices::Official => "Official speakers",
        Voices::Person(person) => person,
    };
    let mut chosen = None;
    dropdown_ui(ui, scene.theme, "Speakers", shown, |ui| {
        for (text, voices) in [("All speakers", Voices::All), ("Official speakers", Voices::Official)] {
            if ui.selectable_label(state.voices == voices, text).clicked() {
                chosen = Some(voices);
            }
        }
        if !board.persons.is_empty() {
            ui.separator();
        }
        for (person, n_statements) in board.persons.iter().take(offers::MAX_LISTED) {
            let voices = Voices::Person(person.clone());
            if ui.selectable_label(state.voices == voices, format!("{person}  ({n_statements})")).clicked() {
                chosen = Some(voices);
            }
        }
    });
    if let Some(voices) = chosen {
        state.voices = voices;
    }
}

fn theme_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, board: &Board) {
    let n_themes = board.themes.len();
    let all = format!("{n_themes} theme{}", if n_themes == 1 { "" } else { "s" });
    let shown = match state.theme.as_deref() {
        None => all.as_str(),
        Some("") => UNTHEMED,
        Some(id) => board.themes.iter().find(|theme| theme.0 == id).map_or(all.as_str(), |theme| theme.1.as_str()),
    };
    let mut chosen = None;
    dropdown_ui(ui, scene.theme, "Themes", shown, |ui| {
        if ui.selectable_label(state.theme.is_none(), "All themes").clicked() {
            chosen = Some(None);
        }
        let none = (String::new(), UNTHEMED.to_owned());
        for (id, label) in board.themes.iter().chain([&none]) {
            if ui.selectable_label(state.theme.as_ref() == Some(id), label).clicked() {
                chosen = Some(Some(id.clone()));
            }
        }
    });
    if let Some(theme) = chosen {
        state.theme = theme;
    }
}
