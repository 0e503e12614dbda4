//! How the window comes on the screen, on the machines people have.
//!
//! Another window of this desktop takes what is to be opened, where there is one ([`single`]). Else one is made: drawn with
//! OpenGL, with wgpu where it was built in, and at last by the processor alone ([`software`]), which works wherever there are
//! windows; [`ladder`] has the order. The libraries allow one connection to the screen a process, so the last rung, and a
//! desktop on which X11 does not answer, need the program to begin anew: [`run`] says so, and its caller does it.

pub mod anew;
pub mod display;
pub mod ladder;
pub mod launcher;
pub mod probe;
pub mod single;
pub mod software;

use std::cell::Cell;
use std::ffi::OsString;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::thread;

use jiff::civil::Date;

use self::display::Display;
use self::ladder::Renderer;
use crate::gui::codebooks::Given;
use crate::gui::crash::again::Again as StartAgain;
use crate::gui::crash::{self, LostScreen, Watch};
use crate::gui::desk::Desk;
use crate::gui::icon;
use crate::gui::jobs::Jobs;
use crate::gui::notice::Notice;
use crate::gui::system_fonts::SystemFonts;
use crate::gui::theme::Theme;
use crate::gui::window::Window;
use crate::project::home::Home;

/// What the window starts with.
#[derive(Debug)]
pub struct Launch {
    /// Files and folders to open; none for the built-in articles.
    pub paths: Vec<PathBuf>,
    /// What passim wrote of these articles: its output folder, or files of it.
    pub passim: Vec<PathBuf>,
    pub codebook: Given,
    pub today: Date,
    /// The program that reads hostile files in a process of its own, usually this very program.
    pub worker: Option<PathBuf>,
    /// Where work without a name lives, `None` to keep nothing.
    pub home: Option<Home>,
    /// Where the reader's own templates lie.
    pub templates: Option<PathBuf>,
    /// The only way to draw that is tried; `None` for all of them in turn.
    pub renderer: Option<Renderer>,
    /// Why no faster way to draw worked, where that was tried before.
    pub because: Option<String>,
    /// The name under which later starts find this window, and the right to take it.
    pub place: Option<single::Place>,
    /// The report of the window before this one, where it stopped and this start takes its place.
    pub after_crash: Option<PathBuf>,
    /// The arguments with which a start after a fault is like this one.
    pub again: Vec<OsString>,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The window was closed.
    Closed,
    /// Nothing came up, and this process cannot try again: the program has to begin anew.
    Again(Again),
}

/// What another process of the program has to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    pub renderer: Option<Renderer>,
    /// The screen it has to ask for.
    pub display: Display,
    /// What went wrong first.
    pub because: String,
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// Where no window can be shown: no display, or no way to draw on it. What went wrong first is told.
/// [`Stopped`](crash::again::Stopped) where it could be, and failed.
pub fn run(launch: Launch) -> anyhow::Result<Ended> {
    let again = StartAgain::this_program(launch.again.clone());
    let (home, after_crash) = (launch.home.clone(), launch.after_crash.clone());
    let ended = crash::guarded(home.as_ref(), after_crash.as_deref(), &again, |watch| run_watched(launch, watch))?;
    Ok(ended.unwrap_or(Ended::Closed))
}

fn run_watched(launch: Launch, watch: &Arc<Watch>) -> anyhow::Result<Ended> {
    let failed = launch.home.as_ref().and_then(crash::marker::failed_renderer);
    let rungs = ladder::rungs(launch.renderer, failed.as_deref());
    let skipped = || failed.as_ref().map(|_| "the last starts ended while it was tried".to_owned());
    let mut first_error = launch.because.clone().or_else(skipped);
    let display = Display::asked_for();
    let ctx = egui::Context::default();
    Theme::install(&ctx);
    ctx.add_font_provider(SystemFonts::listed_ahead());
    let is_last_resort = rungs.first() == Some(&Renderer::Software) && first_error.is_some();
    let notices = [
        (display == Display::Wayland).then_some(Notice::NoDropping),
        is_last_resort.then_some(Notice::DrawnByProcessor),
    ];
    let (window, _place) = window(launch, &ctx, watch);
    // A way of drawing that fails leaves the window for the next one.
    let waiting = Waiting::new(window.with_notices(notices.into_iter().flatten()));
    for (idx, renderer) in rungs.into_iter().enumerate() {
        if renderer == Renderer::Software && idx > 0 {
            waiting.put_away();
            let because = first_error.unwrap_or_default();
            return Ok(Ended::Again(Again { renderer: Some(renderer), display, because }));
        }
        watch.tries(renderer.name());
        let shown = match renderer {
            Renderer::Software => software::run(&ctx, &waiting),
            Renderer::OpenGl => with_eframe(eframe::Renderer::Glow, &ctx, &waiting, false),
            #[cfg(feature = "wgpu")]
            Renderer::Wgpu => with_eframe(eframe::Renderer::Wgpu, &ctx, &waiting, first_error.is_some()),
            #[cfg(not(feature = "wgpu"))]
            Renderer::Wgpu => Err(Failure::other("this program was built without wgpu")),
        };
        let Err(failure) = shown else { return Ok(Ended::Closed) };
        if waiting.was_taken() {
            return Err(LostScreen.into());
        }
        let because = first_error.get_or_insert(failure.why).clone();
        if failure.is_display {
            if display == Display::X11 && Display::has_wayland() {
                waiting.put_away();
                return Ok(Ended::Again(Again { renderer: None, display: Display::Wayland, because }));
            }
            break;
        }
    }
    waiting.put_away();
    Err(anyhow::anyhow!(first_error.unwrap_or_default()))
}

/// The window before it is on the screen. Reading starts at once, so that the first frame has something to show.
fn window(launch: Launch, ctx: &egui::Context, watch: &Arc<Watch>) -> (Window, Option<single::Taken>) {
    let wake = ctx.clone();
    let given = launch.codebook;
    let codebook = Arc::clone(&given.codebook);
    let tasks = Arc::clone(watch);
    let begins = Arc::new(move |job| tasks.begins(job));
    let mut jobs = Jobs::noted(codebook, launch.today, launch.worker, move || wake.request_repaint(), begins);
    let wake = ctx.clone();
    crash::end_when_asked(watch, move || wake.request_repaint());
    if let Some(file) = &given.file {
        jobs.watch_codebook(file.clone());
    }
    let place = launch.place.map(|place| place.listen(jobs.hand_over()));
    let keeping = launch.home.map(|home| (jobs.keep_at(home.clone()), home));
    let mut desk = Desk::with_codebook(given, launch.today);
    desk.state.briefing.folder = launch.templates;
    let mut window = Window::watched(desk, jobs, keeping, launch.paths, watch).with_clusters(launch.passim);
    // The first frame looks like the others.
    window.apply_settings(ctx);
    (window, place)
}

/// The window that waits for somebody to draw it.
#[derive(Clone)]
struct Waiting(Rc<Cell<Option<Window>>>);

impl Waiting {
    fn new(window: Window) -> Self {
        Self(Rc::new(Cell::new(Some(window))))
    }

    /// For whoever has a place to draw it on, which is what launchers wait for.
    fn take(&self) -> Option<Window> {
        let window = self.0.take()?;
        thread::spawn(launcher::tell_started);
        Some(window)
    }

    fn give_back(&self, window: Window) {
        self.0.set(Some(window));
    }

    /// Did somebody draw it?
    fn was_taken(&self) -> bool {
        let window = self.0.take();
        let was_taken = window.is_none();
        self.0.set(window);
        was_taken
    }

    /// Writes what is left to write and lets go of the project, so that another process can have it.
    fn put_away(&self) {
        if let Some(mut window) = self.0.take() {
            window.close();
        }
    }
}

/// Why a window did not come up.
#[derive(Debug)]
struct Failure {
    why: String,
    /// Is it the screen that does not answer? Then no other way of drawing helps.
    is_display: bool,
}

impl Failure {
    fn other(why: impl Into<String>) -> Self {
        Self { why: why.into(), is_display: false }
    }

    fn display() -> Self {
        Self { why: "the display does not answer".to_owned(), is_display: true }
    }
}

impl From<eframe::Error> for Failure {
    /// In words for the reader; what the libraries say names files of their own sources.
    fn from(error: eframe::Error) -> Self {
        match error {
            eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => Self::display(),
            eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) | eframe::Error::OpenGL(_) => {
                Self::other("there is no OpenGL to draw it with")
            }
            #[cfg(feature = "wgpu")]
            eframe::Error::Wgpu(_) => Self::other("there is no graphics hardware to draw it with"),
            other => Self::other(other.to_string()),
        }
    }
}

/// `is_resort`: did another way fail before?
fn with_eframe(
    renderer: eframe::Renderer,
    ctx: &egui::Context,
    waiting: &Waiting,
    is_resort: bool,
) -> Result<(), Failure> {
    let waiting = waiting.clone();
    let creator: eframe::AppCreator<'_> = Box::new(move |creation| match waiting.take() {
        Some(window) => {
            let is_told = is_resort && is_by_processor(creation);
            Ok(Box::new(window.with_notices(is_told.then_some(Notice::DrawnByProcessor))))
        }
        None => Err("the window was given away".into()),
    });
    let options = eframe::NativeOptions {
        viewport: viewport(),
        renderer,
        // Asked with care for systems that have none.
        system_font_fallback: false,
        centered: true,
        event_loop_builder: Some(Box::new(display::ask_for)),
        ..eframe::NativeOptions::default()
    };
    Ok(eframe::run_native_ext("Throughline", options, Some(ctx.clone()), creator)?)
}

/// Does the processor stand in for a graphics card?
#[cfg(feature = "wgpu")]
fn is_by_processor(creation: &eframe::CreationContext<'_>) -> bool {
    let state = creation.wgpu_render_state.as_ref();
    state.is_some_and(|state| state.adapter.get_info().device_type == wgpu::DeviceType::Cpu)
}

#[cfg(not(feature = "wgpu"))]
fn is_by_processor(_: &eframe::CreationContext<'_>) -> bool {
    false
}

/// The window as the desktop knows it.
fn viewport() -> egui::ViewportBuilder {
    egui::ViewportBuilder::default()
        .with_title("Throughline")
        .with_app_id("throughline")
        .with_icon(icon::icon())
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([560.0, 400.0])
}
