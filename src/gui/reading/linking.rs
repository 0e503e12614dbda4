//! Columns that scroll together: where the reader scrolls one, the others follow by the wording they share.
//!
//! Which places belong together is worked out once for two columns and a state of the phrases; to follow costs a few
//! searches a column. Only a column that the reader moves leads, or one that a place was gone to.

use std::collections::BTreeMap;

use egui::{Rect, Ui};

use super::arrange::{Arrangement, Kind};
use crate::analysis::PhraseId;
use crate::document::{BlockKind, DocumentId};
use crate::gui::Scene;
use crate::gui::linked::{Chain, Leader, Stand, Tie, follow};
use crate::gui::marks::Mark;
use crate::gui::state::ReadingState;
use crate::gui::theme::space;
use crate::text::ByteRange;

/// Of a family with more places than this in both texts, the first ties to the first, the second to the second and so on:
/// each with each would be no anchor.
const MAX_CROSSED: usize = 4;

/// Marks the two ends of an article among what ties it to another.
const END: usize = usize::MAX;

/// What scrolling together remembers.
#[derive(Clone, Debug, Default)]
pub struct Linking {
    leader: Leader<DocumentId>,
    chains: BTreeMap<[DocumentId; 2], Chain>,
    /// The states of corpus and phrases that the chains are of.
    key: (u64, u64),
    /// The family by which the columns stand level.
    pub anchor: Option<PhraseId>,
}

/// Puts the other columns level with the one that was scrolled in this frame, where that was `driven` by the reader.
pub fn link_ui(ui: &Ui, scene: &Scene<'_>, state: &mut ReadingState, area: Rect, driven: Option<DocumentId>) {
    let mut linking = std::mem::take(&mut state.linking);
    if state.is_linked && state.open.len() > 1 {
        if linking.key != (scene.generation, scene.revision) {
            (linking.chains, linking.key) = (BTreeMap::new(), (scene.generation, scene.revision));
        }
        // Text that grew above puts a column elsewhere in the next frame without anybody scrolling it.
        let stand = |id: &DocumentId| state.scroll_to.get(id).or_else(|| state.scroll.get(id)).copied();
        let stands: Vec<(DocumentId, f32)> = state.open.iter().map(|id| (*id, stand(id).unwrap_or_default())).collect();
        let moved = linking.leader.note(&stands);
        if let Some(id) = moved.filter(|id| driven == Some(*id)) {
            linking.put_level(scene, state, id, area.height() - state.head_height - space::COLUMN_FOOT);
            ui.ctx().request_repaint();
        }
    } else {
        linking = Linking::default();
    }
    state.linking = linking;
}

/// The column that the reader moves in this frame: the one that is gone to, else the one under wheel or pointer. To be
/// asked before the columns are drawn, since they take the wheel's way for themselves.
pub fn driven(ui: &Ui, state: &ReadingState, arrangement: &Arrangement, area: Rect) -> Option<DocumentId> {
    if let Some(passage) = state.reveal {
        return Some(passage.document);
    }
    let (pos, is_moving) = ui.input(|input| {
        let is_moving = input.smooth_scroll_delta() != egui::Vec2::ZERO || input.pointer.any_down();
        (input.pointer.latest_pos(), is_moving)
    });
    let x = pos.filter(|_| is_moving)?.x - area.left();
    let mut columns = arrangement.slots.iter().filter(|slot| slot.kind == Kind::Column);
    let place = columns.position(|slot| (slot.left..slot.left + slot.width).contains(&x))?;
    state.open.get(place).copied()
}

impl Linking {
    fn put_level(&mut self, scene: &Scene<'_>, state: &mut ReadingState, leader: DocumentId, view: f32) {
        self.anchor = None;
        let stand = |id: DocumentId| {
            let text = state.flows.get(&id)?.height() + 2.0 * space::PARAGRAPH_GAP;
            Some(Stand { scroll: state.scroll.get(&id).copied().unwrap_or_default(), view, text })
        };
        let (Some(lead), Some(flow)) = (stand(leader), state.flows.get(&leader)) else { return };
        let mut puts = Vec::new();
        for &id in state.open.iter().filter(|id| **id != leader) {
            let (Some(follower), Some(other)) = (stand(id), state.flows.get(&id)) else { continue };
            let chain = self.chains.entry([leader, id]).or_insert_with(|| chain_of(scene, leader, id));
            let followed = follow(lead, follower, chain, 0, |byte| flow.y_of(byte), |byte| other.y_of(byte));
            let anchor = followed.anchor.filter(|tag| *tag != END).map(|tag| PhraseId(tag as u64));
            self.anchor = self.anchor.or(anchor);
            puts.push((id, followed.scroll));
        }
        for (id, scroll) in puts {
            state.scroll_to.insert(id, scroll);
            self.leader.put(id, scroll);
        }
    }
}

/// The places of the wording that two articles share, as far as they keep their order.
fn chain_of(scene: &Scene<'_>, leader: DocumentId, follower: DocumentId) -> Chain {
    let mut places: BTreeMap<PhraseId, Vec<&Mark>> = BTreeMap::new();
    for mark in scene.marks.of(leader) {
        places.entry(mark.phrase).or_default().push(mark);
    }
    let mut ties = Vec::new();
    for (phrase, here) in places {
        let there: Vec<&Mark> = scene.marks.of_phrase(follower, phrase).collect();
        let words = scene.analysis.phrase(phrase).map_or(1, |phrase| phrase.n_words);
        let mut tie = |one: &Mark, other: &Mark| {
            let places = [one.range.start, other.range.start];
            ties.push(Tie { places, weight: words.try_into().unwrap_or(1), is_pin: false, tag: phrase.0 as usize });
        };
        if here.len() > MAX_CROSSED || there.len() > MAX_CROSSED {
            here.iter().zip(&there).for_each(|(one, other)| tie(one, other));
        } else {
            here.iter().for_each(|one| there.iter().for_each(|other| tie(one, other)));
        }
    }
    if let (Some(here), Some(there)) = (body(scene, leader), body(scene, follower)) {
        // Articles begin and end together, whatever stands around them on the page.
        for places in [[here.start, there.start], [here.end, there.end]] {
            ties.push(Tie { places, weight: 1, is_pin: false, tag: END });
        }
    }
    Chain::new(ties)
}

/// From the first word of the article itself to its last.
fn body(scene: &Scene<'_>, id: DocumentId) -> Option<ByteRange> {
    let blocks = &scene.corpus.get(id)?.blocks;
    let mut own = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Body | BlockKind::Heading));
    let first = own.next()?.range;
    Some(own.next_back().map_or(first, |last| first.cover(last.range)))
}

/// "anchored on “pressure on North Korea”", where the columns scroll together.
pub fn link_status(scene: &Scene<'_>, state: &ReadingState) -> Option<String> {
    if !state.is_linked {
        return None;
    }
    let phrase = state.linking.anchor.and_then(|id| scene.analysis.phrase(id));
    Some(phrase.map_or_else(|| "scroll together".to_owned(), |phrase| format!("anchored on “{}”", phrase.label)))
}
