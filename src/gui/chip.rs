//! Small painted signs: the letter of a pin, arrows, badges, and the date and outlet of an article.

use egui::text::LayoutJob;
use egui::{Align2, Color32, Id, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::action::Action;
use super::theme::{self, Theme};
use super::{Scene, date_card, stories};
use crate::document::{Document, OutletBasis};
use crate::report::dates;

/// A pin's letter on its tint, `size` points wide.
pub fn letter(painter: &Painter, theme: &Theme, center: Pos2, pin: usize, is_faded: bool, size: f32) {
    let Some(colors) = theme.pins.get(pin) else { return };
    let rect = Rect::from_center_size(center, vec2(size, size));
    painter.rect_filled(rect, 3.0, if is_faded { colors.faded } else { colors.tint });
    painter.text(center, Align2::CENTER_CENTER, super::marks::letter(pin), theme::sans_bold(size * 0.7), theme.ink);
}

/// A small open arrowhead, up or down.
pub fn arrow(painter: &Painter, center: Pos2, is_up: bool, color: Color32) {
    let dy = if is_up { -2.0 } else { 2.0 };
    let points = vec![center + vec2(-4.0, -dy), center + vec2(0.0, dy), center + vec2(4.0, -dy)];
    painter.line(points, Stroke::new(1.5, color));
}

/// Words in a rounded outline, left edge at `left`. Returns the right edge.
pub fn badge(painter: &Painter, theme: &Theme, left: Pos2, words: &str) -> f32 {
    let galley = painter.layout_no_wrap(words.to_owned(), theme::sans(11.5), theme.ink2);
    let rect = Rect::from_min_size(left - vec2(0.0, 8.0), vec2(galley.size().x + 10.0, 16.0));
    painter.rect_stroke(rect, 3.0, Stroke::new(1.0, theme.rule2), egui::StrokeKind::Inside);
    painter.galley(rect.center() - galley.size() / 2.0, galley, theme.ink2);
    rect.right()
}

/// The words of a date chip: "est." with dotted underline (drawn by the caller), the day in bold, the detail.
pub fn date_job(theme: &Theme, label: &dates::DateLabel) -> LayoutJob {
    let mut job = LayoutJob::default();
    if label.is_estimate {
        job.append("est.", 0.0, theme::format(theme::sans(12.0), 16.0, theme.ink2));
    }
    let space = if label.is_estimate { 4.0 } else { 0.0 };
    job.append(&label.day, space, theme::format(theme::sans_bold(12.0), 16.0, theme.ink));
    if !label.detail.is_empty() {
        job.append(&label.detail, 8.0, theme::format(theme::sans(11.5), 16.0, theme.ink2));
    }
    job
}

/// Draws the words of a date with the dotted line under "est.". Returns their rectangle.
pub fn paint_date(painter: &Painter, theme: &Theme, origin: Pos2, label: &dates::DateLabel) -> Rect {
    let galley = painter.layout_job(date_job(theme, label));
    if label.is_estimate {
        let right = super::article::row_rects(&galley, &galley.job.text, crate::text::ByteRange::new(0, 4));
        if let Some(row) = right.first().map(|row| row.translate(origin.to_vec2())) {
            let y = painter.round_to_pixel_center(row.bottom() - 1.0);
            let ends = [pos2(row.left(), y), pos2(row.right(), y)];
            painter.extend(egui::Shape::dotted_line(&ends, theme.ink2, 2.5, 0.7));
        }
    }
    let rect = Rect::from_min_size(origin, galley.size());
    painter.galley(origin, galley, theme.ink);
    rect
}

/// The date of an article; a click opens its card beside the `column`. Returns the place of the evidence under the
/// pointer in that card.
pub fn date_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    document: &Document,
    line: Rect,
    column: Rect,
    actions: &mut Vec<Action>,
) -> Option<usize> {
    let label = dates::label(&document.published);
    let painter = ui.painter().with_clip_rect(line.expand(3.0).intersect(ui.clip_rect()));
    let rect = paint_date(&painter, scene.theme, line.min, &label).intersect(line);
    let response = ui.interact(rect.expand2(vec2(4.0, 2.0)), Id::unique(("date", document.id)), Sense::click());
    let estimate = if label.is_estimate { "estimated " } else { "" };
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Date: {estimate}{} {}", label.day, label.detail))
    });
    if response.hovered() || response.has_focus() || date_card::is_open(ui.ctx(), document.id) {
        let is_focus = response.has_focus();
        let stroke = if is_focus {
            Stroke::new(scene.theme.ring, scene.theme.accent)
        } else {
            Stroke::new(1.0, scene.theme.rule2)
        };
        ui.painter().rect_stroke(rect.expand2(vec2(4.0, 1.0)), 5.0, stroke, egui::StrokeKind::Outside);
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    date_card::card_ui(scene, document, &response, column, actions)
}

/// Who published the article; a pen says that somebody entered it and the text does not name it, badges what the reader
/// should know of the reading.
pub fn outlet_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, line: Rect, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let name = outlet_or_file(document);
    let painter = ui.painter().with_clip_rect(line.expand(2.0).intersect(ui.clip_rect()));
    // A copy to the letter has its badge, which says more.
    let is_told = |note: &stories::Note| scene.same_text.get(&document.id) == Some(&note.next);
    let note = stories::note(scene, document).filter(|note| !is_told(note));
    // A long name leaves room for the note.
    let wanted = note.as_ref().map_or(0.0, |note| stories::note_width(ui, note) + 12.0);
    let room = if note.is_some() { (line.width() - wanted).max(line.width() * 0.4) } else { f32::INFINITY };
    let mut job = LayoutJob::simple_singleline(name, theme::sans(11.5), theme.ink2);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let galley = painter.layout_job(job);
    let rect = Rect::from_min_size(line.min, galley.size());
    painter.galley(line.min, galley, theme.ink2);
    let mut left = pos2(rect.right() + 8.0, rect.center().y);
    if document.outlet.as_ref().is_some_and(|outlet| outlet.basis == OutletBasis::Entered) {
        let tip = pos2(rect.right() + 6.0, rect.center().y + 3.5);
        pen(&painter, tip, theme.ink2);
        let area = Rect::from_min_max(rect.min, pos2(rect.right() + 18.0, rect.bottom()));
        let response = ui.interact(area, Id::unique(("outlet", document.id)), Sense::hover());
        response.on_hover_text("Entered by hand; no word of the text names it");
        left.x += 16.0;
    }
    for (words, message) in badges(scene, document) {
        let right = badge(&painter, theme, left, &words);
        let area = Rect::from_min_max(pos2(left.x, rect.top()), pos2(right.min(line.right()), rect.bottom()));
        let response = ui.interact(area, Id::unique(("badge", document.id, &words)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        super::widgets::focus_ring(ui.painter(), theme, &response);
        if response.on_hover_text(message).clicked() {
            actions.push(Action::Inspect(Some(document.id)));
        }
        left.x = right + 6.0;
    }
    if let Some(note) = note {
        let room = line.right() - left.x;
        stories::note_ui(ui, scene, document, &note, "head", left, room, actions);
    }
}

/// What the reader should know of the reading at first sight, each with the whole sentence.
fn badges(scene: &Scene<'_>, document: &Document) -> Vec<(String, String)> {
    const KNOWN: [(&str, &str); 4] = [
        ("opened-as-raw", "raw text"),
        ("damaged", "damaged"),
        ("bytes-replaced", "letters lost"),
        ("encoding-guessed", "encoding guessed"),
    ];
    let warning = |code: &str| document.warnings.iter().find(|warning| warning.code == code);
    // The gravest says enough; the others stand in the sheet it opens.
    let gravest = KNOWN.iter().find_map(|(code, words)| Some(((*words).to_owned(), warning(code)?.message.clone())));
    let same = scene.same_text.get(&document.id).and_then(|id| scene.corpus.get(*id)).map(|other| {
        let words = format!("same text as {}", other.source.short_label());
        (words.clone(), words)
    });
    gravest.into_iter().chain(same).collect()
}

/// The outlet; where nobody knows it, the file. Of a file with several articles, the number of this one.
pub fn outlet_or_file(document: &Document) -> String {
    let file = document.source.short_label();
    match &document.outlet {
        Some(outlet) if file == document.name() => outlet.name.clone(),
        Some(outlet) => format!("{} · {file}", outlet.name),
        None => file,
    }
}

/// A pen, its tip at lower left.
fn pen(painter: &Painter, tip: Pos2, color: Color32) {
    let stroke = Stroke::new(1.0, color);
    let along = vec2(6.0, -6.0);
    let across = vec2(1.4, 1.4);
    let (left, right) = (tip + vec2(1.4, -2.8), tip + vec2(2.8, -1.4));
    painter.line(vec![tip, left, left + along, right + along, right, tip], stroke);
    painter.line_segment([left + along - across, right + along - across], stroke);
}
