//! Two statements as one text: what went and what came in the flow of the newer one.

use egui::{Pos2, Rangef, Rect, ScrollArea, Sense, Ui, Vec2};

use super::pair::Pair;
use super::statements::{Places, legend_ui, meta_ui, move_look};
use super::verdict;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::diff_text::paint::{MoveLook, Style, Words, layout};
use crate::gui::diff_text::{Side, merged, quoted};
use crate::gui::theme::size;

/// Air above the words, and under them.
const TOP: f32 = 40.0;
const BELOW: f32 = 44.0;
const LEGEND: f32 = 72.0;
/// Height of the two dates beside short words.
const METAS: f32 = 212.0;

/// Draws the pair as one text, the legend and the verdict.
pub fn inline_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    pair: &Pair<'_>,
    text: Rangef,
    is_stacked: bool,
    actions: &mut Vec<Action>,
) {
    let rect = ui.max_rect();
    let verdict_id = ui.scope_id().with("verdict-height");
    let verdict_height = ui.data(|data| data.get_temp::<f32>(verdict_id)).unwrap_or(190.0);
    let room = rect.height() - verdict_height;
    let looks: Vec<MoveLook> = pair.moves.iter().map(|moved| move_look(scene, moved)).collect();
    let words = words(ui, scene, pair, text, room);
    let meta = if is_stacked { 2.0 * super::statements::STACKED_META } else { 0.0 };
    let needed = if is_stacked { words.size().y } else { words.size().y.max(METAS) };
    // A third of the spare height goes above.
    let spare = (room - TOP - meta - needed - BELOW - LEGEND).max(0.0);
    let top = TOP + (spare / 3.0).min(96.0);
    let legend = top + meta + needed + BELOW;
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    ScrollArea::vertical().id_salt("compare inline").auto_shrink(false).show(ui, |ui| {
        let height = (legend + LEGEND).max(room);
        let (area, _) = ui.allocate_exact_size(Vec2::new(rect.width(), height + verdict_height), Sense::hover());
        let at = Pos2::new(text.min, area.top() + top + meta);
        words.paint(ui.painter(), scene.theme, at, &looks);
        let response =
            ui.interact(Rect::from_min_size(at, words.size()), ui.scope_id().with("inline statement"), Sense::hover());
        let told = words.galley.text().to_owned();
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &told));
        let line = words.galley.rows.first().map_or(size::SMALL_LINE, |row| row.height());
        let places = Places { text, is_stacked, tops: [0.0; 2], legend };
        let step = if is_stacked { super::statements::STACKED_META } else { METAS / 2.0 };
        for (idx, side) in [Side::Old, Side::New].into_iter().enumerate() {
            // Stacked dates end where the words begin; beside them they follow one another.
            let dy = if is_stacked { (idx as f32 - 1.0) * step } else { idx as f32 * step };
            meta_ui(ui, scene, pair.half(side), &places, at + Vec2::new(0.0, dy), line);
        }
        legend_ui(ui, scene, pair, Pos2::new(text.min, area.top() + legend));
        let below = Rect::from_min_max(Pos2::new(area.left(), area.top() + height), area.max);
        let needed = verdict::verdict_ui(ui, scene, pair, below, text, actions);
        if (needed - verdict_height).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(verdict_id, needed));
            ui.ctx().request_discard("the verdict was measured");
        }
    });
}

/// The merged words in the largest type that fits the room.
fn words(ui: &Ui, scene: &Scene<'_>, pair: &Pair<'_>, text: Rangef, room: f32) -> Words {
    let diff = pair.change.map_or(&[][..], |change| change.shift.diff.as_slice());
    let (old, new) = (pair.old, pair.new);
    let runs = merged(&old.document.text, &new.document.text, &new.statement.content, diff, &pair.moves);
    let runs = quoted(runs, new.statement.quotation);
    let lay = |size: (f32, f32)| {
        let is_reported = new.statement.quotation != crate::analysis::statements::Quotation::Direct;
        let style = Style { size, ground: scene.theme.paper, is_reported };
        layout(ui.painter(), scene.theme, &runs, style, text.span())
    };
    let n_skipped = usize::from(ui.max_rect().width() < super::statements::WIDE);
    let sizes = size::STATEMENT.into_iter().skip(n_skipped);
    let fits = sizes.clone().map(lay).find(|words| TOP + words.size().y + BELOW + LEGEND <= room);
    fits.unwrap_or_else(|| lay(sizes.last().unwrap_or(size::HOVER)))
}
