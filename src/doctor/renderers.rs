//! The ways to draw the window, each tried for real: this program opens a window with it, draws one frame and closes it,
//! in a process of its own, since a driver that fails may take its process along.
//!
//! One that works is enough. So a renderer that fails is a limit where another one works, and broken where none does.

use std::process::Command;
use std::time::Duration;

use super::patience::{self, Said};
use super::{Check, Found, Machine, Status};

/// Shorter than the look itself, so that the process is ended and not left behind.
const LIMIT: Duration = Duration::from_secs(5);

/// The checks of this file, in the order in which the window tries them.
const IDS: [&str; 3] = ["opengl", "wgpu", "software"];

pub fn look(machine: &Machine, renderer: &str) -> Found {
    if !cfg!(feature = "gui") || renderer == "wgpu" && !cfg!(feature = "wgpu") {
        return Found::not_tried("not in this build");
    }
    let asks_display = cfg!(all(unix, not(target_os = "macos")));
    if asks_display && machine.var("DISPLAY").is_none() && machine.var("WAYLAND_DISPLAY").is_none() {
        return Found::not_tried("there is no display to try it on");
    }
    let Some(program) = &machine.program else {
        return Found::not_tried("the program does not know where it lies");
    };
    let mut command = Command::new(program);
    command.args(["--renderer", renderer, "--probe"]);
    match patience::run(&mut command, LIMIT) {
        Ok(said) => judge(renderer, said.as_ref()),
        Err(error) => Found::not_tried(format!("the program could not be started ({error})")),
    }
}

/// What the process said; `None` where it had to be ended.
fn judge(renderer: &str, said: Option<&Said>) -> Found {
    let remedy = match renderer {
        "opengl" => "Install libgl1, libegl1 and libgl1-mesa-dri, or the driver of the graphics card.",
        "wgpu" => "Install mesa-vulkan-drivers, or the driver of the graphics card.",
        _ => "See Display; this one needs nothing else.",
    };
    let Some(said) = said else {
        return Found::limited(format!("no frame was drawn within {} seconds", LIMIT.as_secs()), remedy);
    };
    if said.is_success {
        let driver = said.out.lines().find_map(|line| line.strip_prefix("renderer: ")?.split_once("; "));
        return Found::fine(match driver {
            Some((_, driver)) => format!("draws; {}", driver.trim()),
            None => "draws".to_owned(),
        });
    }
    if said.error.contains("unexpected argument") {
        return Found::not_tried("this copy of the program cannot try it");
    }
    let why = said.error.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("it ended without a word");
    let why = why.trim_start_matches("throughline: ").trim_end_matches('.');
    Found::limited(format!("does not draw: {why}"), remedy)
}

/// Where no renderer draws and one was tried, that is what is broken; where one does, the others are no loss beside it.
pub fn settle(checks: &mut [Check]) {
    let of = |status| checks.iter().filter(|it| IDS.contains(&it.id)).filter(|it| it.found.status == status).count();
    if of(Status::Fine) == 0 && of(Status::Limited) > 0 {
        for check in checks.iter_mut().filter(|it| IDS.contains(&it.id) && it.found.status == Status::Limited) {
            check.found.status = Status::Broken;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Group;

    fn said(is_success: bool, out: &str, error: &str) -> Said {
        Said { is_success, out: out.to_owned(), error: error.to_owned() }
    }

    #[test]
    fn what_the_process_said_is_told_in_words() {
        let driver = judge("opengl", Some(&said(true, "renderer: opengl; llvmpipe (LLVM 15)\n", "")));
        assert_eq!((driver.status, driver.says.as_str()), (Status::Fine, "draws; llvmpipe (LLVM 15)"));
        let failed =
            judge("opengl", Some(&said(false, "", "warning\nthroughline: there is no OpenGL to draw it with.\n")));
        assert_eq!(failed.says, "does not draw: there is no OpenGL to draw it with");
        assert!(failed.status == Status::Limited && failed.remedy.unwrap().contains("libgl1-mesa-dri"));
        let unknown = judge("software", Some(&said(false, "", "error: unexpected argument '--renderer' found\n")));
        assert_eq!(unknown.status, Status::NotTried);
        assert_eq!(judge("wgpu", Some(&said(false, "", ""))).says, "does not draw: it ended without a word");
        assert_eq!(judge("wgpu", None).status, Status::Limited);
    }

    #[test]
    fn one_renderer_that_draws_is_enough() {
        let checks = |statuses: [Status; 3]| -> Vec<Check> {
            let found = |status| Found { status, says: String::new(), remedy: None };
            let check = |(id, status)| Check { group: Group::Window, id, name: id, found: found(status) };
            IDS.into_iter().zip(statuses).map(check).collect()
        };
        use Status::{Broken, Fine, Limited, NotTried};
        let table = [
            ([Limited, NotTried, Fine], [Limited, NotTried, Fine]),
            ([Limited, NotTried, Limited], [Broken, NotTried, Broken]),
            ([NotTried, NotTried, NotTried], [NotTried, NotTried, NotTried]),
        ];
        for (before, after) in table {
            let mut checks = checks(before);
            settle(&mut checks);
            assert_eq!(checks.iter().map(|it| it.found.status).collect::<Vec<_>>(), after);
        }
    }
}
