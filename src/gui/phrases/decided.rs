//! What the reader decided about phrases, each with the way back.

use egui::{RichText, ScrollArea, Ui};

use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::theme::{self, size};
use crate::gui::widgets::{dropdown_ui, label_ui, link_ui};
use crate::project::phrases::reversals;

/// Height of the list; beyond, it scrolls.
const MAX_HEIGHT: f32 = 260.0;

/// A button that counts the decisions and opens their list; nothing where there are none.
pub fn decided_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    let decisions = scene.project.decisions();
    let n_decisions =
        decisions.dismissed.len() + decisions.names.len() + decisions.merged.len() + decisions.split.len();
    if n_decisions == 0 {
        return;
    }
    let counted = super::counted(n_decisions, "decision", "decisions");
    dropdown_ui(ui, scene.theme, "What you decided", &counted, |ui| {
        label_ui(ui, "What you decided about phrases", theme::sans(size::SMALL), scene.theme.dim);
        ScrollArea::vertical().max_height(MAX_HEIGHT).show(ui, |ui| {
            for reversal in reversals(decisions) {
                ui.horizontal(|ui| {
                    let words = RichText::new(&reversal.says).font(theme::sans(size::UI));
                    ui.add(egui::Label::new(words).truncate());
                    let response = link_ui(ui, scene.theme, reversal.does)
                        .accessible_name(format!("{}: {}", reversal.does, reversal.says));
                    if response.clicked() {
                        actions.push(Action::Change(reversal.command));
                    }
                });
            }
        });
    });
}
