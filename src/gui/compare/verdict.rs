//! What the program says of a pair: label, reason, counted facts, and the reader's answer to it.

use egui::{Rect, Sense, Ui, UiBuilder, Vec2};

use super::pair::{Pair, only_on_one_side, side_names};
use crate::document::Passage;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::changes::Change;
use crate::gui::diff_text::Side;
use crate::gui::review::{Place, review_ui};
use crate::gui::theme::{self, size};
use crate::gui::widgets::{badge_ui, label_ui, link_ui, number_tag_ui};
use crate::report::briefing::Subject;
use crate::report::confidence_words;

/// Draws the verdict on chrome into `rect`, its text between the edges of `text`. Returns the height it needs.
pub fn verdict_ui(
    ui: &mut Ui,
    scene: &Scene,
    pair: &Pair,
    rect: Rect,
    text: egui::Rangef,
    actions: &mut Vec<Action>,
) -> f32 {
    let theme = scene.theme;
    ui.painter().rect_filled(rect, 0.0, theme.chrome);
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.top()), theme.hairline());
    let inner = Rect::from_x_y_ranges(text, rect.y_range()).shrink2(Vec2::new(0.0, 20.0));
    let response = ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(8.0, 8.0);
        match &pair.change {
            Some(change) => {
                heading_ui(ui, scene, change);
                let reason = egui::RichText::new(sentence(pair, change)).font(theme::sans(size::VERDICT));
                ui.add(egui::Label::new(reason.color(theme.ink)).wrap());
                facts_ui(ui, scene, pair, change);
            }
            None => {
                let says = "These two were chosen by hand; no change was found between them.";
                label_ui(ui, says, theme::sans(size::VERDICT), theme.ink);
            }
        }
        if scene.is_page {
            return;
        }
        ui.add_space(10.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            if let Some(change) = &pair.change {
                review_ui(ui, scene, change, Place::Verdict, actions);
            }
            let brief = link_ui(ui, theme, Action::ToBriefing.label()).on_hover_text(Action::ToBriefing.keys());
            if brief.clicked() {
                let both = || Subject::SideBySide(vec![pair.old.statement.id, pair.new.statement.id]);
                let subject = pair.change.as_ref().map_or_else(both, |change| Subject::Shift(change.shift.id));
                actions.push(Action::Brief(subject));
            }
            if pair.old.document.id != pair.new.document.id && link_ui(ui, theme, "Compare the articles").clicked() {
                actions.push(Action::CompareArticles(pair.old.document.id, pair.new.document.id));
            }
            if link_ui(ui, theme, "Show in articles").clicked() {
                for half in [pair.old, pair.new] {
                    let range = half.statement.extent();
                    actions.push(Action::Reveal(Passage { document: half.statement.document, range }));
                }
            }
        });
    });
    response.response.rect.height() + 40.0
}

fn heading_ui(ui: &mut Ui, scene: &Scene, change: &Change) {
    ui.horizontal(|ui| {
        number_tag_ui(ui, scene.theme, change.number);
        let label = change.label().words();
        label_ui(ui, label, theme::sans_bold(size::LABEL_WIDE), scene.theme.ink);
        badge_ui(ui, scene.theme, change.status());
    });
}

/// The reason as a sentence.
fn sentence(pair: &Pair, change: &Change) -> String {
    let mut chars = change.shift.reason.chars();
    let mut sentence: String =
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    if !sentence.is_empty() && !sentence.ends_with('.') {
        sentence.push('.');
    }
    if change.label() != change.shift.label {
        sentence.push_str(&format!(" The rules said {}.", change.shift.label.words()));
    }
    if !pair.has_diff() {
        sentence.push_str(" The two are too unlike to be compared word by word; both are shown whole.");
    }
    sentence.trim_start().to_owned()
}

/// What can be counted: kept words, the rule, hedges and conditions on one side, confidence.
fn facts_ui(ui: &mut Ui, scene: &Scene, pair: &Pair, change: &Change) {
    let (old_name, new_name) = side_names(pair);
    let names = (old_name.as_str(), new_name.as_str());
    let mut facts: Vec<(&str, String)> = Vec::new();
    if pair.has_diff() {
        let (old_kept, old_all) = pair.kept_words(Side::Old);
        let (new_kept, new_all) = pair.kept_words(Side::New);
        facts.push(("Kept", format!("{old_kept} of {old_all} words {}, {new_kept} of {new_all} {}", names.0, names.1)));
    }
    facts.push(("Rule", change.shift.rule.clone()));
    if let Some(hedges) = only_on_one_side(pair, |statement| &statement.hedges, names) {
        facts.push(("Hedge", hedges));
    }
    if let Some(conditions) = only_on_one_side(pair, |statement| &statement.conditions, names) {
        facts.push(("Condition", conditions));
    }
    facts.push(("Confidence", confidence_words(change.shift.confidence).to_owned()));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(24.0, 4.0);
        for (name, value) in facts {
            fact_ui(ui, scene, name, &value);
        }
    });
}

/// A name and its value, which break over lines together.
fn fact_ui(ui: &mut Ui, scene: &Scene, name: &str, value: &str) {
    let mut job = egui::text::LayoutJob::default();
    let line = size::SMALL_LINE + 2.0;
    job.append(name, 0.0, theme::format(theme::sans(size::DATE), line, scene.theme.dim));
    job.append(value, 7.0, theme::format(theme::sans_medium(size::DATE), line, scene.theme.ink));
    job.wrap.max_width = ui.max_rect().width();
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, format!("{name}: {value}")));
    ui.painter().galley(rect.min, galley, scene.theme.ink);
}
