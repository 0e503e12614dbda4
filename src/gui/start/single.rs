//! One window for one desktop: a second start hands what it was to open to the window that is there.
//!
//! The window listens on a socket of the local machine, named after the user's data folder and the screen, so that another
//! screen or another user has a window of its own. A start that finds it sends the paths, one line of JSON, and waits for a
//! line that says they were taken. The folder is locked while one of two starts at the same time looks around, so that not
//! both become the window. Where none of this can be made, each start has its own window, as without it.

use std::fs::{self, File, TryLockError};
use std::hash::{Hash as _, Hasher as _};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{Listener, ListenerOptions, Name, Stream};
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use crate::project::home::Home;

/// A window that does not answer within this time is left alone.
const PATIENCE: Duration = Duration::from_secs(2);

/// The longest line that is read, in bytes: a hundred thousand paths.
const MAX_BYTES: u64 = 1 << 24;

/// What a window says when it has taken the paths.
const TAKEN: &str = "taken";

/// What one start tells another.
#[derive(Debug, Serialize, Deserialize)]
struct Handed {
    /// Absolute, since the window was started elsewhere.
    paths: Vec<PathBuf>,
}

/// How often one that waits for another start looks again.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// The place at which later starts find this window.
#[derive(Debug)]
pub struct Place {
    listener: Listener,
    socket: PathBuf,
}

/// A place at which this window listens; left when it is dropped.
#[derive(Debug)]
pub struct Taken {
    socket: PathBuf,
}

impl Drop for Taken {
    fn drop(&mut self) {
        // A pipe of Windows is no file, and goes with the process.
        let _ = fs::remove_file(&self.socket);
    }
}

/// What came of looking around.
#[derive(Debug)]
pub enum Found {
    /// A window that is there has taken what was to be opened.
    Window,
    /// There is none: this start is the window. Without a place, later ones will not find it.
    Nobody(Option<Place>),
}

/// Hands `paths` to the window of this desktop, or becomes it.
pub fn look_around(paths: &[PathBuf], home: &Home) -> Found {
    let Some(address) = Address::of(home) else { return Found::Nobody(None) };
    address.look_around(paths)
}

/// Becomes the window of this desktop without looking around: an earlier process of this start did.
pub fn take_place(home: &Home) -> Option<Place> {
    Address::of(home)?.settle().ok()
}

/// Where a window listens.
#[derive(Debug)]
struct Address {
    /// The socket; on Windows its last part names a pipe.
    socket: PathBuf,
    folder: PathBuf,
}

impl Address {
    /// `None` where there is no folder for it.
    fn of(home: &Home) -> Option<Self> {
        let screens = ["WAYLAND_DISPLAY", "DISPLAY"].map(std::env::var_os);
        let mut hasher = FxHasher::default();
        (home, screens).hash(&mut hasher);
        let folder = home.meeting_folder();
        fs::create_dir_all(&folder).ok()?;
        Some(Self::in_folder(&folder, hasher.finish()))
    }

    fn in_folder(folder: &Path, id: u64) -> Self {
        Self { socket: folder.join(format!("throughline-{id:016x}.socket")), folder: folder.to_owned() }
    }

    fn name(&self) -> io::Result<Name<'_>> {
        if cfg!(windows) {
            let name = self.socket.file_name().unwrap_or_default();
            name.to_ns_name::<interprocess::local_socket::GenericNamespaced>()
        } else {
            self.socket.as_path().to_fs_name::<interprocess::local_socket::GenericFilePath>()
        }
    }

    fn look_around(&self, paths: &[PathBuf]) -> Found {
        // Held until it is clear who is the window.
        let _lock = self.lock();
        match self.hand_over(paths) {
            Ok(()) => Found::Window,
            // Somebody is there and does not answer, or these paths can't be told.
            Err(error) if !is_nobody(&error) => Found::Nobody(None),
            Err(_) => Found::Nobody(self.settle().ok()),
        }
    }

    /// Keeps other starts from looking around meanwhile, as far as the system can: some lock no folders, and nobody waits
    /// for long.
    fn lock(&self) -> Option<File> {
        let folder = File::open(&self.folder).ok()?;
        let until = Instant::now() + PATIENCE;
        loop {
            match folder.try_lock() {
                Ok(()) => return Some(folder),
                Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(LOOK_EVERY),
                Err(_) => return None,
            }
        }
    }

    /// Becomes the window. A socket that nobody listens at was left by one that was killed.
    fn settle(&self) -> io::Result<Place> {
        let options = ListenerOptions::new().name(self.name()?).try_overwrite(true);
        let listener = options.create_sync()?;
        Ok(Place { listener, socket: self.socket.clone() })
    }

    fn hand_over(&self, paths: &[PathBuf]) -> io::Result<()> {
        let stream = Stream::connect(self.name()?)?;
        stream.set_recv_timeout(Some(PATIENCE))?;
        stream.set_send_timeout(Some(PATIENCE))?;
        let paths = paths.iter().map(std::path::absolute).collect::<io::Result<_>>()?;
        let mut line = serde_json::to_string(&Handed { paths })?;
        line.push('\n');
        let mut stream = BufReader::new(stream);
        stream.get_mut().write_all(line.as_bytes())?;
        let mut answer = String::new();
        stream.take(64).read_line(&mut answer)?;
        if answer.trim_end() == TAKEN { Ok(()) } else { Err(io::Error::other("not taken")) }
    }
}

/// Does the error say that nobody listens?
fn is_nobody(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused)
}

impl Place {
    /// Calls `open` with what each later start was to open, on a thread of its own that ends with the program.
    pub fn listen(self, open: impl Fn(Vec<PathBuf>) + Send + 'static) -> Taken {
        let Self { mut listener, socket } = self;
        // Whoever gets the place next may have made the file anew before the thread lets go of it.
        listener.do_not_reclaim_name_on_drop();
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                // One that says nothing sensible, or nothing at all, is left.
                let _ = answer(stream, &open);
            }
        });
        Taken { socket }
    }
}

fn answer(stream: Stream, open: &impl Fn(Vec<PathBuf>)) -> io::Result<()> {
    stream.set_recv_timeout(Some(PATIENCE))?;
    stream.set_send_timeout(Some(PATIENCE))?;
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    (&mut stream).take(MAX_BYTES).read_line(&mut line)?;
    let handed: Handed = serde_json::from_str(&line)?;
    open(handed.paths);
    stream.get_mut().write_all(format!("{TAKEN}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    fn address(folder: &Path) -> Address {
        Address::in_folder(folder, 7)
    }

    fn place(found: Found) -> Place {
        match found {
            Found::Nobody(Some(place)) => place,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn second_start_hands_its_files_to_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, taken) = channel();
        let window = place(address(folder.path()).look_around(&[])).listen(move |paths| sender.send(paths).unwrap());
        let paths = ["/a b/ü.txt", "relative.txt"].map(PathBuf::from);
        for _ in 0..2 {
            assert!(matches!(address(folder.path()).look_around(&paths), Found::Window));
            let taken = taken.recv_timeout(Duration::from_secs(5)).unwrap();
            assert_eq!(taken, [paths[0].clone(), std::env::current_dir().unwrap().join("relative.txt")]);
        }
        assert!(matches!(address(folder.path()).look_around(&[]), Found::Window), "it only wants to be seen");
        assert!(taken.recv_timeout(Duration::from_secs(5)).unwrap().is_empty());
        assert!(matches!(Address::in_folder(folder.path(), 8).look_around(&[]), Found::Nobody(Some(_))));
        drop(window);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left when it closes");
        place(address(folder.path()).look_around(&[]));
    }

    #[test]
    fn of_many_starts_at_once_one_is_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, taken) = channel();
        let n_windows: usize = thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|idx| {
                    let (sender, folder) = (sender.clone(), folder.path());
                    scope.spawn(move || match address(folder).look_around(&[PathBuf::from(format!("/{idx}"))]) {
                        Found::Window => 0,
                        found => {
                            // It stays the window to the end of the test.
                            std::mem::forget(place(found).listen(move |paths| sender.send(paths).unwrap()));
                            1
                        }
                    })
                })
                .collect();
            starts.into_iter().map(|start| start.join().unwrap()).sum()
        });
        assert_eq!(n_windows, 1);
        for _ in 0..7 {
            assert_eq!(taken.recv_timeout(Duration::from_secs(5)).unwrap().len(), 1);
        }
    }

    #[test]
    fn socket_of_a_window_that_was_killed_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let first = address(folder.path());
        // What a kill leaves: the socket's file, and nobody behind it.
        let killed = place(first.look_around(&[]));
        let left = folder.path().join("left");
        if fs::hard_link(&first.socket, &left).is_ok() {
            drop(killed);
            fs::rename(&left, &first.socket).unwrap();
        }
        place(first.look_around(&[]));
    }

    #[test]
    fn nonsense_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let address = address(folder.path());
        let (sender, taken) = channel();
        let _window = place(address.look_around(&[])).listen(move |paths| sender.send(paths).unwrap());
        let mut stream = Stream::connect(address.name().unwrap()).unwrap();
        stream.write_all(b"GET / HTTP/1.1\n\n").unwrap();
        drop(stream);
        assert!(matches!(address.look_around(&[PathBuf::from("/x")]), Found::Window));
        assert_eq!(taken.recv_timeout(Duration::from_secs(5)).unwrap(), [PathBuf::from("/x")]);
    }

    #[test]
    #[cfg(unix)]
    fn without_a_folder_each_start_is_a_window() {
        let folder = tempfile::tempdir().unwrap();
        let address = address(&folder.path().join("gone"));
        assert!(matches!(address.look_around(&[]), Found::Nobody(None)));
    }
}
