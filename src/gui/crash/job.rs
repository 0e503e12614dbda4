//! Tasks beside the window that fail: each is caught, its thread goes on with the next one, and the window is told, so
//! that nobody waits for an answer that never comes.
//!
//! What the task worked on is let go of by whoever runs it: half of an index or of a report is none. A panic in one of
//! rayon's threads comes back to the thread that asked, and is caught there.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::super::action::Action;
use super::super::desk::Desk;
use super::super::state::Toast;

/// What is done beside the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// Opening what was left, or the built-in articles.
    Start,
    Reading,
    Pasting,
    Recovery,
    Clusters,
    Rereading,
    Dating,
    Analysis,
    Export,
    Picture,
    Search,
    Page,
    Comparison,
    Places,
    File,
    Codebook,
    Projects,
    Examination,
}

impl Job {
    pub const ALL: [Self; 18] = [
        Self::Start,
        Self::Reading,
        Self::Pasting,
        Self::Recovery,
        Self::Clusters,
        Self::Rereading,
        Self::Dating,
        Self::Analysis,
        Self::Export,
        Self::Picture,
        Self::Search,
        Self::Page,
        Self::Comparison,
        Self::Places,
        Self::File,
        Self::Codebook,
        Self::Projects,
        Self::Examination,
    ];

    /// The name of its thread, and of the task in a report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Reading => "reading",
            Self::Pasting => "pasting",
            Self::Recovery => "recovery",
            Self::Clusters => "clusters",
            Self::Rereading => "reading again",
            Self::Dating => "dating",
            Self::Analysis => "analysis",
            Self::Export => "export",
            Self::Picture => "picture",
            Self::Search => "search",
            Self::Page => "page",
            Self::Comparison => "comparison",
            Self::Places => "places",
            Self::File => "file",
            Self::Codebook => "codebook",
            Self::Projects => "projects",
            Self::Examination => "examination",
        }
    }

    /// What the reader is told: what failed, what is safe, what to do.
    pub fn says(self) -> &'static str {
        match self {
            Self::Start => "Opening failed here; your work is on the disk. Open it again, or other articles",
            Self::Reading => "Reading failed here; what was read until then is open. Open the other files one by one",
            Self::Pasting => "The pasted text could not be read; save it as a file and open that",
            Self::Recovery => "The recovery failed here; the damaged file is as it was",
            Self::Clusters => "What passim wrote could not be read; your articles and decisions are safe",
            Self::Rereading => "Reading in another encoding failed here; the article is as it was",
            Self::Dating => "The dating failed here; the dates shown are of before. Undo, or go on without it",
            Self::Analysis => {
                "The analysis failed here; your articles and decisions are safe. It is tried again with the next change"
            }
            Self::Export => "The export failed here; nothing was written. Your articles and decisions are safe",
            Self::Picture => "The picture failed here; nothing was saved. Try another size",
            Self::Search => "The search failed here; your articles are safe. Try other words",
            Self::Page => "The page could not be made; your articles and decisions are safe. Choose another template",
            Self::Comparison => "The comparison failed here; both articles are safe. Choose other ones",
            Self::Places => "Looking for these words failed here; select other ones",
            Self::File => "The file could not be shown; the article is safe",
            Self::Codebook => "The codebook's file failed here; the codebook in use is as it was",
            Self::Projects => "The list of projects could not be made; the projects are safe",
            Self::Examination => {
                "This computer could not be examined; `throughline doctor` tries the same in a terminal"
            }
        }
    }
}

/// Called by a thread as it begins something.
pub type Begins = Arc<dyn Fn(Job) + Send + Sync>;

/// Runs tasks so that one that fails ends alone.
#[derive(Clone)]
pub struct Guard {
    begins: Begins,
    tell: Begins,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guard")
    }
}

impl Guard {
    /// `begins` is called before each task, `tell` after one that failed.
    pub fn new(begins: Begins, tell: impl Fn(Job) + Send + Sync + 'static) -> Self {
        Self { begins, tell: Arc::new(tell) }
    }

    /// One that tells nobody.
    pub fn silent() -> Self {
        Self::new(Arc::new(|_| {}), |_| {})
    }

    /// Runs a task; `None` where it failed.
    pub fn run<T>(&self, job: Job, work: impl FnOnce() -> T) -> Option<T> {
        catch_unwind(AssertUnwindSafe(|| {
            (self.begins)(job);
            work()
        }))
        .ok()
    }

    /// Starts a thread with the name of the task; where there is none to be had, that is told.
    pub fn spawn(&self, job: Job, work: impl FnOnce() + Send + 'static) {
        if std::thread::Builder::new().name(job.name().to_owned()).spawn(work).is_err() {
            self.tell(job);
        }
    }

    /// Tells that a task failed, after whoever waited for it has an answer.
    pub fn tell(&self, job: Job) {
        (self.tell)(job);
    }
}

/// Tells the reader that a task failed, with the report where one was written, and lets go of what waits for it.
pub fn take(desk: &mut Desk, job: Job, report: Option<Arc<str>>) {
    if job == Job::Analysis {
        // It is not due again before something changes.
        desk.progress = None;
    }
    desk.state.toast = Some(match report {
        Some(report) => Toast::with_link(job.says().to_owned(), "Report", Action::ShowReport(report)),
        None => Toast::new(job.says().to_owned()),
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use rayon::prelude::*;

    use super::*;

    #[test]
    fn what_fails_in_any_thread_of_a_task_ends_that_task_alone() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let tells = Arc::clone(&told);
        let guard = Guard::new(Arc::new(|_| {}), move |job| tells.lock().unwrap().push(job));
        let sum = |limit: u32| {
            let guard = guard.clone();
            guard.run(Job::Analysis, || {
                (0..1000u32)
                    .into_par_iter()
                    .map(|n| {
                        assert!(n < limit, "a fault in one of many threads");
                        n
                    })
                    .sum::<u32>()
            })
        };
        assert_eq!((sum(500), sum(1000)), (None, Some(499_500)));
        guard.tell(Job::Analysis);
        assert_eq!(*told.lock().unwrap(), [Job::Analysis]);
        let names: std::collections::BTreeSet<_> = Job::ALL.iter().map(|job| job.name()).collect();
        assert_eq!(names.len(), Job::ALL.len());
    }
}
