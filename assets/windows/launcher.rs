//! What a double click starts on Windows: the program beside this one, without a console.
//!
//! `throughline.exe` belongs to the console, so that its output can be read and piped; started from the desktop it would
//! open an empty one behind its window. This one has no console and gives none to the other. Everything it was given is
//! a path: `open --` goes before it, so that no name is taken for a command or an option. On other systems one
//! program does for both, and this one is not built (feature `launcher`).

#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::{Command, ExitCode};

/// Windows' word for a process of the console that gets no console.
#[cfg(windows)]
const CREATE_NO_WINDOW: u32 = 0x0800_0000;

fn main() -> ExitCode {
    // Nobody reads a message here; the status is all that can be told.
    let Ok(own) = std::env::current_exe() else { return ExitCode::from(2) };
    let mut program = Command::new(own.with_file_name(format!("throughline{}", std::env::consts::EXE_SUFFIX)));
    program.arg("open").arg("--").args(std::env::args_os().skip(1));
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(&mut program, CREATE_NO_WINDOW);
    match program.status() {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::from(2), ExitCode::from),
        Err(_) => ExitCode::from(2),
    }
}
