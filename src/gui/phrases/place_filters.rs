//! The filters of the table of places: whose words, which outlet, which year.

use egui::{ScrollArea, Ui};

use super::places::facts::{Facts, years};
use super::places::settings::{PlaceSettings, PlaceVoices};
use crate::gui::Scene;
use crate::gui::widgets::dropdown_ui;
use crate::text::numbers::number;

/// Names offered, those met most often first.
const MAX_OFFERED: usize = 200;
/// Height of a list of names; beyond, it scrolls.
const MAX_HEIGHT: f32 = 300.0;
/// Letters of a name on a button.
const MAX_LETTERS: usize = 22;

/// Draws the three filters in the flow of a row; in one list where there is little room.
pub fn filters_ui(ui: &mut Ui, scene: &Scene<'_>, settings: &mut PlaceSettings, facts: &Facts, is_narrow: bool) {
    let theme = scene.theme;
    if is_narrow {
        let n_filters = settings.n_filters();
        let chosen = if n_filters == 0 { "All places".to_owned() } else { format!("Some places ({n_filters})") };
        dropdown_ui(ui, theme, "Places", &chosen, |ui| {
            ui.menu_button("Speakers", |ui| voices_ui(ui, settings, facts));
            ui.menu_button("Outlets", |ui| outlets_ui(ui, settings, facts));
            ui.menu_button("Years", |ui| years_ui(ui, scene, settings));
        });
        return;
    }
    let voices = match &settings.voices {
        PlaceVoices::All => "All speakers",
        PlaceVoices::Nobody => "No speaker",
        PlaceVoices::Speaker(name) => name,
    };
    dropdown_ui(ui, theme, "Speakers", &shortened(voices), |ui| voices_ui(ui, settings, facts));
    let outlet = shortened(settings.outlet.as_deref().unwrap_or("All outlets"));
    dropdown_ui(ui, theme, "Outlets", &outlet, |ui| outlets_ui(ui, settings, facts));
    let year = settings.year.map_or("All years".to_owned(), |year| year.to_string());
    dropdown_ui(ui, theme, "Years", &year, |ui| years_ui(ui, scene, settings));
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_LETTERS {
        return name.to_owned();
    }
    let kept: String = name.chars().take(MAX_LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

fn voices_ui(ui: &mut Ui, settings: &mut PlaceSettings, facts: &Facts) {
    for (voices, name) in [(PlaceVoices::All, "All speakers"), (PlaceVoices::Nobody, "No speaker: headlines and text")]
    {
        if ui.selectable_label(settings.voices == voices, name).clicked() {
            settings.voices = voices;
        }
    }
    ui.separator();
    let is_chosen = |name: &str| matches!(&settings.voices, PlaceVoices::Speaker(chosen) if chosen == name);
    if let Some(name) = names_ui(ui, facts.voices.by_count(), is_chosen) {
        settings.voices = PlaceVoices::Speaker(name);
    }
}

fn outlets_ui(ui: &mut Ui, settings: &mut PlaceSettings, facts: &Facts) {
    if ui.selectable_label(settings.outlet.is_none(), "All outlets").clicked() {
        settings.outlet = None;
    }
    ui.separator();
    let is_chosen = |name: &str| settings.outlet.as_deref() == Some(name);
    if let Some(name) = names_ui(ui, facts.outlets.by_count(), is_chosen) {
        settings.outlet = Some(name);
    }
}

/// Names with their counts; the one that was clicked.
fn names_ui(ui: &mut Ui, names: Vec<(&str, usize)>, is_chosen: impl Fn(&str) -> bool) -> Option<String> {
    let mut clicked = None;
    ScrollArea::vertical().max_height(MAX_HEIGHT).show(ui, |ui| {
        for (name, count) in names.into_iter().take(MAX_OFFERED) {
            if ui.selectable_label(is_chosen(name), format!("{name}  ({})", number(count))).clicked() {
                clicked = Some(name.to_owned());
            }
        }
    });
    clicked
}

fn years_ui(ui: &mut Ui, scene: &Scene<'_>, settings: &mut PlaceSettings) {
    if ui.selectable_label(settings.year.is_none(), "All years").clicked() {
        settings.year = None;
    }
    ui.separator();
    ScrollArea::vertical().max_height(MAX_HEIGHT).show(ui, |ui| {
        for year in years(scene.corpus) {
            if ui.selectable_label(settings.year == Some(year), year.to_string()).clicked() {
                settings.year = Some(year);
            }
        }
    });
}
