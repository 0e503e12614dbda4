//! The window around the desk: jobs, clipboard, dialogs, zoom, and files that are dropped.
//!
//! How it comes on the screen is the business of [`start`](crate::gui::start).

mod asked;
mod briefed;
mod kept;
mod liked;
mod watched;

use std::path::PathBuf;
use std::sync::Arc;

use self::kept::Next;
use egui::ViewportCommand;

use crate::analysis::Progress;
use crate::gui::action::{self, Action};
use crate::gui::briefing::saving::PageFormat;
use crate::gui::crash::Watch;
use crate::gui::desk::Desk;
use crate::gui::dialogs::Question;
use crate::gui::jobs::{Jobs, Outcome, Task};
use crate::gui::notice::Notice;
use crate::gui::settings::Settings;
use crate::gui::settings::kept::Kept;
use crate::gui::snapshot::Picture;
use crate::gui::state::{ImageSize, Raw, Sheet, State, Toast};
use crate::gui::theme::Theme;
use crate::gui::{codebooks, compare, exporting, frame, incoming, rereading, search, words};
use crate::project::clusters;
use crate::project::home::Home;
use crate::project::keeper::Keeper;

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
    /// A project that was held when it was asked for, and is looked at once more.
    asked_again: Option<PathBuf>,
    /// The title the window has.
    title: String,
    /// When the window was remembered last, in seconds of its clock.
    remembered_at: f64,
    /// Close whatever is unsaved.
    may_close: bool,
    /// What is done as soon as all is on the disk.
    next: Option<Next>,
    /// What watches over it; none in pictures and in tests of something else.
    watch: Option<Arc<Watch>>,
    /// What is still to be told of the session before.
    left: Option<Toast>,
}

impl Window {
    /// Starts reading `paths`, or the built-in articles where there are none.
    pub fn new(desk: Desk, jobs: Jobs, paths: Vec<PathBuf>) -> Self {
        Self::kept(desk, jobs, None, paths)
    }

    /// As [`new`](Self::new), with the project kept on the disk. Without paths, work that was left without a name comes
    /// back.
    pub fn kept(desk: Desk, jobs: Jobs, keeping: Option<(Keeper, Home)>, paths: Vec<PathBuf>) -> Self {
        let mut window = Self::bare(desk, jobs, keeping);
        match (&window.keeping, paths.is_empty()) {
            (Some((_, home)), true) => window.jobs.start(Task::Start(home.clone())),
            (None, true) => window.jobs.start(Task::Sample),
            (_, false) => window.open(paths),
        }
        window
    }

    /// With nothing on the desk, and nothing on its way.
    fn bare(mut desk: Desk, jobs: Jobs, keeping: Option<(Keeper, Home)>) -> Self {
        let settings = keeping.as_ref().map(|(_, home)| Kept::open(home.clone()));
        let settings = settings.map(|(kept, settings)| {
            desk.settings = settings;
            kept
        });
        let window = Self {
            desk,
            jobs,
            keeping,
            settings,
            applied: None,
            actions: Vec::new(),
            n_pasted: 0,
            asked_again: None,
            title: String::new(),
            remembered_at: 0.0,
            may_close: false,
            next: None,
            watch: None,
            left: None,
        };
        window.look_around(None);
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

    /// Tells this over the view until it is closed.
    #[must_use]
    pub fn with_notices(mut self, notices: impl IntoIterator<Item = Notice>) -> Self {
        self.desk.state.notices.extend(notices);
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
        if let [path] = paths.as_slice()
            && self.holds(path)
        {
            self.desk.state.toast = Some(Toast::new("This project is open here already".to_owned()));
            return;
        }
        if !paths.is_empty() {
            self.read(paths);
        }
    }

    fn read(&mut self, paths: Vec<PathBuf>) {
        if self.desk.incoming.progress.is_cancelled() {
            self.desk.incoming.progress = Progress::default();
        }
        let (kept, home) = self.keeping.as_ref().map(|(keeper, home)| (keeper.originals(), home.clone())).unzip();
        self.jobs.start(Task::Read { paths, progress: self.desk.incoming.progress.clone(), home, kept });
    }

    fn take_outcomes(&mut self, ctx: &egui::Context) {
        for outcome in self.jobs.take() {
            match outcome {
                Outcome::Sample(documents) => {
                    self.take_sample(documents);
                }
                Outcome::HandedOver(paths) => self.take_over(ctx, paths),
                Outcome::Found(paths) => incoming::found(&mut self.desk, paths),
                Outcome::Project(path, opened) => self.take_project(&path, opened),
                Outcome::Kept(news) => self.take_news(news),
                Outcome::Known { recent, left } => {
                    (self.desk.keeping.recent, self.desk.keeping.left) = (recent, left);
                }
                Outcome::Read(batch) => incoming::take(&mut self.desk, batch),
                Outcome::ReadStopped(n_files) => incoming::stopped(&mut self.desk, n_files),
                Outcome::Clusters(reading) => self.take_clusters(reading),
                Outcome::Reread { old, new, encoding } => rereading::take(&mut self.desk, old, new, encoding),
                Outcome::Redated { facts_off, hash, published } => self.desk.take_dates(facts_off, &hash, published),
                Outcome::Raw { asked, raw } => {
                    if let Some(Sheet::Inspect(inspect)) = &mut self.desk.state.sheet {
                        inspect.take(asked, raw);
                    }
                }
                Outcome::Searched(found) => search::take(&mut self.desk, found),
                Outcome::Places { of, places } => words::found::take(&mut self.desk, of, places),
                Outcome::Analyzed { generation, analysis } => self.desk.take_analysis(generation, analysis),
                Outcome::Cancelled => {}
                Outcome::Failed(job) => self.take_fault(job),
                Outcome::Picture(picture) => self.copy_picture(ctx, &picture),
                Outcome::Compared(compared) => compare::articles::job::take(&mut self.desk, compared),
                Outcome::PageMade(made) => self.desk.state.briefing.take(made),
                Outcome::PageCopied(image) => self.take_copied(ctx, image),
                Outcome::PageSaved(format, saved) => self.take_saved(format, saved),
                Outcome::Saved(Ok(path)) => self.desk.state.message = format!("Saved {}", path.display()),
                Outcome::Saved(Err(error)) => {
                    let words = format!("The picture was not saved; choose another place ({error})");
                    self.desk.state.toast = Some(Toast::with_link(words, "Save image", Action::SaveImage));
                }
                Outcome::Chosen(question, answer) => self.take_chosen(ctx, question, answer),
                Outcome::Listed(listing) => self.take_listing(listing),
                Outcome::PathChecked(text, verdict) => self.take_verdict(ctx, &text, verdict),
                Outcome::Examined(examined) => self.take_examined(examined),
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

    /// Opens what a second start of the program was given, and comes to the front, as that one would have.
    fn take_over(&mut self, ctx: &egui::Context, paths: Vec<PathBuf>) {
        ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
        ctx.send_viewport_cmd(ViewportCommand::Focus);
        // Where the desktop lets no window take the front, it shows at least that one asks for it.
        ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(egui::UserAttentionType::Informational));
        self.open(paths);
    }

    /// Takes what was read of passim's output, and tells what was not.
    fn take_clusters(&mut self, reading: clusters::Reading) {
        let failures = reading.failures.iter().map(|it| format!("{}: {}. {}", it.name, it.message, it.next_step));
        let notes = failures.chain(reading.bad_lines.iter().map(clusters::BadLines::words)).collect();
        self.desk.take_clusters(reading.clusters, notes);
    }

    fn copy_picture(&mut self, ctx: &egui::Context, picture: &Picture) {
        let image = &picture.image;
        let size = [image.width as usize, image.height as usize];
        ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied(size, &image.rgba));
        self.desk.state.message = "The picture is on the clipboard".to_owned();
    }

    /// Asks for the file of the article whose reading is shown, again where undo gave it another encoding.
    fn look_at_raw(&mut self) {
        let Some(Sheet::Inspect(inspect)) = &mut self.desk.state.sheet else { return };
        let Some(document) = self.desk.project.documents().iter().find(|it| it.id == inspect.document) else {
            // Undo closed the article.
            if inspect.raw == Raw::Wanted {
                self.desk.state.sheet = None;
            }
            return;
        };
        if inspect.raw == Raw::Wanted || inspect.encoding != document.encoding.name {
            inspect.encoding.clone_from(&document.encoding.name);
            inspect.raw = Raw::Reading(self.jobs.look_at(Arc::clone(document)));
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
            Action::Open => self.jobs.ask(Question::Files),
            Action::OpenFolder => self.jobs.ask(Question::Folders),
            Action::TypePath(question) => self.show_path_sheet(question, String::new()),
            Action::Computer => self.show_computer(),
            Action::OpenPaths(paths) => self.open(paths),
            Action::ReadAs(document, encoding) => {
                let documents = rereading::parts_of(&self.desk, document);
                let originals = self.keeping.as_ref().map(|(keeper, _)| keeper.originals());
                self.jobs.start(Task::Reread { documents, encoding: encoding.map(str::to_owned), originals });
            }
            Action::NewProject => self.begin_anew(),
            Action::OpenSample => self.jobs.start(Task::Sample),
            Action::Save => self.save(),
            Action::SaveAs => self.ask_place(),
            Action::WriteProject(path) => self.save_as(path),
            Action::CloseAnyway => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Action::OpenCodebook => self.jobs.ask(Question::Codebook),
            Action::SaveCodebook => self.jobs.ask(Question::CodebookPlace),
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
                self.desk.state.sheet =
                    Some(Sheet::Image { path: self.place_field(&path), size: ImageSize::default() });
            }
            Action::Export => {
                let kind = exporting::ExportKind::default();
                self.desk.state.sheet = Some(Sheet::Export { path: self.place_field(kind.file_name()), kind });
            }
            Action::ChooseExportPath => {
                if let Some(Sheet::Export { kind, .. }) = &self.desk.state.sheet {
                    self.jobs.ask(Question::Place(kind.file_name().to_owned()));
                }
            }
            Action::WriteExport(path, kind) => {
                self.jobs.start(Task::Export { desk: Box::new(self.desk.clone()), kind, path });
            }
            Action::ChooseImagePath => {
                let name = format!("throughline-{}.png", self.desk.state.view.name().to_lowercase());
                self.jobs.ask(Question::Place(name));
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
            self.note(&action);
            if let Some(rest) = self.desk.perform(action) {
                self.perform(ctx, rest);
            }
        }
        self.apply_settings(ctx);
        self.take_outcomes(ctx);
        self.serve_field();
        self.look_at_raw();
        self.date_again();
        self.analyze();
        self.brief();
        if let Some(asked) = compare::articles::job::due(&mut self.desk) {
            self.jobs.compare(asked);
        }
        self.keep(ctx);
        self.keep_settings(ctx);
        self.be_watched(ctx);
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
