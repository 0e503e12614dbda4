//! Whatever fails in the program, the work is kept, nobody waits for ever, and the report says nothing of the reader's.
//!
//! What a fault does to a process is looked at in processes of their own: the tests run themselves as children.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

mod display;
mod jobs;
mod reports;
mod sessions;
#[path = "../support/window.rs"]
mod window;

use std::path::Path;
use std::process::{Command, Output};

/// Says which of the children one is, and where it finds its folder.
const CHILD: &str = "THROUGHLINE_CRASH_CHILD";
const FOLDER: &str = "THROUGHLINE_CRASH_FOLDER";

/// The folder of the child that is called so; `None` where this is another one, or none.
fn child(name: &str) -> Option<std::path::PathBuf> {
    let is_called = std::env::var(CHILD).is_ok_and(|called| called == name);
    is_called.then(|| std::env::var_os(FOLDER).unwrap().into())
}

/// This test program as the child of that name, which is a test of its module.
fn command(module: &str, name: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("{module}::{name}"), "--nocapture", "--test-threads=1"]);
    command.env(CHILD, name).env(FOLDER, folder);
    command
}

/// Runs a child whose assertions hold.
fn run(module: &str, name: &str, folder: &Path) -> Output {
    let output = command(module, name, folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    output
}
