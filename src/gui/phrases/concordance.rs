//! The places of a family, one a line, aligned on the phrase: date and outlet once for each article, whose words they
//! are at the right, and between two uses what changed around it.
//!
//! Serif is quoted, sans is said by the program, in the lines of change too. Rows in sight are laid out; the changes,
//! which need word diffs, are worked out as they come into sight, within a budget a frame, and kept.

use std::time::{Duration, Instant};

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Id, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use rustc_hash::FxHashMap;

use super::context::{Spot, paint_context};
use super::matrix::{Day, short_day};
use super::place::Place;
use super::rows::{Row, Rows};
use crate::analysis::PhraseId;
use crate::analysis::diff::WordDiff;
use crate::analysis::reuse::Phrase;
use crate::document::{Document, Passage};
use crate::gui::action::Action;
use crate::gui::fit::{first_words, paint_first};
use crate::gui::theme::{self, Theme, size, space};
use crate::gui::{Scene, chip, hover};
use crate::report::dates;
use crate::report::life::{Life, Voices, life};
use crate::report::turns::{Part, turn};

/// Time a frame may spend on working out changes.
const BUDGET: Duration = Duration::from_millis(3);

/// The life of the chosen family, ready to be shown.
#[derive(Clone, Debug, Default)]
pub struct Concordance {
    key: Option<(u64, u64, PhraseId)>,
    life: Life,
    rows: Rows,
    /// By use: what changed before it.
    turns: FxHashMap<usize, Vec<Part>>,
}

/// Where the parts of a line stand, in points from its left edge.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grid {
    date: (f32, f32),
    before: (f32, f32),
    after: f32,
    voice: Option<(f32, f32)>,
}

impl Grid {
    fn new(width: f32) -> Self {
        let left = space::TABLE_MARGIN;
        let right = width - space::TABLE_MARGIN;
        let (date, voice) = match width {
            _ if width >= 900.0 => (141.0, Some(150.0)),
            _ if width >= 620.0 => (118.0, Some(112.0)),
            _ => (104.0, None),
        };
        let context = left + date;
        let end = right - voice.map_or(0.0, |voice| voice + 16.0);
        // In a narrow window the phrase and what follows say more.
        let middle = context + (end - context) * if width >= 900.0 { 0.41 } else { 0.28 };
        Self {
            date: (left, context - 10.0),
            before: (context, middle),
            after: end,
            voice: voice.map(|voice| (right - voice, right)),
        }
    }
}

impl Concordance {
    /// Draws the places of `phrase` into `rect`; a click chooses one, a double click opens its article.
    #[expect(clippy::too_many_arguments, reason = "a view's four, and what the rows are made of")]
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        voices: &Voices,
        phrase: &Phrase,
        chosen: Option<Passage>,
        reveal: Option<Passage>,
        rect: Rect,
        actions: &mut Vec<Action>,
    ) {
        self.follow(scene, phrase);
        let grid = Grid::new(rect.width());
        let start = Instant::now();
        let mut diff = None;
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            // Another family starts at its top.
            let area = ScrollArea::vertical().id_salt(("places", phrase.id)).auto_shrink(false);
            area.show_viewport(ui, |ui, viewport| {
                let size = vec2(rect.width(), self.rows.height() + 16.0);
                let (all, _) = ui.allocate_exact_size(size, Sense::hover());
                let top = all.top() + 6.0;
                let row_rect = |(from, to): (f32, f32)| {
                    Rect::from_min_max(pos2(rect.left(), top + from), pos2(rect.right(), top + to))
                };
                if let Some(idx) = reveal.and_then(|passage| self.row_of(phrase, passage)) {
                    ui.scroll_to_rect(row_rect(self.rows.span(idx)), None);
                }
                for idx in self.rows.within(viewport.top() - 6.0, viewport.bottom()) {
                    let Some(&row) = self.rows.rows.get(idx) else { break };
                    let line = Line { rect: row_rect(self.rows.span(idx)), grid, is_top: idx == 0 };
                    match row {
                        Row::Place { at, is_first, .. } => {
                            let occurrence_idx = self.life.occurrence_idxs.get(at).copied().unwrap_or_default();
                            let Some(occurrence) = phrase.occurrences.get(occurrence_idx) else { continue };
                            let is_led_in = idx > 0 && matches!(self.rows.rows.get(idx - 1), Some(Row::Turn { .. }));
                            let place = Place::new(scene, voices, occurrence, is_first, is_first && !is_led_in);
                            let is_chosen = chosen == Some(occurrence.passage);
                            if let Some(place) = place {
                                line.place_ui(ui, scene, phrase, &place, is_chosen, actions);
                            }
                        }
                        Row::Turn { use_idx } => {
                            let is_late = start.elapsed() > BUDGET;
                            if !is_late {
                                self.work_out(scene, phrase, use_idx, &mut diff);
                            }
                            let parts = self.turns.get(&use_idx).map(Vec::as_slice);
                            if parts.is_none() {
                                ui.ctx().request_repaint();
                            }
                            line.turn_ui(ui, scene, &self.life, use_idx, parts);
                        }
                    }
                }
            });
        });
    }

    /// Makes the life anew where it is another one.
    fn follow(&mut self, scene: &Scene<'_>, phrase: &Phrase) {
        let key = (scene.revision, scene.generation, phrase.id);
        if self.key != Some(key) {
            let life = life(phrase, scene.corpus);
            let rows = Rows::new(&life);
            *self = Self { key: Some(key), life, rows, turns: FxHashMap::default() };
        }
    }

    fn row_of(&self, phrase: &Phrase, passage: Passage) -> Option<usize> {
        self.rows.rows.iter().position(|row| {
            let Row::Place { at, .. } = row else { return false };
            let idx = self.life.occurrence_idxs.get(*at);
            idx.and_then(|idx| phrase.occurrences.get(*idx)).is_some_and(|it| it.passage == passage)
        })
    }

    /// Works out what changed before a use, where that is not known yet.
    fn work_out(&mut self, scene: &Scene<'_>, phrase: &Phrase, use_idx: usize, diff: &mut Option<WordDiff>) {
        if self.turns.contains_key(&use_idx) {
            return;
        }
        let of = |idx: usize| self.life.uses.get(idx);
        let (older, newer) = (self.life.use_before(use_idx).and_then(of), of(use_idx));
        let parts = older.zip(newer).and_then(|(older, newer)| {
            let diff = diff.get_or_insert_with(|| WordDiff::new(scene.codebook));
            let passages = |of| self.life.places(phrase, of).map(|occurrence| occurrence.passage);
            Some(turn(diff, scene.corpus, passages(older), passages(newer))?.parts(scene.corpus))
        });
        self.turns.insert(use_idx, parts.unwrap_or_default());
    }
}

/// The place of a row on screen.
struct Line {
    rect: Rect,
    grid: Grid,
    is_top: bool,
}

impl Line {
    fn place_ui(
        &self,
        ui: &Ui,
        scene: &Scene<'_>,
        phrase: &Phrase,
        place: &Place<'_>,
        is_chosen: bool,
        actions: &mut Vec<Action>,
    ) {
        let theme = scene.theme;
        let rect = self.rect;
        let passage = place.occurrence.passage;
        let response = ui.interact(rect, Id::unique(("phrase place", phrase.id, passage)), Sense::CLICK);
        let name = place.name();
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, &name));
        if is_chosen {
            ui.painter().rect_filled(rect, 0.0, theme.sel);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, theme.chrome);
        }
        if place.has_line && !self.is_top {
            self.hairline(ui, theme);
        }
        if place.is_first {
            self.date(ui, theme, place.document);
        }
        self.words(ui, scene, phrase, place, is_chosen);
        self.voice(ui, theme, place);
        response.context_menu(|ui| place_menu_ui(ui, scene, phrase, passage, actions));
        let response = response.on_hover_text_at_pointer(place.why());
        if response.double_clicked() {
            actions.push(Action::Reveal(passage));
        } else if response.clicked() {
            actions.push(Action::SelectOccurrence(phrase.id, passage));
        }
    }

    fn hairline(&self, ui: &Ui, theme: &Theme) {
        let inner = self.rect.shrink2(vec2(space::TABLE_MARGIN, 0.0));
        ui.painter().hline(inner.x_range(), ui.painter().round_to_pixel_center(self.rect.top()), theme.hairline());
    }

    /// Date and outlet, one above the other.
    fn date(&self, ui: &Ui, theme: &Theme, document: &Document) {
        let (left, right) = self.grid.date;
        let left = pos2(self.rect.left() + left, self.rect.top() + 6.0);
        let bare = dates::DateLabel { detail: String::new(), ..dates::label(&document.published) };
        chip::paint_date(ui.painter(), theme, left, &bare);
        let outlet = chip::outlet_or_file(document);
        let room = right - self.grid.date.0;
        paint_first(ui.painter(), left + vec2(0.0, 23.0), &outlet, theme::sans(size::SMALL), theme.ink2, room);
    }

    /// The phrase in its column, with as much before and after it as fits.
    fn words(&self, ui: &Ui, scene: &Scene<'_>, phrase: &Phrase, place: &Place<'_>, is_chosen: bool) {
        let x = |offset: f32| self.rect.left() + offset;
        let (left, middle) = self.grid.before;
        let (left, middle, right) = (x(left), x(middle), x(self.grid.after));
        let spot = Spot { left, middle, right, y: self.rect.center().y, size: size::CONCORDANCE };
        paint_context(ui.painter(), scene, phrase, place, spot, is_chosen);
    }

    /// Whose words they are, at the right.
    fn voice(&self, ui: &Ui, theme: &Theme, place: &Place<'_>) {
        let Some((left, right)) = self.grid.voice else { return };
        let y = self.rect.center().y;
        let right_text = |y: f32, words: &str, font: FontId, color: Color32| {
            let galley = first_words(ui.painter(), words, font, color, right - left);
            let at = pos2(self.rect.left() + right - galley.size().x, y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, color);
        };
        match place.voice() {
            (Some(who), how) => {
                right_text(y - 6.0, who, theme::sans(size::DATE), theme.ink);
                right_text(y + 8.0, how, theme::sans(size::SMALL), theme.ink2);
            }
            (None, how) => right_text(y, how, theme::sans(size::DATE), theme.ink2),
        }
    }

    /// What changed before a use, and since when; dots where it is still being worked out.
    fn turn_ui(&self, ui: &Ui, scene: &Scene<'_>, life: &Life, use_idx: usize, parts: Option<&[Part]>) {
        let theme = scene.theme;
        self.hairline(ui, theme);
        let before = life.use_before(use_idx).and_then(|idx| life.uses.get(idx));
        let document = before.and_then(|of| scene.corpus.documents().get(of.article_idx));
        let since = document.map_or_else(String::new, |document| short_day(document, Day::Full));
        let lead = format!("since {since}:  ");
        let mut job = LayoutJob::default();
        let sans = |color| theme::format(theme::sans(size::SMALL), space::TURN_ROW, color);
        let serif = |color| theme::format(theme::serif(size::UI), space::TURN_ROW, color);
        job.append(&lead, 0.0, sans(theme.dim));
        match parts {
            None => job.append("…", 0.0, sans(theme.dim)),
            Some([]) => job.append("the same words around it", 0.0, sans(theme.dim)),
            Some(parts) => {
                for part in parts {
                    let format = match part {
                        Part::Said(_) => sans(theme.dim),
                        Part::Kept(_) | Part::Old(_) => serif(theme.ink2),
                        Part::New(_) => serif(theme.ink),
                    };
                    job.append(part.words(), 0.0, format);
                }
            }
        }
        let (left, right) = (self.rect.left() + self.grid.before.0, self.rect.right() - space::TABLE_MARGIN);
        job.wrap = TextWrapping { max_width: right - left, max_rows: 1, ..TextWrapping::default() };
        let whole = job.text.clone();
        let galley = ui.painter().layout_job(job);
        let is_cut = galley.elided;
        let y = self.rect.center().y + 2.0;
        ui.painter().galley(pos2(left, y - galley.size().y / 2.0), galley, theme.dim);
        let response = ui.interact(self.rect, Id::unique(("phrase turn", use_idx)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
        if is_cut {
            response.on_hover_text(whole);
        }
    }
}

/// What can be done with one place, then with its family.
pub(super) fn place_menu_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    phrase: &Phrase,
    passage: Passage,
    actions: &mut Vec<Action>,
) {
    if ui.button("Show in the article").clicked() {
        actions.push(Action::Reveal(passage));
    }
    if ui.button("Copy with citation").clicked() {
        actions.push(Action::SelectOccurrence(phrase.id, passage));
        actions.push(Action::CopyQuotes);
    }
    if let Some(action) = super::family::split_action(scene, phrase, passage)
        && ui.button("Split off this wording").clicked()
    {
        actions.push(action);
    }
    ui.separator();
    hover::phrase_menu_ui(ui, scene, phrase.id, actions);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_line_stand_side_by_side_in_every_window() {
        for width in [400.0, 640.0, 900.0, 1280.0, 1920.0] {
            let grid = Grid::new(width);
            assert!(grid.date.1 <= grid.before.0 && grid.before.0 + 64.0 < grid.before.1, "{grid:?}");
            assert!(grid.before.1 + 120.0 < grid.after, "{grid:?}");
            assert!(grid.voice.is_none_or(|(left, right)| grid.after < left && left < right), "{grid:?}");
        }
    }
}
