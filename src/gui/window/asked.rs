//! Paths that are asked for: by the system's dialogs, and by a field where none comes up. Also what this computer offers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Window;
use crate::doctor::Examined;
use crate::document::Source;
use crate::gui::action::Action;
use crate::gui::briefing::saving::PageSheet;
use crate::gui::dialogs::{Answer, Question};
use crate::gui::path_field::listing::{Listing, Verdict, Wants};
use crate::gui::path_field::typed::Places;
use crate::gui::path_field::{PathField, PathSheet};
use crate::gui::state::{Sheet, Toast};
use crate::project::home::ENDING;

impl Window {
    /// Takes what came of asking with the system's dialog.
    pub(super) fn take_chosen(&mut self, ctx: &egui::Context, question: Question, answer: Answer) {
        match answer {
            Answer::Chosen(paths) => {
                let first = paths.first().cloned();
                match (question, first) {
                    // Cancel changes nothing.
                    (_, None) => {}
                    (Question::Files | Question::Folders, _) => self.open(paths),
                    (Question::Place(_), Some(path)) => {
                        if let Some(field) = self.desk.state.sheet.as_mut().and_then(Sheet::path_field) {
                            field.take_chosen(&path);
                        }
                    }
                    (question, Some(path)) => self.take_path(&question, path),
                }
            }
            // Where a dialog has come up, it has the keyboard and not this window.
            Answer::Slow => {
                if ctx.input(|input| input.focused) {
                    let says = "No file dialog has come up so far".to_owned();
                    let toast = Toast::with_link(says, "Type the path", Action::TypePath(question));
                    self.desk.state.toast = Some(toast);
                }
            }
            Answer::NoDialog(why) => self.show_path_sheet(question, why),
        }
    }

    /// Goes on with one path that was chosen or entered.
    fn take_path(&mut self, question: &Question, path: PathBuf) {
        match question {
            Question::Files | Question::Folders => self.open(vec![path]),
            Question::Codebook => self.jobs.read_codebook(path),
            Question::CodebookPlace => match self.refuses(&path) {
                Some(why) => self.desk.state.toast = Some(Toast::new(why)),
                None => self.jobs.save_codebook(self.desk.codebook_text().clone(), path),
            },
            Question::ProjectPlace(_) => self.save_as(path),
            Question::Place(_) => {}
        }
    }

    /// Why nothing but the project is written there: its file would be gone, with all that is in it.
    fn refuses(&self, path: &Path) -> Option<String> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.holds(path).then(|| format!("{name} is the project that is open. Give the file another name."))
    }

    /// Shows a field in the place of a dialog; `why` is empty where the reader wanted it.
    pub(super) fn show_path_sheet(&mut self, question: Question, why: String) {
        let place = Wants::Place { ending: Some(ENDING) };
        let asking = |wants| PathField::asking(wants, self.places());
        let path = match &question {
            Question::Place(_) => {
                // The sheet that asked has a field of its own.
                if let Some(field) = self.desk.state.sheet.as_mut().and_then(Sheet::path_field) {
                    field.open_instead(why);
                }
                return;
            }
            Question::Files => asking(Wants::Files),
            Question::Folders => asking(Wants::Folders),
            Question::Codebook => asking(Wants::File),
            Question::ProjectPlace(name) => PathField::proposing(name, place, self.places()).opened(),
            Question::CodebookPlace => {
                let wants = Wants::Place { ending: Some("toml") };
                PathField::proposing("codebook.toml", wants, self.places()).opened()
            }
        };
        let is_project = matches!(question, Question::ProjectPlace(_));
        let sheet = PathSheet { question, why, path };
        self.desk.state.sheet = Some(if is_project { Sheet::SaveAs(sheet) } else { Sheet::Path(sheet) });
    }

    /// A field that proposes a name for a file.
    pub(super) fn place_field(&self, name: &str) -> PathField {
        PathField::proposing(name, Wants::Place { ending: None }, self.places())
    }

    /// Where paths begin: where the program was started, or at home where that is nowhere in particular.
    fn places(&self) -> Arc<Places> {
        let home = self.jobs.home().map(Path::to_owned);
        let here = std::env::current_dir().ok().filter(|here| here.parent().is_some());
        let start = here.or_else(|| home.clone()).unwrap_or_else(|| PathBuf::from(std::path::MAIN_SEPARATOR_STR));
        let mut recent: Vec<PathBuf> = Vec::new();
        let of_articles = self.desk.project.documents().iter().rev().filter_map(|document| match &document.source {
            Source::File { path, .. } => Some(Path::new(path)),
            Source::Sample(_) | Source::Pasted { .. } => None,
        });
        let of_projects = self.desk.keeping.recent.iter().map(PathBuf::as_path);
        for folder in of_articles.chain(of_projects).filter_map(Path::parent).filter(|folder| folder.is_absolute()) {
            if Some(folder) != home.as_deref() && !recent.iter().any(|known| known == folder) {
                recent.push(folder.to_owned());
            }
        }
        Arc::new(Places { home, start, recent })
    }

    /// Looks up what a field for a path wants to know.
    pub(super) fn serve_field(&mut self) {
        let Some(field) = self.desk.state.sheet.as_mut().and_then(Sheet::path_field) else { return };
        if let Some((folder, places)) = field.due_listing() {
            self.jobs.list_folder(folder, places);
        }
        if let Some(entered) = field.due_check() {
            self.jobs.check_path(entered);
        }
    }

    pub(super) fn take_listing(&mut self, listing: Listing) {
        if let Some(field) = self.desk.state.sheet.as_mut().and_then(Sheet::path_field) {
            field.take_listing(listing);
        }
    }

    /// Goes on where what was entered is what is wanted.
    pub(super) fn take_verdict(&mut self, ctx: &egui::Context, text: &str, verdict: Verdict) {
        let verdict = match verdict {
            Verdict::Fine(paths) if self.desk.state.sheet.as_ref().is_some_and(writes_beside) => {
                let why = paths.first().and_then(|path| self.refuses(path));
                why.map_or(Verdict::Fine(paths), Verdict::Wrong)
            }
            other => other,
        };
        let Some(field) = self.desk.state.sheet.as_mut().and_then(Sheet::path_field) else { return };
        let Some(paths) = field.take_verdict(text, verdict) else { return };
        let first = paths.first().cloned().unwrap_or_default();
        let action = match &self.desk.state.sheet {
            Some(Sheet::Image { .. }) => Some(Action::WriteImage(first)),
            Some(Sheet::Export { kind, .. }) => Some(Action::WriteExport(first, *kind)),
            Some(Sheet::Page(PageSheet { format, .. })) => Some(Action::WritePage(first, *format)),
            Some(Sheet::SaveAs(_)) => Some(Action::WriteProject(first)),
            Some(Sheet::Path(sheet)) if matches!(sheet.question, Question::Files | Question::Folders) => {
                Some(Action::OpenPaths(paths))
            }
            Some(Sheet::Path(sheet)) => {
                let question = sheet.question.clone();
                self.take_path(&question, first);
                None
            }
            _ => return,
        };
        self.actions.extend(action);
        self.actions.push(Action::CloseSheet);
        ctx.request_repaint();
    }

    /// Shows what this computer offers, and looks at it anew.
    pub(super) fn show_computer(&mut self) {
        self.desk.state.sheet = Some(Sheet::Computer(None));
        self.jobs.examine();
    }

    pub(super) fn take_examined(&mut self, found: Examined) {
        if let Some(Sheet::Computer(examined)) = &mut self.desk.state.sheet {
            *examined = Some(Arc::new(found));
        }
    }
}

/// Does the path that the sheet asks for become a file beside the project?
fn writes_beside(sheet: &Sheet) -> bool {
    match sheet {
        Sheet::Image { .. } | Sheet::Export { .. } | Sheet::Page(_) => true,
        Sheet::Path(sheet) => sheet.question == Question::CodebookPlace,
        _ => false,
    }
}
