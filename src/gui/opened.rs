//! Files on their way to the desk: read side by side, handed over as they come, until somebody cancels.
//!
//! All threads of rayon's pool read; one collects what they have and hands it over a few times a second, so that the
//! first articles are there at once and a folder of ten thousand costs the window a few frames, not hundreds.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::jobs::Outcome;
use super::state::BadFile;
use crate::analysis::Progress;
use crate::document::Document;
use crate::ingest;
use crate::project::files;
use crate::project::opening::{Failure, Opener};

/// Results are handed over this often.
const BATCH_EVERY: Duration = Duration::from_millis(200);

/// An article that was read.
#[derive(Clone, Debug)]
pub struct Opened {
    pub document: Document,
    /// The same for articles whose words are the same, whatever the space between them.
    pub words_key: u64,
}

impl Opened {
    pub fn new(document: Document) -> Self {
        let words_key = words_key(&document.text);
        Self { document, words_key }
    }
}

/// The first 64 bits of the SHA-256 of the words with single spaces between them.
pub fn words_key(text: &str) -> u64 {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        folded.push_str(word);
        folded.push(' ');
    }
    let hash = ingest::sha256(folded.as_bytes());
    hash.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

/// What came of some files.
#[derive(Debug, Default)]
pub struct Batch {
    pub opened: Vec<Opened>,
    pub bad: Vec<BadFile>,
    pub n_files: usize,
}

impl Batch {
    /// The articles and the failures of some files.
    pub fn of(read: Vec<Result<Vec<Document>, Failure>>) -> Self {
        let mut batch = Self::default();
        for result in read {
            batch.push(result.map(|articles| articles.into_iter().map(Opened::new).collect()));
        }
        batch
    }

    fn push(&mut self, read: Result<Vec<Opened>, Failure>) {
        self.n_files += 1;
        match read {
            Ok(articles) => self.opened.extend(articles),
            Err(failure) => self.bad.push(BadFile {
                name: failure.name,
                reason: failure.message,
                next_step: failure.next_step.to_owned(),
                open_as: None,
            }),
        }
    }
}

/// One file with its place in the order of asking.
type Read = (usize, Result<Vec<Opened>, Failure>);

/// Finds the files behind the paths and reads them, each failure beside the rest.
pub(super) fn read(opener: &Opener<'_>, paths: &[PathBuf], progress: &Progress, send: &dyn Fn(Outcome)) {
    use rayon::prelude::*;
    let found = files::find_files(paths);
    let n_files = found.len();
    send(Outcome::Found(n_files));
    let (sender, read) = channel::<Read>();
    let n_read = std::thread::scope(|scope| {
        scope.spawn(move || {
            // The bridge takes the files in their order, which halves of a list would not.
            found.into_iter().enumerate().par_bridge().for_each_with(sender, |sender, (idx, file)| {
                if !progress.is_cancelled() {
                    let read = opener.open(file).map(|articles| articles.into_iter().map(Opened::new).collect());
                    // Nobody listens only where the window is gone.
                    let _ = sender.send((idx, read));
                }
            });
        });
        hand_over(&read, send)
    });
    if n_read < n_files {
        send(Outcome::ReadStopped(n_files - n_read));
    }
}

/// Collects what is read and hands it over in batches, each in the order of asking. Returns how many files there were.
fn hand_over(read: &Receiver<Read>, send: &dyn Fn(Outcome)) -> usize {
    let mut n_read = 0;
    let mut waiting: Vec<Read> = Vec::new();
    let mut due = Instant::now();
    loop {
        let answer = read.recv_timeout(due.saturating_duration_since(Instant::now()));
        let is_over = matches!(answer, Err(RecvTimeoutError::Disconnected));
        waiting.extend(answer);
        if is_over || (Instant::now() >= due && !waiting.is_empty()) {
            waiting.sort_by_key(|(idx, _)| *idx);
            let mut batch = Batch::default();
            for (_, read) in waiting.drain(..) {
                batch.push(read);
            }
            n_read += batch.n_files;
            if batch.n_files > 0 {
                send(Outcome::Read(batch));
            }
            due = Instant::now() + BATCH_EVERY;
        } else if Instant::now() >= due {
            due = Instant::now() + BATCH_EVERY;
        }
        if is_over {
            return n_read;
        }
    }
}

/// Outlets that somebody entered stay where another reading names none.
pub fn keep_outlets(old: &[std::sync::Arc<Document>], new: &mut [Document]) {
    for document in new.iter_mut().filter(|document| document.outlet.is_none()) {
        let same = old.iter().find(|old| old.id == document.id);
        document.outlet = same.and_then(|old| old.outlet.clone()).filter(|outlet| outlet.range.is_none());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Codebook;
    use crate::ingest::Reader;
    use std::cell::RefCell;

    #[test]
    fn the_same_words_have_the_same_key() {
        assert_eq!(words_key("The pier\r\n\r\nis open. "), words_key("The pier is\u{a0}open."));
        assert_ne!(words_key("The pier is open."), words_key("The pier is open"));
        assert_ne!(words_key("a bc"), words_key("ab c"));
    }

    #[test]
    fn files_come_in_batches_and_stop_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..40 {
            std::fs::write(folder.path().join(format!("{number:02}.txt")), format!("Pier {number} is open.\n"))
                .unwrap();
        }
        std::fs::write(folder.path().join("99.bin"), [0u8, 1, 2, 3]).unwrap();
        let (reader, codebook) = (Reader::new(None), Codebook::default());
        let opener = Opener { reader: &reader, codebook: &codebook, today: jiff::civil::date(2026, 1, 1) };
        let told = |progress: &Progress| {
            let (n_opened, n_bad, n_stopped) = (RefCell::new(0), RefCell::new(0), RefCell::new(0));
            read(&opener, &[folder.path().to_owned()], progress, &|outcome| match outcome {
                Outcome::Found(n_files) => assert_eq!(n_files, 41),
                Outcome::Read(batch) => {
                    *n_opened.borrow_mut() += batch.opened.len();
                    *n_bad.borrow_mut() += batch.bad.len();
                }
                Outcome::ReadStopped(n_files) => *n_stopped.borrow_mut() += n_files,
                _ => panic!("nothing else was asked for"),
            });
            (n_opened.take(), n_bad.take(), n_stopped.take())
        };
        assert_eq!(told(&Progress::default()), (40, 1, 0));
        let stopped = Progress::default();
        stopped.cancel();
        assert_eq!(told(&stopped), (0, 0, 41));
    }
}
