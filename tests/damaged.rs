//! A damaged file is opened as it was kept, or what can be had of it is recovered, or it is refused; it is never taken for
//! whole, and never written.
//!
//! `THROUGHLINE_SOAK=full` damages a thousand copies.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/walk.rs"]
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use throughline::document::{Document, DocumentId};
use throughline::project::Project;
use throughline::project::store::{Access, Loaded, Original, Snapshot, Store, StoreError, recovery};
use walk::Walk;

const PAGE_BYTES: usize = 8192;

/// So many copies one run damages in each way.
const WAYS: [&str; 9] = [
    "cut",
    "pages zeroed",
    "noise over pages",
    "bits flipped",
    "bits of a page's head flipped",
    "two halves of two versions",
    "a page of an older version",
    "a page in the place of another",
    "head of the file zeroed",
];

/// A file as it was kept, and what stands where in it.
struct Kept {
    snapshot: Snapshot,
    /// As it was some steps before.
    earlier: Project,
    bytes: Vec<u8>,
    earlier_bytes: Vec<u8>,
    /// The pages on which a part of an open article stands.
    pages: BTreeMap<DocumentId, BTreeSet<usize>>,
}

fn article(number: u64) -> Arc<Document> {
    let mut words = Walk::new(number);
    let n_lines = 3 + words.below(120);
    let lines: Vec<String> = (0..n_lines)
        .map(|line| format!("Line {line} of day {number}: {:x} boats at the pier, “{:x}”.", words.next_number(), line))
        .collect();
    let mut document = Document::of_lines(DocumentId(number), &lines.join("\n"));
    document.title = Some(format!("The boats of day {number}"));
    document.sha256 = format!("{number:064x}");
    Arc::new(document)
}

fn kept(folder: &Path) -> Kept {
    let path = folder.join("kept.throughline");
    let mut project = Project::new((600..640).map(article));
    let mut walk = Walk::new(21);
    let originals = |from: u64, to: u64| -> Vec<Arc<Original>> {
        let bytes = |number| format!("bytes of {number} {:x}", Walk::new(number).next_number()).repeat(40);
        (from..to).map(|number| Arc::new(Original::pack(bytes(number).as_bytes()))).collect()
    };
    let snapshot = |project: &Project, originals| Snapshot {
        project: project.clone(),
        view: "{\"view\":\"Read\"}".to_owned(),
        codebook: "{\"toml\":\"\"}".to_owned(),
        dated_by: "the rules of the start".to_owned(),
        waiting: Arc::new(["a/b.txt".to_owned(), "c.txt".to_owned()].into()),
        originals,
    };
    let mut store = Store::create(&path, Access::default(), &snapshot(&project, originals(0, 30))).unwrap();
    let mut act = |project: &mut Project, n_acts: usize| {
        for _ in 0..n_acts {
            walk.act(project).perform(project);
        }
    };
    act(&mut project, 90);
    store.write(&snapshot(&project, originals(30, 40))).unwrap();
    store.close().unwrap();
    let earlier = (project.clone(), std::fs::read(&path).unwrap());
    let mut store = Store::open(&path, Access::default()).unwrap().store;
    act(&mut project, 60);
    store.write(&snapshot(&project, originals(40, 50))).unwrap();
    store.close().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let pages = pages(&path, &bytes);
    Kept { snapshot: snapshot(&project, Vec::new()), earlier: earlier.0, bytes, earlier_bytes: earlier.1, pages }
}

/// Where the rows of open articles stand, found by their words.
fn pages(path: &Path, bytes: &[u8]) -> BTreeMap<DocumentId, BTreeSet<usize>> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut query =
        connection.prepare("SELECT id, name, facts, text, sum FROM document WHERE place IS NOT NULL").unwrap();
    let rows = query.query_map([], |row| {
        let text = |idx: usize| row.get::<_, String>(idx).map(String::into_bytes);
        let content = [text(1)?, text(2)?, text(3)?, row.get::<_, i64>(4)?.to_be_bytes().to_vec()].concat();
        Ok((DocumentId(row.get::<_, i64>(0)?.cast_unsigned()), content))
    });
    let mut pages = BTreeMap::new();
    for row in rows.unwrap() {
        let (id, content) = row.unwrap();
        let mut places = BTreeSet::new();
        for (page, page_bytes) in bytes.chunks(PAGE_BYTES).enumerate() {
            // The words of an article are its own; those of its facts may stand elsewhere too, which only claims less.
            let has = |part: &[u8]| page_bytes.windows(part.len()).any(|window| window == part);
            let parts: Vec<&[u8]> = content.chunks(48).chain([&content[content.len() - 8..]]).collect();
            if parts.iter().any(|part| part.len() >= 8 && has(part)) {
                places.insert(page);
            }
        }
        pages.insert(id, places);
    }
    pages
}

impl Kept {
    fn damaged(&self, way: &str, walk: &mut Walk) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        let n_pages = bytes.len() / PAGE_BYTES;
        let page = |walk: &mut Walk| walk.below(n_pages as u64) as usize * PAGE_BYTES;
        let flip = |bytes: &mut [u8], walk: &mut Walk| {
            let at = walk.below(bytes.len() as u64) as usize;
            bytes[at] ^= 1 << walk.below(8);
        };
        match way {
            "cut" => bytes.truncate(walk.below(bytes.len() as u64) as usize),
            "pages zeroed" => {
                for _ in 0..1 + walk.below(5) {
                    let at = page(walk);
                    bytes[at..at + PAGE_BYTES].fill(0);
                }
            }
            "noise over pages" => {
                for _ in 0..1 + walk.below(3) {
                    let at = page(walk);
                    bytes[at..at + PAGE_BYTES].fill_with(|| walk.next_number() as u8);
                }
            }
            "bits flipped" => (0..1 + walk.below(20)).for_each(|_| flip(&mut bytes, walk)),
            "bits of a page's head flipped" => {
                // The first page begins with the head of the file.
                let at = if walk.below(3) == 0 { 0 } else { page(walk) };
                let n_bytes = if at == 0 { 140 } else { 40 };
                (0..1 + walk.below(2)).for_each(|_| flip(&mut bytes[at..at + n_bytes], walk));
            }
            "two halves of two versions" => {
                let n_common = bytes.len().min(self.earlier_bytes.len());
                let at = walk.below(n_common as u64) as usize;
                let at = if walk.below(2) == 0 { at / PAGE_BYTES * PAGE_BYTES } else { at };
                let (head, tail) = if walk.below(2) == 0 {
                    (&self.bytes, &self.earlier_bytes)
                } else {
                    (&self.earlier_bytes, &self.bytes)
                };
                bytes = [&head[..at], &tail[at..]].concat();
            }
            "a page of an older version" => loop {
                let at = page(walk);
                let Some(old) = self.earlier_bytes.get(at..at + PAGE_BYTES) else { continue };
                if *old != bytes[at..at + PAGE_BYTES] {
                    bytes[at..at + PAGE_BYTES].copy_from_slice(old);
                    break;
                }
            },
            "a page in the place of another" => {
                let (from, to) = (page(walk), page(walk));
                bytes.copy_within(from..from + PAGE_BYTES, to);
            }
            _ => bytes[..100].fill(0),
        }
        bytes
    }

    /// Articles none of whose pages is another one than before.
    fn untouched(&self, bytes: &[u8]) -> Vec<DocumentId> {
        let is_same = |page: &usize| {
            let range = page * PAGE_BYTES..(page + 1) * PAGE_BYTES;
            bytes.get(range.clone()) == self.bytes.get(range)
        };
        self.pages.iter().filter(|(_, pages)| pages.iter().all(is_same)).map(|(id, _)| *id).collect()
    }

    /// Is it all that was kept, but for the view?
    fn is_equal(&self, snapshot: &Snapshot) -> bool {
        let parts = |it: &Snapshot| (it.codebook.clone(), it.dated_by.clone(), Arc::clone(&it.waiting));
        snapshot.project == self.snapshot.project && parts(snapshot) == parts(&self.snapshot)
    }
}

#[derive(Debug, Default)]
struct Outcomes {
    n_opened: usize,
    n_read_only: usize,
    n_recovered_whole: usize,
    n_recovered: usize,
    /// Each row says by itself that it is whole; only all of them together tell.
    n_told_by_the_tally: usize,
    articles_share: f64,
    refused: BTreeMap<String, usize>,
}

/// Opens and recovers as the window does, and looks at what comes of it.
fn verify(kept: &Kept, path: &Path, bytes: &[u8], says: &str, outcomes: &mut Outcomes) {
    std::fs::write(path, bytes).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    std::fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    let to = path.with_file_name("recovered.throughline");
    match Store::open(path, Access::default()) {
        Ok(Loaded { store, snapshot, note, .. }) => {
            let is_earlier = bytes.len() == kept.earlier_bytes.len() && snapshot.project == kept.earlier;
            assert!(kept.is_equal(&snapshot) || is_earlier, "{says}: opened, and it is not what was kept");
            outcomes.n_opened += 1;
            outcomes.n_read_only += usize::from(note.is_some());
            store.close().unwrap();
        }
        Err(StoreError::Damaged { what, .. }) => {
            outcomes.n_told_by_the_tally += usize::from(what.contains("something that was kept is missing"));
            match recovery::recover(path, &to, Access::default()) {
                Ok(recovered) => verify_recovered(kept, &to, bytes, recovered, says, outcomes),
                Err(error) => {
                    assert_eq!(error.code(), "damaged", "{says}");
                    let n_untouched = kept.untouched(bytes).len();
                    assert_eq!(n_untouched, 0, "{says}: refused with {n_untouched} sound articles");
                    *outcomes.refused.entry(error.to_string()).or_default() += 1;
                }
            }
            let _ = std::fs::remove_file(&to);
        }
        // An empty file is none, and says so.
        Err(error) => {
            assert!(bytes.is_empty(), "{says}: {error:?}");
            *outcomes.refused.entry(error.to_string()).or_default() += 1;
        }
    }
    assert!(std::fs::read(path).unwrap() == bytes, "{says}: the damaged file was written");
    assert_eq!(std::fs::metadata(path).unwrap().modified().unwrap(), long_ago, "{says}: the file was touched");
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "{says}");
}

fn verify_recovered(
    kept: &Kept,
    to: &Path,
    bytes: &[u8],
    recovered: recovery::Recovered,
    says: &str,
    outcomes: &mut Outcomes,
) {
    let recovery::Recovered { store, snapshot, found } = recovered;
    let lost = found.says(&[]);
    store.close().unwrap();
    let loaded = Store::open(to, Access::default()).unwrap();
    loaded.store.check().unwrap();
    assert_eq!(loaded.snapshot.project, snapshot.project, "{says}");
    loaded.store.close().unwrap();
    let articles: BTreeMap<DocumentId, &Arc<Document>> =
        snapshot.project.documents().iter().map(|document| (document.id, document)).collect();
    for id in kept.untouched(bytes) {
        assert!(articles.contains_key(&id), "{says}: {id:?} stood on sound pages");
    }
    let all = kept.snapshot.project.documents();
    let n_there = all.iter().filter(|document| articles.get(&document.id) == Some(document)).count();
    if lost.is_empty() {
        assert!(kept.is_equal(&snapshot), "{says}: nothing is told lost, and it is not what was kept");
        outcomes.n_recovered_whole += 1;
    } else {
        outcomes.n_recovered += 1;
        outcomes.articles_share += n_there as f64 / all.len() as f64;
    }
}

/// Ends the program where nothing goes on for long, saying at what.
fn watch() -> Arc<AtomicU64> {
    let at = Arc::new(AtomicU64::new(0));
    let watched = Arc::clone(&at);
    std::thread::spawn(move || {
        let mut before = u64::MAX;
        loop {
            std::thread::sleep(Duration::from_secs(60));
            let now = watched.load(Ordering::Relaxed);
            if now == before {
                eprintln!("copy {now} hangs");
                std::process::abort();
            }
            before = now;
        }
    });
    at
}

#[test]
fn damage_is_never_silent_and_what_stands_on_sound_pages_comes_back() {
    let n_copies = if std::env::var("THROUGHLINE_SOAK").is_ok_and(|soak| soak == "full") { 1000 } else { 99 };
    let folder = tempfile::tempdir().unwrap();
    let kept = kept(folder.path());
    let place = tempfile::tempdir().unwrap();
    let path: PathBuf = place.path().join("damaged.throughline");
    let mut all: BTreeMap<&str, Outcomes> = BTreeMap::new();
    let watch = watch();
    for copy in 0..n_copies {
        watch.store(copy, Ordering::Relaxed);
        let way = WAYS[copy as usize % WAYS.len()];
        let bytes = kept.damaged(way, &mut Walk::new(copy));
        verify(&kept, &path, &bytes, &format!("copy {copy}, {way}"), all.entry(way).or_default());
    }
    let n_pages = kept.bytes.len() / PAGE_BYTES;
    println!("{n_copies} copies of a file of {n_pages} pages, {} articles", kept.pages.len());
    for (way, it) in &all {
        let n_refused: usize = it.refused.values().sum();
        let share = 100.0 * it.articles_share / it.n_recovered.max(1) as f64;
        println!(
            "{way:<32} opened equal {:>3} ({} to read alone), recovered whole {:>3}, with loss {:>3} ({share:.1} % of the \
             articles), refused {n_refused:>3} {:?}; told by the tally alone {}",
            it.n_opened, it.n_read_only, it.n_recovered_whole, it.n_recovered, it.refused, it.n_told_by_the_tally
        );
    }
    let n_opened: usize = all.values().map(|it| it.n_opened).sum();
    let n_recovered: usize = all.values().map(|it| it.n_recovered + it.n_recovered_whole).sum();
    assert!(n_opened > 0 && n_recovered * 2 > n_copies as usize);
}
