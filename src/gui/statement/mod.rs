//! The card of one statement: its words, where they stand and why they are whose, and everything a reader can change
//! about it. It lies over the lower part of any view.
//!
//! Every control asks for a decision of `project::statements`, so that it is undoable and outlives every re-run.

mod coding;
mod span;

use egui::{Align, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::Scene;
use super::action::Action;
use super::changes::quotation_label;
use super::desk::Desk;
use super::said::statement_day;
use super::state::{StatementSheet, ViewKind};
use super::theme::{self, Theme, size};
use super::widgets::{badge_ui, focus_ring, label_ui, link_ui, primary_button_ui};
use crate::analysis::revisions::RevisionKind;
use crate::analysis::statements::Statement;
use crate::document::{Document, Passage};
use crate::project::reviews::standing;
use crate::project::statements as decide;
use crate::report::confidence_words;

/// Height of the card in a window with room; from it down it scrolls.
pub const HEIGHT: f32 = 352.0;

/// Below this width the coding stands under the words.
const NARROW: f32 = 900.0;

/// A statement with what is needed to change it.
#[derive(Clone, Copy)]
struct Subject<'a> {
    scene: &'a Scene<'a>,
    statement: &'a Statement,
    document: &'a Document,
    /// Does one walk the rows of a table while it is open?
    is_beside_rows: bool,
}

impl Subject<'_> {
    /// The action that puts `edited` in the place of the statement.
    fn edit(&self, edited: Statement) -> Action {
        self.edit_day(edited, false)
    }

    fn edit_day(&self, edited: Statement, is_day_entered: bool) -> Action {
        let decisions = self.scene.project.decisions();
        Action::Change(decide::edit(decisions, self.statement, edited, is_day_entered))
    }

    fn passage(&self) -> Passage {
        Passage { document: self.document.id, range: self.statement.extent() }
    }
}

/// Fills the sheet.
pub fn statement_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    let scene = desk.scene(theme);
    let statement = scene.changes.statement(scene.analysis, sheet.statement);
    let subject = statement.and_then(|statement| {
        let document = scene.corpus.get(statement.document)?;
        let is_beside_rows = desk.state.view == ViewKind::Positions && desk.state.positions.is_table;
        Some(Subject { scene: &scene, statement, document, is_beside_rows })
    });
    let Some(subject) = subject else {
        gone_ui(ui, desk, actions);
        return;
    };
    sheet.follow(&scene, subject.statement);
    heading_ui(ui, subject, sheet, actions);
    ui.add_space(6.0);
    let height = ui.available_height();
    ScrollArea::vertical().id_salt("statement").auto_shrink(false).max_height(height).show(ui, |ui| {
        let width = ui.available_width();
        if width < NARROW {
            words_ui(ui, subject, sheet, actions);
            ui.add_space(10.0);
            coding::coding_ui(ui, subject, sheet, actions);
            return;
        }
        ui.horizontal_top(|ui| {
            let left = (width * 0.5).min(680.0);
            ui.allocate_ui(vec2(left, height), |ui| {
                ui.set_width(left);
                ui.vertical(|ui| words_ui(ui, subject, sheet, actions));
            });
            ui.add_space(28.0);
            ui.vertical(|ui| coding::coding_ui(ui, subject, sheet, actions));
        });
    });
}

fn gone_ui(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        let says = if desk.is_current() {
            "This statement is not there any more"
        } else {
            "One moment: the articles are being read again"
        };
        ui.label(RichText::new(says).font(theme::serif_bold(16.5)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            crate::gui::sheet::close_ui(ui, "Esc", actions);
        });
    });
}

/// Who says it, how it stands, and what can be done with the whole.
fn heading_ui(ui: &mut Ui, subject: Subject<'_>, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    let Subject { scene, statement, .. } = subject;
    let decisions = scene.project.decisions();
    let kind = standing(decisions, statement);
    ui.horizontal(|ui| {
        let who = statement.person.as_deref().or(statement.actor.as_deref()).unwrap_or("Nobody named");
        ui.label(RichText::new(who).font(theme::serif_bold(16.5)).color(scene.theme.ink));
        badge_ui(ui, scene.theme, kind.map_or("automatic", RevisionKind::words));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            if subject.is_beside_rows {
                crate::gui::sheet::quiet_close_ui(ui, "Esc", actions);
            } else {
                crate::gui::sheet::close_ui(ui, "Esc", actions);
            }
            if button_ui(ui, scene.theme, "Dismiss").on_hover_text("This is no statement").clicked() {
                actions.push(Action::Change(decide::dismiss(decisions, statement)));
                actions.push(Action::CloseSheet);
            }
            if let Some(key) = statement.revision.filter(|_| kind.is_some()) {
                let tip = "Lets the rules speak again";
                if button_ui(ui, scene.theme, "Take back").on_hover_text(tip).clicked() {
                    actions.push(Action::Change(decide::take_back(key)));
                }
            } else if primary_button_ui(ui, scene.theme, "Accept").clicked() {
                actions.push(Action::Change(decide::accept(decisions, statement)));
            }
            align_ui(ui, subject, sheet, actions);
            if link_ui(ui, scene.theme, "Show in the article").clicked() {
                actions.push(Action::Reveal(subject.passage()));
            }
        });
    });
}

/// Other statements of the actor on the same theme, to be put beside this one.
fn align_ui(ui: &mut Ui, subject: Subject<'_>, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    let Subject { scene, statement, .. } = subject;
    let response = link_ui(ui, scene.theme, "Compare with…");
    egui::Popup::menu(&response).gap(4.0).show(|ui| {
        ui.set_max_width(520.0);
        let mut others: Vec<(usize, &Statement)> = (scene.analysis.statements.iter().enumerate())
            .filter(|(_, other)| other.actor.is_some() && other.actor == statement.actor && other.id != statement.id)
            .filter(|(_, other)| other.themes.iter().any(|theme| statement.themes.contains(theme)))
            .filter(|(_, other)| other.said != statement.said && other.same_as.is_none())
            .collect();
        others.truncate(200);
        if others.is_empty() {
            label_ui(ui, "No other statement on this theme on another day", theme::sans(size::UI), scene.theme.ink2);
        }
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            for (_, other) in others {
                let Some(document) = scene.corpus.get(other.document) else { continue };
                let words = one_line(document, other, 64);
                let text = format!("{}  {words}", statement_day(document, other).day);
                if ui.selectable_label(false, text).clicked() {
                    let (old, new) = if other.said < statement.said { (other, statement) } else { (statement, other) };
                    actions.push(Action::Change(decide::align(scene.project.decisions(), old, new)));
                    actions.push(Action::ComparePair(old.id, new.id));
                    sheet.is_done = true;
                }
            }
        });
    });
}

/// The words of a statement on one line of at most `n_chars`.
fn one_line(document: &Document, statement: &Statement, n_chars: usize) -> String {
    let words: Vec<&str> =
        statement.content.iter().flat_map(|range| range.of(&document.text).split_whitespace()).collect();
    let line = words.join(" ");
    if line.chars().count() <= n_chars { line } else { line.chars().take(n_chars - 1).chain(['…']).collect() }
}

/// Words, source, reason, and the note beside them.
fn words_ui(ui: &mut Ui, subject: Subject<'_>, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    let Subject { scene, statement, document, .. } = subject;
    let theme = scene.theme;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
        let dated = statement_day(document, statement);
        let day = if dated.is_estimate { format!("est. {}", dated.day) } else { dated.day };
        label_ui(ui, &day, theme::sans_bold(size::DATE), theme.ink);
        let outlet = document.outlet.as_ref().map_or(document.name(), |outlet| outlet.name.as_str());
        label_ui(ui, outlet, theme::sans(size::DATE), theme.dim);
        label_ui(ui, quotation_label(statement.quotation), theme::sans(size::DATE), theme.dim);
    });
    ui.add_space(4.0);
    span::words_ui(ui, subject, sheet, actions);
    ui.add_space(4.0);
    span::buttons_ui(ui, subject, sheet, actions);
    ui.add_space(6.0);
    ui.add(egui::Label::new(RichText::new(reason(subject)).font(theme::sans(size::SMALL)).color(theme.ink2)).wrap());
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let label = label_ui(ui, "Note", theme::sans(size::UI), theme.ink2);
        let field = TextEdit::singleline(&mut sheet.note).hint_text("Your own words, printed with the statement");
        let response = ui.add(field.desired_width(ui.available_width() - 8.0)).labelled_by(label.id);
        if response.lost_focus() && sheet.note != scene.reviewed.note(scene.project.decisions(), statement.id) {
            actions.push(Action::Change(scene.reviewed.note_command(statement, sheet.note.clone())));
        }
    });
}

/// "direct quote · rule quote-cue-speaker · he → Stoltenberg → Jens Stoltenberg · confidence high".
fn reason(subject: Subject<'_>) -> String {
    let Subject { statement, document, .. } = subject;
    let attribution = &statement.attribution;
    let mut parts = Vec::new();
    if let Some(cue) = statement.cue.first() {
        parts.push(format!("cue “{}”", cue.of(&document.text)));
    }
    if !attribution.chain.is_empty() {
        parts.push(attribution.chain.join(" → "));
    }
    parts.push(format!("rule {}", attribution.rule));
    parts.push(format!("confidence {}", confidence_words(attribution.confidence)));
    let of = |ranges: &[crate::text::ByteRange]| -> Vec<String> {
        ranges.iter().map(|range| format!("“{}”", range.of(&document.text))).collect()
    };
    for (name, ranges) in [("hedged by", &statement.hedges), ("on condition", &statement.conditions)] {
        if !ranges.is_empty() {
            parts.push(format!("{name} {}", of(ranges).join(", ")));
        }
    }
    parts.join("  ·  ")
}

fn button_ui(ui: &mut Ui, theme: &Theme, text: &str) -> egui::Response {
    let response = ui.button(text);
    focus_ring(ui.painter(), theme, &response);
    response
}
