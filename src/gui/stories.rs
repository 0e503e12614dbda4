//! What the window says of articles that are copies of one story: a quiet note on each, and the reason where no phrase
//! is found because of it.
//!
//! The note names the next copy in order of date, and a click goes there, so that clicks walk through all of them.
//! `O(c)` in the copies of one story, for each note in sight.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Id, Pos2, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::action::Action;
use super::theme::{self, size};
use super::widgets::focus_ring;
use super::{Scene, changes};
use crate::document::{Document, DocumentId};

/// Why a note on copies matters.
const WHY: &str = "Copies of one story: what only they share is not listed as a phrase";
/// Copies that a tooltip names.
const N_NAMED: usize = 8;

/// That an article has copies among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// "same story as 003", "same story as 003 +2".
    pub words: String,
    /// In full and with the name of the article itself, for whoever does not see where the note stands: "002: same
    /// story as 003 and 2 others".
    pub name: String,
    /// Why it matters, and the other copies.
    pub tip: String,
    /// The next copy, the first one after the last.
    pub next: DocumentId,
}

/// The note on an article; `None` where no other open article tells its story.
pub fn note(scene: &Scene<'_>, document: &Document) -> Option<Note> {
    let story = scene.marks.story_of(scene.analysis, document.id);
    let (before, after) = story.split_at(story.iter().position(|&id| id == document.id)?);
    let others = after.iter().skip(1).chain(before).filter_map(|id| scene.corpus.get(*id));
    let others: Vec<&Document> = others.map(|other| &**other).collect();
    let next = others.first()?;
    let (more, more_in_full) = match others.len() - 1 {
        0 => (String::new(), String::new()),
        1 => (" +1".to_owned(), " and 1 other".to_owned()),
        n_more => (format!(" +{n_more}"), format!(" and {n_more} others")),
    };
    let same = format!("same story as {}", next.source.short_label());
    let named: Vec<String> = others.iter().take(N_NAMED).map(|other| other.source.short_label()).collect();
    let rest = if others.len() > N_NAMED { ", …" } else { "" };
    let tip = format!("{WHY}\nAlso told by {}{rest}", named.join(", "));
    let name = format!("{}: {same}{more_in_full}", document.source.short_label());
    Some(Note { words: same + &more, name, tip, next: next.id })
}

/// How wide the note is drawn where there is room.
pub fn note_width(ui: &Ui, note: &Note) -> f32 {
    super::widgets::text_width(ui.painter(), &note.words, theme::sans(size::SMALL))
}

/// Draws a note with its left middle at `left`, in at most `room` points; a click asks for the next copy. `place` tells
/// two notes on one article apart.
#[expect(clippy::too_many_arguments, reason = "a view's four, and what the note is on and where")]
pub fn note_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    document: &Document,
    note: &Note,
    place: &'static str,
    left: Pos2,
    room: f32,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let mut job = LayoutJob::simple_singleline(note.words.clone(), theme::sans(size::SMALL), theme.ink2);
    job.wrap = TextWrapping::truncate_at_width(room.max(0.0));
    let galley = ui.painter().layout_job(job);
    let rect = Rect::from_min_size(left - vec2(0.0, galley.size().y / 2.0), galley.size());
    let area = rect.expand2(vec2(2.0, 1.0)).intersect(ui.clip_rect());
    let response = ui.interact(area, Id::unique(("story note", place, document.id)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &note.name));
    let color = if response.hovered() { theme.accent } else { theme.ink2 };
    ui.painter().galley_with_override_text_color(rect.min, galley, color);
    let y = ui.painter().round_to_pixel_center(rect.bottom() - 1.0);
    ui.painter().hline(rect.x_range(), y, egui::Stroke::new(theme::shape::HAIRLINE, theme.rule2));
    focus_ring(ui.painter(), theme, &response);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(&note.tip).clicked() {
        actions.push(Action::SelectDocument(note.next));
    }
}

/// What stands where no phrase is found in two articles or more: that nothing comes back or that all tell one story,
/// and what helps.
pub fn nothing_comes_back(scene: &Scene<'_>) -> (String, String) {
    let documents = scene.corpus.documents();
    let n_articles = documents.len();
    if is_one_story(scene) {
        let n_told = if n_articles == 2 { "Both" } else { "All" };
        let says = format!("{n_told} articles tell the same story nearly word for word");
        let mut helps =
            "What only copies of one story share is no phrase. Open an article that tells another.".to_owned();
        if changes::all_changes(scene).iter().any(|change| change.shift.old.is_some() && change.shift.new.is_some()) {
            helps.push_str(" Compare sets their statements side by side.");
        }
        return (says, helps);
    }
    let says = format!("No wording comes back in {n_articles} articles");
    let helps = "A phrase counts where two articles share it, names and everyday words aside.";
    let n_copies = documents.iter().filter(|it| !scene.marks.story_of(scene.analysis, it.id).is_empty()).count();
    match n_copies {
        0 => (says, helps.to_owned()),
        _ => (says, format!("{helps} {n_copies} of these share a story with another one, which counts once.")),
    }
}

/// Are all open articles copies of one another?
pub fn is_one_story(scene: &Scene<'_>) -> bool {
    let documents = scene.corpus.documents();
    let Some(first) = documents.first() else { return false };
    let story = scene.marks.story_of(scene.analysis, first.id);
    // A story has no article twice, and an article has one story.
    !story.is_empty() && story.iter().filter(|id| scene.corpus.get(**id).is_some()).count() == documents.len()
}
