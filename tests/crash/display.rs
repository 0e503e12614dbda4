//! The real window on a display: a fault in a frame, the end of a session, a display that goes away.
//!
//! Needs Xvfb; without it these tests say so and look at nothing.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use throughline::gui::crash::again::Again;
use throughline::gui::crash::guarded;
use throughline::gui::theme::Theme;
use throughline::gui::window::Window;
use throughline::project::home::Home;
use throughline::project::store::{Access, Store};

use super::window::{HARBOR, desk_and_jobs};
use super::{child, command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_throughline");

/// A display of its own, which ends with this value.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Option<Self> {
        let arguments = ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
        let started = Command::new("Xvfb").args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let Ok(mut server) = started else {
            println!("there is no Xvfb here, so nothing was looked at");
            return None;
        };
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Some(Self { server, name: format!(":{}", number.trim()) })
    }

    fn stop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }

    /// Lets a program show its windows here and keep its files in `folder`.
    fn shows<'a>(&self, command: &'a mut Command, folder: &Path) -> &'a mut Command {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env("HOME", folder);
        command.env("XDG_DATA_HOME", folder.join("data")).env("LIBGL_ALWAYS_SOFTWARE", "1")
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.stop();
    }
}

fn home(folder: &Path) -> Home {
    Home::at(folder.join("data/throughline/untitled"))
}

fn wait(what: &str, is_done: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(40);
    while !is_done() {
        assert!(Instant::now() < deadline, "{what} did not come");
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// What the sessions that run say of themselves.
fn sessions(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(home(folder).sessions()).into_iter().flatten();
    let texts = entries.filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok());
    texts.filter(|text| text.contains("\"pid\"")).collect()
}

fn start(display: &Display, folder: &Path) -> Child {
    let article = folder.join("harbor.txt");
    fs::write(&article, HARBOR).unwrap();
    let mut program = Command::new(PROGRAM);
    program.arg("--window").arg(&article).stderr(Stdio::null());
    let child = display.shows(&mut program, folder).spawn().unwrap();
    let is_shown = |text: &String| text.contains("\"is_drawn\":true") && text.contains("untitled-1.throughline");
    wait("the window", || sessions(folder).iter().any(is_shown));
    child
}

fn signal(process: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &process.id().to_string()]).status().unwrap().success());
}

/// Waits for its end, which comes before anybody loses patience.
fn ends(mut process: Child) -> std::process::ExitStatus {
    let deadline = Instant::now() + Duration::from_secs(15);
    loop {
        if let Some(status) = process.try_wait().unwrap() {
            return status;
        }
        if Instant::now() > deadline {
            let _ = process.kill();
            panic!("the program hangs");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn is_kept(folder: &Path) {
    let [left] = &home(folder).left()[..] else { panic!("no work is left") };
    let loaded = Store::open(&left.path, Access::default()).unwrap();
    assert_eq!((loaded.note, loaded.snapshot.project.documents().len()), (None, 1));
    loaded.store.check().unwrap();
}

#[test]
fn the_end_of_a_session_is_an_end() {
    let Some(display) = Display::start() else { return };
    for name in ["-TERM", "-HUP", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let program = start(&display, folder.path());
        signal(&program, name);
        assert_eq!(ends(program).code(), Some(0), "{name}");
        assert!(sessions(folder.path()).is_empty(), "{name}: nothing is told at the next start");
        is_kept(folder.path());
    }
}

#[test]
fn a_display_that_goes_away_ends_the_program_and_loses_nothing() {
    let Some(mut display) = Display::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let program = start(&display, folder.path());
    display.stop();
    ends(program);
    is_kept(folder.path());
}

#[test]
fn child_whose_frame_fails() {
    let Some(folder) = child("child_whose_frame_fails") else { return };
    let again = Again { program: Some(PathBuf::from(PROGRAM)), arguments: vec!["--window".into()] };
    let home = home(&folder);
    let ended = guarded(Some(&home), None, &again, |watch| {
        let ctx = egui::Context::default();
        Theme::install(&ctx);
        watch.tries("glow");
        let (desk, mut jobs) = desk_and_jobs();
        let keeper = jobs.keep_at(home.clone());
        let kept = Some((keeper, home.clone()));
        let window = Window::watched(desk, jobs, kept, vec![folder.join("harbor.txt")], watch);
        let options = eframe::NativeOptions { event_loop_builder: Some(Box::new(on_any_thread)), ..Default::default() };
        let app = Fails { window };
        eframe::run_native_ext("Throughline", options, Some(ctx), Box::new(|_| Ok(Box::new(app)))).unwrap();
        Ok(())
    });
    unreachable!("{ended:?}");
}

/// Tests run on threads that are not the first one.
fn on_any_thread(builder: &mut eframe::EventLoopBuilder<eframe::UserEvent>) {
    use winit::platform::x11::EventLoopBuilderExtX11 as _;
    builder.with_x11().with_any_thread(true);
}

/// The window, until something is kept; then a frame fails half drawn.
struct Fails {
    window: Window,
}

impl eframe::App for Fails {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        eframe::App::logic(&mut self.window, ctx, frame);
        ctx.request_repaint();
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        eframe::App::ui(&mut self.window, ui, frame);
        let keeping = &self.window.desk().keeping;
        assert!(keeping.path.is_none() || keeping.is_behind(), "a fault in a frame");
    }
}

#[test]
fn a_fault_in_a_frame_of_the_real_window_brings_up_another_one() {
    let Some(display) = Display::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("harbor.txt"), HARBOR).unwrap();
    let mut failing = command("display", "child_whose_frame_fails", folder.path());
    let failing = display.shows(&mut failing, folder.path()).spawn().unwrap();
    // The same process is another program by then.
    let is_new = || {
        let name = fs::read_link(format!("/proc/{}/exe", failing.id())).unwrap_or_default();
        let [session] = &sessions(folder.path())[..] else { return false };
        // Nothing is opened unasked.
        name == Path::new(PROGRAM) && session.contains("\"is_drawn\":true") && session.contains("\"project\":null")
    };
    wait("the other window", is_new);
    if let Ok(picture) = std::env::var("THROUGHLINE_CRASH_PICTURE") {
        std::thread::sleep(Duration::from_secs(2));
        let mut import = Command::new("import");
        import.args(["-window", "root", &picture]).env("DISPLAY", &display.name).status().unwrap();
    }
    is_kept(folder.path());
    signal(&failing, "-TERM");
    assert_eq!(ends(failing).code(), Some(0));
    assert!(sessions(folder.path()).is_empty());
    let reports = fs::read_dir(home(folder.path()).reports()).unwrap().count();
    assert_eq!(reports, 1);
}
