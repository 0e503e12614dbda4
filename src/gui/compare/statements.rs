//! Two statements, large, word by word; what moved is tied by a ribbon, and the verdict stands below.

use egui::{Align, Layout, Pos2, Rangef, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2};

use super::pair::{Half, Pair, side_names};
use super::state::CompareState;
use super::{MARGIN, bar, inline_statement, ribbons, verdict};
use crate::analysis::ShiftId;
use crate::analysis::statements::Quotation;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::changes::{self, Change, quotation_label, theme_label};
use crate::gui::diff_text::paint::{MoveLook, Style, Words, layout, legend};
use crate::gui::diff_text::{Mark, Move, Run, Side, quoted, runs};
use crate::gui::said::statement_day;
use crate::gui::state::Selection;
use crate::gui::theme::{self, size};
use crate::gui::widgets::{dropdown_ui, empty_ui, focus_ring, label_ui, page_line_ui};

/// Statements are never set wider than this: about 85 characters at the large size.
const MAX_MEASURE: f32 = 1160.0;
/// The same for the type of a wide window.
const MAX_MEASURE_WIDE: f32 = 1400.0;
/// Below this width the dates stand over the words instead of beside them.
const NARROW: f32 = 760.0;
/// Height of the dates where they stand over the words.
pub(super) const STACKED_META: f32 = 40.0;
/// From this width on the largest type is tried first.
pub(super) const WIDE: f32 = 1600.0;
/// Below this width the bar has no room for the choice of layout.
const TIGHT: f32 = 860.0;
/// Height of the legend with the air around it.
const LEGEND: f32 = 72.0;
/// Air above the first statement.
const TOP: f32 = 32.0;

/// Draws the bar, and below it the two statements, the legend and the verdict.
pub fn statements_ui(
    ui: &mut Ui,
    scene: &Scene,
    state: &mut CompareState,
    selection: &Selection,
    (bar, rest): (Rect, Rect),
    actions: &mut Vec<Action>,
) {
    let all = comparable(scene);
    let shown: Vec<Change> = all.iter().filter(|change| is_shown(change, state)).copied().collect();
    let pair = Pair::chosen(scene, &shown, selection);
    if selection.pair.is_none() {
        changes::follow(changes::current(&shown, selection), selection, actions);
    }
    filter_bar_ui(ui, scene, state, (&all, &shown), selection, bar, actions);
    let helps = "Compare needs two statements of one actor on one theme, on two dates.";
    ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| match &pair {
        Some(pair) => pair_ui(ui, scene, pair, state.is_inline, actions),
        None if all.is_empty() => empty_ui(ui, scene.theme, "Nothing to compare yet", helps),
        None => empty_ui(ui, scene.theme, "No change on this theme", "Choose another theme, or all of them."),
    });
}

/// The change `step` places after the current one, among those on the chosen theme.
pub fn compare_step(scene: &Scene, state: &CompareState, selection: &Selection, step: isize) -> Option<ShiftId> {
    let shown: Vec<Change> = comparable(scene).into_iter().filter(|change| is_shown(change, state)).collect();
    changes::neighbor(&shown, selection, step)
}

/// "2 statements by 1 speaker, est. 507 days apart".
pub fn status(scene: &Scene, state: &CompareState, selection: &Selection) -> String {
    let shown: Vec<Change> = comparable(scene).into_iter().filter(|change| is_shown(change, state)).collect();
    let Some(pair) = Pair::chosen(scene, &shown, selection) else { return "nothing to compare".to_owned() };
    let day = |half: Half| half.statement.said.or_else(|| half.document.published.day());
    let speaker = |half: Half| half.statement.person.clone().or_else(|| half.statement.actor.clone());
    let speakers = if speaker(pair.old) == speaker(pair.new) { "1 speaker" } else { "2 speakers" };
    let is_estimate = pair.old.document.published.is_estimate() || pair.new.document.published.is_estimate();
    let apart = match (day(pair.old), day(pair.new)) {
        (Some(old), Some(new)) => {
            let n_days = old.until(new).map_or(0, |span| span.get_days());
            format!(", {}{n_days} days apart", if is_estimate { "est. " } else { "" })
        }
        _ => String::new(),
    };
    format!("2 statements by {speakers}{apart}")
}

/// The articles of the two statements that are shown.
pub fn compared(
    scene: &Scene,
    state: &CompareState,
    selection: &Selection,
) -> Option<[crate::document::DocumentId; 2]> {
    let shown: Vec<Change> = comparable(scene).into_iter().filter(|change| is_shown(change, state)).collect();
    let pair = Pair::chosen(scene, &shown, selection)?;
    Some([pair.old.document.id, pair.new.document.id])
}

/// The changes whose two statements are both known, in the order of their cards.
fn comparable<'a>(scene: &Scene<'a>) -> Vec<Change<'a>> {
    let mut changes = changes::all_changes(scene);
    changes.retain(|change| change.shift.old.is_some() && change.shift.new.is_some());
    changes
}

fn is_shown(change: &Change, state: &CompareState) -> bool {
    state.theme.as_ref().is_none_or(|theme| *theme == change.shift.theme)
}

fn filter_bar_ui(
    ui: &mut Ui,
    scene: &Scene,
    state: &mut CompareState,
    (all, shown): (&[Change], &[Change]),
    selection: &Selection,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let inner = bar::frame_ui(ui, scene, rect);
    if scene.is_page {
        let current = changes::current(shown, selection);
        let words = current.map_or("", |change| theme_label(scene, &change.shift.theme));
        page_line_ui(ui, scene.theme, inner, current.map_or("", |change| change.shift.actor.as_str()), words);
        return;
    }
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        bar::mode_ui(ui, scene, state);
        if all.is_empty() {
            return;
        }
        theme_filter_ui(ui, scene, state, all);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (text, step) in [("Next", 1), ("Previous", -1)] {
                let response = ui.add_enabled(shown.len() > 1, egui::Button::new(text));
                focus_ring(ui.painter(), scene.theme, &response);
                if response.clicked()
                    && let Some(shift) = changes::neighbor(shown, selection, step)
                {
                    actions.push(Action::SelectShift(shift));
                }
            }
            let place = changes::current(shown, selection)
                .and_then(|current| shown.iter().position(|change| change.shift.id == current.shift.id));
            if let Some(place) = place {
                let text = format!("change {} of {}", place + 1, shown.len());
                label_ui(ui, &text, theme::sans(size::UI), scene.theme.dim);
            }
            if rect.width() > TIGHT {
                ui.add_space(4.0);
                bar::layout_ui(ui, scene, state);
            }
        });
    });
}

fn theme_filter_ui(ui: &mut Ui, scene: &Scene, state: &mut CompareState, all: &[Change]) {
    let mut themes: Vec<&str> = all.iter().map(|change| change.shift.theme.as_str()).collect();
    themes.sort_unstable();
    themes.dedup();
    let chosen = state.theme.clone();
    let shown = chosen.as_deref().map_or("All themes", |id| theme_label(scene, id));
    dropdown_ui(ui, scene.theme, "Theme", shown, |ui| {
        if ui.selectable_label(state.theme.is_none(), "All themes").clicked() {
            state.theme = None;
        }
        for id in themes {
            if ui.selectable_label(state.theme.as_deref() == Some(id), theme_label(scene, id)).clicked() {
                state.theme = Some(id.to_owned());
            }
        }
    });
}

/// The places of one frame.
pub(super) struct Places {
    /// Left and right edge of the words.
    pub text: Rangef,
    pub is_stacked: bool,
    /// Tops of the two paragraphs, from the top of the scrolled area.
    pub tops: [f32; 2],
    /// Where the legend begins.
    pub legend: f32,
}

fn pair_ui(ui: &mut Ui, scene: &Scene, pair: &Pair, is_inline: bool, actions: &mut Vec<Action>) {
    let rect = ui.max_rect();
    let is_stacked = rect.width() < NARROW;
    let left = rect.left() + MARGIN + if is_stacked { 0.0 } else { (rect.width() * 0.165).clamp(148.0, 212.0) };
    let measure = if rect.width() < WIDE { MAX_MEASURE } else { MAX_MEASURE_WIDE };
    let text = Rangef::new(left, (rect.right() - MARGIN - 8.0).min(left + measure));
    if is_inline && pair.has_diff() {
        inline_statement::inline_ui(ui, scene, pair, text, is_stacked, actions);
        return;
    }
    // The verdict was measured in the last frame; a first guess serves the first.
    let verdict_id = ui.scope_id().with("verdict-height");
    let verdict_height = ui.data(|data| data.get_temp::<f32>(verdict_id)).unwrap_or(190.0);
    let room = rect.height() - verdict_height;
    let (words, places) = arrange(ui, scene, pair, text, is_stacked, room);
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    ScrollArea::vertical().id_salt("compare").auto_shrink(false).show(ui, |ui| {
        let height = (places.legend + LEGEND).max(room);
        let (area, _) = ui.allocate_exact_size(Vec2::new(rect.width(), height + verdict_height), Sense::hover());
        words_ui(ui, scene, pair, &words, &places, area.top());
        legend_ui(ui, scene, pair, Pos2::new(text.min, area.top() + places.legend));
        let verdict = Rect::from_min_max(Pos2::new(area.left(), area.top() + height), area.max);
        let needed = verdict::verdict_ui(ui, scene, pair, verdict, text, actions);
        if (needed - verdict_height).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(verdict_id, needed));
            ui.ctx().request_discard("the verdict was measured");
        }
    });
}

/// Lays both statements out in the largest type that fits the room, and says where they stand.
fn arrange(ui: &Ui, scene: &Scene, pair: &Pair, text: Rangef, is_stacked: bool, room: f32) -> ([Words; 2], Places) {
    let painter = ui.painter();
    let sides = [Side::Old, Side::New].map(|side| {
        let half = pair.half(side);
        let runs =
            quoted(runs(&half.document.text, &half.statement.content, &pair.marks(side)), half.statement.quotation);
        (runs, half.statement.quotation != Quotation::Direct)
    });
    let lay = |(runs, is_reported): &(Vec<Run>, bool), size: (f32, f32)| {
        let style = Style { size, ground: scene.theme.paper, is_reported: *is_reported };
        layout(painter, scene.theme, runs, style, text.span())
    };
    let meta = if is_stacked { STACKED_META } else { 0.0 };
    let least_gap = if pair.moves.is_empty() { 40.0 } else { 72.0 };
    let fixed = TOP + 2.0 * meta + least_gap + LEGEND;
    let n_skipped = usize::from(ui.max_rect().width() < WIDE);
    let mut laid = None;
    for size in size::STATEMENT.into_iter().skip(n_skipped) {
        let words = [lay(&sides[0], size), lay(&sides[1], size)];
        let height = fixed + words[0].size().y + words[1].size().y;
        laid = Some((words, height));
        if height <= room {
            break;
        }
    }
    let (words, height) = laid.unwrap_or_else(|| ([lay(&sides[0], size::HOVER), lay(&sides[1], size::HOVER)], fixed));
    let spare = (room - height).max(0.0);
    // Spare height goes above, between and below, so that the pair stands a little above the middle.
    let top = TOP + (spare * 0.15).min(96.0) + meta;
    let second = top + words[0].size().y + least_gap + (spare * 0.4).min(96.0) + meta;
    let legend = second + words[1].size().y + 32.0 + (spare * 0.15).min(48.0);
    (words, Places { text, is_stacked, tops: [top, second], legend })
}

fn words_ui(ui: &mut Ui, scene: &Scene, pair: &Pair, words: &[Words; 2], places: &Places, top: f32) {
    let looks: Vec<MoveLook> = pair.moves.iter().map(|moved| move_look(scene, moved)).collect();
    let at = [0, 1].map(|idx| Pos2::new(places.text.min, top + places.tops[idx]));
    for (idx, look) in looks.iter().enumerate() {
        let before = words[0].boxes(at[0], Mark::Moved(idx));
        let after = words[1].boxes(at[1], Mark::Moved(idx));
        if let (Some(before), Some(after)) = (widest(before), widest(after)) {
            let ground = move_ground(scene, &pair.moves[idx]);
            ribbons::paint_ribbon(ui.painter(), before, after, ground, look);
        }
    }
    for (idx, side) in [Side::Old, Side::New].into_iter().enumerate() {
        words[idx].paint(ui.painter(), scene.theme, at[idx], &looks);
        let rect = Rect::from_min_size(at[idx], words[idx].size());
        let response = ui.interact(rect, ui.scope_id().with(("statement", idx)), Sense::hover());
        let text = words[idx].galley.text();
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, text));
        let line = words[idx].galley.rows.first().map_or(size::SMALL_LINE, |row| row.height());
        meta_ui(ui, scene, pair.half(side), places, at[idx], line);
    }
}

/// Where words run over two lines the ribbon ties their larger part.
fn widest(boxes: Vec<Rect>) -> Option<Rect> {
    boxes.into_iter().max_by(|left, right| left.width().total_cmp(&right.width()))
}

/// When, where and by whom, beside the first line of the words or over them.
pub(super) fn meta_ui(ui: &mut Ui, scene: &Scene, half: Half, places: &Places, at: Pos2, line: f32) {
    let theme = scene.theme;
    let dated = statement_day(half.document, half.statement);
    let outlet = half.document.outlet.as_ref().map_or(half.document.name(), |outlet| outlet.name.as_str());
    let speaker = half.statement.person.as_deref().or(half.statement.actor.as_deref()).unwrap_or("unattributed");
    let official = if half.statement.is_official { "" } else { ", not official" };
    let kind = format!("{}{official}", quotation_label(half.statement.quotation));
    let time = half.document.published.time.filter(|_| dated.note == "published");
    let note = match (&dated.interval, time) {
        (Some(interval), _) => interval.clone(),
        (None, Some(time)) => format!("{}, {}", dated.note, time.strftime("%H:%M")),
        (None, None) => dated.note.to_owned(),
    };
    let rest: Vec<&str> = [note.as_str(), outlet, speaker, &kind].into_iter().filter(|part| !part.is_empty()).collect();
    let rect = if places.is_stacked {
        Rect::from_min_max(Pos2::new(at.x, at.y - STACKED_META), Pos2::new(places.text.max, at.y))
    } else {
        let left = ui.max_rect().left() + MARGIN;
        // The date shares the middle line of the first row of words.
        let top = at.y + line / 2.0 - 14.0;
        Rect::from_min_max(Pos2::new(left, top), Pos2::new(at.x - 16.0, top + 200.0))
    };
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(5.0, 3.0);
        ui.spacing_mut().interact_size.y = size::SMALL_LINE;
        ui.horizontal(|ui| {
            if dated.is_estimate {
                let est = label_ui(ui, "est.", theme::sans(size::UI), theme.ink2).rect;
                let y = ui.painter().round_to_pixel_center(est.bottom() - 1.0);
                let ends = [Pos2::new(est.left(), y), Pos2::new(est.right(), y)];
                ui.painter().extend(egui::Shape::dotted_line(&ends, theme.ink2, 2.5, 0.7));
            }
            label_ui(ui, &dated.day, theme::sans_bold(size::UI), theme.ink);
        });
        let lines: Vec<String> = if places.is_stacked {
            vec![rest.join("  ·  ")]
        } else {
            rest.iter().map(|part| (*part).to_owned()).collect()
        };
        for line in lines {
            let text = egui::RichText::new(line).font(theme::sans(size::DATE)).color(theme.ink2);
            let label = egui::Label::new(text);
            ui.add(if places.is_stacked { label.truncate() } else { label.wrap() });
        }
    });
}

/// The look of a moved phrase: its pin where it has one, else the blue of shared words.
pub(super) fn move_look(scene: &Scene, moved: &Move) -> MoveLook {
    let (tint, line) = match pin_of(scene, moved) {
        Some(pin) => (pin.tint, pin.underline),
        None => (scene.theme.shared(moved.n_documents), scene.theme.shared_line),
    };
    MoveLook { tint, line, kind: moved.kind }
}

fn move_ground(scene: &Scene, moved: &Move) -> egui::Color32 {
    pin_of(scene, moved).map_or(scene.theme.sel, |pin| pin.faded)
}

fn pin_of<'a>(scene: &Scene<'a>, moved: &Move) -> Option<&'a theme::Pin> {
    let slot = scene.project.decisions().pins.iter().position(|pin| *pin == Some(moved.phrase))?;
    scene.theme.pins.get(slot)
}

/// The four looks of words with their names; only those that occur.
pub(super) fn legend_ui(ui: &mut Ui, scene: &Scene, pair: &Pair, at: Pos2) {
    if !pair.has_diff() {
        let says = "too unlike to compare word by word: both are shown whole";
        let rect = Rect::from_min_size(at, Vec2::new(ui.max_rect().right() - at.x - MARGIN, LEGEND));
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            label_ui(ui, says, theme::sans(size::DATE), scene.theme.dim);
        });
        return;
    }
    let (old_name, new_name) = side_names(pair);
    let marks: Vec<Mark> =
        [Side::Old, Side::New].into_iter().flat_map(|side| pair.marks(side)).map(|(_, mark)| mark).collect();
    let entries = [
        (Mark::Kept, "kept".to_owned()),
        (Mark::Moved(0), "kept, moved".to_owned()),
        (Mark::Gone, format!("only {old_name}")),
        (Mark::Added, format!("only {new_name}")),
    ];
    let looks: Vec<MoveLook> = pair.moves.iter().map(|moved| move_look(scene, moved)).collect();
    let style = Style { size: (size::UI, 20.0), ground: scene.theme.paper, is_reported: false };
    let mut x = at.x;
    for (mark, text) in entries.into_iter().filter(|(mark, _)| marks.contains(mark)) {
        // Boxes stand out from their words.
        if x == at.x && mark != Mark::Kept {
            x += 3.0;
        }
        let words = legend(ui.painter(), scene.theme, &text, mark, style);
        words.paint(ui.painter(), scene.theme, Pos2::new(x, at.y), &looks);
        x += words.size().x + 24.0;
    }
    let name = format!("Legend: underlined words are kept, boxed words stand only {old_name} or only {new_name}");
    let rect = Rect::from_min_max(at, Pos2::new(x, at.y + 20.0));
    let response = ui.interact(rect, ui.scope_id().with("legend"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &name));
}
