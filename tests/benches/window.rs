//! What a frame of Read costs where there is much to read: five columns with a thousand marks each, twenty columns, one
//! text as long as a thick book. The library of ten thousand articles has a bench of its own (`library`).
//!
//! ```sh
//! cargo bench --bench window
//! ```
//! A frame is what the processor does: the window laid out and tessellated, without a display. Each frame scrolls another
//! column. "First" is the very first frame of the window with these articles, glyphs to be made included.

#![expect(clippy::unwrap_used, reason = "a bench that fails says so and ends")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Modifiers, MouseWheelUnit, Pos2, TouchPhase, Vec2, pos2, vec2};
use jiff::ToSpan as _;
use jiff::civil::date;
use throughline::analysis::reuse::{Occurrence, OccurrenceKind, Phrase};
use throughline::analysis::{Analysis, PhraseId};
use throughline::codebook::Codebook;
use throughline::document::{Document, DocumentId, Passage, Published};
use throughline::gui::action::Action;
use throughline::gui::desk::Desk;
use throughline::gui::frame;
use throughline::gui::raster::{Canvas, Raster};
use throughline::gui::theme::Theme;
use throughline::text::{ByteRange, tokens};

/// As common in length and in letters as those of English news.
const WORDS: [&str; 32] = [
    "the",
    "harbor",
    "council",
    "of",
    "said",
    "pier",
    "to",
    "a",
    "widening",
    "channel",
    "in",
    "Monday",
    "ministers",
    "and",
    "that",
    "fishermen",
    "is",
    "for",
    "on",
    "lighthouse",
    "it",
    "with",
    "as",
    "dredging",
    "mayor",
    "by",
    "he",
    "at",
    "ferries",
    "from",
    "concerned",
    "negotiations",
];

const N_FAMILIES: usize = 200;

fn main() {
    let full_hd = vec2(1920.0, 1080.0);
    let desk = desk(5, 5000, 1000);
    Bench::new(desk, full_hd).run("five columns of 5,000 words, 1,000 marks each", 240, 5);
    let desk = self::desk(5, 5000, 1000);
    Bench::new(desk, full_hd).focused().run("the same with a family in focus", 240, 5);
    let desk = self::desk(5, 5000, 1000);
    Bench::new(desk, full_hd).drawn_by_processor().run("the same, with its pixels drawn by the processor", 240, 5);
    let desk = self::desk(20, 5000, 0);
    Bench::new(desk, vec2(20.0 * 320.0 + 212.0, 1080.0)).run("twenty columns of 5,000 words, all in sight", 240, 20);
    let desk = self::desk(20, 5000, 1000);
    Bench::new(desk, vec2(20.0 * 320.0 + 212.0, 1080.0)).run("the same with 1,000 marks each", 240, 20);
    Bench::new(self::desk(1, 200_000, 0), full_hd).run("one text of 200,000 words", 480, 1);
}

/// Articles of so many words with so many marks, analyzed.
fn desk(n_articles: usize, n_words: usize, n_marks: usize) -> Desk {
    let documents: Vec<Document> = (0..n_articles).map(|number| article(number, n_words)).collect();
    let phrases = n_words.checked_div(n_marks).map_or_else(Vec::new, |step| families(&documents, step));
    let mut desk = Desk::new(Arc::new(Codebook::built_in()), date(2026, 1, 1));
    desk.add(documents);
    let (generation, _, _) = desk.due_analysis().unwrap();
    desk.take_analysis(generation, Analysis { phrases, ..Analysis::default() });
    desk
}

/// A mark of three words every `step` words, of one family after the other.
fn families(documents: &[Document], step: usize) -> Vec<Arc<Phrase>> {
    let mut places: Vec<Vec<Occurrence>> = vec![Vec::new(); N_FAMILIES];
    let kinds = [OccurrenceKind::Verbatim, OccurrenceKind::Near, OccurrenceKind::Alias];
    for document in documents {
        let words: Vec<_> = tokens(&document.text, ByteRange::new(0, document.text.len())).collect();
        for (idx, chunk) in words.chunks(step).enumerate() {
            let (Some(first), Some(last)) = (chunk.first(), chunk.get(2)) else { continue };
            let passage = Passage { document: document.id, range: first.range.cover(last.range) };
            places[idx % N_FAMILIES].push(Occurrence { passage, kind: kinds[idx % 3], why: "".into() });
        }
    }
    let family = |(idx, occurrences): (usize, Vec<Occurrence>)| {
        Arc::new(Phrase {
            id: PhraseId(idx as u64 + 1),
            label: format!("family {idx}"),
            n_words: 3,
            weight: (N_FAMILIES - idx) as f32,
            occurrences,
            n_documents: documents.len(),
            first: None,
            last: None,
        })
    };
    places.into_iter().enumerate().map(family).collect()
}

fn article(number: usize, n_words: usize) -> Document {
    let mut state = number as u64 + 1;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let mut text = String::new();
    for idx in 0..n_words {
        // A paragraph has some seventy words.
        let is_break = idx > 0 && next(70) == 0;
        text.push_str(if idx == 0 {
            ""
        } else if is_break {
            "\n"
        } else {
            " "
        });
        text.push_str(WORDS[next(WORDS.len())]);
    }
    let mut document = Document::of_lines(DocumentId(number as u64 + 1), &text);
    document.title = Some(format!("Article {number} on the harbor"));
    let day = date(2013, 1, 1).checked_add((number as i64 * 40).days()).unwrap();
    document.published = Published::entered(day, Vec::new());
    document
}

/// The window without a display.
struct Bench {
    desk: Desk,
    ctx: egui::Context,
    size: Vec2,
    n_frames: u32,
    /// Makes the pixels too, as the window does where there is no graphics hardware.
    drawn: Option<(Raster, Canvas)>,
}

impl Bench {
    fn new(desk: Desk, size: Vec2) -> Self {
        let ctx = egui::Context::default();
        Theme::install(&ctx);
        Self { desk, ctx, size, n_frames: 0, drawn: None }
    }

    fn focused(mut self) -> Self {
        self.desk.state.selection.phrase = Some(PhraseId(1));
        self
    }

    fn drawn_by_processor(mut self) -> Self {
        self.drawn = Some(Default::default());
        self
    }

    /// Scrolls one column after the other, each down through its text and, the last quarter of the frames, back up.
    fn run(&mut self, name: &str, n_frames: usize, n_columns: usize) {
        let first = self.frame(Vec::new());
        let mut taken: Vec<Duration> = (0..n_frames)
            .map(|idx| {
                let left = 212.0 + (self.size.x - 212.0) * (idx % n_columns) as f32 / n_columns as f32;
                let by = if idx < n_frames * 3 / 4 { -600.0 } else { 1800.0 };
                self.frame(wheel(pos2(left + 120.0, 400.0), by))
            })
            .collect();
        let mean = taken.iter().sum::<Duration>() / u32::try_from(taken.len()).unwrap();
        taken.sort_unstable();
        let (worst, most) = (taken[taken.len() - 1], taken[taken.len() * 99 / 100]);
        println!("{name}: first {first:.1?}, mean {mean:.2?}, 99 of 100 {most:.2?}, worst {worst:.2?}");
    }

    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.n_frames += 1;
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(Pos2::ZERO, self.size)),
            events,
            time: Some(f64::from(self.n_frames) / 60.0),
            ..egui::RawInput::default()
        };
        let mut actions: Vec<Action> = Vec::new();
        let start = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| frame::frame_ui(ui, &mut self.desk, &mut actions));
        let shapes = self.ctx.tessellate(output.shapes, 1.0);
        if let Some((raster, canvas)) = &mut self.drawn {
            raster.apply(&mut output.textures_delta);
            let size = [self.size.x as u32, self.size.y as u32];
            raster.repaint(canvas, &shapes, size, 1.0, egui::Color32::WHITE);
        }
        let taken = start.elapsed();
        std::hint::black_box(shapes);
        for action in actions {
            self.desk.perform(action);
        }
        taken
    }
}

fn wheel(at: Pos2, by: f32) -> Vec<Event> {
    let (unit, phase, modifiers) = (MouseWheelUnit::Point, TouchPhase::Move, Modifiers::NONE);
    let source = egui::MouseWheelSource::Unknown;
    vec![Event::PointerMoved(at), Event::MouseWheel { unit, delta: vec2(0.0, by), phase, source, modifiers }]
}
