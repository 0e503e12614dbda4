//! Findings for other programs, from the window: what the reader decided goes along.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use egui::{Button, RichText, TextEdit, Ui};

use super::action::Action;
use super::desk::Desk;
use super::theme::Theme;
use crate::export::{What, json, qdpx, table};
use crate::project::files;
use crate::report::Report;

/// What is written, and in which form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportKind {
    /// A table of statements.
    #[default]
    Statements,
    /// A table of shifts.
    Shifts,
    /// Everything, for scripts.
    Json,
    /// A REFI-QDA project, for programs of qualitative analysis.
    Qdpx,
}

impl ExportKind {
    pub const ALL: [Self; 4] = [Self::Statements, Self::Shifts, Self::Json, Self::Qdpx];

    fn words(self) -> &'static str {
        match self {
            Self::Statements => "Statements (.csv)",
            Self::Shifts => "Shifts (.csv)",
            Self::Json => "Everything (.json)",
            Self::Qdpx => "REFI-QDA project (.qdpx)",
        }
    }

    /// The name proposed for its file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Statements => "statements.csv",
            Self::Shifts => "shifts.csv",
            Self::Json => "findings.json",
            Self::Qdpx => "findings.qdpx",
        }
    }
}

/// Writes the findings of a desk to a file, whole or not at all.
///
/// # Errors
/// Those of the disk.
pub fn write(desk: &Desk, kind: ExportKind, path: &Path) -> io::Result<()> {
    let report = Report::new(desk.corpus(), desk.analysis(), desk.codebook(), desk.project.decisions());
    let made = desk.today();
    let mut bytes = Vec::new();
    match kind {
        ExportKind::Statements => table::write_statements(&mut bytes, &report)?,
        ExportKind::Shifts => table::write_shifts(&mut bytes, &report)?,
        ExportKind::Json => json::write_file(&mut bytes, &report, What::All, made)?,
        ExportKind::Qdpx => bytes = qdpx::project(&report, made)?,
    }
    files::write_whole(path, |out| out.write_all(&bytes))
}

/// The fields of the sheet: what, and where to.
pub fn export_ui(ui: &mut Ui, theme: &Theme, path: &mut String, kind: &mut ExportKind, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("What").color(theme.ink2));
        for choice in ExportKind::ALL {
            if ui.radio_value(kind, choice, choice.words()).changed() {
                *path = Path::new(path.trim()).with_file_name(choice.file_name()).to_string_lossy().into_owned();
            }
        }
    });
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("File").color(theme.ink2));
        let room = ui.available_width() - 190.0;
        let field = ui.add(TextEdit::singleline(path).desired_width(room.clamp(120.0, 700.0))).labelled_by(label.id);
        if ui.button("Choose…").clicked() {
            actions.push(Action::ChooseExportPath);
        }
        let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let save = Button::new(RichText::new("Export").color(theme.on_accent)).fill(theme.accent);
        if ui.add_enabled(!path.trim().is_empty(), save).clicked() || is_entered {
            actions.push(Action::WriteExport(PathBuf::from(path.trim()), *kind));
            actions.push(Action::CloseSheet);
        }
    });
}
