//! The evidence for a publication date, and the field to enter another.

use egui::{RichText, Ui};

use super::action::Action;
use super::{Scene, dates, theme};
use crate::document::{Document, Passage};
use crate::project::Command;

/// Shows what a date rests on; entering one is a decision that can be undone.
pub fn date_editor_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.set_width(320.0);
    let published = &document.published;
    let label = dates::label(published);
    let heading = if label.is_estimate { format!("Estimated {}", label.day) } else { label.day.clone() };
    ui.label(RichText::new(heading).font(theme::sans_bold(14.0)));
    if let (Some(earliest), Some(latest)) = (published.earliest, published.latest)
        && earliest != latest
    {
        let words = format!("between {} and {}", dates::day(earliest), dates::day(latest));
        ui.label(RichText::new(words).color(theme.ink2));
    }
    if published.evidence.is_empty() {
        ui.label(RichText::new("Nothing in the text tells the day.").color(theme.ink2));
    }
    egui::ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
        for (evidence_idx, evidence) in published.evidence.iter().enumerate() {
            ui.push_id(evidence_idx, |ui| {
                let says = RichText::new(&evidence.says).font(theme::sans(12.0)).color(theme.ink2);
                match evidence.range {
                    Some(range) => {
                        let words = range.of(&document.text);
                        let quote = RichText::new(format!("“{words}”")).font(theme::serif(13.5)).color(theme.accent);
                        if ui.link(quote).on_hover_text("Show in the text").clicked() {
                            actions.push(Action::Reveal(Passage { document: document.id, range }));
                        }
                        ui.label(says);
                    }
                    None => {
                        ui.label(says);
                    }
                }
            });
        }
    });
    ui.separator();
    entry_ui(ui, scene, document, actions);
}

fn entry_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let id = ui.scope_id().with(("typed date", document.id));
    let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    let label = ui.label(RichText::new("Published on").color(theme.ink2));
    ui.horizontal(|ui| {
        let field = egui::TextEdit::singleline(&mut typed).hint_text("29 Jan 2023").desired_width(140.0);
        let response = ui.add(field).labelled_by(label.id);
        let date = dates::parse(&typed);
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let is_clicked = ui.add_enabled(date.is_some(), egui::Button::new("Set")).clicked();
        if let Some(date) = date.filter(|_| is_entered || is_clicked) {
            actions.push(Action::Change(Command::SetDate { document: document.id, date: Some(date) }));
            typed.clear();
            ui.close();
        }
        let decided = scene.project.decisions().dates.contains_key(&document.id);
        if decided && ui.button("Let the evidence decide").clicked() {
            actions.push(Action::Change(Command::SetDate { document: document.id, date: None }));
            ui.close();
        }
    });
    if !typed.trim().is_empty() && dates::parse(&typed).is_none() {
        ui.label(
            RichText::new("Not a day yet: try 29 Jan 2023 or 2023-01-29").font(theme::sans(11.5)).color(theme.ink2),
        );
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
}
