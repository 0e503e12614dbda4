//! The two lines over the list: what is listed, and what can be done with what is chosen.

use egui::{Align, Key, Layout, Rect, ScrollArea, TextEdit, Ui, UiBuilder, pos2, vec2};

use super::choice::How;
use super::settings::{Grouping, LibraryState};
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::shown::Shown;
use crate::gui::theme::{self, size};
use crate::gui::widgets::{dropdown_ui, focus_ring, label_ui, link_ui};
use crate::project::Command;
use crate::text::numbers::number;

/// Width of the field that looks for words.
const FIELD: f32 = 190.0;
/// Left and right of the lines.
const MARGIN: f32 = 16.0;
/// Menus that are higher scroll.
const MENU: f32 = 420.0;
/// Height of a line.
const LINE: f32 = 26.0;
/// What the button at the right of the first line takes.
const DONE: f32 = 76.0;

/// Draws both lines at the top of `area`; they run over more where the window is narrow. Returns their lower edge.
pub fn bars_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut LibraryState,
    shown: &mut Shown,
    area: Rect,
    actions: &mut Vec<Action>,
) -> f32 {
    let top = area.top() + 8.0;
    let done = Rect::from_min_max(pos2(area.right() - DONE, top), pos2(area.right() - MARGIN, top + LINE));
    let inner = Rect::from_min_max(pos2(area.left() + MARGIN, top), pos2(area.right() - DONE - 10.0, area.bottom()));
    let bottom = line_ui(ui, inner, |ui| filters_ui(ui, scene, state));
    let builder = UiBuilder::new().max_rect(done).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        if ui.button("Done").on_hover_text("Esc").clicked() {
            state.is_open = false;
        }
    });
    let inner = Rect::from_min_max(pos2(inner.left(), bottom + 7.0), pos2(area.right() - MARGIN, area.bottom()));
    line_ui(ui, inner, |ui| choice_ui(ui, scene, state, shown, actions)) + 8.0
}

/// A line that goes on below where it has no room. Returns its lower edge.
fn line_ui(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui)) -> f32 {
    let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
    // Widgets stand in the middle of the height they are given.
    let rect = rect.with_max_y(rect.top() + LINE);
    let response = ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        add(ui);
    });
    response.response.rect.bottom()
}

fn filters_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut LibraryState) {
    let theme = scene.theme;
    let field = TextEdit::singleline(&mut state.filter.query)
        .hint_text("Title, outlet or file")
        .desired_width(FIELD.min(ui.available_width() * 0.5))
        .align(egui::Align2::LEFT_CENTER);
    let response = ui.add(field).accessible_name("Filter the articles");
    focus_ring(ui.painter(), theme, &response);
    state.is_typing = response.has_focus() || response.lost_focus();
    state.must_rewind |= response.changed();
    let is_down = response.has_focus() && ui.input(|input| input.key_pressed(Key::ArrowDown));
    if is_down || response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        // From what was typed to what it found.
        response.surrender_focus();
        state.go_to(0, How::Alone);
    }
    years_ui(ui, scene, state);
    outlets_ui(ui, scene, state);
    dropdown_ui(ui, theme, "Groups", state.grouping.words(), |ui| {
        for grouping in Grouping::ALL {
            if ui.selectable_label(state.grouping == grouping, grouping.words()).clicked() {
                state.grouping = grouping;
                state.must_reveal = true;
            }
        }
    });
    let n_active = state.filter.n_active();
    if n_active > 0 {
        label_ui(ui, &format!("filters: {n_active}"), theme::sans(size::UI), theme.ink);
        if link_ui(ui, theme, "reset").clicked() {
            state.reset_filters();
        }
    }
}

/// The first and the last year that is listed.
fn years_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut LibraryState) {
    let LibraryState { facts, filter, must_rewind, .. } = state;
    let chosen = years_in_words(filter.from, filter.to);
    dropdown_ui(ui, scene.theme, "Years", &chosen, |ui| {
        if ui.selectable_label(filter.from.is_none() && filter.to.is_none(), "Any year").clicked() {
            (filter.from, filter.to, *must_rewind) = (None, None, true);
        }
        ScrollArea::vertical().max_height(MENU).show(ui, |ui| {
            egui::Grid::new("years").num_columns(2).spacing([4.0, 2.0]).show(ui, |ui| {
                for &year in &facts.years {
                    for (name, chosen, is_from) in [("From", filter.from, true), ("To", filter.to, false)] {
                        if ui.selectable_label(chosen == Some(year), format!("{name} {year}")).clicked() {
                            filter.choose_year(year, is_from);
                            *must_rewind = true;
                        }
                    }
                    ui.end_row();
                }
            });
        });
    });
}

fn years_in_words(from: Option<i16>, to: Option<i16>) -> String {
    match (from, to) {
        (None, None) => "Any year".to_owned(),
        (Some(from), None) => format!("From {from}"),
        (None, Some(to)) => format!("To {to}"),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}

fn outlets_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut LibraryState) {
    let LibraryState { facts, filter, must_rewind, .. } = state;
    let chosen = filter.outlet.as_deref().map_or("All outlets", |key| facts.outlet_name(key)).to_owned();
    dropdown_ui(ui, scene.theme, "Outlet", &shortened(&chosen), |ui| {
        list_ui(ui, |ui| {
            if ui.selectable_label(filter.outlet.is_none(), "All outlets").clicked() {
                (filter.outlet, *must_rewind) = (None, true);
            }
            for (key, name, n_articles) in &facts.outlets {
                let is_chosen = filter.outlet.as_ref() == Some(key);
                if ui.selectable_label(is_chosen, format!("{name}  ·  {}", number(*n_articles))).clicked() {
                    (filter.outlet, *must_rewind) = (Some(key.clone()), true);
                }
            }
        });
    });
}

/// The choices of a menu, which may be many.
fn list_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().max_height(MENU).show(ui, |ui| {
        ui.with_layout(Layout::top_down_justified(Align::LEFT), add);
    });
}

/// A name that leaves room for the rest of the line.
fn shortened(name: &str) -> String {
    if name.chars().count() <= 24 {
        return name.to_owned();
    }
    format!("{}…", name.chars().take(23).collect::<String>().trim_end())
}

/// What is in columns, what is chosen, and what can be done with it.
fn choice_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut LibraryState, shown: &mut Shown, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let n_open = scene.corpus.len();
    let (n_listed, n_chosen) = (state.listing.articles.len(), state.chosen.len());
    ui.add_enabled_ui(n_chosen > 0, |ui| {
        if ui.button("Only these in columns").on_hover_text("Read shows the chosen articles alone").clicked() {
            shown.only(scene.corpus, &state.chosen);
        }
    });
    ui.add_enabled_ui(shown.n_chosen().is_some(), |ui| {
        if ui.button("All in columns").on_hover_text("Read shows every article").clicked() {
            shown.all();
        }
    });
    ui.add_enabled_ui(n_chosen > 0, |ui| {
        if ui.button("Remove").on_hover_text("Close the chosen articles (Delete); can be undone").clicked() {
            remove(state.chosen_in_order(), actions);
        }
    });
    let in_columns = match shown.n_chosen() {
        None => "all in columns".to_owned(),
        Some(n_shown) => format!("{} of {} in columns", number(n_shown), number(n_open)),
    };
    let listed = if n_listed == n_open { String::new() } else { format!("{} listed  ·  ", number(n_listed)) };
    let chosen = if n_chosen == 0 { String::new() } else { format!("{} chosen  ·  ", number(n_chosen)) };
    let words = egui::RichText::new(format!("{chosen}{listed}{in_columns}")).font(theme::sans(size::UI));
    ui.add(egui::Label::new(words.color(theme.ink2)).extend());
}

/// Asks for articles to be closed.
pub fn remove(ids: Vec<crate::document::DocumentId>, actions: &mut Vec<Action>) {
    if !ids.is_empty() {
        actions.push(Action::Change(Command::RemoveDocuments(ids)));
    }
}
