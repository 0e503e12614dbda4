//! What a search costs: the index of all words, an answer, and the frames in which results are scrolled.
//!
//! ```sh
//! cargo bench --bench search            # 10,000 articles
//! cargo bench --bench search -- 2000    # this many
//! ```
//! Goals: an answer within 100 ms of the question, no frame beyond 8 ms.

#![expect(clippy::unwrap_used, reason = "a bench that fails says so and ends")]

#[path = "../support/prose/mod.rs"]
mod prose;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use egui::{Event, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, pos2, vec2};
use throughline::codebook::Codebook;
use throughline::document::Document;
use throughline::gui::action::Action;
use throughline::gui::crash::job::Guard;
use throughline::gui::desk::Desk;
use throughline::gui::frame::frame_ui;
use throughline::gui::search::job::{self, Asked};
use throughline::gui::search::{self, Found};
use throughline::gui::theme::Theme;

/// Rare and common words, a phrase, beginnings, words close to each other, and words that are nowhere.
const QUERIES: [&str; 7] = ["committee", "the", "\"of the\"", "the NEAR/5 of", "con*", "s*", "zebra xylophone"];

/// Frames while the answer comes in, and while it is scrolled.
const FRAMES: [usize; 2] = [60, 240];

struct Bench {
    desk: Desk,
    ctx: egui::Context,
    questions: Sender<Asked>,
    answers: Receiver<Found>,
    n_articles: usize,
    time: f64,
}

fn main() {
    let n_articles = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let mut bench = Bench::new(n_articles);
    let start = Instant::now();
    // A blank question makes the index and has no answer; the next one waits for it.
    bench.ask(String::new());
    bench.ask("harbor".to_owned());
    bench.answer();
    println!("{n_articles} articles; index of all words made in {:.2} s", start.elapsed().as_secs_f64());
    println!("{:20} {:>9} {:>9} {:>11} {:>11}", "", "articles", "answer", "frame mean", "worst");
    for query in QUERIES {
        bench.run(query);
    }
}

impl Bench {
    fn new(n_articles: usize) -> Self {
        let made = prose::Prose::new(7).corpus(n_articles, 0.1);
        let documents: Vec<Document> = made.documents.iter().map(|document| Document::clone(document)).collect();
        let mut desk = Desk::new(Arc::new(Codebook::built_in()), jiff::civil::date(2026, 1, 1));
        desk.add(documents);
        let (sender, answers) = channel();
        let questions = job::start(&Guard::silent(), move |found| sender.send(found).is_ok());
        let ctx = egui::Context::default();
        Theme::install(&ctx);
        Self { desk, ctx, questions, answers, n_articles, time: 0.0 }
    }

    fn ask(&self, query: String) {
        self.questions.send(Asked { query, corpus: self.desk.corpus().clone() }).unwrap();
    }

    /// The answer over all articles.
    fn answer(&self) -> Found {
        loop {
            let found = self.answers.recv_timeout(Duration::from_secs(60)).unwrap();
            if found.n_searched == self.n_articles {
                return found;
            }
        }
    }

    /// Types a query, takes its answer, and scrolls through it.
    fn run(&mut self, query: &str) {
        self.desk.state.search.typed = query.to_owned();
        self.desk.state.search.is_shown = true;
        let (mut frames, mut answered) = (Vec::new(), None);
        for frame in 0..FRAMES[0] + FRAMES[1] {
            let (spent, asked) = self.frame(frame > FRAMES[0]);
            frames.push(spent);
            for query in asked {
                let start = Instant::now();
                self.ask(query);
                let found = self.answer();
                answered.get_or_insert((found.rows.len(), start.elapsed()));
                search::take(&mut self.desk, found);
            }
        }
        let (n_found, waited) = answered.unwrap();
        let mean = frames.iter().sum::<Duration>() / u32::try_from(frames.len()).unwrap();
        let worst = frames.iter().max().unwrap();
        println!("{query:20} {n_found:>9} {waited:>9.1?} {mean:>11.2?} {worst:>11.2?}");
    }

    /// Draws a frame; returns what it took and what it asked for.
    fn frame(&mut self, is_scrolling: bool) -> (Duration, Vec<String>) {
        self.time += 0.2;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(1920.0, 1080.0)));
        let mut input = RawInput { time: Some(self.time), screen_rect, ..RawInput::default() };
        if is_scrolling {
            input.events.push(Event::PointerMoved(pos2(900.0, 600.0)));
            input.events.push(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, -900.0),
                phase: TouchPhase::Move,
                modifiers: Modifiers::NONE,
                source: egui::MouseWheelSource::Unknown,
            });
        }
        let mut actions = Vec::new();
        let start = Instant::now();
        let output = self.ctx.run_ui(input, |ui| frame_ui(ui, &mut self.desk, &mut actions));
        let meshes = self.ctx.tessellate(output.shapes.clone(), 1.0);
        let spent = start.elapsed();
        std::hint::black_box(meshes);
        output.drop_without_applying_deltas();
        let asked = actions.into_iter().filter_map(|action| match action {
            Action::Search(query) if !query.is_empty() => Some(query),
            _ => None,
        });
        (spent, asked.collect())
    }
}
