//! The sheet of places: where selected words stand in all articles, in order of date, aligned on the words.
//!
//! The search is a job ([`places`](crate::analysis::reuse::places())); rows in sight alone are laid out, so that a list of
//! a hundred thousand places costs what is seen of it. Serif is quoted, sans is said by the program.

use std::sync::Arc;

use egui::{Color32, FontId, Id, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{one_line, shortened};
use crate::analysis::reuse::whole_words;
use crate::analysis::statements::Statement;
use crate::analysis::{Analysis, PhraseId};
use crate::document::{Document, Passage};
use crate::gui::action::Action;
use crate::gui::desk::Desk;
use crate::gui::fit::{first_words, last_words, paint_first};
use crate::gui::sheet::heading_ui;
use crate::gui::state::{Sheet, State};
use crate::gui::theme::{self, Theme, size, space};
use crate::gui::widgets::{focus_ring, label_ui, link_ui};
use crate::gui::{Scene, article, chip};
use crate::report::dates;
use crate::report::life::{Setting, Voices, setting, speaker, surroundings};
use crate::text::ByteRange;

/// Heading and margins of the sheet.
const HEAD: f32 = 64.0;
/// Between the words before and the words found, where the text has a space.
const SPACE: f32 = 5.0;

/// Words that were looked for, and where they stand.
#[derive(Clone, Debug)]
pub struct Found {
    /// As they were selected.
    pub of: Passage,
    /// The whole words of it, on one line.
    pub words: String,
    /// In order of date; `None` while they are looked for.
    pub places: Option<Arc<[Passage]>>,
    pub n_articles: usize,
    /// The family of phrases that has the words at their place, and its name.
    pub family: Option<(PhraseId, String)>,
    /// The place that was gone to last.
    pub chosen: Option<Passage>,
    /// Whose words are whose, in one state of the findings.
    voices: Option<(u64, Arc<Voices>)>,
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        (self.of, &self.places, self.chosen) == (other.of, &other.places, other.chosen)
    }
}

/// Opens the sheet and asks for the places; a selection without a word is told so.
pub fn ask(desk: &mut Desk, of: Passage) -> Option<Action> {
    let document = desk.corpus().get(of.document)?;
    let Some(range) = whole_words(&document.text, of.range) else {
        "Select a word to find it in all articles".clone_into(&mut desk.state.message);
        return None;
    };
    let words = one_line(range.of(&document.text));
    let family = family_at(desk.analysis(), Passage { range, ..of });
    desk.state.sheet =
        Some(Sheet::Found(Found { of, words, places: None, n_articles: 0, family, chosen: None, voices: None }));
    Some(Action::FindPhrase(of))
}

/// Takes the places, where they are still wanted.
pub fn take(desk: &mut Desk, of: Passage, places: Vec<Passage>) {
    if let Some(Sheet::Found(found)) = &mut desk.state.sheet
        && found.of == of
    {
        found.n_articles = places.chunk_by(|left, right| left.document == right.document).count();
        found.places = Some(places.into());
    }
}

/// Selects a place that is gone to from the sheet, and keeps it above the sheet.
pub fn reveal(state: &mut State, passage: Passage) {
    if let Some(Sheet::Found(found)) = &mut state.sheet
        && found.places.as_ref().is_some_and(|places| places.contains(&passage))
    {
        found.chosen = Some(passage);
        state.reading.selected = Some(passage);
        state.reading.is_low_half_hidden = true;
    }
}

/// The family whose shortest occurrence holds a place, or most of it and little else.
fn family_at(analysis: &Analysis, place: Passage) -> Option<(PhraseId, String)> {
    let covers = |passage: Passage| {
        let shared = passage.range.intersection(place.range).map_or(0, ByteRange::len);
        passage.document == place.document
            && (passage.range.contains(place.range) || 3 * shared > 2 * passage.range.cover(place.range).len())
    };
    let lens = analysis.phrases.iter().filter_map(|phrase| {
        let lens = phrase.occurrences.iter().map(|it| it.passage).filter(|passage| covers(*passage));
        Some((lens.map(|passage| passage.range.len()).min()?, phrase))
    });
    lens.min_by_key(|(len, _)| *len).map(|(_, phrase)| (phrase.id, phrase.label.clone()))
}

/// The height of the sheet over a view of `room` points, which it leaves half free.
pub fn height(found: &Found, room: f32) -> f32 {
    let n_rows = found.places.as_ref().map_or(3, |places| places.len().clamp(2, 100));
    (HEAD + space::PLACE_ROW * n_rows as f32).min((room * 0.46).max(150.0))
}

/// Shows the places; a click goes to one.
pub fn found_ui(ui: &mut Ui, scene: &Scene<'_>, found: &mut Found, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let n_open = scene.corpus.len();
    let room = ((ui.available_width() - 190.0) / 8.5) as usize;
    let words = shortened(&found.words, room.saturating_sub(34).max(16));
    let heading = match &found.places {
        None => format!("“{words}”"),
        Some(places) if places.len() == 1 => format!("“{words}”: here alone, in {n_open} article{}", s(n_open)),
        Some(places) => format!("“{words}”: {} places in {} of {n_open} articles", places.len(), found.n_articles),
    };
    heading_ui(ui, &heading, actions, |ui, actions| {
        if let Some((phrase, label)) = &found.family
            && link_ui(ui, theme, "as a phrase family").on_hover_text(label).clicked()
        {
            actions.push(Action::CloseSheet);
            actions.push(Action::SelectPhrase(Some(*phrase)));
        }
    });
    let Some(places) = found.places.clone() else {
        label_ui(ui, &format!("Looking in {n_open} article{} …", s(n_open)), theme::sans(size::UI), theme.ink2);
        return;
    };
    let voices = match &found.voices {
        Some((revision, voices)) if *revision == scene.revision => Arc::clone(voices),
        _ => {
            let voices = Arc::new(Voices::new(&scene.analysis.statements));
            Arc::clone(&found.voices.insert((scene.revision, voices)).1)
        }
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt(("found", found.of)).auto_shrink(false);
    area.show_rows(ui, space::PLACE_ROW, places.len(), |ui, rows| {
        for idx in rows {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), space::PLACE_ROW), Sense::hover());
            let before = idx.checked_sub(1).and_then(|idx| places.get(idx));
            let Some(place) = places.get(idx) else { break };
            let is_first = before.is_none_or(|before| before.document != place.document);
            let statement = voices.statement_at(&scene.analysis.statements, *place);
            if let Some(document) = scene.corpus.get(place.document) {
                let row = Row { rect, document, place: *place, statement, is_first, is_top: idx == 0 };
                row.ui(ui, theme, found.chosen == Some(*place), actions);
            }
        }
    });
}

fn s(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// A place in its line.
struct Row<'a> {
    rect: Rect,
    document: &'a Document,
    place: Passage,
    statement: Option<&'a Statement>,
    /// Are date and outlet told?
    is_first: bool,
    is_top: bool,
}

impl Row<'_> {
    fn ui(&self, ui: &Ui, theme: &Theme, is_chosen: bool, actions: &mut Vec<Action>) {
        let rect = self.rect;
        let response = ui.interact(rect, Id::unique(("found place", self.place)), Sense::click());
        let name = self.name();
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, &name));
        if is_chosen {
            ui.painter().rect_filled(rect, 0.0, theme.sel);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, theme.chrome);
        }
        if self.is_first && !self.is_top {
            let y = ui.painter().round_to_pixel_center(rect.top());
            ui.painter().hline(rect.x_range(), y, theme.hairline());
        }
        let date_width = if rect.width() >= 720.0 { 150.0 } else { 112.0 };
        if self.is_first {
            self.date(ui, theme, date_width - 12.0);
        }
        let voice_width = if rect.width() >= 720.0 { 150.0 } else { 0.0 };
        let words = rect.with_min_x(rect.left() + date_width).with_max_x(rect.right() - voice_width - 12.0);
        self.words(ui, theme, words);
        if voice_width > 0.0 {
            self.voice(ui, theme, voice_width);
        }
        focus_ring(ui.painter(), theme, &response);
        let mut response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if voice_width == 0.0 {
            response = response.on_hover_text_at_pointer(&name);
        }
        if response.clicked() {
            actions.push(Action::Reveal(self.place));
        }
    }

    /// Date and outlet, one above the other.
    fn date(&self, ui: &Ui, theme: &Theme, room: f32) {
        let left = pos2(self.rect.left() + 4.0, self.rect.top() + 6.0);
        let bare = dates::DateLabel { detail: String::new(), ..dates::label(&self.document.published) };
        chip::paint_date(ui.painter(), theme, left, &bare);
        let outlet = chip::outlet_or_file(self.document);
        paint_first(ui.painter(), left + vec2(0.0, 23.0), &outlet, theme::sans(size::SMALL), theme.ink2, room);
    }

    /// The words in their column, with as much before and after them as fits.
    fn words(&self, ui: &Ui, theme: &Theme, rect: Rect) {
        let painter = ui.painter();
        let (size, height) = size::CONCORDANCE;
        let font = || theme::serif(size);
        let text = &self.document.text;
        let (before, after) = surroundings(self.document, self.place.range);
        // In a narrow window the words and what follows say more.
        let middle = rect.left() + rect.width() * if rect.width() >= 560.0 { 0.42 } else { 0.28 };
        let y = rect.center().y;
        let gap = |is_apart: bool| if is_apart { SPACE } else { 1.5 };
        let gap_before = gap(before.end < self.place.range.start);
        let line = one_line(before.of(text));
        let galley = last_words(painter, &line, font(), theme.ink2, middle - gap_before - rect.left());
        painter.galley(pos2(middle - gap_before - galley.size().x, y - galley.size().y / 2.0), galley, theme.ink2);
        let line = one_line(self.place.range.of(text));
        let galley = first_words(painter, &line, font(), theme.ink, rect.right() - middle);
        let ground = Rect::from_min_size(pos2(middle, y - height / 2.0), vec2(galley.size().x, height));
        article::ground(painter, ground, theme.selection);
        // What follows words that are cut does not follow the first of them.
        let is_cut = galley.text() != line;
        painter.galley(pos2(middle, y - galley.size().y / 2.0), galley, theme.ink);
        let left = ground.right() + gap(self.place.range.end < after.start);
        if !is_cut && left < rect.right() {
            let galley = first_words(painter, &one_line(after.of(text)), font(), theme.ink2, rect.right() - left);
            painter.galley(pos2(left, y - galley.size().y / 2.0), galley, theme.ink2);
        }
    }

    /// Whose words they are, at the right.
    fn voice(&self, ui: &Ui, theme: &Theme, room: f32) {
        let right_text = |y: f32, words: &str, font: FontId, color: Color32| {
            let galley = first_words(ui.painter(), words, font, color, room);
            let at = pos2(self.rect.right() - 4.0 - galley.size().x, y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, color);
        };
        let y = self.rect.center().y;
        match self.who() {
            (Some(who), how) => {
                right_text(y - 6.0, who, theme::sans(size::DATE), theme.ink);
                right_text(y + 8.0, how, theme::sans(size::SMALL), theme.ink2);
            }
            (None, how) => right_text(y, how, theme::sans(size::DATE), theme.ink2),
        }
    }

    /// Who speaks, and how: "Jens Stoltenberg", "quoted".
    fn who(&self) -> (Option<&str>, &'static str) {
        if !self.document.block_at(self.place.range.start).is_some_and(|block| block.kind.is_readable()) {
            return (None, "boilerplate");
        }
        let setting = setting(self.document, self.place.range, self.statement);
        let is_said = matches!(setting, Setting::Quoted | Setting::Partly | Setting::Reported);
        (self.statement.filter(|_| is_said).and_then(speaker), setting.words())
    }

    /// The whole line, for a screen reader.
    fn name(&self) -> String {
        let (who, how) = self.who();
        let who = who.map_or(String::new(), |who| format!("{who}, "));
        let label = dates::label(&self.document.published);
        let estimate = if label.is_estimate { "est. " } else { "" };
        let outlet = chip::outlet_or_file(self.document);
        let (before, after) = surroundings(self.document, self.place.range);
        let line = one_line(before.cover(self.place.range).cover(after).of(&self.document.text));
        format!("{estimate}{}, {outlet}, {who}{how}: {line}", label.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::{Occurrence, OccurrenceKind, Phrase};
    use crate::document::DocumentId;

    fn at(start: usize, end: usize) -> Passage {
        Passage { document: DocumentId(1), range: ByteRange::new(start, end) }
    }

    #[test]
    fn the_family_of_words_is_the_one_that_says_little_else() {
        let phrase = |id: u64, passage: Passage| {
            let occurrence = Occurrence { passage, kind: OccurrenceKind::Verbatim, why: "".into() };
            Arc::new(Phrase {
                id: PhraseId(id),
                label: format!("family {id}"),
                n_words: 3,
                weight: 1.0,
                occurrences: vec![occurrence],
                n_documents: 2,
                first: None,
                last: None,
            })
        };
        let phrases = vec![phrase(1, at(0, 90)), phrase(2, at(10, 40)), phrase(3, at(200, 230))];
        let analysis = Analysis { phrases, ..Analysis::default() };
        let family = |place| family_at(&analysis, place).map(|(id, _)| id.0);
        assert_eq!((family(at(12, 30)), family(at(8, 42)), family(at(60, 80))), (Some(2), Some(2), Some(1)));
        assert_eq!((family(at(195, 232)), family(at(150, 232)), family(at(100, 110))), (Some(3), None, None));
        let elsewhere = Passage { document: DocumentId(2), ..at(12, 30) };
        assert_eq!(family(elsewhere), None);
    }

    #[test]
    fn the_sheet_leaves_room_above_it() {
        let mut found = Found {
            of: at(0, 3),
            words: "the".to_owned(),
            places: None,
            n_articles: 0,
            family: None,
            chosen: None,
            voices: None,
        };
        for n_places in [1, 5, 100_000] {
            found.places = Some(vec![at(0, 3); n_places].into());
            assert!(height(&found, 700.0) <= 322.0 && height(&found, 200.0) <= 150.0);
        }
    }
}
