//! What a frame of the library costs: opened, scrolled, sorted, filtered, grouped, with articles coming in and going.
//!
//! ```sh
//! cargo bench --bench library            # 2,000 and 10,000 articles
//! cargo bench --bench library -- 5000    # this many
//! ```
//! Articles have some hundred words, twelve years and forty outlets; every tenth names no outlet. The last lines are
//! about Read with its list, once with all articles in columns and once with twelve.

#![expect(clippy::unwrap_used, reason = "a bench that fails says so and ends")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase, pos2, vec2};
use jiff::ToSpan as _;
use jiff::civil::date;
use throughline::codebook::Codebook;
use throughline::document::{Document, DocumentId, Outlet, OutletBasis, Published, Source};
use throughline::gui::action::Action;
use throughline::gui::desk::Desk;
use throughline::gui::frame;
use throughline::gui::library::settings::{Grouping, Order, SortBy};
use throughline::gui::theme::Theme;
use throughline::project::Command;

const NAMES: [&str; 10] =
    ["Harbor", "Bay", "Pier", "Channel", "Island", "Coast", "Lighthouse", "Tide", "Quay", "Ferry"];
const KINDS: [&str; 4] = ["News", "Courier", "Gazette", "Post"];
const SAYS: [&str; 8] = [
    "council widens the old pier",
    "ministers meet behind closed doors",
    "“We are concerned”, says the mayor",
    "fishermen wait for the ice to go",
    "dredging of the channel begins",
    "a crane falls, nobody is hurt",
    "éclairs and a band at the opening",
    "talks on fees go on",
];

/// More articles are not analyzed: these repeat each other so much that it takes minutes.
const N_ANALYZED: usize = 2000;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![2000, 10_000] } else { sizes };
    for n_articles in sizes {
        println!("{n_articles} articles");
        of(n_articles);
    }
}

fn of(n_articles: usize) {
    let documents: Vec<Document> = (0..n_articles).map(article).collect();
    let mut desk = Desk::new(Arc::new(Codebook::built_in()), date(2026, 1, 1));
    desk.add(documents);
    if n_articles <= N_ANALYZED {
        desk.settle();
        let (n_phrases, n_statements) = (desk.analysis().phrases.len(), desk.analysis().statements.len());
        println!("  {n_phrases} phrases, {n_statements} statements");
    }
    let mut window = Window::new(desk);
    window.frames("Read, all in columns", 60, |_, idx| wheel(idx));
    window.desk.perform(Action::ToggleLibrary);
    window.frames("library opened, until counted", 400, |_, _| Vec::new());
    window.frames("standing, pointer wandering", 60, |_, idx| vec![wander(idx)]);
    window.frames("scrolling", 120, |_, idx| wheel(idx));
    window.frames("sorting", 60, |desk, idx| {
        let all = [SortBy::Title, SortBy::Outlet, SortBy::Words, SortBy::Statements, SortBy::Date];
        let library = &mut desk.state.library;
        library.order = Order { by: all[idx % all.len()], is_descending: idx % 2 == 0 };
        Vec::new()
    });
    window.frames("filtering, a letter a frame", 60, |desk, idx| {
        let query = "pier MAYOR éclairs and a band";
        desk.state.library.filter.query = query.chars().take(idx % 30).collect();
        Vec::new()
    });
    window.desk.state.library.reset_filters();
    window.frames("grouping and folding", 60, |desk, idx| {
        let library = &mut desk.state.library;
        library.grouping = [Grouping::Year, Grouping::Outlet][idx / 10 % 2];
        if let Some(group) = library.listing.groups.get(idx % 12) {
            let key = group.key.clone();
            library.toggle_fold(&key);
        }
        Vec::new()
    });
    window.desk.state.library.grouping = Grouping::None;
    window.frames("arrow keys", 60, |_, _| vec![key(Key::ArrowDown)]);
    window.frames("choosing all, in columns or not", 60, |desk, idx| {
        desk.state.library.choose_all();
        if idx % 2 == 0 { vec![key(Key::Space)] } else { Vec::new() }
    });
    let mut arriving = (0..20).map(|idx| (0..64).map(|at| article(n_articles + idx * 64 + at)).collect());
    window.frames("articles arriving, 64 a frame", 20, |desk, _| {
        desk.add(arriving.next().unwrap_or_default());
        Vec::new()
    });
    let ids: Vec<DocumentId> = (0..n_articles / 2).map(|idx| DocumentId(idx as u64 + 1)).collect();
    let start = Instant::now();
    window.desk.perform(Action::Change(Command::RemoveDocuments(ids)));
    let removed = start.elapsed();
    window.frames("after half were removed", 20, |_, _| Vec::new());
    let start = Instant::now();
    window.desk.perform(Action::Undo);
    println!("  removing half of them {removed:.1?}, taking it back {:.1?} (not in a frame)", start.elapsed());
    let twelve: BTreeSet<DocumentId> = (1..=12).map(|idx| DocumentId(idx * 70)).collect();
    let corpus = window.desk.corpus().clone();
    window.desk.state.reading.shown.only(&corpus, &twelve);
    window.desk.perform(Action::ToggleLibrary);
    window.frames("Read, twelve in columns", 60, |_, idx| wheel(idx));
}

/// The window without a display.
struct Window {
    desk: Desk,
    ctx: egui::Context,
    n_frames: u32,
}

impl Window {
    fn new(desk: Desk) -> Self {
        let ctx = egui::Context::default();
        Theme::install(&ctx);
        let mut window = Self { desk, ctx, n_frames: 0 };
        // Glyphs are made once.
        for _ in 0..5 {
            window.frame(Vec::new());
        }
        window
    }

    fn frames(&mut self, name: &str, n_frames: usize, mut act: impl FnMut(&mut Desk, usize) -> Vec<Event>) {
        let mut taken: Vec<Duration> = Vec::new();
        for idx in 0..n_frames {
            let events = act(&mut self.desk, idx);
            taken.push(self.frame(events));
        }
        let mean = taken.iter().sum::<Duration>() / u32::try_from(taken.len()).unwrap();
        let worst = taken.iter().max().copied().unwrap_or_default();
        println!("  {name:<34} mean {mean:>8.2?}, worst {worst:>8.2?}");
    }

    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.n_frames += 1;
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, vec2(1280.0, 800.0))),
            events,
            time: Some(f64::from(self.n_frames) / 60.0),
            ..egui::RawInput::default()
        };
        let mut actions = Vec::new();
        let start = Instant::now();
        let output = self.ctx.run_ui(input, |ui| frame::frame_ui(ui, &mut self.desk, &mut actions));
        let shapes = self.ctx.tessellate(output.shapes, 1.0);
        let taken = start.elapsed();
        std::hint::black_box(shapes);
        for action in actions {
            self.desk.perform(action);
        }
        taken
    }
}

fn wander(idx: usize) -> Event {
    Event::PointerMoved(pos2(260.0 + (idx * 37 % 900) as f32, 160.0 + (idx * 53 % 500) as f32))
}

/// Down through all of it, from one end to the other in some hundred frames.
fn wheel(idx: usize) -> Vec<Event> {
    let delta = vec2(0.0, if idx.is_multiple_of(3) { -2400.0 } else { -180.0 });
    let (unit, phase, modifiers) = (MouseWheelUnit::Point, TouchPhase::Move, Modifiers::NONE);
    let source = egui::MouseWheelSource::Unknown;
    vec![Event::PointerMoved(pos2(700.0, 400.0)), Event::MouseWheel { unit, delta, phase, source, modifiers }]
}

fn key(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

fn article(number: usize) -> Document {
    let mut state = number as u64 + 1;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let outlet = format!("{} {}", NAMES[next(10)], KINDS[next(4)]);
    let title = format!("{} {number}: {}", NAMES[next(10)], SAYS[next(8)]);
    let mut sentence = || {
        let [who, what, where_] = [next(10), next(8), next(10)];
        let number = next(10_000);
        format!("{} {number} says {} near the {}.", NAMES[who], SAYS[what], NAMES[where_])
    };
    let lines: Vec<String> = (0..12).map(|_| format!("{} {}", sentence(), sentence())).collect();
    let mut document = Document::of_lines(DocumentId(number as u64 + 1), &format!("{title}\n{}", lines.join("\n")));
    document.source = Source::File { path: format!("/articles/{number:05}.txt"), part: None };
    document.title = Some(title);
    document.outlet =
        (!number.is_multiple_of(10)).then_some(Outlet { name: outlet, basis: OutletBasis::Metadata, range: None });
    let day = date(2013, 1, 1).checked_add((next(4380) as i64).days()).unwrap();
    document.published = Published::entered(day, Vec::new());
    document
}
