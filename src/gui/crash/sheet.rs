//! The sheet after the window stopped, and the report on what failed.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Button, Color32, Frame, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::super::action::Action;
use super::super::sheet::heading_ui;
use super::super::theme::{self, Theme};
use super::super::widgets;
use super::Notice;

/// Height without and with the report.
const LOW: f32 = 128.0;
const HIGH: f32 = 460.0;

/// Frames in which the keyboard is put on the first button.
const FOCUSING: u8 = 6;

/// What failed, and what can be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultSheet {
    /// Did the window stop? Else a task beside it failed, and the report alone is shown.
    pub has_stopped: bool,
    /// The project that was open.
    pub project: Option<PathBuf>,
    /// Has it no name?
    pub is_untitled: bool,
    pub report: Option<Arc<str>>,
    pub is_report_shown: bool,
    /// In so many frames yet the keyboard is put on what goes on where one was: the first of a window have no focus to give.
    pub n_focusing: u8,
}

impl FaultSheet {
    /// The report on a task.
    pub fn of_report(report: Arc<str>) -> Self {
        Self {
            has_stopped: false,
            project: None,
            is_untitled: false,
            report: Some(report),
            is_report_shown: true,
            n_focusing: 0,
        }
    }

    /// The sheet of a start after the window stopped.
    pub fn of_notice(notice: Notice) -> Option<Self> {
        let Notice::Stopped { project, is_untitled, report } = notice else { return None };
        Some(Self { has_stopped: true, project, is_untitled, report, is_report_shown: false, n_focusing: FOCUSING })
    }

    pub fn height(&self, room: f32) -> f32 {
        if self.is_report_shown { HIGH.min(room * 0.8) } else { LOW }
    }

    fn words(&self) -> String {
        if !self.has_stopped {
            return "The window went on without it. Nothing of your articles and no name is in the report.".to_owned();
        }
        let name = self.project.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
        let open = match (name, self.is_untitled) {
            (Some(_), true) => " Work without a name was open.".to_owned(),
            (Some(name), false) => format!(" {name} was open."),
            (None, _) => " No project was open yet.".to_owned(),
        };
        format!("Your work is kept up to its last step.{open}")
    }
}

/// Says what happened, and offers to open what was open.
pub fn fault_ui(ui: &mut Ui, theme: &Theme, sheet: &mut FaultSheet, actions: &mut Vec<Action>) {
    let heading = if sheet.has_stopped { "Throughline stopped unexpectedly" } else { "What failed" };
    heading_ui(ui, heading, actions, |_, _| {});
    let words = sheet.words();
    let label = ui.label(RichText::new(&words).color(theme.ink2));
    label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| buttons_ui(ui, theme, sheet, actions));
    if let Some(report) = sheet.report.as_deref().filter(|_| sheet.is_report_shown) {
        ui.add_space(8.0);
        report_ui(ui, theme, report);
    }
}

fn buttons_ui(ui: &mut Ui, theme: &Theme, sheet: &mut FaultSheet, actions: &mut Vec<Action>) {
    if let Some(project) = &sheet.project {
        let open = Button::new(RichText::new("Open it again").color(theme.on_accent))
            .fill(theme.accent)
            .stroke(egui::Stroke::new(1.0, Color32::TRANSPARENT));
        let open = ui.add(open);
        if sheet.n_focusing > 0 {
            open.request_focus();
            sheet.n_focusing -= 1;
            ui.ctx().request_repaint();
        }
        widgets::focus_ring(ui.painter(), theme, &open);
        if open.clicked() {
            actions.push(Action::OpenPaths(vec![project.clone()]));
            actions.push(Action::CloseSheet);
        }
    }
    if let Some(report) = sheet.report.clone() {
        let (words, is_shown) =
            if sheet.is_report_shown { ("Hide the report", true) } else { ("Show the report", false) };
        if sheet.has_stopped && ui.button(words).clicked() {
            sheet.is_report_shown = !is_shown;
        }
        if ui.button("Copy the report").clicked() {
            actions.push(Action::CopyText(report.to_string()));
        }
    }
    if sheet.has_stopped && ui.button("Start with the built-in articles").clicked() {
        actions.push(Action::OpenSample);
        actions.push(Action::CloseSheet);
    }
}

/// The report as it is, to be read and selected.
fn report_ui(ui: &mut Ui, theme: &Theme, report: &str) {
    let room = ui.available_height();
    let frame = Frame::NONE.fill(theme.paper).stroke(theme.hairline()).corner_radius(4.0).inner_margin(8.0);
    frame.show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).max_height(room - 18.0).show(ui, |ui| {
            let mut text = report;
            let field = TextEdit::multiline(&mut text)
                .font(theme::mono(11.5))
                .text_color(theme.ink)
                .frame(Frame::NONE)
                .desired_width(f32::INFINITY)
                .desired_rows(1);
            let field = ui.add(field);
            field.widget_info(|| {
                let mut info = WidgetInfo::text_edit(true, report, report, "");
                info.label = Some("The report".to_owned());
                info
            });
        });
    });
}
