//! What is said where nothing was found: where it was looked, and the nearest thing that exists.

use egui::{Rect, Ui, UiBuilder, vec2};

use super::{Answer, SearchState, n_articles};
use crate::gui::Scene;
use crate::gui::theme::{self, Theme};
use crate::gui::widgets::link_ui;
use crate::text::numbers::number;

/// The measure of the text, in points.
const MEASURE: f32 = 560.0;

/// Of the nearest queries, so many are offered.
const MAX_OFFERED: usize = 2;

/// Nothing meets the query.
pub(super) fn none_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut SearchState, answer: &Answer, area: Rect) {
    let found = &answer.found;
    let n_open = scene.corpus.len();
    let asked = quoted(&found.query);
    let title = match (n_open, found.n_searched < n_open) {
        (1, false) => format!("{asked} is not in the article"),
        (_, false) => format!("{asked} is in none of the {}", n_articles(n_open)),
        (_, true) => format!("{asked} is in none of the articles searched so far"),
    };
    let mut says = if found.n_searched < n_open {
        format!("{} of {} articles are searched so far. ", number(found.n_searched), number(n_open))
    } else {
        String::new()
    };
    says.push_str(&searched(answer));
    for (idx, (query, n_with)) in found.nearest.iter().take(MAX_OFFERED).enumerate() {
        let in_furniture = answer.n_in_furniture.filter(|_| idx == 0).unwrap_or(0);
        says.push(' ');
        says.push_str(&near(query, *n_with, in_furniture));
    }
    let mut next = None;
    text_ui(ui, scene.theme, area, &title, &says, |ui| {
        for (query, _) in found.nearest.iter().take(MAX_OFFERED) {
            if ui.button(format!("Find {}", quoted(query))).clicked() {
                next = Some(Some(query.clone()));
            }
        }
        if link_ui(ui, scene.theme, "Clear").clicked() {
            next = Some(None);
        }
    });
    match next {
        Some(Some(query)) => state.look_for(query),
        Some(None) => {
            state.clear();
        }
        None => {}
    }
}

/// The filters leave nothing of what was found.
pub(super) fn filtered_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut SearchState, answer: &Answer, area: Rect) {
    let title = format!("{} is in none of the articles shown", quoted(&answer.found.query));
    let n_found = answer.rows.len();
    let says = format!("It is in {}, which the filters leave out.", n_articles(n_found));
    text_ui(ui, scene.theme, area, &title, &says, |ui| {
        if ui.button("Reset the filters").clicked() {
            state.filters = super::Filters::default();
        }
    });
}

fn text_ui(ui: &mut Ui, theme: &Theme, area: Rect, title: &str, says: &str, add_buttons: impl FnOnce(&mut Ui)) {
    let left = (area.width() * 0.16).clamp(24.0, 240.0);
    let top = (area.height() * 0.19).clamp(16.0, 140.0);
    let room = area.shrink2(vec2(left, 0.0)).with_min_y(area.top() + top);
    ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 16.0);
        let width = room.width().min(MEASURE);
        ui.set_max_width(width);
        let line = |ui: &mut Ui, words: &str, format: egui::TextFormat| {
            let mut job = egui::text::LayoutJob::single_section(words.to_owned(), format);
            job.wrap.max_width = width;
            ui.label(job);
        };
        line(ui, title, theme::format(theme::serif_display(24.0), 30.0, theme.ink));
        line(ui, says, theme::format(theme::serif(16.0), 26.0, theme.ink2));
        ui.horizontal(|ui| add_buttons(ui));
    });
}

/// "Searched 2,201 words, page furniture included, with every spelling and ending of the two words."
fn searched(answer: &Answer) -> String {
    const NUMBERS: [&str; 10] = ["", "", "two ", "three ", "four ", "five ", "six ", "seven ", "eight ", "nine "];
    let n_words = answer.query.words().len();
    let in_words = NUMBERS.get(n_words).map_or(format!("{n_words} "), |&word| word.to_owned());
    let searched = format!("Searched {} words, page furniture included", number(answer.found.n_words));
    match n_words {
        0 => format!("{searched}."),
        _ => {
            let ending = if n_words == 1 { "word" } else { "words" };
            format!("{searched}, with every spelling and ending of the {in_words}{ending}.")
        }
    }
}

/// "“attack” alone is in 2 articles, in one of them only in the page furniture."
fn near(query: &str, n_with: usize, n_in_furniture: usize) -> String {
    let is_several = query.contains(' ');
    let how = if is_several { "apart from each other are" } else { "alone is" };
    let furniture = match (n_with, n_in_furniture) {
        (_, 0) => "",
        (1, _) => ", only in the page furniture",
        (n_with, n_in_furniture) if n_with == n_in_furniture => ", only in their page furniture",
        (_, 1) => ", in one of them only in the page furniture",
        _ => ", in some of them only in the page furniture",
    };
    format!("{} {how} in {}{furniture}.", quoted(query), n_articles(n_with))
}

/// A query between quotation marks, unless it has its own.
fn quoted(query: &str) -> String {
    let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_quote = |character: char| matches!(character, '"' | '“' | '”' | '„' | '«' | '»');
    let inner = query.trim_matches(is_quote);
    if inner.contains(is_quote) { query } else { format!("“{inner}”") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_quoted_once() {
        for (query, expected) in
            [("cyber  attack", "“cyber attack”"), ("\"cyber attack\"", "“cyber attack”"), ("\"a b\" c", "“a b\" c”")]
        {
            assert_eq!(quoted(query), if query.starts_with("\"a") { "\"a b\" c" } else { expected });
        }
    }

    #[test]
    fn the_nearest_thing_says_where_it_stands() {
        for (n_with, n_in_furniture, ending) in [
            (2, 1, "2 articles, in one of them only in the page furniture."),
            (2, 0, "2 articles."),
            (1, 1, "1 article, only in the page furniture."),
            (3, 3, "3 articles, only in their page furniture."),
        ] {
            assert_eq!(near("attack", n_with, n_in_furniture), format!("“attack” alone is in {ending}"));
        }
        assert_eq!(near("cyber attack", 4, 0), "“cyber attack” apart from each other are in 4 articles.");
    }
}
