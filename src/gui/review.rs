//! The reader's verdict on a change: accept, edit, dismiss, or back to automatic. Cards and Compare share it.

use egui::{Popup, Ui};

use super::Scene;
use super::action::Action;
use super::changes::{Change, allowed_labels};
use super::theme::{self, size};
use super::widgets::{focus_ring, label_ui, primary_button_ui};
use crate::analysis::shifts::ShiftLabel;
use crate::project::{Command, Review, Verdict};

/// Where the buttons stand and whether they are in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On the card of the current change, which answers to the keys.
    CurrentCard,
    OtherCard,
    /// Under the only change shown: the first button is filled with the accent.
    Verdict,
}

/// The buttons of a change.
pub fn review_ui(ui: &mut Ui, scene: &Scene, change: &Change, place: Place, actions: &mut Vec<Action>) {
    if scene.is_page {
        return;
    }
    match change.verdict() {
        None => {
            let response = match place {
                Place::Verdict => primary_button_ui(ui, scene.theme, "Accept"),
                Place::CurrentCard | Place::OtherCard => button_ui(ui, scene, "Accept"),
            };
            if response.clicked() {
                actions.push(verdict(scene, change, Some(Verdict::Accepted)));
            }
        }
        Some(Verdict::Dismissed) => {
            if button_ui(ui, scene, "Restore").clicked() {
                actions.push(verdict(scene, change, None));
            }
            return;
        }
        Some(Verdict::Accepted | Verdict::Edited) => {
            if button_ui(ui, scene, "Take back").clicked() {
                actions.push(verdict(scene, change, None));
            }
        }
    }
    edit_ui(ui, scene, change, place, actions);
    if button_ui(ui, scene, "Dismiss").clicked() {
        actions.push(verdict(scene, change, Some(Verdict::Dismissed)));
    }
}

/// A menu with the labels that fit the theme; E opens it for the current change.
fn edit_ui(ui: &mut Ui, scene: &Scene, change: &Change, place: Place, actions: &mut Vec<Action>) {
    let response = button_ui(ui, scene, "Edit");
    let is_key = place != Place::OtherCard
        && !ui.ctx().text_edit_focused()
        && ui.input(|input| input.modifiers.is_none() && input.key_pressed(egui::Key::E));
    if is_key {
        Popup::open_id(ui.ctx(), Popup::default_response_id(&response));
    }
    let labels = allowed_labels(scene.codebook.theme(&change.shift.theme));
    let behavior = egui::PopupCloseBehavior::CloseOnClickOutside;
    Popup::menu(&response).gap(4.0).close_behavior(behavior).show(|ui| {
        label_ui(ui, "This change is", theme::sans(size::SMALL), scene.theme.dim);
        for label in labels {
            if ui.selectable_label(change.label() == label, label.words()).clicked() {
                actions.push(relabel(scene, change, label));
                ui.close();
            }
        }
        ui.separator();
        note_ui(ui, scene, change, actions);
    });
}

/// The reader's own words beside a change; kept when the field is left.
fn note_ui(ui: &mut Ui, scene: &Scene, change: &Change, actions: &mut Vec<Action>) {
    let id = ui.scope_id().with(("note", change.shift.id));
    let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| change.note().to_owned());
    let field = egui::TextEdit::multiline(&mut typed).desired_rows(2).desired_width(240.0).hint_text("Note");
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Note"));
    let is_other = typed.trim() != change.note().trim();
    if ui.add_enabled(is_other, egui::Button::new("Keep note")).clicked() {
        actions.push(with_review(scene, change, |review| typed.trim().clone_into(&mut review.note)));
        ui.close();
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
}

/// The verdict that gives `label` to a change: to confirm the rules' own label is to accept it.
fn relabel(scene: &Scene, change: &Change, label: ShiftLabel) -> Action {
    let verdict = if label == change.shift.label { Verdict::Accepted } else { Verdict::Edited };
    with_review(scene, change, |review| (review.verdict, review.label) = (Some(verdict), label))
}

/// The action that records a verdict, `None` to take it back.
pub fn verdict(scene: &Scene, change: &Change, verdict: Option<Verdict>) -> Action {
    let label = if verdict == Some(Verdict::Edited) { change.label() } else { change.shift.label };
    with_review(scene, change, |review| (review.verdict, review.label) = (verdict, label))
}

/// The action that records what `edit` makes of the review.
pub fn with_review(scene: &Scene, change: &Change, edit: impl FnOnce(&mut Review)) -> Action {
    let known = change.review.cloned();
    let mut review = known.unwrap_or_else(|| Review::of(change.shift, &scene.analysis.statements));
    edit(&mut review);
    Action::Change(Command::SetReview { shift: scene.reviewed.key(change.shift.id), review: Some(review) })
}

fn button_ui(ui: &mut Ui, scene: &Scene, text: &str) -> egui::Response {
    let response = ui.button(text);
    focus_ring(ui.painter(), scene.theme, &response);
    response
}
