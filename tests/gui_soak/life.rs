//! One process of the day: it opens what was left, lets things happen, is looked at on the way, and ends as it is told.
//!
//! What it has to tell goes to the standard output, a line each: `opened`, `held`, `state`, `away`, `big`, then `now` when
//! it waits to be killed, or `closed`.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers, Vec2, vec2};
use throughline::gui::action::Action;
use throughline::gui::state::ViewKind;
use throughline::report::briefing::Subject;

use crate::checks;
use crate::events::{self, Act, Room};
use crate::gauge::Held;
use crate::model::Model;
use crate::mutate::Random;
use crate::{BURST, Scene, Trail, go_to, n_panics, open, watch_threads};

/// How a life goes.
#[derive(Clone, Debug)]
pub struct Plan {
    pub seed: u64,
    pub n_acts: usize,
    /// Memory is measured each time so much has happened; 0 for never.
    pub gauge_each: usize,
    pub ends_closed: bool,
    /// Holds `home`, `work`, `files`, and the project as the day began.
    pub folder: PathBuf,
    pub n_articles: usize,
}

/// The file the day begins with, in the folder of the day.
pub const REFERENCE: &str = "reference.throughline";

/// What is seldom enough drawn by [`events::any`] and often enough done by readers.
const N_UNDO: usize = 6;

/// Of the window whose memory is measured.
const SIZE: Vec2 = vec2(1280.0, 800.0);

/// More than the typesetter remembers.
const N_PAGES: usize = 4;

/// After this, whatever was held for a reader who goes on asking is let go of.
const IDLE: Duration = Duration::from_millis(1500);

/// So often memory is looked at, of which the least counts: what is at work just then, such as a table of all articles that
/// is written to a file, is no growth.
const N_LOOKS: usize = 4;

/// What takes longer hangs: so long on the processor, whatever else the machine has to do, or so long on the clock.
const HANG: Duration = Duration::from_secs(2);
const HANG_ON_THE_CLOCK: Duration = Duration::from_secs(60);

fn tell(line: &str) {
    // The name of the test stands before the first line without an end.
    println!("\n{line}");
}

/// The window and the model beside it.
struct Life {
    plan: Plan,
    room: Room,
    model: Rc<RefCell<Model>>,
    trail: Trail,
    /// Memory as it was measured last.
    held: Option<Held>,
}

/// Lives by the plan.
pub fn live(plan: &Plan, files: &[PathBuf]) {
    watch_threads();
    let model = Rc::new(RefCell::new(Model::new(plan.n_articles / 2)));
    let noting = Rc::clone(&model);
    let room = open(&plan.folder.join("home"), move |desk| noting.borrow_mut().note(desk));
    let trail = Trail { scene: Scene::Empty, seed: plan.seed, acts: Vec::new(), slowest: Duration::ZERO, hang: HANG };
    let mut life = Life { plan: plan.clone(), room, model, trail, held: None };
    checks::rest(&mut life.room);
    if let Some((path, opened)) = &life.model.borrow().begun_with {
        tell(&format!("opened {}\t{opened}", path.display()));
    }
    life.go(files);
    let is_wide_awake = life.trail.acts.len() == plan.n_acts;
    assert!(is_wide_awake, "{} of {} happened", life.trail.acts.len(), plan.n_acts);
    life.end();
}

impl Life {
    fn go(&mut self, files: &[PathBuf]) {
        let mut random = Random::new(self.plan.seed);
        let mut scene = Scene::View(ViewKind::Read);
        for act_idx in 0..self.plan.n_acts {
            if act_idx % (BURST * 2) == 0 {
                scene = any_scene(&mut random);
                self.trail.scene = scene;
            }
            if act_idx % BURST == 0 {
                self.come_back();
                go_to(&mut self.room, scene);
            }
            let act = match random.below(100) {
                n if n < N_UNDO => {
                    let held = [Modifiers::COMMAND, Modifiers::COMMAND | Modifiers::SHIFT][random.below(2)];
                    Act::Key(held, Key::Z)
                }
                _ => events::any(&mut random, &self.room, files),
            };
            self.trail.acts.push(act.clone());
            let (start, spent) = (Instant::now(), on_processor());
            events::happen(&mut self.room, &act);
            assert!(start.elapsed() < HANG_ON_THE_CLOCK, "the window hung for {:?}", start.elapsed());
            self.trail.note(on_processor().saturating_sub(spent));
            if act_idx % BURST == BURST - 1 {
                self.room.run_steps(2);
                assert_eq!(n_panics(), 0, "a thread of the window panicked");
                checks::selection_exists(self.room.state().desk());
            }
            if act_idx % (BURST * 50) == BURST * 50 - 1 {
                checks::undo_goes_all_the_way(&self.room.state().desk().project);
            }
            if self.plan.gauge_each > 0 && (act_idx + 1) % self.plan.gauge_each == 0 {
                self.gauge(act_idx + 1);
            }
        }
    }

    /// Where most articles were closed, or another project came into their place, the day's project comes back: from its
    /// file, else as it was in the morning.
    fn come_back(&mut self) {
        let desk = self.room.state().desk();
        if desk.corpus().len() >= self.plan.n_articles / 2 || desk.incoming.n_waiting > 0 {
            return;
        }
        let big = self
            .model
            .borrow()
            .big
            .clone()
            .filter(|path| path.exists() && self.model.borrow().path.as_ref() != Some(path));
        let path = big.unwrap_or_else(|| self.fresh_file("day"));
        self.open_project(&path);
    }

    /// The project as it was in the morning, in a file of its own.
    fn fresh_file(&self, stem: &str) -> PathBuf {
        let name = |number: u32| self.plan.folder.join(format!("work/{stem}-{number}.throughline"));
        let fresh = (1..).map(name).find(|path| !path.exists()).unwrap();
        std::fs::copy(self.plan.folder.join(REFERENCE), &fresh).unwrap();
        fresh
    }

    /// Opens a project as one that is dropped, and waits until it is analyzed.
    fn open_project(&mut self, path: &Path) {
        checks::rest(&mut self.room);
        let start = Instant::now();
        self.room.state_mut().ask(Action::OpenPaths(vec![path.to_owned()]));
        while self.room.state().desk().keeping.path.as_deref() != Some(path) {
            self.room.step();
            let message = || format!("{:?}", self.room.state().desk().state.toast);
            assert!(start.elapsed() < Duration::from_secs(60), "{} did not open: {}", path.display(), message());
            std::thread::sleep(Duration::from_millis(4));
        }
        checks::rest(&mut self.room);
    }

    /// Measures with the day's work put away and the project of the morning open, after the same walk through all views, so
    /// that nothing but what is left behind by the events differs from one time to the next.
    fn gauge(&mut self, n_acts: usize) {
        let was_open = self.room.state().desk().keeping.path.clone();
        // A new file each time: the last one may be open, or the next that comes back.
        let path = self.fresh_file("gauge");
        self.room.ctx.set_zoom_factor(1.0);
        self.room.state_mut().ask(Action::ZoomReset);
        self.room.ctx.set_theme(egui::Theme::Light);
        // In the frame in which the zoom changes, egui makes up the size of the window itself.
        self.room.run_steps(4);
        self.room.set_size(SIZE);
        self.open_project(&path);
        assert_eq!(self.room.ctx.content_rect().size(), SIZE);
        self.forget_glyphs();
        self.tour();
        let held = Held::least_of(N_LOOKS, IDLE);
        let textures = self.room.ctx.tex_manager().read().num_allocated();
        let n_remembered = self.room.ctx.data(egui::util::IdTypeMap::len);
        let mut growth = String::new();
        let earlier = self.held.replace(held);
        if let Some(earlier) = earlier {
            growth = held.growth_since(&earlier);
        }
        tell(&format!(
            "held {n_acts}\t{:.3}\t{:.3}\t{textures} textures, {n_remembered} things remembered by widgets; {growth}",
            held.heap_mb,
            held.resident_mb.unwrap_or(0.0)
        ));
        if let Some(path) = was_open.filter(|path| path.exists()) {
            self.open_project(&path);
        }
    }

    /// Glyphs of every size and zoom that was seen are remembered until their texture is full, and then all forgotten at
    /// once: 30 MB more or less by where in that round a measurement falls. Another largest texture forgets them too.
    fn forget_glyphs(&mut self) {
        for side in [1024, 2048] {
            self.room.input_mut().max_texture_side = Some(side);
            self.room.step();
        }
    }

    /// All views, each drawn and scrolled.
    fn tour(&mut self) {
        for _ in 0..4 {
            self.room.state_mut().ask(Action::Clear);
            self.room.run_steps(2);
        }
        let views = [ViewKind::Phrases, ViewKind::Positions, ViewKind::Compare, ViewKind::Briefing, ViewKind::Read];
        for view in views {
            go_to(&mut self.room, Scene::View(view));
            for wheel in [-3000.0, -3000.0, 3000.0] {
                let middle = self.room.ctx.content_rect().center();
                events::happen(&mut self.room, &Act::Move(middle));
                events::happen(&mut self.room, &Act::Wheel(vec2(0.0, wheel), Modifiers::NONE));
                self.room.run_steps(20);
            }
            checks::rest(&mut self.room);
            self.await_page();
            if view == ViewKind::Briefing {
                self.turn_pages();
            }
        }
        go_to(&mut self.room, Scene::Search);
        checks::rest(&mut self.room);
        go_to(&mut self.room, Scene::Library);
        self.room.run_steps(10);
        self.room.state_mut().ask(Action::ToggleLibrary);
        self.room.state_mut().ask(Action::Clear);
        go_to(&mut self.room, Scene::View(ViewKind::Read));
        self.room.run_steps(60);
        checks::rest(&mut self.room);
    }

    /// Pages are laid out with what is remembered of the last ones; so many others leave nothing of the events' own.
    ///
    /// One of each kind comes first: the typesetter's tables keep the room of what was the most, so that a good part of it is
    /// there from the first time on. And the last ones are the same each time, since the page that was shown last is held.
    fn turn_pages(&mut self) {
        let subjects = self.subjects();
        for subject in &subjects {
            self.brief(subject.clone());
        }
        for _ in 0..N_PAGES {
            events::happen(&mut self.room, &Act::Key(Modifiers::NONE, Key::CloseBracket));
            self.room.run_steps(8);
            self.await_page();
        }
        for subject in subjects.into_iter().skip(1) {
            self.brief(subject);
        }
    }

    /// A finding of each kind; the last one is of many.
    fn subjects(&self) -> Vec<Subject> {
        let analysis = self.room.state().desk().analysis();
        let mut subjects = vec![Subject::Sources];
        if let Some(shift) = analysis.shifts.first() {
            let (actor, theme) = (shift.actor.clone(), shift.theme.clone());
            subjects.push(Subject::Matrix { actor: actor.clone() });
            subjects.push(Subject::Timeline { actor, theme });
            subjects.push(Subject::SideBySide([shift.old, shift.new].into_iter().flatten().collect()));
            subjects.push(Subject::Shift(shift.id));
        }
        subjects.extend(analysis.phrases.first().map(|phrase| Subject::Phrase(phrase.id)));
        subjects
    }

    fn brief(&mut self, subject: Subject) {
        self.room.state_mut().ask(Action::Brief(subject));
        self.room.run_steps(8);
        self.await_page();
    }

    /// Waits for the page that is on its way. The one asked for before it may be a table of all articles.
    fn await_page(&mut self) {
        let start = Instant::now();
        while self.room.state().desk().state.briefing.is_waiting() {
            self.room.step();
            assert!(start.elapsed() < HANG_ON_THE_CLOCK, "the page did not come");
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    fn end(self) {
        let Self { plan, mut room, model, trail, .. } = self;
        tell(&format!("slowest {:?}, {} projects put away", trail.slowest, model.borrow().n_switches));
        if plan.ends_closed {
            checks::rest(&mut room);
            room.run_steps(30);
            checks::rest(&mut room);
            tell_states(&model.borrow());
            checks::close(room);
            tell("closed");
        } else {
            // Something to write at the moment of the kill.
            for key in [Key::Z, Key::Z, Key::Y, Key::Z] {
                events::happen(&mut room, &Act::Key(Modifiers::COMMAND, key));
            }
            tell_states(&model.borrow());
            tell("now");
            std::thread::sleep(Duration::from_secs(60));
        }
    }
}

fn tell_states(model: &Model) {
    let path = model.path.as_ref().map_or_else(String::new, |path| path.display().to_string());
    for state in model.states() {
        tell(&format!("state {path}\t{state}"));
    }
    for (path, states) in &model.away {
        for state in states {
            tell(&format!("away {}\t{state}", path.display()));
        }
    }
}

/// How long this thread was on a processor; where the system does not tell, nothing.
fn on_processor() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

/// All views and lists, the empty window least.
fn any_scene(random: &mut Random) -> Scene {
    match random.below(40) {
        0..=9 => Scene::View(ViewKind::Read),
        10..=15 => Scene::View(ViewKind::Phrases),
        16..=21 => Scene::View(ViewKind::Positions),
        22..=27 => Scene::View(ViewKind::Compare),
        28..=31 => Scene::View(ViewKind::Briefing),
        32..=35 => Scene::Library,
        36..=38 => Scene::Search,
        _ => Scene::Empty,
    }
}
