//! Files on their way to the desk: read side by side, handed over as they come, until somebody cancels.
//!
//! All threads of rayon's pool read; one collects what they have and hands it over a few times a second, so that the
//! first articles are there at once and a folder of ten thousand costs the window a few frames, not hundreds.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::jobs::Outcome;
use super::state::BadFile;
use crate::analysis::Progress;
use crate::document::Document;
use crate::project::files;
use crate::project::opening::{Failure, Opener};
use crate::project::store::{Original, words_key};

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

/// What came of some files.
#[derive(Debug, Default)]
pub struct Batch {
    pub opened: Vec<Opened>,
    pub bad: Vec<BadFile>,
    /// The files behind the articles.
    pub originals: Vec<Arc<Original>>,
    /// The paths that are read now, as they were found.
    pub paths: Vec<String>,
    pub n_files: usize,
}

/// The articles of one file, and the file itself.
pub type ReadFile = (Vec<Opened>, Arc<Original>);

impl Batch {
    /// The articles of one text, or why there are none.
    pub fn of(read: Result<Vec<Document>, Failure>, bytes: &[u8], name: &str) -> Self {
        let mut batch = Self::default();
        batch.push(read.map(|articles| read_file(articles, bytes, name)));
        batch
    }

    fn push(&mut self, read: Result<ReadFile, Failure>) {
        self.n_files += 1;
        match read {
            Ok((articles, original)) => {
                self.opened.extend(articles);
                self.originals.push(original);
            }
            Err(failure) => self.bad.push(BadFile {
                name: failure.name,
                reason: failure.message,
                next_step: failure.next_step.to_owned(),
                open_as: None,
            }),
        }
    }
}

fn read_file(articles: Vec<Document>, bytes: &[u8], name: &str) -> ReadFile {
    (articles.into_iter().map(Opened::new).collect(), Arc::new(Original::pack(bytes).named(name)))
}

/// One file with its place in the order of asking and its path.
type Read = (usize, String, Result<ReadFile, Failure>);

/// Finds the files behind the paths and reads them, each failure beside the rest.
pub(super) fn read(opener: &Opener<'_>, paths: &[PathBuf], progress: &Progress, send: &dyn Fn(Outcome)) {
    use rayon::prelude::*;
    let found = files::find_files(paths);
    let n_files = found.len();
    send(Outcome::Found(found.iter().map(label).collect()));
    let (sender, read) = channel::<Read>();
    let n_read = std::thread::scope(|scope| {
        scope.spawn(move || {
            // The bridge takes the files in their order, which halves of a list would not.
            found.into_iter().enumerate().par_bridge().for_each_with(sender, |sender, (idx, file)| {
                if !progress.is_cancelled() {
                    let path = label(&file);
                    let name = file.as_ref().map_or_else(|_| String::new(), files::File::name);
                    let read = opener.open_whole(file).map(|(articles, bytes)| read_file(articles, &bytes, &name));
                    // Nobody listens only where the window is gone.
                    let _ = sender.send((idx, path, read));
                }
            });
        });
        hand_over(&read, send)
    });
    if n_read < n_files {
        send(Outcome::ReadStopped(n_files - n_read));
    }
}

/// The path under which a file was found, or was not.
fn label(found: &Result<files::File, files::FileError>) -> String {
    found.as_ref().map_or_else(|error| error.path().to_string_lossy().into_owned(), files::File::label)
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
            waiting.sort_by_key(|(idx, ..)| *idx);
            let mut batch = Batch::default();
            for (_, path, read) in waiting.drain(..) {
                batch.push(read);
                batch.paths.push(path);
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
                Outcome::Found(paths) => assert_eq!(paths.len(), 41),
                Outcome::Read(batch) => {
                    *n_opened.borrow_mut() += batch.opened.len();
                    *n_bad.borrow_mut() += batch.bad.len();
                    assert_eq!(batch.paths.len(), batch.n_files);
                    assert_eq!(batch.originals.len(), batch.opened.len());
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
