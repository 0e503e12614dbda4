//! The thread that keeps a project on the disk, so that nobody waits for the disk while reading.
//!
//! It is handed a [`Snapshot`] after every command and writes the latest it has; what it skips is part of that. Each is
//! answered when it is on the disk, or with what is in the way; then it is tried again by itself every few seconds and
//! with every further command, so that work goes on when there is room again. Work without a name gets a file of its own
//! with the first step.
//!
//! A fault of the program in the midst of it is told like one of the disk: the file is let go of, opened again, and
//! written with the state that waits. What failed so three times in a row is given up and says so; then another file can
//! still be made.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::home::Home;
use super::store::{Access, Original, Snapshot, Store, StoreError};

/// What could not be written is tried again this often.
const TRY_AGAIN: Duration = Duration::from_secs(3);

/// A disk that takes longer for the last writing is given up.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// At most so many names are tried for work without one, where other windows take them at the same moment.
const MAX_NAMES: usize = 8;

/// So many faults of the program in a row, and nothing is tried any more by itself.
const MAX_FAULTS: u32 = 3;

/// What the thread tells.
#[derive(Debug)]
pub enum News {
    /// All up to this number is on the disk, in this file.
    Kept {
        number: u64,
        path: PathBuf,
    },
    /// Nothing from this number on is; it is tried again.
    NotKept {
        number: u64,
        trouble: Trouble,
    },
    /// The project goes on in this file.
    Moved(PathBuf),
    NotMoved(Trouble),
    /// The file that is open is not sound. It is not written any more.
    Damaged {
        path: PathBuf,
        what: String,
    },
}

/// What is in the way, in words for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub message: String,
    pub next_step: String,
}

impl Trouble {
    pub fn of(error: &StoreError) -> Self {
        let cause = std::error::Error::source(error).map_or_else(String::new, |source| format!(": {source}"));
        Self { message: format!("{error}{cause}"), next_step: error.next_step().to_owned() }
    }
}

enum Order {
    /// Another project, in its file or in none yet.
    Begin {
        store: Option<Box<Store>>,
        snapshot: Box<Snapshot>,
    },
    Keep {
        number: u64,
        snapshot: Box<Snapshot>,
    },
    MoveTo(PathBuf),
    Original {
        sha256: String,
        answer: Sender<Option<Vec<u8>>>,
    },
    /// Answered when all that was ordered before is done.
    Settle(Sender<()>),
    /// Answered when all is written, or can't be.
    Close(Sender<bool>),
}

/// The way to the thread. Dropping it closes the file when all is written.
#[derive(Debug)]
pub struct Keeper {
    orders: Sender<Order>,
    is_closed: bool,
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Begin { .. } => "Begin",
            Self::Keep { .. } => "Keep",
            Self::MoveTo(_) => "MoveTo",
            Self::Original { .. } => "Original",
            Self::Settle(_) => "Settle",
            Self::Close(_) => "Close",
        })
    }
}

/// Asks for the bytes behind articles, and whether the keeper is done; may be given to other threads.
#[derive(Clone, Debug)]
pub struct Originals(Sender<Order>);

impl Originals {
    /// The bytes with this SHA-256, `None` where the project does not have them. Waits for the disk.
    pub fn get(&self, sha256: &str) -> Option<Vec<u8>> {
        let (answer, reply) = channel();
        self.0.send(Order::Original { sha256: sha256.to_owned(), answer }).ok()?;
        reply.recv().ok().flatten()
    }

    /// Waits until all that was ordered before is done, a project that was put away let go of; at most [`PATIENCE`].
    pub fn settle(&self) {
        let (answer, reply) = channel();
        if self.0.send(Order::Settle(answer)).is_ok() {
            let _ = reply.recv_timeout(PATIENCE);
        }
    }
}

impl Keeper {
    /// Starts the thread, with no project. `home` is where work without a name lives, `None` to keep nothing of it.
    pub fn start(home: Option<Home>, tell: impl Fn(News) + Send + 'static) -> Self {
        let (orders, inbox) = channel();
        Self::of(Work::new(home, tell), orders, inbox)
    }

    fn of(mut work: Work, orders: Sender<Order>, inbox: Receiver<Order>) -> Self {
        thread::spawn(move || {
            let mut next = None;
            // The thread goes on whatever fails in it: nobody else has the file.
            while catch_unwind(AssertUnwindSafe(|| work.run(&inbox, &mut next))).is_err() {
                work.begin_again();
            }
        });
        Self { orders, is_closed: false }
    }

    /// Goes on with another project: one that was opened from its file, or one that has none yet. What it is made of
    /// counts as known; it gets a file with its first step.
    pub fn begin(&self, store: Option<Store>, snapshot: Snapshot) {
        self.send(Order::Begin { store: store.map(Box::new), snapshot: Box::new(snapshot) });
    }

    /// Keeps this state. Numbers rise.
    pub fn keep(&self, number: u64, snapshot: Snapshot) {
        self.send(Order::Keep { number, snapshot: Box::new(snapshot) });
    }

    /// Puts the project into a file of this name and goes on there; work without a name leaves its old place.
    pub fn move_to(&self, path: PathBuf) {
        self.send(Order::MoveTo(path));
    }

    pub fn originals(&self) -> Originals {
        Originals(self.orders.clone())
    }

    /// Writes what waits and closes the file. False where something could not be written, or where the disk did not
    /// answer for [`PATIENCE`].
    pub fn finish(mut self) -> bool {
        self.close()
    }

    fn close(&mut self) -> bool {
        if std::mem::replace(&mut self.is_closed, true) {
            return true;
        }
        let (answer, reply) = channel();
        self.send(Order::Close(answer));
        reply.recv_timeout(PATIENCE).unwrap_or(false)
    }

    fn send(&self, order: Order) {
        // The thread ends with this value alone.
        let _ = self.orders.send(order);
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.close();
    }
}

struct Work {
    home: Option<Home>,
    tell: Box<dyn Fn(News) + Send>,
    store: Option<Store>,
    is_damaged: bool,
    /// What the project began with, until it has a file.
    base: Snapshot,
    /// The latest state that is not written.
    waiting: Option<Box<Snapshot>>,
    /// Its number, else that of the state written last.
    number: u64,
    /// The file that was let go of after a fault.
    lost: Option<PathBuf>,
    /// Faults of the program since something was written.
    n_faults: u32,
    /// Fails in the place of the next writing.
    #[cfg(test)]
    fault: Option<Box<dyn FnMut() + Send>>,
}

impl Work {
    fn new(home: Option<Home>, tell: impl Fn(News) + Send + 'static) -> Self {
        Self {
            home,
            tell: Box::new(tell),
            store: None,
            is_damaged: false,
            base: Snapshot::default(),
            waiting: None,
            number: 0,
            lost: None,
            n_faults: 0,
            #[cfg(test)]
            fault: None,
        }
    }

    /// Works until the way to the thread is closed. `next` is an order that was taken out of its turn.
    fn run(&mut self, inbox: &Receiver<Order>, next: &mut Option<Order>) {
        loop {
            let order = match next.take() {
                Some(order) => Ok(order),
                None if self.waiting.is_some() && self.n_faults < MAX_FAULTS => inbox.recv_timeout(TRY_AGAIN),
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match order {
                Ok(Order::Keep { number, snapshot }) => {
                    self.take(number, snapshot);
                    // What came meanwhile says all that this one says.
                    while let Ok(more) = inbox.try_recv() {
                        match more {
                            Order::Keep { number, snapshot } => self.take(number, snapshot),
                            other => {
                                *next = Some(other);
                                break;
                            }
                        }
                    }
                    self.write();
                }
                Ok(Order::Begin { store, snapshot }) => self.begin(store.map(|store| *store), *snapshot),
                Ok(Order::MoveTo(path)) => self.move_to(&path),
                Ok(Order::Original { sha256, answer }) => {
                    let _ = answer.send(self.original(&sha256));
                }
                Ok(Order::Settle(answer)) => drop(answer.send(())),
                Err(RecvTimeoutError::Timeout) => self.write(),
                Ok(Order::Close(answer)) => {
                    self.write();
                    let is_written = self.waiting.is_none();
                    let _ = answer.send(is_written && self.store.take().is_none_or(|store| store.close().is_ok()));
                    return;
                }
                // Nobody can ask for anything any more.
                Err(RecvTimeoutError::Disconnected) if self.n_faults < MAX_FAULTS => return self.write(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// After a fault: lets go of the file, which is sound, since what was half written is not in it, and opens it again.
    fn begin_again(&mut self) {
        self.n_faults += 1;
        // Two hands on one file would break its lock, so the first one is gone before it is opened again.
        self.lost = self.store.take().map(|store| store.path().to_owned()).or(self.lost.take());
        let message = "something in the program failed".to_owned();
        let next_step = match self.n_faults >= MAX_FAULTS {
            true => "Save it elsewhere; nothing is kept here until that works again",
            false => "It is tried again by itself",
        };
        let trouble = Trouble { message, next_step: next_step.to_owned() };
        let number = self.number;
        // Whoever is told may be what fails.
        let _ = catch_unwind(AssertUnwindSafe(|| (self.tell)(News::NotKept { number, trouble })));
    }

    /// Opens the file that was let go of. Another window may have it by now.
    fn find_again(&mut self) -> Result<(), Trouble> {
        let Some(path) = &self.lost else { return Ok(()) };
        let loaded = Store::open(path, Access::default()).map_err(|error| Trouble::of(&error))?;
        if let Some(note) = loaded.note {
            return Err(Trouble { message: note, next_step: "Save it elsewhere".to_owned() });
        }
        (self.store, self.lost) = (Some(loaded.store), None);
        Ok(())
    }

    fn begin(&mut self, store: Option<Store>, snapshot: Snapshot) {
        self.write();
        self.store = store;
        self.base = snapshot;
        (self.waiting, self.is_damaged, self.lost, self.n_faults) = (None, false, None, 0);
        let fault =
            self.store.as_ref().and_then(|store| store.check().err().map(|error| (store.path().to_owned(), error)));
        if let Some((path, error @ StoreError::Damaged { .. })) = fault {
            self.is_damaged = true;
            (self.tell)(News::Damaged { path, what: error.to_string() });
        }
    }

    /// Makes a state the latest, without losing the files that an earlier one brought.
    fn take(&mut self, number: u64, mut snapshot: Box<Snapshot>) {
        if let Some(earlier) = self.waiting.take() {
            let known = std::mem::take(&mut snapshot.originals);
            snapshot.originals = earlier.originals;
            snapshot.originals.extend(known);
        }
        self.number = number;
        self.waiting = Some(snapshot);
    }

    fn write(&mut self) {
        // It waits until it is written, whatever comes between.
        let Some(snapshot) = self.waiting.clone() else { return };
        if let Err(trouble) = self.find_again() {
            (self.tell)(News::NotKept { number: self.number, trouble });
            return;
        }
        if self.store.is_none() && snapshot.project.history().steps().is_empty() {
            // Nothing was done yet; what there is can be had again.
            self.waiting = None;
            self.base.originals.extend(snapshot.originals);
            return;
        }
        if self.is_damaged || self.store.as_ref().is_some_and(Store::is_read_only) {
            self.waiting = None;
            return;
        }
        match self.write_now(&snapshot) {
            Ok(path) => {
                (self.waiting, self.n_faults) = (None, 0);
                (self.tell)(News::Kept { number: self.number, path });
            }
            Err(error) => (self.tell)(News::NotKept { number: self.number, trouble: Trouble::of(&error) }),
        }
    }

    /// Writes a state, into a new file where there is none yet.
    fn write_now(&mut self, snapshot: &Snapshot) -> Result<PathBuf, StoreError> {
        #[cfg(test)]
        if let Some(fault) = &mut self.fault {
            fault();
        }
        let store = match &mut self.store {
            Some(store) => {
                store.write(snapshot)?;
                store
            }
            None => {
                let made = self.create(snapshot)?;
                self.store.insert(made)
            }
        };
        Ok(store.path().to_owned())
    }

    /// A file for work without a name.
    fn create(&mut self, snapshot: &Snapshot) -> Result<Store, StoreError> {
        let nowhere = |source: std::io::Error| StoreError::NoHome { path: PathBuf::new(), source };
        let no_home =
            || nowhere(std::io::Error::new(std::io::ErrorKind::NotFound, "this system names no place for it"));
        let home = self.home.as_ref().ok_or_else(no_home)?;
        let whole = self.with_base(snapshot);
        let mut failed = None;
        for _ in 0..MAX_NAMES {
            let path = home.fresh().map_err(nowhere)?;
            match Store::create(&path, Access::default(), &whole) {
                Ok(store) => {
                    self.base = Snapshot::default();
                    return Ok(store);
                }
                // Another window was there first.
                Err(error @ StoreError::System { .. }) => failed = Some(error),
                // The folder is there and takes no file: on a medium that only reads, or in somebody else's home.
                Err(StoreError::NotFound { path } | StoreError::Forbidden { path }) => {
                    let source = std::io::Error::new(std::io::ErrorKind::PermissionDenied, "it takes no files");
                    return Err(StoreError::NoHome { path, source });
                }
                Err(error) => return Err(error),
            }
        }
        Err(failed.unwrap_or_else(no_home))
    }

    /// A state with the files that the project began with.
    fn with_base(&self, snapshot: &Snapshot) -> Snapshot {
        let originals: Vec<Arc<Original>> = self.base.originals.iter().chain(&snapshot.originals).cloned().collect();
        Snapshot { originals, ..snapshot.clone() }
    }

    fn move_to(&mut self, path: &Path) {
        // Where it can't be opened again, what waits is put into the other file alone.
        let _ = self.find_again();
        let snapshot = self.waiting.clone();
        let moved = match &mut self.store {
            // What can't be trusted is not copied; all but the original files is in memory.
            Some(store) if self.is_damaged => Store::create_over(path, store.written()).map(|made| *store = made),
            Some(store) => {
                let latest = snapshot.as_deref().unwrap_or(store.written()).clone();
                let old = store.path().to_owned();
                store.move_to(path, &latest).map(|()| {
                    // However it was spelled, the place may be the old one.
                    if store.path() != old && self.home.as_ref().is_some_and(|home| home.holds(&old)) {
                        // It is at its new place; a second copy would come back at the next start.
                        let _ = std::fs::remove_file(&old);
                    }
                })
            }
            None => {
                let whole = self.with_base(snapshot.as_deref().unwrap_or(&self.base));
                Store::create_over(path, &whole).map(|made| self.store = Some(made))
            }
        };
        match moved {
            Ok(()) => {
                (self.waiting, self.is_damaged, self.lost, self.n_faults) = (None, false, None, 0);
                (self.tell)(News::Kept { number: self.number, path: path.to_owned() });
                (self.tell)(News::Moved(path.to_owned()));
            }
            Err(error) => (self.tell)(News::NotMoved(Trouble::of(&error))),
        }
    }

    fn original(&self, sha256: &str) -> Option<Vec<u8>> {
        let waiting = self.waiting.iter().flat_map(|snapshot| &snapshot.originals).chain(&self.base.originals);
        let known = waiting.into_iter().find(|original| original.sha256 == sha256);
        known.and_then(|original| original.unpack()).or_else(|| self.store.as_ref()?.original(sha256).ok().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, DocumentId};
    use crate::project::{Command, Project};

    /// A keeper in a folder of its own whose writings fail as often as `fails` says.
    fn failing(fails: u32) -> (tempfile::TempDir, Keeper, Receiver<News>) {
        let folder = tempfile::tempdir().unwrap();
        let (news, told) = channel();
        let (orders, inbox) = channel();
        let mut n_left = fails;
        let home = Some(Home::at(folder.path().to_owned()));
        let mut work = Work::new(home, move |told| drop(news.send(told)));
        work.fault = Some(Box::new(move || {
            n_left = n_left.saturating_sub(1);
            // The first one is let through, so that there is a file.
            assert!(n_left == fails - 1 || n_left == 0, "a fault of the program");
        }));
        (folder, Keeper::of(work, orders, inbox), told)
    }

    fn project(n_steps: usize) -> Project {
        let mut project = Project::new([Arc::new(Document::of_lines(DocumentId(1), "The pier is open."))]);
        for n in 0..n_steps {
            let document = Arc::new(Document::of_lines(DocumentId(10 + n as u64), &format!("Pier {n} is open.")));
            project.apply(Command::AddDocuments(vec![document]));
        }
        project
    }

    fn snapshot(n_steps: usize) -> Snapshot {
        Snapshot { project: project(n_steps), ..Snapshot::default() }
    }

    #[test]
    fn what_waits_when_the_program_fails_is_written_all_the_same() {
        let (folder, keeper, told) = failing(3);
        keeper.begin(None, snapshot(0));
        keeper.keep(1, snapshot(1));
        let News::Kept { number: 1, path } = told.recv().unwrap() else { panic!("not kept") };
        keeper.keep(2, snapshot(2));
        let News::NotKept { number: 2, trouble } = told.recv().unwrap() else { panic!("no trouble told") };
        assert_eq!(trouble.next_step, "It is tried again by itself");
        // A further command, whose writing fails no more.
        keeper.keep(3, snapshot(3));
        let News::Kept { number: 3, path: same } = told.recv().unwrap() else { panic!("not kept") };
        assert_eq!(same, path);
        assert!(keeper.finish());
        let loaded = Store::open(&path, Access::default()).unwrap();
        assert_eq!((loaded.snapshot.project, loaded.note), (project(3), None));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_fails_again_and_again_says_so_and_can_be_saved_elsewhere() {
        let (folder, keeper, told) = failing(u32::MAX);
        keeper.begin(None, snapshot(0));
        keeper.keep(1, snapshot(1));
        assert!(matches!(told.recv().unwrap(), News::Kept { .. }));
        for number in 2..=4 {
            keeper.keep(number, snapshot(number as usize));
            let News::NotKept { trouble, .. } = told.recv().unwrap() else { panic!("no trouble told") };
            assert_eq!(trouble.next_step.starts_with("Save it elsewhere"), number == 4, "{trouble:?}");
        }
        let other = folder.path().join("elsewhere.throughline");
        keeper.move_to(other.clone());
        assert!(matches!(told.recv().unwrap(), News::Kept { number: 4, .. }));
        assert!(matches!(told.recv().unwrap(), News::Moved(_)));
        assert!(keeper.finish());
        assert_eq!(Store::open(&other, Access::default()).unwrap().snapshot.project, project(4));
    }

    #[test]
    fn saved_in_its_own_file_by_another_name_of_the_folder_it_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (tell, told) = channel();
        let keeper = Keeper::start(Some(Home::at(folder.path().to_owned())), move |it| tell.send(it).unwrap_or(()));
        keeper.keep(1, snapshot(1));
        let News::Kept { path, .. } = told.recv().unwrap() else { panic!("not kept") };
        let name = |path: &Path| path.file_name().unwrap().to_owned();
        keeper.move_to(folder.path().join("..").join(name(folder.path())).join(name(&path)));
        assert!(matches!(told.recv().unwrap(), News::Kept { .. }));
        assert!(matches!(told.recv().unwrap(), News::Moved(_)));
        keeper.keep(2, snapshot(2));
        assert!(matches!(told.recv().unwrap(), News::Kept { number: 2, .. }));
        assert!(keeper.finish());
        assert_eq!(Store::open(&path, Access::default()).unwrap().snapshot.project, project(2));
    }

    /// What the reader is told of the first step where work without a name lives at `folder`.
    fn trouble_at(folder: PathBuf) -> Trouble {
        let (tell, news) = channel();
        let keeper = Keeper::start(Some(Home::at(folder)), move |it| tell.send(it).unwrap_or(()));
        let mut project = Project::default();
        project.apply(Command::AddDocuments(vec![Arc::new(Document::of_lines(DocumentId(1), "The pier is open."))]));
        keeper.keep(1, Snapshot { project, ..Snapshot::default() });
        match news.recv() {
            Ok(News::NotKept { trouble, .. }) => trouble,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn where_no_folder_takes_the_work_the_reader_is_told_so() {
        let words = "there is no folder to keep work without a name in";
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        for home in [file.clone(), file.join("below")] {
            let trouble = trouble_at(home);
            assert!(trouble.message.starts_with(words), "{trouble:?}");
            assert_eq!(trouble.next_step, "Save it under a name, in a folder of yours");
        }
    }

    /// Nobody may make a file there, not even who may do everything.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_takes_no_files_is_no_file_that_was_not_found() {
        let trouble = trouble_at(PathBuf::from("/proc"));
        assert_eq!(trouble.message, "there is no folder to keep work without a name in: it takes no files");
    }
}
