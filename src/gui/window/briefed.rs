//! The pages of Briefing: asked for when one is due, saved, and copied.

use std::path::PathBuf;
use std::sync::Arc;

use super::Window;
use crate::gui::action::Action;
use crate::gui::briefing::asking;
use crate::gui::briefing::saving::{PageFormat, PageSheet, file_name};
use crate::gui::dialogs::Question;
use crate::gui::state::{Sheet, Toast, ViewKind};

impl Window {
    pub(super) fn is_briefing(&self) -> bool {
        self.desk.state.view == ViewKind::Briefing
    }

    /// Asks for the page that is due.
    pub(super) fn brief(&mut self) {
        if let Some(asked) = asking::due(&mut self.desk) {
            self.jobs.brief(asked);
        }
    }

    pub(super) fn show_page_sheet(&mut self, format: PageFormat) {
        let path = self.place_field(&file_name(&self.desk.state.briefing, format));
        self.desk.state.sheet = Some(Sheet::Page(PageSheet { path, format }));
    }

    pub(super) fn choose_page_path(&self) {
        if let Some(Sheet::Page(sheet)) = &self.desk.state.sheet {
            self.jobs.ask(Question::Place(file_name(&self.desk.state.briefing, sheet.format)));
        }
    }

    pub(super) fn save_page(&mut self, path: PathBuf, format: PageFormat) {
        // What was chosen in this very frame is in the file too.
        self.brief();
        if let Some(asked) = self.desk.state.briefing.asked.clone() {
            self.jobs.save_page(asked, format, path);
        }
    }

    pub(super) fn copy_page(&mut self) {
        self.brief();
        if let Some(asked) = self.desk.state.briefing.asked.clone() {
            self.jobs.copy_page(asked);
        }
    }

    pub(super) fn take_copied(&mut self, ctx: &egui::Context, image: Result<Arc<egui::ColorImage>, String>) {
        match image {
            Ok(image) => {
                ctx.copy_image(Arc::unwrap_or_clone(image));
                self.desk.state.message = "The picture is on the clipboard".to_owned();
            }
            Err(error) => self.desk.state.toast = Some(Toast::new(format!("Nothing was copied: {error}"))),
        }
    }

    pub(super) fn take_saved(&mut self, format: PageFormat, saved: Result<PathBuf, String>) {
        self.desk.state.toast = Some(match saved {
            Ok(path) => Toast::new(format!("Saved {}", path.display())),
            Err(error) => {
                let words = format!("Nothing was saved: {error}");
                Toast::with_link(words, "Save again", Action::SavePage(format))
            }
        });
    }
}
