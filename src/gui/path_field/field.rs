//! The line with the field and its buttons, what is told about the path, and the list of names.

use egui::text::{CCursor, CCursorRange};
use egui::{Id, Key, Modifiers, RichText, TextEdit, Ui};

use super::{Note, PathField, rows};
use crate::gui::action::Action;
use crate::gui::theme::{self, Theme, size};
use crate::gui::widgets::{self, label_ui, link_ui, primary_button_ui};

/// So many folders are offered beside home.
const MAX_RECENT: usize = 4;

/// Shows the field with its button, which is called `button`; `choose` asks for the system's dialog instead. `label` names
/// what the path is for.
pub fn bar_ui(
    ui: &mut Ui,
    theme: &Theme,
    field: &mut PathField,
    [label, button]: [&str; 2],
    choose: Option<Action>,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(label).color(theme.ink2));
        let room = ui.available_width() - if choose.is_some() { 210.0 } else { 110.0 };
        text_ui(ui, field, room.clamp(120.0, 820.0), label.id);
        if let Some(choose) = choose
            && ui.button("Choose…").clicked()
        {
            actions.push(choose);
        }
        let is_ready = !field.is_blank();
        if ui.add_enabled_ui(is_ready, |ui| primary_button_ui(ui, theme, button)).inner.clicked() {
            field.enter();
        }
    });
    note_ui(ui, theme, field);
}

/// The text itself with its keys.
fn text_ui(ui: &mut Ui, field: &mut PathField, width: f32, label: Id) {
    let id = Id::unique("path");
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let completion = field.completion().filter(|_| has_focus);
    if has_focus {
        keys(ui, field, completion.clone());
    }
    if std::mem::take(&mut field.is_put) && (has_focus || field.is_open) {
        put_caret(ui, id, &field.text);
    }
    // Tab goes on to the next control where it has nothing to complete.
    let edit = TextEdit::singleline(&mut field.text).id(id).desired_width(width).lock_focus(completion.is_some());
    let response = ui.add(edit).labelled_by(label);
    // One types into it without a click.
    if field.is_open && widgets::is_new(ui, id) {
        response.request_focus();
    }
    if response.changed() {
        field.follow_typing();
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        field.take_key();
        // What is wrong is mended where it stands.
        response.request_focus();
    }
}

/// The keys that the field has beside those of any text.
fn keys(ui: &Ui, field: &mut PathField, completion: Option<String>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if completion.is_some()
        && pressed(Key::Tab)
        && let Some(text) = completion
    {
        field.put(text);
    }
    let walks = if pressed(Key::ArrowDown) { Some(true) } else { pressed(Key::ArrowUp).then_some(false) };
    if let Some(is_down) = walks {
        field.is_open = true;
        field.walk(is_down);
    }
}

/// What was put into the field goes on at its end.
fn put_caret(ui: &Ui, id: Id, text: &str) {
    let mut edit = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    edit.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    TextEdit::store_state(ui.ctx(), id, edit);
    ui.ctx().request_repaint();
}

/// What is told about the path that was entered, with the ways on.
fn note_ui(ui: &mut Ui, theme: &Theme, field: &mut PathField) {
    let says = match &field.note {
        Note::None => return,
        Note::Checking => "Looking…".to_owned(),
        Note::Wrong(words) => words.clone(),
        Note::Replaces(shown) => format!("{shown} is there already."),
        Note::Folder(shown) => format!("{shown} is a folder. Choose a file in it, or"),
    };
    let (font, color) = match field.note {
        Note::Checking => (theme::sans(size::UI), theme.ink2),
        _ => (theme::sans_medium(size::UI), theme.ink),
    };
    ui.horizontal_wrapped(|ui| {
        label_ui(ui, &says, font, color);
        match field.note {
            Note::Replaces(_) => {
                if link_ui(ui, theme, "Replace it").clicked() {
                    field.agree();
                }
                label_ui(ui, "or type another name.", theme::sans(size::UI), theme.ink2);
            }
            Note::Folder(_) if link_ui(ui, theme, "Open the whole folder").clicked() => field.agree(),
            _ => {}
        }
    });
}

/// Shows home and the folders used lately, and under them the names that fit, in the room that is left.
pub fn names_ui(ui: &mut Ui, theme: &Theme, field: &mut PathField) {
    if !field.is_open {
        return;
    }
    let folders = field.places.recent.iter().take(MAX_RECENT).cloned();
    let folders: Vec<_> = field.places.home.clone().into_iter().chain(folders).collect();
    ui.horizontal_wrapped(|ui| {
        for folder in folders {
            let shown = field.places.shown_folder(&folder);
            let name = if Some(&folder) == field.places.home.as_ref() { "Home" } else { shown.as_str() };
            if link_ui(ui, theme, name).clicked() {
                field.go_to(shown);
                ui.memory_mut(|memory| memory.request_focus(Id::unique("path")));
            }
        }
    });
    let foot = 20.0;
    let room = (ui.available_height() - foot).max(rows::HEIGHT);
    ui.allocate_ui(egui::vec2(ui.available_width(), room), |ui| {
        rows::rows_ui(ui, theme, field, room);
    });
    foot_ui(ui, theme, field);
}

/// The keys, and how many names there are.
fn foot_ui(ui: &mut Ui, theme: &Theme, field: &PathField) {
    let is_cut = field.listing.as_ref().is_some_and(|listing| listing.is_cut) || field.fitting.len() > field.n_rows();
    let more = if is_cut { "Not all are listed; type the beginning of a name.   " } else { "" };
    let several = if field.wants.is_several() { "  ·  “;” between several" } else { "" };
    let keys = format!("{more}↑ ↓ choose  ·  Tab complete  ·  Enter go in, or take it{several}");
    ui.with_layout(egui::Layout::bottom_up(egui::Align::Min), |ui| {
        label_ui(ui, &keys, theme::sans(size::SMALL), theme.dim);
    });
}
