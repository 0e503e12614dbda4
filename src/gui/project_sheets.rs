//! What is told and asked about the project: its history, where to save it, what became of a damaged one, and what is
//! on no disk when the window closes.

use egui::{Align2, Button, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use super::action::Action;
use super::desk::Desk;
use super::projects::Damage;
use super::sheet::heading_ui;
use super::theme::{self, Theme};
use crate::project::{History, Step};

/// Height of a row of the history.
const ROW_HEIGHT: f32 = 26.0;

/// Width of the column with the time.
const TIME_WIDTH: f32 = 118.0;

/// All steps, the last first, with the start at the end; a click goes to where one was done.
pub fn history_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, actions: &mut Vec<Action>) {
    let history = desk.project.history();
    let n_steps = history.steps().len();
    heading_ui(ui, "History", actions, |ui, actions| {
        if ui.add_enabled(history.n_done() < n_steps, Button::new("Redo")).on_hover_text(Action::Redo.keys()).clicked()
        {
            actions.push(Action::Redo);
        }
        if ui.add_enabled(history.n_done() > 0, Button::new("Undo")).on_hover_text(Action::Undo.keys()).clicked() {
            actions.push(Action::Undo);
        }
    });
    let words = match n_steps {
        0 => "Nothing was done yet. Whatever you do is listed here and can be taken back, also after a restart.",
        _ => "A click takes back all that was done after it, or does it again.",
    };
    ui.label(RichText::new(words).color(theme.ink2));
    ui.add_space(6.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    let today = desk.today();
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_HEIGHT, n_steps + 1, |ui, rows| {
        for row in rows {
            step_ui(ui, theme, history, n_steps - row.min(n_steps), today, actions);
        }
    });
}

/// The state after `n_done` steps.
fn step_ui(
    ui: &mut Ui,
    theme: &Theme,
    history: &History,
    n_done: usize,
    today: civil::Date,
    actions: &mut Vec<Action>,
) {
    let step = n_done.checked_sub(1).and_then(|idx| history.steps().get(idx));
    let says = step.map_or("The start", |step| step.says.as_str());
    let (is_now, is_done) = (n_done == history.n_done(), n_done <= history.n_done());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
    let response = ui.interact(rect, egui::Id::unique(("step", n_done)), Sense::click());
    let state = if is_now {
        "now"
    } else if is_done {
        "done"
    } else {
        "taken back"
    };
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_now, format!("{says}, {state}")));
    if is_now {
        ui.painter().rect_filled(rect, 3.0, theme.sel);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 3.0, theme.chrome);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect.shrink(1.0), 3.0, (theme.ring, theme.accent), egui::StrokeKind::Inside);
    }
    let color = match (is_now, is_done) {
        (true, _) => theme.ink,
        (false, true) => theme.ink2,
        (false, false) => theme.dim,
    };
    let time = step.and_then(|step| time(step, today)).unwrap_or_default();
    let left = pos2(rect.left() + 8.0, rect.center().y);
    ui.painter().text(left, Align2::LEFT_CENTER, time, theme::sans(11.5), theme.ink2);
    let font = if is_now { theme::sans_medium(12.5) } else { theme::sans(12.5) };
    let room = rect.width() - TIME_WIDTH - 96.0;
    let mut job = egui::text::LayoutJob::simple_singleline(says.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let response = if galley.elided { response.on_hover_text(says) } else { response };
    ui.painter().galley(pos2(left.x + TIME_WIDTH, left.y - galley.size().y / 2.0), galley, color);
    if !is_done || is_now {
        let right = pos2(rect.right() - 8.0, left.y);
        let color = if is_now { theme.accent } else { theme.ink2 };
        ui.painter().text(right, Align2::RIGHT_CENTER, state, theme::sans(11.5), color);
    }
    if response.clicked() && !is_now {
        actions.push(Action::GoToStep(n_done));
    }
}

/// "07:15" of today, "24 Nov 07:15" of this year, else with the year.
fn time(step: &Step, today: civil::Date) -> Option<String> {
    let at = Timestamp::from_second(step.at_secs?).ok()?.to_zoned(TimeZone::system()).datetime();
    let form = match (at.date() == today, at.year() == today.year()) {
        (true, _) => "%H:%M",
        (false, true) => "%-d %b %H:%M",
        (false, false) => "%-d %b %Y %H:%M",
    };
    Some(at.strftime(form).to_string())
}

/// What became of a damaged project.
pub fn damaged_ui(ui: &mut Ui, theme: &Theme, damage: &Damage, actions: &mut Vec<Action>) {
    let heading = match damage.what {
        Some(_) => format!("{} is damaged; what could be recovered is open", damage.name),
        None => format!("Not all of {} could be read; the rest is open", damage.name),
    };
    heading_ui(ui, &heading, actions, |ui, actions| {
        if ui.button("Save as").clicked() {
            actions.push(Action::SaveAs);
        }
        if ui.button("Copy list").clicked() {
            let lines: Vec<String> = damage.lost.iter().cloned().chain(again(damage)).collect();
            actions.push(Action::CopyText(lines.join("\n")));
        }
    });
    let what = damage.what.as_ref().map(|what| format!("The file is {} ", sentence(what))).unwrap_or_default();
    let what = format!("{what}It was left as it is; this is a copy.");
    ui.label(RichText::new(what).color(theme.ink2));
    ui.add_space(6.0);
    let words = match damage.what {
        _ if damage.lost.is_empty() => "Nothing that could be told apart is lost.",
        Some(_) => "Lost:",
        None => "Passed over:",
    };
    ui.label(RichText::new(words).font(theme::sans_medium(12.5)));
    let lines: Vec<String> = damage.lost.iter().cloned().chain(again(damage)).collect();
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, 20.0, lines.len(), |ui, rows| {
        for line in lines.get(rows).unwrap_or_default() {
            ui.add(egui::Label::new(line).truncate()).on_hover_text(line);
        }
    });
}

/// The articles that were read again, a sentence each.
fn again(damage: &Damage) -> impl Iterator<Item = String> {
    damage.read_again.iter().map(|name| format!("“{name}” was read again from its file, which the project keeps"))
}

fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}

/// The window is to be closed while something is on no disk.
pub fn unsaved_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, actions: &mut Vec<Action>) {
    heading_ui(ui, "Something is not saved", actions, |ui, actions| {
        if ui.button("Close without saving").clicked() {
            actions.push(Action::CloseAnyway);
        }
        if ui.button("Save as").clicked() {
            actions.push(Action::SaveAs);
        }
    });
    let trouble = desk.keeping.trouble.as_ref();
    let words = trouble.map_or_else(
        || match desk.keeping.is_behind() {
            true => "The disk does not answer. Save it on another one, or wait.".to_owned(),
            false => "Everything is saved now; the window can be closed.".to_owned(),
        },
        |trouble| format!("Not saved: {} {}", sentence(&trouble.message), sentence(&trouble.next_step)),
    );
    ui.label(RichText::new(words).color(theme.ink2));
}
