//! The project of the window and its file: handed over after every change, opened, saved elsewhere, put away.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::ViewportCommand;

use super::Window;
use crate::gui::action::Action;
use crate::gui::desk::Desk;
use crate::gui::jobs::Task;
use crate::gui::keeping::{self, Keeping};
use crate::gui::opened::Opened;
use crate::gui::projects::{self, OpenedProject};
use crate::gui::remembered;
use crate::gui::state::{Sheet, Toast};
use crate::ingest;
use crate::project::home::ENDING;
use crate::project::keeper::{News, Trouble};
use crate::project::store::{Original, Snapshot};

/// What the window looks like is remembered this often.
const REMEMBER_SECS: f64 = 1.0;

/// A window that is to be closed waits so long for its disk before it asks.
const PATIENCE_SECS: f64 = 3.0;

impl Window {
    /// Hands over what is other than before, names the window, and looks whether it may be closed.
    pub(super) fn keep(&mut self, ctx: &egui::Context) {
        self.name_window(ctx);
        self.watch_closing(ctx);
        let now = ctx.input(|input| input.time);
        let is_time = now - self.remembered_at > REMEMBER_SECS;
        if is_time {
            self.remembered_at = now;
        }
        self.hand_over(is_time);
    }

    /// Hands the project over where it is other than before; the look of the window only where it `is_time` for that.
    fn hand_over(&mut self, is_time: bool) {
        let Some((keeper, _)) = &self.keeping else { return };
        let desk = &mut self.desk;
        let has_work = desk.keeping.path.is_some() || !desk.project.history().steps().is_empty();
        if !has_work || desk.keeping.read_only.is_some() {
            return;
        }
        let view = if is_time { remembered::remember(&desk.state) } else { desk.keeping.view.clone() };
        if desk.edition == desk.keeping.edition && view == desk.keeping.view {
            return;
        }
        desk.keeping.edition = desk.edition;
        desk.keeping.view.clone_from(&view);
        desk.keeping.asked += 1;
        keeper.keep(desk.keeping.asked, keeping::snapshot(desk, view));
    }

    /// Writes what is left to write and lets go of the file.
    pub(super) fn close(&mut self) {
        self.hand_over(true);
        if let Some((keeper, _)) = self.keeping.take() {
            keeper.finish();
        }
    }

    /// Nothing that is on no disk goes unasked: closing waits for the disk, and asks where that takes long or fails.
    fn watch_closing(&mut self, ctx: &egui::Context) {
        let (is_closing, now) = ctx.input(|input| (input.viewport().close_requested(), input.time));
        if is_closing && !self.may_close && self.desk.keeping.is_behind() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.closing_since.get_or_insert(now);
        }
        let Some(since) = self.closing_since else { return };
        if !self.desk.keeping.is_behind() {
            (self.closing_since, self.may_close) = (None, true);
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if self.desk.keeping.trouble.is_some() || now - since > PATIENCE_SECS {
            self.closing_since = None;
            self.desk.state.sheet = Some(Sheet::Unsaved);
        } else {
            ctx.request_repaint_after(Duration::from_millis(50));
        }
    }

    fn name_window(&mut self, ctx: &egui::Context) {
        let name = self.desk.keeping.name();
        let title = if name.is_empty() { "Throughline".to_owned() } else { format!("{name} — Throughline") };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// The built-in articles: the whole project where there is none yet, else articles like others.
    pub(super) fn take_sample(&mut self, documents: Vec<Opened>) {
        let packed = |opened: &Opened| {
            let name = opened.document.name();
            ingest::sample_bytes(name).map(|bytes| Arc::new(Original::pack(bytes).named(name)))
        };
        let originals: Vec<Arc<Original>> = documents.iter().filter_map(packed).collect();
        let Desk { project, keeping, .. } = &self.desk;
        let is_new = project.documents().is_empty() && project.history().steps().is_empty() && keeping.path.is_none();
        if !is_new {
            self.desk.keeping.originals.extend(originals);
            self.desk.take(documents);
            return;
        }
        self.desk.open_first(documents);
        self.desk.state.has_notice = true;
        if let Some((keeper, _)) = &self.keeping {
            let project = self.desk.project.clone();
            keeper.begin(None, Snapshot { project, originals, ..Snapshot::default() });
        }
    }

    /// Takes a project that was opened. An import that was broken off goes on.
    pub(super) fn take_project(&mut self, path: &Path, opened: Result<Box<OpenedProject>, Trouble>) {
        if opened.is_ok() && self.is_busy() {
            return;
        }
        let is_opened = opened.is_ok();
        // What is left to write of the old project goes first.
        self.hand_over(true);
        let keeper = self.keeping.as_ref().map(|(keeper, _)| keeper);
        let waiting = projects::take(&mut self.desk, keeper, path, opened);
        if !waiting.is_empty() {
            self.desk.state.toast = Some(Toast::new("Goes on with the files that were still to be read".to_owned()));
            self.open(waiting);
        }
        if is_opened {
            let named = (!self.desk.keeping.is_untitled).then(|| path.to_owned());
            self.look_around(named);
        }
    }

    pub(super) fn take_news(&mut self, news: News) {
        let moved = if let News::Moved(path) = &news { Some(path.clone()) } else { None };
        let damaged = keeping::take(&mut self.desk, news);
        if moved.is_some() {
            self.look_around(moved);
        }
        if let (Some(path), Some((_, home))) = (damaged, &self.keeping) {
            self.jobs.start(Task::Recover { path, home: home.clone() });
        }
    }

    /// Puts the project away, which keeps all of it, and begins one without articles.
    pub(super) fn begin_anew(&mut self) {
        if self.is_busy() {
            return;
        }
        self.hand_over(true);
        self.desk.open_project(Snapshot::default(), Default::default(), Keeping::default());
        if let Some((keeper, _)) = &self.keeping {
            keeper.begin(None, Snapshot::default());
        }
        self.look_around(None);
    }

    /// Is this the very project that is open? Its file is not looked at a second time: whoever closes it lets go of the
    /// locks of all who have it open in one process.
    pub(super) fn is_open_already(&mut self, paths: &[PathBuf]) -> bool {
        let canonical = |path: &Path| path.canonicalize().ok();
        let open = self.desk.keeping.path.as_deref().and_then(canonical);
        let is_open = open.is_some() && matches!(paths, [path] if canonical(path) == open);
        if is_open {
            self.desk.state.toast = Some(Toast::new("This project is open here already".to_owned()));
        }
        is_open
    }

    /// Says why the project can't be put away now, where that is so.
    fn is_busy(&mut self) -> bool {
        let words = if self.desk.incoming.n_waiting > 0 {
            "Files are still being read into this project; wait for them, or cancel"
        } else if self.desk.keeping.has_unsaved() {
            "This project is not saved yet; save it elsewhere first"
        } else {
            return false;
        };
        self.desk.state.toast = Some(Toast::with_link(words.to_owned(), "Save as", Action::SaveAs));
        true
    }

    pub(super) fn save_as(&mut self, path: PathBuf) {
        if path.as_os_str().is_empty() {
            return;
        }
        let path = if path.extension().is_none() { path.with_extension(ENDING) } else { path };
        self.hand_over(true);
        if let Some((keeper, _)) = &self.keeping {
            keeper.move_to(path);
        }
    }

    /// A name for the project's file.
    pub(super) fn project_file_name(&self) -> String {
        let name = self.desk.keeping.name();
        format!("{}.{ENDING}", if name.is_empty() { "comparison" } else { &name })
    }

    pub(super) fn look_around(&self, open: Option<PathBuf>) {
        if let Some((_, home)) = &self.keeping {
            self.jobs.look_around(home.clone(), open);
        }
    }
}
