//! Whatever a hand or a cat does to the window, it lives, answers, and loses nothing.
//!
//! Seeded events on each view: keys, words, clicks, drags, wheel, files good and broken, sizes, zoom. After each burst
//! what is chosen exists and undo goes all the way; at the end of each sitting the file holds the project, and the next
//! sitting begins with it. `THROUGHLINE_SOAK=full cargo test --release --test gui_soak` lets ten thousand happen on each
//! view, and a hundred thousand in [`day`], on a project of a thousand articles; `THROUGHLINE_SEED` takes another seed. A
//! failure tells what happened last.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

mod checks;
mod day;
mod events;
mod gauge;
#[path = "../broken/good.rs"]
#[allow(dead_code, reason = "made for the test of broken files")]
mod good;
mod life;
mod model;
#[path = "../broken/mutate.rs"]
mod mutate;
#[path = "../support/prose/mod.rs"]
mod prose;
#[path = "../support/window.rs"]
mod window;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use throughline::gui::action::Action;
use throughline::gui::desk::Desk;
use throughline::gui::state::ViewKind;
use throughline::gui::theme::Theme;
use throughline::gui::window::Window;
use throughline::project::home::Home;

use events::{Act, Room};
use mutate::Random;

/// A frame that takes longer hangs.
const HANG: Duration = Duration::from_secs(2);
/// So much happens before the rules are looked at.
const BURST: usize = 10;
/// So much happens before the window is closed and opened again.
const SITTING: usize = 200;
/// So many sittings go on with one project.
const SITTINGS: usize = 5;

/// Where the events fall.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scene {
    View(ViewKind),
    Library,
    Search,
    Empty,
}

#[test]
fn read_bears_anything() {
    soak(Scene::View(ViewKind::Read), 1);
}

#[test]
fn phrases_bears_anything() {
    soak(Scene::View(ViewKind::Phrases), 2);
}

#[test]
fn positions_bears_anything() {
    soak(Scene::View(ViewKind::Positions), 3);
}

#[test]
fn compare_bears_anything() {
    soak(Scene::View(ViewKind::Compare), 4);
}

#[test]
fn briefing_bears_anything() {
    soak(Scene::View(ViewKind::Briefing), 5);
}

#[test]
fn the_library_bears_anything() {
    soak(Scene::Library, 6);
}

#[test]
fn the_search_bears_anything() {
    soak(Scene::Search, 7);
}

#[test]
fn an_empty_window_bears_anything() {
    soak(Scene::Empty, 8);
}

fn seed() -> u64 {
    std::env::var("THROUGHLINE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

fn is_full() -> bool {
    std::env::var("THROUGHLINE_SOAK").is_ok_and(|soak| soak == "full")
}

fn soak(scene: Scene, number: u64) {
    watch_threads();
    let seed = seed() * 100 + number;
    let n_acts = if is_full() { 10_000 } else { 400 };
    let mut random = Random::new(seed);
    let files = files();
    let mut homes = Vec::new();
    let mut trail = Trail { scene, seed, acts: Vec::new(), slowest: Duration::ZERO, hang: HANG };
    for sitting in 0..n_acts / SITTING {
        if sitting % SITTINGS == 0 {
            homes.push(tempfile::tempdir().unwrap());
        }
        let home = homes.last().unwrap().path();
        let mut room = open(home, |_| {});
        checks::rest(&mut room);
        for act_idx in 0..SITTING {
            if act_idx % BURST == 0 {
                go_to(&mut room, scene);
            }
            let act = events::any(&mut random, &room, files);
            trail.acts.push(act.clone());
            let start = Instant::now();
            events::happen(&mut room, &act);
            trail.note(start.elapsed());
            if act_idx % BURST == BURST - 1 {
                room.run_steps(2);
                assert_eq!(n_panics(), 0, "a thread of the window panicked");
                let desk = room.state().desk();
                checks::selection_exists(desk);
                checks::undo_goes_all_the_way(&desk.project);
            }
        }
        checks::close(room);
    }
    println!("{scene:?}: {n_acts} events, the slowest took {:?}", trail.slowest);
    trail.acts.clear();
}

/// A window that keeps what is done in `home`; `note` looks at what each frame is about to show.
fn open(home: &Path, mut note: impl FnMut(&Desk) + 'static) -> Room {
    let (desk, mut jobs) = window::desk_and_jobs();
    let home = Home::at(home.to_owned());
    let keeper = jobs.keep_at(home.clone());
    let show = move |ui: &mut egui::Ui, window: &mut Window| {
        window.advance(&ui.ctx().clone());
        note(window.desk());
        window.show(ui);
    };
    Harness::builder()
        .with_size([1280.0, 800.0])
        .with_step_dt(0.05)
        .allow_missing_glyphs()
        .with_context_setup(|ctx: &egui::Context| Theme::install(ctx))
        .build_ui_state(show, Window::kept(desk, jobs, Some((keeper, home)), Vec::new()))
}

/// Puts the scene back in front, as a reader would go there.
fn go_to(room: &mut Room, scene: Scene) {
    let desk = room.state().desk();
    let actions = match scene {
        Scene::View(view) if desk.state.view == view && !desk.state.library.is_open => Vec::new(),
        Scene::View(view) => vec![Action::Show(view)],
        Scene::Library if desk.state.library.is_open => Vec::new(),
        Scene::Library => vec![Action::ToggleLibrary],
        Scene::Search => vec![Action::Clear, Action::Find],
        Scene::Empty if desk.corpus().is_empty() => Vec::new(),
        Scene::Empty => vec![Action::NewProject],
    };
    for action in actions {
        room.state_mut().ask(action);
    }
    room.step();
    if scene == Scene::Search {
        events::happen(room, &Act::Type("missile OR korea".to_owned()));
        room.run_steps(6);
    }
}

/// Files to drop: good ones of each format, and broken ones. Everything a test writes without a full path lands beside
/// them.
fn files() -> &'static [PathBuf] {
    static FILES: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FILES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap().keep();
        let paths = write_files(&folder);
        std::fs::create_dir(folder.join("work")).unwrap();
        std::env::set_current_dir(folder.join("work")).unwrap();
        paths
    })
}

/// Writes them into a folder; the last one is not there.
fn write_files(folder: &Path) -> Vec<PathBuf> {
    let good = good::good_files();
    let mut random = Random::new(9);
    let mut all: Vec<(String, Vec<u8>)> = good.iter().map(|it| (it.name.clone(), it.bytes.clone())).collect();
    all.push(("harbor.txt".to_owned(), window::HARBOR.into()));
    all.extend((0..16).map(|number| mutate::broken(&mut random, &good, number)));
    let write = |(name, bytes): (String, Vec<u8>)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut paths: Vec<PathBuf> = all.into_iter().map(write).collect();
    paths.push(folder.join("nowhere.txt"));
    paths
}

static N_PANICS: AtomicUsize = AtomicUsize::new(0);

fn n_panics() -> usize {
    N_PANICS.load(Ordering::Relaxed)
}

/// Counts panics of the window's own threads: one in a job would only look like an answer that never comes.
fn watch_threads() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // Threads of tests have names.
            if std::thread::current().name().is_none() {
                N_PANICS.fetch_add(1, Ordering::Relaxed);
            }
            tell(panic);
        }));
    });
}

/// What happened, told when the test fails.
struct Trail {
    scene: Scene,
    seed: u64,
    acts: Vec<Act>,
    slowest: Duration,
    /// What takes longer hangs.
    hang: Duration,
}

impl Trail {
    fn note(&mut self, took: Duration) {
        self.slowest = self.slowest.max(took);
        assert!(took < self.hang, "the window hung for {took:?}");
    }
}

impl Drop for Trail {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let n_acts = self.acts.len();
            let last = &self.acts[n_acts.saturating_sub(30)..];
            eprintln!("{:?}, seed {}: {n_acts} events, the last of them {last:#?}", self.scene, self.seed);
        }
    }
}
