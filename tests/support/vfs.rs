//! A disk that fails when it is told to: a virtual file system of SQLite that hands everything on to the system's own.
//!
//! Operations that change something are counted. From one on, or for one alone, they fail, before or after they were
//! done. With [`Disk::remember`] what reached the disk for good is kept apart from what only was written:
//! [`Disk::after_power_loss`] makes the files that a machine may find when its power went, with writes since the last
//! sync left out, torn at a sector, or there, at random. The method is that of SQLite's own crash tests
//! (<https://www.sqlite.org/testing.html>, 3.3). One test at a time has the disk.

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use rusqlite::ffi;

use super::walk::Walk;

/// What the file system is registered as.
pub const NAME: &str = "failing";

/// What a disk writes whole or not at all.
const SECTOR_BYTES: usize = 512;

static TURN: Mutex<()> = Mutex::new(());
static STATE: Mutex<State> = Mutex::new(State::new());

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no room; what only makes room works.
    Full,
    /// The disk does not do it.
    Fails,
    /// The disk does it and says that it did not.
    FailsLate,
    /// The power is off: nothing is done any more.
    PowerLoss,
}

#[derive(Debug)]
struct State {
    fault: Fault,
    /// Operations until the fault; `None` for a disk that works.
    countdown: Option<u64>,
    /// Does all fail from then on?
    is_lasting: bool,
    n_failed: u64,
    /// By path; `None` where nobody asked for it.
    images: Option<BTreeMap<PathBuf, Image>>,
}

/// What is on the disk for good, and what was asked for since.
#[derive(Clone, Debug, Default)]
struct Image {
    bytes: Vec<u8>,
    since: Vec<Change>,
    /// Is its name in the folder for good?
    is_named: bool,
    /// Was it deleted, though perhaps not for good?
    is_deleted: bool,
}

#[derive(Clone, Debug)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Truncate(usize),
}

impl State {
    const fn new() -> Self {
        Self { fault: Fault::Fails, countdown: None, is_lasting: false, n_failed: 0, images: None }
    }

    /// Counts an operation; the fault where it fails.
    fn next(&mut self) -> Option<Fault> {
        match &mut self.countdown {
            None => None,
            Some(0) => {
                self.n_failed += 1;
                if !self.is_lasting {
                    self.countdown = None;
                }
                Some(self.fault)
            }
            Some(left) => {
                *left -= 1;
                None
            }
        }
    }

    fn image(&mut self, path: &Path) -> Option<&mut Image> {
        Some(self.images.as_mut()?.entry(path.to_owned()).or_default())
    }
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The turn of one test.
pub struct Disk(#[expect(dead_code, reason = "held, not read")] MutexGuard<'static, ()>);

impl Disk {
    /// Waits until no other test has it; it works at first.
    pub fn take() -> Self {
        static REGISTERED: Once = Once::new();
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        REGISTERED.call_once(register);
        *state() = State::new();
        Self(turn)
    }

    /// After `countdown` more operations the next one fails, and where `is_lasting`, all that follow.
    pub fn fail(&self, fault: Fault, countdown: u64, is_lasting: bool) {
        let mut state = state();
        (state.fault, state.countdown, state.is_lasting, state.n_failed) = (fault, Some(countdown), is_lasting, 0);
    }

    pub fn work(&self) {
        state().countdown = None;
    }

    /// Operations that failed since [`Disk::fail`].
    pub fn n_failed(&self) -> u64 {
        state().n_failed
    }

    /// Starts to tell what is on the disk for good, from no files at all.
    pub fn remember(&self) {
        state().images = Some(BTreeMap::new());
    }

    /// Puts the files that are found when the power is back into `folder`, under their own names.
    pub fn after_power_loss(&self, walk: &mut Walk, folder: &Path) {
        let images = state().images.take().unwrap_or_default();
        for (path, image) in images {
            let is_gone = (image.is_deleted || !image.is_named) && walk.below(2) == 0;
            if !is_gone {
                std::fs::write(folder.join(path.file_name().unwrap()), image.found(walk)).unwrap();
            }
        }
    }
}

impl Image {
    fn apply(bytes: &mut Vec<u8>, change: &Change) {
        match change {
            Change::Write { at, bytes: new } => {
                bytes.resize(bytes.len().max(at + new.len()), 0);
                bytes[*at..at + new.len()].copy_from_slice(new);
            }
            Change::Truncate(size) => bytes.truncate(*size),
        }
    }

    fn sync(&mut self) {
        for change in std::mem::take(&mut self.since) {
            Self::apply(&mut self.bytes, &change);
        }
        // The first sync of a file of SQLite syncs its folder as well.
        self.is_named = true;
    }

    /// Its bytes, with what was not synced there, torn or not.
    fn found(self, walk: &mut Walk) -> Vec<u8> {
        let mut bytes = self.bytes;
        for change in &self.since {
            match (walk.below(4), change) {
                (0, _) => {}
                (1, Change::Write { at, bytes: new }) => {
                    let mut from = 0;
                    while from < new.len() {
                        let to = ((at + from) / SECTOR_BYTES + 1) * SECTOR_BYTES - at;
                        let part = new[from..to.min(new.len())].to_vec();
                        if walk.below(2) == 0 {
                            Self::apply(&mut bytes, &Change::Write { at: at + from, bytes: part });
                        }
                        from = to;
                    }
                }
                _ => Self::apply(&mut bytes, change),
            }
        }
        bytes
    }
}

/// A file of this file system; that of the system stands behind it in the same memory.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    /// `None` for files without a name, which never fail.
    path: *mut PathBuf,
}

struct Shared(*mut ffi::sqlite3_vfs);

#[expect(unsafe_code, reason = "the system's file system is shared by SQLite itself")]
// SAFETY: it is written once before it is read, and SQLite calls it from any thread.
unsafe impl Send for Shared {}

static REAL: Mutex<Shared> = Mutex::new(Shared(std::ptr::null_mut()));

fn real_vfs() -> *mut ffi::sqlite3_vfs {
    REAL.lock().unwrap_or_else(PoisonError::into_inner).0
}

#[expect(unsafe_code, reason = "SQLite takes a file system as a table of functions")]
fn register() {
    // SAFETY: the default file system is there after initialization and never goes; the copy lives as long as the program.
    unsafe {
        assert_eq!(ffi::sqlite3_initialize(), ffi::SQLITE_OK);
        let real = ffi::sqlite3_vfs_find(std::ptr::null());
        *REAL.lock().unwrap_or_else(PoisonError::into_inner) = Shared(real);
        let name = CString::new(NAME).unwrap().into_raw();
        let vfs = Box::leak(Box::new(ffi::sqlite3_vfs {
            szOsFile: (*real).szOsFile + c_int::try_from(size_of::<File>()).unwrap(),
            pNext: std::ptr::null_mut(),
            zName: name,
            xOpen: Some(open),
            xDelete: Some(delete),
            ..*real
        }));
        assert_eq!(ffi::sqlite3_vfs_register(vfs, 0), ffi::SQLITE_OK);
    }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 1,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: None,
    xShmLock: None,
    xShmBarrier: None,
    xShmUnmap: None,
    xFetch: None,
    xUnfetch: None,
};

/// Does an operation that may fail: `code` where the disk fails, what is noted where it does not.
fn tried(
    path: Option<&Path>,
    (full, code): (Option<c_int>, c_int),
    run: impl FnOnce() -> c_int,
    note: impl FnOnce(&mut Image),
) -> c_int {
    let Some(path) = path else { return run() };
    let fault = state().next();
    let answer = match (fault, full) {
        (Some(Fault::Full), Some(full)) => return full,
        (Some(Fault::Fails | Fault::PowerLoss), _) => return code,
        (Some(Fault::FailsLate), _) => {
            run();
            code
        }
        _ => run(),
    };
    if answer == ffi::SQLITE_OK || fault == Some(Fault::FailsLate) {
        state().image(path).map(note);
    }
    answer
}

fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    #[expect(unsafe_code, reason = "SQLite hands over names as C has them")]
    // SAFETY: SQLite's names end in zero.
    let name = unsafe { CStr::from_ptr(name) };
    Some(PathBuf::from(name.to_str().unwrap()))
}

#[expect(unsafe_code, reason = "a function of SQLite's table")]
unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let real = real_vfs();
    let path = path_of(name);
    // SAFETY: SQLite gives `szOsFile` bytes at `file`, enough for both files, and calls nothing else before this.
    unsafe {
        (*file).pMethods = std::ptr::null();
        (*real_file(file)).pMethods = std::ptr::null();
        let run = || (*real).xOpen.unwrap()(real, name, real_file(file), flags, out_flags);
        let is_made = flags & ffi::SQLITE_OPEN_MAIN_JOURNAL != 0;
        let answer = if is_made {
            let note = |image: &mut Image| (image.is_deleted, image.is_named) = (false, false);
            let codes = (Some(ffi::SQLITE_FULL), ffi::SQLITE_CANTOPEN);
            // A journal that is there is opened to be read; what is written of it counts by itself.
            tried(path.as_deref().filter(|path| !path.exists()), codes, run, note)
        } else {
            run()
        };
        if answer != ffi::SQLITE_OK {
            if !(*real_file(file)).pMethods.is_null() && is_made {
                close_real(file);
            }
            return answer;
        }
        let file = file.cast::<File>();
        (*file).base.pMethods = &raw const METHODS;
        (*file).path = path.map_or(std::ptr::null_mut(), |path| Box::into_raw(Box::new(path)));
        answer
    }
}

#[expect(unsafe_code, reason = "a function of SQLite's table")]
unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, is_synced: c_int) -> c_int {
    let real = real_vfs();
    let path = path_of(name);
    // Nothing is waited for: what is on the disk for good is told apart here.
    // SAFETY: the arguments are SQLite's own.
    let run = || unsafe { (*real).xDelete.unwrap()(real, name, 0) };
    let answer = tried(path.as_deref(), (None, ffi::SQLITE_IOERR_DELETE), run, |image| image.is_deleted = true);
    if answer == ffi::SQLITE_OK
        && is_synced != 0
        && let (Some(images), Some(path)) = (&mut state().images, &path)
    {
        images.remove(path);
    }
    answer
}

/// The system's file behind this one.
#[expect(unsafe_code, reason = "two files stand in one piece of memory")]
unsafe fn real_file(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: the memory has `szOsFile` bytes.
    unsafe { file.cast::<File>().add(1).cast() }
}

#[expect(unsafe_code, reason = "what SQLite gave is a file of ours")]
unsafe fn path<'a>(file: *mut ffi::sqlite3_file) -> Option<&'a Path> {
    // SAFETY: the path is made in `open` and lives until `close`.
    unsafe { (*file.cast::<File>()).path.as_ref().map(PathBuf::as_path) }
}

#[expect(unsafe_code, reason = "a function of SQLite's table")]
unsafe fn close_real(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: the file behind is open.
    unsafe {
        let real = real_file(file);
        (*(*real).pMethods).xClose.unwrap()(real)
    }
}

#[expect(unsafe_code, reason = "a function of SQLite's table")]
unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once, and one that was opened.
    unsafe {
        let path = (*file.cast::<File>()).path;
        if !path.is_null() {
            drop(Box::from_raw(path));
        }
        close_real(file)
    }
}

#[expect(unsafe_code, reason = "a function of SQLite's table")]
unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, bytes: *const c_void, n: c_int, at: i64) -> c_int {
    // SAFETY: SQLite gives `n` bytes and an open file.
    unsafe {
        let real = real_file(file);
        let run = || (*(*real).pMethods).xWrite.unwrap()(real, bytes, n, at);
        let new = std::slice::from_raw_parts(bytes.cast::<u8>(), usize::try_from(n).unwrap());
        let note = |image: &mut Image| {
            image.since.push(Change::Write { at: usize::try_from(at).unwrap(), bytes: new.to_vec() });
        };
        tried(path(file), (Some(ffi::SQLITE_FULL), ffi::SQLITE_IOERR_WRITE), run, note)
    }
}

#[expect(unsafe_code, reason = "a function of SQLite's table")]
unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    // SAFETY: the file is open.
    unsafe {
        let real = real_file(file);
        let run = || (*(*real).pMethods).xTruncate.unwrap()(real, size);
        let note = |image: &mut Image| image.since.push(Change::Truncate(usize::try_from(size).unwrap()));
        tried(path(file), (None, ffi::SQLITE_IOERR_TRUNCATE), run, note)
    }
}

#[expect(unsafe_code, reason = "a function of SQLite's table")]
unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: the file is open. The system's file is not synced: no power goes in this test.
    unsafe { tried(path(file), (Some(ffi::SQLITE_FULL), ffi::SQLITE_IOERR_FSYNC), || ffi::SQLITE_OK, Image::sync) }
}

/// Functions that are handed on as they are.
macro_rules! handed_on {
    ($($name:ident => $method:ident ( $($argument:ident : $type:ty),* );)*) => {$(
        #[expect(unsafe_code, reason = "a function of SQLite's table")]
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $argument: $type)*) -> c_int {
            // SAFETY: the file is open, and the arguments are SQLite's own.
            unsafe {
                let real = real_file(file);
                (*(*real).pMethods).$method.unwrap()(real $(, $argument)*)
            }
        }
    )*};
}

handed_on! {
    read => xRead(bytes: *mut c_void, n: c_int, at: i64);
    file_size => xFileSize(size: *mut i64);
    lock => xLock(level: c_int);
    unlock => xUnlock(level: c_int);
    check_reserved_lock => xCheckReservedLock(out: *mut c_int);
    file_control => xFileControl(op: c_int, argument: *mut c_void);
    sector_size => xSectorSize();
    device_characteristics => xDeviceCharacteristics();
}
