//! The choices: kind of page, template, finding, the reader's own words, what is printed, and what the checks say.

use egui::{Align, Layout, Margin, ScrollArea, TextEdit, Ui, UiBuilder, vec2};

use super::choices::{BriefingState, OwnWords};
use super::maker::{Briefed, Made};
use super::{checking, finding, thumbs};
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::theme::{self, Theme, size};
use crate::gui::widgets::{checkbox_ui, dropdown_ui, focus_ring, label_ui, link_ui};
use crate::report::briefing::Subject;

/// Left and right of everything.
const MARGIN: f32 = 20.0;
/// Between the parts.
const GAP: f32 = 10.0;
/// Most words of a headline that is read at one glance.
const MAX_HEADLINE: usize = 15;
/// The most that can be chosen for the words of one source.
const MAX_WORDS: usize = 1000;

/// Fills `ui` with the choices; they scroll where the window is low.
pub fn pane_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut BriefingState, actions: &mut Vec<Action>) {
    ScrollArea::vertical().id_salt("briefing choices").auto_shrink(false).show(ui, |ui| {
        let inner = ui.available_rect_before_wrap();
        let inner =
            inner.with_min_x(inner.left() + MARGIN).with_max_x((inner.right() - MARGIN).min(inner.left() + 560.0));
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            ui.add_space(12.0);
            heading_ui(ui, scene.theme, "Template", |_| {});
            thumbs::thumbs_ui(ui, scene.theme, state);
            template_ui(ui, scene.theme, state);
            ui.add_space(GAP);
            heading_ui(ui, scene.theme, "Finding", |_| {});
            finding::finding_ui(ui, scene, state, actions);
            ui.add_space(GAP);
            let made = state.made.clone();
            let briefed = made.as_deref().and_then(|made: &Made| made.briefed.as_ref().ok());
            if let Some(briefed) = briefed {
                headline_ui(ui, scene.theme, state, briefed);
                ui.add_space(GAP);
                subtitle_ui(ui, scene.theme, state, briefed);
                ui.add_space(GAP);
            }
            prints_ui(ui, scene.theme, state);
            ui.add_space(GAP - 2.0);
            if let Some(Ok(page)) = briefed.map(|briefed| &briefed.page) {
                let summary = checking::summary(&page.checks);
                heading_ui(ui, scene.theme, "Checks", |ui| {
                    label_ui(ui, &summary, theme::sans(size::DATE - 0.5), scene.theme.ink2);
                });
                checking::checks_ui(ui, scene.theme, &page.checks);
            }
            ui.add_space(12.0);
        });
    });
}

/// The name of a part, and what stands at the right of it.
fn heading_ui(ui: &mut Ui, theme: &Theme, name: &str, right: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 18.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(vec2(ui.available_width(), 18.0));
        label_ui(ui, name, theme::sans_bold(size::DATE - 0.5), theme.ink2);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            ui.spacing_mut().button_padding = vec2(0.0, 0.0);
            ui.spacing_mut().interact_size.y = 18.0;
            right(ui);
        });
    });
    ui.add_space(4.0);
}

/// The reader's own templates of the kind in front, where there are some.
fn template_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState) {
    let made = state.made.as_ref().filter(|made| made.kind == state.kind);
    let names = made.map_or_else(|| [].into(), |made| std::sync::Arc::clone(&made.templates));
    let chosen = state.templates.get(&state.kind).cloned();
    if names.is_empty() && chosen.is_none() {
        return;
    }
    ui.add_space(8.0);
    let kind = state.kind;
    dropdown_ui(ui, theme, "Look", chosen.as_deref().unwrap_or("As it comes"), |ui| {
        if ui.selectable_label(chosen.is_none(), "As it comes").clicked() {
            state.templates.remove(&kind);
        }
        for name in names.iter() {
            if ui.selectable_label(chosen.as_ref() == Some(name), name).clicked() {
                state.templates.insert(kind, name.clone());
            }
        }
    });
}

fn headline_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState, briefed: &Briefed) {
    let own = state.own.of(&briefed.subject);
    let mut text = own.headline.clone().unwrap_or_else(|| briefed.briefing.headline.clone());
    let n_words = text.split_whitespace().count();
    let mut is_taken_back = false;
    heading_ui(ui, theme, "Headline", |ui| {
        let is_long = n_words > MAX_HEADLINE;
        let font = if is_long { theme::sans_bold(size::DATE - 0.5) } else { theme::sans(size::DATE - 0.5) };
        let color = if is_long { theme.ink } else { theme.dim };
        label_ui(ui, &format!("{n_words} of {MAX_HEADLINE} words"), font, color);
        is_taken_back = own.headline.is_some() && proposed_ui(ui, theme, "headline");
    });
    let field = Field { name: "Headline", n_rows: 2, subject: &briefed.subject };
    if is_taken_back {
        state.edit_own(&briefed.subject, |own| own.headline = None);
    } else if field.ui(ui, theme, &mut text) {
        state.edit_own(&briefed.subject, |own: &mut OwnWords| own.headline = Some(in_one_line(&text)));
    }
}

fn subtitle_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState, briefed: &Briefed) {
    let own = state.own.of(&briefed.subject);
    let mut text = own.subtitle.clone().unwrap_or_else(|| briefed.briefing.subtitle.clone());
    let mut is_taken_back = false;
    heading_ui(ui, theme, "Subtitle", |ui| {
        is_taken_back = own.subtitle.is_some() && proposed_ui(ui, theme, "subtitle");
    });
    let field = Field { name: "Subtitle", n_rows: 2, subject: &briefed.subject };
    if is_taken_back {
        state.edit_own(&briefed.subject, |own| own.subtitle = None);
    } else if field.ui(ui, theme, &mut text) {
        state.edit_own(&briefed.subject, |own| own.subtitle = Some(in_one_line(&text)));
    }
}

/// The link that gives up the reader's words for the proposed ones.
pub fn proposed_ui(ui: &mut Ui, theme: &Theme, of: &str) -> bool {
    let response = link_ui(ui, theme, "Proposed again").accessible_name(format!("Proposed {of} again"));
    focus_ring(ui.painter(), theme, &response);
    response.on_hover_text(format!("Gives up your {of} for the one that was proposed")).clicked()
}

/// A pasted text may have line ends; a headline has none.
fn in_one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// A field for words of one's own.
pub struct Field<'a> {
    pub name: &'a str,
    pub n_rows: usize,
    /// Each finding has its own undo.
    pub subject: &'a Subject,
}

impl Field<'_> {
    /// Draws it over the whole width. Was something changed?
    pub fn ui(&self, ui: &mut Ui, theme: &Theme, text: &mut String) -> bool {
        let field = TextEdit::multiline(text)
            .id(ui.scope_id().with((self.name, format!("{:?}", self.subject))))
            .font(theme::sans(size::UI))
            .desired_rows(self.n_rows)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(10, 6))
            .return_key(None);
        let response = ui.add(field).accessible_name(self.name);
        focus_ring(ui.painter(), theme, &response);
        response.changed()
    }
}

fn prints_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState) {
    heading_ui(ui, theme, "Print", |_| {});
    let prints = &mut state.prints;
    let half = ui.available_width() / 2.0;
    let row = |ui: &mut Ui, boxes: [Option<(&mut bool, &str, &str)>; 2]| {
        ui.allocate_ui_with_layout(vec2(2.0 * half, 23.0), Layout::left_to_right(Align::Center), |ui| {
            for (value, name, tip) in boxes.into_iter().flatten() {
                ui.allocate_ui(vec2(half, 23.0), |ui| {
                    ui.set_min_width(half);
                    checkbox_ui(ui, theme, value, name).on_hover_text(tip);
                });
            }
        });
    };
    let key = "What the marks on the page mean";
    let method = "How the finding was made: rule, program, codebook, day";
    row(
        ui,
        [
            Some((&mut prints.has_key, "Key to the marks", key)),
            Some((&mut prints.has_method, "Rule and version", method)),
        ],
    );
    let bylines = "Who wrote the articles";
    let strip = "Files without title, description and sources inside";
    row(
        ui,
        [
            Some((&mut prints.has_bylines, "By-lines", bylines)),
            Some((&mut prints.is_stripped, "Strip metadata", strip)),
        ],
    );
    if prints.has_bylines {
        row(ui, [Some((&mut prints.has_emails, "E-mail addresses", "Those that stand in by-lines")), None]);
    }
    ui.add_space(5.0);
    ui.allocate_ui_with_layout(vec2(2.0 * half, 26.0), Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        label_ui(ui, "Words quoted of one source, at most", theme::sans(size::UI), theme.ink);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let field = egui::DragValue::new(&mut prints.max_words).range(1..=MAX_WORDS);
            let response = ui.add(field).accessible_name("Words quoted of one source, at most");
            focus_ring(ui.painter(), theme, &response);
        });
    });
    ui.add_space(5.0);
    ui.allocate_ui_with_layout(vec2(2.0 * half, 26.0), Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        label_ui(ui, "Redact", theme::sans(size::UI), theme.ink);
        let field = TextEdit::singleline(&mut prints.redact)
            .hint_text("Names; words, with semicolons between")
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 4));
        let response = ui.add(field).accessible_name("Redact");
        focus_ring(ui.painter(), theme, &response);
        response.on_hover_text("Taken out wherever they stand: quotations, headline, sources, description");
    });
}
