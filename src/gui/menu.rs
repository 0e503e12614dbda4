//! The menu of everything that has no button of its own.

use std::path::Path;

use egui::{Button, Id, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::action::Action;
use super::desk::Desk;
use super::facts;
use super::theme::{Mode, Theme};
use crate::codebook::BUILT_INS;
use crate::project::Command;
use crate::project::home::Left;

/// At most so many pieces of work without a name are listed.
const MAX_LEFT: usize = 8;

/// The sign of the menu; a click opens it. What has a button in the bar is not in it.
pub fn more_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, has_image_button: bool, actions: &mut Vec<Action>) {
    let (rect, _) = ui.allocate_exact_size(vec2(28.0, 26.0), Sense::hover());
    let response = ui.interact(rect, Id::unique("more"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "More"));
    if response.hovered() || response.has_focus() {
        let stroke = if response.has_focus() { Stroke::new(2.0, theme.accent) } else { Stroke::new(1.0, theme.rule2) };
        ui.painter().rect(rect, 5.0, theme.raise, stroke, StrokeKind::Inside);
    }
    for dx in [-6.0, 0.0, 6.0] {
        ui.painter().circle_filled(rect.center() + vec2(dx, 0.0), 1.6, theme.ink2);
    }
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(230.0);
        // As high as it is, or as the window lets it be.
        let room = ui.ctx().content_rect().height() - 80.0;
        egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
            steps_ui(ui, desk, actions);
            ui.separator();
            projects_ui(ui, desk, actions);
            if !has_image_button {
                item(ui, Action::SaveImage, "Save image", actions);
            }
            item(ui, Action::CopyImage, "Copy image", actions);
            item(ui, Action::Export, "Export findings…", actions);
            ui.separator();
            view_ui(ui, theme, desk, actions);
            ui.separator();
            codebook_ui(ui, desk, actions);
            item(ui, Action::Inspect(None), "How the article was read", actions);
            item(ui, Action::Help, "All keys", actions);
        });
    });
}

fn item(ui: &mut Ui, action: Action, name: &str, actions: &mut Vec<Action>) {
    let button = Button::new(name).shortcut_text(action.keys()).frame(false);
    if ui.add_sized([ui.available_width(), 24.0], button).clicked() {
        actions.push(action);
    }
}

fn steps_ui(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    let undo = desk.project.undo_name().map_or("Undo".to_owned(), |name| format!("Undo: {name}"));
    ui.add_enabled_ui(desk.project.undo_name().is_some(), |ui| item(ui, Action::Undo, &undo, actions));
    let redo = desk.project.redo_name().map_or("Redo".to_owned(), |name| format!("Redo: {name}"));
    ui.add_enabled_ui(desk.project.redo_name().is_some(), |ui| item(ui, Action::Redo, &redo, actions));
    item(ui, Action::History, "History…", actions);
}

fn projects_ui(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    item(ui, Action::NewProject, "New project", actions);
    item(ui, Action::SaveAs, "Save as…", actions);
    let open = desk.keeping.path.as_deref();
    let is_other = |path: &Path| Some(path) != open;
    let recent: Vec<&Path> = desk.keeping.recent.iter().map(|path| &**path).filter(|path| is_other(path)).collect();
    let left: Vec<&Left> = desk.keeping.left.iter().filter(|left| is_other(&left.path)).take(MAX_LEFT).collect();
    ui.add_enabled_ui(!recent.is_empty() || !left.is_empty(), |ui| {
        ui.menu_button("Open again", |ui| {
            for path in recent {
                let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
                if ui.button(name).on_hover_text(path.to_string_lossy()).clicked() {
                    actions.push(Action::OpenPaths(vec![path.to_owned()]));
                }
            }
            for left in left {
                if ui.button(left_name(left)).clicked() {
                    actions.push(Action::OpenPaths(vec![left.path.clone()]));
                }
            }
        });
    });
    item(ui, Action::OpenSample, "Open the built-in articles", actions);
    item(ui, Action::OpenFolder, "Open folders", actions);
}

/// "Without a name, 26 Nov 2026 07:15, 1.2 MB".
fn left_name(left: &Left) -> String {
    let day = Timestamp::try_from(left.used).map_or_else(
        |_| String::new(),
        |used| used.to_zoned(TimeZone::system()).datetime().strftime(", %-d %b %Y %H:%M").to_string(),
    );
    format!("Without a name{day}, {:.1} MB", left.n_bytes as f64 / 1e6)
}

fn view_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, actions: &mut Vec<Action>) {
    let reading = &desk.state.reading;
    item(ui, Action::ToggleMarks, if reading.has_marks { "Hide marks" } else { "Show marks" }, actions);
    let furniture = if reading.has_furniture { "Fold boilerplate away" } else { "Show boilerplate" };
    item(ui, Action::ToggleFurniture, furniture, actions);
    let list = if desk.state.is_list_open { "Close the list" } else { "Open the list" };
    item(ui, Action::ToggleList, list, actions);
    let library = if desk.state.library.is_open { "Close the library" } else { "Library…" };
    item(ui, Action::ToggleLibrary, library, actions);
    item(ui, Action::ToggleMode, if theme.mode == Mode::Light { "Dark" } else { "Light" }, actions);
    item(ui, Action::ZoomIn, "Larger", actions);
    item(ui, Action::ZoomOut, "Smaller", actions);
    item(ui, Action::ZoomReset, "Normal size", actions);
}

fn codebook_ui(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    for fact in &desk.project.decisions().facts_off {
        let action = Action::Change(Command::SwitchFact { fact: fact.clone(), is_on: true });
        item(ui, action, &format!("Date by “{}” again", facts::name(desk.codebook(), fact)), actions);
    }
    ui.menu_button(format!("Codebook: {}", desk.codebook().name), |ui| {
        for built_in in &BUILT_INS {
            let is_used = desk.codebook().name == built_in.title;
            if ui.selectable_label(is_used, built_in.title).clicked() && !is_used {
                actions.push(Action::UseCodebook(built_in.name));
            }
        }
        ui.separator();
        for (action, name) in [(Action::OpenCodebook, "Open a codebook…"), (Action::SaveCodebook, "Save a copy…")] {
            if ui.button(name).clicked() {
                actions.push(action);
            }
        }
        let is_changed = desk.project.decisions().codebook.is_some();
        if ui.add_enabled(is_changed, Button::new("Back to the one of the start")).clicked() {
            actions.push(Action::ResetCodebook);
        }
    });
}
