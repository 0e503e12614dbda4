//! The bar over the chart: whose positions, which voices and themes, what is open; chart or table.

use egui::{Align, Layout, Rect, ScrollArea, TextEdit, Ui, UiBuilder, Vec2};

use super::board::{Board, UNTHEMED, n_filters};
use super::{offers, plot};
use crate::gui::Scene;
use crate::gui::action::{Action, Entry};
use crate::gui::changes::{self, actor_label};
use crate::gui::state::{PositionsState, Voices};
use crate::gui::theme::{self, size};
use crate::gui::widgets::{checkbox_ui, dropdown_ui, focus_ring, label_ui, link_ui, page_line_ui};

/// Width of the field that looks for words, and where there is little room.
const FIELD: f32 = 150.0;
const NARROW_FIELD: f32 = 112.0;
/// Below this width what is asked for rarely stands in a menu.
const NARROW: f32 = 1080.0;
/// A name of more letters is told by its id.
const MAX_LABEL: usize = 28;

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
    let inner = rect.shrink2(Vec2::new(plot::MARGIN, 0.0));
    if scene.is_page {
        page_line_ui(ui, theme, inner, actor_label(scene, &board.actor), &shown_words(scene, state));
        return;
    }
    // What tells of a filter is never scrolled out of sight.
    let mut inner = inner;
    let right = UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center));
    let shown = ui.scope_builder(right, |ui| {
        told_ui(ui, scene, state);
        ui.min_rect()
    });
    if shown.inner.width() >= 1.0 {
        inner.max.x = shown.inner.left() - 12.0;
    }
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center));
    let is_narrow = rect.width() < NARROW;
    ui.scope_builder(builder, |ui| {
        ScrollArea::horizontal()
            .id_salt("filters")
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| filters_ui(ui, scene, state, (board, is_narrow), actions));
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
    let query = format!("with “{}”", state.query.trim());
    words.extend((!state.query.trim().is_empty()).then_some(query.as_str()));
    words.join("  ·  ")
}

fn filters_ui(
    ui: &mut Ui,
    scene: &Scene,
    state: &mut PositionsState,
    (board, is_narrow): (&Board, bool),
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 8.0;
    actor_ui(ui, scene, state, board, actions);
    voices_ui(ui, scene, state, board);
    theme_ui(ui, scene, state, board);
    let field = TextEdit::singleline(&mut state.query)
        .hint_text(if is_narrow { "Find" } else { "Find in statements" })
        .desired_width(if is_narrow { NARROW_FIELD } else { FIELD })
        .align(egui::Align2::LEFT_CENTER);
    let response = ui.add(field).accessible_name("Find in statements");
    focus_ring(ui.painter(), theme, &response);
    if !is_narrow {
        ui.add_space(4.0);
        checkbox_ui(ui, theme, &mut state.is_quotes_only, "Quotes only");
        checkbox_ui(ui, theme, &mut state.is_open_only, "Open changes only");
        ui.add_space(4.0);
    }
    let word = if state.is_table { "Chart" } else { "Table" };
    let toggle = link_ui(ui, theme, word).on_hover_text("The same statements, drawn over time or listed");
    focus_ring(ui.painter(), theme, &toggle);
    if toggle.clicked() {
        state.is_table ^= true;
    }
    if is_narrow {
        let more = link_ui(ui, theme, "More").accessible_name("More filters");
        focus_ring(ui.painter(), theme, &more);
        egui::Popup::menu(&more).show(|ui| {
            // A list has no room for boxes; what is on is tinted, as in the other lists.
            for (is_on, words) in
                [(&mut state.is_quotes_only, "Quotes only"), (&mut state.is_open_only, "Open changes only")]
            {
                *is_on ^= ui.selectable_label(*is_on, words).clicked();
            }
            ui.separator();
            let next = ui.button("Next to review").clicked();
            actions.extend(next.then_some(Action::NextOpen));
            let copy = ui.button("Copy all shown").clicked();
            actions.extend(copy.then(|| super::copy_shown(scene, state, board)));
        });
        return;
    }
    let next = link_ui(ui, theme, "Next to review").on_hover_text(Action::NextOpen.keys());
    focus_ring(ui.painter(), theme, &next);
    actions.extend(next.clicked().then_some(Action::NextOpen));
    let tip = "All statements shown with their sources; Ctrl C copies the chosen ones";
    let copy = link_ui(ui, theme, "Copy all shown").on_hover_text(tip);
    focus_ring(ui.painter(), theme, &copy);
    actions.extend(copy.clicked().then(|| super::copy_shown(scene, state, board)));
}

/// How many filters are on, and the way back, from the right.
fn told_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState) {
    let n_filters = n_filters(state);
    if n_filters == 0 {
        return;
    }
    let back = link_ui(ui, scene.theme, "reset");
    focus_ring(ui.painter(), scene.theme, &back);
    if back.clicked() {
        reset(state);
    }
    ui.spacing_mut().item_spacing.x = 0.0;
    label_ui(ui, &format!("filters: {n_filters}"), theme::sans(size::UI), scene.theme.ink);
}

/// Takes all filters away; whose positions, and chart or table, stay.
pub fn reset(state: &mut PositionsState) {
    state.voices = Voices::All;
    state.theme = None;
    (state.is_quotes_only, state.is_open_only) = (false, false);
    state.query.clear();
}

/// The name of an actor; where that is long, its id.
pub fn short_label<'a>(scene: &Scene<'a>, actor: &'a str) -> &'a str {
    let label = actor_label(scene, actor);
    if label.len() > MAX_LABEL { actor } else { label }
}

/// Actors of the codebook, then the speakers it does not know, who can be charted at once.
fn actor_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, board: &Board, actions: &mut Vec<Action>) {
    let shown = short_label(scene, &board.actor);
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
