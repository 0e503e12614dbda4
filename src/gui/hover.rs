//! The cards that say why something is marked, and the menu of a family.

use egui::{RichText, Ui};

use super::action::Action;
use super::article::Paragraph;
use super::marks::{self, Mark};
use super::{Scene, chip, theme};
use crate::analysis::reuse::{OccurrenceKind, Phrase};
use crate::analysis::{PhraseId, furniture};
use crate::document::{BlockKind, Document};
use crate::ingest;
use crate::project::{Command, N_PINS, outlets};
use crate::report::briefing::Subject;
use crate::report::dates;

/// What a mark is, how often it comes back, and by which rule.
pub fn mark_ui(ui: &mut Ui, scene: &Scene<'_>, mark: &Mark) {
    let Some(phrase) = scene.analysis.phrase(mark.phrase) else { return };
    ui.set_max_width(300.0);
    // A copied passage has a name of several lines.
    ui.horizontal_top(|ui| {
        if let Some(pin) = marks::pin_of(scene.project, phrase.id) {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(16.0, 16.0), egui::Sense::hover());
            chip::letter(ui.painter(), scene.theme, rect.center(), pin, false, 16.0);
        }
        ui.add(egui::Label::new(RichText::new(&phrase.label).font(theme::serif_bold(14.25))).wrap());
    });
    let Some(this) = phrase.occurrences.get(mark.occurrence_idx) else { return };
    let kind = match this.kind {
        OccurrenceKind::Verbatim => "verbatim",
        OccurrenceKind::Near => "near",
        OccurrenceKind::Alias => "alias",
    };
    egui::Grid::new("why").num_columns(2).spacing([10.0, 2.0]).show(ui, |ui| {
        row_ui(
            ui,
            scene,
            "This one",
            &if this.why.is_empty() { kind.to_owned() } else { format!("{kind}: {}", this.why) },
        );
        row_ui(ui, scene, "All", &spread(scene, phrase));
    });
    ui.separator();
    ui.label(
        RichText::new("Click keep in focus · N next · right click for more")
            .font(theme::sans(11.5))
            .color(scene.theme.ink2),
    );
}

/// "8 in 4 articles, est. 6 Sep 2017 to 19 Jun 2024".
pub fn spread(scene: &Scene<'_>, phrase: &Phrase) -> String {
    let count = format!("{} in {} articles", phrase.occurrences.len(), phrase.n_documents);
    let day_of = |place: Option<&crate::analysis::reuse::Occurrence>| {
        let document = scene.corpus.get(place?.passage.document)?;
        let label = dates::label(&document.published);
        Some(format!("{}{}", if label.is_estimate { "est. " } else { "" }, label.day))
    };
    match (day_of(phrase.occurrences.first()), day_of(phrase.occurrences.last())) {
        (Some(first), Some(last)) if first != last => format!("{count}, {first} to {last}"),
        _ => count,
    }
}

fn row_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, words: &str) {
    ui.label(RichText::new(name).font(theme::sans(12.0)).color(scene.theme.dim));
    ui.add(egui::Label::new(RichText::new(words).font(theme::sans(12.0))).wrap());
    ui.end_row();
}

/// What can be done with a family.
pub fn phrase_menu_ui(ui: &mut Ui, scene: &Scene<'_>, phrase: PhraseId, actions: &mut Vec<Action>) {
    let pin = marks::pin_of(scene.project, phrase);
    for slot in 0..N_PINS {
        let (label, chosen) = if pin == Some(slot) {
            (format!("Take letter {} away", marks::letter(slot)), None)
        } else {
            (format!("Give it letter {}", marks::letter(slot)), Some(phrase))
        };
        if ui.button(label).clicked() {
            actions.push(Action::Change(Command::Pin { slot, phrase: chosen }));
        }
    }
    ui.separator();
    if ui.button(Action::ToBriefing.label()).clicked() {
        actions.push(Action::Brief(Subject::Phrase(phrase)));
    }
    if ui.button("Never match this").clicked() {
        let label = scene.analysis.phrase(phrase).map_or_else(String::new, |phrase| phrase.label.clone());
        actions.push(Action::Change(Command::DismissPhrase { phrase, label }));
    }
}

/// What a block of furniture is, why it is taken for one, and the way to read it as text. Was that asked for?
pub fn furniture_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, paragraph: &Paragraph) -> bool {
    ui.set_max_width(360.0);
    let name = match paragraph.kind {
        BlockKind::Boilerplate => "Boilerplate: no part of the article",
        BlockKind::Caption => "Caption",
        BlockKind::Byline => "Byline",
        BlockKind::Dateline => "Dateline",
        BlockKind::Title | BlockKind::Heading | BlockKind::Body => "Text",
    };
    ui.label(RichText::new(name).font(theme::sans_bold(12.5)));
    if paragraph.kind == BlockKind::Caption {
        let words = paragraph.range.of(&document.text);
        ui.add(egui::Label::new(RichText::new(words).font(theme::serif_italic(13.0)).color(scene.theme.ink2)).wrap());
    }
    let why = why_furniture(scene, document, paragraph);
    if !why.is_empty() {
        ui.add(egui::Label::new(RichText::new(why).font(theme::sans(12.0)).color(scene.theme.ink2)).wrap());
    }
    ui.horizontal(|ui| {
        let is_asked = ui.button("Show as text").clicked();
        let says = match &document.outlet {
            Some(outlet) => format!("The same line in other articles of {} follows.", outlet.name),
            None => String::new(),
        };
        ui.add(egui::Label::new(RichText::new(says).font(theme::sans(11.5)).color(scene.theme.dim)).wrap());
        is_asked
    })
    .inner
}

/// Why a block is taken for what it is, in a sentence.
pub fn why_furniture(scene: &Scene<'_>, document: &Document, paragraph: &Paragraph) -> String {
    let Some(rule) = &paragraph.rule else { return String::new() };
    let outlet = document.outlet.as_ref().map_or("the outlet", |outlet| outlet.name.as_str());
    match rule.as_str() {
        "reader" => "You marked it.".to_owned(),
        outlets::RULE => format!("You decided so on the same line in another article of {outlet}."),
        furniture::RULE => {
            let marks = &scene.analysis.furniture;
            let mark =
                marks.iter().find(|it| it.passage.document == document.id && it.passage.range == paragraph.block);
            match mark {
                Some(mark) => format!("{} articles of {outlet} have this line.", mark.n_documents),
                None => format!("Other articles of {outlet} have this line."),
            }
        }
        rule => format!("{}.", ingest::rule_says(rule)),
    }
}
