//! The field to enter a date, with what was understood of it as one types.

use egui::{RichText, Ui};

use super::set;
use crate::document::{DateSpan, Document};
use crate::gui::action::Action;
use crate::gui::theme::{self, size};
use crate::gui::typed_date::{self, Typed};
use crate::gui::{Scene, widgets};

pub(super) fn entry_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let id = ui.scope_id().with(("typed date", document.id));
    let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    let understood = typed_date::understood(&typed, scene.today);
    let mut taken: Option<DateSpan> = None;
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("Published on").color(theme.ink2));
        let field = egui::TextEdit::singleline(&mut typed)
            .hint_text("29 Jan 2023")
            .desired_width(132.0)
            .align(egui::Align2::LEFT_CENTER);
        let response = ui.add(field).labelled_by(label.id);
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let span = match &understood {
            Typed::Span { span, .. } => Some(*span),
            Typed::Nothing | Typed::Refused(_) => None,
        };
        let is_clicked = ui.add_enabled(span.is_some(), egui::Button::new("Set")).clicked();
        taken = span.filter(|_| is_entered || is_clicked);
    });
    match &understood {
        Typed::Nothing => {
            let says = "A day, a month or a year, as you would write it.";
            widgets::label_ui(ui, says, theme::sans(size::SMALL), theme.ink2);
        }
        Typed::Span { span, other } => {
            widgets::label_ui(ui, &typed_date::said(*span), theme::sans_medium(size::UI), theme.ink);
            if let Some(other) = other {
                ui.horizontal_wrapped(|ui| {
                    widgets::label_ui(ui, "Read with the day first.", theme::sans(size::UI), theme.ink2);
                    if widgets::link_ui(ui, theme, &format!("Take {} instead", typed_date::said(*other))).clicked() {
                        taken = Some(*other);
                    }
                });
            }
        }
        Typed::Refused(says) => {
            ui.add(egui::Label::new(RichText::new(says).font(theme::sans(size::UI)).color(theme.ink2)).wrap());
        }
    }
    if let Some(span) = taken {
        actions.push(set(document, Some(span)));
        typed.clear();
        ui.close();
    }
    if scene.project.decisions().dates.contains_key(&document.id) && ui.button("Back to automatic").clicked() {
        actions.push(set(document, None));
        ui.close();
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
}
