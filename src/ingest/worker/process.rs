//! One worker as its parent holds it: a child process, its pipes, and what it said last.

use std::io::{self, Read, Write as _};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::frames::{read_frame, write_frame};

/// How much of a worker's last words is kept, in bytes.
const LAST_WORDS_BYTES: usize = 4096;

/// How long the last words of a worker that ended may take to arrive.
const PATIENCE: Duration = Duration::from_millis(500);

/// A running worker. Dropping it ends the process.
///
/// Its pipes belong to threads of their own, which nobody waits for: writing blocks as reading does where a worker
/// hangs. Killing it closes the pipes and so ends the threads.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    requests: Sender<[Vec<u8>; 2]>,
    answers: Receiver<io::Result<Vec<u8>>>,
    last_words: Receiver<Vec<u8>>,
}

/// How much address space the program's allocator takes in one go, in KiB. Its own choice, a gigabyte, is beyond the cap that
/// a worker gives itself.
const ARENA_RESERVE: &str = "MIMALLOC_ARENA_RESERVE";
const ARENA_KB: &str = "32768";

/// Why there was no answer. The worker is of no more use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    TimedOut,
    /// It hit its cap on memory.
    OutOfMemory,
    /// It ended, or answered what is no frame.
    Stopped,
}

impl Worker {
    /// Starts `program args…`.
    ///
    /// # Errors
    /// Where the program is gone or the system has no more processes.
    pub(super) fn start(program: &Path, args: &[String]) -> io::Result<Self> {
        let mut child = Command::new(program)
            .args(args)
            .env(ARENA_RESERVE, ARENA_KB)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(mut stdin), Some(mut stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (requests, incoming) = channel::<[Vec<u8>; 2]>();
        let (outgoing, answers) = channel();
        thread::Builder::new().name("worker pipes".to_owned()).spawn(move || {
            while let Ok([header, bytes]) = incoming.recv() {
                let answer = exchange(&mut stdin, &mut stdout, &header, &bytes);
                let is_over = answer.is_err();
                if outgoing.send(answer).is_err() || is_over {
                    break;
                }
            }
        })?;
        let (said, last_words) = channel();
        thread::Builder::new().name("worker messages".to_owned()).spawn(move || {
            // Nobody asks for them where the worker ended well.
            let _ = said.send(tail_of(stderr));
        })?;
        Ok(Self { child, requests, answers, last_words })
    }

    /// Sends a request and waits for its answer, at most for `limit`.
    pub(super) fn ask(&mut self, header: &[u8], bytes: &[u8], limit: Duration) -> Result<Vec<u8>, Loss> {
        if self.requests.send([header.to_vec(), bytes.to_vec()]).is_err() {
            return Err(self.loss());
        }
        match self.answers.recv_timeout(limit) {
            Ok(Ok(answer)) => Ok(answer),
            Err(RecvTimeoutError::Timeout) => Err(Loss::TimedOut),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(self.loss()),
        }
    }

    /// Ends the process and reads from its last words why it stopped.
    fn loss(&mut self) -> Loss {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let words = self.last_words.recv_timeout(PATIENCE).unwrap_or_default();
        let words = String::from_utf8_lossy(&words);
        #[cfg(debug_assertions)]
        eprintln!("worker stopped: {words}");
        // The words of the standard library's allocator, before it ends the process.
        if words.contains("memory allocation of") { Loss::OutOfMemory } else { Loss::Stopped }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Both fail only where the process is gone already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn exchange(stdin: &mut ChildStdin, stdout: &mut ChildStdout, header: &[u8], bytes: &[u8]) -> io::Result<Vec<u8>> {
    write_frame(stdin, header)?;
    write_frame(stdin, bytes)?;
    stdin.flush()?;
    read_frame(stdout)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

/// Reads to the end and keeps the last of it.
fn tail_of(mut input: ChildStderr) -> Vec<u8> {
    let mut tail = Vec::new();
    let mut buffer = [0; LAST_WORDS_BYTES];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return tail,
            Ok(n) => {
                tail.extend_from_slice(&buffer[..n]);
                tail.drain(..tail.len().saturating_sub(LAST_WORDS_BYTES));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return tail,
        }
    }
}
