//! The process that reads hostile files: it is started as the window does it, and reads a page through it.

use super::{Found, LIMIT, Machine};
use crate::ingest::worker::Pool;
use crate::ingest::{Hint, IngestError, Parsed, WORKER_ARGS};

/// A page, since plain text is read without the process.
const PAGE: &str = "<!doctype html><title>Harbor council widens the pier</title><article><h1>Harbor council widens the \
    pier</h1><p>The council said on Monday that it will widen the pier and dredge the channel.</p></article>";

pub fn look(machine: &Machine) -> Found {
    let Some(program) = machine.program.clone() else {
        return Found::broken(
            "the program does not know where it lies, so it cannot start one",
            "Start it by its full path.",
        );
    };
    let pool = Pool::new(program, WORKER_ARGS.map(str::to_owned).to_vec()).with_limit(LIMIT);
    let hint = Hint { file_name: "page.html".to_owned(), encoding: None };
    judge(pool.parse(PAGE.as_bytes(), &hint).map(|articles| count_words(&articles)))
}

fn count_words(articles: &[Parsed]) -> usize {
    articles.iter().map(|article| article.text.split_whitespace().count()).sum()
}

fn judge(n_words: Result<usize, IngestError>) -> Found {
    const AGAIN: &str = "Install the program again; until then only plain text opens.";
    match n_words {
        Ok(0) => Found::broken("it started and read nothing of a page", AGAIN),
        Ok(_) => Found::fine("it started and read a page"),
        Err(IngestError::NoWorker) => Found::broken("it does not start", AGAIN),
        Err(IngestError::TimedOut { secs }) => Found::limited(
            format!("it did not answer within {secs} seconds"),
            "Try again when the computer is less busy; a file may take ten seconds.",
        ),
        Err(error) => Found::broken(format!("a page was not read: {error}"), AGAIN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    #[test]
    fn a_reader_that_does_not_start_is_broken_and_a_slow_one_limited() {
        assert_eq!(judge(Ok(12)).status, Status::Fine);
        assert_eq!(judge(Ok(0)).status, Status::Broken);
        assert_eq!(judge(Err(IngestError::NoWorker)).says, "it does not start");
        assert_eq!(judge(Err(IngestError::TimedOut { secs: 3 })).status, Status::Limited);
        let nowhere = Machine { program: Some("/nowhere/at/all".into()), ..Machine::default() };
        assert_eq!(look(&nowhere).status, Status::Broken);
        assert_eq!(look(&Machine::default()).status, Status::Broken);
    }
}
