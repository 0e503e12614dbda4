//! The bar over the results: how many there are, and what of them is shown.

use std::sync::Arc;

use egui::{Align, Layout, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::listing::{Filters, Offers, Voice};
use super::{Answer, SearchState, n_articles, n_places};
use crate::gui::Scene;
use crate::gui::changes::actor_label;
use crate::gui::theme::{self, size, space};
use crate::gui::widgets::{dropdown_ui, label_ui, link_ui};
use crate::gui::words::shortened;
use crate::text::numbers::number;

/// The tallest list of choices.
const MENU_HEIGHT: f32 = 24.0 * 14.0;

/// Speakers listed; the rest speak once or twice.
const MAX_SPEAKERS: usize = 60;

/// Draws the bar into `rect`.
pub(super) fn bar_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut SearchState, answer: &Answer, rect: Rect) {
    let theme = scene.theme;
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.bottom() - 1.0), theme.hairline());
    let inner = rect.shrink2(vec2(space::TABLE_MARGIN.min(rect.width() * 0.03), 0.0));
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        ScrollArea::horizontal()
            .id_salt("search filters")
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| filters_ui(ui, scene, state, answer));
    });
}

fn filters_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut SearchState, answer: &Answer) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 8.0;
    label_ui(ui, &counts(scene, state, answer), theme::sans_medium(size::UI), theme.ink);
    ui.add_space(8.0);
    // What can be chosen is gathered once a list is open.
    let SearchState { filters, listing, .. } = state;
    let mut offers = || listing.offers(scene, answer);
    years_ui(ui, scene, filters, &mut offers);
    outlet_ui(ui, scene, filters, &mut offers);
    voice_ui(ui, scene, filters, &mut offers);
    let n_set = filters.n_set();
    if n_set > 0 {
        ui.spacing_mut().item_spacing.x = 0.0;
        label_ui(ui, &format!("filters: {n_set}"), theme::sans(size::UI), theme.ink);
        if link_ui(ui, theme, "reset").clicked() {
            state.filters = Filters::default();
        }
    }
}

/// "in 231 of 10,000 articles · 1,204 places".
fn counts(scene: &Scene<'_>, state: &SearchState, answer: &Answer) -> String {
    let (n_rows, n_open) = (state.listing.rows().len(), scene.corpus.len());
    let n_searched = answer.found.n_searched;
    let articles = if n_searched < n_open {
        format!("in {} of the {} articles searched so far", number(n_rows), number(n_searched))
    } else {
        format!("in {} of {}", number(n_rows), n_articles(n_open))
    };
    let listing = &state.listing;
    match (listing.is_done(), listing.n_places) {
        // Words to be left out have no place.
        (true, 0) => articles,
        (true, n) => format!("{articles}  ·  {}", n_places(n)),
        (false, n) => format!("{articles}  ·  more than {}", n_places(n)),
    }
}

fn years_ui(ui: &mut Ui, scene: &Scene<'_>, filters: &mut Filters, offers: &mut impl FnMut() -> Arc<Offers>) {
    let mut year_ui = |ui: &mut Ui, name: &str, word: &str, chosen: &mut Option<i16>| {
        let shown = chosen.map_or(format!("{word} any year"), |year| format!("{word} {year}"));
        let mut next = None;
        dropdown_ui(ui, scene.theme, name, &shown, |ui| {
            ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
                if ui.selectable_label(chosen.is_none(), format!("{word} any year")).clicked() {
                    next = Some(None);
                }
                for &year in &offers().years {
                    if ui.selectable_label(*chosen == Some(year), format!("{word} {year}")).clicked() {
                        next = Some(Some(year));
                    }
                }
            });
        });
        if let Some(next) = next {
            *chosen = next;
        }
    };
    year_ui(ui, "First year", "From", &mut filters.from);
    year_ui(ui, "Last year", "To", &mut filters.to);
}

fn outlet_ui(ui: &mut Ui, scene: &Scene<'_>, filters: &mut Filters, offers: &mut impl FnMut() -> Arc<Offers>) {
    let word = |outlet: &str| if outlet.is_empty() { "Outlet unknown".to_owned() } else { shortened(outlet, 24) };
    let shown = filters.outlet.as_deref().map_or("All outlets".to_owned(), word);
    let mut next = None;
    dropdown_ui(ui, scene.theme, "Outlet", &shown, |ui| {
        ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
            if ui.selectable_label(filters.outlet.is_none(), "All outlets").clicked() {
                next = Some(None);
            }
            for (outlet, n_found) in &offers().outlets {
                let text = format!("{}  ({})", word(outlet), number(*n_found));
                if ui.selectable_label(filters.outlet.as_ref() == Some(outlet), text).clicked() {
                    next = Some(Some(outlet.clone()));
                }
            }
        });
    });
    if let Some(next) = next {
        filters.outlet = next;
    }
}

fn voice_ui(ui: &mut Ui, scene: &Scene<'_>, filters: &mut Filters, offers: &mut impl FnMut() -> Arc<Offers>) {
    let shown = match &filters.voice {
        None => "All speakers".to_owned(),
        Some(Voice::Actor(id)) => shortened(actor_label(scene, id), 24),
        Some(Voice::Person(name)) => shortened(name, 24),
    };
    let mut next = None;
    dropdown_ui(ui, scene.theme, "Speaker", &shown, |ui| {
        ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
            if ui.selectable_label(filters.voice.is_none(), "All speakers").clicked() {
                next = Some(None);
            }
            let mut voice_ui = |ui: &mut Ui, label: &str, n_statements: usize, voice: Voice| {
                let text = format!("{label}  ({})", number(n_statements));
                if ui.selectable_label(filters.voice.as_ref() == Some(&voice), text).clicked() {
                    next = Some(Some(voice));
                }
            };
            let offers = offers();
            for (id, n_statements) in offers.actors.iter().take(MAX_SPEAKERS) {
                voice_ui(ui, actor_label(scene, id), *n_statements, Voice::Actor(id.clone()));
            }
            if !offers.actors.is_empty() && !offers.persons.is_empty() {
                ui.separator();
            }
            for (name, n_statements) in offers.persons.iter().take(MAX_SPEAKERS) {
                voice_ui(ui, name, *n_statements, Voice::Person(name.clone()));
            }
        });
    });
    if let Some(next) = next {
        filters.voice = next;
    }
}
