//! What becomes of the work and of the window when something in the program fails.
//!
//! * A fault on the window's thread leaves the window by unwinding. What was handed over to the keeper is written, what
//!   the frame that failed had half done is not; then the program starts itself anew ([`again`]), since a process has one
//!   event loop alone, and comes up with an empty desk and a sheet that offers to open the very project again. Nothing is
//!   opened unasked: it may be what the fault comes of.
//! * A fault in a task beside the window ends that task alone ([`job`]).
//! * A report is written of either ([`report`]), which holds nothing of the reader's ([`scrub`]).
//! * A session that ends otherwise leaves its [`marker`], and the next start tells.
//!
//! [`guarded`] puts all this around the window.

pub mod again;
pub mod job;
pub mod marker;
pub mod report;
pub mod scrub;
pub mod sheet;
mod signals;
mod system;

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use self::again::{Again, Stopped};
use self::job::Job;
use self::marker::{Marker, Session};
use self::report::{Fault, Open, Report, Seen};
use super::action::Action;
use super::desk::Desk;
use crate::project::home::Home;

/// A start after a fault that fails within this time is not started again: it would fail for ever.
const SETTLED: Duration = Duration::from_secs(10);

/// So many reports one session writes: what fails with every key says nothing new.
const MAX_REPORTS: usize = 20;

/// The window was there, and the screen let go of it.
#[derive(Debug, thiserror::Error)]
#[error("the connection to the screen was lost")]
pub struct LostScreen;

/// What the start tells of the session before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The window stopped, and this is the start after it.
    Stopped {
        /// The file of the project that was open.
        project: Option<PathBuf>,
        is_untitled: bool,
        report: Option<Arc<str>>,
    },
    /// The session was killed. The project is one with a name that is still there.
    Unended { project: Option<PathBuf> },
}

/// What is known of the running window, for a report, and for the start after a fault.
pub struct Watch {
    home: Option<Home>,
    /// The window's own.
    window: ThreadId,
    begun: Instant,
    is_after_crash: bool,
    has_stopped: AtomicBool,
    should_end: AtomicBool,
    is_drawn: AtomicBool,
    seen: Mutex<Seen>,
    /// Those that nobody was told of yet.
    reports: Mutex<Vec<Report>>,
    n_reports: Mutex<usize>,
    marker: Mutex<Option<Marker>>,
    notice: Mutex<Option<Notice>>,
}

/// What another one left behind in a panic is still whole: each is written in one go.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Watch {
    /// Begins a session on the window's own thread. `after_crash` is the report of the one before, where it stopped.
    pub fn begin(home: Option<&Home>, after_crash: Option<&Path>) -> Arc<Self> {
        let left = home.map(marker::abandoned).unwrap_or_default();
        if let Some(home) = home {
            marker::count_failures(home, &left);
        }
        Arc::new(Self {
            home: home.cloned(),
            window: thread::current().id(),
            begun: Instant::now(),
            is_after_crash: after_crash.is_some(),
            has_stopped: AtomicBool::new(false),
            should_end: AtomicBool::new(false),
            is_drawn: AtomicBool::new(false),
            seen: Mutex::default(),
            reports: Mutex::default(),
            n_reports: Mutex::new(0),
            marker: Mutex::new(home.and_then(Marker::begin)),
            notice: Mutex::new(notice(left, after_crash)),
        })
    }

    /// What is to be told of the session before, once.
    pub fn notice(&self) -> Option<Notice> {
        locked(&self.notice).take()
    }

    /// Notes the renderer that is being tried.
    pub fn tries(&self, renderer: &str) {
        self.is_drawn.store(false, Ordering::SeqCst);
        renderer.clone_into(&mut locked(&self.seen).renderer);
        let renderer = Some(renderer.to_owned());
        self.mark(|session| Session { renderer, is_drawn: false, ..session });
    }

    /// Notes that a frame is on the screen.
    pub fn drawn(&self) {
        if self.is_drawn.swap(true, Ordering::SeqCst) {
            return;
        }
        let is_news = self.mark(|session| Session { is_drawn: true, ..session });
        if let (true, Some(home)) = (is_news, &self.home) {
            marker::forgive(home, &locked(&self.seen).renderer);
        }
    }

    /// Notes what is asked for, by name alone.
    pub fn note(&self, action: &Action) {
        locked(&self.seen).actions.push(action_name(action));
    }

    /// Notes a task that begins beside the window.
    pub fn begins(&self, job: Job) {
        locked(&self.seen).tasks.push(job.name().to_owned());
    }

    /// Notes what is open.
    pub fn saw(&self, desk: &Desk) {
        let analysis = desk.analysis();
        let open = Open {
            n_articles: desk.corpus().len(),
            n_words: desk.n_words(),
            n_statements: analysis.statements.len(),
            n_phrases: analysis.phrases.len(),
            view: desk.state.view.name(),
            zoom: desk.settings.zoom,
        };
        locked(&self.seen).open = open;
        let keeping = &desk.keeping;
        let is_known = locked(&self.marker).as_ref().is_none_or(|marker| {
            let session = marker.session();
            (&session.project, session.is_untitled) == (&keeping.path, keeping.is_untitled)
        });
        if !is_known {
            let (project, is_untitled) = (keeping.path.clone(), keeping.is_untitled);
            self.mark(|session| Session { project, is_untitled, ..session });
        }
    }

    /// The report on what failed first since the last time this was asked.
    pub fn take_report(&self) -> Option<Report> {
        let mut reports = locked(&self.reports);
        let first = (!reports.is_empty()).then(|| reports.swap_remove(0));
        reports.clear();
        first
    }

    /// Did the window's own thread fail? Then what the desk holds may be half done.
    pub fn has_stopped(&self) -> bool {
        self.has_stopped.load(Ordering::SeqCst)
    }

    /// Did a frame come with the renderer that was tried last? Then no other one makes up for what fails later.
    pub fn has_drawn(&self) -> bool {
        self.is_drawn.load(Ordering::SeqCst)
    }

    /// Does the system want the program to end?
    pub fn should_end(&self) -> bool {
        self.should_end.load(Ordering::SeqCst)
    }

    /// Changes the marker. Is it another one now?
    fn mark(&self, change: impl FnOnce(Session) -> Session) -> bool {
        let mut marker = locked(&self.marker);
        let Some(marker) = marker.as_mut() else { return false };
        let session = change(marker.session().clone());
        let is_news = session != *marker.session();
        marker.set(session);
        is_news
    }

    /// A proper end.
    fn end(&self) {
        if let Some(marker) = locked(&self.marker).take() {
            marker.end();
        }
    }

    /// Writes the report on a panic. Runs on the thread that failed, before anything is left.
    fn take_panic(&self, info: &PanicHookInfo<'_>) {
        let is_window = thread::current().id() == self.window;
        if is_window {
            self.has_stopped.store(true, Ordering::SeqCst);
        }
        {
            let mut n_reports = locked(&self.n_reports);
            if *n_reports >= MAX_REPORTS {
                return;
            }
            *n_reports += 1;
        }
        let fault = self.fault(info, is_window);
        // The thread that failed may be the one that holds it.
        let seen = self.seen.try_lock().ok().map(|seen| seen.clone());
        let text = report::text(&fault, seen.as_ref());
        let path = self.home.as_ref().and_then(|home| report::write(&home.reports(), &fault.at, &text).ok());
        let place = fault.place.unwrap_or_default();
        let told = path.as_ref().map_or_else(String::new, |path| format!("; the report is {}", path.display()));
        say(&format!("something failed in the thread “{}” at {place}{told}", fault.thread));
        let path = path.unwrap_or_default();
        locked(&self.reports).push(Report { path, text: text.into() });
    }

    fn fault(&self, info: &PanicHookInfo<'_>, is_window: bool) -> Fault {
        let payload = info.payload();
        let message = match (payload.downcast_ref::<&'static str>(), payload.downcast_ref::<String>()) {
            (Some(literal), _) => scrub::message(literal, true),
            (None, Some(made)) => scrub::message(made, false),
            (None, None) => "no message".to_owned(),
        };
        let place = info.location().map(|it| format!("{}:{}:{}", scrub::place(it.file()), it.line(), it.column()));
        let backtrace = format!("{:#}", Backtrace::force_capture());
        Fault {
            is_window,
            thread: scrub::thread(thread::current().name()),
            message,
            place,
            frames: system::frames(&backtrace, system::program_range()),
            at: jiff::Zoned::now(),
            after: self.begun.elapsed(),
        }
    }

    /// The window stopped: starts the program anew, unless that would go on for ever. Returns where that can't be done,
    /// and where the new one ended.
    fn stopped(&self, again: &Again) -> anyhow::Result<()> {
        let report = self.take_report().map(|report| report.path).filter(|path| !path.as_os_str().is_empty());
        let name = report.as_ref().and_then(|path| path.file_name()?.to_str().map(str::to_owned));
        self.mark(|session| Session { report: name, ..session });
        // Let go of, and left for the next start to find.
        drop(locked(&self.marker).take());
        if self.is_after_crash && self.begun.elapsed() < SETTLED {
            return Err(Stopped::Again { report }.into());
        }
        again.start(report.as_deref())
    }
}

/// Runs the window; what fails in it is caught, and the program started anew.
///
/// `None` where a new one took its place and has ended.
///
/// # Errors
/// What `run` fails with; [`Stopped`] where the window stopped and no new one could be started.
pub fn guarded<T>(
    home: Option<&Home>,
    after_crash: Option<&Path>,
    again: &Again,
    run: impl FnOnce(&Arc<Watch>) -> anyhow::Result<T>,
) -> anyhow::Result<Option<T>> {
    let watch = Watch::begin(home, after_crash);
    let hook = Arc::clone(&watch);
    panic::set_hook(Box::new(move |info| hook.take_panic(info)));
    let ended = catch_unwind(AssertUnwindSafe(|| run(&watch)));
    drop(panic::take_hook());
    match ended {
        Ok(Err(error)) if error.is::<LostScreen>() => watch.stopped(again).map(|()| None),
        Ok(ended) => {
            watch.end();
            // A window that was there and is gone is nothing that words in a terminal make up for.
            ended.map(Some).map_err(|error| if watch.has_drawn() { Stopped::Gone(error).into() } else { error })
        }
        Err(_) => watch.stopped(again).map(|()| None),
    }
}

/// Ends the window properly where the system asks for it: at the end of a session, or from a terminal. `wake` makes the
/// window look.
pub fn end_when_asked(watch: &Arc<Watch>, wake: impl Fn() + Send + 'static) {
    signals::listen(Arc::clone(watch), wake);
}

/// What there is to tell of the sessions that were left.
fn notice(left: Vec<Session>, after_crash: Option<&Path>) -> Option<Notice> {
    let there = |path: &PathBuf| path.exists();
    if let Some(report) = after_crash {
        let name = report.file_name().and_then(|name| name.to_str());
        let stopped = left.into_iter().find(|session| name.is_none() || session.report.as_deref() == name);
        let (project, is_untitled) = stopped.map_or((None, false), |it| (it.project, it.is_untitled));
        let report = std::fs::read_to_string(report).ok().map(Into::into);
        return Some(Notice::Stopped { project: project.filter(there), is_untitled, report });
    }
    let last = left.into_iter().next()?;
    // Work without a name comes back by itself.
    Some(Notice::Unended { project: last.project.filter(|_| !last.is_untitled).filter(there) })
}

/// The name of an action without anything it carries.
fn action_name(action: &Action) -> String {
    /// Takes the first word, and no more.
    struct FirstWord(String);
    impl std::fmt::Write for FirstWord {
        fn write_str(&mut self, words: &str) -> std::fmt::Result {
            for character in words.chars() {
                if !character.is_alphanumeric() {
                    return Err(std::fmt::Error);
                }
                self.0.push(character);
            }
            Ok(())
        }
    }
    let mut name = FirstWord(String::new());
    // It ends where the name does.
    let _ = write!(name, "{action:?}");
    match action {
        Action::Change(command) => format!("{}: {}", name.0, command.name()),
        _ => name.0,
    }
}

/// Tells whoever looks at a terminal. Nothing can be done where even that fails.
fn say(words: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr().lock(), "throughline: {words}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_noted_by_name_alone() {
        let table = [
            (Action::Undo, "Undo"),
            (Action::PasteText("Lund is concerned".to_owned()), "PasteText"),
            (Action::OpenPaths(vec!["/home/ana/pier.txt".into()]), "OpenPaths"),
            (Action::CopyPlaces { passages: Vec::new(), n_shown: 3 }, "CopyPlaces"),
            (Action::Change(crate::project::Command::SetCodebook(None)), "Change: Codebook"),
        ];
        for (action, expected) in table {
            let name = action_name(&action);
            assert!(name == expected || expected.starts_with("Change"), "{name}");
            assert!(!name.contains("Lund") && !name.contains("ana"), "{name}");
        }
    }

    #[test]
    fn the_start_after_a_fault_finds_its_own_session() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("harbor.throughline");
        std::fs::write(&project, "x").unwrap();
        let report = folder.path().join("report-1.txt");
        std::fs::write(&report, "what failed").unwrap();
        let session = |report: Option<&str>, project: &Path, is_untitled| Session {
            report: report.map(str::to_owned),
            project: Some(project.to_owned()),
            is_untitled,
            ..Session::default()
        };
        let other = session(None, Path::new("/nowhere"), false);
        let own = session(Some("report-1.txt"), &project, true);
        let expected =
            Notice::Stopped { project: Some(project.clone()), is_untitled: true, report: Some("what failed".into()) };
        assert_eq!(notice(vec![other.clone(), own], Some(&report)), Some(expected));
        let lost = Notice::Stopped { project: None, is_untitled: false, report: None };
        assert_eq!(notice(Vec::new(), Some(Path::new("-"))), Some(lost));
        assert_eq!(notice(vec![other], None), Some(Notice::Unended { project: None }));
        let named = session(None, &project, false);
        assert_eq!(notice(vec![named], None), Some(Notice::Unended { project: Some(project) }));
        assert_eq!(notice(Vec::new(), None), None);
    }
}
