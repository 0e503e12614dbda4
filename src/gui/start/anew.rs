//! This program begun anew, since one process can ask for a screen only once.

use std::io;
use std::path::PathBuf;
use std::process::Command;

/// Where this program is. One that was replaced while it ran is found as it is now.
///
/// # Errors
/// Where the system does not say.
pub fn program() -> io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    let replaced = program.to_str().and_then(|path| path.strip_suffix(" (deleted)")).map(PathBuf::from);
    Ok(replaced.filter(|path| path.exists()).unwrap_or(program))
}

/// Runs `command` in the place of this process, and returns only where that fails.
///
/// # Errors
/// Where it can't be run.
#[cfg(unix)]
pub fn replace(mut command: Command) -> io::Result<i32> {
    Err(std::os::unix::process::CommandExt::exec(&mut command))
}

/// Runs `command` and returns its exit code when it has ended.
///
/// # Errors
/// Where it can't be run.
#[cfg(not(unix))]
pub fn replace(mut command: Command) -> io::Result<i32> {
    Ok(command.status()?.code().unwrap_or(2))
}
