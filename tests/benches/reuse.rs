//! What the search for wording that comes back costs as a corpus grows, and what it finds of passages planted in it.
//!
//! ```sh
//! cargo bench --bench reuse                        # 1,000 and 10,000 articles
//! cargo bench --bench reuse -- 1000 10000 100000   # these sizes
//! cargo bench --bench reuse -- write DIR 60 0.1    # articles as text files, and planted.jsonl
//! cargo bench --bench reuse -- find DIR FILE       # the passages in them, by the index
//! cargo bench --bench reuse -- score DIR FILE…     # passages that another program found there
//! ```
//! The floor is each byte read and cut into words once. The growth is the power of the number of articles with which the
//! processor time grew since the size before.

#![expect(clippy::unwrap_used, reason = "a bench that fails says so and ends")]

mod meter;
#[path = "../support/prose/mod.rs"]
mod prose;

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use throughline::analysis::Progress;
use throughline::analysis::reuse::{PhraseIndex, Prepared, SharedPassage, align, prepare};
use throughline::codebook::Codebook;
use throughline::document::{Document, DocumentId, Passage};
use throughline::text::{ByteRange, CharOffsets, tokens};

use meter::{Cost, measured};
use prose::score::score;
use prose::{Generated, Prose};

/// All figures are for this seed.
const SEED: u64 = 1;

/// Articles in which passages are planted.
const N_PLANTED: usize = 1000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["write", folder, n, noise] => write(Path::new(folder), n.parse().unwrap(), noise.parse().unwrap()),
        ["find", folder, file] => find(Path::new(folder), Path::new(file)),
        ["score", folder, files @ ..] => files.iter().for_each(|file| score_file(Path::new(folder), Path::new(file))),
        [] => costs_and_finds(&[1000, 10_000]),
        sizes => costs_and_finds(&sizes.iter().map(|size| size.parse().unwrap()).collect::<Vec<_>>()),
    }
}

fn costs_and_finds(sizes: &[usize]) {
    println!("seed {SEED}, {} threads", rayon::current_num_threads());
    println!("{:>9}  {:<22}  cpu s  wall s  peak MB  million words/s  × floor  growth", "articles", "");
    let mut before = BTreeMap::new();
    for &n_articles in sizes {
        Table { n_articles, before: &mut before, n_words: 0, floor_secs: 0.0 }.print();
    }
    println!("\n{N_PLANTED} articles with passages planted");
    for noise in [0.0, 0.1, 0.3] {
        let Generated { documents, planted, .. } = Prose::new(SEED).corpus(N_PLANTED, noise);
        let (found, cost) = measured(|| shared_passages(&documents));
        println!("{:>4.0} % noise: {}; {:.2} s", noise * 100.0, score(&planted, found), cost.secs());
    }
}

/// The lines of one size.
struct Table<'a> {
    n_articles: usize,
    /// Size and seconds of each piece of work at the size before.
    before: &'a mut BTreeMap<&'static str, (usize, f64)>,
    n_words: usize,
    floor_secs: f64,
}

impl Table<'_> {
    fn print(&mut self) {
        let Generated { documents, planted, .. } = Prose::new(SEED).corpus(self.n_articles, 0.1);
        let (n_words, floor) = measured(|| documents.par_iter().map(|it| n_words_of(it)).sum());
        (self.n_words, self.floor_secs) = (n_words, floor.secs());
        self.line("the floor", floor);
        let (prepared, cost) = measured(|| documents.par_iter().map(|it| prepare(&it.text)).collect::<Vec<_>>());
        self.line("tokenizing", cost);
        self.pairs(&documents, &planted, &prepared);
        drop(prepared);
        let progress = Progress::default();
        let (mut index, cost) = measured(|| {
            let mut index = PhraseIndex::new(&Codebook::built_in());
            index.add(&documents);
            index
        });
        self.line("indexing", cost);
        let (phrases, cost) = measured(|| index.phrases(&progress).unwrap());
        self.line("families", cost);
        let (passages, cost) = measured(|| index.passages(&progress).unwrap());
        self.line("passages", cost);
        println!("{:>9}  {} families, {} passages", self.n_articles, phrases.len(), passages.len());
        drop((phrases, passages));
        self.one_article(&mut index, &documents);
    }

    /// Takes single articles out and in again, each time with all families told after it.
    fn one_article(&self, index: &mut PhraseIndex, documents: &[Arc<Document>]) {
        let progress = Progress::default();
        let mut costs = [Vec::new(), Vec::new()];
        for document in documents.iter().step_by(documents.len() / 9) {
            let (_, cost) = measured(|| {
                index.remove(document.id);
                index.phrases(&progress).unwrap()
            });
            costs[0].push(cost.secs());
            let (_, cost) = measured(|| {
                index.add(std::slice::from_ref(document));
                index.phrases(&progress).unwrap()
            });
            costs[1].push(cost.secs());
        }
        for (what, mut costs) in ["removing one article", "adding one article"].into_iter().zip(costs) {
            costs.sort_by(f64::total_cmp);
            let millis = |idx: usize| costs[idx] * 1e3;
            let (median, slowest) = (millis(costs.len() / 2), millis(costs.len() - 1));
            println!(
                "{:>9}  {what:<22}  {median:.1} ms, the slowest of {} {slowest:.1} ms",
                self.n_articles,
                costs.len()
            );
        }
    }

    /// Aligns the pairs that share a passage.
    fn pairs(&self, documents: &[Arc<Document>], planted: &[prose::Planted], prepared: &[Prepared]) {
        let place: BTreeMap<DocumentId, usize> = documents.iter().enumerate().map(|(idx, it)| (it.id, idx)).collect();
        let pairs = planted.iter().take(1000).map(|case| (place[&case.source.document], place[&case.copy.document]));
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let work = || pairs.iter().map(|&(one, other)| align(&prepared[one], &prepared[other]).len()).sum::<usize>();
        let (_, cost) = measured(|| black_box(work()));
        let micros = cost.secs() * 1e6 / pairs.len() as f64;
        println!("{:>9}  {:<22}  {micros:.0} µs a pair", self.n_articles, "aligning a pair");
    }

    fn line(&mut self, what: &'static str, cost: Cost) {
        let known =
            |value: Option<f64>, digits: usize| value.map_or("?".to_owned(), |value| format!("{value:.digits$}"));
        let growth = self.before.insert(what, (self.n_articles, cost.secs())).map(|(n_before, secs_before)| {
            (cost.secs() / secs_before).ln() / (self.n_articles as f64 / n_before as f64).ln()
        });
        println!(
            "{:>9}  {what:<22}  {:>5}  {:>6.2}  {:>7}  {:>15.2}  {:>7.1}  {:>6}",
            self.n_articles,
            known(cost.cpu_secs, 2),
            cost.wall_secs,
            known(cost.peak_mb, 0),
            self.n_words as f64 / 1e6 / cost.secs(),
            cost.secs() / self.floor_secs,
            known(growth, 2),
        );
    }
}

fn n_words_of(document: &Document) -> usize {
    let n_bytes: usize = document.text.bytes().map(usize::from).sum();
    black_box(n_bytes);
    tokens(&document.text, ByteRange::new(0, document.text.len())).count()
}

/// The passages that articles took from each other.
fn shared_passages(documents: &[Arc<Document>]) -> Vec<(Passage, Passage)> {
    let mut index = PhraseIndex::new(&Codebook::built_in());
    index.add(documents);
    index.passages(&Progress::default()).unwrap().iter().map(|it: &SharedPassage| (it.old, it.new)).collect()
}

/// Two places in two files, in characters: what was planted, and what another program found.
#[derive(Serialize, Deserialize)]
struct Line {
    a: String,
    a_span: [usize; 2],
    b: String,
    b_span: [usize; 2],
}

fn corpus_of(n_articles: usize, noise: f64) -> (Generated, BTreeMap<DocumentId, (String, CharOffsets)>) {
    let generated = Prose::new(SEED).corpus(n_articles, noise);
    let named = |(idx, document): (usize, &Arc<Document>)| {
        (document.id, (format!("{idx:05}.txt"), CharOffsets::new(&document.text)))
    };
    let names = generated.documents.iter().enumerate().map(named).collect();
    (generated, names)
}

/// Writes the articles and what was planted in them.
fn write(folder: &Path, n_articles: usize, noise: f64) {
    fs::create_dir_all(folder).unwrap();
    let (generated, names) = corpus_of(n_articles, noise);
    for document in &generated.documents {
        fs::write(folder.join(&names[&document.id].0), &document.text).unwrap();
    }
    let side = |passage: Passage| {
        let (name, offsets) = &names[&passage.document];
        (name.clone(), [passage.range.start, passage.range.end].map(|offset| offsets.char_idx(offset)))
    };
    let lines = generated.planted.iter().map(|case| {
        let ((a, a_span), (b, b_span)) = (side(case.source), side(case.copy));
        serde_json::to_string(&Line { a, a_span, b, b_span }).unwrap() + "\n"
    });
    fs::write(folder.join("planted.jsonl"), lines.collect::<String>()).unwrap();
    let made = format!("{n_articles} {noise}");
    fs::write(folder.join("corpus"), made).unwrap();
    println!("{n_articles} articles, {} planted passages, seed {SEED}", generated.planted.len());
}

/// Finds the passages in the text files of a folder.
fn find(folder: &Path, file: &Path) {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    names.sort();
    let documents: Vec<Arc<Document>> = (0..)
        .zip(&names)
        .map(|(id, name)| Document::of_lines(DocumentId(id), &fs::read_to_string(folder.join(name)).unwrap()))
        .map(Arc::new)
        .collect();
    let side = |passage: Passage| {
        let idx = usize::try_from(passage.document.0).unwrap();
        let offsets = CharOffsets::new(&documents[idx].text);
        (names[idx].clone(), [passage.range.start, passage.range.end].map(|offset| offsets.char_idx(offset)))
    };
    let lines = shared_passages(&documents).into_iter().map(|(one, other)| {
        let ((a, a_span), (b, b_span)) = (side(one), side(other));
        serde_json::to_string(&Line { a, a_span, b, b_span }).unwrap() + "\n"
    });
    fs::write(file, lines.collect::<String>()).unwrap();
}

/// Scores passages found in what [`write`] wrote.
fn score_file(folder: &Path, file: &Path) {
    let made = fs::read_to_string(folder.join("corpus")).unwrap();
    let (n_articles, noise) = made.split_once(' ').unwrap();
    let (generated, names) = corpus_of(n_articles.parse().unwrap(), noise.parse().unwrap());
    let by_name: BTreeMap<&str, &Arc<Document>> =
        generated.documents.iter().map(|document| (names[&document.id].0.as_str(), document)).collect();
    let passage = |name: &str, span: [usize; 2]| {
        let document = by_name[name];
        let byte_of = |char_idx: usize| {
            document.text.char_indices().nth(char_idx).map_or(document.text.len(), |(byte_idx, _)| byte_idx)
        };
        Passage { document: document.id, range: ByteRange::new(byte_of(span[0]), byte_of(span[1])) }
    };
    let found = fs::read_to_string(file).unwrap();
    let found = found.lines().map(|line| serde_json::from_str::<Line>(line).unwrap());
    let found = found.map(|line| (passage(&line.a, line.a_span), passage(&line.b, line.b_span)));
    println!("{}: {}", file.file_stem().unwrap().to_string_lossy(), score(&generated.planted, found));
}
