//! A day's worth of events on a project of a thousand articles, over processes that are closed and killed.
//!
//! Nothing panics; memory is flat; after each end the files hold what the model says. Full, the day is 100,000 events:
//! two long lives of 50,000 and 25,000, whose memory is measured every 5,000, and twenty-five short ones of 1000 between them;
//! every other one is killed. Warm is a window that has seen 10,000 events: then most of what has a limit has reached it.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use throughline::project::Project;
use throughline::project::home::Home;
use throughline::project::store::{Access, Snapshot, Store};

use crate::life::{Plan, REFERENCE, live};
use crate::model::{Digest, in_file};
use crate::mutate::Random;
use crate::prose::Prose;
use crate::{is_full, seed, write_files};

/// How a child learns what to do.
const FOLDER: &str = "THROUGHLINE_DAY_FOLDER";
const PLAN: &str = "THROUGHLINE_DAY_PLAN";

/// Events after which a window is warm.
const WARM: usize = 10_000;

/// What the system counts, and what was asked of the allocator, may be so much more in the second half of what follows than in
/// the first, by the median. A part of what is seen are the typesetter's tables, which keep the room of what was the most.
const GROWTH: f64 = 1.10;

/// In a short life nothing is warm: glyphs, layouts and findings of what was not seen before come by the way.
const COLD_MB: f64 = 40.0;

/// What a child does; without its variables it is a test that holds.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let plan = std::env::var(PLAN).unwrap();
    let numbers: Vec<u64> = plan.split(' ').map(|number| number.parse().unwrap()).collect();
    let [seed, n_acts, gauge_each, ends_closed, n_articles] = numbers[..] else { panic!("{plan}") };
    std::env::set_current_dir(folder.join("work")).unwrap();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.join("files")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.push(folder.join("files/nowhere.txt"));
    let plan = Plan {
        seed,
        n_acts: n_acts as usize,
        gauge_each: gauge_each as usize,
        ends_closed: ends_closed == 1,
        folder,
        n_articles: n_articles as usize,
    };
    live(&plan, &files);
}

/// The middle of what was measured, of each measure alone; of an even number the upper one.
fn median(held: &[(f64, f64)]) -> (f64, f64) {
    let middle = |mut values: Vec<f64>| {
        values.sort_unstable_by(f64::total_cmp);
        values[values.len() / 2]
    };
    (middle(held.iter().map(|it| it.0).collect()), middle(held.iter().map(|it| it.1).collect()))
}

/// A process that does not outlive the test: where that fails, the folder it works in goes with it.
struct Child(std::process::Child);

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// One end of the day to the other.
struct Day {
    folder: PathBuf,
    n_articles: usize,
    random: Random,
    n_kills: usize,
    n_closed: usize,
    n_checked: usize,
    n_acts: usize,
    /// What has to stand in the files: one of these states.
    known: BTreeMap<PathBuf, Vec<Digest>>,
    /// Lives whose memory grew.
    grown: Vec<String>,
}

#[test]
fn a_day_loses_nothing_and_leaves_nothing_behind() {
    let start = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let mut day = Day::begin(folder.path(), if is_full() { 1000 } else { 120 });
    if is_full() {
        day.long_life(50_000, 5000, false);
        for number in 0..25 {
            day.live(1000, 0, number % 2 == 1);
        }
        day.long_life(25_000, 5000, true);
    } else {
        day.live(120, 0, false);
        day.long_life(180, 60, true);
        day.live(40, 0, false);
    }
    day.check_all();
    let Day { n_acts, n_kills, n_closed, n_checked, grown, .. } = day;
    println!(
        "seed {}: {n_acts} events, {n_kills} kills, {n_closed} closings, {n_checked} files compared, {:.0?}",
        seed(),
        start.elapsed()
    );
    assert!(grown.is_empty(), "memory is not flat: {grown:#?}");
}

impl Day {
    fn begin(folder: &Path, n_articles: usize) -> Self {
        for name in ["home", "work", "files"] {
            std::fs::create_dir(folder.join(name)).unwrap();
        }
        write_files(&folder.join("files"));
        let project = Project::new(Prose::new(seed()).corpus(n_articles, 0.1).documents);
        let snapshot = Snapshot { project, ..Snapshot::default() };
        for path in [folder.join(REFERENCE), Home::at(folder.join("home")).fresh().unwrap()] {
            Store::create(&path, Access::default(), &snapshot).unwrap().close().unwrap();
        }
        let random = Random::new(seed());
        let folder = folder.to_owned();
        let known = BTreeMap::new();
        Self { folder, n_articles, random, n_kills: 0, n_closed: 0, n_checked: 0, n_acts: 0, known, grown: Vec::new() }
    }

    /// A life long enough for memory to be told.
    fn long_life(&mut self, n_acts: usize, gauge_each: usize, ends_closed: bool) {
        let held = self.live(n_acts, gauge_each, ends_closed);
        assert_eq!(held.len(), n_acts / gauge_each);
        let warm = if is_full() { WARM / gauge_each - 1 } else { 0 };
        // What comes and goes, such as a list that doubles its room, makes one measurement a tenth more or less than the next.
        let half = (held.len() - warm).div_ceil(2);
        let (heap, resident) = median(&held[warm..warm + half]);
        let (last_heap, last_resident) = median(&held[held.len() - half..]);
        let percent = |warm: f64, last: f64| (last / warm - 1.0) * 100.0;
        let says = format!(
            "heap {heap:.1} MB in the first half, {last_heap:.1} MB in the second ({:+.1} %); resident {resident:.1} MB, \
             {last_resident:.1} MB ({:+.1} %)",
            percent(heap, last_heap),
            percent(resident, last_resident)
        );
        println!("  {says}");
        let is_flat = match is_full() {
            true => last_heap <= heap * GROWTH && last_resident <= resident * GROWTH,
            false => last_heap <= heap + COLD_MB,
        };
        // Told at the end of the day: what is kept is looked at whatever memory does.
        if !is_flat {
            self.grown.push(says);
        }
    }

    /// Lets a child live, ends it, and compares the files with what it told; returns what memory it held on the way.
    fn live(&mut self, n_acts: usize, gauge_each: usize, ends_closed: bool) -> Vec<(f64, f64)> {
        let seed = self.random.next() % 1_000_000;
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "day::child", "--nocapture", "--test-threads=1"]);
        let plan = format!("{seed} {n_acts} {gauge_each} {} {}", u8::from(ends_closed), self.n_articles);
        let child = command.env(FOLDER, &self.folder).env(PLAN, &plan).stdout(Stdio::piped()).spawn().unwrap();
        let mut child = Child(child);
        let mut out = BufReader::new(child.0.stdout.take().unwrap());
        let (mut held, mut has_ended, mut line) = (Vec::new(), false, String::new());
        let mut told: BTreeMap<PathBuf, Vec<Digest>> = BTreeMap::new();
        while !has_ended && out.read_line(&mut line).unwrap() > 0 {
            let said = std::mem::take(&mut line);
            let (word, rest) = said.trim_end().split_once(' ').unwrap_or((said.trim_end(), ""));
            let mut parts = rest.split('\t');
            match (word, parts.next(), parts.next(), parts.next()) {
                ("opened", Some(path), Some(state), _) => self.check_opened(Path::new(path), state),
                ("state" | "away", Some(path), Some(state), _) => {
                    told.entry(path.into()).or_default().push(state.to_owned());
                }
                ("held", Some(n_acts), Some(heap), Some(resident)) => {
                    println!(
                        "  life {seed}, {n_acts}: {heap} MB of heap, {resident} MB resident; {}",
                        parts.next().unwrap_or("")
                    );
                    held.push((heap.parse().unwrap(), resident.parse().unwrap()));
                }
                ("slowest", ..) => println!("  life {seed}: {said}"),
                ("now", ..) => {
                    std::thread::sleep(Duration::from_micros(self.random.below(25_000) as u64));
                    child.0.kill().unwrap();
                    self.n_kills += 1;
                    has_ended = true;
                }
                ("closed", ..) => (has_ended, self.n_closed) = (true, self.n_closed + 1),
                _ => {}
            }
        }
        // What is left in the pipe must not hold the child up.
        std::io::copy(&mut out, &mut std::io::sink()).unwrap();
        let status = child.0.wait().unwrap();
        assert!(has_ended && status.success() == ends_closed, "life “{plan}” ended early: {status}");
        self.n_acts += n_acts;
        self.take(told);
        held
    }

    /// Compares the files a life had with what it told of them.
    fn take(&mut self, told: BTreeMap<PathBuf, Vec<Digest>>) {
        for (path, states) in told {
            // A first step may be on its way into a file whose name nobody was told yet.
            if path.as_os_str().is_empty() {
                continue;
            }
            let held = in_file(&path).unwrap();
            assert!(states.contains(&held), "{}: {held} is in the file, not any of {states:#?}", path.display());
            self.n_checked += 1;
            self.known.insert(path, vec![held]);
        }
    }

    /// What a start brings back is what stood in the file.
    fn check_opened(&self, path: &Path, state: &str) {
        if let Some(states) = self.known.get(path) {
            assert!(states.iter().any(|it| it == state), "{} opened as {state}, was {states:?}", path.display());
        }
    }

    /// At the end of the day each file ever put away holds what it held then.
    fn check_all(&mut self) {
        for (path, states) in self.known.iter().filter(|(path, _)| path.exists()) {
            let held = in_file(path).unwrap();
            assert!(states.contains(&held), "{}: {held}, not {states:?}", path.display());
            self.n_checked += 1;
        }
    }
}
