//! The results: a row an article, with its first place in its sentence.
//!
//! Rows have one height and are laid out where they are in sight; only for those are places worked out. Serif is quoted,
//! sans is said by the program.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Id, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{Answer, SearchState, n_places};
use crate::document::{BlockKind, Document, DocumentId, Passage};
use crate::gui::action::Action;
use crate::gui::fit::paint_first;
use crate::gui::theme::{self, Theme, shape, size, space};
use crate::gui::widgets::text_at;
use crate::gui::{Scene, article, chip};
use crate::report::dates;
use crate::report::life::surroundings;
use crate::text::ByteRange;

/// Height of a row: two lines and air.
const ROW: f32 = 58.0;

/// Characters of a sentence shown before its first hit, where what follows needs the room.
const MAX_BEFORE: usize = 56;

/// Points that a character takes, more or less.
const CHARACTER: f32 = 7.0;

/// Characters of a line laid out.
const MAX_CHARS: usize = 320;

/// Draws the rows into `area`.
pub(super) fn rows_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut SearchState,
    answer: &Answer,
    area: Rect,
    actions: &mut Vec<Action>,
) {
    ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        // Another query begins at its first article; the articles that come while the index is made do not move it.
        let id = ("search results", &answer.found.query, state.filters.n_set());
        let n_rows = state.listing.rows().len();
        ScrollArea::vertical().id_salt(id).auto_shrink(false).show_rows(ui, ROW, n_rows, |ui, rows| {
            for idx in rows {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                let Some(&id) = state.listing.rows().get(idx) else { break };
                let places = state.listing.places(scene, answer, &state.filters, id);
                if let Some(document) = scene.corpus.get(id) {
                    let is_chosen = state.chosen.is_some_and(|chosen| chosen.document == id);
                    Row { rect, document, places: &places }.ui(ui, scene.theme, is_chosen, actions);
                }
            }
        });
    });
}

/// Gives the keyboard to the first row.
pub(super) fn focus_first(ui: &Ui, state: &SearchState) {
    if let Some(&first) = state.listing.rows().first() {
        ui.memory_mut(|memory| memory.request_focus(row_id(first)));
    }
}

fn row_id(document: DocumentId) -> Id {
    Id::unique(("search row", document))
}

/// An article in its row.
struct Row<'a> {
    rect: Rect,
    document: &'a Document,
    places: &'a [ByteRange],
}

impl Row<'_> {
    fn ui(&self, ui: &Ui, theme: &Theme, is_chosen: bool, actions: &mut Vec<Action>) {
        let rect = self.rect;
        let response = ui.interact(rect, row_id(self.document.id), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, self.name()));
        if is_chosen {
            ui.painter().rect_filled(rect, 0.0, theme.sel);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, theme.chrome);
        }
        let y = ui.painter().round_to_pixel_center(rect.bottom() - 0.5);
        let inner = rect.shrink2(vec2(space::TABLE_MARGIN.min(rect.width() * 0.03), 0.0));
        ui.painter().hline(inner.x_range(), y, theme.hairline());
        let is_wide = rect.width() >= 720.0;
        let date_width = if is_wide { 176.0 } else { 116.0 };
        self.date(ui, theme, inner, date_width - 16.0);
        let words = inner.with_min_x(inner.left() + date_width).with_max_x(inner.right() - 104.0);
        self.words(ui, theme, words);
        self.count(ui, theme, inner);
        if response.has_focus() {
            let stroke = egui::Stroke::new(theme.ring, theme.accent);
            ui.painter().rect_stroke(rect.shrink(1.0), shape::CONTROL_RADIUS, stroke, egui::StrokeKind::Inside);
        }
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            actions.push(self.open());
        }
    }

    /// Goes to the place shown; an article without one is opened.
    fn open(&self) -> Action {
        let document = self.document.id;
        self.first().map_or(Action::SelectDocument(document), |range| Action::Reveal(Passage { document, range }))
    }

    /// The first place in the body; else the one in the title, whose line is shown anyhow; else one in the furniture.
    fn first(&self) -> Option<ByteRange> {
        self.places.iter().copied().min_by_key(|place| match self.document.block_at(place.start) {
            Some(block) if block.kind == BlockKind::Title => 1,
            Some(block) if !block.kind.is_readable() => 2,
            _ => 0,
        })
    }

    fn is_furniture(&self, place: ByteRange) -> bool {
        self.document.block_at(place.start).is_some_and(|block| !block.kind.is_readable())
    }

    /// Date and outlet, one above the other.
    fn date(&self, ui: &Ui, theme: &Theme, inner: Rect, room: f32) {
        let bare = dates::DateLabel { detail: String::new(), ..dates::label(&self.document.published) };
        chip::paint_date(ui.painter(), theme, pos2(inner.left(), inner.top() + 11.0), &bare);
        let outlet = chip::outlet_or_file(self.document);
        let left = pos2(inner.left(), inner.top() + 40.0);
        paint_first(ui.painter(), left, &outlet, theme::sans(size::SMALL), theme.ink2, room);
    }

    /// The title, and the sentence of the first place under it.
    fn words(&self, ui: &Ui, theme: &Theme, rect: Rect) {
        let left = pos2(rect.left(), rect.top() + 19.0);
        match (&self.document.title, self.document.title_range) {
            (Some(_), Some(range)) => {
                let start = ByteRange::new(range.start, range.start);
                let line = Line::of(&self.document.text, range, start, self.places, MAX_BEFORE);
                let font = theme::serif_bold(size::FAMILY);
                line.paint(ui, theme, left, rect.width(), &font, theme.ink);
            }
            (Some(title), None) => {
                let font = theme::serif_bold(size::FAMILY);
                paint_first(ui.painter(), left, title, font, theme.ink, rect.width());
            }
            (None, _) => {
                paint_first(ui.painter(), left, "Untitled", theme::sans(size::UI), theme.ink2, rect.width());
            }
        }
        let left = pos2(rect.left(), rect.top() + 40.0);
        let line = self.line((rect.width() / CHARACTER) as usize);
        line.paint(ui, theme, left, rect.width(), &theme::serif(size::HOVER.0), theme.ink2);
    }

    /// How many places, and whether the reader has to look for them in the furniture.
    fn count(&self, ui: &Ui, theme: &Theme, inner: Rect) {
        if self.places.is_empty() {
            return;
        }
        let right = pos2(inner.right(), inner.top() + 19.0);
        let font = theme::sans(size::DATE);
        text_at(ui.painter(), right, Align2::RIGHT_CENTER, &n_places(self.places.len()), font, theme.ink);
        if self.first().is_some_and(|place| self.is_furniture(place)) {
            let right = pos2(inner.right(), inner.top() + 40.0);
            let font = theme::sans(size::SMALL);
            text_at(ui.painter(), right, Align2::RIGHT_CENTER, "page furniture", font, theme.ink2);
        }
    }

    /// The sentence of the first place, for a line of so many characters; the beginning of an article without one.
    fn line(&self, n_chars: usize) -> Line {
        let text = &self.document.text;
        match self.first() {
            Some(first) => {
                let (before, after) = surroundings(self.document, first);
                let n_after = first.cover(after).of(text).chars().take(n_chars).count();
                let max_before = n_chars.saturating_sub(n_after).max(MAX_BEFORE.min(n_chars / 2));
                Line::of(text, before.cover(first).cover(after), first, self.places, max_before)
            }
            None => {
                let body = self.document.readable_blocks().nth(1).or(self.document.blocks.first());
                let range = body.map(|block| block.range).unwrap_or_default();
                Line::of(text, range, ByteRange::new(range.start, range.start), &[], MAX_BEFORE)
            }
        }
    }

    /// The whole row, for a screen reader.
    fn name(&self) -> String {
        let label = dates::label(&self.document.published);
        let estimate = if label.is_estimate { "est. " } else { "" };
        let outlet = chip::outlet_or_file(self.document);
        let title = self.document.title.as_deref().unwrap_or("Untitled");
        let count = n_places(self.places.len());
        format!("{estimate}{}, {outlet}, {title}, {count}: {}", label.day, self.line(MAX_CHARS).text)
    }
}

/// A sentence on one line, with what was found in it.
#[derive(Debug, PartialEq)]
struct Line {
    text: String,
    hits: Vec<ByteRange>,
}

impl Line {
    /// `first` is in sight whatever stands before it: of that no more than `max_before` characters are kept.
    fn of(text: &str, sentence: ByteRange, first: ByteRange, places: &[ByteRange], max_before: usize) -> Self {
        let mut line = Self { text: String::new(), hits: Vec::new() };
        let before = ByteRange::new(sentence.start, first.start);
        let n_skipped = before.of(text).chars().count().saturating_sub(max_before);
        let mut at = before.start;
        if n_skipped > 0 {
            let kept = before.of(text).char_indices().nth(n_skipped).map_or(0, |(idx, _)| idx);
            let word = before.of(text).get(kept..).and_then(|rest| rest.find(' ')).map_or(kept, |gap| kept + gap);
            at = before.start + word;
            line.text.push('…');
        }
        let from = at;
        for place in places.iter().filter(|place| place.start >= from && place.end <= sentence.end) {
            line.push(ByteRange::new(at, place.start).of(text));
            let start = line.text.len();
            line.push(place.of(text));
            line.hits.push(ByteRange::new(start, line.text.len()));
            at = place.end;
            if line.text.len() > MAX_CHARS {
                break;
            }
        }
        let rest = ByteRange::new(at, sentence.end).of(text);
        let end = rest.char_indices().nth(MAX_CHARS).map_or(rest.len(), |(idx, _)| idx);
        line.push(rest.get(..end).unwrap_or_default());
        line
    }

    /// Draws it with the hits on their ground, cut where it does not fit into `room` points.
    fn paint(&self, ui: &Ui, theme: &Theme, left: egui::Pos2, room: f32, font: &egui::FontId, color: egui::Color32) {
        let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(room), ..LayoutJob::default() };
        let format = |color| theme::format(font.clone(), 20.0, color);
        let mut at = 0;
        for hit in &self.hits {
            job.append(ByteRange::new(at, hit.start).of(&self.text), 0.0, format(color));
            job.append(hit.of(&self.text), 0.0, format(theme.ink));
            at = hit.end;
        }
        job.append(ByteRange::new(at, self.text.len()).of(&self.text), 0.0, format(color));
        let galley = ui.painter().layout_job(job);
        let origin = pos2(left.x, left.y - galley.size().y / 2.0);
        for hit in &self.hits {
            for row in article::placed(article::row_rects(&galley, &self.text, *hit), origin) {
                article::ground(ui.painter(), row, theme.selection);
            }
        }
        ui.painter().galley(origin, galley, color);
    }

    /// Adds words, white space of any kind as one space.
    fn push(&mut self, words: &str) {
        for character in words.chars() {
            if !character.is_whitespace() {
                self.text.push(character);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of a text with every `word` of it found, and its hits.
    fn line(text: &str, word: &str) -> (String, Vec<String>) {
        let places: Vec<ByteRange> =
            text.match_indices(word).map(|(start, word)| ByteRange::new(start, start + word.len())).collect();
        let line = Line::of(text, ByteRange::new(0, text.len()), places[0], &places, MAX_BEFORE);
        let hits = line.hits.iter().map(|hit| hit.of(&line.text).to_owned()).collect();
        (line.text, hits)
    }

    #[test]
    fn a_sentence_stands_on_one_line_with_its_hits() {
        let (text, hits) = line("The  old\npier of Łódź and its old\npier.", "old\npier");
        assert_eq!(text, "The old pier of Łódź and its old pier.");
        assert_eq!(hits, ["old pier", "old pier"]);
    }

    #[test]
    fn the_first_hit_is_in_sight_whatever_stands_before_it() {
        let text = format!("{}eels.", "The harbor council of the old town ".repeat(9));
        let (line, hits) = line(&text, "eels");
        assert!(line.starts_with("… ") && line.chars().count() < 70 && hits == ["eels"], "{line}");
    }
}
