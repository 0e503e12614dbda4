//! The process around the parsers: a hostile file may hang or kill it, never the program.
//!
//! The parent starts the same binary with a hidden subcommand whose body is [`serve`]. A request is a frame with a
//! JSON [`Hint`] and a frame with the file's bytes; the answer is one frame with a JSON `Result<Vec<Parsed>, IngestError>`.
//! One worker reads many files. One that is silent for longer than the limit is killed and replaced when the next file
//! comes; only its file is lost. At most as many run at once as there are processors.
//!
//! The worker caps its own memory before it reads the first file, so that a bomb ends in a lost worker and not in a
//! machine that swaps.

mod frames;
mod process;
mod serve;

pub use self::serve::serve;

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use self::process::{Loss, Worker};
use super::{Hint, IngestError, MAX_FILE_BYTES, Parsed, parse};

/// How long one file may take; a real one takes milliseconds.
pub const DEFAULT_LIMIT: Duration = Duration::from_secs(10);

/// Address space of a worker, in MB. Parsing the largest real page takes some 100.
const MEMORY_CAP_MB: u64 = 1024;

/// Worker processes, started when first needed and used again. May be shared by several threads.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    args: Vec<String>,
    limit: Duration,
    n_workers: usize,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    idle: Vec<Worker>,
    /// Workers at work.
    n_busy: usize,
}

impl Pool {
    /// A pool of `program args…`, a command whose body is [`serve`] on its standard streams.
    pub fn new(program: PathBuf, args: Vec<String>) -> Self {
        let n_workers = std::thread::available_parallelism().map_or(1, usize::from);
        Self { program, args, limit: DEFAULT_LIMIT, n_workers, state: Mutex::default(), freed: Condvar::new() }
    }

    /// The same pool with another limit on one file.
    #[must_use]
    pub fn with_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Parses the bytes of one file in a worker; waits for one where all are at work.
    ///
    /// # Errors
    /// What [`parse`] says, [`IngestError::TimedOut`] after the limit, [`IngestError::OutOfMemory`] where the worker
    /// hit its cap, [`IngestError::NoWorker`] where none could be started, [`IngestError::WorkerLost`] where it ended
    /// without an answer.
    pub fn parse(&self, bytes: &[u8], hint: &Hint) -> Result<Vec<Parsed>, IngestError> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(IngestError::TooLarge);
        }
        let header = serde_json::to_vec(hint).map_err(|_| IngestError::WorkerLost)?;
        let mut seat = self.seat();
        let start = Instant::now();
        if let Some(mut worker) = seat.idle.take() {
            match worker.ask(&header, bytes, self.limit) {
                Ok(answer) => return self.answer(&answer, seat, worker),
                Err(Loss::TimedOut) => return Err(self.error(Loss::TimedOut)),
                // What it read before may have worn it out, or somebody ended it while it waited: this file is not
                // to blame, and has the rest of its time in a fresh one.
                Err(_) => {}
            }
        }
        let mut worker = Worker::start(&self.program, &self.args).map_err(|_| IngestError::NoWorker)?;
        let left = self.limit.saturating_sub(start.elapsed());
        match worker.ask(&header, bytes, left) {
            Ok(answer) => self.answer(&answer, seat, worker),
            Err(loss) => Err(self.error(loss)),
        }
    }

    /// Reads an answer; a worker that answers garbage is not asked again.
    fn answer(&self, answer: &[u8], mut seat: Seat<'_>, worker: Worker) -> Result<Vec<Parsed>, IngestError> {
        let answer: Result<Vec<Parsed>, IngestError> =
            serde_json::from_slice(answer).map_err(|_| IngestError::WorkerLost)?;
        let is_sound = answer.as_ref().map_or(true, |articles| articles.iter().all(Parsed::is_sound));
        if !is_sound {
            return Err(IngestError::WorkerLost);
        }
        seat.idle = Some(worker);
        answer
    }

    fn error(&self, loss: Loss) -> IngestError {
        match loss {
            Loss::TimedOut => IngestError::TimedOut { secs: self.limit.as_secs() },
            Loss::OutOfMemory => IngestError::OutOfMemory { mb: MEMORY_CAP_MB },
            Loss::Stopped => IngestError::WorkerLost,
        }
    }

    /// Waits until a worker may run.
    fn seat(&self) -> Seat<'_> {
        let mut state = self.lock();
        while state.n_busy >= self.n_workers {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.n_busy += 1;
        Seat { pool: self, idle: state.idle.pop() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A poisoned lock only means that another thread died between two pushes; the list is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to run one worker. Dropped, it is free for the next file.
struct Seat<'a> {
    pool: &'a Pool,
    /// A worker that waits for its next file.
    idle: Option<Worker>,
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.lock();
        state.n_busy -= 1;
        state.idle.extend(self.idle.take());
        drop(state);
        self.pool.freed.notify_one();
    }
}
