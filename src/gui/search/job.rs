//! The thread that searches: it owns an index in memory, brings it up to date with what is open, and answers.
//!
//! While many articles are new it answers after each chunk, so that results arrive as they come; a newer question drops
//! the older one between two chunks. A blank question brings the index up to date and is not answered. A search that fails
//! takes its index along; the next question makes another one.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::Found;
use crate::document::Corpus;
use crate::gui::crash::job::{Guard, Job};
use crate::project::search::{Live, Query};

/// Articles indexed between two answers: some 60 ms.
const CHUNK: usize = 500;

/// A question.
#[derive(Debug)]
pub struct Asked {
    pub query: String,
    /// What is open.
    pub corpus: Corpus,
}

/// Starts the thread. `answer` returns whether somebody listens.
pub fn start(guard: &Guard, answer: impl Fn(Found) -> bool + Send + 'static) -> Sender<Asked> {
    let (sender, inbox) = channel();
    let serving = guard.clone();
    guard.spawn(Job::Search, move || serve(&inbox, &serving, &answer));
    sender
}

fn serve(inbox: &Receiver<Asked>, guard: &Guard, answer: &impl Fn(Found) -> bool) {
    let mut live = None;
    let mut next = None;
    while let Some(asked) = next.take().or_else(|| inbox.recv().ok()) {
        // Only the last question is still wanted.
        let asked = inbox.try_iter().last().unwrap_or(asked);
        loop {
            let looked = guard.run(Job::Search, || look(&mut live, &asked));
            let has_failed = looked.is_none();
            let no_answer = |failure| {
                (Some(Found { query: asked.query.clone(), failure: Some(failure), ..Found::default() }), true)
            };
            let (found, is_whole) = match looked {
                Some(Ok(looked)) => looked,
                Some(Err(error)) => no_answer(error.to_string()),
                None => {
                    live = None;
                    no_answer("something in the program failed".to_owned())
                }
            };
            if found.is_some_and(|found| !answer(found)) {
                return;
            }
            if has_failed {
                guard.tell(Job::Search);
            }
            next = inbox.try_iter().last();
            if is_whole || next.is_some() {
                break;
            }
        }
    }
}

/// Indexes some more of what is open and looks for the query in all that is indexed, unless it is blank. Returns whether
/// that is all.
fn look(live: &mut Option<Live>, asked: &Asked) -> Result<(Option<Found>, bool), rusqlite::Error> {
    let query = &Query::parse(&asked.query);
    let live = match live {
        Some(live) => live,
        None => live.insert(Live::new()?),
    };
    let is_whole = live.update(asked.corpus.documents(), CHUNK)?;
    if query.is_blank() {
        return Ok((None, is_whole));
    }
    let rows = live.search(query)?;
    let nearest = if rows.is_empty() { live.nearest(query)? } else { Vec::new() };
    let found = Found {
        query: asked.query.clone(),
        rows,
        nearest,
        n_searched: live.len(),
        n_words: live.n_words(),
        failure: None,
    };
    Ok((Some(found), is_whole))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::document::{Document, DocumentId};

    fn corpus(n: u64) -> Corpus {
        Corpus::new((0..n).map(|id| Arc::new(Document::of_lines(DocumentId(id), "eels in the harbor"))))
    }

    #[test]
    fn answers_come_while_the_index_is_made() {
        let (answers, inbox) = channel();
        let sender = start(&Guard::silent(), move |found| answers.send(found).is_ok());
        let n_articles = 2 * CHUNK as u64 + 1;
        sender.send(Asked { query: "eel".to_owned(), corpus: corpus(n_articles) }).unwrap();
        let next = || inbox.recv_timeout(Duration::from_secs(20)).unwrap();
        let counts: Vec<(usize, usize)> = (0..3).map(|_| next()).map(|it| (it.rows.len(), it.n_searched)).collect();
        assert_eq!(counts, [(CHUNK, CHUNK), (2 * CHUNK, 2 * CHUNK), (2 * CHUNK + 1, 2 * CHUNK + 1)]);
        // A blank one has no answer.
        sender.send(Asked { query: " ".to_owned(), corpus: corpus(1) }).unwrap();
        sender.send(Asked { query: "pike harbor".to_owned(), corpus: corpus(1) }).unwrap();
        let found = next();
        assert_eq!((found.rows.len(), found.n_searched, found.n_words), (0, 1, 4));
        assert_eq!(found.nearest, [("harbor".to_owned(), 1)]);
    }
}
