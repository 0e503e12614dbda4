//! The finding that is briefed: a button that shows it, and the list behind it, searched by typing and drawn as far as it
//! is in sight, so that thousands cost no more than ten.

use std::sync::Arc;

use egui::{
    Align2, Key, PopupCloseBehavior, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

use super::choices::BriefingState;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::theme::{self, shape, size};
use crate::gui::widgets::{focus_ring, label_ui, number_tag_rect, paint_number_tag, text_width};
use crate::report::briefing::{Subject, Topic};
use crate::text::compare::fold;

/// A list longer than this has a field to search it.
const SEARCHED_FROM: usize = 10;
/// Lines of the list that are in sight at once.
const N_IN_SIGHT: f32 = 11.0;
const ROW: f32 = 28.0;
/// Wide enough for kind, theme, actor and days of a change.
const LIST_WIDTH: f32 = 500.0;

/// What is looked for in the list, and what was found for it.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    pub query: String,
    /// What the rows were looked for in, and the words looked for.
    of: Option<(Arc<[Topic]>, String)>,
    /// Places in the list of topics.
    rows: Vec<usize>,
}

impl Listed {
    /// Looks again where words or findings are others than before.
    fn follow(&mut self, topics: &Arc<[Topic]>) -> &[usize] {
        let is_same = |(known, query): &(Arc<[Topic]>, String)| Arc::ptr_eq(known, topics) && *query == self.query;
        if !self.of.as_ref().is_some_and(is_same) {
            let words: Vec<String> = self.query.split_whitespace().map(fold).collect();
            let has_all = |topic: &Topic| {
                let label = fold(&topic.label);
                words.iter().all(|word| label.contains(word))
            };
            self.rows = (0..topics.len()).filter(|idx| topics.get(*idx).is_some_and(has_all)).collect();
            self.of = Some((Arc::clone(topics), self.query.clone()));
        }
        &self.rows
    }
}

/// The button with the finding in front; its list opens under it.
pub fn finding_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut BriefingState, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let made = state.made.clone();
    let made = made.as_ref().filter(|made| made.kind == state.kind);
    let shown = made.and_then(|made| made.briefed.as_ref().ok()).map(|briefed| &briefed.subject);
    let topics: Arc<[Topic]> = made.map_or_else(|| Arc::from([]), |made| Arc::clone(&made.topics));
    let here = topics.iter().position(|topic| Some(&topic.subject) == shown);
    let topic = here.and_then(|idx| topics.get(idx));
    let number = here.map(|idx| idx + 1);
    let label = match (topic, shown) {
        (Some(topic), _) => topic.label.as_str(),
        (None, Some(Subject::SideBySide(_))) => "the two statements in Compare",
        (None, Some(_)) => "chosen in another view",
        (None, None) => "none",
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = number.map_or_else(|| label.to_owned(), |number| format!("{number}, {label}"));
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, !topics.is_empty(), format!("Finding: {name}")));
    let stroke = ui.style().interact(&response).bg_stroke;
    ui.painter().rect(rect, shape::CONTROL_RADIUS, theme.raise, stroke, StrokeKind::Inside);
    line_ui(ui, scene, rect.with_max_x(rect.right() - 22.0), number, label, is_reviewed(topic));
    let tip = pos2(rect.right() - 14.0, rect.center().y + 2.0);
    let chevron = vec![tip + vec2(-4.0, -4.0), tip, tip + vec2(4.0, -4.0)];
    ui.painter().line(chevron, Stroke::new(shape::MARK_STROKE, theme.ink2));
    focus_ring(ui.painter(), theme, &response);
    if topics.is_empty() {
        return;
    }
    let response = response.on_hover_text(label);
    let width = rect.width().max(LIST_WIDTH);
    let chosen = egui::Popup::menu(&response)
        .gap(4.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| list_ui(ui, scene, state, &topics, here, width));
    if let Some(subject) = chosen.and_then(|shown| shown.inner) {
        actions.push(Action::Brief(subject));
    }
}

fn is_reviewed(topic: Option<&Topic>) -> bool {
    topic.is_some_and(|topic| topic.is_reviewed)
}

/// The field and the rows in sight. Returns what was chosen.
fn list_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut BriefingState,
    topics: &Arc<[Topic]>,
    here: Option<usize>,
    width: f32,
) -> Option<Subject> {
    ui.set_width(width);
    ui.spacing_mut().item_spacing.y = 2.0;
    if topics.len() > SEARCHED_FROM {
        let field = TextEdit::singleline(&mut state.listed.query)
            .hint_text("Find")
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(10, 5));
        let response = ui.add(field).accessible_name("Find a finding");
        focus_ring(ui.painter(), scene.theme, &response);
        if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        ui.add_space(4.0);
    }
    let has_query = !state.listed.query.trim().is_empty();
    let rows = state.listed.follow(topics);
    if rows.is_empty() {
        label_ui(ui, "No finding with these words", theme::sans(size::UI), scene.theme.ink2);
    }
    // Enter takes the first that is listed.
    let is_entered = has_query && ui.input(|input| input.key_pressed(Key::Enter));
    let mut chosen = rows.first().copied().filter(|_| is_entered);
    let height = (ROW + 2.0) * N_IN_SIGHT;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show_rows(ui, ROW, rows.len(), |ui, shown| {
        for &idx in rows.get(shown).unwrap_or_default() {
            let Some(topic) = topics.get(idx) else { continue };
            if row_ui(ui, scene, idx + 1, topic, here == Some(idx)) {
                chosen = Some(idx);
            }
        }
    });
    let subject = topics.get(chosen?).map(|topic| topic.subject.clone());
    state.listed.query.clear();
    ui.close();
    subject
}

/// One finding of the list. Was it clicked?
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, number: usize, topic: &Topic, is_chosen: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let reviewed = if topic.is_reviewed { ", reviewed" } else { "" };
    let name = format!("{number}, {}{reviewed}", topic.label);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, &name));
    if is_chosen || response.hovered() || response.has_focus() {
        let fill = if is_chosen { scene.theme.sel } else { scene.theme.chrome };
        ui.painter().rect_filled(rect, shape::CONTROL_RADIUS, fill);
    }
    line_ui(ui, scene, rect, Some(number), &topic.label, topic.is_reviewed);
    focus_ring(ui.painter(), scene.theme, &response);
    response.on_hover_text(&topic.label).clicked()
}

/// Number, words as far as there is room, and a tick where a reader let it stand.
fn line_ui(ui: &Ui, scene: &Scene<'_>, rect: Rect, number: Option<usize>, label: &str, is_reviewed: bool) {
    let theme = scene.theme;
    let painter = ui.painter();
    let mut left = Pos2::new(rect.left() + 10.0, rect.center().y);
    if let Some(number) = number {
        let tag = number_tag_rect(painter, left, number);
        paint_number_tag(painter, theme, tag, number);
        left.x = tag.right() + 8.0;
    }
    let mut right = rect.right() - 8.0;
    if is_reviewed {
        let words = "reviewed";
        let font = theme::sans(size::SMALL);
        right -= text_width(painter, words, font.clone());
        painter.text(pos2(right, rect.center().y), Align2::LEFT_CENTER, words, font, theme.ink2);
        right -= 8.0;
    }
    let mut job = egui::text::LayoutJob::simple_singleline(label.to_owned(), theme::sans(size::UI), theme.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - left.x).max(1.0));
    let galley = painter.layout_job(job);
    painter.galley(pos2(left.x, rect.center().y - galley.size().y / 2.0), galley, theme.ink);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::PhraseId;

    #[test]
    fn the_list_is_searched_by_all_words_in_any_case() {
        let topic = |id: u64, label: &str| Topic {
            subject: Subject::Phrase(PhraseId(id)),
            id: String::new(),
            label: label.to_owned(),
            is_reviewed: false,
        };
        let topics: Arc<[Topic]> =
            [topic(1, "dredging of the channel"), topic(2, "the Pier"), topic(3, "Channel fees")].into();
        let mut listed = Listed::default();
        for (query, rows) in [("", vec![0, 1, 2]), ("channel", vec![0, 2]), ("FEES chan", vec![2]), ("eel", vec![])] {
            listed.query = query.to_owned();
            assert_eq!(listed.follow(&topics), rows, "{query}");
        }
    }
}
