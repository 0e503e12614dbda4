//! Compare, two whole articles: side by side with ribbons between what they share, or inline as versions of one text.
//!
//! What both share by families is gathered in the frame that first shows a pair ([`shared`]); versions and passages are a
//! job ([`job`]). Only paragraphs in sight are laid out, and the columns keep together by anchors (`linking`).

pub mod chooser;
mod column;
pub mod folding;
mod inline;
pub mod job;
mod lane;
mod linking;
pub mod partners;
pub mod pins;
pub mod rows;
pub mod shared;
mod signs;

use std::sync::Arc;

use egui::{Rangef, Rect, Ui};

use super::state::CompareState;
use crate::analysis::PhraseId;
use crate::document::{Document, DocumentId, Passage};
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::article::{Flow, FlowKey, MEASURE_BUDGET};
use crate::gui::state::{Selection, State};
use crate::gui::widgets::empty_ui;
use crate::report::dates;
use crate::text::numbers::counted;
use column::{Pane, Seen};
use job::{Compared, Key};
use lane::Lane;
use shared::Shared;

/// Left and right of both columns, and between them; less where the window is narrow.
const MARGIN: f32 = 60.0;
const LANE: f32 = 160.0;
const NARROW_MARGIN: f32 = 28.0;
const NARROW_LANE: f32 = 72.0;
const NARROW: f32 = 1000.0;
/// Columns are at most this wide: some 72 characters a line.
const MEASURE: f32 = 600.0;

/// So many frames a place is brought into view, until the heights around it are measured.
pub const N_REVEAL: u8 = 3;

/// The two articles that are to be shown; the second says whether they were chosen and one of them is gone.
pub fn pair(scene: &Scene<'_>, state: &mut CompareState, selection: &Selection) -> (Option<[DocumentId; 2]>, bool) {
    let is_open = |id: &DocumentId| scene.corpus.get(*id).is_some();
    match state.chosen {
        Some(chosen) if chosen.iter().all(is_open) => (Some(chosen), false),
        Some(_) => (None, true),
        None => (state.articles.partners.pair(scene, selection), false),
    }
}

/// Fills `ui` with the two articles.
pub fn articles_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut CompareState,
    selection: &Selection,
    actions: &mut Vec<Action>,
) {
    let area = ui.available_rect_before_wrap();
    let (pair, is_gone) = pair(scene, state, selection);
    if state.articles.shown != pair {
        let articles = &mut state.articles;
        articles.shown = pair;
        (articles.scroll, articles.scroll_to) = ([0.0; 2], [Some(0.0); 2]);
        (articles.reveal, articles.pinning, articles.anchor, articles.stop) = (None, None, None, None);
        articles.leader = crate::gui::linked::Leader::default();
        articles.flows.clear();
        // Asks for their comparison, which is due between two frames.
        ui.ctx().request_repaint();
    }
    let Some(pair) = pair else {
        let (says, helps) = match (scene.corpus.len(), is_gone) {
            (0 | 1, _) => ("Compare needs two articles", "Open another one, or drop it here."),
            (_, true) => ("One of the two articles was closed", "Choose another one above, or undo."),
            (_, false) => ("Nothing to compare yet", "Choose two articles above."),
        };
        empty_ui(ui, scene.theme, says, helps);
        return;
    };
    let [Some(left), Some(right)] = pair.map(|id| scene.corpus.get(id)) else { return };
    let Some(shared) = Shared::of(scene, pair, state.articles.shared.as_ref()) else { return };
    state.articles.shared = Some(Arc::clone(&shared));
    let key = Key { pair, generation: scene.generation };
    let compared = state.articles.compared(key).map(Arc::clone);
    if state.is_inline {
        if compared.is_none() && state.articles.failed == Some(key) {
            empty_ui(ui, scene.theme, "The comparison of these two failed", "They can be read side by side.");
            return;
        }
        inline_view_ui(ui, scene, state, [left, right], compared.as_ref(), area);
        return;
    }
    let view = View { scene, key, documents: [left, right], shared: &shared, compared: compared.as_ref(), area };
    view.ui(ui, state, selection, actions);
}

fn inline_view_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut CompareState,
    documents: [&Arc<Document>; 2],
    compared: Option<&Arc<Compared>>,
    area: Rect,
) {
    match compared {
        None => empty_ui(ui, scene.theme, "Comparing the two articles", "It takes a moment."),
        Some(compared) if !compared.versions.are_versions() => {
            let helps = match (100.0 * compared.versions.likeness).round() {
                0.0 => "No paragraph of one corresponds to one of the other. They read best side by side.".to_owned(),
                percent => format!(
                    "Only {percent} % of their words stand in paragraphs that both have. They read best side by side."
                ),
            };
            empty_ui(ui, scene.theme, "These two are not versions of one text", &helps);
            ui.vertical_centered(|ui| {
                ui.add_space(8.0);
                if !scene.is_page && ui.button("Side by side").clicked() {
                    state.is_inline = false;
                }
            });
        }
        Some(compared) => {
            let names = names(documents);
            inline::inline_ui(ui, scene, compared, &mut state.articles.folding, &names, area);
        }
    }
}

/// How the two sides are called: by year, by day, else by place.
fn names(documents: [&Arc<Document>; 2]) -> inline::Names {
    let [left, right] = documents.map(|document| document.published.day());
    let named = |of: &dyn Fn(jiff::civil::Date) -> String| Some([of(left?), of(right?)]);
    let by_year = named(&|date| format!("in {}", date.year()));
    let by_day = named(&|date| format!("on {}", dates::day(date)));
    let differ = |names: &[String; 2]| names[0] != names[1];
    let by_place = || ["in the left article".to_owned(), "in the right article".to_owned()];
    let [left, right] = by_year.filter(differ).or_else(|| by_day.filter(differ)).unwrap_or_else(by_place);
    inline::Names { left, right }
}

/// Two articles side by side in one frame.
struct View<'a> {
    scene: &'a Scene<'a>,
    key: Key,
    documents: [&'a Arc<Document>; 2],
    shared: &'a Shared,
    compared: Option<&'a Arc<Compared>>,
    area: Rect,
}

impl View<'_> {
    /// Left and right edges of the words of both columns.
    fn texts(&self) -> [Rangef; 2] {
        let width = self.area.width();
        let (margin, lane) = if width < NARROW { (NARROW_MARGIN, NARROW_LANE) } else { (MARGIN, LANE) };
        let measure = ((width - 2.0 * margin - lane) / 2.0).clamp(80.0, MEASURE).floor();
        let left = (self.area.center().x - lane / 2.0 - measure).round();
        [Rangef::new(left, left + measure), Rangef::new(left + measure + lane, left + 2.0 * measure + lane)]
    }

    fn ui(&self, ui: &mut Ui, state: &mut CompareState, selection: &Selection, actions: &mut Vec<Action>) {
        let texts = self.texts();
        let pins = state.pins.of(self.key.pair);
        let mut flows = [0, 1].map(|side| self.flow(ui, state, side, texts[side]));
        let panes = [0, 1].map(|side| self.pane(state, selection, side, texts[side], &pins));
        self.reveal(ui, state, &panes, &flows);
        let x = Rangef::new(texts[0].max + signs::RIBBON_GAP, texts[1].min - signs::RIBBON_GAP);
        let lane = Rect::from_x_y_ranges(x, self.area.y_range());
        let areas =
            [self.area.with_max_x(lane.left() + signs::PIN_ROOM), self.area.with_min_x(lane.right() - signs::PIN_ROOM)];
        let mut budget = MEASURE_BUDGET;
        let [left_flow, right_flow] = &mut flows;
        let scroll_to = std::mem::take(&mut state.articles.scroll_to);
        let seen = [
            panes[0].ui(ui, left_flow, areas[0], scroll_to[0], &mut budget, actions),
            panes[1].ui(ui, right_flow, areas[1], scroll_to[1], &mut budget, actions),
        ];
        let drawn = Lane {
            panes: [&panes[0], &panes[1]],
            seen: [&seen[0], &seen[1]],
            flows: [&flows[0], &flows[1]],
            rect: lane,
            pins: pins.clone(),
        };
        let (hovered, gone) = drawn.ui(ui, actions);
        self.take_pins(state, &seen, &pins, gone);
        self.keep_together(ui, state, &seen, &flows, lane, &pins);
        let articles = &mut state.articles;
        let hovered = hovered.or(seen[0].hovered).or(seen[1].hovered);
        if articles.hovered != hovered {
            ui.ctx().request_repaint();
        }
        articles.hovered = hovered;
        if flows.iter().any(|flow| !flow.is_settled()) {
            ui.ctx().request_repaint();
        }
        for (document, flow) in self.documents.into_iter().zip(flows) {
            articles.flows.insert(document.id, flow);
        }
    }

    fn flow(&self, ui: &Ui, state: &mut CompareState, side: usize, text: Rangef) -> Flow {
        let document = self.documents[side];
        let key = FlowKey {
            width_points: text.span(),
            pixels_per_point: ui.pixels_per_point(),
            // Furniture has no part in a comparison.
            has_furniture: false,
            reading: self.scene.reading,
            generation: self.scene.generation,
        };
        match state.articles.flows.remove(&document.id) {
            Some(flow) if flow.key() == key => flow,
            _ => Flow::new(document, key),
        }
    }

    fn pane<'a>(
        &'a self,
        state: &CompareState,
        selection: &Selection,
        side: usize,
        text: Rangef,
        pins: &[[usize; 2]],
    ) -> Pane<'a> {
        let of_side = |wanted: usize| state.articles.pinning.filter(|(of, _)| *of == wanted).map(|(_, start)| start);
        Pane {
            scene: self.scene,
            document: self.documents[side],
            side,
            shared: self.shared,
            compared: self.compared,
            has_changes: state.has_changes,
            focus: state.articles.hovered.or(selection.phrase),
            current: current(self.shared, selection),
            pinned: pins.iter().map(|places| places[side]).collect(),
            pinning: of_side(side),
            is_wanted: of_side(1 - side).is_some(),
            stop: state.articles.stop.and_then(|stop| Some(versions(state)?.stops.get(stop)?[side])),
            has_quiet_bar: side == 0 && state.is_linked,
            text,
        }
    }

    /// Brings a shared place into view on both sides, at one height.
    fn reveal(&self, ui: &Ui, state: &mut CompareState, panes: &[Pane<'_>; 2], flows: &[Flow; 2]) {
        let articles = &mut state.articles;
        let Some((places, n_frames)) = articles.reveal else { return };
        articles.reveal = n_frames.checked_sub(1).filter(|left| *left > 0).map(|left| (places, left));
        let view = self.area.height();
        let tops = [0, 1].map(|side| {
            let head = panes[side].head_height(ui);
            linking::height_of(&flows[side], head, places[side])
        });
        // An end that is in sight stays where it is, and the other one comes level with it.
        let is_first = n_frames == N_REVEAL;
        let seen = [0, 1].map(|side| tops[side] - articles.scroll[side]);
        let is_seen = seen.map(|y| is_first && (8.0..view - 40.0).contains(&y));
        let level = match is_seen {
            [true, true] => {
                articles.reveal = None;
                return;
            }
            [true, false] => seen[0],
            [false, true] => seen[1],
            [false, false] => articles.level.unwrap_or(view / 3.0),
        };
        articles.level = Some(level).filter(|_| articles.reveal.is_some());
        let room = [0, 1].map(|side| (panes[side].height(ui, &flows[side]) - view).max(0.0));
        let put = |level: f32| [0, 1].map(|side: usize| (tops[side] - level).clamp(0.0, room[side]));
        let mut scroll = put(level);
        // Near the ends of a text its place stands higher or lower, and the other one with it.
        let off = [0, 1].map(|side: usize| tops[side] - scroll[side] - level);
        let side = usize::from(off[1].abs() > off[0].abs());
        scroll = if off[side].abs() > 1.0 { put(level + off[side]) } else { scroll };
        for side in [0, 1] {
            articles.scroll_to[side] = Some(scroll[side]);
            articles.leader.put(side, scroll[side]);
        }
        // Heights become exact as what is in sight is measured.
        ui.ctx().request_repaint();
    }

    /// Ties and unties paragraphs as was asked for.
    fn take_pins(&self, state: &mut CompareState, seen: &[Seen; 2], pins: &[[usize; 2]], gone: Option<[usize; 2]>) {
        let pair = self.key.pair;
        if let Some(places) = gone {
            state.pins.untie(pair, places);
        }
        for side in [0, 1] {
            let Some(start) = seen[side].pin else { continue };
            let tied = pins.iter().find(|places| places[side] == start);
            match (state.articles.pinning, tied) {
                (Some((other, waiting)), _) if other != side => {
                    let places = if side == 0 { [start, waiting] } else { [waiting, start] };
                    state.pins.tie(pair, places);
                    state.articles.pinning = None;
                }
                (Some((_, waiting)), _) if waiting == start => state.articles.pinning = None,
                (_, Some(&places)) => state.pins.untie(pair, places),
                _ => state.articles.pinning = Some((side, start)),
            }
        }
    }

    /// Lets the column that was not scrolled follow the other one.
    fn keep_together(
        &self,
        ui: &Ui,
        state: &mut CompareState,
        seen: &[Seen; 2],
        flows: &[Flow; 2],
        lane: Rect,
        pins: &[[usize; 2]],
    ) {
        let is_linked = state.is_linked;
        let chain =
            linking::chain(&mut state.articles, self.key, self.shared, self.compared, (state.pins.version(), pins));
        let articles = &mut state.articles;
        articles.scroll = [0, 1].map(|side| seen[side].stand.scroll);
        let moved = articles.leader.note(&[(0, articles.scroll[0]), (1, articles.scroll[1])]);
        for side in [0, 1] {
            // Text that grew above what is in sight must not move it.
            if seen[side].grown != 0.0 && articles.scroll_to[side].is_none() {
                let scroll = articles.scroll[side] + seen[side].grown;
                articles.scroll_to[side] = Some(scroll);
                articles.leader.put(side, scroll);
                ui.ctx().request_repaint();
            }
        }
        // Over the lane the wheel moves both.
        let wheel = ui.input(|input| input.smooth_scroll_delta().y);
        if wheel != 0.0 && ui.rect_contains_pointer(lane) {
            let room = (seen[0].stand.text - seen[0].stand.view).max(0.0);
            articles.scroll_to[0] = Some((articles.scroll[0] - wheel).clamp(0.0, room));
            ui.ctx().request_repaint();
        }
        let leader = moved.or(articles.leader.current()).unwrap_or(0);
        let stands = [seen[0].stand, seen[1].stand];
        let followed =
            linking::followed(&chain, leader, stands, [(&flows[0], seen[0].head), (&flows[1], seen[1].head)]);
        let text = &self.documents[0].text;
        let anchor = followed.anchor.and_then(|tag| chain.ties().iter().find(|tie| tie.tag == tag));
        articles.anchor_places = anchor.map(|tie| tie.places);
        articles.anchor = followed.anchor.map(|tag| linking::anchor_words(self.shared, text, tag));
        if let Some(leader) = moved.filter(|_| is_linked && articles.reveal.is_none()) {
            let other = 1 - leader;
            articles.scroll_to[other] = Some(followed.scroll);
            articles.leader.put(other, followed.scroll);
            ui.ctx().request_repaint();
        }
    }
}

/// The shared place that holds the chosen occurrence.
fn current(shared: &Shared, selection: &Selection) -> Option<usize> {
    let (phrase, passage) = (selection.phrase?, selection.occurrence?);
    let side = shared.pair.iter().position(|id| *id == passage.document)?;
    shared.place_of(side, phrase, passage.range)
}

/// The shared place `step` places after the chosen one, round and round; with `is_same_family` among those of its
/// family.
pub fn step(
    state: &CompareState,
    selection: &Selection,
    step: isize,
    is_same_family: bool,
) -> Option<(PhraseId, Passage)> {
    let shared = state.articles.shared.as_ref()?;
    let current = current(shared, selection);
    let family = selection.phrase.filter(|_| is_same_family);
    let all = shared.places.iter().enumerate();
    let walked: Vec<usize> =
        all.filter(|(_, place)| family.is_none_or(|family| place.phrase == family)).map(|(idx, _)| idx).collect();
    let n_places = isize::try_from(walked.len()).ok().filter(|n_places| *n_places > 0)?;
    let at = current.and_then(|current| walked.iter().position(|idx| *idx == current));
    let next = match at {
        Some(at) => (isize::try_from(at).ok()? + step).rem_euclid(n_places),
        None if step < 0 => n_places - 1,
        None => 0,
    };
    let idx = *walked.get(usize::try_from(next).ok()?)?;
    let place = shared.places.get(idx)?;
    Some((place.phrase, Passage { document: shared.pair[0], range: place.ranges[0] }))
}

/// The families that both articles have, heaviest first, where two articles are compared.
pub fn families(state: &State) -> Option<Vec<PhraseId>> {
    let shared = state.compare.articles.shared.as_ref().filter(|_| state.is_between_articles())?;
    Some(shared.families.clone())
}

/// Brings a chosen occurrence into view, where it is a shared place.
pub fn reveal(state: &mut CompareState, selection: &Selection) {
    let shared = state.articles.shared.as_ref();
    let place = shared.and_then(|shared| shared.places.get(current(shared, selection)?));
    if let Some(ranges) = place.map(|place| place.ranges) {
        state.articles.reveal = Some((ranges.map(|range| range.start), N_REVEAL));
    }
}

/// The comparison of the pair that is shown, where the two are versions of one text.
pub fn versions(state: &CompareState) -> Option<&Arc<Compared>> {
    let pair = state.articles.shown?;
    let compared = state.articles.compared.iter().rfind(|compared| compared.key.pair == pair)?;
    compared.versions.are_versions().then_some(compared)
}

/// Are changes walked, rather than shared places? So it is with versions of one text that share no family, or show where
/// they differ.
pub fn walks_changes(state: &CompareState) -> bool {
    versions(state).is_some_and(|compared| !compared.stops.is_empty() && state.has_changes)
}

/// Goes `step` changes on, round and round.
pub fn step_change(state: &mut CompareState, step: isize) {
    let Some(compared) = versions(state) else { return };
    let Some(n_stops) = isize::try_from(compared.stops.len()).ok().filter(|n_stops| *n_stops > 0) else { return };
    let next = match state.articles.stop.and_then(|stop| isize::try_from(stop).ok()) {
        Some(stop) => (stop + step).rem_euclid(n_stops),
        None if step < 0 => n_stops - 1,
        None => 0,
    };
    let stop = usize::try_from(next).unwrap_or(0);
    let places = compared.stops.get(stop).copied();
    state.articles.stop = Some(stop);
    state.articles.reveal = places.map(|places| (places, N_REVEAL));
}

/// "anchored on “pressure on North Korea”".
pub fn status(scene: &Scene<'_>, state: &CompareState) -> String {
    let articles = &state.articles;
    let Some(shared) = articles.shared.as_ref().filter(|shared| articles.shown == Some(shared.pair)) else {
        return "nothing to compare".to_owned();
    };
    if articles.pinning.is_some() {
        return "Choose a paragraph of the other article to tie it to, or Esc".to_owned();
    }
    let key = Key { pair: shared.pair, generation: scene.generation };
    let Some(compared) = articles.compared(key) else { return "comparing".to_owned() };
    if state.is_inline && !compared.versions.are_versions() {
        return "two texts".to_owned();
    }
    if state.is_inline {
        let n_changed = compared.rows.iter().filter(|row| row.kind != rows::RowKind::Same).count();
        return format!("{} changed", counted(n_changed, "paragraph", "paragraphs"));
    }
    match &articles.anchor {
        Some(anchor) if state.is_linked => format!("anchored on {anchor}"),
        Some(_) => "each scrolls by itself".to_owned(),
        None => "no words come back in both; they scroll in proportion".to_owned(),
    }
}

/// Draws what stands at the left of the bar on a page: both dates.
pub fn page_words(scene: &Scene<'_>, state: &CompareState) -> (String, String) {
    let Some(pair) = state.articles.shown else { return Default::default() };
    let [Some(left), Some(right)] = pair.map(|id| scene.corpus.get(id)) else { return Default::default() };
    let words = format!("{} and {}", chooser::date_of(left), chooser::date_of(right));
    (words, shared_words(state))
}

/// "3 shared phrases"; of versions of one text how much is the same.
pub fn shared_words(state: &CompareState) -> String {
    if let Some(compared) = versions(state) {
        return format!("{} the same", dates::share(compared.versions.likeness));
    }
    let shared = state.articles.shared.as_ref().filter(|shared| state.articles.shown == Some(shared.pair));
    let Some(shared) = shared else { return String::new() };
    match shared.families.len() {
        0 => "no shared phrase".to_owned(),
        n_families => counted(n_families, "shared phrase", "shared phrases"),
    }
}
