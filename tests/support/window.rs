//! The window in a test: read, analyzed and drawn as on screen, without a display.

#![allow(dead_code, reason = "not every test uses every helper")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;
use throughline::codebook::Codebook;
use throughline::gui::desk::Desk;
use throughline::gui::jobs::Jobs;
use throughline::gui::theme::Theme;
use throughline::gui::window::Window;
use throughline::project::home::Home;

/// Words for an article on a harbor.
pub const HARBOR: &str = "Harbor council widens the pier\n\nThe council said on Monday 4 March 2019 that it will widen the \
    pier and dredge the channel. \"We are of course concerned about the dredging of the channel,\" mayor Ana Lund said.\n";

/// A window on `paths` (none for the built-in articles), run until nothing is left to do.
pub fn window(paths: Vec<PathBuf>) -> Harness<'static, Window> {
    window_with(paths, Vec::new())
}

/// As [`window`], with what passim wrote of the articles.
pub fn window_with(paths: Vec<PathBuf>, passim: Vec<PathBuf>) -> Harness<'static, Window> {
    let (desk, jobs) = desk_and_jobs();
    shown(Window::new(desk, jobs, paths).with_clusters(passim))
}

/// As [`window`], with what is done kept on the disk; work without a name lives in `home`.
pub fn window_kept(home: &Path, paths: Vec<PathBuf>) -> Harness<'static, Window> {
    let (desk, mut jobs) = desk_and_jobs();
    let home = Home::at(home.to_owned());
    let keeper = jobs.keep_at(home.clone());
    shown(Window::kept(desk, jobs, Some((keeper, home)), paths))
}

/// As [`window`] on the built-in articles, with a folder of templates.
pub fn window_with_templates(folder: &Path) -> Harness<'static, Window> {
    let (mut desk, jobs) = desk_and_jobs();
    desk.state.briefing.folder = Some(folder.to_owned());
    shown(Window::new(desk, jobs, Vec::new()))
}

pub fn desk_and_jobs() -> (Desk, Jobs) {
    let codebook = Arc::new(Codebook::built_in());
    let today = date(2026, 1, 1);
    let worker = Some(PathBuf::from(env!("CARGO_BIN_EXE_throughline")));
    // No dialog comes up in a test, as on a system without any.
    let jobs = Jobs::new(Arc::clone(&codebook), today, worker, || {}).with_dialogs(Arc::new(|_| None), None);
    (Desk::new(codebook, today), jobs)
}

/// A window as on screen, run until nothing is left to do.
pub fn shown(window: Window) -> Harness<'static, Window> {
    let mut harness = drawn(window);
    settle(&mut harness);
    harness
}

/// A window as on screen, whatever is on its way.
pub fn drawn(window: Window) -> Harness<'static, Window> {
    let show = |ui: &mut egui::Ui, window: &mut Window| {
        window.advance(&ui.ctx().clone());
        window.show(ui);
    };
    Harness::builder()
        .with_size([1280.0, 800.0])
        .allow_missing_glyphs()
        .with_context_setup(|ctx: &egui::Context| Theme::install(ctx))
        .build_ui_state(show, window)
}

/// Steps until files are read and analyzed.
pub fn settle(harness: &mut Harness<'static, Window>) {
    let start = Instant::now();
    for n_steps in 0.. {
        harness.step();
        let desk = harness.state().desk();
        let is_done = desk.incoming.n_waiting == 0 && desk.is_current() && n_steps > 4;
        if is_done && !desk.corpus().is_empty() {
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "nothing came back");
        std::thread::sleep(Duration::from_millis(5));
    }
    harness.run_steps(4);
}

pub fn press(harness: &mut Harness<'static, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

pub fn click(harness: &mut Harness<'static, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(3);
}

/// A file as a file manager drops it.
#[derive(Debug)]
pub struct Dropped(PathBuf);

impl Dropped {
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }
}

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

pub fn drop_files(harness: &mut Harness<'static, Window>, paths: &[PathBuf]) {
    for path in paths {
        harness.input_mut().dropped_files.push(Arc::new(Dropped(path.clone())));
    }
    let n_before = harness.state().desk().corpus().len();
    let start = Instant::now();
    while harness.state().desk().corpus().len() == n_before
        && harness.state().desk().state.sheet.is_none()
        && harness.state().desk().state.toast.is_none()
        && start.elapsed() < Duration::from_secs(30)
    {
        harness.step();
        std::thread::sleep(Duration::from_millis(5));
    }
    settle(harness);
}

/// Steps until `is_done` says so.
pub fn wait(harness: &mut Harness<'static, Window>, what: &str, is_done: impl Fn(&Harness<'static, Window>) -> bool) {
    let start = Instant::now();
    while !is_done(harness) {
        harness.step();
        assert!(start.elapsed() < Duration::from_secs(30), "{what} did not come");
        std::thread::sleep(Duration::from_millis(5));
    }
    harness.run_steps(3);
}
