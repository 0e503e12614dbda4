//! The words of a statement, and the ways to make them more, fewer, two or one with the next.

use egui::{Label, RichText, Sense, Ui, vec2};

use super::{Subject, button_ui};
use crate::analysis::statements::{Quotation, Statement, by_hand};
use crate::document::Document;
use crate::gui::action::Action;
use crate::gui::state::StatementSheet;
use crate::gui::theme::{self, size};
use crate::gui::widgets::{focus_ring, label_ui};
use crate::project::statements as decide;
use crate::text::{ByteRange, tokens};

/// A longer statement is cut on screen; the article has the rest.
const MAX_WORDS: usize = 160;

/// The words; while a statement is being split each is a button.
pub fn words_ui(ui: &mut Ui, subject: Subject<'_>, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    let Subject { scene, statement, document, .. } = subject;
    if sheet.is_splitting {
        split_ui(ui, subject, sheet, actions);
        return;
    }
    let pieces: Vec<&str> = statement.content.iter().map(|range| range.of(&document.text)).collect();
    let joined = pieces.join(" … ");
    let mut words: Vec<&str> = joined.split_whitespace().collect();
    let is_cut = words.len() > MAX_WORDS;
    words.truncate(MAX_WORDS);
    let (open, close) = if statement.quotation == Quotation::Direct { ("“", "”") } else { ("", "") };
    let text = format!("{open}{}{}{close}", words.join(" "), if is_cut { " …" } else { "" });
    ui.add(Label::new(RichText::new(text).font(theme::serif(size::CARD_QUOTE.0)).color(scene.theme.ink)).wrap());
}

fn split_ui(ui: &mut Ui, subject: Subject<'_>, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    let Subject { scene, statement, document, .. } = subject;
    label_ui(ui, "Click the word with which the second part begins", theme::sans(size::SMALL), scene.theme.ink2);
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        let words = statement.content.iter().flat_map(|range| tokens(&document.text, *range));
        for (idx, token) in words.take(MAX_WORDS).enumerate() {
            let word = token.range.of(&document.text);
            let text = RichText::new(word).font(theme::serif(size::CARD_QUOTE.0)).color(scene.theme.ink);
            // Before the first word there is nothing to split off.
            let sense = if idx > 0 { Sense::click() } else { Sense::hover() };
            let response = ui.add(Label::new(text).sense(sense).selectable(false));
            if idx > 0 {
                let says = || egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Split before “{word}”"));
                response.widget_info(says);
                focus_ring(ui.painter(), scene.theme, &response);
            }
            let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
            if idx > 0 && response.hovered() {
                let stroke = egui::Stroke::new(2.0, scene.theme.accent);
                ui.painter().vline(response.rect.left() - 2.0, response.rect.y_range(), stroke);
            }
            if idx > 0 && response.clicked() {
                chosen = Some(token.range.start);
            }
        }
    });
    if let Some(offset) = chosen {
        let decisions = scene.project.decisions();
        let command = decide::split(decisions, statement, offset, document, scene.codebook);
        actions.extend(command.map(Action::Change));
        sheet.is_splitting = false;
    }
}

/// Start and end by a word, split, join.
pub fn buttons_ui(ui: &mut Ui, subject: Subject<'_>, sheet: &mut StatementSheet, actions: &mut Vec<Action>) {
    let Subject { scene, statement, document, .. } = subject;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (name, end) in [("Start", End::Start), ("End", End::End)] {
            label_ui(ui, name, theme::sans(size::SMALL), scene.theme.dim);
            for (sign, is_later) in [("‹", false), ("›", true)] {
                let moved = moved(document, statement, end, is_later);
                let response = ui.add_enabled(moved.is_some(), egui::Button::new(sign).min_size(vec2(22.0, 20.0)));
                let says = format!("{name} a word {}", if is_later { "later" } else { "earlier" });
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, moved.is_some(), &says));
                let response = response.on_hover_text(&says);
                if let Some(content) = moved.filter(|_| response.clicked()) {
                    actions.push(subject.edit(recoded(subject, content)));
                }
            }
            ui.add_space(6.0);
        }
        let says = if sheet.is_splitting { "Do not split" } else { "Split…" };
        if button_ui(ui, scene.theme, says).clicked() {
            sheet.is_splitting ^= true;
        }
        if let Some(next) = next_in_article(subject)
            && button_ui(ui, scene.theme, "Join with the next").clicked()
        {
            let decisions = scene.project.decisions();
            let command = decide::join(decisions, [statement, next], document, scene.codebook);
            actions.extend(command.map(Action::Change));
        }
    });
}

/// The statement with other words. Codes that the reader did not choose follow them.
fn recoded(subject: Subject<'_>, content: Vec<ByteRange>) -> Statement {
    let mut edited = Statement { content, ..subject.statement.clone() };
    if subject.statement.revision.is_none() {
        by_hand::recode(subject.document, subject.scene.codebook, &mut edited);
    }
    edited
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Start,
    End,
}

/// The content with one end moved by a word; `None` where it would leave its paragraph or be empty.
fn moved(document: &Document, statement: &Statement, end: End, is_later: bool) -> Option<Vec<ByteRange>> {
    let mut content = statement.content.clone();
    let at = match end {
        End::Start => content.first()?.start,
        End::End => content.last()?.end,
    };
    let block = document.block_at(at.saturating_sub(usize::from(end == End::End)))?.range;
    let words: Vec<ByteRange> = tokens(&document.text, block).map(|token| token.range).collect();
    let place = match (end, is_later) {
        (End::Start, false) => words.iter().rev().find(|word| word.start < at)?.start,
        (End::Start, true) => words.iter().find(|word| word.start > at)?.start,
        (End::End, false) => words.iter().rev().find(|word| word.end < at)?.end,
        (End::End, true) => words.iter().find(|word| word.end > at)?.end,
    };
    match end {
        End::Start => content.first_mut()?.start = place,
        End::End => content.last_mut()?.end = place,
    }
    content.iter().all(|range| range.start < range.end).then_some(content)
}

/// The statement that follows in the article, of the same actor.
fn next_in_article<'a>(subject: Subject<'a>) -> Option<&'a Statement> {
    let Subject { scene, statement, .. } = subject;
    let idx = scene.changes.idx_of(statement.id)?;
    let next = scene.analysis.statements.get(idx + 1)?;
    (next.document == statement.document && next.actor == statement.actor).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Codebook;
    use crate::document::DocumentId;

    #[test]
    fn an_end_moves_by_a_word_and_stays_in_its_paragraph() {
        let document = Document::of_lines(DocumentId(1), "The long pier is open.\nIt is wet.");
        let range = ByteRange::new(4, 13);
        let statement = by_hand::propose(&document, range, &Codebook::default()).unwrap();
        let words = |end, is_later| {
            moved(&document, &statement, end, is_later).map(|content| content[0].of(&document.text).to_owned())
        };
        assert_eq!(words(End::Start, false).as_deref(), Some("The long pier"));
        assert_eq!(words(End::Start, true).as_deref(), Some("pier"));
        assert_eq!(words(End::End, true).as_deref(), Some("long pier is"));
        assert_eq!(words(End::End, false).as_deref(), Some("long"));
        let last = by_hand::propose(&document, ByteRange::new(17, 21), &Codebook::default()).unwrap();
        assert_eq!(moved(&document, &last, End::End, true), None);
        assert_eq!(moved(&document, &last, End::Start, true), None);
    }
}
