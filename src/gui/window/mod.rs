//! The window around the desk: jobs, clipboard, dialogs, zoom, and files that are dropped.

mod briefed;
mod kept;
mod liked;

use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use egui::ViewportCommand;
use jiff::civil::Date;

use self::kept::Next;

use crate::analysis::Progress;
use crate::document::DocumentId;
use crate::gui::action::{self, Action};
use crate::gui::briefing::saving::{PageFormat, PageSheet};
use crate::gui::codebooks::Given;
use crate::gui::desk::Desk;
use crate::gui::jobs::{Jobs, Outcome, Task};
use crate::gui::raw_file::RawFile;
use crate::gui::settings::Settings;
use crate::gui::settings::kept::Kept;
use crate::gui::snapshot::Picture;
use crate::gui::state::{ImageSize, Raw, Sheet, State, Toast};
use crate::gui::theme::Theme;
use crate::gui::{codebooks, compare, exporting, frame, icon, incoming, rereading, search, words};
use crate::project::clusters;
use crate::project::home::Home;
use crate::project::keeper::Keeper;

/// What the window starts with.
#[derive(Clone, Debug)]
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
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// Where no window can be shown: no display, or no way to draw on it.
pub fn run(launch: Launch) -> anyhow::Result<()> {
    let ctx = egui::Context::default();
    Theme::install(&ctx);
    let wake = ctx.clone();
    let given = launch.codebook;
    let codebook = Arc::clone(&given.codebook);
    let mut jobs = Jobs::new(codebook, launch.today, launch.worker, move || wake.request_repaint());
    if let Some(file) = &given.file {
        jobs.watch_codebook(file.clone());
    }
    // Reading starts before the window does, so that the first frame has something to show.
    let keeping = launch.home.map(|home| (jobs.keep_at(home.clone()), home));
    let mut desk = Desk::with_codebook(given, launch.today);
    desk.state.briefing.folder = launch.templates;
    let mut window = Window::kept(desk, jobs, keeping, launch.paths).with_clusters(launch.passim);
    // The first frame looks like the others.
    window.apply_settings(&ctx);
    // A renderer that fails leaves the window for the next one.
    let window = Rc::new(Cell::new(Some(window)));
    let mut first_error = None;
    for &renderer in RENDERERS {
        let waiting = Rc::clone(&window);
        let creator: eframe::AppCreator<'_> = Box::new(move |_| match waiting.take() {
            Some(window) => Ok(Box::new(window)),
            None => Err("the window was given away".into()),
        });
        match eframe::run_native_ext("Throughline", options(renderer), Some(ctx.clone()), creator) {
            Ok(()) => return Ok(()),
            // The errors after the first only say that something was tried before.
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    Err(anyhow::anyhow!(first_error.as_ref().map_or_else(String::new, why_not)))
}

/// The ways to draw, in the order in which they are tried.
const RENDERERS: &[eframe::Renderer] = &[
    eframe::Renderer::Glow,
    #[cfg(feature = "wgpu")]
    eframe::Renderer::Wgpu,
];

fn options(renderer: eframe::Renderer) -> eframe::NativeOptions {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Throughline")
        .with_app_id("throughline")
        .with_icon(icon::icon())
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([560.0, 400.0]);
    eframe::NativeOptions {
        viewport,
        renderer,
        centered: true,
        event_loop_builder: event_loop_builder(),
        ..eframe::NativeOptions::default()
    }
}

/// Why there is no window, in words for the reader; what the libraries say names files of their own sources.
fn why_not(error: &eframe::Error) -> String {
    match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => "the display does not answer".to_owned(),
        eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) | eframe::Error::OpenGL(_) => {
            "there is no OpenGL to draw it with".to_owned()
        }
        other => other.to_string(),
    }
}

/// On Unix the window asks for X11 where a display is set, since files cannot be dropped on native Wayland windows.
#[cfg(all(unix, not(target_os = "macos")))]
fn event_loop_builder() -> Option<eframe::EventLoopBuilderHook> {
    use winit::platform::x11::EventLoopBuilderExtX11 as _;
    let has_x11 = std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty());
    has_x11.then(|| -> eframe::EventLoopBuilderHook {
        Box::new(|builder| {
            builder.with_x11();
        })
    })
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn event_loop_builder() -> Option<eframe::EventLoopBuilderHook> {
    None
}

/// The desk in its window.
pub struct Window {
    desk: Desk,
    jobs: Jobs,
    /// Keeps the project, and where work without a name lives; none in pictures and in tests of something else.
    keeping: Option<(Keeper, Home)>,
    /// Keeps the settings; none where nothing is kept.
    settings: Option<Kept>,
    /// The settings that egui was last told of.
    applied: Option<Settings>,
    actions: Vec<Action>,
    n_pasted: u32,
    /// The title the window has.
    title: String,
    /// When the window was remembered last, in seconds of its clock.
    remembered_at: f64,
    /// Close whatever is unsaved.
    may_close: bool,
    /// What is done as soon as all is on the disk.
    next: Option<Next>,
}

impl Window {
    /// Starts reading `paths`, or the built-in articles where there are none.
    pub fn new(desk: Desk, jobs: Jobs, paths: Vec<PathBuf>) -> Self {
        Self::kept(desk, jobs, None, paths)
    }

    /// As [`new`](Self::new), with the project kept on the disk. Without paths, work that was left without a name comes
    /// back.
    pub fn kept(mut desk: Desk, jobs: Jobs, keeping: Option<(Keeper, Home)>, paths: Vec<PathBuf>) -> Self {
        let settings = keeping.as_ref().map(|(_, home)| Kept::open(home.clone()));
        let settings = settings.map(|(kept, settings)| {
            desk.settings = settings;
            kept
        });
        let mut window = Self {
            desk,
            jobs,
            keeping,
            settings,
            applied: None,
            actions: Vec::new(),
            n_pasted: 0,
            title: String::new(),
            remembered_at: 0.0,
            may_close: false,
            next: None,
        };
        window.look_around(None);
        match (&window.keeping, paths.is_empty()) {
            (Some((_, home)), true) => window.jobs.start(Task::Start(home.clone())),
            (None, true) => window.jobs.start(Task::Sample),
            (_, false) => window.open(paths),
        }
        window
    }

    /// Reads what passim wrote of the articles; the files are read first in their turn, so that both are compared at once.
    #[must_use]
    pub fn with_clusters(self, passim: Vec<PathBuf>) -> Self {
        if !passim.is_empty() {
            self.jobs.start(Task::Clusters(passim));
        }
        self
    }

    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Asks for something as a key or a click would; carried out in the next frame.
    pub fn ask(&mut self, action: Action) {
        self.actions.push(action);
    }

    fn open(&mut self, paths: Vec<PathBuf>) {
        if paths.is_empty() || self.is_open_already(&paths) {
            return;
        }
        if self.desk.incoming.progress.is_cancelled() {
            self.desk.incoming.progress = Progress::default();
        }
        let home = self.keeping.as_ref().map(|(_, home)| home.clone());
        self.jobs.start(Task::Read { paths, progress: self.desk.incoming.progress.clone(), home });
    }

    fn take_outcomes(&mut self, ctx: &egui::Context) {
        for outcome in self.jobs.take() {
            match outcome {
                Outcome::Sample(documents) => {
                    self.take_sample(documents);
                }
                Outcome::Found(paths) => incoming::found(&mut self.desk, paths),
                Outcome::Project(path, opened) => self.take_project(&path, opened),
                Outcome::Kept(news) => self.take_news(news),
                Outcome::Known { recent, left } => {
                    (self.desk.keeping.recent, self.desk.keeping.left) = (recent, left);
                }
                Outcome::ChosenProject(Some(path)) => self.save_as(path),
                Outcome::ChosenProject(None) => {
                    self.desk.state.sheet = Some(Sheet::SaveAs(here(&self.project_file_name())));
                }
                Outcome::Read(batch) => incoming::take(&mut self.desk, batch),
                Outcome::ReadStopped(n_files) => incoming::stopped(&mut self.desk, n_files),
                Outcome::Clusters(reading) => self.take_clusters(reading),
                Outcome::Reread { old, new, encoding } => rereading::take(&mut self.desk, old, new, encoding),
                Outcome::Redated { facts_off, hash, published } => self.desk.take_dates(facts_off, &hash, published),
                Outcome::Raw { document, raw } => self.take_raw(document, raw),
                Outcome::Searched(found) => search::take(&mut self.desk, found),
                Outcome::Places { of, places } => words::found::take(&mut self.desk, of, places),
                Outcome::Analyzed { generation, analysis } => self.desk.take_analysis(generation, analysis),
                Outcome::Cancelled => {}
                Outcome::Picture(picture) => self.copy_picture(ctx, &picture),
                Outcome::Compared(compared) => compare::articles::job::take(&mut self.desk, *compared),
                Outcome::PageMade(made) => self.desk.state.briefing.take(made),
                Outcome::PageCopied(image) => self.take_copied(ctx, image),
                Outcome::PageSaved(format, saved) => self.take_saved(format, saved),
                Outcome::Saved(Ok(path)) => self.desk.state.message = format!("Saved {}", path.display()),
                Outcome::Saved(Err(error)) => {
                    let words = format!("The picture was not saved; choose another place ({error})");
                    self.desk.state.toast = Some(Toast::with_link(words, "Save image", Action::SaveImage));
                }
                Outcome::ChosenFiles(Some(paths)) => self.open(paths),
                Outcome::ChosenFiles(None) => self.desk.state.sheet = Some(Sheet::Path(String::new())),
                Outcome::ChosenPlace(chosen) => self.take_place(chosen),
                Outcome::CodebookRead(read) => codebooks::take_file(&mut self.desk, read),
                Outcome::CodebookSaved(says) => self.desk.state.message = says,
                Outcome::Exported(Ok(path)) => self.desk.state.message = format!("Exported {}", path.display()),
                Outcome::Exported(Err(error)) => {
                    let words = format!("Nothing was exported; choose another place ({error})");
                    self.desk.state.toast = Some(Toast::with_link(words, "Export", Action::Export));
                }
            }
        }
    }

    /// Takes what was read of passim's output, and tells what was not.
    fn take_clusters(&mut self, reading: clusters::Reading) {
        let failures = reading.failures.iter().map(|it| format!("{}: {}. {}", it.name, it.message, it.next_step));
        let notes = failures.chain(reading.bad_lines.iter().map(clusters::BadLines::words)).collect();
        self.desk.take_clusters(reading.clusters, notes);
    }

    fn take_place(&mut self, chosen: Option<PathBuf>) {
        let Some(chosen) = chosen else {
            self.desk.state.message = "No file dialog came up; type the path".to_owned();
            return;
        };
        if let Some(Sheet::Image { path, .. } | Sheet::Export { path, .. } | Sheet::Page(PageSheet { path, .. })) =
            self.desk.state.sheet.as_mut().filter(|_| !chosen.as_os_str().is_empty())
        {
            *path = chosen.to_string_lossy().into_owned();
        }
    }

    fn copy_picture(&mut self, ctx: &egui::Context, picture: &Picture) {
        let image = &picture.image;
        let size = [image.width as usize, image.height as usize];
        ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied(size, &image.rgba));
        self.desk.state.message = "The picture is on the clipboard".to_owned();
    }

    fn take_raw(&mut self, document: DocumentId, raw: Result<RawFile, String>) {
        if let Some(Sheet::Inspect(inspect)) = &mut self.desk.state.sheet
            && inspect.document == document
            && inspect.raw == Raw::Reading
        {
            inspect.raw = raw.map_or_else(Raw::Gone, |raw| Raw::Here(Arc::new(raw)));
        }
    }

    /// Asks for the file of the article whose reading is shown.
    fn look_at_raw(&mut self) {
        let Some(Sheet::Inspect(inspect)) = &mut self.desk.state.sheet else { return };
        if inspect.raw != Raw::Wanted {
            return;
        }
        let id = inspect.document;
        match self.desk.open_document(id).cloned() {
            Some(document) => {
                self.jobs.look_at(document);
                if let Some(Sheet::Inspect(inspect)) = &mut self.desk.state.sheet {
                    inspect.raw = Raw::Reading;
                }
            }
            // Undo closed the article.
            None => self.desk.state.sheet = None,
        }
    }

    /// Starts the dating that is due after facts were switched.
    fn date_again(&mut self) {
        let Some((documents, facts_off)) = self.desk.due_dating() else { return };
        let codebook = Arc::clone(self.desk.codebook());
        let asked = (facts_off, codebook.hash.clone());
        if self.desk.started_dating.as_ref() != Some(&asked) {
            self.desk.started_dating = Some(asked.clone());
            self.jobs.start(Task::Redate { documents, codebook, facts_off: asked.0 });
        }
    }

    /// Starts the analysis that is due; one of an older state is stopped.
    fn analyze(&mut self) {
        let is_reading = self.desk.incoming.n_waiting > 0;
        let Some((generation, corpus, options)) = self.desk.due_analysis().filter(|_| !is_reading) else { return };
        if self.desk.started_generation == Some(generation) {
            return;
        }
        if let Some(old) = self.desk.progress.take() {
            old.cancel();
        }
        let progress = Progress::default();
        self.desk.progress = Some(progress.clone());
        self.desk.started_generation = Some(generation);
        let codebook = Arc::clone(self.desk.codebook());
        self.jobs.start(Task::Analyze { generation, corpus, codebook, options, progress });
    }

    /// What needs the window or the system.
    fn perform(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::Open => self.jobs.ask_for_files(),
            Action::OpenFolder => self.jobs.ask_for_folders(),
            Action::OpenPaths(paths) => self.open(paths),
            Action::ReadAs(document, encoding) => {
                let documents = rereading::parts_of(&self.desk, document);
                let originals = self.keeping.as_ref().map(|(keeper, _)| keeper.originals());
                self.jobs.start(Task::Reread { documents, encoding: encoding.map(str::to_owned), originals });
            }
            Action::NewProject => self.begin_anew(),
            Action::OpenSample => self.jobs.start(Task::Sample),
            Action::SaveAs => self.jobs.ask_for_project(self.project_file_name()),
            Action::WriteProject(path) => self.save_as(path),
            Action::CloseAnyway => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Action::OpenCodebook => self.jobs.ask_for_codebook(),
            Action::SaveCodebook => self.jobs.save_codebook(self.desk.codebook_text().clone()),
            Action::Search(query) => self.jobs.search(query, self.desk.corpus().clone()),
            Action::FindPhrase(of) => {
                let codebook = Arc::clone(self.desk.codebook());
                self.jobs.find_places(of, self.desk.corpus().clone(), codebook);
            }
            Action::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Action::PasteText(text) => {
                self.n_pasted += 1;
                self.jobs.start(Task::Paste { text, number: self.n_pasted });
            }
            Action::SavePage(format) => self.show_page_sheet(format),
            Action::SaveImage if self.is_briefing() => self.show_page_sheet(PageFormat::PNG),
            Action::WritePage(path, format) => self.save_page(path, format),
            Action::ChoosePagePath => self.choose_page_path(),
            Action::CopyImage if self.is_briefing() => self.copy_page(),
            Action::SaveImage => {
                let path =
                    format!("throughline-{}-{}.png", self.desk.state.view.name().to_lowercase(), self.desk.today());
                self.desk.state.sheet = Some(Sheet::Image { path: here(&path), size: ImageSize::default() });
            }
            Action::Export => {
                let kind = exporting::ExportKind::default();
                self.desk.state.sheet = Some(Sheet::Export { path: here(kind.file_name()), kind });
            }
            Action::ChooseExportPath => {
                if let Some(Sheet::Export { kind, .. }) = &self.desk.state.sheet {
                    self.jobs.ask_for_place(kind.file_name().to_owned());
                }
            }
            Action::WriteExport(path, kind) => {
                self.jobs.start(Task::Export { desk: Box::new(self.desk.clone()), kind, path });
            }
            Action::ChooseImagePath => {
                let name = format!("throughline-{}.png", self.desk.state.view.name().to_lowercase());
                self.jobs.ask_for_place(name);
            }
            Action::WriteImage(path) => self.draw(ctx, Some(path)),
            Action::CopyImage => self.draw(ctx, None),
            Action::CopyText(text) => ctx.copy_text(text),
            Action::ToggleMode => self.toggle_mode(ctx),
            desk => {
                // Everything else was carried out on the desk already.
                debug_assert!(false, "nobody carries out {desk:?}");
            }
        }
    }

    fn draw(&mut self, ctx: &egui::Context, path: Option<PathBuf>) {
        let size = match &self.desk.state.sheet {
            Some(Sheet::Image { size, .. }) => *size,
            _ => ImageSize::default(),
        };
        let mode = Theme::current(ctx).mode;
        self.jobs.start(Task::Picture { desk: Box::new(self.desk.clone()), size, mode, path });
    }
}

/// The path of a file of this name where the program was started.
fn here(name: &str) -> String {
    let path = std::env::current_dir().map_or_else(|_| PathBuf::from(name), |folder| folder.join(name));
    path.to_string_lossy().into_owned()
}

impl Window {
    /// Takes what was dropped, typed and done since the last frame, and carries it out.
    pub fn advance(&mut self, ctx: &egui::Context) {
        if self.keeping.is_some() {
            self.desk.project.set_time(jiff::Timestamp::now().as_second());
        }
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        self.open(dropped);
        let State { view, reading, .. } = &self.desk.state;
        action::from_keys(ctx, *view, reading.selected, &mut self.actions);
        for action in std::mem::take(&mut self.actions) {
            if let Some(rest) = self.desk.perform(action) {
                self.perform(ctx, rest);
            }
        }
        self.apply_settings(ctx);
        self.take_outcomes(ctx);
        self.look_at_raw();
        self.date_again();
        self.analyze();
        self.brief();
        if let Some(asked) = compare::articles::job::due(&mut self.desk) {
            self.jobs.compare(asked);
        }
        self.keep(ctx);
        self.keep_settings(ctx);
        if self.desk.progress.is_some() {
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
        }
    }

    /// Draws the frame and collects what it asks for.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        frame::frame_ui(ui, &mut self.desk, &mut self.actions);
        if !self.actions.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.advance(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
