//! The program: a window, or a command line.
//!
//! The one place that knows both shells. The outcome becomes the exit status: 0 done, 1 nothing found, 2 failed.

use std::path::PathBuf;
use std::process::ExitCode;
#[cfg(feature = "gui")]
use std::sync::Arc;

use jiff::civil::Date;
use throughline::analysis::Scope;
use throughline::cli::{self, Format, Job, Outcome, Refusal, Request};
use throughline::codebook::CueTier;
#[cfg(feature = "gui")]
use throughline::project::CodebookText;

fn main() -> ExitCode {
    let request = match cli::parse(std::env::args_os()) {
        Ok(request) => request,
        Err(Refusal::Arguments(error)) => {
            let status = if error.use_stderr() { Outcome::Failed } else { Outcome::Done };
            // Nothing can be said where printing the help itself fails.
            let _ = error.print();
            return ExitCode::from(status.status());
        }
        Err(Refusal::Clock(error)) => return fail(&error),
    };
    let outcome = match request {
        Request::Print(job) => cli::print(&job),
        Request::Worker => work(),
        Request::Screenshot(shot) => screenshot(&shot),
        Request::Window { paths, passim, codebook, is_forced, today } => {
            open(paths, passim, codebook, is_forced, today)
        }
    };
    match outcome {
        Ok(outcome) => ExitCode::from(outcome.status()),
        Err(error) => fail(&error),
    }
}

/// Reads files for another process of this program until that one closes the pipe.
fn work() -> anyhow::Result<Outcome> {
    throughline::ingest::worker::serve(std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(Outcome::Done)
}

fn fail(error: &anyhow::Error) -> ExitCode {
    cli::tell(&format!("{error:#}"));
    ExitCode::from(Outcome::Failed.status())
}

/// The window, or what it would show in words where there is nothing to show it on.
fn open(
    paths: Vec<PathBuf>,
    passim: Vec<PathBuf>,
    codebook: Option<String>,
    is_forced: bool,
    today: Date,
) -> anyhow::Result<Outcome> {
    cli::projects::among(&paths)?;
    // A codebook that cannot be read is told before a window covers the message.
    let loaded = cli::codebook::load_written(codebook.as_deref())?;
    let why_not = if has_display() {
        match window(&paths, &passim, loaded, today) {
            Ok(()) => return Ok(Outcome::Done),
            Err(error) if cfg!(not(feature = "gui")) => return Err(error),
            Err(error) => format!("{error:#}"),
        }
    } else {
        "there is no display".to_owned()
    };
    if is_forced {
        anyhow::bail!("no window can be shown: {why_not}");
    }
    let (tier, scope) = (CueTier::Normal, Scope::All);
    let outcome = cli::print(&Job::Analyze { paths, passim, codebook, format: Format::Words, tier, scope, today })?;
    cli::tell(&format!(
        "no window can be shown ({why_not}); `throughline screenshot --out F.png` draws one as a picture"
    ));
    // The main job was done, in words; only what could not be read is a failure.
    Ok(if outcome == Outcome::Failed { outcome } else { Outcome::Done })
}

/// Can a window be shown at all? Only Unix desktops say so beforehand.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(all(unix, not(target_os = "macos")))) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// The program that reads hostile files in a process of its own: this very one.
#[cfg(feature = "gui")]
fn worker() -> Option<PathBuf> {
    std::env::current_exe().ok()
}

#[cfg(feature = "gui")]
fn window(paths: &[PathBuf], passim: &[PathBuf], codebook: cli::codebook::Written, today: Date) -> anyhow::Result<()> {
    throughline::gui::run(throughline::gui::Launch {
        paths: paths.to_owned(),
        passim: passim.to_owned(),
        codebook: throughline::gui::Given {
            codebook: Arc::new(codebook.codebook),
            text: CodebookText { toml: codebook.toml, origin: codebook.origin, says: String::new() },
            file: codebook.file,
        },
        today,
        worker: worker(),
        home: throughline::project::home::Home::of_user(),
        templates: throughline::project::templates::folder(),
    })
}

#[cfg(feature = "gui")]
fn screenshot(shot: &cli::Shot) -> anyhow::Result<Outcome> {
    use anyhow::Context as _;
    use throughline::gui::{self, state::ViewKind, theme::Mode};
    let view = match shot.view {
        cli::View::Read => ViewKind::Read,
        cli::View::Phrases => ViewKind::Phrases,
        cli::View::Positions => ViewKind::Positions,
        cli::View::Compare => ViewKind::Compare,
        cli::View::Briefing => ViewKind::Briefing,
    };
    let project = cli::projects::opened(&shot.paths, shot.codebook.as_deref(), shot.today)?;
    let codebook = match &project {
        Some(project) => project.codebook.clone(),
        None => cli::codebook::load(shot.codebook.as_deref())?,
    };
    let is_whole = project.as_ref().is_none_or(cli::projects::Opened::is_whole);
    let drawn = gui::screenshot(&gui::Shot {
        paths: shot.paths.clone(),
        project: project.map(cli::projects::Opened::into_snapshot),
        codebook: Arc::new(codebook),
        worker: worker(),
        view,
        size: [shot.size.0, shot.size.1],
        pixels_per_point: shot.scale,
        mode: if shot.is_dark { Mode::Dark } else { Mode::Light },
        today: shot.today,
        made: shot.made,
    })?;
    for failure in &drawn.failures {
        cli::tell(&format!("{}: {}. {}", failure.path, failure.message, failure.next_step));
    }
    if let Some(note) = drawn.note {
        cli::tell(&note);
    }
    std::fs::write(&shot.out, drawn.png).with_context(|| format!("cannot write {}", shot.out.display()))?;
    Ok(if drawn.failures.is_empty() && is_whole { Outcome::Done } else { Outcome::Failed })
}

#[cfg(not(feature = "gui"))]
fn window(
    _paths: &[PathBuf],
    _passim: &[PathBuf],
    _codebook: cli::codebook::Written,
    _today: Date,
) -> anyhow::Result<()> {
    anyhow::bail!("this program was built without a window")
}

#[cfg(not(feature = "gui"))]
fn screenshot(_shot: &cli::Shot) -> anyhow::Result<Outcome> {
    anyhow::bail!("this program was built without pictures")
}
