//! Samples of what the window draws, with what it means beside it. Drawn by the same parts, in the palette of the window.

use egui::text::LayoutJob;
use egui::{Align2, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::reuse::OccurrenceKind;
use crate::codebook::Direction;
use crate::gui::article::{self, Line};
use crate::gui::chip;
use crate::gui::diff_text::paint::{MoveLook, Style, layout};
use crate::gui::diff_text::{Mark, Run};
use crate::gui::positions::marks::{MarkLine, MarkLook, paint_mark, paint_unseen};
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::{text_at, text_width};
use crate::report::dates::DateLabel;

/// Where the meaning begins, at the right of the sample.
const SAMPLES: f32 = 190.0;
const ROW: f32 = 28.0;
/// Below this width the meaning stands under the sample, so far in.
const STACKED: f32 = 360.0;
const INDENT: f32 = 20.0;

/// Something that is shown beside its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    Underlines,
    Tints,
    Letters,
    Dates,
    Matrix,
    Voices,
    Forces,
    Signs,
    Words,
}

/// Draws a figure, at most `width` points wide.
pub fn figure_ui(ui: &mut Ui, theme: &Theme, figure: Figure, width: f32) {
    match figure {
        Figure::Underlines => underlines_ui(ui, theme, width),
        Figure::Tints => tints_ui(ui, theme, width),
        Figure::Letters => letters_ui(ui, theme, width),
        Figure::Dates => dates_ui(ui, theme, width),
        Figure::Matrix => matrix_ui(ui, theme, width),
        Figure::Voices => voices_ui(ui, theme, width),
        Figure::Forces => forces_ui(ui, theme, width),
        Figure::Signs => signs_ui(ui, theme, width),
        Figure::Words => words_ui(ui, theme, width),
    }
}

/// A line with a sample, drawn at its left center, and what it means; in a narrow window one under the other. A screen
/// reader is told both.
fn line_ui(ui: &mut Ui, theme: &Theme, width: f32, sample: &str, says: &str, draw: impl FnOnce(&Painter, Pos2)) {
    let is_stacked = width < STACKED;
    let left = if is_stacked { INDENT } else { SAMPLES };
    let job = LayoutJob::simple(says.to_owned(), theme::sans(size::UI), theme.ink2, width - left);
    let words = ui.painter().layout_job(job);
    let height = if is_stacked { ROW + words.size().y + 6.0 } else { ROW.max(words.size().y + 10.0) };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{sample}: {says}")));
    let y = rect.top() + if is_stacked { ROW } else { (height - words.size().y) / 2.0 };
    draw(ui.painter(), pos2(rect.left(), rect.top() + ROW / 2.0));
    ui.painter().galley(pos2(rect.left() + left, y), words, theme.ink2);
}

/// Words of an article with a ground and a line, as in a column.
fn marked(
    painter: &Painter,
    theme: &Theme,
    left: Pos2,
    words: &str,
    ground: Option<egui::Color32>,
    line: Option<(Line, Stroke)>,
) {
    let (size, height) = size::HOVER;
    let galley = painter.layout_no_wrap(words.to_owned(), theme::serif(size), theme.ink);
    let row = Rect::from_min_size(pos2(left.x + 2.0, left.y - height / 2.0), vec2(galley.size().x, height));
    if let Some(ground) = ground {
        article::ground(painter, row, ground);
    }
    if let Some((line, stroke)) = line {
        article::underline(painter, row, line, stroke);
    }
    painter.galley(pos2(row.left(), left.y - galley.size().y / 2.0), galley, theme.ink);
}

fn underlines_ui(ui: &mut Ui, theme: &Theme, width: f32) {
    let stroke = Stroke::new(shape::MARK_STROKE, theme.shared_line);
    let samples = [
        ("widen the old pier", Line::Solid, "solid: the same words"),
        ("widened the old pier", Line::Dashed, "dashed: nearly the same, another form or a word between"),
        ("widen the quay", Line::Dotted, "dotted: another name of the same thing"),
    ];
    for (words, line, says) in samples {
        line_ui(ui, theme, width, words, says, |painter, left| {
            marked(painter, theme, left, words, None, Some((line, stroke)));
        });
    }
}

fn tints_ui(ui: &mut Ui, theme: &Theme, width: f32) {
    let stroke = Stroke::new(shape::HAIRLINE, theme.shared_line);
    for (n_documents, says) in [(2, "in two articles"), (3, "in three"), (4, "in four or more")] {
        line_ui(ui, theme, width, "dredge the channel", says, |painter, left| {
            let ground = theme.shared(n_documents);
            marked(painter, theme, left, "dredge the channel", Some(ground), Some((Line::Solid, stroke)));
        });
    }
}

fn letters_ui(ui: &mut Ui, theme: &Theme, width: f32) {
    let samples =
        [(0, "the harbor fees", "in focus: the full tint"), (1, "a fair share", "another phrase with a letter")];
    for (pin, words, says) in samples {
        let Some(colors) = theme.pins.get(pin) else { continue };
        let spoken = format!("letter {}, {words}", crate::gui::marks::letter(pin));
        line_ui(ui, theme, width, &spoken, says, |painter, left| {
            chip::letter(painter, theme, left + vec2(7.0, 0.0), pin, false, 13.0);
            let stroke = Stroke::new(shape::MARK_STROKE, colors.underline);
            marked(painter, theme, left + vec2(20.0, 0.0), words, Some(colors.tint), Some((Line::Solid, stroke)));
        });
    }
    let Some(colors) = theme.pins.get(2) else { return };
    line_ui(
        ui,
        theme,
        width,
        "letter C, we stand by our word",
        "stepping back while another is in focus",
        |painter, left| {
            chip::letter(painter, theme, left + vec2(7.0, 0.0), 2, true, 13.0);
            let stroke = Stroke::new(shape::MARK_STROKE, colors.underline);
            marked(
                painter,
                theme,
                left + vec2(20.0, 0.0),
                "we stand by our word",
                Some(colors.faded),
                Some((Line::Dashed, stroke)),
            );
        },
    );
}

fn dates_ui(ui: &mut Ui, theme: &Theme, width: f32) {
    let label = |is_estimate, day: &str, detail: &str| DateLabel {
        is_estimate,
        day: day.to_owned(),
        detail: detail.to_owned(),
    };
    let samples = [
        (label(false, "4 Mar 2019", "stated"), "the text or its file says so"),
        (label(true, "4 Mar 2019", "2–6 Mar"), "worked out from the text; the span it may lie in"),
        (label(false, "4 Mar 2019", "entered"), "somebody entered it by hand"),
        (label(false, "undated", ""), "nothing tells; the article stands at the end"),
    ];
    for (label, says) in samples {
        let estimate = if label.is_estimate { "est. " } else { "" };
        let spoken = format!("{estimate}{} {}", label.day, label.detail);
        line_ui(ui, theme, width, spoken.trim(), says, |painter, left| {
            chip::paint_date(painter, theme, left - vec2(0.0, 8.0), &label);
        });
    }
}

fn matrix_ui(ui: &mut Ui, theme: &Theme, width: f32) {
    let rows: [(Option<usize>, &str, [u32; 4]); 3] = [
        (Some(0), "the harbor fees", [1, 0, 3, 2]),
        (Some(1), "a fair share", [2, 1, 0, 0]),
        (None, "dredge the channel", [0, 1, 1, 1]),
    ];
    for (pin, words, counts) in rows {
        let is_stacked = width < STACKED;
        let height = if is_stacked { 2.0 * ROW } else { ROW };
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let spoken: Vec<String> = counts.iter().map(u32::to_string).collect();
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Label, true, format!("{words}: {} places in four articles", spoken.join(", ")))
        });
        let painter = ui.painter();
        let left = pos2(rect.left(), rect.top() + ROW / 2.0);
        match pin {
            Some(pin) => chip::letter(painter, theme, left + vec2(8.0, 0.0), pin, false, 16.0),
            None => {
                painter.circle_filled(left + vec2(8.0, 0.0), 4.0, theme.shared_line);
            }
        }
        let at = left + vec2(26.0, 0.0);
        text_at(painter, at, Align2::LEFT_CENTER, words, theme::serif(size::FAMILY), theme.ink);
        let fill = pin.and_then(|pin| theme.pins.get(pin)).map_or(theme.shared(3), |pin| pin.tint);
        for (idx, count) in counts.into_iter().enumerate() {
            let first = if is_stacked { INDENT } else { SAMPLES };
            let center = pos2(rect.left() + first + 24.0 + 56.0 * idx as f32, rect.bottom() - ROW / 2.0);
            if count == 0 {
                painter.circle_filled(center, 1.2, theme.rule2);
                continue;
            }
            let cell = Rect::from_center_size(center, vec2(22.0 + 6.0 * count as f32, 20.0));
            painter.rect_filled(cell, shape::MARK_RADIUS, fill);
            let font = theme::sans_bold(size::DATE);
            text_at(painter, center, Align2::CENTER_CENTER, &count.to_string(), font, theme.ink);
        }
    }
}

/// Marks of a statement side by side, each with its word.
fn marks_ui(ui: &mut Ui, theme: &Theme, width: f32, marks: &[(Option<MarkLook>, &str)], name: &str) {
    const LINE: f32 = 36.0;
    let font = || theme::sans(size::UI);
    let radius = |look: &Option<MarkLook>| look.map_or(3.0, |look| look.radius(1.0));
    // Where each begins, line by line.
    let (mut x, mut line) = (0.0, 0.0);
    let mut places = Vec::new();
    for (look, says) in marks {
        let needed = 2.0 * radius(look) + 8.0 + text_width(ui.painter(), says, font());
        if x > 0.0 && x + needed > width {
            (x, line) = (0.0, line + 1.0);
        }
        places.push(vec2(x, LINE * (line + 0.5)));
        x += needed + 20.0;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(width, LINE * (line + 1.0)), Sense::hover());
    let spoken: Vec<&str> = marks.iter().map(|(_, says)| *says).collect();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {}", spoken.join(", "))));
    let painter = ui.painter();
    for ((look, says), place) in marks.iter().zip(places) {
        let radius = radius(look);
        let center = rect.min + place + vec2(radius + 1.0, 0.0);
        match look {
            Some(look) => paint_mark(painter, theme, center, 1.0, *look),
            None => paint_unseen(painter, theme, center, 1.0),
        }
        text_at(painter, center + vec2(radius + 7.0, 0.0), Align2::LEFT_CENTER, says, font(), theme.ink2);
    }
}

fn voices_ui(ui: &mut Ui, theme: &Theme, width: f32) {
    let look = |line| Some(MarkLook { force: 3, direction: None, line });
    let marks = [
        (look(MarkLine::Quoted), "quoted"),
        (look(MarkLine::Reported), "reported"),
        (look(MarkLine::NotOfficial), "not official"),
        (None, "the article does not touch the theme"),
    ];
    marks_ui(ui, theme, width, &marks, "How it is told");
}

fn forces_ui(ui: &mut Ui, theme: &Theme, width: f32) {
    let look = |force| Some(MarkLook { force, direction: None, line: MarkLine::Quoted });
    let marks = [
        (look(0), "says"),
        (look(1), "1"),
        (look(2), "2"),
        (look(3), "3"),
        (look(4), "4"),
        (look(5), "5: condemns or demands"),
    ];
    marks_ui(ui, theme, width, &marks, "How firm, by size");
}

fn signs_ui(ui: &mut Ui, theme: &Theme, width: f32) {
    let look = |direction| Some(MarkLook { force: 3, direction: Some(direction), line: MarkLine::Quoted });
    let marks = [
        (look(Direction::Increase), "increase"),
        (look(Direction::Maintain), "maintain"),
        (look(Direction::Ease), "ease"),
        (look(Direction::Support), "support"),
        (look(Direction::Oppose), "oppose"),
    ];
    marks_ui(ui, theme, width, &marks, "Which way, by sign");
}

fn words_ui(ui: &mut Ui, theme: &Theme, width: f32) {
    let looks: Vec<MoveLook> = (theme.pins.first().into_iter())
        .map(|pin| MoveLook { tint: pin.tint, line: pin.underline, kind: OccurrenceKind::Verbatim })
        .collect();
    let samples = [
        (Mark::Kept, "we are concerned", "underlined: kept"),
        (Mark::Gone, "about the fees", "boxed: only in the earlier one"),
        (Mark::Added, "about the channel", "blue: only in the later one"),
        (Mark::Moved(0), "of course", "tinted: in both, at another place"),
    ];
    for (mark, words, says) in samples {
        line_ui(ui, theme, width, words, says, |painter, left| {
            let style = Style { size: size::HOVER, ground: theme.raise, is_reported: false };
            let run = Run { mark, text: words.to_owned() };
            let words = layout(painter, theme, &[run], style, SAMPLES);
            words.paint(painter, theme, left + vec2(4.0, -words.size().y / 2.0), &looks);
        });
    }
}
