//! The body of the worker process: requests in, answers out.

use std::io::{self, Read, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use super::frames::{MAX_FRAME_BYTES, read_frame, write_frame};
use super::{Hint, IngestError, MEMORY_CAP_MB, Parsed, parse};

/// Stack of the thread that parses, in bytes: room for the deepest nesting that any of the parsers allows.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// No parent waits this long. A worker whose parent was killed while it hung on a file must end by itself.
const GIVE_UP: Duration = Duration::from_secs(60);

/// Answers requests from `input` on `output` until `input` ends. The body of the worker process.
///
/// # Errors
/// Passes on the error of a pipe that broke in the middle of a frame; `TimedOut` where a file hung for so long that
/// nobody waits for it any more.
pub fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    // A system without this limit still has the time limit of the parent.
    #[cfg(target_os = "linux")]
    let _ = rlimit::setrlimit(rlimit::Resource::AS, MEMORY_CAP_MB << 20, MEMORY_CAP_MB << 20);
    while let Some(header) = read_frame(&mut input)? {
        let Some(bytes) = read_frame(&mut input)? else { break };
        let hint: Hint = serde_json::from_slice(&header)?;
        let mut answer = serde_json::to_vec(&parse_guarded(bytes, hint)?)?;
        if answer.len() > MAX_FRAME_BYTES {
            let too_much: Result<Vec<Parsed>, _> = Err(IngestError::TooMuchText { mb: MAX_FRAME_BYTES >> 20 });
            answer = serde_json::to_vec(&too_much)?;
        }
        write_frame(&mut output, &answer)?;
        output.flush()?;
    }
    Ok(())
}

/// Parses on a thread with a deep stack; a panic in a parser loses this file only.
fn parse_guarded(bytes: Vec<u8>, hint: Hint) -> io::Result<Result<Vec<Parsed>, IngestError>> {
    let (sender, receiver) = channel();
    let thread = std::thread::Builder::new().name("parser".to_owned()).stack_size(STACK_BYTES);
    let handle = thread.spawn(move || {
        // The receiver is gone only where nobody waits any more.
        let _ = sender.send(parse(&bytes, &hint));
    })?;
    match receiver.recv_timeout(GIVE_UP) {
        Ok(answer) => {
            // The thread has nothing left to do; its stack is given back before the next file comes.
            let _ = handle.join();
            Ok(answer)
        }
        Err(RecvTimeoutError::Disconnected) => Ok(Err(IngestError::WorkerLost)),
        Err(RecvTimeoutError::Timeout) => Err(io::ErrorKind::TimedOut.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_answer_whatever_came_before() {
        let answer = |bytes: &[u8]| parse_guarded(bytes.to_vec(), Hint::default()).unwrap();
        assert_eq!(answer(b""), Err(IngestError::Empty));
        assert_eq!(answer(b"Title\n\nWords of it.").unwrap()[0].text, "Title\n\nWords of it.");
    }
}
