//! The window and what watches over it: what a report may tell of it, what the session before left, and tasks that fail.

use std::sync::Arc;
use std::time::Duration;

use egui::ViewportCommand;

use super::Window;
use crate::gui::action::Action;
use crate::gui::crash::job::{self, Job};
use crate::gui::crash::sheet::FaultSheet;
use crate::gui::crash::{Notice, Watch};
use crate::gui::desk::Desk;
use crate::gui::jobs::Jobs;
use crate::gui::state::{Sheet, Toast};
use crate::project::home::Home;
use crate::project::keeper::Keeper;

/// A frame that follows two others follows one that is on the screen.
const DRAWN: u64 = 2;

/// So long the line on the session before waits for something to open.
const WAITS_SECS: f64 = 4.0;

impl Window {
    /// The start under a watch. After a window that stopped nothing is opened unasked, since it may be what it stopped at.
    pub fn watched(
        desk: Desk,
        jobs: Jobs,
        keeping: Option<(Keeper, Home)>,
        paths: Vec<std::path::PathBuf>,
        watch: &Arc<Watch>,
    ) -> Self {
        let notice = watch.notice();
        let mut window = match notice {
            Some(Notice::Stopped { .. }) => Self::bare(desk, jobs, keeping),
            _ => Self::kept(desk, jobs, keeping, paths),
        };
        window.watch = Some(Arc::clone(watch));
        match notice {
            Some(Notice::Unended { project }) => {
                let words = "The last session did not end properly; your work is as of its last step".to_owned();
                let open = |path| Toast::with_link(words.clone(), "Open it again", Action::OpenPaths(vec![path]));
                window.left = Some(project.map_or_else(|| Toast::new(words.clone()), open));
            }
            Some(stopped) => window.desk.state.sheet = FaultSheet::of_notice(stopped).map(Sheet::Fault),
            None => {}
        }
        window
    }

    /// Notes what is asked for.
    pub(super) fn note(&self, action: &Action) {
        if let Some(watch) = &self.watch {
            watch.note(action);
        }
    }

    /// Notes what is open, and ends where the system asks for it.
    pub(super) fn be_watched(&mut self, ctx: &egui::Context) {
        let Some(watch) = &self.watch else { return };
        watch.saw(&self.desk);
        if ctx.cumulative_frame_nr() >= DRAWN {
            watch.drawn();
        }
        if self.left.is_some() {
            self.tell_left(ctx);
        }
        let Some(watch) = &self.watch else { return };
        if watch.should_end() && !self.may_close {
            self.may_close = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Tells of the session before as soon as there is something on the desk: what opens takes the line of before away.
    fn tell_left(&mut self, ctx: &egui::Context) {
        let has_opened = !self.desk.corpus().is_empty() && self.desk.incoming.n_waiting == 0;
        let state = &mut self.desk.state;
        let is_free = state.toast.is_none() && state.sheet.is_none();
        if is_free && (has_opened || ctx.input(|input| input.time) > WAITS_SECS) {
            state.toast = self.left.take();
        }
        ctx.request_repaint_after(Duration::from_millis(200));
    }

    /// What the desk holds after its own thread failed may be half done.
    pub(super) fn is_whole(&self) -> bool {
        self.watch.as_ref().is_none_or(|watch| !watch.has_stopped())
    }

    pub(super) fn take_fault(&mut self, job: Job) {
        let report = self.watch.as_ref().and_then(|watch| watch.take_report()).map(|report| report.text);
        job::take(&mut self.desk, job, report);
    }
}
