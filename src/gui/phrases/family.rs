//! The line between the matrix and the places: the name of the chosen family, what is known of it, and what the reader
//! can do about it: copy, rename, merge, split, never match.

use egui::containers::menu::{MenuConfig, SubMenuButton};
use egui::{Align, Key, Layout, PopupCloseBehavior, Rect, RichText, ScrollArea, TextEdit, Ui, UiBuilder, pos2, vec2};

use super::counted;
use super::listing::Listing;
use super::matrix::{ends, sign};
use crate::analysis::PhraseId;
use crate::analysis::reuse::edits::wording;
use crate::analysis::reuse::{OccurrenceKind, Phrase};
use crate::document::Passage;
use crate::gui::action::Action;
use crate::gui::fit::paint_first;
use crate::gui::state::{PhrasesState, Selection};
use crate::gui::theme::{self, size, space};
use crate::gui::widgets::{focus_ring, label_ui, link_ui, text_width};
use crate::gui::{Scene, hover, marks};
use crate::project::Command;
use crate::project::phrases::{PhraseMerge, PhraseName, PhraseSplit, may_merge};
use crate::report::briefing::Subject;
use crate::text::compare::fold;

/// Below this width only copying and renaming stand in the bar; the rest is in its menu.
const ALL_FROM: f32 = 900.0;
/// And below this renaming too.
const SOME_FROM: f32 = 700.0;
/// Families offered to merge with; more are found by typing.
const N_OFFERED: usize = 200;
/// Between the name of the family and what is known of it, in points.
const NAME_GAP: f32 = 12.0;
/// Narrowest and widest list of families to merge with, in points: the name of a copied passage is cut.
const MERGE_MENU: (f32, f32) = (280.0, 420.0);

/// Draws the bar into `rect`.
#[expect(clippy::too_many_arguments, reason = "a view's four, and what the bar is about")]
pub fn bar_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    listing: &Listing,
    phrase: &Phrase,
    selection: &Selection,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, theme.chrome);
    for y in [rect.top(), rect.bottom() - 1.0] {
        painter.hline(rect.x_range(), painter.round_to_pixel_center(y), egui::Stroke::new(1.0, theme.rule2));
    }
    let inner = rect.shrink2(vec2(space::TABLE_MARGIN, 1.0));
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center));
    let mut left_edge = inner.right();
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        if !scene.is_page {
            buttons_ui(ui, scene, state, listing, phrase, selection, rect.width(), actions);
        }
        left_edge = ui.min_rect().left() - 14.0;
    });
    let y = rect.center().y;
    let pin = marks::pin_of(scene.project, phrase.id);
    sign(ui.painter(), theme, pos2(inner.left() + 8.0, y), pin, phrase.n_documents);
    let left = inner.left() + 26.0;
    if state.renaming.as_ref().is_some_and(|(id, _)| *id == phrase.id) {
        let field = Rect::from_min_max(pos2(left, y - 14.0), pos2(left_edge.min(left + 420.0), y + 14.0));
        rename_ui(ui, scene, state, phrase, field, actions);
        return;
    }
    let room = left_edge - left;
    let name = theme::serif_bold(size::CONCORDANCE.0 + 0.5);
    let summary = summary(scene, phrase, super::columns::Grid::new(rect.width(), scene.corpus.len()).days.is_none());
    // A copied passage has a long name, which leaves room for how often it comes back.
    let wanted = text_width(ui.painter(), &summary, theme::sans(size::UI)) + NAME_GAP;
    let name_room = room - wanted.min(room * 0.34);
    let right = paint_first(ui.painter(), pos2(left, y), &phrase.label, name, theme.ink, name_room);
    let start = pos2(right + NAME_GAP, y);
    paint_first(ui.painter(), start, &summary, theme::sans(size::UI), theme.ink2, left_edge - start.x);
    let words = Rect::from_min_max(pos2(left, rect.top()), pos2(left_edge.max(left), rect.bottom()));
    let response = ui.interact(words, egui::Id::unique("chosen family"), egui::Sense::hover());
    let whole = format!("{}: {summary}", phrase.label);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, &whole));
    response.on_hover_text(whole);
}

/// "6 occurrences in 3 articles · DPRK for North Korea"; with first and last day where the matrix has no room for them.
fn summary(scene: &Scene<'_>, phrase: &Phrase, has_days: bool) -> String {
    let days = match ends(scene, phrase) {
        _ if !has_days => String::new(),
        (first, last) if first == last => format!(", {first}"),
        (first, last) => format!(", {first} to {last}"),
    };
    let mut parts = vec![format!(
        "{} in {}{days}",
        counted(phrase.occurrences.len(), "occurrence", "occurrences"),
        counted(phrase.n_documents, "article", "articles")
    )];
    if let Some(edit) = scene.analysis.phrase_edits.get(&phrase.id) {
        parts.extend(edit.found_label.as_ref().map(|label| format!("found as “{label}”")));
        if !edit.merged.is_empty() {
            parts.push(format!("{} merged in", counted(edit.merged.len(), "family", "families")));
        }
        if edit.split_from.is_some() {
            parts.push("split off".to_owned());
        }
    }
    // A few places are enough to see which names stand for one another.
    let aliases = phrase.occurrences.iter().filter(|it| it.kind == OccurrenceKind::Alias).take(64);
    let mut whys: Vec<&str> = aliases.map(|occurrence| &*occurrence.why).collect();
    whys.sort_unstable();
    whys.dedup();
    if !whys.is_empty() && whys.len() <= 4 {
        parts.push(whys.join(", "));
    }
    parts.join("  ·  ")
}

#[expect(clippy::too_many_arguments, reason = "a view's four, and what the buttons are about")]
fn buttons_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    listing: &Listing,
    phrase: &Phrase,
    selection: &Selection,
    width: f32,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    // From the right: what is rarest stands last.
    let more = link_ui(ui, theme, "More").accessible_name("More on the family");
    focus_ring(ui.painter(), theme, &more);
    let split = selection.occurrence.and_then(|passage| split_action(scene, phrase, passage));
    egui::Popup::menu(&more).show(|ui| {
        if width < SOME_FROM && ui.button("Rename").clicked() {
            state.renaming = Some((phrase.id, phrase.label.clone()));
        }
        ui.add_enabled_ui(split.is_some(), |ui| {
            let response = ui.button("Split off the chosen wording");
            let response = response.on_disabled_hover_text("Choose a place that is written otherwise than the others");
            if response.clicked() {
                actions.extend(split.clone());
            }
        });
        if width < ALL_FROM {
            // The field is clicked and typed into, so only an answer closes the menu.
            let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
            let (button, _) = SubMenuButton::new("Merge into…").config(config).ui(ui, |ui| {
                merge_ui(ui, scene, state, phrase, actions);
            });
            focus_ring(ui.painter(), theme, &button);
        }
        ui.separator();
        hover::phrase_menu_ui(ui, scene, phrase.id, actions);
    });
    if width >= ALL_FROM {
        let never = link_ui(ui, theme, "Never match this");
        focus_ring(ui.painter(), theme, &never);
        if never.clicked() {
            actions.push(dismiss(phrase));
            // The next family comes up, so that one can go on sorting out.
            let row = listing.row_of(scene.analysis, phrase.id).unwrap_or_default();
            let next = listing.rows.get(row + 1).or_else(|| listing.rows.get(row.checked_sub(1)?));
            let next = next.and_then(|idx| scene.analysis.phrases.get(*idx as usize)).map(|phrase| phrase.id);
            actions.push(Action::SelectPhrase(next));
        }
        let merge = link_ui(ui, theme, "Merge into…");
        focus_ring(ui.painter(), theme, &merge);
        egui::Popup::menu(&merge)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| merge_ui(ui, scene, state, phrase, actions));
    }
    if width >= ALL_FROM {
        let brief = link_ui(ui, theme, Action::ToBriefing.label()).on_hover_text(Action::ToBriefing.keys());
        focus_ring(ui.painter(), theme, &brief);
        if brief.clicked() {
            actions.push(Action::Brief(Subject::Phrase(phrase.id)));
        }
    }
    if width >= SOME_FROM {
        let rename = link_ui(ui, theme, "Rename");
        focus_ring(ui.painter(), theme, &rename);
        if rename.clicked() {
            state.renaming = Some((phrase.id, phrase.label.clone()));
        }
    }
    let copy =
        ui.button("Copy with citations").on_hover_text("All places with their sources; Ctrl C copies the chosen one");
    focus_ring(ui.painter(), theme, &copy);
    if copy.clicked() {
        actions.push(Action::CopyPhrase(phrase.id));
    }
}

fn dismiss(phrase: &Phrase) -> Action {
    Action::Change(Command::DismissPhrase { phrase: phrase.id, label: phrase.label.clone() })
}

/// The field for another name. Enter or a click elsewhere takes it, Escape leaves the old one.
fn rename_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    phrase: &Phrase,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let Some((id, mut name)) = state.renaming.take() else { return };
    let field = TextEdit::singleline(&mut name)
        .font(theme::serif(size::CONCORDANCE.0))
        .hint_text("Empty takes the name back")
        .align(egui::Align2::LEFT_CENTER);
    let response = ui.put(rect, field).accessible_name("Name of the phrase");
    focus_ring(ui.painter(), scene.theme, &response);
    let is_left = response.lost_focus();
    if is_left {
        if !ui.input(|input| input.key_pressed(Key::Escape)) {
            let found_label = scene.analysis.phrase_edits.get(&id).and_then(|edit| edit.found_label.clone());
            let label = found_label.unwrap_or_else(|| phrase.label.clone());
            let name = Some(PhraseName { name, label });
            actions.push(Action::Change(Command::RenamePhrase { phrase: id, name }));
        }
        return;
    }
    if !response.has_focus() {
        response.request_focus();
    }
    state.renaming = Some((id, name));
}

/// The families one can become a part of; typing finds others.
fn merge_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PhrasesState, phrase: &Phrase, actions: &mut Vec<Action>) {
    ui.set_min_width(MERGE_MENU.0);
    ui.set_max_width(MERGE_MENU.1);
    label_ui(ui, "Make this phrase part of", theme::sans(size::SMALL), scene.theme.dim);
    let field = TextEdit::singleline(&mut state.merge_query).hint_text("Find a family").desired_width(260.0);
    let response = ui.add(field).accessible_name("Find a family to merge into");
    focus_ring(ui.painter(), scene.theme, &response);
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let query = fold(state.merge_query.trim());
    let decisions = scene.project.decisions();
    // Typing looks through the heaviest few thousand alone, which takes well under a frame.
    let looked_at = scene.analysis.phrases.iter().take(5_000);
    let offered = looked_at
        .filter(|other| other.id != phrase.id && (query.is_empty() || fold(&other.label).contains(&query)))
        .filter(|other| decisions.merged.is_empty() || may_merge(decisions, phrase.id, other.id))
        .take(N_OFFERED);
    ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        let mut n_offered = 0;
        for other in offered {
            n_offered += 1;
            let words = format!("{}  ({})", other.label, other.occurrences.len());
            let response = ui
                .add(egui::Button::new(RichText::new(words).font(theme::serif(size::FAMILY))).frame(false).truncate())
                .accessible_name(format!("Merge into {}", other.label));
            if response.clicked() {
                actions.push(merge(phrase, other.id, &other.label));
                actions.push(Action::SelectPhrase(Some(other.id)));
                state.merge_query.clear();
                ui.close();
            }
        }
        if n_offered == 0 {
            label_ui(ui, "No family with these words", theme::sans(size::UI), scene.theme.ink2);
        }
    });
}

fn merge(phrase: &Phrase, into: PhraseId, into_label: &str) -> Action {
    let merge = PhraseMerge { into, label: phrase.label.clone(), into_label: into_label.to_owned() };
    Action::Change(Command::MergePhrase { phrase: phrase.id, merge: Some(merge) })
}

/// What splits the wording of a place off its family; `None` where all places are written like it, and for a place of
/// another family.
pub fn split_action(scene: &Scene<'_>, phrase: &Phrase, passage: Passage) -> Option<Action> {
    let written = |passage: Passage| {
        let document = scene.corpus.get(passage.document)?;
        Some(wording(&document.text, passage.range))
    };
    let chosen = phrase.occurrences.iter().find(|occurrence| occurrence.passage == passage)?;
    let wording = written(chosen.passage)?;
    let is_other = |passage: Passage| written(passage).is_some_and(|other| other != wording);
    if !phrase.occurrences.iter().any(|occurrence| is_other(occurrence.passage)) {
        return None;
    }
    let words: Vec<&str> = scene.corpus.words(passage).split_whitespace().collect();
    let split = Some(PhraseSplit { words: words.join(" "), label: phrase.label.clone() });
    Some(Action::Change(Command::SplitPhrase { phrase: phrase.id, wording, split }))
}
