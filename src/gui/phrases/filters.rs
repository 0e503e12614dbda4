//! The bar over the matrix: order, filters, what was decided, and the key to the lines under words.

use egui::{Align, Layout, Rect, TextEdit, Ui, UiBuilder, Vec2, pos2, vec2};

use super::decided;
use super::listing::Listing;
use crate::analysis::reuse::OccurrenceKind;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::article;
use crate::gui::state::{PhraseOrder, PhrasesState};
use crate::gui::theme::{self, shape, size, space};
use crate::gui::widgets::{dropdown_ui, focus_ring, label_ui, link_ui, page_line_ui};

/// Width of the field that looks for words.
const FIELD: f32 = 170.0;
/// The key to the lines needs this much beside the filters.
const KEY_FROM: f32 = 1080.0;

/// Draws the bar into `rect`.
pub fn bar_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut PhrasesState,
    listing: &Listing,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.bottom() - 1.0), theme.hairline());
    let inner = rect.shrink2(Vec2::new(space::TABLE_MARGIN, 0.0));
    let key_left = if rect.width() >= KEY_FROM { key_ui(ui, scene, inner) } else { inner.right() };
    let inner = inner.with_max_x(key_left);
    if scene.is_page {
        let found = if state.query.is_empty() { String::new() } else { format!("  ·  with “{}”", state.query) };
        let words = format!("in {} or more articles{found}", state.min_articles);
        page_line_ui(ui, theme, inner, "Wording that comes back", &words);
        return;
    }
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        egui::ScrollArea::horizontal()
            .id_salt("phrase filters")
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| filters_ui(ui, scene, state, listing, actions));
    });
}

/// Takes all filters back; the order stays.
pub fn reset(state: &mut PhrasesState) {
    state.query.clear();
    state.min_articles = PhrasesState::LEAST_ARTICLES;
}

fn filters_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PhrasesState, listing: &Listing, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.x = 8.0;
    dropdown_ui(ui, theme, "Order", &format!("Sort by {}", state.order.words()), |ui| {
        for order in PhraseOrder::ALL {
            if ui.selectable_label(state.order == order, format!("Sort by {}", order.words())).clicked() {
                state.order = order;
            }
        }
    });
    let in_articles = |n_articles: usize| format!("In {n_articles} or more articles");
    dropdown_ui(ui, theme, "Articles", &in_articles(state.min_articles), |ui| {
        for n_articles in steps(scene.corpus.len()) {
            if ui.selectable_label(state.min_articles == n_articles, in_articles(n_articles)).clicked() {
                state.min_articles = n_articles;
            }
        }
    });
    let field = TextEdit::singleline(&mut state.query)
        .hint_text("Find in phrases")
        .desired_width(FIELD)
        .align(egui::Align2::LEFT_CENTER);
    let response = ui.add(field).accessible_name("Find in phrases");
    focus_ring(ui.painter(), theme, &response);
    let n_hidden = scene.analysis.phrases.len().saturating_sub(listing.rows.len());
    if listing.is_done() && n_hidden > 0 {
        label_ui(ui, &format!("{n_hidden} hidden"), theme::sans(size::UI), theme.ink);
        if link_ui(ui, theme, "reset").clicked() {
            reset(state);
        }
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
