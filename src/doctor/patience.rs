//! Waiting, but not for ever: a function on a thread of its own, and a program that is ended when its time is over.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How often a running program is looked at.
const STEP: Duration = Duration::from_millis(20);

/// So much of what a program says is kept, in bytes.
const MAX_SAID: u64 = 16 * 1024;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    TimedOut,
    /// The thread ended without one.
    Ended,
}

/// An answer that is on its way.
#[derive(Debug)]
pub struct Answer<T> {
    receiver: Receiver<T>,
    until: Instant,
}

impl<T> Answer<T> {
    /// Waits for it until its time is over.
    ///
    /// # Errors
    /// [`Silence`] where none came.
    pub fn wait(self) -> Result<T, Silence> {
        let left = self.until.saturating_duration_since(Instant::now());
        self.receiver.recv_timeout(left).map_err(|error| match error {
            RecvTimeoutError::Timeout => Silence::TimedOut,
            RecvTimeoutError::Disconnected => Silence::Ended,
        })
    }
}

/// Starts `run` on a thread of its own. One that never comes back keeps its thread until the program ends: no system call
/// can be taken back.
pub fn start<T: Send + 'static>(limit: Duration, run: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    let (sender, receiver) = channel();
    // Where no thread can be had, the channel closes and the answer is `Ended`.
    let _ = thread::Builder::new().name("doctor".to_owned()).spawn(move || {
        // Whoever waited may be gone.
        let _ = sender.send(run());
    });
    Answer { receiver, until: Instant::now() + limit }
}

/// What a program said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub is_success: bool,
    pub out: String,
    pub error: String,
}

/// Runs a program to its end, or ends it when its time is over; `Ok(None)` then.
///
/// # Errors
/// Where it can't be started.
pub fn run(command: &mut Command, limit: Duration) -> io::Result<Option<Said>> {
    let until = Instant::now() + limit;
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (out, error) = (collect(child.stdout.take()), collect(child.stderr.take()));
    loop {
        if let Some(status) = child.try_wait()? {
            // A grandchild may hold the pipes; what was said so far is enough then.
            let words = |said: Option<Receiver<String>>| {
                said.and_then(|said| said.recv_timeout(Duration::from_millis(300)).ok()).unwrap_or_default()
            };
            return Ok(Some(Said { is_success: status.success(), out: words(out), error: words(error) }));
        }
        if Instant::now() >= until {
            end(&mut child);
            return Ok(None);
        }
        thread::sleep(STEP);
    }
}

fn end(child: &mut Child) {
    // Both fail only where the process is gone already, which is what is wanted.
    let _ = child.kill();
    let _ = child.wait();
}

/// Reads a pipe on a thread of its own, so that a program that says much does not wait for us.
fn collect(pipe: Option<impl Read + Send + 'static>) -> Option<Receiver<String>> {
    let pipe = pipe?;
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut pipe = pipe;
        let _ = pipe.by_ref().take(MAX_SAID).read_to_end(&mut bytes);
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
        let _ = io::copy(&mut pipe, &mut io::sink());
    });
    Some(receiver)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_or_its_time_is_over() {
        assert_eq!(start(Duration::from_secs(10), || 7).wait(), Ok(7));
        let (keep, held) = channel::<()>();
        let late = start(Duration::from_millis(20), move || held.recv().is_ok());
        assert_eq!(late.wait(), Err(Silence::TimedOut));
        drop(keep);
        let gone = start(Duration::from_secs(10), || -> u8 { std::panic::resume_unwind(Box::new("gone")) });
        assert_eq!(gone.wait(), Err(Silence::Ended));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_is_heard_or_ended() {
        let sh = |script: &str, limit| run(Command::new("/bin/sh").args(["-c", script]), limit);
        let said = sh("echo out; echo error >&2; exit 3", Duration::from_secs(10)).unwrap().unwrap();
        assert_eq!((said.is_success, said.out.trim(), said.error.trim()), (false, "out", "error"));
        let start = Instant::now();
        assert_eq!(sh("sleep 30", Duration::from_millis(60)).unwrap(), None);
        assert!(start.elapsed() < Duration::from_secs(10));
        assert!(run(&mut Command::new("/nowhere/at/all"), Duration::from_secs(1)).is_err());
        // More than a pipe holds.
        let much = sh("head -c 300000 /dev/zero", Duration::from_secs(10)).unwrap().unwrap();
        assert_eq!((much.is_success, much.out.len() as u64), (true, MAX_SAID));
    }
}
