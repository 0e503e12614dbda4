//! The days that fit, each with its share of the belief; a click chooses one.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::set;
use crate::document::{DateCandidate, DateSpan, Document, Published};
use crate::gui::action::Action;
use crate::gui::theme::{self, shape, size};
use crate::gui::{Scene, widgets};
use crate::report::dates;

const ROW_HEIGHT: f32 = 24.0;

/// Candidates whose share is at least this part of the largest fit equally.
const TIE: f32 = 0.95;

/// At most so many days are listed.
const MAX_ROWS: usize = 6;

pub(super) fn days_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    document: &Document,
    as_read: &Published,
    actions: &mut Vec<Action>,
) {
    let candidates = as_read.candidates.get(..MAX_ROWS).unwrap_or(&as_read.candidates);
    if candidates.len() < 2 {
        return;
    }
    ui.add_space(4.0);
    widgets::label_ui(ui, &says(as_read), theme::sans(size::UI), scene.theme.ink);
    ui.spacing_mut().item_spacing.y = 1.0;
    let most = candidates.iter().map(|candidate| candidate.weight).fold(0.0, f32::max);
    for candidate in candidates {
        let is_shown = document.published.best == Some(candidate.date);
        if day_ui(ui, scene, *candidate, most, is_shown).clicked() {
            let is_automatic = as_read.best == Some(candidate.date) && document.published.set_by_user;
            actions.push(set(document, (!is_automatic).then(|| DateSpan::day(candidate.date))));
        }
    }
    ui.add_space(6.0);
}

/// A day that another article proposes, with one click to take it.
pub(super) fn proposal_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, actions: &mut Vec<Action>) {
    let found = scene.analysis.proposed_dates.iter().find(|proposed| proposed.document == document.id);
    let Some(proposed) = found.filter(|proposed| document.published.best != Some(proposed.date)) else { return };
    let Some(twin) = scene.corpus.get(proposed.twin) else { return };
    let theme = scene.theme;
    egui::Frame::NONE.fill(theme.sel).inner_margin(egui::Margin::symmetric(10, 7)).corner_radius(5.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let words = format!("{} tells the same and is of {}.", short_name(twin), dates::day(proposed.date));
        let words = egui::RichText::new(words).font(theme::sans(size::UI)).color(theme.ink);
        let n_sentences = proposed.n_sentences;
        let same = format!("{n_sentences} sentence{} word for word", if n_sentences == 1 { "" } else { "s" });
        ui.add(egui::Label::new(words).wrap()).on_hover_text(same);
        ui.horizontal(|ui| {
            if ui.button(format!("Take {}", dates::day(proposed.date))).clicked() {
                actions.push(set(document, Some(DateSpan::day(proposed.date))));
            }
            if widgets::link_ui(ui, theme, "Show the words").clicked() {
                actions.push(Action::Reveal(proposed.passage));
            }
        });
    });
    ui.add_space(6.0);
}

/// An article in few words: its outlet and file, else its file alone.
fn short_name(document: &Document) -> String {
    let file = document.source.short_label();
    document.outlet.as_ref().map_or(file.clone(), |outlet| format!("{} ({file})", outlet.name))
}

/// "22 or 29 Jan 2023 fit equally; the later one is shown", "Which day? A click chooses one".
fn says(published: &Published) -> String {
    let tied = tied(&published.candidates);
    match (tied.as_slice(), published.best) {
        ([], _) | ([_], _) => "Which day? A click chooses one.".to_owned(),
        (days, None) => format!("{} fit equally; which one is it?", joined(days)),
        (days, Some(_)) => format!("{} fit equally; the later one is shown.", joined(days)),
    }
}

/// The days that fit as well as the best one, in order.
fn tied(candidates: &[DateCandidate]) -> Vec<jiff::civil::Date> {
    let most = candidates.iter().map(|candidate| candidate.weight).fold(0.0, f32::max);
    let mut days: Vec<_> =
        candidates.iter().filter(|candidate| candidate.weight >= TIE * most).map(|candidate| candidate.date).collect();
    days.sort_unstable();
    days
}

/// "22 or 29 Jan 2023".
fn joined(days: &[jiff::civil::Date]) -> String {
    let Some((last, before)) = days.split_last() else { return String::new() };
    let is_month = before.iter().all(|day| (day.year(), day.month()) == (last.year(), last.month()));
    let short = |day: &jiff::civil::Date| if is_month { day.day().to_string() } else { dates::day(*day) };
    format!("{} or {}", before.iter().map(short).collect::<Vec<_>>().join(", "), dates::day(*last))
}

/// A day with a bar for its share; the filled disc is the one that is shown.
fn day_ui(ui: &mut Ui, scene: &Scene<'_>, candidate: DateCandidate, most: f32, is_shown: bool) -> egui::Response {
    let theme = scene.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let share = dates::share(candidate.weight);
    let name = format!("{}, {share}", dates::day(candidate.date));
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_shown, &name));
    if is_shown || response.hovered() {
        ui.painter().rect_filled(rect, shape::BADGE_RADIUS, if is_shown { theme.sel } else { theme.chrome });
    }
    widgets::focus_ring(ui.painter(), theme, &response);
    let center = pos2(rect.left() + 13.0, rect.center().y);
    ui.painter().circle_stroke(center, 5.5, Stroke::new(1.2, if is_shown { theme.accent } else { theme.ink2 }));
    if is_shown {
        ui.painter().circle_filled(center, 3.0, theme.accent);
    }
    let font = if is_shown { theme::sans_bold(size::UI) } else { theme::sans(size::UI) };
    let words = dates::day_with_weekday(candidate.date);
    widgets::text_at(ui.painter(), center + vec2(13.0, 0.0), Align2::LEFT_CENTER, &words, font, theme.ink);
    let right = pos2(rect.right() - 8.0, rect.center().y);
    widgets::text_at(ui.painter(), right, Align2::RIGHT_CENTER, &share, theme::sans(size::UI), theme.ink2);
    let bar = Rect::from_min_max(pos2(rect.right() - 140.0, right.y - 3.0), pos2(rect.right() - 52.0, right.y + 3.0));
    let width = bar.width() * (candidate.weight / most.max(f32::EPSILON)).clamp(0.0, 1.0);
    ui.painter().rect_filled(Rect::from_min_size(bar.min, vec2(width, bar.height())), 2.0, theme.rule2);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    #[test]
    fn ties_are_told_as_ties() {
        let published = |days: &[(Date, f32)], best| Published {
            candidates: days.iter().map(|&(date, weight)| DateCandidate { date, weight }).collect(),
            best,
            ..Published::unknown()
        };
        let (early, late) = (date(2023, 1, 22), date(2023, 1, 29));
        let tie = published(&[(late, 0.45), (early, 0.44)], Some(late));
        assert_eq!(says(&tie), "22 or 29 Jan 2023 fit equally; the later one is shown.");
        let far = published(&[(early, 0.3), (date(2021, 1, 22), 0.3)], None);
        assert_eq!(says(&far), "22 Jan 2021 or 22 Jan 2023 fit equally; which one is it?");
        assert_eq!(says(&published(&[(late, 0.6), (early, 0.2)], Some(late))), "Which day? A click chooses one.");
    }
}
