//! How pointer and keys make a selection: press and drag, double and triple click, Shift and click, Shift and arrows.
//!
//! What was pressed on stays selected; the other end follows the pointer by the unit of the press. Past the edge of the
//! column the text scrolls, faster the farther out the pointer is.

use egui::{Key, Modifiers, Pos2, Rect, Response, Ui};

use super::steps::{Unit, step};
use crate::document::{Document, DocumentId, Passage};
use crate::gui::Scene;
use crate::gui::state::{ReadingState, Selection};
use crate::text::ByteRange;

/// A press that moves no farther than this, in points, selects nothing.
const CLICK: f32 = 3.0;
/// Seconds from one press to the next that make a double click.
const AGAIN: f64 = 0.45;
/// Points a second that the text scrolls for every point between the pointer and the edge.
const SCROLL_SPEED: f32 = 14.0;

/// What is known of the selection beyond its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gesture {
    drag: Option<Drag>,
    /// What was first pressed on; the selection always holds it.
    anchor: ByteRange,
    last_press: Option<Press>,
    /// Where the bar stood in the last frame, and where it stands in this one.
    old_bar: Option<Rect>,
    pub bar: Option<Rect>,
}

/// A press, as one of several in a row at one place.
#[derive(Clone, Copy, Debug)]
struct Press {
    time: f64,
    at: Pos2,
    n_in_a_row: u32,
}

#[derive(Clone, Copy, Debug)]
struct Drag {
    document: DocumentId,
    unit: Unit,
    from: Pos2,
    has_moved: bool,
}

impl Gesture {
    /// Is a selection being made?
    pub fn is_running(&self) -> bool {
        self.drag.is_some_and(|drag| drag.has_moved)
    }

    /// The article of the press that goes on.
    pub fn document(&self) -> Option<DocumentId> {
        self.drag.map(|drag| drag.document)
    }

    /// Did the press begin before `offset`?
    pub fn begins_before(&self, offset: usize) -> bool {
        self.anchor.start < offset
    }
}

/// Lets go of words that are gone, and of all of them after a press on something else than them, their bar or a menu.
pub fn begin_frame(ui: &Ui, scene: &Scene<'_>, state: &mut ReadingState, area: Rect) {
    let is_there = |passage: &Passage| {
        let document = scene.corpus.get(passage.document);
        document.is_some_and(|document| document.text.get(passage.range.start..passage.range.end).is_some())
    };
    state.selected = state.selected.filter(is_there);
    let bar = state.gesture.bar.take().filter(|_| state.selected.is_some());
    state.gesture.old_bar = bar;
    let pressed = ui.input(|input| {
        let pointer = &input.pointer;
        pointer.interact_pos().filter(|_| pointer.primary_pressed() && !input.modifiers.shift)
    });
    if let Some(pos) = pressed
        && area.contains(pos)
        && bar.is_none_or(|bar| !bar.contains(pos))
        && ui.ctx().layer_id_at(pos).is_none_or(|layer| layer == ui.layer_id())
    {
        state.selected = None;
    }
    if ui.input(|input| !input.pointer.primary_down() && !input.pointer.any_released()) {
        state.gesture.drag = None;
    }
}

/// Was what `response` stands for pressed on in this frame? A quick click comes and goes within one.
pub fn is_pressed_on(ui: &Ui, response: &Response, gesture: &Gesture) -> bool {
    let (is_pressed, is_over, pos) = ui.input(|input| {
        let pointer = &input.pointer;
        (pointer.primary_pressed(), pointer.primary_released(), pointer.interact_pos())
    });
    let is_on_bar = || gesture.old_bar.zip(pos).is_some_and(|(bar, pos)| bar.contains(pos));
    is_pressed && (response.is_pointer_button_down_on() || is_over && response.contains_pointer() && !is_on_bar())
}

/// Takes a press on the text at `offset`.
pub fn press(ui: &Ui, document: &Document, offset: usize, state: &mut ReadingState) {
    let Some(from) = ui.input(|input| input.pointer.interact_pos()) else { return };
    let selected = state.selected.filter(|passage| passage.document == document.id);
    let is_extended = ui.input(|input| input.modifiers.shift) && selected.is_some();
    let time = ui.input(|input| input.time);
    let last =
        state.gesture.last_press.filter(|last| time - last.time < AGAIN && last.at.distance(from) <= 2.0 * CLICK);
    let n_in_a_row = last.map_or(1, |last| last.n_in_a_row + 1);
    state.gesture.last_press = Some(Press { time, at: from, n_in_a_row });
    let unit = if is_extended { Unit::Char } else { Unit::of_press(n_in_a_row) };
    if !is_extended {
        state.gesture.anchor = unit.at(document, offset);
    } else if let Some(words) = selected.filter(|passage| !passage.range.contains(state.gesture.anchor)) {
        // Somebody else selected them.
        state.gesture.anchor = words.range;
    }
    let has_moved = is_extended || unit != Unit::Char;
    state.gesture.drag = Some(Drag { document: document.id, unit, from, has_moved });
    follow(ui, document, offset, state);
}

/// Lets the selection follow the pointer, which is at `offset` of the text.
pub fn follow(ui: &Ui, document: &Document, offset: usize, state: &mut ReadingState) {
    let Some(drag) = &mut state.gesture.drag else { return };
    let pos = ui.input(|input| input.pointer.interact_pos());
    drag.has_moved |= pos.is_some_and(|pos| pos.distance(drag.from) > CLICK);
    if drag.has_moved {
        let range = state.gesture.anchor.cover(drag.unit.at(document, offset));
        let selected = (!range.is_empty()).then_some(Passage { document: document.id, range });
        if state.selected != selected {
            state.selected = selected;
            ui.ctx().request_repaint();
        }
    }
    if ui.input(|input| input.pointer.any_released()) {
        state.gesture.drag = None;
    }
}

/// Scrolls the article while the pointer is past the upper or lower edge of `body`.
pub fn scroll(ui: &Ui, document: DocumentId, pos: Pos2, body: Rect, state: &mut ReadingState) {
    let past = (pos.y - body.bottom()).max(0.0) + (pos.y - body.top()).min(0.0);
    if past == 0.0 || !state.gesture.is_running() {
        return;
    }
    let by = past * SCROLL_SPEED * ui.input(|input| input.stable_dt.min(0.05));
    let offset = state.scroll.get(&document).copied().unwrap_or_default() + by;
    state.scroll_to.insert(document, offset);
    ui.ctx().request_repaint();
}

/// Shift and arrows: one word more or less at the end that moves. Where nothing is selected, the chosen occurrence of a
/// phrase is what they begin with.
pub fn keys(ui: &Ui, scene: &Scene<'_>, state: &mut ReadingState, selection: &Selection) {
    let Some(selected) = state.selected.or(selection.occurrence) else { return };
    if ui.ctx().text_edit_focused() {
        return;
    }
    let presses = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::SHIFT, key));
    let (n_forward, n_back) = (presses(Key::ArrowRight), presses(Key::ArrowLeft));
    let Some(document) = scene.corpus.get(selected.document).filter(|_| n_forward + n_back > 0) else { return };
    if state.selected.is_none() || !selected.range.contains(state.gesture.anchor) {
        state.gesture.anchor = selected.range;
    }
    let (anchor, mut range) = (state.gesture.anchor, selected.range);
    for idx in 0..n_forward + n_back {
        let Some((next, seen)) = stepped(document, range, anchor, idx < n_forward, state.has_furniture) else { break };
        range = next;
        state.reveal = Some(Passage { range: seen, ..selected });
    }
    state.selected = Some(Passage { range, ..selected });
}

/// The selection one word further at the end that moves, and the word that should be seen.
fn stepped(
    document: &Document,
    range: ByteRange,
    anchor: ByteRange,
    is_forward: bool,
    has_furniture: bool,
) -> Option<(ByteRange, ByteRange)> {
    // The end that left the anchor moves; where none did, the one that the arrow points to.
    let moves_end = if range == anchor { is_forward } else { range.end > anchor.end };
    let head = if moves_end { range.end } else { range.start };
    let word = step(document, head, is_forward, has_furniture);
    let grows = moves_end == is_forward;
    let head = match (word, moves_end) {
        (Some(word), true) if grows => word.end,
        (Some(word), false) if grows => word.start,
        (_, true) => {
            // What is left ends with the word before the one given back.
            let given = word?;
            step(document, given.start, false, has_furniture).map_or(anchor.end, |word| word.end).max(anchor.end)
        }
        (_, false) => {
            let given = word?;
            step(document, given.end, true, has_furniture).map_or(anchor.start, |word| word.start).min(anchor.start)
        }
    };
    let range = if moves_end { ByteRange::new(range.start, head) } else { ByteRange::new(head, range.end) };
    Some((range, word?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_and_arrows_give_and_take_one_word_at_the_end_that_moves() {
        let document = Document::of_lines(DocumentId(1), "We keep the old pier.");
        let anchor = ByteRange::new(8, 11);
        let mut range = anchor;
        let mut press = |is_forward| {
            range = stepped(&document, range, anchor, is_forward, true).map_or(range, |(range, _)| range);
            range.of(&document.text)
        };
        assert_eq!([press(true), press(true)], ["the old", "the old pier"]);
        assert_eq!([press(true), press(false)], ["the old pier", "the old"]);
        assert_eq!([press(false), press(false), press(false)], ["the", "keep the", "We keep the"]);
        assert_eq!([press(false), press(true), press(true)], ["We keep the", "keep the", "the"]);
    }
}
