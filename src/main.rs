//! The program: a window, or a command line.
//!
//! The one place that knows both shells. The outcome becomes the exit status: 0 done, 1 nothing found, 2 failed.

#[cfg(feature = "gui")]
use std::path::PathBuf;
use std::process::ExitCode;
#[cfg(feature = "gui")]
use std::sync::Arc;

use throughline::analysis::Scope;
use throughline::cli::{self, Format, Job, Opening, Outcome, Refusal, Renderer, Request};
use throughline::codebook::CueTier;
#[cfg(feature = "gui")]
use throughline::project::CodebookText;

/// Over 35,000 random events the allocator of the C library came to hold a third more than when it was warm, in room torn up
/// between threads; with this one what is resident stays as flat as what is used.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
        Request::Probe(renderer) => probe(renderer),
        Request::Window(opening) => open(opening),
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
fn open(opening: Opening) -> anyhow::Result<Outcome> {
    cli::projects::among(&opening.paths)?;
    // A codebook that cannot be read is told before a window covers the message.
    let loaded = cli::codebook::load_written(opening.codebook.as_deref())?;
    let why_not = if has_display() {
        match window(&opening, loaded) {
            Ok(outcome) => return Ok(outcome),
            Err(error) if cfg!(not(feature = "gui")) || has_stopped(&error) => return Err(error),
            Err(error) => format!("{error:#}"),
        }
    } else {
        "there is no display".to_owned()
    };
    // Words in a terminal are no substitute for a window that was there.
    if opening.is_forced || opening.after_crash.is_some() {
        anyhow::bail!("no window can be shown: {why_not}");
    }
    let Opening { paths, passim, codebook, today, .. } = opening;
    let (tier, scope) = (CueTier::Normal, Scope::All);
    let outcome = cli::print(&Job::Analyze { paths, passim, codebook, format: Format::Words, tier, scope, today })?;
    cli::tell(&format!(
        "no window can be shown ({why_not}); `throughline screenshot --out F.png` draws one as a picture"
    ));
    // The main job was done, in words; only what could not be read is a failure.
    Ok(if outcome == Outcome::Failed { outcome } else { Outcome::Done })
}

/// Was there a window, and did it fail? Then words in a terminal are no substitute.
#[cfg(feature = "gui")]
fn has_stopped(error: &anyhow::Error) -> bool {
    error.is::<throughline::gui::crash::again::Stopped>()
}

#[cfg(not(feature = "gui"))]
fn has_stopped(_error: &anyhow::Error) -> bool {
    false
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
fn window(opening: &Opening, codebook: cli::codebook::Written) -> anyhow::Result<Outcome> {
    use throughline::gui::start::launcher;
    use throughline::gui::start::single::{self, Found};
    use throughline::gui::{self, Ended};
    let home = throughline::project::home::Home::of_user();
    // What needs more than paths is not for a window that is there.
    let is_plain = opening.passim.is_empty() && opening.codebook.is_none();
    let place = match &home {
        Some(_) if !is_plain || opening.is_new => None,
        Some(home) if opening.because.is_some() || opening.after_crash.is_some() => single::take_place(home),
        Some(home) if opening.renderer.is_none() => match single::look_around(&opening.paths, home) {
            Found::Window => {
                launcher::tell_started();
                cli::tell("opened in the window that is there; --new-window asks for another one");
                return Ok(Outcome::Done);
            }
            Found::Nobody(place) => place,
        },
        _ => None,
    };
    let ended = gui::run(gui::Launch {
        paths: opening.paths.clone(),
        passim: opening.passim.clone(),
        codebook: gui::Given {
            codebook: Arc::new(codebook.codebook),
            text: CodebookText { toml: codebook.toml, origin: codebook.origin, says: String::new() },
            file: codebook.file,
        },
        today: opening.today,
        worker: worker(),
        home,
        templates: throughline::project::templates::folder(),
        renderer: opening.renderer.map(renderer),
        because: opening.because.clone(),
        place,
        after_crash: opening.after_crash.clone(),
        again: cli::arguments_of(&Opening {
            paths: Vec::new(),
            passim: Vec::new(),
            after_crash: None,
            ..opening.clone()
        }),
    })?;
    match ended {
        Ended::Closed => Ok(Outcome::Done),
        Ended::Again(again) => begin_anew(opening, again),
    }
}

/// Hands over to another process of this program. It takes the place of this one where the system can do that.
#[cfg(feature = "gui")]
fn begin_anew(opening: &Opening, again: throughline::gui::start::Again) -> anyhow::Result<Outcome> {
    use throughline::gui::start::display::Display;
    use throughline::gui::start::ladder::Renderer as Drawn;
    let renderer = again.renderer.map(|renderer| match renderer {
        Drawn::OpenGl => Renderer::OpenGl,
        Drawn::Wgpu => Renderer::Wgpu,
        Drawn::Software => Renderer::Software,
    });
    let opening = Opening { renderer, because: Some(again.because), ..opening.clone() };
    let mut command = std::process::Command::new(throughline::gui::start::anew::program()?);
    command.args(cli::arguments_of(&opening));
    if again.display == Display::Wayland {
        command.env_remove("DISPLAY");
    }
    Ok(match throughline::gui::start::anew::replace(command)? {
        0 => Outcome::Done,
        _ => Outcome::Failed,
    })
}

#[cfg(feature = "gui")]
fn renderer(renderer: Renderer) -> throughline::gui::start::ladder::Renderer {
    match renderer {
        Renderer::OpenGl => throughline::gui::start::ladder::Renderer::OpenGl,
        Renderer::Wgpu => throughline::gui::start::ladder::Renderer::Wgpu,
        Renderer::Software => throughline::gui::start::ladder::Renderer::Software,
    }
}

#[cfg(feature = "gui")]
fn probe(with: Renderer) -> anyhow::Result<Outcome> {
    use std::io::Write as _;
    anyhow::ensure!(has_display(), "there is no display");
    let drawn = throughline::gui::start::probe::probe(renderer(with))?;
    writeln!(std::io::stdout(), "renderer: {}; {drawn}", renderer(with).name())?;
    Ok(Outcome::Done)
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
fn window(_opening: &Opening, _codebook: cli::codebook::Written) -> anyhow::Result<Outcome> {
    anyhow::bail!("this program was built without a window")
}

#[cfg(not(feature = "gui"))]
fn probe(_with: Renderer) -> anyhow::Result<Outcome> {
    anyhow::bail!("this program was built without a window")
}

#[cfg(not(feature = "gui"))]
fn screenshot(_shot: &cli::Shot) -> anyhow::Result<Outcome> {
    anyhow::bail!("this program was built without pictures")
}
