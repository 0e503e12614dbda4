//! How fast files are read: `cargo bench --bench ingest`. Articles are made of sentences written for it, with the heads,
//! dates, names and furniture of news, and differ from each other.

#![expect(clippy::unwrap_used, reason = "a bench that fails says so and ends")]

use std::hint::black_box;
use std::time::Instant;

use jiff::civil::date;
use throughline::codebook::Codebook;
use throughline::document::Source;
use throughline::export::json::{Record, write_document};
use throughline::ingest::{Hint, Parsed, Reader, parse, sha256, understand};

const WHO: [&str; 8] = [
    "The mayor of the town",
    "Secretary General Jens Stoltenberg",
    "A spokesman for the port",
    "President Moon Jae-in",
    "The ministers of the two states",
    "Ms. Roe, who has led the council since 2011,",
    "An official in Oslo",
    "The allies",
];
const SAID: [&str; 8] = [
    "said on Monday that",
    "warned last week that",
    "told reporters on 3 May that",
    "has long held that",
    "announced in a statement that",
    "does not believe that",
    "wrote in June that",
    "confirmed, after weeks of talks, that",
];
const WHAT: [&str; 8] = [
    "the harbor would be opened again before the end of the year",
    "“nothing has been decided – not yet”",
    "the cost of the repair had risen to 3.5 million crowns",
    "ships from Gdańsk and Århus were on their way",
    "the sanctions on North Korea must be kept in place until its nuclear program ends",
    "nobody was hurt when the crane fell on 26 April",
    "the talks planned for November 8-9 may come too late",
    "it was time to look at the figures once more",
];
const END: [&str; 4] =
    [", and that it was glad of it.", ".", ", as it had been for twenty years.", ", whatever others may think of it."];

/// An article of some 400 words; the number makes it.
fn article(number: u64) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut pick = |from: &[&'static str]| {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        from[usize::try_from(state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % from.len()]
    };
    let mut text = format!("Harbor opens again, council of port {number} says\n\nBy Jane Roe\n\n");
    if number.is_multiple_of(3) {
        text.push_str(&format!("{} May 2019, 10:15\n\n", number % 28 + 1));
    }
    for _ in 0..8 {
        for _ in 0..2 {
            text.push_str(&format!("{} {} {}{} ", pick(&WHO), pick(&SAID), pick(&WHAT), pick(&END)));
        }
        text.push_str(pick(&["\n\n", "\n\n", "Nobody else was there to see it.\n\n"]));
    }
    text.push_str("Related Stories\n\nNine ways to cook fish\n");
    text
}

fn source() -> Source {
    Source::File { path: "a.txt".to_owned(), part: None }
}

/// The median time of a call, in milliseconds.
fn median_millis<T>(n_calls: usize, mut call: impl FnMut() -> T) -> f64 {
    let mut millis: Vec<f64> = (0..n_calls)
        .map(|_| {
            let start = Instant::now();
            black_box(call());
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    millis.sort_by(f64::total_cmp);
    millis[millis.len() / 2]
}

fn main() {
    let (codebook, reader) = (Codebook::built_in(), Reader::new(None));
    let (hint, today) = (Hint::default(), date(2026, 1, 31));
    let articles: Vec<String> = (0..1000).map(article).collect();
    let n_words: usize = articles.iter().map(|text| text.split_whitespace().count()).sum();
    println!("1000 texts of {} words on one thread, median", n_words / articles.len());
    let report = |what: &str, millis: f64| println!("{what:<52} {millis:8.1} ms");
    let parsed: Vec<Parsed> = articles.iter().map(|text| parse(text.as_bytes(), &hint).unwrap().remove(0)).collect();
    let floor = || {
        articles
            .iter()
            .map(|text| sha256(text.as_bytes()).len() + serde_json::to_vec(text).unwrap().len())
            .sum::<usize>()
    };
    report("the floor: each byte hashed and written as JSON", median_millis(9, floor));
    report(
        "text, blocks, title, language",
        median_millis(9, || articles.iter().map(|text| parse(text.as_bytes(), &hint).unwrap().len()).sum::<usize>()),
    );
    report(
        "day of publication and outlet",
        median_millis(9, || {
            parsed.iter().map(|parsed| understand(parsed.clone(), "00", source(), &codebook, today)).collect::<Vec<_>>()
        }),
    );
    report(
        "all of `throughline read --json`",
        median_millis(9, || {
            let mut out = Vec::new();
            for text in &articles {
                for document in reader.read(text.as_bytes(), &hint, &source(), &codebook, today).unwrap() {
                    write_document(&mut out, &document, Record::Alone).unwrap();
                }
            }
            out
        }),
    );
}
