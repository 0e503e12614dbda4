//! Starts the program anew in the place of the one whose window stopped.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::gui::start::anew;

/// The argument that tells a start that it follows a window which stopped, with the report's path behind it.
pub const AFTER_CRASH: &str = "--after-crash";

/// In the place of the report where none could be written.
const NO_REPORT: &str = "-";

/// How to start the program anew.
#[derive(Clone, Debug, Default)]
pub struct Again {
    /// `None` where the system does not tell which program this is.
    pub program: Option<PathBuf>,
    /// Before the argument that says what happened.
    pub arguments: Vec<OsString>,
}

/// The window stopped, and no other one came up.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    #[error("the window stopped again right after its start; your work is kept up to its last step{}", told(.report.as_deref()))]
    Again { report: Option<PathBuf> },
    #[error("the window stopped and could not be opened again; your work is kept up to its last step{}", told(.report.as_deref()))]
    NotStarted {
        report: Option<PathBuf>,
        #[source]
        source: std::io::Error,
    },
    /// The display went away under it.
    #[error("the window is gone: {0:#}; your work is kept up to its last step")]
    Gone(anyhow::Error),
    #[error(
        "the window stopped, and so did the one that was opened in its place; your work is kept up to its last step"
    )]
    Ended,
}

fn told(report: Option<&Path>) -> String {
    report.map_or_else(String::new, |report| format!("; what failed is told in {}", report.display()))
}

impl Again {
    /// This very program, with these arguments.
    pub fn this_program(arguments: Vec<OsString>) -> Self {
        Self { program: anew::program().ok(), arguments }
    }

    fn command(&self, report: Option<&Path>) -> std::io::Result<Command> {
        let unknown =
            || std::io::Error::new(std::io::ErrorKind::NotFound, "the system does not say where the program is");
        let mut command = Command::new(self.program.as_ref().ok_or_else(unknown)?);
        command.args(&self.arguments).arg(AFTER_CRASH).arg(report.unwrap_or(Path::new(NO_REPORT)));
        Ok(command)
    }

    /// Puts the new program in the place of this one, or waits for its end.
    pub(super) fn start(&self, report: Option<&Path>) -> anyhow::Result<()> {
        let not_started = |source| Stopped::NotStarted { report: report.map(Path::to_owned), source };
        match self.command(report).and_then(anew::replace).map_err(not_started)? {
            0 => Ok(()),
            _ => Err(Stopped::Ended.into()),
        }
    }
}
