//! What statements and positions cost: coding articles, aligning them over time, deciding about one, and drawing the chart.
//!
//! ```sh
//! cargo bench --bench positions            # 1,000 and 10,000 articles
//! cargo bench --bench positions -- 5000    # this many
//! ```
//! The articles are made of sentences that report and sentences between; every third day of twelve years has some.

#![expect(clippy::unwrap_used, reason = "a bench that fails says so and ends")]

mod meter;
#[path = "../support/prose/mod.rs"]
mod prose;

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use throughline::analysis::{Memory, Options, Progress, Scope, analyze_again};
use throughline::codebook::Codebook;
use throughline::document::{Corpus, Document, DocumentId, Published};
use throughline::gui::action::Action;
use throughline::gui::desk::Desk;
use throughline::gui::frame;
use throughline::gui::phrases::PlaceOrder;
use throughline::gui::state::{TableOrder, ViewKind};
use throughline::gui::theme::Theme;

use meter::measured;
use prose::Prose;

const SAID: [&str; 8] = [
    "“We must keep up the pressure on North Korea and enforce every sanction,” Jens Stoltenberg said.",
    "NATO condemned the latest ballistic missile test and urged Pyongyang to abandon its nuclear program.",
    "The Secretary General welcomed the talks between the two Koreas as a first step towards a peaceful solution.",
    "“We are concerned about the support that Russia provides to North Korea,” Stoltenberg told reporters in Brussels.",
    "According to a NATO diplomat, China will have to do more.",
    "He added that deterrence and defense remain the task of the Alliance.",
    "South Korea’s foreign minister said the partnership with NATO would grow.",
    "“Russia and North Korea are trading arms,” the NATO chief warned, “and that has consequences.”",
];

const BETWEEN: [&str; 6] = [
    "Ministers met for two hours behind closed doors before the cameras were let in.",
    "The building stands at the edge of the city, where the motorway leaves for the coast.",
    "A crowd of students had waited in the rain since the early morning with flags and umbrellas.",
    "Markets in the region closed a little higher after a quiet week.",
    "The delegation was to leave on the evening flight and to return in the spring.",
    "Nobody in the hall had expected the session to end before noon.",
];

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1000, 10_000] } else { sizes };
    println!("{} threads", rayon::current_num_threads());
    for n_articles in sizes {
        of(n_articles);
    }
}

fn of(n_articles: usize) {
    let documents: Vec<Document> = (0..n_articles).map(article).collect();
    let n_words: usize = documents.iter().map(Document::n_words).sum();
    let codebook = Arc::new(Codebook::built_in());
    let corpus = Corpus::new(documents.iter().cloned().map(Arc::new));
    println!("{n_articles} articles, {n_words} words");
    let options = Options::default();
    let progress = Progress::default();
    let mut memory = Memory::default();
    let phrases = Options { scope: Scope::Phrases, ..Options::default() };
    let (_, cost) = measured(|| analyze_again(&mut memory, &corpus, &codebook, &phrases, &progress).unwrap());
    println!("  phrases alone              {:.2} s wall, {:.2} s CPU", cost.wall_secs, cost.secs());
    let (analysis, cost) = measured(|| analyze_again(&mut memory, &corpus, &codebook, &options, &progress).unwrap());
    println!(
        "  statements and shifts      {:.2} s wall, {:.2} s CPU, {:.0} MB: {} and {}",
        cost.wall_secs,
        cost.secs(),
        cost.peak_mb.unwrap_or_default(),
        analysis.statements.len(),
        analysis.shifts.len()
    );
    let (_, cost) = measured(|| analyze_again(&mut memory, &corpus, &codebook, &options, &progress).unwrap());
    println!("  after one decision         {:.2} s wall, {:.2} s CPU", cost.wall_secs, cost.secs());
    frames(documents, &codebook);
    places(n_articles, &codebook);
}

/// The chart as it stands, with a pointer that wanders over it, and after each change of a filter; then the tables of
/// statements and of places, sorted anew every forty frames.
fn frames(documents: Vec<Document>, codebook: &Arc<Codebook>) {
    let mut desk = Desk::settled(documents, Arc::clone(codebook), date(2026, 1, 1));
    desk.state.view = ViewKind::Positions;
    drawn(&mut desk, "Positions", |desk, _| desk.state.positions.is_quotes_only ^= true);
    desk.state.positions.is_table = true;
    let orders = [TableOrder::Words, TableOrder::Force, TableOrder::Speaker];
    drawn(&mut desk, "its table", |desk, nth| {
        desk.state.positions.table_order = orders[nth % orders.len()];
        desk.state.positions.query = if nth % 2 == 0 { "pressure".to_owned() } else { String::new() };
    });
}

/// The table of places, in articles that take wording from each other.
fn places(n_articles: usize, codebook: &Arc<Codebook>) {
    let documents = Prose::new(1).corpus(n_articles, 0.1).documents;
    let documents = documents.iter().map(|document| Document::clone(document)).collect();
    let mut desk = Desk::settled(documents, Arc::clone(codebook), date(2026, 1, 1));
    desk.state.view = ViewKind::Phrases;
    desk.state.phrases.is_table = true;
    let orders = [PlaceOrder::Words, PlaceOrder::Date, PlaceOrder::Speaker];
    drawn(&mut desk, "the table of places", |desk, nth| desk.state.phrases.table.sort(orders[nth % orders.len()]));
    let n_places: usize = desk.analysis().phrases.iter().map(|phrase| phrase.occurrences.len()).sum();
    println!("  {} families, {n_places} places", desk.analysis().phrases.len());
}

/// Draws frames, with a change every forty, and tells what they took.
fn drawn(desk: &mut Desk, name: &str, change: impl Fn(&mut Desk, usize)) {
    let ctx = egui::Context::default();
    Theme::install(&ctx);
    let mut actions: Vec<Action> = Vec::new();
    let mut taken: Vec<Duration> = Vec::new();
    for idx in 0..120_u32 {
        if idx % 40 == 39 {
            change(desk, idx as usize / 40);
        }
        let at = egui::pos2(240.0 + (idx * 37 % 1000) as f32, 120.0 + (idx * 53 % 500) as f32);
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 800.0))),
            events: vec![egui::Event::PointerMoved(at)],
            time: Some(f64::from(idx) / 60.0),
            ..egui::RawInput::default()
        };
        let start = Instant::now();
        let output = ctx.run_ui(input, |ui| frame::frame_ui(ui, desk, &mut actions));
        let shapes = ctx.tessellate(output.shapes, 1.0);
        taken.push(start.elapsed());
        std::hint::black_box(shapes);
        for action in std::mem::take(&mut actions) {
            desk.perform(action);
        }
    }
    let first = taken.first().copied().unwrap_or_default();
    let rest = taken.get(1..).unwrap_or_default();
    let mean = rest.iter().sum::<Duration>() / u32::try_from(rest.len()).unwrap();
    let slowest = rest.iter().max().copied().unwrap_or_default();
    println!("  frame of {name:<19} first {first:.1?}, mean {mean:.1?}, slowest {slowest:.1?}");
}

/// Some four hundred words, a different choice each.
fn article(number: usize) -> Document {
    let mut state = number as u64 + 1;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let mut lines = vec![format!("Article {number} on the meeting")];
    for _ in 0..9 {
        let said = SAID[next(SAID.len())];
        let between: Vec<&str> = (0..2).map(|_| BETWEEN[next(BETWEEN.len())]).collect();
        lines.push(format!("{said} {}", between.join(" ")));
    }
    let mut document = Document::of_lines(DocumentId(number as u64 + 1), &lines.join("\n"));
    let first: Date = date(2013, 1, 1);
    let day = first.checked_add((3 * (next(1460) as i64)).days()).unwrap();
    document.published = Published::entered(day, Vec::new());
    document
}
