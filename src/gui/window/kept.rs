//! The project of the window and its file: handed over after every change, opened, saved elsewhere, put away.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::ViewportCommand;

use super::Window;
use crate::gui::action::Action;
use crate::gui::desk::Desk;
use crate::gui::dialogs::Question;
use crate::gui::jobs::Task;
use crate::gui::keeping::{self, Keeping};
use crate::gui::notice::Notice;
use crate::gui::opened::Opened;
use crate::gui::projects::{self, OpenedProject};
use crate::gui::remembered;
use crate::gui::state::{Sheet, Toast};
use crate::ingest;
use crate::project::home::ENDING;
use crate::project::keeper::{News, Trouble};
use crate::project::store::{Original, Snapshot, same_file};

/// What the window looks like is remembered this often.
const REMEMBER_SECS: f64 = 1.0;

/// So long the window waits for its disk before it closes or puts a project away.
const PATIENCE_SECS: f64 = 3.0;

/// Something that waits until all is on the disk.
pub(super) struct Next {
    step: NextStep,
    /// By the clock of the window, from its next frame on.
    since: Option<f64>,
}

enum NextStep {
    Close,
    /// A project without articles.
    Begin,
    /// A project that was opened from this path.
    Open(PathBuf, Box<OpenedProject>),
}

impl Next {
    fn new(step: NextStep) -> Self {
        Self { step, since: None }
    }
}

impl Window {
    /// Hands over what is other than before, names the window, and looks whether it may be closed.
    pub(super) fn keep(&mut self, ctx: &egui::Context) {
        self.name_window(ctx);
        let now = ctx.input(|input| input.time);
        let is_time = now - self.remembered_at > REMEMBER_SECS;
        if is_time {
            self.remembered_at = now;
        }
        self.hand_over(is_time);
        self.watch_disk(ctx);
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
    pub(in crate::gui) fn close(&mut self) {
        if self.is_whole() {
            self.hand_over(true);
        }
        if let Some((keeper, _)) = self.keeping.take() {
            keeper.finish();
        }
        if let Some(kept) = self.settings.take() {
            kept.close(self.desk.settings);
        }
    }

    /// Nothing that is on no disk goes unasked: the window waits for the disk before it closes or puts the project away, and
    /// says so where that takes long or fails.
    fn watch_disk(&mut self, ctx: &egui::Context) {
        let (is_closing, now) = ctx.input(|input| (input.viewport().close_requested(), input.time));
        if is_closing && !self.may_close && self.desk.keeping.is_behind() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.next.get_or_insert(Next::new(NextStep::Close));
        }
        let Some(next) = &mut self.next else { return };
        let since = *next.since.get_or_insert(now);
        let is_stuck = self.desk.keeping.trouble.is_some() || now - since > PATIENCE_SECS;
        if self.desk.keeping.is_behind() && !is_stuck {
            ctx.request_repaint_after(Duration::from_millis(50));
            return;
        }
        let Some(Next { step, .. }) = self.next.take() else { return };
        match (step, self.desk.keeping.is_behind()) {
            (NextStep::Close, true) => self.desk.state.sheet = Some(Sheet::Unsaved),
            (NextStep::Close, false) => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            (NextStep::Begin | NextStep::Open(..), true) => {
                self.tell_busy("This project is not saved yet; save it elsewhere first");
            }
            (NextStep::Begin, false) => self.begin_now(),
            (NextStep::Open(path, opened), false) => self.open_now(&path, opened),
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
        self.desk.state.notices.push(Notice::Sample);
        if let Some((keeper, _)) = &self.keeping {
            let project = self.desk.project.clone();
            keeper.begin(None, Snapshot { project, originals, ..Snapshot::default() });
        }
    }

    /// Takes a project that was opened, as soon as what is left to write of the old one is on the disk.
    pub(super) fn take_project(&mut self, path: &Path, opened: Result<Box<OpenedProject>, Trouble>) {
        match opened {
            // It was asked for twice, and this window is the one that holds it.
            Ok(opened) if opened.keeping.read_only.is_some() && self.is_here(path) => self.stay(),
            Ok(opened) if opened.keeping.read_only.is_some() && self.is_coming(path) => {}
            // Who held it may have been this window, or an answer that was given up for another project meanwhile.
            Ok(opened) if opened.is_held && self.asked_again.as_deref() != Some(path) => {
                drop(opened);
                self.asked_again = Some(path.to_owned());
                self.read(vec![path.to_owned()]);
            }
            Ok(opened) => {
                self.asked_again = None;
                self.put_away(NextStep::Open(path.to_owned(), opened));
            }
            Err(trouble) => projects::tell(&mut self.desk, path, trouble),
        }
    }

    /// An import that was broken off goes on.
    fn open_now(&mut self, path: &Path, opened: Box<OpenedProject>) {
        let keeper = self.keeping.as_ref().map(|(keeper, _)| keeper);
        let waiting = projects::take(&mut self.desk, keeper, *opened);
        if !waiting.is_empty() {
            self.desk.state.toast = Some(Toast::new("Goes on with the files that were still to be read".to_owned()));
            self.open(waiting);
        }
        let named = (!self.desk.keeping.is_untitled).then(|| path.to_owned());
        self.look_around(named);
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
        self.put_away(NextStep::Begin);
    }

    /// Does this with another project as soon as all of this one is on the disk.
    fn put_away(&mut self, step: NextStep) {
        if self.desk.incoming.n_waiting > 0 {
            self.tell_busy("Files are still being read into this project; wait for them, or cancel");
            return;
        }
        self.hand_over(true);
        self.next = Some(Next::new(step));
    }

    fn begin_now(&mut self) {
        self.desk.open_project(Snapshot::default(), Default::default(), Keeping::default());
        if let Some((keeper, _)) = &self.keeping {
            keeper.begin(None, Snapshot::default());
        }
        self.look_around(None);
    }

    /// Is this the very project that is open, or about to be? Its file is not looked at a second time: whoever closes it lets
    /// go of the locks of all who have it open in one process.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.is_here(path) || self.is_coming(path)
    }

    fn is_here(&self, path: &Path) -> bool {
        self.desk.keeping.path.as_deref().is_some_and(|here| same_file(here, path))
    }

    fn is_coming(&self, path: &Path) -> bool {
        matches!(&self.next, Some(Next { step: NextStep::Open(coming, _), .. }) if same_file(coming, path))
    }

    /// The last wish is what is open; another project that was on its way is not opened.
    fn stay(&mut self) {
        self.next.take_if(|next| matches!(next.step, NextStep::Open(..)));
    }

    /// Says why the project can't be put away now.
    fn tell_busy(&mut self, words: &str) {
        self.desk.state.toast = Some(Toast::with_link(words.to_owned(), "Save as", Action::SaveAs));
    }

    /// There is nothing to save in a file of the reader's own that can be written; whoever asks wants to be sure.
    pub(super) fn save(&mut self) {
        self.hand_over(true);
        let keeping = &self.desk.keeping;
        let name = keeping.path.as_deref().and_then(Path::file_name).filter(|_| keeping.is_readers_own());
        match name.map(|name| name.to_string_lossy().into_owned()) {
            Some(name) => {
                let words = format!("Every step is saved in {name} as it is done");
                self.desk.state.toast = Some(Toast::with_link(words, "Save as", Action::SaveAs));
            }
            None => self.ask_place(),
        }
    }

    pub(super) fn ask_place(&self) {
        self.jobs.ask(Question::ProjectPlace(self.project_file_name()));
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
