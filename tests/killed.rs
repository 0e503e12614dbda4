//! A program that is killed at any instant loses nothing that it said is kept.
//!
//! The test runs itself as a child that walks, keeps and tells what is kept; the child is killed with SIGKILL after a
//! random time, and the file is opened as the next start would. What a reader does after `n` acts follows from the seed
//! and `n` alone, so that the state that has to stand in the file can be worked out beside it.
//!
//! `THROUGHLINE_SOAK=full` kills a thousand times.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/walk.rs"]
mod walk;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use throughline::project::Project;
use throughline::project::home::Home;
use throughline::project::keeper::{Keeper, News};
use throughline::project::store::{Access, Loaded, Snapshot, Store};
use walk::Walk;

/// Where the child finds its file, its seed, and whether it keeps through a keeper.
const FILE: &str = "THROUGHLINE_KILLED_FILE";
const SEED: &str = "THROUGHLINE_KILLED_SEED";
const KEEPER: &str = "THROUGHLINE_KILLED_KEEPER";

/// So many acts it does, where that is said.
const ACTS: &str = "THROUGHLINE_KILLED_ACTS";

/// A child that nobody kills ends.
const MAX_ACTS: u64 = 20_000;

/// So many kills one file sees before the next one is begun.
const KILLS_A_FILE: usize = 40;

fn start() -> Project {
    Project::new([Walk::article(1), Walk::article(2)])
}

/// The act after `n` others.
fn act(project: &mut Project, seed: u64, n: u64) {
    project.set_time(n as i64);
    Walk::new(seed.wrapping_mul(0x1000_0001).wrapping_add(n)).act(project).perform(project);
}

fn snapshot(project: &Project, n: u64) -> Snapshot {
    Snapshot { project: project.clone(), view: n.to_string(), ..Snapshot::default() }
}

fn number(snapshot: &Snapshot) -> u64 {
    snapshot.view.parse().unwrap_or(0)
}

/// What the child does; without its variables it is a test that holds.
#[test]
fn child() {
    let Ok(path) = std::env::var(FILE) else { return };
    let seed: u64 = std::env::var(SEED).unwrap().parse().unwrap();
    let path = PathBuf::from(path);
    let loaded = path.exists().then(|| Store::open(&path, Access::default()).unwrap());
    if std::env::var(KEEPER).is_ok() {
        walk_with_keeper(&path, seed, loaded);
    } else {
        walk_with_store(&path, seed, loaded);
    }
}

/// Tells that `n` is kept. The name of the test stands before it without the end of a line.
fn acknowledge(n: u64) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\nkept {n}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

fn walk_with_store(path: &Path, seed: u64, loaded: Option<Loaded>) {
    let (mut project, mut store, first) = match loaded {
        Some(loaded) => (loaded.snapshot.project.clone(), loaded.store, number(&loaded.snapshot)),
        None => {
            let project = start();
            let store = Store::create(path, Access::default(), &snapshot(&project, 0)).unwrap();
            (project, store, 0)
        }
    };
    acknowledge(first);
    let n_acts = std::env::var(ACTS).map_or(MAX_ACTS, |n_acts| n_acts.parse().unwrap());
    for n in first..first + n_acts {
        act(&mut project, seed, n);
        store.write(&snapshot(&project, n + 1)).unwrap();
        acknowledge(n + 1);
    }
}

fn walk_with_keeper(path: &Path, seed: u64, loaded: Option<Loaded>) {
    let (news, told) = channel();
    let keeper = Keeper::start(Some(Home::at(path.parent().unwrap().to_owned())), move |told| drop(news.send(told)));
    let (mut project, first) = match loaded {
        Some(Loaded { store, snapshot, .. }) => {
            keeper.begin(Some(store), snapshot.clone());
            acknowledge(number(&snapshot));
            (snapshot.project.clone(), number(&snapshot))
        }
        None => {
            keeper.begin(None, snapshot(&start(), 0));
            (start(), 0)
        }
    };
    let mut n_kept = first;
    for n in first..MAX_ACTS {
        act(&mut project, seed, n);
        keeper.keep(n + 1, snapshot(&project, n + 1));
        // A reader is slower than the disk, but not always.
        while n + 1 > n_kept + 1 + n % 4 {
            match told.recv().unwrap() {
                News::Kept { number, .. } => {
                    n_kept = number;
                    acknowledge(number);
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

fn spawn(path: &Path, seed: u64, has_keeper: bool) -> (Child, BufReader<ChildStdout>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture", "--test-threads=1"]);
    command.env(FILE, path).env(SEED, seed.to_string()).stdout(Stdio::piped());
    if has_keeper {
        command.env(KEEPER, "1");
    }
    let mut child = command.spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    (child, out)
}

/// What the kills came upon.
#[derive(Debug, Default)]
struct Tally {
    n_kills: usize,
    n_in_a_transaction: usize,
    n_before_an_answer: usize,
    n_acts: u64,
    n_beyond_the_answer: usize,
}

/// A file, and what has to stand in it.
struct Kept {
    path: PathBuf,
    seed: u64,
    project: Project,
    n: u64,
}

impl Kept {
    /// Lets a child work on the file and kills it; returns the last number it said is kept.
    fn kill_a_child(&self, walk: &mut Walk, tally: &mut Tally) -> Option<u64> {
        let (mut child, mut out) = spawn(&self.path, self.seed, walk.below(3) == 0);
        let mut said = String::new();
        // Most are killed while commands run; some while the file is made or opened.
        let is_waited_for = walk.below(4) > 0;
        while is_waited_for && !said.contains("kept ") {
            assert!(out.read_line(&mut said).unwrap() > 0, "the child ended by itself: {said}");
        }
        std::thread::sleep(Duration::from_micros(walk.below(40_000)));
        child.kill().unwrap();
        out.read_to_string(&mut said).unwrap();
        let status = child.wait().unwrap();
        assert_ne!(status.code(), Some(101), "the child failed: {said}");
        let last = said.lines().filter_map(|line| line.strip_prefix("kept ")?.parse().ok()).next_back();
        tally.n_kills += 1;
        tally.n_before_an_answer += usize::from(last.is_none());
        last
    }

    /// Opens the file as the next start would, and compares.
    fn verify(&mut self, acknowledged: Option<u64>, tally: &mut Tally) {
        let folder = self.path.parent().unwrap();
        let journal = folder.join("untitled-1.throughline-journal");
        tally.n_in_a_transaction += usize::from(journal.exists());
        if self.n == 0 && acknowledged.is_none() {
            // Killed while the file was made: then it may be none yet, and the program begins another one.
            let opened = self.path.exists().then(|| Store::open(&self.path, Access::default()));
            match opened {
                Some(Ok(_)) => {}
                Some(Err(error)) => {
                    assert_eq!(error.code(), "not-a-project");
                    assert!(Home::at(folder.to_owned()).left().is_empty(), "an empty file comes back at the start");
                    std::fs::remove_file(&self.path).unwrap();
                    return;
                }
                None => return,
            }
        }
        let Loaded { store, snapshot, note, .. } = Store::open(&self.path, Access::default()).unwrap();
        assert_eq!(note, None);
        let n = number(&snapshot);
        let least = acknowledged.unwrap_or(0).max(self.n);
        assert!(n >= least, "{n} is in the file, {least} was acknowledged");
        tally.n_beyond_the_answer += usize::from(n > least);
        tally.n_acts += n - self.n;
        while self.n < n {
            act(&mut self.project, self.seed, self.n);
            self.n += 1;
        }
        assert_eq!(snapshot.project, self.project, "after {n} acts");
        store.check().unwrap();
        let names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["untitled-1.throughline"]);
        store.close().unwrap();
    }
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let n_kills = if std::env::var("THROUGHLINE_SOAK").is_ok_and(|soak| soak == "full") { 1000 } else { 120 };
    let begun = Instant::now();
    let mut walk = Walk::new(11);
    let mut tally = Tally::default();
    for seed in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("untitled-1.throughline");
        let mut kept = Kept { path, seed, project: start(), n: 0 };
        for _ in 0..KILLS_A_FILE.min(n_kills / 2) {
            let acknowledged = kept.kill_a_child(&mut walk, &mut tally);
            kept.verify(acknowledged, &mut tally);
        }
        if tally.n_kills >= n_kills {
            break;
        }
    }
    println!("{tally:?} in {:.1?}", begun.elapsed());
    assert!(tally.n_in_a_transaction * 20 > tally.n_kills, "hardly a kill fell into a transaction: {tally:?}");
}

#[test]
fn two_programs_that_both_believe_to_hold_a_file_leave_it_sound() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("untitled-1.throughline");
    let mut project = start();
    let mut store = Store::create(&path, Access::default(), &snapshot(&project, 0)).unwrap();
    for round in 1..=3 {
        // Where locks are those of POSIX, this lets go of the file.
        std::fs::read(&path).unwrap();
        let mut other = Command::new(std::env::current_exe().unwrap());
        other.args(["--exact", "child", "--nocapture", "--test-threads=1"]);
        other.env(FILE, &path).env(SEED, round.to_string()).env(ACTS, "4").stdout(Stdio::null()).stderr(Stdio::null());
        other.status().unwrap();
        for n in 0..3 {
            act(&mut project, 1000 + round, n);
            store.write(&snapshot(&project, n)).unwrap();
        }
        store.check().unwrap();
    }
    store.close().unwrap();
    let loaded = Store::open(&path, Access::default()).unwrap();
    loaded.store.check().unwrap();
    assert_eq!(loaded.snapshot.project, project);
}
