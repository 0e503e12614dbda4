//! The codes of a statement: who, when, on what, how forcefully and which way; each can be changed.

use egui::{Grid, RichText, TextEdit, Ui, vec2};

use super::Subject;
use crate::analysis::statements::{Statement, by_hand};
use crate::codebook::Direction;
use crate::gui::action::Action;
use crate::gui::changes::{actor_label, theme_label};
use crate::gui::state::StatementSheet;
use crate::gui::theme::{self, size};
use crate::gui::typed_date::{self, Typed};
use crate::gui::widgets::{checkbox_ui, dropdown_ui, label_ui, link_ui};

/// The forces a statement can have.
const FORCES: std::ops::RangeInclusive<u8> = 0..=5;

/// Draws the form.
pub fn coding_ui(ui: &mut Ui, subject: Subject<'_>, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    Grid::new("coding").num_columns(2).min_col_width(72.0).spacing([12.0, 8.0]).show(ui, |ui| {
        row_ui(ui, subject, "Speaks for", |ui| actor_ui(ui, subject, actions));
        row_ui(ui, subject, "Person", |ui| person_ui(ui, subject, sheet, actions));
        row_ui(ui, subject, "Said on", |ui| day_ui(ui, subject, sheet, actions));
        row_ui(ui, subject, "Themes", |ui| themes_ui(ui, subject, actions));
        row_ui(ui, subject, "Act", |ui| act_ui(ui, subject, actions));
        row_ui(ui, subject, "Force", |ui| force_ui(ui, subject, actions));
        row_ui(ui, subject, "Direction", |ui| direction_ui(ui, subject, actions));
    });
}

fn row_ui(ui: &mut Ui, subject: Subject<'_>, name: &str, add: impl FnOnce(&mut Ui)) {
    label_ui(ui, name, theme::sans(size::UI), subject.scene.theme.ink2);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        add(ui);
    });
    ui.end_row();
}

fn actor_ui(ui: &mut Ui, subject: Subject<'_>, actions: &mut Vec<Action>) {
    let Subject { scene, statement, .. } = subject;
    let shown = statement.actor.as_deref().unwrap_or("nobody of the codebook");
    let mut chosen: Option<Option<String>> = None;
    dropdown_ui(ui, scene.theme, "Speaks for", shown, |ui| {
        egui::ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
            for actor in &scene.codebook.actors {
                let label = actor_label(scene, &actor.id);
                if ui.selectable_label(statement.actor.as_ref() == Some(&actor.id), label).clicked() {
                    chosen = Some(Some(actor.id.clone()));
                }
            }
            ui.separator();
            if ui.selectable_label(statement.actor.is_none(), "nobody of the codebook").clicked() {
                chosen = Some(None);
            }
        });
    });
    let mut is_official = statement.is_official;
    let response = checkbox_ui(ui, scene.theme, &mut is_official, "official")
        .on_hover_text("Shifts count official statements alone");
    let edited = match chosen {
        Some(actor) => Some(Statement { is_official: actor.is_some(), actor, ..statement.clone() }),
        None => response.changed().then(|| Statement { is_official, ..statement.clone() }),
    };
    actions.extend(edited.map(|mut edited| {
        "reader".clone_into(&mut edited.attribution.rule);
        edited.attribution.confidence = 1.0;
        subject.edit(edited)
    }));
}

fn person_ui(ui: &mut Ui, subject: Subject<'_>, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    let field = TextEdit::singleline(&mut sheet.person).hint_text("unnamed").desired_width(200.0);
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Person"));
    let typed = sheet.person.trim();
    if response.lost_focus() && typed != subject.statement.person.as_deref().unwrap_or_default() {
        let person = (!typed.is_empty()).then(|| typed.to_owned());
        actions.push(subject.edit(Statement { person, ..subject.statement.clone() }));
    }
}

fn day_ui(ui: &mut Ui, subject: Subject<'_>, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    let Subject { scene, statement, .. } = subject;
    let known = statement.said.map_or_else(|| "unknown".to_owned(), crate::report::dates::day);
    let estimate = if statement.said_is_estimate && statement.said.is_some() { "est. " } else { "" };
    label_ui(ui, &format!("{estimate}{known}"), theme::sans(size::UI), scene.theme.ink);
    let field = TextEdit::singleline(&mut sheet.typed_day).hint_text("29 Jan 2023").desired_width(110.0);
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Another day"));
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    match typed_date::understood(&sheet.typed_day, scene.today) {
        Typed::Span { span, .. } if span.first == span.last => {
            if ui.button("Set").clicked() || is_entered {
                let said = Some(span.first);
                actions.push(subject.edit_day(Statement { said, said_is_estimate: false, ..statement.clone() }, true));
                sheet.typed_day.clear();
            }
        }
        Typed::Span { .. } => {
            label_ui(ui, "a statement needs a day", theme::sans(size::SMALL), scene.theme.ink2);
        }
        Typed::Refused(says) => {
            label_ui(ui, &says, theme::sans(size::SMALL), scene.theme.ink2);
        }
        Typed::Nothing => {}
    }
}

/// The themes, the first of which is the one it counts for.
fn themes_ui(ui: &mut Ui, subject: Subject<'_>, actions: &mut Vec<Action>) {
    let Subject { scene, statement, .. } = subject;
    let mut themes = statement.themes.clone();
    for (idx, id) in statement.themes.iter().enumerate() {
        let label = theme_label(scene, id);
        let font = if idx == 0 { theme::sans_bold(size::UI) } else { theme::sans(size::UI) };
        let response = ui.button(RichText::new(label).font(font));
        let place = if idx == 0 { "Main theme" } else { "Theme" };
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{place}: {label}")));
        let response =
            response.on_hover_text(if idx == 0 { "The main theme" } else { "Click to make it, or leave it" });
        egui::Popup::menu(&response).gap(4.0).show(|ui| {
            if idx > 0 && ui.button("Make it the main theme").clicked() {
                themes.retain(|known| known != id);
                themes.insert(0, id.clone());
            }
            if ui.button("Take it away").clicked() {
                themes.retain(|known| known != id);
            }
        });
    }
    let response = link_ui(ui, scene.theme, "+ theme");
    egui::Popup::menu(&response).gap(4.0).show(|ui| {
        egui::ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
            for subject in scene.codebook.themes.iter().filter(|subject| !statement.themes.contains(&subject.id)) {
                if ui.selectable_label(false, &subject.label).clicked() {
                    themes.push(subject.id.clone());
                }
            }
        });
    });
    if themes != statement.themes {
        actions.push(subject.edit(with_themes(subject, themes)));
    }
}

/// The statement on other themes; directions, act and force follow where there were none.
fn with_themes(subject: Subject<'_>, themes: Vec<String>) -> Statement {
    let Subject { scene, statement, document, .. } = subject;
    let direction = |theme: &String| {
        let known = statement.direction_on(theme);
        known.or_else(|| by_hand::direction_on(document, scene.codebook, statement, theme))
    };
    let directions: Vec<Option<Direction>> = themes.iter().map(direction).collect();
    let mut edited = with_directions(Statement { themes, ..statement.clone() }, directions);
    if edited.themes.is_empty() {
        (edited.act, edited.force) = (None, None);
    } else if edited.force.is_none() {
        let plain = scene.codebook.acts.iter().find(|act| act.force == 2);
        edited.act = plain.map(|act| act.id.clone());
        edited.force = Some(2);
    }
    edited
}

/// The statement with a direction for each of its themes.
fn with_directions(statement: Statement, directions: Vec<Option<Direction>>) -> Statement {
    let mut directions = directions.into_iter();
    let direction = directions.next().flatten();
    Statement { direction, further_directions: directions.collect(), ..statement }
}

fn act_ui(ui: &mut Ui, subject: Subject<'_>, actions: &mut Vec<Action>) {
    let Subject { scene, statement, .. } = subject;
    let acts = &scene.codebook.acts;
    let known = acts.iter().find(|act| Some(&act.id) == statement.act.as_ref());
    let shown = known.map_or("none", |act| act.label.as_str());
    let mut chosen = None;
    ui.add_enabled_ui(!statement.themes.is_empty(), |ui| {
        dropdown_ui(ui, scene.theme, "Act", shown, |ui| {
            for act in acts {
                let text = format!("{}  {}", act.force, act.label);
                if ui.selectable_label(known == Some(act), text).clicked() {
                    chosen = Some(act);
                }
            }
        });
    });
    if let Some(act) = chosen {
        let (id, force) = (Some(act.id.clone()), Some(act.force));
        actions.push(subject.edit(Statement { act: id, force, ..statement.clone() }));
    }
}

fn force_ui(ui: &mut Ui, subject: Subject<'_>, actions: &mut Vec<Action>) {
    let statement = subject.statement;
    ui.add_enabled_ui(!statement.themes.is_empty(), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for force in FORCES {
            let is_chosen = statement.force == Some(force);
            let response = ui.selectable_label(is_chosen, force.to_string());
            response.widget_info(|| {
                egui::WidgetInfo::selected(
                    egui::Role::RadioButton,
                    ui.is_enabled(),
                    is_chosen,
                    format!("Force {force}"),
                )
            });
            if response.clicked() && statement.force != Some(force) {
                actions.push(subject.edit(Statement { force: Some(force), ..statement.clone() }));
            }
        }
    });
}

/// The direction on each theme; the theme is named where there are several.
fn direction_ui(ui: &mut Ui, subject: Subject<'_>, actions: &mut Vec<Action>) {
    let Subject { scene, statement, .. } = subject;
    let known: Vec<_> = statement.themes.iter().filter_map(|id| scene.codebook.theme(id)).collect();
    if known.is_empty() {
        label_ui(ui, "none without a theme", theme::sans(size::UI), scene.theme.dim);
        return;
    }
    ui.vertical(|ui| {
        for subject_of in &known {
            ui.horizontal_wrapped(|ui| {
                for &direction in &subject_of.directions {
                    let is_chosen = statement.direction_on(&subject_of.id) == Some(direction);
                    let response = ui.selectable_label(is_chosen, direction.words());
                    response.widget_info(|| {
                        let name = format!("{}: {}", subject_of.label, direction.words());
                        egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_chosen, name)
                    });
                    if response.clicked() && !is_chosen {
                        let directions = statement
                            .themes
                            .iter()
                            .map(|id| if *id == subject_of.id { Some(direction) } else { statement.direction_on(id) });
                        actions.push(subject.edit(with_directions(statement.clone(), directions.collect())));
                    }
                }
                if known.len() > 1 {
                    label_ui(ui, &subject_of.label, theme::sans(size::SMALL), scene.theme.dim);
                }
            });
        }
    });
}
