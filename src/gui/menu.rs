//! The menu of everything that has no button of its own, in groups with air between them.
//!
//! Its entries are actions of the table of commands; what would have no effect in this view is left out, what has none at
//! the moment rests and says why. The size of the window is among the reading settings.

use egui::containers::menu::SubMenuButton;
use egui::{Button, Id, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::action::Action;
use super::commands::{self, Group};
use super::desk::Desk;
use super::state::ViewKind;
use super::theme::{Mode, Theme};
use super::{Scene, chip};
use crate::document::Document;
use crate::report::dates;

const WIDTH: f32 = 264.0;
const ROW: f32 = 24.0;

/// An entry and what it is called here.
pub struct Entry {
    pub action: Action,
    pub name: String,
}

impl Entry {
    fn new(action: Action, name: impl Into<String>) -> Self {
        Self { action, name: name.into() }
    }
}

/// The entries by group; submenus apart. `has_image_button` says that the bar has room for that button.
pub fn groups(desk: &Desk, theme: &Theme, has_image_button: bool) -> Vec<Vec<Entry>> {
    let steps = vec![
        Entry::new(Action::Undo, named("Undo", desk.project.undo_name())),
        Entry::new(Action::Redo, named("Redo", desk.project.redo_name())),
        Entry::new(Action::History, "History…"),
    ];
    let projects = vec![
        Entry::new(Action::NewProject, "New project"),
        Entry::new(Action::SaveAs, "Save as…"),
        Entry::new(Action::OpenFolder, "Open folders…"),
        Entry::new(Action::OpenSample, "Open the built-in articles"),
    ];
    let mut out = Vec::new();
    if !has_image_button {
        out.push(Entry::new(Action::SaveImage, "Save image…"));
    }
    out.push(Entry::new(Action::CopyImage, "Copy image"));
    out.push(Entry::new(Action::Export, "Export findings…"));
    let help = vec![
        Entry::new(Action::Palette, "All commands…"),
        Entry::new(Action::Help, "Help"),
        Entry::new(Action::Computer, "This computer…"),
    ];
    vec![steps, projects, out, looks(desk, theme), help]
}

/// What the view shows, and how.
fn looks(desk: &Desk, theme: &Theme) -> Vec<Entry> {
    let reading = &desk.state.reading;
    let mut looks = Vec::new();
    if desk.state.view == ViewKind::Read {
        let marks = if reading.has_marks { "Hide marks" } else { "Show marks" };
        let furniture = if reading.has_furniture { "Fold boilerplate away" } else { "Show boilerplate" };
        let list = if desk.state.is_list_open { "Close the list" } else { "Open the list" };
        looks.push(Entry::new(Action::ToggleMarks, marks));
        looks.push(Entry::new(Action::ToggleFurniture, furniture));
        looks.push(Entry::new(Action::ToggleList, list));
        let linked = if reading.is_linked { "Scroll each column by itself" } else { "Scroll columns together" };
        looks.push(Entry::new(Action::ToggleLinked, linked));
        if reading.shown.is_arranged() {
            looks.push(Entry::new(Action::ResetColumns, "Columns in order of date"));
        }
    }
    let library = if desk.state.library.is_open { "Close the library" } else { "Library…" };
    looks.push(Entry::new(Action::ToggleLibrary, library));
    looks.push(Entry::new(Action::Inspect(None), "How the article was read…"));
    looks.push(Entry::new(Action::ReadingSettings, "Reading settings…"));
    looks.push(Entry::new(Action::ToggleMode, if theme.mode == Mode::Light { "Dark" } else { "Light" }));
    looks
}

/// "Undo: rename", or the verb alone.
fn named(verb: &str, what: Option<&str>) -> String {
    what.map_or_else(|| verb.to_owned(), |what| format!("{verb}: {what}"))
}

/// The sign of the menu; a click opens it. What has a button in the bar is not in it.
pub fn more_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, has_image_button: bool, actions: &mut Vec<Action>) {
    let (rect, _) = ui.allocate_exact_size(vec2(28.0, 26.0), Sense::hover());
    let response = ui.interact(rect, Id::unique("more"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "More"));
    if response.hovered() || response.has_focus() {
        let stroke =
            if response.has_focus() { Stroke::new(theme.ring, theme.accent) } else { Stroke::new(1.0, theme.rule2) };
        ui.painter().rect(rect, 5.0, theme.raise, stroke, StrokeKind::Inside);
    }
    for dx in [-6.0, 0.0, 6.0] {
        ui.painter().circle_filled(rect.center() + vec2(dx, 0.0), 1.6, theme.ink2);
    }
    let tip = format!("More; all commands with {}", Action::Palette.keys());
    let response = response.on_hover_text(tip);
    egui::Popup::menu(&response).show(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 2.0;
        // As high as it is, or as the window lets it be.
        let room = ui.ctx().content_rect().height() - 80.0;
        egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
            for (idx, group) in groups(desk, theme, has_image_button).into_iter().enumerate() {
                if idx > 0 {
                    gap_ui(ui, theme);
                }
                let is_projects = group.iter().any(|entry| entry.action == Action::SaveAs);
                let is_help = group.iter().any(|entry| entry.action == Action::Help);
                if is_help {
                    codebook_ui(ui, desk, actions);
                    gap_ui(ui, theme);
                }
                for entry in group {
                    item_ui(ui, desk, entry, actions);
                }
                if is_projects {
                    again_ui(ui, desk, actions);
                }
            }
        });
    });
}

/// A line with air around it.
fn gap_ui(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 11.0), Sense::hover());
    let y = ui.painter().round_to_pixel_center(rect.center().y);
    ui.painter().hline(rect.x_range(), y, theme.hairline());
}

fn item_ui(ui: &mut Ui, desk: &Desk, entry: Entry, actions: &mut Vec<Action>) {
    let rests = commands::resting(desk, &entry.action);
    // The key of what rests would be too pale to read.
    let keys = if rests.is_some() { String::new() } else { entry.action.keys() };
    let button = Button::new(entry.name).truncate().shortcut_text(keys).frame(false);
    let shown = ui.add_enabled_ui(rests.is_none(), |ui| ui.add_sized([ui.available_width(), ROW], button));
    let response = shown.inner.on_disabled_hover_text(rests.unwrap_or_default());
    super::widgets::focus_ring(ui.painter(), &Theme::current(ui.ctx()), &response);
    if response.clicked() {
        actions.push(entry.action);
    }
}

/// An entry that opens entries of its own.
fn submenu(name: String) -> SubMenuButton<'static> {
    let button = Button::new(name).truncate().right_text(SubMenuButton::arrow_atom(None)).frame(false);
    SubMenuButton::from_button(button.min_size(vec2(WIDTH, ROW)))
}

/// Projects to go back to.
fn again_ui(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    let again = commands::again(desk);
    if again.is_empty() {
        return;
    }
    let (opener, _) = submenu("Open again".to_owned()).ui(ui, |ui| {
        for offered in again {
            let Action::OpenPaths(paths) = &offered.action else { continue };
            let tip = paths.first().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
            if ui.button(offered.name.as_ref()).on_hover_text(tip).clicked() {
                actions.push(offered.action);
            }
        }
    });
    super::widgets::focus_ring(ui.painter(), &Theme::current(ui.ctx()), &opener);
}

fn codebook_ui(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    for offered in commands::facts_off(desk) {
        item_ui(ui, desk, Entry::new(offered.action, offered.name), actions);
    }
    let (opener, _) = submenu(format!("Codebook: {}", desk.codebook().name)).ui(ui, |ui| {
        let of_codebook = || commands::all().iter().filter(|offered| offered.group == Group::Codebook);
        let is_choice = |action: &Action| matches!(action, Action::UseCodebook(_));
        for offered in of_codebook().filter(|offered| is_choice(&offered.action)) {
            let is_used = commands::resting(desk, &offered.action).is_some();
            let name = offered.name.trim_start_matches("Codebook: ");
            if ui.selectable_label(is_used, name).clicked() && !is_used {
                actions.push(offered.action.clone());
            }
        }
        ui.separator();
        for offered in of_codebook().filter(|offered| !is_choice(&offered.action)) {
            let rests = commands::resting(desk, &offered.action).is_some();
            if ui.add_enabled(!rests, Button::new(offered.name.as_ref())).clicked() {
                actions.push(offered.action.clone());
            }
        }
    });
    super::widgets::focus_ring(ui.painter(), &Theme::current(ui.ctx()), &opener);
}

/// At most so many articles are offered to be compared with one.
const MAX_OFFERED: usize = 12;

/// Offers the other articles to be compared with `document`, those nearest to it in order of date.
pub fn compare_with_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, actions: &mut Vec<Action>) {
    let Some(idx) = scene.corpus.idx_of(document.id).filter(|_| scene.corpus.len() > 1) else { return };
    let first = idx.saturating_sub(MAX_OFFERED / 2).min(scene.corpus.len().saturating_sub(MAX_OFFERED + 1));
    ui.menu_button("Compare with", |ui| {
        let near = scene.corpus.documents().iter().enumerate().skip(first).take(MAX_OFFERED + 1);
        for (other_idx, other) in near.filter(|(other_idx, _)| *other_idx != idx) {
            let label = dates::label(&other.published);
            let estimate = if label.is_estimate { "est. " } else { "" };
            let name = format!("{estimate}{} · {}", label.day, chip::outlet_or_file(other));
            if ui.button(name).on_hover_text(other.title.as_deref().unwrap_or(other.name())).clicked() {
                // The older one stands left.
                let [old, new] = if other_idx < idx { [other.id, document.id] } else { [document.id, other.id] };
                actions.push(Action::CompareArticles(old, new));
            }
        }
    });
}
