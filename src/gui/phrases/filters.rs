//! The bar over the matrix: order, filters, what was decided, and the key to the lines under words.

use egui::{Align, Layout, Rect, TextEdit, Ui, UiBuilder, Vec2, pos2, vec2};

use super::cache::PhrasesCache;
use super::{decided, place_filters};
use crate::analysis::reuse::OccurrenceKind;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::article;
use crate::gui::state::{PhraseOrder, PhrasesState};
use crate::gui::theme::{self, shape, size, space};
use crate::gui::widgets::{dropdown_ui, focus_ring, label_ui, link_ui, page_line_ui};
use crate::text::numbers::number;

/// Width of the field that looks for words, and where there is little room.
const FIELD: f32 = 170.0;
const NARROW_FIELD: f32 = 104.0;
/// Below this width the filters say what they choose in fewer words; and those of the table, which has more of them.
const NARROW: f32 = 720.0;
const NARROW_TABLE: f32 = 1060.0;
/// The key to the lines needs this much beside the filters.
const KEY_FROM: f32 = 1080.0;

/// Draws the bar into `rect`.
pub fn bar_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    cache: &PhrasesCache,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.bottom() - 1.0), theme.hairline());
    let mut inner = rect.shrink2(Vec2::new(space::TABLE_MARGIN, 0.0));
    if !state.is_table && rect.width() >= KEY_FROM {
        inner.max.x = key_ui(ui, scene, inner);
    }
    if scene.is_page {
        let found = if state.query.is_empty() { String::new() } else { format!("  ·  with “{}”", state.query) };
        let of_table = if state.is_table { state.table.filters_in_words() } else { String::new() };
        let words = format!("in {} or more articles{found}{of_table}", state.min_articles);
        page_line_ui(ui, theme, inner, "Wording that comes back", &words);
        return;
    }
    // What tells of a filter is never scrolled out of sight.
    let right = UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center));
    let shown = ui.scope_builder(right, |ui| {
        told_ui(ui, scene, state, cache, rect.width(), actions);
        ui.min_rect()
    });
    let is_empty = shown.inner.width() < 1.0;
    inner.max.x = if is_empty { inner.right() } else { shown.inner.left() - 12.0 };
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        egui::ScrollArea::horizontal()
            .id_salt("phrase filters")
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| filters_ui(ui, scene, state, cache, rect.width(), actions));
    });
}

/// Takes all filters back; the order stays.
pub fn reset(state: &mut PhrasesState) {
    state.query.clear();
    state.min_articles = PhrasesState::LEAST_ARTICLES;
    state.table.reset();
}

/// From the right: what copies the table, and how much the filters hide.
fn told_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    cache: &PhrasesCache,
    width: f32,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 8.0;
    let n_shown = cache.places.len();
    if state.is_table && n_shown > 0 {
        let tip = "All places shown, in this order, with their sources; Ctrl C copies the chosen ones";
        let word = if width < NARROW_TABLE { "Copy all" } else { "Copy all shown" };
        let copy = ui.button(word).on_hover_text(tip).accessible_name("Copy all shown");
        focus_ring(ui.painter(), theme, &copy);
        if copy.clicked() {
            let passages = super::passages(scene, state, cache, 0..n_shown);
            actions.push(Action::CopyPlaces { passages, n_shown });
        }
    }
    let of_table = if state.is_table { state.table.n_filters() } else { 0 };
    let n_filters = usize::from(!state.query.trim().is_empty())
        + usize::from(state.min_articles > PhrasesState::LEAST_ARTICLES)
        + of_table;
    if n_filters == 0 {
        return;
    }
    let reset_link = link_ui(ui, theme, "reset");
    focus_ring(ui.painter(), theme, &reset_link);
    if reset_link.clicked() {
        reset(state);
    }
    let n_hidden = match state.is_table {
        true => cache.places.facts.facts.len().saturating_sub(n_shown),
        false => scene.analysis.phrases.len().saturating_sub(cache.listing.rows.len()),
    };
    let words = format!("filters: {n_filters}, {} hidden", number(n_hidden));
    label_ui(ui, &words, theme::sans(size::UI), theme.ink);
}

fn filters_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    cache: &PhrasesCache,
    width: f32,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 8.0;
    if !state.is_table {
        dropdown_ui(ui, theme, "Order", &format!("Sort by {}", state.order.words()), |ui| {
            for order in PhraseOrder::ALL {
                if ui.selectable_label(state.order == order, format!("Sort by {}", order.words())).clicked() {
                    state.order = order;
                }
            }
        });
    }
    let is_narrow = width < if state.is_table { NARROW_TABLE } else { NARROW };
    let in_articles = |n_articles: usize| format!("In {n_articles} or more articles");
    let chosen = if is_narrow { format!("In {}+", state.min_articles) } else { in_articles(state.min_articles) };
    dropdown_ui(ui, theme, "Articles", &chosen, |ui| {
        for n_articles in steps(scene.corpus.len()) {
            if ui.selectable_label(state.min_articles == n_articles, in_articles(n_articles)).clicked() {
                state.min_articles = n_articles;
            }
        }
    });
    let field = TextEdit::singleline(&mut state.query)
        .hint_text(if is_narrow { "Find" } else { "Find in phrases" })
        .desired_width(if is_narrow { NARROW_FIELD } else { FIELD })
        .align(egui::Align2::LEFT_CENTER);
    let response = ui.add(field).accessible_name("Find in phrases");
    focus_ring(ui.painter(), theme, &response);
    if state.is_table {
        place_filters::filters_ui(ui, scene, &mut state.table, &cache.places.facts, is_narrow);
    }
    let (word, tip) = match state.is_table {
        true => ("Matrix", "The families by article, and one of them in context"),
        false => ("Table", "Every place of these families, one a row"),
    };
    let toggle = link_ui(ui, theme, word).on_hover_text(tip);
    focus_ring(ui.painter(), theme, &toggle);
    if toggle.clicked() {
        state.is_table ^= true;
    }
    decided::decided_ui(ui, scene, actions);
}

/// The choices of the filter: a few small numbers, then coarser ones up to all articles.
fn steps(n_articles: usize) -> Vec<usize> {
    let mut steps: Vec<usize> = [2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000]
        .into_iter()
        .filter(|step| *step <= n_articles.max(PhrasesState::LEAST_ARTICLES))
        .collect();
    if steps.len() < 4 && !steps.contains(&n_articles) && n_articles > PhrasesState::LEAST_ARTICLES {
        steps.push(n_articles);
    }
    steps
}

/// How words relate, each under its line, at the right of `rect`. Returns its left edge.
fn key_ui(ui: &Ui, scene: &Scene<'_>, rect: Rect) -> f32 {
    let theme = scene.theme;
    let mut right = rect.right();
    for (words, kind) in
        [("alias", OccurrenceKind::Alias), ("near", OccurrenceKind::Near), ("word for word", OccurrenceKind::Verbatim)]
    {
        let galley = ui.painter().layout_no_wrap(words.to_owned(), theme::sans(size::DATE), theme.ink2);
        let place = Rect::from_min_size(
            pos2(right - galley.size().x, rect.center().y - galley.size().y / 2.0),
            vec2(galley.size().x, galley.size().y),
        );
        ui.painter().galley(place.min, galley, theme.ink2);
        article::underline(ui.painter(), place, kind.into(), egui::Stroke::new(shape::MARK_STROKE, theme.ink));
        right = place.left() - 18.0;
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_offers_what_can_make_a_difference() {
        assert_eq!(steps(0), [2]);
        assert_eq!(steps(5), [2, 3, 4, 5]);
        assert_eq!(steps(3), [2, 3]);
        assert_eq!(steps(25), [2, 3, 4, 5, 10, 20]);
    }
}
