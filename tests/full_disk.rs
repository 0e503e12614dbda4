//! A disk that is full or fails takes nothing that was acknowledged, and what it did not take is written when it can be.
//!
//! `THROUGHLINE_SOAK=full` lets every operation of a longer stretch of work fail, and takes the power a thousand times.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/vfs.rs"]
mod vfs;
#[path = "support/walk.rs"]
mod walk;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use throughline::document::{Document, DocumentId};
use throughline::project::keeper::{Keeper, News};
use throughline::project::store::{Access, Loaded, Original, Snapshot, Store};
use throughline::project::{Command, Project};
use vfs::{Disk, Fault};
use walk::{Act, Walk};

fn is_full_soak() -> bool {
    std::env::var("THROUGHLINE_SOAK").is_ok_and(|soak| soak == "full")
}

/// An article that fills some pages.
fn long_article(number: u64) -> Arc<Document> {
    let lines: Vec<String> = (0..400).map(|line| format!("Line {line} of day {number}: the pier is open.")).collect();
    Arc::new(Document::of_lines(DocumentId(50_000 + number), &lines.join("\n")))
}

/// The states of a project, each with its number; every fifth act brings a long article.
fn states(seed: u64, n_acts: u64) -> Vec<Snapshot> {
    let mut project = Project::new([Walk::article(1), Walk::article(2)]);
    let mut walk = Walk::new(seed);
    let mut all = Vec::new();
    for number in 0..=n_acts {
        if number > 0 {
            let act = match number % 5 {
                2 => Act::Do(Command::AddDocuments(vec![long_article(number)])),
                _ => walk.act(&project),
            };
            act.perform(&mut project);
        }
        let originals = vec![Arc::new(Original::pack(format!("file {number}").as_bytes()))];
        all.push(Snapshot { project: project.clone(), view: number.to_string(), originals, ..Snapshot::default() });
    }
    all
}

/// Opens the file without any faults and compares it with the state of its number, which is returned.
fn verified(path: &Path, states: &[Snapshot]) -> usize {
    let Loaded { store, snapshot, note, .. } = Store::open(path, Access::default()).unwrap();
    assert_eq!(note, None);
    store.check().unwrap();
    let number: usize = snapshot.view.parse().unwrap();
    assert_eq!(snapshot.project, states[number].project, "state {number}");
    for known in &states[..=number] {
        let original = &known.originals[0];
        assert_eq!(store.original(&original.sha256).unwrap(), original.unpack());
    }
    number
}

/// As [`verified`], of a copy made while the file is open.
fn verified_copy(path: &Path, states: &[Snapshot]) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join(path.file_name().unwrap());
    for ending in ["", "-journal"] {
        let from = format!("{}{ending}", path.display());
        if Path::new(&from).exists() {
            std::fs::copy(from, format!("{}{ending}", copy.display())).unwrap();
        }
    }
    verified(&copy, states)
}

fn failing() -> Access {
    Access { vfs: Some(vfs::NAME.to_owned()), ..Access::default() }
}

/// Which files a window that wrote state `number` hands over: those since the one written last.
fn catching_up(states: &[Snapshot], written: usize, number: usize) -> Snapshot {
    let originals = states[written..=number].iter().flat_map(|state| state.originals.clone()).collect();
    Snapshot { originals, ..states[number].clone() }
}

#[test]
fn a_full_file_keeps_what_it_has_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let states = states(3, 60);
    let access = Access { max_pages: Some(30), ..Access::default() };
    let mut store = Store::create(&path, access, &states[0]).unwrap();
    let refused = (1..states.len()).find_map(|number| Some((number, store.write(&states[number]).err()?)));
    let (number, error) = refused.unwrap();
    assert_eq!(error.code(), "disk-full");
    assert!(error.next_step().contains("Make room"));
    // Taking something back needs no room.
    store.write(&states[number - 1]).unwrap();
    assert_eq!(store.write(&states[number]).unwrap_err().code(), "disk-full");
    store.close().unwrap();
    assert_eq!(verified(&path, &states), number - 1);
    let mut store = Store::open(&path, Access::default()).unwrap().store;
    store.write(&catching_up(&states, number - 1, 60)).unwrap();
    store.close().unwrap();
    assert_eq!(verified(&path, &states), 60);
}

const LIMITED: &str = "THROUGHLINE_LIMITED_FILE";

/// Writes until it can't, and tells what is kept; without its variable it is a test that holds.
#[test]
fn child() {
    let Ok(path) = std::env::var(LIMITED) else { return };
    let states = states(4, 400);
    let mut store = Store::create(Path::new(&path), Access::default(), &states[0]).unwrap();
    for (number, state) in states.iter().enumerate().skip(1) {
        match store.write(state) {
            Ok(()) => println!("\nkept {number}"),
            Err(error) => return println!("\nrefused {}", error.code()),
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_keeps_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let program = std::env::current_exe().unwrap();
    let run = "trap '' XFSZ; ulimit -f 600; exec \"$0\" --exact child --nocapture --test-threads=1";
    let output = std::process::Command::new("sh").arg("-c").arg(run).arg(program).env(LIMITED, &path).output();
    let Ok(output) = output else { return println!("skipped: there is no sh") };
    let said = String::from_utf8(output.stdout).unwrap();
    let last: usize = said.lines().filter_map(|line| line.strip_prefix("kept ")?.parse().ok()).next_back().unwrap();
    assert!(said.contains("refused disk"), "{said}");
    let states = states(4, 400);
    assert_eq!(verified(&path, &states), last);
    let mut store = Store::open(&path, Access::default()).unwrap().store;
    store.write(&catching_up(&states, last, 400)).unwrap();
    store.close().unwrap();
    assert_eq!(verified(&path, &states), 400);
}

#[cfg(unix)]
#[test]
fn a_place_that_takes_nothing_leaves_the_old_file_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let states = states(5, 4);
    let mut store = Store::create(&path, Access::default(), &states[0]).unwrap();
    let full = folder.path().join("full.throughline");
    std::os::unix::fs::symlink("/dev/full", &full).unwrap();
    let locked = folder.path().join("locked");
    std::fs::create_dir(&locked).unwrap();
    std::fs::set_permissions(&locked, std::os::unix::fs::PermissionsExt::from_mode(0o555)).unwrap();
    let mut places = vec![full.clone(), folder.path().to_owned(), "/proc/a.throughline".into(), "/no/a".into()];
    let is_above_permissions = std::fs::write(locked.join("probe"), "").is_ok();
    if !is_above_permissions {
        places.push(locked.join("a.throughline"));
    }
    for (number, place) in places.iter().enumerate() {
        let error = store.move_to(place, &states[1]).unwrap_err();
        assert!(!error.to_string().is_empty() && !error.next_step().is_empty(), "{error:?}");
        assert!(Store::create_over(place, &states[1]).is_err(), "{}", place.display());
        assert!(Store::create(place, Access::default(), &states[1]).is_err(), "{}", place.display());
        assert_eq!(store.path(), path);
        store.write(&states[number % 4]).unwrap();
    }
    assert!(std::fs::symlink_metadata(&full).unwrap().is_symlink(), "a device was replaced");
    drop(store);
    verified(&path, &states);

    let (news, told) = channel();
    let keeper = Keeper::start(None, move |told| drop(news.send(told)));
    let loaded = Store::open(&path, Access::default()).unwrap();
    keeper.begin(Some(loaded.store), loaded.snapshot);
    keeper.keep(9, states[2].clone());
    keeper.move_to(full);
    keeper.keep(10, catching_up(&states, 2, 3));
    assert!(keeper.finish());
    let told: Vec<News> = told.iter().collect();
    let not_moved = told.iter().find_map(|news| match news {
        News::NotMoved(trouble) => Some(trouble),
        _ => None,
    });
    assert!(!not_moved.unwrap().message.is_empty());
    assert!(matches!(told.last(), Some(News::Kept { number: 10, path: kept }) if *kept == path), "{told:?}");
    assert_eq!(verified(&path, &states), 3);
}

/// Lets operation `k` fail while `states` are written. True where it came to that.
fn fails_at(disk: &Disk, k: u64, fault: Fault, is_lasting: bool, states: &[Snapshot]) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let says = format!("operation {k}, {fault:?}, lasting: {is_lasting}");
    disk.work();
    let mut store = Store::create(&path, failing(), &states[0]).unwrap();
    disk.fail(fault, k, is_lasting);
    let mut written = 0;
    for number in 1..states.len() {
        match store.write(&catching_up(states, written, number)) {
            Ok(()) => written = number,
            Err(error) => {
                assert!(disk.n_failed() > 0, "{says}: {error:?}");
                assert!(["disk-full", "disk", "no-permission"].contains(&error.code()), "{says}: {error:?}");
                assert!(verified_copy(&path, states) >= written, "{says}");
            }
        }
    }
    let has_failed = disk.n_failed() > 0;
    disk.work();
    let last = states.len() - 1;
    store.write(&catching_up(states, written, last)).unwrap_or_else(|error| panic!("{says}: {error:?}"));
    store.check().unwrap();
    assert_eq!(verified_copy(&path, states), last, "{says}");
    store.close().unwrap();
    assert_eq!(verified(&path, states), last, "{says}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "{says}");
    has_failed
}

#[test]
fn whatever_fails_nothing_acknowledged_is_lost_and_the_rest_follows() {
    let disk = Disk::take();
    let states = states(6, if is_full_soak() { 10 } else { 3 });
    let mut n_runs = 0;
    for (fault, is_lasting) in [
        (Fault::Full, false),
        (Fault::Full, true),
        (Fault::Fails, false),
        (Fault::Fails, true),
        (Fault::FailsLate, false),
        (Fault::FailsLate, true),
    ] {
        // A slice takes every fourth operation, another one each time.
        let (mut k, step) = if is_full_soak() { (0, 1) } else { (n_runs % 4, 4) };
        while fails_at(&disk, k, fault, is_lasting, &states) {
            n_runs += 1;
            k += step;
        }
        assert!(k > 40, "the disk was hardly asked for anything");
    }
    println!("{n_runs} faults");
}

#[test]
fn what_was_acknowledged_is_there_when_the_power_is_back() {
    let disk = Disk::take();
    let mut walk = Walk::new(8);
    let n_crashes = if is_full_soak() { 1000 } else { 60 };
    let mut n_rolled_back = 0;
    for crash in 0..n_crashes {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("harbor.throughline");
        let states = states(crash, 12);
        disk.work();
        disk.remember();
        disk.fail(Fault::PowerLoss, walk.below(260), true);
        let mut acknowledged = None;
        if let Ok(mut store) = Store::create(&path, failing(), &states[0]) {
            acknowledged = Some(0);
            for (number, state) in states.iter().enumerate().skip(1) {
                if store.write(state).is_err() {
                    break;
                }
                acknowledged = Some(number);
            }
        }
        let after = tempfile::tempdir().unwrap();
        disk.after_power_loss(&mut walk, after.path());
        let found = after.path().join("harbor.throughline");
        if let Some(acknowledged) = acknowledged {
            n_rolled_back += usize::from(after.path().join("harbor.throughline-journal").exists());
            let number = verified(&found, &states);
            assert!(number >= acknowledged, "crash {crash}: {number} is there, {acknowledged} was acknowledged");
            assert_eq!(std::fs::read_dir(after.path()).unwrap().count(), 1);
        }
    }
    println!("{n_crashes} crashes, {n_rolled_back} with a journal");
    assert!(n_rolled_back * 5 > n_crashes as usize);
}

#[test]
fn a_keeper_tells_what_is_in_the_way_and_goes_on_by_itself() {
    let disk = Disk::take();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let states = states(9, 6);
    let store = Store::create(&path, failing(), &states[0]).unwrap();
    let (news, told) = channel();
    let keeper = Keeper::start(None, move |told| drop(news.send(told)));
    keeper.begin(Some(store), states[0].clone());
    disk.fail(Fault::Full, 0, true);
    for (number, state) in (1..).zip(&states[1..]) {
        keeper.keep(number, state.clone());
        match told.recv_timeout(Duration::from_secs(20)).unwrap() {
            News::NotKept { number: refused, trouble } => {
                assert_eq!(refused, number);
                assert_eq!(trouble.message, "the disk is full");
                assert!(trouble.next_step.contains("Make room"));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(keeper.originals().get(&states[2].originals[0].sha256), states[2].originals[0].unpack());
    disk.work();
    // Nobody asks for it.
    let kept = std::iter::from_fn(|| told.recv_timeout(Duration::from_secs(20)).ok())
        .find_map(|news| if let News::Kept { number, .. } = news { Some(number) } else { None });
    assert_eq!(kept, Some(6));
    assert!(keeper.finish());
    assert_eq!(verified(&path, &states), 6);
}

#[test]
fn a_file_that_was_moved_or_deleted_is_told_and_its_work_goes_elsewhere() {
    for case in ["moved", "deleted", "replaced"] {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("harbor.throughline"), folder.path().join("other.throughline"));
        let states = states(10, 6);
        let mut store = Store::create(&path, Access::default(), &states[0]).unwrap();
        store.write(&states[1]).unwrap();
        match case {
            "moved" => std::fs::rename(&path, &other).unwrap(),
            "deleted" => std::fs::remove_file(&path).unwrap(),
            _ => {
                std::fs::rename(&path, &other).unwrap();
                std::fs::write(&path, "words").unwrap();
            }
        }
        let error = store.write(&states[2]).unwrap_err();
        assert_eq!((error.code(), error.next_step()), ("moved", "Save it under another name"), "{case}");
        assert_eq!(store.write(&states[3]).unwrap_err().code(), "moved", "{case}");
        // Under its own name too, where that is free.
        let next = if case == "replaced" { folder.path().join("next.throughline") } else { path.clone() };
        store.move_to(&next, &catching_up(&states, 1, 4)).unwrap();
        store.write(&catching_up(&states, 4, 5)).unwrap();
        store.close().unwrap();
        assert_eq!(verified(&next, &states), 5, "{case}");
        if case != "deleted" {
            assert_eq!(verified(&other, &states), 1, "{case}");
        }
    }
}

#[test]
fn the_journal_of_a_file_that_is_gone_does_no_harm_to_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let journal = folder.path().join("harbor.throughline-journal");
    let states = states(12, 6);
    // A journal as a kill leaves it, taken from a disk that fails before the journal is deleted.
    let left = {
        let disk = Disk::take();
        let mut store = Store::create(&path, failing(), &states[0]).unwrap();
        let left = (0..).find_map(|k| {
            disk.fail(Fault::Fails, k, true);
            let _ = store.write(&states[2]);
            let left = std::fs::read(&journal).ok().filter(|bytes| bytes.starts_with(&[0xd9, 0xd5, 0x05, 0xf9]));
            disk.work();
            store.write(&states[0]).unwrap();
            left
        });
        store.close().unwrap();
        left.unwrap()
    };
    for way in ["create", "create over", "move"] {
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&journal, &left).unwrap();
        let mut store = match way {
            "create" => Store::create(&path, Access::default(), &states[3]).unwrap(),
            "create over" => Store::create_over(&path, &states[3]).unwrap(),
            _ => {
                let elsewhere = folder.path().join("elsewhere.throughline");
                let mut store = Store::create(&elsewhere, Access::default(), &states[3]).unwrap();
                store.move_to(&path, &states[3]).unwrap();
                store
            }
        };
        store.write(&states[4]).unwrap();
        store.close().unwrap();
        let Loaded { store, snapshot, .. } = Store::open(&path, Access::default()).unwrap();
        store.check().unwrap();
        assert_eq!(snapshot.project, states[4].project, "{way}");
    }
}
