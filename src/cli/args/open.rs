//! The arguments of the window, and back again: another process of the program is asked in the same words.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{Args, ValueEnum as _};

use super::{Clock, Clusters, Named, Refusal};
use crate::cli::{Opening, Renderer};

#[derive(Debug, Args)]
pub(super) struct Open {
    /// Files and folders to open; without any, the five built-in articles
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    clusters: Clusters,
    /// Insist on a window: without a display, fail
    #[arg(long)]
    window: bool,
    /// A window of its own, also where one is open
    #[arg(long)]
    new_window: bool,
    /// Draws the window in this way alone [default: the first that works]
    #[arg(long, value_enum, value_name = "HOW")]
    pub renderer: Option<Renderer>,
    /// Tries that way of drawing and says what drew
    #[arg(long, hide = true, requires = "renderer")]
    pub probe: bool,
    /// Why an earlier process found no faster way of drawing
    #[arg(long, hide = true, value_name = "WHY")]
    because: Option<String>,
    /// The report of a window that stopped, whose place this one takes
    #[arg(long, value_name = "REPORT", hide = true)]
    after_crash: Option<PathBuf>,
    #[command(flatten)]
    codebook: Named,
    #[command(flatten)]
    clock: Clock,
}

/// The arguments that ask for this window, for another process of the program. A path that is no argument stays one.
pub fn arguments_of(opening: &Opening) -> Vec<OsString> {
    let Opening { paths, passim, codebook, is_forced, is_new, renderer, because, after_crash, today } = opening;
    let mut arguments: Vec<OsString> = vec!["open".into(), format!("--today={today}").into()];
    let with = |name: &str, value: &OsStr| {
        let mut argument = OsString::from(name);
        argument.push(value);
        argument
    };
    arguments.extend(passim.iter().map(|path| with("--passim=", path.as_os_str())));
    arguments.extend(codebook.iter().map(|name| with("--codebook=", OsStr::new(name))));
    arguments.extend(is_forced.then(|| "--window".into()));
    arguments.extend(is_new.then(|| "--new-window".into()));
    let renderer = renderer.and_then(|renderer| renderer.to_possible_value());
    arguments.extend(renderer.map(|value| with("--renderer=", OsStr::new(value.get_name()))));
    arguments.extend(because.iter().map(|why| with("--because=", OsStr::new(why))));
    arguments.extend(after_crash.iter().map(|report| with("--after-crash=", report.as_os_str())));
    arguments.extend((!paths.is_empty()).then(|| "--".into()));
    arguments.extend(paths.iter().map(|path| path.clone().into_os_string()));
    arguments
}

impl Open {
    pub fn opening(self) -> Result<Opening, Refusal> {
        let Self { paths, clusters, window, new_window, renderer, probe: _, because, after_crash, codebook, clock } =
            self;
        Ok(Opening {
            paths,
            passim: clusters.passim,
            codebook: codebook.codebook,
            is_forced: window,
            is_new: new_window,
            renderer,
            because,
            after_crash,
            today: clock.today()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Request, parse};

    #[test]
    fn window_is_asked_for_again_in_the_same_words() {
        let opening = Opening {
            paths: vec!["read".into(), "--odd name".into(), "ü.txt".into()],
            passim: vec!["out folder".into()],
            codebook: Some("x=y".to_owned()),
            is_forced: true,
            is_new: true,
            renderer: Some(Renderer::OpenGl),
            because: Some("there is none, \"alas\"".to_owned()),
            after_crash: Some("/reports/a b.txt".into()),
            today: jiff::civil::date(2024, 7, 1),
        };
        let least = Opening {
            paths: Vec::new(),
            passim: Vec::new(),
            codebook: None,
            is_forced: false,
            is_new: false,
            renderer: None,
            because: None,
            after_crash: None,
            ..opening.clone()
        };
        for opening in [opening, least] {
            let again = parse(std::iter::once("throughline".into()).chain(arguments_of(&opening)));
            assert_eq!(again.unwrap(), Request::Window(opening));
        }
    }
}
