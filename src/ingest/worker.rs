//! The process around the parsers: a hostile page may hang or kill it, never the program.
//!
//! The parent starts the same binary with a hidden subcommand whose body is [`serve`]. A request is a frame with a
//! JSON [`Hint`] and a frame with the file's bytes; the answer is one frame with a JSON `Result<Vec<Parsed>, IngestError>`.
//! A frame is its length as eight little-endian bytes, then that many bytes. A worker that is silent for longer than
//! the limit is killed and replaced when the next file comes; only its file is lost.
//!
//! The worker caps its own memory before it reads the first file, so that a bomb ends in a lost worker and not in a
//! machine that swaps.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::{Hint, IngestError, MAX_FILE_BYTES, Parsed, parse};

/// How long one file may take; a real page takes milliseconds.
pub const DEFAULT_LIMIT: Duration = Duration::from_secs(10);

/// Address space of a worker, in bytes. Parsing the largest real page takes some 100 MB.
const MEMORY_CAP_BYTES: u64 = 1024 * 1024 * 1024;

/// Stack of the thread that parses, in bytes: room for [`MAX_DEPTH`](super::formats::html::MAX_DEPTH) levels of any parser.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// A frame longer than this is no answer of ours.
const MAX_FRAME_BYTES: u64 = 4 * MAX_FILE_BYTES as u64;

/// Answers requests from `input` on `output` until `input` ends. The body of the worker process.
///
/// # Errors
/// Passes on the error of a pipe that broke in the middle of a frame.
pub fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    // A system without this limit still has the time limit of the parent.
    #[cfg(target_os = "linux")]
    let _ = rlimit::setrlimit(rlimit::Resource::AS, MEMORY_CAP_BYTES, MEMORY_CAP_BYTES);
    while let Some(header) = read_frame(&mut input)? {
        let Some(bytes) = read_frame(&mut input)? else { break };
        let hint: Hint = serde_json::from_slice(&header)?;
        let answer = parse_guarded(bytes, hint);
        write_frame(&mut output, &serde_json::to_vec(&answer)?)?;
        output.flush()?;
    }
    Ok(())
}

/// Parses on a thread with a deep stack; a panic in a parser loses this file only.
fn parse_guarded(bytes: Vec<u8>, hint: Hint) -> Result<Vec<Parsed>, IngestError> {
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
    let Ok(handle) = thread.spawn(move || parse(&bytes, &hint)) else { return Err(IngestError::WorkerLost) };
    handle.join().unwrap_or(Err(IngestError::WorkerLost))
}

fn read_frame(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        result => result?,
    }
    let length = u64::from_le_bytes(length);
    if length > MAX_FRAME_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "frame too long"));
    }
    let mut frame = Vec::new();
    input.take(length).read_to_end(&mut frame)?;
    if frame.len() as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(frame))
}

fn write_frame(output: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    output.write_all(&(frame.len() as u64).to_le_bytes())?;
    output.write_all(frame)
}

/// Worker processes, started when first needed and used again. May be shared by several threads; as many workers
/// run at once as threads ask.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    args: Vec<String>,
    limit: Duration,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// A pool of `program args…`, a command whose body is [`serve`] on its standard streams.
    pub fn new(program: PathBuf, args: Vec<String>) -> Self {
        Self { program, args, limit: DEFAULT_LIMIT, idle: Mutex::default() }
    }

    /// The same pool with another limit on one file.
    #[must_use]
    pub fn with_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Parses the bytes of one file in a worker.
    ///
    /// # Errors
    /// What [`parse`] says, [`IngestError::TimedOut`] after the limit, [`IngestError::WorkerLost`]
    /// where the worker ended without an answer or could not be started.
    pub fn parse(&self, bytes: &[u8], hint: &Hint) -> Result<Vec<Parsed>, IngestError> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(IngestError::TooLarge);
        }
        // A poisoned lock only means that another thread died between two pushes; the list is whole.
        let idle = self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => Worker::start(&self.program, &self.args).map_err(|_| IngestError::WorkerLost)?,
        };
        let answer = worker.ask(bytes, hint, self.limit)?;
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(worker);
        answer
    }
}

/// A running worker. Dropping it ends the process.
#[derive(Debug)]
struct Worker {
    child: Child,
    requests: Sender<(Vec<u8>, Vec<u8>)>,
    answers: Receiver<io::Result<Vec<u8>>>,
}

impl Worker {
    fn start(program: &PathBuf, args: &[String]) -> io::Result<Self> {
        let mut child = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(mut stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (requests, incoming) = channel::<(Vec<u8>, Vec<u8>)>();
        let (outgoing, answers) = channel();
        // Writing blocks as reading does, where a worker hangs; both happen here, and a kill ends both.
        std::thread::Builder::new().name("ingest worker".to_owned()).spawn(move || {
            while let Ok((header, bytes)) = incoming.recv() {
                let answer = exchange(&mut stdin, &mut stdout, &header, &bytes);
                let is_over = answer.is_err();
                if outgoing.send(answer).is_err() || is_over {
                    break;
                }
            }
        })?;
        Ok(Self { child, requests, answers })
    }

    /// The outer error means that this worker is of no more use.
    fn ask(
        &mut self,
        bytes: &[u8],
        hint: &Hint,
        limit: Duration,
    ) -> Result<Result<Vec<Parsed>, IngestError>, IngestError> {
        let header = serde_json::to_vec(hint).map_err(|_| IngestError::WorkerLost)?;
        self.requests.send((header, bytes.to_vec())).map_err(|_| IngestError::WorkerLost)?;
        let answer = match self.answers.recv_timeout(limit) {
            Ok(Ok(answer)) => answer,
            Err(RecvTimeoutError::Timeout) => return Err(IngestError::TimedOut { secs: limit.as_secs() }),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => return Err(IngestError::WorkerLost),
        };
        serde_json::from_slice(&answer).map_err(|_| IngestError::WorkerLost)
    }
}

fn exchange(stdin: &mut impl Write, stdout: &mut impl Read, header: &[u8], bytes: &[u8]) -> io::Result<Vec<u8>> {
    write_frame(stdin, header)?;
    write_frame(stdin, bytes)?;
    stdin.flush()?;
    read_frame(stdout)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Both fail only where the process is gone already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_went() {
        let mut pipe = Vec::new();
        write_frame(&mut pipe, b"one").unwrap();
        write_frame(&mut pipe, b"").unwrap();
        let mut input = pipe.as_slice();
        assert_eq!(read_frame(&mut input).unwrap().as_deref(), Some(b"one".as_slice()));
        assert_eq!(read_frame(&mut input).unwrap().as_deref(), Some(b"".as_slice()));
        assert_eq!(read_frame(&mut input).unwrap(), None);
        assert!(read_frame(&mut [9, 0, 0, 0, 0, 0, 0, 0, b'x'].as_slice()).is_err());
    }

    #[test]
    fn a_program_that_is_not_there_loses_the_file_only() {
        let pool = Pool::new(PathBuf::from("/nowhere/reader"), Vec::new());
        assert_eq!(pool.parse(b"<html>", &Hint::default()), Err(IngestError::WorkerLost));
    }

    #[cfg(unix)]
    #[test]
    fn an_endless_worker_is_killed_and_a_dead_one_is_lost() {
        let sleeper = Pool::new(PathBuf::from("sleep"), vec!["60".to_owned()]).with_limit(Duration::from_millis(50));
        assert_eq!(sleeper.parse(b"<html>", &Hint::default()), Err(IngestError::TimedOut { secs: 0 }));
        let dead = Pool::new(PathBuf::from("true"), Vec::new());
        assert_eq!(dead.parse(b"<html>", &Hint::default()), Err(IngestError::WorkerLost));
    }
}
