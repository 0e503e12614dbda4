//! What a briefing costs: laid out, drawn, and written as each kind of file.
//!
//! ```sh
//! cargo bench --bench briefing
//! ```
//! Goals at 1920 × 1080: laid out and drawn within 15 ms once fonts are known, each file within 60 ms. "Edited" is a page
//! whose headline changed by a letter, as while it is typed; "new" is one with other words throughout; "after a rest" one
//! before which all was forgotten.

#![expect(clippy::unwrap_used, reason = "a bench that fails says so and ends")]

#[path = "../support/briefings/mod.rs"]
mod briefings;

use std::hint::black_box;
use std::time::{Duration, Instant};

use briefings::{MADE, Words, briefing};
use throughline::export::typeset::{Fonts, Marking, PageSize, Templates, Typeset, forget, typeset};
use throughline::report::briefing::model::{Briefing, Kind};

const N_ROUNDS: usize = 15;

fn main() {
    let start = Instant::now();
    let fonts = Fonts::with_system();
    println!("fonts read in {}", millis(start.elapsed()));
    let (page, cold) = timed(|| set(&briefing(Kind::Shift, 2, Words::Usual), &fonts));
    println!("first page of all laid out in {}, drawn in {}", millis(cold), millis(timed(|| page.image(0, None)).1));
    println!(
        "{:14}{:>13}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "median", "after a rest", "new", "edited", "draw", "PNG", "SVG", "PDF"
    );
    for kind in Kind::ALL {
        kind_of_page(kind, &fonts);
    }
}

fn kind_of_page(kind: Kind, fonts: &Fonts) {
    let plain = briefing(kind, 5, Words::Usual);
    let marking = marking(&plain);
    let new = median(|round| drop(black_box(set(&renamed(&plain, round), fonts))));
    let edited = median(|round| {
        let mut edited = plain.clone();
        edited.headline.push_str(&"x".repeat(round + 1));
        drop(black_box(set(&edited, fonts)));
    });
    let rested = median(|_| {
        forget();
        drop(black_box(set(&plain, fonts)));
    });
    let page = set(&plain, fonts);
    let files = [
        median(|_| drop(black_box(page.image(0, None)))),
        median(|_| drop(black_box(page.png(0, &marking).unwrap()))),
        median(|_| drop(black_box(page.svg(0, &marking).unwrap()))),
        median(|_| drop(black_box(page.pdf(&marking).unwrap()))),
    ];
    let [draw, png, svg, pdf] = files.map(millis);
    let [rested, new, edited] = [rested, new, edited].map(millis);
    println!("{:14}{rested:>13}{new:>9}{edited:>9}{draw:>9}{png:>9}{svg:>9}{pdf:>9}", kind.name());
}

/// The briefing with every word changed, so that nothing of an earlier round can be used again.
fn renamed(plain: &Briefing, round: usize) -> Briefing {
    let letter = char::from(b'a' + u8::try_from(round % 26).unwrap());
    let swap = |text: &str| text.replace(['e', 'o'], &letter.to_string());
    let mut new = plain.clone();
    new.headline = swap(&plain.headline);
    new.subtitle = swap(&plain.subtitle);
    new.method = swap(&plain.method);
    for source in &mut new.sources {
        source.headline = swap(&source.headline);
        source.outlet = swap(&source.outlet);
    }
    briefings::each_text(&mut new.body, &mut |text| *text = swap(text));
    new
}

fn set(briefing: &Briefing, fonts: &Fonts) -> Typeset {
    typeset(std::slice::from_ref(briefing), None, &Templates::built_in(), PageSize::FULL_HD, fonts).unwrap()
}

fn marking(briefing: &Briefing) -> Marking {
    Marking {
        title: briefing.headline.clone(),
        description: briefing.description.clone(),
        source: "Harbor Post, est. 6 Sep 2017".to_owned(),
        software: "Throughline".to_owned(),
        is_stripped: false,
        made: MADE,
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn median(mut work: impl FnMut(usize)) -> Duration {
    let mut times: Vec<Duration> = (0..N_ROUNDS).map(|round| timed(|| work(round)).1).collect();
    times.sort();
    times[N_ROUNDS / 2]
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
