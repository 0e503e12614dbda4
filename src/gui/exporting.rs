//! Findings for other programs, from the window: what the reader decided goes along.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::Path;

use egui::{RichText, Ui};

use super::action::Action;
use super::desk::Desk;
use super::path_field::listing::Wants;
use super::path_field::{self, PathField};
use super::remembered;
use super::theme::Theme;
use crate::document::Source;
use crate::export::{What, json, qdpx, table};
use crate::ingest;
use crate::project::store::{Access, Snapshot, Store};
use crate::project::{files, portable};
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
    /// The whole project as texts and JSON, which opens again.
    Folder,
}

impl ExportKind {
    pub const ALL: [Self; 5] = [Self::Statements, Self::Shifts, Self::Json, Self::Qdpx, Self::Folder];

    fn words(self) -> &'static str {
        match self {
            Self::Statements => "Statements (.csv)",
            Self::Shifts => "Shifts (.csv)",
            Self::Json => "Everything (.json)",
            Self::Qdpx => "REFI-QDA project (.qdpx)",
            Self::Folder => "Folder of texts and JSON",
        }
    }

    /// What a path for it may be.
    pub fn wants(self) -> Wants {
        match self {
            Self::Folder => Wants::FolderPlace,
            _ => Wants::Place { ending: None },
        }
    }

    /// The name proposed for its file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Statements => "statements.csv",
            Self::Shifts => "shifts.csv",
            Self::Json => "findings.json",
            Self::Qdpx => "findings.qdpx",
            Self::Folder => "project",
        }
    }
}

/// Writes the findings of a desk to a file, or all of it to a folder, whole or not at all.
///
/// # Errors
/// Those of the disk, and where something else stands there.
pub fn write(desk: &Desk, kind: ExportKind, path: &Path) -> io::Result<()> {
    if kind == ExportKind::Folder {
        return write_folder(desk, path);
    }
    let report = Report::new(desk.corpus(), desk.analysis(), desk.codebook(), desk.project.decisions());
    let made = desk.today();
    let mut bytes = Vec::new();
    match kind {
        ExportKind::Statements => table::write_statements(&mut bytes, &report)?,
        ExportKind::Shifts => table::write_shifts(&mut bytes, &report)?,
        ExportKind::Json => json::write_file(&mut bytes, &report, What::All, made)?,
        ExportKind::Qdpx => bytes = qdpx::project(&report, made)?,
        ExportKind::Folder => {}
    }
    files::write_whole(path, |out| out.write_all(&bytes))
}

/// Writes the whole project. The bytes behind its articles come from its own file, which is read beside whoever keeps it.
fn write_folder(desk: &Desk, folder: &Path) -> io::Result<()> {
    let snapshot = Snapshot {
        project: desk.project.clone(),
        view: remembered::remember(&desk.state),
        codebook: desk.given_text(),
        dated_by: desk.dated_by(),
        ..Snapshot::default()
    };
    let reading = Access { is_read_only: true, ..Access::default() };
    let store =
        desk.keeping.path.as_deref().and_then(|path| Store::open(path, reading).ok()).map(|loaded| loaded.store);
    let built_in: BTreeMap<&str, &str> = (snapshot.project.documents().iter())
        .filter_map(|document| match &document.source {
            Source::Sample(name) => Some((document.sha256.as_str(), name.as_str())),
            Source::File { .. } | Source::Pasted { .. } => None,
        })
        .collect();
    let mut original = |sha256: &str| {
        let kept = store.as_ref().and_then(|store| store.original(sha256).ok().flatten());
        kept.or_else(|| ingest::sample_bytes(built_in.get(sha256)?).map(<[u8]>::to_vec))
    };
    portable::write(folder, &snapshot, &mut original).map_err(|error| {
        let cause = std::error::Error::source(&error).map_or(String::new(), |source| format!(": {source}"));
        io::Error::other(format!("{error}{cause}. {}", error.next_step()))
    })
}

/// The fields of the sheet: what, and where to.
pub fn export_ui(ui: &mut Ui, theme: &Theme, path: &mut PathField, kind: &mut ExportKind, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("What").color(theme.ink2));
        for choice in ExportKind::ALL {
            if ui.radio_value(kind, choice, choice.words()).changed() {
                path.rename(choice.file_name(), choice.wants());
            }
        }
    });
    path_field::bar_ui(ui, theme, path, ["File", "Export"], Some(Action::ChooseExportPath), actions);
    path_field::names_ui(ui, theme, path);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::codebook::Codebook;
    use crate::gui::projects;
    use crate::ingest::Reader;
    use crate::project::home::Home;
    use crate::project::opening::Opener;

    #[test]
    fn a_folder_that_was_exported_opens_as_work_without_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("five");
        let codebook = Arc::new(Codebook::built_in());
        let today = jiff::civil::date(2031, 1, 1);
        let reader = Reader::new(None);
        let opener = Opener { reader: &reader, codebook: &Codebook::built_in(), today };
        let desk = Desk::settled(ingest::sample(&codebook, today), codebook, today);
        write(&desk, ExportKind::Folder, &out).unwrap();
        let home = Home::at(folder.path().join("untitled"));
        let opened = projects::open(&out, Some(&home), &opener).unwrap();
        assert_eq!(opened.snapshot.project, desk.project);
        assert!(opened.keeping.is_untitled && opened.damage.is_none());
        let document = &desk.project.documents()[0];
        let original = opened.store.original(&document.sha256).unwrap();
        assert_eq!(original.as_deref(), ingest::sample_bytes(document.name()));
        // From its own file, which is held open, come the bytes that nobody else has.
        let mut desk = desk;
        desk.keeping.path = opened.keeping.path.clone();
        write(&desk, ExportKind::Folder, &out).unwrap();
        std::fs::write(out.join("decisions.jsonl"), "?\n").unwrap();
        let damage = projects::open(&out, Some(&home), &opener).unwrap().damage.unwrap();
        assert_eq!((damage.name.as_str(), damage.what), ("five", None));
        assert_eq!(damage.lost, ["1 of the decisions (decisions.jsonl, line 1)"]);
        // What stands in the way is told with what to do.
        let error = write(&desk, ExportKind::Folder, folder.path()).unwrap_err().to_string();
        assert!(error.contains("which no export holds. Name a folder"), "{error}");
    }
}
